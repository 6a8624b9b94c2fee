//! 裁定と改定の経過 — what an old-age pension is, month after month, from the right to a month: runs of equal amounts.
//!
//! A month is computed by [`old_age_of`]; one that cannot differ from the month before it is not computed again
//! ([`months::that_can_differ`]). The end is the month of death.

mod household;
mod months;
mod others;
#[cfg(test)]
mod statute_tests;
#[cfg(test)]
mod tests;

pub use household::{Member, Relation};
pub use others::{Choice, DisabilityClaim, Ground, Others, Relative, Rights, SurvivorClaim};

use domain::{Month, Yen};
use jiff::civil::Date;

use super::old_age::{Claims, Manner, OldAge, Pension, Qualified, Question, RateShelf, Readings, Start, old_age_of};
use crate::pension_record::life::{Contradiction, ContradictionKind, LifeFacts, LifeRecord, life};
use crate::{LawError, Trace};
use household::Household;

/// The first month whose amounts are on file; what was paid before this book for earlier ones stays as it was.
const FIRST_ON_FILE: (i16, i8) = (2015, 4);

/// 請求 — as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// 繰上げ請求・繰下げ申出.
    pub months: Claims,
    /// 老齢基礎年金は繰下げ待機中: not paid.
    pub basic_waits: bool,
    /// 老齢厚生年金は繰下げ待機中: not paid.
    pub employees_waits: bool,
    /// 振替加算の対象.
    pub spouse_addition_moves: bool,
    /// The last month that was paid before this book.
    pub paid_through: Option<Month>,
}

/// 裁定の問い — a life and what was claimed, asked up to a month.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// 記録の素材.
    pub facts: &'a LifeFacts<'a>,
    /// 老齢年金の請求; `None` where only another pension is claimed.
    pub claim: Option<Claim>,
    /// 障害・遺族の請求と選択.
    pub others: Others<'a>,
    /// 配偶者・子.
    pub household: &'a [Member],
    /// The last month asked about.
    pub until: Month,
}

/// 年金額の内訳, yen a year; what is equal from month to month makes a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Components {
    /// 老齢年金の受け方, where one is paid.
    pub manner: Option<Manner>,
    /// 受給権の発生した日 of what is paid: of the old-age pension, where one is.
    pub right_on: Date,
    /// 支給する基礎年金の支給事由.
    pub basic_of: Option<Ground>,
    /// 支給する厚生年金 (遺族厚生年金を除く) の支給事由.
    pub employees_of: Option<Ground>,
    /// 障害等級, where a disability pension is paid.
    pub grade: Option<u8>,
    /// 基礎年金 without what is added to it.
    pub basic: Yen,
    /// 付加年金.
    pub additional: Yen,
    /// 振替加算.
    pub furikae: Yen,
    /// 子の加算.
    pub children: Yen,
    /// 報酬比例部分; of a disability pension its amount without the addition for the spouse.
    pub proportional: Yen,
    /// 経過的加算.
    pub transitional: Yen,
    /// 繰上げの減額 (negative) or 繰下げの増額.
    pub adjustment: Yen,
    /// 加給年金額.
    pub addition: Yen,
    /// 在職支給停止額.
    pub stopped: Yen,
    /// 遺族厚生年金 of this person, with 中高齢寡婦加算 or 経過的寡婦加算, before 64条の2.
    pub survivor: Yen,
    /// 自身の老齢厚生年金に相当する支給停止額 (厚生年金保険法64条の2).
    pub survivor_stopped: Yen,
    /// 併給の調整により支給停止の受給権.
    pub suspended: Rights,
}

impl Components {
    /// 基礎年金の年額.
    pub fn basic_total(&self) -> Yen {
        self.basic + self.additional + self.furikae + self.children
    }

    /// 遺族厚生年金の年額 after 支給停止.
    pub fn survivor_total(&self) -> Yen {
        self.survivor - self.survivor_stopped
    }

    /// 老齢・障害厚生年金の年額 after 支給停止.
    pub fn employees_total(&self) -> Yen {
        self.proportional + self.transitional + self.adjustment + self.addition - self.stopped
    }

