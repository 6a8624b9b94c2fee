//! 国民年金保険料 — charges of the month, the marks that follow from what was decided and paid, and the payment rate.

use store::Session;

use crate::run::{Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals};

/// 国民年金保険料.
pub struct NationalPension;

impl Job for NationalPension {
    fn name(&self) -> &'static str {
        "national_pension"
    }

    fn title(&self) -> &'static str {
        "国民年金保険料"
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
