//! 健康保険の給付 (健康保険法第4章) — what is paid to the insured, and when the right to it ends.

pub mod cash_medical_benefit;
pub mod coordination;
pub mod days;
pub mod judo_therapy;
pub mod lump_sum;
pub mod maternity_allowance;
pub mod post_loss;
pub mod prescription;
pub mod sickness_allowance;
pub mod subrogation;
pub mod transport;

use crate::book::TableFile;

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] = &[
    &lump_sum::CHILDBIRTH,
    &lump_sum::FUNERAL,
    &maternity_allowance::WINDOW_DAYS,
    &sickness_allowance::DAILY_RATES,
    &sickness_allowance::ITEM2,
];
