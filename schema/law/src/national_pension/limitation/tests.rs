//! Both sides of the two years, with and without closed days and demands.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn two_years() -> Prescription {
    Prescription::at(month("2025-04"), &mut Trace::new()).expect("in force")
}

fn lapsed(text: &str, demanded: &[Date], on: Date) -> bool {
    two_years().has_lapsed(month(text), demanded, on).expect("decided")
}

#[test]
fn a_month_can_be_paid_for_two_years_after_its_due_date() {
    // 2023-03 was due on 2023-05-01 (30 April is a Sunday): to 2025-05-01.
    assert!(!lapsed("2023-03", &[], date(2025, 4, 30)));
    assert!(!lapsed("2023-03", &[], date(2025, 5, 1)));
    assert!(lapsed("2023-03", &[], date(2025, 5, 2)));
    // 2023-04 was due on 2023-05-31, a Wednesday.
    assert!(!lapsed("2023-04", &[], date(2025, 5, 31)));
    assert!(lapsed("2023-04", &[], date(2025, 6, 1)));
}

#[test]
fn old_months_need_no_calendar() {
    assert!(lapsed("1980-06", &[], date(2025, 4, 1)));
    assert!(lapsed("1961-04", &[], date(1970, 4, 1)));
    assert!(!lapsed("2027-12", &[], date(2028, 2, 1)));
    assert!(two_years().has_lapsed(month("1995-04"), &[], date(1997, 6, 1)).is_err(), "a closed day may decide");
}

#[test]
fn a_demand_begins_the_two_years_anew() {
    let demanded = [date(2025, 4, 20)];
    assert!(!lapsed("2023-03", &demanded, date(2027, 4, 20)));
    assert!(lapsed("2023-03", &demanded, date(2027, 4, 21)));
    assert!(!lapsed("2023-03", &demanded, date(2025, 4, 1)), "not yet demanded, not yet lapsed");
    let until = |demanded: &[Date]| limitation(Right::Collection, date(2023, 5, 1), demanded, &mut Trace::new());
    assert_eq!(until(&[]), Ok(date(2025, 5, 1)));
    assert_eq!(until(&[date(2025, 5, 1)]), Ok(date(2027, 5, 1)));
    assert!(until(&[date(2025, 5, 2)]).is_err() && until(&[date(2023, 5, 1)]).is_err());
    assert!(limitation(Right::Refund, date(2023, 5, 1), &[date(2024, 1, 1)], &mut Trace::new()).is_err());
    assert_eq!(limitation(Right::Refund, date(2024, 2, 28), &[], &mut Trace::new()), Ok(date(2026, 2, 28)));
}

proptest! {
    /// The short cut agrees with the due date itself.
    #[test]
    fn the_short_cut_and_the_calendar_agree(index in 0_i32..190, days in -40_i32..40) {
        let month = month("2010-01").plus(index);
        let on = month.next().last_day() + 24.months() + days.days();
        let due = due_date(month, &mut Trace::new()).expect("in the calendar");
        let until = limitation(Right::Collection, due, &[], &mut Trace::new()).expect("in force");
        prop_assert_eq!(two_years().has_lapsed(month, &[], on), Ok(on > until));
    }
}
