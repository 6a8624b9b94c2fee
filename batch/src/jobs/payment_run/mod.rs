//! 年金の支払 — due less accounted, withholding, the bank's file, the ledger and the notices of a payment.
//!
//! Divided into ranges of persons with an award or a claim for an unpaid benefit. What is due and what becomes of it is
//! `law::pension_payment::run`; here it is read, written and counted. Nobody's trouble stops the others: whose payment cannot
//! be computed or sent is held, nothing of it is accounted, and the next run finds it due again, together with what came
//! due since. Only what was paid too much is claimed at once.

mod bank;
mod decide;
mod ledger;
mod notices;
mod output;
pub mod peer;
mod people;

use domain::calendar::bank_next_or_same;
use domain::zengin::Originator;
use domain::{Month, Ratio};
use jiff::ToSpan;
use jiff::civil::Date;
use law::pension_payment::payment_date::{PaymentKind, payment_date};
use law::{LawError, Trace};
use store::night::payments::{self, NewInstalment, NewPayment, PaymentPosting};
use store::night::runs;
use store::{Session, settings};

use crate::lake;
use crate::run::{
    Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, VerdictRow,
};

pub use output::{LINES, PAYMENTS};

use decide::Decided;
use people::Records;

/// 設定: how much of a payment made for the first time may be set off against 返納金, such as `1/2`.
pub const SET_OFF_SHARE: &str = "pension_set_off_share";
/// 設定: who sends the bank's file, `code,name,bank,branch,account_type,number`.
pub const ORIGINATOR: &str = "pension_originator";
/// Without a setting: an invented sender, so that a trial database can run.
const ORIGINATOR_OF_TRIAL: &str = "0000000001,ﾈﾝﾘﾝ,0001,001,1,0000001";

/// 年金の支払.
pub struct PaymentRun;

impl Job for PaymentRun {
    fn name(&self) -> &'static str {
        "payment_run"
    }

    fn title(&self) -> &'static str {
        "年金の支払"
    }

    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        let scheduled = scheduled(job.month())?;
        let paid_on = payment_day(job, session)?;
        if paid_on != scheduled {
            tracing::warn!(payment_month = %job.month(), %scheduled, %paid_on, "支払日を過ぎたので、次の銀行営業日に支払います");
        }
        let ranges = session
            .run(async |db| payments::ranges(&*db, job.cutoff_at, job.people_per_partition).await)
            .map_err(NightError::store("受給権者の数え上げ"))?;
        Ok(ranges.iter().map(|(from, to)| KeyRange { from: *from, to: *to }).collect())
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        let job = partition.job;
        let rules = Rules::read(job, session)?;
        let records = Records::read(partition, session, &rules)?;
        let decided: Vec<Decided> = records.people().map(|facts| decide::decide(&facts, &rules)).collect();
        let (bytes, tally) = bank::file(&decided, &rules)?;
        let posting = PaymentPosting {
            run_id: &job.run_id,
            paid_in: rules.payment_month,
            payment_on: rules.paid_on,
            business_on: job.business_on,
            partition_no: partition.no,
        };
        let instalments: Vec<NewInstalment> = decided.iter().flat_map(Decided::instalments).collect();
        let rows: Vec<NewPayment> = decided.iter().filter_map(Decided::payment).collect();
        let entries = ledger::entries(&decided);
        let told: Vec<i64> = decided.iter().flat_map(Decided::claim_filings).collect();
        let receptions = session
            .run(async |db| payments::receptions(db, &told).await)
            .map_err(NightError::store("届の受付番号の読出し"))?;
        let letters = notices::write(&decided, &rules, &receptions.into_iter().collect());
        session
            .run(async |db| {
                payments::post_instalments(db, posting, &instalments).await?;
                payments::post_payments(db, posting, &rows).await?;
                payments::post_entries(db, posting, &entries).await?;
                payments::post_notices(db, posting, &letters).await
            })
            .map_err(NightError::store("年金の支払の記録"))?;
        let mut totals = totals(&instalments, &rows);
        totals.add("notices", count(letters.len()));
        totals.add("bank_transfers", count(tally.transfers.len()));
        totals.add("bank_yen", tally.amount_yen);
        let mut files = output::write_parts(partition, &rules, &decided)?;
        files.extend(bank::write(partition, &rules, &bytes, &tally)?);
        let verdicts: Vec<VerdictRow> = decided.iter().filter_map(Decided::verdict).collect();
        let (read, held) = (count(decided.len()), count(verdicts.len()));
        let counts = Counts { read, done: read - held, held, rejected: 0 };
        Ok(Outcome { counts, totals, verdicts, files })
    }

    fn fills(&self) -> &'static [&'static str] {
        &["pension_instalments", "pension_payments", "pension_journal", "pension_notices"]
    }

    /// Tables, Parquet and the bytes of the bank's files, each counted by itself, and held against one another.
    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let paid_on = payment_day(job, session)?;
        let (sums, balances) = session
            .run(async |db| {
                let sums = payments::sums(&*db, &job.run_id, job.month(), paid_on).await?;
                Ok::<_, store::StoreError>((sums, payments::balances(&*db, &job.run_id, job.month()).await?))
            })
            .map_err(NightError::store("年金の支払の数え直し"))?;
        let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
        let mut totals = Totals::new();
        sums.iter().for_each(|(name, amount)| totals.add(name, *amount));
        let mut accounts = Totals::new();
        balances.iter().for_each(|(account, yen)| accounts.add(account, *yen));
        let mut parquet = Totals::new();
        for file in &written {
            output::count(job, file, &mut parquet)?;
            bank::count(job, file, &mut totals)?;
        }
        let differences = ledger::differences(&totals, &accounts, &parquet);
        if differences.is_empty() {
            return Ok(totals);
        }
        Err(NightError::Unbalanced { title: self.title().to_owned(), differences })
    }

    fn finish(&self, job: &JobContext, totals: &Totals, session: &mut Session) -> Result<(), NightError> {
        let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
        for dataset in [PAYMENTS, LINES] {
            let of_dataset = |file: &&runs::RunFile| file.path.split('/').next() == Some(dataset);
            let files: Vec<_> = written.iter().filter(of_dataset).cloned().collect();
            lake::write_run_summary(job, dataset, job.month(), &files, totals)?;
        }
        Ok(())
    }
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).expect("a partition fits in memory")
}

