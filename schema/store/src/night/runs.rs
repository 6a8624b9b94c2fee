//! 実行の帳簿 — runs with their lease, the frozen plan, marks of partitions, files and verdicts.

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;

/// 実行 — one row of `runs`.
#[derive(Clone, Debug)]
pub struct Run {
    /// `N20260817-1`.
    pub run_id: String,
    /// 業務日付.
    pub business_on: Date,
    /// 締切の時刻; `None` until the planner has taken it.
    pub cutoff_at: Option<Timestamp>,
    /// 法令データの版.
    pub law_version: String,
    /// `planning`, `running`, `done`, `stopped`.
    pub state: String,
    /// Why it stopped.
    pub stop_reason: Option<String>,
    /// `host:pid`.
    pub lease_owner: String,
    /// Until when the owner is taken for alive.
    pub lease_until: Timestamp,
    /// True when that instant has passed, by the clock of the server.
    pub lease_expired: bool,
    /// When it began.
    pub created_at: Timestamp,
}

const RUN_COLUMNS: &str = "run_id, business_on, cutoff_at, law_version, state, stop_reason, lease_owner, \
     lease_until, lease_until < clock_timestamp() AS lease_expired, created_at";

impl Run {
    fn of(row: &Row) -> Run {
        Run {
            run_id: row.get("run_id"),
            business_on: row.get("business_on"),
            cutoff_at: row.get("cutoff_at"),
            law_version: row.get("law_version"),
            state: row.get("state"),
            stop_reason: row.get("stop_reason"),
            lease_owner: row.get("lease_owner"),
            lease_until: row.get("lease_until"),
            lease_expired: row.get("lease_expired"),
            created_at: row.get("created_at"),
        }
    }
}

/// How long a lease lasts without a heartbeat.
pub const LEASE_SECONDS: f64 = 30.0;

/// Runs of a business date so far; the number of the next one is one more.
pub async fn count_of_date(db: &impl Db, business_on: Date) -> Result<i64, StoreError> {
    Ok(db.row("SELECT count(*) FROM runs WHERE business_on = $1", &[&business_on]).await?.get(0))
}

/// Begins a run in the state `planning` with its lease.
///
/// # Errors
/// `RunInProgress` — another run is not finished.
pub async fn begin(
    db: &impl Db,
    run_id: &str,
    business_on: Date,
    law_version: &str,
    program_version: &str,
    lease_owner: &str,
) -> Result<(), StoreError> {
    db.run(
        "INSERT INTO runs (run_id, business_on, law_version, program_version, state, lease_owner, lease_until)
         VALUES ($1, $2, $3, $4, 'planning', $5, clock_timestamp() + make_interval(secs => $6))",
        &[&run_id, &business_on, &law_version, &program_version, &lease_owner, &LEASE_SECONDS],
    )
    .await?;
    Ok(())
}

/// The run that is not finished, if there is one.
pub async fn unfinished(db: &impl Db) -> Result<Option<Run>, StoreError> {
    let sql = format!("SELECT {RUN_COLUMNS} FROM runs WHERE state IN ('planning', 'running', 'stopped')");
    Ok(db.row_opt(&sql, &[]).await?.as_ref().map(Run::of))
}

/// The run that began last.
pub async fn latest(db: &impl Db) -> Result<Option<Run>, StoreError> {
    let sql = format!("SELECT {RUN_COLUMNS} FROM runs ORDER BY created_at DESC, run_id DESC LIMIT 1");
    Ok(db.row_opt(&sql, &[]).await?.as_ref().map(Run::of))
}

/// One run by its number.
pub async fn find(db: &impl Db, run_id: &str) -> Result<Option<Run>, StoreError> {
    let sql = format!("SELECT {RUN_COLUMNS} FROM runs WHERE run_id = $1");
    Ok(db.row_opt(&sql, &[&run_id]).await?.as_ref().map(Run::of))
}

/// Runs that ended well, oldest first.
pub async fn finished(db: &impl Db) -> Result<Vec<Run>, StoreError> {
    let sql = format!("SELECT {RUN_COLUMNS} FROM runs WHERE state = 'done' ORDER BY created_at, run_id");
    Ok(db.rows(&sql, &[]).await?.iter().map(Run::of).collect())
}

