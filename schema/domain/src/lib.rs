//! The words everybody uses: yen and their rounding, months, eras, numbers of persons and employers,
//! the calendar, and the official filing format. No I/O and no clock in here.

pub mod money;
pub mod month;

pub use money::{Ratio, Rounding, Yen};
pub use month::Month;
