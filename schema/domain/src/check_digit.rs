//! 検査用数字 — check digits. A right one proves only that nobody mistyped; existence is a look-up.
//! ASCII digits only: cleaning (全角, hyphens, spaces) is a step of its own before this one.

/// The digits of a text of ASCII digits; `None` for anything else, the empty text included.
fn digits(text: &str) -> Option<Vec<u32>> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.bytes().map(|byte| u32::from(byte - b'0')).collect())
}

/// As one digit, 0 to 9.
fn digit(number: u32) -> u8 {
    u8::try_from(number % 10).expect("below ten")
}

/// 個人番号の検査用数字 — the last digit that belongs to these 11 (番号法施行令8条, 総務省令).
pub fn my_number_check(first_eleven: &str) -> Option<u8> {
    let digits = digits(first_eleven).filter(|digits| digits.len() == 11)?;
    let weights = [2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6];
    let sum: u32 = digits.iter().rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    Some(match sum % 11 {
        0 | 1 => 0,
        rest => digit(11 - rest),
    })
}

/// Whether these 12 digits can be a 個人番号.
pub fn my_number_valid(number: &str) -> bool {
    ends_with_check(number, 12, my_number_check)
}

/// 法人番号の検査用数字 — the first digit that belongs to these 12 (法人番号の指定等に関する省令2条).
pub fn corporate_number_check(last_twelve: &str) -> Option<u8> {
    let digits = digits(last_twelve).filter(|digits| digits.len() == 12)?;
    let sum: u32 = digits.iter().rev().zip([1, 2].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    Some(digit(9 - sum % 9))
}

/// Whether these 13 digits can be a 法人番号.
pub fn corporate_number_valid(number: &str) -> bool {
    number.is_ascii()
        && number.len() == 13
        && corporate_number_check(&number[1..]).is_some_and(|check| number.as_bytes()[0] == b'0' + check)
}

/// 保険者番号等の検証番号 — modulus 10 with weights 2, 1 from the right and digit sums.
/// For 保険者番号 (7 or 5 digits before it), 公費負担者番号 (7) and 公費受給者番号 (6).
pub fn insurer_check(without_check: &str) -> Option<u8> {
    let digits = digits(without_check)?;
    let sum: u32 = digits
        .iter()
        .rev()
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    Some(digit(10 - sum % 10))
}

/// Whether these 6, 7 or 8 digits end in their 検証番号 and are not all zeros.
pub fn insurer_number_valid(number: &str) -> bool {
    (6..=8).contains(&number.len())
        && number.bytes().any(|byte| byte != b'0')
        && ends_with_check(number, number.len(), insurer_check)
}

/// 地方公共団体コードの検査数字 — the sixth digit that belongs to these five.
pub fn local_government_check(first_five: &str) -> Option<u8> {
    let digits = digits(first_five).filter(|digits| digits.len() == 5)?;
    let sum: u32 = digits.iter().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    Some(digit(11 - sum % 11))
}

/// Whether these six digits can be a 地方公共団体コード.
pub fn local_government_code_valid(code: &str) -> bool {
    ends_with_check(code, 6, local_government_check)
}

fn ends_with_check(number: &str, length: usize, check: fn(&str) -> Option<u8>) -> bool {
    number.is_ascii()
        && number.len() == length
        && check(&number[..length - 1]).is_some_and(|check| number.as_bytes()[length - 1] == b'0' + check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        assert_eq!(my_number_check("12345678901"), Some(8));
        assert_eq!(my_number_check("62149832025"), Some(7));
        assert_eq!(corporate_number_check("000012050002"), Some(7));
        assert_eq!(insurer_check("3312001"), Some(5));
        assert_eq!(insurer_check("13801"), Some(6));
        assert_eq!(local_government_check("13101"), Some(6));
        assert_eq!(local_government_check("01000"), Some(6));
    }

    /// Invented numbers, right and wrong, computed with an independent check-digit library.
    #[test]
    fn sample_numbers() {
        let lines = include_str!("check_digit_samples.csv").lines().skip(1);
        let mut seen = 0;
        for line in lines {
            let [kind, number, expected] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let valid = match kind {
                "my_number" => my_number_valid(number),
                "corporate_number" => corporate_number_valid(number),
                "insurer_number" => insurer_number_valid(number),
                "local_government_code" => local_government_code_valid(number),
                other => panic!("{other} is no kind of number"),
            };
            assert_eq!(valid, expected == "valid", "{line}");
            seen += 1;
        }
        assert_eq!(seen, 64);
    }

    #[test]
    fn only_ascii_digits_of_the_right_length() {
        assert!(my_number_valid("123456789018"));
        for wrong in ["123456789012", "12345678901８", "1234 5678 9018", "", "12345678901", "1234567890188"] {
            assert!(!my_number_valid(wrong), "{wrong}");
        }
        assert!(corporate_number_valid("7000012050002"));
        assert!(!corporate_number_valid("2835678256246"));
        assert!(!corporate_number_valid("７000012050002"));
        assert!(!insurer_number_valid("00000000"));
    }

    #[test]
    fn one_wrong_digit_is_noticed_by_the_modulus_10_check() {
        let number = "01130012";
        for place in 0..number.len() {
            for wrong in b'0'..=b'9' {
                let mut bytes = number.as_bytes().to_vec();
                if bytes[place] != wrong {
                    bytes[place] = wrong;
                    let text = String::from_utf8(bytes).expect("ASCII");
                    assert!(!insurer_number_valid(&text), "{text}");
                }
            }
        }
    }
}
