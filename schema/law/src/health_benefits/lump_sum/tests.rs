//! Both tables entered a second time, the conditions at their edges.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn birth(born_on: Date, scheme_member_and_22w: bool) -> Childbirth {
    Childbirth { mother: Mother::Insured, born_on, children: 1, scheme_member_and_22w, pregnancy_days: None }
}

fn sum(birth: Childbirth) -> Result<i64, LawError> {
    childbirth_lump_sum(birth, &mut Trace::new()).map(Yen::get)
}

/// First day, amount at a member of the scheme, any other.
const HISTORY: [(Date, i64, i64); 7] = [
    (date(1994, 10, 1), 300_000, 300_000),
    (date(2006, 10, 1), 350_000, 350_000),
    (date(2009, 1, 1), 380_000, 350_000),
    (date(2009, 10, 1), 420_000, 390_000),
    (date(2015, 1, 1), 420_000, 404_000),
    (date(2022, 1, 1), 420_000, 408_000),
    (date(2023, 4, 1), 500_000, 488_000),
];

#[test]
fn both_sides_of_every_change() {
    let mut before: Option<(i64, i64)> = None;
    for (from, scheme, other) in HISTORY {
        assert_eq!((sum(birth(from, true)), sum(birth(from, false))), (Ok(scheme), Ok(other)), "{from}");
        let eve = from.yesterday().expect("in range");
        if let Some((scheme, other)) = before {
            assert_eq!((sum(birth(eve, true)), sum(birth(eve, false))), (Ok(scheme), Ok(other)), "{eve}");
        } else {
            assert_eq!(sum(birth(eve, true)).expect_err("no history").code(), "not_in_force");
        }
        before = Some((scheme, other));
    }
    assert_eq!(sum(birth(date(2027, 3, 31), true)), Ok(500_000));
    assert_eq!(sum(birth(date(2027, 4, 1), true)).expect_err("not checked").code(), "past_last_check");
}

#[test]
fn the_extra_amount_is_the_levy_of_the_scheme() {
    for (from, levy) in [(date(2009, 1, 1), 30_000), (date(2015, 1, 1), 16_000), (date(2022, 1, 1), 12_000)] {
        let extra = sum(birth(from, true)).expect("in force") - sum(birth(from, false)).expect("in force");
        assert_eq!(extra, levy, "{from}");
    }
}

#[test]
fn eighty_five_days_and_twenty_two_weeks() {
    let of = |days, scheme| sum(Childbirth { pregnancy_days: Some(days), ..birth(date(2025, 7, 1), scheme) });
    assert_eq!((of(0, false), of(84, false), of(85, false), of(400, false)), (Ok(0), Ok(0), Ok(488_000), Ok(488_000)));
    assert_eq!(of(153, true).expect_err("under 22 weeks").code(), "bad_input");
    assert_eq!(of(154, true), Ok(500_000));
    assert_eq!(of(401, true).expect_err("too long").code(), "bad_input");
}

#[test]
fn there_must_be_a_child_and_a_day() {
    let of = |children| sum(Childbirth { children, ..birth(date(2025, 7, 1), false) });
    assert!(of(0).is_err() && of(21).is_err() && of(-1).is_err());
    assert_eq!(of(20), Ok(9_760_000));
    assert_eq!(sum(birth(date(1900, 1, 1), true)).expect_err("before the act").code(), "bad_input");
}

#[test]
fn fifty_thousand_for_a_death_since_2006_10() {
    let of =
        |benefit, text: &str| funeral_benefit(benefit, text.parse().expect("a month"), &mut Trace::new()).map(Yen::get);
    let spent = |yen| FuneralBenefit::Expense { actual_cost: Yen::new(yen) };
    for benefit in [FuneralBenefit::Allowance, FuneralBenefit::Family, spent(50_001)] {
        assert_eq!(of(benefit, "2006-10"), Ok(50_000));
        assert_eq!(of(benefit, "2027-03"), Ok(50_000));
        assert_eq!(of(benefit, "2006-09").expect_err("no history").code(), "not_in_force");
        assert_eq!(of(benefit, "2027-04").expect_err("not checked").code(), "past_last_check");
    }
    assert_eq!((of(spent(50_000), "2026-05"), of(spent(49_999), "2026-05")), (Ok(50_000), Ok(49_999)));
    assert_eq!(of(spent(0), "2026-05"), Ok(0));
}

#[test]
fn without_a_day_of_death_the_receipt_says_so() {
    let mut trace = Trace::new();
    assert_eq!(month_of_death(None, &mut trace), Ok("2027-03".parse().expect("a month")));
    assert!(trace.steps()[0].expression.contains("死亡の日の入力がない"));
    assert_eq!(month_of_death(Some(date(2026, 5, 31)), &mut trace), Ok("2026-05".parse().expect("a month")));
    assert!(month_of_death(Some(date(1926, 5, 31)), &mut trace).is_err());
}

#[test]
fn the_clause_is_that_of_the_mother() {
    for (mother, clause) in [(Mother::Insured, "健康保険法101条"), (Mother::Dependant, "健康保険法114条")] {
        let mut trace = Trace::new();
        let paid = childbirth_lump_sum(Childbirth { mother, ..birth(date(2025, 7, 1), true) }, &mut trace);
        assert_eq!(paid, Ok(Yen::new(500_000)));
        assert!(trace.steps().iter().any(|step| step.clause.starts_with(clause)), "{clause}");
    }
}

proptest! {
    #[test]
    fn a_direct_payment_splits_the_whole(amount in 0_i64..2_000_000, cost in 0_i64..2_000_000) {
        let split = direct_payment(Yen::new(amount), Yen::new(cost), &mut Trace::new());
        prop_assert_eq!(split.to_hospital + split.to_insured, Yen::new(amount));
        prop_assert!(split.to_hospital <= Yen::new(cost) && split.to_insured >= Yen::ZERO);
    }
}
