//! 刑事施設等に拘禁された月の健康保険料 (健康保険法158条).

use domain::Month;
use jiff::civil::Date;

use super::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 徴収しない月 — months whose HI premium is not collected while the insured is in custody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustodyMonths {
    /// First month.
    pub first: Month,
    /// Last month; `None` while custody lasts.
    pub last: Option<Month>,
}

/// 保険料の徴収の特例 — for somebody held in 少年院, 刑事施設 or the like (118条1項各号).
///
/// Law: 健康保険法158条: insured since the month before or longer — from the month in which custody began; acquired
/// in that very month — from the month after; to the month before that in which it ended. Nothing when it began and
/// ended in one month. Not for voluntary insured, and not for employees' pension insurance, which has no such rule.
///
/// - `released_on`: the first day out of custody; `None` while it lasts
///
/// Returns `None` when no month is free.
///
/// # Errors
/// `BadInput` — days in the wrong order.
///
/// # Examples
/// Insured since 2020, held 2025-05-10 to 2025-08-03: May to July.
pub fn months(
    acquired_on: Date,
    held_from: Date,
    released_on: Option<Date>,
    trace: &mut Trace,
) -> Result<Option<CustodyMonths>, LawError> {
    for day in [acquired_on, held_from].into_iter().chain(released_on) {
        check_day("資格取得日・拘禁の日", day)?;
    }
    if held_from < acquired_on || released_on.is_some_and(|released_on| released_on < held_from) {
        let reason = "資格取得、拘禁、釈放の順に入力してください。取得前からの拘禁は担当者が確認してください";
        return Err(LawError::bad_input("拘禁の期間 (held_from, released_on)", reason));
    }
    let began = Month::of(held_from);
    let acquired_then = Month::of(acquired_on) == began;
    let first = if acquired_then { began.next() } else { began };
    let last = released_on.map(|day| Month::of(day).previous());
    let found = last.is_none_or(|last| first <= last).then_some(CustodyMonths { first, last });
    let rule = if acquired_then {
        "資格を取得した月に該当したときはその翌月以後、該当しなくなった月の前月まで"
    } else {
        "前月から引き続き被保険者であるときはその月以後、該当しなくなった月の前月まで"
    };
    let told = match found {
        None => "徴収しない月はない".to_owned(),
        Some(months) => {
            format!("{}から{}", months.first, months.last.map(|month| format!("{month}まで")).unwrap_or_default())
        }
    };
    trace.step(
        Step::new("健康保険法158条", rule)
            .with("資格取得日", acquired_on, "")
            .with("該当した日", held_from, "")
            .with("該当しなくなった日", released_on.map(|day| day.to_string()).unwrap_or_default(), "")
            .gives(told),
    );
    Ok(found)
}
