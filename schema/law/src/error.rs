//! What a rule answers when it cannot answer.

use domain::Month;
use domain::calendar::CalendarError;

/// A rule that gives no result, and why. The terminal shows the sentence; a person takes the case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// No row of the table covers the month: the rule was not in force, or its history is not on file.
    #[error("「{table}」には{asked}分の定めが登録されていません。月分を確認してください")]
    NotInForce {
        /// Japanese name of the table or rule.
        table: String,
        /// The month asked about.
        asked: Month,
    },
    /// The month lies after the last check of the table: nobody has looked yet whether the law changed.
    #[error("「{table}」は{checked_until}分までしか確認されていません。{asked}分を計算するには、表を更新してください")]
    PastLastCheck {
        /// Japanese name of the table.
        table: String,
        /// The month asked about.
        asked: Month,
        /// The last month that was checked.
        checked_until: Month,
    },
    /// A fact that the rule needs was not given.
    #[error("「{fact}」がありません。入力してください")]
    MissingFact {
        /// Japanese name (and key) of the fact.
        fact: String,
    },
    /// A fact that cannot be as it was given.
    #[error("「{item}」が正しくありません: {reason}")]
    BadInput {
        /// Japanese name (and key) of the fact.
        item: String,
        /// What is wrong, and what would be right.
        reason: String,
    },
    /// The law leaves it to a person, or the rule is not settled.
    #[error("機械では決定できません: {reason}。担当者が決定してください")]
    CannotDecide {
        /// Why.
        reason: String,
    },
    /// The calendar does not reach that far.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

impl LawError {
    /// 不正な入力 — for a fact that cannot be as given.
    pub fn bad_input(item: impl Into<String>, reason: impl Into<String>) -> LawError {
        LawError::BadInput { item: item.into(), reason: reason.into() }
    }

    /// A short name of the case for machines.
    pub fn code(&self) -> &'static str {
        match self {
            LawError::NotInForce { .. } => "not_in_force",
            LawError::PastLastCheck { .. } => "past_last_check",
            LawError::MissingFact { .. } => "missing_fact",
            LawError::BadInput { .. } => "bad_input",
            LawError::CannotDecide { .. } => "cannot_decide",
            LawError::Calendar(_) => "outside_calendar",
        }
    }
}
