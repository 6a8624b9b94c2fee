-- What an end of cover took away before 0018 was not written down, so that nothing came back when the end was cancelled.
-- It can be told from the facts: a standard that begins after the cover ended, superseded at the very instant at which the
-- end became known, without another in its place. Rows that are there already stay as they are.
INSERT INTO withdrawals (prefecture_code, employer_id, spell_id, fact, by_cover_end, reason, cause_filing_id, valid_from,
    known_at)
SELECT gone.prefecture_code, gone.employer_id, gone.spell_id, 'standard', true, spell.reason, spell.cause_filing_id,
    gone.valid_from, gone.superseded_at
FROM standard_remunerations AS gone
JOIN coverage_spells AS spell ON spell.prefecture_code = gone.prefecture_code AND spell.employer_id = gone.employer_id
    AND spell.spell_id = gone.spell_id AND spell.known_at = gone.superseded_at
WHERE spell.valid_to IS NOT NULL AND spell.cause_filing_id IS NOT NULL
    AND gone.valid_from >= date_trunc('month', greatest(spell.valid_to - 1, spell.valid_from)) + interval '1 month'
    AND NOT EXISTS (
        SELECT FROM standard_remunerations AS next
        WHERE next.prefecture_code = gone.prefecture_code AND next.employer_id = gone.employer_id
            AND next.spell_id = gone.spell_id AND next.valid_from = gone.valid_from AND next.known_at = gone.superseded_at)
ON CONFLICT DO NOTHING;
