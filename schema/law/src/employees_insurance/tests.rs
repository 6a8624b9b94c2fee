//! The set: every month of the timeline computes or is refused.

use std::collections::BTreeSet;

use domain::Month;

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
