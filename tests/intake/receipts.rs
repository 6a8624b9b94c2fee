//! Results of direct debits from the bank's file to the receipts: sums, keys, the list of what nobody knows, twice the same
//! file, and a process that is killed.

use std::path::{Path, PathBuf};
use std::process::Command;

use batch::intake::receipts::{ReceiptOptions, ReceiptOutcome, ReceiptSummary, Total, run};
use batch::night::{self, NightOptions};
use batch::progress::Silent;

use crate::world::{BUSINESS_ON, HANAKO, ICHIRO, World};

const TABLES: [&str; 3] = ["np_receipt_files", "np_receipt_file_lines", "np_receipts"];

/// 引落日 31 July; customer, amount and result of each; the trailer counts them.
fn file(debits: &[(&str, i64, char)]) -> Vec<u8> {
    let of = |debited: bool| {
        let chosen = debits.iter().filter(|debit| (debit.2 == '0') == debited);
        format!("{:06}{:012}", chosen.clone().count(), chosen.map(|debit| debit.1).sum::<i64>())
    };
    with_trailer(debits, &format!("{}{}", of(true), of(false)))
}

fn with_trailer(debits: &[(&str, i64, char)], results: &str) -> Vec<u8> {
    let mut lines = vec![format!("1910{:<50}0731{:<62}", "1234567890NENKIN", "")];
    for (customer, amount, code) in debits {
        let account = format!("20001{:<15}001{:<15}{:<4}11234567{:<30}", "BANK", "BRANCH", "", "TARO");
        lines.push(format!("{account}{amount:010}0{customer:<20}{code}{:<8}", ""));
    }
    let sum: i64 = debits.iter().map(|debit| debit.1).sum();
    lines.push(format!("8{:06}{sum:012}{results}{:<65}", debits.len(), ""));
    lines.push(format!("9{:<119}", ""));
    (lines.join("\r\n") + "\r\n").into_bytes()
}

/// Ichiro's and Hanako's June, Ichiro's 付加, and what cannot be booked.
const MIXED: [(&str, i64, char); 8] = [
    ("21012000012026060000", 17_920, '0'),
    ("21012000012026060100", 400, '0'),
    ("21012000022026060000", 17_920, '1'),
    ("21012000092026060000", 17_920, '0'),
    ("21012000022029060000", 17_920, '0'),
    ("21012000012026060000", 17_920, '0'),
    ("K-7,\"x", 17_510, '0'),
    ("21012000022026050000", 17_920, '0'),
];

fn options(url: &str, files: &[PathBuf], lists: &Path) -> ReceiptOptions {
    let list_dir = lists.to_owned();
    ReceiptOptions { url: url.to_owned(), files: files.to_vec(), business_on: BUSINESS_ON, list_dir, uncounted: false }
}

fn take(world: &World, files: &[PathBuf]) -> ReceiptSummary {
    run(&options(world.office.url(), files, &world.dir.path().join("lists"))).expect("the database is reached")
}

fn nothing_is_there(world: &World, why: &str) {
    for table in TABLES {
        assert_eq!(world.count(table), 0, "{table}: {why}");
    }
}

