//! Runs one job of a frozen plan: divides it once, does its open partitions in parallel, counts again, closes it.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rayon::prelude::*;
use store::night::runs::{self, Counts, Mark, OlderTransaction, RunJob};
use store::{Session, Settings, StoreError};

use super::lease::Lease;
use super::{Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, fault, files};
use crate::progress::Progress;

/// What a run has at hand while its jobs are done.
pub struct Kernel<'a> {
    /// The database.
    pub settings: Settings,
    /// Who runs it.
    pub owner: String,
    /// Its lease.
    pub lease: &'a Lease,
    /// Where progress is told.
    pub progress: &'a dyn Progress,
}

/// What became of a job.
#[derive(Clone, Debug)]
pub struct JobSummary {
    /// Name of the job.
    pub job: String,
    /// 仕事の名.
    pub title: String,
    /// 月分.
    pub for_month: Option<domain::Month>,
    /// Records, recounted.
    pub counts: Counts,
    /// Totals, recounted.
    pub totals: Totals,
    /// Wall time of this process for the job; none when it was done before.
    pub seconds: f64,
}

impl Kernel<'_> {
    /// Does a job to its end, or takes it up where it was left.
    ///
    /// # Errors
    /// Whatever stops the run; what was committed stays.
    pub fn run_job(&self, job: &dyn Job, context: &JobContext, planned: &RunJob) -> Result<JobSummary, NightError> {
        let span = tracing::info_span!("job", job = job.name(), run_id = %context.run_id);
        let _entered = span.enter();
        let began = Instant::now();
        let mut session = self.open_session()?;
        if planned.is_done() {
            return self.summary(job, context, &mut session, 0.0);
        }
        let marks = self.partitions(job, context, &mut session)?;
        self.restore_files(context, &marks, &mut session)?;
        self.do_partitions(job, context, planned, &marks)?;
        session.run(async |db| runs::analyze(&*db, job.fills()).await)?;
        self.recount(job, context, &mut session)?;
        self.summary(job, context, &mut session, began.elapsed().as_secs_f64())
    }

    fn open_session(&self) -> Result<Session, NightError> {
        Ok(Session::open(&self.settings)?)
    }

    /// The division, made once and frozen in one transaction.
    fn partitions(&self, job: &dyn Job, context: &JobContext, session: &mut Session) -> Result<Vec<Mark>, NightError> {
        let (run_id, job_no) = (context.run_id.as_str(), context.job_no);
        let known = session.run(async |db| runs::partitions(&*db, run_id, job_no).await)?;
        if !known.is_empty() {
            return Ok(known);
        }
        let ranges = job.plan(context, session)?;
        fault::reach(job.name(), -1, "partitioning");
        let ranges: Vec<(i64, i64)> = ranges.iter().map(|range| (range.from, range.to)).collect();
        session.transaction(async |db| {
            self.hold_lease(db, context).await?;
            runs::freeze_partitions(db, run_id, job_no, &ranges).await.map_err(NightError::from)
        })?;
        Ok(session.run(async |db| runs::partitions(&*db, run_id, job_no).await)?)
    }

    async fn hold_lease(&self, db: &impl store::Db, context: &JobContext) -> Result<(), NightError> {
        match runs::hold_lease(db, &context.run_id, &self.owner).await? {
            true => Ok(()),
            false => Err(NightError::LeaseLost(context.run_id.clone())),
        }
    }

    /// Files of partitions that an earlier owner committed get their names now.
    fn restore_files(&self, context: &JobContext, marks: &[Mark], session: &mut Session) -> Result<(), NightError> {
        if marks.iter().all(|mark| !mark.committed) {
            return Ok(());
        }
        let written = session.run(async |db| runs::files(&*db, &context.run_id, context.job_no).await)?;
        written.par_iter().try_for_each(|file| files::restore(context, file))
    }

    /// All open partitions, in key order, each worker with a connection of its own.
    fn do_partitions(
        &self,
        job: &dyn Job,
        context: &JobContext,
        planned: &RunJob,
        marks: &[Mark],
    ) -> Result<(), NightError> {
        self.progress.begin(job.title(), marks.len() as u64, "区分");
        let open: Vec<&Mark> = marks.iter().filter(|mark| !mark.committed).collect();
        self.progress.advance((marks.len() - open.len()) as u64);
        let rejected = AtomicI64::new(marks.iter().map(|mark| mark.counts.rejected).sum());
        let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
        let worker = |_| -> Result<(), NightError> {
            let mut session = None;
            while !failed.load(Ordering::Relaxed) {
                let Some(mark) = open.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                self.within_threshold(job, planned, rejected.load(Ordering::Relaxed))?;
                let session = match &mut session {
                    Some(session) => session,
                    none => none.insert(self.open_session()?),
                };
                let counts = self.do_partition(job, context, mark, session)?;
                rejected.fetch_add(counts.rejected, Ordering::Relaxed);
                self.progress.advance(1);
            }
            Ok(())
        };
        let workers = context.threads.clamp(1, open.len().max(1));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(context.threads)
            .build()
            .map_err(|error| NightError::Broken(format!("計算の糸を作れません: {error}")))?;
        let answer = pool.install(|| {
            (0..workers)
                .into_par_iter()
                .with_max_len(1)
                .try_for_each(|number| worker(number).inspect_err(|_| failed.store(true, Ordering::Relaxed)))
        });
        self.progress.end();
        answer?;
        self.within_threshold(job, planned, rejected.load(Ordering::Relaxed))
    }

    fn within_threshold(&self, job: &dyn Job, planned: &RunJob, rejected: i64) -> Result<(), NightError> {
        if rejected <= i64::from(planned.rejected_max) {
            return Ok(());
        }
        Err(NightError::TooManyRejected { title: job.title().to_owned(), rejected, max: planned.rejected_max })
    }

    /// One partition: compute, one transaction with rows, mark and digests, then the names of the files.
    fn do_partition(
        &self,
        job: &dyn Job,
        context: &JobContext,
        mark: &Mark,
        session: &mut Session,
    ) -> Result<Counts, NightError> {
        let span = tracing::info_span!("partition", partition_no = mark.partition_no);
        let _entered = span.enter();
        if self.lease.is_lost() {
            return Err(NightError::LeaseLost(context.run_id.clone()));
        }
        let keys = KeyRange { from: mark.key_from, to: mark.key_to };
        let partition = Partition { job: context, no: mark.partition_no, keys };
        session.run(async |db| db.batch_execute("BEGIN").await).map_err(StoreError::from)?;
        fault::reach(job.name(), mark.partition_no, "compute");
        let outcome = job
            .work(&partition, &mut PartitionSession::new(session))
            .and_then(|outcome| self.commit(context, mark, outcome, session, job.name()));
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(error) => {
                // The connection may be gone: then the server has rolled back already.
                let _ = session.run(async |db| db.batch_execute("ROLLBACK").await);
                return Err(error);
            }
        };
        fault::reach(job.name(), mark.partition_no, "after_commit");
        for file in &outcome.files {
            files::publish(context, &file.path)?;
        }
        fault::reach(job.name(), mark.partition_no, "after_rename");
        Ok(outcome.counts)
    }

    fn commit(
        &self,
        context: &JobContext,
        mark: &Mark,
        outcome: Outcome,
        session: &mut Session,
        job: &str,
    ) -> Result<Outcome, NightError> {
        let Counts { read, done, held, rejected } = outcome.counts;
        assert_eq!(read, done + held + rejected, "every record read has one verdict");
        let (run_id, job_no) = (context.run_id.as_str(), context.job_no);
        let files: Vec<_> = outcome.files.iter().map(|file| file.record(mark.partition_no)).collect();
        session.run(async |db| {
            let db = &*db;
            runs::insert_files(db, run_id, job_no, &files).await?;
            runs::insert_verdicts(db, run_id, job_no, mark.partition_no, &outcome.verdicts).await?;
            let totals = outcome.totals.to_json();
            if !runs::mark(db, run_id, job_no, mark.partition_no, outcome.counts, &totals).await? {
                return Err(NightError::LeaseLost(run_id.to_owned()));
            }
            self.hold_lease(db, context).await?;
            fault::reach(job, mark.partition_no, "before_commit");
            db.batch_execute("COMMIT").await.map_err(StoreError::from)?;
            Ok(())
        })?;
        Ok(outcome)
    }

    /// Counts from what was written and compares with the marks; only then is the job done.
    fn recount(&self, job: &dyn Job, context: &JobContext, session: &mut Session) -> Result<(), NightError> {
        let title = job.title().to_owned();
        self.progress.begin(&format!("{title}の数え直し"), 1, "回");
        let (run_id, job_no) = (context.run_id.as_str(), context.job_no);
        let written = session.run(async |db| runs::files(&*db, run_id, job_no).await)?;
        written.par_iter().try_for_each(|file| files::check(context, file))?;
        let recounted = job.recount(context, session)?;
        let (counts, marked) = self.marked(context, session)?;
        let mut differences = marked.differences(&recounted);
        let (held, rejected) = session.run(async |db| runs::count_verdicts(&*db, run_id, job_no).await)?;
        for (name, mark, again) in [("held", counts.held, held), ("rejected", counts.rejected, rejected)] {
            if mark != again {
                differences.push(format!("{name}: 印 {mark}、数え直し {again}"));
            }
        }
        if !differences.is_empty() {
            return Err(NightError::Unbalanced { title, differences });
        }
        fault::reach(job.name(), -1, "recounted");
        job.finish(context, &recounted, session)?;
        session.run(async |db| runs::finish_job(&*db, run_id, job_no, &recounted.to_json()).await)?;
        self.progress.advance(1);
        self.progress.end();
        Ok(())
    }

    /// Sums over the marks.
    fn marked(&self, context: &JobContext, session: &mut Session) -> Result<(Counts, Totals), NightError> {
        let marks = session.run(async |db| runs::partitions(&*db, &context.run_id, context.job_no).await)?;
        let (mut counts, mut totals) = (Counts::default(), Totals::new());
        for mark in &marks {
            counts.read += mark.counts.read;
            counts.done += mark.counts.done;
            counts.held += mark.counts.held;
            counts.rejected += mark.counts.rejected;
            totals.add_all(&mark.totals.as_ref().map(Totals::of_json).unwrap_or_default());
        }
        Ok((counts, totals))
    }

    fn summary(
        &self,
        job: &dyn Job,
        context: &JobContext,
        session: &mut Session,
        seconds: f64,
    ) -> Result<JobSummary, NightError> {
        let (counts, totals) = self.marked(context, session)?;
        Ok(JobSummary {
            job: job.name().to_owned(),
            title: job.title().to_owned(),
            for_month: context.for_month,
            counts,
            totals,
            seconds,
        })
    }
}

