//! 時効 (厚生年金保険法92条1項・3項, 健康保険法193条).

use domain::Month;
use domain::age::period_end;
use jiff::civil::Date;

use super::check_day;
use super::due_date::due_date;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 保険料を徴収し、又は還付を受ける権利の時効.
const LIMITATION_MONTHS: i16 = 24;

/// 時効にかかる権利.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// 保険料を徴収する権利: from the day after the due date.
    Collection,
    /// 保険料の還付を受ける権利: from the day after the payment.
    Refund,
}

impl Right {
    fn words(self) -> &'static str {
        match self {
            Right::Collection => "保険料を徴収する権利: 納期限の翌日から2年",
            Right::Refund => "還付を受ける権利: 納付した日の翌日から2年",
        }
    }
}

/// 時効 — when a right lapses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limitation {
    /// Last day on which it can be exercised.
    pub until: Date,
}

impl Limitation {
    /// 時効が完成しているか, on this day.
    pub fn has_lapsed(self, day: Date) -> bool {
        day > self.until
    }
}

/// 時効の完成 — two years from the day after the right could be exercised, anew from the day after each renewal.
///
/// Law: 厚生年金保険法92条1項, 健康保険法193条1項 (2年); 92条3項・193条2項 (納入の告知 and 督促 renew it); 民法140条・143条.
///
/// - `event`: 納期限 or 納付日
/// - `renewed`: days of a notice of payment or a demand, in any order
///
/// # Errors
/// `BadInput` — a renewal before the event, or after the right had lapsed.
///
/// # Examples
/// Due 2023-06-30: to 2025-06-30. Demanded 2025-06-20: to 2027-06-20.
pub fn limitation(right: Right, event: Date, renewed: &[Date], trace: &mut Trace) -> Result<Limitation, LawError> {
    check_day("納期限又は納付日 (on)", event)?;
    let mut renewed = renewed.to_vec();
    renewed.sort();
    let mut until = two_years_after(event);
    trace.step(
        Step::new("厚生年金保険法92条1項・健康保険法193条1項", right.words())
            .with("起算の基礎", event, "")
            .gives(until),
    );
    for day in renewed {
        check_day("納入告知・督促の日 (renewed_on)", day)?;
        if day < event || day > until {
            let reason = format!("{event}以後、時効の完成 ({until}) までの日を入力してください");
            return Err(LawError::bad_input("納入告知・督促の日 (renewed_on)", reason));
        }
        until = two_years_after(day);
        trace.step(
            Step::new("厚生年金保険法92条3項・健康保険法193条2項", "納入の告知又は督促は時効の更新の効力を有する")
                .with("納入告知・督促の日", day, "")
                .gives(until),
        );
    }
    Ok(Limitation { until })
}

fn two_years_after(day: Date) -> Date {
    period_end(day.tomorrow().expect("days were checked to leave room"), LIMITATION_MONTHS)
}

/// 遡及した資格取得で徴収できる月 — the months whose premium has not lapsed when it is notified.
///
/// Law: 厚生年金保険法92条1項, 健康保険法193条1項; 83条1項・164条1項 (due date of each month).
///
/// - `acquired_on`: 資格取得日, in the past
/// - `notified_on`: the day of the notice of payment
///
/// Returns months from the first that is still charged to the month before the notice.
///
/// # Errors
/// `BadInput` — acquired after the notice; `Calendar` — the holiday table does not reach the months in question.
///
/// # Examples
/// Acquired 2020-04-01, notified 2025-06-20: from 2023-05 (due 2023-06-30, lapses after 2025-06-30).
pub fn retroactive_months(acquired_on: Date, notified_on: Date, trace: &mut Trace) -> Result<Vec<Month>, LawError> {
    check_day("資格取得日 (acquired_on)", acquired_on)?;
    check_day("納入告知の日 (notified_on)", notified_on)?;
    if acquired_on > notified_on {
        return Err(LawError::bad_input("資格取得日 (acquired_on)", "納入告知の日以前の日を入力してください"));
    }
    let first = first_not_lapsed(Month::of(acquired_on), notified_on, trace)?;
    let months: Vec<Month> = first.through(Month::of(notified_on).previous()).collect();
    if let Some(&first) = months.first() {
        // The first one is told in full: its due date decides.
        let due_on = due_date(first, trace)?;
        limitation(Right::Collection, due_on, &[], trace)?;
    }
    trace.step(
        Step::new("厚生年金保険法92条1項・健康保険法193条1項", "時効が完成していない月の保険料だけを徴収する")
            .with("資格取得日", acquired_on, "")
            .with("納入告知の日", notified_on, "")
            .gives(match months.first() {
                Some(first) => format!("{first}から{}か月", months.len()),
                None => "なし".to_owned(),
            }),
    );
    Ok(months)
}

/// 遡及の限度 — the oldest month whose contributions are still recomputed on a day; months before it stay as they were
/// collected.
///
/// Law: 厚生年金保険法92条1項, 健康保険法193条1項. What was paid later than on its due date can be given back for longer: that is
/// for a person, on application.
///
/// # Errors
/// `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// 2024-06 was due on 2024-07-31: recomputed until 2026-07-31.
pub fn oldest_month(on: Date, trace: &mut Trace) -> Result<Month, LawError> {
    let month = first_not_lapsed(oldest_possible(on), on, trace)?;
    trace.step(
        Step::new("厚生年金保険法92条1項・健康保険法193条1項", "納期限の翌日から2年を過ぎた月分は徴収も還付もしない")
            .with("業務日付", on, "")
            .gives(format!("{month}分から計算し直す")),
    );
    Ok(month)
}

/// The due date of a month lies in the next month or early in the one after: what is older has lapsed.
fn oldest_possible(on: Date) -> Month {
    Month::of(on).plus(-i32::from(LIMITATION_MONTHS) - 3)
}

/// The first month, `from` or later, whose two years have not passed on a day. The search itself is not told.
fn first_not_lapsed(from: Month, on: Date, trace: &Trace) -> Result<Month, LawError> {
    let mut unheard = Trace::under(trace.book());
    for month in from.max(oldest_possible(on)).through(Month::of(on).previous()) {
        if two_years_after(due_date(month, &mut unheard)?) >= on {
            return Ok(month);
        }
    }
    Ok(from.max(Month::of(on)))
}
