//! 3歳に満たない子を養育する被保険者等の標準報酬月額の特例 (厚生年金保険法26条).

use domain::age::attained_on;
use domain::{Month, Yen};
use jiff::civil::Date;

use super::day_after;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const CLAUSE: &str = "厚生年金保険法26条1項";

/// 養育特例の申出 — what the insured person applies for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guarantee {
    /// 子の生年月日.
    pub child_born_on: Date,
    /// 養育開始日: birth, adoption, or the month after an exemption.
    pub raising_from: Date,
    /// 申出日.
    pub applied_on: Date,
    /// 従前標準報酬月額: of the month before raising began (if not insured then, the last within a year before).
    pub before: Yen,
    /// 終了事由の生じた日: loss of cover, another child's guarantee, the child no longer raised, an exemption began.
    pub ended_on: Option<Date>,
    /// 実際の標準報酬月額 by month, in order.
    pub standards: Vec<(Month, Yen)>,
}

/// その月の平均標準報酬額の計算に使う標準報酬月額 — for pensions only; contributions follow the real one.
///
/// Law: 厚生年金保険法26条1項: from the month in which raising began to the month before that of the day after the child
/// attained 3 (or an end came), the earlier standard where it is higher; at most the two years before the month of
/// application.
///
/// Returns each month of `standards` with the standard that counts for the pension.
///
/// # Errors
/// `BadInput` — raising before the birth, negative standards, months out of order; `NotInForce` — raising before 2005-04.
pub fn pension_standards(guarantee: &Guarantee, trace: &mut Trace) -> Result<Vec<(Month, Yen)>, LawError> {
    check(guarantee)?;
    let (first, last) = period(guarantee);
    trace.step(
        Step::new(
            CLAUSE,
            "養育を始めた月 (申出月の前月までの2年間に限る) から、3歳に達した日等の翌日の属する月の前月まで",
        )
        .with("養育開始日", guarantee.raising_from, "")
        .with("申出日", guarantee.applied_on, "")
        .gives(format!("{first}から{last}まで")),
    );
    let counts = |&(month, real): &(Month, Yen)| {
        let guaranteed = (first..=last).contains(&month) && real < guarantee.before;
        (month, if guaranteed { guarantee.before } else { real })
    };
    let counted: Vec<(Month, Yen)> = guarantee.standards.iter().map(counts).collect();
    let raised = counted.iter().zip(&guarantee.standards).filter(|(counted, real)| counted != real).count();
    trace.step(
        Step::new(
            CLAUSE,
            "実際の標準報酬月額が従前標準報酬月額を下回る月は、従前標準報酬月額とみなす (年金額の計算に限る)",
        )
        .with("従前標準報酬月額", guarantee.before, "")
        .gives(format!("{raised}か月")),
    );
    Ok(counted)
}

/// First and last month of the guarantee.
fn period(guarantee: &Guarantee) -> (Month, Month) {
    let month_before_day_after = |day: Date| Month::of(day_after(day)).previous();
    let three = month_before_day_after(attained_on(guarantee.child_born_on, 3));
    let last = guarantee.ended_on.map_or(three, |ended_on| three.min(month_before_day_after(ended_on)));
    let two_years_before = Month::of(guarantee.applied_on).plus(-24);
    (Month::of(guarantee.raising_from).max(two_years_before), last)
}

fn check(guarantee: &Guarantee) -> Result<(), LawError> {
    if guarantee.raising_from < guarantee.child_born_on {
        return Err(LawError::bad_input("養育開始日 (raising_from)", "子の生年月日以後の日を入力してください"));
    }
    if guarantee.applied_on < guarantee.raising_from {
        return Err(LawError::bad_input("申出日 (applied_on)", "養育開始日以後の日を入力してください"));
    }
    let months = &guarantee.standards;
    let in_order = months.is_sorted_by(|(earlier, _), (later, _)| earlier < later);
    if guarantee.before < Yen::ZERO || !in_order || months.iter().any(|(_, yen)| *yen < Yen::ZERO) {
        return Err(LawError::bad_input("標準報酬月額", "0円以上で、月の順に重ならないように入力してください"));
    }
    let since = Month::new(2005, 4).expect("a month");
    let asked = Month::of(guarantee.raising_from);
    if asked < since {
        return Err(LawError::NotInForce { table: "3歳未満養育特例".to_owned(), asked });
    }
    Ok(())
}
