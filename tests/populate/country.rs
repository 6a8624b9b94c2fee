//! What the country is like.

use std::collections::BTreeSet;

use batch::populate::{self, PopulateError};
use batch::progress::Silent;
use domain::{EmployerSymbol, Month, Yen, check_digit};
use law::Trace;
use law::employees_insurance::{Scheme, grade};
use store::{Db, load};
use tests::TestOffice;

use crate::{digests, number, plan, populated, texts};

/// Enough people that the indexes are dropped and made again.
const HEAVY: u64 = 20_000;

#[test]
fn the_same_seed_makes_the_same_rows_with_one_thread_and_with_two() {
    let (one, summary) = populated(2_000, 7, 1);
    let (two, same) = populated(2_000, 7, 2);
    assert_eq!(summary, same);
    assert_eq!(digests(&one), digests(&two));
    let (other, _) = populated(2_000, 8, 2);
    assert_ne!(digests(&one)["person_identities"], digests(&other)["person_identities"]);
}

#[test]
fn a_heavy_load_leaves_every_index_and_key_as_the_migrations_made_them() {
    const SCHEMA: &str = "
        SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL
        SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'p')
        ORDER BY 1";
    let fresh = TestOffice::new();
    let (heavy, summary) = populated(HEAVY, 1, 2);
    // Indexes of partitions get new names.
    let named = |office: &TestOffice| -> Vec<String> {
        let without_name = |line: String| match line.split_once(" INDEX ") {
            Some((kind, rest)) => format!("{kind} {}", rest.split_once(" ON ").expect("on a table").1),
            None => line,
        };
        let mut lines: Vec<String> = texts(office, SCHEMA).into_iter().map(without_name).collect();
        lines.sort();
        lines
    };
    assert_eq!(named(&fresh), named(&heavy));
    let parents = "SELECT relname::text FROM pg_class WHERE relkind = 'I' ORDER BY 1";
    assert_eq!(texts(&fresh, parents), texts(&heavy, parents));
    assert_eq!(number(&heavy, "SELECT count(*) FROM persons"), i64::try_from(summary.people).expect("small"));
    assert_eq!(number(&heavy, "SELECT count(*) FROM employers"), i64::try_from(summary.employers).expect("small"));
    assert_eq!(number(&heavy, "SELECT count(*) FROM coverage_spells"), i64::try_from(summary.spells).expect("small"));
    assert_eq!(number(&heavy, "SELECT count(*) FROM bonuses"), i64::try_from(summary.bonuses).expect("small"));
}

#[test]
fn a_database_with_people_is_refused_and_left_alone() {
    let (office, _) = populated(500, 1, 1);
    let before = digests(&office);
    let refused = populate::run(office.url(), &plan(500, 2, 1), &Silent);
    assert!(matches!(refused, Err(PopulateError::NotEmpty)), "{refused:?}");
    assert_eq!(digests(&office), before);
}

#[test]
fn a_load_that_was_killed_before_its_commit_is_put_right() {
    let office = TestOffice::new();
    office.session().run(async |db| load::drop_indexes(db).await).expect("the owner of the tables");
    let standing = office.session().run(async |db| load::standing(db).await).expect("a look");
    assert_eq!(standing, load::Standing::Interrupted);
    populate::run(office.url(), &plan(500, 1, 1), &Silent).expect("nothing of the dead load was committed");
    let standing = office.session().run(async |db| load::standing(db).await).expect("a look");
    assert_eq!(standing, load::Standing::Filled);
    let unique = "SELECT count(*) FROM pg_indexes WHERE indexname = 'coverage_spells_insured_number'";
    assert_eq!(number(&office, unique), 1);
}

#[test]
fn a_load_that_was_killed_while_committing_is_not_taken_for_whole() {
    let (office, _) = populated(500, 1, 1);
    office.session().run(async |db| load::drop_indexes(db).await).expect("the owner of the tables");
    let refused = populate::run(office.url(), &plan(500, 2, 1), &Silent);
    assert!(matches!(refused, Err(PopulateError::HalfLoaded)), "{refused:?}");
}

