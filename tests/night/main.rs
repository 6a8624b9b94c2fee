//! The night: killed, resumed, raced, starved of disk; and the same yen by two roads.

mod adjudication;
mod adjustments;
mod age_events;
mod balance;
mod completeness;
mod cutoff;
mod duplicates;
mod grounds;
mod kill;
mod national_pension;
mod office;
mod payment_grounds;
mod payments;
mod people;
mod person_filings;
mod race;
mod rehearsal;
mod splits;
mod starved;
mod threshold;
