//! 取引 — one file per transaction of the terminal: form → check → lock → decide → record → receipt.

pub mod approval;
mod choice;
pub mod contribution;
pub mod correction;
pub mod course;
pub mod coverage_end;
pub mod duplicate;
pub mod employer;
pub mod enrolment;
pub mod examine;
pub mod filing;
mod handlers;
pub mod leave_end;
pub mod paper;
pub mod pension_amount;
pub mod pension_forms;
mod pension_grounds;
pub mod pension_record;
pub mod person;
pub mod person_filing;
pub mod sign_in;
pub mod split_form;
pub mod workplace_selection;
