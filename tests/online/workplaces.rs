//! 二以上事業所勤務: chosen at the counter, decided by two clerks; the night divides one premium between the offices, and a
//! change at one of them reaches the other. The offices lie in partitions of their own.

use axum::http::StatusCode;
use batch::night::{self, NightOptions, NightSummary};
use batch::progress::Silent;
use jiff::civil::{Date, date};
use law::LawBook;
use law::calc::replay;
use serde_json::{Value, json};
use store::Db;
use store::coverage::{self, NewRemuneration, NewSpell};
use tempfile::TempDir;

use crate::world::{INSURED_NUMBER, World, with};

const SECOND_ON: Date = date(2026, 6, 1);

/// 年輪花子 is with 遠方商事 in Osaka too, since June, at this much.
async fn second_job(world: &World, yen: i64, standard_yen: i32, two_workplaces: bool) -> i64 {
    let spell = NewSpell {
        prefecture_code: 27,
        employer_id: world.far_employer_id,
        person_id: world.person_id,
        insured_number: 3,
        health_insurance: true,
        employees_pension: true,
        short_time_worker: false,
        two_workplaces,
        reason: "資格取得",
        cause_filing_id: None,
        valid_from: SECOND_ON,
    };
    let spell_id = coverage::insert_spell(&world.db, &spell).await.expect("a second spell");
    let standard = NewRemuneration {
        spell_id,
        prefecture_code: 27,
        employer_id: world.far_employer_id,
        monthly_remuneration_yen: yen,
        hi_standard_yen: standard_yen,
        epi_standard_yen: standard_yen,
        decision: "acquisition",
        reason: "資格取得時決定",
        cause_filing_id: None,
        from_month: "2026-06".parse().expect("a month"),
    };
    coverage::insert_remuneration(&world.db, &standard).await.expect("a standard");
    let start = "INSERT INTO settings (name, value) VALUES ('first_month', '2026-07')";
    world.db.batch_execute(start).await.expect("a setting");
    spell_id
}

fn choice() -> Value {
    json!({
        "employer_symbol": "21-01-ﾃｽﾄ",
        "insured_number": INSURED_NUMBER,
        "insured_name_kana": "ﾈﾝﾘﾝ ﾊﾅｺ",
        "birth_on": "1990-05-05",
        "since": "2026-06-01",
        "insurer": "association",
        "other_1_symbol": "41-01-ﾄｵｲ",
        "other_1_number": 3,
    })
}

const PATH: &str = "/api/filings/workplace-selection";

