//! `nenrin print`: the print packages of a night, made again.

use serde_json::json;

use super::{Outcome, Said, night_options};
use crate::output::{Report, grouped};
use crate::progress::Bars;
use crate::settings::Settings;
use crate::{PrintArgs, office};

/// Puts back what is missing or damaged; the bytes are those that were recorded, or nothing is written.
pub fn print(settings: &Settings, args: &PrintArgs, _bars: &Bars) -> Outcome {
    let url = office::database(settings)?;
    let status = batch::night::status(&url)?.ok_or_else(|| Said("夜間処理はまだ一度も動いていません".to_owned()))?;
    let options = night_options(settings, &url, status.run.business_on);
    let mended = batch::night::print_again(&options, &args.run)?;
    Ok(Report::new(json!({ "run": args.run, "files_mended": mended }))
        .row("夜間処理", &args.run)
        .row("作り直したファイル", grouped(mended))
        .row("置き場所", settings.print_dir().display()))
}
