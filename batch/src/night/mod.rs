//! 夜間処理 — plan, run, resume, look.

mod calendar;
mod summary;

use std::path::PathBuf;
use std::time::Instant;

use domain::Month;
use domain::calendar::is_government_closed;
use jiff::civil::Date;
use store::night::runs::{self, Run, RunJob};
use store::{Session, Settings};

pub use calendar::{Done, NightCalendar, PlannedJob};
pub use summary::{MonthSummary, NightSummary};

use crate::jobs;
use crate::progress::Progress;
use crate::run::kernel::{Kernel, OLDER_TRANSACTIONS_SECONDS_MAX, wait_for_older};
use crate::run::lease::{self, Lease};
use crate::run::{JobContext, NightError, fault};

/// Twenty-five thousand people and their facts take some ten megabytes.
pub const PEOPLE_PER_PARTITION: i64 = 25_000;
/// 一ロットの通数.
pub const PIECES_PER_LOT: i64 = 2_000;

/// What a night is told.
#[derive(Clone)]
pub struct NightOptions {
    /// The database.
    pub url: String,
    /// 業務日付.
    pub business_on: Date,
    /// Folder of Parquet and CSV results.
    pub lake_dir: PathBuf,
    /// Folder of print packages.
    pub print_dir: PathBuf,
    /// Threads that compute.
    pub threads: usize,
    /// A partition holds about so many people; what memory a thread needs hangs on it.
    pub people_per_partition: i64,
    /// A print lot holds at most so many pieces.
    pub pieces_per_lot: i64,
    /// Version of the program, for the books.
    pub program_version: String,
    /// How long the planner waits for transactions from before the cut-off.
    pub older_transactions_seconds_max: u64,
    /// On resume: the jobs that are left may reject so many records, whatever was planned.
    pub rejected_max: Option<u32>,
}

impl NightOptions {
    /// With folders under one root and a thread per core.
    pub fn new(url: impl Into<String>, business_on: Date, root: &std::path::Path) -> NightOptions {
        NightOptions {
            url: url.into(),
            business_on,
            lake_dir: root.join("lake"),
            print_dir: root.join("print"),
            threads: std::thread::available_parallelism().map_or(2, usize::from),
            people_per_partition: PEOPLE_PER_PARTITION,
            pieces_per_lot: PIECES_PER_LOT,
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            older_transactions_seconds_max: OLDER_TRANSACTIONS_SECONDS_MAX,
            rejected_max: None,
        }
    }

    fn settings(&self) -> Settings {
        Settings::new(&self.url).named("nenrin-night")
    }
}

/// 夜間の計画 — the jobs that a business date would bring, without beginning them.
///
/// # Errors
/// `NotBusinessDay`; `Store`.
pub fn plan(options: &NightOptions) -> Result<Vec<PlannedJob>, NightError> {
    check_business_day(options.business_on)?;
    let mut session = Session::open(&options.settings())?;
    due(&mut session, options.business_on)
}

/// 夜間の状況 — the last run with its jobs and the reasons of its verdicts.
#[derive(Clone, Debug)]
pub struct NightStatus {
    /// The run.
    pub run: Run,
    /// True when nobody works on it and it waits for `--resume`.
    pub resumable: bool,
    /// Its jobs.
    pub jobs: Vec<JobStatus>,
    /// Job, verdict, code, an example's message, number.
    pub verdicts: Vec<(String, String, String, String, i64)>,
}

/// How far a job is.
#[derive(Clone, Debug)]
pub struct JobStatus {
    /// The job.
    pub job: RunJob,
    /// Partitions.
    pub partitions: usize,
    /// Of these committed.
    pub committed: usize,
}

/// 夜間の状況 — of the last run; `None` when there never was one.
///
/// # Errors
/// `Store`.
pub fn status(url: &str) -> Result<Option<NightStatus>, NightError> {
    let mut session = Session::open(&Settings::new(url).named("nenrin-night-status"))?;
    session.run(async |db| {
        let db = &*db;
        let Some(run) = runs::latest(db).await? else { return Ok(None) };
        let mut jobs = Vec::new();
        for job in runs::jobs(db, &run.run_id).await? {
            let marks = runs::partitions(db, &run.run_id, job.job_no).await?;
            let committed = marks.iter().filter(|mark| mark.committed).count();
            jobs.push(JobStatus { job, partitions: marks.len(), committed });
        }
        let verdicts = runs::verdict_summary(db, &run.run_id).await?;
        let resumable = run.state != "done" && lease::is_dead(&run);
        Ok(Some(NightStatus { run, resumable, jobs, verdicts }))
    })
}

