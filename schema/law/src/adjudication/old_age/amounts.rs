//! 年金額 — 老齢基礎年金 and 老齢厚生年金 of the month asked about, component by component.

use domain::{Month, Ratio, Yen};
use jiff::civil::{Date, date};

use super::start::{KINDS, Manner, Start, start_of_kind};
use super::{Question, RateShelf, Readings};
use crate::basic_pension::additional_pension::additional_pension;
use crate::basic_pension::deferral::{
    DeferredPension, Deferrer, Increase, add_increase, average_payment_rate, employees_increase, increase_on_record,
};
use crate::basic_pension::early_claim::{early_reduction, employees_early_claim, reduce};
use crate::basic_pension::furikae::{FurikaeFacts, furikae};
use crate::basic_pension::old_age_basic::{AmountRounding, CountedMonths, CreditedMonths, ExemptMonths, old_age_basic};
use crate::basic_pension::revision_rate::Cohort;
use crate::employees_pension::average_remuneration::{RemunerationMonth, average_remuneration};
use crate::employees_pension::fixed_part::{fixed_part, transitional_addition};
use crate::employees_pension::proportional_part::{
    Averages, Part, RatesBy, ShortMonths, guaranteed_part, higher_part, proportional_part,
};
use crate::employees_pension::spouse_child_addition::{
    Pensioner, Standing, addition_amounts, child_standing, children_addition, months_least, spouse_standing,
};
use crate::employees_pension::working_pension::{annual_stop, remuneration_twelfths};
use crate::pension_record::life::{
    Category, CategorySpell, EmployeesKind, Eras, LifeFacts, LifeRecord, Marks, miner_weights_end,
    national_pension_start,
};
use crate::pension_record::recalculation::{BaseDate, Recalculation, Retirement, in_service, on_retirement};
use crate::pension_record::special_old_age_start::long_cover_months;
use crate::{LawError, Step, Trace};

/// 在職定時改定の最初の基準日.
const FIRST_BASE: Date = date(2022, 9, 1);

/// 老齢基礎年金, yen a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicPart {
    /// 27条各号の月数の合算.
    pub credited: CreditedMonths,
    /// 繰上げ・繰下げ前の額.
    pub unadjusted: Yen,
    /// 老齢基礎年金.
    pub annual: Yen,
    /// 付加年金.
    pub additional: Yen,
    /// 振替加算.
    pub furikae: Yen,
}

impl BasicPart {
    /// All of it.
    pub fn total(&self) -> Yen {
        self.annual + self.additional + self.furikae
    }
}

/// 老齢厚生年金 of one kind of insured person, yen a year (厚生年金保険法78条の26: each kind by itself).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindPart {
    /// 種別.
    pub kind: EmployeesKind,
    /// 算入した最後の月.
    pub counted_to: Month,
    /// 平均と月数, new level.
    pub averages: Averages,
    /// 本来水準の額.
    pub new: Yen,
    /// 従前額保障の額.
    pub guaranteed: Yen,
    /// 報酬比例部分: the higher.
    pub proportional: Yen,
    /// 経過的加算; none in a special pension.
    pub transitional: Yen,
    /// 定額部分 of a special pension (長期加入者の特例), as far as it is not stopped because of work.
    pub fixed: Yen,
    /// What an early claim reduces; of any other pension nothing.
    pub reducible: Reducible,
}

/// 繰上げの減額の基礎 — the amounts of the months before the claim's, at the rates of the month asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reducible {
    /// 報酬比例部分.
    pub proportional: Yen,
    /// 経過的加算.
    pub transitional: Yen,
}

/// 老齢厚生年金, yen a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployeesPart {
    /// By kind.
    pub kinds: Vec<KindPart>,
    /// 算入した最後の月.
    pub counted_to: Month,
    /// 繰上げの減額 (negative) or 繰下げの増額.
    pub adjustment: Yen,
    /// 加給年金額.
    pub addition: Yen,
    /// 在職支給停止.
    pub stopped: Yen,
}

impl EmployeesPart {
    /// 本来水準の額 of all kinds.
    pub fn new_level(&self) -> Yen {
        self.kinds.iter().map(|part| part.new).sum()
    }

    /// 従前額保障の額 of all kinds.
    pub fn guaranteed(&self) -> Yen {
        self.kinds.iter().map(|part| part.guaranteed).sum()
    }

