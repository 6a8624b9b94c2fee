//! 法改正の試算 — the month's assessment of the whole country under changed law, against today's, without touching the
//! book of record: every connection reads only and sees the same snapshot, and what comes out lies beside the night's
//! results, in a folder that has its name once it is whole.

mod compare;
mod folder;
mod output;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;
use law::employees_insurance::Scheme;
use law::employees_insurance::grade::{self, Grade};
use law::{LawBook, LawError, MonthLaw, Trace};
use rayon::prelude::*;
use store::night::facts::{self, Scope};
use store::night::snapshot::{self, Snapshot};
use store::{Session, Settings, StoreError};

pub use compare::{Cell, Sides, Summary};
use folder::WorkFolder;

use crate::jobs::assessment::divide;
use crate::night::PEOPLE_PER_PARTITION;
use crate::progress::Progress;
use crate::run::{JobContext, KeyRange, NightError, Partition, PartitionSession, files};

/// Name of the datasets' folder.
pub const REHEARSALS: &str = "rehearsals";

/// What a rehearsal is told.
#[derive(Clone)]
pub struct RehearsalOptions {
    /// The database.
    pub url: String,
    /// 業務日付: the month before it is assessed, as the night of that day would.
    pub business_on: Date,
    /// The law to rehearse.
    pub book: &'static LawBook,
    /// The month whose numbers are taken from it; the assessed month where there is none.
    pub numbers_of: Option<Month>,
    /// Folder of Parquet and CSV results.
    pub lake_dir: PathBuf,
    /// Threads that compute.
    pub threads: usize,
    /// A partition holds about so many people.
    pub people_per_partition: i64,
}

impl RehearsalOptions {
    /// With the night's partitions and a thread per core.
    pub fn new(
        url: impl Into<String>,
        business_on: Date,
        book: &'static LawBook,
        lake_dir: PathBuf,
    ) -> RehearsalOptions {
        RehearsalOptions {
            url: url.into(),
            business_on,
            book,
            numbers_of: None,
            lake_dir,
            threads: std::thread::available_parallelism().map_or(2, usize::from),
            people_per_partition: PEOPLE_PER_PARTITION,
        }
    }
}

/// 試算の結果.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// Name of the folder below `rehearsals`.
    pub id: String,
    /// 月分.
    pub for_month: Month,
    /// The month whose numbers were rehearsed.
    pub numbers_of: Month,
    /// Version of the rehearsed law.
    pub law_version: String,
    /// Sums over everybody.
    pub summary: Summary,
    /// Where the results lie.
    pub folder: PathBuf,
    /// Wall time.
    pub seconds: f64,
}

/// Both laws of the month, and how standards pass from one grade table to the other.
struct Laws {
    today: MonthLaw,
    changed: MonthLaw,
    /// Grades of both schemes, HI then EPI: today's and the changed ones.
    grades: [(&'static [Grade], &'static [Grade]); 2],
}

impl Laws {
    fn of(month: Month, numbers_of: Month, book: &'static LawBook) -> Result<Laws, LawError> {
        let (mut today, mut changed) = (Trace::new(), Trace::under(book));
        let mut grades = |scheme| -> Result<_, LawError> {
            Ok((grade::all(scheme, month, &mut today)?, grade::all(scheme, numbers_of, &mut changed)?))
        };
        let grades = [grades(Scheme::HealthInsurance)?, grades(Scheme::EmployeesPension)?];
        Ok(Laws {
            today: MonthLaw::of(month, &mut today)?,
            changed: MonthLaw::with_numbers_of(month, numbers_of, &mut changed)?,
            grades,
        })
    }
}

/// 法改正の試算 — assesses everybody twice and writes the difference as Parquet: one row per person affected
/// (`people/`), and sums by prefecture, age band and grade (`summary.parquet`).
///
/// # Errors
/// `Law` — one of the laws does not know the month; `Store`, `File`, `Parquet`. A repeat writes the same files anew, also
/// while another one is at it: each has a folder of its own until it is done.
pub fn rehearse(options: &RehearsalOptions, progress: &dyn Progress) -> Result<Rehearsal, NightError> {
    let began = Instant::now();
    let month = Month::of(options.business_on).previous();
    let numbers_of = options.numbers_of.unwrap_or(month);
    let laws = Laws::of(month, numbers_of, options.book)?;
    let settings = Settings::new(&options.url).named("nenrin-rehearsal");
    // Its transaction stays open: the others see what it sees for as long.
    let mut session = open(&settings)?;
    let (seen, known_at, employers) = session.run(async |db| {
        let db = &*db;
        Ok::<_, StoreError>((snapshot::export(db).await?, facts::now(db).await?, facts::insured_by_employer(db).await?))
    })?;
    let folder = WorkFolder::beside(&options.lake_dir.join(REHEARSALS), &name(options, month, numbers_of))?;
    let context = context(options, month, numbers_of, known_at, &folder);
    let ranges = divide(&employers, options.people_per_partition);
    let readers = Readers { settings: &settings, seen: &seen };
    let parts = work(&context, &laws, readers, &ranges, progress)?;
    session.run(async |db| snapshot::leave(&*db).await)?;
    let mut summary = Summary::default();
    parts.iter().for_each(|part| summary.merge(part));
    let written = output::write_summary(&context, &summary)?;
    files::publish(&context, &written.path)?;
    let folder = folder.publish(&context.run_id)?;
    Ok(Rehearsal {
        id: context.run_id.clone(),
        for_month: month,
        numbers_of,
        law_version: context.law_version.clone(),
        summary,
        folder,
        seconds: began.elapsed().as_secs_f64(),
    })
}

