-- The ledger. One row moves one amount from one account to another, so debits equal credits at every commit
-- by construction. Balances and 日計表 are derived.

CREATE TABLE accounts (
    account text PRIMARY KEY,
    name_ja text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('asset', 'income', 'liability', 'expense'))
);
COMMENT ON TABLE accounts IS '勘定科目';
INSERT INTO accounts (account, name_ja, kind) VALUES
    ('receivable', '徴収決定済未収額', 'asset'),
    ('cash', '収納金', 'asset'),
    ('income_health_insurance', '健康保険料収入', 'income'),
    ('income_employees_pension', '厚生年金保険料収入', 'income'),
    ('income_childcare_contribution', '子ども・子育て拠出金収入', 'income'),
    ('overpayment', '過誤納額', 'liability'),
    ('loss', '不納欠損', 'expense');

CREATE TABLE journal (
    entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('assessment', 'receipt', 'appropriation', 'refund', 'write_off', 'payment')),
    debit_account text NOT NULL REFERENCES accounts,
    credit_account text NOT NULL REFERENCES accounts,
    levy text NOT NULL CHECK (levy IN ('health_insurance', 'employees_pension', 'childcare_contribution')),
    employer_id bigint NOT NULL,
    for_month date NOT NULL CHECK (EXTRACT (DAY FROM for_month) = 1),
    amount_yen bigint NOT NULL CHECK (amount_yen > 0),
    business_on date NOT NULL,
    run_id text,
    cause_filing_id bigint,
    reason text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    CHECK (debit_account <> credit_account)
);
COMMENT ON TABLE journal IS '仕訳帳 (複式): 調定・収納・充当・還付・不納欠損・支払。訂正は逆の仕訳';
COMMENT ON COLUMN journal.levy IS '徴収の種別: 健康保険料 (介護・支援金を含む), 厚生年金保険料, 子ども・子育て拠出金';
COMMENT ON COLUMN journal.for_month IS '月分: 保険料の月の1日';
CREATE INDEX journal_by_employer ON journal (employer_id, for_month);
CREATE INDEX journal_by_run ON journal (run_id);
CALL guard_posted('journal');

CREATE VIEW assessments AS
SELECT
    employer_id,
    for_month,
    run_id,
    max(business_on) AS business_on,
    coalesce(sum(amount_yen * sign) FILTER (WHERE levy = 'health_insurance'), 0)::bigint AS hi_yen,
    coalesce(sum(amount_yen * sign) FILTER (WHERE levy = 'employees_pension'), 0)::bigint AS epi_yen,
    coalesce(sum(amount_yen * sign) FILTER (WHERE levy = 'childcare_contribution'), 0)::bigint AS contribution_yen,
    sum(amount_yen * sign)::bigint AS total_yen
FROM (
    SELECT *, CASE WHEN debit_account = 'receivable' THEN 1 ELSE -1 END AS sign
    FROM journal
    WHERE kind = 'assessment'
) AS entries
GROUP BY employer_id, for_month, run_id;
COMMENT ON VIEW assessments IS '調定: 仕訳帳から導く';
