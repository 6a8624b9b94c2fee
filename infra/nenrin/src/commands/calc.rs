//! `nenrin calc`: one calculation with its receipt, or a table of cases.

use std::path::Path;

use serde_json::{Value, json};

use law::{LawBook, Receipt};

use super::law_folder::{self, read_book};
use super::{Outcome, Said};
use crate::CalcArgs;
use crate::output::Report;

/// One calculation, a table of cases, a receipt again, or the tables themselves.
/// The last line of a table of cases is `N passed, N failed`.
pub fn calc(args: &CalcArgs, json: bool) -> Outcome {
    if let Some(folder) = &args.tables {
        return law_folder::write_tables(folder);
    }
    let book = args.law.as_deref().map_or(Ok(LawBook::today()), read_book)?;
    match (&args.cases, &args.replay, &args.topic, &args.inputs) {
        (Some(path), ..) => cases(book, path, json),
        (_, Some(path), ..) => replay(book, path),
        (_, _, Some(topic), Some(inputs)) => one(book, topic, inputs, args.explain, json),
        _ => unreachable!("clap asks for a topic and inputs, or for cases, a receipt or a folder"),
    }
}

/// A receipt computed again; another result fails the command.
fn replay(book: &'static LawBook, path: &Path) -> Outcome {
    let unreadable = |reason: String| Said(format!("計算書 {} を読めません: {reason}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let old: Receipt = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
    let again = law::calc::replay(book, &old)?;
    let law = if again.same_law { "同じ" } else { "違う" };
    let mut report = Report::new(json!({
        "same_result": again.same_result, "same_law": again.same_law,
        "before": old.result, "now": again.receipt.result,
    }))
    .row("計算", &old.topic)
    .row("法令データ", format!("{law} (計算書 {}、今 {})", old.law_version, again.receipt.law_version))
    .row("計算書の結果", plain(&old.result))
    .row("今の結果", plain(&again.receipt.result));
    report.good = again.same_result;
    Ok(report.then(if again.same_result {
        "同じ結果です"
    } else {
        "結果が違います。法令データの版を確かめてください"
    }))
}

fn one(book: &'static LawBook, topic: &str, inputs: &str, explain: bool, json: bool) -> Outcome {
    let inputs: Value = serde_json::from_str(inputs)
        .map_err(|error| Said(format!("入力が JSON ではありません ({error})。例: '{{\"month\":\"2026-04\"}}'")))?;
    let receipt = law::calc::receipt(book, topic, &inputs)?;
    if explain && !json {
        println!("{receipt}");
        return Ok(Report::new(Value::Null));
    }
    let report = Report::new(if explain { serde_json::to_value(&receipt)? } else { receipt.result.clone() });
    let rows = receipt.result.as_object().map(|object| object.iter().map(|(key, value)| (key.clone(), plain(value))));
    Ok(match rows {
        Some(rows) => rows.fold(report, |report, (key, value)| report.row(key, value)),
        None => report.row(topic, plain(&receipt.result)),
    })
}

fn cases(book: &'static LawBook, path: &Path, json: bool) -> Outcome {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Said(format!("計算例の表 {} を読めません: {error}", path.display())))?;
    let report = law::calc::run_cases_under(book, &text);
    if !json {
        for failure in &report.failures {
            println!("{}行目 {} {}: {}", failure.line, failure.case_id, failure.topic, failure.reason);
        }
    }
    let failures: Vec<Value> = report
        .failures
        .iter()
        .map(|one| json!({ "line": one.line, "case_id": one.case_id, "topic": one.topic, "reason": one.reason }))
        .collect();
    let counts = json!({ "passed": report.passed, "failed": report.failed, "failures": failures });
    let mut result = Report::new(counts).then(format!("{} passed, {} failed", report.passed, report.failed));
    result.good = report.failed == 0;
    Ok(result)
}

/// A text without its quotation marks; anything else as JSON writes it.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
