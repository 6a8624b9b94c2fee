//! Short and long, 240 months, and the own pension from 65.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn record(requirement: Requirement, months: i32) -> SurvivorRecord {
    SurvivorRecord {
        deceased_birth: date(1975, 1, 1),
        fiscal_year: 2025,
        requirement,
        averages: Averages { post2003_average: Yen::new(300_000), post2003_months: months, ..Averages::default() },
        level_1994: None,
        middle_aged_widow: false,
    }
}

fn annual(record: &SurvivorRecord) -> i64 {
    survivor_employee(record, &mut Trace::new()).expect("computes").annual().get()
}

#[test]
fn short_deems_300_months_and_long_does_not() {
    assert_eq!(annual(&record(Requirement::Short, 100)), 369_968); // 493,290 × 3/4 = 369,967.5
    assert_eq!(annual(&record(Requirement::Long, 100)), 123_323); // 164,430 × 3/4 = 123,322.5
    assert_eq!(annual(&record(Requirement::Long, 300)), annual(&record(Requirement::Short, 300)));
}

#[test]
fn the_long_requirement_goes_by_birth() {
    // 300,000 × 7.308/1000 × 100 = 219,240 × 3/4 = 164,430 for the oldest.
    let old = SurvivorRecord { deceased_birth: date(1927, 4, 1), ..record(Requirement::Long, 100) };
    assert_eq!(annual(&old), 164_430);
    let short = SurvivorRecord { deceased_birth: date(1927, 4, 1), ..record(Requirement::Short, 100) };
    assert_eq!(annual(&short), 369_968);
}

#[test]
fn the_addition_asks_the_long_requirement_for_240_months() {
    let added = |requirement, months| {
        let with = SurvivorRecord { middle_aged_widow: true, ..record(requirement, months) };
        annual(&with) - annual(&record(requirement, months))
    };
    assert_eq!((added(Requirement::Long, 239), added(Requirement::Long, 240)), (0, 623_800));
    assert_eq!(added(Requirement::Short, 1), 623_800);
}

#[test]
fn the_guaranteed_level_is_compared_where_it_is_given() {
    let level_1994 =
        Some(Averages { post2003_average: Yen::new(290_000), post2003_months: 300, ..Averages::default() });
    // 532,519 × 3/4 = 399,389.25
    assert_eq!(annual(&SurvivorRecord { level_1994, ..record(Requirement::Short, 300) }), 399_389);
}

#[test]
fn no_month_is_refused() {
    let refused = survivor_employee(&record(Requirement::Short, 0), &mut Trace::new());
    assert!(matches!(refused, Err(LawError::BadInput { .. })));
}

#[test]
fn parts_are_rounded_before_they_are_added() {
    // 600,001 × 2/3 = 400,000.67 → 400,001; 700,001 / 2 = 350,000.5 → 350,001
    let paid = over_65(Yen::new(600_001), Yen::new(700_001), true);
    assert_eq!((paid.entitlement.get(), paid.survivor_paid.get()), (750_002, 50_001));
    assert_eq!(over_65(Yen::new(600_001), Yen::new(700_001), false).survivor_paid, Yen::ZERO);
}

proptest! {
    #[test]
    fn the_widow_never_has_less_than_the_greater_of_both(survivor in 0_i64..3_000_000, own in 0_i64..3_000_000) {
        let paid = over_65(Yen::new(survivor), Yen::new(own), true);
        let both = paid.old_age_paid + paid.survivor_paid;
        prop_assert!(both.get() >= survivor.max(own));
    }
}
