//! 基礎年金番号の重複の審査: two clerks, side by side, undone again.

use axum::http::StatusCode;
use serde_json::{Value, json};
use store::lives::{self, Persons};
use store::persons::{NewAddress, NewPerson};

use crate::world::{Answer, HIRED, PENSION_NUMBER, World};

const OTHER_NUMBER: &str = "9901-000012";

/// 年輪花子 a second time, under a provisional number and an older form of her name; proposed by the night.
async fn second_number(world: &World) -> i64 {
    let person = NewPerson {
        name_kana: "ネンリン　ハナコ",
        name_kanji: Some("年輪　華子"),
        birth_on: jiff::civil::date(1990, 5, 5),
        sex: 2,
        pension_number: Some(OTHER_NUMBER.parse().expect("a number")),
        address: Some(NewAddress {
            zip: "1000001",
            prefecture_code: 13,
            address_kanji: "東京都千代田区千代田1-1",
            address_kana: None,
        }),
        reason: "資格取得",
        cause_filing_id: None,
        valid_from: HIRED,
    };
    let person_id = store::persons::create(&world.db, &person).await.expect("a person");
    let sql = format!(
        "INSERT INTO pension_spells (record_id, person_id, category, reason, valid_from, valid_to)
         VALUES (1, {person_id}, 'cat1', '移行', '2010-05-05', '2020-04-01');
         INSERT INTO duplicate_candidates (first_person_id, second_person_id, score, reasons, run_id)
         VALUES ({0}, {person_id}, 71, '{{same_kana,same_birth,same_sex,disjoint_records}}', 'N20261101-1')",
        world.person_id
    );
    world.db.batch_execute(&sql).await.expect("a pair");
    person_id
}

async fn act(world: &World, login: &str, other: i64, what: &str, body: Value) -> Answer {
    world.post(login, &format!("/api/duplicates/{other}/{}/{what}", world.person_id), &body).await
}

