//! 傷病手当金 (健康保険法99条) — the amount per day; when it begins and how long it lasts.

use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use super::coordination::Allowance;
use crate::book::LawTable;
use crate::table::{Table, TableError, of_yen};
use crate::{LawError, Step, Trace};

pub mod period;
pub mod waiting;

#[cfg(test)]
mod tests;

/// 日額の基礎 — what the rate is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// その日の標準報酬日額 (before 2016-04).
    StandardOfTheDay,
    /// 直近の継続した12月の標準報酬月額の平均 / 30.
    AverageOfTwelveMonths,
}

/// 日額の定め.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyRate {
    /// The share of the basis that is paid.
    pub rate: Ratio,
    /// Of what.
    pub basis: Basis,
}

pub(super) static DAILY_RATES: LawTable<DailyRate> =
    LawTable::new("health_benefits/sickness_allowance/daily_rates.csv", include_str!("daily_rates.csv"), read_rates);
pub(super) static ITEM2: LawTable<Yen> =
    LawTable::new("health_benefits/sickness_allowance/item2.csv", include_str!("item2.csv"), of_yen);

fn read_rates(text: &str) -> Result<Table<DailyRate>, TableError> {
    Table::read(text, |rows, line| {
        let basis = match line.text("basis") {
            "standard_of_the_day" => Basis::StandardOfTheDay,
            "average_of_twelve_months" => Basis::AverageOfTwelveMonths,
            other => return Err(format!("basis {other:?} is unknown")),
        };
        rows.push(line.row(|value| fraction(value).map(|rate| DailyRate { rate, basis }))?);
        Ok(())
    })
}

/// `2/3`.
fn fraction(text: &str) -> Option<Ratio> {
    let (numerator, denominator) = text.split_once('/')?;
    let (numerator, denominator): (i32, i32) = (numerator.parse().ok()?, denominator.parse().ok()?);
    (denominator > 0).then(|| Ratio::new(i128::from(numerator), i128::from(denominator)))
}

/// 全国健康保険協会, as the table of averages names it.
pub const KYOKAI: &str = "kyokai";
/// 直近の継続した12月.
const MONTHS: usize = 12;

/// 手当金の日額.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyAmount {
    /// 標準報酬日額に相当する額, to 10 yen.
    pub base: Yen,
    /// 日額, before any reduction by other income.
    pub daily: Yen,
}

/// 手当金の日額 — the amount per day of a sickness or maternity allowance, fixed when it begins.
///
/// Law: 健康保険法99条2項 (12月の平均の30分の1, 10円単位; その3分の2, 50銭で四捨五入; 12月に満たないときは1号と
/// 2号の少ない額), 102条2項 (出産手当金に準用). Before 2016-04: 標準報酬日額の3分の2.
///
/// - `standards`: 標準報酬月額 of the consecutive months up to that of `start`, oldest first, yen, all of the same
///   insurer; fewer than 12 are a short record, of more the last 12 count, before 2016-04 only the last
/// - `start`: 支給を始める日
/// - `insurer`: whose average stands in item 2; `kyokai`
///
/// Returns yen per day.
///
/// # Errors
/// `BadInput` — no standard, or one of 0; `NotInForce` — before 2007-04, or an insurer whose average is not on
/// file; `PastLastCheck`.
///
/// # Examples
/// 160,000円 × 6 and 180,000円 × 6: 5,670円, 3,780円. Three months of 500,000円, from June 2026: 10,670円 (item 2 is
/// less), 7,113円.
pub fn daily_amount(
    allowance: Allowance,
    standards: &[Yen],
    start: Date,
    insurer: &str,
    trace: &mut Trace,
) -> Result<DailyAmount, LawError> {
    let last = check(standards)?;
    let month = Month::of(start);
    let rule = *DAILY_RATES.at(key_of(allowance), month, trace)?;
    let base = match rule.basis {
        Basis::StandardOfTheDay => standard_daily(last, trace),
        Basis::AverageOfTwelveMonths => base_of_average(standards, month, insurer, trace)?,
    };
    let daily = base.times(rule.rate, Rounding::HalfUp);
    trace.step(
        Step::new(rate_clause(allowance), "日額 = 標準報酬日額に相当する額 × 割合 (50銭未満切捨て、50銭以上切上げ)")
            .with("標準報酬日額に相当する額", base, "")
            .with("割合", rule.rate, "")
            .gives(daily),
    );
    Ok(DailyAmount { base, daily })
}

fn check(standards: &[Yen]) -> Result<Yen, LawError> {
    let bad = |reason: &str| LawError::bad_input("標準報酬月額", reason);
    if standards.iter().any(|standard| *standard <= Yen::ZERO) {
        return Err(bad("各月の標準報酬月額を1円以上で入力してください"));
    }
    standards.last().copied().ok_or_else(|| bad("支給を始める日の属する月までの標準報酬月額を1月以上入力してください"))
}

fn key_of(allowance: Allowance) -> &'static str {
    match allowance {
        Allowance::Sickness => "sickness",
        Allowance::Maternity => "maternity",
    }
}

