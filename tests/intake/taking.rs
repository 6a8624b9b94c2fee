//! The same file twice, at once, in part; what goes back and comes again.

use batch::intake::{self, FileOutcome};
use batch::progress::Silent;

use crate::world::{HANAKO, ICHIRO, World, bonus, enrolment, media, options};

const ICHIRO_BONUS: (&str, &str, &str) = ("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515");

fn ichiro_bonus(cash: i64) -> String {
    let (number, kana, birth) = ICHIRO_BONUS;
    bonus(number, kana, birth, "9,080630", cash)
}

#[test]
fn a_clean_file_is_received_examined_and_approved_by_rule() {
    let world = World::with(&[ICHIRO]);
    let summary = world.take(1, &[&ichiro_bonus(523_456)]);
    assert_eq!((summary.files_taken, summary.records_taken, summary.records_refused), (1, 1, 0));
    assert_eq!(summary.by_form["2265700"].taken, 1);
    assert!(summary.files[0].return_dir.is_none());
    let course = world.rows("SELECT step, by_system FROM filing_steps ORDER BY step_no");
    assert_eq!(course, ["received intake", "entered intake", "examined intake", "approved intake"]);
    assert_eq!(world.rows("SELECT outcome, rule FROM decisions"), ["approved automatic_media"]);
    assert_eq!(world.count("application_queue"), 1);
    assert_eq!(
        world.rows("SELECT sender, media_serial, outcome, record_count, taken_count FROM media_files"),
        ["21-01-ﾃｽﾄ 001 taken 1 1"]
    );
}

#[test]
fn what_a_form_leaves_to_a_person_is_not_approved_by_rule() {
    let world = World::with(&[ICHIRO]);
    // 備考欄項目２（二以上勤務）
    let line = format!("{},,,,,1,,", ichiro_bonus(500_000).trim_end_matches(','));
    let summary = world.take(1, &[&line]);
    assert_eq!((summary.records_taken, summary.records_refused), (1, 0), "{summary}");
    let course = world.rows("SELECT step, by_system FROM filing_steps ORDER BY step_no");
    assert_eq!(course, ["received intake", "entered intake", "examined intake"]);
    assert_eq!((world.count("application_queue"), world.count("decisions")), (0, 0));
}

#[test]
fn the_same_file_twice_does_nothing_twice() {
    let world = World::with(&[ICHIRO]);
    world.take(1, &[&ichiro_bonus(500_000)]);
    let again = world.take(1, &[&ichiro_bonus(500_000)]);
    assert_eq!((again.files_already_taken, again.records_taken), (1, 0));
    assert_eq!(again.files[0].outcome, FileOutcome::AlreadyTaken);
    assert_eq!((world.count("filings"), world.count("media_files"), world.count("filing_steps")), (1, 1, 4));
}

#[test]
fn the_same_file_at_the_same_moment_is_taken_once() {
    let world = World::with(&[ICHIRO, HANAKO]);
    for round in 1..=5_u16 {
        let cash = 100_000 + i64::from(round) * 1000;
        let path = world.file(&format!("{round}/SHFD0006.CSV"), &media(round, &[&ichiro_bonus(cash)]));
        let options = options(world.office.url(), &[path.clone(), path], &world.dir.path().join("returned"));
        let (one, other) = std::thread::scope(|scope| {
            let run = || intake::run(&options, &Silent).expect("intake reaches the database");
            let other = scope.spawn(run);
            (run(), other.join().expect("no panic"))
        });
        assert_eq!(one.files_taken + other.files_taken, 1, "round {round}");
        assert_eq!(one.files_already_taken + other.files_already_taken, 3, "round {round}");
        assert_eq!(world.count("filings"), i64::from(round));
    }
}

