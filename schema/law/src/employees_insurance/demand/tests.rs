//! Ten days, counted with the day of issue.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn a_deadline_too_early_is_refused_and_the_first_one_taken() {
    let until = |deadline| payable_until(date(2025, 6, 2), date(2025, 6, 17), deadline, &mut Trace::new());
    assert_eq!(until(date(2025, 6, 26)).expect_err("the tenth day itself").code(), "bad_input");
    assert_eq!(until(date(2025, 6, 27)), Ok(date(2025, 6, 27)));
    assert_eq!(until(date(2025, 6, 28)), Ok(date(2025, 6, 30)), "a Saturday moves to Monday");
}

#[test]
fn a_demand_follows_the_due_date() {
    let due_on = date(2025, 6, 2);
    let issued = |day| demand(due_on, day, false, &mut Trace::new());
    assert_eq!(issued(due_on).expect_err("not yet due").code(), "bad_input");
    assert!(issued(date(2025, 6, 3)).is_ok());
    assert_eq!(issued(Date::MAX).expect_err("no such day").code(), "bad_input");
    assert_eq!(issued(date(2029, 1, 5)).expect_err("no holidays known").code(), "outside_calendar");
}

proptest! {
    #[test]
    fn the_earliest_deadline_is_open_and_ten_days_off(start in 0_i32..1_500) {
        let due_on = date(2023, 5, 31) + start.days();
        let issued_on = due_on + 15.days();
        let earliest = demand(due_on, issued_on, false, &mut Trace::new()).expect("in the calendar").earliest_deadline;
        let earliest = earliest.expect("sent");
        prop_assert!(earliest >= issued_on + 10.days() && earliest <= issued_on + 20.days());
        prop_assert_eq!(payable_until(due_on, issued_on, earliest, &mut Trace::new()), Ok(earliest));
    }
}
