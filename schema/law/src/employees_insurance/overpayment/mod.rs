//! 過誤納の充当と納付の充てる順序 (厚生年金保険法83条2項・3項・89条, 健康保険法164条2項・3項・183条).

use domain::age::period_end;
use domain::{Month, Yen};
use jiff::civil::Date;

use super::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 納期を繰り上げてしたものとみなすことができる期間.
const WINDOW_MONTHS: i16 = 6;

/// 今後の保険料 — a premium to fall due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upcoming {
    /// 月分.
    pub month: Month,
    /// 納期限.
    pub due_on: Date,
    /// 保険料額.
    pub amount: Yen,
}

/// 充当 — an amount put to a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Put {
    /// 月分.
    pub month: Month,
    /// 充当額.
    pub amount: Yen,
}

/// 過誤納の処理 — what counts as paid early, what goes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overpayment {
    /// Last day of the six months.
    pub window_until: Date,
    /// In order of due date.
    pub put: Vec<Put>,
    /// 還付額.
    pub refund: Yen,
}

/// 過誤納の充当 — an amount notified or paid in excess, treated as early payment of premiums soon due; the rest is
/// refunded, and the payer is told (83条3項).
///
/// Law: 厚生年金保険法83条2項・3項, 健康保険法164条2項・3項: premiums whose due date lies within six months from the
/// day after the notice or payment; earliest first.
///
/// - `excess`: 過誤納の額, whole yen
/// - `on`: 納入告知又は納付の日
///
/// # Errors
/// `BadInput` — negative amounts, a day that is none.
///
/// # Examples
/// Paid 2025-06-30: premiums due from 2025-07-01 to 2025-12-31.
pub fn overpayment(excess: Yen, on: Date, premiums: &[Upcoming], trace: &mut Trace) -> Result<Overpayment, LawError> {
    check_day("納入告知又は納付の日 (on)", on)?;
    check_amounts(premiums.iter().map(|premium| premium.amount).chain([excess]))?;
    let opens = on.tomorrow().expect("days were checked to leave room");
    let window_until = period_end(opens, WINDOW_MONTHS);
    let within = |premium: &&Upcoming| (opens..=window_until).contains(&premium.due_on);
    let mut soon: Vec<&Upcoming> = premiums.iter().filter(within).collect();
    soon.sort_by_key(|premium| (premium.due_on, premium.month));
    let mut left = excess;
    let mut put = Vec::new();
    for premium in soon {
        let amount = premium.amount.min(left);
        if amount > Yen::ZERO {
            left = left - amount;
            put.push(Put { month: premium.month, amount });
        }
    }
    let told: Vec<String> = put.iter().map(|put| format!("{}分 {}", put.month, put.amount)).collect();
    trace.step(
        Step::new(
            "厚生年金保険法83条2項・健康保険法164条2項",
            "告知又は納付の日の翌日から6か月以内の期日に納付すべき保険料を、納期を繰り上げて納付したものとみなす",
        )
        .with("過誤納の額", excess, "")
        .with("告知又は納付の日", on, "")
        .with("6か月の満了日", window_until, "")
        .gives(if told.is_empty() { "充当する保険料はない".to_owned() } else { told.join("、") }),
    );
    trace
        .step(Step::new("厚生年金保険法83条3項・健康保険法164条3項", "残りは還付し、納付義務者に通知する").gives(left));
    Ok(Overpayment { window_until, put, refund: left })
}

/// 滞納 — what is owed for one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Debt {
    /// 月分.
    pub month: Month,
    /// 保険料.
    pub premium: Yen,
    /// 延滞金.
    pub late_fee: Yen,
}

/// 納付を充てる順序 — a setting: the statutes refer to 国税徴収の例 and give no order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// All premiums from the oldest month on, then all late fees from the oldest month on.
    #[default]
    PremiumsThenLateFees,
    /// Month by month from the oldest: its premium, then its late fee.
    MonthByMonth,
}

/// 充てた額 — of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// 月分.
    pub month: Month,
    /// To the premium.
    pub premium: Yen,
    /// To the late fee.
    pub late_fee: Yen,
}

/// 納付を充てる — a payment that does not cover everything, put to what is owed.
///
/// Law: 厚生年金保険法89条, 健康保険法183条 (国税徴収の例; 国税通則法62条2項: principal before 延滞税); order by the setting.
///
/// Returns each month from the oldest, and what is left over.
///
/// # Errors
/// `BadInput` — negative amounts, or a month given twice.
pub fn apply(payment: Yen, debts: &[Debt], order: Order, trace: &mut Trace) -> Result<(Vec<Applied>, Yen), LawError> {
    check_amounts(debts.iter().flat_map(|debt| [debt.premium, debt.late_fee]).chain([payment]))?;
    let mut debts = debts.to_vec();
    debts.sort_by_key(|debt| debt.month);
    if debts.windows(2).any(|pair| pair[0].month == pair[1].month) {
        return Err(LawError::bad_input("滞納 (debts)", "同じ月分は1行にまとめて入力してください"));
    }
    let nothing = |debt: &Debt| Applied { month: debt.month, premium: Yen::ZERO, late_fee: Yen::ZERO };
    let mut applied: Vec<Applied> = debts.iter().map(nothing).collect();
    let mut left = payment;
    let mut take = |owed: Yen| {
        let taken = owed.min(left);
        left = left - taken;
        taken
    };
    for (debt, applied) in debts.iter().zip(&mut applied) {
        applied.premium = take(debt.premium);
        if order == Order::MonthByMonth {
            applied.late_fee = take(debt.late_fee);
        }
    }
    if order == Order::PremiumsThenLateFees {
        for (debt, applied) in debts.iter().zip(&mut applied) {
            applied.late_fee = take(debt.late_fee);
        }
    }
    tell(payment, &applied, left, order, trace);
    Ok((applied, left))
}

fn tell(payment: Yen, applied: &[Applied], left: Yen, order: Order, trace: &mut Trace) {
    let words = match order {
        Order::PremiumsThenLateFees => "古い月の保険料から順に、その後に古い月の延滞金から順に充てる (設定)",
        Order::MonthByMonth => "古い月から順に、保険料、延滞金の順に充てる (設定)",
    };
    let mut step =
        Step::new("厚生年金保険法89条・健康保険法183条・国税通則法62条2項", words).with("納付額", payment, "");
    for month in applied {
        let put = format!("保険料 {}、延滞金 {}", month.premium, month.late_fee);
        step = step.with(format!("{}分", month.month), put, "");
    }
    trace.step(step.gives(format!("残り {left}")));
}

fn check_amounts(mut amounts: impl Iterator<Item = Yen>) -> Result<(), LawError> {
    if amounts.all(|amount| amount >= Yen::ZERO) {
        Ok(())
    } else {
        Err(LawError::bad_input("金額", "0円以上で入力してください"))
    }
}
