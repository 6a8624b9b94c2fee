//! 訂正届・取消届の反映 — what was decided already was otherwise, and what follows from it.
//!
//! The fact becomes right from its own day on; contributions follow by the night's recomputation, two years back at
//! most (`limitation`). Decisions that were made on the corrected one stay, but are held for a person once they would
//! come out differently.

use domain::paper::Corrected;
use domain::{Month, Yen};
use jiff::civil::Date;

use super::super::annual_determination::Season;
use super::super::chargeable_months;
use super::super::limitation;
use super::super::revision::{Current, FixedPay, marked_change};
use super::super::{Scheme, age};
use super::coverage_end::at_75;
use super::enrolment::schemes_of_age;
use super::{Application, Applied, BonusPaid, Cause, Decision, InsuredFacts, NotApplied, Spell, Standard};
use crate::{Step, Trace};

/// 訂正届・取消届 — what it says, and what else is known.
#[derive(Clone, Copy, Debug)]
pub struct CorrectionFiling<'a> {
    /// What is corrected, and to what.
    pub corrected: Corrected,
    /// 後の決定を確認した: decisions made on what is corrected stay as a person has left them.
    pub later_decisions_confirmed: bool,
    /// 業務日付: contributions are recomputed as far back as they can be collected on this day.
    pub business_on: Date,
    /// The person's other spells at this employer.
    pub others: &'a [Spell],
    /// 喪失で終わった決定 — decisions for later months that the end of the cover took away, in order of month.
    pub ended: &'a [Standard],
}

/// 訂正・取消の反映 — the spell as it should have been known.
///
/// Law: 健康保険法39条・厚生年金保険法18条 (確認), 健康保険法35条・36条・41条〜43条・45条, 厚生年金保険法13条・14条・
/// 21条〜24条の4; the filings of 健康保険法施行規則24条・29条 and so on, corrected.
///
/// # Errors
/// `Held` — whatever does not fit what is known; the sentence says what to file first or instead.
pub fn correction(
    filing: &CorrectionFiling<'_>,
    known: &InsuredFacts,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Applied> {
    known.own_part(false, trace)?;
    let case = Case { filing, known, cause };
    let facts = match filing.corrected {
        Corrected::AcquisitionCancelled => return case.explain(Applied::cancelled(known), trace),
        Corrected::Acquisition { acquired_on, remuneration } => case.acquisition(acquired_on, remuneration, trace)?,
        Corrected::CoverageEnd { lost_on, end_cause } => case.coverage_end(lost_on, end_cause, trace)?,
        Corrected::CoverageEndCancelled => case.coverage_goes_on()?,
        Corrected::Standard { from, remuneration } => case.standard(from, remuneration, trace)?,
        Corrected::StandardCancelled { from } => case.without_standard(from)?,
        Corrected::Bonus { paid_on, right_day, amount } => case.bonus(paid_on, right_day, amount)?,
        Corrected::BonusCancelled { paid_on } => case.without_bonus(paid_on)?,
    };
    if says_the_same(known, &facts) {
        return Ok(Applied::unchanged(known, "記録と同じ内容です。訂正するものはありません"));
    }
    case.later_decisions_stand(&facts, trace)?;
    case.bonuses_within(&facts)?;
    case.explain(Applied::with(facts), trace)
}

fn held<T>(code: &'static str, message: impl Into<String>) -> Application<T> {
    Err(NotApplied::held(code, message))
}

/// 根拠 — the decision that is corrected, and the filing that reported it.
const fn clause(corrected: &Corrected) -> &'static str {
    match corrected {
        Corrected::Acquisition { .. } | Corrected::AcquisitionCancelled => {
            "健康保険法39条・42条、厚生年金保険法18条・22条 (健康保険法施行規則24条・厚生年金保険法施行規則15条の届の訂正)"
        }
        Corrected::CoverageEnd { .. } | Corrected::CoverageEndCancelled => {
            "健康保険法36条・39条、厚生年金保険法14条・18条 (健康保険法施行規則29条・厚生年金保険法施行規則22条の届の訂正)"
        }
        Corrected::Standard { .. } | Corrected::StandardCancelled { .. } => {
            "健康保険法40条〜43条の3、厚生年金保険法20条〜23条の3 (報酬月額の届の訂正)"
        }
        Corrected::Bonus { .. } | Corrected::BonusCancelled { .. } => {
            "健康保険法45条・厚生年金保険法24条の4 (健康保険法施行規則27条・厚生年金保険法施行規則19条の5の届の訂正)"
        }
    }
}

