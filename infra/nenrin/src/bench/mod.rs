//! `nenrin bench`: the figures that the README quotes, each beside a peer in the same run.

mod adjudicate;
mod alone;
mod assess;
mod file;
mod law;
pub mod load;
mod measure;

use clap::Subcommand;

use crate::commands::Outcome;
use crate::progress::Bars;
use crate::settings::Settings;

/// What can be measured.
#[derive(Subcommand)]
pub enum Name {
    /// 年金の裁定と支払: 一生の記録から裁定へ、裁定から支払と全銀ファイルへ。支払は同じ仕事の SQL と比べる
    Adjudicate(adjudicate::Args),
    /// 月の調定: 夜間処理と、同じ仕事の SQL
    Assess(assess::Args),
    /// 届書の受付: 端末サーバーと、同じ SQL を送る pgbench
    File(file::Args),
    /// 法令の計算: 列ごと・一件ごとの速さと、Parquet から Parquet への DuckDB との比
    Law(law::Args),
}

/// Measures in an office of its own, beside the real one.
pub fn run(settings: &Settings, name: &Name, bars: &Bars) -> Outcome {
    let settings = Settings { database_url: None, office_dir: settings.office_dir.join("bench"), ..settings.clone() };
    let outcome = match name {
        Name::Adjudicate(args) => adjudicate::run(&settings, args, bars),
        Name::Assess(args) => assess::run(&settings, args, bars),
        Name::File(args) => file::run(&settings, args, bars),
        Name::Law(args) => law::run(&settings, args, bars),
    };
    crate::office::down(&settings)?;
    outcome
}
