//! 年金の支払の読み書き — what a payment run reads of a range of persons, one query per table in order of person, and the rows it
//! posts.
//!
//! Facts are read as known at the cut-off. Awards are read as they stand: only the night writes them, and those of this night's
//! adjudication are to be paid by it. Posted rows are read as they stand too: an earlier payment run of the same night counts.

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::facts::known;
use crate::copy::{CopyIn, Fields, Rows, copy_out, day};
use crate::db::Db;
use crate::error::StoreError;

/// Persons `from` up to, not including, `to`, as known at `known_at`.
#[derive(Clone, Copy, Debug)]
pub struct Payees {
    /// First person.
    pub from: i64,
    /// First person after them.
    pub to: i64,
    /// 締切.
    pub known_at: Timestamp,
}

impl Payees {
    fn range(&self) -> String {
        format!("person_id >= {} AND person_id < {}", self.from, self.to)
    }

    fn known(&self) -> String {
        known(self.known_at)
    }
}

/// Ranges of at most `people` persons who have an award, now or once, or a claim for the unpaid benefit of a person.
pub async fn ranges(db: &impl Db, known_at: Timestamp, people: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = format!(
        "SELECT min(person_id), max(person_id) + 1 FROM (
             SELECT person_id, (row_number() OVER (ORDER BY person_id) - 1) / $1::bigint AS part FROM (
                 SELECT person_id FROM awards UNION SELECT person_id FROM unpaid_benefit_claims WHERE {}
             ) AS persons
         ) AS numbered GROUP BY part ORDER BY part",
        known(known_at)
    );
    let rows = db.postgres().query(&sql, &[&people.max(1)]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// 裁定・改定の行.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardLine {
    /// First day of the first month.
    pub from: Date,
    /// First day of the first month no longer of it.
    pub until: Option<Date>,
    /// 基礎年金, 老齢・障害厚生年金, 遺族厚生年金, yen per year.
    pub yen: [i64; 3],
    /// 基礎年金の支給事由の語.
    pub basic_of: Option<&'static str>,
    /// 老齢・障害厚生年金の支給事由の語.
    pub employees_of: Option<&'static str>,
    /// When it was decided, in microseconds.
    pub decided: i64,
    /// Not superseded.
    pub current: bool,
    /// 受給権の発生した日.
    pub right_on: Date,
    /// 理由の語.
    pub cause: String,
    /// 届.
    pub cause_filing_id: Option<i64>,
}

/// 老齢.
pub const OLD_AGE: &str = "old_age";
/// 障害.
pub const DISABILITY: &str = "disability";
/// 遺族.
pub const SURVIVOR: &str = "survivor";

/// A word of the column as a constant of ours.
fn ground(word: &str) -> &'static str {
    match word {
        DISABILITY => DISABILITY,
        SURVIVOR => SURVIVOR,
        _ => OLD_AGE,
    }
}

/// Awards of all times, in order of person.
pub async fn awards(db: &impl Db, scope: Payees) -> Result<Vec<(i64, AwardLine)>, StoreError> {
    let query = format!(
        "SELECT person_id, valid_from, valid_to, basic_total_yen, employees_total_yen, known_at, superseded_at IS NULL, right_on,
             cause, cause_filing_id, survivor_total_yen, basic_of, employees_of
         FROM awards WHERE {} ORDER BY person_id, valid_from, known_at",
        scope.range()
    );
    let read = |row: &Fields<'_>| AwardLine {
        from: row.date(1),
        until: row.opt_date(2),
        yen: [row.i64(3), row.i64(4), row.i64(10)],
        basic_of: row.opt_text(11).map(ground),
        employees_of: row.opt_text(12).map(ground),
        decided: row.timestamp(5).as_microsecond(),
        current: row.bool(6),
        right_on: row.date(7),
        cause: row.text(8).to_owned(),
        cause_filing_id: row.opt_i64(9),
    };
    by_person(db, &query, read).await
}

