//! First months of each way, the discount's sign and growth. Every published amount is a golden row.

use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn ask(method: Method, period: Period, first: &str) -> Result<Span, LawError> {
    span(method, period, month(first), &mut Trace::new())
}

#[test]
fn each_way_is_offered_from_its_first_fiscal_year() {
    for (method, period, before, first) in [
        (Method::DirectDebit, Period::TwoYears, "2013-04", "2014-04"),
        (Method::CashOrCard, Period::TwoYears, "2016-04", "2017-04"),
        (Method::CashOrCard, Period::Year, "2012-04", "2013-04"),
        (Method::DirectDebit, Period::HalfYear, "2012-10", "2013-04"),
        (Method::DirectDebit, Period::EarlyMonth, "2013-03", "2013-04"),
    ] {
        assert!(matches!(ask(method, period, before), Err(LawError::NotInForce { .. })), "{method:?} {period:?}");
        assert!(ask(method, period, first).is_ok(), "{method:?} {period:?}");
    }
    assert!(matches!(ask(Method::CashOrCard, Period::EarlyMonth, "2025-04"), Err(LawError::BadInput { .. })));
}

#[test]
fn periods_begin_in_april_or_october() {
    for first in 1..=12_i8 {
        let first = Month::new(2025, first).expect("a month");
        let begins = |period| span(Method::DirectDebit, period, first, &mut Trace::new()).is_ok();
        assert_eq!(begins(Period::HalfYear), matches!(first.month(), 4 | 10), "{first}");
        assert_eq!(begins(Period::Year), first.month() == 4, "{first}");
        assert_eq!(begins(Period::TwoYears), first.month() == 4, "{first}");
        assert!(begins(Period::EarlyMonth));
    }
    assert_eq!(ask(Method::DirectDebit, Period::TwoYears, "2025-04").map(|span| span.last), Ok(month("2027-03")));
}

#[test]
fn a_block_ends_with_this_fiscal_year_or_the_next() {
    let ask = |method, first: &str, last: &str| {
        block(method, Span { first: month(first), last: month(last) }, &mut Trace::new()).is_ok()
    };
    assert!(ask(Method::CashOrCard, "2025-06", "2026-03") && ask(Method::CashOrCard, "2025-06", "2027-03"));
    assert!(!ask(Method::CashOrCard, "2025-06", "2028-03") && !ask(Method::CashOrCard, "2025-06", "2026-02"));
    assert!(!ask(Method::CashOrCard, "2025-06", "2025-03"));
    assert!(ask(Method::CashOrCard, "2026-03", "2026-03"), "the last month of the year by itself");
    assert!(!ask(Method::CashOrCard, "2016-06", "2018-03") && ask(Method::DirectDebit, "2016-06", "2018-03"));
}

#[test]
fn two_years_need_the_amount_of_the_second() {
    let two = ask(Method::DirectDebit, Period::TwoYears, "2027-04").expect("offered");
    let refused = prepayment(Method::DirectDebit, Kind::Flat, two, &mut Trace::new()).expect_err("fiscal 2028");
    assert!(matches!(refused, LawError::PastLastCheck { .. }), "{refused}");
    let none = Span { first: month("2025-05"), last: month("2025-04") };
    assert!(prepayment(Method::DirectDebit, Kind::Flat, none, &mut Trace::new()).is_err());
}

proptest! {
    #[test]
    fn prepaying_costs_less_and_a_month_more_never_costs_less(tens in prop::collection::vec(0_i64..=10_000, 1..=24)) {
        let amounts: Vec<Yen> = tens.iter().map(|tens| Yen::new(tens * 10)).collect();
        let slip = discounted(Method::CashOrCard, &amounts).expect("decided");
        let transfer = discounted(Method::DirectDebit, &amounts).expect("decided");
        prop_assert!(Yen::ZERO <= slip.discount && slip.discount <= transfer.discount);
        let whole: Yen = amounts.iter().copied().sum();
        prop_assert_eq!(slip.amount + slip.discount, whole);
        prop_assert_eq!(slip.amount.get() % 10, 0);
        // Without its first month the rest is discounted one month less, by under 0.4%; both are rounded to ten.
        let rest = discounted(Method::CashOrCard, &amounts[1..]).expect("decided").amount.get();
        prop_assert!(rest * 996 <= (slip.amount.get() + 20) * 1000, "{} {}", rest, slip.amount);
    }
}
