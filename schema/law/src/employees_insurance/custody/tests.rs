//! Orders of days that cannot be.

use jiff::civil::date;

use super::*;

#[test]
fn days_in_the_wrong_order_are_refused() {
    let refused = |acquired_on, held_from, released_on| {
        months(acquired_on, held_from, released_on, &mut Trace::new()).expect_err("refused").code()
    };
    assert_eq!(refused(date(2025, 5, 2), date(2025, 5, 1), None), "bad_input");
    assert_eq!(refused(date(2025, 5, 1), date(2025, 5, 2), Some(date(2025, 5, 1))), "bad_input");
    assert_eq!(refused(date(2025, 5, 1), date(2025, 5, 2), Some(Date::MAX)), "bad_input");
}

#[test]
fn the_month_of_acquisition_decides() {
    let first = |acquired_on| {
        let found = months(acquired_on, date(2025, 5, 31), None, &mut Trace::new()).expect("in order");
        found.expect("it lasts").first.to_string()
    };
    assert_eq!(first(date(2025, 4, 30)), "2025-05");
    assert_eq!(first(date(2025, 5, 1)), "2025-06");
}

/// 健康保険法158条: held on the day of acquisition, free from the month after; free again on the day he was held: no month.
#[test]
fn one_day_can_be_all_of_it() {
    let day = date(2025, 5, 1);
    let found = months(day, day, None, &mut Trace::new()).expect("in order").expect("it lasts");
    assert_eq!(found.first.to_string(), "2025-06");
    assert_eq!(months(date(2020, 4, 1), day, Some(day), &mut Trace::new()), Ok(None));
}
