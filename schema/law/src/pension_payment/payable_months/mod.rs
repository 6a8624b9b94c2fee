//! 支給期間 (国民年金法18条1項・2項, 厚生年金保険法36条1項・2項).

use domain::Month;
use jiff::civil::Date;

use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const PERIOD: &str = "国民年金法18条1項・厚生年金保険法36条1項";
const SUSPENDED: &str = "国民年金法18条2項・厚生年金保険法36条2項";

/// No pension runs longer.
const MONTHS_MAX: i32 = 1_800;

/// 支給停止の事由 — from its day to the day it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// 支給停止の事由が生じた日.
    pub arose_on: Date,
    /// その事由が消滅した日; none while it lasts.
    pub ended_on: Option<Date>,
}

impl Suspension {
    /// 支給停止の期間 — first and last month; none when both days lie in one month.
    fn months(self) -> (Month, Option<Month>) {
        (Month::of(self.arose_on).next(), self.ended_on.map(Month::of))
    }

    /// Whether the pension of a month is not paid for this cause.
    pub fn stops(self, month: Month) -> bool {
        let (first, last) = self.months();
        first <= month && last.is_none_or(|last| month <= last)
    }
}

/// 受給権 — from the day it arises to the day it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PensionRight {
    /// 支給すべき事由が生じた日.
    pub arose_on: Date,
    /// 権利が消滅した日 (死亡, 失権); none while it lasts.
    pub ended_on: Option<Date>,
    /// 支給停止, in any order; they may overlap.
    pub suspensions: Vec<Suspension>,
}

/// 支給される月分 — from the month after the right arises to the month in which it ends, without the months of a suspension.
///
/// Law: 国民年金法18条1項, 厚生年金保険法36条1項 (period); 国民年金法18条2項, 厚生年金保険法36条2項 (a suspension runs from the month after its
/// cause arises to the month in which it ends; both in one month: none). The reduction of a working pensioner (厚生年金保険法46条)
/// is judged month by month and is no matter of this rule.
///
/// - `through`: the last month asked about
///
/// # Errors
/// `BadInput` — a right or a suspension that ends before it begins, or more than 150 years.
///
/// # Examples
/// Born 1960-04-01: the right arises on 2025-03-31, paid from April 2025.
pub fn payable_months(right: &PensionRight, through: Month, trace: &mut Trace) -> Result<Vec<Month>, LawError> {
    check(right, through)?;
    let first = Month::of(right.arose_on).next();
    let last = right.ended_on.map_or(through, |ended_on| Month::of(ended_on).min(through));
    trace.step(
        Step::new(PERIOD, "支給すべき事由が生じた月の翌月から、権利が消滅した月までの分を支給する")
            .with("事由が生じた日", right.arose_on, "")
            .with("権利が消滅した日", right.ended_on.map_or("なし".to_owned(), |day| day.to_string()), "")
            .gives(if first <= last { format!("{first}から{last}まで") } else { "なし".to_owned() }),
    );
    let months: Vec<Month> = first.through(last).filter(|month| !stopped(right, *month)).collect();
    if !right.suspensions.is_empty() {
        let step = Step::new(
            SUSPENDED,
            "停止の事由が生じた月の翌月から消滅した月まで停止。同じ月に生じて消滅したときは停止しない",
        );
        trace.step(step.with("停止の事由", right.suspensions.len(), "件").gives(format!("支給 {}か月", months.len())));
    }
    Ok(months)
}

fn stopped(right: &PensionRight, month: Month) -> bool {
    right.suspensions.iter().any(|suspension| suspension.stops(month))
}

fn check(right: &PensionRight, through: Month) -> Result<(), LawError> {
    check_span("受給権 (arose_on, ended_on)", right.arose_on, right.ended_on)?;
    for suspension in &right.suspensions {
        check_span("支給停止 (suspensions)", suspension.arose_on, suspension.ended_on)?;
    }
    if through.months_since(Month::of(right.arose_on)) <= MONTHS_MAX {
        return Ok(());
    }
    Err(LawError::bad_input("どの月分まで (through)", "事由が生じた月から150年以内の月を入力してください"))
}

fn check_span(item: &str, arose_on: Date, ended_on: Option<Date>) -> Result<(), LawError> {
    check_day(item, arose_on)?;
    let Some(ended_on) = ended_on else { return Ok(()) };
    check_day(item, ended_on)?;
    if arose_on <= ended_on {
        return Ok(());
    }
    Err(LawError::bad_input(item, format!("終わりの日 ({ended_on}) は始まりの日 ({arose_on}) 以後で入力してください")))
}
