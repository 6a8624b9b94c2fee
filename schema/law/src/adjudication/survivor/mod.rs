//! 遺族年金の裁定 — 遺族基礎年金 and 遺族厚生年金 of a family for one month, from the record of the life that ended. Deaths to March
//! 2028: the reform of 2028 is another rule.

#[cfg(test)]
mod tests;

use domain::life::LifeFacts;
use domain::{Month, Yen};
use jiff::civil::Date;

use super::contributions::{contribution_record, insured_on};
use super::old_age::RateShelf;
use super::old_age::amounts::remuneration_months;
use super::old_age::readings::sound_record;
use super::old_age::start::KINDS;
use crate::basic_pension::revision_rate::Cohort;
use crate::disability_survivor::contribution_test::{ContributionRecord, ContributionVerdict, contribution_test};
use crate::disability_survivor::disability_right::AtFirstConsultation;
use crate::disability_survivor::survivor_basic::{SurvivorBasic, SurvivorBasicRecipient, survivor_basic};
use crate::disability_survivor::survivor_employee::{
    SurvivorAndOldAge, SurvivorEmployee, SurvivorRecord, survivor_and_old_age_over_65, survivor_employee,
};
use crate::disability_survivor::survivor_right::family::{
    FamilyMember, FamilyRelation, Survivors, child_until, eligible_child, survivors,
};
use crate::disability_survivor::survivor_right::{
    Deceased, Requirement, middle_aged_months, qualified_long, requirement, wife_under_30,
};
use crate::disability_survivor::transitional_widow_addition::transitional_widow_addition;
use crate::employees_insurance::day_after;
use crate::employees_pension::average_remuneration::average_remuneration;
use crate::pension_record::life::LifeRecord;
use crate::{LawError, Step, Trace};

/// 裁定の問い.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// 死亡した者の記録の素材; the spells end by the death.
    pub facts: &'a LifeFacts<'a>,
    /// 死亡した者が死亡日に国内に住所を有していた.
    pub resident: bool,
    /// 厚生年金の被保険者であった間に初診日がある傷病により死亡した: that day.
    pub illness_first_seen: Option<Date>,
    /// 1級又は2級の障害厚生年金の受給権者であった.
    pub disability_grade_1_or_2: bool,
    /// 遺族が長期要件によることを申し出た.
    pub survivor_states_long: bool,
    /// 家族.
    pub family: &'a [FamilyMember],
    /// 配偶者自身の老齢厚生年金 (加給年金額を除く年額), counted from 65.
    pub own_old_age: Yen,
    /// 配偶者が障害基礎年金を受けている.
    pub own_disability_basic: bool,
    /// 何月分.
    pub for_month: Month,
}

/// 裁定の結果, yen a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survivor {
    /// 納付の状況 and what it comes to.
    pub contributions: (ContributionRecord, ContributionVerdict),
    /// 遺族基礎年金を生ずる死亡 (国民年金法37条).
    pub basic_arises: bool,
    /// 遺族厚生年金の要件 (厚生年金保険法58条).
    pub requirement: Option<Requirement>,
    /// 遺族の順位.
    pub survivors: Survivors,
    /// 遺族基礎年金 of the month.
    pub basic: Option<SurvivorBasic>,
    /// 遺族厚生年金 of the month, before 64条の2.
    pub employee: Option<SurvivorEmployee>,
    /// 経過的寡婦加算.
    pub transitional: Yen,
    /// 65歳からの調整 beside the own old-age pension.
    pub over_65: Option<SurvivorAndOldAge>,
    /// To whom 遺族厚生年金 is paid in the month; several share it alike (60条2項).
    pub recipients: Vec<String>,
}

impl Survivor {
    /// 遺族厚生年金の支払額, of all recipients together.
    pub fn employee_paid(&self) -> Yen {
        let addition = self.employee.map_or(Yen::ZERO, |employee| employee.widow_addition);
        let paid = match self.over_65 {
            Some(over_65) => over_65.survivor_paid,
            None => self.employee.map_or(Yen::ZERO, |employee| employee.three_quarters),
        };
        paid + addition + self.transitional
    }

    /// 年額の合計.
    pub fn annual(&self) -> Yen {
        self.basic.map_or(Yen::ZERO, |basic| basic.total) + self.employee_paid()
    }
}