/// Filed, drafted and approved by two clerks; its number of ours.
async fn approved(world: &World, key: &str, body: &Value) -> i64 {
    let answer = world.file("reception", PATH, key, body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let number = answer.json()["reception_number"].as_str().expect("a number").to_owned();
    let draft = json!({ "note": "" });
    let by_one = world.post("both", &format!("/api/filings/{number}/draft"), &draft).await;
    assert_eq!(by_one.status, StatusCode::OK, "{}", by_one.text);
    let again = world.post("both", &format!("/api/filings/{number}/approve"), &draft).await;
    assert_eq!(again.refusal(), (403, "same_drafter".to_owned()));
    let by_two = world.post("approver", &format!("/api/filings/{number}/approve"), &draft).await;
    assert_eq!(by_two.status, StatusCode::OK, "{}", by_two.text);
    world.count("SELECT max(filing_id) FROM filings").await
}

/// A night with a partition for each employer.
fn night(world: &World, folder: &TempDir, business_on: Date) -> NightSummary {
    let options = NightOptions {
        people_per_partition: 1,
        older_transactions_seconds_max: 60,
        ..NightOptions::new(world.office.url(), business_on, folder.path())
    };
    let run = move || night::run(&options, &Silent).expect("the night ends");
    std::thread::spawn(run).join().expect("the night does not panic")
}

/// HI, EPI and childcare contribution of a month as posted to an employer; zeros without an entry.
async fn posted(world: &World, employer_id: i64, month: &str) -> [i64; 3] {
    let sql = format!(
        "SELECT coalesce(sum(hi_yen), 0)::bigint, coalesce(sum(epi_yen), 0)::bigint, coalesce(sum(contribution_yen), 0)::bigint
         FROM assessments WHERE employer_id = {employer_id} AND for_month = '{month}-01'"
    );
    let row = world.db.row(&sql, &[]).await.expect("one assessment");
    [row.get(0), row.get(1), row.get(2)]
}

/// 健康保険法44条3項・健康保険法施行令47条, 厚生年金保険法24条2項・厚生年金保険法施行令4条. Tokyo, chosen: 9.85% and 0.23%; Osaka: 10.13%
/// and 0.23%; EPI 18.3%, contribution 0.36%; 36 years old.
///
/// Apart: 300,000円 in Tokyo 30,240, 54,900, 1,080; 133,000円 (standard 134,000円) in Osaka 13,882.4, 24,522, 482.4.
/// Together: 433,000円, standard 440,000円: 44,352, 80,520, 1,584; × 300/433 and × 133/433, cut to 1/100,000円:
/// 30,728.86837, 55,787.52887, 1,097.45959 and 13,623.13163, 24,732.47113, 486.54041.
#[tokio::test]
async fn a_choice_divides_the_premium_and_a_change_at_one_office_reaches_the_other() {
    let world = World::new().await;
    let far = second_job(&world, 133_000, 134_000, false).await;
    let (near_id, far_id) = (world.employer_id, world.far_employer_id);
    let folder = TempDir::new().expect("a folder");
    night(&world, &folder, date(2026, 9, 15));
    assert_eq!(posted(&world, near_id, "2026-08").await, [30_240, 54_900, 1_080]);
    assert_eq!(posted(&world, far_id, "2026-08").await, [13_882, 24_522, 482]);

    // Chosen late: July and August are reckoned again, at both offices, and the difference enters September.
    let filing_id = approved(&world, "key-1", &choice()).await;
    let summary = night(&world, &folder, date(2026, 10, 15));
    assert_eq!(summary.months[0].adjustments, 4, "July and August of two offices");
    // 30,728.86837 + 2 × 488.86837; 55,787.52887 + 2 × 887.52887; 1,097.45959 + 2 × 17.45959.
    assert_eq!(posted(&world, near_id, "2026-09").await, [31_706, 57_562, 1_132]);
    // 13,623.13163 − 2 × 259.26837; 24,732.47113 + 2 × 210.47113; 486.54041 + 2 × 4.14041.
    assert_eq!(posted(&world, far_id, "2026-09").await, [13_104, 25_153, 494]);
    assert_eq!(summary.months[0].people, 2, "both spells are in Parquet");
    let rows = "SELECT count(*) FROM workplace_selections WHERE superseded_at IS NULL AND cause_filing_id = ";
    assert_eq!(world.count(&format!("{rows}{filing_id}")).await, 2);
    assert_eq!(world.count("SELECT count(*) FROM filing_steps WHERE step = 'applied'").await, 1);
    let notices = "SELECT count(*) FROM notices WHERE for_month = '2026-09-01'";
    assert_eq!(world.count(notices).await, 2, "each employer has its own");

    // The remuneration in Osaka was 200,000円: the sum is 500,000円, and Tokyo owes less for July to September.
    world
        .db
        .batch_execute(&format!(
            "UPDATE standard_remunerations SET superseded_at = now() WHERE spell_id = {far} AND superseded_at IS NULL;
             INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen,
                 hi_standard_yen, epi_standard_yen, decision, reason, cause_filing_id, valid_from)
             VALUES ({far}, 27, {far_id}, 200000, 200000, 200000, 'acquisition', '訂正', 77, '2026-06-01')"
        ))
        .await
        .expect("a correction");
    let summary = night(&world, &folder, date(2026, 11, 16));
    assert_eq!(summary.months[0].adjustments, 6, "three months of two offices");
    // 500,000円: 50,400, 91,500, 1,800; three fifths and two fifths. 30,240 − 3 × 488.86837 and so on.
    assert_eq!(posted(&world, near_id, "2026-10").await, [28_773, 52_237, 1_027]);
    // 20,160 + 3 × 6,536.86837; 36,600 + 3 × 11,867.52887; 720 + 3 × 233.45959.
    assert_eq!(posted(&world, far_id, "2026-10").await, [39_770, 72_202, 1_420]);

    // Retired in Osaka on 31 October: November is Tokyo's alone, by its own standard.
    world
        .db
        .batch_execute(&format!(
            "CREATE TABLE public.ended AS SELECT * FROM coverage_spells WHERE spell_id = {far};
             UPDATE coverage_spells SET superseded_at = now() WHERE spell_id = {far} AND superseded_at IS NULL;
             UPDATE public.ended SET valid_to = '2026-11-01', end_cause = 4, known_at = now();
             INSERT INTO coverage_spells SELECT * FROM public.ended"
        ))
        .await
        .expect("a loss");
    let summary = night(&world, &folder, date(2026, 12, 15));
    assert_eq!(summary.months[0].adjustments, 0);
    assert_eq!(posted(&world, near_id, "2026-11").await, [30_240, 54_900, 1_080]);
    assert_eq!(posted(&world, far_id, "2026-11").await, [0, 0, 0]);
}

