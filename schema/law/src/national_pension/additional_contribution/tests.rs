//! Who, from when, until when.

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn declared(withdrawn: Option<&str>, fund: Option<&str>) -> Declaration {
    Declaration { declared_in: month("2025-04"), withdrawn_in: withdrawn.map(month), fund_joined_in: fund.map(month) }
}

fn pays(payer: Payer, declaration: Declaration, relief: Option<Relief>, at: &str) -> bool {
    let outcome = additional_contribution(payer, declaration, relief, month(at), &mut Trace::new());
    let outcome = outcome.expect("in force");
    assert!(outcome.is_err() || outcome == Ok(Yen::new(400)));
    outcome.is_ok()
}

#[test]
fn from_the_month_declared_to_two_months_before_the_withdrawal() {
    let at = |declaration, text| pays(Payer::Category1, declaration, None, text);
    assert!(!at(declared(None, None), "2025-03") && at(declared(None, None), "2025-04"));
    assert!(at(declared(None, None), "2028-03"));
    assert!(at(declared(Some("2025-09"), None), "2025-07") && !at(declared(Some("2025-09"), None), "2025-08"));
    assert!(!at(declared(Some("2025-04"), None), "2025-04"), "withdrawn in the same month: nothing was declared");
    assert!(at(declared(None, Some("2025-09")), "2025-08") && !at(declared(None, Some("2025-09")), "2025-09"));
    assert!(!at(declared(Some("2025-12"), Some("2025-06")), "2025-06"));
}

#[test]
fn not_with_a_relief_unless_the_month_counts_as_paid() {
    for relief in Relief::ALL {
        let allowed = matches!(relief, Relief::Maternity | Relief::Childcare);
        assert_eq!(pays(Payer::Category1, declared(None, None), Some(relief), "2026-10"), allowed, "{relief:?}");
    }
    assert!(pays(Payer::Voluntary, declared(None, None), None, "2025-04"));
    assert!(!pays(Payer::SpecialVoluntary, declared(None, None), None, "2025-04"));
    assert!(!pays(Payer::Other, declared(None, None), None, "2025-04"));
}

#[test]
fn the_amount_has_its_first_month_and_its_last_check() {
    let at = |text| additional_amount(month(text), &mut Trace::new());
    assert!(at("1973-12").is_err() && at("2028-04").is_err());
    assert_eq!((at("1974-01"), at("2028-03")), (Ok(Yen::new(400)), Ok(Yen::new(400))));
    let backwards = declared(Some("2025-03"), None);
    assert!(additional_contribution(Payer::Category1, backwards, None, month("2025-04"), &mut Trace::new()).is_err());
}
