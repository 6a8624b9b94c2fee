//! 支払期月ごとの支払額 (国民年金法18条の2, 厚生年金保険法36条の2).

use domain::{Month, Yen};

use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const CUT: &str = "国民年金法18条の2第1項・厚生年金保険法36条の2第1項";
const ADDED: &str = "国民年金法18条の2第2項・厚生年金保険法36条の2第2項";

/// 平成27年10月 — from this payment on the cut fractions are kept and paid in February.
const FRACTIONS_KEPT_FROM: (i16, i8) = (2015, 10);

/// 一の支払期月の支払額 — what is paid and what was cut from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instalment {
    /// 支払額 (1円未満切捨て).
    pub paid: Yen,
    /// 切り捨てた端数, in 1/12円: 0 to 11.
    pub cut_twelfths: i64,
}

/// 支払期月ごとの支払額 — a twelfth of the annual amount for each month of the payment, the fraction of a yen cut.
///
/// Law: 国民年金法18条の2第1項, 厚生年金保険法36条の2第1項. Each kind of benefit (国民年金, 厚生年金) is cut by itself.
///
/// - `annual`: the annual amount in force in each month of the payment, yen, none negative
///
/// # Examples
/// 831,700円 for two months: 138,616円, and 8/12円 cut.
pub fn instalment(annual: impl IntoIterator<Item = Yen>) -> Instalment {
    let twelfths: Yen = annual.into_iter().sum();
    Instalment { paid: Yen::new(twelfths.get().div_euclid(12)), cut_twelfths: twelfths.get().rem_euclid(12) }
}

/// 二月期の加算 — the fractions cut from the payments of March to February, together, cut to whole yen. Nothing where
/// nothing is paid in February.
///
/// Law: 国民年金法18条の2第2項, 厚生年金保険法36条の2第2項.
///
/// - `payments`: every payment of the twelve months, February's own last
pub fn february_addition(payments: &[Instalment]) -> Yen {
    match payments.last() {
        Some(february) if february.paid > Yen::ZERO => {
            Yen::new(payments.iter().map(|payment| payment.cut_twelfths).sum::<i64>().div_euclid(12))
        }
        _ => Yen::ZERO,
    }
}

/// 一年の支払額.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearOfPayments {
    /// April to February, six payments.
    pub payments: Vec<Yen>,
    /// 二月期の加算, contained in the last.
    pub added_in_february: Yen,
}

/// 一年の支払額 — the six payments of a fiscal year (April for February and March, … February for December and January).
///
/// Law: 国民年金法18条の2, 厚生年金保険法36条の2. Before October 2015 the fractions were simply dropped (平成24年法律63号).
///
/// - `annual`: the annual amount in force for each payment, six of them, yen
/// - `fiscal_year`: of the payments; none: the rule in force since October 2015
///
/// # Errors
/// `BadInput` — not six amounts.
///
/// # Examples
/// 792,600円 and five times 813,700円: 132,100, four times 135,616, 135,619円.
pub fn year_of_payments(
    annual: &[Yen],
    fiscal_year: Option<i16>,
    trace: &mut Trace,
) -> Result<YearOfPayments, LawError> {
    if annual.len() != 6 {
        let reason = "4月・6月・8月・10月・12月・2月の支払期の年額を6つ入力してください";
        return Err(LawError::bad_input("年額の一覧 (annual_at_apr_jun_aug_oct_dec_feb)", reason));
    }
    let instalments: Vec<Instalment> = annual.iter().map(|annual| instalment([*annual, *annual])).collect();
    let first_kept = kept_from(fiscal_year);
    let added = instalments.get(first_kept..).map_or(Yen::ZERO, february_addition);
    let mut payments: Vec<Yen> = instalments.iter().map(|payment| payment.paid).collect();
    if let Some(february) = payments.last_mut() {
        *february += added;
    }
    tell(&instalments, added, first_kept, trace);
    Ok(YearOfPayments { payments, added_in_february: added })
}

/// Whether the fraction cut from a payment is kept for February.
///
/// Law: 平成24年法律63号 (from the payment of October 2015 on; before, fractions were dropped).
pub fn fractions_are_kept(payment: Month) -> bool {
    payment >= Month::new(FRACTIONS_KEPT_FROM.0, FRACTIONS_KEPT_FROM.1).expect("a month")
}

/// How many of the six payments lie before the fractions were kept.
fn kept_from(fiscal_year: Option<i16>) -> usize {
    let Some(year) = fiscal_year else { return 0 };
    let kept = Month::new(FRACTIONS_KEPT_FROM.0, FRACTIONS_KEPT_FROM.1).expect("a month");
    let april = Month::new(year, 4).unwrap_or(kept);
    (0..6).filter(|payment| april.plus(payment * 2) < kept).count()
}

fn tell(instalments: &[Instalment], added: Yen, first_kept: usize, trace: &mut Trace) {
    let paid: Vec<String> = instalments.iter().map(|payment| payment.paid.to_string()).collect();
    trace.step(Step::new(CUT, "支払期月ごとの支払額 = 年額 ÷ 6 (1円未満切捨て)").gives(paid.join("、")));
    let cut: Vec<String> = instalments.iter().map(|payment| format!("{}/12", payment.cut_twelfths)).collect();
    let mut step = Step::new(
        ADDED,
        "3月から翌年2月までの支払で切り捨てた端数の合計 (1円未満切捨て) を2月の支払に加える",
    )
    .with("切り捨てた端数", cut.join("、"), "円");
    if first_kept > 0 {
        step = step.with("加算の対象にならない平成27年9月までの支払", first_kept, "回");
    }
    trace.step(step.gives(added));
}