/// 遺族年金の裁定 — what a death gives to a family in a month.
///
/// Law: 国民年金法37条・37条の2・38条・39条・39条の2・40条, 厚生年金保険法58条・59条・60条・62条・63条・64条の2・65条の2・66条, 昭和60年法律34号附則73条,
/// 78条の32 (short: kinds of 厚生年金 added together; long likewise, as one amount, which the paying bodies divide among them).
///
/// Returns yen a year; nothing before the month after the death.
///
/// # Errors
/// `CannotDecide` — the record contradicts itself, deaths from 2028-04-01; `BadInput` — no day of death, a family that cannot be;
/// `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Insured employee dies at 45; wife of 43 and a child of 10: 遺族基礎年金 with one child and 遺族厚生年金 of 300 months to the wife.
pub fn survivor(question: &Question<'_>, shelf: &mut RateShelf, trace: &mut Trace) -> Result<Survivor, LawError> {
    let facts = question.facts;
    let died_on =
        facts.died_on.ok_or_else(|| LawError::bad_input("死亡日 (died_on)", "死亡した日を入力してください"))?;
    // The death ends every cover on the day after it.
    let record = sound_record(facts, day_after(died_on))?;
    let counted = contribution_record(facts, died_on)?;
    let verdict = contribution_test(&counted, trace)?;
    let insured = insured_on(facts, died_on, question.resident);
    let deceased = Deceased {
        died_on,
        insured_at_death: insured == AtFirstConsultation::EmployeesInsured,
        illness_first_seen: question.illness_first_seen,
        disability_grade_1_or_2: question.disability_grade_1_or_2,
        qualifying_months: i64::from(record.counts().qualifying()),
        contributions: verdict.passed,
        survivor_states_long: question.survivor_states_long,
    };
    let requirement = requirement(&deceased, trace)?;
    let basic_arises = basic_arises(&deceased, insured, trace)?;
    let survivors = survivors(died_on, question.family, trace)?;
    let mut found = Survivor {
        contributions: (counted, verdict),
        basic_arises,
        requirement,
        survivors,
        basic: None,
        employee: None,
        transitional: Yen::ZERO,
        over_65: None,
        recipients: Vec::new(),
    };
    if question.for_month <= Month::of(died_on) {
        return Ok(found);
    }
    if basic_arises {
        found.basic = basic(question, &found.survivors, trace)?;
    }
    if let Some(requirement) = requirement {
        employee(question, &record, (requirement, died_on), &mut found, (shelf, trace))?;
    }
    trace.step(
        Step::new("国民年金法18条・厚生年金保険法36条", "遺族年金の年額")
            .with("月分", question.for_month, "")
            .gives(found.annual()),
    );
    Ok(found)
}

/// 支払を受ける者 of a month, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// 遺族基礎年金.
    pub basic: Vec<String>,
    /// 遺族厚生年金.
    pub employee: Vec<String>,
}

/// 支払を受ける者 — to whom the pensions of a month are due, without their amounts: also of a year whose rates are not known yet.
///
/// Law: as [`survivor`].
///
/// # Errors
/// As [`survivor`], but for the tables of amounts.
pub fn drawn(question: &Question<'_>, trace: &mut Trace) -> Result<Drawn, LawError> {
    let died_on = question.facts.died_on;
    let died_on = died_on.ok_or_else(|| LawError::bad_input("死亡日 (died_on)", "死亡した日を入力してください"))?;
    // Nothing is due for the month of death, so that no amount is asked for.
    let at_death = Question { for_month: Month::of(died_on), ..*question };
    let found = survivor(&at_death, &mut RateShelf::new(), trace)?;
    let mut drawn = Drawn { basic: Vec::new(), employee: Vec::new() };
    if question.for_month <= Month::of(died_on) {
        return Ok(drawn);
    }
    if found.basic_arises && children_left(question, &found.survivors) > 0 {
        let first_day = question.for_month.first_day();
        let due = |member: &&FamilyMember| {
            found.survivors.basic_paid.contains(&member.name)
                && (member.relation.spouse() || eligible_child(member, first_day))
        };
        drawn.basic = question.family.iter().filter(due).map(|member| member.name.clone()).collect();
    }
    if let Some(requirement) = found.requirement {
        let record = sound_record(question.facts, day_after(died_on))?;
        let months = remuneration_months(&record, &KINDS, requirement == Requirement::Long, Month::of(died_on))?;
        if !months.is_empty() {
            let recipients = recipients(question, &found, died_on, trace)?;
            drawn.employee = recipients.into_iter().map(|member| member.name.clone()).collect();
        }
    }
    Ok(drawn)
}

/// 国民年金法37条 — insured, or formerly so and 60 to 64, with contributions; or qualified with 25 years.
fn basic_arises(deceased: &Deceased, insured: AtFirstConsultation, trace: &mut Trace) -> Result<bool, LawError> {
    let short = insured != AtFirstConsultation::NotInsured && deceased.contributions;
    let long = qualified_long(deceased, trace)?;
    trace.step(
        Step::new(
            "国民年金法37条",
            "遺族基礎年金: 被保険者 (又は60歳以上65歳未満の被保険者であった者) で納付要件を満たす、又は25年の資格期間",
        )
        .with("1号・2号", if short { "あたる" } else { "あたらない" }, "")
        .with("3号・4号", if long { "あたる" } else { "あたらない" }, "")
        .gives(if short || long { "受給権が生じうる" } else { "受給権は生じない" }),
    );
    Ok(short || long)
}

