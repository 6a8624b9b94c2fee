-- The sum of all migrations, as pg_dump of PostgreSQL 15 tells it. Written by the test `schema_sql_is_the_sum_of_the_migrations` with NENRIN_BLESS=1.

CREATE SCHEMA my_number;

COMMENT ON SCHEMA my_number IS '個人番号 (行政手続における特定の個人を識別するための番号の利用等に関する法律): 暗号化し、別の役割だけが読む';

CREATE FUNCTION public.birth_key(birth_on date) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    SELECT EXTRACT (YEAR FROM birth_on)::integer * 10000 + CASE
        WHEN EXTRACT (DAY FROM birth_on) <= 12 THEN
            LEAST (EXTRACT (MONTH FROM birth_on), EXTRACT (DAY FROM birth_on))::integer * 100
            + GREATEST (EXTRACT (MONTH FROM birth_on), EXTRACT (DAY FROM birth_on))::integer
        ELSE EXTRACT (MONTH FROM birth_on)::integer * 100 + EXTRACT (DAY FROM birth_on)::integer
    END
$$;

COMMENT ON FUNCTION public.birth_key(birth_on date) IS '生年月日の鍵 YYYYMMDD: 月と日が入れ替わっていても同じ';

CREATE FUNCTION public.forbid_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'NENRIN_POSTED: rows of % are posted and are neither edited nor deleted', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

COMMENT ON FUNCTION public.forbid_change() IS '記帳済みの行の変更・削除の禁止';

CREATE PROCEDURE public.guard_fact(IN target regclass)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER only_supersede BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION only_supersede()', target);
    EXECUTE format('CREATE TRIGGER never_delete BEFORE DELETE ON %s FOR EACH ROW EXECUTE FUNCTION forbid_change()', target);
    CALL guard_truncate(target);
END
$$;

COMMENT ON PROCEDURE public.guard_fact(IN target regclass) IS '二つの時刻を持つ事実の表に、訂正の規則を付ける';

CREATE PROCEDURE public.guard_posted(IN target regclass)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER never_change BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION forbid_change()', target);
    CALL guard_truncate(target);
END
$$;

COMMENT ON PROCEDURE public.guard_posted(IN target regclass) IS '追記だけの表に、変更・削除の禁止を付ける';

CREATE PROCEDURE public.guard_truncate(IN target regclass)
    LANGUAGE plpgsql
    AS $$
DECLARE
    one regclass;
BEGIN
    FOR one IN SELECT target UNION SELECT relid FROM pg_partition_tree(target) LOOP
        EXECUTE format('CREATE TRIGGER never_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION forbid_change()', one);
    END LOOP;
END
$$;

COMMENT ON PROCEDURE public.guard_truncate(IN target regclass) IS '表とその区分に、全行削除の禁止を付ける';

CREATE FUNCTION public.only_supersede() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.superseded_at IS NOT NULL
        OR NEW.superseded_at IS NULL
        OR NEW.superseded_at < OLD.known_at
        OR (to_jsonb (NEW) - 'superseded_at') <> (to_jsonb (OLD) - 'superseded_at')
    THEN
        RAISE EXCEPTION 'NENRIN_POSTED: in % only superseded_at may change, once', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION public.only_supersede() IS '訂正は新しい行で行い、旧行は superseded_at だけを一度記入する';

CREATE TABLE my_number.filed (
    filing_id bigint NOT NULL,
    column_no smallint NOT NULL,
    number_index bytea NOT NULL,
    number_sealed bytea NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT filed_column_no_check CHECK ((column_no >= 0))
);

COMMENT ON TABLE my_number.filed IS '届にあった個人番号';

COMMENT ON COLUMN my_number.filed.column_no IS '0 本人, その他は被扶養者の項目番号';

COMMENT ON COLUMN my_number.filed.number_index IS '照合用: HMAC-SHA-256 (鍵は DB の外)';

COMMENT ON COLUMN my_number.filed.number_sealed IS 'AES-256-GCM: nonce 12 + 暗号文 + tag 16';

CREATE TABLE my_number.numbers (
    person_id bigint NOT NULL,
    number_index bytea NOT NULL,
    number_sealed bytea NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone
);

COMMENT ON TABLE my_number.numbers IS '個人番号';

COMMENT ON COLUMN my_number.numbers.number_index IS '照合用: HMAC-SHA-256 (鍵は DB の外)';

COMMENT ON COLUMN my_number.numbers.number_sealed IS 'AES-256-GCM: nonce 12 + 暗号文 + tag 16';

CREATE TABLE public.abroad_spells (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    japanese boolean NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT abroad_spells_check CHECK ((valid_to > valid_from))
);

COMMENT ON TABLE public.abroad_spells IS '海外在住期間: 出国の日から帰国の日まで';

CREATE TABLE public.access_log (
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    office_code text,
    action text NOT NULL,
    subject text NOT NULL,
    purpose text NOT NULL,
    outcome text NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL
);

COMMENT ON TABLE public.access_log IS 'アクセス記録: 照会と変更のすべて。ハッシュの鎖';

COMMENT ON COLUMN public.access_log.hash IS 'SHA-256 (previous_hash + 各列を決まった形で並べたもの)';

CREATE TABLE public.accounts (
    account text NOT NULL,
    name_ja text NOT NULL,
    kind text NOT NULL,
    in_journal boolean DEFAULT true NOT NULL,
    in_pension_journal boolean DEFAULT false NOT NULL,
    CONSTRAINT accounts_kind_check CHECK ((kind = ANY (ARRAY['asset'::text, 'income'::text, 'liability'::text, 'expense'::text])))
);

COMMENT ON TABLE public.accounts IS '勘定科目';

COMMENT ON COLUMN public.accounts.in_journal IS '事業所の仕訳帳 (journal) で使う';

COMMENT ON COLUMN public.accounts.in_pension_journal IS '年金の仕訳帳 (pension_journal) で使う';

CREATE TABLE public.addresses (
    person_id bigint NOT NULL,
    zip text NOT NULL,
    prefecture_code smallint NOT NULL,
    address_kanji text NOT NULL,
    address_kana text,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT addresses_check CHECK ((valid_to > valid_from)),
    CONSTRAINT addresses_prefecture_code_check CHECK (((prefecture_code >= 1) AND (prefecture_code <= 47))),
    CONSTRAINT addresses_zip_check CHECK ((zip ~ '^[0-9]{7}$'::text))
);

COMMENT ON TABLE public.addresses IS '住所';

COMMENT ON COLUMN public.addresses.prefecture_code IS '都道府県コード (JIS X 0401)';

CREATE TABLE public.adjudications (
    person_id bigint NOT NULL,
    looked_at_on date NOT NULL,
    look_again_from date,
    standing text NOT NULL,
    run_id text NOT NULL,
    cutoff_at timestamp with time zone NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT adjudications_standing_check CHECK ((standing = ANY (ARRAY['no_right'::text, 'not_yet'::text, 'payable'::text, 'waiting'::text, 'suspended'::text, 'ended'::text, 'held'::text])))
);

COMMENT ON TABLE public.adjudications IS '裁定の経過: いつ、どの締切で見たか、次はいつ見るか';

COMMENT ON COLUMN public.adjudications.look_again_from IS '事実が変わらなくても、この月分から額が変わりうる (年齢、改定率、在職)';

COMMENT ON COLUMN public.adjudications.standing IS 'suspended は受給権があり、どの年金も支給停止。held は保留 (理由は run_verdicts)';

COMMENT ON COLUMN public.adjudications.cutoff_at IS 'この締切までの事実を見た。後に知られた事実は次に見る';

CREATE TABLE public.application_queue (
    filing_id bigint NOT NULL,
    employer_id bigint,
    approved_at timestamp with time zone DEFAULT now() NOT NULL,
    person_id bigint,
    CONSTRAINT application_queue_of_employer_or_person CHECK (((employer_id IS NULL) <> (person_id IS NULL)))
);

COMMENT ON TABLE public.application_queue IS '決裁済みで未反映の届。夜間に反映すると消える (経過は filing_steps に残る)';

CREATE TABLE public.journal (
    entry_id bigint NOT NULL,
    kind text NOT NULL,
    debit_account text NOT NULL,
    credit_account text NOT NULL,
    levy text NOT NULL,
    employer_id bigint NOT NULL,
    for_month date NOT NULL,
    amount_yen bigint NOT NULL,
    business_on date NOT NULL,
    run_id text,
    cause_filing_id bigint,
    reason text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT journal_amount_yen_check CHECK ((amount_yen > 0)),
    CONSTRAINT journal_check CHECK ((debit_account <> credit_account)),
    CONSTRAINT journal_credit_account CHECK ((credit_account = ANY (ARRAY['receivable'::text, 'cash'::text, 'income_health_insurance'::text, 'income_employees_pension'::text, 'income_childcare_contribution'::text, 'overpayment'::text, 'loss'::text]))),
    CONSTRAINT journal_debit_account CHECK ((debit_account = ANY (ARRAY['receivable'::text, 'cash'::text, 'income_health_insurance'::text, 'income_employees_pension'::text, 'income_childcare_contribution'::text, 'overpayment'::text, 'loss'::text]))),
    CONSTRAINT journal_for_month_check CHECK ((EXTRACT(day FROM for_month) = (1)::numeric)),
    CONSTRAINT journal_kind_check CHECK ((kind = ANY (ARRAY['assessment'::text, 'receipt'::text, 'appropriation'::text, 'refund'::text, 'write_off'::text, 'payment'::text]))),
    CONSTRAINT journal_levy_check CHECK ((levy = ANY (ARRAY['health_insurance'::text, 'employees_pension'::text, 'childcare_contribution'::text])))
);

COMMENT ON TABLE public.journal IS '仕訳帳 (複式): 調定・収納・充当・還付・不納欠損・支払。訂正は逆の仕訳';

COMMENT ON COLUMN public.journal.debit_account IS '借方の勘定科目 (accounts)';

COMMENT ON COLUMN public.journal.credit_account IS '貸方の勘定科目 (accounts)';

COMMENT ON COLUMN public.journal.levy IS '徴収の種別: 健康保険料 (介護・支援金を含む), 厚生年金保険料, 子ども・子育て拠出金';

COMMENT ON COLUMN public.journal.for_month IS '月分: 保険料の月の1日';

CREATE VIEW public.assessments AS
 SELECT entries.employer_id,
    entries.for_month,
    entries.run_id,
    max(entries.business_on) AS business_on,
    (COALESCE(sum((entries.amount_yen * entries.sign)) FILTER (WHERE (entries.levy = 'health_insurance'::text)), (0)::numeric))::bigint AS hi_yen,
    (COALESCE(sum((entries.amount_yen * entries.sign)) FILTER (WHERE (entries.levy = 'employees_pension'::text)), (0)::numeric))::bigint AS epi_yen,
    (COALESCE(sum((entries.amount_yen * entries.sign)) FILTER (WHERE (entries.levy = 'childcare_contribution'::text)), (0)::numeric))::bigint AS contribution_yen,
    (sum((entries.amount_yen * entries.sign)))::bigint AS total_yen
   FROM ( SELECT journal.entry_id,
            journal.kind,
            journal.debit_account,
            journal.credit_account,
            journal.levy,
            journal.employer_id,
            journal.for_month,
            journal.amount_yen,
            journal.business_on,
            journal.run_id,
            journal.cause_filing_id,
            journal.reason,
            journal.known_at,
                CASE
                    WHEN (journal.debit_account = 'receivable'::text) THEN 1
                    ELSE '-1'::integer
                END AS sign
           FROM public.journal
          WHERE (journal.kind = 'assessment'::text)) entries
  GROUP BY entries.employer_id, entries.for_month, entries.run_id;

COMMENT ON VIEW public.assessments IS '調定: 仕訳帳から導く';

CREATE TABLE public.awards (
    person_id bigint NOT NULL,
    manner text,
    right_on date NOT NULL,
    basic_of text DEFAULT 'old_age'::text,
    employees_of text DEFAULT 'old_age'::text,
    grade smallint,
    basic_yen bigint NOT NULL,
    additional_yen bigint NOT NULL,
    furikae_yen bigint NOT NULL,
    children_yen bigint DEFAULT 0 NOT NULL,
    proportional_yen bigint NOT NULL,
    transitional_yen bigint NOT NULL,
    adjustment_yen bigint NOT NULL,
    family_yen bigint NOT NULL,
    stopped_yen bigint NOT NULL,
    survivor_yen bigint DEFAULT 0 NOT NULL,
    survivor_stopped_yen bigint DEFAULT 0 NOT NULL,
    basic_total_yen bigint NOT NULL,
    employees_total_yen bigint NOT NULL,
    survivor_total_yen bigint DEFAULT 0 NOT NULL,
    suspended text[] DEFAULT '{}'::text[] NOT NULL,
    cause text NOT NULL,
    cause_filing_id bigint,
    run_id text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT awards_additional_yen_check CHECK ((additional_yen >= 0)),
    CONSTRAINT awards_basic_of_check CHECK ((basic_of = ANY (ARRAY['old_age'::text, 'disability'::text, 'survivor'::text]))),
    CONSTRAINT awards_basic_yen_check CHECK ((basic_yen >= 0)),
    CONSTRAINT awards_check CHECK (((survivor_stopped_yen >= 0) AND (survivor_stopped_yen <= survivor_yen))),
    CONSTRAINT awards_check1 CHECK ((basic_total_yen = (((basic_yen + additional_yen) + furikae_yen) + children_yen))),
    CONSTRAINT awards_check2 CHECK (((employees_total_yen >= 0) AND (employees_total_yen = ((((proportional_yen + transitional_yen) + adjustment_yen) + family_yen) - stopped_yen)))),
    CONSTRAINT awards_check3 CHECK ((survivor_total_yen = (survivor_yen - survivor_stopped_yen))),
    CONSTRAINT awards_check4 CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT awards_children_yen_check CHECK ((children_yen >= 0)),
    CONSTRAINT awards_employees_of_check CHECK ((employees_of = ANY (ARRAY['old_age'::text, 'disability'::text]))),
    CONSTRAINT awards_family_yen_check CHECK ((family_yen >= 0)),
    CONSTRAINT awards_furikae_yen_check CHECK ((furikae_yen >= 0)),
    CONSTRAINT awards_grade_check CHECK (((grade >= 1) AND (grade <= 3))),
    CONSTRAINT awards_manner_check CHECK ((manner = ANY (ARRAY['special'::text, 'early'::text, 'from_65'::text]))),
    CONSTRAINT awards_proportional_yen_check CHECK ((proportional_yen >= 0)),
    CONSTRAINT awards_stopped_yen_check CHECK ((stopped_yen >= 0)),
    CONSTRAINT awards_survivor_yen_check CHECK ((survivor_yen >= 0)),
    CONSTRAINT awards_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

COMMENT ON TABLE public.awards IS '裁定・改定 (国民年金法16条, 厚生年金保険法33条): 一人に支給する年金の年額と、その月の幅。明細は事実から再び計算する';

COMMENT ON COLUMN public.awards.manner IS '老齢年金の受け方 (老齢年金を支給しない月は空)';

COMMENT ON COLUMN public.awards.right_on IS '支給する年金の受給権の発生した日 (老齢があれば老齢)';

COMMENT ON COLUMN public.awards.basic_of IS '支給する基礎年金の支給事由 (空は基礎年金なし)';

COMMENT ON COLUMN public.awards.employees_of IS '支給する厚生年金 (遺族厚生年金を除く) の支給事由 (空はなし)';

COMMENT ON COLUMN public.awards.grade IS '障害等級 (障害年金を支給する月)';

COMMENT ON COLUMN public.awards.children_yen IS '子の加算 (障害基礎年金・遺族基礎年金)';

COMMENT ON COLUMN public.awards.adjustment_yen IS '繰上げの減額 (負) または繰下げの増額';

COMMENT ON COLUMN public.awards.family_yen IS '加給年金額';

COMMENT ON COLUMN public.awards.stopped_yen IS '在職支給停止額';

COMMENT ON COLUMN public.awards.survivor_yen IS '遺族厚生年金 (中高齢寡婦加算・経過的寡婦加算を含む、この人の分)';

COMMENT ON COLUMN public.awards.survivor_stopped_yen IS '自身の老齢厚生年金に相当する支給停止額 (厚生年金保険法64条の2)';

COMMENT ON COLUMN public.awards.suspended IS '併給の調整により支給停止の受給権 (国民年金法20条, 厚生年金保険法38条)';

COMMENT ON COLUMN public.awards.cause IS '裁定・改定の理由の語 (claim, annual_revision, in_service, record_change など)';

COMMENT ON COLUMN public.awards.valid_from IS 'この年額による最初の月分';

COMMENT ON COLUMN public.awards.valid_to IS 'この年額によらなくなる月分 (空は続く)';

CREATE SEQUENCE public.bonus_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

COMMENT ON SEQUENCE public.bonus_ids IS '賞与の番号';

CREATE TABLE public.bonuses (
    bonus_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    amount_yen bigint NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT bonuses_amount_yen_check CHECK ((amount_yen >= 0)),
    CONSTRAINT bonuses_check CHECK ((valid_to > valid_from))
)
PARTITION BY LIST (prefecture_code);

COMMENT ON TABLE public.bonuses IS '賞与 (健康保険法45条・厚生年金保険法24条の4): 支払われた額。標準賞与額は法で導く';

COMMENT ON COLUMN public.bonuses.amount_yen IS '支払額 (通貨 + 現物、円)';

COMMENT ON COLUMN public.bonuses.valid_from IS '賞与支払年月日';

COMMENT ON COLUMN public.bonuses.valid_to IS '使わない (支払は一日の出来事)';

CREATE TABLE public.bonuses_chugoku_shikoku (
    bonus_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    amount_yen bigint NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT bonuses_amount_yen_check CHECK ((amount_yen >= 0)),
    CONSTRAINT bonuses_check CHECK ((valid_to > valid_from))
);

CREATE TABLE public.bonuses_hokkaido_tohoku (
    bonus_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    amount_yen bigint NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT bonuses_amount_yen_check CHECK ((amount_yen >= 0)),
    CONSTRAINT bonuses_check CHECK ((valid_to > valid_from))
);

CREATE TABLE public.bonuses_kanagawa_koshinetsu (
    bonus_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    amount_yen bigint NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT bonuses_amount_yen_check CHECK ((amount_yen >= 0)),
    CONSTRAINT bonuses_check CHECK ((valid_to > valid_from))
);

CREATE TABLE public.bonuses_kinki (
    bonus_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    amount_yen bigint NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT bonuses_amount_yen_check CHECK ((amount_yen >= 0)),
    CONSTRAINT bonuses_check CHECK ((valid_to > valid_from))
);

CREATE TABLE public.bonuses_kyushu (
    bonus_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    amount_yen bigint NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT bonuses_amount_yen_check CHECK ((amount_yen >= 0)),
    CONSTRAINT bonuses_check CHECK ((valid_to > valid_from))
);

CREATE TABLE public.bonuses_north_kanto (
    bonus_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    amount_yen bigint NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT bonuses_amount_yen_check CHECK ((amount_yen >= 0)),
    CONSTRAINT bonuses_check CHECK ((valid_to > valid_from))
);

CREATE TABLE public.bonuses_tokai_hokuriku (
    bonus_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    amount_yen bigint NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT bonuses_amount_yen_check CHECK ((amount_yen >= 0)),
    CONSTRAINT bonuses_check CHECK ((valid_to > valid_from))
);

CREATE TABLE public.bonuses_tokyo (
    bonus_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    amount_yen bigint NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT bonuses_amount_yen_check CHECK ((amount_yen >= 0)),
    CONSTRAINT bonuses_check CHECK ((valid_to > valid_from))
);

CREATE TABLE public.clerks (
    clerk_id bigint NOT NULL,
    login text NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    office_code text NOT NULL,
    roles text[] NOT NULL,
    area text DEFAULT 'office'::text NOT NULL,
    disabled_at timestamp with time zone,
    CONSTRAINT clerks_area_check CHECK ((area = ANY (ARRAY['office'::text, 'prefecture'::text, 'nation'::text])))
);

COMMENT ON TABLE public.clerks IS '職員 (利用者)';

COMMENT ON COLUMN public.clerks.password_hash IS 'Argon2id の PHC 文字列';

COMMENT ON COLUMN public.clerks.roles IS '役割: reception 受付, viewer 照会, examiner 審査, approver 決裁, operator 運用, auditor 監査';

COMMENT ON COLUMN public.clerks.area IS '管轄の範囲: 事務所・都道府県・全国';

ALTER TABLE public.clerks ALTER COLUMN clerk_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.clerks_clerk_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.collection_requests (
    person_id bigint NOT NULL,
    levy text NOT NULL,
    municipality_code text NOT NULL,
    amount_yen bigint NOT NULL,
    reason text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT collection_requests_amount_yen_check CHECK ((amount_yen > 0)),
    CONSTRAINT collection_requests_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT collection_requests_levy_check CHECK ((levy = ANY (ARRAY['long_term_care'::text, 'national_health'::text, 'late_elderly'::text, 'resident_tax'::text]))),
    CONSTRAINT collection_requests_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

COMMENT ON TABLE public.collection_requests IS '特別徴収の依頼 (介護保険法134条〜136条 ほか): 支払一回ごとの額。可否は市町村が判定した';

COMMENT ON COLUMN public.collection_requests.valid_from IS '最初の支払期月の1日';

COMMENT ON COLUMN public.collection_requests.valid_to IS '徴収しなくなる支払期月の1日 (空は続く)';

CREATE TABLE public.contribution_years (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    fiscal_year smallint NOT NULL,
    marks text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT contribution_years_fiscal_year_check CHECK ((fiscal_year >= 1961)),
    CONSTRAINT contribution_years_marks_check CHECK ((marks ~ '^[.PASFTtHhQqGDMmCcL]{12}$'::text))
);

COMMENT ON TABLE public.contribution_years IS '国民年金保険料の納付記録: 一人一年度に一行、4月から翌年3月までの12の印';

COMMENT ON COLUMN public.contribution_years.marks IS '. なし (未納を含む), P 納付, A 付加も納付, S 法定免除, F 全額免除, T 4分の3免除, H 半額免除, Q 4分の1免除 (小文字は残りが未納), G 学生納付特例, D 納付猶予, M 産前産後免除, C 育児期間免除 (小文字は付加も納付), L 追納';

CREATE TABLE public.coverage_spells (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insured_number integer NOT NULL,
    health_insurance boolean NOT NULL,
    employees_pension boolean NOT NULL,
    short_time_worker boolean NOT NULL,
    two_workplaces boolean NOT NULL,
    same_month_next text,
    end_cause smallint,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT coverage_spells_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT coverage_spells_insured_number_check CHECK (((insured_number >= 1) AND (insured_number <= 999999))),
    CONSTRAINT coverage_spells_same_month_next_check CHECK ((same_month_next = ANY (ARRAY['epi_other_employer'::text, 'np_category_1'::text, 'np_category_3'::text])))
)
PARTITION BY LIST (prefecture_code);

COMMENT ON TABLE public.coverage_spells IS '被保険者資格 (厚生年金保険法13条・14条, 健康保険法35条・36条)';

COMMENT ON COLUMN public.coverage_spells.spell_id IS '資格の番号: 訂正しても変わらない';

COMMENT ON COLUMN public.coverage_spells.prefecture_code IS '協会けんぽの支部 (JIS X 0401)';

COMMENT ON COLUMN public.coverage_spells.insured_number IS '被保険者整理番号';

COMMENT ON COLUMN public.coverage_spells.health_insurance IS '健康保険の被保険者である';

COMMENT ON COLUMN public.coverage_spells.employees_pension IS '厚生年金保険の被保険者である (70歳以上被用者は偽)';

COMMENT ON COLUMN public.coverage_spells.short_time_worker IS '短時間労働者';

COMMENT ON COLUMN public.coverage_spells.two_workplaces IS '二以上事業所勤務者: 按分が要るので一件ずつ人が見る';

COMMENT ON COLUMN public.coverage_spells.same_month_next IS '同月得喪の後に得た資格 (厚生年金保険法19条2項ただし書)';

COMMENT ON COLUMN public.coverage_spells.end_cause IS '資格喪失原因: 4 退職等, 5 死亡, 7 75歳到達, 9 障害認定, 11 社会保障協定';

COMMENT ON COLUMN public.coverage_spells.valid_from IS '資格取得年月日';

COMMENT ON COLUMN public.coverage_spells.valid_to IS '資格喪失年月日 (この日は被保険者でない)。取得と同日もあり得る';

CREATE TABLE public.coverage_spells_chugoku_shikoku (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insured_number integer NOT NULL,
    health_insurance boolean NOT NULL,
    employees_pension boolean NOT NULL,
    short_time_worker boolean NOT NULL,
    two_workplaces boolean NOT NULL,
    same_month_next text,
    end_cause smallint,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT coverage_spells_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT coverage_spells_insured_number_check CHECK (((insured_number >= 1) AND (insured_number <= 999999))),
    CONSTRAINT coverage_spells_same_month_next_check CHECK ((same_month_next = ANY (ARRAY['epi_other_employer'::text, 'np_category_1'::text, 'np_category_3'::text])))
);

CREATE TABLE public.coverage_spells_hokkaido_tohoku (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insured_number integer NOT NULL,
    health_insurance boolean NOT NULL,
    employees_pension boolean NOT NULL,
    short_time_worker boolean NOT NULL,
    two_workplaces boolean NOT NULL,
    same_month_next text,
    end_cause smallint,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT coverage_spells_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT coverage_spells_insured_number_check CHECK (((insured_number >= 1) AND (insured_number <= 999999))),
    CONSTRAINT coverage_spells_same_month_next_check CHECK ((same_month_next = ANY (ARRAY['epi_other_employer'::text, 'np_category_1'::text, 'np_category_3'::text])))
);

CREATE TABLE public.coverage_spells_kanagawa_koshinetsu (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insured_number integer NOT NULL,
    health_insurance boolean NOT NULL,
    employees_pension boolean NOT NULL,
    short_time_worker boolean NOT NULL,
    two_workplaces boolean NOT NULL,
    same_month_next text,
    end_cause smallint,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT coverage_spells_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT coverage_spells_insured_number_check CHECK (((insured_number >= 1) AND (insured_number <= 999999))),
    CONSTRAINT coverage_spells_same_month_next_check CHECK ((same_month_next = ANY (ARRAY['epi_other_employer'::text, 'np_category_1'::text, 'np_category_3'::text])))
);

CREATE TABLE public.coverage_spells_kinki (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insured_number integer NOT NULL,
    health_insurance boolean NOT NULL,
    employees_pension boolean NOT NULL,
    short_time_worker boolean NOT NULL,
    two_workplaces boolean NOT NULL,
    same_month_next text,
    end_cause smallint,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT coverage_spells_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT coverage_spells_insured_number_check CHECK (((insured_number >= 1) AND (insured_number <= 999999))),
    CONSTRAINT coverage_spells_same_month_next_check CHECK ((same_month_next = ANY (ARRAY['epi_other_employer'::text, 'np_category_1'::text, 'np_category_3'::text])))
);

CREATE TABLE public.coverage_spells_kyushu (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insured_number integer NOT NULL,
    health_insurance boolean NOT NULL,
    employees_pension boolean NOT NULL,
    short_time_worker boolean NOT NULL,
    two_workplaces boolean NOT NULL,
    same_month_next text,
    end_cause smallint,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT coverage_spells_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT coverage_spells_insured_number_check CHECK (((insured_number >= 1) AND (insured_number <= 999999))),
    CONSTRAINT coverage_spells_same_month_next_check CHECK ((same_month_next = ANY (ARRAY['epi_other_employer'::text, 'np_category_1'::text, 'np_category_3'::text])))
);

CREATE TABLE public.coverage_spells_north_kanto (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insured_number integer NOT NULL,
    health_insurance boolean NOT NULL,
    employees_pension boolean NOT NULL,
    short_time_worker boolean NOT NULL,
    two_workplaces boolean NOT NULL,
    same_month_next text,
    end_cause smallint,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT coverage_spells_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT coverage_spells_insured_number_check CHECK (((insured_number >= 1) AND (insured_number <= 999999))),
    CONSTRAINT coverage_spells_same_month_next_check CHECK ((same_month_next = ANY (ARRAY['epi_other_employer'::text, 'np_category_1'::text, 'np_category_3'::text])))
);

CREATE TABLE public.coverage_spells_tokai_hokuriku (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insured_number integer NOT NULL,
    health_insurance boolean NOT NULL,
    employees_pension boolean NOT NULL,
    short_time_worker boolean NOT NULL,
    two_workplaces boolean NOT NULL,
    same_month_next text,
    end_cause smallint,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT coverage_spells_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT coverage_spells_insured_number_check CHECK (((insured_number >= 1) AND (insured_number <= 999999))),
    CONSTRAINT coverage_spells_same_month_next_check CHECK ((same_month_next = ANY (ARRAY['epi_other_employer'::text, 'np_category_1'::text, 'np_category_3'::text])))
);

CREATE TABLE public.coverage_spells_tokyo (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    person_id bigint NOT NULL,
    insured_number integer NOT NULL,
    health_insurance boolean NOT NULL,
    employees_pension boolean NOT NULL,
    short_time_worker boolean NOT NULL,
    two_workplaces boolean NOT NULL,
    same_month_next text,
    end_cause smallint,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT coverage_spells_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT coverage_spells_insured_number_check CHECK (((insured_number >= 1) AND (insured_number <= 999999))),
    CONSTRAINT coverage_spells_same_month_next_check CHECK ((same_month_next = ANY (ARRAY['epi_other_employer'::text, 'np_category_1'::text, 'np_category_3'::text])))
);

CREATE TABLE public.deaths (
    person_id bigint NOT NULL,
    died_on date NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone
);

COMMENT ON TABLE public.deaths IS '死亡 (国民年金法105条4項, 厚生年金保険法98条4項)';

CREATE TABLE public.decisions (
    filing_id bigint NOT NULL,
    outcome text NOT NULL,
    drafted_by bigint,
    approved_by bigint,
    rule text NOT NULL,
    receipt jsonb,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT decisions_check CHECK (((drafted_by IS NULL) OR (approved_by IS NULL) OR (drafted_by <> approved_by))),
    CONSTRAINT decisions_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'refused'::text])))
);

