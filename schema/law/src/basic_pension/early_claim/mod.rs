//! 老齢年金の繰上げ (国民年金法附則9条の2, 厚生年金保険法附則7条の3・13条の4).

use domain::age::attained_on;
use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::{Date, date};

use crate::basic_pension::graded::{self, Steps, of_steps};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// Reduction by months, for the two ranges of birth dates.
pub(super) static REDUCTION_RATES: LawTable<Steps<i32, Ratio>> =
    LawTable::new("basic_pension/early_claim/reduction_rates.csv", include_str!("reduction_rates.csv"), |text| {
        of_steps(text, Ratio::parse_decimal)
    });

/// 減額率 — months claimed early and the reduction for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarlyReduction {
    /// 請求月から、その年齢に達する月の前月までの月数.
    pub months: i32,
    /// 0.4% a month, 0.5% for births before 2 April 1962.
    pub rate: Ratio,
}

/// 減額後の額.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reduced {
    /// 減額する額, 1円未満四捨五入.
    pub reduction: Yen,
    /// What remains.
    pub annual: Yen,
}

/// 繰上げの減額率 — from the month of the claim to the month before the one in which an age is attained.
///
/// Law: 国民年金法附則9条の2第4項・施行令12条; 厚生年金保険法附則7条の3第4項・13条の4第5項・施行令6条の3, 8条の2の3.
/// 令和2年改正: 0.4% for births from 2 April 1962.
///
/// - `age`: 65; for the earnings-related part of an employee with a special start age, that age
///
/// # Errors
/// `BadInput` — claimed before 60 or not early at all; `CannotDecide` — born before 2 April 1941; `NotInForce`,
/// `PastLastCheck`.
///
/// # Examples
/// Born 1963-05-10, claimed in 2025-06: 35 months, 14.0%.
pub fn early_reduction(birth: Date, request: Month, age: i16, trace: &mut Trace) -> Result<EarlyReduction, LawError> {
    let reached = Month::of(attained_on(birth, age));
    let months = reached.months_since(request);
    check_time(birth, request, months, age)?;
    let rate = reduction_rate(birth, months, request, trace)?;
    trace.tell(|| {
        Step::new(
            "国民年金法附則9条の2第4項・国民年金法施行令12条",
            "減額率 = 1月あたりの率 × 請求月から支給開始年齢に達する月の前月までの月数",
        )
        .with("生年月日", birth, "")
        .with("請求月", request, "")
        .with("支給開始年齢", age, "歳")
        .with("月数", months, "月")
        .gives(rate)
    });
    Ok(EarlyReduction { months, rate })
}

fn check_time(birth: Date, request: Month, months: i32, age: i16) -> Result<(), LawError> {
    let refuse = |reason: &str| Err(LawError::bad_input("繰上げ請求月 (request_month)", reason));
    if !(61..=65).contains(&age) {
        return Err(LawError::bad_input("支給開始年齢 (start_age)", "61歳から65歳までで入力してください"));
    }
    if request < Month::of(attained_on(birth, 60)) {
        return refuse("繰上げは60歳に達した日の属する月から請求できます");
    }
    if months < 1 {
        return refuse("支給開始年齢に達する月より前の月を入力してください。以後は繰上げではありません");
    }
    Ok(())
}

fn reduction_rate(birth: Date, months: i32, request: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    if birth < date(1941, 4, 2) {
        let reason = "昭和16年4月1日以前に生まれた者の減額率 (年齢別) は「繰上げの減額率」の表に登録されていません";
        return Err(LawError::CannotDecide { reason: reason.to_owned() });
    }
    let key = if birth < date(1962, 4, 2) { "BORN_TO_1962_04_01" } else { "BORN_FROM_1962_04_02" };
    REDUCTION_RATES.pick(key, request, trace, |steps| {
        let missing = || LawError::bad_input("繰上げの月数", "1月から60月までです");
        graded::find(steps, &months).ok_or_else(missing)
    })
}

/// 減額 — the reduction is rounded to a yen and then taken off.
///
/// Law: 国民年金法附則9条の2第4項, 17条1項.
///
/// # Examples
/// 831,700円 at 14.0%: 116,438円 off, 715,262円.
pub fn reduced(unreduced: Yen, rate: Ratio) -> Reduced {
    let reduction = unreduced.times(rate, Rounding::HalfUp);
    Reduced { reduction, annual: unreduced - reduction }
}

/// As [`reduced`], on record as a step.
pub fn reduce(name: &'static str, unreduced: Yen, rate: Ratio, trace: &mut Trace) -> Reduced {
    let after = reduced(unreduced, rate);
    trace.tell(|| {
        Step::new(
            "国民年金法附則9条の2第4項・17条1項、厚生年金保険法附則7条の3第4項",
            format!("{name}: 減額する額を1円未満四捨五入し、差し引く"),
        )
        .with("減額前の額", unreduced, "")
        .with("減額率", rate, "")
        .with("減額する額", after.reduction, "")
        .gives(after.annual)
    });
    after
}

/// 繰上げ支給の老齢厚生年金 — the two parts of an employee's pension and what each loses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmployeesEarly {
    /// 報酬比例部分: months to the special start age, or to 65.
    pub proportional: EarlyReduction,
    /// 経過的加算: months to 65.
    pub transitional: EarlyReduction,
    /// What remains of the 報酬比例部分.
    pub proportional_after: Reduced,
    /// What remains of the 経過的加算.
    pub transitional_after: Reduced,
}

/// 老齢厚生年金の繰上げ — the earnings-related part by the months to the special start age, the transitional addition
/// by the months to 65.
///
/// Law: 厚生年金保険法附則7条の3 (no special start age), 13条の4 (with one), 施行令6条の3, 8条の2の3.
///
/// - `start_age`: 61 to 64 for those with a special old-age pension, else 65
/// - `proportional`, `transitional`: yen per year before the reduction
///
/// # Errors
/// As [`early_reduction`].
pub fn employees_early_claim(
    birth: Date,
    request: Month,
    start_age: i16,
    proportional: Yen,
    transitional: Yen,
    trace: &mut Trace,
) -> Result<EmployeesEarly, LawError> {
    let to_start = early_reduction(birth, request, start_age, trace)?;
    let to_65 = early_reduction(birth, request, 65, trace)?;
    Ok(EmployeesEarly {
        proportional: to_start,
        transitional: to_65,
        proportional_after: reduce("報酬比例部分", proportional, to_start.rate, trace),
        transitional_after: reduce("経過的加算", transitional, to_65.rate, trace),
    })
}
