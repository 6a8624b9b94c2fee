//! 改定率 (国民年金法27条の2〜27条の5) — the yearly rate under the unit amounts, for new awards and existing ones.

use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::{Date, date};

use crate::basic_pension::{of_marked, of_marked_rates};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

pub mod formula;

#[cfg(test)]
mod tests;

/// Price and wage changes, slides and the rates made of them, per fiscal year.
pub(super) static RATES: LawTable<Ratio> = LawTable::new(
    "basic_pension/revision_rate/macro_revision_rates.csv",
    include_str!("macro_revision_rates.csv"),
    of_marked_rates,
);

/// First birth date of the new awards; none where everybody has one rate.
pub(super) static COHORTS: LawTable<Option<Date>> =
    LawTable::new("basic_pension/revision_rate/cohorts.csv", include_str!("cohorts.csv"), |text| {
        of_marked(text, |value| if value == "ALL" { Some(None) } else { value.parse().ok().map(Some) })
    });

/// 新規裁定者・既裁定者 — which of the two revision rates is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cohort {
    /// 新規裁定者 (国民年金法27条の2): born from 2 April 1956, in fiscal 2023 to 2026.
    NewAward,
    /// 既裁定者 (国民年金法27条の3, 基準年度以後改定率): born earlier.
    Existing,
}

impl Cohort {
    /// 生年月日による区分 — by birth date and never by age: the boundary stays where it is as long as both groups
    /// receive the same factor. Until fiscal 2022 there is one rate for all, and everybody is `NewAward`.
    ///
    /// Law: 国民年金法27条の3第1項.
    ///
    /// # Errors
    /// `NotInForce`, `PastLastCheck` — the boundary of that fiscal year is not on file.
    ///
    /// # Examples
    /// Born 1956-04-01: `Existing` in fiscal 2025; born 1956-04-02: `NewAward`, also at 69.
    pub fn of(birth: Date, month: Month, trace: &mut Trace) -> Result<Cohort, LawError> {
        let boundary = Cohort::boundary(month, trace)?;
        let cohort = Cohort::born(birth, boundary);
        trace.tell(|| {
            Step::new("国民年金法27条の2・27条の3", "改定率の区分は、生年月日が境の日以後かどうかで決まる")
                .with("生年月日", birth, "")
                .with("新規裁定者の最初の生年月日", boundary.map_or("区別なし".to_owned(), |day| day.to_string()), "")
                .gives(cohort.name())
        });
        Ok(cohort)
    }

    /// 新規裁定者の最初の生年月日 of the month's fiscal year; `None` where everybody has one rate.
    ///
    /// # Errors
    /// As `of`.
    pub fn boundary(month: Month, trace: &mut Trace) -> Result<Option<Date>, LawError> {
        COHORTS.at("00", month, trace).copied()
    }

    /// As `of`, from a boundary that was read before: for a night's many people.
    pub fn born(birth: Date, boundary: Option<Date>) -> Cohort {
        if boundary.is_some_and(|first| birth < first) { Cohort::Existing } else { Cohort::NewAward }
    }

    /// 新規裁定者, 既裁定者.
    pub fn name(self) -> &'static str {
        match self {
            Cohort::NewAward => "新規裁定者",
            Cohort::Existing => "既裁定者",
        }
    }

    /// The key of its series in the tables.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Cohort::NewAward => "NEW_AWARD",
            Cohort::Existing => "EXISTING",
        }
    }
}

/// 改定率 — the rate of a cohort in the fiscal year of the month.
///
/// Law: 国民年金法27条の2 (新規裁定者), 27条の3 (既裁定者), 27条の4・27条の5 (調整期間); the number is in
/// 国民年金法による改定率の改定等に関する政令.
///
/// Amounts whose clause disapplies 27条の3 and 27条の5 (子の加算, 加給年金額) take `Cohort::NewAward` for everybody.
///
/// # Errors
/// `NotInForce` before fiscal 2015, `PastLastCheck` after fiscal 2026.
///
/// # Examples
/// 2025-04: 1.065 (new awards), 1.062 (existing).
pub fn revision_rate(cohort: Cohort, month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    RATES.at(cohort.key(), month, trace).copied()
}

/// 従前額改定率 — the rate of the guaranteed level, by birth date.
///
/// Law: 平成12年改正法附則21条; the number is in 国民年金法による改定率の改定等に関する政令.
///
/// # Errors
/// As [`revision_rate`].
///
/// # Examples
/// 2025-04: 1.061 born from 1938-04-02, 1.063 born earlier.
pub fn conventional_rate(birth: Date, month: Month, trace: &mut Trace) -> Result<Ratio, LawError> {
    let later = birth >= date(1938, 4, 2);
    let key = if later { "CONVENTIONAL_BORN_FROM_1938_04_02" } else { "CONVENTIONAL_BORN_TO_1938_04_01" };
    RATES.at(key, month, trace).copied()
}

/// 50円未満切捨て・50円以上100円未満切上げ — the rounding of the unit amounts (国民年金法27条, 33条の2, 38条, 39条;
/// 厚生年金保険法44条, 50条, 62条), once, on the exact amount.
///
/// # Examples
/// 780,900円 × 1.065 = 831,658.5円: 831,700円.
pub fn round100(base: Yen, rate: Ratio) -> Yen {
    let hundreds = base.times(Ratio::new(rate.numerator(), rate.denominator() * 100), Rounding::HalfUp);
    Yen::new(hundreds.get() * 100)
}

/// 改定率を乗じて得た額 — a unit amount of the law under this rate, on record as a step.
///
/// - `name`: what the amount is, for the receipt
/// - `base`: as the clause writes it, yen per year
///
/// Returns yen per year, in hundreds.
pub fn unit_amount(name: &'static str, clause: &'static str, base: Yen, rate: Ratio, trace: &mut Trace) -> Yen {
    let amount = round100(base, rate);
    trace.tell(|| {
        Step::new(clause, format!("{name} = 法定額 × 改定率 (50円未満切捨て、50円以上100円未満切上げ)"))
            .with("法定額", base, "")
            .with("改定率", rate, "")
            .gives(amount)
    });
    amount
}
