//! The night's amount is the receipt's; cohorts part where the tables part.

use domain::Month;
use proptest::prelude::*;

use super::*;
use crate::employees_pension::proportional_part::{Averages, Part, RatesBy, guaranteed_part, proportional_part};

fn record(first: &str, months: i32, pay: i64) -> Vec<RemunerationMonth> {
    let first: Month = first.parse().expect("a month");
    let of = |month| RemunerationMonth { month, standard_yen: pay, bonus_yen: pay / 2 };
    first.through(first.plus(months - 1)).filter(|month| month.fiscal_year() <= 2025).map(of).collect()
}

fn law(birth: Date) -> CohortLaw {
    CohortLaw::of(2025, birth, &mut Trace::new()).expect("on file")
}

#[test]
fn cohorts_begin_on_2_april() {
    assert_eq!(
        (cohort_of(date(1956, 4, 1)), cohort_of(date(1956, 4, 2)), cohort_of(date(2000, 1, 1))),
        (1955, 1956, 1956)
    );
    assert_eq!(
        (cohort_of(date(1900, 1, 1)), cohort_of(date(1927, 4, 1)), cohort_of(date(1927, 4, 2))),
        (1926, 1926, 1927)
    );
    let all: Vec<(i16, Date)> = cohorts().collect();
    assert_eq!((all.len(), all[0], all[30]), (31, (1926, date(1926, 4, 2)), (1956, date(1956, 4, 2))));
    assert!(all.iter().all(|(year, first)| cohort_of(*first) == *year));
}

/// 国民年金法27条: no more months of ages 20 to 59 than 加入可能月数, and none at all is a life after 60.
#[test]
fn months_of_youth_have_a_least_and_a_most() {
    let life = record("1985-04", 481, 300_000);
    let of = |young| law(date(1960, 5, 5)).amount(&life, young).map(|amount| amount.transitional.get());
    // 1,734円 × 480 less 831,700円 × young ÷ 480.
    assert_eq!([of(0), of(480), of(481)], [Some(832_320), Some(620), None]);
}

/// One law per cohort is enough: the last birth of a cohort has that of the first.
#[test]
fn a_cohort_has_one_law() {
    let life = record("1965-04", 400, 300_000);
    for (year, first) in cohorts() {
        let last = date(year + 1, 4, 1);
        assert_eq!(law(first).amount(&life, 300), law(last).amount(&life, 300), "{year}");
        assert_eq!(law(first).additions.spouse_total(), law(last).additions.spouse_total(), "{year}");
    }
    assert_eq!(law(date(1900, 1, 1)).amount(&life, 300), law(date(1926, 4, 2)).amount(&life, 300));
    assert_eq!(law(date(1990, 1, 1)).amount(&life, 300), law(date(1956, 4, 2)).amount(&life, 300));
}

#[test]
fn twelve_months_give_fifteen_yen_of_the_addition() {
    let amount = law(date(1960, 5, 5)).amount(&record("2003-04", 12, 300_000), 12).expect("an amount");
    assert_eq!(amount.transitional, Yen::new(15)); // 20,808 − 20,792.5 → 20,793
    assert_eq!(amount.total(), amount.proportional + Yen::new(15));
}

#[test]
fn more_months_of_youth_than_months_are_refused() {
    let life = record("2003-04", 12, 300_000);
    let birth = date(1960, 5, 5);
    assert!(law(birth).amount(&life, 13).is_none() && law(birth).amount(&life, -1).is_none());
    let told = old_age_pension(birth, 2025, &life, 13, &mut Trace::new());
    assert!(matches!(told, Err(LawError::BadInput { .. })));
    assert!(old_age_pension(birth, 2014, &life, 12, &mut Trace::new()).is_err());
    assert!(old_age_pension(date(1938, 4, 1), 2026, &life, 12, &mut Trace::new()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// One computation: the night, the receipt and the topics of the parts say the same.
    #[test]
    fn the_night_says_what_the_receipt_says(birth_year in 1926_i16..2000, start in 0_i32..500, months in 1_i32..480, pay in 88_000_i64..650_000) {
        let birth = date(birth_year, 4, 2);
        let first = Month::new(1965, 4).expect("a month").plus(start).to_string();
        let life = record(&first, months, pay);
        let young = i32::try_from(life.len()).expect("small").min(300);
        let night = law(birth).amount(&life, young).expect("an amount");
        prop_assert_eq!(old_age_pension(birth, 2025, &life, young, &mut Trace::new()), Ok(night));
        let part = |averages: Averages| Part { birth, fiscal_year: 2025, averages, rates_by: RatesBy::Birth, short_months: ShortMonths::AsTheyAre };
        let totals = |rates: &RevaluationRates| revalued_totals(&life, rates).expect("totals").averages();
        let new = proportional_part(&part(totals(&law(birth).rates)), &mut Trace::new());
        let guaranteed = guaranteed_part(&part(totals(&law(birth).level_1994)), &mut Trace::new());
        prop_assert_eq!((new, guaranteed), (Ok(night.new_level), Ok(night.guaranteed)));
    }
}
