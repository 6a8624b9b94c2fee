//! もう一つの道 — the month's assessment as plain SQL inside PostgreSQL, with the same columns per person and the same
//! entries per employer. The bench measures the night against it, and tests hold both roads together to the yen.
//!
//! It reads the same facts as known at the same instant and writes logged tables in the schema `peer`.

use std::ops::Range;

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::db::Db;
use crate::error::StoreError;

/// The numbers of a month as decimals, read from the law by the caller.
#[derive(Clone, Debug)]
pub struct Rates {
    /// 月分.
    pub month: Month,
    /// JIS prefecture code and 健康保険料率.
    pub health: Vec<(i16, String)>,
    /// 介護保険料率.
    pub ltci: String,
    /// 子ども・子育て支援金率.
    pub support: String,
    /// 厚生年金保険料率.
    pub epi: String,
    /// 子ども・子育て拠出金率.
    pub contribution: String,
    /// 標準賞与額の上限 (年度累計).
    pub hi_bonus_cap_yen: i64,
    /// 標準賞与額の上限 (月).
    pub epi_bonus_cap_yen: i64,
    /// 健康保険の標準報酬月額, from grade 1.
    pub hi_standards: Vec<i32>,
    /// 厚生年金保険の標準報酬月額, from grade 1.
    pub epi_standards: Vec<i32>,
    /// 報酬月額 from which each grade of HI holds.
    pub hi_from: Vec<i64>,
    /// 報酬月額 from which each grade of EPI holds.
    pub epi_from: Vec<i64>,
}

/// Lets the database write out what it still holds, so that neither side pays for the other.
pub async fn settle(db: &impl Db) -> Result<(), StoreError> {
    Ok(db.postgres().batch_execute("CHECKPOINT").await?)
}

/// Makes the empty tables and fills in the numbers of the month.
pub async fn prepare(db: &impl Db, rates: &Rates) -> Result<(), StoreError> {
    let postgres = db.postgres();
    postgres.batch_execute(TABLES).await?;
    let values = |rows: Vec<String>| rows.join(", ");
    let health = rates.health.iter().map(|(code, rate)| format!("({code}, {rate})")).collect();
    let grades = |standards: &[i32], from: &[i64]| {
        let rows = (1..).zip(standards.iter().zip(from));
        rows.map(|(grade, (yen, from)): (i32, (&i32, &i64))| format!("({grade}, {yen}, {from})")).collect::<Vec<_>>()
    };
    let fill = format!(
        "INSERT INTO peer.health_rates VALUES {}; INSERT INTO peer.hi_grades VALUES {}; INSERT INTO peer.epi_grades VALUES {};
         ANALYZE peer.health_rates; ANALYZE peer.hi_grades; ANALYZE peer.epi_grades",
        values(health),
        values(grades(&rates.hi_standards, &rates.hi_from)),
        values(grades(&rates.epi_standards, &rates.epi_from)),
    );
    Ok(postgres.batch_execute(&fill).await?)
}

const TABLES: &str = "
    DROP SCHEMA IF EXISTS peer CASCADE;
    CREATE SCHEMA peer;
    CREATE TABLE peer.health_rates (prefecture_code smallint PRIMARY KEY, rate numeric NOT NULL);
    CREATE TABLE peer.hi_grades (grade smallint NOT NULL, standard_yen integer PRIMARY KEY, from_yen bigint NOT NULL);
    CREATE TABLE peer.epi_grades (grade smallint NOT NULL, standard_yen integer PRIMARY KEY, from_yen bigint NOT NULL);
    CREATE TABLE peer.contributions (
        employer_id bigint NOT NULL, spell_id bigint NOT NULL, person_id bigint NOT NULL,
        prefecture_code smallint NOT NULL, sex smallint NOT NULL, birth_on date NOT NULL,
        hi_grade smallint NOT NULL, epi_grade smallint NOT NULL,
        hi_standard_yen integer NOT NULL, epi_standard_yen integer NOT NULL,
        hi_standard_bonus_yen bigint NOT NULL, epi_standard_bonus_yen bigint NOT NULL,
        hi_charged boolean NOT NULL, epi_charged boolean NOT NULL, ltci boolean NOT NULL, exempt boolean NOT NULL,
        health_yen numeric (18, 5) NOT NULL, ltci_yen numeric (18, 5) NOT NULL, support_yen numeric (18, 5) NOT NULL,
        epi_yen numeric (18, 5) NOT NULL, contribution_yen numeric (18, 5) NOT NULL,
        hi_employee_yen bigint NOT NULL, epi_employee_yen bigint NOT NULL,
        bonus_hi_employee_yen bigint NOT NULL, bonus_epi_employee_yen bigint NOT NULL
    );
    CREATE TABLE peer.journal (LIKE journal INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING CONSTRAINTS);
    CREATE INDEX journal_by_employer ON peer.journal (employer_id, for_month);
    CREATE INDEX journal_by_run ON peer.journal (run_id);
