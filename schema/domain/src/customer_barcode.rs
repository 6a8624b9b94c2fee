//! カスタマバーコード — the four-state barcode under an address: 郵便番号 and 住所表示番号 in 67 bars.
//!
//! Source: 日本郵便「バーコード作成マニュアル」. All its worked examples are in the tests.

use std::fmt::Write;

use crate::PostalCode;

/// Characters of the symbol that carry the 住所表示番号.
const NUMBER_LENGTH: usize = 13;

/// 標準住所表示番号の抜出し — the address number out of the part of an address behind the town.
///
/// - `behind_town`: what follows the 町域 that the postal code already says (`3丁目30-8　郵便ビル403号`)
///
/// Returns digits, single letters and hyphens (`3-30-8-403`), not yet cut to 13 characters; empty when the
/// text holds none. Kanji numerals count only directly before 丁目, 丁, 番地, 番, 号, 地割, 線, の and ノ:
/// 十二番地の三 gives `12`, as the manual's list reads strictly.
pub fn extract(behind_town: &str) -> String {
    let plain: Vec<char> = behind_town.chars().filter_map(half_width).collect();
    let numbered = kanji_numerals_to_digits(&plain);
    drop_hyphens_beside_letters(&separate(&numbered))
}

/// The rest of an address from its first digit on, half or full width: a stand-in for 町域の後ろ where
/// nobody has cut the address. The whole text when it has no digit.
///
/// It is wrong for towns with a digit in their name (札幌市の北1条西): who knows the town cuts there.
pub fn from_first_digit(address: &str) -> &str {
    let digit = |character: char| character.is_ascii_digit() || ('０'..='９').contains(&character);
    address.find(digit).map_or(address, |place| &address[place..])
}

/// 大口・代表番号 — whether a postal code stands for a whole municipality (`…00`), which carries no barcode.
pub fn is_representative(postal_code: PostalCode) -> bool {
    postal_code.digits().ends_with("00")
}

/// Half width and upper case; `None` for the marks that the manual deletes.
fn half_width(character: char) -> Option<char> {
    let plain = match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).expect("full-width forms have an ASCII twin"),
        '　' => ' ',
        '‐' | '‑' | '–' | '—' | '―' | '−' | 'ー' => '-',
        other => other,
    };
    match plain.to_ascii_uppercase() {
        '&' | '/' | '・' | '･' | '.' => None,
        kept => Some(kept),
    }
}

/// Words before which a kanji numeral is a number.
const COUNTERS: [&str; 9] = ["丁目", "丁", "番地", "番", "号", "地割", "線", "の", "ノ"];

fn kanji_numerals_to_digits(text: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    let mut place = 0;
    while place < text.len() {
        let run = text[place..].iter().take_while(|character| numeral(**character).is_some()).count();
        let rest: String = text[place + run..].iter().take(2).collect();
        if run > 0 && COUNTERS.iter().any(|counter| rest.starts_with(counter)) {
            out.extend(kanji_number(&text[place..place + run]).to_string().chars());
        } else {
            out.extend(&text[place..place + run.max(1)]);
        }
        place += run.max(1);
    }
    out
}

