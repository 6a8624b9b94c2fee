//! 誤りの一覧 — what can go wrong between us and the database, in words that say who acts.
//!
//! Never SQL text, and never the values of a row: the detail of a PostgreSQL error may name a person's number,
//! so only its code, its one-line message and its table are kept.

use std::fmt;

use tokio_postgres::error::{DbError, SqlState};

/// What the store answers when it cannot do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The address of the database cannot be read. The operator corrects it.
    #[error("データベースの接続先 (NENRIN_DATABASE_URL) を読み取れません。書き方を確かめてください")]
    BadUrl(#[source] Cause),
    /// Nobody answers there. The operator starts it.
    #[error("データベース ({endpoint}) に接続できません。`nenrin up` で起動しているか確かめてください")]
    Connect {
        /// Where it was tried, without the password.
        endpoint: String,
        /// What the connection said.
        #[source]
        source: Cause,
    },
    /// No free connection within the wait.
    #[error("データベース接続の空きを待ちましたが得られません。少し待ってからやり直してください")]
    PoolBusy(#[source] Cause),
    /// The connection was lost or the server is stopping; what was not acknowledged is not recorded.
    #[error("データベースとの接続が切れました。記録されたかを照会で確かめてから、やり直してください")]
    Disconnected(#[source] Cause),
    /// The disk of the database is full.
    #[error("データベースのディスクがいっぱいです。運用担当者が空きを作ってから、やり直してください")]
    DiskFull(#[source] Cause),
    /// A statement or a lock took longer than its limit.
    #[error("データベースの処理が制限時間内に終わりません。少し待ってからやり直してください")]
    TimedOut(#[source] Cause),
    /// Two transactions met; doing it again is enough.
    #[error("他の処理と重なりました。もう一度やり直してください")]
    Conflict(#[source] Cause),
    /// 二重の資格取得: the person is insured at this employer already.
    #[error("この人はこの事業所で既に被保険者です。資格取得年月日と被保険者整理番号を確かめてください")]
    AlreadyInsured(#[source] Cause),
    /// 被保険者整理番号の重複: somebody else has it there.
    #[error("この被保険者整理番号はこの事業所で既に使われています。別の番号にしてください")]
    InsuredNumberTaken(#[source] Cause),
    /// The sender's key is in use: the reception exists.
    #[error("この送信鍵の届は既に受け付けています")]
    DuplicateSenderKey(#[source] Cause),
    /// 基礎年金番号の重複.
    #[error("この基礎年金番号は既に別の人に付いています。番号を確かめてください")]
    PensionNumberTaken(#[source] Cause),
    /// 個人番号の重複.
    #[error("この個人番号は既に別の人に付いています。番号を確かめてください")]
    MyNumberTaken(#[source] Cause),
    /// 事業所整理記号の重複.
    #[error("この事業所整理記号は既に使われています")]
    EmployerSymbolTaken(#[source] Cause),
    /// A login name exists already.
    #[error("この利用者名は既に使われています")]
    LoginTaken(#[source] Cause),
    /// The same bytes were taken before.
    #[error("同じ内容のファイルは既に受け付けています")]
    DuplicateFile(#[source] Cause),
    /// Another run is not finished (一度に動く夜間処理は一つ).
    #[error("終わっていない夜間処理があります。`nenrin night status` で確かめてください")]
    RunInProgress(#[source] Cause),
    /// Any other row that may exist only once.
    #[error("同じ行が既にあります")]
    Duplicate(#[source] Cause),
    /// A row points at something that is not there.
    #[error("参照先 (事業所・人・届・職員など) がありません")]
    UnknownReference(#[source] Cause),
    /// Somebody tried to edit or delete a posted row; a bug of ours.
    #[error("記帳済みの行は変更できません (訂正は新しい行で行います)")]
    Posted(#[source] Cause),
    /// A fact that was to be corrected has been corrected by somebody else meanwhile.
    #[error("訂正しようとした記録は、他の処理が先に訂正しました。照会し直してからやり直してください")]
    AlreadySuperseded,
    /// The course of a filing has gone on meanwhile.
    #[error("この届の経過は、他の職員が先に進めました。照会し直してください")]
    CourseMoved(#[source] Cause),
    /// 起案した者は決裁できない.
    #[error("起案した職員は決裁できません。別の決裁権者が決裁してください")]
    SamePersonDecides(#[source] Cause),
    /// What was read back is not what this program writes.
    #[error("データベースの内容を読み取れません ({what})")]
    Unreadable {
        /// Which table or column.
        what: &'static str,
    },
    /// Anything else the database refuses.
    #[error("データベースが処理を拒みました。運用担当者に記録 (ログ) を見てもらってください")]
    Database(#[source] Cause),
}

/// What the database or the connection said, without values of rows.
#[derive(Debug, Clone)]
pub struct Cause {
    code: Option<SqlState>,
    message: String,
    table: Option<String>,
}

impl Cause {
    /// From a text of our own.
    pub(crate) fn text(message: impl Into<String>) -> Cause {
        Cause { code: None, message: message.into(), table: None }
    }

    /// The five characters of SQLSTATE, when the database spoke.
    pub fn code(&self) -> Option<&str> {
        self.code.as_ref().map(SqlState::code)
    }
}

impl From<&tokio_postgres::Error> for Cause {
    fn from(error: &tokio_postgres::Error) -> Cause {
        match error.as_db_error() {
            Some(db) => Cause {
                code: Some(db.code().clone()),
                message: db.message().to_owned(),
                table: db.table().map(str::to_owned),
            },
            None => {
                let inner = std::error::Error::source(error).map(|source| format!(": {source}"));
                Cause::text(format!("{error}{}", inner.unwrap_or_default()))
            }
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = &self.code {
            write!(out, "[{}] ", code.code())?;
        }
        out.write_str(&self.message)?;
        match &self.table {
            Some(table) => write!(out, " ({table})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Cause {}

impl StoreError {
    /// True when the same transaction may simply be tried again.
    pub fn is_transient(&self) -> bool {
        matches!(self, StoreError::Conflict(_) | StoreError::PoolBusy(_) | StoreError::TimedOut(_))
    }

    /// A stable word for machines.
    pub fn code(&self) -> &'static str {
        match self {
            StoreError::BadUrl(_) => "bad_database_url",
            StoreError::Connect { .. } => "database_unreachable",
            StoreError::PoolBusy(_) => "database_busy",
            StoreError::Disconnected(_) => "database_disconnected",
            StoreError::DiskFull(_) => "database_disk_full",
            StoreError::TimedOut(_) => "database_timeout",
            StoreError::Conflict(_) => "conflict",
            StoreError::AlreadyInsured(_) => "already_insured",
            StoreError::InsuredNumberTaken(_) => "insured_number_taken",
            StoreError::DuplicateSenderKey(_) => "duplicate_sender_key",
            StoreError::PensionNumberTaken(_) => "pension_number_taken",
            StoreError::MyNumberTaken(_) => "my_number_taken",
            StoreError::EmployerSymbolTaken(_) => "employer_symbol_taken",
            StoreError::LoginTaken(_) => "login_taken",
            StoreError::DuplicateFile(_) => "duplicate_file",
            StoreError::RunInProgress(_) => "run_in_progress",
            StoreError::Duplicate(_) => "duplicate",
            StoreError::UnknownReference(_) => "unknown_reference",
            StoreError::Posted(_) => "posted",
            StoreError::AlreadySuperseded => "already_superseded",
            StoreError::CourseMoved(_) => "course_moved",
            StoreError::SamePersonDecides(_) => "same_person_decides",
            StoreError::Unreadable { .. } => "unreadable",
            StoreError::Database(_) => "database",
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> StoreError {
        let cause = Cause::from(&error);
        match error.as_db_error() {
            Some(db) => of_database(db, cause),
            None if error.is_closed() || error.code().is_none() && is_io(&error) => StoreError::Disconnected(cause),
            None => StoreError::Database(cause),
        }
    }
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>())
}

fn of_database(db: &DbError, cause: Cause) -> StoreError {
    let code = db.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        return of_duplicate(db, cause);
    }
    if *code == SqlState::FOREIGN_KEY_VIOLATION {
        return StoreError::UnknownReference(cause);
    }
    if *code == SqlState::CHECK_VIOLATION && db.table() == Some("decisions") {
        return StoreError::SamePersonDecides(cause);
    }
    if db.message().starts_with("NENRIN_POSTED") {
        return StoreError::Posted(cause);
    }
    if [SqlState::DISK_FULL, SqlState::IO_ERROR].contains(code) {
        return StoreError::DiskFull(cause);
    }
    if [SqlState::QUERY_CANCELED, SqlState::LOCK_NOT_AVAILABLE].contains(code) {
        return StoreError::TimedOut(cause);
    }
    if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code) {
        return StoreError::Conflict(cause);
    }
    if *code == SqlState::TOO_MANY_CONNECTIONS {
        return StoreError::PoolBusy(cause);
    }
    // 57P01 to 57P03: the server is being stopped, was killed, or is still recovering.
    if code.code().starts_with("57P0") || code.code().starts_with("08") {
        return StoreError::Disconnected(cause);
    }
    StoreError::Database(cause)
}

/// Indexes of partitions have generated names, so the table and the columns in the detail decide.
fn of_duplicate(db: &DbError, cause: Cause) -> StoreError {
    let table = db.table().unwrap_or_default();
    let columns = db.detail().and_then(|detail| detail.split_once(")=")).map_or("", |(columns, _)| columns);
    if table.starts_with("coverage_spells") && columns.ends_with("insured_number") {
        return StoreError::InsuredNumberTaken(cause);
    }
    if table.starts_with("coverage_spells") && columns.ends_with("person_id") {
        return StoreError::AlreadyInsured(cause);
    }
    match (table, db.constraint().unwrap_or_default()) {
        ("filings", "filings_sender_sender_key_key") => StoreError::DuplicateSenderKey(cause),
        ("filing_steps", _) => StoreError::CourseMoved(cause),
        ("person_numbers", "person_numbers_current") => StoreError::PensionNumberTaken(cause),
        ("numbers", "numbers_current") => StoreError::MyNumberTaken(cause),
        ("employers", _) => StoreError::EmployerSymbolTaken(cause),
        ("clerks", "clerks_login_key") => StoreError::LoginTaken(cause),
        ("media_files" | "np_receipt_files", _) => StoreError::DuplicateFile(cause),
        ("runs", "runs_one_at_a_time") => StoreError::RunInProgress(cause),
        _ => StoreError::Duplicate(cause),
    }
}
