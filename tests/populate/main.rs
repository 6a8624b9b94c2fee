//! The synthetic country: the same from the same seed, plausible, and consistent with its media.

mod country;
mod duplicates;
mod lives;
mod media;
mod others;

use std::collections::BTreeMap;

use batch::populate::{self, Plan, Summary};
use batch::progress::Silent;
use jiff::civil::{Date, date};
use store::Db;
use tests::TestOffice;

const BUSINESS_ON: Date = date(2026, 8, 17);

fn plan(people: u64, seed: u64, threads: usize) -> Plan {
    Plan { people, lives: 0, seed, business_on: BUSINESS_ON, threads }
}

fn populated(people: u64, seed: u64, threads: usize) -> (TestOffice, Summary) {
    let office = TestOffice::new();
    let summary = populate::run(office.url(), &plan(people, seed, threads), &Silent).expect("an empty office");
    (office, summary)
}

/// One number of a query.
fn number(office: &TestOffice, sql: &str) -> i64 {
    office.session().run(async |db| db.row(sql, &[]).await).expect("a query of the test").get(0)
}

/// Texts of the first column of a query.
fn texts(office: &TestOffice, sql: &str) -> Vec<String> {
    let rows = office.session().run(async |db| db.rows(sql, &[]).await).expect("a query of the test");
    rows.iter().map(|row| row.get(0)).collect()
}

/// A digest of every loaded table, rows in the order of their text.
fn digests(office: &TestOffice) -> BTreeMap<&'static str, String> {
    const TABLES: [&str; 12] = [
        "offices",
        "persons",
        "person_identities",
        "person_numbers",
        "addresses",
        "employers",
        "employer_profiles",
        "coverage_spells",
        "standard_remunerations",
        "bonuses",
        "leave_spells",
        "settings",
    ];
    let digest = |table: &str| {
        let sql = format!(r#"SELECT md5(string_agg(t::text, E'\n' ORDER BY t::text COLLATE "C")) FROM {table} AS t"#);
        texts(office, &sql).remove(0)
    };
    TABLES.iter().map(|table| (*table, digest(table))).collect()
}
