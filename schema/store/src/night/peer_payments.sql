BEGIN;
DROP SCHEMA IF EXISTS peer CASCADE;
CREATE SCHEMA peer;
CREATE TABLE peer.deductions (word text PRIMARY KEY, yen bigint NOT NULL);
INSERT INTO peer.deductions VALUES @deductions;
CREATE TABLE peer.payments (LIKE pension_payments INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
CREATE TABLE peer.instalments (LIKE pension_instalments INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
CREATE TABLE peer.journal (LIKE pension_journal INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING CONSTRAINTS);
CREATE TABLE peer.bank_records (person_id bigint NOT NULL, record text NOT NULL);

CREATE TEMPORARY TABLE due ON COMMIT DROP AS
WITH months AS (
    SELECT a.person_id,
        sum(a.basic_total_yen)::bigint / 12 AS basic_yen,
        sum(a.employees_total_yen)::bigint / 12 AS employees_yen,
        coalesce(nullif(max(a.basic_total_yen + a.employees_total_yen) FILTER (WHERE m.month = @second), 0),
            max(a.basic_total_yen + a.employees_total_yen) FILTER (WHERE m.month = @first)) AS annual_yen,
        count(*) FILTER (WHERE a.basic_total_yen + a.employees_total_yen > 0) AS months
    FROM (VALUES (@first), (@second)) AS m (month)
    JOIN awards AS a ON a.valid_from <= m.month AND (a.valid_to IS NULL OR a.valid_to > m.month) AND a.superseded_at IS NULL
    GROUP BY a.person_id
    HAVING bool_and(coalesce(a.basic_of, 'old_age') = 'old_age' AND coalesce(a.employees_of, 'old_age') = 'old_age'
        AND a.survivor_total_yen = 0)
)
SELECT w.person_id, w.basic_yen, w.employees_yen, w.annual_yen, w.months,
    (i.birth_on <= @born_65) AS aged,
    p.bank_code, p.branch_code, p.account_type, p.account_number, p.holder_kana
FROM months AS w
JOIN pension_claims AS c ON c.person_id = w.person_id AND c.known_at <= @known AND (c.superseded_at IS NULL OR c.superseded_at > @known)
JOIN person_identities AS i ON i.person_id = w.person_id AND i.valid_to IS NULL AND i.known_at <= @known
    AND (i.superseded_at IS NULL OR i.superseded_at > @known)
JOIN payees AS p ON p.person_id = w.person_id AND p.known_at <= @known AND (p.superseded_at IS NULL OR p.superseded_at > @known)
LEFT JOIN deaths AS d ON d.person_id = w.person_id AND d.known_at <= @known
    AND (d.superseded_at IS NULL OR d.superseded_at > @known)
WHERE c.paid_through = @paid_through AND d.person_id IS NULL AND w.basic_yen + w.employees_yen > 0
    AND p.bank_code ~ '^[0-9]{4}$' AND p.branch_code ~ '^[0-9]{3}$' AND p.account_type IN (1, 2, 4, 9)
    AND p.account_number ~ '^[0-9]{1,7}$' AND length(p.holder_kana) <= 30;

CREATE TEMPORARY TABLE taken ON COMMIT DROP AS
WITH asked AS (
    SELECT person_id,
        coalesce(max(amount_yen) FILTER (WHERE levy = 'long_term_care'), 0) AS long_term_care,
        coalesce(max(amount_yen) FILTER (WHERE levy = 'national_health'), 0) AS national_health,
        coalesce(max(amount_yen) FILTER (WHERE levy = 'late_elderly'), 0) AS late_elderly,
        coalesce(max(amount_yen) FILTER (WHERE levy = 'resident_tax'), 0) AS resident_tax
    FROM collection_requests
    WHERE valid_from <= @payment AND (valid_to IS NULL OR valid_to > @payment) AND known_at <= @known
        AND (superseded_at IS NULL OR superseded_at > @known)
    GROUP BY person_id
), personal AS (
    SELECT t.person_id, sum(p.yen)::bigint AS yen
    FROM tax_declarations AS t CROSS JOIN unnest(t.deductions) AS word JOIN peer.deductions AS p USING (word)
    WHERE t.tax_year = @tax_year AND t.known_at <= @known AND (t.superseded_at IS NULL OR t.superseded_at > @known)
    GROUP BY t.person_id
), care AS (
    SELECT d.*, coalesce(n.yen, 0) AS personal, coalesce(a.resident_tax, 0) AS resident_asked,
        CASE WHEN a.long_term_care <= d.basic_yen + d.employees_yen THEN a.long_term_care ELSE 0 END AS care_yen,
        a.national_health, a.late_elderly
    FROM due AS d LEFT JOIN asked AS a USING (person_id) LEFT JOIN personal AS n USING (person_id)
), health AS (
    SELECT *, CASE WHEN national_health <= basic_yen + employees_yen - coalesce(care_yen, 0) THEN national_health ELSE 0 END
        AS health_yen
    FROM care
), elderly AS (
    SELECT *, CASE WHEN late_elderly <= basic_yen + employees_yen - coalesce(care_yen, 0) - coalesce(health_yen, 0)
        THEN late_elderly ELSE 0 END AS elderly_yen
    FROM health
), social AS (
    SELECT *, coalesce(care_yen, 0) + coalesce(health_yen, 0) + coalesce(elderly_yen, 0) AS social_yen FROM elderly
), taxed AS (
    SELECT *, CASE WHEN annual_yen < CASE WHEN aged THEN @limit_65 ELSE @limit_under END THEN 0 ELSE
        greatest(0, floor((basic_yen + employees_yen - social_yen - months * (greatest(
            (basic_yen + employees_yen)::numeric / months * @rate + @add,
            CASE WHEN aged THEN @minimum_65 ELSE @minimum_under END) + personal)) * @tax_rate))::bigint END AS tax_yen
    FROM social
)
SELECT *, CASE WHEN resident_asked <= basic_yen + employees_yen - social_yen - tax_yen THEN resident_asked ELSE 0 END
    AS resident_yen
FROM taxed;

INSERT INTO peer.payments (person_id, payment_on, kind, basic_yen, employees_yen, set_off_yen, income_tax_yen, long_term_care_yen,
    national_health_yen, late_elderly_yen, resident_tax_yen, net_yen, bank_code, branch_code, account_type, account_number,
    holder_kana, run_id)
SELECT person_id, @paid_on, 'regular', basic_yen, employees_yen, 0, tax_yen, coalesce(care_yen, 0), coalesce(health_yen, 0),
    coalesce(elderly_yen, 0), resident_yen, basic_yen + employees_yen - social_yen - tax_yen - resident_yen,
    bank_code, branch_code, account_type, account_number, holder_kana, 'PEER'
FROM taken ORDER BY person_id;

INSERT INTO peer.instalments (person_id, for_payment, paid_in, basic_yen, employees_yen, february_basic_yen,
    february_employees_yen, cause, run_id)
SELECT person_id, @payment, @payment, basic_yen, employees_yen, 0, 0, 'regular', 'PEER' FROM taken ORDER BY person_id;

INSERT INTO peer.journal (kind, debit_account, credit_account, scheme, for_month, amount_yen, business_on, run_id, partition_no,
    reason)
SELECT 'accrual', account, 'pension_payable', scheme, @payment, yen, @paid_on, 'PEER', 0, '支給の計上'
FROM (SELECT sum(basic_yen)::bigint, sum(employees_yen)::bigint FROM taken) AS sums (basic, employees),
    LATERAL (VALUES ('benefit_basic_pension', 'basic_pension', basic), ('benefit_employees_pension', 'employees_pension', employees))
        AS lines (account, scheme, yen)
WHERE yen > 0;

INSERT INTO peer.bank_records (person_id, record)
SELECT person_id, rpad('2' || bank_code || repeat(' ', 15) || branch_code || repeat(' ', 15) || '0000' || account_type
    || lpad(account_number, 7, '0') || rpad(holder_kana, 30) || lpad(net_yen::text, 10, '0') || '0'
    || lpad(person_id::text, 10, '0') || repeat(' ', 10) || '7', 120)
FROM peer.payments WHERE net_yen > 0 ORDER BY person_id;
COMMIT;
