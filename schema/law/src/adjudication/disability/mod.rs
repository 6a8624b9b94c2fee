//! 障害年金の裁定 — 障害基礎年金・障害厚生年金・障害手当金 of one person for one month, from the record of a life and the course of
//! the disability.

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
use crate::disability_survivor::disability_basic::{DisabilityBasic, disability_basic};
use crate::disability_survivor::disability_employee::{
    DisabilityEmployee, DisabilityFacts, DisabilityRecord, disability_allowance, disability_employee,
};
use crate::disability_survivor::disability_right::{DisabilityCourse, DisabilityRight, disability_right};
use crate::employees_pension::average_remuneration::{RemunerationMonth, average_remuneration};
use crate::{LawError, Step, Trace};

/// 裁定の問い.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// 記録の素材, as known on the day before the first consultation for what was paid by then.
    pub facts: &'a LifeFacts<'a>,
    /// 初診日.
    pub first_consultation: Date,
    /// 症状が固定した日.
    pub fixed_on: Option<Date>,
    /// 障害認定日の障害等級 (0 none, 4 障害手当金の程度).
    pub grade_at_certification: i64,
    /// 事後重症の請求日とその等級.
    pub later_claim: Option<(Date, i64)>,
    /// 初診日に国内に住所がある.
    pub resident: bool,
    /// 何月分.
    pub for_month: Month,
    /// その月の障害等級, where it was revised since.
    pub grade_now: Option<i64>,
    /// 加算の対象となる子の数.
    pub children: i64,
    /// 加給年金額の対象となる65歳未満の配偶者がいる.
    pub spouse: bool,
}

/// 裁定の結果, yen a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disability {
    /// 納付の状況 and what it comes to; a first consultation before 20 is not asked for any.
    pub contributions: (ContributionRecord, ContributionVerdict),
    /// 受給権.
    pub right: DisabilityRight,
    /// 障害基礎年金 of the month.
    pub basic: Option<DisabilityBasic>,
    /// 障害厚生年金 of the month.
    pub employee: Option<DisabilityEmployee>,
    /// 障害手当金: once.
    pub allowance: Option<Yen>,
}

impl Disability {
    /// 年額の合計, without 障害手当金.
    pub fn annual(&self) -> Yen {
        let basic = self.basic.map_or(Yen::ZERO, DisabilityBasic::annual);
        basic + self.employee.map_or(Yen::ZERO, DisabilityEmployee::annual)
    }
}

/// 障害年金の裁定 — whether there is a right, and what it gives in a month.
///
/// Law: 国民年金法30条・30条の2・30条の4・33条・33条の2, 厚生年金保険法47条・47条の2・50条・50条の2・51条 (months to that of the 障害認定日),
/// 55条・57条, 78条の30 (kinds of 厚生年金 added together). 離婚時みなし被保険者期間 is no basis of it (78条の10第2項).
///
/// Returns yen a year; nothing before the month after the right.
///
/// # Errors
/// `CannotDecide` — the record contradicts itself; `BadInput` — a course that cannot be; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Insured employee, first seen at 38 with all months paid, grade 2: 障害基礎 and 障害厚生年金 of 300 months from the month after the
/// 障害認定日.
pub fn disability(question: &Question<'_>, shelf: &mut RateShelf, trace: &mut Trace) -> Result<Disability, LawError> {
    let mut case = Case::of(question, trace)?;
    let allowance = case.allowance(question, shelf, trace)?;
    let (basic, employee) = case.amounts(question, shelf, trace)?;
    let Case { contributions, right, .. } = case;
    Ok(Disability { contributions, right, basic, employee, allowance })
}

/// 受給権, and the months of which its amounts are made: the same whatever month is asked about.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub contributions: (ContributionRecord, ContributionVerdict),
    pub right: DisabilityRight,
    /// Months of every kind to that of the 障害認定日 (51条); read when an amount first asks for them.
    months: Option<Vec<RemunerationMonth>>,
}

