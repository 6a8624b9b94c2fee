//! Edge cases of 電子媒体届書: each starts from a good file, changes one thing, and names what must come of it.

use domain::nenkin::{self, Filing, Form, MediaReading, Problem, ReturnFiles};
use encoding_rs::SHIFT_JIS;
use jiff::civil::{Date, date};

const CHECKED_ON: Date = date(2026, 7, 15);
const OFFICE: &str = "21,01,ﾃｽﾄ,12345,100,0001,東京都架空区見本町１－２－３,株式会社見本商事,見本　社長,03,0000,0000";
const SECOND_OFFICE: &str = "41,02,1234,00077,530,0001,大阪府架空市見本１,株式会社第二見本,第二　社長,06,0000,0000";

const ENROLMENT: &str = "2200700,21,01,ﾃｽﾄ,12345,7,ﾚｲﾜ ﾐｷ,例話　未来,7,130108,2,1,,,,2101,100007,9,080401,0,0230000,0010000,0240000,,,,,,100,0001,ﾄｳｷｮｳﾄｶｸｳｸ1-2-3,東京都架空区見本町１－２－３,,1";
const COVERAGE_END: &str =
    "2201700,21,01,ﾃｽﾄ,12345,1,ﾐﾎﾝ ｲﾁﾛｳ,見本　一郎,5,550515,,2101,200001,9,080701,4,9,080630,,,,1,,,,,";
const ANNUAL: &str = "2225700,21,01,ﾃｽﾄ,1,ﾐﾎﾝ ｲﾁﾛｳ,見本　一郎,5,550515,9,08,09,0300,0300,9,07,09,,,,,04,05,06,30,31,30,0300000,0310000,0305000,0000000,0000000,0000000,0300000,0310000,0305000,0915000,0305000,,,,,,,,,,,,,,,";
const REVISION: &str = "2221700,21,01,ﾃｽﾄ,1,ﾐﾎﾝ ｲﾁﾛｳ,見本　一郎,5,550515,9,08,07,0300,0300,9,07,09,04,1,,,04,05,06,30,31,30,0380000,0380000,0380001,0000000,0000000,0000000,0380000,0380000,0380001,1140001,0380000,,,,,,,,基本給の変更,,,";
const BONUS: &str = "2265700,21,01,ﾃｽﾄ,1,ﾐﾎﾝ ｲﾁﾛｳ,見本　一郎,5,550515,9,080630,0523456,0000000,0523000,,,,,,,";

/// 個人番号 with a right check digit, of nobody.
const MY_NUMBER: &str = "123456789018";

fn bytes(lines: &[&str]) -> Vec<u8> {
    let mut text = lines.join("\r\n");
    text.push_str("\r\n");
    let (bytes, _, lost) = SHIFT_JIS.encode(&text);
    assert!(!lost, "a test line that Shift_JIS cannot hold");
    bytes.into_owned()
}

fn file(records: &[&str]) -> Vec<u8> {
    let head = ["21,01,ﾃｽﾄ,001,20260715,22223", "[kanri]", ",001", OFFICE, "[data]"];
    bytes(&[&head[..], records].concat())
}

fn read(records: &[&str]) -> MediaReading {
    nenkin::read(&file(records), CHECKED_ON)
}

fn with(record: &str, changes: &[(usize, &str)]) -> String {
    let mut columns: Vec<&str> = record.split(',').collect();
    for (position, text) in changes {
        columns[position - 1] = text;
    }
    columns.join(",")
}

fn errors(reading: &MediaReading) -> Vec<String> {
    reading.problems().filter(|problem| problem.is_error()).map(|problem| problem.code.to_string()).collect()
}

/// The errors of one record with these columns changed.
fn found(record: &str, changes: &[(usize, &str)]) -> Vec<String> {
    errors(&read(&[&with(record, changes)]))
}

#[track_caller]
fn taken(record: &str, changes: &[(usize, &str)]) {
    assert_eq!(found(record, changes), Vec::<String>::new());
}

#[track_caller]
fn refused(record: &str, changes: &[(usize, &str)], codes: &[&str]) {
    assert_eq!(found(record, changes), codes);
}

#[test]
fn a_file_cut_anywhere_is_refused_or_holds_fewer_whole_records() {
    let whole = file(&[ENROLMENT, COVERAGE_END, ANNUAL, REVISION, BONUS]);
    let all = nenkin::read(&whole, CHECKED_ON);
    assert_eq!(all.taken().count(), 5);
    let first_record = whole.windows(8).position(|window| window == b"[data]\r\n").expect("a marker") + 8;
    for length in 0..whole.len() {
        let cut = nenkin::read(&whole[..length], CHECKED_ON);
        if length > first_record && whole[..length].ends_with(b"\r\n") {
            let expected: Vec<_> = all.taken().take(cut.records.len()).collect();
            assert_eq!(cut.taken().collect::<Vec<_>>(), expected, "cut at {length}");
        } else {
            assert!(cut.is_refused(), "cut at {length}");
            assert_eq!(cut.taken().count(), 0, "cut at {length}");
        }
    }
}

