//! 内払と充当 (国民年金法21条・21条の2, 厚生年金保険法39条・39条の2).

use domain::Yen;

use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 過誤払の調整.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOff {
    /// 内払: a pension that should have been stopped, reduced or ended was paid on to the same person, or one pension instead
    /// of another; it counts as an advance of what is paid later (21条, 39条).
    Advance,
    /// 充当: paid on after the death; the survivor who must give it back draws a pension by that death (21条の2, 39条の2).
    Death {
        /// 返還すべき者が、その死亡を支給事由とする遺族年金の受給権者である.
        debtor_draws_survivor_pension: bool,
    },
}

impl SetOff {
    fn clause(self) -> &'static str {
        match self {
            SetOff::Advance => "国民年金法21条・厚生年金保険法39条",
            SetOff::Death { .. } => "国民年金法21条の2・厚生年金保険法39条の2",
        }
    }
}

/// 調整の結果.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetOffPlan {
    /// 調整後の支払額, in the order of the payments.
    pub paid: Vec<Yen>,
    /// 調整した額.
    pub set_off: Yen,
    /// 残りの過払額: to be given back, or set off later.
    pub remaining: Yen,
}

/// 過払額の調整 — what was paid too much is taken from the payments that follow.
///
/// Law: 国民年金法21条 (内払), 21条の2 (充当), 厚生年金保険法39条・39条の2. Both may be done, none must be: how much of each payment
/// is taken is decided by a person; without a limit the whole payment is.
///
/// - `overpaid`: 過払額, yen
/// - `payments`: the payments that follow, in order of day
/// - `limit`: at most so much of each payment, by decision; none: all of it
///
/// # Errors
/// `CannotDecide` — a death whose debtor draws no pension by it: the money is claimed back instead.
///
/// # Examples
/// 200,000円 too much, then 138,616円 twice: nothing is paid the first time, 77,232円 the second.
pub fn set_off(
    kind: SetOff,
    overpaid: Yen,
    payments: &[Yen],
    limit: Option<Yen>,
    trace: &mut Trace,
) -> Result<SetOffPlan, LawError> {
    if kind == (SetOff::Death { debtor_draws_survivor_pension: false }) {
        let reason = "返還すべき者がその死亡による遺族年金を受けていないので充当できません。返還を求めるかどうか";
        return Err(LawError::CannotDecide { reason: reason.to_owned() });
    }
    let mut remaining = overpaid;
    let take = |payment: &Yen| {
        let taken = remaining.min(limit.map_or(*payment, |limit| limit.min(*payment)));
        remaining = remaining - taken;
        *payment - taken
    };
    let paid: Vec<Yen> = payments.iter().map(take).collect();
    let plan = SetOffPlan { paid, set_off: overpaid - remaining, remaining };
    trace.step(
        Step::new(kind.clause(), "過払額を、その後に支払う年金の内払とみなし、又はこれに充当する")
            .with("過払額", overpaid, "")
            .with("1回の限度 (決定による)", limit.map_or("支払額の全部".to_owned(), |limit| limit.to_string()), "")
            .with("残りの過払額", remaining, "")
            .gives(plan.set_off),
    );
    Ok(plan)
}