COMMENT ON TABLE public.decisions IS '決定 (起案・決裁)。起案した者は決裁できない';

COMMENT ON COLUMN public.decisions.rule IS '決裁の根拠: human 人の決裁, automatic_media 電子媒体の機械審査';

COMMENT ON COLUMN public.decisions.receipt IS '標準報酬などの計算の明細';

CREATE TABLE public.disability_claims (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    filed_on date NOT NULL,
    first_seen_on date NOT NULL,
    resident boolean NOT NULL,
    fixed_on date,
    grade_at_certification smallint NOT NULL,
    later_filed_on date,
    later_grade smallint,
    paid_through date,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT disability_claims_check CHECK ((first_seen_on <= filed_on)),
    CONSTRAINT disability_claims_check1 CHECK ((fixed_on >= first_seen_on)),
    CONSTRAINT disability_claims_check2 CHECK ((later_filed_on >= first_seen_on)),
    CONSTRAINT disability_claims_check3 CHECK (((later_filed_on IS NULL) = (later_grade IS NULL))),
    CONSTRAINT disability_claims_grade_at_certification_check CHECK (((grade_at_certification >= 0) AND (grade_at_certification <= 4))),
    CONSTRAINT disability_claims_later_grade_check CHECK (((later_grade >= 1) AND (later_grade <= 3))),
    CONSTRAINT disability_claims_paid_through_check CHECK ((EXTRACT(day FROM paid_through) = (1)::numeric))
);

COMMENT ON TABLE public.disability_claims IS '障害年金の請求 (国民年金法30条, 厚生年金保険法47条): 一人に現在は一行';

COMMENT ON COLUMN public.disability_claims.filed_on IS '請求書を受け付けた日';

COMMENT ON COLUMN public.disability_claims.first_seen_on IS '初診日';

COMMENT ON COLUMN public.disability_claims.resident IS '初診日に国内に住所があった';

COMMENT ON COLUMN public.disability_claims.fixed_on IS '症状が固定した日';

COMMENT ON COLUMN public.disability_claims.grade_at_certification IS '障害認定日の等級 (0 該当しない, 4 障害手当金の程度)';

COMMENT ON COLUMN public.disability_claims.later_filed_on IS '事後重症による請求の日 (国民年金法30条の2, 厚生年金保険法47条の2)';

COMMENT ON COLUMN public.disability_claims.later_grade IS '事後重症の等級';

COMMENT ON COLUMN public.disability_claims.paid_through IS '移行前に、最初の裁定のとおり支払われた最後の月分 (空は移行前の支払なし)';

