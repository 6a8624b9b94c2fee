//! What the law says, as pure dated rules: one folder per statute, one per topic inside it, the numbers
//! beside the rule that reads them. No I/O, no clock. Every amount comes with the steps that led to it.

#![warn(clippy::unwrap_used, clippy::as_conversions, clippy::float_arithmetic, clippy::disallowed_methods)]

pub mod adjudication;
pub mod basic_pension;
pub mod book;
pub mod calc;
pub mod disability_survivor;
pub mod employees_insurance;
pub mod employees_pension;
pub mod error;
pub mod health_benefits;
pub mod national_pension;
pub mod pension_payment;
pub mod pension_record;
pub mod person_filing;
pub mod table;
pub mod trace;

pub use book::{BookError, LawBook, law_version};
pub use employees_insurance::month::{
    EmployerTotals, HoldReason, Levies, MonthLaw, PersonContribution, PersonMonth, Verdict, Workplace, WorkplacePart,
    Workplaces, day_number, day_of,
};
pub use employees_insurance::notice_total::NoticeTotal;
pub use error::LawError;
pub use trace::{ParameterRead, Receipt, Step, Trace};
