//! Every event, day by day: cover begins on it and ends after it.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn days_that_cannot_be_are_refused() {
    assert!(acquired_on(AcquisitionCause::Employed(Date::MAX), &mut Trace::new()).is_err());
    assert!(acquired_on(AcquisitionCause::ByTheDayOverOneMonth(Date::MIN), &mut Trace::new()).is_err());
    let birth = date(1980, 5, 10);
    let lost = |cause| lost_on(cause, birth, false, &mut Trace::new());
    assert!(lost(LossCause::Death(date(1980, 5, 9))).is_err());
    assert_eq!(lost(LossCause::Death(birth)).map(|lost| lost.hi_on), Ok(date(1980, 5, 11)));
    assert!(lost(LossCause::Excluded(Date::MAX)).is_err());
    assert_eq!(
        notification_deadline(date(2029, 1, 1), &mut Trace::new()).expect_err("no holidays").code(),
        "outside_calendar"
    );
}

#[test]
fn a_death_is_always_the_next_day() {
    let lost = lost_on(LossCause::Death(date(2025, 9, 30)), date(1980, 5, 10), true, &mut Trace::new());
    assert_eq!(lost.expect("a day").epi_on, date(2025, 10, 1));
}

proptest! {
    #[test]
    fn loss_is_the_day_after_or_by_age(start in 0_i32..40_000) {
        let (birth, on) = (date(1940, 6, 15), date(1990, 1, 1) + start.days());
        prop_assume!(on > birth);
        let lost = |same_day| {
            lost_on(LossCause::EmploymentEnded(on), birth, same_day, &mut Trace::new()).expect("days in order")
        };
        let (plain, same) = (lost(false), lost(true));
        prop_assert_eq!(plain.epi_on, (on + 1.day()).min(date(2010, 6, 14)));
        prop_assert_eq!(plain.hi_on, (on + 1.day()).min(date(2015, 6, 15)));
        prop_assert!(same.epi_on <= plain.epi_on && same.hi_on <= plain.hi_on);
    }
}
