//! 健康保険 (協会けんぽ) と厚生年金保険 — standard remuneration, contributions, exemptions.

pub mod acquisition;
pub mod age;
pub mod annual_average;
pub mod annual_determination;
pub mod application;
pub mod bonus;
pub mod chargeable_months;
pub mod childcare_guarantee;
pub mod contribution;
pub mod due_date;
pub mod exemption;
pub mod grade;
pub mod leave_end_revision;
pub mod limitation;
pub mod long_term_care;
pub mod month;
pub mod notice_total;
pub mod remuneration;
pub mod revision;
pub mod table_change;

use crate::book::TableFile;

#[cfg(test)]
mod tests;

/// Every table of this family, in order of path.
pub(crate) static TABLES: [&dyn TableFile; 11] = [
    &bonus::EPI_CAPS,
    &bonus::HI_CAPS,
    &contribution::CONTRIBUTION_RATES,
    &contribution::EPI_RATES,
    &contribution::HI_RATES,
    &contribution::LTCI_RATES,
    &contribution::SUPPORT_RATES,
    &grade::EPI_GRADES,
    &grade::HI_GRADES,
    &remuneration::BASE_DAYS,
    &revision::ONE_GRADE_BOUNDS,
];

/// 制度 — health insurance or employees' pension insurance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// 健康保険.
    HealthInsurance,
    /// 厚生年金保険.
    EmployeesPension,
}

impl Scheme {
    /// 健康保険, 厚生年金保険.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::HealthInsurance => "健康保険",
            Scheme::EmployeesPension => "厚生年金保険",
        }
    }
}
