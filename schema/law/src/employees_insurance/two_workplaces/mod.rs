//! 二以上の事業所に使用される被保険者 (健康保険法44条3項・健康保険法施行令47条, 厚生年金保険法24条2項・厚生年金保険法施行令4条).

use domain::{Month, Prefecture, Ratio, Yen};
use jiff::ToSpan;
use jiff::civil::Date;

use super::bonus::{epi_cap, floor_1000, hi_cap};
use super::contribution::{
    Collection, EPI_SHARE, HI_SHARE, HealthRates, contribution_full, contribution_rate, employee_share, epi_full,
    epi_rate, hi_full,
};
use super::due_date::open_day;
use super::{Scheme, check_day, grade};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 保険者・事業所の選択 (健康保険法施行規則1条の3・2条, 厚生年金保険法施行規則1条・2条).
const SELECTION_DAYS: i32 = 10;

/// 按分後の小数 — a setting: which decimals of an office's part enter its notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeptDecimals {
    /// All of it, as an exact fraction.
    #[default]
    Exact,
    /// HI cut to one decimal, EPI and 拠出金 to two, as a field note says of the official system.
    Official,
}

impl KeptDecimals {
    fn of(self, part: Ratio, official: u32) -> Ratio {
        match self {
            KeptDecimals::Exact => part,
            KeptDecimals::Official => floor_decimals(part, official),
        }
    }

    fn words(self) -> &'static str {
        match self {
            KeptDecimals::Exact => "端数処理しない (設定)",
            KeptDecimals::Official => "健康保険は小数1位、厚生年金保険と拠出金は小数2位までで切捨て (設定)",
        }
    }
}

/// An amount cut to so many decimals.
pub fn floor_decimals(amount: Ratio, decimals: u32) -> Ratio {
    let scale = 10_i128.pow(decimals);
    Ratio::new((amount.numerator() * scale).div_euclid(amount.denominator()), scale)
}

/// 被保険者 — the facts that all offices share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// 月分, or the month in which the bonuses were paid.
    pub month: Month,
    /// 選択した事業所の支部.
    pub prefecture_selected: Prefecture,
    /// 介護保険第2号被保険者か.
    pub ltci_second_insured: bool,
    /// How the employee's half reaches the employers.
    pub collection: Collection,
    /// The setting.
    pub kept_decimals: KeptDecimals,
}

/// 一事業所の負担 — its part of the premiums, and the employee's share of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficePart {
    /// 健康保険料.
    pub hi: Ratio,
    /// 厚生年金保険料.
    pub epi: Ratio,
    /// 子ども・子育て拠出金.
    pub contribution: Ratio,
    /// 健康保険の被保険者負担分.
    pub hi_employee: Yen,
    /// 厚生年金保険の被保険者負担分.
    pub epi_employee: Yen,
}

/// 按分 — the standards of the sum and each office's part, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apportioned {
    /// 健康保険の標準報酬月額 or 標準賞与額.
    pub hi_standard: Yen,
    /// 厚生年金保険の標準報酬月額 or 標準賞与額.
    pub epi_standard: Yen,
    /// Each office.
    pub offices: Vec<OfficePart>,
}

/// 月額の保険料の按分 — one standard from the sum of the remunerations, premiums divided by remuneration.
///
/// Law: 健康保険法44条3項, 厚生年金保険法24条2項 (sum); 健康保険法施行令47条, 厚生年金保険法施行令4条 (division by
/// 報酬月額); 健康保険法161条1項, 厚生年金保険法82条1項 (halves). HI by the rate of the office chosen.
///
/// - `remunerations`: 報酬月額 of each office, whole yen, at least two, not all 0
///
/// Returns exact parts; they enter each office's notice without rounding, or as the setting says.
///
/// # Errors
/// `BadInput` — fewer than two offices, negative or no remuneration; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// 500,000円 and 300,000円, Tokyo, 2020-08: 790,000円 and 620,000円; the first pays 48,733.125円 and 70,912.5円.
pub fn monthly(remunerations: &[Yen], person: Person, trace: &mut Trace) -> Result<Apportioned, LawError> {
    let sum = sum_of(remunerations)?;
    let hi = grade::lookup(Scheme::HealthInsurance, person.month, sum, trace)?.standard;
    let epi = grade::lookup(Scheme::EmployeesPension, person.month, sum, trace)?.standard;
    apportion(remunerations, (hi, epi), person, trace)
}

