//! Both sides of every limit, age, cycle and window; who is tested for what.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn person(role: Role, income: i64) -> TestedPerson {
    TestedPerson {
        role,
        income: Yen::new(income),
        deductions: Deductions::default(),
        dependants: Dependants::default(),
        disabled_widow_single_parent: false,
        ground: None,
    }
}

fn application(persons: &[TestedPerson]) -> Application<'_> {
    Application {
        month: month("2025-10"),
        applied_in: month("2025-10"),
        birth: date(1990, 5, 10),
        student: false,
        persons,
        order: ReviewOrder::Form,
    }
}

fn granted(application: &Application<'_>) -> Option<Relief> {
    review(application, &mut Trace::new()).expect("reviewed")
}

fn alone(income: i64) -> Option<Relief> {
    granted(&application(&[person(Role::Insured, income)]))
}

#[test]
fn each_limit_on_both_sides() {
    assert_eq!((alone(670_000), alone(670_001)), (Some(Relief::Full), Some(Relief::ThreeQuarters)));
    assert_eq!((alone(880_000), alone(880_001)), (Some(Relief::ThreeQuarters), Some(Relief::Half)));
    assert_eq!((alone(1_280_000), alone(1_280_001)), (Some(Relief::Half), Some(Relief::OneQuarter)));
    assert_eq!((alone(1_680_000), alone(1_680_001)), (Some(Relief::OneQuarter), None));
}

#[test]
fn the_head_of_household_stands_in_the_way_of_exemption_but_not_of_deferral() {
    let rich_parent = [person(Role::Insured, 0), person(Role::Head, 9_000_000)];
    assert_eq!(granted(&application(&rich_parent)), Some(Relief::Deferral));
    let rich_spouse = [person(Role::Insured, 0), person(Role::Spouse, 9_000_000)];
    assert_eq!(granted(&application(&rich_spouse)), None);
    assert_eq!(granted(&Application { student: true, ..application(&rich_spouse) }), Some(Relief::Student));
    let parent_quarter = [person(Role::Insured, 0), person(Role::Head, 1_680_000)];
    let exemptions = Application { order: ReviewOrder::ExemptionsFirst, ..application(&parent_quarter) };
    assert_eq!(granted(&exemptions), Some(Relief::OneQuarter));
}

#[test]
fn deferral_ends_before_the_month_in_which_fifty_is_attained() {
    let persons = [person(Role::Insured, 0), person(Role::Head, 9_000_000)];
    // Born 1975-11-01: 50 is attained on 2025-10-31. Born 1975-11-02: on 2025-11-01.
    let born = |birth| granted(&Application { birth, ..application(&persons) });
    assert_eq!((born(date(1975, 11, 1)), born(date(1975, 11, 2))), (None, Some(Relief::Deferral)));
    let at = |birth, text: &str| is_young_enough(birth, month(text), &mut Trace::new());
    assert_eq!(at(date(1986, 6, 10), "2016-05"), Ok(true));
    assert_eq!(at(date(1986, 6, 10), "2016-06"), Ok(false), "thirty until June 2016");
    assert_eq!(at(date(1986, 6, 10), "2016-07"), Ok(true), "fifty from July 2016");
    assert!(at(date(1986, 6, 10), "2006-06").is_err());
}

#[test]
fn a_student_is_tested_alone_and_for_nothing_else() {
    let student = |income| {
        let persons = [person(Role::Insured, income), person(Role::Head, 9_000_000)];
        granted(&Application { student: true, ..application(&persons) })
    };
    assert_eq!((student(1_280_000), student(1_280_001)), (Some(Relief::Student), None));
}

#[test]
fn grounds_without_income() {
    let with = |ground, income| {
        let persons = [TestedPerson { ground, ..person(Role::Insured, income) }];
        granted(&application(&persons))
    };
    assert_eq!(with(Some(Ground::DisasterOrUnemployment), 9_000_000), Some(Relief::Full));
    assert_eq!(with(Some(Ground::PublicAssistance), 9_000_000), Some(Relief::Full));
    let widow = |income| {
        let persons = [TestedPerson { disabled_widow_single_parent: true, ..person(Role::Insured, income) }];
        granted(&application(&persons))
    };
    assert_eq!((widow(1_350_000), widow(1_350_001)), (Some(Relief::Full), Some(Relief::OneQuarter)));
    let unemployed_with_rich_spouse = [
        TestedPerson { ground: Some(Ground::DisasterOrUnemployment), ..person(Role::Insured, 9_000_000) },
        person(Role::Spouse, 9_000_000),
    ];
    assert_eq!(granted(&application(&unemployed_with_rich_spouse)), None);
}

#[test]
fn the_income_of_the_year_before_last_until_june_and_for_students_until_march() {
    let of = |relief, text| income_year(relief, month(text));
    assert_eq!((of(Relief::Full, "2026-06"), of(Relief::Full, "2026-07")), (2024, 2025));
    assert_eq!((of(Relief::Student, "2026-03"), of(Relief::Student, "2026-04")), (2024, 2025));
    assert_eq!((of(Relief::Deferral, "2025-12"), of(Relief::Deferral, "2026-01")), (2024, 2024));
    assert_eq!(cycle(Relief::Full, month("2026-06")), (month("2025-07"), month("2026-06")));
    assert_eq!(cycle(Relief::Full, month("2026-07")), (month("2026-07"), month("2027-06")));
    assert_eq!(cycle(Relief::Student, month("2026-03")), (month("2025-04"), month("2026-03")));
}

#[test]
fn two_years_and_a_month_back_to_the_end_of_the_cycle() {
    let open = |relief, text| months_open(relief, month(text), &mut Trace::new());
    assert_eq!(open(Relief::Full, "2025-07"), Ok((month("2023-06"), month("2026-06"))));
    assert_eq!(open(Relief::Full, "2025-06"), Ok((month("2023-05"), month("2025-06"))));
    assert_eq!(open(Relief::Student, "2025-07"), Ok((month("2023-06"), month("2026-03"))));
    assert!(open(Relief::Full, "2014-03").is_err() && open(Relief::Full, "2014-04").is_ok());
    let persons = [person(Role::Insured, 0)];
    let ask = |of: &str| review(&Application { month: month(of), ..application(&persons) }, &mut Trace::new()).is_ok();
    assert!(!ask("2023-08") && ask("2023-09") && ask("2026-06") && !ask("2026-07"));
}

#[test]
fn the_insured_must_be_there_once() {
    for persons in [
        vec![],
        vec![person(Role::Head, 0)],
        vec![person(Role::Insured, 0), person(Role::Insured, 0)],
        vec![person(Role::Insured, 0), person(Role::Head, 0), person(Role::Head, 0)],
        vec![person(Role::Insured, -1)],
    ] {
        assert!(matches!(review(&application(&persons), &mut Trace::new()), Err(LawError::BadInput { .. })));
    }
}

proptest! {
    #[test]
    fn a_higher_income_never_exempts_more(income in 0_i64..2_000_000, more in 0_i64..500_000) {
        let rank = |relief: Option<Relief>| relief.map_or(9, |relief| match relief {
            Relief::Full => 0,
            Relief::ThreeQuarters => 1,
            Relief::Half => 2,
            Relief::OneQuarter => 3,
            _ => 4,
        });
        prop_assert!(rank(alone(income)) <= rank(alone(income + more)));
    }
}
