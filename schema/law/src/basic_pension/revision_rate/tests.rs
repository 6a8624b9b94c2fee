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

/// The announced changes lead from each year's rate to the next, for both cohorts.
#[test]
fn the_formula_gives_every_rate_of_the_table() {
    let mut trace = Trace::new();
    for year in 2016_i16..=2026 {
        let (last, this) = (Month::new(year - 1, 4).expect("a month"), Month::new(year, 4).expect("a month"));
        let read = |key, month, trace: &mut Trace| *RATES.at(key, month, trace).expect("on file");
        let changes = formula::Changes {
            fiscal_year: year,
            price: read("PRICE", this, &mut trace),
            wage: read("WAGE", this, &mut trace),
            slide: read("SLIDE_BASIC", this, &mut trace),
        };
        for cohort in [Cohort::NewAward, Cohort::Existing] {
            let previous = revision_rate(cohort, last, &mut trace).expect("on file");
            let revision = formula::revise(cohort, previous, &changes);
            assert_eq!(Ok(revision.rate), revision_rate(cohort, this, &mut trace), "{year} {cohort:?}");
        }
        // The guaranteed level follows the existing rate with the slide of the earnings-related part.
        let earnings = formula::Changes { slide: read("SLIDE_EARNINGS_RELATED", this, &mut trace), ..changes };
        for key in ["CONVENTIONAL_BORN_FROM_1938_04_02", "CONVENTIONAL_BORN_TO_1938_04_01"] {
            let revision = formula::revise(Cohort::Existing, read(key, last, &mut trace), &earnings);
            assert_eq!(revision.rate, read(key, this, &mut trace), "{year} {key}");
        }
    }
}

#[test]
fn wages_and_prices_before_and_after_2021() {
    let base = |fiscal_year, cohort, price, wage| {
        let thousandths = |n| Ratio::new(n, 1_000);
        let slide = Ratio::new(1, 1);
        let changes = formula::Changes { fiscal_year, price: thousandths(price), wage: thousandths(wage), slide };
        formula::base(cohort, &changes).in_units_of(1_000).expect("three places")
    };
    let both =
        |year, price, wage| (base(year, Cohort::NewAward, price, wage), base(year, Cohort::Existing, price, wage));
    assert_eq!((both(2020, 1_010, 990), both(2021, 1_010, 990)), ((1_000, 1_000), (990, 990)));
    assert_eq!((both(2020, 995, 990), both(2021, 995, 990)), ((995, 995), (990, 990)));
    assert_eq!((both(2020, 1_010, 1_005), both(2021, 1_010, 1_005)), ((1_005, 1_005), (1_005, 1_005)));
    assert_eq!((both(2020, 985, 990), both(2021, 985, 990)), ((990, 985), (990, 985)));
    assert_eq!((both(2020, 1_005, 1_010), both(2021, 1_005, 1_010)), ((1_010, 1_005), (1_010, 1_005)));
}

proptest! {
    #[test]
    fn the_slide_never_pushes_below_one_and_nothing_of_it_is_lost(
        price in 900_i128..1_100, wage in 900_i128..1_100, slide in 950_i128..=1_000, year in 2015_i16..2030,
    ) {
        let thousandths = |n| Ratio::new(n, 1_000);
        let changes = formula::Changes {
            fiscal_year: year, price: thousandths(price), wage: thousandths(wage), slide: thousandths(slide),
        };
        for cohort in [Cohort::NewAward, Cohort::Existing] {
            let base = formula::base(cohort, &changes);
            let revision = formula::revise(cohort, Ratio::new(1, 1), &changes);
            prop_assert!(revision.carried_slide <= Ratio::new(1, 1));
            if base < Ratio::new(1, 1) {
                prop_assert_eq!((revision.factor, revision.carried_slide), (base, thousandths(slide)));
            } else {
                prop_assert!(revision.factor >= Ratio::new(1, 1) && revision.factor <= base);
            }
        }
    }
}
