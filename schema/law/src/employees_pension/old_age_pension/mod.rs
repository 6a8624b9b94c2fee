//! 老齢厚生年金の額 (厚生年金保険法43条, 平成12年改正法附則20条・21条, 昭和60年改正法附則59条2項) — from a record of
//! remuneration to the amount of a year, for one person and for a night's millions.

use domain::Yen;
use jiff::civil::{Date, date};

use super::average_remuneration::{RemunerationMonth, RevaluedTotals, average_remuneration, revalued_totals};
use super::fixed_part::{FixedRates, fixed_rates};
use super::multiplier::{PartRates, multipliers};
use super::proportional_part::{ShortMonths, guaranteed_rate, higher_part, proportional_amount};
use super::revaluation::RevaluationRates;
use super::spouse_child_addition::{AdditionAmounts, addition_amounts};
use super::{Thousandths, april_of_amount};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// Births before the first and after the last boundary of any table share one law.
const COHORT_YEARS: (i16, i16) = (1926, 1956);

/// 老齢厚生年金の額 — of a year, without 加給年金額.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OldAgeAmount {
    /// 報酬比例部分 (本来水準).
    pub new_level: Yen,
    /// 報酬比例部分 (従前額保障).
    pub guaranteed: Yen,
    /// 報酬比例部分: the higher of both.
    pub proportional: Yen,
    /// 経過的加算.
    pub transitional: Yen,
}

impl OldAgeAmount {
    /// 年金額.
    pub fn total(&self) -> Yen {
        self.proportional + self.transitional
    }
}

/// 年度・生年月日の法令 — everything the amount needs, resolved. Build one per cohort ([`cohort_of`]) and share it.
#[derive(Clone, Debug)]
pub struct CohortLaw {
    /// 再評価率.
    pub rates: RevaluationRates,
    /// 従前額保障の再評価率.
    pub level_1994: RevaluationRates,
    /// 給付乗率.
    pub new: PartRates,
    /// 従前額保障の給付乗率.
    pub guaranteed: PartRates,
    /// 従前額改定率.
    pub guaranteed_factor: Thousandths,
    /// 定額単価 and months.
    pub fixed: FixedRates,
    /// 加給年金額.
    pub additions: AdditionAmounts,
}

/// 生年の区分 — the year whose 2 April begins the cohort; all boundaries of all tables are 2 April.
///
/// # Examples
/// Born 1956-04-01: 1955; 1956-04-02 and later: 1956; before 1927-04-02: 1926.
pub fn cohort_of(birth: Date) -> i16 {
    let year = if (birth.month(), birth.day()) >= (4, 2) { birth.year() } else { birth.year() - 1 };
    year.clamp(COHORT_YEARS.0, COHORT_YEARS.1)
}

/// The cohorts in order, each with its first birth.
pub fn cohorts() -> impl Iterator<Item = (i16, Date)> {
    (COHORT_YEARS.0..=COHORT_YEARS.1).map(|year| (year, date(year, 4, 2)))
}

impl CohortLaw {
    /// The law of a benefit year for who was born on this day; every row read goes to the trace.
    ///
    /// # Errors
    /// `NotInForce` — before 2015, born to 1938-04-01 before 2024; `PastLastCheck`; `CannotDecide` — only estimates are
    /// on file (2026, born to 1938-04-01).
    pub fn of(fiscal_year: i16, birth: Date, trace: &mut Trace) -> Result<CohortLaw, LawError> {
        let april = april_of_amount(fiscal_year)?;
        let row = multipliers(birth, fiscal_year, trace)?;
        Ok(CohortLaw {
            rates: RevaluationRates::of(fiscal_year, birth, trace)?,
            level_1994: RevaluationRates::level_1994(fiscal_year, trace)?,
            new: row.new,
            guaranteed: row.guaranteed,
            guaranteed_factor: guaranteed_rate(birth, april, trace)?,
            fixed: fixed_rates(birth, fiscal_year, trace)?,
            additions: addition_amounts(birth, fiscal_year, trace)?,
        })
    }

    /// 老齢厚生年金の額 — one person's; pure, no allocation. For the night.
    ///
    /// - `record`: insured months in order, as for [`revalued_totals`]
    /// - `months_age20_59`: those of them from 1961-04, of ages 20 to 59
    ///
    /// Returns `None` where [`old_age_pension`] refuses.
    #[inline]
    pub fn amount(&self, record: &[RemunerationMonth], months_age20_59: i32) -> Option<OldAgeAmount> {
        let new = revalued_totals(record, &self.rates)?;
        let guaranteed = revalued_totals(record, &self.level_1994)?;
        self.amount_of(&new, &guaranteed, months_age20_59)
    }

    /// As `amount`, from the totals.
    #[inline]
    fn amount_of(&self, new: &RevaluedTotals, level_1994: &RevaluedTotals, of_20_59: i32) -> Option<OldAgeAmount> {
        let averages = new.averages();
        if !(0..=averages.months().min(self.fixed.possible_months)).contains(&of_20_59) {
            return None;
        }
        let as_they_are = ShortMonths::AsTheyAre;
        let new_level = proportional_amount(&averages, self.new, Thousandths(1000), as_they_are);
        let guaranteed =
            proportional_amount(&level_1994.averages(), self.guaranteed, self.guaranteed_factor, as_they_are);
        let transitional = self.fixed.transitional_addition(averages.months(), of_20_59);
        Some(OldAgeAmount { new_level, guaranteed, proportional: new_level.max(guaranteed), transitional })
    }
}

/// 老齢厚生年金の額 — the amount of a year from 65, without 加給年金額, every step told.
///
/// Law: 厚生年金保険法43条1項, 平成12年改正法附則20条・21条, 昭和60年改正法附則59条2項, 厚生年金保険法35条1項.
///
/// - `record`, `months_age20_59`: as for [`CohortLaw::amount`]
///
/// Returns yen a year; each part is rounded by itself (50銭以上切上げ).
///
/// # Errors
/// As [`CohortLaw::of`] and [`average_remuneration`]; `BadInput` — more months between 20 and 60 than there are.
///
/// # Examples
/// Born 1960-05-05, April 2003 to March 2004 at 300,000円, benefit year 2025: 7.2 and 7.3 of the record, and 経過的加算
/// of 12 months: 1,734円 × 12 − 831,700円 × 12 ÷ 480 = 15円.
pub fn old_age_pension(
    birth: Date,
    fiscal_year: i16,
    record: &[RemunerationMonth],
    months_age20_59: i32,
    trace: &mut Trace,
) -> Result<OldAgeAmount, LawError> {
    let law = CohortLaw::of(fiscal_year, birth, trace)?;
    let new = average_remuneration(record, &law.rates, trace)?;
    let level_1994 = average_remuneration(record, &law.level_1994, trace)?;
    let amount = law.amount_of(&new, &level_1994, months_age20_59).ok_or_else(|| {
        let reason = "全期間の月数と加入可能月数以下で入力してください";
        LawError::bad_input("20歳以上60歳未満の月数 (employee_months_age20_59)", reason)
    })?;
    higher_part(amount.new_level, amount.guaranteed, trace);
    trace.step(
        Step::new("昭和60年改正法附則59条2項・厚生年金保険法35条1項", "年金額 = 報酬比例部分 + 経過的加算")
            .with("報酬比例部分", amount.proportional, "")
            .with("経過的加算", amount.transitional, "")
            .gives(amount.total()),
    );
    Ok(amount)
}
