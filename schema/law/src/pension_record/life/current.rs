//! 適用事業所の記録 — cover, standards and bonuses at employers of this book, made part of a life.

use domain::life::{
    BonusMonth, Category, CategorySpell, CoverRow, EmployeesClass, EmployeesKind, LifeRows, RemunerationBasis,
    RemunerationSpan, StandardRow,
};
use domain::{Month, Yen};
use jiff::civil::Date;

use super::{Ages, counted_months};
use crate::employees_insurance::bonus::{epi_cap, floor_1000};
use crate::employees_insurance::{Scheme, grade};
use crate::{LawError, Trace};

/// 適用事業所の記録の取込み — adds what a person's employers have filed to the rows of the life: cover until 70 as 第1号厚生年金,
/// the standard of every month, of several offices that of the sum (24条2項), and 標準賞与額 of every month.
///
/// Law: 厚生年金保険法14条5号 (70歳), 19条, 20条, 24条2項, 24条の4.
///
/// - `until`: the last month that is looked at
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — the grades or the cap of a month.
pub fn add_current_cover(rows: &mut LifeRows, until: Month, trace: &mut Trace) -> Result<(), LawError> {
    let seventy_on = Ages::of(rows.birth_on).seventy_on;
    let covers: Vec<CoverRow> = rows
        .covers
        .iter()
        .filter(|cover| cover.acquired_on < seventy_on)
        .map(|cover| CoverRow { lost_on: cut(cover, seventy_on, until), ..*cover })
        .collect();
    for cover in &covers {
        let category = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };
        let source = source(cover.spell_id);
        rows.spells.push(CategorySpell { category, acquired_on: cover.acquired_on, lost_on: cover.lost_on, source });
    }
    add_standards(rows, &covers, until, trace)?;
    add_bonuses(rows, &covers, until, trace)?;
    rows.covers.clear();
    rows.standards.clear();
    rows.paid_bonuses.clear();
    Ok(())
}

/// The age of 70 ends the cover (14条5号); as long as it lies ahead, the cover goes on.
fn cut(cover: &CoverRow, seventy_on: Date, until: Month) -> Option<Date> {
    match cover.lost_on {
        Some(lost_on) => Some(lost_on.min(seventy_on)),
        None => Some(seventy_on).filter(|seventy_on| *seventy_on <= until.last_day()),
    }
}

fn source(spell_id: i64) -> u64 {
    spell_id.unsigned_abs()
}

/// A standard, cut to the months that its cover counts.
fn span_of(row: &StandardRow, covers: &[CoverRow], until: Month) -> Option<RemunerationSpan> {
    let cover = covers.iter().find(|cover| cover.spell_id == row.spell_id)?;
    let (first, last) = counted_months(cover.acquired_on, cover.lost_on, until)?;
    let ends = row.until.map_or(last, |until| until.previous().min(last)).min(until);
    let begins = row.first.max(first);
    (row.standard_yen > 0 && begins <= ends).then(|| RemunerationSpan {
        first: begins,
        last: Some(ends),
        kind: EmployeesKind::First,
        standard_yen: row.standard_yen,
        basis: RemunerationBasis::Own,
        source: source(row.spell_id),
    })
}

fn add_standards(rows: &mut LifeRows, covers: &[CoverRow], until: Month, trace: &mut Trace) -> Result<(), LawError> {
    let mut spans: Vec<(RemunerationSpan, Yen)> =
        rows.standards.iter().filter_map(|row| Some((span_of(row, covers, until)?, row.remuneration))).collect();
    spans.sort_by_key(|(span, _)| (span.first, span.source));
    let overlap = spans.windows(2).any(|pair| pair[0].0.last.is_none_or(|last| last >= pair[1].0.first));
    if !overlap {
        rows.remunerations.extend(spans.into_iter().map(|(span, _)| span));
        return Ok(());
    }
    let (Some(first), Some(last)) =
        (spans.iter().map(|(span, _)| span.first).min(), spans.iter().filter_map(|(span, _)| span.last).max())
    else {
        return Ok(());
    };
    for month in first.through(last) {
        let holds = |(span, _): &&(RemunerationSpan, Yen)| span.first <= month && span.last >= Some(month);
        let in_month: Vec<_> = spans.iter().filter(holds).collect();
        let Some((span, _)) = in_month.first() else { continue };
        let standard_yen = match in_month.len() {
            1 => span.standard_yen,
            _ => standard_of_sum(month, in_month.iter().map(|(_, remuneration)| *remuneration).sum(), trace)?,
        };
        rows.remunerations.push(RemunerationSpan { first: month, last: Some(month), standard_yen, ..*span });
    }
    Ok(())
}

/// 二以上の事業所の標準報酬月額 (厚生年金保険法24条2項).
fn standard_of_sum(month: Month, remuneration: Yen, trace: &mut Trace) -> Result<u32, LawError> {
    let standard = grade::lookup(Scheme::EmployeesPension, month, remuneration, trace)?.standard;
    Ok(u32::try_from(standard.get()).unwrap_or(0))
}

