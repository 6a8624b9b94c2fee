//! 産前産後期間の免除 (国民年金法88条の2).

use domain::Month;

use super::of_counts;
use super::relief::{Relief, payable_part};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static MONTHS: LawTable<i16> =
    LawTable::new("national_pension/maternity_exemption/months.csv", include_str!("months.csv"), of_counts);

/// 出産とされる妊娠の日数 (85日以上).
const PREGNANCY_DAYS_MIN: i32 = 85;

/// 出産 — and what of it was known when it was notified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birth {
    /// 出産の予定日の属する月.
    pub due_month: Month,
    /// 出産の日の属する月, where the notice came after the birth: it takes the place of the other.
    pub delivered_in: Option<Month>,
    /// 多胎妊娠.
    pub multiple: bool,
    /// 妊娠の日数, where the pregnancy ended early; under 85 days it is no birth.
    pub pregnancy_days: Option<i32>,
}

/// 産前産後期間の免除 — the months that count as paid around a birth.
///
/// Law: 国民年金法88条の2 (the month before the month of (expected) delivery to the second month after it; multiple
/// pregnancy: from the third month before), 5条1項 (counts as paid); 平成28年改正法附則 (from 2019-04: earlier months of a period
/// are not exempt). Notice from six months before the expected day. Not for voluntary insured.
///
/// - `voluntary`: 任意加入被保険者
///
/// Returns first and last month; `None` when no month is exempt.
///
/// # Errors
/// `PastLastCheck` — months after the last check.
///
/// # Examples
/// Due 2025-10: 2025-09 to 2025-12. Twins due 2026-02: 2025-11 to 2026-04. Due 2019-02: 2019-04 only.
pub fn maternity_exemption(
    birth: Birth,
    voluntary: bool,
    trace: &mut Trace,
) -> Result<Option<(Month, Month)>, LawError> {
    let month = birth.delivered_in.unwrap_or(birth.due_month);
    if let Some(reason) = refusal(birth, voluntary) {
        trace.step(Step::new("国民年金法88条の2", reason).with("出産の月", month, "").gives("免除なし"));
        return Ok(None);
    }
    let (before, after) = window(birth, month, trace)?;
    let whole = (month.plus(-before), month.plus(after));
    let exempt = within_the_law(whole, trace)?;
    trace.step(
        Step::new(
            "国民年金法88条の2",
            "出産の (予定) 月の前月 (多胎妊娠は3月前) から出産の月の翌々月まで。制度開始前の月を除く",
        )
        .with("出産の月", month, "")
        .with("多胎妊娠", if birth.multiple { "はい" } else { "いいえ" }, "")
        .gives(exempt.map_or("免除なし".to_owned(), |(first, last)| format!("{first}〜{last}"))),
    );
    Ok(exempt)
}

fn refusal(birth: Birth, voluntary: bool) -> Option<&'static str> {
    if voluntary {
        Some("任意加入被保険者には適用しない")
    } else if birth.pregnancy_days.is_some_and(|days| days < PREGNANCY_DAYS_MIN) {
        Some("妊娠85日未満は出産とされない")
    } else {
        None
    }
}

/// Months before and after. A birth whose last month lies before the law needs no row.
fn window(birth: Birth, month: Month, trace: &mut Trace) -> Result<(i32, i32), LawError> {
    let key = if birth.multiple { "before_multiple" } else { "before" };
    // The rows began in 2019-04; a birth of the two months before reads the first of them.
    let read_in = month.max(first_month());
    let mut at = |key: &str| MONTHS.at(key, read_in, trace).map(|months| i32::from(*months));
    Ok((at(key)?, at("after")?))
}

/// 制度の開始 (2019-04): the first row of the table says it too.
fn first_month() -> Month {
    Month::new(2019, 4).expect("a month")
}

fn within_the_law((first, last): (Month, Month), trace: &mut Trace) -> Result<Option<(Month, Month)>, LawError> {
    if last < first_month() {
        return Ok(None);
    }
    payable_part(Relief::Maternity, last, trace)?;
    Ok(Some((first.max(first_month()), last)))
}
