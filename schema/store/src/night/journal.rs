//! 調定の仕訳 — posting what employers owe, and counting it again.

use domain::Month;
use jiff::civil::Date;

use crate::copy::{CopyIn, Rows};
use crate::db::Db;
use crate::error::StoreError;

/// 徴収の種別 with its income account, in the order of the amounts of [`EmployerAmounts`].
pub const LEVIES: [(&str, &str); 3] = [
    ("health_insurance", "income_health_insurance"),
    ("employees_pension", "income_employees_pension"),
    ("childcare_contribution", "income_childcare_contribution"),
];

/// What an employer owes for a month, by levy in the order of [`LEVIES`]; negative when less is owed than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmployerAmounts {
    /// 事業所.
    pub employer_id: i64,
    /// Yen.
    pub yen: [i64; 3],
}

/// What every entry of one posting shares.
#[derive(Clone, Copy, Debug)]
pub struct Posting<'a> {
    /// 月分.
    pub for_month: Month,
    /// 業務日付.
    pub business_on: Date,
    /// The run.
    pub run_id: &'a str,
    /// 摘要.
    pub reason: &'a str,
}

/// Posts the assessments: receivable against income; a negative amount the other way round; none for 0.
/// Returns the number of entries.
pub async fn post_assessments(
    db: &impl Db,
    posting: Posting<'_>,
    employers: &[EmployerAmounts],
) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 10] = [
        "kind",
        "debit_account",
        "credit_account",
        "levy",
        "employer_id",
        "for_month",
        "amount_yen",
        "business_on",
        "run_id",
        "reason",
    ];
    let mut copy = CopyIn::open(db, "journal", &COLUMNS).await?;
    let mut rows = Rows::new();
    for employer in employers {
        for ((levy, income), yen) in LEVIES.iter().zip(employer.yen) {
            let (debit, credit) = if yen > 0 { ("receivable", *income) } else { (*income, "receivable") };
            if yen != 0 {
                rows.row(10).text("assessment").text(debit).text(credit).text(levy).i64(employer.employer_id);
                rows.date(posting.for_month.first_day()).i64(yen.abs()).date(posting.business_on);
                rows.text(posting.run_id).text(posting.reason);
            }
        }
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// Sums of a run's assessments of a month by levy in the order of [`LEVIES`], and the number of entries.
pub async fn sums(db: &impl Db, run_id: &str, for_month: Month) -> Result<([i64; 3], i64), StoreError> {
    let rows = db
        .rows(
            "SELECT levy, sum(CASE WHEN debit_account = 'receivable' THEN amount_yen ELSE -amount_yen END)::bigint,
                 count(*)
             FROM journal WHERE kind = 'assessment' AND run_id = $1 AND for_month = $2 GROUP BY levy",
            &[&run_id, &for_month.first_day()],
        )
        .await?;
    let (mut yen, mut entries) = ([0; 3], 0);
    for row in &rows {
        let levy: &str = row.get(0);
        let place = LEVIES.iter().position(|(name, _)| *name == levy);
        yen[place.ok_or(StoreError::Unreadable { what: "journal.levy" })?] = row.get(1);
        entries += row.get::<_, i64>(2);
    }
    Ok((yen, entries))
}

/// What a run assessed for a month, by employer of a range, in order.
pub async fn by_employer(
    db: &impl Db,
    run_id: &str,
    for_month: Month,
    from: i64,
    to: i64,
) -> Result<Vec<EmployerAmounts>, StoreError> {
    let rows = db
        .rows(
            "SELECT employer_id, hi_yen, epi_yen, contribution_yen FROM assessments
             WHERE run_id = $1 AND for_month = $2 AND employer_id >= $3 AND employer_id < $4 ORDER BY employer_id",
            &[&run_id, &for_month.first_day(), &from, &to],
        )
        .await?;
    let read = |row: &tokio_postgres::Row| EmployerAmounts {
        employer_id: row.get(0),
        yen: [row.get(1), row.get(2), row.get(3)],
    };
    Ok(rows.iter().map(read).collect())
}
