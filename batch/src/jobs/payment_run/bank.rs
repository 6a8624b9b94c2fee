//! 銀行のファイル — one 総合振込 file per partition, numbers in order of person, counted again from its bytes.

use domain::zengin::{Tally, Transfer, TransferFile, tally};
use store::night::runs::RunFile;

use super::decide::Decided;
use super::{Rules, count as count_of};
use crate::run::files::{WrittenFile, locate};
use crate::run::{JobContext, NightError, Partition, PendingFile, Totals};

/// Folder of the bank's files in the lake.
const BANK: &str = "bank";

/// The bytes of a partition's transfers, and what a reader finds in them.
///
/// # Errors
/// `Broken` — the bytes do not say what was decided: a bug, found before anything is committed.
pub fn file(decided: &[Decided], rules: &Rules) -> Result<(Vec<u8>, Tally), NightError> {
    let mut file = TransferFile::new(&rules.originator, rules.paid_on);
    for one in decided {
        let Some((sending, bank)) = one.sent().and_then(|sending| Some((sending, sending.bank.clone()?))) else {
            continue;
        };
        let amount_yen = sending.withheld.net.get();
        let transfer = Transfer { account: bank, amount_yen, customer: one.person_id, newness: sending.newness };
        if !file.has_room_for(amount_yen) {
            let reason =
                "銀行のファイルの件数 (6桁) か合計金額 (12桁) を超えます。一区分の人数を減らして実行してください";
            return Err(NightError::Broken(reason.to_owned()));
        }
        file.add(&transfer).map_err(|refused| broken(&refused.to_string()))?;
    }
    let (count, yen) = file.totals();
    let bytes = file.finish();
    let found = tally(&bytes).map_err(|refused| broken(&refused.to_string()))?;
    if found.transfers.len() != count || found.amount_yen != yen {
        return Err(broken("件数か金額が支払と違います"));
    }
    Ok((bytes, found))
}

fn broken(reason: &str) -> NightError {
    NightError::Broken(format!("銀行のファイルの数え直しが合いません: {reason}。運用担当者に連絡してください"))
}

/// Writes the file; none where nothing is transferred.
///
/// # Errors
/// `File`.
pub fn write(
    partition: &Partition<'_>,
    rules: &Rules,
    bytes: &[u8],
    tally: &Tally,
) -> Result<Option<WrittenFile>, NightError> {
    if tally.transfers.is_empty() {
        return Ok(None);
    }
    let (run_id, no) = (&partition.job.run_id, partition.no);
    let path = format!("{BANK}/payment_on={}/{run_id}-{no:03}.dat", rules.paid_on);
    PendingFile::write_whole(partition.job, &path, bytes, count_of(tally.transfers.len())).map(Some)
}

/// Counts a published file of ours again, from its bytes.
///
/// # Errors
/// `File`; `Broken` — a bank would not take it.
pub fn count(job: &JobContext, file: &RunFile, totals: &mut Totals) -> Result<(), NightError> {
    if !file.path.starts_with(BANK) {
        return Ok(());
    }
    let place = locate(job, &file.path);
    let bytes = std::fs::read(&place).map_err(NightError::read(&place))?;
    let found = tally(&bytes).map_err(|refused| broken(&format!("{} {refused}", place.display())))?;
    totals.add("bank_transfers", count_of(found.transfers.len()));
    totals.add("bank_yen", found.amount_yen);
    Ok(())
}
