//! 月の調定の核 — one person's contributions of one month, for one person at a terminal and for a column of
//! people at night alike. [`MonthLaw::of`] looks everything up once; [`MonthLaw::assess`] is integers only.
//!
//! Exact amounts are whole numbers of 1/100,000 yen: standards are whole yen and rates have five decimals.

mod explain;
mod explain_workplaces;
mod law;
mod person;
mod totals;
mod workplaces;

#[cfg(test)]
mod tests;

pub use law::MonthLaw;
pub use person::{HoldReason, Levies, PersonContribution, PersonMonth, Verdict, day_number, day_of};
pub use totals::EmployerTotals;
pub use workplaces::{Workplace, WorkplacePart, Workplaces};

use domain::Ratio;

/// Units of an exact amount in one yen: amounts are counted in 1/100,000 yen.
pub const UNITS_PER_YEN: i64 = 100_000;

/// An exact amount in 1/100,000 yen as a ratio of yen.
pub fn exact_yen(units: i64) -> Ratio {
    Ratio::new(i128::from(units), i128::from(UNITS_PER_YEN))
}

/// 50銭以下切捨て・50銭超切上げ of half of an exact amount that is not negative, in whole yen.
#[inline]
fn payroll_half(units: i64) -> i64 {
    (units + (UNITS_PER_YEN - 1)) / (2 * UNITS_PER_YEN)
}
