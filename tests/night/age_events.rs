//! 節目の通知と適用勧奨, and the letters they become.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use domain::Month;
use jiff::civil::{Date, date};
use tests::lives::Lives;

use crate::people::{People, held, totals};

const OCTOBER: Date = date(2025, 10, 1);
const NOVEMBER: Date = date(2025, 11, 4);

/// 第1号 from 20 on, every month paid to September 2025.
fn paying(lives: &mut Lives<'_>, person_id: i64, birth_on: Date) {
    lives.person(person_id, birth_on, 1);
    let from = domain::age::attained_on(birth_on, 20);
    lives.spell(person_id, "cat1", from, Some(domain::age::attained_on(birth_on, 60)).filter(|on| *on < OCTOBER));
    let last = Month::of(domain::age::attained_on(birth_on, 60)).previous().min("2025-09".parse().expect("a month"));
    lives.marks(person_id, 'P', Month::of(from), last);
}

/// A job that ended.
fn left_a_job(lives: &mut Lives<'_>, person_id: i64, lost_on: Date) {
    lives.person(person_id, date(1985, 5, 10), 2);
    lives.employment(person_id, date(2010, 4, 1), lost_on, 300_000, &[]);
}

/// Birthdays in and around October, jobs that ended in August and September 2025.
pub fn everybody(lives: &mut Lives<'_>) {
    paying(lives, 1, date(1990, 10, 15));
    paying(lives, 2, date(1980, 10, 20));
    paying(lives, 3, date(1966, 10, 20));
    paying(lives, 4, date(1991, 10, 10));
    // The birthday on the 1st: the age is attained the day before.
    paying(lives, 5, date(1991, 11, 1));
    paying(lives, 6, date(1991, 10, 1));
    paying(lives, 7, date(1961, 2, 1));
    paying(lives, 8, date(1961, 2, 10));
    lives.person(9, date(1963, 2, 1), 2);
    lives.employment(9, date(1990, 4, 1), date(2000, 4, 1), 240_000, &[]);
    left_a_job(lives, 11, date(2025, 8, 1));
    left_a_job(lives, 12, date(2025, 9, 20));
    left_a_job(lives, 13, date(2025, 8, 1));
    lives.spell(13, "cat1", date(2025, 8, 1), None);
    left_a_job(lives, 14, date(2025, 8, 1));
    lives.sql(
        "INSERT INTO abroad_spells (record_id, person_id, japanese, reason, valid_from, known_at)
         VALUES (1, 14, true, '届', '2025-08-05', @known)",
    );
    left_a_job(lives, 15, date(2025, 8, 1));
    lives.death(15, date(2025, 8, 1));
    paying(lives, 16, date(1990, 10, 15));
    lives.death(16, date(2025, 9, 1));
    lives.person(17, date(1990, 10, 15), 1);
    paying(lives, 18, date(1992, 10, 15));
    lives.sql("UPDATE addresses SET superseded_at = '2020-01-02' WHERE person_id = 18");
}

fn told(people: &People, month: &str) -> Vec<String> {
    people.texts(&format!(
        "SELECT person_id || ' ' || kind FROM pension_notices WHERE for_month = '{month}-01'
             AND kind IN ('claim_form_special', 'claim_form_65', 'coverage_postcard', 'coverage_letter', 'enrolment_advice')
         ORDER BY person_id, kind"
    ))
}

fn rows(people: &People, person_id: i64, kind: &str) -> BTreeMap<String, String> {
    let body = people.texts(&format!(
        "SELECT (body -> 'rows')::text FROM pension_notices WHERE person_id = {person_id} AND kind = '{kind}'"
    ));
    let rows: Vec<(String, String)> = serde_json::from_str(&body[0]).expect("rows of two texts");
    rows.into_iter().collect()
}

#[test]
fn who_is_told_what_and_advice_comes_once() {
    let people = People::new("2025-10");
    people.lives(everybody);
    let night = people.night(OCTOBER);
    let expected = [
        "1 coverage_letter",
        "2 coverage_letter",
        "3 coverage_letter",
        "4 coverage_postcard",
        "5 coverage_postcard",
        "7 claim_form_65",
        "9 claim_form_special",
        "11 enrolment_advice",
        "18 coverage_postcard",
    ];
    assert_eq!(told(&people, "2025-10"), expected);
    assert_eq!(totals(&night, "age_events").get("notices"), 9);
    assert!(held(&night, "age_events").is_empty());
    // October 2010 to September 2025: 180 of 480 months of 831,700円.
    let letter = rows(&people, 1, "coverage_letter");
    assert_eq!(letter["国民年金 第1号・任意加入 (納付)"], "180月");
    assert_eq!(letter["受給資格期間 (120月以上で受給できます)"], "180月");
    assert_eq!(letter["これまでの加入実績に応じた額 (年額)"], "311,888円");
    assert_eq!(letter["令和7年9月"], "国民年金 第1号 納付済");
    // From October 1986 to 60 in October 2026: 480 months.
    assert_eq!(rows(&people, 3, "coverage_letter")["65歳からの見込額 (年額)"], "831,700円");
    assert_eq!(rows(&people, 11, "enrolment_advice")["届出の期限"], "令和7年8月15日（14日以内）");
    people.night(NOVEMBER);
    assert_eq!(told(&people, "2025-11"), ["8 claim_form_65", "12 enrolment_advice"]);
}

#[test]
fn letters_lie_in_lots_with_the_same_bytes() {
    let people = People::new("2025-10");
    people.lives(everybody);
    let again = people.copy();
    let night = people.night(OCTOBER);
    assert_eq!(held(&night, "letters"), [("no_address".to_owned(), 1)]);
    let letters = totals(&night, "letters");
    let notices = people.number("SELECT count(*) FROM pension_notices");
    assert_eq!(letters.get("pieces"), notices - 1);
    assert!(letters.get("lots") > 1 && letters.get("pages") > letters.get("pieces"), "{letters:?}");
    let run = "N20251001-1-P";
    let folder = people.path().join("print").join(run);
    let pages = text(&folder.join(format!("{run}_01.pdf")));
    let all: String = (1..=letters.get("lots")).map(|lot| text(&folder.join(format!("{run}_{lot:02}.pdf")))).collect();
    assert!(pages.contains("〒100-0001") && pages.contains("様"), "{pages}");
    for words in
        ["ねんきん定期便", "311,888円", "国民年金の加入手続のお願い", "年輪　人1", "照会番号 coverage_letter-202510-1"]
    {
        assert!(squeezed(&all).contains(&squeezed(words)), "{words}");
    }
    for ending in ["01_index.csv", "manifest.json", "manifest.csv", "counts.csv", "counts.pdf", "spec.pdf"] {
        assert!(folder.join(format!("{run}_{ending}")).exists(), "{ending}");
    }
    again.night(OCTOBER);
    let sums = |people: &People| {
        std::fs::read_to_string(people.path().join("print").join(run).join("SHA256SUMS")).expect("the digests")
    };
    assert_eq!(sums(&people), sums(&again));
}

fn text(pdf: &Path) -> String {
    let out = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().expect("pdftotext is installed");
    String::from_utf8(out.stdout).expect("UTF-8")
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|character| !character.is_whitespace()).collect()
}
