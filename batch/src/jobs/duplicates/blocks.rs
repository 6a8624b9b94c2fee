//! 突合せの鍵 — who is held against whom. Each person has a few keys; people who share one meet. The keys hang on the
//! person alone, so the work grows with the number of people and not with its square.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use law::pension_record::duplicates::{Features, Yardstick, birth_digits, birth_key};

use crate::run::KeyRange;

/// Keys from here on are 郵便番号; those before are days of birth (`YYYYMMDD`).
pub const ZIPS_FROM: i64 = 100_000_000;
/// More people than this under one key are no coincidence but a fault of the record (仮の氏名や生年月日).
const CROWD_MIN: usize = 300;

/// 一組の持ち場 — the key that a pair belongs to, whichever keys it shares besides; `None` for a pair that no key brings
/// together. It depends on the two alone, so exactly one partition writes the pair.
///
/// - The same day of birth (month and day in either order) and a name that differs by one kana at most: that day.
/// - Otherwise the lowest 郵便番号 that both have or had, where the day of birth and 名 or 氏名漢字 are the same (改姓,
///   another reading), or the name is the same and the birth differs in one digit.
pub fn owner(one: &Features, other: &Features) -> Option<i64> {
    let same_day = birth_key(one.birth_on()) == birth_key(other.birth_on());
    if same_day && one.is_named_like(other) {
        return Some(birth_key(one.birth_on()));
    }
    let theirs = other.zips();
    let shared = one.zips().into_iter().find(|zip| theirs.binary_search(zip).is_ok())?;
    let given = || one.given_kana().any(|given| other.given_kana().any(|known| known == given));
    let kanji = || one.kanji().any(|kanji| other.kanji().any(|known| known == kanji));
    let kana = || one.kana().any(|kana| other.kana().any(|known| known == kana));
    let meets = if same_day { given() || kanji() } else { one.is_born_one_digit_from(other) && kana() };
    meets.then(|| ZIPS_FROM + i64::from(shared))
}

/// Pairs whose owner lies in the range and which may reach the queue, in order, the smaller number first; and the sizes
/// of crowds that were not held against one another.
pub(super) fn pairs(
    people: &BTreeMap<i64, Features>,
    keys: KeyRange,
    yardstick: &Yardstick,
) -> (Vec<(i64, i64)>, Vec<usize>) {
    let everybody: Vec<(i64, &Features)> = people.iter().map(|(id, features)| (*id, features)).collect();
    let mut entries = Vec::with_capacity(everybody.len() * 12);
    for (place, (_, features)) in everybody.iter().enumerate() {
        let place = u32::try_from(place).expect("a partition fits in memory");
        let mut add = |key: u64| entries.push((key, place));
        if keys.from < ZIPS_FROM { by_birth(features, &mut add) } else { by_zip(features, keys, &mut add) }
    }
    entries.sort_unstable();
    entries.dedup();
    let (mut met, mut crowds) = (Vec::new(), Vec::new());
    for block in entries.chunk_by(|one, other| one.0 == other.0).filter(|block| block.len() > 1) {
        if block.len() >= CROWD_MIN {
            crowds.push(block.len());
            continue;
        }
        for (at, (_, one)) in block.iter().enumerate() {
            met.extend(block[at + 1..].iter().map(|(_, other)| (*one, *other)));
        }
    }
    met.sort_unstable();
    met.dedup();
    let person = |place: u32| everybody[usize::try_from(place).expect("an index of this machine")];
    let wanted = met.into_iter().map(|(one, other)| (person(one), person(other))).filter(|(one, other)| {
        let own = owner(one.1, other.1).is_some_and(|key| keys.from <= key && key < keys.to);
        own && yardstick.best(one.1, other.1) >= yardstick.candidate_from()
    });
    (wanted.map(|(one, other)| (one.0, other.0)).collect(), crowds)
}

