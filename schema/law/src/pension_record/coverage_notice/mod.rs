//! ねんきん定期便 (国民年金法14条の5, 施行規則15条の4, 厚生年金保険法31条の2, 施行規則12条の2).

use domain::Month;
use domain::age::{attained_on, legal_age_on};
use jiff::civil::Date;

use crate::book::LawTable;
use crate::employees_insurance::check_day;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static MILESTONE_AGES: LawTable<i16> =
    LawTable::new("pension_record/coverage_notice/milestone_ages.csv", include_str!("milestone_ages.csv"), read);

fn read(text: &str) -> Result<Table<i16>, TableError> {
    Table::of_values(text, |value| value.parse().ok())
}

/// 見込額が60歳までの加入を仮定したものになる年齢.
const PROJECTED_FROM_AGE: i16 = 50;
/// In the first year everybody was sent the whole history.
const FIRST_FISCAL_YEAR: i16 = 2009;

/// 様式.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// 封書: the whole history and a reply form.
    SealedLetter,
    /// はがき: the last twelve months.
    Postcard,
}

/// 年金額の示し方.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimate {
    /// これまでの加入実績に応じた額.
    ToDate,
    /// 60歳まで加入を続けた場合の見込額.
    Projected,
}

/// 定期便の決め方 — what goes out to a person in a fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverageNotice {
    /// 様式.
    pub form: Form,
    /// 節目年齢, where the year is one.
    pub milestone_age: Option<i16>,
    /// 送付の月: the birthday month; born on the 1st, the month before.
    pub dispatch_month: Month,
    /// The age attained in the fiscal year.
    pub age: i16,
    /// 年金額の示し方.
    pub estimate: Estimate,
}

/// 節目年齢 of a fiscal year, resolved once for many people.
///
/// Law: 国民年金法施行規則15条の4第2項.
///
/// # Errors
/// `NotInForce` — before fiscal 2009; `PastLastCheck` — later than the regulation was read.
pub fn milestone_ages(fiscal_year: i16, trace: &mut Trace) -> Result<[i16; 3], LawError> {
    let bad = || LawError::bad_input("年度 (fiscal_year)", "西暦の年度を入力してください");
    let month = Month::new(fiscal_year, 4).filter(|month| (1900..9000).contains(&month.year())).ok_or_else(bad)?;
    let mut read = |key: &str| MILESTONE_AGES.at(key, month, trace).copied();
    Ok([read("first")?, read("second")?, read("last")?])
}

/// The notice by plain ages: for the night.
pub fn form_of(birth_on: Date, fiscal_year: i16, milestones: &[i16; 3]) -> Option<CoverageNotice> {
    let first_day = Date::new(fiscal_year, 4, 1).ok()?;
    let age = legal_age_on(birth_on, Date::new(fiscal_year.checked_add(1)?, 3, 31).ok()?)?;
    let on = attained_on(birth_on, age);
    // Every age is attained once in a fiscal year, also for those born on 29 February.
    if on < first_day {
        return None;
    }
    let milestone_age = milestones.iter().copied().find(|milestone| *milestone == age);
    let whole = milestone_age.is_some() || fiscal_year == FIRST_FISCAL_YEAR;
    Some(CoverageNotice {
        form: if whole { Form::SealedLetter } else { Form::Postcard },
        milestone_age,
        dispatch_month: Month::of(on),
        age,
        estimate: if age >= PROJECTED_FROM_AGE { Estimate::Projected } else { Estimate::ToDate },
    })
}

/// ねんきん定期便の様式 — a sealed letter in the fiscal year of 35, 45 and 59 (to fiscal 2012: 58), else a postcard.
///
/// Law: 国民年金法14条の5, 施行規則15条の4第1項・2項. In fiscal 2009, the first, everybody got the sealed letter.
///
/// # Errors
/// `BadInput` — not born by then; `NotInForce`, `PastLastCheck` — as `milestone_ages`.
///
/// # Examples
/// Born 1990-06-10, fiscal 2025: 35 on 2025-06-09, a sealed letter in June. Born 1990-04-01: 35 already on 2025-03-31.
pub fn coverage_notice(birth_on: Date, fiscal_year: i16, trace: &mut Trace) -> Result<CoverageNotice, LawError> {
    check_day("生年月日 (birth_date)", birth_on)?;
    let milestones = milestone_ages(fiscal_year, trace)?;
    let notice = form_of(birth_on, fiscal_year, &milestones).ok_or_else(|| {
        LawError::bad_input("生年月日 (birth_date)", format!("{fiscal_year}年度より前に生まれた日を入力してください"))
    })?;
    trace.step(
        Step::new("国民年金法施行規則15条の4第2項", "節目年齢に達する年度は封書、ほかの年度ははがき")
            .with("年度中に達する年齢", notice.age, "歳")
            .with("送付の月", notice.dispatch_month, "")
            .gives(match notice.form {
                Form::SealedLetter => "封書",
                Form::Postcard => "はがき",
            }),
    );
    Ok(notice)
}
