//! 記録の点検 — every spell of the month held against the rules of what should be on record; findings into Parquet.
//!
//! The work is divided as the assessment was, so a partition reads the part that the assessment wrote of its employers.
//! Nothing in the book of record changes, and findings have no table in it: each follows from facts and law alone, as
//! known at the cut-off, and may be gone the next day. Parquet keeps what was found in a month and is recounted like
//! everything else; who wants to know how a person stands today asks the same rules of today's facts.
//!
//! Not looked for, because the facts are not on file: an end of leave that nobody filed (`leave_spells` holds one end,
//! planned or real), the child's birthday, 介護保険適用除外 (nobody is excluded), and 標準賞与額累計申出書 (none is taken).

mod output;
mod records;

use law::employees_insurance::completeness::{Finding, FindingKind, Inspection};
use law::{MonthLaw, Trace};
use store::Session;
use store::night::runs;

use crate::jobs::notices::assessment_of;
use crate::lake;
use crate::run::{Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals};

pub use output::FINDINGS;
use records::Records;
use store::night::facts::SpellMonth;

/// Name of the total over all kinds; those of the kinds are their codes.
pub const TOTAL: &str = "findings";

/// 記録の点検.
pub struct Completeness;

impl Job for Completeness {
    fn name(&self) -> &'static str {
        "completeness"
    }

    fn title(&self) -> &'static str {
        "記録の点検"
    }

    /// The partitions of the assessment.
    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        let assessment = assessment_of(job, session)?;
        let marks = session.run(async |db| runs::partitions(&*db, &job.run_id, assessment.job_no).await)?;
        Ok(marks.iter().map(|mark| KeyRange { from: mark.key_from, to: mark.key_to }).collect())
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        let job = partition.job;
        let law = MonthLaw::of(job.month(), &mut Trace::new())?;
        let inspection = Inspection::of(job.month(), job.business_on)?;
        let records = Records::read(partition, session, &law, &inspection)?;
        let found = inspect(&inspection, &records)?;
        let mut totals = Totals::new();
        found.iter().for_each(|row| count(&mut totals, row.finding.kind.code(), 1));
        let people = records.len();
        let counts = Counts { read: people, done: people, ..Counts::default() };
        let file = output::write_part(partition, &found)?;
        Ok(Outcome { counts, totals, verdicts: Vec::new(), files: vec![file] })
    }

    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
        let mut totals = Totals::new();
        for file in &written {
            output::each_code(job, file, |code| count(&mut totals, code, 1))?;
        }
        Ok(totals)
    }

    fn finish(&self, job: &JobContext, totals: &Totals, session: &mut Session) -> Result<(), NightError> {
        let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
        lake::write_run_summary(job, FINDINGS, job.month(), &written, totals)
    }
}

fn count(totals: &mut Totals, code: &str, findings: i64) {
    totals.add(TOTAL, findings);
    totals.add(code, findings);
}

/// 種類ごとの件数 — the kinds of which there are some, from the totals of the job.
pub fn by_kind(totals: &Totals) -> Vec<(FindingKind, i64)> {
    let counted = FindingKind::ALL.into_iter().map(|kind| (kind, totals.get(kind.code())));
    counted.filter(|(_, findings)| *findings > 0).collect()
}

/// A finding and whose it is.
struct FoundRow {
    spell: SpellMonth,
    finding: Finding,
}

/// In order of employer, spell and kind.
fn inspect(inspection: &Inspection, records: &Records) -> Result<Vec<FoundRow>, NightError> {
    let mut found = Vec::new();
    for one in records.people() {
        let others = records.others_of(one);
        let findings = inspection.findings(&records.facts_of(one, &others))?;
        found.extend(findings.into_iter().map(|finding| FoundRow { spell: one.spell, finding }));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_out_of_the_totals_again() {
        let mut totals = Totals::new();
        for kind in [FindingKind::NoStandard, FindingKind::AnnualNotFiled, FindingKind::NoStandard] {
            count(&mut totals, kind.code(), 1);
        }
        assert_eq!(totals.get(TOTAL), 3);
        assert_eq!(by_kind(&totals), [(FindingKind::AnnualNotFiled, 1), (FindingKind::NoStandard, 2)]);
    }
}