/// Says that the owner is alive. False when the lease is no longer his.
pub async fn heartbeat(db: &impl Db, run_id: &str, owner: &str) -> Result<bool, StoreError> {
    let touched = db
        .run(
            "UPDATE runs SET lease_until = clock_timestamp() + make_interval(secs => $3)
             WHERE run_id = $1 AND lease_owner = $2 AND state IN ('planning', 'running')",
            &[&run_id, &owner, &LEASE_SECONDS],
        )
        .await?;
    Ok(touched == 1)
}

/// Takes a dead owner's run over. False when somebody was quicker or the owner lives after all.
pub async fn take_over(db: &impl Db, run: &Run, owner: &str) -> Result<bool, StoreError> {
    let touched = db
        .run(
            "UPDATE runs SET
                 lease_owner = $4, lease_until = clock_timestamp() + make_interval(secs => $5), stop_reason = NULL,
                 state = CASE WHEN EXISTS (SELECT 1 FROM run_jobs WHERE run_jobs.run_id = runs.run_id)
                     THEN 'running' ELSE 'planning' END
             WHERE run_id = $1 AND lease_owner = $2 AND lease_until = $3
                 AND state IN ('planning', 'running', 'stopped')",
            &[&run.run_id, &run.lease_owner, &run.lease_until, &owner, &LEASE_SECONDS],
        )
        .await?;
    Ok(touched == 1)
}

/// Holds the lease to the end of the transaction: whoever would take the run over waits. False when it is lost.
pub async fn hold_lease(db: &impl Db, run_id: &str, owner: &str) -> Result<bool, StoreError> {
    let row = db
        .row_opt(
            "SELECT 1 FROM runs WHERE run_id = $1 AND lease_owner = $2 AND state IN ('planning', 'running') FOR SHARE",
            &[&run_id, &owner],
        )
        .await?;
    Ok(row.is_some())
}

/// Takes the cut-off by the clock of the server, once: a run that has one keeps it.
pub async fn take_cutoff(db: &impl Db, run_id: &str) -> Result<Timestamp, StoreError> {
    let row = db
        .row(
            "UPDATE runs SET cutoff_at = coalesce(cutoff_at, clock_timestamp()) WHERE run_id = $1 RETURNING cutoff_at",
            &[&run_id],
        )
        .await?;
    Ok(row.get(0))
}

/// A transaction that began before the cut-off and has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OlderTransaction {
    /// Process of the server, or the name of a prepared transaction.
    pub who: String,
    /// What it calls itself.
    pub application: String,
    /// When it began.
    pub since: Timestamp,
}

/// Every transaction of this database that may still write facts known at or before the cut-off. A prepared one
/// does not say when it began, so each counts.
pub async fn older_transactions(db: &impl Db, cutoff_at: Timestamp) -> Result<Vec<OlderTransaction>, StoreError> {
    let rows = db
        .rows(
            "SELECT pid::text AS who, coalesce(application_name, '') AS application, xact_start AS since
             FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                 AND xact_start <= $1
             UNION ALL
             SELECT gid, 'prepared', prepared FROM pg_prepared_xacts WHERE database = current_database()
             ORDER BY since, who",
            &[&cutoff_at],
        )
        .await?;
    let read = |row: &Row| OlderTransaction {
        who: row.get("who"),
        application: row.get("application"),
        since: row.get("since"),
    };
    Ok(rows.iter().map(read).collect())
}

/// Sessions of others whose transactions this role is not allowed to see.
pub async fn hidden_sessions(db: &impl Db) -> Result<i64, StoreError> {
    let row = db
        .row(
            "SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()
                 AND usesysid <> (SELECT oid FROM pg_roles WHERE rolname = current_user)
                 AND NOT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
                 AND NOT pg_has_role(current_user, usesysid, 'USAGE')",
            &[],
        )
        .await?;
    Ok(row.get(0))
}

