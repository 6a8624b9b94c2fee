//! 計算の窓口 — one calculation by topic name and JSON, and tables of cases. Strict: an unknown key, a missing
//! key or a wrong type is an error in Japanese, never a default.

mod cases;
mod employees;
mod formats;
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

/// Every topic with its calculation, in order of name within each family.
const CALCULATIONS: [(&str, Calculation); 33] = [
    ("acquisition_decision_period", employees::acquisition_decision_period),
    ("acquisition_remuneration", employees::acquisition_remuneration),
    ("age_loss", employees::age_loss),
    ("bonus_premium", employees::bonus_premium),
    ("bonus_standard", employees::bonus_standard),
    ("chargeable_months", employees::chargeable_months),
    ("due_date", employees::due_date),
    ("employee_deduction", employees::employee_deduction),
    ("exemption", employees::exemption),
    ("grade_lookup", employees::grade_lookup),
    ("ltci_period", employees::ltci_period),
    ("notice_total", employees::notice_total),
    ("premium_table_cell", employees::premium_table_cell),
    ("format.age_attained_on", formats::age_attained_on),
    ("format.bank_next_or_same", formats::bank_next_or_same),
    ("format.bank_prev_or_same", formats::bank_prev_or_same),
    ("format.bonus_total", formats::bonus_total),
    ("format.corporate_number_check", formats::corporate_number_check),
    ("format.corporate_number_valid", formats::corporate_number_valid),
    ("format.date_from_era", formats::date_from_era),
    ("format.era_from_date", formats::era_from_date),
    ("format.government_next_or_same", formats::government_next_or_same),
    ("format.holiday_name", formats::holiday_name),
    ("format.insurer_check", formats::insurer_check),
    ("format.jis_x_0208_only", formats::jis_x_0208_only),
    ("format.legal_age_on", formats::legal_age_on),
    ("format.lg_code_check", formats::lg_code_check),
    ("format.my_number_check", formats::my_number_check),
    ("format.my_number_valid", formats::my_number_valid),
    ("format.nenkin_era_yymmdd", formats::nenkin_era_yymmdd),
    ("format.pension_payday", formats::pension_payday),
    ("format.premium_due_date", formats::premium_due_date),
    ("format.santei_total_average", formats::santei_total_average),
];

/// 計算名の一覧 — every topic that `run` knows.
pub const TOPICS: [&str; CALCULATIONS.len()] = {
    let mut topics = [""; CALCULATIONS.len()];
    let mut place = 0;
    while place < topics.len() {
        topics[place] = CALCULATIONS[place].0;
        place += 1;
    }
    topics
};

/// One calculation: its outcome as JSON, its steps and parameters in the trace.
///
/// # Errors
/// `UnknownTopic`, `UnknownKey`, `MissingKey`, `WrongType` — the question is wrong; `Law` — the rule gives no answer.
pub fn run(topic: &str, inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let found = CALCULATIONS.iter().find(|(name, _)| *name == topic);
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
