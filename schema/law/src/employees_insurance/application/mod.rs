//! 届の反映 — from an approved filing and the facts that are known to the new facts. Pure: what is known comes
//! in, what is to be known comes out; a filing that does not fit what is known is held for a person.

use crate::LawError;

mod annual;
mod bonus_payment;
mod correction;
#[cfg(test)]
mod correction_tests;
mod coverage_end;
mod enrolment;
mod facts;
mod leave_end;
#[cfg(test)]
mod leave_end_tests;
mod revision;
#[cfg(test)]
mod tests;
mod workplace_selection;
#[cfg(test)]
mod workplace_selection_tests;

pub use super::leave_end_revision::LeaveEndFiling;
pub use annual::{AnnualFiling, annual_determination};
pub use bonus_payment::{BonusFiling, bonus_payment};
pub use correction::{CorrectionFiling, correction};
pub use coverage_end::{CoverageEndFiling, coverage_end};
pub use enrolment::{EnrolmentFiling, enrolment, schemes_of_age};
pub use facts::{BonusPaid, Cause, Decision, InsuredFacts, Spell, Standard};
pub use leave_end::leave_end;
pub use revision::{RevisionFiling, revision};
pub use workplace_selection::{OfficeFacts, Selected, Selection, workplace_selection};

/// 反映 — the new facts, or why there are none.
pub type Application<T> = Result<T, NotApplied>;

/// What an applied filing leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// What is known from now on of this spell.
    pub facts: InsuredFacts,
    /// Why nothing changed, where the law gives the filing no effect.
    pub no_effect: Option<String>,
    /// 資格取得の取消: there never was such a spell; nothing of it is known from now on.
    pub cancelled: bool,
}

impl Applied {
    fn with(facts: InsuredFacts) -> Applied {
        Applied { facts, no_effect: None, cancelled: false }
    }

    /// The spell as it was, without standards and bonuses.
    fn cancelled(facts: &InsuredFacts) -> Applied {
        let facts = InsuredFacts { standards: Vec::new(), bonuses: Vec::new(), ..facts.clone() };
        Applied { facts, no_effect: None, cancelled: true }
    }

    fn unchanged(facts: &InsuredFacts, why: impl Into<String>) -> Applied {
        Applied { facts: facts.clone(), no_effect: Some(why.into()), cancelled: false }
    }
}

/// A filing that was not applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotApplied {
    /// 保留: a person must look, or something that is still missing may come.
    Held(Reason),
    /// 却下: it can never be applied as it stands; it goes back to the sender.
    Rejected(Reason),
}

/// Why, for machines and for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Short name.
    pub code: &'static str,
    /// What is wrong and what to do, in Japanese, without a person's name or number.
    pub message: String,
}

impl NotApplied {
    /// 保留.
    pub fn held(code: &'static str, message: impl Into<String>) -> NotApplied {
        NotApplied::Held(Reason { code, message: message.into() })
    }

    /// 却下.
    pub fn rejected(code: &'static str, message: impl Into<String>) -> NotApplied {
        NotApplied::Rejected(Reason { code, message: message.into() })
    }

    /// Code and message, whichever it is.
    pub fn reason(&self) -> &Reason {
        match self {
            NotApplied::Held(reason) | NotApplied::Rejected(reason) => reason,
        }
    }
}

/// A rule that cannot answer leaves the case to a person.
impl From<LawError> for NotApplied {
    fn from(error: LawError) -> NotApplied {
        NotApplied::held(error.code(), error.to_string())
    }
}
