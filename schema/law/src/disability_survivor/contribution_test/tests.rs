//! Two thirds, the last day of the exception, 65 and 20.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn record(on: Date, age: i64, insured: i64, paid: i64, unpaid: i64) -> ContributionRecord {
    ContributionRecord {
        on,
        age,
        insured_months: insured,
        paid_or_exempt_months: paid,
        unpaid_in_last_12_months: unpaid,
    }
}

fn passed(on: Date, age: i64, insured: i64, paid: i64, unpaid: i64) -> bool {
    contribution_test(&record(on, age, insured, paid, unpaid), &mut Trace::new()).expect("in force").passed
}

#[test]
fn the_exception_ends_with_march_2036_and_at_65() {
    assert!(passed(date(2036, 3, 31), 45, 90, 59, 0));
    assert!(!passed(date(2036, 4, 1), 45, 90, 59, 0));
    assert!(passed(date(2036, 4, 1), 45, 90, 60, 3));
    assert!(passed(date(2025, 6, 10), 64, 90, 59, 0) && !passed(date(2025, 6, 10), 65, 90, 59, 0));
    assert!(passed(date(2010, 6, 10), 45, 90, 59, 0));
}

#[test]
fn never_insured_or_under_20_has_nothing_to_fulfil() {
    assert!(passed(date(2025, 6, 10), 66, 0, 0, 0));
    assert!(passed(date(2025, 6, 10), 19, 10, 0, 10));
    assert!(!passed(date(2025, 6, 10), 20, 10, 0, 10));
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |record| contribution_test(&record, &mut Trace::new()).expect_err("refused").code();
    assert_eq!(refused(record(date(2025, 6, 10), 45, 10, 11, 0)), "bad_input");
    assert_eq!(refused(record(date(2025, 6, 10), 45, 90, 59, 13)), "bad_input");
    assert_eq!(refused(record(date(1991, 4, 30), 45, 90, 60, 0)), "not_in_force");
    assert_eq!(refused(record(date(2037, 4, 1), 45, 90, 60, 0)), "past_last_check");
}

proptest! {
    #[test]
    fn a_month_more_paid_never_fails_a_test_that_was_passed(insured in 1_i64..600, paid in 0_i64..600, unpaid in 0_i64..12) {
        let paid = paid.min(insured - 1);
        let unpaid = unpaid.min(insured - paid - 1);
        let less = passed(date(2025, 6, 10), 45, insured, paid, unpaid);
        prop_assert!(!less || passed(date(2025, 6, 10), 45, insured, paid + 1, unpaid));
    }
}
