//! Every month that the calendar knows.

use domain::calendar::is_bank_closed;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn a_pension_is_paid_on_the_last_bank_day_to_the_fifteenth() {
    for paid in month("2010-01").through(month("2028-12")) {
        let payment = payment_date(paid, PaymentKind::OutOfTurn, &mut Trace::new()).expect("the calendar reaches");
        assert_eq!(is_bank_closed(payment.paid_on), Ok(false), "{paid}");
        let mut day = payment.paid_on.tomorrow().expect("in range");
        while day.day() <= 15 {
            assert_eq!(is_bank_closed(day), Ok(true), "{paid}: {day} was open");
            day = day.tomorrow().expect("in range");
        }
        assert_eq!(Month::of(payment.paid_on), paid);
        let regular = payment_date(paid, PaymentKind::Regular, &mut Trace::new());
        match paid.month() % 2 {
            0 => assert_eq!(regular.expect("even").paid_on, payment.paid_on),
            _ => assert!(matches!(regular, Err(LawError::BadInput { .. }))),
        }
    }
    assert!(matches!(
        payment_date(month("2029-02"), PaymentKind::Regular, &mut Trace::new()),
        Err(LawError::Calendar(_))
    ));
}

#[test]
fn every_month_is_covered_by_its_payment_month_once() {
    for for_month in month("2011-01").through(month("2027-12")) {
        let paid = payment_month(for_month);
        let regular = payment_date(paid, PaymentKind::Regular, &mut Trace::new()).expect("a payment month");
        assert_eq!(regular.covers.iter().filter(|covered| **covered == for_month).count(), 1);
        assert_eq!(regular.covers.last(), Some(&regular.covers_until));
    }
    assert_eq!(
        (payment_month(month("2025-12")), payment_month(month("2026-01"))),
        (month("2026-02"), month("2026-02"))
    );
}

#[test]
fn out_of_turn_reaches_to_the_last_regular_payment() {
    let until =
        |text| payment_date(month(text), PaymentKind::OutOfTurn, &mut Trace::new()).expect("known").covers_until;
    assert_eq!(until("2026-03"), month("2026-01"));
    assert_eq!(until("2026-04"), month("2026-03"));
}
