//! The night and the other bulk work: intake of media, the jobs of a business date, a synthetic country.
//! Computation is on threads, without async; the business date is an argument, never the clock.

pub mod intake;
pub mod jobs;
pub mod lake;
pub mod night;
pub mod populate;
pub mod progress;
pub mod rehearsal;
pub mod run;
pub mod verify;
