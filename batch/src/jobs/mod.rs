//! 夜間の仕事 — one folder per job; the order and the days are in `calendar.toml`.

pub mod age_bands;
pub mod apply_filings;
pub mod assessment;
pub mod completeness;
pub mod notices;
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
];

/// The job of that name; the calendar and the books speak of jobs by name.
pub fn by_name(name: &str) -> Option<&'static dyn Job> {
    JOBS.iter().copied().find(|job| job.name() == name)
}
