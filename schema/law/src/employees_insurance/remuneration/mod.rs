//! 報酬 (健康保険法3条5項, 厚生年金保険法3条1項3号) and 支払基礎日数 — what pay counts, and which months of it.

use domain::{Month, Ratio, Rounding, Yen};

use crate::book::LawTable;
use crate::table::Table;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(crate) static BASE_DAYS: LawTable<i64> =
    LawTable::new("employees_insurance/remuneration/base_days.csv", include_str!("base_days.csv"), |text| {
        Table::of_values(text, |value| value.parse().ok())
    });

/// 被保険者の区分 — which base days a month needs to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerType {
    /// 一般.
    General,
    /// 短時間労働者.
    ShortTime,
    /// 短時間就労者 (part-timer of three quarters).
    PartTimer,
}

impl WorkerType {
    /// As forms mark it: 短時間労働者, パート.
    pub const fn of(short_time: bool, part_timer: bool) -> WorkerType {
        match (short_time, part_timer) {
            (true, _) => WorkerType::ShortTime,
            (false, true) => WorkerType::PartTimer,
            (false, false) => WorkerType::General,
        }
    }
}

/// 支払基礎日数 and 報酬月額 of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayMonth {
    /// 支払基礎日数.
    pub base_days: i64,
    /// 報酬月額, cash and kind together.
    pub pay: Yen,
}

/// 支払基礎日数 — how many days a month needs to count, without the fallback of 短時間就労者.
///
/// Law: 健康保険法41条1項・43条1項, 厚生年金保険法21条1項・23条1項.
///
/// # Errors
/// `NotInForce` before 2006-07 (短時間労働者: 2016-10), `PastLastCheck`.
pub fn base_days(worker: WorkerType, month: Month, trace: &mut Trace) -> Result<i64, LawError> {
    let key = match worker {
        WorkerType::General => "general",
        WorkerType::ShortTime => "short_time",
        WorkerType::PartTimer => "part_timer",
    };
    BASE_DAYS.at(key, month, trace).copied()
}

/// 短時間就労者の支払基礎日数 when no month has the days of `base_days`.
///
/// Law: 平成18年5月12日庁保険発0512001号.
///
/// # Errors
/// As `base_days`.
pub fn fallback_base_days(month: Month, trace: &mut Trace) -> Result<i64, LawError> {
    BASE_DAYS.at("part_timer_fallback", month, trace).copied()
}

/// 報酬月額の平均 — of the months that count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalAverage {
    /// 総計.
    pub total: Yen,
    /// 平均額, fractions dropped; 0 when no month counts (then the insurer determines).
    pub average: Yen,
    /// Places of the months that count, in the order given.
    pub counting: Vec<usize>,
}

/// 総計と平均額 — of the months with enough base days; for 短時間就労者 those of 15 days when none has 17.
///
/// Law: 健康保険法41条1項・43条の2第1項・43条の3第1項, 厚生年金保険法21条1項・23条の2第1項・23条の3第1項; 平成18年5月12日
/// 庁保険発0512001号 (15 days). Fractions of a yen are dropped.
///
/// - `months`: one to three months of full pay at the employer
/// - `at`: the month whose law on base days applies, the first from which the decision holds
///
/// # Errors
/// `BadInput` — no or too many months, negative days or pay, or more than 31 days; `NotInForce`, `PastLastCheck`.
pub fn total_average(
    worker: WorkerType,
    months: &[PayMonth],
    at: Month,
    trace: &mut Trace,
) -> Result<TotalAverage, LawError> {
    check(months)?;
    let counting = |least: i64| counting(months, least);
    let mut least = base_days(worker, at, trace)?;
    let mut clause = "健康保険法41条1項・厚生年金保険法21条1項";
    if worker == WorkerType::PartTimer && counting(least).is_empty() {
        least = fallback_base_days(at, trace)?;
        clause = "平成18年5月12日庁保険発0512001号";
    }
    let counting = counting(least);
    let TotalAverage { total, average, .. } = averaged(months, &counting);
    trace.step(
        Step::new(clause, format!("平均額 = 支払基礎日数{least}日以上の月の報酬の合計 ÷ その月数 (円未満切捨て)"))
            .with("総計", total, "")
            .with("算入する月", counting.len(), "か月")
            .gives(average),
    );
    Ok(TotalAverage { total, average, counting })
}

