//! 番号 — 個人番号・法人番号の検査用数字.

use domain::check_digit;

use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

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
