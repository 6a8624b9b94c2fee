//! The order of the groups, the room, the possible months, the rounding.

use proptest::prelude::*;

use super::*;

fn month() -> Month {
    "2025-04".parse().expect("a month")
}

fn credited(months: &CountedMonths) -> Ratio {
    CreditedMonths::of(months, 480).months()
}

/// A second reader: month by month, each group in its turn.
fn month_by_month(months: &CountedMonths, possible: i64) -> i64 {
    let (later, earlier) = (months.exempt_from_2009_04, months.exempt_to_2009_03);
    let mut counted = 0;
    let mut sum = 0;
    let mut turn = |count: i64, main: i64, excess: i64| {
        for _ in 0..count {
            sum += if counted < possible { main } else { excess };
            counted += 1;
        }
    };
    turn(months.paid, 24, 24);
    turn(later.quarter, 21, 9);
    turn(earlier.quarter, 20, 12);
    turn(later.half, 18, 6);
    turn(earlier.half, 16, 8);
    turn(later.three_quarters, 15, 3);
    turn(earlier.three_quarters, 12, 4);
    turn(later.full, 12, 0);
    turn(earlier.full, 8, 0);
    sum.min(possible * 24)
}

#[test]
fn above_the_room_a_month_counts_less_by_what_the_state_pays() {
    // 80 of 100 months fit beside 400 paid ones; in 1/24 month.
    for (months, within, above) in [
        (ExemptMonths { quarter: 100, ..ExemptMonths::default() }, 21, 9),
        (ExemptMonths { half: 100, ..ExemptMonths::default() }, 18, 6),
        (ExemptMonths { three_quarters: 100, ..ExemptMonths::default() }, 15, 3),
        (ExemptMonths { full: 100, ..ExemptMonths::default() }, 12, 0),
    ] {
        let counted = CountedMonths { paid: 400, exempt_from_2009_04: months, ..CountedMonths::default() };
        assert_eq!(credited(&counted), Ratio::new(400 * 24 + 80 * within + 20 * above, 24));
    }
    for (months, within, above) in [
        (ExemptMonths { quarter: 100, ..ExemptMonths::default() }, 20, 12),
        (ExemptMonths { half: 100, ..ExemptMonths::default() }, 16, 8),
        (ExemptMonths { three_quarters: 100, ..ExemptMonths::default() }, 12, 4),
        (ExemptMonths { full: 100, ..ExemptMonths::default() }, 8, 0),
    ] {
        let counted = CountedMonths { paid: 400, exempt_to_2009_03: months, ..CountedMonths::default() };
        assert_eq!(credited(&counted), Ratio::new(400 * 24 + 80 * within + 20 * above, 24));
    }
}

#[test]
fn possible_months_change_on_the_second_of_april() {
    let possible = |birth| possible_months(Some(birth), month(), &mut Trace::new());
    for (place, year) in (1926_i16..1941).enumerate() {
        let place = i64::try_from(place).expect("small");
        assert_eq!(possible(date(year, 4, 2)), Ok(300 + 12 * place), "{year}");
        assert_eq!(possible(date(year + 1, 4, 1)), Ok(300 + 12 * place), "{year}");
    }
    assert_eq!((possible(date(1941, 4, 1)), possible(date(1941, 4, 2))), (Ok(468), Ok(480)));
    assert_eq!((possible(date(1900, 1, 1)), possible(date(2005, 1, 1))), (Ok(300), Ok(480)));
    assert_eq!(possible_months(None, month(), &mut Trace::new()), Ok(480));
    let before = "1986-03".parse().expect("a month");
    assert_eq!(possible_months(None, before, &mut Trace::new()).expect_err("before").code(), "not_in_force");
}

#[test]
fn awards_are_rounded_to_a_yen_since_october_2015() {
    assert_eq!(AmountRounding::decided_on(date(2015, 9, 30)), AmountRounding::HundredYen);
    assert_eq!(AmountRounding::decided_on(date(2015, 10, 1)), AmountRounding::OneYen);
    let half = Ratio::new(1, 2);
    assert_eq!(AmountRounding::OneYen.apply(Yen::new(831_701), half), Yen::new(415_851), "50銭 go up");
    assert_eq!(AmountRounding::HundredYen.apply(Yen::new(831_700), half), Yen::new(415_900), "50円 go up");
    assert_eq!(AmountRounding::HundredYen.apply(Yen::new(831_699), half), Yen::new(415_800));
}

#[test]
fn impossible_months_are_refused() {
    for months in [
        CountedMonths { paid: -1, ..CountedMonths::default() },
        CountedMonths { paid: i64::MAX, ..CountedMonths::default() },
        CountedMonths {
            paid: 1_200,
            exempt_to_2009_03: ExemptMonths { full: 1, ..ExemptMonths::default() },
            ..CountedMonths::default()
        },
    ] {
        let amount = old_age_basic(Cohort::NewAward, None, &months, AmountRounding::OneYen, month(), &mut Trace::new());
        assert_eq!(amount.expect_err("refused").code(), "bad_input");
    }
}

prop_compose! {
    fn exempt()(quarter in 0_i64..120, half in 0_i64..120, three_quarters in 0_i64..120, full in 0_i64..120)
        -> ExemptMonths {
        ExemptMonths { quarter, half, three_quarters, full }
    }
}

proptest! {
    #[test]
    fn it_agrees_with_counting_month_by_month(
        paid in 0_i64..=500, later in exempt(), earlier in exempt(), years in 25_i64..=40,
    ) {
        let months = CountedMonths { paid, exempt_from_2009_04: later, exempt_to_2009_03: earlier };
        let credited = CreditedMonths::of(&months, years * 12);
        prop_assert_eq!(credited.months(), Ratio::new(month_by_month(&months, years * 12).into(), 24));
        let amount = annual(Yen::new(831_700), credited, AmountRounding::OneYen);
        prop_assert!(amount <= Yen::new(831_700));
        prop_assert!(paid < years * 12 || amount == Yen::new(831_700));
    }

    /// One month more, of whatever kind, never pays less; paying what was exempt never does.
    #[test]
    fn more_months_never_pay_less(paid in 0_i64..480, later in exempt(), earlier in exempt()) {
        let months = CountedMonths { paid, exempt_from_2009_04: later, exempt_to_2009_03: earlier };
        let plain = credited(&months);
        let one_more = CountedMonths { paid: paid + 1, ..months };
        prop_assert!(credited(&one_more) >= plain);
        let full = ExemptMonths { full: later.full + 1, ..later };
        let one_more_exempt = CountedMonths { exempt_from_2009_04: full, ..months };
        prop_assert!(credited(&one_more_exempt) >= plain);
        if earlier.full > 0 {
            let fewer = ExemptMonths { full: earlier.full - 1, ..earlier };
            let repaid = CountedMonths { paid: paid + 1, exempt_to_2009_03: fewer, ..months };
            prop_assert!(credited(&repaid) >= plain);
        }
    }
}
