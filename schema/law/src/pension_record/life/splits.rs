//! 離婚時の年金分割の反映 — from the claim on, split months hold what the split made of them (厚生年金保険法78条の6第4項・78条の14第5項).

use domain::Month;

use super::*;

/// What of the splits lies over the row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Laid {
    /// Splits that are in force for the amounts of this month lie over it.
    for_month: Option<Month>,
    /// What was earned in a rewritten month: its place, standard and bonus, once each.
    earned: Vec<(usize, u32, u32)>,
}

impl Laid {
    pub(super) fn clear(&mut self) {
        self.for_month = None;
        self.earned.clear();
    }
}

impl LifeRecord {
    /// 標準報酬の改定 — lays over the row the splits that are in force for the amounts of a month, and counts it again.
    /// Reading does so for the month of its day; ask again where the amount is of a later month than the record. A split
    /// that was laid once stays.
    ///
    /// Law: 厚生年金保険法78条の6第1項〜第4項・78条の14第2項〜第5項, 78条の10第1項・78条の18第1項 (amounts: from the
    /// month after the claim).
    ///
    /// A month whose own remuneration is no longer what was split is listed and stays as it is.
    pub(crate) fn lay_splits(&mut self, facts: &LifeFacts<'_>, for_month: Month) {
        let before = self.split.for_month;
        let mut new: Vec<&RemunerationSplit> = facts
            .splits
            .iter()
            .filter(|split| split.effective() <= for_month && before.is_none_or(|before| before < split.effective()))
            .collect();
        self.split.for_month = before.max(Some(for_month));
        new.sort_by_key(|split| (split.claimed_on, split.source));
        for split in new {
            for run in &split.standards {
                for place in self.places(run.first, run.last) {
                    self.lay_standard(place, run, split.source);
                }
            }
            for bonus in &split.bonuses {
                for place in self.places(bonus.month, bonus.month) {
                    self.lay_bonus(place, bonus, split.source);
                }
            }
        }
        self.counts = counts::of(self);
    }

    fn lay_standard(&mut self, place: usize, run: &SplitStandard, source: u64) {
        let entry = self.months[place];
        let covered = entry.employees_kind().is_some() || entry.marks.has(Marks::DEEMED);
        if self.standards_yen[place] != run.before_yen || covered != (run.before_yen > 0) {
            let month = self.month_at(place);
            return self.contradict(ContradictionKind::SplitBaseChanged, month, Some(source), None);
        }
        self.keep_earned(place);
        if !covered {
            self.months[place].marks.set(Marks::DEEMED);
        }
        self.standards_yen[place] = run.after_yen;
    }

    fn lay_bonus(&mut self, place: usize, bonus: &SplitBonus, source: u64) {
        if self.bonuses_yen[place] != bonus.before_yen {
            let month = self.month_at(place);
            return self.contradict(ContradictionKind::SplitBaseChanged, month, Some(source), None);
        }
        self.keep_earned(place);
        self.bonuses_yen[place] = bonus.after_yen;
    }

    fn keep_earned(&mut self, place: usize) {
        if !self.split.earned.iter().any(|(known, ..)| *known == place) {
            self.split.earned.push((place, self.standards_yen[place], self.bonuses_yen[place]));
        }
    }

    /// 改定前の標準報酬 — 標準報酬月額 and 標準賞与額 of a place of the row as they were earned: what work stops a pension by
    /// (厚生年金保険法78条の11・78条の19: 46条1項 looks at them as they were before the split).
    pub(crate) fn earned_yen(&self, place: usize) -> (u32, u32) {
        let split = self.split.earned.iter().find(|(known, ..)| *known == place);
        let unsplit = || (self.standards_yen[place], self.bonuses_yen[place]);
        split.map_or_else(unsplit, |(_, standard, bonus)| (*standard, *bonus))
    }
}
