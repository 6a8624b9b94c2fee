//! 電子媒体の受付 — files of filings (`SHFD0006.CSV`) in bulk: every record gets a verdict in the sender's own
//! terms, what is clean is received and approved by rule, what is not goes back in a file to correct.
//!
//! A file is one transaction: it is received with everything that was taken from it, or not at all. The same bytes
//! are received once, also when two processes take them at the same moment. The return file is a function of the
//! bytes and of what was recorded, so it is written again when it is missing (killed between commit and writing).

mod error;
mod examine;
mod known;
mod one_file;
pub mod receipts;
mod returned;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::nenkin::Form;
use jiff::civil::Date;
use serde::Serialize;
use store::my_number::Keys;
use store::{Session, Settings};

use crate::progress::Progress;

pub use error::IntakeError;

/// What to take in, and how.
#[derive(Clone, Debug)]
pub struct IntakeOptions {
    /// The database.
    pub url: String,
    /// Files, and folders whose `*.CSV` are taken.
    pub files: Vec<PathBuf>,
    /// 業務日付 (検査日).
    pub business_on: Date,
    /// Where return files go, one folder per returned file.
    pub return_dir: PathBuf,
    /// Threads, each with its own connection.
    pub threads: usize,
    /// Seals 個人番号; without it a file that holds one is not taken.
    pub my_number_key: Option<Keys>,
    /// Only employers of this 年金事務所; `None` takes all.
    pub office: Option<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileOutcome {
    /// 受付: with a verdict for every record.
    Taken,
    /// 返戻: the file as a whole.
    Refused,
    /// 受付済み: the same bytes came before; nothing was done.
    AlreadyTaken,
    /// It could not be dealt with; nothing of it was received.
    Failed,
}

/// 件数 — records of one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FormCount {
    /// 受付.
    pub taken: u64,
    /// 返戻.
    pub refused: u64,
}

/// One file in the summary.
#[derive(Clone, Debug, Serialize)]
pub struct FileSummary {
    /// Which.
    pub path: PathBuf,
    /// What became of it.
    pub outcome: FileOutcome,
    /// 提出元 and 媒体通番, when they could be read.
    pub sender: Option<String>,
    /// Records received.
    pub taken: u64,
    /// Records that go back.
    pub refused: u64,
    /// Where the return file lies.
    pub return_dir: Option<PathBuf>,
    /// Why it failed.
    pub error: Option<String>,
    /// Records by form; the key is the code, empty where it is not known.
    #[serde(skip)]
    by_form: BTreeMap<&'static str, FormCount>,
}

/// 受付の結果.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IntakeSummary {
    /// Files taken.
    pub files_taken: u64,
    /// Files refused as a whole.
    pub files_refused: u64,
    /// Files whose bytes came before.
    pub files_already_taken: u64,
    /// Files that could not be dealt with.
    pub files_failed: u64,
    /// Records received.
    pub records_taken: u64,
    /// Records that go back.
    pub records_refused: u64,
    /// By 様式コード; records whose form is not known stand under the empty key.
    pub by_form: BTreeMap<String, FormCount>,
    /// Every file in the order it was given.
    pub files: Vec<FileSummary>,
}

/// 電子媒体の受付 — takes all files, side by side; one that fails does not hold up the others.
///
/// # Errors
/// `Folder` — a file or folder that was named cannot be listed; `Store` — the database cannot be reached.
pub fn run(options: &IntakeOptions, progress: &dyn Progress) -> Result<IntakeSummary, IntakeError> {
    let files = list_files(&options.files)?;
    progress.begin("電子媒体の受付", files.len() as u64, "件");
    let outcomes: Vec<Mutex<Option<FileSummary>>> = files.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let settings = Settings::new(options.url.as_str()).named("nenrin-intake");
    let threads = options.threads.clamp(1, files.len().max(1));
    let worked: Result<(), IntakeError> = std::thread::scope(|scope| {
        let work = || -> Result<(), IntakeError> {
            let mut session = Session::open(&settings).map_err(IntakeError::store)?;
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(path) = files.get(place) else { return Ok(()) };
                let summary = one_file::take(&mut session, path, options);
                *outcomes[place].lock().expect("no thread panics while it holds this") = Some(summary);
                progress.advance(1);
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("an intake thread does not panic"))
    });
    progress.end();
    worked?;
    let taken = outcomes.into_iter().map(|outcome| outcome.into_inner().expect("not poisoned").expect("every file"));
    Ok(summarise(taken.collect()))
}

/// Named files as they are; of named folders every `*.CSV` below them, in order of name, but not the lists of
/// reasons that we write ourselves.
fn list_files(named: &[PathBuf]) -> Result<Vec<PathBuf>, IntakeError> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() { walk(path, &mut files)? } else { files.push(path.clone()) }
    }
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), IntakeError> {
    let failed = |source| IntakeError::Folder { path: folder.to_owned(), source };
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, files)?;
        } else if is_media(&path) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_media(path: &Path) -> bool {
    let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    is_csv && path.file_name().is_some_and(|name| name != returned::LIST_NAME)
}

fn summarise(files: Vec<FileSummary>) -> IntakeSummary {
    let count = |outcome| files.iter().filter(|file| file.outcome == outcome).count() as u64;
    let mut summary = IntakeSummary {
        files_taken: count(FileOutcome::Taken),
        files_refused: count(FileOutcome::Refused),
        files_already_taken: count(FileOutcome::AlreadyTaken),
        files_failed: count(FileOutcome::Failed),
        ..IntakeSummary::default()
    };
    for file in &files {
        summary.records_taken += file.taken;
        summary.records_refused += file.refused;
        for (form, count) in &file.by_form {
            let sum = summary.by_form.entry((*form).to_owned()).or_default();
            sum.taken += count.taken;
            sum.refused += count.refused;
        }
    }
    summary.files = files;
    summary
}

/// The table an operator sees.
impl std::fmt::Display for IntakeSummary {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            out,
            "ファイル: 受付 {}、返戻 {}、受付済み {}、失敗 {}",
            self.files_taken, self.files_refused, self.files_already_taken, self.files_failed
        )?;
        writeln!(out, "届書: 受付 {}、返戻 {}", self.records_taken, self.records_refused)?;
        for (code, count) in &self.by_form {
            let name = Form::from_code(code).map_or("様式不明", Form::name_ja);
            writeln!(out, "  {code:7} {name}: 受付 {}、返戻 {}", count.taken, count.refused)?;
        }
        for file in self.files.iter().filter(|file| file.return_dir.is_some() || file.error.is_some()) {
            let path = file.path.display();
            match (&file.error, &file.return_dir) {
                (Some(error), _) => writeln!(out, "  {path}: {error}")?,
                (None, Some(folder)) => writeln!(out, "  {path}: 返戻 {} 件 → {}", file.refused, folder.display())?,
                (None, None) => {}
            }
        }
        Ok(())
    }
}
