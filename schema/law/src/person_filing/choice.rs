//! 年金受給選択申出書 — which of several rights is drawn, and from which month.

use domain::Month;
use domain::age::{attained_on, legal_age_on};
use domain::life::Category;
use domain::life::register::{ChoiceIs, Entry, Register, SpellIs, SurvivorMemberIs};
use domain::person_paper::{DrawnRight, PensionChoice};
use jiff::civil::Date;

use super::disability::{self, grade_in};
use super::survivor::{self, relative};
use super::{Unfit, Work, alive, come, life_to};
use crate::adjudication::old_age::{Claims, Manner, OldAge, Question, RateShelf, Start, old_age};
use crate::disability_survivor::survivor_right::family::FamilyMember;
use crate::pension_payment::simultaneous_benefits::{BenefitRight, choice_effective, simultaneous_benefits};
use crate::{LawError, Step, Trace};

use BenefitRight as R;

/// 支給事由 — one ground on which rights stand.
struct Ground {
    /// 請求の受付日; none of an old-age pension from 65 that nobody has claimed yet.
    filed_on: Option<Date>,
    /// First month.
    first: Month,
    /// What it gives in the month asked about.
    rights: Vec<BenefitRight>,
}

/// 年金の選択.
///
/// Law: 国民年金法20条1項から4項まで・附則9条の2の4, 厚生年金保険法38条・附則17条. While several rights stand that do not go together, each is
/// suspended (1項) unless its release is applied for (2項); a right that was being paid when the other arose counts as applied for
/// (3項), and every application can be taken back for the time to come (4項). So a choice that changes what is drawn counts from the
/// month after the filing; the first choice, made with the claim of the right that raised the question, or where nothing was drawn
/// before since both rights began in one month, counts from the first month of that right.
///
/// # Errors
/// After death, nothing or one thing twice, a right that the person does not have, rights that do not go together, a part of what
/// goes together, or nothing to choose.
pub(super) fn choose(
    asked: &PensionChoice,
    register: &mut Register,
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    alive(register)?;
    come("filed_on", asked.filed_on, work)?;
    let mut rights = asked.rights.clone();
    rights.sort();
    rights.dedup();
    if rights.is_empty() || rights.len() != asked.rights.len() {
        let why = "支給を受ける年金に印を付けてください";
        return Err(Unfit::new(DrawnRight::OldAgeBasic.code(), "nothing_chosen", why));
    }
    let firsts = grounds(register, work, Month::of(asked.filed_on).next())?;
    let first = first_month(asked, &firsts, register, trace)?;
    // Rights of which the choice speaks stand side by side from the month in which the last of them began.
    let month = firsts.iter().map(|ground| ground.first).fold(first, Month::max);
    let standing = if month == Month::of(asked.filed_on).next() { firsts } else { grounds(register, work, month)? };
    fits(&rights, &standing, register, month, trace)?;
    let is = ChoiceIs { filed_on: asked.filed_on, rights, first };
    let (person_id, record_id, cause) = (register.person_id, work.new_record()?, work.cause.clone());
    register.choices.retain(|row| row.is.first < first);
    register.choices.push(Entry { person_id, record_id, is, cause });
    Ok(())
}

/// From which month the choice counts.
fn first_month(
    asked: &PensionChoice,
    grounds: &[Ground],
    register: &Register,
    trace: &mut Trace,
) -> Result<Month, Unfit> {
    let later = register.choices.iter().map(|row| row.is.filed_on).max();
    if later.is_some_and(|later| later > asked.filed_on) {
        let why = "この日より後の選択がすでに記録されています。受付年月日を確かめてください";
        return Err(Unfit::new("filed_on", "later_choice", why));
    }
    let with_claim = grounds.iter().filter(|ground| ground.filed_on == Some(asked.filed_on)).map(|ground| ground.first);
    let question = grounds.iter().map(|ground| ground.first).max();
    let at_once = grounds.iter().filter(|ground| Some(ground.first) == question).count() > 1;
    let first_answer = later.is_none_or(|later| later < asked.filed_on);
    let first = match with_claim.max() {
        Some(first) if first_answer => Some(first),
        None if register.choices.is_empty() && at_once => question,
        _ => None,
    };
    let next = choice_effective(asked.filed_on, &mut Trace::new())?;
    match first.filter(|first| *first < next) {
        None => Ok(choice_effective(asked.filed_on, trace)?),
        Some(first) => {
            trace.step(
                Step::new(
                    "国民年金法20条1項から3項まで、厚生年金保険法38条1項から3項まで",
                    "はじめての選択は、選択を要することとなった受給権の最初の月分から効力をもつ",
                )
                .with("選択届の受付日", asked.filed_on, "")
                .gives(format!("{first}分から")),
            );
            Ok(first)
        }
    }
}

