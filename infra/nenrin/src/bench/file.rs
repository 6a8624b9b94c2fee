//! Filings at the terminal: the whole road from HTTP to the disk, against the same statements sent by pgbench.
//!
//! First at a steady rate, for the times that clerks see; then as fast as answers come, half before and half after
//! the peer, so that both meet the same tables on average. Terminals, tier and database share the machine.

mod forms;
mod peer;

use std::sync::Arc;

use batch::populate::Plan;
use cluster::ClusterConfig;
use jiff::civil::Date;
use serde_json::json;
use store::Session;
use store::bench_filing;
use store::night::peer::settle;

use self::forms::{Forms, KEY_PREFIX};
use super::load::{self, Load, Terminal};
use super::measure;
use crate::ClerkArgs;
use crate::commands::{Outcome, Said};
use crate::demo::BUSINESS_DATE;
use crate::office;
use crate::output::{Report, grouped};
use crate::progress::Bars;
use crate::settings::Settings;

type Failure = Box<dyn std::error::Error>;

const LOGIN: &str = "bench";
/// Password of the invented clerk; the bench listens on the loopback only.
const PASSWORD: &str = "nenrin-bench-2026";
/// Senders of the steady rate: more than are ever waiting, so that nobody queues before being sent.
const STEADY_SENDERS: usize = 64;
/// Filings of each terminal before anything is measured: connections open, statements prepared.
const WARM_UP_EACH: usize = 40;
/// Seconds of the peer's warm-up.
const PEER_WARM_UP_SECONDS: u32 = 2;

/// How much, and of which seed.
#[derive(clap::Args)]
pub struct Args {
    /// 一つの測定の秒数
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..))]
    seconds: u32,
    /// 一定の速さで送るときの、毎秒の届書
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..))]
    rate: u32,
    /// 人数
    #[arg(long, default_value_t = 20_000)]
    people: u64,
    /// 同時に送る端末
    #[arg(long, default_value_t = 16)]
    terminals: usize,
    /// 種
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Everything that was measured.
struct Measured {
    steady: Load,
    full_count: usize,
    full_seconds: f64,
    peer: peer::Measured,
    peak_mib: u64,
    acknowledged: usize,
}

impl Measured {
    fn per_second(&self) -> f64 {
        self.full_count as f64 / self.full_seconds
    }

    fn ratio(&self) -> f64 {
        self.per_second() / self.peer.per_second
    }
}

/// Measures in a fresh office.
pub fn run(settings: &Settings, args: &Args, bars: &Bars) -> Outcome {
    let business_on: Date = BUSINESS_DATE.parse()?;
    let bind = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let settings = Settings { bind, business_on: Some(business_on), ..settings.clone() };
    let url = fresh_office(&settings, args, business_on, bars)?;
    let mut session = Session::open(&store::Settings::new(&url).named("nenrin-bench"))?;
    let employers = session.run(async |db| bench_filing::employers(&*db).await)?;
    let first = employers.first().ok_or_else(|| Said("適用事業所がありません".to_owned()))?;
    create_clerk(&url, &first.office_code)?;
    office::start_online(&settings)?;
    let measured = Bench { settings: &settings, args, url: &url, session, count: employers.len() }
        .measure(Forms::new(employers, args.seed))?;
    Ok(report(args, &measured))
}

fn fresh_office(settings: &Settings, args: &Args, business_on: Date, bars: &Bars) -> Result<String, Failure> {
    office::down(settings)?;
    if settings.office_dir.exists() {
        std::fs::remove_dir_all(&settings.office_dir)?;
    }
    let url = office::database(settings)?;
    let plan = Plan { people: args.people, lives: 0, seed: args.seed, business_on, threads: settings.threads };
    batch::populate::run(&url, &plan, bars)?;
    Ok(url)
}

fn create_clerk(url: &str, office_code: &str) -> Result<(), Failure> {
    let args = ClerkArgs {
        login: LOGIN.to_owned(),
        name: "年輪　計".to_owned(),
        office: office_code.to_owned(),
        roles: vec!["reception".to_owned()],
        area: "nation".to_owned(),
    };
    office::create_clerk(url, &args, PASSWORD)
}

/// One office, open.
struct Bench<'a> {
    settings: &'a Settings,
    args: &'a Args,
    url: &'a str,
    session: Session,
    count: usize,
}

