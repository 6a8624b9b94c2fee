//! 離婚時の年金分割: one filing, two persons; both pensions are revised from the month after the claim, and a night that was
//! killed anywhere leaves the same rows.

use std::os::unix::process::ExitStatusExt;

use batch::night::{self, NightOptions};
use batch::progress::Silent;
use domain::Month;
use domain::life::SplitKind;
use domain::nenkin::{Insured, PersonName};
use domain::person_paper::{Account, PayeeChange, PensionSplit, PersonContent, PersonFiling, Share};
use jiff::civil::{Date, date};
use store::filings::{self, NewFiling, Whose};
use store::lives::Persons;
use store::night::awards::{self, AwardRow};
use tempfile::TempDir;
use tests::TestOffice;
use tests::lives::Lives;

use crate::office::Country;

const HUSBAND_BORN: Date = date(1961, 5, 5);
const WIFE_BORN: Date = date(1961, 7, 10);

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// Insured to 2026-03 and nobody's dependant; and 第3号 to 60, with nothing of her own.
fn couple(lives: &mut Lives<'_>, husband: i64, wife: i64) {
    lives.person(husband, HUSBAND_BORN, 1);
    let bonuses = [(month("2005-06"), 600_000), (month("2010-06"), 1_000_000)];
    lives.employment(husband, date(1984, 4, 1), date(2026, 4, 1), 500_000, &bonuses);
    lives.person(wife, WIFE_BORN, 2);
    lives.spell(wife, "cat3", date(1990, 4, 1), Some(date(2021, 7, 9)));
}

