//! 保険料納付要件の数え方 — what the record of a life says on the day before a first consultation or a death.

use domain::Month;
use domain::age::legal_age_on;
use domain::life::{Category, CategorySpell, LifeFacts};
use jiff::civil::Date;

use super::old_age::readings::sound_record;
use crate::LawError;
use crate::disability_survivor::contribution_test::ContributionRecord;
use crate::disability_survivor::disability_right::AtFirstConsultation;
use crate::pension_record::life::{LifeRecord, State};

/// 納付の状況 — months to the month before last (国民年金法30条1項ただし書), and the year before it (昭和60年法律34号附則20条1項・64条1項):
/// the twelve months to the month before last; of somebody not insured on the day, those to the last insured month before it.
///
/// - `facts`: as known on the day before `on`: a contribution paid or an exemption applied for later does not count
///
/// # Errors
/// As reading the life.
pub(super) fn contribution_record(facts: &LifeFacts<'_>, on: Date) -> Result<ContributionRecord, LawError> {
    let age = i64::from(legal_age_on(facts.birth_on, on).unwrap_or(0));
    let before_last = Month::of(on).plus(-2);
    if before_last.last_day() < facts.birth_on {
        let nothing =
            ContributionRecord { on, age, insured_months: 0, paid_or_exempt_months: 0, unpaid_in_last_12_months: 0 };
        return Ok(nothing);
    }
    let record = sound_record(facts, before_last.last_day())?;
    let insured = |place: usize| is_insured(&record, place);
    let all: Vec<usize> = (0..record.months().len()).filter(|place| insured(*place)).collect();
    let unpaid = |place: &&usize| is_unpaid(record.months()[**place].state);
    let insured_on_the_day = facts.spells.iter().any(|spell| spell_holds(spell, on));
    let year_ends = if insured_on_the_day { record.months().len().checked_sub(1) } else { all.last().copied() };
    let last_year = |place: &&usize| year_ends.is_some_and(|last| last - **place < 12);
    let count = |places: usize| i64::try_from(places).unwrap_or(0);
    let unpaid_months = all.iter().filter(unpaid).count();
    Ok(ContributionRecord {
        on,
        age,
        insured_months: count(all.len()),
        paid_or_exempt_months: count(all.len() - unpaid_months),
        unpaid_in_last_12_months: count(all.iter().filter(last_year).filter(unpaid).count()),
    })
}

/// 国民年金の被保険者期間: months with any cover, those of 厚生年金 outside of 20 to 59 among them (国民年金法5条1項・7条1項2号).
fn is_insured(record: &LifeRecord, place: usize) -> bool {
    let entry = record.months()[place];
    entry.cover.pays_itself()
        || entry.employees_kind().is_some()
        || matches!(entry.state, State::Dependant)
        || is_lost_3(entry.state)
}

/// 第3号 months that do not count as paid.
fn is_lost_3(state: State) -> bool {
    matches!(state, State::DependantLate | State::Mismatch)
}

fn is_unpaid(state: State) -> bool {
    matches!(state, State::Unpaid | State::RestUnpaid | State::Nothing) || is_lost_3(state)
}

/// Insured by it on a day; the day of loss is none.
fn spell_holds(spell: &CategorySpell, on: Date) -> bool {
    spell.acquired_on <= on && spell.lost_on.is_none_or(|lost_on| lost_on > on)
}

/// 初診日・死亡日における被保険者の別, from the spells of that day.
///
/// - `resident`: lives in Japan, which matters to a former insured of 60 to 64 alone
pub(super) fn insured_on(facts: &LifeFacts<'_>, on: Date, resident: bool) -> AtFirstConsultation {
    let mut on_day = facts.spells.iter().filter(|spell| spell_holds(spell, on));
    if on_day.clone().any(|spell| matches!(spell.category, Category::Cat2 { .. })) {
        return AtFirstConsultation::EmployeesInsured;
    }
    let age = legal_age_on(facts.birth_on, on).unwrap_or(0);
    let once_insured = facts.spells.iter().any(|spell| spell.acquired_on <= on);
    match on_day.next() {
        Some(_) => AtFirstConsultation::NationalInsured,
        None if resident && once_insured && (60..65).contains(&age) => AtFirstConsultation::FormerInsuredResident,
        None => AtFirstConsultation::NotInsured,
    }
}
