//! Jobs of a night alone, with everything they have in a night: run, lease, partitions, marks, recount.

use batch::night::NightOptions;
use batch::run::kernel::{JobSummary, Kernel};
use batch::run::lease::{self, Lease};
use batch::run::{Job, JobContext};
use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;
use store::Session;
use store::night::runs::{self, RunJob};

use crate::commands::night_options;
use crate::office;
use crate::progress::Bars;
use crate::settings::Settings;

type Failure = Box<dyn std::error::Error>;

/// An office of the bench's own with an empty database; the one before it is thrown away.
pub(super) fn empty_office(settings: &Settings) -> Result<String, Failure> {
    office::down(settings)?;
    if settings.office_dir.exists() {
        std::fs::remove_dir_all(&settings.office_dir)?;
    }
    office::database(settings)
}

/// A run in the books with some jobs.
pub(super) struct Alone {
    pub(super) run_id: String,
    pub(super) cutoff_at: Timestamp,
    owner: String,
    url: String,
    business_on: Date,
    planned: Vec<RunJob>,
    lease: Lease,
    options: NightOptions,
}

impl Alone {
    /// Takes the cut-off and freezes the jobs, each with its month.
    pub(super) fn begin(
        settings: &Settings,
        url: &str,
        business_on: Date,
        jobs: &[(&dyn Job, Month)],
        session: &mut Session,
    ) -> Result<Alone, Failure> {
        let (run_id, owner) = ("BENCH-1".to_owned(), lease::owner());
        let row = |(job_no, (job, month)): (i16, &(&dyn Job, Month))| RunJob {
            job_no,
            job: job.name().to_owned(),
            for_month: Some(*month),
            state: "open".to_owned(),
            rejected_max: job.rejected_max(),
            totals: None,
        };
        let planned: Vec<RunJob> = (1..).zip(jobs).map(row).collect();
        let version = env!("CARGO_PKG_VERSION");
        let cutoff_at = session.run(async |db| {
            let db = &*db;
            runs::begin(db, &run_id, business_on, law::law_version(), version, &owner).await?;
            let cutoff_at = runs::take_cutoff(db, &run_id).await?;
            runs::freeze_jobs(db, &run_id, &planned).await?;
            Ok::<_, store::StoreError>(cutoff_at)
        })?;
        let lease = Lease::keep(url, &run_id, &owner);
        let options = night_options(settings, url, business_on);
        Ok(Alone { run_id, cutoff_at, owner, url: url.to_owned(), business_on, planned, lease, options })
    }

    /// Does one of them.
    pub(super) fn run(&self, job: &dyn Job, bars: &Bars) -> Result<JobSummary, Failure> {
        let planned = self.planned.iter().find(|planned| planned.job == job.name()).ok_or("the job was not planned")?;
        let options = &self.options;
        let context = JobContext {
            run_id: self.run_id.clone(),
            job_no: planned.job_no,
            business_on: self.business_on,
            cutoff_at: self.cutoff_at,
            for_month: planned.for_month,
            law_version: law::law_version().to_owned(),
            lake_dir: options.lake_dir.clone(),
            print_dir: options.print_dir.clone(),
            threads: options.threads,
            people_per_partition: options.people_per_partition,
            pieces_per_lot: options.pieces_per_lot,
        };
        let named = store::Settings::new(&self.url).named("nenrin-night");
        let kernel = Kernel { settings: named, owner: self.owner.clone(), lease: &self.lease, progress: bars };
        Ok(kernel.run_job(job, &context, planned)?)
    }

    /// Closes the run.
    pub(super) fn finish(&self, session: &mut Session) -> Result<(), Failure> {
        Ok(session.run(async |db| runs::finish(&*db, &self.run_id).await)?)
    }
}
