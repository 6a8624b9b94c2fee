//! 免除された月の保険料 — what stays to be paid and what is exempted (国民年金法90条, 90条の2第6項).

use domain::{Month, Ratio, Yen};

use super::monthly_contribution::monthly_contribution;
use super::relief::{Relief, payable_part};
use super::rounded_to_10;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 納付すべき額と免除された額, of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExemptionAmount {
    /// 納付すべき額.
    pub payable: Yen,
    /// 免除された額: the rest.
    pub exempted: Yen,
}

/// 免除された月の保険料 — what a relief leaves to be paid.
///
/// Law: 国民年金法90条の2第1項から3項まで (1/4, 1/2, 3/4 of the amount), 6項 (5円未満切捨て・5円以上10円未満切上げ of the
/// payable part; what is exempted is the difference); 90条, 89条, 90条の3 (nothing is payable).
///
/// Returns yen of one month; both add up to the contribution.
///
/// # Errors
/// `NotInForce` — the relief does not exist in that month; `PastLastCheck` — a year not announced yet.
///
/// # Examples
/// 2025-04, 四分の三免除: 17,510 × 1/4 = 4,377.5: 4,380円 payable, 13,130円 exempted.
pub fn exemption_amount(relief: Relief, month: Month, trace: &mut Trace) -> Result<ExemptionAmount, LawError> {
    let part = payable_part(relief, month, trace)?;
    let full = monthly_contribution(month, trace)?;
    let amount = split(full, part);
    let clause = if relief.is_partial() { "国民年金法90条の2第6項" } else { relief.clause() };
    trace.step(
        Step::new(
            clause,
            format!("{}: 納付すべき額 = 保険料額 × 割合 (5円未満切捨て、5円以上10円未満切上げ)", relief.words()),
        )
        .with("保険料額", full, "")
        .with("納付すべき割合", part, "")
        .gives(format!("納付すべき額 {}、免除された額 {}", amount.payable, amount.exempted)),
    );
    Ok(amount)
}

/// As [`exemption_amount`], numbers in, numbers out.
///
/// - `full`: 保険料額, yen
/// - `part`: which part stays to be paid, 0 to 1
pub fn split(full: Yen, part: Ratio) -> ExemptionAmount {
    let payable = rounded_to_10(part.times_yen(full));
    ExemptionAmount { payable, exempted: full - payable }
}
