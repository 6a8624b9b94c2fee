//! 多数回該当 (健康保険法施行令42条1項・3項) — three months or more with 高額療養費 before.

use domain::Month;

use super::high_cost_limits::Occurrence;
use crate::{Step, Trace};

#[cfg(test)]
mod tests;

/// 直近12月 — this month and the eleven before it.
const MONTHS_BEFORE: i32 = 11;
/// From the fourth month on.
const EARLIER_MONTHS_MIN: usize = 3;

/// 高額療養費の支給 — one month paid before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidMonth {
    /// 療養のあった月.
    pub month: Month,
    /// 保険者, as the question names it. A change of insurer begins a new count.
    pub insurer: String,
    /// 70歳以上の外来のみの支給: does not count.
    pub outpatient_only: bool,
}

/// 多数回該当の判定 — how many of the eleven months before count, and whether this month is the fourth or later.
///
/// Law: 健康保険法施行令42条1項各号ただし書, 3項各号ただし書 (療養のあった月以前の十二月以内に既に高額療養費が支給されている月数が三月以上).
///
/// - `paid`: months with 高額療養費, in any order; a month named twice counts once
///
/// # Examples
/// Paid for May, June and July: August is 多数回該当. Paid for August of last year, June and July: not.
pub fn multi_time(month: Month, insurer: &str, paid: &[PaidMonth], trace: &mut Trace) -> (usize, Occurrence) {
    let first = month.plus(-MONTHS_BEFORE);
    let counts =
        |one: &&PaidMonth| first <= one.month && one.month < month && one.insurer == insurer && !one.outpatient_only;
    let mut months: Vec<Month> = paid.iter().filter(counts).map(|one| one.month).collect();
    months.sort_unstable();
    months.dedup();
    let occurrence = if months.len() >= EARLIER_MONTHS_MIN { Occurrence::FromFourth } else { Occurrence::UpToThird };
    trace.step(
        Step::new(
            "健康保険法施行令42条1項・3項",
            "直近12か月以内に同じ保険者で高額療養費が支給された月が3月以上なら多数回該当 (外来のみの支給は数えない)",
        )
        .with("数え始める月", first, "")
        .with("支給された月数", months.len(), "月")
        .gives(if occurrence == Occurrence::FromFourth {
            "多数回該当"
        } else {
            "多数回該当でない"
        }),
    );
    (months.len(), occurrence)
}
