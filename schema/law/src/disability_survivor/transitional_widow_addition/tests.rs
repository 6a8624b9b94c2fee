//! Every yen of the published table, and both ends of the births.

use jiff::civil::date;

use super::*;

fn yen(birth: Date, year: i16) -> Result<i64, LawError> {
    transitional_widow_addition(birth, year, false, &mut Trace::new()).map(Yen::get)
}

#[test]
fn every_yen_of_fiscal_2021_to_2026() {
    let mut reader = csv::Reader::from_reader(include_str!("golden_additions.csv").as_bytes());
    let mut count = 0;
    for record in reader.records() {
        let record = record.expect("CSV");
        let expected: i64 = record[6].parse().expect("yen");
        let year: i16 = record[0].parse().expect("a year");
        for column in [1, 2] {
            if let Ok(birth) = record[column].parse::<Date>() {
                assert_eq!(yen(birth, year), Ok(expected), "{record:?}");
            }
        }
        count += 1;
    }
    assert_eq!(count, 180);
}

#[test]
fn the_youngest_has_it_and_who_is_born_later_has_not() {
    assert_eq!((yen(date(1956, 4, 1), 2025), yen(date(1956, 4, 2), 2025)), (Ok(20_757), Ok(0)));
    assert!(matches!(yen(date(1956, 4, 1), 2019), Err(LawError::BadInput { .. })));
    assert_eq!(yen(date(1956, 4, 1), 2020), Ok(19_567)); // 586,300 − 781,700 × 348/480 = 566,732.5 → 566,733
    assert!(matches!(yen(date(1950, 4, 1), 2027), Err(LawError::PastLastCheck { .. })));
}

#[test]
fn a_disability_basic_pension_stops_it() {
    let stopped = transitional_widow_addition(date(1950, 4, 1), 2025, true, &mut Trace::new());
    assert_eq!(stopped, Ok(Yen::ZERO));
}