#[test]
fn too_few_people_and_days_without_law_are_refused() {
    let office = TestOffice::new();
    let few = populate::run(office.url(), &plan(3, 1, 1), &Silent);
    assert!(matches!(few, Err(PopulateError::TooFew { least: 4 })), "{few:?}");
    let early = populate::Plan { business_on: jiff::civil::date(2019, 8, 19), ..plan(100, 1, 1) };
    let early = populate::run(office.url(), &early, &Silent);
    assert!(matches!(early, Err(PopulateError::BusinessDate(_))), "{early:?}");
    assert_eq!(number(&office, "SELECT count(*) FROM offices"), 0);
}

#[test]
fn numbers_have_their_check_digits_and_their_prefectures() {
    let (office, _) = populated(3_000, 3, 2);
    let corporate = texts(&office, "SELECT corporate_number FROM employer_profiles WHERE corporate_number IS NOT NULL");
    assert!(corporate.len() > 300);
    assert!(corporate.iter().all(|number| check_digit::corporate_number_valid(number)));
    assert_eq!(corporate.iter().collect::<BTreeSet<_>>().len(), corporate.len());
    let symbols = "SELECT concat_ws('-', nenkin_prefecture_code, district_code, office_symbol) FROM employers";
    for symbol in texts(&office, symbols) {
        symbol.parse::<EmployerSymbol>().expect("a symbol that a file can carry");
    }
    for number in texts(&office, "SELECT number FROM person_numbers") {
        number.parse::<domain::BasicPensionNumber>().expect("ten digits, neither part zero");
    }
    let strangers = "
        SELECT count(*) FROM coverage_spells AS c JOIN employers AS e USING (employer_id)
        JOIN person_numbers AS n USING (person_id)
        WHERE left(n.number, 2) <> e.nenkin_prefecture_code AND c.spell_id % 2 = 0";
    assert_eq!(number(&office, strangers), 0);
}

#[test]
fn the_employer_of_the_official_samples_is_there() {
    let (office, _) = populated(500, 9, 1);
    let people = "
        SELECT concat_ws(' ', c.insured_number, i.name_kanji, i.birth_on, n.number)
        FROM employers AS e JOIN coverage_spells AS c USING (employer_id)
        JOIN person_identities AS i USING (person_id) JOIN person_numbers AS n USING (person_id)
        WHERE e.nenkin_prefecture_code = '21' AND e.district_code = '01' AND e.office_symbol = 'ﾃｽﾄ'
            AND e.office_number = '12345'
        ORDER BY c.insured_number";
    assert_eq!(
        texts(&office, people),
        [
            "1 見本　一郎 1980-05-15 2101200001",
            "2 架空　花子 1992-02-29 2101200002",
            "5 昭和　和夫 1958-04-01 2101200005",
            "9 後期　老次 1951-06-20 2101200009",
        ]
    );
}

#[test]
fn the_country_is_plausible() {
    let (office, _) = populated(HEAVY, 5, 2);
    let per_mille = |part: &str, whole: &str| number(&office, part) * 1_000 / number(&office, whole);
    let employers = "SELECT count(*) FROM employers";
    let small = "
        SELECT count(*) FROM (SELECT employer_id FROM coverage_spells GROUP BY 1 HAVING count(*) < 10) AS s";
    assert!((600..=900).contains(&per_mille(small, employers)));
    assert!(
        number(&office, "SELECT max(n) FROM (SELECT count(*) AS n FROM coverage_spells GROUP BY employer_id) AS s")
            > 100
    );
    let spells = "SELECT count(*) FROM coverage_spells";
    for (what, part, range) in [
        ("Tokyo", "prefecture_code = 13", 140..=190),
        ("Tottori", "prefecture_code = 31", 3..=9),
        ("short time", "short_time_worker", 5..=60),
        ("over 70", "NOT employees_pension", 12..=35),
        ("ended", "valid_to IS NOT NULL", 15..=45),
        ("came in the month", "valid_from >= '2026-07-01'", 8..=22),
    ] {
        let found = per_mille(&format!("SELECT count(*) FROM coverage_spells WHERE {part}"), spells);
        assert!(range.contains(&found), "{what}: {found} per mille");
    }
    let people = "SELECT count(*) FROM person_identities";
    let women = per_mille("SELECT count(*) FROM person_identities WHERE sex = 2", people);
    assert!((340..=480).contains(&women), "women: {women} per mille");
    let on_leave = per_mille("SELECT count(DISTINCT spell_id) FROM leave_spells", people);
    assert!((5..=25).contains(&on_leave), "on leave: {on_leave} per mille");
    let slips = per_mille("SELECT count(*) FROM employer_profiles WHERE payment_method = 'slip'", employers);
    assert!((110..=190).contains(&slips), "slips: {slips} per mille");
    assert_eq!(number(&office, "SELECT count(DISTINCT prefecture_code) FROM employers"), 47);
    assert!(number(&office, "SELECT count(DISTINCT hi_standard_yen) FROM standard_remunerations") >= 45);
    assert!(number(&office, "SELECT count(*) FROM person_identities WHERE name_kanji ~ '[髙﨑𠮷濵]'") > 50);
    let selectors = "SELECT count(*) FROM person_identities WHERE name_kanji ~ '[\u{E0100}-\u{E01EF}]'";
    assert!(number(&office, selectors) > 5);
}

