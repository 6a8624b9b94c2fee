//! 再評価率の改定 (厚生年金保険法43条の2から43条の5まで) — the rates of a year from those of the year before. The tables
//! are the law; this says what a year's table must be, and finds a wrong cell.

use domain::Month;

use super::Thousandths;

/// 改定の率 — what a year multiplies the rates of the year before by, each rounded to 3 places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearFactors {
    /// 年金の年度.
    pub fiscal_year: i16,
    /// Months to the fourth fiscal year before: 名目手取り賃金変動率 or 物価変動率, with the slide.
    pub general: Thousandths,
    /// Months of the third and second before: 物価変動率 × 可処分所得割合変化率 × 調整率.
    pub recent: Thousandths,
    /// Months of the year before, and the year itself: 可処分所得割合変化率 × 調整率.
    pub newest: Thousandths,
}

impl YearFactors {
    /// The factor of a month of remuneration.
    pub fn of(&self, month: Month) -> Thousandths {
        match self.fiscal_year.saturating_sub(month.fiscal_year()) {
            4.. => self.general,
            2..=3 => self.recent,
            _ => self.newest,
        }
    }
}

/// 改定後の再評価率 — last year's rate times the factor, 3 places, 0.0005 up.
///
/// Law: 厚生年金保険法43条の2第1項 (次年度 = 前年度の率 × 改定の率), 改定率政令 (小数点以下3位未満四捨五入). For the months of
/// the new year the rate of the year before's own months stands in.
///
/// - `rate`, `factor`: from 0.001 to 100.000
///
/// # Examples
/// 0.926 × 0.996 = 0.922.
pub fn next_rate(rate: Thousandths, factor: Thousandths) -> Thousandths {
    Thousandths(super::super::half_up(i128::from(rate.0) * i128::from(factor.0), 1000))
}
