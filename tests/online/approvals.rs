//! 起案と決裁.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};
use store::night::applications::{self, ClosedFiling};
use store::{Db, StoreError, filings};

use crate::world::{Answer, World, enrolment, with};

async fn act(world: &World, login: &str, number: &str, what: &str, note: &str) -> Answer {
    world.post(login, &format!("/api/filings/{number}/{what}"), &json!({ "note": note })).await
}

/// A filing that one drafted and another approved: it waits for the night.
async fn approved(world: &World, key: &str) -> String {
    let number = world.received(key, &enrolment()).await;
    assert_eq!(act(world, "examiner", &number, "draft", "").await.status, StatusCode::OK);
    assert_eq!(act(world, "approver", &number, "approve", "").await.status, StatusCode::OK);
    number
}

async fn course(world: &World, number: &str) -> Value {
    world.get("viewer", &format!("/api/filings/{number}")).await.json()
}

async fn last_filing(world: &World) -> i64 {
    world.count("SELECT max(filing_id) FROM filings").await
}

/// What the night does last to a filing that it applied; the number of rows it took from the queue.
async fn apply(db: &impl Db, filing_id: i64) -> Result<u64, StoreError> {
    let at = db.row("SELECT clock_timestamp()", &[]).await?.get(0);
    let closed = [ClosedFiling { filing_id, step: "applied", note: None, receipt: None }];
    applications::close(db, &closed, "night N20261015-1", at).await
}

fn wrong_step() -> (u16, String) {
    (409, "wrong_step".to_owned())
}

#[tokio::test]
async fn one_drafts_another_approves_and_the_night_gets_it() {
    let world = World::new().await;
    let number = world.received("key-1", &enrolment()).await;
    assert_eq!(act(&world, "approver", &number, "approve", "").await.refusal(), (409, "wrong_step".to_owned()));
    let drafted = act(&world, "examiner", &number, "draft", "").await;
    assert_eq!((drafted.status, &drafted.json()["state"]), (StatusCode::OK, &json!("起案")), "{}", drafted.text);
    assert_eq!(world.count("SELECT count(*) FROM application_queue").await, 0);
    let approved = act(&world, "approver", &number, "approve", "").await;
    assert_eq!(approved.status, StatusCode::OK, "{}", approved.text);
    assert_eq!(world.count("SELECT count(*) FROM application_queue").await, 1);
    let course = world.get("approver", &format!("/api/filings/{number}")).await.json();
    let steps: Vec<&str> =
        course["steps"].as_array().expect("steps").iter().filter_map(|step| step["step"].as_str()).collect();
    assert_eq!(steps, ["received", "entered", "examined", "drafted", "approved"]);
    assert_eq!(course["decision"]["receipt"]["result"]["epi_standard_yen"], json!(300_000));
    assert_eq!(act(&world, "approver", &number, "refuse", "誤り").await.refusal(), (409, "wrong_step".to_owned()));
}

