//! Counted again from the Parquet files and the journal, never from memory.

use arrow::array::{AsArray, RecordBatch};
use rayon::prelude::*;
use store::Session;
use store::night::journal;
use store::night::runs::{self, RunFile};

use super::adjustments::ADJUSTMENTS;
use super::output::{CONTRIBUTIONS, EXACT_COLUMNS};
use super::sums::{EXACT_TOTALS, EmployerSums, Exact, YEN_TOTALS, add};
use crate::lake;
use crate::run::{JobContext, NightError, Totals, files};

const FLAGS: [&str; 4] = ["hi_charged", "epi_charged", "ltci", "exempt"];
const FLAG_TOTALS: [&str; 4] = ["hi_people", "epi_people", "ltci_people", "exempt_people"];
const SHARES: [&str; 4] = ["hi_employee_yen", "epi_employee_yen", "bonus_hi_employee_yen", "bonus_epi_employee_yen"];

/// Sums over people, as both roads add them: on the way, and from the files.
#[derive(Debug, Default)]
pub struct PeopleSums {
    people: i64,
    exact: Exact,
    flags: [i64; 4],
    shares: [i64; 4],
}

impl PeopleSums {
    /// One person: amounts, flags, shares.
    pub fn add(&mut self, exact: &Exact, flags: [bool; 4], shares: [i64; 4]) {
        self.people += 1;
        add(&mut self.exact, exact);
        self.flags.iter_mut().zip(flags).for_each(|(sum, flag)| *sum += i64::from(flag));
        self.shares.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share);
    }

    /// Into totals.
    pub fn total(&self, totals: &mut Totals) {
        totals.add("people", self.people);
        EXACT_TOTALS.iter().zip(self.exact).for_each(|(name, sum)| totals.add(name, sum));
        FLAG_TOTALS.iter().zip(self.flags).for_each(|(name, sum)| totals.add(name, sum));
        SHARES.iter().zip(self.shares).for_each(|(name, sum)| totals.add(name, sum));
    }
}

/// The totals of the job from its files, with the whole yen of every employer cut again; what the journal holds must
/// be the same.
pub fn recount(job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
    let (run_id, job_no, month) = (job.run_id.as_str(), job.job_no, job.month());
    let written = session.run(async |db| runs::files(&*db, run_id, job_no).await)?;
    let parts: Vec<Totals> = written
        .chunk_by(|a, b| a.partition_no == b.partition_no)
        .collect::<Vec<_>>()
        .par_iter()
        .map(|part| recount_part(job, part))
        .collect::<Result<_, _>>()?;
    let mut totals = Totals::new();
    parts.iter().for_each(|part| totals.add_all(part));
    let (yen, entries) = session.run(async |db| journal::sums(&*db, run_id, month).await)?;
    let mut posted = Totals::new().with("journal_entries", entries);
    YEN_TOTALS.iter().zip(yen).for_each(|(name, yen)| posted.add(name, yen));
    let mut filed = Totals::new();
    posted.iter().for_each(|(name, _)| filed.add(name, totals.get(name)));
    let differences = filed.differences(&posted);
    if !differences.is_empty() {
        return Err(NightError::Unbalanced { title: "調定の明細と仕訳帳".to_owned(), differences });
    }
    Ok(totals)
}

fn recount_part(job: &JobContext, part: &[RunFile]) -> Result<Totals, NightError> {
    let mut totals = Totals::new();
    let (mut people, mut employers) = (PeopleSums::default(), EmployerSums::default());
    let mut late = EmployerSums::default();
    for file in part.iter().filter(|file| file.path.starts_with(ADJUSTMENTS)) {
        let columns: Vec<&str> = ["employer_id"].into_iter().chain(EXACT_COLUMNS).collect();
        let rows = lake::read(&files::locate(job, &file.path), &columns, |batch| {
            each_amount(batch, |employer_id, amounts| late.add(employer_id, amounts));
            Ok(())
        })?;
        totals.add("adjustments", rows);
    }
    for file in part.iter().filter(|file| file.path.starts_with(CONTRIBUTIONS)) {
        let columns: Vec<&str> = ["employer_id"].into_iter().chain(EXACT_COLUMNS).chain(FLAGS).chain(SHARES).collect();
        let rows = lake::read(&files::locate(job, &file.path), &columns, |batch| {
            add_batch(batch, &mut people, &mut employers);
            Ok(())
        })?;
        if rows != file.row_count {
            let differences = vec![format!("{}: 印 {}、数え直し {rows}", file.path, file.row_count)];
            return Err(NightError::Unbalanced { title: "調定の明細".to_owned(), differences });
        }
    }
    people.total(&mut totals);
    employers.merge(&late);
    employers.total(&mut totals);
    Ok(totals)
}

fn add_batch(batch: &RecordBatch, people: &mut PeopleSums, employers: &mut EmployerSums) {
    let employer_ids = lake::i64s(batch, "employer_id");
    let exact = EXACT_COLUMNS.map(|name| lake::exact(batch, name));
    let flags = FLAGS.map(|name| lake::named(batch, name).as_boolean());
    let shares = SHARES.map(|name| lake::i64s(batch, name));
    for row in 0..batch.num_rows() {
        let amounts = exact.map(|column| i64::try_from(column[row]).expect("an amount of one person fits"));
        people.add(&amounts, flags.map(|column| column.value(row)), shares.map(|column| column[row]));
        employers.add(employer_ids[row], &amounts);
    }
}

fn each_amount(batch: &RecordBatch, mut take: impl FnMut(i64, &Exact)) {
    let employer_ids = lake::i64s(batch, "employer_id");
    let exact = EXACT_COLUMNS.map(|name| lake::exact(batch, name));
    for row in 0..batch.num_rows() {
        let amounts = exact.map(|column| i64::try_from(column[row]).expect("an amount of one person fits"));
        take(employer_ids[row], &amounts);
    }
}

/// `_run.json` of the datasets.
pub fn write_summaries(job: &JobContext, totals: &Totals, session: &mut Session) -> Result<(), NightError> {
    let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
    let (late, contributions): (Vec<RunFile>, Vec<RunFile>) =
        written.into_iter().partition(|file| file.path.starts_with(ADJUSTMENTS));
    lake::write_run_summary(job, CONTRIBUTIONS, job.month(), &contributions, totals)?;
    if late.is_empty() {
        return Ok(());
    }
    let rows = Totals::new().with("adjustments", totals.get("adjustments"));
    lake::write_run_summary(job, ADJUSTMENTS, job.month(), &late, &rows)
}
