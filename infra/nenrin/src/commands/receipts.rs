//! `nenrin receipts`: results of direct debits of the National Pension, booked file by file.

use batch::intake::receipts::{ReceiptOptions, ReceiptOutcome, Total, run};

use super::Outcome;
use crate::ReceiptsArgs;
use crate::office;
use crate::output::{Report, grouped};
use crate::settings::Settings;

/// Takes every file; what was not booked goes to lists.
pub fn receipts(settings: &Settings, args: &ReceiptsArgs) -> Outcome {
    let summary = run(&ReceiptOptions {
        url: office::database(settings)?,
        files: args.files.clone(),
        business_on: args.business_date,
        list_dir: settings.returns_dir(),
        uncounted: args.uncounted,
    })?;
    let count = |outcome| summary.files.iter().filter(|file| file.outcome == outcome).count() as u64;
    let told = |total: Total| format!("{} 件　{} 円", grouped(total.count), grouped(total.yen));
    let mut report = Report::new(serde_json::to_value(&summary).unwrap_or_default())
        .row("受け付けたファイル", grouped(count(ReceiptOutcome::Taken)))
        .row("受付済みのファイル", grouped(count(ReceiptOutcome::AlreadyTaken)))
        .row("受け付けなかったファイル", grouped(count(ReceiptOutcome::Refused) + count(ReceiptOutcome::Failed)))
        .row("収納", told(summary.booked))
        .row("振替不能", told(summary.unpaid))
        .row("照会", told(summary.referred));
    for file in &summary.files {
        let path = file.path.display();
        match (&file.reason, &file.list) {
            (Some(reason), _) => report = report.then(format!("{path}: {reason}")),
            (None, Some(list)) => report = report.then(format!("{path}: 収納としなかった行 → {}", list.display())),
            (None, None) => {}
        }
    }
    report.good = summary.files.iter().all(|file| file.reason.is_none());
    Ok(report)
}
