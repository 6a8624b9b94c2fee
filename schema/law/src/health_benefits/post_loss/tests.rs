//! The year, the last day, the months after.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const LOST: Date = date(2026, 4, 1);

fn cover(kind: CoverKind, acquired_on: Date, lost_on: Date) -> Cover {
    Cover { kind, acquired_on, lost_on }
}

fn insured(acquired_on: Date, lost_on: Date) -> Cover {
    cover(CoverKind::Insured, acquired_on, lost_on)
}

fn loss(covers: &[Cover]) -> Result<Loss, LawError> {
    loss_of_cover(covers, &mut Trace::new())
}

const AFTER_A_YEAR: Loss = Loss { lost_on: LOST, one_year: true };
const CLAIM: Claim = Claim {
    entitled_on_last_day: true,
    worked_on_last_day: false,
    original_last_day: date(2027, 6, 30),
    able_to_work_on: None,
};

#[test]
fn a_year_is_a_year_to_the_day() {
    let year = |covers: &[Cover]| loss(covers).map(|loss| loss.one_year);
    assert_eq!(year(&[insured(date(2025, 4, 1), LOST)]), Ok(true));
    assert_eq!(year(&[insured(date(2025, 4, 2), LOST)]), Ok(false));
    assert_eq!(year(&[insured(date(2024, 2, 29), date(2025, 2, 28))]), Ok(false), "ends on 28 February, lost that day");
    assert_eq!(year(&[insured(date(2024, 2, 29), date(2025, 3, 1))]), Ok(true));
    let chain = [insured(date(2025, 9, 1), LOST), insured(date(2025, 4, 1), date(2025, 9, 1))];
    assert_eq!(year(&chain), Ok(true), "the order does not matter");
}

#[test]
fn covers_that_cannot_be() {
    assert_eq!(loss(&[]).expect_err("none").code(), "bad_input");
    let voluntary = cover(CoverKind::Voluntary, date(2025, 4, 1), LOST);
    assert_eq!(loss(&[voluntary]).expect_err("no ordinary cover").code(), "bad_input");
    assert!(loss(&[insured(LOST, LOST)]).is_err(), "lost on the day it began");
    assert!(loss(&[insured(date(2025, 4, 1), LOST), insured(date(2025, 5, 1), date(2026, 5, 1))]).is_err());
    assert!(loss(&[insured(date(1900, 4, 1), LOST)]).is_err());
}

#[test]
fn each_condition_of_a_continued_allowance_can_fail_alone() {
    let span = |loss, claim: Claim| continuation(loss, &claim, &mut Trace::new()).expect("days in range");
    let whole = span(AFTER_A_YEAR, CLAIM).expect("paid");
    assert_eq!((whole.first(), whole.last()), (LOST, date(2027, 6, 30)));
    assert_eq!(span(Loss { one_year: false, ..AFTER_A_YEAR }, CLAIM), None);
    assert_eq!(span(AFTER_A_YEAR, Claim { entitled_on_last_day: false, ..CLAIM }), None);
    assert_eq!(span(AFTER_A_YEAR, Claim { worked_on_last_day: true, ..CLAIM }), None);
    assert_eq!(span(AFTER_A_YEAR, Claim { original_last_day: date(2026, 3, 31), ..CLAIM }), None);
    let one_day = span(AFTER_A_YEAR, Claim { original_last_day: LOST, ..CLAIM }).expect("one day");
    assert_eq!(one_day.days(), 1);
    let able = |day| span(AFTER_A_YEAR, Claim { able_to_work_on: Some(day), ..CLAIM });
    assert_eq!(able(LOST), None);
    assert_eq!(able(date(2026, 4, 2)).map(DaySpan::days), Some(1));
    assert_eq!(able(date(2030, 1, 1)), Some(whole), "after the end nothing changes");
}

#[test]
fn births_within_six_months_and_deaths_within_three() {
    let born = |day| childbirth_after_loss(AFTER_A_YEAR, day, &mut Trace::new());
    assert_eq!((born(LOST), born(date(2026, 10, 1)), born(date(2026, 10, 2))), (Ok(true), Ok(true), Ok(false)));
    assert!(born(date(2026, 3, 31)).is_err(), "still insured");
    let death = |died_on, receiving_continuation, continuation_stopped_on| {
        let death = DeathAfterLoss { died_on, receiving_continuation, continuation_stopped_on };
        funeral_after_loss(AFTER_A_YEAR, &death, &mut Trace::new())
    };
    assert_eq!(death(date(2026, 7, 1), false, None), Ok(true));
    assert_eq!(death(date(2026, 7, 2), false, None), Ok(false));
    assert_eq!(death(date(2030, 1, 1), true, None), Ok(true));
    assert_eq!(death(date(2026, 7, 1), false, Some(LOST)), Ok(true));
    assert!(death(date(2026, 7, 1), false, Some(date(2026, 3, 31))).is_err());
    assert!(death(date(2026, 3, 31), false, None).is_err());
}

#[test]
fn the_receipt_says_whether_it_is_paid() {
    let told = |born_on| {
        let mut trace = Trace::new();
        childbirth_after_loss(AFTER_A_YEAR, born_on, &mut trace).expect("after the loss");
        trace.steps()[0].result.clone()
    };
    assert_eq!((told(date(2026, 10, 1)).as_str(), told(date(2026, 10, 2)).as_str()), ("支給する", "支給しない"));
}

proptest! {
    /// Cutting one cover in two without a day between changes nothing; a day between breaks it.
    #[test]
    fn a_chain_is_as_long_as_its_parts(days in 2_i64..900, cut in 1_i64..899) {
        prop_assume!(cut < days);
        let (first, middle) = (plus_days(LOST, -days), plus_days(LOST, cut - days));
        let whole = loss(&[insured(first, LOST)]).expect("a cover");
        prop_assert_eq!(loss(&[insured(first, middle), insured(middle, LOST)]), Ok(whole));
        let later = plus_days(middle, 1);
        if later < LOST {
            let broken = loss(&[insured(first, middle), insured(later, LOST)]).expect("covers");
            prop_assert_eq!(broken, loss(&[insured(later, LOST)]).expect("a cover"));
        }
    }
}
