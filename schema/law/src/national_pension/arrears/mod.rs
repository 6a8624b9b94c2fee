//! 延滞金 (国民年金法97条・附則9条の2の5).

use domain::age::period_end;
use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use super::of_rates;
use crate::book::LawTable;
use crate::employees_insurance::late_fee::PartPayment;
use crate::employees_insurance::month::day_number;
use crate::employees_insurance::{check_day, day_after};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static RATES: LawTable<Ratio> =
    LawTable::new("national_pension/arrears/rates.csv", include_str!("rates.csv"), of_rates);

/// 区分ごとの端数 — a setting: 97条 cuts the base and the total; that each part is cut to whole yen is practice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartFraction {
    /// The first three months and the rest are cut to whole yen each.
    #[default]
    EachBand,
    /// So is what falls into each calendar year or between two payments.
    EachSegment,
    /// Nothing is cut before the total.
    Exact,
}

impl PartFraction {
    const fn words(self) -> &'static str {
        match self {
            PartFraction::EachBand => "3月以内・3月経過後の区分ごとに1円未満切捨て (設定)",
            PartFraction::EachSegment => "区分・暦年・納付の間ごとに1円未満切捨て (設定)",
            PartFraction::Exact => "区分ごとには端数処理しない (設定)",
        }
    }
}

/// 滞納 — the contribution of one month, unpaid on its due date.
#[derive(Clone, Copy, Debug)]
pub struct Arrears<'a> {
    /// 徴収金額, whole yen.
    pub contribution: Yen,
    /// 納期限.
    pub due_on: Date,
    /// 完納又は財産差押の日: the day before is the last that counts.
    pub paid_on: Date,
    /// 督促状の指定期限; `None`: a demand was sent and its deadline had passed.
    pub demand_deadline: Option<Date>,
    /// Payments before `paid_on`, in any order (97条2項).
    pub part_payments: &'a [PartPayment],
    /// 滞納につきやむを得ない事情がある: a person establishes it.
    pub unavoidable: bool,
    /// The setting.
    pub part_fraction: PartFraction,
}

/// 延滞金 — and what it was reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArrearsCharge {
    /// 延滞金, a multiple of 50 yen.
    pub amount: Yen,
    /// 計算の基礎となる額: 500円未満切捨て, before any part payment.
    pub base: Yen,
    /// 納期限の翌日から3月を経過する日までの日数.
    pub days_first: i32,
    /// その翌日からの日数.
    pub days_after: i32,
}

/// Days of one rate and one base.
#[derive(Clone, Copy)]
struct Segment {
    first: Date,
    days: i32,
    in_first_band: bool,
    base: Yen,
}

/// 延滞金の計算 — what is owed besides a contribution that a demand did not bring in.
///
/// Law: 国民年金法97条1項 (days from the day after the due date to the day before payment or seizure; the lower rate for
/// three months; under 500円 or 「やむを得ない事情」 nothing), 2項 (part payments), 3項 (the base loses what is under 500円), 4項
/// (paid by the deadline of the demand, or under 50円: nothing), 5項 (the charge loses what is under 50円), 附則9条の2の5
/// (rates of each calendar year). 365 days in leap years too (利率等の表示の年利建て移行に関する法律25条).
///
/// Returns yen, a multiple of 50; the days also where nothing is charged.
///
/// # Errors
/// `BadInput` — days or payments that do not fit; `NotInForce` — before 2015; `PastLastCheck` — a later year's rate.
///
/// # Examples
/// 17,510円 due 2025-06-02, paid 2025-10-01: 17,500円 for 92 days at 2.4% and 28 days at 8.7%: 105 + 116, so 200円.
pub fn arrears_charge(arrears: &Arrears<'_>, trace: &mut Trace) -> Result<ArrearsCharge, LawError> {
    check(arrears)?;
    let segments = segments(arrears);
    let days = |first: bool| segments.iter().filter(|part| part.in_first_band == first).map(|part| part.days).sum();
    let mut charge = ArrearsCharge {
        amount: Yen::ZERO,
        base: floor_to(arrears.contribution, 500),
        days_first: days(true),
        days_after: days(false),
    };
    trace.step(facts(arrears, charge));
    if let Some(reason) = nothing_charged(arrears) {
        trace.step(Step::new("国民年金法97条1項・4項", reason).gives("延滞金は徴収しない (0円)"));
        return Ok(charge);
    }
    let exact = total(&segments, arrears.part_fraction, trace)?;
    charge.amount = floor_to(exact.round(Rounding::Floor), 50);
    trace.step(
        Step::new(
            "国民年金法97条4項・5項",
            format!("延滞金 = 合計 (50円未満切捨て、50円未満は徴収しない)。{}", arrears.part_fraction.words()),
        )
        .with("合計", exact, "円")
        .gives(charge.amount),
    );
    Ok(charge)
}

fn floor_to(amount: Yen, unit: i64) -> Yen {
    Yen::new(amount.get().div_euclid(unit) * unit)
}

