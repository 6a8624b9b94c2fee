-- What became known since the last assessment is looked for every month, in tables where nearly nothing did: rows lie
-- in the order in which they became known, and superseded ones are few.

CREATE INDEX coverage_spells_late ON coverage_spells USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX coverage_spells_superseded ON coverage_spells (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX standard_remunerations_late ON standard_remunerations USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX standard_remunerations_superseded ON standard_remunerations (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX bonuses_late ON bonuses USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX bonuses_superseded ON bonuses (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX leave_spells_late ON leave_spells USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX leave_spells_superseded ON leave_spells (superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX person_identities_late ON person_identities USING brin (known_at) WITH (autosummarize = on);
CREATE INDEX person_identities_superseded ON person_identities (superseded_at) WHERE superseded_at IS NOT NULL;
COMMENT ON INDEX coverage_spells_late IS '前回の調定の後に知られた事実を探す (過月分の増減)';
