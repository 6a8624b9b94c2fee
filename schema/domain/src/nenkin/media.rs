//! The head of a file: who sends it, and for which offices.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{EmployerSymbol, PostalCode};

/// 媒体情報 — the first line of a file, and the consultant's name of its third.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaHeader {
    /// Who sends it.
    pub sender: Sender,
    /// 媒体通番, 1 to 999.
    pub serial: u16,
    /// 作成年月日.
    pub created_on: Date,
}

/// 提出元.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// 事業所.
    Employer(EmployerSymbol),
    /// 社会保険労務士: may send for several offices.
    LabourConsultant {
        /// 社会保険労務士コード, 8 digits.
        code: String,
        /// 社会保険労務士氏名, with one full-width space.
        name: String,
    },
}

/// The employer's symbol, or the consultant's code.
impl fmt::Display for Sender {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Sender::Employer(symbol) => symbol.fmt(out),
            Sender::LabourConsultant { code, .. } => out.write_str(code),
        }
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Sender::Employer(symbol) => write!(out, "Employer({symbol:?})"),
            Sender::LabourConsultant { .. } => out.write_str("LabourConsultant(****)"),
        }
    }
}

/// 事業所情報 — one office that filings of the file belong to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeInfo {
    /// 事業所整理記号.
    pub employer: EmployerSymbol,
    /// 事業所番号, 1 to 99999.
    pub office_number: u32,
    /// 郵便番号.
    pub postal_code: PostalCode,
    /// 事業所所在地.
    pub address: String,
    /// 事業所名称.
    pub name: String,
    /// 事業主氏名, with one full-width space.
    pub employer_name: String,
    /// 電話番号 in its three parts.
    pub telephone: [String; 3],
}

impl fmt::Debug for OfficeInfo {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "OfficeInfo({:?})", self.employer)
    }
}
