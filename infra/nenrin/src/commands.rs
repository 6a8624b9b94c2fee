//! The commands that call one function of one tier and say what it did.

mod calc;
mod intake;
mod law_folder;
mod night;
mod populate;
mod print;
mod receipts;
mod verify;

pub use calc::calc;
pub use intake::intake;
pub use night::{night, night_options, rows as night_rows};
pub use populate::populate;
pub use print::print;
pub use receipts::receipts;
pub use verify::{verify, verify_options};

use crate::output::Report;

/// What a command gives: a report, or an error that says what to do.
pub type Outcome = Result<Report, Box<dyn std::error::Error>>;

/// A sentence that is an error by itself.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Said(pub String);
