-- Numbers that filings get at their reception, and roads to rows that terminals look for. A sequence leaves gaps when a transaction fails; a reception
-- number promises only that no two filings share one.

CREATE SEQUENCE reception_serials;
COMMENT ON SEQUENCE reception_serials IS '受付番号の連番';
COMMENT ON SEQUENCE spell_ids IS '資格の番号';
COMMENT ON SEQUENCE bonus_ids IS '賞与の番号';
COMMENT ON SEQUENCE leave_ids IS '休業の番号';

-- 職員は自分の職場の届を、新しい順に見る
CREATE INDEX filings_by_office ON filings (office_code, filing_id);

-- 生年月日で人を探す
CREATE INDEX person_identities_birth ON person_identities (birth_on) WHERE superseded_at IS NULL;
