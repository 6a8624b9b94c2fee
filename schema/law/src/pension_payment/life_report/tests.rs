//! The last day of the month of birth and the day after.

use jiff::civil::date;

use super::*;

fn withheld(on: Date, received_on: Option<Date>, resident_record: bool) -> bool {
    let check = LifeCheck { birth: date(1950, 6, 1), year: 2025, resident_record, received_on, on };
    life_report(&check, &mut Trace::new()).expect("a day").withheld
}

#[test]
fn withheld_from_the_day_after_until_it_comes() {
    assert!(!withheld(date(2025, 6, 30), None, false));
    assert!(withheld(date(2025, 7, 1), None, false));
    assert!(!withheld(date(2025, 7, 1), None, true));
    assert!(withheld(date(2025, 7, 9), Some(date(2025, 7, 10)), false));
    assert!(!withheld(date(2025, 7, 10), Some(date(2025, 7, 10)), false));
}

#[test]
fn born_on_29_february_has_a_last_day_every_year() {
    let check = LifeCheck {
        birth: date(1948, 2, 29),
        year: 2025,
        resident_record: false,
        received_on: None,
        on: date(2025, 1, 1),
    };
    assert_eq!(life_report(&check, &mut Trace::new()).expect("a day").due_on, Some(date(2025, 2, 28)));
}
