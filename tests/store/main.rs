//! The store against a real database: what the database itself promises, and what our statements do with it.

mod access_log;
mod copying;
mod facts;
mod guards;
mod lives;
mod migrations;
mod receptions;
mod world;
