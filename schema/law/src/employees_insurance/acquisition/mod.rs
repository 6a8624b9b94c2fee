//! 資格取得時決定 (健康保険法42条, 厚生年金保険法22条).

use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use super::Scheme;
use super::grade::{self, Grade};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 資格取得時決定 — standards from a monthly remuneration, and how long they last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcquisitionDecision {
    /// 健康保険の等級.
    pub hi: Grade,
    /// 厚生年金保険の等級.
    pub epi: Grade,
    /// First month, that of acquisition.
    pub first_month: Month,
    /// Last month, an August.
    pub last_month: Month,
}

/// 資格取得時決定 — the standards of somebody newly insured.
///
/// Law: 健康保険法42条, 厚生年金保険法22条. The caller drops a scheme that does not apply to the person.
///
/// # Errors
/// `BadInput` — a negative remuneration; `NotInForce`, `PastLastCheck` — no grade table.
pub fn decide(acquired_on: Date, remuneration: Yen, trace: &mut Trace) -> Result<AcquisitionDecision, LawError> {
    let first_month = Month::of(acquired_on);
    Ok(AcquisitionDecision {
        hi: grade::lookup(Scheme::HealthInsurance, first_month, remuneration, trace)?,
        epi: grade::lookup(Scheme::EmployeesPension, first_month, remuneration, trace)?,
        first_month,
        last_month: last_month(acquired_on, trace),
    })
}

/// 有効期間の最後の月 — acquired from January to May: August of the year; from June: August of the next.
///
/// Law: 健康保険法42条2項, 厚生年金保険法22条2項.
pub fn last_month(acquired_on: Date, trace: &mut Trace) -> Month {
    let year = if acquired_on.month() <= 5 { acquired_on.year() } else { acquired_on.year() + 1 };
    let last = Month::new(year, 8).expect("a year of the calendar");
    trace.step(
        Step::new(
            "健康保険法42条2項・厚生年金保険法22条2項",
            "1月から5月までの取得はその年の8月まで、6月から12月までの取得は翌年の8月まで",
        )
        .with("資格取得日", acquired_on, "")
        .gives(last),
    );
    last
}

/// 期間で定める報酬の月額 — pay of a period ÷ its days × 30, fractions of a yen dropped.
///
/// Law: 健康保険法42条1項1号, 厚生年金保険法22条1項1号. Monthly pay is taken as it is (not by this function).
///
/// # Errors
/// `BadInput` — no days, or a negative pay.
///
/// # Examples
/// 70,000円 a week: 300,000円.
pub fn monthly_of_period(pay: Yen, days: i64, trace: &mut Trace) -> Result<Yen, LawError> {
    if days <= 0 || pay < Yen::ZERO {
        return Err(LawError::bad_input("報酬と期間", "報酬は0円以上、期間の日数は1日以上で入力してください"));
    }
    let monthly = pay.times(Ratio::new(30, i128::from(days)), Rounding::Floor);
    trace.step(
        Step::new(
            "健康保険法42条1項1号・厚生年金保険法22条1項1号",
            "報酬月額 = 報酬 ÷ 期間の総日数 × 30 (円未満切捨て)",
        )
        .with("報酬", pay, "")
        .with("期間の総日数", days, "日")
        .gives(monthly),
    );
    Ok(monthly)
}
