//! Everything adds up: Parquet, journal, notices and paper; and SQL says the same yen as Rust.

use std::collections::BTreeMap;
use std::fs::File;

use arrow::array::AsArray;
use arrow::datatypes::{Decimal128Type, Int64Type};
use batch::progress::Silent;
use batch::verify::{self, VerifyOptions};
use domain::Month;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use store::Db;
use store::night::peer;

use crate::office::{BUSINESS_ON, Country};

const EXACT: [&str; 5] = ["health_yen", "ltci_yen", "support_yen", "epi_yen", "contribution_yen"];
const SHARES: [&str; 4] = ["hi_employee_yen", "epi_employee_yen", "bonus_hi_employee_yen", "bonus_epi_employee_yen"];

/// Spell → employer, five exact amounts in 1/100,000 yen, four shares.
type People = BTreeMap<i64, (i64, [i128; 5], [i64; 4])>;

fn from_parquet(country: &Country) -> People {
    let folder = country.folder.path().join("lake/contributions/for_month=2026-07");
    let mut people = People::new();
    for entry in std::fs::read_dir(folder).expect("the part of July") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "parquet") {
            continue;
        }
        let file = File::open(&path).expect("a part");
        for batch in ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").build().expect("a reader") {
            let batch = batch.expect("a batch");
            let long = |name: &str, row: usize| {
                batch.column_by_name(name).expect("a column").as_primitive::<Int64Type>().value(row)
            };
            let exact = |name: &str, row: usize| {
                batch.column_by_name(name).expect("a column").as_primitive::<Decimal128Type>().value(row)
            };
            for row in 0..batch.num_rows() {
                let amounts = EXACT.map(|name| exact(name, row));
                let before = people.insert(
                    long("spell_id", row),
                    (long("employer_id", row), amounts, SHARES.map(|name| long(name, row))),
                );
                assert!(before.is_none(), "a spell stands once");
            }
        }
    }
    people
}

/// 1/100,000 yen of an employer, cut once: by hand, not by the code under test.
fn employers(people: &People) -> BTreeMap<(i64, String), i64> {
    let mut sums: BTreeMap<(i64, String), i128> = BTreeMap::new();
    for (employer_id, exact, _) in people.values() {
        for (levy, units) in [
            ("health_insurance", exact[0] + exact[1] + exact[2]),
            ("employees_pension", exact[3]),
            ("childcare_contribution", exact[4]),
        ] {
            *sums.entry((*employer_id, levy.to_owned())).or_default() += units;
        }
    }
    let whole = sums.into_iter().map(|(key, units)| (key, i64::try_from(units / 100_000).expect("yen fit")));
    whole.filter(|(_, yen)| *yen != 0).collect()
}

