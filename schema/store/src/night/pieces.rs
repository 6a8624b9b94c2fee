//! 印刷ラン — the pieces of a print run, numbered once, and its lots.

use domain::Month;
use jiff::Timestamp;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;

/// True when the print run exists, and its pieces with it.
pub async fn exists(db: &impl Db, print_run_id: &str) -> Result<bool, StoreError> {
    Ok(db.row_opt("SELECT 1 FROM print_runs WHERE print_run_id = $1", &[&print_run_id]).await?.is_some())
}

/// A print run to be numbered.
#[derive(Clone, Copy, Debug)]
pub struct NewPrintRun<'a> {
    /// 印刷ラン番号.
    pub print_run_id: &'a str,
    /// The night.
    pub run_id: &'a str,
    /// 月分 of the notices.
    pub for_month: Month,
    /// `debit_notice` or `payment_slip`.
    pub kind: &'a str,
    /// Pieces of one lot at most.
    pub pieces_per_lot: i64,
    /// Addresses as known at this instant.
    pub cutoff_at: Timestamp,
}

/// Makes a print run with its pieces, in the caller's transaction; without pieces none is made. Pieces go by postal
/// code, address and employer, numbered from 10000001; those of the employers `without` are left out.
pub async fn number(db: &impl Db, new: NewPrintRun<'_>, without: &[i64]) -> Result<(), StoreError> {
    let pieces = db
        .run(
            "WITH numbered AS (
                 SELECT notice_id,
                     row_number() OVER (ORDER BY zip COLLATE \"C\", address COLLATE \"C\", notices.employer_id) AS place
                 FROM notices JOIN employer_profiles AS profile ON profile.employer_id = notices.employer_id
                     AND profile.valid_to IS NULL AND profile.known_at <= $6
                     AND (profile.superseded_at IS NULL OR profile.superseded_at > $6)
                 WHERE run_id = $2 AND for_month = $3 AND kind = $4 AND NOT notices.employer_id = ANY ($7)
             ), run AS (
                 INSERT INTO print_runs (print_run_id, run_id, kind, lot_count, piece_count)
                 SELECT $1, $2, $4, ((count(*) + $5 - 1) / $5)::integer, count(*) FROM numbered HAVING count(*) > 0
             )
             INSERT INTO print_pieces (print_run_id, seq, lot_no, notice_id)
             SELECT $1, 10000000 + place, ((place - 1) / $5)::integer + 1, notice_id FROM numbered",
            &[
                &new.print_run_id,
                &new.run_id,
                &new.for_month.first_day(),
                &new.kind,
                &new.pieces_per_lot,
                &new.cutoff_at,
                &without,
            ],
        )
        .await?;
    tracing::debug!(pieces, print_run_id = new.print_run_id, "print run numbered");
    Ok(())
}

/// 印刷ラン — lots and pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintRun {
    /// 印刷ラン番号.
    pub print_run_id: String,
    /// `debit_notice` or `payment_slip`.
    pub kind: String,
    /// ロット数.
    pub lot_count: i32,
    /// 通数.
    pub piece_count: i64,
}

/// The print runs of a night whose numbers begin so, in order.
pub async fn print_runs(db: &impl Db, run_id: &str, prefix: &str) -> Result<Vec<PrintRun>, StoreError> {
    let rows = db
        .rows(
            "SELECT print_run_id, kind, lot_count, piece_count FROM print_runs
             WHERE run_id = $1 AND starts_with (print_run_id, $2) ORDER BY print_run_id",
            &[&run_id, &prefix],
        )
        .await?;
    let read = |row: &Row| PrintRun {
        print_run_id: row.get(0),
        kind: row.get(1),
        lot_count: row.get(2),
        piece_count: row.get(3),
    };
    Ok(rows.iter().map(read).collect())
}

