-- Offices of the insurer and the people who work there.

CREATE TABLE offices (
    office_code text PRIMARY KEY,
    name text NOT NULL,
    prefecture_code smallint NOT NULL CHECK (prefecture_code BETWEEN 1 AND 47)
);
COMMENT ON TABLE offices IS '年金事務所 (社会保険事務所)';
COMMENT ON COLUMN offices.office_code IS '事務所コード: JIS 都道府県コード2桁 + 連番2桁';
COMMENT ON COLUMN offices.prefecture_code IS '都道府県コード (JIS X 0401)';

CREATE TABLE clerks (
    clerk_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login text NOT NULL UNIQUE,
    name text NOT NULL,
    password_hash text NOT NULL,
    office_code text NOT NULL REFERENCES offices,
    roles text[] NOT NULL,
    area text NOT NULL DEFAULT 'office' CHECK (area IN ('office', 'prefecture', 'nation')),
    disabled_at timestamptz
);
COMMENT ON TABLE clerks IS '職員 (利用者)';
COMMENT ON COLUMN clerks.password_hash IS 'Argon2id の PHC 文字列';
COMMENT ON COLUMN clerks.roles IS '役割: reception 受付, viewer 照会, examiner 審査, approver 決裁, operator 運用, auditor 監査';
COMMENT ON COLUMN clerks.area IS '管轄の範囲: 事務所・都道府県・全国';

CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY,
    clerk_id bigint NOT NULL REFERENCES clerks,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE sessions IS '端末の利用中の印。合言葉そのものは保存せず SHA-256 だけを持つ';
COMMENT ON COLUMN sessions.token_hash IS '利用中の印の SHA-256';
