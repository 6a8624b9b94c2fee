//! Both rules at both bounds.

use proptest::prelude::*;

use super::*;

const NEW: Date = date(2025, 4, 1);
const OLD: Date = date(2025, 3, 31);

fn question(sixty_on: Date, standard: i64, wage: i64) -> Employed {
    Employed {
        month: Month::new(2025, 6).expect("a month"),
        sixty_on,
        standard: Yen::new(standard),
        deemed_wage_x30: Yen::new(wage),
        ceiling: None,
    }
}

fn stop(question: &Employed) -> i64 {
    high_age_employment_stop(question, &mut Trace::new()).expect("in force").get()
}

#[test]
fn the_rule_goes_by_the_day_60_was_attained() {
    assert_eq!(stop(&question(NEW, 100_000, 400_000)), 48_000);
    assert_eq!(stop(&question(OLD, 100_000, 400_000)), 72_000);
}

#[test]
fn both_formulas_meet_at_the_lower_bound_and_end_at_the_upper() {
    assert_eq!(stop(&question(NEW, 640_000, 1_000_000)), 307_200); // 4% × 12
    assert_eq!(stop(&question(NEW, 639_000, 1_000_000)), 306_720);
    assert_eq!(stop(&question(OLD, 610_000, 1_000_000)), 439_200); // 6% × 12
    assert_eq!(stop(&question(OLD, 609_000, 1_000_000)), 438_480);
    for sixty_on in [NEW, OLD] {
        assert_eq!(stop(&question(sixty_on, 750_000, 1_000_000)), 0);
        assert!(stop(&question(sixty_on, 749_000, 1_000_000)) > 0);
    }
}

/// 附則7条の5第1項2号: between the bounds (75% − pay) × 64/110 × 4/10; before 2025-04-01 × 183/280 × 6/15. Above 75% nothing.
#[test]
fn between_the_bounds_the_stop_slides() {
    assert_eq!(stop(&question(NEW, 645_000, 1_000_000)), 293_236); // 105,000 × 64/110 × 4/10 × 12
    assert_eq!(stop(&question(OLD, 615_000, 1_000_000)), 423_514); // 135,000 × 183/280 × 6/15 × 12
    assert_eq!(stop(&question(NEW, 755_000, 1_000_000)), 0);
    assert_eq!(stop(&question(OLD, 755_000, 1_000_000)), 0);
    assert_eq!(stop(&question(OLD, 700_000, 933_450)), 275); // 87.5 × 183/280 × 6/15 × 12 = 274.5: 50銭以上切上げ
}

#[test]
fn the_ceiling_cuts_and_ends() {
    let at =
        |standard, ceiling| stop(&Employed { ceiling: Some(Yen::new(ceiling)), ..question(NEW, standard, 1_000_000) });
    assert_eq!(at(300_000, 300_000), 0);
    assert_eq!(at(299_000, 300_000), 4_800); // 1,000 × 4/10 × 12
    assert_eq!(at(300_000, 330_000), 144_000); // 4% is 12,000; the benefit 30,000 fits exactly
    assert_eq!(at(300_000, 400_000), 144_000);
}

#[test]
fn what_cannot_be_is_refused() {
    let ask = |question: Employed| high_age_employment_stop(&question, &mut Trace::new()).expect_err("refused");
    let good = question(NEW, 1, 1);
    let month = |year, month| Month::new(year, month).expect("a month");
    assert!(matches!(ask(Employed { month: month(2025, 3), ..good }), LawError::BadInput { .. }));
    assert!(matches!(ask(Employed { month: month(2027, 4), ..good }), LawError::PastLastCheck { .. }));
    assert!(matches!(ask(Employed { sixty_on: date(2003, 4, 30), ..good }), LawError::NotInForce { .. }));
    assert!(matches!(ask(Employed { standard: Yen::new(-1), ..good }), LawError::BadInput { .. }));
}

proptest! {
    #[test]
    fn the_stop_stays_below_a_rate_of_the_pay(standard in 0_i64..1_000_000, wage in 0_i64..1_000_000, new: bool) {
        let (sixty_on, percent) = if new { (NEW, 4) } else { (OLD, 6) };
        let annual = stop(&question(sixty_on, standard, wage));
        prop_assert!(annual >= 0 && annual <= standard * 12 * percent / 100 + 1);
    }

    #[test]
    fn no_question_panics(standard in -1_i64..=1_000_000_000_001, wage in -1_i64..=1_000_000_000_001, ceiling in 0_i64..=1_000_000_000_000) {
        let question = Employed { ceiling: Some(Yen::new(ceiling)), ..question(OLD, standard, wage) };
        let _ = high_age_employment_stop(&question, &mut Trace::new());
    }
}
