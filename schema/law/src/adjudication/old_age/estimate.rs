//! 見込額 — what a record would give from 65 by today's law, as ねんきん定期便 says it.

use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use super::RateShelf;
use super::amounts::{counted_months, own_months, remuneration_months};
use super::start::KINDS;
use crate::basic_pension::additional_pension::additional_pension;
use crate::basic_pension::old_age_basic::{AmountRounding, old_age_basic};
use crate::basic_pension::revision_rate::Cohort;
use crate::employees_pension::average_remuneration::{RemunerationMonth, average_remuneration};
use crate::employees_pension::fixed_part::transitional_addition;
use crate::employees_pension::proportional_part::{
    Averages, Part, RatesBy, ShortMonths, guaranteed_part, higher_part, proportional_part,
};
use crate::pension_record::life::{Cover, EmployeesKind, LifeRecord};
use crate::{LawError, Step, Trace};

/// 見込額, yen a year from 65.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimated {
    /// 老齢基礎年金.
    pub basic: Yen,
    /// 付加年金.
    pub additional: Yen,
    /// 老齢厚生年金 報酬比例部分.
    pub proportional: Yen,
    /// 経過的加算.
    pub transitional: Yen,
    /// Months that were added because the present cover is taken to go on.
    pub projected_months: i32,
}

impl Estimated {
    /// 老齢厚生年金.
    pub fn employees(&self) -> Yen {
        self.proportional + self.transitional
    }

    /// 合計.
    pub fn total(&self) -> Yen {
        self.basic + self.additional + self.employees()
    }
}

/// Months added to the record: nothing else of it changes.
#[derive(Clone, Copy, Debug, Default)]
struct Added {
    basic: i32,
    kind: Option<(EmployeesKind, i32)>,
}

