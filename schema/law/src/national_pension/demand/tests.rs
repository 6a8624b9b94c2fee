//! Ten days, counted with the day of issue, have passed on the eleventh.

use jiff::civil::date;

use super::*;

#[test]
fn the_eleventh_day_or_the_next_open_one() {
    let at = |issued_on| earliest_deadline(date(2025, 6, 2), issued_on, &mut Trace::new());
    assert_eq!(at(date(2025, 6, 17)), Ok(date(2025, 6, 27)));
    assert_eq!(at(date(2025, 6, 18)), Ok(date(2025, 6, 30)), "28 June is a Saturday");
    assert!(at(date(2025, 6, 2)).is_err());
    assert!(at(date(2025, 6, 3)).is_ok());
}
