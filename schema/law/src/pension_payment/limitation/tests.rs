//! The last day, the day after, and the time that does not run.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn question(arose_on: Date, claimed_on: Date) -> LapseQuestion {
    LapseQuestion { arose_on, claimed_on, fully_suspended: Vec::new(), record_correction: false }
}

fn lapse(question: &LapseQuestion) -> Lapse {
    limitation(question, &mut Trace::new()).expect("in force")
}

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn an_instalment_lapses_five_years_after_the_month_of_its_payment() {
    let until = |text| instalment_until(month(text), &mut Trace::new());
    assert_eq!(until("2020-03"), Ok(date(2025, 4, 30)));
    assert_eq!(until("2020-02"), Ok(date(2025, 4, 30)));
    assert_eq!(until("2020-01"), Ok(date(2025, 2, 28)));
    assert_eq!(until("2018-12"), Ok(date(2024, 2, 29)));
    let from = |claimed| lapse(&question(date(2015, 3, 31), claimed)).payable_from;
    assert_eq!(from(date(2025, 4, 30)), month("2020-02"));
    assert_eq!(from(date(2025, 5, 1)), month("2020-04"));
}

#[test]
fn the_right_itself_lapses_after_five_years() {
    let at = |claimed| lapse(&question(date(2015, 3, 31), claimed));
    assert_eq!(at(date(2020, 3, 31)).basic_until, Some(date(2020, 3, 31)));
    assert!(!at(date(2020, 3, 31)).basic_lapsed && at(date(2020, 4, 1)).basic_lapsed);
    assert_eq!(at(date(2020, 3, 31)).payable_from, month("2015-04"));
}

#[test]
fn no_time_runs_while_all_is_suspended() {
    let stop = Suspension { arose_on: date(2016, 3, 15), ended_on: Some(date(2017, 3, 15)) };
    let mut asked = question(date(2015, 3, 31), date(2021, 3, 31));
    asked.fully_suspended = vec![stop];
    let paused = lapse(&asked);
    assert_eq!((paused.basic_until, paused.basic_lapsed), (Some(date(2021, 3, 31)), false));
    asked.claimed_on = date(2021, 4, 1);
    assert!(lapse(&asked).basic_lapsed);
    // April 2015, paid in June 2015: five years from July, and the 12 months of the suspension: to 2021-06-30.
    assert_eq!(lapse(&asked).payable_from, month("2015-04"));
    asked.claimed_on = date(2021, 7, 1);
    assert_eq!(lapse(&asked).payable_from, month("2015-06"));
}

#[test]
fn a_suspension_after_the_term_revives_nothing() {
    let mut asked = question(date(2010, 3, 31), date(2025, 3, 31));
    asked.fully_suspended = vec![Suspension { arose_on: date(2015, 4, 1), ended_on: None }];
    assert_eq!(lapse(&asked).basic_until, Some(date(2015, 3, 31)));
    asked.fully_suspended = vec![Suspension { arose_on: date(2015, 2, 28), ended_on: None }];
    assert!(!lapse(&asked).basic_lapsed);
}

#[test]
fn after_a_correction_of_records_all_is_paid() {
    let corrected = LapseQuestion { record_correction: true, ..question(date(1990, 5, 1), date(2025, 5, 1)) };
    assert_eq!(lapse(&corrected), Lapse { basic_until: None, basic_lapsed: false, payable_from: month("1990-06") });
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |question: LapseQuestion| limitation(&question, &mut Trace::new()).is_err();
    assert!(refused(question(date(2020, 1, 2), date(2020, 1, 1))));
    assert!(refused(question(date(1900, 1, 2), date(2020, 1, 1))));
    let stop = Suspension { arose_on: date(2020, 2, 2), ended_on: Some(date(2020, 2, 1)) };
    assert!(refused(LapseQuestion { fully_suspended: vec![stop], ..question(date(2020, 1, 1), date(2021, 1, 1)) }));
    assert!(matches!(
        limitation(&question(date(1950, 1, 1), date(1960, 1, 1)), &mut Trace::new()),
        Err(LawError::NotInForce { .. })
    ));
}

proptest! {
    #[test]
    fn a_later_claim_never_reaches_further_back(months in 0_i32..400, later in 0_i32..200) {
        let day = |months: i32| month("1990-06").plus(months).first_day();
        let at = |months| lapse(&question(day(0), day(months)));
        prop_assert!(at(months).payable_from <= at(months + later).payable_from);
        prop_assert!(at(months).payable_from > Month::of(day(0)));
    }
}
