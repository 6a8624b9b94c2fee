//! 在職老齢年金 (厚生年金保険法46条; 60歳台前半の従前の規定は令和2年改正前の附則11条).

use domain::{Month, Yen};
use jiff::civil::{Date, date};

use super::{Graded, check_yen, graded_row, half_up, read_key};
use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static THRESHOLDS: LawTable<Graded<Yen>> =
    LawTable::new("employees_pension/working_pension/thresholds.csv", include_str!("thresholds.csv"), read);

fn read(text: &str) -> Result<Table<Graded<Yen>>, TableError> {
    Table::read(text, |rows, line| {
        rows.push(graded_row(line, |value| value.parse().ok().map(Yen::new))?);
        Ok(())
    })
}

/// From this month one rule holds for 60 to 64 and 65 and over (令和2年法律40号).
const ONE_RULE_FROM: (i16, i8) = (2022, 4);
/// From this month those of 70 and over who work are reckoned with (平成16年法律104号).
const SEVENTY_FROM: (i16, i8) = (2007, 4);
/// Until this month those born to 1937-04-01 were not (平成24年法律63号附則).
const OLDEST_FREE_UNTIL: (i16, i8) = (2015, 9);

/// Of the former rule.
const CLAUSE_60_64: &str = "厚生年金保険法附則11条1項 (令和4年3月まで)";

fn month_of((year, month): (i16, i8)) -> Month {
    Month::new(year, month).expect("a month")
}

/// 支給停止 — of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// 支給停止基準額, yen a year, at most the pension.
    pub annual: Yen,
    /// A twelfth of it, 50銭未満切捨て・50銭以上切上げ.
    pub monthly: Yen,
    /// What is left of the 基本月額.
    pub payable_monthly: Yen,
    /// 全額支給停止: then no 加給年金額 is paid either (46条1項ただし書).
    pub whole: bool,
}

/// 在職の事実 — of one month in which somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtWork {
    /// 月.
    pub month: Month,
    /// 年齢 in the month.
    pub age: i16,
    /// 生年月日, if known: those born to 1937-04-01 were free until 2015-09.
    pub birth: Option<Date>,
    /// 基本月額: a twelfth of the year's pension, without 加給年金額, 経過的加算, 繰下げ加算額.
    pub base_monthly: Yen,
    /// 総報酬月額相当額.
    pub remuneration_monthly: Yen,
}

/// 総報酬月額相当額 in twelfths of a yen: twelve times the standard, and the bonuses of the last twelve months.
#[inline]
pub fn remuneration_twelfths(standard: Yen, bonuses_of_12_months: Yen) -> i64 {
    standard.get() * 12 + bonuses_of_12_months.get()
}

/// 支給停止基準額 — yen a year, from a pension of a year; numbers only, for the night.
///
/// Law: 厚生年金保険法46条1項: (総報酬月額相当額 + 基本月額 − 支給停止調整額) ÷ 2 × 12, at most the pension.
///
/// - `remuneration_twelfths`: as [`remuneration_twelfths`]
///
/// Returns yen, 50銭未満切捨て・50銭以上切上げ (a setting: no clause says).
#[inline]
pub fn stop_annual(base_annual: Yen, remuneration_twelfths: i64, threshold: Yen) -> Yen {
    let over = i128::from(base_annual.get()) + i128::from(remuneration_twelfths) - i128::from(threshold.get()) * 12;
    Yen::new(half_up(over.max(0), 2)).min(base_annual)
}

/// 60歳台前半の支給停止基準額 (to 2022-03) — yen a year; numbers only.
///
/// Law: 令和2年改正前の厚生年金保険法附則11条1項: 1号 to 4号, by what is above the two thresholds.
#[inline]
pub fn stop_annual_60_64(base_annual: Yen, remuneration_twelfths: i64, start: Yen, change: Yen) -> Yen {
    let (base, pay) = (i128::from(base_annual.get()), i128::from(remuneration_twelfths));
    let (start, change) = (i128::from(start.get()) * 12, i128::from(change.get()) * 12);
    let over_change = (pay - change).max(0);
    let halved = if base <= start { (pay.min(change) + base - start).max(0) } else { pay.min(change) };
    let stop = if base + pay <= start { 0 } else { half_up(halved + over_change * 2, 2) };
    Yen::new(stop).min(base_annual)
}

