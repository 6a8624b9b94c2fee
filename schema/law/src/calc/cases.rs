//! A table of cases: every key of `expected` must come out equal.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::formats::INVALID;
use super::{CalcError, run};
use crate::{LawBook, Trace};

/// A case that did not pass, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseFailure {
    /// Line of the file, from 1.
    pub line: u64,
    /// 事例番号; empty when it could not be read.
    pub case_id: String,
    /// 計算名; empty when it could not be read.
    pub topic: String,
    /// What is wrong, in Japanese.
    pub reason: String,
}

/// 事例表の結果.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CasesReport {
    /// Cases in which every expected key came out equal.
    pub passed: usize,
    /// All others.
    pub failed: usize,
    /// Each of the others.
    pub failures: Vec<CaseFailure>,
}

/// The failures line by line, then `N passed, N failed`.
impl fmt::Display for CasesReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for failure in &self.failures {
            writeln!(out, "{}行目 {} ({}): {}", failure.line, failure.case_id, failure.topic, failure.reason)?;
        }
        write!(out, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// One row of the table, as text.
struct Case<'a> {
    case_id: &'a str,
    topic: &'a str,
    inputs: &'a str,
    expected: &'a str,
}

const COLUMNS: [&str; 4] = ["case_id", "topic", "inputs", "expected"];

/// As [`run_cases_under`], under today's law.
pub fn run_cases(csv_text: &str) -> CasesReport {
    run_cases_under(LawBook::today(), csv_text)
}

/// Runs every case of a CSV with the columns case_id, topic, inputs and expected (others are passed over).
/// One bad line never stops the rest.
pub fn run_cases_under(book: &'static LawBook, csv_text: &str) -> CasesReport {
    let mut report = CasesReport::default();
    let text = csv_text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let places = match reader.headers() {
        Ok(headers) => COLUMNS.map(|column| headers.iter().position(|header| header.trim() == column)),
        Err(error) => return report.with_failure(1, None, format!("見出し行を読めません: {error}")),
    };
    let [Some(case_id), Some(topic), Some(inputs), Some(expected)] = places else {
        let reason = format!("見出し行に {} の列が必要です", COLUMNS.join("、"));
        return report.with_failure(1, None, reason);
    };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                report = report.with_failure(line, None, format!("CSVとして読めません: {error}"));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let column = |place| record.get(place).unwrap_or_default();
        let case =
            Case { case_id: column(case_id), topic: column(topic), inputs: column(inputs), expected: column(expected) };
        match check(book, &case) {
            Ok(()) => report.passed += 1,
            Err(reason) => report = report.with_failure(line, Some(&case), reason),
        }
    }
    report
}

impl CasesReport {
    fn with_failure(mut self, line: u64, case: Option<&Case<'_>>, reason: String) -> CasesReport {
        let (case_id, topic) = case.map_or(("", ""), |case| (case.case_id, case.topic));
        self.failed += 1;
        self.failures.push(CaseFailure { line, case_id: case_id.to_owned(), topic: topic.to_owned(), reason });
        self
    }
}

fn check(book: &'static LawBook, case: &Case<'_>) -> Result<(), String> {
    let json = |column: &str, text: &str| {
        serde_json::from_str::<Value>(text).map_err(|error| format!("{column} のJSONを読めません: {error}"))
    };
    let inputs = json("inputs", case.inputs)?;
    let expected = json("expected", case.expected)?;
    let keys = expected.as_object().filter(|keys| !keys.is_empty());
    let keys = keys.ok_or("expected には1つ以上の項目が必要です")?;
    let outcome = outcome(book, case.topic, &inputs, &expected)?;
    let differences: Vec<String> = keys
        .iter()
        .filter(|(key, value)| outcome.get(key) != Some(value))
        .map(|(key, value)| {
            let found = outcome.get(key).map_or("なし".to_owned(), Value::to_string);
            format!("{key}: 期待値 {value}、計算結果 {found}")
        })
        .collect();
    if differences.is_empty() { Ok(()) } else { Err(differences.join("; ")) }
}

/// The outcome; among the topics of forms a refusal by the rule is the output `INVALID`, where that is expected.
fn outcome(book: &'static LawBook, topic: &str, inputs: &Value, expected: &Value) -> Result<Value, String> {
    match run(topic, inputs, &mut Trace::under(book)) {
        Ok(outcome) => Ok(outcome),
        Err(CalcError::Law(_)) if topic.starts_with("format.") && expected["output"] == INVALID => {
            Ok(serde_json::json!({ "output": INVALID }))
        }
        Err(error) => Err(error.to_string()),
    }
}
