//! 番号 — numbers of persons and employers, checked when they are built. `Debug` never shows them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{check_digit, prefecture::Prefecture};

/// A text that is not such a number. The text itself is not kept: it may be somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{name}ではありません: {reason}")]
pub struct NotANumber {
    /// Which number was asked for, in Japanese.
    pub name: &'static str,
    /// What is wrong, in Japanese.
    pub reason: &'static str,
}

fn refuse<T>(name: &'static str, reason: &'static str) -> Result<T, NotANumber> {
    Err(NotANumber { name, reason })
}

/// Exactly `N` ASCII digits.
fn exact_digits<const N: usize>(name: &'static str, text: &str) -> Result<[u8; N], NotANumber> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return refuse(name, "半角数字だけで入力してください");
    }
    text.as_bytes().try_into().map_err(|_| NotANumber { name, reason: "桁数が違います" })
}

/// The digits as text.
fn as_text(digits: &[u8]) -> &str {
    std::str::from_utf8(digits).expect("built from ASCII digits")
}

/// Text form in JSON, both ways.
macro_rules! as_string {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// 基礎年金番号 — 課所符号 (4 digits) and 一連番号 (6). It has no check digit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasicPensionNumber([u8; 10]);

impl BasicPensionNumber {
    const NAME: &'static str = "基礎年金番号";

    /// From its two columns: 課所符号 and 一連番号.
    ///
    /// # Errors
    /// `NotANumber` — not 4 and 6 ASCII digits, or either part all zeros.
    pub fn from_parts(office: &str, serial: &str) -> Result<BasicPensionNumber, NotANumber> {
        if office.len() != 4 || serial.len() != 6 {
            return refuse(Self::NAME, "課所符号4桁と一連番号6桁で入力してください");
        }
        format!("{office}{serial}").parse()
    }

    /// 課所符号.
    pub fn office(&self) -> &str {
        as_text(&self.0[..4])
    }

    /// 一連番号.
    pub fn serial(&self) -> &str {
        as_text(&self.0[4..])
    }

    /// The ten digits without hyphen.
    pub fn digits(&self) -> &str {
        as_text(&self.0)
    }
}

/// Takes `1234567890` and `1234-567890`.
impl FromStr for BasicPensionNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<BasicPensionNumber, NotANumber> {
        let plain = match text.split_once('-') {
            Some((office, serial)) if office.len() == 4 => format!("{office}{serial}"),
            _ => text.to_owned(),
        };
        let digits = exact_digits::<10>(Self::NAME, &plain)?;
        if digits[..4] == *b"0000" || digits[4..] == *b"000000" {
            return refuse(Self::NAME, "課所符号・一連番号をすべて0にはできません");
        }
        Ok(BasicPensionNumber(digits))
    }
}

/// `1234-567890`.
impl fmt::Display for BasicPensionNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}", self.office(), self.serial())
    }
}

impl fmt::Debug for BasicPensionNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("BasicPensionNumber(****-******)")
    }
}

as_string!(BasicPensionNumber);

/// 個人番号 (マイナンバー) — 12 digits with a check digit. Not serialisable: it travels only where the law says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MyNumber([u8; 12]);

impl MyNumber {
    const NAME: &'static str = "個人番号";

    /// The twelve digits.
    pub fn digits(&self) -> &str {
        as_text(&self.0)
    }
}

impl FromStr for MyNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<MyNumber, NotANumber> {
        let digits = exact_digits::<12>(Self::NAME, text)?;
        if !check_digit::my_number_valid(text) {
            return refuse(Self::NAME, "検査用数字が合いません");
        }
        Ok(MyNumber(digits))
    }
}

/// The digits in full: for the paper or file that needs them, never for a log.
impl fmt::Display for MyNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.digits())
    }
}

impl fmt::Debug for MyNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("MyNumber(************)")
    }
}

/// 法人番号 — 13 digits, the first of them the check digit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CorporateNumber([u8; 13]);

