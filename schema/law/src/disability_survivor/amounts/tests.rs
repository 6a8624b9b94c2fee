//! Every amount of the table against the formula of its clause.

use domain::Ratio;

use super::*;
use crate::basic_pension::full_amount::full_amount;
use crate::basic_pension::revision_rate::{revision_rate, round100};
use crate::disability_survivor::part_of;

#[test]
fn every_amount_follows_from_the_revision_rate() {
    for year in 2015..=2026 {
        let month = Month::new(year, 4).expect("a month");
        for cohort in [Cohort::NewAward, Cohort::Existing] {
            let trace = &mut Trace::new();
            let full = full_amount(cohort, month, trace).expect("on file");
            let rate = revision_rate(Cohort::NewAward, month, trace).expect("on file");
            let minimum = round100(full, Ratio::new(3, 4));
            let expected = |kind| match kind {
                AmountKind::DisabilityBasicGrade2 | AmountKind::SurvivorBasic => full,
                AmountKind::DisabilityBasicGrade1 => part_of(full, 5, 4),
                AmountKind::FirstTwoChildren => round100(Yen::new(224_700), rate),
                AmountKind::LaterChildren => round100(Yen::new(74_900), rate),
                AmountKind::DisabilityEmployeeMinimum | AmountKind::MiddleAgedWidow => minimum,
                AmountKind::DisabilityAllowanceMinimum => minimum + minimum,
            };
            for (key, kind) in AmountKind::WORDS {
                assert_eq!(amount(kind, cohort, month, trace), Ok(expected(kind)), "{year} {cohort:?} {key}");
            }
        }
    }
}

#[test]
fn both_ends_of_the_table() {
    let at = |month: &str| {
        amount(AmountKind::SurvivorBasic, Cohort::NewAward, month.parse().expect("a month"), &mut Trace::new())
    };
    assert!(matches!(at("2015-03"), Err(LawError::NotInForce { .. })));
    assert_eq!((at("2015-04"), at("2027-03")), (Ok(Yen::new(780_100)), Ok(Yen::new(847_300))));
    assert!(matches!(at("2027-04"), Err(LawError::PastLastCheck { .. })));
    assert_eq!((at("2025-03"), at("2025-04")), (Ok(Yen::new(816_000)), Ok(Yen::new(831_700))));
}

#[test]
fn children_in_hand_count() {
    let sum = |children| children_sum(children, Yen::new(239_300), Yen::new(79_800)).get();
    assert_eq!([0, 1, 2, 3, 4].map(sum), [0, 239_300, 478_600, 558_400, 638_200]);
}
