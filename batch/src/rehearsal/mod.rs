//! 法改正の試算 — the month's assessment of the whole country under changed law, against today's, without touching the
//! book of record: every connection reads only, and what comes out lies beside the night's results.

mod compare;
mod output;

use std::path::{Path, PathBuf};
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
use store::{Session, Settings, StoreError};

pub use compare::{Cell, Sides, Summary};

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
/// `Law` — one of the laws does not know the month; `Store`, `File`, `Parquet`. A repeat writes the same files anew.
pub fn rehearse(options: &RehearsalOptions, progress: &dyn Progress) -> Result<Rehearsal, NightError> {
    let began = Instant::now();
    let month = Month::of(options.business_on).previous();
    let numbers_of = options.numbers_of.unwrap_or(month);
    let laws = Laws::of(month, numbers_of, options.book)?;
    let settings = Settings::new(&options.url).named("nenrin-rehearsal");
    let mut session = open(&settings)?;
    let (known_at, employers) = session.run(async |db| {
        let db = &*db;
        Ok::<_, StoreError>((facts::now(db).await?, facts::insured_by_employer(db).await?))
    })?;
    let context = context(options, month, numbers_of, known_at);
    let ranges = divide(&employers, options.people_per_partition);
    let folder = options.lake_dir.join(REHEARSALS).join(&context.run_id);
    clear(&folder)?;
    let parts = work(&context, &laws, &settings, &ranges, progress)?;
    let mut summary = Summary::default();
    parts.iter().for_each(|part| summary.merge(part));
    let written = output::write_summary(&context, &summary)?;
    files::publish(&context, &written.path)?;
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

/// Parts of an earlier answer to the same question would stand beside the new ones.
fn clear(folder: &Path) -> Result<(), NightError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(NightError::write(folder)(error)),
        _ => Ok(()),
    }
}

/// The name says what was asked, so that the same question lands in the same folder.
fn context(options: &RehearsalOptions, month: Month, numbers_of: Month, known_at: Timestamp) -> JobContext {
    let version = options.book.version();
    let digest = version.rsplit('+').next().unwrap_or(version);
    JobContext {
        run_id: format!("R{month}-{numbers_of}-{digest}"),
        job_no: 0,
        business_on: options.business_on,
        cutoff_at: known_at,
        for_month: Some(month),
        law_version: version.to_owned(),
        lake_dir: options.lake_dir.clone(),
        print_dir: options.lake_dir.clone(),
        threads: options.threads,
        people_per_partition: options.people_per_partition,
        pieces_per_lot: 0,
    }
}

/// All partitions, each worker with a connection of its own; sums in order of key.
fn work(
    context: &JobContext,
    laws: &Laws,
    settings: &Settings,
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
        let (mut session, mut done) = (open(settings)?, Vec::new());
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

/// Reads a range of employers in a transaction that cannot write, compares, writes its part.
fn one_partition(partition: &Partition<'_>, laws: &Laws, session: &mut Session) -> Result<Summary, NightError> {
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    session.run(async |db| db.batch_execute(begin).await).map_err(StoreError::from)?;
    let scope = Scope { from: partition.keys.from, to: partition.keys.to, known_at: partition.job.cutoff_at };
    let compared = compare::compare(scope, laws, &mut PartitionSession::new(session))?;
    session.run(async |db| db.batch_execute("ROLLBACK").await).map_err(StoreError::from)?;
    if let Some(written) = output::write_people(partition, laws, &compared.affected)? {
        files::publish(partition.job, &written.path)?;
    }
    Ok(compared.summary)
}
