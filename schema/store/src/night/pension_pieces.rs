//! 人への通知の印刷 — letters of a run with their addresses, and their pieces.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;

/// 手紙 — a notice with the name and the home of its person as known at the cut-off.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// 通知ID.
    pub notice_id: String,
    /// 種類.
    pub kind: String,
    /// 人.
    pub person_id: i64,
    /// 発行日.
    pub issued_on: Date,
    /// What it says.
    pub body: Value,
    /// 氏名.
    pub name: Option<String>,
    /// 郵便番号 and 住所; `None` where there is none on file.
    pub address: Option<(String, String)>,
    /// The first office of the prefecture.
    pub office_name: Option<String>,
}

const COLUMNS: &str =
    "notice.notice_id, notice.kind, notice.person_id, notice.issued_on, notice.body, person.name_kanji,
     address.zip, address.address_kanji,
     (SELECT name FROM offices WHERE offices.prefecture_code = address.prefecture_code ORDER BY office_code LIMIT 1)";

/// Joins of [`COLUMNS`]; `$1` is the cut-off.
const JOINS: &str =
    "LEFT JOIN person_identities AS person ON person.person_id = notice.person_id AND person.valid_to IS NULL
         AND person.known_at <= $1 AND (person.superseded_at IS NULL OR person.superseded_at > $1)
     LEFT JOIN addresses AS address ON address.person_id = notice.person_id AND address.valid_to IS NULL
         AND address.known_at <= $1 AND (address.superseded_at IS NULL OR address.superseded_at > $1)";

impl Letter {
    fn of(row: &Row) -> Letter {
        let (zip, address): (Option<String>, Option<String>) = (row.get(6), row.get(7));
        Letter {
            notice_id: row.get(0),
            kind: row.get(1),
            person_id: row.get(2),
            issued_on: row.get(3),
            body: row.get(4),
            name: row.get(5),
            address: zip.zip(address),
            office_name: row.get(8),
        }
    }
}

/// The letters of a run to persons from one up to another, in order of notice.
pub async fn to_print(
    db: &impl Db,
    run_id: &str,
    (from, to): (i64, i64),
    cutoff_at: Timestamp,
) -> Result<Vec<Letter>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM pension_notices AS notice {JOINS}
         WHERE notice.run_id = $2 AND notice.person_id >= $3 AND notice.person_id < $4 ORDER BY notice.notice_id"
    );
    Ok(db.rows(&sql, &[&cutoff_at, &run_id, &from, &to]).await?.iter().map(Letter::of).collect())
}

/// The letters of a print run's pieces from one 連番 up to another, in that order.
pub async fn of_pieces(
    db: &impl Db,
    print_run_id: &str,
    (seq_from, seq_to): (i64, i64),
    cutoff_at: Timestamp,
) -> Result<Vec<Letter>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM pension_print_pieces AS piece JOIN pension_notices AS notice USING (notice_id) {JOINS}
         WHERE piece.print_run_id = $2 AND piece.seq >= $3 AND piece.seq < $4 ORDER BY piece.seq"
    );
    Ok(db.rows(&sql, &[&cutoff_at, &print_run_id, &seq_from, &seq_to]).await?.iter().map(Letter::of).collect())
}

/// Letters of a run without a piece: those that could not be printed, in order of notice.
pub async fn unnumbered(db: &impl Db, run_id: &str, cutoff_at: Timestamp) -> Result<Vec<Letter>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM pension_notices AS notice {JOINS}
         WHERE notice.run_id = $2 AND NOT EXISTS (
             SELECT 1 FROM pension_print_pieces AS piece WHERE piece.notice_id = notice.notice_id)
         ORDER BY notice.notice_id"
    );
    Ok(db.rows(&sql, &[&cutoff_at, &run_id]).await?.iter().map(Letter::of).collect())
}

/// Ranges of persons (first, first after them) that hold about so many notices of a run each.
pub async fn ranges(db: &impl Db, run_id: &str, notices: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = db
        .rows(
            "SELECT min(person_id), max(person_id) + 1 FROM (
                 SELECT person_id, (dense_rank() OVER (ORDER BY person_id) - 1) / $2 AS part
                 FROM pension_notices WHERE run_id = $1
             ) AS numbered GROUP BY part ORDER BY part",
            &[&run_id, &notices.max(1)],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Makes the print run of a night's letters with its pieces, in the caller's transaction; without pieces none is made.
/// Pieces go by postal code, address, person and notice, numbered from 10000001; the notices `without` are left out.
pub async fn number(
    db: &impl Db,
    (print_run_id, run_id): (&str, &str),
    pieces_per_lot: i64,
    cutoff_at: Timestamp,
    without: &[String],
) -> Result<(), StoreError> {
    let pieces = db
        .run(
            "WITH numbered AS (
                 SELECT notice.notice_id, row_number() OVER (ORDER BY address.zip COLLATE \"C\",
                     address.address_kanji COLLATE \"C\", notice.person_id, notice.notice_id COLLATE \"C\") AS place
                 FROM pension_notices AS notice JOIN addresses AS address ON address.person_id = notice.person_id
                     AND address.valid_to IS NULL AND address.known_at <= $4
                     AND (address.superseded_at IS NULL OR address.superseded_at > $4)
                 WHERE notice.run_id = $2 AND NOT notice.notice_id = ANY ($5)
             ), run AS (
                 INSERT INTO print_runs (print_run_id, run_id, kind, lot_count, piece_count)
                 SELECT $1, $2, 'letter', ((count(*) + $3 - 1) / $3)::integer, count(*) FROM numbered HAVING count(*) > 0
             )
             INSERT INTO pension_print_pieces (print_run_id, seq, lot_no, notice_id)
             SELECT $1, 10000000 + place, ((place - 1) / $3)::integer + 1, notice_id FROM numbered",
            &[&print_run_id, &run_id, &pieces_per_lot, &cutoff_at, &without],
        )
        .await?;
    tracing::debug!(pieces, print_run_id, "letters numbered");
    Ok(())
}

/// First and last 連番 of the lots of a print run, in order.
pub async fn lot_ranges(db: &impl Db, print_run_id: &str) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = db
        .rows(
            "SELECT min(seq), max(seq) FROM pension_print_pieces WHERE print_run_id = $1 GROUP BY lot_no ORDER BY lot_no",
            &[&print_run_id],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// The lot of a piece.
pub async fn lot_of(db: &impl Db, print_run_id: &str, seq: i64) -> Result<i32, StoreError> {
    let sql = "SELECT lot_no FROM pension_print_pieces WHERE print_run_id = $1 AND seq = $2";
    Ok(db.row(sql, &[&print_run_id, &seq]).await?.get(0))
}
