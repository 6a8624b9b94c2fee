//! 基礎年金番号の重複 — are two numbers one person? Names, birth, sex, addresses and records of two identities are held
//! against each other; each agreement and each difference is a reason with its points.
//!
//! Law: 国民年金法14条 and 施行規則1条 (one 基礎年金番号 for each person). The law knows no points: the yardstick
//! ([`Yardstick`]) is this office's. Whatever the score, nothing is merged by it: two clerks decide, always.

mod fold;
mod identity;
mod yardstick;

#[cfg(test)]
mod tests;

use domain::Month;

pub use identity::{Address, Features, Identity, Name, birth_digits, birth_key};
pub use yardstick::Yardstick;
pub(super) use yardstick::{KANA_VARIANTS, KANJI_VARIANTS, WEIGHTS};

use identity::{BirthMatch, birth_match};

/// 一致・相違 — one reason for or against. The order is the one in which reasons are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// 氏名カナが同じ.
    SameKana,
    /// 氏名カナが表記のゆれを除いて同じ (ヂ・ジ, ー, 小書き, 濁点).
    KanaVariant,
    /// 氏名カナが一字違い (誤り, 脱落, 余分, 入替り).
    KanaOneEdit,
    /// 名のカナが同じで姓が違う.
    ChangedSurname,
    /// 氏名カナが違う.
    OtherKana,
    /// 氏名漢字が同じ.
    SameKanji,
    /// 氏名漢字が新旧字体・異体字を除いて同じ.
    OldKanji,
    /// 名の漢字が同じで姓の漢字が違う.
    SameGivenKanji,
    /// 氏名漢字が違う.
    OtherKanji,
    /// 以前の氏名との一致.
    FormerName,
    /// 生年月日が同じ.
    SameBirth,
    /// 生年月日の月と日が入れ替わっている.
    SwappedBirth,
    /// 生年月日が一桁違い.
    BirthOneDigit,
    /// 生年月日が違う.
    OtherBirth,
    /// 性別が同じ.
    SameSex,
    /// 性別が違う.
    OtherSex,
    /// 住所 (前の住所を含む) が同じ.
    SameAddress,
    /// 郵便番号 (前の住所を含む) が同じ.
    SameZip,
    /// 課所符号が同じ.
    SameNumberOffice,
    /// どちらかが仮番号.
    ProvisionalNumber,
    /// 二つの記録が重ならず、つながりうる.
    DisjointRecords,
    /// 同じ月に違う種別の記録がある.
    OverlappingRecords,
    /// 同じ種別の記録が長く並行している.
    SideBySideRecords,
}

impl Reason {
    /// All of them, in order.
    pub const ALL: [Reason; 23] = [
        Reason::SameKana,
        Reason::KanaVariant,
        Reason::KanaOneEdit,
        Reason::ChangedSurname,
        Reason::OtherKana,
        Reason::SameKanji,
        Reason::OldKanji,
        Reason::SameGivenKanji,
        Reason::OtherKanji,
        Reason::FormerName,
        Reason::SameBirth,
        Reason::SwappedBirth,
        Reason::BirthOneDigit,
        Reason::OtherBirth,
        Reason::SameSex,
        Reason::OtherSex,
        Reason::SameAddress,
        Reason::SameZip,
        Reason::SameNumberOffice,
        Reason::ProvisionalNumber,
        Reason::DisjointRecords,
        Reason::OverlappingRecords,
        Reason::SideBySideRecords,
    ];

