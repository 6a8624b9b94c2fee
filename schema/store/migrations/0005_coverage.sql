-- Facts of cover: who is insured where, on what remuneration, with what bonuses and leaves.
-- Divided by what the work divides by, the branch of the insurer (prefecture), in eight regional blocks.

CREATE TABLE coverage_spells (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insured_number integer NOT NULL CHECK (insured_number BETWEEN 1 AND 999999),
    health_insurance boolean NOT NULL,
    employees_pension boolean NOT NULL,
    short_time_worker boolean NOT NULL,
    two_workplaces boolean NOT NULL,
    same_month_next text CHECK (same_month_next IN ('epi_other_employer', 'np_category_1', 'np_category_3')),
    end_cause smallint,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to >= valid_from),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (prefecture_code, spell_id, known_at)
) PARTITION BY LIST (prefecture_code);
COMMENT ON TABLE coverage_spells IS '被保険者資格 (厚生年金保険法13条・14条, 健康保険法35条・36条)';
COMMENT ON COLUMN coverage_spells.spell_id IS '資格の番号: 訂正しても変わらない';
COMMENT ON COLUMN coverage_spells.prefecture_code IS '協会けんぽの支部 (JIS X 0401)';
COMMENT ON COLUMN coverage_spells.insured_number IS '被保険者整理番号';
COMMENT ON COLUMN coverage_spells.health_insurance IS '健康保険の被保険者である';
COMMENT ON COLUMN coverage_spells.employees_pension IS '厚生年金保険の被保険者である (70歳以上被用者は偽)';
COMMENT ON COLUMN coverage_spells.short_time_worker IS '短時間労働者';
COMMENT ON COLUMN coverage_spells.two_workplaces IS '二以上事業所勤務者: 按分が要るので一件ずつ人が見る';
COMMENT ON COLUMN coverage_spells.same_month_next IS '同月得喪の後に得た資格 (厚生年金保険法19条2項ただし書)';
COMMENT ON COLUMN coverage_spells.end_cause IS '資格喪失原因: 4 退職等, 5 死亡, 7 75歳到達, 9 障害認定, 11 社会保障協定';
COMMENT ON COLUMN coverage_spells.valid_from IS '資格取得年月日';
COMMENT ON COLUMN coverage_spells.valid_to IS '資格喪失年月日 (この日は被保険者でない)。取得と同日もあり得る';
CREATE SEQUENCE spell_ids;

CREATE TABLE standard_remunerations (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    monthly_remuneration_yen bigint NOT NULL CHECK (monthly_remuneration_yen >= 0),
    hi_standard_yen integer NOT NULL CHECK (hi_standard_yen >= 0),
    epi_standard_yen integer NOT NULL CHECK (epi_standard_yen >= 0),
    decision text NOT NULL CHECK (decision IN ('acquisition', 'annual', 'revision', 'conversion')),
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL CHECK (EXTRACT (DAY FROM valid_from) = 1),
    valid_to date CHECK (valid_to > valid_from AND EXTRACT (DAY FROM valid_to) = 1),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, known_at)
) PARTITION BY LIST (prefecture_code);
COMMENT ON TABLE standard_remunerations IS '標準報酬月額 (厚生年金保険法20条〜23条, 健康保険法40条〜43条)';
COMMENT ON COLUMN standard_remunerations.monthly_remuneration_yen IS '報酬月額 (等級表が変わるとき職権改定に使う)';
COMMENT ON COLUMN standard_remunerations.hi_standard_yen IS '健康保険の標準報酬月額 (円)。対象外は0';
COMMENT ON COLUMN standard_remunerations.epi_standard_yen IS '厚生年金保険の標準報酬月額 (円)。対象外は0';
COMMENT ON COLUMN standard_remunerations.decision IS '決定の種類: acquisition 取得時決定, annual 定時決定, revision 随時改定, conversion 移行';
COMMENT ON COLUMN standard_remunerations.valid_from IS '適用の最初の月の1日';
COMMENT ON COLUMN standard_remunerations.valid_to IS '適用しなくなる月の1日 (空は続く)';

