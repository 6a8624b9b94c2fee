//! Every month the calendar knows.

use super::*;

#[test]
fn a_due_date_is_an_open_day_no_more_than_a_week_after_the_end_of_the_next_month() {
    let month = |text: &str| -> Month { text.parse().expect("a month") };
    for month in month("2009-12").through(month("2028-10")) {
        let mut trace = Trace::new();
        let due = due_date(month, &mut trace).expect("the calendar reaches");
        let last_day = month.next().last_day();
        assert_eq!(is_government_closed(due), Ok(false), "{month}");
        let mut day = last_day;
        while day < due {
            assert_eq!(is_government_closed(day), Ok(true), "{month}: {day} was open");
            day = day.tomorrow().expect("in range");
        }
        assert!(!trace.parameters().is_empty() && !trace.steps().is_empty());
    }
    assert!(due_date(month("2028-12"), &mut Trace::new()).is_err());
}

/// 2026-03: 30 April is a Thursday. 2019-03: 30 April to 6 May were closed.
#[test]
fn the_receipt_tells_of_closed_offices_only_where_they_moved_the_day() {
    let steps = |text: &str| {
        let mut trace = Trace::new();
        let due = due_date(text.parse().expect("a month"), &mut trace).expect("the calendar reaches");
        (due.to_string(), trace.steps().len())
    };
    assert_eq!(steps("2026-03"), ("2026-04-30".to_owned(), 1));
    assert_eq!(steps("2019-03"), ("2019-05-07".to_owned(), 2));
}
