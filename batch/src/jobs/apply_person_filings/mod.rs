//! 人の届の反映 — filings about a person's pension become facts, with the filing as cause.

use store::Session;

use crate::run::{Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals};

/// 人の届の反映.
pub struct ApplyPersonFilings;

impl Job for ApplyPersonFilings {
    fn name(&self) -> &'static str {
        "apply_person_filings"
    }

    fn title(&self) -> &'static str {
        "人の届の反映"
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