/// 健康保険法41条, 厚生年金保険法21条: after 10 July nearly everybody's September is decided, of those who are subject to it.
#[test]
fn one_employer_in_a_hundred_has_not_filed_the_annual_determination() {
    const SUBJECT: &str = "
        FROM coverage_spells AS c JOIN person_identities AS i USING (person_id)
        WHERE c.employer_id > 1 AND c.valid_to IS NULL AND c.valid_from < '2026-06-01'
            AND i.birth_on + interval '75 years' > date '2026-09-01'
            AND NOT EXISTS (SELECT FROM standard_remunerations AS r
                WHERE r.spell_id = c.spell_id AND r.decision = 'revision' AND r.valid_from >= '2026-07-01')";
    const DECIDED: &str = "
        EXISTS (SELECT FROM standard_remunerations AS s WHERE s.spell_id = c.spell_id AND s.valid_from = '2026-09-01')";
    let (office, _) = populated(HEAVY, 5, 2);
    let employers = |and: &str| number(&office, &format!("SELECT count(DISTINCT c.employer_id) {SUBJECT} AND {and}"));
    let (filed, unfiled) = (employers(DECIDED), employers(&format!("NOT {DECIDED}")));
    assert!((5..=20).contains(&(unfiled * 1_000 / (filed + unfiled))), "{unfiled} beside {filed}");
    let both = format!(
        "SELECT count(*) FROM (SELECT c.employer_id {SUBJECT} GROUP BY 1 HAVING count(DISTINCT {DECIDED}) > 1) AS b"
    );
    assert_eq!(number(&office, &both), 0, "an employer files for all its people or for nobody");
    let subjects = number(&office, &format!("SELECT count(*) {SUBJECT} AND {DECIDED}"));
    let decided = "SELECT count(*) FROM standard_remunerations WHERE valid_from = '2026-09-01'";
    assert_eq!(number(&office, decided), subjects, "nobody else has one");
    for (what, sql) in [
        ("another decision", "s.decision <> 'annual'"),
        ("70 by then", "i.birth_on + interval '70 years' <= date '2026-09-02' AND s.epi_standard_yen > 0"),
        (
            "not carried over",
            "EXISTS (SELECT FROM leave_spells AS l WHERE l.spell_id = s.spell_id)
            AND NOT EXISTS (SELECT FROM standard_remunerations AS o WHERE o.spell_id = s.spell_id
                AND o.valid_to = s.valid_from AND o.hi_standard_yen = s.hi_standard_yen)",
        ),
    ] {
        let sql = format!(
            "SELECT count(*) FROM standard_remunerations AS s JOIN coverage_spells AS c USING (spell_id)
            JOIN person_identities AS i USING (person_id) WHERE s.valid_from = '2026-09-01' AND {sql}"
        );
        assert_eq!(number(&office, &sql), 0, "{what}");
    }
    // On the last day of the time limit nobody is late yet.
    for (business_on, count) in [(jiff::civil::date(2026, 7, 10), 0), (jiff::civil::date(2026, 7, 13), 1)] {
        let office = TestOffice::new();
        let plan = populate::Plan { business_on, ..plan(500, 5, 2) };
        populate::run(office.url(), &plan, &Silent).expect("an empty office");
        assert_eq!(number(&office, decided).min(1), count, "{business_on}");
    }
}

