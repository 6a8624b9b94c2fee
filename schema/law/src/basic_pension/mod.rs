//! 国民年金法の給付 (基礎年金と付加年金・寡婦年金・一時金)、改定率、年金生活者支援給付金.

pub mod additional_pension;
pub mod death_lump_sum;
pub mod deferral;
pub mod early_claim;
pub mod full_amount;
pub mod furikae;
mod graded;
pub mod old_age_basic;
pub mod qualification;
pub mod revision_rate;
pub mod support_benefit;
pub mod widow_pension;
pub mod withdrawal_lump_sum;

#[cfg(test)]
mod halves_tests;

use domain::{Month, Ratio, Yen};

use crate::book::{LawTable, TableFile};
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Trace};

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] = &[
    &additional_pension::UNIT,
    &death_lump_sum::AMOUNTS,
    &deferral::INCREASE_RATES,
    &early_claim::REDUCTION_RATES,
    &full_amount::BASE_AMOUNT,
    &full_amount::FULL_AMOUNTS,
    &furikae::ADDITIONS,
    &old_age_basic::FULL_MONTHS,
    &old_age_basic::POSSIBLE_MONTHS,
    &qualification::QUALIFYING_MONTHS,
    &qualification::SHORTCUTS,
    &revision_rate::COHORTS,
    &revision_rate::RATES,
    &support_benefit::AMOUNTS,
    &support_benefit::DEPENDANT_ADDITIONS,
    &support_benefit::INCOME_LIMITS,
    &withdrawal_lump_sum::AMOUNTS,
];

/// 年度の最初の月 — April of the fiscal year.
///
/// # Errors
/// `BadInput` — no year of our calendar.
pub fn first_month(fiscal_year: i16) -> Result<Month, LawError> {
    let month = (1868..9000).contains(&fiscal_year).then(|| Month::new(fiscal_year, 4)).flatten();
    month.ok_or_else(|| LawError::bad_input("年度 (fiscal_year)", "西暦の年度で入力してください"))
}

/// A row as the columns make it; where the number was derived, its source says so, and with it the receipt.
pub(crate) fn marked_row<V>(line: &Line<'_>, value: impl FnOnce(&str) -> Option<V>) -> Result<Row<V>, String> {
    let mut row = line.row(value)?;
    match line.text("confidence") {
        "high" => {}
        "medium" => row.source.push_str(" 【未確認: 公式の表で確かめていない数値】"),
        other => return Err(format!("confidence {other:?} is not computed with")),
    }
    Ok(row)
}

/// As `Table::of_values`, with rows marked as `marked_row` does.
pub(crate) fn of_marked<V>(text: &str, value: impl Fn(&str) -> Option<V>) -> Result<Table<V>, TableError> {
    Table::read(text, |rows, line| {
        rows.push(marked_row(line, &value)?);
        Ok(())
    })
}

/// Rates as decimals, rows marked.
pub(crate) fn of_marked_rates(text: &str) -> Result<Table<Ratio>, TableError> {
    of_marked(text, Ratio::parse_decimal)
}

/// Whole yen, rows marked.
pub(crate) fn of_marked_yen(text: &str) -> Result<Table<Yen>, TableError> {
    of_marked(text, |value| value.parse().ok().map(Yen::new))
}

/// Whole numbers, rows marked.
pub(crate) fn of_marked_counts(text: &str) -> Result<Table<i64>, TableError> {
    of_marked(text, |value| value.parse().ok())
}

/// 最後に確認した月 of a table — asked for where a question names no date: the law as last checked.
pub(crate) fn last_checked<V: Send + Sync>(table: &'static LawTable<V>, trace: &Trace) -> Month {
    table.under(trace.book()).checked_until()
}

/// Months that leave room for reckoning: a hundred years; more is a slip of the pen.
pub(crate) fn check_months(item: &str, months: i64) -> Result<(), LawError> {
    if (0..=1_200).contains(&months) {
        Ok(())
    } else {
        Err(LawError::bad_input(item, "0から1200までの月数を入力してください"))
    }
}
