//! 入院時食事療養費の標準負担額 (健康保険法85条). Not part of 高額療養費.

use std::collections::BTreeMap;

use domain::{Month, Yen};
use jiff::civil::Date;

use crate::book::LawTable;
use crate::table::of_yen;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static STANDARD_BURDEN: LawTable<Yen> =
    LawTable::new("health_benefits/hospital_meal/standard_burden.csv", include_str!("standard_burden.csv"), of_yen);

/// 1日につき3食まで (食事療養標準負担額の告示).
const MEALS_A_DAY_MAX: u32 = 3;

/// 標準負担額の区分.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MealCategory {
    /// 一般.
    General,
    /// 指定難病・小児慢性特定疾病の患者.
    DesignatedIncurableDisease,
    /// 住民税非課税 (低所得Ⅱ), 90日目までの入院.
    LowIncome2First90Days,
    /// 住民税非課税 (低所得Ⅱ), 過去12か月の入院が90日を超えるとき (申請).
    LowIncome2Over90Days,
    /// 70歳以上の低所得Ⅰ.
    LowIncome1From70,
}

impl MealCategory {
    /// The key of the table.
    pub fn key(self) -> &'static str {
        match self {
            MealCategory::General => "general",
            MealCategory::DesignatedIncurableDisease => "designated_incurable_disease",
            MealCategory::LowIncome2First90Days => "low_income_2_first_90_days",
            MealCategory::LowIncome2Over90Days => "low_income_2_over_90_days",
            MealCategory::LowIncome1From70 => "low_income_1_70_74",
        }
    }
}

/// 食事療養標準負担額 — of one stay: how many meals count and what the patient pays for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MealBurden {
    /// 負担する食数.
    pub meals: u32,
    /// 標準負担額の合計.
    pub burden: Yen,
}

/// 食事療養標準負担額 — the patient's payment for meals in hospital, each day at the amount of its month.
///
/// Law: 健康保険法85条2項. At most three meals a day.
///
/// - `days`: day and meals served, in any order; a day named twice is added up first
///
/// # Errors
/// `BadInput` — no day at all; `NotInForce`, `PastLastCheck` — no amount on file (from 2026-06 it is not known).
///
/// # Examples
/// 2025-03-31 and 2025-04-01, three meals each, general: 3 × 490円 + 3 × 510円 = 3,000円.
pub fn hospital_meal(category: MealCategory, days: &[(Date, u32)], trace: &mut Trace) -> Result<MealBurden, LawError> {
    if days.is_empty() {
        return Err(LawError::bad_input("食事の日 (days)", "1日以上入力してください"));
    }
    let mut by_day: BTreeMap<Date, u32> = BTreeMap::new();
    for &(day, meals) in days {
        let so_far = by_day.entry(day).or_default();
        *so_far = so_far.saturating_add(meals).min(MEALS_A_DAY_MAX);
    }
    let mut by_month: BTreeMap<Month, u32> = BTreeMap::new();
    for (day, meals) in by_day {
        *by_month.entry(Month::of(day)).or_default() += meals;
    }
    let mut total = MealBurden { meals: 0, burden: Yen::ZERO };
    for (month, meals) in by_month {
        total.burden += of_month(category, month, meals, trace)?;
        total.meals += meals;
    }
    Ok(total)
}

fn of_month(category: MealCategory, month: Month, meals: u32, trace: &mut Trace) -> Result<Yen, LawError> {
    let per_meal = *STANDARD_BURDEN.at(category.key(), month, trace)?;
    let burden = Yen::new(per_meal.get() * i64::from(meals));
    trace.step(
        Step::new("健康保険法85条2項", "標準負担額 = 1食の額 × 食数 (1日3食まで)")
            .with("月", month, "")
            .with("1食の額", per_meal, "")
            .with("食数", meals, "食")
            .gives(burden),
    );
    Ok(burden)
}
