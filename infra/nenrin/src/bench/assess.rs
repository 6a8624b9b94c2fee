//! The month's assessment, from the database to committed journal and Parquet, against the same work as SQL.

use std::ops::Range;
use std::time::Instant;

use batch::jobs::assessment::{Assessment, divide};
use batch::populate::Plan;
use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use store::Session;
use store::night::{facts, peer};

use super::alone::{self, Alone};
use super::measure;
use crate::commands::{Outcome, Said};
use crate::demo::BUSINESS_DATE;
use crate::output::{Report, grouped};
use crate::progress::Bars;
use crate::settings::Settings;

type Failure = Box<dyn std::error::Error>;

/// How large, and of which seed.
#[derive(clap::Args)]
pub struct Args {
    /// 人数 (何度でも)
    #[arg(long, default_values_t = [1_000_000, 3_000_000])]
    people: Vec<u64>,
    /// 種
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Two figures of one size.
struct Measured {
    people: i64,
    ours_seconds: f64,
    peak_mib: u64,
    /// SQL in one session, as a script would be written.
    peer_seconds: f64,
    /// SQL in as many sessions as the night has threads, each with its share of the employers.
    peer_divided_seconds: f64,
    sessions: usize,
    total_yen: i64,
}

/// Measures each size in a database of its own.
pub fn run(settings: &Settings, args: &Args, bars: &Bars) -> Outcome {
    let mut report = Report::new(Value::Null).row("機械", measure::machine());
    let mut lines = Vec::new();
    for people in &args.people {
        let one = measure_one(settings, *people, args.seed, bars)?;
        report = show(report, &one);
        lines.push(line(&one));
    }
    report.json = lines.pop().unwrap_or_default();
    report.before = lines;
    Ok(report)
}

fn measure_one(settings: &Settings, people: u64, seed: u64, bars: &Bars) -> Result<Measured, Failure> {
    let business_on: Date = BUSINESS_DATE.parse()?;
    let url = alone::empty_office(settings)?;
    let plan = Plan { people, lives: 0, seed, business_on, threads: settings.threads };
    batch::populate::run(&url, &plan, bars)?;
    let mut session = Session::open(&store::Settings::new(&url).named("nenrin-bench"))?;
    session.run(async |db| peer::settle(&*db).await)?;
    measure::reset_peak_memory()?;
    let night = assess_alone(settings, &url, business_on, &mut session, bars)?;
    let peak_mib = measure::peak_mib()?;
    let (peer_seconds, total_yen) = by_sql(&url, &night, business_on, &[peer::ALL_EMPLOYERS], &mut session)?;
    let shares = shares(settings.threads, &mut session)?;
    let (peer_divided_seconds, _) = by_sql(&url, &night, business_on, &shares, &mut session)?;
    Ok(Measured {
        people: night.people,
        ours_seconds: night.seconds,
        peak_mib,
        peer_seconds,
        peer_divided_seconds,
        sessions: shares.len(),
        total_yen,
    })
}

/// Ranges of employers with about as many people each.
fn shares(threads: usize, session: &mut Session) -> Result<Vec<Range<i64>>, Failure> {
    let employers = session.run(async |db| facts::insured_by_employer(&*db).await)?;
    let people: i64 = employers.iter().map(|(_, count)| count).sum();
    let each = people / i64::try_from(threads)? + people / 100;
    Ok(divide(&employers, each).iter().map(|keys| keys.from..keys.to).collect())
}

/// The other road, one session for each share of the employers, all at once; its seconds, and the yen of both roads.
fn by_sql(
    url: &str,
    night: &Assessed,
    business_on: Date,
    shares: &[Range<i64>],
    session: &mut Session,
) -> Result<(f64, i64), Failure> {
    let rates = batch::jobs::assessment::peer::rates(night.month)?;
    session.run(async |db| peer::prepare(&*db, &rates).await)?;
    session.run(async |db| peer::settle(&*db).await)?;
    let open = |_| Session::open(&store::Settings::new(url).named("nenrin-bench"));
    let mut sessions = shares.iter().map(open).collect::<Result<Vec<_>, _>>()?;
    let began = Instant::now();
    std::thread::scope(|scope| {
        let work = sessions.iter_mut().zip(shares).map(|(session, share)| {
            let rates = &rates;
            scope.spawn(move || {
                let share = share.clone();
                session.run(async |db| peer::assess(&*db, rates, night.cutoff_at, business_on, share).await)
            })
        });
        let work: Vec<_> = work.collect();
        work.into_iter().try_for_each(|one| one.join().expect("the other road does not panic"))
    })?;
    let seconds = began.elapsed().as_secs_f64();
    Ok((seconds, same_yen(session, night)?))
}

/// What the night's assessment did.
struct Assessed {
    run_id: String,
    month: Month,
    cutoff_at: Timestamp,
    people: i64,
    seconds: f64,
}

fn assess_alone(
    settings: &Settings,
    url: &str,
    business_on: Date,
    session: &mut Session,
    bars: &Bars,
) -> Result<Assessed, Failure> {
    let month = Month::of(business_on).previous();
    let night = Alone::begin(settings, url, business_on, &[(&Assessment, month)], session)?;
    let done = night.run(&Assessment, bars)?;
    night.finish(session)?;
    let (people, seconds) = (done.counts.done, done.seconds);
    Ok(Assessed { run_id: night.run_id, month, cutoff_at: night.cutoff_at, people, seconds })
}

/// Both roads, employer by employer; what both posted.
fn same_yen(session: &mut Session, night: &Assessed) -> Result<i64, Failure> {
    let (total_yen, differences) = session.run(async |db| peer::compare(&*db, &night.run_id, night.month).await)?;
    match differences {
        0 => Ok(total_yen),
        _ => Err(Said(format!("二つの道の仕訳が違います: {differences}件")).into()),
    }
}

fn show(report: Report, one: &Measured) -> Report {
    let rate = |seconds: f64| format!("{:.1}秒 (毎秒 {}人)", seconds, grouped((one.people as f64 / seconds) as i64));
    report
        .row(format!("■ {}人", grouped(one.people)), format!("調定 {}円 (二つの道で一致)", grouped(one.total_yen)))
        .row("  夜間処理の調定", rate(one.ours_seconds))
        .row("  最大メモリー", format!("{} MiB", one.peak_mib))
        .row("  PostgreSQL の SQL", rate(one.peer_seconds))
        .row("  比", format!("{:.2}", one.peer_seconds / one.ours_seconds))
        .row(format!("  同じ SQL を{}本に分けて", one.sessions), rate(one.peer_divided_seconds))
        .row("  比", format!("{:.2}", one.peer_divided_seconds / one.ours_seconds))
}

fn line(one: &Measured) -> Value {
    json!({
        "bench": "assess", "people": one.people,
        "ours": {
            "seconds": one.ours_seconds, "per_second": one.people as f64 / one.ours_seconds, "peak_mib": one.peak_mib,
        },
        "peer": {
            "name": "SQL in the same PostgreSQL", "seconds": one.peer_seconds,
            "per_second": one.people as f64 / one.peer_seconds,
        },
        "ratio": one.peer_seconds / one.ours_seconds,
        "peer_divided": {
            "name": "the same SQL, employers divided over sessions", "sessions": one.sessions,
            "seconds": one.peer_divided_seconds, "per_second": one.people as f64 / one.peer_divided_seconds,
        },
        "ratio_divided": one.peer_divided_seconds / one.ours_seconds,
    })
}
