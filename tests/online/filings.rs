//! 届書の受付: taken, repeated, refused.

use axum::http::StatusCode;
use serde_json::{Value, json};
use store::Db;

use crate::world::{INSURED_NUMBER, PENSION_NUMBER, World, coverage_end, enrolment, with};

#[tokio::test]
async fn an_enrolment_is_received_with_its_calculation() {
    let world = World::new().await;
    let answer = world.enrol("key-1", &enrolment()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let receipt = answer.json();
    assert_eq!(receipt["repeated"], json!(false));
    assert_eq!(receipt["business_on"], json!("2026-10-15"));
    assert!(receipt["reception_number"].as_str().expect("a number").starts_with("1301-20261015-"));
    assert_eq!(receipt["calculation"]["result"]["hi_standard_yen"], json!(300_000));
    assert!(!receipt["calculation"]["parameters"].as_array().expect("rows").is_empty());
    let number = receipt["reception_number"].as_str().expect("a number");
    let course = world.get("viewer", &format!("/api/filings/{number}")).await.json();
    let steps: Vec<&str> =
        course["steps"].as_array().expect("steps").iter().filter_map(|step| step["step"].as_str()).collect();
    assert_eq!(steps, ["received", "entered"]);
    assert_eq!(course["content"], Value::Null, "a viewer sees where it is, not what it says");
}

#[tokio::test]
async fn a_repeat_gives_the_same_receipt_and_another_content_is_refused() {
    let world = World::new().await;
    let number = world.received("key-1", &enrolment()).await;
    let again = world.enrol("key-1", &enrolment()).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(again.json()["repeated"], json!(true));
    assert_eq!(again.json()["reception_number"], json!(number));
    let other = world.enrol("key-1", &with(enrolment(), &[("pay_cash", json!(310_000))])).await;
    assert_eq!(other.refusal(), (409, "key_reused".to_owned()));
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 1);
    assert_eq!(world.count("SELECT count(*) FROM filing_steps").await, 2);
    // Keys belong to their sender: a colleague's same key is another filing, and one about a person on the way.
    let colleague = world.file("tokyo", "/api/filings/enrolment", "key-1", &enrolment()).await;
    assert_eq!(colleague.problems(), [("insured_number".to_owned(), "insured_number_pending".to_owned())]);
}

#[tokio::test]
async fn repeats_at_the_same_moment_are_one_filing() {
    let world = World::new().await;
    let body = enrolment();
    let answers = futures_util::future::join_all((0..12).map(|_| world.enrol("key-1", &body))).await;
    let numbers: std::collections::BTreeSet<String> =
        answers.iter().map(|answer| answer.json()["reception_number"].to_string()).collect();
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    let fresh = answers.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
    assert_eq!(fresh, 1);
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 1);
}

#[tokio::test]
async fn two_filings_of_one_person_at_the_same_moment_are_one_and_a_refusal() {
    let world = World::new().await;
    let body = enrolment();
    let (one, two) = tokio::join!(world.enrol("key-1", &body), world.enrol("key-2", &body));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422], "{} {}", one.text, two.text);
}

