//! Nothing is lost between what was paid too much and what is paid too little.

use proptest::prelude::*;

use super::*;

fn plan(kind: SetOff, overpaid: i64, payments: &[i64], limit: Option<i64>) -> Result<SetOffPlan, LawError> {
    let payments: Vec<Yen> = payments.iter().map(|yen| Yen::new(*yen)).collect();
    set_off(kind, Yen::new(overpaid), &payments, limit.map(Yen::new), &mut Trace::new())
}

#[test]
fn payment_by_payment_until_nothing_is_left() {
    let all = plan(SetOff::Advance, 200_000, &[138_616, 138_616], None).expect("set off");
    assert_eq!(all.paid, [Yen::ZERO, Yen::new(77_232)]);
    let half = plan(SetOff::Advance, 200_000, &[138_616, 138_616], Some(69_308)).expect("set off");
    assert_eq!((half.paid, half.remaining), (vec![Yen::new(69_308); 2], Yen::new(61_384)));
}

#[test]
fn a_death_needs_a_survivor_pension() {
    let with = |debtor_draws_survivor_pension| plan(SetOff::Death { debtor_draws_survivor_pension }, 10, &[100], None);
    assert_eq!(with(true).expect("set off").paid, [Yen::new(90)]);
    assert!(matches!(with(false), Err(LawError::CannotDecide { .. })));
}

proptest! {
    #[test]
    fn what_is_taken_and_what_is_left_make_the_overpayment(
        overpaid in 0_i64..10_000_000,
        payments in proptest::collection::vec(0_i64..1_000_000, 0..8),
        limit in proptest::option::of(0_i64..1_000_000),
    ) {
        let plan = plan(SetOff::Advance, overpaid, &payments, limit).expect("set off");
        let before: i64 = payments.iter().sum();
        let after: Yen = plan.paid.iter().copied().sum();
        prop_assert_eq!(plan.set_off + plan.remaining, Yen::new(overpaid));
        prop_assert_eq!(after + plan.set_off, Yen::new(before));
        prop_assert!(plan.paid.iter().all(|paid| *paid >= Yen::ZERO));
    }
}
