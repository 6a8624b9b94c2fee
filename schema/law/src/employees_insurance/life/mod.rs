//! 被保険者の一生 — one person at one employer, event after event: what is decided, from when, and what each month costs.
//! The same rules as the night applies to filings, without an office around them.

use domain::age::{attained_on, nth_birthday};
use domain::paper::Corrected;
use domain::{Month, Prefecture, Yen};
use jiff::civil::Date;

use super::Scheme;
use super::application::{
    self, AnnualFiling, Application, Applied, BonusFiling, Cause, CorrectionFiling, CoverageEndFiling, Decision,
    EnrolmentFiling, InsuredFacts, LeaveEndFiling, NotApplied, RevisionFiling, Standard,
};
use super::exemption::{LeaveSpell, exempt_in};
use super::grade;
use super::long_term_care::is_second_insured;
use super::table_change::redetermine;
use super::voluntary::membership::{self, LossCause};
use super::voluntary::{self, PremiumFraction};
use crate::{LawError, MonthLaw, PersonContribution, PersonMonth, Step, Trace, day_number};

#[cfg(test)]
mod tests;

/// できごと — in the order in which it became known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// 資格取得届.
    Enrolment(EnrolmentFiling),
    /// 算定基礎届.
    Annual(AnnualFiling),
    /// 月額変更届.
    Revision(RevisionFiling),
    /// 賞与支払届.
    Bonus(BonusFiling),
    /// 産前産後休業・育児休業等.
    Leave(LeaveSpell),
    /// 休業終了時報酬月額変更届.
    LeaveEnd(LeaveEndFiling),
    /// 資格喪失届.
    CoverageEnd(CoverageEndFiling),
    /// 訂正届・取消届.
    Correction {
        /// What is corrected, and to what.
        corrected: Corrected,
        /// 後の決定を確認した.
        later_decisions_confirmed: bool,
        /// 業務日付.
        business_on: Date,
    },
    /// 任意継続.
    Voluntary(Voluntary),
}

/// 任意継続 — an application after the loss, and how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voluntary {
    /// 申出日.
    pub applied_on: Date,
    /// 住所地の都道府県.
    pub prefecture: Prefecture,
    /// 喪失の原因; two years have passed where nothing else came.
    pub ended_by: LossCause,
}

/// Months of voluntary cover: from the month of the loss to the last that is charged.
#[derive(Clone, Copy, Debug)]
struct VoluntaryCover {
    first: Month,
    last: Month,
    prefecture: Prefecture,
    at_loss: Yen,
}

/// 一人の記録 — as it stands after the events so far.
#[derive(Clone, Debug)]
pub struct Life {
    birth_on: Date,
    facts: Option<InsuredFacts>,
    leaves: Vec<LeaveSpell>,
    /// Decisions that the end of the cover took away.
    ended: Vec<Standard>,
    voluntary: Option<VoluntaryCover>,
}

/// 一月 — what holds and what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LifeMonth {
    /// 月分.
    pub month: Month,
    /// 決定の種類 and the standards in force; `None` without cover at the employer.
    pub standard: Option<(Decision, Yen, Yen)>,
    /// 調定; `None` without cover at the employer.
    pub contribution: Option<PersonContribution>,
    /// 任意継続の保険料.
    pub voluntary_yen: Option<Yen>,
}

impl Life {
    /// Somebody who has never been insured.
    pub fn new(birth_on: Date) -> Life {
        Life { birth_on, facts: None, leaves: Vec::new(), ended: Vec::new(), voluntary: None }
    }

