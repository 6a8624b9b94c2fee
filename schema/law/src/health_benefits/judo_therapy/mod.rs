//! 柔道整復療養費 (健康保険法87条, 柔道整復師法17条, 受領委任の取扱い).

use domain::{Ratio, Yen};

use super::cash_medical_benefit::{PatientRate, paid_of};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 負傷 — what the judo therapist treats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Injury {
    /// 骨折・不全骨折.
    Fracture,
    /// 脱臼.
    Dislocation,
    /// 打撲・捻挫・挫傷 (肉ばなれ).
    SoftTissue,
}

/// 施術.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// What is treated.
    pub injury: Injury,
    /// 急性または亜急性の外傷性の負傷; stiffness and chronic pain are not.
    pub acute_trauma: bool,
    /// 応急手当.
    pub first_aid: bool,
    /// 医師の同意.
    pub doctor_agreed: bool,
    /// 算定基準による費用の額, yen.
    pub fee: Yen,
    /// 一部負担金の割合.
    pub patient_rate: PatientRate,
}

/// 柔道整復療養費の額 — the fee of the notice, less the patient's share.
///
/// Law: 健康保険法87条; 柔道整復師の施術に係る療養費の算定基準 (昭和60年5月20日保発56号: 急性・亜急性の外傷性の負傷),
/// 柔道整復師法17条 (骨折・脱臼は応急手当を除き医師の同意).
///
/// Returns yen, cut to whole yen; 0 where the injury is not covered or a doctor's consent is missing. Under
/// 受領委任 it goes to the therapist.
///
/// # Errors
/// `BadInput` — a negative fee.
///
/// # Examples
/// 5,555円 and 3割: 3,888円.
pub fn judo_therapy_benefit(session: &Session, trace: &mut Trace) -> Result<Yen, LawError> {
    const CLAUSE: &str = "健康保険法87条・昭和60年5月20日保発56号・柔道整復師法17条";
    if session.fee < Yen::ZERO {
        return Err(LawError::bad_input("算定基準による費用の額 (fee_yen)", "0円以上で入力してください"));
    }
    if let Some(reason) = why_not(session) {
        trace.step(Step::new(CLAUSE, reason).gives("支給しない"));
        return Ok(Yen::ZERO);
    }
    let benefit = paid_of(Ratio::of_yen(session.fee), session.patient_rate);
    trace.step(
        Step::new(CLAUSE, "療養費 = 算定基準による費用の額 × (1 − 一部負担金の割合) (1円未満切捨て)")
            .with("費用の額", session.fee, "")
            .with("一部負担金の割合", session.patient_rate.ratio(), "")
            .gives(benefit),
    );
    Ok(benefit)
}

fn why_not(session: &Session) -> Option<&'static str> {
    let consent_needed = session.injury != Injury::SoftTissue && !session.first_aid;
    if !session.acute_trauma {
        Some("急性または亜急性の外傷性の負傷でないため、対象とならない")
    } else if consent_needed && !session.doctor_agreed {
        Some("骨折・脱臼の施術は、応急手当を除き、医師の同意がなければ対象とならない")
    } else {
        None
    }
}
