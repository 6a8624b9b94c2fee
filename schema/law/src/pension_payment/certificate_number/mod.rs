//! 年金証書の番号と年金コード (国民年金法14条・16条, 厚生年金保険法33条).

use domain::Month;
use domain::numbers::BasicPensionNumber;

use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 年金コード — the kind of pension on the certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PensionCode {
    /// Name for programs, `old_age`.
    pub identifier: String,
    /// 名称.
    pub name: String,
}

pub(super) static PENSION_CODES: LawTable<PensionCode> =
    LawTable::new("pension_payment/certificate_number/pension_codes.csv", include_str!("pension_codes.csv"), read);

fn read(text: &str) -> Result<Table<PensionCode>, TableError> {
    Table::read(text, add_line)
}

fn add_line(rows: &mut Vec<Row<PensionCode>>, line: &Line<'_>) -> Result<(), String> {
    let name = line.text("name_ja").to_owned();
    rows.push(line.row(|identifier| Some(PensionCode { identifier: identifier.to_owned(), name }))?);
    Ok(())
}

/// 年金証書の番号 — 基礎年金番号 (10 digits) and 年金コード (4). Neither has a check digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateNumber {
    /// 基礎年金番号.
    pub number: BasicPensionNumber,
    /// 年金コード, 4 digits.
    pub code: String,
    /// What it means.
    pub kind: &'static PensionCode,
}

impl CertificateNumber {
    /// 14 digits without hyphens.
    pub fn digits(&self) -> String {
        format!("{}{}", self.number.digits(), self.code)
    }
}

/// 年金コード — its meaning in a month.
///
/// Law: 年金証書の記載 (国民年金法16条, 厚生年金保険法33条 の裁定による).
///
/// # Errors
/// `NotInForce` — no such code; `PastLastCheck`.
pub fn pension_code(code: &str, month: Month, trace: &mut Trace) -> Result<&'static PensionCode, LawError> {
    PENSION_CODES.at(code, month, trace)
}

/// 年金証書の番号を読む — 14 digits, with or without hyphens between 4, 6 and 4.
///
/// - `text`: half-width digits
/// - `month`: of the certificate
///
/// # Errors
/// `BadInput` — not 14 digits; `NotInForce` — a code that is not in the table; `PastLastCheck`.
///
/// # Examples
/// `1234-567890-1150`: 基礎年金番号 1234-567890, 老齢基礎・老齢厚生年金.
pub fn certificate_number(text: &str, month: Month, trace: &mut Trace) -> Result<CertificateNumber, LawError> {
    let refuse = |reason: &str| LawError::bad_input("年金証書の番号 (number)", reason);
    let parts: Vec<&str> = text.split('-').collect();
    let grouped = match parts.as_slice() {
        [_] => true,
        [office, serial, code] => (office.len(), serial.len(), code.len()) == (4, 6, 4),
        _ => false,
    };
    let digits = parts.concat();
    if !grouped || digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refuse("半角数字14桁 (基礎年金番号10桁と年金コード4桁) で入力してください"));
    }
    let (number, code) = digits.split_at(10);
    let number = number.parse::<BasicPensionNumber>().map_err(|error| refuse(&error.to_string()))?;
    of_parts(number, code, month, trace)
}

/// 年金証書の番号を作る — of a 基礎年金番号 and a code.
///
/// # Errors
/// `NotInForce` — a code that is not in the table; `PastLastCheck`.
pub fn of_parts(
    number: BasicPensionNumber,
    code: &str,
    month: Month,
    trace: &mut Trace,
) -> Result<CertificateNumber, LawError> {
    let kind = pension_code(code, month, trace)?;
    trace.step(
        Step::new(
            "年金証書の記載 (国民年金法16条・厚生年金保険法33条)",
            "年金証書の番号 = 基礎年金番号 (10桁) + 年金コード (4桁)。検査数字はない",
        )
        .with("年金コード", code, "")
        .gives(&kind.name),
    );
    Ok(CertificateNumber { number, code: code.to_owned(), kind })
}
