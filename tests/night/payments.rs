//! 年金の支払: exact yen from awards to the bank's bytes, the ledger and the notices; held, claimed back, set off, settled.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output};

use batch::night::{self, NightOptions, NightSummary};
use batch::progress::Silent;
use domain::Month;
use domain::zengin::{Tally, tally};
use jiff::civil::{Date, date};
use store::Db;
use tempfile::TempDir;
use tests::TestOffice;
use tests::lives::Lives;
use tokio_postgres::SimpleQueryMessage;

use crate::office::{differences, digest_files};

pub const FEBRUARY: Date = date(2025, 2, 5);
pub const APRIL: Date = date(2025, 4, 7);
pub const JUNE: Date = date(2025, 6, 5);
pub const AUGUST: Date = date(2025, 8, 5);
pub const OCTOBER: Date = date(2025, 10, 6);
pub const DECEMBER: Date = date(2025, 12, 5);

/// An office that pays pensions, from a month on.
pub struct Payer {
    pub office: TestOffice,
    folder: TempDir,
}

impl Payer {
    pub fn since(first_payment: &str) -> Payer {
        let payer = Payer { office: TestOffice::new(), folder: TempDir::new().expect("a temporary folder") };
        payer.execute(&format!(
            "INSERT INTO offices (office_code, name, prefecture_code) VALUES ('1301', 'made', 13);
             INSERT INTO settings (name, value) VALUES ('first_month', '2099-01'), ('first_payment_month', '{first_payment}')"
        ));
        payer
    }

    fn copy(&self) -> Payer {
        Payer { office: self.office.copy(), folder: TempDir::new().expect("a temporary folder") }
    }

    pub fn execute(&self, sql: &str) {
        let mut session = self.office.session();
        session.run(async |db| db.batch_execute(sql).await).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The rows of a query, their columns separated by a space.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        let mut session = self.office.session();
        session.run(async |db| {
            let answer = db.simple_query(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
            let of_row = |message: &SimpleQueryMessage| match message {
                SimpleQueryMessage::Row(row) => {
                    let columns: Vec<&str> = (0..row.len()).filter_map(|place| row.get(place)).collect();
                    Some(columns.join(" "))
                }
                _ => None,
            };
            answer.iter().filter_map(of_row).collect()
        })
    }

    pub fn number(&self, sql: &str) -> i64 {
        let mut session = self.office.session();
        session.run(async |db| db.row(sql, &[]).await.unwrap_or_else(|error| panic!("{sql}: {error}")).get(0))
    }

    /// Somebody of 1950 with an account, looked at by the adjudication for good.
    pub fn person(&self, person_id: i64) {
        self.person_without_account(person_id);
        Lives::new(&mut self.office.session()).payee(person_id);
    }

    fn person_without_account(&self, person_id: i64) {
        let mut session = self.office.session();
        let mut lives = Lives::new(&mut session);
        lives.person(person_id, date(1950, 6, 1), 1);
        lives.sql(&format!(
            "INSERT INTO adjudications (person_id, looked_at_on, standing, run_id, cutoff_at)
             VALUES ({person_id}, '2020-01-01', 'payable', 'made', '2099-01-01')"
        ));
    }

    pub fn claim(&self, person_id: i64, filed_on: Date, paid_through: Option<&str>) {
        let paid_through = paid_through.map(|text| text.parse::<Month>().expect("a month"));
        Lives::new(&mut self.office.session()).claim(person_id, filed_on, paid_through);
    }

    /// An award as the adjudication writes it.
    pub fn award(&self, person_id: i64, from: &str, yen: (i64, i64), (cause, filing): (&str, Option<i64>)) {
        let filing = filing.map_or("NULL".to_owned(), |id| id.to_string());
        self.execute(&format!(
            "INSERT INTO awards (person_id, manner, right_on, basic_yen, additional_yen, furikae_yen, proportional_yen,
                 transitional_yen, adjustment_yen, family_yen, stopped_yen, basic_total_yen, employees_total_yen, cause,
                 cause_filing_id, run_id, valid_from)
             VALUES ({person_id}, 'from_65', '2015-05-31', {basic}, 0, 0, {employees}, 0, 0, 0, 0, {basic}, {employees},
                 '{cause}', {filing}, 'made', '{from}-01')",
            basic = yen.0,
            employees = yen.1,
        ));
    }

