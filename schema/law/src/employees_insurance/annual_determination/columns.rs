//! 定時決定の列 — the annual determination of many people at once, for the night. [`AnnualLaw::of`] looks base days
//! and grades up once; [`AnnualLaw::determine`] is integers only and says the same as [`determine`](super::determine).

use domain::Month;

use super::Season;
use crate::employees_insurance::Scheme;
use crate::employees_insurance::grade::{self, Grade};
use crate::employees_insurance::month::day_number;
use crate::employees_insurance::remuneration::{WorkerType, base_days, fallback_base_days};
use crate::{LawError, Trace};

#[cfg(test)]
mod tests;

/// `base_days` of a month without a full month's pay: it is not looked at.
pub const NO_MONTH: i8 = -1;
/// `acquired_on` of somebody insured since before the summer.
pub const LONG_AGO: i32 = i32::MIN;
/// More than any monthly pay; a bigger one is held, so that no sum can overflow.
const MOST_YEN: i64 = 1_000_000_000;
/// Bounds of grades are whole thousands of yen.
const THOUSAND: i64 = 1000;

/// 被保険者の区分 as a number of a column: 0 一般, 1 短時間労働者, 2 短時間就労者.
pub const WORKERS: [WorkerType; 3] = [WorkerType::General, WorkerType::ShortTime, WorkerType::PartTimer];

/// 算定の事実 — one person's place in every column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnualFacts {
    /// 区分, a place of [`WORKERS`].
    pub worker: u8,
    /// 支払基礎日数 of April, May and June; [`NO_MONTH`] where there is no full month.
    pub base_days: [i8; 3],
    /// 報酬月額 of the same months, yen.
    pub pay_yen: [i64; 3],
    /// 資格取得年月日 as a day number; [`LONG_AGO`] where it does not matter.
    pub acquired_on: i32,
    /// 改定月, 7, 8 or 9 for a revision from that month; anything else does not rule the determination out.
    pub revised_month: i8,
    /// 従前の標準報酬月額, 健康保険; 0 when it does not apply.
    pub previous_hi_yen: i64,
    /// 従前の標準報酬月額, 厚生年金保険; 0 when it does not apply.
    pub previous_epi_yen: i64,
}

/// 判定 — what became of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnnualVerdict {
    /// 定時決定.
    #[default]
    Determined,
    /// 保険者算定: no month counts, the previous standards go on.
    CarriedOver,
    /// 41条3項: none this year, the previous standards go on.
    NotMade,
    /// The facts cannot be, or the previous standards are missing: for a person to look at; nothing is determined.
    Held,
}

/// 定時決定 — what came out for one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnnualOutcome {
    /// 判定.
    pub verdict: AnnualVerdict,
    /// 平均額, yen; 0 unless determined.
    pub average_yen: i64,
    /// Which months count, April first.
    pub counts: [bool; 3],
    /// 健康保険の標準報酬月額 from then on; 0 when it does not apply.
    pub hi_yen: i64,
    /// 厚生年金保険の標準報酬月額 from then on; 0 when it does not apply.
    pub epi_yen: i64,
}

/// 定時決定の法令 — one year's base days and grades, resolved. Build it once per run and share it.
#[derive(Clone, Debug)]
pub struct AnnualLaw {
    september: Month,
    /// Base days by worker, and those of 短時間就労者 when no month has so many.
    least_days: [i8; 3],
    fallback_days: i8,
    /// 1 June, and the day after 1 July.
    summer_from: i32,
    summer_until: i32,
    /// Standards of HI and EPI for a remuneration of so many whole thousands; the last place is for all above.
    standards: Vec<(i64, i64)>,
}

impl AnnualLaw {
    /// Resolves the law of a year's September; every row read goes to the trace.
    ///
    /// # Errors
    /// `BadInput` — no such year; `NotInForce` before 2017 (短時間労働者), `PastLastCheck`; `CannotDecide` — a grade that does not begin at a
    /// whole thousand.
    pub fn of(year: i16, trace: &mut Trace) -> Result<AnnualLaw, LawError> {
        let season = Season::of(year)?;
        let september = season.september();
        let hi = by_thousand(grade::all(Scheme::HealthInsurance, september, trace)?)?;
        let epi = by_thousand(grade::all(Scheme::EmployeesPension, september, trace)?)?;
        let at = |standards: &[i64], place: usize| standards[place.min(standards.len() - 1)];
        let mut least_days = [0; 3];
        for (least, worker) in least_days.iter_mut().zip(WORKERS) {
            *least = days(base_days(worker, september, trace)?);
        }
        Ok(AnnualLaw {
            september,
            least_days,
            fallback_days: days(fallback_base_days(september, trace)?),
            summer_from: day_number(season.newcomers_from()),
            summer_until: day_number(season.reckoned_on()) + 1,
            standards: (0..hi.len().max(epi.len())).map(|place| (at(&hi, place), at(&epi, place))).collect(),
        })
    }

