//! 障害年金の月々 — the claim of a disability pension read once, and what it gives in a month.

use domain::age::attained_on;
use domain::{Month, Yen};
use jiff::civil::Date;

use super::{Asked, DisabilityClaim, Member, Relation, Rights, first_paid_of};
use crate::adjudication::disability::{Case, Question};
use crate::adjudication::old_age::RateShelf;
use crate::disability_survivor::disability_basic::{CHILDREN_MAX, DisabilityBasic};
use crate::disability_survivor::disability_employee::DisabilityEmployee;
use crate::disability_survivor::disability_right::DisabilityRight;
use crate::disability_survivor::survivor_right::family::{FamilyMember, FamilyRelation, Relative};
use crate::pension_payment::simultaneous_benefits::BenefitRight;
use crate::{LawError, Trace};

/// 失権の猶予 (国民年金法35条2号・3号, 厚生年金保険法53条2号・3号): three years in no grade.
const NO_GRADE_MONTHS: i32 = 36;

/// 障害年金の受給権, for the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisabilityFound {
    /// 受給権: 障害認定日, when it arises, which pensions.
    pub right: DisabilityRight,
    /// 支給の始まる月; none: no right.
    pub first_month: Option<Month>,
    /// 失権した月 (国民年金法35条, 厚生年金保険法53条): the last month of the right.
    pub last_month: Option<Month>,
    /// 障害手当金, yen, once: it is no part of a run.
    pub allowance: Option<Yen>,
}

/// The claim with what it came to.
pub(super) struct Disabled<'a> {
    claim: DisabilityClaim<'a>,
    case: Case,
    pub found: DisabilityFound,
    /// First month that is decided here.
    pub first: Option<Month>,
}

/// What is paid of a disability pension in a month.
pub(super) type Amounts = (Option<DisabilityBasic>, Option<DisabilityEmployee>);

impl<'a> Disabled<'a> {
    pub(super) fn of(
        asked: &Asked<'a>,
        shelf: &mut RateShelf,
        trace: &mut Trace,
    ) -> Result<Option<Disabled<'a>>, LawError> {
        let Some(claim) = asked.others.disability else { return Ok(None) };
        let asking = question(asked, &claim, asked.until);
        let mut case = Case::of(&asking, trace)?;
        let right = case.right;
        let awarded = right.arises.map_or(0, |(_, grade, _)| grade);
        let first_month = right.first_month();
        let last_month = first_month.and_then(|first| last_month(asked.facts.birth_on, &claim, (first, awarded)));
        let is_new = claim.paid_through.is_none();
        let allowance = if is_new { case.allowance(&asking, shelf, trace)? } else { None };
        let found = DisabilityFound { right, first_month, last_month, allowance };
        let first = first_month.map(|first| first_paid_of(first, claim.filed_on, claim.paid_through));
        Ok(Some(Disabled { claim, case, found, first }))
    }

    /// The right is there in the month, whether anything is paid or not.
    pub(super) fn has_right(&self, month: Month) -> bool {
        self.found.first_month.is_some_and(|first| first <= month)
            && self.found.last_month.is_none_or(|last| month <= last)
    }

    /// The grade of a month in which there is a right.
    fn grade(&self, month: Month) -> i64 {
        let awarded = self.found.right.arises.map_or(0, |(_, grade, _)| grade);
        grade_in(&self.claim, awarded, month)
    }

    /// What can be drawn in the month: nothing in no grade, no basic pension in grade 3.
    pub(super) fn rights(&self, month: Month) -> Rights {
        let decided = self.first.is_some_and(|first| first <= month);
        if !decided || !self.has_right(month) {
            return Rights::NONE;
        }
        let (right, grade) = (self.found.right, self.grade(month));
        let basic = right.basic_at(grade).then_some(BenefitRight::DisabilityBasic);
        let employee = (right.employee && (1..=3).contains(&grade)).then_some(BenefitRight::DisabilityEmployee);
        basic.into_iter().chain(employee).collect()
    }

    /// The grade for a pension that is drawn.
    pub(super) fn grade_drawn(&self, month: Month) -> Option<u8> {
        u8::try_from(self.grade(month)).ok()
    }

    /// The amounts of the month.
    pub(super) fn amounts(
        &mut self,
        asked: &Asked<'_>,
        month: Month,
        shelf: &mut RateShelf,
        trace: &mut Trace,
    ) -> Result<Amounts, LawError> {
        let grade_now = Some(self.grade(month));
        let (children, spouse) = (children(asked.household, month), has_spouse(asked.household, month));
        let asking = Question { grade_now, children, spouse, ..question(asked, &self.claim, month) };
        self.case.amounts(&asking, shelf, trace)
    }

    /// Days and months in which it can change, beside the household's.
    pub(super) fn marks(&self) -> impl Iterator<Item = Month> + use<'_> {
        let ends = self.found.last_month.map(Month::next);
        self.first.into_iter().chain(ends).chain(self.claim.grades.iter().map(|(month, _)| *month))
    }
}

