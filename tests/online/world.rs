//! An office at work: clerks with sessions, employers, one insured person, and a terminal to send requests from.

use std::net::SocketAddr;
use std::sync::OnceLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use domain::EmployerSymbol;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use online::{App, Config, EnrolmentForm, Role};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::clerks::{NewClerk, Office};
use store::coverage::{NewRemuneration, NewSpell};
use store::employers::{NewEmployer, Profile};
use store::my_number::Keys;
use store::persons::NewPerson;
use store::{Connection, Db};
use tests::TestOffice;
use tower::ServiceExt;

pub const TODAY: Date = date(2026, 10, 15);
pub const HIRED: Date = date(2026, 4, 1);
pub const PASSWORD: &str = "正しい合言葉 correct";
pub const INSURED_NUMBER: i32 = 7;
pub const PENSION_NUMBER: &str = "2101-100007";

/// A database with an office at work, and the router over it.
pub struct World {
    pub office: TestOffice,
    pub db: Connection,
    pub router: Router,
    pub employer_id: i64,
    pub far_employer_id: i64,
    pub person_id: i64,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {} {}", self.status, self.text))
    }

    /// `(status, code)` of a refusal.
    pub fn refusal(&self) -> (u16, String) {
        (self.status.as_u16(), self.json()["error"]["code"].as_str().unwrap_or_default().to_owned())
    }

    /// `(field, code)` of every wrong field.
    pub fn problems(&self) -> Vec<(String, String)> {
        let body = self.json();
        let problems = body["error"]["problems"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        problems.iter().map(|problem| (text(&problem["field"]), text(&problem["code"]))).collect()
    }
}

pub fn config(url: &str) -> Config {
    config_on(url, TODAY)
}

fn config_on(url: &str, business_on: Date) -> Config {
    let bind: SocketAddr = "127.0.0.1:0".parse().expect("an address");
    let mut config = Config::new(bind, url);
    config.business_on = Some(business_on);
    config.my_number_keys = Some(Keys::new(&[7; 32]));
    config
}

/// The secret of a clerk's session, known to the tests.
pub fn token(login: &str) -> String {
    hex::encode(Sha256::digest(login))
}

impl World {
    pub async fn new() -> World {
        World::on(TODAY).await
    }

    /// The same office on another 業務日付.
    pub async fn on(business_on: Date) -> World {
        let office = TestOffice::new();
        let db = office.connect().await;
        for (code, name, prefecture) in
            [("1301", "千代田年金事務所", 13), ("1302", "中央年金事務所", 13), ("2701", "大手前年金事務所", 27)]
        {
            let office = Office { office_code: code.to_owned(), name: name.to_owned(), prefecture_code: prefecture };
            store::clerks::insert_office(&db, &office).await.expect("an office");
        }
        for role in Role::ALL {
            clerk(&db, role.code(), &[role], "office").await;
        }
        clerk(&db, "both", &[Role::Examiner, Role::Approver], "office").await;
        clerk(&db, "tokyo", &[Role::Reception], "prefecture").await;
        let employer_id = employer(&db, "ﾃｽﾄ", "1301", "試験産業株式会社").await;
        employer(&db, "ﾄﾅﾘ", "1302", "隣の工業株式会社").await;
        let far_employer_id = employer(&db, "ﾄｵｲ", "2701", "遠方商事株式会社").await;
        let person_id = insured(&db, employer_id).await;
        let router = online::router(App::new(config_on(office.url(), business_on)).expect("the settings are right"));
        World { office, db, router, employer_id, far_employer_id, person_id }
    }

    /// One employer more.
    pub async fn employer(&self, mark: &str, office_code: &str, name: &str) -> i64 {
        employer(&self.db, mark, office_code, name).await
    }

