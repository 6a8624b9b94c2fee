-- A fact that is superseded without another in its place says nothing about why. Each such end is written down here with
-- the filing that caused it, so that what follows from it (the difference of the months concerned) can cite it.
CREATE TABLE withdrawals (
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    fact text NOT NULL CHECK (fact IN ('spell', 'standard', 'bonus')),
    by_cover_end boolean NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint NOT NULL,
    valid_from date NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (employer_id, spell_id, fact, valid_from, known_at)
);
COMMENT ON TABLE withdrawals IS '取消の記録: 代わりの行なしに終わった資格・標準報酬・賞与と、その原因の届';
COMMENT ON COLUMN withdrawals.prefecture_code IS '協会けんぽの支部 (JIS X 0401)';
COMMENT ON COLUMN withdrawals.fact IS '取り消した事実: spell 資格, standard 標準報酬月額, bonus 賞与';
COMMENT ON COLUMN withdrawals.by_cover_end IS '資格喪失より後の決定であるため終わった (喪失が取り消されれば元に戻る)';
COMMENT ON COLUMN withdrawals.cause_filing_id IS '原因の届';
COMMENT ON COLUMN withdrawals.valid_from IS '取り消した行の valid_from: 資格取得年月日, 適用の最初の月の1日, 賞与支払年月日';
COMMENT ON COLUMN withdrawals.known_at IS '取り消した時: 取り消した行の superseded_at';
CREATE INDEX withdrawals_late ON withdrawals USING brin (known_at) WITH (autosummarize = on);
CALL guard_posted('withdrawals');
