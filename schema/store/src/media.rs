//! 電子媒体 — files of filings: what came in, and what was wrong with it in the sender's terms.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::db::Db;
use crate::error::StoreError;

/// 媒体の受付 to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewMediaFile<'a> {
    /// SHA-256 of the bytes.
    pub sha256: &'a [u8],
    /// As the sender named it.
    pub file_name: &'a str,
    /// 提出元.
    pub sender: &'a str,
    /// 媒体通番.
    pub media_serial: &'a str,
    /// 作成年月日.
    pub created_on: Option<Date>,
    /// 業務日付.
    pub business_on: Date,
    /// False when the whole file goes back.
    pub taken: bool,
    /// Records that were taken.
    pub taken_count: i32,
    /// Records that go back.
    pub refused_count: i32,
}

/// 返戻理由・注意 — one problem, without values of persons.
#[derive(Clone, Copy, Debug)]
pub struct MediaProblem<'a> {
    /// Line of the file.
    pub line_no: i32,
    /// Column of the record.
    pub column_no: Option<i32>,
    /// 項目名.
    pub item: &'a str,
    /// For machines.
    pub code: &'a str,
    /// For the sender.
    pub message: &'a str,
    /// True when the record was taken all the same.
    pub warning: bool,
}

/// 媒体の受付 as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaFile {
    /// Our number.
    pub media_file_id: i64,
    /// As the sender named it.
    pub file_name: String,
    /// 提出元.
    pub sender: String,
    /// 媒体通番.
    pub media_serial: String,
    /// False when the whole file went back.
    pub taken: bool,
    /// Records that were taken.
    pub taken_count: i32,
    /// Records that went back.
    pub refused_count: i32,
    /// 業務日付.
    pub business_on: Date,
    /// When.
    pub received_at: Timestamp,
}

/// The reception of a file with these bytes, if there was one.
pub async fn find_by_sha256(db: &impl Db, sha256: &[u8]) -> Result<Option<MediaFile>, StoreError> {
    const SQL: &str = "
        SELECT media_file_id, file_name, sender, media_serial, outcome = 'taken', taken_count, refused_count,
            business_on, received_at
        FROM media_files WHERE sha256 = $1";
    Ok(db.row_opt(SQL, &[&sha256]).await?.map(|row| MediaFile {
        media_file_id: row.get(0),
        file_name: row.get(1),
        sender: row.get(2),
        media_serial: row.get(3),
        taken: row.get(4),
        taken_count: row.get(5),
        refused_count: row.get(6),
        business_on: row.get(7),
        received_at: row.get(8),
    }))
}

/// Writes the reception of a file with its problems; returns its number.
///
/// # Errors
/// `DuplicateFile` — the same bytes were received before, or are being received by somebody else.
pub async fn record(db: &impl Db, file: &NewMediaFile<'_>, problems: &[MediaProblem<'_>]) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO media_files (sha256, file_name, sender, media_serial, created_on, business_on, outcome,
            record_count, taken_count, refused_count)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        RETURNING media_file_id";
    let outcome = if file.taken { "taken" } else { "refused" };
    let record_count = file.taken_count + file.refused_count;
    let row = db
        .row(
            SQL,
            &[
                &file.sha256,
                &file.file_name,
                &file.sender,
                &file.media_serial,
                &file.created_on,
                &file.business_on,
                &outcome,
                &record_count,
                &file.taken_count,
                &file.refused_count,
            ],
        )
        .await?;
    let media_file_id = row.get(0);
    if !problems.is_empty() {
        record_problems(db, media_file_id, problems).await?;
    }
    Ok(media_file_id)
}

async fn record_problems(db: &impl Db, media_file_id: i64, problems: &[MediaProblem<'_>]) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO media_problems (media_file_id, problem_no, line_no, column_no, item, code, message, warning)
        SELECT $1, u.place, u.line_no, u.column_no, u.item, u.code, u.message, u.warning
        FROM unnest($2::integer[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::boolean[])
            WITH ORDINALITY AS u (line_no, column_no, item, code, message, warning, place)";
    let lines: Vec<i32> = problems.iter().map(|one| one.line_no).collect();
    let columns: Vec<Option<i32>> = problems.iter().map(|one| one.column_no).collect();
    let items: Vec<&str> = problems.iter().map(|one| one.item).collect();
    let codes: Vec<&str> = problems.iter().map(|one| one.code).collect();
    let messages: Vec<&str> = problems.iter().map(|one| one.message).collect();
    let warnings: Vec<bool> = problems.iter().map(|one| one.warning).collect();
    db.run(SQL, &[&media_file_id, &lines, &columns, &items, &codes, &messages, &warnings]).await?;
    Ok(())
}

/// 返戻理由・注意 as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedProblem {
    /// Line of the file.
    pub line_no: i32,
    /// Column of the record.
    pub column_no: Option<i32>,
    /// 項目名.
    pub item: String,
    /// For machines.
    pub code: String,
    /// For the sender.
    pub message: String,
    /// True when the record was taken all the same.
    pub warning: bool,
}

/// The problems of a received file, in the order they were recorded.
pub async fn problems_of(db: &impl Db, media_file_id: i64) -> Result<Vec<RecordedProblem>, StoreError> {
    const SQL: &str = "
        SELECT line_no, column_no, item, code, message, warning
        FROM media_problems WHERE media_file_id = $1 ORDER BY problem_no";
    let rows = db.rows(SQL, &[&media_file_id]).await?;
    let read = |row: &tokio_postgres::Row| RecordedProblem {
        line_no: row.get(0),
        column_no: row.get(1),
        item: row.get(2),
        code: row.get(3),
        message: row.get(4),
        warning: row.get(5),
    };
    Ok(rows.iter().map(read).collect())
}
