//! Twenty-five years, whatever the birthday.

use jiff::civil::date;

use super::*;

#[test]
fn the_flag_and_the_period_agree_and_last_300_months() {
    let mut birth = date(1959, 12, 25);
    while birth < date(1964, 3, 5) {
        let (first, last) = period(birth, &mut Trace::new());
        assert_eq!(last.months_since(first), 299, "{birth}");
        assert!(!is_second_insured(birth, first.previous()) && is_second_insured(birth, first), "{birth}");
        assert!(is_second_insured(birth, last) && !is_second_insured(birth, last.next()), "{birth}");
        birth = birth.tomorrow().expect("in range");
    }
}

#[test]
fn born_on_the_first_begins_and_ends_a_month_earlier() {
    let months = |birth| {
        let (first, last) = period(birth, &mut Trace::new());
        (first.to_string(), last.to_string())
    };
    assert_eq!(months(date(1986, 5, 2)), ("2026-05".to_owned(), "2051-04".to_owned()));
    assert_eq!(months(date(1986, 5, 1)), ("2026-04".to_owned(), "2051-03".to_owned()));
}
