//! 寡婦年金 (国民年金法49条〜52条).

use domain::age::attained_on;
use domain::{Month, Ratio, Yen};
use jiff::civil::Date;

use crate::basic_pension::full_amount::full_amount;
use crate::basic_pension::old_age_basic::{AmountRounding, CountedMonths, CreditedMonths, credited_months};
use crate::basic_pension::revision_rate::Cohort;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 要件 — facts beside the months; each of these takes the right away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WidowFacts {
    /// 婚姻期間 in full years; `None` where it was checked before.
    pub marriage_years: Option<i64>,
    /// 夫が老齢基礎年金又は障害基礎年金の支給を受けたことがある (until March 2021: had the right to the latter).
    pub husband_received_pension: bool,
    /// 妻が繰上げ支給の老齢基礎年金の受給権を取得した (附則9条の2第5項).
    pub wife_claimed_early: bool,
}

/// 寡婦年金の額.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WidowPension {
    /// Whether the law gives it.
    pub eligible: bool,
    /// Yen per year; zero where it gives none.
    pub annual: Yen,
    /// The husband's weighted months.
    pub credited: CreditedMonths,
}

/// 寡婦年金 — three quarters of the basic pension from the husband's first-category months.
///
/// Law: 国民年金法49条 (10 years of paid and exempt months of the first category, 10 years of marriage), 50条 (4分の3,
/// 付加年金 not counted), 17条1項 (端数処理: once, on the three quarters).
///
/// - `months`: the husband's first-category months up to the month before his death
///
/// # Errors
/// As for the basic pension itself.
///
/// # Examples
/// 240 paid and 60 fully exempt, fiscal 2025: 831,700円 × 270/480 × 3/4 = 350,873円.
pub fn widow_pension(
    cohort: Cohort,
    husband_birth: Option<Date>,
    months: &CountedMonths,
    facts: WidowFacts,
    month: Month,
    trace: &mut Trace,
) -> Result<WidowPension, LawError> {
    let credited = credited_months(husband_birth, months, month, trace)?;
    if let Some(reason) = none_because(months, facts) {
        trace.step(Step::new("国民年金法49条1項", format!("寡婦年金は支給しない: {reason}")).gives("支給なし"));
        return Ok(WidowPension { eligible: false, annual: Yen::ZERO, credited });
    }
    let full = full_amount(cohort, month, trace)?;
    let annual = annual(full, credited);
    trace.step(
        Step::new(
            "国民年金法50条・17条1項",
            "寡婦年金 = 満額 × 合算した月数 ÷ 満額に要する月数 × 4分の3 (端数処理は一度)",
        )
        .with("満額", full, "")
        .with("合算した月数", credited.months(), "月")
        .with("満額に要する月数", credited.possible(), "月")
        .gives(annual),
    );
    Ok(WidowPension { eligible: true, annual, credited })
}

/// As [`widow_pension`], numbers in and out.
pub fn annual(full: Yen, credited: CreditedMonths) -> Yen {
    let share = credited.share();
    AmountRounding::OneYen.apply(full, Ratio::new(share.numerator() * 3, share.denominator() * 4))
}

fn none_because(months: &CountedMonths, facts: WidowFacts) -> Option<&'static str> {
    if months.total() < 120 {
        Some("夫の第1号被保険者としての納付済期間と免除期間が10年に満たない")
    } else if facts.marriage_years.is_some_and(|years| years < 10) {
        Some("婚姻期間が10年に満たない")
    } else if facts.husband_received_pension {
        Some("夫が老齢基礎年金又は障害基礎年金の支給を受けたことがある")
    } else if facts.wife_claimed_early {
        Some("妻が繰上げ支給の老齢基礎年金を受けている")
    } else {
        None
    }
}

/// 支給する月 — from the month after the death, or after 60 is attained where that is later, to the month 65 is
/// attained; none where the widow is 65 already.
///
/// Law: 国民年金法49条3項, 51条, 18条1項.
pub fn payable_months(wife_birth: Date, death_on: Date, trace: &mut Trace) -> Option<(Month, Month)> {
    let (at_60, at_65) = (attained_on(wife_birth, 60), attained_on(wife_birth, 65));
    let span = (death_on < at_65).then(|| (Month::of(death_on.max(at_60)).next(), Month::of(at_65)));
    let told = span.map_or("支給する月なし".to_owned(), |(first, last)| format!("{first}から{last}まで"));
    trace.step(
        Step::new(
            "国民年金法49条3項・51条・18条1項",
            "死亡の翌月 (60歳未満なら60歳に達した月の翌月) から65歳に達した月まで",
        )
        .with("死亡日", death_on, "")
        .with("妻が60歳に達した日", at_60, "")
        .with("妻が65歳に達した日", at_65, "")
        .gives(told),
    );
    span
}
