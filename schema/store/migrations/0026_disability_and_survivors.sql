-- 障害・遺族の請求と、年金の選択: what is claimed beside the old-age pension, and which of several rights is drawn.

CREATE TABLE disability_claims (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    filed_on date NOT NULL,
    first_seen_on date NOT NULL CHECK (first_seen_on <= filed_on),
    resident boolean NOT NULL,
    fixed_on date CHECK (fixed_on >= first_seen_on),
    grade_at_certification smallint NOT NULL CHECK (grade_at_certification BETWEEN 0 AND 4),
    later_filed_on date CHECK (later_filed_on >= first_seen_on),
    later_grade smallint CHECK (later_grade BETWEEN 1 AND 3),
    paid_through date CHECK (EXTRACT (DAY FROM paid_through) = 1),
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, known_at),
    CHECK ((later_filed_on IS NULL) = (later_grade IS NULL))
);
COMMENT ON TABLE disability_claims IS '障害年金の請求 (国民年金法30条, 厚生年金保険法47条): 一人に現在は一行';
COMMENT ON COLUMN disability_claims.filed_on IS '請求書を受け付けた日';
COMMENT ON COLUMN disability_claims.first_seen_on IS '初診日';
COMMENT ON COLUMN disability_claims.resident IS '初診日に国内に住所があった';
COMMENT ON COLUMN disability_claims.fixed_on IS '症状が固定した日';
COMMENT ON COLUMN disability_claims.grade_at_certification IS '障害認定日の等級 (0 該当しない, 4 障害手当金の程度)';
COMMENT ON COLUMN disability_claims.later_filed_on IS '事後重症による請求の日 (国民年金法30条の2, 厚生年金保険法47条の2)';
COMMENT ON COLUMN disability_claims.later_grade IS '事後重症の等級';
COMMENT ON COLUMN disability_claims.paid_through IS '移行前に、最初の裁定のとおり支払われた最後の月分 (空は移行前の支払なし)';
CALL guard_fact('disability_claims');
CREATE UNIQUE INDEX disability_claims_current ON disability_claims (person_id) WHERE superseded_at IS NULL;

CREATE TABLE disability_grades (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    grade smallint NOT NULL CHECK (grade BETWEEN 0 AND 3),
    reviewed_on date,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL CHECK (EXTRACT (DAY FROM valid_from) = 1),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, valid_from, known_at)
);
COMMENT ON TABLE disability_grades IS '障害等級の改定 (国民年金法34条・36条2項, 厚生年金保険法52条・54条2項): 次の行の前の月分まで続く';
COMMENT ON COLUMN disability_grades.grade IS '等級 (0 はどの等級にも該当せず支給停止)';
COMMENT ON COLUMN disability_grades.reviewed_on IS '診査の日: 額改定請求は1年を経過してから (国民年金法34条3項, 厚生年金保険法52条3項)。空は移行前で不明';
COMMENT ON COLUMN disability_grades.valid_from IS 'この等級による最初の月分';
CALL guard_fact('disability_grades');
CREATE UNIQUE INDEX disability_grades_current ON disability_grades (person_id, valid_from) WHERE superseded_at IS NULL;

CREATE TABLE survivor_claims (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    deceased_person_id bigint NOT NULL REFERENCES persons,
    filed_on date NOT NULL,
    claimant_member_no smallint NOT NULL,
    resident boolean NOT NULL,
    illness_first_seen_on date,
    disability_grade_1_or_2 boolean NOT NULL,
    states_long boolean NOT NULL,
    paid_through date CHECK (EXTRACT (DAY FROM paid_through) = 1),
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, known_at),
    CHECK (deceased_person_id <> person_id)
);
COMMENT ON TABLE survivor_claims IS '遺族年金の請求 (国民年金法37条, 厚生年金保険法58条): 請求者ごとに一行、一人に現在は一行';
COMMENT ON COLUMN survivor_claims.deceased_person_id IS '死亡した人';
COMMENT ON COLUMN survivor_claims.claimant_member_no IS '請求者は遺族のうち何番の人か (survivor_members.member_no)';
COMMENT ON COLUMN survivor_claims.resident IS '死亡した人が死亡日に国内に住所を有していた';
COMMENT ON COLUMN survivor_claims.illness_first_seen_on IS '厚生年金の被保険者であった間の、死亡の原因となった傷病の初診日';
COMMENT ON COLUMN survivor_claims.disability_grade_1_or_2 IS '死亡した人が1級・2級の障害厚生年金の受給権者であった';
COMMENT ON COLUMN survivor_claims.states_long IS '長期要件によることの申出 (厚生年金保険法58条2項)';
COMMENT ON COLUMN survivor_claims.paid_through IS '移行前に、最初の裁定のとおり支払われた最後の月分 (空は移行前の支払なし)';
CALL guard_fact('survivor_claims');
CREATE UNIQUE INDEX survivor_claims_current ON survivor_claims (person_id) WHERE superseded_at IS NULL;
CREATE INDEX survivor_claims_by_deceased ON survivor_claims (deceased_person_id) WHERE superseded_at IS NULL;

CREATE TABLE survivor_members (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    member_no smallint NOT NULL,
    relation text NOT NULL CHECK (relation IN ('wife', 'husband', 'child', 'parent', 'grandchild', 'grandparent')),
    birth_on date NOT NULL,
    maintained boolean NOT NULL,
    disabled boolean NOT NULL,
    married boolean NOT NULL,
    ended_on date,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, member_no, known_at)
);
COMMENT ON TABLE survivor_members IS '死亡した人の家族: 遺族年金の請求 (record_id) に記入されたとおり';
COMMENT ON COLUMN survivor_members.maintained IS '死亡の当時、生計を維持されていた';
COMMENT ON COLUMN survivor_members.married IS '婚姻している (子・孫)';
COMMENT ON COLUMN survivor_members.ended_on IS '失権した日 (死亡・婚姻・養子縁組: 国民年金法40条, 厚生年金保険法63条)';
CALL guard_fact('survivor_members');
CREATE UNIQUE INDEX survivor_members_current ON survivor_members (person_id, member_no) WHERE superseded_at IS NULL;

CREATE TABLE pension_choices (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    filed_on date NOT NULL,
    rights text[] NOT NULL CHECK (cardinality(rights) > 0 AND rights <@ ARRAY[
        'disability_basic', 'disability_employee', 'old_age_basic', 'old_age_employee', 'survivor_basic', 'survivor_employee']),
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL CHECK (EXTRACT (DAY FROM valid_from) = 1),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, valid_from, known_at)
);
COMMENT ON TABLE pension_choices IS '年金の選択 (国民年金法20条, 厚生年金保険法38条): 次の行の前の月分まで続く';
COMMENT ON COLUMN pension_choices.rights IS '支給を受ける受給権の組';
COMMENT ON COLUMN pension_choices.valid_from IS 'この選択による最初の月分';
CALL guard_fact('pension_choices');
CREATE UNIQUE INDEX pension_choices_current ON pension_choices (person_id, valid_from) WHERE superseded_at IS NULL;

-- 前に見た後で知られた事実を探す
CREATE INDEX disability_claims_late ON disability_claims USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX disability_grades_late ON disability_grades USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX survivor_claims_late ON survivor_claims USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX survivor_members_late ON survivor_members USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX pension_choices_late ON pension_choices USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX disability_claims_superseded ON disability_claims (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX disability_grades_superseded ON disability_grades (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX survivor_claims_superseded ON survivor_claims (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX survivor_members_superseded ON survivor_members (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX pension_choices_superseded ON pension_choices (superseded_at) WHERE superseded_at IS NOT NULL;
