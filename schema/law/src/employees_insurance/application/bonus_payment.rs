//! 賞与支払届の反映 (健康保険法45条・48条, 厚生年金保険法24条の4・27条).

use domain::{Month, Yen};
use jiff::civil::Date;

use super::{Application, Applied, BonusPaid, Cause, InsuredFacts, NotApplied};
use crate::{Step, Trace};

/// 賞与支払届 — what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BonusFiling {
    /// 賞与支払年月日.
    pub paid_on: Date,
    /// 賞与額, cash and kind before the cut to 1,000円.
    pub amount: Yen,
    /// 同一月内の賞与合算: the amount is that of the whole month.
    pub whole_month: bool,
    /// 二以上勤務.
    pub two_workplaces: bool,
}

/// 賞与支払届の反映 — one payment more. The standard bonus follows from all payments of the month, by the night.
///
/// Law: 健康保険法45条, 厚生年金保険法24条の4.
///
/// # Errors
/// `Held` — not insured on the day, a payment of that day (or month, when the filing is for the whole month) is
/// known already, or a person of two workplaces who is not known as one.
pub fn bonus_payment(
    filing: &BonusFiling,
    known: &InsuredFacts,
    cause: &Cause,
    trace: &mut Trace,
) -> Application<Applied> {
    if !known.spell.covers(filing.paid_on) {
        return Err(NotApplied::held(
            "not_insured_on_payment",
            "賞与支払年月日に被保険者ではありません。支払年月日と資格の得喪を確かめてください",
        ));
    }
    known.own_part(filing.two_workplaces, trace)?;
    let month = Month::of(filing.paid_on);
    let same = |bonus: &&BonusPaid| match filing.whole_month {
        true => Month::of(bonus.paid_on) == month,
        false => bonus.paid_on == filing.paid_on,
    };
    if let Some(bonus) = known.bonuses.iter().find(same) {
        let message = format!("{}支払の賞与がすでに届いています。訂正か別の支払か確かめてください", bonus.paid_on);
        return Err(NotApplied::held("bonus_known", message));
    }
    let mut facts = known.clone();
    let place = facts.bonuses.partition_point(|bonus| bonus.paid_on <= filing.paid_on);
    facts.bonuses.insert(place, BonusPaid { paid_on: filing.paid_on, amount: filing.amount, cause: cause.clone() });
    trace.step(
        Step::new("健康保険法45条・厚生年金保険法24条の4", "賞与の支払を記録する (標準賞与額は月の合計から決める)")
            .with("支払年月日", filing.paid_on, "")
            .gives(filing.amount),
    );
    Ok(Applied::with(facts))
}
