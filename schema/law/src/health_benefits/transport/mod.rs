//! 移送費・家族移送費 (健康保険法97条・112条, 健康保険法施行規則80条・81条).

use domain::Yen;

use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 移送の要件 — all three must be met (健康保険法施行規則81条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// 移送により適切な療養を受けた (1号).
    pub treatment_appropriate: bool,
    /// 移動することが著しく困難であった (2号).
    pub moving_difficult: bool,
    /// 緊急その他やむを得なかった (3号).
    pub urgent: bool,
}

/// 移送費の額 — the cost of the most economical usual route and means, at most what was really spent.
///
/// Law: 健康保険法97条1項・112条1項, 健康保険法施行規則80条 (最も経済的な通常の経路及び方法; 現に要した費用を超えない),
/// 81条 (要件). No patient's share.
///
/// - `economical`: cost by the most economical usual route and means, yen
/// - `actual`: what was spent, yen
///
/// Returns yen, 0 where a condition is not met.
///
/// # Errors
/// `BadInput` — a negative cost.
///
/// # Examples
/// Economical 30,000円, spent 45,000円: 30,000円.
pub fn transport_benefit(
    conditions: Conditions,
    economical: Yen,
    actual: Yen,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    if economical < Yen::ZERO || actual < Yen::ZERO {
        return Err(LawError::bad_input("移送に要した費用", "0円以上で入力してください"));
    }
    let Conditions { treatment_appropriate, moving_difficult, urgent } = conditions;
    if !(treatment_appropriate && moving_difficult && urgent) {
        let rule = "適切な療養、移動の著しい困難、緊急その他やむを得ないことのすべてにあたらなければ支給しない";
        trace.step(Step::new("健康保険法施行規則81条", rule).gives("支給しない"));
        return Ok(Yen::ZERO);
    }
    let benefit = economical.min(actual);
    trace.step(
        Step::new(
            "健康保険法97条1項・112条1項・健康保険法施行規則80条",
            "最も経済的な通常の経路及び方法による費用と、現に要した費用の少ない方 (一部負担金はない)",
        )
        .with("最も経済的な通常の経路及び方法による費用", economical, "")
        .with("現に要した費用", actual, "")
        .gives(benefit),
    );
    Ok(benefit)
}
