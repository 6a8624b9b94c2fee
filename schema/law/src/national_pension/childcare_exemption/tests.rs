//! Twelve months, nine for the mother, none before October 2026.

use jiff::civil::date;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn father(born: Date) -> Raising {
    Raising {
        child_born_on: born,
        since: born,
        maternity_until: None,
        ended_in: None,
        birth_mother: BirthMother::AfterMaternity,
    }
}

fn exempt(raising: Raising) -> Option<(String, String)> {
    let months = childcare_exemption(raising, &mut Trace::new()).expect("in force");
    months.map(|(first, last)| (first.to_string(), last.to_string()))
}

fn months(first: &str, last: &str) -> Option<(String, String)> {
    Some((first.to_owned(), last.to_owned()))
}

#[test]
fn twelve_months_for_a_father_whatever_the_day() {
    assert_eq!(exempt(father(date(2026, 11, 1))), months("2026-11", "2027-10"));
    assert_eq!(exempt(father(date(2026, 11, 10))), months("2026-11", "2027-10"));
    assert_eq!(exempt(father(date(2026, 11, 30))), months("2026-11", "2027-10"));
}

#[test]
fn nine_months_for_the_mother() {
    let mother = Raising { maternity_until: Some(month("2027-01")), ..father(date(2026, 11, 10)) };
    assert_eq!(exempt(mother), months("2027-02", "2027-10"));
    let refused = childcare_exemption(Raising { birth_mother: BirthMother::Refuse, ..mother }, &mut Trace::new());
    assert!(matches!(refused, Err(LawError::CannotDecide { .. })));
    assert!(exempt(Raising { birth_mother: BirthMother::Refuse, ..father(date(2026, 11, 10)) }).is_some());
}

#[test]
fn no_month_before_october_2026() {
    assert_eq!(exempt(father(date(2025, 10, 31))), None);
    assert_eq!(exempt(father(date(2025, 11, 1))), months("2026-10", "2026-10"));
    assert_eq!(exempt(father(date(2026, 1, 5))), months("2026-10", "2026-12"));
    assert!(AGES.at("", first_month().previous(), &mut Trace::new()).is_err());
}

#[test]
fn adoption_and_an_early_end() {
    let child = father(date(2026, 11, 10));
    assert_eq!(exempt(Raising { since: date(2027, 3, 31), ..child }), months("2027-03", "2027-10"));
    assert_eq!(exempt(Raising { since: date(2027, 11, 9), ..child }), None);
    assert_eq!(exempt(Raising { ended_in: Some(month("2027-05")), ..child }), months("2026-11", "2027-04"));
    assert_eq!(exempt(Raising { ended_in: Some(month("2026-11")), ..child }), None);
    assert!(childcare_exemption(Raising { since: date(2026, 11, 9), ..child }, &mut Trace::new()).is_err());
    assert!(childcare_exemption(father(date(2028, 1, 1)), &mut Trace::new()).is_err(), "past the last check");
}
