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
    outcome text NOT NULL CHECK (outcome IN ('drafted_same', 'same', 'different', 'taken_apart')),
    kept_person_id bigint REFERENCES persons,
    drafted_by bigint NOT NULL REFERENCES clerks,
    approved_by bigint REFERENCES clerks,
    note text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (first_person_id, second_person_id, known_at),
    CHECK (first_person_id < second_person_id),
    CHECK (drafted_by <> approved_by)
);
COMMENT ON TABLE duplicate_decisions IS '重複の疑いについての決定: 起案した者は決裁できない';
CALL guard_fact('duplicate_decisions');
CREATE UNIQUE INDEX duplicate_decisions_current
    ON duplicate_decisions (first_person_id, second_person_id) WHERE superseded_at IS NULL;
