//! The server's life: created, found, started, waited for, stopped.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use store::{Db, Settings, StoreError};

use crate::Running;
use crate::binaries::{Binaries, find_binaries_of};
use crate::error::ClusterError;
use crate::layout::{Layout, State, write_durably};

/// Role and database of the office.
const NAME: &str = "nenrin";
/// A cluster without data takes 40 MiB, its log of changes up to a gigabyte more.
pub(crate) const ROOM_MIB: u64 = 512;
/// Recovery after a crash reads what changed since the last checkpoint; that may take minutes.
const ANSWER_WITHIN: Duration = Duration::from_secs(300);
const STOP_WITHIN: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);

/// For [`Running::started`].
pub(crate) const STARTED: bool = true;
/// For [`Running::started`].
pub(crate) const WAS_RUNNING: bool = false;

/// A postmaster of this cluster that is alive.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub pid: u32,
    pub port: u16,
}

/// Major version of the data, when there are complete data.
pub(crate) fn data_major(layout: &Layout) -> Result<Option<u32>, ClusterError> {
    if !layout.is_complete() {
        return Ok(None);
    }
    let path = layout.data.join("PG_VERSION");
    let text = std::fs::read_to_string(&path).map_err(|source| ClusterError::file(&path, source))?;
    Ok(text.trim().split('.').next().and_then(|major| major.parse().ok()))
}

/// Refuses to work on a disk that is nearly full: a server that cannot write its log stops in the middle of things.
pub(crate) fn check_room(layout: &Layout) -> Result<(), ClusterError> {
    let room = rustix::fs::statvfs(&layout.base).map_err(|source| ClusterError::file(&layout.base, source.into()))?;
    let free_mib = room.f_bavail.saturating_mul(room.f_frsize) >> 20;
    if free_mib < ROOM_MIB {
        return Err(ClusterError::DiskFull { place: layout.base.clone(), free_mib, needed_mib: ROOM_MIB });
    }
    Ok(())
}

/// Creates the cluster. Interrupted at any point, the next call begins again from nothing.
pub(crate) fn initialise(layout: &Layout, binaries: &Binaries) -> Result<(), ClusterError> {
    clear_unfinished(layout)?;
    write_durably(&layout.begun_mark(), "", 0o644)?;
    std::fs::create_dir(&layout.data).map_err(|source| ClusterError::file(&layout.data, source))?;
    layout.give(&layout.data, 0o700)?;
    run_initdb(layout, binaries)?;
    include_settings(layout)?;
    write_durably(&layout.complete_mark(), "", 0o644)?;
    let begun = layout.begun_mark();
    std::fs::remove_file(&begun).map_err(|source| ClusterError::file(&begun, source))
}

/// Removes what an interrupted `initdb` left; anything else in that place is not ours and stays.
fn clear_unfinished(layout: &Layout) -> Result<(), ClusterError> {
    if !layout.data.exists() {
        return Ok(());
    }
    if !layout.begun_mark().exists() {
        return Err(ClusterError::NotOurs { place: layout.data.clone() });
    }
    tracing::warn!(data_dir = %layout.data.display(), "an interrupted initdb is done again");
    std::fs::remove_dir_all(&layout.data).map_err(|source| ClusterError::file(&layout.data, source))
}

