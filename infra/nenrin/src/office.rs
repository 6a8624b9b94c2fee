//! Opening and closing the office: the private database, the online tier beside it, the clerks.

use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cluster::ClusterConfig;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use serde_json::json;
use store::Session;
use store::my_number::Keys;

use crate::ClerkArgs;
use crate::commands::{Outcome, Said};
use crate::output::Report;
use crate::settings::Settings;

type Failure = Box<dyn std::error::Error>;

/// How long the online tier may take to answer after its start.
const READY_SECONDS_MAX: u64 = 30;

/// The database of the office, migrated: the one that was named, or the private one, which is started for it.
pub fn database(settings: &Settings) -> Result<String, Failure> {
    let url = match &settings.database_url {
        Some(url) => url.clone(),
        None => {
            let config = ClusterConfig { root: settings.office_dir.clone(), port: settings.database_port };
            cluster::up(&config)?.url
        }
    };
    migrate(&url)?;
    Ok(url)
}

/// Brings a database to the program's version.
pub fn migrate(url: &str) -> Result<Vec<&'static str>, Failure> {
    let mut session = Session::open(&store::Settings::new(url).named("nenrin-migrate"))?;
    Ok(session.run(async |connection| store::migrate::migrate(connection).await)?)
}

/// Keys that seal individual numbers; made once, kept beside the office, readable by its owner only.
pub fn my_number_keys(settings: &Settings) -> Result<Keys, Failure> {
    if let Ok(text) = std::env::var("NENRIN_MY_NUMBER_KEY") {
        return Ok(Keys::parse(&text, "NENRIN_MY_NUMBER_KEY")?);
    }
    std::fs::create_dir_all(&settings.office_dir)?;
    Ok(Keys::load_or_create(&settings.office_dir.join("my_number.key"))?)
}

/// `nenrin up`.
pub fn up(settings: &Settings) -> Outcome {
    let began = Instant::now();
    let url = database(settings)?;
    let started = start_online(settings)?;
    let address = format!("http://{}", settings.bind);
    let report = Report::new(json!({ "database": masked(&url), "online": address, "started": started }))
        .row("データベース", masked(&url))
        .row("端末サーバー", format!("{address}{}", if started { "" } else { " (動いていました)" }))
        .row("所要", format!("{:.1}秒", began.elapsed().as_secs_f64()));
    Ok(report.then("閉めるとき: nenrin down"))
}

/// `nenrin down`: the online tier first, then the database, each cleanly.
pub fn down(settings: &Settings) -> Outcome {
    let online = stop_online(settings)?;
    let database = settings.database_url.is_none() && cluster::down(&settings.office_dir)?;
    let word = |stopped: bool| if stopped { "止めました" } else { "動いていませんでした" };
    Ok(Report::new(json!({ "online": online, "database": database }))
        .row("端末サーバー", word(online))
        .row("データベース", word(database)))
}

/// `nenrin serve`: the online tier in the foreground, until a signal asks it to stop.
pub fn serve(settings: &Settings) -> Outcome {
    let url = database(settings)?;
    let config = online_config(settings, url)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(online::serve(config, stop_asked()))?;
    Ok(Report::new(json!({ "served": settings.bind })))
}

fn online_config(settings: &Settings, url: String) -> Result<online::Config, Failure> {
    let bind: SocketAddr = settings.bind.parse().map_err(|_| {
        Said(format!("NENRIN_BIND の値「{}」は使えません。127.0.0.1:8600 の形で指定してください", settings.bind))
    })?;
    let mut config = online::Config::new(bind, url);
    config.my_number_keys = Some(my_number_keys(settings)?);
    config.business_on = settings.business_on;
    Ok(config)
}

async fn stop_asked() {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("a process may listen to its own signals");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => (),
        _ = terminate.recv() => (),
    }
}

/// Registers a clerk, with the password from `NENRIN_PASSWORD` or a fresh one that is shown once.
pub fn add_clerk(settings: &Settings, args: &ClerkArgs) -> Outcome {
    let url = database(settings)?;
    let (password, fresh) = match std::env::var("NENRIN_PASSWORD") {
        Ok(password) => (password, false),
        Err(_) => (fresh_password()?, true),
    };
    create_clerk(&url, args, &password)?;
    let report = Report::new(json!({ "login": args.login, "password": fresh.then_some(&password) }))
        .row("利用者名", &args.login)
        .row("役割", args.roles.join("、"));
    Ok(if fresh {
        report.row("初めの合言葉", &password).then("合言葉は二度と表示しません。本人に渡してください")
    } else {
        report
    })
}

