//! 高額療養費の年間上限 (令和8年8月施行). The cap is on file; its counting unit and scope are not confirmed, so nothing is
//! paid by it yet.

use domain::Yen;

use super::annual_outpatient::BenefitYear;
use super::high_cost_category::{AgedCategory, LimitSetting, PLANNED_NOTICE, Under70Category};
use crate::book::LawTable;
use crate::table::{Line, Row, Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 年間上限 — with the lower one for low standards, where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cap {
    yen: Yen,
    /// The lower cap and the highest standard that has it.
    reduced: Option<(Yen, Yen)>,
}

pub(super) static CAPS: LawTable<Cap> =
    LawTable::new("health_benefits/annual_cap/caps.csv", include_str!("caps.csv"), read);
pub(super) static PLANNED_2027: LawTable<Cap> =
    LawTable::new("health_benefits/annual_cap/planned_2027.csv", include_str!("planned_2027.csv"), read);

const CLAUSE: &str = "健康保険法115条 (令和8年8月施行の年間上限)";

fn read(text: &str) -> Result<Table<Cap>, TableError> {
    Table::read(text, add_line)
}

fn add_line(rows: &mut Vec<Row<Cap>>, line: &Line<'_>) -> Result<(), String> {
    let reduced: Option<i64> = line.parse_or_open("reduced_yen")?;
    let standard: Option<i64> = line.parse_or_open("reduced_if_standard_max_yen")?;
    if reduced.is_some() != standard.is_some() {
        return Err("a reduced cap needs its highest standard".to_owned());
    }
    let reduced = reduced.zip(standard).map(|(cap, standard)| (Yen::new(cap), Yen::new(standard)));
    let mut row = line.row(|value| Some(Cap { yen: Yen::new(value.parse().ok()?), reduced }))?;
    if let Some((cap, standard)) = reduced {
        row.text = format!("{} (標準報酬月額 {standard}以下は {cap})", row.value.yen);
    }
    rows.push(row);
    Ok(())
}

/// 年齢と所得の区分.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CapCategory {
    /// 70歳未満, by the table in force or the planned one.
    Under70(Under70Category, LimitSetting),
    /// 70歳以上75歳未満.
    Aged(AgedCategory),
}

/// 年間上限額 — the cap of a category for the year from August to July.
///
/// Law: 健康保険法115条 (令和8年8月施行). The monthly limits stay as they are.
///
/// - `standard`: 標準報酬月額, where the category has a lower cap for low standards
///
/// # Errors
/// `MissingFact` — the standard, where it decides; `BadInput` — a category of another time; `NotInForce` — before the
/// year of 2026-08; `PastLastCheck`.
///
/// # Examples
/// エ, standard 150,000円: 410,000円; 160,000円: 530,000円.
pub fn annual_cap(
    year: BenefitYear,
    category: CapCategory,
    standard: Option<Yen>,
    trace: &mut Trace,
) -> Result<Yen, LawError> {
    let month = year.first_month();
    let (cap, notice) = match category {
        CapCategory::Under70(category, LimitSetting::InForce) => {
            let key = format!("under70/{}", category.key(month, LimitSetting::InForce)?);
            (CAPS.at(&key, month, trace)?, "年間上限")
        }
        CapCategory::Under70(category, LimitSetting::Planned2027) => {
            let key = format!("under70/{}", category.key(month, LimitSetting::Planned2027)?);
            (PLANNED_2027.at(&key, month, trace)?, PLANNED_NOTICE)
        }
        CapCategory::Aged(category) => {
            (CAPS.at(&format!("70to74/{}", category.key(month)?), month, trace)?, "年間上限")
        }
    };
    let yen = match (cap.reduced, standard) {
        (None, _) => cap.yen,
        (Some((reduced, highest)), Some(standard)) if standard <= highest => reduced,
        (Some(_), Some(_)) => cap.yen,
        (Some(_), None) => {
            return Err(LawError::MissingFact { fact: "標準報酬月額 (standard_yen)".to_owned() });
        }
    };
    let expression = format!("{notice}: 8月から翌年7月までの上限額 (標準報酬月額の低い者は低い上限)");
    trace.step(Step::new(CLAUSE, expression).with("計算期間の末日", year.base_date(), "").gives(yen));
    Ok(yen)
}

/// 年間上限による支給 — always left to a person: what counts towards the cap, and for whom, is not confirmed.
///
/// # Errors
/// `CannotDecide`, with the cap and what was paid.
pub fn refund_over_cap(cap: Yen, paid_in_year: Yen) -> Result<Yen, LawError> {
    let reason = format!(
        "年間上限{cap}に対する支給の計算単位と対象の範囲が確認されていません (入力された年間の負担額 {paid_in_year})"
    );
    Err(LawError::CannotDecide { reason })
}