/// Rows whose first column is the person.
async fn by_person<T>(db: &impl Db, query: &str, read: impl Fn(&Fields<'_>) -> T) -> Result<Vec<(i64, T)>, StoreError> {
    let mut rows = Vec::new();
    copy_out(db, query, |row: &Fields<'_>| {
        rows.push((row.i64(0), read(row)));
        Ok::<(), StoreError>(())
    })
    .await?;
    Ok(rows)
}

/// 請求の事実.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimLine {
    /// 請求書を受け付けた日.
    pub filed_on: Date,
    /// 移行前に支払われた最後の月分.
    pub paid_through: Option<Date>,
}

/// The claims of a 支給事由, in order of person.
///
/// - `ground`: [`OLD_AGE`], [`DISABILITY`] or [`SURVIVOR`]
pub async fn claims(db: &impl Db, scope: Payees, ground: &str) -> Result<Vec<(i64, ClaimLine)>, StoreError> {
    let table = match ground {
        DISABILITY => "disability_claims",
        SURVIVOR => "survivor_claims",
        _ => "pension_claims",
    };
    let query = format!(
        "SELECT person_id, filed_on, paid_through FROM {table} WHERE {} AND {} ORDER BY person_id, known_at",
        scope.range(),
        scope.known()
    );
    by_person(db, &query, |row| ClaimLine { filed_on: row.date(1), paid_through: row.opt_date(2) }).await
}

/// 死亡: the day and its filing, in order of person.
pub async fn deaths(db: &impl Db, scope: Payees) -> Result<Vec<(i64, (Date, Option<i64>))>, StoreError> {
    let query = format!(
        "SELECT person_id, died_on, cause_filing_id FROM deaths WHERE {} AND {} ORDER BY person_id, known_at",
        scope.range(),
        scope.known()
    );
    by_person(db, &query, |row| (row.date(1), row.opt_i64(2))).await
}

/// 生年月日, in order of person.
pub async fn births(db: &impl Db, scope: Payees) -> Result<Vec<(i64, Date)>, StoreError> {
    let query = format!(
        "SELECT person_id, birth_on FROM person_identities WHERE {} AND {} AND valid_to IS NULL ORDER BY person_id, known_at",
        scope.range(),
        scope.known()
    );
    by_person(db, &query, |row| row.date(1)).await
}

/// 口座 as registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountLine {
    /// 銀行番号.
    pub bank_code: String,
    /// 支店番号.
    pub branch_code: String,
    /// 預金種目.
    pub account_type: i16,
    /// 口座番号.
    pub account_number: String,
    /// 口座名義カナ.
    pub holder_kana: String,
}

impl AccountLine {
    fn at(row: &Fields<'_>, first: usize) -> AccountLine {
        AccountLine {
            bank_code: row.text(first).to_owned(),
            branch_code: row.text(first + 1).to_owned(),
            account_type: row.i16(first + 2),
            account_number: row.text(first + 3).to_owned(),
            holder_kana: row.text(first + 4).to_owned(),
        }
    }
}

/// 受取口座, in order of person.
pub async fn accounts(db: &impl Db, scope: Payees) -> Result<Vec<(i64, AccountLine)>, StoreError> {
    let query = format!(
        "SELECT person_id, bank_code, branch_code, account_type, account_number, holder_kana FROM payees
         WHERE {} AND {} ORDER BY person_id, known_at",
        scope.range(),
        scope.known()
    );
    by_person(db, &query, |row| AccountLine::at(row, 1)).await
}

/// 扶養親族等申告書 of a year: its words, in order of person.
pub async fn declarations(db: &impl Db, scope: Payees, year: i16) -> Result<Vec<(i64, Vec<String>)>, StoreError> {
    let query = format!(
        "SELECT person_id, array_to_string(deductions, ' ') FROM tax_declarations
         WHERE {} AND {} AND tax_year = {year} ORDER BY person_id, known_at",
        scope.range(),
        scope.known()
    );
    by_person(db, &query, |row| row.text(1).split_whitespace().map(str::to_owned).collect()).await
}

