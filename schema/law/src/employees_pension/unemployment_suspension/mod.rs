//! 基本手当との調整 (厚生年金保険法附則7条の4・11条の5) — under 65, while somebody looks for work.

use domain::Month;
use domain::age::attained_on;
use jiff::civil::Date;

use super::{MONTHS_MAX, check_months};
use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// Days of benefit that make up a month of suspension (附則7条の4第3項).
const DAYS_A_MONTH: i32 = 30;

/// 支給停止解除月数 — months that are paid after all.
///
/// Law: 厚生年金保険法附則7条の4第3項: 年金停止月の数 − 基本手当の支給日数 ÷ 30 (1未満切上げ).
///
/// - `stopped_months`: 年金停止月の数
/// - `benefit_days`: 基本手当の支給を受けた日とみなされる日の数
///
/// Returns months, never below nothing.
#[inline]
pub fn release_months(stopped_months: i32, benefit_days: i32) -> i32 {
    let whole = benefit_days / DAYS_A_MONTH;
    let begun = if benefit_days % DAYS_A_MONTH == 0 { whole } else { whole + 1 };
    (stopped_months - begun).max(0)
}

/// As [`release_months`], with its step.
///
/// # Errors
/// `BadInput` — months or days that cannot be.
///
/// # Examples
/// 5 months stopped, 90 days: 5 − 3 = 2. 91 days: 1.
pub fn released(stopped_months: i32, benefit_days: i32, trace: &mut Trace) -> Result<i32, LawError> {
    check_months("支給停止された月数 (stopped_months)", stopped_months)?;
    if !(0..=MONTHS_MAX * 31).contains(&benefit_days) {
        return Err(LawError::bad_input("基本手当の支給日数 (benefit_days)", "0日以上で入力してください"));
    }
    let released = release_months(stopped_months, benefit_days);
    trace.step(
        Step::new(
            "厚生年金保険法附則7条の4第3項",
            "支給停止解除月数 = 年金停止月の数 − 基本手当の日数 ÷ 30 (1未満切上げ)",
        )
        .with("年金停止月の数", stopped_months, "月")
        .with("基本手当の支給を受けた日とみなされる日数", benefit_days, "日")
        .gives(format!("{released}月")),
    );
    Ok(released)
}

/// 求職の申込み — and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobSearch {
    /// 生年月日: from 65 there is no adjustment.
    pub birth: Date,
    /// 求職の申込みをした日.
    pub applied_on: Date,
    /// 所定給付日数を受け終わった日 or 受給期間が満了した日; `None` while it lasts.
    pub ended_on: Option<Date>,
    /// Months with a day of benefit or one that counts as such (待期, 給付制限 …), in order.
    pub months_with_benefit: Vec<Month>,
    /// 基本手当の支給を受けた日とみなされる日数, once it has ended.
    pub benefit_days: i32,
    /// Until when to look.
    pub until: Month,
}

/// 月ごとの支給停止.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuspendedMonths {
    /// 年金停止月, as first stopped.
    pub stopped: Vec<Month>,
    /// Those of them that are paid after all: the latest.
    pub released: Vec<Month>,
}

/// 基本手当との調整 — month by month.
///
/// Law: 厚生年金保険法附則7条の4第1項 (from the month after the application to the month of the end), 2項 (no day of
/// benefit in the month: not stopped), 3項 (the latest months are given back); 11条の5 (特別支給).
///
/// Returns the months stopped and those given back; nothing is given back while the benefit lasts.
///
/// # Errors
/// `BadInput` — days and months that cannot be, or not in order.
///
/// # Examples
/// Applied 2025-01-10, ended 2025-06-20, benefit in February and in May and June, 60 days: three stopped, June released.
pub fn suspended_months(search: &JobSearch, trace: &mut Trace) -> Result<SuspendedMonths, LawError> {
    check(search)?;
    let first = Month::of(search.applied_on).next();
    let sixty_five = Month::of(attained_on(search.birth, 65));
    let end = search.ended_on.map_or(search.until, Month::of).min(search.until).min(sixty_five);
    let within = |month: &&Month| (first..=end).contains(*month);
    let stopped: Vec<Month> = search.months_with_benefit.iter().filter(within).copied().collect();
    trace.step(
        Step::new(
            "厚生年金保険法附則7条の4第1項・2項",
            "求職の申込みの翌月から受給が終わる月まで、基本手当を受けた日のある月を全額支給停止 (65歳に達した月まで)",
        )
        .with("求職の申込み", search.applied_on, "")
        .with("終わりの月", end, "")
        .gives(format!("{}月", stopped.len())),
    );
    let mut months = SuspendedMonths { stopped, released: Vec::new() };
    if search.ended_on.is_some_and(|ended_on| Month::of(ended_on) <= search.until) {
        let count = i32::try_from(months.stopped.len()).expect("months of a life");
        let back = usize::try_from(released(count, search.benefit_days, trace)?).expect("not negative");
        months.released = months.stopped[months.stopped.len() - back..].to_vec();
    }
    Ok(months)
}

fn check(search: &JobSearch) -> Result<(), LawError> {
    check_day("生年月日 (birth_date)", search.birth)?;
    check_day("求職の申込みの日 (applied_on)", search.applied_on)?;
    if search.ended_on.is_some_and(|ended_on| ended_on < search.applied_on) {
        return Err(LawError::bad_input("受給の終わった日 (ended_on)", "求職の申込みの日以後の日を入力してください"));
    }
    let months = &search.months_with_benefit;
    if months.windows(2).any(|pair| pair[0] >= pair[1]) || i32::try_from(months.len()).is_ok_and(|n| n > MONTHS_MAX) {
        let reason = "年月の順に、1度ずつ入力してください";
        return Err(LawError::bad_input("基本手当を受けた日のある月 (months_with_benefit)", reason));
    }
    Ok(())
}