/// 計画の仕事 — one job of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunJob {
    /// Place in the order of the night.
    pub job_no: i16,
    /// Name of the job.
    pub job: String,
    /// 月分 of monthly jobs.
    pub for_month: Option<Month>,
    /// `open`, or `done` when its totals were counted again and agreed.
    pub state: String,
    /// Rejections the run bears.
    pub rejected_max: i32,
    /// The recounted totals.
    pub totals: Option<Value>,
}

impl RunJob {
    /// True when its totals were counted again and agreed.
    pub fn is_done(&self) -> bool {
        self.state == "done"
    }
}

/// Writes the jobs of the plan and lets the run begin, in the caller's transaction.
pub async fn freeze_jobs(db: &impl Db, run_id: &str, jobs: &[RunJob]) -> Result<(), StoreError> {
    for job in jobs {
        db.run(
            "INSERT INTO run_jobs (run_id, job_no, job, for_month, state, rejected_max) VALUES ($1, $2, $3, $4, 'open', $5)",
            &[&run_id, &job.job_no, &job.job, &job.for_month.map(Month::first_day), &job.rejected_max],
        )
        .await?;
    }
    db.run("UPDATE runs SET state = 'running' WHERE run_id = $1 AND state = 'planning'", &[&run_id]).await?;
    Ok(())
}

/// Changes how many records the jobs that are left may reject; true when any is left.
pub async fn set_rejected_max(db: &impl Db, run_id: &str, max: i32) -> Result<bool, StoreError> {
    let sql = "UPDATE run_jobs SET rejected_max = $2 WHERE run_id = $1 AND state <> 'done'";
    Ok(db.run(sql, &[&run_id, &max]).await? > 0)
}

/// The jobs of a run in order.
pub async fn jobs(db: &impl Db, run_id: &str) -> Result<Vec<RunJob>, StoreError> {
    let rows = db
        .rows(
            "SELECT job_no, job, for_month, state, rejected_max, totals FROM run_jobs WHERE run_id = $1 ORDER BY job_no",
            &[&run_id],
        )
        .await?;
    let read = |row: &Row| RunJob {
        job_no: row.get("job_no"),
        job: row.get("job"),
        for_month: row.get::<_, Option<Date>>("for_month").map(Month::of),
        state: row.get("state"),
        rejected_max: row.get("rejected_max"),
        totals: row.get("totals"),
    };
    Ok(rows.iter().map(read).collect())
}

/// Months whose assessment has been done, with the run and its cut-off, in order of month.
pub async fn assessed_months(db: &impl Db) -> Result<Vec<(Month, String, Timestamp)>, StoreError> {
    let rows = db
        .rows(
            "SELECT for_month, run_id, cutoff_at FROM run_jobs JOIN runs USING (run_id)
             WHERE job = 'assessment' AND run_jobs.state = 'done' ORDER BY for_month",
            &[],
        )
        .await?;
    Ok(rows.iter().map(|row| (Month::of(row.get("for_month")), row.get("run_id"), row.get("cutoff_at"))).collect())
}

/// The last month of which a job has been done; `None` when it never was.
pub async fn last_month_of(db: &impl Db, job: &str) -> Result<Option<Month>, StoreError> {
    let sql = "SELECT max(for_month) FROM run_jobs WHERE job = $1 AND state = 'done'";
    Ok(db.row(sql, &[&job]).await?.get::<_, Option<Date>>(0).map(Month::of))
}

/// A value of `settings`.
pub async fn setting(db: &impl Db, name: &str) -> Result<Option<String>, StoreError> {
    Ok(db.row_opt("SELECT value FROM settings WHERE name = $1", &[&name]).await?.map(|row| row.get(0)))
}

/// 区分の印 — a partition with what its commit said.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Number within the job, from 0.
    pub partition_no: i32,
    /// First key.
    pub key_from: i64,
    /// First key after it.
    pub key_to: i64,
    /// True once its rows are committed.
    pub committed: bool,
    /// Records read, and what became of them; zero while open.
    pub counts: Counts,
    /// Totals of its own making.
    pub totals: Option<Value>,
}

/// 件数 — of records read and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records read.
    pub read: i64,
    /// 完了.
    pub done: i64,
    /// 保留.
    pub held: i64,
    /// 却下.
    pub rejected: i64,
}