fn office(write: impl FnOnce(&mut Lives<'_>)) -> Country {
    let country = Country { office: TestOffice::new(), folder: TempDir::new().expect("a temporary folder") };
    let mut session = country.office.session();
    let mut lives = Lives::new(&mut session);
    lives.sql(
        "INSERT INTO settings (name, value) VALUES ('first_payment_month', '2030-02');
         INSERT INTO offices (office_code, name, prefecture_code) VALUES ('9901', '試験', 13) ON CONFLICT DO NOTHING",
    );
    write(&mut lives);
    country
}

fn night_on(country: &Country, business_on: Date) {
    let options = NightOptions { business_on, ..country.options() };
    night::run(&options, &Silent).expect("a night");
}

/// Received and approved.
fn submit(country: &Country, person_id: i64, born_on: Date, content: PersonContent) -> i64 {
    let insured = Insured {
        insured_number: None,
        name: PersonName::new("ﾈﾝﾘﾝ ﾋﾄ", None),
        born_on,
        my_number: None,
        basic_pension_number: None,
    };
    let filing = PersonFiling { insured, content, note: None };
    let payload = filing.payload().expect("JSON");
    let key = format!("{person_id}-{}", filing.form().code());
    let new = NewFiling {
        form_code: filing.form().code(),
        channel: "counter",
        office_code: "9901",
        whose: Whose::Person(person_id),
        insured_number: None,
        payload: &payload,
        my_number_sealed: None,
        sender: "test",
        sender_key: &key,
        media_file_id: None,
        media_line: None,
        business_on: date(2026, 8, 14),
        received_by: None,
    };
    country.office.session().run(async |db| {
        let filing_id = filings::receive(&*db, &new).await.expect("received").filing_id;
        filings::approve_by_rule(&*db, &[filing_id], "test").await.expect("approved");
        filing_id
    })
}

fn split(kind: SplitKind, filed_on: Date, other: i64) -> PersonContent {
    PersonContent::PensionSplit(PensionSplit {
        filed_on,
        kind,
        other_number: format!("{:010}", 9_100_000_000 + other).parse().expect("a number"),
        married_on: date(1990, 4, 2),
        divorced_on: date(2026, 4, 20),
        share: (kind == SplitKind::Agreed).then_some(Share::HALF),
        court_asked_on: None,
        court_decided_on: None,
    })
}

fn awards_of(country: &Country, person_id: i64) -> Vec<AwardRow> {
    let persons = Persons::one(person_id, None);
    country.office.session().run(async |db| awards::in_force(&*db, persons).await).expect("awards")
}

fn told(country: &Country, person_id: i64) -> Vec<(String, Option<String>, String, Option<i64>)> {
    let tell = |award: &AwardRow| {
        let until = award.until.map(|until| until.to_string());
        (award.from.to_string(), until, award.cause.clone(), award.cause_filing_id)
    };
    awards_of(country, person_id).iter().map(tell).collect()
}

/// 厚生年金保険法78条の10第1項・78条の18第1項. The months of 2008-04 to 2021-06 are halved: what he loses she gets, but for what averages
/// in whole yen make of it.
#[test]
fn both_pensions_are_revised_from_the_month_after_the_claim() {
    let country = office(|lives| {
        for (husband, wife) in [(1, 902), (3, 904)] {
            couple(lives, husband, wife);
            lives.claim(husband, date(2026, 5, 10), None);
            lives.claim(wife, date(2026, 7, 10), None);
        }
    });
    night_on(&country, date(2026, 8, 18));
    let before = (awards_of(&country, 1), awards_of(&country, 902));
    assert_eq!((before.0[0].from, before.1[0].from), (month("2026-06"), month("2026-08")));
    assert_eq!(before.1[0].employees_total_yen(), 0);
    // The wife of the first claims in August; of the second in September, in the month of the night.
    let first = submit(&country, 902, WIFE_BORN, split(SplitKind::Cat3, date(2026, 8, 20), 1));
    let second = submit(&country, 904, WIFE_BORN, split(SplitKind::Cat3, date(2026, 9, 1), 3));
    night_on(&country, date(2026, 9, 10));
    let rows = "SELECT string_agg(concat_ws(' ', person_id, other_person_id, gives, standards_before_yen::text, standards_yen::text,
            bonuses_yen::text), ';' ORDER BY person_id) FROM remuneration_splits WHERE person_id IN (1, 902)";
    assert_eq!(
        country.one::<String>(rows),
        "1 902 t {500000} {250000} {500000};902 1 f {0} {250000} {500000}",
        "the bonus of 2005-06 lies before 2008-04"
    );
    let revised = |from: &str| {
        let until = Some(from.to_owned());
        move |first: &str, cause: &str, filing: i64| {
            vec![
                (first.to_owned(), until.clone(), cause.to_owned(), None),
                (until.clone().expect("a month"), None, "record_change".to_owned(), Some(filing)),
            ]
        }
    };
    assert_eq!(told(&country, 1), revised("2026-09")("2026-06", "claim", first));
    assert_eq!(told(&country, 902), revised("2026-09")("2026-08", "claim", first));
    let (his, hers) = (awards_of(&country, 1), awards_of(&country, 902));
    assert_eq!((his[0].employees_yen, hers[0].employees_yen), (before.0[0].employees_yen, before.1[0].employees_yen));
    let (lost, gained) = (his[0].employees_yen[0] - his[1].employees_yen[0], hers[1].employees_yen[0]);
    assert!(lost > 200_000 && (lost - gained).abs() <= 4, "{lost} {gained}");
    assert_eq!(his[1].employees_yen[1], his[0].employees_yen[1], "経過的加算 knows no split");
    assert_eq!((hers[1].employees_yen[1], hers[1].basic_yen), (0, hers[0].basic_yen));
    // In October the second couple's turn comes, by the month alone.
    assert_eq!(told(&country, 904).len(), 1);
    night_on(&country, date(2026, 10, 6));
    assert_eq!(told(&country, 3), revised("2026-10")("2026-06", "claim", second));
    assert_eq!(told(&country, 904), revised("2026-10")("2026-08", "claim", second));
    assert_eq!(awards_of(&country, 3)[1].employees_yen, his[1].employees_yen);
    // Looking again changes nothing.
    night_on(&country, date(2026, 10, 7));
    assert_eq!((awards_of(&country, 1), awards_of(&country, 902)), (his, hers));
}

/// Filings of everybody in between, so that the persons of one claim lie in two partitions.
const FIRST: i64 = 1_001;
const PEOPLE: i64 = 520;

