//! 療養費 (健康保険法87条).

use domain::{Ratio, Rounding, Yen};

use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 一部負担金の割合 — what of the cost stays with the patient (健康保険法74条1項).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PatientRate {
    /// 1割.
    OneTenth,
    /// 2割.
    TwoTenths,
    /// 3割.
    ThreeTenths,
}

impl PatientRate {
    /// As an exact fraction.
    pub fn ratio(self) -> Ratio {
        match self {
            PatientRate::OneTenth => Ratio::new(1, 10),
            PatientRate::TwoTenths => Ratio::new(2, 10),
            PatientRate::ThreeTenths => Ratio::new(3, 10),
        }
    }

    /// 給付割合 — what of the cost is paid.
    pub fn paid_share(self) -> Ratio {
        Ratio::new(1, 1) - self.ratio()
    }
}

/// 療養費を支給する理由 — why the benefit could not be given in kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// 療養の給付を行うことが困難 (no papers yet, no contracted hospital near), or やむを得ない.
    NotInKind,
    /// 治療用装具, 生血 — on a doctor's word.
    Appliance,
    /// はり・きゅう・あん摩マッサージ指圧 — with a doctor's consent.
    Therapy,
    /// 海外療養費.
    Overseas,
}

impl Cause {
    /// Whether a doctor must have prescribed or agreed.
    pub fn needs_doctor(self) -> bool {
        matches!(self, Cause::Appliance | Cause::Therapy)
    }
}

/// 療養費の対象.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Treatment {
    /// Why not in kind.
    pub cause: Cause,
    /// 保険者が算定した費用の額, by the domestic fee schedule, yen.
    pub recognised: Yen,
    /// 現に要した費用, exact yen (foreign money not yet rounded).
    pub actual: Ratio,
    /// 一部負担金の割合.
    pub patient_rate: PatientRate,
    /// 医師の指示・同意.
    pub doctor_agreed: bool,
}

/// 療養費の額 — the cost by the fee schedule, at most what was really spent, less the patient's share.
///
/// Law: 健康保険法87条1項 (支給要件), 87条2項 (一部負担金の割合を控除), 87条3項 (現に要した費用を超えない).
/// 食事療養・生活療養 are not part of it.
///
/// Returns yen, cut to whole yen once at the end; 0 where a doctor's consent was needed and is missing.
///
/// # Errors
/// `BadInput` — a negative cost.
///
/// # Examples
/// Recognised 8,750円, spent 12,000円, 3割: 6,125円.
pub fn cash_medical_benefit(treatment: &Treatment, trace: &mut Trace) -> Result<Yen, LawError> {
    if treatment.recognised < Yen::ZERO || treatment.actual < Ratio::ZERO {
        return Err(LawError::bad_input("費用の額", "0円以上で入力してください"));
    }
    if treatment.cause.needs_doctor() && !treatment.doctor_agreed {
        let rule = "治療用装具は医師の指示、はり・きゅう・マッサージは医師の同意がなければ支給しない";
        trace.step(Step::new("健康保険法87条1項", rule).gives("支給しない"));
        return Ok(Yen::ZERO);
    }
    let cost = Ratio::of_yen(treatment.recognised).min(treatment.actual);
    let benefit = paid_of(cost, treatment.patient_rate);
    trace.step(
        Step::new(
            "健康保険法87条2項・3項",
            "療養費 = 算定した費用の額と現に要した費用の少ない方 × (1 − 一部負担金の割合) (1円未満切捨て)",
        )
        .with("算定した費用の額", treatment.recognised, "")
        .with("現に要した費用", treatment.actual, "円")
        .with("一部負担金の割合", treatment.patient_rate.ratio(), "")
        .gives(benefit),
    );
    Ok(benefit)
}

/// The insurer's part of a cost, cut to whole yen.
pub(super) fn paid_of(cost: Ratio, patient_rate: PatientRate) -> Yen {
    let share = patient_rate.paid_share();
    Ratio::new(cost.numerator() * share.numerator(), cost.denominator() * share.denominator()).round(Rounding::Floor)
}

/// 海外療養費の換算 — foreign money in exact yen.
///
/// Law: 健康保険法87条3項; 昭和56年2月25日保険発10号 (支給決定日の外国為替換算率、売レート).
///
/// - `amount`: what was paid, in the foreign money
/// - `tt_selling_rate`: yen for one unit on the day the payment is decided
///
/// Returns exact yen, not yet rounded.
///
/// # Errors
/// `BadInput` — a negative amount, a rate not over 0, either of them 10^10 or more or with more than 8 decimals.
///
/// # Examples
/// 250.50 dollars at 151.24円: 37,885.62円.
pub fn in_yen(amount: Ratio, tt_selling_rate: Ratio, trace: &mut Trace) -> Result<Ratio, LawError> {
    let fits = |ratio: Ratio| ratio.in_units_of(DECIMALS).is_some() && ratio < Ratio::new(LIMIT, 1);
    if !fits(amount) || !fits(tt_selling_rate) || amount < Ratio::ZERO || tt_selling_rate <= Ratio::ZERO {
        let reason = "小数8桁までの正の数 (10の10乗未満) で入力してください";
        return Err(LawError::bad_input("外国通貨の額と換算率", reason));
    }
    let yen = Ratio::new(
        amount.numerator() * tt_selling_rate.numerator(),
        amount.denominator() * tt_selling_rate.denominator(),
    );
    trace.step(
        Step::new(
            "健康保険法87条3項・昭和56年2月25日保険発10号",
            "支給決定日の外国為替換算率 (売レート) で円に換算する",
        )
        .with("外国通貨の額", amount, "")
        .with("換算率", tt_selling_rate, "円")
        .gives(format!("{yen}円")),
    );
    Ok(yen)
}

/// 10^8: so fine that an amount or a rate fits in 64 bits.
const DECIMALS: i64 = 100_000_000;
/// 10^10: beyond it nothing is an amount of a person.
const LIMIT: i128 = 10_000_000_000;
