-- 裁定から支払まで: claims, awards, the run of payments and the ledger by person.

CREATE TABLE pension_claims (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    filed_on date NOT NULL,
    basic_claim_month date CHECK (EXTRACT (DAY FROM basic_claim_month) = 1),
    employees_claim_month date CHECK (EXTRACT (DAY FROM employees_claim_month) = 1),
    basic_waits boolean NOT NULL,
    employees_waits boolean NOT NULL,
    spouse_addition_moves boolean NOT NULL,
    paid_through date CHECK (EXTRACT (DAY FROM paid_through) = 1),
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, known_at)
);
COMMENT ON TABLE pension_claims IS '老齢年金の請求 (国民年金法16条, 厚生年金保険法33条): 一人に現在は一行';
COMMENT ON COLUMN pension_claims.filed_on IS '請求書を受け付けた日';
COMMENT ON COLUMN pension_claims.basic_claim_month IS '老齢基礎年金の繰上げ請求・繰下げ申出の月 (空は65歳から)';
COMMENT ON COLUMN pension_claims.employees_claim_month IS '老齢厚生年金の繰上げ請求・繰下げ申出の月 (空は65歳から)';
COMMENT ON COLUMN pension_claims.basic_waits IS '老齢基礎年金は繰下げ待機中 (まだ請求しない)';
COMMENT ON COLUMN pension_claims.employees_waits IS '老齢厚生年金は繰下げ待機中 (まだ請求しない)';
COMMENT ON COLUMN pension_claims.spouse_addition_moves IS '振替加算の対象: 65歳の前日まで、この人のために配偶者に加給年金額が加算されていた';
COMMENT ON COLUMN pension_claims.paid_through IS '移行前に、最初の裁定のとおり支払われた最後の月分 (空は移行前の支払なし)';
CALL guard_fact('pension_claims');
CREATE UNIQUE INDEX pension_claims_current ON pension_claims (person_id) WHERE superseded_at IS NULL;
CREATE INDEX pension_claims_late ON pension_claims USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX pension_claims_superseded ON pension_claims (superseded_at) WHERE superseded_at IS NOT NULL;

CREATE TABLE payees (
    person_id bigint NOT NULL REFERENCES persons,
    bank_code text NOT NULL,
    branch_code text NOT NULL,
    account_type smallint NOT NULL,
    account_number text NOT NULL,
    holder_kana text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, known_at)
);
COMMENT ON TABLE payees IS '年金の受取口座。届のまま: 銀行の様式に合うかは支払のときに確かめる';
COMMENT ON COLUMN payees.account_type IS '預金種目: 1 普通, 2 当座, 4 貯蓄, 9 その他';
COMMENT ON COLUMN payees.holder_kana IS '口座名義カナ (半角)';
CALL guard_fact('payees');
CREATE UNIQUE INDEX payees_current ON payees (person_id) WHERE superseded_at IS NULL;

CREATE TABLE tax_declarations (
    person_id bigint NOT NULL REFERENCES persons,
    tax_year smallint NOT NULL,
    deductions text[] NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, tax_year, known_at)
);
COMMENT ON TABLE tax_declarations IS '公的年金等の受給者の扶養親族等申告書 (所得税法203条の6)';
COMMENT ON COLUMN tax_declarations.deductions IS '人的控除の語 (spouse, aged_spouse, dependant など)。同じ語は人数の分だけ並ぶ';
CALL guard_fact('tax_declarations');

