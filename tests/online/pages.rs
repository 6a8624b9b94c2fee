//! 画面: plain forms, sent as a browser without script and mouse sends them.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use online::{Access, ENDPOINTS, Face};
use serde_json::json;
use store::Db;

use crate::world::{Answer, PENSION_NUMBER, World, encoded, form_request, token};

/// The value of a hidden field.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let (_, rest) = page.text.split_once(&mark).unwrap_or_else(|| panic!("no {name} in {}", page.text));
    rest.split_once('"').expect("a quoted value").0.to_owned()
}

pub const TYPED: [(&str, &str); 13] = [
    ("employer_symbol", "21-01-テスト"),
    ("office_number", "123"),
    ("insured_number", "8"),
    ("insured_name_kana", "ミホン　イチロウ"),
    ("insured_name_kanji", "見本　一郎"),
    ("kind_sex", "1"),
    ("acquisition_kind", "1"),
    ("basic_pension_number", "2101-200008"),
    ("acquired_on", "9-081001"),
    ("has_dependants", "0"),
    ("pay_cash", "300,000"),
    ("pay_in_kind", "0"),
    ("zip", "100-0001"),
];

#[tokio::test]
async fn an_enrolment_is_typed_corrected_and_received() {
    let world = World::new().await;
    let blank = world.page("reception", "/filings/enrolment").await;
    assert_eq!(blank.status, StatusCode::OK);
    let key = hidden(&blank, "sender_key");
    let send = async |birth_on: &str| {
        let mut pairs = TYPED.to_vec();
        let more = [("birth_on", birth_on), ("address_kana", "ﾄｳｷﾖｳﾄ"), ("sender_key", &key), ("purpose", "filing")];
        pairs.extend(more);
        world.submit("reception", "/filings/enrolment", &pairs).await
    };
    let wrong = send("7-310501").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
    assert!(wrong.text.contains("value=\"見本　一郎\""), "values are kept");
    assert!(wrong.text.contains("平成は平成31年4月30日までです。令和で入力してください"));
    let field =
        wrong.text.split("id=\"f-birth_on\"").nth(1).and_then(|rest| rest.split('>').next()).expect("the field");
    assert!(
        field.contains("autofocus")
            && field.contains("aria-invalid")
            && field.contains("aria-describedby=\"e-birth_on")
    );
    assert_eq!(wrong.text.matches(" autofocus").count(), 1);
    assert_eq!(hidden(&wrong, "sender_key"), key);
    let right = send("7-020304").await;
    assert_eq!(right.status, StatusCode::CREATED, "{}", right.text);
    assert!(right.text.contains("1301-20261015-") && right.text.contains("計算の明細"));
    let twice = send("7-020304").await;
    assert!(twice.text.contains("二重には受け付けていません"), "{}", twice.text);
    assert_eq!(world.count("SELECT count(*) FROM filings").await, 1);
}

#[tokio::test]
async fn a_filing_goes_through_the_pages_to_the_approval() {
    let world = World::new().await;
    let number = world.received("key-1", &crate::world::enrolment()).await;
    let act = async |login: &str, path: &str, note: &str| {
        let pairs = [("reception_number", number.as_str()), ("note", note), ("purpose", "examination")];
        world.submit(login, path, &pairs).await
    };
    let list = async |login: &str, wait: &str| {
        world.submit(login, "/approvals", &[("wait", wait), ("office_code", ""), ("purpose", "examination")]).await
    };
    assert!(list("examiner", "draft").await.text.contains(&format!("value=\"{number}\"")));
    let drafted = act("examiner", "/approvals/draft", "").await;
    assert!(drafted.text.contains("1件を起案としました"), "{}", drafted.text);
    assert!(act("approver", "/approvals/refuse", "").await.text.contains("理由を入力してください"));
    let course = world
        .submit("approver", "/filings", &[("reception_number", number.as_str()), ("purpose", "examination")])
        .await;
    assert!(course.text.contains("決裁する") && course.text.contains("ﾐﾎﾝ ｲﾁﾛｳ") && course.text.contains("標準報酬"));
    let approved = act("approver", "/approvals/approve", "").await;
    assert!(approved.text.contains("1件を決裁としました"), "{}", approved.text);
    assert!(list("approver", "approval").await.text.contains("待っている届はありません"));
}

#[tokio::test]
async fn a_long_list_goes_on_at_a_button() {
    let world = World::new().await;
    let sql = "
        WITH taken AS (
            INSERT INTO filings (reception_number, form_code, channel, office_code, employer_id, payload,
                payload_sha256, sender, sender_key, business_on)
            SELECT '1301-20261015-' || (900000 + n)::text, '2200700', 'media', '1301', $1, '{}', '\\x00', 'test',
                n::text, '2026-10-15'
            FROM generate_series(1, 203) AS n
            RETURNING filing_id)
        INSERT INTO filing_steps (filing_id, step_no, step, by_system) SELECT filing_id, 1, 'drafted', 'test' FROM taken";
    world.db.run(sql, &[&world.employer_id]).await.expect("filings");
    let mut seen = std::collections::BTreeSet::new();
    let mut pairs = vec![("wait", "approval".to_owned()), ("purpose", "examination".to_owned())];
    for (shown, more) in [(100, true), (100, true), (3, false)] {
        let sent: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = world.submit("approver", "/approvals", &sent).await;
        let boxes = page.text.split("name=\"reception_number\" value=\"").skip(1);
        let numbers: Vec<&str> = boxes.filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(numbers.len(), shown, "{}", page.text);
        seen.extend(numbers.into_iter().map(str::to_owned));
        assert_eq!(page.text.contains(">次の100件<"), more, "{}", page.text);
        if more {
            // What the form of the button sends, without a script.
            let (_, form) = page.text.rsplit_once("<form method=\"post\" action=\"/approvals\">").expect("a form");
            let button = form.split("</form>").next().is_some_and(|inside| inside.contains("<button class="));
            assert!(button, "{form}");
            let names = ["wait", "office_code", "purpose", "before"];
            pairs = names.into_iter().map(|name| (name, hidden(&page, name))).collect();
        }
    }
    assert_eq!(seen.len(), 203);
    let page = world.get("approver", "/api/filings/waiting").await.json();
    let path = format!("/api/filings/waiting?before={}", page["next_before"]);
    assert_eq!(world.get("approver", &path).await.json()["filings"].as_array().expect("filings").len(), 100);
    // A full page with nothing behind it has no next one.
    let third = world.count("SELECT filing_id FROM filings ORDER BY filing_id OFFSET 100 LIMIT 1").await;
    let last = world.get("approver", &format!("/api/filings/waiting?before={third}")).await.json();
    assert_eq!(last["filings"].as_array().expect("filings").len(), 100);
    assert_eq!(last["next_before"], json!(null));
}

