//! 月ごとの答え — the rights of a month by every ground, what is drawn of them, and its amounts.

use domain::{Month, Yen};

use super::choice::drawn;
use super::disability::Disabled;
use super::household::Household;
use super::survivor::{Place, Surviving};
use super::{Asked, Claim, Components, Ground, Held, Rights, Standing, ask, first_month, rights_of, was_paid_before};
use crate::adjudication::old_age::{OldAge, Pension, Qualified, Question, RateShelf, Readings, Start, old_age_of};
use crate::adjudication::survivor::is_over_65;
use crate::pension_payment::simultaneous_benefits::BenefitRight;
use crate::pension_record::life::LifeRecord;
use crate::{LawError, Trace};

/// What was claimed, with all that is the same in every month.
pub(super) struct Course<'a> {
    asked: &'a Asked<'a>,
    household: Household,
    readings: Readings,
    /// First month of the old-age pension, where it is claimed.
    old_from: Option<Month>,
    pub disabled: Option<Disabled<'a>>,
    pub surviving: Option<Surviving<'a>>,
}

/// A month.
#[derive(Clone, Debug, Default)]
pub(super) struct MonthAnswer {
    /// What was found of the old-age pension, where it is claimed.
    old: Option<OldAge>,
    /// 支給する受給権.
    pub drawn: Rights,
    /// What is paid.
    pub components: Option<Components>,
    /// A right of a disability or a death is there, whether paid or not.
    has_other: bool,
}

/// A month without an answer, and by which ground.
pub(super) struct Refused {
    ground: Option<Ground>,
    pub held: Held,
}

impl Refused {
    fn by(ground: Ground) -> impl Fn(LawError) -> Refused {
        move |error| Refused { ground: Some(ground), held: Held::Law(error) }
    }

    /// A month that was paid before this book and whose law is not on file.
    pub(super) fn was_paid_before(&self, asked: &Asked<'_>, month: Month) -> bool {
        let paid_through = match self.ground {
            Some(Ground::OldAge) => asked.claim.and_then(|claim| claim.paid_through),
            Some(Ground::Disability) => asked.others.disability.and_then(|claim| claim.paid_through),
            Some(Ground::Survivor) => asked.others.survivor.and_then(|claim| claim.paid_through),
            None => None,
        };
        match &self.held {
            Held::Law(error) => was_paid_before(paid_through, month, error),
            _ => false,
        }
    }
}

