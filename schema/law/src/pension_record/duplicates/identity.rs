//! 二人を比べる材料 — an identity as the registers hold it, and what of it is compared.

use std::fmt;

use jiff::civil::Date;

use super::fold::fold_address;
use super::{Reason, Yardstick};
use domain::life::Sex;

/// 氏名 as it is registered.
#[derive(Clone, Copy)]
pub struct Name<'a> {
    /// 氏名カナ, a blank between 姓 and 名.
    pub kana: &'a str,
    /// 氏名漢字, a blank between 姓 and 名; none where it is not on file.
    pub kanji: Option<&'a str>,
}

/// 住所 as it is registered.
#[derive(Clone, Copy)]
pub struct Address<'a> {
    /// 郵便番号, 7 digits.
    pub zip: &'a str,
    /// As it is written.
    pub text: &'a str,
}

/// 本人特定の事項 — what is on file about who somebody is.
#[derive(Clone, Copy)]
pub struct Identity<'a> {
    /// Present name first, then former ones.
    pub names: &'a [Name<'a>],
    /// 生年月日.
    pub birth_on: Date,
    /// 性別.
    pub sex: Sex,
    /// 住所, present and past.
    pub addresses: &'a [Address<'a>],
    /// 基礎年金番号, present and former, ten digits each.
    pub numbers: &'a [&'a str],
}

/// A name in the spellings that are compared.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct NameForms {
    pub(super) kana: String,
    pub(super) folded: String,
    /// Long vowels as they are written: レイコ and ナイコ differ by one kana, レエコ and ナイコ would by two.
    plain: String,
    pub(super) given: String,
    pub(super) kanji: Option<KanjiForms>,
}

impl NameForms {
    /// Whether one kana was written wrong, left out, added or swapped.
    pub(super) fn is_one_kana_from(&self, other: &NameForms) -> bool {
        one_edit(&self.folded, &other.folded) || one_edit(&self.plain, &other.plain)
    }
}

/// 氏名漢字 in the forms that are compared.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct KanjiForms {
    pub(super) written: String,
    pub(super) folded: String,
    pub(super) given: String,
}

/// 比べる形 — an identity made ready once, to be held against many.
#[derive(Clone)]
pub struct Features {
    names: Vec<NameForms>,
    birth_on: Date,
    sex: Sex,
    /// 郵便番号 and text, in order.
    addresses: Vec<(u32, String)>,
    /// 課所符号 of each number, in order.
    offices: Vec<u16>,
}

/// Names and addresses of people are not shown.
impl fmt::Debug for Features {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Features").finish_non_exhaustive()
    }
}

/// 課所符号 of a provisional number (仮番号 990x-xxxxxx).
const PROVISIONAL: std::ops::RangeInclusive<u16> = 9900..=9909;

/// 姓 and 名, parted by the first blank.
fn given_of(name: &str) -> &str {
    name.trim().split_once(char::is_whitespace).map_or("", |(_, given)| given)
}

impl Yardstick {
    /// Makes an identity ready.
    pub fn features(&self, identity: &Identity<'_>) -> Features {
        let form = |name: &Name<'_>| NameForms {
            kana: name.kana.split_whitespace().collect(),
            folded: self.fold_kana(name.kana),
            plain: self.plain_kana(name.kana),
            given: self.fold_kana(given_of(name.kana)),
            kanji: name.kanji.filter(|kanji| !kanji.trim().is_empty()).map(|kanji| KanjiForms {
                written: kanji.split_whitespace().collect(),
                folded: self.fold_kanji(kanji),
                given: self.fold_kanji(given_of(kanji)),
            }),
        };
        let mut addresses: Vec<(u32, String)> = identity
            .addresses
            .iter()
            .filter_map(|address| Some((address.zip.parse().ok()?, fold_address(address.text))))
            .collect();
        addresses.sort_unstable();
        addresses.dedup();
        let mut offices: Vec<u16> =
            identity.numbers.iter().filter_map(|number| number.get(..4)?.parse().ok()).collect();
        offices.sort_unstable();
        offices.dedup();
        let names = identity.names.iter().map(form).collect();
        Features { names, birth_on: identity.birth_on, sex: identity.sex, addresses, offices }
    }
}

impl Features {
    pub(super) fn names(&self) -> &[NameForms] {
        &self.names
    }

    /// 生年月日.
    pub fn birth_on(&self) -> Date {
        self.birth_on
    }

    pub(super) fn sex(&self) -> Sex {
        self.sex
    }

