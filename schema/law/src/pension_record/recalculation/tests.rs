//! Both sides of the base date and of the month that must pass.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn only_the_first_of_september_from_2022_on() {
    let on = |base_on| {
        let base = BaseDate { base_on, insured: true, acquired_that_day: false, between: None };
        in_service(&base, None, &mut Trace::new())
    };
    assert_eq!(on(date(2025, 9, 2)).expect_err("not the base date").code(), "bad_input");
    assert_eq!(on(date(2021, 9, 1)).expect_err("before the law").code(), "not_in_force");
    assert!(on(date(2022, 9, 1)).expect("law").is_some());
}

#[test]
fn at_70_nobody_is_revised_by_the_base_date() {
    let base = BaseDate { base_on: date(2025, 9, 1), insured: true, acquired_that_day: false, between: None };
    let of = |birth_on| in_service(&base, Some(birth_on), &mut Trace::new()).expect("law").is_some();
    assert!(!of(date(1955, 9, 2)));
    assert!(of(date(1955, 9, 3)));
}

#[test]
fn an_acquisition_before_the_loss_is_refused() {
    let again = on_retirement(Retirement::Retired(date(2025, 3, 31)), Some(date(2025, 3, 31)), &mut Trace::new());
    assert_eq!(again.expect_err("before the loss").code(), "bad_input");
}

proptest! {
    /// Whatever the day of retirement, the new amount begins in the next month, and no month after the loss is counted.
    #[test]
    fn the_new_amount_begins_in_the_month_after_retirement(days in 0_i32..20_000, again in 0_i32..60) {
        let retired_on = date(2000, 1, 1) + days.days();
        let (lost_on, revised) = on_retirement(Retirement::Retired(retired_on), None, &mut Trace::new()).expect("a day");
        let revised = revised.expect("nobody insured again");
        prop_assert_eq!(revised.new_amount_from, Month::of(retired_on).next());
        prop_assert!(revised.counted_to < Month::of(lost_on));
        let again_on = lost_on + again.days();
        let (_, after) = on_retirement(Retirement::Retired(retired_on), Some(again_on), &mut Trace::new()).expect("a day");
        prop_assert_eq!(after.is_some(), again_on > period_end(lost_on, 1));
    }
}
