//! 離婚時の年金分割 — rows of `remuneration_splits`, and who else a claim for one concerns.

use std::collections::BTreeMap;

use domain::Month;
use domain::life::{RemunerationSplit, SplitBonus, SplitKind, SplitStandard};
use jiff::Timestamp;
use jiff::civil::Date;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::copy::Fields;
use crate::db::Db;
use crate::error::StoreError;

/// Columns of a row after its `record_id`, in the order in which they are read and written.
pub(crate) const COLUMNS: &str = "other_person_id, kind, gives, share_hundred_thousandths, rate_ten_millionths, claimed_on,
    valid_from, valid_to, standard_first_months, standard_last_months, standards_before_yen, standards_yen, bonus_months,
    bonuses_before_yen, bonuses_yen";

const UNREADABLE: StoreError = StoreError::Unreadable { what: "remuneration_splits" };

/// What a row says, before it means something.
struct Columns<'a> {
    other_person_id: i64,
    kind: &'a str,
    gives: bool,
    share: i32,
    rate: i32,
    days: [Date; 3],
    standards: [Vec<i32>; 4],
    bonuses: [Vec<i32>; 3],
}

impl Columns<'_> {
    fn split(self, record_id: i64, cause_filing_id: Option<i64>) -> Result<RemunerationSplit, StoreError> {
        let [claimed_on, valid_from, valid_to] = self.days;
        let [firsts, lasts, before, after] = self.standards;
        let mut standards = Vec::with_capacity(after.len());
        for (((first, last), before), after) in firsts.iter().zip(&lasts).zip(&before).zip(&after) {
            let (first, last) = (month(*first)?, month(*last)?);
            standards.push(SplitStandard { first, last, before_yen: yen(*before)?, after_yen: yen(*after)? });
        }
        let [months, before, after] = self.bonuses;
        let mut bonuses = Vec::with_capacity(after.len());
        for ((of, before), after) in months.iter().zip(&before).zip(&after) {
            bonuses.push(SplitBonus { month: month(*of)?, before_yen: yen(*before)?, after_yen: yen(*after)? });
        }
        Ok(RemunerationSplit {
            other_person_id: self.other_person_id,
            kind: SplitKind::of_code(self.kind).ok_or(UNREADABLE)?,
            gives: self.gives,
            share: yen(self.share)?,
            rate: yen(self.rate)?,
            first: Month::of(valid_from),
            last: Month::of(valid_to).previous(),
            claimed_on,
            standards,
            bonuses,
            source: record_id.unsigned_abs(),
            cause_filing_id,
        })
    }
}

/// `199804` as a month.
fn month(number: i32) -> Result<Month, StoreError> {
    let (year, month) = (i16::try_from(number / 100).ok(), i8::try_from(number % 100).ok());
    year.zip(month).and_then(|(year, month)| Month::new(year, month)).ok_or(UNREADABLE)
}

fn number(month: Month) -> i32 {
    i32::from(month.year()) * 100 + i32::from(month.month())
}

fn yen(value: i32) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| UNREADABLE)
}

fn stored(value: u32) -> Result<i32, StoreError> {
    i32::try_from(value).map_err(|_| UNREADABLE)
}

/// From a row that was copied out: the person, `record_id`, [`COLUMNS`], `cause_filing_id`.
pub(crate) fn of_fields(row: &Fields<'_>) -> Result<RemunerationSplit, StoreError> {
    let columns = Columns {
        other_person_id: row.i64(2),
        kind: row.text(3),
        gives: row.bool(4),
        share: row.i32(5),
        rate: row.i32(6),
        days: [row.date(7), row.date(8), row.date(9)],
        standards: [row.i32s(10), row.i32s(11), row.i32s(12), row.i32s(13)],
        bonuses: [row.i32s(14), row.i32s(15), row.i32s(16)],
    };
    columns.split(row.i64(1), row.opt_i64(17))
}

/// From a row that was queried, of which [`COLUMNS`] begin at a place.
pub(crate) fn of_row(
    row: &Row,
    record_id: i64,
    cause_filing_id: Option<i64>,
    at: usize,
) -> Result<RemunerationSplit, StoreError> {
    let columns = Columns {
        other_person_id: row.get(at),
        kind: row.get(at + 1),
        gives: row.get(at + 2),
        share: row.get(at + 3),
        rate: row.get(at + 4),
        days: [row.get(at + 5), row.get(at + 6), row.get(at + 7)],
        standards: [row.get(at + 8), row.get(at + 9), row.get(at + 10), row.get(at + 11)],
        bonuses: [row.get(at + 12), row.get(at + 13), row.get(at + 14)],
    };
    columns.split(record_id, cause_filing_id)
}

