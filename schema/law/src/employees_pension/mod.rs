//! 老齢厚生年金 (厚生年金保険法第3章第2節) — from the remuneration of a life to the amount of a year and what of it
//! is stopped.

pub mod average_remuneration;
pub mod fixed_part;
pub mod high_age_employment_stop;
pub mod multiplier;
pub mod old_age_pension;
pub mod proportional_part;
pub mod revaluation;
pub mod spouse_child_addition;
pub mod unemployment_suspension;
pub mod working_pension;

use std::fmt;

use domain::{Month, Yen};
use jiff::civil::Date;

use crate::basic_pension::first_month;
use crate::book::{LawTable, TableFile};
use crate::table::{Line, Row};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] = &[
    &fixed_part::UNITS,
    &high_age_employment_stop::RATES,
    &multiplier::MULTIPLIERS,
    &revaluation::LEVEL_1994,
    &revaluation::RATES,
    &spouse_child_addition::AMOUNTS,
    &spouse_child_addition::MONTHS_LEAST,
    &working_pension::THRESHOLDS,
];

/// 総報酬制の施行 — from this month on bonuses count (平成12年法律18号20条).
pub const TOTAL_REMUNERATION_FROM: (i16, i8) = (2003, 4);

/// The first benefit year whose amounts are rounded to 1円 (平成27年10月1日施行; before: 100円).
const FIRST_YEAR_OF_WHOLE_YEN: i16 = 2015;

/// More months than any life has; products stay far from their bounds.
pub(crate) const MONTHS_MAX: i32 = 1_200;

/// 生年月日の範囲 — for whom a row is; open where the law names no bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Births {
    from: Option<Date>,
    until: Option<Date>,
}

impl Births {
    fn read(line: &Line<'_>) -> Result<Births, String> {
        Ok(Births { from: line.parse_or_open("born_from")?, until: line.parse_or_open("born_until")? })
    }

    /// Whether somebody born on this day is meant.
    pub fn cover(&self, birth: Date) -> bool {
        self.from.is_none_or(|from| from <= birth) && self.until.is_none_or(|until| birth <= until)
    }
}

/// 確からしさ — how sure somebody is of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Read in the law or an official table, or derived and checked against published values.
    High,
    /// Derived, not checked: computes, and the receipt says so.
    Medium,
    /// An estimate: no amount is made of it.
    Low,
}

impl Confidence {
    fn read(line: &Line<'_>) -> Result<Confidence, String> {
        match line.text("confidence") {
            "high" => Ok(Confidence::High),
            "medium" => Ok(Confidence::Medium),
            "low" => Ok(Confidence::Low),
            other => Err(format!("confidence {other:?} is unknown")),
        }
    }

    /// Refuses an estimate by the table's name; says of a derived value that it is one.
    fn settle(self, table: &str, month: Month, trace: &mut Trace) -> Result<(), LawError> {
        match self {
            Confidence::High => Ok(()),
            Confidence::Low => Err(LawError::CannotDecide { reason: estimate_only(table, month) }),
            Confidence::Medium => {
                let read = trace.parameters().last().map(|read| read.value.clone()).unwrap_or_default();
                trace.tell(|| {
                    Step::new("法令データの確からしさ", format!("「{table}」のこの値は公表された表と照合していない"))
                        .gives(if read.is_empty() { table.to_owned() } else { read })
                });
                Ok(())
            }
        }
    }
}

fn estimate_only(table: &str, month: Month) -> String {
    format!("「{table}」の{}年度の値は推計しかありません。官報の表を登録してください", month.fiscal_year())
}

/// A value of a row with its confidence.
#[derive(Clone, Debug)]
pub(crate) struct Graded<V> {
    confidence: Confidence,
    value: V,
}

/// The value under a key, not an estimate.
fn read_key<V: Send + Sync>(
    table: &'static LawTable<Graded<V>>,
    key: &str,
    month: Month,
    trace: &mut Trace,
) -> Result<&'static V, LawError> {
    let graded = table.at(key, month, trace)?;
    graded.confidence.settle(table.under(trace.book()).name(), month, trace)?;
    Ok(&graded.value)
}

/// The value of the row that `meant` takes, not an estimate.
fn read_where<V: Send + Sync>(
    table: &'static LawTable<Graded<V>>,
    month: Month,
    trace: &mut Trace,
    meant: impl Fn(&V) -> bool,
) -> Result<&'static V, LawError> {
    let graded = table.at_where(month, trace, |graded| meant(&graded.value))?;
    graded.confidence.settle(table.under(trace.book()).name(), month, trace)?;
    Ok(&graded.value)
}

/// A line as a row of its own.
fn graded_row<V>(line: &Line<'_>, value: impl FnOnce(&str) -> Option<V>) -> Result<Row<Graded<V>>, String> {
    let confidence = Confidence::read(line)?;
    line.row(|text| value(text).map(|value| Graded { confidence, value }))
}

/// 年金の年度の初月 for an amount: years whose amounts were rounded to 100円 are refused.
fn april_of_amount(fiscal_year: i16) -> Result<Month, LawError> {
    let april = first_month(fiscal_year)?;
    if fiscal_year < FIRST_YEAR_OF_WHOLE_YEN {
        return Err(LawError::NotInForce { table: "年金額の1円単位の端数処理".to_owned(), asked: april });
    }
    Ok(april)
}

/// A number of months that a life can have.
fn check_months(item: &str, months: i32) -> Result<(), LawError> {
    if (0..=MONTHS_MAX).contains(&months) {
        return Ok(());
    }
    Err(LawError::bad_input(item, format!("0月以上{MONTHS_MAX}月以下で入力してください")))
}

/// Amounts that are not negative and leave room for products.
fn check_yen(item: &str, yen: Yen) -> Result<(), LawError> {
    if (0..=1_000_000_000_000).contains(&yen.get()) {
        return Ok(());
    }
    Err(LawError::bad_input(item, "0円以上1兆円以下で入力してください"))
}

/// 50銭未満切捨て・50銭以上切上げ of a fraction whose parts are not negative (厚生年金保険法35条1項).
#[inline]
fn half_up(numerator: i128, denominator: i128) -> i64 {
    let doubled = numerator * 2 + denominator;
    i64::try_from(doubled / (denominator * 2)).expect("checked amounts of a pension fit in 64 bits")
}

/// A decimal of at most so many places as a whole number of its last place; `None` when it has more.
fn decimal_units(text: &str, per: i64) -> Option<i64> {
    domain::Ratio::parse_decimal(text)?.in_units_of(per).filter(|units| *units >= 0)
}

/// A rate in thousandths, written with three places: `0.930`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thousandths(pub i64);

impl Thousandths {
    fn parse(text: &str) -> Option<Thousandths> {
        decimal_units(text, 1000).map(Thousandths)
    }
}

impl fmt::Display for Thousandths {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{:03}", self.0.div_euclid(1000), self.0.rem_euclid(1000))
    }
}
