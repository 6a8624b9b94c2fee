//! Every cohort boundary, and how the columns hang together.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::LawError;

fn of(birth: Date) -> Multipliers {
    *multipliers(birth, 2025, &mut Trace::new()).expect("in force")
}

#[test]
fn the_youngest_group_has_the_rates_of_article_43() {
    let youngest = of(date(1946, 4, 2));
    assert_eq!(youngest.new, PartRates { pre2003_millionths: 7125, post2003_millionths: 5481 });
    assert_eq!(youngest.guaranteed, PartRates { pre2003_millionths: 7500, post2003_millionths: 5769 });
    assert_eq!(
        (youngest.fixed_portion_factor, youngest.fixed_portion_month_cap, youngest.possible_months),
        (1000, 480, 480)
    );
    assert_eq!(of(date(1946, 4, 1)).new.pre2003_millionths, 7230);
    assert_eq!(multipliers_of_article_43(2025, &mut Trace::new()).map(|row| row.new), Ok(youngest.new));
}

#[test]
fn who_is_born_before_the_first_row_has_the_oldest_rates() {
    let oldest = of(date(1927, 4, 1));
    assert_eq!(oldest.new, PartRates { pre2003_millionths: 9500, post2003_millionths: 7308 });
    assert_eq!(oldest, of(date(1926, 4, 1)));
    assert_eq!(of(date(1927, 4, 2)).new.pre2003_millionths, 9367);
}

/// 1.3 is the share of bonuses of 2003; 0.95 the cut of 2000. The tables round each to three places.
#[test]
fn the_columns_follow_from_one_another() {
    for year in 1927..=1946 {
        let (before, after) = (of(date(year, 4, 1)), of(date(year, 4, 2)));
        assert_ne!(before.new, after.new, "{year}: a cohort begins on 2 April");
        for rates in [after.new, after.guaranteed] {
            let back = rates.post2003_millionths * 13 / 10;
            assert!((back - rates.pre2003_millionths).abs() <= 1, "{year}: {rates:?}");
        }
        let cut = after.guaranteed.pre2003_millionths * 95 / 100;
        assert!((cut - after.new.pre2003_millionths).abs() <= 5, "{year}: {after:?}");
        assert!(before.fixed_portion_factor > after.fixed_portion_factor, "{year}");
        assert!(before.fixed_portion_month_cap <= after.fixed_portion_month_cap, "{year}");
        let years_possible = i32::from((year - 1926).min(15)) * 12 + 300;
        assert_eq!(after.possible_months, years_possible, "{year}");
    }
}

#[test]
fn caps_by_birth() {
    let cap = |year| of(date(year, 4, 1)).fixed_portion_month_cap;
    let last = |year| of(date(year, 4, 2)).fixed_portion_month_cap;
    assert_eq!([cap(1929), cap(1934), cap(1944), cap(1945), cap(1946)], [420, 432, 444, 456, 468]);
    assert_eq!([last(1929), last(1934), last(1944), last(1945), last(1946)], [432, 444, 456, 468, 480]);
}

#[test]
fn outside_the_table_it_refuses_by_name() {
    let ask = |year| multipliers(date(1960, 1, 1), year, &mut Trace::new()).expect_err("refused");
    assert!(matches!(ask(2027), LawError::PastLastCheck { table, .. } if table == "老齢厚生年金の給付乗率"));
    assert!(matches!(ask(1985), LawError::NotInForce { .. }));
    assert!(matches!(ask(0), LawError::BadInput { .. }));
}

proptest! {
    #[test]
    fn every_birth_has_rates(days in 0_i64..60_000) {
        let birth = date(1868, 1, 1).saturating_add(jiff::Span::new().days(days));
        prop_assert!(multipliers(birth, 2025, &mut Trace::new()).is_ok());
    }
}