struct Case<'a> {
    filing: &'a CorrectionFiling<'a>,
    known: &'a InsuredFacts,
    cause: &'a Cause,
}

impl Case<'_> {
    /// 資格取得届 訂正 — the acquisition decision begins in the month of the right day, by the table of that month, and
    /// ends where it ended.
    fn acquisition(
        &self,
        acquired_on: Option<Date>,
        remuneration: Option<Yen>,
        trace: &mut Trace,
    ) -> Application<InsuredFacts> {
        let spell = &self.known.spell;
        let day = acquired_on.unwrap_or(spell.acquired_on);
        if spell.lost_on.is_some_and(|lost_on| lost_on < day) {
            return held("lost_before_acquired", "資格取得年月日が資格喪失年月日より後です。喪失の訂正が先です");
        }
        if schemes_of_age(self.known.birth_on, day) != schemes_of_age(self.known.birth_on, spell.acquired_on) {
            return held("schemes_differ", "正しい取得日では適用する制度が変わります。担当者が資格を確かめてください");
        }
        self.check_others(day, spell.lost_on)?;
        let mut facts = self.known.clone();
        facts.spell = Spell { acquired_on: day, cause: self.cause.clone(), ..spell.clone() };
        // Who is lost on the day of acquisition is insured in that month, else in the month of the day before.
        self.last_standard_follows(&mut facts);
        let first = |standard: &&mut Standard| {
            standard.decision == Decision::Acquisition && standard.from == Month::of(spell.acquired_on)
        };
        let (from, insured) = (Month::of(day), spell.health_insurance || spell.employees_pension);
        let moved = from != Month::of(spell.acquired_on) || remuneration.is_some();
        match facts.standards.iter_mut().find(first) {
            Some(standard) if moved => {
                let remuneration = remuneration.unwrap_or(standard.remuneration);
                let (hi, epi) = self.known.graded(from, remuneration, trace)?;
                *standard = Standard { remuneration, hi, epi, from, cause: self.cause.clone(), ..standard.clone() };
            }
            None if moved && insured => {
                return held(
                    "no_acquisition_decision",
                    "資格取得時決定の記録がありません。標準報酬月額の記録を確かめて、その訂正届を出してください",
                );
            }
            _ => {}
        }
        if let Some(end) = facts.spell.first_month_after() {
            facts.end_standards(end, self.cause);
        }
        check_order(&facts)?;
        if day != spell.acquired_on {
            check_annual(&facts)?;
        }
        Ok(facts)
    }

    /// 資格喪失届 訂正 — the last standard and the decisions that the end took away follow the right day.
    fn coverage_end(
        &self,
        lost_on: Option<Date>,
        end_cause: Option<u8>,
        trace: &mut Trace,
    ) -> Application<InsuredFacts> {
        let spell = &self.known.spell;
        let Some(recorded) = spell.lost_on else { return self.not_ended() };
        let end_cause = end_cause.map(i16::from).or(spell.end_cause);
        let day = lost_on.unwrap_or(recorded);
        let day = match end_cause {
            Some(7) => at_75(day, age::hi_loss_on(self.known.birth_on), trace)
                .map_err(|why| NotApplied::Held(why.reason().clone()))?,
            _ => day,
        };
        if day < spell.acquired_on {
            return held("lost_before_acquired", "資格喪失年月日が資格取得年月日より前です。日付を確かめてください");
        }
        self.check_others(spell.acquired_on, Some(day))?;
        Ok(self.ending(Some(day), end_cause))
    }

    /// 資格喪失届 取消 — the cover goes on, with the last standard and the decisions that the end took away.
    fn coverage_goes_on(&self) -> Application<InsuredFacts> {
        let spell = &self.known.spell;
        if spell.is_open() {
            return self.not_ended();
        }
        if spell.end_cause == Some(7) {
            return held("at_75", "75歳到達による喪失は取り消せません。生年月日が違うときは、その訂正が先です");
        }
        self.check_others(spell.acquired_on, None)?;
        Ok(self.ending(None, None))
    }

    fn not_ended<T>(&self) -> Application<T> {
        held("not_ended", "資格を喪失していません。喪失していれば資格喪失届を出してください")
    }

    fn ending(&self, lost_on: Option<Date>, end_cause: Option<i16>) -> InsuredFacts {
        let mut facts = self.known.clone();
        let recorded = facts.spell.first_month_after();
        facts.spell = Spell { lost_on, end_cause, cause: self.cause.clone(), ..facts.spell };
        self.last_standard_follows(&mut facts);
        let end = facts.spell.first_month_after();
        let reaches = |month: Month| end.is_none_or(|end| month < end);
        let back = self.filing.ended.iter().filter(|one| recorded.is_some_and(|month| month <= one.from));
        for standard in back.filter(|one| reaches(one.from)) {
            facts.decide(Standard { cause: self.cause.clone(), ..standard.clone() });
        }
        if let Some(end) = end {
            facts.end_standards(end, self.cause);
        }
        facts
    }

    /// The standard that ended with the cover holds to where the cover ends now.
    fn last_standard_follows(&self, facts: &mut InsuredFacts) {
        let (recorded, end) = (self.known.spell.first_month_after(), facts.spell.first_month_after());
        let reaches = |month: Month| end.is_none_or(|end| month < end);
        if let Some(last) = facts.standards.last_mut().filter(|last| last.until == recorded)
            && last.until != end
            && last.until.is_some_and(reaches)
        {
            last.until = end;
            last.cause = self.cause.clone();
        }
    }

    /// 標準報酬月額 訂正 — the grade is looked up again in the table of its first month; it ends where it ended.
    fn standard(&self, from: Month, remuneration: Yen, trace: &mut Trace) -> Application<InsuredFacts> {
        let old = self.decided_from(from)?;
        let (hi, epi) = match old.decision {
            Decision::Conversion => {
                return held("converted", "移行した決定です。元の記録を確かめて担当者が訂正してください");
            }
            Decision::Revision => self.revised_again(old, remuneration, trace)?,
            _ => self.known.graded(from, remuneration, trace)?,
        };
        let new = Standard { remuneration, hi, epi, cause: self.cause.clone(), ..old.clone() };
        if old.decision == Decision::LeaveEnd
            && self.known.standard_in(from.previous()).is_some_and(|before| (before.hi, before.epi) == (hi, epi))
        {
            return held("no_difference", "訂正後の報酬では従前と同じ等級です。休業終了時改定の取消届を出してください");
        }
        let mut facts = self.known.clone();
        facts.standards.iter_mut().filter(|one| one.from == from).for_each(|one| *one = new.clone());
        Ok(facts)
    }

    /// 標準報酬月額 取消 — what held before it goes on to where it ended.
    fn without_standard(&self, from: Month) -> Application<InsuredFacts> {
        let old = self.decided_from(from)?;
        match old.decision {
            Decision::Annual => {}
            Decision::Revision | Decision::LeaveEnd => self.annual_is_due(from)?,
            Decision::Acquisition | Decision::Conversion => {
                return held(
                    "first_decision",
                    "資格取得時決定・移行の決定は取り消せません。資格取得届の取消か、報酬の訂正によってください",
                );
            }
        }
        let mut facts = self.known.clone();
        facts.standards.retain(|standard| standard.from != from);
        match facts.standards.iter_mut().find(|standard| standard.until == Some(from)) {
            Some(before) => {
                before.until = old.until;
                before.cause = self.cause.clone();
                Ok(facts)
            }
            None => held("no_standard", "取り消すと標準報酬月額のない月ができます。前の決定を確かめてください"),
        }
    }

    /// A revision of summer stood in the place of the annual determination (41条3項・21条3項), which is due without it.
    fn annual_is_due(&self, from: Month) -> Application<()> {
        if Season::displaced_by(from).is_none() || self.filing.later_decisions_confirmed {
            return Ok(());
        }
        held(
            "annual_due",
            "7月から9月までの改定を取り消すと、その年の定時決定が要ります。算定基礎届を確かめ、「後の決定を確認した」を付けてください",
        )
    }

    /// 賞与 訂正.
    fn bonus(&self, paid_on: Date, right_day: Option<Date>, amount: Option<Yen>) -> Application<InsuredFacts> {
        let place = self.payment(paid_on)?;
        let mut facts = self.known.clone();
        let old = facts.bonuses.remove(place);
        let day = right_day.unwrap_or(paid_on);
        if facts.bonuses.iter().any(|bonus| bonus.paid_on == day) {
            return held("bonus_known", format!("{day}支払の賞与は別に記録があります。支払年月日を確かめてください"));
        }
        let new = BonusPaid { paid_on: day, amount: amount.unwrap_or(old.amount), cause: self.cause.clone() };
        let place = facts.bonuses.partition_point(|bonus| bonus.paid_on <= day);
        facts.bonuses.insert(place, new);
        Ok(facts)
    }

    /// 賞与 取消.
    fn without_bonus(&self, paid_on: Date) -> Application<InsuredFacts> {
        let place = self.payment(paid_on)?;
        let mut facts = self.known.clone();
        facts.bonuses.remove(place);
        Ok(facts)
    }

    fn payment(&self, paid_on: Date) -> Application<usize> {
        let of_day = |bonus: &BonusPaid| bonus.paid_on == paid_on;
        let count = self.known.bonuses.iter().filter(|bonus| of_day(bonus)).count();
        match self.known.bonuses.iter().position(of_day) {
            Some(place) if count == 1 => Ok(place),
            Some(_) => {
                held("bonus_ambiguous", format!("{paid_on}支払の賞与が二つ以上あります。担当者が訂正してください"))
            }
            None => {
                held("bonus_unknown", format!("{paid_on}支払の賞与の記録がありません。支払年月日を確かめてください"))
            }
        }
    }

    fn decided_from(&self, from: Month) -> Application<&Standard> {
        let found = self.known.standards.iter().find(|standard| standard.from == from);
        found.ok_or_else(|| {
            let message = format!("{from}から適用する標準報酬月額の決定がありません。適用年月を確かめてください");
            NotApplied::held("no_decision", message)
        })
    }

    /// 一つの事業所で二重に被保険者になることはない.
    fn check_others(&self, acquired_on: Date, lost_on: Option<Date>) -> Application<()> {
        let end = |lost_on: Option<Date>| lost_on.unwrap_or(Date::MAX);
        let overlaps = |other: &&Spell| other.acquired_on < end(lost_on) && acquired_on < end(other.lost_on);
        match self.filing.others.iter().find(overlaps) {
            None => Ok(()),
            Some(other) => held(
                "already_insured",
                format!(
                    "この事業所の別の資格 (資格取得年月日 {}) と重なります。その資格の訂正か取消が先です",
                    other.acquired_on
                ),
            ),
        }
    }

    /// No payment leaves the cover by this correction; one that lay outside before is for its own.
    fn bonuses_within(&self, facts: &InsuredFacts) -> Application<()> {
        let known = self.known;
        let pushed_out = |bonus: &&BonusPaid| {
            let was_outside = !known.spell.covers(bonus.paid_on) && known.bonuses.contains(bonus);
            !facts.spell.covers(bonus.paid_on) && !was_outside
        };
        match facts.bonuses.iter().find(pushed_out) {
            None => Ok(()),
            Some(bonus) => held(
                "bonus_outside_cover",
                format!("{}支払の賞与が被保険者でない日になります。賞与支払届の訂正か取消が先です", bonus.paid_on),
            ),
        }
    }

    /// 随時改定のやり直し — a corrected average must still be a marked change in the same direction (健康保険法43条, 厚生年金
    /// 保険法23条).
    fn revised_again(&self, old: &Standard, remuneration: Yen, trace: &mut Trace) -> Application<(Yen, Yen)> {
        let new = Standard { remuneration, ..old.clone() };
        match revised_on(self.known, self.known, &new, trace)? {
            Some(revised) => Ok(revised),
            None => held(
                "no_marked_change",
                "訂正後の報酬では2等級以上の差がなく、随時改定に該当しません。標準報酬月額の取消届を出してください",
            ),
        }
    }

    /// 後の決定 — what was decided on the corrected standard must come out as it did; else a person looks at it.
    fn later_decisions_stand(&self, facts: &InsuredFacts, trace: &mut Trace) -> Application<()> {
        if self.filing.later_decisions_confirmed {
            return Ok(());
        }
        for later in facts.standards.iter().filter(|one| self.known.standards.iter().any(|old| same(old, one))) {
            let base = |facts: &InsuredFacts| {
                facts.standard_in(later.from.previous()).map(|base| (base.remuneration, base.hi, base.epi))
            };
            let (was, is) = (base(self.known), base(facts));
            let stands = match later.decision {
                _ if was == is => true,
                Decision::Revision => {
                    revised_on(self.known, facts, later, trace)?.is_some_and(|made| made == (later.hi, later.epi))
                }
                Decision::LeaveEnd => is.is_some_and(|(_, hi, epi)| (hi, epi) != (later.hi, later.epi)),
                Decision::Annual => was != Some((later.remuneration, later.hi, later.epi)),
                Decision::Acquisition | Decision::Conversion => true,
            };
            if !stands {
                return self.base_changed(later);
            }
        }
        Ok(())
    }

    fn base_changed(&self, later: &Standard) -> Application<()> {
        let why = match later.decision {
            Decision::Annual => "従前額によった決定かもしれません",
            _ => "訂正後の従前額では改定に該当しないか、額が変わります",
        };
        let message = format!(
            "{}からの決定は訂正する標準報酬月額を基にしています ({why})。その決定を訂正するか取り消し、または「後の決定を確認した」を付けてください",
            later.from
        );
        held("later_decision", message)
    }

    /// The step of the correction, and how far back contributions follow it.
    fn explain(&self, applied: Applied, trace: &mut Trace) -> Application<Applied> {
        let corrected = &self.filing.corrected;
        let step = Step::new(clause(corrected), corrected.name_ja());
        let Some(since) = changed_since(self.known, &applied) else {
            trace.step(step.gives("月分の保険料は変わらない"));
            return Ok(applied);
        };
        trace.step(step.gives(format!("{since}分から変わる")));
        let oldest = limitation::oldest_month(self.filing.business_on, &mut Trace::under(trace.book()))?;
        if since < oldest {
            limitation::oldest_month(self.filing.business_on, trace)?;
        }
        Ok(applied)
    }
}