/// 特別徴収の依頼 of a payment month: levy and yen, in order of person.
pub async fn collections(db: &impl Db, scope: Payees, month: Month) -> Result<Vec<(i64, (String, i64))>, StoreError> {
    let query = format!(
        "SELECT person_id, levy, amount_yen FROM collection_requests
         WHERE {} AND {} AND valid_from <= {month} AND (valid_to IS NULL OR valid_to > {month})
         ORDER BY person_id, levy, known_at",
        scope.range(),
        scope.known(),
        month = day(month.first_day())
    );
    by_person(db, &query, |row| (row.text(1).to_owned(), row.i64(2))).await
}

/// 計上済みの行.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstalmentLine {
    /// 本来の支払期月の1日.
    pub for_payment: Date,
    /// 計上した支払の月の1日.
    pub paid_in: Date,
    /// 支給事由の語.
    pub ground: &'static str,
    /// Basic, employees, survivor, and of these the fractions added in February.
    pub yen: [i64; 6],
    /// Accounted by this very run, for an earlier payment of the same night.
    pub tonight: bool,
}

/// 計上済みの支払期, in order of person.
///
/// - `run_id`: the run that asks, a name of ours
pub async fn instalments(db: &impl Db, scope: Payees, run_id: &str) -> Result<Vec<(i64, InstalmentLine)>, StoreError> {
    let query = format!(
        "SELECT person_id, for_payment, basic_yen, employees_yen, survivor_yen, february_basic_yen, february_employees_yen,
             february_survivor_yen, run_id = '{run_id}', ground, paid_in
         FROM pension_instalments WHERE {} ORDER BY person_id, for_payment, run_id, ground",
        scope.range()
    );
    let read = |row: &Fields<'_>| InstalmentLine {
        for_payment: row.date(1),
        paid_in: row.date(10),
        ground: ground(row.text(9)),
        yen: [row.i64(2), row.i64(3), row.i64(4), row.i64(5), row.i64(6), row.i64(7)],
        tonight: row.bool(8),
    };
    by_person(db, &query, read).await
}

/// 送った支払.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentLine {
    /// 支払日.
    pub payment_on: Date,
    /// Withheld: long_term_care, national_health, late_elderly, resident_tax.
    pub levies_yen: [i64; 4],
    /// 源泉徴収税額.
    pub income_tax_yen: i64,
    /// 口座 that it went to.
    pub account: Option<AccountLine>,
}

/// Payments that were sent since a day, in order of person and day. Unpaid benefits left out.
pub async fn sent(db: &impl Db, scope: Payees, since: Date) -> Result<Vec<(i64, SentLine)>, StoreError> {
    let query = format!(
        "SELECT person_id, payment_on, long_term_care_yen, national_health_yen, late_elderly_yen, resident_tax_yen,
             income_tax_yen, bank_code, branch_code, account_type, account_number, holder_kana
         FROM pension_payments
         WHERE {range} AND payment_on >= {since} AND held_reason IS NULL AND kind <> 'unpaid_benefit'
         ORDER BY person_id, payment_on, run_id",
        range = scope.range(),
        since = day(since)
    );
    let read = |row: &Fields<'_>| SentLine {
        payment_on: row.date(1),
        levies_yen: [row.i64(2), row.i64(3), row.i64(4), row.i64(5)],
        income_tax_yen: row.i64(6),
        account: row.opt_text(7).map(|_| AccountLine::at(row, 7)),
    };
    by_person(db, &query, read).await
}

/// 未済の返納金債権 by person, those with none left out; in order of person.
pub async fn outstanding(db: &impl Db, scope: Payees) -> Result<Vec<(i64, i64)>, StoreError> {
    let query = format!(
        "SELECT person_id, sum(CASE WHEN debit_account = 'pension_overpaid' THEN amount_yen ELSE -amount_yen END)::bigint AS yen
         FROM pension_journal
         WHERE {} AND (debit_account = 'pension_overpaid' OR credit_account = 'pension_overpaid')
         GROUP BY person_id
         HAVING sum(CASE WHEN debit_account = 'pension_overpaid' THEN amount_yen ELSE -amount_yen END) <> 0
         ORDER BY person_id",
        scope.range()
    );
    by_person(db, &query, |row| row.i64(1)).await
}

