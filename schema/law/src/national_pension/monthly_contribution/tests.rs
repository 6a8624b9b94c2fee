//! Every fiscal year of the table, both its ends, and the rounding; the published amounts are in the golden table.

use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn amount(text: &str) -> i64 {
    monthly_contribution(month(text), &mut Trace::new()).expect("in force").get()
}

#[test]
fn the_amount_changes_in_april_and_stays_for_the_fiscal_year() {
    assert_eq!((amount("2025-03"), amount("2025-04"), amount("2026-03")), (16_980, 17_510, 17_510));
    assert_eq!((amount("2026-04"), amount("2027-03"), amount("2027-04")), (17_920, 17_920, 18_290));
    for first in (2004..=2027).map(|year| Month::new(year, 4).expect("a month")) {
        for month in first.through(first.plus(11)) {
            assert_eq!(amount(&month.to_string()), amount(&first.to_string()), "{month}");
        }
    }
}

#[test]
fn before_the_first_year_and_past_the_last_it_refuses_by_name() {
    let ask = |text: &str| monthly_contribution(month(text), &mut Trace::new()).expect_err("refused");
    assert!(matches!(ask("2004-03"), LawError::NotInForce { table, .. } if table == "国民年金保険料の法定額"));
    assert!(matches!(ask("2028-04"), LawError::PastLastCheck { table, .. } if table == "国民年金保険料の法定額"));
}

/// 87条3項の表: 280円 more each year from fiscal 2005 to 2016, then 16,900円 and 17,000円.
#[test]
fn the_statutory_amount_rises_by_280_yen_a_year() {
    let at = |year: i16| STATUTORY_AMOUNTS.at("", Month::new(year, 4).expect("a month"), &mut Trace::new()).copied();
    for year in 2005..=2016_i16 {
        assert_eq!(at(year), Ok(Yen::new(13_580 + 280 * i64::from(year - 2005))), "{year}");
    }
    assert_eq!((at(2017), at(2018), at(2019)), (Ok(Yen::new(16_900)), Ok(Yen::new(16_900)), Ok(Yen::new(17_000))));
}

#[test]
fn five_yen_goes_up_and_less_goes_down() {
    let of = |numerator| revised(Yen::new(1), Ratio::new(numerator, 1000)).get();
    assert_eq!([of(4_999), of(5_000), of(14_999), of(15_000)], [0, 10, 10, 20]);
}

proptest! {
    #[test]
    fn a_higher_rate_never_costs_less(yen in 0_i64..=1_000_000, low in 0_i128..=2_000, more in 0_i128..=1_000) {
        let at = |rate| revised(Yen::new(yen), Ratio::new(rate, 1000));
        prop_assert!(at(low) <= at(low + more));
        prop_assert_eq!(at(low).get() % 10, 0);
        let twice = 2 * (at(low).get() * 1000 - i64::try_from(low).expect("small") * yen);
        prop_assert!((-10_000 < twice) && (twice <= 10_000), "within five yen, five going up");
    }
}
