//! 額の変わりうる月 — decided from the facts: only in these months a pension can differ from the month before.

use domain::Month;
use domain::age::attained_on;
use jiff::civil::Date;

use super::{Asked, Qualified, Relation};
use crate::pension_record::life::{Category, LifeRecord};

/// Ages whose month, or the one after, changes something: rights of 60 to 65, the end of cover, the caps of deferral.
const AGES: [i16; 8] = [60, 61, 62, 63, 64, 65, 70, 75];
/// 受給資格期間の短縮 (2017-08-01), paid from September, with its caps of deferral five and ten years later.
const SHORTENED: [(i16, i8); 4] = [(2017, 8), (2017, 9), (2022, 9), (2027, 9)];

/// 特別支給の老齢厚生年金 (厚生年金保険法附則8条2号).
const MONTHS_FOR_SPECIAL: i32 = 12;
/// 受給資格期間 since August 2017 (国民年金法26条).
const MONTHS_FOR_RIGHT: i32 = 120;
/// Before, unless one of the shorter ones was enough: each month up to it can be the one.
const MONTHS_BEFORE_2017: i32 = 300;

/// From `first` on, in order, without repeats; reaches past the last month asked about, at least to the next April.
///
/// Law: 国民年金法27条の2・厚生年金保険法43条の2 (改定率, April), 43条2項・3項 (October and after a loss), 46条 (work: cover,
/// standard, bonuses of twelve months), 44条4項 (household), 18条・36条 (the month after the right).
///
/// - `old_from`: the first month in which the own old-age pension counts; none where it never does
/// - `others`: months in which a disability's or a survivor's right, or the choice, can differ
pub(super) fn that_can_differ(
    asked: &Asked<'_>,
    (first, old_from): (Month, Option<Month>),
    others: Vec<Month>,
) -> Vec<Month> {
    let mut marks = Marks { months: vec![first], first, next_april: april(asked.until.fiscal_year() + 1) };
    (first.fiscal_year()..=asked.until.fiscal_year() + 1).for_each(|year| marks.at(april(year)));
    household(asked, &mut marks);
    others.into_iter().for_each(|month| marks.at(month));
    if let Some(old_from) = old_from {
        let mut of_old =
            Marks { months: Vec::new(), first: first.max(old_from.previous()), next_april: marks.next_april };
        old_age(asked, &mut of_old);
        marks.months = of_old.months.into_iter().chain(marks.months).collect();
    }
    marks.months.sort_unstable();
    marks.months.dedup();
    marks.months
}

/// Months in which a right to an old-age pension can come late: those after the twelfth month of 厚生年金 and after the tenth
/// year (厚生年金保険法42条・附則8条, 国民年金法26条).
pub(super) fn late_rights(record: &LifeRecord) -> Vec<Month> {
    let (mut employees, mut qualifying, mut found) = (0, 0, Vec::new());
    let shortened = Month::new(SHORTENED[0].0, SHORTENED[0].1).expect("a month");
    for (month, entry) in record.first().through(record.last()).zip(record.months()) {
        let (employed, qualifies) = (entry.employees_kind().is_some(), entry.state.qualifies());
        employees += i32::from(employed);
        qualifying += i32::from(qualifies);
        let for_right = qualifying == MONTHS_FOR_RIGHT || qualifying <= MONTHS_BEFORE_2017 && month < shortened;
        if employed && employees == MONTHS_FOR_SPECIAL || qualifies && for_right {
            found.extend([month.next(), month.plus(2)]);
        }
    }
    found
}

/// The month in which what is missing can have been gathered, of somebody who is still insured and has no right.
pub(super) fn right_to_come(asked: &Asked<'_>, record: &LifeRecord, qualified: Option<Qualified>) -> Option<Month> {
    let insured =
        asked.facts.spells.iter().any(|spell| spell.lost_on.is_none_or(|lost_on| lost_on > record.as_of_on()));
    if asked.claim.is_none() || asked.facts.died_on.is_some() || !insured {
        return None;
    }
    let missing = qualified.map(|found| found.required - found.months).filter(|missing| *missing > 0);
    let missing = missing.and_then(|missing| i32::try_from(missing).ok());
    let employees = i32::from(record.counts().employees_total());
    let special = (employees < MONTHS_FOR_SPECIAL).then_some(MONTHS_FOR_SPECIAL - employees);
    missing.into_iter().chain(special).min().map(|months| asked.until.plus(months))
}

/// What an old-age pension depends on.
fn old_age(asked: &Asked<'_>, marks: &mut Marks) {
    for age in AGES {
        marks.around(attained_on(asked.facts.birth_on, age));
    }
    SHORTENED.into_iter().filter_map(|(year, month)| Month::new(year, month)).for_each(|month| marks.at(month));
    let claimed = asked.claim.map(|claim| claim.months).unwrap_or_default();
    for claimed in [claimed.basic, claimed.employees].into_iter().flatten() {
        marks.around(claimed.first_day());
    }
    asked.facts.splits.iter().for_each(|split| marks.at(split.effective()));
    work(asked, marks);
}

fn april(year: i16) -> Month {
    Month::new(year, 4).expect("a year of the calendar")
}

struct Marks {
    months: Vec<Month>,
    first: Month,
    next_april: Month,
}

impl Marks {
    fn at(&mut self, month: Month) {
        if self.first < month && month <= self.next_april {
            self.months.push(month);
        }
    }

    /// The month of a day, and the next.
    fn around(&mut self, day: Date) {
        let month = Month::of(day);
        self.at(month);
        self.at(month.next());
    }
}

/// Cover, standards, bonuses; October of every year in which somebody was insured on 1 September.
fn work(asked: &Asked<'_>, marks: &mut Marks) {
    for spell in asked.facts.spells {
        marks.around(spell.acquired_on);
        if let Some(lost_on) = spell.lost_on {
            marks.around(lost_on);
            marks.at(Month::of(lost_on).plus(2));
        }
        if matches!(spell.category, Category::Cat2 { .. }) {
            let ends = spell.lost_on.map_or(marks.next_april.year(), Date::year).min(marks.next_april.year());
            let begins = spell.acquired_on.year().max(marks.first.year());
            (begins..=ends).filter_map(|year| Month::new(year, 10)).for_each(|october| marks.at(october));
        }
    }
    for span in asked.facts.remunerations {
        marks.at(span.first);
        span.last.into_iter().for_each(|last| marks.at(last.next()));
    }
    for bonus in asked.facts.bonuses {
        marks.at(bonus.month);
        marks.at(bonus.month.plus(12));
    }
}

fn household(asked: &Asked<'_>, marks: &mut Marks) {
    for member in asked.household {
        let days = [Some(member.birth), Some(member.from), member.until, member.own_old_age_from];
        days.into_iter().flatten().for_each(|day| marks.around(day));
        let age = if member.relation == Relation::Spouse { 65 } else { 20 };
        marks.around(attained_on(member.birth, age));
    }
}
