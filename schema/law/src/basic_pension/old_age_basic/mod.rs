//! 老齢基礎年金の額 (国民年金法27条) — months paid and exempt, weighted, over the full months.

use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::{Date, date};

use crate::basic_pension::full_amount::full_amount;
use crate::basic_pension::graded::{self, Steps, of_steps};
use crate::basic_pension::revision_rate::{Cohort, round100};
use crate::basic_pension::{check_months, of_marked_counts};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 480 months.
pub(super) static FULL_MONTHS: LawTable<i64> =
    LawTable::new("basic_pension/old_age_basic/full_months.csv", include_str!("full_months.csv"), of_marked_counts);

/// 加入可能月数, by birth date.
pub(super) static POSSIBLE_MONTHS: LawTable<Steps<Date, i64>> =
    LawTable::new("basic_pension/old_age_basic/possible_months.csv", include_str!("possible_months.csv"), |text| {
        of_steps(text, |value| value.parse().ok())
    });

/// 保険料免除期間 — months of exemption by degree. Student and deferral months are none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExemptMonths {
    /// 4分の1免除期間.
    pub quarter: i64,
    /// 半額免除期間.
    pub half: i64,
    /// 4分の3免除期間.
    pub three_quarters: i64,
    /// 全額免除期間 (法定免除・申請全額免除).
    pub full: i64,
}

impl ExemptMonths {
    fn total(self) -> i64 {
        self.quarter + self.half + self.three_quarters + self.full
    }

    fn each(self) -> [i64; 4] {
        [self.quarter, self.half, self.three_quarters, self.full]
    }
}

/// 額の計算の基礎となる期間 — the months that count towards the amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountedMonths {
    /// 保険料納付済期間 (second category at 20 to 59 and third category included).
    pub paid: i64,
    /// 平成21年4月以後の免除期間: half of the benefit is the State's.
    pub exempt_from_2009_04: ExemptMonths,
    /// 平成21年3月以前の免除期間: a third is.
    pub exempt_to_2009_03: ExemptMonths,
}

impl CountedMonths {
    /// Refuses what no life has, so that nothing overflows.
    ///
    /// # Errors
    /// `BadInput`.
    pub fn check(&self) -> Result<(), LawError> {
        let (later, earlier) = (self.exempt_from_2009_04, self.exempt_to_2009_03);
        for months in [self.paid].into_iter().chain(later.each()).chain(earlier.each()) {
            check_months("納付済期間・免除期間", months)?;
        }
        check_months("納付済期間と免除期間の合計", self.total())
    }

    /// All of them, unweighted.
    pub fn total(&self) -> i64 {
        self.paid + self.exempt_from_2009_04.total() + self.exempt_to_2009_03.total()
    }
}

/// 27条各号の月数の合算 — weighted months in 1/24 month, never above the possible months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CreditedMonths {
    twentyfourths: i64,
    possible: i64,
}

impl CreditedMonths {
    /// The months in the order of the clause: each group first fills the room up to the possible months at its main
    /// weight, what is above counts at the lesser one.
    ///
    /// Law: 国民年金法27条1号から8号 (8分の7, 8分の3 …), 平成16年改正法附則10条 (6分の5, 2分の1 … for earlier months).
    pub fn of(months: &CountedMonths, possible: i64) -> CreditedMonths {
        let (later, earlier) = (months.exempt_from_2009_04, months.exempt_to_2009_03);
        // Months, weight, weight of the excess; in 1/24.
        let groups = [
            (months.paid, 24, 24),
            (later.quarter, 21, 9),
            (earlier.quarter, 20, 12),
            (later.half, 18, 6),
            (earlier.half, 16, 8),
            (later.three_quarters, 15, 3),
            (earlier.three_quarters, 12, 4),
            (later.full, 12, 0),
            (earlier.full, 8, 0),
        ];
        let (mut room, mut sum) = (possible, 0);
        for (months, weight, excess_weight) in groups {
            let within = months.min(room);
            room -= within;
            sum += within * weight + (months - within) * excess_weight;
        }
        CreditedMonths { twentyfourths: sum.min(possible * 24), possible }
    }

    /// The weighted months, exact.
    pub fn months(self) -> Ratio {
        Ratio::new(self.twentyfourths.into(), 24)
    }

    /// 480 or the 加入可能月数.
    pub fn possible(self) -> i64 {
        self.possible
    }

    /// The part of the full amount.
    pub fn share(self) -> Ratio {
        Ratio::new(self.twentyfourths.into(), i128::from(self.possible) * 24)
    }
}

/// 年金額の端数処理 — by the day of the award or revision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmountRounding {
    /// 50銭未満切捨て、50銭以上切上げ (国民年金法17条1項), decided from 1 October 2015.
    #[default]
    OneYen,
    /// 50円未満切捨て、50円以上100円未満切上げ, decided earlier.
    HundredYen,
}

