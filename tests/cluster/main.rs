//! The private database: created, killed, taken up again, stopped; and what stands in its way.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use cluster::{ClusterConfig, ClusterError, Running, Status, down, status, up};
use store::{Db, Session, Settings};

/// An office's folder that is stopped and removed at the end, whatever happens.
struct Root(tempfile::TempDir);

impl Root {
    fn new() -> Root {
        let folder = tempfile::Builder::new().prefix("nenrin-cluster-").tempdir().expect("a folder");
        open(folder.path());
        Root(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn up(&self) -> Result<Running, ClusterError> {
        up(&ClusterConfig { root: self.path().to_owned(), port: None })
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        if let Err(error) = down(self.path()) {
            eprintln!("the cluster of the test was not stopped: {error}");
        }
    }
}

/// Lets the server's user through.
fn open(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).expect("ours");
}

fn execute(running: &Running, sql: &str) {
    let mut session = Session::open(&Settings::new(&running.url)).expect("it answers");
    session.run(async |connection| connection.batch_execute(sql).await).expect("it does");
}

fn count(running: &Running, url: &str) -> i64 {
    let mut session = Session::open(&Settings::new(url)).unwrap_or_else(|error| panic!("{running:?}: {error}"));
    session.run(async |connection| connection.row("SELECT count(*) FROM kept", &[]).await.expect("counted").get(0))
}

fn kill(pid: u32) {
    let killed = Command::new("kill").args(["-KILL", &pid.to_string()]).status().expect("kill runs");
    assert!(killed.success());
}

#[test]
fn a_killed_server_is_taken_up_with_all_it_acknowledged() {
    let root = Root::new();
    assert!(matches!(status(root.path()), Ok(Status::Absent)));
    let first = root.up().expect("created and started");
    assert!(first.started);
    execute(&first, "CREATE TABLE kept (n bigint); INSERT INTO kept SELECT generate_series(1, 1000)");
    let again = root.up().expect("it runs already");
    assert!(!again.started);
    assert_eq!((again.pid, again.port), (first.pid, first.port));
    assert!(matches!(status(root.path()), Ok(Status::Running(running)) if running.pid == first.pid));

    execute(&first, "INSERT INTO kept VALUES (1001)");
    kill(first.pid);
    let second = root.up().expect("taken up after kill -9");
    assert!(second.started && second.pid != first.pid);
    assert_eq!(second.port, first.port, "the port stays");
    assert_eq!(count(&second, &second.url), 1001);
    assert_eq!(count(&second, &second.tcp_url), 1001);

    assert!(down(root.path()).expect("stopped"));
    assert!(!down(root.path()).expect("nothing to stop"));
    assert!(matches!(status(root.path()), Ok(Status::Stopped)));

    // A number of a process that is gone to somebody else: to this test.
    let stale = second.data_dir.join("postmaster.pid");
    std::fs::write(&stale, format!("{}\n{}\n0\n{}\n", std::process::id(), second.data_dir.display(), second.port))
        .expect("written");
    assert!(matches!(status(root.path()), Ok(Status::Stopped)), "a stranger is no postmaster");
    let third = root.up().expect("taken up beside a stale postmaster.pid");
    assert_eq!(count(&third, &third.url), 1001);
    assert!(down(root.path()).expect("stopped"));

    // The last port was taken meanwhile: another is chosen; asked for, it is refused.
    let held = TcpListener::bind((Ipv4Addr::LOCALHOST, second.port)).expect("the port is free");
    let asked = up(&ClusterConfig { root: root.path().to_owned(), port: Some(second.port) });
    assert!(matches!(&asked, Err(ClusterError::PortTaken { port }) if *port == second.port), "{asked:?}");
    let fourth = root.up().expect("another port");
    assert_ne!(fourth.port, second.port);
    assert_eq!(count(&fourth, &fourth.url), 1001);
    drop(held);
}

#[test]
fn settings_are_durable_and_checksummed() {
    let root = Root::new();
    let running = root.up().expect("created and started");
    let mut session = Session::open(&Settings::new(&running.url)).expect("it answers");
    let sql = "SELECT name || ' = ' || setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes',
        'synchronous_commit', 'data_checksums', 'server_encoding', 'TimeZone', 'password_encryption') ORDER BY lower(name)";
    let told: Vec<String> = session.run(async |connection| {
        connection.rows(sql, &[]).await.expect("settings").iter().map(|row| row.get(0)).collect()
    });
    let wanted = [
        "data_checksums = on",
        "fsync = on",
        "full_page_writes = on",
        "password_encryption = scram-sha-256",
        "server_encoding = UTF8",
        "synchronous_commit = on",
        "TimeZone = UTC",
    ];
    assert_eq!(told, wanted);
    let wrong = running.url.replacen("nenrin:", "nenrin:x", 1);
    assert!(Session::open(&Settings::new(wrong)).is_err(), "nobody comes in without the password");
    let shown = format!("{running:?}");
    let password = std::fs::read_to_string(root.path().join("password")).expect("the password is kept");
    assert!(!shown.contains(password.trim()), "{shown}");
}

