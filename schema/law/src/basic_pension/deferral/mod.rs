//! 老齢年金の繰下げ (国民年金法28条, 厚生年金保険法44条の3).

use domain::age::attained_on;
use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::{Date, date};

use crate::basic_pension::graded::{self, Steps, of_steps};
use crate::basic_pension::last_checked;
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

pub mod deemed;

#[cfg(test)]
mod tests;

/// Increase by months: series with a cap of 120 and of 60 months, and of one month.
pub(super) static INCREASE_RATES: LawTable<Steps<i32, Ratio>> =
    LawTable::new("basic_pension/deferral/increase_rates.csv", include_str!("increase_rates.csv"), |text| {
        of_steps(text, Ratio::parse_decimal)
    });

/// 繰り下げる年金 — basic and employees' pension are deferred each on its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeferredPension {
    /// 老齢基礎年金 (with it the 付加年金).
    #[default]
    Basic,
    /// 老齢厚生年金.
    Employees,
}

/// 他の年金たる給付 — another pension whose right stands in the way of deferral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherPension {
    /// 障害基礎年金: no obstacle to deferring the employees' pension (厚生年金保険法44条の3第1項).
    DisabilityBasic,
    /// 障害厚生年金, 遺族基礎年金, 遺族厚生年金 and the like.
    DisabilityEmployeesOrSurvivor,
}

/// 繰下げをする者 — what the rule needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deferrer {
    /// 生年月日.
    pub birth: Date,
    /// 受給権取得日, where it is later than 65 attained.
    pub right_on: Option<Date>,
    /// 他の年金の受給権 and the day it arose.
    pub other: Option<(OtherPension, Date)>,
    /// Which pension is deferred.
    pub pension: DeferredPension,
}

impl Deferrer {
    /// 受給権を取得した日 — 65 attained, or later.
    ///
    /// # Errors
    /// `BadInput` — before 65.
    pub fn right_arises_on(&self) -> Result<Date, LawError> {
        let at_65 = attained_on(self.birth, 65);
        match self.right_on {
            Some(day) if day < at_65 => {
                Err(LawError::bad_input("受給権取得日 (right_acquired_on)", "65歳に達した日以後の日を入力してください"))
            }
            other => Ok(other.unwrap_or(at_65)),
        }
    }

    /// The day another right arose that counts for this pension.
    fn other_on(&self) -> Option<Date> {
        let counts = |kind| self.pension == DeferredPension::Basic || kind != OtherPension::DisabilityBasic;
        self.other.filter(|(kind, _)| counts(*kind)).map(|(_, on)| on)
    }

    /// 受給権取得日から起算して何年目の日 — for a right at 65 the day that age is attained (66歳, 70歳, 80歳).
    fn anniversary(&self, right_on: Date, years: i16) -> Date {
        if right_on == attained_on(self.birth, 65) {
            attained_on(self.birth, 65 + years)
        } else {
            year_later(right_on, years)
        }
    }

    /// 上限月数が120月の者 — born from 2 April 1952, or right from 1 April 2017.
    fn up_to_75(&self, right_on: Date) -> bool {
        self.birth >= date(1952, 4, 2) || right_on >= date(2017, 4, 1)
    }
}

/// 増額率 — the months of a deferral and the increase for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Increase {
    /// 受給権取得月から申出月の前月まで, capped.
    pub months: i32,
    /// 0.7% a month.
    pub rate: Ratio,
    /// 申出月, or the month to which another right or the cap moved it.
    pub effective: Month,
}

