//! 督促 (国民年金法96条).

use jiff::ToSpan;
use jiff::civil::Date;

use crate::employees_insurance::check_day;
use crate::employees_insurance::due_date::open_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 督促状の指定期限 (国民年金法96条3項).
const DEADLINE_DAYS: i32 = 10;

/// 督促状の指定期限 — the earliest day that a demand may set.
///
/// Law: 国民年金法96条1項 (a demand for what is unpaid), 3項 (ten days or more, counted with the day of issue, have
/// passed); 行政機関の休日に関する法律2条. Not paid by then: 国税滞納処分の例 (4項) and a charge for arrears (97条).
///
/// # Errors
/// `BadInput` — issued on or before the due date; `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// Due 2025-06-02, issued 2025-06-17: 2025-06-27.
pub fn earliest_deadline(due_on: Date, issued_on: Date, trace: &mut Trace) -> Result<Date, LawError> {
    check_day("納期限 (due_date)", due_on)?;
    check_day("督促状の発行日 (issued_on)", issued_on)?;
    if issued_on <= due_on {
        return Err(LawError::bad_input("督促状の発行日 (issued_on)", "納期限より後の日を入力してください"));
    }
    let passed = issued_on + DEADLINE_DAYS.days();
    trace.step(
        Step::new("国民年金法96条3項", "指定期限 = 督促状を発する日から起算して10日以上を経過した日")
            .with("納期限", due_on, "")
            .with("督促状の発行日", issued_on, "")
            .gives(format!("{passed}以後")),
    );
    open_day("10日を経過した日", passed, trace)
}
