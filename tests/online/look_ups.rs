//! 照会: people, employers, the month's amount with its receipt.

use axum::http::StatusCode;
use serde_json::json;
use store::Db;

use crate::world::{INSURED_NUMBER, PENSION_NUMBER, World};

#[tokio::test]
async fn a_person_is_found_by_each_of_the_three_and_by_all_together() {
    let world = World::new().await;
    let full =
        json!({ "name_kana": "ネンリン ハナコ", "birth_on": "7-020505", "basic_pension_number": PENSION_NUMBER });
    for asked in [json!({ "name_kana": "ﾈﾝﾘ" }), json!({ "basic_pension_number": "2101100007" }), full] {
        let found = world.post("viewer", "/api/persons/search", &asked).await;
        assert_eq!(found.json()["persons"][0]["person_id"], json!(world.person_id), "{asked} {}", found.text);
    }
    let nobody =
        world.post("viewer", "/api/persons/search", &json!({ "name_kana": "ﾈﾝﾘ", "birth_on": "1990-05-06" })).await;
    assert_eq!(nobody.json()["persons"], json!([]));
    for (asked, field, code) in [
        (json!({}), "name_kana", "nothing_asked"),
        (json!({ "birth_on": "1990-05-05" }), "name_kana", "nothing_asked"),
        (json!({ "name_kana": "ﾈ" }), "name_kana", "too_short"),
        (json!({ "basic_pension_number": "1" }), "basic_pension_number", "basic_pension_number_unreadable"),
    ] {
        let answer = world.post("viewer", "/api/persons/search", &asked).await;
        assert_eq!(answer.problems(), [(field.to_owned(), code.to_owned())], "{asked}");
    }
}

#[tokio::test]
async fn a_card_shows_the_cover() {
    let world = World::new().await;
    let card = world.get("viewer", &format!("/api/persons/{}", world.person_id)).await.json();
    assert_eq!(card["person"]["name_kanji"], json!("年輪　花子"));
    assert_eq!(card["spells"][0]["insured_number"], json!(INSURED_NUMBER));
    assert_eq!(card["spells"][0]["employer_symbol"], json!("21-01-ﾃｽﾄ"));
    assert_eq!(card["spells"][0]["standards_yen"], json!([300_000, 300_000]));
    for path in ["/api/persons/0", "/api/persons/x", "/api/persons/99999999999999999999"] {
        assert_eq!(world.get("viewer", path).await.refusal(), (404, "not_found".to_owned()), "{path}");
    }
}