/// The same decision, whatever caused its end.
fn same(one: &Standard, other: &Standard) -> bool {
    let key =
        |standard: &Standard| (standard.from, standard.decision, standard.remuneration, standard.hi, standard.epi);
    key(one) == key(other)
}

/// The same in every word but the cause.
fn says_the_same(one: &InsuredFacts, other: &InsuredFacts) -> bool {
    let spell = |facts: &InsuredFacts| (facts.spell.acquired_on, facts.spell.lost_on, facts.spell.end_cause);
    let paid =
        |facts: &InsuredFacts| facts.bonuses.iter().map(|bonus| (bonus.paid_on, bonus.amount)).collect::<Vec<_>>();
    spell(one) == spell(other)
        && one.standards.len() == other.standards.len()
        && one.standards.iter().zip(&other.standards).all(|(one, other)| same(one, other) && one.until == other.until)
        && paid(one) == paid(other)
}

/// 随時改定 on another base, in the direction it had: the standards it makes, or `None` when neither scheme is revised.
fn revised_on(
    was: &InsuredFacts,
    is: &InsuredFacts,
    revision: &Standard,
    trace: &mut Trace,
) -> Application<Option<(Yen, Yen)>> {
    let from = revision.from;
    let (Some(old), Some((base, standards))) = (was.standard_in(from.previous()), is.standards_before(from)) else {
        return Ok(None);
    };
    let went_up = revision.hi > old.hi || revision.epi > old.epi;
    let fixed_pay = if went_up { FixedPay::Up } else { FixedPay::Down };
    let current = Current { standards, recorded: Some(base.remuneration) };
    let mut of = |scheme| marked_change(scheme, from, &current, revision.remuneration, fixed_pay, trace);
    let hi = of(Scheme::HealthInsurance)?.map(|grade| grade.standard);
    let epi = of(Scheme::EmployeesPension)?.map(|grade| grade.standard);
    let or_before = |made: Option<Yen>, before: Option<Yen>| made.or(before).unwrap_or(Yen::ZERO);
    let made = (or_before(hi, standards.hi), or_before(epi, standards.epi));
    Ok((hi.is_some() || epi.is_some()).then_some(made))
}