    /// An award by 支給事由: of the basic and of the employees' pension; basic, employees, survivor yen a year.
    pub fn award_of(
        &self,
        person_id: i64,
        from: &str,
        (basic_of, employees_of): (Option<&str>, Option<&str>),
        [basic, employees, survivor]: [i64; 3],
        cause: &str,
    ) {
        let word = |of: Option<&str>| of.map_or("NULL".to_owned(), |of| format!("'{of}'"));
        self.execute(&format!(
            "INSERT INTO awards (person_id, manner, right_on, basic_of, employees_of, basic_yen, additional_yen, furikae_yen,
                 proportional_yen, transitional_yen, adjustment_yen, family_yen, stopped_yen, survivor_yen, basic_total_yen,
                 employees_total_yen, survivor_total_yen, cause, run_id, valid_from)
             VALUES ({person_id}, NULL, '2015-05-31', {}, {}, {basic}, 0, 0, {employees}, 0, 0, 0, 0, {survivor}, {basic},
                 {employees}, {survivor}, '{cause}', 'made', '{from}-01')",
            word(basic_of),
            word(employees_of),
        ));
    }

    /// What was awarded no longer holds.
    pub fn supersede(&self, person_id: i64) {
        self.execute(&format!(
            "UPDATE awards SET superseded_at = now() WHERE person_id = {person_id} AND superseded_at IS NULL"
        ));
    }

    /// 改定: what was awarded no longer holds, another amount does.
    pub fn correct(&self, person_id: i64, from: &str, yen: (i64, i64), cause: (&str, Option<i64>)) {
        self.supersede(person_id);
        self.award(person_id, from, yen, cause);
    }

    /// A filing to name as a cause.
    pub fn filing(&self, person_id: i64) -> i64 {
        self.number(&format!(
            "INSERT INTO filings (reception_number, form_code, channel, office_code, person_id, payload, payload_sha256, sender,
                 sender_key, business_on)
             VALUES ('R-{person_id}-' || (SELECT count(*) FROM filings), 'made', 'counter', (SELECT min(office_code) FROM offices),
                 {person_id}, '{{}}', '\\x00', 'made', '{person_id}-' || (SELECT count(*) FROM filings), '2025-05-01')
             RETURNING filing_id"
        ))
    }

    fn options(&self, business_on: Date) -> NightOptions {
        NightOptions {
            people_per_partition: 400,
            pieces_per_lot: 60,
            older_transactions_seconds_max: 60,
            ..NightOptions::new(self.office.url(), business_on, self.folder.path())
        }
    }

    pub fn night(&self, business_on: Date) -> NightSummary {
        night::run(&self.options(business_on), &Silent).unwrap_or_else(|error| panic!("{business_on}: {error}"))
    }

    pub fn nights(&self, business_on: &[Date]) {
        business_on.iter().for_each(|day| {
            self.night(*day);
        });
    }

    fn runner(&self, action: &str, fault: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_night-runner"));
        command.args([action, self.office.url(), &OCTOBER.to_string()]).arg(self.folder.path());
        command.env("NENRIN_FAULT", fault).output().expect("the runner starts")
    }

    /// `for_payment paid_in basic employees february cause` of a person.
    fn lines(&self, person_id: i64) -> Vec<String> {
        self.rows(&format!(
            "SELECT to_char(for_payment, 'YYYY-MM'), to_char(paid_in, 'YYYY-MM'), basic_yen, employees_yen,
                 february_basic_yen + february_employees_yen, cause
             FROM pension_instalments WHERE person_id = {person_id} ORDER BY known_at, for_payment"
        ))
    }

    /// `payment_on kind gross set_off tax levies net sent|held` of a person.
    pub fn payments(&self, person_id: i64) -> Vec<String> {
        self.rows(&format!(
            "SELECT payment_on, kind, basic_yen + employees_yen + survivor_yen, set_off_yen, income_tax_yen,
                 long_term_care_yen + national_health_yen + late_elderly_yen + resident_tax_yen, net_yen,
                 CASE WHEN held_reason IS NULL THEN 'sent' ELSE 'held' END
             FROM pension_payments WHERE person_id = {person_id} ORDER BY payment_on, kind"
        ))
    }

    pub fn outstanding(&self, person_id: i64) -> i64 {
        self.number(&format!(
            "SELECT coalesce(sum(CASE debit_account WHEN 'pension_overpaid' THEN amount_yen ELSE -amount_yen END), 0)::bigint
             FROM pension_journal WHERE person_id = {person_id}"
        ))
    }

    /// Debits less credits of every account that moved.
    pub fn balances(&self) -> BTreeMap<String, i64> {
        let rows = self.rows(
            "SELECT account, sum(yen) FROM (SELECT debit_account AS account, amount_yen AS yen FROM pension_journal
                 UNION ALL SELECT credit_account, -amount_yen FROM pension_journal) AS moved GROUP BY account",
        );
        let read = |row: &String| {
            let (account, yen) = row.split_once(' ').expect("two columns");
            (account.to_owned(), yen.parse().expect("yen"))
        };
        rows.iter().map(read).filter(|(_, yen)| *yen != 0).collect()
    }

    pub fn notices(&self, kind: &str) -> Vec<String> {
        self.rows(&format!("SELECT notice_id FROM pension_notices WHERE kind = '{kind}' ORDER BY notice_id"))
    }

    pub fn held(&self) -> Vec<String> {
        self.rows("SELECT subject, code FROM run_verdicts ORDER BY run_id, subject")
    }

    /// The bank's files of a day, in order.
    pub fn bank(&self, payment_on: &str) -> Vec<(Vec<u8>, Tally)> {
        let folder = self.folder.path().join(format!("lake/bank/payment_on={payment_on}"));
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        let read = |path| {
            let bytes = std::fs::read(path).expect("a file");
            let found = tally(&bytes).expect("a bank takes it");
            (bytes, found)
        };
        paths.into_iter().map(read).collect()
    }

    fn traces(&self) -> BTreeMap<String, String> {
        let mut traces = BTreeMap::new();
        digest_files(self.folder.path(), self.folder.path(), &mut traces);
        for (table, without) in [
            ("pension_instalments", "{known_at}"),
            ("pension_payments", "{known_at}"),
            ("pension_journal", "{known_at,entry_id}"),
            ("pension_notices", "{known_at}"),
        ] {
            let sql = format!(
                "SELECT md5(string_agg(row::text, ';' ORDER BY row::text))
                 FROM (SELECT to_jsonb(rows) - '{without}'::text[] AS row FROM {table} AS rows) AS all_rows"
            );
            traces.insert(table.to_owned(), self.rows(&sql).concat());
        }
        traces
    }
}

