//! 遺族年金の月々 — the claim of one survivor read once, and the claimant's part of what the death gives in a month.

use domain::age::{attained_on, nth_birthday};
use domain::{Month, Yen};
use jiff::civil::Date;

use super::{Asked, Rights, SurvivorClaim, first_paid_of};
use crate::adjudication::old_age::RateShelf;
use crate::adjudication::survivor::{Case, Death, OfMonth, is_over_65};
use crate::disability_survivor::part_of;
use crate::disability_survivor::survivor_employee::survivor_and_old_age_over_65;
use crate::disability_survivor::survivor_right::Requirement;
use crate::disability_survivor::survivor_right::family::{FamilyMember, FamilyRelation};
use crate::pension_payment::simultaneous_benefits::BenefitRight;
use crate::{LawError, Trace};

/// 遺族年金の受給権, for the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurvivorFound {
    /// 死亡日.
    pub died_on: Date,
    /// 遺族基礎年金を生ずる死亡 (国民年金法37条).
    pub basic_arises: bool,
    /// 遺族厚生年金の要件 (厚生年金保険法58条); none: there is no 遺族厚生年金.
    pub requirement: Option<Requirement>,
    /// 支給の始まりうる月: the one after the death; none where this claimant has no right at all.
    pub first_month: Option<Month>,
}

/// The claim with what it came to.
pub(super) struct Surviving<'a> {
    claim: SurvivorClaim<'a>,
    case: Case,
    pub found: SurvivorFound,
    /// First month that is decided here.
    pub first: Option<Month>,
}

/// 遺族の受給 of a month, as the claimant sees it.
pub(super) struct Place<'a> {
    of_month: OfMonth<'a>,
    month: Month,
    /// What is paid to the claimant unless another right is chosen.
    pub rights: Rights,
    /// The claimant has a right, paid or not.
    pub has_right: bool,
}

/// The claimant's part, yen a year.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    /// 遺族基礎年金 without the additions.
    pub basic: Yen,
    /// 子の加算額 of a spouse.
    pub children: Yen,
    /// 遺族厚生年金 with what a widow is added.
    pub employee: Yen,
    /// 64条の2.
    pub stopped: Yen,
}

impl<'a> Surviving<'a> {
    pub(super) fn of(asked: &Asked<'a>, trace: &mut Trace) -> Result<Option<Surviving<'a>>, LawError> {
        let Some(claim) = asked.others.survivor else { return Ok(None) };
        if claim.deceased.died_on.is_none() {
            return Err(LawError::MissingFact {
                fact: "遺族年金の請求に係る死亡した人の死亡日 (死亡の届出)".to_owned(),
            });
        }
        if claim.claimant >= claim.family.len() {
            return Err(LawError::MissingFact { fact: "遺族年金の請求者である家族の記載".to_owned() });
        }
        let death = Death {
            facts: claim.deceased,
            resident: claim.resident,
            illness_first_seen: claim.illness_first_seen,
            disability_grade_1_or_2: claim.disability_grade_1_or_2,
            survivor_states_long: claim.states_long,
        };
        let family: Vec<FamilyMember> = claim.family.iter().map(|relative| relative.member.clone()).collect();
        let case = Case::of(&death, &family, trace)?;
        case.check_months()?;
        let (died_on, basic_arises) = (case.died_on, case.basic_arises);
        let requirement = case.requirement.filter(|_| case.has_employee());
        let found = SurvivorFound { died_on, basic_arises, requirement, first_month: None };
        let mut surviving = Surviving { claim, case, found, first: None };
        let first = Month::of(died_on).next();
        if surviving.place(first, trace)?.has_right {
            surviving.found.first_month = Some(first);
            surviving.first = Some(first_paid_of(first, claim.filed_on, claim.paid_through));
        }
        Ok(Some(surviving))
    }

    /// Whether the claimant has a right in the month, and to what.
    pub(super) fn place(&self, month: Month, trace: &mut Trace) -> Result<Place<'a>, LawError> {
        let of_month = self.case.of_month(self.claim.family, month, trace)?;
        let (me, employee) = (self.claim.claimant, self.found.requirement.is_some());
        let child = of_month.children.contains(&me);
        // 国民年金法41条2項: the children's is stopped while the spouse has it.
        let basic = of_month.basic_spouse == Some(me) || child && of_month.basic_spouse.is_none();
        let paid = employee && of_month.paid.contains(&me);
        let rights = [(basic, BenefitRight::SurvivorBasic), (paid, BenefitRight::SurvivorEmployee)]
            .into_iter()
            .filter(|(is, _)| *is);
        let rights = rights.map(|(_, right)| right).collect();
        let has_right = basic || child || employee && of_month.holders.contains(&me);
        Ok(Place { of_month, month, rights, has_right })
    }

