//! 保険料調整制度 (令和7年法律74号, 2026-10から): the employer of newly covered part-timers may bear more than half.

use domain::{Month, Ratio, Yen};

use super::contribution::{Collection, employee_share};
use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 調整後の割合 — what is left of the worker's half, and whether the number was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerPart {
    /// Of the ordinary half: 25/50.
    pub part: Ratio,
    /// False for numbers that were only reported.
    pub confirmed: bool,
}

pub(super) static WORKER_PARTS: LawTable<WorkerPart> =
    LawTable::new("employees_insurance/premium_adjustment/worker_parts.csv", include_str!("worker_parts.csv"), read);

fn read(text: &str) -> Result<Table<WorkerPart>, TableError> {
    Table::read(text, |rows, line| {
        let confirmed = match line.text("status") {
            "confirmed" => true,
            "reported" => false,
            other => return Err(format!("status {other:?} is unknown")),
        };
        rows.push(line.row(|value| Some(WorkerPart { part: Ratio::parse_decimal(value)?, confirmed }))?);
        Ok(())
    })
}

/// The highest standard that is adjusted.
const STANDARD_MAX: Yen = Yen::new(126_000);
/// The lowest standard of which anything is known.
const STANDARD_MIN: Yen = Yen::new(88_000);
/// 調整の期間.
const LONGEST_MONTHS: i32 = 36;
const CLAUSE: &str = "令和7年法律74号 (保険料調整制度)";

/// 未確認の割合の扱い — a setting: only the number at 88,000円 was confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unconfirmed {
    /// No answer.
    #[default]
    Refuse,
    /// As reported.
    AsReported,
}

/// 調整の対象 — one worker and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adjusted {
    /// 標準報酬月額.
    pub standard: Yen,
    /// 月分.
    pub month: Month,
    /// The first month in which the worker's premium was adjusted.
    pub first_month: Month,
    /// The setting.
    pub unconfirmed: Unconfirmed,
}

/// 調整後の割合 — what is left of the worker's ordinary half; all of it where nothing is adjusted.
///
/// Law: 令和7年法律74号: standards up to 126,000円, at most three years.
///
/// # Errors
/// `CannotDecide` — a standard of which nothing is known, or a number not confirmed and the setting refuses;
/// `NotInForce` before 2026-10; `PastLastCheck`; `BadInput` — a month before the first.
///
/// # Examples
/// 88,000円: 0.5. 126,000円: refused, or 0.96 as reported. 134,000円: 1.
pub fn worker_part(adjusted: Adjusted, trace: &mut Trace) -> Result<Ratio, LawError> {
    let passed = adjusted.month.months_since(adjusted.first_month);
    if passed < 0 {
        return Err(LawError::bad_input("調整の最初の月 (first_month)", "月分以前の月を入力してください"));
    }
    if adjusted.standard > STANDARD_MAX || passed >= LONGEST_MONTHS {
        let whole = Ratio::new(1, 1);
        trace.step(facts(adjusted, "標準報酬月額が126,000円を超えるか、3年を過ぎたので調整しない").gives(whole));
        return Ok(whole);
    }
    if adjusted.standard < STANDARD_MIN {
        let reason = format!("{}の保険料調整の割合は確認されていません", adjusted.standard);
        return Err(LawError::CannotDecide { reason });
    }
    let first = WORKER_PARTS.at(&adjusted.standard.get().to_string(), adjusted.first_month, trace)?;
    let row = if passed == 0 {
        first
    } else {
        WORKER_PARTS.at(&adjusted.standard.get().to_string(), adjusted.month, trace)?
    };
    let words = match (row.confirmed, adjusted.unconfirmed) {
        (true, _) => "被保険者が負担する部分 (本来の折半額に対する割合)",
        (false, Unconfirmed::AsReported) => {
            "被保険者が負担する部分 (本来の折半額に対する割合)。報道による未確認の値 (設定)"
        }
        (false, Unconfirmed::Refuse) => {
            let reason = format!("標準報酬月額{}の保険料調整の割合は確認されていません", adjusted.standard);
            return Err(LawError::CannotDecide { reason });
        }
    };
    trace.step(facts(adjusted, words).gives(row.part));
    Ok(row.part)
}

fn facts(adjusted: Adjusted, words: &'static str) -> Step {
    Step::new(CLAUSE, words).with("標準報酬月額", adjusted.standard, "").with("月分", adjusted.month, "").with(
        "調整の最初の月",
        adjusted.first_month,
        "",
    )
}

/// 調整後の被保険者負担分 — that part of the half, rounded once as any share deducted.
///
/// Law: 令和7年法律74号; 通貨の単位及び貨幣の発行等に関する法律3条 (rounding). What is owed to the State does not change.
///
/// - `full`: the exact premium of the scheme on the standard, both halves
pub fn adjusted_share(full: Ratio, part: Ratio, collection: Collection, trace: &mut Trace) -> Yen {
    let of_both = Ratio::new(full.numerator() * part.numerator(), full.denominator() * part.denominator());
    employee_share(of_both, collection, CLAUSE, trace)
}