/// The months are held at both offices for want of the filing, and say which; once it is there, they are charged.
#[tokio::test]
async fn without_a_choice_the_month_is_held_and_says_which_filing_is_missing() {
    let world = World::new().await;
    second_job(&world, 133_000, 134_000, true).await;
    let folder = TempDir::new().expect("a folder");
    night(&world, &folder, date(2026, 9, 15));
    assert_eq!(posted(&world, world.far_employer_id, "2026-08").await, [0, 0, 0]);
    let held = "SELECT count(*) FROM run_verdicts
        WHERE code = 'multi_workplace' AND message LIKE '%被保険者所属選択・二以上事業所勤務届がありません%'";
    assert_eq!(world.count(held).await, 2, "July and August in Osaka");
    approved(&world, "key-1", &choice()).await;
    night(&world, &folder, date(2026, 10, 15));
    // 13,623.13163, 24,732.47113 and 486.54041 for July, August and September.
    assert_eq!(posted(&world, world.far_employer_id, "2026-09").await, [40_869, 74_197, 1_459]);
    assert_eq!(world.count(held).await, 2, "no month more");
}

/// 健康保険法45条・厚生年金保険法24条の4: 1,000,000円 and 800,500円 of one month are 1,800,000円 and, for EPI, 1,500,000円: 181,440,
/// 274,500 and 5,400; × 1,000,000/1,800,500: 100,772.00778, 152,457.65066, 2,999.16690. On the month 500,000円: three fifths.
#[tokio::test]
async fn bonuses_of_one_month_share_the_caps() {
    let world = World::new().await;
    let far = second_job(&world, 200_000, 200_000, false).await;
    let near = "SELECT spell_id FROM coverage_spells WHERE insured_number = 7";
    let near = world.count(near).await;
    for (spell_id, prefecture, employer_id, day, yen) in [
        (near, 13, world.employer_id, "2026-09-10", 1_000_000),
        (far, 27, world.far_employer_id, "2026-09-25", 800_500),
    ] {
        let sql = format!(
            "INSERT INTO bonuses (bonus_id, spell_id, prefecture_code, employer_id, amount_yen, reason, valid_from)
             VALUES (nextval('bonus_ids'), {spell_id}, {prefecture}, {employer_id}, {yen}, '賞与', '{day}')"
        );
        world.db.batch_execute(&sql).await.expect("a bonus");
    }
    approved(&world, "key-1", &choice()).await;
    let folder = TempDir::new().expect("a folder");
    night(&world, &folder, date(2026, 10, 15));
    // 30,240 + 100,772.00778; 54,900 + 152,457.65066; 1,080 + 2,999.16690.
    assert_eq!(posted(&world, world.employer_id, "2026-09").await, [131_012, 207_357, 4_079]);
    // 20,160 + 80,667.99222; 36,600 + 122,042.34934; 720 + 2,400.83310.
    assert_eq!(posted(&world, world.far_employer_id, "2026-09").await, [100_827, 158_642, 3_120]);
    // The terminal says the same of each office, with a receipt that gives the same again.
    let path = format!("/api/persons/{}/contributions/2026-09", world.person_id);
    let found = world.get("viewer", &path).await.json();
    let full = |spell: usize, row: usize| found["spells"][spell]["amounts"][row]["full_yen"].clone();
    assert_eq!((full(0, 0), full(1, 0)), (json!("30240"), json!("20160")));
    assert_eq!((full(0, 3), full(1, 3)), (json!("100772.00778"), json!("80667.99222")));
    for spell in [0, 1] {
        let receipt = serde_json::from_value(found["spells"][spell]["receipt"].clone()).expect("a receipt");
        let again = replay(LawBook::today(), &receipt).expect("computed again");
        assert!(again.same_result && again.same_law, "{}", again.receipt);
        assert!(again.receipt.to_string().contains("健康保険法施行令47条"), "{}", again.receipt);
    }
}

