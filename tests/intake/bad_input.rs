//! What bad input gets: line, item and reason of everything that only the database can know, while everything else
//! of the same file goes on.

use jiff::civil::date;

use batch::intake::{self, FileOutcome};
use batch::progress::Silent;

use crate::world::{HANAKO, ICHIRO, Insured, World, bonus, coverage_end, enrolment, enrolment_at, media, media_of};

/// `line item code` of every problem, in order.
fn problems(world: &World) -> Vec<String> {
    world.rows("SELECT line_no, item, code FROM media_problems WHERE NOT warning ORDER BY media_file_id, problem_no")
}

/// Takes in the record after a good one; the good one must be taken.
fn refused_for(world: &World, line: &str) -> Vec<String> {
    let good = bonus("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "9,080630", 500_000);
    let summary = world.take(1, &[&good, line]);
    assert_eq!((summary.records_taken, summary.records_refused), (1, 1), "{:?}", problems(world));
    problems(world)
}

fn newcomer(number: &str, pension: &str, acquired: &str) -> String {
    enrolment(number, "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", pension, acquired, 240_000)
}

#[test]
fn enrolments_that_cannot_be() {
    for (line, expected) in [
        (newcomer("1", "2101,100007", "9,080701"), "7 被保険者整理番号 DB-NUMBER-USED"),
        (newcomer("7", "2101,100007", "7,220331"), "7 資格取得年月日（年月日） DB-BEFORE-COVERAGE"),
        // Ichiro's pension number with another's birth date, then with another's name.
        (enrolment("7", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550516", "2101,200009", "9,080701", 240_000), "7 生年月日（年月日） DB-BIRTH"),
        (enrolment("7", "ﾐﾎﾝ ｼﾞﾛｳ", "5,550515", "2101,200009", "9,080701", 240_000), "7 被保険者氏名（カナ） DB-NAME"),
        (
            enrolment("7", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "2101,200001", "9,080701", 240_000),
            "7 資格取得年月日（年月日） DB-ALREADY-INSURED",
        ),
    ] {
        let world = World::with(&[ICHIRO]);
        let other = world.employer("ﾎｶ", "54321", "1301");
        world.insure(other, &Insured { number: 1, pension_number: "2101200009", ..ICHIRO });
        assert_eq!(refused_for(&world, &line), [expected]);
    }
}

#[test]
fn a_number_and_a_person_used_twice_in_one_file() {
    let world = World::new();
    let first = newcomer("7", "2101,100007", "9,080701");
    let same_number = enrolment("7", "ﾍﾞﾂ ｼﾞﾛｳ", "7,130109", "2101,100008", "9,080702", 240_000);
    let same_person = newcomer("8", "2101,100007", "9,080703");
    let summary = world.take(1, &[&first, &same_number, &same_person, &first]);
    assert_eq!((summary.records_taken, summary.records_refused), (1, 3));
    assert_eq!(
        problems(&world),
        [
            "7 被保険者整理番号 NK-2200700-6-NUMBER_TWICE",
            "8 資格取得年月日（年月日） DB-ALREADY-INSURED",
            "9 資格取得届 NK-2200700-TWICE",
        ]
    );
}

#[test]
fn coverage_ends_that_cannot_be() {
    let end = |number, kana, birth, pension, lost, last| coverage_end(number, kana, birth, pension, lost, last);
    for (line, expected) in [
        (end("9", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "2101,200001", "9,080801", "9,080731"), "7 被保険者整理番号 DB-NOT-INSURED"),
        (end("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550514", "2101,200001", "9,080801", "9,080731"), "7 生年月日（年月日） DB-BIRTH"),
        (end("1", "ﾐﾎﾝ ｼﾞﾛｳ", "5,550515", "2101,200001", "9,080801", "9,080731"), "7 被保険者氏名（カナ） DB-NAME"),
        (
            end("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "2101,200002", "9,080801", "9,080731"),
            "7 基礎年金番号（一連番号） DB-OTHER-PERSON",
        ),
        (
            end("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "2101,200001", "7,270331", "7,270330"),
            "7 資格喪失年月日（年月日） DB-LOST-BEFORE-ACQUIRED",
        ),
    ] {
        let world = World::with(&[ICHIRO, HANAKO]);
        assert_eq!(refused_for(&world, &line), [expected]);
    }
}

#[test]
fn a_second_coverage_end_is_refused_also_while_the_first_waits() {
    let world = World::with(&[ICHIRO]);
    let end = |lost, last| coverage_end("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "2101,200001", lost, last);
    world.take(1, &[&end("9,080801", "9,080731")]);
    world.take(2, &[&end("9,080802", "9,080801")]);
    world.apply();
    world.take(3, &[&end("9,080803", "9,080802")]);
    let expected = "6 資格喪失年月日（年月日） DB-ALREADY-LOST";
    assert_eq!(problems(&world), [expected, expected]);
}

#[test]
fn filings_about_days_without_cover() {
    let santei = "2225700,21,01,ﾃｽﾄ,1,ﾐﾎﾝ ｲﾁﾛｳ,見本　一郎,5,550515,9,07,09,0300,0300,9,06,09,,,,,04,05,06,30,31,30,0300000,0300000,0300000,0000000,0000000,0000000,0300000,0300000,0300000,0900000,0300000,,,,,,,,,,,,,,,";
    let geppen = "2221700,21,01,ﾃｽﾄ,1,ﾐﾎﾝ ｲﾁﾛｳ,見本　一郎,5,550515,9,07,12,0300,0300,9,07,09,09,1,,,09,10,11,30,31,30,0380000,0380000,0380000,0000000,0000000,0000000,0380000,0380000,0380000,1140000,0380000,,,,,,,,基本給の変更,,,";
    for (line, expected) in [
        (santei.to_owned(), "6 被保険者整理番号 DB-NOT-INSURED-ON-DAY"),
        (geppen.to_owned(), "6 被保険者整理番号 DB-NOT-INSURED-ON-DAY"),
        (bonus("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "9,071231", 500_000), "6 賞与支払年月日（年月日） DB-NOT-INSURED-ON-DAY"),
    ] {
        let world = World::with(&[Insured { acquired_on: date(2026, 1, 1), ..ICHIRO }]);
        world.take(1, &[&line]);
        assert_eq!(problems(&world), [expected]);
    }
}

#[test]
fn employers_that_are_not_ours() {
    let world = World::with(&[ICHIRO]);
    world.employer("ﾐﾅﾄ", "22222", "1302");
    let at = |employer: &str, pension: &str| {
        enrolment_at(employer, "7", "ｼﾝｼﾞﾝ ﾀﾛｳ", "7,130108", pension, "9,080701", 240_000)
    };
    let lines = [at("ﾅｼ,11111", "2101,100001"), at("ﾃｽﾄ,99999", "2101,100002"), at("ﾐﾅﾄ,22222", "2101,100003")];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    // One office line per record, so that the file itself is whole.
    let bytes = media_of(1, &["ﾃｽﾄ,99999", "ﾅｼ,11111", "ﾐﾅﾄ,22222"], &lines);
    let mut options = world.options(&[world.file("SHFD0006.CSV", &bytes)]);
    options.office = Some("1301".to_owned());
    let summary = intake::run(&options, &Silent).expect("intake reaches the database");
    assert_eq!((summary.records_taken, summary.records_refused), (0, 3), "{summary}");
    let codes = world.rows("SELECT item, code FROM media_problems WHERE NOT warning ORDER BY line_no");
    assert_eq!(codes, ["事業所記号 DB-EMPLOYER-UNKNOWN", "事業所番号 DB-OFFICE-NUMBER", "事業所記号 DB-OTHER-OFFICE"]);
}

#[test]
fn a_content_received_before_is_refused_with_its_reception_number() {
    let world = World::with(&[ICHIRO]);
    let line = bonus("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "9,080630", 500_000);
    world.take(1, &[&line]);
    world.take(2, &[&line]);
    let reception = world.rows("SELECT reception_number FROM filings").concat();
    assert_eq!(problems(&world), ["6 賞与支払届 DB-SAME-CONTENT"]);
    let message = world.rows("SELECT message FROM media_problems").concat();
    assert!(message.contains(&reception), "{message}");
}

#[test]
fn months_without_a_grade_table_are_refused_by_the_name_of_the_table() {
    // The tables go back to 2000 and 2001; employer and person are older than that.
    let world = World::with(&[Insured { acquired_on: date(1990, 4, 1), ..ICHIRO }]);
    let geppen = "2221700,21,01,ﾃｽﾄ,1,ﾐﾎﾝ ｲﾁﾛｳ,見本　一郎,5,550515,7,10,05,0300,0300,7,09,10,02,1,,,02,03,04,28,31,30,0380000,0380000,0380000,0000000,0000000,0000000,0380000,0380000,0380000,1140000,0380000,,,,,,,,基本給の変更,,,";
    world.take(1, &[geppen]);
    assert_eq!(problems(&world), ["6 改定年月（年） DB-GRADE-NOT-IN-FORCE"]);
    let message = world.rows("SELECT message FROM media_problems").concat();
    assert!(message.contains("標準報酬月額等級表"), "{message}");
}

#[test]
fn a_file_refused_as_a_whole_takes_nothing_and_goes_back_as_it_came() {
    let world = World::with(&[ICHIRO]);
    let mut bytes = media(5, &[&bonus("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "9,080630", 500_000)]);
    bytes.truncate(bytes.len() - 9); // cut in the middle of the last line
    let summary = world.intake(&[world.file("SHFD0006.CSV", &bytes)]);
    assert_eq!(summary.files[0].outcome, FileOutcome::Refused);
    assert_eq!((summary.records_taken, world.count("filings")), (0, 0));
    assert_eq!(world.rows("SELECT outcome, taken_count FROM media_files"), ["refused 0"]);
    let folder = summary.files[0].return_dir.clone().expect("a return folder");
    assert_eq!(std::fs::read(folder.join("SHFD0006.CSV")).expect("returned"), bytes);
    // Whoever finds that out and sends the whole file is taken.
    let again = world.take(5, &[&bonus("1", "ﾐﾎﾝ ｲﾁﾛｳ", "5,550515", "9,080630", 500_000)]);
    assert_eq!(again.records_taken, 1);
}

#[test]
fn reasons_say_nothing_of_the_person() {
    let world = World::with(&[ICHIRO, HANAKO]);
    let lines = [
        coverage_end("1", "ﾐﾎﾝ ｼﾞﾛｳ", "5,550514", "2101,200002", "9,080801", "9,080731"),
        newcomer("1", "2101,200001", "9,080701"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    world.take(1, &lines);
    let told = world.rows("SELECT message FROM media_problems").concat();
    for secret in ["ミホン", "ﾐﾎﾝ", "見本", "1980", "550514", "200001", "200002", "ｼﾝｼﾞﾝ"] {
        assert!(!told.contains(secret), "{told}");
    }
}