    /// Folded 氏名カナ of every name.
    pub fn kana(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| name.folded.as_str())
    }

    /// Every spelling in which one wrong kana is looked for: folded 氏名カナ, and with long vowels as they are written.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let written = self.names.iter().filter(|name| name.folded != name.plain).map(|name| name.plain.as_str());
        self.kana().chain(written)
    }

    /// Folded 名 of every name, where it is known.
    pub fn given_kana(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| name.given.as_str()).filter(|given| !given.is_empty())
    }

    /// Folded 氏名漢字 of every name, where it is on file.
    pub fn kanji(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter_map(|name| name.kanji.as_ref()).map(|kanji| kanji.folded.as_str())
    }

    /// 郵便番号 of every address, in order, each once.
    pub fn zips(&self) -> Vec<u32> {
        let mut zips: Vec<u32> = self.addresses.iter().map(|(zip, _)| *zip).collect();
        zips.dedup();
        zips
    }

    /// Whether the days of birth differ in one digit.
    pub fn is_born_one_digit_from(&self, other: &Features) -> bool {
        birth_match(self.birth_on, other.birth_on) == BirthMatch::OneDigit
    }

    /// Whether any name of the one is a name of the other, or differs from it by one kana.
    pub fn is_named_like(&self, other: &Features) -> bool {
        let like = |one: &NameForms, two: &NameForms| one.folded == two.folded || one.is_one_kana_from(two);
        self.names.iter().any(|one| other.names.iter().any(|two| like(one, two)))
    }

    pub(super) fn address_reason(&self, other: &Features) -> Option<Reason> {
        if self.addresses.iter().any(|address| !address.1.is_empty() && other.addresses.contains(address)) {
            return Some(Reason::SameAddress);
        }
        let same = self.addresses.iter().any(|(zip, _)| other.addresses.iter().any(|(known, _)| known == zip));
        same.then_some(Reason::SameZip)
    }

    pub(super) fn number_reasons(&self, other: &Features) -> impl Iterator<Item = Reason> {
        let same = self.offices.iter().any(|office| other.offices.contains(office));
        let provisional = self.offices.iter().chain(&other.offices).any(|office| PROVISIONAL.contains(office));
        let reason = |is: bool, reason: Reason| is.then_some(reason);
        [reason(same, Reason::SameNumberOffice), reason(provisional, Reason::ProvisionalNumber)].into_iter().flatten()
    }
}

/// How two days of birth agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BirthMatch {
    Same,
    Swapped,
    OneDigit,
    Other,
}

pub(super) fn birth_match(one: Date, other: Date) -> BirthMatch {
    if one == other {
        return BirthMatch::Same;
    }
    if birth_key(one) == birth_key(other) {
        return BirthMatch::Swapped;
    }
    let differing = birth_digits(one).into_iter().zip(birth_digits(other)).filter(|(a, b)| a != b).count();
    if differing == 1 { BirthMatch::OneDigit } else { BirthMatch::Other }
}

/// `YYYYMMDD`, digit by digit.
pub fn birth_digits(day: Date) -> [u32; 8] {
    let mut rest = i32::from(day.year()).unsigned_abs() * 10_000
        + u32::from(day.month().unsigned_abs()) * 100
        + u32::from(day.day().unsigned_abs());
    let mut digits = [0; 8];
    for digit in digits.iter_mut().rev() {
        *digit = rest % 10;
        rest /= 10;
    }
    digits
}

/// 生年月日の鍵 — the same for two days of which month and day are swapped: `YYYYMMDD` with the smaller of the two first
/// where the day could be a month.
///
/// # Examples
/// 1960-03-11 and 1960-11-03: 19600311. 1960-11-25: 19601125.
pub fn birth_key(day: Date) -> i64 {
    let (month, number) = (i64::from(day.month()), i64::from(day.day()));
    let (first, second) = if number <= 12 { (month.min(number), month.max(number)) } else { (month, number) };
    i64::from(day.year()) * 10_000 + first * 100 + second
}

/// Whether two names of at least four kana differ by one wrong, missing, added or swapped kana.
pub(super) fn one_edit(one: &str, other: &str) -> bool {
    const LENGTH_MIN: usize = 4;
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short == long || short.len() < LENGTH_MIN || long.len() - short.len() > 1 {
        return false;
    }
    let front = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let (rest, others) = (&short[front..], &long[front..]);
    if rest.len() < others.len() {
        return rest == &others[1..];
    }
    let swapped = rest.len() >= 2 && rest[0] == others[1] && rest[1] == others[0] && rest[2..] == others[2..];
    rest[1..] == others[1..] || swapped
}
