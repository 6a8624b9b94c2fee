-- The night's own books: runs, their frozen plan, leases, verdicts and files.

CREATE TABLE runs (
    run_id text PRIMARY KEY,
    business_on date NOT NULL,
    cutoff_at timestamptz,
    law_version text NOT NULL,
    program_version text NOT NULL,
    state text NOT NULL CHECK (state IN ('planning', 'running', 'done', 'stopped')),
    stop_reason text,
    lease_owner text NOT NULL,
    lease_until timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
COMMENT ON TABLE runs IS '夜間処理の実行';
COMMENT ON COLUMN runs.cutoff_at IS '締切の時刻: これより前に知られた事実だけを読む';
COMMENT ON COLUMN runs.state IS '計画中・実行中・終了・中止';
COMMENT ON COLUMN runs.lease_owner IS '実行している処理 (ホスト名:プロセス番号)';
COMMENT ON COLUMN runs.lease_until IS '生きている印の期限。過ぎたら --resume で引き継げる';
CREATE UNIQUE INDEX runs_one_at_a_time ON runs ((true)) WHERE state IN ('planning', 'running', 'stopped');

CREATE TABLE run_jobs (
    run_id text NOT NULL REFERENCES runs,
    job_no smallint NOT NULL,
    job text NOT NULL,
    for_month date,
    state text NOT NULL CHECK (state IN ('open', 'done')),
    rejected_max integer NOT NULL,
    totals jsonb,
    finished_at timestamptz,
    PRIMARY KEY (run_id, job_no)
);
COMMENT ON TABLE run_jobs IS '実行に含まれる仕事';
COMMENT ON COLUMN run_jobs.for_month IS '月分 (その月の1日)';
COMMENT ON COLUMN run_jobs.rejected_max IS '却下がこの数を超えたら実行を止める';
COMMENT ON COLUMN run_jobs.totals IS '書かれたものから数え直した合計';

CREATE TABLE run_partitions (
    run_id text NOT NULL,
    job_no smallint NOT NULL,
    partition_no integer NOT NULL,
    key_from bigint NOT NULL,
    key_to bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'committed')),
    read_count bigint,
    done_count bigint,
    held_count bigint,
    rejected_count bigint,
    totals jsonb,
    committed_at timestamptz,
    PRIMARY KEY (run_id, job_no, partition_no),
    FOREIGN KEY (run_id, job_no) REFERENCES run_jobs,
    CHECK (read_count = done_count + held_count + rejected_count)
);
COMMENT ON TABLE run_partitions IS '仕事の区分: 鍵の範囲 [key_from, key_to)。一区分は一度に確定する';

CREATE TABLE run_files (
    run_id text NOT NULL,
    job_no smallint NOT NULL,
    partition_no integer NOT NULL,
    path text NOT NULL,
    row_count bigint NOT NULL,
    byte_count bigint NOT NULL,
    sha256 bytea NOT NULL,
    PRIMARY KEY (run_id, job_no, partition_no, path)
);
COMMENT ON TABLE run_files IS '実行が書いたファイル (lake からの相対パス) と指紋';

CREATE TABLE run_verdicts (
    run_id text NOT NULL,
    job_no smallint NOT NULL,
    partition_no integer NOT NULL,
    subject text NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('held', 'rejected')),
    code text NOT NULL,
    message text NOT NULL,
    PRIMARY KEY (run_id, job_no, partition_no, subject, code)
);
COMMENT ON TABLE run_verdicts IS '保留・却下になった記録とその理由';
