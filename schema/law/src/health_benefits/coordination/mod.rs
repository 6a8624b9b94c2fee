//! 傷病手当金・出産手当金と他の給付との調整 (健康保険法55条・103条・108条, 健康保険法施行規則89条).

use domain::{Ratio, Rounding, Yen};

use super::days::as_factor;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 手当金 — the two allowances that replace pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Allowance {
    /// 傷病手当金.
    Sickness,
    /// 出産手当金.
    Maternity,
}

/// 調整の対象 — what the person can receive beside the allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherIncome {
    /// 報酬 for the day.
    Pay,
    /// 出産手当金 for the day.
    MaternityAllowance,
    /// 障害厚生年金 (with the 障害基礎年金 of the same cause) for the same illness.
    DisabilityPension,
    /// 障害手当金 for the same illness.
    DisabilityLumpSum,
    /// 老齢退職年金給付, of a claim after the loss of cover (104条).
    OldAgePension,
    /// 労災保険の休業補償 (給付).
    WorkInjury,
}

/// 調整の定め — one line of the table of effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Which allowance is reduced.
    pub allowance: Allowance,
    /// By what.
    pub income: OtherIncome,
    /// 根拠条文.
    pub clause: &'static str,
    /// What the clause does, in Japanese.
    pub effect: &'static str,
}

/// 調整の一覧 — every income that reduces an allowance, with its clause. What is not here reduces nothing.
pub const EFFECTS: [Effect; 7] = [
    Effect {
        allowance: Allowance::Sickness,
        income: OtherIncome::Pay,
        clause: "健康保険法108条1項",
        effect: "報酬を受けられる日は支給しない。報酬が少ないときは差額を支給する",
    },
    Effect {
        allowance: Allowance::Sickness,
        income: OtherIncome::MaternityAllowance,
        clause: "健康保険法103条1項",
        effect: "出産手当金を支給する日は支給しない。出産手当金が少ないときは差額を支給する",
    },
    Effect {
        allowance: Allowance::Sickness,
        income: OtherIncome::DisabilityPension,
        clause: "健康保険法108条3項・健康保険法施行規則89条1項",
        effect: "障害年金の額 (年額÷360、1円未満切捨て) が少ないときは、それと報酬・出産手当金の多い方との差額を支給する",
    },
    Effect {
        allowance: Allowance::Sickness,
        income: OtherIncome::DisabilityLumpSum,
        clause: "健康保険法108条4項・健康保険法施行令37条",
        effect: "傷病手当金の額の合計が障害手当金の額に達する日まで支給しない",
    },
    Effect {
        allowance: Allowance::Sickness,
        income: OtherIncome::OldAgePension,
        clause: "健康保険法108条5項・健康保険法施行規則89条2項",
        effect: "資格喪失後の継続給付に限り、老齢退職年金給付の額 (年額÷360、1円未満切捨て) との差額を支給する",
    },
    Effect {
        allowance: Allowance::Sickness,
        income: OtherIncome::WorkInjury,
        clause: "健康保険法55条1項",
        effect: "休業補償 (給付) を受けられる日は支給しない。日額が少ないときは差額を支給する",
    },
    Effect {
        allowance: Allowance::Maternity,
        income: OtherIncome::Pay,
        clause: "健康保険法108条2項",
        effect: "報酬を受けられる日は支給しない。報酬が少ないときは差額を支給する",
    },
];

/// The line of the table for this pair, if there is one.
pub fn effect_of(allowance: Allowance, income: OtherIncome) -> Option<&'static Effect> {
    EFFECTS.iter().find(|effect| effect.allowance == allowance && effect.income == income)
}

/// その日に受けられるもの — beside the allowance, for one day. `None` where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OtherIncomes {
    /// 報酬の日額, yen.
    pub pay_daily: Option<Yen>,
    /// 出産手当金の日額 before any reduction by pay, yen.
    pub maternity_daily: Option<Yen>,
    /// 障害厚生年金 and 障害基礎年金 of the same cause together, yen per year.
    pub disability_pension_annual: Option<Yen>,
    /// 老齢退職年金給付, all of them together, yen per year; only of a claim after the loss of cover.
    pub old_age_pension_annual: Option<Yen>,
    /// 休業補償 (給付) の日額, yen.
    pub work_injury_daily: Option<Yen>,
}

