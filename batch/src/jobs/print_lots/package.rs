//! What goes with the lots of a print run: manifest, count sheet, pull list, job ticket, digests.

use domain::Yen;
use print::envelope::Envelope;
use print::package::{
    RunSpec, write_count_sheet_csv, write_count_sheet_pdf, write_job_ticket_pdf, write_manifest_csv,
    write_manifest_json, write_pull_list_header,
};
use print::{LotSummary, PrintError};
use sha2::{Digest, Sha256};
use store::Session;
use store::night::pieces::{self, PrintLot, PrintRun};

use super::{fonts, kind_of};
use crate::run::files::write_summary;
use crate::run::{JobContext, NightError};

/// Where the package lies, as recorded.
pub fn folder(run: &PrintRun) -> String {
    format!("print/{}", run.print_run_id)
}

/// Writes everything but the lots; the lots are taken from the books.
///
/// # Errors
/// `Print`, `File`, `Store`.
pub fn write(job: &JobContext, run: &PrintRun, session: &mut Session) -> Result<(), NightError> {
    let recorded = session.run(async |db| pieces::lots(&*db, &run.print_run_id).await)?;
    let lots: Vec<LotSummary> = recorded.iter().map(summary).collect();
    let spec = RunSpec {
        print_run_id: run.print_run_id.clone(),
        kind: kind_of(run)?,
        business_on: job.business_on,
        envelope: Envelope::default(),
        contact: "夜間処理 運用担当".to_owned(),
    };
    let mut digests: Vec<(String, String)> =
        recorded.iter().map(|lot| (lot.file_name.clone(), lot.sha256.clone())).collect();
    for (ending, bytes) in contents(&spec, &lots).map_err(|error| NightError::Print(error.to_string()))? {
        let name = format!("{}_{ending}", run.print_run_id);
        digests.push((name.clone(), hex::encode(Sha256::digest(&bytes))));
        write_summary(job, &format!("{}/{name}", folder(run)), &bytes)?;
    }
    digests.sort();
    let sums: String = digests.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect();
    write_summary(job, &format!("{}/SHA256SUMS", folder(run)), sums.as_bytes())
}

fn contents(spec: &RunSpec, lots: &[LotSummary]) -> Result<Vec<(&'static str, Vec<u8>)>, PrintError> {
    let fonts = fonts().map_err(|error| PrintError::Package(error.to_string()))?;
    Ok(vec![
        ("manifest.json", write_manifest_json(spec, lots)?),
        ("manifest.csv", write_manifest_csv(spec, lots)?),
        ("counts.csv", write_count_sheet_csv(spec, lots)?),
        ("counts.pdf", write_count_sheet_pdf(fonts, spec, lots)?),
        ("spec.pdf", write_job_ticket_pdf(fonts, spec, lots)?),
        ("pull.csv", write_pull_list_header()),
    ])
}

fn summary(lot: &PrintLot) -> LotSummary {
    let count = |number: i32| u32::try_from(number).expect("counts are not negative");
    let seq = |number: i64| u32::try_from(number).expect("連番 have eight digits");
    LotSummary {
        lot_no: count(lot.lot_no),
        file_name: lot.file_name.clone(),
        sha256: lot.sha256.clone(),
        bytes: u64::try_from(lot.byte_count).expect("sizes are not negative"),
        pieces: count(lot.piece_count),
        sheets: count(lot.sheet_count),
        pages: count(lot.page_count),
        first_seq: seq(lot.first_seq),
        last_seq: seq(lot.last_seq),
        total_yen: Yen::new(lot.total_yen),
    }
}
