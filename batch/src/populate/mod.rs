//! 架空の国 — a plausible country for demonstrations, benches and tests: employers, people, facts; and the media
//! that its employers send ([`write_media`]).
//!
//! The state is that of a conversion (移行): every fact says it was known at one fixed instant before the business
//! date, so that nothing hangs on the clock. The night of the business date assesses the month before it; the
//! people are made so that this month shows every case of the law: those who turn 40, 65, 70 and 75 on either
//! side of the first, leaves of 13 and 14 days, bonuses beyond the yearly cap, people who come and go in the month.
//! From the day after the time limit of the 算定基礎届 until September, nearly every employer has filed: its people's
//! determination is on record. One in a hundred has not; some of these send theirs with the media.
//!
//! With lives ([`Plan::lives`]) the country grows a record of pensions: careers of everybody since school, and people
//! outside employers.
//!
//! Same seed, same rows, however many threads: each employer throws its own dice.

mod bonuses;
mod country;
mod data;
mod dice;
mod employer;
mod leaves;
mod lives;
mod media;
mod person;
mod plan;
mod sample;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use jiff::civil::Date;
use store::load::{self, Batch, Standing};
use store::{Session, Settings, StoreError};

use crate::progress::Progress;
use country::Country;
use lives::Past;
use plan::{Planner, Seat};

pub use media::{Fault, MediaFile, MediaOptions, MediaSummary, write_media};

/// The fewest people: those of the sample employer.
pub const PEOPLE_LEAST: u64 = sample::PEOPLE;
/// Key of 株式会社見本商事, the employer of the official sample files.
pub const SAMPLE_EMPLOYER: i64 = 1;
/// Loads of fewer people keep the indexes: building them anew would take longer.
const DROP_INDEXES_FROM: u64 = 20_000;

/// What dice are thrown for; each purpose has streams of its own.
mod purpose {
    pub(super) const SIZES: u64 = 1;
    pub(super) const EMPLOYER: u64 = 2;
    pub(super) const MEDIA_CHOICE: u64 = 3;
    pub(super) const MEDIA: u64 = 4;
    pub(super) const ANNUAL_FILED: u64 = 5;
    pub(super) const ANNUAL_PAY: u64 = 6;
    pub(super) const LATE_FILERS: u64 = 7;
    pub(super) const SECOND_JOB: u64 = 8;
    pub(super) const LIFE: u64 = 9;
    pub(super) const LIFE_AFTER: u64 = 10;
    pub(super) const OUTSIDE: u64 = 11;
    pub(super) const DUPLICATE: u64 = 12;
    pub(super) const CONTRADICTION: u64 = 13;
    pub(super) const DISABILITY: u64 = 14;
    pub(super) const SURVIVOR: u64 = 15;
}

/// 移行の計画.
#[derive(Clone, Debug)]
pub struct Plan {
    /// People to make, those of the sample employer included.
    pub people: u64,
    /// Persons outside employers to make besides, and the lives of all (年金の原簿); 0 makes the employers' country alone.
    pub lives: u64,
    /// Same seed, same country.
    pub seed: u64,
    /// 業務日付 of the night to come; the month before it is the one that shows all cases.
    pub business_on: Date,
    /// Threads, each with a connection of its own; 0 takes one per processor.
    pub threads: usize,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// 人.
    pub people: u64,
    /// 適用事業所.
    pub employers: u64,
    /// 被保険者資格.
    pub spells: u64,
    /// 標準報酬月額.
    pub standards: u64,
    /// 賞与.
    pub bonuses: u64,
    /// 休業.
    pub leaves: u64,
    /// 適用事業所の外の人.
    pub lives: u64,
    /// Second numbers of persons who have one already.
    pub duplicates: u64,
    /// 遺族・死亡した配偶者: persons made besides, for claims of survivors.
    pub relatives: u64,
    /// 年金の原簿: rows of all its tables.
    pub records: u64,
}

