//! 起案と決裁.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::world::{Answer, World, enrolment, with};

async fn act(world: &World, login: &str, number: &str, what: &str, note: &str) -> Answer {
    world.post(login, &format!("/api/filings/{number}/{what}"), &json!({ "note": note })).await
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