impl Stop {
    fn of(annual: Yen, base_monthly: Yen) -> Stop {
        let monthly = Yen::new(half_up(i128::from(annual.get()), 12));
        let whole = base_monthly > Yen::ZERO && annual.get() == base_monthly.get() * 12;
        Stop { annual, monthly, payable_monthly: base_monthly - monthly, whole }
    }
}

/// 在職老齢年金の支給停止 — what of a month's pension is stopped because somebody works.
///
/// Law: 厚生年金保険法46条1項・3項. Months from 2022-04: one rule for all; before, 65 and over by 46条, 60 to 64 by
/// the former 附則11条. 70 and over: from 2007-04 (born to 1937-04-01: from 2015-10).
///
/// Returns yen; the annual stop is exact for whole yen a month.
///
/// # Errors
/// `BadInput` — under 60, amounts that cannot be; `NotInForce` before 2005-04; `PastLastCheck` after 2027-03.
///
/// # Examples
/// 67, 100,000円 and 460,000円: 25,000円 stopped in March 2026 (510,000円), nothing in April (650,000円).
pub fn working_pension(at_work: &AtWork, trace: &mut Trace) -> Result<Stop, LawError> {
    check(at_work)?;
    if at_work.month < month_of(ONE_RULE_FROM) && at_work.age < 65 {
        return working_pension_60_64(at_work, trace);
    }
    let key = if at_work.month < month_of(ONE_RULE_FROM) { "AGE65_PLUS" } else { "ALL_AGES" };
    let threshold = *read_key(&THRESHOLDS, key, at_work.month, trace)?;
    if let Some(reason) = free_by_age(at_work) {
        trace.tell(|| facts("厚生年金保険法46条1項", reason.to_owned(), at_work).gives("支給停止しない"));
        return Ok(Stop::of(Yen::ZERO, at_work.base_monthly));
    }
    let pay = remuneration_twelfths(at_work.remuneration_monthly, Yen::ZERO);
    let stop = Stop::of(stop_annual(year_of(at_work.base_monthly), pay, threshold), at_work.base_monthly);
    let expression =
        "支給停止基準額 = (総報酬月額相当額 + 基本月額 − 支給停止調整額) ÷ 2 × 12 (年金額まで、1円未満四捨五入は設定)";
    tell("厚生年金保険法46条1項・3項", expression, at_work, threshold, &stop, trace);
    Ok(stop)
}

/// 在職老齢年金の支給停止 of a pension of a year — as [`working_pension`], without cutting the year into whole yen a month.
///
/// Law: 厚生年金保険法46条1項・3項; for months to 2022-03 of those under 65 令和2年改正前の附則11条1項 (附則13条の6第1項).
///
/// - `base_annual`: 報酬比例部分, yen a year
/// - `remuneration_twelfths`: as [`remuneration_twelfths`]
/// - `under_65`: a month to that in which 65 is attained: what is paid for it began before
///
/// Returns yen a year.
///
/// # Errors
/// `NotInForce` before 2005-04; `PastLastCheck`.
///
/// # Examples
/// 1,200,000円 and 12 × 460,000円: 300,000円 of the year stopped in March 2026 (510,000円). 12 × 220,000円 at 62 in October
/// 2021: 240,000円 (280,000円).
pub fn annual_stop(
    base_annual: Yen,
    remuneration_twelfths: i64,
    month: Month,
    under_65: bool,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let one_rule = month >= month_of(ONE_RULE_FROM);
    if under_65 && !one_rule {
        return annual_stop_60_64(base_annual, remuneration_twelfths, month, trace);
    }
    let threshold = *read_key(&THRESHOLDS, if one_rule { "ALL_AGES" } else { "AGE65_PLUS" }, month, trace)?;
    let stopped = stop_annual(base_annual, remuneration_twelfths, threshold);
    trace.tell(|| {
        let expression =
            "支給停止基準額 = (総報酬月額相当額 + 基本月額 − 支給停止調整額) ÷ 2 × 12 (年金額まで、1円未満四捨五入は設定)";
        annual_facts("厚生年金保険法46条1項・3項", expression, base_annual, remuneration_twelfths, month)
            .with("支給停止調整額", threshold, "")
            .gives(stopped)
    });
    Ok(stopped)
}

