//! 支払期月と支払日 (国民年金法18条3項, 厚生年金保険法36条3項).

use domain::calendar::{bank_prev_or_same, pension_payday};
use domain::{Month, calendar::CalendarError};
use jiff::civil::Date;

use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const CLAUSE: &str = "国民年金法18条3項・厚生年金保険法36条3項";

/// 支払の種類.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaymentKind {
    /// 定期支払: February, April, June, August, October, December.
    #[default]
    Regular,
    /// 随時払: a first payment, a correction, or what remains after the right ended, in any month (同項ただし書).
    OutOfTurn,
}

/// 支払 — the day and the months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PensionPayment {
    /// 支払日.
    pub paid_on: Date,
    /// 対象の月分: the two months before a regular payment; none of its own for a payment out of turn.
    pub covers: Vec<Month>,
    /// The last month whose regular payment has come: a payment out of turn reaches up to here.
    pub covers_until: Month,
}

/// 支払期月 — the month in which the pension of `for_month` is regularly paid.
///
/// Law: 国民年金法18条3項, 厚生年金保険法36条3項 (the six months, each for the months up to the one before).
///
/// # Examples
/// December and January: February.
pub fn payment_month(for_month: Month) -> Month {
    if for_month.month() % 2 == 0 { for_month.plus(2) } else { for_month.next() }
}

/// 支払日 — the 15th of the month, back to the last bank day where it is closed.
///
/// Law: 国民年金法18条3項, 厚生年金保険法36条3項.
///
/// # Errors
/// `BadInput` — an odd month for a regular payment; `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// February 2025: 2025-02-14 (the 15th is a Saturday), for December and January.
pub fn payment_date(month: Month, kind: PaymentKind, trace: &mut Trace) -> Result<PensionPayment, LawError> {
    let paid_on = match kind {
        PaymentKind::Regular => pension_payday(month).map_err(refuse_odd)?,
        PaymentKind::OutOfTurn => bank_prev_or_same(month.first_day().saturating_add(jiff::Span::new().days(14)))?,
    };
    let covers = match kind {
        PaymentKind::Regular => vec![month.plus(-2), month.previous()],
        PaymentKind::OutOfTurn => Vec::new(),
    };
    let covers_until = if month.month() % 2 == 0 { month.previous() } else { month.plus(-2) };
    trace.step(
        Step::new(
            CLAUSE,
            "支払日 = 支払期月の15日 (金融機関の休日のときは直前の営業日)。それぞれの前月までの分を支払う",
        )
        .with("支払月", month, "")
        .with("どの月分まで", covers_until, "")
        .gives(paid_on),
    );
    Ok(PensionPayment { paid_on, covers, covers_until })
}

fn refuse_odd(error: CalendarError) -> LawError {
    match error {
        CalendarError::NotAPaymentMonth(month) => LawError::bad_input(
            "支払月 (month)",
            format!(
                "{month}は定期支払の支払期月ではありません。偶数月か、随時払 (kind: out_of_turn) で入力してください"
            ),
        ),
        outside => outside.into(),
    }
}
