//! Bonuses before and after 2003-04, order, what has no rate.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::employees_pension::proportional_part::proportional_amount;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn rates() -> RevaluationRates {
    RevaluationRates::of(2025, date(1960, 5, 5), &mut Trace::new()).expect("on file")
}

fn at(text: &str, standard_yen: i64, bonus_yen: i64) -> RemunerationMonth {
    RemunerationMonth { month: month(text), standard_yen, bonus_yen }
}

#[test]
fn bonuses_count_from_april_2003() {
    let rates = rates();
    let totals = revalued_totals(&[at("2003-03", 1000, 500), at("2003-04", 1000, 500)], &rates).expect("totals");
    assert_eq!((totals.pre2003_months, totals.post2003_months), (1, 1));
    assert_eq!(totals.pre2003_thousandths, 1000 * rates.thousandths(month("2003-03")));
    assert_eq!(totals.post2003_thousandths, 1500 * 1040);
}

/// By the exact setting only the amount is rounded: total × rate ÷ 1,000, half up, to the last thousandth.
#[test]
fn the_exact_setting_rounds_the_amount_alone() {
    let of = |thousandths, millionths, short| {
        let totals =
            RevaluedTotals { post2003_thousandths: thousandths, post2003_months: 12, ..RevaluedTotals::default() };
        let rates = PartRates { pre2003_millionths: 0, post2003_millionths: millionths };
        totals.proportional_amount_exact(rates, Thousandths(1000), short).get()
    };
    // 200,000円 × 1.040 × 12 months × 5.481 ÷ 1,000 = 13,680.576.
    assert_eq!(of(200_000 * 1040 * 12, 5_481, ShortMonths::AsTheyAre), 13_681);
    assert_eq!(of(200_000 * 1040 * 12, 5_481, ShortMonths::Deemed300), 342_014); // × 300 ÷ 12 = 342,014.4
    assert_eq!(of(1_000_499_999_999, 1, ShortMonths::AsTheyAre), 1_000);
    assert_eq!(of(1_000_500_000_000, 1, ShortMonths::AsTheyAre), 1_001);
}

#[test]
fn an_average_is_rounded_half_up() {
    let of = |total, months| RevaluedTotals {
        post2003_thousandths: total,
        post2003_months: months,
        ..RevaluedTotals::default()
    };
    assert_eq!(of(1_499, 1).averages().post2003_average, Yen::new(1));
    assert_eq!(of(1_500, 1).averages().post2003_average, Yen::new(2));
    assert_eq!(of(3_000, 2).averages().post2003_average, Yen::new(2));
    assert_eq!(RevaluedTotals::default().averages(), Averages::default());
}

#[test]
fn what_has_no_totals_says_why() {
    let rates = rates();
    let ask = |record: &[RemunerationMonth]| {
        average_remuneration(record, &rates, &mut Trace::new()).expect_err("refused").to_string()
    };
    assert!(ask(&[at("2020-02", 1, 0), at("2020-01", 1, 0)]).contains("2020-01が2度あるか"));
    assert!(ask(&[at("2020-01", 1, 0), at("2020-01", 1, 0)]).contains("2020-01が2度あるか"));
    assert!(ask(&[at("2020-01", -1, 0)]).contains("10億円以下"));
    assert!(ask(&[at("2020-01", 0, 1_000_000_001)]).contains("10億円以下"));
    assert!(ask(&[at("2026-04", 1, 0)]).contains("2025年度) より後"));
    let long: Vec<RemunerationMonth> = month("1920-01")
        .through(month("2020-01"))
        .map(|month| RemunerationMonth { month, standard_yen: 1, bonus_yen: 0 })
        .collect();
    assert_eq!(long.len(), 1201);
    assert!(ask(&long).contains("1200月以下"));
    assert!(revalued_totals(&long[1..], &rates).is_some());
    assert_eq!(revalued_totals(&[], &rates), Some(RevaluedTotals::default()));
}

#[test]
fn the_estimate_of_2026_is_refused_at_the_level_of_1994() {
    let rates = RevaluationRates::level_1994(2026, &mut Trace::new()).expect("on file");
    assert!(average_remuneration(&[at("2026-03", 1, 0)], &rates, &mut Trace::new()).is_ok());
    let error = average_remuneration(&[at("2026-04", 1, 0)], &rates, &mut Trace::new());
    assert!(matches!(error, Err(LawError::CannotDecide { .. })));
}

proptest! {
    /// Rounding the averages moves a year's pension by at most what half a yen a month is worth, and a yen.
    #[test]
    fn both_settings_stay_together(pay in 88_000_i64..650_000, months in 1_i32..480, start in 0_i32..400) {
        let first = month("1960-04").plus(start);
        let record: Vec<RemunerationMonth> = first.through(first.plus(months - 1))
            .filter(|month| month.fiscal_year() <= 2025)
            .map(|month| RemunerationMonth { month, standard_yen: pay, bonus_yen: pay / 3 }).collect();
        let totals = revalued_totals(&record, &rates()).expect("totals");
        let young = PartRates { pre2003_millionths: 7125, post2003_millionths: 5481 };
        for short in [ShortMonths::AsTheyAre, ShortMonths::Deemed300] {
            let rounded = proportional_amount(&totals.averages(), young, Thousandths(1000), short).get();
            let exact = totals.proportional_amount_exact(young, Thousandths(1000), short).get();
            prop_assert!((rounded - exact).abs() <= 1 + i64::from(months.max(300)) * 7125 / 2_000_000 + 1);
        }
    }

    #[test]
    fn no_record_panics(yen in i64::MIN..=i64::MAX, bonus in -2_i64..=1_000_000_002, start in 0_i32..100_000, months in 0_i32..1300) {
        let first = Month::new(1, 1).expect("a month").plus(start);
        let record: Vec<RemunerationMonth> = first.through(first.plus(months)).map(|month| RemunerationMonth { month, standard_yen: yen, bonus_yen: bonus }).collect();
        let _ = average_remuneration(&record, &rates(), &mut Trace::new());
        let large: Vec<RemunerationMonth> = month("1930-01").through(month("2026-03")).map(|month| RemunerationMonth { month, standard_yen: 1_000_000_000, bonus_yen: 1_000_000_000 }).collect();
        prop_assert!(revalued_totals(&large, &rates()).is_some_and(|totals| totals.averages().months() == 1155));
    }
}
