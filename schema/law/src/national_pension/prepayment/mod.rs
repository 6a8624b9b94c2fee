//! 前納 (国民年金法93条, 国民年金法施行令7条から9条まで).

use domain::{Month, Ratio, Yen};

use super::additional_contribution::additional_amount;
use super::monthly_contribution::monthly_contribution;
use super::of_counts;
use crate::book::LawTable;
use crate::employees_insurance::voluntary::discount::rounded_sum;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// How many months each way of prepaying covers, from the first month it was offered.
pub(super) static PERIODS: LawTable<i16> =
    LawTable::new("national_pension/prepayment/periods.csv", include_str!("periods.csv"), of_counts);

/// 納付方法 — it decides how many months each contribution is discounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// 口座振替: each month is discounted to the month after it.
    DirectDebit,
    /// 納付書・クレジットカード: the first month is not discounted.
    CashOrCard,
}

impl Method {
    /// The word of tables and questions.
    pub const fn key(self) -> &'static str {
        match self {
            Method::DirectDebit => "direct_debit",
            Method::CashOrCard => "cash_or_card",
        }
    }

    /// 割引月数 of the n-th month, n from 0 (国民年金法施行令8条1項).
    const fn months_discounted(self, place: i32) -> i32 {
        match self {
            Method::DirectDebit => place + 1,
            Method::CashOrCard => place,
        }
    }
}

/// 前納の期間.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// 早割: the month itself, transferred at its end.
    EarlyMonth,
    /// 6か月前納.
    HalfYear,
    /// 1年前納.
    Year,
    /// 2年前納.
    TwoYears,
}

impl Period {
    /// The word of tables and questions.
    pub const fn key(self) -> &'static str {
        match self {
            Period::EarlyMonth => "1m_early",
            Period::HalfYear => "6m",
            Period::Year => "1y",
            Period::TwoYears => "2y",
        }
    }
}

/// 前納する保険料.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 定額保険料 (87条3項).
    Flat,
    /// 付加保険料 (87条の2): prepaid by the same formula, by itself.
    Additional,
}

/// 前納の対象 — months without gap, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First month.
    pub first: Month,
    /// Last month.
    pub last: Month,
}

/// 前納額.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prepayment {
    /// 前納すべき額, a multiple of ten yen.
    pub amount: Yen,
    /// 割引額: the sum of the months less that.
    pub discount: Yen,
    /// 前納する月数.
    pub months: i32,
}

/// 前納の期間に含まれる月 — of a period that begins in a month.
///
/// Law: 国民年金法施行令7条 (6 months from April or October, a year or two years from April).
///
/// - `first`: April; October too for six months; any month for the early transfer
///
/// # Errors
/// `BadInput` — a period that does not begin there; `NotInForce` — this way of prepaying was not offered (yet).
pub fn span(method: Method, period: Period, first: Month, trace: &mut Trace) -> Result<Span, LawError> {
    let begins: &[i8] = match period {
        Period::EarlyMonth => &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        Period::HalfYear => &[4, 10],
        Period::Year | Period::TwoYears => &[4],
    };
    if !begins.contains(&first.month()) {
        let reason =
            "6か月前納は4月か10月、1年・2年前納は4月から始まります。残りの期間は period に block と入力してください";
        return Err(LawError::bad_input("前納の最初の月 (first_month)", reason));
    }
    if (method, period) == (Method::CashOrCard, Period::EarlyMonth) {
        let reason = "早割は口座振替だけです。method に direct_debit と入力してください";
        return Err(LawError::bad_input("納付方法 (method)", reason));
    }
    let months = *PERIODS.at(&format!("{}/{}", method.key(), period.key()), first, trace)?;
    Ok(Span { first, last: first.plus(i32::from(months) - 1) })
}

/// 残りの期間の前納 — the months to the end of the fiscal year, or of the next one, as one block.
///
/// Law: 国民年金法施行令7条.
///
/// # Errors
/// `BadInput` — a block that does not end in March of this fiscal year or the next; `NotInForce` — two years were not
/// offered (yet) for this method.
pub fn block(method: Method, span: Span, trace: &mut Trace) -> Result<Span, LawError> {
    let years = span.last.fiscal_year() - span.first.fiscal_year();
    if span.last < span.first || span.last.month() != 3 || !(0..=1).contains(&years) {
        let reason = "年度末 (3月) 又は翌年度末までの期間で入力してください (国民年金法施行令7条)";
        return Err(LawError::bad_input("前納の期間 (first_month, last_month)", reason));
    }
    let offered = if years == 0 { Period::Year } else { Period::TwoYears };
    PERIODS.at(&format!("{}/{}", method.key(), offered.key()), span.first, trace)?;
    Ok(span)
}

