//! 保険料の額 (国民年金法87条3項から5項まで).

use domain::{Month, Ratio, Yen};

use super::{of_rates, of_yen, rounded_to_10};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static STATUTORY_AMOUNTS: LawTable<Yen> = LawTable::new(
    "national_pension/monthly_contribution/statutory_amounts.csv",
    include_str!("statutory_amounts.csv"),
    of_yen,
);

pub(super) static REVISION_RATES: LawTable<Ratio> = LawTable::new(
    "national_pension/monthly_contribution/revision_rates.csv",
    include_str!("revision_rates.csv"),
    of_rates,
);

/// 保険料額 — the monthly contribution of 第1号被保険者 and voluntary insured.
///
/// Law: 国民年金法87条3項 (法定額 × 保険料改定率, 5円未満切捨て・5円以上10円未満切上げ), 4項・5項 (保険料改定率, set by the
/// Cabinet Order on 改定率; loaded, never computed).
///
/// - `month`: 月分, fiscal 2004 to the last one announced
///
/// Returns yen per month, a multiple of 10.
///
/// # Errors
/// `NotInForce` — before 2004-04; `PastLastCheck` — a year whose rate is not announced yet.
///
/// # Examples
/// 2025-04: 17,000円 × 1.030 = 17,510円. 2026-04: 17,000円 × 1.054 = 17,918円, so 17,920円.
pub fn monthly_contribution(month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    let statutory = *STATUTORY_AMOUNTS.at("", month, trace)?;
    let rate = *REVISION_RATES.at("", month, trace)?;
    let amount = revised(statutory, rate);
    trace.step(
        Step::new("国民年金法87条3項", "保険料額 = 法定額 × 保険料改定率 (5円未満切捨て、5円以上10円未満切上げ)")
            .with("月分", month, "")
            .with("法定額", statutory, "")
            .with("保険料改定率", rate, "")
            .gives(amount),
    );
    Ok(amount)
}

/// 改定後の保険料額 — numbers in, number out (国民年金法87条3項).
///
/// - `statutory`: 法定額, yen
/// - `rate`: 保険料改定率
///
/// Returns yen, rounded to ten: 5円未満切捨て・5円以上10円未満切上げ.
pub fn revised(statutory: Yen, rate: Ratio) -> Yen {
    rounded_to_10(rate.times_yen(statutory))
}
