//! 平均標準報酬月額・平均標準報酬額 (厚生年金保険法43条1項, 平成12年改正法附則20条1項).

use domain::{Month, Yen};

use super::multiplier::PartRates;
use super::proportional_part::{Averages, DEEMED_MONTHS, ShortMonths};
use super::revaluation::RevaluationRates;
use super::{MONTHS_MAX, TOTAL_REMUNERATION_FROM, Thousandths, half_up};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// More than any standard or bonus of a month; sums of a life stay far below 2^63.
const MOST_YEN: i64 = 1_000_000_000;

/// 報酬の月 — one insured month (第1号厚生年金被保険者; 第三種 months before 1991-04 are weighted and none of these).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemunerationMonth {
    /// 月.
    pub month: Month,
    /// 標準報酬月額, yen.
    pub standard_yen: i64,
    /// 標準賞与額 paid in the month, yen; does not count before 2003-04.
    pub bonus_yen: i64,
}

/// 平均の端数 — a setting: no clause or official text says how the average is rounded (厚生年金保険法施行令3条の
/// 端数処理 permits whole yen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AverageFraction {
    /// 50銭未満切捨て・50銭以上切上げ.
    #[default]
    WholeYen,
    /// No rounding before the amount of the year.
    Exact,
}

/// 再評価後の総額 — sums of a life in thousandths of a yen, exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RevaluedTotals {
    /// Months to 2003-03.
    pub pre2003_months: i32,
    /// Standards × rates of those months.
    pub pre2003_thousandths: i64,
    /// Months from 2003-04.
    pub post2003_months: i32,
    /// (Standards + bonuses) × rates of those months.
    pub post2003_thousandths: i64,
}

impl RevaluedTotals {
    /// 平均 — whole yen a month, 50銭未満切捨て・50銭以上切上げ; 0 where there is no month.
    #[inline]
    pub fn averages(&self) -> Averages {
        let average = |total: i64, months: i32| match months {
            0 => Yen::ZERO,
            months => Yen::new(half_up(i128::from(total), i128::from(months) * 1000)),
        };
        Averages {
            pre2003_average: average(self.pre2003_thousandths, self.pre2003_months),
            pre2003_months: self.pre2003_months,
            post2003_average: average(self.post2003_thousandths, self.post2003_months),
            post2003_months: self.post2003_months,
        }
    }

    /// 報酬比例部分 by the setting [`AverageFraction::Exact`]: average × months is the total itself.
    #[inline]
    pub fn proportional_amount_exact(&self, rates: PartRates, factor: Thousandths, short: ShortMonths) -> Yen {
        let before = i128::from(self.pre2003_thousandths) * i128::from(rates.pre2003_millionths);
        let after = i128::from(self.post2003_thousandths) * i128::from(rates.post2003_millionths);
        let months = self.pre2003_months + self.post2003_months;
        let (of, months) = match short {
            ShortMonths::Deemed300 if (1..DEEMED_MONTHS).contains(&months) => (DEEMED_MONTHS, months),
            _ => (1, 1),
        };
        let numerator = (before + after) * i128::from(factor.0) * i128::from(of);
        Yen::new(half_up(numerator, 1_000_000_000_000 * i128::from(months)))
    }
}

/// 再評価後の総額 — the sums of a life by one benefit year's rates; pure, no allocation. For the night.
///
/// - `record`: insured months in order, each once, to the end of the benefit year
///
/// Returns `None` when months are out of order or too many, an amount is negative or beyond 10^9 yen, or a month has
/// no rate; [`average_remuneration`] says which.
#[inline]
pub fn revalued_totals(record: &[RemunerationMonth], rates: &RevaluationRates) -> Option<RevaluedTotals> {
    let from = total_remuneration_from();
    let mut totals = RevaluedTotals::default();
    let mut last: Option<Month> = None;
    if record.len() > usize::try_from(MONTHS_MAX).unwrap_or(0) {
        return None;
    }
    for entry in record {
        let rate = rates.thousandths(entry.month);
        if rate == 0 || last >= Some(entry.month) || !fits(entry.standard_yen) || !fits(entry.bonus_yen) {
            return None;
        }
        last = Some(entry.month);
        if entry.month < from {
            totals.pre2003_months += 1;
            totals.pre2003_thousandths += entry.standard_yen * rate;
        } else {
            totals.post2003_months += 1;
            totals.post2003_thousandths += (entry.standard_yen + entry.bonus_yen) * rate;
        }
    }
    Some(totals)
}

fn fits(yen: i64) -> bool {
    (0..=MOST_YEN).contains(&yen)
}

/// 総報酬制の初月.
fn total_remuneration_from() -> Month {
    let (year, month) = TOTAL_REMUNERATION_FROM;
    Month::new(year, month).expect("a month")
}

/// 平均標準報酬月額・平均標準報酬額 — the averages of a life after revaluation.
///
/// Law: 厚生年金保険法43条1項, 平成12年改正法附則20条1項1号・2号 (to 2003-03 without bonuses, from 2003-04 with).
/// With rates of [`RevaluationRates::level_1994`]: 平成12年改正法附則21条1項.
///
/// - `record`: as for [`revalued_totals`]
///
/// Returns the exact totals; [`RevaluedTotals::averages`] are whole yen, which is the setting `AverageFraction`.
///
/// # Errors
/// `BadInput` — months out of order, after the benefit year, or amounts that cannot be; `CannotDecide` — only an
/// estimate of a month's rate is on file.
///
/// # Examples
/// April 2025 and May 2025, 200,000円 each, benefit year 2025 (0.922), a bonus of 100,000円 in May: 230,500円.
pub fn average_remuneration(
    record: &[RemunerationMonth],
    rates: &RevaluationRates,
    trace: &mut Trace,
) -> Result<RevaluedTotals, LawError> {
    let totals = revalued_totals(record, rates).ok_or_else(|| why_not(record, rates))?;
    let averages = totals.averages();
    trace.tell(|| Step::new(
            "厚生年金保険法43条1項・平成12年改正法附則20条1項",
            "平均 = 各月の標準報酬月額 (平成15年4月以後は標準賞与額を加える) × 再評価率 の総額 ÷ 月数。1円未満は四捨五入 (設定)",
        )
        .with("年金の年度", rates.fiscal_year(), "年度")
        .with("平成15年3月以前の月数", averages.pre2003_months, "月")
        .with("平成15年4月以後の月数", averages.post2003_months, "月")
        .gives(format!(
            "平均標準報酬月額 {}、平均標準報酬額 {}",
            averages.pre2003_average, averages.post2003_average
        )));
    Ok(totals)
}

/// What is wrong with a record that has no totals.
fn why_not(record: &[RemunerationMonth], rates: &RevaluationRates) -> LawError {
    let item = "報酬の月の一覧 (months)";
    if let Some(pair) = record.windows(2).find(|pair| pair[0].month >= pair[1].month) {
        return LawError::bad_input(item, format!("{}が2度あるか、順になっていません", pair[1].month));
    }
    if let Some(entry) = record.iter().find(|entry| !fits(entry.standard_yen) || !fits(entry.bonus_yen)) {
        return LawError::bad_input(item, format!("{}の額は0円以上10億円以下で入力してください", entry.month));
    }
    let refused = record.iter().find_map(|entry| rates.at(entry.month).err());
    refused.unwrap_or_else(|| LawError::bad_input(item, format!("{MONTHS_MAX}月以下で入力してください")))
}
