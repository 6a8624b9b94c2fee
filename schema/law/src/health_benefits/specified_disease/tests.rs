//! The limits at their edge, their half, and what is refused.

use jiff::civil::date;

use super::*;

fn care(standard: Option<i64>) -> SpecifiedCare {
    SpecifiedCare {
        month: "2026-08".parse().expect("a month"),
        disease: SpecifiedDisease::Dialysis,
        age: AgeGroup::Under70,
        standard: standard.map(Yen::new),
        share: Yen::new(50_000),
        turning_75: None,
    }
}

fn limit(care: SpecifiedCare) -> Result<i64, LawError> {
    specified_disease(care, &mut Trace::new()).map(|(limit, refund)| {
        assert_eq!(refund, (care.share - limit).max(Yen::ZERO));
        limit.get()
    })
}

#[test]
fn twenty_thousand_from_530_000_under_70() {
    assert_eq!((limit(care(Some(529_999))), limit(care(Some(530_000)))), (Ok(10_000), Ok(20_000)));
    assert!(matches!(limit(care(None)), Err(LawError::MissingFact { .. })));
    let aged = SpecifiedCare { age: AgeGroup::From70To74, ..care(None) };
    assert_eq!(limit(aged), Ok(10_000));
    for disease in [SpecifiedDisease::Haemophilia, SpecifiedDisease::Hiv] {
        assert_eq!(limit(SpecifiedCare { disease, ..care(Some(830_000)) }), Ok(10_000));
    }
}

#[test]
fn half_in_the_month_of_the_75th_birthday() {
    let turning = |day| SpecifiedCare { turning_75: Some(date(1951, 8, day)), ..care(Some(530_000)) };
    assert_eq!((limit(turning(1)), limit(turning(2))), (Ok(20_000), Ok(10_000)));
}

#[test]
fn what_cannot_be_is_refused() {
    let at = |text: &str| limit(SpecifiedCare { month: text.parse().expect("a month"), ..care(Some(0)) });
    assert!(at("2006-10").is_ok() && at("2027-07").is_ok());
    assert!(matches!(at("2006-09"), Err(LawError::NotInForce { .. })));
    assert!(matches!(at("2027-08"), Err(LawError::PastLastCheck { .. })));
    assert!(limit(SpecifiedCare { share: Yen::new(-1), ..care(Some(0)) }).is_err());
    assert_eq!(limit(SpecifiedCare { share: Yen::ZERO, ..care(Some(0)) }), Ok(10_000));
}
