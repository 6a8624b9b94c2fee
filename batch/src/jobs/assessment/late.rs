//! 遡及の範囲 — the months that late facts can change. What only says the same over other days changes no month but those
//! of these days: a loss leaves every month before it as it was.

use domain::Month;
use jiff::ToSpan;
use jiff::civil::Date;
use store::night::facts::{LateFact, LateVersion};
use store::night::selections::LateChoice;

/// 遡及の訂正 — months of a spell that may come out otherwise than they were assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LateChange {
    /// 資格.
    pub spell_id: i64,
    /// The first month.
    pub from: Month,
    /// The last month; `None` for all that come after.
    pub through: Option<Month>,
    /// 原因の届.
    pub cause_filing_id: Option<i64>,
}

impl LateChange {
    /// 所属選択 that became known or gave way: it holds from its day on.
    pub fn of_choice(choice: &LateChoice) -> LateChange {
        let (spell_id, cause_filing_id) = (choice.spell_id, choice.cause_filing_id);
        LateChange { spell_id, from: Month::of(choice.from), through: None, cause_filing_id }
    }

    fn reaches(&self, month: Month) -> bool {
        self.from <= month && self.through.is_none_or(|through| month <= through)
    }
}

/// The changes between two instants, in order of spell and month.
///
/// - `versions`: in order of spell, fact and day; of a spell and fact at most one of a day stands at either instant, but
///   for bonuses and leaves
pub fn late_changes(versions: &[LateVersion]) -> Vec<LateChange> {
    let mut changes = Vec::new();
    for of_fact in versions.chunk_by(|a, b| (a.spell_id, a.fact) == (b.spell_id, b.fact)) {
        match of_fact[0].fact {
            LateFact::Spell | LateFact::Person => compare(of_fact, &mut changes),
            LateFact::Standard => {
                of_fact.chunk_by(|a, b| a.from == b.from).for_each(|of_month| compare(of_month, &mut changes));
            }
            LateFact::Bonus => {
                changes.extend(of_fact.iter().map(|one| change(one, one.from, Some(next_year(one.from)))))
            }
            LateFact::Leave => changes.extend(of_fact.iter().map(leave)),
            LateFact::LaterSpell => changes.extend(of_fact.iter().map(|one| change(one, one.from, Some(one.from)))),
        }
    }
    changes.sort_unstable();
    changes.dedup();
    changes
}

/// `until`: the first day that nothing changes on.
fn change(one: &LateVersion, from: Date, until: Option<Date>) -> LateChange {
    let last = |until: Date| until.yesterday().expect("facts lie within the calendar").max(from);
    LateChange {
        spell_id: one.spell_id,
        from: Month::of(from),
        through: until.map(|until| Month::of(last(until))),
        cause_filing_id: one.cause_filing_id,
    }
}

/// What was known beside what is known now.
fn compare(versions: &[LateVersion], changes: &mut Vec<LateChange>) {
    let (was, is) = match versions {
        [one, other] if one.fresh != other.fresh && one.says == other.says => {
            if one.fresh {
                (other, one)
            } else {
                (one, other)
            }
        }
        _ => return changes.extend(versions.iter().map(|one| change(one, one.from, one.until))),
    };
    if was.until != is.until {
        let first = [was.until, is.until].into_iter().flatten().min().expect("one of them ends");
        let until = was.until.zip(is.until).map(|(one, other)| one.max(other));
        changes.push(change(is, first, until));
    }
    if was.from != is.from {
        // A bonus that counts no more leaves more of the year's cap to those after it.
        let until = next_year(was.from.max(is.from));
        changes.push(change(is, was.from.min(is.from), Some(until)));
    }
}

/// A leave that another one follows exempts a bonus of its first month once both together are longer than a month.
fn leave(one: &LateVersion) -> LateChange {
    change(one, one.from.saturating_sub(1.month()), one.until)
}

/// The first day after the fiscal year, whose cap all bonuses share (健康保険法45条1項).
fn next_year(day: Date) -> Date {
    Month::new(Month::of(day).fiscal_year(), 4).expect("April is a month").plus(12).first_day()
}

/// Spells of which the month may come out otherwise, each once.
pub fn touching(changes: &[LateChange], month: Month) -> Vec<i64> {
    let reaching = changes.iter().filter(|change| change.reaches(month));
    let mut spells: Vec<i64> = reaching.map(|change| change.spell_id).collect();
    spells.dedup();
    spells
}