CREATE TABLE collection_requests (
    person_id bigint NOT NULL REFERENCES persons,
    levy text NOT NULL CHECK (levy IN ('long_term_care', 'national_health', 'late_elderly', 'resident_tax')),
    municipality_code text NOT NULL,
    amount_yen bigint NOT NULL CHECK (amount_yen > 0),
    reason text NOT NULL,
    valid_from date NOT NULL CHECK (EXTRACT (DAY FROM valid_from) = 1),
    valid_to date CHECK (valid_to > valid_from AND EXTRACT (DAY FROM valid_to) = 1),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, levy, valid_from, known_at)
);
COMMENT ON TABLE collection_requests IS '特別徴収の依頼 (介護保険法134条〜136条 ほか): 支払一回ごとの額。可否は市町村が判定した';
COMMENT ON COLUMN collection_requests.valid_from IS '最初の支払期月の1日';
COMMENT ON COLUMN collection_requests.valid_to IS '徴収しなくなる支払期月の1日 (空は続く)';
CALL guard_fact('collection_requests');

CREATE TABLE awards (
    person_id bigint NOT NULL REFERENCES persons,
    manner text CHECK (manner IN ('special', 'early', 'from_65')),
    right_on date NOT NULL,
    basic_of text DEFAULT 'old_age' CHECK (basic_of IN ('old_age', 'disability', 'survivor')),
    employees_of text DEFAULT 'old_age' CHECK (employees_of IN ('old_age', 'disability')),
    grade smallint CHECK (grade BETWEEN 1 AND 3),
    basic_yen bigint NOT NULL CHECK (basic_yen >= 0),
    additional_yen bigint NOT NULL CHECK (additional_yen >= 0),
    furikae_yen bigint NOT NULL CHECK (furikae_yen >= 0),
    children_yen bigint NOT NULL DEFAULT 0 CHECK (children_yen >= 0),
    proportional_yen bigint NOT NULL CHECK (proportional_yen >= 0),
    transitional_yen bigint NOT NULL,
    adjustment_yen bigint NOT NULL,
    family_yen bigint NOT NULL CHECK (family_yen >= 0),
    stopped_yen bigint NOT NULL CHECK (stopped_yen >= 0),
    survivor_yen bigint NOT NULL DEFAULT 0 CHECK (survivor_yen >= 0),
    survivor_stopped_yen bigint NOT NULL DEFAULT 0 CHECK (survivor_stopped_yen BETWEEN 0 AND survivor_yen),
    basic_total_yen bigint NOT NULL CHECK (basic_total_yen = basic_yen + additional_yen + furikae_yen + children_yen),
    employees_total_yen bigint NOT NULL CHECK (employees_total_yen >= 0 AND employees_total_yen
        = proportional_yen + transitional_yen + adjustment_yen + family_yen - stopped_yen),
    survivor_total_yen bigint NOT NULL DEFAULT 0 CHECK (survivor_total_yen = survivor_yen - survivor_stopped_yen),
    suspended text[] NOT NULL DEFAULT '{}',
    cause text NOT NULL,
    cause_filing_id bigint,
    run_id text NOT NULL,
    valid_from date NOT NULL CHECK (EXTRACT (DAY FROM valid_from) = 1),
    valid_to date CHECK (valid_to > valid_from AND EXTRACT (DAY FROM valid_to) = 1),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, valid_from, known_at)
);
COMMENT ON TABLE awards IS '裁定・改定 (国民年金法16条, 厚生年金保険法33条): 一人に支給する年金の年額と、その月の幅。明細は事実から再び計算する';
COMMENT ON COLUMN awards.manner IS '老齢年金の受け方 (老齢年金を支給しない月は空)';
COMMENT ON COLUMN awards.right_on IS '支給する年金の受給権の発生した日 (老齢があれば老齢)';
COMMENT ON COLUMN awards.basic_of IS '支給する基礎年金の支給事由 (空は基礎年金なし)';
COMMENT ON COLUMN awards.employees_of IS '支給する厚生年金 (遺族厚生年金を除く) の支給事由 (空はなし)';
COMMENT ON COLUMN awards.grade IS '障害等級 (障害年金を支給する月)';
COMMENT ON COLUMN awards.children_yen IS '子の加算 (障害基礎年金・遺族基礎年金)';
COMMENT ON COLUMN awards.survivor_yen IS '遺族厚生年金 (中高齢寡婦加算・経過的寡婦加算を含む、この人の分)';
COMMENT ON COLUMN awards.survivor_stopped_yen IS '自身の老齢厚生年金に相当する支給停止額 (厚生年金保険法64条の2)';
COMMENT ON COLUMN awards.suspended IS '併給の調整により支給停止の受給権 (国民年金法20条, 厚生年金保険法38条)';
COMMENT ON COLUMN awards.adjustment_yen IS '繰上げの減額 (負) または繰下げの増額';
COMMENT ON COLUMN awards.family_yen IS '加給年金額';
COMMENT ON COLUMN awards.stopped_yen IS '在職支給停止額';
COMMENT ON COLUMN awards.cause IS '裁定・改定の理由の語 (claim, annual_revision, in_service, record_change など)';
COMMENT ON COLUMN awards.valid_from IS 'この年額による最初の月分';
COMMENT ON COLUMN awards.valid_to IS 'この年額によらなくなる月分 (空は続く)';
CALL guard_fact('awards');
CREATE UNIQUE INDEX awards_current ON awards (person_id, valid_from) WHERE superseded_at IS NULL;
CREATE INDEX awards_by_run ON awards (run_id);