    /// What is payable of a pension; none where all that is payable waits (国民年金法28条, 厚生年金保険法44条の3).
    fn of(pension: &Pension, claim: &Claim) -> Option<Components> {
        let from_65 = pension.start.manner == Manner::From65;
        let basic = pension.basic.as_ref().filter(|_| !(from_65 && claim.basic_waits));
        let employees = pension.employees.as_ref().filter(|_| !(from_65 && claim.employees_waits));
        if basic.is_none() && employees.is_none() {
            return None;
        }
        let none = Yen::ZERO;
        Some(Components {
            manner: Some(pension.start.manner),
            right_on: pension.start.right_on,
            basic_of: basic.map(|_| Ground::OldAge),
            employees_of: employees.map(|_| Ground::OldAge),
            grade: None,
            basic: basic.map_or(none, |part| part.annual),
            additional: basic.map_or(none, |part| part.additional),
            furikae: basic.map_or(none, |part| part.furikae),
            children: none,
            proportional: employees.map_or(none, |part| part.proportional()),
            transitional: employees.map_or(none, |part| part.transitional()),
            adjustment: employees.map_or(none, |part| part.adjustment),
            addition: employees.map_or(none, |part| part.addition),
            stopped: employees.map_or(none, |part| part.stopped),
            survivor: none,
            survivor_stopped: none,
            suspended: Rights::NONE,
        })
    }
}

/// 同じ年額の続く月.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// First month.
    pub from: Month,
    /// First month after it; `None` while it goes on.
    pub until: Option<Month>,
    /// 年額.
    pub components: Components,
}

/// 裁定の状態.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 受給権なし.
    NoRight,
    /// 支給開始前.
    NotYet,
    /// 支給する.
    Payable,
    /// 繰下げ待機中.
    Waiting,
    /// 失権 (死亡).
    Ended,
}

impl Standing {
    /// A short word for machines.
    pub fn code(self) -> &'static str {
        match self {
            Standing::NoRight => "no_right",
            Standing::NotYet => "not_yet",
            Standing::Payable => "payable",
            Standing::Waiting => "waiting",
            Standing::Ended => "ended",
        }
    }
}

/// 裁定・改定の結果.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// 状態, at the last month asked about.
    pub standing: Standing,
    /// 年額の経過, in order of month; the months between runs are not paid.
    pub runs: Vec<Run>,
    /// The first later month in which something can change although no fact does (April, an age, a bonus of a year ago).
    pub look_again_from: Option<Month>,
    /// 受給権の発生, where there is one or will be.
    pub start: Option<Start>,
    /// 受給資格期間 that was looked at.
    pub qualified: Option<Qualified>,
}

/// 保留の理由 — nothing is decided before somebody has seen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// 記録の矛盾; who can resolve each is in its kind.
    Contradictions(Vec<Contradiction>),
    /// A rule or a table that gives no answer.
    Law(LawError),
}

/// A life with what was decided on it.
#[derive(Clone, Debug)]
pub struct Adjudicated {
    /// The record to the last month asked about, or to that of death; empty where it cannot be read at all.
    pub record: LifeRecord,
    /// 裁定, or why there is none.
    pub verdict: Result<Award, Held>,
}

/// 裁定と改定 — all months from the right to a month, as runs of equal amounts.
///
/// Law: 国民年金法16条・18条 (from the month after the right to the month of its end)・29条 (死亡), 厚生年金保険法33条・36条・
/// 45条; the amounts by [`old_age_of`].
///
/// - `shelf`: as for [`old_age_of`]; a night keeps one per thread and tells nothing (`Trace::untold`)
///
/// Months through `paid_through` whose law is not on file (before 2015-04, work before 2022-04) are left as they were paid.
/// A record that contradicts itself is held (a gap alone is not one); so is a month whose table is missing.
///
/// # Examples
/// Born 1960-01-15, asked to June 2026: runs from February 2025, April 2025 and April 2026; look again in April 2027.
pub fn award(asked: &Asked<'_>, shelf: &mut RateShelf, trace: &mut Trace) -> Adjudicated {
    let last = last_month(asked);
    let record = match life(asked.facts, last.last_day()) {
        Ok(record) => record,
        Err(error) => return Adjudicated { record: LifeRecord::default(), verdict: Err(Held::Law(error)) },
    };
    let holds = |found: &&Contradiction| found.kind != ContradictionKind::Gap;
    let contradictions: Vec<Contradiction> = record.contradictions().iter().filter(holds).copied().collect();
    let verdict = match contradictions.is_empty() {
        true => run_through(asked, &record, shelf, trace).map_err(Held::Law),
        false => Err(Held::Contradictions(contradictions)),
    };
    Adjudicated { record, verdict }
}

/// The last month that can be paid: the one asked about, or that of death.
fn last_month(asked: &Asked<'_>) -> Month {
    asked.facts.died_on.map_or(asked.until, |died_on| Month::of(died_on).min(asked.until))
}

