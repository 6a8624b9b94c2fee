//! 訂正・取消: typed at the counter, decided by two clerks, applied by the night; the difference of the months that were
//! assessed already follows to the yen, and says which filing it comes from.

use std::fs::File;

use arrow::array::{Array, AsArray};
use arrow::datatypes::{Date32Type, Decimal128Type, Int64Type};
use axum::http::StatusCode;
use batch::night::{self, NightOptions, NightSummary};
use batch::progress::Silent;
use jiff::civil::{Date, date};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Value, json};
use store::Db;
use store::coverage::{self, NewRemuneration};
use store::migrate::MIGRATIONS;
use tempfile::TempDir;

use crate::world::{INSURED_NUMBER, World, coverage_end, with};

/// A correction about 年輪花子.
fn correction(what: &str) -> Value {
    json!({
        "employer_symbol": "21-01-ﾃｽﾄ",
        "insured_number": INSURED_NUMBER,
        "insured_name_kana": "ﾈﾝﾘﾝ ﾊﾅｺ",
        "birth_on": "1990-05-05",
        "what": what,
        "note": "報酬の記入誤り",
    })
}

fn remuneration(yen: i64) -> Value {
    with(correction("standard"), &[("standard_from", json!("2026-04")), ("remuneration", json!(yen))])
}

/// Filed, drafted and approved by two clerks; its number of ours.
pub async fn approved(world: &World, path: &str, key: &str, body: &Value) -> i64 {
    let answer = world.file("reception", path, key, body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let number = answer.json()["reception_number"].as_str().expect("a number").to_owned();
    for (login, action) in [("examiner", "draft"), ("approver", "approve")] {
        let done = world.post(login, &format!("/api/filings/{number}/{action}"), &json!({ "note": "" })).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    }
    world.count("SELECT max(filing_id) FROM filings").await
}

/// A night, on a thread of its own: it brings its own runtimes.
pub fn night(world: &World, folder: &TempDir, business_on: Date) -> NightSummary {
    let options = NightOptions {
        people_per_partition: 400,
        older_transactions_seconds_max: 60,
        ..NightOptions::new(world.office.url(), business_on, folder.path())
    };
    let run = move || night::run(&options, &Silent).expect("the night ends");
    std::thread::spawn(run).join().expect("the night does not panic")
}

/// July and August are assessed.
async fn assessed() -> (World, TempDir) {
    let world = World::new().await;
    let start = "INSERT INTO settings (name, value) VALUES ('first_month', '2026-07')";
    world.db.batch_execute(start).await.expect("a setting");
    let folder = TempDir::new().expect("a folder");
    let summary = night(&world, &folder, date(2026, 9, 15));
    let months: Vec<String> = summary.months.iter().map(|month| month.for_month.to_string()).collect();
    assert_eq!(months, ["2026-07", "2026-08"]);
    (world, folder)
}

/// HI, EPI and childcare contribution of a month as posted.
async fn posted(world: &World, month: &str) -> [i64; 3] {
    let sql = format!("SELECT hi_yen, epi_yen, contribution_yen FROM assessments WHERE for_month = '{month}-01'");
    let row = world.db.row(&sql, &[]).await.expect("one assessment");
    [row.get(0), row.get(1), row.get(2)]
}

/// Adjusted month (days since 1970), EPI in 1/100,000 yen, the filing.
fn adjustments(folder: &TempDir) -> Vec<(i32, i128, Option<i64>)> {
    let mut rows = Vec::new();
    for entry in std::fs::read_dir(folder.path().join("lake/adjustments/for_month=2026-09")).expect("adjustments") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "parquet") {
            continue;
        }
        let file = File::open(&path).expect("a part");
        for batch in ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").build().expect("a reader") {
            let batch = batch.expect("a batch");
            let column = |name: &str| batch.column_by_name(name).expect("a column");
            let months = column("adjusted_month").as_primitive::<Date32Type>();
            let epi = column("epi_yen").as_primitive::<Decimal128Type>();
            let causes = column("cause_filing_id").as_primitive::<Int64Type>();
            let cause = |row: usize| causes.is_valid(row).then(|| causes.value(row));
            rows.extend((0..batch.num_rows()).map(|row| (months.value(row), epi.value(row), cause(row))));
        }
    }
    rows
}

