//! 年金の支払 of every 支給事由: disability and survivors' pensions beside, and in place of, the old-age pension; what is free of tax,
//! what each fraction gives in February, and what was paid of one where another was due.

use std::collections::BTreeMap;

use domain::Month;
use jiff::Timestamp;
use jiff::civil::date;
use store::night::peer_payments;
use tests::lives::Lives;

use crate::payments::{AUGUST, DECEMBER, FEBRUARY, JUNE, OCTOBER, Payer};

impl Payer {
    fn disability_claim(&self, person_id: i64, filed_on: &str, paid_through: Option<&str>) {
        let paid_through = paid_through.map_or("NULL".to_owned(), |month| format!("'{month}-01'"));
        self.execute(&format!(
            "INSERT INTO disability_claims (record_id, person_id, filed_on, first_seen_on, resident, grade_at_certification,
                 paid_through, reason, known_at)
             VALUES ({person_id}, {person_id}, '{filed_on}', '2015-01-05', true, 2, {paid_through}, 'made', '2020-01-01')"
        ));
    }

    /// A widow's claim; her husband is made for it.
    fn survivor_claim(&self, person_id: i64, filed_on: &str, paid_through: Option<&str>) {
        let paid_through = paid_through.map_or("NULL".to_owned(), |month| format!("'{month}-01'"));
        let husband = 1_000 + person_id;
        Lives::new(&mut self.office.session()).person(husband, date(1948, 2, 3), 1);
        self.execute(&format!(
            "INSERT INTO survivor_claims (record_id, person_id, deceased_person_id, filed_on, claimant_member_no, resident,
                 disability_grade_1_or_2, states_long, paid_through, reason, known_at)
             VALUES ({person_id}, {person_id}, {husband}, '{filed_on}', 1, true, false, false, {paid_through}, 'made',
                 '2020-01-01')"
        ));
    }

    fn levy(&self, person_id: i64, levy: &str, yen: i64) {
        self.execute(&format!(
            "INSERT INTO collection_requests (person_id, levy, municipality_code, amount_yen, reason, valid_from, known_at)
             VALUES ({person_id}, '{levy}', '131016', {yen}, 'made', '2025-02-01', '2025-01-01')"
        ));
    }

    /// `for_payment ground basic employees survivor | february of each | cause` of a person.
    fn lines_of(&self, person_id: i64) -> Vec<String> {
        self.rows(&format!(
            "SELECT to_char(for_payment, 'YYYY-MM'), ground, basic_yen, employees_yen, survivor_yen, '|', february_basic_yen,
                 february_employees_yen, february_survivor_yen, '|', cause
             FROM pension_instalments WHERE person_id = {person_id} ORDER BY paid_in, for_payment, ground = 'survivor', ground = 'disability'"
        ))
    }

    fn body(&self, notice_id: &str) -> String {
        self.rows(&format!("SELECT body FROM pension_notices WHERE notice_id = '{notice_id}'")).concat()
    }
}

/// Grade 2, 831,700円 from August 2025: paid in October and December, and in February 2026 with the fractions of three payments,
/// although no table of the income tax of 2026 is on file. 介護保険料 is taken, 個人住民税 is not.
#[test]
fn a_disability_pension_is_paid_free_of_tax() {
    let payer = Payer::since("2025-10");
    payer.person(81);
    payer.disability_claim(81, "2025-08-20", None);
    payer.award_of(81, "2025-08", (Some("disability"), None), [831_700, 0, 0], "claim");
    payer.levy(81, "long_term_care", 10_000);
    payer.levy(81, "resident_tax", 3_000);
    payer.nights(&[OCTOBER, DECEMBER, date(2026, 2, 5)]);
    assert_eq!(
        payer.lines_of(81),
        [
            "2025-10 disability 138616 0 0 | 0 0 0 | claim",
            "2025-12 disability 138616 0 0 | 0 0 0 | regular",
            "2026-02 disability 138618 0 0 | 2 0 0 | regular",
        ]
    );
    assert_eq!(
        payer.payments(81),
        [
            "2025-10-15 regular 138616 0 0 10000 128616 sent",
            "2025-12-15 regular 138616 0 0 10000 128616 sent",
            "2026-02-13 regular 138618 0 0 10000 128618 sent",
        ]
    );
    assert!(payer.held().is_empty(), "{:?}", payer.held());
    assert_eq!(payer.bank("2026-02-13")[0].1.amount_yen, 128_618);
    let body = payer.body("payment-2025-10-81");
    for said in
        ["障害基礎年金", "138,616円", "障害年金には所得税がかからない", "住民税・森林環境税は、老齢年金からだけ"]
    {
        assert!(body.contains(said), "{said}: {body}");
    }
    assert!(!body.contains("老齢基礎年金"), "{body}");
}