/// 賞与の保険料の按分 — one standard bonus from the sum of the month's bonuses, divided by bonus.
///
/// Law: 健康保険法45条, 厚生年金保険法24条の4 (caps on the sum); 健康保険法施行令47条, 厚生年金保険法施行令4条.
///
/// - `bonuses`: of each office in the month, whole yen, at least two, not all 0
/// - `hi_counted`: 標準賞与額 of HI already determined in the fiscal year
///
/// # Errors
/// As [`monthly`]; `NotInForce` before 2007-04, when HI had no yearly cap.
pub fn bonus(bonuses: &[Yen], hi_counted: Yen, person: Person, trace: &mut Trace) -> Result<Apportioned, LawError> {
    let sum = floor_1000(sum_of(bonuses)?);
    let hi = sum.min(hi_cap(person.month, trace)?.yen - hi_counted).max(Yen::ZERO);
    let epi = sum.min(epi_cap(person.month, trace)?.yen);
    trace.step(
        Step::new("健康保険法45条1項・厚生年金保険法24条の4第1項", "標準賞与額 = 合算額 (千円未満切捨て)、上限まで")
            .with("合算額 (千円未満切捨て)", sum, "")
            .with("年度内の既決定額", hi_counted, "")
            .gives(format!("健康保険 {hi}、厚生年金保険 {epi}")),
    );
    apportion(bonuses, (hi, epi), person, trace)
}

fn sum_of(amounts: &[Yen]) -> Result<Yen, LawError> {
    let within = |amount: &Yen| (Yen::ZERO..=Yen::new(1_000_000_000_000)).contains(amount);
    let fits = (2..=1000).contains(&amounts.len()) && amounts.iter().all(within);
    let sum = if fits { amounts.iter().copied().sum() } else { Yen::ZERO };
    if sum > Yen::ZERO {
        Ok(sum)
    } else {
        Err(LawError::bad_input("事業所ごとの額", "2以上の事業所について、合計が1円以上になるように入力してください"))
    }
}

fn apportion(
    amounts: &[Yen],
    (hi_standard, epi_standard): (Yen, Yen),
    person: Person,
    trace: &mut Trace,
) -> Result<Apportioned, LawError> {
    let rates = HealthRates::at(person.prefecture_selected, person.month, trace)?;
    let hi = hi_full(hi_standard, rates, person.ltci_second_insured, trace);
    let epi = epi_full(epi_standard, epi_rate(person.month, trace)?, trace);
    let contribution = contribution_full(epi_standard, contribution_rate(person.month, trace)?, trace);
    let sum = sum_of(amounts)?;
    let part = |full: Ratio, amount: Yen, official: u32| {
        let exact = Ratio::new(full.numerator() * i128::from(amount.get()), full.denominator() * i128::from(sum.get()));
        person.kept_decimals.of(exact, official)
    };
    let mut offices = Vec::with_capacity(amounts.len());
    for (place, &amount) in amounts.iter().enumerate() {
        let (hi, epi, contribution) = (part(hi, amount, 1), part(epi, amount, 2), part(contribution, amount, 2));
        trace.step(
            Step::new(
                "健康保険法施行令47条・厚生年金保険法施行令4条",
                format!(
                    "{}番目の事業所の保険料 = 全額 × その事業所の額 ÷ 合算額。{}",
                    place + 1,
                    person.kept_decimals.words()
                ),
            )
            .with("その事業所の額", amount, "")
            .with("合算額", sum, "")
            .gives(format!("健康保険 {hi}円、厚生年金保険 {epi}円、拠出金 {contribution}円")),
        );
        let hi_employee = employee_share(hi, person.collection, HI_SHARE, trace);
        let epi_employee = employee_share(epi, person.collection, EPI_SHARE, trace);
        offices.push(OfficePart { hi, epi, contribution, hi_employee, epi_employee });
    }
    Ok(Apportioned { hi_standard, epi_standard, offices })
}

/// 所属選択届の期限 — ten days from the day on which the second cover began; closed, the next open day.
///
/// Law: 健康保険法施行規則1条の3・2条, 厚生年金保険法施行規則1条 (10日以内); 民法140条 (the day itself does not count).
///
/// # Errors
/// `BadInput` — a day that is none; `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// Second cover 2026-04-01: to 2026-04-13 (the 11th is a Saturday).
pub fn selection_deadline(second_cover_on: Date, trace: &mut Trace) -> Result<Date, LawError> {
    check_day("二以上の事業所に使用されるに至った日 (second_cover_on)", second_cover_on)?;
    let tenth = second_cover_on + SELECTION_DAYS.days();
    trace.step(
        Step::new(
            "健康保険法施行規則1条の3・2条・厚生年金保険法施行規則1条",
            "所属選択・二以上事業所勤務届 = 二以上の事業所に使用されるに至った日から10日以内",
        )
        .with("二以上の事業所に使用されるに至った日", second_cover_on, "")
        .gives(tenth),
    );
    open_day("10日目", tenth, trace)
}
