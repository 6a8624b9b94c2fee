//! Cells of every table of the book, entered a second time (`golden_cells.csv`) and asked for over its whole time.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Month, Prefecture, Ratio, Yen};

use super::*;
use crate::employees_insurance::bonus::{self, Cap, CapBasis};
use crate::employees_insurance::grade::lookup;
use crate::employees_insurance::{Scheme, contribution};
use crate::health_benefits::high_cost_category::{AgedIncome, LimitSetting, aged_category, under70_category};

/// table, key, month, value, origin. The key of a table of grades is a remuneration, its value the standard; the key of
/// a table of brackets ends with `@` and a standard, its value the category.
const GOLDEN_CELLS: &str = include_str!("golden_cells.csv");

/// Reads a cell through the public rule, as text.
type Rule = fn(&str, Month, &mut Trace) -> Result<String, LawError>;

/// Tables whose rule does more than give the cell back; any other table is asked directly.
const RULES: [(&str, Rule); 11] = [
    ("employees_insurance/bonus/epi_caps.csv", |_, month, trace| bonus::epi_cap(month, trace).map(cap)),
    ("employees_insurance/bonus/hi_caps.csv", |_, month, trace| bonus::hi_cap(month, trace).map(cap)),
    ("employees_insurance/contribution/contribution_rates.csv", |_, month, trace| {
        contribution::contribution_rate(month, trace).map(decimal)
    }),
    ("employees_insurance/contribution/epi_rates.csv", |key, month, trace| match key {
        "01" => contribution::epi_rate(month, trace).map(decimal),
        _ => contribution::epi_rate_miner_seaman(month, trace).map(decimal),
    }),
    ("employees_insurance/contribution/hi_rates.csv", |key, month, trace| {
        let prefecture = Prefecture::from_jis_code(key).expect("one of the 47");
        contribution::hi_rate(prefecture, month, trace).map(decimal)
    }),
    ("employees_insurance/contribution/ltci_rates.csv", |_, month, trace| {
        contribution::ltci_rate(month, trace).map(decimal)
    }),
    ("employees_insurance/contribution/support_rates.csv", |_, month, trace| {
        contribution::support_rate(month, trace).map(decimal)
    }),
    ("employees_insurance/grade/epi_grades.csv", |key, month, trace| {
        standard(Scheme::EmployeesPension, key, month, trace)
    }),
    ("employees_insurance/grade/hi_grades.csv", |key, month, trace| {
        standard(Scheme::HealthInsurance, key, month, trace)
    }),
    ("health_benefits/high_cost_category/brackets.csv", |key, month, trace| match bracket(key) {
        ("70to74", standard) => {
            aged_category(month, AgedIncome::Active(standard), trace).map(|category| category.word().to_owned())
        }
        (_, standard) => under70(standard, month, LimitSetting::InForce, trace),
    }),
    ("health_benefits/high_cost_category/planned_2027.csv", |key, month, trace| {
        under70(bracket(key).1, month, LimitSetting::Planned2027, trace)
    }),
];

/// Key of the table and 標準報酬月額.
fn bracket(key: &str) -> (&str, Yen) {
    let (key, standard) = key.split_once('@').expect("a key of brackets names a standard");
    (key, Yen::new(standard.parse().expect("whole yen")))
}

fn under70(standard: Yen, month: Month, setting: LimitSetting, trace: &mut Trace) -> Result<String, LawError> {
    under70_category(month, standard, false, setting, trace).map(|category| category.word().to_owned())
}

fn decimal(rate: Ratio) -> String {
    rate.to_decimal().expect("rates are decimals")
}

fn cap(cap: Cap) -> String {
    let basis = match cap.basis {
        CapBasis::Month => "month",
        CapBasis::Payment => "payment",
        CapBasis::FiscalYear => "fiscal_year",
    };
    format!("{} {basis}", cap.yen.get())
}

fn standard(scheme: Scheme, key: &str, month: Month, trace: &mut Trace) -> Result<String, LawError> {
    let remuneration = Yen::new(key.parse().expect("whole yen"));
    lookup(scheme, month, remuneration, trace).map(|grade| grade.standard.get().to_string())
}

/// Equal as numbers where both are numbers (0.1350 and 0.135), else as texts.
fn same(read: &str, entered: &str) -> bool {
    match (Ratio::parse_decimal(read), Ratio::parse_decimal(entered)) {
        (Some(read), Some(entered)) => read == entered,
        _ => read == entered,
    }
}

/// Families whose tables are entered a second time here, asked through their rules; those of the pensions row by row in
/// `book_pension_cells_tests.rs`.
const ENTERED_TWICE: [&str; 2] = ["employees_insurance/", "health_benefits/"];

