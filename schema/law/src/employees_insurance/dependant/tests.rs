//! Limits by age and year, and where a person decides; cases are in the golden table.

use proptest::prelude::*;

use super::*;

fn relative(income: i64) -> Relative {
    Relative {
        birth: date(1985, 5, 10),
        kinship: Kinship::Spouse,
        domicile: Domicile::Japan,
        income: Yen::new(income),
        disabled: false,
        support: Support::SameHousehold { insured_income: Yen::new(2_000_000) },
    }
}

fn verdict_of(on: Date, relative: &Relative) -> Result<bool, &'static str> {
    verdict(on, relative, &mut Trace::new()).map(|verdict| verdict.is_dependant).map_err(|error| error.code())
}

#[test]
fn half_to_all_of_the_insured_income_is_for_a_person_to_decide() {
    let on = date(2026, 4, 1);
    let at = |income| verdict_of(on, &relative(income));
    assert_eq!((at(999_999), at(1_000_000), at(1_299_999)), (Ok(true), Err("cannot_decide"), Err("cannot_decide")));
    let poorer = |insured| {
        let support = Support::SameHousehold { insured_income: Yen::new(insured) };
        verdict_of(on, &Relative { support, ..relative(1_000_000) })
    };
    assert_eq!((poorer(1_000_000), poorer(999_999)), (Err("cannot_decide"), Ok(false)));
}

#[test]
fn before_the_rules_on_file_and_after_the_last_check_it_refuses() {
    assert_eq!(verdict_of(date(2016, 9, 30), &relative(0)), Err("not_in_force"));
    assert_eq!(verdict_of(date(2016, 10, 1), &relative(0)), Ok(true));
    assert_eq!(verdict_of(date(2027, 3, 31), &relative(0)), Ok(true));
    assert_eq!(verdict_of(date(2027, 4, 1), &relative(0)), Err("past_last_check"));
    assert_eq!(verdict_of(date(2026, 4, 1), &relative(-1)), Err("bad_input"));
    assert_eq!(verdict_of(date(2026, 4, 1), &Relative { birth: date(2026, 4, 2), ..relative(0) }), Err("bad_input"));
    assert_eq!(verdict_of(Date::MAX, &relative(0)), Err("bad_input"));
    let newborn = Relative { birth: date(2026, 4, 1), kinship: Kinship::Close, ..relative(0) };
    assert_eq!(verdict_of(date(2026, 4, 1), &newborn), Ok(true), "from the day of birth");
}

#[test]
fn the_years_of_19_to_22_are_four_calendar_years() {
    let limit = |year: i16, birth| {
        let student = Relative { birth, kinship: Kinship::Close, ..relative(0) };
        let on = date(year, 11, 1);
        income_limit(on, &student, &mut Trace::new()).expect("in force").get()
    };
    for (birth, first) in [(date(2007, 1, 1), 2025), (date(2007, 1, 2), 2026), (date(2007, 12, 31), 2026)] {
        assert_eq!(limit(first, birth), 1_500_000, "{birth}");
        assert_eq!(limit(2026, birth), 1_500_000, "{birth}");
    }
    assert_eq!(limit(2025, date(2007, 1, 2)), 1_300_000);
    assert_eq!((limit(2025, date(2003, 1, 1)), limit(2025, date(2003, 1, 2))), (1_300_000, 1_500_000));
    assert_eq!(limit(2024, date(2005, 1, 2)), 1_300_000, "before 2025-10");
}

proptest! {
    #[test]
    fn more_income_never_makes_a_dependant(income in 0_i64..2_000_000, born in 1950_i16..2026, remittance in 0_i64..3_000_000) {
        let apart = |income| Relative {
            birth: date(born, 3, 3),
            kinship: Kinship::Close,
            support: Support::Apart { remittance: Yen::new(remittance) },
            ..relative(income)
        };
        let at = |income| verdict_of(date(2026, 4, 1), &apart(income)).expect("decided");
        prop_assert!(at(income) || !at(income + 1));
    }
}
