//! 受給権の発生 — when the right to an old-age pension arises, and in which manner it is taken.

use std::rc::Rc;

use domain::Month;
use domain::age::attained_on;
use jiff::civil::{Date, date};

use super::{Qualified, Question, Readings};
use crate::basic_pension::qualification::{QualifyingMonths, qualification};
use crate::pension_record::life::{Cover, EmployeesKind, LifeCounts, LifeRecord, Sex};
use crate::pension_record::special_old_age_start::{self as special, FixedPartExceptions, Part, PersonCategory};
use crate::{LawError, Step, Trace};

/// 受給資格期間の短縮 (25年から10年へ, 平成24年法律63号): whoever fell short gets the right on this day.
const SHORTENED_ON: Date = date(2017, 8, 1);

/// 特別支給の老齢厚生年金 needs a year of 厚生年金 (厚生年金保険法附則8条2号).
const MONTHS_FOR_SPECIAL: i32 = 12;

/// 請求の時期 — months of claims before or after 65; none where the pension is taken at 65.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// 老齢基礎年金の繰上げ請求・繰下げ申出の月.
    pub basic: Option<Month>,
    /// 老齢厚生年金の繰上げ請求・繰下げ申出の月. Before 65 it is that of the basic pension.
    pub employees: Option<Month>,
}

/// 受け方.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// 特別支給の老齢厚生年金.
    Special,
    /// 繰上げ.
    Early,
    /// 65歳から, or deferred from there.
    From65,
}

impl Manner {
    /// A short name for machines.
    pub fn code(self) -> &'static str {
        match self {
            Manner::Special => "special",
            Manner::Early => "early",
            Manner::From65 => "from_65",
        }
    }
}

/// 受給権の発生.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// 受け方.
    pub manner: Manner,
    /// 受給権発生日; of an early claim the first day of its month.
    pub right_on: Date,
}

impl Start {
    /// 受給権の発生した月.
    pub fn right_month(&self) -> Month {
        Month::of(self.right_on)
    }

    /// 支給の始まる月 (国民年金法18条1項, 厚生年金保険法36条1項), unless deferred.
    pub fn first_paid(&self) -> Month {
        self.right_month().next()
    }
}

pub(super) enum Found {
    /// With the record of the months before the right's.
    Start(Start, Qualified, Rc<LifeRecord>),
    NotYet(Start, Option<Qualified>),
    NoRight(Qualified),
}