#[test]
fn broken_bytes_refuse_their_record_and_leave_the_others() {
    let mut broken = file(&[COVERAGE_END, ANNUAL, BONUS]);
    let kanji = SHIFT_JIS.encode("見本　一郎").0.into_owned();
    let second = broken.windows(7).position(|window| window == b"2225700").expect("the second record");
    let place = broken[second..].windows(kanji.len()).position(|window| window == kanji).expect("a name") + second;
    // Only the first half of the last character remains.
    broken.remove(place + kanji.len() - 1);
    let reading = nenkin::read(&broken, CHECKED_ON);
    assert_eq!(errors(&reading), ["NK-2225700-7-BROKEN_BYTES"]);
    assert_eq!(reading.taken().map(|(line, _)| line).collect::<Vec<_>>(), [6, 8]);
}

#[test]
fn files_of_other_encodings() {
    let text = SHIFT_JIS.decode(&file(&[ANNUAL])).0.into_owned();
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(errors(&nenkin::read(&utf16, CHECKED_ON)), ["NK-FILE-ENCODING"]);
    assert_eq!(errors(&nenkin::read(text.as_bytes(), CHECKED_ON)), ["NK-FILE-ENCODING"]);
    assert_eq!(errors(&nenkin::read(b"", CHECKED_ON))[0], "NK-FILE-EMPTY");
    let mut marked = file(&[ANNUAL]);
    marked.push(0x1A);
    assert_eq!(errors(&nenkin::read(&marked, CHECKED_ON)), ["NK-FILE-EOF_MARK"]);
}

#[test]
fn size_limit() {
    let record = with(ANNUAL, &[(52, "あ")]);
    let mut large = file(&[]);
    let line = bytes(&[&record]);
    while large.len() + line.len() < nenkin::FILE_BYTES_MAX {
        large.extend(&line);
    }
    assert!(!nenkin::read(&large, CHECKED_ON).is_refused());
    large.extend(&line);
    assert_eq!(errors(&nenkin::read(&large, CHECKED_ON)), ["NK-FILE-SIZE"]);
}

#[test]
fn every_error_is_listed_not_the_first() {
    let wrong = with(ENROLMENT, &[(5, "00000"), (7, "ﾚｲﾜﾐｷ"), (10, "130230"), (23, "0240001")]);
    let reading = read(&[&wrong, ANNUAL, &with(BONUS, &[(14, "0523456")])]);
    let codes = [
        "NK-2200700-5-ZERO",
        "NK-2200700-7-NAME_SEPARATOR",
        "NK-2200700-10-DATE",
        "NK-2200700-23-TOTAL",
        "NK-2265700-14-TOTAL",
    ];
    assert_eq!(errors(&reading), codes);
    assert_eq!(reading.taken().map(|(line, _)| line).collect::<Vec<_>>(), [7]);
    let lines: Vec<usize> = reading.problems().map(|problem| problem.line).collect();
    assert_eq!(lines, [6, 6, 6, 6, 8]);
}

#[test]
fn header_that_promises_what_does_not_follow() {
    let media = "21,01,ﾃｽﾄ,001,20260715,22223";
    for (head, codes) in [
        (vec![media, "[kanri]", ",002", OFFICE, "[data]"], vec!["NK-COUNT-2-COUNT"]),
        (vec![media, "[kanri]", ",001", OFFICE, SECOND_OFFICE, "[data]"], vec!["NK-COUNT-2-COUNT"]),
        (vec![media, "[kanri]", ",002", OFFICE, OFFICE, "[data]"], vec!["NK-OFFICE-TWICE"]),
        (vec![media, "[kanri]", "[data]"], vec!["NK-FILE-NO_OFFICE"]),
        (vec![media, ",001", OFFICE, "[data]"], vec!["NK-FILE-NO_KANRI"]),
        (vec![media, "[KANRI]", ",001", OFFICE, "[data]"], vec!["NK-FILE-NO_KANRI"]),
        (vec![media, "[kanri]", "見本　労士,001", OFFICE, "[data]"], vec!["NK-COUNT-1-CONSULTANT_NAME"]),
        (vec!["21,01,ﾃｽﾄ,001,20260230,22223", "[kanri]", ",001", OFFICE, "[data]"], vec!["NK-MEDIA-5-DATE"]),
        (vec!["21,01,ﾃｽﾄ,001,20260715,22222", "[kanri]", ",001", OFFICE, "[data]"], vec!["NK-MEDIA-6-CODE"]),
        (vec!["21,01,ﾃｽﾄ,000,20260715,22223", "[kanri]", ",001", OFFICE, "[data]"], vec!["NK-MEDIA-4-RANGE"]),
    ] {
        let reading = nenkin::read(&bytes(&[&head[..], &[ANNUAL]].concat()), CHECKED_ON);
        let found = errors(&reading);
        assert!(reading.is_refused() && codes.iter().all(|code| found.iter().any(|found| found == code)), "{found:?}");
        assert_eq!(reading.taken().count(), 0);
    }
}

#[test]
fn counts_without_leading_zeros_are_tolerated() {
    for count in [",1", ",01", ",001"] {
        let head = ["21,01,ﾃｽﾄ,001,20260715,22223", "[kanri]", count, OFFICE, "[data]", ANNUAL];
        assert_eq!(errors(&nenkin::read(&bytes(&head), CHECKED_ON)), Vec::<String>::new());
    }
}

