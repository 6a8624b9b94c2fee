//! The sample files of the format, through intake and night.

use std::path::PathBuf;

use batch::intake::FileOutcome;
use jiff::civil::{Date, date};

use crate::world::{HANAKO, ICHIRO, Insured, World};

fn sample(name: &str) -> PathBuf {
    tests::workspace().join("schema/domain/samples/nenkin").join(name).join("SHFD0006.CSV")
}

fn person(number: i32, kana: &'static str, birth_on: Date, pension_number: &'static str) -> Insured<'static> {
    Insured { number, kana, kanji: "見本　太郎", birth_on, pension_number, ..ICHIRO }
}

const SHOWA: &str = "ショウワ　カズオ";
const AYUMI: &str = "ヘイセイ　アユミ";
const MIKI: &str = "レイワ　ミキ";

/// Who must be insured for the records of a sample to be true.
fn people(form: &str) -> Vec<Insured<'static>> {
    let ayumi = person(5, AYUMI, date(1989, 1, 8), "2101300005");
    let miki = |number| person(number, MIKI, date(2001, 1, 8), "2101300006");
    match form {
        "2201700" => vec![
            ICHIRO,
            person(5, SHOWA, date(1958, 4, 1), "2101200005"),
            person(9, "コウキ　ロウジ", date(1951, 6, 20), "2101200009"),
        ],
        "2202700" => vec![Insured { pension_number: "2101300001", ..ICHIRO }, ayumi],
        "2221700" => vec![ICHIRO, ayumi, miki(6)],
        "2225700" => vec![ICHIRO, HANAKO, miki(3), person(4, "テスト　ジロウ", date(1955, 12, 31), "2101123456")],
        "2265700" => vec![ICHIRO, HANAKO, miki(6)],
        _ => Vec::new(),
    }
}

const STANDARDS: &str = "SELECT insured_number, hi_standard_yen, epi_standard_yen, decision,
        to_char(s.valid_from, 'YYYY-MM') AS since, to_char(s.valid_to, 'YYYY-MM') AS until
    FROM standard_remunerations s JOIN coverage_spells c USING (prefecture_code, spell_id)
    WHERE s.superseded_at IS NULL AND c.superseded_at IS NULL ORDER BY insured_number, s.valid_from";

#[test]
fn every_good_sample_is_taken() {
    for form in ["2200700", "2201700", "2202700", "2221700", "2225700", "2265700"] {
        let world = World::with(&people(form));
        let summary = world.intake(&[sample(form)]);
        let problems = world.rows("SELECT line_no, item, code, message FROM media_problems WHERE NOT warning");
        assert_eq!(summary.files[0].outcome, FileOutcome::Taken, "{form}");
        assert_eq!(summary.records_refused, 0, "{form}: {problems:?}");
        assert_eq!(summary.by_form[form].taken, summary.records_taken, "{form}");
    }
}

#[test]
fn every_bad_sample_goes_back() {
    let folder = tests::workspace().join("schema/domain/samples/nenkin/bad");
    let mut names: Vec<_> =
        std::fs::read_dir(&folder).expect("the bad samples").map(|e| e.expect("an entry").path()).collect();
    names.retain(|path| path.is_dir());
    names.sort();
    assert!(names.len() >= 24, "{}", names.len());
    let world = World::with(&people("2225700"));
    for name in names {
        let before = world.count("filings");
        let summary = world.intake(&[name.join("SHFD0006.CSV")]);
        let file = &summary.files[0];
        assert!(file.return_dir.is_some(), "{}: nothing goes back", name.display());
        assert!(file.outcome == FileOutcome::Refused || file.refused > 0, "{}", name.display());
        if file.outcome == FileOutcome::Refused {
            assert_eq!(world.count("filings"), before, "{}", name.display());
        }
    }
}

