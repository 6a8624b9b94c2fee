//! 人の届の反映: killed in every case and resumed, it writes the rows that an undisturbed night would have written.

use std::os::unix::process::ExitStatusExt;

use domain::nenkin::{Insured, PersonName};
use domain::person_paper::{
    Account, CategoryCorrected, CategoryCorrection, Death, DisabilityClaim, DisabilityGrade, DrawnRight, GradeReview,
    PensionChoice, PersonContent, PersonFiling, PlainCategory, ReliefDecision, ReliefKind, SurvivorClaim,
    SurvivorMember, SurvivorRelation,
};
use jiff::civil::{Date, date};
use store::filings::{self, NewFiling, Whose};
use tests::lives::Lives;

use crate::office::Country;

const FIRST: i64 = 9_000_001;
const PEOPLE: i64 = 12;
/// Widows, and 100 above each of them her husband.
const WIDOWS: std::ops::Range<i64> = 9_000_101..9_000_105;
/// The death of her husband is filed with her claim: it is recorded this night, her claim waits for the next one.
const LAST_WIDOW: i64 = 9_000_104;
const HUSBAND_BORN_ON: Date = date(1968, 3, 3);
const DIED_ON: Date = date(2026, 6, 20);

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
    for widow in WIDOWS {
        lives.person(widow, date(1970, 5, 10), 2);
        lives.paid(widow, date(1990, 5, 9), date(1995, 4, 1));
        lives.spell(widow, "cat3", date(1995, 4, 1), None);
        let husband = widow + 100;
        lives.person(husband, HUSBAND_BORN_ON, 1);
        lives.paid(husband, date(1988, 3, 2), date(2026, 6, 21));
        if widow != LAST_WIDOW {
            lives.death(husband, DIED_ON);
        }
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
    WIDOWS.for_each(|widow| of_widow(&country, widow));
    submit_of(&country, LAST_WIDOW + 100, HUSBAND_BORN_ON, PersonContent::Death(Death { died_on: DIED_ON }));
    country
}

/// In the queue in another order than the one in which they can be applied: choice, survivors, grade, disability.
fn of_widow(country: &Country, widow: i64) {
    let account = || Account {
        bank_code: "0001".to_owned(),
        branch_code: "001".to_owned(),
        account_type: 1,
        account_number: "1234567".to_owned(),
        holder_kana: "ﾈﾝﾘﾝ ﾋﾄ".to_owned(),
    };
    let filed_on = date(2026, 7, 1);
    let rights = vec![DrawnRight::SurvivorBasic];
    submit(country, widow, PersonContent::PensionChoice(PensionChoice { filed_on, rights }));
    let relative =
        |relation, birth_on| SurvivorMember { relation, birth_on, maintained: true, disabled: false, married: false };
    let claim = SurvivorClaim {
        filed_on,
        deceased_number: format!("{:010}", 9_100_000_000 + widow + 100).parse().expect("a number"),
        deceased_birth_on: HUSBAND_BORN_ON,
        resident: true,
        illness_first_seen_on: None,
        disability_grade_1_or_2: false,
        states_long: false,
        members: vec![
            relative(SurvivorRelation::Wife, date(1970, 5, 10)),
            relative(SurvivorRelation::Child, date(2014, 6, 1)),
        ],
        claimant_no: 1,
        account: account(),
    };
    submit(country, widow, PersonContent::SurvivorClaim(claim));
    let (review, reviewed_on) = (GradeReview::Claim, date(2026, 8, 3));
    let grade = DisabilityGrade { review, reviewed_on, grade: 1, clearly_worse: false };
    submit(country, widow, PersonContent::DisabilityGrade(grade));
    let claim = DisabilityClaim {
        filed_on,
        first_seen_on: date(2023, 4, 10),
        resident: true,
        fixed_on: None,
        grade_at_certification: 2,
        later: None,
        account: account(),
        members: Vec::new(),
    };
    submit(country, widow, PersonContent::DisabilityClaim(claim));
}

/// Received and approved.
fn submit(country: &Country, person_id: i64, content: PersonContent) {
    submit_of(country, person_id, date(1970, 5, 10), content);
}

fn submit_of(country: &Country, person_id: i64, born_on: Date, content: PersonContent) {
    let insured = Insured {
        insured_number: None,
        name: PersonName::new("ﾈﾝﾘﾝ ﾋﾄ", None),
        born_on,
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
        ("payees", "person_id, account_number, cause_filing_id"),
        ("disability_claims", "person_id, record_id, filed_on, first_seen_on, cause_filing_id"),
        ("disability_grades", "person_id, record_id, grade, reviewed_on, valid_from, cause_filing_id"),
        ("survivor_claims", "person_id, record_id, deceased_person_id, filed_on, cause_filing_id"),
        ("survivor_members", "person_id, record_id, member_no, relation, birth_on, cause_filing_id"),
        ("pension_choices", "person_id, record_id, filed_on, rights, valid_from, cause_filing_id"),
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
    // Of one widow the claim and with it her choice wait for the death that this night records.
    assert_eq!(count("SELECT count(*) FROM run_verdicts WHERE code = 'death_not_recorded'"), 1);
    assert_eq!(count("SELECT count(*) FROM run_verdicts WHERE code = 'right_missing'"), 1);
    assert_eq!(count("SELECT count(*) FROM application_queue WHERE person_id IS NOT NULL"), 8);
    assert_eq!(count("SELECT count(*) FROM disability_claims WHERE cause_filing_id IS NOT NULL"), 4);
    let raised = "grade = 1 AND valid_from = '2026-09-01' AND reviewed_on = '2026-08-03'";
    assert_eq!(count(&format!("SELECT count(*) FROM disability_grades WHERE {raised}")), 4);
    assert_eq!(count("SELECT count(*) FROM survivor_claims WHERE deceased_person_id = person_id + 100"), 3);
    assert_eq!(count("SELECT count(*) FROM survivor_members WHERE cause_filing_id IS NOT NULL"), 6);
    // Made with both claims: from the month in which the second right began, the one after the death.
    assert_eq!(count("SELECT count(*) FROM pension_choices WHERE valid_from = '2026-07-01'"), 3);
    assert_eq!(count(&format!("SELECT count(*) FROM np_reliefs WHERE person_id >= {FIRST}")), 9);
    assert_eq!(count(&format!("SELECT count(*) FROM deaths WHERE person_id >= {FIRST}")), 8);
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
