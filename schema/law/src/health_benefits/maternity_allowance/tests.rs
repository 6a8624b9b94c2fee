//! The window day by day, leaves inside and outside it, pay on some of its days.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const DUE: Date = date(2026, 5, 20);

fn span(first: Date, last: Date) -> DaySpan {
    DaySpan::new("期間", first, last).expect("in order")
}

fn window_of(late: i64, multiple: bool) -> Result<DaySpan, LawError> {
    window(Birth { due_on: DUE, born_on: DUE + late.days(), multiple }, &mut Trace::new())
}

#[test]
fn a_late_birth_adds_its_days_and_an_early_one_moves_the_window() {
    for late in -196_i64..=100 {
        for (multiple, before) in [(false, 42), (true, 98)] {
            let window = window_of(late, multiple).expect("a birth");
            assert_eq!(window.days(), before + 56 + late.max(0), "{late}");
            assert_eq!(window.last(), DUE + (late + 56).days(), "{late}");
        }
    }
    assert!(window_of(-197, false).is_err() && window_of(101, false).is_err());
}

#[test]
fn past_the_last_check_no_window_is_known() {
    let of = |born_on| window(Birth { due_on: born_on, born_on, multiple: false }, &mut Trace::new());
    assert!(of(date(2030, 8, 31)).is_ok());
    assert_eq!(of(date(2030, 9, 1)).expect_err("not checked").code(), "past_last_check");
    assert_eq!(of(date(1926, 4, 1)).expect_err("before the act").code(), "bad_input");
}

#[test]
fn a_leave_must_have_a_day_in_the_window() {
    let window = window_of(0, false).expect("a birth");
    let away = |from, until, worked: &[DaySpan]| {
        days_away(window, &Leave { from, until, worked }, &mut Trace::new()).map(|days| total_days(&days))
    };
    assert_eq!(away(date(2026, 7, 15), None, &[]), Ok(1));
    assert!(away(date(2026, 7, 16), None, &[]).is_err());
    assert!(away(date(2026, 3, 1), Some(date(2026, 4, 8)), &[]).is_err());
    assert_eq!(away(date(2026, 3, 1), Some(date(2026, 4, 9)), &[]), Ok(1));
    assert!(away(date(2026, 5, 1), Some(date(2026, 4, 30)), &[]).is_err());
    assert!(away(window.first(), None, &[window]).is_err(), "worked all the time");
    assert_eq!(away(window.first(), None, &[span(DUE, date(2026, 8, 1))]), Ok(41));
}

#[test]
fn pay_outside_the_days_away_takes_nothing_off_and_no_day_is_paid_twice() {
    let days = [span(date(2026, 4, 9), date(2026, 7, 15))];
    let of = |paid: &[PaidLeave]| total(&days, Yen::new(6_667), paid, &mut Trace::new());
    let paid = |first, last, daily| PaidLeave { span: span(first, last), daily: Yen::new(daily) };
    assert_eq!(of(&[]), Ok(Yen::new(653_366)));
    assert_eq!(of(&[paid(date(2026, 4, 1), date(2026, 4, 8), 9_000)]), Ok(Yen::new(653_366)));
    assert_eq!(of(&[paid(date(2026, 4, 1), date(2026, 4, 9), 9_000)]), Ok(Yen::new(646_699)));
    let twice = [paid(date(2026, 5, 1), date(2026, 5, 2), 1), paid(date(2026, 5, 2), date(2026, 5, 3), 1)];
    assert!(of(&twice).is_err());
}

/// 98 days at 6,667円 are 653,366円; with 3,000円 of pay every day 98 × 3,667円 = 359,366円.
#[test]
fn the_receipt_tells_the_days_that_are_paid_and_no_others() {
    let days = [span(date(2026, 4, 9), date(2026, 7, 15))];
    let told = |paid: &[PaidLeave]| {
        let mut trace = Trace::new();
        total(&days, Yen::new(6_667), paid, &mut trace).expect("no day twice");
        trace.steps().iter().map(|step| step.result.clone()).collect::<Vec<_>>()
    };
    let paid = |span| [PaidLeave { span, daily: Yen::new(3_000) }];
    assert_eq!(told(&[]), ["653,366円"]);
    assert_eq!(told(&paid(span(date(2026, 4, 1), date(2026, 4, 8)))), ["653,366円"]);
    assert_eq!(told(&paid(days[0])), ["3,667円", "359,366円"]);
}

proptest! {
    /// The amount is the sum over the days, one by one.
    #[test]
    fn the_total_is_the_sum_of_its_days(
        daily in 1_i64..40_000,
        from in 0_i64..98,
        pay in 0_i64..60_000,
        paid_from in 0_i64..98,
        paid_days in 0_i64..98,
        worked in 0_i64..98,
    ) {
        let window = window_of(0, false).expect("a birth");
        let day = |offset: i64| plus_days(window.first(), offset);
        let hole = [span(day(worked), day(worked))];
        let leave = Leave { from: day(from), until: None, worked: &hole };
        prop_assume!(from != worked || from < 97);
        let days = days_away(window, &leave, &mut Trace::new()).expect("some day");
        let paid = [PaidLeave { span: span(day(paid_from), day(paid_from + paid_days)), daily: Yen::new(pay) }];
        let total = total(&days, Yen::new(daily), &paid, &mut Trace::new()).expect("one span");
        let of_day = |offset: i64| {
            let covered = (paid_from..=paid_from + paid_days).contains(&offset);
            if covered { (daily - pay).max(0) } else { daily }
        };
        let expected: i64 = (from..98).filter(|&offset| offset != worked).map(of_day).sum();
        prop_assert_eq!(total.get(), expected);
    }
}