fn rate_clause(allowance: Allowance) -> &'static str {
    match allowance {
        Allowance::Sickness => "健康保険法99条2項",
        Allowance::Maternity => "健康保険法102条2項・99条2項",
    }
}

/// 5円未満切捨て、5円以上切上げ.
fn round_10(amount: Ratio) -> Yen {
    let tens = Ratio::new(amount.numerator(), amount.denominator() * 10).round(Rounding::HalfUp);
    Yen::new(tens.get() * 10)
}

/// 標準報酬日額 (健康保険法99条1項, before 2016-04).
fn standard_daily(standard: Yen, trace: &mut Trace) -> Yen {
    let base = round_10(Ratio::new(1, 30).times_yen(standard));
    trace.step(
        Step::new(
            "健康保険法99条1項 (平成28年3月まで)",
            "標準報酬日額 = その日の標準報酬月額 ÷ 30 (10円単位に四捨五入)",
        )
        .with("標準報酬月額", standard, "")
        .gives(base),
    );
    base
}

fn base_of_average(standards: &[Yen], month: Month, insurer: &str, trace: &mut Trace) -> Result<Yen, LawError> {
    let counted = &standards[standards.len().saturating_sub(MONTHS)..];
    let own = own_base(counted, trace);
    if counted.len() >= MONTHS {
        return Ok(own);
    }
    let everybody = *ITEM2.at(insurer, month, trace)?;
    let item2 = round_10(Ratio::new(1, 30).times_yen(everybody));
    let base = own.min(item2);
    trace.step(
        Step::new("健康保険法99条2項ただし書", "標準報酬月額のある月が12月に満たないため、1号と2号の少ない額による")
            .with("1号 (本人の平均の30分の1)", own, "")
            .with("2号の標準報酬月額 (全被保険者の平均)", everybody, "")
            .with("2号 (その30分の1)", item2, "")
            .gives(base),
    );
    Ok(base)
}

fn own_base(counted: &[Yen], trace: &mut Trace) -> Yen {
    let sum: Yen = counted.iter().copied().sum();
    let months = i128::try_from(counted.len()).expect("at most twelve");
    let average = Ratio::new(i128::from(sum.get()), months);
    let base = round_10(Ratio::new(average.numerator(), average.denominator() * 30));
    trace.step(
        Step::new("健康保険法99条2項", "直近の継続した月の標準報酬月額の平均 ÷ 30 (10円単位に四捨五入)")
            .with("月数", months, "月")
            .with("標準報酬月額の合計", sum, "")
            .with("平均", average, "円")
            .gives(base),
    );
    base
}

/// 各月の標準報酬月額 — of one month, with the insurer that determined it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthStandard {
    /// The month.
    pub month: Month,
    /// Who determined the standard.
    pub insurer: String,
    /// 標準報酬月額, yen.
    pub standard: Yen,
}

/// 同じ保険者の継続した月 — the standards that count for the average.
///
/// Law: 健康保険法99条2項 (直近の継続した12月間; 被保険者が現に属する保険者等により定められたものに限る), 健康保険法
/// 施行規則84条の2. Counted back from the month of `start` without a month between; a month of another insurer
/// ends the count.
///
/// - `records`: in any order, one per month (the last standard of the month)
/// - `insurer`: the one the person belongs to now
///
/// Returns at most 12 standards, oldest first.
///
/// # Errors
/// `BadInput` — two records of one month, or none of this insurer for the month of `start`.
pub fn months_of_insurer(
    records: &[MonthStandard],
    start: Date,
    insurer: &str,
    trace: &mut Trace,
) -> Result<Vec<Yen>, LawError> {
    let bad = |reason: String| LawError::bad_input("各月の標準報酬月額 (months)", reason);
    let mut ordered: Vec<&MonthStandard> = records.iter().collect();
    ordered.sort_by_key(|record| std::cmp::Reverse(record.month));
    if let Some(pair) = ordered.windows(2).find(|pair| pair[0].month == pair[1].month) {
        return Err(bad(format!("{}分が2つあります。月の最後の標準報酬月額を1つ入力してください", pair[0].month)));
    }
    let mut expected = Month::of(start);
    let mut counted = Vec::new();
    for record in ordered.into_iter().filter(|record| record.month <= Month::of(start)).take(MONTHS) {
        if record.month != expected || record.insurer != insurer {
            break;
        }
        counted.push(record.standard);
        expected = expected.previous();
    }
    if counted.is_empty() {
        return Err(bad(format!("{}分に、現在の保険者による標準報酬月額がありません", Month::of(start))));
    }
    counted.reverse();
    explain_months(expected.next(), Month::of(start), counted.len(), insurer, trace);
    Ok(counted)
}

fn explain_months(first: Month, last: Month, months: usize, insurer: &str, trace: &mut Trace) {
    trace.step(
        Step::new(
            "健康保険法99条2項・健康保険法施行規則84条の2",
            "同じ保険者の標準報酬月額が途切れずに続く、直近12月までを用いる",
        )
        .with("保険者", insurer, "")
        .with("最初の月", first, "")
        .with("最後の月", last, "")
        .gives(format!("{months}月")),
    );
}
