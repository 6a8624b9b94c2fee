//! 老齢年金の裁定 — 老齢基礎年金 and 老齢厚生年金 of one person for one month, from the record of a life.

pub(super) mod amounts;
mod estimate;
mod rates;
pub(super) mod readings;
#[cfg(test)]
mod split_tests;
pub(super) mod start;
#[cfg(test)]
pub(in crate::adjudication) mod statute_tests;
#[cfg(test)]
mod tests;

use amounts::Case;
pub use amounts::{BasicPart, EmployeesPart, KindPart, Reducible};
pub use estimate::{Estimated, estimate};
pub use rates::RateShelf;
pub use readings::Readings;
pub use start::{Claims, Manner, Start};

use domain::{Month, Yen};

use crate::employees_pension::spouse_child_addition::{Child, Spouse};
use crate::pension_record::life::{LifeFacts, LifeRecord};
use crate::{LawError, Step, Trace};

/// 裁定の問い — a life, its household, and the month that is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// 記録の素材.
    pub facts: &'a LifeFacts<'a>,
    /// 何月分.
    pub for_month: Month,
    /// 繰上げ請求・繰下げ申出.
    pub claims: Claims,
    /// 加給年金額の対象となりうる配偶者.
    pub spouse: Option<&'a Spouse>,
    /// 加給年金額の対象となりうる子.
    pub children: &'a [Child],
    /// 振替加算の対象: the spouse on whose account 加給年金額 was added the day before 65.
    pub spouse_addition_moves: bool,
}

/// 受給資格期間 that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualified {
    /// 合算した月数.
    pub months: i64,
    /// 必要な月数.
    pub required: i64,
}

/// 裁定の結果 — yen a year at the state of the month asked about; a payment is a sixth of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OldAge {
    /// 受給権なし.
    NoRight {
        /// What was found.
        qualified: Qualified,
    },
    /// 支給開始前 — the right is there or will be; nothing is paid for the month.
    NotYet {
        /// 受給権の発生.
        start: Start,
        /// What was found; none where the start age lies after the month.
        qualified: Option<Qualified>,
    },
    /// 支給する.
    Payable(Box<Pension>),
}

/// 老齢年金の額, yen a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pension {
    /// 受給資格期間.
    pub qualified: Qualified,
    /// 受給権の発生.
    pub start: Start,
    /// 老齢基礎年金; none before 65, or while it waits to be deferred.
    pub basic: Option<BasicPart>,
    /// 老齢厚生年金; none without a month of it, or while it waits to be deferred.
    pub employees: Option<EmployeesPart>,
}

impl Pension {
    /// 年金額の合計 after 支給停止.
    pub fn total(&self) -> Yen {
        let basic = self.basic.as_ref().map_or(Yen::ZERO, BasicPart::total);
        basic + self.employees.as_ref().map_or(Yen::ZERO, EmployeesPart::payable)
    }
}

/// 老齢年金の裁定 — what somebody is paid for a month, and why.
///
/// Law: 国民年金法26条・27条・28条・43条・44条, 附則9条の2; 厚生年金保険法42条・43条・44条・44条の3・46条, 附則7条の3・8条・9条の3・
/// 13条の4; 国民年金法18条・厚生年金保険法36条 (from the month after the right). Each step carries its own clause.
///
/// - `shelf`: revaluation rates that were resolved before; a night keeps one per thread, a terminal begins a new one,
///   so that all parameters are on the receipt
///
/// Returns yen a year; every named component is rounded by its own clause.
///
/// # Errors
/// `CannotDecide` — the record contradicts itself (the list is in the reason; a gap alone does not hold), or months of
/// 第3種 before 1991-04; `BadInput` — a claim that cannot be; `NotInForce`, `PastLastCheck` — a table of the year.
///
/// # Examples
/// Born 1960-01-15, 480 months paid, no job, April 2025: 831,700円. The same with a job after 65: 老齢厚生年金 too, and
/// from October more, because the months to August are added.
pub fn old_age(question: &Question<'_>, shelf: &mut RateShelf, trace: &mut Trace) -> Result<OldAge, LawError> {
    old_age_of(question, &mut Readings::new(), shelf, trace)
}

/// As [`old_age`], for another month of a life that was asked about before.
///
/// - `readings`: of the same facts, to the last row
///
/// # Errors
/// As [`old_age`].
pub fn old_age_of(
    question: &Question<'_>,
    readings: &mut Readings,
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<OldAge, LawError> {
    let record = readings.of_month(question.facts, question.for_month)?;
    let answer = decide((question, &record), readings, shelf, trace);
    readings.give_back(record);
    answer
}

fn decide(
    (question, record): (&Question<'_>, &LifeRecord),
    readings: &Readings,
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<OldAge, LawError> {
    let (start, qualified, before) = match start::find((question, record), readings, trace)? {
        start::Found::Start(start, qualified, before) => (start, qualified, before),
        start::Found::NotYet(start, qualified) => return Ok(not_yet(start, qualified, trace)),
        start::Found::NoRight(qualified) => return Ok(OldAge::NoRight { qualified }),
    };
    let case = Case { question, before: &before, record, readings, start };
    let basic = amounts::basic(&case, trace)?;
    let employees = amounts::employees(&case, shelf, trace)?;
    if basic.is_none() && employees.is_none() {
        return Ok(not_yet(start, Some(qualified), trace));
    }
    let pension = Pension { qualified, start, basic, employees };
    trace.tell(|| {
        Step::new("国民年金法18条・厚生年金保険法36条", "老齢年金の年額 (支給停止後)")
            .with("月分", question.for_month, "")
            .gives(pension.total())
    });
    Ok(OldAge::Payable(Box::new(pension)))
}

fn not_yet(start: Start, qualified: Option<Qualified>, trace: &mut Trace) -> OldAge {
    trace.tell(|| {
        Step::new("国民年金法18条1項・厚生年金保険法36条1項", "この月分はまだ支給しない")
            .gives(format!("{}分から", start.first_paid()))
    });
    OldAge::NotYet { start, qualified }
}
