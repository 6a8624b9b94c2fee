//! Both limits and a yen more; the year of the income; the half.

use super::*;

fn stop(month: &str, income: i64, dependants: Dependants) -> Result<Before20Stop, LawError> {
    before20_stop(month.parse().expect("a month"), Yen::new(income), dependants, &mut Trace::new())
}

#[test]
fn the_limits_and_a_yen_more() {
    let of = |income| stop("2025-10", income, Dependants::default()).expect("in force").stop;
    assert_eq!((of(3_761_000), of(3_761_001)), (IncomeStop::None, IncomeStop::Half));
    assert_eq!((of(4_794_000), of(4_794_001)), (IncomeStop::Half, IncomeStop::Full));
}

#[test]
fn dependants_raise_both_limits() {
    let dependants = Dependants { general: 1, aged: 1, specific: 1 };
    let raised = stop("2025-10", 0, dependants).expect("in force");
    assert_eq!(raised.half_limit, Yen::new(3_761_000 + 380_000 + 480_000 + 630_000));
    assert_eq!(raised.full_limit, Yen::new(4_794_000 + 3 * 380_000));
    assert!(stop("2025-10", 0, Dependants { general: -1, ..dependants }).is_err());
}

#[test]
fn the_income_of_which_year() {
    let year = |month: &str| income_year(month.parse().expect("a month"));
    assert_eq!((year("2025-09"), year("2025-10"), year("2026-09")), (2023, 2024, 2024));
}

#[test]
fn half_is_of_the_grade_and_not_of_the_children() {
    let pension = DisabilityBasic { base: Yen::new(1_039_625), children: Yen::new(239_300) };
    let paid = |income| stop("2025-10", income, Dependants::default()).expect("in force").paid(pension).get();
    assert_eq!((paid(0), paid(4_000_000), paid(5_000_000)), (1_278_925, 519_812 + 239_300, 0));
}

#[test]
fn months_without_limits_are_refused() {
    assert!(matches!(stop("2025-03", 0, Dependants::default()), Err(LawError::NotInForce { .. })));
    assert!(matches!(stop("2026-10", 0, Dependants::default()), Err(LawError::PastLastCheck { .. })));
}
