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
    a_life_and_its_pension(db).await;
    world
}

/// A row in every table of the pensions; person 1 has the life, person 2 was merged into 1.
async fn a_life_and_its_pension(db: &Connection) {
    store::persons::create(db, &new_person("ネンリン　ハナ", Some("2101100008"))).await.expect("a second number");
    db.batch_execute(
        "INSERT INTO pension_spells (record_id, person_id, category, reason, valid_from, valid_to)
         VALUES (1, 1, 'cat1', '移行', '2010-05-04', '2026-04-01');
         INSERT INTO contribution_years (record_id, person_id, fiscal_year, marks, reason)
         VALUES (2, 1, 2010, '.PPPPPPPPPPP', '移行');
         INSERT INTO remuneration_records (record_id, person_id, employees_kind, deemed_by_split, standard_months,
            standards_yen, last_month, bonus_months, bonuses_yen, reason)
         VALUES (3, 1, 1, true, '{200804}', '{200000}', 200903, '{}', '{}', '移行');
         INSERT INTO life_spans (record_id, person_id, kind, reason, valid_from, valid_to)
         VALUES (4, 1, 'overseas', '移行', '2015-04-01', '2016-04-01');
         INSERT INTO abroad_spells (record_id, person_id, japanese, reason, valid_from, valid_to)
         VALUES (5, 1, true, '移行', '2015-04-01', '2016-04-01');
         INSERT INTO deaths (person_id, died_on, reason) VALUES (1, '2026-04-10', '死亡届');
         INSERT INTO household_members (person_id, member_no, relation, birth_on, dependent, disabled, reason, valid_from)
         VALUES (1, 1, 'spouse', '1990-01-01', true, false, '移行', '2015-01-01');
         INSERT INTO person_merges (merged_person_id, kept_person_id, drafted_by, approved_by, reason)
         VALUES (2, 1, 1, 2, '同一人');
         INSERT INTO pension_claims (record_id, person_id, filed_on, basic_waits, employees_waits, spouse_addition_moves, reason)
         VALUES (6, 1, '2026-04-01', false, false, false, '請求');
         INSERT INTO payees (person_id, bank_code, branch_code, account_type, account_number, holder_kana, reason)
         VALUES (1, '0001', '001', 1, '0000001', 'ﾈﾝﾘﾝ ﾊﾅｺ', '請求');
         INSERT INTO tax_declarations (person_id, tax_year, deductions, reason) VALUES (1, 2026, '{spouse}', '申告');
         INSERT INTO collection_requests (person_id, levy, municipality_code, amount_yen, reason, valid_from)
         VALUES (1, 'long_term_care', '131016', 12000, '依頼', '2026-04-01');
         INSERT INTO awards (person_id, manner, right_on, basic_yen, additional_yen, furikae_yen, proportional_yen,
            transitional_yen, adjustment_yen, family_yen, stopped_yen, basic_total_yen, employees_total_yen, cause, run_id, valid_from)
         VALUES (1, 'from_65', '2026-03-01', 831700, 0, 0, 0, 0, 0, 0, 0, 831700, 0, 'claim', 'N1', '2026-04-01');
         INSERT INTO adjudications (person_id, looked_at_on, standing, run_id, cutoff_at)
         VALUES (1, '2026-04-20', 'payable', 'N1', now());
         INSERT INTO pension_instalments (person_id, for_payment, paid_in, basic_yen, employees_yen, february_basic_yen,
            february_employees_yen, cause, run_id)
         VALUES (1, '2026-06-01', '2026-06-01', 138616, 0, 0, 0, 'regular', 'N1');
         INSERT INTO pension_payments (person_id, payment_on, kind, basic_yen, employees_yen, set_off_yen, income_tax_yen,
            long_term_care_yen, national_health_yen, late_elderly_yen, resident_tax_yen, net_yen, run_id)
         VALUES (1, '2026-06-15', 'regular', 138616, 0, 0, 0, 12000, 0, 0, 0, 126616, 'N1');
         INSERT INTO pension_journal (kind, debit_account, credit_account, scheme, for_month, amount_yen, business_on, run_id,
            partition_no, reason)
         VALUES ('accrual', 'benefit_basic_pension', 'pension_payable', 'basic_pension', '2026-06-01', 138616, '2026-06-05',
            'N1', 0, '支給の計上');
         INSERT INTO unpaid_benefit_claims (record_id, person_id, claimant_kana, relation, shared_livelihood, filed_on,
            bank_code, branch_code, account_type, account_number, reason)
         VALUES (7, 1, 'ﾈﾝﾘﾝ ﾀﾛｳ', 'spouse', true, '2026-04-20', '0001', '001', 1, '0000002', '請求');
         INSERT INTO pension_notices (notice_id, run_id, kind, person_id, for_month, issued_on, body)
         VALUES ('payment-2026-06-1', 'N1', 'payment', 1, '2026-06-01', '2026-06-05', '{}');
         INSERT INTO np_reliefs (record_id, person_id, relief, decided_on, reason, valid_from, valid_to)
         VALUES (8, 1, 'FULL', '2025-08-01', '申請', '2025-07-01', '2026-07-01');
         INSERT INTO np_receipts (receipt_id, person_id, for_month, kind, amount_yen, paid_on, channel, reason)
         VALUES (1, 1, '2025-06-01', 'monthly', 17510, '2025-07-31', 'store', '収納');
         INSERT INTO np_charges (person_id, for_month, charge_yen, due_on, booked_in, run_id)
         VALUES (1, '2025-06-01', 17510, '2025-07-31', '2025-07-01', 'N1');
         INSERT INTO np_settlements (person_id, for_month, kind, amount_yen, booked_in, run_id)
         VALUES (1, '2025-06-01', 'receipt', 17510, '2025-07-01', 'N1');
         INSERT INTO np_receipt_files (sha256, file_name, layout, paid_on, business_on, booked_count, booked_yen, unpaid_count,
            unpaid_yen, referred_count, referred_yen)
         VALUES ('\\x01', 'kekka.dat', 'zengin_91', '2025-07-31', '2025-08-05', 1, 17510, 1, 17510, 0, 0);
         INSERT INTO np_receipt_file_lines (file_id, line_no, outcome, code, customer_number, amount_yen)
         VALUES (1, 2, 'unpaid', 'no_funds', '', 17510);
         INSERT INTO disability_claims (record_id, person_id, filed_on, first_seen_on, resident, grade_at_certification, reason)
         VALUES (10, 1, '2025-04-01', '2023-05-10', true, 2, '請求');
         INSERT INTO disability_grades (record_id, person_id, grade, reason, valid_from) VALUES (11, 1, 1, '改定', '2026-02-01');
         INSERT INTO survivor_claims (record_id, person_id, deceased_person_id, filed_on, claimant_member_no, resident,
            disability_grade_1_or_2, states_long, reason)
         VALUES (12, 1, 2, '2025-04-01', 1, true, false, false, '請求');
         INSERT INTO survivor_members (record_id, person_id, member_no, relation, birth_on, maintained, disabled, married, reason)
         VALUES (12, 1, 1, 'wife', '1990-05-05', true, false, false, '請求');
         INSERT INTO pension_choices (record_id, person_id, filed_on, rights, reason, valid_from)
         VALUES (13, 1, '2025-04-01', '{survivor_basic,survivor_employee}', '選択', '2025-05-01');
         INSERT INTO remuneration_splits (record_id, person_id, other_person_id, kind, gives, share_hundred_thousandths,
            rate_ten_millionths, claimed_on, standard_first_months, standard_last_months, standards_before_yen, standards_yen,
            bonus_months, bonuses_before_yen, bonuses_yen, reason, valid_from, valid_to)
         VALUES (14, 1, 2, 'agreed', true, 50000, 5000000, '2025-04-10', '{201004}', '{201103}', '{200000}', '{100000}',
            '{}', '{}', '{}', '離婚', '2010-04-01', '2011-04-01');
         INSERT INTO pension_print_pieces (print_run_id, seq, lot_no, notice_id)
         VALUES ('N1-2604-S', 10000001, 1, 'payment-2026-06-1');
         INSERT INTO duplicate_candidates (first_person_id, second_person_id, score, reasons, run_id)
         VALUES (1, 2, 90, '{same_birth}', 'N1');
         INSERT INTO duplicate_decisions (first_person_id, second_person_id, outcome, kept_person_id, drafted_by, approved_by, note)
         VALUES (1, 2, 'same', 1, 1, 2, '旧姓');",
    )
    .await
    .expect("a life, its award and its payment");
}

/// A filing that was taken and approved by rule.
pub async fn filed(db: &impl Db, employer_id: i64, key: &str) -> Reception {
    let payload = json!({"insured": {"number": key}});
    let reception = store::filings::receive(db, &new_filing(employer_id, key, &payload)).await.expect("received");
    store::filings::approve_by_rule(db, &[reception.filing_id], "intake").await.expect("approved");
    reception
}