async fn listed(world: &World, wait: &str) -> Vec<Value> {
    let answer = world.get("viewer", &format!("/api/duplicates?wait={wait}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()["pairs"].as_array().expect("pairs").clone()
}

async fn spells(world: &World, person_id: i64) -> Option<(usize, usize)> {
    let lives = lives::read(&world.db, Persons::one(person_id, None), None).await.expect("lives");
    lives.first().map(|life| (life.spells.len(), life.covers.len()))
}

fn moved() -> (u16, String) {
    (409, "pair_moved".to_owned())
}

#[tokio::test]
async fn two_clerks_merge_and_two_clerks_take_apart() {
    let world = World::new().await;
    let other = second_number(&world).await;
    let open = listed(&world, "open").await;
    assert_eq!((open.len(), &open[0]["score"], &open[0]["state"]), (1, &json!(71), &json!("open")));
    assert_eq!(open[0]["reasons"][0]["words"], json!("氏名カナが同じ"));
    assert_eq!(open[0]["kept_person_id"], json!(world.person_id), "she is insured under this number");
    assert_eq!(open[0]["persons"][1]["addresses"], json!(["〒1000001 東京都千代田区千代田1-1"]));
    assert_eq!(open[0]["persons"][1]["basic_pension_numbers"], json!([OTHER_NUMBER]));

    let draft = json!({ "outcome": "same", "note": "本人に確かめた" });
    assert_eq!(act(&world, "approver", other, "approve", json!({})).await.refusal(), moved());
    let drafted = act(&world, "both", other, "draft", draft.clone()).await;
    assert_eq!(
        (drafted.status, &drafted.json()["state"]),
        (StatusCode::OK, &json!("drafted_same")),
        "{}",
        drafted.text
    );
    assert!(listed(&world, "open").await.is_empty());
    assert_eq!(listed(&world, "drafted").await.len(), 1);
    let alone = act(&world, "both", other, "approve", json!({})).await;
    assert_eq!(alone.refusal(), (403, "same_drafter".to_owned()));
    assert_eq!(act(&world, "examiner", other, "draft", draft.clone()).await.refusal(), moved());
    assert_eq!(world.count("SELECT count(*) FROM person_merges").await, 0);
    assert_eq!((spells(&world, world.person_id).await, spells(&world, other).await), (Some((0, 1)), Some((1, 0))));

    let (one, two) = tokio::join!(
        act(&world, "approver", other, "approve", json!({})),
        act(&world, "approver", other, "approve", json!({}))
    );
    let mut answers = [one.status.as_u16(), two.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [200, 409], "{} {}", one.text, two.text);
    assert_eq!((spells(&world, world.person_id).await, spells(&world, other).await), (Some((1, 1)), None));
    assert_eq!(listed(&world, "decided").await[0]["state"], json!("same"));
    assert!(listed(&world, "open").await.is_empty() && listed(&world, "drafted").await.is_empty());
    assert_eq!(act(&world, "examiner", other, "draft", draft).await.refusal(), moved());

    let apart = json!({ "outcome": "apart", "note": "別の人と分かった" });
    assert_eq!(act(&world, "both", other, "draft", apart).await.status, StatusCode::OK);
    assert_eq!(spells(&world, other).await, None, "a draft changes nothing");
    assert_eq!(act(&world, "both", other, "approve", json!({})).await.refusal().0, 403);
    let approved = act(&world, "approver", other, "approve", json!({})).await;
    assert_eq!(approved.json()["state"], json!("taken_apart"), "{}", approved.text);
    assert_eq!((spells(&world, world.person_id).await, spells(&world, other).await), (Some((0, 1)), Some((1, 0))));
    let rows = world.count("SELECT count(*) FROM person_merges WHERE superseded_at IS NOT NULL").await;
    assert_eq!(rows, 1, "the merge stays on record");
}

/// What was paid under a number would become a debt of its person if the number went.
#[tokio::test]
async fn a_number_that_draws_a_pension_does_not_go() {
    let world = World::new().await;
    let other = second_number(&world).await;
    let claim = format!(
        "INSERT INTO pension_claims (record_id, person_id, filed_on, basic_waits, employees_waits, spouse_addition_moves, reason)
         VALUES (2, {other}, '2020-05-05', false, false, false, '移行')"
    );
    world.db.batch_execute(&claim).await.expect("a claim");
    let to = |kept: i64| json!({ "outcome": "same", "note": "本人に確かめた", "kept_person_id": kept });
    let refused = act(&world, "both", other, "draft", to(world.person_id)).await;
    assert_eq!(refused.refusal(), moved());
    assert!(refused.text.contains("年金が請求され"), "{}", refused.text);
    assert_eq!(act(&world, "both", other, "draft", to(other)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_person_and_a_draft_given_back() {
    let world = World::new().await;
    let other = second_number(&world).await;
    let draft = |outcome: &str| json!({ "outcome": outcome, "note": "住所の経過が合わない" });
    for (body, field, code) in [
        (json!({ "outcome": "same" }), "note", "note_missing"),
        (json!({ "outcome": "perhaps", "note": "x" }), "outcome", "outcome_unknown"),
        (json!({ "outcome": "same", "note": "x", "kept_person_id": 999 }), "kept_person_id", "kept_not_of_pair"),
    ] {
        let answer = act(&world, "examiner", other, "draft", body).await;
        assert_eq!(answer.problems(), [(field.to_owned(), code.to_owned())], "{}", answer.text);
    }
    assert_eq!(act(&world, "examiner", other, "draft", draft("apart")).await.refusal(), moved());
    assert_eq!(act(&world, "examiner", other, "draft", draft("different")).await.status, StatusCode::OK);
    let silent = act(&world, "approver", other, "return", json!({})).await;
    assert_eq!(silent.problems(), [("note".to_owned(), "note_missing".to_owned())]);
    let returned = act(&world, "approver", other, "return", json!({ "note": "戸籍を確かめる" })).await;
    assert_eq!(returned.json()["state"], json!("returned"), "{}", returned.text);
    assert_eq!(listed(&world, "open").await.len(), 1, "it waits again");
    assert_eq!(act(&world, "examiner", other, "draft", draft("different")).await.status, StatusCode::OK);
    assert_eq!(act(&world, "approver", other, "approve", json!({})).await.json()["state"], json!("different"));
    assert!(listed(&world, "open").await.is_empty());
    assert_eq!(act(&world, "examiner", other, "draft", draft("different")).await.refusal(), moved());
    assert_eq!(world.count("SELECT count(*) FROM person_merges").await, 0);
    // What was decided can be doubted.
    assert_eq!(act(&world, "examiner", other, "draft", draft("same")).await.status, StatusCode::OK);
    for path in ["/api/duplicates/1/1", "/api/duplicates/1/999999", "/api/duplicates/x/1"] {
        assert_eq!(world.get("viewer", path).await.refusal(), (404, "not_found".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn a_merge_is_one_step_deep() {
    let world = World::new().await;
    let other = second_number(&world).await;
    let third = NewPerson {
        name_kana: "ネンリン　ハナコ",
        name_kanji: None,
        birth_on: jiff::civil::date(1990, 5, 5),
        sex: 2,
        pension_number: None,
        address: None,
        reason: "資格取得",
        cause_filing_id: None,
        valid_from: HIRED,
    };
    let third = store::persons::create(&world.db, &third).await.expect("a person");
    let same = json!({ "outcome": "same", "note": "本人に確かめた", "kept_person_id": world.person_id });
    act(&world, "examiner", other, "draft", same).await;
    assert_eq!(act(&world, "approver", other, "approve", json!({})).await.status, StatusCode::OK);
    // The kept one goes nowhere, and the merged one is not merged again.
    let draft = json!({ "outcome": "same", "note": "本人に確かめた", "kept_person_id": third });
    assert_eq!(act(&world, "examiner", third, "draft", draft.clone()).await.refusal(), moved());
    let path = format!("/api/duplicates/{other}/{third}/draft");
    assert_eq!(world.post("examiner", &path, &draft).await.refusal(), moved());
    let kept = json!({ "outcome": "same", "note": "本人に確かめた", "kept_person_id": world.person_id });
    assert_eq!(act(&world, "examiner", third, "draft", kept).await.status, StatusCode::OK);
    assert_eq!(act(&world, "approver", third, "approve", json!({})).await.status, StatusCode::OK);
    assert_eq!(spells(&world, third).await, None);
}

#[tokio::test]
async fn everybody_who_is_shown_is_in_the_log() {
    let world = World::new().await;
    let other = second_number(&world).await;
    listed(&world, "open").await;
    act(&world, "examiner", other, "draft", json!({ "outcome": "same", "note": "本人に確かめた" })).await;
    let both = |log: Vec<(String, String, String, String)>, action: &str| {
        let subjects: Vec<String> =
            log.into_iter().filter(|line| line.0 == action && line.3 == "ok").map(|line| line.1).collect();
        assert_eq!(subjects, [format!("person:{}", world.person_id), format!("person:{other}")], "{action}");
    };
    both(world.log_of("viewer").await, "list_duplicates");
    both(world.log_of("examiner").await, "draft_duplicate");
}

#[tokio::test]
async fn a_merged_number_finds_the_person_who_was_kept() {
    let world = World::new().await;
    let other = second_number(&world).await;
    act(&world, "examiner", other, "draft", json!({ "outcome": "same", "note": "本人に確かめた" })).await;
    act(&world, "approver", other, "approve", json!({})).await;
    let search = async |body: Value| world.post("viewer", "/api/persons/search", &body).await.json();
    let found = search(json!({ "basic_pension_number": OTHER_NUMBER })).await;
    assert_eq!(found["persons"][0]["person_id"], json!(world.person_id), "{found}");
    assert_eq!(found["persons"][0]["basic_pension_number"], json!(PENSION_NUMBER));
    assert!(found["note"].as_str().expect("a note").contains("統合された番号"));
    assert_eq!(search(json!({ "basic_pension_number": PENSION_NUMBER })).await["note"], json!(null));
    let by_name = search(json!({ "name_kana": "ﾈﾝﾘﾝ", "sex": "2" })).await;
    let merged: Vec<&Value> =
        by_name["persons"].as_array().expect("persons").iter().map(|one| &one["merged_into_person_id"]).collect();
    assert_eq!(merged, [&json!(null), &json!(world.person_id)]);
    assert_eq!(search(json!({ "name_kana": "ﾈﾝﾘﾝ", "sex": "1" })).await["persons"], json!([]));
    // A number that a correction took away still finds her.
    let sql = format!(
        "UPDATE person_numbers SET superseded_at = now() WHERE person_id = {0};
         INSERT INTO person_numbers (person_id, kind, number, reason, valid_from)
         VALUES ({0}, 'basic_pension_number', '2101100099', '訂正', '2026-04-01')",
        world.person_id
    );
    world.db.batch_execute(&sql).await.expect("a new number");
    let former = search(json!({ "basic_pension_number": PENSION_NUMBER })).await;
    assert_eq!(former["persons"][0]["basic_pension_number"], json!("2101-100099"), "{former}");
}

#[tokio::test]
async fn the_pages_lead_from_the_list_to_the_merge() {
    let world = World::new().await;
    let other = second_number(&world).await;
    let ids = (world.person_id.to_string(), other.to_string());
    let list = world.submit("examiner", "/duplicates", &[("wait", "open"), ("purpose", "correction")]).await;
    let path = format!("/duplicates/{}/{}?purpose=correction", ids.0, ids.1);
    assert!(list.text.contains(&path) && list.text.contains("加入記録が重ならない"), "{}", list.text);
    let card = world.page("examiner", &path).await;
    assert!(card.text.contains("同一人として起案する") && card.text.contains("別人として起案する"), "{}", card.text);
    assert!(card.text.contains("<b>残す番号</b>") && card.text.contains("第1号"));
    let send = async |login: &str, path: &str, outcome: &str| {
        let pairs = [
            ("person_id", ids.0.as_str()),
            ("other_id", ids.1.as_str()),
            ("outcome", outcome),
            ("kept_person_id", ids.0.as_str()),
            ("note", "本人に確かめた"),
            ("purpose", "correction"),
        ];
        world.submit(login, path, &pairs).await
    };
    let drafted = send("examiner", "/duplicates/draft", "same").await;
    assert!(drafted.text.contains("同一人の起案 (決裁待ち)としました"), "{}", drafted.text);
    assert!(!drafted.text.contains("決裁する</button>"), "an examiner does not approve");
    let approved = send("approver", "/duplicates/approve", "").await;
    assert!(approved.text.contains("同一人 (統合済み)としました"), "{}", approved.text);
    assert_eq!(world.count("SELECT count(*) FROM person_merges WHERE superseded_at IS NULL").await, 1);
}