#[test]
fn two_files_in_one_and_blank_lines_are_refused() {
    let twice = [file(&[ANNUAL]), file(&[BONUS])].concat();
    let codes = errors(&nenkin::read(&twice, CHECKED_ON));
    assert!(codes.iter().filter(|code| *code == "NK-FILE-MARKER").count() == 2, "{codes:?}");
    assert_eq!(errors(&read(&[ANNUAL, ""])), ["NK-FILE-BLANK_LINE"]);
}

fn consultant_file(records: &[&str]) -> Vec<u8> {
    let head = [",,13012345,007,20260715,22223", "[kanri]", "見本　労士,002", OFFICE, SECOND_OFFICE, "[data]"];
    bytes(&[&head[..], records].concat())
}

#[test]
fn a_labour_consultant_sends_for_several_offices() {
    let other = with(ANNUAL, &[(2, "41"), (3, "02"), (4, "1234")]);
    let file = consultant_file(&[ANNUAL, &other]);
    let reading = nenkin::read(&file, CHECKED_ON);
    assert_eq!(errors(&reading), Vec::<String>::new());
    let header = reading.header.clone().expect("a header");
    assert_eq!((header.sender.to_string().as_str(), header.serial), ("13012345", 7));
    let employers: Vec<String> = reading.taken().map(|(_, filing)| filing.employer().to_string()).collect();
    assert_eq!(employers, ["21-01-ﾃｽﾄ", "41-02-1234"]);
    let filings: Vec<Filing> = reading.taken().map(|(_, filing)| filing.clone()).collect();
    let written = nenkin::write(&header, &reading.offices, &filings).expect("it was read");
    // The office number came with leading zeros; numbers are written without.
    assert_eq!(written.len() + "000".len(), file.len());
}

#[test]
fn a_consultant_without_a_name_is_refused() {
    let head = [",,13012345,007,20260715,22223", "[kanri]", ",001", OFFICE, "[data]", ANNUAL];
    assert_eq!(errors(&nenkin::read(&bytes(&head), CHECKED_ON)), ["NK-COUNT-1-CONSULTANT_NAME"]);
}

#[test]
fn records_of_an_office_that_the_file_does_not_name() {
    refused(ANNUAL, &[(3, "02")], &["NK-2225700-4-UNKNOWN_OFFICE"]);
    refused(ANNUAL, &[(2, "13")], &["NK-2225700-2-PREFECTURE"]);
    let reading = read(&[&with(ENROLMENT, &[(5, "12346")])]);
    let warnings: Vec<_> = reading.problems().map(|problem| (problem.code.as_ref(), problem.warning)).collect();
    assert_eq!(warnings, [("NK-2200700-5-OFFICE_NUMBER", true)]);
}

#[test]
fn the_same_record_or_number_twice() {
    let reading = read(&[ANNUAL, ANNUAL, BONUS]);
    assert_eq!(errors(&reading), ["NK-2225700-TWICE"]);
    assert_eq!(reading.taken().map(|(line, _)| line).collect::<Vec<_>>(), [6, 8]);
    let other_person = with(ENROLMENT, &[(7, "ﾍｲｾｲ ｱﾕﾐ"), (8, "平成　歩美")]);
    let reading = read(&[ENROLMENT, &other_person]);
    assert_eq!(errors(&reading), ["NK-2200700-6-NUMBER_TWICE"]);
    assert_eq!(reading.taken().count(), 1);
}

#[test]
fn eras_are_read_strictly() {
    // 平成 ended on 31-04-30, 昭和 on 64-01-07.
    taken(ANNUAL, &[(8, "7"), (9, "020430")]);
    refused(ANNUAL, &[(8, "7"), (9, "310501")], &["NK-2225700-9-ERA"]);
    refused(ANNUAL, &[(8, "5"), (9, "640108")], &["NK-2225700-9-ERA"]);
    taken(ANNUAL, &[(8, "5"), (9, "640107")]);
    refused(ANNUAL, &[(8, "7"), (9, "010107")], &["NK-2225700-9-ERA"]);
    taken(ANNUAL, &[(8, "7"), (9, "010108")]);
    refused(ANNUAL, &[(8, "7"), (9, "000101")], &["NK-2225700-9-DATE"]);
    refused(ANNUAL, &[(8, "5"), (9, "550231")], &["NK-2225700-9-DATE"]);
    refused(ANNUAL, &[(8, "2")], &["NK-2225700-8-CODE"]);
    refused(ENROLMENT, &[(18, "7"), (19, "380401")], &["NK-2200700-19-ERA"]);
    // A month belongs to an era when a day of it does.
    taken(ANNUAL, &[(15, "7"), (16, "31"), (17, "04")]);
    refused(ANNUAL, &[(15, "7"), (16, "31"), (17, "05")], &["NK-2225700-16-ERA"]);
    refused(ANNUAL, &[(15, "9"), (16, "01"), (17, "04")], &["NK-2225700-16-ERA"]);
}

#[test]
fn nothing_filed_lies_after_the_day_of_checking() {
    taken(ENROLMENT, &[(19, "080715")]);
    refused(ENROLMENT, &[(19, "080716")], &["NK-2200700-19-FUTURE"]);
    taken(COVERAGE_END, &[(15, "080715"), (18, "080714")]);
    refused(COVERAGE_END, &[(15, "080716"), (18, "080715")], &["NK-2201700-15-FUTURE"]);
    taken(BONUS, &[(11, "080715")]);
    refused(BONUS, &[(11, "080716")], &["NK-2265700-11-FUTURE"]);
}

