//! 遺族年金の裁定 — 遺族基礎年金 and 遺族厚生年金 of a family for one month, from the record of the life that ended. Deaths to March
//! 2028: the reform of 2028 is another rule.

#[cfg(test)]
mod tests;

use domain::age::attained_on;
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
    FamilyMember, FamilyRelation, Relative, Survivors, survivors,
};
use crate::disability_survivor::survivor_right::{
    Deceased, Requirement, long_enough, middle_aged_months, qualified_long, requirement, wife_under_30,
};
use crate::disability_survivor::transitional_widow_addition::transitional_widow_addition;
use crate::employees_insurance::day_after;
use crate::employees_pension::average_remuneration::{RemunerationMonth, average_remuneration};
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
    let case = Case::of(&Death::of(question), question.family, trace)?;
    let mut found = Survivor {
        contributions: case.contributions,
        basic_arises: case.basic_arises,
        requirement: case.requirement,
        survivors: case.survivors.clone(),
        basic: None,
        employee: None,
        transitional: Yen::ZERO,
        over_65: None,
        recipients: Vec::new(),
    };
    let month = question.for_month;
    if month <= Month::of(case.died_on) {
        return Ok(found);
    }
    let as_told = |member: &FamilyMember| Relative { member: member.clone(), ended_on: None };
    let family: Vec<Relative> = question.family.iter().map(as_told).collect();
    let of_month = case.of_month(&family, month, trace)?;
    found.basic = of_month.basic(trace)?;
    if let Some(amounts) = case.employee(&of_month, (shelf, trace))? {
        let spouse_over_65 = of_month.spouse_paid().is_some_and(|spouse| is_over_65(spouse.birth, month));
        if spouse_over_65 && question.own_old_age > Yen::ZERO {
            let three_quarters = amounts.employee.three_quarters;
            found.over_65 = Some(survivor_and_old_age_over_65(three_quarters, question.own_old_age, true, trace));
        }
        found.transitional = of_month.transitional(&amounts, question.own_disability_basic, trace)?;
        found.employee = Some(amounts.employee);
        found.recipients = of_month.paid.iter().map(|place| family[*place].member.name.clone()).collect();
    }
    trace.tell(|| {
        Step::new("国民年金法18条・厚生年金保険法36条", "遺族年金の年額").with("月分", month, "").gives(found.annual())
    });
    Ok(found)
}

/// 死亡 — whose, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Death<'a> {
    pub facts: &'a LifeFacts<'a>,
    pub resident: bool,
    pub illness_first_seen: Option<Date>,
    pub disability_grade_1_or_2: bool,
    pub survivor_states_long: bool,
}

impl<'a> Death<'a> {
    fn of(question: &Question<'a>) -> Death<'a> {
        Death {
            facts: question.facts,
            resident: question.resident,
            illness_first_seen: question.illness_first_seen,
            disability_grade_1_or_2: question.disability_grade_1_or_2,
            survivor_states_long: question.survivor_states_long,
        }
    }
}

/// What a death gives, whatever month is asked about.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub died_on: Date,
    pub contributions: (ContributionRecord, ContributionVerdict),
    pub basic_arises: bool,
    pub requirement: Option<Requirement>,
    pub survivors: Survivors,
    birth: Date,
    /// Of which 遺族厚生年金 is made; none where there is no such month, or none is asked for.
    months: Result<Vec<RemunerationMonth>, LawError>,
}

impl Case {
    /// The rights on the day of death.
    pub(super) fn of(death: &Death<'_>, family: &[FamilyMember], trace: &mut Trace) -> Result<Case, LawError> {
        let facts = death.facts;
        let died_on =
            facts.died_on.ok_or_else(|| LawError::bad_input("死亡日 (died_on)", "死亡した日を入力してください"))?;
        // The death ends every cover on the day after it.
        let record = sound_record(facts, day_after(died_on))?;
        let counted = contribution_record(facts, died_on)?;
        let verdict = contribution_test(&counted, trace)?;
        let insured = insured_on(facts, died_on, death.resident);
        let deceased = Deceased {
            died_on,
            insured_at_death: insured == AtFirstConsultation::EmployeesInsured,
            illness_first_seen: death.illness_first_seen,
            disability_grade_1_or_2: death.disability_grade_1_or_2,
            qualifying_months: i64::from(record.counts().qualifying()),
            contributions: verdict.passed,
            survivor_states_long: death.survivor_states_long,
        };
        let requirement = requirement(&deceased, trace)?;
        let basic_arises = basic_arises(&deceased, insured, trace)?;
        let months = match requirement {
            Some(found) => remuneration_months(&record, &KINDS, found == Requirement::Long, Month::of(died_on)),
            None => Ok(Vec::new()),
        };
        let survivors = survivors(died_on, family, trace)?;
        let contributions = (counted, verdict);
        Ok(Case { died_on, contributions, basic_arises, requirement, survivors, birth: facts.birth_on, months })
    }

