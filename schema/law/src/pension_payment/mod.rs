//! 年金の支払 (国民年金法18条〜25条・73条・102条, 厚生年金保険法36条〜41条・92条, 所得税法203条の2〜203条の7, 特別徴収) — for which months
//! a pension is paid, when, how much of it arrives, which of several is chosen, and when a right to it lapses.

pub mod certificate_number;
pub mod life_report;
pub mod limitation;
pub mod overpayment;
pub mod payable_months;
pub mod payment_date;
pub mod payment_rounding;
pub mod run;
pub mod simultaneous_benefits;
pub mod special_collection;
pub mod unpaid_benefit;
pub mod withholding_tax;

use crate::book::TableFile;

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] = &[
    &certificate_number::PENSION_CODES,
    &limitation::LIMITATION_YEARS,
    &special_collection::MIN_ANNUAL_PENSION,
    &withholding_tax::BASIC_DEDUCTION,
    &withholding_tax::PERSONAL_DEDUCTIONS,
];
