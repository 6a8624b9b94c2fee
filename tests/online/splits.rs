//! 標準報酬改定請求書: refused at the counter with field and reason, decided by two clerks, and shown on both lives.

use axum::http::StatusCode;
use domain::Month;
use jiff::civil::date;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::lives::Lives;

use crate::corrections::{approved, night};
use crate::world::{World, with};

/// 第3号 from 1995-04 to the divorce, born 1970-05-10.
const WIFE: i64 = 7101;
/// Insured from 1990-04 to 2026-08, born 1965-06-01.
const HUSBAND: i64 = 7102;
const PATH: &str = "/api/filings/pension-split";

async fn office() -> World {
    let world = World::new().await;
    std::thread::scope(|scope| {
        let write = || {
            let mut session = world.office.session();
            let mut lives = Lives::new(&mut session);
            lives.person(WIFE, date(1970, 5, 10), 2);
            lives.spell(WIFE, "cat3", date(1995, 4, 1), Some(date(2026, 8, 20)));
            lives.person(HUSBAND, date(1965, 6, 1), 1);
            let bonus: (Month, i32) = ("2015-06".parse().expect("a month"), 800_000);
            lives.employment(HUSBAND, date(1990, 4, 1), date(2026, 9, 1), 400_000, &[bonus]);
            lives.sql("INSERT INTO settings (name, value) VALUES ('first_payment_month', '2026-12')");
        };
        scope.spawn(write).join().expect("lives are written");
    });
    world
}

fn claim() -> Value {
    json!({
        "basic_pension_number": format!("9100-{WIFE:06}"),
        "insured_name_kana": "ﾈﾝﾘﾝ ﾋﾄ",
        "birth_on": "1970-05-10",
        "filed_on": "2026-09-30",
        "kind": "agreed",
        "other_number": format!("9100-{HUSBAND:06}"),
        "married_on": "1995-04-10",
        "divorced_on": "2026-08-20",
        "share": "50%",
    })
}

#[tokio::test]
async fn what_cannot_be_split_is_told_at_the_counter() {
    let world = office().await;
    for (changes, field, code) in [
        (vec![("share", json!("0.51"))], "share", "share_over_half"),
        (vec![("share", json!("0.2"))], "share", "share_not_above"),
        (vec![("share", json!("1/3"))], "share", "share_unreadable"),
        (vec![("share", json!(null))], "share", "share_missing"),
        (vec![("kind", json!("cat3"))], "share", "share_not_used"),
        (vec![("kind", json!("half"))], "kind", "unknown_choice"),
        (vec![("other_number", json!("9999-999999"))], "other_number", "other_unknown"),
        (vec![("other_number", json!(format!("9100-{WIFE:06}")))], "other_number", "same_person"),
        (vec![("divorced_on", json!("2024-09-29"))], "filed_on", "deadline_past"),
        (vec![("married_on", json!("2026-08-01"))], "married_on", "no_months"),
        (vec![("court_asked_on", json!("2026-09-01"))], "court_decided_on", "missing"),
    ] {
        let body = with(claim(), &changes);
        let answer = world.file("reception", PATH, "key-0", &body).await;
        assert_eq!(answer.problems(), [(field.to_owned(), code.to_owned())], "{body}: {}", answer.text);
    }
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 0, "a refusal leaves nothing behind");
    let log = world.log_of("reception").await;
    let both = |person: i64| log.iter().any(|line| line.1.contains(&format!("person:{person}")));
    assert!(both(WIFE) && both(HUSBAND), "{log:?}");
}

/// 78条の20: the agreed share takes 3号分割 with it; with one half both hold the same from 2008-04 on.
#[tokio::test]
async fn a_split_becomes_a_row_of_each_and_both_lives_show_it() {
    let world = office().await;
    let form = world.page("reception", "/filings/pension-split").await;
    assert!(form.text.contains("標準報酬改定請求書") && form.text.contains("按分割合"), "{}", form.text);
    let filing_id = approved(&world, PATH, "key-1", &claim()).await;
    let folder = TempDir::new().expect("a folder");
    night(&world, &folder, date(2026, 10, 15));
    let rows = format!(
        "SELECT count(*) FROM remuneration_splits WHERE cause_filing_id = {filing_id} AND person_id IN ({WIFE}, {HUSBAND})
             AND claimed_on = '2026-09-30' AND valid_from = '1995-04-01' AND valid_to = '2026-08-01'
             AND share_hundred_thousandths = 50000 AND superseded_at IS NULL"
    );
    assert_eq!(world.count(&rows).await, 2);
    let life = async |person: i64| {
        let answer = world.get("viewer", &format!("/api/persons/{person}/life")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    };
    let (hers, his) = (life(WIFE).await, life(HUSBAND).await);
    let split = |card: &Value| card["splits"][0].clone();
    let (of_her, of_him) = (split(&hers), split(&his));
    assert_eq!((&of_her["gives"], &of_him["gives"]), (&json!(false), &json!(true)), "{hers}");
    assert_eq!((&of_her["other_person_id"], &of_her["share"]), (&json!(HUSBAND), &json!("50%")));
    assert_eq!(of_her["effective"], json!("2026-10"));
    for (a, b) in
        of_her["standards"].as_array().expect("runs").iter().zip(of_him["standards"].as_array().expect("runs"))
    {
        let yen = |run: &Value| run["after_yen"].as_i64().expect("yen");
        assert_eq!((&a["first"], yen(a) + yen(b)), (&b["first"], 400_000), "{a} {b}");
    }
    let found = hers["contradictions"].as_array().expect("a list");
    assert!(found.iter().all(|found| found["code"] == "gap"), "{found:?}");
    assert_eq!(hers["counts"]["employees"], json!(0), "deemed months are none of her own");
    let page = world.page("viewer", &format!("/persons/{WIFE}/life?purpose=person_inquiry")).await;
    for words in ["離婚時の年金分割 (合意分割)", "第2号改定者", "按分割合 50%", "2026-10 分から改定", "離婚時みなし"]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let before = world.get("viewer", &format!("/api/persons/{WIFE}/life?known_at=2026-01-01")).await.json();
    assert_eq!(before["splits"], json!([]));
    // A second claim for the same marriage is refused.
    let again = world.file("reception", PATH, "key-2", &claim()).await;
    assert_eq!(again.problems(), [("married_on".to_owned(), "already_split".to_owned())], "{}", again.text);
}