const JULY: i32 = 20_635;
const AUGUST: i32 = 20_666;

/// 健康保険法42条・厚生年金保険法22条: 330,000円 is a standard of 340,000円, not 300,000円. Tokyo, 36 years old: HI 9.85%
/// and the support levy 0.23%, EPI 18.3%, contribution 0.36%. 40,000円 more a month are 4,032円, 7,320円 and 144円; July
/// and August enter the sum of September (国等の債権債務等の金額の端数計算に関する法律2条) beside 34,272円, 62,220円 and 1,224円.
#[tokio::test]
async fn a_remuneration_corrected_months_back_posts_the_difference() {
    let (world, folder) = assessed().await;
    assert_eq!(posted(&world, "2026-08").await, [30_240, 54_900, 1_080]);
    let filing_id = approved(&world, "/api/filings/correction", "key-1", &remuneration(330_000)).await;
    let summary = night(&world, &folder, date(2026, 10, 15));
    assert_eq!(summary.months[0].adjustments, 2);
    assert_eq!(posted(&world, "2026-09").await, [34_272 + 8_064, 62_220 + 14_640, 1_224 + 288]);
    assert_eq!(posted(&world, "2026-08").await, [30_240, 54_900, 1_080], "what was posted stays");
    let cited = Some(filing_id);
    assert_eq!(adjustments(&folder), [(JULY, 732_000_000, cited), (AUGUST, 732_000_000, cited)]);
    let rows = world
        .db
        .rows(
            "SELECT monthly_remuneration_yen, hi_standard_yen, superseded_at IS NULL, cause_filing_id, reason
            FROM standard_remunerations ORDER BY known_at",
            &[],
        )
        .await
        .expect("both versions");
    let version = |row: &tokio_postgres::Row| -> (i64, i32, bool, Option<i64>, String) {
        (row.get(0), row.get(1), row.get(2), row.get(3), row.get(4))
    };
    let versions: Vec<_> = rows.iter().map(version).collect();
    let first = (300_000, 300_000, false, None, "資格取得時決定".to_owned());
    assert_eq!(versions, [first, (330_000, 340_000, true, cited, "標準報酬月額の訂正".to_owned())]);
    let steps = "SELECT count(*) FROM filing_steps WHERE step = 'applied'";
    assert_eq!(world.count(steps).await, 1);
    // Correcting back gives the first amounts: October bears 300,000円, and three months come back.
    approved(&world, "/api/filings/correction", "key-2", &remuneration(300_000)).await;
    night(&world, &folder, date(2026, 11, 16));
    assert_eq!(posted(&world, "2026-10").await, [30_240 - 12_096, 54_900 - 21_960, 1_080 - 432]);
}

/// 健康保険法39条・厚生年金保険法18条: never insured, so July and August (30,240円, 54,900円, 1,080円 each) are given back.
#[tokio::test]
async fn a_cancelled_acquisition_gives_all_its_months_back() {
    let (world, folder) = assessed().await;
    let body = correction("acquisition_cancelled");
    let filing_id = approved(&world, "/api/filings/correction", "key-1", &body).await;
    let summary = night(&world, &folder, date(2026, 10, 15));
    assert_eq!(summary.months[0].adjustments, 2);
    assert_eq!(posted(&world, "2026-09").await, [-60_480, -109_800, -2_160]);
    let cited = Some(filing_id);
    assert_eq!(adjustments(&folder), [(JULY, -5_490_000_000, cited), (AUGUST, -5_490_000_000, cited)]);
    for table in ["coverage_spells", "standard_remunerations"] {
        let rows = |which: &str| format!("SELECT count(*) FROM {table} WHERE superseded_at IS {which}");
        assert_eq!(world.count(&rows("NOT NULL")).await, 1, "{table}: the old row is still there");
        assert_eq!(world.count(&rows("NULL")).await, 0, "{table}: nothing stands");
    }
    let gone = "SELECT fact, valid_from::text, cause_filing_id FROM withdrawals ORDER BY fact";
    let rows = world.db.rows(gone, &[]).await.expect("withdrawals");
    let gone: Vec<(String, String, i64)> = rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
    let april = || "2026-04-01".to_owned();
    assert_eq!(gone, [("spell".to_owned(), april(), filing_id), ("standard".to_owned(), april(), filing_id)]);
    // Whom nobody knows any more cannot be corrected.
    let again = world.file("reception", "/api/filings/correction", "key-2", &remuneration(330_000)).await;
    assert_eq!(again.problems(), [("insured_number".to_owned(), "not_insured".to_owned())]);
}