/// 831,700円 a year: 138,616円, and in February the fractions of six payments.
#[test]
fn a_plain_pension_is_paid_to_the_yen_and_february_adds_the_fractions() {
    let payer = Payer::since("2025-02");
    payer.person(1);
    payer.claim(1, date(2015, 6, 1), Some("2024-11"));
    payer.award(1, "2024-02", (831_700, 0), ("annual_revision", None));
    payer.nights(&[FEBRUARY, APRIL]);
    assert_eq!(payer.lines(1), ["2025-02 2025-02 138620 0 4 regular", "2025-04 2025-04 138616 0 0 regular"]);
    assert_eq!(
        payer.payments(1),
        ["2025-02-14 regular 138620 0 0 0 138620 sent", "2025-04-15 regular 138616 0 0 0 138616 sent"]
    );
    assert_eq!(
        payer.balances(),
        BTreeMap::from([("benefit_basic_pension".to_owned(), 277_236), ("pension_fund".to_owned(), -277_236)])
    );
    assert!(payer.notices("payment").is_empty(), "the fractions of February are no change");
    let files = payer.bank("2025-02-14");
    assert_eq!((files.len(), files[0].1.amount_yen), (1, 138_620));
}

#[test]
fn a_new_claimant_gets_the_arrears_with_each_scheme_cut_by_itself() {
    let payer = Payer::since("2025-10");
    payer.person(2);
    payer.claim(2, date(2025, 9, 1), None);
    payer.award(2, "2025-04", (831_700, 1_000_003), ("claim", None));
    payer.night(OCTOBER);
    let line = |month: &str| format!("{month} 2025-10 138616 166667 0 claim");
    assert_eq!(payer.lines(2), [line("2025-06"), line("2025-08"), line("2025-10")]);
    // (305,283 − 270,000) × 5.105% = 1,801円, three times.
    assert_eq!(payer.payments(2), ["2025-10-15 regular 915849 0 5403 0 910446 sent"]);
    assert_eq!(payer.notices("payment"), ["payment-2025-10-2"]);
    let body = payer.rows("SELECT body FROM pension_notices").concat();
    assert!(
        body.contains("年金振込通知書") && body.contains("910,446円") && body.contains("2025-04・2025-05"),
        "{body}"
    );
    assert_eq!(payer.balances()["withheld_income_tax"], -5_403);
}

/// 831,700円 to 600,000円 from December 2024 on: 38,616円 too much, twice; back at most by half of a payment.
#[test]
fn what_was_paid_too_much_is_claimed_told_and_set_off_by_half() {
    let payer = Payer::since("2025-02");
    payer.person(3);
    payer.claim(3, date(2024, 12, 1), None);
    payer.award(3, "2024-12", (831_700, 0), ("claim", None));
    payer.nights(&[FEBRUARY, APRIL]);
    let filing = payer.filing(3);
    payer.correct(3, "2024-12", (600_000, 0), ("record_change", Some(filing)));
    payer.night(JUNE);
    assert_eq!(payer.outstanding(3), 77_232);
    let claim = payer
        .rows("SELECT scheme, amount_yen, cause_filing_id, reason FROM pension_journal WHERE kind = 'overpayment'");
    assert_eq!(claim, [format!("basic_pension 77232 {filing} 過払い 2025-02期から2025-04期まで2回: 年金記録の訂正")]);
    let body = payer.rows("SELECT body FROM pension_notices WHERE kind = 'overpayment'").concat();
    for said in
        ["38,616円 多く", "年金記録の訂正", "受付番号 R-3-0 の届", "2024-12・2025-01の月分", "77,232円", "2分の1以内"]
    {
        assert!(body.contains(said), "{said}: {body}");
    }
    payer.nights(&[AUGUST, OCTOBER]);
    assert_eq!(
        payer.payments(3)[2..],
        [
            "2025-06-13 regular 100000 0 0 0 100000 sent",
            "2025-08-15 regular 100000 50000 0 0 50000 sent",
            "2025-10-15 regular 100000 27232 0 0 72768 sent",
        ]
    );
    assert_eq!(payer.outstanding(3), 0);
    let balances = payer.balances();
    assert_eq!(balances.get("pension_overpaid"), None);
    assert_eq!(balances["benefit_basic_pension"], -balances["pension_fund"]);
    assert_eq!(balances["benefit_basic_pension"], 5 * 100_000);
}

