//! 人の届: typed at the counter, decided by two clerks, applied by the night; and the screens that show what came of it.

use axum::http::StatusCode;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use store::Db;
use tempfile::TempDir;
use tests::lives::Lives;

use crate::corrections::{approved, night};
use crate::world::{World, with};

/// 第3号 since 1995-04, born 1970-05-10.
const WIFE: i64 = 7001;
/// 40 years paid, 65 on 2026-05-09.
const RETIRED: i64 = 7002;
const NIGHT_ON: Date = date(2026, 10, 15);

/// An office with both of them; the number of the record of 第3号.
async fn office() -> (World, i64) {
    let world = World::new().await;
    let record = std::thread::scope(|scope| {
        let write = || {
            let mut session = world.office.session();
            let mut lives = Lives::new(&mut session);
            lives.person(WIFE, date(1970, 5, 10), 2);
            lives.paid(WIFE, date(1990, 5, 9), date(1995, 4, 1));
            lives.person(RETIRED, date(1961, 5, 10), 1);
            lives.paid(RETIRED, date(1981, 5, 9), date(2021, 5, 9));
            lives.sql("INSERT INTO settings (name, value) VALUES ('first_payment_month', '2026-12')");
            lives.spell(WIFE, "cat3", date(1995, 4, 1), None)
        };
        scope.spawn(write).join().expect("lives are written")
    });
    (world, record)
}

fn who(person_id: i64) -> Value {
    let birth_on = if person_id == WIFE { "1970-05-10" } else { "1961-05-10" };
    json!({
        "basic_pension_number": format!("9100-{person_id:06}"),
        "insured_name_kana": "ﾈﾝﾘﾝ ﾋﾄ",
        "birth_on": birth_on,
    })
}

fn correction(record_id: i64) -> Value {
    with(
        who(WIFE),
        &[
            ("what", json!("changed")),
            ("record_id", json!(record_id)),
            ("category", json!("cat1")),
            ("from", json!("2022-04-01")),
            ("to", json!("2026-08-01")),
            ("note", json!("配偶者の退職の届出漏れ")),
        ],
    )
}

fn account() -> Vec<(&'static str, Value)> {
    vec![
        ("bank_code", json!("0001")),
        ("branch_code", json!("001")),
        ("account_type", json!(1)),
        ("account_number", json!("1234567")),
        ("holder_kana", json!("ﾈﾝﾘﾝ ﾋﾄ")),
    ]
}

fn claim(person_id: i64, filed_on: &str) -> Value {
    with(with(who(person_id), &account()), &[("filed_on", json!(filed_on))])
}

/// 第3号 that was 第1号: the record is split, months of which two years are over are 時効消滅不整合期間 (国民年金法附則9条の4の2),
/// the others are unpaid; the record as known before is still there.
#[tokio::test]
async fn a_corrected_category_becomes_facts() {
    let (world, record) = office().await;
    let answer = world.file("reception", "/api/filings/category-correction", "key-1", &correction(record)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let steps = answer.json()["calculation"]["steps"].to_string();
    assert!(steps.contains("時効消滅不整合期間") && steps.contains("第1号として納付できる"), "{steps}");
    let again = world.file("reception", "/api/filings/category-correction", "key-1", &correction(record)).await;
    assert_eq!((again.status, &again.json()["repeated"]), (StatusCode::OK, &json!(true)));
    let other = with(correction(record), &[("to", json!("2026-07-01"))]);
    let reused = world.file("reception", "/api/filings/category-correction", "key-1", &other).await;
    assert_eq!(reused.refusal(), (409, "key_reused".to_owned()));
    let number = answer.json()["reception_number"].as_str().expect("a number").to_owned();
    let waiting = world.get("examiner", "/api/filings/waiting?wait=draft").await.json();
    assert_eq!(waiting["filings"][0]["person_id"], json!(WIFE), "{waiting}");
    assert_eq!(waiting["filings"][0]["employer_id"], json!(null));
    for (login, action, status) in [
        ("both", "draft", StatusCode::OK),
        ("both", "approve", StatusCode::FORBIDDEN),
        ("approver", "approve", StatusCode::OK),
    ] {
        let done = world.post(login, &format!("/api/filings/{number}/{action}"), &json!({ "note": "" })).await;
        assert_eq!(done.status, status, "{login} {}", done.text);
    }
    let course = world.get("examiner", &format!("/api/filings/{number}")).await.json();
    assert_eq!((&course["person"]["person_id"], &course["employer_symbol"]), (&json!(WIFE), &json!(null)), "{course}");
    let folder = TempDir::new().expect("a folder");
    night(&world, &folder, NIGHT_ON);
    let filing_id = world.count("SELECT max(filing_id) FROM filings").await;
    let new = 4_000_000_000_000 + filing_id * 64;
    let sql = "SELECT record_id, category, valid_from, valid_to, cause_filing_id FROM pension_spells
        WHERE person_id = 7001 AND superseded_at IS NULL AND valid_from >= '1995-04-01' ORDER BY valid_from";
    type Row = (i64, String, Date, Option<Date>, Option<i64>);
    let rows: Vec<Row> = world
        .db
        .rows(sql, &[])
        .await
        .expect("spells")
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)))
        .collect();
    let (from, to, cause) = (date(2022, 4, 1), date(2026, 8, 1), Some(filing_id));
    assert_eq!(
        rows,
        [
            (record, "cat3".to_owned(), date(1995, 4, 1), Some(from), cause),
            (new, "cat1".to_owned(), from, Some(to), cause),
            (new + 1, "cat3".to_owned(), to, None, cause),
        ]
    );
    let spans = "SELECT count(*) FROM life_spans WHERE kind = 'cat3_mismatch' AND valid_from = '2022-04-01'
        AND valid_to = '2024-09-01' AND superseded_at IS NULL";
    assert_eq!(world.count(spans).await, 1);
    let course = world.get("examiner", &format!("/api/filings/{number}")).await.json();
    assert_eq!((&course["state"], &course["held"]), (&json!("反映"), &json!(null)), "{course}");
    assert_eq!(world.count("SELECT count(*) FROM application_queue").await, 0);
    let life = world.get("viewer", "/api/persons/7001/life").await;
    assert_eq!(life.json()["counts"]["cat3_mismatch"], json!(29), "{}", life.text);
    assert_eq!(life.json()["counts"]["unpaid"], json!(23));
    let before = world.get("viewer", "/api/persons/7001/life?known_at=2026-01-01").await.json();
    assert_eq!((&before["counts"]["cat3_mismatch"], &before["counts"]["unpaid"]), (&json!(0), &json!(0)));
}

