//! 裁定と改定の経過 — what somebody's pensions are, month after month, from the right to a month: runs of equal amounts.
//!
//! A month is computed by [`old_age_of`], by the rights of a disability and of a death, and by the choice between them; one
//! that cannot differ from the month before it is not computed again ([`months::that_can_differ`]). The end is the month of
//! death.

mod choice;
mod course;
mod disability;
mod household;
mod months;
mod others;
#[cfg(test)]
mod others_tests;
mod survivor;
#[cfg(test)]
mod tests;

pub use choice::ChoiceNeeded;
pub use disability::DisabilityFound;
pub use household::{Member, Relation};
pub use others::{Choice, DisabilityClaim, Ground, Others, Relative, Rights, SurvivorClaim};
pub use survivor::SurvivorFound;

use domain::{Month, Yen};
use jiff::civil::Date;

use super::old_age::{Claims, Manner, OldAge, Pension, Qualified, Question, RateShelf, Readings, Start, old_age_of};
use crate::pension_payment::simultaneous_benefits::BenefitRight;
use crate::pension_record::life::{Contradiction, ContradictionKind, LifeFacts, LifeRecord, life};
use crate::{LawError, Trace};
use course::{Course, MonthAnswer};
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

    /// What is drawn of an old-age pension; none where nothing is.
    fn of(pension: &Pension, drawn: Rights) -> Option<Components> {
        let basic = pension.basic.as_ref().filter(|_| drawn.has(BenefitRight::OldAgeBasic));
        let employees = pension.employees.as_ref().filter(|_| drawn.has(BenefitRight::OldAgeEmployee));
        if basic.is_none() && employees.is_none() {
            return None;
        }
        let none = Yen::ZERO;
        Some(Components {
            manner: Some(pension.start.manner),
            basic_of: basic.map(|_| Ground::OldAge),
            employees_of: employees.map(|_| Ground::OldAge),
            basic: basic.map_or(none, |part| part.annual),
            additional: basic.map_or(none, |part| part.additional),
            furikae: basic.map_or(none, |part| part.furikae),
            proportional: employees.map_or(none, |part| part.proportional()),
            transitional: employees.map_or(none, |part| part.transitional()),
            adjustment: employees.map_or(none, |part| part.adjustment),
            addition: employees.map_or(none, |part| part.addition),
            stopped: employees.map_or(none, |part| part.stopped),
            ..Components::nothing(pension.start.right_on)
        })
    }

    fn nothing(right_on: Date) -> Components {
        let none = Yen::ZERO;
        Components {
            manner: None,
            right_on,
            basic_of: None,
            employees_of: None,
            grade: None,
            basic: none,
            additional: none,
            furikae: none,
            children: none,
            proportional: none,
            transitional: none,
            adjustment: none,
            addition: none,
            stopped: none,
            survivor: none,
            survivor_stopped: none,
            suspended: Rights::NONE,
        }
    }
}

/// What is payable of an old-age pension unless another is chosen; a part that waits is not (国民年金法28条, 厚生年金保険法44条の3).
fn rights_of(pension: &Pension, claim: &Claim) -> Rights {
    let from_65 = pension.start.manner == Manner::From65;
    let basic = pension.basic.is_some() && !(from_65 && claim.basic_waits);
    let employees = pension.employees.is_some() && !(from_65 && claim.employees_waits);
    let rights = [(basic, BenefitRight::OldAgeBasic), (employees, BenefitRight::OldAgeEmployee)];
    rights.into_iter().filter(|(is, _)| *is).map(|(_, right)| right).collect()
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
    /// 支給停止: there is a right, of which nothing is paid now (障害の程度, 60歳まで, 配偶者が受ける子).
    Suspended,
    /// 失権 (死亡, or every right has ended).
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
            Standing::Suspended => "suspended",
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
    /// 老齢年金の受給権の発生, where there is one or will be.
    pub start: Option<Start>,
    /// 受給資格期間 that was looked at.
    pub qualified: Option<Qualified>,
    /// 障害年金の受給権, where one was claimed.
    pub disability: Option<DisabilityFound>,
    /// 遺族年金の受給権, where one was claimed.
    pub survivor: Option<SurvivorFound>,
}

/// 保留の理由 — nothing is decided before somebody has seen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// 記録の矛盾; who can resolve each is in its kind.
    Contradictions(Vec<Contradiction>),
    /// A rule or a table that gives no answer.
    Law(LawError),
    /// 年金の選択: several rights, and nobody has said which is drawn.
    Choice(ChoiceNeeded),
}

