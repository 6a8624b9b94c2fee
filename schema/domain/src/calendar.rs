//! 休日 — holidays, closed days, and the moves to an open day. A table with first and last year: a day
//! outside it is an error, never a guess. The table is tested against the rule of the statute.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

use crate::Month;

/// A question the calendar cannot answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The holiday table does not hold this year (yet): extend `holidays.csv`.
    #[error(
        "{day}は休日表の期間 ({first_year}年から{last_year}年まで) の外です。休日表を更新してから再度実行してください"
    )]
    OutsideTable {
        /// The day asked about.
        day: Date,
        /// First year of the table.
        first_year: i16,
        /// Last year of the table.
        last_year: i16,
    },
    /// Pensions are paid in even months only.
    #[error("{0}は年金の支払期月ではありません。偶数月を指定してください")]
    NotAPaymentMonth(Month),
}

/// 休日表 — the file of holidays, so that a version of the law data can be told from it.
pub const HOLIDAYS_CSV: &str = include_str!("holidays.csv");

struct Holidays {
    first_year: i16,
    last_year: i16,
    /// In order of day.
    days: Vec<(Date, &'static str)>,
}

static HOLIDAYS: LazyLock<Holidays> = LazyLock::new(|| {
    let lines = HOLIDAYS_CSV.lines().filter(|line| !line.starts_with('#')).skip(1);
    let days: Vec<(Date, &str)> = lines.map(read_line).collect();
    assert!(days.is_sorted_by(|earlier, later| earlier.0 < later.0), "holidays.csv is in order, each day once");
    let (first, last) = (days.first().expect("not empty").0, days.last().expect("not empty").0);
    Holidays { first_year: first.year(), last_year: last.year(), days }
});

fn read_line(line: &'static str) -> (Date, &'static str) {
    let (day, name) = line.split_once(',').expect("holidays.csv has two columns");
    (day.parse().expect("holidays.csv holds ISO days"), name)
}

/// First and last year that the calendar knows, both whole.
pub fn years() -> (i16, i16) {
    (HOLIDAYS.first_year, HOLIDAYS.last_year)
}

/// 国民の祝日・休日の名称 — the name of the holiday on this day, 振替休日 and 国民の休日 included.
///
/// Law: 国民の祝日に関する法律2条・3条.
///
/// # Errors
/// `OutsideTable` — the table has no such year.
pub fn holiday_name(day: Date) -> Result<Option<&'static str>, CalendarError> {
    let (first_year, last_year) = years();
    if !(first_year..=last_year).contains(&day.year()) {
        return Err(CalendarError::OutsideTable { day, first_year, last_year });
    }
    let found = HOLIDAYS.days.binary_search_by_key(&day, |&(holiday, _)| holiday);
    Ok(found.ok().map(|place| HOLIDAYS.days[place].1))
}

fn is_weekend_or_holiday(day: Date) -> Result<bool, CalendarError> {
    Ok(holiday_name(day)?.is_some() || matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
}

/// 行政機関の休日 — Saturday, Sunday, holidays, 29 December to 3 January (行政機関の休日に関する法律1条).
///
/// # Errors
/// `OutsideTable` — the table has no such year.
pub fn is_government_closed(day: Date) -> Result<bool, CalendarError> {
    let year_end = matches!((day.month(), day.day()), (12, 29..=31) | (1, 1..=3));
    Ok(is_weekend_or_holiday(day)? || year_end)
}

/// 銀行の休日 — Saturday, Sunday, holidays, 31 December to 3 January (銀行法15条, 施行令5条).
///
/// # Errors
/// `OutsideTable` — the table has no such year.
pub fn is_bank_closed(day: Date) -> Result<bool, CalendarError> {
    let year_end = matches!((day.month(), day.day()), (12, 31) | (1, 1..=3));
    Ok(is_weekend_or_holiday(day)? || year_end)
}

/// The first open day from `day` on, stepping as told.
fn first_open(
    day: Date,
    is_closed: fn(Date) -> Result<bool, CalendarError>,
    step: fn(Date) -> Date,
) -> Result<Date, CalendarError> {
    let mut open = day;
    while is_closed(open)? {
        open = step(open);
    }
    Ok(open)
}

fn forward(day: Date) -> Date {
    day.tomorrow().expect("the table ends long before the calendar")
}

fn back(day: Date) -> Date {
    day.yesterday().expect("the table begins long after the calendar")
}

/// The day itself or the next one on which government offices are open.
///
/// # Errors
/// `OutsideTable` — the table has no such year, or the search leaves it.
pub fn government_next_or_same(day: Date) -> Result<Date, CalendarError> {
    first_open(day, is_government_closed, forward)
}

/// The day itself or the last one before on which government offices were open.
///
/// # Errors
/// `OutsideTable` — as above.
pub fn government_prev_or_same(day: Date) -> Result<Date, CalendarError> {
    first_open(day, is_government_closed, back)
}

/// The day itself or the next one on which banks are open.
///
/// # Errors
/// `OutsideTable` — as above.
pub fn bank_next_or_same(day: Date) -> Result<Date, CalendarError> {
    first_open(day, is_bank_closed, forward)
}

/// The day itself or the last one before on which banks were open.
///
/// # Errors
/// `OutsideTable` — as above.
pub fn bank_prev_or_same(day: Date) -> Result<Date, CalendarError> {
    first_open(day, is_bank_closed, back)
}

/// 年金の支払日 — the 15th of an even month, back to the last bank day (国民年金法18条3項, 厚生年金保険法36条3項).
///
/// # Errors
/// `NotAPaymentMonth` — an odd month; `OutsideTable` — the table has no such year.
pub fn pension_payday(month: Month) -> Result<Date, CalendarError> {
    if month.month() % 2 != 0 {
        return Err(CalendarError::NotAPaymentMonth(month));
    }
    let fifteenth = Date::new(month.year(), month.month(), 15).expect("every month has a 15th");
    bank_prev_or_same(fifteenth)
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