/// Dead by the end of the last month asked about.
fn has_died(asked: &Asked<'_>) -> bool {
    asked.facts.died_on.is_some_and(|died_on| Month::of(died_on) <= asked.until)
}

fn run_through(
    asked: &Asked<'_>,
    record: &LifeRecord,
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<Award, LawError> {
    let (last, first) = (last_month(asked), first_month(asked, record));
    let (household, mut readings) = (Household::of(asked), Readings::new());
    let marks = months::that_can_differ(asked, first);
    let mut runs = Runs::default();
    let mut outcome = None;
    for month in marks.iter().copied().filter(|month| *month <= last) {
        let told = match ask(asked, (&household, &mut readings), month, shelf, trace) {
            Err(error) if was_paid_before(asked, month, &error) => {
                runs = Runs::default();
                continue;
            }
            told => told?,
        };
        let components = match &told {
            OldAge::Payable(pension) => Components::of(pension, &asked.claim.unwrap_or_default()),
            _ => None,
        };
        runs.go_on(month, components);
        outcome = Some(told);
    }
    let died = has_died(asked);
    let runs = runs.end(died.then(|| last.next()));
    let (standing, start, qualified) = standing(outcome.as_ref(), died, runs.last());
    let settled = matches!(standing, Standing::Ended) || standing == Standing::NoRight && start.is_none();
    let look_again_from =
        marks.into_iter().find(|month| *month > asked.until).filter(|_| !settled || is_young(asked, record));
    Ok(Award { standing, runs, look_again_from: look_again_from.filter(|_| !died), start, qualified })
}

/// Not yet 65: a right can still arise.
fn is_young(asked: &Asked<'_>, record: &LifeRecord) -> bool {
    Month::of(record.ages().sixty_five_on) >= asked.until
}

/// No right arises before 60; what was paid before the first month on file is not looked at.
fn first_month(asked: &Asked<'_>, record: &LifeRecord) -> Month {
    let sixty = Month::of(record.ages().sixty_on);
    let (year, month) = FIRST_ON_FILE;
    let on_file = Month::new(year, month).expect("a month");
    if asked.claim.and_then(|claim| claim.paid_through).is_some() { sixty.max(on_file) } else { sixty }
}

/// A month that was paid before this book and whose law is not on file.
fn was_paid_before(asked: &Asked<'_>, month: Month, error: &LawError) -> bool {
    matches!(error, LawError::NotInForce { .. })
        && asked.claim.and_then(|claim| claim.paid_through).is_some_and(|through| month <= through)
}

fn ask(
    asked: &Asked<'_>,
    (household, readings): (&Household, &mut Readings),
    for_month: Month,
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<OldAge, LawError> {
    let question = Question {
        facts: asked.facts,
        for_month,
        claims: asked.claim.unwrap_or_default().months,
        spouse: household.spouse.as_ref(),
        children: &household.children,
        spouse_addition_moves: asked.claim.unwrap_or_default().spouse_addition_moves,
    };
    old_age_of(&question, readings, shelf, trace)
}

fn standing(outcome: Option<&OldAge>, died: bool, last: Option<&Run>) -> (Standing, Option<Start>, Option<Qualified>) {
    let (standing, start, qualified) = match outcome {
        None => (Standing::NotYet, None, None),
        Some(OldAge::NoRight { qualified }) => (Standing::NoRight, None, Some(*qualified)),
        Some(OldAge::NotYet { start, qualified }) => (Standing::NotYet, Some(*start), *qualified),
        Some(OldAge::Payable(pension)) => {
            let open = last.is_some_and(|run| run.until.is_none());
            let standing = if open { Standing::Payable } else { Standing::Waiting };
            (standing, Some(pension.start), Some(pension.qualified))
        }
    };
    (if died { Standing::Ended } else { standing }, start, qualified)
}

/// Runs being built, month after month.
#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    /// From this month on it is so.
    fn go_on(&mut self, from: Month, components: Option<Components>) {
        let open = self.0.last_mut().filter(|run| run.until.is_none());
        if let Some(run) = open {
            if Some(run.components) == components {
                return;
            }
            run.until = Some(from);
        }
        self.0.extend(components.map(|components| Run { from, until: None, components }));
    }

    /// Nothing from this month on.
    fn end(mut self, from: Option<Month>) -> Vec<Run> {
        if let Some(from) = from {
            self.go_on(from, None);
        }
        self.0
    }
}