/// Lets the database look at these tables anew, so that it plans with what stands in them now.
pub async fn analyze(db: &impl Db, tables: &[&str]) -> Result<(), StoreError> {
    for table in tables {
        db.run(&format!("ANALYZE {table}"), &[]).await?;
    }
    Ok(())
}

/// Writes the partitions of a job, in the caller's transaction.
pub async fn freeze_partitions(
    db: &impl Db,
    run_id: &str,
    job_no: i16,
    ranges: &[(i64, i64)],
) -> Result<(), StoreError> {
    let from: Vec<i64> = ranges.iter().map(|range| range.0).collect();
    let to: Vec<i64> = ranges.iter().map(|range| range.1).collect();
    db.run(
        "INSERT INTO run_partitions (run_id, job_no, partition_no, key_from, key_to, state)
         SELECT $1, $2, (place - 1)::integer, key_from, key_to, 'open'
         FROM unnest($3::bigint[], $4::bigint[]) WITH ORDINALITY AS ranges (key_from, key_to, place)",
        &[&run_id, &job_no, &from, &to],
    )
    .await?;
    Ok(())
}

/// The partitions of a job in order.
pub async fn partitions(db: &impl Db, run_id: &str, job_no: i16) -> Result<Vec<Mark>, StoreError> {
    let rows = db
        .rows(
            "SELECT partition_no, key_from, key_to, state, read_count, done_count, held_count, rejected_count, totals
             FROM run_partitions WHERE run_id = $1 AND job_no = $2 ORDER BY partition_no",
            &[&run_id, &job_no],
        )
        .await?;
    let count = |row: &Row, name: &str| row.get::<_, Option<i64>>(name).unwrap_or(0);
    let read = |row: &Row| Mark {
        partition_no: row.get("partition_no"),
        key_from: row.get("key_from"),
        key_to: row.get("key_to"),
        committed: row.get::<_, &str>("state") == "committed",
        counts: Counts {
            read: count(row, "read_count"),
            done: count(row, "done_count"),
            held: count(row, "held_count"),
            rejected: count(row, "rejected_count"),
        },
        totals: row.get("totals"),
    };
    Ok(rows.iter().map(read).collect())
}

/// Marks a partition committed. False when it was already.
pub async fn mark(
    db: &impl Db,
    run_id: &str,
    job_no: i16,
    partition_no: i32,
    counts: Counts,
    totals: &Value,
) -> Result<bool, StoreError> {
    let touched = db
        .run(
            "UPDATE run_partitions SET state = 'committed', read_count = $4, done_count = $5, held_count = $6,
                 rejected_count = $7, totals = $8, committed_at = clock_timestamp()
             WHERE run_id = $1 AND job_no = $2 AND partition_no = $3 AND state = 'open'",
            &[&run_id, &job_no, &partition_no, &counts.read, &counts.done, &counts.held, &counts.rejected, totals],
        )
        .await?;
    Ok(touched == 1)
}

/// 書いたファイル — with its fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFile {
    /// Partition that wrote it.
    pub partition_no: i32,
    /// Path under the folder of results.
    pub path: String,
    /// Rows or pieces in it.
    pub row_count: i64,
    /// Size.
    pub byte_count: i64,
    /// Fingerprint.
    pub sha256: Vec<u8>,
}

/// Records the files of a partition with its mark.
pub async fn insert_files(db: &impl Db, run_id: &str, job_no: i16, files: &[RunFile]) -> Result<(), StoreError> {
    for file in files {
        db.run(
            "INSERT INTO run_files (run_id, job_no, partition_no, path, row_count, byte_count, sha256)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[&run_id, &job_no, &file.partition_no, &file.path, &file.row_count, &file.byte_count, &file.sha256],
        )
        .await?;
    }
    Ok(())
}

