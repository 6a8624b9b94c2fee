//! The year and a half, 20, 65, and what each grade gives.

use jiff::civil::date;

use super::*;

fn course(insured: AtFirstConsultation, grade: i64) -> DisabilityCourse {
    DisabilityCourse {
        birth: date(1985, 6, 1),
        first_consultation: date(2023, 4, 10),
        insured,
        fixed_on: None,
        grade_at_certification: grade,
        later_claim: None,
        contributions: true,
    }
}

fn right(course: &DisabilityCourse) -> DisabilityRight {
    disability_right(course, &mut Trace::new()).expect("a course")
}

use AtFirstConsultation::{EmployeesInsured, NationalInsured, NotInsured};

#[test]
fn a_year_and_a_half_or_earlier_when_fixed() {
    assert_eq!(certification_day(date(2023, 4, 10), None), date(2024, 10, 10));
    assert_eq!(certification_day(date(2022, 8, 31), None), date(2024, 3, 1));
    assert_eq!(certification_day(date(2023, 4, 10), Some(date(2024, 1, 5))), date(2024, 1, 5));
    assert_eq!(certification_day(date(2023, 4, 10), Some(date(2025, 1, 5))), date(2024, 10, 10));
}

#[test]
fn what_each_grade_gives() {
    let of = |insured, grade| {
        let right = right(&course(insured, grade));
        (right.basic, right.employee, right.first_month().map(|month| month.to_string()))
    };
    let november = || Some("2024-11".to_owned());
    assert_eq!(of(EmployeesInsured, 2), (true, true, november()));
    assert_eq!(of(EmployeesInsured, 3), (false, true, november()));
    assert_eq!(of(NationalInsured, 1), (true, false, november()));
    assert_eq!(of(NationalInsured, 3), (false, false, None));
    assert_eq!(of(NotInsured, 1), (false, false, None));
    let unpaid = DisabilityCourse { contributions: false, ..course(EmployeesInsured, 1) };
    assert_eq!(right(&unpaid).arises, None);
}

#[test]
fn worse_later_until_the_day_before_65() {
    let claim = |on| {
        let later = DisabilityCourse { later_claim: Some((on, 2)), ..course(NationalInsured, 0) };
        right(&later).arises
    };
    assert_eq!(claim(date(2050, 5, 30)), Some((date(2050, 5, 30), 2, DisabilityGround::LaterWorsening)));
    assert_eq!(claim(date(2050, 5, 31)), None, "65 on 2050-05-31");
    assert_eq!(claim(date(2024, 10, 10)), None, "the day of certification is no later");
}

#[test]
fn before_20_without_contributions_on_the_day_of_20() {
    let young = DisabilityCourse {
        birth: date(2005, 6, 1),
        first_consultation: date(2020, 1, 10),
        contributions: false,
        ..course(NotInsured, 1)
    };
    let right = right(&young);
    assert_eq!(right.arises, Some((date(2025, 5, 31), 1, DisabilityGround::Before20)));
    assert_eq!(right.first_month().map(|month| month.to_string()), Some("2025-06".to_owned()));
    let on_20 = DisabilityCourse { first_consultation: date(2025, 5, 31), ..young };
    assert_eq!(disability_right(&on_20, &mut Trace::new()).expect("a course").arises, None);
}

#[test]
fn an_allowance_for_what_is_fixed_and_less_than_grade_3() {
    let slight = |insured, fixed_on| right(&DisabilityCourse { fixed_on, ..course(insured, 4) }).allowance;
    assert!(slight(EmployeesInsured, Some(date(2028, 4, 10))));
    assert!(!slight(EmployeesInsured, Some(date(2028, 4, 11))));
    assert!(!slight(EmployeesInsured, None) && !slight(NationalInsured, Some(date(2024, 1, 1))));
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |course: DisabilityCourse| disability_right(&course, &mut Trace::new()).is_err();
    assert!(refused(course(NationalInsured, 5)));
    assert!(refused(DisabilityCourse { birth: date(2024, 1, 1), ..course(NationalInsured, 1) }));
    assert!(refused(DisabilityCourse { fixed_on: Some(date(2023, 4, 9)), ..course(NationalInsured, 1) }));
}
