//! 番号 — 個人番号・法人番号の検査用数字, and the number of a pension certificate.

use domain::{BasicPensionNumber, Month, check_digit};

use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 年金の種類 of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PensionKind {
    /// A short name for machines.
    pub identifier: String,
    /// 名称.
    pub name: String,
}

pub(super) static PENSION_CODES: LawTable<PensionKind> =
    LawTable::new("pension_record/numbers/pension_codes.csv", include_str!("pension_codes.csv"), read);

fn read(text: &str) -> Result<Table<PensionKind>, TableError> {
    Table::read(text, |rows, line| {
        let name = line.text("name_ja").to_owned();
        rows.push(line.row(|value| Some(PensionKind { identifier: value.to_owned(), name }))?);
        Ok(())
    })
}

/// 個人番号の検査用数字 — the twelfth digit that belongs to eleven.
///
/// Law: 番号法施行令8条, 平成26年総務省令85号5条.
///
/// # Errors
/// `BadInput` — not 11 half-width digits.
///
/// # Examples
/// 12345678901 → 8.
pub fn my_number_check(first_11_digits: &str, trace: &mut Trace) -> Result<u8, LawError> {
    let check = check_digit::my_number_check(first_11_digits);
    let check = check
        .ok_or_else(|| LawError::bad_input("個人番号の11桁 (first_11_digits)", "半角数字11桁で入力してください"))?;
    trace.step(Step::new("番号法施行令8条・平成26年総務省令85号5条", "検査用数字 (モジュラス11)").gives(check));
    Ok(check)
}

/// 法人番号の検査用数字 — the first digit that belongs to twelve.
///
/// Law: 法人番号の指定等に関する省令2条.
///
/// # Errors
/// `BadInput` — not 12 half-width digits.
///
/// # Examples
/// 000012050002 → 7.
pub fn corporate_number_check(last_12_digits: &str, trace: &mut Trace) -> Result<u8, LawError> {
    let check = check_digit::corporate_number_check(last_12_digits);
    let check = check
        .ok_or_else(|| LawError::bad_input("法人番号の12桁 (last_12_digits)", "半角数字12桁で入力してください"))?;
    trace.step(
        Step::new("法人番号の指定等に関する省令2条", "検査用数字 (モジュラス9)")
            .with("12桁", last_12_digits, "")
            .gives(check),
    );
    Ok(check)
}

/// 年金証書の年金コード — which pension a code is.
///
/// Law: 国民年金法施行規則65条, 厚生年金保険法施行規則82条 (年金証書の記載).
///
/// # Errors
/// `NotInForce` — no such code in that month; `PastLastCheck` — later than the table was checked.
pub fn pension_kind(code: &str, month: Month, trace: &mut Trace) -> Result<PensionKind, LawError> {
    PENSION_CODES.at(code, month, trace).cloned()
}

/// 年金証書番号 — 基礎年金番号 and 年金コード, fourteen digits.
///
/// # Errors
/// As [`pension_kind`].
///
/// # Examples
/// 2101-100007 and 1150: `2101-100007-1150`.
pub fn certificate_number(
    number: &BasicPensionNumber,
    code: &str,
    month: Month,
    trace: &mut Trace,
) -> Result<String, LawError> {
    let kind = pension_kind(code, month, trace)?;
    // The step names no person: the number itself stands in the result only.
    trace.step(
        Step::new(
            "国民年金法施行規則65条・厚生年金保険法施行規則82条",
            "年金証書番号 = 基礎年金番号10桁 + 年金コード4桁",
        )
        .with("年金の種類", kind.name, "")
        .gives(code),
    );
    Ok(format!("{number}-{code}"))
}
