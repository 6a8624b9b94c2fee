//! 文字 — which characters an official file may hold.

use encoding_rs::SHIFT_JIS;

/// JIS X 0208 (非漢字・第1水準・第2水準) だけか — fails with the characters that are not, in their order.
///
/// Encoded through CP932 and then held against the ranges 8140–84BE, 889F–9FFC and E040–EAA4, so that NEC
/// row 13 (`①`, `㈱`) and the IBM extensions (`髙`, `﨑`) are refused although CP932 knows them. Nothing is
/// normalised here: `〜` U+301C and `−` U+2212 are bad, `～` U+FF5E and `－` U+FF0D good. One-byte characters
/// are bad too: this is the test for a column of two-byte characters.
///
/// # Errors
/// The offending characters, each as often as it occurs.
pub fn jis_x_0208_only(text: &str) -> Result<(), Vec<char>> {
    let bad: Vec<char> = text.chars().filter(|&character| !is_jis_x_0208(character)).collect();
    if bad.is_empty() { Ok(()) } else { Err(bad) }
}

/// Whether one character is in JIS X 0208, as CP932 writes it.
pub fn is_jis_x_0208(character: char) -> bool {
    // The encoder turns this one silently into U+FF0D.
    if character == '\u{2212}' {
        return false;
    }
    let mut buffer = [0_u8; 4];
    let (bytes, _, lost) = SHIFT_JIS.encode(character.encode_utf8(&mut buffer));
    match *bytes {
        [lead, trail] if !lost => {
            matches!(u16::from_be_bytes([lead, trail]), 0x8140..=0x84BE | 0x889F..=0x9FFC | 0xE040..=0xEAA4)
        }
        _ => false,
    }
}

/// Whether one character is half-width kana of JIS X 0201 (`ｱ`, `ﾞ`, `ｰ`; also `｡` to `･`).
pub fn is_half_width_kana(character: char) -> bool {
    ('｡'..='ﾟ').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cp932_knows_and_jis_x_0208_does_not() {
        assert_eq!(jis_x_0208_only("山田　太郎熙瑤－～"), Ok(()));
        assert_eq!(jis_x_0208_only("髙橋①㈱﨑彅𠮷"), Err("髙①㈱﨑彅𠮷".chars().collect()));
        assert_eq!(jis_x_0208_only("〜−¥‾"), Err("〜−¥‾".chars().collect()));
        assert_eq!(jis_x_0208_only("aｱ 1"), Err("aｱ 1".chars().collect()));
    }

    #[test]
    fn exactly_the_6879_characters_of_the_standard() {
        let known = ('\0'..=char::MAX).filter(|&character| is_jis_x_0208(character)).count();
        assert_eq!(known, 524 + 2965 + 3390);
    }
}
