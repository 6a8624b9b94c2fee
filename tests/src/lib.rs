//! Shared by the tests of the whole system: an office of its own for every test.
//!
//! All tests share one private PostgreSQL with durable settings, under `.nenrin-test/` of the workspace (or
//! `NENRIN_TEST_DIR`), started by whichever test process comes first. `NENRIN_TEST_URL` names another server
//! instead. A migrated template makes a new database cost about a tenth of a second.
//!
//! Every test process holds a shared lock for as long as it lives; a small watcher, left by the process that started
//! the server, stops the server once nobody has held that lock for a minute.

pub mod lives;

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use cluster::ClusterConfig;
use sha2::{Digest, Sha256};
use store::migrate::{MIGRATIONS, migrate};
use store::{Connection, Db, Session, Settings};

/// A database of one test, removed when it is dropped.
#[derive(Debug)]
pub struct TestOffice {
    name: String,
    url: String,
}

impl TestOffice {
    /// A database with every migration applied. Callable from tests with and without an async runtime.
    pub fn new() -> TestOffice {
        TestOffice::create(&format!("TEMPLATE {}", template()))
    }

    /// A database with nothing in it.
    pub fn empty() -> TestOffice {
        server();
        TestOffice::create("TEMPLATE template0")
    }

    /// A database with the same rows. Nobody may be connected to this one.
    pub fn copy(&self) -> TestOffice {
        TestOffice::create(&format!("TEMPLATE {}", self.name))
    }

    fn create(source: &str) -> TestOffice {
        let name = format!("test_{}", random_name());
        run(server(), &format!("CREATE DATABASE {name} {source}"));
        TestOffice { url: with_database(server(), &name), name }
    }

    /// Address of the database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Settings for bulk work on it.
    pub fn settings(&self) -> Settings {
        Settings::new(&self.url).named("nenrin-test")
    }

    /// A blocking session on it.
    pub fn session(&self) -> Session {
        Session::open(&self.settings()).expect("the test's database answers")
    }

    /// A connection on it, for async tests.
    pub async fn connect(&self) -> Connection {
        store::connect::connect_one(&self.settings()).await.expect("the test's database answers")
    }
}

impl Default for TestOffice {
    fn default() -> TestOffice {
        TestOffice::new()
    }
}

impl Drop for TestOffice {
    fn drop(&mut self) {
        run(server(), &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// The workspace, for tests that read its files. Asked for when they run: another clone that shares the target directory
/// may have built them.
pub fn workspace() -> PathBuf {
    let tests = std::env::var("CARGO_MANIFEST_DIR").expect("tests run under cargo");
    Path::new(&tests).parent().expect("tests/ lies in the workspace").to_owned()
}

/// Address of the shared server, with a database of its own for administration.
pub fn server() -> &'static str {
    static SERVER: OnceLock<String> = OnceLock::new();
    SERVER.get_or_init(|| match std::env::var("NENRIN_TEST_URL") {
        Ok(url) => url,
        Err(_) => on_a_thread(start_server),
    })
}

/// Async tests may not block their runtime, and a session brings its own: so work on a thread beside it.
fn on_a_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().expect("the shared server is at work"))
}

fn start_server() -> String {
    static USER: OnceLock<File> = OnceLock::new();
    let root = std::env::var_os("NENRIN_TEST_DIR").map_or_else(|| workspace().join(".nenrin-test"), PathBuf::from);
    std::fs::create_dir_all(&root).expect("the folder of the tests can be made");
    let users = root.join("users.lock");
    let file = OpenOptions::new().create(true).append(true).open(&users).expect("the lock file can be made");
    file.lock_shared().expect("the lock is given once the server has stopped");
    USER.get_or_init(|| file);
    let running = cluster::up(&ClusterConfig { root, port: None }).expect("the shared server starts");
    if running.started {
        watch(&users, running.pid);
        drop_leftovers(&running.url);
    }
    running.url
}

/// Leaves a process behind that stops the server when no test has lived for a minute.
#[expect(clippy::zombie_processes, reason = "it outlives us")]
fn watch(users: &Path, pid: u32) {
    const SCRIPT: &str = r#"
        while sleep 60; do
            kill -0 "$2" 2>/dev/null || exit 0
            flock --nonblock "$1" sh -c 'kill -INT "$0"; while kill -0 "$0" 2>/dev/null; do sleep 0.1; done' "$2" && exit 0
        done"#;
    let mut command = Command::new("setsid");
    command.args(["sh", "-c", SCRIPT, "nenrin-test-watch"]).arg(users).arg(pid.to_string()).current_dir("/");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("setsid is part of the system");
}

/// Databases of tests that were killed.
fn drop_leftovers(url: &str) {
    let mut session = Session::open(&Settings::new(url)).expect("the shared server answers");
    let names = session.run(async |connection| {
        let rows = connection.rows("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'", &[]).await;
        rows.expect("the catalogue can be read").iter().map(|row| row.get(0)).collect::<Vec<String>>()
    });
    for name in names {
        session.run(async |connection| connection.batch_execute(&format!("DROP DATABASE {name}")).await).ok();
    }
}

/// Name of the migrated template, made by whoever comes first with these migrations.
fn template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| on_a_thread(make_template))
}

fn make_template() -> String {
    let mut hasher = Sha256::new();
    MIGRATIONS.iter().for_each(|one| hasher.update(one.sql));
    let name = format!("template_{}", &hex::encode(hasher.finalize())[..16]);
    let mut session = Session::open(&Settings::new(server())).expect("the shared server answers");
    session.run(async |connection| {
        connection.run("SELECT pg_advisory_lock(1)", &[]).await.expect("the lock is given");
        let there = connection.row_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await;
        if there.expect("the catalogue can be read").is_none() {
            build_template(connection, &name).await;
        }
    });
    name
}

/// Built under another name, so that a killed test leaves no half template.
async fn build_template(connection: &Connection, name: &str) {
    let building = format!("{name}_building");
    for sql in [
        format!("DROP DATABASE IF EXISTS {building} WITH (FORCE)"),
        format!("CREATE DATABASE {building} TEMPLATE template0"),
    ] {
        connection.batch_execute(&sql).await.expect("the template can be made");
    }
    {
        let settings = Settings::new(with_database(server(), &building));
        let mut inside = store::connect::connect_one(&settings).await.expect("the template answers");
        migrate(&mut inside).await.expect("every migration applies");
    }
    // The connection ends a moment after it is dropped.
    let rename = format!("ALTER DATABASE {building} RENAME TO {name}");
    for _ in 0..200 {
        if connection.batch_execute(&rename).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    connection.batch_execute(&rename).await.expect("nobody else uses the template");
}

fn run(url: &str, sql: &str) {
    on_a_thread(|| {
        let mut session = Session::open(&Settings::new(url)).expect("the shared server answers");
        session.run(async |connection| connection.batch_execute(sql).await).expect("databases can be made and dropped");
    });
}

/// The same server, another database.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, String::new()), |(a, q)| (a, format!("?{q}")));
    let (server, _) = address.rsplit_once('/').expect("postgresql://user:password@host:port/database");
    format!("{server}/{name}{query}")
}

fn random_name() -> String {
    let mut bytes = [0_u8; 8];
    File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes)).expect("the system has randomness");
    hex::encode(bytes)
}