/// What holds for everybody of a run.
pub struct Rules {
    /// 支払期月.
    payment_month: Month,
    /// 支払日.
    paid_on: Date,
    /// It is not the day that the law names: that one had passed.
    late: bool,
    /// 内払の限度.
    share: Ratio,
    /// 振込依頼人.
    originator: Originator,
}

impl Rules {
    /// 令和7年12月の精算.
    fn settles_2025(&self) -> bool {
        Month::new(2025, 12) == Some(self.payment_month)
    }

    fn read(job: &JobContext, session: &mut PartitionSession<'_>) -> Result<Rules, NightError> {
        let (share, originator, jobs) = session
            .run(async |db| {
                let share = settings::get(db, SET_OFF_SHARE).await?;
                let originator = settings::get(db, ORIGINATOR).await?;
                Ok::<_, store::StoreError>((share, originator, runs::jobs(db, &job.run_id).await?))
            })
            .map_err(NightError::store("支払の設定の読出し"))?;
        let paid_on = day_of(job, &jobs)?;
        let originator = Originator::parse(originator.as_deref().unwrap_or(ORIGINATOR_OF_TRIAL));
        Ok(Rules {
            payment_month: job.month(),
            paid_on,
            late: paid_on != scheduled(job.month())?,
            share: share_of(share.as_deref())?,
            originator: originator.map_err(|bad| NightError::Broken(format!("設定 {ORIGINATOR}: {bad}")))?,
        })
    }
}

/// `1/2`; without a setting one half.
fn share_of(setting: Option<&str>) -> Result<Ratio, NightError> {
    let parse = |text: &str| {
        let (numerator, denominator) = text.split_once('/')?;
        let (numerator, denominator): (u32, u32) = (numerator.trim().parse().ok()?, denominator.trim().parse().ok()?);
        (denominator > 0 && numerator <= denominator).then(|| Ratio::new(numerator.into(), denominator.into()))
    };
    let text = setting.unwrap_or("1/2");
    parse(text).ok_or_else(|| {
        NightError::Broken(format!(
            "設定 {SET_OFF_SHARE} の「{text}」は 1/2 のような0以上1以下の分数ではありません。直してください"
        ))
    })
}

/// The day that the law names.
fn scheduled(month: Month) -> Result<Date, NightError> {
    Ok(payment_date(month, PaymentKind::Regular, &mut Trace::new())?.paid_on)
}

/// 支払日 of the run: the law's, or once that has passed the next bank day after the business date; of several payments made up
/// for in one night each a day of its own.
fn payment_day(job: &JobContext, session: &mut Session) -> Result<Date, NightError> {
    let jobs = session.run(async |db| runs::jobs(&*db, &job.run_id).await)?;
    day_of(job, &jobs)
}

fn day_of(job: &JobContext, jobs: &[runs::RunJob]) -> Result<Date, NightError> {
    let scheduled_on = scheduled(job.month())?;
    if job.business_on <= scheduled_on {
        return Ok(scheduled_on);
    }
    let mut in_time = Vec::new();
    let mut missed = 0;
    for other in jobs.iter().filter(|one| one.job == PaymentRun.name()) {
        let Some(month) = other.for_month else { continue };
        let day = scheduled(month)?;
        match job.business_on <= day {
            true => in_time.push(day),
            false if other.job_no <= job.job_no => missed += 1,
            false => {}
        }
    }
    let mut day = job.business_on;
    while missed > 0 {
        day = next_bank_day(day)?;
        missed -= i32::from(!in_time.contains(&day));
    }
    Ok(day)
}

fn next_bank_day(day: Date) -> Result<Date, NightError> {
    Ok(bank_next_or_same(day.saturating_add(1.day())).map_err(LawError::from)?)
}

/// From memory; the recount finds each of them again.
fn totals(instalments: &[NewInstalment], payments: &[NewPayment]) -> Totals {
    let mut totals = Totals::new();
    totals.add("lines", count(instalments.len()));
    for line in instalments {
        totals.add("lines_basic_yen", line.yen[0]);
        totals.add("lines_employees_yen", line.yen[1]);
        totals.add("lines_survivor_yen", line.yen[2]);
    }
    for payment in payments {
        if payment.held_reason.is_some() {
            totals.add("payments_held", 1);
            continue;
        }
        totals.add("payments", 1);
        output::YEN_NAMES.iter().zip(payment.yen).for_each(|(name, yen)| totals.add(name, yen));
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_fraction() {
        assert_eq!(share_of(None).expect("the default"), Ratio::new(1, 2));
        assert_eq!(share_of(Some("1/1")).expect("all of it"), Ratio::new(1, 1));
        assert_eq!(share_of(Some("0/1")).expect("nothing"), Ratio::ZERO);
        for bad in ["", "half", "2/1", "1/0", "0.5", "-1/2"] {
            assert!(share_of(Some(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_trial_sender_can_be_written() {
        assert!(Originator::parse(ORIGINATOR_OF_TRIAL).is_ok());
    }
}
