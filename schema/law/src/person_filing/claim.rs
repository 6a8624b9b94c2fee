//! 年金請求書 (老齢) — whether the right is there, and whether it can be taken in this manner.

use domain::Month;
use domain::age::attained_on;
use domain::life::register::{ClaimIs, Entry, MemberIs, Register};
use domain::person_paper::{Member, PensionClaim, Taking};
use jiff::civil::Date;

use super::others::payee;
use super::{Unfit, Work, alive};
use crate::adjudication::old_age::{Claims, Manner, OldAge, Question, RateShelf, Start, old_age};
use crate::basic_pension::deferral::deemed::late_claim;
use crate::basic_pension::deferral::{DeferredPension, Deferrer, increase};
use crate::basic_pension::early_claim::early_reduction;
use crate::pension_record::life::add_current_cover;
use crate::{LawError, Trace};

/// 年金の請求.
///
/// Law: 国民年金法16条・26条・28条, 附則9条の2; 厚生年金保険法33条・42条・44条の3, 附則7条の3・8条; 施行規則 (添付の口座・加給の対象).
///
/// # Errors
/// Claimed after death, before the right, early outside of 60 to 64, deferred before 66, not both early at once, or claimed
/// already.
pub(super) fn claim(
    asked: &PensionClaim,
    register: &mut Register,
    work: &mut Work<'_>,
    trace: &mut Trace,
) -> Result<(), Unfit> {
    alive(register)?;
    let birth_on = register.life.as_ref().map(|life| life.birth_on).expect("refused before without a life");
    let at_65 = attained_on(birth_on, 65);
    let stands = Stands::of(register, at_65);
    let mut asked = stands.restated(asked);
    times(&asked, &stands, (birth_on, at_65))?;
    not_claimed_already(&asked, register, at_65)?;
    match right(&asked, register, trace) {
        Ok(Ok(start)) => deferrals(&mut asked, &stands, (birth_on, &start), (work, trace))?,
        Ok(Err(why)) => return Err(why),
        Err(LawError::BadInput { .. }) if early_month(&asked, at_65).is_some() => {
            // Told by `times` already when the month itself is wrong.
            work.remarks.push("裁定の前に繰上げの条件を確かめてください".to_owned());
        }
        Err(LawError::BadInput { .. }) => {
            let about = if asked.basic.month().is_some() { "basic_claim_month" } else { "employees_claim_month" };
            return Err(too_soon(about));
        }
        Err(error) => work.remarks.push(format!("いまの記録では裁定を計算できません: {error}")),
    }
    write(&asked, register, work)?;
    payee(&asked.account, register, work);
    members(&asked.members, register, work);
    Ok(())
}

/// What was claimed from 65 on before, and goes on as it is: the months of basic and employees' pension.
struct Stands {
    basic: Option<Option<Month>>,
    employees: Option<Option<Month>>,
}

impl Stands {
    fn of(register: &Register, at_65: Date) -> Stands {
        let standing = register.claims.first().map(|row| row.is).filter(|claim| claim.filed_on >= at_65);
        let taken = |waits: bool, month: Option<Month>| (!waits).then_some(month);
        Stands {
            basic: standing.and_then(|claim| taken(claim.basic_waits, claim.basic)),
            employees: standing.and_then(|claim| taken(claim.employees_waits, claim.employees)),
        }
    }

    /// The claim, in which a pension that was claimed before keeps its month.
    fn restated(&self, asked: &PensionClaim) -> PensionClaim {
        let keep = |stands: Option<Option<Month>>, taking: Taking| match (stands.flatten(), taking) {
            (Some(month), Taking::AtRight) => Taking::In(month),
            _ => taking,
        };
        let (basic, employees) = (keep(self.basic, asked.basic), keep(self.employees, asked.employees));
        PensionClaim { basic, employees, ..asked.clone() }
    }
}

/// The month of an early claim.
fn early_month(asked: &PensionClaim, at_65: Date) -> Option<Month> {
    let early = |taking: Taking| taking.month().filter(|month| *month < Month::of(at_65));
    early(asked.basic).or_else(|| early(asked.employees))
}