CREATE TABLE public.disability_grades (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    grade smallint NOT NULL,
    reviewed_on date,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT disability_grades_grade_check CHECK (((grade >= 0) AND (grade <= 3))),
    CONSTRAINT disability_grades_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

COMMENT ON TABLE public.disability_grades IS '障害等級の改定 (国民年金法34条・36条2項, 厚生年金保険法52条・54条2項): 次の行の前の月分まで続く';

COMMENT ON COLUMN public.disability_grades.grade IS '等級 (0 はどの等級にも該当せず支給停止)';

COMMENT ON COLUMN public.disability_grades.reviewed_on IS '診査の日: 額改定請求は1年を経過してから (国民年金法34条3項, 厚生年金保険法52条3項)。空は移行前で不明';

COMMENT ON COLUMN public.disability_grades.valid_from IS 'この等級による最初の月分';

CREATE TABLE public.duplicate_candidates (
    first_person_id bigint NOT NULL,
    second_person_id bigint NOT NULL,
    score smallint NOT NULL,
    reasons text[] NOT NULL,
    run_id text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT duplicate_candidates_check CHECK ((first_person_id < second_person_id)),
    CONSTRAINT duplicate_candidates_score_check CHECK (((score >= 0) AND (score <= 100)))
);

COMMENT ON TABLE public.duplicate_candidates IS '基礎年金番号の重複の疑い: 二人と、そう見る理由';

COMMENT ON COLUMN public.duplicate_candidates.reasons IS '一致・相違の語 (same_kana, old_kanji, swapped_birth など)';

CREATE TABLE public.duplicate_decisions (
    first_person_id bigint NOT NULL,
    second_person_id bigint NOT NULL,
    outcome text NOT NULL,
    kept_person_id bigint,
    drafted_by bigint NOT NULL,
    approved_by bigint,
    note text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT duplicate_decisions_check CHECK ((first_person_id < second_person_id)),
    CONSTRAINT duplicate_decisions_check1 CHECK (((kept_person_id = first_person_id) OR (kept_person_id = second_person_id))),
    CONSTRAINT duplicate_decisions_check2 CHECK (((kept_person_id IS NULL) = (outcome = ANY (ARRAY['drafted_different'::text, 'different'::text, 'returned'::text])))),
    CONSTRAINT duplicate_decisions_check3 CHECK (((approved_by IS NULL) = (outcome ~~ 'drafted%'::text))),
    CONSTRAINT duplicate_decisions_check4 CHECK ((drafted_by <> approved_by)),
    CONSTRAINT duplicate_decisions_outcome_check CHECK ((outcome = ANY (ARRAY['drafted_same'::text, 'same'::text, 'drafted_different'::text, 'different'::text, 'drafted_apart'::text, 'taken_apart'::text, 'returned'::text])))
);

COMMENT ON TABLE public.duplicate_decisions IS '重複の疑いについての決定: 起案した者は決裁できない';

COMMENT ON COLUMN public.duplicate_decisions.outcome IS 'same 同一人, different 別人, taken_apart 統合の取消, returned 差戻し。drafted_… は起案 (決裁待ち)';

COMMENT ON COLUMN public.duplicate_decisions.kept_person_id IS '残す番号の人';

COMMENT ON COLUMN public.duplicate_decisions.note IS '起案の理由。個人の氏名や番号は書かない';

CREATE TABLE public.employer_profiles (
    employer_id bigint NOT NULL,
    name text NOT NULL,
    representative text NOT NULL,
    corporate_number text,
    zip text NOT NULL,
    address text NOT NULL,
    telephone text NOT NULL,
    payment_method text NOT NULL,
    bank_code text,
    branch_code text,
    account_number text,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT employer_profiles_check CHECK ((valid_to > valid_from)),
    CONSTRAINT employer_profiles_corporate_number_check CHECK ((corporate_number ~ '^[1-9][0-9]{12}$'::text)),
    CONSTRAINT employer_profiles_payment_method_check CHECK ((payment_method = ANY (ARRAY['debit'::text, 'slip'::text]))),
    CONSTRAINT employer_profiles_zip_check CHECK ((zip ~ '^[0-9]{7}$'::text))
);

COMMENT ON TABLE public.employer_profiles IS '事業所の名称・所在地・事業主・納付方法';

COMMENT ON COLUMN public.employer_profiles.corporate_number IS '法人番号13桁 (個人事業所は空)';

COMMENT ON COLUMN public.employer_profiles.payment_method IS '納付方法: debit 口座振替, slip 納付書';

CREATE TABLE public.employers (
    employer_id bigint NOT NULL,
    nenkin_prefecture_code text NOT NULL,
    district_code text NOT NULL,
    office_symbol text NOT NULL,
    office_number text NOT NULL,
    prefecture_code smallint NOT NULL,
    office_code text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT employers_district_code_check CHECK ((district_code ~ '^[0-9]{2}$'::text)),
    CONSTRAINT employers_nenkin_prefecture_code_check CHECK ((nenkin_prefecture_code ~ '^[0-9]{2}$'::text)),
    CONSTRAINT employers_office_number_check CHECK ((office_number ~ '^[0-9]{5}$'::text)),
    CONSTRAINT employers_prefecture_code_check CHECK (((prefecture_code >= 1) AND (prefecture_code <= 47)))
);

COMMENT ON TABLE public.employers IS '適用事業所 (厚生年金保険法6条・健康保険法3条3項)';

COMMENT ON COLUMN public.employers.nenkin_prefecture_code IS '都道府県コード (日本年金機構のもの。JIS ではない)';

COMMENT ON COLUMN public.employers.district_code IS '郡市区符号';

COMMENT ON COLUMN public.employers.office_symbol IS '事業所記号: 半角英数字またはカナ1〜4字';

COMMENT ON COLUMN public.employers.office_number IS '事業所番号5桁';

COMMENT ON COLUMN public.employers.prefecture_code IS '協会けんぽの支部 = 都道府県コード (JIS X 0401)';

COMMENT ON COLUMN public.employers.office_code IS '管轄の年金事務所';

ALTER TABLE public.employers ALTER COLUMN employer_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.employers_employer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.filing_steps (
    filing_id bigint NOT NULL,
    step_no smallint NOT NULL,
    step text NOT NULL,
    by_clerk bigint,
    by_system text,
    note text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT filing_steps_check CHECK (((by_clerk IS NULL) <> (by_system IS NULL))),
    CONSTRAINT filing_steps_step_check CHECK ((step = ANY (ARRAY['received'::text, 'entered'::text, 'examined'::text, 'returned'::text, 'drafted'::text, 'approved'::text, 'refused'::text, 'applied'::text, 'notified'::text, 'completed'::text])))
);

COMMENT ON TABLE public.filing_steps IS '届書経過: 受付 → 入力 → 審査 → (返戻) → 起案 → 決裁 → 反映 → 通知 → 完了';

COMMENT ON COLUMN public.filing_steps.step IS '受付 received, 入力 entered, 審査 examined, 返戻 returned, 起案 drafted, 決裁 approved, 否決 refused, 反映 applied, 通知 notified, 完了 completed';

COMMENT ON COLUMN public.filing_steps.by_system IS '職員でなく処理が行ったとき、その名 (intake, night など)';

CREATE TABLE public.filings (
    filing_id bigint NOT NULL,
    reception_number text NOT NULL,
    form_code text NOT NULL,
    channel text NOT NULL,
    office_code text NOT NULL,
    employer_id bigint,
    insured_number integer,
    payload jsonb NOT NULL,
    payload_sha256 bytea NOT NULL,
    my_number_sealed bytea,
    sender text NOT NULL,
    sender_key text NOT NULL,
    media_file_id bigint,
    media_line integer,
    business_on date NOT NULL,
    received_by bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    person_id bigint,
    CONSTRAINT filings_channel_check CHECK ((channel = ANY (ARRAY['counter'::text, 'post'::text, 'media'::text, 'online'::text, 'contractor'::text, 'municipality'::text]))),
    CONSTRAINT filings_of_employer_or_person CHECK (((employer_id IS NOT NULL) OR (person_id IS NOT NULL)))
);

COMMENT ON TABLE public.filings IS '届書';

COMMENT ON COLUMN public.filings.reception_number IS '受付番号: 事務所コード-業務日付-連番';

COMMENT ON COLUMN public.filings.form_code IS '様式コード (2200700 など)';

COMMENT ON COLUMN public.filings.channel IS '経路: 窓口・郵送・電子媒体・電子申請・委託入力・市町村';

COMMENT ON COLUMN public.filings.payload IS '届の内容 (個人番号を含まない)';

COMMENT ON COLUMN public.filings.payload_sha256 IS '同じ内容の届を見分ける';

COMMENT ON COLUMN public.filings.my_number_sealed IS '届にあった個人番号 (暗号文)';

COMMENT ON COLUMN public.filings.sender_key IS '送り手の付けた鍵: 同じ鍵の再送には同じ受付を返す';

COMMENT ON COLUMN public.filings.person_id IS '人の届 (年金の請求、種別の訂正、死亡など) の本人。事業所の届では空';

ALTER TABLE public.filings ALTER COLUMN filing_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.filings_filing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.household_members (
    person_id bigint NOT NULL,
    member_no smallint NOT NULL,
    relation text NOT NULL,
    member_person_id bigint,
    birth_on date NOT NULL,
    dependent boolean NOT NULL,
    disabled boolean NOT NULL,
    own_old_age_from date,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT household_members_check CHECK ((valid_to > valid_from)),
    CONSTRAINT household_members_relation_check CHECK ((relation = ANY (ARRAY['spouse'::text, 'child'::text])))
);

COMMENT ON TABLE public.household_members IS '配偶者・子 (加給年金額・振替加算の対象となりうる者)';

COMMENT ON COLUMN public.household_members.dependent IS '生計を維持されている';

COMMENT ON COLUMN public.household_members.own_old_age_from IS '配偶者自身の老齢厚生年金 (240月以上) の受給権の発生した日';

COMMENT ON COLUMN public.household_members.valid_from IS '婚姻・出生の日';

COMMENT ON COLUMN public.household_members.valid_to IS '離婚・死亡・生計維持の終わった日';

ALTER TABLE public.journal ALTER COLUMN entry_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.journal_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.leave_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

COMMENT ON SEQUENCE public.leave_ids IS '休業の番号';

CREATE TABLE public.leave_spells (
    leave_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    kind text NOT NULL,
    worked_days_excluded smallint DEFAULT 0 NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT leave_spells_check CHECK ((valid_to > valid_from)),
    CONSTRAINT leave_spells_kind_check CHECK ((kind = ANY (ARRAY['maternity'::text, 'childcare'::text])))
)
PARTITION BY LIST (prefecture_code);

COMMENT ON TABLE public.leave_spells IS '産前産後休業・育児休業等 (健康保険法159条・159条の3, 厚生年金保険法81条の2・81条の2の2)';

COMMENT ON COLUMN public.leave_spells.worked_days_excluded IS '産後パパ育休中の就業日数 (14日要件から除く)';

COMMENT ON COLUMN public.leave_spells.valid_from IS '休業開始年月日';

COMMENT ON COLUMN public.leave_spells.valid_to IS '休業終了年月日の翌日';

CREATE TABLE public.leave_spells_chugoku_shikoku (
    leave_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    kind text NOT NULL,
    worked_days_excluded smallint DEFAULT 0 NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT leave_spells_check CHECK ((valid_to > valid_from)),
    CONSTRAINT leave_spells_kind_check CHECK ((kind = ANY (ARRAY['maternity'::text, 'childcare'::text])))
);

CREATE TABLE public.leave_spells_hokkaido_tohoku (
    leave_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    kind text NOT NULL,
    worked_days_excluded smallint DEFAULT 0 NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT leave_spells_check CHECK ((valid_to > valid_from)),
    CONSTRAINT leave_spells_kind_check CHECK ((kind = ANY (ARRAY['maternity'::text, 'childcare'::text])))
);

CREATE TABLE public.leave_spells_kanagawa_koshinetsu (
    leave_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    kind text NOT NULL,
    worked_days_excluded smallint DEFAULT 0 NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT leave_spells_check CHECK ((valid_to > valid_from)),
    CONSTRAINT leave_spells_kind_check CHECK ((kind = ANY (ARRAY['maternity'::text, 'childcare'::text])))
);

CREATE TABLE public.leave_spells_kinki (
    leave_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    kind text NOT NULL,
    worked_days_excluded smallint DEFAULT 0 NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT leave_spells_check CHECK ((valid_to > valid_from)),
    CONSTRAINT leave_spells_kind_check CHECK ((kind = ANY (ARRAY['maternity'::text, 'childcare'::text])))
);

CREATE TABLE public.leave_spells_kyushu (
    leave_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    kind text NOT NULL,
    worked_days_excluded smallint DEFAULT 0 NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT leave_spells_check CHECK ((valid_to > valid_from)),
    CONSTRAINT leave_spells_kind_check CHECK ((kind = ANY (ARRAY['maternity'::text, 'childcare'::text])))
);

CREATE TABLE public.leave_spells_north_kanto (
    leave_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    kind text NOT NULL,
    worked_days_excluded smallint DEFAULT 0 NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT leave_spells_check CHECK ((valid_to > valid_from)),
    CONSTRAINT leave_spells_kind_check CHECK ((kind = ANY (ARRAY['maternity'::text, 'childcare'::text])))
);

CREATE TABLE public.leave_spells_tokai_hokuriku (
    leave_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    kind text NOT NULL,
    worked_days_excluded smallint DEFAULT 0 NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT leave_spells_check CHECK ((valid_to > valid_from)),
    CONSTRAINT leave_spells_kind_check CHECK ((kind = ANY (ARRAY['maternity'::text, 'childcare'::text])))
);

CREATE TABLE public.leave_spells_tokyo (
    leave_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    kind text NOT NULL,
    worked_days_excluded smallint DEFAULT 0 NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT leave_spells_check CHECK ((valid_to > valid_from)),
    CONSTRAINT leave_spells_kind_check CHECK ((kind = ANY (ARRAY['maternity'::text, 'childcare'::text])))
);

CREATE TABLE public.life_spans (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT life_spans_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT life_spans_kind_check CHECK ((kind = ANY (ARRAY['cat3_late'::text, 'cat3_special_notice'::text, 'cat3_mismatch'::text, 'cat3_mismatch_filed'::text, 'employees_outside_20_to_59'::text, 'spouse_not_joined'::text, 'overseas'::text, 'student_not_joined'::text, 'voluntary_unpaid'::text, 'lump_sum_withdrawn'::text, 'diet_member'::text, 'naturalised'::text, 'entitled_not_joined'::text, 'mismatch_filed'::text]))),
    CONSTRAINT life_spans_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

COMMENT ON TABLE public.life_spans IS '合算対象期間と第3号の届出の事情 (国民年金法附則7条の3・9条・9条の4の2): 月の幅';

COMMENT ON COLUMN public.life_spans.kind IS 'cat3_… 第3号の届出の事情, その他は合算対象期間の種類';

COMMENT ON COLUMN public.life_spans.valid_to IS '最後の月の翌月の1日';

CREATE TABLE public.media_files (
    media_file_id bigint NOT NULL,
    sha256 bytea NOT NULL,
    file_name text NOT NULL,
    sender text NOT NULL,
    media_serial text NOT NULL,
    created_on date,
    business_on date NOT NULL,
    outcome text NOT NULL,
    record_count integer NOT NULL,
    taken_count integer NOT NULL,
    refused_count integer NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT media_files_check CHECK ((record_count = (taken_count + refused_count))),
    CONSTRAINT media_files_outcome_check CHECK ((outcome = ANY (ARRAY['taken'::text, 'refused'::text])))
);

COMMENT ON TABLE public.media_files IS '電子媒体届書の受付。同じ内容 (SHA-256) は二度受け付けない';

COMMENT ON COLUMN public.media_files.sender IS '提出元: 事業所整理記号または社会保険労務士コード';

COMMENT ON COLUMN public.media_files.media_serial IS '媒体通番';

COMMENT ON COLUMN public.media_files.outcome IS 'taken 受付 (記録ごとの返戻を含む), refused ファイル全体の返戻';

ALTER TABLE public.media_files ALTER COLUMN media_file_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.media_files_media_file_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.media_problems (
    media_file_id bigint NOT NULL,
    problem_no integer NOT NULL,
    line_no integer NOT NULL,
    column_no integer,
    item text NOT NULL,
    code text NOT NULL,
    message text NOT NULL,
    warning boolean NOT NULL
);

COMMENT ON TABLE public.media_problems IS '返戻理由・注意: 提出者の言葉で (行・項目・理由)。個人の値は書かない';

CREATE TABLE public.notices (
    notice_id text NOT NULL,
    run_id text NOT NULL,
    kind text NOT NULL,
    employer_id bigint NOT NULL,
    for_month date NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    insured_count integer NOT NULL,
    hi_yen bigint NOT NULL,
    epi_yen bigint NOT NULL,
    contribution_yen bigint NOT NULL,
    total_yen bigint NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT notices_check CHECK ((total_yen = ((hi_yen + epi_yen) + contribution_yen))),
    CONSTRAINT notices_for_month_check CHECK ((EXTRACT(day FROM for_month) = (1)::numeric)),
    CONSTRAINT notices_kind_check CHECK ((kind = ANY (ARRAY['debit_notice'::text, 'payment_slip'::text]))),
    CONSTRAINT notices_no_negative_levy CHECK (((hi_yen >= 0) AND (epi_yen >= 0) AND (contribution_yen >= 0))),
    CONSTRAINT notices_total_yen_check CHECK ((total_yen > 0))
);

COMMENT ON TABLE public.notices IS '保険料納入告知額通知書 (口座振替) と納入告知書 (納付書)';

COMMENT ON COLUMN public.notices.due_on IS '納期限 (厚生年金保険法83条1項)';

CREATE TABLE public.np_charges (
    person_id bigint NOT NULL,
    for_month date NOT NULL,
    charge_yen bigint NOT NULL,
    due_on date NOT NULL,
    relief text,
    booked_in date NOT NULL,
    run_id text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT np_charges_booked_in_check CHECK ((EXTRACT(day FROM booked_in) = (1)::numeric)),
    CONSTRAINT np_charges_for_month_check CHECK ((EXTRACT(day FROM for_month) = (1)::numeric))
);

COMMENT ON TABLE public.np_charges IS '国民年金保険料の調定: 一人一月に一行。後の変更は差額の行 (負もある)';

COMMENT ON COLUMN public.np_charges.charge_yen IS '納付すべき額 (免除の残り、差額)';

COMMENT ON COLUMN public.np_charges.booked_in IS '調定した夜間処理の月';

CREATE TABLE public.np_receipt_file_lines (
    file_id bigint NOT NULL,
    line_no integer NOT NULL,
    outcome text NOT NULL,
    code text NOT NULL,
    customer_number text NOT NULL,
    amount_yen bigint NOT NULL,
    person_id bigint,
    CONSTRAINT np_receipt_file_lines_outcome_check CHECK ((outcome = ANY (ARRAY['unpaid'::text, 'referred'::text])))
);

COMMENT ON TABLE public.np_receipt_file_lines IS '収納としなかった行: 振替不能と照会';

COMMENT ON COLUMN public.np_receipt_file_lines.customer_number IS '顧客番号 (基礎年金番号・月分・種類)';

CREATE TABLE public.np_receipt_files (
    file_id bigint NOT NULL,
    sha256 bytea NOT NULL,
    file_name text NOT NULL,
    layout text NOT NULL,
    paid_on date NOT NULL,
    business_on date NOT NULL,
    booked_count integer NOT NULL,
    booked_yen bigint NOT NULL,
    unpaid_count integer NOT NULL,
    unpaid_yen bigint NOT NULL,
    referred_count integer NOT NULL,
    referred_yen bigint NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT np_receipt_files_layout_check CHECK ((layout = 'zengin_91'::text))
);

COMMENT ON TABLE public.np_receipt_files IS '国民年金保険料の収納のファイル。同じ内容 (SHA-256) は二度受け付けない';

COMMENT ON COLUMN public.np_receipt_files.layout IS '様式: zengin_91 全銀協規定形式 (預金口座振替の結果)';

COMMENT ON COLUMN public.np_receipt_files.paid_on IS '引落日';

COMMENT ON COLUMN public.np_receipt_files.booked_yen IS '収納とした額';

COMMENT ON COLUMN public.np_receipt_files.unpaid_yen IS '振替できなかった額';

COMMENT ON COLUMN public.np_receipt_files.referred_yen IS '振替されたが、だれの何月分か分からず照会する額';

ALTER TABLE public.np_receipt_files ALTER COLUMN file_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.np_receipt_files_file_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.np_receipt_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

COMMENT ON SEQUENCE public.np_receipt_ids IS '国民年金保険料の収納の番号';

CREATE TABLE public.np_receipts (
    receipt_id bigint NOT NULL,
    person_id bigint NOT NULL,
    for_month date NOT NULL,
    kind text NOT NULL,
    amount_yen bigint NOT NULL,
    paid_on date NOT NULL,
    channel text NOT NULL,
    file_id bigint,
    reason text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT np_receipts_channel_check CHECK ((channel = ANY (ARRAY['bank'::text, 'debit'::text, 'store'::text, 'card'::text, 'counter'::text]))),
    CONSTRAINT np_receipts_check CHECK (((kind = 'reversal'::text) = (amount_yen < 0))),
    CONSTRAINT np_receipts_for_month_check CHECK ((EXTRACT(day FROM for_month) = (1)::numeric)),
    CONSTRAINT np_receipts_kind_check CHECK ((kind = ANY (ARRAY['monthly'::text, 'prepaid'::text, 'additional'::text, 'late_payment'::text, 'reversal'::text])))
);

COMMENT ON TABLE public.np_receipts IS '国民年金保険料の収納: 月分ごとに一行。取消は負の行';

COMMENT ON COLUMN public.np_receipts.kind IS 'monthly 定額, prepaid 前納, additional 付加, late_payment 追納, reversal 取消';

COMMENT ON COLUMN public.np_receipts.file_id IS '収納のファイル (移行した収納にはない)';

CREATE TABLE public.np_reliefs (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    relief text NOT NULL,
    applied_on date,
    decided_on date NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT np_reliefs_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT np_reliefs_relief_check CHECK ((relief = ANY (ARRAY['MATERNITY'::text, 'CHILDCARE'::text, 'STATUTORY'::text, 'STUDENT'::text, 'FULL'::text, 'DEFERRAL'::text, 'THREE_QUARTERS'::text, 'HALF'::text, 'ONE_QUARTER'::text]))),
    CONSTRAINT np_reliefs_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

COMMENT ON TABLE public.np_reliefs IS '免除・猶予・学生納付特例の決定 (国民年金法88条の2〜90条の3)';

COMMENT ON COLUMN public.np_reliefs.relief IS '種類の語 (法令の表の鍵と同じ)';

COMMENT ON COLUMN public.np_reliefs.valid_from IS '最初の月の1日';

COMMENT ON COLUMN public.np_reliefs.valid_to IS '最後の月の翌月の1日';

CREATE TABLE public.np_settlements (
    person_id bigint NOT NULL,
    for_month date NOT NULL,
    kind text NOT NULL,
    amount_yen bigint NOT NULL,
    booked_in date NOT NULL,
    run_id text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT np_settlements_amount_yen_check CHECK ((amount_yen <> 0)),
    CONSTRAINT np_settlements_booked_in_check CHECK ((EXTRACT(day FROM booked_in) = (1)::numeric)),
    CONSTRAINT np_settlements_for_month_check CHECK ((EXTRACT(day FROM for_month) = (1)::numeric)),
    CONSTRAINT np_settlements_kind_check CHECK ((kind = ANY (ARRAY['receipt'::text, 'late_payment'::text, 'write_off'::text])))
);

COMMENT ON TABLE public.np_settlements IS '国民年金保険料の充当・追納・不納欠損: 一人一月の額。後の変更は差額の行 (負もある)';

COMMENT ON COLUMN public.np_settlements.kind IS 'receipt 納付すべき額に充てた収納, late_payment 追納, write_off 時効による不納欠損';

COMMENT ON COLUMN public.np_settlements.booked_in IS '計上した夜間処理の月';

CREATE TABLE public.offices (
    office_code text NOT NULL,
    name text NOT NULL,
    prefecture_code smallint NOT NULL,
    CONSTRAINT offices_prefecture_code_check CHECK (((prefecture_code >= 1) AND (prefecture_code <= 47)))
);

COMMENT ON TABLE public.offices IS '年金事務所 (社会保険事務所)';

COMMENT ON COLUMN public.offices.office_code IS '事務所コード: JIS 都道府県コード2桁 + 連番2桁';

COMMENT ON COLUMN public.offices.prefecture_code IS '都道府県コード (JIS X 0401)';

CREATE TABLE public.payees (
    person_id bigint NOT NULL,
    bank_code text NOT NULL,
    branch_code text NOT NULL,
    account_type smallint NOT NULL,
    account_number text NOT NULL,
    holder_kana text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone
);

COMMENT ON TABLE public.payees IS '年金の受取口座。届のまま: 銀行の様式に合うかは支払のときに確かめる';

COMMENT ON COLUMN public.payees.account_type IS '預金種目: 1 普通, 2 当座, 4 貯蓄, 9 その他';

COMMENT ON COLUMN public.payees.holder_kana IS '口座名義カナ (半角)';

CREATE TABLE public.pension_choices (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    filed_on date NOT NULL,
    rights text[] NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT pension_choices_rights_check CHECK (((cardinality(rights) > 0) AND (rights <@ ARRAY['disability_basic'::text, 'disability_employee'::text, 'old_age_basic'::text, 'old_age_employee'::text, 'survivor_basic'::text, 'survivor_employee'::text]))),
    CONSTRAINT pension_choices_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

COMMENT ON TABLE public.pension_choices IS '年金の選択 (国民年金法20条, 厚生年金保険法38条): 次の行の前の月分まで続く';

COMMENT ON COLUMN public.pension_choices.rights IS '支給を受ける受給権の組';

COMMENT ON COLUMN public.pension_choices.valid_from IS 'この選択による最初の月分';

CREATE TABLE public.pension_claims (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    filed_on date NOT NULL,
    basic_claim_month date,
    employees_claim_month date,
    basic_waits boolean NOT NULL,
    employees_waits boolean NOT NULL,
    spouse_addition_moves boolean NOT NULL,
    paid_through date,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT pension_claims_basic_claim_month_check CHECK ((EXTRACT(day FROM basic_claim_month) = (1)::numeric)),
    CONSTRAINT pension_claims_employees_claim_month_check CHECK ((EXTRACT(day FROM employees_claim_month) = (1)::numeric)),
    CONSTRAINT pension_claims_paid_through_check CHECK ((EXTRACT(day FROM paid_through) = (1)::numeric))
);

COMMENT ON TABLE public.pension_claims IS '老齢年金の請求 (国民年金法16条, 厚生年金保険法33条): 一人に現在は一行';

COMMENT ON COLUMN public.pension_claims.filed_on IS '請求書を受け付けた日';

COMMENT ON COLUMN public.pension_claims.basic_claim_month IS '老齢基礎年金の繰上げ請求・繰下げ申出の月 (空は65歳から)';

COMMENT ON COLUMN public.pension_claims.employees_claim_month IS '老齢厚生年金の繰上げ請求・繰下げ申出の月 (空は65歳から)';

COMMENT ON COLUMN public.pension_claims.basic_waits IS '老齢基礎年金は繰下げ待機中 (まだ請求しない)';

COMMENT ON COLUMN public.pension_claims.employees_waits IS '老齢厚生年金は繰下げ待機中 (まだ請求しない)';

COMMENT ON COLUMN public.pension_claims.spouse_addition_moves IS '振替加算の対象: 65歳の前日まで、この人のために配偶者に加給年金額が加算されていた';

COMMENT ON COLUMN public.pension_claims.paid_through IS '移行前に、最初の裁定のとおり支払われた最後の月分 (空は移行前の支払なし)';

CREATE TABLE public.pension_instalments (
    person_id bigint NOT NULL,
    for_payment date NOT NULL,
    ground text DEFAULT 'old_age'::text NOT NULL,
    paid_in date NOT NULL,
    basic_yen bigint NOT NULL,
    employees_yen bigint NOT NULL,
    february_basic_yen bigint NOT NULL,
    february_employees_yen bigint NOT NULL,
    survivor_yen bigint DEFAULT 0 NOT NULL,
    february_survivor_yen bigint DEFAULT 0 NOT NULL,
    cause text NOT NULL,
    cause_filing_id bigint,
    run_id text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT pension_instalments_check CHECK (((employees_yen = 0) OR (ground <> 'survivor'::text))),
    CONSTRAINT pension_instalments_check1 CHECK (((survivor_yen = 0) OR (ground = 'survivor'::text))),
    CONSTRAINT pension_instalments_for_payment_check CHECK ((EXTRACT(day FROM for_payment) = (1)::numeric)),
    CONSTRAINT pension_instalments_ground_check CHECK ((ground = ANY (ARRAY['old_age'::text, 'disability'::text, 'survivor'::text]))),
    CONSTRAINT pension_instalments_paid_in_check CHECK ((EXTRACT(day FROM paid_in) = (1)::numeric))
);

COMMENT ON TABLE public.pension_instalments IS '支払期月ごとの支払額の計上 (国民年金法18条の2, 厚生年金保険法36条の2)。後の変更は差額の行。端数は裁定から再び導く';

COMMENT ON COLUMN public.pension_instalments.for_payment IS '本来の支払期月の1日 (前々月と前月の月分)';

COMMENT ON COLUMN public.pension_instalments.ground IS '支給事由: 老齢・障害・遺族の年金はそれぞれ計上する (課税は老齢だけ)';

COMMENT ON COLUMN public.pension_instalments.paid_in IS '計上した支払の月の1日';

COMMENT ON COLUMN public.pension_instalments.february_basic_yen IS '二月期に加算した端数 (内数)';

COMMENT ON COLUMN public.pension_instalments.survivor_yen IS '遺族厚生年金。employees_yen は自身の厚生年金 (老齢・障害): 端数は年金ごとに切る';

CREATE TABLE public.pension_journal (
    entry_id bigint NOT NULL,
    kind text NOT NULL,
    debit_account text NOT NULL,
    credit_account text NOT NULL,
    scheme text NOT NULL,
    person_id bigint,
    for_month date NOT NULL,
    amount_yen bigint NOT NULL,
    business_on date NOT NULL,
    run_id text NOT NULL,
    partition_no integer NOT NULL,
    cause_filing_id bigint,
    reason text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT pension_journal_amount_yen_check CHECK ((amount_yen > 0)),
    CONSTRAINT pension_journal_check CHECK ((debit_account <> credit_account)),
    CONSTRAINT pension_journal_for_month_check CHECK ((EXTRACT(day FROM for_month) = (1)::numeric)),
    CONSTRAINT pension_journal_kind_check CHECK ((kind = ANY (ARRAY['accrual'::text, 'payment'::text, 'withholding'::text, 'set_off'::text, 'overpayment'::text, 'assessment'::text, 'receipt'::text, 'write_off'::text]))),
    CONSTRAINT pension_journal_scheme_check CHECK ((scheme = ANY (ARRAY['basic_pension'::text, 'employees_pension'::text, 'national_pension'::text])))
);

COMMENT ON TABLE public.pension_journal IS '年金の仕訳帳 (複式): 支給の計上・支払・控除・返納金・国民年金保険料。訂正は逆の仕訳';

COMMENT ON COLUMN public.pension_journal.scheme IS '制度: basic_pension 基礎年金給付, employees_pension 厚生年金給付, national_pension 国民年金保険料';

COMMENT ON COLUMN public.pension_journal.person_id IS '返納金は人ごと。空は区分の合計 (内訳は pension_payments, np_charges)';

COMMENT ON COLUMN public.pension_journal.for_month IS '支払期月、または保険料の月分';

ALTER TABLE public.pension_journal ALTER COLUMN entry_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.pension_journal_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.pension_notices (
    notice_id text NOT NULL,
    run_id text NOT NULL,
    kind text NOT NULL,
    person_id bigint NOT NULL,
    for_month date NOT NULL,
    issued_on date NOT NULL,
    body jsonb NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT pension_notices_for_month_check CHECK ((EXTRACT(day FROM for_month) = (1)::numeric)),
    CONSTRAINT pension_notices_kind_check CHECK ((kind = ANY (ARRAY['claim_form_special'::text, 'claim_form_65'::text, 'coverage_postcard'::text, 'coverage_letter'::text, 'award'::text, 'award_change'::text, 'payment'::text, 'overpayment'::text, 'enrolment_advice'::text])))
);

COMMENT ON TABLE public.pension_notices IS '人への通知: 請求書の事前送付, ねんきん定期便, 決定・変更・振込・返納の通知, 適用勧奨';

COMMENT ON COLUMN public.pension_notices.notice_id IS '種類-月-人 から作る';

COMMENT ON COLUMN public.pension_notices.body IS '通知に印字する額と文 (平易な日本語の理由を含む)';

CREATE TABLE public.pension_payments (
    person_id bigint NOT NULL,
    payment_on date NOT NULL,
    kind text NOT NULL,
    basic_yen bigint NOT NULL,
    employees_yen bigint NOT NULL,
    survivor_yen bigint DEFAULT 0 NOT NULL,
    set_off_yen bigint NOT NULL,
    income_tax_yen bigint NOT NULL,
    long_term_care_yen bigint NOT NULL,
    national_health_yen bigint NOT NULL,
    late_elderly_yen bigint NOT NULL,
    resident_tax_yen bigint NOT NULL,
    net_yen bigint NOT NULL,
    recipient_person_id bigint,
    bank_code text,
    branch_code text,
    account_type smallint,
    account_number text,
    holder_kana text,
    held_reason text,
    run_id text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT pension_payments_basic_yen_check CHECK ((basic_yen >= 0)),
    CONSTRAINT pension_payments_check CHECK (((net_yen >= 0) AND (net_yen = ((((((((basic_yen + employees_yen) + survivor_yen) - set_off_yen) - income_tax_yen) - long_term_care_yen) - national_health_yen) - late_elderly_yen) - resident_tax_yen)))),
    CONSTRAINT pension_payments_employees_yen_check CHECK ((employees_yen >= 0)),
    CONSTRAINT pension_payments_kind_check CHECK ((kind = ANY (ARRAY['regular'::text, 'special'::text, 'unpaid_benefit'::text]))),
    CONSTRAINT pension_payments_late_elderly_yen_check CHECK ((late_elderly_yen >= 0)),
    CONSTRAINT pension_payments_long_term_care_yen_check CHECK ((long_term_care_yen >= 0)),
    CONSTRAINT pension_payments_national_health_yen_check CHECK ((national_health_yen >= 0)),
    CONSTRAINT pension_payments_resident_tax_yen_check CHECK ((resident_tax_yen >= 0)),
    CONSTRAINT pension_payments_set_off_yen_check CHECK ((set_off_yen >= 0)),
    CONSTRAINT pension_payments_survivor_yen_check CHECK ((survivor_yen >= 0))
);

COMMENT ON TABLE public.pension_payments IS '年金の支払: 一人に一回一行。控除と差引の額、送った口座';

COMMENT ON COLUMN public.pension_payments.kind IS 'regular 定期, special 随時 (初回・差額), unpaid_benefit 未支給年金';

COMMENT ON COLUMN public.pension_payments.survivor_yen IS '遺族厚生年金';

COMMENT ON COLUMN public.pension_payments.set_off_yen IS '過払額の内払・充当 (国民年金法21条・21条の2)';

COMMENT ON COLUMN public.pension_payments.income_tax_yen IS '源泉徴収税額。令和7年12月の精算で還付する額は負';

COMMENT ON COLUMN public.pension_payments.recipient_person_id IS '未支給年金の請求者';

COMMENT ON COLUMN public.pension_payments.held_reason IS '振り込めない理由 (口座なし、銀行の様式に合わない)。空は送った';

CREATE TABLE public.pension_print_pieces (
    print_run_id text NOT NULL,
    seq bigint NOT NULL,
    lot_no integer NOT NULL,
    notice_id text NOT NULL
);

COMMENT ON TABLE public.pension_print_pieces IS '人への通知の印刷の一通: ランの中の連番と通知 (print_runs.kind は letter)';

COMMENT ON COLUMN public.pension_print_pieces.seq IS '連番8桁 (10000001 から)';

CREATE TABLE public.pension_spells (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    category text NOT NULL,
    employees_kind smallint,
    employees_class text,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT pension_spells_category_check CHECK ((category = ANY (ARRAY['cat1'::text, 'cat2'::text, 'cat3'::text, 'voluntary'::text, 'special_voluntary'::text]))),
    CONSTRAINT pension_spells_check CHECK ((valid_to >= valid_from)),
    CONSTRAINT pension_spells_check1 CHECK ((((category = 'cat2'::text) = (employees_kind IS NOT NULL)) AND ((category = 'cat2'::text) = (employees_class IS NOT NULL)))),
    CONSTRAINT pension_spells_employees_class_check CHECK ((employees_class = ANY (ARRAY['ordinary'::text, 'miner_or_seaman'::text, 'aged_voluntary'::text]))),
    CONSTRAINT pension_spells_employees_kind_check CHECK (((employees_kind >= 1) AND (employees_kind <= 4)))
);

COMMENT ON TABLE public.pension_spells IS '資格記録 (国民年金法7条, 厚生年金保険法2条の5): coverage_spells にないもの';

COMMENT ON COLUMN public.pension_spells.record_id IS '行の番号: 訂正しても変わらない';

COMMENT ON COLUMN public.pension_spells.category IS '種別: cat1 第1号, cat2 厚生年金, cat3 第3号, voluntary 任意加入, special_voluntary 特例任意加入';

COMMENT ON COLUMN public.pension_spells.employees_kind IS '厚生年金被保険者の種別 (第1号〜第4号)';

COMMENT ON COLUMN public.pension_spells.valid_from IS '資格取得年月日';

COMMENT ON COLUMN public.pension_spells.valid_to IS '資格喪失年月日 (この日は被保険者でない)';

CREATE TABLE public.person_identities (
    person_id bigint NOT NULL,
    name_kana text NOT NULL,
    name_kanji text,
    birth_on date NOT NULL,
    sex smallint NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT person_identities_check CHECK ((valid_to > valid_from)),
    CONSTRAINT person_identities_sex_check CHECK ((sex = ANY (ARRAY[1, 2])))
);

COMMENT ON TABLE public.person_identities IS '氏名・生年月日・性別';

COMMENT ON COLUMN public.person_identities.name_kana IS '氏名カナ: 全角カタカナ、姓と名の間に全角空白一つ';

COMMENT ON COLUMN public.person_identities.name_kanji IS '氏名漢字: 異体字セレクタを含む Unicode、姓と名の間に全角空白一つ';

COMMENT ON COLUMN public.person_identities.sex IS '性別: 1 男, 2 女';

CREATE TABLE public.person_merges (
    merged_person_id bigint NOT NULL,
    kept_person_id bigint NOT NULL,
    drafted_by bigint NOT NULL,
    approved_by bigint NOT NULL,
    reason text NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT person_merges_check CHECK ((merged_person_id <> kept_person_id)),
    CONSTRAINT person_merges_check1 CHECK ((drafted_by <> approved_by))
);

COMMENT ON TABLE public.person_merges IS '基礎年金番号の重複の統合: 統合された人の記録は、残した人の記録として読む。取り消せば元に戻る';

CREATE TABLE public.person_numbers (
    person_id bigint NOT NULL,
    kind text NOT NULL,
    number text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT person_numbers_check CHECK ((valid_to > valid_from)),
    CONSTRAINT person_numbers_kind_check CHECK ((kind = 'basic_pension_number'::text))
);

COMMENT ON TABLE public.person_numbers IS '人に付いた番号 (基礎年金番号)。個人番号は別の schema にある';

COMMENT ON COLUMN public.person_numbers.number IS '基礎年金番号10桁 (課所符号4 + 一連番号6)';

CREATE TABLE public.persons (
    person_id bigint NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE public.persons IS '人 (統合宛名): 一人に一行。氏名・番号・住所は別表の事実';

ALTER TABLE public.persons ALTER COLUMN person_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.persons_person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.print_lots (
    print_run_id text NOT NULL,
    lot_no integer NOT NULL,
    file_name text NOT NULL,
    sha256 text NOT NULL,
    byte_count bigint NOT NULL,
    piece_count integer NOT NULL,
    sheet_count integer NOT NULL,
    page_count integer NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    total_yen bigint NOT NULL,
    CONSTRAINT print_lots_check CHECK ((((last_seq - first_seq) + 1) = piece_count))
);

COMMENT ON TABLE public.print_lots IS '印刷ロット: 一つの PDF';

CREATE TABLE public.print_pieces (
    print_run_id text NOT NULL,
    seq bigint NOT NULL,
    lot_no integer NOT NULL,
    notice_id text NOT NULL
);

COMMENT ON TABLE public.print_pieces IS '印刷の一通: ランの中の連番と通知';

COMMENT ON COLUMN public.print_pieces.seq IS '連番8桁 (10000001 から)';

CREATE TABLE public.print_runs (
    print_run_id text NOT NULL,
    run_id text NOT NULL,
    kind text NOT NULL,
    lot_count integer NOT NULL,
    piece_count bigint NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE public.print_runs IS '印刷ラン';

CREATE SEQUENCE public.reception_serials
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

COMMENT ON SEQUENCE public.reception_serials IS '受付番号の連番';

CREATE SEQUENCE public.record_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

COMMENT ON SEQUENCE public.record_ids IS '年金記録の行の番号';

CREATE TABLE public.remuneration_records (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    employees_kind smallint NOT NULL,
    deemed_by_split boolean NOT NULL,
    standard_months integer[] NOT NULL,
    standards_yen integer[] NOT NULL,
    last_month integer NOT NULL,
    bonus_months integer[] NOT NULL,
    bonuses_yen integer[] NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT remuneration_records_check CHECK ((cardinality(standard_months) = cardinality(standards_yen))),
    CONSTRAINT remuneration_records_check1 CHECK ((cardinality(bonus_months) = cardinality(bonuses_yen))),
    CONSTRAINT remuneration_records_check2 CHECK (((cardinality(standard_months) = 0) OR (standard_months[cardinality(standard_months)] <= last_month))),
    CONSTRAINT remuneration_records_employees_kind_check CHECK (((employees_kind >= 1) AND (employees_kind <= 4)))
);

COMMENT ON TABLE public.remuneration_records IS '標準報酬の記録 (厚生年金保険法28条): 終わった資格に一行';

COMMENT ON COLUMN public.remuneration_records.record_id IS 'pension_spells の行の番号。離婚時みなし (deemed_by_split) は自分の番号';

COMMENT ON COLUMN public.remuneration_records.deemed_by_split IS '離婚時みなし被保険者期間 (厚生年金保険法78条の7・78条の15)';

COMMENT ON COLUMN public.remuneration_records.standard_months IS '標準報酬月額の変わった月 (YYYYMM)、昇順。次の月の前まで続く';

COMMENT ON COLUMN public.remuneration_records.last_month IS '最後の標準報酬月額が続く月 (YYYYMM)';

COMMENT ON COLUMN public.remuneration_records.bonuses_yen IS '標準賞与額 (円、上限の適用後)';

CREATE TABLE public.remuneration_splits (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    other_person_id bigint NOT NULL,
    kind text NOT NULL,
    gives boolean NOT NULL,
    share_hundred_thousandths integer NOT NULL,
    rate_ten_millionths integer NOT NULL,
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
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT remuneration_splits_check CHECK ((other_person_id <> person_id)),
    CONSTRAINT remuneration_splits_check1 CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT remuneration_splits_check2 CHECK ((cardinality(standard_first_months) = cardinality(standards_yen))),
    CONSTRAINT remuneration_splits_check3 CHECK ((cardinality(standard_last_months) = cardinality(standards_yen))),
    CONSTRAINT remuneration_splits_check4 CHECK ((cardinality(standards_before_yen) = cardinality(standards_yen))),
    CONSTRAINT remuneration_splits_check5 CHECK ((cardinality(bonus_months) = cardinality(bonuses_yen))),
    CONSTRAINT remuneration_splits_check6 CHECK ((cardinality(bonuses_before_yen) = cardinality(bonuses_yen))),
    CONSTRAINT remuneration_splits_kind_check CHECK ((kind = ANY (ARRAY['agreed'::text, 'cat3'::text]))),
    CONSTRAINT remuneration_splits_rate_ten_millionths_check CHECK (((rate_ten_millionths >= 1) AND (rate_ten_millionths <= 10000000))),
    CONSTRAINT remuneration_splits_share_hundred_thousandths_check CHECK (((share_hundred_thousandths >= 1) AND (share_hundred_thousandths <= 50000))),
    CONSTRAINT remuneration_splits_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

COMMENT ON TABLE public.remuneration_splits IS '標準報酬の改定 (厚生年金保険法78条の6・78条の14): 分割の当事者それぞれに一行';

COMMENT ON COLUMN public.remuneration_splits.other_person_id IS '相手方';

COMMENT ON COLUMN public.remuneration_splits.kind IS 'agreed 合意分割, cat3 3号分割';

COMMENT ON COLUMN public.remuneration_splits.gives IS '第1号改定者・特定被保険者 (標準報酬が下がる方)';

COMMENT ON COLUMN public.remuneration_splits.share_hundred_thousandths IS '按分割合 (10万分の1)';

COMMENT ON COLUMN public.remuneration_splits.rate_ten_millionths IS '改定割合 (1000万分の1)';

COMMENT ON COLUMN public.remuneration_splits.claimed_on IS '請求のあった日。年金額は翌月分から改定する (78条の10・78条の18)';

COMMENT ON COLUMN public.remuneration_splits.standard_first_months IS '改定後の標準報酬月額の続く最初の月 (YYYYMM)、昇順';

COMMENT ON COLUMN public.remuneration_splits.standard_last_months IS 'その最後の月 (YYYYMM)';

COMMENT ON COLUMN public.remuneration_splits.standards_before_yen IS '改定前の標準報酬月額 (円)。0 は離婚時みなし被保険者期間 (78条の7・78条の15)';

COMMENT ON COLUMN public.remuneration_splits.standards_yen IS '改定後の標準報酬月額 (円)';

COMMENT ON COLUMN public.remuneration_splits.bonuses_before_yen IS '改定前の標準賞与額 (円)';

COMMENT ON COLUMN public.remuneration_splits.bonuses_yen IS '改定後の標準賞与額 (円)';

COMMENT ON COLUMN public.remuneration_splits.valid_from IS '対象期間の最初の月';

COMMENT ON COLUMN public.remuneration_splits.valid_to IS '対象期間の最後の月の翌月';

CREATE TABLE public.run_files (
    run_id text NOT NULL,
    job_no smallint NOT NULL,
    partition_no integer NOT NULL,
    path text NOT NULL,
    row_count bigint NOT NULL,
    byte_count bigint NOT NULL,
    sha256 bytea NOT NULL
);

COMMENT ON TABLE public.run_files IS '実行が書いたファイル (lake からの相対パス) と指紋';

CREATE TABLE public.run_jobs (
    run_id text NOT NULL,
    job_no smallint NOT NULL,
    job text NOT NULL,
    for_month date,
    state text NOT NULL,
    rejected_max integer NOT NULL,
    totals jsonb,
    finished_at timestamp with time zone,
    CONSTRAINT run_jobs_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text])))
);

COMMENT ON TABLE public.run_jobs IS '実行に含まれる仕事';

COMMENT ON COLUMN public.run_jobs.for_month IS '月分 (その月の1日)';

COMMENT ON COLUMN public.run_jobs.rejected_max IS '却下がこの数を超えたら実行を止める';

COMMENT ON COLUMN public.run_jobs.totals IS '書かれたものから数え直した合計';

CREATE TABLE public.run_partitions (
    run_id text NOT NULL,
    job_no smallint NOT NULL,
    partition_no integer NOT NULL,
    key_from bigint NOT NULL,
    key_to bigint NOT NULL,
    state text NOT NULL,
    read_count bigint,
    done_count bigint,
    held_count bigint,
    rejected_count bigint,
    totals jsonb,
    committed_at timestamp with time zone,
    CONSTRAINT run_partitions_check CHECK ((read_count = ((done_count + held_count) + rejected_count))),
    CONSTRAINT run_partitions_state_check CHECK ((state = ANY (ARRAY['open'::text, 'committed'::text])))
);

COMMENT ON TABLE public.run_partitions IS '仕事の区分: 鍵の範囲 [key_from, key_to)。一区分は一度に確定する';

CREATE TABLE public.run_verdicts (
    run_id text NOT NULL,
    job_no smallint NOT NULL,
    partition_no integer NOT NULL,
    subject text NOT NULL,
    verdict text NOT NULL,
    code text NOT NULL,
    message text NOT NULL,
    CONSTRAINT run_verdicts_verdict_check CHECK ((verdict = ANY (ARRAY['held'::text, 'rejected'::text])))
);

COMMENT ON TABLE public.run_verdicts IS '保留・却下になった記録とその理由';

CREATE TABLE public.runs (
    run_id text NOT NULL,
    business_on date NOT NULL,
    cutoff_at timestamp with time zone,
    law_version text NOT NULL,
    program_version text NOT NULL,
    state text NOT NULL,
    stop_reason text,
    lease_owner text NOT NULL,
    lease_until timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT runs_state_check CHECK ((state = ANY (ARRAY['planning'::text, 'running'::text, 'done'::text, 'stopped'::text])))
);

COMMENT ON TABLE public.runs IS '夜間処理の実行';

COMMENT ON COLUMN public.runs.cutoff_at IS '締切の時刻: これより前に知られた事実だけを読む';

COMMENT ON COLUMN public.runs.state IS '計画中・実行中・終了・中止';

COMMENT ON COLUMN public.runs.lease_owner IS '実行している処理 (ホスト名:プロセス番号)';

COMMENT ON COLUMN public.runs.lease_until IS '生きている印の期限。過ぎたら --resume で引き継げる';

CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE public.schema_migrations IS '適用済みの移行: 名前と内容の指紋';

CREATE TABLE public.sessions (
    token_hash bytea NOT NULL,
    clerk_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.sessions IS '端末の利用中の印。合言葉そのものは保存せず SHA-256 だけを持つ';

COMMENT ON COLUMN public.sessions.token_hash IS '利用中の印の SHA-256';

CREATE TABLE public.settings (
    name text NOT NULL,
    value text NOT NULL
);

COMMENT ON TABLE public.settings IS 'データベースに一つの値: 最初の調定月 first_month など';

CREATE SEQUENCE public.spell_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

COMMENT ON SEQUENCE public.spell_ids IS '資格の番号';

CREATE TABLE public.standard_remunerations (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    monthly_remuneration_yen bigint NOT NULL,
    hi_standard_yen integer NOT NULL,
    epi_standard_yen integer NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT standard_remunerations_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT standard_remunerations_decision_check CHECK ((decision = ANY (ARRAY['acquisition'::text, 'annual'::text, 'revision'::text, 'leave_end'::text, 'conversion'::text]))),
    CONSTRAINT standard_remunerations_epi_standard_yen_check CHECK ((epi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_hi_standard_yen_check CHECK ((hi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_monthly_remuneration_yen_check CHECK ((monthly_remuneration_yen >= 0)),
    CONSTRAINT standard_remunerations_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
)
PARTITION BY LIST (prefecture_code);

COMMENT ON TABLE public.standard_remunerations IS '標準報酬月額 (厚生年金保険法20条〜23条, 健康保険法40条〜43条)';

COMMENT ON COLUMN public.standard_remunerations.monthly_remuneration_yen IS '報酬月額 (等級表が変わるとき職権改定に使う)';

COMMENT ON COLUMN public.standard_remunerations.hi_standard_yen IS '健康保険の標準報酬月額 (円)。対象外は0';

COMMENT ON COLUMN public.standard_remunerations.epi_standard_yen IS '厚生年金保険の標準報酬月額 (円)。対象外は0';

COMMENT ON COLUMN public.standard_remunerations.decision IS '決定の種類: acquisition 取得時決定, annual 定時決定, revision 随時改定, leave_end 育児休業等終了時改定・産前産後休業終了時改定, conversion 移行';

COMMENT ON COLUMN public.standard_remunerations.valid_from IS '適用の最初の月の1日';

COMMENT ON COLUMN public.standard_remunerations.valid_to IS '適用しなくなる月の1日 (空は続く)';

CREATE TABLE public.standard_remunerations_chugoku_shikoku (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    monthly_remuneration_yen bigint NOT NULL,
    hi_standard_yen integer NOT NULL,
    epi_standard_yen integer NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT standard_remunerations_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT standard_remunerations_decision_check CHECK ((decision = ANY (ARRAY['acquisition'::text, 'annual'::text, 'revision'::text, 'leave_end'::text, 'conversion'::text]))),
    CONSTRAINT standard_remunerations_epi_standard_yen_check CHECK ((epi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_hi_standard_yen_check CHECK ((hi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_monthly_remuneration_yen_check CHECK ((monthly_remuneration_yen >= 0)),
    CONSTRAINT standard_remunerations_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

CREATE TABLE public.standard_remunerations_hokkaido_tohoku (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    monthly_remuneration_yen bigint NOT NULL,
    hi_standard_yen integer NOT NULL,
    epi_standard_yen integer NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT standard_remunerations_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT standard_remunerations_decision_check CHECK ((decision = ANY (ARRAY['acquisition'::text, 'annual'::text, 'revision'::text, 'leave_end'::text, 'conversion'::text]))),
    CONSTRAINT standard_remunerations_epi_standard_yen_check CHECK ((epi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_hi_standard_yen_check CHECK ((hi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_monthly_remuneration_yen_check CHECK ((monthly_remuneration_yen >= 0)),
    CONSTRAINT standard_remunerations_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

CREATE TABLE public.standard_remunerations_kanagawa_koshinetsu (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    monthly_remuneration_yen bigint NOT NULL,
    hi_standard_yen integer NOT NULL,
    epi_standard_yen integer NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT standard_remunerations_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT standard_remunerations_decision_check CHECK ((decision = ANY (ARRAY['acquisition'::text, 'annual'::text, 'revision'::text, 'leave_end'::text, 'conversion'::text]))),
    CONSTRAINT standard_remunerations_epi_standard_yen_check CHECK ((epi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_hi_standard_yen_check CHECK ((hi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_monthly_remuneration_yen_check CHECK ((monthly_remuneration_yen >= 0)),
    CONSTRAINT standard_remunerations_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

CREATE TABLE public.standard_remunerations_kinki (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    monthly_remuneration_yen bigint NOT NULL,
    hi_standard_yen integer NOT NULL,
    epi_standard_yen integer NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT standard_remunerations_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT standard_remunerations_decision_check CHECK ((decision = ANY (ARRAY['acquisition'::text, 'annual'::text, 'revision'::text, 'leave_end'::text, 'conversion'::text]))),
    CONSTRAINT standard_remunerations_epi_standard_yen_check CHECK ((epi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_hi_standard_yen_check CHECK ((hi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_monthly_remuneration_yen_check CHECK ((monthly_remuneration_yen >= 0)),
    CONSTRAINT standard_remunerations_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

CREATE TABLE public.standard_remunerations_kyushu (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    monthly_remuneration_yen bigint NOT NULL,
    hi_standard_yen integer NOT NULL,
    epi_standard_yen integer NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT standard_remunerations_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT standard_remunerations_decision_check CHECK ((decision = ANY (ARRAY['acquisition'::text, 'annual'::text, 'revision'::text, 'leave_end'::text, 'conversion'::text]))),
    CONSTRAINT standard_remunerations_epi_standard_yen_check CHECK ((epi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_hi_standard_yen_check CHECK ((hi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_monthly_remuneration_yen_check CHECK ((monthly_remuneration_yen >= 0)),
    CONSTRAINT standard_remunerations_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

CREATE TABLE public.standard_remunerations_north_kanto (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    monthly_remuneration_yen bigint NOT NULL,
    hi_standard_yen integer NOT NULL,
    epi_standard_yen integer NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT standard_remunerations_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT standard_remunerations_decision_check CHECK ((decision = ANY (ARRAY['acquisition'::text, 'annual'::text, 'revision'::text, 'leave_end'::text, 'conversion'::text]))),
    CONSTRAINT standard_remunerations_epi_standard_yen_check CHECK ((epi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_hi_standard_yen_check CHECK ((hi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_monthly_remuneration_yen_check CHECK ((monthly_remuneration_yen >= 0)),
    CONSTRAINT standard_remunerations_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

CREATE TABLE public.standard_remunerations_tokai_hokuriku (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    monthly_remuneration_yen bigint NOT NULL,
    hi_standard_yen integer NOT NULL,
    epi_standard_yen integer NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT standard_remunerations_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT standard_remunerations_decision_check CHECK ((decision = ANY (ARRAY['acquisition'::text, 'annual'::text, 'revision'::text, 'leave_end'::text, 'conversion'::text]))),
    CONSTRAINT standard_remunerations_epi_standard_yen_check CHECK ((epi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_hi_standard_yen_check CHECK ((hi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_monthly_remuneration_yen_check CHECK ((monthly_remuneration_yen >= 0)),
    CONSTRAINT standard_remunerations_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

CREATE TABLE public.standard_remunerations_tokyo (
    spell_id bigint NOT NULL,
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    monthly_remuneration_yen bigint NOT NULL,
    hi_standard_yen integer NOT NULL,
    epi_standard_yen integer NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT standard_remunerations_check CHECK (((valid_to > valid_from) AND (EXTRACT(day FROM valid_to) = (1)::numeric))),
    CONSTRAINT standard_remunerations_decision_check CHECK ((decision = ANY (ARRAY['acquisition'::text, 'annual'::text, 'revision'::text, 'leave_end'::text, 'conversion'::text]))),
    CONSTRAINT standard_remunerations_epi_standard_yen_check CHECK ((epi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_hi_standard_yen_check CHECK ((hi_standard_yen >= 0)),
    CONSTRAINT standard_remunerations_monthly_remuneration_yen_check CHECK ((monthly_remuneration_yen >= 0)),
    CONSTRAINT standard_remunerations_valid_from_check CHECK ((EXTRACT(day FROM valid_from) = (1)::numeric))
);

CREATE TABLE public.survivor_claims (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    deceased_person_id bigint NOT NULL,
    filed_on date NOT NULL,
    claimant_member_no smallint NOT NULL,
    resident boolean NOT NULL,
    illness_first_seen_on date,
    disability_grade_1_or_2 boolean NOT NULL,
    states_long boolean NOT NULL,
    paid_through date,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT survivor_claims_check CHECK ((deceased_person_id <> person_id)),
    CONSTRAINT survivor_claims_paid_through_check CHECK ((EXTRACT(day FROM paid_through) = (1)::numeric))
);

COMMENT ON TABLE public.survivor_claims IS '遺族年金の請求 (国民年金法37条, 厚生年金保険法58条): 請求者ごとに一行、一人に現在は一行';

COMMENT ON COLUMN public.survivor_claims.deceased_person_id IS '死亡した人';

COMMENT ON COLUMN public.survivor_claims.claimant_member_no IS '請求者は遺族のうち何番の人か (survivor_members.member_no)';

COMMENT ON COLUMN public.survivor_claims.resident IS '死亡した人が死亡日に国内に住所を有していた';

COMMENT ON COLUMN public.survivor_claims.illness_first_seen_on IS '厚生年金の被保険者であった間の、死亡の原因となった傷病の初診日';

COMMENT ON COLUMN public.survivor_claims.disability_grade_1_or_2 IS '死亡した人が1級・2級の障害厚生年金の受給権者であった';

COMMENT ON COLUMN public.survivor_claims.states_long IS '長期要件によることの申出 (厚生年金保険法58条2項)';

COMMENT ON COLUMN public.survivor_claims.paid_through IS '移行前に、最初の裁定のとおり支払われた最後の月分 (空は移行前の支払なし)';

CREATE TABLE public.survivor_members (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    member_no smallint NOT NULL,
    relation text NOT NULL,
    birth_on date NOT NULL,
    maintained boolean NOT NULL,
    disabled boolean NOT NULL,
    married boolean NOT NULL,
    ended_on date,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT survivor_members_relation_check CHECK ((relation = ANY (ARRAY['wife'::text, 'husband'::text, 'child'::text, 'parent'::text, 'grandchild'::text, 'grandparent'::text])))
);

COMMENT ON TABLE public.survivor_members IS '死亡した人の家族: 遺族年金の請求 (record_id) に記入されたとおり';

COMMENT ON COLUMN public.survivor_members.maintained IS '死亡の当時、生計を維持されていた';

COMMENT ON COLUMN public.survivor_members.married IS '婚姻している (子・孫)';

COMMENT ON COLUMN public.survivor_members.ended_on IS '失権した日 (死亡・婚姻・養子縁組: 国民年金法40条, 厚生年金保険法63条)';

CREATE TABLE public.tax_declarations (
    person_id bigint NOT NULL,
    tax_year smallint NOT NULL,
    deductions text[] NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone
);

COMMENT ON TABLE public.tax_declarations IS '公的年金等の受給者の扶養親族等申告書 (所得税法203条の6)';

COMMENT ON COLUMN public.tax_declarations.deductions IS '人的控除の語 (spouse, aged_spouse, dependant など)。同じ語は人数の分だけ並ぶ';

CREATE TABLE public.unpaid_benefit_claims (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL,
    claimant_person_id bigint,
    claimant_kana text NOT NULL,
    relation text NOT NULL,
    shared_livelihood boolean NOT NULL,
    filed_on date NOT NULL,
    bank_code text NOT NULL,
    branch_code text NOT NULL,
    account_type smallint NOT NULL,
    account_number text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT unpaid_benefit_claims_relation_check CHECK ((relation = ANY (ARRAY['spouse'::text, 'child'::text, 'parent'::text, 'grandchild'::text, 'grandparent'::text, 'sibling'::text, 'third_degree'::text])))
);

COMMENT ON TABLE public.unpaid_benefit_claims IS '未支給年金の請求 (国民年金法19条, 厚生年金保険法37条)';

COMMENT ON COLUMN public.unpaid_benefit_claims.claimant_kana IS '請求者の口座名義カナ (半角)';

CREATE TABLE public.withdrawals (
    prefecture_code smallint NOT NULL,
    employer_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    fact text NOT NULL,
    by_cover_end boolean NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint NOT NULL,
    valid_from date NOT NULL,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT withdrawals_fact_check CHECK ((fact = ANY (ARRAY['spell'::text, 'standard'::text, 'bonus'::text])))
);

COMMENT ON TABLE public.withdrawals IS '取消の記録: 代わりの行なしに終わった資格・標準報酬・賞与と、その原因の届';

COMMENT ON COLUMN public.withdrawals.prefecture_code IS '協会けんぽの支部 (JIS X 0401)';

COMMENT ON COLUMN public.withdrawals.fact IS '取り消した事実: spell 資格, standard 標準報酬月額, bonus 賞与';

COMMENT ON COLUMN public.withdrawals.by_cover_end IS '資格喪失より後の決定であるため終わった (喪失が取り消されれば元に戻る)';

COMMENT ON COLUMN public.withdrawals.cause_filing_id IS '原因の届';

COMMENT ON COLUMN public.withdrawals.valid_from IS '取り消した行の valid_from: 資格取得年月日, 適用の最初の月の1日, 賞与支払年月日';

COMMENT ON COLUMN public.withdrawals.known_at IS '取り消した時: 取り消した行の superseded_at';

CREATE TABLE public.workplace_selections (
    person_id bigint NOT NULL,
    employer_id bigint NOT NULL,
    spell_id bigint NOT NULL,
    chosen boolean NOT NULL,
    health_society boolean NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL,
    valid_to date,
    known_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT workplace_selections_check CHECK ((valid_to > valid_from))
);

COMMENT ON TABLE public.workplace_selections IS '所属選択・二以上事業所勤務 (健康保険法施行規則1条の3・2条, 厚生年金保険法施行規則1条・2条): 一事業所に一行';

COMMENT ON COLUMN public.workplace_selections.spell_id IS '資格の番号 (その事業所での資格)';

COMMENT ON COLUMN public.workplace_selections.chosen IS '選択した事業所 (その支部の料率による)';

COMMENT ON COLUMN public.workplace_selections.health_society IS '健康保険組合を選択した (健康保険料は組合が徴収する)';

COMMENT ON COLUMN public.workplace_selections.valid_from IS '二以上の事業所に使用されることとなった日、又は選択を変えた日';

COMMENT ON COLUMN public.workplace_selections.valid_to IS '別の選択が始まる日 (空は続く)';

ALTER TABLE ONLY public.bonuses ATTACH PARTITION public.bonuses_chugoku_shikoku FOR VALUES IN ('31', '32', '33', '34', '35', '36', '37', '38', '39');

ALTER TABLE ONLY public.bonuses ATTACH PARTITION public.bonuses_hokkaido_tohoku FOR VALUES IN ('1', '2', '3', '4', '5', '6', '7');

ALTER TABLE ONLY public.bonuses ATTACH PARTITION public.bonuses_kanagawa_koshinetsu FOR VALUES IN ('14', '15', '19', '20');

ALTER TABLE ONLY public.bonuses ATTACH PARTITION public.bonuses_kinki FOR VALUES IN ('25', '26', '27', '28', '29', '30');

ALTER TABLE ONLY public.bonuses ATTACH PARTITION public.bonuses_kyushu FOR VALUES IN ('40', '41', '42', '43', '44', '45', '46', '47');

ALTER TABLE ONLY public.bonuses ATTACH PARTITION public.bonuses_north_kanto FOR VALUES IN ('8', '9', '10', '11', '12');

ALTER TABLE ONLY public.bonuses ATTACH PARTITION public.bonuses_tokai_hokuriku FOR VALUES IN ('16', '17', '18', '21', '22', '23', '24');

ALTER TABLE ONLY public.bonuses ATTACH PARTITION public.bonuses_tokyo FOR VALUES IN ('13');

ALTER TABLE ONLY public.coverage_spells ATTACH PARTITION public.coverage_spells_chugoku_shikoku FOR VALUES IN ('31', '32', '33', '34', '35', '36', '37', '38', '39');

ALTER TABLE ONLY public.coverage_spells ATTACH PARTITION public.coverage_spells_hokkaido_tohoku FOR VALUES IN ('1', '2', '3', '4', '5', '6', '7');

ALTER TABLE ONLY public.coverage_spells ATTACH PARTITION public.coverage_spells_kanagawa_koshinetsu FOR VALUES IN ('14', '15', '19', '20');

ALTER TABLE ONLY public.coverage_spells ATTACH PARTITION public.coverage_spells_kinki FOR VALUES IN ('25', '26', '27', '28', '29', '30');

ALTER TABLE ONLY public.coverage_spells ATTACH PARTITION public.coverage_spells_kyushu FOR VALUES IN ('40', '41', '42', '43', '44', '45', '46', '47');

ALTER TABLE ONLY public.coverage_spells ATTACH PARTITION public.coverage_spells_north_kanto FOR VALUES IN ('8', '9', '10', '11', '12');

ALTER TABLE ONLY public.coverage_spells ATTACH PARTITION public.coverage_spells_tokai_hokuriku FOR VALUES IN ('16', '17', '18', '21', '22', '23', '24');

ALTER TABLE ONLY public.coverage_spells ATTACH PARTITION public.coverage_spells_tokyo FOR VALUES IN ('13');

ALTER TABLE ONLY public.leave_spells ATTACH PARTITION public.leave_spells_chugoku_shikoku FOR VALUES IN ('31', '32', '33', '34', '35', '36', '37', '38', '39');

ALTER TABLE ONLY public.leave_spells ATTACH PARTITION public.leave_spells_hokkaido_tohoku FOR VALUES IN ('1', '2', '3', '4', '5', '6', '7');

ALTER TABLE ONLY public.leave_spells ATTACH PARTITION public.leave_spells_kanagawa_koshinetsu FOR VALUES IN ('14', '15', '19', '20');

ALTER TABLE ONLY public.leave_spells ATTACH PARTITION public.leave_spells_kinki FOR VALUES IN ('25', '26', '27', '28', '29', '30');

ALTER TABLE ONLY public.leave_spells ATTACH PARTITION public.leave_spells_kyushu FOR VALUES IN ('40', '41', '42', '43', '44', '45', '46', '47');

ALTER TABLE ONLY public.leave_spells ATTACH PARTITION public.leave_spells_north_kanto FOR VALUES IN ('8', '9', '10', '11', '12');

ALTER TABLE ONLY public.leave_spells ATTACH PARTITION public.leave_spells_tokai_hokuriku FOR VALUES IN ('16', '17', '18', '21', '22', '23', '24');

ALTER TABLE ONLY public.leave_spells ATTACH PARTITION public.leave_spells_tokyo FOR VALUES IN ('13');

ALTER TABLE ONLY public.standard_remunerations ATTACH PARTITION public.standard_remunerations_chugoku_shikoku FOR VALUES IN ('31', '32', '33', '34', '35', '36', '37', '38', '39');

ALTER TABLE ONLY public.standard_remunerations ATTACH PARTITION public.standard_remunerations_hokkaido_tohoku FOR VALUES IN ('1', '2', '3', '4', '5', '6', '7');

ALTER TABLE ONLY public.standard_remunerations ATTACH PARTITION public.standard_remunerations_kanagawa_koshinetsu FOR VALUES IN ('14', '15', '19', '20');

ALTER TABLE ONLY public.standard_remunerations ATTACH PARTITION public.standard_remunerations_kinki FOR VALUES IN ('25', '26', '27', '28', '29', '30');

ALTER TABLE ONLY public.standard_remunerations ATTACH PARTITION public.standard_remunerations_kyushu FOR VALUES IN ('40', '41', '42', '43', '44', '45', '46', '47');

ALTER TABLE ONLY public.standard_remunerations ATTACH PARTITION public.standard_remunerations_north_kanto FOR VALUES IN ('8', '9', '10', '11', '12');

ALTER TABLE ONLY public.standard_remunerations ATTACH PARTITION public.standard_remunerations_tokai_hokuriku FOR VALUES IN ('16', '17', '18', '21', '22', '23', '24');

ALTER TABLE ONLY public.standard_remunerations ATTACH PARTITION public.standard_remunerations_tokyo FOR VALUES IN ('13');

ALTER TABLE ONLY my_number.filed
    ADD CONSTRAINT filed_pkey PRIMARY KEY (filing_id, column_no);

ALTER TABLE ONLY my_number.numbers
    ADD CONSTRAINT numbers_pkey PRIMARY KEY (person_id, known_at);

ALTER TABLE ONLY public.abroad_spells
    ADD CONSTRAINT abroad_spells_pkey PRIMARY KEY (person_id, record_id, known_at);

ALTER TABLE ONLY public.access_log
    ADD CONSTRAINT access_log_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (account);

ALTER TABLE ONLY public.addresses
    ADD CONSTRAINT addresses_pkey PRIMARY KEY (person_id, known_at);

ALTER TABLE ONLY public.adjudications
    ADD CONSTRAINT adjudications_pkey PRIMARY KEY (person_id, known_at);

ALTER TABLE ONLY public.application_queue
    ADD CONSTRAINT application_queue_pkey PRIMARY KEY (filing_id);

ALTER TABLE ONLY public.awards
    ADD CONSTRAINT awards_pkey PRIMARY KEY (person_id, valid_from, known_at);

ALTER TABLE ONLY public.bonuses
    ADD CONSTRAINT bonuses_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, bonus_id, known_at);

ALTER TABLE ONLY public.bonuses_chugoku_shikoku
    ADD CONSTRAINT bonuses_chugoku_shikoku_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, bonus_id, known_at);

ALTER TABLE ONLY public.bonuses_hokkaido_tohoku
    ADD CONSTRAINT bonuses_hokkaido_tohoku_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, bonus_id, known_at);

ALTER TABLE ONLY public.bonuses_kanagawa_koshinetsu
    ADD CONSTRAINT bonuses_kanagawa_koshinetsu_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, bonus_id, known_at);

ALTER TABLE ONLY public.bonuses_kinki
    ADD CONSTRAINT bonuses_kinki_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, bonus_id, known_at);

ALTER TABLE ONLY public.bonuses_kyushu
    ADD CONSTRAINT bonuses_kyushu_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, bonus_id, known_at);

ALTER TABLE ONLY public.bonuses_north_kanto
    ADD CONSTRAINT bonuses_north_kanto_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, bonus_id, known_at);

ALTER TABLE ONLY public.bonuses_tokai_hokuriku
    ADD CONSTRAINT bonuses_tokai_hokuriku_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, bonus_id, known_at);

ALTER TABLE ONLY public.bonuses_tokyo
    ADD CONSTRAINT bonuses_tokyo_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, bonus_id, known_at);

ALTER TABLE ONLY public.clerks
    ADD CONSTRAINT clerks_login_key UNIQUE (login);

ALTER TABLE ONLY public.clerks
    ADD CONSTRAINT clerks_pkey PRIMARY KEY (clerk_id);

ALTER TABLE ONLY public.collection_requests
    ADD CONSTRAINT collection_requests_pkey PRIMARY KEY (person_id, levy, valid_from, known_at);

ALTER TABLE ONLY public.contribution_years
    ADD CONSTRAINT contribution_years_pkey PRIMARY KEY (person_id, fiscal_year, known_at);

ALTER TABLE ONLY public.coverage_spells
    ADD CONSTRAINT coverage_spells_pkey PRIMARY KEY (prefecture_code, spell_id, known_at);

ALTER TABLE ONLY public.coverage_spells_chugoku_shikoku
    ADD CONSTRAINT coverage_spells_chugoku_shikoku_pkey PRIMARY KEY (prefecture_code, spell_id, known_at);

ALTER TABLE ONLY public.coverage_spells_hokkaido_tohoku
    ADD CONSTRAINT coverage_spells_hokkaido_tohoku_pkey PRIMARY KEY (prefecture_code, spell_id, known_at);

ALTER TABLE ONLY public.coverage_spells_kanagawa_koshinetsu
    ADD CONSTRAINT coverage_spells_kanagawa_koshinetsu_pkey PRIMARY KEY (prefecture_code, spell_id, known_at);

ALTER TABLE ONLY public.coverage_spells_kinki
    ADD CONSTRAINT coverage_spells_kinki_pkey PRIMARY KEY (prefecture_code, spell_id, known_at);

ALTER TABLE ONLY public.coverage_spells_kyushu
    ADD CONSTRAINT coverage_spells_kyushu_pkey PRIMARY KEY (prefecture_code, spell_id, known_at);

ALTER TABLE ONLY public.coverage_spells_north_kanto
    ADD CONSTRAINT coverage_spells_north_kanto_pkey PRIMARY KEY (prefecture_code, spell_id, known_at);

ALTER TABLE ONLY public.coverage_spells_tokai_hokuriku
    ADD CONSTRAINT coverage_spells_tokai_hokuriku_pkey PRIMARY KEY (prefecture_code, spell_id, known_at);

ALTER TABLE ONLY public.coverage_spells_tokyo
    ADD CONSTRAINT coverage_spells_tokyo_pkey PRIMARY KEY (prefecture_code, spell_id, known_at);

ALTER TABLE ONLY public.deaths
    ADD CONSTRAINT deaths_pkey PRIMARY KEY (person_id, known_at);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (filing_id, known_at);

ALTER TABLE ONLY public.disability_claims
    ADD CONSTRAINT disability_claims_pkey PRIMARY KEY (person_id, record_id, known_at);

ALTER TABLE ONLY public.disability_grades
    ADD CONSTRAINT disability_grades_pkey PRIMARY KEY (person_id, valid_from, known_at);

ALTER TABLE ONLY public.duplicate_candidates
    ADD CONSTRAINT duplicate_candidates_pkey PRIMARY KEY (first_person_id, second_person_id, known_at);

ALTER TABLE ONLY public.duplicate_decisions
    ADD CONSTRAINT duplicate_decisions_pkey PRIMARY KEY (first_person_id, second_person_id, known_at);

ALTER TABLE ONLY public.employer_profiles
    ADD CONSTRAINT employer_profiles_pkey PRIMARY KEY (employer_id, known_at);

ALTER TABLE ONLY public.employers
    ADD CONSTRAINT employers_nenkin_prefecture_code_district_code_office_symbo_key UNIQUE (nenkin_prefecture_code, district_code, office_symbol);

ALTER TABLE ONLY public.employers
    ADD CONSTRAINT employers_pkey PRIMARY KEY (employer_id);

ALTER TABLE ONLY public.filing_steps
    ADD CONSTRAINT filing_steps_pkey PRIMARY KEY (filing_id, step_no);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_pkey PRIMARY KEY (filing_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_reception_number_key UNIQUE (reception_number);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_sender_sender_key_key UNIQUE (sender, sender_key);

ALTER TABLE ONLY public.household_members
    ADD CONSTRAINT household_members_pkey PRIMARY KEY (person_id, member_no, known_at);

ALTER TABLE ONLY public.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY public.leave_spells
    ADD CONSTRAINT leave_spells_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, leave_id, known_at);

ALTER TABLE ONLY public.leave_spells_chugoku_shikoku
    ADD CONSTRAINT leave_spells_chugoku_shikoku_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, leave_id, known_at);

ALTER TABLE ONLY public.leave_spells_hokkaido_tohoku
    ADD CONSTRAINT leave_spells_hokkaido_tohoku_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, leave_id, known_at);

ALTER TABLE ONLY public.leave_spells_kanagawa_koshinetsu
    ADD CONSTRAINT leave_spells_kanagawa_koshinetsu_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, leave_id, known_at);

ALTER TABLE ONLY public.leave_spells_kinki
    ADD CONSTRAINT leave_spells_kinki_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, leave_id, known_at);

ALTER TABLE ONLY public.leave_spells_kyushu
    ADD CONSTRAINT leave_spells_kyushu_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, leave_id, known_at);

ALTER TABLE ONLY public.leave_spells_north_kanto
    ADD CONSTRAINT leave_spells_north_kanto_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, leave_id, known_at);

ALTER TABLE ONLY public.leave_spells_tokai_hokuriku
    ADD CONSTRAINT leave_spells_tokai_hokuriku_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, leave_id, known_at);

ALTER TABLE ONLY public.leave_spells_tokyo
    ADD CONSTRAINT leave_spells_tokyo_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, leave_id, known_at);

ALTER TABLE ONLY public.life_spans
    ADD CONSTRAINT life_spans_pkey PRIMARY KEY (person_id, record_id, known_at);

ALTER TABLE ONLY public.media_files
    ADD CONSTRAINT media_files_pkey PRIMARY KEY (media_file_id);

ALTER TABLE ONLY public.media_files
    ADD CONSTRAINT media_files_sha256_key UNIQUE (sha256);

ALTER TABLE ONLY public.media_problems
    ADD CONSTRAINT media_problems_pkey PRIMARY KEY (media_file_id, problem_no);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (notice_id);

ALTER TABLE ONLY public.np_charges
    ADD CONSTRAINT np_charges_pkey PRIMARY KEY (person_id, for_month, booked_in, run_id);

ALTER TABLE ONLY public.np_receipt_file_lines
    ADD CONSTRAINT np_receipt_file_lines_pkey PRIMARY KEY (file_id, line_no);

ALTER TABLE ONLY public.np_receipt_files
    ADD CONSTRAINT np_receipt_files_pkey PRIMARY KEY (file_id);

ALTER TABLE ONLY public.np_receipt_files
    ADD CONSTRAINT np_receipt_files_sha256_key UNIQUE (sha256);

ALTER TABLE ONLY public.np_receipts
    ADD CONSTRAINT np_receipts_pkey PRIMARY KEY (person_id, for_month, receipt_id);

ALTER TABLE ONLY public.np_reliefs
    ADD CONSTRAINT np_reliefs_pkey PRIMARY KEY (person_id, record_id, known_at);

ALTER TABLE ONLY public.np_settlements
    ADD CONSTRAINT np_settlements_pkey PRIMARY KEY (person_id, for_month, kind, booked_in, run_id);

ALTER TABLE ONLY public.offices
    ADD CONSTRAINT offices_pkey PRIMARY KEY (office_code);

ALTER TABLE ONLY public.payees
    ADD CONSTRAINT payees_pkey PRIMARY KEY (person_id, known_at);

ALTER TABLE ONLY public.pension_choices
    ADD CONSTRAINT pension_choices_pkey PRIMARY KEY (person_id, valid_from, known_at);

ALTER TABLE ONLY public.pension_claims
    ADD CONSTRAINT pension_claims_pkey PRIMARY KEY (person_id, record_id, known_at);

ALTER TABLE ONLY public.pension_instalments
    ADD CONSTRAINT pension_instalments_pkey PRIMARY KEY (person_id, for_payment, run_id, ground);

ALTER TABLE ONLY public.pension_journal
    ADD CONSTRAINT pension_journal_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY public.pension_notices
    ADD CONSTRAINT pension_notices_pkey PRIMARY KEY (notice_id);

ALTER TABLE ONLY public.pension_payments
    ADD CONSTRAINT pension_payments_pkey PRIMARY KEY (person_id, payment_on, kind, run_id);

ALTER TABLE ONLY public.pension_print_pieces
    ADD CONSTRAINT pension_print_pieces_pkey PRIMARY KEY (print_run_id, seq);

ALTER TABLE ONLY public.pension_spells
    ADD CONSTRAINT pension_spells_pkey PRIMARY KEY (person_id, record_id, known_at);

ALTER TABLE ONLY public.person_identities
    ADD CONSTRAINT person_identities_pkey PRIMARY KEY (person_id, valid_from, known_at);

ALTER TABLE ONLY public.person_merges
    ADD CONSTRAINT person_merges_pkey PRIMARY KEY (merged_person_id, known_at);

ALTER TABLE ONLY public.person_numbers
    ADD CONSTRAINT person_numbers_pkey PRIMARY KEY (person_id, kind, known_at);

ALTER TABLE ONLY public.persons
    ADD CONSTRAINT persons_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.print_lots
    ADD CONSTRAINT print_lots_pkey PRIMARY KEY (print_run_id, lot_no);

ALTER TABLE ONLY public.print_pieces
    ADD CONSTRAINT print_pieces_pkey PRIMARY KEY (print_run_id, seq);

ALTER TABLE ONLY public.print_runs
    ADD CONSTRAINT print_runs_pkey PRIMARY KEY (print_run_id);

ALTER TABLE ONLY public.remuneration_records
    ADD CONSTRAINT remuneration_records_pkey PRIMARY KEY (person_id, record_id, known_at);

ALTER TABLE ONLY public.remuneration_splits
    ADD CONSTRAINT remuneration_splits_pkey PRIMARY KEY (person_id, record_id, known_at);

ALTER TABLE ONLY public.run_files
    ADD CONSTRAINT run_files_pkey PRIMARY KEY (run_id, job_no, partition_no, path);

ALTER TABLE ONLY public.run_jobs
    ADD CONSTRAINT run_jobs_pkey PRIMARY KEY (run_id, job_no);

ALTER TABLE ONLY public.run_partitions
    ADD CONSTRAINT run_partitions_pkey PRIMARY KEY (run_id, job_no, partition_no);

ALTER TABLE ONLY public.run_verdicts
    ADD CONSTRAINT run_verdicts_pkey PRIMARY KEY (run_id, job_no, partition_no, subject, code);

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (run_id);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.standard_remunerations
    ADD CONSTRAINT standard_remunerations_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, known_at);

ALTER TABLE ONLY public.standard_remunerations_chugoku_shikoku
    ADD CONSTRAINT standard_remunerations_chugoku_shikoku_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, known_at);

ALTER TABLE ONLY public.standard_remunerations_hokkaido_tohoku
    ADD CONSTRAINT standard_remunerations_hokkaido_tohoku_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, known_at);

ALTER TABLE ONLY public.standard_remunerations_kanagawa_koshinetsu
    ADD CONSTRAINT standard_remunerations_kanagawa_koshinetsu_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, known_at);

ALTER TABLE ONLY public.standard_remunerations_kinki
    ADD CONSTRAINT standard_remunerations_kinki_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, known_at);

ALTER TABLE ONLY public.standard_remunerations_kyushu
    ADD CONSTRAINT standard_remunerations_kyushu_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, known_at);

ALTER TABLE ONLY public.standard_remunerations_north_kanto
    ADD CONSTRAINT standard_remunerations_north_kanto_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, known_at);

ALTER TABLE ONLY public.standard_remunerations_tokai_hokuriku
    ADD CONSTRAINT standard_remunerations_tokai_hokuriku_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, known_at);

ALTER TABLE ONLY public.standard_remunerations_tokyo
    ADD CONSTRAINT standard_remunerations_tokyo_pkey PRIMARY KEY (prefecture_code, employer_id, spell_id, valid_from, known_at);

ALTER TABLE ONLY public.survivor_claims
    ADD CONSTRAINT survivor_claims_pkey PRIMARY KEY (person_id, record_id, known_at);

ALTER TABLE ONLY public.survivor_members
    ADD CONSTRAINT survivor_members_pkey PRIMARY KEY (person_id, record_id, member_no, known_at);

ALTER TABLE ONLY public.tax_declarations
    ADD CONSTRAINT tax_declarations_pkey PRIMARY KEY (person_id, tax_year, known_at);

ALTER TABLE ONLY public.unpaid_benefit_claims
    ADD CONSTRAINT unpaid_benefit_claims_pkey PRIMARY KEY (person_id, record_id, known_at);

ALTER TABLE ONLY public.withdrawals
    ADD CONSTRAINT withdrawals_pkey PRIMARY KEY (employer_id, spell_id, fact, valid_from, known_at);

ALTER TABLE ONLY public.workplace_selections
    ADD CONSTRAINT workplace_selections_pkey PRIMARY KEY (person_id, spell_id, valid_from, known_at);

CREATE INDEX filed_by_index ON my_number.filed USING btree (number_index);

CREATE UNIQUE INDEX numbers_current ON my_number.numbers USING btree (number_index) WHERE (superseded_at IS NULL);

CREATE INDEX abroad_spells_late ON public.abroad_spells USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX access_log_by_subject ON public.access_log USING btree (subject, seq);

CREATE INDEX addresses_zip ON public.addresses USING btree (zip);

CREATE UNIQUE INDEX adjudications_current ON public.adjudications USING btree (person_id) WHERE (superseded_at IS NULL);

CREATE INDEX adjudications_due ON public.adjudications USING btree (look_again_from) WHERE (superseded_at IS NULL);

CREATE INDEX application_queue_by_employer ON public.application_queue USING btree (employer_id, filing_id);

CREATE INDEX application_queue_by_person ON public.application_queue USING btree (person_id, filing_id) WHERE (person_id IS NOT NULL);

CREATE INDEX awards_by_run ON public.awards USING btree (run_id);

CREATE UNIQUE INDEX awards_current ON public.awards USING btree (person_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX bonuses_by_employer ON ONLY public.bonuses USING btree (employer_id, spell_id);

CREATE INDEX bonuses_chugoku_shikoku_employer_id_spell_id_idx ON public.bonuses_chugoku_shikoku USING btree (employer_id, spell_id);

CREATE INDEX bonuses_late ON ONLY public.bonuses USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX bonuses_chugoku_shikoku_known_at_idx ON public.bonuses_chugoku_shikoku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX bonuses_superseded ON ONLY public.bonuses USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX bonuses_chugoku_shikoku_superseded_at_idx ON public.bonuses_chugoku_shikoku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX bonuses_hokkaido_tohoku_employer_id_spell_id_idx ON public.bonuses_hokkaido_tohoku USING btree (employer_id, spell_id);

CREATE INDEX bonuses_hokkaido_tohoku_known_at_idx ON public.bonuses_hokkaido_tohoku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX bonuses_hokkaido_tohoku_superseded_at_idx ON public.bonuses_hokkaido_tohoku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX bonuses_kanagawa_koshinetsu_employer_id_spell_id_idx ON public.bonuses_kanagawa_koshinetsu USING btree (employer_id, spell_id);

CREATE INDEX bonuses_kanagawa_koshinetsu_known_at_idx ON public.bonuses_kanagawa_koshinetsu USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX bonuses_kanagawa_koshinetsu_superseded_at_idx ON public.bonuses_kanagawa_koshinetsu USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX bonuses_kinki_employer_id_spell_id_idx ON public.bonuses_kinki USING btree (employer_id, spell_id);

CREATE INDEX bonuses_kinki_known_at_idx ON public.bonuses_kinki USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX bonuses_kinki_superseded_at_idx ON public.bonuses_kinki USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX bonuses_kyushu_employer_id_spell_id_idx ON public.bonuses_kyushu USING btree (employer_id, spell_id);

CREATE INDEX bonuses_kyushu_known_at_idx ON public.bonuses_kyushu USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX bonuses_kyushu_superseded_at_idx ON public.bonuses_kyushu USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX bonuses_north_kanto_employer_id_spell_id_idx ON public.bonuses_north_kanto USING btree (employer_id, spell_id);

CREATE INDEX bonuses_north_kanto_known_at_idx ON public.bonuses_north_kanto USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX bonuses_north_kanto_superseded_at_idx ON public.bonuses_north_kanto USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX bonuses_tokai_hokuriku_employer_id_spell_id_idx ON public.bonuses_tokai_hokuriku USING btree (employer_id, spell_id);

CREATE INDEX bonuses_tokai_hokuriku_known_at_idx ON public.bonuses_tokai_hokuriku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX bonuses_tokai_hokuriku_superseded_at_idx ON public.bonuses_tokai_hokuriku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX bonuses_tokyo_employer_id_spell_id_idx ON public.bonuses_tokyo USING btree (employer_id, spell_id);

CREATE INDEX bonuses_tokyo_known_at_idx ON public.bonuses_tokyo USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX bonuses_tokyo_superseded_at_idx ON public.bonuses_tokyo USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX contribution_years_current ON public.contribution_years USING btree (person_id, fiscal_year) WHERE (superseded_at IS NULL);

CREATE INDEX contribution_years_late ON public.contribution_years USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX contribution_years_superseded ON public.contribution_years USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX coverage_spells_by_employer ON ONLY public.coverage_spells USING btree (employer_id, spell_id);

CREATE INDEX coverage_spells_by_person ON ONLY public.coverage_spells USING btree (person_id);

CREATE UNIQUE INDEX coverage_spells_insured_number ON ONLY public.coverage_spells USING btree (prefecture_code, employer_id, insured_number) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX coverage_spells_chugoku_shiko_prefecture_code_employer_id_i_idx ON public.coverage_spells_chugoku_shikoku USING btree (prefecture_code, employer_id, insured_number) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX coverage_spells_open ON ONLY public.coverage_spells USING btree (prefecture_code, employer_id, person_id) WHERE ((superseded_at IS NULL) AND (valid_to IS NULL));

CREATE UNIQUE INDEX coverage_spells_chugoku_shiko_prefecture_code_employer_id_p_idx ON public.coverage_spells_chugoku_shikoku USING btree (prefecture_code, employer_id, person_id) WHERE ((superseded_at IS NULL) AND (valid_to IS NULL));

CREATE INDEX coverage_spells_chugoku_shikoku_employer_id_spell_id_idx ON public.coverage_spells_chugoku_shikoku USING btree (employer_id, spell_id);

CREATE INDEX coverage_spells_late ON ONLY public.coverage_spells USING brin (known_at) WITH (autosummarize='on');

COMMENT ON INDEX public.coverage_spells_late IS '前回の調定の後に知られた事実を探す (過月分の増減)';

CREATE INDEX coverage_spells_chugoku_shikoku_known_at_idx ON public.coverage_spells_chugoku_shikoku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX coverage_spells_chugoku_shikoku_person_id_idx ON public.coverage_spells_chugoku_shikoku USING btree (person_id);

CREATE INDEX coverage_spells_superseded ON ONLY public.coverage_spells USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX coverage_spells_chugoku_shikoku_superseded_at_idx ON public.coverage_spells_chugoku_shikoku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX coverage_spells_hokkaido_toho_prefecture_code_employer_id_i_idx ON public.coverage_spells_hokkaido_tohoku USING btree (prefecture_code, employer_id, insured_number) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX coverage_spells_hokkaido_toho_prefecture_code_employer_id_p_idx ON public.coverage_spells_hokkaido_tohoku USING btree (prefecture_code, employer_id, person_id) WHERE ((superseded_at IS NULL) AND (valid_to IS NULL));

CREATE INDEX coverage_spells_hokkaido_tohoku_employer_id_spell_id_idx ON public.coverage_spells_hokkaido_tohoku USING btree (employer_id, spell_id);

CREATE INDEX coverage_spells_hokkaido_tohoku_known_at_idx ON public.coverage_spells_hokkaido_tohoku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX coverage_spells_hokkaido_tohoku_person_id_idx ON public.coverage_spells_hokkaido_tohoku USING btree (person_id);

CREATE INDEX coverage_spells_hokkaido_tohoku_superseded_at_idx ON public.coverage_spells_hokkaido_tohoku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX coverage_spells_kanagawa_kosh_prefecture_code_employer_id_i_idx ON public.coverage_spells_kanagawa_koshinetsu USING btree (prefecture_code, employer_id, insured_number) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX coverage_spells_kanagawa_kosh_prefecture_code_employer_id_p_idx ON public.coverage_spells_kanagawa_koshinetsu USING btree (prefecture_code, employer_id, person_id) WHERE ((superseded_at IS NULL) AND (valid_to IS NULL));

CREATE INDEX coverage_spells_kanagawa_koshinetsu_employer_id_spell_id_idx ON public.coverage_spells_kanagawa_koshinetsu USING btree (employer_id, spell_id);

CREATE INDEX coverage_spells_kanagawa_koshinetsu_known_at_idx ON public.coverage_spells_kanagawa_koshinetsu USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX coverage_spells_kanagawa_koshinetsu_person_id_idx ON public.coverage_spells_kanagawa_koshinetsu USING btree (person_id);

CREATE INDEX coverage_spells_kanagawa_koshinetsu_superseded_at_idx ON public.coverage_spells_kanagawa_koshinetsu USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX coverage_spells_kinki_employer_id_spell_id_idx ON public.coverage_spells_kinki USING btree (employer_id, spell_id);

CREATE INDEX coverage_spells_kinki_known_at_idx ON public.coverage_spells_kinki USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX coverage_spells_kinki_person_id_idx ON public.coverage_spells_kinki USING btree (person_id);

CREATE UNIQUE INDEX coverage_spells_kinki_prefecture_code_employer_id_insured_n_idx ON public.coverage_spells_kinki USING btree (prefecture_code, employer_id, insured_number) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX coverage_spells_kinki_prefecture_code_employer_id_person_id_idx ON public.coverage_spells_kinki USING btree (prefecture_code, employer_id, person_id) WHERE ((superseded_at IS NULL) AND (valid_to IS NULL));

CREATE INDEX coverage_spells_kinki_superseded_at_idx ON public.coverage_spells_kinki USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX coverage_spells_kyushu_employer_id_spell_id_idx ON public.coverage_spells_kyushu USING btree (employer_id, spell_id);

CREATE INDEX coverage_spells_kyushu_known_at_idx ON public.coverage_spells_kyushu USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX coverage_spells_kyushu_person_id_idx ON public.coverage_spells_kyushu USING btree (person_id);

CREATE UNIQUE INDEX coverage_spells_kyushu_prefecture_code_employer_id_insured__idx ON public.coverage_spells_kyushu USING btree (prefecture_code, employer_id, insured_number) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX coverage_spells_kyushu_prefecture_code_employer_id_person_i_idx ON public.coverage_spells_kyushu USING btree (prefecture_code, employer_id, person_id) WHERE ((superseded_at IS NULL) AND (valid_to IS NULL));

CREATE INDEX coverage_spells_kyushu_superseded_at_idx ON public.coverage_spells_kyushu USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX coverage_spells_north_kanto_employer_id_spell_id_idx ON public.coverage_spells_north_kanto USING btree (employer_id, spell_id);

CREATE INDEX coverage_spells_north_kanto_known_at_idx ON public.coverage_spells_north_kanto USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX coverage_spells_north_kanto_person_id_idx ON public.coverage_spells_north_kanto USING btree (person_id);

CREATE UNIQUE INDEX coverage_spells_north_kanto_prefecture_code_employer_id_ins_idx ON public.coverage_spells_north_kanto USING btree (prefecture_code, employer_id, insured_number) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX coverage_spells_north_kanto_prefecture_code_employer_id_per_idx ON public.coverage_spells_north_kanto USING btree (prefecture_code, employer_id, person_id) WHERE ((superseded_at IS NULL) AND (valid_to IS NULL));

CREATE INDEX coverage_spells_north_kanto_superseded_at_idx ON public.coverage_spells_north_kanto USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX coverage_spells_tokai_hokurik_prefecture_code_employer_id_i_idx ON public.coverage_spells_tokai_hokuriku USING btree (prefecture_code, employer_id, insured_number) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX coverage_spells_tokai_hokurik_prefecture_code_employer_id_p_idx ON public.coverage_spells_tokai_hokuriku USING btree (prefecture_code, employer_id, person_id) WHERE ((superseded_at IS NULL) AND (valid_to IS NULL));

CREATE INDEX coverage_spells_tokai_hokuriku_employer_id_spell_id_idx ON public.coverage_spells_tokai_hokuriku USING btree (employer_id, spell_id);

CREATE INDEX coverage_spells_tokai_hokuriku_known_at_idx ON public.coverage_spells_tokai_hokuriku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX coverage_spells_tokai_hokuriku_person_id_idx ON public.coverage_spells_tokai_hokuriku USING btree (person_id);

CREATE INDEX coverage_spells_tokai_hokuriku_superseded_at_idx ON public.coverage_spells_tokai_hokuriku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX coverage_spells_tokyo_employer_id_spell_id_idx ON public.coverage_spells_tokyo USING btree (employer_id, spell_id);

CREATE INDEX coverage_spells_tokyo_known_at_idx ON public.coverage_spells_tokyo USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX coverage_spells_tokyo_person_id_idx ON public.coverage_spells_tokyo USING btree (person_id);

CREATE UNIQUE INDEX coverage_spells_tokyo_prefecture_code_employer_id_insured_n_idx ON public.coverage_spells_tokyo USING btree (prefecture_code, employer_id, insured_number) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX coverage_spells_tokyo_prefecture_code_employer_id_person_id_idx ON public.coverage_spells_tokyo USING btree (prefecture_code, employer_id, person_id) WHERE ((superseded_at IS NULL) AND (valid_to IS NULL));

CREATE INDEX coverage_spells_tokyo_superseded_at_idx ON public.coverage_spells_tokyo USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX deaths_current ON public.deaths USING btree (person_id) WHERE (superseded_at IS NULL);

CREATE INDEX deaths_late ON public.deaths USING brin (known_at) WITH (autosummarize='on');

CREATE UNIQUE INDEX disability_claims_current ON public.disability_claims USING btree (person_id) WHERE (superseded_at IS NULL);

CREATE INDEX disability_claims_late ON public.disability_claims USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX disability_claims_superseded ON public.disability_claims USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX disability_grades_current ON public.disability_grades USING btree (person_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX disability_grades_late ON public.disability_grades USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX disability_grades_superseded ON public.disability_grades USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX duplicate_candidates_by_score ON public.duplicate_candidates USING btree (score DESC, first_person_id) WHERE (superseded_at IS NULL);

CREATE INDEX duplicate_candidates_by_second ON public.duplicate_candidates USING btree (second_person_id) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX duplicate_candidates_current ON public.duplicate_candidates USING btree (first_person_id, second_person_id) WHERE (superseded_at IS NULL);

CREATE INDEX duplicate_decisions_by_second ON public.duplicate_decisions USING btree (second_person_id) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX duplicate_decisions_current ON public.duplicate_decisions USING btree (first_person_id, second_person_id) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX employer_profiles_current ON public.employer_profiles USING btree (employer_id) WHERE (superseded_at IS NULL);

CREATE INDEX employer_profiles_name ON public.employer_profiles USING btree (name text_pattern_ops) WHERE (superseded_at IS NULL);

CREATE INDEX employers_office ON public.employers USING btree (office_code);

CREATE INDEX filings_by_content ON public.filings USING btree (payload_sha256);

CREATE INDEX filings_by_employer ON public.filings USING btree (employer_id, filing_id);

CREATE INDEX filings_by_office ON public.filings USING btree (office_code, filing_id);

CREATE INDEX filings_by_person ON public.filings USING btree (person_id, filing_id) WHERE (person_id IS NOT NULL);

CREATE INDEX filings_enrolment_number ON public.filings USING btree ((((payload -> 'insured'::text) ->> 'basic_pension_number'::text))) WHERE (form_code = '2200700'::text);

COMMENT ON INDEX public.filings_enrolment_number IS '資格取得届の基礎年金番号: 夜間の反映で同じ人の届を見分ける';

CREATE INDEX filings_of_splits ON public.filings USING btree (filing_id) WHERE (form_code = 'pension_split'::text);

CREATE INDEX household_members_late ON public.household_members USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX household_members_superseded ON public.household_members USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX journal_by_employer ON public.journal USING btree (employer_id, for_month);

CREATE INDEX journal_by_run ON public.journal USING btree (run_id);

CREATE INDEX leave_spells_by_employer ON ONLY public.leave_spells USING btree (employer_id, spell_id);

CREATE INDEX leave_spells_chugoku_shikoku_employer_id_spell_id_idx ON public.leave_spells_chugoku_shikoku USING btree (employer_id, spell_id);

CREATE INDEX leave_spells_late ON ONLY public.leave_spells USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX leave_spells_chugoku_shikoku_known_at_idx ON public.leave_spells_chugoku_shikoku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX leave_spells_superseded ON ONLY public.leave_spells USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX leave_spells_chugoku_shikoku_superseded_at_idx ON public.leave_spells_chugoku_shikoku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX leave_spells_hokkaido_tohoku_employer_id_spell_id_idx ON public.leave_spells_hokkaido_tohoku USING btree (employer_id, spell_id);

CREATE INDEX leave_spells_hokkaido_tohoku_known_at_idx ON public.leave_spells_hokkaido_tohoku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX leave_spells_hokkaido_tohoku_superseded_at_idx ON public.leave_spells_hokkaido_tohoku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX leave_spells_kanagawa_koshinetsu_employer_id_spell_id_idx ON public.leave_spells_kanagawa_koshinetsu USING btree (employer_id, spell_id);

CREATE INDEX leave_spells_kanagawa_koshinetsu_known_at_idx ON public.leave_spells_kanagawa_koshinetsu USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX leave_spells_kanagawa_koshinetsu_superseded_at_idx ON public.leave_spells_kanagawa_koshinetsu USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX leave_spells_kinki_employer_id_spell_id_idx ON public.leave_spells_kinki USING btree (employer_id, spell_id);

CREATE INDEX leave_spells_kinki_known_at_idx ON public.leave_spells_kinki USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX leave_spells_kinki_superseded_at_idx ON public.leave_spells_kinki USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX leave_spells_kyushu_employer_id_spell_id_idx ON public.leave_spells_kyushu USING btree (employer_id, spell_id);

CREATE INDEX leave_spells_kyushu_known_at_idx ON public.leave_spells_kyushu USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX leave_spells_kyushu_superseded_at_idx ON public.leave_spells_kyushu USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX leave_spells_north_kanto_employer_id_spell_id_idx ON public.leave_spells_north_kanto USING btree (employer_id, spell_id);

CREATE INDEX leave_spells_north_kanto_known_at_idx ON public.leave_spells_north_kanto USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX leave_spells_north_kanto_superseded_at_idx ON public.leave_spells_north_kanto USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX leave_spells_tokai_hokuriku_employer_id_spell_id_idx ON public.leave_spells_tokai_hokuriku USING btree (employer_id, spell_id);

CREATE INDEX leave_spells_tokai_hokuriku_known_at_idx ON public.leave_spells_tokai_hokuriku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX leave_spells_tokai_hokuriku_superseded_at_idx ON public.leave_spells_tokai_hokuriku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX leave_spells_tokyo_employer_id_spell_id_idx ON public.leave_spells_tokyo USING btree (employer_id, spell_id);

CREATE INDEX leave_spells_tokyo_known_at_idx ON public.leave_spells_tokyo USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX leave_spells_tokyo_superseded_at_idx ON public.leave_spells_tokyo USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX life_spans_late ON public.life_spans USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX notices_by_employer ON public.notices USING btree (employer_id, for_month);

CREATE INDEX notices_by_run ON public.notices USING btree (run_id);

CREATE INDEX np_charges_by_run ON public.np_charges USING btree (run_id);

CREATE INDEX np_settlements_by_run ON public.np_settlements USING btree (run_id);

CREATE UNIQUE INDEX payees_current ON public.payees USING btree (person_id) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX pension_choices_current ON public.pension_choices USING btree (person_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX pension_choices_late ON public.pension_choices USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX pension_choices_superseded ON public.pension_choices USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX pension_claims_current ON public.pension_claims USING btree (person_id) WHERE (superseded_at IS NULL);

CREATE INDEX pension_claims_late ON public.pension_claims USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX pension_claims_superseded ON public.pension_claims USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX pension_journal_by_person ON public.pension_journal USING btree (person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX pension_journal_by_run ON public.pension_journal USING btree (run_id);

CREATE INDEX pension_notices_by_person ON public.pension_notices USING btree (person_id);

CREATE INDEX pension_notices_by_run ON public.pension_notices USING btree (run_id, kind);

CREATE INDEX pension_payments_by_run ON public.pension_payments USING btree (run_id);

CREATE INDEX pension_print_pieces_by_notice ON public.pension_print_pieces USING btree (notice_id);

CREATE UNIQUE INDEX pension_spells_current ON public.pension_spells USING btree (person_id, record_id) WHERE (superseded_at IS NULL);

CREATE INDEX pension_spells_late ON public.pension_spells USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX pension_spells_superseded ON public.pension_spells USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX person_identities_birth ON public.person_identities USING btree (birth_on) WHERE (superseded_at IS NULL);

CREATE INDEX person_identities_birth_key ON public.person_identities USING btree (public.birth_key(birth_on));

CREATE UNIQUE INDEX person_identities_current ON public.person_identities USING btree (person_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX person_identities_kana ON public.person_identities USING btree (name_kana text_pattern_ops) WHERE (superseded_at IS NULL);

CREATE INDEX person_identities_late ON public.person_identities USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX person_identities_superseded ON public.person_identities USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX person_merges_by_kept ON public.person_merges USING btree (kept_person_id) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX person_merges_current ON public.person_merges USING btree (merged_person_id) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX person_numbers_current ON public.person_numbers USING btree (kind, number) WHERE (superseded_at IS NULL);

CREATE INDEX person_numbers_ever ON public.person_numbers USING btree (number);

CREATE INDEX print_pieces_by_notice ON public.print_pieces USING btree (notice_id);

CREATE UNIQUE INDEX remuneration_records_current ON public.remuneration_records USING btree (person_id, record_id) WHERE (superseded_at IS NULL);

CREATE INDEX remuneration_records_late ON public.remuneration_records USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX remuneration_records_superseded ON public.remuneration_records USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX remuneration_splits_current ON public.remuneration_splits USING btree (person_id, record_id) WHERE (superseded_at IS NULL);

CREATE INDEX remuneration_splits_late ON public.remuneration_splits USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX remuneration_splits_superseded ON public.remuneration_splits USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX run_verdicts_by_subject ON public.run_verdicts USING btree (subject);

CREATE UNIQUE INDEX runs_one_at_a_time ON public.runs USING btree ((true)) WHERE (state = ANY (ARRAY['planning'::text, 'running'::text, 'stopped'::text]));

CREATE INDEX standard_remunerations_by_employer ON ONLY public.standard_remunerations USING btree (employer_id, spell_id);

CREATE UNIQUE INDEX standard_remunerations_current ON ONLY public.standard_remunerations USING btree (prefecture_code, employer_id, spell_id, valid_from) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX standard_remunerations_chugok_prefecture_code_employer_id_s_idx ON public.standard_remunerations_chugoku_shikoku USING btree (prefecture_code, employer_id, spell_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX standard_remunerations_chugoku_shikoku_employer_id_spell_id_idx ON public.standard_remunerations_chugoku_shikoku USING btree (employer_id, spell_id);

CREATE INDEX standard_remunerations_late ON ONLY public.standard_remunerations USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX standard_remunerations_chugoku_shikoku_known_at_idx ON public.standard_remunerations_chugoku_shikoku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX standard_remunerations_superseded ON ONLY public.standard_remunerations USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX standard_remunerations_chugoku_shikoku_superseded_at_idx ON public.standard_remunerations_chugoku_shikoku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX standard_remunerations_hokkai_prefecture_code_employer_id_s_idx ON public.standard_remunerations_hokkaido_tohoku USING btree (prefecture_code, employer_id, spell_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX standard_remunerations_hokkaido_tohoku_employer_id_spell_id_idx ON public.standard_remunerations_hokkaido_tohoku USING btree (employer_id, spell_id);

CREATE INDEX standard_remunerations_hokkaido_tohoku_known_at_idx ON public.standard_remunerations_hokkaido_tohoku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX standard_remunerations_hokkaido_tohoku_superseded_at_idx ON public.standard_remunerations_hokkaido_tohoku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX standard_remunerations_kanaga_prefecture_code_employer_id_s_idx ON public.standard_remunerations_kanagawa_koshinetsu USING btree (prefecture_code, employer_id, spell_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX standard_remunerations_kanagawa_koshin_employer_id_spell_id_idx ON public.standard_remunerations_kanagawa_koshinetsu USING btree (employer_id, spell_id);

CREATE INDEX standard_remunerations_kanagawa_koshinetsu_known_at_idx ON public.standard_remunerations_kanagawa_koshinetsu USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX standard_remunerations_kanagawa_koshinetsu_superseded_at_idx ON public.standard_remunerations_kanagawa_koshinetsu USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX standard_remunerations_kinki_employer_id_spell_id_idx ON public.standard_remunerations_kinki USING btree (employer_id, spell_id);

CREATE INDEX standard_remunerations_kinki_known_at_idx ON public.standard_remunerations_kinki USING brin (known_at) WITH (autosummarize='on');

CREATE UNIQUE INDEX standard_remunerations_kinki_prefecture_code_employer_id_sp_idx ON public.standard_remunerations_kinki USING btree (prefecture_code, employer_id, spell_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX standard_remunerations_kinki_superseded_at_idx ON public.standard_remunerations_kinki USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX standard_remunerations_kyushu_employer_id_spell_id_idx ON public.standard_remunerations_kyushu USING btree (employer_id, spell_id);

CREATE INDEX standard_remunerations_kyushu_known_at_idx ON public.standard_remunerations_kyushu USING brin (known_at) WITH (autosummarize='on');

CREATE UNIQUE INDEX standard_remunerations_kyushu_prefecture_code_employer_id_s_idx ON public.standard_remunerations_kyushu USING btree (prefecture_code, employer_id, spell_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX standard_remunerations_kyushu_superseded_at_idx ON public.standard_remunerations_kyushu USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX standard_remunerations_north__prefecture_code_employer_id_s_idx ON public.standard_remunerations_north_kanto USING btree (prefecture_code, employer_id, spell_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX standard_remunerations_north_kanto_employer_id_spell_id_idx ON public.standard_remunerations_north_kanto USING btree (employer_id, spell_id);

CREATE INDEX standard_remunerations_north_kanto_known_at_idx ON public.standard_remunerations_north_kanto USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX standard_remunerations_north_kanto_superseded_at_idx ON public.standard_remunerations_north_kanto USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX standard_remunerations_tokai__prefecture_code_employer_id_s_idx ON public.standard_remunerations_tokai_hokuriku USING btree (prefecture_code, employer_id, spell_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX standard_remunerations_tokai_hokuriku_employer_id_spell_id_idx ON public.standard_remunerations_tokai_hokuriku USING btree (employer_id, spell_id);

CREATE INDEX standard_remunerations_tokai_hokuriku_known_at_idx ON public.standard_remunerations_tokai_hokuriku USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX standard_remunerations_tokai_hokuriku_superseded_at_idx ON public.standard_remunerations_tokai_hokuriku USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX standard_remunerations_tokyo_employer_id_spell_id_idx ON public.standard_remunerations_tokyo USING btree (employer_id, spell_id);

CREATE INDEX standard_remunerations_tokyo_known_at_idx ON public.standard_remunerations_tokyo USING brin (known_at) WITH (autosummarize='on');

CREATE UNIQUE INDEX standard_remunerations_tokyo_prefecture_code_employer_id_sp_idx ON public.standard_remunerations_tokyo USING btree (prefecture_code, employer_id, spell_id, valid_from) WHERE (superseded_at IS NULL);

CREATE INDEX standard_remunerations_tokyo_superseded_at_idx ON public.standard_remunerations_tokyo USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX survivor_claims_by_deceased ON public.survivor_claims USING btree (deceased_person_id) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX survivor_claims_current ON public.survivor_claims USING btree (person_id) WHERE (superseded_at IS NULL);

CREATE INDEX survivor_claims_late ON public.survivor_claims USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX survivor_claims_superseded ON public.survivor_claims USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE UNIQUE INDEX survivor_members_current ON public.survivor_members USING btree (person_id, member_no) WHERE (superseded_at IS NULL);

CREATE INDEX survivor_members_late ON public.survivor_members USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX survivor_members_superseded ON public.survivor_members USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);

CREATE INDEX withdrawals_late ON public.withdrawals USING brin (known_at) WITH (autosummarize='on');

CREATE INDEX workplace_selections_by_employer ON public.workplace_selections USING btree (employer_id, spell_id);

CREATE UNIQUE INDEX workplace_selections_current ON public.workplace_selections USING btree (person_id, spell_id) WHERE ((superseded_at IS NULL) AND (valid_to IS NULL));

ALTER INDEX public.bonuses_by_employer ATTACH PARTITION public.bonuses_chugoku_shikoku_employer_id_spell_id_idx;

ALTER INDEX public.bonuses_late ATTACH PARTITION public.bonuses_chugoku_shikoku_known_at_idx;

ALTER INDEX public.bonuses_pkey ATTACH PARTITION public.bonuses_chugoku_shikoku_pkey;

ALTER INDEX public.bonuses_superseded ATTACH PARTITION public.bonuses_chugoku_shikoku_superseded_at_idx;

ALTER INDEX public.bonuses_by_employer ATTACH PARTITION public.bonuses_hokkaido_tohoku_employer_id_spell_id_idx;

ALTER INDEX public.bonuses_late ATTACH PARTITION public.bonuses_hokkaido_tohoku_known_at_idx;

ALTER INDEX public.bonuses_pkey ATTACH PARTITION public.bonuses_hokkaido_tohoku_pkey;

ALTER INDEX public.bonuses_superseded ATTACH PARTITION public.bonuses_hokkaido_tohoku_superseded_at_idx;

ALTER INDEX public.bonuses_by_employer ATTACH PARTITION public.bonuses_kanagawa_koshinetsu_employer_id_spell_id_idx;

ALTER INDEX public.bonuses_late ATTACH PARTITION public.bonuses_kanagawa_koshinetsu_known_at_idx;

ALTER INDEX public.bonuses_pkey ATTACH PARTITION public.bonuses_kanagawa_koshinetsu_pkey;

ALTER INDEX public.bonuses_superseded ATTACH PARTITION public.bonuses_kanagawa_koshinetsu_superseded_at_idx;

ALTER INDEX public.bonuses_by_employer ATTACH PARTITION public.bonuses_kinki_employer_id_spell_id_idx;

ALTER INDEX public.bonuses_late ATTACH PARTITION public.bonuses_kinki_known_at_idx;

ALTER INDEX public.bonuses_pkey ATTACH PARTITION public.bonuses_kinki_pkey;

ALTER INDEX public.bonuses_superseded ATTACH PARTITION public.bonuses_kinki_superseded_at_idx;

ALTER INDEX public.bonuses_by_employer ATTACH PARTITION public.bonuses_kyushu_employer_id_spell_id_idx;

ALTER INDEX public.bonuses_late ATTACH PARTITION public.bonuses_kyushu_known_at_idx;

ALTER INDEX public.bonuses_pkey ATTACH PARTITION public.bonuses_kyushu_pkey;

ALTER INDEX public.bonuses_superseded ATTACH PARTITION public.bonuses_kyushu_superseded_at_idx;

ALTER INDEX public.bonuses_by_employer ATTACH PARTITION public.bonuses_north_kanto_employer_id_spell_id_idx;

ALTER INDEX public.bonuses_late ATTACH PARTITION public.bonuses_north_kanto_known_at_idx;

ALTER INDEX public.bonuses_pkey ATTACH PARTITION public.bonuses_north_kanto_pkey;

ALTER INDEX public.bonuses_superseded ATTACH PARTITION public.bonuses_north_kanto_superseded_at_idx;

ALTER INDEX public.bonuses_by_employer ATTACH PARTITION public.bonuses_tokai_hokuriku_employer_id_spell_id_idx;

ALTER INDEX public.bonuses_late ATTACH PARTITION public.bonuses_tokai_hokuriku_known_at_idx;

ALTER INDEX public.bonuses_pkey ATTACH PARTITION public.bonuses_tokai_hokuriku_pkey;

ALTER INDEX public.bonuses_superseded ATTACH PARTITION public.bonuses_tokai_hokuriku_superseded_at_idx;

ALTER INDEX public.bonuses_by_employer ATTACH PARTITION public.bonuses_tokyo_employer_id_spell_id_idx;

ALTER INDEX public.bonuses_late ATTACH PARTITION public.bonuses_tokyo_known_at_idx;

ALTER INDEX public.bonuses_pkey ATTACH PARTITION public.bonuses_tokyo_pkey;

ALTER INDEX public.bonuses_superseded ATTACH PARTITION public.bonuses_tokyo_superseded_at_idx;

ALTER INDEX public.coverage_spells_insured_number ATTACH PARTITION public.coverage_spells_chugoku_shiko_prefecture_code_employer_id_i_idx;

ALTER INDEX public.coverage_spells_open ATTACH PARTITION public.coverage_spells_chugoku_shiko_prefecture_code_employer_id_p_idx;

ALTER INDEX public.coverage_spells_by_employer ATTACH PARTITION public.coverage_spells_chugoku_shikoku_employer_id_spell_id_idx;

ALTER INDEX public.coverage_spells_late ATTACH PARTITION public.coverage_spells_chugoku_shikoku_known_at_idx;

ALTER INDEX public.coverage_spells_by_person ATTACH PARTITION public.coverage_spells_chugoku_shikoku_person_id_idx;

ALTER INDEX public.coverage_spells_pkey ATTACH PARTITION public.coverage_spells_chugoku_shikoku_pkey;

ALTER INDEX public.coverage_spells_superseded ATTACH PARTITION public.coverage_spells_chugoku_shikoku_superseded_at_idx;

ALTER INDEX public.coverage_spells_insured_number ATTACH PARTITION public.coverage_spells_hokkaido_toho_prefecture_code_employer_id_i_idx;

ALTER INDEX public.coverage_spells_open ATTACH PARTITION public.coverage_spells_hokkaido_toho_prefecture_code_employer_id_p_idx;

ALTER INDEX public.coverage_spells_by_employer ATTACH PARTITION public.coverage_spells_hokkaido_tohoku_employer_id_spell_id_idx;

ALTER INDEX public.coverage_spells_late ATTACH PARTITION public.coverage_spells_hokkaido_tohoku_known_at_idx;

ALTER INDEX public.coverage_spells_by_person ATTACH PARTITION public.coverage_spells_hokkaido_tohoku_person_id_idx;

ALTER INDEX public.coverage_spells_pkey ATTACH PARTITION public.coverage_spells_hokkaido_tohoku_pkey;

ALTER INDEX public.coverage_spells_superseded ATTACH PARTITION public.coverage_spells_hokkaido_tohoku_superseded_at_idx;

ALTER INDEX public.coverage_spells_insured_number ATTACH PARTITION public.coverage_spells_kanagawa_kosh_prefecture_code_employer_id_i_idx;

ALTER INDEX public.coverage_spells_open ATTACH PARTITION public.coverage_spells_kanagawa_kosh_prefecture_code_employer_id_p_idx;

ALTER INDEX public.coverage_spells_by_employer ATTACH PARTITION public.coverage_spells_kanagawa_koshinetsu_employer_id_spell_id_idx;

ALTER INDEX public.coverage_spells_late ATTACH PARTITION public.coverage_spells_kanagawa_koshinetsu_known_at_idx;

ALTER INDEX public.coverage_spells_by_person ATTACH PARTITION public.coverage_spells_kanagawa_koshinetsu_person_id_idx;

ALTER INDEX public.coverage_spells_pkey ATTACH PARTITION public.coverage_spells_kanagawa_koshinetsu_pkey;

ALTER INDEX public.coverage_spells_superseded ATTACH PARTITION public.coverage_spells_kanagawa_koshinetsu_superseded_at_idx;

ALTER INDEX public.coverage_spells_by_employer ATTACH PARTITION public.coverage_spells_kinki_employer_id_spell_id_idx;

ALTER INDEX public.coverage_spells_late ATTACH PARTITION public.coverage_spells_kinki_known_at_idx;

ALTER INDEX public.coverage_spells_by_person ATTACH PARTITION public.coverage_spells_kinki_person_id_idx;

ALTER INDEX public.coverage_spells_pkey ATTACH PARTITION public.coverage_spells_kinki_pkey;

ALTER INDEX public.coverage_spells_insured_number ATTACH PARTITION public.coverage_spells_kinki_prefecture_code_employer_id_insured_n_idx;

ALTER INDEX public.coverage_spells_open ATTACH PARTITION public.coverage_spells_kinki_prefecture_code_employer_id_person_id_idx;

ALTER INDEX public.coverage_spells_superseded ATTACH PARTITION public.coverage_spells_kinki_superseded_at_idx;

ALTER INDEX public.coverage_spells_by_employer ATTACH PARTITION public.coverage_spells_kyushu_employer_id_spell_id_idx;

ALTER INDEX public.coverage_spells_late ATTACH PARTITION public.coverage_spells_kyushu_known_at_idx;

ALTER INDEX public.coverage_spells_by_person ATTACH PARTITION public.coverage_spells_kyushu_person_id_idx;

ALTER INDEX public.coverage_spells_pkey ATTACH PARTITION public.coverage_spells_kyushu_pkey;

ALTER INDEX public.coverage_spells_insured_number ATTACH PARTITION public.coverage_spells_kyushu_prefecture_code_employer_id_insured__idx;

ALTER INDEX public.coverage_spells_open ATTACH PARTITION public.coverage_spells_kyushu_prefecture_code_employer_id_person_i_idx;

ALTER INDEX public.coverage_spells_superseded ATTACH PARTITION public.coverage_spells_kyushu_superseded_at_idx;

ALTER INDEX public.coverage_spells_by_employer ATTACH PARTITION public.coverage_spells_north_kanto_employer_id_spell_id_idx;

ALTER INDEX public.coverage_spells_late ATTACH PARTITION public.coverage_spells_north_kanto_known_at_idx;

ALTER INDEX public.coverage_spells_by_person ATTACH PARTITION public.coverage_spells_north_kanto_person_id_idx;

ALTER INDEX public.coverage_spells_pkey ATTACH PARTITION public.coverage_spells_north_kanto_pkey;

ALTER INDEX public.coverage_spells_insured_number ATTACH PARTITION public.coverage_spells_north_kanto_prefecture_code_employer_id_ins_idx;

ALTER INDEX public.coverage_spells_open ATTACH PARTITION public.coverage_spells_north_kanto_prefecture_code_employer_id_per_idx;

ALTER INDEX public.coverage_spells_superseded ATTACH PARTITION public.coverage_spells_north_kanto_superseded_at_idx;

ALTER INDEX public.coverage_spells_insured_number ATTACH PARTITION public.coverage_spells_tokai_hokurik_prefecture_code_employer_id_i_idx;

ALTER INDEX public.coverage_spells_open ATTACH PARTITION public.coverage_spells_tokai_hokurik_prefecture_code_employer_id_p_idx;

ALTER INDEX public.coverage_spells_by_employer ATTACH PARTITION public.coverage_spells_tokai_hokuriku_employer_id_spell_id_idx;

ALTER INDEX public.coverage_spells_late ATTACH PARTITION public.coverage_spells_tokai_hokuriku_known_at_idx;

ALTER INDEX public.coverage_spells_by_person ATTACH PARTITION public.coverage_spells_tokai_hokuriku_person_id_idx;

ALTER INDEX public.coverage_spells_pkey ATTACH PARTITION public.coverage_spells_tokai_hokuriku_pkey;

ALTER INDEX public.coverage_spells_superseded ATTACH PARTITION public.coverage_spells_tokai_hokuriku_superseded_at_idx;

ALTER INDEX public.coverage_spells_by_employer ATTACH PARTITION public.coverage_spells_tokyo_employer_id_spell_id_idx;

ALTER INDEX public.coverage_spells_late ATTACH PARTITION public.coverage_spells_tokyo_known_at_idx;

ALTER INDEX public.coverage_spells_by_person ATTACH PARTITION public.coverage_spells_tokyo_person_id_idx;

ALTER INDEX public.coverage_spells_pkey ATTACH PARTITION public.coverage_spells_tokyo_pkey;

ALTER INDEX public.coverage_spells_insured_number ATTACH PARTITION public.coverage_spells_tokyo_prefecture_code_employer_id_insured_n_idx;

ALTER INDEX public.coverage_spells_open ATTACH PARTITION public.coverage_spells_tokyo_prefecture_code_employer_id_person_id_idx;

ALTER INDEX public.coverage_spells_superseded ATTACH PARTITION public.coverage_spells_tokyo_superseded_at_idx;

ALTER INDEX public.leave_spells_by_employer ATTACH PARTITION public.leave_spells_chugoku_shikoku_employer_id_spell_id_idx;

ALTER INDEX public.leave_spells_late ATTACH PARTITION public.leave_spells_chugoku_shikoku_known_at_idx;

ALTER INDEX public.leave_spells_pkey ATTACH PARTITION public.leave_spells_chugoku_shikoku_pkey;

ALTER INDEX public.leave_spells_superseded ATTACH PARTITION public.leave_spells_chugoku_shikoku_superseded_at_idx;

ALTER INDEX public.leave_spells_by_employer ATTACH PARTITION public.leave_spells_hokkaido_tohoku_employer_id_spell_id_idx;

ALTER INDEX public.leave_spells_late ATTACH PARTITION public.leave_spells_hokkaido_tohoku_known_at_idx;

ALTER INDEX public.leave_spells_pkey ATTACH PARTITION public.leave_spells_hokkaido_tohoku_pkey;

ALTER INDEX public.leave_spells_superseded ATTACH PARTITION public.leave_spells_hokkaido_tohoku_superseded_at_idx;

ALTER INDEX public.leave_spells_by_employer ATTACH PARTITION public.leave_spells_kanagawa_koshinetsu_employer_id_spell_id_idx;

ALTER INDEX public.leave_spells_late ATTACH PARTITION public.leave_spells_kanagawa_koshinetsu_known_at_idx;

ALTER INDEX public.leave_spells_pkey ATTACH PARTITION public.leave_spells_kanagawa_koshinetsu_pkey;

ALTER INDEX public.leave_spells_superseded ATTACH PARTITION public.leave_spells_kanagawa_koshinetsu_superseded_at_idx;

ALTER INDEX public.leave_spells_by_employer ATTACH PARTITION public.leave_spells_kinki_employer_id_spell_id_idx;

ALTER INDEX public.leave_spells_late ATTACH PARTITION public.leave_spells_kinki_known_at_idx;

ALTER INDEX public.leave_spells_pkey ATTACH PARTITION public.leave_spells_kinki_pkey;

ALTER INDEX public.leave_spells_superseded ATTACH PARTITION public.leave_spells_kinki_superseded_at_idx;

ALTER INDEX public.leave_spells_by_employer ATTACH PARTITION public.leave_spells_kyushu_employer_id_spell_id_idx;

ALTER INDEX public.leave_spells_late ATTACH PARTITION public.leave_spells_kyushu_known_at_idx;

ALTER INDEX public.leave_spells_pkey ATTACH PARTITION public.leave_spells_kyushu_pkey;

ALTER INDEX public.leave_spells_superseded ATTACH PARTITION public.leave_spells_kyushu_superseded_at_idx;

ALTER INDEX public.leave_spells_by_employer ATTACH PARTITION public.leave_spells_north_kanto_employer_id_spell_id_idx;

ALTER INDEX public.leave_spells_late ATTACH PARTITION public.leave_spells_north_kanto_known_at_idx;

ALTER INDEX public.leave_spells_pkey ATTACH PARTITION public.leave_spells_north_kanto_pkey;

ALTER INDEX public.leave_spells_superseded ATTACH PARTITION public.leave_spells_north_kanto_superseded_at_idx;

ALTER INDEX public.leave_spells_by_employer ATTACH PARTITION public.leave_spells_tokai_hokuriku_employer_id_spell_id_idx;

ALTER INDEX public.leave_spells_late ATTACH PARTITION public.leave_spells_tokai_hokuriku_known_at_idx;

ALTER INDEX public.leave_spells_pkey ATTACH PARTITION public.leave_spells_tokai_hokuriku_pkey;

ALTER INDEX public.leave_spells_superseded ATTACH PARTITION public.leave_spells_tokai_hokuriku_superseded_at_idx;

ALTER INDEX public.leave_spells_by_employer ATTACH PARTITION public.leave_spells_tokyo_employer_id_spell_id_idx;

ALTER INDEX public.leave_spells_late ATTACH PARTITION public.leave_spells_tokyo_known_at_idx;

ALTER INDEX public.leave_spells_pkey ATTACH PARTITION public.leave_spells_tokyo_pkey;

ALTER INDEX public.leave_spells_superseded ATTACH PARTITION public.leave_spells_tokyo_superseded_at_idx;

ALTER INDEX public.standard_remunerations_current ATTACH PARTITION public.standard_remunerations_chugok_prefecture_code_employer_id_s_idx;

ALTER INDEX public.standard_remunerations_by_employer ATTACH PARTITION public.standard_remunerations_chugoku_shikoku_employer_id_spell_id_idx;

ALTER INDEX public.standard_remunerations_late ATTACH PARTITION public.standard_remunerations_chugoku_shikoku_known_at_idx;

ALTER INDEX public.standard_remunerations_pkey ATTACH PARTITION public.standard_remunerations_chugoku_shikoku_pkey;

ALTER INDEX public.standard_remunerations_superseded ATTACH PARTITION public.standard_remunerations_chugoku_shikoku_superseded_at_idx;

ALTER INDEX public.standard_remunerations_current ATTACH PARTITION public.standard_remunerations_hokkai_prefecture_code_employer_id_s_idx;

ALTER INDEX public.standard_remunerations_by_employer ATTACH PARTITION public.standard_remunerations_hokkaido_tohoku_employer_id_spell_id_idx;

ALTER INDEX public.standard_remunerations_late ATTACH PARTITION public.standard_remunerations_hokkaido_tohoku_known_at_idx;

ALTER INDEX public.standard_remunerations_pkey ATTACH PARTITION public.standard_remunerations_hokkaido_tohoku_pkey;

ALTER INDEX public.standard_remunerations_superseded ATTACH PARTITION public.standard_remunerations_hokkaido_tohoku_superseded_at_idx;

ALTER INDEX public.standard_remunerations_current ATTACH PARTITION public.standard_remunerations_kanaga_prefecture_code_employer_id_s_idx;

ALTER INDEX public.standard_remunerations_by_employer ATTACH PARTITION public.standard_remunerations_kanagawa_koshin_employer_id_spell_id_idx;

ALTER INDEX public.standard_remunerations_late ATTACH PARTITION public.standard_remunerations_kanagawa_koshinetsu_known_at_idx;

ALTER INDEX public.standard_remunerations_pkey ATTACH PARTITION public.standard_remunerations_kanagawa_koshinetsu_pkey;

ALTER INDEX public.standard_remunerations_superseded ATTACH PARTITION public.standard_remunerations_kanagawa_koshinetsu_superseded_at_idx;

ALTER INDEX public.standard_remunerations_by_employer ATTACH PARTITION public.standard_remunerations_kinki_employer_id_spell_id_idx;

ALTER INDEX public.standard_remunerations_late ATTACH PARTITION public.standard_remunerations_kinki_known_at_idx;

ALTER INDEX public.standard_remunerations_pkey ATTACH PARTITION public.standard_remunerations_kinki_pkey;

ALTER INDEX public.standard_remunerations_current ATTACH PARTITION public.standard_remunerations_kinki_prefecture_code_employer_id_sp_idx;

ALTER INDEX public.standard_remunerations_superseded ATTACH PARTITION public.standard_remunerations_kinki_superseded_at_idx;

ALTER INDEX public.standard_remunerations_by_employer ATTACH PARTITION public.standard_remunerations_kyushu_employer_id_spell_id_idx;

ALTER INDEX public.standard_remunerations_late ATTACH PARTITION public.standard_remunerations_kyushu_known_at_idx;

ALTER INDEX public.standard_remunerations_pkey ATTACH PARTITION public.standard_remunerations_kyushu_pkey;

ALTER INDEX public.standard_remunerations_current ATTACH PARTITION public.standard_remunerations_kyushu_prefecture_code_employer_id_s_idx;

ALTER INDEX public.standard_remunerations_superseded ATTACH PARTITION public.standard_remunerations_kyushu_superseded_at_idx;

ALTER INDEX public.standard_remunerations_current ATTACH PARTITION public.standard_remunerations_north__prefecture_code_employer_id_s_idx;

ALTER INDEX public.standard_remunerations_by_employer ATTACH PARTITION public.standard_remunerations_north_kanto_employer_id_spell_id_idx;

ALTER INDEX public.standard_remunerations_late ATTACH PARTITION public.standard_remunerations_north_kanto_known_at_idx;

ALTER INDEX public.standard_remunerations_pkey ATTACH PARTITION public.standard_remunerations_north_kanto_pkey;

ALTER INDEX public.standard_remunerations_superseded ATTACH PARTITION public.standard_remunerations_north_kanto_superseded_at_idx;

ALTER INDEX public.standard_remunerations_current ATTACH PARTITION public.standard_remunerations_tokai__prefecture_code_employer_id_s_idx;

ALTER INDEX public.standard_remunerations_by_employer ATTACH PARTITION public.standard_remunerations_tokai_hokuriku_employer_id_spell_id_idx;

ALTER INDEX public.standard_remunerations_late ATTACH PARTITION public.standard_remunerations_tokai_hokuriku_known_at_idx;

ALTER INDEX public.standard_remunerations_pkey ATTACH PARTITION public.standard_remunerations_tokai_hokuriku_pkey;

ALTER INDEX public.standard_remunerations_superseded ATTACH PARTITION public.standard_remunerations_tokai_hokuriku_superseded_at_idx;

ALTER INDEX public.standard_remunerations_by_employer ATTACH PARTITION public.standard_remunerations_tokyo_employer_id_spell_id_idx;

ALTER INDEX public.standard_remunerations_late ATTACH PARTITION public.standard_remunerations_tokyo_known_at_idx;

ALTER INDEX public.standard_remunerations_pkey ATTACH PARTITION public.standard_remunerations_tokyo_pkey;

ALTER INDEX public.standard_remunerations_current ATTACH PARTITION public.standard_remunerations_tokyo_prefecture_code_employer_id_sp_idx;

ALTER INDEX public.standard_remunerations_superseded ATTACH PARTITION public.standard_remunerations_tokyo_superseded_at_idx;

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON my_number.filed FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON my_number.numbers FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON my_number.filed FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON my_number.numbers FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER only_supersede BEFORE UPDATE ON my_number.numbers FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.access_log FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.employers FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.filing_steps FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.filings FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.journal FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.media_files FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.media_problems FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.np_charges FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.np_receipt_file_lines FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.np_receipt_files FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.np_receipts FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.np_settlements FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.pension_instalments FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.pension_journal FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.pension_notices FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.pension_payments FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.pension_print_pieces FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.persons FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.print_lots FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.print_pieces FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.print_runs FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_change BEFORE DELETE OR UPDATE ON public.withdrawals FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.abroad_spells FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.addresses FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.adjudications FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.awards FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.bonuses FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.collection_requests FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.contribution_years FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.coverage_spells FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.deaths FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.decisions FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.disability_claims FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.disability_grades FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.duplicate_candidates FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.duplicate_decisions FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.employer_profiles FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.household_members FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.leave_spells FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.life_spans FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.notices FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.np_reliefs FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.payees FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.pension_choices FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.pension_claims FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.pension_spells FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.person_identities FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.person_merges FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.person_numbers FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.remuneration_records FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.remuneration_splits FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.standard_remunerations FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.survivor_claims FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.survivor_members FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.tax_declarations FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.unpaid_benefit_claims FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_delete BEFORE DELETE ON public.workplace_selections FOR EACH ROW EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.abroad_spells FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.access_log FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.addresses FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.adjudications FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.awards FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.bonuses FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.bonuses_chugoku_shikoku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.bonuses_hokkaido_tohoku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.bonuses_kanagawa_koshinetsu FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.bonuses_kinki FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.bonuses_kyushu FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.bonuses_north_kanto FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.bonuses_tokai_hokuriku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.bonuses_tokyo FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.collection_requests FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.contribution_years FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.coverage_spells FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.coverage_spells_chugoku_shikoku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.coverage_spells_hokkaido_tohoku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.coverage_spells_kanagawa_koshinetsu FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.coverage_spells_kinki FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.coverage_spells_kyushu FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.coverage_spells_north_kanto FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.coverage_spells_tokai_hokuriku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.coverage_spells_tokyo FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.deaths FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.decisions FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.disability_claims FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.disability_grades FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.duplicate_candidates FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.duplicate_decisions FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.employer_profiles FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.employers FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.filing_steps FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.filings FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.household_members FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.journal FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.leave_spells FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.leave_spells_chugoku_shikoku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.leave_spells_hokkaido_tohoku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.leave_spells_kanagawa_koshinetsu FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.leave_spells_kinki FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.leave_spells_kyushu FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.leave_spells_north_kanto FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.leave_spells_tokai_hokuriku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.leave_spells_tokyo FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.life_spans FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.media_files FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.media_problems FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.notices FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.np_charges FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.np_receipt_file_lines FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.np_receipt_files FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.np_receipts FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.np_reliefs FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.np_settlements FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.payees FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.pension_choices FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.pension_claims FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.pension_instalments FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.pension_journal FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.pension_notices FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.pension_payments FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.pension_print_pieces FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.pension_spells FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.person_identities FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.person_merges FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.person_numbers FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.persons FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.print_lots FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.print_pieces FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.print_runs FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.remuneration_records FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.remuneration_splits FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.standard_remunerations FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.standard_remunerations_chugoku_shikoku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.standard_remunerations_hokkaido_tohoku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.standard_remunerations_kanagawa_koshinetsu FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.standard_remunerations_kinki FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.standard_remunerations_kyushu FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.standard_remunerations_north_kanto FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.standard_remunerations_tokai_hokuriku FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.standard_remunerations_tokyo FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.survivor_claims FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.survivor_members FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.tax_declarations FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.unpaid_benefit_claims FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.withdrawals FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER never_truncate BEFORE TRUNCATE ON public.workplace_selections FOR EACH STATEMENT EXECUTE FUNCTION public.forbid_change();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.abroad_spells FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.addresses FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.adjudications FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.awards FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.bonuses FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.collection_requests FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.contribution_years FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.coverage_spells FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.deaths FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.decisions FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.disability_claims FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.disability_grades FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.duplicate_candidates FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.duplicate_decisions FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.employer_profiles FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.household_members FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.leave_spells FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.life_spans FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.notices FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.np_reliefs FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.payees FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.pension_choices FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.pension_claims FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.pension_spells FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.person_identities FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.person_merges FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.person_numbers FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.remuneration_records FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.remuneration_splits FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.standard_remunerations FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.survivor_claims FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.survivor_members FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.tax_declarations FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.unpaid_benefit_claims FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

CREATE TRIGGER only_supersede BEFORE UPDATE ON public.workplace_selections FOR EACH ROW EXECUTE FUNCTION public.only_supersede();

ALTER TABLE ONLY my_number.filed
    ADD CONSTRAINT filed_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES public.filings(filing_id);

ALTER TABLE ONLY my_number.numbers
    ADD CONSTRAINT numbers_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.abroad_spells
    ADD CONSTRAINT abroad_spells_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.addresses
    ADD CONSTRAINT addresses_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.adjudications
    ADD CONSTRAINT adjudications_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.application_queue
    ADD CONSTRAINT application_queue_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES public.filings(filing_id);

ALTER TABLE ONLY public.awards
    ADD CONSTRAINT awards_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.clerks
    ADD CONSTRAINT clerks_office_code_fkey FOREIGN KEY (office_code) REFERENCES public.offices(office_code);

ALTER TABLE ONLY public.collection_requests
    ADD CONSTRAINT collection_requests_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.contribution_years
    ADD CONSTRAINT contribution_years_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.deaths
    ADD CONSTRAINT deaths_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.clerks(clerk_id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.clerks(clerk_id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES public.filings(filing_id);

ALTER TABLE ONLY public.disability_claims
    ADD CONSTRAINT disability_claims_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.disability_grades
    ADD CONSTRAINT disability_grades_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.duplicate_candidates
    ADD CONSTRAINT duplicate_candidates_first_person_id_fkey FOREIGN KEY (first_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.duplicate_candidates
    ADD CONSTRAINT duplicate_candidates_second_person_id_fkey FOREIGN KEY (second_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.duplicate_decisions
    ADD CONSTRAINT duplicate_decisions_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.clerks(clerk_id);

ALTER TABLE ONLY public.duplicate_decisions
    ADD CONSTRAINT duplicate_decisions_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.clerks(clerk_id);

ALTER TABLE ONLY public.duplicate_decisions
    ADD CONSTRAINT duplicate_decisions_first_person_id_fkey FOREIGN KEY (first_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.duplicate_decisions
    ADD CONSTRAINT duplicate_decisions_kept_person_id_fkey FOREIGN KEY (kept_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.duplicate_decisions
    ADD CONSTRAINT duplicate_decisions_second_person_id_fkey FOREIGN KEY (second_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.employer_profiles
    ADD CONSTRAINT employer_profiles_employer_id_fkey FOREIGN KEY (employer_id) REFERENCES public.employers(employer_id);

ALTER TABLE ONLY public.employers
    ADD CONSTRAINT employers_office_code_fkey FOREIGN KEY (office_code) REFERENCES public.offices(office_code);

ALTER TABLE ONLY public.filing_steps
    ADD CONSTRAINT filing_steps_by_clerk_fkey FOREIGN KEY (by_clerk) REFERENCES public.clerks(clerk_id);

ALTER TABLE ONLY public.filing_steps
    ADD CONSTRAINT filing_steps_filing_id_fkey FOREIGN KEY (filing_id) REFERENCES public.filings(filing_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_employer_id_fkey FOREIGN KEY (employer_id) REFERENCES public.employers(employer_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_media_file_id_fkey FOREIGN KEY (media_file_id) REFERENCES public.media_files(media_file_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_office_code_fkey FOREIGN KEY (office_code) REFERENCES public.offices(office_code);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_received_by_fkey FOREIGN KEY (received_by) REFERENCES public.clerks(clerk_id);

ALTER TABLE ONLY public.household_members
    ADD CONSTRAINT household_members_member_person_id_fkey FOREIGN KEY (member_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.household_members
    ADD CONSTRAINT household_members_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.life_spans
    ADD CONSTRAINT life_spans_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.media_problems
    ADD CONSTRAINT media_problems_media_file_id_fkey FOREIGN KEY (media_file_id) REFERENCES public.media_files(media_file_id);

ALTER TABLE ONLY public.np_charges
    ADD CONSTRAINT np_charges_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.np_receipt_file_lines
    ADD CONSTRAINT np_receipt_file_lines_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.np_receipt_files(file_id);

ALTER TABLE ONLY public.np_receipt_file_lines
    ADD CONSTRAINT np_receipt_file_lines_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.np_receipts
    ADD CONSTRAINT np_receipts_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.np_receipt_files(file_id);

ALTER TABLE ONLY public.np_receipts
    ADD CONSTRAINT np_receipts_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.np_reliefs
    ADD CONSTRAINT np_reliefs_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.np_settlements
    ADD CONSTRAINT np_settlements_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.payees
    ADD CONSTRAINT payees_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.pension_choices
    ADD CONSTRAINT pension_choices_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.pension_claims
    ADD CONSTRAINT pension_claims_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.pension_instalments
    ADD CONSTRAINT pension_instalments_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.pension_journal
    ADD CONSTRAINT pension_journal_credit_account_fkey FOREIGN KEY (credit_account) REFERENCES public.accounts(account);

ALTER TABLE ONLY public.pension_journal
    ADD CONSTRAINT pension_journal_debit_account_fkey FOREIGN KEY (debit_account) REFERENCES public.accounts(account);

ALTER TABLE ONLY public.pension_journal
    ADD CONSTRAINT pension_journal_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.pension_notices
    ADD CONSTRAINT pension_notices_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.pension_payments
    ADD CONSTRAINT pension_payments_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.pension_payments
    ADD CONSTRAINT pension_payments_recipient_person_id_fkey FOREIGN KEY (recipient_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.pension_print_pieces
    ADD CONSTRAINT pension_print_pieces_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES public.pension_notices(notice_id);

ALTER TABLE ONLY public.pension_print_pieces
    ADD CONSTRAINT pension_print_pieces_print_run_id_fkey FOREIGN KEY (print_run_id) REFERENCES public.print_runs(print_run_id);

ALTER TABLE ONLY public.pension_spells
    ADD CONSTRAINT pension_spells_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.person_identities
    ADD CONSTRAINT person_identities_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.person_merges
    ADD CONSTRAINT person_merges_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.clerks(clerk_id);

ALTER TABLE ONLY public.person_merges
    ADD CONSTRAINT person_merges_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES public.clerks(clerk_id);

ALTER TABLE ONLY public.person_merges
    ADD CONSTRAINT person_merges_kept_person_id_fkey FOREIGN KEY (kept_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.person_merges
    ADD CONSTRAINT person_merges_merged_person_id_fkey FOREIGN KEY (merged_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.person_numbers
    ADD CONSTRAINT person_numbers_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.print_lots
    ADD CONSTRAINT print_lots_print_run_id_fkey FOREIGN KEY (print_run_id) REFERENCES public.print_runs(print_run_id);

ALTER TABLE ONLY public.print_pieces
    ADD CONSTRAINT print_pieces_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES public.notices(notice_id);

ALTER TABLE ONLY public.print_pieces
    ADD CONSTRAINT print_pieces_print_run_id_fkey FOREIGN KEY (print_run_id) REFERENCES public.print_runs(print_run_id);

ALTER TABLE ONLY public.remuneration_records
    ADD CONSTRAINT remuneration_records_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.remuneration_splits
    ADD CONSTRAINT remuneration_splits_other_person_id_fkey FOREIGN KEY (other_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.remuneration_splits
    ADD CONSTRAINT remuneration_splits_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.run_jobs
    ADD CONSTRAINT run_jobs_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(run_id);

ALTER TABLE ONLY public.run_partitions
    ADD CONSTRAINT run_partitions_run_id_job_no_fkey FOREIGN KEY (run_id, job_no) REFERENCES public.run_jobs(run_id, job_no);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_clerk_id_fkey FOREIGN KEY (clerk_id) REFERENCES public.clerks(clerk_id);

ALTER TABLE ONLY public.survivor_claims
    ADD CONSTRAINT survivor_claims_deceased_person_id_fkey FOREIGN KEY (deceased_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.survivor_claims
    ADD CONSTRAINT survivor_claims_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.survivor_members
    ADD CONSTRAINT survivor_members_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.tax_declarations
    ADD CONSTRAINT tax_declarations_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.unpaid_benefit_claims
    ADD CONSTRAINT unpaid_benefit_claims_claimant_person_id_fkey FOREIGN KEY (claimant_person_id) REFERENCES public.persons(person_id);

ALTER TABLE ONLY public.unpaid_benefit_claims
    ADD CONSTRAINT unpaid_benefit_claims_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(person_id);

