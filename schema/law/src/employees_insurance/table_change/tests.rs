//! Every change of a table, and those it does not touch.

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn standard(scheme: Scheme, text: &str, yen: i64, recorded: Option<i64>) -> Result<i64, &'static str> {
    redetermine(scheme, month(text), Yen::new(yen), recorded.map(Yen::new), &mut Trace::new())
        .map(|grade| grade.standard.get())
        .map_err(|error| error.code())
}

#[test]
fn only_an_end_that_moved_is_looked_at_again() {
    let (hi, epi) = (Scheme::HealthInsurance, Scheme::EmployeesPension);
    assert_eq!(standard(hi, "2007-04", 98_000, Some(62_999)), Ok(58_000));
    assert_eq!(standard(hi, "2007-04", 980_000, Some(1_005_000)), Ok(1_030_000));
    assert_eq!(standard(hi, "2016-04", 58_000, Some(200_000)), Ok(58_000), "the lower end did not move");
    assert_eq!(standard(epi, "2016-10", 620_000, Some(900_000)), Ok(620_000), "the upper end did not move");
    assert_eq!(standard(epi, "2028-09", 680_000, Some(695_000)), Ok(710_000));
    assert_eq!(standard(epi, "2029-09", 710_000, Some(5_000_000)), Ok(750_000));
    assert_eq!(standard(epi, "2026-04", 650_000, None), Ok(650_000), "no change of table");
}

#[test]
fn what_is_missing_or_cannot_be() {
    let epi = Scheme::EmployeesPension;
    assert_eq!(standard(epi, "2020-09", 620_000, None), Err("missing_fact"));
    assert_eq!(standard(epi, "2020-09", 605_000, Some(1)), Err("bad_input"));
    assert_eq!(standard(epi, "2000-10", 620_000, Some(1)), Err("not_in_force"));
}
