//! 国民年金の保険料 (国民年金法第6章) — what a month costs, who need not pay it, what is paid ahead or late, and what
//! became of each month.

pub mod additional_contribution;
pub mod application;
pub mod arrears;
pub mod childcare_exemption;
pub mod demand;
pub mod due_date;
pub mod exemption_amount;
pub mod income_limit;
pub mod late_payment;
pub mod limitation;
pub mod maternity_exemption;
pub mod monthly_contribution;
pub mod payment_rate;
pub mod payment_state;
pub mod prepayment;
pub mod relief;
pub mod statutory_exemption;

use domain::{Ratio, Rounding, Yen};

use crate::book::TableFile;
use crate::table::{Table, TableError};

#[cfg(test)]
mod tests;

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] = &[
    &additional_contribution::AMOUNTS,
    &application::DEFERRAL_AGES,
    &application::RETROACTIVE_MONTHS,
    &arrears::RATES,
    &childcare_exemption::AGES,
    &income_limit::DEDUCTIONS,
    &income_limit::LIMITS,
    &late_payment::SURCHARGE_RATES,
    &late_payment::YEARS,
    &limitation::YEARS,
    &maternity_exemption::MONTHS,
    &monthly_contribution::REVISION_RATES,
    &monthly_contribution::STATUTORY_AMOUNTS,
    &prepayment::PERIODS,
    &relief::PAYABLE_PARTS,
];

/// 5円未満切捨て・5円以上10円未満切上げ — to the nearest ten yen, once (国民年金法87条3項・90条の2第6項 and the orders
/// under it).
///
/// - `exact`: yen, not yet rounded
pub fn rounded_to_10(exact: Ratio) -> Yen {
    let tens = Ratio::new(exact.numerator(), exact.denominator() * 10).round(Rounding::HalfUp);
    Yen::new(tens.get() * 10)
}

/// Reads a table of values. A row of medium confidence says so on the receipt; one of low confidence is none.
fn of_values<V>(text: &str, value: impl Fn(&str) -> Option<V>) -> Result<Table<V>, TableError> {
    Table::read(text, |rows, line| {
        let mut row = line.row(&value)?;
        match line.text("confidence") {
            "high" => {}
            "medium" => row.source.push_str(" [確度: 中]"),
            other => return Err(format!("confidence {other:?}: the row cannot be computed with")),
        }
        rows.push(row);
        Ok(())
    })
}

fn of_yen(text: &str) -> Result<Table<Yen>, TableError> {
    of_values(text, |value| value.parse().ok().map(Yen::new))
}

fn of_rates(text: &str) -> Result<Table<Ratio>, TableError> {
    of_values(text, Ratio::parse_decimal)
}

/// Years and months that a clause counts.
fn of_counts(text: &str) -> Result<Table<i16>, TableError> {
    of_values(text, |value| value.parse().ok().filter(|count| (0..=1_200).contains(count)))
}
