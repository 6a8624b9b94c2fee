//! What reduces an allowance, what does not, and by how much at most.

use proptest::prelude::*;

use super::*;

const DAILY: Yen = Yen::new(6_667);

fn payable(allowance: Allowance, others: OtherIncomes) -> Result<i64, LawError> {
    payable_daily(allowance, DAILY, &others, &mut Trace::new()).map(Yen::get)
}

fn yen(amount: i64) -> Option<Yen> {
    Some(Yen::new(amount))
}

#[test]
fn every_income_of_the_table_takes_itself_off_and_no_more_than_all() {
    for amount in [0, 1, 6_666, 6_667, 6_668, 1_000_000] {
        let left = (6_667 - amount).max(0);
        let year = yen(amount * 360 + 359);
        let each = [
            OtherIncomes { pay_daily: yen(amount), ..OtherIncomes::default() },
            OtherIncomes { maternity_daily: yen(amount), ..OtherIncomes::default() },
            OtherIncomes { disability_pension_annual: year, ..OtherIncomes::default() },
            OtherIncomes { old_age_pension_annual: year, ..OtherIncomes::default() },
            OtherIncomes { work_injury_daily: yen(amount), ..OtherIncomes::default() },
        ];
        for (place, others) in each.into_iter().enumerate() {
            assert_eq!(payable(Allowance::Sickness, others), Ok(left), "{others:?}");
            let of_maternity = if place == 0 { left } else { 6_667 };
            assert_eq!(payable(Allowance::Maternity, others), Ok(of_maternity), "{others:?}");
        }
    }
}

#[test]
fn each_pair_has_one_line_and_a_clause() {
    for effect in &EFFECTS {
        assert_eq!(effect_of(effect.allowance, effect.income), Some(effect));
        assert!(effect.clause.starts_with("健康保険法") && !effect.income.name().is_empty());
    }
    assert_eq!(effect_of(Allowance::Maternity, OtherIncome::DisabilityPension), None);
}

#[test]
fn what_no_clause_puts_in_order_goes_to_a_person() {
    let old_age = OtherIncomes { old_age_pension_annual: yen(1), ..OtherIncomes::default() };
    let injury = OtherIncomes { work_injury_daily: yen(1), ..OtherIncomes::default() };
    for others in [
        OtherIncomes { pay_daily: yen(1), ..old_age },
        OtherIncomes { disability_pension_annual: yen(1), ..old_age },
        OtherIncomes { maternity_daily: yen(1), ..injury },
        OtherIncomes { old_age_pension_annual: yen(1), ..injury },
    ] {
        assert_eq!(payable(Allowance::Sickness, others).expect_err("no order").code(), "cannot_decide");
        assert!(payable(Allowance::Maternity, others).is_ok());
    }
}

#[test]
fn the_step_names_the_clause_that_took_most_off() {
    let others =
        OtherIncomes { pay_daily: yen(3_000), disability_pension_annual: yen(780_000), ..OtherIncomes::default() };
    let mut trace = Trace::new();
    assert_eq!(payable_daily(Allowance::Sickness, DAILY, &others, &mut trace), Ok(Yen::new(3_667)));
    assert!(trace.steps()[0].clause.contains("108条"), "{}", trace.steps()[0].clause);
    let names: Vec<&str> = trace.steps()[0].values.iter().map(|value| &*value.name).collect();
    assert_eq!(names, ["手当金の日額", "報酬の日額", "障害年金の日額"]);
}

/// Each income by the words of its clause (103条, 108条, 55条): two under one name could not be told apart.
#[test]
fn every_income_has_its_own_name() {
    let names =
        EFFECTS.iter().filter(|effect| effect.allowance == Allowance::Sickness).map(|effect| effect.income.name());
    let expected = [
        "報酬の日額",
        "出産手当金の日額",
        "障害年金の日額",
        "障害手当金の額",
        "老齢退職年金給付の日額",
        "休業補償の日額",
    ];
    assert_eq!(names.collect::<Vec<_>>(), expected);
}

#[test]
fn a_lump_sum_of_nothing_is_refused() {
    for (daily, lump) in [(0, 1), (1, 0), (-1, 1)] {
        let refused = lump_sum_suspension(Yen::new(daily), Yen::new(lump), Yen::ZERO, &mut Trace::new());
        assert_eq!(refused.expect_err("refused").code(), "bad_input");
    }
}

#[test]
fn an_advance_never_makes_a_debt() {
    let left = |due, paid| after_advance(Yen::new(due), Yen::new(paid), &mut Trace::new()).get();
    assert_eq!((left(100, 0), left(100, 99), left(100, 100), left(100, 101)), (100, 1, 0, 0));
}

proptest! {
    /// More of any income never pays more; what is paid and the largest income make up the allowance.
    #[test]
    fn the_largest_income_is_taken_off(
        daily in 1_i64..50_000,
        pay in 0_i64..60_000,
        maternity in 0_i64..60_000,
        pension in 0_i64..20_000_000,
    ) {
        let others = OtherIncomes {
            pay_daily: yen(pay),
            maternity_daily: yen(maternity),
            disability_pension_annual: yen(pension),
            ..OtherIncomes::default()
        };
        let payable = payable_daily(Allowance::Sickness, Yen::new(daily), &others, &mut Trace::new()).expect("in order");
        prop_assert_eq!(payable.get(), (daily - pay.max(maternity).max(pension / 360)).max(0));
    }

    /// The day before the sum was not reached, on the day it is, and the rest is what lies above.
    #[test]
    fn a_suspension_lasts_until_the_sum_is_reached(daily in 1_i64..60_000, lump in 1_i64..20_000_000) {
        let found = lump_sum_suspension(Yen::new(daily), Yen::new(lump), Yen::new(daily), &mut Trace::new());
        let found = found.expect("both over nothing");
        prop_assert!((found.days - 1) * daily < lump && lump <= found.days * daily);
        prop_assert_eq!(found.last_day.get(), found.days * daily - lump);
    }
}
