//! 表記をそろえる — how names and addresses are written for comparison only.

use domain::nenkin::kana::to_full_width;

use super::Yardstick;

/// 段 of a kana, by the vowel that a long sound repeats; `None` for ン, ッ and what is no kana.
fn vowel(kana: char) -> Option<char> {
    const ROWS: [(char, &str); 5] = [
        ('ア', "アカサタナハマヤラワ"),
        ('イ', "イキシチニヒミリ"),
        ('ウ', "ウクスツヌフムユル"),
        ('エ', "エケセテネヘメレ"),
        ('オ', "オコソトノホモヨロ"),
    ];
    ROWS.into_iter().find(|(_, row)| row.contains(kana)).map(|(vowel, _)| vowel)
}

impl Yardstick {
    /// 氏名カナ in one spelling: full width, the table's variants, and long vowels as the vowel twice (コー, コウ and コオ
    /// are コオ; ケー and ケイ are ケエ).
    pub(super) fn fold_kana(&self, kana: &str) -> String {
        lengthen(&self.plain_kana(kana))
    }

    /// The same with long vowels as they are written.
    pub(super) fn plain_kana(&self, kana: &str) -> String {
        let wide: Vec<char> =
            to_full_width(kana).chars().filter(|char| !char.is_whitespace() && *char != '・').collect();
        let mut plain = String::with_capacity(wide.len() * 3);
        let mut rest = &wide[..];
        while let Some(first) = rest.first() {
            let known = self.kana.iter().find(|(written, _)| {
                let mut place = 0;
                written.chars().all(|char| {
                    place += 1;
                    rest.get(place - 1) == Some(&char)
                })
            });
            match known {
                Some((written, compared)) => {
                    plain.push_str(compared);
                    rest = &rest[written.chars().count()..];
                }
                None => {
                    plain.push(*first);
                    rest = &rest[1..];
                }
            }
        }
        plain
    }

    /// 氏名漢字 in one form: variants as the table says, without variation selectors and blanks.
    pub(super) fn fold_kanji(&self, kanji: &str) -> String {
        let shown = kanji.chars().filter(|char| !is_selector(*char) && !char.is_whitespace());
        shown.map(|char| self.kanji.get(&char).copied().unwrap_or(char)).collect()
    }
}

fn lengthen(plain: &str) -> String {
    let mut long = String::with_capacity(plain.len());
    let mut before = None;
    for char in plain.chars() {
        let same = match (before, char) {
            (Some(vowel), 'ー') => Some(vowel),
            (Some('オ'), 'ウ') => Some('オ'),
            (Some('エ'), 'イ') => Some('エ'),
            _ => None,
        };
        let written = same.unwrap_or(char);
        long.push(written);
        before = vowel(written);
    }
    long
}

/// Variation selectors: which form of a character is shown.
fn is_selector(char: char) -> bool {
    matches!(char, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// 住所 in one spelling: half-width digits, every sign between numbers (丁目, 番地, の, ハイフン) one hyphen, no blanks.
pub(super) fn fold_address(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for char in text.chars() {
        let one = match char {
            _ if char.is_whitespace() => continue,
            '０'..='９' => char::from_u32(u32::from(char) - u32::from('０') + u32::from('0')).unwrap_or(char),
            '－' | '−' | '‐' | '―' | 'ー' | '-' | '丁' | '番' | '号' => '-',
            '目' | '地' | 'の' if folded.ends_with('-') => continue,
            'の' | 'ノ' if folded.ends_with(|last: char| last.is_ascii_digit()) => '-',
            _ => char,
        };
        if one != '-' || !folded.ends_with('-') {
            folded.push(one);
        }
    }
    folded.truncate(folded.trim_end_matches('-').len());
    folded
}