#[tokio::test]
async fn who_drafted_cannot_approve() {
    let world = World::new().await;
    let number = world.received("key-1", &enrolment()).await;
    assert_eq!(act(&world, "both", &number, "draft", "").await.status, StatusCode::OK);
    assert_eq!(act(&world, "both", &number, "approve", "").await.refusal(), (403, "same_drafter".to_owned()));
    assert_eq!(act(&world, "both", &number, "refuse", "誤り").await.refusal(), (403, "same_drafter".to_owned()));
    assert_eq!(act(&world, "approver", &number, "approve", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_approvers_at_once_approve_once() {
    let world = World::new().await;
    let number = world.received("key-1", &enrolment()).await;
    act(&world, "examiner", &number, "draft", "").await;
    let (one, two) =
        tokio::join!(act(&world, "approver", &number, "approve", ""), act(&world, "both", &number, "approve", ""));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(world.count("SELECT count(*) FROM filing_steps WHERE step = 'approved'").await, 1);
}

#[tokio::test]
async fn a_return_or_refusal_says_why() {
    let world = World::new().await;
    let number = world.received("key-1", &enrolment()).await;
    let silent = act(&world, "examiner", &number, "return", " ").await;
    assert_eq!(silent.problems(), [("note".to_owned(), "note_missing".to_owned())]);
    assert_eq!(act(&world, "examiner", &number, "return", "報酬月額を確かめてください").await.status, StatusCode::OK);
    assert_eq!(act(&world, "examiner", &number, "draft", "").await.refusal(), (409, "wrong_step".to_owned()));
    let course = world.get("viewer", &format!("/api/filings/{number}")).await.json();
    assert_eq!(course["state"], json!("返戻"));
    assert_eq!(course["steps"][2]["note"], json!("報酬月額を確かめてください"));
    // What was returned may come again, corrected, under a new key.
    world.received("key-2", &with(enrolment(), &[("pay_cash", json!(280_000))])).await;
}

#[tokio::test]
async fn many_are_approved_one_by_one_and_a_bad_one_stops_nobody() {
    let world = World::new().await;
    let mut numbers = Vec::new();
    for index in 0..3_u32 {
        let changes =
            [("insured_number", json!(20 + index)), ("basic_pension_number", json!(format!("2101-30000{index}")))];
        numbers.push(world.received(&format!("key-{index}"), &with(enrolment(), &changes)).await);
    }
    for number in &numbers[..2] {
        act(&world, "examiner", number, "draft", "").await;
    }
    let waiting = world.get("approver", "/api/filings/waiting").await.json();
    assert_eq!(waiting["filings"].as_array().expect("filings").len(), 2);
    let asked = [numbers[0].clone(), numbers[2].clone(), "9999-20260101-000001".to_owned(), numbers[1].clone()];
    let answer = world.post("approver", "/api/filings/approve", &json!({ "reception_numbers": asked })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let outcomes: Vec<Value> =
        answer.json()["filings"].as_array().expect("filings").iter().map(|one| one["outcome"].clone()).collect();
    assert_eq!(outcomes, [json!("done"), json!("wrong_step"), json!("not_found"), json!("done")]);
    assert_eq!(world.count("SELECT count(*) FROM application_queue").await, 2);
    let logged: Vec<(String, String)> = world
        .log_of("approver")
        .await
        .into_iter()
        .filter(|line| line.0 == "approve")
        .map(|line| (line.1, line.3))
        .collect();
    let filing = |number: &str, outcome: &str| (format!("filing:{number}"), outcome.to_owned());
    assert_eq!(
        logged,
        [
            filing(&numbers[0], "ok"),
            filing(&numbers[2], "refused:wrong_step"),
            ("-".to_owned(), "refused:not_found".to_owned()),
            filing(&numbers[1], "ok")
        ]
    );
}

#[tokio::test]
async fn facts_that_changed_since_the_reception_stop_the_draft() {
    let world = World::new().await;
    let number = world.received("key-1", &with(enrolment(), &[("insured_number", json!(9))])).await;
    let sql = "UPDATE coverage_spells SET superseded_at = now() + interval '1 second' WHERE superseded_at IS NULL";
    store::Db::run(&world.db, sql, &[]).await.expect("superseded");
    let spell = store::coverage::NewSpell {
        prefecture_code: 13,
        employer_id: world.employer_id,
        person_id: world.person_id,
        insured_number: 9,
        health_insurance: true,
        employees_pension: true,
        short_time_worker: false,
        two_workplaces: false,
        reason: "訂正",
        cause_filing_id: None,
        valid_from: crate::world::HIRED,
    };
    store::coverage::insert_spell(&world.db, &spell).await.expect("corrected");
    let answer = act(&world, "examiner", &number, "draft", "").await;
    assert_eq!(
        answer.problems(),
        [("insured_number".to_owned(), "insured_number_taken".to_owned())],
        "{}",
        answer.text
    );
    assert_eq!(world.count("SELECT count(*) FROM decisions").await, 0, "nothing half-done");
}

#[tokio::test]
async fn what_waits_for_the_night_can_be_given_back() {
    let world = World::new().await;
    let number = approved(&world, "key-1").await;
    assert_eq!(act(&world, "approver", &number, "return", "誤り").await.refusal(), (403, "not_allowed".to_owned()));
    let silent = act(&world, "examiner", &number, "return", " ").await;
    assert_eq!(silent.problems(), [("note".to_owned(), "note_missing".to_owned())]);
    assert_eq!(world.count("SELECT count(*) FROM application_queue").await, 1);
    let returned = act(&world, "examiner", &number, "return", "報酬月額を確かめてください").await;
    assert_eq!((returned.status, &returned.json()["state"]), (StatusCode::OK, &json!("返戻")), "{}", returned.text);
    assert_eq!(world.count("SELECT count(*) FROM application_queue").await, 0);
    let course = course(&world, &number).await;
    assert_eq!(course["state"], json!("返戻"));
    assert_eq!(course["steps"][5]["note"], json!("報酬月額を確かめてください"));
    assert_eq!(course["decision"], Value::Null, "the approval stands no more");
    assert_eq!(act(&world, "examiner", &number, "return", "誤り").await.refusal(), wrong_step());
    // The same person may be filed again, corrected.
    world.received("key-2", &with(enrolment(), &[("pay_cash", json!(280_000))])).await;
}

#[tokio::test]
async fn what_was_applied_is_not_given_back() {
    let world = World::new().await;
    let number = approved(&world, "key-1").await;
    assert_eq!(apply(&world.db, last_filing(&world).await).await.expect("applied"), 1);
    assert_eq!(act(&world, "examiner", &number, "return", "誤り").await.refusal(), wrong_step());
    assert_eq!(course(&world, &number).await["state"], json!("反映"));
    // Nor what is gone from the queue in any other way; the step is undone with the rest.
    let number = approved(&world, "key-2").await;
    assert_eq!(filings::dequeue(&world.db, &[last_filing(&world).await]).await.expect("taken out"), 1);
    assert_eq!(act(&world, "examiner", &number, "return", "誤り").await.refusal(), wrong_step());
    let course = course(&world, &number).await;
    assert_eq!((&course["state"], &course["decision"]["outcome"]), (&json!("決裁"), &json!("approved")));
}

#[tokio::test]
async fn a_filing_is_given_back_or_applied_and_never_both() {
    let world = World::new().await;
    let mut night = world.office.connect().await;
    // The night is about to commit: the clerk waits for it and is refused.
    let number = approved(&world, "key-1").await;
    let partition = night.transaction().await.expect("a transaction");
    assert_eq!(apply(&partition, last_filing(&world).await).await.expect("applied"), 1);
    let commit = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        partition.commit().await.expect("committed");
    };
    let (late, ()) = tokio::join!(act(&world, "examiner", &number, "return", "誤り"), commit);
    assert_eq!(late.refusal(), wrong_step());
    assert_eq!(course(&world, &number).await["state"], json!("反映"));
    // The clerk was first: the night takes one row less than it read, which rolls its partition back.
    let number = approved(&world, "key-2").await;
    assert_eq!(act(&world, "examiner", &number, "return", "誤り").await.status, StatusCode::OK);
    let partition = night.transaction().await.expect("a transaction");
    assert_eq!(apply(&partition, last_filing(&world).await).await.expect("written"), 0);
    partition.rollback().await.expect("rolled back");
    assert_eq!(course(&world, &number).await["state"], json!("返戻"));
}

#[tokio::test]
async fn a_night_keeps_what_it_found_until_it_has_decided() {
    let world = World::new().await;
    let number = approved(&world, "key-1").await;
    let night = async |sql: &str| world.db.batch_execute(sql).await.expect("the books of a night");
    let refused = async || act(&world, "examiner", &number, "return", "誤り").await.refusal();
    night(
        "INSERT INTO runs (run_id, business_on, law_version, program_version, state, lease_owner, lease_until)
        VALUES ('N20261015-1', '2026-10-15', '1', '1', 'planning', 'test:1', now())",
    )
    .await;
    assert_eq!(refused().await, wrong_step());
    night(
        "UPDATE runs SET state = 'running', cutoff_at = clock_timestamp();
        INSERT INTO run_jobs (run_id, job_no, job, state, rejected_max)
        VALUES ('N20261015-1', 1, 'apply_filings', 'open', 0)",
    )
    .await;
    assert_eq!(refused().await, wrong_step());
    night("UPDATE runs SET state = 'stopped'").await;
    assert_eq!(refused().await, wrong_step());
    // What was approved after the cut-off is none of this night's.
    let other = [("insured_number", json!(21)), ("basic_pension_number", json!("2101-300001"))];
    let later = world.received("key-2", &with(enrolment(), &other)).await;
    act(&world, "examiner", &later, "draft", "").await;
    act(&world, "approver", &later, "approve", "").await;
    assert_eq!(act(&world, "examiner", &later, "return", "誤り").await.status, StatusCode::OK);
    // And when the night has decided on its filings, those that it held are free again.
    night("UPDATE run_jobs SET state = 'done'").await;
    assert_eq!(act(&world, "examiner", &number, "return", "誤り").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_course_says_why_the_night_held_a_filing() {
    let world = World::new().await;
    let number = approved(&world, "key-1").await;
    assert_eq!(course(&world, &number).await["held"], Value::Null);
    let filing_id = last_filing(&world).await;
    let nights = format!(
        "INSERT INTO runs (run_id, business_on, cutoff_at, law_version, program_version, state, lease_owner,
            lease_until, created_at)
        VALUES ('N20261013-1', '2026-10-13', now(), '1', '1', 'done', 'test:1', now(), '2026-10-13T20:00Z'),
            ('N20261014-1', '2026-10-14', now(), '1', '1', 'done', 'test:1', now(), '2026-10-14T20:00Z');
        INSERT INTO run_verdicts (run_id, job_no, partition_no, subject, verdict, code, message)
        VALUES ('N20261014-1', 1, 0, 'filing:{filing_id}', 'held', 'person_differs', '生年月日が記録と違います'),
            ('N20261013-1', 1, 0, 'filing:{filing_id}', 'held', 'unreadable', '前の夜の理由'),
            ('N20261014-1', 1, 0, 'filing:{filing_id}0', 'held', 'unreadable', '他の届の理由')"
    );
    world.db.batch_execute(&nights).await.expect("two nights");
    let held = json!({ "run_id": "N20261014-1", "code": "person_differs", "message": "生年月日が記録と違います" });
    assert_eq!(course(&world, &number).await["held"], held);
    let asked = [("reception_number", number.as_str()), ("purpose", "examination")];
    let page = world.submit("examiner", "/filings", &asked).await.text;
    assert!(page.contains("夜間処理で保留: 生年月日が記録と違います"), "{page}");
    assert!(page.contains("返戻する") && !page.contains("起案する") && !page.contains("前の夜の理由"), "{page}");
    assert!(!world.submit("approver", "/filings", &asked).await.text.contains("返戻する"));
    let pairs = [("reception_number", number.as_str()), ("note", "生年月日の誤り"), ("purpose", "examination")];
    let returned = world.submit("examiner", "/approvals/return", &pairs).await;
    assert!(returned.text.contains("1件を返戻としました"), "{}", returned.text);
    assert_eq!(course(&world, &number).await["held"], Value::Null, "it waits no more");
    let document = world.get("nobody", "/openapi.json").await.json();
    assert!(document["components"]["schemas"]["Course"]["properties"]["held"].is_object(), "{document}");
}
