//! 加給年金額 (厚生年金保険法44条, 昭和60年改正法附則60条) — what a pensioner has for a spouse and children.

mod status;

#[cfg(test)]
mod tests;

pub use status::{
    Child, OwnPension, Pensioner, Spouse, Standing, child_standing, first_month, fully_stopped_in, spouse_standing,
};

use domain::{Month, Yen};
use jiff::civil::Date;

use super::{Births, Confidence, Graded, april_of_amount, read_key, read_where};
use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Step, Trace};

/// 加給年金額 — of one benefit year and birth of the pensioner, yen a year; resolved, for the night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdditionAmounts {
    born: Births,
    /// 配偶者 (224,700円 × 改定率).
    pub spouse: Yen,
    /// 配偶者特別加算, by the pensioner's birth.
    pub special: Yen,
    /// 1人目・2人目の子, each.
    pub child_1st_2nd: Yen,
    /// 3人目以降の子, each.
    pub child_3rd_on: Yen,
}

impl AdditionAmounts {
    /// 配偶者に係る加給年金額 with the special addition.
    #[inline]
    pub fn spouse_total(&self) -> Yen {
        self.spouse + self.special
    }

    /// 子に係る加給年金額 for so many children.
    #[inline]
    pub fn children(&self, children: i32) -> Yen {
        let (first, later) = (i64::from(children.clamp(0, 2)), i64::from((children - 2).max(0)));
        Yen::new(self.child_1st_2nd.get() * first + self.child_3rd_on.get() * later)
    }
}

pub(super) static AMOUNTS: LawTable<Graded<AdditionAmounts>> =
    LawTable::new("employees_pension/spouse_child_addition/amounts.csv", include_str!("amounts.csv"), read);

/// 240月 — how long the pensioner must have been insured.
pub(super) static MONTHS_LEAST: LawTable<Graded<i32>> = LawTable::new(
    "employees_pension/spouse_child_addition/months_least.csv",
    include_str!("months_least.csv"),
    read_months,
);

/// 加給年金額に要する月数 — 240 months (厚生年金保険法44条1項).
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — the month.
pub fn months_least(month: Month, trace: &mut Trace) -> Result<i32, LawError> {
    Ok(*read_key(&MONTHS_LEAST, "", month, trace)?)
}

fn read(text: &str) -> Result<Table<Graded<AdditionAmounts>>, TableError> {
    Table::read(text, add_line)
}

fn read_months(text: &str) -> Result<Table<Graded<i32>>, TableError> {
    Table::read(text, |rows, line| {
        rows.push(super::graded_row(line, |value| value.parse().ok())?);
        Ok(())
    })
}

fn add_line(rows: &mut Vec<Row<Graded<AdditionAmounts>>>, line: &Line<'_>) -> Result<(), String> {
    let yen = |column: &str| line.parse(column).map(Yen::new);
    let value = AdditionAmounts {
        born: Births::read(line)?,
        spouse: yen("value")?,
        special: yen("special_yen")?,
        child_1st_2nd: yen("child_1st_2nd_yen")?,
        child_3rd_on: yen("child_3rd_on_yen")?,
    };
    if value.spouse_total() != yen("total_yen")? {
        return Err(format!("total_yen {:?} is not the sum", line.text("total_yen")));
    }
    let mut row = line.row(|_| Some(Graded { confidence: Confidence::read(line).ok()?, value }))?;
    let columns = ["value", "special_yen", "child_1st_2nd_yen", "child_3rd_on_yen"];
    row.text = columns.map(|column| line.text(column)).join(" / ");
    rows.push(row);
    Ok(())
}

/// 加給年金額 — the amounts of a benefit year.
///
/// Law: 厚生年金保険法44条2項 (224,700円・74,900円 × 改定率; the rate of new awards for everybody), 昭和60年改正法附則60条
/// 2項 (特別加算: 33,200円 to 165,800円 × 改定率, born from 1934-04-02).
///
/// - `birth`: of the pensioner, not of the spouse
///
/// Returns yen a year, each in hundreds (50円以上切上げ).
///
/// # Errors
/// `NotInForce` before 2015, `PastLastCheck` after 2026 (the amounts of a reform from 2028 are not on file).
///
/// # Examples
/// Fiscal 2025, born 1958: 239,300円 + 176,600円 = 415,900円; children 239,300円, from the third 79,800円.
pub fn addition_amounts(birth: Date, fiscal_year: i16, trace: &mut Trace) -> Result<AdditionAmounts, LawError> {
    let april = april_of_amount(fiscal_year)?;
    let amounts = *read_where(&AMOUNTS, april, trace, |row| row.born.cover(birth))?;
    trace.tell(|| {
        Step::new(
            "厚生年金保険法44条2項・昭和60年改正法附則60条2項",
            "配偶者の加給年金額 = 加給年金額 + 特別加算 (受給権者の生年月日による)",
        )
        .with("年度", fiscal_year, "年度")
        .with("受給権者の生年月日", birth, "")
        .with("配偶者", amounts.spouse, "")
        .with("特別加算", amounts.special, "")
        .gives(amounts.spouse_total())
    });
    Ok(amounts)
}

/// 子の加給年金額 — for so many children who count in the month.
///
/// Law: 厚生年金保険法44条2項.
///
/// # Errors
/// As [`addition_amounts`]; `BadInput` — more than 100 children.
pub fn children_addition(amounts: &AdditionAmounts, children: i32, trace: &mut Trace) -> Result<Yen, LawError> {
    if !(0..=100).contains(&children) {
        return Err(LawError::bad_input("子の数 (children)", "0人以上100人以下で入力してください"));
    }
    let total = amounts.children(children);
    trace.tell(|| {
        Step::new("厚生年金保険法44条2項", "子の加給年金額 = 1人目・2人目の額 + 3人目以降の額")
            .with("子の数", children, "人")
            .with("1人目・2人目", amounts.child_1st_2nd, "")
            .with("3人目以降", amounts.child_3rd_on, "")
            .gives(total)
    });
    Ok(total)
}
