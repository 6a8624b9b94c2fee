-- 離婚時の年金分割: what the months of each of the two hold after a split. One filing writes a row for both.
CREATE TABLE remuneration_splits (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    other_person_id bigint NOT NULL REFERENCES persons CHECK (other_person_id <> person_id),
    kind text NOT NULL CHECK (kind IN ('agreed', 'cat3')),
    gives boolean NOT NULL,
    share_hundred_thousandths integer NOT NULL CHECK (share_hundred_thousandths BETWEEN 1 AND 50000),
    rate_ten_millionths integer NOT NULL CHECK (rate_ten_millionths BETWEEN 1 AND 10000000),
    claimed_on date NOT NULL,
    standard_first_months integer[] NOT NULL,
    standard_last_months integer[] NOT NULL,
    standards_before_yen integer[] NOT NULL,
    standards_yen integer[] NOT NULL,
    bonus_months integer[] NOT NULL,
    bonuses_before_yen integer[] NOT NULL,
    bonuses_yen integer[] NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL CHECK (EXTRACT (DAY FROM valid_from) = 1),
    valid_to date NOT NULL CHECK (valid_to > valid_from AND EXTRACT (DAY FROM valid_to) = 1),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, known_at),
    CHECK (cardinality(standard_first_months) = cardinality(standards_yen)),
    CHECK (cardinality(standard_last_months) = cardinality(standards_yen)),
    CHECK (cardinality(standards_before_yen) = cardinality(standards_yen)),
    CHECK (cardinality(bonus_months) = cardinality(bonuses_yen)),
    CHECK (cardinality(bonuses_before_yen) = cardinality(bonuses_yen))
);
COMMENT ON TABLE remuneration_splits IS '標準報酬の改定 (厚生年金保険法78条の6・78条の14): 分割の当事者それぞれに一行';
COMMENT ON COLUMN remuneration_splits.other_person_id IS '相手方';
COMMENT ON COLUMN remuneration_splits.kind IS 'agreed 合意分割, cat3 3号分割';
COMMENT ON COLUMN remuneration_splits.gives IS '第1号改定者・特定被保険者 (標準報酬が下がる方)';
COMMENT ON COLUMN remuneration_splits.share_hundred_thousandths IS '按分割合 (10万分の1)';
COMMENT ON COLUMN remuneration_splits.rate_ten_millionths IS '改定割合 (1000万分の1)';
COMMENT ON COLUMN remuneration_splits.claimed_on IS '請求のあった日。年金額は翌月分から改定する (78条の10・78条の18)';
COMMENT ON COLUMN remuneration_splits.standard_first_months IS '改定後の標準報酬月額の続く最初の月 (YYYYMM)、昇順';
COMMENT ON COLUMN remuneration_splits.standard_last_months IS 'その最後の月 (YYYYMM)';
COMMENT ON COLUMN remuneration_splits.standards_before_yen IS '改定前の標準報酬月額 (円)。0 は離婚時みなし被保険者期間 (78条の7・78条の15)';
COMMENT ON COLUMN remuneration_splits.standards_yen IS '改定後の標準報酬月額 (円)';
COMMENT ON COLUMN remuneration_splits.bonuses_before_yen IS '改定前の標準賞与額 (円)';
COMMENT ON COLUMN remuneration_splits.bonuses_yen IS '改定後の標準賞与額 (円)';
COMMENT ON COLUMN remuneration_splits.valid_from IS '対象期間の最初の月';
COMMENT ON COLUMN remuneration_splits.valid_to IS '対象期間の最後の月の翌月';
CALL guard_fact('remuneration_splits');
CREATE UNIQUE INDEX remuneration_splits_current ON remuneration_splits (person_id, record_id) WHERE superseded_at IS NULL;
CREATE INDEX remuneration_splits_late ON remuneration_splits USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX remuneration_splits_superseded ON remuneration_splits (superseded_at) WHERE superseded_at IS NOT NULL;

-- 夜間の反映で、ほかの分割の請求を探す
CREATE INDEX filings_of_splits ON filings (filing_id) WHERE form_code = 'pension_split';