/// The files of a job in order of partition and path.
pub async fn files(db: &impl Db, run_id: &str, job_no: i16) -> Result<Vec<RunFile>, StoreError> {
    let rows = db
        .rows(
            "SELECT partition_no, path, row_count, byte_count, sha256 FROM run_files
             WHERE run_id = $1 AND job_no = $2 ORDER BY partition_no, path",
            &[&run_id, &job_no],
        )
        .await?;
    let read = |row: &Row| RunFile {
        partition_no: row.get("partition_no"),
        path: row.get("path"),
        row_count: row.get("row_count"),
        byte_count: row.get("byte_count"),
        sha256: row.get("sha256"),
    };
    Ok(rows.iter().map(read).collect())
}

/// 保留・却下 — one record that was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictRow {
    /// Which record, without personal values: `spell:123`, `filing:45`.
    pub subject: String,
    /// `held` or `rejected`.
    pub verdict: &'static str,
    /// Reason for machines.
    pub code: String,
    /// Reason in Japanese.
    pub message: String,
}

/// Records the verdicts of a partition with its mark.
pub async fn insert_verdicts(
    db: &impl Db,
    run_id: &str,
    job_no: i16,
    partition_no: i32,
    verdicts: &[VerdictRow],
) -> Result<(), StoreError> {
    let column = |read: fn(&VerdictRow) -> &str| verdicts.iter().map(read).collect::<Vec<_>>();
    if verdicts.is_empty() {
        return Ok(());
    }
    db.run(
        "INSERT INTO run_verdicts (run_id, job_no, partition_no, subject, verdict, code, message)
         SELECT $1, $2, $3, subject, verdict, code, message
         FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) AS rows (subject, verdict, code, message)",
        &[
            &run_id,
            &job_no,
            &partition_no,
            &column(|row| &row.subject),
            &column(|row| row.verdict),
            &column(|row| &row.code),
            &column(|row| &row.message),
        ],
    )
    .await?;
    Ok(())
}

/// Held and rejected records of a job, counted from the rows.
pub async fn count_verdicts(db: &impl Db, run_id: &str, job_no: i16) -> Result<(i64, i64), StoreError> {
    let row = db
        .row(
            "SELECT count(DISTINCT subject) FILTER (WHERE verdict = 'held'),
                 count(DISTINCT subject) FILTER (WHERE verdict = 'rejected')
             FROM run_verdicts WHERE run_id = $1 AND job_no = $2",
            &[&run_id, &job_no],
        )
        .await?;
    Ok((row.get(0), row.get(1)))
}

/// Reasons of a job's verdicts with their number: verdict, code, an example's message, count.
pub async fn verdict_summary(
    db: &impl Db,
    run_id: &str,
) -> Result<Vec<(String, String, String, String, i64)>, StoreError> {
    let rows = db
        .rows(
            "SELECT job, verdict, code, min(message) AS message, count(*) AS count
             FROM run_verdicts JOIN run_jobs USING (run_id, job_no) WHERE run_id = $1
             GROUP BY job_no, job, verdict, code ORDER BY job_no, verdict, code",
            &[&run_id],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3), row.get(4))).collect())
}

/// A job's totals agreed: it is done.
pub async fn finish_job(db: &impl Db, run_id: &str, job_no: i16, totals: &Value) -> Result<(), StoreError> {
    db.run(
        "UPDATE run_jobs SET state = 'done', totals = $3, finished_at = clock_timestamp() WHERE run_id = $1 AND job_no = $2",
        &[&run_id, &job_no, totals],
    )
    .await?;
    Ok(())
}

/// The night is over.
pub async fn finish(db: &impl Db, run_id: &str) -> Result<(), StoreError> {
    db.run("UPDATE runs SET state = 'done', finished_at = clock_timestamp() WHERE run_id = $1", &[&run_id]).await?;
    Ok(())
}

/// Stops a run with its reason and gives the lease back, so that it can be resumed at once.
pub async fn stop(db: &impl Db, run_id: &str, owner: &str, reason: &str) -> Result<(), StoreError> {
    db.run(
        "UPDATE runs SET state = 'stopped', stop_reason = $3, lease_until = clock_timestamp()
         WHERE run_id = $1 AND lease_owner = $2 AND state IN ('planning', 'running')",
        &[&run_id, &owner, &reason],
    )
    .await?;
    Ok(())
}