/// The right that counts for the month asked about.
pub(super) fn find(
    (question, record): (&Question<'_>, &LifeRecord),
    readings: &Readings,
    trace: &mut Trace,
) -> Result<Found, LawError> {
    let at_65 = Month::of(record.ages().sixty_five_on);
    if let Some(claimed) = early_claim(&question.claims, at_65)? {
        let start = Start { manner: Manner::Early, right_on: claimed.first_day() };
        return settle(question, start, readings, trace);
    }
    if question.for_month > at_65 {
        return settle(question, from_65(record), readings, trace);
    }
    let start = special_start((question, record), readings, trace)?;
    if start.manner == Manner::From65 || question.for_month < start.first_paid() {
        return Ok(Found::NotYet(start, None));
    }
    settle(question, start, readings, trace)
}

/// 繰上げ請求 — both pensions at once (国民年金法附則9条の2第2項, 厚生年金保険法附則7条の3第2項).
fn early_claim(claims: &Claims, at_65: Month) -> Result<Option<Month>, LawError> {
    let early = |claim: Option<Month>| claim.filter(|month| *month < at_65);
    match (early(claims.basic), early(claims.employees)) {
        (basic, employees) if basic == employees => Ok(basic),
        _ => {
            let reason = "老齢基礎年金と老齢厚生年金の繰上げは同時に請求します。同じ月を入力してください";
            Err(LawError::bad_input("繰上げ請求月", reason))
        }
    }
}

/// 特別支給の老齢厚生年金 of the kind whose start age comes first.
fn special_start(
    (question, record): (&Question<'_>, &LifeRecord),
    readings: &Readings,
    trace: &mut Trace,
) -> Result<Start, LawError> {
    let mut first = from_65(record);
    for (place, kind) in KINDS.into_iter().enumerate() {
        let months = record.counts().employees[place].total();
        if months > 0 {
            let own = start_of_kind((question, record), kind, readings, trace)?;
            if own.right_arises_on < first.right_on {
                first = Start { manner: Manner::Special, right_on: own.right_arises_on };
            }
        }
    }
    Ok(first)
}

fn from_65(record: &LifeRecord) -> Start {
    Start { manner: Manner::From65, right_on: record.ages().sixty_five_on }
}

/// The four kinds in the order of `LifeCounts::employees`.
pub(in crate::adjudication) const KINDS: [EmployeesKind; 4] =
    [EmployeesKind::First, EmployeesKind::Second, EmployeesKind::Third, EmployeesKind::Fourth];

/// When the employees' pension of a kind begins (厚生年金保険法附則8条, 8条の2): the twelve months are counted before that.
pub(super) fn start_of_kind(
    (question, record): (&Question<'_>, &LifeRecord),
    kind: EmployeesKind,
    readings: &Readings,
    trace: &mut Trace,
) -> Result<special::Start, LawError> {
    let category = match (kind, record.sex()) {
        (EmployeesKind::First, Sex::Female) => PersonCategory::FemaleCategory1,
        _ => PersonCategory::MaleOrCivilServant,
    };
    let birth = question.facts.birth_on;
    let exceptions = FixedPartExceptions::default();
    let by_birth = special::start(birth, category, Part::EarningsRelated, exceptions, None, trace)?;
    if !by_birth.special || by_birth.right_arises_on > record.as_of_on() {
        return Ok(by_birth);
    }
    let at_age = |on: Date| -> Result<i32, LawError> {
        Ok(i32::from(readings.before(question.facts, Month::of(on))?.counts().employees_total()))
    };
    let mut own = special::start(
        birth,
        category,
        Part::EarningsRelated,
        exceptions,
        Some(at_age(by_birth.right_arises_on)?),
        trace,
    )?;
    // 附則8条: 「該当するに至つたとき」 — the twelfth month may come after the age.
    let mut right_on = by_birth.right_arises_on;
    while !own.special {
        let missing = (MONTHS_FOR_SPECIAL - at_age(right_on)?).max(1);
        right_on = Month::of(right_on).plus(missing).first_day();
        if right_on >= record.ages().sixty_five_on || right_on > record.as_of_on() {
            break;
        }
        let months = at_age(right_on)?;
        if months >= MONTHS_FOR_SPECIAL {
            own = special::start(birth, category, Part::EarningsRelated, exceptions, Some(months), trace)?;
            own.right_arises_on = right_on;
            own.first_paid_month = Month::of(right_on).next();
            break;
        }
    }
    Ok(own)
}

/// Whether there is a right on the day, or when it comes: a month in which enough months have been gathered, or the day on
/// which fewer became enough (国民年金法26条, 厚生年金保険法42条・附則8条「該当するに至つたとき」; 平成24年法律63号).
///
/// The month after the last one that was missing is taken: no clause says on which day of a month its count is complete.
fn settle(
    question: &Question<'_>,
    mut start: Start,
    readings: &Readings,
    trace: &mut Trace,
) -> Result<Found, LawError> {
    let (mut met, mut qualified, mut before) = qualified_on(question, start.right_on, readings, trace)?;
    let mut right_on = start.right_on;
    while !met && start.manner != Manner::Early {
        let missing = i32::try_from(qualified.required - qualified.months).unwrap_or(1).max(1);
        let by_months = Month::of(right_on).plus(missing).first_day();
        right_on = if right_on < SHORTENED_ON { by_months.min(SHORTENED_ON) } else { by_months };
        let before_65 = start.manner != Manner::Special || right_on < before.ages().sixty_five_on;
        if !before_65 || right_on != SHORTENED_ON && Month::of(right_on) > question.for_month {
            // What has been gathered by the month asked about.
            (_, qualified, before) = qualified_on(question, question.for_month.first_day(), readings, trace)?;
            break;
        }
        (met, qualified, before) = qualified_on(question, right_on, readings, trace)?;
    }
    if met {
        start.right_on = right_on;
    }
    Ok(match met {
        false => Found::NoRight(qualified),
        true if question.for_month < start.first_paid() => Found::NotYet(start, Some(qualified)),
        true => Found::Start(start, qualified, before),
    })
}

/// 受給資格期間 by the months before the day's, and their record.
fn qualified_on(
    question: &Question<'_>,
    on: Date,
    readings: &Readings,
    trace: &mut Trace,
) -> Result<(bool, Qualified, Rc<LifeRecord>), LawError> {
    let before = readings.before(question.facts, Month::of(on))?;
    let months = qualifying_months(&before, question.facts.birth_on);
    let answer = qualification(&months, Some(question.facts.birth_on), Some(on), trace)?;
    // The age is another condition: a special or early pension comes before 65.
    let met = answer.rule.is_some() && months.paid + months.exempt > 0;
    if !met {
        trace.tell(|| {
            Step::new("国民年金法26条・厚生年金保険法42条", "受給資格期間を満たさない")
                .with("基準日", on, "")
                .gives("受給権なし")
        });
    }
    Ok((met, Qualified { months: answer.months, required: answer.required }, before))
}

fn qualifying_months(record: &LifeRecord, birth: Date) -> QualifyingMonths {
    let counts: &LifeCounts = record.counts();
    QualifyingMonths {
        paid: i64::from(counts.paid()),
        exempt: i64::from(counts.exempt()),
        deferred: i64::from(counts.student + counts.deferral),
        complementary: i64::from(counts.complementary_total()),
        employees: i64::from(counts.employees_total()),
        middle_aged: middle_aged_months(record, birth),
    }
}

/// 40歳 (女子は35歳) 以後の第1号厚生年金の月数 (昭和60年改正法附則12条1項4号).
fn middle_aged_months(record: &LifeRecord, birth: Date) -> i64 {
    let age = match record.sex() {
        Sex::Male => 40,
        Sex::Female => 35,
    };
    let from = Month::of(attained_on(birth, age));
    let later = record.first().through(record.last()).zip(record.months()).filter(|(month, _)| *month >= from);
    let counted = later.filter(|(_, entry)| entry.cover == Cover::Employees(EmployeesKind::First)).count();
    i64::try_from(counted).expect("a row is at most 130 years long")
}
