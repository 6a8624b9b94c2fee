//! `nenrin`: parses arguments, calls one tier, prints what was done.

mod bench;
mod commands;
mod demo;
mod office;
mod output;
mod progress;
mod settings;
mod telemetry;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

/// 年輪 — 社会保険の記録・調定・通知の仕組み
#[derive(Parser)]
#[command(name = "nenrin", version, disable_help_subcommand = true)]
struct Cli {
    /// 結果を機械向けの JSON 一行で出す
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 事務所を開ける: データベースと端末サーバーを始める
    Up,
    /// 事務所を閉める
    Down,
    /// 端末サーバーを前面で動かす
    Serve,
    /// 職員を登録する
    Clerk(ClerkArgs),
    /// 架空の国を作る
    Populate(PopulateArgs),
    /// 電子媒体の届書を受け付ける
    Intake(IntakeArgs),
    /// 国民年金保険料の口座振替の結果を受け付ける
    Receipts(ReceiptsArgs),
    /// 夜間処理
    Night(NightArgs),
    /// 一つの計算、または計算例の表
    Calc(CalcArgs),
    /// 印刷ロットを作り直す
    Print(PrintArgs),
    /// すべてを数え直す
    Verify,
    /// README の数字を測る
    Bench(BenchArgs),
    /// 何もないところから一晩を終えるまで
    Demo(DemoArgs),
}

#[derive(Args)]
struct ClerkArgs {
    /// 利用者名
    login: String,
    /// 氏名
    #[arg(long)]
    name: String,
    /// 事務所コード
    #[arg(long)]
    office: String,
    /// 役割 (reception, viewer, examiner, approver, operator, auditor)。カンマ区切り
    #[arg(long, value_delimiter = ',', required = true)]
    roles: Vec<String>,
    /// 管轄: office, prefecture, nation
    #[arg(long, default_value = "office")]
    area: String,
}

#[derive(Args)]
struct PopulateArgs {
    /// 適用事業所の被保険者の人数
    #[arg(long)]
    people: u64,
    /// 適用事業所の外の人 (自営・学生・無職・第3号・年金受給者) の人数。あわせて全員の一生の記録を作る。
    /// 0 は作らない。省略すると --people と同じ (被保険者一人に一人)
    #[arg(long)]
    lives: Option<u64>,
    /// 種: 同じ種からは同じ国ができる
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 調定する夜の業務日付
    #[arg(long, default_value = demo::BUSINESS_DATE)]
    business_date: Date,
    /// この数の事業所の届書ファイルも作る
    #[arg(long, default_value_t = 0)]
    media: usize,
}

#[derive(Args)]
struct IntakeArgs {
    /// SHFD0006.CSV、またはそれを含むフォルダー
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 業務日付 (届の日付はこの日まで)
    #[arg(long)]
    business_date: Date,
    /// 受け付ける年金事務所の番号 (ほかの事務所の事業所の届は返戻する)
    #[arg(long, env = "NENRIN_OFFICE")]
    office: Option<String>,
}

#[derive(Args)]
struct ReceiptsArgs {
    /// 銀行から戻った預金口座振替のファイル (全銀協規定形式、種別 91)
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 業務日付 (引落日はこの日まで)
    #[arg(long)]
    business_date: Date,
    /// トレーラに振替済の件数を書かない銀行のファイルも受け付ける (振替請求のファイルと見分けられないことに注意)
    #[arg(long)]
    uncounted: bool,
}

#[derive(Args)]
struct NightArgs {
    #[command(subcommand)]
    action: Option<NightAction>,
    /// 業務日付
    #[arg(long)]
    business_date: Option<Date>,
    /// 止まった夜間処理を引き継ぐ
    #[arg(long)]
    resume: bool,
    /// 却下の限度を、残りの仕事についてこの件数に改めてから引き継ぐ
    #[arg(long, requires = "resume")]
    rejected_max: Option<u32>,
    /// 記録に触れずに、--law の法令データと現行の法令データの調定を比べる
    #[arg(long, requires_all = ["law", "business_date"], conflicts_with = "resume")]
    rehearse: bool,
    /// 改正後の法令データのフォルダー (現行の表と同じ名前の CSV)
    #[arg(long, value_name = "DIR", requires = "rehearse")]
    law: Option<PathBuf>,
    /// 改正後の料率・上限・等級をどの月分から取るか (指定しなければ調定する月分)
    #[arg(long, value_name = "YYYY-MM", requires = "rehearse")]
    numbers_of: Option<domain::Month>,
}