CREATE TABLE adjudications (
    person_id bigint NOT NULL REFERENCES persons,
    looked_at_on date NOT NULL,
    look_again_from date,
    standing text NOT NULL CHECK (standing IN ('no_right', 'not_yet', 'payable', 'waiting', 'suspended', 'ended', 'held')),
    run_id text NOT NULL,
    cutoff_at timestamptz NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, known_at)
);
COMMENT ON TABLE adjudications IS '裁定の経過: いつ、どの締切で見たか、次はいつ見るか';
COMMENT ON COLUMN adjudications.look_again_from IS '事実が変わらなくても、この月分から額が変わりうる (年齢、改定率、在職)';
COMMENT ON COLUMN adjudications.cutoff_at IS 'この締切までの事実を見た。後に知られた事実は次に見る';
CALL guard_fact('adjudications');
CREATE UNIQUE INDEX adjudications_current ON adjudications (person_id) WHERE superseded_at IS NULL;
CREATE INDEX adjudications_due ON adjudications (look_again_from) WHERE superseded_at IS NULL;

CREATE TABLE pension_instalments (
    person_id bigint NOT NULL REFERENCES persons,
    for_payment date NOT NULL CHECK (EXTRACT (DAY FROM for_payment) = 1),
    paid_in date NOT NULL CHECK (EXTRACT (DAY FROM paid_in) = 1),
    basic_yen bigint NOT NULL,
    employees_yen bigint NOT NULL,
    february_basic_yen bigint NOT NULL,
    february_employees_yen bigint NOT NULL,
    survivor_yen bigint NOT NULL DEFAULT 0,
    february_survivor_yen bigint NOT NULL DEFAULT 0,
    cause text NOT NULL,
    cause_filing_id bigint,
    run_id text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, for_payment, run_id)
);
COMMENT ON TABLE pension_instalments IS '支払期月ごとの支払額の計上 (国民年金法18条の2, 厚生年金保険法36条の2)。後の変更は差額の行。端数は裁定から再び導く';
COMMENT ON COLUMN pension_instalments.survivor_yen IS '遺族厚生年金。employees_yen は自身の厚生年金 (老齢・障害): 端数は年金ごとに切る';
COMMENT ON COLUMN pension_instalments.for_payment IS '本来の支払期月の1日 (前々月と前月の月分)';
COMMENT ON COLUMN pension_instalments.paid_in IS '計上した支払の月の1日';
COMMENT ON COLUMN pension_instalments.february_basic_yen IS '二月期に加算した端数 (内数)';
CALL guard_posted('pension_instalments');