#[test]
fn names() {
    // 25 bytes of kana, 24 of kanji.
    taken(ANNUAL, &[(6, "ｱｱｱｱｱｱｱｱｱｱｱｱ ｱｱｱｱｱｱｱｱｱｱｱｱ"), (7, "見見見見見　見見見見見見")]);
    refused(ANNUAL, &[(6, "ｱｱｱｱｱｱｱｱｱｱｱｱｱ ｱｱｱｱｱｱｱｱｱｱｱｱ")], &["NK-2225700-6-LENGTH"]);
    refused(ANNUAL, &[(7, "見見見見見見　見見見見見見")], &["NK-2225700-7-LENGTH"]);
    refused(ANNUAL, &[(6, " ﾐﾎﾝ ｲﾁﾛｳ")], &["NK-2225700-6-NAME_SEPARATOR"]);
    refused(ANNUAL, &[(6, "ﾐﾎﾝ ｲﾁﾛｳ ")], &["NK-2225700-6-NAME_SEPARATOR"]);
    refused(ANNUAL, &[(6, "ミホン　イチロウ")], &["NK-2225700-6-CHARACTERS"]);
    refused(ANNUAL, &[(6, "MIHON ICHIRO")], &["NK-2225700-6-CHARACTERS"]);
    refused(ANNUAL, &[(6, "")], &["NK-2225700-6-REQUIRED"]);
    taken(ANNUAL, &[(6, "ｱ ｲ ｳ")]);
    taken(ANNUAL, &[(7, "")]);
    refused(ANNUAL, &[(7, "見本　　一郎")], &["NK-2225700-7-NAME_SEPARATOR"]);
    refused(ANNUAL, &[(7, "見本①　一郎")], &["NK-2225700-7-NOT_JIS_X_0208"]);
    refused(ANNUAL, &[(7, "山﨑　一郎")], &["NK-2225700-7-NOT_JIS_X_0208"]);
}

#[test]
fn enrolment_address_goes_with_the_absence_of_my_number() {
    taken(ENROLMENT, &[(13, MY_NUMBER), (29, ""), (30, ""), (31, ""), (32, "")]);
    let must_be_empty = [29, 30, 31, 32].map(|column| format!("NK-2200700-{column}-MUST_BE_EMPTY"));
    assert_eq!(found(ENROLMENT, &[(13, MY_NUMBER)]), must_be_empty);
    let required = [29, 30, 31].map(|column| format!("NK-2200700-{column}-REQUIRED"));
    assert_eq!(found(ENROLMENT, &[(29, ""), (30, ""), (31, ""), (32, "")]), required);
    refused(ENROLMENT, &[(14, "3")], &["NK-2200700-15-REQUIRED"]);
    taken(ENROLMENT, &[(14, "3"), (15, "住所が定まらないため")]);
    refused(ENROLMENT, &[(14, "1"), (15, "理由")], &["NK-2200700-15-MUST_BE_EMPTY"]);
    refused(ENROLMENT, &[(29, "000")], &["NK-2200700-29-ZERO"]);
    refused(ENROLMENT, &[(32, "東京都　　架空区")], &["NK-2200700-32-DOUBLE_SPACE"]);
}

#[test]
fn numbers_with_check_digits_and_pairs() {
    let no_address = [(29, ""), (30, ""), (31, ""), (32, "")];
    refused(ENROLMENT, &[&no_address[..], &[(13, "123456789012")]].concat(), &["NK-2200700-13-CHECK_DIGIT"]);
    refused(ENROLMENT, &[&no_address[..], &[(13, "000000000000")]].concat(), &["NK-2200700-13-ZERO"]);
    refused(ENROLMENT, &[(16, "")], &["NK-2200700-16-REQUIRED"]);
    refused(ENROLMENT, &[(17, "")], &["NK-2200700-17-REQUIRED"]);
    refused(ENROLMENT, &[(16, "0000")], &["NK-2200700-16-ZERO"]);
    taken(ENROLMENT, &[(16, ""), (17, "")]);
    refused(COVERAGE_END, &[(12, ""), (13, "")], &["NK-2201700-12-REQUIRED"]);
    taken(COVERAGE_END, &[(11, MY_NUMBER), (12, ""), (13, "")]);
    refused(ANNUAL, &[(40, MY_NUMBER)], &["NK-2225700-40-MUST_BE_EMPTY"]);
    refused(ANNUAL, &[(43, "1")], &["NK-2225700-41-REQUIRED"]);
    taken(ANNUAL, &[(40, MY_NUMBER), (43, "1")]);
}