/// Months of claims: that of the filing; early for both at once, and from 60.
fn times(asked: &PensionClaim, stands: &Stands, (birth_on, at_65): (Date, Date)) -> Result<(), Unfit> {
    let takings = [
        ("basic_claim_month", asked.basic, stands.basic),
        ("employees_claim_month", asked.employees, stands.employees),
    ];
    for (about, taking, stands) in takings {
        let new = stands != Some(taking.month());
        if new && taking.month().is_some_and(|month| month != Month::of(asked.filed_on)) {
            let why = "繰上げ請求・繰下げ申出の月は、請求書を受け付けた月です。受付年月日と月を確かめてください";
            return Err(Unfit::new(about, "claim_month_differs", why));
        }
    }
    let Some(month) = early_month(asked, at_65) else { return Ok(()) };
    if asked.basic != asked.employees {
        let why = "老齢基礎年金と老齢厚生年金の繰上げは同時に請求します。両方に同じ月を入力してください";
        return Err(Unfit::new("employees_claim_month", "early_together", why));
    }
    match early_reduction(birth_on, month, 65, &mut Trace::new()) {
        Err(LawError::BadInput { .. }) => {
            let why = "繰上げは60歳に達した月から65歳に達する月の前月まで請求できます。請求の月を確かめてください";
            Err(Unfit::new("early_claim_month", "early_outside", why))
        }
        _ => Ok(()),
    }
}

/// A pension that is paid, or claimed early, is not claimed again; one that waits is.
fn not_claimed_already(asked: &PensionClaim, register: &Register, at_65: Date) -> Result<(), Unfit> {
    let Some(standing) = register.claims.first().map(|row| row.is) else { return Ok(()) };
    let early = |month: Option<Month>| month.is_some_and(|month| month < Month::of(at_65));
    if early(standing.basic) || early(standing.employees) {
        let why = "すでに繰上げ請求をしています。繰上げは取り消せません";
        return Err(Unfit::new("basic_claim_month", "already_early", why));
    }
    let since_65 = standing.filed_on >= at_65;
    let same = |waits: bool, month: Option<Month>, taking: Taking| {
        !since_65 || waits || (month == taking.month() && taking != Taking::Waits)
    };
    let basic = same(standing.basic_waits, standing.basic, asked.basic);
    let employees = same(standing.employees_waits, standing.employees, asked.employees);
    let nothing_new = since_65 && !standing.basic_waits && !standing.employees_waits;
    if !basic || !employees || nothing_new {
        let why = "すでに請求している年金です。受け方は変えられません。待機している年金だけを請求してください";
        let about = match (nothing_new, basic) {
            (true, _) => "filed_on",
            (false, true) => "employees_claim_month",
            (false, false) => "basic_claim_month",
        };
        return Err(Unfit::new(about, "already_claimed", why));
    }
    Ok(())
}

/// The right as the record has it in the month after the claim.
fn right(asked: &PensionClaim, register: &Register, trace: &mut Trace) -> Result<Result<Start, Unfit>, LawError> {
    let mut rows = register.life_rows().expect("refused before without a life");
    let for_month = Month::of(asked.filed_on).next();
    add_current_cover(&mut rows, for_month, &mut Trace::new())?;
    let facts = rows.facts();
    let claims = Claims { basic: asked.basic.month(), employees: asked.employees.month() };
    let question =
        Question { facts: &facts, for_month, claims, spouse: None, children: &[], spouse_addition_moves: false };
    let start = match old_age(&question, &mut RateShelf::new(), trace)? {
        OldAge::NoRight { qualified } => {
            let why = format!(
                "受給資格期間が足りません ({}か月、必要な月数は{}か月)。記録漏れがないか確かめてください",
                qualified.months, qualified.required
            );
            return Ok(Err(Unfit::new("filed_on", "not_qualified", why)));
        }
        OldAge::NotYet { start, .. } => start,
        OldAge::Payable(pension) => pension.start,
    };
    if start.manner != Manner::Early && start.right_on > asked.filed_on {
        let why =
            format!("受給権は{}に発生します。その日以後に請求してください", domain::era::in_words(start.right_on));
        return Ok(Err(Unfit::new("filed_on", "before_right", why)));
    }
    if start.manner == Manner::Special && asked.basic == Taking::Waits && asked.employees == Taking::Waits {
        return Ok(Ok(start));
    }
    if asked.basic == Taking::Waits && asked.employees == Taking::Waits {
        let why = "どちらの年金も請求しないときは、請求書は要りません。請求する年金を選んでください";
        return Ok(Err(Unfit::new("basic_waits", "nothing_claimed", why)));
    }
    Ok(Ok(start))
}