fn add_bonuses(rows: &mut LifeRows, covers: &[CoverRow], until: Month, trace: &mut Trace) -> Result<(), LawError> {
    rows.paid_bonuses.sort_by_key(|bonus| bonus.paid_on);
    let counts = |bonus: &&domain::life::PaidBonusRow| {
        let month = Month::of(bonus.paid_on);
        covers.iter().filter(|cover| cover.spell_id == bonus.spell_id).any(|cover| {
            let within =
                cover.acquired_on <= bonus.paid_on && cover.lost_on.is_none_or(|lost_on| bonus.paid_on < lost_on);
            let months = counted_months(cover.acquired_on, cover.lost_on, until);
            within && months.is_some_and(|(first, last)| first <= month && month <= last)
        })
    };
    let counted: Vec<_> = rows.paid_bonuses.iter().filter(counts).collect();
    let mut bonuses = Vec::new();
    for paid in counted.chunk_by(|a, b| Month::of(a.paid_on) == Month::of(b.paid_on)) {
        let month = Month::of(paid[0].paid_on);
        let total: Yen = paid.iter().map(|bonus| bonus.amount).sum();
        let standard = floor_1000(total).min(epi_cap(month, trace)?.yen);
        let bonus_yen = u32::try_from(standard.get()).unwrap_or(0);
        bonuses.push(BonusMonth { month, kind: EmployeesKind::First, bonus_yen, source: source(paid[0].spell_id) });
    }
    rows.bonuses.extend(bonuses.into_iter().filter(|bonus| bonus.bonus_yen > 0));
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::life::{PaidBonusRow, Sex};
    use jiff::civil::date;

    use super::*;
    use crate::pension_record::life::life;

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    fn cover(spell_id: i64, acquired_on: Date, lost_on: Option<Date>) -> CoverRow {
        CoverRow { spell_id, acquired_on, lost_on }
    }

    fn standard(spell_id: i64, first: &str, until: Option<&str>, yen: u32) -> StandardRow {
        let remuneration = Yen::new(i64::from(yen));
        StandardRow { spell_id, first: month(first), until: until.map(month), standard_yen: yen, remuneration }
    }

    fn read(
        birth_on: Date,
        covers: Vec<CoverRow>,
        standards: Vec<StandardRow>,
        bonuses: &[(i64, Date, i64)],
    ) -> LifeRows {
        let paid =
            |&(spell_id, paid_on, yen): &(i64, Date, i64)| PaidBonusRow { spell_id, paid_on, amount: Yen::new(yen) };
        let mut rows = LifeRows::unregistered(1, birth_on, Sex::Male);
        (rows.covers, rows.standards, rows.paid_bonuses) = (covers, standards, bonuses.iter().map(paid).collect());
        add_current_cover(&mut rows, month("2026-03"), &mut Trace::new()).expect("in force");
        rows
    }

    #[test]
    fn seventy_ends_cover_and_standard() {
        // 1956-02-01: 70 on 2026-01-31, so January is not counted.
        let rows = read(
            date(1956, 2, 1),
            vec![cover(7, date(2025, 10, 1), None)],
            vec![standard(7, "2025-10", None, 300_000)],
            &[(7, date(2025, 12, 10), 1_600_999), (7, date(2026, 1, 10), 100_000)],
        );
        assert_eq!(rows.spells[0].lost_on, Some(date(2026, 1, 31)));
        assert_eq!(
            (rows.remunerations[0].first, rows.remunerations[0].last),
            (month("2025-10"), Some(month("2025-12")))
        );
        assert_eq!(rows.bonuses.iter().map(|bonus| bonus.bonus_yen).collect::<Vec<_>>(), [1_500_000]);
        let record = life(&rows.facts(), date(2026, 3, 31)).expect("a life");
        let found: Vec<_> = record.contradictions().iter().map(|found| found.kind).collect();
        assert!(
            !found.contains(&crate::pension_record::life::ContradictionKind::CoverWithoutRemuneration),
            "{found:?}"
        );
    }

    #[test]
    fn two_offices_have_the_standard_of_the_sum_and_one_bonus_a_month() {
        let rows = read(
            date(1980, 5, 5),
            vec![cover(7, date(2025, 4, 1), None), cover(8, date(2025, 6, 1), Some(date(2025, 8, 1)))],
            vec![standard(7, "2025-04", None, 300_000), standard(8, "2025-06", None, 200_000)],
            &[(7, date(2025, 7, 1), 300_600), (8, date(2025, 7, 20), 200_700)],
        );
        let of = |wanted: &str| {
            let span = rows.remunerations.iter().find(|span| span.first == month(wanted)).expect("a standard");
            span.standard_yen
        };
        assert_eq!((of("2025-05"), of("2025-06"), of("2025-07"), of("2025-08")), (300_000, 500_000, 500_000, 300_000));
        assert_eq!(rows.bonuses.iter().map(|bonus| bonus.bonus_yen).collect::<Vec<_>>(), [501_000]);
    }
}