/// A number for a key. Two keys of one number only make two people meet who then have no owner.
fn key(parts: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// The day with the name, and with the name less any one kana: two names that differ by one kana share one of these.
fn by_birth(features: &Features, add: &mut impl FnMut(u64)) {
    let day = birth_key(features.birth_on());
    for name in features.spellings() {
        add(key((day, name)));
        for (place, kana) in name.char_indices() {
            add(key((day, name[..place].to_owned() + &name[place + kana.len_utf8()..])));
        }
    }
}

/// Each 郵便番号 of the range with the day and 名, the day and 氏名漢字, and the name and the day less any one digit.
fn by_zip(features: &Features, keys: KeyRange, add: &mut impl FnMut(u64)) {
    let day = birth_key(features.birth_on());
    let digits = birth_digits(features.birth_on());
    let own = |zip: &u32| (keys.from..keys.to).contains(&(ZIPS_FROM + i64::from(*zip)));
    for zip in features.zips().into_iter().filter(own) {
        features.given_kana().for_each(|given| add(key((zip, "given", day, given))));
        features.kanji().for_each(|kanji| add(key((zip, "kanji", day, kanji))));
        for name in features.kana() {
            for masked in 0..digits.len() {
                let mut day = digits;
                day[masked] = 10;
                add(key((zip, "name", name, masked, day)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Month;
    use domain::life::Sex;
    use jiff::civil::date;
    use law::Trace;
    use law::pension_record::duplicates::{Address, Identity, Name, Records};

    use super::*;

    fn yardstick() -> Yardstick {
        Yardstick::of(Month::new(2026, 11).expect("a month"), &mut Trace::new()).expect("in force")
    }

    /// A few hundred people out of few names, days and homes, so that all kinds of pairs are among them.
    fn village(yardstick: &Yardstick) -> BTreeMap<i64, Features> {
        const NAMES: [(&str, &str); 12] = [
            ("サトウ　ハナコ", "佐藤　花子"),
            ("サトオ　ハナコ", "佐藤　花子"),
            ("サトウ　ハマコ", "佐藤　花子"),
            ("スズキ　ハナコ", "鈴木　花子"),
            ("ワタナベ　ヒロコ", "渡邊　裕子"),
            ("ワタナベ　ユウコ", "渡辺　裕子"),
            ("ワタナベ　ヒロコ", "渡辺　洋子"),
            ("タナカ　イチロウ", "田中　一郎"),
            ("タナカ　ジロウ", "田中　二郎"),
            ("ナカタ　イチロー", "中田　一郎"),
            ("サトウ　レイコ", "佐藤　玲子"),
            ("サトウ　ナイコ", "佐藤　玲子"),
        ];
        let days = [date(1960, 3, 11), date(1960, 11, 3), date(1960, 3, 12), date(1970, 3, 11), date(1961, 5, 20)];
        let homes = ["1000001", "1000002", "5300001"];
        let mut people = BTreeMap::new();
        for number in 0_i64..600 {
            let pick = |step: i64, of: usize| usize::try_from(number * 7919 / step).expect("positive") % of;
            let (kana, kanji) = NAMES[pick(1, NAMES.len())];
            let addresses: Vec<Address<'_>> = (0..=pick(3, 2))
                .map(|more| Address { zip: homes[(pick(11, 3) + more) % 3], text: "東１－２" })
                .take(pick(17, 3))
                .collect();
            let features = yardstick.features(&Identity {
                names: &[Name { kana, kanji: (number % 3 > 0).then_some(kanji) }],
                birth_on: days[pick(13, days.len())],
                sex: if number % 5 == 0 { Sex::Male } else { Sex::Female },
                addresses: &addresses,
                numbers: &["2101000001"],
            });
            people.insert(number, features);
        }
        people
    }

    fn cut(at: &[i64]) -> Vec<KeyRange> {
        at.windows(2).map(|two| KeyRange { from: two[0], to: two[1] }).collect()
    }

    /// Everybody held against everybody gives the same pairs: the keys lose none that can reach the queue, and each
    /// comes out of one partition.
    #[test]
    fn the_keys_lose_no_pair_and_no_pair_comes_twice() {
        let yardstick = yardstick();
        let people = village(&yardstick);
        let mut all = Vec::new();
        for (one, features) in &people {
            for (other, others) in people.range(one + 1..) {
                let possible = [Records::Open, Records::Disjoint].into_iter();
                let best = possible.map(|records| yardstick.score(features, others, records).points).max();
                if best >= Some(yardstick.candidate_from()) {
                    assert!(owner(features, others).is_some(), "{one} {other} have no owner");
                    assert_eq!(owner(features, others), owner(others, features));
                    all.push((*one, *other));
                }
            }
        }
        assert!(all.len() > 1_000, "{}", all.len());
        for borders in [
            vec![0, ZIPS_FROM, 2 * ZIPS_FROM],
            vec![0, 19_600_311, 19_600_312, 19_610_000, ZIPS_FROM, ZIPS_FROM + 1_000_002, 2 * ZIPS_FROM],
        ] {
            let mut found = Vec::new();
            for range in cut(&borders) {
                // A partition reads those whose keys are in its range.
                let here = |features: &Features| {
                    let zips = features.zips();
                    let mut keys = zips.iter().map(|zip| ZIPS_FROM + i64::from(*zip));
                    let in_range = |key: i64| range.from <= key && key < range.to;
                    in_range(birth_key(features.birth_on())) || keys.any(in_range)
                };
                let read: BTreeMap<i64, Features> = people
                    .iter()
                    .filter(|(_, features)| here(features))
                    .map(|(id, features)| (*id, features.clone()))
                    .collect();
                let (pairs, crowds) = pairs(&read, range, &yardstick);
                assert!(crowds.is_empty());
                found.extend(pairs);
            }
            let count = found.len();
            found.sort_unstable();
            found.dedup();
            assert_eq!(found.len(), count, "a pair came twice");
            assert_eq!(found, all);
        }
    }

    #[test]
    fn a_crowd_is_told_and_not_compared() {
        let yardstick = yardstick();
        let one = village(&yardstick).remove(&0).expect("somebody");
        let crowd: BTreeMap<i64, Features> = (0..400).map(|number| (number, one.clone())).collect();
        let (found, crowds) = pairs(&crowd, KeyRange { from: 0, to: ZIPS_FROM }, &yardstick);
        assert!(found.is_empty());
        assert!(crowds.iter().all(|size| *size == 400) && !crowds.is_empty());
    }
}
