//! 同じ人の他の資格 — what only shows when all spells of a person are looked at together.

use domain::{Month, Yen};
use jiff::civil::Date;

use super::super::Scheme;
use super::super::age::hi_loss_on;
use super::super::bonus::{BonusPayment, standard_bonuses};
use super::super::chargeable_months::{Spell, bonus_counts};
use super::{Finding, FindingKind, Inspection, OtherSpell, SpellFacts};
use crate::{LawError, Trace};

/// 選択届・二以上事業所勤務届 are due within so many days (健康保険法施行規則2条・37条).
const DAYS_TO_SELECT: i64 = 10;

/// 二以上事業所勤務の届がない — insured with two employers at once, past the time to select, and not on record as such.
///
/// Law: 健康保険法44条3項・同法施行令47条・同法施行規則2条・37条, 厚生年金保険法24条2項・同法施行令4条・同法施行規則2条.
pub(super) fn two_employers_not_selected(
    inspection: &Inspection,
    facts: &SpellFacts<'_>,
) -> Result<Option<Finding>, LawError> {
    let elsewhere = facts.others.iter().filter(|other| !other.same_employer && !facts.two_workplaces);
    let Some(since) = elsewhere.filter_map(|other| insured_at_both(inspection, facts, other)).min() else {
        return Ok(None);
    };
    if !inspection.is_overdue(since, DAYS_TO_SELECT)? {
        return Ok(None);
    }
    let fact = format!("{since}から別の事業所でも被保険者だが、二以上事業所勤務の記録がない");
    Ok(Some(Finding { kind: FindingKind::TwoEmployersNotSelected, since, fact }))
}

/// The first day of cover at both, when they share a day of the month.
fn insured_at_both(inspection: &Inspection, facts: &SpellFacts<'_>, other: &OtherSpell) -> Option<Date> {
    let by_age = facts.birth_on.map(hi_loss_on);
    let ends = [facts.spell.lost_on, other.spell.lost_on, by_age];
    let until = ends.into_iter().flatten().min().unwrap_or(Date::MAX);
    let from = facts.spell.acquired_on.max(other.spell.acquired_on);
    let in_month = from <= inspection.month.last_day() && inspection.month.first_day() < until;
    (from < until && in_month).then_some(from)
}

/// 標準賞与額の累計が上限を超える — of several spells in a fiscal year, each below the cap of health insurance by itself.
///
/// Law: 健康保険法45条1項: the cap is one of the insured person and the fiscal year with one insurer; the employers do not
/// know of each other, so it takes the person's 標準賞与額累計申出書.
pub(super) fn bonus_over_cap_together(
    inspection: &Inspection,
    facts: &SpellFacts<'_>,
) -> Result<Option<Finding>, LawError> {
    // Who has chosen among offices has one standard bonus of them all (健康保険法施行令47条).
    if facts.two_workplaces {
        return Ok(None);
    }
    let month = inspection.month;
    let by_age = facts.birth_on.map(hi_loss_on);
    let own = counted(facts.spell, by_age, facts.bonuses);
    let Some(since) = own.iter().map(|paid| paid.paid_on).filter(|day| Month::of(*day) == month).min() else {
        return Ok(None);
    };
    let others = facts.others.iter().filter(|other| other.health_insurance);
    let others: Vec<Vec<BonusPayment>> = others.map(|other| counted(other.spell, by_age, &other.bonuses)).collect();
    if others.iter().all(Vec::is_empty) || !inspection.covers(Scheme::HealthInsurance, facts) {
        return Ok(None);
    }
    let mut apart = hi_standard_in(month, &own)?;
    for payments in &others {
        apart += hi_standard_in(month, payments)?;
    }
    let together = hi_standard_in(month, &[own, others.concat()].concat())?;
    Ok((together < apart).then(|| {
        let fact = format!("{month}の標準賞与額は資格ごとの合計で{apart}、年度の累計では{together}");
        Finding { kind: FindingKind::BonusOverCapTogether, since, fact }
    }))
}

/// The payments that fall into the spell, cut by age.
fn counted(spell: Spell, by_age: Option<Date>, bonuses: &[BonusPayment]) -> Vec<BonusPayment> {
    let spell = by_age.map_or(spell, |day| spell.lost_by(day));
    bonuses.iter().filter(|paid| bonus_counts(paid.paid_on, spell)).copied().collect()
}

/// 健康保険の標準賞与額 of the month, from payments of the fiscal year.
fn hi_standard_in(month: Month, payments: &[BonusPayment]) -> Result<Yen, LawError> {
    let standards = standard_bonuses(payments, &mut Trace::new())?;
    Ok(standards.iter().find(|standard| standard.month == month).map_or(Yen::ZERO, |standard| standard.hi))
}
