//! Four months, six for twins, the first months of the law.

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn birth(due: &str, multiple: bool) -> Birth {
    Birth { due_month: month(due), delivered_in: None, multiple, pregnancy_days: None }
}

fn exempt(birth: Birth) -> Option<(String, String)> {
    let months = maternity_exemption(birth, false, &mut Trace::new()).expect("in force");
    months.map(|(first, last)| (first.to_string(), last.to_string()))
}

fn months(first: &str, last: &str) -> Option<(String, String)> {
    Some((first.to_owned(), last.to_owned()))
}

#[test]
fn four_months_and_six_for_more_than_one_child() {
    assert_eq!(exempt(birth("2025-10", false)), months("2025-09", "2025-12"));
    assert_eq!(exempt(birth("2026-02", true)), months("2025-11", "2026-04"));
}

#[test]
fn the_law_began_in_april_2019() {
    assert_eq!(exempt(birth("2019-01", false)), None);
    assert_eq!(exempt(birth("2019-02", false)), months("2019-04", "2019-04"));
    assert_eq!(exempt(birth("2019-03", true)), months("2019-04", "2019-05"));
    assert_eq!(exempt(birth("2019-05", false)), months("2019-04", "2019-07"));
    assert_eq!(exempt(birth("2019-06", true)), months("2019-04", "2019-08"));
    let law = payable_part(Relief::Maternity, first_month(), &mut Trace::new());
    assert!(law.is_ok() && payable_part(Relief::Maternity, first_month().previous(), &mut Trace::new()).is_err());
    let late = |due| maternity_exemption(birth(due, false), false, &mut Trace::new());
    assert!(late("2028-01").is_ok());
    assert!(matches!(late("2028-02"), Err(LawError::PastLastCheck { .. })));
    assert!(matches!(late("2028-04"), Err(LawError::PastLastCheck { .. })));
}

#[test]
fn a_notice_after_the_birth_takes_the_real_month() {
    let born = Birth { delivered_in: Some(month("2025-09")), ..birth("2025-10", false) };
    assert_eq!(exempt(born), months("2025-08", "2025-11"));
}

#[test]
fn eighty_five_days_and_no_voluntary_insured() {
    let of = |days| exempt(Birth { pregnancy_days: Some(days), ..birth("2025-10", false) });
    assert_eq!((of(84), of(85)), (None, months("2025-09", "2025-12")));
    assert_eq!(maternity_exemption(birth("2025-10", false), true, &mut Trace::new()), Ok(None));
}
