//! 年間の高額療養費 — 70歳以上の外来療養 (健康保険法施行令41条の2, 42条10項).

use domain::{Month, Yen};
use jiff::civil::{Date, date};

use super::high_cost_category::AgedCategory;
use super::high_cost_limits::over_limit;
use crate::book::LawTable;
use crate::table::of_yen;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static LIMITS: LawTable<Yen> =
    LawTable::new("health_benefits/annual_outpatient/limits.csv", include_str!("limits.csv"), of_yen);

const CLAUSE: &str = "健康保険法施行令41条の2・42条10項";

/// 計算期間 — the year from 1 August to 31 July; its last day is the 基準日.
///
/// Law: 健康保険法施行令41条の2第1項, 43条の2第1項.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BenefitYear {
    start: Date,
}

impl BenefitYear {
    /// The year that begins on this day.
    ///
    /// # Errors
    /// `BadInput` — another day than 1 August.
    pub fn starting(start: Date) -> Result<BenefitYear, LawError> {
        if (start.month(), start.day()) == (8, 1) && start.year() < 9999 {
            Ok(BenefitYear { start })
        } else {
            Err(LawError::bad_input("計算期間の初日 (period_start)", "8月1日を入力してください"))
        }
    }

    /// First month, by which the tables are read.
    pub fn first_month(self) -> Month {
        Month::of(self.start)
    }

    /// 基準日, 31 July.
    pub fn base_date(self) -> Date {
        date(self.start.year() + 1, 7, 31)
    }
}

/// 外来年間合算の高額療養費 — of a person of 70 to 74 for a year.
///
/// Law: 健康保険法施行令41条の2, 42条10項. Paid by the insurer on the base date to whoever is not active-income then.
///
/// - `category`: on the base date
/// - `outpatient_total`: outpatient burdens of the year after the monthly benefits, without months as active-income
///
/// Returns whole yen; 0 for active income, which has no such benefit.
///
/// # Errors
/// `CannotDecide` — 低所得Ⅰ from the year of 2026-08 on: its amount is not known; `BadInput` — a category of another time;
/// `NotInForce` — before the year of 2017-08; `PastLastCheck`.
///
/// # Examples
/// 一般, year from 2024-08-01: 180,000円 − 144,000円 = 36,000円. From 2026-08-01 the amount is 216,000円.
pub fn annual_outpatient(
    year: BenefitYear,
    category: AgedCategory,
    outpatient_total: Yen,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let key = category.key(Month::of(year.base_date()))?;
    if category.is_active() {
        // The year itself must be one of the rule's.
        LIMITS.at(AgedCategory::General.word(), year.first_month(), trace)?;
        trace.step(
            Step::new(CLAUSE, "基準日に現役並み所得の者には外来年間合算の高額療養費はない")
                .with("基準日", year.base_date(), "")
                .gives(Yen::ZERO),
        );
        return Ok(Yen::ZERO);
    }
    let limit = LIMITS.at(key, year.first_month(), trace);
    let limit = match limit {
        Err(LawError::NotInForce { .. }) if LIMITS.at("general", year.first_month(), trace).is_ok() => {
            let reason = format!("{}からの年の{key}の外来年間の額は確認されていません", year.first_month());
            return Err(LawError::CannotDecide { reason });
        }
        other => *other?,
    };
    Ok(over_limit(CLAUSE, "外来年間合算", outpatient_total, limit, trace))
}