#[test]
fn enrolments_of_the_sample_become_facts() {
    let world = World::new();
    world.intake(&[sample("2200700")]);
    let summary = world.apply();
    assert_eq!((summary.counts.read, summary.counts.done), (2, 2), "{:?}", world.verdicts());
    // 240,000円 and 310,000円 by the table of 2020-09: HI grades 19 and 23, EPI grades 16 and 20.
    assert_eq!(
        world.rows(STANDARDS),
        ["7 240000 240000 acquisition 2026-04 -", "8 320000 320000 acquisition 2026-07 -"]
    );
    assert_eq!(
        world.rows(
            "SELECT insured_number, health_insurance, employees_pension, name_kana, name_kanji, birth_on, sex, number, zip
            FROM coverage_spells JOIN person_identities USING (person_id) JOIN person_numbers USING (person_id)
                JOIN addresses USING (person_id) ORDER BY insured_number"
        ),
        [
            "7 true true レイワ　ミキ 例話　未来 2001-01-08 2 2101100007 1000001",
            "8 true true ヘイセイ　アユミ 平成　歩美 1989-01-08 2 2101100008 1000001",
        ]
    );
    let course = world.rows("SELECT step FROM filing_steps ORDER BY filing_id, step_no");
    assert_eq!(course[..5], ["received", "entered", "examined", "approved", "applied"]);
    assert_eq!(world.count("application_queue"), 0);
    let receipts = world.rows("SELECT receipt ->> 'topic' FROM decisions WHERE superseded_at IS NULL");
    assert_eq!(receipts, ["application", "application"]);
}

#[test]
fn coverage_ends_of_the_sample_become_facts() {
    let world = World::with(&people("2201700"));
    world.intake(&[sample("2201700")]);
    assert_eq!(world.apply().counts.done, 3, "{:?}", world.verdicts());
    assert_eq!(
        world.rows(
            "SELECT insured_number, valid_to, end_cause FROM coverage_spells WHERE superseded_at IS NULL
            ORDER BY insured_number"
        ),
        ["1 2026-07-01 4", "5 2026-05-11 5", "9 2026-06-20 7"]
    );
    // Lost on 1 July: June is the last month with a covered day.
    assert_eq!(world.rows(STANDARDS)[0], "1 300000 300000 acquisition 2015-04 2026-07");
    assert_eq!(world.rows(STANDARDS)[1], "5 300000 300000 acquisition 2015-04 2026-06");
}

#[test]
fn revisions_of_the_sample_become_facts_or_are_held() {
    let world = World::with(&people("2221700"));
    world.intake(&[sample("2221700")]);
    let summary = world.apply();
    // The third says 昇給, but its average lies far below: a person must look.
    assert_eq!((summary.counts.done, summary.counts.held), (2, 1));
    assert_eq!(world.verdicts(), ["held no_marked_change"]);
    assert_eq!(
        world.rows(STANDARDS),
        [
            "1 300000 300000 acquisition 2015-04 2026-07",
            "1 380000 380000 revision 2026-07 -",
            "5 300000 300000 acquisition 2015-04 2026-01",
            "5 220000 220000 revision 2026-01 -",
            "6 300000 300000 acquisition 2015-04 -",
        ]
    );
    assert_eq!(world.count("application_queue"), 1, "what is held stays for the next night");
    let again = world.apply();
    assert_eq!((again.counts.read, again.counts.held), (1, 1));
}

#[test]
fn annual_determinations_of_the_sample_become_facts() {
    let world = World::with(&people("2225700"));
    world.intake(&[sample("2225700")]);
    let summary = world.apply();
    assert_eq!(summary.counts.done, 4, "{:?}", world.verdicts());
    let decided: Vec<String> = world.rows(STANDARDS).into_iter().filter(|row| row.contains("annual")).collect();
    assert_eq!(
        decided,
        [
            "1 300000 300000 annual 2026-09 -",  // 305,000円
            "2 260000 260000 annual 2026-09 -",  // 266,000円: April has 16 days
            "3 1390000 650000 annual 2026-09 -", // 9,999,999円: the highest grades
        ]
    );
    // The form for the 70歳以上被用者 alone decides nothing about contributions.
    let notes = world.rows("SELECT note FROM filing_steps WHERE step = 'applied' AND note IS NOT NULL");
    assert_eq!(notes.len(), 1);
}

#[test]
fn bonuses_of_the_sample_become_facts() {
    let world = World::with(&people("2265700"));
    world.intake(&[sample("2265700")]);
    assert_eq!(world.apply().counts.done, 3, "{:?}", world.verdicts());
    assert_eq!(
        world.rows("SELECT amount_yen, valid_from FROM bonuses ORDER BY spell_id"),
        ["523456 2026-06-30", "250999 2026-06-30", "10000000 2026-06-30"]
    );
}

#[test]
fn changes_of_dependants_wait_for_a_person() {
    let world = World::with(&people("2202700"));
    let summary = world.intake(&[sample("2202700")]);
    assert_eq!(summary.records_taken, 2);
    assert_eq!(world.count("application_queue"), 0);
    let last = world.rows("SELECT DISTINCT ON (filing_id) step FROM filing_steps ORDER BY filing_id, step_no DESC");
    assert_eq!(last, ["examined", "examined"]);
}
