//! No room, no database: the night stops cleanly and goes on when the cause is gone.

use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};

use batch::progress::Progress;
use cluster::ClusterConfig;
use tempfile::TempDir;

use crate::office::{BUSINESS_ON, Country, differences};

/// Every write to `/dev/full` ends with the error of a full disk.
#[test]
fn a_full_disk_stops_the_night_and_it_goes_on_with_the_same_bytes() {
    let country = Country::of(1_000);
    let undisturbed = country.copy();
    assert!(undisturbed.runner("run", "").status.success());
    let part = country.folder.path().join("lake/contributions/for_month=2026-07");
    std::fs::create_dir_all(&part).expect("the folder can be made");
    let full = part.join("part-00001.parquet.tmp");
    std::os::unix::fs::symlink("/dev/full", &full).expect("the link can be made");
    let error = country.night().expect_err("there is no room");
    let words = error.to_string();
    assert!(words.contains("空き容量") && words.contains("--resume"), "{words}");
    assert_eq!(country.one::<String>("SELECT state FROM runs"), "stopped");
    assert!(!country.one::<String>("SELECT stop_reason FROM runs").is_empty());
    std::fs::remove_file(&full).expect("room is made");
    let resumed = country.runner("resume", "");
    assert!(resumed.status.success(), "{}", String::from_utf8_lossy(&resumed.stderr));
    assert_eq!(differences(&undisturbed.traces(), &country.traces()), Vec::<String>::new());
}

/// Restarts the server once a number of partitions is done.
struct Restarting<'a> {
    config: &'a ClusterConfig,
    after: u64,
    seen: AtomicU64,
}

impl Progress for Restarting<'_> {
    fn begin(&self, _step: &str, _total: u64, _unit: &str) {}
    fn advance(&self, amount: u64) {
        if self.seen.fetch_add(amount, Ordering::SeqCst) + amount == self.after {
            cluster::down(&self.config.root).expect("the server stops");
            cluster::up(self.config).expect("the server starts");
        }
    }
    fn end(&self) {}
}

#[test]
fn the_database_restarts_in_the_night_and_it_can_be_resumed() {
    let root = TempDir::new().expect("a temporary folder");
    let config = ClusterConfig { root: root.path().join("office"), port: None };
    let running = cluster::up(&config).expect("a server of its own starts");
    let plan = batch::populate::Plan { people: 2_000, lives: 0, seed: 7, business_on: BUSINESS_ON, threads: 2 };
    let mut session = store::Session::open(&store::Settings::new(&running.url)).expect("it answers");
    session.run(async |db| store::migrate::migrate(db).await).expect("every migration applies");
    drop(session);
    batch::populate::run(&running.url, &plan, &batch::progress::Silent).expect("a country");
    let options = batch::night::NightOptions {
        people_per_partition: 300,
        ..batch::night::NightOptions::new(&running.url, BUSINESS_ON, root.path())
    };
    let restarting = Restarting { config: &config, after: 4, seen: AtomicU64::new(0) };
    let error = batch::night::run(&options, &restarting).expect_err("its connections are gone");
    let resumed = batch::night::resume(&options, &batch::progress::Silent);
    cluster::down(&config.root).expect("the server stops");
    let summary = resumed.unwrap_or_else(|second| panic!("first {error}, then {second}"));
    assert_eq!(summary.months.len(), 1);
}

/// A process that may not write files beyond a size is told so by the system, and tells the operator.
#[test]
fn a_file_that_may_not_grow_stops_the_night() {
    let country = Country::of(500);
    let command = country.command("run");
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "ulimit -f 4; trap '' XFSZ; exec \"$@\"", "sh"])
        .arg(command.get_program())
        .args(command.get_args());
    let stopped = limited.output().expect("the shell starts");
    let said = String::from_utf8_lossy(&stopped.stderr).into_owned();
    assert!(!stopped.status.success() && said.contains("空き容量"), "{said}");
    assert!(country.runner("resume", "").status.success());
}
