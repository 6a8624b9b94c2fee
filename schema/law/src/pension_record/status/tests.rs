//! Both sides of every age and day.

use jiff::civil::date;
use proptest::prelude::*;

use super::super::life::{EmployeesClass, EmployeesKind};
use super::*;

fn acquired(birth_on: Date, entry: Entry) -> Result<Date, LawError> {
    acquired_on(birth_on, entry, &mut Trace::new())
}

#[test]
fn first_and_third_category_end_where_60_is_attained() {
    // 60 on 2025-05-31.
    let birth_on = date(1965, 6, 1);
    let cat1 = |on| acquired(birth_on, Entry::Cat1 { resident_from: on, exclusion_ended_on: None });
    let cat3 = |on| acquired(birth_on, Entry::Cat3 { dependent_from: on });
    assert_eq!(cat1(date(2025, 5, 30)), Ok(date(2025, 5, 30)));
    assert_eq!(cat3(date(2025, 5, 30)), Ok(date(2025, 5, 30)));
    assert_eq!(cat1(date(2025, 5, 31)).expect_err("60").code(), "bad_input");
    assert_eq!(cat3(date(2025, 5, 31)).expect_err("60").code(), "bad_input");
    // 厚生年金 asks for no age.
    assert_eq!(acquired(birth_on, Entry::Cat2 { insured_from: date(2028, 1, 1) }), Ok(date(2028, 1, 1)));
}

#[test]
fn voluntary_cover_is_for_20_to_64() {
    let birth_on = date(1960, 6, 1);
    let apply = |on| acquired(birth_on, Entry::Voluntary { applied_on: on });
    assert!(apply(date(1980, 5, 30)).is_err());
    assert!(apply(date(1980, 5, 31)).is_ok());
    assert!(apply(date(2025, 5, 30)).is_ok());
    assert!(apply(date(2025, 5, 31)).is_err());
}

#[test]
fn special_voluntary_cover_is_for_65_to_69_and_births_to_1975_04_01() {
    let apply = |birth_on, on| acquired(birth_on, Entry::SpecialVoluntary { applied_on: on });
    assert!(apply(date(1960, 6, 1), date(2025, 5, 30)).is_err());
    assert!(apply(date(1960, 6, 1), date(2025, 5, 31)).is_ok());
    assert!(apply(date(1960, 6, 1), date(2030, 5, 30)).is_ok());
    assert!(apply(date(1960, 6, 1), date(2030, 5, 31)).is_err());
    assert!(apply(date(1975, 4, 1), date(2042, 1, 1)).is_ok());
    assert!(apply(date(1975, 4, 2), date(2042, 1, 1)).is_err());
}

#[test]
fn a_loss_is_the_day_or_the_day_after() {
    let lost = |loss| lost_on(date(1965, 6, 1), loss, &mut Trace::new()).expect("a loss");
    let on = date(2025, 4, 30);
    assert_eq!(lost(Loss::Death(on)), date(2025, 5, 1));
    assert_eq!(lost(Loss::LeftJapan { left_on: on, other_ground_same_day: false }), date(2025, 5, 1));
    assert_eq!(lost(Loss::LeftJapan { left_on: on, other_ground_same_day: true }), on);
    assert_eq!(lost(Loss::DependencyEnded(on)), on);
    assert_eq!(lost(Loss::VoluntaryReminder(on)), date(2025, 5, 1));
    assert_eq!(lost(Loss::Sixty), date(2025, 5, 31));
    assert_eq!(lost(Loss::VoluntaryAge { special: false }), date(2030, 5, 31));
    assert_eq!(lost(Loss::VoluntaryAge { special: true }), date(2035, 5, 31));
}

#[test]
fn what_cannot_be_is_refused() {
    let trace = &mut Trace::new();
    let (acquired, lost) = (date(2025, 4, 10), date(2025, 4, 9));
    assert!(insured_months(CountedScheme::NationalPension, acquired, lost, None, trace).is_err());
    assert!(category_of_month(&[], Month::new(2025, 4).expect("a month"), trace).is_err());
    assert!(age_attained_on(date(1960, 1, 1), 151, trace).is_err());
    assert!(age_attained_on(date(1800, 1, 1), 65, trace).is_err());
}

fn categories() -> impl Strategy<Value = Option<Category>> {
    let cat2 = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };
    prop::sample::select(vec![None, Some(Category::Cat1), Some(cat2), Some(Category::Cat3)])
}

proptest! {
    /// Spells of one life follow one another: the months that they count are never more than the months there are.
    #[test]
    fn a_month_has_at_most_one_owner_and_the_last_event_of_it_decides(
        days in prop::collection::vec((0_i32..400, categories()), 1..8),
    ) {
        use jiff::ToSpan;
        let start = date(2024, 1, 1);
        let events: Vec<CategoryEvent> = days.iter().map(|(days, category)| (start + days.days(), *category)).collect();
        for month in Month::of(start).through(Month::of(date(2025, 2, 28))) {
            let owner = category_of_month(&events, month, &mut Trace::new()).expect("events");
            let mut sorted = events.clone();
            sorted.sort_by_key(|(day, _)| *day);
            let in_month: Vec<&CategoryEvent> = sorted.iter().filter(|(day, _)| Month::of(*day) == month).collect();
            match in_month.iter().rev().find_map(|(_, category)| *category) {
                Some(last) => prop_assert_eq!(owner, Some(last)),
                None if !in_month.is_empty() => prop_assert_eq!(owner, None),
                None => {
                    let held = sorted.iter().rev().find(|(day, _)| Month::of(*day) < month);
                    prop_assert_eq!(owner, held.and_then(|(_, category)| *category));
                }
            }
        }
    }

    /// Cutting a spell at a day gives the same months in sum, as long as each part reaches another month.
    #[test]
    fn months_add_up(first in 0_i32..3000, a in 0_i32..3000, b in 0_i32..3000) {
        use jiff::ToSpan;
        let acquired = date(2000, 1, 1) + first.days();
        let (cut, lost) = (acquired + a.days(), acquired + a.days() + b.days());
        let count = |from, to| {
            insured_months(CountedScheme::NationalPension, from, to, None, &mut Trace::new())
                .expect("in order").map_or(0, |(first, last)| length(first, last))
        };
        if Month::of(acquired) < Month::of(cut) && Month::of(cut) < Month::of(lost) {
            prop_assert_eq!(count(acquired, cut) + count(cut, lost), count(acquired, lost));
        }
    }
}
