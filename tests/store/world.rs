//! One office, one employer, one insured person with one of everything.

use domain::{EmployerSymbol, Month};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use store::access_log::Entry;
use store::clerks::{NewClerk, Office};
use store::coverage::{NewLeave, NewRemuneration, NewSpell, Spell};
use store::employers::{NewEmployer, Profile};
use store::filings::{NewFiling, Reception, Whose};
use store::media::{MediaProblem, NewMediaFile};
use store::my_number::FiledNumber;
use store::persons::{NewAddress, NewPerson};
use store::{Connection, Db};

pub const TODAY: Date = date(2026, 4, 20);
pub const HIRED: Date = date(2026, 4, 1);

pub struct World {
    pub clerk_id: i64,
    pub approver_id: i64,
    pub employer_id: i64,
    pub person_id: i64,
    pub spell: Spell,
}

pub fn symbol(mark: &str) -> EmployerSymbol {
    EmployerSymbol::new("21", "01", mark).expect("a symbol")
}

pub fn new_employer(mark: &str, name: &str) -> NewEmployer {
    NewEmployer {
        symbol: symbol(mark),
        office_number: "00001".to_owned(),
        prefecture_code: 13,
        office_code: "1301".to_owned(),
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
    }
}

pub fn new_person(name_kana: &'static str, number: Option<&str>) -> NewPerson<'static> {
    NewPerson {
        name_kana,
        name_kanji: Some("年輪　花子"),
        birth_on: date(1990, 5, 5),
        sex: 2,
        pension_number: number.map(|number| number.parse().expect("a number")),
        address: Some(NewAddress {
            zip: "1000001",
            prefecture_code: 13,
            address_kanji: "東京都千代田区千代田1-2",
            address_kana: None,
        }),
        reason: "資格取得",
        cause_filing_id: None,
        valid_from: HIRED,
    }
}

pub fn new_spell(employer_id: i64, person_id: i64, insured_number: i32) -> NewSpell<'static> {
    NewSpell {
        prefecture_code: 13,
        employer_id,
        person_id,
        insured_number,
        health_insurance: true,
        employees_pension: true,
        short_time_worker: false,
        two_workplaces: false,
        reason: "資格取得",
        cause_filing_id: None,
        valid_from: HIRED,
    }
}

pub fn new_filing<'a>(employer_id: i64, key: &'a str, payload: &'a Value) -> NewFiling<'a> {
    NewFiling {
        form_code: "2200700",
        channel: "media",
        office_code: "1301",
        whose: Whose::Employer(employer_id),
        insured_number: Some(1),
        payload,
        my_number_sealed: None,
        sender: "21-01-ﾃｽﾄ",
        sender_key: key,
        media_file_id: None,
        media_line: None,
        business_on: TODAY,
        received_by: None,
    }
}

pub fn entry(subject: &str) -> Entry {
    Entry {
        at: "2026-04-20T01:02:03.456789Z".parse().expect("an instant"),
        actor: "uketsuke".to_owned(),
        office_code: Some("1301".to_owned()),
        action: "person.view".to_owned(),
        subject: subject.to_owned(),
        purpose: "person_inquiry".to_owned(),
        outcome: "ok".to_owned(),
    }
}

/// An office with two clerks, an employer and one insured person.
pub async fn settle(db: &Connection) -> World {
    let office = Office { office_code: "1301".to_owned(), name: "千代田".to_owned(), prefecture_code: 13 };
    store::clerks::insert_office(db, &office).await.expect("an office");
    let (clerk_id, approver_id) = (clerk(db, "uketsuke").await, clerk(db, "kessai").await);
    let employer_id = store::employers::create(db, &new_employer("ﾃｽﾄ", "試験産業")).await.expect("an employer");
    let person_id =
        store::persons::create(db, &new_person("ネンリン　ハナコ", Some("2101100007"))).await.expect("a person");
    let spell_id = store::coverage::insert_spell(db, &new_spell(employer_id, person_id, 1)).await.expect("a spell");
    let spell = store::coverage::find_spell(db, 13, spell_id).await.expect("read").expect("the spell");
    World { clerk_id, approver_id, employer_id, person_id, spell }
}

async fn clerk(db: &Connection, login: &str) -> i64 {
    let roles = ["reception", "approver"];
    let new = NewClerk {
        login,
        name: login,
        password_hash: "$argon2id$",
        office_code: "1301",
        roles: &roles,
        area: "office",
    };
    store::clerks::create(db, &new).await.expect("a clerk")
}

