//! The steps of 70 to 74 first, then the household.

use proptest::prelude::*;

use super::*;
use crate::health_benefits::high_cost_70to74::{AgedCare, CareKind};
use crate::health_benefits::high_cost_category::AgedCategory;
use crate::health_benefits::high_cost_limits::Occurrence;

fn question(aged_pay: i64, total: Option<i64>, household: Under70Category, shares: &[i64]) -> MixedMonth {
    let row =
        AgedCare { person: "a".to_owned(), kind: CareKind::Inpatient, self_pay: Yen::new(aged_pay), medical: None };
    let item = |&share: &i64| CareItem {
        person: String::new(),
        medical: Yen::new(share * 10 / 3 + 1),
        share: Yen::new(share),
    };
    MixedMonth {
        aged: AgedMonth {
            month: "2026-07".parse().expect("a month"),
            category: AgedCategory::General,
            occurrence: Occurrence::UpToThird,
            rows: vec![row],
            medical_total: total.map(Yen::new),
            turning_75: Vec::new(),
        },
        household,
        items: shares.iter().map(item).collect(),
    }
}

#[test]
fn the_only_item_under_70_still_needs_21_000() {
    let settle = |share: i64| {
        high_cost_mixed(&question(50_000, None, Under70Category::O, &[share]), &mut Trace::new()).expect("in force")
    };
    assert_eq!(settle(20_999).counted_share, Yen::new(50_000));
    assert_eq!(settle(21_000).counted_share, Yen::new(71_000));
    assert_eq!(settle(20_999).patient_final, Yen::new(35_400 + 20_999));
    assert_eq!(settle(21_000).patient_final, Yen::new(35_400));
}

#[test]
fn the_cost_of_the_aged_is_needed_where_it_decides() {
    let ask = |category| high_cost_mixed(&question(50_000, None, category, &[100_000]), &mut Trace::new());
    assert!(matches!(ask(Under70Category::U), Err(LawError::MissingFact { .. })));
    assert!(ask(Under70Category::E).is_ok());
    let empty = high_cost_mixed(&question(50_000, None, Under70Category::E, &[]), &mut Trace::new());
    assert!(matches!(empty, Err(LawError::BadInput { .. })));
}

proptest! {
    #[test]
    fn nothing_is_lost(aged_pay in 0_i64..300_000, shares in proptest::collection::vec(0_i64..300_000, 1..6)) {
        for household in [Under70Category::A, Under70Category::U, Under70Category::E, Under70Category::O] {
            let question = question(aged_pay, Some(aged_pay * 5), household, &shares);
            let settled = high_cost_mixed(&question, &mut Trace::new()).expect("in force");
            let all = Yen::new(aged_pay + shares.iter().sum::<i64>());
            prop_assert_eq!(settled.patient_final + settled.refund, all);
            prop_assert_eq!(settled.aged.refund() + settled.household_refund, settled.refund);
            let left_out: i64 = shares.iter().filter(|share| **share < 21_000).sum();
            prop_assert!(settled.patient_final - Yen::new(left_out) <= settled.limit);
        }
    }
}
