-- Two applications of one night must not make two persons of one number: the night looks for other filings of the
-- same basic pension number, or of the same 個人番号 by its index. The index stands beside the filing, because
-- the night has no key to make one.

CREATE INDEX filings_enrolment_number ON filings ((payload -> 'insured' ->> 'basic_pension_number'))
    WHERE form_code = '2200700';
COMMENT ON INDEX filings_enrolment_number IS '資格取得届の基礎年金番号: 夜間の反映で同じ人の届を見分ける';

CREATE TABLE my_number.filed (
    filing_id bigint NOT NULL REFERENCES filings,
    column_no smallint NOT NULL CHECK (column_no >= 0),
    number_index bytea NOT NULL,
    number_sealed bytea NOT NULL,
    known_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (filing_id, column_no)
);
COMMENT ON TABLE my_number.filed IS '届にあった個人番号';
COMMENT ON COLUMN my_number.filed.column_no IS '0 本人, その他は被扶養者の項目番号';
COMMENT ON COLUMN my_number.filed.number_index IS '照合用: HMAC-SHA-256 (鍵は DB の外)';
COMMENT ON COLUMN my_number.filed.number_sealed IS 'AES-256-GCM: nonce 12 + 暗号文 + tag 16';
CREATE INDEX filed_by_index ON my_number.filed (number_index);
CALL guard_posted('my_number.filed');
DO $$
BEGIN
    GRANT SELECT, INSERT ON my_number.filed TO nenrin_my_number;
EXCEPTION WHEN undefined_object OR insufficient_privilege THEN
    RAISE NOTICE 'role nenrin_my_number does not exist or may not be granted to';
END
$$;
