//! Two years, and what renews them.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn a_renewal_after_the_lapse_is_refused() {
    let until = |day| limitation(Right::Collection, date(2023, 6, 30), &[day], &mut Trace::new());
    assert!(until(date(2025, 6, 30)).is_ok(), "the last day");
    assert_eq!(until(date(2025, 7, 1)).expect_err("lapsed").code(), "bad_input");
    assert_eq!(until(date(2023, 6, 29)).expect_err("before").code(), "bad_input");
    assert!(until(date(2023, 6, 30)).is_ok(), "on the due date itself");
    assert!(limitation(Right::Refund, Date::MAX, &[], &mut Trace::new()).is_err());
}

#[test]
fn what_retroactive_cover_cannot_be() {
    let months = |acquired_on, notified_on| retroactive_months(acquired_on, notified_on, &mut Trace::new());
    assert_eq!(months(date(2025, 6, 21), date(2025, 6, 20)).expect_err("later").code(), "bad_input");
    assert_eq!(months(date(2025, 6, 1), date(2025, 6, 20)).expect("in the calendar"), []);
    assert_eq!(months(date(2025, 6, 20), date(2025, 6, 20)).expect("in the calendar"), [], "on the same day");
    assert_eq!(months(date(2000, 1, 1), date(2035, 6, 20)).expect_err("no holidays known").code(), "outside_calendar");
}

#[test]
fn the_receipt_says_which_right_lapses() {
    for (right, words) in [(Right::Collection, "保険料を徴収する権利"), (Right::Refund, "還付を受ける権利")]
    {
        let mut trace = Trace::new();
        limitation(right, date(2023, 6, 30), &[], &mut trace).expect("a day");
        assert!(trace.steps()[0].expression.starts_with(words), "{}", trace.steps()[0].expression);
    }
}

proptest! {
    #[test]
    fn about_two_years_of_months_are_left(start in 0_i32..4_000) {
        let notified_on = date(2013, 1, 1) + start.days();
        let months = retroactive_months(date(2010, 4, 1), notified_on, &mut Trace::new()).expect("in the calendar");
        prop_assert!((24..=26).contains(&months.len()), "{} at {notified_on}", months.len());
        prop_assert_eq!(months.last().copied(), Some(Month::of(notified_on).previous()));
        prop_assert!(months.windows(2).all(|pair| pair[0].next() == pair[1]));
    }

    #[test]
    fn it_lapses_two_years_after_its_day(start in 0_i32..20_000) {
        let on = date(1980, 1, 1) + start.days();
        let until = limitation(Right::Refund, on, &[], &mut Trace::new()).expect("a day");
        prop_assert!(!until.has_lapsed(until.until) && until.has_lapsed(until.until + 1.day()));
        let expected = on + 2.years();
        let leap = (on.month(), on.day()) == (2, 28) && until.until.day() != 28;
        prop_assert!(until.until == expected || leap, "{on} {until:?}");
    }
}

#[test]
fn the_oldest_month_on_both_sides_of_its_last_day() {
    let oldest = |on: Date| oldest_month(on, &mut Trace::new()).expect("the calendar reaches").to_string();
    assert_eq!(oldest(date(2026, 7, 31)), "2024-06");
    assert_eq!(oldest(date(2026, 8, 1)), "2024-07");
    // 2024-08-31 was a Saturday: 2024-07 was due on Monday 2 September.
    assert_eq!(oldest(date(2026, 9, 2)), "2024-07");
    assert_eq!(oldest(date(2026, 9, 3)), "2024-08");
    // 2024-01 was due on 29 February 2024; two years on, February has 28 days (民法143条2項).
    assert_eq!(oldest(date(2026, 2, 28)), "2024-01");
    assert_eq!(oldest(date(2026, 3, 1)), "2024-02");
    assert!(oldest_month(date(2045, 1, 1), &mut Trace::new()).is_err());
}
