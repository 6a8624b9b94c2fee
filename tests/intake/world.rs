//! An office with one employer, 21-01-ﾃｽﾄ / 12345, whose insured each test names.

use std::path::{Path, PathBuf};

use batch::intake::{self, IntakeOptions, IntakeSummary};
use batch::jobs::apply_filings::ApplyFilings;
use batch::progress::Silent;
use batch::run::kernel::{JobSummary, Kernel};
use batch::run::lease::{self, Lease};
use batch::run::{Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals};
use domain::Month;
use jiff::civil::{Date, date};
use store::clerks::{Office, insert_office};
use store::coverage::{self, NewRemuneration, NewSpell};
use store::employers::{self, NewEmployer, Profile};
use store::my_number::Keys;
use store::night::runs::{self, RunJob};
use store::persons::{self, NewPerson};
use store::{Db, Session};
use tests::TestOffice;

pub const BUSINESS_ON: Date = date(2026, 8, 17);
pub const TOKYO: i16 = 13;

pub struct World {
    pub office: TestOffice,
    pub dir: tempfile::TempDir,
    pub employer_id: i64,
}

/// Somebody insured.
#[derive(Clone, Copy)]
pub struct Insured<'a> {
    pub number: i32,
    pub kana: &'a str,
    pub kanji: &'a str,
    pub birth_on: Date,
    pub pension_number: &'a str,
    pub acquired_on: Date,
    pub remuneration: i64,
}

pub const ICHIRO: Insured<'static> = Insured {
    number: 1,
    kana: "ミホン　イチロウ",
    kanji: "見本　一郎",
    birth_on: date(1980, 5, 15),
    pension_number: "2101200001",
    acquired_on: date(2015, 4, 1),
    remuneration: 300_000,
};

pub const HANAKO: Insured<'static> = Insured {
    number: 2,
    kana: "カクウ　ハナコ",
    kanji: "架空　花子",
    birth_on: date(1992, 2, 29),
    pension_number: "2101200002",
    acquired_on: date(2015, 4, 1),
    remuneration: 155_000,
};

impl World {
    pub fn new() -> World {
        let office = TestOffice::new();
        let mut session = office.session();
        let employer_id = session.run(async |db| {
            for (office_code, name) in [("1301", "千代田年金事務所"), ("1302", "港年金事務所")] {
                let office =
                    Office { office_code: office_code.to_owned(), name: name.to_owned(), prefecture_code: TOKYO };
                insert_office(db, &office).await.expect("an office");
            }
            create_employer(db, "ﾃｽﾄ", "12345", "1301").await
        });
        World { office, dir: tempfile::tempdir().expect("a folder"), employer_id }
    }

    /// With these people insured since before the tables of law end.
    pub fn with(people: &[Insured<'_>]) -> World {
        let world = World::new();
        for person in people {
            world.insure(world.employer_id, person);
        }
        world
    }

    pub fn employer(&self, symbol: &str, office_number: &str, office_code: &str) -> i64 {
        self.office.session().run(async |db| create_employer(db, symbol, office_number, office_code).await)
    }

    pub fn insure(&self, employer_id: i64, person: &Insured<'_>) {
        self.office.session().run(async |db| insure(db, employer_id, person).await);
    }

    /// A file in the test's folder.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        std::fs::write(&path, bytes).expect("writable");
        path
    }

    pub fn options(&self, files: &[PathBuf]) -> IntakeOptions {
        options(self.office.url(), files, &self.dir.path().join("returned"))
    }

    pub fn intake(&self, files: &[PathBuf]) -> IntakeSummary {
        intake::run(&self.options(files), &Silent).expect("intake reaches the database")
    }

    /// Takes in one file of these lines.
    pub fn take(&self, serial: u16, lines: &[&str]) -> IntakeSummary {
        self.intake(&[self.file(&format!("{serial:03}/SHFD0006.CSV"), &media(serial, lines))])
    }

    /// A night with the one job, over all employers.
    pub fn apply(&self) -> JobSummary {
        self.apply_with(&ApplyFilings)
    }

    /// A night with this job.
    pub fn apply_with(&self, job: &dyn Job) -> JobSummary {
        let mut session = self.office.session();
        let context = begin(&mut session, job.name(), self.dir.path());
        let lease = Lease::keep(self.office.url(), &context.run_id, &lease::owner());
        let kernel =
            Kernel { settings: self.office.settings(), owner: lease::owner(), lease: &lease, progress: &Silent };
        let planned = planned(job.name());
        let summary = kernel.run_job(job, &context, &planned).expect("the job ends");
        session.run(async |db| runs::finish(db, &context.run_id).await).expect("the run is closed");
        summary
    }

