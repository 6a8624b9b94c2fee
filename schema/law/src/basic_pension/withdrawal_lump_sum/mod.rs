//! 脱退一時金 (国民年金法附則9条の3の2) — foreign nationals who left before they qualified.

use domain::{Month, Ratio, Rounding, Yen};

use crate::LawError;
use crate::basic_pension::graded::{self, Steps, of_steps, whole_numbers};
use crate::book::LawTable;
use crate::{Step, Trace};

#[cfg(test)]
mod tests;

/// Multiplier and amount by weighted months, per fiscal year of the last paid month.
pub(super) static AMOUNTS: LawTable<Steps<i64, [i64; 2]>> =
    LawTable::new("basic_pension/withdrawal_lump_sum/amounts.csv", include_str!("amounts.csv"), |text| {
        of_steps(text, whole_numbers)
    });

/// 要件 — what takes the right away (附則9条の3の2第1項).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WithdrawalFacts {
    /// 日本国籍を有する.
    pub japanese_national: bool,
    /// 日本国内に住所を有する.
    pub resident: bool,
    /// 老齢基礎年金の受給資格期間を満たす, or 障害基礎年金 had been a right.
    pub has_or_had_right: bool,
    /// 資格喪失 (国内に住所を有しなくなった日) から2年を経過した.
    pub two_years_passed: bool,
}

/// 脱退一時金.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WithdrawalLumpSum {
    /// Whether the law gives it.
    pub eligible: bool,
    /// Yen, once.
    pub amount: Yen,
    /// 政令で定める数, 6 to 60.
    pub multiplier: i64,
}

/// 脱退一時金 — half a contribution of the year of the last paid month, six to sixty times.
///
/// Law: 国民年金法附則9条の3の2第1項 (6 months, within 2 years), 第3項・施行令14条の3の2 (数, up to 60 since 2021-04).
///
/// - `last_paid`: 基準月, the last month whose contribution was paid
/// - `weighted`: months paid, partly exempt ones weighted (¾, ½, ¼)
///
/// # Errors
/// `NotInForce` before fiscal 2021, `PastLastCheck` after fiscal 2026; `BadInput` — impossible months.
///
/// # Examples
/// 50 months, the last in 2025-06: 17,510円 ÷ 2 × 48 = 420,240円.
pub fn withdrawal_lump_sum(
    last_paid: Month,
    weighted: Ratio,
    facts: WithdrawalFacts,
    trace: &mut Trace,
) -> Result<WithdrawalLumpSum, LawError> {
    if !(Ratio::ZERO..=Ratio::new(1_200, 1)).contains(&weighted) {
        return Err(LawError::bad_input("納付の月数 (weighted_months)", "0から1200までの月数を入力してください"));
    }
    if let Some(reason) = none_because(weighted, facts) {
        trace.step(
            Step::new("国民年金法附則9条の3の2第1項", format!("脱退一時金は支給しない: {reason}")).gives("支給なし"),
        );
        return Ok(WithdrawalLumpSum { eligible: false, amount: Yen::ZERO, multiplier: 0 });
    }
    let [multiplier, amount] = AMOUNTS.pick("00", last_paid, trace, |steps| {
        Ok(graded::find(steps, &weighted.round(Rounding::Floor).get()).expect("from 6 months on the steps are open"))
    })?;
    let amount = Yen::new(amount);
    trace.step(
        Step::new(
            "国民年金法附則9条の3の2第3項",
            "脱退一時金 = 最後に保険料を納付した月の属する年度の保険料額 × 2分の1 × 数",
        )
        .with("最後に納付した月", last_paid, "")
        .with("納付の月数", weighted, "月")
        .with("数", multiplier, "")
        .gives(amount),
    );
    Ok(WithdrawalLumpSum { eligible: true, amount, multiplier })
}

fn none_because(weighted: Ratio, facts: WithdrawalFacts) -> Option<&'static str> {
    if weighted < Ratio::new(6, 1) {
        Some("納付の月数が6月に満たない")
    } else if facts.japanese_national {
        Some("日本国籍を有する")
    } else if facts.resident {
        Some("日本国内に住所を有する")
    } else if facts.has_or_had_right {
        Some("年金の受給権がある、又はあった")
    } else if facts.two_years_passed {
        Some("日本国内に住所を有しなくなった日から2年を経過した")
    } else {
        None
    }
}
