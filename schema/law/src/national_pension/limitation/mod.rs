//! 時効 (国民年金法102条4項・5項).

use domain::Month;
use domain::age::period_end;
use jiff::civil::Date;

use super::due_date::due_date;
use super::of_counts;
use crate::book::LawTable;
use crate::employees_insurance::{check_day, day_after};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static YEARS: LawTable<i16> =
    LawTable::new("national_pension/limitation/years.csv", include_str!("years.csv"), of_counts);

/// 時効にかかる権利.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// 保険料を徴収する権利: from the day after the due date.
    Collection,
    /// 還付を受ける権利: from the day after the payment.
    Refund,
}

/// 時効の年数 — read once, then asked for any number of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prescription {
    years: i16,
}

impl Prescription {
    /// The years in force for contributions of a month.
    ///
    /// # Errors
    /// `NotInForce`, `PastLastCheck`.
    pub fn at(month: Month, trace: &mut Trace) -> Result<Prescription, LawError> {
        Ok(Prescription { years: *YEARS.at("", month, trace)? })
    }

    /// 時効の完成する日 — the last day of the years that begin on the day after `day` (民法140条・143条).
    ///
    /// - `day`: 納期限, 納付日 or 督促の日, between 1868 and 8999
    pub fn until(self, day: Date) -> Date {
        period_end(day_after(day), self.years * 12)
    }

    /// 時効が完成しているか — whether the contribution of a month can no longer be collected nor paid on a day.
    ///
    /// Law: 国民年金法102条4項 (from the day after the due date), 5項 (a demand renews it).
    ///
    /// - `demanded`: 督促の日, in order; only those up to `on` count
    ///
    /// The holiday table is asked only where a closed day decides.
    ///
    /// # Errors
    /// `Calendar` — it decides, and the holiday table does not reach that far.
    pub fn has_lapsed(self, month: Month, demanded: &[Date], on: Date) -> Result<bool, LawError> {
        if let Some(&last) = demanded.iter().filter(|day| **day <= on).max() {
            return Ok(on > self.until(last));
        }
        let earliest = self.until(month.next().last_day());
        if on <= earliest {
            return Ok(false);
        }
        // No run of closed days is longer than this: the due date lies at most so much after the end of the month.
        if on > earliest.saturating_add(jiff::Span::new().days(CLOSED_DAYS_MAX)) {
            return Ok(true);
        }
        Ok(on > self.until(due_date(month, &mut Trace::new())?))
    }
}

/// The longest run of closed days was ten (2019-04-27 to 2019-05-06).
const CLOSED_DAYS_MAX: i32 = 14;

/// 時効の完成 — two years from the day after the right could be exercised, anew from the day after each demand.
///
/// Law: 国民年金法102条4項 (2年), 5項 (督促 renews it); 民法140条・143条.
///
/// - `event`: 納期限 or 納付日
/// - `demanded`: days of a demand, in any order
///
/// Returns the last day on which the right can be exercised.
///
/// # Errors
/// `BadInput` — a demand before the event, after the right had lapsed, or of a refund; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Due 2023-05-31: to 2025-05-31. Demanded 2025-05-20: to 2027-05-20.
pub fn limitation(right: Right, event: Date, demanded: &[Date], trace: &mut Trace) -> Result<Date, LawError> {
    check_day("納期限又は納付日 (on)", event)?;
    let prescription = Prescription::at(Month::of(event), trace)?;
    let mut until = prescription.until(event);
    let words = match right {
        Right::Collection => "保険料を徴収する権利: 納期限の翌日から2年",
        Right::Refund => "還付を受ける権利: 納付した日の翌日から2年",
    };
    trace.step(Step::new("国民年金法102条4項", words).with("起算の基礎", event, "").gives(until));
    let mut demanded = demanded.to_vec();
    demanded.sort_unstable();
    for day in demanded {
        if right == Right::Refund || day <= event || day > until {
            let reason =
                format!("徴収する権利について、{event}より後、時効の完成 ({until}) までの日を入力してください");
            return Err(LawError::bad_input("督促の日 (demanded_on)", reason));
        }
        until = prescription.until(day);
        trace.step(
            Step::new("国民年金法102条5項", "督促は時効の更新の効力を有する").with("督促の日", day, "").gives(until),
        );
    }
    Ok(until)
}