/// The grounds on which the person has rights, with what each gives in a month.
fn grounds(register: &Register, work: &Work<'_>, month: Month) -> Result<Vec<Ground>, Unfit> {
    let found = [old_age_ground(register, month)?, disability_ground(register, work, month)?];
    let survivor = survivor_ground(register, work, month)?;
    Ok(found.into_iter().chain([survivor]).flatten().collect())
}

/// 老齢: claimed, or 65; not what waits to be deferred.
fn old_age_ground(register: &Register, month: Month) -> Result<Option<Ground>, LawError> {
    let claim = register.claims.first().map(|row| row.is);
    let rows = life_to(register, month)?;
    let facts = rows.facts();
    let claims = claim.map_or_else(Claims::default, |claim| Claims { basic: claim.basic, employees: claim.employees });
    let question =
        Question { facts: &facts, for_month: month, claims, spouse: None, children: &[], spouse_addition_moves: false };
    let (start, basic, employees) = match old_age(&question, &mut RateShelf::new(), &mut Trace::new()) {
        Ok(OldAge::Payable(pension)) => (pension.start, pension.basic.is_some(), pension.employees.is_some()),
        Ok(_) => return Ok(None),
        Err(error @ LawError::BadInput { .. }) => return Err(error),
        // The rates of the month are not known yet: a right stands without its amount.
        Err(error) => match without_amounts(register, month) {
            Some(found) => found,
            None if claim.is_some() => return Err(error),
            None => return Ok(None),
        },
    };
    let from_65 = start.manner == Manner::From65;
    if claim.is_none() && !from_65 {
        return Ok(None);
    }
    let waits = |is: bool| from_65 && is;
    let basic = basic && !waits(claim.is_some_and(|claim| claim.basic_waits));
    let employees = employees && !waits(claim.is_some_and(|claim| claim.employees_waits));
    let rights = [(basic, R::OldAgeBasic), (employees, R::OldAgeEmployee)];
    Ok(Some(Ground {
        filed_on: claim.map(|claim| claim.filed_on),
        first: start.first_paid(),
        rights: rights.into_iter().filter(|(is, _)| *is).map(|(_, right)| right).collect(),
    }))
}

/// The right by age and claim alone: 65, or claimed early; with 老齢厚生年金 where there ever was cover. None of 特別支給.
fn without_amounts(register: &Register, month: Month) -> Option<(Start, bool, bool)> {
    let life = register.life.as_ref().expect("refused before without a life");
    let at_65 = attained_on(life.birth_on, 65);
    let employed = |row: &Entry<SpellIs>| matches!(row.is.category, Category::Cat2 { .. });
    let employees = register.spells.iter().any(employed) || !life.covers.is_empty();
    let claimed = register.claims.first().and_then(|row| row.is.basic.or(row.is.employees));
    let start = match claimed.filter(|claimed| *claimed < Month::of(at_65)) {
        Some(claimed) => Start { manner: Manner::Early, right_on: claimed.first_day() },
        None => Start { manner: Manner::From65, right_on: at_65 },
    };
    (start.first_paid() <= month).then_some((start, true, employees))
}

/// 障害: what the grade of the month gives.
fn disability_ground(register: &Register, work: &Work<'_>, month: Month) -> Result<Option<Ground>, LawError> {
    let Some(claim) = register.disability.first().map(|row| row.is) else { return Ok(None) };
    let right = disability::found(&claim, register, work.on, &mut Trace::new())?.right;
    let (Some((_, awarded, _)), Some(first)) = (right.arises, right.first_month()) else { return Ok(None) };
    let grade = grade_in(register, awarded, month);
    let rights = [
        (right.basic_at(grade), R::DisabilityBasic),
        (right.employee && (1..=3).contains(&grade), R::DisabilityEmployee),
    ];
    let rights = rights.into_iter().filter(|(is, _)| *is && first <= month).map(|(_, right)| right).collect();
    Ok(Some(Ground { filed_on: Some(claim.filed_on), first, rights }))
}

