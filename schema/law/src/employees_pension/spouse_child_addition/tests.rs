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
    assert_eq!(ask(0), Ok(Yen::ZERO));
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

/// 46条6項: from the month after the right of the disability pension, to the month of its end, or for good.
#[test]
fn a_disability_pension_of_the_spouse_suspends() {
    let of = |at, until| {
        let mut disabled = spouse(date(1962, 5, 1));
        disabled.own.disability = Some((date(2024, 4, 10), until));
        key(month(at), &pensioner(), &disabled)
    };
    let until = Some(date(2024, 6, 10));
    assert_eq!(
        ["2024-04", "2024-05", "2024-06", "2024-07"].map(|at| of(at, until)),
        ["payable", "suspended", "suspended", "payable"]
    );
    assert_eq!((of("2024-04", None), of("2026-12", None)), ("payable", "suspended"));
}

/// 令和3年政令229号附則: kept where it was paid for March 2022; a right of March or later comes too late for that.
#[test]
fn a_right_that_arose_in_march_2022_suspends_from_april() {
    let of = |from, stopped_from: &str, at| {
        let mut working = spouse(date(1960, 5, 1));
        working.own.old_age_from = Some(from);
        working.own.old_age_fully_stopped = month(stopped_from).through(month("2023-03")).collect();
        key(month(at), &pensioner(), &working)
    };
    assert_eq!(of(date(2022, 3, 31), "2022-04", "2022-04"), "suspended");
    assert_eq!(of(date(2022, 3, 10), "2022-03", "2022-04"), "suspended");
    assert_eq!(of(date(2022, 2, 28), "2022-03", "2022-04"), "payable");
}

/// 44条1項・4項: a child is one to 31 March after 18, counted on the base day; the month of an end is paid.
#[test]
fn a_child_on_the_edges_of_its_years() {
    let of = |at, based_on, child: &Child| {
        let pensioner = Pensioner { based_on, ..pensioner() };
        child_standing(month(at), &pensioner, child, &mut Trace::new()).expect("in force").key()
    };
    let born = |birth| Child { birth, dependent: true, disabled: false, ended_on: None };
    let (base, first) = (date(2020, 4, 30), born(date(2007, 4, 1)));
    assert_eq!(
        (of("2025-03", date(2025, 3, 31), &first), of("2025-04", date(2025, 3, 31), &first)),
        ("not_yet", "ended")
    );
    assert_eq!(of("2025-05", date(2025, 4, 1), &first), "never");
    let second = born(date(2007, 4, 2));
    assert_eq!((of("2026-03", base, &second), of("2026-04", base, &second)), ("payable", "ended"));
    let married = Child { ended_on: Some(date(2024, 3, 5)), ..second };
    assert_eq!((of("2024-03", base, &married), of("2024-04", base, &married)), ("payable", "ended"));
    let twenty = Child { disabled: true, ..born(date(2000, 5, 1)) };
    assert_eq!((of("2020-05", date(2020, 4, 29), &twenty), of("2020-05", base, &twenty)), ("ended", "never"));
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
