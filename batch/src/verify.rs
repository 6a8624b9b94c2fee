//! 検証 — everything counted again: the digests of all files, the journal against Parquet and notices, the chain of
//! the access log.

use std::path::PathBuf;

use serde::Serialize;
use store::night::runs::{self, Run, RunJob};
use store::night::{journal, notices};
use store::{Session, Settings, StoreError, access_log};

use crate::jobs;
use crate::night::{PEOPLE_PER_PARTITION, PIECES_PER_LOT};
use crate::progress::Progress;
use crate::run::{JobContext, NightError, Totals, files};

/// Where everything lies.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// The database.
    pub url: String,
    /// Folder of Parquet and CSV results.
    pub lake_dir: PathBuf,
    /// Folder of print packages.
    pub print_dir: PathBuf,
}

/// One thing that was counted again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What.
    pub name: String,
    /// Whether it agreed.
    pub good: bool,
    /// The figures, or what differs.
    pub detail: String,
}

/// 検証の結果.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// In the order they were made.
    pub checks: Vec<Check>,
}

impl Checked {
    /// True when everything agreed.
    pub fn good(&self) -> bool {
        self.checks.iter().all(|check| check.good)
    }

    fn add(&mut self, name: impl Into<String>, outcome: Result<String, String>) {
        let good = outcome.is_ok();
        let detail = outcome.unwrap_or_else(|differs| differs);
        self.checks.push(Check { name: name.into(), good, detail });
    }
}

/// Counts everything again.
///
/// # Errors
/// `Store` — the database cannot be read. What differs is no error but a check that is not good.
pub fn run(options: &VerifyOptions, progress: &dyn Progress) -> Result<Checked, NightError> {
    let mut session = Session::open(&Settings::new(&options.url).named("nenrin-verify"))?;
    let mut checked = Checked::default();
    let finished = session.run(async |db| runs::finished(&*db).await)?;
    progress.begin("数え直し", finished.len() as u64 + 1, "件");
    for run in &finished {
        verify_run(options, run, &mut session, &mut checked)?;
        progress.advance(1);
    }
    let chain = session.run(async |db| access_log::verify_chain(&*db).await);
    checked.add(
        "アクセス記録の鎖",
        chain.map(|chain| format!("{} 件、切れ目なし", chain.count)).map_err(|error| error.to_string()),
    );
    progress.advance(1);
    progress.end();
    Ok(checked)
}

fn verify_run(
    options: &VerifyOptions,
    run: &Run,
    session: &mut Session,
    checked: &mut Checked,
) -> Result<(), NightError> {
    let planned = session.run(async |db| runs::jobs(&*db, &run.run_id).await)?;
    for row in &planned {
        let context = context(options, run, row);
        let month = row.for_month.map(|month| format!(" {month}分")).unwrap_or_default();
        let title = jobs::by_name(&row.job).map_or(row.job.as_str(), |job| job.title());
        let name = format!("{}{month} {title}", run.run_id);
        verify_files(&context, &name, session, checked)?;
        verify_totals(&context, row, &name, session, checked)?;
        if row.job == "assessment" {
            verify_balance(&context, &name, session, checked)?;
        }
    }
    Ok(())
}

/// Every file is there with its bytes.
fn verify_files(
    context: &JobContext,
    name: &str,
    session: &mut Session,
    checked: &mut Checked,
) -> Result<(), NightError> {
    let written = session.run(async |db| runs::files(&*db, &context.run_id, context.job_no).await)?;
    if written.is_empty() {
        return Ok(());
    }
    let broken: Vec<String> =
        written.iter().filter_map(|file| files::check(context, file).err()).map(|error| error.to_string()).collect();
    let outcome =
        if broken.is_empty() { Ok(format!("{} ファイル", written.len())) } else { Err(broken.join("; ")) };
    checked.add(format!("{name}: ファイルの指紋"), outcome);
    Ok(())
}

/// The job's own recount gives the totals in the books.
fn verify_totals(
    context: &JobContext,
    row: &RunJob,
    name: &str,
    session: &mut Session,
    checked: &mut Checked,
) -> Result<(), NightError> {
    let Some(job) = jobs::by_name(&row.job) else { return Ok(()) };
    let booked = row.totals.as_ref().map(Totals::of_json).unwrap_or_default();
    let outcome = match job.recount(context, session) {
        Ok(again) => match booked.differences(&again) {
            differences if differences.is_empty() => Ok(format!("{} 項目が一致", booked.iter().count())),
            differences => Err(differences.join("; ")),
        },
        // A database that cannot be read stops the verification; anything else is what was looked for.
        Err(NightError::Store { doing, source }) => return Err(NightError::Store { doing, source }),
        Err(error) => Err(error.to_string()),
    };
    checked.add(format!("{name}: 合計の数え直し"), outcome);
    Ok(())
}

/// 調定 = 告知 + 保留.
fn verify_balance(
    context: &JobContext,
    name: &str,
    session: &mut Session,
    checked: &mut Checked,
) -> Result<(), NightError> {
    let (run_id, month) = (context.run_id.as_str(), context.month());
    let (posted, notified, left) = session.run(async |db| {
        let db = &*db;
        let (posted, _) = journal::sums(db, run_id, month).await?;
        let notified = notices::sums(db, run_id, month).await?;
        let (_, left) = notices::not_notified(db, run_id, month).await?;
        Ok::<_, StoreError>((posted.iter().sum::<i64>(), notified.yen.iter().sum::<i64>(), left))
    })?;
    let words = format!("調定 {posted}円 = 告知 {notified}円 + 保留 {left}円");
    let outcome = if posted == notified + left { Ok(words) } else { Err(words.replace('=', "≠")) };
    checked.add(format!("{name}: 仕訳帳と告知"), outcome);
    Ok(())
}

fn context(options: &VerifyOptions, run: &Run, row: &RunJob) -> JobContext {
    JobContext {
        run_id: run.run_id.clone(),
        job_no: row.job_no,
        business_on: run.business_on,
        cutoff_at: run.cutoff_at.unwrap_or(run.created_at),
        for_month: row.for_month,
        law_version: run.law_version.clone(),
        lake_dir: options.lake_dir.clone(),
        print_dir: options.print_dir.clone(),
        threads: 1,
        people_per_partition: PEOPLE_PER_PARTITION,
        pieces_per_lot: PIECES_PER_LOT,
    }
}