    /// Who has which right in a month, and who is paid.
    pub(super) fn of_month<'a>(
        &self,
        family: &'a [Relative],
        month: Month,
        trace: &mut Trace,
    ) -> Result<OfMonth<'a>, LawError> {
        let named = |names: &[String], place: &usize| names.contains(&family[*place].member.name);
        let places = || 0..family.len();
        let lives = |place: &usize| family[*place].lasts_to().is_none_or(|last| month <= last);
        let has_basic = |place: &usize| self.basic_arises && named(&self.survivors.basic, place);
        let is_spouse = |place: &usize| family[*place].member.relation.spouse();
        let children: Vec<usize> =
            places().filter(|place| !is_spouse(place) && has_basic(place) && lives(place)).collect();
        let spouse = places().find(|place| is_spouse(place) && has_basic(place) && lives(place));
        let mut of_month = OfMonth {
            family,
            month,
            basic_spouse: spouse.filter(|_| !children.is_empty()),
            children,
            holders: Vec::new(),
            paid: Vec::new(),
            died_on: self.died_on,
        };
        for place in places().filter(|place| named(&self.survivors.employee, place) && lives(place)) {
            let member = &family[place].member;
            let wife = member.relation == FamilyRelation::Wife;
            if !wife || self.wife_has_right(&of_month, (place, has_basic(&place)), trace)? {
                of_month.holders.push(place);
            }
        }
        of_month.paid = of_month.paid_of_holders();
        Ok(of_month)
    }

    /// The wife's right goes on (63条1項5号); her months of 62条 are kept.
    fn wife_has_right(
        &self,
        of_month: &OfMonth<'_>,
        (place, had_basic): (usize, bool),
        trace: &mut Trace,
    ) -> Result<bool, LawError> {
        let birth = of_month.family[place].member.birth;
        let ended_on = self.basic_ended_on(of_month).filter(|_| had_basic);
        let ends_on = wife_under_30(birth, self.died_on, had_basic, ended_on, trace)?;
        Ok(ends_on.is_none_or(|ends_on| of_month.month <= Month::of(ends_on)))
    }

    /// The day on which the last child's right ended, where it lies before the month.
    fn basic_ended_on(&self, of_month: &OfMonth<'_>) -> Option<Date> {
        let children = of_month.family.iter().filter(|relative| relative.member.relation == FamilyRelation::Child);
        let of_basic = children.filter(|child| self.survivors.basic.contains(&child.member.name));
        of_basic.filter_map(Relative::ends_on).max().filter(|_| of_month.children.is_empty())
    }

    /// 遺族厚生年金 of the month, of all to whom it is paid together; none where it is paid to nobody.
    pub(super) fn employee(
        &self,
        of_month: &OfMonth<'_>,
        (shelf, trace): (&mut RateShelf, &mut Trace),
    ) -> Result<Option<Amounts>, LawError> {
        let Some(requirement) = self.requirement.filter(|_| !of_month.paid.is_empty()) else { return Ok(None) };
        let months = self.months.as_ref().map_err(Clone::clone)?;
        if months.is_empty() {
            return Ok(None);
        }
        let (month, birth, fiscal_year) = (of_month.month, self.birth, of_month.month.fiscal_year());
        let widow_months = self.widow_months(of_month, trace)?;
        let law = shelf.of(fiscal_year, birth, trace)?;
        let record = SurvivorRecord {
            deceased_birth: birth,
            fiscal_year,
            requirement,
            averages: average_remuneration(months, &law.rates, trace)?.averages(),
            level_1994: Some(average_remuneration(months, &law.level_1994, trace)?.averages()),
            middle_aged_widow: widow_months.is_some_and(|(first, last)| first <= month && month <= last),
        };
        let employee = survivor_employee(&record, trace)?;
        let enough = long_enough(requirement, i64::from(record.averages.months()), month, &mut Trace::untold())?;
        let widow = of_month.spouse_paid().filter(|spouse| spouse.relation == FamilyRelation::Wife);
        let old_widow = |wife: &FamilyMember| widow_months.is_some() || attained_on(wife.birth, 65) <= self.died_on;
        Ok(Some(Amounts { employee, transitional: enough && widow.is_some_and(old_widow) }))
    }

    /// 中高齢寡婦加算の月 of the wife to whom it is paid.
    fn widow_months(&self, of_month: &OfMonth<'_>, trace: &mut Trace) -> Result<Option<(Month, Month)>, LawError> {
        let Some(wife) = of_month.spouse_paid().filter(|spouse| spouse.relation == FamilyRelation::Wife) else {
            return Ok(None);
        };
        let had_basic = self.basic_arises && self.survivors.basic.contains(&wife.name);
        let ended_on = self.basic_ended_on(of_month).filter(|_| had_basic);
        middle_aged_months(wife.birth, self.died_on, had_basic, ended_on, trace)
    }

    /// 遺族厚生年金 is there to be paid at all.
    pub(super) fn has_employee(&self) -> bool {
        self.requirement.is_some() && self.months.as_ref().is_ok_and(|months| !months.is_empty())
    }

    /// Why it cannot be said of which months it is made.
    pub(super) fn check_months(&self) -> Result<(), LawError> {
        self.months.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

/// 遺族厚生年金 of all to whom it is paid, yen a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amounts {
    pub employee: SurvivorEmployee,
    /// The widow to whom it is paid has 経過的寡婦加算 from 65, if she was born early enough (昭和60年法律34号附則73条: widowed from 65 on, or
    /// with 中高齢寡婦加算 before).
    pub transitional: bool,
}