/// 事後重症 is no ground for whoever took the old-age pension early before (国民年金法附則9条の2の3, 厚生年金保険法附則16条の3).
fn question<'a>(asked: &Asked<'a>, claim: &DisabilityClaim<'_>, for_month: Month) -> Question<'a> {
    let sixty_five = Month::of(attained_on(asked.facts.birth_on, 65));
    let early = asked.claim.and_then(|claim| claim.months.basic).filter(|month| *month < sixty_five);
    let later_claim = claim.later_claim.filter(|(on, _)| early.is_none_or(|early| Month::of(*on) < early));
    Question {
        facts: asked.facts,
        first_consultation: claim.first_consultation,
        fixed_on: claim.fixed_on,
        grade_at_certification: claim.grade_at_certification,
        later_claim,
        resident: claim.resident,
        for_month,
        grade_now: None,
        children: 0,
        spouse: false,
    }
}

fn grade_in(claim: &DisabilityClaim<'_>, awarded: i64, month: Month) -> i64 {
    claim.grades.iter().rev().find(|(from, _)| *from <= month).map_or(awarded, |(_, grade)| *grade)
}

/// 失権 — at 65, or after three years in no grade, whichever is later; a revision after that finds no right.
fn last_month(birth: Date, claim: &DisabilityClaim<'_>, (first, awarded): (Month, i64)) -> Option<Month> {
    let sixty_five = Month::of(attained_on(birth, 65));
    let mut grades = claim.grades.iter().filter(|(from, _)| *from >= first).peekable();
    // None in force from the first month on: the course says which.
    let mut since = (grade_in(claim, awarded, first) == 0).then_some(first);
    loop {
        let ends = since.map(|since| sixty_five.max(since.previous().plus(NO_GRADE_MONTHS)));
        match grades.next() {
            Some((from, _)) if ends.is_some_and(|ends| ends < from.previous()) => return ends,
            Some((_, 1..)) => since = None,
            Some((from, _)) => since = since.or(Some(*from)),
            None => return ends,
        }
    }
}

/// 子 (国民年金法33条の2) — dependent, to the end of the school year of 18, or to 20 with grade 1 or 2; those who came later count from the
/// month after.
fn children(household: &[Member], month: Month) -> i64 {
    let counts =
        |member: &&Member| member.relation == Relation::Child && is_there(member, month) && is_child(member, month);
    let count = household.iter().filter(counts).count();
    i64::try_from(count).unwrap_or(CHILDREN_MAX)
}

fn is_child(member: &Member, month: Month) -> bool {
    let child = FamilyMember {
        name: String::new(),
        relation: FamilyRelation::Child,
        birth: member.birth,
        maintained: true,
        disabled: member.disabled,
        married: false,
    };
    Relative { member: child, ended_on: None }.lasts_to().is_some_and(|last| month <= last)
}

/// 65歳未満の配偶者 (厚生年金保険法50条の2); not while an own old-age pension of 240 months can be drawn (54条3項・46条6項).
fn has_spouse(household: &[Member], month: Month) -> bool {
    let draws_own = |member: &Member| member.own_old_age_from.is_some_and(|from| Month::of(from) < month);
    household.iter().any(|member| {
        member.relation == Relation::Spouse
            && is_there(member, month)
            && month <= Month::of(attained_on(member.birth, 65))
            && !draws_own(member)
    })
}

/// From the month after the day on which they came to the month of the day on which it ended.
fn is_there(member: &Member, month: Month) -> bool {
    member.dependent && Month::of(member.from) < month && member.until.is_none_or(|until| month <= Month::of(until))
}
