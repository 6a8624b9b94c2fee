//! 裁定と改定: small lives, night after night; what is in force, why, and what was in force before.

use std::path::Path;
use std::process::Command;

use batch::lake;
use batch::night::{self, NightOptions};
use batch::progress::Silent;
use domain::Month;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use store::lives::Persons;
use store::night::awards::{self, AwardRow};
use store::{Db, Session};
use tempfile::TempDir;
use tests::TestOffice;
use tests::lives::Lives;

/// Nights of the first look; a Tuesday.
const JUNE: Date = date(2025, 6, 10);
const JULY: Date = date(2025, 7, 10);

struct Office {
    office: TestOffice,
    folder: TempDir,
}

impl Office {
    fn with(write: impl FnOnce(&mut Lives<'_>)) -> Office {
        let office = TestOffice::new();
        let mut session = office.session();
        write(&mut Lives::new(&mut session));
        let setting = "INSERT INTO settings (name, value) VALUES ('first_payment_month', '2030-02')";
        session.run(async |db| db.batch_execute(setting).await).expect("a setting");
        Office { office, folder: TempDir::new().expect("a temporary folder") }
    }

    fn copy(&self) -> Office {
        Office { office: self.office.copy(), folder: TempDir::new().expect("a temporary folder") }
    }

    fn session(&self) -> Session {
        self.office.session()
    }

    /// What becomes known now, from this filing.
    fn learn(&self, filing_id: i64, write: impl FnOnce(&mut Lives<'_>)) {
        let mut session = self.session();
        let now: Timestamp = session.run(async |db| db.row("SELECT clock_timestamp()", &[]).await).expect("now").get(0);
        let mut lives = Lives::new(&mut session);
        (lives.known_at, lives.cause_filing_id) = (now, Some(filing_id));
        write(&mut lives);
    }

    fn night(&self, business_on: Date) {
        let options = NightOptions {
            people_per_partition: 2,
            older_transactions_seconds_max: 60,
            ..NightOptions::new(self.office.url(), business_on, self.folder.path())
        };
        night::run(&options, &Silent).expect("a night");
    }

    fn awards_as_known(&self, person_id: i64, known_at: Option<Timestamp>) -> Vec<AwardRow> {
        let persons = Persons::one(person_id, known_at);
        self.session().run(async |db| awards::in_force(&*db, persons).await).expect("awards")
    }

    fn awards(&self, person_id: i64) -> Vec<AwardRow> {
        self.awards_as_known(person_id, None)
    }

    /// `2025-02..2025-04 816000+0 claim` of each award in force; the filing where there is one.
    fn told(&self, person_id: i64) -> Vec<String> {
        self.awards(person_id).iter().map(tell).collect()
    }

    fn one<T: for<'a> tokio_postgres::types::FromSql<'a>>(&self, sql: &str) -> T {
        self.session().run(async |db| db.row(sql, &[]).await).expect("a row").get(0)
    }

    fn standing(&self, person_id: i64) -> String {
        self.one(&format!(
            "SELECT concat_ws(' ', standing, to_char(look_again_from, 'YYYY-MM')) FROM adjudications
             WHERE person_id = {person_id} AND superseded_at IS NULL"
        ))
    }
}

fn tell(award: &AwardRow) -> String {
    let until = award.until.map(|until| until.to_string()).unwrap_or_default();
    let filing = award.cause_filing_id.map(|id| format!(" {id}")).unwrap_or_default();
    let (basic, employees) = (award.basic_total_yen(), award.employees_total_yen());
    format!("{}..{until} {basic}+{employees} {}{filing}", award.from, award.cause)
}

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// Born 1960-01-15, 480 months paid: 65 on 2025-01-14.
fn simple(lives: &mut Lives<'_>, person_id: i64) {
    lives.person(person_id, date(1960, 1, 15), 2);
    lives.paid(person_id, date(1980, 1, 14), date(2020, 1, 14));
    lives.claim(person_id, date(2025, 1, 20), None);
}

#[test]
fn a_simple_life_is_paid_from_the_month_after_65_and_revised_in_april() {
    let office = Office::with(|lives| (1..=5).for_each(|person_id| simple(lives, person_id)));
    office.night(JUNE);
    let first = ["2025-02..2025-04 816000+0 claim", "2025-04.. 831700+0 annual_revision"];
    assert_eq!(office.told(1), first, "満額 of fiscal 2024 and 2025");
    assert_eq!(office.told(5), first, "the last of three partitions");
    assert_eq!(office.standing(1), "payable 2026-04");
    let looks = "SELECT count(*) FROM adjudications";
    assert_eq!(office.one::<i64>(looks), 5);
    office.night(JULY);
    assert_eq!(office.one::<i64>(looks), 5, "nothing is new: nobody is looked at");
    office.night(date(2026, 4, 6));
    assert_eq!(office.one::<i64>(looks), 10, "April's revision picks everybody up");
    let told = office.told(1);
    assert_eq!(told.len(), 3);
    assert_eq!(told[1], "2025-04..2026-04 831700+0 annual_revision", "cut, for the same reason as before");
    assert!(told[2].starts_with("2026-04.. 847300+0 annual_revision"), "{told:?}");
    let files =
        std::fs::read_dir(office.folder.path().join("lake/awards/for_month=2025-06")).expect("the files of June");
    assert_eq!(files.count(), 4, "three partitions and what sums them up");
}
