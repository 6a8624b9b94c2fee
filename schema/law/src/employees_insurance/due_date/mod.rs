//! 納期限 (厚生年金保険法83条1項, 健康保険法164条1項).

use domain::calendar::{self, CalendarError};
use domain::{Month, calendar::is_government_closed};
use jiff::civil::Date;

use crate::{LawError, ParameterRead, Step, Trace};

#[cfg(test)]
mod tests;

/// 納期限 — the last day of the following month; if government offices are closed, the next open day.
///
/// Law: 厚生年金保険法83条1項, 健康保険法164条1項; 行政機関の休日に関する法律2条.
///
/// # Errors
/// `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// 2019-03: 2019-05-07; 2025-11: 2026-01-05.
pub fn due_date(month: Month, trace: &mut Trace) -> Result<Date, LawError> {
    let last_day = month.next().last_day();
    trace.step(
        Step::new("厚生年金保険法83条1項・健康保険法164条1項", "納期限 = 翌月の末日")
            .with("月分", month, "")
            .gives(last_day),
    );
    open_day("翌月の末日", last_day, trace)
}

/// 期限の特例 — the day itself; if government offices are closed on it, the next open day.
///
/// Law: 行政機関の休日に関する法律2条.
///
/// - `name`: what the day is, for the receipt
///
/// # Errors
/// `Calendar` — the holiday table does not reach that far.
pub fn open_day(name: &'static str, day: Date, trace: &mut Trace) -> Result<Date, LawError> {
    let mut open = day;
    while is_closed(open, trace)? {
        open = open.tomorrow().expect("the holiday table ends long before the calendar");
    }
    if open != day {
        trace.step(
            Step::new("行政機関の休日に関する法律2条", "行政機関の休日にあたるときは、その翌日 (以下同じ)")
                .with(name, day, "")
                .gives(open),
        );
    }
    Ok(open)
}

/// Whether offices are closed, with the look into the holiday table on record.
fn is_closed(day: Date, trace: &mut Trace) -> Result<bool, CalendarError> {
    let name = calendar::holiday_name(day)?;
    let (first, last) = calendar::years();
    let month = |year, month| Month::new(year, month).expect("years of the table are years");
    trace.read(ParameterRead {
        table: "国民の祝日・休日".to_owned(),
        key: day.to_string(),
        value: name.unwrap_or("祝日・休日ではない").to_owned(),
        from: month(first, 1),
        until: Some(month(last, 12)),
        law: "国民の祝日に関する法律2条・3条".to_owned(),
        source: "holidays.csv".to_owned(),
    });
    is_government_closed(day)
}
