//! A book with a few lives in it, and nights over it.

use std::path::Path;

use batch::night::{self, NightOptions, NightSummary};
use batch::progress::Silent;
use batch::run::Totals;
use jiff::civil::Date;
use store::Db;
use tempfile::TempDir;
use tests::TestOffice;
use tests::lives::Lives;

/// Its database and its results.
pub struct People {
    /// The database.
    pub office: TestOffice,
    /// What nights write.
    pub folder: TempDir,
}

impl People {
    /// A book whose pensions are paid from this month on; no employer is assessed.
    pub fn new(first_payment_month: &str) -> People {
        let people = People::with(TestOffice::new());
        people.execute(&format!(
            "INSERT INTO settings (name, value) VALUES ('first_payment_month', '{first_payment_month}'),
                 ('first_month', '2035-01')
             ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value;
             INSERT INTO offices (office_code, name, prefecture_code) VALUES ('1399', '千代田年金事務所', 13)
             ON CONFLICT DO NOTHING"
        ));
        people
    }

    fn with(office: TestOffice) -> People {
        People { office, folder: TempDir::new().expect("a temporary folder") }
    }

    /// The same lives in a book of their own.
    pub fn copy(&self) -> People {
        People::with(self.office.copy())
    }

    /// Lives as a conversion left them.
    pub fn lives(&self, write: impl FnOnce(&mut Lives<'_>)) {
        write(&mut Lives::new(&mut self.office.session()));
    }

    /// What became known just now.
    pub fn news(&self, write: impl FnOnce(&mut Lives<'_>)) {
        let mut session = self.office.session();
        let now = session.run(async |db| db.row("SELECT now()", &[]).await.expect("an instant").get(0));
        let mut lives = Lives::new(&mut session);
        lives.known_at = now;
        write(&mut lives);
    }

    /// A night.
    pub fn night(&self, business_on: Date) -> NightSummary {
        let options = NightOptions {
            people_per_partition: 4,
            pieces_per_lot: 4,
            older_transactions_seconds_max: 60,
            ..NightOptions::new(self.office.url(), business_on, self.folder.path())
        };
        night::run(&options, &Silent).expect("the night is done")
    }

    /// Statements.
    pub fn execute(&self, sql: &str) {
        let mut session = self.office.session();
        session.run(async |db| db.batch_execute(sql).await.expect("the statements run"));
    }

    /// The first column of every row, as text.
    pub fn texts(&self, sql: &str) -> Vec<String> {
        let mut session = self.office.session();
        let rows = session.run(async |db| db.rows(sql, &[]).await.expect("rows"));
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// One number.
    pub fn number(&self, sql: &str) -> i64 {
        let mut session = self.office.session();
        session.run(async |db| db.row(sql, &[]).await.expect("a row").get(0))
    }

    /// Where results lie.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// The totals of the last job of that name.
pub fn totals<'a>(night: &'a NightSummary, job: &str) -> &'a Totals {
    &night.jobs.iter().rfind(|one| one.job == job).expect("the job was planned").totals
}

/// Codes of what is held by a job, with their numbers.
pub fn held(night: &NightSummary, job: &str) -> Vec<(String, i64)> {
    let of_job = night.verdicts.iter().filter(|(name, verdict, ..)| name == job && verdict == "held");
    let mut held: Vec<(String, i64)> = of_job.map(|(_, _, code, _, count)| (code.clone(), *count)).collect();
    held.sort();
    held
}
