//! Spouses, children alone, and the division.

use proptest::prelude::*;

use super::*;

const SPOUSE: SurvivorBasicRecipient = SurvivorBasicRecipient::Spouse(Cohort::NewAward);

fn basic(recipient: SurvivorBasicRecipient, children: i64, year: i16) -> Result<SurvivorBasic, LawError> {
    survivor_basic(recipient, children, year, &mut Trace::new())
}

fn yen(recipient: SurvivorBasicRecipient, children: i64, year: i16) -> (i64, Option<i64>) {
    let pension = basic(recipient, children, year).expect("on file");
    (pension.total.get(), pension.per_child.map(Yen::get))
}

#[test]
fn children_alone_divide_what_a_spouse_would_have_less_one_addition() {
    assert_eq!(yen(SPOUSE, 3, 2025), (831_700 + 239_300 * 2 + 79_800, None));
    assert_eq!(yen(SurvivorBasicRecipient::Children, 1, 2025), (831_700, Some(831_700)));
    assert_eq!(yen(SurvivorBasicRecipient::Children, 3, 2025), (1_150_800, Some(383_600)));
    // 816,000 + 234,800 + 78,300 = 1,129,100 / 3 = 376,366.67
    assert_eq!(yen(SurvivorBasicRecipient::Children, 3, 2024), (1_129_100, Some(376_367)));
    assert_eq!(yen(SurvivorBasicRecipient::Spouse(Cohort::Existing), 1, 2025).0, 829_300 + 239_300);
}

#[test]
fn without_a_child_there_is_none() {
    for children in [-1, 0, 101] {
        assert!(matches!(basic(SPOUSE, children, 2025), Err(LawError::BadInput { .. })));
    }
    assert!(matches!(basic(SPOUSE, 1, 2027), Err(LawError::PastLastCheck { .. })));
}

proptest! {
    #[test]
    fn the_parts_make_the_whole_but_for_their_rounding(children in 1_i64..=20, year in 2015_i16..=2026) {
        let (total, each) = yen(SurvivorBasicRecipient::Children, children, year);
        let sum = each.expect("per child") * children;
        prop_assert!((sum - total).abs() * 2 <= children);
    }
}
