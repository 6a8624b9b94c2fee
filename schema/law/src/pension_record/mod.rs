//! 年金記録 — from the registers of a life to what an award can be based on: status and months, the record, its numbers
//! and its milestones.

pub mod life;

use crate::book::TableFile;

/// Every table of this family, in order of path.
pub(crate) static TABLES: &[&dyn TableFile] = &[];
