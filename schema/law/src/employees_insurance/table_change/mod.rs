//! 等級区分の改定に伴う標準報酬月額の改定 (健康保険法・厚生年金保険法の各改正法附則, 厚生年金保険法20条2項).

use domain::{Month, Yen};

use super::Scheme;
use super::grade::{self, Grade};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 職権による改定 — the standard from the month in which a new grade table takes force.
///
/// Law: the transitional clauses of each change (厚生年金保険法20条2項の政令による改定に伴う経過措置, 健康保険法40条): only
/// those at an end of the old table that moved are determined anew, from the remuneration on record.
///
/// - `month`: the first month of the new table
/// - `standard`: the standard of the month before
/// - `recorded`: 報酬月額 on record, whole yen
///
/// # Errors
/// `BadInput` — no grade of the old table has this standard; `MissingFact` — the remuneration of somebody at an end that
/// moved; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// 厚生年金保険 620,000円 from 640,000円 a month: 650,000円 from 2020-09; from 630,000円: stays 620,000円.
pub fn redetermine(
    scheme: Scheme,
    month: Month,
    standard: Yen,
    recorded: Option<Yen>,
    trace: &mut Trace,
) -> Result<Grade, LawError> {
    let old = grade::all(scheme, month.previous(), trace)?;
    let new = grade::all(scheme, month, trace)?;
    let before = grade::of_standard(scheme, month.previous(), standard, trace)?;
    let fact = || LawError::MissingFact { fact: "報酬月額 (recorded_remuneration_yen)".to_owned() };
    let grade = if end_moved(old, new, standard) {
        grade::lookup(scheme, month, recorded.ok_or_else(fact)?, trace)?
    } else {
        grade::of_standard(scheme, month, standard, trace)?
    };
    trace.step(
        Step::new(
            "等級区分の改定に伴う経過措置",
            "改定前の上限・下限の等級にある者だけを、報酬月額により新しい等級表で改定する",
        )
        .with("適用月", month, "")
        .with("改定前", before.standard, "")
        .gives(grade.standard),
    );
    Ok(grade)
}

/// Whether this standard is that of an end of the old table which the new one moved: only then is it looked at again.
pub fn end_moved(old: &[Grade], new: &[Grade], standard: Yen) -> bool {
    let ends = |grades: &[Grade]| {
        let standard = |grade: Option<&Grade>| grade.expect("tables have grades").standard;
        [standard(grades.first()), standard(grades.last())]
    };
    ends(old).into_iter().zip(ends(new)).any(|(old, new)| old != new && standard == old)
}
