//! 付加保険料 (国民年金法87条の2).

use domain::{Month, Yen};

use super::of_yen;
use super::relief::Relief;
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static AMOUNTS: LawTable<Yen> =
    LawTable::new("national_pension/additional_contribution/amounts.csv", include_str!("amounts.csv"), of_yen);

/// 付加保険料の額 — of one month.
///
/// Law: 国民年金法87条の2第1項.
///
/// # Errors
/// `NotInForce` — before 1974; `PastLastCheck`.
///
/// # Examples
/// 2025-04: 400円.
pub fn additional_amount(month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    AMOUNTS.at("", month, trace).copied()
}

/// 被保険者の種別 — who asks to pay it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// 第1号被保険者.
    Category1,
    /// 任意加入被保険者 under 65.
    Voluntary,
    /// 特例任意加入被保険者, 65 and over: may not.
    SpecialVoluntary,
    /// 第2号 or 第3号被保険者: may not.
    Other,
}

/// 付加保険料の申出 — and what ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// 申出をした月.
    pub declared_in: Month,
    /// 納付する者でなくなる申出をした月.
    pub withdrawn_in: Option<Month>,
    /// 国民年金基金の加入員となった月: stands for such a withdrawal.
    pub fund_joined_in: Option<Month>,
}

impl Declaration {
    /// First month for which nothing additional is due any more.
    fn ended_in(self) -> Option<Month> {
        let withdrawn = self.withdrawn_in.map(Month::previous);
        [withdrawn, self.fund_joined_in].into_iter().flatten().min()
    }
}

/// 付加保険料を納付できる月か — and how much.
///
/// Law: 国民年金法87条の2第1項 (400円; not for months of an exemption or deferral, nor for members of a 国民年金基金;
/// 産前産後 and 育児期間 do not stand in the way), 2項 (only months whose contribution is paid), 3項・4項 (the declaration counts
/// from its month; the withdrawal from the month before), 附則5条9項 (voluntary insured).
///
/// - `relief`: 免除・猶予 of the month
///
/// Returns yen, or why there is nothing to pay.
///
/// # Errors
/// `BadInput` — an end before the declaration; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Declared 2025-04, withdrawn 2025-09: April to July; August is the month before the withdrawal.
pub fn additional_contribution(
    payer: Payer,
    declaration: Declaration,
    relief: Option<Relief>,
    month: Month,
    trace: &mut Trace,
) -> Result<Result<Yen, &'static str>, LawError> {
    let ends = [declaration.withdrawn_in, declaration.fund_joined_in];
    if ends.into_iter().flatten().any(|end| end < declaration.declared_in) {
        let reason = "付加保険料の申出の月以後の月を入力してください";
        return Err(LawError::bad_input("辞退又は基金加入の月 (withdrawn_on, fund_joined_on)", reason));
    }
    let refused = refusal(payer, declaration, relief, month);
    let outcome = match refused {
        None => Ok(additional_amount(month, trace)?),
        Some(reason) => Err(reason),
    };
    trace.step(
        Step::new("国民年金法87条の2", "付加保険料は、申出をした月から、やめる申出をした月の前月の前月まで納付できる")
            .with("月分", month, "")
            .with("申出をした月", declaration.declared_in, "")
            .gives(outcome.map_or_else(|reason| format!("納付できない: {reason}"), |yen| yen.to_string())),
    );
    Ok(outcome)
}

fn refusal(payer: Payer, declaration: Declaration, relief: Option<Relief>, month: Month) -> Option<&'static str> {
    if matches!(payer, Payer::SpecialVoluntary | Payer::Other) {
        Some("第1号被保険者又は65歳未満の任意加入被保険者ではない")
    } else if relief.is_some_and(|relief| !relief.counts_as_paid()) {
        Some("免除・猶予された月である")
    } else if month < declaration.declared_in {
        Some("申出をした月より前の月である")
    } else if declaration.ended_in().is_some_and(|ended| month >= ended) {
        Some("納付する者でなくなった月以後の月である")
    } else {
        None
    }
}
