//! 5年前みなし繰下げ (国民年金法28条5項, 厚生年金保険法44条の3第5項) — claimed after 70 without choosing deferral.

use domain::{Month, Ratio};
use jiff::civil::{Date, date};

use super::{Deferrer, INCREASE_RATES, LONG, increase, table_rate, year_later};
use crate::basic_pension::graded;
use crate::{LawError, Step, Trace};

/// What a late claim leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateClaim {
    /// みなし申出日; none where the claim is not treated so.
    pub deemed_on: Option<Date>,
    /// 増額の月数.
    pub months: i32,
    /// 増額率.
    pub rate: Ratio,
    /// さかのぼって支給する最初の月; none where prescription decides it.
    pub arrears_from: Option<Month>,
}

/// 70歳到達後の請求 — without an election it counts as elected five years before the claim.
///
/// Law: 国民年金法28条5項, from 2023-04-01, for births from 2 April 1952 or rights from 1 April 2017. Not from 80 on, not
/// where another pension's right arose by the deemed day. The twelve months of 28条1項 are no condition: claimed at 70
/// and ten months it counts as elected at 65 and ten months, with ten months' increase.
///
/// - `elected`: whether deferral is chosen at the claim: then it is an ordinary deferral up to the claim
///
/// # Errors
/// `BadInput` — claimed before the right; else as [`increase`] where deferral is chosen.
///
/// # Examples
/// Born 1953-06-15, claimed on 2024-09-20: as on 2019-09-20, 15 months, 10.5%, paid from 2019-10.
pub fn late_claim(
    deferrer: &Deferrer,
    claimed_on: Date,
    elected: bool,
    trace: &mut Trace,
) -> Result<LateClaim, LawError> {
    let right_on = deferrer.right_arises_on()?;
    if claimed_on < right_on {
        return Err(LawError::bad_input("請求日 (request_date)", "受給権を取得した日以後の日を入力してください"));
    }
    if elected {
        let chosen = increase(deferrer, Month::of(claimed_on), trace)?;
        let arrears_from = Some(chosen.effective.next());
        return Ok(LateClaim { deemed_on: None, months: chosen.months, rate: chosen.rate, arrears_from });
    }
    let deemed_on = year_later(claimed_on, -5);
    match obstacle(deferrer, right_on, claimed_on, deemed_on) {
        None => deem(right_on, claimed_on, deemed_on, trace),
        Some(reason) => Ok(not_deemed(deferrer, right_on, claimed_on, reason, trace)),
    }
}

fn deem(right_on: Date, claimed_on: Date, deemed_on: Date, trace: &mut Trace) -> Result<LateClaim, LawError> {
    let months = Month::of(deemed_on).months_since(Month::of(right_on)).clamp(0, 120);
    let month = Month::of(claimed_on);
    let rate = match months {
        0 => Ratio::ZERO,
        1..12 => of_few_months(months, month, trace)?,
        _ => table_rate(LONG, months, month, trace)?,
    };
    let arrears_from = Month::of(deemed_on).next();
    trace.step(
        Step::new(
            "国民年金法28条5項・厚生年金保険法44条の3第5項",
            "70歳に達した日後に繰下げを選ばずに請求したときは、5年前の日に申出があったものとみなす",
        )
        .with("請求日", claimed_on, "")
        .with("みなし申出日", deemed_on, "")
        .with("増額の月数", months, "月")
        .with("増額率", rate, "")
        .gives(format!("{arrears_from}分から支給")),
    );
    Ok(LateClaim { deemed_on: Some(deemed_on), months, rate, arrears_from: Some(arrears_from) })
}

/// The rate of one month, so many times.
pub(super) fn of_few_months(months: i32, month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    let one = INCREASE_RATES.pick("PER_MONTH", month, trace, |steps| {
        Ok(graded::find(steps, &months).expect("the row covers 1 to 120 months"))
    })?;
    Ok(Ratio::new(one.numerator() * i128::from(months), one.denominator()))
}

/// Why the claim is not treated as elected five years before.
fn obstacle(deferrer: &Deferrer, right_on: Date, claimed_on: Date, deemed_on: Date) -> Option<&'static str> {
    if claimed_on < date(2023, 4, 1) {
        Some("令和5年4月1日前の請求")
    } else if !deferrer.up_to_75(right_on) {
        Some("昭和27年4月1日以前に生まれ、受給権の取得も平成29年3月以前")
    } else if claimed_on <= deferrer.anniversary(right_on, 5) {
        Some("70歳に達した日 (受給権取得から5年) までの請求")
    } else if claimed_on >= deferrer.anniversary(right_on, 15) {
        Some("80歳に達した日 (受給権取得から15年) 以後の請求")
    } else if deferrer.other_on().is_some_and(|other| other <= deemed_on) {
        Some("請求の5年前の日以前に他の年金の受給権がある")
    } else {
        None
    }
}

/// An ordinary claim for the time since the right: no increase. What is older than five years is prescribed.
fn not_deemed(
    deferrer: &Deferrer,
    right_on: Date,
    claimed_on: Date,
    reason: &'static str,
    trace: &mut Trace,
) -> LateClaim {
    let within = claimed_on <= deferrer.anniversary(right_on, 5);
    let arrears_from = within.then(|| Month::of(right_on).next());
    let from = arrears_from.map_or("時効により決まる月".to_owned(), |month| format!("{month}分"));
    trace.step(
        Step::new("国民年金法28条5項・18条・102条1項", "みなし申出にあたらず、増額なしでさかのぼって支給する")
            .with("理由", reason, "")
            .gives(format!("{from}から支給")),
    );
    LateClaim { deemed_on: None, months: 0, rate: Ratio::ZERO, arrears_from }
}
