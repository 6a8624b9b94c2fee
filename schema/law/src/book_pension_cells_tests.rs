//! Cells of the tables of the pensions, entered a second time (`golden_pension_cells.csv`). These tables are mostly
//! lists by birth, by months and by year: so each line of the second entry is a whole row, and the rows of a table must
//! be those of the second entry, no fewer and no more.

use std::collections::BTreeMap;

use domain::Ratio;

use super::*;

/// table, key, bands, from, until, columns, values, origin. `*`: the key only repeats the band. Bands `first..last`,
/// joined by `@` where there are two (生年月日, then 報酬の月); an open end is empty. `-`: the cell is empty.
const GOLDEN_CELLS: &str = include_str!("golden_pension_cells.csv");

const FAMILIES: [&str; 6] = [
    "basic_pension/",
    "disability_survivor/",
    "employees_pension/",
    "national_pension/",
    "pension_payment/",
    "pension_record/",
];

/// Yardsticks of this office: no statute, order or notice gives these cells, so there is nothing to enter them from.
const NOT_OF_THE_LAW: [&str; 3] = [
    "pension_record/duplicates/kana_variants.csv",
    "pension_record/duplicates/kanji_variants.csv",
    "pension_record/duplicates/weights.csv",
];

/// Columns of a row's bands, in the order in which the second entry names them.
const BANDS: [(&str, &str); 4] =
    [("at_least", "up_to"), ("born_from", "born_until"), ("born_from", "born_to"), ("month_from", "month_until")];

/// Columns that hold no number of the law.
const ABOUT_THE_ROW: [&str; 7] = ["key", "from", "until", "condition", "law", "source", "confidence"];

type Fields = BTreeMap<String, String>;

/// Lines of a file by column; `#` lines are its head.
fn lines(text: &str) -> Vec<Fields> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    reader.deserialize().map(|line| line.expect("a line of columns")).collect()
}

fn tables_of_pensions() -> impl Iterator<Item = &'static dyn TableFile> {
    tables().filter(|table| FAMILIES.iter().any(|family| table.path().starts_with(family)))
}

fn bands(row: &Fields) -> String {
    let ends = BANDS.iter().filter_map(|(first, last)| Some(format!("{}..{}", row.get(*first)?, row.get(*last)?)));
    ends.collect::<Vec<_>>().join("@")
}

/// Equal as numbers where both are numbers (0.50 and 0.5), else as texts.
fn same(read: &str, entered: &str) -> bool {
    match (Ratio::parse_decimal(read), Ratio::parse_decimal(entered)) {
        (Some(read), Some(entered)) => read == entered,
        _ => read == entered,
    }
}

/// What a row says in the columns entered, word by word.
fn words<'a>(row: &'a Fields, columns: &str) -> Vec<&'a str> {
    let texts = columns.split(' ').map(|column| row.get(column).expect("the table has the column").as_str());
    texts.flat_map(|text| if text.is_empty() { vec!["-"] } else { text.split(' ').collect() }).collect()
}

/// What is wrong between one table and its second entry.
fn differences(table: &str, rows: &[Fields], entered: &[&Fields]) -> Vec<String> {
    let mut read = vec![0; rows.len()];
    let mut wrong = Vec::new();
    for entry in entered {
        let meant = |row: &Fields| {
            (entry["key"] == "*" || row["key"] == entry["key"])
                && bands(row) == entry["bands"]
                && (&row["from"], &row["until"]) == (&entry["from"], &entry["until"])
        };
        let found: Vec<usize> = (0..rows.len()).filter(|place| meant(&rows[*place])).collect();
        let about = format!("{table} [{}] {} {}..{}", entry["key"], entry["bands"], entry["from"], entry["until"]);
        let [place] = found[..] else {
            wrong.push(format!("{about}: {} rows", found.len()));
            continue;
        };
        read[place] += 1;
        let (row, columns) = (&rows[place], &entry["columns"]);
        let (says, second): (_, Vec<&str>) = (words(row, columns), entry["values"].split(' ').collect());
        if says.len() != second.len() || !says.iter().zip(&second).all(|(read, entered)| same(read, entered)) {
            wrong.push(format!("{about}: the table says {says:?}, {} says {second:?}", entry["origin"]));
        }
        let is_band = |name: &str| BANDS.iter().any(|(first, last)| *first == name || *last == name);
        let numbers = row.keys().filter(|name| !ABOUT_THE_ROW.contains(&name.as_str()) && !is_band(name));
        let left: Vec<&String> = numbers.filter(|name| !columns.split(' ').any(|column| column == **name)).collect();
        if !left.is_empty() {
            wrong.push(format!("{about}: {left:?} not entered"));
        }
    }
    for (row, count) in rows.iter().zip(read).filter(|(_, count)| *count != 1) {
        wrong.push(format!("{table} [{}] {} {}: entered {count} times", row["key"], bands(row), row["from"]));
    }
    wrong
}

#[test]
fn every_row_of_the_pensions_stands_in_the_second_entry() {
    let entries = lines(GOLDEN_CELLS);
    assert!(entries.iter().all(|entry| entry["origin"].len() > 3), "every line names its origin");
    let mut by_table: BTreeMap<&str, Vec<&Fields>> = BTreeMap::new();
    for entry in &entries {
        by_table.entry(&entry["table"]).or_default().push(entry);
    }
    let mut wrong = Vec::new();
    for table in tables_of_pensions().filter(|table| !NOT_OF_THE_LAW.contains(&table.path())) {
        let entered = by_table.remove(table.path()).unwrap_or_default();
        wrong.extend(differences(table.path(), &lines(table.text()), &entered));
    }
    wrong.extend(by_table.keys().map(|table| format!("{table}: no such table of the pensions")));
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

/// The comparison itself: a number, a period, a band, a row too many, a row too few and an unread column are seen.
#[test]
fn the_comparison_sees_every_kind_of_difference() {
    let rows = lines("key,at_least,up_to,from,until,value,law\n00,36,179,1995-04,,120000 8500,x\n");
    let entry = |bands: &str, from: &str, values: &str| {
        let head = "table,key,bands,from,until,columns,values,origin";
        lines(&format!("{head}\nt,00,{bands},{from},,value,{values},law\n")).remove(0)
    };
    let count = |entries: &[Fields]| differences("t", &rows, &entries.iter().collect::<Vec<_>>()).len();
    assert_eq!(count(&[entry("36..179", "1995-04", "120000 8500")]), 0);
    assert_eq!(count(&[entry("36..179", "1995-04", "120000 8500.0")]), 0, "the same number");
    assert_eq!(count(&[entry("36..179", "1995-04", "120001 8500")]), 1);
    assert_eq!(count(&[entry("36..179", "1995-04", "120000")]), 1);
    assert_eq!(count(&[entry("36..178", "1995-04", "120000 8500")]), 2, "no such row, and the row stays unread");
    assert_eq!(count(&[entry("36..179", "1995-05", "120000 8500")]), 2);
    assert_eq!(count(&[]), 1);
    let mut twice = entry("36..179", "1995-04", "120000 8500");
    assert_eq!(count(&[twice.clone(), twice.clone()]), 1);
    twice.insert("columns".to_owned(), "law".to_owned());
    twice.insert("values".to_owned(), "x".to_owned());
    assert_eq!(count(&[twice]), 1, "the number is not entered");
}
