//! 年金生活者支援給付金 (平成24年法律第102号).

use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use crate::basic_pension::full_amount::full_amount;
use crate::basic_pension::old_age_basic::possible_months;
use crate::basic_pension::revision_rate::Cohort;
use crate::basic_pension::{check_months, of_marked_yen};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

mod income;

#[cfg(test)]
mod tests;

pub(super) use income::{DEPENDANT_ADDITIONS, INCOME_LIMITS};
pub use income::{Dependants, disability_survivor_limit, old_age_limits, within_limit};

/// Monthly amounts per fiscal year.
pub(super) static AMOUNTS: LawTable<Yen> =
    LawTable::new("basic_pension/support_benefit/amounts.csv", include_str!("amounts.csv"), of_marked_yen);

/// 納付済・免除の月数 that the old-age benefit counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SupportMonths {
    /// 保険料納付済期間.
    pub paid: i64,
    /// 全額・4分の3・半額免除期間: a sixth of the full pension.
    pub exempt_full_to_half: i64,
    /// 4分の1免除期間: a twelfth.
    pub exempt_quarter: i64,
}

/// 老齢年金生活者支援給付金の月額 — the two items of the clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OldAgeSupport {
    /// 納付済期間に基づく額 (3条1号).
    pub paid_item: Yen,
    /// 免除期間に基づく額 (3条2号).
    pub exempt_item: Yen,
    /// The sum.
    pub monthly: Yen,
}

/// 年度 in which a month's amount is looked up by fiscal year: its last month, for the law began in October 2019.
///
/// # Errors
/// `BadInput` — no year of our calendar.
pub fn last_month(fiscal_year: i16) -> Result<Month, LawError> {
    Ok(crate::basic_pension::first_month(fiscal_year)?.plus(11))
}

/// 老齢年金生活者支援給付金 — by months paid, and by months exempt.
///
/// Law: 年金生活者支援給付金の支給に関する法律3条1号 (給付基準額 × 納付済月数/480, at most one), 2号 (満額 × 1/6 or 1/12 ×
/// 免除月数/480 ÷ 12), each 1円未満四捨五入.
///
/// - `birth`: for the possible months of births before 2 April 1941; `None` takes 480
///
/// Returns yen per month.
///
/// # Errors
/// `NotInForce` before 2019-10, `PastLastCheck` after fiscal 2026; `BadInput` — impossible months.
///
/// # Examples
/// 240 paid, 240 fully exempt, fiscal 2025: 2,725円 + 5,776円 = 8,501円.
pub fn old_age_support(
    cohort: Cohort,
    birth: Option<Date>,
    months: &SupportMonths,
    month: Month,
    trace: &mut Trace,
) -> Result<OldAgeSupport, LawError> {
    let parts = [months.paid, months.exempt_full_to_half, months.exempt_quarter];
    parts.into_iter().try_for_each(|months| check_months("納付済・免除の月数", months))?;
    let base = *AMOUNTS.at("OLD_AGE_BASE", month, trace)?;
    let possible = possible_months(birth, month, trace)?;
    let full = full_amount(cohort, month, trace)?;
    let support = old_age_monthly(base, full, months, possible);
    trace.step(
        Step::new("年金生活者支援給付金の支給に関する法律3条1号・2号", "月額 = 給付基準額 × 納付済月数 ÷ 満額に要する月数 + 満額 × (1/6又は1/12) × 免除月数 ÷ 満額に要する月数 ÷ 12 (各1円未満四捨五入)")
            .with("給付基準額", base, "")
            .with("納付済期間", months.paid, "月")
            .with("全額・4分の3・半額免除期間", months.exempt_full_to_half, "月")
            .with("4分の1免除期間", months.exempt_quarter, "月")
            .with("満額に要する月数", possible, "月")
            .with("納付済期間に基づく額", support.paid_item, "")
            .with("免除期間に基づく額", support.exempt_item, "")
            .gives(support.monthly),
    );
    Ok(support)
}

/// As [`old_age_support`], numbers in and out.
pub fn old_age_monthly(base: Yen, full: Yen, months: &SupportMonths, possible: i64) -> OldAgeSupport {
    let possible = i128::from(possible);
    let paid = Ratio::new(i128::from(months.paid).min(possible), possible);
    let paid_item = base.times(paid, Rounding::HalfUp);
    let twelfths = i128::from(months.exempt_full_to_half * 2 + months.exempt_quarter);
    let exempt_item = full.times(Ratio::new(twelfths, 12 * possible * 12), Rounding::HalfUp);
    OldAgeSupport { paid_item, exempt_item, monthly: paid_item + exempt_item }
}

/// 補足的老齢年金生活者支援給付金.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supplementary {
    /// Whether the income lies between the two limits.
    pub eligible: bool,
    /// 調整支給率, three places.
    pub adjust_rate: Ratio,
    /// Yen per month.
    pub monthly: Yen,
}