/// No decision may lie before the acquisition, or hold for no month: each ends where the next begins, so they are in
/// order then.
fn check_order(facts: &InsuredFacts) -> Application<()> {
    let first = Month::of(facts.spell.acquired_on);
    let holds =
        |standard: &Standard| standard.from >= first && standard.until.is_none_or(|until| standard.from < until);
    match facts.standards.iter().all(holds) {
        true => Ok(()),
        false => held(
            "decision_before_acquisition",
            "正しい取得月より前に始まる定時決定・改定があります。その決定の取消が先です",
        ),
    }
}

/// Who became insured from 1 June on has no annual determination that year (健康保険法41条3項, 厚生年金保険法21条3項).
fn check_annual(facts: &InsuredFacts) -> Application<()> {
    let undue = |standard: &&Standard| {
        let june = Month::new(standard.from.year(), 6).expect("a year of the calendar");
        standard.decision == Decision::Annual && facts.spell.acquired_on >= june.first_day()
    };
    match facts.standards.iter().find(undue) {
        None => Ok(()),
        Some(standard) => held(
            "annual_not_due",
            format!("6月1日以後の取得になり、{}の定時決定は行いません。その決定の取消が先です", standard.from),
        ),
    }
}

/// The first month that comes out differently; `None` when none does.
fn changed_since(known: &InsuredFacts, applied: &Applied) -> Option<Month> {
    let mut months: Vec<Month> = [known, &applied.facts].into_iter().flat_map(turning_months).collect();
    months.sort_unstable();
    months.into_iter().find(|&month| state(known, month) != state(&applied.facts, month))
}