impl AmountRounding {
    /// 裁定・改定の日による区分 (平成24年法律第63号による国民年金法17条の改正, 平成27年10月1日施行).
    pub fn decided_on(day: Date) -> AmountRounding {
        if day < date(2015, 10, 1) { AmountRounding::HundredYen } else { AmountRounding::OneYen }
    }

    /// The part of an amount, rounded once.
    pub fn apply(self, amount: Yen, share: Ratio) -> Yen {
        match self {
            AmountRounding::OneYen => amount.times(share, Rounding::HalfUp),
            AmountRounding::HundredYen => round100(amount, share),
        }
    }

    fn name(self) -> &'static str {
        match self {
            AmountRounding::OneYen => "1円未満四捨五入",
            AmountRounding::HundredYen => "100円未満四捨五入 (平成27年9月以前の裁定・改定)",
        }
    }
}

/// 満額に要する月数 — 480, for births before 2 April 1941 the months that were possible from April 1961 to 59.
///
/// Law: 国民年金法27条, 昭和60年改正法附則13条・別表第四.
///
/// - `birth`: `None` where only the cohort is known: 480
///
/// # Errors
/// `NotInForce` before 1986-04; `PastLastCheck`.
///
/// # Examples
/// Born 1941-04-01: 468; born 1941-04-02: 480.
pub fn possible_months(birth: Option<Date>, month: Month, trace: &mut Trace) -> Result<i64, LawError> {
    let Some(birth) = birth else {
        return FULL_MONTHS.at("00", month, trace).copied();
    };
    // The first row stands for earlier births too.
    let birth = birth.max(date(1926, 4, 2));
    POSSIBLE_MONTHS.pick("00", month, trace, |steps| Ok(graded::find(steps, &birth).expect("the last row is open")))
}

/// 老齢基礎年金の額 — one year's pension of a cohort in the fiscal year of the month.
///
/// Law: 国民年金法27条, 平成16年改正法附則10条, 昭和60年改正法附則13条; 17条1項 (端数処理).
///
/// - `birth`: for the possible months; `None` takes 480
///
/// Returns yen per year with the months it came from.
///
/// # Errors
/// `NotInForce` before fiscal 2015, `PastLastCheck` after fiscal 2026; `BadInput` for impossible months.
///
/// # Examples
/// 400 paid, 20 half and 60 fully exempt after 2009-04, fiscal 2025: 445 of 480 months, 771,055円.
pub fn old_age_basic(
    cohort: Cohort,
    birth: Option<Date>,
    months: &CountedMonths,
    rounding: AmountRounding,
    month: Month,
    trace: &mut Trace,
) -> Result<(Yen, CreditedMonths), LawError> {
    let credited = credited_months(birth, months, month, trace)?;
    let full = full_amount(cohort, month, trace)?;
    let amount = annual(full, credited, rounding);
    trace.tell(|| {
        Step::new("国民年金法27条・17条1項", "老齢基礎年金 = 満額 × 合算した月数 ÷ 満額に要する月数")
            .with("満額", full, "")
            .with("合算した月数", credited.months(), "月")
            .with("満額に要する月数", credited.possible(), "月")
            .with("端数処理", rounding.name(), "")
            .gives(amount)
    });
    Ok((amount, credited))
}

/// As [`old_age_basic`], numbers in and out.
pub fn annual(full: Yen, credited: CreditedMonths, rounding: AmountRounding) -> Yen {
    rounding.apply(full, credited.share())
}

/// 月数の合算 — the weighted months on record as a step.
///
/// # Errors
/// As [`old_age_basic`].
pub fn credited_months(
    birth: Option<Date>,
    months: &CountedMonths,
    month: Month,
    trace: &mut Trace,
) -> Result<CreditedMonths, LawError> {
    months.check()?;
    let credited = CreditedMonths::of(months, possible_months(birth, month, trace)?);
    let mut step = Step::new(
        "国民年金法27条各号・平成16年改正法附則10条",
        "納付済、4分の1免除、半額免除、4分の3免除、全額免除の順に、満額に要する月数までを本則の割合で、超える月を減じた割合で合算する",
    )
    .with("保険料納付済期間", months.paid, "月");
    for (when, exempt) in
        [("平成21年4月以後の免除", months.exempt_from_2009_04), ("平成21年3月以前の免除", months.exempt_to_2009_03)]
    {
        for (degree, count) in ["4分の1", "半額", "4分の3", "全額"].into_iter().zip(exempt.each()) {
            if count > 0 {
                step = step.with(format!("{when} ({degree})"), count, "月");
            }
        }
    }
    trace.tell(|| step.gives(format!("{}月", credited.months())));
    Ok(credited)
}
