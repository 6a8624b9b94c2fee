//! Birthdays around leap days; the examples of the agency are in the golden table.

use jiff::civil::date;

use super::*;

#[test]
fn leap_day_children() {
    let loss = age_loss(date(1956, 2, 29), &mut Trace::new());
    assert_eq!((loss.epi_loss_on, loss.epi_last_month.to_string()), (date(2026, 2, 28), "2026-01".to_owned()));
    assert_eq!((loss.hi_loss_on, loss.hi_last_month.to_string()), (date(2031, 3, 1), "2031-02".to_owned()));
    let loss = age_loss(date(1956, 3, 1), &mut Trace::new());
    assert_eq!((loss.epi_loss_on, loss.epi_last_month.to_string()), (date(2026, 2, 28), "2026-01".to_owned()));
}

#[test]
fn seventy_is_the_day_before_and_seventy_five_the_day_itself() {
    let mut birth = date(1950, 1, 1);
    while birth < date(1955, 1, 1) {
        let loss = age_loss(birth, &mut Trace::new());
        assert_eq!(loss.epi_loss_on.tomorrow().expect("in range"), domain::age::nth_birthday(birth, 70));
        assert_eq!(loss.hi_loss_on, domain::age::nth_birthday(birth, 75));
        assert_eq!(Month::of(loss.epi_loss_on), loss.epi_last_month.next());
        birth = birth.tomorrow().expect("in range");
    }
}
