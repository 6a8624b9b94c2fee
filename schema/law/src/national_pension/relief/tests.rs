//! The order of prevailing and the months in which each relief exists.

use super::*;

fn part(relief: Relief, month: &str) -> Result<Ratio, LawError> {
    payable_part(relief, month.parse().expect("a month"), &mut Trace::new())
}

#[test]
fn each_relief_exists_from_its_first_month() {
    for (relief, before, first) in [
        (Relief::Maternity, "2019-03", "2019-04"),
        (Relief::Childcare, "2026-09", "2026-10"),
        (Relief::Student, "2000-03", "2000-04"),
        (Relief::Deferral, "2006-06", "2006-07"),
        (Relief::Full, "2006-06", "2006-07"),
        (Relief::Statutory, "2006-06", "2006-07"),
        (Relief::ThreeQuarters, "2006-06", "2006-07"),
        (Relief::Half, "2006-06", "2006-07"),
        (Relief::OneQuarter, "2006-06", "2006-07"),
    ] {
        assert!(matches!(part(relief, before), Err(LawError::NotInForce { .. })), "{relief:?}");
        assert!(part(relief, first).is_ok(), "{relief:?}");
        assert!(part(relief, "2028-03").is_ok() && part(relief, "2028-04").is_err(), "{relief:?}");
    }
}

#[test]
fn the_payable_parts_are_quarters() {
    let quarters = |relief| part(relief, "2026-10").expect("in force").in_units_of(4).expect("quarters");
    let all: Vec<i64> = Relief::ALL.into_iter().map(quarters).collect();
    assert_eq!(all, [0, 0, 0, 0, 0, 0, 1, 2, 3]);
    assert!(Relief::ALL.into_iter().all(|relief| relief.is_partial() == (quarters(relief) > 0)));
}

#[test]
fn one_relief_prevails_and_the_order_of_the_list_does_not_matter() {
    let of = |granted: &[Relief]| prevailing(granted, &mut Trace::new());
    assert_eq!(of(&[]), None);
    for (place, first) in Relief::ALL.into_iter().enumerate() {
        for second in &Relief::ALL[place..] {
            assert_eq!(of(&[first, *second]), Some(first));
            assert_eq!(of(&[*second, first]), Some(first));
        }
    }
    assert_eq!(of(&[Relief::Full, Relief::Student]), Some(Relief::Student));
    assert_eq!(of(&[Relief::Statutory, Relief::Childcare]), Some(Relief::Childcare));
    assert_eq!(of(&[Relief::ThreeQuarters, Relief::Deferral]), Some(Relief::Deferral));
}
