//! 休業 — exemptions that run on past what the law allows, as far as dates of leave can tell.
//!
//! The day of birth, the expected day and whether it is a 多胎妊娠 are not on file. So a maternity leave is found only
//! when no case on time could be so long, and a childcare leave when no child could still be under three.

use domain::Month;
use domain::age::period_end;
use jiff::ToSpan;
use jiff::civil::Date;

use super::super::day_after;
use super::super::exemption::{LeaveKind, LeaveSpell};
use super::{Finding, FindingKind, Inspection, SpellFacts};
use crate::LawError;

/// 産前98日 (多胎妊娠) and 産後56日 (健康保険法159条の3): the longest leave of a birth on time.
const MATERNITY_DAYS_MAX: i64 = 98 + 56;
/// 子が3歳に達するまで (健康保険法159条, 育児・介護休業法23条2項・24条1項).
const CHILDCARE_MONTHS_MAX: i16 = 36;

/// 産前産後休業が長すぎる — an exempt month past the longest leave of a birth on time.
///
/// Law: 健康保険法159条の3, 厚生年金保険法81条の2の2: 42 days (多胎妊娠 98 days) before birth and 56 days after.
pub(super) fn maternity_leave_too_long(
    inspection: &Inspection,
    facts: &SpellFacts<'_>,
) -> Result<Option<Finding>, LawError> {
    let beyond = |leave: &LeaveSpell| {
        let beyond_on = leave.start.saturating_add(MATERNITY_DAYS_MAX.days());
        exempts_from(inspection, beyond_on, leave.end).then_some((beyond_on, leave.start))
    };
    let leaves = facts.leaves.iter().filter(|leave| leave.kind == LeaveKind::Maternity);
    Ok(leaves.filter_map(beyond).min().map(|(since, start)| {
        let fact = format!("{start}からの産前産後休業が{MATERNITY_DAYS_MAX}日を超える");
        Finding { kind: FindingKind::MaternityLeaveTooLong, since, fact }
    }))
}

/// 育児休業等が長すぎる — an exempt month more than three years after the leave began. A leave is for one child: where another
/// follows without a day between it may be for the next one. They count as one for the months that are exempt alone
/// (健康保険法159条2項).
///
/// Law: 健康保険法159条, 厚生年金保険法81条の2; 育児・介護休業法5条・23条2項・24条1項 (その子が3歳に達するまで).
pub(super) fn childcare_leave_too_long(
    inspection: &Inspection,
    facts: &SpellFacts<'_>,
) -> Result<Option<Finding>, LawError> {
    let beyond = |leave: &LeaveSpell| {
        let beyond_on = day_after(period_end(leave.start, CHILDCARE_MONTHS_MAX));
        exempts_from(inspection, beyond_on, leave.end).then_some((beyond_on, leave.start))
    };
    let leaves = facts.leaves.iter().filter(|leave| leave.kind == LeaveKind::Childcare);
    Ok(leaves.filter_map(beyond).min().map(|(since, start)| {
        let fact = format!("{start}からの育児休業等が3年を超える");
        Finding { kind: FindingKind::ChildcareLeaveTooLong, since, fact }
    }))
}

/// 育児休業等が終わっていない — it goes on while a later maternity leave has begun.
///
/// Law: 育児・介護休業法9条2項3号 (産前産後休業の開始による終了), 健康保険法159条, 厚生年金保険法81条の2.
pub(super) fn childcare_leave_not_ended(
    inspection: &Inspection,
    facts: &SpellFacts<'_>,
) -> Result<Option<Finding>, LawError> {
    let month = inspection.month;
    let of_kind = |kind: LeaveKind| facts.leaves.iter().filter(move |leave| leave.kind == kind);
    let goes_on = |maternity: &LeaveSpell| {
        of_kind(LeaveKind::Childcare).any(|childcare| {
            childcare.start < maternity.start
                && maternity.start <= childcare.end
                && maternity.start <= month.last_day()
                && month.first_day() <= childcare.end
        })
    };
    let since = of_kind(LeaveKind::Maternity).filter(|leave| goes_on(leave)).map(|leave| leave.start).min();
    Ok(since.map(|since| {
        let fact = format!("{since}に産前産後休業が始まったが、育児休業等が続いている");
        Finding { kind: FindingKind::ChildcareLeaveNotEnded, since, fact }
    }))
}

/// Whether days from `beyond_on` to the end of the leave make the month exempt: it is exempt when the leave reaches over
/// its end.
fn exempts_from(inspection: &Inspection, beyond_on: Date, end: Date) -> bool {
    Month::of(beyond_on) <= inspection.month && inspection.month < Month::of(day_after(end))
}