impl OtherIncomes {
    /// Each with its amount per day; pensions by their year.
    fn daily(&self) -> impl Iterator<Item = (OtherIncome, Yen)> {
        [
            (OtherIncome::Pay, self.pay_daily),
            (OtherIncome::MaternityAllowance, self.maternity_daily),
            (OtherIncome::DisabilityPension, self.disability_pension_annual.map(pension_daily)),
            (OtherIncome::OldAgePension, self.old_age_pension_annual.map(pension_daily)),
            (OtherIncome::WorkInjury, self.work_injury_daily),
        ]
        .into_iter()
        .filter_map(|(income, amount)| amount.map(|amount| (income, amount)))
    }
}

/// Days of a year by 健康保険法施行規則89条.
const PENSION_DAYS: i128 = 360;

/// 年金の日額 — a pension per day: the year's amount / 360.
///
/// Law: 健康保険法施行規則89条1項・2項 (360で除し、1円未満切捨て).
///
/// - `annual`: yen per year; several pensions are added before
///
/// Returns yen per day.
///
/// # Examples
/// 780,000円: 2,166円.
pub fn pension_daily(annual: Yen) -> Yen {
    annual.times(Ratio::new(1, PENSION_DAYS), Rounding::Floor)
}

/// 調整後の日額 — what is payable of an allowance for a day on which the person can receive other things too.
///
/// Law: 健康保険法103条1項 (出産手当金), 108条1項・2項 (報酬), 108条3項・規則89条1項 (障害厚生年金),
/// 108条5項・規則89条2項 (老齢退職年金給付), 55条1項 (休業補償).
///
/// - `daily`: the allowance per day, yen
/// - `others`: what else can be received for that day; pay, maternity allowance and disability pension are not
///   added: the largest is taken off (108条3項各号; 103条1項 counts pay and the rest of the maternity allowance
///   together, which is the larger of the two)
///
/// Returns yen per day, 0 when the others reach the allowance.
///
/// # Errors
/// `CannotDecide` — an old-age pension or a work-injury benefit beside anything else: no clause says which goes first.
///
/// # Examples
/// 6,667円 with pay of 3,000円: 3,667円; with a disability pension of 780,000円 a year: 4,501円.
pub fn payable_daily(
    allowance: Allowance,
    daily: Yen,
    others: &OtherIncomes,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let applied = applied(allowance, others)?;
    let Some((effect, amount)) = applied.iter().copied().max_by_key(|&(_, amount)| amount) else {
        let none = "調整の対象となるものがないため、全額を支給する";
        let clause = "健康保険法103条・108条";
        trace.step(Step::new(clause, none).with("手当金の日額", daily, "").gives(daily));
        return Ok(daily);
    };
    let payable = (daily - amount).max(Yen::ZERO);
    let mut step = Step::new(effect.clause, effect.effect).with("手当金の日額", daily, "");
    for (effect, amount) in &applied {
        step = step.with(effect.income.name(), amount, "");
    }
    trace.step(step.gives(payable));
    Ok(payable)
}

/// The incomes that have an effect on this allowance, per day.
fn applied(allowance: Allowance, others: &OtherIncomes) -> Result<Vec<(&'static Effect, Yen)>, LawError> {
    let effects = others.daily().filter_map(|(income, amount)| Some((effect_of(allowance, income)?, amount)));
    let applied: Vec<(&Effect, Yen)> = effects.collect();
    let alone = |effect: &Effect| matches!(effect.income, OtherIncome::OldAgePension | OtherIncome::WorkInjury);
    if applied.len() > 1 && applied.iter().any(|(effect, _)| alone(effect)) {
        let reason = "老齢退職年金給付または休業補償と他の収入が重なる日の調整の順序は定められていません";
        return Err(LawError::CannotDecide { reason: reason.to_owned() });
    }
    Ok(applied)
}