/// 未支給年金の請求.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnpaidClaim {
    /// 行の番号.
    pub record_id: i64,
    /// 請求者.
    pub claimant_person_id: Option<i64>,
    /// 続柄の語.
    pub relation: String,
    /// 生計を同じくしていた.
    pub shared_livelihood: bool,
    /// 請求書を受け付けた日.
    pub filed_on: Date,
    /// 口座.
    pub account: AccountLine,
}

/// 未支給年金の請求, in order of the deceased and of the row.
pub async fn unpaid_claims(db: &impl Db, scope: Payees) -> Result<Vec<(i64, UnpaidClaim)>, StoreError> {
    let query = format!(
        "SELECT person_id, record_id, claimant_person_id, relation, shared_livelihood, filed_on, bank_code, branch_code,
             account_type, account_number, claimant_kana
         FROM unpaid_benefit_claims WHERE {} AND {} ORDER BY person_id, record_id, known_at",
        scope.range(),
        scope.known()
    );
    let read = |row: &Fields<'_>| UnpaidClaim {
        record_id: row.i64(1),
        claimant_person_id: row.opt_i64(2),
        relation: row.text(3).to_owned(),
        shared_livelihood: row.bool(4),
        filed_on: row.date(5),
        account: AccountLine::at(row, 6),
    };
    by_person(db, &query, read).await
}

/// 受付番号 of a few filings, for the words of a notice.
pub async fn receptions(db: &impl Db, filings: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
    if filings.is_empty() {
        return Ok(Vec::new());
    }
    const SQL: &str = "SELECT filing_id, reception_number FROM filings WHERE filing_id = ANY ($1) ORDER BY filing_id";
    let rows = db.rows(SQL, &[&filings]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// 計上する行.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInstalment {
    /// 人.
    pub person_id: i64,
    /// 本来の支払期月の1日.
    pub for_payment: Date,
    /// 支給事由の語.
    pub ground: &'static str,
    /// Basic, employees, survivor, and of these the fractions added in February.
    pub yen: [i64; 6],
    /// 理由の語.
    pub cause: String,
    /// 届.
    pub cause_filing_id: Option<i64>,
}

/// What every row of one run shares.
#[derive(Clone, Copy, Debug)]
pub struct PaymentPosting<'a> {
    /// The run.
    pub run_id: &'a str,
    /// 支払期月 of the run.
    pub paid_in: Month,
    /// 支払日.
    pub payment_on: Date,
    /// 業務日付.
    pub business_on: Date,
    /// 区分.
    pub partition_no: i32,
}

/// Posts the instalments.
pub async fn post_instalments(
    db: &impl Db,
    posting: PaymentPosting<'_>,
    lines: &[NewInstalment],
) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 13] = [
        "person_id",
        "for_payment",
        "ground",
        "paid_in",
        "basic_yen",
        "employees_yen",
        "survivor_yen",
        "february_basic_yen",
        "february_employees_yen",
        "february_survivor_yen",
        "cause",
        "cause_filing_id",
        "run_id",
    ];
    let mut copy = CopyIn::open(db, "pension_instalments", &COLUMNS).await?;
    let mut rows = Rows::new();
    for line in lines {
        rows.row(13).i64(line.person_id).date(line.for_payment).text(line.ground).date(posting.paid_in.first_day());
        line.yen.iter().for_each(|yen| {
            rows.i64(*yen);
        });
        rows.text(&line.cause).opt(line.cause_filing_id, Rows::i64).text(posting.run_id);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// 支払の行.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPayment {
    /// 人.
    pub person_id: i64,
    /// `regular`, `special`, `unpaid_benefit`.
    pub kind: &'static str,
    /// basic, employees, survivor, set_off, income_tax, long_term_care, national_health, late_elderly, resident_tax, net.
    pub yen: [i64; 10],
    /// 未支給年金の請求者.
    pub recipient_person_id: Option<i64>,
    /// 口座 as it was.
    pub account: Option<AccountLine>,
    /// 振り込めない理由.
    pub held_reason: Option<String>,
}