    /// 報酬比例部分 of all kinds.
    pub fn proportional(&self) -> Yen {
        self.kinds.iter().map(|part| part.proportional).sum()
    }

    /// 経過的加算 of all kinds; in a special pension the 定額部分 in whose place it comes at 65.
    pub fn transitional(&self) -> Yen {
        self.kinds.iter().map(|part| part.transitional + part.fixed).sum()
    }

    /// 定額部分 of all kinds.
    pub fn fixed(&self) -> Yen {
        self.kinds.iter().map(|part| part.fixed).sum()
    }

    /// What is left to pay.
    pub fn payable(&self) -> Yen {
        self.proportional() + self.transitional() + self.adjustment + self.addition - self.stopped
    }
}

/// 裁定の一件 — the question with what was found of it.
pub(super) struct Case<'a> {
    pub question: &'a Question<'a>,
    /// The record of the months before the right's.
    pub before: &'a LifeRecord,
    /// The record to the month asked about.
    pub record: &'a LifeRecord,
    pub readings: &'a Readings,
    pub start: Start,
}

/// 繰下げ of one pension: none where it was taken at 65.
fn deferral(case: &Case<'_>, pension: DeferredPension, trace: &mut Trace) -> Result<Option<Increase>, LawError> {
    let Case { question, start, .. } = case;
    let claimed = match pension {
        DeferredPension::Basic => question.claims.basic,
        DeferredPension::Employees => question.claims.employees,
    };
    match claimed.filter(|month| start.manner == Manner::From65 && *month > start.right_month()) {
        None => Ok(None),
        Some(claimed) => {
            let right_on = Some(start.right_on);
            let deferrer = Deferrer { birth: question.facts.birth_on, right_on, other: None, pension };
            increase_on_record(&deferrer, claimed, trace).map(Some)
        }
    }
}

/// 老齢基礎年金・付加年金・振替加算 of the month.
pub(super) fn basic(case: &Case<'_>, trace: &mut Trace) -> Result<Option<BasicPart>, LawError> {
    let Case { question, before, start, .. } = case;
    if start.manner == Manner::Special {
        return Ok(None);
    }
    let deferred = deferral(case, DeferredPension::Basic, trace)?;
    let first_paid = deferred.map_or(start.first_paid(), |increase| increase.effective.next());
    if question.for_month < first_paid {
        return Ok(None);
    }
    let (birth, month) = (question.facts.birth_on, question.for_month);
    let cohort = Cohort::of(birth, month, trace)?;
    let months = counted_months(before);
    let rounding = AmountRounding::OneYen;
    let (unadjusted, credited) = old_age_basic(cohort, Some(birth), &months, rounding, month, trace)?;
    let additional = additional_pension(i64::from(before.counts().additional), Some(month), trace)?;
    let (annual, additional) = match (start.manner, deferred) {
        (Manner::Early, _) => {
            let rate = early_reduction(birth, start.right_month(), 65, trace)?.rate;
            let reduced = |name, yen, trace: &mut Trace| reduce(name, yen, rate, trace).annual;
            (reduced("老齢基礎年金", unadjusted, trace), reduced("付加年金", additional, trace))
        }
        (_, Some(Increase { rate, .. })) => {
            (add_increase("老齢基礎年金", unadjusted, rate, trace), add_increase("付加年金", additional, rate, trace))
        }
        _ => (unadjusted, additional),
    };
    let furikae = moved_addition(case, trace)?;
    Ok(Some(BasicPart { credited, unadjusted, annual, additional, furikae }))
}

/// 振替加算 from 65, until the own 老齢厚生年金 is reckoned on 240 months (昭和60年改正法附則14条1項ただし書, 経過措置政令25条).
fn moved_addition(case: &Case<'_>, trace: &mut Trace) -> Result<Yen, LawError> {
    let Case { question, record, .. } = case;
    if !question.spouse_addition_moves || question.for_month <= Month::of(record.ages().sixty_five_on) {
        return Ok(Yen::ZERO);
    }
    // 離婚時みなし被保険者期間 is among the 240 months of the own pension that end it (昭和61年政令54号25条).
    let own_employees_months = counted_employees_months(case, trace)? + i64::from(case.record.counts().deemed.total());
    let facts = FurikaeFacts { own_employees_months, ..FurikaeFacts::default() };
    Ok(furikae(question.facts.birth_on, facts, question.for_month, trace)?.annual)
}