fn crowd() -> Country {
    let country = office(|lives| {
        for (husband, wife) in [(11, 2_001), (13, 2_003), (15, 2_005), (17, 2_007)] {
            couple(lives, husband, wife);
        }
        (FIRST..FIRST + PEOPLE).for_each(|person_id| lives.person(person_id, date(1970, 5, 10), 2));
    });
    let changed = |number: i64| {
        PersonContent::PayeeChange(PayeeChange {
            account: Account {
                bank_code: "0001".to_owned(),
                branch_code: "001".to_owned(),
                account_type: 1,
                account_number: format!("{number:07}"),
                holder_kana: "ﾈﾝﾘﾝ ﾋﾄ".to_owned(),
            },
        })
    };
    let agreed = |other: i64| split(SplitKind::Agreed, date(2026, 8, 3), other);
    submit(&country, 11, HUSBAND_BORN, agreed(2_001));
    for person_id in FIRST..FIRST + PEOPLE {
        submit(&country, person_id, date(1970, 5, 10), changed(person_id));
    }
    // She asks for the same; the other of the next has a filing of his own; the third has nobody's number.
    submit(&country, 2_001, WIFE_BORN, agreed(11));
    submit(&country, 13, HUSBAND_BORN, changed(13));
    submit(&country, 2_003, WIFE_BORN, agreed(13));
    submit(&country, 2_005, WIFE_BORN, agreed(99));
    submit(&country, 2_007, WIFE_BORN, agreed(17));
    country
}

/// Everything that the job leaves, without instants.
fn left(country: &Country) -> Vec<String> {
    let tables = [
        (
            "remuneration_splits",
            "person_id, record_id, other_person_id, kind, gives, share_hundred_thousandths, rate_ten_millionths, claimed_on,
             standards_yen, bonuses_yen, valid_from, valid_to, cause_filing_id, reason",
        ),
        ("payees", "person_id, account_number, cause_filing_id, superseded_at IS NULL"),
        ("application_queue", "filing_id, person_id"),
        ("filing_steps", "filing_id, step_no, step, note"),
        ("run_verdicts", "subject, verdict, code, message"),
        ("run_partitions", "run_id, job_no, partition_no, key_from, key_to, state, read_count, done_count, totals"),
    ];
    let of = |(table, columns): (&str, &str)| {
        country.one(&format!(
            "SELECT coalesce(string_agg(row::text, ';' ORDER BY row::text), '')
             FROM (SELECT ROW({columns}) AS row FROM {table}) AS rows"
        ))
    };
    tables.into_iter().map(of).collect()
}

#[test]
fn killed_in_either_partition_and_resumed_both_persons_have_their_rows() {
    let country = crowd();
    let undisturbed = country.copy();
    let done = undisturbed.runner("run", "");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let expected = left(&undisturbed);
    let persons = "SELECT string_agg(person_id::text, ' ' ORDER BY person_id) FROM remuneration_splits";
    assert_eq!(undisturbed.one::<String>(persons), "11 17 2001 2007");
    let held = "SELECT string_agg(concat_ws(' ', person_id, code), ';' ORDER BY person_id)
        FROM run_verdicts JOIN filings ON subject = 'filing:' || filing_id";
    assert_eq!(undisturbed.one::<String>(held), "2001 waits_for_other;2003 waits_for_other;2005 other_unknown");
    let partitions =
        "SELECT count(*) FROM run_partitions JOIN run_jobs USING (run_id, job_no) WHERE job = 'apply_person_filings'";
    assert_eq!(undisturbed.one::<i64>(partitions), 2);
    for fault in ["apply_person_filings:0:after_commit", "apply_person_filings:1:before_commit"] {
        let killed = country.copy();
        let died = killed.runner("run", fault);
        assert_eq!(died.status.signal(), Some(9), "{fault}: {}", String::from_utf8_lossy(&died.stderr));
        let resumed = killed.runner("resume", "");
        assert!(resumed.status.success(), "{fault}: {}", String::from_utf8_lossy(&resumed.stderr));
        assert_eq!(left(&killed), expected, "{fault}");
    }
    // The next night the one that waited for a filing goes on; the one that was split already is told so.
    night_on(&undisturbed, date(2026, 8, 18));
    assert_eq!(undisturbed.one::<String>(persons), "11 13 17 2001 2003 2007");
    let again = "SELECT count(*) FROM run_verdicts WHERE code = 'already_split'";
    assert_eq!(undisturbed.one::<i64>(again), 1);
}