#[test]
fn every_record_is_a_receipt_or_stands_on_the_list() {
    let world = World::with(&[ICHIRO, HANAKO]);
    let path = world.file("kekka.dat", &file(&MIXED));
    let summary = take(&world, std::slice::from_ref(&path));
    let [taken] = summary.files.as_slice() else { panic!("{summary:?}") };
    assert_eq!((taken.outcome, taken.reason.clone()), (ReceiptOutcome::Taken, None));
    assert_eq!(summary.booked, Total { count: 3, yen: 17_920 + 400 + 17_920 });
    assert_eq!(summary.unpaid, Total { count: 1, yen: 17_920 });
    assert_eq!(summary.referred, Total { count: 4, yen: 3 * 17_920 + 17_510 });
    let receipts = world.rows(
        "SELECT n.number, for_month, r.kind, amount_yen, paid_on, channel, file_id IS NOT NULL AS from_file
        FROM np_receipts AS r JOIN person_numbers AS n USING (person_id)
        WHERE n.kind = 'basic_pension_number' ORDER BY receipt_id",
    );
    assert_eq!(
        receipts,
        [
            "2101200001 2026-06-01 monthly 17920 2026-07-31 debit true",
            "2101200001 2026-06-01 additional 400 2026-07-31 debit true",
            "2101200002 2026-05-01 monthly 17920 2026-07-31 debit true",
        ]
    );
    let lines = world.rows("SELECT line_no, outcome, code, amount_yen FROM np_receipt_file_lines ORDER BY 1");
    let codes = ["4 unpaid no_funds", "5 referred unknown_number", "6 referred month", "7 referred twice"];
    assert_eq!(lines[..4], codes.map(|line| format!("{line} 17920")));
    assert_eq!(lines[4..], ["8 referred unreadable_key 17510".to_owned()]);
    let list = std::fs::read_to_string(taken.list.as_ref().expect("a list")).expect("readable");
    assert_eq!(list.lines().count(), 6);
    assert!(list.contains("5,照会,21012000092026060000,17920,") && list.contains("8,照会,K7x,17510,"), "{list}");
    // The same bytes again, under another name: nothing is booked, and a lost list comes back.
    std::fs::remove_file(taken.list.as_ref().expect("a list")).expect("removable");
    let again = take(&world, &[world.file("again.dat", &file(&MIXED))]);
    assert_eq!(again.files[0].outcome, ReceiptOutcome::AlreadyTaken);
    assert_eq!((again.booked, again.files[0].booked), (Total::default(), summary.booked));
    assert_eq!(world.count("np_receipts"), 3);
    assert_eq!(std::fs::read_to_string(again.files[0].list.as_ref().expect("a list")).expect("readable"), list);
}

#[test]
fn the_night_settles_what_the_bank_debited() {
    let world = World::with(&[HANAKO]);
    // No longer employed since April: 第1号.
    let sql = "
        INSERT INTO settings (name, value) VALUES ('first_payment_month', '2026-10');
        UPDATE coverage_spells SET superseded_at = now();
        INSERT INTO pension_spells (record_id, person_id, category, reason, valid_from)
        SELECT nextval('record_ids'), person_id, 'cat1', '試験', '2026-04-01' FROM persons";
    world.office.session().run(async |db| db.batch_execute(sql).await).expect("facts of the test");
    take(&world, &[world.file("kekka.dat", &file(&[("21012000022026060000", 17_920, '0')]))]);
    let options = NightOptions::new(world.office.url(), BUSINESS_ON, world.dir.path());
    night::run(&options, &Silent).expect("a night");
    let settled = "SELECT for_month, kind, amount_yen FROM np_settlements ORDER BY 1";
    assert_eq!(world.rows(settled), ["2026-06-01 receipt 17920"]);
    assert!(world.rows("SELECT marks FROM contribution_years WHERE superseded_at IS NULL")[0].starts_with("..P"));
}

