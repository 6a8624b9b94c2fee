//! Both sides of the day on which a month lapses.

use jiff::civil::date;

use super::*;

fn oldest(on: Date) -> String {
    oldest_month(on, &mut Trace::new()).expect("the calendar reaches").to_string()
}

#[test]
fn two_years_from_the_day_after_the_due_date() {
    let last = |month: &str| last_day(month.parse().expect("a month"), &mut Trace::new()).expect("a day");
    assert_eq!(last("2024-06"), date(2026, 7, 31));
    // 2024-08-31 was a Saturday: due on Monday 2 September.
    assert_eq!(last("2024-07"), date(2026, 9, 2));
    // Due on 29 February 2024; two years on, February has 28 days (民法143条2項).
    assert_eq!(last("2024-01"), date(2026, 2, 28));
}

#[test]
fn the_oldest_month_on_both_sides_of_its_last_day() {
    assert_eq!(oldest(date(2026, 7, 31)), "2024-06");
    assert_eq!(oldest(date(2026, 8, 1)), "2024-07");
    assert_eq!(oldest(date(2026, 9, 2)), "2024-07");
    assert_eq!(oldest(date(2026, 9, 3)), "2024-08");
    assert!(oldest_month(date(2045, 1, 1), &mut Trace::new()).is_err());
}
