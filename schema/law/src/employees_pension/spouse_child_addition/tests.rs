//! Amounts at each birth, and that one month follows another without a hole; the dates are in the golden table.

use domain::Month;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn amounts(birth: Date, year: i16) -> AdditionAmounts {
    addition_amounts(birth, year, &mut Trace::new()).expect("on file")
}

fn pensioner() -> Pensioner {
    Pensioner { based_on: date(2020, 4, 30), months: 240, middle_age_rule: false, fully_stopped: Vec::new() }
}

fn spouse(birth: Date) -> Spouse {
    let own = OwnPension { old_age_from: None, old_age_fully_stopped: Vec::new(), disability: None };
    Spouse { birth, dependent: true, ended_on: None, own }
}

fn key(at: Month, pensioner: &Pensioner, spouse: &Spouse) -> &'static str {
    spouse_standing(at, pensioner, spouse, &mut Trace::new()).expect("in force").key()
}

#[test]
fn the_special_addition_goes_by_the_pensioners_birth() {
    let special = |year, month, day| amounts(date(year, month, day), 2025).special.get();
    let edges = [
        (1934, 0, 35_400),
        (1940, 35_400, 70_600),
        (1941, 70_600, 106_000),
        (1942, 106_000, 141_200),
        (1943, 141_200, 176_600),
    ];
    for (year, before, after) in edges {
        assert_eq!((special(year, 4, 1), special(year, 4, 2)), (before, after), "{year}");
    }
}

#[test]
fn children_are_the_same_for_every_birth() {
    for year in 2015..=2026 {
        let (old, young) = (amounts(date(1930, 1, 1), year), amounts(date(1960, 1, 1), year));
        assert_eq!((old.child_1st_2nd, old.child_3rd_on), (young.child_1st_2nd, young.child_3rd_on));
        assert_eq!(young.spouse, young.child_1st_2nd, "{year}: both are 224,700円 × 改定率");
    }
    let of = |children| amounts(date(1960, 1, 1), 2025).children(children).get();
    assert_eq!([of(0), of(1), of(2), of(3), of(4)], [0, 239_300, 478_600, 558_400, 638_200]);
    let ask = |children| children_addition(&amounts(date(1960, 1, 1), 2025), children, &mut Trace::new());
    assert!(ask(-1).is_err() && ask(101).is_err() && ask(100).is_ok());
}

#[test]
fn years_outside_are_refused() {
    let ask = |year| addition_amounts(date(1960, 1, 1), year, &mut Trace::new()).expect_err("refused");
    assert!(matches!(ask(2014), LawError::NotInForce { .. }) && matches!(ask(2027), LawError::PastLastCheck { .. }));
}

#[test]
fn spouses_of_the_oldest_group_keep_it_after_65() {
    let long_ago = Pensioner { based_on: date(1990, 5, 10), ..pensioner() };
    assert_eq!(key(month("2020-01"), &long_ago, &spouse(date(1926, 4, 1))), "payable");
    assert_eq!(key(month("2020-01"), &long_ago, &spouse(date(1926, 4, 2))), "ended");
}

#[test]
fn a_fact_that_was_missing_on_the_base_day_never_comes() {
    let alone = Spouse { dependent: false, ..spouse(date(1962, 1, 1)) };
    assert_eq!(key(month("2022-01"), &pensioner(), &alone), "never");
    let bad = Pensioner { months: -1, ..pensioner() };
    assert!(spouse_standing(month("2022-01"), &bad, &alone, &mut Trace::new()).is_err());
    assert!(spouse_standing(month("2027-04"), &pensioner(), &alone, &mut Trace::new()).is_err());
}

/// Who was not paid for March 2022 is not kept: the pensioner's own pension was wholly stopped then.
#[test]
fn the_transitional_rule_needs_payment_for_march_2022() {
    let months = |from: &str, until: &str| month(from).through(month(until)).collect::<Vec<Month>>();
    let mut working = spouse(date(1960, 5, 1));
    working.own.old_age_from = Some(date(2021, 10, 31));
    working.own.old_age_fully_stopped = months("2021-11", "2023-03");
    assert_eq!(key(month("2023-03"), &pensioner(), &working), "payable");
    let stopped = Pensioner { fully_stopped: months("2022-03", "2022-03"), ..pensioner() };
    assert_eq!(key(month("2023-03"), &stopped, &working), "suspended");
    let later = Pensioner { based_on: date(2022, 3, 31), ..pensioner() };
    assert_eq!(key(month("2023-03"), &later, &working), "suspended");
    working.own.old_age_fully_stopped = [months("2021-11", "2022-06"), months("2022-08", "2023-03")].concat();
    assert_eq!(key(month("2022-06"), &pensioner(), &working), "payable");
    assert_eq!(key(month("2023-03"), &pensioner(), &working), "suspended");
}

proptest! {
    /// not_yet*, payable*, ended*: nothing comes back.
    #[test]
    fn a_standing_never_goes_back(days in 0_i64..9_000, ends in 0_i64..6_000, child: bool) {
        let birth = date(if child { 1998 } else { 1955 }, 1, 1).saturating_add(jiff::Span::new().days(days));
        let ended_on = Some(date(2018, 1, 1).saturating_add(jiff::Span::new().days(ends)));
        let mut last = 0;
        for at in month("2019-01").through(month("2027-03")) {
            let found = if child {
                let child = Child { birth, dependent: true, disabled: days % 2 == 0, ended_on };
                child_standing(at, &pensioner(), &child, &mut Trace::new())
            } else {
                spouse_standing(at, &pensioner(), &Spouse { ended_on, ..spouse(birth) }, &mut Trace::new())
            };
            let place = match found.expect("in force") {
                Standing::NotYet => 0,
                Standing::Payable | Standing::Suspended(_) => 1,
                Standing::Ended(_) | Standing::Never(_) => 2,
            };
            prop_assert!(place >= last, "{birth} {at}");
            last = place;
        }
    }
}