/// 65 and widowed: 5/6円, 3/6円 and 2/6円 cut six times give 5円, 3円 and 2円 in February; the tax is that of the old-age pensions
/// alone: (400,008 − 270,000) × 5.105% = 6,636円.
#[test]
fn a_widow_is_paid_three_pensions_with_three_fractions() {
    let payer = Payer::since("2025-02");
    payer.person(82);
    payer.claim(82, date(2015, 6, 1), Some("2024-11"));
    payer.survivor_claim(82, "2020-03-01", Some("2024-11"));
    payer.award_of(82, "2024-02", (Some("old_age"), Some("old_age")), [800_003, 1_600_005, 600_002], "annual_revision");
    payer.levy(82, "resident_tax", 5_000);
    payer.night(FEBRUARY);
    assert_eq!(
        payer.lines_of(82),
        ["2025-02 old_age 133338 266670 0 | 5 3 0 | regular", "2025-02 survivor 0 0 100002 | 0 0 2 | regular"]
    );
    assert_eq!(payer.payments(82), ["2025-02-14 regular 500010 0 6636 5000 488374 sent"]);
    assert_eq!(
        payer.rows("SELECT basic_yen, employees_yen, survivor_yen FROM pension_payments"),
        ["133338 266670 100002"]
    );
    let expected = [
        ("benefit_basic_pension", 133_338),
        ("benefit_employees_pension", 366_672),
        ("pension_fund", -488_374),
        ("withheld_income_tax", -6_636),
        ("withheld_resident_tax", -5_000),
    ];
    assert_eq!(payer.balances(), expected.map(|(account, yen)| (account.to_owned(), yen)).into());
    assert_eq!(payer.bank("2025-02-14")[0].1.amount_yen, 488_374);
}

