//! 併給の調整 — 一人一年金 (国民年金法20条・附則9条の2の4, 厚生年金保険法38条・64条の2).

use domain::Month;
use jiff::civil::Date;

use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 受給権. In the order in which a set names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BenefitRight {
    /// 障害基礎年金.
    DisabilityBasic,
    /// 障害厚生年金 (障害基礎年金と同一の支給事由).
    DisabilityEmployee,
    /// 老齢基礎年金.
    OldAgeBasic,
    /// 老齢厚生年金 (特別支給を含む).
    OldAgeEmployee,
    /// 遺族基礎年金.
    SurvivorBasic,
    /// 遺族厚生年金 (遺族基礎年金と同一の支給事由).
    SurvivorEmployee,
    /// 寡婦年金.
    WidowPension,
}

use BenefitRight as R;

impl BenefitRight {
    /// Every one, with its word.
    pub const WORDS: [(&'static str, BenefitRight); 7] = [
        ("disability_basic", R::DisabilityBasic),
        ("disability_employee", R::DisabilityEmployee),
        ("old_age_basic", R::OldAgeBasic),
        ("old_age_employee", R::OldAgeEmployee),
        ("survivor_basic", R::SurvivorBasic),
        ("survivor_employee", R::SurvivorEmployee),
        ("widow_pension", R::WidowPension),
    ];

    /// Its Japanese name.
    pub const fn name(self) -> &'static str {
        match self {
            R::DisabilityBasic => "障害基礎年金",
            R::DisabilityEmployee => "障害厚生年金",
            R::OldAgeBasic => "老齢基礎年金",
            R::OldAgeEmployee => "老齢厚生年金",
            R::SurvivorBasic => "遺族基礎年金",
            R::SurvivorEmployee => "遺族厚生年金",
            R::WidowPension => "寡婦年金",
        }
    }

    /// The word of a question and of an outcome.
    pub fn key(self) -> &'static str {
        Self::WORDS.iter().find(|(_, right)| *right == self).map_or("", |(key, _)| key)
    }
}

/// 併給できる組 — rights paid side by side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BenefitSet {
    /// In the order of [`BenefitRight`].
    pub rights: Vec<BenefitRight>,
    /// 遺族厚生年金 is paid only as far as it exceeds the own 老齢厚生年金 (厚生年金保険法64条の2).
    pub survivor_difference: bool,
}

impl BenefitSet {
    /// The words of the set; `survivor_employee_difference` where only the excess is paid.
    pub fn words(&self) -> Vec<&'static str> {
        let word = |right: &BenefitRight| match right {
            R::SurvivorEmployee if self.survivor_difference => "survivor_employee_difference",
            other => other.key(),
        };
        self.rights.iter().map(word).collect()
    }
}

/// 65歳.
const CROSS_PAIRS_FROM_AGE: i32 = 65;

/// Whether two rights are paid side by side.
fn together(one: BenefitRight, other: BenefitRight, age: i32) -> bool {
    let from_65 = age >= CROSS_PAIRS_FROM_AGE;
    match (one.min(other), one.max(other)) {
        (R::DisabilityBasic, R::DisabilityEmployee)
        | (R::OldAgeBasic, R::OldAgeEmployee)
        | (R::SurvivorBasic, R::SurvivorEmployee) => true,
        (R::DisabilityBasic, R::OldAgeEmployee | R::SurvivorEmployee)
        | (R::OldAgeBasic | R::OldAgeEmployee, R::SurvivorEmployee) => from_65,
        _ => false,
    }
}

