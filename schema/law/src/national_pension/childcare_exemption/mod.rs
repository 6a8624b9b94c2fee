//! 育児期間の免除 (国民年金法88条の3, 令和6年法律47号), from 2026-10.

use domain::Month;
use domain::age::nth_birthday;
use jiff::civil::Date;

use super::of_counts;
use super::relief::{Relief, payable_part};
use crate::book::LawTable;
use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static AGES: LawTable<i16> =
    LawTable::new("national_pension/childcare_exemption/ages.csv", include_str!("ages.csv"), of_counts);

/// 子の出生日の母の期間の始まり — a setting: the arithmetic of months for the mother is not confirmed by an official text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BirthMother {
    /// It goes on from the month after the last month of 産前産後.
    #[default]
    AfterMaternity,
    /// A person decides.
    Refuse,
}

/// 養育 — who raises which child since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raising {
    /// 子の生年月日.
    pub child_born_on: Date,
    /// 養育することとなった日: the birth, or an adoption later.
    pub since: Date,
    /// Last month of 産前産後, for the mother of the child.
    pub maternity_until: Option<Month>,
    /// 養育しなくなった月, where it ended before: its month is the first that is not exempt.
    pub ended_in: Option<Month>,
    /// The setting.
    pub birth_mother: BirthMother,
}

/// 育児期間の免除 — the months that count as paid while a child under one is raised.
///
/// Law: 国民年金法88条の3 (from the month in which the raising begins to the month before that of the day after the child
/// attains one; no test of income or leave), 5条1項 (counts as paid); 令和6年法律47号附則 (months from 2026-10).
///
/// Returns first and last month, at most twelve; `None` when no month is exempt.
///
/// # Errors
/// `CannotDecide` — a mother, under the setting that leaves her to a person; `BadInput` — raising before the birth;
/// `PastLastCheck`.
///
/// # Examples
/// Father, child born 2026-11-10: 2026-11 to 2027-10. The mother, exempt to 2027-01: 2027-02 to 2027-10.
pub fn childcare_exemption(raising: Raising, trace: &mut Trace) -> Result<Option<(Month, Month)>, LawError> {
    check_day("子の生年月日 (child_birthdate)", raising.child_born_on)?;
    check_day("養育することとなった日 (since)", raising.since)?;
    if raising.since < raising.child_born_on {
        return Err(LawError::bad_input("養育することとなった日 (since)", "子の生年月日以後の日を入力してください"));
    }
    let first = Month::of(raising.since).max(after_maternity(raising)?).max(first_month());
    let age = *AGES.at("", first, trace)?;
    let birthday = Month::of(nth_birthday(raising.child_born_on, age));
    let last = raising.ended_in.map_or(birthday, |ended| ended.min(birthday)).previous();
    let exempt = (first <= last).then_some((first, last));
    if exempt.is_some() {
        payable_part(Relief::Childcare, last, trace)?;
    }
    tell(raising, exempt, trace);
    Ok(exempt)
}

/// 制度の開始 (2026-10): the first row of the table says it too.
fn first_month() -> Month {
    Month::new(2026, 10).expect("a month")
}

fn after_maternity(raising: Raising) -> Result<Month, LawError> {
    match (raising.maternity_until, raising.birth_mother) {
        (None, _) => Ok(Month::of(raising.since)),
        (Some(last), BirthMother::AfterMaternity) => Ok(last.next()),
        (Some(_), BirthMother::Refuse) => {
            let reason = "育児期間免除のうち出産した母の月の数え方を確認できる公表資料がありません".to_owned();
            Err(LawError::CannotDecide { reason })
        }
    }
}

fn tell(raising: Raising, exempt: Option<(Month, Month)>, trace: &mut Trace) {
    let setting = match raising.maternity_until {
        Some(_) => "出産した母は産前産後免除の翌月から (設定、確度: 中)",
        None => "月の数え方は確度: 中",
    };
    trace.step(
        Step::new(
            "国民年金法88条の3",
            format!("養育を始めた月から、子が1歳に達する日の翌日の属する月の前月まで。令和8年10月分から。{setting}"),
        )
        .with("子の生年月日", raising.child_born_on, "")
        .with("養育することとなった日", raising.since, "")
        .gives(exempt.map_or("免除なし".to_owned(), |(first, last)| format!("{first}〜{last}"))),
    );
}