/// 遺族: what is paid to the claimant in the month.
fn survivor_ground(register: &Register, work: &Work<'_>, month: Month) -> Result<Option<Ground>, Unfit> {
    let Some(claim) = register.survivor.first().map(|row| row.is) else { return Ok(None) };
    let deceased = work.circumstances.deceased.filter(|deceased| deceased.person_id == claim.deceased_person_id);
    let (Some(deceased), Some(died_on)) =
        (deceased, deceased.and_then(|deceased| deceased.life.died_on.or(deceased.announced_on)))
    else {
        let why = "遺族年金の元となった死亡の記録が読めません。死亡した方の番号と死亡届を確かめてください";
        return Err(Unfit::new("basic_pension_number", "death_not_recorded", why));
    };
    let claimant = claim.claimant_no.to_string();
    let gone = |row: &Entry<SurvivorMemberIs>| row.is.ended_on.is_some_and(|ended_on| Month::of(ended_on) < month);
    let own = |row: &Entry<SurvivorMemberIs>| row.record_id == i64::from(claim.claimant_no);
    let first = Month::of(died_on).next();
    let nothing = Ground { filed_on: Some(claim.filed_on), first, rights: Vec::new() };
    if register.survivor_members.iter().any(|row| own(row) && gone(row)) {
        return Ok(Some(nothing));
    }
    let left = register.survivor_members.iter().filter(|row| !gone(row));
    let family: Vec<FamilyMember> = left.map(|row| relative(row.record_id, &row.is.member)).collect();
    let due = survivor::due(&claim, &family, deceased, month)?;
    let (basic, employee) = (due.basic.contains(&claimant), due.employee.contains(&claimant));
    let rights = [(basic, R::SurvivorBasic), (employee, R::SurvivorEmployee)];
    let rights = rights.into_iter().filter(|(is, _)| *is).map(|(_, right)| right).collect();
    Ok(Some(Ground { rights, ..nothing }))
}

/// 年金の年齢 of a month: that of its beginning, so that 65 counts from the month after it is reached.
fn age_in(birth_on: Date, month: Month) -> i32 {
    i32::from(legal_age_on(birth_on, month.previous().last_day()).unwrap_or(0))
}

/// What is chosen must be one of the sets between which there is a choice.
fn fits(
    chosen: &[DrawnRight],
    standing: &[Ground],
    register: &Register,
    month: Month,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    let birth_on = register.life.as_ref().map(|life| life.birth_on).expect("refused before without a life");
    let age = age_in(birth_on, month);
    let has: Vec<BenefitRight> = standing.iter().flat_map(|ground| ground.rights.iter().copied()).collect();
    if let Some(missing) = chosen.iter().find(|right| !has.contains(&benefit(**right))) {
        let why = format!(
            "{month}分の{}の受給権がありません。請求の記録と年齢を確かめるか、先に請求書を受け付けてください",
            missing.name_ja()
        );
        return Err(Unfit::new(missing.code(), "right_missing", why));
    }
    let wanted: Vec<BenefitRight> = chosen.iter().map(|right| benefit(*right)).collect();
    if let [one, .., other] = chosen
        && simultaneous_benefits(age, &wanted, &mut Trace::new())?.len() > 1
    {
        let why = format!(
            "{}と{}などを一緒に受けることはできません。同じ支給事由の年金、又は65歳からの組合せを選んでください",
            one.name_ja(),
            other.name_ja()
        );
        return Err(Unfit::new(other.code(), "not_together", why));
    }
    let sets = simultaneous_benefits(age, &has, trace)?;
    let whole = sets.iter().find(|set| wanted.iter().all(|right| set.rights.contains(right)));
    let left = whole.and_then(|set| set.rights.iter().find(|right| !wanted.contains(right)));
    if let Some(left) = left.and_then(|right| DrawnRight::from_code(right.key())) {
        let ambiguous = sets.iter().filter(|set| wanted.iter().all(|right| set.rights.contains(right))).count() > 1;
        let why = match ambiguous {
            true => "この年金と一緒に受ける年金も選んでください。組合せが複数あります".to_owned(),
            false => format!("{}も一緒に受けられます。印を付けてください", left.name_ja()),
        };
        return Err(Unfit::new(left.code(), "choose_whole", why));
    }
    if sets.len() == 1 {
        let why = "受給権のある年金はすべて一緒に受けられます。選択の申出は要りません";
        return Err(Unfit::new("filed_on", "nothing_to_choose", why));
    }
    Ok(())
}

fn benefit(right: DrawnRight) -> BenefitRight {
    match right {
        DrawnRight::DisabilityBasic => R::DisabilityBasic,
        DrawnRight::DisabilityEmployee => R::DisabilityEmployee,
        DrawnRight::OldAgeBasic => R::OldAgeBasic,
        DrawnRight::OldAgeEmployee => R::OldAgeEmployee,
        DrawnRight::SurvivorBasic => R::SurvivorBasic,
        DrawnRight::SurvivorEmployee => R::SurvivorEmployee,
    }
}
