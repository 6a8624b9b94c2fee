//! What the topics of the family share.

use super::*;

#[test]
fn the_tables_stand_in_order_of_path() {
    let paths: Vec<&str> = TABLES.iter().map(|table| table.path()).collect();
    let mut sorted = paths.clone();
    sorted.sort_unstable();
    assert_eq!(paths, sorted);
    assert!(paths.iter().all(|path| path.starts_with("employees_pension/")));
}

#[test]
fn halves_go_up() {
    assert_eq!([half_up(0, 2), half_up(1, 2), half_up(3, 2), half_up(49, 100), half_up(50, 100)], [0, 1, 2, 0, 1]);
    assert_eq!((Thousandths(930).to_string(), Thousandths(14_563).to_string()), ("0.930".into(), "14.563".into()));
}

#[test]
fn a_rate_of_a_table_is_whole_in_its_last_place_and_not_negative() {
    let of = |text| decimal_units(text, 1000);
    assert_eq!([of("0"), of("0.001"), of("-0.001"), of("0.0001"), of("x")], [Some(0), Some(1), None, None, None]);
}

#[test]
fn years_before_whole_yen_are_refused_for_amounts() {
    assert!(april_of_amount(2015).is_ok() && first_month(2014).is_ok());
    assert!(matches!(april_of_amount(2014), Err(LawError::NotInForce { .. })));
}

#[test]
fn amounts_and_months_of_no_life_are_refused() {
    assert!(check_months("月数", 0).is_ok() && check_months("月数", MONTHS_MAX).is_ok());
    assert!(check_months("月数", -1).is_err() && check_months("月数", MONTHS_MAX + 1).is_err());
    assert!(check_yen("額", Yen::ZERO).is_ok() && check_yen("額", Yen::new(1_000_000_000_000)).is_ok());
    assert!(check_yen("額", Yen::new(-1)).is_err() && check_yen("額", Yen::new(1_000_000_000_001)).is_err());
}