#[test]
fn an_interrupted_initdb_is_done_again_and_nothing_else_is_removed() {
    let root = Root::new();
    let data = root.path().join("postgres");
    std::fs::create_dir(&data).expect("a folder");
    std::fs::write(data.join("treasure"), "?").expect("a file");
    let refused = root.up();
    assert!(matches!(&refused, Err(ClusterError::NotOurs { place }) if place.ends_with("postgres")), "{refused:?}");
    assert!(data.join("treasure").exists());

    // As an initdb that was killed leaves it: begun, not complete.
    std::fs::write(root.path().join("postgres.begun"), "").expect("the mark");
    let running = root.up().expect("done again");
    assert!(!running.data_dir.join("treasure").exists());
    execute(&running, "CREATE TABLE kept (n bigint)");
    // Complete, it is never begun again, whatever marks lie about.
    std::fs::write(root.path().join("postgres.begun"), "").expect("the mark");
    down(root.path()).expect("stopped");
    let running = root.up().expect("started");
    assert_eq!(count(&running, &running.url), 0);
}

#[test]
fn data_of_another_version_are_left_alone() {
    let root = Root::new();
    let running = root.up().expect("created and started");
    down(root.path()).expect("stopped");
    let version = running.data_dir.join("PG_VERSION");
    let kept = std::fs::read_to_string(&version).expect("a version");
    std::fs::write(&version, "99\n").expect("written");
    let refused = root.up().expect_err("another major version");
    assert!(matches!(refused, ClusterError::OtherMajor { data: 99 }), "{refused:?}");
    assert!(refused.to_string().contains("postgresql-99"), "{refused}");
    std::fs::write(&version, kept).expect("written");
    root.up().expect("started");
}

#[test]
fn a_deep_folder_has_its_socket_elsewhere() {
    let root = Root::new();
    let deep: PathBuf = root.path().join("a_folder_with_quite_a_long_name/".repeat(4));
    std::fs::create_dir_all(&deep).expect("folders");
    let running = up(&ClusterConfig { root: deep.clone(), port: None }).expect("created and started");
    let sound = running.socket_dir.as_os_str().len() < 100 && Session::open(&Settings::new(&running.url)).is_ok();
    down(&deep).expect("stopped");
    std::fs::remove_dir_all(&running.socket_dir).expect("ours");
    assert!(sound, "{}", running.socket_dir.display());
}

#[test]
fn a_closed_folder_has_its_data_elsewhere_when_root_gives_up_its_rights() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let root = Root::new();
    if std::fs::metadata(root.path()).expect("ours").uid() != 0 {
        return; // Only root runs the server as somebody else.
    }
    std::fs::set_permissions(root.path(), std::fs::Permissions::from_mode(0o700)).expect("ours");
    let running = root.up().expect("created and started");
    execute(&running, "CREATE TABLE kept (n bigint)");
    assert!(running.data_dir.starts_with("/var/lib/nenrin"), "{}", running.data_dir.display());
    // Opened meanwhile, the data are still where they were put.
    open(root.path());
    assert!(down(root.path()).expect("stopped"));
    let again = root.up().expect("started");
    assert_eq!((&again.data_dir, count(&again, &again.url)), (&running.data_dir, 0));
    assert!(down(root.path()).expect("stopped"));
    let base = running.data_dir.parent().expect("a folder of its own");
    std::fs::remove_dir_all(base).expect("ours");
}

#[test]
fn two_callers_at_once_get_one_server() {
    let root = Root::new();
    let pids: Vec<u32> = std::thread::scope(|scope| {
        let callers: Vec<_> = (0..2).map(|_| scope.spawn(|| root.up().expect("up").pid)).collect();
        callers.into_iter().map(|caller| caller.join().expect("up")).collect()
    });
    assert_eq!(pids[0], pids[1]);
}

#[test]
fn missing_programs_are_named() {
    // In a process of its own, because the variable is read from the environment.
    let here = std::env::current_exe().expect("this test");
    let output = Command::new(here)
        .args(["--exact", "missing_programs_child", "--ignored", "--nocapture"])
        .env("NENRIN_PG_BIN", "/nonexistent")
        .output()
        .expect("the test runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("apt-get install postgresql"), "{said}");
}

#[test]
#[ignore = "run by missing_programs_are_named with its environment"]
fn missing_programs_child() {
    if std::env::var_os("NENRIN_PG_BIN").is_none() {
        return;
    }
    let root = Root::new();
    let error = root.up().expect_err("there are no programs");
    assert!(matches!(error, ClusterError::BinariesMissing), "{error:?}");
    println!("{error}");
}