/// How long the planner waits for transactions from before the cut-off.
pub const OLDER_TRANSACTIONS_SECONDS_MAX: u64 = 120;

/// Waits until every transaction that began before the cut-off has ended: what the night does not see can then
/// never claim to have been known. Two looks in a row must be empty, for a transaction that is just beginning.
///
/// # Errors
/// `OlderTransactions` — one of them does not end; `CannotSeeSessions` — the role may not look.
pub fn wait_for_older(
    session: &mut Session,
    cutoff_at: Timestamp,
    seconds_max: u64,
    progress: &dyn Progress,
) -> Result<(), NightError> {
    if session.run(async |db| runs::hidden_sessions(&*db).await)? > 0 {
        return Err(NightError::CannotSeeSessions);
    }
    progress.begin("締切前に始まった処理の終わりを待つ", 1, "回");
    let began = Instant::now();
    let mut clear = 0;
    while clear < 2 {
        let older = session.run(async |db| runs::older_transactions(&*db, cutoff_at).await)?;
        clear = if older.is_empty() { clear + 1 } else { 0 };
        if !older.is_empty() && began.elapsed() >= Duration::from_secs(seconds_max) {
            progress.end();
            return Err(still_open(cutoff_at, seconds_max, &older));
        }
        std::thread::sleep(Duration::from_millis(if older.is_empty() { 20 } else { 200 }));
    }
    progress.advance(1);
    progress.end();
    Ok(())
}

fn still_open(cutoff_at: Timestamp, waited_seconds: u64, older: &[OlderTransaction]) -> NightError {
    let name = |one: &OlderTransaction| format!("{} ({}、{} から)", one.who, one.application, one.since);
    let who = older.iter().map(name).collect::<Vec<_>>().join("、");
    NightError::OlderTransactions { cutoff_at: cutoff_at.to_string(), waited_seconds, who }
}
