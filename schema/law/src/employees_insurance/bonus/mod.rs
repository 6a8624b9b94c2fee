//! 標準賞与額 (健康保険法45条, 厚生年金保険法24条の4).

use domain::{Month, Yen};
use jiff::civil::Date;

use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 上限のかかり方 — over what a cap is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CapBasis {
    /// 支払月ごと.
    Month,
    /// 支払ごと (健康保険, before 2007-04).
    Payment,
    /// 年度の累計 (1 April to 31 March).
    FiscalYear,
}

/// 上限 — the cap of a standard bonus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The most that counts.
    pub yen: Yen,
    /// Over what.
    pub basis: CapBasis,
}

pub(super) static HI_CAPS: LawTable<Cap> =
    LawTable::new("employees_insurance/bonus/hi_caps.csv", include_str!("hi_caps.csv"), read);
pub(super) static EPI_CAPS: LawTable<Cap> =
    LawTable::new("employees_insurance/bonus/epi_caps.csv", include_str!("epi_caps.csv"), read);

fn read(text: &str) -> Result<Table<Cap>, TableError> {
    Table::read(text, add_line)
}

fn add_line(rows: &mut Vec<Row<Cap>>, line: &Line<'_>) -> Result<(), String> {
    let basis = match line.text("basis") {
        "month" => CapBasis::Month,
        "payment" => CapBasis::Payment,
        "fiscal_year" => CapBasis::FiscalYear,
        other => return Err(format!("basis {other:?} is unknown")),
    };
    rows.push(line.row(|value| Some(Cap { yen: Yen::new(value.parse().ok()?), basis }))?);
    Ok(())
}

/// 健康保険の標準賞与額の上限.
///
/// # Errors
/// `NotInForce`, `PastLastCheck`.
pub fn hi_cap(month: Month, trace: &mut Trace) -> Result<Cap, LawError> {
    HI_CAPS.at("00", month, trace).copied()
}

/// 厚生年金保険の標準賞与額の上限.
///
/// # Errors
/// `NotInForce`, `PastLastCheck`.
pub fn epi_cap(month: Month, trace: &mut Trace) -> Result<Cap, LawError> {
    EPI_CAPS.at("00", month, trace).copied()
}

/// 賞与の支払 — one payment, whole yen before truncation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BonusPayment {
    /// 支払日.
    pub paid_on: Date,
    /// 賞与額.
    pub amount: Yen,
}

/// 標準賞与額 — of one person and month, for each scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandardBonus {
    /// 支払月.
    pub month: Month,
    /// 健康保険.
    pub hi: Yen,
    /// 厚生年金保険.
    pub epi: Yen,
}

/// 千円未満切捨て.
pub fn floor_1000(amount: Yen) -> Yen {
    Yen::new(amount.get().div_euclid(1000) * 1000)
}

/// 標準賞与額の決定 — for every month in which something was paid, in order.
///
/// Law: 健康保険法45条, 厚生年金保険法24条の4. The payments of a month are added, cut to 1,000円, then capped:
/// EPI per month, HI by what is left of the fiscal year (before 2007-04: per payment).
///
/// - `payments`: all payments of each fiscal year that occurs, in any order; also those of exempt months and
///   those of the loss month up to the day before loss, which count towards the cap
///
/// # Errors
/// `BadInput` — a negative amount; `NotInForce`, `PastLastCheck` — no cap for a month.
///
/// # Examples
/// 2,500,000円, 3,500,000円, 1,000,000円 in fiscal 2026: HI 2,500,000円, 3,230,000円, 0円.
pub fn standard_bonuses(payments: &[BonusPayment], trace: &mut Trace) -> Result<Vec<StandardBonus>, LawError> {
    if payments.iter().any(|payment| payment.amount < Yen::ZERO) {
        return Err(LawError::bad_input("賞与額", "0円以上で入力してください"));
    }
    let mut payments = payments.to_vec();
    payments.sort_by_key(|payment| payment.paid_on);
    let mut standards: Vec<StandardBonus> = Vec::new();
    for paid in payments.chunk_by(|a, b| Month::of(a.paid_on) == Month::of(b.paid_on)) {
        let month = Month::of(paid[0].paid_on);
        let same_year = |earlier: &&StandardBonus| earlier.month.fiscal_year() == month.fiscal_year();
        let counted: Yen = standards.iter().filter(same_year).map(|earlier| earlier.hi).sum();
        let hi = hi_standard(month, paid, counted, trace)?;
        let epi = epi_standard(month, paid, trace)?;
        standards.push(StandardBonus { month, hi, epi });
    }
    Ok(standards)
}

fn hi_standard(month: Month, paid: &[BonusPayment], counted: Yen, trace: &mut Trace) -> Result<Yen, LawError> {
    let cap = hi_cap(month, trace)?;
    let total: Yen = paid.iter().map(|payment| payment.amount).sum();
    let standard = match cap.basis {
        CapBasis::Payment => paid.iter().map(|payment| floor_1000(payment.amount).min(cap.yen)).sum(),
        CapBasis::Month => floor_1000(total).min(cap.yen),
        CapBasis::FiscalYear => floor_1000(total).min(cap.yen - counted).max(Yen::ZERO),
    };
    trace.step(
        Step::new("健康保険法45条1項", "標準賞与額 = 月の賞与額の合計 (千円未満切捨て)、年度累計の上限まで")
            .with("支払月", month, "")
            .with("賞与額の合計", total, "")
            .with("年度内の既決定額", counted, "")
            .with("上限", cap.yen, "")
            .gives(standard),
    );
    Ok(standard)
}

fn epi_standard(month: Month, paid: &[BonusPayment], trace: &mut Trace) -> Result<Yen, LawError> {
    let cap = epi_cap(month, trace)?;
    let total: Yen = paid.iter().map(|payment| payment.amount).sum();
    let standard = floor_1000(total).min(cap.yen);
    trace.step(
        Step::new("厚生年金保険法24条の4第1項", "標準賞与額 = 月の賞与額の合計 (千円未満切捨て)、月ごとの上限まで")
            .with("支払月", month, "")
            .with("賞与額の合計", total, "")
            .with("上限", cap.yen, "")
            .gives(standard),
    );
    Ok(standard)
}
