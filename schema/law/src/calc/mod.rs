//! 計算の窓口 — one calculation by topic name and JSON, and tables of cases. Strict: an unknown key, a missing
//! key or a wrong type is an error in Japanese, never a default.

mod basic_pension;
mod cases;
mod collection;
mod coverage;
mod disability_survivor;
mod employees;
mod employees_pension;
mod formats;
mod health_benefits;
mod high_cost;
mod inputs;
mod life;
mod month;
mod pension_payment;
mod remuneration;

#[cfg(test)]
mod tests;

pub use cases::{CaseFailure, CasesReport, run_cases, run_cases_under};
pub use month::{month_contribution_inputs, month_contribution_result};

use domain::Month;
use serde_json::Value;

use crate::trace::FORMAT_VERSION;
use crate::{LawBook, LawError, Receipt, Trace};

/// Why a calculation gave no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalcError {
    /// No such topic, or not built yet.
    #[error("「{0}」は未実装の計算です。計算名を確認してください")]
    UnknownTopic(String),
    /// A key that the topic does not know.
    #[error("入力項目「{key}」はこの計算にはありません。使える項目: {known}")]
    UnknownKey {
        /// The key as given.
        key: String,
        /// Keys that were looked for.
        known: String,
    },
    /// A key that the topic needs.
    #[error("入力項目「{0}」がありません。追加してください")]
    MissingKey(String),
    /// A value of the wrong kind.
    #[error("入力項目「{key}」は{expected}で入力してください")]
    WrongType {
        /// The key.
        key: String,
        /// What it should be, in Japanese.
        expected: &'static str,
    },
    /// A receipt that holds no inputs, or that a newer program wrote.
    #[error("計算書「{topic}」(様式 {format_version}) は入力を持たないか、新しい様式のため、再計算できません")]
    NotReplayable {
        /// Its topic.
        topic: String,
        /// Its format.
        format_version: u32,
    },
    /// The rule gave no answer.
    #[error(transparent)]
    Law(#[from] LawError),
}

impl CalcError {
    /// A short name of the case for machines.
    pub fn code(&self) -> &'static str {
        match self {
            CalcError::UnknownTopic(_) => "unknown_topic",
            CalcError::UnknownKey { .. } => "unknown_key",
            CalcError::MissingKey(_) => "missing_key",
            CalcError::WrongType { .. } => "wrong_type",
            CalcError::NotReplayable { .. } => "not_replayable",
            CalcError::Law(error) => error.code(),
        }
    }
}

/// A topic: its inputs as JSON, its outcome as JSON.
type Calculation = fn(&Value, &mut Trace) -> Result<Value, CalcError>;

/// Every topic with its calculation, family by family.
const FAMILIES: &[&[(&str, Calculation)]] = &[
    &basic_pension::CALCULATIONS,
    &collection::CALCULATIONS,
    &coverage::CALCULATIONS,
    &disability_survivor::CALCULATIONS,
    &employees::CALCULATIONS,
    &employees_pension::CALCULATIONS,
    &health_benefits::CALCULATIONS,
    &high_cost::CALCULATIONS,
    &life::CALCULATIONS,
    &month::CALCULATIONS,
    &pension_payment::CALCULATIONS,
    &remuneration::CALCULATIONS,
    &formats::CALCULATIONS,
];

fn calculations() -> impl Iterator<Item = (&'static str, Calculation)> {
    FAMILIES.iter().copied().flatten().copied()
}

/// 計算名の一覧 — every topic that `run` knows.
pub fn topics() -> impl Iterator<Item = &'static str> {
    calculations().map(|(topic, _)| topic)
}

/// `2026-04` and so on, as outcomes list months.
fn month_names(months: &[Month]) -> Vec<String> {
    months.iter().map(Month::to_string).collect()
}

/// One calculation: its outcome as JSON, its steps and parameters in the trace.
///
/// # Errors
/// `UnknownTopic`, `UnknownKey`, `MissingKey`, `WrongType` — the question is wrong; `Law` — the rule gives no answer.
pub fn run(topic: &str, inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let found = calculations().find(|(name, _)| *name == topic);
    let (_, calculation) = found.ok_or_else(|| CalcError::UnknownTopic(topic.to_owned()))?;
    calculation(inputs, trace)
}

/// As `run`, under this book and with everything on a receipt.
///
/// # Errors
/// As `run`.
pub fn receipt(book: &'static LawBook, topic: &str, inputs: &Value) -> Result<Receipt, CalcError> {
    let mut trace = Trace::under(book);
    let result = run(topic, inputs, &mut trace)?;
    Ok(trace.into_receipt(topic, inputs.clone(), result))
}

/// 再計算 — a receipt computed again from its own inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// The receipt made now.
    pub receipt: Receipt,
    /// The result is that of the old receipt, to the yen.
    pub same_result: bool,
    /// Tables and program are those of the old receipt.
    pub same_law: bool,
}

/// 計算書の再計算 — the same topic from the same inputs, under this book.
///
/// # Errors
/// `NotReplayable` — the receipt carries no inputs, or is of a newer format; else as `run`.
pub fn replay(book: &'static LawBook, old: &Receipt) -> Result<Replay, CalcError> {
    if old.inputs.is_null() || old.format_version > FORMAT_VERSION {
        return Err(CalcError::NotReplayable { topic: old.topic.clone(), format_version: old.format_version });
    }
    let receipt = receipt(book, &old.topic, &old.inputs)?;
    let (same_result, same_law) = (receipt.result == old.result, receipt.law_version == old.law_version);
    Ok(Replay { receipt, same_result, same_law })
}
