//! 夜間の暦 — which jobs are due, as data.

use std::sync::LazyLock;

use domain::Month;
use domain::calendar::government_next_or_same;
use jiff::civil::Date;
use serde::Deserialize;
use store::night::runs::RunJob;

use crate::jobs;
use crate::run::NightError;

static HOUSE: LazyLock<NightCalendar> =
    LazyLock::new(|| toml::from_str(include_str!("../calendar.toml")).expect("the calendar is tested"));

/// The contents of `calendar.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NightCalendar {
    daily: Vec<String>,
    monthly: Monthly,
    pensions: Pensions,
    notices: Notices,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pensions {
    daily: Vec<String>,
    monthly: Vec<String>,
    payment_day: i8,
    payment: Vec<String>,
    letters: Vec<String>,
}

/// 済んだ月 — how far earlier nights have come, out of the books.
#[derive(Clone, Copy, Debug, Default)]
pub struct Done {
    /// The last month assessed.
    pub assessed: Option<Month>,
    /// The month that the settings name as the first to be assessed.
    pub first_month: Option<Month>,
    /// 最初の支払期月 of this book; `None` while no record of lives is on file: then there is no pension to see to.
    pub first_payment: Option<Month>,
    /// The last month of which the pensions' monthly jobs were done.
    pub pension_month: Option<Month>,
    /// The last 支払期月 that was paid.
    pub paid: Option<Month>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Monthly {
    day: i8,
    jobs: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Notices {
    issued_day: i8,
}

/// A job that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedJob {
    /// Its name.
    pub job: String,
    /// 月分 of a monthly job.
    pub for_month: Option<Month>,
}

impl PlannedJob {
    /// 仕事の名.
    pub fn title(&self) -> &'static str {
        jobs::by_name(&self.job).map_or("不明な仕事", |job| job.title())
    }

    pub(super) fn row(&self, job_no: i16) -> RunJob {
        RunJob {
            job_no,
            job: self.job.clone(),
            for_month: self.for_month,
            state: "open".to_owned(),
            rejected_max: jobs::by_name(&self.job).map_or(0, |job| job.rejected_max()),
            totals: None,
        }
    }
}

impl NightCalendar {
    /// The calendar of this house.
    pub fn of_house() -> &'static NightCalendar {
        &HOUSE
    }

    /// The jobs of a business date: the daily ones, then the monthly ones of every month that has come due and was
    /// not yet assessed, oldest first; then the pensions. Without any earlier assessment the last due month is the first
    /// one, unless the settings of the database name an earlier start.
    ///
    /// # Errors
    /// `Law` — the holiday table does not reach that far.
    pub fn due(&self, business_on: Date, done: &Done) -> Result<Vec<PlannedJob>, NightError> {
        let last_due = self.last_due_month(business_on)?;
        let from = done.assessed.map(Month::next).or(done.first_month).unwrap_or(last_due);
        let mut due = planned(&self.daily, None);
        for month in from.through(last_due) {
            due.extend(planned(&self.monthly.jobs, Some(month)));
        }
        if let Some(first_payment) = done.first_payment {
            self.add_pensions(&mut due, business_on, (first_payment, done))?;
        }
        Ok(due)
    }

    fn add_pensions(
        &self,
        due: &mut Vec<PlannedJob>,
        business_on: Date,
        (first_payment, done): (Month, &Done),
    ) -> Result<(), NightError> {
        let (now, pensions) = (Month::of(business_on), &self.pensions);
        due.extend(planned(&pensions.daily, Some(now)));
        for month in done.pension_month.map_or(now, Month::next).through(now) {
            due.extend(planned(&pensions.monthly, Some(month)));
        }
        let reached = if business_on >= open_day(now, pensions.payment_day)? { now } else { now.previous() };
        let first = done.paid.map_or(first_payment, Month::next);
        for month in first.through(reached).filter(|month| month.month() % 2 == 0) {
            due.extend(planned(&pensions.payment, Some(month)));
        }
        due.extend(planned(&pensions.letters, Some(now)));
        Ok(())
    }

    fn last_due_month(&self, business_on: Date) -> Result<Month, NightError> {
        let month = Month::of(business_on);
        let assessed_on = open_day(month, self.monthly.day)?;
        Ok(if business_on >= assessed_on { month.previous() } else { month.plus(-2) })
    }

    /// 発行日 of the notices of a month.
    ///
    /// # Errors
    /// `Law` — the holiday table does not reach that far.
    pub fn issued_on(&self, for_month: Month, business_on: Date) -> Result<Date, NightError> {
        Ok(open_day(for_month.next(), self.notices.issued_day)?.max(business_on))
    }
}

