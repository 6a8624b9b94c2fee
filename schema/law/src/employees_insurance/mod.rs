//! 健康保険 (協会けんぽ) と厚生年金保険 — standard remuneration, contributions, exemptions.

pub mod acquisition;
pub mod age;
pub mod annual_determination;
pub mod application;
pub mod bonus;
pub mod chargeable_months;
pub mod contribution;
pub mod due_date;
pub mod exemption;
pub mod grade;
pub mod long_term_care;
pub mod month;
pub mod notice_total;

#[cfg(test)]
mod tests;

/// Every file of numbers, for the version of the law data.
pub(crate) const TABLE_FILES: [(&str, &str); 11] = [
    ("application/one_grade_bounds.csv", application::ONE_GRADE_BOUNDS_CSV),
    ("bonus/epi_caps.csv", include_str!("bonus/epi_caps.csv")),
    ("bonus/hi_caps.csv", include_str!("bonus/hi_caps.csv")),
    ("contribution/contribution_rates.csv", include_str!("contribution/contribution_rates.csv")),
    ("contribution/epi_rates.csv", include_str!("contribution/epi_rates.csv")),
    ("contribution/hi_rates.csv", include_str!("contribution/hi_rates.csv")),
    ("contribution/ltci_rates.csv", include_str!("contribution/ltci_rates.csv")),
    ("contribution/support_rates.csv", include_str!("contribution/support_rates.csv")),
    ("grade/epi_grades.csv", include_str!("grade/epi_grades.csv")),
    ("grade/hi_grades.csv", include_str!("grade/hi_grades.csv")),
    ("holidays.csv", domain::calendar::HOLIDAYS_CSV),
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