    /// One text per row of a query, its columns joined by blanks.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        let sql = format!(
            "SELECT concat_ws(' ', VARIADIC array(SELECT coalesce(value, '-') FROM json_each_text(row_to_json(r)))) FROM ({sql}) AS r"
        );
        let mut session = self.office.session();
        let rows = session.run(async |db| db.rows(&sql, &[]).await).expect("a query of the test");
        rows.iter().map(|row| row.get(0)).collect()
    }

    pub fn count(&self, table: &str) -> i64 {
        let mut session = self.office.session();
        let sql = format!("SELECT count(*) FROM {table}");
        session.run(async |db| db.row(&sql, &[]).await).expect("a query of the test").get(0)
    }

    /// Reasons of the last night, as `code`.
    pub fn verdicts(&self) -> Vec<String> {
        self.rows("SELECT verdict, code FROM run_verdicts ORDER BY subject")
    }
}

async fn create_employer(db: &impl Db, symbol: &str, office_number: &str, office_code: &str) -> i64 {
    let profile = Profile {
        name: "株式会社見本商事".to_owned(),
        representative: "見本　社長".to_owned(),
        corporate_number: None,
        zip: "1000001".to_owned(),
        address: "東京都架空区見本町１－２－３".to_owned(),
        telephone: "03-0000-0000".to_owned(),
        payment_method: "slip".to_owned(),
        account: None,
    };
    let new = NewEmployer {
        symbol: domain::EmployerSymbol::new("21", "01", symbol).expect("a symbol"),
        office_number: office_number.to_owned(),
        prefecture_code: TOKYO,
        office_code: office_code.to_owned(),
        profile,
        reason: "試験".to_owned(),
        valid_from: date(2010, 4, 1),
    };
    employers::create(db, &new).await.expect("an employer")
}

async fn insure(db: &impl Db, employer_id: i64, insured: &Insured<'_>) {
    let number = insured.pension_number.parse().expect("a basic pension number");
    let person_id = match persons::find_by_pension_number(db, &number).await.expect("a look-up") {
        Some(person) => person.person_id,
        None => {
            let new = NewPerson {
                name_kana: insured.kana,
                name_kanji: Some(insured.kanji),
                birth_on: insured.birth_on,
                sex: 1,
                pension_number: Some(number),
                address: None,
                reason: "試験",
                cause_filing_id: None,
                valid_from: insured.birth_on,
            };
            persons::create(db, &new).await.expect("a person")
        }
    };
    let new = NewSpell {
        prefecture_code: TOKYO,
        employer_id,
        person_id,
        insured_number: insured.number,
        health_insurance: true,
        employees_pension: true,
        short_time_worker: false,
        two_workplaces: false,
        reason: "試験",
        cause_filing_id: None,
        valid_from: insured.acquired_on,
    };
    let spell_id = coverage::insert_spell(db, &new).await.expect("a spell");
    let mut trace = law::Trace::new();
    let month = Month::of(date(2026, 1, 1));
    let standard = |scheme, trace: &mut law::Trace| {
        let remuneration = domain::Yen::new(insured.remuneration);
        let grade = law::employees_insurance::grade::lookup(scheme, month, remuneration, trace).expect("a grade");
        i32::try_from(grade.standard.get()).expect("a standard")
    };
    let new = NewRemuneration {
        spell_id,
        prefecture_code: TOKYO,
        employer_id,
        monthly_remuneration_yen: insured.remuneration,
        hi_standard_yen: standard(law::employees_insurance::Scheme::HealthInsurance, &mut trace),
        epi_standard_yen: standard(law::employees_insurance::Scheme::EmployeesPension, &mut trace),
        decision: "acquisition",
        reason: "試験",
        cause_filing_id: None,
        from_month: Month::of(insured.acquired_on),
    };
    coverage::insert_remuneration(db, &new).await.expect("a standard");
}

pub fn options(url: &str, files: &[PathBuf], return_dir: &Path) -> IntakeOptions {
    IntakeOptions {
        url: url.to_owned(),
        files: files.to_vec(),
        business_on: BUSINESS_ON,
        return_dir: return_dir.to_owned(),
        threads: 2,
        my_number_key: Some(keys()),
        office: None,
    }
}

pub fn keys() -> Keys {
    Keys::new(&[7; 32])
}

