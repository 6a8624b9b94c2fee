//! 人の届の反映: killed in every case and resumed, it writes the rows that an undisturbed night would have written.

use std::os::unix::process::ExitStatusExt;

use domain::nenkin::{Insured, PersonName};
use domain::person_paper::{
    CategoryCorrected, CategoryCorrection, Death, PersonContent, PersonFiling, PlainCategory, ReliefDecision,
    ReliefKind,
};
use jiff::civil::date;
use store::filings::{self, NewFiling, Whose};
use tests::lives::Lives;

use crate::office::Country;

const FIRST: i64 = 9_000_001;
const PEOPLE: i64 = 12;

/// 第3号 since 1995-04, of whom each has filings that wait.
fn country() -> Country {
    let country = Country::of(200);
    let mut session = country.office.session();
    let mut records = Vec::new();
    let mut lives = Lives::new(&mut session);
    for person in FIRST..FIRST + PEOPLE {
        lives.person(person, date(1970, 5, 10), 2);
        lives.paid(person, date(1990, 5, 9), date(1995, 4, 1));
        records.push((person, lives.spell(person, "cat3", date(1995, 4, 1), None)));
    }
    lives.sql(
        "INSERT INTO settings (name, value) VALUES ('first_payment_month', '2026-12') ON CONFLICT (name) DO NOTHING",
    );
    for (place, (person, record)) in records.into_iter().enumerate() {
        let (from, to) = (Some(date(2022, 4, 1)), Some(date(2026, 6, 1)));
        // Every fourth names a record that is not there.
        let record_id = if place % 4 == 3 { 1 } else { record };
        let changed = CategoryCorrected::Changed { record_id, category: PlainCategory::Cat1, from, to };
        submit(
            &country,
            person,
            PersonContent::CategoryCorrection(CategoryCorrection {
                corrected: changed,
                mismatch_notice: place % 2 == 0,
                special_notice: false,
            }),
        );
        let month = |text: &str| text.parse().expect("a month");
        let (first, last) = (month("2025-07"), month("2026-05"));
        let (applied_on, decided_on) = (Some(date(2026, 7, 1)), date(2026, 8, 1));
        let decided = ReliefDecision { relief: ReliefKind::Full, applied_on, decided_on, first, last };
        submit(&country, person, PersonContent::Relief(decided));
        if place % 3 == 0 {
            submit(&country, person, PersonContent::Death(Death { died_on: date(2026, 7, 31) }));
        }
    }
    country
}

/// Received and approved.
fn submit(country: &Country, person_id: i64, content: PersonContent) {
    let insured = Insured {
        insured_number: None,
        name: PersonName::new("ﾈﾝﾘﾝ ﾋﾄ", None),
        born_on: date(1970, 5, 10),
        my_number: None,
        basic_pension_number: None,
    };
    let filing = PersonFiling { insured, content, note: None };
    let payload = filing.payload().expect("JSON");
    let office: String = country.one("SELECT min(office_code) FROM offices");
    let key = format!("{person_id}-{}", filing.form().code());
    let new = NewFiling {
        form_code: filing.form().code(),
        channel: "counter",
        office_code: &office,
        whose: Whose::Person(person_id),
        insured_number: None,
        payload: &payload,
        my_number_sealed: None,
        sender: "test",
        sender_key: &key,
        media_file_id: None,
        media_line: None,
        business_on: date(2026, 8, 14),
        received_by: None,
    };
    country.office.session().run(async |db| {
        let filing_id = filings::receive(&*db, &new).await.expect("received").filing_id;
        filings::approve_by_rule(&*db, &[filing_id], "test").await.expect("approved");
    });
}

/// Everything that the job leaves, without instants.
fn left(country: &Country) -> Vec<String> {
    let tables = [
        ("pension_spells", "person_id, record_id, category, valid_from, valid_to, cause_filing_id, reason"),
        ("life_spans", "person_id, record_id, kind, valid_from, valid_to, cause_filing_id"),
        ("np_reliefs", "person_id, record_id, relief, valid_from, valid_to, cause_filing_id"),
        ("contribution_years", "person_id, fiscal_year, marks, cause_filing_id"),
        ("deaths", "person_id, died_on, cause_filing_id"),
        ("application_queue", "filing_id, person_id"),
        ("filing_steps", "filing_id, step_no, step, note"),
        ("run_verdicts", "subject, verdict, code, message"),
    ];
    let of = |(table, columns): (&str, &str)| {
        let current = if ["application_queue", "filing_steps", "run_verdicts"].contains(&table) {
            "true"
        } else {
            "superseded_at IS NULL"
        };
        country.one(&format!(
            "SELECT coalesce(string_agg(row::text, ';' ORDER BY row::text), '')
             FROM (SELECT ROW({columns}) AS row FROM {table} WHERE {current}) AS rows"
        ))
    };
    tables.into_iter().map(of).collect()
}

#[test]
fn killed_anywhere_and_resumed_it_writes_the_same_facts() {
    let country = country();
    let undisturbed = country.copy();
    let done = undisturbed.runner("run", "");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let expected = left(&undisturbed);
    let count = |sql: &str| undisturbed.one::<i64>(sql);
    // A correction that names nothing is held, and with it the relief of months that are still 第3号.
    assert_eq!(count("SELECT count(*) FROM run_verdicts WHERE code = 'record_unknown'"), 3);
    assert_eq!(count("SELECT count(*) FROM run_verdicts WHERE code = 'not_cat1'"), 3);
    assert_eq!(count("SELECT count(*) FROM application_queue WHERE person_id IS NOT NULL"), 6);
    assert_eq!(count(&format!("SELECT count(*) FROM np_reliefs WHERE person_id >= {FIRST}")), 9);
    assert_eq!(count(&format!("SELECT count(*) FROM deaths WHERE person_id >= {FIRST}")), 4);
    let spans = "SELECT count(*) FROM life_spans WHERE superseded_at IS NULL AND kind = ";
    assert!(count(&format!("{spans}'cat3_mismatch'")) > 0 && count(&format!("{spans}'cat3_mismatch_filed'")) > 0);
    for fault in [
        "apply_person_filings:-1:partitioning",
        "apply_person_filings:0:compute",
        "apply_person_filings:0:before_commit",
        "apply_person_filings:0:after_commit",
        "apply_person_filings:-1:recounted",
    ] {
        let killed = country.copy();
        let died = killed.runner("run", fault);
        assert_eq!(died.status.signal(), Some(9), "{fault}: {}", String::from_utf8_lossy(&died.stderr));
        let resumed = killed.runner("resume", "");
        assert!(resumed.status.success(), "{fault}: {}", String::from_utf8_lossy(&resumed.stderr));
        assert_eq!(left(&killed), expected, "{fault}");
    }
}
