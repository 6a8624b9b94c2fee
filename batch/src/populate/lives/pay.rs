//! 報酬の歩み — standards and bonuses of one spell: median of sex and age, wages of the years, one level for each person.

use domain::Month;
use jiff::civil::Date;

use super::past::Past;
use crate::populate::data::Tables;
use crate::populate::dice::Dice;

/// 標準賞与額の上限 (厚生年金保険法24条の4).
const BONUS_MOST_YEN: i64 = 1_500_000;
/// 総報酬制.
const BONUSES_FROM_ON: Date = Date::constant(2003, 4, 1);

/// Whose pay.
#[derive(Clone, Copy)]
pub(super) struct Earner {
    pub(super) birth_on: Date,
    pub(super) sex: i16,
    /// Against the median of sex and age, per mille.
    pub(super) level: i64,
    /// Months of pay in tenths at each of two bonuses a year; 0 for none.
    pub(super) bonus_tenths: i64,
}

/// 標準報酬の記録 of one spell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PayRecord {
    pub(super) kind: i16,
    pub(super) standard_months: Vec<i32>,
    pub(super) standards_yen: Vec<i32>,
    pub(super) last_month: i32,
    pub(super) bonus_months: Vec<i32>,
    pub(super) bonuses_yen: Vec<i32>,
}

impl Earner {
    /// A level that one in two hundred of the country has.
    pub(super) fn draw(birth_on: Date, sex: i16, dice: &mut Dice) -> Earner {
        let level = *dice.pick(Tables::get().spread());
        let bonus_tenths = if dice.chance(7_500) { 6 + i64::from(dice.below(16)) } else { 0 };
        Earner { birth_on, sex, level, bonus_tenths }
    }

    fn yen(&self, past: &Past, month: Month, noise: i64) -> i64 {
        let age = month.year() - self.birth_on.year();
        let median = Tables::get().median_pay(self.sex, age);
        median * self.level / 1_000 * past.wage(month.year()) / 1_000 * noise / 1_000
    }

    /// The record of these months, bonuses only until `bonuses_until`.
    pub(super) fn record(
        &self,
        past: &Past,
        kind: i16,
        (first, last): (Month, Month),
        bonuses_until: Month,
        dice: &mut Dice,
    ) -> PayRecord {
        let mut record = PayRecord {
            kind,
            standard_months: Vec::new(),
            standards_yen: Vec::new(),
            last_month: number(last),
            bonus_months: Vec::new(),
            bonuses_yen: Vec::new(),
        };
        let grades: Vec<Month> = past.new_grades().filter(|month| first < *month && *month <= last).collect();
        let mut pay = self.yen(past, first, i64::from(dice.between(970, 1_030)));
        record.push(first, past.standard(first, pay));
        for month in first.next().through(last) {
            let annual = month.month() == if month.year() >= 2003 { 9 } else { 10 };
            if annual {
                pay = self.yen(past, month, i64::from(dice.between(970, 1_030)));
            }
            if annual || grades.contains(&month) {
                record.push(month, past.standard(month, pay));
            }
        }
        if self.bonus_tenths > 0 {
            for month in first.next().max(Month::of(BONUSES_FROM_ON)).through(bonuses_until) {
                if matches!(month.month(), 7 | 12) {
                    let yen = self.yen(past, month, i64::from(dice.between(850, 1_150))) * self.bonus_tenths / 10;
                    record.bonus(month, yen.min(BONUS_MOST_YEN) / 1_000 * 1_000);
                }
            }
        }
        record
    }
}

impl PayRecord {
    fn push(&mut self, month: Month, standard_yen: i32) {
        if self.standards_yen.last() != Some(&standard_yen) {
            self.standard_months.push(number(month));
            self.standards_yen.push(standard_yen);
        }
    }

    fn bonus(&mut self, month: Month, yen: i64) {
        if yen > 0 {
            self.bonus_months.push(number(month));
            self.bonuses_yen.push(i32::try_from(yen).expect("under the cap"));
        }
    }
}

/// `199804`.
pub(super) fn number(month: Month) -> i32 {
    i32::from(month.year()) * 100 + i32::from(month.month())
}