/// The last filing that changed the month; where none of those names one, the last that changed the spell.
pub fn cause_of(changes: &[LateChange], spell_id: i64, month: Month) -> Option<i64> {
    let of_spell = || changes.iter().filter(|change| change.spell_id == spell_id);
    let cause = of_spell().filter(|change| change.reaches(month)).filter_map(|change| change.cause_filing_id).max();
    cause.or_else(|| of_spell().filter_map(|change| change.cause_filing_id).max())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const SPELL: i64 = 7;
    const FILING: i64 = 99;

    fn version(fact: LateFact, fresh: bool, from: Date, until: Option<Date>, says: &str) -> LateVersion {
        let cause_filing_id = fresh.then_some(FILING);
        LateVersion { spell_id: SPELL, fact, fresh, from, until, says: says.to_owned(), cause_filing_id }
    }

    /// Of the two years before August 2026, the first and the last month that are read again, and how many they are.
    fn asked(versions: &[LateVersion]) -> Option<(String, String, usize)> {
        let changes = late_changes(versions);
        let july = Month::new(2026, 7).expect("a month");
        let months: Vec<Month> =
            july.plus(-23).through(july).filter(|month| touching(&changes, *month) == [SPELL]).collect();
        assert!(months.iter().all(|month| cause_of(&changes, SPELL, *month) == Some(FILING)) || months.is_empty());
        Some((months.first()?.to_string(), months.last()?.to_string(), months.len()))
    }

    fn months(first: &str, last: &str, count: usize) -> Option<(String, String, usize)> {
        Some((first.to_owned(), last.to_owned(), count))
    }

    /// 資格喪失届: neither the spell nor its standard says anything else of the months before.
    #[test]
    fn a_loss_reads_again_from_its_own_month_on() {
        let acquired_on = date(2015, 4, 1);
        let lost = [
            version(LateFact::Spell, false, acquired_on, None, "cover"),
            version(LateFact::Spell, true, acquired_on, Some(date(2026, 6, 30)), "cover"),
            version(LateFact::Standard, false, date(2025, 9, 1), None, "300000 300000"),
            version(LateFact::Standard, true, date(2025, 9, 1), Some(date(2026, 7, 1)), "300000 300000"),
        ];
        assert_eq!(asked(&lost), months("2026-06", "2026-07", 2));
        // It turns out to have been a month earlier.
        let moved = [
            version(LateFact::Spell, false, acquired_on, Some(date(2026, 6, 30)), "cover"),
            version(LateFact::Spell, true, acquired_on, Some(date(2026, 4, 30)), "cover"),
        ];
        assert_eq!(asked(&moved), months("2026-04", "2026-06", 3));
    }

    #[test]
    fn a_spell_that_says_something_else_is_read_again_as_a_whole() {
        let two = [
            version(LateFact::Spell, false, date(2015, 4, 1), None, "one workplace"),
            version(LateFact::Spell, true, date(2015, 4, 1), None, "two workplaces"),
        ];
        assert_eq!(asked(&two), months("2024-08", "2026-07", 24));
        let cancelled = [LateVersion { cause_filing_id: Some(FILING), ..two[0].clone() }];
        assert_eq!(asked(&cancelled), months("2024-08", "2026-07", 24));
        let found = [version(LateFact::Spell, true, date(2026, 3, 10), None, "cover")];
        assert_eq!(asked(&found), months("2026-03", "2026-07", 5));
    }

    /// 健康保険法45条1項: the cap is one of the fiscal year.
    #[test]
    fn a_day_of_acquisition_that_moves_reaches_to_the_end_of_its_fiscal_year() {
        let moved = [
            version(LateFact::Spell, false, date(2025, 4, 1), None, "cover"),
            version(LateFact::Spell, true, date(2025, 7, 1), None, "cover"),
        ];
        assert_eq!(asked(&moved), months("2025-04", "2026-03", 12));
        let paid = [version(LateFact::Bonus, true, date(2025, 12, 10), None, "500000")];
        assert_eq!(asked(&paid), months("2025-12", "2026-03", 4));
    }

    #[test]
    fn a_corrected_standard_is_read_again_where_it_holds() {
        let (from, until) = (date(2024, 9, 1), Some(date(2025, 9, 1)));
        let corrected = [
            version(LateFact::Standard, false, from, until, "300000 300000"),
            version(LateFact::Standard, true, from, until, "320000 320000"),
        ];
        assert_eq!(asked(&corrected), months("2024-09", "2025-08", 12));
        // Three months late: 随時改定 from December 2025.
        let revised = [
            version(LateFact::Standard, false, date(2025, 9, 1), None, "300000 300000"),
            version(LateFact::Standard, true, date(2025, 9, 1), Some(date(2025, 12, 1)), "300000 300000"),
            version(LateFact::Standard, true, date(2025, 12, 1), None, "360000 360000"),
        ];
        assert_eq!(asked(&revised), months("2025-12", "2026-07", 8));
    }

    #[test]
    fn a_name_that_changes_is_no_reason_to_read_anything_again() {
        let named = |says| {
            asked(&[
                version(LateFact::Person, false, date(2015, 4, 1), None, "1980-05-15 1"),
                version(LateFact::Person, true, date(2015, 4, 1), None, says),
            ])
        };
        assert_eq!(named("1980-05-15 1"), None);
        assert_eq!(named("1985-05-15 1"), months("2024-08", "2026-07", 24));
    }

    /// 健康保険法159条1項・2項: a leave from 20 July and one from 11 August are one, longer than a month.
    #[test]
    fn a_leave_reaches_back_a_month_and_same_month_cases_no_further_than_it() {
        let leave = [version(LateFact::Leave, true, date(2025, 8, 11), Some(date(2025, 10, 1)), "childcare 0")];
        assert_eq!(asked(&leave), months("2025-07", "2025-09", 3));
        let later = [version(LateFact::LaterSpell, true, date(2025, 8, 3), Some(date(2025, 8, 20)), "")];
        assert_eq!(asked(&later), months("2025-08", "2025-08", 1));
    }
}
