//! 徴収・還付の時効 (厚生年金保険法92条1項, 健康保険法193条1項).

use domain::Month;
use domain::age::period_end;
use jiff::civil::Date;

use super::due_date::due_date;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const CLAUSE: &str = "厚生年金保険法92条1項・健康保険法193条1項";
/// 2年.
const MONTHS: i16 = 24;

/// 時効の完成 — the last day on which the contributions of a month can be collected or given back: two years from the
/// day after the due date (民法140条・143条).
///
/// What was paid later than on its due date can be given back for longer; that is for a person, on application.
///
/// # Errors
/// `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// 2024-06 was due on 2024-07-31: until 2026-07-31. 2024-07 was due on 2024-09-02: until 2026-09-02.
pub fn last_day(month: Month, trace: &mut Trace) -> Result<Date, LawError> {
    let due = due_date(month, trace)?;
    let starts_on = due.tomorrow().expect("the holiday table ends long before the calendar");
    let last_day = period_end(starts_on, MONTHS);
    trace.step(Step::new(CLAUSE, "納期限の翌日から2年で時効により消滅する").with("納期限", due, "").gives(last_day));
    Ok(last_day)
}

/// 遡及の限度 — the oldest month whose contributions are still recomputed on a day; months before it stay as they were
/// collected.
///
/// Law: 厚生年金保険法92条1項, 健康保険法193条1項.
///
/// # Errors
/// As `last_day`.
pub fn oldest_month(on: Date, trace: &mut Trace) -> Result<Month, LawError> {
    // A due date lies at most two months after its month begins.
    let mut month = Month::of(on).plus(-i32::from(MONTHS) - 3);
    while last_day(month, &mut Trace::under(trace.book()))? < on {
        month = month.next();
    }
    trace.step(
        Step::new(CLAUSE, "納期限の翌日から2年を過ぎた月分は徴収も還付もしない")
            .with("業務日付", on, "")
            .gives(format!("{month}分から計算し直す")),
    );
    Ok(month)
}