/// Months in which something begins or ends.
fn turning_months(facts: &InsuredFacts) -> Vec<Month> {
    let spell = [Some(Month::of(facts.spell.acquired_on)), facts.spell.lost_on.map(Month::of)];
    let standards = facts.standards.iter().flat_map(|standard| [Some(standard.from), standard.until]);
    let bonuses = facts.bonuses.iter().map(|bonus| Some(Month::of(bonus.paid_on)));
    spell.into_iter().chain(standards).chain(bonuses).flatten().collect()
}

/// What a month is charged by: nothing in the month of the loss or outside the cover, nor for 70歳以上被用者 alone.
#[derive(Default, PartialEq, Eq)]
struct MonthState {
    standards: Option<(Yen, Yen)>,
    bonuses: Vec<(Date, Yen)>,
}

fn state(facts: &InsuredFacts, month: Month) -> MonthState {
    let (acquired_on, lost_on) = (facts.spell.acquired_on, facts.spell.lost_on);
    if !chargeable_months::is_charged(chargeable_months::Spell { acquired_on, lost_on }, month) {
        return MonthState::default();
    }
    let paid = facts.bonuses.iter().filter(|bonus| Month::of(bonus.paid_on) == month);
    MonthState {
        standards: facts.standard_in(month).map(|standard| (standard.hi, standard.epi)),
        bonuses: paid.map(|bonus| (bonus.paid_on, bonus.amount)).collect(),
    }
}
