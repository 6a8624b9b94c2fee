//! 特定疾病の高額療養費 (健康保険法施行令41条9項, 42条9項) — per month and institution.

use domain::{Month, Yen};
use jiff::civil::Date;

use super::high_cost_limits::{Turning75, halved_persons, over_limit};
use crate::book::LawTable;
use crate::table::of_yen;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static LIMITS: LawTable<Yen> =
    LawTable::new("health_benefits/specified_disease/limits.csv", include_str!("limits.csv"), of_yen);

/// 厚生労働大臣が定める疾病.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecifiedDisease {
    /// 人工透析を必要とする慢性腎不全.
    Dialysis,
    /// 血漿分画製剤を投与する先天性血液凝固因子障害.
    Haemophilia,
    /// 抗ウイルス剤を投与する後天性免疫不全症候群 (血液製剤によるもの).
    Hiv,
}

/// 療養を受けた者の年齢.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgeGroup {
    /// 70歳未満.
    #[default]
    Under70,
    /// 70歳以上75歳未満.
    From70To74,
}

/// 特定疾病の療養 — of one person at one institution in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecifiedCare {
    /// 療養のあった月.
    pub month: Month,
    /// 疾病.
    pub disease: SpecifiedDisease,
    /// 年齢.
    pub age: AgeGroup,
    /// 標準報酬月額; needed for dialysis under 70.
    pub standard: Option<Yen>,
    /// 一部負担金等の額.
    pub share: Yen,
    /// 75歳に達する者の生年月日, where the limit may be halved.
    pub turning_75: Option<Date>,
}

/// 特定疾病の高額療養費 — the limit and what comes back.
///
/// Law: 健康保険法施行令41条9項, 42条9項 (10,000円; 人工透析で70歳未満・標準報酬月額53万円以上は20,000円; 75歳到達時特例は
/// その半額).
///
/// Returns limit and refund in whole yen.
///
/// # Errors
/// `MissingFact` — the standard; `BadInput` — a negative share; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Dialysis, 65 years, standard 530,000円: 20,000円; 500,000円: 10,000円.
pub fn specified_disease(care: SpecifiedCare, trace: &mut Trace) -> Result<(Yen, Yen), LawError> {
    if care.share < Yen::ZERO {
        return Err(LawError::bad_input("一部負担金等の額 (self_pay_yen)", "0円以上で入力してください"));
    }
    let full = *LIMITS.at(limit_key(&care, trace)?, care.month, trace)?;
    let turning: Vec<Turning75> =
        care.turning_75.map(|birth| Turning75 { person: "本人".to_owned(), birth }).into_iter().collect();
    let halved = !halved_persons(care.month, &turning, trace).is_empty();
    let limit = if halved { Yen::new(full.get() / 2) } else { full };
    trace.step(
        Step::new("健康保険法施行令42条9項", "特定疾病の算定基準額 (1か月・医療機関ごと)")
            .with("療養のあった月", care.month, "")
            .gives(limit),
    );
    Ok((limit, over_limit("健康保険法施行令41条9項", "特定疾病", care.share, limit, trace)))
}

fn limit_key(care: &SpecifiedCare, trace: &mut Trace) -> Result<&'static str, LawError> {
    if care.disease != SpecifiedDisease::Dialysis || care.age != AgeGroup::Under70 {
        return Ok("ordinary");
    }
    let standard =
        care.standard.ok_or_else(|| LawError::MissingFact { fact: "標準報酬月額 (standard_yen)".to_owned() })?;
    let high = standard >= *LIMITS.at("high_standard_min", care.month, trace)?;
    Ok(if high { "dialysis_high_standard" } else { "ordinary" })
}