impl Case {
    /// Whether there is a right.
    pub(super) fn of(question: &Question<'_>, trace: &mut Trace) -> Result<Case, LawError> {
        let facts = question.facts;
        let counted = contribution_record(facts, question.first_consultation)?;
        let verdict = contribution_test(&counted, trace)?;
        let course = DisabilityCourse {
            birth: facts.birth_on,
            first_consultation: question.first_consultation,
            insured: insured_on(facts, question.first_consultation, question.resident),
            fixed_on: question.fixed_on,
            grade_at_certification: question.grade_at_certification,
            later_claim: question.later_claim,
            contributions: verdict.passed,
        };
        let right = disability_right(&course, trace)?;
        Ok(Case { contributions: (counted, verdict), right, months: None })
    }

    /// 障害手当金, where it is due.
    pub(super) fn allowance(
        &mut self,
        question: &Question<'_>,
        shelf: &mut RateShelf,
        trace: &mut Trace,
    ) -> Result<Option<Yen>, LawError> {
        if !self.right.allowance {
            return Ok(None);
        }
        let record = self.record(question, Month::of(self.right.certified_on), shelf, trace)?;
        disability_allowance(&record, trace).map(Some)
    }

    /// 障害基礎年金 and 障害厚生年金 of the month asked about.
    pub(super) fn amounts(
        &mut self,
        question: &Question<'_>,
        shelf: &mut RateShelf,
        trace: &mut Trace,
    ) -> Result<(Option<DisabilityBasic>, Option<DisabilityEmployee>), LawError> {
        let (facts, right, month) = (question.facts, self.right, question.for_month);
        let (Some((_, awarded, _)), Some(first)) = (right.arises, right.first_month()) else { return Ok((None, None)) };
        if month < first || facts.died_on.is_some_and(|died_on| Month::of(died_on) < month) {
            return Ok((None, None));
        }
        let grade = question.grade_now.unwrap_or(awarded);
        let has_basic = right.basic_at(grade);
        let (mut basic, mut employee) = (None, None);
        if has_basic {
            let cohort = Cohort::of(facts.birth_on, month, trace)?;
            basic = Some(disability_basic(grade, question.children, cohort, month.fiscal_year(), trace)?);
        }
        if right.employee && (1..=3).contains(&grade) {
            let record = self.record(question, month, shelf, trace)?;
            let facts = DisabilityFacts { grade, spouse: question.spouse, has_basic };
            employee = Some(disability_employee(&record, facts, trace)?);
        }
        trace.tell(|| {
            let annual = basic.map_or(Yen::ZERO, DisabilityBasic::annual);
            Step::new("国民年金法18条・厚生年金保険法36条", "障害年金の年額")
                .with("月分", month, "")
                .gives(annual + employee.map_or(Yen::ZERO, DisabilityEmployee::annual))
        });
        Ok((basic, employee))
    }

    /// Months of every kind to that of the 障害認定日 (51条), revalued for the year of a month.
    fn record(
        &mut self,
        question: &Question<'_>,
        month: Month,
        shelf: &mut RateShelf,
        trace: &mut Trace,
    ) -> Result<DisabilityRecord, LawError> {
        let months = self.months_to_certification(question)?;
        let (birth, fiscal_year) = (question.facts.birth_on, month.fiscal_year());
        let law = shelf.of(fiscal_year, birth, trace)?;
        Ok(DisabilityRecord {
            birth,
            fiscal_year,
            averages: average_remuneration(months, &law.rates, trace)?.averages(),
            level_1994: Some(average_remuneration(months, &law.level_1994, trace)?.averages()),
        })
    }

    fn months_to_certification(&mut self, question: &Question<'_>) -> Result<&[RemunerationMonth], LawError> {
        if self.months.is_none() {
            let certified = Month::of(self.right.certified_on);
            let record = sound_record(question.facts, certified.last_day())?;
            self.months = Some(remuneration_months(&record, &KINDS, false, certified)?);
        }
        Ok(self.months.as_deref().unwrap_or_default())
    }
}
