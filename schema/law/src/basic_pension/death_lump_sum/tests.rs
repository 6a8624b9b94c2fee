//! Every bracket from both sides.

use proptest::prelude::*;

use super::*;

fn of(quarters: i64, additional: i64) -> DeathLumpSum {
    let months = PaidMonths { paid: quarters / 4, three_quarters_exempt: quarters % 4, ..PaidMonths::default() };
    death_lump_sum(&months, additional, DeathFacts::default(), None, &mut Trace::new()).expect("in force")
}

#[test]
fn a_bracket_begins_with_its_first_full_month() {
    for (from, below, amount) in [
        (36, 0, 120_000),
        (180, 120_000, 145_000),
        (240, 145_000, 170_000),
        (300, 170_000, 220_000),
        (360, 220_000, 270_000),
        (420, 270_000, 320_000),
    ] {
        assert_eq!((of(from * 4 - 1, 0).amount, of(from * 4, 0).amount), (Yen::new(below), Yen::new(amount)), "{from}");
    }
    assert_eq!((of(144, 35).amount, of(144, 36).amount), (Yen::new(120_000), Yen::new(128_500)));
}

#[test]
fn who_gets_none() {
    let plain = DeathFacts::default();
    for facts in [
        DeathFacts { survivor_basic_payable: true, ..plain },
        DeathFacts { deceased_received_pension: true, ..plain },
        DeathFacts { widow_pension_chosen: true, ..plain },
    ] {
        let months = PaidMonths { paid: 480, ..PaidMonths::default() };
        let sum = death_lump_sum(&months, 0, facts, None, &mut Trace::new()).expect("in force");
        assert!(!sum.eligible && sum.amount == Yen::ZERO);
    }
    let months = PaidMonths { paid: 36, ..PaidMonths::default() };
    let at = |month: &str| {
        let month = month.parse().ok();
        death_lump_sum(&months, 0, DeathFacts::default(), month, &mut Trace::new()).map(|sum| sum.eligible)
    };
    assert_eq!(at("1995-04"), Ok(true));
    assert_eq!(at("1995-03").expect_err("before").code(), "not_in_force");
    assert_eq!(at("2027-04").expect_err("not checked").code(), "past_last_check");
}

proptest! {
    #[test]
    fn more_months_never_pay_less(quarters in 0_i64..2_400, additional in 0_i64..480) {
        prop_assert!(of(quarters, additional).amount <= of(quarters + 1, additional).amount);
        prop_assert!(of(quarters, additional).amount <= of(quarters, additional + 1).amount);
    }
}
