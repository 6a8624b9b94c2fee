-- 年金の原簿 (国民年金法14条, 厚生年金保険法28条): what is on record about a person's life, by person, in the shape in which the
-- offices have always read it. Cover at the employers of this book is not repeated here: it is in coverage_spells.
-- Night partitions are ranges of persons, so every key begins with the person.

CREATE SEQUENCE record_ids;
COMMENT ON SEQUENCE record_ids IS '年金記録の行の番号';

CREATE TABLE pension_spells (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    category text NOT NULL CHECK (category IN ('cat1', 'cat2', 'cat3', 'voluntary', 'special_voluntary')),
    employees_kind smallint CHECK (employees_kind BETWEEN 1 AND 4),
    employees_class text CHECK (employees_class IN ('ordinary', 'miner_or_seaman', 'aged_voluntary')),
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to >= valid_from),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, known_at),
    CHECK ((category = 'cat2') = (employees_kind IS NOT NULL) AND (category = 'cat2') = (employees_class IS NOT NULL))
);
COMMENT ON TABLE pension_spells IS '資格記録 (国民年金法7条, 厚生年金保険法2条の5): coverage_spells にないもの';
COMMENT ON COLUMN pension_spells.record_id IS '行の番号: 訂正しても変わらない';
COMMENT ON COLUMN pension_spells.category IS '種別: cat1 第1号, cat2 厚生年金, cat3 第3号, voluntary 任意加入, special_voluntary 特例任意加入';
COMMENT ON COLUMN pension_spells.employees_kind IS '厚生年金被保険者の種別 (第1号〜第4号)';
COMMENT ON COLUMN pension_spells.valid_from IS '資格取得年月日';
COMMENT ON COLUMN pension_spells.valid_to IS '資格喪失年月日 (この日は被保険者でない)';
CALL guard_fact('pension_spells');
CREATE UNIQUE INDEX pension_spells_current ON pension_spells (person_id, record_id) WHERE superseded_at IS NULL;

CREATE TABLE contribution_years (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    fiscal_year smallint NOT NULL CHECK (fiscal_year >= 1961),
    marks text NOT NULL CHECK (marks ~ '^[.PASFTtHhQqGDMmCcL]{12}$'),
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, fiscal_year, known_at)
);
COMMENT ON TABLE contribution_years IS '国民年金保険料の納付記録: 一人一年度に一行、4月から翌年3月までの12の印';
COMMENT ON COLUMN contribution_years.marks IS '. なし (未納を含む), P 納付, A 付加も納付, S 法定免除, F 全額免除, T 4分の3免除, H 半額免除, Q 4分の1免除 (小文字は残りが未納), G 学生納付特例, D 納付猶予, M 産前産後免除, C 育児期間免除 (小文字は付加も納付), L 追納';
CALL guard_fact('contribution_years');
CREATE UNIQUE INDEX contribution_years_current ON contribution_years (person_id, fiscal_year) WHERE superseded_at IS NULL;

CREATE TABLE remuneration_records (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    employees_kind smallint NOT NULL CHECK (employees_kind BETWEEN 1 AND 4),
    deemed_by_split boolean NOT NULL,
    standard_months integer[] NOT NULL,
    standards_yen integer[] NOT NULL,
    last_month integer NOT NULL,
    bonus_months integer[] NOT NULL,
    bonuses_yen integer[] NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, known_at),
    CHECK (cardinality(standard_months) = cardinality(standards_yen)),
    CHECK (cardinality(bonus_months) = cardinality(bonuses_yen)),
    CHECK (cardinality(standard_months) = 0 OR standard_months[cardinality(standard_months)] <= last_month)
);
COMMENT ON TABLE remuneration_records IS '標準報酬の記録 (厚生年金保険法28条): 終わった資格に一行';
COMMENT ON COLUMN remuneration_records.record_id IS 'pension_spells の行の番号。離婚時みなし (deemed_by_split) は自分の番号';
COMMENT ON COLUMN remuneration_records.deemed_by_split IS '離婚時みなし被保険者期間 (厚生年金保険法78条の7・78条の15)';
COMMENT ON COLUMN remuneration_records.standard_months IS '標準報酬月額の変わった月 (YYYYMM)、昇順。次の月の前まで続く';
COMMENT ON COLUMN remuneration_records.last_month IS '最後の標準報酬月額が続く月 (YYYYMM)';
COMMENT ON COLUMN remuneration_records.bonuses_yen IS '標準賞与額 (円、上限の適用後)';
CALL guard_fact('remuneration_records');
CREATE UNIQUE INDEX remuneration_records_current ON remuneration_records (person_id, record_id) WHERE superseded_at IS NULL;

