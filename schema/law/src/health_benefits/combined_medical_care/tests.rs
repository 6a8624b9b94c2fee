//! The thresholds year by year, the 500円, and the parts.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn benefit(start: i16, category: CombinedCategory, medical: i64, care: i64) -> Result<CombinedBenefit, LawError> {
    let year = BenefitYear::starting(date(start, 8, 1)).expect("1 August");
    combined_medical_care(year, category, Yen::new(medical), Yen::new(care), &mut Trace::new())
}

#[test]
fn the_thresholds() {
    use CombinedCategory::{Only70To74, Under70OrMixed};
    use Under70Category as U;
    let rows = [
        (Under70OrMixed(U::A), 2015, 2_120_000),
        (Under70OrMixed(U::I), 2015, 1_410_000),
        (Under70OrMixed(U::U), 2015, 670_000),
        (Under70OrMixed(U::E), 2015, 600_000),
        (Under70OrMixed(U::O), 2015, 340_000),
        (Only70To74(AgedCategory::Active3), 2018, 2_120_000),
        (Only70To74(AgedCategory::Active2), 2018, 1_410_000),
        (Only70To74(AgedCategory::Active1), 2018, 670_000),
        (Only70To74(AgedCategory::General), 2018, 560_000),
        (Only70To74(AgedCategory::Low2), 2008, 310_000),
        (Only70To74(AgedCategory::Low1), 2008, 190_000),
    ];
    for (category, first, yen) in rows {
        let threshold = |start| benefit(start, category, 1, 1).map(|benefit| benefit.threshold.get());
        assert_eq!((threshold(first), threshold(2026)), (Ok(yen), Ok(yen)), "{category:?}");
        assert!(matches!(threshold(2027), Err(LawError::PastLastCheck { .. })));
        assert!(first == 2018 || matches!(threshold(first - 1), Err(LawError::NotInForce { .. })), "{category:?}");
    }
    let active = |start| benefit(start, Only70To74(AgedCategory::Active), 1, 1).map(|benefit| benefit.threshold.get());
    assert_eq!((active(2008), active(2017)), (Ok(670_000), Ok(670_000)));
    assert!(active(2018).is_err());
    let general = benefit(2017, Only70To74(AgedCategory::General), 1, 1);
    assert!(matches!(general, Err(LawError::NotInForce { .. })), "not on file");
}

#[test]
fn five_hundred_yen_over_are_not_paid_and_one_more_are() {
    let total = |medical, care| {
        let category = CombinedCategory::Under70OrMixed(Under70Category::U);
        benefit(2024, category, medical, care).expect("in force").total.get()
    };
    assert_eq!((total(400_000, 270_000), total(400_000, 270_500), total(400_000, 270_501)), (0, 0, 501));
    assert_eq!((total(0, 900_000), total(900_000, 0), total(899_999, 1)), (0, 0, 230_000));
}

proptest! {
    #[test]
    fn the_parts_add_up(medical in 0_i64..=1_000_000_000_000, care in 0_i64..=1_000_000_000_000) {
        let category = CombinedCategory::Only70To74(AgedCategory::Low1);
        let benefit = benefit(2024, category, medical, care).expect("in force");
        prop_assert_eq!(benefit.medical + benefit.care, benefit.total);
        prop_assert!(benefit.medical >= Yen::ZERO && benefit.care >= Yen::ZERO);
        prop_assert!(benefit.medical <= Yen::new(medical) && benefit.care <= Yen::new(care));
        prop_assert!(benefit.total == Yen::ZERO || benefit.total > Yen::new(500));
    }
}