#[tokio::test]
async fn a_person_is_looked_up_from_name_to_yen() {
    let world = World::new().await;
    let asked = [("name_kana", ""), ("birth_on", ""), ("basic_pension_number", PENSION_NUMBER)];
    let missing = world.submit("viewer", "/persons", &asked).await;
    assert_eq!(missing.status, StatusCode::BAD_REQUEST);
    assert!(missing.text.contains("利用目的を選んでください") && missing.text.contains(PENSION_NUMBER));
    assert!(!missing.text.contains("ネンリン"));
    let mut pairs = asked.to_vec();
    pairs.push(("purpose", "person_inquiry"));
    let found = world.submit("viewer", "/persons", &pairs).await;
    let link = format!("/persons/{}?purpose=person_inquiry", world.person_id);
    assert!(found.text.contains(&link), "{}", found.text);
    let card = world.page("viewer", &link).await;
    assert!(card.text.contains("年輪　花子") && card.text.contains("平成2年5月5日"));
    let amount =
        format!("/persons/{}/contributions?purpose=person_inquiry&month=2026-09&basis=assessment", world.person_id);
    let page = world.page("viewer", &amount).await;
    assert!(page.text.contains("54,900円") && page.text.contains("厚生年金保険法81条"), "{}", page.text);
    let purposes: Vec<String> = world.log_of("viewer").await.into_iter().map(|line| line.2).collect();
    assert_eq!(purposes, ["not_stated", "person_inquiry", "person_inquiry", "person_inquiry"]);
}

#[tokio::test]
async fn employers_and_courses_have_their_pages() {
    let world = World::new().await;
    let found = world.submit("viewer", "/employers", &[("text", "試験"), ("purpose", "employer_inquiry")]).await;
    let link = format!("/employers/{}?purpose=employer_inquiry", world.employer_id);
    assert!(found.text.contains(&link), "{}", found.text);
    assert!(world.page("viewer", &link).await.text.contains("ネンリン　ハナコ"));
    let far = world.page("viewer", &format!("/employers/{}?purpose=employer_inquiry", world.far_employer_id)).await;
    assert_eq!(far.status, StatusCode::FORBIDDEN);
    assert!(far.text.contains("<!DOCTYPE html>") && far.text.contains("大手前年金事務所"));
    let unknown = world.submit("viewer", "/filings", &[("reception_number", "x"), ("purpose", "filing")]).await;
    assert!(unknown.text.contains("この受付番号の届が見つかりません") && unknown.text.contains("value=\"x\""));
}

#[tokio::test]
async fn a_cookie_alone_changes_nothing() {
    let world = World::new().await;
    let body = encoded(&[("text", "試験"), ("purpose", "filing")]);
    let cookie = format!("nenrin_session={}", token("viewer"));
    let foreign = form_request("/employers", "http://evil.example").header("cookie", &cookie);
    let foreign = world.raw(foreign.body(Body::from(body.clone())).expect("a request")).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let silent = Request::post("/employers")
        .header("cookie", &cookie)
        .header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(world.raw(silent.body(Body::from(body)).expect("a request")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_page_is_plain_labelled_and_closed_to_the_outside() {
    let world = World::new().await;
    let pages = ENDPOINTS
        .iter()
        .filter(|one| one.face == Face::Page && one.method == "GET" && !one.path.contains('{'))
        .map(|one| (one.path, if one.access == Access::Public { "nobody" } else { login_for(one.access) }));
    for (path, login) in pages {
        let page = world.page(login, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path} {}", page.text);
        let policy = page.headers["content-security-policy"].to_str().expect("ASCII");
        assert!(policy.starts_with("default-src 'none'"), "{path}");
        assert_eq!(page.headers["cache-control"], "no-store", "{path}");
        assert!(page.text.contains("<html lang=\"ja\">") && !page.text.contains("<script"), "{path}");
        assert_eq!(page.text.matches(" autofocus").count(), 1, "{path}");
        for name in page.text.split(" id=\"f-").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.text.contains(&format!("<label for=\"f-{name}\"")), "{path} {name}");
        }
    }
}

fn login_for(access: Access) -> &'static str {
    match access {
        Access::Right(right) => {
            online::Role::ALL.iter().find(|role| role.rights().contains(&right)).map_or("nobody", |role| role.code())
        }
        Access::Public | Access::SignedIn => "viewer",
    }
}
