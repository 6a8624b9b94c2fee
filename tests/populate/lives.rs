//! The record of lives: free of contradictions but for the planted ones, with a right for who has claimed, the same with one
//! thread and with two, and a country of employers that does not notice it.

use std::collections::{BTreeMap, BTreeSet};

use batch::populate::{self, Plan, Summary};
use batch::progress::Silent;
use domain::Month;
use domain::life::LifeRows;
use law::Trace;
use law::adjudication::old_age::{Claims, OldAge, Question, RateShelf, old_age};
use law::pension_record::life::{ContradictionKind, add_current_cover, life};
use store::lives::{Persons, read};
use tests::TestOffice;

use crate::{BUSINESS_ON, digests, number, plan, texts};

const TABLES: [&str; 18] = [
    "pension_spells",
    "contribution_years",
    "remuneration_records",
    "life_spans",
    "abroad_spells",
    "deaths",
    "household_members",
    "pension_claims",
    "payees",
    "tax_declarations",
    "collection_requests",
    "np_reliefs",
    "np_receipts",
    "disability_claims",
    "disability_grades",
    "survivor_claims",
    "survivor_members",
    "pension_choices",
];

pub(crate) fn populated(people: u64, lives: u64, threads: usize) -> (TestOffice, Summary) {
    let office = TestOffice::new();
    let plan = Plan { lives, ..plan(people, 11, threads) };
    let summary = populate::run(office.url(), &plan, &Silent).expect("an empty office");
    (office, summary)
}

/// Digests of the tables of lives.
fn life_digests(office: &TestOffice) -> BTreeMap<&'static str, String> {
    let digest = |table: &str| {
        let sql = format!(
            r#"SELECT coalesce(md5(string_agg(t::text, E'\n' ORDER BY t::text COLLATE "C")), '') FROM {table} AS t"#
        );
        texts(office, &sql).remove(0)
    };
    TABLES.iter().map(|table| (*table, digest(table))).collect()
}

/// Everybody's registers, with what the employers have filed, to the month before the business date.
pub(crate) fn lives(office: &TestOffice) -> Vec<LifeRows> {
    let persons = Persons { from: 1, to: i64::MAX, known_at: None };
    let mut lives = office.session().run(async |db| read(db, persons, None).await).expect("the registers are readable");
    let until = Month::of(BUSINESS_ON).previous();
    for rows in &mut lives {
        add_current_cover(rows, until, &mut Trace::new()).expect("law of the months");
    }
    lives
}

fn planted<T: serde::de::DeserializeOwned>(office: &TestOffice, name: &str) -> T {
    let sql = format!("SELECT value FROM settings WHERE name = '{name}'");
    serde_json::from_str(&texts(office, &sql).remove(0)).expect("a list")
}

#[test]
fn only_planted_lives_contradict_themselves_and_claims_have_a_right() {
    let (office, summary) = populated(2_000, 2_000, 2);
    let month = Month::of(BUSINESS_ON).previous();
    let lives = lives(&office);
    let numbers = summary.people + summary.lives + summary.duplicates + summary.relatives;
    assert_eq!(lives.len() as u64, numbers);
    let planted: BTreeSet<i64> = planted(&office, "planted_contradictions");
    let mut faults = BTreeMap::new();
    for rows in &lives {
        let record = life(&rows.facts(), month.last_day()).expect("a life");
        let holding: Vec<String> = record
            .contradictions()
            .iter()
            .filter(|found| found.kind != ContradictionKind::Gap)
            .map(ToString::to_string)
            .collect();
        if !holding.is_empty() {
            faults.insert(rows.person_id, holding);
        }
    }
    let strangers: Vec<_> = faults.iter().filter(|(person, _)| !planted.contains(person)).collect();
    assert!(strangers.is_empty(), "{} lives, first: {:#?}", strangers.len(), &strangers[..strangers.len().min(5)]);
    assert!(!planted.is_empty() && planted.iter().all(|person| faults.contains_key(person)), "{planted:?}");
    rights(&office, &lives, &faults, month);
}

/// Whoever has claimed and whose record is sound has a right to something.
fn rights(office: &TestOffice, lives: &[LifeRows], faults: &BTreeMap<i64, Vec<String>>, month: Month) {
    let sql = "
        SELECT concat_ws(' ', c.person_id, coalesce(to_char(basic_claim_month, 'YYYY-MM'), '-'),
            coalesce(to_char(employees_claim_month, 'YYYY-MM'), '-'), basic_waits, employees_waits,
            d.died_on IS NOT NULL)
        FROM pension_claims AS c LEFT JOIN deaths AS d USING (person_id) ORDER BY c.person_id";
    let by_person: BTreeMap<i64, &LifeRows> = lives.iter().map(|rows| (rows.person_id, rows)).collect();
    let (mut asked, mut payable, mut without_law) = (0, 0, 0);
    let mut without: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut shelf = RateShelf::default();
    for line in texts(office, sql) {
        let words: Vec<&str> = line.split(' ').collect();
        let person: i64 = words[0].parse().expect("a key");
        let waits = (words[3] == "t", words[4] == "t");
        if faults.contains_key(&person) || words[5] == "t" || waits.0 || waits.1 {
            continue;
        }
        let month_of = |word: &str| word.parse::<Month>().ok();
        let facts = by_person[&person].facts();
        let question = Question {
            facts: &facts,
            for_month: month,
            claims: Claims { basic: month_of(words[1]), employees: month_of(words[2]) },
            spouse: None,
            children: &[],
            spouse_addition_moves: false,
        };
        asked += 1;
        match old_age(&question, &mut shelf, &mut Trace::new()) {
            Ok(OldAge::Payable(_)) => payable += 1,
            Ok(other) => without.entry(format!("{other:?}").chars().take(8).collect()).or_default().push(line),
            Err(refused) if is_of_the_law(&refused.to_string()) => without_law += 1,
            Err(refused) => without.entry(refused.to_string()).or_default().push(line),
        }
    }
    assert!(asked > 900, "{asked} claims");
    let few = without.iter().map(|(reason, lines)| (reason, lines.len(), &lines[..lines.len().min(3)]));
    // Who was born before 1938-04 or worked this year meets rates that are not published yet.
    assert!(without_law * 100 <= asked * 18, "{without_law} of {asked} without law");
    assert!(payable * 1_000 >= (asked - without_law) * 995, "{payable} of {asked}; {:#?}", few.collect::<Vec<_>>());
}