#[test]
fn enrolment_kinds_and_the_over_70_form() {
    refused(ENROLMENT, &[(11, "")], &["NK-2200700-11-REQUIRED"]);
    refused(ENROLMENT, &[(12, "3"), (16, ""), (17, ""), (11, "5")], &["NK-2200700-11-CODE"]);
    taken(ENROLMENT, &[(12, "3"), (16, ""), (17, "")]);
    refused(ENROLMENT, &[(12, "3")], &["NK-2200700-16-MUST_BE_EMPTY", "NK-2200700-17-MUST_BE_EMPTY"]);
    let over_70 = [(9, "5"), (10, "310401"), (11, ""), (12, ""), (24, "1"), (33, "1")];
    // Born on 1956-04-01: 70 on 2026-03-31.
    taken(ENROLMENT, &over_70);
    taken(ENROLMENT, &[&over_70[..], &[(19, "080331")]].concat());
    refused(ENROLMENT, &[&over_70[..], &[(19, "080330")]].concat(), &["NK-2200700-19-NOT_YET_70"]);
    refused(ENROLMENT, &[&over_70[..], &[(24, "")]].concat(), &["NK-2200700-24-REQUIRED"]);
    refused(
        ENROLMENT,
        &[&over_70[..], &[(12, "1"), (11, "1")]].concat(),
        &["NK-2200700-11-MUST_BE_EMPTY", "NK-2200700-12-MUST_BE_EMPTY"],
    );
}

#[test]
fn remuneration_caps_and_minimum() {
    taken(ENROLMENT, &[(21, "9999999"), (22, "9999999"), (23, "9999999")]);
    taken(ENROLMENT, &[(21, "990"), (22, "10"), (23, "1000")]);
    refused(ENROLMENT, &[(21, "990"), (22, "9"), (23, "999")], &["NK-2200700-23-TOO_SMALL"]);
    refused(ENROLMENT, &[(21, "10000000")], &["NK-2200700-21-LENGTH"]);
    refused(ENROLMENT, &[(21, "-30000")], &["NK-2200700-21-DIGITS"]);
    refused(ENROLMENT, &[(21, "２３００００")], &["NK-2200700-21-DIGITS"]);
}

#[test]
fn days_of_coverage_end() {
    refused(COVERAGE_END, &[(15, "080630")], &["NK-2201700-15-NOT_NEXT_DAY"]);
    refused(COVERAGE_END, &[(17, ""), (18, "")], &["NK-2201700-17-REQUIRED", "NK-2201700-18-REQUIRED"]);
    refused(COVERAGE_END, &[(16, "9")], &["NK-2201700-17-MUST_BE_EMPTY", "NK-2201700-18-MUST_BE_EMPTY"]);
    taken(COVERAGE_END, &[(16, "9"), (17, ""), (18, "")]);
    taken(COVERAGE_END, &[(16, "05")]);
    refused(COVERAGE_END, &[(16, "6")], &["NK-2201700-16-CODE"]);
    // Month's end and leap day: the day after is counted by the calendar.
    taken(COVERAGE_END, &[(18, "080228"), (15, "080301")]);
    taken(COVERAGE_END, &[(18, "060229"), (15, "060301")]);
    // 75 on 2026-06-20.
    let reached_75 = [(9, "5"), (10, "260620"), (15, "080620"), (16, "7"), (17, ""), (18, "")];
    taken(COVERAGE_END, &reached_75);
    refused(COVERAGE_END, &[&reached_75[..], &[(15, "080619")]].concat(), &["NK-2201700-15-NOT_YET_75"]);
    let over_70_only = [(6, ""), (14, ""), (15, ""), (24, "1"), (25, "9"), (26, "080630"), (27, "1")];
    taken(COVERAGE_END, &over_70_only);
    refused(COVERAGE_END, &[&over_70_only[..], &[(26, "080701")]].concat(), &["NK-2201700-26-NOT_SAME_DAY"]);
    refused(COVERAGE_END, &[(24, "1")], &["NK-2201700-25-REQUIRED", "NK-2201700-26-REQUIRED"]);
    refused(
        COVERAGE_END,
        &[(25, "9"), (26, "080630")],
        &["NK-2201700-25-MUST_BE_EMPTY", "NK-2201700-26-MUST_BE_EMPTY"],
    );
}

#[test]
fn annual_determination_counts_months_by_their_days() {
    refused(ANNUAL, &[(25, "16")], &["NK-2225700-37-TOTAL", "NK-2225700-38-AVERAGE"]);
    taken(ANNUAL, &[(25, "16"), (37, "0615000"), (38, "0307500")]);
    taken(ANNUAL, &[(25, "11"), (26, "10"), (27, "11"), (49, "1"), (37, "0605000"), (38, "0302500")]);
    taken(ANNUAL, &[(25, "16"), (26, "15"), (27, "14"), (50, "1"), (37, "0610000"), (38, "0305000")]);
    taken(ANNUAL, &[(25, "16"), (26, "17"), (27, "14"), (50, "1"), (37, "0310000"), (38, "0310000")]);
    taken(ANNUAL, &[(25, "16"), (26, "16"), (27, "16"), (37, "0"), (38, "0")]);
    refused(ANNUAL, &[(27, "32")], &["NK-2225700-27-RANGE"]);
    refused(ANNUAL, &[(12, "08")], &["NK-2225700-12-CODE"]);
    refused(ANNUAL, &[(22, "05")], &["NK-2225700-22-CODE"]);
    refused(ANNUAL, &[(18, "04")], &["NK-2225700-19-REQUIRED"]);
    refused(ANNUAL, &[(20, "07")], &["NK-2225700-20-RANGE"]);
    refused(ANNUAL, &[(39, "0000999")], &["NK-2225700-39-TOO_SMALL"]);
    refused(ANNUAL, &[(44, "0413")], &["NK-2225700-44-RANGE"]);
    refused(ANNUAL, &[(5, "000000")], &["NK-2225700-5-ZERO"]);
}

