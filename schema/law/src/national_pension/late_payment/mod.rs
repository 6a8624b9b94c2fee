//! 追納 (国民年金法94条, 国民年金法施行令10条).

use domain::{Month, Ratio, Yen};
use jiff::civil::Date;

use super::exemption_amount::exemption_amount;
use super::relief::Relief;
use super::{of_counts, of_rates, rounded_to_10};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// Key: fiscal year of payment / fiscal year of the month.
pub(super) static SURCHARGE_RATES: LawTable<Ratio> =
    LawTable::new("national_pension/late_payment/surcharge_rates.csv", include_str!("surcharge_rates.csv"), of_rates);

pub(super) static YEARS: LawTable<i16> =
    LawTable::new("national_pension/late_payment/years.csv", include_str!("years.csv"), of_counts);

/// 追納額 — of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatePayment {
    /// 免除された額.
    pub exempted: Yen,
    /// 加算額.
    pub surcharge: Yen,
    /// 加算率; zero where nothing is added.
    pub rate: Ratio,
}

impl LatePayment {
    /// 追納すべき額.
    pub fn total(self) -> Yen {
        self.exempted + self.surcharge
    }
}

/// 追納額 — the exempted part with its surcharge.
///
/// Law: 国民年金法94条1項・3項, 国民年金法施行令10条1項 (加算額 = 免除された額 × 加算率, 5円未満切捨て・5円以上10円未満切上げ, month
/// by month; the rates are published for each fiscal year of payment). The ten years of 94条1項 are
/// [`last_payable_day`]: this is the amount only.
///
/// - `relief`: 免除・猶予 of the month; not 産前産後 or 育児期間, whose months count as paid
/// - `month`: the exempted month
/// - `paid_in`: the month of the payment
///
/// Returns yen.
///
/// # Errors
/// `BadInput` — a relief that leaves nothing to be paid late, a payment before the month; `NotInForce`, `PastLastCheck`
/// — no rate is on file for that year of payment (fiscal 2024, 2026, parts of 2023): enter the published table.
///
/// # Examples
/// 2015-06, 全額免除, paid in fiscal 2025: 15,590 × 0.022 = 342.98, so 340円 and 15,930円 together.
/// 2023-03 paid in 2025-04: no surcharge, for a month of March paid in April of the third year.
pub fn late_payment(relief: Relief, month: Month, paid_in: Month, trace: &mut Trace) -> Result<LatePayment, LawError> {
    if relief.counts_as_paid() {
        let reason = "産前産後・育児期間の免除は納付済みとされ、追納する保険料がありません";
        return Err(LawError::bad_input("免除の種類 (category)", reason));
    }
    if paid_in < month {
        return Err(LawError::bad_input("追納する月 (pay_month)", "免除された月以後の月を入力してください"));
    }
    let exempted = exemption_amount(relief, month, trace)?.exempted;
    let rate = surcharge_rate(month, paid_in, trace)?;
    let payment = LatePayment { exempted, surcharge: surcharge(exempted, rate), rate };
    trace.step(
        Step::new(
            "国民年金法94条3項・国民年金法施行令10条1項",
            "追納額 = 免除された額 + 免除された額 × 加算率 (5円未満切捨て、5円以上10円未満切上げ)",
        )
        .with("免除された額", exempted, "")
        .with("加算率", rate, "")
        .with("加算額", payment.surcharge, "")
        .gives(payment.total()),
    );
    Ok(payment)
}

/// 加算額 — numbers in, number out (国民年金法施行令10条1項).
///
/// Returns yen, to the nearest ten: 5円未満切捨て・5円以上10円未満切上げ.
pub fn surcharge(exempted: Yen, rate: Ratio) -> Yen {
    rounded_to_10(rate.times_yen(exempted))
}

/// 加算がないか — paid by the end of the second fiscal year after the month's own; a month of March also in April of the
/// third (国民年金法施行令10条1項, its ただし書).
pub fn is_free_of_surcharge(month: Month, paid_in: Month) -> bool {
    let years = paid_in.fiscal_year() - month.fiscal_year();
    years <= 2 || (years == 3 && month.month() == 3 && paid_in.month() == 4)
}