/// 繰下げの増額率 — from the month of the right to the month before the application.
///
/// Law: 国民年金法28条1項 (66 attained, no other right between), 2項 (a later right fixes the day; at the age limit it
/// counts as applied for), 4項・施行令4条の5 (0.7% a month, 120 months); 厚生年金保険法44条の3・施行令3条の5の2.
/// Until 2022-03, and for those of 70 by then: 60 months.
///
/// # Errors
/// `BadInput` — before the twelfth month, or another pension's right stands in the way; `CannotDecide` — born before
/// 2 April 1941; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Born 1957-08-20, applied for in 2025-11: 39 months, 27.3%.
pub fn increase(deferrer: &Deferrer, request: Month, trace: &mut Trace) -> Result<Increase, LawError> {
    let right_on = deferrer.right_arises_on()?;
    let effective = fixed_by_another_right(deferrer, right_on, request, trace)?;
    let months = effective.months_since(Month::of(right_on));
    if months < 12 {
        let reason = "繰下げの申出は、受給権を取得してから1年 (66歳) を経過した月からできます";
        return Err(LawError::bad_input("繰下げ申出月 (request_month)", reason));
    }
    let (capped, rate) = increase_rate(deferrer, right_on, months, request, trace)?;
    let effective = Month::of(right_on).plus(capped);
    trace.tell(|| {
        Step::new(clause(deferrer.pension), "増額率 = 0.7% × 受給権取得月から申出月の前月までの月数 (上限あり)")
            .with("受給権取得日", right_on, "")
            .with("申出月", request, "")
            .with("月数", months, "月")
            .with("上限を適用した月数", capped, "月")
            .gives(rate)
    });
    Ok(Increase { months: capped, rate, effective })
}

/// As [`increase`], of a month that stands on record: one of the first year can only be that of a claim after 70 (5年前みなし,
/// [`deemed::late_claim`]), for which the twelve months are no condition.
///
/// # Errors
/// As [`increase`], but for the twelfth month.
pub fn increase_on_record(deferrer: &Deferrer, claimed: Month, trace: &mut Trace) -> Result<Increase, LawError> {
    let months = claimed.months_since(Month::of(deferrer.right_arises_on()?));
    if !(1..12).contains(&months) {
        return increase(deferrer, claimed, trace);
    }
    let rate = deemed::of_few_months(months, claimed.plus(60), trace)?;
    trace.tell(|| {
        Step::new("国民年金法28条5項・厚生年金保険法44条の3第5項", "5年前にあったものとみなす繰下げの申出: 0.7% × 月数")
            .with("みなし申出月", claimed, "")
            .with("月数", months, "月")
            .gives(rate)
    });
    Ok(Increase { months, rate, effective: claimed })
}

fn clause(pension: DeferredPension) -> &'static str {
    match pension {
        DeferredPension::Basic => "国民年金法28条4項・国民年金法施行令4条の5",
        DeferredPension::Employees => "厚生年金保険法44条の3第4項・厚生年金保険法施行令3条の5の2",
    }
}

/// 他の年金の受給権 — before the year is over it bars, later it fixes the month.
fn fixed_by_another_right(
    deferrer: &Deferrer,
    right_on: Date,
    request: Month,
    trace: &mut Trace,
) -> Result<Month, LawError> {
    let Some(other_on) = deferrer.other_on() else { return Ok(request) };
    if other_on <= deferrer.anniversary(right_on, 1) {
        let reason =
            "65歳に達した日 (受給権取得日) から1年以内に他の年金の受給権を有する者は、繰下げの申出ができません";
        return Err(LawError::bad_input("他の年金の受給権 (other_right_on)", reason));
    }
    let effective = request.min(Month::of(other_on));
    trace.tell(|| {
        Step::new(
            "国民年金法28条2項1号・厚生年金保険法44条の3第2項1号",
            "他の年金の受給権を取得した日に申出があったものとみなす",
        )
        .with("他の年金の受給権を取得した日", other_on, "")
        .with("申出月", request, "")
        .gives(effective)
    });
    Ok(effective)
}

/// 応当日 so many years later; 28 February where the year has no 29th.
pub(super) fn year_later(day: Date, years: i16) -> Date {
    let year = day.year().saturating_add(years);
    let same = Date::new(year, day.month(), day.day());
    same.or_else(|_| Date::new(year, day.month(), 28)).unwrap_or(Date::MAX)
}

fn increase_rate(
    deferrer: &Deferrer,
    right_on: Date,
    months: i32,
    request: Month,
    trace: &mut Trace,
) -> Result<(i32, Ratio), LawError> {
    if deferrer.birth < date(1941, 4, 2) {
        let reason = "昭和16年4月1日以前に生まれた者の増額率 (年単位) は「繰下げの増額率」の表に登録されていません";
        return Err(LawError::CannotDecide { reason: reason.to_owned() });
    }
    let long = request >= Month::of(date(2022, 4, 1)) && deferrer.up_to_75(right_on);
    let (key, cap) = if long { (LONG, 120) } else { ("BORN_TO_1952_04_01", 60) };
    let capped = months.min(cap);
    Ok((capped, table_rate(key, capped, request, trace)?))
}