/// 東京都, 2026-09: hand calculation from the published rates of fiscal 2026.
/// 健康保険 300,000 × (9.85% + 支援金 0.23%) = 30,240円, half 15,120円;
/// 厚生年金 300,000 × 18.3% = 54,900円, half 27,450円; 拠出金 300,000 × 0.36% = 1,080円.
#[tokio::test]
async fn the_amount_of_a_month_comes_with_its_receipt() {
    let world = World::new().await;
    let path = format!("/api/persons/{}/contributions/2026-09", world.person_id);
    let answer = world.get("viewer", &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let found = answer.json();
    assert_eq!((&found["run_id"], &found["known_at"]), (&json!(null), &json!(null)));
    let amounts = found["spells"][0]["amounts"].as_array().expect("amounts").clone();
    let row = |index: usize| (amounts[index]["full_yen"].clone(), amounts[index]["employee_yen"].clone());
    assert_eq!(row(0), (json!("30240"), json!(15_120)));
    assert_eq!(row(1), (json!("54900"), json!(27_450)));
    assert_eq!(row(2), (json!("1080"), json!(null)));
    let receipt = &found["spells"][0]["receipt"];
    assert!(receipt["steps"].as_array().expect("steps").len() >= 5);
    let tables: Vec<&str> =
        receipt["parameters"].as_array().expect("rows").iter().filter_map(|row| row["table"].as_str()).collect();
    assert!(tables.contains(&"厚生年金保険料率"), "{tables:?}");
}

#[tokio::test]
async fn a_month_that_nobody_checked_is_refused() {
    let world = World::new().await;
    let of = async |month: &str| {
        world.get("viewer", &format!("/api/persons/{}/contributions/{month}", world.person_id)).await
    };
    assert_eq!(of("2027-03").await.refusal(), (422, "past_last_check".to_owned()));
    assert_eq!(of("2015-09").await.refusal(), (422, "not_in_force".to_owned()));
    assert_eq!(of("2026-13").await.problems(), [("month".to_owned(), "month_unreadable".to_owned())]);
    let before = of("2026-03").await;
    assert_eq!(before.json()["spells"], json!([]), "not insured yet");
}

/// A correction after the night's cut-off does not change what the assessment said.
#[tokio::test]
async fn an_assessed_month_is_explained_as_the_night_knew_it() {
    let world = World::new().await;
    let cutoff_and_later = "
        INSERT INTO runs (run_id, business_on, cutoff_at, law_version, program_version, state, lease_owner, lease_until)
        VALUES ('20260930-1', '2026-09-30', now(), '1', '1', 'done', 'test:1', now());
        INSERT INTO run_jobs (run_id, job_no, job, for_month, state, rejected_max)
        VALUES ('20260930-1', 2, 'assessment', '2026-09-01', 'done', 0)";
    world.db.batch_execute(cutoff_and_later).await.expect("a finished night");
    let correction = "
        WITH old AS (UPDATE standard_remunerations SET superseded_at = now() WHERE superseded_at IS NULL RETURNING *)
        INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen,
            hi_standard_yen, epi_standard_yen, decision, reason, valid_from)
        SELECT spell_id, prefecture_code, employer_id, 320000, 320000, 320000, decision, '訂正', valid_from FROM old";
    world.db.run(correction, &[]).await.expect("corrected");
    let path = format!("/api/persons/{}/contributions/2026-09", world.person_id);
    let then = world.get("viewer", &path).await.json();
    assert_eq!(then["run_id"], json!("20260930-1"));
    assert_eq!(then["spells"][0]["amounts"][1]["full_yen"], json!("54900"));
    let now = world.get("viewer", &format!("{path}?basis=now")).await.json();
    assert_eq!(now["run_id"], json!(null));
    // 320,000 × 18.3% = 58,560円
    assert_eq!(now["spells"][0]["amounts"][1]["full_yen"], json!("58560"));
}

#[tokio::test]
async fn an_employer_is_found_anywhere_and_opened_by_its_office() {
    let world = World::new().await;
    for text in ["試験", "21-01-ﾃｽﾄ", "２１－０１－テスト"] {
        let found = world.post("viewer", "/api/employers/search", &json!({ "text": text })).await.json();
        assert_eq!(found["employers"][0]["employer_id"], json!(world.employer_id), "{text} {found}");
    }
    let far = world.post("viewer", "/api/employers/search", &json!({ "text": "遠方" })).await.json();
    assert_eq!(far["employers"][0]["office_code"], json!("2701"));
    let card = world.get("viewer", &format!("/api/employers/{}", world.employer_id)).await.json();
    assert_eq!(card["name"], json!("試験産業株式会社"));
    for path in ["", "/insured"] {
        let answer = world.get("viewer", &format!("/api/employers/{}{path}", world.far_employer_id)).await;
        assert_eq!(answer.refusal(), (403, "other_office".to_owned()));
        assert!(!answer.text.contains("遠方商事"));
    }
}

#[tokio::test]
async fn the_insured_of_an_employer_come_page_by_page() {
    let world = World::new().await;
    for number in 100..160_i32 {
        let sql = "WITH person AS (INSERT INTO persons DEFAULT VALUES RETURNING person_id),
            identity AS (
                INSERT INTO person_identities (person_id, name_kana, birth_on, sex, reason, valid_from)
                SELECT person_id, 'テスト　タロウ', '1980-01-01', 1, 'test', '2026-04-01' FROM person)
            INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number,
                health_insurance, employees_pension, short_time_worker, two_workplaces, reason, valid_from)
            SELECT nextval('spell_ids'), 13, $1, person_id, $2, true, true, false, false, 'test', '2026-04-01' FROM person";
        world.db.run(sql, &[&world.employer_id, &number]).await.expect("somebody");
    }
    let path = format!("/api/employers/{}/insured", world.employer_id);
    let first = world.get("viewer", &path).await.json();
    assert_eq!(first["insured"].as_array().expect("people").len(), 50);
    let second = world.get("viewer", &format!("{path}?after={}", first["next_after"])).await.json();
    assert_eq!(second["insured"].as_array().expect("people").len(), 11);
    assert_eq!(second["next_after"], json!(null));
}