/// A new row of a person.
pub(crate) async fn insert(
    db: &impl Db,
    (person_id, record_id): (i64, i64),
    is: &RemunerationSplit,
    (reason, cause_filing_id): (&str, Option<i64>),
    at: Timestamp,
) -> Result<(), StoreError> {
    let places: String = (6..21).map(|place| format!(", ${place}")).collect();
    let sql = format!(
        "INSERT INTO remuneration_splits (person_id, reason, cause_filing_id, known_at, record_id, {COLUMNS})
         VALUES ($1, $2, $3, $4, $5{places})"
    );
    let of_runs = |value: &dyn Fn(&SplitStandard) -> Result<i32, StoreError>| -> Result<Vec<i32>, StoreError> {
        is.standards.iter().map(value).collect()
    };
    let of_bonuses = |value: &dyn Fn(&SplitBonus) -> Result<i32, StoreError>| -> Result<Vec<i32>, StoreError> {
        is.bonuses.iter().map(value).collect()
    };
    let standards = [
        of_runs(&|run| Ok(number(run.first)))?,
        of_runs(&|run| Ok(number(run.last)))?,
        of_runs(&|run| stored(run.before_yen))?,
        of_runs(&|run| stored(run.after_yen))?,
    ];
    let bonuses = [
        of_bonuses(&|bonus| Ok(number(bonus.month)))?,
        of_bonuses(&|bonus| stored(bonus.before_yen))?,
        of_bonuses(&|bonus| stored(bonus.after_yen))?,
    ];
    let (kind, share, rate) = (is.kind.code(), stored(is.share)?, stored(is.rate)?);
    let (from, to) = (is.first.first_day(), is.last.next().first_day());
    let mut params: Vec<&(dyn ToSql + Sync)> = vec![&person_id, &reason, &cause_filing_id, &at, &record_id];
    params.extend::<[&(dyn ToSql + Sync); 8]>([
        &is.other_person_id,
        &kind,
        &is.gives,
        &share,
        &rate,
        &is.claimed_on,
        &from,
        &to,
    ]);
    for list in standards.iter().chain(&bonuses) {
        params.push(list);
    }
    db.run(&sql, &params).await?;
    Ok(())
}

/// Persons of 基礎年金番号 (ten digits); a number that was merged into another gives the one that was kept.
///
/// # Errors
/// Only what the database refuses.
pub async fn persons_of(db: &impl Db, numbers: &[&str]) -> Result<BTreeMap<String, i64>, StoreError> {
    let sql = "SELECT n.number, coalesce(m.kept_person_id, n.person_id)
        FROM person_numbers AS n LEFT JOIN person_merges AS m
            ON m.merged_person_id = n.person_id AND m.superseded_at IS NULL
        WHERE n.kind = 'basic_pension_number' AND n.number = ANY ($1) AND n.superseded_at IS NULL";
    Ok(db.rows(sql, &[&numbers]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// 分割の請求 of a night: applied by the run, or still waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightSplit {
    /// 届.
    pub filing_id: i64,
    /// 請求する方.
    pub person_id: i64,
    /// 相手方の基礎年金番号, ten digits.
    pub other_number: String,
}

/// Whether a night has a filing before it: it waits on the queue, or a partition has applied it already.
const OF_NIGHT: &str = "(EXISTS (SELECT FROM application_queue
        WHERE application_queue.filing_id = filings.filing_id AND approved_at < $2)
    OR EXISTS (SELECT FROM filing_steps
        WHERE filing_steps.filing_id = filings.filing_id AND by_system = $1 AND step = 'applied'))";

/// Every 分割の請求 of a night, in order of filing.
///
/// # Errors
/// Only what the database refuses.
pub async fn of_night(db: &impl Db, by_system: &str, cutoff_at: Timestamp) -> Result<Vec<NightSplit>, StoreError> {
    let sql = format!(
        "SELECT filing_id, person_id, replace(coalesce(payload ->> 'other_number', ''), '-', '')
         FROM filings WHERE form_code = 'pension_split' AND {OF_NIGHT} ORDER BY filing_id"
    );
    let rows = db.rows(&sql, &[&by_system, &cutoff_at]).await?;
    let read = |row: &Row| NightSplit { filing_id: row.get(0), person_id: row.get(1), other_number: row.get(2) };
    Ok(rows.iter().map(read).collect())
}

/// Which of these persons have another filing in a night than a 分割の請求.
///
/// # Errors
/// Only what the database refuses.
pub async fn with_other_filings(
    db: &impl Db,
    (by_system, cutoff_at): (&str, Timestamp),
    persons: &[i64],
) -> Result<Vec<i64>, StoreError> {
    let sql = format!(
        "SELECT DISTINCT person_id FROM filings
         WHERE person_id = ANY ($3) AND form_code <> 'pension_split' AND {OF_NIGHT} ORDER BY person_id"
    );
    Ok(db.rows(&sql, &[&by_system, &cutoff_at, &persons]).await?.iter().map(|row| row.get(0)).collect())
}
