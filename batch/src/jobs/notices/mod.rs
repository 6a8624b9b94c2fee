//! 納入の告知 — a notice for every employer that owes something for the month (厚生年金保険法83条・健康保険法164条).
//!
//! Debit payers get 保険料納入告知額通知書, the others 納入告知書 with a payment slip. The amounts are those of the
//! journal; the number of insured is counted from the month's Parquet part of the same partition.

use std::collections::BTreeMap;

use arrow::array::AsArray;
use law::Trace;
use law::employees_insurance::due_date::due_date;
use store::Session;
use store::night::journal::{self, EmployerAmounts};
use store::night::notices::{self, Issue, NewNotice};
use store::night::runs::{self, RunJob};

use crate::jobs::assessment::{Assessment, CONTRIBUTIONS};
use crate::lake;
use crate::night::NightCalendar;
use crate::run::{
    Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, VerdictRow, files,
};

/// 納入の告知.
pub struct Notices;

impl Job for Notices {
    fn name(&self) -> &'static str {
        "notices"
    }

    fn title(&self) -> &'static str {
        "納入の告知"
    }

    /// The ranges of the assessment of the same run and month.
    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        let assessment = assessment_of(job, session)?;
        let marks = session.run(async |db| runs::partitions(&*db, &job.run_id, assessment.job_no).await)?;
        Ok(marks.iter().map(|mark| KeyRange { from: mark.key_from, to: mark.key_to }).collect())
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        let (job, keys) = (partition.job, partition.keys);
        let issue = Issue {
            run_id: &job.run_id,
            for_month: job.month(),
            issued_on: NightCalendar::of_house().issued_on(job.month(), job.business_on)?,
            due_on: due_date(job.month(), &mut Trace::new())?,
        };
        let insured = count_insured(partition)?;
        let (owed, methods) = session.run(async |db| {
            let owed = journal::by_employer(db, &job.run_id, job.month(), keys.from, keys.to).await?;
            let methods = notices::payment_methods(db, keys.from, keys.to, job.cutoff_at).await?;
            Ok::<_, NightError>((owed, methods.into_iter().collect::<BTreeMap<_, _>>()))
        })?;
        let (mut written, mut held) = (Vec::with_capacity(owed.len()), Vec::new());
        for amounts in owed {
            let method = methods.get(&amounts.employer_id).map(String::as_str);
            match kind(amounts, method) {
                Ok(kind) => {
                    let insured_count = insured.get(&amounts.employer_id).copied().unwrap_or(0);
                    written.push(NewNotice { kind, insured_count, amounts });
                }
                Err((code, message)) => held.push(hold(amounts.employer_id, code, message)),
            }
        }
        session
            .run(async |db| notices::insert(db, issue, &written).await)
            .map_err(NightError::store("納入告知の記録"))?;
        let counts = Counts {
            read: (written.len() + held.len()) as i64,
            done: written.len() as i64,
            held: held.len() as i64,
            rejected: 0,
        };
        Ok(Outcome { counts, totals: totals(&written), verdicts: held, files: Vec::new() })
    }

    fn fills(&self) -> &'static [&'static str] {
        &["notices"]
    }

    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let sums = session.run(async |db| notices::sums(&*db, &job.run_id, job.month()).await)?;
        let [hi, epi, contribution] = sums.yen;
        Ok(Totals::new()
            .with("debit_notices", sums.debit_notices)
            .with("payment_slips", sums.payment_slips)
            .with("insured", sums.insured)
            .with("hi_yen", hi)
            .with("epi_yen", epi)
            .with("contribution_yen", contribution))
    }
}

/// The assessment of the same run and month.
pub fn assessment_of(job: &JobContext, session: &mut Session) -> Result<RunJob, NightError> {
    let jobs = session.run(async |db| runs::jobs(&*db, &job.run_id).await)?;
    let same = |one: &RunJob| one.job == Assessment.name() && one.for_month == job.for_month;
    jobs.into_iter()
        .find(same)
        .ok_or_else(|| NightError::Broken(format!("{}分の調定がこの夜の計画にありません", job.month())))
}

/// Which notice an employer gets, or why none goes out by itself.
fn kind(amounts: EmployerAmounts, method: Option<&str>) -> Result<&'static str, (&'static str, &'static str)> {
    if amounts.yen.iter().any(|yen| *yen < 0) || amounts.yen.iter().sum::<i64>() == 0 {
        return Err((
            "credit",
            "過月分の減額が今月分を上回る徴収の種別があるか、告知する額がありません。充当又は還付を担当者が決定してください",
        ));
    }
    match method {
        Some("debit") => Ok("debit_notice"),
        Some(_) => Ok("payment_slip"),
        None => Err(("no_profile", "事業所の名称・所在地・納付方法の記録がありません。事業所の記録を確認してください")),
    }
}

fn hold(employer_id: i64, code: &str, message: &str) -> VerdictRow {
    VerdictRow {
        subject: format!("employer:{employer_id}"),
        verdict: "held",
        code: code.to_owned(),
        message: message.to_owned(),
    }
}

/// 被保険者数 by employer: people covered in the month, exempt ones included, from the part of the assessment.
fn count_insured(partition: &Partition<'_>) -> Result<BTreeMap<i64, i32>, NightError> {
    let path = lake::part_path(CONTRIBUTIONS, partition.job.month(), partition.no);
    let mut insured = BTreeMap::new();
    let columns = ["employer_id", "hi_charged", "epi_charged", "exempt"];
    lake::read(&files::locate(partition.job, &path), &columns, |batch| {
        let employer_ids = lake::i64s(batch, "employer_id");
        let flags = ["hi_charged", "epi_charged", "exempt"].map(|name| lake::named(batch, name).as_boolean());
        for (row, employer_id) in employer_ids.iter().enumerate() {
            if flags.iter().any(|flag| flag.value(row)) {
                *insured.entry(*employer_id).or_insert(0) += 1;
            }
        }
        Ok(())
    })?;
    Ok(insured)
}

fn totals(written: &[NewNotice]) -> Totals {
    let mut totals = Totals::new();
    for notice in written {
        let kind = if notice.kind == "debit_notice" { "debit_notices" } else { "payment_slips" };
        totals.add(kind, 1);
        totals.add("insured", i64::from(notice.insured_count));
        let names = ["hi_yen", "epi_yen", "contribution_yen"];
        names.iter().zip(notice.amounts.yen).for_each(|(name, yen)| totals.add(name, yen));
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gets_what() {
        let owes = |yen| EmployerAmounts { employer_id: 1, yen };
        assert_eq!(kind(owes([1, 0, 0]), Some("debit")), Ok("debit_notice"));
        assert_eq!(kind(owes([1, 0, 0]), Some("slip")), Ok("payment_slip"));
        for nothing_to_pay in [[-5, 4, 1], [0, 0, 0], [-1, 5, 0], [0, -1, 9]] {
            assert_eq!(kind(owes(nothing_to_pay), Some("slip")).map_err(|(code, _)| code), Err("credit"));
        }
        assert_eq!(kind(owes([1, 0, 0]), None).map_err(|(code, _)| code), Err("no_profile"));
    }
}