";

/// Assesses the month for a range of employers: one row per person, then the entries per employer and levy, in one
/// transaction.
pub async fn assess(
    db: &impl Db,
    rates: &Rates,
    known_at: Timestamp,
    business_on: Date,
    employers: Range<i64>,
) -> Result<(), StoreError> {
    let month = rates.month;
    let year = Month::new(month.fiscal_year(), 4).expect("April");
    let script = SCRIPT
        .replace("@first", &format!("'{}'::date", month.first_day()))
        .replace("@next", &format!("'{}'::date", month.next().first_day()))
        .replace("@year", &format!("'{}'::date", year.first_day()))
        .replace("@known", &format!("'{known_at}'::timestamptz"))
        .replace("@business", &format!("'{business_on}'::date"))
        .replace("@from", &employers.start.to_string())
        .replace("@until", &employers.end.to_string())
        .replace("@ltci_rate", &rates.ltci)
        .replace("@support_rate", &rates.support)
        .replace("@epi_rate", &rates.epi)
        .replace("@contribution_rate", &rates.contribution)
        .replace("@hi_cap", &rates.hi_bonus_cap_yen.to_string())
        .replace("@epi_cap", &rates.epi_bonus_cap_yen.to_string());
    Ok(db.postgres().batch_execute(&script).await?)
}

/// Placeholders are put in by [`assess`]: dates, instants and rates of ours, no texts of users.
const SCRIPT: &str = include_str!("peer.sql");

/// Every employer, for [`assess`].
pub const ALL_EMPLOYERS: Range<i64> = 0..i64::MAX;

/// 調定 by employer and levy as the SQL road posted it, in order: employer, levy, yen.
pub async fn by_employer(db: &impl Db) -> Result<Vec<(i64, String, i64)>, StoreError> {
    let rows =
        db.rows("SELECT employer_id, levy, amount_yen FROM peer.journal ORDER BY employer_id, levy", &[]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
}

/// The same as the night posted it.
pub async fn night_by_employer(
    db: &impl Db,
    run_id: &str,
    for_month: Month,
) -> Result<Vec<(i64, String, i64)>, StoreError> {
    let rows = db
        .rows(
            "SELECT employer_id, levy, amount_yen FROM journal
             WHERE kind = 'assessment' AND run_id = $1 AND for_month = $2 ORDER BY employer_id, levy",
            &[&run_id, &for_month.first_day()],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
}

/// Compares both roads by employer and levy: yen that the night posted, and entries that only one of them has. The
/// database compares, so the caller's memory does not grow with the country.
pub async fn compare(db: &impl Db, run_id: &str, for_month: Month) -> Result<(i64, i64), StoreError> {
    let row = db
        .row(
            "WITH ours AS (
                SELECT employer_id, levy, amount_yen FROM journal
                WHERE kind = 'assessment' AND run_id = $1 AND for_month = $2
            ), theirs AS (
                SELECT employer_id, levy, amount_yen FROM peer.journal
            )
            SELECT (SELECT coalesce(sum(amount_yen), 0)::bigint FROM ours),
                (SELECT count(*) FROM (TABLE ours EXCEPT ALL TABLE theirs) AS more)
                    + (SELECT count(*) FROM (TABLE theirs EXCEPT ALL TABLE ours) AS less)",
            &[&run_id, &for_month.first_day()],
        )
        .await?;
    Ok((row.get(0), row.get(1)))
}