/// Posts the payments.
pub async fn post_payments(
    db: &impl Db,
    posting: PaymentPosting<'_>,
    payments: &[NewPayment],
) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 21] = [
        "person_id",
        "payment_on",
        "kind",
        "basic_yen",
        "employees_yen",
        "survivor_yen",
        "set_off_yen",
        "income_tax_yen",
        "long_term_care_yen",
        "national_health_yen",
        "late_elderly_yen",
        "resident_tax_yen",
        "net_yen",
        "recipient_person_id",
        "bank_code",
        "branch_code",
        "account_type",
        "account_number",
        "holder_kana",
        "held_reason",
        "run_id",
    ];
    let mut copy = CopyIn::open(db, "pension_payments", &COLUMNS).await?;
    let mut rows = Rows::new();
    for payment in payments {
        rows.row(21).i64(payment.person_id).date(posting.payment_on).text(payment.kind);
        payment.yen.iter().for_each(|yen| {
            rows.i64(*yen);
        });
        rows.opt(payment.recipient_person_id, Rows::i64);
        match &payment.account {
            Some(account) => {
                rows.text(&account.bank_code).text(&account.branch_code).i16(account.account_type);
                rows.text(&account.account_number).text(&account.holder_kana)
            }
            None => rows.null().null().null().null().null(),
        };
        rows.opt(payment.held_reason.as_deref(), Rows::text).text(posting.run_id);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// 仕訳.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// 種類.
    pub kind: &'static str,
    /// 借方.
    pub debit: &'static str,
    /// 貸方.
    pub credit: &'static str,
    /// 制度.
    pub scheme: &'static str,
    /// 返納金は人ごと.
    pub person_id: Option<i64>,
    /// More than nothing.
    pub amount_yen: i64,
    /// 届.
    pub cause_filing_id: Option<i64>,
    /// 摘要.
    pub reason: String,
}

/// Posts the entries of a partition.
pub async fn post_entries(db: &impl Db, posting: PaymentPosting<'_>, entries: &[NewEntry]) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 12] = [
        "kind",
        "debit_account",
        "credit_account",
        "scheme",
        "person_id",
        "for_month",
        "amount_yen",
        "business_on",
        "run_id",
        "partition_no",
        "cause_filing_id",
        "reason",
    ];
    let mut copy = CopyIn::open(db, "pension_journal", &COLUMNS).await?;
    let mut rows = Rows::new();
    for entry in entries {
        rows.row(12).text(entry.kind).text(entry.debit).text(entry.credit).text(entry.scheme);
        rows.opt(entry.person_id, Rows::i64).date(posting.paid_in.first_day()).i64(entry.amount_yen);
        rows.date(posting.business_on).text(posting.run_id).i32(posting.partition_no);
        rows.opt(entry.cause_filing_id, Rows::i64).text(&entry.reason);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// 人への通知.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPersonNotice {
    /// 種類-月-人.
    pub notice_id: String,
    /// `payment` or `overpayment`.
    pub kind: &'static str,
    /// 人.
    pub person_id: i64,
    /// What is printed.
    pub body: Value,
}

