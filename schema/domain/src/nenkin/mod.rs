//! 電子媒体届書 (`SHFD0006.CSV`) — reader, checks and writer of the file that employers send.
//!
//! Specification: 日本年金機構「電子媒体届書作成仕様書」「CSV形式届書作成仕様書（電子申請）」第16.2版.
//!
//! Bytes become raw records, raw records become [`Filing`]s; every record gets a verdict. What a filing must
//! satisfy is checked in one place, on the columns of its form, whether it came in a file or from a terminal
//! ([`Filing::check`]).

pub mod amounts;
mod check;
mod columns;
pub mod filing;
pub mod kana;
pub mod layout;
pub mod media;
pub mod problem;
mod reader;
mod returned;
mod row;
mod rules;
mod text;
pub mod verdict;
mod writer;

pub use amounts::{AMOUNT_MAX, BaseDays, base_total_and_average, bonus_total, capped};

pub use filing::{
    AcquisitionKind, Address, AnnualDetermination, Bonus, CoverageEnd, CoverageEndCause, DependantChange, Enrolment,
    Filing, Insured, InsuredKind, MonthlyPay, NoAddressReason, Note, PayChange, PayChangeDirection, PersonName,
    PreviousStandard, RevisionOnChange,
};
pub use layout::Form;
pub use media::{MediaHeader, OfficeInfo, Sender};
pub use problem::Problem;
pub use reader::{FILE_BYTES_MAX, FilingRecord, MediaReading, read};
pub use returned::{ReturnFiles, return_files};
pub use text::normalise;
pub use verdict::{Verdict, check_columns, check_fields};
pub use writer::write;
