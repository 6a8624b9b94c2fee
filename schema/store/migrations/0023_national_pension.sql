-- 国民年金保険料: what was decided and what was paid, month by month; the marks of contribution_years follow from both.

CREATE TABLE np_reliefs (
    record_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    relief text NOT NULL CHECK (relief IN ('MATERNITY', 'CHILDCARE', 'STATUTORY', 'STUDENT', 'FULL', 'DEFERRAL',
        'THREE_QUARTERS', 'HALF', 'ONE_QUARTER')),
    applied_on date,
    decided_on date NOT NULL,
    reason text NOT NULL,
    cause_filing_id bigint,
    valid_from date NOT NULL CHECK (EXTRACT (DAY FROM valid_from) = 1),
    valid_to date NOT NULL CHECK (valid_to > valid_from AND EXTRACT (DAY FROM valid_to) = 1),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (person_id, record_id, known_at)
);
COMMENT ON TABLE np_reliefs IS '免除・猶予・学生納付特例の決定 (国民年金法88条の2〜90条の3)';
COMMENT ON COLUMN np_reliefs.relief IS '種類の語 (法令の表の鍵と同じ)';
COMMENT ON COLUMN np_reliefs.valid_from IS '最初の月の1日';
COMMENT ON COLUMN np_reliefs.valid_to IS '最後の月の翌月の1日';
CALL guard_fact('np_reliefs');

CREATE TABLE np_receipt_files (
    file_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha256 bytea NOT NULL UNIQUE,
    file_name text NOT NULL,
    layout text NOT NULL CHECK (layout = 'zengin_91'),
    paid_on date NOT NULL,
    business_on date NOT NULL,
    booked_count integer NOT NULL,
    booked_yen bigint NOT NULL,
    unpaid_count integer NOT NULL,
    unpaid_yen bigint NOT NULL,
    referred_count integer NOT NULL,
    referred_yen bigint NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE np_receipt_files IS '国民年金保険料の収納のファイル。同じ内容 (SHA-256) は二度受け付けない';
COMMENT ON COLUMN np_receipt_files.layout IS '様式: zengin_91 全銀協規定形式 (預金口座振替の結果)';
COMMENT ON COLUMN np_receipt_files.paid_on IS '引落日';
COMMENT ON COLUMN np_receipt_files.booked_yen IS '収納とした額';
COMMENT ON COLUMN np_receipt_files.unpaid_yen IS '振替できなかった額';
COMMENT ON COLUMN np_receipt_files.referred_yen IS '振替されたが、だれの何月分か分からず照会する額';
CALL guard_posted('np_receipt_files');

CREATE TABLE np_receipt_file_lines (
    file_id bigint NOT NULL REFERENCES np_receipt_files,
    line_no integer NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('unpaid', 'referred')),
    code text NOT NULL,
    customer_number text NOT NULL,
    amount_yen bigint NOT NULL,
    person_id bigint REFERENCES persons,
    PRIMARY KEY (file_id, line_no)
);
COMMENT ON TABLE np_receipt_file_lines IS '収納としなかった行: 振替不能と照会';
COMMENT ON COLUMN np_receipt_file_lines.customer_number IS '顧客番号 (基礎年金番号・月分・種類)';
CALL guard_posted('np_receipt_file_lines');

CREATE TABLE np_receipts (
    receipt_id bigint NOT NULL,
    person_id bigint NOT NULL REFERENCES persons,
    for_month date NOT NULL CHECK (EXTRACT (DAY FROM for_month) = 1),
    kind text NOT NULL CHECK (kind IN ('monthly', 'prepaid', 'additional', 'late_payment', 'reversal')),
    amount_yen bigint NOT NULL CHECK ((kind = 'reversal') = (amount_yen < 0)),
    paid_on date NOT NULL,
    channel text NOT NULL CHECK (channel IN ('bank', 'debit', 'store', 'card', 'counter')),
    file_id bigint REFERENCES np_receipt_files,
    reason text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, for_month, receipt_id)
);
COMMENT ON TABLE np_receipts IS '国民年金保険料の収納: 月分ごとに一行。取消は負の行';
COMMENT ON COLUMN np_receipts.file_id IS '収納のファイル (移行した収納にはない)';
COMMENT ON COLUMN np_receipts.kind IS 'monthly 定額, prepaid 前納, additional 付加, late_payment 追納, reversal 取消';
CREATE SEQUENCE np_receipt_ids;
COMMENT ON SEQUENCE np_receipt_ids IS '国民年金保険料の収納の番号';
CALL guard_posted('np_receipts');

CREATE TABLE np_charges (
    person_id bigint NOT NULL REFERENCES persons,
    for_month date NOT NULL CHECK (EXTRACT (DAY FROM for_month) = 1),
    charge_yen bigint NOT NULL,
    due_on date NOT NULL,
    relief text,
    booked_in date NOT NULL CHECK (EXTRACT (DAY FROM booked_in) = 1),
    run_id text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, for_month, booked_in, run_id)
);
COMMENT ON TABLE np_charges IS '国民年金保険料の調定: 一人一月に一行。後の変更は差額の行 (負もある)';
COMMENT ON COLUMN np_charges.charge_yen IS '納付すべき額 (免除の残り、差額)';
COMMENT ON COLUMN np_charges.booked_in IS '調定した夜間処理の月';
CALL guard_posted('np_charges');
CREATE INDEX np_charges_by_run ON np_charges (run_id);

CREATE TABLE np_settlements (
    person_id bigint NOT NULL REFERENCES persons,
    for_month date NOT NULL CHECK (EXTRACT (DAY FROM for_month) = 1),
    kind text NOT NULL CHECK (kind IN ('receipt', 'late_payment', 'write_off')),
    amount_yen bigint NOT NULL CHECK (amount_yen <> 0),
    booked_in date NOT NULL CHECK (EXTRACT (DAY FROM booked_in) = 1),
    run_id text NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, for_month, kind, booked_in, run_id)
);
COMMENT ON TABLE np_settlements IS '国民年金保険料の充当・追納・不納欠損: 一人一月の額。後の変更は差額の行 (負もある)';
COMMENT ON COLUMN np_settlements.kind IS 'receipt 納付すべき額に充てた収納, late_payment 追納, write_off 時効による不納欠損';
COMMENT ON COLUMN np_settlements.booked_in IS '計上した夜間処理の月';
CALL guard_posted('np_settlements');
CREATE INDEX np_settlements_by_run ON np_settlements (run_id);