fn run_initdb(layout: &Layout, binaries: &Binaries) -> Result<(), ClusterError> {
    // The server's user must read it, so it lies in the log folder for the moment, which that user owns.
    let handed_over = layout.log.with_file_name("password.tmp");
    std::fs::remove_file(&handed_over).ok();
    write_durably(&handed_over, &layout.make_password()?, 0o600)?;
    layout.give(&handed_over, 0o600)?;
    let mut pwfile = std::ffi::OsString::from("--pwfile=");
    pwfile.push(&handed_over);
    let outcome = as_server(layout, &binaries.program("initdb"))
        .args(["--username", NAME, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"])
        .arg(pwfile)
        .arg("-D")
        .arg(&layout.data)
        .output();
    std::fs::remove_file(&handed_over).ok();
    let output = outcome.map_err(|source| ClusterError::file(&binaries.program("initdb"), source))?;
    if output.status.success() {
        return Ok(());
    }
    let said = text_of(&output);
    if said.contains("No space left on device") {
        return Err(disk_full(layout));
    }
    Err(ClusterError::InitFailed { hint: telling_line(&said) })
}

fn include_settings(layout: &Layout) -> Result<(), ClusterError> {
    let path = layout.data.join("postgresql.conf");
    let failed = |source| ClusterError::file(&path, source);
    let given = std::fs::read_to_string(&path).map_err(failed)?;
    write_durably(&path, &format!("{given}\ninclude = 'nenrin.conf'\n"), 0o600)?;
    layout.give(&path, 0o600)
}

/// The port that was asked for when it is free; else the last one when it is free; else any.
pub(crate) fn choose_port(asked: Option<u16>, last: Option<u16>) -> Result<u16, ClusterError> {
    if let Some(port) = asked {
        return if is_free(port) { Ok(port) } else { Err(ClusterError::PortTaken { port }) };
    }
    if let Some(port) = last.filter(|port| is_free(*port)) {
        return Ok(port);
    }
    let any = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    any.map(|address| address.port()).map_err(|_| ClusterError::PortTaken { port: 0 })
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// The postmaster that `postmaster.pid` names, when it is alive and works on these data.
///
/// A number that has gone to another process since, as after a restart of a container, is not it; then the file is
/// stale, and [`start`] removes it, because PostgreSQL itself would take the stranger for a postmaster.
pub(crate) fn running(layout: &Layout) -> Result<Option<Found>, ClusterError> {
    let path = layout.data.join("postmaster.pid");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(ClusterError::file(&path, error)),
    };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let pid = lines.first().and_then(|line| line.parse::<u32>().ok());
    let Some(pid) = pid.filter(|pid| is_postmaster(*pid, &layout.data)) else {
        return Ok(None);
    };
    let last = State::read(&layout.root).map_or(0, |state| state.port);
    let port = lines.get(3).and_then(|line| line.parse().ok()).unwrap_or(last);
    Ok(Some(Found { pid, port }))
}

/// A live process that was started on these data. Its command line is empty once it is dead and not yet buried.
fn is_postmaster(pid: u32, data: &Path) -> bool {
    let command = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let mut words = command.split(|byte| *byte == 0);
    let program = words.next().unwrap_or_default();
    program.ends_with(b"postgres") && words.any(|word| word == data.as_os_str().as_encoded_bytes())
}

/// How far the log has been written.
pub(crate) fn log_length(layout: &Layout) -> u64 {
    std::fs::metadata(&layout.log).map_or(0, |meta| meta.len())
}

/// Starts the server and returns its process. Backends of a killed postmaster may need a moment to end.
pub(crate) fn start(layout: &Layout, binaries: &Binaries, port: u16) -> Result<u32, ClusterError> {
    let give_up = Instant::now() + Duration::from_secs(15);
    loop {
        let log_from = log_length(layout);
        remove_stale(layout)?;
        let output = launch(layout, binaries)?;
        if let Some(found) = running(layout)? {
            return Ok(found.pid);
        }
        let said = log_since(layout, log_from) + &text_of(&output);
        let orphans = said.contains("pre-existing shared memory block") || said.contains("is another postmaster");
        if !(orphans && Instant::now() < give_up) {
            return Err(why_not(layout, port, &said));
        }
        std::thread::sleep(PAUSE * 4);
    }
}

fn launch(layout: &Layout, binaries: &Binaries) -> Result<Output, ClusterError> {
    as_server(layout, &binaries.program("pg_ctl"))
        .args(["start", "--no-wait", "--silent", "-D"])
        .arg(&layout.data)
        .arg("-l")
        .arg(&layout.log)
        .output()
        .map_err(|source| ClusterError::file(&binaries.program("pg_ctl"), source))
        .inspect(|_| wait_for_pid(layout))
}

/// `pg_ctl --no-wait` returns before the server has written its file; a server that fails ends within moments.
fn wait_for_pid(layout: &Layout) {
    for _ in 0..60 {
        let answers = layout.socket.read_dir().is_ok_and(|mut entries| entries.next().is_some());
        if answers && running(layout).is_ok_and(|found| found.is_some()) {
            return;
        }
        std::thread::sleep(PAUSE);
    }
}

/// What a killed postmaster left: its pid file, its socket and the socket's lock. Each names a process, and where
/// nobody buries the dead, as in many containers, PostgreSQL would take the number for a living one. The folders are
/// this cluster's alone, and no postmaster works on the data.
fn remove_stale(layout: &Layout) -> Result<(), ClusterError> {
    let mut stale = vec![layout.data.join("postmaster.pid")];
    for entry in layout.socket.read_dir().map_err(|source| ClusterError::file(&layout.socket, source))?.flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(b".s.PGSQL.") {
            stale.push(entry.path());
        }
    }
    for path in stale {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(ClusterError::file(&path, error)),
            _ => {}
        }
    }
    Ok(())
}

