//! 年金請求書 (遺族給付) and 遺族年金失権届 — who of a family has a right by a death, and whose right has ended.

use domain::Month;
use domain::Yen;
use domain::life::register::{Entry, Register, SurvivorIs, SurvivorMemberIs};
use domain::life::{Category, LifeFacts, LifeRows, Sex};
use domain::person_paper::{SurvivorClaim, SurvivorEnd, SurvivorEndEvent, SurvivorMember, SurvivorRelation};
use jiff::civil::Date;

use super::others::payee;
use super::{Deceased, Unfit, Work, alive, come};
use crate::adjudication::old_age::RateShelf;
use crate::adjudication::survivor::{Drawn, Question, drawn, survivor};
use crate::disability_survivor::survivor_right::family::{FamilyMember, FamilyRelation, survivors};
use crate::employees_insurance::day_after;
use crate::pension_record::life::add_current_cover;
use crate::{LawError, Step, Trace};

/// So many members a claim can have; each has its fields on the form.
const MEMBERS_MAX: usize = 6;
const RELATION: [&str; MEMBERS_MAX] = [
    "member_1_relation",
    "member_2_relation",
    "member_3_relation",
    "member_4_relation",
    "member_5_relation",
    "member_6_relation",
];
const BIRTH: [&str; MEMBERS_MAX] = [
    "member_1_birth_on",
    "member_2_birth_on",
    "member_3_birth_on",
    "member_4_birth_on",
    "member_5_birth_on",
    "member_6_birth_on",
];
const MAINTAINED: [&str; MEMBERS_MAX] = [
    "member_1_maintained",
    "member_2_maintained",
    "member_3_maintained",
    "member_4_maintained",
    "member_5_maintained",
    "member_6_maintained",
];

/// 遺族年金の請求.
///
/// Law: 国民年金法16条・37条・37条の2, 厚生年金保険法33条・58条・59条.
///
/// # Errors
/// After the claimant's own death, claimed already, nobody or the claimant himself as who died, no death on record, a family that
/// cannot be, a claimant who is no survivor, or no right by the record of who died.
pub(super) fn claim(
    asked: &SurvivorClaim,
    register: &mut Register,
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    alive(register)?;
    come("filed_on", asked.filed_on, work)?;
    if !register.survivor.is_empty() {
        let why = "すでに遺族年金を請求しています。別の方の死亡による請求は、本部の担当者に回してください";
        return Err(Unfit::new("filed_on", "already_claimed", why));
    }
    let (deceased, died_on) = died(asked, register, work)?;
    let place = family(asked, register, deceased.life.birth_on, died_on)?;
    let is = SurvivorIs {
        deceased_person_id: deceased.person_id,
        filed_on: asked.filed_on,
        claimant_no: asked.claimant_no,
        resident: asked.resident,
        illness_first_seen_on: asked.illness_first_seen_on,
        disability_grade_1_or_2: asked.disability_grade_1_or_2,
        states_long: asked.states_long,
        paid_through: None,
    };
    match right(&is, &relatives(&asked.members), deceased, died_on, trace) {
        Ok(has_right) => has_right.then_some(()).ok_or_else(|| no_right(asked, place))?,
        Err(error) => work.remarks.push(format!("いまの記録では裁定を計算できません: {error}")),
    }
    if deceased.life.died_on.is_none() {
        work.remarks.push("死亡届を受付中です。死亡の記録ができた後の夜間に反映します".to_owned());
    }
    write(asked, is, register, work)?;
    payee(&asked.account, register, work);
    Ok(())
}

