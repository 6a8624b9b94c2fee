//! 重複の点検 measured on the country: how many of the second numbers are found, and how many pairs are two persons. The planted
//! pairs are known, and so are the look-alikes: twins, namesakes, couples.

use batch::jobs::duplicates::measure;
use batch::night::{self, NightOptions};
use batch::progress::Silent;
use tempfile::TempDir;
use tests::TestOffice;

use crate::lives::populated;
use crate::{BUSINESS_ON, number};

/// `NENRIN_DUPLICATES_LIVES` asks for another size.
fn lives_asked() -> u64 {
    std::env::var("NENRIN_DUPLICATES_LIVES").ok().and_then(|text| text.parse().ok()).unwrap_or(5_000)
}

/// Nothing is claimed and no employer counts: the night has little to do besides.
fn without_claims(office: &TestOffice) {
    let tables = ["pension_claims", "disability_claims", "survivor_claims"];
    let sql =
        tables.map(|table| format!("UPDATE {table} SET superseded_at = now() WHERE superseded_at IS NULL")).join(";");
    office.session().run(async |db| db.batch_execute(&sql).await).expect("claims are superseded");
}

#[test]
fn second_numbers_are_found_and_look_alikes_are_not() {
    let (office, summary) = populated(4, lives_asked(), 2);
    without_claims(&office);
    let folder = TempDir::new().expect("a folder");
    night::run(&NightOptions::new(office.url(), BUSINESS_ON, folder.path()), &Silent).expect("a night");
    let measured = measure(office.url()).expect("measured").expect("pairs were planted");
    println!(
        "{} 人、{measured:?} 再現率 {}‰ 適合率 {}‰",
        number(&office, "SELECT count(*) FROM persons"),
        measured.recall_permille(),
        measured.precision_permille()
    );
    let wrong = "
        SELECT a.person_id, b.person_id, a.name_kanji, b.name_kanji, a.birth_on, b.birth_on, c.score, c.reasons
        FROM duplicate_candidates AS c
        JOIN person_identities AS a ON a.person_id = c.first_person_id
        JOIN person_identities AS b ON b.person_id = c.second_person_id
        WHERE NOT EXISTS (SELECT FROM settings WHERE name = 'planted_duplicates'
            AND value::jsonb @> jsonb_build_array(jsonb_build_array(c.first_person_id, c.second_person_id)))";
    let shown = crate::texts(&office, &format!("SELECT q::text FROM ({wrong}) AS q (a, b, c, d, e, f, g, h)"));
    let missed = "
        SELECT p.pair, a.name_kanji, b.name_kanji, a.name_kana, b.name_kana, a.birth_on, b.birth_on
        FROM (SELECT jsonb_array_elements(value::jsonb) AS pair FROM settings WHERE name = 'planted_duplicates') AS p
        JOIN person_identities AS a ON a.person_id = (p.pair ->> 0)::bigint
        JOIN person_identities AS b ON b.person_id = (p.pair ->> 1)::bigint
        WHERE NOT EXISTS (SELECT FROM duplicate_candidates AS c
            WHERE c.first_person_id = a.person_id AND c.second_person_id = b.person_id)";
    let missed = crate::texts(&office, &format!("SELECT q::text FROM ({missed}) AS q"));
    println!("別人 {shown:#?}\n未発見 {missed:#?}");
    assert_eq!(measured.planted as u64, summary.duplicates);
    // Who moved and took another name at once has nothing in common but the day of birth and the given name.
    assert!(measured.planted >= 8 && measured.recall_permille() >= 550, "{missed:#?}");
    assert!(measured.precision_permille() >= 900, "{shown:#?}");
}
