//! What we store: migrations and every SQL text of the house. Rows in, domain types out; nothing is decided here.
//!
//! Functions take `&impl` [`Db`]: a client, a pooled client, or a transaction of either.

#![warn(clippy::unwrap_used, clippy::as_conversions, clippy::float_arithmetic, clippy::disallowed_methods)]

pub mod access_log;
pub mod bench_filing;
pub mod clerks;
pub mod connect;
pub mod copy;
pub mod coverage;
pub mod db;
pub mod duplicates;
pub mod employers;
pub mod error;
pub mod examination;
pub mod filings;
pub mod lives;
pub mod load;
pub mod media;
pub mod migrate;
pub mod my_number;
pub mod night;
pub mod pension_card;
pub mod persons;
pub mod receipt_files;
pub mod registers;
pub mod session;
pub mod settings;
pub mod splits;

pub use connect::{Connection, Settings, Transaction};
pub use db::Db;
pub use error::StoreError;
pub use session::Session;
