//! 傷病手当金の支給期間 (健康保険法99条4項, 令和3年法律66号附則3条).

use domain::Month;
use domain::age::period_end;
use jiff::civil::{Date, date};

use crate::health_benefits::days::{DaySpan, check_apart, check_day, days_after, joined, plus_days, total_days};
use crate::{LawError, Step, Trace};

/// Claims first paid from this day on had not run out on 2021-12-31: their days are counted.
const COUNTED_BY_DAYS_FROM: Date = date(2020, 7, 2);
/// The first claims on file.
const STARTS_FROM: Date = date(2007, 4, 1);
/// 1年6月.
const MONTHS: i16 = 18;

/// 支給期間の数え方.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// 通算 — only the days paid use it up.
    PaidDays,
    /// 暦 — it runs out whether paid or not.
    Calendar,
}

/// 支給期間 — of one claim for one illness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// 支給を始めた日.
    pub paid_from: Date,
    /// 1年6月の満了日, by the calendar.
    pub calendar_end: Date,
    /// Days from the first to the last of these.
    pub total_days: i64,
    /// How they are used up.
    pub counting: Counting,
}

/// 傷病手当金の支給期間 — one year and six months from the first day paid.
///
/// Law: 健康保険法99条4項 (支給を始めた日から通算して1年6月間); 令和3年法律66号附則3条 (施行日の前日までに1年6月を
/// 経過していたものは従前の例); 民法143条 (暦による計算). Claims first paid before 2020-07-02 had run out on
/// 2021-12-31: 支給を始めた日から起算して1年6月を超えない.
///
/// - `paid_from`: the first day for which the allowance is really paid; days fully covered by pay come before it
///
/// # Errors
/// `NotInForce` — paid from before 2007-04-01; `BadInput` — a day that leaves no room for reckoning.
///
/// # Examples
/// 2022-03-04: to 2023-09-03, 549 days. 2020-07-01: to 2021-12-31, whether paid or not.
pub fn period(paid_from: Date, trace: &mut Trace) -> Result<Period, LawError> {
    check_day("支給を始めた日 (paid_from)", paid_from)?;
    if paid_from < STARTS_FROM {
        return Err(LawError::NotInForce {
            table: "傷病手当金の支給期間".to_owned(), asked: Month::of(paid_from)
        });
    }
    let calendar_end = period_end(paid_from, MONTHS);
    let total_days = days_after(paid_from, calendar_end) + 1;
    let (counting, clause, rule) = if paid_from >= COUNTED_BY_DAYS_FROM {
        (
            Counting::PaidDays,
            "健康保険法99条4項・民法143条",
            "支給を始めた日から通算して1年6月間 (支給した日だけを数える)",
        )
    } else {
        let old = "健康保険法99条2項 (令和3年法律66号による改正前)・同法附則3条";
        (Counting::Calendar, old, "支給を始めた日から起算して1年6月を超えない (支給しない日も数える)")
    };
    trace.step(
        Step::new(clause, rule)
            .with("支給を始めた日", paid_from, "")
            .with("1年6月の満了日", calendar_end, "")
            .gives(format!("{total_days}日")),
    );
    Ok(Period { paid_from, calendar_end, total_days, counting })
}

/// 残日数 — what is left of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining {
    /// 支給済日数.
    pub paid_days: i64,
    /// 残日数 after the last day paid.
    pub remaining_days: i64,
    /// The last day that can be paid when every day from now on is paid.
    pub last_day: Date,
}

/// 傷病手当金の残日数 — how many days can still be paid after the days already paid.
///
/// Law: 健康保険法99条4項; 令和3年11月10日事務連絡 (支給日数を減じる; 一部でも支給した日は1日).
///
/// - `paid`: the days for which something was paid, a part of the amount too; the first is 支給を始めた日
///
/// Under the old rule the days up to `calendar_end` are left, paid or not.
///
/// # Errors
/// `BadInput` — spans that share a day, that do not begin on 支給を始めた日, or with more days than there are.
///
/// # Examples
/// First paid 2022-03-04, paid to 2022-04-30 (58 days): 491 of 549 days are left.
pub fn remaining(period: &Period, paid: &[DaySpan], trace: &mut Trace) -> Result<Remaining, LawError> {
    let bad = |reason: &str| LawError::bad_input("支給した期間 (paid)", reason);
    check_apart("支給した期間 (paid)", paid)?;
    let paid = joined(paid);
    if paid.first().is_some_and(|first| first.first() != period.paid_from) {
        return Err(bad("最初の期間は、支給を始めた日から始めてください"));
    }
    let paid_days = total_days(&paid);
    let last_paid = paid.last().map_or(plus_days(period.paid_from, -1), |last| last.last());
    let remaining_days = match period.counting {
        Counting::PaidDays => period.total_days - paid_days,
        Counting::Calendar => days_after(last_paid, period.calendar_end),
    };
    if remaining_days < 0 {
        return Err(bad("支給期間を超えています。支給した日を確認してください"));
    }
    trace.step(
        Step::new(
            "健康保険法99条4項",
            "残日数 = 支給期間の日数 − 支給した日数 (従前の例による請求は、満了日までの日数)",
        )
        .with("支給期間の日数", period.total_days, "日")
        .with("支給した日数", paid_days, "日")
        .with("最後に支給した日", last_paid, "")
        .gives(format!("{remaining_days}日")),
    );
    Ok(Remaining { paid_days, remaining_days, last_day: plus_days(last_paid, remaining_days) })
}
