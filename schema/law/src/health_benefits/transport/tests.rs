//! All three conditions, and the lesser cost.

use proptest::prelude::*;

use super::*;

#[test]
fn a_negative_cost_is_refused() {
    let met = Conditions { treatment_appropriate: true, moving_difficult: true, urgent: true };
    for (economical, actual) in [(-1, 0), (0, -1)] {
        let refused = transport_benefit(met, Yen::new(economical), Yen::new(actual), &mut Trace::new());
        assert_eq!(refused.expect_err("refused").code(), "bad_input");
    }
    for (economical, actual) in [(1, 0), (0, 1)] {
        let paid = transport_benefit(met, Yen::new(economical), Yen::new(actual), &mut Trace::new());
        assert_eq!(paid, Ok(Yen::ZERO), "a ride for nothing");
    }
}

proptest! {
    #[test]
    fn the_lesser_cost_when_all_is_met(
        economical in 0_i64..1_000_000,
        actual in 0_i64..1_000_000,
        treatment_appropriate: bool,
        moving_difficult: bool,
        urgent: bool,
    ) {
        let conditions = Conditions { treatment_appropriate, moving_difficult, urgent };
        let paid = transport_benefit(conditions, Yen::new(economical), Yen::new(actual), &mut Trace::new());
        let met = treatment_appropriate && moving_difficult && urgent;
        prop_assert_eq!(paid, Ok(Yen::new(if met { economical.min(actual) } else { 0 })));
    }
}