/// 老齢年金の見込額 — by the months to date, or as if the present cover went on to 60 (from 60: to 65).
///
/// Law: 国民年金法施行規則15条の4第1項・厚生年金保険法施行規則12条の2第1項 (これまでの加入実績に応じた額; 50歳以上は現在の加入条件が続くものとした
/// 見込額); the amounts themselves by 国民年金法27条・44条, 厚生年金保険法43条, 昭和60年改正法附則59条2項 as of the month asked about, because
/// the rates of later years are not set.
///
/// - `record`: as of the last month that counts
/// - `month`: whose law holds
/// - `projected`: the present cover goes on; 厚生年金 at the average of its last twelve months (revalued, bonuses
///   included), 第1号 and 任意加入 as paid months
///
/// Returns yen a year; no 加給年金, no 在職停止.
///
/// # Errors
/// `CannotDecide` — months of 第3種 before 1991-04; `NotInForce`, `PastLastCheck` — a table of the year.
pub fn estimate(
    record: &LifeRecord,
    birth: Date,
    month: Month,
    projected: bool,
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<Estimated, LawError> {
    let added = if projected { added_months(record) } else { Added::default() };
    let mut months = counted_months(record);
    months.paid += i64::from(added.basic);
    let cohort = Cohort::of(birth, month, trace)?;
    let (basic, _) = old_age_basic(cohort, Some(birth), &months, AmountRounding::OneYen, month, trace)?;
    let additional = additional_pension(i64::from(record.counts().additional), Some(month), trace)?;
    let projected_months = added.kind.map_or(added.basic, |(_, months)| months);
    let mut estimated = Estimated { basic, additional, projected_months, ..Estimated::default() };
    for kind in KINDS {
        let own = remuneration_months(record, &[kind], kind == EmployeesKind::First, record.last())?;
        let more = added.kind.filter(|(of, _)| *of == kind).map_or(0, |(_, months)| months);
        if !own.is_empty() {
            let (proportional, transitional) =
                of_kind(record, birth, month, (kind, more, added.basic), &own, shelf, trace)?;
            estimated.proportional += proportional;
            estimated.transitional += transitional;
        }
    }
    trace.step(
        Step::new("国民年金法施行規則15条の4第1項", "老齢年金の見込額 (65歳から、年額)")
            .with("加入が続くものとした月数", projected_months, "月")
            .gives(estimated.total()),
    );
    Ok(estimated)
}

/// From the month after the record to the month before 60, or from 60 on before 65.
fn added_months(record: &LifeRecord) -> Added {
    let cover = record.months().last().map_or(Cover::None, |month| month.cover);
    let ages = record.ages();
    let left = |day: Date| Month::of(day).months_since(record.last().next()).max(0);
    let to_60 = left(ages.sixty_on);
    match cover {
        Cover::None => Added::default(),
        Cover::Employees(kind) if to_60 > 0 => Added { basic: to_60, kind: Some((kind, to_60)) },
        Cover::Employees(kind) => Added { basic: 0, kind: Some((kind, left(ages.sixty_five_on))) },
        Cover::Voluntary => Added { basic: left(ages.sixty_five_on), kind: None },
        Cover::SpecialVoluntary => Added::default(),
        Cover::Cat1 | Cover::Cat3 => Added { basic: to_60, kind: None },
    }
}

/// 報酬比例部分 and 経過的加算 of one kind; `more` months are added, of them `young` before 60.
fn of_kind(
    record: &LifeRecord,
    birth: Date,
    month: Month,
    (kind, more, young_more): (EmployeesKind, i32, i32),
    own: &[RemunerationMonth],
    shelf: &mut RateShelf,
    trace: &mut Trace,
) -> Result<(Yen, Yen), LawError> {
    let fiscal_year = month.fiscal_year();
    let law = shelf.of(fiscal_year, birth, trace)?;
    let last_year = &own[own.len().saturating_sub(12)..];
    let mut averages = average_remuneration(own, &law.rates, trace)?.averages();
    let mut of_1994 = average_remuneration(own, &law.level_1994, trace)?.averages();
    if more > 0 {
        averages = prolonged(averages, average_remuneration(last_year, &law.rates, trace)?.averages(), more);
        of_1994 = prolonged(of_1994, average_remuneration(last_year, &law.level_1994, trace)?.averages(), more);
    }
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
    let (all, young) = own_months(record, kind, record.last());
    let young_more = if more > 0 { young_more.min(more) } else { 0 };
    let transitional = transitional_addition(birth, fiscal_year, all + more, young + young_more, trace)?;
    Ok((proportional, transitional))
}

/// The averages with months more at the average of the last ones; whole yen, half up.
fn prolonged(averages: Averages, last: Averages, more: i32) -> Averages {
    let now = if last.post2003_months > 0 { last.post2003_average } else { last.pre2003_average };
    let times = |yen: Yen, months: i32| i128::from(yen.get()) * i128::from(months);
    let months = averages.post2003_months + more;
    let sum = times(averages.post2003_average, averages.post2003_months) + times(now, more);
    let post2003_average = Ratio::new(sum, i128::from(months)).round(Rounding::HalfUp);
    Averages { post2003_average, post2003_months: months, ..averages }
}

#[cfg(test)]
mod tests {
    use domain::life::{
        Category, CategorySpell, Contribution, ContributionSpan, EmployeesClass, LifeFacts, RemunerationBasis,
        RemunerationSpan, Sex,
    };
    use jiff::civil::date;

    use super::*;
    use crate::pension_record::life::life;

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    fn estimated(birth_on: Date, spell: CategorySpell, paid: bool, projected: bool) -> Estimated {
        let employed = matches!(spell.category, Category::Cat2 { .. });
        let last = month("2026-03");
        let first = Month::of(spell.acquired_on);
        let contributions =
            [ContributionSpan { first, last, contribution: Contribution::Paid, additional: false, source: 1 }];
        let standard = RemunerationSpan {
            first,
            last: None,
            kind: EmployeesKind::First,
            standard_yen: 300_000,
            basis: RemunerationBasis::Own,
            source: 1,
        };
        let facts = LifeFacts {
            birth_on,
            sex: Sex::Male,
            died_on: None,
            spells: &[spell],
            contributions: if paid { &contributions } else { &[] },
            cat3: &[],
            complementary: &[],
            remunerations: if employed { std::slice::from_ref(&standard) } else { &[] },
            bonuses: &[],
            abroad: &[],
            spouse_cat2: None,
            splits: &[],
        };
        let record = life(&facts, last.last_day()).expect("a record");
        estimate(&record, birth_on, month("2025-10"), projected, &mut RateShelf::new(), &mut Trace::new())
            .expect("an estimate")
    }

    /// Full amount of fiscal 2025: 831,700円.
    #[test]
    fn months_to_date_or_to_sixty() {
        let spell = CategorySpell { category: Category::Cat1, acquired_on: date(2016, 4, 1), lost_on: None, source: 1 };
        // 120 of 480 months: 207,925円.
        let young = estimated(date(1986, 5, 10), spell, true, false);
        assert_eq!((young.basic, young.employees(), young.projected_months), (Yen::new(207_925), Yen::ZERO, 0));
        // Born 1970-05-10, 60 on 2030-05-09: 49 months more, 169 of 480: 292,827.7円.
        let old = estimated(date(1970, 5, 10), spell, true, true);
        assert_eq!((old.basic, old.projected_months), (Yen::new(292_828), 49));
    }

    #[test]
    fn a_job_goes_on_at_what_it_paid_last() {
        let category = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };
        let spell = CategorySpell { category, acquired_on: date(2025, 4, 1), lost_on: None, source: 1 };
        let to_date = estimated(date(1970, 5, 10), spell, false, false);
        let projected = estimated(date(1970, 5, 10), spell, false, true);
        // 本来水準: 300,000円 × 0.922 × 5.481/1000 × 12 月 = 18,193円; 従前額保障: 300,000円 × 0.834 × 5.769/1000 × 12 月 × 1.061 =
        // 18,377円 is more. 61 months of it: 93,418.5円.
        assert_eq!((to_date.proportional, to_date.projected_months), (Yen::new(18_377), 0));
        assert_eq!((projected.proportional, projected.projected_months), (Yen::new(93_419), 49));
        assert_eq!(projected.basic, Yen::new(105_695));
    }
}
