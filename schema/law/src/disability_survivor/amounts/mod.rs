//! 障害年金・遺族年金の額の表 (国民年金法33条・33条の2・38条・39条, 厚生年金保険法50条・57条・62条).

use domain::{Month, Yen};

use crate::basic_pension::marked_row;
use crate::basic_pension::revision_rate::Cohort;
use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Trace};

#[cfg(test)]
mod tests;

pub(super) static AMOUNTS: LawTable<Yen> =
    LawTable::new("disability_survivor/amounts/amounts.csv", include_str!("amounts.csv"), read);

/// Until fiscal 2022 one row is for all: it stands under both cohorts.
fn read(text: &str) -> Result<Table<Yen>, TableError> {
    Table::read(text, |rows, line| {
        let (cohort, kind) = line.text("key").split_once('/').ok_or("key without a kind")?;
        let cohorts = if cohort == "ALL" { vec!["NEW_AWARD", "EXISTING"] } else { vec![cohort] };
        for cohort in cohorts {
            let mut row = marked_row(line, |value| value.parse().ok().map(Yen::new))?;
            row.key = format!("{cohort}/{kind}");
            rows.push(row);
        }
        Ok(())
    })
}

/// 額の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountKind {
    /// 障害基礎年金2級.
    DisabilityBasicGrade2,
    /// 障害基礎年金1級.
    DisabilityBasicGrade1,
    /// 子の加算 (2人目まで, 1人につき): the rate of new awards for everybody.
    FirstTwoChildren,
    /// 子の加算 (3人目から, 1人につき).
    LaterChildren,
    /// 障害厚生年金の最低保障額.
    DisabilityEmployeeMinimum,
    /// 障害手当金の最低保障額.
    DisabilityAllowanceMinimum,
    /// 遺族基礎年金.
    SurvivorBasic,
    /// 中高齢寡婦加算.
    MiddleAgedWidow,
}

impl AmountKind {
    /// Every one, with its key.
    pub const WORDS: [(&'static str, AmountKind); 8] = [
        ("disability_basic_grade2", AmountKind::DisabilityBasicGrade2),
        ("disability_basic_grade1", AmountKind::DisabilityBasicGrade1),
        ("child_1st_2nd_each", AmountKind::FirstTwoChildren),
        ("child_3rd_on_each", AmountKind::LaterChildren),
        ("disability_employee_grade3_minimum", AmountKind::DisabilityEmployeeMinimum),
        ("disability_allowance_minimum", AmountKind::DisabilityAllowanceMinimum),
        ("survivor_basic_base", AmountKind::SurvivorBasic),
        ("middle_aged_widow_addition", AmountKind::MiddleAgedWidow),
    ];

    fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(key, _)| key)
    }
}

/// 障害年金・遺族年金の額 — one amount of a cohort in the fiscal year of the month, yen a year.
///
/// Law: as the row names it. Every one is 780,900円 (or 224,700円, 74,900円) × 改定率 in hundreds, or made of that.
///
/// # Errors
/// `NotInForce` before fiscal 2015, `PastLastCheck` after fiscal 2026.
///
/// # Examples
/// 2025-04, new awards: grade 2 831,700円; the minimum of 障害厚生年金 623,800円.
pub fn amount(kind: AmountKind, cohort: Cohort, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    AMOUNTS.at(&format!("{}/{}", cohort.key(), kind.key()), month, trace).copied()
}

/// 子の加算額 — two at the first amount, the others at the second; the rate of new awards for everybody.
#[inline]
pub fn children_sum(children: i64, first_two: Yen, later: Yen) -> Yen {
    Yen::new(first_two.get() * children.min(2) + later.get() * (children - 2).max(0))
}

/// 子の加算額 — of so many children (国民年金法33条の2第1項, 39条1項).
///
/// # Errors
/// As [`amount`].
pub fn children_addition(children: i64, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    if children == 0 {
        return Ok(Yen::ZERO);
    }
    let first_two = amount(AmountKind::FirstTwoChildren, Cohort::NewAward, month, trace)?;
    let later = match children {
        3.. => amount(AmountKind::LaterChildren, Cohort::NewAward, month, trace)?,
        _ => Yen::ZERO,
    };
    Ok(children_sum(children, first_two, later))
}
