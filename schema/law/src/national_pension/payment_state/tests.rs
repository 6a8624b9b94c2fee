//! Every relief with and without payment, both sides of the two years, what each state counts as.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn facts(relief: Option<Relief>) -> MonthFacts<'static> {
    MonthFacts {
        month: month("2022-04"),
        relief,
        relief_applied_on: None,
        paid_on: None,
        late_paid_on: None,
        demanded: &[],
    }
}

fn state(facts: &MonthFacts<'_>, on: Date) -> PaymentState {
    payment_state(facts, on, &mut Trace::new()).expect("decided")
}

/// 2022-04 was due on 2022-05-31: the two years end on 2024-05-31.
const LAST_DAY: Date = date(2024, 5, 31);
const DAY_AFTER: Date = date(2024, 6, 1);

#[test]
fn an_unpaid_month_is_barred_after_two_years() {
    assert_eq!(state(&facts(None), LAST_DAY), PaymentState::Unpaid);
    assert_eq!(state(&facts(None), DAY_AFTER), PaymentState::TimeBarred);
    let demanded = MonthFacts { demanded: &[date(2024, 5, 1)], ..facts(None) };
    assert_eq!(state(&demanded, date(2026, 5, 1)), PaymentState::Unpaid);
    assert_eq!(state(&demanded, date(2026, 5, 2)), PaymentState::TimeBarred);
}

#[test]
fn a_payment_counts_from_its_day() {
    let paid = MonthFacts { paid_on: Some(LAST_DAY), ..facts(None) };
    assert_eq!(state(&paid, date(2024, 5, 30)), PaymentState::Unpaid);
    assert_eq!(state(&paid, LAST_DAY), PaymentState::Paid);
    let barred = MonthFacts { paid_on: Some(DAY_AFTER), ..facts(None) };
    assert!(matches!(payment_state(&barred, DAY_AFTER, &mut Trace::new()), Err(LawError::CannotDecide { .. })));
    assert_eq!(state(&MonthFacts { paid_on: Some(date(2022, 3, 31)), ..facts(None) }, LAST_DAY), PaymentState::Paid);
}

#[test]
fn each_relief_without_payment() {
    for (relief, before, after, credit) in [
        (Relief::Maternity, PaymentState::Maternity, PaymentState::Maternity, Credit::Paid),
        (Relief::Childcare, PaymentState::Childcare, PaymentState::Childcare, Credit::Paid),
        (Relief::Statutory, PaymentState::FullyExempt, PaymentState::FullyExempt, Credit::Exempt(Share::Full)),
        (Relief::Full, PaymentState::FullyExempt, PaymentState::FullyExempt, Credit::Exempt(Share::Full)),
        (Relief::Student, PaymentState::StudentDeferred, PaymentState::StudentDeferred, Credit::QualifyingOnly),
        (Relief::Deferral, PaymentState::Deferred, PaymentState::Deferred, Credit::QualifyingOnly),
    ] {
        assert_eq!((state(&facts(Some(relief)), LAST_DAY), state(&facts(Some(relief)), DAY_AFTER)), (before, after));
        assert_eq!(after.credit(), credit, "{relief:?}");
    }
}

