//! 国民年金保険料の読み書き — decisions and receipts in, charges, settlements, marks and entries out.

use std::collections::BTreeMap;

use domain::life::YearMarks;
use domain::{Month, Yen};
use jiff::civil::Date;
use tokio_postgres::Row;

use crate::copy::{CopyIn, Rows};
use crate::db::Db;
use crate::error::StoreError;
use crate::lives::{Persons, merged_into, scope};

/// 免除・猶予の決定 — of a run of months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReliefRow {
    /// 種類の語, the key of the law's tables.
    pub relief: String,
    /// First month.
    pub first: Month,
    /// Last month, included.
    pub last: Month,
    /// 決定の日.
    pub decided_on: Date,
    /// It stands at the cut-off; otherwise it was taken back or replaced.
    pub stands: bool,
}

/// 収納の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptKind {
    /// 定額.
    Monthly,
    /// 前納.
    Prepaid,
    /// 付加.
    Additional,
    /// 追納.
    LatePayment,
    /// 取消.
    Reversal,
}

/// 収納 — of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// 番号.
    pub receipt_id: i64,
    /// 月分.
    pub month: Month,
    /// 種類.
    pub kind: ReceiptKind,
    /// Yen; negative for 取消.
    pub amount: Yen,
    /// 納付日.
    pub paid_on: Date,
}

/// 納付記録 of a year, as it stands, and whose number it lies under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearRow {
    /// The number; that of a merged one stays its own.
    pub owner: i64,
    /// 行の番号.
    pub record_id: i64,
    /// 印.
    pub marks: YearMarks,
}

/// 計上済みの額 of a month, all runs together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Booked {
    /// 調定.
    pub charge: Yen,
    /// 充当した収納.
    pub receipt: Yen,
    /// 追納.
    pub late_payment: Yen,
    /// 不納欠損.
    pub write_off: Yen,
}

/// 一人の国民年金保険料の帳簿.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Decisions, those that no longer stand too.
    pub reliefs: Vec<ReliefRow>,
    /// Receipts in order of month and number.
    pub receipts: Vec<ReceiptRow>,
    /// 納付記録 as it stands now.
    pub years: Vec<YearRow>,
    /// Earlier versions of it, the newest first; only for who has paid late (追納).
    pub earlier: Vec<YearMarks>,
    /// What is in the books already.
    pub booked: BTreeMap<Month, Booked>,
    /// 繰上げ請求・繰下げ申出の月 of the basic pension.
    pub basic_claim: Option<Month>,
}

