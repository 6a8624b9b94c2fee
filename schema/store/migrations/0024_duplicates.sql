-- 基礎年金番号管理: probable duplicates, what reviewers decided about them. The merge itself is in person_merges.

CREATE TABLE duplicate_candidates (
    first_person_id bigint NOT NULL REFERENCES persons,
    second_person_id bigint NOT NULL REFERENCES persons,
    score smallint NOT NULL CHECK (score BETWEEN 0 AND 100),
    reasons text[] NOT NULL,
    run_id text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (first_person_id, second_person_id, known_at),
    CHECK (first_person_id < second_person_id)
);
COMMENT ON TABLE duplicate_candidates IS '基礎年金番号の重複の疑い: 二人と、そう見る理由';
COMMENT ON COLUMN duplicate_candidates.reasons IS '一致・相違の語 (same_kana, old_kanji, swapped_birth など)';
CALL guard_fact('duplicate_candidates');
CREATE UNIQUE INDEX duplicate_candidates_current
    ON duplicate_candidates (first_person_id, second_person_id) WHERE superseded_at IS NULL;
CREATE INDEX duplicate_candidates_by_score ON duplicate_candidates (score DESC, first_person_id) WHERE superseded_at IS NULL;

CREATE TABLE duplicate_decisions (
    first_person_id bigint NOT NULL REFERENCES persons,
    second_person_id bigint NOT NULL REFERENCES persons,
    outcome text NOT NULL CHECK (outcome IN ('drafted_same', 'same', 'drafted_different', 'different', 'drafted_apart',
        'taken_apart', 'returned')),
    kept_person_id bigint REFERENCES persons,
    drafted_by bigint NOT NULL REFERENCES clerks,
    approved_by bigint REFERENCES clerks,
    note text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (first_person_id, second_person_id, known_at),
    CHECK (first_person_id < second_person_id),
    CHECK (kept_person_id IN (first_person_id, second_person_id)),
    CHECK ((kept_person_id IS NULL) = (outcome IN ('drafted_different', 'different', 'returned'))),
    CHECK ((approved_by IS NULL) = (outcome LIKE 'drafted%')),
    CHECK (drafted_by <> approved_by)
);
COMMENT ON TABLE duplicate_decisions IS '重複の疑いについての決定: 起案した者は決裁できない';
COMMENT ON COLUMN duplicate_decisions.outcome IS 'same 同一人, different 別人, taken_apart 統合の取消, returned 差戻し。drafted_… は起案 (決裁待ち)';
COMMENT ON COLUMN duplicate_decisions.kept_person_id IS '残す番号の人';
COMMENT ON COLUMN duplicate_decisions.note IS '起案の理由。個人の氏名や番号は書かない';
CALL guard_fact('duplicate_decisions');
CREATE UNIQUE INDEX duplicate_decisions_current
    ON duplicate_decisions (first_person_id, second_person_id) WHERE superseded_at IS NULL;
CREATE INDEX duplicate_decisions_by_second ON duplicate_decisions (second_person_id) WHERE superseded_at IS NULL;
CREATE INDEX duplicate_candidates_by_second ON duplicate_candidates (second_person_id) WHERE superseded_at IS NULL;

-- 重複の点検の区分: by day of birth, month and day in either order, and by 郵便番号
CREATE FUNCTION birth_key(birth_on date) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT EXTRACT (YEAR FROM birth_on)::integer * 10000 + CASE
        WHEN EXTRACT (DAY FROM birth_on) <= 12 THEN
            LEAST (EXTRACT (MONTH FROM birth_on), EXTRACT (DAY FROM birth_on))::integer * 100
            + GREATEST (EXTRACT (MONTH FROM birth_on), EXTRACT (DAY FROM birth_on))::integer
        ELSE EXTRACT (MONTH FROM birth_on)::integer * 100 + EXTRACT (DAY FROM birth_on)::integer
    END
$$;
COMMENT ON FUNCTION birth_key(date) IS '生年月日の鍵 YYYYMMDD: 月と日が入れ替わっていても同じ';
CREATE INDEX person_identities_birth_key ON person_identities (birth_key(birth_on));
CREATE INDEX addresses_zip ON addresses (zip);
-- 前の番号でも人を探せる
CREATE INDEX person_numbers_ever ON person_numbers (number);
