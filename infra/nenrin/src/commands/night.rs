//! `nenrin night`: run, resume, look, plan.

use std::path::Path;

use batch::night::{NightOptions, NightStatus, NightSummary};
use batch::rehearsal::RehearsalOptions;
use batch::run::Totals;
use domain::Month;
use jiff::civil::Date;
use serde_json::json;

use super::law_folder::read_book;
use super::{Outcome, Said};
use crate::output::{Report, grouped};
use crate::progress::Bars;
use crate::settings::Settings;
use crate::{NightAction, NightArgs, office};

/// Runs a night, takes over a dead one, or tells how it is.
pub fn night(settings: &Settings, args: &NightArgs, bars: &Bars) -> Outcome {
    let url = office::database(settings)?;
    if let (Some(folder), Some(day)) = (&args.law, args.business_date) {
        return rehearse(settings, &url, day, folder, args.numbers_of, bars);
    }
    match (&args.action, args.business_date, args.resume) {
        (Some(NightAction::Status), _, _) => status(&url),
        (Some(NightAction::Plan { business_date }), _, _) => plan(&night_options(settings, &url, *business_date)),
        (None, business_date, true) => {
            let day = match business_date {
                Some(day) => day,
                None => day_of_last(&url)?,
            };
            let options = NightOptions { rejected_max: args.rejected_max, ..night_options(settings, &url, day) };
            Ok(report(&batch::night::resume(&options, bars)?))
        }
        (None, Some(day), false) => Ok(report(&batch::night::run(&night_options(settings, &url, day), bars)?)),
        (None, None, false) => Err(Said("業務日付を --business-date で指定してください".to_owned()).into()),
    }
}

/// The month under the law of a folder, beside today's; nothing is recorded.
fn rehearse(
    settings: &Settings,
    url: &str,
    day: Date,
    folder: &Path,
    numbers_of: Option<Month>,
    bars: &Bars,
) -> Outcome {
    let book = read_book(folder)?;
    let options = RehearsalOptions {
        numbers_of,
        threads: settings.threads,
        ..RehearsalOptions::new(url, day, book, settings.lake_dir())
    };
    let done = batch::rehearsal::rehearse(&options, bars)?;
    let total = done.summary.total();
    let [today, changed] = done.summary.notice_yen;
    let sums = json!({ "today": today, "changed": changed });
    let report = Report::new(json!({
        "rehearsal": done.id, "for_month": done.for_month, "numbers_of": done.numbers_of,
        "law_version": done.law_version, "people": total.people, "people_affected": total.people_affected,
        "held": done.summary.held, "notice_yen": sums, "folder": done.folder, "seconds": done.seconds,
    }))
    .row("法改正の試算", &done.id)
    .row("調定した月分 (改正後の数値の月分)", format!("{} ({})", done.for_month, done.numbers_of))
    .row("人 (額が変わる人、計算できない人)", {
        let held = grouped(done.summary.held);
        format!("{} ({}、{held})", grouped(total.people), grouped(total.people_affected))
    });
    let levies = ["健康保険料", "厚生年金保険料", "子ども・子育て拠出金"];
    let report = levies.iter().zip(today.into_iter().zip(changed)).fold(report, |report, (name, (today, changed))| {
        let difference = format!("{:+}", changed - today);
        report.row(format!("  {name}"), format!("{}円 → {}円 (差 {difference}円)", grouped(today), grouped(changed)))
    });
    let folder = done.folder.display();
    Ok(report
        .row("所要", format!("{:.1}秒", done.seconds))
        .then(format!("記録には触れていません。結果 (Parquet): {folder}"))
        .then(format!(
            "duckdb -c \"SELECT prefecture_code, sum(people_affected) AS people, \
             sum(changed_hi_employee_yen - today_hi_employee_yen) AS yen \
             FROM '{folder}/summary.parquet' GROUP BY 1 ORDER BY 1\""
        )))
}

/// What the night is told, from the settings.
pub fn night_options(settings: &Settings, url: &str, business_on: Date) -> NightOptions {
    NightOptions {
        lake_dir: settings.lake_dir(),
        print_dir: settings.print_dir(),
        threads: settings.threads,
        ..NightOptions::new(url, business_on, &settings.office_dir)
    }
}

fn report(summary: &NightSummary) -> Report {
    let report =
        rows(summary).into_iter().fold(Report::new(summary.to_json()), |report, (name, value)| report.row(name, value));
    report.then("夜間処理を終えました。数え直すには: nenrin verify")
}