/// 遺族の受給 in a month, by their places in the family.
#[derive(Clone, Debug)]
pub(super) struct OfMonth<'a> {
    family: &'a [Relative],
    month: Month,
    died_on: Date,
    /// 遺族基礎年金を受ける配偶者: as long as there is a child.
    pub basic_spouse: Option<usize>,
    /// 遺族基礎年金の受給権のある子.
    pub children: Vec<usize>,
    /// 遺族厚生年金の受給権者.
    pub holders: Vec<usize>,
    /// To whom 遺族厚生年金 is paid.
    pub paid: Vec<usize>,
}

impl<'a> OfMonth<'a> {
    fn member(&self, place: usize) -> &'a FamilyMember {
        &self.family[place].member
    }

    /// The spouse, where 遺族厚生年金 is paid to one.
    pub(super) fn spouse_paid(&self) -> Option<&'a FamilyMember> {
        self.paid.iter().map(|place| self.member(*place)).find(|member| member.relation.spouse())
    }

    /// 66条1項 (children stopped while the spouse is not), 65条の2 (from 60).
    fn paid_of_holders(&self) -> Vec<usize> {
        let is_spouse = |place: &usize| self.member(*place).relation.spouse();
        let due = |place: &usize| !self.waits_for_60(*place);
        match self.holders.iter().copied().find(|place| is_spouse(place) && due(place)) {
            Some(spouse) => vec![spouse],
            None => self.holders.iter().copied().filter(|place| !is_spouse(place) && due(place)).collect(),
        }
    }

    /// 65条の2: husband, parents and grandparents to the month in which 60 is reached; not a husband who has 遺族基礎年金.
    fn waits_for_60(&self, place: usize) -> bool {
        let member = self.member(place);
        let old = match member.relation {
            FamilyRelation::Husband => self.basic_spouse != Some(place),
            FamilyRelation::Parent | FamilyRelation::Grandparent => true,
            _ => false,
        };
        old && self.month <= Month::of(attained_on(member.birth, 60)) && self.died_on < attained_on(member.birth, 60)
    }

    /// Among how many 遺族厚生年金 is divided: those entitled other than the spouse, stopped or not (60条2項); a spouse has it whole.
    pub(super) fn sharing(&self) -> i64 {
        if self.spouse_paid().is_some() {
            return 1;
        }
        let others = self.holders.iter().filter(|place| !self.member(**place).relation.spouse()).count();
        i64::try_from(others).unwrap_or(1).max(1)
    }

    /// 遺族基礎年金: to the spouse with children who still are such, or to the children.
    pub(super) fn basic(&self, trace: &mut Trace) -> Result<Option<SurvivorBasic>, LawError> {
        if self.children.is_empty() {
            return Ok(None);
        }
        let recipient = match self.basic_spouse {
            Some(place) => SurvivorBasicRecipient::Spouse(Cohort::of(self.member(place).birth, self.month, trace)?),
            None => SurvivorBasicRecipient::Children,
        };
        let children = i64::try_from(self.children.len()).unwrap_or(i64::MAX);
        survivor_basic(recipient, children, self.month.fiscal_year(), trace).map(Some)
    }

    /// 経過的寡婦加算 of the widow to whom it is paid.
    ///
    /// - `disability_basic`: she draws a 障害基礎年金
    pub(super) fn transitional(
        &self,
        amounts: &Amounts,
        disability_basic: bool,
        trace: &mut Trace,
    ) -> Result<Yen, LawError> {
        match self.spouse_paid().filter(|wife| amounts.transitional && is_over_65(wife.birth, self.month)) {
            Some(wife) => transitional_widow_addition(wife.birth, self.month.fiscal_year(), disability_basic, trace),
            None => Ok(Yen::ZERO),
        }
    }
}

/// After the month in which 65 is reached.
pub(super) fn is_over_65(birth: Date, month: Month) -> bool {
    Month::of(attained_on(birth, 65)) < month
}

/// 国民年金法37条 — insured, or formerly so and 60 to 64, with contributions; or qualified with 25 years.
fn basic_arises(deceased: &Deceased, insured: AtFirstConsultation, trace: &mut Trace) -> Result<bool, LawError> {
    let short = insured != AtFirstConsultation::NotInsured && deceased.contributions;
    let long = qualified_long(deceased, trace)?;
    trace.tell(|| {
        Step::new(
            "国民年金法37条",
            "遺族基礎年金: 被保険者 (又は60歳以上65歳未満の被保険者であった者) で納付要件を満たす、又は25年の資格期間",
        )
        .with("1号・2号", if short { "あたる" } else { "あたらない" }, "")
        .with("3号・4号", if long { "あたる" } else { "あたらない" }, "")
        .gives(if short || long { "受給権が生じうる" } else { "受給権は生じない" })
    });
    Ok(short || long)
}
