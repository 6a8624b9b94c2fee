//! `nenrin verify`: everything counted again.

use batch::verify::VerifyOptions;

use super::Outcome;
use crate::office;
use crate::output::Report;
use crate::progress::Bars;
use crate::settings::Settings;

/// Recounts journal, notices, files and the access log; fails when anything differs.
pub fn verify(settings: &Settings, bars: &Bars) -> Outcome {
    let url = office::database(settings)?;
    let checked = batch::verify::run(&verify_options(settings, &url), bars)?;
    let mut report = Report::new(serde_json::to_value(&checked)?);
    for line in &checked.checks {
        report = report.row(format!("{} {}", if line.good { "○" } else { "×" }, line.name), &line.detail);
    }
    report.good = checked.good();
    Ok(report)
}

/// What is recounted, from the settings.
pub fn verify_options(settings: &Settings, url: &str) -> VerifyOptions {
    VerifyOptions { url: url.to_owned(), lake_dir: settings.lake_dir(), print_dir: settings.print_dir() }
}