pub fn remuneration(spell: &Spell, from_month: Month, yen: i32) -> NewRemuneration<'static> {
    NewRemuneration {
        spell_id: spell.spell_id,
        prefecture_code: 13,
        employer_id: spell.employer_id,
        monthly_remuneration_yen: i64::from(yen),
        hi_standard_yen: yen,
        epi_standard_yen: yen,
        decision: "acquisition",
        reason: "資格取得時決定",
        cause_filing_id: None,
        from_month,
    }
}

pub fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// A row in every table that keeps facts or posted rows.
pub async fn one_of_everything(db: &mut Connection) -> World {
    let world = settle(db).await;
    let spell = &world.spell;
    store::coverage::insert_remuneration(db, &remuneration(spell, month("2026-04"), 300_000)).await.expect("a grade");
    store::coverage::insert_bonus(db, spell, 500_000, TODAY, "賞与支払", None).await.expect("a bonus");
    let leave = NewLeave {
        kind: "childcare",
        worked_days_excluded: 0,
        valid_from: date(2026, 5, 1),
        valid_to: date(2026, 8, 1),
        reason: "育児休業",
        cause_filing_id: None,
    };
    store::coverage::insert_leave(db, spell, &leave).await.expect("a leave");
    let file = NewMediaFile {
        sha256: &[1; 32],
        file_name: "SHFD0006.CSV",
        sender: "21-01-ﾃｽﾄ",
        media_serial: "001",
        created_on: Some(TODAY),
        business_on: TODAY,
        taken: true,
        taken_count: 1,
        refused_count: 0,
    };
    let problem = MediaProblem {
        line_no: 7,
        column_no: Some(3),
        item: "生年月日",
        code: "w1",
        message: "確かめてください",
        warning: true,
    };
    store::media::record(db, &file, &[problem]).await.expect("a medium");
    let filing_id = filed(db, world.employer_id, "1").await.filing_id;
    let filed_number = FiledNumber { filing_id, column_no: 0, index: [2; 32], sealed: vec![1; 40] };
    store::my_number::record_filed(db, &[filed_number]).await.expect("a filed number");
    store::my_number::record(db, world.person_id, &[1; 40], &[2; 32], "資格取得届", None).await.expect("a number");
    store::access_log::append(db, &[entry("person:1")]).await.expect("a line");
    db.batch_execute(
        "INSERT INTO journal (kind, debit_account, credit_account, levy, employer_id, for_month, amount_yen, business_on, reason)
         VALUES ('assessment', 'receivable', 'income_employees_pension', 'employees_pension', 1, '2026-04-01', 54900, '2026-05-20', '調定');
         INSERT INTO withdrawals (prefecture_code, employer_id, spell_id, fact, by_cover_end, reason, cause_filing_id, valid_from)
         VALUES (13, 1, 1, 'standard', false, '標準報酬月額の取消', 1, '2026-04-01');
         INSERT INTO workplace_selections (person_id, employer_id, spell_id, chosen, health_society, reason, valid_from)
         VALUES (1, 1, 1, true, false, '所属選択', '2026-04-01');
         INSERT INTO notices (notice_id, run_id, kind, employer_id, for_month, issued_on, due_on, insured_count, hi_yen, epi_yen,
            contribution_yen, total_yen)
         VALUES ('1', 'N1', 'payment_slip', 1, '2026-04-01', '2026-05-20', '2026-06-01', 1, 0, 54900, 0, 54900);
         INSERT INTO print_runs (print_run_id, run_id, kind, lot_count, piece_count) VALUES ('N1-2604-S', 'N1', 'payment_slip', 1, 1);
         INSERT INTO print_pieces (print_run_id, seq, lot_no, notice_id) VALUES ('N1-2604-S', 10000001, 1, '1');
         INSERT INTO print_lots (print_run_id, lot_no, file_name, sha256, byte_count, piece_count, sheet_count, page_count, first_seq,
            last_seq, total_yen)
         VALUES ('N1-2604-S', 1, 'N1-2604-S_01.pdf', '00', 1, 1, 1, 1, 10000001, 10000001, 54900);",
    )
    .await
    .expect("the ledger, a notice and its print");
    world
}

/// A filing that was taken and approved by rule.
pub async fn filed(db: &impl Db, employer_id: i64, key: &str) -> Reception {
    let payload = json!({"insured": {"number": key}});
    let reception = store::filings::receive(db, &new_filing(employer_id, key, &payload)).await.expect("received");
    store::filings::approve_by_rule(db, &[reception.filing_id], "intake").await.expect("approved");
    reception
}
