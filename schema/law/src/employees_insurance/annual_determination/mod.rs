//! 定時決定 (健康保険法41条, 厚生年金保険法21条).

use std::ops::RangeInclusive;

use domain::{Month, Yen};
use jiff::civil::Date;

use super::grade::Standards;
use super::remuneration::{PayMonth, TotalAverage, WorkerType, total_average};
use crate::{LawError, Step, Trace};

pub mod columns;
#[cfg(test)]
mod tests;

/// 算定の年 — the days and months of one year's annual determination (健康保険法41条1項・3項, 厚生年金保険法21条1項・3項).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Season {
    june: Month,
}

impl Season {
    /// Months of a year from which a revision takes the place of that year's determination (41条3項).
    pub(super) const DISPLACING: RangeInclusive<i8> = 7..=9;

    /// The season of a year.
    ///
    /// # Errors
    /// `BadInput` — no such year.
    pub fn of(year: i16) -> Result<Season, LawError> {
        let june = Month::new(year, 6);
        let june = june.ok_or_else(|| LawError::bad_input("適用年 (year)", "西暦の年を入力してください"))?;
        Ok(Season { june })
    }

    /// The season whose determination is not made when standards are revised from this month.
    pub fn displaced_by(revised_from: Month) -> Option<Season> {
        let months_after_june = i32::from(revised_from.month()) - 6;
        Season::DISPLACING
            .contains(&revised_from.month())
            .then(|| Season { june: revised_from.plus(-months_after_june) })
    }

    /// April, the first of the three months that are looked at; June is the last.
    pub fn april(self) -> Month {
        self.june.plus(-2)
    }

    /// 9月 — the month from which the determination holds.
    pub fn september(self) -> Month {
        self.june.plus(3)
    }

    /// 7月1日 — who is insured on this day is determined.
    pub fn reckoned_on(self) -> Date {
        self.june.next().first_day()
    }

    /// 6月1日 — who became insured on this day or later is not.
    pub fn newcomers_from(self) -> Date {
        self.june.first_day()
    }
}

/// 定時決定の対象 — one insured person's April, May and June.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnualCase {
    /// 適用年, the year of its September.
    pub year: i16,
    /// 区分.
    pub worker: WorkerType,
    /// Months of April to June with a full month's pay at this employer, in order.
    pub months: Vec<(Month, PayMonth)>,
    /// 従前の標準報酬月額, needed only when no month counts.
    pub previous: Standards,
    /// 資格取得年月日, where it may lie in the summer.
    pub acquired_on: Option<Date>,
    /// 改定月 of a revision (随時改定, 育児休業等・産前産後休業終了時改定) from July, August or September.
    pub revised_from: Option<Month>,
}

/// 定時決定 — what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnualDetermination {
    /// First month, September; `None` when no annual determination is made this year.
    pub from: Option<Month>,
    /// 平均額; `None` when no month counts.
    pub average: Option<Yen>,
    /// The months that count.
    pub months_used: Vec<Month>,
    /// The standards from then on; those of before when none is made.
    pub standards: Standards,
}

/// 定時決定 — the standards from September, from what was paid in April, May and June.
///
/// Law: 健康保険法41条, 厚生年金保険法21条. No month with enough base days: the previous standards are carried over
/// (保険者算定, 44条1項・24条1項). None for those who became insured from 1 June to 1 July, and those revised
/// from July, August or September (41条3項・21条3項).
///
/// # Errors
/// `BadInput` — months outside April to June of the year, or twice; `MissingFact` — the previous standards where
/// they are needed; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// 180,000円 (16 days), 250,000円, 260,000円: 255,000円, so 260,000円.
pub fn determine(case: &AnnualCase, trace: &mut Trace) -> Result<AnnualDetermination, LawError> {
    let season = Season::of(case.year)?;
    let september = season.september();
    if let Some(why) = no_determination(case, season)? {
        trace.step(Step::new("健康保険法41条3項・厚生年金保険法21条3項", why).gives("定時決定を行わない"));
        let standards = case.previous;
        return Ok(AnnualDetermination { from: None, average: None, months_used: Vec::new(), standards });
    }
    let (months, pays): (Vec<Month>, Vec<PayMonth>) = case.months.iter().copied().unzip();
    check_months(season, &months)?;
    let TotalAverage { average, counting, .. } = total_average(case.worker, &pays, september, trace)?;
    let months_used: Vec<Month> = counting.into_iter().map(|place| months[place]).collect();
    if months_used.is_empty() {
        let standards = carried_over(case.previous, trace)?;
        return Ok(AnnualDetermination { from: Some(september), average: None, months_used, standards });
    }
    let standards = Standards::of(september, average, trace)?;
    Ok(AnnualDetermination { from: Some(september), average: Some(average), months_used, standards })
}

/// 41条3項 — why no annual determination is made.
fn no_determination(case: &AnnualCase, season: Season) -> Result<Option<String>, LawError> {
    if let Some(acquired_on) = case.acquired_on {
        let reckoned_on = season.reckoned_on();
        if acquired_on > reckoned_on {
            let reason = format!("{reckoned_on}に被保険者ではありません。定時決定の対象者を確かめてください");
            return Err(LawError::bad_input("資格取得年月日 (acquired_on)", reason));
        }
        if acquired_on >= season.newcomers_from() {
            return Ok(Some("6月1日から7月1日までの資格取得者".to_owned()));
        }
    }
    let revised = case.revised_from.filter(|from| Season::displaced_by(*from) == Some(season));
    Ok(revised.map(|from| format!("{from}から随時改定等を受ける者")))
}

fn check_months(season: Season, months: &[Month]) -> Result<(), LawError> {
    let spring = season.april()..=season.june;
    let in_order = months.is_sorted_by(|earlier, later| earlier < later);
    if in_order && months.iter().all(|month| spring.contains(month)) {
        return Ok(());
    }
    let reason = format!("{}年の4月・5月・6月を、重ならないように順に入力してください", season.june.year());
    Err(LawError::bad_input("算定の対象となる月 (months)", reason))
}

/// 保険者算定 — the previous standards go on.
fn carried_over(previous: Standards, trace: &mut Trace) -> Result<Standards, LawError> {
    if previous == Standards::default() {
        return Err(LawError::MissingFact { fact: "従前の標準報酬月額".to_owned() });
    }
    trace.step(
        Step::new("健康保険法44条1項・厚生年金保険法24条1項", "算定の対象となる月がないので従前の標準報酬月額による")
            .gives(previous),
    );
    Ok(previous)
}
