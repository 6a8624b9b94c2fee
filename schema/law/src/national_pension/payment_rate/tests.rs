//! Rounding, what counts, until when.

use jiff::civil::date;
use proptest::prelude::*;

use super::super::payment_state::Share;
use super::*;

fn rate(paid_months: i64, due_months: i64) -> Result<i64, LawError> {
    payment_rate(PaymentCount { due_months, paid_months }, &mut Trace::new())
}

#[test]
fn half_of_a_tenth_goes_up() {
    assert_eq!((rate(15, 2_000), rate(14, 2_000)), (Ok(8), Ok(7)));
    assert_eq!((rate(0, 1), rate(1, 1), rate(2, 3)), (Ok(0), Ok(1_000), Ok(667)));
    assert!(rate(0, 0).is_err() && rate(2, 1).is_err() && rate(-1, 1).is_err());
    assert_eq!((in_percent(786), in_percent(1_000), in_percent(5)), ("78.6".into(), "100.0".into(), "0.5".into()));
}

#[test]
fn what_counts_as_due_and_as_paid() {
    let partly = |residual| PaymentState::PartlyExempt { share: Share::Half, residual };
    let all = [
        PaymentState::Paid,
        partly(Residual::Paid),
        partly(Residual::Unpaid),
        partly(Residual::TimeBarred),
        PaymentState::Unpaid,
        PaymentState::TimeBarred,
        PaymentState::Maternity,
        PaymentState::Childcare,
        PaymentState::FullyExempt,
        PaymentState::StudentDeferred,
        PaymentState::Deferred,
        PaymentState::LatePaid,
    ];
    assert_eq!(PaymentCount::of(all), PaymentCount { due_months: 6, paid_months: 2 });
}

#[test]
fn payments_count_to_the_end_of_april() {
    let until = |kind, year| counted_until(kind, year, &mut Trace::new());
    assert_eq!(until(RateKind::Current, 2024), Ok(date(2025, 4, 30)));
    assert_eq!(until(RateKind::Final, 2022), Ok(date(2025, 4, 30)));
    assert!(until(RateKind::Final, i16::MAX).is_err() && until(RateKind::Current, 0).is_err());
}

proptest! {
    #[test]
    fn one_month_more_paid_never_lowers_the_rate(due in 1_i64..=100_000_000, paid in 0_i64..100_000_000) {
        prop_assume!(paid < due);
        prop_assert!(rate(paid, due).expect("a rate") <= rate(paid + 1, due).expect("a rate"));
    }
}
