//! 20歳前の傷病による障害基礎年金の所得制限 (国民年金法36条の3, 国民年金法施行令5条の4).

use domain::{Month, Yen};

use super::disability_basic::{DisabilityBasic, check_children};
use super::part_of;
use crate::basic_pension::marked_row;
use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static INCOME_LIMITS: LawTable<Yen> =
    LawTable::new("disability_survivor/before20_income/income_limits.csv", include_str!("income_limits.csv"), read);

fn read(text: &str) -> Result<Table<Yen>, TableError> {
    Table::read(text, |rows, line| {
        rows.push(marked_row(line, |value| value.parse().ok().map(Yen::new))?);
        Ok(())
    })
}

/// 扶養親族等 — persons by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dependants {
    /// 一般.
    pub general: i64,
    /// 同一生計配偶者 (70歳以上) 又は老人扶養親族.
    pub aged: i64,
    /// 特定扶養親族等.
    pub specific: i64,
}

/// 支給停止の程度.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncomeStop {
    /// 停止しない.
    None,
    /// 2分の1.
    Half,
    /// 全額.
    Full,
}

/// 所得による支給停止.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before20Stop {
    /// 程度.
    pub stop: IncomeStop,
    /// Which year's income counts for the month.
    pub income_year: i16,
    /// 2分の1停止の限度額.
    pub half_limit: Yen,
    /// 全額停止の限度額.
    pub full_limit: Yen,
}

impl Before20Stop {
    /// 支給額 — what is left: half of the amount of the grade is stopped (rounded to whole yen, 50銭以上切上げ: a setting), the addition for
    /// children is not.
    pub fn paid(self, pension: DisabilityBasic) -> Yen {
        match self.stop {
            IncomeStop::None => pension.annual(),
            IncomeStop::Half => pension.annual() - part_of(pension.base, 1, 2),
            IncomeStop::Full => Yen::ZERO,
        }
    }
}

/// 所得の年 — October to December: the year before; January to September: the year before that.
pub fn income_year(month: Month) -> i16 {
    if month.month() >= 10 { month.year() - 1 } else { month.year() - 2 }
}

/// 所得制限 — of a disability basic pension whose first consultation was before 20; October to September by the income of the person.
///
/// Law: 国民年金法36条の3 (over the lower limit half, over the upper all), 国民年金法施行令5条の4 (limits; for each dependant more: 480,000円 or
/// 630,000円 for the kinds named at the lower limit, 380,000円 otherwise).
///
/// # Errors
/// `BadInput` — too many dependants; `NotInForce` before April 2025; `PastLastCheck` from October 2026.
///
/// # Examples
/// No dependants: 3,761,000円 stops nothing, a yen more half; 4,794,000円 half, a yen more all.
pub fn before20_stop(
    month: Month,
    income: Yen,
    dependants: Dependants,
    trace: &mut Trace,
) -> Result<Before20Stop, LawError> {
    let kinds = [
        ("dependant", dependants.general),
        ("aged_dependant", dependants.aged),
        ("specific_dependant", dependants.specific),
    ];
    let mut half_limit = *INCOME_LIMITS.at("half", month, trace)?;
    let mut full_limit = *INCOME_LIMITS.at("full", month, trace)?;
    for (key, persons) in kinds.into_iter().filter(|(_, persons)| *persons != 0) {
        check_children(persons)?;
        half_limit += part_of(*INCOME_LIMITS.at(key, month, trace)?, i128::from(persons), 1);
        full_limit += part_of(*INCOME_LIMITS.at("dependant", month, trace)?, i128::from(persons), 1);
    }
    let stop = if income > full_limit {
        IncomeStop::Full
    } else if income > half_limit {
        IncomeStop::Half
    } else {
        IncomeStop::None
    };
    let verdict = Before20Stop { stop, income_year: income_year(month), half_limit, full_limit };
    tell(income, &verdict, trace);
    Ok(verdict)
}

fn tell(income: Yen, verdict: &Before20Stop, trace: &mut Trace) {
    let words = match verdict.stop {
        IncomeStop::None => "停止しない",
        IncomeStop::Half => "2分の1を停止 (子の加算額を除く。停止額の1円未満は四捨五入: 設定)",
        IncomeStop::Full => "全額を停止",
    };
    trace.step(
        Step::new(
            "国民年金法36条の3・国民年金法施行令5条の4",
            "本人の所得が限度額を超えるとき、10月から翌年9月まで支給を停止する",
        )
        .with("所得の年", verdict.income_year, "年")
        .with("所得", income, "")
        .with("2分の1停止の限度額", verdict.half_limit, "")
        .with("全額停止の限度額", verdict.full_limit, "")
        .gives(words),
    );
}