#[test]
fn averages_of_totals_above_the_cap() {
    let large = [(28, "4000000"), (29, "4000000"), (30, "4000000"), (34, "4000000"), (35, "4000000"), (36, "4000000")];
    taken(ANNUAL, &[&large[..], &[(37, "9999999"), (38, "4000000")]].concat());
    taken(ANNUAL, &[&large[..], &[(37, "9999999"), (38, "3333333")]].concat());
    refused(ANNUAL, &[&large[..], &[(37, "9999999"), (38, "4000001")]].concat(), &["NK-2225700-38-AVERAGE"]);
}

#[test]
fn revision_needs_three_consecutive_months_with_enough_days() {
    refused(REVISION, &[(22, "03")], &["NK-2221700-22-MONTHS"]);
    refused(REVISION, &[(12, "08")], &["NK-2221700-22-MONTHS", "NK-2221700-23-MONTHS", "NK-2221700-24-MONTHS"]);
    taken(REVISION, &[(11, "08"), (12, "02"), (22, "11"), (23, "12"), (24, "01")]);
    refused(REVISION, &[(26, "16")], &["NK-2221700-26-BASE_DAYS"]);
    taken(REVISION, &[(25, "11"), (26, "16"), (45, "1")]);
    refused(REVISION, &[(25, "10"), (45, "1")], &["NK-2221700-25-BASE_DAYS"]);
    refused(REVISION, &[(38, "0380001")], &["NK-2221700-38-AVERAGE"]);
    refused(REVISION, &[(37, "1140000")], &["NK-2221700-37-TOTAL"]);
}

#[test]
fn bonus_amounts() {
    refused(BONUS, &[(14, "0523456")], &["NK-2265700-14-TOTAL"]);
    refused(BONUS, &[(12, "999"), (14, "0")], &["NK-2265700-14-TOO_SMALL"]);
    taken(BONUS, &[(12, "9999999"), (13, "0000001"), (14, "9999999")]);
    refused(BONUS, &[(20, "32")], &["NK-2265700-20-RANGE"]);
    // An older generator's cap: taken with a warning, kept and written as 9999999.
    let older = with(BONUS, &[(12, "9999999"), (13, "0000001"), (14, "9999000")]);
    let reading = read(&[&older]);
    let warnings: Vec<_> = reading.problems().map(|problem| (problem.code.as_ref(), problem.warning)).collect();
    assert_eq!(warnings, [("NK-2265700-14-OLDER_CAP", true)]);
    let Some((_, Filing::Bonus(bonus))) = reading.taken().next() else { panic!("a bonus") };
    assert_eq!(bonus.bonus_yen, nenkin::AMOUNT_MAX);
    // 9,999,000 exactly is no cap but a sum.
    taken(BONUS, &[(12, "9999999"), (13, "0"), (14, "9999000")]);
}

#[test]
fn dependants_are_checked_column_by_column() {
    let whole = include_bytes!("../samples/nenkin/2202700/SHFD0006.CSV");
    let text = SHIFT_JIS.decode(whole).0.into_owned();
    let record = text.lines().nth(5).expect("a record").trim_end();
    taken(record, &[]);
    refused(record, &[(28, "5")], &["NK-2202700-28-CODE"]);
    refused(record, &[(44, "")], &["NK-2202700-44-REQUIRED"]);
    refused(record, &[(76, "11")], &["NK-2202700-76-CODE"]);
    refused(record, &[(70, "1")], &["NK-2202700-70-MUST_BE_EMPTY"]);
    refused(record, &[(36, "13")], &["NK-2202700-36-MUST_BE_EMPTY"]);
    refused(record, &[(78, "123456789012")], &["NK-2202700-78-CHECK_DIGIT"]);
    refused(record, &[(91, "080716")], &["NK-2202700-91-FUTURE"]);
    let reading = read(&[&with(record, &[(29, MY_NUMBER), (111, MY_NUMBER)])]);
    let (_, filing) = reading.taken().next().expect("taken");
    assert!(!serde_json::to_string(filing).expect("JSON").contains(MY_NUMBER));
}

#[test]
fn json_never_holds_a_my_number_and_comes_back_equal() {
    let with_number = with(ENROLMENT, &[(13, MY_NUMBER), (29, ""), (30, ""), (31, ""), (32, "")]);
    let reading = read(&[&with_number, COVERAGE_END, ANNUAL, REVISION, BONUS]);
    for (_, filing) in reading.taken() {
        let json = serde_json::to_string(filing).expect("JSON");
        assert!(!json.contains(MY_NUMBER));
        let mut back: Filing = serde_json::from_str(&json).expect("our own JSON");
        if let (Filing::Enrolment(back), Filing::Enrolment(filing)) = (&mut back, filing) {
            assert_eq!(filing.insured.my_number.map(|number| number.to_string()).as_deref(), Some(MY_NUMBER));
            back.insured.my_number = filing.insured.my_number;
        }
        assert_eq!(&back, filing);
    }
}

