-- 人の届: a filing about a person's pension has no employer; its course is the same.
ALTER TABLE filings ALTER COLUMN employer_id DROP NOT NULL;
ALTER TABLE filings ADD COLUMN person_id bigint REFERENCES persons;
ALTER TABLE filings ADD CONSTRAINT filings_of_employer_or_person CHECK (employer_id IS NOT NULL OR person_id IS NOT NULL);
COMMENT ON COLUMN filings.person_id IS '人の届 (年金の請求、種別の訂正、死亡など) の本人。事業所の届では空';
CREATE INDEX filings_by_person ON filings (person_id, filing_id) WHERE person_id IS NOT NULL;

ALTER TABLE application_queue ALTER COLUMN employer_id DROP NOT NULL;
ALTER TABLE application_queue ADD COLUMN person_id bigint;
ALTER TABLE application_queue ADD CONSTRAINT application_queue_of_employer_or_person
    CHECK ((employer_id IS NULL) <> (person_id IS NULL));
CREATE INDEX application_queue_by_person ON application_queue (person_id, filing_id) WHERE person_id IS NOT NULL;
