//! 統計 — insured and employers by prefecture, sex, age band and grade, and contributions, from the month's own
//! Parquet, into Parquet and CSV (UTF-8 with a header).

mod tables;

use rayon::prelude::*;
use store::Session;
use store::night::runs::{self, RunFile};

use crate::jobs::assessment::CONTRIBUTIONS;
use crate::jobs::assessment::sums::EXACT_TOTALS;
use crate::jobs::notices::assessment_of;
use crate::lake;
use crate::run::{Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, files};

use tables::Gathered;

/// Name of the dataset.
pub const STATISTICS: &str = "statistics";

/// 統計.
pub struct Statistics;

impl Job for Statistics {
    fn name(&self) -> &'static str {
        "statistics"
    }

    fn title(&self) -> &'static str {
        "統計"
    }

    /// One partition: what is gathered is small, whatever the country's size.
    fn plan(&self, _job: &JobContext, _session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        Ok(vec![KeyRange { from: 0, to: i64::MAX }])
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        let job = partition.job;
        let parts = session.run(async |db| {
            let jobs = runs::jobs(db, &job.run_id).await?;
            let same = |one: &&runs::RunJob| one.job == "assessment" && one.for_month == job.for_month;
            let assessment = jobs.iter().find(same).map_or(-1, |one| one.job_no);
            runs::files(db, &job.run_id, assessment).await
        })?;
        let gathered = gather(job, &parts)?;
        let tables = gathered.tables();
        let mut written = Vec::new();
        for table in &tables {
            written.push(table.write_parquet(job)?);
            written.push(table.write_csv(job)?);
        }
        let people = gathered.people();
        let counts = Counts { read: people, done: people, ..Counts::default() };
        let mut totals = Totals::new();
        tables.iter().for_each(|table| totals.add_all(&table.totals()));
        Ok(Outcome { counts, totals, verdicts: Vec::new(), files: written })
    }

    /// From the files again, and the contributions must be those of the assessment.
    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
        let mut totals = Totals::new();
        for file in written.iter().filter(|file| file.path.ends_with(".parquet")) {
            totals.add_all(&tables::recount(job, &file.path)?);
        }
        let assessed = assessment_of(job, session)?.totals.as_ref().map(Totals::of_json).unwrap_or_default();
        let (mut ours, mut theirs) = (Totals::new(), Totals::new());
        for name in EXACT_TOTALS {
            ours.add(name, totals.get(&format!("contributions.{name}")));
            theirs.add(name, assessed.get(name));
        }
        let differences = theirs.differences(&ours);
        if !differences.is_empty() {
            return Err(NightError::Unbalanced { title: "統計と調定".to_owned(), differences });
        }
        Ok(totals)
    }

    fn finish(&self, job: &JobContext, totals: &Totals, session: &mut Session) -> Result<(), NightError> {
        let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
        lake::write_run_summary(job, STATISTICS, job.month(), &written, totals)
    }
}

/// All parts, one batch at a time on each thread.
fn gather(job: &JobContext, parts: &[RunFile]) -> Result<Gathered, NightError> {
    let parts: Vec<&RunFile> = parts.iter().filter(|file| file.path.starts_with(CONTRIBUTIONS)).collect();
    parts
        .par_iter()
        .map(|file| {
            let mut gathered = Gathered::new(job.month());
            lake::read(&files::locate(job, &file.path), &tables::COLUMNS, |batch| {
                gathered.add(batch);
                Ok(())
            })?;
            Ok(gathered)
        })
        .try_reduce(
            || Gathered::new(job.month()),
            |mut a, b| {
                a.merge(b);
                Ok(a)
            },
        )
}