/// R000-028: the same content by file and by terminal gives the same stored filing.
#[test]
fn terminal_and_file_give_the_same_filing() {
    let written = with(ENROLMENT, &[(28, "～－")]);
    let reading = read(&[&written]);
    let (_, from_file) = reading.taken().next().expect("taken");
    let Filing::Enrolment(mut typed) = from_file.clone() else { panic!("an enrolment") };
    typed.note = Some(nenkin::Note("〜−".to_owned()));
    let verdict = Filing::Enrolment(typed).verdict(CHECKED_ON);
    assert_eq!(verdict.filing.as_ref(), Some(from_file));
    let fields = [("acquired_era", "9"), ("nonsense", "1")].map(|(name, text)| (name.to_owned(), text.to_owned()));
    let verdict = nenkin::check_fields(Form::Enrolment, &fields.into_iter().collect(), CHECKED_ON);
    let codes: Vec<&str> = verdict.problems.iter().map(|problem| problem.code.as_ref()).collect();
    assert!(verdict.filing.is_none() && codes.contains(&"NK-2200700-UNKNOWN_FIELD"), "{codes:?}");
    assert!(codes.contains(&"NK-2200700-19-REQUIRED"), "{codes:?}");
}

#[test]
fn what_the_form_cannot_say_is_refused_by_the_terminal_too() {
    let reading = read(&[ENROLMENT]);
    let Some((_, Filing::Enrolment(good))) = reading.taken().next() else { panic!("an enrolment") };
    let codes = |change: &dyn Fn(&mut nenkin::Enrolment)| {
        let mut filing = good.clone();
        change(&mut filing);
        let problems = Filing::Enrolment(filing).check(CHECKED_ON);
        problems.iter().map(|problem| problem.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&|_| ()), Vec::<String>::new());
    assert_eq!(codes(&|filing| filing.insured.name.kana = "ﾚｲﾜ,ﾐｷ".to_owned()), ["NK-2200700-7-COMMA"]);
    assert_eq!(
        codes(&|filing| filing.insured.name.kanji = Some("髙橋　未来".to_owned())),
        ["NK-2200700-8-NOT_JIS_X_0208"]
    );
    assert_eq!(codes(&|filing| filing.note = Some(nenkin::Note("改\r\n行".to_owned()))), ["NK-2200700-28-CONTROL"]);
    assert_eq!(
        codes(&|filing| filing.insured.born_on = date(1872, 1, 1)),
        ["NK-2200700-9-REQUIRED", "NK-2200700-10-REQUIRED"]
    );
    assert_eq!(codes(&|filing| filing.insured.insured_number = Some(1_000_000)), ["NK-2200700-6-LENGTH"]);
}

#[test]
fn the_writer_refuses_what_the_file_cannot_hold() {
    let reading = read(&[ENROLMENT]);
    let header = reading.header.clone().expect("a header");
    let (_, filing) = reading.taken().next().expect("taken");
    let codes = |problems: Vec<Problem>| problems.iter().map(|problem| problem.code.to_string()).collect::<Vec<_>>();
    let mut office = reading.offices[0].clone();
    office.name = "㈱見本".to_owned();
    let found = nenkin::write(&header, &[office], std::slice::from_ref(filing)).expect_err("㈱");
    assert_eq!(codes(found), ["NK-OFFICE-8-NOT_JIS_X_0208"]);
    let found = nenkin::write(&header, &reading.offices, &[]).expect_err("no records");
    assert_eq!(codes(found), ["NK-FILE-NO_RECORDS"]);
    let found = nenkin::write(&header, &[], std::slice::from_ref(filing)).expect_err("no office");
    assert!(codes(found).contains(&"NK-COUNT-2-RANGE".to_owned()));
}

fn returned(records: &[&str], later: &[Problem]) -> ReturnFiles {
    nenkin::return_files(&read(records), later).expect("something is refused")
}

#[test]
fn the_return_file_holds_the_refused_records_byte_for_byte() {
    let wrong = with(BONUS, &[(14, "0523456")]);
    let files = returned(&[ENROLMENT, &wrong, ANNUAL], &[]);
    assert_eq!((files.records, files.csv), (1, file(&[&wrong])));
    let list = String::from_utf8(files.list).expect("UTF-8");
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines[0], "\u{FEFF}行,項目番号,項目,区分,コード,内容");
    assert!(lines[1].starts_with("7,14,合計（賞与額）,誤り,NK-2265700-14-TOTAL,"), "{}", lines[1]);
    assert_eq!(lines.len(), 2);
}

#[test]
fn the_corrected_return_file_is_taken() {
    let wrong = with(BONUS, &[(14, "0523456")]);
    let text = SHIFT_JIS.decode(&returned(&[ENROLMENT, &wrong], &[]).csv).0.replace("0523456,,", "0523000,,");
    let text = text.replace(&wrong, BONUS);
    let corrected = nenkin::read(&SHIFT_JIS.encode(&text).0, CHECKED_ON);
    assert_eq!(errors(&corrected), Vec::<String>::new());
    assert_eq!(corrected.taken().count(), 1);
}

#[test]
fn reasons_found_later_return_their_record_too() {
    let already = Problem::found_later(6, "被保険者整理番号", "DB-ALREADY-INSURED", "すでに被保険者です");
    let files = returned(&[ENROLMENT, ANNUAL], std::slice::from_ref(&already));
    assert_eq!((files.records, &files.csv), (1, &file(&[ENROLMENT])));
    assert!(String::from_utf8(files.list).expect("UTF-8").contains("6,,被保険者整理番号,誤り,DB-ALREADY-INSURED,"));
    let note = Problem { warning: true, ..already };
    assert!(nenkin::return_files(&read(&[ENROLMENT]), &[note]).is_none());
}

