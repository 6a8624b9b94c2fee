//! `nenrin intake`: employers' files, taken or returned record by record.

use batch::intake::{FileOutcome, IntakeOptions, IntakeSummary};

use super::Outcome;
use crate::IntakeArgs;
use crate::office;
use crate::output::{Report, grouped};
use crate::progress::Bars;
use crate::settings::Settings;

/// Takes every file in; rejected records go to return files.
pub fn intake(settings: &Settings, args: &IntakeArgs, bars: &Bars) -> Outcome {
    let options = IntakeOptions {
        url: office::database(settings)?,
        files: args.files.clone(),
        business_on: args.business_date,
        return_dir: settings.returns_dir(),
        threads: settings.threads,
        my_number_key: Some(office::my_number_keys(settings)?),
        office: args.office.clone(),
    };
    let summary = batch::intake::run(&options, bars)?;
    Ok(report(&summary, settings))
}

fn report(summary: &IntakeSummary, settings: &Settings) -> Report {
    let json = serde_json::to_value(summary).unwrap_or_default();
    let mut report = Report::new(json)
        .row("受け付けたファイル", grouped(summary.files_taken))
        .row("全体を返戻したファイル", grouped(summary.files_refused))
        .row("受付済みのファイル", grouped(summary.files_already_taken))
        .row("受け付けた届", grouped(summary.records_taken))
        .row("返戻した届", grouped(summary.records_refused));
    for (code, count) in &summary.by_form {
        let name = domain::nenkin::Form::from_code(code).map_or("様式不明", |form| form.name_ja());
        report =
            report.row(format!("  {name}"), format!("受付 {}　返戻 {}", grouped(count.taken), grouped(count.refused)));
    }
    for file in summary.files.iter().filter(|file| file.outcome == FileOutcome::Failed) {
        report = report.then(format!(
            "{}: {}",
            file.path.display(),
            file.error.as_deref().unwrap_or("受け付けられませんでした")
        ));
    }
    report.good = summary.files_failed == 0;
    if summary.records_refused + summary.files_refused > 0 {
        report = report.then(format!("返戻ファイルと理由: {}", settings.returns_dir().display()));
    }
    report
}
