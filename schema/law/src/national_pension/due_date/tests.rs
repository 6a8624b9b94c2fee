//! Every month the calendar knows: the same day as for contributions of employees, by another clause.

use domain::Month;

use super::*;
use crate::employees_insurance::due_date as employees;

#[test]
fn it_is_the_first_open_day_from_the_end_of_the_next_month() {
    let month = |text: &str| -> Month { text.parse().expect("a month") };
    for month in month("2009-12").through(month("2028-10")) {
        let mut trace = Trace::new();
        let due = due_date(month, &mut trace).expect("the calendar reaches");
        assert_eq!(Ok(due), employees::due_date(month, &mut Trace::new()));
        assert!(due >= month.next().last_day());
        assert!(trace.steps()[0].clause.starts_with("国民年金法"));
    }
    assert!(due_date(month("2028-12"), &mut Trace::new()).is_err());
    assert!(due_date(month("2009-10"), &mut Trace::new()).is_err());
}
