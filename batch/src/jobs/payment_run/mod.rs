//! 年金の支払 — due less accounted, withholding, the bank's file, the ledger and the notices of a payment.

use store::Session;

use crate::run::{Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals};

/// 年金の支払.
pub struct PaymentRun;

impl Job for PaymentRun {
    fn name(&self) -> &'static str {
        "payment_run"
    }

    fn title(&self) -> &'static str {
        "年金の支払"
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
