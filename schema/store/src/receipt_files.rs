//! 国民年金保険料の収納のファイル — what came in, what was booked of it, and what was not.

use std::collections::BTreeMap;
use std::fmt;

use domain::Month;
use jiff::civil::Date;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;

/// 件数 and yen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// 件.
    pub count: i32,
    /// Yen.
    pub yen: i64,
}

impl Sum {
    /// One more.
    pub fn add(&mut self, yen: i64) {
        self.count += 1;
        self.yen += yen;
    }
}

/// 収納のファイル.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptFile {
    /// 引落日.
    pub paid_on: Date,
    /// 業務日付.
    pub business_on: Date,
    /// 収納とした.
    pub booked: Sum,
    /// 振替できなかった.
    pub unpaid: Sum,
    /// 照会.
    pub referred: Sum,
}

/// 収納 to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewReceipt {
    /// Whose.
    pub person_id: i64,
    /// 月分.
    pub month: Month,
    /// 付加保険料.
    pub additional: bool,
    /// Yen.
    pub amount_yen: i64,
}

/// 収納としなかった行.
#[derive(Clone, PartialEq, Eq)]
pub struct FileLine {
    /// Record of the file.
    pub line_no: i32,
    /// 照会 rather than 振替不能.
    pub referred: bool,
    /// Why, for machines.
    pub code: String,
    /// 顧客番号.
    pub customer_number: String,
    /// Yen.
    pub amount_yen: i64,
    /// Whose, where that is known.
    pub person_id: Option<i64>,
}

/// Masked: 顧客番号 is a number of a person.
impl fmt::Debug for FileLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "FileLine({}, {}, …, {})", self.line_no, self.code, self.amount_yen)
    }
}

/// The file with these bytes, if it was taken, with its number.
///
/// # Errors
/// Only what the database refuses.
pub async fn find_by_sha256(db: &impl Db, sha256: &[u8]) -> Result<Option<(i64, ReceiptFile)>, StoreError> {
    const SQL: &str = "
        SELECT file_id, paid_on, business_on, booked_count, booked_yen, unpaid_count, unpaid_yen, referred_count,
            referred_yen
        FROM np_receipt_files WHERE sha256 = $1";
    let sum = |row: &Row, place: usize| Sum { count: row.get(place), yen: row.get(place + 1) };
    let read = |row: Row| {
        let file = ReceiptFile {
            paid_on: row.get(1),
            business_on: row.get(2),
            booked: sum(&row, 3),
            unpaid: sum(&row, 5),
            referred: sum(&row, 7),
        };
        (row.get(0), file)
    };
    Ok(db.row_opt(SQL, &[&sha256]).await?.map(read))
}

/// Persons by 基礎年金番号; numbers that nobody has are left out.
///
/// # Errors
/// Only what the database refuses.
pub async fn persons_by_number(db: &impl Db, numbers: &[&str]) -> Result<BTreeMap<String, i64>, StoreError> {
    const SQL: &str = "
        SELECT number, person_id FROM person_numbers
        WHERE kind = 'basic_pension_number' AND number = ANY ($1) AND superseded_at IS NULL";
    let rows = db.rows(SQL, &[&numbers]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Writes a file with its receipts, in their order, and the lines that were not booked.
///
/// # Errors
/// `DuplicateFile` — the same bytes were taken before, or are being taken by somebody else.
pub async fn record(
    db: &impl Db,
    (sha256, file_name): (&[u8], &str),
    file: &ReceiptFile,
    receipts: &[NewReceipt],
    lines: &[FileLine],
) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO np_receipt_files (sha256, file_name, layout, paid_on, business_on, booked_count, booked_yen,
            unpaid_count, unpaid_yen, referred_count, referred_yen)
        VALUES ($1, $2, 'zengin_91', $3, $4, $5, $6, $7, $8, $9, $10)
        RETURNING file_id";
    let ReceiptFile { paid_on, business_on, booked, unpaid, referred } = file;
    let row = db
        .row(
            SQL,
            &[
                &sha256,
                &file_name,
                paid_on,
                business_on,
                &booked.count,
                &booked.yen,
                &unpaid.count,
                &unpaid.yen,
                &referred.count,
                &referred.yen,
            ],
        )
        .await?;
    let file_id = row.get(0);
    insert_receipts(db, file_id, *paid_on, receipts).await?;
    insert_lines(db, file_id, lines).await?;
    Ok(file_id)
}

async fn insert_receipts(db: &impl Db, file_id: i64, paid_on: Date, receipts: &[NewReceipt]) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO np_receipts (receipt_id, person_id, for_month, kind, amount_yen, paid_on, channel, file_id, reason)
        SELECT nextval('np_receipt_ids'), u.person_id, u.for_month, u.kind, u.amount_yen, $2, 'debit', $1,
            '口座振替の結果'
        FROM (
            SELECT * FROM unnest($3::bigint[], $4::date[], $5::text[], $6::bigint[])
                WITH ORDINALITY AS r (person_id, for_month, kind, amount_yen, place)
            ORDER BY place
        ) AS u";
    let persons: Vec<i64> = receipts.iter().map(|one| one.person_id).collect();
    let months: Vec<Date> = receipts.iter().map(|one| one.month.first_day()).collect();
    let kinds: Vec<&str> = receipts.iter().map(|one| if one.additional { "additional" } else { "monthly" }).collect();
    let amounts: Vec<i64> = receipts.iter().map(|one| one.amount_yen).collect();
    db.run(SQL, &[&file_id, &paid_on, &persons, &months, &kinds, &amounts]).await.map(drop)
}

async fn insert_lines(db: &impl Db, file_id: i64, lines: &[FileLine]) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO np_receipt_file_lines (file_id, line_no, outcome, code, customer_number, amount_yen, person_id)
        SELECT $1, u.*
        FROM unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[]) AS u";
    let numbers: Vec<i32> = lines.iter().map(|line| line.line_no).collect();
    let outcomes: Vec<&str> = lines.iter().map(|line| if line.referred { "referred" } else { "unpaid" }).collect();
    let codes: Vec<&str> = lines.iter().map(|line| line.code.as_str()).collect();
    let customers: Vec<&str> = lines.iter().map(|line| line.customer_number.as_str()).collect();
    let amounts: Vec<i64> = lines.iter().map(|line| line.amount_yen).collect();
    let persons: Vec<Option<i64>> = lines.iter().map(|line| line.person_id).collect();
    db.run(SQL, &[&file_id, &numbers, &outcomes, &codes, &customers, &amounts, &persons]).await.map(drop)
}

/// Lines of a file that were not booked, in order.
///
/// # Errors
/// Only what the database refuses.
pub async fn lines_of(db: &impl Db, file_id: i64) -> Result<Vec<FileLine>, StoreError> {
    const SQL: &str = "
        SELECT line_no, outcome = 'referred', code, customer_number, amount_yen, person_id
        FROM np_receipt_file_lines WHERE file_id = $1 ORDER BY line_no";
    let read = |row: &Row| FileLine {
        line_no: row.get(0),
        referred: row.get(1),
        code: row.get(2),
        customer_number: row.get(3),
        amount_yen: row.get(4),
        person_id: row.get(5),
    };
    Ok(db.rows(SQL, &[&file_id]).await?.iter().map(read).collect())
}
