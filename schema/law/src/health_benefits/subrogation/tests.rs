//! The insurer never claims more than it gave, nor more than the person could.

use proptest::prelude::*;

use super::*;

fn damages(loss: i64, own_fault: Ratio, received: i64) -> Damages {
    Damages { loss: Yen::new(loss), own_fault, received: Yen::new(received) }
}

#[test]
fn what_cannot_be() {
    let refused =
        |value, damages: Damages| subrogation(value, &damages, &mut Trace::new()).expect_err("refused").code();
    let cash = |yen| BenefitValue::Cash(Yen::new(yen));
    let none = damages(0, Ratio::ZERO, 0);
    assert_eq!(refused(cash(-1), none), "bad_input");
    let over = BenefitValue::InKind { cost: Yen::new(100), patient_share: Yen::new(101) };
    assert_eq!(refused(over, none), "bad_input");
    assert_eq!(refused(cash(1), damages(-1, Ratio::ZERO, 0)), "bad_input");
    assert_eq!(refused(cash(1), damages(0, Ratio::ZERO, -1)), "bad_input");
    assert_eq!(refused(cash(1), damages(0, Ratio::new(-1, 100), 0)), "bad_input");
    assert_eq!(refused(cash(1), damages(0, Ratio::new(10_001, 10_000), 0)), "bad_input");
    assert_eq!(refused(cash(1), damages(0, Ratio::new(1, 100_000), 0)), "bad_input");
}

#[test]
fn nothing_is_no_slip_of_the_pen() {
    let zero = damages(0, Ratio::ZERO, 0);
    for patient_share in [0, 100] {
        let value = BenefitValue::InKind { cost: Yen::new(100), patient_share: Yen::new(patient_share) };
        let found = subrogation(value, &zero, &mut Trace::new()).expect("no loss, nothing received");
        assert_eq!((found.benefit_value.get(), found.recovery.get()), (100 - patient_share, 0));
    }
}

#[test]
fn the_order_of_fault_and_benefit_is_told_as_a_setting() {
    let mut trace = Trace::new();
    let value = BenefitValue::Cash(Yen::new(70_000));
    subrogation(value, &damages(100_000, Ratio::new(2, 10), 0), &mut trace).expect("a claim");
    assert!(trace.steps().iter().any(|step| step.expression.contains("設定")));
}

proptest! {
    #[test]
    fn nobody_is_paid_twice(
        due in 0_i64..10_000_000,
        loss in 0_i64..10_000_000,
        fault in 0_i64..=10_000,
        received in 0_i64..10_000_000,
    ) {
        let own_fault = Ratio::new(i128::from(fault), 10_000);
        let found = subrogation(BenefitValue::Cash(Yen::new(due)), &damages(loss, own_fault, received), &mut Trace::new());
        let found = found.expect("in range");
        let claim = loss * (10_000 - fault) / 10_000;
        prop_assert_eq!(found.withheld + found.benefit_value, Yen::new(due));
        prop_assert_eq!(found.withheld.get(), due.min(received));
        prop_assert_eq!(found.recovery.get(), (due - due.min(received)).min((claim - received).max(0)));
    }
}