/// (HI standard, first month, first month after) of what stands.
async fn standing(world: &World) -> Vec<(i32, String, Option<String>)> {
    let rows = world
        .db
        .rows(
            "SELECT hi_standard_yen, valid_from::text, valid_to::text FROM standard_remunerations
            WHERE superseded_at IS NULL ORDER BY valid_from",
            &[],
        )
        .await
        .expect("standards");
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

/// 定時決定 from October, after the one that stands.
async fn decide_october(world: &World) {
    let spell = coverage::spell_of_number(&world.db, 13, world.employer_id, INSURED_NUMBER).await.expect("a look-up");
    let spell = spell.expect("insured");
    let standards = coverage::remunerations_of_spell(&world.db, &spell, None).await.expect("a look-up");
    let october = "2026-10".parse().expect("a month");
    coverage::end_remuneration(&world.db, &standards[0], Some(october), "定時決定", None).await.expect("ended");
    let annual = NewRemuneration {
        spell_id: spell.spell_id,
        prefecture_code: 13,
        employer_id: world.employer_id,
        monthly_remuneration_yen: 320_000,
        hi_standard_yen: 320_000,
        epi_standard_yen: 320_000,
        decision: "annual",
        reason: "定時決定",
        cause_filing_id: None,
        from_month: october,
    };
    coverage::insert_remuneration(&world.db, &annual).await.expect("a standard");
}

#[tokio::test]
async fn a_cancelled_loss_brings_back_the_decision_that_it_took() {
    let world = World::new().await;
    decide_october(&world).await;
    let folder = TempDir::new().expect("a folder");
    let before = standing(&world).await;
    assert_eq!(before.len(), 2);
    approved(&world, "/api/filings/coverage-end", "key-1", &coverage_end()).await;
    night(&world, &folder, date(2026, 9, 15));
    assert_eq!(standing(&world).await, [(300_000, "2026-04-01".to_owned(), Some("2026-10-01".to_owned()))]);
    let body = correction("coverage_end_cancelled");
    let filing_id = approved(&world, "/api/filings/correction", "key-2", &body).await;
    night(&world, &folder, date(2026, 9, 16));
    assert_eq!(standing(&world).await, before);
    let open = format!(
        "SELECT count(*) FROM coverage_spells
        WHERE superseded_at IS NULL AND valid_to IS NULL AND end_cause IS NULL AND cause_filing_id = {filing_id}"
    );
    assert_eq!(world.count(&open).await, 1);
}

/// Before 0018 nobody wrote down what a loss took away; the facts tell it.
#[tokio::test]
async fn a_loss_applied_before_withdrawals_were_kept_gives_back_what_it_took() {
    let world = World::new().await;
    decide_october(&world).await;
    let before = standing(&world).await;
    let folder = TempDir::new().expect("a folder");
    approved(&world, "/api/filings/coverage-end", "key-1", &coverage_end()).await;
    night(&world, &folder, date(2026, 9, 15));
    const KEPT: &str = "SELECT string_agg(withdrawals::text, ';') FROM withdrawals";
    let kept: Option<String> = world.db.row(KEPT, &[]).await.expect("one value").get(0);
    assert!(kept.is_some());
    let forget = "ALTER TABLE withdrawals DISABLE TRIGGER never_change; DELETE FROM withdrawals;
        ALTER TABLE withdrawals ENABLE TRIGGER never_change";
    world.db.batch_execute(forget).await.expect("the owner may");
    let migration = MIGRATIONS.iter().find(|one| one.name == "0019_earlier_cover_ends").expect("a migration");
    for _ in 0..2 {
        world.db.batch_execute(migration.sql).await.expect("it applies, also twice");
        assert_eq!(world.db.row(KEPT, &[]).await.expect("one value").get::<_, Option<String>>(0), kept);
    }
    approved(&world, "/api/filings/correction", "key-2", &correction("coverage_end_cancelled")).await;
    night(&world, &folder, date(2026, 9, 16));
    assert_eq!(standing(&world).await, before);
}

/// 健康保険法43条の2・厚生年金保険法23条の2: ended on 31 May, so June to August, from September; one grade is enough.
#[tokio::test]
async fn an_end_of_leave_revises_from_the_fourth_month() {
    let world = World::new().await;
    let mut body = correction("");
    for name in ["what", "note"] {
        body.as_object_mut().expect("an object").remove(name);
    }
    let more = [
        ("leave", json!("childcare")),
        ("ended_on", json!("2026-05-31")),
        ("child_born_on", json!("2025-06-15")),
        ("days_1", json!(20)),
        ("pay_1", json!(280_000)),
        ("days_2", json!(20)),
        ("pay_2", json!(280_000)),
        ("days_3", json!(16)),
        ("pay_3", json!(100_000)),
    ];
    let filing_id = approved(&world, "/api/filings/leave-end", "key-1", &with(body, &more)).await;
    let folder = TempDir::new().expect("a folder");
    night(&world, &folder, date(2026, 9, 15));
    let rows = world
        .db
        .rows(
            "SELECT decision, hi_standard_yen, monthly_remuneration_yen, valid_from::text, cause_filing_id
            FROM standard_remunerations WHERE superseded_at IS NULL ORDER BY valid_from",
            &[],
        )
        .await
        .expect("standards");
    let last: (String, i32, i64, String, Option<i64>) =
        (rows[1].get(0), rows[1].get(1), rows[1].get(2), rows[1].get(3), rows[1].get(4));
    assert_eq!(last, ("leave_end".to_owned(), 280_000, 280_000, "2026-09-01".to_owned(), Some(filing_id)));
}

#[tokio::test]
async fn what_does_not_fit_is_told_at_the_counter() {
    let world = World::new().await;
    let problems = async |key: &str, body: &Value| {
        let answer = world.file("reception", "/api/filings/correction", key, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        answer.problems()
    };
    let one = |field: &str, code: &str| [(field.to_owned(), code.to_owned())];
    let may = with(remuneration(330_000), &[("standard_from", json!("2026-05"))]);
    assert_eq!(problems("key-1", &may).await, one("what", "no_decision"));
    let other = with(remuneration(330_000), &[("birth_on", json!("1990-05-06"))]);
    assert_eq!(problems("key-2", &other).await, one("birth_on", "person_differs"));
    let nobody = with(remuneration(330_000), &[("insured_number", json!(99))]);
    assert_eq!(problems("key-3", &nobody).await, one("insured_number", "not_insured"));
    let bonus = with(correction("bonus_cancelled"), &[("paid_on", json!("2026-06-30"))]);
    assert_eq!(problems("key-4", &bonus).await, one("what", "bonus_unknown"));
    let unasked = with(remuneration(330_000), &[("paid_on", json!("2026-06-30"))]);
    assert_eq!(problems("key-5", &unasked).await, one("paid_on", "not_for_this_filing"));
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 0, "nothing half-done");
    let log = world.log_of("reception").await;
    assert!(
        log.len() == 5 && log.iter().all(|line| line.0 == "file_correction" && line.3.starts_with("refused:")),
        "{log:?}"
    );
}

#[tokio::test]
async fn a_correction_is_decided_by_two_and_repeated_without_harm() {
    let world = World::new().await;
    let send = async |yen| world.file("reception", "/api/filings/correction", "key-1", &remuneration(yen)).await;
    let first = send(330_000).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    assert_eq!(first.json()["calculation"]["result"]["standards"][0]["hi_standard_yen"], json!(340_000));
    let again = send(330_000).await;
    assert_eq!((again.status, &again.json()["repeated"]), (StatusCode::OK, &json!(true)));
    assert_eq!(send(340_000).await.refusal(), (409, "key_reused".to_owned()));
    let number = first.json()["reception_number"].as_str().expect("a number").to_owned();
    let act = async |login: &str, action: &str| {
        world.post(login, &format!("/api/filings/{number}/{action}"), &json!({ "note": "" })).await
    };
    assert_eq!(act("both", "draft").await.status, StatusCode::OK);
    assert_eq!(act("both", "approve").await.refusal(), (403, "same_drafter".to_owned()));
    assert_eq!(act("approver", "approve").await.status, StatusCode::OK);
    let asked = [("reception_number", number.as_str()), ("purpose", "examination")];
    let page = world.submit("examiner", "/filings", &asked).await.text;
    assert!(page.contains("訂正・取消届") && page.contains("標準報酬月額の訂正"), "{page}");
    assert!(page.contains("健康保険法40条"), "the calculation with its clause: {page}");
}

#[tokio::test]
async fn a_correction_is_typed_on_the_page() {
    let world = World::new().await;
    let blank = world.page("reception", "/filings/correction").await;
    assert_eq!(blank.status, StatusCode::OK);
    let mark = "<input type=\"hidden\" name=\"sender_key\" value=\"";
    let key = blank.text.split(mark).nth(1).and_then(|rest| rest.split('"').next()).expect("a key").to_owned();
    let send = async |yen: &str| {
        let pairs = [
            ("employer_symbol", "21-01-テスト"),
            ("insured_number", "7"),
            ("insured_name_kana", "ネンリン　ハナコ"),
            ("birth_on", "7-020505"),
            ("what", "standard"),
            ("standard_from", "9-0804"),
            ("remuneration", yen),
            ("note", "報酬の記入誤り"),
            ("sender_key", &key),
            ("purpose", "correction"),
        ];
        world.submit("reception", "/filings/correction", &pairs).await
    };
    let wrong = send("三十三万").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
    assert!(wrong.text.contains("number_out_of_range") && wrong.text.contains("value=\"9-0804\""), "{}", wrong.text);
    let right = send("330,000").await;
    assert_eq!(right.status, StatusCode::CREATED, "{}", right.text);
    assert!(right.text.contains("訂正・取消届を受け付けました"), "{}", right.text);
    assert_eq!(world.count("SELECT count(*) FROM filings WHERE form_code = 'correction'").await, 1);
}

/// 喪失の取消 of somebody who was engaged anew meanwhile: two spells at once cannot be. It is held, and the night ends.
#[tokio::test]
async fn a_cancelled_loss_does_not_run_into_a_new_spell() {
    let (world, folder) = assessed().await;
    world.db.batch_execute("CREATE TABLE public.first AS SELECT * FROM coverage_spells").await.expect("kept");
    approved(&world, "/api/filings/coverage-end", "key-1", &coverage_end()).await;
    night(&world, &folder, date(2026, 10, 15));
    let cancelled = correction("coverage_end_cancelled");
    let filing_id = approved(&world, "/api/filings/correction", "key-2", &cancelled).await;
    // Engaged again after the clerks looked, and before the night.
    let again = "INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number,
            health_insurance, employees_pension, short_time_worker, two_workplaces, reason, valid_from)
        SELECT nextval('spell_ids'), prefecture_code, employer_id, person_id, insured_number + 1, true, true, false, false,
            '再取得', (SELECT max(valid_to) FROM coverage_spells) FROM public.first";
    world.db.batch_execute(again).await.expect("a second spell");
    night(&world, &folder, date(2026, 11, 16));
    let held = "SELECT count(*) FROM run_verdicts WHERE verdict = 'held' AND code = 'already_insured'";
    assert_eq!(world.count(held).await, 1, "filing {filing_id}");
    let open = "SELECT count(*) FROM coverage_spells WHERE valid_to IS NULL AND superseded_at IS NULL";
    assert_eq!(world.count(open).await, 1);
}