#[test]
fn a_decision_may_take_the_whole_payment() {
    let payer = Payer::since("2025-04");
    payer.execute("INSERT INTO settings (name, value) VALUES ('pension_set_off_share', '1/1')");
    payer.person(3);
    payer.claim(3, date(2025, 2, 1), None);
    payer.award(3, "2025-02", (831_700, 0), ("claim", None));
    payer.night(APRIL);
    payer.correct(3, "2025-02", (300_000, 0), ("in_service", None));
    payer.nights(&[JUNE, AUGUST]);
    assert_eq!(payer.payments(3)[2], "2025-08-15 regular 50000 50000 0 0 0 sent");
    assert_eq!(payer.outstanding(3), 38_616);
    assert!(payer.bank("2025-08-15").is_empty(), "nothing to transfer");
}

#[test]
fn a_correction_and_its_reversal_leave_nothing() {
    let payer = Payer::since("2025-04");
    for person in [4, 5] {
        payer.person(person);
        payer.claim(person, date(2025, 2, 1), None);
        payer.award(person, "2025-02", (831_700, 400_000), ("claim", None));
    }
    payer.nights(&[APRIL, JUNE]);
    let filing = payer.filing(4);
    payer.correct(4, "2025-02", (900_000, 100_000), ("record_change", Some(filing)));
    payer.night(AUGUST);
    // 66,666 − 16,666 twice; the basic pension rose by 11,384 twice, which goes against it at once.
    assert_eq!(payer.outstanding(4), 2 * 50_000 - 2 * 11_384);
    payer.correct(4, "2025-02", (831_700, 400_000), ("record_change", Some(filing)));
    payer.night(OCTOBER);
    assert_eq!(payer.outstanding(4), 0);
    let sums = "SELECT for_payment, sum(basic_yen), sum(employees_yen) FROM pension_instalments WHERE person_id = @ GROUP BY 1 ORDER BY 1";
    assert_eq!(payer.rows(&sums.replace('@', "4")), payer.rows(&sums.replace('@', "5")));
    let paid = "SELECT sum(net_yen)::bigint FROM pension_payments WHERE person_id = @";
    assert_eq!(payer.number(&paid.replace('@', "4")), payer.number(&paid.replace('@', "5")));
}

/// A raise of old months, also of months paid before the conversion, pays the difference alone.
#[test]
fn a_raise_pays_the_difference_alone() {
    let payer = Payer::since("2025-10");
    payer.person(6);
    payer.claim(6, date(2020, 5, 1), Some("2025-07"));
    payer.award(6, "2025-04", (831_700, 0), ("claim", None));
    payer.correct(6, "2025-04", (900_000, 0), ("record_change", Some(payer.filing(6))));
    payer.night(OCTOBER);
    let line = |month: &str| format!("{month} 2025-10 11384 0 0 record_change");
    assert_eq!(payer.lines(6), [line("2025-06"), line("2025-08"), "2025-10 2025-10 150000 0 0 regular".to_owned()]);
    assert_eq!(payer.payments(6), ["2025-10-15 regular 172768 0 0 0 172768 sent"]);
    assert_eq!(payer.notices("payment"), ["payment-2025-10-6"], "the amount changed");
}

#[test]
fn levies_and_tax_are_withheld_and_the_ledger_balances() {
    let payer = Payer::since("2025-06");
    payer.person(7);
    payer.claim(7, date(2025, 5, 10), None);
    payer.award(7, "2025-04", (800_000, 1_600_000), ("claim", None));
    payer.execute(
        "INSERT INTO collection_requests (person_id, levy, municipality_code, amount_yen, reason, valid_from, valid_to, known_at)
         VALUES (7, 'long_term_care', '131016', 20000, 'made', '2025-06-01', NULL, '2025-01-01'),
             (7, 'resident_tax', '131016', 4000, 'made', '2025-06-01', '2025-08-01', '2025-01-01'),
             (7, 'late_elderly', '131016', 999999, 'made', '2025-08-01', NULL, '2025-01-01')",
    );
    payer.nights(&[JUNE, AUGUST]);
    assert_eq!(
        payer.payments(7),
        ["2025-06-13 regular 399999 0 5615 24000 370384 sent", "2025-08-15 regular 399999 0 5615 20000 374384 sent"]
    );
    let withheld = [
        ("benefit_basic_pension", 266_666),
        ("benefit_employees_pension", 533_332),
        ("pension_fund", -744_768),
        ("withheld_income_tax", -11_230),
        ("withheld_long_term_care", -40_000),
        ("withheld_resident_tax", -4_000),
    ];
    assert_eq!(payer.balances(), withheld.map(|(account, yen)| (account.to_owned(), yen)).into());
    let body = payer.rows("SELECT body FROM pension_notices WHERE notice_id = 'payment-2025-08-7'").concat();
    assert!(body.contains("後期高齢者医療保険料は、支払額が足りないため"), "{body}");
}