/// The closing table: what was assessed, told and printed, and how long each job took.
pub fn rows(summary: &NightSummary) -> Vec<(String, String)> {
    let mut rows = vec![("夜間処理".to_owned(), format!("{} (業務日付 {})", summary.run_id, summary.business_on))];
    let mut add = |name: &str, value: String| rows.push((name.to_owned(), value));
    let yen = |yen: i64| format!("{}円", grouped(yen));
    for month in &summary.months {
        add("調定した月分", month.for_month.to_string());
        add("  人 (保留)", format!("{} ({})", grouped(month.people), grouped(month.held)));
        add("  事業所", grouped(month.employers));
        add("  健康保険料", yen(month.hi_yen));
        add("    うち介護保険料", yen(month.ltci_yen));
        add("    うち支援金", yen(month.support_yen));
        add("  厚生年金保険料", yen(month.epi_yen));
        add("  子ども・子育て拠出金", yen(month.contribution_yen));
        add("  合計", yen(month.total_yen()));
        add(
            "  納入告知額通知書・納入告知書",
            format!("{}通・{}通", grouped(month.debit_notices), grouped(month.payment_slips)),
        );
        add("  印刷", format!("{}頁 {}ロット", grouped(month.pages), grouped(month.lots)));
        add("  記録の点検で見つかったこと", format!("{}件", grouped(month.findings_total())));
        for (kind, findings) in &month.findings {
            add(&format!("    {}", kind.title()), format!("{}件", grouped(*findings)));
        }
    }
    for job in &summary.jobs {
        let counts = format!(
            "処理 {}　保留 {}　却下 {}　{:.1}秒",
            grouped(job.counts.done),
            grouped(job.counts.held),
            grouped(job.counts.rejected),
            job.seconds
        );
        add(&format!("  {}", job.title), counts);
        for (name, words) in of_pensions(&job.job, &job.totals) {
            add(&format!("    {name}"), words);
        }
    }
    rows
}

/// What a job of the pensions came to, in the words of its users.
fn of_pensions(job: &str, totals: &Totals) -> Vec<(&'static str, String)> {
    let number = |name: &str| grouped(totals.get(name));
    let yen = |name: &str| format!("{}円", grouped(totals.get(name)));
    match job {
        "adjudication" => vec![
            ("支給する人", format!("{}人", number("payable"))),
            ("書いた裁定", format!("{}件 (改めたもの {}件)", number("written"), number("superseded"))),
        ],
        "national_pension" => vec![
            ("調定した月・額", format!("{}月 {}", number("charges"), yen("charge_yen"))),
            ("現年度納付率", payment_rate(totals)),
        ],
        "payment_run" => vec![
            ("送った支払 (保留)", format!("{}件 ({}件)", number("payments"), number("payments_held"))),
            ("差引支払額", yen("net_yen")),
            ("全銀ファイルの合計", format!("{}件 {}", number("bank_transfers"), yen("bank_yen"))),
        ],
        _ => Vec::new(),
    }
}

/// 納付月数 ÷ 納付対象月数, to a tenth of a percent, cut.
fn payment_rate(totals: &Totals) -> String {
    let (paid, to_pay) = (totals.get("months_paid"), totals.get("months_to_pay"));
    match to_pay {
        0 => "対象なし".to_owned(),
        _ => {
            let tenths = paid * 1_000 / to_pay;
            format!("{}.{}% ({}月のうち{}月)", tenths / 10, tenths % 10, grouped(to_pay), grouped(paid))
        }
    }
}

fn day_of_last(url: &str) -> Result<Date, Box<dyn std::error::Error>> {
    let last = batch::night::status(url)?.ok_or_else(|| Said("引き継ぐ夜間処理はありません".to_owned()))?;
    Ok(last.run.business_on)
}

fn plan(options: &NightOptions) -> Outcome {
    let jobs = batch::night::plan(options)?;
    let names: Vec<_> = jobs.iter().map(|job| json!({ "job": job.job, "for_month": job.for_month })).collect();
    let report = Report::new(json!({ "business_date": options.business_on, "jobs": names }));
    Ok(jobs.iter().fold(report, |report, job| {
        report.row(job.title(), job.for_month.map_or_else(|| "日次".to_owned(), |month| format!("{month} 月分")))
    }))
}

fn status(url: &str) -> Outcome {
    let Some(status) = batch::night::status(url)? else {
        return Ok(Report::new(json!({ "run": null })).then("夜間処理はまだ一度も動いていません"));
    };
    Ok(describe(&status))
}

fn describe(status: &NightStatus) -> Report {
    let run = &status.run;
    let mut report = Report::new(json!({
        "run": run.run_id, "business_date": run.business_on, "state": run.state, "resumable": status.resumable,
        "jobs": status.jobs.iter().map(|job| json!({
            "job": job.job.job, "state": job.job.state, "partitions": job.partitions, "committed": job.committed,
        })).collect::<Vec<_>>(),
    }))
    .row("夜間処理", &run.run_id)
    .row("業務日付", run.business_on)
    .row("状態", &run.state);
    for job in &status.jobs {
        report = report.row(
            format!("  {}", job.job.job),
            format!("{} ({}/{} 区分)", job.job.state, job.committed, job.partitions),
        );
    }
    for (job, verdict, code, message, number) in &status.verdicts {
        report = report.row(format!("  {job} {verdict} {code}"), format!("{}件 例: {message}", grouped(*number)));
    }
    if status.resumable {
        report = report.then("止まっています。続きから動かすには: nenrin night --resume");
    }
    report
}