#[derive(Subcommand)]
enum NightAction {
    /// いまの様子
    Status,
    /// その日に何をするか
    Plan {
        /// 業務日付
        #[arg(long)]
        business_date: Date,
    },
}

#[derive(Args)]
struct CalcArgs {
    /// 計算の名前
    #[arg(required_unless_present_any = ["cases", "replay", "tables"])]
    topic: Option<String>,
    /// 入力 (JSON)
    #[arg(required_unless_present_any = ["cases", "replay", "tables"])]
    inputs: Option<String>,
    /// 計算の明細を出す
    #[arg(long)]
    explain: bool,
    /// 計算例の表 (case_id, topic, inputs, expected)
    #[arg(long, conflicts_with_all = ["topic", "inputs"])]
    cases: Option<PathBuf>,
    /// 計算書 (--explain --json の出力) を、その入力から計算し直して比べる
    #[arg(long, value_name = "FILE", conflicts_with_all = ["topic", "inputs", "cases"])]
    replay: Option<PathBuf>,
    /// 現行の法令データの表を、このフォルダーに書き出す
    #[arg(long, value_name = "DIR", conflicts_with_all = ["topic", "inputs", "cases", "replay", "law"])]
    tables: Option<PathBuf>,
    /// このフォルダーの表に置き換えた法令データで計算する
    #[arg(long, value_name = "DIR")]
    law: Option<PathBuf>,
}

#[derive(Args)]
struct PrintArgs {
    /// 夜間処理の番号
    #[arg(long)]
    run: String,
}

#[derive(Args)]
struct BenchArgs {
    /// 何を測るか
    #[command(subcommand)]
    name: bench::Name,
}

#[derive(Args)]
struct DemoArgs {
    /// 人数
    #[arg(long, default_value_t = 100_000)]
    people: u64,
    /// 種
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 終わったあとも事務所を開けておく
    #[arg(long)]
    keep: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let level = if matches!(cli.command, Command::Serve) { "info" } else { "warn" };
    let _telemetry = telemetry::start(level);
    match run(&cli) {
        Ok(report) => {
            report.print(cli.json);
            if report.good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            print_error(error.as_ref(), cli.json);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> commands::Outcome {
    let settings = settings::Settings::read(&std::env::current_dir()?)?;
    let bars = progress::Bars::new(cli.json);
    match &cli.command {
        Command::Up => office::up(&settings),
        Command::Down => office::down(&settings),
        Command::Serve => office::serve(&settings),
        Command::Clerk(args) => office::add_clerk(&settings, args),
        Command::Populate(args) => commands::populate(&settings, args, &bars),
        Command::Intake(args) => commands::intake(&settings, args, &bars),
        Command::Receipts(args) => commands::receipts(&settings, args),
        Command::Night(args) => commands::night(&settings, args, &bars),
        Command::Calc(args) => commands::calc(args, cli.json),
        Command::Print(args) => commands::print(&settings, args, &bars),
        Command::Verify => commands::verify(&settings, &bars),
        Command::Bench(args) => bench::run(&settings, &args.name, &bars),
        Command::Demo(args) => demo::run(&settings, args, &bars),
    }
}

/// One line a level, from what failed to why; as JSON for machines.
fn print_error(error: &(dyn std::error::Error + 'static), json: bool) {
    let mut causes = Vec::new();
    let mut cause = error.source();
    while let Some(inner) = cause {
        causes.push(inner.to_string());
        cause = inner.source();
    }
    if json {
        println!("{}", serde_json::json!({ "error": error.to_string(), "causes": causes }));
    } else {
        eprintln!("失敗しました: {error}");
        for cause in causes {
            eprintln!("  原因: {cause}");
        }
    }
}