#[test]
fn a_declaration_lowers_the_tax() {
    let payer = Payer::since("2025-06");
    payer.person(7);
    payer.claim(7, date(2025, 5, 10), None);
    payer.award(7, "2025-04", (800_000, 1_600_000), ("claim", None));
    payer.execute(
        "INSERT INTO tax_declarations (person_id, tax_year, deductions, reason, known_at)
         VALUES (7, 2025, '{spouse}', 'made', '2025-01-01')",
    );
    payer.night(JUNE);
    // (399,999 − 2 × (135,000 + 32,500)) × 5.105% = 3,318.2
    assert_eq!(payer.payments(7), ["2025-06-13 regular 399999 0 3318 0 396681 sent"]);
}

/// Died in August, known in November: September was paid and is claimed; nothing is set off by itself.
#[test]
fn months_after_a_death_are_claimed_back() {
    let payer = Payer::since("2025-10");
    payer.person(8);
    payer.claim(8, date(2020, 5, 1), Some("2025-07"));
    payer.award(8, "2020-04", (831_700, 0), ("claim", None));
    payer.night(OCTOBER);
    let mut session = payer.office.session();
    let mut lives = Lives::new(&mut session);
    let filing = payer.filing(8);
    lives.cause_filing_id = Some(filing);
    lives.death(8, date(2025, 8, 20));
    payer.night(DECEMBER);
    assert_eq!(payer.lines(8)[1], "2025-10 2025-12 -69308 0 0 death");
    assert_eq!(payer.outstanding(8), 69_308);
    assert_eq!(payer.payments(8).len(), 1);
    let body = payer.rows("SELECT body FROM pension_notices WHERE kind = 'overpayment'").concat();
    assert!(body.contains("亡くなられた後の月分") && body.contains("ご遺族"), "{body}");
    assert_eq!(
        payer.rows("SELECT cause_filing_id FROM pension_journal WHERE kind = 'overpayment'"),
        [filing.to_string()]
    );
}

#[test]
fn who_died_before_the_payment_leaves_it_to_the_survivor() {
    let payer = Payer::since("2025-10");
    payer.person(9);
    payer.person(10);
    payer.claim(9, date(2020, 5, 1), Some("2025-07"));
    payer.award(9, "2020-04", (831_700, 0), ("claim", None));
    Lives::new(&mut payer.office.session()).death(9, date(2025, 9, 10));
    payer.night(OCTOBER);
    assert!(payer.lines(9).is_empty() && payer.payments(9).is_empty() && payer.held().is_empty());
    payer.execute(
        "INSERT INTO unpaid_benefit_claims (record_id, person_id, claimant_person_id, claimant_kana, relation,
             shared_livelihood, filed_on, bank_code, branch_code, account_type, account_number, reason, known_at)
         VALUES (2, 9, NULL, 'ｷﾖｳﾀﾞｲ', 'sibling', true, '2025-11-01', '0001', '001', 1, '2', 'made', '2025-11-01'),
             (1, 9, 10, 'ﾊｲｸﾞｳｼﾔ', 'spouse', true, '2025-11-04', '0001', '001', 1, '7654321', 'made', '2025-11-04')",
    );
    payer.night(DECEMBER);
    assert_eq!(payer.lines(9), ["2025-10 2025-12 138616 0 0 claim"]);
    assert_eq!(payer.payments(9), ["2025-12-15 unpaid_benefit 138616 0 0 0 138616 sent"]);
    let to = payer.rows("SELECT recipient_person_id, account_number, holder_kana FROM pension_payments");
    assert_eq!(to, ["10 7654321 ﾊｲｸﾞｳｼﾔ"]);
    assert_eq!(payer.bank("2025-12-15")[0].1.transfers[0].account, "0001-001-17654321");
}

#[test]
fn a_survivor_without_shared_livelihood_is_held() {
    let payer = Payer::since("2025-10");
    payer.person(9);
    payer.claim(9, date(2020, 5, 1), Some("2025-07"));
    payer.award(9, "2020-04", (831_700, 0), ("claim", None));
    Lives::new(&mut payer.office.session()).death(9, date(2025, 9, 10));
    payer.execute(
        "INSERT INTO unpaid_benefit_claims (record_id, person_id, claimant_kana, relation, shared_livelihood, filed_on, bank_code,
             branch_code, account_type, account_number, reason, known_at)
         VALUES (1, 9, 'ｷﾖｳﾀﾞｲ', 'sibling', false, '2025-10-01', '0001', '001', 1, '2', 'made', '2025-10-01')",
    );
    payer.night(OCTOBER);
    assert_eq!(payer.held(), ["person:9 unpaid_benefit_refused"]);
    assert!(payer.lines(9).is_empty() && payer.payments(9).is_empty());
}

