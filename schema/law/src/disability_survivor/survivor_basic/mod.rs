//! 遺族基礎年金の額 (国民年金法38条・39条・39条の2).

use domain::Yen;

use super::amounts::{AmountKind, amount, children_addition};
use super::disability_basic::check_children;
use super::part_of;
use crate::basic_pension::first_month;
use crate::basic_pension::revision_rate::Cohort;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 受給権者.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurvivorBasicRecipient {
    /// 子のある配偶者, by the rate of the own cohort.
    Spouse(Cohort),
    /// 子: the rate of new awards.
    Children,
}

/// 遺族基礎年金.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurvivorBasic {
    /// 満額と加算額の合計.
    pub total: Yen,
    /// その加算額 (39条1項, 39条の2第1項).
    pub additions: Yen,
    /// 子1人あたりの額; none: the spouse draws all of it.
    pub per_child: Option<Yen>,
}

/// 子の年金の1人あたりの額 — the total divided by the children, 50銭未満切捨て・50銭以上切上げ.
#[inline]
pub fn per_child(total: Yen, children: i64) -> Yen {
    part_of(total, 1, i128::from(children.max(1)))
}

/// 遺族基礎年金の額 — of a spouse with children, or of the children alone.
///
/// Law: 国民年金法38条 (満額), 39条1項 (spouse: an addition for every child), 39条の2第1項 (children: additions from the second child on,
/// divided by their number), 17条1項.
///
/// - `children`: eligible children, 1 or more; without one there is no pension
///
/// # Errors
/// `BadInput` — no child, or too many; `NotInForce` before fiscal 2015; `PastLastCheck`.
///
/// # Examples
/// Fiscal 2025: a spouse with one child 1,071,000円; two children alone 535,500円 each.
pub fn survivor_basic(
    recipient: SurvivorBasicRecipient,
    children: i64,
    fiscal_year: i16,
    trace: &mut Trace,
) -> Result<SurvivorBasic, LawError> {
    let april = first_month(fiscal_year)?;
    check_children(children)?;
    if children == 0 {
        return Err(LawError::bad_input(
            "子の数 (children)",
            "遺族基礎年金は子がいるときだけです。1以上で入力してください",
        ));
    }
    let cohort = match recipient {
        SurvivorBasicRecipient::Spouse(cohort) => cohort,
        SurvivorBasicRecipient::Children => Cohort::NewAward,
    };
    let base = amount(AmountKind::SurvivorBasic, cohort, april, trace)?;
    let all = children_addition(children, april, trace)?;
    let additions = match recipient {
        SurvivorBasicRecipient::Spouse(_) => all,
        // The first child stands in the place of the spouse: additions begin with the second.
        SurvivorBasicRecipient::Children => all - amount(AmountKind::FirstTwoChildren, cohort, april, trace)?,
    };
    let total = base + additions;
    let each = (recipient == SurvivorBasicRecipient::Children).then(|| per_child(total, children));
    trace.step(
        Step::new(
            "国民年金法38条・39条・39条の2",
            "遺族基礎年金 = 満額 + 子の加算額 (子だけのときは2人目から加算し、子の数で除する)",
        )
        .with("区分", cohort.name(), "")
        .with("満額", base, "")
        .with("子", children, "人")
        .with("加算額", additions, "")
        .with("1人あたり", each.map_or("なし".to_owned(), |each| each.to_string()), "")
        .gives(total),
    );
    Ok(SurvivorBasic { total, additions, per_child: each })
}
