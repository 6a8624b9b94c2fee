//! The month before, the month of the end, months chosen to be paid.

use jiff::civil::date;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn from_the_month_before_to_the_month_of_the_end() {
    let of = |arose, ended| statutory_period(Cause::DisabilityPension, arose, ended, &mut Trace::new());
    let period = of(date(2025, 6, 1), Some(date(2026, 1, 31))).expect("a period");
    assert_eq!((period.first, period.last), (month("2025-05"), Some(month("2026-01"))));
    let covers = |text: &str| period.covers(month(text), &[]);
    assert!(!covers("2025-04") && covers("2025-05") && covers("2026-01") && !covers("2026-02"));
    let open = of(date(2025, 6, 30), None).expect("a period");
    assert!(open.covers(month("2040-01"), &[]) && !open.covers(month("2025-04"), &[]));
    assert!(of(date(2025, 6, 1), Some(date(2025, 5, 31))).is_err());
    assert!(of(date(2025, 6, 1), Some(date(2025, 6, 1))).is_ok());
}

#[test]
fn months_chosen_to_be_paid_are_not_exempt() {
    let period = statutory_period(Cause::Facility, date(2025, 6, 1), None, &mut Trace::new()).expect("a period");
    let elected = [(month("2025-08"), month("2025-09"))];
    let covers = |text: &str| period.covers(month(text), &elected);
    assert!(covers("2025-07") && !covers("2025-08") && !covers("2025-09") && covers("2025-10"));
}
