//! 障害給付・遺族給付の請求と年金の選択: typed at the counter, decided by two clerks, applied by the night as facts that cite the
//! filing; and what a counter refuses.

use axum::http::StatusCode;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use store::Db;
use tempfile::TempDir;
use tests::lives::Lives;

use crate::corrections::{approved, night};
use crate::world::{World, with};

/// 第3号 since 1995-04, born 1970-05-10; first seen on 2023-04-10, when she was insured by 国民年金.
const WIDOW: i64 = 7101;
/// Born 1968-03-03, an employee from April 1992 to his death on 2026-09-20, which is not on record yet.
const HUSBAND: i64 = 7102;
/// 65 on 2026-05-09, 40 years paid, nothing claimed.
const RETIRED: i64 = 7103;

async fn office() -> World {
    let world = World::new().await;
    std::thread::scope(|scope| {
        let write = || {
            let mut session = world.office.session();
            let mut lives = Lives::new(&mut session);
            lives.person(WIDOW, date(1970, 5, 10), 2);
            lives.paid(WIDOW, date(1990, 5, 9), date(1995, 4, 1));
            lives.spell(WIDOW, "cat3", date(1995, 4, 1), None);
            lives.person(HUSBAND, date(1968, 3, 3), 1);
            lives.paid(HUSBAND, date(1988, 3, 2), date(1992, 4, 1));
            lives.employment(HUSBAND, date(1992, 4, 1), date(2026, 9, 21), 410_000, &[]);
            lives.person(RETIRED, date(1961, 5, 10), 1);
            lives.paid(RETIRED, date(1981, 5, 9), date(2021, 5, 9));
            lives.sql("INSERT INTO settings (name, value) VALUES ('first_payment_month', '2026-12')");
        };
        scope.spawn(write).join().expect("lives are written");
    });
    world
}

fn who(person_id: i64) -> Value {
    let birth_on = match person_id {
        WIDOW => "1970-05-10",
        HUSBAND => "1968-03-03",
        _ => "1961-05-10",
    };
    json!({
        "basic_pension_number": format!("9100-{person_id:06}"),
        "insured_name_kana": "ﾈﾝﾘﾝ ﾋﾄ",
        "birth_on": birth_on,
    })
}

fn with_account(person_id: i64, filed_on: &str) -> Value {
    let account = [
        ("bank_code", json!("0001")),
        ("branch_code", json!("001")),
        ("account_type", json!(1)),
        ("account_number", json!("1234567")),
        ("holder_kana", json!("ﾈﾝﾘﾝ ﾋﾄ")),
        ("filed_on", json!(filed_on)),
    ];
    with(who(person_id), &account)
}

/// The widow and a child of 12.
fn survivor() -> Value {
    let asked = [
        ("deceased_number", json!("9100-007102")),
        ("deceased_birth_on", json!("1968-03-03")),
        ("resident", json!(true)),
        ("member_1_relation", json!("wife")),
        ("member_1_birth_on", json!("1970-05-10")),
        ("member_1_maintained", json!(true)),
        ("member_2_relation", json!("child")),
        ("member_2_birth_on", json!("2014-06-01")),
        ("member_2_maintained", json!(true)),
        ("claimant_no", json!(1)),
    ];
    with(with_account(WIDOW, "2026-10-05"), &asked)
}

fn disability(person_id: i64) -> Value {
    let asked =
        [("first_seen_on", json!("2023-04-10")), ("resident", json!(true)), ("grade_at_certification", json!(2))];
    with(with_account(person_id, "2026-10-15"), &asked)
}

