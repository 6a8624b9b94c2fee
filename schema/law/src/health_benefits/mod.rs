//! 健康保険の給付 (健康保険法第4章) — what the patient pays, what comes back, what is paid in cash, and when the right
//! to it ends.

pub mod annual_cap;
pub mod annual_outpatient;
pub mod cash_medical_benefit;
pub mod combined_medical_care;
pub mod coordination;
pub mod copay;
pub mod days;
pub mod high_cost_70to74;
pub mod high_cost_category;
pub mod high_cost_limits;
pub mod high_cost_mixed;
pub mod high_cost_under70;
pub mod hospital_meal;
pub mod judo_therapy;
pub mod limit_certificate;
pub mod lump_sum;
pub mod maternity_allowance;
pub mod multi_time;
pub mod post_loss;
pub mod prescription;
pub mod sickness_allowance;
pub mod specified_disease;
pub mod subrogation;
pub mod transport;

use crate::book::TableFile;

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] = &[
    &annual_cap::CAPS,
    &annual_cap::PLANNED_2027,
    &annual_outpatient::LIMITS,
    &combined_medical_care::THRESHOLDS,
    &copay::ACTIVE_INCOME,
    &copay::COPAY_RATES,
    &high_cost_category::BRACKETS,
    &high_cost_category::PLANNED_2027,
    &high_cost_limits::AGED_70_TO_74,
    &high_cost_limits::PLANNED_2027,
    &high_cost_limits::UNDER_70,
    &high_cost_under70::ITEM_FLOOR,
    &hospital_meal::STANDARD_BURDEN,
    &lump_sum::CHILDBIRTH,
    &lump_sum::FUNERAL,
    &maternity_allowance::WINDOW_DAYS,
    &sickness_allowance::DAILY_RATES,
    &sickness_allowance::ITEM2,
    &specified_disease::LIMITS,
];
