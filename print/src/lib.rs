//! Notices on paper: what a notice says → marks on a sheet → a PDF lot with its index, manifest and count
//! sheet. Reads fonts, never the database.
//!
//! The night's walk: [`Fonts::load`] once, [`check`] each notice before it gets its number (a name that no
//! font can write is held, not printed with a box), [`write_lot`] per lot, then the writers in [`package`].

pub mod envelope;
pub mod error;
pub mod fonts;
pub mod lot;
pub mod marks;
pub mod notices;
pub mod package;
pub mod payeasy;
pub mod pdf;
pub mod square;
pub mod typeset;

pub use error::PrintError;
pub use fonts::Fonts;
pub use lot::{Dispatch, IndexRow, Lot, LotSpec, LotSummary, check, check_letter, write_letters, write_lot};
pub use notices::letter::PersonLetter;
pub use notices::{IssuingOffice, NoticeKind, PieceKind, PremiumNotice, Recipient};
pub use payeasy::PayeasySettings;

#[cfg(test)]
mod tests;
