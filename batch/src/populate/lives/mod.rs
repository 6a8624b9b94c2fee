//! 一生 — the record of every life of the country, and the people outside employers: careers since school, contributions,
//! remuneration, households, claims, accounts, what the dead left; with second numbers and contradictions that are known.
//!
//! What is made here hangs on the seed and the person alone: dice of other purposes are not touched, so that the country of
//! the employers is the same with lives and without.

mod career;
mod contributions;
mod disability;
mod draft;
mod employed;
mod faults;
mod identity;
mod others;
mod outside;
mod past;
mod pay;
mod pension;
mod survivors;

pub(super) use contributions::RECEIPTS_EACH;
pub(super) use draft::RECORDS_EACH;
pub(super) use employed::{Cover, write as write_employed};
pub(super) use faults::duplicates_most;
pub(super) use identity::{Home, Identity};
pub(super) use outside::{CHUNK, write_chunk};
pub(super) use past::Past;
