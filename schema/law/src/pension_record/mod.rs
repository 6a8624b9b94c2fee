//! 年金記録 — from the registers of a life to what an award can be based on: status and months, the record, its numbers
//! and its milestones.

pub mod coverage_notice;
pub mod divorce_split;
pub mod duplicates;
pub mod life;
pub mod milestones;
pub mod notification;
pub mod numbers;
pub mod recalculation;
pub mod special_old_age_start;
pub mod status;

use crate::book::TableFile;

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] = &[
    &coverage_notice::MILESTONE_AGES,
    &divorce_split::CLAIM_YEARS,
    &duplicates::KANA_VARIANTS,
    &duplicates::KANJI_VARIANTS,
    &duplicates::WEIGHTS,
    &special_old_age_start::MONTHS_MIN,
    &special_old_age_start::START_AGES,
];