impl<'a> Course<'a> {
    pub(super) fn of(
        asked: &'a Asked<'a>,
        record: &LifeRecord,
        shelf: &mut RateShelf,
        trace: &mut Trace,
    ) -> Result<Course<'a>, LawError> {
        Ok(Course {
            asked,
            household: asked.claim.map(|_| Household::of(asked)).unwrap_or_default(),
            readings: Readings::new(),
            old_from: asked.claim.map(|claim| first_month(&claim, record)),
            disabled: Disabled::of(asked, shelf, trace)?,
            surviving: Surviving::of(asked, trace)?,
        })
    }

    /// The first month that is looked at; none where nothing that is claimed gives a right.
    pub(super) fn first(&self) -> Option<Month> {
        let disabled = self.disabled.as_ref().and_then(|disabled| disabled.first);
        let surviving = self.surviving.as_ref().and_then(|surviving| surviving.first);
        [self.old_from, disabled, surviving].into_iter().flatten().min()
    }

    /// Months in which the other grounds and the choice can differ.
    pub(super) fn marks(&self) -> Vec<Month> {
        let mut months = Vec::new();
        if self.disabled.is_none() && self.surviving.is_none() {
            return months;
        }
        months.extend(self.old_from);
        self.disabled.iter().for_each(|disabled| months.extend(disabled.marks()));
        self.surviving.iter().for_each(|surviving| months.extend(surviving.marks()));
        months.extend(self.asked.others.choices.iter().map(|choice| choice.from));
        months
    }

    /// 支給する年金 of a month.
    ///
    /// - `before`: what was drawn the month before
    pub(super) fn ask(
        &mut self,
        (month, before): (Month, Rights),
        shelf: &mut RateShelf,
        trace: &mut Trace,
    ) -> Result<MonthAnswer, Refused> {
        let asked = self.asked;
        let old = match self.old_from.filter(|from| *from <= month) {
            Some(_) => Some(
                ask(asked, (&self.household, &mut self.readings), month, shelf, trace)
                    .map_err(Refused::by(Ground::OldAge))?,
            ),
            None => None,
        };
        let claim = asked.claim.unwrap_or_default();
        let of_old = pension(old.as_ref()).map_or(Rights::NONE, |pension| rights_of(pension, &claim));
        if self.disabled.is_none() && self.surviving.is_none() {
            let components = pension(old.as_ref()).and_then(|pension| Components::of(pension, of_old));
            return Ok(MonthAnswer { old, drawn: of_old, components, has_other: false });
        }
        let disability = self.disabled.as_ref().map_or(Rights::NONE, |disabled| disabled.rights(month));
        let place = self.place(month, trace).map_err(Refused::by(Ground::Survivor))?;
        let survivor = place.as_ref().map_or(Rights::NONE, |place| place.rights);
        let rights = of_old.or(disability).or(survivor);
        let when = (asked.facts.birth_on, month);
        let drawn = drawn((rights, before), asked.others.choices, when, trace)
            .map_err(|held| Refused { ground: None, held })?;
        let components = self.components((month, rights, drawn), (old.as_ref(), place.as_ref()), (shelf, trace))?;
        let disabled = self.disabled.as_ref().is_some_and(|disabled| disabled.has_right(month));
        let has_other = disabled || place.is_some_and(|place| place.has_right);
        Ok(MonthAnswer { old, drawn, components, has_other })
    }

    /// The survivor's place in a month that is decided here.
    fn place(&self, month: Month, trace: &mut Trace) -> Result<Option<Place<'a>>, LawError> {
        let surviving = self.surviving.as_ref().filter(|surviving| surviving.first.is_some_and(|first| first <= month));
        surviving.map(|surviving| surviving.place(month, trace)).transpose()
    }

    fn components(
        &mut self,
        (month, rights, drawn): (Month, Rights, Rights),
        (old, place): (Option<&OldAge>, Option<&Place<'_>>),
        (shelf, trace): (&mut RateShelf, &mut Trace),
    ) -> Result<Option<Components>, Refused> {
        if drawn.is_none() {
            return Ok(None);
        }
        let mut paid = None;
        if let Some(pension) = pension(old) {
            paid = Components::of(pension, drawn);
        }
        if drawn.has_ground(Ground::Disability) {
            let begun = self.draw_disability(month, drawn, paid, (shelf, trace));
            paid = Some(begun.map_err(Refused::by(Ground::Disability))?);
        }
        if let Some(place) = place.filter(|_| drawn.has_ground(Ground::Survivor)) {
            let begun = self.draw_survivor((month, drawn), (place, pension(old)), paid, (shelf, trace));
            paid = Some(begun.map_err(Refused::by(Ground::Survivor))?);
        }
        Ok(paid.map(|paid| Components { suspended: rights.without(drawn), ..paid }))
    }

    /// 障害年金 beside what is drawn already.
    fn draw_disability(
        &mut self,
        month: Month,
        drawn: Rights,
        paid: Option<Components>,
        (shelf, trace): (&mut RateShelf, &mut Trace),
    ) -> Result<Components, LawError> {
        let asked = self.asked;
        let Some(disabled) = self.disabled.as_mut() else { unreachable!("a right of a disability is drawn") };
        let (basic, employee) = disabled.amounts(asked, month, shelf, trace)?;
        let right_on = disabled.found.right.arises.map_or(asked.facts.birth_on, |(on, ..)| on);
        let mut paid = paid.unwrap_or(Components::nothing(right_on));
        paid.grade = disabled.grade_drawn(month);
        if let Some(basic) = basic.filter(|_| drawn.has(BenefitRight::DisabilityBasic)) {
            paid =
                Components { basic_of: Some(Ground::Disability), basic: basic.base, children: basic.children, ..paid };
        }
        if let Some(employee) = employee.filter(|_| drawn.has(BenefitRight::DisabilityEmployee)) {
            let (proportional, addition) = (employee.base, employee.spouse);
            paid = Components { employees_of: Some(Ground::Disability), proportional, addition, ..paid };
        }
        if paid.children > Yen::ZERO && paid.employees_of == Some(Ground::OldAge) && !self.household.children.is_empty()
        {
            paid.addition = self.addition_without_children(month, shelf, trace)?;
        }
        Ok(paid)
    }

    /// 44条1項ただし書: no addition to the old-age pension for a child for whom the 障害基礎年金 has one.
    fn addition_without_children(
        &mut self,
        month: Month,
        shelf: &mut RateShelf,
        trace: &mut Trace,
    ) -> Result<Yen, LawError> {
        let household = Household { spouse: self.household.spouse.clone(), children: Vec::new() };
        let old = ask(self.asked, (&household, &mut self.readings), month, shelf, trace)?;
        let employees = pension(Some(&old)).and_then(|pension| pension.employees.as_ref());
        Ok(employees.map_or(Yen::ZERO, |part| part.addition))
    }

    /// 遺族年金 beside what is drawn already.
    fn draw_survivor(
        &mut self,
        (month, drawn): (Month, Rights),
        (place, old): (&Place<'_>, Option<&Pension>),
        paid: Option<Components>,
        (shelf, trace): (&mut RateShelf, &mut Trace),
    ) -> Result<Components, LawError> {
        let own = match drawn.has(BenefitRight::SurvivorEmployee) && is_over_65(self.asked.facts.birth_on, month) {
            true => self.own_old_age(month, old, shelf, trace)?,
            false => Yen::ZERO,
        };
        let Some(surviving) = self.surviving.as_ref() else { unreachable!("a right of a death is drawn") };
        let part = surviving.part(place, (drawn, own), (shelf, trace))?;
        let mut paid = paid.unwrap_or(Components::nothing(surviving.found.died_on));
        if drawn.has(BenefitRight::SurvivorBasic) {
            paid = Components { basic_of: Some(Ground::Survivor), basic: part.basic, children: part.children, ..paid };
        }
        Ok(Components { survivor: part.employee, survivor_stopped: part.stopped, ..paid })
    }

    /// 自身の老齢厚生年金の額 without 加給年金額 (64条の2): what the right gives, claimed or not, before 在職支給停止.
    fn own_old_age(
        &mut self,
        month: Month,
        old: Option<&Pension>,
        shelf: &mut RateShelf,
        trace: &mut Trace,
    ) -> Result<Yen, LawError> {
        let amount = |pension: &Pension| {
            pension.employees.as_ref().map(|part| part.proportional() + part.transitional() + part.adjustment)
        };
        if let Some(own) = old.and_then(amount) {
            return Ok(own);
        }
        let asked = self.asked;
        let question = Question {
            facts: asked.facts,
            for_month: month,
            claims: Claim::default().months,
            spouse: None,
            children: &[],
            spouse_addition_moves: false,
        };
        let unclaimed = old_age_of(&question, &mut self.readings, shelf, trace)?;
        Ok(pension(Some(&unclaimed)).and_then(amount).unwrap_or(Yen::ZERO))
    }

    /// 状態 at the last month, and what was found of the old-age pension.
    ///
    /// - `open`: something is paid in the last month
    pub(super) fn standing(
        &self,
        (outcome, last): (&MonthAnswer, Month),
        (died, open): (bool, bool),
    ) -> (Standing, Option<Start>, Option<Qualified>) {
        let (of_old, start, qualified) = match &outcome.old {
            None if self.asked.claim.is_some() => (Standing::NotYet, None, None),
            None => (Standing::NoRight, None, None),
            Some(OldAge::NoRight { qualified }) => (Standing::NoRight, None, Some(*qualified)),
            Some(OldAge::NotYet { start, qualified }) => (Standing::NotYet, Some(*start), *qualified),
            Some(OldAge::Payable(pension)) => (Standing::Waiting, Some(pension.start), Some(pension.qualified)),
        };
        let standing = match () {
            () if died => Standing::Ended,
            () if open => Standing::Payable,
            () if outcome.has_other => Standing::Suspended,
            () if of_old == Standing::NoRight => self.standing_of_others(last),
            () => of_old,
        };
        (standing, start, qualified)
    }

    /// Where no old-age pension is: yet to begin, ended, or never.
    fn standing_of_others(&self, last: Month) -> Standing {
        let disabled = self.disabled.as_ref().and_then(|disabled| disabled.found.first_month);
        let surviving = self.surviving.as_ref().and_then(|surviving| surviving.found.first_month);
        match [disabled, surviving].into_iter().flatten().max() {
            None => Standing::NoRight,
            Some(first) if last < first => Standing::NotYet,
            Some(_) if self.asked.claim.is_some() => Standing::NoRight,
            Some(_) => Standing::Ended,
        }
    }
}

fn pension(old: Option<&OldAge>) -> Option<&Pension> {
    match old {
        Some(OldAge::Payable(pension)) => Some(pension),
        _ => None,
    }
}
