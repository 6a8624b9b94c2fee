//! `nenrin calc`: one calculation with its receipt, or a table of cases.

use std::path::Path;

use serde_json::{Value, json};

use super::{Outcome, Said};
use crate::CalcArgs;
use crate::output::Report;

/// One calculation, or with `--cases` a table of them. The last line of a table is `N passed, N failed`.
pub fn calc(args: &CalcArgs, json: bool) -> Outcome {
    match (&args.cases, &args.topic, &args.inputs) {
        (Some(path), _, _) => cases(path, json),
        (None, Some(topic), Some(inputs)) => one(topic, inputs, args.explain, json),
        _ => unreachable!("clap asks for a topic and inputs, or for cases"),
    }
}

fn one(topic: &str, inputs: &str, explain: bool, json: bool) -> Outcome {
    let inputs: Value = serde_json::from_str(inputs)
        .map_err(|error| Said(format!("入力が JSON ではありません ({error})。例: '{{\"month\":\"2026-04\"}}'")))?;
    let receipt = law::calc::receipt(topic, &inputs)?;
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

fn cases(path: &Path, json: bool) -> Outcome {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Said(format!("計算例の表 {} を読めません: {error}", path.display())))?;
    let report = law::calc::run_cases(&text);
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