#[test]
fn the_return_file_keeps_only_the_offices_it_needs() {
    let other = with(ANNUAL, &[(2, "41"), (3, "02"), (4, "1234"), (37, "1")]);
    let reading = nenkin::read(&consultant_file(&[ANNUAL, &other]), CHECKED_ON);
    let files = nenkin::return_files(&reading, &[]).expect("one is refused");
    let head = [",,13012345,007,20260715,22223", "[kanri]", "見本　労士,001", SECOND_OFFICE, "[data]", &other];
    assert_eq!(files.csv, bytes(&head));
}

#[test]
fn a_file_refused_as_a_whole_goes_back_as_it_came() {
    let mut cut = file(&[ENROLMENT, ANNUAL]);
    cut.pop();
    let reading = nenkin::read(&cut, CHECKED_ON);
    let files = nenkin::return_files(&reading, &[]).expect("refused");
    assert_eq!((files.records, files.csv), (2, cut));
}

/// Column by column against the name of the field: a swap in reader and writer alike would pass every round trip.
#[test]
fn every_flag_and_amount_lands_in_its_own_field() {
    for (record, changes, path, value) in [
        (ENROLMENT, vec![(20, "1")], "has_dependants", "true"),
        (ENROLMENT, vec![(21, "0010000"), (22, "0230000")], "in_kind_yen", "230000"),
        (ENROLMENT, vec![(25, "1")], "two_workplaces", "true"),
        (ENROLMENT, vec![(26, "1")], "short_time_worker", "true"),
        (ENROLMENT, vec![(27, "1")], "rehired", "true"),
        (ENROLMENT, vec![], "wants_eligibility_certificate", "true"),
        (ENROLMENT, vec![], "monthly_remuneration_yen", "240000"),
        (ENROLMENT, vec![], "acquired_on", "\"2026-04-01\""),
        (ENROLMENT, vec![], "kind", "\"female\""),
        (COVERAGE_END, vec![], "lost_on", "\"2026-07-01\""),
        (COVERAGE_END, vec![], "event_on", "\"2026-06-30\""),
        (COVERAGE_END, vec![(19, "1")], "two_workplaces", "true"),
        (COVERAGE_END, vec![(20, "1")], "rehired", "true"),
        (COVERAGE_END, vec![(22, "2")], "certificates_attached", "2"),
        (COVERAGE_END, vec![(23, "3")], "certificates_not_returnable", "3"),
        (ANNUAL, vec![(13, "0280")], "previous/health_yen", "280000"),
        (ANNUAL, vec![(14, "0290")], "previous/pension_yen", "290000"),
        (ANNUAL, vec![], "previous/revised_from", "\"2025-09\""),
        (ANNUAL, vec![], "applies_from", "\"2026-09\""),
        (ANNUAL, vec![], "months/1/total_yen", "310000"),
        (ANNUAL, vec![], "months/2/paid_in", "\"2026-06\""),
        (ANNUAL, vec![(39, "0300500")], "adjusted_average_yen", "300500"),
        (ANNUAL, vec![(45, "1")], "two_workplaces", "true"),
        (ANNUAL, vec![(46, "1")], "change_planned", "true"),
        (ANNUAL, vec![(47, "1")], "joined_midway", "true"),
        (ANNUAL, vec![(48, "1")], "on_leave", "true"),
        (ANNUAL, vec![(49, "1")], "short_time_worker", "true"),
        (ANNUAL, vec![(50, "1")], "part_time_worker", "true"),
        (ANNUAL, vec![(51, "1")], "annual_average", "true"),
        (REVISION, vec![], "revised_from", "\"2026-07\""),
        (REVISION, vec![], "pay_change/direction", "\"up\""),
        (REVISION, vec![(44, "1")], "two_workplaces", "true"),
        (REVISION, vec![(45, "1")], "short_time_worker", "true"),
        (REVISION, vec![], "change_reason", "\"基本給の変更\""),
        (REVISION, vec![(47, "1")], "health_only", "true"),
        (BONUS, vec![], "paid_on", "\"2026-06-30\""),
        (BONUS, vec![], "bonus_yen", "523000"),
        (BONUS, vec![(19, "1")], "two_workplaces", "true"),
        (BONUS, vec![(20, "05")], "first_payment_day", "5"),
    ] {
        let reading = read(&[&with(record, &changes)]);
        let (_, filing) = reading.taken().next().unwrap_or_else(|| panic!("{path}: {:?}", errors(&reading)));
        let json = serde_json::to_value(filing).expect("JSON");
        assert_eq!(json.pointer(&format!("/{path}")).map(ToString::to_string).as_deref(), Some(value), "{path}");
        if value == "true" {
            let plain = read(&[record]);
            let (_, filing) = plain.taken().next().expect("taken");
            let json = serde_json::to_value(filing).expect("JSON");
            let set_before = record == ENROLMENT && path == "wants_eligibility_certificate";
            assert_eq!(json[path] == true, set_before, "{path}");
        }
    }
}