/// 補足的老齢年金生活者支援給付金 — for incomes little above the limit, so that nobody falls behind those below it.
///
/// Law: 年金生活者支援給付金の支給に関する法律10条・11条 (3条1号の額 × 調整支給率), 施行令6条・7条 ((補足的所得基準額 − 前年所得額)
/// ÷ (補足的所得基準額 − 所得基準額), 小数点以下3位未満四捨五入).
///
/// - `income`: pension income and other income of the year before (January to September: of two years before)
/// - `paid`: months paid; exempt ones give nothing here
///
/// # Errors
/// `NotInForce` before 2025-10; `CannotDecide` from 2026-10, where the limits are not known.
///
/// # Examples
/// 850,000円 in 2025-11, 480 months, born from 1956-04-02: 0.590, 5,450円 × 0.590 = 3,216円.
pub fn supplementary(
    cohort: Cohort,
    birth: Option<Date>,
    income: Yen,
    paid: i64,
    month: Month,
    trace: &mut Trace,
) -> Result<Supplementary, LawError> {
    check_months("納付済期間 (paid_months)", paid)?;
    let (lower, upper) = old_age_limits(cohort, month, trace)?;
    if income <= lower || income > upper {
        let reason = if income <= lower {
            "所得基準額以下 (老齢年金生活者支援給付金の対象)"
        } else {
            "補足的所得基準額を超える"
        };
        trace.step(
            Step::new(
                "年金生活者支援給付金の支給に関する法律10条1項・同法施行令6条",
                format!("補足的な給付金は支給しない: 前年所得額が{reason}"),
            )
            .with("前年所得額", income, "")
            .gives("支給なし"),
        );
        return Ok(Supplementary { eligible: false, adjust_rate: Ratio::ZERO, monthly: Yen::ZERO });
    }
    let base = *AMOUNTS.at("OLD_AGE_BASE", month, trace)?;
    let possible = possible_months(birth, month, trace)?;
    let first =
        old_age_monthly(base, Yen::ZERO, &SupportMonths { paid, ..SupportMonths::default() }, possible).paid_item;
    let adjust_rate = adjust_rate(income, lower, upper);
    let monthly = first.times(adjust_rate, Rounding::HalfUp);
    trace.step(
        Step::new("年金生活者支援給付金の支給に関する法律11条・同法施行令7条", "月額 = 納付済期間に基づく額 × 調整支給率、調整支給率 = (補足的所得基準額 − 前年所得額) ÷ (補足的所得基準額 − 所得基準額)")
            .with("納付済期間に基づく額", first, "")
            .with("前年所得額", income, "")
            .with("調整支給率", adjust_rate, "")
            .gives(monthly),
    );
    Ok(Supplementary { eligible: true, adjust_rate, monthly })
}

/// 調整支給率 — three places, half up; `lower` below `upper`.
pub fn adjust_rate(income: Yen, lower: Yen, upper: Yen) -> Ratio {
    let (above, band) = (i128::from((upper - income).get()), i128::from((upper - lower).get()));
    Ratio::new(Ratio::new(above * 1_000, band).round(Rounding::HalfUp).get().into(), 1_000)
}

/// 障害等級.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisabilityGrade {
    /// 1級: 給付基準額の100分の125.
    First,
    /// 2級: 給付基準額.
    Second,
}

/// 障害年金生活者支援給付金 — yen per month by grade.
///
/// Law: 年金生活者支援給付金の支給に関する法律16条.
///
/// # Errors
/// `NotInForce` before 2019-10, `PastLastCheck` after fiscal 2026.
///
/// # Examples
/// Grade 1, fiscal 2025: 5,450円 × 1.25 = 6,813円.
pub fn disability_support(grade: DisabilityGrade, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    let (key, told) = match grade {
        DisabilityGrade::First => ("DISABILITY_GRADE_1", "1級: 給付基準額 × 100分の125"),
        DisabilityGrade::Second => ("DISABILITY_GRADE_2_AND_SURVIVOR", "2級: 給付基準額"),
    };
    let monthly = *AMOUNTS.at(key, month, trace)?;
    trace.step(Step::new("年金生活者支援給付金の支給に関する法律16条", told).with("月分", month, "").gives(monthly));
    Ok(monthly)
}

/// 遺族年金生活者支援給付金 — yen per month; children who are entitled together share it.
///
/// Law: 年金生活者支援給付金の支給に関する法律21条.
///
/// - `recipients`: 1 for a spouse; the number of children where children are entitled
///
/// # Errors
/// As [`disability_support`]; `BadInput` — nobody.
///
/// # Examples
/// Two children, fiscal 2025: 2,725円 each.
pub fn survivor_support(recipients: i64, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    if !(1..=100).contains(&recipients) {
        return Err(LawError::bad_input("受給権者の人数 (children)", "1人以上で入力してください"));
    }
    let base = *AMOUNTS.at("DISABILITY_GRADE_2_AND_SURVIVOR", month, trace)?;
    let monthly = base.times(Ratio::new(1, recipients.into()), Rounding::HalfUp);
    trace.step(
        Step::new(
            "年金生活者支援給付金の支給に関する法律21条",
            "月額 = 給付基準額 (受給権者である子が2人以上のときは、その数で除した額)",
        )
        .with("給付基準額", base, "")
        .with("人数", recipients, "人")
        .gives(monthly),
    );
    Ok(monthly)
}
