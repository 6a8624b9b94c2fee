//! 夜間の仕事 — one folder per job; the order and the days are in `calendar.toml`.

pub mod adjudication;
pub mod age_bands;
pub mod age_events;
pub mod apply_filings;
pub mod apply_person_filings;
pub mod assessment;
pub mod completeness;
pub mod duplicates;
pub mod letters;
pub mod national_pension;
pub mod notices;
pub mod payment_run;
pub mod print_lots;
pub mod statistics;

use crate::run::Job;

static JOBS: &[&dyn Job] = &[
    &apply_filings::ApplyFilings,
    &assessment::Assessment,
    &notices::Notices,
    &statistics::Statistics,
    &completeness::Completeness,
    &print_lots::PrintLots,
    &apply_person_filings::ApplyPersonFilings,
    &adjudication::Adjudication,
    &national_pension::NationalPension,
    &age_events::AgeEvents,
    &duplicates::Duplicates,
    &payment_run::PaymentRun,
    &letters::Letters,
];

/// The job of that name; the calendar and the books speak of jobs by name.
pub fn by_name(name: &str) -> Option<&'static dyn Job> {
    JOBS.iter().copied().find(|job| job.name() == name)
}
