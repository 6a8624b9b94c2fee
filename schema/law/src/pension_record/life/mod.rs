//! 一生の記録 (国民年金法11条・11条の2・14条, 厚生年金保険法19条・28条) — one person's registers read into one row of
//! months, with the counts that an award needs and every contradiction in them. Pure and fast: the night reads millions
//! into the same buffers.

mod contradiction;
mod counts;
mod current;
mod paint;
mod row;
mod splits;
mod told;

#[cfg(test)]
mod tests;

pub use domain::life::{
    AbroadSpell, BonusMonth, Cat3Irregularity, Cat3Span, Category, CategorySpell, ComplementaryKind, ComplementarySpan,
    Contribution, ContributionSpan, EmployeesClass, EmployeesKind, LifeFacts, MonthSpan, RemunerationBasis,
    RemunerationSpan, RemunerationSplit, Sex, SplitBonus, SplitKind, SplitStandard,
};

pub use contradiction::{Contradiction, ContradictionKind, Resolver};
pub use counts::{EmployeesMonths, Eras, LifeCounts};
pub use current::add_current_cover;
pub use row::{Cover, Marks, RecordMonth, State};
pub use told::tell;

use std::ops::Range;

use domain::Month;
use domain::age::attained_on;
use jiff::civil::Date;

use crate::LawError;
use crate::employees_insurance::{check_day, day_after};

/// Nobody lives longer; a row of months stays short.
const YEARS_MAX: i16 = 130;

fn month(year: i16, month: i8) -> Month {
    Month::new(year, month).expect("written here, a month")
}

/// 拠出制国民年金の開始 (昭和36年4月1日).
pub(crate) fn national_pension_start() -> Month {
    month(1961, 4)
}

/// 基礎年金制度の開始 (昭和61年4月1日): 第3号 begins.
pub(crate) fn basic_pension_start() -> Month {
    month(1986, 4)
}

/// 第3種被保険者の月が4/3・6/5に数えられる期間の終わり (平成3年4月1日; 昭和60年法律34号附則47条).
pub(crate) fn miner_weights_end() -> Month {
    month(1991, 4)
}

/// 総報酬制の開始 (平成15年4月1日).
pub(crate) fn total_remuneration_start() -> Month {
    month(2003, 4)
}

/// 国庫負担2分の1 (平成21年4月1日): from here exempt months weigh more.
pub(crate) fn half_state_share_start() -> Month {
    month(2009, 4)
}

/// 被用者年金一元化 (平成27年10月1日): a month of 厚生年金 acquired and lost in it gives way to 国民年金 too.
pub(crate) fn unification_start() -> Month {
    month(2015, 10)
}

/// 年齢に達する日 — the days on which one person's ages are attained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// 20.
    pub twenty_on: Date,
    /// 60.
    pub sixty_on: Date,
    /// 65.
    pub sixty_five_on: Date,
    /// 70.
    pub seventy_on: Date,
    /// 20歳以上60歳未満の月: the first, and the first after them.
    insured_months: (Month, Month),
}

impl Ages {
    /// Of somebody born on this day.
    pub fn of(birth_on: Date) -> Ages {
        let (twenty_on, sixty_on) = (attained_on(birth_on, 20), attained_on(birth_on, 60));
        Ages {
            twenty_on,
            sixty_on,
            sixty_five_on: attained_on(birth_on, 65),
            seventy_on: attained_on(birth_on, 70),
            insured_months: (Month::of(twenty_on), Month::of(sixty_on)),
        }
    }

    /// 20歳以上60歳未満の月: from the month of 20 to the month before that of 60.
    pub fn is_20_to_59(&self, month: Month) -> bool {
        self.insured_months.0 <= month && month < self.insured_months.1
    }
}

/// 被保険者期間に算入する月 — from the month of acquisition to the month before that of loss; acquired and lost in one
/// month, that month. Which of two spells owns a month is another question: the one acquired later.
///
/// Law: 国民年金法11条1項・2項, 厚生年金保険法19条1項・2項.
///
/// - `lost_on`: the first day without cover; `None` counts to `until`
///
/// Returns first and last month; `None` when the spell runs backward.
pub fn counted_months(acquired_on: Date, lost_on: Option<Date>, until: Month) -> Option<(Month, Month)> {
    let first = Month::of(acquired_on);
    let Some(lost_on) = lost_on else { return Some((first, until)) };
    (lost_on >= acquired_on).then(|| (first, Month::of(lost_on).previous().max(first)))
}

/// 一生の記録 — a row of months with its counts and its contradictions. Made once, it can be filled again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeRecord {
    first: Month,
    as_of_on: Date,
    ages: Ages,
    sex: Sex,
    months: Vec<RecordMonth>,
    standards_yen: Vec<u32>,
    bonuses_yen: Vec<u32>,
    counts: LifeCounts,
    contradictions: Vec<Contradiction>,
    /// Places of the spells in order of acquisition; kept for its room only.
    order: Vec<usize>,
    /// 離婚時の年金分割, as far as it has been laid over the row.
    split: splits::Laid,
}