    /// Sends a request as it is.
    pub async fn raw(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// An API request of this clerk, with a purpose.
    pub async fn api(&self, login: &str, method: Method, path: &str, body: Option<&Value>) -> Answer {
        self.raw(api_request(login, method, path, body).body(json_body(body)).expect("a request")).await
    }

    pub async fn get(&self, login: &str, path: &str) -> Answer {
        self.api(login, Method::GET, path, None).await
    }

    pub async fn post(&self, login: &str, path: &str, body: &Value) -> Answer {
        self.api(login, Method::POST, path, Some(body)).await
    }

    /// A filing under the sender's key.
    pub async fn file(&self, login: &str, path: &str, key: &str, body: &Value) -> Answer {
        let request = api_request(login, Method::POST, path, Some(body)).header("idempotency-key", key);
        self.raw(request.body(json_body(Some(body))).expect("a request")).await
    }

    pub async fn enrol(&self, key: &str, body: &Value) -> Answer {
        self.file("reception", "/api/filings/enrolment", key, body).await
    }

    /// An enrolment that is taken; its reception number.
    pub async fn received(&self, key: &str, body: &Value) -> String {
        let answer = self.enrol(key, body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        answer.json()["reception_number"].as_str().expect("a number").to_owned()
    }

    /// A page of this clerk, by cookie.
    pub async fn page(&self, login: &str, path: &str) -> Answer {
        let cookie = format!("nenrin_session={}", token(login));
        self.raw(Request::get(path).header("cookie", cookie).body(Body::empty()).expect("a request")).await
    }

    /// A form sent from our own page, as a browser does.
    pub async fn submit(&self, login: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let request =
            form_request(path, "http://localhost:8080").header("cookie", format!("nenrin_session={}", token(login)));
        self.raw(request.body(Body::from(encoded(pairs))).expect("a request")).await
    }

    pub async fn count(&self, sql: &str) -> i64 {
        self.db.row(sql, &[]).await.expect("counted").get(0)
    }

    /// `(action, subject, purpose, outcome)` of the log, in order.
    pub async fn log_of(&self, actor: &str) -> Vec<(String, String, String, String)> {
        let rows = self
            .db
            .rows("SELECT action, subject, purpose, outcome FROM access_log WHERE actor = $1 ORDER BY seq", &[&actor])
            .await
            .expect("the log");
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect()
    }
}

pub fn form_request(path: &str, origin: &str) -> axum::http::request::Builder {
    Request::post(path)
        .header("host", "localhost:8080")
        .header("origin", origin)
        .header("content-type", "application/x-www-form-urlencoded")
}

fn api_request(login: &str, method: Method, path: &str, body: Option<&Value>) -> axum::http::request::Builder {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {}", token(login)))
        .header("x-purpose", "filing");
    if body.is_some() {
        request = request.header("content-type", "application/json");
    }
    request
}

fn json_body(body: Option<&Value>) -> Body {
    body.map_or(Body::empty(), |body| Body::from(body.to_string()))
}

pub fn encoded(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", if is_plain(value) { (*value).to_owned() } else { encode(value) }))
        .collect::<Vec<_>>()
        .join("&")
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[expect(clippy::disallowed_methods, reason = "terminals live in real time")]
async fn clerk(db: &Connection, login: &str, roles: &[Role], area: &str) {
    let roles: Vec<&str> = roles.iter().map(|role| role.code()).collect();
    let hash = password_hash().await;
    let new = NewClerk { login, name: "職員　某", password_hash: &hash, office_code: "1301", roles: &roles, area };
    let clerk_id = store::clerks::create(db, &new).await.expect("a clerk");
    let bytes = hex::decode(token(login)).expect("hex");
    let expires_at = Timestamp::now() + SignedDuration::from_hours(1);
    store::clerks::create_session(db, Sha256::digest(bytes).as_slice(), clerk_id, expires_at).await.expect("a session");
}

/// Hashed once per test process: it is meant to be slow.
async fn password_hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    match HASH.get() {
        Some(hash) => hash.clone(),
        None => {
            let hash = online::hash_password(PASSWORD).await.expect("hashed");
            HASH.get_or_init(|| hash).clone()
        }
    }
}

async fn employer(db: &Connection, mark: &str, office_code: &str, name: &str) -> i64 {
    let new = NewEmployer {
        symbol: EmployerSymbol::new(if office_code == "2701" { "41" } else { "21" }, "01", mark).expect("a symbol"),
        office_number: "00123".to_owned(),
        prefecture_code: if office_code == "2701" { 27 } else { 13 },
        office_code: office_code.to_owned(),
        profile: Profile {
            name: name.to_owned(),
            representative: "代表　太郎".to_owned(),
            corporate_number: Some("7000012050002".to_owned()),
            zip: "1000001".to_owned(),
            address: "東京都千代田区千代田1-1".to_owned(),
            telephone: "03-0000-0000".to_owned(),
            payment_method: "slip".to_owned(),
            account: None,
        },
        reason: "新規適用".to_owned(),
        valid_from: HIRED,
    };
    store::employers::create(db, &new).await.expect("an employer")
}

/// 年輪花子, born 1990-05-05, 300,000円, insured since April.
async fn insured(db: &Connection, employer_id: i64) -> i64 {
    let person = NewPerson {
        name_kana: "ネンリン　ハナコ",
        name_kanji: Some("年輪　花子"),
        birth_on: date(1990, 5, 5),
        sex: 2,
        pension_number: Some(PENSION_NUMBER.parse().expect("a number")),
        address: None,
        reason: "資格取得",
        cause_filing_id: None,
        valid_from: HIRED,
    };
    let person_id = store::persons::create(db, &person).await.expect("a person");
    let spell = NewSpell {
        prefecture_code: 13,
        employer_id,
        person_id,
        insured_number: INSURED_NUMBER,
        health_insurance: true,
        employees_pension: true,
        short_time_worker: false,
        two_workplaces: false,
        reason: "資格取得",
        cause_filing_id: None,
        valid_from: HIRED,
    };
    let spell_id = store::coverage::insert_spell(db, &spell).await.expect("a spell");
    let standard = NewRemuneration {
        spell_id,
        prefecture_code: 13,
        employer_id,
        monthly_remuneration_yen: 300_000,
        hi_standard_yen: 300_000,
        epi_standard_yen: 300_000,
        decision: "acquisition",
        reason: "資格取得時決定",
        cause_filing_id: None,
        from_month: "2026-04".parse().expect("a month"),
    };
    store::coverage::insert_remuneration(db, &standard).await.expect("a standard");
    person_id
}

/// 資格取得届 of somebody new.
pub fn enrolment() -> Value {
    let form = EnrolmentForm {
        employer_symbol: "21-01-ﾃｽﾄ".to_owned(),
        office_number: "123".to_owned(),
        insured_number: Some(8),
        insured_name_kana: "ﾐﾎﾝ ｲﾁﾛｳ".to_owned(),
        insured_name_kanji: "見本　一郎".to_owned(),
        birth_on: "7-020304".to_owned(),
        kind_sex: "1".to_owned(),
        acquisition_kind: "1".to_owned(),
        basic_pension_number: Some("2101-200008".to_owned()),
        acquired_on: "2026-10-01".to_owned(),
        pay_cash: 300_000,
        zip: Some("100-0001".to_owned()),
        address_kana: Some("ﾄｳｷﾖｳﾄﾁﾖﾀﾞｸﾁﾖﾀﾞ".to_owned()),
        ..EnrolmentForm::default()
    };
    serde_json::to_value(form).expect("JSON")
}

/// 資格喪失届 of 年輪花子, retiring on 30 September.
pub fn coverage_end() -> Value {
    json!({
        "employer_symbol": "21-01-ﾃｽﾄ",
        "office_number": "123",
        "insured_number": INSURED_NUMBER,
        "insured_name_kana": "ﾈﾝﾘﾝ ﾊﾅｺ",
        "birth_on": "1990-05-05",
        "basic_pension_number": PENSION_NUMBER,
        "loss_cause": "4",
        "event_on": "2026-09-30",
        "lost_on": "2026-10-01",
    })
}

/// The same with other values.
pub fn with(mut body: Value, changes: &[(&str, Value)]) -> Value {
    for (name, value) in changes {
        body[*name] = value.clone();
    }
    body
}
