//! `nenrin demo`: the whole office once, small, from nothing.

use std::net::TcpListener;
use std::path::Path;
use std::time::Instant;

use batch::intake::{IntakeOptions, IntakeSummary};
use batch::night::NightSummary;
use batch::populate::{MediaOptions, Plan};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::bench::load::{Request, Terminal};
use crate::commands::{Outcome, Said, night_options};
use crate::office;
use crate::output::{Report, grouped};
use crate::progress::Bars;
use crate::settings::Settings;
use crate::{ClerkArgs, DemoArgs};

/// The night that the demo runs: it assesses July 2026, a month with bonuses and 算定基礎届.
pub const BUSINESS_DATE: &str = "2026-08-17";
/// Password of the demo's invented clerks; the demo listens on the loopback only.
const PASSWORD: &str = "nenrin-demo-2026";
/// Of so many people one employer sends a file.
const PEOPLE_PER_FILE: u64 = 400;

type Failure = Box<dyn std::error::Error>;

/// Steps with their seconds, in order.
#[derive(Default)]
struct Steps(Vec<(&'static str, f64)>);

impl Steps {
    fn time<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        eprintln!("■ {name}");
        let began = Instant::now();
        let done = work()?;
        self.0.push((name, began.elapsed().as_secs_f64()));
        Ok(done)
    }

    fn total(&self) -> f64 {
        self.0.iter().map(|(_, seconds)| seconds).sum()
    }
}

/// Runs everything in a folder of its own, and leaves the office open only when asked.
pub fn run(settings: &Settings, args: &DemoArgs, bars: &Bars) -> Outcome {
    let business_on: Date = BUSINESS_DATE.parse()?;
    let settings = Settings {
        database_url: None,
        office_dir: settings.office_dir.join("demo"),
        bind: free_address(&settings.bind)?,
        business_on: Some(business_on),
        ..settings.clone()
    };
    let outcome = work(&settings, args, business_on, bars);
    if !args.keep || outcome.is_err() {
        office::down(&settings)?;
    }
    outcome
}

fn work(settings: &Settings, args: &DemoArgs, business_on: Date, bars: &Bars) -> Outcome {
    let mut steps = Steps::default();
    let url = steps.time("事務所を開ける", || fresh_office(settings))?;
    let plan =
        Plan { people: args.people, lives: args.people, seed: args.seed, business_on, threads: settings.threads };
    let country = steps.time("架空の国を作る", || Ok(batch::populate::run(&url, &plan, bars)?))?;
    let files = usize::try_from(args.people / PEOPLE_PER_FILE)?.max(4);
    let media = MediaOptions::new(args.seed, business_on, files);
    steps.time("事業所が届書ファイルを送る", || {
        Ok(batch::populate::write_media(&url, &settings.media_dir(), &media)?)
    })?;
    let taken = steps.time("届書ファイルを受け付ける", || take_in(settings, &url, business_on, bars))?;
    let filed = steps.time("窓口で届書を一件受け付け、決裁する", || at_the_counter(settings, &url))?;
    let night =
        steps.time("夜間処理", || Ok(batch::night::run(&night_options(settings, &url, business_on), bars)?))?;
    let month = steps.time("本人の保険料を明細つきで見る", || explain(settings, &filed))?;
    let checked = steps.time("すべてを数え直す", || {
        Ok(batch::verify::run(&crate::commands::verify_options(settings, &url), bars)?)
    })?;
    let duplicates = batch::jobs::duplicates::measure(&url)?;
    let report = table(&steps, (country.people, country.employers), &taken, &night, &filed, &month);
    let report = match duplicates {
        Some(found) => report.row(
            "番号の重複 (仕込んだ組・見つけた組・候補)",
            format!("{}・{}・{}", grouped(found.planted), grouped(found.found), grouped(found.proposed)),
        ),
        None => report,
    };
    let mut report = report.row("数え直し", if checked.good() { "すべて一致" } else { "不一致があります" });
    report.good = checked.good();
    Ok(where_to_look(report, settings, args.keep))
}

/// Basic pension number of the person whom the demo enrols at the counter.
const ENROLLED: &str = "2101-300001";

/// A person's month, as the terminal shows it after the night.
struct Month {
    person_id: i64,
    amounts: Vec<(String, String)>,
    state: String,
}

/// Throws away the last demo's folder and opens an empty office.
fn fresh_office(settings: &Settings) -> Result<String, Failure> {
    office::down(settings)?;
    remove_folder(&settings.office_dir)?;
    office::database(settings)
}

fn remove_folder(folder: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Said(format!("前のデモの置き場所 {} を片付けられません: {error}", folder.display())).into()),
    }
}

