//! 人への通知の印刷 — the notices to people of this run as letters, in lots.

use store::Session;

use crate::run::{Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals};

/// 人への通知の印刷.
pub struct Letters;

impl Job for Letters {
    fn name(&self) -> &'static str {
        "letters"
    }

    fn title(&self) -> &'static str {
        "人への通知の印刷"
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
