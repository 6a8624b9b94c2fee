//! The online tier against a real PostgreSQL: every transaction, every right, every refusal.

mod approvals;
mod audit;
mod browser;
mod corrections;
mod duplicates;
mod filings;
mod ground_filings;
mod health;
mod look_ups;
mod pages;
mod pension_filings;
mod pension_payments;
mod retroactive;
mod rights;
mod sign_in;
mod splits;
mod workplaces;
mod world;
