//! Both ends of the guarantee.

use jiff::civil::date;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn guarantee(born_on: Date, applied_on: Date) -> Guarantee {
    Guarantee {
        child_born_on: born_on,
        raising_from: born_on,
        applied_on,
        before: Yen::new(300_000),
        ended_on: None,
        standards: month("2020-01").through(month("2030-12")).map(|month| (month, Yen::new(200_000))).collect(),
    }
}

/// First and last month that are raised.
fn raised(guarantee: &Guarantee) -> (String, String) {
    let counted = pension_standards(guarantee, &mut Trace::new()).expect("computes");
    let months: Vec<Month> =
        counted.iter().filter(|(_, yen)| *yen == Yen::new(300_000)).map(|(month, _)| *month).collect();
    assert!(months.windows(2).all(|pair| pair[0].next() == pair[1]), "one run of months");
    (months[0].to_string(), months[months.len() - 1].to_string())
}

#[test]
fn from_the_month_of_birth_to_the_month_before_the_third_birthday() {
    let span = |born_on: Date| raised(&guarantee(born_on, date(2025, 1, 31)));
    assert_eq!(span(date(2024, 5, 1)), ("2024-05".to_owned(), "2027-04".to_owned()));
    assert_eq!(span(date(2024, 5, 31)), ("2024-05".to_owned(), "2027-04".to_owned()));
    assert_eq!(span(date(2024, 2, 29)), ("2024-02".to_owned(), "2027-02".to_owned()));
}

#[test]
fn two_years_before_the_month_of_application_at_most() {
    let late = |applied_on: Date| raised(&guarantee(date(2023, 3, 10), applied_on)).0;
    assert_eq!(late(date(2025, 3, 31)), "2023-03");
    assert_eq!(late(date(2025, 4, 1)), "2023-04");
}

#[test]
fn an_earlier_end() {
    let ended =
        |day: Date| raised(&Guarantee { ended_on: Some(day), ..guarantee(date(2024, 5, 10), date(2025, 1, 1)) }).1;
    assert_eq!(ended(date(2025, 3, 30)), "2025-02");
    assert_eq!(ended(date(2025, 3, 31)), "2025-03");
    assert_eq!(ended(date(2029, 1, 1)), "2027-04");
}

#[test]
fn what_cannot_be_is_refused() {
    let code = |guarantee: &Guarantee| pension_standards(guarantee, &mut Trace::new()).expect_err("refused").code();
    let good = guarantee(date(2024, 5, 10), date(2025, 1, 1));
    assert_eq!(code(&Guarantee { raising_from: date(2024, 5, 9), ..good.clone() }), "bad_input");
    assert_eq!(code(&Guarantee { applied_on: date(2024, 5, 9), ..good.clone() }), "bad_input");
    assert_eq!(code(&Guarantee { before: Yen::new(-1), ..good.clone() }), "bad_input");
    let twice = vec![(month("2025-01"), Yen::ZERO); 2];
    assert_eq!(code(&Guarantee { standards: twice, ..good.clone() }), "bad_input");
    let negative = vec![(month("2025-01"), Yen::new(-1))];
    assert_eq!(code(&Guarantee { standards: negative, ..good.clone() }), "bad_input");
    let same_day = Guarantee {
        applied_on: good.raising_from,
        before: Yen::ZERO,
        standards: vec![(month("2025-01"), Yen::ZERO)],
        ..good
    };
    assert!(pension_standards(&same_day, &mut Trace::new()).is_ok(), "applied for on the day it begins, no pay");
    assert!(pension_standards(&guarantee(date(2005, 4, 1), date(2005, 4, 1)), &mut Trace::new()).is_ok());
    assert_eq!(code(&guarantee(date(2005, 3, 31), date(2005, 4, 1))), "not_in_force");
}

/// Born 2024-05-10: from May 2024 to April 2027 are 36 months.
#[test]
fn the_receipt_counts_the_months_that_are_raised() {
    let mut trace = Trace::new();
    pension_standards(&guarantee(date(2024, 5, 10), date(2025, 1, 1)), &mut trace).expect("computes");
    assert_eq!(trace.steps()[1].result, "36か月");
}
