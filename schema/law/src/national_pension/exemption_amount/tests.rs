//! Parts add up to the whole; a greater exemption never leaves more to pay. The published figures are golden rows.

use proptest::prelude::*;

use super::*;

#[test]
fn partial_exemption_begins_in_july_2006() {
    let ask = |month: &str| exemption_amount(Relief::ThreeQuarters, month.parse().expect("a month"), &mut Trace::new());
    assert!(matches!(ask("2006-06"), Err(LawError::NotInForce { .. })));
    assert_eq!(ask("2006-07").expect("in force").payable, Yen::new(3_470));
    assert!(matches!(ask("2028-04"), Err(LawError::PastLastCheck { .. })));
}

proptest! {
    #[test]
    fn the_two_parts_are_the_contribution(tens in 0_i64..=100_000) {
        let full = Yen::new(tens * 10);
        let parts: Vec<ExemptionAmount> = (0..=4).map(|quarters| split(full, Ratio::new(quarters, 4))).collect();
        for amount in &parts {
            prop_assert_eq!(amount.payable + amount.exempted, full);
            prop_assert_eq!(amount.payable.get() % 10, 0);
        }
        prop_assert!(parts.is_sorted_by_key(|amount| amount.payable));
        prop_assert_eq!(parts[0].payable, Yen::ZERO);
        prop_assert_eq!(parts[4].exempted, Yen::ZERO);
    }
}
