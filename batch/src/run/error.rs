//! What stops a night, in words for the operator.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use law::LawError;
use store::StoreError;

/// 夜間処理が止まった理由. Every one of them leaves a run that can be resumed, unless it never began.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NightError {
    /// The database says no.
    #[error("{doing}: {source}")]
    Store {
        /// What was being done.
        doing: String,
        /// What the store said.
        #[source]
        source: StoreError,
    },
    /// A file could not be written or read.
    #[error("ファイル {} を{doing}ません: {source}。{}", path.display(), file_advice(source))]
    File {
        /// 書け or 読め.
        doing: &'static str,
        /// Which one.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A Parquet file is not what we write.
    #[error("Parquet ファイル {} を扱えません: {reason}", path.display())]
    Parquet {
        /// Which one.
        path: PathBuf,
        /// What the library said.
        reason: String,
    },
    /// The rule refuses the month.
    #[error("法令データで計算できません: {0}")]
    Law(#[from] LawError),
    /// A package could not be printed.
    #[error("印刷データを作れません: {0}")]
    Print(String),
    /// Offices are closed on that day.
    #[error("{0} は行政機関の休日です。業務日付には開庁日を指定してください")]
    NotBusinessDay(Date),
    /// Another operator's run.
    #[error(
        "夜間処理 {run_id} を {owner} が {since} から実行しています (状態: {state})。終わるのを待つか、\
         `nenrin night status` で確かめてください"
    )]
    AlreadyRunning {
        /// Its number.
        run_id: String,
        /// Who.
        owner: String,
        /// Since when.
        since: String,
        /// 計画中, 実行中.
        state: &'static str,
    },
    /// A run that was left unfinished.
    #[error(
        "夜間処理 {run_id} が終わっていません ({owner}、{since} 開始: {why})。`nenrin night --resume` で続きを実行してください"
    )]
    Unfinished {
        /// Its number.
        run_id: String,
        /// Who had it.
        owner: String,
        /// Since when.
        since: String,
        /// Why it stands.
        why: String,
    },
    /// Nothing to resume.
    #[error("続きを実行すべき夜間処理はありません")]
    NothingToResume,
    /// The run was planned with other tables of law.
    #[error(
        "夜間処理 {run_id} は法令データ {planned} で計画されましたが、このプログラムは {ours} です。\
         同じ版のプログラムで --resume してください"
    )]
    OtherLaw {
        /// Its number.
        run_id: String,
        /// The frozen version.
        planned: String,
        /// The version of this program.
        ours: String,
    },
    /// Transactions from before the cut-off do not end.
    #[error(
        "締切 {cutoff_at} より前に始まった処理が {waited_seconds} 秒待っても終わりません: {who}。\
         その処理を終わらせてから `nenrin night --resume` で続けてください"
    )]
    OlderTransactions {
        /// The cut-off.
        cutoff_at: String,
        /// How long it was waited.
        waited_seconds: u64,
        /// Process, name and start of each.
        who: String,
    },
    /// The role of the night cannot see other sessions, so it cannot know what to wait for.
    #[error(
        "データベースの他の接続の処理開始時刻が見えないため、締切を確かめられません。\
         夜間処理の役割に pg_read_all_stats を付けてください (GRANT pg_read_all_stats TO …)"
    )]
    CannotSeeSessions,
    /// Somebody took the run over.
    #[error("夜間処理 {0} の実行権が他の処理に移りました。この処理は何も確定せずに終わります")]
    LeaseLost(String),
    /// Too many rejected records.
    #[error(
        "「{title}」の却下が {rejected} 件で、限度 {max} 件を超えたので止めました。`nenrin night status` で理由を確かめ、\
         この件数の返戻でよければ `nenrin night --resume --rejected-max 件数` で続けてください"
    )]
    TooManyRejected {
        /// The job.
        title: String,
        /// How many.
        rejected: i64,
        /// The threshold.
        max: i32,
    },
    /// The recount disagrees with the marks.
    #[error("「{title}」の数え直しが合いません: {}。運用担当者に連絡してください", differences.join("; "))]
    Unbalanced {
        /// The job.
        title: String,
        /// Name, mark, recount.
        differences: Vec<String>,
    },
    /// The digest of a written file is not the recorded one.
    #[error("ファイル {} の内容が記録された指紋と違います。壊れたか、書き換えられています", .0.display())]
    Digest(PathBuf),
    /// A fact that a rule of ours says cannot be.
    #[error("{0}")]
    Broken(String),
}

fn file_advice(source: &std::io::Error) -> &'static str {
    match source.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge => {
            "空き容量を作ってから `nenrin night --resume` で続けてください"
        }
        _ => "置き場所と権限を確かめてから `nenrin night --resume` で続けてください",
    }
}

impl NightError {
    /// A failure of the store while doing something.
    pub fn store(doing: impl Into<String>) -> impl FnOnce(StoreError) -> NightError {
        let doing = doing.into();
        move |source| NightError::Store { doing, source }
    }

    /// A failure to write a file.
    pub fn write(path: &Path) -> impl FnOnce(std::io::Error) -> NightError {
        let path = path.to_owned();
        move |source| NightError::File { doing: "書け", path, source }
    }

    /// A failure to read a file.
    pub fn read(path: &Path) -> impl FnOnce(std::io::Error) -> NightError {
        let path = path.to_owned();
        move |source| NightError::File { doing: "読め", path, source }
    }

    /// A failure of Parquet; a full disk underneath is named as such.
    pub fn parquet(path: &Path) -> impl FnOnce(parquet::errors::ParquetError) -> NightError {
        let path = path.to_owned();
        move |error| NightError::Parquet { path, reason: error.to_string() }
    }

    /// A stable word for machines.
    pub fn code(&self) -> &'static str {
        match self {
            NightError::Store { source, .. } => source.code(),
            NightError::File { .. } => "file",
            NightError::Parquet { .. } => "parquet",
            NightError::Law(error) => error.code(),
            NightError::Print(_) => "print",
            NightError::NotBusinessDay(_) => "not_business_day",
            NightError::AlreadyRunning { .. } => "already_running",
            NightError::Unfinished { .. } => "unfinished",
            NightError::NothingToResume => "nothing_to_resume",
            NightError::OtherLaw { .. } => "other_law",
            NightError::OlderTransactions { .. } => "older_transactions",
            NightError::CannotSeeSessions => "cannot_see_sessions",
            NightError::LeaseLost(_) => "lease_lost",
            NightError::TooManyRejected { .. } => "too_many_rejected",
            NightError::Unbalanced { .. } => "unbalanced",
            NightError::Digest(_) => "digest",
            NightError::Broken(_) => "broken",
        }
    }
}

impl From<StoreError> for NightError {
    fn from(source: StoreError) -> NightError {
        NightError::Store { doing: "データベースの読み書き".to_owned(), source }
    }
}