/// What cannot be is refused at the counter, with the field and a reason.
#[tokio::test]
async fn what_does_not_fit_is_told_at_the_counter() {
    let (world, record) = office().await;
    let refused = async |path: &str, body: Value| {
        let answer = world.file("reception", path, "key-0", &body).await;
        let problems = answer.problems();
        assert_eq!(problems.len(), 1, "{path} {body}: {}", answer.text);
        problems.into_iter().next().expect("one")
    };
    let is = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    let category = "/api/filings/category-correction";
    let wrong = |changes: &[(&str, Value)]| with(correction(record), changes);
    assert_eq!(refused(category, wrong(&[("record_id", json!(1))])).await, is("record_id", "record_unknown"));
    assert_eq!(refused(category, wrong(&[("category", json!("cat3"))])).await, is("category", "nothing_changed"));
    assert_eq!(refused(category, wrong(&[("from", json!("1990-06-01"))])).await, is("from", "outside_record"));
    assert_eq!(refused(category, wrong(&[("birth_on", json!("1970-05-11"))])).await, is("birth_on", "person_differs"));
    let nobody = wrong(&[("basic_pension_number", json!("9999-999999"))]);
    assert_eq!(refused(category, nobody).await, is("basic_pension_number", "person_unknown"));
    assert_eq!(refused(category, wrong(&[("note", json!(""))])).await, is("note", "missing"));
    let pension = "/api/filings/pension-claim";
    assert_eq!(refused(pension, claim(WIFE, "2026-10-01")).await, is("filed_on", "before_right"));
    let early = with(claim(WIFE, "2026-10-01"), &[("early_claim_month", json!("2026-10"))]);
    assert_eq!(refused(pension, early).await, is("early_claim_month", "early_outside"));
    let deferred = with(claim(RETIRED, "2026-10-01"), &[("basic_claim_month", json!("2026-10"))]);
    assert_eq!(refused(pension, deferred).await, is("basic_claim_month", "deferral_outside"));
    let too_late = with(claim(RETIRED, "2026-10-01"), &[("early_claim_month", json!("2026-10"))]);
    assert_eq!(refused(pension, too_late).await, is("early_claim_month", "early_outside"));
    let bank = with(claim(RETIRED, "2026-10-01"), &[("bank_code", json!("01"))]);
    assert_eq!(refused(pension, bank).await, is("bank_code", "digits_expected"));
    let death = "/api/filings/death";
    let died = |day: &str| with(who(WIFE), &[("died_on", json!(day))]);
    assert_eq!(refused(death, died("2026-10-16")).await, is("died_on", "future"));
    assert_eq!(refused(death, died("1970-05-09")).await, is("died_on", "before_birth"));
    let unpaid =
        with(claim(RETIRED, "2026-10-01"), &[("relation", json!("spouse")), ("shared_livelihood", json!(true))]);
    let unpaid_path = "/api/filings/unpaid-benefit-claim";
    assert_eq!(refused(unpaid_path, unpaid).await, is("basic_pension_number", "death_not_recorded"));
    let relief = with(
        who(WIFE),
        &[
            ("relief", json!("FULL")),
            ("decided_on", json!("2026-10-01")),
            ("first_month", json!("2026-07")),
            ("last_month", json!("2027-06")),
        ],
    );
    assert_eq!(refused("/api/filings/relief", relief).await, is("first_month", "not_cat1"));
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 0, "a refusal leaves nothing behind");
}

