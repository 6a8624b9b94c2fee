//! 障害年金と遺族年金 (国民年金法30条〜42条, 厚生年金保険法47条〜69条) — who has a right to them, and how much it is.

pub mod amounts;
pub mod before20_income;
pub mod contribution_test;
pub mod disability_basic;
pub mod disability_employee;
pub mod disability_right;
pub mod survivor_basic;
pub mod survivor_employee;
pub mod survivor_right;
pub mod transitional_widow_addition;

use domain::{Ratio, Rounding, Yen};

use crate::book::TableFile;

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] = &[
    &amounts::AMOUNTS,
    &before20_income::INCOME_LIMITS,
    &contribution_test::EXCEPTION_UNTIL,
    &survivor_right::MONTHS,
    &transitional_widow_addition::RATIOS,
];

/// 端数処理 — a named part of an annual amount, 50銭未満切捨て・50銭以上切上げ (国民年金法17条1項, 厚生年金保険法35条1項).
#[inline]
pub(crate) fn part_of(amount: Yen, numerator: i128, denominator: i128) -> Yen {
    amount.times(Ratio::new(numerator, denominator), Rounding::HalfUp)
}
