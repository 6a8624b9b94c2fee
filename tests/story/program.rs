//! The program as an operator calls it: built beside the tests, in an office folder of its own.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// An office folder that is closed and removed at the end.
pub struct Office {
    dir: tempfile::TempDir,
    bind: String,
}

impl Office {
    pub fn new() -> Office {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("its address");
        // The database user must be able to enter.
        let dir = tempfile::Builder::new().prefix("nenrin-story-").tempdir_in("/tmp").expect("a folder");
        std::fs::set_permissions(dir.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("its owner may");
        Office { dir, bind: free.to_string() }
    }

    pub fn folder(&self) -> PathBuf {
        self.dir.path().join("office")
    }

    pub fn address(&self) -> String {
        format!("http://{}", self.bind)
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .args(arguments)
            .current_dir(self.dir.path())
            .env("NENRIN_OFFICE_DIR", self.folder())
            .env("NENRIN_BIND", &self.bind)
            .env("NENRIN_BUSINESS_DATE", "2026-08-17")
            .env("NENRIN_PASSWORD", super::durable::PASSWORD)
            .env_remove("NENRIN_DATABASE_URL");
        command
    }

    /// Runs with `--json` and gives the last line.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--json"]].concat());
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {text}{errors}");
        serde_json::from_str(text.lines().last().unwrap_or_default()).expect("a line of JSON")
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.run(&["down"]);
    }
}

/// `nenrin`, which the test command builds before it runs the tests.
pub fn program() -> PathBuf {
    let here = std::env::current_exe().expect("a test knows where it is");
    let program = here.ancestors().nth(2).expect("target/release/deps/test").join("nenrin");
    assert!(program.exists(), "{} is not built: cargo build --release --workspace", program.display());
    program
}

#[test]
fn the_demo_runs_from_nothing_and_everything_agrees() {
    let office = Office::new();
    let told = office.json(&["demo", "--people", "3000"]);
    assert_eq!(told["people"], 3_000);
    assert!(told["intake"]["records_taken"].as_u64() > Some(0), "{told}");
    assert!(told["intake"]["records_refused"].as_u64() > Some(0), "{told}");
    let month = &told["night"]["months"][0];
    assert_eq!(month["for_month"], "2026-07");
    let notices = month["debit_notices"].as_i64().unwrap_or(0) + month["payment_slips"].as_i64().unwrap_or(0);
    assert_eq!(Some(notices), month["pages"].as_i64());
    assert!(month["total_yen"].as_i64() > Some(0));
    // A second demo begins from nothing again.
    assert_eq!(office.json(&["demo", "--people", "3000"])["night"]["months"][0], *month);
}

#[test]
fn golden_cases_pass_by_the_program() {
    let office = Office::new();
    let topics = [
        "grade_lookup",
        "premium_table_cell",
        "employee_deduction",
        "bonus_standard",
        "bonus_premium",
        "notice_total",
        "ltci_period",
        "chargeable_months",
        "age_loss",
        "due_date",
        "exemption",
    ];
    let shared = tests::workspace().join("../shared/domain/golden_employees.csv");
    let Ok(text) = std::fs::read_to_string(shared) else { return };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().expect("a header line")).expect("writable");
    let mut count = 0;
    for record in reader.records().map(|record| record.expect("a case")) {
        if topics.contains(&&record[1]) {
            count += 1;
            writer.write_record(&record).expect("writable");
        }
    }
    let cases = office.dir.path().join("cases.csv");
    std::fs::write(&cases, writer.into_inner().expect("written")).expect("writable");
    let output = office.run(&["calc", "--cases", cases.to_str().expect("a path")]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(text.lines().last(), Some(format!("{count} passed, 0 failed").as_str()), "{text}");
}

#[test]
fn an_unknown_topic_counts_as_failed_and_is_named() {
    let office = Office::new();
    let cases = office.dir.path().join("cases.csv");
    std::fs::write(&cases, "case_id,topic,inputs,expected\nX-1,no_such_topic,{},{}\n").expect("writable");
    let output = office.run(&["calc", "--cases", cases.to_str().expect("a path")]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert!(text.contains("no_such_topic"), "{text}");
    assert_eq!(text.lines().last(), Some("0 passed, 1 failed"));
}
