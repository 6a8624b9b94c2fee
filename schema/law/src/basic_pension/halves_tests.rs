//! 端数処理: 50銭未満切捨て・50銭以上切上げ (国民年金法17条1項), at exactly 50銭.

use domain::{Ratio, Yen};
use jiff::civil::date;

use super::deferral::{average_payment_rate, employees_increase_of, increased};
use super::early_claim::{early_reduction, reduced};
use super::furikae::addition;
use super::old_age_basic::{CountedMonths, ExemptMonths};
use super::support_benefit::{SupportMonths, old_age_monthly, survivor_support};
use crate::Trace;

fn thousandths(rate: i128) -> Ratio {
    Ratio::new(rate, 1_000)
}

#[test]
fn fifty_sen_goes_up() {
    assert_eq!(increased(Yen::new(500), thousandths(273)), Yen::new(637), "136.5円");
    assert_eq!(employees_increase_of(Yen::new(500), Yen::ZERO, Ratio::new(1, 1), thousandths(273)), Yen::new(137));
    let off = reduced(Yen::new(500), thousandths(5));
    assert_eq!((off.reduction, off.annual), (Yen::new(3), Yen::new(497)), "2.5円");
    assert_eq!(addition(Yen::new(500), thousandths(93)), Yen::new(47), "46.5円");
    // 5円 × 240 ÷ 480 = 2.5円; 48円 × 1 ÷ 6 × 360 ÷ 480 ÷ 12 = 0.5円.
    let months = SupportMonths { paid: 240, exempt_full_to_half: 360, exempt_quarter: 0 };
    let support = old_age_monthly(Yen::new(5), Yen::new(48), &months, 480);
    assert_eq!((support.paid_item, support.exempt_item, support.monthly), (Yen::new(3), Yen::new(1), Yen::new(4)));
}

/// 年金生活者支援給付金の支給に関する法律3条1号: no more than 480 months count; 21条: shared among the children.
#[test]
fn the_support_benefit_has_its_bounds() {
    let months = SupportMonths { paid: 481, exempt_full_to_half: 0, exempt_quarter: 0 };
    assert_eq!(old_age_monthly(Yen::new(5_450), Yen::ZERO, &months, 480).monthly, Yen::new(5_450));
    let month = "2025-04".parse().expect("a month");
    let of = |children| survivor_support(children, month, &mut Trace::new());
    // 5,450円 ÷ 4 = 1,362.5円.
    assert_eq!((of(4), of(100)), (Ok(Yen::new(1_363)), Ok(Yen::new(55))));
    assert!(of(0).is_err() && of(101).is_err());
}

/// 厚生年金保険法施行令3条の5の2第2項: one month is a waiting time too, and a yen is a pension.
#[test]
fn the_mean_of_one_month() {
    assert_eq!(average_payment_rate(Yen::new(10), &[Yen::new(5)]), Some(Ratio::new(1, 2)));
    assert_eq!(average_payment_rate(Yen::new(1), &[Yen::ZERO]), Some(Ratio::new(1, 1)));
    assert_eq!((average_payment_rate(Yen::ZERO, &[Yen::ZERO]), average_payment_rate(Yen::new(1), &[])), (None, None));
}

/// 厚生年金保険法附則13条の4: start ages 61 to 65, and at least one month before.
#[test]
fn an_early_claim_comes_before_its_start_age() {
    let of = |request: &str, age| {
        let request = request.parse().expect("a month");
        early_reduction(date(1960, 1, 15), request, age, &mut Trace::new()).map(|found| found.months)
    };
    // 61 on 2021-01-14.
    assert_eq!(of("2020-12", 61), Ok(1));
    assert!(of("2021-01", 61).is_err(), "the month of the age itself");
    assert!(of("2020-02", 60).is_err() && of("2020-02", 66).is_err());
    assert_eq!(of("2024-12", 65), Ok(1));
}

/// 国民年金法27条: a life of more than a hundred years is a slip of the pen, whichever group it stands in.
#[test]
fn every_group_of_months_is_looked_at() {
    let exempt = |quarter, half, three_quarters, full| ExemptMonths { quarter, half, three_quarters, full };
    let months = |later, earlier| CountedMonths { paid: 5, exempt_from_2009_04: later, exempt_to_2009_03: earlier };
    let good = months(exempt(1, 2, 3, 4), exempt(10, 20, 30, 40));
    assert_eq!((good.total(), good.check()), (115, Ok(())));
    let none = ExemptMonths::default();
    for bad in [exempt(-1, 2, 0, 0), exempt(2, -1, 0, 0), exempt(0, 2, -1, 0), exempt(0, 0, 2, -1)] {
        assert!(months(bad, none).check().is_err() && months(none, bad).check().is_err(), "{bad:?}");
    }
    assert!(months(exempt(300, 300, 300, 295), none).check().is_ok(), "1,200 in all");
    assert!(months(exempt(300, 300, 300, 296), none).check().is_err());
}
