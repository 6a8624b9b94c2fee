//! 付加年金 (国民年金法43条〜48条).

use domain::{Month, Yen};

use crate::basic_pension::{check_months, last_checked, of_marked_yen};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 200円 a month paid.
pub(super) static UNIT: LawTable<Yen> =
    LawTable::new("basic_pension/additional_pension/unit.csv", include_str!("unit.csv"), of_marked_yen);

/// 付加年金の額 — 200 yen a year for every month with an additional contribution; never revised.
///
/// Law: 国民年金法44条. Early claiming and deferral change it by the rates of the basic pension (46条, 附則9条の2第6項).
///
/// - `months`: months with an additional contribution (付加保険料納付済期間)
/// - `month`: under whose law; `None` for the law as last checked
///
/// Returns yen per year.
///
/// # Errors
/// `BadInput` — more months than a life has; `NotInForce` before 1974.
///
/// # Examples
/// 480 months: 96,000円.
pub fn additional_pension(months: i64, month: Option<Month>, trace: &mut Trace) -> Result<Yen, LawError> {
    check_months("付加保険料納付済期間 (additional_paid_months)", months)?;
    let unit = *UNIT.at("00", month.unwrap_or(last_checked(&UNIT, trace)), trace)?;
    let amount = annual(unit, months);
    trace.tell(|| {
        Step::new("国民年金法44条", "付加年金 = 単価 × 付加保険料納付済期間の月数 (改定されない)")
            .with("単価", unit, "")
            .with("付加保険料納付済期間", months, "月")
            .gives(amount)
    });
    Ok(amount)
}

/// As [`additional_pension`], numbers in and out; `months` at most 1,200.
pub fn annual(unit: Yen, months: i64) -> Yen {
    Yen::new(unit.get() * months)
}
