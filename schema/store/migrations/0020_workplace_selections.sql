-- Who is insured at several offices at once chooses one of them and its insurer. Each row is one office of the choice; the
-- choice hangs on the spells that it names, so that a loss at an office ends its part by itself.
CREATE TABLE workplace_selections (
    person_id bigint NOT NULL,
    employer_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    chosen boolean NOT NULL,
    health_society boolean NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to > valid_from),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, spell_id, valid_from, known_at)
);
COMMENT ON TABLE workplace_selections IS '所属選択・二以上事業所勤務 (健康保険法施行規則1条の3・2条, 厚生年金保険法施行規則1条・2条): 一事業所に一行';
COMMENT ON COLUMN workplace_selections.spell_id IS '資格の番号 (その事業所での資格)';
COMMENT ON COLUMN workplace_selections.chosen IS '選択した事業所 (その支部の料率による)';
COMMENT ON COLUMN workplace_selections.health_society IS '健康保険組合を選択した (健康保険料は組合が徴収する)';
COMMENT ON COLUMN workplace_selections.valid_from IS '二以上の事業所に使用されることとなった日、又は選択を変えた日';
COMMENT ON COLUMN workplace_selections.valid_to IS '別の選択が始まる日 (空は続く)';
CALL guard_fact('workplace_selections');
CREATE INDEX workplace_selections_by_employer ON workplace_selections (employer_id, spell_id);
CREATE UNIQUE INDEX workplace_selections_current
    ON workplace_selections (person_id, spell_id) WHERE superseded_at IS NULL AND valid_to IS NULL;
