//! 年齢 — 40 to 64, 70, 75.

use domain::age::attained_on;

use super::super::age::{epi_loss_on, hi_loss_on};
use super::super::{Scheme, long_term_care};
use super::{Finding, FindingKind, Inspection, SpellFacts};
use crate::LawError;

/// 資格喪失届・70歳以上被用者該当届 are due within so many days (健康保険法施行規則29条, 厚生年金保険法施行規則15条の2・22条).
const DAYS_TO_FILE: i64 = 5;

/// 介護保険料の徴収もれ — second insured by age in a month of health insurance, assessed without long-term care, and no
/// filing says why.
///
/// Law: 介護保険法9条2号, 健康保険法156条1項.
pub(super) fn long_term_care_missing(
    inspection: &Inspection,
    facts: &SpellFacts<'_>,
) -> Result<Option<Finding>, LawError> {
    let Some(birth_on) = facts.birth_on.filter(|_| facts.long_term_care == Some(false)) else { return Ok(None) };
    let month = inspection.month;
    let owed = inspection.covers(Scheme::HealthInsurance, facts) && long_term_care::is_second_insured(birth_on, month);
    Ok((owed && !facts.ltci_exclusion_on_file).then(|| {
        let since = attained_on(birth_on, 40).max(facts.spell.acquired_on);
        let fact = format!("40歳に達した日 {}、{month}分の調定に介護保険料がない", attained_on(birth_on, 40));
        Finding { kind: FindingKind::LongTermCareMissing, since, fact }
    }))
}

/// 70歳到達 — still on record as insured by the pension scheme, and the time to file has passed.
///
/// Law: 厚生年金保険法14条5号 (資格喪失), 27条 (届出), 同法施行規則15条の2・22条 (5日以内).
pub(super) fn pension_after_70(inspection: &Inspection, facts: &SpellFacts<'_>) -> Result<Option<Finding>, LawError> {
    let Some(birth_on) = facts.birth_on.filter(|_| facts.employees_pension) else { return Ok(None) };
    let loss_on = epi_loss_on(birth_on);
    let since = loss_on.max(facts.spell.acquired_on);
    if !insured_past(inspection, facts, since) || !inspection.is_overdue(since, DAYS_TO_FILE)? {
        return Ok(None);
    }
    let fact = format!("70歳に達した日 {loss_on}、厚生年金保険の資格が続いている");
    Ok(Some(Finding { kind: FindingKind::PensionAfter70, since, fact }))
}

/// 75歳到達 — still on record as insured by health insurance, and the time to file has passed.
///
/// Law: 健康保険法3条1項ただし書・36条 (資格喪失), 同法施行規則29条 (5日以内).
pub(super) fn health_after_75(inspection: &Inspection, facts: &SpellFacts<'_>) -> Result<Option<Finding>, LawError> {
    let Some(birth_on) = facts.birth_on.filter(|_| facts.health_insurance) else { return Ok(None) };
    let loss_on = hi_loss_on(birth_on);
    let since = loss_on.max(facts.spell.acquired_on);
    if !insured_past(inspection, facts, since) || !inspection.is_overdue(since, DAYS_TO_FILE)? {
        return Ok(None);
    }
    let fact = format!("75歳の誕生日 {loss_on}、健康保険の資格が続いている");
    Ok(Some(Finding { kind: FindingKind::HealthAfter75, since, fact }))
}

/// The spell goes on past a day of the month or before it.
fn insured_past(inspection: &Inspection, facts: &SpellFacts<'_>, day: jiff::civil::Date) -> bool {
    day <= inspection.month.last_day() && facts.spell.lost_on.is_none_or(|lost_on| lost_on > day)
}
