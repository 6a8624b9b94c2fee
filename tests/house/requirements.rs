//! `tests/requirements.csv`: what the government documents ask, row by row, and the test that shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::source::root;
use crate::tests_of::{Standing, all};

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    section: String,
    requirement_ja: String,
    status: String,
    /// Test names, `;` between. On a `later` row they show the part that is there already.
    shown_by: String,
    note: String,
}

impl Row {
    fn tests(&self) -> impl Iterator<Item = &str> {
        self.shown_by.split(';').map(str::trim).filter(|name| !name.is_empty())
    }
}

fn rows_of<T: for<'a> Deserialize<'a>>(path: &Path) -> Vec<T> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.deserialize().map(|row| row.unwrap_or_else(|error| panic!("{}: {error}", path.display()))).collect()
}

fn map() -> Vec<Row> {
    rows_of(&root().join("tests/requirements.csv"))
}

/// The parts of the plan that a `later` row may name, before a colon.
const PARTS: [&str; 13] = [
    "capacity",
    "collection",
    "health benefits",
    "intake",
    "linkage",
    "migration",
    "municipal",
    "operations",
    "pensions",
    "printing",
    "security",
    "statistics",
    "terminal",
];

/// How many rows each document has: the last number of its ids, without gaps.
const ROWS_OF_DOCUMENT: [(&str, usize); 5] = [("R000", 81), ("R001", 46), ("R002", 74), ("R003", 28), ("R004", 34)];

#[test]
fn every_row_that_is_asked_is_there_once() {
    let ids: Vec<String> = map().into_iter().map(|row| row.id).collect();
    let document =
        |(name, rows): (&str, usize)| (1..=rows).map(move |row| format!("{name}-{row:03}")).collect::<Vec<_>>();
    let expected: Vec<String> = ROWS_OF_DOCUMENT.into_iter().flat_map(document).collect();
    assert_eq!(expected.len(), 263);
    assert_eq!(ids, expected);
}

#[test]
fn every_row_says_where_it_stands() {
    for row in map() {
        let id = &row.id;
        assert!(!row.section.is_empty() && !row.requirement_ja.is_empty(), "{id}: what is asked?");
        match row.status.as_str() {
            "tested" => assert!(row.tests().next().is_some(), "{id}: which test shows it?"),
            "later" => {
                let (part, what) = row.note.split_once(": ").unwrap_or((&row.note, ""));
                assert!(PARTS.contains(&part) && !what.is_empty(), "{id}: which part of the plan will bring what?");
            }
            "not_software" => {
                assert!(!row.note.is_empty(), "{id}: why is it no matter of software?");
                assert!(row.shown_by.is_empty(), "{id}: a test cannot show what is no matter of software");
            }
            other => panic!("{id}: status {other:?} is none of tested, later, not_software"),
        }
        let named: Vec<&str> = row.tests().collect();
        assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), named.len(), "{id}: a test is named twice");
    }
}

#[test]
fn every_named_test_exists_and_runs() {
    let tests = all();
    let mut wrong = Vec::new();
    for row in map() {
        for name in row.tests() {
            match tests.get(name) {
                Some(Standing::Runs) => {}
                Some(Standing::SetAside) => wrong.push(format!("{}: {name} is set aside and does not run", row.id)),
                None => wrong.push(format!("{}: there is no test {name}", row.id)),
            }
        }
    }
    assert!(wrong.is_empty(), "tests/requirements.csv:\n{}", wrong.join("\n"));
}

/// Where the list of what is asked is at hand, ours must repeat it word for word.
#[test]
fn the_shared_list_agrees_where_it_is_present() {
    #[derive(Deserialize)]
    struct Asked {
        id: String,
        section: String,
        requirement_ja: String,
    }
    let shared: PathBuf = root().join("../shared/domain/requirements.csv");
    if !shared.is_file() {
        return;
    }
    let asked: BTreeMap<String, (String, String)> =
        rows_of::<Asked>(&shared).into_iter().map(|row| (row.id, (row.section, row.requirement_ja))).collect();
    let ours: BTreeMap<String, (String, String)> =
        map().into_iter().map(|row| (row.id, (row.section, row.requirement_ja))).collect();
    assert_eq!(ours, asked);
}
