BEGIN;
SET LOCAL work_mem = '256MB';

INSERT INTO peer.contributions
WITH leave_runs AS (
    -- Childcare leaves that follow one another without a day between are one leave.
    SELECT spell_id, kind, min(valid_from) AS start_on, max(valid_to) AS until_on, sum(worked_days_excluded) AS worked_days
    FROM (
        SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY spell_id, kind ORDER BY valid_from, valid_to, leave_id) AS run_no
        FROM (
            SELECT spell_id, kind, valid_from, valid_to, worked_days_excluded, leave_id,
                kind = 'maternity' OR coalesce(valid_from > max(valid_to) OVER (
                    PARTITION BY spell_id, kind ORDER BY valid_from, valid_to, leave_id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true) AS begins
            FROM leave_spells
            WHERE employer_id >= @from AND employer_id < @until
                AND known_at <= @known AND (superseded_at IS NULL OR superseded_at > @known)
        ) AS marked
    ) AS numbered
    GROUP BY spell_id, kind, run_no
), exempt AS (
    SELECT spell_id,
        bool_or(spans) OR coalesce(sum(days_within) >= 14, false) AS month_exempt,
        bool_or(spans AND (kind = 'maternity' OR start_on < '2022-10-01' OR until_on - 1 > period_end)) AS bonus_exempt
    FROM (
        SELECT *,
            start_on < @next AND until_on >= @next
                AND (kind <> 'maternity' OR until_on > '2014-04-30') AS spans,
            CASE WHEN kind = 'childcare' AND start_on >= '2022-10-01' AND start_on >= @first AND until_on < @next
                THEN until_on - start_on - worked_days END AS days_within,
            CASE WHEN extract(day FROM start_on + interval '1 month') = extract(day FROM start_on)
                THEN (start_on + interval '1 month')::date - 1
                ELSE (start_on + interval '1 month')::date END AS period_end
        FROM leave_runs
    ) AS runs
    GROUP BY spell_id
), spells AS (
    SELECT spell.*, person.birth_on, person.sex,
        least(spell.valid_to, seventy_five_on) AS hi_lost_on, least(spell.valid_to, seventy_on - 1) AS epi_lost_on
    FROM coverage_spells AS spell
    JOIN person_identities AS person ON person.person_id = spell.person_id AND person.valid_to IS NULL
        AND person.known_at <= @known AND (person.superseded_at IS NULL OR person.superseded_at > @known)
    CROSS JOIN LATERAL (
        -- Born on 29 February: the birthday of ordinary years is 1 March.
        SELECT (person.birth_on + interval '70 years')::date
                + (extract(day FROM person.birth_on + interval '70 years') <> extract(day FROM person.birth_on))::integer AS seventy_on,
            (person.birth_on + interval '75 years')::date
                + (extract(day FROM person.birth_on + interval '75 years') <> extract(day FROM person.birth_on))::integer AS seventy_five_on
    ) AS ages
    WHERE spell.employer_id >= @from AND spell.employer_id < @until
        AND spell.valid_from < @next AND (spell.valid_to IS NULL OR spell.valid_to >= @next OR spell.valid_from >= @first)
        AND (spell.health_insurance OR spell.employees_pension) AND NOT spell.two_workplaces
        AND spell.known_at <= @known AND (spell.superseded_at IS NULL OR spell.superseded_at > @known)
), bonus_months AS (
    SELECT spell_id, date_trunc('month', bonus.valid_from)::date AS month_on,
        sum(amount_yen) FILTER (WHERE bonus.valid_from < coalesce(hi_lost_on, 'infinity')) AS hi_yen,
        sum(amount_yen) FILTER (WHERE bonus.valid_from < coalesce(epi_lost_on, 'infinity')) AS epi_yen
    FROM (
        SELECT spell_id, valid_from, amount_yen::bigint AS amount_yen FROM bonuses
        WHERE employer_id >= @from AND employer_id < @until AND valid_from >= @year AND valid_from < @next
            AND known_at <= @known AND (superseded_at IS NULL OR superseded_at > @known)
    ) AS bonus
    JOIN spells USING (spell_id)
    WHERE bonus.valid_from >= spells.valid_from
    GROUP BY spell_id, date_trunc('month', bonus.valid_from)
), bonus_standards AS (
    SELECT spell_id,
        least(coalesce(sum(trunc(hi_yen / 1000) * 1000) FILTER (WHERE month_on = @first), 0),
            @hi_cap - least(coalesce(sum(trunc(hi_yen / 1000) * 1000) FILTER (WHERE month_on < @first), 0), @hi_cap))::bigint AS hi_bonus,
        least(coalesce(sum(trunc(epi_yen / 1000) * 1000) FILTER (WHERE month_on = @first), 0), @epi_cap)::bigint AS epi_bonus
    FROM bonus_months
    GROUP BY spell_id
), covered AS (
    SELECT spells.employer_id, spells.spell_id, spells.person_id, spells.prefecture_code, sex, birth_on,
        coalesce(standard.hi_standard_yen, 0) AS hi_standard_yen,
        coalesce(standard.epi_standard_yen, 0) AS epi_standard_yen,
        coalesce(hi_bonus, 0) AS hi_bonus, coalesce(epi_bonus, 0) AS epi_bonus,
        coalesce(month_exempt, false) AS month_exempt, coalesce(bonus_exempt, false) AS bonus_exempt,
        health_insurance AND spells.valid_from < coalesce(hi_lost_on, 'infinity')
            AND (hi_lost_on IS NULL OR hi_lost_on >= @next OR spells.valid_from >= @first) AS hi_covered,
        employees_pension AND spells.valid_from < coalesce(epi_lost_on, 'infinity')
            AND (epi_lost_on IS NULL OR epi_lost_on >= @next OR (spells.valid_from >= @first AND NOT (
                spells.same_month_next IS NOT NULL OR (spells.valid_to < @next AND EXISTS (
                    SELECT 1 FROM coverage_spells AS later
                    WHERE later.person_id = spells.person_id AND later.spell_id <> spells.spell_id
                        AND later.employees_pension
                        AND later.valid_from >= spells.valid_to AND later.valid_from < @next
                        AND (later.valid_to IS NULL OR later.valid_to > later.valid_from)
                        AND later.known_at <= @known AND (later.superseded_at IS NULL OR later.superseded_at > @known)
                ))))) AS epi_covered,
        birth_on <= @next - interval '40 years' AND birth_on > @next - interval '65 years' AS second_insured,
        spells.valid_to < spells.valid_from OR birth_on > spells.valid_from AS backwards
    FROM spells
    LEFT JOIN standard_remunerations AS standard ON standard.spell_id = spells.spell_id
        AND standard.prefecture_code = spells.prefecture_code AND standard.employer_id = spells.employer_id
        AND standard.employer_id >= @from AND standard.employer_id < @until
        AND standard.valid_from <= @first AND (standard.valid_to IS NULL OR standard.valid_to > @first)
        AND standard.known_at <= @known AND (standard.superseded_at IS NULL OR standard.superseded_at > @known)
    LEFT JOIN bonus_standards ON bonus_standards.spell_id = spells.spell_id
    LEFT JOIN exempt ON exempt.spell_id = spells.spell_id
), bases AS (
    SELECT *,
        CASE WHEN hi_covered AND NOT month_exempt THEN covered.hi_standard_yen ELSE 0 END AS hi_month,
        CASE WHEN epi_covered AND NOT month_exempt THEN covered.epi_standard_yen ELSE 0 END AS epi_month,
        CASE WHEN hi_covered AND NOT bonus_exempt THEN hi_bonus ELSE 0 END AS hi_extra,
        CASE WHEN epi_covered AND NOT bonus_exempt THEN epi_bonus ELSE 0 END AS epi_extra,
        CASE WHEN hi_covered AND second_insured THEN @ltci_rate ELSE 0 END AS ltci_rate
    FROM covered
    WHERE NOT coalesce(backwards, false)
        AND NOT (hi_covered AND covered.hi_standard_yen = 0) AND NOT (epi_covered AND covered.epi_standard_yen = 0)
)
SELECT employer_id, spell_id, person_id, bases.prefecture_code, sex, birth_on,
    coalesce(hi_grades.grade, 0), coalesce(epi_grades.grade, 0), hi_standard_yen, epi_standard_yen, hi_bonus, epi_bonus,
    hi_covered AND NOT month_exempt, epi_covered AND NOT month_exempt, hi_covered AND second_insured,
    month_exempt AND (hi_covered OR epi_covered),
    (hi_month + hi_extra) * rate, (hi_month + hi_extra) * ltci_rate, (hi_month + hi_extra) * @support_rate,
    (epi_month + epi_extra) * @epi_rate, (epi_month + epi_extra) * @contribution_rate,
    -- 50銭以下切捨て・50銭超切上げ
    ceil(hi_month * (rate + ltci_rate + @support_rate) / 2 - 0.5), ceil(epi_month * @epi_rate / 2 - 0.5),
    ceil(hi_extra * (rate + ltci_rate + @support_rate) / 2 - 0.5), ceil(epi_extra * @epi_rate / 2 - 0.5)
FROM bases
JOIN peer.health_rates ON health_rates.prefecture_code = bases.prefecture_code
LEFT JOIN peer.hi_grades ON hi_grades.standard_yen = hi_standard_yen
LEFT JOIN peer.epi_grades ON epi_grades.standard_yen = epi_standard_yen;

INSERT INTO peer.journal (kind, debit_account, credit_account, levy, employer_id, for_month, amount_yen, business_on, run_id, reason)
SELECT 'assessment', 'receivable', 'income_' || levy, levy, employer_id, @first, amount_yen, @business, 'peer', '月次調定'
FROM (
    SELECT employer_id, floor(sum(health_yen + ltci_yen + support_yen))::bigint AS hi_yen,
        floor(sum(epi_yen))::bigint AS epi_yen, floor(sum(contribution_yen))::bigint AS contribution_yen
    FROM peer.contributions
    WHERE employer_id >= @from AND employer_id < @until
    GROUP BY employer_id
) AS employers
CROSS JOIN LATERAL (
    VALUES ('health_insurance', hi_yen), ('employees_pension', epi_yen), ('childcare_contribution', contribution_yen)
) AS levies (levy, amount_yen)
WHERE amount_yen > 0;

COMMIT;
