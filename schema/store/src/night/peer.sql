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

-- 二以上事業所勤務者: one standard from the sum, each office by its ratio, what the division leaves to the office chosen. Of those
-- whom all their offices insure in both schemes to the end of the month, without a leave.
INSERT INTO peer.contributions
WITH offices AS (
    SELECT choice.person_id, choice.employer_id, choice.spell_id, choice.chosen, spell.prefecture_code, person.sex,
        person.birth_on, standard.monthly_remuneration_yen::numeric AS pay,
        coalesce((
            SELECT sum(amount_yen) FROM bonuses AS bonus
            WHERE bonus.employer_id = choice.employer_id AND bonus.spell_id = choice.spell_id
                AND bonus.valid_from >= greatest(@first, spell.valid_from) AND bonus.valid_from < @next
                AND bonus.known_at <= @known AND (bonus.superseded_at IS NULL OR bonus.superseded_at > @known)
        ), 0) AS paid
    FROM workplace_selections AS choice
    JOIN coverage_spells AS spell ON spell.employer_id = choice.employer_id AND spell.spell_id = choice.spell_id
        AND spell.valid_from < @next AND (spell.valid_to IS NULL OR spell.valid_to >= @next)
        AND spell.known_at <= @known AND (spell.superseded_at IS NULL OR spell.superseded_at > @known)
    JOIN person_identities AS person ON person.person_id = choice.person_id AND person.valid_to IS NULL
        AND person.known_at <= @known AND (person.superseded_at IS NULL OR person.superseded_at > @known)
    JOIN standard_remunerations AS standard ON standard.prefecture_code = spell.prefecture_code
        AND standard.employer_id = choice.employer_id AND standard.spell_id = choice.spell_id
        AND standard.valid_from <= @first AND (standard.valid_to IS NULL OR standard.valid_to > @first)
        AND standard.known_at <= @known AND (standard.superseded_at IS NULL OR standard.superseded_at > @known)
    WHERE choice.valid_from < @next AND (choice.valid_to IS NULL OR choice.valid_to >= @next)
        AND choice.known_at <= @known AND (choice.superseded_at IS NULL OR choice.superseded_at > @known)
), counted AS (
    SELECT person_id, sum(trunc(yen / 1000) * 1000) AS yen
    FROM (
        SELECT offices.person_id, sum(bonus.amount_yen) AS yen
        FROM offices JOIN bonuses AS bonus USING (employer_id, spell_id)
        WHERE bonus.valid_from >= @year AND bonus.valid_from < @first
            AND bonus.known_at <= @known AND (bonus.superseded_at IS NULL OR bonus.superseded_at > @known)
        GROUP BY offices.person_id, date_trunc('month', bonus.valid_from)
    ) AS months
    GROUP BY person_id
), sums AS (
    SELECT person_id, sum(pay) AS pay, sum(paid) AS paid, max(rate) FILTER (WHERE chosen) AS rate,
        max(CASE WHEN birth_on <= @next - interval '40 years' AND birth_on > @next - interval '65 years'
            THEN @ltci_rate ELSE 0 END) AS ltci_rate,
        least(trunc(sum(paid) / 1000) * 1000, @hi_cap - least(coalesce(max(counted.yen), 0), @hi_cap)) AS hi_bonus,
        least(trunc(sum(paid) / 1000) * 1000, @epi_cap) AS epi_bonus
    FROM offices JOIN peer.health_rates USING (prefecture_code) LEFT JOIN counted USING (person_id)
    GROUP BY person_id
), whole AS (
    SELECT sums.*, hi.grade AS hi_grade, epi.grade AS epi_grade, hi.standard_yen AS hi_standard, epi.standard_yen AS epi_standard,
        greatest(sums.paid, 1) AS paid_or_one
    FROM sums
    CROSS JOIN LATERAL (
        SELECT * FROM peer.hi_grades WHERE from_yen <= sums.pay ORDER BY grade DESC LIMIT 1) AS hi
    CROSS JOIN LATERAL (
        SELECT * FROM peer.epi_grades WHERE from_yen <= sums.pay ORDER BY grade DESC LIMIT 1) AS epi
), units AS (
    -- 1/100,000円: the whole of each levy, on the month and on bonuses.
    SELECT offices.*, whole.pay AS pay_sum, whole.paid_or_one AS paid_sum, hi_grade, epi_grade, hi_standard, epi_standard,
        whole.hi_bonus, whole.epi_bonus, whole.ltci_rate > 0 AS second_insured,
        levies.place, levies.month_units, levies.bonus_units
    FROM offices JOIN whole USING (person_id)
    CROSS JOIN LATERAL (
        VALUES (1, hi_standard * rate, hi_bonus * rate), (2, hi_standard * ltci_rate, hi_bonus * ltci_rate),
            (3, hi_standard * @support_rate, hi_bonus * @support_rate), (4, epi_standard * @epi_rate, epi_bonus * @epi_rate),
            (5, epi_standard * @contribution_rate, epi_bonus * @contribution_rate)
    ) AS rates (place, month_yen, bonus_yen)
    CROSS JOIN LATERAL (
        SELECT rates.place, rates.month_yen * 100000 AS month_units, rates.bonus_yen * 100000 AS bonus_units) AS levies
), cut AS (
    SELECT *, div(month_units * pay, pay_sum) AS month_part, div(bonus_units * paid, paid_sum) AS bonus_part
    FROM units
), parts AS (
    SELECT cut.*,
        month_part + CASE WHEN chosen THEN month_units - sum(month_part) OVER one ELSE 0 END AS month_owed,
        -- The rest goes to the office chosen if it paid a bonus, else to the first that did.
        bonus_part + CASE WHEN spell_id = first_value(spell_id) OVER (one ORDER BY paid = 0, NOT chosen, spell_id)
            AND paid > 0 THEN bonus_units - sum(bonus_part) OVER one ELSE 0 END AS bonus_owed
    FROM cut
    WINDOW one AS (PARTITION BY person_id, place)
), owed AS (
    SELECT employer_id, spell_id, person_id, prefecture_code, sex, birth_on, hi_grade, epi_grade, hi_standard, epi_standard,
        hi_bonus, epi_bonus, second_insured, pay, pay_sum, paid, paid_sum,
        array_agg((month_owed + bonus_owed) / 100000 ORDER BY place) AS yen,
        sum(month_units) FILTER (WHERE place <= 3) AS hi_month, sum(month_units) FILTER (WHERE place = 4) AS epi_month,
        sum(bonus_units) FILTER (WHERE place <= 3) AS hi_extra, sum(bonus_units) FILTER (WHERE place = 4) AS epi_extra
    FROM parts
    GROUP BY employer_id, spell_id, person_id, prefecture_code, sex, birth_on, hi_grade, epi_grade, hi_standard, epi_standard,
        hi_bonus, epi_bonus, second_insured, pay, pay_sum, paid, paid_sum
)
SELECT employer_id, spell_id, person_id, prefecture_code, sex, birth_on, hi_grade, epi_grade, hi_standard, epi_standard,
    hi_bonus, epi_bonus, true, true, second_insured, false, yen[1], yen[2], yen[3], yen[4], yen[5],
    -- 50銭以下切捨て・50銭超切上げ of half of the exact part.
    div(hi_month * pay + pay_sum * 100000 - 1, pay_sum * 200000), div(epi_month * pay + pay_sum * 100000 - 1, pay_sum * 200000),
    div(hi_extra * paid + paid_sum * 100000 - 1, paid_sum * 200000), div(epi_extra * paid + paid_sum * 100000 - 1, paid_sum * 200000)
FROM owed
WHERE employer_id >= @from AND employer_id < @until;

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
