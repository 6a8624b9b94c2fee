//! Every cap on file, the lower one at its edge, and that nothing is paid by it.

use jiff::civil::date;
use serde_json::json;

use super::*;

fn cap(start: i16, category: CapCategory, standard: Option<i64>) -> Result<i64, LawError> {
    let year = BenefitYear::starting(date(start, 8, 1)).expect("1 August");
    annual_cap(year, category, standard.map(Yen::new), &mut Trace::new()).map(Yen::get)
}

fn under70(category: Under70Category) -> CapCategory {
    CapCategory::Under70(category, LimitSetting::InForce)
}

#[test]
fn the_caps_of_2026() {
    use Under70Category as U;
    let known = [(U::A, 1_680_000), (U::I, 1_110_000), (U::U, 530_000), (U::E, 530_000), (U::O, 290_000)];
    for (category, yen) in known {
        assert_eq!(cap(2026, under70(category), Some(200_000)), Ok(yen), "{category:?}");
    }
    let aged = [
        (AgedCategory::Active3, 1_680_000),
        (AgedCategory::Active2, 1_110_000),
        (AgedCategory::Active1, 530_000),
        (AgedCategory::General, 530_000),
        (AgedCategory::Low2, 290_000),
        (AgedCategory::Low1, 180_000),
    ];
    for (category, yen) in aged {
        assert_eq!(cap(2026, CapCategory::Aged(category), Some(200_000)), Ok(yen), "{category:?}");
    }
    assert_eq!(cap(2027, CapCategory::Under70(U::S16, LimitSetting::Planned2027), None), Ok(530_000));
    assert_eq!(cap(2027, CapCategory::Under70(U::NonTaxed, LimitSetting::Planned2027), None), Ok(290_000));
}

#[test]
fn the_lower_cap_ends_at_150_000() {
    for category in [under70(Under70Category::E), CapCategory::Aged(AgedCategory::General)] {
        assert_eq!(cap(2026, category, Some(150_000)), Ok(410_000));
        assert_eq!(cap(2026, category, Some(150_001)), Ok(530_000));
        assert!(matches!(cap(2026, category, None), Err(LawError::MissingFact { .. })));
    }
    assert_eq!(cap(2026, under70(Under70Category::U), None), Ok(530_000));
}

#[test]
fn other_years_are_refused() {
    assert!(matches!(cap(2025, under70(Under70Category::U), None), Err(LawError::NotInForce { .. })));
    assert!(matches!(cap(2027, under70(Under70Category::U), None), Err(LawError::PastLastCheck { .. })));
}

#[test]
fn a_refund_is_never_decided_and_shows_the_cap() {
    let inputs = json!({
        "period_start": "2026-08-01", "age_group": "under70", "category": "u", "self_pay_in_year_yen": 600_000,
    });
    let refused = crate::calc::run("annual_cap", &inputs, &mut Trace::new()).expect_err("not decided");
    assert_eq!(refused.code(), "cannot_decide");
    assert!(refused.to_string().contains("530,000円"), "{refused}");
}
