//! A small country and a night over it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use batch::night::{NightOptions, NightSummary};
use batch::populate::{self, Plan};
use batch::progress::Silent;
use batch::run::NightError;
use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};
use store::Db;
use tempfile::TempDir;
use tests::TestOffice;

/// A Monday after the fifteenth: July's contributions are due.
pub const BUSINESS_ON: Date = date(2026, 8, 17);

/// A country of so many people, and a folder for what the night writes.
pub struct Country {
    /// Its database.
    pub office: TestOffice,
    /// Its results.
    pub folder: TempDir,
}

impl Country {
    /// Made anew.
    pub fn of(people: u64) -> Country {
        Country::on(people, BUSINESS_ON)
    }

    /// As it was on another day.
    pub fn on(people: u64, business_on: Date) -> Country {
        let office = TestOffice::new();
        let plan = Plan { people, lives: 0, seed: 7, business_on, threads: 2 };
        populate::run(office.url(), &plan, &Silent).expect("an empty database takes a country");
        Country::with(office)
    }

    /// The same country in a database and a folder of its own.
    pub fn copy(&self) -> Country {
        Country::with(self.office.copy())
    }

    fn with(office: TestOffice) -> Country {
        Country { office, folder: TempDir::new().expect("a temporary folder") }
    }

    /// A night as the runner does it.
    pub fn options(&self) -> NightOptions {
        NightOptions {
            people_per_partition: 400,
            pieces_per_lot: 60,
            older_transactions_seconds_max: 60,
            ..NightOptions::new(self.office.url(), BUSINESS_ON, self.folder.path())
        }
    }

    /// A night in this process.
    pub fn night(&self) -> Result<NightSummary, NightError> {
        batch::night::run(&self.options(), &Silent)
    }

    /// What is left of one.
    pub fn resume(&self) -> Result<NightSummary, NightError> {
        batch::night::resume(&self.options(), &Silent)
    }

    /// A night in a process of its own.
    pub fn command(&self, action: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_night-runner"));
        command.args([action, self.office.url(), &BUSINESS_ON.to_string()]).arg(self.folder.path());
        command
    }

    /// Runs it to its end, whatever that is.
    pub fn runner(&self, action: &str, fault: &str) -> Output {
        self.command(action).env("NENRIN_FAULT", fault).output().expect("the runner starts")
    }

    /// Everything the night leaves: digests of files, and the rows that do not carry an instant.
    pub fn traces(&self) -> BTreeMap<String, String> {
        let mut traces = BTreeMap::new();
        digest_files(self.folder.path(), self.folder.path(), &mut traces);
        for (table, columns) in [
            (
                "journal",
                "kind, debit_account, credit_account, levy, employer_id, for_month, amount_yen, business_on, run_id",
            ),
            ("notices", "notice_id, run_id, kind, employer_id, issued_on, due_on, insured_count, total_yen"),
            ("print_pieces", "print_run_id, seq, lot_no, notice_id"),
            ("np_charges", "person_id, for_month, charge_yen, due_on, relief, booked_in, run_id"),
            ("np_settlements", "person_id, for_month, kind, amount_yen, booked_in, run_id"),
            ("contribution_years", "record_id, person_id, fiscal_year, marks, reason, superseded_at IS NULL"),
            (
                "pension_journal",
                "kind, debit_account, credit_account, for_month, amount_yen, run_id, partition_no, reason",
            ),
            ("pension_notices", "notice_id, run_id, kind, person_id, for_month, issued_on, body"),
            ("pension_print_pieces", "print_run_id, seq, lot_no, notice_id"),
            ("print_lots", "print_run_id, lot_no, file_name, sha256, total_yen"),
            ("run_partitions", "run_id, job_no, partition_no, key_from, key_to, state, read_count, done_count, totals"),
            ("run_verdicts", "run_id, job_no, partition_no, subject, verdict, code"),
            ("run_jobs", "run_id, job_no, job, for_month, state, totals"),
            ("runs", "run_id, business_on, law_version, state"),
        ] {
            let sql = format!(
                "SELECT md5(string_agg(row::text, ';' ORDER BY row::text)) FROM (SELECT ROW({columns}) AS row FROM {table}) AS rows"
            );
            let digest: Option<String> = self.one(&sql);
            traces.insert(table.to_owned(), digest.unwrap_or_default());
        }
        traces
    }

    /// One value of one row.
    pub fn one<T: for<'a> tokio_postgres::types::FromSql<'a>>(&self, sql: &str) -> T {
        let mut session = self.office.session();
        session.run(async |db| db.row(sql, &[]).await.expect("a row").get(0))
    }

    /// Statements.
    pub fn execute(&self, sql: &str) {
        let mut session = self.office.session();
        session.run(async |db| db.batch_execute(sql).await.expect("the statements run"));
    }
}

/// SHA-256 of every file below a folder, by its path.
pub fn digest_files(root: &Path, folder: &Path, traces: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path: PathBuf = entry.expect("an entry").path();
        if path.is_dir() {
            digest_files(root, &path, traces);
        } else {
            let name = path.strip_prefix(root).expect("under the root").display().to_string();
            assert!(!name.ends_with(".tmp"), "{name} was left beside");
            let bytes = std::fs::read(&path).expect("a file");
            traces.insert(name, hex::encode(Sha256::digest(&bytes)));
        }
    }
}

/// What differs, named.
pub fn differences(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<String> {
    let names = one.keys().chain(other.keys()).collect::<std::collections::BTreeSet<_>>();
    names.into_iter().filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}
