//! 報酬比例部分 (厚生年金保険法43条1項, 平成12年改正法附則20条・21条, 昭和60年改正法附則59条1項).

use domain::{Month, Yen};
use jiff::civil::Date;

use super::multiplier::{Multipliers, PartRates, multipliers, multipliers_of_article_43};
use super::{Thousandths, april_of_amount, check_months, check_yen, half_up};
use crate::basic_pension::revision_rate::conventional_rate;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// みなし月数 — the months that a short life is taken to have (厚生年金保険法50条1項後段, 60条1項1号ただし書).
pub const DEEMED_MONTHS: i32 = 300;

/// 平均と月数 — an insured life before and from April 2003; averages after revaluation, yen a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Averages {
    /// 平均標準報酬月額 (to 2003-03, without bonuses).
    pub pre2003_average: Yen,
    /// 被保険者期間の月数 to 2003-03.
    pub pre2003_months: i32,
    /// 平均標準報酬額 (from 2003-04, with bonuses).
    pub post2003_average: Yen,
    /// 被保険者期間の月数 from 2003-04.
    pub post2003_months: i32,
}

impl Averages {
    fn check(&self) -> Result<(), LawError> {
        check_yen("平均標準報酬月額 (pre2003_average_yen)", self.pre2003_average)?;
        check_yen("平均標準報酬額 (post2003_average_yen)", self.post2003_average)?;
        check_months("平成15年3月以前の月数 (pre2003_months)", self.pre2003_months)?;
        check_months("平成15年4月以後の月数 (post2003_months)", self.post2003_months)
    }

    /// 被保険者期間の月数.
    pub fn months(&self) -> i32 {
        self.pre2003_months + self.post2003_months
    }
}

/// 乗率の定め方 — by birth, or 43条 for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatesBy {
    /// 生年月日による (老齢厚生年金, 長期要件の遺族厚生年金).
    Birth,
    /// 43条の乗率による (障害厚生年金, 短期要件の遺族厚生年金).
    Article43,
}

/// 月数のみなし — whether 300 months are deemed where there are fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortMonths {
    /// The months as they are.
    AsTheyAre,
    /// 300月に満たないときは300月.
    Deemed300,
}

/// 報酬比例部分の問い — whose, in which year, by which rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// 生年月日.
    pub birth: Date,
    /// 年金の年度, from 2015.
    pub fiscal_year: i16,
    /// 平均と月数.
    pub averages: Averages,
    /// 乗率の定め方.
    pub rates_by: RatesBy,
    /// 月数のみなし.
    pub short_months: ShortMonths,
}

impl Part {
    fn multipliers(&self, trace: &mut Trace) -> Result<&'static Multipliers, LawError> {
        match self.rates_by {
            RatesBy::Birth => multipliers(self.birth, self.fiscal_year, trace),
            RatesBy::Article43 => multipliers_of_article_43(self.fiscal_year, trace),
        }
    }
}

/// 報酬比例部分の額 — numbers in, yen out; for the night. `factor` is in thousandths: 1,000 for the new level, the
/// 従前額改定率 for the guaranteed. Rounded once (厚生年金保険法35条1項). Arguments must have been checked: averages
/// up to 10^12 yen, months up to 1,200.
#[inline]
pub fn proportional_amount(averages: &Averages, rates: PartRates, factor: Thousandths, short: ShortMonths) -> Yen {
    let part = |average: Yen, millionths: i64, months: i32| {
        i128::from(average.get()) * i128::from(millionths) * i128::from(months)
    };
    let before = part(averages.pre2003_average, rates.pre2003_millionths, averages.pre2003_months);
    let after = part(averages.post2003_average, rates.post2003_millionths, averages.post2003_months);
    let (of, months) = match short {
        ShortMonths::Deemed300 if (1..DEEMED_MONTHS).contains(&averages.months()) => (DEEMED_MONTHS, averages.months()),
        _ => (1, 1),
    };
    let numerator = (before + after) * i128::from(factor.0) * i128::from(of);
    Yen::new(half_up(numerator, 1_000_000_000 * i128::from(months)))
}