    /// The word, as tables and files write it.
    pub const fn code(self) -> &'static str {
        match self {
            Reason::SameKana => "same_kana",
            Reason::KanaVariant => "kana_variant",
            Reason::KanaOneEdit => "kana_one_edit",
            Reason::ChangedSurname => "same_given_kana_changed_surname",
            Reason::OtherKana => "other_kana",
            Reason::SameKanji => "same_kanji",
            Reason::OldKanji => "old_kanji",
            Reason::SameGivenKanji => "same_given_kanji",
            Reason::OtherKanji => "other_kanji",
            Reason::FormerName => "former_name",
            Reason::SameBirth => "same_birth",
            Reason::SwappedBirth => "swapped_birth",
            Reason::BirthOneDigit => "birth_one_digit",
            Reason::OtherBirth => "other_birth",
            Reason::SameSex => "same_sex",
            Reason::OtherSex => "other_sex",
            Reason::SameAddress => "same_address",
            Reason::SameZip => "same_zip",
            Reason::SameNumberOffice => "same_number_office",
            Reason::ProvisionalNumber => "provisional_number",
            Reason::DisjointRecords => "disjoint_records",
            Reason::OverlappingRecords => "overlapping_records",
            Reason::SideBySideRecords => "side_by_side_records",
        }
    }

    /// As reviewers read it.
    pub const fn words(self) -> &'static str {
        match self {
            Reason::SameKana => "氏名カナが同じ",
            Reason::KanaVariant => "氏名カナが表記のゆれを除いて同じ",
            Reason::KanaOneEdit => "氏名カナが一字違い",
            Reason::ChangedSurname => "名のカナが同じで姓が違う (改姓の可能性)",
            Reason::OtherKana => "氏名カナが違う",
            Reason::SameKanji => "氏名漢字が同じ",
            Reason::OldKanji => "氏名漢字が新旧字体・異体字を除いて同じ",
            Reason::SameGivenKanji => "名の漢字が同じ",
            Reason::OtherKanji => "氏名漢字が違う",
            Reason::FormerName => "以前の氏名と一致",
            Reason::SameBirth => "生年月日が同じ",
            Reason::SwappedBirth => "生年月日の月と日が入れ替わっている",
            Reason::BirthOneDigit => "生年月日が一桁違い",
            Reason::OtherBirth => "生年月日が違う",
            Reason::SameSex => "性別が同じ",
            Reason::OtherSex => "性別が違う",
            Reason::SameAddress => "住所 (前住所を含む) が同じ",
            Reason::SameZip => "郵便番号 (前住所を含む) が同じ",
            Reason::SameNumberOffice => "番号の課所符号が同じ",
            Reason::ProvisionalNumber => "仮番号",
            Reason::DisjointRecords => "加入記録が重ならない",
            Reason::OverlappingRecords => "同じ月に違う種別の加入記録がある",
            Reason::SideBySideRecords => "同じ種別の加入記録が長く並行している",
        }
    }

    /// The reason of a word.
    pub fn of_code(code: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// 点数 — how likely two numbers are one person, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// 0 to 100.
    pub points: i16,
    /// Each reason once, in the order of [`Reason`].
    pub reasons: Vec<Reason>,
}

/// 種別 of a piece of a record, as far as it tells people apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverKind {
    /// 第1号, 任意加入.
    NationalPension,
    /// 厚生年金.
    Employees,
    /// 第3号.
    Cat3,
}

/// 加入期間 — months from `first` up to, not including, `until`; `None` goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cover {
    /// 種別.
    pub kind: CoverKind,
    /// First month.
    pub first: Month,
    /// First month that no longer counts.
    pub until: Option<Month>,
}

/// 二つの記録の重なり.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Records {
    /// One of them has none, or they only touch.
    Open,
    /// Both have some and no month is in both.
    Disjoint,
    /// Different categories in the same months.
    Overlapping,
    /// The same category for long in the same months.
    SideBySide,
}

/// 番号の使われ方 — what speaks for keeping a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberInUse {
    /// 年金の請求がある (支払がある).
    pub claimed: bool,
    /// いま加入している.
    pub insured: bool,
    /// 仮番号.
    pub provisional: bool,
    /// The day on which the record under it begins.
    pub begins_on: Option<jiff::civil::Date>,
}

/// 残す番号 — whether the first of two numbers is proposed to be kept: the one paid under, then the one insured under, then
/// the one that is not provisional, then the one whose record began first, then the first.
///
/// Law: 国民年金法14条, 施行規則1条. A proposal: the clerk who drafts may choose the other.
pub fn keeps_first(one: NumberInUse, other: NumberInUse) -> bool {
    let begins = |number: NumberInUse| number.begins_on.unwrap_or(jiff::civil::Date::MAX);
    let rank = |number: NumberInUse| (!number.claimed, !number.insured, number.provisional, begins(number));
    rank(one) <= rank(other)
}

