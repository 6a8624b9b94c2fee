//! カナの幅 — half-width kana as files write it, full-width as persons are stored.

/// Half-width characters from U+FF61 on, in full width and in order.
const FULL: [char; 63] = [
    '。', '「', '」', '、', '・', 'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー', 'ア', 'イ', 'ウ',
    'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ', 'テ', 'ト', 'ナ', 'ニ',
    'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ', 'ム', 'メ', 'モ', 'ヤ', 'ユ', 'ヨ', 'ラ', 'リ', 'ル',
    'レ', 'ロ', 'ワ', 'ン', '゛', '゜',
];

const FIRST_HALF: u32 = 0xFF61;

/// `ﾃﾞﾓ ｶﾞｲﾄﾞ` → `デモ　ガイド`. Other characters stay.
pub fn to_full_width(text: &str) -> String {
    let mut full = String::with_capacity(text.len());
    for character in text.chars() {
        let wide = widen(character);
        let voiced = match character {
            'ﾞ' => full.chars().last().and_then(voiced),
            'ﾟ' => full.chars().last().and_then(half_voiced),
            _ => None,
        };
        if voiced.is_some() {
            full.pop();
        }
        full.push(voiced.unwrap_or(wide));
    }
    full
}

/// `デモ　ガイド` → `ﾃﾞﾓ ｶﾞｲﾄﾞ`. Other characters stay.
pub fn to_half_width(text: &str) -> String {
    let mut half = String::with_capacity(text.len());
    for character in text.chars() {
        match plain_with_mark(character) {
            Some((plain, mark)) => half.extend([narrow(plain), mark]),
            None => half.push(narrow(character)),
        }
    }
    half
}

fn widen(character: char) -> char {
    if character == ' ' {
        return '　';
    }
    let place = u32::from(character).checked_sub(FIRST_HALF).and_then(|place| usize::try_from(place).ok());
    place.and_then(|place| FULL.get(place)).copied().unwrap_or(character)
}

fn narrow(character: char) -> char {
    if character == '　' {
        return ' ';
    }
    let place = FULL.iter().position(|&full| full == character);
    let half = place.and_then(|place| char::from_u32(FIRST_HALF + u32::try_from(place).ok()?));
    half.unwrap_or(character)
}

/// カ → ガ. In Unicode the voiced kana follows its plain one.
fn voiced(plain: char) -> Option<char> {
    match plain {
        'ウ' => Some('ヴ'),
        'カ'..='ト' | 'ハ'..='ホ' => char::from_u32(u32::from(plain) + 1).filter(|&next| is_voiced(next)),
        _ => None,
    }
}

/// ハ → パ.
fn half_voiced(plain: char) -> Option<char> {
    matches!(plain, 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ').then(|| char::from_u32(u32::from(plain) + 2))?
}

fn is_voiced(character: char) -> bool {
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ".contains(character)
}

fn plain_with_mark(character: char) -> Option<(char, char)> {
    match character {
        'ヴ' => Some(('ウ', 'ﾞ')),
        _ if is_voiced(character) => Some((char::from_u32(u32::from(character) - 1)?, 'ﾞ')),
        'パ' | 'ピ' | 'プ' | 'ペ' | 'ポ' => Some((char::from_u32(u32::from(character) - 2)?, 'ﾟ')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        for (half, full) in [
            ("ﾐﾎﾝ ｲﾁﾛｳ", "ミホン　イチロウ"),
            ("ﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ", "バビブベボパピプペポ"),
            ("ｶﾞｷﾞｸﾞｹﾞｺﾞｻﾞｼﾞｽﾞｾﾞｿﾞﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞｳﾞ", "ガギグゲゴザジズゼゾダヂヅデドヴ"),
            ("ｼｮｳﾜ ﾁｯﾄｰ", "ショウワ　チットー"),
            ("ｦﾝ･", "ヲン・"),
        ] {
            assert_eq!(to_full_width(half), full);
            assert_eq!(to_half_width(full), half);
        }
    }
}