/// 前納すべき額 — the discounted sum of the contributions of a span.
///
/// Law: 国民年金法93条2項, 国民年金法施行令8条1項 (年4分の利率による複利現価法; 5円未満切捨て・5円以上10円未満切上げ, once on the
/// sum).
///
/// Returns yen, a multiple of 10.
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — the amount of a month is not known; `BadInput` — no month, or more than 24.
///
/// # Examples
/// 2025-04, one year by slip: 206,390円 (3,730円 less); two years by transfer: 408,150円 (17,010円 less).
pub fn prepayment(method: Method, kind: Kind, span: Span, trace: &mut Trace) -> Result<Prepayment, LawError> {
    check(span)?;
    let amount_of = |month: Month, trace: &mut Trace| match kind {
        Kind::Flat => monthly_contribution(month, trace),
        Kind::Additional => additional_amount(month, trace),
    };
    let amounts: Vec<Yen> =
        span.first.through(span.last).map(|month| amount_of(month, trace)).collect::<Result<_, _>>()?;
    let prepayment = discounted(method, &amounts)?;
    trace.step(
        Step::new(
            "国民年金法93条2項・国民年金法施行令8条1項",
            "前納額 = 各月の保険料を年4分の複利現価法により割り引いた額の合計 (5円未満切捨て、5円以上10円未満切上げ)",
        )
        .with("期間", format!("{}〜{}", span.first, span.last), "")
        .with("保険料の合計", amounts.iter().copied().sum::<Yen>(), "")
        .with("最初の月を割り引く月数", method.months_discounted(0), "月")
        .gives(format!("{} (割引額 {})", prepayment.amount, prepayment.discount)),
    );
    Ok(prepayment)
}

fn check(span: Span) -> Result<(), LawError> {
    if (0..24).contains(&span.last.months_since(span.first)) {
        Ok(())
    } else {
        Err(LawError::bad_input("前納の期間 (first_month, last_month)", "1か月以上24か月以内の期間を入力してください"))
    }
}

/// As [`prepayment`], numbers in, numbers out.
///
/// - `amounts`: yen of each month in order, 1 to 24 of them, under 10^9 yen each
///
/// # Errors
/// `CannotDecide` — the rounding cannot be proven; no amount of the law comes near.
pub fn discounted(method: Method, amounts: &[Yen]) -> Result<Prepayment, LawError> {
    // Rounded in units of ten yen, a half of which is five.
    let tens: Vec<(Ratio, i32)> = (0..)
        .zip(amounts)
        .map(|(place, yen)| (Ratio::new(i128::from(yen.get()), 10), method.months_discounted(place)))
        .collect();
    let amount = Yen::new(rounded_sum(&tens)?.get() * 10);
    let months = i32::try_from(amounts.len()).expect("a few months");
    Ok(Prepayment { amount, discount: amounts.iter().copied().sum::<Yen>() - amount, months })
}

/// 前納した保険料の還付 — what comes back when the months from one on are no longer to be paid.
///
/// Law: 国民年金法施行令9条1項 (資格喪失, 第2号・第3号 or exemption before the period is over), 2項 (the amount that would have
/// to be prepaid for what remains of it).
///
/// - `method`: how it was prepaid
/// - `unexpired`: the first month no longer to be paid, and the last of the prepaid period
///
/// Returns yen, a multiple of 10.
///
/// # Errors
/// As [`prepayment`].
///
/// # Examples
/// Fiscal 2025 prepaid by slip, employed from October: what prepaying October to March costs, 104,210円.
pub fn refund(method: Method, kind: Kind, unexpired: Span, trace: &mut Trace) -> Result<Yen, LawError> {
    let refund = prepayment(method, kind, unexpired, trace)?.amount;
    trace.step(
        Step::new("国民年金法施行令9条2項", "還付する額 = 未経過期間の保険料を前納するものとした場合の前納すべき額")
            .gives(refund),
    );
    Ok(refund)
}