fn why_not(layout: &Layout, port: u16, said: &str) -> ClusterError {
    if said.contains("No space left on device") {
        return disk_full(layout);
    }
    if said.contains("Address already in use") {
        return ClusterError::PortTaken { port };
    }
    ClusterError::StartFailed { log: layout.log.clone(), hint: telling_line(said) }
}

fn disk_full(layout: &Layout) -> ClusterError {
    let free = rustix::fs::statvfs(&layout.base).map_or(0, |room| room.f_bavail.saturating_mul(room.f_frsize) >> 20);
    ClusterError::DiskFull { place: layout.base.clone(), free_mib: free, needed_mib: ROOM_MIB }
}

/// The line that says why, as PostgreSQL words it.
fn telling_line(said: &str) -> String {
    let telling = |line: &&str| ["FATAL", "error:", "PANIC"].iter().any(|word| line.contains(word));
    let line = said.lines().find(telling).or_else(|| said.lines().rfind(|line| !line.trim().is_empty()));
    line.unwrap_or("(記録はありません)").trim().to_owned()
}

fn log_since(layout: &Layout, from: u64) -> String {
    let bytes = std::fs::read(&layout.log).unwrap_or_default();
    let from = usize::try_from(from).unwrap_or(0).min(bytes.len());
    String::from_utf8_lossy(&bytes[from..]).into_owned()
}