/// The accounts of a range: decisions, receipts and claims as known at the cut-off, books and marks as they stand (nobody
/// but the night writes them). What lies under a merged number is read as the kept one's.
///
/// # Errors
/// `Unreadable` — a row that means nothing; otherwise only what the database refuses.
pub async fn read(db: &impl Db, persons: Persons) -> Result<BTreeMap<i64, Account>, StoreError> {
    let merged = merged_into(db, persons, None).await?;
    let scope = scope(persons, None, &merged, "t");
    let known = persons.known("t");
    let before = persons.known_at.map_or("true".to_owned(), |at| format!("t.known_at <= {}", crate::copy::instant(at)));
    let mut accounts: BTreeMap<i64, Account> = BTreeMap::new();
    let mut each = async |sql: String, take: &dyn Fn(&mut Account, &Row) -> Result<(), StoreError>| {
        for row in db.postgres().query(&sql, &[]).await? {
            let number: i64 = row.get(0);
            // A number that went to somebody outside of the range is read there.
            match merged.get(&number) {
                Some(None) => {}
                Some(Some(kept)) => take(accounts.entry(*kept).or_default(), &row)?,
                None => take(accounts.entry(number).or_default(), &row)?,
            }
        }
        Ok::<_, StoreError>(())
    };
    let reliefs = format!(
        "SELECT t.person_id, t.relief, t.valid_from, t.valid_to, t.decided_on, {known}
         FROM np_reliefs AS t WHERE {scope} AND {before} ORDER BY 1, t.record_id, t.known_at"
    );
    each(reliefs, &|account, row| {
        account.reliefs.push(ReliefRow {
            relief: row.get(1),
            first: Month::of(row.get(2)),
            last: Month::of(row.get(3)).previous(),
            decided_on: row.get(4),
            stands: row.get(5),
        });
        Ok(())
    })
    .await?;
    let receipts = format!(
        "SELECT t.person_id, t.receipt_id, t.for_month, t.kind, t.amount_yen, t.paid_on
         FROM np_receipts AS t WHERE {scope} AND {before} ORDER BY 1, 3, 2"
    );
    each(receipts, &|account, row| {
        account.receipts.push(ReceiptRow {
            receipt_id: row.get(1),
            month: Month::of(row.get(2)),
            kind: receipt_kind(row.get(3))?,
            amount: Yen::new(row.get(4)),
            paid_on: row.get(5),
        });
        Ok(())
    })
    .await?;
    let years = format!(
        "SELECT t.person_id, t.record_id, t.fiscal_year, t.marks FROM contribution_years AS t
         WHERE {scope} AND t.superseded_at IS NULL ORDER BY 1, 3"
    );
    each(years, &|account, row| {
        account.years.push(YearRow { owner: row.get(0), record_id: row.get(1), marks: marks(row, 2)? });
        Ok(())
    })
    .await?;
    let earlier = format!(
        "SELECT t.person_id, t.fiscal_year, t.marks FROM contribution_years AS t
         WHERE {scope} AND t.superseded_at IS NOT NULL
             AND t.person_id IN (SELECT person_id FROM np_receipts WHERE kind = 'late_payment')
         ORDER BY 1, t.known_at DESC, 2"
    );
    each(earlier, &|account, row| {
        account.earlier.push(marks(row, 1)?);
        Ok(())
    })
    .await?;
    let charges = format!(
        "SELECT t.person_id, t.for_month, sum(t.charge_yen)::bigint FROM np_charges AS t WHERE {scope} GROUP BY 1, 2"
    );
    each(charges, &|account, row| {
        account.booked.entry(Month::of(row.get(1))).or_default().charge += Yen::new(row.get(2));
        Ok(())
    })
    .await?;
    let settlements = format!(
        "SELECT t.person_id, t.for_month, t.kind, sum(t.amount_yen)::bigint FROM np_settlements AS t
         WHERE {scope} GROUP BY 1, 2, 3"
    );
    each(settlements, &|account, row| {
        let booked = account.booked.entry(Month::of(row.get(1))).or_default();
        let yen = Yen::new(row.get(3));
        match row.get(2) {
            "receipt" => booked.receipt += yen,
            "late_payment" => booked.late_payment += yen,
            "write_off" => booked.write_off += yen,
            _ => return Err(StoreError::Unreadable { what: "np_settlements.kind" }),
        }
        Ok(())
    })
    .await?;
    let claims = format!(
        "SELECT t.person_id, t.basic_claim_month FROM pension_claims AS t
         WHERE {scope} AND {known} AND t.basic_claim_month IS NOT NULL"
    );
    each(claims, &|account, row| {
        account.basic_claim = Some(Month::of(row.get(1)));
        Ok(())
    })
    .await?;
    Ok(accounts)
}

fn marks(row: &Row, at: usize) -> Result<YearMarks, StoreError> {
    YearMarks::parse(row.get(at), row.get(at + 1))
        .map_err(|_| StoreError::Unreadable { what: "contribution_years.marks" })
}

fn receipt_kind(code: &str) -> Result<ReceiptKind, StoreError> {
    Ok(match code {
        "monthly" => ReceiptKind::Monthly,
        "prepaid" => ReceiptKind::Prepaid,
        "additional" => ReceiptKind::Additional,
        "late_payment" => ReceiptKind::LatePayment,
        "reversal" => ReceiptKind::Reversal,
        _ => return Err(StoreError::Unreadable { what: "np_receipts.kind" }),
    })
}

