//! Grades, children, years.

use super::*;

fn annual(grade: i64, children: i64, cohort: Cohort, year: i16) -> Result<i64, LawError> {
    disability_basic(grade, children, cohort, year, &mut Trace::new()).map(|pension| pension.annual().get())
}

#[test]
fn the_third_child_adds_less() {
    assert_eq!(annual(2, 3, Cohort::NewAward, 2025), Ok(831_700 + 239_300 * 2 + 79_800));
    assert_eq!(annual(1, 1, Cohort::Existing, 2026), Ok(1_056_125 + 243_800));
    assert_eq!(annual(2, 1, Cohort::Existing, 2022), Ok(777_800 + 223_800));
}

#[test]
fn other_grades_and_years_are_refused() {
    for grade in [0, 3, 4] {
        assert!(matches!(annual(grade, 0, Cohort::NewAward, 2025), Err(LawError::BadInput { .. })));
    }
    assert!(matches!(annual(2, 101, Cohort::NewAward, 2025), Err(LawError::BadInput { .. })));
    assert!(matches!(annual(2, 0, Cohort::NewAward, 2014), Err(LawError::NotInForce { .. })));
    assert!(matches!(annual(2, 0, Cohort::NewAward, 2027), Err(LawError::PastLastCheck { .. })));
}
