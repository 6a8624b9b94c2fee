//! Every row: half a contribution, so many times.

use super::*;

fn of(month: &str, weighted: Ratio) -> Result<WithdrawalLumpSum, LawError> {
    let month = month.parse().expect("a month");
    withdrawal_lump_sum(month, weighted, WithdrawalFacts::default(), &mut Trace::new())
}

#[test]
fn every_amount_is_half_the_contribution_of_the_year_so_many_times() {
    for (year, contribution) in
        [(2021, 16_610), (2022, 16_590), (2023, 16_520), (2024, 16_980), (2025, 17_510), (2026, 17_920)]
    {
        for month in [format!("{year}-04"), format!("{}-03", year + 1)] {
            for months in 6..=70_i64 {
                let found = of(&month, Ratio::new(months.into(), 1)).expect("in the table");
                let multiplier = (months / 6 * 6).min(60);
                assert_eq!((found.multiplier, found.amount.get()), (multiplier, contribution / 2 * multiplier));
            }
            let before = of(&month, Ratio::new(47, 4)).expect("in the table");
            assert_eq!(before.multiplier, 6, "11.75 months are not twelve");
        }
    }
    assert!(!of("2025-06", Ratio::new(23, 4)).expect("decided").eligible, "5.75 months");
    assert_eq!(of("2021-03", Ratio::new(6, 1)).expect_err("no row").code(), "not_in_force");
    assert_eq!(of("2027-04", Ratio::new(6, 1)).expect_err("not known").code(), "past_last_check");
    assert_eq!(of("2025-06", Ratio::new(1_201, 1)).expect_err("too many").code(), "bad_input");
}

#[test]
fn who_gets_none() {
    let plain = WithdrawalFacts::default();
    for facts in [
        WithdrawalFacts { japanese_national: true, ..plain },
        WithdrawalFacts { resident: true, ..plain },
        WithdrawalFacts { has_or_had_right: true, ..plain },
        WithdrawalFacts { two_years_passed: true, ..plain },
    ] {
        let month = "2025-06".parse().expect("a month");
        let sum = withdrawal_lump_sum(month, Ratio::new(60, 1), facts, &mut Trace::new()).expect("decided");
        assert!(!sum.eligible && sum.amount == Yen::ZERO);
    }
}