/// A digit 0 to 9, or the power of ten that 十, 百 and 千 stand for.
fn numeral(character: char) -> Option<u64> {
    Some(match character {
        '〇' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// 二十一 and 二一 are both 21.
fn kanji_number(numerals: &[char]) -> u64 {
    let mut total: u64 = 0;
    let mut pending: Option<u64> = None;
    for value in numerals.iter().filter_map(|character| numeral(*character)) {
        if value >= 10 {
            total = total.saturating_add(pending.take().unwrap_or(1).saturating_mul(value));
        } else {
            pending = Some(pending.unwrap_or(0).saturating_mul(10).saturating_add(value));
        }
    }
    total.saturating_add(pending.unwrap_or(0))
}

/// Digits, hyphens and single letters stay; words, floors (`10F`) and everything else become one hyphen.
fn separate(text: &[char]) -> Vec<char> {
    let letter = |place: Option<usize>| {
        place.and_then(|place| text.get(place)).is_some_and(|character| character.is_ascii_uppercase())
    };
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for (place, character) in text.iter().copied().enumerate() {
        let before = place.checked_sub(1);
        let in_word = letter(before) || letter(Some(place + 1));
        let floor = character == 'F' && before.is_some_and(|before| text[before].is_ascii_digit());
        let kept = character.is_ascii_digit() || (character.is_ascii_uppercase() && !in_word && !floor);
        if kept {
            out.push(character);
        } else if out.last().is_some_and(|last| *last != '-') {
            out.push('-');
        }
    }
    while out.last() == Some(&'-') {
        out.pop();
    }
    out
}

fn drop_hyphens_beside_letters(text: &[char]) -> String {
    let letter = |place: usize| text.get(place).is_some_and(|character| character.is_ascii_uppercase());
    let kept = |place: usize| text[place] != '-' || !(letter(place + 1) || place > 0 && letter(place - 1));
    (0..text.len()).filter(|place| kept(*place)).map(|place| text[place]).collect()
}

/// An address number that cannot be written in bars.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("住所表示番号に使えない文字「{0}」があります。半角の数字、英大文字、ハイフンだけにしてください")]
pub struct NotAnAddressNumber(pub char);

/// One of the 19 characters of the symbol, by its check value.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Character(u8);

impl Character {
    const CC4: Character = Character(14);

    /// Long 1, upper 2, lower 3, timing 4; three bars.
    fn bars(self) -> &'static str {
        const BARS: [&str; 19] = [
            "144", "114", "132", "312", "123", "141", "321", "213", "231", "411", "414", "324", "342", "234", "432",
            "243", "423", "441", "111",
        ];
        BARS[usize::from(self.0)]
    }

    fn name(self) -> String {
        match self.0 {
            digit @ 0..=9 => digit.to_string(),
            10 => "-".to_owned(),
            control => format!("CC{}", control - 10),
        }
    }
}

/// The 20 characters and the check character.
struct Symbol {
    content: Vec<Character>,
    check: Character,
}

impl Symbol {
    fn new(postal_code: PostalCode, number: &str) -> Result<Symbol, NotAnAddressNumber> {
        let mut content: Vec<Character> = postal_code.digits().bytes().map(|byte| Character(byte - b'0')).collect();
        let mut address = spell(number)?;
        address.resize(NUMBER_LENGTH, Character::CC4);
        content.extend(address);
        let sum: u32 = content.iter().map(|character| u32::from(character.0)).sum();
        let check = u8::try_from((19 - sum % 19) % 19).expect("below 19");
        Ok(Symbol { content, check: Character(check) })
    }
}

/// Letters become a control code and a digit; not yet cut or filled. Two letters may follow each other
/// (6-7 LプラザB106 gives `6-7LB106`).
fn spell(number: &str) -> Result<Vec<Character>, NotAnAddressNumber> {
    let mut out = Vec::new();
    for character in number.chars() {
        match character {
            '0'..='9' => out.push(Character(value_of(character, '0'))),
            '-' => out.push(Character(10)),
            'A'..='J' => out.extend([Character(11), Character(value_of(character, 'A'))]),
            'K'..='T' => out.extend([Character(12), Character(value_of(character, 'K'))]),
            'U'..='Z' => out.extend([Character(13), Character(value_of(character, 'U'))]),
            other => return Err(NotAnAddressNumber(other)),
        }
    }
    Ok(out)
}

fn value_of(character: char, first: char) -> u8 {
    u8::try_from(u32::from(character) - u32::from(first)).expect("at most ten apart")
}

/// バーコードに入る文字 — the 20 characters and the check character, with a space between:
/// `2 6 3 0 0 2 3 3 - 3 0 - 8 - 4 0 3 CC4 CC4 CC4 5`.
///
/// - `number`: 住所表示番号 as [`extract`] gives it; cut at 13 characters, a letter counting two
///
/// # Errors
/// `NotAnAddressNumber` — characters the symbol does not have.
pub fn characters(postal_code: PostalCode, number: &str) -> Result<String, NotAnAddressNumber> {
    let symbol = Symbol::new(postal_code, number)?;
    let mut text = String::new();
    for character in &symbol.content {
        write!(text, "{} ", character.name()).expect("writing to a string");
    }
    Ok(text + &symbol.check.name())
}

/// バーの並び — 67 bars from start to stop: 1 long, 2 upper half, 3 lower half, 4 timing.
///
/// - `number`: 住所表示番号 as [`extract`] gives it; empty for 大口事業所 and where only the code is known
///
/// # Errors
/// `NotAnAddressNumber` — as for [`characters`].
pub fn bars(postal_code: PostalCode, number: &str) -> Result<String, NotAnAddressNumber> {
    let symbol = Symbol::new(postal_code, number)?;
    let middle: String = symbol.content.iter().chain([&symbol.check]).map(|character| character.bars()).collect();
    Ok(format!("13{middle}31"))
}

/// The part of an address number that finds room in the 13 characters; encoding it gives the same bars.
/// A letter whose digit no longer fits stays.
pub fn within_symbol(number: &str) -> &str {
    let mut used = 0;
    for (place, character) in number.char_indices() {
        if used >= NUMBER_LENGTH {
            return &number[..place];
        }
        used += if character.is_ascii_uppercase() { 2 } else { 1 };
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `case_id,function,input,expected,origin`; the origin says which manual or library the row is from.
    const GOLDEN: &str = include_str!("customer_barcode_golden.csv");

    fn run(function: &str, input: &str) -> String {
        if function == "extract" {
            return extract(input);
        }
        let (zip, number) = input.split_once('|').expect("zip|number");
        let zip = zip.parse().expect("a postal code");
        match function {
            "characters" => characters(zip, number),
            "bars" => bars(zip, number),
            other => panic!("{other} is not a function of this table"),
        }
        .expect("an address number")
    }

    #[test]
    fn golden_table() {
        let mut table = csv::Reader::from_reader(GOLDEN.as_bytes());
        let mut rows = 0;
        for row in table.records() {
            let row = row.expect("a row");
            assert_eq!(run(&row[1], &row[2]), row[3], "{}: {}({})", &row[0], &row[1], &row[2]);
            assert!(!row[4].is_empty(), "{} names its origin", &row[0]);
            rows += 1;
        }
        assert_eq!(rows, 41);
    }

    #[test]
    fn kanji_numerals_behind_no_are_not_read() {
        assert_eq!(extract("十二番地の三"), "12");
        assert_eq!(extract("千二百三番地"), "1203");
        assert_eq!(extract("三本杉"), "");
        assert_eq!(extract("１丁目２－３　ＡＢＣマンション５０１"), "1-2-3-501");
    }

    #[test]
    fn what_the_symbol_does_not_have_is_refused() {
        let zip: PostalCode = "1000001".parse().expect("a code");
        assert_eq!(bars(zip, "1-2a"), Err(NotAnAddressNumber('a')));
        assert_eq!(bars(zip, "１"), Err(NotAnAddressNumber('１')));
    }

    #[test]
    fn check_zero_is_zero_and_every_symbol_divides() {
        // 9990001 + 1-2-3-4: the case that a common library draws wrongly
        let zip: PostalCode = "9990001".parse().expect("a code");
        assert!(characters(zip, "1-2-3-4").expect("a number").ends_with(" 0"));
        for number in 0..400 {
            let symbol = Symbol::new(zip, &format!("{number}A{}-7", number % 7)).expect("a number");
            let sum: u32 = symbol.content.iter().chain([&symbol.check]).map(|c| u32::from(c.0)).sum();
            assert_eq!((sum % 19, symbol.content.len()), (0, 20));
        }
    }

    #[test]
    fn cutting_gives_the_same_bars() {
        let zip: PostalCode = "0640804".parse().expect("a code");
        for number in ["29-1524-23-2-501", "3-80-25J1-2B", "1-2-3", "", "1-22-333-444A5"] {
            assert_eq!(bars(zip, within_symbol(number)), bars(zip, number), "{number}");
        }
        assert_eq!(within_symbol("29-1524-23-2-501"), "29-1524-23-2-");
        assert_eq!(within_symbol("3-80-25J1-2B"), "3-80-25J1-2B");
    }

    #[test]
    fn representative_codes() {
        assert!(is_representative("1000000".parse().expect("a code")));
        assert!(!is_representative("1000001".parse().expect("a code")));
        assert_eq!(from_first_digit("東京都千代田区三番町６番地１"), "６番地１");
        assert_eq!(from_first_digit("番外地"), "番外地");
    }
}