/// 年金額の計算の基礎となる被保険者期間 of all kinds, as it stands in the month asked about.
fn counted_employees_months(case: &Case<'_>, trace: &mut Trace) -> Result<i64, LawError> {
    let Case { question, before, record, .. } = case;
    let at_right = before.counts().employees_total();
    if record.counts().employees_total() == at_right {
        return Ok(at_right.into());
    }
    let mut months = 0;
    for kind in KINDS.into_iter().filter(|kind| record.counts().of_kind(*kind) > 0) {
        let counted = counted_to(case, kind, question.for_month, trace)?;
        months += i64::from(own_months(record, kind, counted.last).0);
    }
    Ok(months)
}

/// The counts of the record as the basic pension weighs them.
pub(super) fn counted_months(record: &LifeRecord) -> CountedMonths {
    let counts = record.counts();
    let groups = |of: fn(Eras) -> u16| ExemptMonths {
        quarter: of(counts.quarter_exempt).into(),
        half: of(counts.half_exempt).into(),
        three_quarters: of(counts.three_quarter_exempt).into(),
        full: of(counts.full_exempt).into(),
    };
    CountedMonths {
        paid: counts.paid().into(),
        exempt_from_2009_04: groups(|eras| eras.from_2009_04),
        exempt_to_2009_03: groups(|eras| eras.to_2009_03),
    }
}

/// 老齢厚生年金 of the month.
pub(super) fn employees(
    case: &Case<'_>,
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<Option<EmployeesPart>, LawError> {
    let Case { question, start, .. } = case;
    let deferred = deferral(case, DeferredPension::Employees, trace)?;
    let first_paid = deferred.map_or(start.first_paid(), |increase| increase.effective.next());
    if question.for_month < first_paid {
        return Ok(None);
    }
    let Some(mut part) = kinds(case, (question.for_month, Counted::Revised), shelf, trace)? else { return Ok(None) };
    // 46条1項: without 経過的加算 and 繰下げ加算額, but after the reduction of an early claim (附則7条の3第4項).
    let mut weighed = part.proportional();
    part.adjustment = match (start.manner, deferred) {
        (Manner::Early, _) => {
            let reduced = early_reductions(case, &part, trace)?;
            weighed = weighed - reduced.proportional;
            -(reduced.proportional + reduced.transitional)
        }
        (_, Some(increase)) => deferred_increase(case, increase, shelf, trace)?,
        _ => Yen::ZERO,
    };
    part.stopped = work_stop(case, weighed, question.for_month, trace)?;
    // 46条1項ただし書: whole is the base that is weighed, not what an early claim has taken from it.
    let whole = part.stopped > Yen::ZERO && part.stopped == weighed;
    part.addition = addition(case, &part, whole, trace)?;
    Ok(Some(part))
}

/// どの月までを算入するか.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// 在職定時改定・退職改定を経たその月の額.
    Revised,
    /// 受給権を取得した日の属する月の前月まで.
    AtRight,
}

/// 繰下げ加算額 — of the months before the right alone: what was earned later is not increased (厚生年金保険法44条の3第4項).
fn deferred_increase(
    case: &Case<'_>,
    increase: Increase,
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let at_right = (case.question.for_month, Counted::AtRight);
    let Some(part) = kinds(case, at_right, shelf, trace)? else { return Ok(Yen::ZERO) };
    let rate = payment_rate(case, increase, shelf, trace)?;
    employees_increase(part.proportional(), part.transitional(), rate, increase.months, trace)
}

