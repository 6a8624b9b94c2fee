//! 保険料 (健康保険法156条・160条・161条, 厚生年金保険法81条・82条, 子ども・子育て支援法69条・70条).

use domain::{Month, Prefecture, Ratio, Rounding, Yen};

use crate::book::LawTable;
use crate::table::of_rates;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static HI_RATES: LawTable<Ratio> =
    LawTable::new("employees_insurance/contribution/hi_rates.csv", include_str!("hi_rates.csv"), of_rates);
pub(super) static LTCI_RATES: LawTable<Ratio> =
    LawTable::new("employees_insurance/contribution/ltci_rates.csv", include_str!("ltci_rates.csv"), of_rates);
pub(super) static SUPPORT_RATES: LawTable<Ratio> =
    LawTable::new("employees_insurance/contribution/support_rates.csv", include_str!("support_rates.csv"), of_rates);
pub(super) static EPI_RATES: LawTable<Ratio> =
    LawTable::new("employees_insurance/contribution/epi_rates.csv", include_str!("epi_rates.csv"), of_rates);
pub(super) static CONTRIBUTION_RATES: LawTable<Ratio> = LawTable::new(
    "employees_insurance/contribution/contribution_rates.csv",
    include_str!("contribution_rates.csv"),
    of_rates,
);

/// 一般の被保険者 in the table of 厚生年金保険料率.
const GENERAL: &str = "01";
/// 坑内員・船員 in the same table.
const MINER_SEAMAN: &str = "02";
/// The key of a table with one series.
const NATIONAL: &str = "00";

/// 健康保険料率 — 都道府県単位保険料率 of the employer's branch, without long-term care and support.
///
/// Law: 健康保険法160条. Changes with the March premium (FY2015: April).
///
/// # Errors
/// `NotInForce` before 2012-03, `PastLastCheck` after the last checked month.
pub fn hi_rate(prefecture: Prefecture, month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    HI_RATES.at(&prefecture.jis_code(), month, trace).copied()
}

/// 介護保険料率 — national, for those from 40 to 64 (健康保険法160条).
///
/// # Errors
/// As `hi_rate`.
pub fn ltci_rate(month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    LTCI_RATES.at(NATIONAL, month, trace).copied()
}

/// 子ども・子育て支援金率 — from 2026-04 on all insured; 0 before (健康保険法156条).
///
/// # Errors
/// As `hi_rate`.
pub fn support_rate(month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    SUPPORT_RATES.at(NATIONAL, month, trace).copied()
}

/// 厚生年金保険料率 — general insured (厚生年金保険法81条4項).
///
/// # Errors
/// As `hi_rate`.
pub fn epi_rate(month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    EPI_RATES.at(GENERAL, month, trace).copied()
}

/// 坑内員・船員の厚生年金保険料率 (附則).
///
/// # Errors
/// As `hi_rate`.
pub fn epi_rate_miner_seaman(month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    EPI_RATES.at(MINER_SEAMAN, month, trace).copied()
}

/// 子ども・子育て拠出金率 — employer only, on the EPI standards (子ども・子育て支援法69条・70条).
///
/// # Errors
/// As `hi_rate`.
pub fn contribution_rate(month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    CONTRIBUTION_RATES.at(NATIONAL, month, trace).copied()
}

/// 保険料率の一揃い — the rates of health insurance for one branch and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HealthRates {
    /// 健康保険料率.
    pub health: Ratio,
    /// 介護保険料率.
    pub ltci: Ratio,
    /// 子ども・子育て支援金率.
    pub support: Ratio,
}

impl HealthRates {
    /// The rates of a branch in a month.
    ///
    /// # Errors
    /// As `hi_rate`.
    pub fn at(prefecture: Prefecture, month: Month, trace: &mut Trace) -> Result<HealthRates, LawError> {
        Ok(HealthRates {
            health: hi_rate(prefecture, month, trace)?,
            ltci: ltci_rate(month, trace)?,
            support: support_rate(month, trace)?,
        })
    }

