"""The month's contributions by DuckDB, from the same Parquet, in SQL. Started by `nenrin bench law`.

Arguments: run INPUT OUTPUT_FOLDER RATES_JSON THREADS ROUNDS, or compare OUR_FOLDER THEIR_FOLDER THREADS.
Prints one line of JSON. Integers throughout: exact amounts in 1/100,000 yen, as the other side writes them.
"""

import json
import resource
import shutil
import sys
import time
from decimal import Decimal

import duckdb

UNITS_PER_YEN = 100_000

MONTH = """
WITH rates (prefecture, health) AS (VALUES {health}),
people AS (
    SELECT
        *,
        -- Loss by age: the 75th birthday; the day before the 70th. Born on 29 February: 1 March in ordinary years.
        -- Births far from the edge need no exact day.
        CASE
            WHEN birth_on > (DATE '{next}' - INTERVAL 75 YEAR)::DATE + 2 THEN DATE '9999-12-31'
            WHEN birth_on < (DATE '{first}' - INTERVAL 75 YEAR)::DATE - 2 THEN DATE '0001-01-01'
            ELSE (birth_on + INTERVAL 75 YEAR)::DATE
                + (day(birth_on + INTERVAL 75 YEAR) <> day(birth_on))::INTEGER
        END AS hi_loss_on,
        CASE
            WHEN birth_on > (DATE '{next}' - INTERVAL 70 YEAR)::DATE + 2 THEN DATE '9999-12-31'
            WHEN birth_on < (DATE '{first}' - INTERVAL 70 YEAR)::DATE - 2 THEN DATE '0001-01-01'
            ELSE (birth_on + INTERVAL 70 YEAR)::DATE
                + (day(birth_on + INTERVAL 70 YEAR) <> day(birth_on))::INTEGER - 1
        END AS epi_loss_on
    FROM read_parquet('{input}')
), spells AS (
    SELECT
        *,
        least(coalesce(lost_on, DATE '9999-12-31'), hi_loss_on) AS hi_lost_on,
        least(coalesce(lost_on, DATE '9999-12-31'), epi_loss_on) AS epi_lost_on
    FROM people
), covered AS (
    -- The month of acquisition is charged, that of loss not, unless both are this month (同月得喪).
    SELECT
        *,
        hi_applies AND NOT multi_workplace AND acquired_on < DATE '{next}' AND hi_lost_on > acquired_on
            AND (hi_lost_on >= DATE '{next}' OR acquired_on >= DATE '{first}') AS hi,
        epi_applies AND NOT multi_workplace AND acquired_on < DATE '{next}' AND epi_lost_on > acquired_on
            AND (epi_lost_on >= DATE '{next}' OR (acquired_on >= DATE '{first}' AND NOT epi_same_month_cancelled))
            AS epi
    FROM spells
), based AS (
    SELECT
        person_id,
        multi_workplace AS held,
        hi AND NOT exempt AS hi_charged,
        epi AND NOT exempt AS epi_charged,
        -- 40歳に達した月から65歳に達する月の前月まで: born by the first of next month 40 years ago, after that 65 ago.
        hi AND NOT ltci_excluded AND birth_on <= (DATE '{next}' - INTERVAL 40 YEAR)::DATE
            AND birth_on > (DATE '{next}' - INTERVAL 65 YEAR)::DATE AS ltci,
        exempt AND (hi OR epi) AS exempt,
        rates.health AS health_rate,
        CASE WHEN hi AND NOT exempt THEN hi_standard_yen ELSE 0 END::BIGINT AS hi_yen,
        CASE WHEN epi AND NOT exempt THEN epi_standard_yen ELSE 0 END::BIGINT AS epi_yen,
        CASE WHEN hi AND NOT bonus_exempt THEN hi_standard_bonus_yen ELSE 0 END::BIGINT AS hi_bonus_yen,
        CASE WHEN epi AND NOT bonus_exempt THEN epi_standard_bonus_yen ELSE 0 END::BIGINT AS epi_bonus_yen
    FROM covered
    JOIN rates USING (prefecture)
), rated AS (
    SELECT *, health_rate + {support} + CASE WHEN ltci THEN {ltci} ELSE 0 END AS hi_rate FROM based
)
SELECT
    person_id,
    held,
    hi_charged,
    epi_charged,
    ltci,
    exempt,
    (hi_yen + hi_bonus_yen) * health_rate AS health_exact,
    CASE WHEN ltci THEN (hi_yen + hi_bonus_yen) * {ltci} ELSE 0 END::BIGINT AS ltci_exact,
    (hi_yen + hi_bonus_yen) * {support} AS support_exact,
    (epi_yen + epi_bonus_yen) * {epi} AS epi_exact,
    (epi_yen + epi_bonus_yen) * {contribution} AS contribution_exact,
    -- 50銭以下切捨て・50銭超切上げ of the half.
    (hi_yen * hi_rate + 99999) // 200000 AS hi_employee_yen,
    (epi_yen * {epi} + 99999) // 200000 AS epi_employee_yen,
    (hi_bonus_yen * hi_rate + 99999) // 200000 AS bonus_hi_employee_yen,
    (epi_bonus_yen * {epi} + 99999) // 200000 AS bonus_epi_employee_yen
FROM rated
"""

