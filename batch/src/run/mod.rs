//! 仕事の核 — plan → partition → compute → commit, shared by every job of the night.
//!
//! A job says how its keys are divided ([`Job::plan`]), does one partition at a time ([`Job::work`]), and counts
//! what it wrote again ([`Job::recount`]). The kernel does the rest: it opens the partition's transaction, writes
//! the mark, the verdicts and the digests of the files into it, commits, and only then gives the files their names.

mod error;
pub mod fault;
pub mod files;
pub mod kernel;
pub mod lease;
mod totals;

use std::path::PathBuf;

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Connection, Session, StoreError};

pub use error::NightError;
pub use files::PendingFile;
pub use store::night::runs::{Counts, VerdictRow};
pub use totals::Totals;

/// 鍵の範囲 — keys from `from` up to, not including, `to`. For most jobs the key is `employer_id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRange {
    /// First key.
    pub from: i64,
    /// First key after it.
    pub to: i64,
}

/// What a job of a run may know: all frozen, so that a resumed run sees what the first one saw.
#[derive(Clone, Debug)]
pub struct JobContext {
    /// `N20260817-1`.
    pub run_id: String,
    /// Place of the job in the night.
    pub job_no: i16,
    /// 業務日付; no job reads the clock.
    pub business_on: Date,
    /// 締切: a fact counts when `known_at <= cutoff_at AND (superseded_at IS NULL OR superseded_at > cutoff_at)`.
    pub cutoff_at: Timestamp,
    /// 月分 of a monthly job.
    pub for_month: Option<Month>,
    /// 法令データの版.
    pub law_version: String,
    /// Folder of Parquet and CSV results.
    pub lake_dir: PathBuf,
    /// Folder of print packages.
    pub print_dir: PathBuf,
    /// Threads that compute.
    pub threads: usize,
    /// A partition holds about so many people.
    pub people_per_partition: i64,
    /// A print lot holds at most so many pieces.
    pub pieces_per_lot: i64,
}

impl JobContext {
    /// The month of a monthly job.
    ///
    /// # Panics
    /// When the job is a daily one: a bug of the plan.
    pub fn month(&self) -> Month {
        self.for_month.expect("the plan gives a monthly job its month")
    }
}

/// One partition of a job.
#[derive(Clone, Copy, Debug)]
pub struct Partition<'a> {
    /// The job's frozen facts.
    pub job: &'a JobContext,
    /// Number within the job, from 0.
    pub no: i32,
    /// Its keys.
    pub keys: KeyRange,
}

/// What a partition did; goes into its mark.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Records read and what became of them; `read` must equal the sum of the others.
    pub counts: Counts,
    /// Totals that [`Job::recount`] will find again.
    pub totals: Totals,
    /// Held and rejected records with their reasons; one subject may have several.
    pub verdicts: Vec<VerdictRow>,
    /// Files written beside; the kernel renames them after the commit.
    pub files: Vec<files::WrittenFile>,
}

/// The connection of a partition, inside its transaction: there is no way to commit or begin from here.
pub struct PartitionSession<'a> {
    session: &'a mut Session,
}

impl<'a> PartitionSession<'a> {
    pub(crate) fn new(session: &'a mut Session) -> PartitionSession<'a> {
        PartitionSession { session }
    }

    /// Runs statements in the partition's transaction.
    pub fn run<T>(&mut self, work: impl AsyncFnOnce(&Connection) -> T) -> T {
        self.session.run(async |connection| work(connection).await)
    }

    /// Runs statements that may fail alone: when `work` fails they are undone and the partition goes on.
    /// The caller turns the error into a verdict, or gives it back.
    ///
    /// # Errors
    /// What `work` says; `Store` — the savepoint itself could not be made or undone.
    pub fn savepoint<T, E>(
        &mut self,
        work: impl AsyncFnOnce(&Connection) -> Result<T, E>,
    ) -> Result<Result<T, E>, StoreError> {
        self.session.run(async |connection| {
            connection.batch_execute("SAVEPOINT record").await?;
            let answer = work(connection).await;
            let end = if answer.is_ok() { "RELEASE record" } else { "ROLLBACK TO record; RELEASE record" };
            connection.batch_execute(end).await?;
            Ok(answer)
        })
    }
}

/// 夜間の仕事 — one job of the night.
///
/// Whatever it writes must depend on its arguments and on facts as known at the cut-off alone: not on the clock, not
/// on the order in which partitions happen to run, not on sequences (take ids from what is processed, such as the
/// `filing_id`). Then a run that was killed and resumed ends with the same bytes as one that was not.
pub trait Job: Sync {
    /// Name in `run_jobs` and in the calendar.
    fn name(&self) -> &'static str;

    /// 仕事の名 for operators.
    fn title(&self) -> &'static str;

    /// More rejected records than this stop the run.
    fn rejected_max(&self) -> i32 {
        1_000
    }

    /// The division of the work, asked once when the job is reached and then frozen; may be empty.
    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError>;

    /// Reads, computes and writes one partition inside its transaction.
    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError>;

    /// Tables that the job fills by many rows. Before the recount the database looks at them anew: with statistics from
    /// before the night it would reckon with a few rows, and compare each with each.
    fn fills(&self) -> &'static [&'static str] {
        &[]
    }

    /// Counts the totals again from what was written (tables and files), never from memory.
    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError>;

    /// Writes what sums the job up (such as `_run.json`) after the recount agreed. May be called again on resume.
    fn finish(&self, _job: &JobContext, _totals: &Totals, _session: &mut Session) -> Result<(), NightError> {
        Ok(())
    }
}