impl CorporateNumber {
    const NAME: &'static str = "法人番号";

    /// The thirteen digits.
    pub fn digits(&self) -> &str {
        as_text(&self.0)
    }
}

impl FromStr for CorporateNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<CorporateNumber, NotANumber> {
        let digits = exact_digits::<13>(Self::NAME, text)?;
        if !check_digit::corporate_number_valid(text) {
            return refuse(Self::NAME, "検査用数字が合いません");
        }
        Ok(CorporateNumber(digits))
    }
}

impl fmt::Display for CorporateNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.digits())
    }
}

impl fmt::Debug for CorporateNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CorporateNumber(*********{})", as_text(&self.0[9..]))
    }
}

as_string!(CorporateNumber);

/// 郵便番号 — 7 digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostalCode([u8; 7]);

impl PostalCode {
    const NAME: &'static str = "郵便番号";

    /// The seven digits without hyphen.
    pub fn digits(&self) -> &str {
        as_text(&self.0)
    }

    /// 親番号 — the first three.
    pub fn parent(&self) -> &str {
        as_text(&self.0[..3])
    }

    /// 子番号 — the last four.
    pub fn child(&self) -> &str {
        as_text(&self.0[3..])
    }
}

/// Takes `1000001` and `100-0001`.
impl FromStr for PostalCode {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<PostalCode, NotANumber> {
        let plain = match text.split_once('-') {
            Some((parent, child)) if parent.len() == 3 => format!("{parent}{child}"),
            _ => text.to_owned(),
        };
        Ok(PostalCode(exact_digits::<7>(Self::NAME, &plain)?))
    }
}

/// `100-0001`.
impl fmt::Display for PostalCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}", self.parent(), self.child())
    }
}

impl fmt::Debug for PostalCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PostalCode({}-****)", self.parent())
    }
}

as_string!(PostalCode);

/// 事業所整理記号 — 都道府県コード (日本年金機構の符号, not JIS), 郡市区符号 and 事業所記号.
///
/// Written `21-01-ﾃｽﾄ`. Two employers may differ in the symbol's characters only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmployerSymbol {
    prefecture_code: [u8; 2],
    district: [u8; 2],
    symbol: String,
}

impl EmployerSymbol {
    const NAME: &'static str = "事業所整理記号";

    /// From its three columns.
    ///
    /// # Errors
    /// `NotANumber` — a prefecture code that the agency does not use (Tokyo is 21, not 13), a district that
    /// is not 01 to 98, or a symbol that is not 1 to 4 letters and digits or half-width kana.
    pub fn new(prefecture_code: &str, district: &str, symbol: &str) -> Result<EmployerSymbol, NotANumber> {
        let prefecture_code = exact_digits::<2>("都道府県コード", prefecture_code)?;
        if Prefecture::from_nenkin_code(as_text(&prefecture_code)).is_none() {
            return refuse("都道府県コード", "日本年金機構の都道府県コードにありません (東京都は21です)");
        }
        let district = exact_digits::<2>("郡市区符号", district)?;
        if district == *b"00" || district == *b"99" {
            return refuse("郡市区符号", "00と99は使えません");
        }
        check_symbol(symbol)?;
        Ok(EmployerSymbol { prefecture_code, district, symbol: symbol.to_owned() })
    }

    /// 都道府県コード — the agency's, two digits.
    pub fn prefecture_code(&self) -> &str {
        as_text(&self.prefecture_code)
    }

    /// The prefecture of that code.
    pub fn prefecture(&self) -> Prefecture {
        Prefecture::from_nenkin_code(self.prefecture_code()).expect("checked when it was built")
    }

    /// 郡市区符号, two digits.
    pub fn district(&self) -> &str {
        as_text(&self.district)
    }

    /// 事業所記号, 1 to 4 characters.
    pub fn symbol(&self) -> &str {
        &self.symbol
    }
}