impl OtherIncome {
    /// 日額 as a receipt names it.
    pub fn name(self) -> &'static str {
        match self {
            OtherIncome::Pay => "報酬の日額",
            OtherIncome::MaternityAllowance => "出産手当金の日額",
            OtherIncome::DisabilityPension => "障害年金の日額",
            OtherIncome::DisabilityLumpSum => "障害手当金の額",
            OtherIncome::OldAgePension => "老齢退職年金給付の日額",
            OtherIncome::WorkInjury => "休業補償の日額",
        }
    }
}

/// 障害手当金による支給停止 — how long it lasts and what the last of its days still pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LumpSumSuspension {
    /// Days of sickness allowance until their sum reaches the lump sum, the day it is reached included.
    pub days: i64,
    /// What is payable for the day it is reached, yen.
    pub last_day: Yen,
}

/// 障害手当金との調整 — no sickness allowance until the amounts it would have had reach the lump sum.
///
/// Law: 健康保険法108条4項 (合計額が障害手当金の額に達するに至る日まで), 健康保険法施行令37条 (達した日の差額:
/// 合計額を超える部分と、報酬・出産手当金との差額の少ない方).
///
/// - `daily`: the sickness allowance per day before any reduction (99条2項), yen, over 0
/// - `lump_sum`: 障害手当金, yen, over 0
/// - `payable`: what pay and maternity allowance leave of it on the day the sum is reached (`payable_daily`), yen
///
/// # Errors
/// `BadInput` — an allowance or a lump sum of 0.
///
/// # Examples
/// 6,667円 a day and 1,200,000円: 180 days (179 days make 1,193,393円), on the last of them 60円.
pub fn lump_sum_suspension(
    daily: Yen,
    lump_sum: Yen,
    payable: Yen,
    trace: &mut Trace,
) -> Result<LumpSumSuspension, LawError> {
    if daily <= Yen::ZERO || lump_sum <= Yen::ZERO {
        return Err(LawError::bad_input("障害手当金と傷病手当金の日額", "どちらも1円以上で入力してください"));
    }
    let days = (lump_sum.get() - 1) / daily.get() + 1;
    let reached = daily.times(as_factor(days), Rounding::Floor);
    let last_day = (reached - lump_sum).min(payable);
    trace.step(
        Step::new("健康保険法108条4項・健康保険法施行令37条", "傷病手当金の額の合計が障害手当金の額に達する日まで支給しない。達した日は、超える額 (他の収入があるときはその差額まで) を支給する")
            .with("傷病手当金の日額", daily, "")
            .with("障害手当金の額", lump_sum, "")
            .with("達した日までの合計", reached, "")
            .with("達した日の支給額", last_day, "")
            .gives(format!("{days}日")),
    );
    Ok(LumpSumSuspension { days, last_day })
}

/// 内払 — what is still to be paid of a maternity allowance when sickness allowance was paid for the same days.
///
/// Law: 健康保険法103条2項 (支払われた傷病手当金は出産手当金の内払とみなす; 103条1項ただし書の差額は除く).
///
/// - `maternity_due`: the maternity allowance for those days, yen
/// - `sickness_paid`: sickness allowance paid for them, without differences under 103条1項ただし書, yen
///
/// Returns yen, 0 when the sickness allowance reached it.
///
/// # Examples
/// 653,366円 due and 100,000円 paid: 553,366円.
pub fn after_advance(maternity_due: Yen, sickness_paid: Yen, trace: &mut Trace) -> Yen {
    let left = (maternity_due - sickness_paid).max(Yen::ZERO);
    trace.step(
        Step::new("健康保険法103条2項", "出産手当金を支給すべき日に支払われた傷病手当金は、出産手当金の内払とみなす")
            .with("出産手当金", maternity_due, "")
            .with("支払済みの傷病手当金", sickness_paid, "")
            .gives(left),
    );
    left
}