#[test]
fn a_partial_exemption_counts_only_when_the_rest_is_paid() {
    for (relief, share) in [
        (Relief::ThreeQuarters, Share::ThreeQuarters),
        (Relief::Half, Share::Half),
        (Relief::OneQuarter, Share::OneQuarter),
    ] {
        let partly = |residual| PaymentState::PartlyExempt { share, residual };
        let open = facts(Some(relief));
        assert_eq!(state(&open, LAST_DAY), partly(Residual::Unpaid));
        assert_eq!(state(&open, DAY_AFTER), partly(Residual::TimeBarred));
        let paid = MonthFacts { paid_on: Some(LAST_DAY), ..open };
        assert_eq!(state(&paid, DAY_AFTER), partly(Residual::Paid));
        assert_eq!(partly(Residual::Paid).credit(), Credit::Exempt(share));
        assert_eq!(partly(Residual::Unpaid).credit(), Credit::Nothing);
        assert_eq!(partly(Residual::TimeBarred).credit(), Credit::Nothing);
        let late = MonthFacts { late_paid_on: Some(date(2030, 1, 10)), ..paid };
        assert_eq!(state(&late, date(2030, 1, 9)), partly(Residual::Paid));
        assert_eq!(state(&late, date(2030, 1, 10)), PaymentState::LatePaid);
        let without_rest = MonthFacts { late_paid_on: Some(date(2030, 1, 10)), ..open };
        assert!(payment_state(&without_rest, date(2030, 1, 10), &mut Trace::new()).is_err());
    }
    assert_eq!(PaymentState::Unpaid.credit(), Credit::Nothing);
    assert_eq!(PaymentState::TimeBarred.credit(), Credit::Nothing);
    assert_eq!(PaymentState::LatePaid.credit(), Credit::Paid);
}

#[test]
fn a_month_paid_before_its_relief_stays_paid() {
    for relief in [Relief::Statutory, Relief::Full, Relief::Student, Relief::Deferral] {
        let paid = MonthFacts { paid_on: Some(date(2022, 5, 1)), ..facts(Some(relief)) };
        assert_eq!(state(&paid, DAY_AFTER), PaymentState::Paid, "{relief:?}");
    }
}

#[test]
fn a_relief_counts_from_its_application() {
    let applied = MonthFacts { relief_applied_on: Some(date(2023, 8, 10)), ..facts(Some(Relief::Full)) };
    assert_eq!(state(&applied, date(2023, 8, 9)), PaymentState::Unpaid);
    assert_eq!(state(&applied, date(2023, 8, 10)), PaymentState::FullyExempt);
}

#[test]
fn late_payment_within_ten_years_of_what_was_exempted() {
    let late = |relief, day| {
        let facts = MonthFacts { late_paid_on: Some(day), ..facts(relief) };
        payment_state(&facts, date(2033, 1, 1), &mut Trace::new())
    };
    assert_eq!(late(Some(Relief::Student), date(2032, 4, 30)), Ok(PaymentState::LatePaid));
    assert!(late(Some(Relief::Student), date(2032, 5, 1)).is_err());
    assert!(late(Some(Relief::Student), date(2022, 3, 31)).is_err());
    assert!(late(None, date(2025, 4, 30)).is_err() && late(Some(Relief::Maternity), date(2025, 4, 30)).is_err());
    let years = super::super::late_payment::YEARS.at("", month("2022-04"), &mut Trace::new()).copied();
    assert_eq!(years.map(|years| i32::from(years) * 12), Ok(LATE_PAYMENT_MONTHS));
}

#[test]
fn what_is_still_open() {
    let of = |state| open_amount(state, Yen::new(16_590), Yen::new(8_300)).get();
    assert_eq!((of(PaymentState::Unpaid), of(PaymentState::TimeBarred), of(PaymentState::Paid)), (16_590, 0, 0));
    let partly = |residual| of(PaymentState::PartlyExempt { share: Share::Half, residual });
    assert_eq!((partly(Residual::Unpaid), partly(Residual::Paid), partly(Residual::TimeBarred)), (8_300, 0, 0));
}

proptest! {
    /// As days go by a month never loses what it counts for.
    #[test]
    fn a_month_never_loses_its_credit(relief in 0_usize..=9, paid in -200_i32..700, start in 0_i32..1_200, later in 0_i32..400) {
        let day = |number| crate::day_of(crate::day_number(date(2022, 4, 1)) + number);
        let facts = MonthFacts { paid_on: Some(day(paid)), ..facts(Relief::ALL.get(relief).copied()) };
        let (now, then) = (state(&facts, day(start)).credit(), state(&facts, day(start + later)).credit());
        prop_assert!(now == then || now == Credit::Nothing || then == Credit::Paid, "{:?} {:?}", now, then);
    }
}