/// Series of those who may wait until 75.
const LONG: &str = "BORN_FROM_1952_04_02";

fn table_rate(key: &str, months: i32, month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    INCREASE_RATES.pick(key, month, trace, |steps| {
        let missing =
            || LawError::bad_input("繰下げの月数 (months)", "12月から120月 (昭和27年4月1日以前生まれは60月) までです");
        graded::find(steps, &months).ok_or_else(missing)
    })
}

/// 増額 — the increase rounded to a yen, then added.
///
/// # Examples
/// 831,700円 at 27.3%: 1,058,754円.
pub fn increased(amount: Yen, rate: Ratio) -> Yen {
    amount + amount.times(rate, Rounding::HalfUp)
}

/// As [`increased`], on record as a step.
pub fn add_increase(name: &'static str, amount: Yen, rate: Ratio, trace: &mut Trace) -> Yen {
    let after = increased(amount, rate);
    trace.tell(|| {
        Step::new(
            "国民年金法28条4項・46条・17条1項",
            format!("{name}: 増額する額を1円未満四捨五入し、加える (振替加算・加給年金額は増額しない)"),
        )
        .with("増額前の額", amount, "")
        .with("増額率", rate, "")
        .gives(after)
    });
    after
}

/// 平均支給率 — the mean over the waiting months of what work did not stop: 1 − stop ÷ earnings-related part.
///
/// Law: 厚生年金保険法施行令3条の5の2第1項.
///
/// - `proportional_monthly`: the earnings-related part of one month, above zero
/// - `stops`: what would have been suspended in each waiting month, from the month after the right
///
/// Returns an exact rate from 0 to 1; `None` without months or amount.
pub fn average_payment_rate(proportional_monthly: Yen, stops: &[Yen]) -> Option<Ratio> {
    let count = i128::try_from(stops.len()).ok().filter(|count| *count > 0)?;
    let whole = i128::from(proportional_monthly.get());
    (whole > 0).then(|| {
        let paid: i128 = stops.iter().map(|stop| (whole - i128::from(stop.get())).clamp(0, whole)).sum();
        Ratio::new(paid, whole * count)
    })
}

/// 老齢厚生年金の繰下げ加算額 — on what work would not have stopped, and on the transitional addition.
///
/// Law: 厚生年金保険法44条の3第4項, 施行令3条の5の2第1項 (平均支給率, 0.7% a month), 35条1項 (端数処理, once).
///
/// - `proportional`, `transitional`: yen per year
/// - `payment_rate`: 平均支給率, 0 to 1
/// - `months`: 12 to 120, as [`increase`] gives them
///
/// # Errors
/// `BadInput` — outside these.
///
/// # Examples
/// 1,200,000円 at one half and 20,000円, 24 months: 104,160円.
pub fn employees_increase(
    proportional: Yen,
    transitional: Yen,
    payment_rate: Ratio,
    months: i32,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    if !(Ratio::ZERO..=Ratio::new(1, 1)).contains(&payment_rate) {
        return Err(LawError::bad_input("平均支給率 (average_payment_rate)", "0から1までで入力してください"));
    }
    let rate = table_rate(LONG, months, last_checked(&INCREASE_RATES, trace), trace)?;
    let amount = employees_increase_of(proportional, transitional, payment_rate, rate);
    trace.tell(|| {
        Step::new(
            "厚生年金保険法44条の3第4項・厚生年金保険法施行令3条の5の2",
            "繰下げ加算額 = (報酬比例部分 × 平均支給率 + 経過的加算) × 増額率",
        )
        .with("報酬比例部分", proportional, "")
        .with("平均支給率", payment_rate, "")
        .with("経過的加算", transitional, "")
        .with("増額率", rate, "")
        .gives(amount)
    });
    Ok(amount)
}

/// As [`employees_increase`], numbers in and out.
pub fn employees_increase_of(proportional: Yen, transitional: Yen, payment_rate: Ratio, rate: Ratio) -> Yen {
    let base = payment_rate.times_yen(proportional) + Ratio::of_yen(transitional);
    let exact = Ratio::new(base.numerator() * rate.numerator(), base.denominator() * rate.denominator());
    exact.round(Rounding::HalfUp)
}