impl Bench<'_> {
    fn measure(mut self, mut forms: Forms) -> Result<Measured, Failure> {
        let Args { seconds, rate, terminals, .. } = *self.args;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let base = format!("http://{}", self.settings.bind);
        let terminal = Arc::new(runtime.block_on(Terminal::sign_in(&base, LOGIN, PASSWORD))?);
        let send = |forms: &mut Forms, count: usize, senders: usize, rate: Option<u32>| {
            let requests = forms.take(count)?;
            let load = runtime.block_on(load::send(terminal.clone(), requests, senders, rate));
            all_received(load, count)
        };
        send(&mut forms, WARM_UP_EACH, 1, None)?;
        let script = self.capture(&mut forms, |request| {
            runtime.block_on(terminal.file(request)).map_err(|answer| Said(answer).into())
        })?;
        let warm_up = send(&mut forms, WARM_UP_EACH * terminals, terminals, None)?;
        let half = per_second(&warm_up) * f64::from(seconds) / 2.0;
        let half = (half.ceil() as usize).max(1);

        self.settle()?;
        let steady_count = usize::try_from(rate * seconds)?;
        let steady = send(&mut forms, steady_count, STEADY_SENDERS.max(terminals), Some(rate))?;
        self.settle()?;
        let before = send(&mut forms, half, terminals, None)?;
        peer::pgbench(self.url, &script, terminals, PEER_WARM_UP_SECONDS)?;
        self.settle()?;
        let peer = peer::pgbench(self.url, &script, terminals, seconds)?;
        self.settle()?;
        let after = send(&mut forms, half, terminals, None)?;

        let acknowledged = WARM_UP_EACH + 1 + WARM_UP_EACH * terminals + steady_count + 2 * half;
        self.nothing_lost(acknowledged)?;
        Ok(Measured {
            steady,
            full_count: 2 * half,
            full_seconds: before.seconds + after.seconds,
            peer,
            peak_mib: measure::peak_mib_of(&online_process(self.settings)?)?,
            acknowledged,
        })
    }

    /// Lets the server log one filing, and turns what it logged into the peer's script.
    fn capture(
        &mut self,
        forms: &mut Forms,
        file: impl FnOnce(&load::Request) -> Result<(), Failure>,
    ) -> Result<std::path::PathBuf, Failure> {
        let config = ClusterConfig { root: self.settings.office_dir.clone(), port: self.settings.database_port };
        let log_file = cluster::up(&config)?.log_file;
        let (request, marks, employer) = forms.marked()?;
        self.session.run(async |db| bench_filing::prepare_peer(&*db).await)?;
        let from = std::fs::metadata(&log_file)?.len();
        self.session.run(async |db| bench_filing::log_statements(&*db, true).await)?;
        let filed = file(&request);
        self.session.run(async |db| bench_filing::log_statements(&*db, false).await)?;
        filed?;
        let log = std::fs::read(&log_file)?;
        let logged = peer::read_log(&String::from_utf8_lossy(&log[usize::try_from(from)?..]));
        let sample = peer::Sample { marks, employer, employers: self.count };
        let script = self.session.run(async |db| peer::script(&*db, &logged, &sample).await)?;
        let path = self.settings.office_dir.join("filing.pgbench.sql");
        std::fs::write(&path, script)?;
        Ok(path)
    }

    /// Lets the database write out what it holds, so that no measurement pays for the one before.
    fn settle(&mut self) -> Result<(), Failure> {
        Ok(self.session.run(async |db| settle(&*db).await)?)
    }

    /// Every acknowledged filing is in the table.
    fn nothing_lost(&mut self, acknowledged: usize) -> Result<(), Failure> {
        let found = self.session.run(async |db| bench_filing::count_receptions(&*db, KEY_PREFIX).await)?;
        if usize::try_from(found)? == acknowledged {
            return Ok(());
        }
        Err(Said(format!("受け付けたと答えた届書は {acknowledged} 件、表にあるのは {found} 件です")).into())
    }
}

fn per_second(load: &Load) -> f64 {
    load.latencies.count() as f64 / load.seconds
}

/// A load in which anything was refused measures something else.
fn all_received(load: Load, count: usize) -> Result<Load, Failure> {
    if load.failures == 0 && load.latencies.count() == count {
        return Ok(load);
    }
    let first = load.first_failure.unwrap_or_default();
    Err(Said(format!("{count} 件のうち {} 件が受け付けられませんでした。初めの答え: {first}", load.failures)).into())
}

/// Process number of the online tier.
fn online_process(settings: &Settings) -> Result<String, Failure> {
    Ok(std::fs::read_to_string(settings.office_dir.join("online.pid"))?.trim().to_owned())
}

fn report(args: &Args, measured: &Measured) -> Report {
    let times = [50, 95, 99].map(|percent| measured.steady.latencies.percentile_ms(percent));
    let peer = &measured.peer;
    let whole = |number: f64| grouped(number.round() as i64);
    let json = json!({
        "bench": "file", "records": measured.acknowledged,
        "ours": {
            "seconds": measured.full_seconds, "per_second": measured.per_second(), "peak_mib": measured.peak_mib,
            "p50_ms": times[0], "p95_ms": times[1], "p99_ms": times[2], "rate": per_second(&measured.steady),
        },
        "peer": {
            "name": "pgbench, same statements", "seconds": f64::from(args.seconds), "per_second": peer.per_second,
            "latency_average_ms": peer.latency_ms,
        },
        "ratio": measured.ratio(),
    });
    Report::new(json)
        .row("機械", measure::machine())
        .row("受け付けた届書", format!("{}件 (すべて表にあります)", grouped(measured.acknowledged as i64)))
        .row(format!("■ 毎秒{}件で{}秒", args.rate, args.seconds), "決めた時刻から答えまで")
        .row("  p50・p95・p99", format!("{:.1}ミリ秒・{:.1}ミリ秒・{:.1}ミリ秒", times[0], times[1], times[2]))
        .row(format!("■ {}台の端末で、答えしだい次を", args.terminals), "")
        .row("  端末サーバー", format!("毎秒{}件", whole(measured.per_second())))
        .row("  最大メモリー", format!("{} MiB", measured.peak_mib))
        .row("  pgbench (同じ SQL)", format!("毎秒{}件 (平均{:.1}ミリ秒)", whole(peer.per_second), peer.latency_ms))
        .row("  比", format!("{:.2}", measured.ratio()))
        .then("pgbench のアクセス記録は、鎖を待たない同じ形の表に書きます")
}
