//! 遺族厚生年金の額 (厚生年金保険法60条・62条・64条の2).

use domain::Yen;
use jiff::civil::Date;

use super::amounts::{AmountKind, amount};
use super::disability_employee::check_months_given;
use super::part_of;
use super::survivor_right::{self, Requirement};
use crate::basic_pension::first_month;
use crate::basic_pension::revision_rate::Cohort;
use crate::employees_pension::proportional_part::{
    Averages, Part, RatesBy, ShortMonths, guaranteed_part, higher_part, proportional_part,
};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 死亡した者の被保険者期間.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurvivorRecord {
    /// 死亡した者の生年月日.
    pub deceased_birth: Date,
    /// 年金の年度.
    pub fiscal_year: i16,
    /// 短期要件・長期要件.
    pub requirement: Requirement,
    /// Averages revalued for the year.
    pub averages: Averages,
    /// Averages at the level of 1994, where the guaranteed level is to be compared.
    pub level_1994: Option<Averages>,
    /// 中高齢寡婦加算の要件 of the wife (40 to 64, no 遺族基礎年金) are met.
    pub middle_aged_widow: bool,
}

/// 遺族厚生年金.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurvivorEmployee {
    /// 報酬比例部分.
    pub proportional: Yen,
    /// その4分の3.
    pub three_quarters: Yen,
    /// 中高齢寡婦加算.
    pub widow_addition: Yen,
}

impl SurvivorEmployee {
    /// 年額.
    pub fn annual(self) -> Yen {
        self.three_quarters + self.widow_addition
    }
}

/// 4分の3 — of the part by remuneration, already whole yen; 50銭未満切捨て・50銭以上切上げ.
#[inline]
pub fn three_quarters(proportional: Yen) -> Yen {
    part_of(proportional, 3, 4)
}

/// 遺族厚生年金の額 — three quarters of the part by remuneration, and the addition of the middle-aged widow.
///
/// Law: 厚生年金保険法60条1項1号 (4分の3; short requirement: 300 months deemed, rates of 43条), 昭和60年改正法附則59条 (long requirement: the
/// months as they are, rates by birth), 62条1項 (three quarters of the full basic pension, rate of new awards; in the long requirement 240
/// months or more), 35条1項.
///
/// # Errors
/// `BadInput` — no month, amounts that cannot be; `NotInForce` before fiscal 2015; `PastLastCheck`.
///
/// # Examples
/// Fiscal 2025, short, 300,000円 × 200 months, with the addition: 369,968 + 623,800 = 993,768円.
pub fn survivor_employee(record: &SurvivorRecord, trace: &mut Trace) -> Result<SurvivorEmployee, LawError> {
    let april = first_month(record.fiscal_year)?;
    check_months_given(&record.averages)?;
    let proportional = proportional(record, trace)?;
    let months = i64::from(record.averages.months());
    let added = record.middle_aged_widow && survivor_right::long_enough(record.requirement, months, april, trace)?;
    let widow_addition = match added {
        true => amount(AmountKind::MiddleAgedWidow, Cohort::NewAward, april, trace)?,
        false => Yen::ZERO,
    };
    let pension = SurvivorEmployee { proportional, three_quarters: three_quarters(proportional), widow_addition };
    trace.tell(|| {
        Step::new(
            "厚生年金保険法60条1項・62条1項",
            "遺族厚生年金 = 報酬比例部分 × 3/4 (1円未満は50銭未満切捨て・50銭以上切上げ) + 中高齢寡婦加算",
        )
        .with("要件", record.requirement.name(), "")
        .with("報酬比例部分", proportional, "")
        .with("4分の3", pension.three_quarters, "")
        .with("中高齢寡婦加算", widow_addition, "")
        .gives(pension.annual())
    });
    Ok(pension)
}

fn proportional(record: &SurvivorRecord, trace: &mut Trace) -> Result<Yen, LawError> {
    let (rates_by, short_months) = match record.requirement {
        Requirement::Short => (RatesBy::Article43, ShortMonths::Deemed300),
        Requirement::Long => (RatesBy::Birth, ShortMonths::AsTheyAre),
    };
    let part = |averages| Part {
        birth: record.deceased_birth,
        fiscal_year: record.fiscal_year,
        averages,
        rates_by,
        short_months,
    };
    let new = proportional_part(&part(record.averages), trace)?;
    match record.level_1994 {
        None => Ok(new),
        Some(averages) => {
            let guaranteed = guaranteed_part(&part(averages), trace)?;
            Ok(higher_part(new, guaranteed, trace))
        }
    }
}

/// 65歳からの遺族厚生年金 — beside the own old-age employees' pension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurvivorAndOldAge {
    /// 遺族厚生年金の額 (60条).
    pub entitlement: Yen,
    /// 老齢厚生年金: paid in full.
    pub old_age_paid: Yen,
    /// 支給される遺族厚生年金 (64条の2): the excess.
    pub survivor_paid: Yen,
}

/// 65歳以上の遺族厚生年金の核 — the greater of S and S × 2/3 + own × 1/2 for a spouse, less the own pension.
///
/// - `three_quarters`: S, yen a year
/// - `own`: own 老齢厚生年金 without 加給年金額, yen a year
/// - `spouse`: the second way is only theirs
#[inline]
pub fn over_65(three_quarters: Yen, own: Yen, spouse: bool) -> SurvivorAndOldAge {
    // イ and ロ of 60条1項2号 are named parts: each is rounded.
    let mixed = part_of(three_quarters, 2, 3) + part_of(own, 1, 2);
    let entitlement = if spouse { three_quarters.max(mixed) } else { three_quarters };
    SurvivorAndOldAge { entitlement, old_age_paid: own, survivor_paid: (entitlement - own).max(Yen::ZERO) }
}

/// 65歳以上の遺族厚生年金 — the own old-age pension is paid in full, the survivor's only beyond it.
///
/// Law: 厚生年金保険法60条1項2号 (イ S × 2/3, ロ own × 1/2), 64条の2 (suspended as far as the own pension goes), 35条1項.
///
/// # Examples
/// S 600,000円, own 700,000円: 400,000 + 350,000 = 750,000円, of which 50,000円 are paid.
pub fn survivor_and_old_age_over_65(
    three_quarters: Yen,
    own: Yen,
    spouse: bool,
    trace: &mut Trace,
) -> SurvivorAndOldAge {
    let paid = over_65(three_quarters, own, spouse);
    trace.tell(|| {
        Step::new(
            "厚生年金保険法60条1項2号",
            "配偶者: 死亡した者の報酬比例部分の4分の3 (S) と、S × 2/3 + 老齢厚生年金 × 1/2 の高い方",
        )
        .with("S", three_quarters, "")
        .with("自身の老齢厚生年金", own, "")
        .with("配偶者", if spouse { "はい" } else { "いいえ" }, "")
        .gives(paid.entitlement)
    });
    trace.tell(|| {
        Step::new("厚生年金保険法64条の2", "老齢厚生年金を全額支給し、遺族厚生年金はそれを超える額だけを支給する")
            .with("老齢厚生年金", paid.old_age_paid, "")
            .gives(paid.survivor_paid)
    });
    paid
}
