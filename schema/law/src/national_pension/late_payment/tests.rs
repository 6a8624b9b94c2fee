//! The free years on both sides, the years whose rates are missing, ten years, the order.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn pay(of: &str, paid_in: &str) -> Result<LatePayment, LawError> {
    late_payment(Relief::Full, month(of), month(paid_in), &mut Trace::new())
}

#[test]
fn two_fiscal_years_are_free_and_march_a_month_longer() {
    for (of, paid_in, free) in [
        ("2023-04", "2026-03", true),
        ("2023-03", "2025-03", true),
        ("2023-03", "2025-04", true),
        ("2023-03", "2025-05", false),
        ("2023-02", "2025-04", false),
        ("2022-03", "2025-04", false),
        ("2025-06", "2025-06", true),
    ] {
        assert_eq!(is_free_of_surcharge(month(of), month(paid_in)), free, "{of} {paid_in}");
        assert_eq!(pay(of, paid_in).expect("on file").surcharge == Yen::ZERO, free, "{of} {paid_in}");
    }
}

/// The published zero of the two free years is what the clause gives without reading it.
#[test]
fn the_table_says_zero_where_the_clause_does() {
    for year in [2023, 2024] {
        let rate = SURCHARGE_RATES.at(&format!("2025/{year}"), month("2025-12"), &mut Trace::new());
        assert_eq!(rate, Ok(&Ratio::ZERO), "{year}");
        assert!(is_free_of_surcharge(Month::new(year, 4).expect("a month"), month("2026-03")));
    }
}

#[test]
fn a_year_whose_rates_are_not_on_file_is_refused_and_its_free_years_are_not() {
    assert!(matches!(pay("2016-06", "2024-06"), Err(LawError::NotInForce { table, .. }) if table == "追納加算率"));
    assert!(matches!(pay("2020-06", "2023-06"), Err(LawError::NotInForce { .. })), "part of fiscal 2023 is missing");
    assert!(pay("2018-06", "2023-06").is_ok());
    assert!(matches!(pay("2020-06", "2026-06"), Err(LawError::PastLastCheck { .. })));
    assert_eq!(pay("2024-06", "2026-06").map(LatePayment::total), Ok(Yen::new(16_980)));
    assert!(matches!(pay("2025-06", "2025-05"), Err(LawError::BadInput { .. })));
    for relief in [Relief::Maternity, Relief::Childcare] {
        assert!(late_payment(relief, month("2022-06"), month("2025-06"), &mut Trace::new()).is_err());
    }
}

#[test]
fn ten_years_to_the_day_and_the_other_conditions() {
    let refused = |relief, on, right, paid| {
        refusal(relief, month("2015-04"), on, right, paid, &mut Trace::new()).expect("in force").is_some()
    };
    assert!(!refused(Relief::Full, date(2025, 4, 30), false, false));
    assert!(refused(Relief::Full, date(2025, 5, 1), false, false));
    assert!(refused(Relief::Full, date(2025, 4, 30), true, false));
    assert!(refused(Relief::Half, date(2025, 4, 30), false, false));
    assert!(!refused(Relief::Half, date(2025, 4, 30), false, true));
    assert!(refused(Relief::Maternity, date(2025, 4, 30), false, true));
    assert_eq!(last_payable_day(month("2014-02"), &mut Trace::new()), Ok(date(2024, 2, 29)));
}

#[test]
fn deferred_months_first_unless_older_exemptions_are_chosen() {
    let (exempt, student) = (Relief::Half, Relief::Student);
    let months = [
        (month("2020-05"), student),
        (month("2019-05"), exempt),
        (month("2021-05"), exempt),
        (month("2018-05"), student),
    ];
    let of = |first| -> Vec<String> {
        order(&months, first, &mut Trace::new()).iter().map(|(month, _)| month.to_string()).collect()
    };
    assert_eq!(of(FirstPaid::Deferrals), ["2018-05", "2020-05", "2019-05", "2021-05"]);
    assert_eq!(of(FirstPaid::OlderExemptions), ["2018-05", "2019-05", "2020-05", "2021-05"]);
}

proptest! {
    #[test]
    fn the_surcharge_is_the_nearest_ten_and_grows_with_the_rate(yen in 0_i64..=100_000, rate in 0_i128..=50) {
        let at = |rate| surcharge(Yen::new(yen), Ratio::new(rate, 1000)).get();
        prop_assert!(at(rate) <= at(rate + 1) && at(rate) % 10 == 0);
        let exact = i64::try_from(rate).expect("small") * yen;
        prop_assert!((2 * (at(rate) * 1000 - exact)).abs() <= 10_000);
    }
}
