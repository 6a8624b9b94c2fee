//! Years, limits from both sides, what only an estimate is known of.

use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn grade_one_is_a_quarter_more_in_every_year() {
    for year in 2019_i16..=2026 {
        let last = last_month(year).expect("a year");
        let of = |grade| disability_support(grade, last, &mut Trace::new()).expect("in force");
        let (first, second) = (of(DisabilityGrade::First), of(DisabilityGrade::Second));
        assert_eq!(second.times(Ratio::new(5, 4), Rounding::HalfUp), first, "{year}");
        assert_eq!(survivor_support(1, last, &mut Trace::new()), Ok(second), "{year}");
        for key in ["BASE", "OLD_AGE_BASE"] {
            assert_eq!(AMOUNTS.at(key, last, &mut Trace::new()), Ok(&second), "{year}");
        }
    }
    let second = |text| disability_support(DisabilityGrade::Second, month(text), &mut Trace::new());
    assert_eq!(second("2019-10"), Ok(Yen::new(5_000)));
    assert_eq!(second("2019-09").expect_err("before the law").code(), "not_in_force");
    assert_eq!(second("2027-04").expect_err("not known").code(), "past_last_check");
}

#[test]
fn limits_hold_from_october_to_september_and_estimates_are_refused() {
    let limits = |cohort, text| old_age_limits(cohort, month(text), &mut Trace::new());
    let yen = |lower, upper| Ok((Yen::new(lower), Yen::new(upper)));
    for text in ["2025-10", "2026-09"] {
        assert_eq!(limits(Cohort::NewAward, text), yen(809_000, 909_000));
        assert_eq!(limits(Cohort::Existing, text), yen(806_700, 906_700));
    }
    assert_eq!(limits(Cohort::NewAward, "2025-09").expect_err("no row").code(), "not_in_force");
    let error = limits(Cohort::NewAward, "2026-10").expect_err("an estimate");
    assert!(error.code() == "cannot_decide" && error.to_string().contains("所得基準額"), "{error}");
    let others = |text| disability_survivor_limit(Dependants::default(), month(text), &mut Trace::new());
    assert_eq!(others("2026-09"), Ok(Yen::new(4_794_000)));
    assert_eq!(others("2026-10").expect_err("an estimate").code(), "cannot_decide");
}

#[test]
fn the_supplement_runs_from_the_lower_limit_to_the_upper() {
    let of = |income| {
        supplementary(Cohort::NewAward, None, Yen::new(income), 480, month("2025-10"), &mut Trace::new())
            .expect("known")
    };
    assert_eq!((of(809_000).eligible, of(809_001).eligible), (false, true));
    assert_eq!((of(909_000).eligible, of(909_001).eligible), (true, false));
    assert_eq!(of(809_049).adjust_rate, Ratio::new(1, 1), "0.99951 goes up");
    assert_eq!(of(809_051).adjust_rate, Ratio::new(999, 1_000), "0.99949 goes down");
    assert_eq!(of(809_050).adjust_rate, Ratio::new(1, 1), "0.9995 goes up");
}

#[test]
fn what_cannot_be_is_refused() {
    let nobody = survivor_support(0, month("2025-10"), &mut Trace::new());
    assert_eq!(nobody.expect_err("nobody").code(), "bad_input");
    let months = SupportMonths { paid: -1, ..SupportMonths::default() };
    let refused = old_age_support(Cohort::NewAward, None, &months, month("2025-10"), &mut Trace::new());
    assert_eq!(refused.expect_err("negative").code(), "bad_input");
    let many = Dependants { ordinary: 101, ..Dependants::default() };
    assert_eq!(
        disability_survivor_limit(many, month("2025-10"), &mut Trace::new()).expect_err("many").code(),
        "bad_input"
    );
}

proptest! {
    #[test]
    fn more_income_never_brings_more_and_more_months_never_less(income in 809_001_i64..909_000, paid in 0_i64..480) {
        let of = |income, paid| {
            let found = supplementary(Cohort::NewAward, None, Yen::new(income), paid, month("2025-10"), &mut Trace::new());
            found.expect("known").monthly
        };
        prop_assert!(of(income, paid) >= of(income + 1, paid));
        prop_assert!(of(income, paid) <= of(income, paid + 1));
        let months = |paid| SupportMonths { paid, exempt_full_to_half: 480 - paid, exempt_quarter: 0 };
        let whole = old_age_monthly(Yen::new(5_450), Yen::new(831_700), &months(paid), 480);
        prop_assert_eq!(whole.paid_item + whole.exempt_item, whole.monthly);
        prop_assert!(of(income, paid) <= whole.paid_item);
    }
}
