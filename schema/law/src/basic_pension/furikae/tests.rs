//! Every row against its own arithmetic, the births at both ends.

use jiff::ToSpan;

use super::*;
use crate::basic_pension::revision_rate::{Cohort, revision_rate, round100};

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn of(birth: Date, month: Month) -> Result<Furikae, LawError> {
    furikae(birth, FurikaeFacts::default(), month, &mut Trace::new())
}

#[test]
fn every_row_is_base_times_rate_and_the_base_is_the_revised_amount() {
    for year in 2015_i16..=2026 {
        let month = Month::new(year, 4).expect("a month");
        let mut birth = date(1926, 4, 2);
        while birth <= date(1966, 4, 1) {
            let mut trace = Trace::new();
            let row = ADDITIONS
                .pick("00", month, &mut trace, |steps| Ok(graded::find(steps, &birth).expect("in the table")))
                .expect("in force");
            assert_eq!(addition(row.base, row.rate), row.addition, "{year} {birth}");
            let cohort = Cohort::of(birth, month, &mut trace).expect("known");
            let rate = revision_rate(cohort, month, &mut trace).expect("known");
            assert_eq!(round100(Yen::new(224_700), rate), row.base, "{year} {birth}");
            assert_eq!(of(birth, month).map(|found| found.annual), Ok(row.addition));
            birth += 1.years();
        }
    }
}

#[test]
fn later_births_get_less_and_those_outside_none() {
    let april = month("2025-04");
    let addition = |birth| of(birth, april).expect("known").annual;
    let mut birth = date(1926, 4, 2);
    while birth < date(1961, 4, 2) {
        let (last, next) = (birth + 1.years() - 1.days(), birth + 1.years());
        assert_eq!(addition(birth), addition(last), "{birth}");
        assert!(addition(next) < addition(birth), "{next}");
        birth = next;
    }
    for birth in [date(1926, 4, 1), date(1966, 4, 2)] {
        assert!(!of(birth, april).expect("decided").eligible);
    }
    assert!(
        of(date(1926, 4, 2), april).expect("known").eligible && of(date(1966, 4, 1), april).expect("known").eligible
    );
    assert_eq!(of(date(1960, 1, 1), month("2015-03")).expect_err("no row").code(), "not_in_force");
    assert_eq!(of(date(1960, 1, 1), month("2027-04")).expect_err("not known").code(), "past_last_check");
}

#[test]
fn what_takes_it_away() {
    let eligible =
        |facts| furikae(date(1960, 1, 1), facts, month("2025-04"), &mut Trace::new()).expect("known").eligible;
    let own = |months| FurikaeFacts { own_employees_months: months, ..FurikaeFacts::default() };
    assert!(eligible(own(239)) && !eligible(own(240)));
    assert!(!eligible(FurikaeFacts { own_period_deemed_240: true, ..FurikaeFacts::default() }));
    assert!(!eligible(FurikaeFacts { no_spouse_addition: true, ..FurikaeFacts::default() }));
    assert!(eligible(FurikaeFacts { disability_pension_payable: true, ..FurikaeFacts::default() }));
}
