//! kill -9 in every named failure case, then `--resume`: the same bytes as a night nobody disturbed.

use std::os::unix::process::ExitStatusExt;

use crate::office::{Country, differences};
use crate::people::People;
use crate::{age_events, national_pension};

const FAULTS: [&str; 16] = [
    "run:0:planning",
    "run:0:planned",
    "assessment:-1:partitioning",
    "assessment:0:compute",
    "assessment:3:before_commit",
    "assessment:2:after_commit",
    "assessment:1:after_rename",
    "assessment:-1:recounted",
    "notices:1:before_commit",
    "statistics:0:after_commit",
    "completeness:1:before_commit",
    "completeness:2:after_commit",
    "print_lots:-1:partitioning",
    "print_lots:2:before_commit",
    "print_lots:1:after_commit",
    "print_lots:-1:recounted",
];

#[test]
fn killed_anywhere_and_resumed_it_ends_with_the_same_bytes() {
    let country = Country::of(2_000);
    let undisturbed = country.copy();
    let done = undisturbed.runner("run", "");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let expected = undisturbed.traces();
    assert!(expected.keys().any(|name| name.ends_with("part-00003.parquet")), "several partitions: {expected:?}");
    assert!(expected.keys().any(|name| name.ends_with("_02.pdf")), "several lots: {expected:?}");
    for fault in FAULTS {
        let killed = country.copy();
        let died = killed.runner("run", fault);
        assert_eq!(died.status.signal(), Some(9), "{fault}: {}", String::from_utf8_lossy(&died.stderr));
        let resumed = killed.runner("resume", "");
        assert!(resumed.status.success(), "{fault}: {}", String::from_utf8_lossy(&resumed.stderr));
        assert_eq!(differences(&expected, &killed.traces()), Vec::<String>::new(), "{fault}");
    }
}

#[test]
fn killed_again_and_again_it_still_ends_with_the_same_bytes() {
    let country = Country::of(1_500);
    let undisturbed = country.copy();
    assert!(undisturbed.runner("run", "").status.success());
    // Each point is certain to be passed by the night that its kill before left, however the threads fell.
    let mut action = "run";
    for fault in [
        "assessment:1:before_commit",
        "assessment:1:before_commit",
        "assessment:1:after_commit",
        "assessment:-1:recounted",
        "print_lots:1:before_commit",
        "print_lots:1:after_commit",
        "print_lots:-1:recounted",
    ] {
        let died = country.runner(action, fault);
        assert_eq!(died.status.signal(), Some(9), "{fault}: {}", String::from_utf8_lossy(&died.stderr));
        action = "resume";
    }
    let last = country.runner("resume", "");
    assert!(last.status.success(), "{}", String::from_utf8_lossy(&last.stderr));
    assert_eq!(differences(&undisturbed.traces(), &country.traces()), Vec::<String>::new());
}

const FAULTS_OF_PEOPLE: [&str; 6] = [
    "national_pension:0:before_commit",
    "national_pension:0:after_commit",
    "age_events:0:before_commit",
    "letters:-1:partitioning",
    "letters:1:before_commit",
    "letters:1:after_commit",
];

#[test]
fn jobs_of_people_end_with_the_same_bytes_too() {
    let people = People::new("2026-08");
    people.lives(|lives| {
        age_events::everybody(lives);
        national_pension::receipt(lives, 1, "2026-04", "monthly", 17_920, jiff::civil::date(2026, 5, 20));
    });
    let country = Country { office: people.office, folder: people.folder };
    let undisturbed = country.copy();
    let done = undisturbed.runner("run", "");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let expected = undisturbed.traces();
    assert!(expected.keys().any(|name| name.ends_with("-P_01.pdf")), "letters: {expected:?}");
    for fault in FAULTS_OF_PEOPLE {
        let killed = country.copy();
        let died = killed.runner("run", fault);
        assert_eq!(died.status.signal(), Some(9), "{fault}: {}", String::from_utf8_lossy(&died.stderr));
        let resumed = killed.runner("resume", "");
        assert!(resumed.status.success(), "{fault}: {}", String::from_utf8_lossy(&resumed.stderr));
        assert_eq!(differences(&expected, &killed.traces()), Vec::<String>::new(), "{fault}");
    }
}