/// 夜間処理の実行.
///
/// # Errors
/// `NotBusinessDay`, `AlreadyRunning`, `Unfinished` — nothing was begun; any other leaves a run to be resumed.
pub fn run(options: &NightOptions, progress: &dyn Progress) -> Result<NightSummary, NightError> {
    check_business_day(options.business_on)?;
    let began = Instant::now();
    let mut session = Session::open(&options.settings())?;
    let owner = lease::owner();
    let run_id = begin(&mut session, options, &owner)?;
    let lease = Lease::keep(&options.url, &run_id, &owner);
    go_on(options, &mut session, &run_id, &owner, &lease, progress, began)
}

/// 夜間処理の再開 — takes over the run of a dead owner, or one that stopped, and does what is left.
///
/// # Errors
/// `NothingToResume`, `AlreadyRunning`, `OtherLaw`; any other leaves the run to be resumed again.
pub fn resume(options: &NightOptions, progress: &dyn Progress) -> Result<NightSummary, NightError> {
    let began = Instant::now();
    let mut session = Session::open(&options.settings())?;
    let owner = lease::owner();
    let run = session.run(async |db| runs::unfinished(&*db).await)?.ok_or(NightError::NothingToResume)?;
    if !lease::is_dead(&run) {
        return Err(in_the_way(&run));
    }
    if run.law_version != law::law_version() {
        let (run_id, planned) = (run.run_id, run.law_version);
        return Err(NightError::OtherLaw { run_id, planned, ours: law::law_version().to_owned() });
    }
    if !session.run(async |db| runs::take_over(&*db, &run, &owner).await)? {
        let now = session.run(async |db| runs::find(&*db, &run.run_id).await)?;
        return Err(in_the_way(&now.unwrap_or(run)));
    }
    if let Some(max) = options.rejected_max {
        let max = i32::try_from(max).unwrap_or(i32::MAX);
        session.run(async |db| runs::set_rejected_max(&*db, &run.run_id, max).await)?;
        tracing::warn!(run_id = run.run_id, max, "the limit of rejected records was changed by the operator");
    }
    let lease = Lease::keep(&options.url, &run.run_id, &owner);
    go_on(options, &mut session, &run.run_id, &owner, &lease, progress, began)
}

fn check_business_day(day: Date) -> Result<(), NightError> {
    match is_government_closed(day).map_err(law::LawError::from)? {
        true => Err(NightError::NotBusinessDay(day)),
        false => Ok(()),
    }
}

/// The run row with its lease, or who is in the way.
fn begin(session: &mut Session, options: &NightOptions, owner: &str) -> Result<String, NightError> {
    let day = options.business_on;
    session.run(async |db| {
        let db = &*db;
        if let Some(run) = runs::unfinished(db).await? {
            return Err(in_the_way(&run));
        }
        let number = runs::count_of_date(db, day).await? + 1;
        let run_id = format!("N{}-{number}", day.strftime("%Y%m%d"));
        match runs::begin(db, &run_id, day, law::law_version(), &options.program_version, owner).await {
            Ok(()) => Ok(run_id),
            // Somebody began in this very moment.
            Err(error) => match runs::unfinished(db).await? {
                Some(run) => Err(in_the_way(&run)),
                None => Err(error.into()),
            },
        }
    })
}

fn in_the_way(run: &Run) -> NightError {
    let (run_id, owner) = (run.run_id.clone(), run.lease_owner.clone());
    let since = run.created_at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    if !lease::is_dead(run) {
        let state = if run.state == "planning" { "計画中" } else { "実行中" };
        return NightError::AlreadyRunning { run_id, owner, since, state };
    }
    let why = run.stop_reason.clone().unwrap_or_else(|| "実行していた処理がなくなりました".to_owned());
    NightError::Unfinished { run_id, owner, since, why }
}

/// From wherever the run stands to its end. An error stops it in the books, if they can still be reached.
fn go_on(
    options: &NightOptions,
    session: &mut Session,
    run_id: &str,
    owner: &str,
    lease: &Lease,
    progress: &dyn Progress,
    began: Instant,
) -> Result<NightSummary, NightError> {
    let span = tracing::info_span!("night", run_id);
    let _entered = span.enter();
    let kernel = Kernel { settings: options.settings(), owner: owner.to_owned(), lease, progress };
    let answer = plan_run(options, session, run_id, &kernel).and_then(|()| do_jobs(options, session, run_id, &kernel));
    match answer {
        Ok(mut summary) => {
            summary.seconds = began.elapsed().as_secs_f64();
            Ok(summary)
        }
        Err(error) => {
            if !matches!(error, NightError::LeaseLost(_)) {
                let reason = error.to_string();
                let stopped = Session::open(&options.settings())
                    .map(|mut fresh| fresh.run(async |db| runs::stop(&*db, run_id, owner, &reason).await));
                if let Err(failed) | Ok(Err(failed)) = stopped {
                    tracing::warn!(%failed, run_id, "the books do not know that the run stopped");
                }
            }
            Err(error)
        }
    }
}