/// 遺族基礎年金 of the month: to the spouse with children who still are such, or to the children.
fn basic(question: &Question<'_>, survivors: &Survivors, trace: &mut Trace) -> Result<Option<SurvivorBasic>, LawError> {
    let month = question.for_month;
    let named = |member: &&FamilyMember| survivors.basic.contains(&member.name);
    let mut of_basic = question.family.iter().filter(named);
    let children = children_left(question, survivors);
    if children == 0 {
        return Ok(None);
    }
    let recipient = match of_basic.find(|member| member.relation.spouse()) {
        Some(spouse) => SurvivorBasicRecipient::Spouse(Cohort::of(spouse.birth, month, trace)?),
        None => SurvivorBasicRecipient::Children,
    };
    survivor_basic(recipient, children, month.fiscal_year(), trace).map(Some)
}

/// Children whose right has not ended before the month began.
fn children_left(question: &Question<'_>, survivors: &Survivors) -> i64 {
    let first_day = question.for_month.first_day();
    let counts = |member: &&FamilyMember| {
        member.relation == FamilyRelation::Child
            && survivors.basic.contains(&member.name)
            && eligible_child(member, first_day)
    };
    i64::try_from(question.family.iter().filter(counts).count()).unwrap_or(0)
}

/// 遺族厚生年金 of the month, with what the widow and the age of 65 add to it and take from it.
fn employee(
    question: &Question<'_>,
    record: &LifeRecord,
    (requirement, died_on): (Requirement, Date),
    found: &mut Survivor,
    (shelf, trace): (&mut RateShelf, &mut Trace),
) -> Result<(), LawError> {
    let month = question.for_month;
    let recipients = recipients(question, found, died_on, trace)?;
    if recipients.is_empty() {
        return Ok(());
    }
    let wife = recipients.iter().find(|member| member.relation == FamilyRelation::Wife).copied();
    let widow_months = match wife {
        Some(wife) => {
            let (had_basic, ended_on) = wife_basic(question, found, wife);
            middle_aged_months(wife.birth, died_on, had_basic, ended_on, trace)?
        }
        None => None,
    };
    let middle_aged_widow = widow_months.is_some_and(|(first, last)| first <= month && month <= last);
    let months = remuneration_months(record, &KINDS, requirement == Requirement::Long, Month::of(died_on))?;
    if months.is_empty() {
        return Ok(());
    }
    let (birth, fiscal_year) = (question.facts.birth_on, month.fiscal_year());
    let law = shelf.of(fiscal_year, birth, trace)?;
    let record = SurvivorRecord {
        deceased_birth: birth,
        fiscal_year,
        requirement,
        averages: average_remuneration(&months, &law.rates, trace)?.averages(),
        level_1994: Some(average_remuneration(&months, &law.level_1994, trace)?.averages()),
        middle_aged_widow,
    };
    let pension = survivor_employee(&record, trace)?;
    let spouse = recipients.iter().find(|member| member.relation.spouse());
    let over_65 = spouse.filter(|spouse| month > Month::of(domain::age::attained_on(spouse.birth, 65)));
    if over_65.is_some() && question.own_old_age > Yen::ZERO {
        found.over_65 = Some(survivor_and_old_age_over_65(pension.three_quarters, question.own_old_age, true, trace));
    }
    if let Some(wife) = wife.filter(|_| over_65.is_some() && widow_months.is_some()) {
        found.transitional =
            transitional_widow_addition(wife.birth, fiscal_year, question.own_disability_basic, trace)?;
    }
    found.employee = Some(pension);
    found.recipients = recipients.iter().map(|member| member.name.clone()).collect();
    Ok(())
}

/// To whom it is paid in the month: those of the day of death, later those who waited for 60, without those whose right has ended.
fn recipients<'a>(
    question: &Question<'a>,
    found: &Survivor,
    died_on: Date,
    trace: &mut Trace,
) -> Result<Vec<&'a FamilyMember>, LawError> {
    let month = question.for_month;
    let waited = |name: &String| {
        found.survivors.waiting.iter().any(|(other, sixty_on)| other == name && Month::of(*sixty_on) < month)
    };
    let waited_over = question.family.iter().any(|member| waited(&member.name));
    let mut paid = Vec::new();
    for member in question.family {
        let named =
            if waited_over { waited(&member.name) } else { found.survivors.employee_paid.contains(&member.name) };
        let is_child = matches!(member.relation, FamilyRelation::Child | FamilyRelation::Grandchild);
        let ended = match member.relation {
            FamilyRelation::Wife => {
                let (had_basic, ended_on) = wife_basic(question, found, member);
                wife_under_30(member.birth, died_on, had_basic, ended_on, trace)?
                    .is_some_and(|ends_on| Month::of(ends_on) < month)
            }
            _ => is_child && !eligible_child(member, month.first_day()),
        };
        if named && !ended {
            paid.push(member);
        }
    }
    Ok(paid)
}

/// Whether the wife had 遺族基礎年金, and when it ends with the last child, where that lies before the month asked about.
fn wife_basic(question: &Question<'_>, found: &Survivor, wife: &FamilyMember) -> (bool, Option<Date>) {
    let had = found.basic_arises && found.survivors.basic.contains(&wife.name);
    let children = question.family.iter().filter(|member| member.relation == FamilyRelation::Child);
    let last = children.filter(|child| found.survivors.basic.contains(&child.name)).map(child_until).max();
    (had, last.filter(|last| had && *last < question.for_month.first_day()))
}
