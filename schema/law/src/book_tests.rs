//! The book: every table file is in it, a page replaced changes the answers and the version, a bad page is refused.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use domain::{Month, Ratio};

use super::*;
use crate::employees_insurance::contribution::epi_rate;

/// Every CSV below a folder, by its path below the sources.
fn csv_files(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the sources are here") {
        let path = entry.expect("readable").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            csv_files(&path, root, found);
        } else if name.ends_with(".csv") && !name.starts_with("golden") {
            found.insert(path.strip_prefix(root).expect("below").to_string_lossy().into_owned());
        }
    }
}

/// A table that the book does not know could change without the receipts showing it.
#[test]
fn every_table_file_is_in_the_book() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("tests run under cargo")).join("src");
    let mut found = BTreeSet::new();
    csv_files(&root, &root, &mut found);
    let known: BTreeSet<String> = LawBook::files().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(known, found);
    assert_eq!(LawBook::files().count(), known.len(), "no path twice");
    assert_eq!(law_version().len(), env!("CARGO_PKG_VERSION").len() + 17);
}

#[test]
fn every_table_reads_and_says_its_name_clause_and_last_check() {
    for table in tables() {
        table.parse(table.text()).unwrap_or_else(|error| panic!("{}: {error}", table.path()));
        for head in ["name", "law", "unit", "checked_until"] {
            let line = format!("# {head} = ");
            assert!(table.text().lines().any(|text| text.starts_with(&line)), "{}: {head}", table.path());
        }
    }
}

fn changed() -> &'static LawBook {
    let path = "employees_insurance/contribution/epi_rates.csv";
    let (_, text) = LawBook::files().find(|(known, _)| *known == path).expect("a table");
    LawBook::with(&[(path.to_owned(), text.replace("0.18300", "0.18500"))]).expect("a good page")
}

#[test]
fn a_replaced_page_changes_the_answer_the_version_and_nothing_else() {
    let (book, month) = (changed(), "2026-04".parse::<Month>().expect("a month"));
    let mut trace = Trace::under(book);
    assert_eq!(epi_rate(month, &mut trace), Ok(Ratio::new(185, 1000)));
    assert_eq!(epi_rate(month, &mut Trace::new()), Ok(Ratio::new(183, 1000)));
    assert_ne!(book.version(), law_version());
    assert_eq!(trace.into_receipt("t", serde_json::Value::Null, serde_json::Value::Null).law_version, book.version());
}

/// The version is one of the text: a page put in as it was makes no other law.
#[test]
fn a_page_replaced_by_itself_is_the_law_of_today() {
    let (path, text) = LawBook::files().next().expect("a table");
    let book = LawBook::with(&[(path.to_owned(), text.to_owned())]).expect("a good page");
    assert_eq!(book.version(), law_version());
}

#[test]
fn a_page_that_cannot_be_is_refused() {
    let with = |path: &str, text: &str| LawBook::with(&[(path.to_owned(), text.to_owned())]).expect_err("refused");
    assert_eq!(with("x.csv", ""), BookError::UnknownTable("x.csv".to_owned()));
    assert!(matches!(with("employees_insurance/contribution/epi_rates.csv", "x"), BookError::BadTable { .. }));
    assert_eq!(LawBook::with(&[]).expect_err("refused"), BookError::Empty);
}
