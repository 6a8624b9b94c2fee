//! 納入告知 — rows of `notices`.

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;
use tokio_postgres::Row;

use super::journal::EmployerAmounts;
use crate::copy::{CopyIn, Rows};
use crate::db::Db;
use crate::error::StoreError;

/// 納付方法 of the employers of a range as known at an instant, in order: `debit` or `slip`.
pub async fn payment_methods(
    db: &impl Db,
    from: i64,
    to: i64,
    known_at: Timestamp,
) -> Result<Vec<(i64, String)>, StoreError> {
    let rows = db
        .rows(
            "SELECT employer_id, payment_method FROM employer_profiles
             WHERE employer_id >= $1 AND employer_id < $2 AND valid_to IS NULL
                 AND known_at <= $3 AND (superseded_at IS NULL OR superseded_at > $3)
             ORDER BY employer_id, known_at",
            &[&from, &to, &known_at],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// 通知 — one row to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// `debit_notice` or `payment_slip`.
    pub kind: &'static str,
    /// 被保険者数.
    pub insured_count: i32,
    /// Employer and yen.
    pub amounts: EmployerAmounts,
}

/// What all notices of a month share.
#[derive(Clone, Copy, Debug)]
pub struct Issue<'a> {
    /// The run.
    pub run_id: &'a str,
    /// 月分.
    pub for_month: Month,
    /// 発行日.
    pub issued_on: Date,
    /// 納期限.
    pub due_on: Date,
}

/// 通知ID `NT-202607-123`.
pub fn notice_id(for_month: Month, employer_id: i64) -> String {
    format!("NT-{:04}{:02}-{employer_id}", for_month.year(), for_month.month())
}

/// Writes notices.
pub async fn insert(db: &impl Db, issue: Issue<'_>, notices: &[NewNotice]) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 12] = [
        "notice_id",
        "run_id",
        "kind",
        "employer_id",
        "for_month",
        "issued_on",
        "due_on",
        "insured_count",
        "hi_yen",
        "epi_yen",
        "contribution_yen",
        "total_yen",
    ];
    let mut copy = CopyIn::open(db, "notices", &COLUMNS).await?;
    let mut rows = Rows::new();
    for notice in notices {
        let [hi, epi, contribution] = notice.amounts.yen;
        rows.row(12).text(&notice_id(issue.for_month, notice.amounts.employer_id)).text(issue.run_id);
        rows.text(notice.kind).i64(notice.amounts.employer_id).date(issue.for_month.first_day());
        rows.date(issue.issued_on).date(issue.due_on).i32(notice.insured_count);
        rows.i64(hi).i64(epi).i64(contribution).i64(hi + epi + contribution);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// 通知の合計 — counted from the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoticeSums {
    /// 口座振替.
    pub debit_notices: i64,
    /// 納付書.
    pub payment_slips: i64,
    /// By levy: HI, EPI, contribution.
    pub yen: [i64; 3],
    /// 被保険者数.
    pub insured: i64,
}

/// Sums over the notices of a run and month.
pub async fn sums(db: &impl Db, run_id: &str, for_month: Month) -> Result<NoticeSums, StoreError> {
    let row = db
        .row(
            "SELECT count(*) FILTER (WHERE kind = 'debit_notice'), count(*) FILTER (WHERE kind = 'payment_slip'),
                 coalesce(sum(hi_yen), 0)::bigint, coalesce(sum(epi_yen), 0)::bigint,
                 coalesce(sum(contribution_yen), 0)::bigint, coalesce(sum(insured_count), 0)::bigint
             FROM notices WHERE run_id = $1 AND for_month = $2 AND superseded_at IS NULL",
            &[&run_id, &for_month.first_day()],
        )
        .await?;
    Ok(NoticeSums {
        debit_notices: row.get(0),
        payment_slips: row.get(1),
        yen: [row.get(2), row.get(3), row.get(4)],
        insured: row.get(5),
    })
}

/// 印刷する通知 — a notice with whom it goes to, as known at the cut-off.
#[derive(Clone)]
pub struct PrintNotice {
    /// 通知ID.
    pub notice_id: String,
    /// `debit_notice` or `payment_slip`.
    pub kind: String,
    /// 事業所.
    pub employer_id: i64,
    /// 月分.
    pub for_month: Month,
    /// 発行日.
    pub issued_on: Date,
    /// 納期限.
    pub due_on: Date,
    /// 被保険者数.
    pub insured_count: i32,
    /// HI, EPI, contribution.
    pub yen: [i64; 3],
    /// 郵便番号.
    pub zip: String,
    /// 所在地.
    pub address: String,
    /// 名称.
    pub name: String,
    /// 都道府県コード (年金機構).
    pub nenkin_prefecture_code: String,
    /// 郡市区符号.
    pub district_code: String,
    /// 事業所記号.
    pub office_symbol: String,
    /// 事業所番号.
    pub office_number: String,
    /// 年金事務所の名.
    pub office_name: String,
}