/// Every kind of bad account: held with its reason, nothing accounted, the others paid; mended, both payments come at once.
#[test]
fn what_a_bank_would_refuse_is_held_before_the_file_is_written() {
    let payer = Payer::since("2025-08");
    let bad = [
        (21, "'001', '001', 1, '1', 'ﾋﾄ'", "bank_code"),
        (22, "'0001', '01', 1, '1', 'ﾋﾄ'", "branch_code"),
        (23, "'0001', '001', 3, '1', 'ﾋﾄ'", "account_type"),
        (24, "'0001', '001', 1, '12345678', 'ﾋﾄ'", "account_number"),
        (25, "'0001', '001', 1, '1', 'ｼｮｳｼﾞ'", "holder_characters"),
        (26, "'0001', '001', 1, '1', 'ｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱｱ'", "holder_length"),
    ];
    for person in [20, 27] {
        payer.person_without_account(person);
        payer.award(person, "2025-06", (831_700, 0), ("claim", None));
    }
    Lives::new(&mut payer.office.session()).payee(27);
    for (person, account, _) in bad {
        payer.person_without_account(person);
        payer.award(person, "2025-06", (831_700, 0), ("claim", None));
        payer.execute(&format!(
            "INSERT INTO payees (person_id, bank_code, branch_code, account_type, account_number, holder_kana, reason, known_at)
             VALUES ({person}, {account}, 'made', '2025-01-01')"
        ));
    }
    payer.night(AUGUST);
    let mut expected = vec!["person:20 no_account".to_owned()];
    expected.extend(bad.iter().map(|(person, _, code)| format!("person:{person} {code}")));
    assert_eq!(payer.held(), expected);
    let reasons = payer.rows("SELECT held_reason FROM pension_payments WHERE held_reason IS NOT NULL");
    assert!(reasons.len() == 7 && reasons.iter().all(|reason| reason.contains("口座")), "{reasons:?}");
    assert_eq!(payer.number("SELECT count(*) FROM pension_instalments"), 1);
    assert_eq!(payer.bank("2025-08-15")[0].1.amount_yen, 138_616);
    payer.execute("UPDATE payees SET superseded_at = now() WHERE person_id BETWEEN 21 AND 26");
    let mut session = payer.office.session();
    let mut lives = Lives::new(&mut session);
    (20..=26).for_each(|person| lives.payee(person));
    payer.night(OCTOBER);
    for person in 20..=26 {
        assert_eq!(payer.payments(person)[1], "2025-10-15 regular 277232 0 0 0 277232 sent");
    }
    assert_eq!(payer.bank("2025-10-15")[0].1.amount_yen, 7 * 277_232 + 138_616);
}

/// Records of 120 bytes, kana of JIS X 0201, persons in order, totals in the trailer.
#[test]
fn the_banks_file_is_what_the_standard_says() {
    let payer = Payer::since("2025-10");
    payer.execute(
        "INSERT INTO settings (name, value) VALUES ('pension_originator', '1234567890,ﾈﾝｷﾝ ﾀﾛｳ,0033,002,2,7654321')",
    );
    for person in [33, 31, 32] {
        payer.person(person);
        payer.award(person, "2025-08", (831_700, 0), ("claim", None));
    }
    payer.night(OCTOBER);
    let files = payer.bank("2025-10-15");
    let [(bytes, found)] = &files[..] else { panic!("one file") };
    assert_eq!(bytes.len(), 6 * 122);
    assert!(bytes.chunks(122).all(|line| &line[120..] == b"\r\n"));
    let header = &bytes[..120];
    assert_eq!(&header[..14], b"12101234567890");
    assert_eq!(&header[14..23], b"\xC8\xDD\xB7\xDD \xC0\xDB\xB3 ");
    assert_eq!((&header[54..62], &header[77..80], &header[95..103]), (&b"10150033"[..], &b"002"[..], &b"27654321"[..]));
    let data = &bytes[122..242];
    assert_eq!((&data[..5], &data[20..23], &data[42..50]), (&b"20001"[..], &b"001"[..], &b"10000031"[..]));
    assert_eq!(&data[50..58], b"\xC8\xDD\xD8\xDD \xCB\xC4 ");
    assert_eq!(&data[80..101], b"000013861610000000031");
    let customers: Vec<&str> = found.transfers.iter().map(|one| one.customer.as_str()).collect();
    assert_eq!(customers, ["0000000031", "0000000032", "0000000033"]);
    assert_eq!(&bytes[4 * 122..4 * 122 + 19], b"8000003000000415848");
}

#[test]
fn a_second_run_of_the_same_month_pays_nothing_twice() {
    let payer = Payer::since("2025-10");
    payer.person(41);
    payer.award(41, "2025-04", (831_700, 500_000), ("claim", None));
    payer.night(OCTOBER);
    let (lines, payments) = (payer.lines(41), payer.payments(41));
    assert_eq!(lines.len(), 3);
    payer.execute("UPDATE run_jobs SET for_month = '2025-08-01' WHERE job = 'payment_run'");
    payer.night(date(2025, 10, 7));
    assert_eq!(payer.rows("SELECT count(*) FROM run_jobs WHERE job = 'payment_run'"), ["2"]);
    assert_eq!((payer.lines(41), payer.payments(41)), (lines, payments));
}