impl Yardstick {
    /// 二つの記録の重なり — months in both, with different categories and with the same; open ends reach to `as_of`.
    ///
    /// Returns the same whichever comes first.
    pub fn records(&self, one: &[Cover], other: &[Cover], as_of: Month) -> Records {
        if one.is_empty() || other.is_empty() {
            return Records::Open;
        }
        let (mut different, mut same) = (0, 0);
        for a in one {
            for b in other {
                let until = |cover: &Cover| cover.until.unwrap_or(as_of.next());
                let months = until(a).min(until(b)).months_since(a.first.max(b.first)).max(0);
                if a.kind == b.kind { same += months } else { different += months }
            }
        }
        if different >= self.overlap_months_min {
            Records::Overlapping
        } else if same >= self.side_by_side_months_min {
            Records::SideBySide
        } else if different + same == 0 {
            Records::Disjoint
        } else {
            Records::Open
        }
    }

    /// 二人の点数 — sum of the points of every reason, kept within 0 and 100.
    ///
    /// Law: 国民年金法14条. Symmetric: the order of the two does not matter.
    ///
    /// - `records`: how their records overlap; [`Records::Open`] where they were not looked at
    ///
    /// # Examples
    /// The same kana, kanji, birth and sex: 35 + 10 + 30 + 5 = 80. With 25 years insured side by side: 55.
    pub fn score(&self, one: &Features, other: &Features, records: Records) -> Score {
        let mut reasons = self.name_reasons(one, other);
        reasons.push(match birth_match(one.birth_on(), other.birth_on()) {
            BirthMatch::Same => Reason::SameBirth,
            BirthMatch::Swapped => Reason::SwappedBirth,
            BirthMatch::OneDigit => Reason::BirthOneDigit,
            BirthMatch::Other => Reason::OtherBirth,
        });
        reasons.push(if one.sex() == other.sex() { Reason::SameSex } else { Reason::OtherSex });
        reasons.extend(one.address_reason(other));
        reasons.extend(one.number_reasons(other));
        reasons.extend(match records {
            Records::Open => None,
            Records::Disjoint => Some(Reason::DisjointRecords),
            Records::Overlapping => Some(Reason::OverlappingRecords),
            Records::SideBySide => Some(Reason::SideBySideRecords),
        });
        reasons.sort_unstable();
        let sum: i32 = reasons.iter().map(|reason| self.weight(*reason)).sum();
        Score { points: i16::try_from(sum.clamp(0, 100)).expect("0 to 100"), reasons }
    }

    /// The best points that the pair can still have once the records are looked at.
    pub fn best(&self, one: &Features, other: &Features) -> i16 {
        let open = self.score(one, other, Records::Open).points;
        let more = self.weight(Reason::DisjointRecords).max(0);
        open.saturating_add(i16::try_from(more).unwrap_or(i16::MAX))
    }

    /// The names that agree best, of all that either has had.
    fn name_reasons(&self, one: &Features, other: &Features) -> Vec<Reason> {
        let mut best: Option<(i32, Vec<Reason>)> = None;
        for (place, a) in one.names().iter().enumerate() {
            for (at, b) in other.names().iter().enumerate() {
                let mut reasons = vec![if a.kana == b.kana {
                    Reason::SameKana
                } else if a.folded == b.folded {
                    Reason::KanaVariant
                } else if a.is_one_kana_from(b) {
                    Reason::KanaOneEdit
                } else if !a.given.is_empty() && a.given == b.given {
                    Reason::ChangedSurname
                } else {
                    Reason::OtherKana
                }];
                if let (Some(a), Some(b)) = (&a.kanji, &b.kanji) {
                    reasons.push(if a.written == b.written {
                        Reason::SameKanji
                    } else if a.folded == b.folded {
                        Reason::OldKanji
                    } else if !a.given.is_empty() && a.given == b.given {
                        Reason::SameGivenKanji
                    } else {
                        Reason::OtherKanji
                    });
                }
                if place > 0 || at > 0 {
                    reasons.push(Reason::FormerName);
                }
                let points = reasons.iter().map(|reason| self.weight(*reason)).sum();
                // Of equal points the earlier reasons, so that the order of the two does not matter.
                let better = best.as_ref().is_none_or(|(most, known)| {
                    points > *most || points == *most && (reasons.len(), &reasons) < (known.len(), known)
                });
                if better {
                    best = Some((points, reasons));
                }
            }
        }
        best.map_or_else(|| vec![Reason::OtherKana], |(_, reasons)| reasons)
    }
}
