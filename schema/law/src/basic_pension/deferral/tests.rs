//! Every month of the tables, caps, rights that stand in the way, the deemed application.

use proptest::prelude::*;

use super::deemed::late_claim;
use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn born(birth: Date) -> Deferrer {
    Deferrer { birth, right_on: None, other: None, pension: DeferredPension::Basic }
}

fn of(deferrer: &Deferrer, request: Month) -> Result<Increase, LawError> {
    increase(deferrer, request, &mut Trace::new())
}

#[test]
fn every_month_of_either_table_is_seven_thousandths() {
    for (birth, cap) in [(date(1952, 4, 2), 120), (date(1952, 4, 1), 60), (date(1941, 4, 2), 60)] {
        let right = Month::of(attained_on(birth, 65));
        for months in 12..=130 {
            // Those who may wait until 75 may do so since April 2022.
            let cap = if right.plus(months) < month("2022-04") { 60 } else { cap };
            let found = of(&born(birth), right.plus(months)).expect("in the table");
            let capped = months.min(cap);
            assert_eq!((found.months, found.rate), (capped, Ratio::new(i128::from(capped) * 7, 1_000)));
            assert_eq!(found.effective, right.plus(capped));
        }
        assert_eq!(of(&born(birth), right.plus(11)).expect_err("before 66").code(), "bad_input");
    }
    assert_eq!(of(&born(date(1941, 4, 1)), month("2008-04")).expect_err("other rates").code(), "cannot_decide");
    assert_eq!(of(&born(date(1970, 1, 1)), month("2036-04")).expect_err("not checked").code(), "past_last_check");
}

#[test]
fn another_right_bars_within_the_year_and_fixes_the_month_after_it() {
    let with = |kind, on, pension| Deferrer { other: Some((kind, on)), pension, ..born(date(1957, 8, 20)) };
    let survivor = |on| with(OtherPension::DisabilityEmployeesOrSurvivor, on, DeferredPension::Basic);
    let request = month("2025-11");
    // 66 is attained on 19 August 2023.
    assert_eq!(of(&survivor(date(2023, 8, 19)), request).expect_err("barred").code(), "bad_input");
    assert_eq!(of(&survivor(date(2010, 1, 1)), request).expect_err("barred").code(), "bad_input");
    assert_eq!(of(&survivor(date(2023, 8, 20)), request).map(|found| found.months), Ok(12));
    assert_eq!(of(&survivor(date(2025, 12, 1)), request).map(|found| found.months), Ok(39));
    let disability = |pension| with(OtherPension::DisabilityBasic, date(2020, 1, 1), pension);
    assert_eq!(of(&disability(DeferredPension::Basic), request).expect_err("barred").code(), "bad_input");
    assert_eq!(of(&disability(DeferredPension::Employees), request).map(|found| found.months), Ok(39));
}

#[test]
fn a_right_from_april_2017_may_wait_ten_years_whatever_the_birth() {
    let with = |right_on| Deferrer { right_on: Some(right_on), ..born(date(1950, 5, 5)) };
    assert_eq!(of(&with(date(2017, 3, 31)), month("2027-03")).map(|found| found.months), Ok(60));
    assert_eq!(of(&with(date(2017, 4, 1)), month("2027-04")).map(|found| found.months), Ok(120));
    assert_eq!(of(&with(date(2015, 5, 3)), month("2020-04")).expect_err("before 65").code(), "bad_input");
}

#[test]
fn a_late_claim_counts_from_the_day_after_seventy_to_the_day_before_eighty() {
    let claim = |birth, on| late_claim(&born(birth), on, false, &mut Trace::new()).expect("decided");
    let birth = date(1955, 3, 1);
    // 65 on 29 February 2020, 70 on 28 February 2025, 80 on 28 February 2035.
    assert_eq!(claim(birth, date(2025, 2, 28)).deemed_on, None);
    assert_eq!(claim(birth, date(2025, 3, 1)).deemed_on, Some(date(2020, 3, 1)));
    assert_eq!(claim(birth, date(2035, 2, 27)).deemed_on, Some(date(2030, 2, 27)));
    assert_eq!(claim(birth, date(2035, 2, 28)).deemed_on, None);
    assert_eq!(claim(date(1952, 4, 2), date(2023, 3, 31)).deemed_on, None, "from April 2023");
    assert_eq!(claim(date(1952, 4, 2), date(2023, 4, 1)).months, 12);
    assert_eq!(claim(date(1952, 4, 1), date(2023, 4, 1)).deemed_on, None);
    assert_eq!(claim(date(1952, 4, 12), date(2024, 2, 29)).deemed_on, Some(date(2019, 2, 28)));
    let early = late_claim(&born(birth), date(2020, 2, 28), false, &mut Trace::new());
    assert_eq!(early.expect_err("before the right").code(), "bad_input");
}

#[test]
fn the_payment_rate_is_a_mean() {
    let stops = [0, 50_000, 100_000, 200_000].map(Yen::new);
    assert_eq!(average_payment_rate(Yen::new(100_000), &stops), Some(Ratio::new(3, 8)));
    assert_eq!(average_payment_rate(Yen::new(100_000), &[]), None);
    assert_eq!(average_payment_rate(Yen::ZERO, &stops), None);
    let of = |rate, months| employees_increase(Yen::new(1), Yen::new(1), rate, months, &mut Trace::new());
    assert_eq!(of(Ratio::new(11, 10), 12).expect_err("over one").code(), "bad_input");
    assert_eq!(of(Ratio::new(1, 1), 11).expect_err("eleven months").code(), "bad_input");
    assert_eq!(of(Ratio::new(1, 1), 121).expect_err("over the cap").code(), "bad_input");
}

proptest! {
    #[test]
    fn waiting_longer_never_pays_less(amount in 0_i64..5_000_000, months in 12_i32..130) {
        let right = month("2022-08");
        let increased_by = |months| {
            let found = of(&born(date(1957, 8, 20)), right.plus(months)).expect("in the table");
            increased(Yen::new(amount), found.rate)
        };
        prop_assert!(increased_by(months) <= increased_by(months + 1));
        prop_assert!(increased_by(months) >= Yen::new(amount));
    }
}
