//! 裁定と改定: small lives, night after night; what is in force, why, and what was in force before.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;

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

use crate::office::{Country, differences};

/// Nights of the first look; a Tuesday.
const JUNE: Date = date(2025, 6, 10);
const JULY: Date = date(2025, 7, 10);

/// Small lives in a database of their own, and nights over them.
pub struct Office {
    office: TestOffice,
    folder: TempDir,
}

impl Office {
    pub fn with(write: impl FnOnce(&mut Lives<'_>)) -> Office {
        let office = TestOffice::new();
        let mut session = office.session();
        write(&mut Lives::new(&mut session));
        let setting = "INSERT INTO settings (name, value) VALUES ('first_payment_month', '2030-02')";
        session.run(async |db| db.batch_execute(setting).await).expect("a setting");
        Office { office, folder: TempDir::new().expect("a temporary folder") }
    }

    fn session(&self) -> Session {
        self.office.session()
    }

    /// What becomes known now, from this filing.
    pub fn learn(&self, filing_id: i64, write: impl FnOnce(&mut Lives<'_>)) {
        let mut session = self.session();
        let now: Timestamp = session.run(async |db| db.row("SELECT clock_timestamp()", &[]).await).expect("now").get(0);
        let mut lives = Lives::new(&mut session);
        (lives.known_at, lives.cause_filing_id) = (now, Some(filing_id));
        lives.next_record += 1_000 * (filing_id + 1);
        write(&mut lives);
    }

    pub fn night(&self, business_on: Date) {
        let options = NightOptions {
            people_per_partition: 2,
            older_transactions_seconds_max: 60,
            ..NightOptions::new(self.office.url(), business_on, self.folder.path())
        };
        night::run(&options, &Silent).expect("a night");
    }

    /// Two clerks, 9001 and 9002.
    pub fn clerks(&self) {
        self.learn(0, |lives| {
            lives.sql(
                "INSERT INTO offices (office_code, name, prefecture_code) VALUES ('9901', '試験', 13) ON CONFLICT DO NOTHING;
                 INSERT INTO clerks (clerk_id, login, name, password_hash, office_code, roles) OVERRIDING SYSTEM VALUE
                 SELECT id, 'c' || id, '担当者', 'x', '9901', '{}' FROM generate_series(9001, 9002) AS id",
            );
        });
    }

    fn awards_as_known(&self, person_id: i64, known_at: Option<Timestamp>) -> Vec<AwardRow> {
        let persons = Persons::one(person_id, known_at);
        self.session().run(async |db| awards::in_force(&*db, persons).await).expect("awards")
    }

    pub fn awards(&self, person_id: i64) -> Vec<AwardRow> {
        self.awards_as_known(person_id, None)
    }

    /// `2025-02..2025-04 816000+0 claim` of each award in force; the filing where there is one.
    fn told(&self, person_id: i64) -> Vec<String> {
        self.awards(person_id).iter().map(tell).collect()
    }

    pub fn one<T: for<'a> tokio_postgres::types::FromSql<'a>>(&self, sql: &str) -> T {
        self.session().run(async |db| db.row(sql, &[]).await).expect("a row").get(0)
    }

    pub fn standing(&self, person_id: i64) -> String {
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

pub fn month(text: &str) -> Month {
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

/// 厚生年金保険法附則8条の2: men born 1959-04-02 to 1961-04-01 from 64, women born 1962-04-02 to 1964-04-01 from 63.
#[test]
fn a_special_pension_begins_at_its_age_and_gives_way_at_65() {
    let office = Office::with(|lives| {
        for (person_id, birth_on, sex) in [(1, date(1960, 5, 5), 1), (1_002, date(1963, 5, 5), 2)] {
            lives.person(person_id, birth_on, sex);
            lives.employment(person_id, date(1983, 4, 1), date(2023, 4, 1), 300_000, &[(month("2010-06"), 500_000)]);
            lives.claim(person_id, date(2024, 5, 10), None);
        }
    });
    office.night(JULY);
    let manners = |person_id| -> Vec<(String, String)> {
        let manner = |award: AwardRow| (award.manner.unwrap_or_default(), award.from.to_string());
        office.awards(person_id).into_iter().map(manner).collect()
    };
    let pair = |manner: &str, from: &str| (manner.to_owned(), from.to_owned());
    assert_eq!(manners(1), [pair("special", "2024-06"), pair("special", "2025-04"), pair("from_65", "2025-06")]);
    let told = office.awards(1);
    assert!(told[0].basic_total_yen() == 0 && told[2].basic_total_yen() > 0);
    assert_eq!(
        told.iter().map(|award| award.cause.as_str()).collect::<Vec<_>>(),
        ["claim", "annual_revision", "age_65"]
    );
    assert_eq!(office.awards(1_002), []);
    assert_eq!(office.standing(1_002), "not_yet 2026-04");
    office.night(date(2026, 6, 10));
    assert_eq!(manners(1_002), [pair("special", "2026-06")]);
}

/// 厚生年金保険法46条: what work stops, until it ends; 43条2項・3項: its months are added in October and after the loss.
#[test]
fn work_stops_a_part_until_it_ends() {
    let office = Office::with(|lives| {
        lives.person(1, date(1958, 5, 5), 1);
        lives.employment(1, date(1983, 4, 1), date(2026, 4, 1), 650_000, &[(month("2024-12"), 1_000_000)]);
        lives.claim(1, date(2021, 5, 10), Some(month("2025-03")));
    });
    office.night(date(2026, 4, 6));
    let awards = office.awards(1);
    assert_eq!(awards[0].from, month("2021-06"), "63 on 2021-05-04; 厚生年金保険法附則11条 to March 2022");
    assert!(awards[0].employees_yen[4] > 0);
    let of = |text: &str| awards.iter().find(|award| award.holds_in(month(text))).expect("an award");
    assert!(of("2025-06").employees_yen[4] > 0 && of("2026-03").employees_yen[4] > 0);
    assert_eq!(of("2026-04").employees_yen[4], 0, "lost on 1 April");
    assert!(of("2025-10").employees_yen[0] > of("2025-09").employees_yen[0]);
    assert_eq!(of("2025-10").cause, "in_service");
    assert_eq!(of("2025-12").cause, "working_stop", "the bonus of a year ago counts no more");
    assert_eq!(of("2025-11").employees_yen[..4], of("2025-12").employees_yen[..4]);
}

#[test]
fn death_ends_the_pension_with_its_month() {
    let office = Office::with(|lives| {
        simple(lives, 1);
        simple(lives, 2);
    });
    office.night(JUNE);
    office.learn(77, |lives| {
        lives.death(1, date(2025, 5, 20));
        // The record of the other became doubtful too: nothing is decided, but nothing goes on after death.
        lives.death(2, date(2025, 6, 20));
        lives.spell(2, "cat3", date(1990, 4, 1), Some(date(1991, 4, 1)));
    });
    office.night(JULY);
    let cut = |until: &str| {
        let last = format!("2025-04..{until} 831700+0 death 77");
        ["2025-02..2025-04 816000+0 claim".to_owned(), last]
    };
    assert_eq!(office.told(1), cut("2025-06"));
    assert_eq!(office.standing(1), "ended");
    assert_eq!(office.told(2), cut("2025-07"));
    assert_eq!(office.standing(2), "held");
}

fn claim(lives: &mut Lives<'_>, person_id: i64, months: &str, waits: &str) {
    lives.sql(&format!(
        "INSERT INTO pension_claims (record_id, person_id, filed_on, basic_claim_month, employees_claim_month, basic_waits,
             employees_waits, spouse_addition_moves, reason, cause_filing_id, known_at)
         VALUES (nextval('record_ids'), {person_id}, '2025-01-20', {months}, {waits}, false, '請求', @cause, @known)"
    ));
}

/// 国民年金法28条: deferred by 13 months, 9.1% more: 831,700円 + 75,685円.
#[test]
fn what_waits_is_not_paid_until_it_is_claimed() {
    let office = Office::with(|lives| {
        for person_id in [1, 2] {
            lives.person(person_id, date(1960, 1, 15), 2);
            lives.employment(person_id, date(1980, 1, 14), date(2020, 1, 14), 200_000, &[]);
        }
        claim(lives, 1, "NULL, NULL", "true, false");
        claim(lives, 2, "NULL, NULL", "true, true");
    });
    office.night(JUNE);
    let first = office.awards(1);
    assert!(first.iter().all(|award| award.basic_total_yen() == 0 && award.employees_total_yen() > 0), "{first:?}");
    assert_eq!((office.standing(1).as_str(), office.standing(2).as_str()), ("payable 2026-04", "waiting 2026-04"));
    let last = office.awards(2).pop().expect("a special pension from 61");
    assert_eq!((last.manner.as_deref(), last.until), (Some("special"), Some(month("2025-02"))));
    office.learn(91, |lives| {
        lives.sql("UPDATE pension_claims SET superseded_at = @known WHERE person_id = 1");
        claim(lives, 1, "'2026-02-01', NULL", "false, false");
    });
    office.night(date(2026, 3, 10));
    let awards = office.awards(1);
    let last = awards.last().expect("awards");
    assert_eq!((last.from, last.basic_total_yen()), (month("2026-03"), 907_385));
    assert_eq!((last.cause.as_str(), last.cause_filing_id), ("claim", Some(91)));
    assert_eq!(awards[..awards.len() - 2], first[..first.len() - 1], "what was paid before stays as it was");
}

#[test]
fn a_corrected_record_is_awarded_from_the_first_month_and_the_old_answer_can_be_asked_again() {
    let office = Office::with(|lives| {
        lives.person(1, date(1960, 1, 15), 2);
        lives.paid(1, date(1985, 4, 1), date(2020, 1, 14));
        lives.claim(1, date(2025, 1, 20), None);
    });
    office.night(JUNE);
    let (before, known_before) = (office.awards(1), office.one::<Timestamp>("SELECT clock_timestamp()"));
    assert!(before[1].basic_total_yen() < 831_700);
    office.learn(88, |lives| lives.paid(1, date(1980, 1, 14), date(1985, 4, 1)));
    office.night(JULY);
    let now = ["2025-02..2025-04 816000+0 record_change 88", "2025-04.. 831700+0 record_change 88"];
    assert_eq!(office.told(1), now);
    assert_eq!(office.awards_as_known(1, Some(known_before)), before);
    // Found to be wrong after all: the first answer comes out again, for another reason.
    office.learn(89, |lives| {
        lives.sql("UPDATE pension_spells SET superseded_at = @known WHERE person_id = 1 AND valid_from = '1980-01-14'");
        lives.sql("UPDATE contribution_years SET superseded_at = @known WHERE person_id = 1 AND fiscal_year < 1985");
    });
    office.night(date(2025, 7, 11));
    let yen = |awards: &[AwardRow]| -> Vec<_> {
        awards.iter().map(|award| (award.from, award.until, award.basic_yen, award.employees_yen)).collect()
    };
    assert_eq!(yen(&office.awards(1)), yen(&before));
}

#[test]
fn a_contradiction_holds_what_stands_until_it_is_resolved() {
    let office = Office::with(|lives| simple(lives, 1));
    office.night(JUNE);
    let before = office.awards(1);
    office.learn(95, |lives| {
        lives.spell(1, "cat3", date(1990, 4, 1), Some(date(1991, 4, 1)));
    });
    office.night(JULY);
    assert_eq!(office.awards(1), before);
    assert_eq!(office.standing(1), "held 2025-08");
    let held = "SELECT string_agg(code || ' ' || message, '; ') FROM run_verdicts WHERE subject = 'person:1' AND verdict = 'held'";
    let told: String = office.one(held);
    assert!(
        told.contains("two_categories") && told.contains("1990-04") && told.contains("解決できる人: 年金事務所"),
        "{told}"
    );
    office.learn(96, |lives| lives.sql("UPDATE pension_spells SET superseded_at = @known WHERE category = 'cat3'"));
    office.night(date(2025, 7, 11));
    assert_eq!((office.awards(1), office.standing(1).as_str()), (before, "payable 2026-04"));
}

/// A number merged into another: its record counts there, its own award ends; taken apart, both are as before.
#[test]
fn merged_numbers_have_one_pension() {
    let office = Office::with(|lives| {
        lives.person(1, date(1960, 1, 15), 2);
        lives.paid(1, date(1985, 4, 1), date(2020, 1, 14));
        lives.claim(1, date(2025, 1, 20), None);
        lives.person(2, date(1960, 1, 15), 2);
        lives.paid(2, date(1980, 1, 14), date(1985, 4, 1));
        lives.claim(2, date(2025, 1, 20), None);
    });
    office.clerks();
    office.night(JUNE);
    let before = (office.awards(1), office.standing(2));
    assert_eq!(before.1, "no_right", "63 months");
    office.learn(0, |lives| {
        lives.sql(
            "INSERT INTO person_merges (merged_person_id, kept_person_id, drafted_by, approved_by, reason, known_at)
             VALUES (2, 1, 9001, 9002, '同一人', @known)",
        );
    });
    office.night(JULY);
    assert_eq!(office.told(1), ["2025-02..2025-04 816000+0 merge", "2025-04.. 831700+0 merge"]);
    assert_eq!(office.standing(2), "ended");
    office.learn(0, |lives| lives.sql("UPDATE person_merges SET superseded_at = @known"));
    office.night(date(2025, 7, 11));
    assert_eq!(office.awards(1)[0].basic_yen, before.0[0].basic_yen);
    assert_eq!(office.standing(2), "no_right");
}

/// 900 people in three partitions of the runner.
const MANY: &str = "
    INSERT INTO persons (person_id, known_at) SELECT id, '2020-01-01' FROM generate_series(1, 900) AS id;
    INSERT INTO person_identities (person_id, name_kana, name_kanji, birth_on, sex, reason, valid_from, known_at)
    SELECT id, 'ヒト', '人', date '1958-01-01' + id, 2, '移行', '1980-01-01', '2020-01-01'
    FROM generate_series(1, 900) AS id;
    INSERT INTO pension_spells (record_id, person_id, category, reason, valid_from, valid_to, known_at)
    SELECT id, id, 'cat1', '移行', '1987-05-01', '2010-04-01', '2020-01-01' FROM generate_series(1, 900) AS id;
    INSERT INTO contribution_years (record_id, person_id, fiscal_year, marks, reason, known_at)
    SELECT id * 100 + year, id, year, CASE WHEN year = 1987 THEN '.PPPPPPPPPPP' ELSE 'PPPPPPPPPPPP' END, '移行', '2020-01-01'
    FROM generate_series(1, 900) AS id, generate_series(1987, 2009) AS year;
    INSERT INTO pension_claims (record_id, person_id, filed_on, basic_waits, employees_waits, spouse_addition_moves, paid_through,
        reason, known_at)
    SELECT id, id, '2020-01-01', false, false, false, '2026-05-01', '移行', '2020-01-01' FROM generate_series(1, 900) AS id;
    INSERT INTO settings (name, value) VALUES ('first_payment_month', '2030-02')";

/// Of them every third is the widow of a number beyond all partitions, and every ninth disabled besides.
const WIDOWS: &str = "
    INSERT INTO persons (person_id, known_at) SELECT 1000 + id, '2020-01-01' FROM generate_series(3, 900, 3) AS id;
    INSERT INTO person_identities (person_id, name_kana, name_kanji, birth_on, sex, reason, valid_from, known_at)
    SELECT 1000 + id, 'オツト', '夫', date '1957-01-01' + id, 1, '移行', '1980-01-01', '2020-01-01' FROM generate_series(3, 900, 3) AS id;
    INSERT INTO pension_spells (record_id, person_id, category, employees_kind, employees_class, reason, valid_from, valid_to,
        known_at)
    SELECT 1000 + id, 1000 + id, 'cat2', 1, 'ordinary', '移行', '1985-04-01', '2025-03-16', '2020-01-01'
    FROM generate_series(3, 900, 3) AS id;
    INSERT INTO remuneration_records (record_id, person_id, employees_kind, deemed_by_split, standard_months, standards_yen,
        last_month, bonus_months, bonuses_yen, reason, known_at)
    SELECT 1000 + id, 1000 + id, 1, false, '{198504}', ARRAY[200000 + 1000 * (id % 90)], 202502, '{}', '{}', '移行', '2020-01-01'
    FROM generate_series(3, 900, 3) AS id;
    INSERT INTO deaths (person_id, died_on, reason, known_at)
    SELECT 1000 + id, '2025-03-15', '移行', '2020-01-01' FROM generate_series(3, 900, 3) AS id;
    INSERT INTO survivor_claims (record_id, person_id, deceased_person_id, filed_on, claimant_member_no, resident,
        disability_grade_1_or_2, states_long, reason, known_at)
    SELECT 2000 + id, id, 1000 + id, '2025-04-02', 1, true, false, false, '移行', '2020-01-01'
    FROM generate_series(3, 900, 3) AS id;
    INSERT INTO survivor_members (record_id, person_id, member_no, relation, birth_on, maintained, disabled, married, reason,
        known_at)
    SELECT 2000 + id, id, 1, 'wife', date '1958-01-01' + id, true, false, false, '移行', '2020-01-01'
    FROM generate_series(3, 900, 3) AS id;
    INSERT INTO disability_claims (record_id, person_id, filed_on, first_seen_on, resident, grade_at_certification, paid_through,
        reason, known_at)
    SELECT 3000 + id, id, '2012-01-20', '2009-05-20', true, 2, '2025-03-01', '移行', '2020-01-01'
    FROM generate_series(9, 900, 9) AS id;
    INSERT INTO pension_choices (record_id, person_id, filed_on, rights, reason, valid_from, known_at)
    SELECT 4000 + id, id, '2025-04-02', '{disability_basic,survivor_employee}', '移行', '2025-04-01', '2020-01-01'
    FROM generate_series(9, 900, 9) AS id";

/// Everything the job leaves, without instants.
fn left(country: &Country) -> BTreeMap<String, String> {
    let mut traces = country.traces();
    for (table, columns) in [
        (
            "awards",
            "person_id, manner, right_on, basic_of, employees_of, basic_total_yen, employees_total_yen, survivor_total_yen,
                 cause, run_id, valid_from, valid_to",
        ),
        ("adjudications", "person_id, looked_at_on, look_again_from, standing, run_id"),
    ] {
        let sql = format!(
            "SELECT md5(string_agg(row::text, ';' ORDER BY row::text)) FROM (SELECT ROW({columns}) AS row FROM {table}) AS rows"
        );
        traces.insert(table.to_owned(), country.one::<Option<String>>(&sql).unwrap_or_default());
    }
    traces
}

#[test]
fn killed_anywhere_and_resumed_the_awards_are_the_same() {
    let country = Country { office: TestOffice::new(), folder: TempDir::new().expect("a temporary folder") };
    country.execute(MANY);
    country.execute(WIDOWS);
    let undisturbed = country.copy();
    let done = undisturbed.runner("run", "");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let expected = left(&undisturbed);
    assert_eq!(undisturbed.one::<i64>("SELECT count(*) FROM adjudications WHERE standing = 'payable'"), 900);
    let widows = "SELECT count(DISTINCT person_id) FROM awards WHERE survivor_total_yen > 0 AND suspended <> '{}'";
    assert_eq!(
        undisturbed.one::<i64>(widows),
        100,
        "beside the disability pension, in place of their own old-age pension"
    );
    assert!(
        expected.keys().any(|name| name.contains("awards/") && name.ends_with("part-00002.parquet")),
        "{expected:?}"
    );
    for fault in ["adjudication:-1:partitioning", "adjudication:1:before_commit", "adjudication:0:after_commit"] {
        let killed = country.copy();
        let died = killed.runner("run", fault);
        assert_eq!(died.status.signal(), Some(9), "{fault}: {}", String::from_utf8_lossy(&died.stderr));
        let resumed = killed.runner("resume", "");
        assert!(resumed.status.success(), "{fault}: {}", String::from_utf8_lossy(&resumed.stderr));
        assert_eq!(differences(&expected, &left(&killed)), Vec::<String>::new(), "{fault}");
    }
}