    /// The amounts of what is drawn of it in the month.
    ///
    /// - `own`: own 老齢厚生年金 without 加給年金額, yen a year, from the month after 65
    pub(super) fn part(
        &self,
        place: &Place<'_>,
        (drawn, own): (Rights, Yen),
        (shelf, trace): (&mut RateShelf, &mut Trace),
    ) -> Result<Part, LawError> {
        let mut part = Part::default();
        if drawn.has(BenefitRight::SurvivorBasic)
            && let Some(basic) = place.of_month.basic(trace)?
        {
            (part.basic, part.children) = match basic.per_child {
                Some(each) => (each, Yen::ZERO),
                None => (basic.total - basic.additions, basic.additions),
            };
        }
        if drawn.has(BenefitRight::SurvivorEmployee) {
            (part.employee, part.stopped) = self.employee(place, (drawn, own), (shelf, trace))?;
        }
        Ok(part)
    }

    /// 遺族厚生年金 of the claimant, and what of it 64条の2 stops.
    fn employee(
        &self,
        place: &Place<'_>,
        (drawn, own): (Rights, Yen),
        (shelf, trace): (&mut RateShelf, &mut Trace),
    ) -> Result<(Yen, Yen), LawError> {
        let of_month = &place.of_month;
        let Some(amounts) = self.case.employee(of_month, (shelf, trace))? else { return Ok((Yen::ZERO, Yen::ZERO)) };
        // 60条2項, 35条1項 (50銭未満切捨て・50銭以上切上げ).
        let mine = part_of(amounts.employee.three_quarters, 1, of_month.sharing().into());
        let me = &self.claim.family[self.claim.claimant].member;
        let (mut entitled, mut stopped) = (mine, Yen::ZERO);
        if own > Yen::ZERO && is_over_65(me.birth, place.month) {
            let beside = survivor_and_old_age_over_65(mine, own, me.relation.spouse(), trace);
            (entitled, stopped) = (beside.entitlement, beside.entitlement - beside.survivor_paid);
        }
        let draws_basic = drawn.has(BenefitRight::DisabilityBasic);
        let added = amounts.employee.widow_addition + of_month.transitional(&amounts, draws_basic, trace)?;
        Ok((entitled + added, stopped))
    }

    /// Months in which it can change, beside every April.
    pub(super) fn marks(&self) -> Vec<Month> {
        let mut days: Vec<Date> = Vec::new();
        for relative in self.claim.family {
            let (birth, ends_on) = (relative.member.birth, relative.ends_on());
            days.extend(ends_on);
            match relative.member.relation {
                // 62条1項, 63条1項5号: five years from the death, or from the end of the last child's right.
                FamilyRelation::Wife => days.extend([40, 65].map(|age| attained_on(birth, age))),
                FamilyRelation::Child => days.extend(ends_on.map(|ends_on| nth_birthday(ends_on, 5))),
                _ => days.push(attained_on(birth, 60)),
            }
        }
        days.push(nth_birthday(self.found.died_on, 5));
        let both = |day: Date| [Month::of(day), Month::of(day).next()];
        self.first.into_iter().chain(days.into_iter().flat_map(both)).collect()
    }
}