fn choice(person_id: i64, filed_on: &str, rights: &[&'static str]) -> Value {
    let ticks: Vec<(&str, Value)> = rights.iter().map(|right| (*right, json!(true))).collect();
    with(with(who(person_id), &[("filed_on", json!(filed_on))]), &ticks)
}

fn death() -> Value {
    with(who(HUSBAND), &[("died_on", json!("2026-09-20"))])
}

async fn refused(world: &World, path: &str, body: &Value) -> (String, String) {
    let answer = world.file("reception", &format!("/api/filings/{path}"), "key-0", body).await;
    let problems = answer.problems();
    assert_eq!(problems.len(), 1, "{path} {body}: {}", answer.text);
    problems.into_iter().next().expect("one")
}

fn is(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

/// What the nights held, for the message of a failure.
async fn held(world: &World) -> String {
    let sql = "SELECT coalesce(string_agg(subject || ' ' || code || ' ' || message, '; ' ORDER BY subject), '')
        FROM run_verdicts WHERE subject LIKE 'filing:%'";
    world.db.row(sql, &[]).await.expect("verdicts").get(0)
}

/// The rows of a table that cite a filing and hold.
async fn citing(world: &World, table: &str, person_id: i64, filing_id: i64, more: &str) -> i64 {
    let sql = format!(
        "SELECT count(*) FROM {table} WHERE person_id = {person_id} AND cause_filing_id = {filing_id}
         AND superseded_at IS NULL AND {more}"
    );
    world.count(&sql).await
}

/// A death and the claim after it stand in the queue together: the first night records the death, the next one the claim.
#[tokio::test]
async fn a_widow_claims_and_chooses() {
    let world = office().await;
    let folder = TempDir::new().expect("a folder");
    assert_eq!(refused(&world, "survivor-claim", &survivor()).await, is("deceased_number", "death_not_recorded"));
    approved(&world, "/api/filings/death", "key-1", &death()).await;
    let claim = approved(&world, "/api/filings/survivor-claim", "key-2", &survivor()).await;
    night(&world, &folder, date(2026, 10, 15));
    let waits = format!("subject = 'filing:{claim}' AND code = 'death_not_recorded'");
    assert_eq!(world.count(&format!("SELECT count(*) FROM run_verdicts WHERE {waits}")).await, 1);
    assert_eq!(world.count("SELECT count(*) FROM deaths WHERE person_id = 7102").await, 1);
    night(&world, &folder, date(2026, 10, 16));
    for (table, more, rows) in [
        ("survivor_claims", "deceased_person_id = 7102 AND claimant_member_no = 1 AND resident AND NOT states_long", 1),
        ("survivor_members", "member_no = 1 AND relation = 'wife' AND maintained AND ended_on IS NULL", 1),
        ("survivor_members", "member_no = 2 AND relation = 'child' AND birth_on = '2014-06-01'", 1),
        ("payees", "account_number = '1234567'", 1),
    ] {
        assert_eq!(citing(&world, table, WIDOW, claim, more).await, rows, "{table} {more}");
    }
    // Her own disability raises the question; the choice comes with it and counts from its first month.
    let disabled = approved(&world, "/api/filings/disability-claim", "key-3", &disability(WIDOW)).await;
    let both = ["survivor_basic", "survivor_employee"];
    let chosen = approved(&world, "/api/filings/pension-choice", "key-4", &choice(WIDOW, "2026-10-15", &both)).await;
    night(&world, &folder, date(2026, 10, 19));
    let certified = "first_seen_on = '2023-04-10' AND grade_at_certification = 2 AND later_grade IS NULL";
    assert_eq!(citing(&world, "disability_claims", WIDOW, disabled, certified).await, 1);
    let rights = "rights = '{survivor_basic,survivor_employee}' AND valid_from = '2024-11-01'";
    assert_eq!(citing(&world, "pension_choices", WIDOW, chosen, rights).await, 1, "{}", held(&world).await);
    let alone = choice(WIDOW, "2026-10-15", &["survivor_basic"]);
    assert_eq!(refused(&world, "pension-choice", &alone).await, is("survivor_employee", "choose_whole"));
    let cross = choice(WIDOW, "2026-10-15", &["disability_basic", "survivor_employee"]);
    assert_eq!(refused(&world, "pension-choice", &cross).await, is("survivor_employee", "not_together"));
    // The state of health is reviewed, she changes her mind, and the child is adopted away.
    let review = [("review", json!("status_report")), ("reviewed_on", json!("2026-10-31")), ("grade", json!(1))];
    let graded = approved(&world, "/api/filings/disability-grade", "key-5", &with(who(WIDOW), &review)).await;
    let changed = choice(WIDOW, "2026-10-15", &["disability_basic"]);
    let changed = approved(&world, "/api/filings/pension-choice", "key-6", &changed).await;
    let left = [
        ("member_no", json!(2)),
        ("member_birth_on", json!("2014-06-01")),
        ("event", json!("adoption")),
        ("ended_on", json!("2026-10-10")),
    ];
    let left = approved(&world, "/api/filings/survivor-end", "key-7", &with(who(WIDOW), &left)).await;
    night(&world, &folder, date(2026, 10, 20));
    let raised = "grade = 1 AND valid_from = '2026-11-01' AND reviewed_on = '2026-10-31'";
    assert_eq!(citing(&world, "disability_grades", WIDOW, graded, raised).await, 1);
    assert_eq!(citing(&world, "survivor_members", WIDOW, left, "member_no = 2 AND ended_on = '2026-10-10'").await, 1);
    let next = "rights = '{disability_basic}' AND valid_from = '2026-11-01'";
    assert_eq!(citing(&world, "pension_choices", WIDOW, changed, next).await, 1);
    assert_eq!(world.count("SELECT count(*) FROM application_queue").await, 0);
    shown(&world).await;
}

/// The page of the pension and the course say the same as the rows.
async fn shown(world: &World) {
    let card = world.get("viewer", "/api/persons/7101/pension?month=2026-11").await.json();
    let grounds = &card["grounds"];
    assert_eq!(grounds["disability"]["revisions"], json!([{ "first": "2026-11", "grade": 1 }]), "{grounds}");
    assert_eq!(grounds["survivor"]["members"][1]["ended_on"], json!("2026-10-10"));
    assert_eq!(grounds["survivor"]["members"][0]["claimant"], json!(true));
    assert_eq!(grounds["choices"][1]["rights"], json!(["disability_basic"]));
    let page = world.page("viewer", "/persons/7101/pension?purpose=person_inquiry&month=2026-11").await;
    for words in ["障害年金の請求", "遺族年金の請求", "妻 (請求者)", "年金の選択", "遺族基礎年金・遺族厚生年金"]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let sql = "SELECT reception_number FROM filings WHERE form_code = 'survivor_claim'";
    let number: String = world.db.row(sql, &[]).await.expect("a filing").get(0);
    let pairs = [("reception_number", number.as_str()), ("purpose", "examination")];
    let course = world.submit("approver", "/filings", &pairs).await;
    for words in [
        "年金請求書 (遺族給付)",
        "死亡した方の基礎年金番号",
        "家族 (請求者)",
        "1 妻 1970-05-10生 生計維持あり",
        "遺族厚生年金",
    ] {
        assert!(course.text.contains(words), "{words}: {}", course.text);
    }
    let log = world.log_of("reception").await;
    let seen =
        |line: &(String, String, String, String)| line.0 == "file_survivor_claim" && line.1.contains("person:7102");
    assert!(log.iter().any(seen), "who died is looked at too: {log:?}");
}

/// What cannot be is refused with its field; a refusal leaves nothing behind. The rules themselves are tested in `law`.
#[tokio::test]
async fn what_does_not_fit_is_told_at_the_counter() {
    let world = office().await;
    let wrong =
        async |path: &str, body: Value, changes: &[(&str, Value)]| refused(&world, path, &with(body, changes)).await;
    let claim = "disability-claim";
    let change = |name: &'static str, value: Value| [(name, value)];
    for (name, value, expected) in [
        ("filed_on", json!("2026-10-16"), is("filed_on", "future")),
        ("filed_on", json!("2024-10-09"), is("filed_on", "before_certification")),
        ("first_seen_on", json!("1970-05-09"), is("first_seen_on", "before_birth")),
        ("grade_at_certification", json!(3), is("grade_at_certification", "grade_not_covered")),
        ("grade_at_certification", json!(0), is("grade_at_certification", "no_grade")),
        ("grade_at_certification", json!(5), is("grade_at_certification", "number_out_of_range")),
        ("later_filed_on", json!("2026-10-15"), is("later_grade", "missing")),
        ("birth_on", json!("1970-05-11"), is("birth_on", "person_differs")),
    ] {
        assert_eq!(wrong(claim, disability(WIDOW), &change(name, value.clone())).await, expected, "{name} {value}");
    }
    let later = [("later_filed_on", json!("2026-10-15")), ("later_grade", json!(2))];
    assert_eq!(wrong(claim, disability(WIDOW), &later).await, is("later_filed_on", "later_not_needed"));
    let claim = "survivor-claim";
    for (name, value, expected) in [
        ("deceased_number", json!("9999-999999"), is("deceased_number", "deceased_unknown")),
        ("deceased_number", json!("9100-007101"), is("deceased_number", "claimant_is_deceased")),
        ("deceased_birth_on", json!("1968-03-04"), is("deceased_birth_on", "deceased_differs")),
        ("claimant_no", json!(""), is("claimant_no", "missing")),
        ("member_2_relation", json!(""), is("member_2_relation", "missing")),
        ("member_4_married", json!(true), is("member_4_relation", "missing")),
    ] {
        let told = refused_all(&world, claim, &with(survivor(), &change(name, value.clone()))).await;
        assert!(told.contains(&expected), "{name} {value}: {told:?}");
    }
    let gap = [("member_4_relation", json!("child")), ("member_4_birth_on", json!("2016-01-01"))];
    assert_eq!(wrong(claim, survivor(), &gap).await, is("member_3_relation", "member_gap"));
    approved(&world, "/api/filings/death", "key-1", &death()).await;
    let before = world.count("SELECT count(*) FROM filings").await;
    for (name, value, expected) in [
        ("filed_on", json!("2026-09-19"), is("filed_on", "before_death")),
        ("claimant_no", json!(2), is("member_2_birth_on", "claimant_differs")),
        ("claimant_no", json!(3), is("claimant_no", "claimant_missing")),
        ("member_2_relation", json!("wife"), is("member_2_relation", "two_spouses")),
        ("member_1_relation", json!("husband"), is("member_1_relation", "relation_differs")),
        ("member_1_maintained", json!(false), is("member_1_maintained", "not_maintained")),
        ("illness_first_seen_on", json!("2026-09-21"), is("illness_first_seen_on", "outside_life")),
    ] {
        assert_eq!(wrong(claim, survivor(), &change(name, value.clone())).await, expected, "{name} {value}");
    }
    let review =
        with(who(WIDOW), &[("review", json!("claim")), ("reviewed_on", json!("2026-10-01")), ("grade", json!(1))]);
    assert_eq!(refused(&world, "disability-grade", &review).await, is("basic_pension_number", "no_claim"));
    let end = [
        ("member_no", json!(2)),
        ("member_birth_on", json!("2014-06-01")),
        ("event", json!("marriage")),
        ("ended_on", json!("2026-10-10")),
    ];
    let end = with(who(WIDOW), &end);
    assert_eq!(refused(&world, "survivor-end", &end).await, is("basic_pension_number", "no_claim"));
    let choose =
        async |rights: &[&'static str]| refused(&world, "pension-choice", &choice(RETIRED, "2026-10-01", rights)).await;
    assert_eq!(choose(&[]).await, is("old_age_basic", "nothing_chosen"));
    assert_eq!(choose(&["old_age_basic"]).await, is("filed_on", "nothing_to_choose"));
    assert_eq!(choose(&["old_age_basic", "survivor_employee"]).await, is("survivor_employee", "right_missing"));
    assert_eq!(world.count("SELECT count(*) FROM filings").await, before, "a refusal leaves nothing behind");
}

async fn refused_all(world: &World, path: &str, body: &Value) -> Vec<(String, String)> {
    world.file("reception", &format!("/api/filings/{path}"), "key-0", body).await.problems()
}

/// The screens: every form has one and is on the menu, and is sent as a browser without script sends it.
#[tokio::test]
async fn the_forms_are_typed_on_their_pages() {
    let world = office().await;
    let menu = world.page("reception", "/filings/person").await;
    for (path, words) in [
        ("disability-claim", "初診日"),
        ("disability-grade", "改定後の等級"),
        ("survivor-claim", "請求者 (本人) は家族の何番の人か"),
        ("survivor-end", "失権した方の番号"),
        ("pension-choice", "支給を受ける年金"),
    ] {
        assert!(menu.text.contains(&format!("href=\"/filings/{path}\"")), "{path}: {}", menu.text);
        let form = world.page("reception", &format!("/filings/{path}")).await;
        assert_eq!(form.status, StatusCode::OK);
        assert!(form.text.contains(words), "{path}: {}", form.text);
    }
    let pairs = [
        ("basic_pension_number", "9100-007101"),
        ("insured_name_kana", "ネンリン ヒト"),
        ("birth_on", "5-450510"),
        ("filed_on", "9-081001"),
        ("first_seen_on", "9-050410"),
        ("resident", "1"),
        ("grade_at_certification", "2"),
        ("bank_code", "0001"),
        ("branch_code", "001"),
        ("account_type", "1"),
        ("account_number", "1234567"),
        ("holder_kana", "ﾈﾝﾘﾝ ﾋﾄ"),
        ("child_1_birth_on", "9-010601"),
        ("child_1_dependent", "1"),
        ("sender_key", "page-1"),
        ("purpose", "filing"),
    ];
    let sent = world.submit("reception", "/filings/disability-claim", &pairs).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
    assert!(sent.text.contains("障害基礎年金") && sent.text.contains("国民年金法30条"), "{}", sent.text);
    let sql = "SELECT payload -> 'members' -> 0 ->> 'birth_on' FROM filings WHERE form_code = 'disability_claim'";
    let child: String = world.db.row(sql, &[]).await.expect("a filing").get(0);
    assert_eq!(child.parse::<Date>().expect("a day"), date(2019, 6, 1));
}