/// 併給できる組 — every largest set of rights that one person may draw together; of several the person chooses one.
///
/// Law: 国民年金法20条, 厚生年金保険法38条 (one ground; basic and employees' pension of one ground go together); 国年法附則9条の2の4, 厚年法38条,
/// 附則17条 (from 65: 老齢基礎 + 遺族厚生, 障害基礎 + 老齢厚生, 障害基礎 + 遺族厚生; never 老齢基礎 + 障害厚生); 厚年法64条の2 (from 65 the
/// survivor's pension is paid only beyond the own 老齢厚生年金, to whose right it is enough to be entitled).
///
/// - `age`: years, 0 to 150
/// - `rights`: each once; 障害厚生年金 and 障害基礎年金 of one ground, 遺族 likewise
///
/// # Errors
/// `BadInput` — no right, one twice, an age that cannot be, or 寡婦年金 from 65 on (it has ended).
///
/// # Examples
/// 67 with 障害基礎, 老齢厚生 and 遺族厚生: all three, the last beyond the second. At 64: one of the three.
pub fn simultaneous_benefits(
    age: i32,
    rights: &[BenefitRight],
    trace: &mut Trace,
) -> Result<Vec<BenefitSet>, LawError> {
    let rights = check(age, rights)?;
    let difference = age >= CROSS_PAIRS_FROM_AGE && rights.contains(&R::OldAgeEmployee);
    let mut sets: Vec<Vec<BenefitRight>> =
        (1_u32..1 << rights.len()).map(|mask| chosen(&rights, mask)).filter(|set| compatible(set, age)).collect();
    let all = sets.clone();
    sets.retain(|set| {
        !all.iter().any(|larger| larger.len() > set.len() && set.iter().all(|right| larger.contains(right)))
    });
    sets.sort();
    let named = |rights: Vec<BenefitRight>| BenefitSet {
        survivor_difference: difference && rights.contains(&R::SurvivorEmployee),
        rights,
    };
    let sets: Vec<BenefitSet> = sets.into_iter().map(named).collect();
    tell(age, &sets, difference, trace);
    Ok(sets)
}

fn chosen(rights: &[BenefitRight], mask: u32) -> Vec<BenefitRight> {
    let picked = rights.iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0);
    picked.map(|(_, right)| *right).collect()
}

fn compatible(set: &[BenefitRight], age: i32) -> bool {
    set.iter().enumerate().all(|(place, one)| set.iter().skip(place + 1).all(|other| together(*one, *other, age)))
}

fn check(age: i32, rights: &[BenefitRight]) -> Result<Vec<BenefitRight>, LawError> {
    if !(0..=150).contains(&age) {
        return Err(LawError::bad_input("年齢 (age)", "0以上150以下で入力してください"));
    }
    let mut sorted = rights.to_vec();
    sorted.sort();
    sorted.dedup();
    if sorted.is_empty() || sorted.len() != rights.len() {
        return Err(LawError::bad_input("受給権の一覧 (rights)", "1件以上、同じ受給権は1回だけ入力してください"));
    }
    if age >= CROSS_PAIRS_FROM_AGE && sorted.contains(&R::WidowPension) {
        return Err(LawError::bad_input("受給権の一覧 (rights)", "寡婦年金の受給権は65歳に達したときに消滅しています"));
    }
    Ok(sorted)
}

fn tell(age: i32, sets: &[BenefitSet], difference: bool, trace: &mut Trace) {
    let told: Vec<String> = sets.iter().map(|set| set.words().join(" + ")).collect();
    trace.step(
        Step::new(
            "国民年金法20条・附則9条の2の4、厚生年金保険法38条",
            "併給できる組のうち、選択した一つを支給し、他は支給を停止する",
        )
        .with("年齢", age, "歳")
        .gives(told.join(" / ")),
    );
    if difference && sets.iter().any(|set| set.survivor_difference) {
        trace.step(
            Step::new(
                "厚生年金保険法64条の2",
                "65歳から、遺族厚生年金のうち自身の老齢厚生年金の額に相当する部分を支給停止する",
            )
            .gives("遺族厚生年金は差額"),
        );
    }
}

/// 選択の効力 — the first month paid by a new choice: the month after the filing. A choice may be changed at any time, for the
/// future.
///
/// Law: 国民年金法20条2項から4項まで, 厚生年金保険法38条2項から4項まで (申請による停止の解除, at any time withdrawn), 18条2項・36条2項 (停止の解除は翌月から).
///
/// # Errors
/// `BadInput` — a day that cannot be.
pub fn choice_effective(filed_on: Date, trace: &mut Trace) -> Result<Month, LawError> {
    check_day("選択届の受付日 (filed_on)", filed_on)?;
    let first = Month::of(filed_on).next();
    trace.step(
        Step::new(
            "国民年金法20条2項・4項、厚生年金保険法38条2項・4項",
            "選択はいつでも将来に向かって変更できる。届出の翌月分から支給を切り替える",
        )
        .with("選択届の受付日", filed_on, "")
        .gives(format!("{first}分から")),
    );
    Ok(first)
}