/// The special old-age pension was paid twice (400,000円) when the disability pension is chosen from February on: four times
/// 140,000円 are due, and what was paid is an advance of it. Chosen back in December, all that was paid is what is due of the
/// old-age pension.
#[test]
fn a_retroactive_choice_is_set_off_at_once() {
    let payer = Payer::since("2025-06");
    payer.person(83);
    payer.claim(83, date(2025, 5, 1), None);
    payer.award_of(83, "2025-04", (None, Some("old_age")), [0, 1_200_000, 0], "claim");
    payer.nights(&[JUNE, AUGUST]);
    payer.disability_claim(83, "2025-09-01", None);
    payer.supersede(83);
    payer.award_of(83, "2025-02", (Some("disability"), None), [840_000, 0, 0], "choice");
    payer.night(OCTOBER);
    assert_eq!(
        payer.lines_of(83)[2..],
        [
            "2025-04 disability 140000 0 0 | 0 0 0 | choice",
            "2025-06 old_age 0 -200000 0 | 0 0 0 | choice",
            "2025-06 disability 140000 0 0 | 0 0 0 | choice",
            "2025-08 old_age 0 -200000 0 | 0 0 0 | choice",
            "2025-08 disability 140000 0 0 | 0 0 0 | choice",
            "2025-10 disability 140000 0 0 | 0 0 0 | choice",
        ]
    );
    assert_eq!(payer.payments(83)[2], "2025-10-15 regular 560000 400000 0 0 160000 sent");
    assert_eq!(payer.outstanding(83), 0);
    assert!(payer.notices("overpayment").is_empty(), "nothing is to be given back");
    let body = payer.body("payment-2025-10-83");
    for said in
        ["老齢年金としてお支払いした 200,000円", "400,000円 は、今回お支払いする年金の内払とみなして", "年金の選択"]
    {
        assert!(body.contains(said), "{said}: {body}");
    }
    assert_eq!(
        payer.balances(),
        BTreeMap::from([("benefit_basic_pension".to_owned(), 560_000), ("pension_fund".to_owned(), -560_000)])
    );
    payer.supersede(83);
    payer.award_of(83, "2025-04", (None, Some("old_age")), [0, 1_200_000, 0], "choice");
    payer.night(DECEMBER);
    assert_eq!(payer.payments(83)[3], "2025-12-15 regular 800000 560000 0 0 240000 sent");
    assert_eq!(payer.number("SELECT sum(net_yen)::bigint FROM pension_payments WHERE person_id = 83"), 4 * 200_000);
    assert_eq!(payer.outstanding(83), 0);
}

/// Less is due of the pension that was chosen: what is not set off at once is told and taken by half, as ever.
#[test]
fn what_a_choice_leaves_owing_is_told() {
    let payer = Payer::since("2025-06");
    payer.person(84);
    payer.claim(84, date(2025, 5, 1), None);
    payer.award_of(84, "2025-04", (None, Some("old_age")), [0, 1_200_000, 0], "claim");
    payer.nights(&[JUNE, AUGUST]);
    payer.survivor_claim(84, "2025-09-01", None);
    payer.supersede(84);
    payer.award_of(84, "2025-04", (None, None), [0, 0, 600_000], "choice");
    payer.night(OCTOBER);
    // 200,000円 to 100,000円, twice; both are 厚生年金.
    assert_eq!(payer.payments(84)[2], "2025-10-15 regular 300000 200000 0 0 100000 sent");
    assert_eq!(payer.outstanding(84), 200_000);
    let body = payer.body("overpayment-2025-10-84");
    for said in [
        "お返しいただく額\", \"200,000円",
        "今回の支払から差し引いた額",
        "老齢年金は、年金の選択により、200,000円 多く",
    ] {
        assert!(body.contains(said), "{said}: {body}");
    }
    payer.night(DECEMBER);
    assert_eq!(payer.payments(84)[3], "2025-12-15 regular 100000 50000 0 0 50000 sent");
    assert_eq!(payer.outstanding(84), 150_000);
}

/// The survivor's right was claimed in September 2025: August 2020 has lapsed, October 2020 has not; the old-age pension beside it
/// was claimed long ago.
#[test]
fn arrears_lapse_five_years_before_the_claim_for_their_own_ground() {
    let payer = Payer::since("2025-10");
    payer.person(85);
    payer.claim(85, date(2018, 5, 10), Some("2025-07"));
    payer.award(85, "2018-04", (600_000, 0), ("claim", None));
    payer.survivor_claim(85, "2025-09-20", None);
    payer.supersede(85);
    payer.award_of(85, "2018-04", (Some("old_age"), None), [600_000, 0, 120_000], "claim");
    payer.night(OCTOBER);
    let lines = payer.lines_of(85);
    assert_eq!((lines.len(), lines[0].as_str()), (32, "2020-10 survivor 0 0 20000 | 0 0 0 | claim"));
    assert_eq!(
        lines[30..],
        ["2025-10 old_age 100000 0 0 | 0 0 0 | regular", "2025-10 survivor 0 0 20000 | 0 0 0 | claim"]
    );
    assert_eq!(payer.payments(85), ["2025-10-15 regular 720000 0 0 0 720000 sent"]);
    let body = payer.body("payment-2025-10-85");
    assert!(body.contains("2018-06期から2020-08期まで14回の分 (280,000円) は、請求できる期間"), "{body}");
}