#[test]
fn the_month_shows_every_age_on_both_sides_of_the_first() {
    let (office, _) = populated(HEAVY, 5, 2);
    for years in [40, 65, 70, 75] {
        for day in ["07-01", "07-02", "07-31"] {
            let sql = format!(
                "SELECT count(*) FROM person_identities WHERE birth_on + interval '{years} years' = date '2026-{day}'"
            );
            assert!(number(&office, &sql) > 0, "nobody turns {years} on {day}");
        }
    }
    let young_or_old = "
        SELECT count(*) FROM person_identities
        WHERE person_id > 4 AND (birth_on > date '2008-07-31' OR birth_on < date '1951-07-01')";
    assert_eq!(number(&office, young_or_old), 0);
    for (what, sql) in [
        ("13 days", "valid_to - valid_from = 13 AND valid_from >= '2026-07-01'"),
        ("14 days", "valid_to - valid_from = 14 AND worked_days_excluded = 0"),
        ("14 days, one worked", "valid_to - valid_from = 14 AND worked_days_excluded = 1"),
        ("ends with the month", "valid_to = '2026-08-01'"),
        ("maternity", "kind = 'maternity'"),
    ] {
        assert!(number(&office, &format!("SELECT count(*) FROM leave_spells WHERE {sql}")) > 0, "{what}");
    }
    let beyond_cap =
        "SELECT count(*) FROM (SELECT sum(amount_yen) AS s FROM bonuses GROUP BY spell_id) AS t WHERE s > 5730000";
    assert!(number(&office, beyond_cap) > 0);
    let same_month =
        "SELECT count(*) FROM coverage_spells WHERE date_trunc('month', valid_from) = date_trunc('month', valid_to)";
    assert!(number(&office, same_month) > 0);
}

#[test]
fn facts_agree_with_one_another_and_with_the_grades() {
    let (office, _) = populated(5_000, 11, 2);
    for (what, sql) in [
        (
            "a spell without a standard in its first assessed month",
            "SELECT count(*) FROM coverage_spells AS c WHERE NOT EXISTS (
                SELECT FROM standard_remunerations AS s WHERE s.spell_id = c.spell_id
                    AND s.valid_from <= greatest(c.valid_from, least(date '2026-07-01', coalesce(c.valid_to - 1, '2026-07-01'))))",
        ),
        (
            "standards that overlap",
            "SELECT count(*) FROM standard_remunerations AS a JOIN standard_remunerations AS b USING (spell_id)
            WHERE a.valid_from < b.valid_from AND (a.valid_to IS NULL OR a.valid_to > b.valid_from)",
        ),
        (
            "a bonus outside its spell",
            "SELECT count(*) FROM bonuses AS b JOIN coverage_spells AS c USING (spell_id)
            WHERE b.valid_from < c.valid_from OR b.valid_from >= c.valid_to",
        ),
        (
            "a leave outside its spell",
            "SELECT count(*) FROM leave_spells AS l JOIN coverage_spells AS c USING (spell_id)
            WHERE l.valid_from < c.valid_from OR l.valid_to > c.valid_to",
        ),
        (
            "somebody insured before 15",
            "SELECT count(*) FROM coverage_spells AS c JOIN person_identities AS i USING (person_id)
            WHERE c.valid_from < i.birth_on + interval '15 years'",
        ),
        (
            "leaves that overlap",
            "SELECT count(*) FROM leave_spells AS a JOIN leave_spells AS b USING (spell_id)
            WHERE a.leave_id < b.leave_id AND a.valid_to > b.valid_from AND b.valid_to > a.valid_from",
        ),
    ] {
        assert_eq!(number(&office, sql), 0, "{what}");
    }
    grades_are_those_of_the_law(&office);
}

fn grades_are_those_of_the_law(office: &TestOffice) {
    let sql = "SELECT DISTINCT monthly_remuneration_yen, hi_standard_yen, epi_standard_yen FROM standard_remunerations";
    let rows = office.session().run(async |db| db.rows(sql, &[]).await).expect("a query of the test");
    let month = Month::new(2026, 7).expect("a month");
    let standard = |scheme, remuneration| {
        let grade = grade::lookup(scheme, month, Yen::new(remuneration), &mut Trace::new()).expect("a grade");
        i32::try_from(grade.standard.get()).expect("a standard")
    };
    for row in rows {
        let (remuneration, hi, epi): (i64, i32, i32) = (row.get(0), row.get(1), row.get(2));
        assert_eq!(hi, standard(Scheme::HealthInsurance, remuneration));
        assert!(epi == 0 || epi == standard(Scheme::EmployeesPension, remuneration));
    }
}
