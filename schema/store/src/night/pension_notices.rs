//! 人への通知 — rows of `pension_notices`: what was told already, and what is told now.

use std::collections::BTreeSet;

use domain::Month;
use jiff::civil::Date;
use serde_json::Value;

use crate::copy::{CopyIn, Rows};
use crate::db::Db;
use crate::error::StoreError;
use crate::lives::Persons;

/// 通知 to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct NewNotice {
    /// 種類.
    pub kind: &'static str,
    /// 人.
    pub person_id: i64,
    /// What it says: `title`, `rows`, `paragraphs`; `key` names the occasion, of which there is one notice ever.
    pub body: Value,
}

/// 通知ID `claim_form_65-202609-123`.
pub fn notice_id(kind: &str, for_month: Month, person_id: i64) -> String {
    format!("{kind}-{:04}{:02}-{person_id}", for_month.year(), for_month.month())
}

/// What all notices of a job share.
#[derive(Clone, Copy, Debug)]
pub struct Issue<'a> {
    /// The run.
    pub run_id: &'a str,
    /// 月.
    pub for_month: Month,
    /// 発行日.
    pub issued_on: Date,
}

/// Writes notices, in order of person and kind.
pub async fn insert(db: &impl Db, issue: Issue<'_>, notices: &[NewNotice]) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 7] = ["notice_id", "run_id", "kind", "person_id", "for_month", "issued_on", "body"];
    let mut copy = CopyIn::open(db, "pension_notices", &COLUMNS).await?;
    let mut rows = Rows::new();
    for notice in notices {
        rows.row(7).text(&notice_id(notice.kind, issue.for_month, notice.person_id)).text(issue.run_id);
        rows.text(notice.kind).i64(notice.person_id).date(issue.for_month.first_day()).date(issue.issued_on);
        rows.json(&notice.body);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// The occasions about which persons of a range were told before: person and `key`.
pub async fn told(db: &impl Db, persons: Persons) -> Result<BTreeSet<(i64, String)>, StoreError> {
    let sql = format!(
        "SELECT t.person_id, t.body ->> 'key' FROM pension_notices AS t WHERE {} AND t.body ? 'key'",
        persons.range("t")
    );
    Ok(db.postgres().query(&sql, &[]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Persons of a range with a claim of an old-age pension as known at the cut-off.
pub async fn claimants(db: &impl Db, persons: Persons) -> Result<BTreeSet<i64>, StoreError> {
    let (range, known) = (persons.range("t"), persons.known("t"));
    let sql = format!("SELECT t.person_id FROM pension_claims AS t WHERE {range} AND {known}");
    Ok(db.postgres().query(&sql, &[]).await?.iter().map(|row| row.get(0)).collect())
}

/// Notices of a run and month by kind, counted: only of these kinds, in order of kind.
pub async fn count(
    db: &impl Db,
    run_id: &str,
    for_month: Month,
    kinds: &[&str],
) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = db
        .rows(
            "SELECT kind, count(*) FROM pension_notices WHERE run_id = $1 AND for_month = $2 AND kind = ANY ($3)
             GROUP BY kind ORDER BY kind",
            &[&run_id, &for_month.first_day(), &kinds],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}
