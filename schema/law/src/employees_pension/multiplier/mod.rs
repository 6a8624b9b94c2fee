//! 給付乗率 (昭和60年改正法附則59条1項・附則別表第7, 平成12年改正法附則20条・21条) and what else goes by birth:
//! 定額単価の読替率, 上限月数, 加入可能月数.

use jiff::civil::Date;

use super::{Births, Confidence, Graded, decimal_units, read_where};
use crate::basic_pension::first_month;
use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Trace};

#[cfg(test)]
mod tests;

/// 給付乗率 — of the months to 2003-03 and from 2003-04, in millionths: 7.125/1000 is 7,125.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartRates {
    /// 平成15年3月以前の期間 (平均標準報酬月額).
    pub pre2003_millionths: i64,
    /// 平成15年4月以後の期間 (平均標準報酬額).
    pub post2003_millionths: i64,
}

/// 生年月日による率 — everything that a birth decides about an employee's old-age pension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Multipliers {
    born: Births,
    /// 報酬比例部分の乗率 (本来水準).
    pub new: PartRates,
    /// 報酬比例部分の乗率 (従前額保障).
    pub guaranteed: PartRates,
    /// 定額単価の読替率, thousandths: 1.875 is 1,875.
    pub fixed_portion_factor: i64,
    /// 定額部分の上限月数.
    pub fixed_portion_month_cap: i32,
    /// 加入可能月数 (老齢基礎年金).
    pub possible_months: i32,
}

pub(super) static MULTIPLIERS: LawTable<Graded<Multipliers>> =
    LawTable::new("employees_pension/multiplier/multipliers.csv", include_str!("multipliers.csv"), read);

fn read(text: &str) -> Result<Table<Graded<Multipliers>>, TableError> {
    Table::read(text, add_line)
}

fn add_line(rows: &mut Vec<Row<Graded<Multipliers>>>, line: &Line<'_>) -> Result<(), String> {
    let units = |column: &str| {
        let text = line.text(column);
        decimal_units(text, 1000).filter(|units| (1..=100_000).contains(units)).ok_or(format!("{column}: {text:?}"))
    };
    let value = Multipliers {
        born: Births::read(line)?,
        new: PartRates { pre2003_millionths: units("value")?, post2003_millionths: units("post2003_new_per_mille")? },
        guaranteed: PartRates {
            pre2003_millionths: units("pre2003_guaranteed_per_mille")?,
            post2003_millionths: units("post2003_guaranteed_per_mille")?,
        },
        fixed_portion_factor: units("fixed_portion_factor")?,
        fixed_portion_month_cap: line.parse("fixed_portion_month_cap")?,
        possible_months: line.parse("possible_months")?,
    };
    let columns = [
        "value",
        "post2003_new_per_mille",
        "pre2003_guaranteed_per_mille",
        "post2003_guaranteed_per_mille",
        "fixed_portion_factor",
        "fixed_portion_month_cap",
        "possible_months",
    ];
    let mut row = line.row(|_| Some(Graded { confidence: Confidence::read(line).ok()?, value }))?;
    row.text = columns.map(|column| line.text(column)).join(" / ");
    rows.push(row);
    Ok(())
}

/// 給付乗率 — what a birth decides in a benefit year.
///
/// Law: 昭和60年改正法附則59条1項・附則別表第7 (乗率), 平成12年改正法附則20条・21条 (平成15年4月以後; 従前額保障),
/// 昭和61年経過措置政令75条 (定額単価の読替率), 平成16年改正法附則36条 (上限月数).
///
/// - `birth`: 生年月日; born before 1926-04-02 as the oldest group
/// - `fiscal_year`: 年金の年度
///
/// # Errors
/// `NotInForce`, `PastLastCheck`, `BadInput` — no such year.
///
/// # Examples
/// Born 1946-04-02 or later: 7.125, 5.481, 7.500, 5.769 per 1,000; factor 1.000, 480 months.
pub fn multipliers(birth: Date, fiscal_year: i16, trace: &mut Trace) -> Result<&'static Multipliers, LawError> {
    read_where(&MULTIPLIERS, first_month(fiscal_year)?, trace, |row| row.born.cover(birth))
}

/// The rates of those born from 1946-04-02, which disability pensions and survivor pensions of the short requirement
/// use whatever the birth (厚生年金保険法43条1項, 50条1項, 60条1項1号).
///
/// # Errors
/// As [`multipliers`].
pub fn multipliers_of_article_43(fiscal_year: i16, trace: &mut Trace) -> Result<&'static Multipliers, LawError> {
    multipliers(Date::constant(1946, 4, 2), fiscal_year, trace)
}
