//! 死亡一時金 (国民年金法52条の2〜52条の6).

use domain::{Month, Ratio, Rounding, Yen};

use crate::basic_pension::graded::{self, Steps, of_steps, whole_numbers};
use crate::basic_pension::{check_months, last_checked};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// Amount and addition by weighted months.
pub(super) static AMOUNTS: LawTable<Steps<i64, [i64; 2]>> =
    LawTable::new("basic_pension/death_lump_sum/amounts.csv", include_str!("amounts.csv"), |text| {
        of_steps(text, whole_numbers)
    });

/// 第1号被保険者としての納付の月数 — by how much was paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaidMonths {
    /// 保険料納付済期間.
    pub paid: i64,
    /// 4分の1免除期間: three quarters were paid.
    pub quarter_exempt: i64,
    /// 半額免除期間.
    pub half_exempt: i64,
    /// 4分の3免除期間: a quarter was paid.
    pub three_quarters_exempt: i64,
}

impl PaidMonths {
    /// 月数の合算 — months weighted by what was paid (国民年金法52条の2第1項, 附則9条の3の2第1項).
    ///
    /// # Errors
    /// `BadInput` — months that no life has.
    pub fn weighted(&self) -> Result<Ratio, LawError> {
        let parts = [self.paid, self.quarter_exempt, self.half_exempt, self.three_quarters_exempt];
        parts.into_iter().try_for_each(|months| check_months("納付の月数", months))?;
        let quarters = self.paid * 4 + self.quarter_exempt * 3 + self.half_exempt * 2 + self.three_quarters_exempt;
        Ok(Ratio::new(quarters.into(), 4))
    }
}

/// 死亡一時金の要件 — what takes the right away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeathFacts {
    /// 遺族基礎年金の支給を受けることができる者がある (52条の2第2項).
    pub survivor_basic_payable: bool,
    /// 死亡者が老齢基礎年金又は障害基礎年金の支給を受けたことがある.
    pub deceased_received_pension: bool,
    /// 寡婦年金を選んだ (52条の6).
    pub widow_pension_chosen: bool,
}

/// 死亡一時金.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeathLumpSum {
    /// Whether the law gives it.
    pub eligible: bool,
    /// Yen, once; zero where it gives none.
    pub amount: Yen,
    /// 合算した月数.
    pub weighted: Ratio,
}

/// 死亡一時金 — by the months paid, with an addition for 36 additional contributions.
///
/// Law: 国民年金法52条の2 (36 months), 52条の4 (額; 8,500円 加算), 52条の6 (寡婦年金との選択).
///
/// - `additional`: months with an additional contribution
/// - `month`: of the death; `None` for the law as last checked
///
/// # Errors
/// `BadInput` — impossible months; `NotInForce` before 1995-04, `PastLastCheck`.
///
/// # Examples
/// 100 paid and 40 half-exempt months, 36 additional: 120 months, 128,500円.
pub fn death_lump_sum(
    months: &PaidMonths,
    additional: i64,
    facts: DeathFacts,
    month: Option<Month>,
    trace: &mut Trace,
) -> Result<DeathLumpSum, LawError> {
    check_months("付加保険料納付済期間 (additional_months)", additional)?;
    let weighted = months.weighted()?;
    let month = month.unwrap_or(last_checked(&AMOUNTS, trace));
    if let Some(reason) = none_because(weighted, facts) {
        trace.step(
            Step::new("国民年金法52条の2・52条の6", format!("死亡一時金は支給しない: {reason}")).gives("支給なし"),
        );
        return Ok(DeathLumpSum { eligible: false, amount: Yen::ZERO, weighted });
    }
    let [base, addition] = AMOUNTS.pick("00", month, trace, |steps| {
        Ok(graded::find(steps, &weighted.round(Rounding::Floor).get()).expect("from 36 months on the steps are open"))
    })?;
    let amount = Yen::new(if additional >= 36 { base + addition } else { base });
    trace.step(
        Step::new("国民年金法52条の4", "死亡一時金 = 合算した月数に応じた額 + 付加保険料36月以上の加算")
            .with("合算した月数", weighted, "月")
            .with("付加保険料納付済期間", additional, "月")
            .gives(amount),
    );
    Ok(DeathLumpSum { eligible: true, amount, weighted })
}

fn none_because(weighted: Ratio, facts: DeathFacts) -> Option<&'static str> {
    if weighted < Ratio::new(36, 1) {
        Some("合算した月数が36月に満たない")
    } else if facts.survivor_basic_payable {
        Some("遺族基礎年金を受けることができる者がある")
    } else if facts.deceased_received_pension {
        Some("死亡した者が老齢基礎年金又は障害基礎年金の支給を受けたことがある")
    } else if facts.widow_pension_chosen {
        Some("寡婦年金を選択した")
    } else {
        None
    }
}
