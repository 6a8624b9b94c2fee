//! Thirty days, the first and last month, what is given back.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn search(benefit: &[&str], days: i32) -> JobSearch {
    JobSearch {
        birth: date(1963, 5, 1),
        applied_on: date(2025, 1, 10),
        ended_on: Some(date(2025, 6, 20)),
        months_with_benefit: benefit.iter().map(|month| month.parse().expect("a month")).collect(),
        benefit_days: days,
        until: "2026-03".parse().expect("a month"),
    }
}

#[test]
fn thirty_days_are_a_month() {
    let of = |days| release_months(5, days);
    assert_eq!([of(0), of(1), of(30), of(31), of(149), of(150), of(151)], [5, 4, 4, 3, 0, 0, 0]);
}

/// 附則7条の4第3項: the days of benefit ÷ 30, a begun month counts whole.
#[test]
fn thirty_days_are_a_month_also_of_a_long_benefit() {
    let of = |days| release_months(12, days);
    assert_eq!([of(29), of(30), of(31), of(149), of(150), of(151), of(330)], [11, 11, 10, 7, 7, 6, 1]);
    assert_eq!(released(1, MONTHS_MAX * 31, &mut Trace::new()), Ok(0), "the most days that can be");
}

/// While the benefit lasts nothing is given back, and nothing is said of months after the last one asked about.
#[test]
fn a_benefit_that_lasts_is_looked_at_to_the_month_asked_about() {
    let all = ["2025-02", "2025-03", "2025-04", "2025-05", "2025-06"];
    let asked = JobSearch { until: "2025-04".parse().expect("a month"), ..search(&all, 10) };
    let months = suspended_months(&asked, &mut Trace::new()).expect("months");
    assert_eq!((months.stopped.len(), months.released.len()), (3, 0));
    let same_day = JobSearch { ended_on: Some(date(2025, 1, 10)), ..search(&[], 0) };
    assert!(suspended_months(&same_day, &mut Trace::new()).is_ok(), "ended on the day of the application");
    let first: Month = "1900-01".parse().expect("a month");
    let of_months = |count: i32| JobSearch {
        months_with_benefit: (0..count).map(|place| first.plus(place)).collect(),
        ..search(&[], 0)
    };
    assert!(suspended_months(&of_months(MONTHS_MAX), &mut Trace::new()).is_ok());
    assert!(suspended_months(&of_months(MONTHS_MAX + 1), &mut Trace::new()).is_err());
}

#[test]
fn from_the_month_after_to_the_month_of_the_end() {
    let months = suspended_months(&search(&["2025-01", "2025-02", "2025-06", "2025-07"], 60), &mut Trace::new())
        .expect("months");
    assert_eq!(months.stopped, ["2025-02", "2025-06"].map(|month| month.parse::<Month>().expect("a month")));
    assert!(months.released.is_empty());
}

#[test]
fn what_cannot_be_is_refused() {
    let ask = |search: &JobSearch| suspended_months(search, &mut Trace::new());
    assert!(ask(&search(&["2025-02", "2025-02"], 1)).is_err());
    assert!(ask(&JobSearch { ended_on: Some(date(2025, 1, 9)), ..search(&[], 1) }).is_err());
    assert!(ask(&search(&["2025-02"], -1)).is_err());
    assert!(
        released(-1, 0, &mut Trace::new()).is_err() && released(0, MONTHS_MAX * 31 + 1, &mut Trace::new()).is_err()
    );
}

proptest! {
    #[test]
    fn what_is_released_was_stopped_and_is_the_latest(picked in prop::collection::vec(any::<bool>(), 6), days in 0_i32..200) {
        let first: Month = "2025-01".parse().expect("a month");
        let mut question = search(&[], days);
        question.months_with_benefit = (0..).zip(&picked).filter(|(_, yes)| **yes).map(|(n, _)| first.plus(n)).collect();
        let months = suspended_months(&question, &mut Trace::new()).expect("months");
        prop_assert!(months.stopped.ends_with(&months.released));
    }

    #[test]
    fn no_days_panic(months in -5_i32..1300, days in -5_i32..50_000) {
        let _ = released(months, days, &mut Trace::new());
    }
}
