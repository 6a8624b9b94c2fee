//! 定額部分 (厚生年金保険法附則9条の2第2項1号) と経過的加算 (昭和60年改正法附則59条2項).

use domain::Yen;
use jiff::civil::Date;

use super::multiplier::multipliers;
use super::{Births, Graded, april_of_amount, check_months, graded_row, half_up, read_where};
use crate::basic_pension::full_amount::full_amount;
use crate::basic_pension::revision_rate::Cohort;
use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 定額単価 — before the factor of the birth, and its ceiling; yen a month of a year's pension.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    born: Births,
    price: Yen,
    ceiling: Yen,
}

pub(super) static UNITS: LawTable<Graded<Unit>> =
    LawTable::new("employees_pension/fixed_part/units.csv", include_str!("units.csv"), read);

fn read(text: &str) -> Result<Table<Graded<Unit>>, TableError> {
    Table::read(text, |rows, line| {
        let (born, ceiling) = (Births::read(line)?, Yen::new(line.parse("ceiling_yen")?));
        rows.push(graded_row(line, |price| Some(Unit { born, price: Yen::new(price.parse().ok()?), ceiling }))?);
        Ok(())
    })
}

/// 定額部分の率 — of one benefit year and birth, resolved; for the night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedRates {
    /// 単価 with the factor of the birth, yen.
    pub unit: Yen,
    /// 上限月数.
    pub month_cap: i32,
    /// 加入可能月数.
    pub possible_months: i32,
    /// 老齢基礎年金の満額, yen a year.
    pub full_basic: Yen,
}

impl FixedRates {
    /// 定額部分の額 — unit × months up to the cap.
    #[inline]
    pub fn fixed_part(&self, months: i32) -> Yen {
        Yen::new(self.unit.get() * i64::from(months.min(self.month_cap)))
    }

    /// 老齢基礎年金相当額 — what the months between 20 and 60 give in the basic pension, 50銭以上切上げ.
    #[inline]
    pub fn basic_equivalent(&self, months_age20_59: i32) -> Yen {
        let numerator = i128::from(self.full_basic.get()) * i128::from(months_age20_59);
        Yen::new(half_up(numerator, i128::from(self.possible_months)))
    }

    /// 経過的加算の額 — never below nothing.
    #[inline]
    pub fn transitional_addition(&self, months: i32, months_age20_59: i32) -> Yen {
        (self.fixed_part(months) - self.basic_equivalent(months_age20_59)).max(Yen::ZERO)
    }
}

/// 定額部分の率 — looks everything up that goes by benefit year and birth.
///
/// Law: 厚生年金保険法附則9条の2第2項1号 (1,628円 × 改定率, 480月), 昭和60年改正法附則59条2項・昭和61年経過措置政令
/// 75条 (単価の読替率; not above 3,053円 × 改定率), 平成16年改正法附則36条 (上限月数), 国民年金法27条 (満額).
///
/// # Errors
/// `NotInForce` before 2015, `PastLastCheck`, `BadInput` — no such year.
///
/// # Examples
/// Fiscal 2025, born 1960: 1,734円, 480 months. Born 1940-06-01 (factor 1.208): 1,729円 × 1.208 = 2,089円, 444 months.
pub fn fixed_rates(birth: Date, fiscal_year: i16, trace: &mut Trace) -> Result<FixedRates, LawError> {
    let april = april_of_amount(fiscal_year)?;
    let row = *multipliers(birth, fiscal_year, trace)?;
    let base = *read_where(&UNITS, april, trace, |unit| unit.born.cover(birth))?;
    let factored = half_up(i128::from(base.price.get()) * i128::from(row.fixed_portion_factor), 1000);
    let unit = Yen::new(factored).min(base.ceiling);
    trace.tell(|| {
        Step::new(
            "厚生年金保険法附則9条の2第2項1号・昭和61年経過措置政令75条",
            "単価 = 1,628円 × 改定率 × 生年月日による率 (3,053円 × 改定率まで、1円未満四捨五入)",
        )
        .with("1,628円 × 改定率", base.price, "")
        .with("生年月日による率", super::Thousandths(row.fixed_portion_factor), "")
        .with("上限", base.ceiling, "")
        .gives(unit)
    });
    let cohort = Cohort::of(birth, april, trace)?;
    let full_basic = full_amount(cohort, april, trace)?;
    let (month_cap, possible_months) = (row.fixed_portion_month_cap, row.possible_months);
    Ok(FixedRates { unit, month_cap, possible_months, full_basic })
}

/// 定額部分 — the part that follows months alone (特例による老齢厚生年金).
///
/// Law: as [`fixed_rates`].
///
/// - `months`: 被保険者期間の月数, all of a life
///
/// Returns yen a year.
///
/// # Errors
/// As [`fixed_rates`]; `BadInput` — months that cannot be.
///
/// # Examples
/// Fiscal 2025, born 1960, 528 months: 1,734円 × 480 = 832,320円.
pub fn fixed_part(birth: Date, fiscal_year: i16, months: i32, trace: &mut Trace) -> Result<Yen, LawError> {
    check_months("被保険者期間の月数 (employee_months)", months)?;
    let rates = fixed_rates(birth, fiscal_year, trace)?;
    Ok(tell_fixed(&rates, months, trace))
}

fn tell_fixed(rates: &FixedRates, months: i32, trace: &mut Trace) -> Yen {
    let amount = rates.fixed_part(months);
    trace.tell(|| {
        Step::new("厚生年金保険法附則9条の2第2項1号", "定額部分 = 単価 × 月数 (上限月数まで)")
            .with("単価", rates.unit, "")
            .with("被保険者期間の月数", months, "月")
            .with("上限月数", rates.month_cap, "月")
            .gives(amount)
    });
    amount
}

/// 経過的加算 — from 65, what the fixed part gave above the basic pension of the same months.
///
/// Law: 昭和60年改正法附則59条2項 (1号 less 2号).
///
/// - `months`: 被保険者期間の月数, all of a life
/// - `months_age20_59`: those from 1961-04, of ages 20 to 59
///
/// Returns yen a year, 0 where the second is the greater; the basic part is rounded before it is taken off.
///
/// # Errors
/// As [`fixed_part`]; `BadInput` — more months between 20 and 60 than in all, or than can be.
///
/// # Examples
/// Fiscal 2025, born 1960, 480 and 480 months: 832,320円 − 831,700円 = 620円.
pub fn transitional_addition(
    birth: Date,
    fiscal_year: i16,
    months: i32,
    months_age20_59: i32,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    check_months("被保険者期間の月数 (employee_months)", months)?;
    let rates = fixed_rates(birth, fiscal_year, trace)?;
    if !(0..=months.min(rates.possible_months)).contains(&months_age20_59) {
        let reason = format!("全期間 ({months}月) と加入可能月数 ({}月) 以下で入力してください", rates.possible_months);
        return Err(LawError::bad_input("20歳以上60歳未満の月数 (employee_months_age20_59)", reason));
    }
    let fixed = tell_fixed(&rates, months, trace);
    let amount = rates.transitional_addition(months, months_age20_59);
    trace.tell(|| {
        Step::new("昭和60年改正法附則59条2項", "経過的加算 = 定額部分 − 満額 × 20歳以上60歳未満の月数 ÷ 加入可能月数")
            .with("定額部分", fixed, "")
            .with("満額", rates.full_basic, "")
            .with("20歳以上60歳未満の月数", months_age20_59, "月")
            .with("加入可能月数", rates.possible_months, "月")
            .with("老齢基礎年金相当額", rates.basic_equivalent(months_age20_59), "")
            .gives(amount)
    });
    Ok(amount)
}
