//! The year, its amounts on both sides of August 2026, and what is refused.

use super::*;

fn year(start: i16) -> BenefitYear {
    BenefitYear::starting(date(start, 8, 1)).expect("1 August")
}

fn refund(start: i16, category: AgedCategory, total: i64) -> Result<i64, LawError> {
    annual_outpatient(year(start), category, Yen::new(total), &mut Trace::new()).map(Yen::get)
}

#[test]
fn the_year_begins_on_the_first_of_august() {
    assert_eq!(year(2024).base_date(), date(2025, 7, 31));
    assert!(BenefitYear::starting(date(2024, 8, 2)).is_err());
    assert!(BenefitYear::starting(date(2024, 7, 1)).is_err());
    assert!(BenefitYear::starting(date(9999, 8, 1)).is_err());
}

#[test]
fn the_amount_of_every_year() {
    for start in 2017..=2025 {
        for category in [AgedCategory::General, AgedCategory::Low2, AgedCategory::Low1] {
            assert_eq!(refund(start, category, 144_000), Ok(0), "{start} {category:?}");
            assert_eq!(refund(start, category, 144_001), Ok(1), "{start} {category:?}");
        }
    }
    assert_eq!(
        (refund(2026, AgedCategory::General, 216_000), refund(2026, AgedCategory::General, 216_001)),
        (Ok(0), Ok(1))
    );
    assert_eq!((refund(2026, AgedCategory::Low2, 96_000), refund(2026, AgedCategory::Low2, 96_001)), (Ok(0), Ok(1)));
}

#[test]
fn an_amount_that_is_not_known_goes_to_a_person() {
    assert!(matches!(refund(2026, AgedCategory::Low1, 0), Err(LawError::CannotDecide { .. })));
    assert!(matches!(refund(2016, AgedCategory::General, 0), Err(LawError::NotInForce { .. })));
    assert!(matches!(refund(2016, AgedCategory::Low1, 0), Err(LawError::NotInForce { .. })));
    assert!(matches!(refund(2027, AgedCategory::General, 0), Err(LawError::PastLastCheck { .. })));
    assert!(matches!(refund(2027, AgedCategory::Low1, 0), Err(LawError::PastLastCheck { .. })));
}

#[test]
fn active_income_on_the_base_date_has_none() {
    assert_eq!(refund(2025, AgedCategory::Active1, 1_000_000), Ok(0));
    assert_eq!(refund(2017, AgedCategory::Active, 1_000_000), Ok(0));
    assert!(matches!(refund(2018, AgedCategory::Active, 0), Err(LawError::BadInput { .. })));
    assert!(matches!(refund(2027, AgedCategory::Active1, 0), Err(LawError::PastLastCheck { .. })));
    assert!(matches!(refund(2016, AgedCategory::Active, 0), Err(LawError::NotInForce { .. })));
}
