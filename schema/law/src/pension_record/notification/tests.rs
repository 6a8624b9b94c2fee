//! Both sides of the two years.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn the_special_notice_is_open_from_2005_04() {
    let late = |on| late_cat3(date(1990, 4, 1), on, &mut Trace::new()).expect("in order");
    assert_eq!(late(date(2005, 3, 31)).with_special_from, late(date(2005, 3, 31)).counts_from);
    assert_eq!(late(date(2005, 4, 1)).with_special_from.to_string(), "1990-04");
}

#[test]
fn a_notice_before_the_acquisition_is_refused() {
    assert!(late_cat3(date(2025, 4, 1), date(2025, 3, 31), &mut Trace::new()).is_err());
}

proptest! {
    /// At most 26 months before the month of the notice are counted: two years and the two months after them.
    #[test]
    fn a_late_notice_counts_at_most_two_years_and_two_months(years in 0_i16..20, month in 1_i8..=12, day in 1_i8..=28) {
        let acquired_on = date(2000, month, day);
        let notified_on = date(2001 + years, 6, 15);
        let late = late_cat3(acquired_on, notified_on, &mut Trace::new()).expect("in order");
        let counted = Month::of(notified_on).months_since(late.counts_from);
        prop_assert!(counted <= 25);
        prop_assert_eq!(late.not_counted_until.is_some(), late.counts_from > Month::of(acquired_on));
        if late.not_counted_until.is_some() {
            prop_assert_eq!(counted, 25);
        }
    }
}
