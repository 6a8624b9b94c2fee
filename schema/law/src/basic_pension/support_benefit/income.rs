//! 所得の要件 (年金生活者支援給付金の支給に関する法律2条・10条・15条・20条).

use domain::{Month, Yen};

use crate::basic_pension::of_marked_yen;
use crate::basic_pension::revision_rate::Cohort;
use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

/// A limit, or an estimate of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::basic_pension) enum Limit {
    /// 公式の額.
    Official(Yen),
    /// 推計: not computed with.
    Estimate,
}

/// Limits per cycle from October to September.
pub(in crate::basic_pension) static INCOME_LIMITS: LawTable<Limit> =
    LawTable::new("basic_pension/support_benefit/income_limits.csv", include_str!("income_limits.csv"), read);

/// What a dependant adds to the limit of the disability and survivor benefit.
pub(in crate::basic_pension) static DEPENDANT_ADDITIONS: LawTable<Yen> = LawTable::new(
    "basic_pension/support_benefit/dependant_additions.csv",
    include_str!("dependant_additions.csv"),
    of_marked_yen,
);

fn read(text: &str) -> Result<Table<Limit>, TableError> {
    Table::read(text, |rows, line| {
        let official = line.text("confidence") != "low";
        let value = |text: &str| {
            let yen = text.parse().ok().map(Yen::new)?;
            Some(if official { Limit::Official(yen) } else { Limit::Estimate })
        };
        rows.push(line.row(value)?);
        Ok(())
    })
}

fn limit(key: &str, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    match INCOME_LIMITS.at(key, month, trace)? {
        Limit::Official(yen) => Ok(*yen),
        Limit::Estimate => {
            let reason = format!(
                "「年金生活者支援給付金の所得基準額」の{month}分は推計しかありません。年金生活者支援給付金の支給に関する法律施行令の額を登録してください"
            );
            Err(LawError::CannotDecide { reason })
        }
    }
}

/// 所得基準額・補足的所得基準額 — for the month's cycle, October to September.
///
/// Law: 年金生活者支援給付金の支給に関する法律施行令1条・6条.
///
/// # Errors
/// `NotInForce` before 2025-10; `CannotDecide` from 2026-10, where only an estimate is on file.
///
/// # Examples
/// 2025-10, born from 1956-04-02: 809,000円 and 909,000円.
pub fn old_age_limits(cohort: Cohort, month: Month, trace: &mut Trace) -> Result<(Yen, Yen), LawError> {
    let born = match cohort {
        Cohort::NewAward => "BORN_FROM_1956_04_02",
        Cohort::Existing => "BORN_TO_1956_04_01",
    };
    let lower = limit(&format!("OLD_AGE_{born}"), month, trace)?;
    let upper = limit(&format!("SUPPLEMENTARY_{born}"), month, trace)?;
    trace.step(
        Step::new("年金生活者支援給付金の支給に関する法律施行令1条・6条", "所得基準額 (10月から翌年9月まで)")
            .with("月分", month, "")
            .with("補足的所得基準額", upper, "")
            .gives(lower),
    );
    Ok((lower, upper))
}

/// 扶養親族等 — how many of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dependants {
    /// 一般.
    pub ordinary: i64,
    /// 70歳以上の同一生計配偶者・老人扶養親族.
    pub elderly: i64,
    /// 特定扶養親族・16歳以上19歳未満.
    pub specified: i64,
}

/// 障害・遺族年金生活者支援給付金の所得基準額 — 4,794,000 yen and an addition for each dependant.
///
/// Law: 年金生活者支援給付金の支給に関する法律15条1項・20条1項, 同法施行令 (国民年金法施行令5条の4の例).
///
/// # Errors
/// As [`old_age_limits`]; `BadInput` — more dependants than a household has.
pub fn disability_survivor_limit(dependants: Dependants, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    let mut sum = limit("DISABILITY_SURVIVOR", month, trace)?;
    let counts =
        [("ORDINARY", dependants.ordinary), ("ELDERLY", dependants.elderly), ("SPECIFIED", dependants.specified)];
    for (key, count) in counts.into_iter().filter(|(_, count)| *count != 0) {
        if !(0..=100).contains(&count) {
            return Err(LawError::bad_input("扶養親族等の数 (dependants)", "0から100までの人数を入力してください"));
        }
        sum += Yen::new(DEPENDANT_ADDITIONS.at(key, month, trace)?.get() * count);
    }
    trace.step(
        Step::new("年金生活者支援給付金の支給に関する法律15条1項・20条1項", "所得基準額 + 扶養親族等の数に応じた加算")
            .with("一般の扶養親族等", dependants.ordinary, "人")
            .with("老人扶養親族等", dependants.elderly, "人")
            .with("特定扶養親族等", dependants.specified, "人")
            .gives(sum),
    );
    Ok(sum)
}

/// Whether the income is at most the limit, on record as a step.
pub fn within_limit(income: Yen, limit: Yen, trace: &mut Trace) -> bool {
    let within = income <= limit;
    trace.step(
        Step::new(
            "年金生活者支援給付金の支給に関する法律2条1項・15条1項・20条1項",
            "前年の所得が所得基準額以下であること",
        )
        .with("前年の所得", income, "")
        .with("所得基準額", limit, "")
        .gives(if within { "要件を満たす" } else { "要件を満たさない" }),
    );
    within
}