CREATE TABLE pension_payments (
    person_id bigint NOT NULL REFERENCES persons,
    payment_on date NOT NULL,
    kind text NOT NULL CHECK (kind IN ('regular', 'special', 'unpaid_benefit')),
    basic_yen bigint NOT NULL CHECK (basic_yen >= 0),
    employees_yen bigint NOT NULL CHECK (employees_yen >= 0),
    survivor_yen bigint NOT NULL DEFAULT 0 CHECK (survivor_yen >= 0),
    set_off_yen bigint NOT NULL CHECK (set_off_yen >= 0),
    income_tax_yen bigint NOT NULL,
    long_term_care_yen bigint NOT NULL CHECK (long_term_care_yen >= 0),
    national_health_yen bigint NOT NULL CHECK (national_health_yen >= 0),
    late_elderly_yen bigint NOT NULL CHECK (late_elderly_yen >= 0),
    resident_tax_yen bigint NOT NULL CHECK (resident_tax_yen >= 0),
    net_yen bigint NOT NULL CHECK (net_yen >= 0 AND net_yen = basic_yen + employees_yen + survivor_yen - set_off_yen
        - income_tax_yen
        - long_term_care_yen - national_health_yen - late_elderly_yen - resident_tax_yen),
    recipient_person_id bigint REFERENCES persons,
    bank_code text,
    branch_code text,
    account_type smallint,
    account_number text,
    holder_kana text,
    held_reason text,
    run_id text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, payment_on, kind, run_id)
);
COMMENT ON TABLE pension_payments IS '年金の支払: 一人に一回一行。控除と差引の額、送った口座';
COMMENT ON COLUMN pension_payments.kind IS 'regular 定期, special 随時 (初回・差額), unpaid_benefit 未支給年金';
COMMENT ON COLUMN pension_payments.survivor_yen IS '遺族厚生年金';
COMMENT ON COLUMN pension_payments.set_off_yen IS '過払額の内払・充当 (国民年金法21条・21条の2)';
COMMENT ON COLUMN pension_payments.income_tax_yen IS '源泉徴収税額。令和7年12月の精算で還付する額は負';
COMMENT ON COLUMN pension_payments.recipient_person_id IS '未支給年金の請求者';
COMMENT ON COLUMN pension_payments.held_reason IS '振り込めない理由 (口座なし、銀行の様式に合わない)。空は送った';
CALL guard_posted('pension_payments');
CREATE INDEX pension_payments_by_run ON pension_payments (run_id);

ALTER TABLE accounts ADD COLUMN in_journal boolean NOT NULL DEFAULT true;
ALTER TABLE accounts ADD COLUMN in_pension_journal boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN accounts.in_journal IS '事業所の仕訳帳 (journal) で使う';
COMMENT ON COLUMN accounts.in_pension_journal IS '年金の仕訳帳 (pension_journal) で使う';
UPDATE accounts SET in_pension_journal = true WHERE account IN ('receivable', 'cash', 'loss');
INSERT INTO accounts (account, name_ja, kind, in_journal, in_pension_journal) VALUES
    ('benefit_basic_pension', '基礎年金給付費', 'expense', false, true),
    ('benefit_employees_pension', '厚生年金給付費', 'expense', false, true),
    ('pension_payable', '未払年金', 'liability', false, true),
    ('pension_overpaid', '返納金債権', 'asset', false, true),
    ('pension_fund', '年金支払資金', 'asset', false, true),
    ('withheld_income_tax', '預り金 (源泉所得税)', 'liability', false, true),
    ('withheld_long_term_care', '預り金 (介護保険料)', 'liability', false, true),
    ('withheld_national_health', '預り金 (国民健康保険料)', 'liability', false, true),
    ('withheld_late_elderly', '預り金 (後期高齢者医療保険料)', 'liability', false, true),
    ('withheld_resident_tax', '預り金 (個人住民税)', 'liability', false, true),
    ('income_national_pension', '国民年金保険料収入', 'income', false, true);

