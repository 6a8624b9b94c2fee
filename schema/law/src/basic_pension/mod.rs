//! 国民年金法の給付 (基礎年金と付加年金・寡婦年金・一時金)、改定率、年金生活者支援給付金.

pub mod full_amount;
pub mod revision_rate;

use domain::{Month, Ratio};

use crate::LawError;
use crate::book::TableFile;
use crate::table::{Line, Row, Table, TableError};

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] =
    &[&full_amount::BASE_AMOUNT, &full_amount::FULL_AMOUNTS, &revision_rate::COHORTS, &revision_rate::RATES];

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