fn text_of(output: &Output) -> String {
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A command as the server's user, in a folder that user can be in, with a language we can read.
fn as_server(layout: &Layout, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/").stdin(Stdio::null()).env("LC_ALL", "C.UTF-8").env("LANGUAGE", "C");
    for name in ["PGDATA", "PGPORT", "PGHOST", "PGUSER", "PGDATABASE", "PGOPTIONS"] {
        command.env_remove(name);
    }
    if let Some(user) = &layout.user {
        command.uid(user.uid).gid(user.gid);
    }
    command
}

/// Waits until the server answers and the office's database is there.
///
/// - `log_from`: where in the log to look for the reason, should the server end meanwhile
pub(crate) fn ready(layout: &Layout, found: Found, started: bool, log_from: u64) -> Result<Running, ClusterError> {
    let running = describe(layout, &found, started)?;
    let give_up = Instant::now() + ANSWER_WITHIN;
    loop {
        match create_database(layout, &found) {
            Ok(()) => return Ok(running),
            Err(source) if !is_alive(layout, &found) => {
                tracing::warn!(%source, "the server ended while it was starting");
                return Err(why_not(layout, found.port, &log_since(layout, log_from)));
            }
            Err(source) if is_refused(&source) => {
                return Err(ClusterError::WrongPassword { password: layout.password.clone(), source });
            }
            Err(source) if Instant::now() >= give_up => {
                return Err(ClusterError::NoAnswer { log: layout.log.clone(), source });
            }
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
}

fn is_alive(layout: &Layout, found: &Found) -> bool {
    running(layout).is_ok_and(|now| now.is_some_and(|now| now.pid == found.pid))
}

/// Waiting does not help against a wrong password.
fn is_refused(error: &StoreError) -> bool {
    matches!(error, StoreError::Connect { source, .. } if source.code().is_some_and(|code| code.starts_with("28")))
}

fn create_database(layout: &Layout, found: &Found) -> Result<(), StoreError> {
    let password = layout.password().map_err(|_| StoreError::Unreadable { what: "password" })?;
    let settings = Settings::new(socket_url(layout, found.port, &password, "postgres")).named("nenrin-cluster");
    let mut session = store::Session::open(&settings)?;
    session.run(async |connection| {
        let there = connection.row_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&NAME]).await?;
        if there.is_none() {
            connection.batch_execute(&format!("CREATE DATABASE {NAME}")).await?;
        }
        Ok(())
    })
}

/// What is to be told about a server that runs.
pub(crate) fn describe(layout: &Layout, found: &Found, started: bool) -> Result<Running, ClusterError> {
    let password = layout.password()?;
    Ok(Running {
        url: socket_url(layout, found.port, &password, NAME),
        tcp_url: format!("postgresql://{NAME}:{password}@127.0.0.1:{}/{NAME}", found.port),
        port: found.port,
        data_dir: layout.data.clone(),
        socket_dir: layout.socket.clone(),
        log_file: layout.log.clone(),
        pid: found.pid,
        started,
    })
}

/// The folder of the socket stands where a host would, percent-encoded, as libpq and tokio-postgres read it.
fn socket_url(layout: &Layout, port: u16, password: &str, database: &str) -> String {
    let folder: String = layout.socket.as_os_str().as_encoded_bytes().iter().map(|byte| percent(*byte)).collect();
    format!("postgresql://{NAME}:{password}@{folder}:{port}/{database}")
}

fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// Fast shutdown: open transactions are rolled back, what was committed is written out.
pub(crate) fn stop(layout: &Layout, found: &Found) -> Result<(), ClusterError> {
    let major = data_major(layout)?.unwrap_or(0);
    let binaries = find_binaries_of(major)?;
    let seconds = STOP_WITHIN.as_secs().to_string();
    let output = as_server(layout, &binaries.program("pg_ctl"))
        .args(["stop", "--mode=fast", "--wait", "--silent", "--timeout", &seconds, "-D"])
        .arg(&layout.data)
        .output()
        .map_err(|source| ClusterError::file(&binaries.program("pg_ctl"), source))?;
    if output.status.success() || !is_alive(layout, found) {
        Ok(())
    } else {
        Err(ClusterError::StopFailed { log: layout.log.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_refused_when_it_was_asked_for() {
        let held = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = held.local_addr().expect("bound").port();
        assert!(matches!(choose_port(Some(port), None), Err(ClusterError::PortTaken { port: taken }) if taken == port));
        assert_ne!(choose_port(None, Some(port)).expect("another"), port);
    }

    #[test]
    fn a_server_that_did_not_start_says_what_to_do() {
        let layout = Layout::of(&std::env::temp_dir()).expect("there is a user for the server");
        let full = why_not(&layout, 5432, "FATAL:  could not write to file \"pg_wal/x\": No space left on device");
        assert!(matches!(full, ClusterError::DiskFull { .. }), "{full}");
        let taken = why_not(&layout, 5432, "LOG:  could not bind IPv4 address \"127.0.0.1\": Address already in use");
        assert!(matches!(taken, ClusterError::PortTaken { port: 5432 }), "{taken}");
        let other = why_not(&layout, 5432, "FATAL:  data directory has wrong ownership");
        assert!(other.to_string().contains("data directory has wrong ownership"), "{other}");
    }

    #[test]
    fn the_line_that_says_why() {
        let said = "LOG:  starting\nFATAL:  could not create lock file\nLOG:  database system is shut down\n";
        assert_eq!(telling_line(said), "FATAL:  could not create lock file");
        assert_eq!(telling_line("one\ntwo\n\n"), "two");
    }
}