fn check(arrears: &Arrears<'_>) -> Result<(), LawError> {
    check_day("納期限 (due_date)", arrears.due_on)?;
    check_day("完納又は差押の日 (paid_date)", arrears.paid_on)?;
    let payments = || arrears.part_payments.iter();
    if arrears.contribution < Yen::ZERO || payments().any(|payment| payment.amount < Yen::ZERO) {
        return Err(LawError::bad_input("保険料額と納付額", "0円以上で入力してください"));
    }
    if arrears.demand_deadline.is_some_and(|deadline| deadline <= arrears.due_on) {
        let reason = "督促は納期限の後です。納期限より後の日を入力してください";
        return Err(LawError::bad_input("督促状の指定期限 (demand_deadline)", reason));
    }
    let paid: Yen = payments().map(|payment| payment.amount).sum();
    let late = payments().any(|payment| payment.paid_on >= arrears.paid_on);
    if late || (!arrears.part_payments.is_empty() && paid >= arrears.contribution) {
        let reason = "完納の日より前の、合計が保険料額に達しない納付を入力してください";
        return Err(LawError::bad_input("一部納付 (payments)", reason));
    }
    Ok(())
}

/// Why nothing is charged, before any rate is read.
fn nothing_charged(arrears: &Arrears<'_>) -> Option<&'static str> {
    if arrears.contribution < Yen::new(500) {
        Some("1項ただし書: 徴収金額が500円未満であるとき")
    } else if arrears.unavoidable {
        Some("1項ただし書: 滞納につきやむを得ない事情があると認められるとき")
    } else if arrears.paid_on <= arrears.due_on {
        Some("納期限までに納付されたとき")
    } else if arrears.demand_deadline.is_some_and(|deadline| arrears.paid_on <= deadline) {
        Some("4項: 督促状に指定した期限までに完納したとき")
    } else {
        None
    }
}

fn facts(arrears: &Arrears<'_>, charge: ArrearsCharge) -> Step {
    let deadline = arrears.demand_deadline.map_or("経過 (督促済み)".to_owned(), |day| day.to_string());
    Step::new(
        "国民年金法97条1項・3項",
        "納期限の翌日から完納又は差押の日の前日まで。500円未満の端数は切り捨てて計算する",
    )
    .with("徴収金額", arrears.contribution, "")
    .with("納期限", arrears.due_on, "")
    .with("督促状の指定期限", deadline, "")
    .with("完納又は差押の日", arrears.paid_on, "")
    .with("計算の基礎となる額", charge.base, "")
    .gives(format!("3月以内 {}日、その後 {}日", charge.days_first, charge.days_after))
}

/// Cut where the band, the calendar year or the base changes.
fn segments(arrears: &Arrears<'_>) -> Vec<Segment> {
    let first = day_after(arrears.due_on);
    let first_band_end = period_end(first, 3);
    let new_years = (first.year()..=arrears.paid_on.year()).filter_map(|year| Date::new(year, 1, 1).ok());
    let payments = arrears.part_payments.iter().map(|payment| payment.paid_on);
    let mut cuts: Vec<Date> =
        new_years.chain(payments).chain([first, day_after(first_band_end), arrears.paid_on]).collect();
    cuts.retain(|day| (first..=arrears.paid_on).contains(day));
    cuts.sort_unstable();
    cuts.dedup();
    let segment = |pair: &[Date]| Segment {
        first: pair[0],
        days: day_number(pair[1]) - day_number(pair[0]),
        in_first_band: pair[0] <= first_band_end,
        base: base_on(arrears, pair[0]),
    };
    cuts.windows(2).map(segment).collect()
}

/// 97条2項・3項: from the day of a part payment the rest counts.
fn base_on(arrears: &Arrears<'_>, day: Date) -> Yen {
    let paid = arrears.part_payments.iter().filter(|payment| payment.paid_on <= day);
    floor_to(arrears.contribution - paid.map(|payment| payment.amount).sum::<Yen>(), 500)
}

fn total(segments: &[Segment], fraction: PartFraction, trace: &mut Trace) -> Result<Ratio, LawError> {
    let mut bands = [Ratio::ZERO; 2];
    for segment in segments.iter().filter(|segment| segment.base > Yen::ZERO) {
        let product = product(segment, trace)?;
        let counted = if fraction == PartFraction::EachSegment { whole(product) } else { product };
        let band = &mut bands[usize::from(!segment.in_first_band)];
        *band = *band + counted;
    }
    Ok(bands.into_iter().map(|band| if fraction == PartFraction::EachBand { whole(band) } else { band }).sum())
}

fn whole(exact: Ratio) -> Ratio {
    Ratio::of_yen(exact.round(Rounding::Floor))
}

fn product(segment: &Segment, trace: &mut Trace) -> Result<Ratio, LawError> {
    let (key, words) = if segment.in_first_band { ("FIRST", "3月以内") } else { ("AFTER", "3月経過後") };
    let rate = *RATES.at(key, Month::of(segment.first), trace)?;
    let per_day = Ratio::new(rate.numerator() * i128::from(segment.days), rate.denominator() * 365);
    let product = per_day.times_yen(segment.base);
    trace.step(
        Step::new(
            "国民年金法97条1項・附則9条の2の5",
            format!("{}年 {words}: 計算の基礎となる額 × 割合 × 日数 ÷ 365", segment.first.year()),
        )
        .with("計算の基礎となる額", segment.base, "")
        .with("年当たりの割合", rate, "")
        .with("日数", segment.days, "日")
        .gives(format!("{product}円")),
    );
    Ok(product)
}
