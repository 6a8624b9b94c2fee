//! 算定基礎届の反映 (健康保険法41条, 厚生年金保険法21条).

use domain::{Month, Yen};

use super::super::annual_determination::Season;
use super::super::remuneration::{PayMonth, TotalAverage, WorkerType, total_average};
use super::{Application, Applied, Cause, Decision, InsuredFacts, NotApplied, Standard};
use crate::{Step, Trace};

/// 算定基礎届 — what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnualFiling {
    /// 適用年, the year of its September.
    pub year: i16,
    /// 区分.
    pub worker: WorkerType,
    /// April, May, June.
    pub months: [PayMonth; 3],
    /// 平均額 as filed.
    pub average: Yen,
    /// 修正平均額.
    pub adjusted_average: Option<Yen>,
    /// 月額変更予定.
    pub change_planned: bool,
    /// 年間平均.
    pub annual_average: bool,
    /// 二以上勤務.
    pub two_workplaces: bool,
    /// 70歳以上被用者届のみ提出.
    pub only_over70: bool,
    /// A person has examined and approved it (not the automatic rule).
    pub by_person: bool,
}

/// 定時決定 — the standard from September.
///
/// Law: 健康保険法41条, 厚生年金保険法21条; no effect for those who became insured from 1 June to 1 July, and
/// those revised from July, August or September (41条3項・21条3項). Where no month counts the standard is
/// carried over (保険者算定, 44条1項・24条1項).
///
/// # Errors
/// `Held` — to be judged by a person (年間平均, 修正平均, 月額変更予定, another average than filed), two
/// workplaces that are not on record, already decided, no grade table; `Rejected` — not insured on 1 July.
pub fn annual_determination(
    filing: &AnnualFiling,
    known: &InsuredFacts,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Applied> {
    let season = Season::of(filing.year).expect("a filing's year is checked when it is read");
    let september = season.september();
    if let Some(why) = no_effect(filing, known, season)? {
        trace.step(Step::new("健康保険法41条3項・厚生年金保険法21条3項", why.clone()).gives("定時決定を行わない"));
        return Ok(Applied::unchanged(known, why));
    }
    check_for_person(filing, known, trace)?;
    if known.standards.iter().any(|standard| standard.from == september) {
        let message =
            format!("{september}からの標準報酬月額がすでに決定されています。訂正であれば担当者が審査してください");
        return Err(NotApplied::held("already_decided", message));
    }
    let standard = decided(filing, known, september, cause, trace)?;
    let mut facts = known.clone();
    facts.decide(standard);
    Ok(Applied::with(facts))
}

/// Why the law gives the filing no effect.
fn no_effect(filing: &AnnualFiling, known: &InsuredFacts, season: Season) -> Application<Option<String>> {
    let spell = &known.spell;
    if filing.only_over70 || !(spell.health_insurance || spell.employees_pension) {
        return Ok(Some("70歳以上被用者の届です。保険料の標準報酬月額は決定しません".to_owned()));
    }
    let reckoned_on = season.reckoned_on();
    if spell.acquired_on > reckoned_on || spell.lost_on.is_some_and(|lost_on| lost_on <= reckoned_on) {
        let message =
            format!("{}年7月1日現在の被保険者ではありません。算定基礎届の対象者を確かめてください", filing.year);
        return Err(NotApplied::rejected("not_insured_on_1_july", message));
    }
    if spell.acquired_on >= season.newcomers_from() {
        return Ok(Some("6月1日から7月1日までの資格取得者です。定時決定は行いません".to_owned()));
    }
    if spell.lost_on.is_some_and(|lost_on| lost_on <= season.september().first_day()) {
        return Ok(Some("9月前に資格を喪失しています。定時決定は行いません".to_owned()));
    }
    let displaces =
        |standard: &&Standard| standard.decision.is_revision() && Season::displaced_by(standard.from) == Some(season);
    let revised = known.standards.iter().find(displaces);
    Ok(revised.map(|standard| format!("{}から改定を受けています。定時決定は行いません", standard.from)))
}

/// What the automatic rule leaves to a person.
fn check_for_person(filing: &AnnualFiling, known: &InsuredFacts, trace: &mut Trace) -> Application<()> {
    if filing.change_planned {
        return Err(NotApplied::held(
            "revision_planned",
            "月額変更予定の届です。8月または9月の月額変更届が反映されれば定時決定は行いません。届を待ってください",
        ));
    }
    known.own_part(filing.two_workplaces, trace)?;
    if filing.annual_average && !filing.by_person {
        return Err(NotApplied::held(
            "annual_average",
            "年間平均による保険者算定の申立てです。担当者が審査してください",
        ));
    }
    if filing.adjusted_average.is_some() && !filing.by_person {
        return Err(NotApplied::held("adjusted_average", "修正平均額のある届です。担当者が審査してください"));
    }
    Ok(())
}

fn decided(
    filing: &AnnualFiling,
    known: &InsuredFacts,
    september: Month,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Standard> {
    let counted = total_average(filing.worker, &filing.months, september, trace)?;
    check_average(filing, &counted)?;
    match filing.adjusted_average.or((!counted.counting.is_empty()).then_some(counted.average)) {
        Some(remuneration) => from_remuneration(remuneration, known, september, cause, trace),
        None => carried_over(known, september, cause, trace),
    }
}

/// 平均額: the filed one must be ours; a month of 9,999,999 ("that much or more") makes the filed one a lower bound.
fn check_average(filing: &AnnualFiling, counted: &TotalAverage) -> Application<()> {
    const CAP: Yen = Yen::new(9_999_999);
    let capped = filing.months.iter().any(|month| month.pay >= CAP) || counted.total >= CAP;
    if capped || counted.average == filing.average || filing.adjusted_average.is_some() {
        return Ok(());
    }
    let message =
        format!("平均額は{}になります (届は{})。支払基礎日数と報酬を確かめてください", counted.average, filing.average);
    Err(NotApplied::held("average_differs", message))
}

fn from_remuneration(
    remuneration: Yen,
    known: &InsuredFacts,
    from: Month,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Standard> {
    let (hi, epi) = known.graded(from, remuneration, trace)?;
    Ok(Standard { remuneration, hi, epi, decision: Decision::Annual, from, until: None, cause: cause.clone() })
}

fn carried_over(known: &InsuredFacts, from: Month, cause: &Cause, trace: &mut Trace) -> Application<Standard> {
    let before = known.standard_in(from).ok_or_else(|| {
        NotApplied::held("no_standard", "従前の標準報酬月額がありません。資格取得時決定を確かめてください")
    })?;
    trace.step(
        Step::new("健康保険法44条1項・厚生年金保険法24条1項", "算定の対象となる月がないので従前の標準報酬月額による")
            .gives(format!("健康保険 {}、厚生年金保険 {}", before.hi, before.epi)),
    );
    // Its end is that of every new decision, set where it is decided.
    Ok(Standard { decision: Decision::Annual, from, cause: cause.clone(), ..before.clone() })
}
