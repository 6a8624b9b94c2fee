//! 高額療養費 — 70歳以上と70歳未満がいる世帯 (健康保険法施行令41条1項・3項・5項).

use domain::Yen;

use super::high_cost_70to74::{AgedMonth, AgedSettlement, high_cost_70to74};
use super::high_cost_category::{LimitSetting, Under70Category};
use super::high_cost_limits::{over_limit, tell_limit, under70_limit};
use super::high_cost_under70::{CareItem, check, counted_items};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 70歳以上と70歳未満がいる世帯の一月.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixedMonth {
    /// The members of 70 to 74, with month, their category and 多数回該当.
    pub aged: AgedMonth,
    /// 世帯の所得区分, as for people under 70.
    pub household: Under70Category,
    /// 70歳未満の一部負担金等; 1 to 1,000.
    pub items: Vec<CareItem>,
}

/// 高額療養費の決定.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MixedSettlement {
    /// 70歳以上の段階.
    pub aged: AgedSettlement,
    /// 世帯全体の算定基準額.
    pub limit: Yen,
    /// 世帯全体の合算対象 (70歳以上の残り + 70歳未満の21,000円以上).
    pub counted_share: Yen,
    /// 世帯全体の段階の高額療養費.
    pub household_refund: Yen,
    /// 高額療養費 of all steps.
    pub refund: Yen,
    /// 最終的な自己負担額.
    pub patient_final: Yen,
}

/// 高額療養費 (70歳以上と70歳未満の世帯合算) — the steps of 70 to 74 first, then what remains with the items of 21,000円
/// or more of the others, under the limit for people under 70.
///
/// Law: 健康保険法115条, 令41条5項・3項 (70歳以上), 41条1項・42条1項 (世帯全体).
///
/// # Errors
/// As [`high_cost_70to74`] and [`super::high_cost_under70::high_cost_under70`]; `MissingFact` — the medical cost of 70 to
/// 74 where the limit depends on it.
///
/// # Examples
/// 2026-07, 一般 and ウ: aged inpatient 60,000円 (cost 300,000円) → 57,600円 left; with an item of 300,000円 (cost
/// 1,000,000円): 357,600円 − (80,100円 + (1,300,000円 − 267,000円) × 1% = 90,430円) = 267,170円 come back.
pub fn high_cost_mixed(question: &MixedMonth, trace: &mut Trace) -> Result<MixedSettlement, LawError> {
    check(&question.items)?;
    let (month, occurrence) = (question.aged.month, question.aged.occurrence);
    let aged = high_cost_70to74(&question.aged, trace)?;
    let counted = counted_items(month, &question.items, &[], false, trace)?;
    let counted_share = aged.patient_final() + counted.iter().map(|item| item.share).sum();
    let own: Yen = counted.iter().map(|item| item.medical).sum();
    let medical = aged.medical_total.map(|aged| aged + own);
    let limits = under70_limit(month, question.household, LimitSetting::InForce, trace)?;
    let limit = limits.amount(medical, occurrence).ok_or_else(|| LawError::MissingFact {
        fact: "70歳以上の医療費の合計 (total_medical_yen)".to_owned(),
    })?;
    tell_limit("健康保険法施行令42条1項", &limits, medical, occurrence, limit, trace);
    let clause = "健康保険法115条・健康保険法施行令41条1項";
    let household_refund = over_limit(clause, "世帯全体の合算", counted_share, limit, trace);
    let refund = aged.refund() + household_refund;
    let shares: Yen = aged.share_total + question.items.iter().map(|item| item.share).sum();
    let patient_final = shares - refund;
    trace.step(
        Step::new(clause, "最終的な自己負担額 = 一部負担金等の合計 (合算対象外を含む) − 高額療養費の合計")
            .with("一部負担金等の合計", shares, "")
            .with("高額療養費の合計", refund, "")
            .gives(patient_final),
    );
    Ok(MixedSettlement { aged, limit, counted_share, household_refund, refund, patient_final })
}
