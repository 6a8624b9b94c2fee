//! Lives adjudicated and a payment run, from the database to awards, payments, Parquet and the bank's files; the payments
//! beside the same month as SQL.

use std::time::Instant;

use batch::jobs::adjudication::Adjudication;
use batch::jobs::payment_run::PaymentRun;
use batch::populate::{self, Plan};
use domain::Month;
use jiff::civil::{Date, date};
use serde_json::json;
use store::Session;
use store::night::{peer, peer_payments};

use super::alone::{self, Alone};
use super::measure;
use crate::commands::{Outcome, Said};
use crate::output::{Report, grouped};
use crate::progress::Bars;
use crate::settings::Settings;

type Failure = Box<dyn std::error::Error>;

/// 令和7年10月の支払: the last month whose withholding table is on file and that settles no year.
const BUSINESS_ON: Date = date(2025, 10, 6);

/// How large, and of which seed.
#[derive(clap::Args)]
pub struct Args {
    /// 事業所の外の人の数 (うち約6割が年金の受給者)
    #[arg(long, default_value_t = 1_700_000)]
    lives: u64,
    /// 種
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// One job's figures.
struct Part {
    people: i64,
    held: i64,
    seconds: f64,
    peak_mib: u64,
}

struct Measured {
    lives: Part,
    payments: Part,
    threads: usize,
    net_yen: i64,
    peer_seconds: f64,
    compared: i64,
}

/// Measures in a database of its own.
pub fn run(settings: &Settings, args: &Args, bars: &Bars) -> Outcome {
    let url = alone::empty_office(settings)?;
    let plan = Plan {
        people: populate::PEOPLE_LEAST,
        lives: args.lives,
        seed: args.seed,
        business_on: BUSINESS_ON,
        threads: settings.threads,
    };
    populate::run(&url, &plan, bars)?;
    let mut session = Session::open(&store::Settings::new(&url).named("nenrin-bench"))?;
    let month = Month::of(BUSINESS_ON);
    let jobs: [(&dyn batch::run::Job, Month); 2] = [(&Adjudication, month), (&PaymentRun, month)];
    let night = Alone::begin(settings, &url, BUSINESS_ON, &jobs, &mut session)?;
    let lives = part(&night, &Adjudication, &mut session, bars)?;
    let payments = part(&night, &PaymentRun, &mut session, bars)?;
    night.finish(&mut session)?;
    session.run(async |db| peer::settle(&*db).await)?;
    let rules = batch::jobs::payment_run::peer::rules(month)?;
    let began = Instant::now();
    session.run(async |db| peer_payments::pay(&*db, &rules, night.cutoff_at).await)?;
    let peer_seconds = began.elapsed().as_secs_f64();
    let (compared, net_yen, differences) = session.run(async |db| peer_payments::compare(&*db, &night.run_id).await)?;
    if differences > 0 {
        return Err(Said(format!("二つの道の支払が違います: {differences}人")).into());
    }
    let threads = if settings.threads == 0 { num_threads() } else { settings.threads };
    Ok(show(&Measured { lives, payments, threads, net_yen, peer_seconds, compared }))
}

fn num_threads() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

fn part(night: &Alone, job: &dyn batch::run::Job, session: &mut Session, bars: &Bars) -> Result<Part, Failure> {
    session.run(async |db| peer::settle(&*db).await)?;
    measure::reset_peak_memory()?;
    let done = night.run(job, bars)?;
    let peak_mib = measure::peak_mib()?;
    Ok(Part { people: done.counts.done, held: done.counts.held, seconds: done.seconds, peak_mib })
}

fn rate(people: i64, seconds: f64) -> f64 {
    people as f64 / seconds
}

fn show(one: &Measured) -> Report {
    let line = |part: &Part| {
        format!(
            "{}人 {:.1}秒 (毎秒 {}人)",
            grouped(part.people),
            part.seconds,
            grouped(rate(part.people, part.seconds) as i64)
        )
    };
    let per_core = rate(one.lives.people, one.lives.seconds) / one.threads as f64;
    Report::new(json!({
        "bench": "adjudicate", "people": one.payments.people,
        "ours": {
            "seconds": one.payments.seconds, "per_second": rate(one.payments.people, one.payments.seconds),
            "peak_mib": one.payments.peak_mib,
        },
        "peer": {
            "name": "SQL in the same PostgreSQL (due, levies, tax, net, bank records)", "seconds": one.peer_seconds,
            "per_second": rate(one.compared, one.peer_seconds),
        },
        "ratio": one.peer_seconds / one.payments.seconds,
        "adjudication": {
            "people": one.lives.people, "held": one.lives.held, "seconds": one.lives.seconds,
            "per_second": rate(one.lives.people, one.lives.seconds), "per_second_and_core": per_core,
            "peak_mib": one.lives.peak_mib,
        },
        "held_payments": one.payments.held, "net_yen": one.net_yen,
    }))
    .row("機械", measure::machine())
    .row("裁定 (DB から裁定・Parquet まで)", line(&one.lives))
    .row("  一つの核あたり", format!("毎秒 {}人", grouped(per_core as i64)))
    .row("  保留", format!("{}人", grouped(one.lives.held)))
    .row("  最大メモリー", format!("{} MiB", one.lives.peak_mib))
    .row("支払 (DB から支払・Parquet・全銀ファイルまで)", line(&one.payments))
    .row("  保留", format!("{}人", grouped(one.payments.held)))
    .row("  最大メモリー", format!("{} MiB", one.payments.peak_mib))
    .row("  差引支払額", format!("{}円 (二つの道で一致した{}人)", grouped(one.net_yen), grouped(one.compared)))
    .row("  PostgreSQL の SQL", format!("{:.1}秒", one.peer_seconds))
    .row("  比", format!("{:.2}", one.peer_seconds / one.payments.seconds))
}
