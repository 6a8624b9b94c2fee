//! The set: every table file is known to the version, every month of the timeline computes or is refused.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use domain::Month;

use super::TABLE_FILES;
use crate::{LawError, MonthLaw, Trace};

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn every_month_computes_for_every_prefecture_or_is_refused_by_name() {
    for month in month("2020-09").through(month("2027-02")) {
        let mut trace = Trace::new();
        let law = MonthLaw::of(month, &mut trace).expect("in force");
        assert_eq!(law.month(), month);
        let prefectures: BTreeSet<&str> = trace
            .parameters()
            .iter()
            .filter(|read| read.table == "都道府県単位保険料率")
            .map(|read| read.key.as_str())
            .collect();
        assert_eq!(prefectures.len(), 47, "{month}");
    }
    let refused = MonthLaw::of(month("2027-03"), &mut Trace::new()).expect_err("nobody has checked");
    let expected = LawError::PastLastCheck {
        table: "都道府県単位保険料率".to_owned(),
        asked: month("2027-03"),
        checked_until: month("2027-02"),
    };
    assert_eq!(refused, expected);
    assert!(refused.to_string().contains("2027-03分"), "{refused}");
    assert!(MonthLaw::of(month("2015-09"), &mut Trace::new()).is_err());
    assert!(MonthLaw::of(month("2015-10"), &mut Trace::new()).is_ok());
}

/// A table that the version does not know could change without the receipts showing it.
#[test]
fn the_version_covers_every_table() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("tests run under cargo"))
        .join("src/employees_insurance");
    let mut found = BTreeSet::new();
    for topic in fs::read_dir(&root).expect("the sources are here") {
        let topic = topic.expect("readable").path();
        for file in topic.is_dir().then(|| fs::read_dir(&topic).expect("readable")).into_iter().flatten() {
            let path = file.expect("readable").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if name.ends_with(".csv") && name != "golden.csv" {
                found.insert(path.strip_prefix(&root).expect("below").to_string_lossy().into_owned());
            }
        }
    }
    found.insert("holidays.csv".to_owned());
    let known: BTreeSet<String> = TABLE_FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(known, found);
    assert_eq!(crate::law_version().len(), env!("CARGO_PKG_VERSION").len() + 17);
}
