//! 老齢基礎年金の満額 (国民年金法27条本文) — 780,900円 × 改定率.

use domain::{Month, Yen};

use crate::basic_pension::of_marked_yen;
use crate::basic_pension::revision_rate::{Cohort, revision_rate, unit_amount};
use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 780,900円, before the revision rate.
pub(super) static BASE_AMOUNT: LawTable<Yen> =
    LawTable::new("basic_pension/full_amount/base_amount.csv", include_str!("base_amount.csv"), of_marked_yen);

/// The published amounts, per fiscal year and cohort.
pub(super) static FULL_AMOUNTS: LawTable<Yen> = LawTable::new(
    "basic_pension/full_amount/basic_pension_full.csv",
    include_str!("basic_pension_full.csv"),
    of_cohorts,
);

fn yen(text: &str) -> Option<Yen> {
    text.parse().ok().map(Yen::new)
}

/// A row for everybody (`ALL`) is a row of either cohort.
fn of_cohorts(text: &str) -> Result<Table<Yen>, TableError> {
    Table::read(text, |rows, line| {
        let keys: &[Cohort] = match line.text("key") {
            "ALL" => &[Cohort::NewAward, Cohort::Existing],
            "NEW_AWARD" => &[Cohort::NewAward],
            "EXISTING" => &[Cohort::Existing],
            other => return Err(format!("key {other:?} is no cohort")),
        };
        for cohort in keys {
            let mut row = super::marked_row(line, yen)?;
            row.key = cohort.key().to_owned();
            rows.push(row);
        }
        Ok(())
    })
}

/// 老齢基礎年金の満額 — the full basic pension of a cohort in the fiscal year of the month, yen per year.
///
/// Law: 国民年金法27条本文 (780,900円 × 改定率、100円単位). The published amount is read; it equals the formula
/// ([`full_amount_by_formula`]) in every year on file.
///
/// # Errors
/// `NotInForce` before fiscal 2015, `PastLastCheck` after fiscal 2026.
///
/// # Examples
/// 2025-04: 831,700円 (new awards), 829,300円 (existing).
pub fn full_amount(cohort: Cohort, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    let amount = *FULL_AMOUNTS.at(cohort.key(), month, trace)?;
    trace.tell(|| {
        Step::new("国民年金法27条本文", "満額 = 780,900円 × 改定率 (100円単位)")
            .with("年度", month.fiscal_year(), "")
            .with("区分", cohort.name(), "")
            .gives(amount)
    });
    Ok(amount)
}

/// As [`full_amount`], from the statutory amount and the revision rate.
///
/// # Errors
/// As [`full_amount`].
pub fn full_amount_by_formula(cohort: Cohort, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    let base = *BASE_AMOUNT.at("00", month, trace)?;
    let rate = revision_rate(cohort, month, trace)?;
    Ok(unit_amount("老齢基礎年金の満額", "国民年金法27条本文", base, rate, trace))
}