CREATE TABLE pension_journal (
    entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('accrual', 'payment', 'withholding', 'set_off', 'overpayment', 'assessment',
        'receipt', 'write_off')),
    debit_account text NOT NULL REFERENCES accounts,
    credit_account text NOT NULL REFERENCES accounts,
    scheme text NOT NULL CHECK (scheme IN ('basic_pension', 'employees_pension', 'national_pension')),
    person_id bigint REFERENCES persons,
    for_month date NOT NULL CHECK (EXTRACT (DAY FROM for_month) = 1),
    amount_yen bigint NOT NULL CHECK (amount_yen > 0),
    business_on date NOT NULL,
    run_id text NOT NULL,
    partition_no integer NOT NULL,
    cause_filing_id bigint,
    reason text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    CHECK (debit_account <> credit_account)
);
COMMENT ON TABLE pension_journal IS '年金の仕訳帳 (複式): 支給の計上・支払・控除・返納金・国民年金保険料。訂正は逆の仕訳';
COMMENT ON COLUMN pension_journal.scheme IS '制度: basic_pension 基礎年金給付, employees_pension 厚生年金給付, national_pension 国民年金保険料';
COMMENT ON COLUMN pension_journal.person_id IS '返納金は人ごと。空は区分の合計 (内訳は pension_payments, np_charges)';
COMMENT ON COLUMN pension_journal.for_month IS '支払期月、または保険料の月分';
CREATE INDEX pension_journal_by_run ON pension_journal (run_id);
CREATE INDEX pension_journal_by_person ON pension_journal (person_id) WHERE person_id IS NOT NULL;
CALL guard_posted('pension_journal');

CREATE TABLE unpaid_benefit_claims (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    claimant_person_id bigint REFERENCES persons,
    claimant_kana text NOT NULL,
    relation text NOT NULL CHECK (relation IN ('spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling', 'third_degree')),
    shared_livelihood boolean NOT NULL,
    filed_on date NOT NULL,
    bank_code text NOT NULL,
    branch_code text NOT NULL,
    account_type smallint NOT NULL,
    account_number text NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, known_at)
);
COMMENT ON TABLE unpaid_benefit_claims IS '未支給年金の請求 (国民年金法19条, 厚生年金保険法37条)';
COMMENT ON COLUMN unpaid_benefit_claims.claimant_kana IS '請求者の口座名義カナ (半角)';
CALL guard_fact('unpaid_benefit_claims');

CREATE TABLE pension_notices (
    notice_id text PRIMARY KEY,
    run_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('claim_form_special', 'claim_form_65', 'coverage_postcard', 'coverage_letter',
        'award', 'award_change', 'payment', 'overpayment', 'enrolment_advice')),
    person_id bigint NOT NULL REFERENCES persons,
    for_month date NOT NULL CHECK (EXTRACT (DAY FROM for_month) = 1),
    issued_on date NOT NULL,
    body jsonb NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE pension_notices IS '人への通知: 請求書の事前送付, ねんきん定期便, 決定・変更・振込・返納の通知, 適用勧奨';
COMMENT ON COLUMN pension_notices.notice_id IS '種類-月-人 から作る';
COMMENT ON COLUMN pension_notices.body IS '通知に印字する額と文 (平易な日本語の理由を含む)';
CREATE INDEX pension_notices_by_person ON pension_notices (person_id);
CREATE INDEX pension_notices_by_run ON pension_notices (run_id, kind);
CALL guard_posted('pension_notices');

CREATE TABLE pension_print_pieces (
    print_run_id text NOT NULL REFERENCES print_runs,
    seq bigint NOT NULL,
    lot_no integer NOT NULL,
    notice_id text NOT NULL REFERENCES pension_notices,
    PRIMARY KEY (print_run_id, seq)
);
COMMENT ON TABLE pension_print_pieces IS '人への通知の印刷の一通: ランの中の連番と通知 (print_runs.kind は letter)';
COMMENT ON COLUMN pension_print_pieces.seq IS '連番8桁 (10000001 から)';
CREATE INDEX pension_print_pieces_by_notice ON pension_print_pieces (notice_id);
CALL guard_posted('pension_print_pieces');