#[tokio::test]
async fn a_my_number_lies_sealed_beside_the_filing_and_nowhere_else() {
    let world = World::new().await;
    let mut body = with(enrolment(), &[("my_number", json!("123456789018"))]);
    for name in ["zip", "address_kana", "basic_pension_number"] {
        body.as_object_mut().expect("an object").remove(name);
    }
    let answer = world.enrol("key-1", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let row = world.db.row("SELECT payload::text, my_number_sealed FROM filings", &[]).await.expect("the filing");
    let (payload, sealed): (String, Vec<u8>) = (row.get(0), row.get(1));
    assert!(!payload.contains("123456789018") && !answer.text.contains("123456789018"));
    assert!(!sealed.windows(12).any(|window| window == b"123456789018"));
    assert_eq!(world.enrol("key-1", &body).await.json()["repeated"], json!(true));
    let other = with(body, &[("my_number", json!("987654321093"))]);
    assert_eq!(world.enrol("key-1", &other).await.status.as_u16() / 100, 4);
}

#[tokio::test]
async fn every_bad_input_is_named_at_its_field() {
    let world = World::new().await;
    type Changes<'a> = &'a [(&'a str, Value)];
    let cases: &[(Changes<'_>, &str, &str)] = &[
        (&[("birth_on", json!("7-310501"))], "birth_on", "era_ended"),
        (&[("birth_on", json!("2026-02-30"))], "birth_on", "date_not_existing"),
        (&[("birth_on", json!("きのう"))], "birth_on", "date_unreadable"),
        (&[("acquired_on", json!("9-081131"))], "acquired_on", "date_not_existing"),
        (&[("acquired_on", json!("2026-10-16"))], "acquired_on", "NK-2200700-19-FUTURE"),
        (&[("employer_symbol", json!("13-01-ﾃｽﾄ"))], "employer_symbol", "employer_symbol_unreadable"),
        (&[("employer_symbol", json!("21-01-ﾅｲ"))], "employer_symbol", "employer_unknown"),
        (&[("office_number", json!("124"))], "office_number", "office_number_differs"),
        (&[("insured_number", json!(INSURED_NUMBER))], "insured_number", "insured_number_taken"),
        (&[("my_number", json!("123456789012"))], "my_number", "NK-2200700-13-CHECK_DIGIT"),
        (&[("basic_pension_number", json!("12"))], "basic_pension_number", "basic_pension_number_unreadable"),
        (&[("insured_name_kanji", json!("髙橋　一郎"))], "insured_name_kanji", "NK-2200700-8-NOT_JIS_X_0208"),
        (&[("pay_cash", json!("三十万"))], "pay_cash", "NK-2200700-21-DIGITS"),
        (&[("kind_sex", json!("9"))], "kind_sex", "NK-2200700-11-CODE"),
        (&[("zip", json!("100"))], "zip", "zip_unreadable"),
        (&[("colour", json!("blue"))], "colour", "unknown_field"),
        (&[("note", json!(["x"]))], "note", "not_a_value"),
    ];
    for (changes, field, code) in cases {
        let answer = world.enrol("bad", &with(enrolment(), changes)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{changes:?} {}", answer.text);
        assert_eq!(answer.problems()[0], ((*field).to_owned(), (*code).to_owned()), "{changes:?} {}", answer.text);
        let reason = answer.json()["error"]["problems"][0]["reason"].as_str().expect("a reason").to_owned();
        assert!(reason.chars().any(|character| ('\u{3040}'..'\u{30ff}').contains(&character)), "{reason}");
    }
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 0, "nothing half-applied");
}

#[tokio::test]
async fn somebody_insured_there_or_misnamed_is_refused() {
    let world = World::new().await;
    let known =
        with(enrolment(), &[("basic_pension_number", json!(PENSION_NUMBER)), ("birth_on", json!("1990-05-05"))]);
    let insured = world.enrol("key-1", &known).await;
    assert_eq!(insured.problems(), [("basic_pension_number".to_owned(), "already_insured".to_owned())]);
    let misnamed = with(known, &[("birth_on", json!("1990-05-06"))]);
    assert_eq!(
        world.enrol("key-2", &misnamed).await.problems(),
        [("birth_on".to_owned(), "person_differs".to_owned())]
    );
}

#[tokio::test]
async fn a_month_outside_the_law_on_file_is_refused_not_guessed() {
    let world = World::new().await;
    let early = with(enrolment(), &[("acquired_on", json!("7-020301")), ("birth_on", json!("5-400101"))]);
    let answer = world.enrol("key-1", &early).await;
    assert_eq!(answer.problems(), [("acquired_on".to_owned(), "not_in_force".to_owned())], "{}", answer.text);
}

#[tokio::test]
async fn an_employer_of_another_office_goes_to_the_office_in_charge() {
    let world = World::new().await;
    let far = with(enrolment(), &[("employer_symbol", json!("41-01-ﾄｵｲ"))]);
    let answer = world.enrol("key-1", &far).await;
    assert_eq!(answer.refusal(), (403, "other_office".to_owned()));
    let reason = answer.json()["error"]["reason"].as_str().expect("a reason").to_owned();
    assert!(reason.contains("大手前年金事務所") && reason.contains("大阪府"), "{reason}");
    assert_eq!(answer.json()["error"]["who"], json!("colleague"));
    // A clerk of the prefecture reaches the office next door.
    let next_door = with(enrolment(), &[("employer_symbol", json!("21-01-ﾄﾅﾘ"))]);
    assert_eq!(world.enrol("key-2", &next_door).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.file("tokyo", "/api/filings/enrolment", "key-2", &next_door).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_coverage_end_needs_the_coverage() {
    let world = World::new().await;
    let path = "/api/filings/coverage-end";
    let refused = async |changes: &[(&str, Value)]| {
        world.file("reception", path, "bad", &with(coverage_end(), changes)).await.problems()[0].clone()
    };
    let named = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    let other_person = [("insured_number", json!(99)), ("basic_pension_number", json!("2101-200008"))];
    assert_eq!(refused(&other_person).await, named("insured_number", "not_insured"));
    assert_eq!(refused(&[("birth_on", json!("1991-05-05"))]).await, named("birth_on", "person_differs"));
    let before = [("event_on", json!("2026-03-14")), ("lost_on", json!("2026-03-15"))];
    assert_eq!(refused(&before).await, named("lost_on", "lost_before_acquired"));
    let answer = world.file("reception", path, "good", &coverage_end()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    assert_eq!(refused(&[]).await, named("insured_number", "already_filed"));
}

#[tokio::test]
async fn the_envelope_is_checked_before_the_content() {
    let world = World::new().await;
    assert_eq!(world.enrol("", &enrolment()).await.refusal(), (400, "key_missing".to_owned()));
    assert_eq!(world.enrol("a key with spaces", &enrolment()).await.refusal(), (400, "key_missing".to_owned()));
    let post = |body: String, purpose: Option<&str>| {
        let mut request = axum::http::Request::post("/api/filings/enrolment")
            .header("authorization", format!("Bearer {}", crate::world::token("reception")))
            .header("content-type", "application/json")
            .header("idempotency-key", "key-1");
        if let Some(purpose) = purpose {
            request = request.header("x-purpose", purpose);
        }
        world.raw(request.body(axum::body::Body::from(body)).expect("a request"))
    };
    let whole = enrolment().to_string();
    assert_eq!(post(whole.clone(), None).await.refusal(), (400, "purpose_missing".to_owned()));
    assert_eq!(post(whole.clone(), Some("curiosity")).await.refusal(), (400, "purpose_unknown".to_owned()));
    let cut = post(whole[..whole.len() / 2].to_owned(), Some("filing")).await;
    assert_eq!(cut.refusal(), (400, "unreadable".to_owned()));
    assert!(!cut.text.contains("ﾐﾎﾝ"), "{}", cut.text);
    let huge = with(enrolment(), &[("note", json!("あ".repeat(100_000)))]).to_string();
    assert_eq!(post(huge, Some("filing")).await.refusal(), (413, "too_large".to_owned()));
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 0);
}

/// A benchmark replays these; they must at least be what the database understands.
#[tokio::test]
async fn the_statements_of_one_filing_can_be_replayed() {
    let world = World::new().await;
    for sql in store::filings::statements_of_one_filing() {
        world.db.prepare(&sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    for sql in store::access_log::statements_of_one_append() {
        world.db.prepare(sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
}
