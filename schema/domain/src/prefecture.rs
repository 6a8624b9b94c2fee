//! 都道府県 — the 47 prefectures under their two codes. The pension agency's code is its own: Tokyo is 13 in
//! JIS X 0401 and 21 at the agency; a file from Tokyo with 13 is the commonest wrong file.

use std::fmt;
use std::sync::LazyLock;

/// 都道府県 — one of the 47, in the order of JIS X 0401.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefecture {
    jis: u8,
}

struct Row {
    nenkin_code: u8,
    name: &'static str,
    english: &'static str,
}

/// `prefectures.csv`, row by row in JIS order.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows: Vec<Row> = include_str!("prefectures.csv").lines().skip(1).enumerate().map(read_row).collect();
    assert_eq!(rows.len(), 47, "there are 47 prefectures");
    rows
});

fn read_row((place, line): (usize, &'static str)) -> Row {
    let columns: Vec<&'static str> = line.split(',').collect();
    let [jis, nenkin_code, name, english] = columns[..] else { panic!("prefectures.csv has four columns: {line}") };
    assert_eq!(jis.parse(), Ok(place + 1), "prefectures.csv is in JIS order");
    Row { nenkin_code: nenkin_code.parse().expect("an agency code is a number"), name, english }
}

impl Prefecture {
    /// All 47 in JIS order.
    pub fn all() -> impl Iterator<Item = Prefecture> {
        (1..=47).map(|jis| Prefecture { jis })
    }

    /// By JIS X 0401 code, 1 to 47.
    pub fn from_jis(code: u8) -> Option<Prefecture> {
        (1..=47).contains(&code).then_some(Prefecture { jis: code })
    }

    /// By JIS X 0401 code in two digits, `01` to `47`.
    pub fn from_jis_code(code: &str) -> Option<Prefecture> {
        Prefecture::from_jis(two_digits(code)?)
    }

    /// By the pension agency's code in two digits, `01` to `82`.
    pub fn from_nenkin_code(code: &str) -> Option<Prefecture> {
        let code = two_digits(code)?;
        Prefecture::all().find(|prefecture| prefecture.nenkin() == code)
    }

    /// By its full kanji name, `東京都`.
    pub fn from_name(name: &str) -> Option<Prefecture> {
        Prefecture::all().find(|prefecture| prefecture.name() == name)
    }

    /// JIS X 0401 code, 1 to 47.
    pub fn jis(self) -> u8 {
        self.jis
    }

    /// JIS X 0401 code in two digits.
    pub fn jis_code(self) -> String {
        format!("{:02}", self.jis)
    }

    /// 日本年金機構の都道府県コード as a number.
    pub fn nenkin(self) -> u8 {
        self.row().nenkin_code
    }

    /// 日本年金機構の都道府県コード in two digits.
    pub fn nenkin_code(self) -> String {
        format!("{:02}", self.nenkin())
    }

    /// `東京都`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// `Tokyo`.
    pub fn english(self) -> &'static str {
        self.row().english
    }

    fn row(self) -> &'static Row {
        &ROWS[usize::from(self.jis) - 1]
    }
}

impl fmt::Display for Prefecture {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

fn two_digits(code: &str) -> Option<u8> {
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit())).then(|| code.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_prefecture_is_found_by_each_of_its_names() {
        for prefecture in Prefecture::all() {
            assert_eq!(Prefecture::from_jis_code(&prefecture.jis_code()), Some(prefecture));
            assert_eq!(Prefecture::from_nenkin_code(&prefecture.nenkin_code()), Some(prefecture));
            assert_eq!(Prefecture::from_name(prefecture.name()), Some(prefecture));
        }
        assert_eq!(Prefecture::all().map(Prefecture::nenkin).collect::<BTreeSet<_>>().len(), 47);
    }

    #[test]
    fn the_two_codes_are_not_the_same() {
        let tokyo = Prefecture::from_nenkin_code("21").expect("Tokyo");
        assert_eq!((tokyo.name(), tokyo.jis_code().as_str()), ("東京都", "13"));
        let osaka = Prefecture::from_nenkin_code("41").expect("Osaka");
        assert_eq!((osaka.name(), osaka.jis()), ("大阪府", 27));
        for unknown in ["13", "00", "99", "1", "001", "１３"] {
            assert_eq!(Prefecture::from_nenkin_code(unknown), None, "{unknown}");
        }
        assert_eq!(Prefecture::from_jis_code("48"), None);
    }
}
