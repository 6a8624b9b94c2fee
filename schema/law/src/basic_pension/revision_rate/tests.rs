//! The boundary of the cohorts, the rounding to 100 yen, the ends of the tables.

use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn a_cohort_is_a_matter_of_birth_and_of_nothing_before_2023() {
    let of = |birth, text| Cohort::of(birth, month(text), &mut Trace::new());
    for text in ["2023-04", "2024-04", "2025-04", "2026-04", "2027-03"] {
        assert_eq!(of(date(1956, 4, 1), text), Ok(Cohort::Existing));
        assert_eq!(of(date(1956, 4, 2), text), Ok(Cohort::NewAward));
    }
    assert_eq!(of(date(1930, 1, 1), "2023-03"), Ok(Cohort::NewAward));
    assert_eq!(of(date(1956, 4, 2), "2027-04").expect_err("not known").code(), "past_last_check");
    let rate = |cohort| revision_rate(cohort, month("2023-03"), &mut Trace::new());
    assert_eq!(rate(Cohort::NewAward), rate(Cohort::Existing));
}

#[test]
fn the_guaranteed_level_has_its_own_rates() {
    let rate = |birth| conventional_rate(birth, month("2025-04"), &mut Trace::new());
    assert_eq!(rate(date(1938, 4, 1)), Ok(Ratio::new(1_063, 1_000)));
    assert_eq!(rate(date(1938, 4, 2)), Ok(Ratio::new(1_061, 1_000)));
}

#[test]
fn a_derived_rate_says_so_on_the_receipt() {
    let mut trace = Trace::new();
    revision_rate(Cohort::NewAward, month("2026-04"), &mut trace).expect("derived");
    assert!(trace.parameters()[0].source.contains("未確認"));
    revision_rate(Cohort::NewAward, month("2025-04"), &mut trace).expect("published");
    assert!(!trace.parameters()[1].source.contains("未確認"));
}

#[test]
fn fifty_yen_go_up() {
    let one = Ratio::new(1, 1);
    assert_eq!((round100(Yen::new(149), one), round100(Yen::new(150), one)), (Yen::new(100), Yen::new(200)));
    assert_eq!(round100(Yen::new(780_900), Ratio::new(1_065, 1_000)), Yen::new(831_700));
    assert_eq!(round100(Yen::new(299_999), Ratio::new(1, 2)), Yen::new(150_000), "149,999.5 is rounded once");
}

proptest! {
    #[test]
    fn a_unit_amount_is_the_nearest_hundred(base in 0_i64..2_000_000, rate in 800_i64..1_300) {
        let amount = round100(Yen::new(base), Ratio::new(rate.into(), 1_000)).get();
        prop_assert_eq!(amount % 100, 0);
        let exact = base * rate;
        prop_assert!(amount * 1_000 - exact <= 50_000 && exact - amount * 1_000 < 50_000);
    }
}