/// 報酬比例部分 (本来水準) — the part of the pension that follows remuneration.
///
/// Law: 厚生年金保険法43条1項, 平成12年改正法附則20条1項 (the two spells), 昭和60年改正法附則59条1項 (rates by
/// birth), 平成12年改正法附則20条3項 (300月), 厚生年金保険法35条1項.
///
/// Returns yen a year; the sum of both spells is rounded once, 50銭未満切捨て・50銭以上切上げ.
///
/// # Errors
/// `BadInput` — amounts or months that cannot be; `NotInForce` — before 2015 (100円 rounding); `PastLastCheck`.
///
/// # Examples
/// 184,400円, 12 months from 2003-04, born 1975: 12,128円. Born 1959, 320,000円 × 240 months and 450,000円 × 200:
/// 1,040,490円.
pub fn proportional_part(part: &Part, trace: &mut Trace) -> Result<Yen, LawError> {
    april_of_amount(part.fiscal_year)?;
    part.averages.check()?;
    let rates = part.multipliers(trace)?.new;
    let amount = proportional_amount(&part.averages, rates, Thousandths(1000), part.short_months);
    tell("厚生年金保険法43条1項・平成12年改正法附則20条", part, rates, Thousandths(1000), amount, trace);
    Ok(amount)
}

/// 従前額保障の額 — the part at the level of 1994, with the rates before the 5% cut of 2000.
///
/// Law: 平成12年改正法附則21条1項 (乗率, 再評価率), 4項 (従前額改定率), 3項 (300月).
///
/// - `part.averages`: averages revalued by 附則別表第1, not by the rates of the benefit year
///
/// Returns yen a year, rounded once.
///
/// # Errors
/// As [`proportional_part`].
///
/// # Examples
/// Born 1959, 290,000円 × 240 months and 390,000円 × 200, fiscal 2025 (1.061): 1,031,273円.
pub fn guaranteed_part(part: &Part, trace: &mut Trace) -> Result<Yen, LawError> {
    let april = april_of_amount(part.fiscal_year)?;
    part.averages.check()?;
    let rates = part.multipliers(trace)?.guaranteed;
    let factor = guaranteed_rate(part.birth, april, trace)?;
    let amount = proportional_amount(&part.averages, rates, factor, part.short_months);
    tell("平成12年改正法附則21条", part, rates, factor, amount, trace);
    Ok(amount)
}

/// 従前額改定率 in thousandths.
pub(super) fn guaranteed_rate(birth: Date, april: Month, trace: &mut Trace) -> Result<Thousandths, LawError> {
    let rate = conventional_rate(birth, april, trace)?;
    let thousandths = rate.in_units_of(1000).filter(|units| (1..=100_000).contains(units));
    let reason = || format!("従前額改定率 {rate} が3桁の率ではありません");
    thousandths.map(Thousandths).ok_or_else(|| LawError::CannotDecide { reason: reason() })
}

/// 支給する報酬比例部分 — the higher of the two levels (平成12年改正法附則21条1項).
pub fn higher_part(new: Yen, guaranteed: Yen, trace: &mut Trace) -> Yen {
    let paid = new.max(guaranteed);
    trace.tell(|| {
        Step::new("平成12年改正法附則21条1項", "本来水準の額が従前額保障の額に満たないときは、従前額保障の額とする")
            .with("本来水準の額", new, "")
            .with("従前額保障の額", guaranteed, "")
            .gives(paid)
    });
    paid
}

fn tell(clause: &'static str, part: &Part, rates: PartRates, factor: Thousandths, amount: Yen, trace: &mut Trace) {
    if !trace.tells() {
        return;
    }
    let averages = &part.averages;
    let deemed = match part.short_months {
        ShortMonths::Deemed300 if averages.months() < DEEMED_MONTHS => " × 300 ÷ 月数",
        _ => "",
    };
    let expression = format!(
        "(平均標準報酬月額 × 乗率 × 平成15年3月以前の月数 + 平均標準報酬額 × 乗率 × 平成15年4月以後の月数){deemed} \
         × 改定率 (1円未満は50銭未満切捨て・50銭以上切上げ)"
    );
    trace.tell(|| {
        Step::new(clause, expression)
            .with("平均標準報酬月額", averages.pre2003_average, "")
            .with("乗率 (平成15年3月以前)", rates.pre2003_millionths, "/1,000,000")
            .with("平成15年3月以前の月数", averages.pre2003_months, "月")
            .with("平均標準報酬額", averages.post2003_average, "")
            .with("乗率 (平成15年4月以後)", rates.post2003_millionths, "/1,000,000")
            .with("平成15年4月以後の月数", averages.post2003_months, "月")
            .with("従前額改定率 (本来水準は1)", factor, "")
            .gives(amount)
    });
}
