//! アクセス記録: every look-up and change, also when it fails; and when it cannot be written, nothing is shown.

use axum::http::StatusCode;
use serde_json::json;
use store::Db;

use crate::world::{World, enrolment, with};

fn line(action: &str, subject: &str, outcome: &str) -> (String, String, String, String) {
    (action.to_owned(), subject.to_owned(), "filing".to_owned(), outcome.to_owned())
}

#[tokio::test]
async fn a_filing_and_its_refusals_are_written_down() {
    let world = World::new().await;
    let employer = format!("employer:{}", world.employer_id);
    let number = world.received("key-1", &enrolment()).await;
    let filing = format!("filing:{number}");
    world.enrol("key-2", &with(enrolment(), &[("birth_on", json!("7-310501"))])).await;
    world.enrol("key-3", &with(enrolment(), &[("employer_symbol", json!("41-01-ﾄｵｲ"))])).await;
    world.get("reception", &format!("/api/filings/{number}/draft")).await;
    world.post("reception", &format!("/api/filings/{number}/draft"), &json!({})).await;
    let expected = [
        line("file_enrolment", &employer, "ok"),
        line("file_enrolment", &filing, "ok"),
        line("file_enrolment", "-", "refused:birth_on:era_ended"),
        line("file_enrolment", &format!("employer:{}", world.far_employer_id), "refused:other_office"),
        line("draft", "-", "refused:not_allowed"),
    ];
    assert_eq!(world.log_of("reception").await, expected);
    let chain = store::access_log::verify_chain(&world.db).await.expect("an unbroken chain");
    assert_eq!(chain.count, 5);
}

#[tokio::test]
async fn everybody_on_a_list_has_been_looked_at() {
    let world = World::new().await;
    let found = world.post("viewer", "/api/persons/search", &json!({ "name_kana": "ﾈﾝﾘﾝ" })).await;
    assert_eq!(found.json()["persons"].as_array().expect("people").len(), 1);
    let person = format!("person:{}", world.person_id);
    assert_eq!(world.log_of("viewer").await, [line("search_persons", &person, "ok")]);
    world.get("viewer", "/api/persons/999999999").await;
    assert_eq!(world.log_of("viewer").await[1], line("look_up_person", "person:999999999", "refused:not_found"));
}

#[tokio::test]
async fn names_and_numbers_stay_out_of_the_log() {
    let world = World::new().await;
    world.received("key-1", &enrolment()).await;
    world
        .post("viewer", "/api/persons/search", &json!({ "name_kana": "ﾈﾝﾘﾝ", "basic_pension_number": "2101-100007" }))
        .await;
    world.get("viewer", "/api/filings/見本一郎".replace("見本一郎", "%E8%A6%8B%E6%9C%AC").as_str()).await;
    let rows = world.db.rows("SELECT action || subject || outcome FROM access_log", &[]).await.expect("the log");
    let whole: String = rows.iter().map(|row| row.get::<_, String>(0)).collect();
    for secret in ["ﾈﾝﾘﾝ", "ネンリン", "2101", "見本", "ﾐﾎﾝ"] {
        assert!(!whole.replace("filing:1301", "").contains(secret), "{secret} in {whole}");
    }
}

#[tokio::test]
async fn without_the_log_nothing_is_shown_and_nothing_acknowledged_is_lost() {
    let world = World::new().await;
    let rename = |from: &str, to: &str| format!("ALTER TABLE {from} RENAME TO {to}");
    world.db.batch_execute(&rename("access_log", "access_log_away")).await.expect("renamed");
    let card = world.get("viewer", &format!("/api/persons/{}", world.person_id)).await;
    assert_eq!(card.refusal(), (503, "log_unavailable".to_owned()));
    assert!(!card.text.contains("ネンリン"));
    let filing = world.enrol("key-1", &enrolment()).await;
    assert_eq!(filing.refusal(), (503, "log_unavailable".to_owned()));
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 0, "nothing is committed without its entry");
    world.db.batch_execute(&rename("access_log_away", "access_log")).await.expect("renamed");
    let number = world.received("key-1", &enrolment()).await;
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 1);
    world.db.batch_execute(&rename("access_log", "access_log_away")).await.expect("renamed");
    let draft = world.post("examiner", &format!("/api/filings/{number}/draft"), &json!({})).await;
    assert_eq!(draft.refusal(), (503, "log_unavailable".to_owned()));
    world.db.batch_execute(&rename("access_log_away", "access_log")).await.expect("renamed");
    assert_eq!(world.count("SELECT count(*) FROM decisions").await, 0);
    let course = world.get("examiner", &format!("/api/filings/{number}")).await.json();
    assert_eq!(course["state"], json!("入力"));
}

#[tokio::test]
async fn a_commit_that_fails_is_in_the_log_as_asked_and_as_failed() {
    let world = World::new().await;
    let at_commit = "
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
        CREATE CONSTRAINT TRIGGER refuse_at_commit AFTER INSERT ON filing_steps DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION refuse()";
    world.db.batch_execute(at_commit).await.expect("a trigger");
    assert_eq!(world.enrol("key-1", &enrolment()).await.refusal(), (500, "broken".to_owned()));
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 0);
    let outcomes: Vec<String> = world.log_of("reception").await.into_iter().map(|line| line.3).collect();
    assert_eq!(outcomes, ["ok", "ok", "failed:broken", "failed:broken"], "employer and filing, before and after");
}

#[tokio::test]
async fn many_requests_at_once_leave_one_unbroken_chain() {
    let world = World::new().await;
    let path = format!("/api/persons/{}", world.person_id);
    let answers = futures_util::future::join_all((0..60).map(|_| world.get("viewer", &path))).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::OK));
    let chain = store::access_log::verify_chain(&world.db).await.expect("an unbroken chain");
    assert_eq!(chain.count, 60);
}