/// Why there is no country.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PopulateError {
    /// The operator names another database.
    #[error("このデータベースには既に人または事業所があります。populate は空のデータベースだけに使えます")]
    NotEmpty,
    /// A load was killed while it committed.
    #[error(
        "前の populate が途中で止まり、データベースが半分だけ埋まっています。データベースを作り直してから、やり直してください"
    )]
    HalfLoaded,
    /// Somebody else is at it.
    #[error("別の populate が動いています。終わるのを待ってください")]
    UnderWay,
    /// The operator gives another number.
    #[error("--people は {least} 以上にしてください")]
    TooFew {
        /// The fewest.
        least: u64,
    },
    /// The operator gives another date.
    #[error("業務日付 {0} の国は作れません。2020-10-01 以後で、料率の定めがある日にしてください")]
    BusinessDate(Date),
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of the media cannot be written.
    #[error("{path} に書き込めません。置き場所と空き容量を確かめてください")]
    Write {
        /// Which file or folder.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// Fills an empty database. Memory does not grow with the number of people.
///
/// All connections commit at the end, or none does; a database that already holds persons is left alone.
///
/// # Errors
/// `NotEmpty`, `HalfLoaded`, `UnderWay`, `TooFew`, `BusinessDate` — the operator chooses again; `Store`.
pub fn run(url: &str, plan: &Plan, progress: &dyn Progress) -> Result<Summary, PopulateError> {
    let country = Country::new(plan.seed, plan.business_on)?.with_lives(plan)?;
    let least = sample::PEOPLE;
    if plan.people < least {
        return Err(PopulateError::TooFew { least });
    }
    let settings = Settings::new(url).named("nenrin-populate");
    let mut session = Session::open(&settings)?;
    if !session.run(async |db| load::try_lock(db).await)? {
        return Err(PopulateError::UnderWay);
    }
    let summary = fill(&settings, &mut session, plan, &country, progress);
    session.run(async |db| load::unlock(db).await)?;
    summary
}

fn fill(
    settings: &Settings,
    session: &mut Session,
    plan: &Plan,
    country: &Country,
    progress: &dyn Progress,
) -> Result<Summary, PopulateError> {
    match session.run(async |db| load::standing(db).await)? {
        Standing::Empty => {}
        Standing::Interrupted => session.run(async |db| load::restore(db).await)?,
        Standing::Filled => return Err(PopulateError::NotEmpty),
        Standing::HalfLoaded => return Err(PopulateError::HalfLoaded),
    }
    let threads = match plan.threads {
        0 => thread::available_parallelism().map_or(2, usize::from),
        threads => threads,
    };
    session.run(async |db| load::offices(db, &country.office_rows()).await)?;
    let heavy = plan.people + plan.lives >= DROP_INDEXES_FROM;
    if heavy {
        session.run(async |db| load::drop_indexes(db).await)?;
    }
    let summary = match load_rows(settings, plan, country, threads, progress) {
        Ok(summary) => summary,
        Err(error) => {
            // Nothing was committed, so the indexes come back over empty tables.
            if heavy {
                session.run(async |db| load::restore(db).await)?;
            }
            return Err(error);
        }
    };
    if heavy {
        rebuild(settings, session, threads, progress)?;
    }
    finish(settings, session, plan, country, &summary, threads, progress)?;
    Ok(summary)
}

/// Counters of rows written, and the word to stop.
#[derive(Default)]
struct Tally {
    spells: AtomicU64,
    standards: AtomicU64,
    bonuses: AtomicU64,
    leaves: AtomicU64,
    persons: AtomicU64,
    records: AtomicU64,
    /// Persons outside employers that were handed out.
    outside: AtomicU64,
    stop: AtomicBool,
}

fn load_rows(
    settings: &Settings,
    plan: &Plan,
    country: &Country,
    threads: usize,
    progress: &dyn Progress,
) -> Result<Summary, PopulateError> {
    progress.begin("人と事業所を作る", plan.people + plan.lives, "人");
    let planner = Mutex::new(Planner::new(plan.seed, plan.people, sample::PEOPLE));
    let tally = Tally::default();
    let open: Vec<Result<Session, StoreError>> = thread::scope(|scope| {
        let worker = |first: bool| {
            let (planner, tally) = (&planner, &tally);
            move || {
                let loaded = load_share(settings, country, planner, first, tally, progress);
                if loaded.is_err() {
                    tally.stop.store(true, Ordering::Relaxed);
                }
                loaded
            }
        };
        let workers: Vec<_> = (0..threads).map(|number| scope.spawn(worker(number == 0))).collect();
        workers.into_iter().map(|worker| worker.join().expect("a generator does not panic")).collect()
    });
    // A session that is dropped rolls back, so one failure undoes all.
    let mut sessions = open.into_iter().collect::<Result<Vec<Session>, StoreError>>()?;
    for session in &mut sessions {
        session.run(async |db| load::commit(db).await)?;
    }
    progress.end();
    let employers = planner.into_inner().expect("nobody panicked").employers();
    let relatives = country.past.as_ref().map_or(0, |past| past.relatives.load(Ordering::Relaxed));
    Ok(Summary {
        people: plan.people,
        employers: employers.unsigned_abs(),
        spells: tally.spells.into_inner(),
        standards: tally.standards.into_inner(),
        bonuses: tally.bonuses.into_inner(),
        leaves: tally.leaves.into_inner(),
        lives: plan.lives,
        duplicates: tally.persons.into_inner() - plan.people - plan.lives - relatives,
        relatives,
        records: tally.records.into_inner(),
    })
}

/// One thread's share: takes chunks until there are none, in a transaction that is left open.
fn load_share(
    settings: &Settings,
    country: &Country,
    planner: &Mutex<Planner>,
    first: bool,
    tally: &Tally,
    progress: &dyn Progress,
) -> Result<Session, StoreError> {
    let mut session = Session::open(settings)?;
    session.run(async |db| {
        load::tune(db).await?;
        load::begin(db).await
    })?;
    let mut batch = Batch::new(country.known_at);
    if first {
        sample::write(country, &mut batch);
        progress.advance(sample::PEOPLE);
    }
    while !tally.stop.load(Ordering::Relaxed) {
        let Some(chunk) = planner.lock().expect("nobody panics while planning").next_chunk() else { break };
        employer::write_chunk(country, &chunk, &mut batch);
        tally.count(&batch);
        session.run(async |db| batch.send(db).await)?;
        progress.advance(chunk.iter().map(|seat: &Seat| u64::from(seat.size)).sum());
    }
    while !tally.stop.load(Ordering::Relaxed) {
        let Some((first_person, count)) = tally.next_outside(country) else { break };
        lives::write_chunk(country, first_person, count, &mut batch);
        tally.count(&batch);
        session.run(async |db| batch.send(db).await)?;
        progress.advance(count);
    }
    tally.count(&batch);
    session.run(async |db| batch.send(db).await)?;
    Ok(session)
}

impl Tally {
    /// The next persons outside employers: key of the first, and how many.
    fn next_outside(&self, country: &Country) -> Option<(i64, u64)> {
        let past = country.past.as_ref()?;
        let taken = self.outside.fetch_add(lives::CHUNK, Ordering::Relaxed);
        let count = past.lives.checked_sub(taken).filter(|left| *left > 0)?.min(lives::CHUNK);
        Some((i64::try_from(past.people + taken + 1).expect("fewer than the keys there are"), count))
    }

    fn count(&self, batch: &Batch) {
        let counts = batch.counts();
        for (sum, count) in [
            (&self.spells, counts.spells),
            (&self.standards, counts.standards),
            (&self.bonuses, counts.bonuses),
            (&self.leaves, counts.leaves),
            (&self.persons, counts.persons),
            (&self.records, counts.records),
        ] {
            sum.fetch_add(count, Ordering::Relaxed);
        }
    }
}

fn rebuild(
    settings: &Settings,
    session: &mut Session,
    threads: usize,
    progress: &dyn Progress,
) -> Result<(), PopulateError> {
    let (indexes, keys) = session.run(async |db| load::dropped(db).await)?;
    side_by_side(settings, "索引を作る", indexes, threads, progress)?;
    for key in keys {
        session.run(async |db| load::rebuild(db, &key).await)?;
    }
    Ok(session.run(async |db| load::forget_dropped(db).await)?)
}

fn finish(
    settings: &Settings,
    session: &mut Session,
    plan: &Plan,
    country: &Country,
    summary: &Summary,
    threads: usize,
    progress: &dyn Progress,
) -> Result<(), PopulateError> {
    let people = i64::try_from(highest_person(plan)).expect("fewer than the keys there are");
    let employers = i64::try_from(summary.employers).expect("fewer than the keys there are");
    let mut made = serde_json::json!({ "people": plan.people, "seed": plan.seed, "business_on": plan.business_on });
    if let Some(past) = &country.past {
        made["lives"] = plan.lives.into();
        finish_lives(session, past, people)?;
    }
    session.run(async |db| {
        load::set_counters(db, people, employers).await?;
        load::setting(db, "first_month", &country.month.to_string()).await?;
        load::setting(db, "populate", &made.to_string()).await
    })?;
    side_by_side(settings, "表を整える", load::vacuums(), threads, progress)
}

/// Keys go as far as that of the last relative there could be.
fn highest_person(plan: &Plan) -> u64 {
    let all = plan.people + plan.lives;
    if plan.lives == 0 { all } else { all * 2 + lives::duplicates_most(all) }
}

/// Counters of the record of lives, the first payment, and what was planted.
fn finish_lives(session: &mut Session, past: &Past, people: i64) -> Result<(), PopulateError> {
    let (duplicates, contradictions) = (past.planted.duplicates(), past.planted.contradictions());
    Ok(session.run(async |db| {
        load::set_life_counters(db, (people + 1) * lives::RECORDS_EACH, (people + 1) * lives::RECEIPTS_EACH).await?;
        load::setting(db, "first_payment_month", &past.first_payment.to_string()).await?;
        if let Some(pairs) = duplicates {
            load::setting(db, "planted_duplicates", &serde_json::json!(pairs).to_string()).await?;
        }
        if let Some(persons) = contradictions {
            load::setting(db, "planted_contradictions", &serde_json::json!(persons).to_string()).await?;
        }
        Ok::<(), StoreError>(())
    })?)
}

/// Runs statements that do not depend on one another on several connections.
fn side_by_side(
    settings: &Settings,
    step: &str,
    statements: Vec<String>,
    threads: usize,
    progress: &dyn Progress,
) -> Result<(), PopulateError> {
    progress.begin(step, statements.len() as u64, "件");
    let queue = Mutex::new(statements.into_iter());
    let work = || -> Result<(), StoreError> {
        let mut session = Session::open(settings)?;
        session.run(async |db| load::tune(db).await)?;
        loop {
            let Some(statement) = queue.lock().expect("nobody panics while taking").next() else { return Ok(()) };
            session.run(async |db| load::rebuild(db, &statement).await)?;
            progress.advance(1);
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("a statement does not panic"))
    })?;
    progress.end();
    Ok(())
}