/// A file of the test's employer with these records, as an employer's program would write it.
pub fn media(serial: u16, lines: &[&str]) -> Vec<u8> {
    media_of(serial, &["ﾃｽﾄ,12345"], lines)
}

/// A file with records of these employers (`symbol,office number`); of several, a labour consultant sends it.
pub fn media_of(serial: u16, employers: &[&str], lines: &[&str]) -> Vec<u8> {
    let (sender, name) = match employers {
        [one] => (format!("21,01,{}", one.split(',').next().expect("a symbol")), ""),
        _ => (",,12345678".to_owned(), "見本　労務"),
    };
    let mut text = format!("{sender},{serial:03},20260815,22223\r\n[kanri]\r\n{name},{:03}\r\n", employers.len());
    for employer in employers {
        text.push_str(&format!(
            "21,01,{employer},100,0001,東京都架空区見本町１－２－３,株式会社見本商事,見本　社長,03,0000,0000\r\n"
        ));
    }
    text.push_str("[data]\r\n");
    for line in lines {
        text.push_str(line);
        text.push_str("\r\n");
    }
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!lost, "the test writes characters of the file's own set");
    bytes.into_owned()
}

/// 資格取得届 of somebody new.
pub fn enrolment(number: &str, kana: &str, birth: &str, pension: &str, acquired: &str, pay: i64) -> String {
    enrolment_at("ﾃｽﾄ,12345", number, kana, birth, pension, acquired, pay)
}

/// 資格取得届 at an employer (`symbol,office number`); `birth` and `acquired` as `era,YYMMDD`.
pub fn enrolment_at(
    employer: &str,
    number: &str,
    kana: &str,
    birth: &str,
    pension: &str,
    acquired: &str,
    pay: i64,
) -> String {
    format!(
        "2200700,21,01,{employer},{number},{kana},見本　新人,{birth},1,1,,,,{pension},{acquired},0,{pay:07},0000000,{pay:07},,,,,,100,0001,ﾄｳｷｮｳﾄｶｸｳｸﾐﾎﾝﾁｮｳ1-2-3,東京都架空区見本町１－２－３,,"
    )
}

/// 資格喪失届 for the end of employment on the day before.
pub fn coverage_end(number: &str, kana: &str, birth: &str, pension: &str, lost: &str, last: &str) -> String {
    format!("2201700,21,01,ﾃｽﾄ,12345,{number},{kana},,{birth},,{pension},{lost},4,{last},,,,,,,,,")
}

/// 賞与支払届 in cash.
pub fn bonus(number: &str, kana: &str, birth: &str, paid: &str, cash: i64) -> String {
    let total = cash / 1000 * 1000;
    format!("2265700,21,01,ﾃｽﾄ,{number},{kana},,{birth},{paid},{cash:07},0000000,{total:07},,,,,,,")
}

/// Begins a run with one job and takes its cut-off.
fn begin(session: &mut Session, job: &str, root: &Path) -> JobContext {
    let owner = lease::owner();
    session.run(async |db| {
        let number = runs::count_of_date(db, BUSINESS_ON).await.expect("a count") + 1;
        let run_id = format!("N20260817-{number}");
        runs::begin(db, &run_id, BUSINESS_ON, law::law_version(), "test", &owner).await.expect("a run");
        let cutoff_at = runs::take_cutoff(db, &run_id).await.expect("a cut-off");
        runs::freeze_jobs(db, &run_id, &[planned(job)]).await.expect("a plan");
        JobContext {
            run_id,
            job_no: 1,
            business_on: BUSINESS_ON,
            cutoff_at,
            for_month: None,
            law_version: law::law_version().to_owned(),
            lake_dir: root.join("lake"),
            print_dir: root.join("print"),
            threads: 2,
            people_per_partition: 10_000,
            pieces_per_lot: 1_000,
        }
    })
}

fn planned(job: &str) -> RunJob {
    RunJob {
        job_no: 1,
        job: job.to_owned(),
        for_month: None,
        state: "open".to_owned(),
        rejected_max: 100,
        totals: None,
    }
}

/// The job under another division of its keys.
pub struct Divided(pub Vec<KeyRange>);

impl Job for Divided {
    fn name(&self) -> &'static str {
        ApplyFilings.name()
    }
    fn title(&self) -> &'static str {
        ApplyFilings.title()
    }
    fn plan(&self, _job: &JobContext, _session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        Ok(self.0.clone())
    }
    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        ApplyFilings.work(partition, session)
    }
    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        ApplyFilings.recount(job, session)
    }
}
