//! The rate tables month by month; the amounts are in the golden table.

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn the_rate_of_every_prefecture_in_every_month_is_a_plausible_one() {
    let (low, high) = (Ratio::new(9, 100), Ratio::new(115, 1000));
    for prefecture in Prefecture::all() {
        for month in month("2012-03").through(month("2027-02")) {
            let rate = hi_rate(prefecture, month, &mut Trace::new()).expect("in force");
            assert!(low < rate && rate < high, "{prefecture} {month}: {rate}");
            assert!(rate.in_units_of(10_000).is_some(), "{prefecture} {month}: {rate} has more than four decimals");
        }
    }
}

#[test]
fn rates_change_in_march_and_the_support_levy_begins_in_april() {
    let tokyo = Prefecture::from_jis(13).expect("Tokyo");
    let rates = |text: &str| {
        let rates = HealthRates::at(tokyo, month(text), &mut Trace::new()).expect("in force");
        [rates.health, rates.ltci, rates.support].map(|rate| rate.to_string())
    };
    assert_eq!(rates("2026-02"), ["0.0991", "0.0159", "0"]);
    assert_eq!(rates("2026-03"), ["0.0985", "0.0162", "0"]);
    assert_eq!(rates("2026-04"), ["0.0985", "0.0162", "0.0023"]);
    assert_eq!(rates("2027-02"), ["0.0985", "0.0162", "0.0023"]);
}

#[test]
fn epi_reached_its_last_rate_in_2017_and_miners_with_it() {
    let general = |text: &str| epi_rate(month(text), &mut Trace::new()).expect("in force").to_string();
    let miners = |text: &str| epi_rate_miner_seaman(month(text), &mut Trace::new()).expect("in force").to_string();
    assert_eq!((general("2017-08"), general("2017-09")), ("0.18182".to_owned(), "0.183".to_owned()));
    assert_eq!((miners("2017-08"), miners("2017-09")), ("0.18184".to_owned(), "0.183".to_owned()));
    let mut last = Ratio::ZERO;
    for month in month("2003-04").through(month("2027-02")) {
        let rate = epi_rate(month, &mut Trace::new()).expect("in force");
        assert!(rate >= last, "{month}: the rate never fell");
        last = rate;
    }
}

#[test]
fn past_the_last_check_each_table_refuses_by_its_name() {
    let tokyo = Prefecture::from_jis(13).expect("Tokyo");
    let refusals = [
        hi_rate(tokyo, month("2027-03"), &mut Trace::new()),
        ltci_rate(month("2027-03"), &mut Trace::new()),
        support_rate(month("2027-03"), &mut Trace::new()),
        contribution_rate(month("2027-04"), &mut Trace::new()),
        epi_rate(month("2027-09"), &mut Trace::new()),
    ];
    let names = [
        "都道府県単位保険料率",
        "介護保険料率",
        "子ども・子育て支援金率",
        "子ども・子育て拠出金率",
        "厚生年金保険料率",
    ];
    for (refusal, name) in refusals.into_iter().zip(names) {
        let error = refusal.expect_err("past the last check");
        assert!(matches!(&error, LawError::PastLastCheck { table, .. } if table == name), "{error}");
    }
}

/// 保険料額表 (東京 令和8年度): each cell of the golden table, and the whole column by the rule it follows.
#[test]
fn the_premium_table_of_tokyo_2026() {
    use crate::employees_insurance::{Scheme, grade};
    let month = month("2026-04");
    let tokyo = Prefecture::from_jis(13).expect("Tokyo");
    let rates = HealthRates::at(tokyo, month, &mut Trace::new()).expect("in force");
    let grades = grade::all(Scheme::HealthInsurance, month, &mut Trace::new()).expect("in force");
    assert_eq!(grades.len(), 50);
    for grade in grades {
        let yen = i128::from(grade.standard.get());
        let full = |ltci| hi_full(grade.standard, rates, ltci, &mut Trace::new());
        assert_eq!(full(false), Ratio::new(yen * (985 + 23), 10_000), "{}", grade.standard);
        assert_eq!(full(true), Ratio::new(yen * (985 + 162 + 23), 10_000), "{}", grade.standard);
    }
}

#[test]
fn one_rounding_for_health_and_long_term_care() {
    let tokyo = Prefecture::from_jis(13).expect("Tokyo");
    let rates = HealthRates::at(tokyo, month("2026-03"), &mut Trace::new()).expect("in force");
    let mut trace = Trace::new();
    let full = hi_full(Yen::new(134_000), rates, true, &mut trace);
    assert_eq!(employee_share(full, Collection::Payroll, HI_SHARE, &mut trace), Yen::new(7_685));
    assert_eq!(trace.steps().len(), 2);
}

/// 新潟 2026-03, 110,000円: half of 10,131円 is 5,065.5円.
#[test]
fn the_receipt_says_how_the_half_yen_was_rounded() {
    let told = |collection| {
        let mut trace = Trace::new();
        let share = employee_share(Ratio::new(10_131, 1), collection, HI_SHARE, &mut trace);
        (share.get(), trace.steps()[0].expression.clone())
    };
    let (payroll, how) = told(Collection::Payroll);
    assert!(payroll == 5_065 && how.contains("50銭以下切捨て"), "{how}");
    let (cash, how) = told(Collection::Cash);
    assert!(cash == 5_066 && how.contains("50銭以上切上げ"), "{how}");
}
