//! The words everybody uses: yen and their rounding, months, eras, numbers of persons and employers,
//! the calendar, and the official filing format. No I/O and no clock in here.

#![warn(clippy::unwrap_used, clippy::as_conversions, clippy::float_arithmetic, clippy::disallowed_methods)]

pub mod age;
pub mod calendar;
pub mod characters;
pub mod check_digit;
pub mod customer_barcode;
pub mod era;
pub mod life;
pub mod money;
pub mod month;
pub mod nenkin;
pub mod numbers;
pub mod paper;
pub mod person_paper;
pub mod prefecture;
pub mod zengin;

pub use era::{Era, EraDate};
pub use money::{Ratio, Rounding, Yen};
pub use month::Month;
pub use numbers::{BasicPensionNumber, CorporateNumber, EmployerSymbol, MyNumber, PostalCode};
pub use prefecture::Prefecture;
