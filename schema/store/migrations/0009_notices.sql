-- What was told to employers, and the lots it was printed in.

CREATE TABLE notices (
    notice_id text PRIMARY KEY,
    run_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('debit_notice', 'payment_slip')),
    employer_id bigint NOT NULL,
    for_month date NOT NULL CHECK (EXTRACT (DAY FROM for_month) = 1),
    issued_on date NOT NULL,
    due_on date NOT NULL,
    insured_count integer NOT NULL,
    hi_yen bigint NOT NULL,
    epi_yen bigint NOT NULL,
    contribution_yen bigint NOT NULL,
    total_yen bigint NOT NULL CHECK (total_yen > 0),
    known_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz,
    CHECK (total_yen = hi_yen + epi_yen + contribution_yen)
);
COMMENT ON TABLE notices IS '保険料納入告知額通知書 (口座振替) と納入告知書 (納付書)';
COMMENT ON COLUMN notices.due_on IS '納期限 (厚生年金保険法83条1項)';
CREATE INDEX notices_by_employer ON notices (employer_id, for_month);
CREATE INDEX notices_by_run ON notices (run_id);
CALL guard_fact('notices');

CREATE TABLE print_runs (
    print_run_id text PRIMARY KEY,
    run_id text NOT NULL,
    kind text NOT NULL,
    lot_count integer NOT NULL,
    piece_count bigint NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE print_runs IS '印刷ラン';

CREATE TABLE print_pieces (
    print_run_id text NOT NULL REFERENCES print_runs,
    seq bigint NOT NULL,
    lot_no integer NOT NULL,
    notice_id text NOT NULL REFERENCES notices,
    PRIMARY KEY (print_run_id, seq)
);
COMMENT ON TABLE print_pieces IS '印刷の一通: ランの中の連番と通知';
COMMENT ON COLUMN print_pieces.seq IS '連番8桁 (10000001 から)';

CREATE TABLE print_lots (
    print_run_id text NOT NULL REFERENCES print_runs,
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
    PRIMARY KEY (print_run_id, lot_no),
    CHECK (last_seq - first_seq + 1 = piece_count)
);
COMMENT ON TABLE print_lots IS '印刷ロット: 一つの PDF';