/// Refusals that no record could mend: rates that are only estimated, and more months of 20 to 59 than can be joined, which
/// those born before 1941-04 may have.
pub(crate) fn is_of_the_law(refusal: &str) -> bool {
    refusal.contains("の値は推計しかありません") || refusal.contains("加入可能月数")
}

#[test]
fn lives_do_not_depend_on_threads_and_leave_the_employers_as_they_were() {
    let (one, summary) = populated(1_500, 2_500, 1);
    let (two, same) = populated(1_500, 2_500, 3);
    assert_eq!(summary, same);
    assert_eq!(life_digests(&one), life_digests(&two));
    let (with, without) = (digests(&one), digests(&populated(1_500, 0, 2).0));
    assert_eq!(with, digests(&two));
    for table in ["offices", "employers", "employer_profiles", "coverage_spells", "standard_remunerations", "bonuses"] {
        assert_eq!(with[table], without[table], "{table}");
    }
    let employed = |office: &TestOffice| {
        texts(
            office,
            "SELECT md5(string_agg(t::text, '' ORDER BY person_id)) FROM person_identities AS t WHERE person_id <= 1500",
        )
    };
    assert_eq!(employed(&one), employed(&populated(1_500, 0, 1).0));
}

#[test]
fn without_lives_no_table_of_them_is_filled() {
    let (office, summary) = populated(500, 0, 1);
    let made = (summary.lives, summary.duplicates, summary.relatives, summary.records);
    assert_eq!(made, (0, 0, 0, 0));
    for table in TABLES {
        assert_eq!(number(&office, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    let names = "SELECT name FROM settings WHERE name LIKE 'planted%' OR name = 'first_payment_month'";
    assert!(texts(&office, names).is_empty());
}

#[test]
fn a_second_number_holds_a_part_of_the_same_life() {
    let (office, summary) = populated(2_000, 4_000, 2);
    let pairs: Vec<(i64, i64)> = planted(&office, "planted_duplicates");
    assert_eq!(pairs.len() as u64, summary.duplicates);
    assert!(pairs.len() >= 8, "{pairs:?}");
    let lives: BTreeMap<i64, LifeRows> = lives(&office).into_iter().map(|rows| (rows.person_id, rows)).collect();
    for (kept, other) in pairs {
        let mut whole = lives[&kept].clone();
        assert!(!lives[&other].spells.is_empty(), "{other}");
        whole.absorb(lives[&other].clone());
        let record = life(&whole.facts(), Month::of(BUSINESS_ON).previous().last_day()).expect("a life");
        let holding = record.contradictions().iter().find(|found| found.kind != ContradictionKind::Gap);
        assert!(holding.is_none(), "{kept} and {other}: {holding:?}");
    }
}

#[test]
fn the_shape_of_the_country() {
    let (office, _) = populated(4, 6_000, 2);
    let share = |sql: &str| number(&office, sql) * 100 / 6_000;
    let open = |category: &str| {
        share(&format!(
            "SELECT count(DISTINCT person_id) FROM pension_spells
            WHERE valid_to IS NULL AND category = '{category}' AND person_id <= 6004"
        ))
    };
    let (cat1, cat3) = (open("cat1") + open("voluntary"), open("cat3"));
    assert!((21..=29).contains(&cat1), "第1号 {cat1}");
    assert!((8..=14).contains(&cat3), "第3号 {cat3}");
    let claims = share("SELECT count(*) FROM pension_claims WHERE person_id <= 6004");
    assert!((54..=64).contains(&claims), "請求 {claims}");
    let deaths = share("SELECT count(*) FROM deaths WHERE person_id <= 6004");
    assert!((2..=4).contains(&deaths), "死亡 {deaths}");
    assert_eq!(texts(&office, "SELECT value FROM settings WHERE name = 'first_payment_month'"), ["2026-10"]);
    // Facts reach to the month before; nothing that is not due yet has a mark.
    let late = "SELECT count(*) FROM contribution_years WHERE fiscal_year = 2026 AND substr(marks, 4) ~ '[^.]'";
    assert_eq!(number(&office, late), 0);
    // Who paid has receipts, and the other way round.
    let unequal = "
        SELECT count(*) FROM contribution_years AS y CROSS JOIN generate_series(0, 11) AS place
        WHERE y.fiscal_year >= 2025
            AND (substr(marks, place + 1, 1) IN ('P', 'A', 'T', 'H', 'Q'))
                <> EXISTS (SELECT FROM np_receipts AS r WHERE r.person_id = y.person_id AND r.kind = 'monthly'
                    AND r.for_month = make_date(y.fiscal_year, 4, 1) + make_interval(months => place))
            AND NOT EXISTS (SELECT FROM settings WHERE name = 'planted_contradictions'
                AND value::jsonb @> to_jsonb(y.person_id))";
    assert_eq!(number(&office, unequal), 0);
    let numbers = "SELECT count(*) - count(DISTINCT number) FROM person_numbers";
    assert_eq!(number(&office, numbers), 0);
}
