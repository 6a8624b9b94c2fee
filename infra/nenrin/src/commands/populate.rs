//! `nenrin populate`: a synthetic country into an empty database, and the files its employers send.

use batch::populate::{MediaOptions, Plan};
use serde_json::json;

use super::Outcome;
use crate::PopulateArgs;
use crate::office;
use crate::output::{Report, grouped};
use crate::progress::Bars;
use crate::settings::Settings;

/// Makes the country, and with `--media` the files of so many employers.
pub fn populate(settings: &Settings, args: &PopulateArgs, bars: &Bars) -> Outcome {
    let url = office::database(settings)?;
    let plan = Plan {
        people: args.people,
        lives: args.lives.unwrap_or(args.people),
        seed: args.seed,
        business_on: args.business_date,
        threads: settings.threads,
    };
    let made = batch::populate::run(&url, &plan, bars)?;
    let report = Report::new(json!({ "populated": made }))
        .row("人", grouped(made.people))
        .row("適用事業所", grouped(made.employers))
        .row("被保険者資格", grouped(made.spells))
        .row("賞与", grouped(made.bonuses))
        .row("休業", grouped(made.leaves))
        .row("適用事業所の外の人", grouped(made.lives))
        .row("重複した番号", grouped(made.duplicates))
        .row("遺族・死亡した配偶者", grouped(made.relatives))
        .row("年金の原簿の行", grouped(made.records));
    if args.media == 0 {
        return Ok(report.then(format!("次: nenrin night --business-date {}", args.business_date)));
    }
    let folder = settings.media_dir();
    let options = MediaOptions::new(args.seed, args.business_date, args.media);
    let media = batch::populate::write_media(&url, &folder, &options)?;
    Ok(report.row("届書ファイル", grouped(media.files)).then(format!(
        "次: nenrin intake {} --business-date {}",
        folder.display(),
        args.business_date
    )))
}