CREATE TABLE life_spans (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    kind text NOT NULL CHECK (kind IN (
        'cat3_late', 'cat3_special_notice', 'cat3_mismatch', 'cat3_mismatch_filed', 'employees_outside_20_to_59',
        'spouse_not_joined', 'overseas', 'student_not_joined', 'voluntary_unpaid', 'lump_sum_withdrawn', 'diet_member',
        'naturalised', 'entitled_not_joined', 'mismatch_filed')),
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL CHECK (EXTRACT (DAY FROM valid_from) = 1),
    valid_to date NOT NULL CHECK (valid_to > valid_from AND EXTRACT (DAY FROM valid_to) = 1),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, known_at)
);
COMMENT ON TABLE life_spans IS '合算対象期間と第3号の届出の事情 (国民年金法附則7条の3・9条・9条の4の2): 月の幅';
COMMENT ON COLUMN life_spans.kind IS 'cat3_… 第3号の届出の事情, その他は合算対象期間の種類';
COMMENT ON COLUMN life_spans.valid_to IS '最後の月の翌月の1日';
CALL guard_fact('life_spans');

CREATE TABLE abroad_spells (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    japanese boolean NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to > valid_from),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, known_at)
);
COMMENT ON TABLE abroad_spells IS '海外在住期間: 出国の日から帰国の日まで';
CALL guard_fact('abroad_spells');

CREATE TABLE deaths (
    person_id bigint NOT NULL REFERENCES persons,
    died_on date NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, known_at)
);
COMMENT ON TABLE deaths IS '死亡 (国民年金法105条4項, 厚生年金保険法98条4項)';
CALL guard_fact('deaths');
CREATE UNIQUE INDEX deaths_current ON deaths (person_id) WHERE superseded_at IS NULL;

CREATE TABLE household_members (
    person_id bigint NOT NULL REFERENCES persons,
    member_no smallint NOT NULL,
    relation text NOT NULL CHECK (relation IN ('spouse', 'child')),
    member_person_id bigint REFERENCES persons,
    birth_on date NOT NULL,
    dependent boolean NOT NULL,
    disabled boolean NOT NULL,
    own_old_age_from date,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to > valid_from),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, member_no, known_at)
);
COMMENT ON TABLE household_members IS '配偶者・子 (加給年金額・振替加算の対象となりうる者)';
COMMENT ON COLUMN household_members.dependent IS '生計を維持されている';
COMMENT ON COLUMN household_members.own_old_age_from IS '配偶者自身の老齢厚生年金 (240月以上) の受給権の発生した日';
COMMENT ON COLUMN household_members.valid_from IS '婚姻・出生の日';
COMMENT ON COLUMN household_members.valid_to IS '離婚・死亡・生計維持の終わった日';
CALL guard_fact('household_members');

CREATE TABLE person_merges (
    merged_person_id bigint NOT NULL REFERENCES persons,
    kept_person_id bigint NOT NULL REFERENCES persons,
    drafted_by bigint NOT NULL REFERENCES clerks,
    approved_by bigint NOT NULL REFERENCES clerks,
    reason text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (merged_person_id, known_at),
    CHECK (merged_person_id <> kept_person_id),
    CHECK (drafted_by <> approved_by)
);
COMMENT ON TABLE person_merges IS '基礎年金番号の重複の統合: 統合された人の記録は、残した人の記録として読む。取り消せば元に戻る';
CALL guard_fact('person_merges');
CREATE UNIQUE INDEX person_merges_current ON person_merges (merged_person_id) WHERE superseded_at IS NULL;
CREATE INDEX person_merges_by_kept ON person_merges (kept_person_id) WHERE superseded_at IS NULL;

-- 前に見た後で知られた事実を探す
CREATE INDEX pension_spells_late ON pension_spells USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX contribution_years_late ON contribution_years USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX remuneration_records_late ON remuneration_records USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX life_spans_late ON life_spans USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX abroad_spells_late ON abroad_spells USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX deaths_late ON deaths USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX pension_spells_superseded ON pension_spells (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX contribution_years_superseded ON contribution_years (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX remuneration_records_superseded ON remuneration_records (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX household_members_superseded ON household_members (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX household_members_late ON household_members USING brin (known_at) WITH (autosummarize = on);
