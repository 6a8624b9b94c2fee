//! The house itself: what was asked and which test shows it, which crate may use which, and tidiness.

mod arrows;
mod requirements;
mod source;
mod tests_of;
mod tidy;
