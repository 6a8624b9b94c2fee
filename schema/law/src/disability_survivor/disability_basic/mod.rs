//! 障害基礎年金の額 (国民年金法33条・33条の2).

use domain::Yen;

use super::amounts::{AmountKind, amount, children_addition};
use crate::basic_pension::first_month;
use crate::basic_pension::revision_rate::Cohort;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// More children than anybody supports.
pub(crate) const CHILDREN_MAX: i64 = 100;

/// 障害基礎年金.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisabilityBasic {
    /// 1級又は2級の額.
    pub base: Yen,
    /// 子の加算額.
    pub children: Yen,
}

impl DisabilityBasic {
    /// 年額.
    pub fn annual(self) -> Yen {
        self.base + self.children
    }
}

/// 障害基礎年金の額 — by grade, with the additions for children.
///
/// Law: 国民年金法33条1項 (2級: 満額), 33条2項 (1級: 1.25), 33条の2第1項 (children to the end of the school year of 18, or under 20 with
/// grade 1 or 2; the rate of new awards for everybody), 17条1項.
///
/// - `grade`: 1 or 2
///
/// # Errors
/// `BadInput` — grade 3 (there is no basic pension), too many children; `NotInForce` before fiscal 2015; `PastLastCheck`.
///
/// # Examples
/// Fiscal 2025, new award: grade 1 1,039,625円; grade 2 with two children 1,310,300円.
pub fn disability_basic(
    grade: i64,
    children: i64,
    cohort: Cohort,
    fiscal_year: i16,
    trace: &mut Trace,
) -> Result<DisabilityBasic, LawError> {
    let april = first_month(fiscal_year)?;
    check_children(children)?;
    let kind = match grade {
        1 => AmountKind::DisabilityBasicGrade1,
        2 => AmountKind::DisabilityBasicGrade2,
        _ => {
            let reason = "障害基礎年金は1級か2級です。3級は障害厚生年金 (disability_employee) で計算してください";
            return Err(LawError::bad_input("障害等級 (grade)", reason));
        }
    };
    let pension = DisabilityBasic {
        base: amount(kind, cohort, april, trace)?,
        children: children_addition(children, april, trace)?,
    };
    trace.tell(|| {
        Step::new("国民年金法33条・33条の2", "障害基礎年金 = 満額 (1級は1.25倍) + 子の加算額")
            .with("障害等級", grade, "級")
            .with("区分", cohort.name(), "")
            .with("1級又は2級の額", pension.base, "")
            .with("子", children, "人")
            .with("子の加算額", pension.children, "")
            .gives(pension.annual())
    });
    Ok(pension)
}

/// A number of children that can be.
pub(super) fn check_children(children: i64) -> Result<(), LawError> {
    if (0..=CHILDREN_MAX).contains(&children) {
        return Ok(());
    }
    Err(LawError::bad_input("子の数 (children)", format!("0以上{CHILDREN_MAX}以下で入力してください")))
}