/// A claim: what is estimated before, and what stands after. 2026: 満額 847,300円; twelve months early at 0.5% are 6.0%
/// (born before 1962-04-02), 50,838円.
#[tokio::test]
async fn a_claim_becomes_facts_and_the_pension_is_shown() {
    let (world, _) = office().await;
    let of = async |query: &str| {
        let answer = world.get("viewer", &format!("/api/persons/7002/pension?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    };
    let estimate = of("month=2026-11").await;
    assert_eq!((&estimate["estimate"], &estimate["standing"]), (&json!(true), &json!("payable")), "{estimate}");
    assert_eq!(estimate["total_yen"], json!(847_300));
    assert_eq!(of("month=2026-11&claim_month=2025-05").await["total_yen"], json!(796_462));
    assert_eq!(of("month=2026-05").await["standing"], json!("not_yet"));
    assert!(estimate["receipt"]["steps"].as_array().expect("steps").len() > 3);
    let family = [
        ("spouse_birth_on", json!("1965-01-01")),
        ("spouse_since", json!("1990-01-01")),
        ("spouse_dependent", json!(true)),
    ];
    let body = with(claim(RETIRED, "2026-10-01"), &family);
    let filing_id = approved(&world, "/api/filings/pension-claim", "key-1", &body).await;
    let folder = TempDir::new().expect("a folder");
    night(&world, &folder, NIGHT_ON);
    for (table, more) in [
        ("pension_claims", "filed_on = '2026-10-01' AND basic_claim_month IS NULL AND NOT basic_waits"),
        ("payees", "account_number = '1234567' AND holder_kana = 'ﾈﾝﾘﾝ ﾋﾄ'"),
        ("household_members", "member_no = 1 AND relation = 'spouse' AND dependent AND valid_from = '1990-01-01'"),
    ] {
        let sql = format!(
            "SELECT count(*) FROM {table} WHERE person_id = 7002 AND cause_filing_id = {filing_id}
             AND superseded_at IS NULL AND {more}"
        );
        assert_eq!(world.count(&sql).await, 1, "{table}");
    }
    let claimed = of("month=2026-11").await;
    assert_eq!((&claimed["estimate"], &claimed["total_yen"]), (&json!(false), &json!(847_300)), "{claimed}");
    assert_eq!(claimed["claim"]["filed_on"], json!("2026-10-01"));
    // The account changes, he dies, and the widow claims what was not paid.
    let changed = with(with(who(RETIRED), &account()), &[("account_number", json!("7654321"))]);
    approved(&world, "/api/filings/payee-change", "key-2", &changed).await;
    let died = with(who(RETIRED), &[("died_on", json!("2026-10-10"))]);
    approved(&world, "/api/filings/death", "key-3", &died).await;
    let unpaid = with(
        claim(RETIRED, "2026-10-14"),
        &[("relation", json!("spouse")), ("shared_livelihood", json!(true)), ("claimant_number", json!("9100-007001"))],
    );
    // The death is still on its way: a remark, not a refusal.
    approved(&world, "/api/filings/unpaid-benefit-claim", "key-4", &unpaid).await;
    night(&world, &folder, date(2026, 10, 16));
    let payees =
        "SELECT count(*) FROM payees WHERE person_id = 7002 AND superseded_at IS NULL AND account_number = '7654321'";
    assert_eq!(world.count(payees).await, 1);
    let claimant =
        "SELECT claimant_person_id FROM unpaid_benefit_claims WHERE person_id = 7002 AND superseded_at IS NULL";
    assert_eq!(world.count(claimant).await, WIFE);
    assert_eq!(of("month=2026-11").await["standing"], json!("ended"));
    assert_eq!(of("month=2026-11&known_at=2026-01-01").await["standing"], json!("payable"));
}

/// What no longer fits at night stays on the queue with its reason, and the course shows it.
#[tokio::test]
async fn what_no_longer_fits_is_held() {
    let (world, record) = office().await;
    let filing_id = approved(&world, "/api/filings/category-correction", "key-1", &correction(record)).await;
    let gone = "UPDATE pension_spells SET superseded_at = now() WHERE category = 'cat3'";
    world.db.batch_execute(gone).await.expect("superseded");
    let folder = TempDir::new().expect("a folder");
    night(&world, &folder, NIGHT_ON);
    let held =
        format!("SELECT count(*) FROM run_verdicts WHERE subject = 'filing:{filing_id}' AND code = 'record_unknown'");
    assert_eq!(world.count(&held).await, 1);
    assert_eq!(world.count("SELECT count(*) FROM application_queue").await, 1);
    let sql = "SELECT reception_number FROM filings ORDER BY filing_id DESC LIMIT 1";
    let number: String = world.db.row(sql, &[]).await.expect("a filing").get(0);
    let course = world.get("examiner", &format!("/api/filings/{number}")).await.json();
    assert_eq!(course["held"]["code"], json!("record_unknown"), "{course}");
    let page = world.submit("examiner", "/filings", &[("reception_number", &number), ("purpose", "filing")]).await;
    assert!(page.text.contains("夜間処理で保留") && page.text.contains("9100-007001"), "{}", page.text);
    // Given back by a clerk, it waits no more.
    let back =
        world.post("examiner", &format!("/api/filings/{number}/return"), &json!({ "note": "記録が変わった" })).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.text);
    assert_eq!(world.count("SELECT count(*) FROM application_queue").await, 0);
}

/// Who may see whose: the office that received it, and clerks who work on filings.
#[tokio::test]
async fn only_the_office_in_charge_sees_the_person() {
    let (world, record) = office().await;
    let answer = world.file("reception", "/api/filings/category-correction", "key-1", &correction(record)).await;
    let number = answer.json()["reception_number"].as_str().expect("a number").to_owned();
    let seen = async |login: &str| world.get(login, &format!("/api/filings/{number}")).await.json();
    assert_eq!(seen("both").await["person"]["basic_pension_number"], json!("9100-007001"));
    // A sign-in is remembered for a moment: this one has not been used yet.
    let moved = "UPDATE clerks SET office_code = '1302' WHERE login = 'examiner'";
    world.db.batch_execute(moved).await.expect("moved");
    let elsewhere = seen("examiner").await;
    assert_eq!((&elsewhere["person"], &elsewhere["content"]), (&json!(null), &json!(null)), "{elsewhere}");
    let draft = world.post("examiner", &format!("/api/filings/{number}/draft"), &json!({ "note": "" })).await;
    assert_eq!(draft.refusal(), (403, "other_office".to_owned()));
}

/// The pages say the same, and every look is in the access log.
#[tokio::test]
async fn the_pages_show_the_record_and_the_amount() {
    let (world, _) = office().await;
    let card = world.page("viewer", "/persons/7001?purpose=person_inquiry").await;
    for place in ["life", "pension"] {
        assert!(card.text.contains(&format!("/persons/7001/{place}?purpose=person_inquiry")), "{}", card.text);
    }
    let life = world.page("viewer", "/persons/7001/life?purpose=person_inquiry").await;
    assert_eq!(life.status, StatusCode::OK, "{}", life.text);
    assert!(life.text.contains("資格記録") && life.text.contains("第3号") && life.text.contains("月の記録"));
    let pension = world.page("viewer", "/persons/7002/pension?purpose=person_inquiry&month=2026-11").await;
    assert!(pension.text.contains("見込額") && pension.text.contains("847,300"), "{}", pension.text);
    assert!(pension.text.contains("計算の明細") && pension.text.contains("国民年金法27条"), "{}", pension.text);
    let nobody = world.page("viewer", "/persons/99/life?purpose=person_inquiry").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    let log = world.log_of("viewer").await;
    let logged = |action: &str, subject: &str| {
        log.iter()
            .any(|line| (line.0.as_str(), line.1.as_str(), line.2.as_str()) == (action, subject, "person_inquiry"))
    };
    assert!(logged("look_up_life", "person:7001") && logged("look_up_pension", "person:7002"), "{log:?}");
    for month in ["2026-13", "now"] {
        let answer = world.get("viewer", &format!("/api/persons/7002/pension?month={month}")).await;
        assert_eq!(answer.problems(), [("month".to_owned(), "month_unreadable".to_owned())]);
    }
    let form = world.page("reception", "/filings/category-correction").await;
    assert!(form.text.contains("種別訂正届") && form.text.contains("特定期間該当届"), "{}", form.text);
    let menu = world.page("reception", "/filings/person").await;
    assert_eq!(menu.text.matches("<li>").count(), 12, "{}", menu.text);
}
