//! 人の届の反映 — the queue of filings by person, and what a run has made of it, counted again.

use jiff::Timestamp;
use serde_json::Value;

use crate::db::Db;
use crate::error::StoreError;

/// Filings that wait, by person: `(person_id, number)` in order of person.
pub async fn waiting(db: &impl Db, cutoff_at: Timestamp) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = "SELECT person_id, count(*) FROM application_queue WHERE approved_at < $1 AND person_id IS NOT NULL
        GROUP BY person_id ORDER BY person_id";
    Ok(db.rows(sql, &[&cutoff_at]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// 決裁済みで未反映の人の届.
#[derive(Clone, PartialEq)]
pub struct QueuedPersonFiling {
    /// 届.
    pub filing_id: i64,
    /// 人.
    pub person_id: i64,
    /// What it says, as JSON of `domain::person_paper::PersonFiling`.
    pub payload: Value,
}

/// Approved before the cut-off and not yet applied, of persons from `from` to before `to`, in order of person and filing.
pub async fn queued(
    db: &impl Db,
    from: i64,
    to: i64,
    cutoff_at: Timestamp,
) -> Result<Vec<QueuedPersonFiling>, StoreError> {
    let sql = "SELECT filing_id, application_queue.person_id, payload
        FROM application_queue JOIN filings USING (filing_id)
        WHERE application_queue.person_id >= $1 AND application_queue.person_id < $2 AND approved_at < $3
        ORDER BY application_queue.person_id, filing_id";
    let rows = db.rows(sql, &[&from, &to, &cutoff_at]).await?;
    let read = |row: &tokio_postgres::Row| QueuedPersonFiling {
        filing_id: row.get(0),
        person_id: row.get(1),
        payload: row.get(2),
    };
    Ok(rows.iter().map(read).collect())
}

/// Filings by person that a run has applied, counted from their courses.
pub async fn count_applied(db: &impl Db, by_system: &str) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM filing_steps JOIN filings USING (filing_id)
        WHERE by_system = $1 AND step = 'applied' AND employer_id IS NULL";
    Ok(db.row(sql, &[&by_system]).await?.get(0))
}

/// Tables of facts that filings by person write.
const TABLES: [&str; 15] = [
    "pension_spells",
    "contribution_years",
    "life_spans",
    "deaths",
    "pension_claims",
    "payees",
    "household_members",
    "np_reliefs",
    "unpaid_benefit_claims",
    "disability_claims",
    "disability_grades",
    "survivor_claims",
    "survivor_members",
    "pension_choices",
    "remuneration_splits",
];

/// Facts that cite a filing which this run has applied, as known at its cut-off.
pub async fn count_written(db: &impl Db, by_system: &str, known_at: Timestamp) -> Result<i64, StoreError> {
    let of = |table: &str| {
        format!(
            "(SELECT count(*) FROM {table} WHERE known_at = $2 AND cause_filing_id IN (
                SELECT filing_id FROM filing_steps WHERE by_system = $1 AND step = 'applied'))"
        )
    };
    let sql = format!("SELECT {}", TABLES.map(of).join(" + "));
    Ok(db.row(&sql, &[&by_system, &known_at]).await?.get(0))
}
