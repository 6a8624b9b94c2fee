//! The table by its edges; requirements by cases are in the golden table.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn worker() -> ShortTime {
    ShortTime {
        weekly_hours: Ratio::new(20, 1),
        monthly_wage: Yen::new(88_000),
        employed_from: date(2016, 10, 1),
        expected_until: None,
        daytime_student: false,
        size: Size::Any,
        wage_test: WageTest::EndsAsPlanned,
    }
}

fn failed(on: Date, worker: &ShortTime) -> Result<Vec<&'static str>, &'static str> {
    requirements_failed(on, worker, &mut Trace::new()).map_err(|error| error.code())
}

#[test]
fn every_size_holds_from_october_to_september() {
    let sizes = [(2016, 501), (2022, 101), (2024, 51), (2027, 36), (2029, 21), (2032, 11), (2035, 1)];
    for (place, (year, size)) in sizes.into_iter().enumerate() {
        let first = Month::new(year, 10).expect("a month");
        let at = |month| SCOPE.at(SIZE, month, &mut Trace::new()).map(|bound| bound.value);
        assert_eq!(at(first), Ok(size));
        match place {
            0 => assert!(at(first.previous()).is_err()),
            _ => assert_eq!(at(first.previous()), Ok(sizes[place - 1].1)),
        }
    }
}

#[test]
fn the_base_days_are_on_file() {
    let days = |key, text: &str| SCOPE.at(key, month(text), &mut Trace::new()).map(|bound| bound.value);
    assert_eq!(days("base_days_required_part_timer", "2016-10"), Ok(11));
    assert!(days("base_days_required_part_timer", "2016-09").is_err());
    assert_eq!(days("base_days_required_regular", "2006-07"), Ok(17));
    assert!(days("base_days_required_regular", "2006-06").is_err());
}

#[test]
fn before_the_rule_and_after_the_last_check_it_refuses() {
    assert_eq!(failed(date(2016, 9, 30), &worker()), Err("not_in_force"));
    assert_eq!(failed(date(2016, 10, 1), &worker()), Ok(vec![]));
    assert_eq!(failed(date(2036, 3, 31), &worker()), Ok(vec![]));
    assert_eq!(failed(date(2036, 4, 1), &worker()), Err("past_last_check"));
    assert_eq!(failed(Date::MAX, &worker()), Err("bad_input"));
    let backwards = ShortTime { expected_until: Some(date(2016, 9, 30)), ..worker() };
    assert_eq!(failed(date(2026, 4, 1), &backwards), Err("bad_input"));
    let one_day = ShortTime { expected_until: Some(date(2016, 10, 1)), ..worker() };
    assert_eq!(failed(date(2016, 10, 1), &one_day), Ok(vec!["雇用期間の見込み"]));
}

#[test]
fn the_end_of_the_wage_test_is_told_as_a_setting() {
    let told = |on, worker: &ShortTime| {
        let mut trace = Trace::new();
        requirements_failed(on, worker, &mut trace).expect("in force");
        trace.steps().iter().any(|step| step.expression.contains("設定"))
    };
    let cheap = ShortTime { monthly_wage: Yen::new(87_999), ..worker() };
    assert!(!told(date(2026, 9, 30), &cheap));
    assert!(told(date(2026, 10, 1), &cheap));
    assert!(told(date(2026, 10, 1), &ShortTime { wage_test: WageTest::GoesOn, ..cheap }));
}

#[test]
fn twelve_months_make_a_year() {
    let specified = |counts: &[i32]| is_specified(date(2026, 4, 1), counts, &mut Trace::new());
    assert!(specified(&[51; 11]).is_err() && specified(&[51; 13]).is_err());
    assert_eq!(specified(&[51; 12]), Ok(true));
    for (reached, words) in [(5, "特定適用事業所ではない"), (6, "特定適用事業所")] {
        let mut trace = Trace::new();
        let counts: Vec<i32> = (0..12).map(|place| if place < reached { 51 } else { 50 }).collect();
        assert_eq!(is_specified(date(2026, 4, 1), &counts, &mut trace), Ok(reached == 6));
        assert_eq!(trace.steps()[0].result, words);
    }
}

#[test]
fn a_month_twice_is_refused() {
    let twice = [(month("2026-04"), Ratio::new(20, 1)), (month("2026-04"), Ratio::new(21, 1))];
    assert!(start_by_hours_worked(&twice, &mut Trace::new()).is_err());
    assert_eq!(start_by_hours_worked(&[], &mut Trace::new()), Ok(None));
}

proptest! {
    #[test]
    fn better_terms_never_fail_more(hours in 0_i128..400, wage in 0_i64..200_000, size in 0_i32..600, months in 0_i32..114) {
        let on = month("2016-10").plus(months).first_day();
        let terms = ShortTime {
            weekly_hours: Ratio::new(hours, 10), monthly_wage: Yen::new(wage), size: Size::Insured(size), ..worker()
        };
        let count = |terms: &ShortTime| failed(on, terms).expect("in force").len();
        let better = ShortTime {
            weekly_hours: Ratio::new(hours + 1, 10), monthly_wage: Yen::new(wage + 1), size: Size::Insured(size + 1), ..terms
        };
        prop_assert!(count(&better) <= count(&terms));
        let student = ShortTime { daytime_student: true, ..terms };
        prop_assert!(count(&student) == count(&terms) + 1);
    }
}
