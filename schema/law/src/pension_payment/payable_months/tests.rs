//! Both ends of a right and of a suspension.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn paid(right: &PensionRight, through: &str) -> Vec<String> {
    let months = payable_months(right, month(through), &mut Trace::new()).expect("a right");
    months.iter().map(Month::to_string).collect()
}

fn right(arose_on: Date, ended_on: Option<Date>, suspensions: Vec<Suspension>) -> PensionRight {
    PensionRight { arose_on, ended_on, suspensions }
}

#[test]
fn from_the_month_after_to_the_month_of_the_end() {
    let open = right(date(2025, 3, 31), None, Vec::new());
    assert_eq!(paid(&open, "2025-05"), ["2025-04", "2025-05"]);
    assert!(paid(&open, "2025-03").is_empty());
    let ended = right(date(2025, 4, 1), Some(date(2025, 6, 1)), Vec::new());
    assert_eq!(paid(&ended, "2025-12"), ["2025-05", "2025-06"]);
    let same_month = right(date(2025, 4, 1), Some(date(2025, 4, 30)), Vec::new());
    assert!(paid(&same_month, "2025-12").is_empty());
}

#[test]
fn a_suspension_within_one_month_stops_nothing() {
    let stop = |from, to| vec![Suspension { arose_on: from, ended_on: to }];
    let with = |stops| paid(&right(date(2025, 1, 10), None, stops), "2025-06");
    assert_eq!(with(stop(date(2025, 3, 1), Some(date(2025, 3, 31)))).len(), 5);
    assert_eq!(with(stop(date(2025, 3, 31), Some(date(2025, 4, 1)))), ["2025-02", "2025-03", "2025-05", "2025-06"]);
    assert_eq!(with(stop(date(2025, 3, 31), None)), ["2025-02", "2025-03"]);
}

#[test]
fn what_runs_backwards_is_refused() {
    let refused =
        |right: PensionRight, through: &str| payable_months(&right, month(through), &mut Trace::new()).is_err();
    assert!(refused(right(date(2025, 3, 2), Some(date(2025, 3, 1)), Vec::new()), "2025-12"));
    let stop = Suspension { arose_on: date(2025, 3, 2), ended_on: Some(date(2025, 3, 1)) };
    assert!(refused(right(date(2025, 1, 1), None, vec![stop]), "2025-12"));
    assert!(refused(right(date(1800, 1, 1), None, Vec::new()), "1801-01"));
    assert!(refused(right(date(2025, 1, 1), None, Vec::new()), "2176-01"));
}

proptest! {
    #[test]
    fn a_suspension_never_adds_a_month(from in 0_i32..40, length in 0_i32..40, at in 0_i32..40, lasts in 0_i32..40) {
        let day = |months: i32| month("2020-01").plus(months).first_day();
        let free = right(day(from), Some(day(from + length)), Vec::new());
        let stop = Suspension { arose_on: day(at), ended_on: Some(day(at + lasts)) };
        let stopped = right(day(from), Some(day(from + length)), vec![stop]);
        let (all, some) = (paid(&free, "2030-01"), paid(&stopped, "2030-01"));
        prop_assert_eq!(all.len(), usize::try_from(length).expect("positive"));
        prop_assert!(some.iter().all(|month| all.contains(month)));
        prop_assert!(all.len() - some.len() <= usize::try_from(lasts).expect("positive"));
    }
}
