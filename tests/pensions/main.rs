//! The engine against a second, deliberately simple model of the old-age pension (`old_age.py`, written from the
//! statutes and not from the rules): every yen of every invented life must be equal.
//!
//! `NENRIN_LIVES=10000` asks for more lives than a test run wants to wait for.

use std::path::Path;
use std::process::Command;

use law::{LawBook, calc};
use serde_json::Value;

const SEEDS: [u32; 2] = [1, 20_261_121];

/// What both say of one life, where they differ.
fn differences(place: &str, model: &Value, engine: &Value, found: &mut Vec<String>) {
    match model.as_object() {
        Some(keys) => {
            for (key, value) in keys {
                differences(&format!("{place}/{key}"), value, &engine[key], found);
            }
        }
        None if model == engine => {}
        None => found.push(format!("{place}: model {model}, engine {engine}")),
    }
}

/// The table of cases that the model makes.
fn cases(count: u32, seed: u32) -> Vec<u8> {
    lives(&[count.to_string(), seed.to_string()])
}

fn lives(arguments: &[String]) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pensions");
    let run =
        Command::new("python3").arg("-B").arg(folder.join("lives.py")).args(arguments).output().expect("python3 runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    run.stdout
}

/// How many lives were compared, and what differs.
fn compare(table: &[u8]) -> (usize, Vec<String>) {
    let (mut lives, mut found) = (0, Vec::new());
    for row in csv::Reader::from_reader(table).records() {
        let row = row.expect("a row");
        let json = |place: usize| serde_json::from_str::<Value>(&row[place]).expect("JSON");
        let mut differs = Vec::new();
        match calc::receipt(LawBook::today(), &row[1], &json(2)) {
            Ok(receipt) => differences("", &json(3), &receipt.result, &mut differs),
            Err(refused) => differs.push(refused.to_string()),
        }
        lives += 1;
        found.extend(differs.into_iter().map(|one| format!("{} {one}", &row[0])));
    }
    (lives, found)
}

#[test]
fn the_engine_and_the_second_model_agree_on_every_yen() {
    let lives = std::env::var("NENRIN_LIVES").map_or(1_000, |lives| lives.parse().expect("a number of lives"));
    let share = lives / u32::try_from(SEEDS.len()).expect("a few");
    for seed in SEEDS {
        let (compared, found) = compare(&cases(share, seed));
        assert_eq!(compared, share as usize);
        assert!(found.is_empty(), "{} differences, first: {:#?}", found.len(), &found[..found.len().min(5)]);
    }
}

#[test]
fn both_agree_on_the_lives_that_the_law_speaks_of() {
    let (compared, found) = compare(&lives(&["named".to_owned()]));
    assert!(compared > 30 && found.is_empty(), "of {compared}: {found:#?}");
}

#[test]
fn a_yen_more_is_noticed() {
    let table = String::from_utf8(cases(20, 7)).expect("UTF-8");
    let total = "\"\"total_yen\"\": ";
    let place = table.rfind(total).expect("a total") + total.len();
    let (before, after) = table.split_at(place);
    let changed = format!("{before}1{after}");
    assert_eq!(compare(changed.as_bytes()).1.len(), 1);
}
