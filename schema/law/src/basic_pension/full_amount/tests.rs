//! The published amounts against the formula, and the ends of the table.

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn the_published_amount_is_the_formula_in_every_month_on_file() {
    for month in month("2015-04").through(month("2027-03")) {
        for cohort in [Cohort::NewAward, Cohort::Existing] {
            let read = full_amount(cohort, month, &mut Trace::new()).expect("on file");
            assert_eq!(Ok(read), full_amount_by_formula(cohort, month, &mut Trace::new()), "{month}");
        }
    }
}

#[test]
fn years_change_in_april_and_cohorts_part_in_2023() {
    let full = |cohort, text| full_amount(cohort, month(text), &mut Trace::new()).map(Yen::get);
    assert_eq!((full(Cohort::NewAward, "2025-03"), full(Cohort::NewAward, "2025-04")), (Ok(816_000), Ok(831_700)));
    assert_eq!((full(Cohort::Existing, "2025-03"), full(Cohort::Existing, "2025-04")), (Ok(813_700), Ok(829_300)));
    assert_eq!((full(Cohort::NewAward, "2023-03"), full(Cohort::Existing, "2023-03")), (Ok(777_800), Ok(777_800)));
    assert_eq!((full(Cohort::NewAward, "2023-04"), full(Cohort::Existing, "2023-04")), (Ok(795_000), Ok(792_600)));
    assert_eq!(full(Cohort::NewAward, "2015-03").expect_err("before").code(), "not_in_force");
    assert_eq!(full(Cohort::NewAward, "2027-04").expect_err("not known").code(), "past_last_check");
}