/// A connection that cannot write, whatever is asked of it.
fn open(settings: &Settings) -> Result<Session, NightError> {
    let mut session = Session::open(settings)?;
    let only_read = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";
    session.run(async |db| db.batch_execute(only_read).await).map_err(StoreError::from)?;
    Ok(session)
}

/// The name says what was asked, so that the same question lands in the same folder.
fn name(options: &RehearsalOptions, month: Month, numbers_of: Month) -> String {
    let version = options.book.version();
    let digest = version.rsplit('+').next().unwrap_or(version);
    format!("R{month}-{numbers_of}-{digest}")
}

fn context(
    options: &RehearsalOptions,
    month: Month,
    numbers_of: Month,
    known_at: Timestamp,
    folder: &WorkFolder,
) -> JobContext {
    JobContext {
        run_id: name(options, month, numbers_of),
        job_no: 0,
        business_on: options.business_on,
        cutoff_at: known_at,
        for_month: Some(month),
        law_version: options.book.version().to_owned(),
        lake_dir: folder.lake().to_owned(),
        print_dir: options.lake_dir.clone(),
        threads: options.threads,
        people_per_partition: options.people_per_partition,
        pieces_per_lot: 0,
    }
}

/// How a worker comes to a connection.
#[derive(Clone, Copy)]
struct Readers<'a> {
    settings: &'a Settings,
    /// What all of them see.
    seen: &'a Snapshot,
}

impl Readers<'_> {
    fn open(self) -> Result<Session, NightError> {
        let mut session = open(self.settings)?;
        session.run(async |db| snapshot::enter(&*db, self.seen).await)?;
        Ok(session)
    }
}

/// All partitions, each worker with a connection of its own; sums in order of key.
fn work(
    context: &JobContext,
    laws: &Laws,
    readers: Readers<'_>,
    ranges: &[KeyRange],
    progress: &dyn Progress,
) -> Result<Vec<Summary>, NightError> {
    progress.begin("法改正の試算", ranges.len() as u64, "区分");
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(context.threads)
        .build()
        .map_err(|error| NightError::Broken(format!("計算の糸を作れません: {error}")))?;
    let next = AtomicUsize::new(0);
    let worker = |_| -> Result<Vec<(usize, Summary)>, NightError> {
        let (mut session, mut done) = (readers.open()?, Vec::new());
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(range) = ranges.get(place) else { return Ok(done) };
            let no = i32::try_from(place).expect("partitions of a country fit");
            let partition = Partition { job: context, no, keys: *range };
            done.push((place, one_partition(&partition, laws, &mut session)?));
            progress.advance(1);
        }
    };
    let answer: Result<Vec<Vec<(usize, Summary)>>, NightError> =
        pool.install(|| (0..context.threads.max(1)).into_par_iter().with_max_len(1).map(worker).collect());
    progress.end();
    let mut parts: Vec<(usize, Summary)> = answer?.into_iter().flatten().collect();
    parts.sort_unstable_by_key(|(place, _)| *place);
    Ok(parts.into_iter().map(|(_, summary)| summary).collect())
}

/// Reads a range of employers, compares, writes its part.
fn one_partition(partition: &Partition<'_>, laws: &Laws, session: &mut Session) -> Result<Summary, NightError> {
    let scope = Scope { from: partition.keys.from, to: partition.keys.to, known_at: partition.job.cutoff_at };
    let compared = compare::compare(scope, laws, &mut PartitionSession::new(session))?;
    if let Some(written) = output::write_people(partition, laws, &compared.affected)? {
        files::publish(partition.job, &written.path)?;
    }
    Ok(compared.summary)
}
