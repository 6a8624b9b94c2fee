//! Symmetry, and what must not tell two people apart.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::identity::one_edit;
use super::*;
use crate::Trace;
use crate::book::LawBook;
use domain::life::Sex;

fn yardstick() -> Yardstick {
    Yardstick::of(Month::new(2026, 11).expect("a month"), &mut Trace::new()).expect("in force")
}

#[derive(Debug)]
struct Somebody {
    kana: String,
    kanji: Option<String>,
    birth_on: Date,
    sex: Sex,
    address: Option<(String, String)>,
    number: String,
}

impl Somebody {
    fn features(&self, yardstick: &Yardstick) -> Features {
        let addresses: Vec<Address<'_>> = self.address.iter().map(|(zip, text)| Address { zip, text }).collect();
        yardstick.features(&Identity {
            names: &[Name { kana: &self.kana, kanji: self.kanji.as_deref() }],
            birth_on: self.birth_on,
            sex: self.sex,
            addresses: &addresses,
            numbers: &[&self.number],
        })
    }
}

fn a_day() -> impl Strategy<Value = Date> {
    (1930_i16..1933, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

/// From few syllables, so that people are often alike.
fn somebody() -> impl Strategy<Value = Somebody> {
    let kana = "[アイヴー]{1,4}　[カガヤャコ]{1,3}";
    let kanji = proptest::option::of("[澤沢高髙邉邊]{1,2}　[子花]{1,2}");
    let address = proptest::option::of(("100000[12]", "千代田[１1]丁目[12]"));
    (kana, kanji, a_day(), any::<bool>(), address, "99[01]1[0-9]{6}").prop_map(
        |(kana, kanji, birth_on, woman, address, number)| Somebody {
            kana,
            kanji,
            birth_on,
            sex: if woman { Sex::Female } else { Sex::Male },
            address,
            number,
        },
    )
}

fn a_cover() -> impl Strategy<Value = Vec<Cover>> {
    let kind = prop_oneof![Just(CoverKind::NationalPension), Just(CoverKind::Employees), Just(CoverKind::Cat3)];
    let one = (kind, 0_i32..60, 1_i32..30, any::<bool>()).prop_map(|(kind, from, months, open)| {
        let first = Month::new(1990, 1).expect("January").plus(from);
        Cover { kind, first, until: (!open).then(|| first.plus(months)) }
    });
    proptest::collection::vec(one, 0..4)
}

proptest! {
    #[test]
    fn the_order_of_the_two_does_not_matter(
        one in somebody(), other in somebody(), cover in a_cover(), covered in a_cover()
    ) {
        let yardstick = yardstick();
        let (a, b) = (one.features(&yardstick), other.features(&yardstick));
        let as_of = Month::new(1996, 1).expect("January");
        let records = yardstick.records(&cover, &covered, as_of);
        prop_assert_eq!(records, yardstick.records(&covered, &cover, as_of));
        let score = yardstick.score(&a, &b, records);
        prop_assert_eq!(&score, &yardstick.score(&b, &a, records));
        prop_assert!((0..=100).contains(&score.points));
        prop_assert!(score.reasons.is_sorted() && !score.reasons.is_empty());
        // What is left to be looked at cannot lift the pair above what was promised.
        prop_assert!(score.points <= yardstick.best(&a, &b));
    }

    #[test]
    fn nobody_is_more_alike_than_oneself(one in somebody(), other in somebody()) {
        let yardstick = yardstick();
        let (a, b) = (one.features(&yardstick), other.features(&yardstick));
        prop_assert!(
            yardstick.score(&a, &a, Records::Open).points >= yardstick.score(&a, &b, Records::Open).points.min(65)
        );
        prop_assert!(yardstick.score(&a, &a, Records::Open).reasons.contains(&Reason::SameBirth));
    }

    /// Only kana that a table or the rule of long vowels names come out otherwise, and folding once is enough.
    #[test]
    fn folding_again_changes_nothing(kana in "[ァ-ヶー　]{0,10}", kanji in "\\PC{0,6}") {
        let yardstick = yardstick();
        let folded = yardstick.fold_kana(&kana);
        prop_assert_eq!(yardstick.fold_kana(&folded), folded.clone());
        let shown = yardstick.fold_kanji(&kanji);
        prop_assert_eq!(yardstick.fold_kanji(&shown), shown.clone());
    }

    #[test]
    fn one_edit_is_one_edit(name in "[アイウエオ]{5,8}", place in 0_usize..5, kana in "[カキク]") {
        let chars: Vec<char> = name.chars().collect();
        let kana = kana.chars().next().expect("one");
        let (mut wrong, mut more, mut less, mut swapped) = (chars.clone(), chars.clone(), chars.clone(), chars.clone());
        wrong[place] = kana;
        more.insert(place, kana);
        less.remove(place);
        swapped.swap(place.min(chars.len() - 2), place.min(chars.len() - 2) + 1);
        for edited in [wrong, more, less] {
            let edited: String = edited.into_iter().collect();
            prop_assert!(one_edit(&name, &edited) && one_edit(&edited, &name), "{} {}", name, edited);
        }
        let swapped: String = swapped.into_iter().collect();
        prop_assert_eq!(one_edit(&name, &swapped), name != swapped);
        let twice: String = chars.iter().enumerate().map(|(at, char)| if at == place || at == (place + 2) % 5 { kana } else { *char }).collect();
        prop_assert!(!one_edit(&name, &twice), "{} {}", name, twice);
    }
}

#[test]
fn a_kanji_and_its_forms() {
    let yardstick = yardstick();
    for (old, new) in
        [("齋藤", "斎藤"), ("斉藤", "斎藤"), ("髙橋", "高橋"), ("渡邊", "渡辺"), ("渡邉", "渡辺"), ("黒﨑", "黒崎")]
    {
        assert_eq!(yardstick.fold_kanji(old), yardstick.fold_kanji(new), "{old}");
    }
    assert_eq!(yardstick.fold_kanji("辻\u{E0100}　一"), "辻一");
    assert_ne!(yardstick.fold_kanji("伊藤"), yardstick.fold_kanji("伊東"));
}

#[test]
fn kana_that_sound_alike() {
    let yardstick = yardstick();
    let same = [
        ("ヤマヂ", "ヤマジ"),
        ("オーノ", "オオノ"),
        ("オウノ", "オオノ"),
        ("ｶﾞｯｺｳ", "カツコー"),
        ("ヴァイオリン", "バイオリン"),
        ("ケーコ", "ケイコ"),
        ("アヲイ", "アオイ"),
    ];
    for (one, other) in same {
        assert_eq!(yardstick.fold_kana(one), yardstick.fold_kana(other), "{one}");
    }
    for (one, other) in [("ユミ", "ユウミ"), ("サトウ", "サイトウ"), ("リョウ", "リク")] {
        assert_ne!(yardstick.fold_kana(one), yardstick.fold_kana(other), "{one}");
    }
}

#[test]
fn days_of_birth() {
    assert_eq!(birth_key(date(1960, 11, 3)), birth_key(date(1960, 3, 11)));
    assert_ne!(birth_key(date(1960, 3, 13)), birth_key(date(1960, 3, 12)));
    assert_eq!(birth_key(date(1960, 11, 25)), 19_601_125);
    assert_eq!(birth_match(date(1960, 3, 11), date(1960, 3, 21)), BirthMatch::OneDigit);
    assert_eq!(birth_match(date(1960, 3, 9), date(1960, 3, 10)), BirthMatch::Other);
}

#[test]
fn every_reason_has_its_word_and_weight() {
    let yardstick = yardstick();
    for reason in Reason::ALL {
        assert_eq!(Reason::of_code(reason.code()), Some(reason));
        assert!(!reason.words().is_empty());
    }
    assert!(Reason::ALL.is_sorted());
    let of = |code: &str| yardstick.weight(Reason::of_code(code).expect("a reason"));
    assert_eq!((of("same_kana"), of("overlapping_records"), of("former_name")), (35, -25, 0));
    assert!(yardstick.candidate_from() < yardstick.certain_from());
}

/// Whoever moves the yardstick moves the score, and the version says so.
#[test]
fn another_yardstick_scores_otherwise() {
    let path = "pension_record/duplicates/weights.csv";
    let (_, text) = LawBook::files().find(|(known, _)| *known == path).expect("the table");
    let book = LawBook::with(&[(path.to_owned(), text.replace("same_kana,1997-01,,35", "same_kana,1997-01,,20"))]);
    let mut trace = Trace::under(book.expect("a good page"));
    let other = Yardstick::of(Month::new(2026, 11).expect("a month"), &mut trace).expect("in force");
    assert_eq!(other.weight(Reason::SameKana), 20);
}

#[test]
fn the_number_in_use_is_kept() {
    let number = |claimed, insured, provisional, year: i16| NumberInUse {
        claimed,
        insured,
        provisional,
        begins_on: Some(date(year, 4, 1)),
    };
    let (plain, later) = (number(false, false, false, 1980), number(false, false, false, 1990));
    assert!(keeps_first(plain, later) && !keeps_first(later, plain));
    assert!(keeps_first(number(false, true, false, 1990), plain));
    assert!(!keeps_first(number(false, true, false, 1990), number(true, false, false, 1995)));
    assert!(!keeps_first(number(false, false, true, 1970), later));
    assert!(keeps_first(plain, plain));
    assert!(keeps_first(plain, NumberInUse { begins_on: None, ..plain }));
}
