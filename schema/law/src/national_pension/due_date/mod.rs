//! 納期限 (国民年金法91条).

use domain::Month;
use jiff::civil::Date;

use crate::employees_insurance::due_date::open_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 納期限 — the last day of the following month; if offices are closed, the next open day.
///
/// Law: 国民年金法91条 (翌月末日); 行政機関の休日に関する法律2条.
///
/// # Errors
/// `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// 2025-04: 2025-05-31 is a Saturday, so 2025-06-02. 2025-11: 2026-01-05.
pub fn due_date(month: Month, trace: &mut Trace) -> Result<Date, LawError> {
    let last_day = month.next().last_day();
    trace.step(Step::new("国民年金法91条", "納期限 = 翌月の末日").with("月分", month, "").gives(last_day));
    open_day("翌月の末日", last_day, trace)
}
