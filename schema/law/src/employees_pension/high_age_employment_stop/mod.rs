//! 高年齢雇用継続給付との調整 (厚生年金保険法附則7条の5・11条の6, 厚生年金保険法施行規則34条の4).

use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::{Date, date};

use super::{check_yen, half_up};
use crate::book::LawTable;
use crate::table::of_rates;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// By the month in which 60 was attained.
pub(super) static RATES: LawTable<Ratio> =
    LawTable::new("employees_pension/high_age_employment_stop/rates.csv", include_str!("rates.csv"), of_rates);

/// From this day on, who attains 60 has the rule of 4% (令和2年法律14号).
const NEW_RULE_FROM: Date = date(2025, 4, 1);

/// 調整の率 — of the rule somebody is under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopRule {
    /// 標準報酬月額に対する率 at and below the lower bound.
    rate: Ratio,
    /// みなし賃金日額 × 30 に対する下の割合, per cent: 64 or 61.
    lower_percent: i64,
    /// What of (0.75 W − S) the employment benefit is: 64/110 or 183/280.
    benefit_share: Ratio,
    /// 4/10 or 6/15: what of the employment benefit is taken off the pension.
    stop_share: Ratio,
}

impl StopRule {
    /// The rule of who attained 60 on this day.
    ///
    /// # Errors
    /// `NotInForce`, `PastLastCheck`.
    pub fn of(sixty_on: Date, trace: &mut Trace) -> Result<StopRule, LawError> {
        let rate = *RATES.at("", Month::of(sixty_on), trace)?;
        let (lower_percent, benefit_share, stop_share) = if sixty_on >= NEW_RULE_FROM {
            (64, Ratio::new(64, 110), Ratio::new(4, 10))
        } else {
            (61, Ratio::new(183, 280), Ratio::new(6, 15))
        };
        Ok(StopRule { rate, lower_percent, benefit_share, stop_share })
    }

    /// 月額 — exact yen, before the twelve months.
    fn monthly(&self, question: &Employed) -> Ratio {
        let (standard, wage) = (question.standard, question.deemed_wage_x30);
        if standard.get() * 100 >= wage.get() * 75 || question.ceiling.is_some_and(|ceiling| standard >= ceiling) {
            return Ratio::ZERO;
        }
        let stop = if standard.get() * 100 < wage.get() * self.lower_percent {
            self.rate.times_yen(standard)
        } else {
            let below = Ratio::new(i128::from(wage.get()) * 75 - i128::from(standard.get()) * 100, 100);
            product(product(below, self.benefit_share), self.stop_share)
        };
        match question.ceiling {
            Some(ceiling) => stop.min(self.stop_share.times_yen(ceiling - standard)),
            None => stop,
        }
    }
}

fn product(a: Ratio, b: Ratio) -> Ratio {
    Ratio::new(a.numerator() * b.numerator(), a.denominator() * b.denominator())
}

/// 高年齢雇用継続給付を受ける者 — of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Employed {
    /// 月.
    pub month: Month,
    /// 60歳に達した日.
    pub sixty_on: Date,
    /// 標準報酬月額.
    pub standard: Yen,
    /// みなし賃金日額 × 30.
    pub deemed_wage_x30: Yen,
    /// 支給限度額 (雇用保険法61条1項2号), if it is to be looked at.
    pub ceiling: Option<Yen>,
}

/// 高年齢雇用継続給付との調整 — what of a year's pension is stopped besides the stop of those at work.
///
/// Law: 厚生年金保険法附則7条の5第1項・2項, 11条の6, 厚生年金保険法施行規則34条の4. Attained 60 from 2025-04-01: 4% below
/// 64% of the deemed wage; before: 6% below 61%. Nothing from 75% on, nor from the ceiling of the benefit on; a benefit
/// that the ceiling cuts is adjusted by what is left.
///
/// Returns yen a year: the month times 12, 50銭未満切捨て・50銭以上切上げ.
///
/// # Errors
/// `BadInput`, `NotInForce` — attained 60 before 2003-05; `PastLastCheck`.
///
/// # Examples
/// 200,000円 of 400,000円: 4% × 12 = 96,000円. 280,000円: 20,000 × 64/110 × 4/10 × 12 = 55,855円.
pub fn high_age_employment_stop(question: &Employed, trace: &mut Trace) -> Result<Yen, LawError> {
    check_yen("標準報酬月額 (standard_monthly_yen)", question.standard)?;
    check_yen("みなし賃金日額×30 (deemed_wage_x30_yen)", question.deemed_wage_x30)?;
    if question.month < Month::of(question.sixty_on) {
        let reason = "60歳に達した月以後の月を入力してください";
        return Err(LawError::bad_input("月 (month)", reason));
    }
    let table = RATES.under(trace.book());
    if question.month > table.checked_until() {
        let (asked, checked_until) = (question.month, table.checked_until());
        return Err(LawError::PastLastCheck { table: table.name().to_owned(), asked, checked_until });
    }
    let rule = StopRule::of(question.sixty_on, trace)?;
    let monthly = rule.monthly(question);
    let annual = Ratio::new(monthly.numerator() * 12, monthly.denominator()).round(Rounding::HalfUp);
    tell(question, &rule, monthly, annual, trace);
    Ok(annual)
}

fn tell(question: &Employed, rule: &StopRule, monthly: Ratio, annual: Yen, trace: &mut Trace) {
    let clause = if question.sixty_on >= NEW_RULE_FROM {
        "厚生年金保険法附則7条の5第1項・11条の6 (令和7年4月1日以後に60歳に達した者)"
    } else {
        "厚生年金保険法附則7条の5第1項・11条の6 (令和7年3月31日以前に60歳に達した者: 従前の例)"
    };
    let of_wage =
        half_up(i128::from(question.standard.get()) * 10_000, i128::from(question.deemed_wage_x30.get().max(1)));
    let expression = format!(
        "標準報酬月額がみなし賃金日額×30の{}%未満は率を乗じ、75%未満は (75%の額 − 標準報酬月額) × {} × {}。× 12 (1円未満四捨五入)",
        rule.lower_percent, rule.benefit_share, rule.stop_share
    );
    trace.step(
        Step::new(clause, expression)
            .with("標準報酬月額", question.standard, "")
            .with("みなし賃金日額×30", question.deemed_wage_x30, "")
            .with("割合", of_wage, "/10,000")
            .with("月額", monthly, "円")
            .gives(annual),
    );
}
