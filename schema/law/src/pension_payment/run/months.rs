//! 月ごとの年額 — the annual amounts in force in each month, from the rows of the awards.

use domain::Month;

use super::{AwardRow, SchemeYen};
use crate::adjudication::award::Ground;

/// 年額 by month, from `start` on; nothing outside.
pub(super) struct MonthlyAwards<'a> {
    start: Month,
    months: Vec<Option<&'a AwardRow<'a>>>,
}

impl<'a> MonthlyAwards<'a> {
    fn empty(start: Month, last: Month) -> MonthlyAwards<'a> {
        let count = usize::try_from(last.months_since(start) + 1).unwrap_or(0);
        MonthlyAwards { start, months: vec![None; count] }
    }

    fn place(&self, month: Month) -> usize {
        usize::try_from(month.months_since(self.start)).unwrap_or(0).min(self.months.len())
    }

    /// The months of a row that lie within.
    fn of_row(&mut self, row: &AwardRow<'_>) -> &mut [Option<&'a AwardRow<'a>>] {
        let from = self.place(row.from);
        let until = row.until.map_or(self.months.len(), |until| self.place(until)).max(from);
        &mut self.months[from..until]
    }

    /// As the awards stand now, up to `last`.
    pub(super) fn current(awards: &'a [AwardRow<'a>], start: Month, last: Month) -> MonthlyAwards<'a> {
        let mut found = MonthlyAwards::empty(start, last);
        for row in awards.iter().filter(|row| row.current) {
            found.of_row(row).fill(Some(row));
        }
        found
    }

    /// As each month was decided first, up to `last`.
    pub(super) fn first(awards: &'a [AwardRow<'a>], start: Month, last: Month) -> MonthlyAwards<'a> {
        let mut found = MonthlyAwards::empty(start, last);
        for row in awards {
            for month in found.of_row(row) {
                if month.is_none_or(|earlier| row.decided < earlier.decided) {
                    *month = Some(row);
                }
            }
        }
        found
    }

    /// The annual amounts of a month, of one 支給事由.
    pub(super) fn of(&self, month: Month, ground: Ground) -> SchemeYen {
        let place = usize::try_from(month.months_since(self.start)).ok();
        let row = place.and_then(|place| self.months.get(place)).copied().flatten();
        row.map_or(SchemeYen::default(), |row| row.of(ground))
    }

    /// How many months of a payment have an amount of a 支給事由.
    pub(super) fn payable(&self, payment: Month, ground: Ground) -> i32 {
        let payable = |month: Month| i32::from(!self.of(month, ground).is_zero());
        payable(payment.plus(-2)) + payable(payment.previous())
    }
}
