//! 出産手当金 (健康保険法102条, 108条2項).

use domain::{Month, Rounding, Yen};
use jiff::civil::Date;

use super::coordination::{Allowance, OtherIncomes, payable_daily};
use super::days::{DaySpan, as_factor, check_apart, check_day, days_after, plus_days, total_days, without};
use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static WINDOW_DAYS: LawTable<i64> =
    LawTable::new("health_benefits/maternity_allowance/window_days.csv", include_str!("window_days.csv"), read);

fn read(text: &str) -> Result<Table<i64>, TableError> {
    Table::of_values(text, |value| value.parse().ok().filter(|days| (1..=366).contains(days)))
}

/// A birth earlier than this before its due date is no birth of 85 days or more (280日 − 84日).
const EARLY_DAYS_MAX: i64 = 196;
/// A birth later than this after its due date is a slip of the pen.
const LATE_DAYS_MAX: i64 = 100;

/// 出産.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birth {
    /// 出産の予定日.
    pub due_on: Date,
    /// 出産の日.
    pub born_on: Date,
    /// 多胎妊娠.
    pub multiple: bool,
}

/// 出産手当金の対象期間 — the days for which it can be paid.
///
/// Law: 健康保険法102条1項 (出産の日、予定日後の出産は予定日、以前42日、多胎妊娠は98日から、出産の日後56日まで). The
/// day of birth is one of the days before.
///
/// # Errors
/// `BadInput` — a birth more than 196 days before or 100 days after the due date; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Due and born on 2026-05-20: 2026-04-09 to 2026-07-15, 98 days. Born 10 days later: 108 days.
pub fn window(birth: Birth, trace: &mut Trace) -> Result<DaySpan, LawError> {
    check_birth(birth)?;
    let month = Month::of(birth.born_on);
    let before = if birth.multiple { "before_birth_multiple" } else { "before_birth_single" };
    let before = *WINDOW_DAYS.at(before, month, trace)?;
    let after = *WINDOW_DAYS.at("after_birth", month, trace)?;
    let anchor = birth.born_on.min(birth.due_on);
    let window = DaySpan::new("出産の日", plus_days(anchor, 1 - before), plus_days(birth.born_on, after))?;
    trace.step(
        Step::new("健康保険法102条1項", "出産の日 (予定日後のときは予定日) 以前の日数と、出産の日後の日数")
            .with("出産の予定日", birth.due_on, "")
            .with("出産の日", birth.born_on, "")
            .with("以前の日数", before, "日")
            .with("日後の日数", after, "日")
            .gives(format!("{}から{}まで", window.first(), window.last())),
    );
    Ok(window)
}

fn check_birth(birth: Birth) -> Result<(), LawError> {
    check_day("出産の日 (birth_date)", birth.born_on)?;
    check_day("出産の予定日 (due_date)", birth.due_on)?;
    if (-EARLY_DAYS_MAX..=LATE_DAYS_MAX).contains(&days_after(birth.due_on, birth.born_on)) {
        return Ok(());
    }
    Err(LawError::bad_input(
        "出産の日 (birth_date)",
        "出産の予定日から離れすぎています。出産の日と予定日を確認してください",
    ))
}

/// 労務に服さなかった期間 — when the insured was away from work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leave<'a> {
    /// First day away.
    pub from: Date,
    /// Last day away; `None` when she stayed away to the end of the window.
    pub until: Option<Date>,
    /// Days worked in between.
    pub worked: &'a [DaySpan],
}

/// 支給対象の日 — the days of the window that were not worked, in order.
///
/// Law: 健康保険法102条1項 (労務に服さなかった期間).
///
/// # Errors
/// `BadInput` — the leave lies outside the window, ends before it begins, or every day of it was worked.
///
/// # Examples
/// Away from 2026-04-20 in a window to 2026-07-15: 87 days; away before the window: from its first day.
pub fn days_away(window: DaySpan, leave: &Leave<'_>, trace: &mut Trace) -> Result<Vec<DaySpan>, LawError> {
    let item = "労務に服さなかった期間 (leave_from)";
    let away = DaySpan::new(item, leave.from, leave.until.unwrap_or(window.last().max(leave.from)))?;
    let inside = away.overlap(window);
    let days = without(inside.as_slice(), leave.worked);
    if days.is_empty() {
        let reason = format!("{}から{}までの間に、労務に服さなかった日がありません", window.first(), window.last());
        return Err(LawError::bad_input(item, reason));
    }
    trace.step(
        Step::new("健康保険法102条1項", "対象期間のうち労務に服さなかった日に支給する (待期はない)")
            .with("休み始めた日", leave.from, "")
            .with("対象期間の初日", window.first(), "")
            .with("対象期間の末日", window.last(), "")
            .gives(format!("{}日", total_days(&days))),
    );
    Ok(days)
}

/// 報酬の支払われる期間 — pay per day of leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaidLeave {
    /// Which days.
    pub span: DaySpan,
    /// 報酬の日額, yen.
    pub daily: Yen,
}

/// 出産手当金の額 — for all the days away.
///
/// Law: 健康保険法102条1項 (一日につき), 108条2項 (報酬との差額).
///
/// - `days`: the days away, from `days_away`
/// - `daily`: the allowance per day, yen
/// - `paid`: pay on days of the leave; no two share a day
///
/// Returns yen.
///
/// # Errors
/// `BadInput` — two of `paid` share a day.
///
/// # Examples
/// 98 days at 6,667円: 653,366円.
pub fn total(days: &[DaySpan], daily: Yen, paid: &[PaidLeave], trace: &mut Trace) -> Result<Yen, LawError> {
    let spans: Vec<DaySpan> = paid.iter().map(|paid| paid.span).collect();
    check_apart("報酬の支払われる期間 (paid)", &spans)?;
    let unpaid = total_days(&without(days, &spans));
    let mut total = amount(daily, unpaid, trace);
    for paid in paid {
        let count = total_days(&days.iter().filter_map(|day| day.overlap(paid.span)).collect::<Vec<_>>());
        if count > 0 {
            let others = OtherIncomes { pay_daily: Some(paid.daily), ..OtherIncomes::default() };
            let payable = payable_daily(Allowance::Maternity, daily, &others, trace)?;
            total += amount(payable, count, trace);
        }
    }
    Ok(total)
}

fn amount(daily: Yen, days: i64, trace: &mut Trace) -> Yen {
    let amount = daily.times(as_factor(days), Rounding::Floor);
    if days > 0 {
        let step = Step::new("健康保険法102条1項", "出産手当金の額 = 日額 × 日数");
        trace.step(step.with("日額", daily, "").with("日数", days, "日").gives(amount));
    }
    amount
}