# What the other side writes with: Zstandard level 1; one file a thread, in no order, is the faster way here.
COPY = "COPY ({month}) TO '{output}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PER_THREAD_OUTPUT true)"

FLAGS = ("held", "hi_charged", "epi_charged", "ltci", "exempt")
AMOUNTS = (
    "health_exact", "ltci_exact", "support_exact", "epi_exact", "contribution_exact",
    "hi_employee_yen", "epi_employee_yen", "bonus_hi_employee_yen", "bonus_epi_employee_yen",
)


def connect(threads):
    connection = duckdb.connect(config={"threads": threads})
    connection.execute("SET preserve_insertion_order = false")
    return connection


def units(rate):
    scaled = Decimal(rate) * UNITS_PER_YEN
    assert scaled == int(scaled), rate
    return int(scaled)


def month_sql(source, rates):
    health = ", ".join(f"({code}::SMALLINT, {units(rate)}::BIGINT)" for code, rate in rates["health"])
    levies = {name: f"{units(rates[name])}::BIGINT" for name in ("ltci", "support", "epi", "contribution")}
    return MONTH.format(input=source, first=rates["first"], next=rates["next"], health=health, **levies)


def run(source, output, rates, threads, rounds):
    connection = connect(int(threads))
    sql = COPY.format(month=month_sql(source, json.loads(rates)), output=output)
    seconds = []
    for _ in range(int(rounds)):
        shutil.rmtree(output, ignore_errors=True)
        began = time.perf_counter()
        connection.execute(sql)
        seconds.append(time.perf_counter() - began)
    peak_mib = -(-resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    print(json.dumps({"version": duckdb.__version__, "seconds": seconds, "peak_mib": peak_mib}))


def compare(ours, theirs, threads):
    connection = connect(int(threads))
    sums = ", ".join(
        [f"sum({name}::INTEGER)::VARCHAR" for name in FLAGS] + [f"sum({name})::VARCHAR" for name in AMOUNTS]
    )
    totals = [
        list(connection.execute(f"SELECT count(*)::VARCHAR, {sums} FROM read_parquet('{folder}/*.parquet')").fetchone())
        for folder in (ours, theirs)
    ]
    columns = ", ".join(("person_id",) + FLAGS + AMOUNTS)
    sides = [f"SELECT {columns} FROM read_parquet('{folder}/*.parquet')" for folder in (ours, theirs)]
    different = connection.execute(f"SELECT count(*) FROM ({sides[0]} EXCEPT {sides[1]})").fetchone()[0]
    print(json.dumps({"columns": ["rows", *FLAGS, *AMOUNTS], "totals": totals, "different": different}))


if __name__ == "__main__":
    {"run": run, "compare": compare}[sys.argv[1]](*sys.argv[2:])
