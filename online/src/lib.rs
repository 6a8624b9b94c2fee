//! オンライン — the terminals' tier: clerks file, look up, draft and approve, by HTML page or by JSON.
//!
//! A transaction reads like its procedure: form → check (no database) → lock → decide (`law`) → record →
//! receipt. Before every handler stands the guard: sign-in, right, purpose; behind it the access log, whose
//! entry is on disk before the answer leaves.

mod access_log;
mod app;
mod audit;
mod clerk;
mod clock;
mod config;
mod day;
mod error;
mod extract;
mod filing_form;
mod guard;
mod health;
mod metrics;
mod openapi;
mod pages;
mod paper_form;
mod purpose;
mod routes;
mod serve;
mod session;
mod throttle;
mod transactions;

pub use app::{App, StartError};
pub use clerk::{Area, Right, Role};
pub use config::Config;
pub use error::{Problem, TerminalError, Who};
pub use purpose::Purpose;
pub use routes::{Access, ENDPOINTS, Endpoint, Face, Log, router};
pub use serve::{ClerkError, NewClerk, ServeError, create_clerk, serve};
pub use transactions::correction::CorrectionForm;
pub use transactions::coverage_end::CoverageEndForm;
pub use transactions::enrolment::EnrolmentForm;
pub use transactions::leave_end::LeaveEndForm;
pub use transactions::pension_forms::grounds::{
    DisabilityClaimForm, DisabilityGradeForm, PensionChoiceForm, SurvivorClaimForm, SurvivorEndForm,
};
pub use transactions::pension_forms::{
    AccountForm, CategoryCorrectionForm, DeathForm, PayeeChangeForm, PensionClaimForm, PersonForms, ReliefForm,
    UnpaidBenefitClaimForm,
};
pub use transactions::sign_in::{PasswordError, hash_password};
pub use transactions::split_form::PensionSplitForm;
pub use transactions::workplace_selection::WorkplaceSelectionForm;
