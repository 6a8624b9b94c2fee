//! 督促 (厚生年金保険法86条, 健康保険法180条).

use jiff::ToSpan;
use jiff::civil::Date;

use super::check_day;
use super::due_date::open_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 督促状の指定期限 (厚生年金保険法86条3項, 健康保険法180条3項).
const DEADLINE_DAYS: i32 = 10;

/// 督促 — whether one is sent, and the earliest deadline it may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// False where the law forbids it.
    pub sent: bool,
    /// 指定できる最も早い期限, an open day; `None` when none is sent.
    pub earliest_deadline: Option<Date>,
}

/// 督促 — to be sent for a premium unpaid on its due date.
///
/// Law: 厚生年金保険法86条1項 (duty; not where a premium is collected early under 85条), 3項: the deadline lies at
/// least ten days, counted with the day of issue, behind: ten days have passed on the eleventh. 健康保険法180条. A
/// closed day moves to the next open one (行政機関の休日に関する法律2条). A demand renews the prescription (92条3項).
///
/// # Errors
/// `BadInput` — issued on or before the due date; `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// Issued 2025-06-17: at the earliest 2025-06-27.
pub fn demand(due_on: Date, issued_on: Date, early_collection: bool, trace: &mut Trace) -> Result<Demand, LawError> {
    check_day("納期限 (due_date)", due_on)?;
    check_day("督促状の発行日 (issued_on)", issued_on)?;
    if early_collection {
        trace.step(
            Step::new("厚生年金保険法86条1項ただし書・健康保険法180条1項ただし書", "納期を繰り上げて徴収するとき")
                .gives("督促しない"),
        );
        return Ok(Demand { sent: false, earliest_deadline: None });
    }
    if issued_on <= due_on {
        return Err(LawError::bad_input("督促状の発行日 (issued_on)", "納期限より後の日を入力してください"));
    }
    let passed = issued_on + DEADLINE_DAYS.days();
    trace.step(
        Step::new(
            "厚生年金保険法86条3項・健康保険法180条3項",
            "指定期限 = 督促状を発する日から起算して10日以上を経過した日",
        )
        .with("納期限", due_on, "")
        .with("督促状の発行日", issued_on, "")
        .gives(format!("{passed}以後")),
    );
    Ok(Demand { sent: true, earliest_deadline: Some(open_day("10日を経過した日", passed, trace)?) })
}

/// 指定期限の確認 — the day by which payment counts as in time.
///
/// Law: 厚生年金保険法86条3項; 行政機関の休日に関する法律2条 (a closed day moves on).
///
/// # Errors
/// `BadInput` — earlier than ten days allow; and as [`demand`].
pub fn payable_until(due_on: Date, issued_on: Date, deadline: Date, trace: &mut Trace) -> Result<Date, LawError> {
    check_day("督促状の指定期限 (deadline)", deadline)?;
    let earliest = demand(due_on, issued_on, false, trace)?.earliest_deadline;
    if deadline < issued_on + DEADLINE_DAYS.days() {
        let earliest = earliest.expect("a demand was sent");
        let reason = format!("督促状を発する日から起算して10日以上を経過した日 ({earliest}以後) を指定してください");
        return Err(LawError::bad_input("督促状の指定期限 (deadline)", reason));
    }
    let open = open_day("督促状の指定期限", deadline, trace)?;
    trace.step(
        Step::new("厚生年金保険法87条4項・健康保険法181条4項", "指定期限までに完納したときは延滞金を徴収しない")
            .gives(open),
    );
    Ok(open)
}
