//! Rounding, the deemed months, what is refused; the worked figures are in the golden table.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn averages(before: i64, before_months: i32, after: i64, after_months: i32) -> Averages {
    Averages {
        pre2003_average: Yen::new(before),
        pre2003_months: before_months,
        post2003_average: Yen::new(after),
        post2003_months: after_months,
    }
}

fn part(fiscal_year: i16, averages: Averages) -> Part {
    Part {
        birth: date(1960, 5, 5),
        fiscal_year,
        averages,
        rates_by: RatesBy::Birth,
        short_months: ShortMonths::AsTheyAre,
    }
}

fn new(part: &Part) -> Result<Yen, LawError> {
    proportional_part(part, &mut Trace::new())
}

const YOUNG: PartRates = PartRates { pre2003_millionths: 7125, post2003_millionths: 5481 };

#[test]
fn both_spells_are_added_before_rounding() {
    // 7.125 × 0.06 = 0.4275 and 5.481 × 0.02 = 0.10962: apart nothing, together 0.537.
    let amount = |averages| proportional_amount(&averages, YOUNG, Thousandths(1000), ShortMonths::AsTheyAre).get();
    assert_eq!(
        (amount(averages(60, 1, 0, 0)), amount(averages(0, 0, 20, 1)), amount(averages(60, 1, 20, 1))),
        (0, 0, 1)
    );
    assert_eq!((amount(averages(4000, 1, 0, 0)), amount(averages(3999, 1, 0, 0))), (29, 28));
}

#[test]
fn three_hundred_months_are_deemed_below_and_not_above() {
    let amount =
        |months, short| proportional_amount(&averages(0, 0, 300_000, months), YOUNG, Thousandths(1000), short).get();
    for months in [1, 7, 299, 300] {
        assert_eq!(amount(months, ShortMonths::Deemed300), 493_290, "{months}");
    }
    assert_eq!(amount(301, ShortMonths::Deemed300), amount(301, ShortMonths::AsTheyAre));
    assert_eq!(amount(0, ShortMonths::Deemed300), 0);
    let both = averages(400_000, 60, 300_000, 40);
    let deemed = proportional_amount(&both, YOUNG, Thousandths(1000), ShortMonths::Deemed300).get();
    assert_eq!(deemed, (171_000 + 65_772) * 3);
}

#[test]
fn the_higher_of_both_levels_is_paid() {
    let paid = |a, b| higher_part(Yen::new(a), Yen::new(b), &mut Trace::new()).get();
    assert_eq!((paid(2, 1), paid(1, 2), paid(1, 1)), (2, 2, 1));
}

#[test]
fn what_cannot_be_is_refused() {
    let good = averages(1, 1, 1, 1);
    assert!(new(&part(2015, good)).is_ok() && new(&part(2026, good)).is_ok());
    assert!(matches!(new(&part(2014, good)), Err(LawError::NotInForce { .. })));
    assert!(matches!(new(&part(2027, good)), Err(LawError::PastLastCheck { .. })));
    for bad in
        [averages(-1, 1, 1, 1), averages(1, -1, 1, 1), averages(1, 1, 1_000_000_000_001, 1), averages(1, 1, 1, 1201)]
    {
        assert!(matches!(new(&part(2025, bad)), Err(LawError::BadInput { .. })));
        assert!(matches!(guaranteed_part(&part(2025, bad), &mut Trace::new()), Err(LawError::BadInput { .. })));
    }
}

#[test]
fn the_guarantee_parts_on_2_april_1938() {
    let of = |birth| guaranteed_rate(birth, Month::new(2025, 4).expect("a month"), &mut Trace::new());
    assert_eq!((of(date(1938, 4, 1)), of(date(1938, 4, 2))), (Ok(Thousandths(1063)), Ok(Thousandths(1061))));
}

proptest! {
    #[test]
    fn more_pay_or_more_months_never_pay_less(
        before in 0_i64..2_000_000, after in 0_i64..2_000_000, m in 0_i32..600, n in 0_i32..600, more in 0_i64..1000,
    ) {
        let amount = |averages| proportional_amount(&averages, YOUNG, Thousandths(1061), ShortMonths::AsTheyAre);
        let now = amount(averages(before, m, after, n));
        prop_assert!(amount(averages(before + more, m, after, n)) >= now);
        prop_assert!(amount(averages(before, m, after, n + 1)) >= now);
    }

    /// A second reader, with exact fractions.
    #[test]
    fn the_integers_agree_with_fractions(
        before in 0_i64..=1_000_000_000_000, after in 0_i64..3_000_000, m in 0_i32..=1200, n in 0_i32..=1200, factor in 800_i64..1200,
    ) {
        use domain::{Ratio, Rounding};
        let of = |average: i64, rate: i64, months: i32| Ratio::new(i128::from(average) * i128::from(rate) * i128::from(months), 1_000_000);
        let exact = of(before, 7125, m) + of(after, 5481, n);
        let exact = Ratio::new(exact.numerator() * i128::from(factor), exact.denominator() * 1000);
        let amount = proportional_amount(&averages(before, m, after, n), YOUNG, Thousandths(factor), ShortMonths::AsTheyAre);
        prop_assert_eq!(amount, exact.round(Rounding::HalfUp));
    }

    #[test]
    fn no_question_panics(year in 0_i16..9999, yen in -5_i64..=1_000_000_000_001, months in -2_i32..1300) {
        let mut part = part(year, averages(yen, months, yen, months));
        let _ = new(&part);
        part.short_months = ShortMonths::Deemed300;
        let _ = guaranteed_part(&part, &mut Trace::new());
    }
}