#[test]
fn parquet_journal_and_notices_agree_and_sql_says_the_same() {
    let country = Country::of(6_000);
    let summary = country.night().expect("the night runs");
    let month: Month = "2026-07".parse().expect("a month");
    let people = from_parquet(&country);
    assert_eq!(people.len() as i64, summary.months[0].people);
    let chosen: i64 = country.one("SELECT count(*) FROM workplace_selections WHERE chosen");
    assert!(chosen > 0, "somebody works at two offices, and both roads divide the premium");
    let mut session = country.office.session();
    let (journal, notices, theirs, their_journal) = session.run(async |db| {
        let journal = peer::night_by_employer(&*db, &summary.run_id, month).await.expect("the journal");
        let rates = batch::jobs::assessment::peer::rates(month).expect("July has its law");
        peer::prepare(&*db, &rates).await.expect("tables of the other road");
        peer::assess(&*db, &rates, summary.cutoff_at, BUSINESS_ON, peer::ALL_EMPLOYERS).await.expect("the other road");
        let notices = db.rows("SELECT employer_id, total_yen FROM notices", &[]).await.expect("notices");
        let notices: BTreeMap<i64, i64> = notices.iter().map(|row| (row.get(0), row.get(1))).collect();
        let exact = EXACT.map(|name| format!("({name} * 100000)::bigint")).join(", ");
        let sql = format!("SELECT spell_id, employer_id, {exact}, {} FROM peer.contributions", SHARES.join(", "));
        let rows = db.rows(&sql, &[]).await.expect("the other road's people");
        let theirs: People = rows
            .iter()
            .map(|row| {
                let exact = std::array::from_fn(|place| i128::from(row.get::<_, i64>(2 + place)));
                (row.get(0), (row.get(1), exact, std::array::from_fn(|place| row.get(7 + place))))
            })
            .collect();
        (journal, notices, theirs, peer::by_employer(&*db).await.expect("the other road's journal"))
    });
    let posted: BTreeMap<(i64, String), i64> =
        journal.iter().map(|(id, levy, yen)| ((*id, levy.clone()), *yen)).collect();
    assert_eq!(posted, employers(&people), "journal and Parquet");
    for (employer_id, total) in &notices {
        let of_employer: i64 = journal.iter().filter(|entry| entry.0 == *employer_id).map(|entry| entry.2).sum();
        assert_eq!(*total, of_employer, "notice and journal of {employer_id}");
    }
    for (spell_id, ours) in &people {
        assert_eq!(theirs.get(spell_id), Some(ours), "spell {spell_id} by both roads");
    }
    assert_eq!(theirs.len(), people.len());
    assert_eq!(their_journal, journal, "entries by both roads");
}

#[test]
fn bonus_months_agree_by_both_roads() {
    let country = Country::of(4_000);
    country.execute("UPDATE settings SET value = '2026-06' WHERE name = 'first_month'");
    let summary = country.night().expect("the night makes up for June");
    let june: Month = "2026-06".parse().expect("a month");
    assert_eq!(
        summary.months.iter().map(|month| month.for_month.to_string()).collect::<Vec<_>>(),
        ["2026-06", "2026-07"]
    );
    let mut session = country.office.session();
    session.run(async |db| {
        let ours = peer::night_by_employer(&*db, &summary.run_id, june).await.expect("the journal");
        let rates = batch::jobs::assessment::peer::rates(june).expect("June has its law");
        peer::prepare(&*db, &rates).await.expect("tables of the other road");
        peer::assess(&*db, &rates, summary.cutoff_at, BUSINESS_ON, peer::ALL_EMPLOYERS).await.expect("the other road");
        let theirs = peer::by_employer(&*db).await.expect("the other road's journal");
        assert!(ours.len() > 500);
        assert_eq!(theirs, ours);
        let bonuses: i64 = db
            .row("SELECT count(*) FROM peer.contributions WHERE hi_standard_bonus_yen > 0", &[])
            .await
            .expect("a count")
            .get(0);
        assert!(bonuses > 100, "June is a month of bonuses: {bonuses}");
    });
}

#[test]
fn verify_finds_a_file_that_was_altered() {
    let country = Country::of(500);
    country.night().expect("the night runs");
    let options = VerifyOptions {
        url: country.office.url().to_owned(),
        lake_dir: country.folder.path().join("lake"),
        print_dir: country.folder.path().join("print"),
    };
    let checked = verify::run(&options, &Silent).expect("the database can be read");
    assert!(checked.good(), "{checked:?}");
    assert!(checked.checks.len() >= 8, "{checked:?}");
    let csv = country.folder.path().join("lake/statistics/for_month=2026-07/insured.csv");
    let mut text = std::fs::read_to_string(&csv).expect("the statistics");
    text.push('\n');
    std::fs::write(&csv, text).expect("the file can be altered");
    let checked = verify::run(&options, &Silent).expect("the database can be read");
    let bad: Vec<_> = checked.checks.iter().filter(|check| !check.good).collect();
    assert!(bad.len() == 1 && bad[0].detail.contains("insured.csv"), "{bad:?}");
}
