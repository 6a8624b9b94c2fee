-- Numbers that filings get at their reception. A sequence leaves gaps when a transaction fails; a reception
-- number promises only that no two filings share one.

CREATE SEQUENCE reception_serials;
COMMENT ON SEQUENCE reception_serials IS '受付番号の連番';
COMMENT ON SEQUENCE spell_ids IS '資格の番号';
COMMENT ON SEQUENCE bonus_ids IS '賞与の番号';
COMMENT ON SEQUENCE leave_ids IS '休業の番号';

-- 職員は自分の職場の届を、新しい順に見る
CREATE INDEX filings_by_office ON filings (office_code, filing_id);