/// Who died and when.
fn died<'a>(asked: &SurvivorClaim, register: &Register, work: &Work<'a>) -> Result<(&'a Deceased, Date), Unfit> {
    let refused = |about, code, why: &str| Err(Unfit::new(about, code, why));
    let Some(deceased) = work.circumstances.deceased else {
        let why = "この基礎年金番号の方はいないか、番号が統合されています。死亡した方の番号を確かめてください";
        return refused("deceased_number", "deceased_unknown", why);
    };
    if deceased.person_id == register.person_id {
        let why = "請求者本人の番号です。死亡した方の基礎年金番号を入力してください";
        return refused("deceased_number", "claimant_is_deceased", why);
    }
    if deceased.life.birth_on != asked.deceased_birth_on {
        let why = "この基礎年金番号の方と生年月日が違います。死亡した方の番号と生年月日を確かめてください";
        return refused("deceased_birth_on", "deceased_differs", why);
    }
    let Some(died_on) = deceased.life.died_on.or(deceased.announced_on) else {
        let why = "この方の死亡の記録がありません。先に死亡届を受け付けてください (受付済みのときは、その反映の次の夜間に反映します)";
        return refused("deceased_number", "death_not_recorded", why);
    };
    if asked.filed_on < died_on {
        return refused("filed_on", "before_death", "死亡年月日より前の日です。受付年月日を確かめてください");
    }
    if asked.illness_first_seen_on.is_some_and(|seen_on| seen_on > died_on || seen_on < deceased.life.birth_on) {
        let why =
            "死亡の原因となった傷病の初診日が、死亡した方の出生から死亡までの間にありません。日付を確かめてください";
        return refused("illness_first_seen_on", "outside_life", why);
    }
    Ok((deceased, died_on))
}

/// The family as it can be; the place of the claimant in it.
fn family(asked: &SurvivorClaim, register: &Register, born_on: Date, died_on: Date) -> Result<usize, Unfit> {
    let life = register.life.as_ref().expect("refused before without a life");
    let members = &asked.members;
    if members.is_empty() || members.len() > MEMBERS_MAX {
        let why = format!("請求者を含む家族を1人以上{MEMBERS_MAX}人まで入力してください");
        return Err(Unfit::new(RELATION[0], "no_family", why));
    }
    let place = usize::try_from(asked.claimant_no).ok().and_then(|number| number.checked_sub(1));
    let Some(place) = place.filter(|place| *place < members.len()) else {
        let why = "請求者が家族の中にいません。請求者は何番の人かを選んでください";
        return Err(Unfit::new("claimant_no", "claimant_missing", why));
    };
    let mut spouses = members.iter().enumerate().filter(|(_, member)| member.relation.is_spouse());
    if let Some((second, _)) = spouses.nth(1) {
        let why = "配偶者が2人います。配偶者は1人だけ入力してください";
        return Err(Unfit::new(RELATION[second], "two_spouses", why));
    }
    for (place, member) in members.iter().enumerate() {
        possible(member, place, born_on, died_on)?;
    }
    let claimant = &members[place];
    if claimant.birth_on != life.birth_on {
        let why = "請求者として選んだ家族と、本人の生年月日が違います。請求者の番号と生年月日を確かめてください";
        return Err(Unfit::new(BIRTH[place], "claimant_differs", why));
    }
    let expected = match claimant.relation {
        SurvivorRelation::Wife => Some(Sex::Female),
        SurvivorRelation::Husband => Some(Sex::Male),
        _ => None,
    };
    if expected.is_some_and(|sex| sex != life.sex) {
        let why = "請求者の性別と続柄 (妻・夫) が合いません。続柄を確かめてください";
        return Err(Unfit::new(RELATION[place], "relation_differs", why));
    }
    if !claimant.maintained {
        let why = "遺族年金は、死亡した方に生計を維持されていた方が請求できます。請求者の生計維持を確かめてください";
        return Err(Unfit::new(MAINTAINED[place], "not_maintained", why));
    }
    Ok(place)
}

/// Days of birth that the relation allows.
fn possible(member: &SurvivorMember, place: usize, born_on: Date, died_on: Date) -> Result<(), Unfit> {
    if member.birth_on > died_on {
        let why = "死亡年月日より後に生まれた方です。死亡の当時にいた家族だけを入力してください";
        return Err(Unfit::new(BIRTH[place], "born_after_death", why));
    }
    let younger = matches!(member.relation, SurvivorRelation::Child | SurvivorRelation::Grandchild);
    let older = matches!(member.relation, SurvivorRelation::Parent | SurvivorRelation::Grandparent);
    if (younger && member.birth_on <= born_on) || (older && member.birth_on >= born_on) {
        let why = "死亡した方との続柄と生年月日が合いません。続柄と生年月日を確かめてください";
        return Err(Unfit::new(BIRTH[place], "relation_impossible", why));
    }
    Ok(())
}

