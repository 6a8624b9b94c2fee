//! 保険料の源泉控除 (健康保険法167条, 厚生年金保険法84条).

use domain::Month;
use jiff::civil::Date;

use super::chargeable_months::{Spell, bonus_counts, is_charged};
use super::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 控除できる月 — whose premium the employer may deduct from a pay, in order.
///
/// Law: 健康保険法167条1項, 厚生年金保険法84条1項: from pay of a month the premium of the month before; when the
/// person is no longer employed also that of the month itself, so for somebody who left at the end of the month
/// (or came and left within it). 167条3項・84条3項: a statement of the deduction must be given.
///
/// - `paid_on`: 報酬の支払日
/// - `spell`: cover at this employer; the month of loss is not charged
///
/// # Errors
/// `BadInput` — a spell without a day, or pay before it began.
///
/// # Examples
/// Left 2025-09-30, pay of 2025-09-25: August and September. Left 2025-09-29: August.
pub fn deductible_months(paid_on: Date, spell: Spell, trace: &mut Trace) -> Result<Vec<Month>, LawError> {
    check(paid_on, spell)?;
    let month = Month::of(paid_on);
    let left = spell.lost_on.is_some_and(|lost_on| Month::of(last_day(lost_on)) <= month);
    let mut months: Vec<Month> = vec![month.previous()];
    if left {
        months.push(month);
    }
    months.retain(|&month| is_charged(spell, month));
    let told: Vec<String> = months.iter().map(|month| format!("{month}分")).collect();
    let rule = if left {
        "事業所に使用されなくなったときは、前月分とその月分を控除できる"
    } else {
        "前月分を控除できる"
    };
    trace.step(facts("健康保険法167条1項・厚生年金保険法84条1項", rule, paid_on, spell).gives(if told.is_empty() {
        "控除できる保険料はない".to_owned()
    } else {
        told.join("、")
    }));
    Ok(months)
}

/// 賞与からの控除 — whether the premium of a bonus may be deducted from it: it may when there is one.
///
/// Law: 健康保険法167条2項, 厚生年金保険法84条2項.
///
/// # Errors
/// As [`deductible_months`].
pub fn deductible_from_bonus(paid_on: Date, spell: Spell, trace: &mut Trace) -> Result<bool, LawError> {
    check(paid_on, spell)?;
    let deductible = is_charged(spell, Month::of(paid_on)) && bonus_counts(paid_on, spell);
    trace.step(
        facts(
            "健康保険法167条2項・厚生年金保険法84条2項",
            "その賞与に係る保険料をその賞与から控除できる",
            paid_on,
            spell,
        )
        .gives(if deductible { "控除できる" } else { "賞与に保険料がかからない" }),
    );
    Ok(deductible)
}

fn check(paid_on: Date, spell: Spell) -> Result<(), LawError> {
    check_day("支払日 (paid_on)", paid_on)?;
    check_day("資格取得日 (acquired_on)", spell.acquired_on)?;
    if spell.is_empty() {
        return Err(LawError::bad_input("最終勤務日 (last_work_day)", "資格取得日以後の日を入力してください"));
    }
    if paid_on < spell.acquired_on {
        return Err(LawError::bad_input("支払日 (paid_on)", "資格取得日以後の日を入力してください"));
    }
    Ok(())
}

fn last_day(lost_on: Date) -> Date {
    lost_on.yesterday().expect("spells have a day")
}

fn facts(clause: &'static str, rule: &'static str, paid_on: Date, spell: Spell) -> Step {
    let step = Step::new(clause, rule).with("支払日", paid_on, "").with("資格取得日", spell.acquired_on, "");
    match spell.lost_on {
        Some(lost_on) => step.with("資格喪失日", lost_on, ""),
        None => step,
    }
}