/// Every kind whose pension has begun; none where there is no month.
fn kinds(
    case: &Case<'_>,
    (month, counted): (Month, Counted),
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<Option<EmployeesPart>, LawError> {
    let Case { question, record, start, .. } = case;
    let (mut parts, mut last) = (Vec::new(), start.right_month().previous());
    for kind in KINDS {
        let deemed = kind == EmployeesKind::First;
        if record.counts().of_kind(kind) == 0 && !(deemed && record.counts().deemed.total() > 0) {
            continue;
        }
        let mut right_on = start.right_on;
        if start.manner == Manner::Special {
            let own = start_of_kind((question, record), kind, case.readings, trace)?;
            if !own.special || month < own.first_paid_month.max(start.first_paid()) {
                continue;
            }
            right_on = right_on.max(own.right_arises_on);
        }
        let counted = match counted {
            Counted::Revised => counted_to(case, kind, month, trace)?,
            Counted::AtRight => CountedTo { last: start.right_month().previous(), retired: false },
        };
        let months = remuneration_months(record, &[kind], deemed, counted.last)?;
        if months.is_empty() {
            continue;
        }
        last = last.max(counted.last);
        let mut part = kind_part(case, (kind, counted.last, month), &months, shelf, trace)?;
        match start.manner {
            Manner::Special => part.fixed = long_cover_part(case, (kind, right_on, counted), month, trace)?,
            Manner::Early => part.reducible = reducible(case, &part, &months, (month, &mut *shelf), trace)?,
            Manner::From65 => {}
        }
        parts.push(part);
    }
    let none = Yen::ZERO;
    let part = EmployeesPart { kinds: parts, counted_to: last, adjustment: none, addition: none, stopped: none };
    Ok((!part.kinds.is_empty()).then_some(part))
}

/// 報酬比例部分 and 経過的加算 of one kind.
fn kind_part(
    case: &Case<'_>,
    (kind, counted_to, month): (EmployeesKind, Month, Month),
    months: &[RemunerationMonth],
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<KindPart, LawError> {
    let Case { question, record, start, .. } = case;
    let (birth, fiscal_year) = (question.facts.birth_on, month.fiscal_year());
    let law = shelf.of(fiscal_year, birth, trace)?;
    let averages = average_remuneration(months, &law.rates, trace)?.averages();
    let of_1994 = average_remuneration(months, &law.level_1994, trace)?.averages();
    let part = |averages: Averages| Part {
        birth,
        fiscal_year,
        averages,
        rates_by: RatesBy::Birth,
        short_months: ShortMonths::AsTheyAre,
    };
    let new = proportional_part(&part(averages), trace)?;
    let guaranteed = guaranteed_part(&part(of_1994), trace)?;
    let proportional = higher_part(new, guaranteed, trace);
    let transitional = match start.manner {
        Manner::Special => Yen::ZERO,
        _ => {
            let (all, young) = own_months(record, kind, counted_to);
            // Born to 1941 there can be up to eleven months more than 加入可能月数; the basic pension stops at the full amount.
            transitional_addition(birth, fiscal_year, all, young.min(law.fixed.possible_months), trace)?
        }
    };
    let (fixed, reducible) = (Yen::ZERO, Reducible::default());
    Ok(KindPart { kind, counted_to, averages, new, guaranteed, proportional, transitional, fixed, reducible })
}

/// What an early claim reduces: months from the claim's on are added later, without reduction (厚生年金保険法附則7条の3第4項,
/// 施行令6条の3・8条の2の3).
///
/// - `months`: those that are counted, in order
fn reducible(
    case: &Case<'_>,
    part: &KindPart,
    months: &[RemunerationMonth],
    (month, shelf): (Month, &mut RateShelf),
    trace: &mut Trace,
) -> Result<Reducible, LawError> {
    let claimed = case.start.right_month();
    let before = &months[..months.partition_point(|counted| counted.month < claimed)];
    if before.len() == months.len() {
        return Ok(Reducible { proportional: part.proportional, transitional: part.transitional });
    }
    trace.tell(|| {
        Step::new("厚生年金保険法附則7条の3第4項・施行令6条の3", "減額の基礎は、請求月前の被保険者期間により計算した額")
            .with("請求月", claimed, "")
            .gives(format!("{}月", before.len()))
    });
    if before.is_empty() {
        return Ok(Reducible::default());
    }
    let base = kind_part(case, (part.kind, claimed.previous(), month), before, shelf, trace)?;
    Ok(Reducible { proportional: base.proportional, transitional: base.transitional })
}

/// 長期加入者の定額部分 — 44 years of the kind, not insured when the right arose or since a revision after retirement
/// (厚生年金保険法附則9条の3第1項・第2項); wholly stopped in a month at work (附則11条の2第1項).
fn long_cover_part(
    case: &Case<'_>,
    (kind, right_on, counted): (EmployeesKind, Date, CountedTo),
    month: Month,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let Case { question, record, .. } = case;
    let least = long_cover_months(trace)?;
    if i32::from(record.counts().of_kind(kind)) < least {
        return Ok(Yen::ZERO);
    }
    let months = own_months(record, kind, counted.last).0;
    if months < least || !counted.retired && insured_on(question.facts, right_on) {
        return Ok(Yen::ZERO);
    }
    let stopped = at_work(question.facts, month);
    trace.tell(|| {
        let told =
            if stopped { "在職のため全額支給停止 (附則11条の2)" } else { "定額部分を支給する" };
        Step::new("厚生年金保険法附則9条の3第1項・第2項", "長期加入者の特例: 被保険者でなく、被保険者期間が44年以上")
            .with("被保険者期間の月数", months, "月")
            .with("必要な月数", least, "月")
            .gives(told)
    });
    if stopped { Ok(Yen::ZERO) } else { fixed_part(question.facts.birth_on, month.fiscal_year(), months, trace) }
}

/// 算入する最後の月.
#[derive(Clone, Copy)]
struct CountedTo {
    last: Month,
    /// 退職改定 has been made since the right.
    retired: bool,
}

/// 算入する最後の月 — at the right, then by 在職定時改定 and 退職改定 (厚生年金保険法43条2項・3項), of an early claim also at the
/// start age and at 65 (附則7条の3第5項・13条の4第5項), each kind by itself.
fn counted_to(case: &Case<'_>, kind: EmployeesKind, month: Month, trace: &mut Trace) -> Result<CountedTo, LawError> {
    let Case { question, record, start, .. } = case;
    let birth = question.facts.birth_on;
    let own = |spell: &&CategorySpell| matches!(spell.category, Category::Cat2 { kind: other, .. } if other == kind);
    let spells: Vec<&CategorySpell> = question.facts.spells.iter().filter(own).collect();
    let mut counted = CountedTo { last: start.right_month().previous(), retired: false };
    let goes_on = |spell: &&CategorySpell| spell.lost_on.is_none_or(|lost_on| lost_on > start.right_on);
    if start.manner == Manner::Early && spells.iter().any(goes_on) {
        counted.last = counted.last.max(reached_to(case, kind, month, trace)?);
    }
    let mut revise = |revised: Option<Recalculation>, retired: bool| {
        if let Some(revised) = revised.filter(|revised| revised.new_amount_from <= month) {
            counted.last = counted.last.max(revised.counted_to);
            counted.retired |= retired;
        }
    };
    if start.manner != Manner::Special {
        let from = start.right_on.max(record.ages().sixty_five_on).max(FIRST_BASE);
        for base_on in base_days(from, month) {
            let state = base_date(&spells, base_on);
            if state.insured || state.between.is_some() {
                revise(in_service(&state, Some(birth), trace)?, false);
            }
        }
    }
    for (spell, lost_on) in spells.iter().filter_map(|spell| Some((spell, spell.lost_on?))) {
        if lost_on <= start.right_on || Month::of(lost_on) > month {
            continue;
        }
        let others =
            spells.iter().filter(|other| other.source != spell.source || other.acquired_on != spell.acquired_on);
        let again_on = others.map(|other| other.acquired_on).filter(|on| *on >= lost_on).min();
        let retirement = match lost_on == record.ages().seventy_on {
            true => Retirement::Seventy { birth_on: birth },
            false => Retirement::Retired(lost_on.yesterday().expect("a day after the right has one before it")),
        };
        revise(on_retirement(retirement, again_on, trace)?.1, true);
    }
    // 78条の10第1項・78条の18第1項: a split takes in all months to the last one that it concerns.
    let splits = question.facts.splits.iter().filter(|split| split.effective() <= month);
    counted.last = splits.filter_map(|split| split.last_split()).fold(counted.last, Month::max);
    Ok(counted)
}

/// 繰上げ受給者の年齢到達時の改定 — the months before that of the start age of the kind, and of 65, from the month after it on.
fn reached_to(case: &Case<'_>, kind: EmployeesKind, month: Month, trace: &mut Trace) -> Result<Month, LawError> {
    let Case { question, before, record, start, .. } = case;
    let own = start_of_kind((question, before), kind, case.readings, trace)?;
    let mut last = start.right_month().previous();
    for reached in [Month::of(own.right_arises_on), Month::of(record.ages().sixty_five_on)] {
        let (to, from) = (reached.previous(), reached.next());
        if from <= month && to > last {
            last = to;
            trace.tell(|| {
                Step::new(
                    "厚生年金保険法附則7条の3第5項・13条の4第5項",
                    "年齢に達した月前の期間を算入し、翌月から改定する",
                )
                .with("達した月", reached, "")
                .with("算入する最後の月", to, "")
                .gives(from)
            });
        }
    }
    // 78条の10第1項・78条の18第1項: a split takes in all months to the last one that it concerns.
    let splits = question.facts.splits.iter().filter(|split| split.effective() <= month);
    Ok(splits.filter_map(|split| split.last_split()).fold(last, Month::max))
}

/// Each 1 September from a day to a month.
fn base_days(from: Date, month: Month) -> impl Iterator<Item = Date> {
    (from.year()..=month.year()).map(|year| date(year, 9, 1)).filter(move |base_on| *base_on >= from)
}

/// What the register says of a base day.
fn base_date(spells: &[&CategorySpell], base_on: Date) -> BaseDate {
    let covers =
        |spell: &&&CategorySpell| spell.acquired_on <= base_on && spell.lost_on.is_none_or(|lost| lost > base_on);
    let covering = spells.iter().find(covers);
    let lost_on = spells.iter().filter_map(|spell| spell.lost_on).filter(|lost_on| *lost_on <= base_on).max();
    let again_on = spells.iter().map(|spell| spell.acquired_on).filter(|on| *on > base_on).min();
    BaseDate {
        base_on,
        insured: covering.is_some(),
        acquired_that_day: covering.is_some_and(|spell| spell.acquired_on == base_on),
        between: if covering.is_some() { None } else { lost_on.zip(again_on) },
    }
}

/// Months of some kinds to a month with what was earned in them.
///
/// - `deemed`: 離婚時みなし被保険者期間 counts too
pub(in crate::adjudication) fn remuneration_months(
    record: &LifeRecord,
    kinds: &[EmployeesKind],
    deemed: bool,
    counted_to: Month,
) -> Result<Vec<RemunerationMonth>, LawError> {
    let counts = record.counts();
    let of_kinds: u16 = kinds.iter().map(|kind| counts.of_kind(*kind)).sum();
    let all = of_kinds + if deemed { counts.deemed.total() } else { 0 };
    let mut months = Vec::with_capacity(all.into());
    if all == 0 {
        return Ok(months);
    }
    let entries = record.first().through(record.last().min(counted_to)).zip(record.months()).enumerate();
    for (place, (month, entry)) in entries {
        let counts = match entry.employees_kind() {
            Some(kind) => kinds.contains(&kind),
            None => deemed && entry.marks.has(Marks::DEEMED),
        };
        if !counts {
            continue;
        }
        if entry.marks.has(Marks::MINER_OR_SEAMAN) && month < miner_weights_end() {
            let reason = "平成3年3月以前の第3種被保険者 (坑内員・船員) の期間があります";
            return Err(LawError::CannotDecide { reason: reason.to_owned() });
        }
        months.push(RemunerationMonth {
            month,
            standard_yen: record.standards_yen()[place].into(),
            bonus_yen: record.bonuses_yen()[place].into(),
        });
    }
    Ok(months)
}

/// Own months of a kind to a month: all, and those of ages 20 to 59 since 1961-04.
pub(super) fn own_months(record: &LifeRecord, kind: EmployeesKind, counted_to: Month) -> (i32, i32) {
    let (mut all, mut young) = (0, 0);
    if record.counts().of_kind(kind) == 0 {
        return (all, young);
    }
    for (month, entry) in record.first().through(record.last().min(counted_to)).zip(record.months()) {
        if entry.employees_kind() == Some(kind) {
            all += 1;
            young += i32::from(record.ages().is_20_to_59(month) && month >= national_pension_start());
        }
    }
    (all, young)
}

/// 繰上げの減額, yen a year, not negative.
struct EarlyReductions {
    /// Of 報酬比例部分.
    proportional: Yen,
    /// Of 経過的加算, with the yen that cutting both together gives.
    transitional: Yen,
}

/// 繰上げの減額 — of the whole pension to 65, or with a special start age of each part by its own months.
fn early_reductions(case: &Case<'_>, part: &EmployeesPart, trace: &mut Trace) -> Result<EarlyReductions, LawError> {
    let Case { question, before, start, .. } = case;
    let (birth, claimed) = (question.facts.birth_on, start.right_month());
    let mut reduced = EarlyReductions { proportional: Yen::ZERO, transitional: Yen::ZERO };
    for kind in &part.kinds {
        let Reducible { proportional, transitional } = kind.reducible;
        let own = start_of_kind((question, before), kind.kind, case.readings, trace)?;
        if own.special {
            let early = employees_early_claim(birth, claimed, own.age, proportional, transitional, trace)?;
            reduced.proportional += early.proportional_after.reduction;
            reduced.transitional += early.transitional_after.reduction;
        } else {
            let rate = early_reduction(birth, claimed, 65, trace)?.rate;
            let all = reduce("老齢厚生年金", proportional + transitional, rate, trace).reduction;
            let of_proportional = reduce("報酬比例部分", proportional, rate, &mut Trace::untold()).reduction;
            reduced.proportional += of_proportional.min(all);
            reduced.transitional += (all - of_proportional).max(Yen::ZERO);
        }
    }
    Ok(reduced)
}

/// 平均支給率 over the months that were waited: what work stopped, of the pension as of the right (厚生年金保険法施行令3条の5の2第2項).
fn payment_rate(
    case: &Case<'_>,
    increase: Increase,
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<Ratio, LawError> {
    let Case { question, start, .. } = case;
    let waited = || start.first_paid().through(increase.effective);
    let whole = Ratio::new(1, 1);
    if !waited().any(|month| at_work(question.facts, month)) {
        return Ok(whole);
    }
    let mut shares = Vec::new();
    for month in waited() {
        let mut of = |counted| -> Result<Yen, LawError> {
            Ok(kinds(case, (month, counted), shelf, trace)?.map_or(Yen::ZERO, |part| part.proportional()))
        };
        let share = match at_work(question.facts, month) {
            true => {
                let (at_right, revised) = (of(Counted::AtRight)?, of(Counted::Revised)?);
                let stop = work_stop(case, revised, month, trace)?;
                average_payment_rate(at_right, &[stop]).unwrap_or(whole)
            }
            false => whole,
        };
        shares.push(share);
    }
    Ok(mean(&shares))
}

/// Mean of rates from 0 to 1: exact while the common denominator has at most 18 digits, else each rate cut after 18 decimals
/// (no clause says how the mean is rounded; amounts of several fiscal years have no small common denominator).
pub(super) fn mean(shares: &[Ratio]) -> Ratio {
    const DECIMALS: i128 = 1_000_000_000_000_000_000;
    let count = i128::try_from(shares.len()).expect("a waiting time of months").max(1);
    let exact = shares.iter().try_fold(Ratio::ZERO, |sum, share| {
        let sum = if sum.denominator() * share.denominator() > DECIMALS * 1_000 { None } else { Some(sum + *share) };
        sum.filter(|sum| sum.denominator() <= DECIMALS)
    });
    match exact {
        Some(sum) => Ratio::new(sum.numerator(), sum.denominator() * count),
        None => {
            let cut = |share: &Ratio| (share.numerator() * DECIMALS).div_euclid(share.denominator());
            Ratio::new(shares.iter().map(cut).sum(), DECIMALS * count)
        }
    }
}

/// 厚生年金の被保険者である on a day, of any kind.
fn insured_on(facts: &LifeFacts<'_>, on: Date) -> bool {
    facts.spells.iter().any(|spell| {
        matches!(spell.category, Category::Cat2 { .. })
            && spell.acquired_on <= on
            && spell.lost_on.is_none_or(|lost_on| lost_on > on)
    })
}

/// 在職の月 — with an insured day that continues from the month before (厚生年金保険法46条1項): the month of a retirement too,
/// unless it began without cover (lost on its first day).
fn at_work(facts: &LifeFacts<'_>, month: Month) -> bool {
    let first_on = month.first_day();
    insured_on(facts, first_on) && first_on.yesterday().is_ok_and(|last_on| insured_on(facts, last_on))
}

/// 在職支給停止 of a month, yen a year; in the month of a retirement by the last standard.
fn work_stop(case: &Case<'_>, weighed: Yen, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    let Case { question, record, .. } = case;
    let place = usize::try_from(month.months_since(record.first()));
    let Some(place) = place.ok().filter(|place| *place < record.months().len() && at_work(question.facts, month))
    else {
        return Ok(Yen::ZERO);
    };
    let earned = |place: usize| record.earned_yen(place);
    let standard = [place, place.saturating_sub(1)].map(|place| earned(place).0).into_iter().find(|yen| *yen > 0);
    let bonuses: i64 = (place.saturating_sub(11)..=place).map(|place| i64::from(earned(place).1)).sum();
    let twelfths = remuneration_twelfths(Yen::new(standard.unwrap_or(0).into()), Yen::new(bonuses));
    annual_stop(weighed, twelfths, month, month <= Month::of(record.ages().sixty_five_on), trace)
}

/// 加給年金額 of the month: from 65, and beside the 定額部分 before it (厚生年金保険法44条, 附則9条の3第2項・第4項).
fn addition(case: &Case<'_>, part: &EmployeesPart, whole: bool, trace: &mut Trace) -> Result<Yen, LawError> {
    let Case { question, record, start, .. } = case;
    let month = question.for_month;
    let nobody = question.spouse.is_none() && question.children.is_empty();
    let begun = match start.manner {
        Manner::Special => part.fixed() > Yen::ZERO,
        Manner::Early | Manner::From65 => month > Month::of(record.ages().sixty_five_on),
    };
    if nobody || !begun {
        return Ok(Yen::ZERO);
    }
    let pensioner = pensioner(case, part, whole, trace)?;
    let amounts = addition_amounts(question.facts.birth_on, month.fiscal_year(), trace)?;
    let mut yen = Yen::ZERO;
    if let Some(spouse) = question.spouse
        && spouse_standing(month, &pensioner, spouse, trace)? == Standing::Payable
    {
        yen += amounts.spouse_total();
    }
    let mut children = 0;
    for child in question.children {
        children += i32::from(child_standing(month, &pensioner, child, trace)? == Standing::Payable);
    }
    if children > 0 {
        yen += children_addition(&amounts, children, trace)?;
    }
    Ok(yen)
}

/// Whose pension it is added to: as of 65, or as of the revision that brought the months to 240; a special pension's as of
/// the right, or of the revision that brought the 定額部分.
fn pensioner(case: &Case<'_>, part: &EmployeesPart, whole: bool, trace: &mut Trace) -> Result<Pensioner, LawError> {
    let Case { question, record, start, .. } = case;
    let months: i32 = part.kinds.iter().map(|kind| own_months(record, kind.kind, kind.counted_to).0).sum();
    let based_on = match start.manner {
        Manner::Special => long_cover_from(case, part, trace)?,
        Manner::Early | Manner::From65 => {
            let at_65 = record.ages().sixty_five_on.max(start.right_on);
            let then = Month::of(at_65).previous();
            let enough = months_least(question.for_month, trace)?;
            let of_kind = |kind: EmployeesKind| own_months(record, kind, then).0;
            match months >= enough && KINDS.into_iter().map(of_kind).sum::<i32>() < enough {
                true => reached_on(case, part, enough, trace)?,
                false => at_65,
            }
        }
    };
    let fully_stopped = if whole { vec![question.for_month] } else { Vec::new() };
    Ok(Pensioner { based_on, months, middle_age_rule: false, fully_stopped })
}

/// The day from which a special pension has its 定額部分: that of the right, or the last before the month of the revision.
fn long_cover_from(case: &Case<'_>, part: &EmployeesPart, trace: &mut Trace) -> Result<Date, LawError> {
    let Case { question, record, start, .. } = case;
    let Some(kind) = part.kinds.iter().find(|kind| kind.fixed > Yen::ZERO).map(|part| part.kind) else {
        return Ok(start.right_on);
    };
    let own = start_of_kind((question, record), kind, case.readings, trace)?;
    let right_on = start.right_on.max(own.right_arises_on);
    let least = long_cover_months(trace)?;
    let free = !insured_on(question.facts, right_on);
    for month in Month::of(right_on).next().through(question.for_month) {
        let counted = counted_to(case, kind, month, trace)?;
        if (free || counted.retired) && own_months(record, kind, counted.last).0 >= least {
            let at_right = !counted.retired;
            return Ok(if at_right { right_on } else { month.previous().last_day() });
        }
    }
    Ok(right_on)
}

/// The last day before the month whose revision brought the months to 240: the addition begins with that month.
fn reached_on(case: &Case<'_>, part: &EmployeesPart, enough: i32, trace: &mut Trace) -> Result<Date, LawError> {
    let Case { question, record, start, .. } = case;
    for month in start.first_paid().through(question.for_month) {
        let mut months = 0;
        for kind in &part.kinds {
            months += own_months(record, kind.kind, counted_to(case, kind.kind, month, trace)?.last).0;
        }
        if months >= enough {
            return Ok(month.previous().last_day());
        }
    }
    Ok(question.for_month.previous().last_day())
}
