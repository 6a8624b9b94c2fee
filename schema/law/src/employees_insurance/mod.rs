//! 健康保険 (協会けんぽ) と厚生年金保険 — standard remuneration, contributions, exemptions.

pub mod acquisition;
pub mod age;
pub mod annual_average;
pub mod annual_determination;
pub mod application;
pub mod bonus;
pub mod chargeable_months;
pub mod childcare_guarantee;
pub mod completeness;
pub mod contribution;
pub mod cover_dates;
pub mod covered_workplace;
pub mod custody;
pub mod demand;
pub mod dependant;
pub mod due_date;
pub mod exemption;
pub mod grade;
pub mod insured;
pub mod late_fee;
pub mod leave_end_revision;
pub mod life;
pub mod limitation;
pub mod long_term_care;
pub mod month;
pub mod notice_total;
pub mod overpayment;
pub mod premium_adjustment;
pub mod remuneration;
pub mod revision;
pub mod short_time_worker;
pub mod table_change;
pub mod two_workplaces;
pub mod voluntary;
pub mod withholding;

use jiff::civil::Date;

use crate::LawError;
use crate::book::TableFile;

#[cfg(test)]
mod tests;

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] = &[
    &bonus::EPI_CAPS,
    &bonus::HI_CAPS,
    &contribution::CONTRIBUTION_RATES,
    &contribution::EPI_RATES,
    &contribution::HI_RATES,
    &contribution::LTCI_RATES,
    &contribution::SUPPORT_RATES,
    &dependant::INCOME_LIMITS,
    &grade::EPI_GRADES,
    &grade::HI_GRADES,
    &late_fee::RATES,
    &premium_adjustment::WORKER_PARTS,
    &remuneration::BASE_DAYS,
    &revision::ONE_GRADE_BOUNDS,
    &short_time_worker::SCOPE,
    &voluntary::CAPS,
    &voluntary::HI_RATES,
    &voluntary::LTCI_RATES,
    &voluntary::SUPPORT_RATES,
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

/// The day after; the calendar's last day has none and stands for itself.
pub(crate) fn day_after(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

/// Days that leave room for reckoning periods and ages; all others are slips of the pen.
pub(crate) fn check_day(item: &str, day: Date) -> Result<(), LawError> {
    if (1868..9000).contains(&day.year()) {
        Ok(())
    } else {
        Err(LawError::bad_input(item, "明治元年から西暦8999年までの日を入力してください"))
    }
}
