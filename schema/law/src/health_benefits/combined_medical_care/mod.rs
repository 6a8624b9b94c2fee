//! 高額介護合算療養費 (健康保険法115条の2, 健康保険法施行令43条の2〜43条の4).

use domain::{Month, Ratio, Rounding, Yen};

use super::annual_outpatient::BenefitYear;
use super::high_cost_category::{AgedCategory, LimitSetting, Under70Category};
use crate::book::LawTable;
use crate::table::of_yen;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static THRESHOLDS: LawTable<Yen> =
    LawTable::new("health_benefits/combined_medical_care/thresholds.csv", include_str!("thresholds.csv"), of_yen);

/// 世帯の年齢構成と所得区分 (基準日の属する月).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CombinedCategory {
    /// 70歳未満の者がいる世帯.
    Under70OrMixed(Under70Category),
    /// 70歳以上75歳未満の者だけの世帯.
    Only70To74(AgedCategory),
}

/// 高額介護合算療養費等 — what is paid for the year, and who pays it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CombinedBenefit {
    /// 介護合算算定基準額.
    pub threshold: Yen,
    /// 支給総額.
    pub total: Yen,
    /// 医療保険者の支給額 (高額介護合算療養費).
    pub medical: Yen,
    /// 介護保険者の支給額 (高額医療合算介護サービス費).
    pub care: Yen,
}

/// 設定: The order names the share (介護合算按分率) and no rounding of the parts: the medical insurer pays whole yen,
/// 1円未満切捨て (国等の債権債務等の金額の端数計算に関する法律2条), the care insurer the rest.
pub const SPLIT_SETTING: &str = "設定: 医療分 = 支給総額 × 医療の自己負担額 / 合算額 (1円未満切捨て)、介護分 = 残り";

/// 高額介護合算療養費 — of a household for the year from August to July.
///
/// Law: 健康保険法115条の2, 令43条の2 (支給, 支給基準額, 按分率), 43条の3 (介護合算算定基準額).
///
/// - `medical_paid`, `care_paid`: 自己負担額 of the year after the monthly high-cost benefits of each insurance; under 70
///   only items of 21,000円 or more. Where one of them is 0 nothing is paid.
///
/// Returns whole yen. An excess of 500円 or less is not paid; a larger one is paid in full.
///
/// # Errors
/// `BadInput` — a category of another time; `NotInForce` — no threshold for the year; `PastLastCheck`.
///
/// # Examples
/// ウ: 500,000円 + 400,000円 − 670,000円 = 230,000円, of which medical 127,777円 and care 102,223円.
pub fn combined_medical_care(
    year: BenefitYear,
    category: CombinedCategory,
    medical_paid: Yen,
    care_paid: Yen,
    trace: &mut Trace,
) -> Result<CombinedBenefit, LawError> {
    let first_month = year.first_month();
    let threshold = threshold(first_month, category, trace)?;
    let least = *THRESHOLDS.at("any/minimum_payable_excess", first_month, trace)?;
    let sum = medical_paid + care_paid;
    let excess = (sum - threshold).max(Yen::ZERO);
    let both = medical_paid > Yen::ZERO && care_paid > Yen::ZERO;
    let total = if both && excess > least { excess } else { Yen::ZERO };
    trace.step(
        Step::new(
            "健康保険法115条の2・健康保険法施行令43条の2",
            "支給総額 = 医療と介護の自己負担額の合算額 − 算定基準額。支給基準額以下の超過や一方が0円のときは支給しない",
        )
        .with("計算期間の初月", first_month, "")
        .with("医療の自己負担額", medical_paid, "")
        .with("介護の自己負担額", care_paid, "")
        .with("介護合算算定基準額", threshold, "")
        .with("支給基準額", least, "")
        .gives(total),
    );
    let medical = split(total, medical_paid, sum, trace);
    Ok(CombinedBenefit { threshold, total, medical, care: total - medical })
}

fn threshold(month: Month, category: CombinedCategory, trace: &mut Trace) -> Result<Yen, LawError> {
    let key = match category {
        CombinedCategory::Under70OrMixed(category) => {
            format!("under70_or_mixed_household/{}", category.key(month, LimitSetting::InForce)?)
        }
        CombinedCategory::Only70To74(category) => format!("70to74_only/{}", category.key(month)?),
    };
    THRESHOLDS.at(&key, month, trace).copied()
}

/// 介護合算按分率 — the medical insurer's part.
fn split(total: Yen, medical_paid: Yen, sum: Yen, trace: &mut Trace) -> Yen {
    if total == Yen::ZERO {
        return Yen::ZERO;
    }
    let share = Ratio::new(i128::from(medical_paid.get()), i128::from(sum.get()));
    let medical = total.times(share, Rounding::Floor);
    trace.step(
        Step::new("健康保険法施行令43条の2 (介護合算按分率)", SPLIT_SETTING)
            .with("按分率 (医療)", share, "")
            .with("支給総額", total, "")
            .gives(format!("医療 {medical}、介護 {}", total - medical)),
    );
    medical
}
