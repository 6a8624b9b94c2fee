//! The night: killed, resumed, raced, starved of disk; and the same yen by two roads.

mod adjustments;
mod balance;
mod completeness;
mod cutoff;
mod kill;
mod office;
mod payments;
mod race;
mod rehearsal;
mod starved;
mod threshold;
