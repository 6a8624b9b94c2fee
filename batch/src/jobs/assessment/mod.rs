//! 保険料の調定 — the month's assessment (健康保険法155条・厚生年金保険法81条, 会計法6条).
//!
//! Per person in Parquet (`contributions`), per employer and levy in the journal. A partition is a range of
//! employers with about as many people as the next one, so memory does not grow with the country.

mod adjustments;
mod late;
mod output;
pub mod peer;
pub mod people;
mod recount;
pub mod sums;
mod workplaces;

use law::{MonthLaw, PersonContribution, Trace, Verdict};
use store::Session;
use store::night::facts::{self, Scope};
use store::night::journal::{self, Posting};

use crate::run::{
    Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, VerdictRow,
};

pub use adjustments::ADJUSTMENTS;
use output::Assessed;
pub use output::{COLUMNS, CONTRIBUTIONS, EXACT_COLUMNS};
use people::{Insured, Question};
use sums::{EmployerSums, exact_of};

/// 保険料の調定.
pub struct Assessment;

impl Job for Assessment {
    fn name(&self) -> &'static str {
        "assessment"
    }

    fn title(&self) -> &'static str {
        "保険料の調定"
    }

    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        let employers = session
            .run(async |db| facts::insured_by_employer(&*db).await)
            .map_err(NightError::store("事業所ごとの被保険者の数え上げ"))?;
        Ok(divide(&employers, job.people_per_partition))
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        let job = partition.job;
        let law = MonthLaw::of(job.month(), &mut Trace::new())?;
        let scope = Scope { from: partition.keys.from, to: partition.keys.to, known_at: job.cutoff_at };
        let people = people::read(session, Question { scope, only: None }, &law)
            .map_err(NightError::store("調定の事実の読出し"))?;
        let (assessed, mut held) = assess(&law, people);
        let mut totals = Totals::new();
        let mut employers = add_up(&assessed, &mut totals);
        let late = adjustments::find(partition, session)?;
        totals.add("adjustments", late.rows.len() as i64);
        employers.merge(&late.employers());
        employers.total(&mut totals);
        let mut files = vec![output::write_part(partition, &law, &assessed)?];
        files.extend(late.write(partition)?);
        let posting =
            Posting {
                for_month: job.month(), business_on: job.business_on, run_id: &job.run_id, reason: "月次調定"
            };
        session
            .run(async |db| journal::post_assessments(db, posting, &employers.amounts()).await)
            .map_err(NightError::store("調定の仕訳の記帳"))?;
        held.extend(late.held);
        let counts = Counts {
            read: (assessed.len() + held.len()) as i64,
            done: assessed.len() as i64,
            held: held.len() as i64,
            rejected: 0,
        };
        Ok(Outcome { counts, totals, verdicts: held, files })
    }

    fn fills(&self) -> &'static [&'static str] {
        &["journal"]
    }

    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        recount::recount(job, session)
    }

    fn finish(&self, job: &JobContext, totals: &Totals, session: &mut Session) -> Result<(), NightError> {
        recount::write_summaries(job, totals, session)
    }
}

/// Ranges of employers with about `people_max` people each; a larger employer has one of its own.
pub fn divide(employers: &[(i64, i64)], people_max: i64) -> Vec<KeyRange> {
    let mut ranges: Vec<KeyRange> = Vec::new();
    let mut people = people_max;
    for &(employer_id, count) in employers {
        if people + count > people_max {
            ranges.push(KeyRange { from: employer_id, to: employer_id });
            people = 0;
        }
        people += count;
        ranges.last_mut().expect("the first employer opens a range").to = employer_id + 1;
    }
    ranges
}

/// One verdict per record: an amount, or a reason to hold it.
fn assess(law: &MonthLaw, people: Vec<Insured>) -> (Vec<Assessed>, Vec<VerdictRow>) {
    let (mut assessed, mut held) = (Vec::with_capacity(people.len()), Vec::new());
    for one in people {
        let Some(contribution) = one.assess(law) else {
            held.push(hold(
                &one,
                "no_identity",
                "生年月日が登録されていません。氏名・生年月日の記録を確認してください",
            ));
            continue;
        };
        match contribution.verdict {
            Verdict::Done => assessed.push((one, contribution)),
            Verdict::Hold(reason) => held.push(hold(&one, reason.code(), reason.words())),
        }
    }
    (assessed, held)
}

fn hold(one: &Insured, code: &str, message: &str) -> VerdictRow {
    VerdictRow {
        subject: format!("spell:{}", one.spell.spell_id),
        verdict: "held",
        code: code.to_owned(),
        message: message.to_owned(),
    }
}

/// Sums over the partition.
fn add_up(assessed: &[Assessed], totals: &mut Totals) -> EmployerSums {
    let mut employers = EmployerSums::default();
    let mut sums = recount::PeopleSums::default();
    for (one, out) in assessed {
        let exact = exact_of(out.levies());
        employers.add(one.spell.employer_id, &exact);
        sums.add(&exact, flags(out), shares(out));
    }
    sums.total(totals);
    employers
}

/// HI charged, EPI charged, long-term care, exempt.
fn flags(out: &PersonContribution) -> [bool; 4] {
    [out.hi_charged, out.epi_charged, out.ltci, out.exempt]
}

/// Shares of the insured: HI and EPI on the month, HI and EPI on bonuses.
fn shares(out: &PersonContribution) -> [i64; 4] {
    [out.hi_employee_yen, out.epi_employee_yen, out.bonus_hi_employee_yen, out.bonus_epi_employee_yen]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(employers: &[(i64, i64)]) -> Vec<(i64, i64)> {
        divide(employers, 10).iter().map(|range| (range.from, range.to)).collect()
    }

    #[test]
    fn ranges_hold_about_so_many_people_and_every_employer_once() {
        assert_eq!(ranges(&[]), []);
        assert_eq!(ranges(&[(1, 4), (2, 6), (5, 1)]), [(1, 3), (5, 6)]);
        assert_eq!(ranges(&[(1, 4), (2, 60), (5, 1), (9, 9)]), [(1, 2), (2, 3), (5, 10)]);
    }
}
