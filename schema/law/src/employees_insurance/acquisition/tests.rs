//! Standards and their last month, both sides of May and June.

use jiff::civil::date;

use super::*;

#[test]
fn a_decision_lasts_to_august() {
    let last = |day| last_month(day, &mut Trace::new()).to_string();
    assert_eq!(last(date(2026, 5, 31)), "2026-08");
    assert_eq!(last(date(2026, 6, 1)), "2027-08");
    assert_eq!(last(date(2026, 12, 31)), "2027-08");
    assert_eq!(last(date(2027, 1, 1)), "2027-08");
}

#[test]
fn both_schemes_by_their_own_table() {
    let decision = decide(date(2026, 4, 1), Yen::new(60_000), &mut Trace::new()).expect("in force");
    assert_eq!((decision.hi.standard, decision.epi.standard), (Yen::new(58_000), Yen::new(88_000)));
    let decision = decide(date(2026, 4, 1), Yen::new(1_400_000), &mut Trace::new()).expect("in force");
    assert_eq!((decision.hi.standard, decision.epi.standard), (Yen::new(1_390_000), Yen::new(650_000)));
    assert_eq!(
        (decision.first_month.to_string(), decision.last_month.to_string()),
        ("2026-04".into(), "2026-08".into())
    );
}

#[test]
fn pay_of_a_period() {
    let monthly = |yen, days| monthly_of_period(Yen::new(yen), days, &mut Trace::new());
    assert_eq!(monthly(70_000, 7), Ok(Yen::new(300_000)));
    assert_eq!(monthly(50_000, 7), Ok(Yen::new(214_285)));
    assert!(monthly(1, 0).is_err() && monthly(-1, 7).is_err());
    assert_eq!(monthly(0, 7), Ok(Yen::ZERO));
}
