//! Every month of the table, the boundary of births, what is refused.

use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn of(birth: Date, request: Month) -> Result<EarlyReduction, LawError> {
    early_reduction(birth, request, 65, &mut Trace::new())
}

#[test]
fn every_month_of_either_table_is_its_rate_times_the_months() {
    for (birth, thousandths) in [(date(1962, 4, 2), 4), (date(1962, 4, 1), 5), (date(1941, 4, 2), 5)] {
        let at_65 = Month::of(attained_on(birth, 65));
        for months in 1..=60 {
            let found = of(birth, at_65.plus(-months)).expect("in the table");
            assert_eq!((found.months, found.rate), (months, Ratio::new(i128::from(months) * thousandths, 1_000)));
        }
        assert_eq!(of(birth, at_65.plus(-61)).expect_err("before 60").code(), "bad_input");
        assert_eq!(of(birth, at_65).expect_err("not early").code(), "bad_input");
    }
}

#[test]
fn born_on_the_first_of_a_month_an_age_is_attained_the_month_before() {
    assert_eq!(of(date(1965, 4, 1), month("2025-03")).expect("60 attained on 31 March").months, 60);
    assert_eq!(of(date(1965, 4, 2), month("2025-03")).expect_err("not yet 60").code(), "bad_input");
}

#[test]
fn what_the_table_does_not_hold_is_refused() {
    assert_eq!(of(date(1941, 4, 1), month("2003-04")).expect_err("other rates").code(), "cannot_decide");
    assert_eq!(of(date(1974, 1, 1), month("2036-04")).expect_err("not checked").code(), "past_last_check");
    let special = |age| early_reduction(date(1960, 8, 15), month("2022-03"), age, &mut Trace::new());
    assert_eq!(special(60).expect_err("no such age").code(), "bad_input");
    assert_eq!(special(61).expect_err("reached before the claim").code(), "bad_input");
    assert_eq!(special(63).map(|reduction| reduction.months), Ok(17));
}

proptest! {
    #[test]
    fn parts_add_up_and_waiting_never_costs(amount in 0_i64..5_000_000, months in 1_i128..60) {
        let after = reduced(Yen::new(amount), Ratio::new(months * 4, 1_000));
        prop_assert_eq!(after.annual + after.reduction, Yen::new(amount));
        let earlier = reduced(Yen::new(amount), Ratio::new((months + 1) * 4, 1_000));
        prop_assert!(earlier.annual <= after.annual);
    }
}
