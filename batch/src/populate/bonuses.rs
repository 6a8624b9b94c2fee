//! 賞与 — when an employer pays bonuses and how much. Only the fiscal year of the assessed month matters: the
//! yearly cap of health insurance counts from April.

use domain::Month;
use jiff::civil::Date;

use super::country::Country;
use super::dice::Dice;

/// Bonus months of this size of employer reach the yearly cap of health insurance for some of its directors.
const CAP_SIZE: u32 = 300;

/// One payment: day, and months of pay in tenths.
pub(super) struct Payment {
    pub(super) paid_on: Date,
    tenths: i64,
}

/// When an employer pays.
pub(super) struct BonusCustom {
    pub(super) payments: Vec<Payment>,
    /// Payments to directors: day and yen.
    pub(super) directors: Vec<(Date, i64)>,
}

impl BonusCustom {
    pub(super) fn new(country: &Country, size: u32, dice: &mut Dice) -> BonusCustom {
        let summer = if dice.chance(5_500) { 7 } else { 6 };
        let generous = 6 + i64::from(dice.below(if size >= 30 { 16 } else { 9 }));
        let pays = dice.chance(if size >= 30 { 9_300 } else { 7_200 });
        let closing = dice.chance(500);
        let day = *dice.pick(&[5, 8, 10, 10, 12, 15, 20, 25, 28, 31]);
        let year = Month::new(country.month.fiscal_year(), 4).expect("April is a month");
        let months = || year.through(country.month);
        let regular = months().filter(|month| pays && (month.month() == summer || month.month() == 12));
        let extra = months().filter(|&month| closing && month == country.month);
        let payments =
            regular.chain(extra).map(|month| Payment { paid_on: day_of(month, day), tenths: generous }).collect();
        let directors = if size >= CAP_SIZE && dice.chance(6_000) {
            // 3,400,000 + 3,100,000 goes past the cap of 5,730,000 in the assessed month.
            let yen = [3_400_000, 3_100_000];
            let earlier = months().next().filter(|&month| month < country.month);
            earlier.into_iter().chain([country.month]).zip(yen).map(|(month, yen)| (day_of(month, 20), yen)).collect()
        } else {
            Vec::new()
        };
        BonusCustom { payments, directors }
    }
}

impl Payment {
    /// Yen, not a multiple of 1,000 as a rule: cutting is the law's business.
    pub(super) fn amount(&self, remuneration_yen: i64, dice: &mut Dice) -> i64 {
        let base = remuneration_yen * self.tenths / 10;
        let merit = i64::from(dice.between(850, 1_150));
        (base * merit / 1_000).max(1_000)
    }
}

/// This day of the month, or its last.
fn day_of(month: Month, day: i8) -> Date {
    let last = month.last_day();
    Date::new(last.year(), last.month(), day.min(last.day())).expect("not past the end of the month")
}