/// Writes a clerk into the database.
pub fn create_clerk(url: &str, args: &ClerkArgs, password: &str) -> Result<(), Failure> {
    let roles = args
        .roles
        .iter()
        .map(|role| {
            online::Role::ALL
                .into_iter()
                .find(|one| one.code() == role)
                .ok_or_else(|| Said(format!("役割「{role}」はありません")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let area = [online::Area::Office, online::Area::Prefecture, online::Area::Nation]
        .into_iter()
        .find(|one| one.code() == args.area)
        .ok_or_else(|| Said(format!("管轄「{}」はありません", args.area)))?;
    let clerk = online::NewClerk {
        login: &args.login,
        password,
        name: &args.name,
        office_code: &args.office,
        roles: &roles,
        area,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let pool = store::connect::pool(&store::Settings::new(url).named("nenrin-clerk"), 1)?;
        online::create_clerk(&pool, clerk).await?;
        Ok(())
    })
}

fn fresh_password() -> Result<String, Failure> {
    let mut bytes = [0_u8; 12];
    std::io::Read::read_exact(&mut File::open("/dev/urandom")?, &mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(b"abcdefghjkmnpqrstuvwxyz23456789"[usize::from(*byte) % 31])).collect())
}

/// Starts the online tier as a process of its own and waits until it is ready; false when it ran already.
pub fn start_online(settings: &Settings) -> Result<bool, Failure> {
    let pid_file = pid_file(&settings.office_dir);
    if running(&pid_file).is_some() && ready(settings) {
        return Ok(false);
    }
    std::fs::create_dir_all(settings.office_dir.join("log"))?;
    let log_path = settings.office_dir.join("log").join("online.log");
    let log = File::options().create(true).append(true).open(&log_path)?;
    let mut child = Command::new(std::env::current_exe()?)
        .arg("serve")
        .env("NENRIN_OFFICE_DIR", &settings.office_dir)
        .env("NENRIN_BIND", &settings.bind)
        .envs(settings.business_on.map(|day| ("NENRIN_BUSINESS_DATE", day.to_string())))
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()?;
    std::fs::write(&pid_file, child.id().to_string())?;
    let began = Instant::now();
    while !ready(settings) {
        if let Some(status) = child.try_wait()? {
            let _ = std::fs::remove_file(&pid_file);
            return Err(Said(format!(
                "端末サーバーが始まりません ({status})。{} を見てください。番地 {} がほかで使われていれば NENRIN_BIND で変えられます",
                log_path.display(),
                settings.bind
            ))
            .into());
        }
        if began.elapsed() > Duration::from_secs(READY_SECONDS_MAX) {
            return Err(Said(format!(
                "端末サーバーが{READY_SECONDS_MAX}秒たっても応えません。{} を見てください",
                log_path.display()
            ))
            .into());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(true)
}

/// Asks the online tier to end and waits for it; false when it did not run.
pub fn stop_online(settings: &Settings) -> Result<bool, Failure> {
    let pid_file = pid_file(&settings.office_dir);
    let Some(pid) = running(&pid_file) else { return Ok(false) };
    kill_process(pid, Signal::TERM)?;
    let began = Instant::now();
    while is_ours(pid) {
        if began.elapsed() > Duration::from_secs(READY_SECONDS_MAX) {
            return Err(Said(format!(
                "端末サーバー (プロセス {}) が終わりません。ログを見てください",
                pid.as_raw_nonzero()
            ))
            .into());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = std::fs::remove_file(&pid_file);
    Ok(true)
}

fn pid_file(office_dir: &Path) -> PathBuf {
    office_dir.join("online.pid")
}

/// The process that the file names, when it is there and is one of ours (a number may have been given to another).
fn running(pid_file: &Path) -> Option<Pid> {
    let raw = std::fs::read_to_string(pid_file).ok()?.trim().parse().ok()?;
    Pid::from_raw(raw).filter(|pid| is_ours(*pid))
}

fn is_ours(pid: Pid) -> bool {
    let raw = pid.as_raw_nonzero();
    let stat = std::fs::read_to_string(format!("/proc/{raw}/stat")).unwrap_or_default();
    let zombie = stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('Z'));
    let command = std::fs::read(format!("/proc/{raw}/cmdline")).unwrap_or_default();
    let serves = command.split(|byte| *byte == 0).any(|word| word == b"serve");
    !zombie && serves && test_kill_process(pid).is_ok()
}

/// Whether `/readyz` says yes.
fn ready(settings: &Settings) -> bool {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return false };
    let address = format!("http://{}/readyz", settings.bind);
    runtime.block_on(async {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(2)).build();
        let Ok(client) = client else { return false };
        client.get(address).send().await.is_ok_and(|answer| answer.status().is_success())
    })
}

/// The address of a database without its password.
pub fn masked(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => format!("{}{}", &url[..scheme + 3], &url[at + 1..]),
        _ => url.split_whitespace().filter(|word| !word.starts_with("password=")).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn an_address_is_shown_without_its_password() {
        assert_eq!(masked("postgres://nenrin:secret@127.0.0.1:5432/nenrin"), "postgres://127.0.0.1:5432/nenrin");
        assert_eq!(masked("host=/tmp user=nenrin password=secret dbname=n"), "host=/tmp user=nenrin dbname=n");
    }
}
