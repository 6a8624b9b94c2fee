//! 任意継続被保険者の保険料 (健康保険法47条・156条・157条・160条・161条1項ただし書).

use domain::{Month, Prefecture, Ratio, Rounding, Yen};

use super::Scheme;
use super::contribution::HealthRates;
use super::grade;
use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

pub mod discount;
pub mod membership;
pub mod prepayment;

#[cfg(test)]
mod tests;

/// 標準報酬月額の上限 — of one fiscal year, and the average it was made of where that is on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// 標準報酬月額.
    pub standard: Yen,
    /// 等級, in the table of 50 grades.
    pub grade: u8,
    /// 全被保険者の標準報酬月額の平均額, on 30 September.
    pub average: Option<Yen>,
}

pub(super) static CAPS: LawTable<Cap> =
    LawTable::new("employees_insurance/voluntary/caps.csv", include_str!("caps.csv"), read_caps);
pub(super) static HI_RATES: LawTable<Ratio> =
    LawTable::new("employees_insurance/voluntary/hi_rates.csv", include_str!("hi_rates.csv"), read_rates);
pub(super) static LTCI_RATES: LawTable<Ratio> =
    LawTable::new("employees_insurance/voluntary/ltci_rates.csv", include_str!("ltci_rates.csv"), read_rates);
pub(super) static SUPPORT_RATES: LawTable<Ratio> =
    LawTable::new("employees_insurance/voluntary/support_rates.csv", include_str!("support_rates.csv"), read_rates);

/// The insurer whose average makes the cap.
const KYOKAI: &str = "kyokai";
/// The key of a table with one series.
const NATIONAL: &str = "00";
/// Rates have at most six decimals, so that premiums are whole millionths of a yen.
const MILLION: i64 = 1_000_000;

fn read_caps(text: &str) -> Result<Table<Cap>, TableError> {
    Table::read(text, |rows, line| {
        let (grade, average) = (line.parse("grade")?, line.parse_or_open("average_yen")?.map(Yen::new));
        rows.push(line.row(|value| Some(Cap { standard: Yen::new(value.parse().ok()?), grade, average }))?);
        Ok(())
    })
}

fn read_rates(text: &str) -> Result<Table<Ratio>, TableError> {
    Table::of_values(text, |value| {
        let rate = Ratio::parse_decimal(value)?;
        (Ratio::ZERO <= rate && rate < Ratio::new(1, 1))
            .then_some(rate)
            .filter(|rate| rate.in_units_of(MILLION).is_some())
    })
}

/// 任意継続被保険者の標準報酬月額 — the lower of the standard at the loss and the fiscal year's cap.
///
/// Law: 健康保険法47条1項. The cap is the grade of the insurer's average on 30 September of the year before; for
/// January to March, of two years before: so it moves in April, and whoever stands at the cap moves with it.
///
/// - `at_loss`: 資格を喪失したときの標準報酬月額, a standard of the table of grades
///
/// # Errors
/// `BadInput` — not a standard of the table; `NotInForce`, `PastLastCheck` — no cap for the month.
///
/// # Examples
/// 440,000円, 2025-03: 300,000円; 2025-04: 320,000円.
pub fn standard(at_loss: Yen, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    grade::of_standard(Scheme::HealthInsurance, month, at_loss, trace)?;
    let cap = CAPS.at(KYOKAI, month, trace)?.standard;
    let standard = at_loss.min(cap);
    trace.step(
        Step::new("健康保険法47条1項", "標準報酬月額 = 資格喪失時の標準報酬月額と、全被保険者の平均による上限の低い方")
            .with("資格喪失時の標準報酬月額", at_loss, "")
            .with("上限", cap, "")
            .with("月分", month, "")
            .gives(standard),
    );
    Ok(standard)
}

/// 決定された標準報酬月額の確認 — a standard that was determined already must be one that can be.
///
/// # Errors
/// `BadInput` — not a standard of the table, or above the cap of the month; and as [`standard`].
pub fn check_standard(determined: Yen, month: Month, trace: &mut Trace) -> Result<(), LawError> {
    let capped = standard(determined, month, trace)?;
    if capped < determined {
        let reason = format!(
            "{month}の上限は{capped}です。資格喪失時の標準報酬月額なら standard_at_loss_yen に入力してください"
        );
        return Err(LawError::bad_input("任意継続の標準報酬月額 (standard_yen)", reason));
    }
    Ok(())
}

/// 任意継続被保険者の保険料率 — of the branch where the person lives; rates change in April.
///
/// Law: 健康保険法160条. FY2015: from May.
///
/// # Errors
/// `NotInForce` before 2012-04, `PastLastCheck` after the last checked month.
pub fn rates(prefecture: Prefecture, month: Month, trace: &mut Trace) -> Result<HealthRates, LawError> {
    Ok(HealthRates {
        health: *HI_RATES.at(&prefecture.jis_code(), month, trace)?,
        ltci: *LTCI_RATES.at(NATIONAL, month, trace)?,
        support: *SUPPORT_RATES.at(NATIONAL, month, trace)?,
    })
}

/// 保険料の端数 — a setting: the clause does not say whether the parts of the premium are cut one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PremiumFraction {
    /// The fraction of a yen is dropped once, on the total.
    #[default]
    Combined,
    /// Health with long-term care, and support, each cut by itself.
    EachPart,
}

/// 端数処理前の保険料 — standard × combined rate, exact.
pub(crate) fn exact_premium(standard: Yen, rates: HealthRates, ltci_second_insured: bool) -> Ratio {
    rates.combined(ltci_second_insured).times_yen(standard)
}

/// 任意継続被保険者の保険料 — one month's, all of it paid by the insured.
///
/// Law: 健康保険法156条・157条・160条・161条1項ただし書; 国等の債権債務等の金額の端数計算に関する法律2条 (1円未満切捨て).
///
/// - `standard`: as [`standard`] gives it
/// - `fraction`: the setting
///
/// # Errors
/// As [`rates`].
///
/// # Examples
/// 320,000円 in Tokyo, 2026-04: 32,256円; with long-term care 37,440円.
pub fn premium(
    standard: Yen,
    prefecture: Prefecture,
    month: Month,
    ltci_second_insured: bool,
    fraction: PremiumFraction,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let rates = rates(prefecture, month, trace)?;
    let exact = exact_premium(standard, rates, ltci_second_insured);
    let support = rates.support.times_yen(standard);
    let (premium, setting) = match fraction {
        PremiumFraction::Combined => (exact.round(Rounding::Floor), "合計で1円未満切捨て (設定)"),
        PremiumFraction::EachPart => (
            (exact - support).round(Rounding::Floor) + support.round(Rounding::Floor),
            "健康保険分・介護保険分と支援金分をそれぞれ1円未満切捨て (設定)",
        ),
    };
    let mut step = Step::new(
        "健康保険法156条1項・157条・161条1項ただし書",
        format!("保険料 = 標準報酬月額 × 料率、全額を被保険者が負担。{setting}"),
    )
    .with("標準報酬月額", standard, "")
    .with("健康保険料率", rates.health, "");
    if ltci_second_insured {
        step = step.with("介護保険料率", rates.ltci, "");
    }
    trace.step(step.with("子ども・子育て支援金率", rates.support, "").with("端数処理前", exact, "円").gives(premium));
    Ok(premium)
}
