//! 健康保険の給付 (健康保険法第四章) — what the patient pays, what comes back, what is paid in cash.

pub mod annual_cap;
pub mod annual_outpatient;
pub mod combined_medical_care;
pub mod copay;
pub mod high_cost_70to74;
pub mod high_cost_category;
pub mod high_cost_limits;
pub mod high_cost_mixed;
pub mod high_cost_under70;
pub mod hospital_meal;
pub mod limit_certificate;
pub mod multi_time;
pub mod specified_disease;

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
    &specified_disease::LIMITS,
];