    /// できごとの反映 — what is known from now on. Returns why the law gives the event no effect, where it gives none.
    ///
    /// # Errors
    /// `Held`, `Rejected` — as the rules of `application` say; then nothing has changed.
    pub fn meet(&mut self, event: &Event, trace: &mut Trace) -> Application<Option<String>> {
        let cause = Cause { filing_id: None, reason: String::new() };
        let applied = match event {
            Event::Leave(leave) => {
                self.facts()?;
                self.leaves.push(*leave);
                return Ok(None);
            }
            Event::Voluntary(voluntary) => return self.continue_voluntarily(voluntary, trace).map(|()| None),
            Event::Enrolment(filing) => {
                let others: Vec<_> = self.facts.iter().map(|facts| facts.spell.clone()).collect();
                application::enrolment(filing, &others, false, &cause, trace)?
            }
            Event::Annual(filing) => application::annual_determination(filing, self.facts()?, &cause, trace)?,
            Event::Revision(filing) => application::revision(filing, self.facts()?, &cause, trace)?,
            Event::Bonus(filing) => application::bonus_payment(filing, self.facts()?, &cause, trace)?,
            Event::LeaveEnd(filing) => application::leave_end(filing, self.facts()?, &cause, trace)?,
            Event::CoverageEnd(filing) => application::coverage_end(filing, self.facts()?, &cause, trace)?,
            Event::Correction { corrected, later_decisions_confirmed, business_on } => {
                let filing = CorrectionFiling {
                    corrected: *corrected,
                    later_decisions_confirmed: *later_decisions_confirmed,
                    business_on: *business_on,
                    others: &[],
                    ended: &self.ended,
                };
                application::correction(&filing, self.facts()?, &cause, trace)?
            }
        };
        Ok(self.become_known(applied))
    }

    fn facts(&self) -> Application<&InsuredFacts> {
        self.facts.as_ref().ok_or_else(|| {
            NotApplied::held("not_insured", "被保険者の資格がありません。資格取得 (enrolment) を先に入力してください")
        })
    }

    fn become_known(&mut self, applied: Applied) -> Option<String> {
        let before = self.facts.take();
        if before.as_ref().is_some_and(|before| before.spell.lost_on != applied.facts.spell.lost_on) {
            // Whoever left on another day, or never, continues voluntarily by another application.
            self.voluntary = None;
        }
        let before = before.map(|facts| facts.standards).unwrap_or_default();
        let gone = before.into_iter().filter(|old| !applied.facts.standards.iter().any(|new| new.from == old.from));
        if applied.facts.spell.lost_on.is_some() {
            self.ended.extend(gone);
        }
        self.ended.retain(|old| applied.facts.standards.iter().all(|new| new.from != old.from));
        self.facts = (!applied.cancelled).then_some(applied.facts);
        applied.no_effect
    }

    /// 任意継続 — from the day of the loss, on the standard of the last month.
    fn continue_voluntarily(&mut self, asked: &Voluntary, trace: &mut Trace) -> Application<()> {
        let facts = self.facts()?;
        let lost_on = facts.spell.lost_on.ok_or_else(|| {
            NotApplied::held("still_insured", "資格を喪失していません。資格喪失 (coverage_end) を先に入力してください")
        })?;
        let entry = membership::entry(
            &membership::Application {
                insured_from: facts.spell.acquired_on,
                lost_on,
                applied_on: asked.applied_on,
                late_accepted: false,
                first_premium_paid: true,
            },
            trace,
        )?;
        let Some(acquired_on) = entry.acquired_on else {
            return Err(NotApplied::held("not_voluntary", format!("任意継続できません: {}", entry.reason)));
        };
        let loss = membership::loss(acquired_on, asked.ended_by, trace)?;
        let last_day = lost_on.yesterday().unwrap_or(lost_on);
        let standard = facts.standard_in(Month::of(last_day)).ok_or_else(|| {
            NotApplied::held("no_standard", "喪失時の標準報酬月額がありません。資格取得時決定を確かめてください")
        })?;
        self.voluntary = Some(VoluntaryCover {
            first: Month::of(acquired_on),
            last: loss.last_charged,
            prefecture: asked.prefecture,
            at_loss: standard.hi,
        });
        Ok(())
    }