fn annual_stop_60_64(
    base_annual: Yen,
    remuneration_twelfths: i64,
    month: Month,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let start = *read_key(&THRESHOLDS, "AGE60_64_START", month, trace)?;
    let change = *read_key(&THRESHOLDS, "AGE60_64_CHANGE", month, trace)?;
    let stopped = stop_annual_60_64(base_annual, remuneration_twelfths, start, change);
    trace.tell(|| {
        let expression =
            "支給停止調整開始額を超える額の2分の1 (支給停止調整変更額を超える報酬は全額) × 12 (年金額まで)";
        annual_facts(CLAUSE_60_64, expression, base_annual, remuneration_twelfths, month)
            .with("支給停止調整開始額", start, "")
            .with("支給停止調整変更額", change, "")
            .gives(stopped)
    });
    Ok(stopped)
}

fn annual_facts(
    clause: &'static str,
    expression: &'static str,
    base_annual: Yen,
    remuneration_twelfths: i64,
    month: Month,
) -> Step {
    Step::new(clause, expression).with("月", month, "").with("報酬比例部分の年額", base_annual, "").with(
        "総報酬月額相当額の12倍",
        remuneration_twelfths,
        "円",
    )
}

/// 60歳台前半の在職老齢年金 (低在老) — the former rule of 60 to 64, for months to 2022-03.
///
/// Law: 令和2年改正前の厚生年金保険法附則11条1項から3項まで.
///
/// # Errors
/// `NotInForce` before 2005-04 and from 2022-04; `BadInput`.
///
/// # Examples
/// October 2021, 100,000円 and 220,000円: (220,000 + 100,000 − 280,000) ÷ 2 = 20,000円.
pub fn working_pension_60_64(at_work: &AtWork, trace: &mut Trace) -> Result<Stop, LawError> {
    check(at_work)?;
    let start = *read_key(&THRESHOLDS, "AGE60_64_START", at_work.month, trace)?;
    let change = *read_key(&THRESHOLDS, "AGE60_64_CHANGE", at_work.month, trace)?;
    let pay = remuneration_twelfths(at_work.remuneration_monthly, Yen::ZERO);
    let annual = stop_annual_60_64(year_of(at_work.base_monthly), pay, start, change);
    let stop = Stop::of(annual, at_work.base_monthly);
    let expression = format!(
        "基本月額が{start}以下か、総報酬月額相当額が{change}以下かにより、超える額の2分の1 ({change}を超える報酬は全額) × 12"
    );
    tell(CLAUSE_60_64, &expression, at_work, start, &stop, trace);
    Ok(stop)
}

fn year_of(monthly: Yen) -> Yen {
    Yen::new(monthly.get() * 12)
}

fn check(at_work: &AtWork) -> Result<(), LawError> {
    check_yen("基本月額 (base_monthly_yen)", at_work.base_monthly)?;
    check_yen("総報酬月額相当額 (total_remuneration_monthly_yen)", at_work.remuneration_monthly)?;
    if (60..=130).contains(&at_work.age) {
        return Ok(());
    }
    Err(LawError::bad_input("年齢 (age)", "60以上130以下で入力してください"))
}

/// Why somebody of 70 or over is not reckoned with.
fn free_by_age(at_work: &AtWork) -> Option<&'static str> {
    let oldest = at_work.birth.is_some_and(|birth| birth <= date(1937, 4, 1));
    if at_work.age >= 70 && at_work.month < month_of(SEVENTY_FROM) {
        Some("70歳以上の者の支給停止は平成19年4月から")
    } else if at_work.age >= 70 && oldest && at_work.month <= month_of(OLDEST_FREE_UNTIL) {
        Some("昭和12年4月1日以前に生まれた70歳以上の者の支給停止は平成27年10月から")
    } else {
        None
    }
}

fn facts(clause: &'static str, expression: String, at_work: &AtWork) -> Step {
    Step::new(clause, expression).with("月", at_work.month, "").with("基本月額", at_work.base_monthly, "").with(
        "総報酬月額相当額",
        at_work.remuneration_monthly,
        "",
    )
}

fn tell(clause: &'static str, expression: &str, at_work: &AtWork, threshold: Yen, stop: &Stop, trace: &mut Trace) {
    let result = format!("年額{} (月額{})", stop.annual, stop.monthly);
    trace.tell(|| facts(clause, expression.to_owned(), at_work).with("支給停止調整額", threshold, "").gives(result));
}
