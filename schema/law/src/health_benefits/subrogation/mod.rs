//! 第三者行為による損害賠償請求権 (健康保険法57条).

use domain::{Ratio, Rounding, Yen};

use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 給付の価額 — what the insurer gives, or would give, for the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BenefitValue {
    /// 療養の給付: the cost, less the patient's share.
    InKind {
        /// 療養の給付に要する費用の額, yen.
        cost: Yen,
        /// 一部負担金, yen.
        patient_share: Yen,
    },
    /// 現金給付, yen.
    Cash(Yen),
}

/// 損害賠償 — the person's claim against the third party for the same loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damages {
    /// 損害額 that the benefit answers to (treatment, lost pay …), yen.
    pub loss: Yen,
    /// 被害者の過失割合, 0 to 1.
    pub own_fault: Ratio,
    /// 受けた損害賠償 for the same loss, before the benefit, yen.
    pub received: Yen,
}

/// 第三者行為の調整.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subrogation {
    /// 免責額 — what the insurer need not give, because damages were received for it.
    pub withheld: Yen,
    /// 保険給付の価額 that is given.
    pub benefit_value: Yen,
    /// 残りの損害賠償請求権 after fault and damages received.
    pub remaining_claim: Yen,
    /// 取得する請求権 — what the insurer can claim from the third party.
    pub recovery: Yen,
}

/// 損害賠償請求権の取得 — what the insurer withholds, and what it can claim from the third party.
///
/// Law: 健康保険法57条1項 (給付の価額の限度において請求権を取得; 療養の給付は一部負担金を控除), 57条2項 (損害賠償を
/// 受けたときは、その価額の限度において責めを免れる).
///
/// The order of fault and benefit is a setting: the fault is taken off the whole loss, then the insurer's claim is
/// limited to what is left (`claim`); courts have also reduced the insurer's claim by the fault in proportion.
///
/// # Errors
/// `BadInput` — a negative amount, a patient's share over the cost, a fault outside 0 to 1 or finer than 4 decimals.
///
/// # Examples
/// Cost 100,000円, share 30,000円, loss 100,000円, fault 20%: claim 80,000円, recovery 70,000円.
pub fn subrogation(value: BenefitValue, damages: &Damages, trace: &mut Trace) -> Result<Subrogation, LawError> {
    let due = benefit_due(value, trace)?;
    let claim = claim(damages, trace)?;
    let withheld = due.min(damages.received);
    let benefit_value = due - withheld;
    let remaining_claim = (claim - damages.received).max(Yen::ZERO);
    let recovery = benefit_value.min(remaining_claim);
    trace.step(
        Step::new("健康保険法57条2項", "同一の事由について損害賠償を受けたときは、その価額の限度で給付しない")
            .with("受けた損害賠償", damages.received, "")
            .with("給付しない額", withheld, "")
            .gives(benefit_value),
    );
    trace.step(
        Step::new("健康保険法57条1項", "給付の価額の限度で、残りの損害賠償請求権を取得する")
            .with("給付の価額", benefit_value, "")
            .with("残りの損害賠償請求権", remaining_claim, "")
            .gives(recovery),
    );
    Ok(Subrogation { withheld, benefit_value, remaining_claim, recovery })
}

fn benefit_due(value: BenefitValue, trace: &mut Trace) -> Result<Yen, LawError> {
    let (cost, patient_share) = match value {
        BenefitValue::InKind { cost, patient_share } => (cost, patient_share),
        BenefitValue::Cash(amount) => (amount, Yen::ZERO),
    };
    if patient_share < Yen::ZERO || cost < patient_share {
        let reason = "0円以上で、一部負担金は費用の額以下で入力してください";
        return Err(LawError::bad_input("給付の価額", reason));
    }
    let due = cost - patient_share;
    trace.step(
        Step::new("健康保険法57条1項", "給付の価額 (療養の給付は、費用の額から一部負担金を控除した額)")
            .with("費用の額・給付の額", cost, "")
            .with("一部負担金", patient_share, "")
            .gives(due),
    );
    Ok(due)
}

/// 過失割合 is written in 1/10,000.
const FAULT_UNIT: i64 = 10_000;

/// 過失相殺後の損害賠償請求権.
fn claim(damages: &Damages, trace: &mut Trace) -> Result<Yen, LawError> {
    let whole = damages.own_fault.in_units_of(FAULT_UNIT);
    if !whole.is_some_and(|units| (0..=FAULT_UNIT).contains(&units)) {
        let reason = "0以上1以下の小数 (小数4桁まで) で入力してください";
        return Err(LawError::bad_input("過失割合 (own_fault)", reason));
    }
    if damages.loss < Yen::ZERO || damages.received < Yen::ZERO {
        return Err(LawError::bad_input("損害額・受けた損害賠償", "0円以上で入力してください"));
    }
    let claim = damages.loss.times(Ratio::new(1, 1) - damages.own_fault, Rounding::Floor);
    trace.step(
        Step::new(
            "民法722条2項・健康保険法57条1項",
            "損害額から過失相殺をする (先に損害額の全体から過失分を引く設定。1円未満切捨て)",
        )
        .with("損害額", damages.loss, "")
        .with("過失割合", damages.own_fault, "")
        .gives(claim),
    );
    Ok(claim)
}
