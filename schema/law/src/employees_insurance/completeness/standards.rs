//! 標準報酬月額 — that there is one, that it is a grade, and that it still holds.

use domain::{Month, Yen};
use jiff::civil::Date;

use super::super::age::{epi_loss_on, hi_loss_on};
use super::super::annual_determination::Season;
use super::super::application::Decision;
use super::super::{Scheme, acquisition, revision};
use super::{Finding, FindingKind, Inspection, SCHEMES, SpellFacts, StandardOnFile};
use crate::{LawError, Trace};

/// 算定基礎届の未提出 — insured on 1 July and subject to the annual determination, whose time limit has passed; neither a
/// standard from September nor a filing is there.
///
/// Law: 健康保険法41条1項・3項, 厚生年金保険法21条1項・3項: not for those who became insured from 1 June to 1 July,
/// those revised from July, August or September, and those whose cover ends before September.
pub(super) fn annual_not_filed(inspection: &Inspection, facts: &SpellFacts<'_>) -> Result<Option<Finding>, LawError> {
    let Some(season) = inspection.annual.filter(|_| !facts.annual_filed) else { return Ok(None) };
    let (due_on, season) = (season.due_on, season.season);
    let september = season.september();
    let subject = facts.spell.acquired_on < season.newcomers_from() && insured_on(facts, september.first_day());
    let in_summer = |from: Month| Season::displaced_by(from) == Some(season);
    let decided = facts.standards.iter().any(|one| one.decision != Decision::Acquisition && in_summer(one.from));
    Ok((subject && !decided).then(|| {
        let fact = format!("{september}からの定時決定も算定基礎届もない (提出期限 {due_on})");
        let since = due_on.tomorrow().expect("time limits lie within the calendar");
        Finding { kind: FindingKind::AnnualNotFiled, since, fact }
    }))
}

/// Insured on a day in one scheme at least, with the losses by age.
fn insured_on(facts: &SpellFacts<'_>, day: Date) -> bool {
    let before = |loss: Option<Date>| loss.is_none_or(|loss_on| day < loss_on);
    let hi = facts.health_insurance && before(facts.birth_on.map(hi_loss_on));
    let epi = facts.employees_pension && before(facts.birth_on.map(epi_loss_on));
    (hi || epi) && before(facts.spell.lost_on)
}

/// 標準報酬月額がない — an insured month without a standard in a scheme.
///
/// Law: 健康保険法42条, 厚生年金保険法22条 (資格取得時決定).
pub(super) fn no_standard(inspection: &Inspection, facts: &SpellFacts<'_>) -> Result<Option<Finding>, LawError> {
    let lacking = |scheme: &Scheme| {
        let standard = in_force(inspection, facts).map_or(Yen::ZERO, |standard| standard.of(*scheme));
        standard == Yen::ZERO && inspection.covers(*scheme, facts)
    };
    let schemes: Vec<&str> = SCHEMES.into_iter().filter(lacking).map(Scheme::name).collect();
    Ok((!schemes.is_empty()).then(|| {
        let fact = format!("{}に標準報酬月額がない ({})", inspection.month, schemes.join("・"));
        let since = inspection.month.first_day().max(facts.spell.acquired_on);
        Finding { kind: FindingKind::NoStandard, since, fact }
    }))
}

/// 等級表にない標準報酬月額 — a standard that no grade of the month has.
///
/// Law: 健康保険法40条, 厚生年金保険法20条.
pub(super) fn standard_not_in_table(
    inspection: &Inspection,
    facts: &SpellFacts<'_>,
) -> Result<Option<Finding>, LawError> {
    let Some(standard) = in_force(inspection, facts) else { return Ok(None) };
    let strange = |scheme: &Scheme| {
        let grades = match scheme {
            Scheme::HealthInsurance => inspection.hi_grades,
            Scheme::EmployeesPension => inspection.epi_grades,
        };
        let yen = standard.of(*scheme);
        yen != Yen::ZERO
            && grades.binary_search_by_key(&yen, |grade| grade.standard).is_err()
            && inspection.covers(*scheme, facts)
    };
    let told = |scheme: Scheme| format!("{} {}", scheme.name(), standard.of(scheme));
    let strange: Vec<String> = SCHEMES.into_iter().filter(strange).map(told).collect();
    Ok((!strange.is_empty()).then(|| {
        let fact = format!("{}の等級表にない標準報酬月額 ({})", inspection.month, strange.join("、"));
        let since = inspection.month.first_day().max(standard.from.first_day());
        Finding { kind: FindingKind::StandardNotInTable, since, fact }
    }))
}

/// 有効期間の過ぎた標準報酬月額 — the annual determination of a September should have renewed it.
///
/// Law: 健康保険法41条2項・42条2項・43条2項, 厚生年金保険法21条2項・22条2項・23条2項.
pub(super) fn standard_expired(inspection: &Inspection, facts: &SpellFacts<'_>) -> Result<Option<Finding>, LawError> {
    let month = inspection.month;
    let Some(standard) = in_force(inspection, facts) else { return Ok(None) };
    let last = last_month(standard);
    let insured = || SCHEMES.into_iter().any(|scheme| inspection.covers(scheme, facts));
    Ok((month > last && insured()).then(|| {
        let fact = format!("{}からの標準報酬月額の有効期間は{last}まで", standard.from);
        Finding { kind: FindingKind::StandardExpired, since: last.next().first_day(), fact }
    }))
}

/// 有効期間の最後の月 of a standard; always an August, for an annual determination as for a revision from September.
fn last_month(standard: &StandardOnFile) -> Month {
    let trace = &mut Trace::new();
    match standard.decision {
        Decision::Acquisition => acquisition::last_month(standard.from.first_day(), trace),
        _ => revision::last_month(standard.from, trace),
    }
}

fn in_force<'a>(inspection: &Inspection, facts: &SpellFacts<'a>) -> Option<&'a StandardOnFile> {
    facts.standards.iter().find(|standard| standard.holds_in(inspection.month))
}