CREATE TABLE bonuses (
    bonus_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    amount_yen bigint NOT NULL CHECK (amount_yen >= 0),
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to > valid_from),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, bonus_id, known_at)
) PARTITION BY LIST (prefecture_code);
COMMENT ON TABLE bonuses IS '賞与 (健康保険法45条・厚生年金保険法24条の4): 支払われた額。標準賞与額は法で導く';
COMMENT ON COLUMN bonuses.amount_yen IS '支払額 (通貨 + 現物、円)';
COMMENT ON COLUMN bonuses.valid_from IS '賞与支払年月日';
COMMENT ON COLUMN bonuses.valid_to IS '使わない (支払は一日の出来事)';
CREATE SEQUENCE bonus_ids;

CREATE TABLE leave_spells (
    leave_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('maternity', 'childcare')),
    worked_days_excluded smallint NOT NULL DEFAULT 0,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL CHECK (valid_to > valid_from),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, leave_id, known_at)
) PARTITION BY LIST (prefecture_code);
COMMENT ON TABLE leave_spells IS '産前産後休業・育児休業等 (健康保険法159条・159条の3, 厚生年金保険法81条の2・81条の2の2)';
COMMENT ON COLUMN leave_spells.worked_days_excluded IS '産後パパ育休中の就業日数 (14日要件から除く)';
COMMENT ON COLUMN leave_spells.valid_from IS '休業開始年月日';
COMMENT ON COLUMN leave_spells.valid_to IS '休業終了年月日の翌日';
CREATE SEQUENCE leave_ids;

DO $$
DECLARE
    parent text;
    block record;
BEGIN
    FOREACH parent IN ARRAY ARRAY['coverage_spells', 'standard_remunerations', 'bonuses', 'leave_spells'] LOOP
        FOR block IN
            SELECT * FROM (VALUES
                ('hokkaido_tohoku', '1, 2, 3, 4, 5, 6, 7'),
                ('north_kanto', '8, 9, 10, 11, 12'),
                ('tokyo', '13'),
                ('kanagawa_koshinetsu', '14, 15, 19, 20'),
                ('tokai_hokuriku', '16, 17, 18, 21, 22, 23, 24'),
                ('kinki', '25, 26, 27, 28, 29, 30'),
                ('chugoku_shikoku', '31, 32, 33, 34, 35, 36, 37, 38, 39'),
                ('kyushu', '40, 41, 42, 43, 44, 45, 46, 47')
            ) AS blocks (name, prefectures)
        LOOP
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (%s)',
                parent || '_' || block.name, parent, block.prefectures);
        END LOOP;
        EXECUTE format('CALL guard_fact(%L)', parent);
    END LOOP;
END
$$;

CREATE INDEX coverage_spells_by_employer ON coverage_spells (employer_id, spell_id);
CREATE INDEX coverage_spells_by_person ON coverage_spells (person_id);
-- 被保険者整理番号は事業所の中で一度だけ使う
CREATE UNIQUE INDEX coverage_spells_insured_number
    ON coverage_spells (prefecture_code, employer_id, insured_number) WHERE superseded_at IS NULL;
-- 一つの事業所で二重に被保険者になることはない
CREATE UNIQUE INDEX coverage_spells_open
    ON coverage_spells (prefecture_code, employer_id, person_id) WHERE superseded_at IS NULL AND valid_to IS NULL;
CREATE INDEX standard_remunerations_by_employer ON standard_remunerations (employer_id, spell_id);
CREATE INDEX bonuses_by_employer ON bonuses (employer_id, spell_id);
CREATE INDEX leave_spells_by_employer ON leave_spells (employer_id, spell_id);
CREATE UNIQUE INDEX standard_remunerations_current
    ON standard_remunerations (prefecture_code, employer_id, spell_id, valid_from) WHERE superseded_at IS NULL;