impl Default for LifeRecord {
    fn default() -> LifeRecord {
        LifeRecord {
            first: national_pension_start(),
            as_of_on: Date::MIN,
            ages: Ages::of(Date::constant(1941, 4, 1)),
            sex: Sex::Male,
            months: Vec::new(),
            standards_yen: Vec::new(),
            bonuses_yen: Vec::new(),
            counts: LifeCounts::default(),
            contradictions: Vec::new(),
            order: Vec::new(),
            split: splits::Laid::default(),
        }
    }
}

/// 一生の記録の作成 — one person's registers as a row of months.
///
/// Law: 国民年金法11条・11条の2 (月の数え方), 27条・90条以下 (月の種類), 附則9条 (合算対象期間); 厚生年金保険法19条.
///
/// - `as_of_on`: the day for which the record is read; what begins later is not seen
///
/// # Errors
/// `BadInput` — a birth or an as-of day that cannot be. Everything else that is wrong is listed as a contradiction.
///
/// # Examples
/// Born 2000-05-10, 第1号 from 2020-05-09, paid: one month more for each month. With 厚生年金 registered over the same days
/// the record is held.
pub fn life(facts: &LifeFacts<'_>, as_of_on: Date) -> Result<LifeRecord, LawError> {
    let mut record = LifeRecord::default();
    record.read(facts, as_of_on)?;
    Ok(record)
}

impl LifeRecord {
    /// As [`life`], into the room that this record already has.
    ///
    /// # Errors
    /// As [`life`]; then the record is that of nobody.
    pub fn read(&mut self, facts: &LifeFacts<'_>, as_of_on: Date) -> Result<(), LawError> {
        self.clear();
        check_day("生年月日 (birth_date)", facts.birth_on)?;
        check_day("記録の基準日 (as_of)", as_of_on)?;
        if as_of_on < facts.birth_on || as_of_on.year() - facts.birth_on.year() > YEARS_MAX {
            return Err(LawError::bad_input("記録の基準日 (as_of)", "生年月日から130年以内の日を入力してください"));
        }
        self.ages = Ages::of(facts.birth_on);
        (self.sex, self.as_of_on) = (facts.sex, as_of_on);
        self.first = self.first_month(facts);
        let length = place(Month::of(as_of_on), self.first) + 1;
        self.months.resize(length, RecordMonth::default());
        self.standards_yen.resize(length, 0);
        self.bonuses_yen.resize(length, 0);
        paint::everything(self, facts);
        self.lay_splits(facts, Month::of(as_of_on));
        Ok(())
    }

    /// The same as [`LifeRecord::read`] for a later as-of day, where nothing is registered of the months since the day read
    /// before: empty months follow. `false`, and nothing is done, where that cannot be told or something is registered.
    ///
    /// - `facts`: those that were read
    pub fn go_on(&mut self, facts: &LifeFacts<'_>, as_of_on: Date) -> bool {
        let (read_to, last) = (self.as_of_on, Month::of(as_of_on));
        let grown = !self.months.is_empty() && self.ages.insured_months.1 <= Month::of(read_to);
        let to_month_end = read_to == read_to.last_of_month() && read_to < as_of_on;
        if !grown || !to_month_end || as_of_on.year() - facts.birth_on.year() > YEARS_MAX {
            return false;
        }
        let (from, until) = (Month::of(read_to).next(), Some(last));
        let outside = |first: Month, end: Option<Month>| until < Some(first) || end.is_some_and(|end| end < from);
        let ended = |spell: &CategorySpell| {
            let seen = spell.acquired_on <= read_to;
            spell.acquired_on > as_of_on || seen && spell.lost_on.is_some_and(|lost_on| lost_on <= read_to)
        };
        let empty = facts.spells.iter().all(ended)
            && facts.contributions.iter().all(|span| outside(span.first, Some(span.last)))
            && facts.cat3.iter().all(|span| outside(span.first, Some(span.last)))
            && facts.complementary.iter().all(|span| outside(span.first, Some(span.last)))
            && facts.remunerations.iter().all(|span| outside(span.first, span.last))
            && facts.bonuses.iter().all(|bonus| outside(bonus.month, Some(bonus.month)))
            && facts.abroad.iter().all(|spell| spell.returned_on.is_some_and(|returned_on| returned_on <= read_to))
            && facts.splits.iter().all(|split| outside(split.effective(), Some(split.effective())));
        if empty {
            let length = place(last, self.first) + 1;
            let added = u16::try_from(length - self.months.len()).expect("a row is at most 130 years long");
            self.months.resize(length, RecordMonth::default());
            self.standards_yen.resize(length, 0);
            self.bonuses_yen.resize(length, 0);
            self.counts.months += added;
            self.counts.not_due += added;
            self.as_of_on = as_of_on;
        }
        empty
    }