fn planned(jobs: &[String], for_month: Option<Month>) -> Vec<PlannedJob> {
    jobs.iter().map(|job| PlannedJob { job: job.clone(), for_month }).collect()
}

/// This day of the month, or the next on which offices are open.
fn open_day(month: Month, day: i8) -> Result<Date, NightError> {
    let day = Date::new(month.year(), month.month(), day).expect("days of the calendar are in every month");
    Ok(government_next_or_same(day).map_err(law::LawError::from)?)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn months(business_on: Date, last_assessed: Option<&str>) -> Vec<String> {
        let last_assessed = last_assessed.map(|text| text.parse().expect("a month"));
        let done = Done { assessed: last_assessed, ..Done::default() };
        let due = NightCalendar::of_house().due(business_on, &done).expect("the calendar reaches");
        let assessments = due.iter().filter(|planned| planned.job == "assessment");
        assessments.map(|planned| planned.for_month.expect("monthly").to_string()).collect()
    }

    #[test]
    fn the_month_comes_due_on_the_fifteenth_or_the_next_open_day() {
        // 2026-08-15 is a Saturday.
        assert_eq!(months(date(2026, 8, 14), Some("2026-06")), Vec::<String>::new());
        assert_eq!(months(date(2026, 8, 17), Some("2026-06")), ["2026-07"]);
        assert_eq!(months(date(2026, 8, 18), Some("2026-07")), Vec::<String>::new());
    }

    #[test]
    fn missed_months_are_made_up_for() {
        assert_eq!(months(date(2026, 8, 17), Some("2026-04")), ["2026-05", "2026-06", "2026-07"]);
        assert_eq!(months(date(2026, 8, 17), None), ["2026-07"]);
    }

    #[test]
    fn notices_are_issued_around_the_twentieth() {
        let calendar = NightCalendar::of_house();
        let july = "2026-07".parse().expect("a month");
        assert_eq!(calendar.issued_on(july, date(2026, 8, 17)).expect("reaches"), date(2026, 8, 20));
        assert_eq!(calendar.issued_on(july, date(2026, 8, 25)).expect("reaches"), date(2026, 8, 25));
    }

    #[test]
    fn every_job_of_the_calendar_exists() {
        let calendar = NightCalendar::of_house();
        let pensions = &calendar.pensions;
        let of_pensions =
            [&pensions.daily, &pensions.monthly, &pensions.payment, &pensions.letters].into_iter().flatten();
        for job in calendar.daily.iter().chain(&calendar.monthly.jobs).chain(of_pensions) {
            assert!(jobs::by_name(job).is_some(), "{job}");
        }
    }

    fn pensions(business_on: Date, done: Done) -> Vec<String> {
        let due = NightCalendar::of_house().due(business_on, &done).expect("the calendar reaches");
        let of_pensions = due.iter().filter(|planned| ["payment_run", "national_pension"].contains(&&*planned.job));
        of_pensions.map(|planned| format!("{} {}", planned.job, planned.for_month.expect("monthly"))).collect()
    }

    #[test]
    fn pensions_are_paid_in_even_months_from_the_first_on() {
        let month = |text: &str| Some(text.parse().expect("a month"));
        let done = Done { first_payment: month("2025-10"), pension_month: month("2025-09"), ..Done::default() };
        assert!(pensions(date(2025, 9, 30), Done { first_payment: None, ..done }).is_empty());
        assert!(pensions(date(2025, 9, 30), done).is_empty());
        assert_eq!(pensions(date(2025, 10, 3), done), ["national_pension 2025-10"]);
        // 2025-10-05 is a Sunday.
        assert_eq!(pensions(date(2025, 10, 6), done), ["national_pension 2025-10", "payment_run 2025-10"]);
        let paid = Done { paid: month("2025-10"), pension_month: month("2025-12"), ..done };
        assert_eq!(pensions(date(2025, 12, 5), paid), ["payment_run 2025-12"]);
    }
}
