//! 育児休業等終了時・産前産後休業終了時報酬月額変更届の反映 (健康保険法43条の2・43条の3, 厚生年金保険法23条の2・23条の3).

use domain::Yen;
use domain::paper::{EndedLeave, LeaveEnd};

use super::super::exemption::LeaveKind;
use super::super::leave_end_revision::{LeaveEndFiling, revise};
use super::super::remuneration::{PayMonth, WorkerType};
use super::{Application, Applied, Cause, Decision, InsuredFacts, NotApplied, Standard};
use crate::Trace;

impl From<&LeaveEnd> for LeaveEndFiling {
    fn from(filing: &LeaveEnd) -> LeaveEndFiling {
        LeaveEndFiling {
            kind: match filing.leave {
                EndedLeave::Childcare => LeaveKind::Childcare,
                EndedLeave::Maternity => LeaveKind::Maternity,
            },
            ended_on: filing.ended_on,
            child_born_on: filing.child_born_on,
            next_leave_starts_on: filing.next_leave_starts_on,
            worker: WorkerType::of(filing.short_time_worker, filing.part_time_worker),
            months: filing.months.map(|month| PayMonth { base_days: i64::from(month.base_days), pay: month.pay }),
        }
    }
}

/// 休業終了時改定 — new standards on application, one grade is enough.
///
/// Law: 健康保険法43条の2・43条の3, 厚生年金保険法23条の2・23条の3.
///
/// # Errors
/// `Held` — not insured from the leave to the revision, decided already, the child's date of birth is
/// missing, no grade table for the month.
pub fn leave_end(
    filing: &LeaveEndFiling,
    known: &InsuredFacts,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Applied> {
    let (spell, from) = (&known.spell, filing.revised_from());
    if !(spell.health_insurance || spell.employees_pension) {
        return Ok(Applied::unchanged(known, "70歳以上被用者です。保険料の標準報酬月額は改定しません"));
    }
    check(filing, known)?;
    known.own_part(false, trace)?;
    let (_, current) = known.standards_before(from).ok_or_else(|| {
        NotApplied::held("no_standard", "従前の標準報酬月額がありません。資格取得時決定を確かめてください")
    })?;
    let worker = if spell.short_time_worker { WorkerType::ShortTime } else { filing.worker };
    let revised = revise(&LeaveEndFiling { worker, ..*filing }, current, trace)?;
    let (Some(remuneration), Some(from)) = (revised.average, revised.from) else {
        return Ok(Applied::unchanged(known, "休業終了時改定に該当しません。標準報酬月額は変わりません"));
    };
    let mut facts = known.clone();
    facts.revise(Standard {
        remuneration,
        hi: revised.standards.hi.unwrap_or(Yen::ZERO),
        epi: revised.standards.epi.unwrap_or(Yen::ZERO),
        decision: Decision::LeaveEnd,
        from,
        until: None,
        cause: cause.clone(),
    });
    Ok(Applied::with(facts))
}

fn check(filing: &LeaveEndFiling, known: &InsuredFacts) -> Application<()> {
    let held = |code, message: &str| Err(NotApplied::held(code, message));
    let (spell, from) = (&known.spell, filing.revised_from());
    if !spell.covers(filing.ended_on) || !spell.covers(from.first_day()) {
        return held(
            "not_insured_until_revision",
            "休業終了日から改定月まで続けて被保険者ではありません。休業終了年月日と資格の得喪を確かめてください",
        );
    }
    if known.standards.iter().any(|standard| standard.from == from && standard.decision != Decision::Annual) {
        return held(
            "already_decided",
            "改定月の標準報酬月額がすでに決定されています。訂正であれば標準報酬月額の訂正届を出してください",
        );
    }
    Ok(())
}