    /// 一月の保険料 — by the law of that month, told step by step.
    ///
    /// Law: 健康保険法156条・159条・161条, 厚生年金保険法19条・81条〜82条; 健康保険法47条・161条1項ただし書 (任意継続).
    ///
    /// - `prefecture`: the employer's branch
    ///
    /// # Errors
    /// `NotInForce`, `PastLastCheck` — the month's tables; `MissingFact` — a grade table changed and the remuneration is
    /// not on record.
    pub fn month(&self, prefecture: Prefecture, month: Month, trace: &mut Trace) -> Result<LifeMonth, LawError> {
        let mut lived = LifeMonth { month, standard: None, contribution: None, voluntary_yen: None };
        if let Some((facts, standard)) = self.facts.as_ref().and_then(|facts| Some((facts, facts.standard_in(month)?)))
        {
            let (hi, epi) = in_force(standard, month, trace)?;
            lived.standard = Some((standard.decision, hi, epi));
            let law = MonthLaw::of(month, &mut Trace::under(trace.book()))?;
            let person = self.person(facts, (hi, epi), &law, prefecture);
            lived.contribution = Some(law.explain(&person, trace));
        }
        if let Some(cover) = self.voluntary.filter(|cover| (cover.first..=cover.last).contains(&month)) {
            let standard = voluntary::standard(cover.at_loss, month, trace)?;
            let ltci = is_second_insured(self.birth_on, month);
            let fraction = PremiumFraction::default();
            lived.voluntary_yen = Some(voluntary::premium(standard, cover.prefecture, month, ltci, fraction, trace)?);
        }
        Ok(lived)
    }

    fn person(
        &self,
        facts: &InsuredFacts,
        (hi, epi): (Yen, Yen),
        law: &MonthLaw,
        prefecture: Prefecture,
    ) -> PersonMonth {
        let (spell, exempt) = (&facts.spell, exempt_in(law.month(), &self.leaves));
        let paid = |loss_by_age: Date| -> Vec<(i32, i64)> {
            let until = spell.lost_on.map_or(loss_by_age, |lost_on| lost_on.min(loss_by_age));
            let counts = |day: Date| spell.acquired_on <= day && day < until;
            let bonuses = facts.bonuses.iter().filter(|bonus| counts(bonus.paid_on));
            bonuses.map(|bonus| (day_number(bonus.paid_on), bonus.amount.get())).collect()
        };
        PersonMonth {
            birth_on: day_number(self.birth_on),
            acquired_on: day_number(spell.acquired_on),
            lost_on: spell.lost_on.map(day_number),
            prefecture: prefecture.jis(),
            hi_applies: spell.health_insurance,
            epi_applies: spell.employees_pension,
            ltci_excluded: false,
            hi_standard_yen: hi.get(),
            epi_standard_yen: epi.get(),
            hi_standard_bonus_yen: law.standard_bonus(&paid(nth_birthday(self.birth_on, 75))).0,
            epi_standard_bonus_yen: law.standard_bonus(&paid(attained_on(self.birth_on, 70))).1,
            exempt: exempt.month,
            bonus_exempt: exempt.bonus,
            epi_same_month_cancelled: false,
            multi_workplace: spell.two_workplaces,
        }
    }
}

/// The standards of a decision in a later month: those at an end of a grade table that moved since were determined anew.
fn in_force(standard: &Standard, month: Month, trace: &mut Trace) -> Result<(Yen, Yen), LawError> {
    let mut passed = |scheme, decided: Yen| {
        if decided == Yen::ZERO || same_table(scheme, standard.from, month, trace)? {
            return Ok(decided);
        }
        let mut yen = decided;
        for month in standard.from.next().through(month) {
            if !same_table(scheme, month.previous(), month, trace)? {
                yen = redetermine(scheme, month, yen, Some(standard.remuneration), trace)?.standard;
            }
        }
        Ok::<_, LawError>(yen)
    };
    let (hi, epi) = (passed(Scheme::HealthInsurance, standard.hi)?, passed(Scheme::EmployeesPension, standard.epi)?);
    trace.step(
        Step::new("健康保険法40条・厚生年金保険法20条", "その月に効力のある標準報酬月額")
            .with("決定", standard.decision.name_ja(), "")
            .with("決定の効力の始まる月", standard.from, "")
            .with("月分", month, "")
            .gives(format!("健康保険 {hi}、厚生年金保険 {epi}")),
    );
    Ok((hi, epi))
}

fn same_table(scheme: Scheme, one: Month, other: Month, trace: &mut Trace) -> Result<bool, LawError> {
    let mut unheard = Trace::under(trace.book());
    Ok(grade::all(scheme, one, &mut unheard)? == grade::all(scheme, other, &mut unheard)?)
}
