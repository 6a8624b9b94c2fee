//! Grades, the 300 months, the minimum and whom it is for.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn record(average: i64, months: i32) -> DisabilityRecord {
    let averages = Averages { post2003_average: Yen::new(average), post2003_months: months, ..Averages::default() };
    DisabilityRecord { birth: date(1985, 1, 1), fiscal_year: 2025, averages, level_1994: None }
}

fn annual(record: &DisabilityRecord, grade: i64, spouse: bool, has_basic: bool) -> i64 {
    let facts = DisabilityFacts { grade, spouse, has_basic };
    disability_employee(record, facts, &mut Trace::new()).expect("computes").annual().get()
}

#[test]
fn grade_one_is_a_quarter_more_and_its_spouse_is_not() {
    // 493,290 × 1.25 = 616,612.5 → 616,613
    assert_eq!(annual(&record(300_000, 200), 1, false, true), 616_613);
    assert_eq!(annual(&record(300_000, 200), 1, true, true), 616_613 + 239_300);
    assert_eq!(annual(&record(300_000, 200), 3, true, false), 623_800);
}

#[test]
fn three_hundred_months_and_one_more() {
    assert_eq!(annual(&record(300_000, 1), 2, false, true), 493_290);
    assert_eq!(annual(&record(300_000, 300), 2, false, true), 493_290);
    assert_eq!(annual(&record(300_000, 301), 2, false, true), 494_934); // 494,934.3
}

#[test]
fn the_minimum_is_for_those_without_a_basic_pension() {
    assert_eq!(annual(&record(100_000, 60), 2, false, true), 164_430);
    assert_eq!(annual(&record(100_000, 60), 2, false, false), 623_800);
    assert_eq!(annual(&record(100_000, 60), 1, true, false), 623_800 + 239_300);
    let old = DisabilityRecord { birth: date(1956, 4, 1), ..record(100_000, 60) };
    assert_eq!(annual(&old, 3, false, false), 622_000);
}

#[test]
fn the_allowance_is_two_years() {
    let allowance = |record| disability_allowance(&record, &mut Trace::new()).map(Yen::get);
    assert_eq!(allowance(record(250_000, 60)), Ok(1_247_600));
    assert_eq!(allowance(record(500_000, 60)), Ok(1_644_300)); // 822,150 × 2
}

#[test]
fn the_guaranteed_level_is_compared_where_it_is_given() {
    let with = DisabilityRecord { level_1994: Some(record(290_000, 200).averages), ..record(300_000, 200) };
    // 290,000 × 5.769/1000 × 300 × 1.061 = 532,519.08 > 493,290
    assert_eq!(annual(&with, 2, false, true), 532_519);
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |record: DisabilityRecord, grade| {
        let facts = DisabilityFacts { grade, spouse: false, has_basic: true };
        disability_employee(&record, facts, &mut Trace::new()).expect_err("refused").code()
    };
    assert_eq!(refused(record(300_000, 0), 2), "bad_input");
    assert_eq!(refused(record(300_000, 10), 4), "bad_input");
    assert_eq!(refused(DisabilityRecord { fiscal_year: 2027, ..record(300_000, 10) }, 3), "past_last_check");
}

proptest! {
    #[test]
    fn a_worse_grade_is_never_less(average in 0_i64..700_000, months in 1_i32..500) {
        let of = |grade, has_basic| annual(&record(average, months), grade, false, has_basic);
        prop_assert!(of(1, true) >= of(2, true));
        prop_assert!(of(2, false) >= of(2, true) && of(3, false) == of(2, false));
    }
}
