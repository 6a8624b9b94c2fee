//! 全銀の文字 — one byte each, JIS X 0201.

/// A character that a name of the bank's file cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」は銀行の名義欄で使えない文字です")]
pub struct NotForBanks(pub char);

/// 名義欄の文字 — `ｱ` to `ﾝ` without `ｦ`, the small kana and the long mark, `ﾞ ﾟ`, `A` to `Z`, digits, `( ) - .` and space.
///
/// Returns one byte per character.
///
/// # Errors
/// The first character that is none of these; nothing is converted, so that a name is either the bank's or refused.
///
/// # Examples
/// `ﾈﾝﾘﾝ ﾋﾄ` is good; `ｼｮｳｼﾞ` (small `ｮ`) and `ﾈﾝﾘｰ` (long mark) are not: banks write `ｼﾖｳｼﾞ`, `ﾈﾝﾘ-`.
pub fn name_bytes(name: &str) -> Result<Vec<u8>, NotForBanks> {
    name.chars().map(|character| name_byte(character).ok_or(NotForBanks(character))).collect()
}

fn name_byte(character: char) -> Option<u8> {
    match character {
        'A'..='Z' | '0'..='9' | '(' | ')' | '-' | '.' | ' ' => u8::try_from(character).ok(),
        // U+FF71 to U+FF9F lie as B1 to DF in JIS X 0201.
        'ｱ'..='ﾟ' => u8::try_from(u32::from(character) - 0xFF71 + 0xB1).ok(),
        _ => None,
    }
}
