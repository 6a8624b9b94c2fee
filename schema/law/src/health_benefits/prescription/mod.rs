//! 保険給付を受ける権利の時効 (健康保険法193条1項). Benefits are neither assigned nor taxed (61条・62条).

use domain::Month;
use domain::age::period_end;
use jiff::civil::Date;

use super::days::{check_day, plus_days};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 2年.
const MONTHS: i16 = 24;

/// 給付を受ける権利が生じた事実 — what the two years are counted from, benefit by benefit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// 傷病手当金・出産手当金: a day unfit or away; each day has its own two years.
    DayAway(Date),
    /// 出産育児一時金・家族出産育児一時金: 出産の日.
    Birth(Date),
    /// 埋葬料・家族埋葬料: 死亡の日.
    Death(Date),
    /// 埋葬費: 埋葬を行った日.
    Burial(Date),
    /// 療養費・柔道整復療養費・移送費: 費用を支払った日.
    Payment(Date),
    /// 高額療養費.
    HighCost {
        /// 診療月.
        care_month: Month,
        /// 一部負担金を支払った日, when it was paid in a later month.
        paid_on: Option<Date>,
    },
    /// 高額介護合算療養費・年間の外来合算: 基準日.
    BaseDate(Date),
}

/// 時効.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prescription {
    /// 起算日.
    pub starts_on: Date,
    /// The last day on which the benefit can be claimed.
    pub last_day: Date,
}

/// 保険給付の時効 — from when to when a benefit can be claimed.
///
/// Law: 健康保険法193条1項 (2年); 起算日: 昭和30年9月7日保険発199号の2 (手当金), 昭和3年4月16日保理4147号 (出産・埋葬),
/// 昭和48年11月7日保険発99号 (高額療養費), 昭和31年3月13日保文発1903号 (療養費・移送費); 民法143条. A last day on which
/// offices are closed is not moved.
///
/// # Errors
/// `BadInput` — a day before 1927 or past 8999.
///
/// # Examples
/// Unfit on 2024-06-10: from 2024-06-11 to 2026-06-10. High cost of 2024-08: from 2024-09-01 to 2026-08-31.
pub fn prescription(event: Event, trace: &mut Trace) -> Result<Prescription, LawError> {
    let (clause, rule, starts_on) = start(event)?;
    let last_day = period_end(starts_on, MONTHS);
    trace.step(Step::new(clause, rule).gives(starts_on));
    trace.step(
        Step::new("健康保険法193条1項・民法143条", "起算日から2年を経過したときは、時効によって消滅する")
            .with("起算日", starts_on, "")
            .gives(format!("{last_day}まで請求できる")),
    );
    Ok(Prescription { starts_on, last_day })
}

fn start(event: Event) -> Result<(&'static str, &'static str, Date), LawError> {
    let next = |item: &str, day: Date| check_day(item, day).map(|()| plus_days(day, 1));
    Ok(match event {
        Event::DayAway(day) => {
            let start = next("労務に服さなかった日 (unfit_day)", day)?;
            ("昭和30年9月7日保険発199号の2", "起算日は、労務に服さなかった日ごとにその翌日", start)
        }
        Event::Birth(day) => {
            ("昭和3年4月16日保理4147号", "起算日は、出産の日の翌日", next("出産の日 (birth_date)", day)?)
        }
        Event::Death(day) => {
            ("昭和3年4月16日保理4147号", "起算日は、死亡の日の翌日", next("死亡の日 (death_date)", day)?)
        }
        Event::Burial(day) => {
            ("昭和3年4月16日保理4147号", "起算日は、埋葬を行った日の翌日", next("埋葬の日 (burial_date)", day)?)
        }
        Event::Payment(day) => {
            ("昭和31年3月13日保文発1903号", "起算日は、費用を支払った日の翌日", next("支払った日 (paid_on)", day)?)
        }
        Event::HighCost { care_month, paid_on } => high_cost_start(care_month, paid_on)?,
        Event::BaseDate(day) => {
            ("健康保険法115条の2・193条1項", "起算日は、基準日の翌日", next("基準日 (base_date)", day)?)
        }
    })
}

fn high_cost_start(care_month: Month, paid_on: Option<Date>) -> Result<(&'static str, &'static str, Date), LawError> {
    let first = care_month.next().first_day();
    check_day("診療月 (care_month)", first)?;
    let paid = paid_on.map(|day| check_day("支払った日 (paid_on)", day).map(|()| plus_days(day, 1))).transpose()?;
    let rule = "起算日は、診療月の翌月の1日。診療月の翌月以後に支払ったときは、支払った日の翌日";
    Ok(("昭和48年11月7日保険発99号", rule, paid.map_or(first, |paid| paid.max(first))))
}
