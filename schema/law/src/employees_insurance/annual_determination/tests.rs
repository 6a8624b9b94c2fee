//! Who is determined, and from which months.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn case(pays: [i64; 3]) -> AnnualCase {
    let months = (4..=6).zip(pays).map(|(number, pay)| {
        (Month::new(2026, number).expect("a month"), PayMonth { base_days: 30, pay: Yen::new(pay) })
    });
    AnnualCase {
        year: 2026,
        worker: WorkerType::General,
        months: months.collect(),
        previous: Standards { hi: Some(Yen::new(300_000)), epi: Some(Yen::new(300_000)) },
        acquired_on: None,
        revised_from: None,
    }
}

fn outcome(case: &AnnualCase) -> Result<AnnualDetermination, LawError> {
    determine(case, &mut Trace::new())
}

#[test]
fn both_sides_of_the_days_of_acquisition() {
    let from = |day: Date| outcome(&AnnualCase { acquired_on: Some(day), ..case([300_000; 3]) }).map(|made| made.from);
    assert_eq!(from(date(2026, 5, 31)), Ok(Some(month("2026-09"))));
    assert_eq!(from(date(2026, 6, 1)), Ok(None));
    assert_eq!(from(date(2026, 7, 1)), Ok(None));
    assert_eq!(from(date(2026, 7, 2)).expect_err("not insured on 1 July").code(), "bad_input");
}

#[test]
fn both_sides_of_the_months_of_revision() {
    let from = |text: &str| {
        outcome(&AnnualCase { revised_from: Some(month(text)), ..case([300_000; 3]) }).map(|made| made.from)
    };
    assert_eq!(from("2026-06"), Ok(Some(month("2026-09"))));
    assert_eq!(from("2026-07"), Ok(None));
    assert_eq!(from("2026-09"), Ok(None));
    assert_eq!(from("2026-10"), Ok(Some(month("2026-09"))));
}

#[test]
fn months_outside_the_spring_or_twice_are_refused() {
    let with = |numbers: [i8; 2]| {
        let pay = PayMonth { base_days: 30, pay: Yen::new(300_000) };
        let months = numbers.map(|number| (Month::new(2026, number).expect("a month"), pay)).to_vec();
        outcome(&AnnualCase { months, ..case([1; 3]) }).map(|made| made.months_used.len())
    };
    assert_eq!(with([5, 6]), Ok(2));
    for wrong in [[3, 4], [6, 7], [5, 5], [6, 5]] {
        assert_eq!(with(wrong).expect_err("refused").code(), "bad_input", "{wrong:?}");
    }
}

#[test]
fn without_any_month_the_previous_standards_are_needed() {
    let mut short = case([300_000; 3]);
    short.months.iter_mut().for_each(|(_, pay)| pay.base_days = 16);
    let carried = outcome(&short).expect("carried over");
    assert_eq!((carried.average, carried.standards), (None, short.previous));
    let refused = outcome(&AnnualCase { previous: Standards::default(), ..short }).expect_err("refused");
    assert_eq!(refused.code(), "missing_fact");
}

proptest! {
    /// More pay never gives a lower standard, and the average lies between the months.
    #[test]
    fn the_standard_grows_with_the_pay(pays in prop::array::uniform3(0_i64..2_000_000), more in 0_i64..500_000) {
        let made = outcome(&case(pays)).expect("computes");
        let average = made.average.expect("three months").get();
        prop_assert!(pays.iter().min() <= Some(&average) && Some(&average) <= pays.iter().max());
        let raised = outcome(&case([pays[0] + more, pays[1], pays[2]])).expect("computes");
        prop_assert!(raised.standards.hi >= made.standards.hi && raised.standards.epi >= made.standards.epi);
    }
}