/// 算入する月 — places of the months with so many base days.
pub(super) fn counting(months: &[PayMonth], least: i64) -> Vec<usize> {
    months.iter().enumerate().filter(|(_, month)| month.base_days >= least).map(|(place, _)| place).collect()
}

/// The sum and the average of these months, fractions of a yen dropped; 0 for none.
pub(super) fn averaged(months: &[PayMonth], counting: &[usize]) -> TotalAverage {
    let total: Yen = counting.iter().map(|&place| months[place].pay).sum();
    let divisor = i128::try_from(counting.len().max(1)).expect("months of a year");
    let average = total.times(Ratio::new(1, divisor), Rounding::Floor);
    TotalAverage { total, average, counting: counting.to_vec() }
}

impl PayMonth {
    /// Days of a month, and pay that is not negative.
    pub(super) fn fits(&self) -> bool {
        (0..=31).contains(&self.base_days) && self.pay >= Yen::ZERO
    }
}

fn check(months: &[PayMonth]) -> Result<(), LawError> {
    if (1..=3).contains(&months.len()) && months.iter().all(PayMonth::fits) {
        return Ok(());
    }
    let reason = "1か月から3か月分を、日数は0日から31日、報酬は0円以上で入力してください";
    Err(LawError::bad_input("支払基礎日数と報酬月額", reason))
}

/// 年4回以上支給される賞与 — how many times a year make a bonus part of the remuneration.
const BONUSES_THAT_ARE_REMUNERATION: usize = 4;

/// 報酬月額への賞与の算入 — what the bonuses of a year add to each month's remuneration.
///
/// Law: 健康保険法3条5項・6項, 厚生年金保険法3条1項3号・4号; 昭和36年1月26日保発5号 (paid four times or more in the year
/// before 1 July: the year's sum ÷ 12 is remuneration, and no standard bonus is decided). Fractions dropped.
///
/// - `paid`: the payments of one kind of bonus in the twelve months before 1 July, yen
///
/// Returns `None` when they were paid three times or less: then each is a bonus (賞与).
///
/// # Errors
/// `BadInput` — a negative payment.
pub fn monthly_part_of_bonuses(paid: &[Yen], trace: &mut Trace) -> Result<Option<Yen>, LawError> {
    if paid.iter().any(|payment| *payment < Yen::ZERO) {
        return Err(LawError::bad_input("賞与の額", "0円以上で入力してください"));
    }
    let counts = paid.len() >= BONUSES_THAT_ARE_REMUNERATION;
    let total: Yen = paid.iter().copied().sum();
    let part = counts.then(|| total.times(Ratio::new(1, 12), Rounding::Floor));
    let told =
        part.map_or("報酬に含めない (賞与とする)".to_owned(), |part| format!("毎月の報酬に{part}を加える"));
    trace.step(
        Step::new(
            "健康保険法3条5項・厚生年金保険法3条1項3号",
            "7月1日前の1年間に4回以上支給された賞与は、その合計 ÷ 12 を報酬月額に加える (円未満切捨て)",
        )
        .with("支給回数", paid.len(), "回")
        .with("合計", total, "")
        .gives(told),
    );
    Ok(part)
}

/// 報酬月額 — cash, kind and the monthly part of frequent bonuses.
///
/// Law: 健康保険法3条5項・46条, 厚生年金保険法3条1項3号・25条 (pay in kind at the prices that the notice gives).
///
/// # Errors
/// `BadInput` — a negative amount.
///
/// - `bonus_part`: what `monthly_part_of_bonuses` gives, 0 where bonuses are no remuneration
pub fn monthly_remuneration(cash: Yen, in_kind: Yen, bonus_part: Yen, trace: &mut Trace) -> Result<Yen, LawError> {
    if cash < Yen::ZERO || in_kind < Yen::ZERO {
        return Err(LawError::bad_input("通貨・現物の額", "0円以上で入力してください"));
    }
    let remuneration = cash + in_kind + bonus_part;
    trace.step(
        Step::new("健康保険法3条5項・46条・厚生年金保険法3条1項3号・25条", "報酬月額 = 通貨 + 現物 + 賞与の月割額")
            .with("通貨", cash, "")
            .with("現物", in_kind, "")
            .with("賞与の月割額", bonus_part, "")
            .gives(remuneration),
    );
    Ok(remuneration)
}