/// The address that was asked for, or a free one beside it when somebody else uses it.
fn free_address(wanted: &str) -> Result<String, Failure> {
    if TcpListener::bind(wanted).is_ok() {
        return Ok(wanted.to_owned());
    }
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

fn take_in(settings: &Settings, url: &str, business_on: Date, bars: &Bars) -> Result<IntakeSummary, Failure> {
    let options = IntakeOptions {
        url: url.to_owned(),
        files: vec![settings.media_dir()],
        business_on,
        return_dir: settings.returns_dir(),
        threads: settings.threads,
        my_number_key: Some(office::my_number_keys(settings)?),
        office: None,
    };
    Ok(batch::intake::run(&options, bars)?)
}

/// Opens the terminals; one clerk files a 資格取得届 for the sample employer, one examines it, another approves it.
fn at_the_counter(settings: &Settings, url: &str) -> Result<String, Failure> {
    let office_code = office_of_sample(url)?;
    for (login, name, roles) in [
        ("demo", "年輪　花子", ["reception", "viewer"].as_slice()),
        ("examiner", "年輪　三郎", &["examiner"]),
        ("approver", "年輪　太郎", &["approver"]),
        ("auditor", "年輪　次郎", &["auditor"]),
    ] {
        let args = ClerkArgs {
            login: login.to_owned(),
            name: name.to_owned(),
            office: office_code.clone(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            area: "nation".to_owned(),
        };
        office::create_clerk(url, &args, PASSWORD)?;
    }
    office::start_online(settings)?;
    runtime()?.block_on(file_and_approve(&format!("http://{}", settings.bind)))
}

/// 年金事務所 in charge of 株式会社見本商事.
fn office_of_sample(url: &str) -> Result<String, Failure> {
    let mut session = store::Session::open(&store::Settings::new(url).named("nenrin-demo"))?;
    let found =
        session.run(async |connection| store::employers::find(&*connection, batch::populate::SAMPLE_EMPLOYER).await)?;
    Ok(found.ok_or_else(|| Said("見本の事業所がありません".to_owned()))?.office_code)
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

async fn file_and_approve(base: &str) -> Result<String, Failure> {
    let clerk = Terminal::sign_in(base, "demo", PASSWORD).await?;
    let request = Request { path: "/api/filings/enrolment".to_owned(), key: "demo-1".to_owned(), body: enrolment() };
    let reception = clerk.file_for_reception(&request).await?;
    let examiner = Terminal::sign_in(base, "examiner", PASSWORD).await?;
    examiner.post(&format!("/api/filings/{reception}/draft"), &json!({})).await?;
    let approver = Terminal::sign_in(base, "approver", PASSWORD).await?;
    approver.post(&format!("/api/filings/{reception}/approve"), &json!({})).await?;
    Ok(reception)
}

/// A new employee of the sample employer, from 1 July.
fn enrolment() -> Value {
    json!({
        "employer_symbol": "21-01-ﾃｽﾄ", "office_number": "12345",
        "insured_name_kana": "ﾈﾝﾘﾝ ﾐﾉﾘ", "insured_name_kanji": "年輪　実",
        "birth_on": "1986-07-15", "kind_sex": "2", "acquisition_kind": "1", "basic_pension_number": ENROLLED,
        "acquired_on": "2026-07-01", "has_dependants": false, "pay_cash": 300_000, "pay_in_kind": 0,
        "zip": "100-0001", "address_kana": "ﾄｳｷｮｳﾄﾁﾖﾀﾞｸﾁﾖﾀﾞ1-1", "address_kanji": "東京都千代田区千代田１－１",
    })
}

/// The enrolled person's month with its receipt, and where the filing stands.
fn explain(settings: &Settings, reception: &str) -> Result<Month, Failure> {
    let base = format!("http://{}", settings.bind);
    runtime()?.block_on(async {
        let clerk = Terminal::sign_in(&base, "demo", PASSWORD).await?;
        let course = clerk.get(&format!("/api/filings/{reception}")).await?;
        let asked = json!({ "name_kana": "", "birth_on": "", "basic_pension_number": ENROLLED });
        let found = clerk.post("/api/persons/search", &asked).await?;
        let person_id =
            found["persons"][0]["person_id"].as_i64().ok_or_else(|| Said("届けた人が見つかりません".into()))?;
        let month = clerk.get(&format!("/api/persons/{person_id}/contributions/2026-07")).await?;
        let amounts = month["spells"][0]["amounts"].as_array().cloned().unwrap_or_default();
        let amounts = amounts
            .iter()
            .map(|one| {
                let share =
                    one["employee_yen"].as_i64().map_or("なし".to_owned(), |yen| format!("{}円", grouped(yen)));
                (text(&one["item"]), format!("全額 {}円　本人 {share}", text(&one["full_yen"])))
            })
            .collect();
        Ok(Month { person_id, amounts, state: text(&course["state"]) })
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn table(
    steps: &Steps,
    (people, employers): (u64, u64),
    taken: &IntakeSummary,
    night: &NightSummary,
    reception: &str,
    month: &Month,
) -> Report {
    let seconds: serde_json::Map<String, Value> =
        steps.0.iter().map(|(name, seconds)| ((*name).to_owned(), json!(seconds))).collect();
    let mut report = Report::new(json!({
        "people": people, "employers": employers, "intake": taken, "night": night.to_json(),
        "seconds": seconds, "seconds_total": steps.total(),
    }))
    .row("人 (適用事業所)", grouped(people))
    .row("適用事業所", grouped(employers))
    .row("届書 (受付・返戻)", format!("{}・{}", grouped(taken.records_taken), grouped(taken.records_refused)))
    .row(
        "届書ファイル (受付・返戻・受付済み)",
        format!(
            "{}・{}・{}",
            grouped(taken.files_taken),
            grouped(taken.files_refused),
            grouped(taken.files_already_taken)
        ),
    );
    for (name, value) in crate::commands::night_rows(night) {
        report = report.row(name, value);
    }
    report = report.row(format!("窓口の届 {reception}"), &month.state);
    for (item, amount) in &month.amounts {
        report = report.row(format!("  人 {} 2026-07 {item}", month.person_id), amount);
    }
    for (name, seconds) in &steps.0 {
        report = report.row(format!("  {name}"), format!("{seconds:.1}秒"));
    }
    report.row("合計", format!("{:.1}秒", steps.total()))
}

/// Where the reader looks next.
fn where_to_look(report: Report, settings: &Settings, kept: bool) -> Report {
    let lake = settings.lake_dir();
    let report = report
        .then(String::new())
        .then(format!("結果 (Parquet): {}", lake.display()))
        .then(format!(
            "  duckdb -c \"SELECT prefecture_code, count(*) AS people FROM '{}/contributions/*/*.parquet' GROUP BY 1 ORDER BY 2 DESC LIMIT 5\"",
            lake.display()
        ))
        .then(format!("通知書 (PDF): {}", settings.print_dir().display()))
        .then(format!("返戻ファイル: {}", settings.returns_dir().display()));
    if kept {
        report
            .then(format!("端末: http://{}/ (利用者 demo、合言葉 {PASSWORD})", settings.bind))
            .then(format!("閉めるとき: NENRIN_OFFICE_DIR={} nenrin down", settings.office_dir.display()))
    } else {
        report.then(format!(
            "端末を見るには: infra/demo --keep (http://{}/、利用者 demo、合言葉 {PASSWORD})",
            settings.bind
        ))
    }
}
