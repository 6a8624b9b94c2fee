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
    let cases = tests::workspace().join("../shared/domain/golden_employees.csv");
    let Ok(text) = std::fs::read_to_string(&cases) else { return };
    let count = csv::Reader::from_reader(text.as_bytes()).records().count();
    assert!(count > 150, "the table is whole: {count}");
    let output = office.run(&["calc", "--cases", cases.to_str().expect("a path")]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(text.lines().last(), Some(format!("{count} passed, 0 failed").as_str()), "{text}");
}

/// The tables written out, one changed, the same question under both; the receipt of the one gives no other result.
#[test]
fn a_change_of_law_is_rehearsed_on_one_case() {
    let office = Office::new();
    let folder = office.dir.path().join("law");
    let folder = folder.to_str().expect("a path");
    office.json(&["calc", "--tables", folder]);
    assert!(!office.run(&["calc", "--tables", folder]).status.success(), "nothing is overwritten");
    let rates = office.dir.path().join("law/employees_insurance/contribution/epi_rates.csv");
    let text = std::fs::read_to_string(&rates).expect("the table was written");
    std::fs::write(&rates, text.replace("0.18300", "0.18500")).expect("writable");
    let inputs = r#"{"month":"2026-04","prefecture_code":"13","hi_standard_yen":300000,"epi_standard_yen":300000,
        "ltci_second_insured":false,"collection":"payroll"}"#;
    let today = office.json(&["calc", "employee_deduction", inputs, "--explain"]);
    let changed = office.json(&["calc", "employee_deduction", inputs, "--explain", "--law", folder]);
    assert_eq!(today["result"]["epi_employee_yen"], 27_450);
    assert_eq!(changed["result"]["epi_employee_yen"], 27_750);
    assert_ne!(today["law_version"], changed["law_version"]);
    let receipt = office.dir.path().join("receipt.json");
    std::fs::write(&receipt, changed.to_string()).expect("writable");
    let receipt = receipt.to_str().expect("a path");
    let again = office.json(&["calc", "--replay", receipt, "--law", folder]);
    assert_eq!((&again["same_result"], &again["same_law"]), (&true.into(), &true.into()));
    assert!(!office.run(&["calc", "--replay", receipt]).status.success(), "under today's law it is another amount");
    std::fs::write(&rates, "no table").expect("writable");
    let refused = office.run(&["calc", "employee_deduction", inputs, "--law", folder]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("epi_rates.csv"), "{said}");
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
