//! 月額変更届の反映 (健康保険法43条, 厚生年金保険法23条).

use domain::{Month, Yen};

use super::super::Scheme;
use super::super::remuneration::{PayMonth, WorkerType, base_days};
use super::super::revision::{self, Current, FixedPay, marked_change};
use super::{Application, Applied, Cause, Decision, InsuredFacts, NotApplied, Standard};
use crate::{Step, Trace};

/// 月額変更届 — what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevisionFiling {
    /// 改定年月, the month after the three.
    pub from: Month,
    /// The three months before it, oldest first.
    pub months: [PayMonth; 3],
    /// 昇（降）給区分.
    pub fixed_pay: Option<FixedPay>,
    /// 平均額 as filed.
    pub average: Yen,
    /// 修正平均額.
    pub adjusted_average: Option<Yen>,
    /// 健康保険のみ月額変更.
    pub health_only: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// 二以上勤務.
    pub two_workplaces: bool,
    /// 70歳以上被用者届のみ提出.
    pub only_over70: bool,
    /// A person has examined and approved it (not the automatic rule).
    pub by_person: bool,
}

/// 随時改定 — new standards from the month after three months of changed pay.
///
/// Law: 健康保険法43条, 厚生年金保険法23条; 昭和36年1月26日保発4号 (two grades, one at either end of the table).
/// Each scheme is judged on its own; the other keeps its standard. Of several workplaces each is judged by what it pays.
///
/// # Errors
/// `Held` — the filing does not meet the rule, or a person must judge it; no grade table for the month.
pub fn revision(
    filing: &RevisionFiling,
    known: &InsuredFacts,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Applied> {
    let spell = &known.spell;
    if filing.only_over70 || !(spell.health_insurance || spell.employees_pension) {
        let why = "70歳以上被用者の届です。保険料の標準報酬月額は改定しません";
        return Ok(Applied::unchanged(known, why));
    }
    let fixed_pay = check(filing, known, trace)?;
    let remuneration = average(filing, trace)?;
    let (before, standards) = known.standards_before(filing.from).ok_or_else(|| {
        NotApplied::held("no_standard", "従前の標準報酬月額がありません。資格取得時決定を確かめてください")
    })?;
    let current = Current { standards, recorded: Some(before.remuneration) };
    let mut revised = |scheme| marked_change(scheme, filing.from, &current, remuneration, fixed_pay, trace);
    let hi = revised(Scheme::HealthInsurance)?.map(|grade| grade.standard);
    let epi = revised(Scheme::EmployeesPension)?.map(|grade| grade.standard);
    if hi.is_none() && epi.is_none() {
        return Err(NotApplied::held(
            "no_marked_change",
            "2等級以上の差がないか、固定的賃金の変動と等級の変動の向きが違います。随時改定に該当するか確かめてください",
        ));
    }
    if filing.health_only && epi.is_some() {
        return Err(NotApplied::held(
            "health_only_differs",
            "健康保険のみ月額変更の届ですが、厚生年金保険も改定に該当します。担当者が確かめてください",
        ));
    }
    let epi_goes_on = if known.epi_applies_in(filing.from) { before.epi } else { Yen::ZERO };
    let mut facts = known.clone();
    facts.revise(Standard {
        remuneration,
        hi: hi.unwrap_or(before.hi),
        epi: epi.unwrap_or(epi_goes_on),
        decision: Decision::Revision,
        from: filing.from,
        until: None,
        cause: cause.clone(),
    });
    Ok(Applied::with(facts))
}

/// What must be so before any grade is looked at.
fn check(filing: &RevisionFiling, known: &InsuredFacts, trace: &mut Trace) -> Application<FixedPay> {
    let held = |code, message: &str| Err(NotApplied::held(code, message));
    let (first, spell) = (filing.from.plus(-3), &known.spell);
    known.own_part(filing.two_workplaces, trace)?;
    if spell.acquired_on > first.first_day() || !spell.covers(filing.from.first_day()) {
        return held(
            "not_insured_three_months",
            "継続した3か月と改定月を通じて被保険者ではありません。資格の得喪を確かめてください",
        );
    }
    let short_time = filing.short_time_worker || spell.short_time_worker;
    let worker = if short_time { WorkerType::ShortTime } else { WorkerType::General };
    let least = base_days(worker, filing.from, trace)?;
    if filing.months.iter().any(|month| month.base_days < least) {
        let message = format!("給与計算の基礎日数が{least}日に満たない月があります。随時改定に該当しません");
        return held("base_days", &message);
    }
    if known.standards.iter().any(|standard| standard.from == filing.from && standard.decision != Decision::Annual) {
        return held(
            "already_decided",
            "改定年月の標準報酬月額がすでに決定されています。訂正であれば担当者が審査してください",
        );
    }
    if filing.adjusted_average.is_some() && !filing.by_person {
        return held("adjusted_average", "修正平均額のある届です。担当者が審査してください");
    }
    match filing.fixed_pay {
        Some(fixed_pay) => Ok(fixed_pay),
        None => held("fixed_pay_unknown", "昇（降）給区分がありません。固定的賃金の変動を確かめてください"),
    }
}

/// 平均額 — of the three months, fractions dropped; the filed one must agree.
fn average(filing: &RevisionFiling, trace: &mut Trace) -> Application<Yen> {
    const CAP: Yen = Yen::new(9_999_999);
    let average = revision::average(&filing.months, trace)?;
    if let Some(adjusted) = filing.adjusted_average {
        trace.step(Step::new("健康保険法44条1項・厚生年金保険法24条1項", "修正平均額による").gives(adjusted));
        return Ok(adjusted);
    }
    let total: Yen = filing.months.iter().map(|month| month.pay).sum();
    let capped = total >= CAP;
    if average != filing.average && !capped {
        let message = format!("平均額は{average}になります (届は{})。報酬を確かめてください", filing.average);
        return Err(NotApplied::held("average_differs", message));
    }
    Ok(average)
}
