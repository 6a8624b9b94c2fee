//! The official sample files (own copies of the law pack's `samples/nenkin`, all persons invented): the good
//! ones are taken and come out of the writer byte for byte, each bad one is refused where `index.csv` says.

use std::fs;
use std::path::PathBuf;

use domain::nenkin::{self, Form, MediaReading, Problem};
use jiff::civil::{Date, date};

/// 作成年月日 of all samples.
const CHECKED_ON: Date = date(2026, 7, 15);

fn folder() -> PathBuf {
    PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("tests run under cargo")).join("samples/nenkin")
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(folder().join(name).join("SHFD0006.CSV")).expect("our own copy of the samples")
}

fn read(name: &str) -> MediaReading {
    nenkin::read(&sample(name), CHECKED_ON)
}

fn errors(reading: &MediaReading) -> Vec<String> {
    reading.problems().filter(|problem| problem.is_error()).map(Problem::to_string).collect()
}

#[test]
fn good_files_are_taken_whole() {
    for (form, records) in Form::ALL.into_iter().zip([2, 3, 2, 3, 4, 3]) {
        let reading = read(form.code());
        assert_eq!(errors(&reading), Vec::<String>::new(), "{}", form.code());
        assert_eq!(reading.taken().count(), records, "{}", form.code());
        assert!(reading.taken().all(|(_, filing)| filing.form() == form));
        assert!(nenkin::return_files(&reading, &[]).is_none());
    }
}

#[test]
fn good_files_come_out_of_the_writer_byte_for_byte() {
    for form in Form::ALL {
        let bytes = sample(form.code());
        let reading = nenkin::read(&bytes, CHECKED_ON);
        let filings: Vec<_> = reading.taken().map(|(_, filing)| filing.clone()).collect();
        let header = reading.header.as_ref().expect("a header");
        let written = nenkin::write(header, &reading.offices, &filings).expect("what was read can be written");
        assert!(written == bytes, "{} changed on its way through", form.code());
    }
}

#[test]
fn good_filings_pass_the_same_checks_as_filings_of_a_terminal() {
    for form in Form::ALL {
        let reading = read(form.code());
        for (record, (_, filing)) in reading.records.iter().zip(reading.taken()) {
            let verdict = filing.verdict(CHECKED_ON);
            assert_eq!(verdict.filing.as_ref(), Some(filing));
            let codes = |problems: &[Problem]| problems.iter().map(|problem| problem.code.clone()).collect::<Vec<_>>();
            assert_eq!(codes(&verdict.problems), codes(&record.problems));
        }
    }
}

/// `where` of index.csv: `file`, `<header section>[.<column>]`, or `<form>[.<column>[-<column>]]`.
fn found_at(reading: &MediaReading, place: &str) -> bool {
    let (section, columns) = place.split_once('.').unwrap_or((place, ""));
    let (first, last) = columns.split_once('-').unwrap_or((columns, columns));
    let wanted = first.parse::<usize>().ok().zip(last.parse::<usize>().ok());
    let at = |problem: &Problem| match (wanted, problem.column) {
        (Some((first, last)), Some(column)) => (first..=last).contains(&column),
        (wanted, column) => wanted.is_none() && column.is_none(),
    };
    let code = match section {
        "file" => "NK-FILE-",
        "media" => "NK-MEDIA-",
        "office_count" => "NK-COUNT-",
        "office_info" => "NK-OFFICE-",
        form => return refused_at(reading, form, at),
    };
    let mut file_problems = reading.file_problems.iter();
    reading.is_refused()
        && file_problems.any(|problem| problem.is_error() && problem.code.starts_with(code) && at(problem))
}

fn refused_at(reading: &MediaReading, form: &str, at: impl Fn(&Problem) -> bool) -> bool {
    let record = reading.records.iter().find(|record| record.filing.is_none());
    record.is_some_and(|record| {
        let form = Form::from_code(form).expect("a form");
        // An unknown form code is the one mistake that hides the form.
        record.form.is_none_or(|found| found == form)
            && record.problems.iter().any(|problem| problem.is_error() && problem.line == record.line && at(problem))
    })
}

#[test]
fn every_bad_file_is_refused_where_its_index_says() {
    let index = fs::read_to_string(folder().join("bad/index.csv")).expect("our own copy of the index");
    let mut files = 0;
    for line in index.lines().skip(1) {
        let mut fields = line.splitn(3, ',');
        let (Some(name), Some(place)) = (fields.next(), fields.next()) else { panic!("{line}") };
        let reading = read(&format!("bad/{name}"));
        assert_eq!(reading.taken().count(), 0, "{name} was taken");
        assert!(found_at(&reading, place), "{name} not refused at {place}: {:#?}", errors(&reading));
        assert!(nenkin::return_files(&reading, &[]).is_some(), "{name}");
        files += 1;
    }
    assert_eq!(files, 24);
}

#[test]
fn bad_files_with_a_sound_head_are_refused_by_record_only() {
    for name in
        ["04_not_jisx0208", "08_era_boundary", "09_month_total", "16_extra_column", "18_quoted", "24_unreal_day"]
    {
        let reading = read(&format!("bad/{name}"));
        assert!(!reading.is_refused(), "{name}: {:?}", reading.file_problems);
        assert_eq!(reading.refused().count(), 1, "{name}");
    }
}

/// One mistake is one error, except where the index names two (20) or one mistake makes others true.
#[test]
fn one_mistake_is_reported_once() {
    let index = fs::read_to_string(folder().join("bad/index.csv")).expect("our own copy of the index");
    for name in index.lines().skip(1).filter_map(|line| line.split(',').next()) {
        let found = errors(&read(&format!("bad/{name}")));
        let expected = match &name[..2] {
            "02" | "12" => 1..=3,
            // A total that is wrong in a month is wrong in the sum too.
            "09" => 1..=3,
            "20" => 4..=5,
            _ => 1..=1,
        };
        assert!(expected.contains(&found.len()), "{name}: {found:#?}");
    }
}

#[test]
fn messages_hold_no_value_of_a_person() {
    let index = fs::read_to_string(folder().join("bad/index.csv")).expect("our own copy of the index");
    let secrets = ["ﾐﾎﾝ", "見本", "一郎", "例話", "550515", "310501", "550230", "123456789012", "0300001", "0523456"];
    for name in index.lines().skip(1).filter_map(|line| line.split(',').next()) {
        let reading = read(&format!("bad/{name}"));
        let list = nenkin::return_files(&reading, &[]).expect("refused").list;
        let shown = format!("{} {reading:?}", String::from_utf8(list).expect("UTF-8"));
        for secret in secrets {
            assert!(!shown.contains(secret), "{name} shows {secret}");
        }
    }
}