#[tokio::test]
async fn another_choice_later_ends_the_first_one() {
    let world = World::new().await;
    second_job(&world, 200_000, 200_000, false).await;
    approved(&world, "key-1", &choice()).await;
    let folder = TempDir::new().expect("a folder");
    night(&world, &folder, date(2026, 9, 15));
    // A society from October on: health insurance is no longer ours to collect.
    let society = with(choice(), &[("since", json!("2026-10-01")), ("insurer", json!("society"))]);
    approved(&world, "key-2", &society).await;
    night(&world, &folder, date(2026, 10, 15));
    assert_eq!(posted(&world, world.employer_id, "2026-09").await, [30_240, 54_900, 1_080]);
    night(&world, &folder, date(2026, 11, 16));
    assert_eq!(posted(&world, world.employer_id, "2026-10").await, [0, 54_900, 1_080]);
    assert_eq!(posted(&world, world.far_employer_id, "2026-10").await, [0, 36_600, 720]);
    let ended = "SELECT count(*) FROM workplace_selections WHERE superseded_at IS NULL AND valid_to = '2026-10-01'";
    assert_eq!(world.count(ended).await, 2);
}

#[tokio::test]
async fn what_does_not_fit_is_told_at_the_counter() {
    let world = World::new().await;
    second_job(&world, 133_000, 134_000, false).await;
    let refused = async |key: &str, changes: &[(&str, Value)]| {
        let answer = world.file("reception", PATH, key, &with(choice(), changes)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        answer.problems()
    };
    let one = |field: &str, code: &str| [(field.to_owned(), code.to_owned())];
    assert_eq!(refused("1", &[("since", json!("2026-06-02"))]).await, one("since", "since_differs"));
    assert_eq!(refused("2", &[("other_1_number", json!(4))]).await, one("other_1_symbol", "not_insured"));
    assert_eq!(refused("3", &[("birth_on", json!("1990-05-06"))]).await, one("birth_on", "person_differs"));
    assert_eq!(refused("4", &[("insured_number", json!(99))]).await, one("insured_number", "not_insured"));
    assert_eq!(refused("5", &[("insurer", json!("x"))]).await, one("insurer", "unknown_choice"));
    assert_eq!(refused("6", &[("other_2_symbol", json!("41-01-ﾄｵｲ"))]).await, one("other_2_number", "missing"));
    let twice = [("other_1_symbol", json!("21-01-ﾃｽﾄ")), ("other_1_number", json!(INSURED_NUMBER))];
    assert_eq!(refused("7", &twice).await, one("other_1_symbol", "one_office"));
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 0, "nothing half-done");
    let taken = world.file("reception", PATH, "8", &choice()).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text);
    assert_eq!(taken.json()["calculation"]["result"]["remuneration_yen"], json!(433_000));
    assert!(taken.text.contains("届出期限"), "filed on 15 October, due on 11 June: {}", taken.text);
    let again = world.file("reception", PATH, "8", &choice()).await;
    assert_eq!((again.status, &again.json()["repeated"]), (StatusCode::OK, &json!(true)));
}

