//! 200 yen a month, and what is refused.

use super::*;

#[test]
fn two_hundred_yen_a_month_since_1974() {
    let amount = |months, month: &str| {
        additional_pension(months, Some(month.parse().expect("a month")), &mut Trace::new()).map(Yen::get)
    };
    assert_eq!((amount(1, "1974-01"), amount(480, "2027-03")), (Ok(200), Ok(96_000)));
    assert_eq!(amount(1, "1973-12").expect_err("before").code(), "not_in_force");
    assert_eq!(amount(1, "2027-04").expect_err("not checked").code(), "past_last_check");
    assert_eq!(amount(-1, "2025-04").expect_err("negative").code(), "bad_input");
    assert_eq!(amount(1_201, "2025-04").expect_err("too many").code(), "bad_input");
}
