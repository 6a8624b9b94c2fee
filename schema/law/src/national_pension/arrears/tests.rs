//! Bands, years and floors at their edges, and a second reader that goes day by day.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn arrears(contribution: i64, due_on: Date, paid_on: Date) -> Arrears<'static> {
    Arrears {
        contribution: Yen::new(contribution),
        due_on,
        paid_on,
        demand_deadline: None,
        part_payments: &[],
        unavoidable: false,
        part_fraction: PartFraction::Exact,
    }
}

fn charge(arrears: &Arrears<'_>) -> ArrearsCharge {
    arrears_charge(arrears, &mut Trace::new()).expect("in force")
}

/// 特例基準割合 of each year in thousandths, plus 10 and plus 73, day by day.
fn day_by_day(contribution: i64, due_on: Date, paid_on: Date) -> i64 {
    let standard = |year: i16| match year {
        2015 | 2016 | 2026 => 18,
        2017 => 17,
        2018..=2020 => 16,
        2021 => 15,
        _ => 14,
    };
    let first = due_on.tomorrow().expect("a day");
    let band_end = period_end(first, 3);
    let (mut thousandths, mut day) = (0, first);
    while day < paid_on {
        thousandths += (standard(day.year()) + if day <= band_end { 10 } else { 73 }) * (contribution / 500 * 500);
        day = day.tomorrow().expect("a day");
    }
    thousandths / 365_000 / 50 * 50
}

#[test]
fn the_first_band_ends_with_the_third_month() {
    let days = |paid_on| {
        let charge = charge(&arrears(17_510, date(2025, 6, 2), paid_on));
        (charge.days_first, charge.days_after)
    };
    assert_eq!(days(date(2025, 6, 3)), (0, 0));
    assert_eq!(days(date(2025, 6, 4)), (1, 0));
    assert_eq!(days(date(2025, 9, 3)), (92, 0));
    assert_eq!(days(date(2025, 9, 4)), (92, 1));
}

#[test]
fn five_hundred_yen_and_fifty() {
    let at = |yen, paid_on| charge(&arrears(yen, date(2025, 6, 2), paid_on));
    assert_eq!(
        at(499, date(2026, 6, 2)),
        ArrearsCharge { amount: Yen::ZERO, base: Yen::ZERO, days_first: 92, days_after: 272 }
    );
    assert_eq!(at(17_499, date(2025, 10, 1)).base, Yen::new(17_000));
    assert_eq!(at(17_500, date(2025, 10, 1)).base, Yen::new(17_500));
    // 17,500 × 0.024 × days ÷ 365: 43 days 49.5円, 44 days 50.6円.
    assert_eq!(at(17_500, date(2025, 7, 16)).amount, Yen::ZERO);
    assert_eq!(at(17_500, date(2025, 7, 17)).amount, Yen::new(50));
}

#[test]
fn a_deadline_a_reason_or_payment_in_time_charges_nothing() {
    let late = arrears(17_510, date(2025, 6, 2), date(2025, 10, 1));
    assert_eq!(charge(&Arrears { demand_deadline: Some(date(2025, 10, 1)), ..late }).amount, Yen::ZERO);
    assert_eq!(charge(&Arrears { demand_deadline: Some(date(2025, 9, 30)), ..late }).amount, Yen::new(200));
    assert_eq!(charge(&Arrears { unavoidable: true, ..late }).amount, Yen::ZERO);
    let in_time = charge(&Arrears { paid_on: date(2025, 6, 2), ..late });
    assert_eq!((in_time.amount, in_time.days_first, in_time.days_after), (Yen::ZERO, 0, 0));
    let early = charge(&Arrears { paid_on: date(2025, 5, 1), ..late });
    assert_eq!((early.amount, early.days_first), (Yen::ZERO, 0));
    assert!(arrears_charge(&Arrears { demand_deadline: Some(date(2025, 6, 2)), ..late }, &mut Trace::new()).is_err());
}

#[test]
fn a_part_payment_lowers_the_base_from_its_day() {
    let paid = [PartPayment { paid_on: date(2025, 8, 1), amount: Yen::new(10_000) }];
    let late = Arrears { part_payments: &paid, ..arrears(17_510, date(2025, 6, 2), date(2025, 10, 1)) };
    // 59 days on 17,500 and 33 on 7,500 at 2.4%, 28 on 7,500 at 8.7%: 67.89 + 16.27 + 50.05 = 134.2.
    assert_eq!(charge(&late).amount, Yen::new(100));
    let all = [PartPayment { paid_on: date(2025, 8, 1), amount: Yen::new(17_510) }];
    assert!(arrears_charge(&Arrears { part_payments: &all, ..late }, &mut Trace::new()).is_err());
    let after = [PartPayment { paid_on: date(2025, 10, 1), amount: Yen::new(1) }];
    assert!(arrears_charge(&Arrears { part_payments: &after, ..late }, &mut Trace::new()).is_err());
}

#[test]
fn the_setting_says_what_is_cut() {
    // Due 2025-12-01: 30 days of 2025 and 60 of 2026 in the first band, 10 days after it.
    let at = |part_fraction| {
        let late = Arrears { part_fraction, ..arrears(17_510, date(2025, 12, 1), date(2026, 3, 12)) };
        let mut trace = Trace::new();
        arrears_charge(&late, &mut trace).expect("in force");
        trace.steps().last().expect("a step").values[0].value.clone()
    };
    // 17,500 × (0.024 × 30 + 0.028 × 60) ÷ 365 = 34.52 + 80.55 = 115.07; 17,500 × 0.091 × 10 ÷ 365 = 43.63.
    assert_eq!((at(PartFraction::EachBand), at(PartFraction::EachSegment)), ("158".to_owned(), "157".to_owned()));
    assert_ne!(at(PartFraction::Exact), "158");
}

#[test]
fn the_rates_reach_from_2015_to_2026() {
    let ask = |due_on, paid_on| arrears_charge(&arrears(17_510, due_on, paid_on), &mut Trace::new());
    assert!(matches!(ask(date(2014, 12, 30), date(2015, 1, 31)), Err(LawError::NotInForce { .. })));
    assert!(ask(date(2014, 12, 31), date(2015, 1, 31)).is_ok());
    assert!(ask(date(2026, 11, 30), date(2027, 1, 1)).is_ok());
    assert!(matches!(ask(date(2026, 11, 30), date(2027, 1, 2)), Err(LawError::PastLastCheck { .. })));
}

proptest! {
    #[test]
    fn the_bands_and_years_agree_with_counting_days(yen in 0_i64..=100_000, start in 0_i32..3_900, days in 0_i32..900) {
        let due_on = crate::day_of(day_number(date(2014, 12, 31)) + start);
        let paid_on = crate::day_of((day_number(due_on) + days).min(day_number(date(2027, 1, 1))));
        let late = arrears(yen, due_on, paid_on);
        prop_assert_eq!(charge(&late).amount.get(), day_by_day(yen, due_on, paid_on));
        let cut = charge(&Arrears { part_fraction: PartFraction::EachSegment, ..late }).amount;
        let band = charge(&Arrears { part_fraction: PartFraction::EachBand, ..late }).amount;
        prop_assert!(cut <= band && band <= charge(&late).amount);
    }
}