fn tables_entered_twice() -> impl Iterator<Item = &'static dyn TableFile> {
    tables().filter(|table| ENTERED_TWICE.iter().any(|family| table.path().starts_with(family)))
}

struct Cell {
    table: String,
    key: String,
    month: Month,
    value: String,
    origin: String,
}

fn cells() -> Vec<Cell> {
    let mut reader = csv::Reader::from_reader(GOLDEN_CELLS.as_bytes());
    let cell = |record: csv::StringRecord| Cell {
        table: record[0].to_owned(),
        key: record[1].to_owned(),
        month: record[2].parse().expect("a month"),
        value: record[3].to_owned(),
        origin: record[4].to_owned(),
    };
    reader.records().map(|record| cell(record.expect("golden cells are CSV"))).collect()
}

fn read(cell: &Cell) -> Result<String, LawError> {
    let table = tables().find(|table| table.path() == cell.table);
    let table = table.unwrap_or_else(|| panic!("{}: no such table in the book", cell.table));
    let mut trace = Trace::new();
    match RULES.iter().find(|(path, _)| *path == cell.table) {
        Some((_, rule)) => rule(&cell.key, cell.month, &mut trace),
        None => table.cell(&cell.key, cell.month, &mut trace),
    }
}

#[test]
fn every_cell_entered_a_second_time_agrees() {
    let wrong: Vec<String> = cells()
        .iter()
        .filter_map(|cell| {
            let about = format!("{} [{}] {}", cell.table, cell.key, cell.month);
            match read(cell) {
                Ok(value) if same(&value, &cell.value) => None,
                Ok(value) => Some(format!("{about}: the table says {value}, {} says {}", cell.origin, cell.value)),
                Err(error) => Some(format!("{about}: {error}")),
            }
        })
        .collect();
    assert!(wrong.is_empty(), "{} cells differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// The file can only grow; a row lost or without origin is a hole in the second reading.
#[test]
fn every_cell_has_an_origin_and_no_table_lost_its_cells() {
    let cells = cells();
    assert!(cells.iter().all(|cell| cell.origin.len() > 3));
    let places: BTreeSet<(&str, &str, Month)> =
        cells.iter().map(|cell| (cell.table.as_str(), cell.key.as_str(), cell.month)).collect();
    assert_eq!(places.len(), cells.len(), "no cell twice");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    cells.iter().for_each(|cell| *counts.entry(&cell.table).or_default() += 1);
    let least = [("hi_rates", 1222), ("epi_grades", 768), ("hi_grades", 538), ("epi_rates", 60), ("ltci_rates", 32)];
    for (table, least) in least {
        let found = counts.iter().find(|(path, _)| path.ends_with(&format!("/{table}.csv")));
        assert!(found.is_some_and(|(_, count)| *count >= least), "{table}: {found:?}");
    }
    for table in tables_entered_twice() {
        assert!(counts.contains_key(table.path()), "{} was read once only", table.path());
    }
}

/// Both ends of every series stand in the second reading.
#[test]
fn the_second_reading_reaches_both_ends_of_every_series() {
    let cells = cells();
    for table in tables_entered_twice() {
        let of_table: Vec<&Cell> = cells.iter().filter(|cell| cell.table == table.path()).collect();
        for series in table.series() {
            let at = |month: Month| {
                let key = |cell: &Cell| cell.key.split('@').next() == Some(series.key.as_str());
                let entered = |cell: &&&Cell| cell.month == month && (series.key.is_empty() || key(cell));
                of_table.iter().any(|cell| entered(&cell))
            };
            assert!(at(series.from) && at(series.until), "{} {series:?}", table.path());
        }
    }
}

#[test]
fn every_month_from_the_first_row_to_the_last_check_answers_and_no_other() {
    for table in tables() {
        assert!(!table.series().is_empty(), "{}", table.path());
        for series in table.series() {
            let ask = |month: Month| table.cell(&series.key, month, &mut Trace::new());
            for month in series.from.through(series.until) {
                assert!(ask(month).is_ok(), "{} {month} {series:?}", table.path());
            }
            let before = series.from.previous();
            let name = table.name().to_owned();
            if series.until >= series.from {
                assert_eq!(ask(before), Err(LawError::NotInForce { table: name.clone(), asked: before }));
            }
            let after = series.until.next();
            let refused = match series.ends_by_check {
                true => LawError::PastLastCheck { table: name, asked: after, checked_until: series.until },
                false => LawError::NotInForce { table: name, asked: after },
            };
            assert_eq!(ask(after), Err(refused), "{} {series:?}", table.path());
        }
    }
}
