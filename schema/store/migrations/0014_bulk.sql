-- The night posts hundreds of thousands of rows at once, and millions in the country: what each row pays for must be
-- little, and no look-up may depend on statistics that are a moment old.

-- 勘定科目 is a closed list of a few names. A reference is looked up twice for each row, which was half the cost of
-- posting; a list is as strict. A new account is a new row and a new list, in one migration.
ALTER TABLE journal
    DROP CONSTRAINT journal_debit_account_fkey,
    DROP CONSTRAINT journal_credit_account_fkey,
    ADD CONSTRAINT journal_debit_account CHECK (debit_account IN (
        'receivable', 'cash', 'income_health_insurance', 'income_employees_pension', 'income_childcare_contribution',
        'overpayment', 'loss')),
    ADD CONSTRAINT journal_credit_account CHECK (credit_account IN (
        'receivable', 'cash', 'income_health_insurance', 'income_employees_pension', 'income_childcare_contribution',
        'overpayment', 'loss'));
COMMENT ON COLUMN journal.debit_account IS '借方の勘定科目 (accounts)';
COMMENT ON COLUMN journal.credit_account IS '貸方の勘定科目 (accounts)';

-- In which lot a notice was printed, and which notices were not.
CREATE INDEX print_pieces_by_notice ON print_pieces (notice_id);
-- A vendor accounts for every piece: what was numbered and written stays.
CALL guard_posted('print_runs');
CALL guard_posted('print_pieces');
CALL guard_posted('print_lots');
