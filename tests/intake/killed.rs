//! kill -9 in the middle of intake: nothing half is there, and the same file is taken afterwards.

use std::process::Command;

use batch::intake;
use batch::progress::Silent;

use crate::world::{HANAKO, ICHIRO, World, bonus, media, options};

/// Runs intake of one file in a process of its own that dies at `fault`.
fn intake_dying_at(world: &World, file: &std::path::Path, fault: &str) {
    let status = Command::new(std::env::current_exe().expect("this test program"))
        .args(["--exact", "killed::child", "--ignored", "--nocapture"])
        .env("NENRIN_FAULT", fault)
        .env("NENRIN_CHILD_URL", world.office.url())
        .env("NENRIN_CHILD_FILE", file)
        .env("NENRIN_CHILD_RETURNED", world.dir.path().join("returned"))
        .output()
        .expect("the child starts");
    use std::os::unix::process::ExitStatusExt;
    assert_eq!(status.status.signal(), Some(9), "{}", String::from_utf8_lossy(&status.stderr));
}

/// What the process that is killed does; run by the test above it, never by itself.
#[test]
#[ignore = "started by the tests of this file, which kill it"]
fn child() {
    let Ok(url) = std::env::var("NENRIN_CHILD_URL") else { return };
    let path = |name: &str| std::path::PathBuf::from(std::env::var_os(name).expect("given by the parent"));
    let options = options(&url, &[path("NENRIN_CHILD_FILE")], &path("NENRIN_CHILD_RETURNED"));
    intake::run(&options, &Silent).expect("intake reaches the database");
}

#[test]
fn killed_before_the_commit_nothing_is_there() {
    for fault in ["intake:0:recorded", "intake:0:before_commit"] {
        let world = World::with(&[ICHIRO, HANAKO]);
        let good = bonus("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "9,080630", 500_000);
        let wrong = bonus("9", "ｶｸｳ ﾊﾅｺ", "7,040229", "9,080630", 250_000);
        let file = world.file("SHFD0006.CSV", &media(1, &[&good, &wrong]));
        intake_dying_at(&world, &file, fault);
        for table in ["media_files", "media_problems", "filings", "filing_steps", "decisions", "application_queue"] {
            assert_eq!(world.count(table), 0, "{table} after {fault}");
        }
        let summary = world.intake(&[file]);
        assert_eq!((summary.records_taken, summary.records_refused), (1, 1), "after {fault}");
    }
}

#[test]
fn killed_after_the_commit_the_return_file_comes_with_the_next_run() {
    let world = World::with(&[ICHIRO]);
    let wrong = bonus("9", "ｶｸｳ ﾊﾅｺ", "7,040229", "9,080630", 250_000);
    let file = world.file("SHFD0006.CSV", &media(1, &[&wrong]));
    intake_dying_at(&world, &file, "intake:0:after_commit");
    assert_eq!(world.count("media_files"), 1);
    assert!(!world.dir.path().join("returned").exists());
    let summary = world.intake(&[file]);
    assert_eq!(summary.files_already_taken, 1);
    let folder = summary.files[0].return_dir.clone().expect("a return folder");
    assert!(folder.join("SHFD0006.CSV").exists() && folder.join("返戻理由一覧.csv").exists());
}