#[tokio::test]
async fn the_page_takes_what_the_api_takes() {
    let world = World::new().await;
    second_job(&world, 133_000, 134_000, false).await;
    let blank = world.page("reception", "/filings/workplace-selection").await;
    assert_eq!(blank.status, StatusCode::OK, "{}", blank.text);
    let hidden = blank.text.split("name=\"sender_key\" value=\"").nth(1).expect("a key").split('"').next();
    let pairs = [
        ("sender_key", hidden.expect("a value")),
        ("purpose", "filing"),
        ("employer_symbol", "21-01-ﾃｽﾄ"),
        ("insured_number", "7"),
        ("insured_name_kana", "ﾈﾝﾘﾝ ﾊﾅｺ"),
        ("birth_on", "7-020505"),
        ("since", "9-080601"),
        ("insurer", "association"),
        ("other_1_symbol", "41-01-ﾄｵｲ"),
        ("other_1_number", "3"),
    ];
    let taken = world.submit("reception", "/filings/workplace-selection", &pairs).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text);
    assert!(taken.text.contains("被保険者所属選択・二以上事業所勤務届を受け付けました"), "{}", taken.text);
}

/// Both offices file a choice of their own before one night: the first filing counts, the other waits for what came of it.
#[tokio::test]
async fn of_two_choices_in_one_night_the_later_one_waits() {
    let world = World::new().await;
    let beside = world.employer("ﾌﾀﾂ", "1301", "二つ目商店").await;
    let spell = NewSpell {
        prefecture_code: 13,
        employer_id: beside,
        person_id: world.person_id,
        insured_number: 3,
        health_insurance: true,
        employees_pension: true,
        short_time_worker: false,
        two_workplaces: false,
        reason: "資格取得",
        cause_filing_id: None,
        valid_from: SECOND_ON,
    };
    coverage::insert_spell(&world.db, &spell).await.expect("a second spell");
    let here = with(choice(), &[("other_1_symbol", json!("21-01-ﾌﾀﾂ"))]);
    let there = [
        ("employer_symbol", json!("21-01-ﾌﾀﾂ")),
        ("insured_number", json!(3)),
        ("other_1_symbol", json!("21-01-ﾃｽﾄ")),
        ("other_1_number", json!(INSURED_NUMBER)),
    ];
    let first = approved(&world, "key-1", &here).await;
    let second = approved(&world, "key-2", &with(choice(), &there)).await;
    let folder = TempDir::new().expect("a folder");
    night(&world, &folder, date(2026, 10, 14));
    let held = "SELECT count(*) FROM run_verdicts WHERE code = 'choice_being_registered' AND subject = 'filing:";
    assert_eq!(world.count(&format!("{held}{second}'")).await, 1);
    let chosen =
        "SELECT employer_id FROM workplace_selections WHERE chosen AND superseded_at IS NULL AND valid_to IS NULL";
    assert_eq!(world.count(chosen).await, world.employer_id, "as filing {first} says");
    night(&world, &folder, date(2026, 10, 15));
    assert_eq!(world.count(chosen).await, beside);
    let rows = "SELECT count(*) FROM workplace_selections WHERE superseded_at IS NULL";
    assert_eq!(world.count(rows).await, 2, "the first choice gave way as a whole");
}
