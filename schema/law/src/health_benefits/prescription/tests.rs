//! Two years from the day after, whatever the day.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::health_benefits::days::days_after;

#[test]
fn days_outside_the_years_of_the_act_are_refused() {
    for day in [date(1926, 12, 31), date(9000, 1, 1)] {
        for event in [
            Event::DayAway(day),
            Event::Birth(day),
            Event::Death(day),
            Event::Burial(day),
            Event::Payment(day),
            Event::BaseDate(day),
            Event::HighCost { care_month: "2024-08".parse().expect("a month"), paid_on: Some(day) },
        ] {
            assert_eq!(prescription(event, &mut Trace::new()).expect_err("refused").code(), "bad_input", "{event:?}");
        }
    }
    let early = Event::HighCost { care_month: "1926-11".parse().expect("a month"), paid_on: None };
    assert!(prescription(early, &mut Trace::new()).is_err());
}

#[test]
fn each_benefit_names_its_own_clause() {
    let day = date(2025, 4, 1);
    let clause = |event| {
        let mut trace = Trace::new();
        prescription(event, &mut trace).expect("in range");
        trace.steps()[0].clause.to_string()
    };
    assert!(clause(Event::DayAway(day)).contains("199号の2"));
    assert!(clause(Event::Birth(day)).contains("4147号"));
    assert!(clause(Event::Burial(day)).contains("4147号"));
    assert!(clause(Event::Payment(day)).contains("1903号"));
    assert!(clause(Event::HighCost { care_month: Month::of(day), paid_on: None }).contains("99号"));
}

proptest! {
    #[test]
    fn two_years_are_730_or_731_days(offset in 0_i64..40_000) {
        let day = plus_days(date(1927, 1, 1), offset);
        let found = prescription(Event::DayAway(day), &mut Trace::new()).expect("in range");
        prop_assert_eq!(days_after(day, found.starts_on), 1);
        prop_assert!((729..=730).contains(&days_after(found.starts_on, found.last_day)), "{found:?}");
        // A payment in the month of care or before never moves the start; a later one always does.
        let month = Month::of(day);
        let with = |paid_on| {
            prescription(Event::HighCost { care_month: month, paid_on }, &mut Trace::new()).expect("in range").starts_on
        };
        prop_assert_eq!(with(Some(day)), with(None));
        prop_assert_eq!(with(Some(plus_days(month.last_day(), 1))), plus_days(month.last_day(), 2));
    }
}