const PRINT_COLUMNS: &str = "notices.notice_id, notices.kind, notices.employer_id, for_month, issued_on, due_on, \
     insured_count, hi_yen, epi_yen, contribution_yen, profile.zip, profile.address, profile.name, \
     nenkin_prefecture_code, district_code, office_symbol, office_number, offices.name AS office_name";

/// Joins of [`PRINT_COLUMNS`]; `$1` is the cut-off.
const PRINT_JOINS: &str = "JOIN employers ON employers.employer_id = notices.employer_id
     JOIN offices ON offices.office_code = employers.office_code
     JOIN employer_profiles AS profile ON profile.employer_id = notices.employer_id AND profile.valid_to IS NULL
         AND profile.known_at <= $1 AND (profile.superseded_at IS NULL OR profile.superseded_at > $1)";

impl PrintNotice {
    fn of(row: &Row) -> PrintNotice {
        PrintNotice {
            notice_id: row.get("notice_id"),
            kind: row.get("kind"),
            employer_id: row.get("employer_id"),
            for_month: Month::of(row.get("for_month")),
            issued_on: row.get("issued_on"),
            due_on: row.get("due_on"),
            insured_count: row.get("insured_count"),
            yen: [row.get("hi_yen"), row.get("epi_yen"), row.get("contribution_yen")],
            zip: row.get("zip"),
            address: row.get("address"),
            name: row.get("name"),
            nenkin_prefecture_code: row.get("nenkin_prefecture_code"),
            district_code: row.get("district_code"),
            office_symbol: row.get("office_symbol"),
            office_number: row.get("office_number"),
            office_name: row.get("office_name"),
        }
    }
}

/// The notices of a run and month from an employer up to another, in order of employer.
pub async fn to_print(
    db: &impl Db,
    run_id: &str,
    for_month: Month,
    from: i64,
    to: i64,
    cutoff_at: Timestamp,
) -> Result<Vec<PrintNotice>, StoreError> {
    let sql = format!(
        "SELECT {PRINT_COLUMNS} FROM notices {PRINT_JOINS}
         WHERE run_id = $2 AND for_month = $3 AND notices.employer_id >= $4 AND notices.employer_id < $5
         ORDER BY notices.employer_id"
    );
    let rows = db.rows(&sql, &[&cutoff_at, &run_id, &for_month.first_day(), &from, &to]).await?;
    Ok(rows.iter().map(PrintNotice::of).collect())
}

/// The notices of a print run's pieces from one 連番 up to another, in that order.
pub async fn of_pieces(
    db: &impl Db,
    print_run_id: &str,
    seq_from: i64,
    seq_to: i64,
    cutoff_at: Timestamp,
) -> Result<Vec<PrintNotice>, StoreError> {
    let sql = format!(
        "SELECT {PRINT_COLUMNS} FROM print_pieces JOIN notices USING (notice_id) {PRINT_JOINS}
         WHERE print_run_id = $2 AND seq >= $3 AND seq < $4 ORDER BY seq"
    );
    let rows = db.rows(&sql, &[&cutoff_at, &print_run_id, &seq_from, &seq_to]).await?;
    Ok(rows.iter().map(PrintNotice::of).collect())
}

/// 告知しなかった調定 — assessments of a run and month whose employer got no notice: employers and yen.
pub async fn not_notified(db: &impl Db, run_id: &str, for_month: Month) -> Result<(i64, i64), StoreError> {
    let row = db
        .row(
            "SELECT count(*), coalesce(sum(total_yen), 0)::bigint FROM assessments
             WHERE run_id = $1 AND for_month = $2 AND NOT EXISTS (
                 SELECT 1 FROM notices WHERE notices.run_id = $1 AND notices.for_month = $2
                     AND notices.employer_id = assessments.employer_id AND notices.superseded_at IS NULL)",
            &[&run_id, &for_month.first_day()],
        )
        .await?;
    Ok((row.get(0), row.get(1)))
}