/// Why not: the claimant is no survivor of the law, or the death gives nothing.
fn no_right(asked: &SurvivorClaim, place: usize) -> Unfit {
    let why = format!(
        "記録では、この死亡による{}の受給権がありません。続柄・年齢の順位と、死亡した方の納付要件・記録漏れを確かめてください",
        asked.members[place].relation.name_ja()
    );
    Unfit::new("deceased_number", "no_right", why)
}

/// The family of a claim as the law asks for it: named by number.
pub(super) fn relatives(members: &[SurvivorMember]) -> Vec<FamilyMember> {
    (1..).zip(members).map(|(number, member)| relative(number, member)).collect()
}

pub(super) fn relative(number: i64, member: &SurvivorMember) -> FamilyMember {
    FamilyMember {
        name: number.to_string(),
        relation: match member.relation {
            SurvivorRelation::Wife => FamilyRelation::Wife,
            SurvivorRelation::Husband => FamilyRelation::Husband,
            SurvivorRelation::Child => FamilyRelation::Child,
            SurvivorRelation::Parent => FamilyRelation::Parent,
            SurvivorRelation::Grandchild => FamilyRelation::Grandchild,
            SurvivorRelation::Grandparent => FamilyRelation::Grandparent,
        },
        birth: member.birth_on,
        maintained: member.maintained,
        disabled: member.disabled,
        married: member.married,
    }
}

/// Whether the claimant has a right to 遺族基礎年金 or 遺族厚生年金, also where it is paid later or to another for now.
fn right(
    claim: &SurvivorIs,
    family: &[FamilyMember],
    deceased: &Deceased,
    died_on: Date,
    trace: &mut Trace,
) -> Result<bool, LawError> {
    let claimant = claim.claimant_no.to_string();
    let entitled = survivors(died_on, family, &mut Trace::new())?;
    let (of_basic, of_employee) = (entitled.basic.contains(&claimant), entitled.employee.contains(&claimant));
    if !of_basic && !of_employee {
        return Ok(false);
    }
    let rows = ended(deceased)?;
    let facts = rows.facts();
    // Nothing is due for the month of death, so that no amount is asked for.
    let question = question(claim, family, &facts, Month::of(died_on));
    let found = survivor(&question, &mut RateShelf::new(), trace)?;
    let employed = |category: &Category| matches!(category, Category::Cat2 { .. });
    let has_employment =
        !deceased.life.covers.is_empty() || deceased.life.spells.iter().any(|spell| employed(&spell.category));
    Ok((of_basic && found.basic_arises) || (of_employee && found.requirement.is_some() && has_employment))
}

/// 遺族年金の支払を受ける者 of a month.
///
/// # Errors
/// As [`drawn`]; `BadInput` where no death is known.
pub(super) fn due(
    claim: &SurvivorIs,
    family: &[FamilyMember],
    deceased: &Deceased,
    for_month: Month,
) -> Result<Drawn, LawError> {
    let rows = ended(deceased)?;
    let facts = rows.facts();
    drawn(&question(claim, family, &facts, for_month), &mut Trace::new())
}

fn question<'a>(
    claim: &SurvivorIs,
    family: &'a [FamilyMember],
    facts: &'a LifeFacts<'a>,
    for_month: Month,
) -> Question<'a> {
    Question {
        facts,
        resident: claim.resident,
        illness_first_seen: claim.illness_first_seen_on,
        disability_grade_1_or_2: claim.disability_grade_1_or_2,
        survivor_states_long: claim.states_long,
        family,
        own_old_age: Yen::ZERO,
        own_disability_basic: false,
        for_month,
    }
}