fn surcharge_rate(month: Month, paid_in: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    if is_free_of_surcharge(month, paid_in) {
        trace.step(
            Step::new(
                "国民年金法施行令10条1項",
                "翌々年度まで (3月分はその翌年度の4月まで) に追納するときは加算しない",
            )
            .with("免除された月", month, "")
            .with("追納する月", paid_in, "")
            .gives("加算なし"),
        );
        return Ok(Ratio::ZERO);
    }
    let key = format!("{}/{}", paid_in.fiscal_year(), month.fiscal_year());
    SURCHARGE_RATES.at(&key, paid_in, trace).copied()
}

/// 追納できる最後の月 — ten years after the exempted month; approved in a later month, it can no longer be paid.
///
/// Law: 国民年金法94条1項 (承認の日の属する月前10年以内の期間).
///
/// Returns the last day of that month.
///
/// # Errors
/// `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// 2015-04: 2025-04-30.
pub fn last_payable_day(month: Month, trace: &mut Trace) -> Result<Date, LawError> {
    let years = *YEARS.at("", month, trace)?;
    let last_day = month.plus(i32::from(years) * 12).last_day();
    trace.step(
        Step::new("国民年金法94条1項", "承認の日の属する月前10年以内の期間の保険料を追納できる")
            .with("免除された月", month, "")
            .gives(last_day),
    );
    Ok(last_day)
}

/// 追納できる者か — and which months.
///
/// Law: 国民年金法94条1項 (not with a right to 老齢基礎年金; ten years; of a partial exemption only months whose payable part
/// was paid).
///
/// - `old_age_right`: 老齢基礎年金の受給権者
/// - `payable_part_paid`: 一部免除 — the part that stayed to be paid was paid
///
/// Returns nothing, or why not.
///
/// # Errors
/// As [`last_payable_day`].
pub fn refusal(
    relief: Relief,
    month: Month,
    approved_on: Date,
    old_age_right: bool,
    payable_part_paid: bool,
    trace: &mut Trace,
) -> Result<Option<&'static str>, LawError> {
    let last_day = last_payable_day(month, trace)?;
    let reason = if old_age_right {
        Some("老齢基礎年金の受給権者である")
    } else if relief.counts_as_paid() {
        Some("納付済みとされる月である")
    } else if relief.is_partial() && !payable_part_paid {
        Some("一部免除の納付すべき保険料が納付されていない")
    } else if approved_on > last_day {
        Some("10年を過ぎている")
    } else {
        None
    };
    trace.step(
        Step::new("国民年金法94条1項", "追納の承認")
            .with("月分", month, "")
            .with("承認の日", approved_on, "")
            .gives(reason.unwrap_or("追納できる")),
    );
    Ok(reason)
}

/// 追納の順序の選択 (国民年金法94条2項ただし書).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FirstPaid {
    /// 学生納付特例・納付猶予 first, then exempted months.
    #[default]
    Deferrals,
    /// Exempted months that are older than a deferred one before it: simply the oldest first.
    OlderExemptions,
}

/// 追納の順序 — in which order months are paid late.
///
/// Law: 国民年金法94条2項 (学生納付特例・納付猶予, then exempted months; the oldest first in each), its ただし書 (exempted months
/// older than a deferred one may come before it).
///
/// - `months`: months with their relief, in any order, each once
///
/// Returns the same months in the order of payment.
pub fn order(months: &[(Month, Relief)], first: FirstPaid, trace: &mut Trace) -> Vec<(Month, Relief)> {
    let mut ordered = months.to_vec();
    ordered.sort_by_key(|&(month, relief)| (first == FirstPaid::Deferrals && !relief.is_deferral(), month));
    let told: Vec<String> = ordered.iter().map(|(month, _)| month.to_string()).collect();
    let words = match first {
        FirstPaid::Deferrals => "学生納付特例・納付猶予の月、次に免除の月。それぞれ先に経過した月から",
        FirstPaid::OlderExemptions => "猶予された月より前の免除の月を先に追納する (ただし書の選択): 先に経過した月から",
    };
    trace.step(Step::new("国民年金法94条2項", words).gives(if told.is_empty() {
        "なし".to_owned()
    } else {
        told.join("、")
    }));
    ordered
}