/// Posts the notices.
pub async fn post_notices(
    db: &impl Db,
    posting: PaymentPosting<'_>,
    notices: &[NewPersonNotice],
) -> Result<u64, StoreError> {
    const COLUMNS: [&str; 7] = ["notice_id", "run_id", "kind", "person_id", "for_month", "issued_on", "body"];
    let mut copy = CopyIn::open(db, "pension_notices", &COLUMNS).await?;
    let mut rows = Rows::new();
    for notice in notices {
        rows.row(7).text(&notice.notice_id).text(posting.run_id).text(notice.kind).i64(notice.person_id);
        rows.date(posting.paid_in.first_day()).date(posting.business_on).json(&notice.body);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// Sums of what a run posted for a payment, by name.
pub async fn sums(
    db: &impl Db,
    run_id: &str,
    paid_in: Month,
    payment_on: Date,
) -> Result<Vec<(String, i64)>, StoreError> {
    const SQL: &str = "
        SELECT 'lines', count(*), 'lines_basic_yen', coalesce(sum(basic_yen), 0)::bigint,
            'lines_employees_yen', coalesce(sum(employees_yen), 0)::bigint,
            'lines_survivor_yen', coalesce(sum(survivor_yen), 0)::bigint
        FROM pension_instalments WHERE run_id = $1 AND paid_in = $2";
    const PAYMENTS: &str = "
        SELECT count(*) FILTER (WHERE held_reason IS NULL), count(*) FILTER (WHERE held_reason IS NOT NULL),
            coalesce(sum(basic_yen) FILTER (WHERE held_reason IS NULL), 0)::bigint,
            coalesce(sum(employees_yen) FILTER (WHERE held_reason IS NULL), 0)::bigint,
            coalesce(sum(survivor_yen) FILTER (WHERE held_reason IS NULL), 0)::bigint,
            coalesce(sum(set_off_yen) FILTER (WHERE held_reason IS NULL), 0)::bigint,
            coalesce(sum(income_tax_yen) FILTER (WHERE held_reason IS NULL), 0)::bigint,
            coalesce(sum(long_term_care_yen) FILTER (WHERE held_reason IS NULL), 0)::bigint,
            coalesce(sum(national_health_yen) FILTER (WHERE held_reason IS NULL), 0)::bigint,
            coalesce(sum(late_elderly_yen) FILTER (WHERE held_reason IS NULL), 0)::bigint,
            coalesce(sum(resident_tax_yen) FILTER (WHERE held_reason IS NULL), 0)::bigint,
            coalesce(sum(net_yen) FILTER (WHERE held_reason IS NULL), 0)::bigint
        FROM pension_payments WHERE run_id = $1 AND payment_on = $2";
    const PAYMENT_NAMES: [&str; 12] = [
        "payments",
        "payments_held",
        "basic_yen",
        "employees_yen",
        "survivor_yen",
        "set_off_yen",
        "income_tax_yen",
        "long_term_care_yen",
        "national_health_yen",
        "late_elderly_yen",
        "resident_tax_yen",
        "net_yen",
    ];
    let month = paid_in.first_day();
    let mut found = Vec::new();
    let row = db.row(SQL, &[&run_id, &month]).await?;
    found.extend([0, 2, 4, 6].map(|place| (row.get::<_, String>(place), row.get::<_, i64>(place + 1))));
    let row = db.row(PAYMENTS, &[&run_id, &payment_on]).await?;
    found.extend(PAYMENT_NAMES.iter().enumerate().map(|(place, name)| ((*name).to_owned(), row.get(place))));
    let notices = "SELECT count(*) FROM pension_notices WHERE run_id = $1 AND for_month = $2 AND kind IN ('payment', 'overpayment')";
    found.push(("notices".to_owned(), db.row(notices, &[&run_id, &month]).await?.get(0)));
    Ok(found)
}

/// Debits less credits of every account that a run moved for a payment, and the number of its entries under `entries`.
pub async fn balances(db: &impl Db, run_id: &str, paid_in: Month) -> Result<Vec<(String, i64)>, StoreError> {
    const SQL: &str = "
        WITH entries AS (
            SELECT debit_account, credit_account, amount_yen FROM pension_journal
            WHERE run_id = $1 AND for_month = $2
                AND kind IN ('accrual', 'payment', 'withholding', 'set_off', 'overpayment')
        )
        SELECT account, sum(yen)::bigint FROM (
            SELECT debit_account AS account, amount_yen AS yen FROM entries
            UNION ALL SELECT credit_account, -amount_yen FROM entries
        ) AS moved GROUP BY account ORDER BY account";
    let rows = db.rows(SQL, &[&run_id, &paid_in.first_day()]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}