/// The life that ended: with a day of death, and no cover after it. An employer may not have told the end of it yet.
fn ended(deceased: &Deceased) -> Result<LifeRows, LawError> {
    let mut rows = deceased.life.clone();
    rows.died_on = rows.died_on.or(deceased.announced_on);
    let died_on = rows.died_on.ok_or_else(|| LawError::bad_input("死亡日 (died_on)", "死亡の記録がありません"))?;
    let lost_on = day_after(died_on);
    let cut = |lost: &mut Option<Date>| *lost = Some(lost.map_or(lost_on, |lost| lost.min(lost_on)));
    rows.spells.iter_mut().for_each(|spell| cut(&mut spell.lost_on));
    rows.covers.iter_mut().for_each(|cover| cut(&mut cover.lost_on));
    add_current_cover(&mut rows, Month::of(lost_on), &mut Trace::new())?;
    Ok(rows)
}

fn write(asked: &SurvivorClaim, is: SurvivorIs, register: &mut Register, work: &mut Work<'_>) -> Result<(), Unfit> {
    let (person_id, claim_record_id, cause) = (register.person_id, work.new_record()?, work.cause.clone());
    register.survivor.push(Entry { person_id, record_id: claim_record_id, is, cause: cause.clone() });
    for (record_id, member) in (1..).zip(&asked.members) {
        let is = SurvivorMemberIs { claim_record_id, member: *member, ended_on: None };
        register.survivor_members.push(Entry { person_id, record_id, is, cause: cause.clone() });
    }
    Ok(())
}

/// 遺族の失権.
///
/// Law: 国民年金法40条, 厚生年金保険法63条 (死亡, 婚姻, 直系血族・直系姻族以外の養子, 離縁).
///
/// # Errors
/// No claim, nobody of that number and birth, in the future or before the death that the claim is about, ended already, or the
/// claimant's own death, for which there is 死亡届.
pub(super) fn end(
    filed: &SurvivorEnd,
    register: &mut Register,
    work: &Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    let refused = |about, code, why: &str| Err(Unfit::new(about, code, why));
    let Some(claim) = register.survivor.first().map(|row| row.is) else {
        let why = "遺族年金の請求の記録がありません。請求した方の基礎年金番号で届け出てください";
        return refused("basic_pension_number", "no_claim", why);
    };
    come("ended_on", filed.ended_on, work)?;
    if filed.event == SurvivorEndEvent::Death && filed.member_no == claim.claimant_no {
        let why = "請求した方本人の死亡は、死亡届で届け出てください";
        return refused("event", "use_death_filing", why);
    }
    let named = |row: &&mut Entry<SurvivorMemberIs>| row.record_id == i64::from(filed.member_no);
    let Some(row) = register.survivor_members.iter_mut().find(named) else {
        let why = "この番号の家族はいません。年金額の画面で番号を確かめてください";
        return refused("member_no", "member_unknown", why);
    };
    if row.is.member.birth_on != filed.member_birth_on {
        let why = "この番号の家族と生年月日が違います。番号と生年月日を確かめてください";
        return refused("member_birth_on", "member_differs", why);
    }
    if row.is.ended_on.is_some() {
        return refused("ended_on", "already_ended", "この方の失権はすでに記録されています");
    }
    let died_on = work.circumstances.deceased.and_then(|deceased| deceased.life.died_on);
    if filed.ended_on < died_on.unwrap_or(row.is.member.birth_on) {
        let why = "失権した日が、遺族年金の元となった死亡の日より前です。日付を確かめてください";
        return refused("ended_on", "before_death", why);
    }
    row.is.ended_on = Some(filed.ended_on);
    row.cause = work.cause.clone();
    trace.step(
        Step::new("国民年金法40条、厚生年金保険法63条", "遺族の受給権は、死亡・婚姻・養子縁組・離縁により消滅する")
            .with("続柄", row.is.member.relation.name_ja(), "")
            .with("事由", filed.event.name_ja(), "")
            .gives(filed.ended_on),
    );
    Ok(())
}
