-- Who looked at what, and why. Each row carries the hash of the one before it, so that a changed or missing row shows.

CREATE TABLE access_log (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    office_code text,
    action text NOT NULL,
    subject text NOT NULL,
    purpose text NOT NULL,
    outcome text NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL
);
COMMENT ON TABLE access_log IS 'アクセス記録: 照会と変更のすべて。ハッシュの鎖';
COMMENT ON COLUMN access_log.hash IS 'SHA-256 (previous_hash + 各列を決まった形で並べたもの)';
CREATE INDEX access_log_by_subject ON access_log (subject, seq);
CALL guard_posted('access_log');

CREATE TABLE settings (
    name text PRIMARY KEY,
    value text NOT NULL
);
COMMENT ON TABLE settings IS 'データベースに一つの値: 最初の調定月 first_month など';
