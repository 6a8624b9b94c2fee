//! 障害厚生年金と障害手当金の額 (厚生年金保険法50条・50条の2・57条).

use domain::Yen;
use jiff::civil::Date;

use super::amounts::{AmountKind, amount};
use super::part_of;
use crate::basic_pension::first_month;
use crate::basic_pension::revision_rate::Cohort;
use crate::employees_pension::proportional_part::{
    Averages, Part, RatesBy, ShortMonths, guaranteed_part, higher_part, proportional_part,
};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 被保険者期間 — of which the part by remuneration is made: months to that of the 障害認定日 (51条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisabilityRecord {
    /// 生年月日.
    pub birth: Date,
    /// 年金の年度.
    pub fiscal_year: i16,
    /// Averages revalued for the year.
    pub averages: Averages,
    /// Averages at the level of 1994, where the guaranteed level is to be compared.
    pub level_1994: Option<Averages>,
}

impl DisabilityRecord {
    /// 報酬比例部分 with 300 months at least, the higher of the two levels.
    fn proportional(&self, trace: &mut Trace) -> Result<Yen, LawError> {
        check_months_given(&self.averages)?;
        let part = |averages: Averages| Part {
            birth: self.birth,
            fiscal_year: self.fiscal_year,
            averages,
            rates_by: RatesBy::Article43,
            short_months: ShortMonths::Deemed300,
        };
        let new = proportional_part(&part(self.averages), trace)?;
        match self.level_1994 {
            None => Ok(new),
            Some(averages) => {
                let guaranteed = guaranteed_part(&part(averages), trace)?;
                Ok(higher_part(new, guaranteed, trace))
            }
        }
    }
}

/// Nobody without a month of insurance has this pension.
pub(super) fn check_months_given(averages: &Averages) -> Result<(), LawError> {
    if averages.pre2003_months > 0 || averages.post2003_months > 0 {
        return Ok(());
    }
    Err(LawError::bad_input("被保険者期間の月数", "1月以上で入力してください"))
}

/// 障害厚生年金の事情.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisabilityFacts {
    /// 障害等級, 1 to 3.
    pub grade: i64,
    /// 生計を維持する65歳未満の配偶者がいる.
    pub spouse: bool,
    /// 同じ障害による障害基礎年金を受けられる: never in grade 3.
    pub has_basic: bool,
}

/// 障害厚生年金.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisabilityEmployee {
    /// 報酬比例部分, 300 months deemed.
    pub proportional: Yen,
    /// 等級の額, the minimum included.
    pub base: Yen,
    /// 配偶者の加給年金額.
    pub spouse: Yen,
}

impl DisabilityEmployee {
    /// 年額.
    pub fn annual(self) -> Yen {
        self.base + self.spouse
    }
}

/// 等級の額 — 1.25 in grade 1, not below the minimum where it counts.
#[inline]
pub fn grade_amount(proportional: Yen, grade: i64, minimum: Option<Yen>) -> Yen {
    let amount = if grade == 1 { part_of(proportional, 5, 4) } else { proportional };
    minimum.map_or(amount, |minimum| amount.max(minimum))
}

/// 障害厚生年金の額 — by grade, with the spouse's addition in grades 1 and 2.
///
/// Law: 厚生年金保険法50条1項 (300 months deemed; 43条 rates), 50条2項 (1級: 1.25), 50条3項 (minimum, three quarters of the full basic
/// pension, where there is no basic pension for the disability), 50条の2 (spouse, 224,700円 × the rate of new awards, without the special
/// addition), 35条1項. The part by remuneration is rounded before it is multiplied.
///
/// # Errors
/// `BadInput` — a grade that is none, no month; `NotInForce` before fiscal 2015; `PastLastCheck`.
///
/// # Examples
/// Fiscal 2025, 300,000円 × 200 months, grade 2 with a spouse: 493,290 + 239,300 = 732,590円. Grade 3, 250,000円 × 60 months:
/// 411,075円, raised to 623,800円.
pub fn disability_employee(
    record: &DisabilityRecord,
    facts: DisabilityFacts,
    trace: &mut Trace,
) -> Result<DisabilityEmployee, LawError> {
    if !(1..=3).contains(&facts.grade) {
        return Err(LawError::bad_input("障害等級 (grade)", "1から3までで入力してください"));
    }
    let april = first_month(record.fiscal_year)?;
    let proportional = record.proportional(trace)?;
    let minimum = match facts.grade == 3 || !facts.has_basic {
        true => {
            let cohort = Cohort::of(record.birth, april, trace)?;
            Some(amount(AmountKind::DisabilityEmployeeMinimum, cohort, april, trace)?)
        }
        false => None,
    };
    let spouse = match facts.spouse && facts.grade < 3 {
        // 50条の2第2項: 224,700円 × the rate of new awards, as for the first two children.
        true => amount(AmountKind::FirstTwoChildren, Cohort::NewAward, april, trace)?,
        false => Yen::ZERO,
    };
    let pension = DisabilityEmployee { proportional, base: grade_amount(proportional, facts.grade, minimum), spouse };
    tell(facts, &pension, minimum, trace);
    Ok(pension)
}

fn tell(facts: DisabilityFacts, pension: &DisabilityEmployee, minimum: Option<Yen>, trace: &mut Trace) {
    trace.tell(|| {
        Step::new(
            "厚生年金保険法50条・50条の2",
            "障害厚生年金 = 報酬比例部分 (1級は1.25倍、最低保障額まで) + 配偶者の加給年金額 (1級・2級)",
        )
        .with("障害等級", facts.grade, "級")
        .with("報酬比例部分", pension.proportional, "")
        .with("最低保障額", minimum.map_or("なし".to_owned(), |minimum| minimum.to_string()), "")
        .with("加給年金額", pension.spouse, "")
        .gives(pension.annual())
    });
}

/// 障害手当金の額 — a lump sum of two years, not below twice the minimum.
///
/// Law: 厚生年金保険法57条 (50条1項の額の2倍; 50条3項の額の2倍まで).
///
/// # Errors
/// As [`disability_employee`].
///
/// # Examples
/// Fiscal 2025, 250,000円 × 60 months: 411,075 × 2 = 822,150円, raised to 1,247,600円.
pub fn disability_allowance(record: &DisabilityRecord, trace: &mut Trace) -> Result<Yen, LawError> {
    let april = first_month(record.fiscal_year)?;
    let proportional = record.proportional(trace)?;
    let cohort = Cohort::of(record.birth, april, trace)?;
    let minimum = amount(AmountKind::DisabilityAllowanceMinimum, cohort, april, trace)?;
    let allowance = (proportional + proportional).max(minimum);
    trace.tell(|| {
        Step::new("厚生年金保険法57条", "障害手当金 = 報酬比例部分 × 2 (最低保障額まで)")
            .with("報酬比例部分", proportional, "")
            .with("最低保障額", minimum, "")
            .gives(allowance)
    });
    Ok(allowance)
}