#[test]
fn a_file_that_is_not_as_it_should_be_books_nothing_and_holds_up_nobody() {
    let world = World::with(&[ICHIRO, HANAKO]);
    let good = file(&MIXED[..3]);
    let mut wrong_sum = good.clone();
    wrong_sum[4 * 122 + 18] = b'9';
    let mut future = good.clone();
    future[54..58].copy_from_slice(b"0818");
    let zeros = "0".repeat(36);
    let bad = [
        ("sum", wrong_sum, "合計金額"),
        ("future", future, "引落日が業務日付より後"),
        ("short", good[..good.len() - 122].to_vec(), "エンドレコード"),
        ("request", with_trailer(&MIXED[..2], &zeros), "振替請求のファイルと区別できません"),
        ("transfer", [b"1210".as_slice(), &good[4..]].concat(), "種別コード"),
    ];
    for (name, bytes, reason) in bad {
        let summary = take(&world, &[world.file(name, &bytes)]);
        let refused = &summary.files[0];
        assert_eq!(refused.outcome, ReceiptOutcome::Refused, "{name}");
        assert!(refused.reason.as_ref().is_some_and(|told| told.contains(reason)), "{name}: {refused:?}");
        nothing_is_there(&world, name);
    }
    let missing = world.dir.path().join("missing.dat");
    // Zeros in the trailer of a bank that writes none: a failed debit shows that it is a result.
    let uncounted = world.file("uncounted.dat", &with_trailer(&MIXED[..3], &zeros));
    let summary = take(&world, &[missing, uncounted]);
    assert_eq!([summary.files[0].outcome, summary.files[1].outcome], [ReceiptOutcome::Failed, ReceiptOutcome::Taken]);
    assert_eq!(summary.booked.count, 2);
    let asked = ReceiptOptions {
        uncounted: true,
        ..options(world.office.url(), &[world.file("all.dat", &with_trailer(&MIXED[..2], &zeros))], world.dir.path())
    };
    assert_eq!(run(&asked).expect("the database is reached").files[0].outcome, ReceiptOutcome::Taken);
}

#[test]
fn two_at_once_book_a_file_once() {
    let world = World::with(&[ICHIRO, HANAKO]);
    let path = world.file("kekka.dat", &file(&MIXED));
    let outcomes: Vec<ReceiptOutcome> = std::thread::scope(|scope| {
        let takers: Vec<_> =
            (0..3).map(|_| scope.spawn(|| take(&world, std::slice::from_ref(&path)).files[0].outcome)).collect();
        takers.into_iter().map(|taker| taker.join().expect("no panic")).collect()
    });
    let taken = outcomes.iter().filter(|outcome| **outcome == ReceiptOutcome::Taken).count();
    assert_eq!((taken, world.count("np_receipts")), (1, 3), "{outcomes:?}");
    assert!(!outcomes.contains(&ReceiptOutcome::Failed), "{outcomes:?}");
}

/// What the process that is killed does; run by the test below, never by itself.
#[test]
#[ignore = "started by the test below, which kills it"]
fn child() {
    let Ok(url) = std::env::var("NENRIN_CHILD_URL") else { return };
    let path = |name: &str| PathBuf::from(std::env::var_os(name).expect("given by the parent"));
    run(&options(&url, &[path("NENRIN_CHILD_FILE")], &path("NENRIN_CHILD_LISTS"))).expect("the database is reached");
}

#[test]
fn killed_it_is_all_or_nothing() {
    for (fault, receipts) in [("receipts:0:before_commit", 0), ("receipts:0:after_commit", 3)] {
        let world = World::with(&[ICHIRO, HANAKO]);
        let path = world.file("kekka.dat", &file(&MIXED));
        let lists = world.dir.path().join("lists");
        let output = Command::new(std::env::current_exe().expect("this test program"))
            .args(["--exact", "receipts::child", "--ignored", "--nocapture"])
            .env("NENRIN_FAULT", fault)
            .env("NENRIN_CHILD_URL", world.office.url())
            .env("NENRIN_CHILD_FILE", &path)
            .env("NENRIN_CHILD_LISTS", &lists)
            .output()
            .expect("the child starts");
        use std::os::unix::process::ExitStatusExt;
        assert_eq!(output.status.signal(), Some(9), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!((world.count("np_receipts"), lists.exists()), (receipts, false), "after {fault}");
        let summary = take(&world, &[path]);
        assert!(summary.files[0].list.as_ref().is_some_and(|list| list.exists()), "after {fault}");
        assert_eq!((world.count("np_receipts"), world.count("np_receipt_files")), (3, 1), "after {fault}");
    }
}
