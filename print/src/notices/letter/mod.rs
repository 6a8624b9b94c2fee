//! 人への通知 — a letter of a title, a table of labels and values, and paragraphs; on as many sheets as it needs.

mod layout;

use std::fmt;

use jiff::civil::Date;

use crate::notices::{IssuingOffice, Recipient};

pub(crate) use layout::sheets;

/// 手紙 — what it says.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonLetter {
    /// 通知ID, our key; never a number of a person.
    pub notice_id: String,
    /// 宛先.
    pub recipient: Recipient,
    /// 発行日.
    pub issued_on: Date,
    /// 題.
    pub title: String,
    /// 項目と値.
    pub rows: Vec<(String, String)>,
    /// 文.
    pub paragraphs: Vec<String>,
    /// 発行・照会先の年金事務所.
    pub office: IssuingOffice,
}

/// No name, no address, nothing of what it says.
impl fmt::Debug for PersonLetter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PersonLetter").field("notice_id", &self.notice_id).finish_non_exhaustive()
    }
}
