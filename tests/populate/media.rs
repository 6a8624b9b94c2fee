//! The files that employers send agree with the country.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use batch::intake::{self, IntakeOptions};
use batch::populate::{Fault, MediaFile, MediaOptions, MediaSummary, write_media};
use batch::progress::Silent;
use domain::nenkin::{self, Form};
use store::my_number::Keys;
use tests::TestOffice;

use crate::{BUSINESS_ON, populated, texts};

fn written(office: &TestOffice, dir: &Path, bad_per_mille: u32) -> MediaSummary {
    let options = MediaOptions { bad_per_mille, ..MediaOptions::new(4, BUSINESS_ON, 150) };
    write_media(office.url(), dir, &options).expect("the folder is ours")
}

fn bytes(file: &MediaFile) -> Vec<u8> {
    std::fs::read(&file.path).expect("it was written")
}

#[test]
fn every_sound_file_reads_back_clean_and_every_fault_shows() {
    let (office, _) = populated(5_000, 4, 2);
    let dir = tempfile::tempdir().expect("a folder");
    let summary = written(&office, dir.path(), 500);
    let mut forms = BTreeSet::new();
    let mut faults = BTreeSet::new();
    for file in &summary.list {
        let reading = nenkin::read(&bytes(file), BUSINESS_ON);
        let refused: Vec<usize> = reading.refused().map(|record| record.line).collect();
        match file.fault {
            Some(fault) if fault.refuses_file() => assert!(reading.is_refused(), "{file:?}"),
            Some(fault) if fault.refuses_record() => assert_eq!(Vec::from_iter(file.line), refused, "{file:?}"),
            // Sound by itself; the database or the digest of the file must notice.
            _ => {
                assert!(!reading.is_refused() && refused.is_empty(), "{file:?}");
                assert_eq!(reading.problems().count(), 0, "{file:?}");
                assert_eq!(reading.taken().count(), file.records);
            }
        }
        forms.extend(reading.taken().map(|(_, filing)| filing.form().code()));
        faults.extend(file.fault.map(|fault| format!("{fault:?}")));
    }
    let employer_forms = Form::ALL.iter().filter(|form| **form != Form::DependantChange).map(|form| form.code());
    assert_eq!(forms, employer_forms.collect());
    assert_eq!(faults.len(), Fault::ALL.len(), "{faults:?}");
}

/// 算定基礎届 come from those that are late with them, for people whose September is not decided.
#[test]
fn only_those_who_are_late_send_the_annual_determination() {
    let (office, _) = populated(5_000, 4, 2);
    let dir = tempfile::tempdir().expect("a folder");
    let summary = written(&office, dir.path(), 0);
    let decided = "SELECT DISTINCT concat_ws('-', e.nenkin_prefecture_code, e.district_code, e.office_symbol)
        FROM employers AS e JOIN standard_remunerations AS s USING (employer_id) WHERE s.valid_from = '2026-09-01'";
    let decided: BTreeSet<String> = texts(&office, decided).into_iter().collect();
    let mut late = 0;
    for file in &summary.list {
        let reading = nenkin::read(&bytes(file), BUSINESS_ON);
        let annual = reading.taken().filter(|(_, filing)| filing.form() == Form::AnnualDetermination).count();
        let sender = file.path.parent().and_then(Path::file_name).expect("a folder").to_string_lossy().into_owned();
        assert!(annual == 0 || !decided.contains(&sender), "{sender} has filed before");
        late += usize::from(annual > 0);
    }
    assert!((1..=20).contains(&late), "{late} of {}", summary.files);
}

#[test]
fn the_same_seed_writes_the_same_files() {
    let (office, _) = populated(2_000, 4, 2);
    let (first, second) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let contents = |dir: &Path| -> BTreeMap<String, Vec<u8>> {
        let summary = written(&office, dir, 200);
        let name = |file: &MediaFile| file.path.strip_prefix(dir).expect("inside").display().to_string();
        summary.list.iter().map(|file| (name(file), bytes(file))).collect()
    };
    let files = contents(first.path());
    assert!(files.len() > 50);
    assert_eq!(files, contents(second.path()));
}

#[test]
fn intake_takes_what_is_sound_and_refuses_what_was_planted() {
    let (office, _) = populated(5_000, 4, 2);
    let dir = tempfile::tempdir().expect("a folder");
    let media = dir.path().join("media");
    let summary = written(&office, &media, 300);
    let options = IntakeOptions {
        url: office.url().to_owned(),
        files: vec![media],
        business_on: BUSINESS_ON,
        return_dir: dir.path().join("returned"),
        threads: 2,
        my_number_key: Some(Keys::new(&[7; 32])),
        office: None,
    };
    let taken = intake::run(&options, &Silent).expect("intake reaches the database");
    let count =
        |keep: fn(Fault) -> bool| summary.list.iter().filter(|file| file.fault.is_some_and(keep)).count() as u64;
    assert_eq!(taken.files_failed, 0);
    assert_eq!(taken.files_refused, count(Fault::refuses_file));
    assert_eq!(taken.files_already_taken, count(|fault| fault == Fault::DeliveredTwice));
    let by_path: BTreeMap<_, _> = summary.list.iter().map(|file| (file.path.clone(), file)).collect();
    for file in &taken.files {
        let made = by_path[&file.path];
        let planted = made.fault.is_some_and(|fault| !fault.refuses_file() && fault != Fault::DeliveredTwice);
        let wholly_refused = made.fault.is_some_and(Fault::refuses_file);
        if !wholly_refused {
            assert_eq!(file.refused, u64::from(planted), "{made:?}");
        }
    }
}
