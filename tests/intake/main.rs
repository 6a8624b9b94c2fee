//! Files of filings from the sender's desk to the facts: intake, the night's application, and everything between
//! them that can go wrong.

mod applying;
mod bad_input;
mod killed;
mod partitions;
mod receipts;
mod samples;
mod taking;
mod world;
