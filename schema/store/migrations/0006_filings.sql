-- Filings (届書), the media they came on, their course, and what was decided.

CREATE TABLE media_files (
    media_file_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sha256 bytea NOT NULL UNIQUE,
    file_name text NOT NULL,
    sender text NOT NULL,
    media_serial text NOT NULL,
    created_on date,
    business_on date NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('taken', 'refused')),
    record_count integer NOT NULL,
    taken_count integer NOT NULL,
    refused_count integer NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    CHECK (record_count = taken_count + refused_count)
);
COMMENT ON TABLE media_files IS '電子媒体届書の受付。同じ内容 (SHA-256) は二度受け付けない';
COMMENT ON COLUMN media_files.sender IS '提出元: 事業所整理記号または社会保険労務士コード';
COMMENT ON COLUMN media_files.media_serial IS '媒体通番';
COMMENT ON COLUMN media_files.outcome IS 'taken 受付 (記録ごとの返戻を含む), refused ファイル全体の返戻';
CALL guard_posted('media_files');

CREATE TABLE media_problems (
    media_file_id bigint NOT NULL REFERENCES media_files,
    problem_no integer NOT NULL,
    line_no integer NOT NULL,
    column_no integer,
    item text NOT NULL,
    code text NOT NULL,
    message text NOT NULL,
    warning boolean NOT NULL,
    PRIMARY KEY (media_file_id, problem_no)
);
COMMENT ON TABLE media_problems IS '返戻理由・注意: 提出者の言葉で (行・項目・理由)。個人の値は書かない';
CALL guard_posted('media_problems');

CREATE TABLE filings (
    filing_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reception_number text NOT NULL UNIQUE,
    form_code text NOT NULL,
    channel text NOT NULL CHECK (channel IN ('counter', 'post', 'media', 'online', 'contractor', 'municipality')),
    office_code text NOT NULL REFERENCES offices,
    employer_id bigint NOT NULL REFERENCES employers,
    insured_number integer,
    payload jsonb NOT NULL,
    payload_sha256 bytea NOT NULL,
    my_number_sealed bytea,
    sender text NOT NULL,
    sender_key text NOT NULL,
    media_file_id bigint REFERENCES media_files,
    media_line integer,
    business_on date NOT NULL,
    received_by bigint REFERENCES clerks,
    known_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (sender, sender_key)
);
COMMENT ON TABLE filings IS '届書';
COMMENT ON COLUMN filings.reception_number IS '受付番号: 事務所コード-業務日付-連番';
COMMENT ON COLUMN filings.form_code IS '様式コード (2200700 など)';
COMMENT ON COLUMN filings.channel IS '経路: 窓口・郵送・電子媒体・電子申請・委託入力・市町村';
COMMENT ON COLUMN filings.payload IS '届の内容 (個人番号を含まない)';
COMMENT ON COLUMN filings.payload_sha256 IS '同じ内容の届を見分ける';
COMMENT ON COLUMN filings.my_number_sealed IS '届にあった個人番号 (暗号文)';
COMMENT ON COLUMN filings.sender_key IS '送り手の付けた鍵: 同じ鍵の再送には同じ受付を返す';
CREATE INDEX filings_by_employer ON filings (employer_id, filing_id);
CREATE INDEX filings_by_content ON filings (payload_sha256);
CALL guard_posted('filings');

CREATE TABLE filing_steps (
    filing_id bigint NOT NULL REFERENCES filings,
    step_no smallint NOT NULL,
    step text NOT NULL CHECK (step IN ('received', 'entered', 'examined', 'returned', 'drafted', 'approved', 'refused',
        'applied', 'notified', 'completed')),
    by_clerk bigint REFERENCES clerks,
    by_system text,
    note text,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (filing_id, step_no),
    CHECK ((by_clerk IS NULL) <> (by_system IS NULL))
);
COMMENT ON TABLE filing_steps IS '届書経過: 受付 → 入力 → 審査 → (返戻) → 起案 → 決裁 → 反映 → 通知 → 完了';
COMMENT ON COLUMN filing_steps.step IS '受付 received, 入力 entered, 審査 examined, 返戻 returned, 起案 drafted, 決裁 approved, 否決 refused, 反映 applied, 通知 notified, 完了 completed';
COMMENT ON COLUMN filing_steps.by_system IS '職員でなく処理が行ったとき、その名 (intake, night など)';
CALL guard_posted('filing_steps');

CREATE TABLE decisions (
    filing_id bigint NOT NULL REFERENCES filings,
    outcome text NOT NULL CHECK (outcome IN ('approved', 'refused')),
    drafted_by bigint REFERENCES clerks,
    approved_by bigint REFERENCES clerks,
    rule text NOT NULL,
    receipt jsonb,
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    PRIMARY KEY (filing_id, known_at),
    CHECK (drafted_by IS NULL OR approved_by IS NULL OR drafted_by <> approved_by)
);
COMMENT ON TABLE decisions IS '決定 (起案・決裁)。起案した者は決裁できない';
COMMENT ON COLUMN decisions.rule IS '決裁の根拠: human 人の決裁, automatic_media 電子媒体の機械審査';
COMMENT ON COLUMN decisions.receipt IS '標準報酬などの計算の明細';
CALL guard_fact('decisions');

CREATE TABLE application_queue (
    filing_id bigint PRIMARY KEY REFERENCES filings,
    employer_id bigint NOT NULL,
    approved_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE application_queue IS '決裁済みで未反映の届。夜間に反映すると消える (経過は filing_steps に残る)';
CREATE INDEX application_queue_by_employer ON application_queue (employer_id, filing_id);