/// A table that is not on file holds whom it concerns; the run goes on, and an overpayment is claimed all the same.
#[test]
fn whose_tax_cannot_be_reckoned_is_held() {
    let payer = Payer::since("2025-10");
    for person in [51, 52] {
        payer.person(person);
        payer.award(person, "2025-04", (831_700, 0), ("claim", None));
    }
    payer.claim(52, date(2020, 5, 1), Some("2025-07"));
    payer.nights(&[OCTOBER, DECEMBER]);
    assert_eq!(payer.held(), ["person:52 cannot_decide"], "December settles a year that is not all on file");
    assert_eq!(payer.payments(51)[1], "2025-12-15 regular 138616 0 0 0 138616 sent");
    payer.correct(51, "2025-04", (600_000, 0), ("record_change", None));
    payer.night(date(2026, 2, 5));
    assert_eq!(payer.held()[1..], ["person:51 cannot_decide", "person:52 cannot_decide"]);
    assert_eq!(payer.outstanding(51), 4 * 38_616);
    let reason = payer
        .rows("SELECT held_reason FROM pension_payments WHERE person_id = 51 AND held_reason IS NOT NULL")
        .concat();
    assert!(reason.contains("基礎的控除額"), "{reason}");
}

/// PP-TAX-08 through five nights: 6,636円 each, and 11,742円 back in December; a survivor's pension beside it changes nothing of
/// the tax.
#[test]
fn december_2025_settles_the_tax_of_the_year() {
    let payer = Payer::since("2025-02");
    payer.person(61);
    payer.award(61, "2024-12", (0, 2_400_000), ("claim", None));
    payer.person(62);
    payer.award_of(62, "2024-12", (Some("old_age"), Some("old_age")), [0, 2_400_000, 600_000], "claim");
    payer.nights(&[FEBRUARY, APRIL, JUNE, AUGUST, OCTOBER, DECEMBER]);
    let payments = payer.payments(61);
    assert!(
        payments[..5].iter().all(|payment| payment.ends_with("regular 400000 0 6636 0 393364 sent")),
        "{payments:?}"
    );
    assert_eq!(payments[5], "2025-12-15 regular 400000 0 -11742 0 411742 sent");
    let widowed = payer.payments(62);
    assert!(widowed[..5].iter().all(|payment| payment.ends_with("regular 500000 0 6636 0 493364 sent")), "{widowed:?}");
    assert_eq!(widowed[5], "2025-12-15 regular 500000 0 -11742 0 511742 sent");
    assert_eq!(payer.balances()["withheld_income_tax"], -2 * 21_438);
}

/// A night after the day of payment pays on the next bank day, and each month that was missed on a day of its own.
#[test]
fn missed_payments_come_on_the_next_bank_days() {
    let payer = Payer::since("2025-06");
    payer.person(71);
    payer.award(71, "2025-04", (831_700, 0), ("claim", None));
    payer.night(OCTOBER);
    let payment = |day: &str| format!("{day} regular 138616 0 0 0 138616 sent");
    assert_eq!(payer.payments(71), [payment("2025-10-07"), payment("2025-10-08"), payment("2025-10-15")]);
    assert_eq!(payer.lines(71).len(), 3);
    let body = payer.rows("SELECT body FROM pension_notices WHERE notice_id = 'payment-2025-06-71'").concat();
    assert!(body.contains("支払日を過ぎたため、2025-10-07"), "{body}");
}