/// 未支給年金 of somebody with a disability basic and a survivor's employees' pension: September is paid to the sister, whole.
#[test]
fn what_a_dead_pensioner_of_other_grounds_was_owed_is_paid() {
    let payer = Payer::since("2025-12");
    payer.person(86);
    payer.disability_claim(86, "2016-05-10", Some("2025-07"));
    payer.survivor_claim(86, "2020-03-01", Some("2025-07"));
    payer.award_of(86, "2020-04", (Some("disability"), None), [831_700, 0, 600_002], "claim");
    payer.levy(86, "long_term_care", 10_000);
    Lives::new(&mut payer.office.session()).death(86, date(2025, 9, 10));
    payer.execute(
        "INSERT INTO unpaid_benefit_claims (record_id, person_id, claimant_kana, relation, shared_livelihood, filed_on, bank_code,
             branch_code, account_type, account_number, reason, known_at)
         VALUES (1, 86, 'ｷﾖｳﾀﾞｲ', 'sibling', true, '2025-11-01', '0001', '001', 1, '2', 'made', '2025-11-01')",
    );
    payer.night(DECEMBER);
    assert_eq!(
        payer.lines_of(86),
        ["2025-10 disability 138616 0 0 | 0 0 0 | claim", "2025-10 survivor 0 0 100000 | 0 0 0 | claim"]
    );
    assert_eq!(payer.payments(86), ["2025-12-15 unpaid_benefit 238616 0 0 0 238616 sent"]);
    assert_eq!(payer.bank("2025-12-15")[0].1.amount_yen, 238_616);
}

/// The other road pays those who draw old-age pensions alone, to the same yen; the others it leaves to the run.
#[test]
fn the_other_road_pays_old_age_pensions_alone() {
    let payer = Payer::since("2025-10");
    for person in [91, 92, 93, 94] {
        payer.person(person);
        payer.claim(person, date(2018, 5, 10), Some("2025-07"));
        payer.levy(person, "long_term_care", 10_000);
    }
    payer.award(91, "2025-04", (800_000, 1_600_000), ("claim", None));
    payer.award_of(92, "2025-04", (None, Some("old_age")), [0, 900_000, 0], "claim");
    payer.disability_claim(93, "2018-05-10", Some("2025-07"));
    payer.award_of(93, "2025-04", (Some("disability"), Some("old_age")), [831_700, 500_000, 0], "claim");
    payer.survivor_claim(94, "2018-05-10", Some("2025-07"));
    payer.award_of(94, "2025-04", (Some("old_age"), None), [831_700, 0, 500_000], "claim");
    let night = payer.night(OCTOBER);
    let rules = batch::jobs::payment_run::peer::rules(Month::new(2025, 10).expect("October")).expect("on file");
    let mut session = payer.office.session();
    // As known after everything here.
    let later: Timestamp = "2099-01-01T00:00:00Z".parse().expect("an instant");
    session.run(async |db| peer_payments::pay(&*db, &rules, later).await).expect("paid");
    let compared = session.run(async |db| peer_payments::compare(&*db, &night.run_id).await).expect("compared");
    // 399,999 − 10,000 − (389,999 − 270,000) × 5.105%, and 150,000 − 10,000.
    assert_eq!(compared, (2, 399_999 - 10_000 - 6_125 + 140_000, 0));
    assert_eq!(payer.number("SELECT sum(person_id)::bigint FROM peer.payments"), 91 + 92);
    assert_eq!(payer.number("SELECT count(*) FROM pension_payments WHERE held_reason IS NULL"), 4);
}