/// Cut-off, wait, jobs: frozen once.
fn plan_run(
    options: &NightOptions,
    session: &mut Session,
    run_id: &str,
    kernel: &Kernel<'_>,
) -> Result<(), NightError> {
    if find(session, run_id)?.state != "planning" {
        return Ok(());
    }
    let cutoff_at = session.run(async |db| runs::take_cutoff(&*db, run_id).await)?;
    wait_for_older(session, cutoff_at, options.older_transactions_seconds_max, kernel.progress)?;
    let business_on = find(session, run_id)?.business_on;
    let planned: Vec<RunJob> = due(session, business_on)?.iter().zip(1..).map(|(job, no)| job.row(no)).collect();
    fault::reach("run", 0, "planning");
    session.transaction(async |db| {
        if !runs::hold_lease(db, run_id, &kernel.owner).await? {
            return Err(NightError::LeaseLost(run_id.to_owned()));
        }
        runs::freeze_jobs(db, run_id, &planned).await.map_err(NightError::from)
    })?;
    fault::reach("run", 0, "planned");
    Ok(())
}

fn due(session: &mut Session, business_on: Date) -> Result<Vec<PlannedJob>, NightError> {
    let done = session.run(async |db| {
        let db = &*db;
        let setting = async |name| -> Result<Option<Month>, NightError> {
            let text = runs::setting(db, name).await?;
            Ok(text.and_then(|text| text.get(..7)?.parse().ok()))
        };
        Ok::<_, NightError>(Done {
            assessed: runs::assessed_months(db).await?.last().map(|(month, ..)| *month),
            first_month: setting("first_month").await?,
            first_payment: setting("first_payment_month").await?,
            pension_month: runs::last_month_of(db, "national_pension").await?,
            paid: runs::last_month_of(db, "payment_run").await?,
        })
    })?;
    NightCalendar::of_house().due(business_on, &done)
}

fn do_jobs(
    options: &NightOptions,
    session: &mut Session,
    run_id: &str,
    kernel: &Kernel<'_>,
) -> Result<NightSummary, NightError> {
    let run = find(session, run_id)?;
    let planned = session.run(async |db| runs::jobs(&*db, run_id).await)?;
    let mut done = Vec::with_capacity(planned.len());
    for row in &planned {
        let job = jobs::by_name(&row.job)
            .ok_or_else(|| NightError::Broken(format!("計画にある仕事「{}」をこのプログラムは知りません", row.job)))?;
        done.push(kernel.run_job(job, &context(options, &run, row), row)?);
    }
    let summary = summary::close(session, &run, done)?;
    session.run(async |db| runs::finish(&*db, run_id).await)?;
    Ok(summary)
}

fn context(options: &NightOptions, run: &Run, row: &RunJob) -> JobContext {
    JobContext {
        run_id: run.run_id.clone(),
        job_no: row.job_no,
        business_on: run.business_on,
        cutoff_at: run.cutoff_at.expect("a planned run has its cut-off"),
        for_month: row.for_month,
        law_version: run.law_version.clone(),
        lake_dir: options.lake_dir.clone(),
        print_dir: options.print_dir.clone(),
        threads: options.threads,
        people_per_partition: options.people_per_partition,
        pieces_per_lot: options.pieces_per_lot,
    }
}

/// 印刷の再作成 — the print packages of a finished night again, with the bytes that were recorded. Returns the number
/// of files that were missing or damaged.
///
/// # Errors
/// `Broken` — no such run; `Digest` — the bytes would differ; `Print`, `File`, `Store`.
pub fn print_again(options: &NightOptions, run_id: &str) -> Result<u64, NightError> {
    let mut session = Session::open(&options.settings())?;
    let run = find(&mut session, run_id)?;
    let rows = session.run(async |db| runs::jobs(&*db, run_id).await)?;
    let mut mended = 0;
    for row in rows.iter().filter(|row| row.state == "done") {
        let context = context(options, &run, row);
        mended += match row.job.as_str() {
            "print_lots" => jobs::print_lots::again(&context, &mut session)?,
            "letters" => jobs::letters::again(&context, &mut session)?,
            _ => 0,
        };
    }
    Ok(mended)
}

fn find(session: &mut Session, run_id: &str) -> Result<Run, NightError> {
    let run = session.run(async |db| runs::find(&*db, run_id).await)?;
    run.ok_or_else(|| NightError::Broken(format!("夜間処理 {run_id} の記録がありません")))
}