fn check_symbol(symbol: &str) -> Result<(), NotANumber> {
    const NAME: &str = "事業所記号";
    if !(1..=4).contains(&symbol.chars().count()) {
        return refuse(NAME, "1文字から4文字で入力してください");
    }
    let letters = symbol.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let kana = symbol.chars().all(|character| ('ｦ'..='ﾟ').contains(&character));
    if !letters && !kana {
        return refuse(NAME, "半角英数字だけ、または半角カナだけで入力してください");
    }
    if symbol.bytes().all(|byte| byte == b'0') {
        return refuse(NAME, "すべて0にはできません");
    }
    Ok(())
}

/// Takes `21-01-ﾃｽﾄ`.
impl FromStr for EmployerSymbol {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<EmployerSymbol, NotANumber> {
        let mut parts = text.split('-');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(prefecture_code), Some(district), Some(symbol), None) => {
                EmployerSymbol::new(prefecture_code, district, symbol)
            }
            _ => refuse(Self::NAME, "「21-01-ﾃｽﾄ」のように3つの部分をハイフンでつないでください"),
        }
    }
}

impl fmt::Display for EmployerSymbol {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}-{}", self.prefecture_code(), self.district(), self.symbol)
    }
}

impl fmt::Debug for EmployerSymbol {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "EmployerSymbol({}-**-****)", self.prefecture_code())
    }
}

as_string!(EmployerSymbol);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_pension_numbers_with_and_without_hyphen() {
        let plain: BasicPensionNumber = "2101100007".parse().expect("a number");
        assert_eq!("2101-100007".parse(), Ok(plain));
        assert_eq!(BasicPensionNumber::from_parts("2101", "100007"), Ok(plain));
        assert_eq!(plain.to_string(), "2101-100007");
        for wrong in ["", "21011000", "2101-10000７", "0000-000000", "2101-000000", "0000-123456", "210-1100007"] {
            assert!(wrong.parse::<BasicPensionNumber>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn debug_shows_no_person() {
        let pension: BasicPensionNumber = "2101100007".parse().expect("a number");
        let mine: MyNumber = "123456789018".parse().expect("a number");
        let employer: EmployerSymbol = "21-01-ﾃｽﾄ".parse().expect("a symbol");
        let shown = format!("{pension:?}{mine:?}{employer:?}");
        for secret in ["2101", "100007", "9018", "ﾃｽﾄ"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }

    #[test]
    fn my_numbers_and_corporate_numbers_carry_their_check_digit() {
        assert!("123456789018".parse::<MyNumber>().is_ok());
        assert!("123456789019".parse::<MyNumber>().is_err());
        assert!("7000012050002".parse::<CorporateNumber>().is_ok());
        assert!("8000012050002".parse::<CorporateNumber>().is_err());
        assert!("１23456789018".parse::<MyNumber>().is_err());
    }

    #[test]
    fn employer_symbols_use_the_agency_prefecture() {
        let symbol = EmployerSymbol::new("21", "01", "ﾃｽﾄ").expect("a symbol");
        assert_eq!(symbol.prefecture().name(), "東京都");
        assert_eq!(symbol.to_string().parse(), Ok(symbol));
        for (prefecture, district, mark) in [
            ("13", "00", "ﾃｽﾄ"),
            ("13", "99", "ﾃｽﾄ"),
            ("83", "01", "ﾃｽﾄ"),
            ("21", "01", ""),
            ("21", "01", "ﾃｽﾄﾃｽ"),
            ("21", "01", "ﾃA"),
            ("21", "01", "0000"),
            ("21", "01", "テスト"),
            ("2１", "01", "ﾃｽﾄ"),
        ] {
            assert!(EmployerSymbol::new(prefecture, district, mark).is_err(), "{prefecture}-{district}-{mark}");
        }
    }

    #[test]
    fn postal_codes() {
        let code: PostalCode = "100-0001".parse().expect("a code");
        assert_eq!("1000001".parse(), Ok(code));
        assert_eq!(code.to_string(), "100-0001");
        assert!("10-00001".parse::<PostalCode>().is_err());
    }
}
