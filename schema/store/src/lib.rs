//! What we store: migrations and every SQL text of the house. Rows in, domain types out; nothing is decided here.

pub mod access_log;
pub mod clerks;
pub mod connect;
pub mod copy;
pub mod coverage;
pub mod employers;
pub mod filings;
pub mod load;
pub mod media;
pub mod migrate;
pub mod my_number;
pub mod night;
pub mod persons;
pub mod session;
