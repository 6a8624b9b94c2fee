//! The night: killed, resumed, raced, starved of disk; and the same yen by two roads.

mod adjudication;
mod adjustments;
mod balance;
mod completeness;
mod cutoff;
mod duplicates;
mod kill;
mod office;
mod person_filings;
mod payments;
mod race;
mod rehearsal;
mod starved;
mod threshold;