/// What the rows of one job of a night share.
#[derive(Clone, Copy, Debug)]
pub struct Booking<'a> {
    /// The run.
    pub run_id: &'a str,
    /// 業務日付.
    pub business_on: Date,
    /// 夜間処理の月.
    pub booked_in: Month,
    /// Partition of the job.
    pub partition_no: i32,
}

impl Booking<'_> {
    /// 摘要 of the entries: tells the job's month, of which a night may do several.
    pub fn reason(&self) -> String {
        entry_reason(self.booked_in)
    }
}

fn entry_reason(booked_in: Month) -> String {
    format!("国民年金保険料 {booked_in}")
}

fn marks_reason(run_id: &str, booked_in: Month) -> String {
    format!("国民年金保険料の収納・免除の反映 {booked_in} {run_id}")
}

/// 調定 to be written; the difference to what is in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    /// 人.
    pub person_id: i64,
    /// 月分.
    pub month: Month,
    /// 額, not zero.
    pub amount: Yen,
    /// 納期限.
    pub due_on: Date,
    /// 免除・猶予 of the month.
    pub relief: Option<&'static str>,
}

/// Writes charges.
pub async fn insert_charges(db: &impl Db, booking: Booking<'_>, charges: &[Charge]) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 7] = ["person_id", "for_month", "charge_yen", "due_on", "relief", "booked_in", "run_id"];
    let mut copy = CopyIn::open(db, "np_charges", &COLUMNS).await?;
    let mut rows = Rows::new();
    for charge in charges {
        rows.row(7).i64(charge.person_id).date(charge.month.first_day()).i64(charge.amount.get()).date(charge.due_on);
        rows.opt(charge.relief, Rows::text).date(booking.booked_in.first_day()).text(booking.run_id);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// 充当・追納・不納欠損 to be written; the difference to what is in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// 人.
    pub person_id: i64,
    /// 月分.
    pub month: Month,
    /// `receipt`, `late_payment` or `write_off`.
    pub kind: &'static str,
    /// 額, not zero.
    pub amount: Yen,
}

/// Writes settlements.
pub async fn insert_settlements(db: &impl Db, booking: Booking<'_>, rows_of: &[Settlement]) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 6] = ["person_id", "for_month", "kind", "amount_yen", "booked_in", "run_id"];
    let mut copy = CopyIn::open(db, "np_settlements", &COLUMNS).await?;
    let mut rows = Rows::new();
    for one in rows_of {
        rows.row(6).i64(one.person_id).date(one.month.first_day()).text(one.kind).i64(one.amount.get());
        rows.date(booking.booked_in.first_day()).text(booking.run_id);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// Writes years anew: what stands is superseded. `years` holds each owner and year once.
pub async fn replace_years(db: &impl Db, booking: Booking<'_>, years: &[YearRow]) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 5] = ["record_id", "person_id", "fiscal_year", "marks", "reason"];
    let owners: Vec<i64> = years.iter().map(|year| year.owner).collect();
    let numbers: Vec<i16> = years.iter().map(|year| year.marks.fiscal_year).collect();
    db.run(
        "UPDATE contribution_years AS year SET superseded_at = now()
         FROM unnest($1::bigint[], $2::smallint[]) AS new (person_id, fiscal_year)
         WHERE year.person_id = new.person_id AND year.fiscal_year = new.fiscal_year AND year.superseded_at IS NULL",
        &[&owners, &numbers],
    )
    .await?;
    let reason = marks_reason(booking.run_id, booking.booked_in);
    let mut copy = CopyIn::open(db, "contribution_years", &COLUMNS).await?;
    let mut rows = Rows::new();
    for year in years {
        rows.row(5).i64(year.record_id).i64(year.owner).i16(year.marks.fiscal_year);
        rows.text(&year.marks.to_string()).text(&reason);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// 仕訳 — a sum of a partition that goes from one account to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// 月分.
    pub month: Month,
    /// `assessment`, `receipt` or `write_off`.
    pub kind: &'static str,
    /// 借方.
    pub debit: &'static str,
    /// 貸方.
    pub credit: &'static str,
    /// 額, over zero.
    pub amount: Yen,
}

/// Posts entries.
pub async fn post(db: &impl Db, booking: Booking<'_>, entries: &[Entry]) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 10] = [
        "kind",
        "debit_account",
        "credit_account",
        "scheme",
        "for_month",
        "amount_yen",
        "business_on",
        "run_id",
        "partition_no",
        "reason",
    ];
    let reason = booking.reason();
    let mut copy = CopyIn::open(db, "pension_journal", &COLUMNS).await?;
    let mut rows = Rows::new();
    for entry in entries {
        rows.row(10).text(entry.kind).text(entry.debit).text(entry.credit).text("national_pension");
        rows.date(entry.month.first_day()).i64(entry.amount.get()).date(booking.business_on).text(booking.run_id);
        rows.i32(booking.partition_no).text(&reason);
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// What a job of a night has written, counted from the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// 調定の行.
    pub charges: i64,
    /// その額.
    pub charge_yen: i64,
    /// 充当した額.
    pub receipt_yen: i64,
    /// 追納の額.
    pub late_payment_yen: i64,
    /// 不納欠損の額.
    pub write_off_yen: i64,
    /// 書き直した納付記録の行.
    pub years: i64,
    /// 仕訳の調定 net.
    pub journal_assessment_yen: i64,
    /// 仕訳の収納 net.
    pub journal_receipt_yen: i64,
    /// 仕訳の不納欠損 net.
    pub journal_write_off_yen: i64,
}

/// Counts what a job of a night has written.
pub async fn written(db: &impl Db, run_id: &str, booked_in: Month) -> Result<Written, StoreError> {
    let (month, reason) = (booked_in.first_day(), entry_reason(booked_in));
    let charges = db
        .row(
            "SELECT count(*), coalesce(sum(charge_yen), 0)::bigint FROM np_charges WHERE run_id = $1 AND booked_in = $2",
            &[&run_id, &month],
        )
        .await?;
    let settled = db
        .row(
            "SELECT coalesce(sum(amount_yen) FILTER (WHERE kind = 'receipt'), 0)::bigint,
                 coalesce(sum(amount_yen) FILTER (WHERE kind = 'late_payment'), 0)::bigint,
                 coalesce(sum(amount_yen) FILTER (WHERE kind = 'write_off'), 0)::bigint
             FROM np_settlements WHERE run_id = $1 AND booked_in = $2",
            &[&run_id, &month],
        )
        .await?;
    let years = db
        .row("SELECT count(*) FROM contribution_years WHERE reason = $1", &[&marks_reason(run_id, booked_in)])
        .await?;
    let journal = db
        .row(
            "SELECT coalesce(sum(CASE WHEN debit_account = 'receivable' THEN amount_yen ELSE -amount_yen END)
                     FILTER (WHERE kind = 'assessment'), 0)::bigint,
                 coalesce(sum(CASE WHEN credit_account = 'receivable' THEN amount_yen ELSE -amount_yen END)
                     FILTER (WHERE kind = 'receipt'), 0)::bigint,
                 coalesce(sum(CASE WHEN credit_account = 'receivable' THEN amount_yen ELSE -amount_yen END)
                     FILTER (WHERE kind = 'write_off'), 0)::bigint
             FROM pension_journal WHERE run_id = $1 AND scheme = 'national_pension' AND reason = $2",
            &[&run_id, &reason],
        )
        .await?;
    Ok(Written {
        charges: charges.get(0),
        charge_yen: charges.get(1),
        receipt_yen: settled.get(0),
        late_payment_yen: settled.get(1),
        write_off_yen: settled.get(2),
        years: years.get(0),
        journal_assessment_yen: journal.get(0),
        journal_receipt_yen: journal.get(1),
        journal_write_off_yen: journal.get(2),
    })
}