    /// 9月 — the month from which a determination holds.
    pub fn september(&self) -> Month {
        self.september
    }

    /// 一人の定時決定 — pure, integers only, no allocation.
    ///
    /// Law: 健康保険法41条, 厚生年金保険法21条; 44条1項・24条1項 (no month counts).
    #[inline]
    pub fn determine(&self, person: &AnnualFacts) -> AnnualOutcome {
        let previous = |verdict| AnnualOutcome {
            verdict,
            hi_yen: person.previous_hi_yen,
            epi_yen: person.previous_epi_yen,
            ..AnnualOutcome::default()
        };
        let held = AnnualOutcome { verdict: AnnualVerdict::Held, ..AnnualOutcome::default() };
        if person.acquired_on >= self.summer_until || usize::from(person.worker) >= WORKERS.len() {
            return held;
        }
        if person.acquired_on >= self.summer_from || Season::DISPLACING.contains(&person.revised_month) {
            return previous(AnnualVerdict::NotMade);
        }
        if !facts_fit(person) {
            return held;
        }
        let counts = self.counting(person);
        let months = counts.iter().filter(|counts| **counts).count();
        if months == 0 {
            let known = person.previous_hi_yen != 0 || person.previous_epi_yen != 0;
            return if known { previous(AnnualVerdict::CarriedOver) } else { held };
        }
        let average_yen = average(person, counts, months);
        let (hi_yen, epi_yen) = self.standards_of(average_yen);
        AnnualOutcome { verdict: AnnualVerdict::Determined, average_yen, counts, hi_yen, epi_yen }
    }

    /// 算入する月 — those with enough base days.
    #[inline]
    fn counting(&self, person: &AnnualFacts) -> [bool; 3] {
        let at_least = |least: i8| person.base_days.map(|days| days >= least);
        let counts = at_least(self.least_days[usize::from(person.worker)]);
        let part_timer = WORKERS[usize::from(person.worker)] == WorkerType::PartTimer;
        if part_timer && counts == [false; 3] { at_least(self.fallback_days) } else { counts }
    }

    /// Both standards of a remuneration that is not negative.
    #[inline]
    fn standards_of(&self, remuneration_yen: i64) -> (i64, i64) {
        let thousands = usize::try_from(remuneration_yen / THOUSAND).unwrap_or(usize::MAX);
        self.standards[thousands.min(self.standards.len() - 1)]
    }
}

/// 平均額, 円未満切捨て.
#[inline]
fn average(person: &AnnualFacts, counts: [bool; 3], months: usize) -> i64 {
    let counted = |place: usize| if counts[place] { person.pay_yen[place] } else { 0 };
    let total = counted(0) + counted(1) + counted(2);
    match months {
        1 => total,
        2 => total / 2,
        _ => total / 3,
    }
}

/// One month at least, days of a month, pay that is not negative.
#[inline]
fn facts_fit(person: &AnnualFacts) -> bool {
    let fits = |place: usize| {
        let (days, pay) = (person.base_days[place], person.pay_yen[place]);
        days == NO_MONTH || ((0..=31).contains(&days) && (0..=MOST_YEN).contains(&pay))
    };
    person.base_days != [NO_MONTH; 3] && fits(0) && fits(1) && fits(2)
}

fn days(days: i64) -> i8 {
    i8::try_from(days).expect("days of a month")
}

/// The standard for every whole thousand of remuneration, up to where the highest grade begins.
fn by_thousand(grades: &[Grade]) -> Result<Vec<i64>, LawError> {
    let mut standards = Vec::new();
    for grade in grades {
        let from = grade.from.get();
        if from % THOUSAND != 0 {
            let reason = format!("等級の下限{}が千円の単位ではありません", grade.from);
            return Err(LawError::CannotDecide { reason });
        }
        let below = usize::try_from(from / THOUSAND).expect("grades begin at 0");
        let last = standards.last().copied().unwrap_or_default();
        standards.resize(below, last);
        standards.push(grade.standard.get());
    }
    Ok(standards)
}