    fn clear(&mut self) {
        self.months.clear();
        self.standards_yen.clear();
        self.bonuses_yen.clear();
        self.contradictions.clear();
        self.order.clear();
        self.split.clear();
        self.counts = LifeCounts::default();
    }

    /// The month of 20 or of the first cover, whichever is earlier, but not before birth nor after the as-of month.
    fn first_month(&self, facts: &LifeFacts<'_>) -> Month {
        let spells = facts.spells.iter().map(|spell| Month::of(spell.acquired_on));
        let spans = facts.complementary.iter().map(|span| span.first);
        let deemed = facts.remunerations.iter().map(|span| span.first);
        let of_splits = facts.splits.iter().filter_map(|split| split.standards.first().map(|run| run.first));
        let earliest = spells.chain(spans).chain(deemed).chain(of_splits).min();
        let twenty = Month::of(self.ages.twenty_on);
        let first = earliest.map_or(twenty, |month| month.min(twenty));
        first.max(Month::of(facts.birth_on)).min(Month::of(self.as_of_on))
    }

    /// 記録の最初の月.
    pub fn first(&self) -> Month {
        self.first
    }

    /// 記録の最後の月: that of the as-of day.
    pub fn last(&self) -> Month {
        Month::of(self.as_of_on)
    }

    /// 基準日.
    pub fn as_of_on(&self) -> Date {
        self.as_of_on
    }

    /// 年齢に達する日.
    pub fn ages(&self) -> &Ages {
        &self.ages
    }

    /// 性別.
    pub fn sex(&self) -> Sex {
        self.sex
    }

    /// 月の記録, from `first` to `last`.
    pub fn months(&self) -> &[RecordMonth] {
        &self.months
    }

    /// 標準報酬月額 of each month, yen; 0 where there is none. As long as `months`. After a split, what the law makes of it.
    pub fn standards_yen(&self) -> &[u32] {
        &self.standards_yen
    }

    /// 標準賞与額 of each month, yen; 0 where there is none. As long as `months`.
    pub fn bonuses_yen(&self) -> &[u32] {
        &self.bonuses_yen
    }

    /// ある月の記録; `None` outside of the row.
    pub fn month(&self, month: Month) -> Option<&RecordMonth> {
        if month < self.first { None } else { self.months.get(place(month, self.first)) }
    }

    /// 月の集計.
    pub fn counts(&self) -> &LifeCounts {
        &self.counts
    }

    /// 矛盾の一覧, in the order of finding.
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.contradictions
    }

    /// 保留 — nothing may be awarded on this record before a person has resolved the list.
    pub fn is_held(&self) -> bool {
        !self.contradictions.is_empty()
    }

    /// The month at a place of the row.
    fn month_at(&self, place: usize) -> Month {
        month_at(self.first, place)
    }

    /// The places of the row that lie in these months.
    fn places(&self, first: Month, last: Month) -> Range<usize> {
        let end = if last < self.first { 0 } else { place(last, self.first) + 1 };
        let end = end.min(self.months.len());
        place(first, self.first).min(end)..end
    }

    /// Adds a contradiction, to the one before where it only goes on.
    fn contradict(&mut self, kind: ContradictionKind, month: Month, source: Option<u64>, other: Option<u64>) {
        // A month can be wrong in two ways at once: the run to go on with is one of the last few.
        let goes_on = |run: &&mut Contradiction| {
            (run.kind, run.source, run.other) == (kind, source, other) && run.last.next() == month
        };
        if let Some(run) = self.contradictions.iter_mut().rev().take(3).find(goes_on) {
            run.last = month;
            return;
        }
        self.contradictions.push(Contradiction { kind, first: month, last: month, source, other });
    }

    /// Adds a contradiction of a run of months.
    fn contradict_run(
        &mut self,
        kind: ContradictionKind,
        (first, last): (Month, Month),
        source: u64,
        other: Option<u64>,
    ) {
        let last = last.max(first);
        self.contradictions.push(Contradiction { kind, first, last, source: Some(source), other });
    }
}

/// How many months after `first`; 0 for earlier ones.
fn place(month: Month, first: Month) -> usize {
    usize::try_from(month.months_since(first)).unwrap_or(0)
}

fn month_at(first: Month, place: usize) -> Month {
    first.plus(i32::try_from(place).expect("a row is at most 130 years long"))
}

/// The first day after the last on which a spell is held, as far as the as-of day sees.
fn seen_end(lost_on: Option<Date>, as_of_on: Date) -> Date {
    let seen = day_after(as_of_on);
    lost_on.map_or(seen, |lost_on| lost_on.min(seen))
}
