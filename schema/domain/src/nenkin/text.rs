//! 文字コード — Shift_JIS limited to JIS X 0201 and to the assigned cells of JIS X 0208, both ways.
//!
//! One table built from CP932 serves both directions, so that what is written is what is read. It answers the
//! same as [`crate::characters::is_jis_x_0208`] (a test compares them), by look-up instead of a search,
//! because a file asks for every character.

use std::borrow::Cow;
use std::sync::LazyLock;

use encoding_rs::SHIFT_JIS;

/// What is wrong with the bytes of one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A two-byte character without its second byte, or a byte that begins none.
    Broken,
    /// A control character.
    Control,
    /// Well formed, but not in JIS X 0208: 機種依存文字.
    NotJisX0208,
}

/// Two-byte cell by Unicode code point, 0 where there is none. All of JIS X 0208 lies in the first plane.
static CELLS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut cells = vec![0_u16; 0x1_0000];
    for cell in (0x8140..=0x84BE).chain(0x889F..=0x9FFC).chain(0xE040..=0xEAA4) {
        let bytes = u16::to_be_bytes(cell);
        let (text, lost) = SHIFT_JIS.decode_without_bom_handling(&bytes);
        let mut characters = text.chars();
        if let (false, Some(character), None) = (lost, characters.next(), characters.next())
            && let Some(place) = usize::try_from(u32::from(character)).ok().filter(|&place| place > 0x7F)
        {
            cells[place] = cell;
        }
    }
    cells
});

/// The two-byte cell of a character.
fn cell(character: char) -> Option<u16> {
    let place = usize::try_from(u32::from(character)).ok()?;
    CELLS.get(place).copied().filter(|&cell| cell != 0)
}

/// The byte of a one-byte character: ASCII (JIS X 0201 at the same places) or half-width kana.
fn one_byte(character: char) -> Option<u8> {
    match character {
        ' '..='~' => u8::try_from(character).ok(),
        '｡'..='ﾟ' => u8::try_from(u32::from(character) - 0xFF61 + 0xA1).ok(),
        _ => None,
    }
}

/// Whether it takes two bytes in the file.
pub(crate) fn is_two_byte(character: char) -> bool {
    cell(character).is_some()
}

/// Whether it takes one byte in the file.
pub(crate) fn is_one_byte(character: char) -> bool {
    one_byte(character).is_some()
}

/// Bytes in the file; a character that the file cannot hold counts two.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|character| if is_one_byte(character) { 1 } else { 2 }).sum()
}

/// 〜 → ～ and − → －: the two characters that other systems write for cells of the file.
pub fn normalise(text: &str) -> Cow<'_, str> {
    if text.contains(['\u{301C}', '\u{2212}']) {
        Cow::Owned(text.replace('\u{301C}', "～").replace('\u{2212}', "－"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Bytes of one column to text. Never guesses: one wrong byte and there is no text.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    if bytes.iter().all(|byte| (0x20..=0x7E).contains(byte)) {
        return Ok(Cow::Borrowed(std::str::from_utf8(bytes).expect("ASCII")));
    }
    scan(bytes)?;
    let (text, lost) = SHIFT_JIS.decode_without_bom_handling(bytes);
    if lost { Err(Fault::NotJisX0208) } else { Ok(text) }
}

/// Follows the bytes character by character. The worst fault wins: broken bytes make every later judgement void.
fn scan(bytes: &[u8]) -> Result<(), Fault> {
    let mut rest = bytes;
    let mut fault = None;
    while let [lead, tail @ ..] = rest {
        rest = match (lead, tail) {
            (0x20..=0x7E | 0xA1..=0xDF, _) => tail,
            (0x00..=0x1F | 0x7F, _) => return Err(Fault::Control),
            (0x81..=0x9F | 0xE0..=0xFC, [trail @ (0x40..=0x7E | 0x80..=0xFC), after @ ..]) => {
                let cell = u16::from_be_bytes([*lead, *trail]);
                if !matches!(cell, 0x8140..=0x84BE | 0x889F..=0x9FFC | 0xE040..=0xEAA4) {
                    fault = Some(Fault::NotJisX0208);
                }
                after
            }
            _ => return Err(Fault::Broken),
        };
    }
    fault.map_or(Ok(()), Err)
}

/// Text to bytes of the file.
///
/// # Errors
/// `NotJisX0208` or `Control` — a character that the file cannot hold. Nothing is replaced by `?`.
pub(crate) fn encode(text: &str, out: &mut Vec<u8>) -> Result<(), Fault> {
    for character in text.chars() {
        match (one_byte(character), cell(character)) {
            (Some(byte), _) => out.push(byte),
            (None, Some(cell)) => out.extend(cell.to_be_bytes()),
            _ if character.is_control() => return Err(Fault::Control),
            _ => return Err(Fault::NotJisX0208),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_jis_x_0208() {
        for character in '\0'..=char::MAX {
            assert_eq!(is_two_byte(character), crate::characters::is_jis_x_0208(character), "{character:?}");
        }
    }

    #[test]
    fn every_character_goes_round_trip() {
        for character in ('\0'..=char::MAX).filter(|&character| is_one_byte(character) || is_two_byte(character)) {
            let text = character.to_string();
            let mut bytes = Vec::new();
            assert_eq!(encode(&text, &mut bytes), Ok(()));
            assert_eq!(bytes.len(), width(&text), "{character:?}");
            assert_eq!(decode(&bytes), Ok(Cow::Borrowed(text.as_str())), "{character:?}");
        }
    }

    #[test]
    fn faults_are_told_apart() {
        for (bytes, fault) in [
            (&b"\x8D"[..], Fault::Broken),
            (b"\x8D,", Fault::Broken),
            (b"\x80", Fault::Broken),
            (b"\xFD\x40", Fault::Broken),
            (b"a\x1A", Fault::Control),
            (b"\x00", Fault::Control),
            (b"\xFB\xFC\x8B\xB4", Fault::NotJisX0208), // 髙橋
            (b"\x87\x40", Fault::NotJisX0208),         // ①
            (b"\x87\x9B", Fault::NotJisX0208),         // ∪ a second time, in NEC row 13
            (b"\x81\xAD", Fault::NotJisX0208),         // an empty cell of row 2
        ] {
            assert_eq!(decode(bytes), Err(fault), "{bytes:X?}");
        }
    }

    #[test]
    fn nothing_is_written_that_reads_back_differently() {
        for text in ["¥", "‾", "〜", "−", "髙", "𠮷", "a\u{7F}", "見本\n"] {
            assert!(encode(text, &mut Vec::new()).is_err(), "{text:?}");
        }
        assert_eq!(normalise("１〜２−３"), "１～２－３");
    }
}
