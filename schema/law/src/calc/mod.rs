//! 計算の窓口 — one calculation by topic name and JSON, and tables of cases. Strict: an unknown key, a missing
//! key or a wrong type is an error in Japanese, never a default.

mod cases;
mod employees;
mod formats;
mod high_cost;
mod inputs;

#[cfg(test)]
mod tests;

pub use cases::{CaseFailure, CasesReport, run_cases};

use serde_json::Value;

use crate::{LawError, Receipt, Trace};

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
            CalcError::Law(error) => error.code(),
        }
    }
}

/// A topic: its inputs as JSON, its outcome as JSON.
type Calculation = fn(&Value, &mut Trace) -> Result<Value, CalcError>;

/// Every topic with its calculation, family by family.
const FAMILIES: [&[(&str, Calculation)]; 3] =
    [&employees::CALCULATIONS, &formats::CALCULATIONS, &high_cost::CALCULATIONS];

fn calculations() -> impl Iterator<Item = (&'static str, Calculation)> {
    FAMILIES.into_iter().flatten().copied()
}

/// 計算名の一覧 — every topic that `run` knows.
pub fn topics() -> impl Iterator<Item = &'static str> {
    calculations().map(|(topic, _)| topic)
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

/// As `run`, with everything on a receipt.
///
/// # Errors
/// As `run`.
pub fn receipt(topic: &str, inputs: &Value) -> Result<Receipt, CalcError> {
    let mut trace = Trace::new();
    let result = run(topic, inputs, &mut trace)?;
    Ok(trace.into_receipt(topic, result))
}