    /// 合計料率 — what one person pays, employer's half included.
    pub fn combined(self, ltci_second_insured: bool) -> Ratio {
        self.health + self.support + if ltci_second_insured { self.ltci } else { Ratio::ZERO }
    }
}

/// 徴収方法 — how the employee's half reaches the employer, which decides the rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// 給与控除: 50銭以下切捨て, 50銭超切上げ.
    Payroll,
    /// 現金: 50銭未満切捨て, 50銭以上切上げ.
    Cash,
}

impl Collection {
    /// The rounding that goes with it (通貨の単位及び貨幣の発行等に関する法律3条).
    pub fn rounding(self) -> Rounding {
        match self {
            Collection::Payroll => Rounding::HalfDown,
            Collection::Cash => Rounding::HalfUp,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Collection::Payroll => "給与から控除: 50銭以下切捨て・50銭超切上げ",
            Collection::Cash => "現金で受取: 50銭未満切捨て・50銭以上切上げ",
        }
    }
}

/// 健康保険料の全額 — the exact premium on a standard (remuneration or bonus), not rounded.
///
/// Law: 健康保険法156条1項. Long-term care only where `ltci_second_insured`.
pub fn hi_full(base: Yen, rates: HealthRates, ltci_second_insured: bool, trace: &mut Trace) -> Ratio {
    let rate = rates.combined(ltci_second_insured);
    let full = rate.times_yen(base);
    let mut step = Step::new("健康保険法156条1項", "健康保険料 = 標準報酬 × (健康保険料率 + 介護保険料率 + 支援金率)")
        .with("標準報酬月額又は標準賞与額", base, "")
        .with("健康保険料率", rates.health, "");
    if ltci_second_insured {
        step = step.with("介護保険料率", rates.ltci, "");
    }
    trace.step(step.with("子ども・子育て支援金率", rates.support, "").gives(format!("{full}円")));
    full
}

/// 厚生年金保険料の全額 — the exact premium on a standard, not rounded (厚生年金保険法81条3項).
pub fn epi_full(base: Yen, rate: Ratio, trace: &mut Trace) -> Ratio {
    let full = rate.times_yen(base);
    trace.step(
        Step::new("厚生年金保険法81条3項", "厚生年金保険料 = 標準報酬 × 厚生年金保険料率")
            .with("標準報酬月額又は標準賞与額", base, "")
            .with("厚生年金保険料率", rate, "")
            .gives(format!("{full}円")),
    );
    full
}

/// 拠出金の全額 — the exact contribution on EPI standard remuneration and bonus, not rounded.
pub fn contribution_full(base: Yen, rate: Ratio, trace: &mut Trace) -> Ratio {
    let full = rate.times_yen(base);
    trace.step(
        Step::new("子ども・子育て支援法69条・70条", "子ども・子育て拠出金 = 標準報酬 × 拠出金率 (事業主が全額負担)")
            .with("厚生年金保険の標準報酬月額と標準賞与額", base, "")
            .with("拠出金率", rate, "")
            .gives(format!("{full}円")),
    );
    full
}

/// 被保険者負担分 — half of one exact premium, rounded once.
///
/// Law: 健康保険法161条1項, 厚生年金保険法82条1項 (halves); 通貨の単位及び貨幣の発行等に関する法律3条 (rounding).
/// Health, long-term care and support are one premium: one rounding.
///
/// # Examples
/// 新潟 2026-03, 110,000円: 5,065.5円 is 5,065円 from pay, 5,066円 in cash.
pub fn employee_share(full: Ratio, collection: Collection, clause: &'static str, trace: &mut Trace) -> Yen {
    let share = full.half().round(collection.rounding());
    trace.step(
        Step::new(clause, format!("被保険者負担分 = 保険料 ÷ 2 ({})", collection.words()))
            .with("保険料の全額", full, "円")
            .with("折半額", full.half(), "円")
            .gives(share),
    );
    share
}

/// The clause of the employee's half of health insurance.
pub const HI_SHARE: &str = "健康保険法161条1項";
/// The clause of the employee's half of employees' pension insurance.
pub const EPI_SHARE: &str = "厚生年金保険法82条1項";