/// 印刷ロット — the figures of one PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintLot {
    /// 印刷ラン番号.
    pub print_run_id: String,
    /// ロット番号.
    pub lot_no: i32,
    /// ファイル名.
    pub file_name: String,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// サイズ.
    pub byte_count: i64,
    /// 通数.
    pub piece_count: i32,
    /// 枚数.
    pub sheet_count: i32,
    /// ページ数.
    pub page_count: i32,
    /// 開始連番.
    pub first_seq: i64,
    /// 終了連番.
    pub last_seq: i64,
    /// 告知額の合計.
    pub total_yen: i64,
}

/// Records a finished lot.
pub async fn insert_lot(db: &impl Db, lot: &PrintLot) -> Result<(), StoreError> {
    db.run(
        "INSERT INTO print_lots (print_run_id, lot_no, file_name, sha256, byte_count, piece_count, sheet_count,
             page_count, first_seq, last_seq, total_yen)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            &lot.print_run_id,
            &lot.lot_no,
            &lot.file_name,
            &lot.sha256,
            &lot.byte_count,
            &lot.piece_count,
            &lot.sheet_count,
            &lot.page_count,
            &lot.first_seq,
            &lot.last_seq,
            &lot.total_yen,
        ],
    )
    .await?;
    Ok(())
}

/// The lots of a print run in order.
pub async fn lots(db: &impl Db, print_run_id: &str) -> Result<Vec<PrintLot>, StoreError> {
    let rows = db
        .rows(
            "SELECT print_run_id, lot_no, file_name, sha256, byte_count, piece_count, sheet_count, page_count,
                 first_seq, last_seq, total_yen
             FROM print_lots WHERE print_run_id = $1 ORDER BY lot_no",
            &[&print_run_id],
        )
        .await?;
    let read = |row: &Row| PrintLot {
        print_run_id: row.get(0),
        lot_no: row.get(1),
        file_name: row.get(2),
        sha256: row.get(3),
        byte_count: row.get(4),
        piece_count: row.get(5),
        sheet_count: row.get(6),
        page_count: row.get(7),
        first_seq: row.get(8),
        last_seq: row.get(9),
        total_yen: row.get(10),
    };
    Ok(rows.iter().map(read).collect())
}

/// Notices of a run and month without a piece in its print runs: those that could not be printed.
pub async fn unnumbered(db: &impl Db, run_id: &str, for_month: Month) -> Result<Vec<i64>, StoreError> {
    let rows = db
        .rows(
            "SELECT employer_id FROM notices
             WHERE run_id = $1 AND for_month = $2
                 AND NOT EXISTS (SELECT 1 FROM print_pieces JOIN print_runs USING (print_run_id)
                     WHERE print_pieces.notice_id = notices.notice_id AND print_runs.run_id = $1)
             ORDER BY employer_id",
            &[&run_id, &for_month.first_day()],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// 印刷しなかった告知額 — notices of a run and month without a piece: number and yen.
pub async fn not_printed(db: &impl Db, run_id: &str, for_month: Month) -> Result<(i64, i64), StoreError> {
    let row = db
        .row(
            "SELECT count(*), coalesce(sum(total_yen), 0)::bigint FROM notices
             WHERE run_id = $1 AND for_month = $2
                 AND NOT EXISTS (SELECT 1 FROM print_pieces WHERE print_pieces.notice_id = notices.notice_id)",
            &[&run_id, &for_month.first_day()],
        )
        .await?;
    Ok((row.get(0), row.get(1)))
}

/// First and last 連番 of the lots of a print run, in order.
pub async fn lot_ranges(db: &impl Db, print_run_id: &str) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = db
        .rows(
            "SELECT min(seq), max(seq) FROM print_pieces WHERE print_run_id = $1 GROUP BY lot_no ORDER BY lot_no",
            &[&print_run_id],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// The lot of a piece.
pub async fn lot_of(db: &impl Db, print_run_id: &str, seq: i64) -> Result<i32, StoreError> {
    let sql = "SELECT lot_no FROM print_pieces WHERE print_run_id = $1 AND seq = $2";
    Ok(db.row(sql, &[&print_run_id, &seq]).await?.get(0))
}