/// 繰下げ申出 from the year after the right; a claim after 70 without one counts as made five years before (国民年金法28条5項,
/// 厚生年金保険法44条の3第5項).
fn deferrals(
    asked: &mut PensionClaim,
    stands: &Stands,
    (birth_on, start): (Date, &Start),
    (work, trace): (&mut Work<'_>, &mut Trace),
) -> Result<(), Unfit> {
    if start.manner == Manner::Early {
        return Ok(());
    }
    let right_on = Some(start.right_on).filter(|right_on| *right_on > attained_on(birth_on, 65));
    let filed_on = asked.filed_on;
    let takings = [
        ("basic_claim_month", "老齢基礎年金", &mut asked.basic, stands.basic, DeferredPension::Basic),
        ("employees_claim_month", "老齢厚生年金", &mut asked.employees, stands.employees, DeferredPension::Employees),
    ];
    for (about, name, taking, stands, pension) in takings {
        if stands == Some(taking.month()) {
            continue;
        }
        let deferrer = Deferrer { birth: birth_on, right_on, other: None, pension };
        match *taking {
            Taking::In(month) => {
                if let Err(LawError::BadInput { .. }) = increase(&deferrer, month, trace) {
                    return Err(too_soon(about));
                }
            }
            Taking::AtRight if start.manner == Manner::From65 => {
                let late = late_claim(&deferrer, filed_on, false, trace)?;
                if let Some(deemed_on) = late.deemed_on.filter(|_| late.months > 0) {
                    *taking = Taking::In(Month::of(deemed_on));
                    let (month, months) = (Month::of(deemed_on), late.months);
                    let remark = format!(
                        "{name}は、請求の5年前 ({month}) に繰下げの申出があったものとみなし、{months}か月分を増額します"
                    );
                    work.remarks.push(remark);
                }
            }
            Taking::AtRight | Taking::Waits => {}
        }
    }
    Ok(())
}

fn too_soon(about: &'static str) -> Unfit {
    let why = "繰下げの申出は、受給権を取得してから1年 (66歳) を経過した月からできます。65歳からの年金として請求するか、待ってください";
    Unfit::new(about, "deferral_outside", why)
}

fn write(asked: &PensionClaim, register: &mut Register, work: &mut Work<'_>) -> Result<(), Unfit> {
    let standing = register.claims.pop();
    let record_id = match &standing {
        Some(row) => row.record_id,
        None => work.new_record()?,
    };
    let is = ClaimIs {
        filed_on: asked.filed_on,
        basic: asked.basic.month(),
        employees: asked.employees.month(),
        basic_waits: asked.basic == Taking::Waits,
        employees_waits: asked.employees == Taking::Waits,
        spouse_addition_moves: asked.spouse_addition_moves
            || standing.as_ref().is_some_and(|row| row.is.spouse_addition_moves),
        paid_through: standing.and_then(|row| row.is.paid_through),
    };
    let (person_id, cause) = (register.person_id, work.cause.clone());
    register.claims.push(Entry { person_id, record_id, is, cause });
    Ok(())
}

/// 配偶者・子 of the claim: known ones (same relation and birth) are restated, others added.
pub(super) fn members(told: &[Member], register: &mut Register, work: &Work<'_>) {
    for member in told {
        let same = |row: &Entry<MemberIs>| {
            (row.is.member.relation, row.is.member.birth_on) == (member.relation, member.birth_on)
        };
        let known = register.members.iter().position(same).map(|place| register.members.remove(place));
        let next = register.members.iter().map(|row| row.record_id).max().map_or(1, |last| last + 1);
        let record_id = known.as_ref().map_or(next, |row| row.record_id);
        let (member_person_id, ended_on) =
            known.as_ref().map_or((None, None), |row| (row.is.member_person_id, row.is.ended_on));
        let is = MemberIs { member: *member, member_person_id, ended_on };
        let (person_id, cause) = (register.person_id, work.cause.clone());
        register.members.push(Entry { person_id, record_id, is, cause });
    }
}
