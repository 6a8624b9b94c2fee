//! 年金の裁定と改定 — whoever has a claim and something new is computed again; what comes out differently becomes an award.

use store::Session;

use crate::run::{Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals};

/// 年金の裁定と改定.
pub struct Adjudication;

impl Job for Adjudication {
    fn name(&self) -> &'static str {
        "adjudication"
    }

    fn title(&self) -> &'static str {
        "年金の裁定と改定"
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