impl From<LawError> for Held {
    fn from(error: LawError) -> Held {
        Held::Law(error)
    }
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
/// 併給の調整 (国民年金法20条, 厚生年金保険法38条): of several sets of rights the one on file in `choices`, else the one that goes on with what was
/// drawn, is paid; where neither says one, all is held ([`Held::Choice`]). From 65 the own 老齢厚生年金 goes before the 遺族厚生年金,
/// claimed or not (厚生年金保険法64条の2).
///
/// - `shelf`: as for [`old_age_of`]; a night keeps one per thread and tells nothing (`Trace::untold`)
///
/// Months of a disability's or survivor's right that had lapsed when it was claimed (five years) are not looked at. Months through `paid_through` whose law is not on file (before 2015-04, work before 2022-04) are left as they were paid.
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
    // A survivor's pension is made of another's record; where the own one is needed beside it, it is refused there.
    let by_own_record = asked.claim.is_some() || asked.others.disability.is_some();
    let holds = |found: &&Contradiction| found.kind != ContradictionKind::Gap && by_own_record;
    let contradictions: Vec<Contradiction> = record.contradictions().iter().filter(holds).copied().collect();
    let verdict = match contradictions.is_empty() {
        true => run_through(asked, &record, shelf, trace),
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
) -> Result<Award, Held> {
    let (last, died) = (last_month(asked), has_died(asked));
    let mut course = Course::of(asked, record, shelf, trace)?;
    let marks = course.first().map(|first| months::that_can_differ(asked, first, course.marks())).unwrap_or_default();
    let (mut runs, mut outcome, mut before) = (Runs::default(), MonthAnswer::default(), Rights::NONE);
    for month in marks.iter().copied().filter(|month| *month <= last) {
        let told = match course.ask((month, before), shelf, trace) {
            Err(refused) if refused.was_paid_before(asked, month) => {
                (runs, before) = (Runs::default(), Rights::NONE);
                continue;
            }
            told => told.map_err(|refused| refused.held)?,
        };
        runs.go_on(month, told.components);
        before = told.drawn;
        outcome = told;
    }
    let runs = runs.end(died.then(|| last.next()));
    let open = runs.last().is_some_and(|run| run.until.is_none());
    let (standing, start, qualified) = course.standing((&outcome, last), (died, open));
    let settled = matches!(standing, Standing::Ended) || standing == Standing::NoRight && start.is_none();
    let look_again_from =
        marks.into_iter().find(|month| *month > asked.until).filter(|_| !settled || is_young(asked, record));
    Ok(Award {
        standing,
        runs,
        look_again_from: look_again_from.filter(|_| !died),
        start,
        qualified,
        disability: course.disabled.map(|disabled| disabled.found),
        survivor: course.surviving.map(|surviving| surviving.found),
    })
}

/// Not yet 65: a right to an old-age pension can still arise.
fn is_young(asked: &Asked<'_>, record: &LifeRecord) -> bool {
    asked.claim.is_some() && Month::of(record.ages().sixty_five_on) >= asked.until
}

/// The first month whose amounts are on file.
fn first_on_file() -> Month {
    let (year, month) = FIRST_ON_FILE;
    Month::new(year, month).expect("a month")
}

/// No right to an old-age pension arises before 60; what was paid before the first month on file is not looked at.
fn first_month(claim: &Claim, record: &LifeRecord) -> Month {
    let sixty = Month::of(record.ages().sixty_on);
    if claim.paid_through.is_some() { sixty.max(first_on_file()) } else { sixty }
}

/// The first month of a right that is looked at: none of which nothing can be paid any more (国民年金法102条1項, 厚生年金保険法92条1項: five
/// years from the payment month, which is at most two months later), nor one before the first on file that was paid already.
fn first_paid_of(first: Month, filed_on: Date, paid_through: Option<Month>) -> Month {
    let earliest = Month::of(filed_on).plus(-62);
    let on_file = paid_through.map(|_| first_on_file());
    first.max(earliest).max(on_file.unwrap_or(earliest))
}

/// A month that was paid before this book and whose law is not on file.
fn was_paid_before(paid_through: Option<Month>, month: Month, error: &LawError) -> bool {
    matches!(error, LawError::NotInForce { .. }) && paid_through.is_some_and(|through| month <= through)
}

fn ask(
    asked: &Asked<'_>,
    (household, readings): (&Household, &mut Readings),
    for_month: Month,
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<OldAge, LawError> {
    let claim = asked.claim.unwrap_or_default();
    let question = Question {
        facts: asked.facts,
        for_month,
        claims: claim.months,
        spouse: household.spouse.as_ref(),
        children: &household.children,
        spouse_addition_moves: claim.spouse_addition_moves,
    };
    old_age_of(&question, readings, shelf, trace)
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
