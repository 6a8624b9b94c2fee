//! 振替加算 (昭和60年改正法附則14条〜16条).

use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::{Date, date};

use crate::basic_pension::check_months;
use crate::basic_pension::graded::{self, Steps, of_steps};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FurikaeRow {
    /// 224,700円 × 改定率 of the recipient's cohort, in hundreds.
    pub base: Yen,
    /// 生年月日に応じて政令で定める率.
    pub rate: Ratio,
    /// The addition as published.
    pub addition: Yen,
}

/// Base, rate and addition by birth date, per fiscal year.
pub(super) static ADDITIONS: LawTable<Steps<Date, FurikaeRow>> =
    LawTable::new("basic_pension/furikae/additions.csv", include_str!("additions.csv"), |text| of_steps(text, row));

fn row(text: &str) -> Option<FurikaeRow> {
    let mut parts = text.split(' ');
    let base = parts.next()?.parse().ok().map(Yen::new)?;
    let rate = parts.next().and_then(Ratio::parse_decimal)?;
    let addition = parts.next()?.parse().ok().map(Yen::new)?;
    parts.next().is_none().then_some(FurikaeRow { base, rate, addition })
}

/// 振替加算を受ける者 — what the rule needs to know beside the birth date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FurikaeFacts {
    /// 本人の被用者年金の加入期間: from 240 months on no addition.
    pub own_employees_months: i64,
    /// 中高齢の特例により240月とみなされる.
    pub own_period_deemed_240: bool,
    /// 障害基礎年金等の支給を受けることができる間: suspended.
    pub disability_pension_payable: bool,
    /// Not the spouse on whose account the 加給年金額 was added the day before 65.
    pub no_spouse_addition: bool,
}

/// 振替加算の額.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Furikae {
    /// 加算額, yen per year; zero where the law gives none.
    pub annual: Yen,
    /// Whether the law gives it.
    pub eligible: bool,
    /// 支給停止.
    pub suspended: bool,
}

/// 振替加算 — by the recipient's birth date, from 65 on; neither increased by deferral nor reduced by early claiming.
///
/// Law: 昭和60年改正法附則14条 (224,700円 × 改定率 × 政令で定める率; born 1926-04-02 to 1966-04-01; own employees' pension
/// under 240 months), 16条 (停止), 昭和61年経過措置政令24条 (率).
///
/// Returns yen per year, 1円未満四捨五入.
///
/// # Errors
/// `NotInForce` before fiscal 2015, `PastLastCheck` after fiscal 2026.
///
/// # Examples
/// Born 1963-12-01, fiscal 2025: 239,300円 × 0.067 = 16,033円. Born 1966-04-02: none.
pub fn furikae(birth: Date, facts: FurikaeFacts, month: Month, trace: &mut Trace) -> Result<Furikae, LawError> {
    check_months("被用者年金の加入期間 (own_employee_months)", facts.own_employees_months)?;
    if let Some(reason) = none_because(birth, facts) {
        trace.tell(|| Step::new("昭和60年改正法附則14条1項", format!("振替加算はない: {reason}")).gives("加算なし"));
        return Ok(Furikae { annual: Yen::ZERO, eligible: false, suspended: false });
    }
    let row = ADDITIONS.pick("00", month, trace, |steps| {
        Ok(graded::find(steps, &birth).expect("births from 1926-04-02 to 1966-04-01 are all in the table"))
    })?;
    let annual = addition(row.base, row.rate);
    let suspended = facts.disability_pension_payable;
    trace.tell(|| {
        Step::new(
            "昭和60年改正法附則14条1項・16条、昭和61年経過措置政令24条",
            "振替加算 = 改定後の基礎額 (100円単位) × 生年月日に応じた率",
        )
        .with("改定後の基礎額", row.base, "")
        .with("率", row.rate, "")
        .with("支給", if suspended { "障害年金を受けられる間は停止" } else { "停止なし" }, "")
        .gives(annual)
    });
    Ok(Furikae { annual, eligible: true, suspended })
}

/// As [`furikae`], numbers in and out.
pub fn addition(base: Yen, rate: Ratio) -> Yen {
    base.times(rate, Rounding::HalfUp)
}

fn none_because(birth: Date, facts: FurikaeFacts) -> Option<&'static str> {
    if !(date(1926, 4, 2)..=date(1966, 4, 1)).contains(&birth) {
        Some("大正15年4月2日から昭和41年4月1日までの生まれではない")
    } else if facts.no_spouse_addition {
        Some("65歳に達した日の前日に、配偶者の加給年金額の対象ではない")
    } else if facts.own_employees_months >= 240 || facts.own_period_deemed_240 {
        Some("本人の老齢厚生年金等の期間が240月以上 (みなしを含む)")
    } else {
        None
    }
}
