//! 定時決定の平均 (健康保険法41条, 厚生年金保険法21条).

use domain::{Ratio, Rounding, Yen};

use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 被保険者の区分 — which base days a month needs to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerType {
    /// 一般: 17 days.
    General,
    /// 短時間労働者: 11 days.
    ShortTime,
    /// 短時間就労者 (part-timer of three quarters): 17 days, or 15 when no month has 17.
    PartTimer,
}

/// 支払基礎日数 and 報酬月額 of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayMonth {
    /// 支払基礎日数.
    pub base_days: i64,
    /// 報酬月額, cash and kind together.
    pub pay: Yen,
}

/// 総計と平均額 — of the months that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TotalAverage {
    /// 総計.
    pub total: Yen,
    /// 平均額, fractions dropped; 0 when no month counts (then the insurer determines).
    pub average: Yen,
    /// How many months count.
    pub months: usize,
}

/// 算定基礎届の総計と平均 — of April, May and June.
///
/// Law: 健康保険法41条1項, 厚生年金保険法21条1項 (17 days; 11 for 短時間労働者); 平成18年5月12日庁保険発0512001号
/// (15 days for 短時間就労者 when no month has 17).
///
/// # Errors
/// `BadInput` — not three months, negative days or pay.
pub fn total_average(worker: WorkerType, months: &[PayMonth], trace: &mut Trace) -> Result<TotalAverage, LawError> {
    if months.len() != 3 || months.iter().any(|month| month.base_days < 0 || month.pay < Yen::ZERO) {
        return Err(LawError::bad_input("支払基礎日数と報酬月額", "3か月分を0以上の数で入力してください"));
    }
    let enough = |days: i64| months.iter().any(|month| month.base_days >= days);
    let (clause, least) = match worker {
        WorkerType::General => ("健康保険法41条1項・厚生年金保険法21条1項", 17),
        WorkerType::ShortTime => ("健康保険法41条1項・厚生年金保険法21条1項", 11),
        WorkerType::PartTimer if enough(17) => ("平成18年5月12日庁保険発0512001号", 17),
        WorkerType::PartTimer => ("平成18年5月12日庁保険発0512001号", 15),
    };
    let counting: Vec<Yen> = months.iter().filter(|month| month.base_days >= least).map(|month| month.pay).collect();
    let total: Yen = counting.iter().copied().sum();
    let divisor = i128::try_from(counting.len().max(1)).expect("three at most");
    let average = total.times(Ratio::new(1, divisor), Rounding::Floor);
    trace.step(
        Step::new(clause, format!("平均額 = 支払基礎日数{least}日以上の月の報酬の合計 ÷ その月数 (円未満切捨て)"))
            .with("総計", total, "")
            .with("算入する月", counting.len(), "か月")
            .gives(average),
    );
    Ok(TotalAverage { total, average, months: counting.len() })
}
