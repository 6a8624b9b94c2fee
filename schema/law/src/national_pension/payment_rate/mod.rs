//! 納付率 — months paid of the months to be paid.

use domain::{Month, Ratio, Rounding};
use jiff::civil::Date;

use super::payment_state::{PaymentState, Residual};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 納付率の種類 — until when payments count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateKind {
    /// 現年度納付率: to the end of April after the fiscal year.
    Current,
    /// 最終納付率: to the end of April two years later, when the last month of the year is time-barred.
    Final,
}

/// 集計の期限 — the last day on which a payment of a month of a fiscal year counts.
///
/// Law: none; the definition of the yearly publication 「国民年金の加入・保険料納付状況」.
///
/// - `fiscal_year`: of the months, between 1868 and 8990
///
/// # Errors
/// `BadInput` — a year out of that range.
///
/// # Examples
/// Months of fiscal 2024: current to 2025-04-30; months of fiscal 2022: final to 2025-04-30.
pub fn counted_until(kind: RateKind, fiscal_year: i16, trace: &mut Trace) -> Result<Date, LawError> {
    let (years, words) = match kind {
        RateKind::Current => (1, "現年度納付率: 年度の翌年度の4月末までの納付"),
        RateKind::Final => (3, "最終納付率: 年度の翌々年度の翌年度の4月末までの納付"),
    };
    let known = (1868..=8990).contains(&fiscal_year);
    let april = known.then(|| Month::new(fiscal_year + years, 4)).flatten();
    let april = april.ok_or_else(|| LawError::bad_input("年度 (fiscal_year)", "西暦で入力してください"))?;
    trace.step(Step::new(DEFINITION, words).with("年度", fiscal_year, "年度").gives(april.last_day()));
    Ok(april.last_day())
}

/// Where the rate is defined.
const DEFINITION: &str = "厚生労働省「国民年金の加入・保険料納付状況」の定義";

/// 納付対象月数と納付月数.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaymentCount {
    /// 納付対象月数: without fully exempt, deferred and 産前産後・育児期間 months.
    pub due_months: i64,
    /// 納付月数: of them paid, a partly exempt month when its rest is paid.
    pub paid_months: i64,
}

impl PaymentCount {
    /// 集計 — of months in their states on the day of [`counted_until`].
    pub fn of(states: impl IntoIterator<Item = PaymentState>) -> PaymentCount {
        states.into_iter().fold(PaymentCount::default(), |count, state| {
            let (due, paid) = counted(state);
            PaymentCount {
                due_months: count.due_months + i64::from(due),
                paid_months: count.paid_months + i64::from(paid),
            }
        })
    }
}

/// Whether a month was to be paid, and whether it was. A month paid late under 追納 was not to be paid (a partly exempt
/// one, where its rest was, is left out of both: the state no longer tells).
const fn counted(state: PaymentState) -> (bool, bool) {
    match state {
        PaymentState::Paid | PaymentState::PartlyExempt { residual: Residual::Paid, .. } => (true, true),
        PaymentState::Unpaid | PaymentState::TimeBarred | PaymentState::PartlyExempt { .. } => (true, false),
        PaymentState::Maternity
        | PaymentState::Childcare
        | PaymentState::LatePaid
        | PaymentState::FullyExempt
        | PaymentState::StudentDeferred
        | PaymentState::Deferred => (false, false),
    }
}

/// 納付率 — in tenths of a percent.
///
/// Law: none; the definition of the yearly publication 「国民年金の加入・保険料納付状況」: 納付月数 ÷ 納付対象月数 × 100.
///
/// - `count`: paid months at most the months to be paid, which are not zero
///
/// Returns tenths of a percent, half up: 786 for 78.6%.
///
/// # Errors
/// `BadInput` — no month to be paid, or more paid than that.
///
/// # Examples
/// 943,200 of 1,200,000: 786.
pub fn payment_rate(count: PaymentCount, trace: &mut Trace) -> Result<i64, LawError> {
    if count.due_months <= 0 || !(0..=count.due_months).contains(&count.paid_months) {
        let reason = "納付対象月数は1以上、納付月数は0以上で納付対象月数以下を入力してください";
        return Err(LawError::bad_input("月数 (due_months, paid_months)", reason));
    }
    let exact = Ratio::new(i128::from(count.paid_months) * 1000, i128::from(count.due_months));
    let tenths = exact.round(Rounding::HalfUp).get();
    trace.step(
        Step::new(DEFINITION, "納付率 = 納付月数 ÷ 納付対象月数 × 100 (小数第2位を四捨五入)")
            .with("納付月数", count.paid_months, "月")
            .with("納付対象月数", count.due_months, "月")
            .gives(format!("{}%", in_percent(tenths))),
    );
    Ok(tenths)
}

/// `78.6`, always with one decimal.
///
/// - `tenths`: tenths of a percent, not negative
pub fn in_percent(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}
