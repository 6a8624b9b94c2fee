//! 夜間処理の読み書き — what the night reads and writes, and nothing it decides.

pub mod applications;
pub mod awards;
pub mod completeness;
pub mod duplicates;
pub mod facts;
pub mod grounds;
pub mod journal;
pub mod national_pension;
pub mod notices;
pub mod payments;
pub mod peer;
pub mod peer_payments;
pub mod pension_notices;
pub mod pension_pieces;
pub mod person_filings;
pub mod person_ranges;
pub mod pieces;
pub mod runs;
pub mod selections;
pub mod snapshot;
