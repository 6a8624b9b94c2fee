//! Caps, factors and cohorts at their edges.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn of(birth: Date, year: i16) -> FixedRates {
    fixed_rates(birth, year, &mut Trace::new()).expect("on file")
}

#[test]
fn units_of_each_year_and_cohort() {
    let unit = |birth, year| of(birth, year).unit.get();
    let (new, old) = (date(1956, 4, 2), date(1956, 4, 1));
    let years = [(2015, 1626), (2017, 1625), (2020, 1630), (2021, 1628), (2022, 1621)];
    assert!(years.into_iter().all(|(year, yen)| unit(new, year) == yen && unit(old, year) == yen));
    let pairs = [(2023, 1657, 1652), (2024, 1701, 1696), (2025, 1734, 1729), (2026, 1766, 1761)];
    assert!(pairs.into_iter().all(|(year, first, second)| unit(new, year) == first && unit(old, year) == second));
}

#[test]
fn the_factor_of_the_birth_and_its_ceiling() {
    assert_eq!(of(date(1946, 4, 1), 2025).unit, Yen::new(1784)); // 1,729 × 1.032 = 1,784.3
    assert_eq!(of(date(1946, 4, 2), 2025).unit, Yen::new(1729));
    assert_eq!(of(date(1927, 4, 1), 2025).unit, Yen::new(3242)); // 3,241.9; the ceiling is 3,242円
    for year in 2015..=2026 {
        assert!(of(date(1900, 1, 1), year).unit.get() <= (3053 * 1085 + 500) / 1000);
    }
}

#[test]
fn months_above_the_cap_do_not_count() {
    let rates = of(date(1945, 4, 1), 2025);
    assert_eq!(rates.month_cap, 456);
    assert_eq!(rates.fixed_part(456), rates.fixed_part(528));
    assert!(rates.fixed_part(455) < rates.fixed_part(456));
}

#[test]
fn the_addition_is_never_below_nothing() {
    let rates =
        FixedRates { unit: Yen::new(1621), month_cap: 480, possible_months: 480, full_basic: Yen::new(900_000) };
    assert_eq!(rates.transitional_addition(480, 480), Yen::ZERO);
    assert_eq!(rates.basic_equivalent(1), Yen::new(1875));
}

#[test]
fn what_cannot_be_is_refused() {
    let ask = |birth, year, months, young| transitional_addition(birth, year, months, young, &mut Trace::new());
    let born = date(1960, 6, 1);
    assert!(ask(born, 2025, 480, 480).is_ok() && ask(born, 2025, 600, 480).is_ok());
    assert!(matches!(ask(born, 2025, 100, 101), Err(LawError::BadInput { .. })));
    assert!(matches!(ask(born, 2025, 600, 481), Err(LawError::BadInput { .. })));
    assert!(matches!(ask(date(1926, 5, 1), 2025, 600, 301), Err(LawError::BadInput { .. })));
    assert!(matches!(ask(born, 2025, 100, -1), Err(LawError::BadInput { .. })));
    assert!(matches!(ask(born, 2014, 100, 1), Err(LawError::NotInForce { .. })));
    assert!(matches!(ask(born, 2027, 100, 1), Err(LawError::PastLastCheck { .. })));
    assert!(fixed_part(born, 2025, 1201, &mut Trace::new()).is_err());
}

proptest! {
    #[test]
    fn a_month_more_never_pays_less(birth_year in 1920_i16..2000, year in 2015_i16..=2026, months in 0_i32..700, young in 0_i32..300) {
        let rates = of(date(birth_year, 4, 1), year);
        let young = young.min(months);
        prop_assert!(rates.fixed_part(months + 1) >= rates.fixed_part(months));
        prop_assert!(rates.transitional_addition(months + 1, young) >= rates.transitional_addition(months, young));
        if young > 0 {
            prop_assert!(rates.transitional_addition(months, young) <= rates.transitional_addition(months, young - 1));
        }
    }

    #[test]
    fn no_question_panics(birth_year in 1_i16..9999, year in 0_i16..9999, months in -2_i32..1300, young in -2_i32..1300) {
        let _ = transitional_addition(date(birth_year, 4, 1), year, months, young, &mut Trace::new());
    }
}