#[test]
fn two_files_about_one_employer_see_each_other() {
    let world = World::new();
    // Both give number 7 to a new person of their own; whichever comes second is refused, in whatever order.
    let files: Vec<_> = (0..6_u16)
        .map(|place| {
            let pension = format!("2101,20010{place}");
            let line = enrolment("7", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", &pension, "9,080701", 240_000);
            world.file(&format!("{place}/SHFD0006.CSV"), &media(place + 1, &[&line]))
        })
        .collect();
    let summary = world.intake(&files);
    assert_eq!((summary.records_taken, summary.records_refused), (1, 5));
    assert_eq!(world.rows("SELECT DISTINCT code, item FROM media_problems"), ["DB-NUMBER-USED 被保険者整理番号"]);
}

#[test]
fn the_returned_records_are_corrected_and_taken() {
    let world = World::with(&[ICHIRO, HANAKO]);
    let wrong = bonus("9", "ｶｸｳ ﾊﾅｺ", "7,040229", "9,080630", 250_000);
    let summary = world.take(3, &[&ichiro_bonus(500_000), &wrong]);
    assert_eq!((summary.records_taken, summary.records_refused), (1, 1));
    let folder = summary.files[0].return_dir.clone().expect("a return folder");
    assert!(folder.ends_with("21-01-ﾃｽﾄ-003"), "{}", folder.display());
    let list = std::fs::read_to_string(folder.join("返戻理由一覧.csv")).expect("the list of reasons");
    assert!(list.contains("DB-NOT-INSURED") && list.contains("被保険者整理番号") && list.contains("\r\n7,"), "{list}");
    let returned = std::fs::read(folder.join("SHFD0006.CSV")).expect("the return file");
    assert_eq!(returned, media(3, &[&wrong]));
    let corrected = media(3, &[&bonus("2", "ｶｸｳ ﾊﾅｺ", "7,040229", "9,080630", 250_000)]);
    let summary = world.intake(&[world.file("corrected/SHFD0006.CSV", &corrected)]);
    assert_eq!((summary.records_taken, summary.records_refused), (1, 0));
    assert_eq!(world.count("filings"), 2);
}

#[test]
fn a_return_file_that_got_lost_is_written_again() {
    let world = World::with(&[ICHIRO]);
    let wrong = bonus("9", "ｶｸｳ ﾊﾅｺ", "7,040229", "9,080630", 250_000);
    let first = world.take(3, &[&wrong]);
    let folder = first.files[0].return_dir.clone().expect("a return folder");
    let read = || [std::fs::read(folder.join("SHFD0006.CSV")), std::fs::read(folder.join("返戻理由一覧.csv"))];
    let before = read().map(|file| file.expect("written"));
    std::fs::remove_dir_all(&folder).expect("ours");
    // The facts have moved on meanwhile; what goes back is still what was found then.
    world.insure(world.employer_id, &crate::world::Insured { number: 9, ..HANAKO });
    let again = world.take(3, &[&wrong]);
    assert_eq!((again.files_already_taken, again.files[0].return_dir.as_ref()), (1, Some(&folder)));
    assert_eq!(read().map(|file| file.expect("written again")), before);
}

#[test]
fn another_file_of_the_same_serial_does_not_overwrite_a_return() {
    let world = World::with(&[ICHIRO]);
    let wrong = |number: &str| bonus(number, "ｶｸｳ ﾊﾅｺ", "7,040229", "9,080630", 250_000);
    let one = world.take(3, &[&wrong("8")]);
    let other = world.take(3, &[&wrong("9")]);
    let folders = [one, other].map(|summary| summary.files[0].return_dir.clone().expect("a return folder"));
    assert_ne!(folders[0], folders[1]);
    assert_eq!(std::fs::read(folders[0].join("SHFD0006.CSV")).expect("kept"), media(3, &[&wrong("8")]));
}

#[test]
fn folders_are_walked_and_one_bad_path_does_not_stop_the_rest() {
    let world = World::with(&[ICHIRO, HANAKO]);
    world.file("in/a/SHFD0006.CSV", &media(1, &[&ichiro_bonus(500_000)]));
    world.file("in/b/shfd0006.csv", &media(2, &[&bonus("2", "ｶｸｳ ﾊﾅｺ", "7,040229", "9,080630", 250_000)]));
    world.file("in/b/返戻理由一覧.csv", b"not a medium");
    world.file("in/b/notes.txt", b"not a medium");
    let missing = world.dir.path().join("missing.csv");
    let summary = world.intake(&[missing, world.dir.path().join("in")]);
    assert_eq!((summary.files_taken, summary.files_failed, summary.records_taken), (2, 1, 2));
    assert!(summary.files[0].error.as_ref().expect("why").contains("読めません"));
    let shown = summary.to_string();
    assert!(shown.contains("受付 2") && shown.contains("賞与支払届"), "{shown}");
}

#[test]
fn my_numbers_are_sealed_and_nowhere_else() {
    let world = World::new();
    let my_number = "123456789018";
    let line = format!(
        "2200700,21,01,ﾃｽﾄ,12345,7,ｼﾝｼﾞﾝ ﾀﾛｳ,見本　新人,7,130108,1,1,{my_number},,,,,9,080701,0,0240000,0000000,0240000,,,,,,,,,,,"
    );
    let mut without_key = world.options(&[world.file("SHFD0006.CSV", &media(1, &[&line]))]);
    without_key.my_number_key = None;
    let refused = intake::run(&without_key, &Silent).expect("intake reaches the database");
    assert_eq!(refused.files_failed, 1);
    assert_eq!((world.count("filings"), world.count("media_files")), (0, 0));

    let summary = world.take(1, &[&line]);
    assert_eq!(summary.records_taken, 1);
    let filed = world.rows("SELECT payload::text, encode(my_number_sealed, 'escape') FROM filings").concat();
    assert!(!filed.contains(my_number));
    let mut session = world.office.session();
    let row = session
        .run(async |db| store::Db::row(db, "SELECT number_sealed, number_index FROM my_number.filed", &[]).await)
        .expect("the sealed number");
    let opened = crate::world::keys().open(row.get(0)).expect("our key opens it");
    assert_eq!(opened.digits(), my_number);

    world.apply();
    assert_eq!(world.rows("SELECT count(*) FROM my_number.numbers JOIN coverage_spells USING (person_id)"), ["1"]);
    // The same person, found by the number, is insured already.
    let again = line.replace(",7,ｼﾝｼﾞﾝ", ",8,ｼﾝｼﾞﾝ");
    world.take(2, &[&again]);
    assert_eq!(world.rows("SELECT code FROM media_problems"), ["DB-ALREADY-INSURED"]);
}