/// Persons of many kinds, in several partitions.
fn crowd(payer: &Payer) {
    let sql =
        "INSERT INTO persons (person_id, known_at) SELECT n, '2020-01-01' FROM generate_series(1001, 2000) AS n;
         INSERT INTO person_identities (person_id, name_kana, name_kanji, birth_on, sex, reason, valid_from, known_at)
         SELECT n, 'ネンリン　ヒト', '年輪　人', date '1945-01-01' + (n % 5000)::integer, 1, 'made', '1950-01-01', '2020-01-01'
         FROM generate_series(1001, 2000) AS n;
         INSERT INTO adjudications (person_id, looked_at_on, standing, run_id, cutoff_at)
         SELECT n, '2020-01-01', 'payable', 'made', '2099-01-01' FROM generate_series(1001, 2000) AS n;
         INSERT INTO pension_claims (record_id, person_id, filed_on, basic_waits, employees_waits, spouse_addition_moves,
             paid_through, reason, known_at)
         SELECT n, n, '2025-01-10', false, false, false, CASE WHEN n % 3 = 0 THEN date '2025-07-01' END, 'made', '2020-01-01'
         FROM generate_series(1001, 2000) AS n;
         INSERT INTO payees (person_id, bank_code, branch_code, account_type, account_number, holder_kana, reason, known_at)
         SELECT n, '0001', '001', 1, n::text, CASE WHEN n % 10 = 0 THEN 'ｼｮｳｼﾞ' ELSE 'ﾈﾝﾘﾝ ﾋﾄ' END, 'made', '2020-01-01'
         FROM generate_series(1001, 2000) AS n;
         INSERT INTO awards (person_id, manner, right_on, basic_of, employees_of, basic_yen, additional_yen, furikae_yen,
             proportional_yen, transitional_yen, adjustment_yen, family_yen, stopped_yen, basic_total_yen, employees_total_yen,
             survivor_yen, survivor_total_yen, cause, run_id, valid_from, known_at, superseded_at)
         SELECT n, 'from_65', '2015-05-31', CASE WHEN n % 5 = 0 THEN 'disability' ELSE 'old_age' END, 'old_age',
             700000 + 131 * (n % 997), 0, 0, 17 * n, 0, 0, 0, 0, 700000 + 131 * (n % 997), 17 * n,
             CASE WHEN n % 7 = 0 THEN 13 * n ELSE 0 END, CASE WHEN n % 7 = 0 THEN 13 * n ELSE 0 END, 'claim', 'made', '2025-04-01', '2025-04-10', CASE WHEN n % 6 = 0 THEN date '2025-09-01' END
         FROM generate_series(1001, 2000) AS n;
         INSERT INTO awards (person_id, manner, right_on, basic_yen, additional_yen, furikae_yen, proportional_yen,
             transitional_yen, adjustment_yen, family_yen, stopped_yen, basic_total_yen, employees_total_yen, cause, run_id,
             valid_from, known_at)
         SELECT n, 'from_65', '2015-05-31', 650000 + 131 * (n % 997), 0, 0, 19 * n, 0, 0, 0, 0, 650000 + 131 * (n % 997), 19 * n,
             'record_change', 'made', '2025-04-01', '2025-09-01'
         FROM generate_series(1002, 2000, 6) AS n;
         INSERT INTO collection_requests (person_id, levy, municipality_code, amount_yen, reason, valid_from, known_at)
         SELECT n, 'long_term_care', '131016', 10000, 'made', '2025-04-01', '2025-01-01' FROM generate_series(1001, 2000, 2) AS n;
         INSERT INTO deaths (person_id, died_on, reason, known_at)
         SELECT n, '2025-06-20', 'made', '2025-07-01' FROM generate_series(1007, 2000, 70) AS n";
    payer.execute(sql);
}

#[test]
fn killed_anywhere_and_resumed_it_pays_the_same_bytes() {
    let payer = Payer::since("2025-10");
    crowd(&payer);
    let undisturbed = payer.copy();
    let done = undisturbed.runner("run", "");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let expected = undisturbed.traces();
    let files = undisturbed.bank("2025-10-15");
    assert_eq!(files.len(), 3, "several partitions");
    let transferred: i64 = files.iter().map(|(_, found)| found.amount_yen).sum();
    assert_eq!(
        transferred,
        undisturbed.number("SELECT sum(net_yen)::bigint FROM pension_payments WHERE held_reason IS NULL")
    );
    assert!(undisturbed.number("SELECT count(*) FROM pension_journal WHERE kind = 'overpayment'") > 50);
    for ground in ["old_age", "disability", "survivor"] {
        let rows = undisturbed.number(&format!("SELECT count(*) FROM pension_instalments WHERE ground = '{ground}'"));
        assert!(rows > 100, "{ground}: {rows}");
    }
    assert!(undisturbed.number("SELECT count(*) FROM pension_payments WHERE held_reason IS NOT NULL") > 50);
    assert_eq!(undisturbed.balances().values().sum::<i64>(), 0);
    for fault in [
        "payment_run:-1:partitioning",
        "payment_run:0:compute",
        "payment_run:1:before_commit",
        "payment_run:0:after_commit",
        "payment_run:2:after_rename",
        "payment_run:-1:recounted",
    ] {
        let killed = payer.copy();
        let died = killed.runner("run", fault);
        assert_eq!(died.status.signal(), Some(9), "{fault}: {}", String::from_utf8_lossy(&died.stderr));
        let resumed = killed.runner("resume", "");
        assert!(resumed.status.success(), "{fault}: {}", String::from_utf8_lossy(&resumed.stderr));
        assert_eq!(differences(&expected, &killed.traces()), Vec::<String>::new(), "{fault}");
    }
}

/// A file that was changed on disk, by one yen and its total, does not pass the recount.
#[test]
fn a_yen_changed_in_the_banks_file_stops_the_run() {
    let payer = Payer::since("2025-10");
    crowd(&payer);
    let died = payer.runner("run", "payment_run:2:after_rename");
    assert_eq!(died.status.signal(), Some(9));
    let folder = payer.folder.path().join("lake/bank/payment_on=2025-10-15");
    let path = std::fs::read_dir(folder).expect("a folder").next().expect("a file").expect("an entry").path();
    let mut bytes = std::fs::read(&path).expect("a file");
    let at = 122 + 89;
    bytes[at] = if bytes[at] == b'9' { b'0' } else { bytes[at] + 1 };
    std::fs::write(&path, bytes).expect("the file can be written");
    let resumed = payer.runner("resume", "");
    assert!(!resumed.status.success(), "the digest or the recount must find it");
}
