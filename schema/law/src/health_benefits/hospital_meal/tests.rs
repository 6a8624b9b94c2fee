//! Every change of the amounts, three meals a day, and the months that are refused.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn one_meal(category: MealCategory, day: Date) -> Result<i64, LawError> {
    hospital_meal(category, &[(day, 1)], &mut Trace::new()).map(|meal| meal.burden.get())
}

#[test]
fn the_amounts_on_both_sides_of_each_change() {
    let edges = [date(2024, 5, 31), date(2024, 6, 1), date(2025, 3, 31), date(2025, 4, 1), date(2026, 5, 31)];
    let amounts = [
        (MealCategory::General, [460, 490, 490, 510, 510]),
        (MealCategory::DesignatedIncurableDisease, [260, 280, 280, 300, 300]),
        (MealCategory::LowIncome2First90Days, [210, 230, 230, 240, 240]),
        (MealCategory::LowIncome2Over90Days, [160, 180, 180, 190, 190]),
        (MealCategory::LowIncome1From70, [100, 110, 110, 110, 110]),
    ];
    for (category, expected) in amounts {
        for (day, yen) in edges.into_iter().zip(expected) {
            assert_eq!(one_meal(category, day), Ok(yen), "{category:?} {day}");
        }
        let refused = one_meal(category, date(2026, 6, 1)).expect_err("the new amount is not known");
        assert!(matches!(&refused, LawError::PastLastCheck { table, .. } if table == "入院時食事療養の標準負担額"));
    }
    assert_eq!(one_meal(MealCategory::General, date(2018, 4, 1)), Ok(460));
    assert!(matches!(one_meal(MealCategory::General, date(2018, 3, 31)), Err(LawError::NotInForce { .. })));
    assert_eq!(one_meal(MealCategory::LowIncome1From70, date(2006, 4, 1)), Ok(100));
    assert!(one_meal(MealCategory::LowIncome1From70, date(2006, 3, 31)).is_err());
}

#[test]
fn a_stay_without_days_is_refused() {
    assert!(hospital_meal(MealCategory::General, &[], &mut Trace::new()).is_err());
}

#[test]
fn a_day_named_twice_is_still_one_day() {
    let days = [(date(2025, 5, 1), 2), (date(2025, 5, 1), 2), (date(2025, 5, 2), u32::MAX), (date(2025, 5, 2), 1)];
    let meal = hospital_meal(MealCategory::General, &days, &mut Trace::new()).expect("in force");
    assert_eq!(meal, MealBurden { meals: 6, burden: Yen::new(6 * 510) });
}

proptest! {
    #[test]
    fn more_meals_never_cost_less(meals in proptest::collection::vec(0_u32..6, 1..40)) {
        let days: Vec<(Date, u32)> = (date(2025, 3, 20).series(jiff::ToSpan::day(1))).zip(meals.iter().copied()).collect();
        let all = hospital_meal(MealCategory::General, &days, &mut Trace::new()).expect("in force");
        prop_assert_eq!(all.meals, meals.iter().map(|&meals| meals.min(3)).sum::<u32>());
        let fewer: Vec<(Date, u32)> = days.iter().map(|&(day, meals)| (day, meals.saturating_sub(1))).collect();
        let fewer = hospital_meal(MealCategory::General, &fewer, &mut Trace::new()).expect("in force");
        prop_assert!(fewer.burden <= all.burden);
    }
}
