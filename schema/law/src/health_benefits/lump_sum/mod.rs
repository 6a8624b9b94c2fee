//! 出産育児一時金・家族出産育児一時金 (健康保険法101条・114条), 埋葬料・埋葬費・家族埋葬料 (健康保険法100条・113条).

use domain::{Month, Rounding, Yen};
use jiff::civil::Date;

use super::days::{as_factor, check_day};
use crate::book::LawTable;
use crate::table::of_yen;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static CHILDBIRTH: LawTable<Yen> =
    LawTable::new("health_benefits/lump_sum/childbirth.csv", include_str!("childbirth.csv"), of_yen);
pub(super) static FUNERAL: LawTable<Yen> =
    LawTable::new("health_benefits/lump_sum/funeral.csv", include_str!("funeral.csv"), of_yen);

/// 妊娠4か月以上 — the least days of a pregnancy whose end is 出産 (昭和27年6月16日保文発2427号).
pub const PREGNANCY_DAYS_MIN: i64 = 85;
/// 在胎週数22週 in days (健康保険法施行令36条ただし書).
const TWENTY_TWO_WEEKS: i64 = 154;
/// 妊娠 longer than this, or more children at once, is a slip of the pen.
const PREGNANCY_DAYS_MAX: i64 = 400;
const CHILDREN_MAX: i64 = 20;

/// 出産した者.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mother {
    /// 被保険者: 出産育児一時金.
    Insured,
    /// 被扶養者: 家族出産育児一時金.
    Dependant,
}

impl Mother {
    fn clause(self) -> &'static str {
        match self {
            Mother::Insured => "健康保険法101条・健康保険法施行令36条",
            Mother::Dependant => "健康保険法114条・健康保険法施行令36条",
        }
    }
}

/// 出産 — what the lump sum depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Childbirth {
    /// Who gave birth.
    pub mother: Mother,
    /// 出産の日; stillbirths too.
    pub born_on: Date,
    /// How many children.
    pub children: i64,
    /// 産科医療補償制度に加入する医療機関での在胎週数22週以後の出産.
    pub scheme_member_and_22w: bool,
    /// 妊娠日数, where the application gives it; `None`: known to be 85 days or more.
    pub pregnancy_days: Option<i64>,
}

/// 出産育児一時金・家族出産育児一時金 — the lump sum for a birth.
///
/// Law: 健康保険法101条・114条 (出産), 健康保険法施行令36条本文 (額), 36条ただし書 (産科医療補償制度の加算); 昭和27年6月
/// 16日保文発2427号 (妊娠4か月 = 85日以上; 死産を含む). Per child.
///
/// Returns yen; 0 when the pregnancy lasted less than 85 days, which is no 出産.
///
/// # Errors
/// `BadInput` — no child or more than 20, a pregnancy over 400 days, or one under 22 weeks said to be of 22 weeks;
/// `NotInForce` — before 1994-10; `PastLastCheck`.
///
/// # Examples
/// Two children on 2025-07-01 at a member of the scheme: 1,000,000円.
pub fn childbirth_lump_sum(birth: Childbirth, trace: &mut Trace) -> Result<Yen, LawError> {
    check(&birth)?;
    if birth.pregnancy_days.is_some_and(|days| days < PREGNANCY_DAYS_MIN) {
        return Ok(no_birth(birth, trace));
    }
    let key = if birth.scheme_member_and_22w { "scheme_member_and_22w" } else { "other" };
    let each = *CHILDBIRTH.at(key, Month::of(birth.born_on), trace)?;
    let amount = each.times(as_factor(birth.children), Rounding::Floor);
    trace.step(
        Step::new(birth.mother.clause(), "1児につき政令で定める額 (妊娠85日以上の出産。死産を含む)")
            .with("出産の日", birth.born_on, "")
            .with("1児の額", each, "")
            .with("児の数", birth.children, "人")
            .gives(amount),
    );
    Ok(amount)
}

fn no_birth(birth: Childbirth, trace: &mut Trace) -> Yen {
    trace.step(
        Step::new(birth.mother.clause(), "妊娠85日未満は出産にあたらないため、支給しない")
            .with("妊娠日数", birth.pregnancy_days.unwrap_or_default(), "日")
            .gives("支給しない"),
    );
    Yen::ZERO
}

fn check(birth: &Childbirth) -> Result<(), LawError> {
    check_day("出産の日 (birth_date)", birth.born_on)?;
    if !(1..=CHILDREN_MAX).contains(&birth.children) {
        return Err(LawError::bad_input("児の数 (children)", "1人以上20人以下で入力してください"));
    }
    let Some(days) = birth.pregnancy_days else { return Ok(()) };
    if days > PREGNANCY_DAYS_MAX {
        return Err(LawError::bad_input("妊娠日数 (pregnancy_days)", "400日以下で入力してください"));
    }
    if birth.scheme_member_and_22w && days < TWENTY_TWO_WEEKS {
        let reason = "妊娠日数が154日 (22週) 未満なので、22週以後の出産ではありません。どちらかを直してください";
        return Err(LawError::bad_input("産科医療補償制度・22週以後 (scheme_member_and_22w)", reason));
    }
    Ok(())
}

/// 直接支払 — to whom the lump sum goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectPayment {
    /// 医療機関等へ.
    pub to_hospital: Yen,
    /// 被保険者へ, what the cost left.
    pub to_insured: Yen,
}

/// 直接支払制度 — the lump sum pays the hospital first; what is left goes to the insured.
///
/// Law: 健康保険法101条; 出産育児一時金等の医療機関等への直接支払制度実施要綱.
///
/// - `amount`: the lump sum, yen
/// - `cost`: what the hospital charges, yen
///
/// # Examples
/// 500,000円 and a cost of 460,000円: 460,000円 and 40,000円.
pub fn direct_payment(amount: Yen, cost: Yen, trace: &mut Trace) -> DirectPayment {
    let to_hospital = amount.min(cost);
    let split = DirectPayment { to_hospital, to_insured: amount - to_hospital };
    trace.step(
        Step::new(
            "健康保険法101条・直接支払制度実施要綱",
            "医療機関等に費用の額まで直接支払い、残りを被保険者に支給する",
        )
        .with("出産費用", cost, "")
        .with("医療機関等へ", split.to_hospital, "")
        .gives(split.to_insured),
    );
    split
}

/// 死亡に関する給付.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FuneralBenefit {
    /// 埋葬料 — to whom the insured maintained and who buries.
    Allowance,
    /// 埋葬費 — to whoever buried, where there is no such person: the actual cost, up to 埋葬料.
    Expense {
        /// 埋葬に要した費用, yen.
        actual_cost: Yen,
    },
    /// 家族埋葬料 — a dependant's death, to the insured.
    Family,
}

impl FuneralBenefit {
    fn key(self) -> &'static str {
        match self {
            FuneralBenefit::Allowance => "funeral_allowance",
            FuneralBenefit::Expense { .. } => "funeral_expense",
            FuneralBenefit::Family => "family_funeral_allowance",
        }
    }
}

/// 死亡の月 — of the death, or that of the last check where nobody gave the day; the receipt says which.
///
/// Law: 健康保険法施行令35条 (the amount has not changed since 2006-10, so an application may leave the day out).
///
/// # Errors
/// `BadInput` — a day before 1927 or past 8999.
pub fn month_of_death(died_on: Option<Date>, trace: &mut Trace) -> Result<Month, LawError> {
    if let Some(day) = died_on {
        check_day("死亡の日 (death_date)", day)?;
        return Ok(Month::of(day));
    }
    let month = FUNERAL.under(trace.book()).checked_until();
    let rule = "死亡の日の入力がないため、最後に確認した月の額による";
    trace.step(Step::new("健康保険法施行令35条", rule).gives(month));
    Ok(month)
}

/// 埋葬料・埋葬費・家族埋葬料 — what is paid for a death.
///
/// Law: 健康保険法100条1項 (埋葬料), 100条2項 (埋葬費: 埋葬料の金額の範囲内でその埋葬に要した費用), 113条 (家族埋葬料),
/// 健康保険法施行令35条 (額).
///
/// - `month`: the month of death
///
/// Returns yen.
///
/// # Errors
/// `NotInForce` — before 2006-10; `PastLastCheck`.
///
/// # Examples
/// 埋葬費 with a cost of 32,000円: 32,000円; with 80,000円: 50,000円.
pub fn funeral_benefit(benefit: FuneralBenefit, month: Month, trace: &mut Trace) -> Result<Yen, LawError> {
    let full = *FUNERAL.at(benefit.key(), month, trace)?;
    let (amount, step) = match benefit {
        FuneralBenefit::Allowance => (full, Step::new("健康保険法100条1項", "埋葬料は、費用によらず政令で定める額")),
        FuneralBenefit::Family => (full, Step::new("健康保険法113条", "家族埋葬料は、費用によらず政令で定める額")),
        FuneralBenefit::Expense { actual_cost } => {
            let step = Step::new("健康保険法100条2項", "埋葬費は、埋葬料の金額の範囲内で埋葬に要した費用の額");
            (full.min(actual_cost), step.with("埋葬に要した費用", actual_cost, ""))
        }
    };
    trace.step(step.with("政令で定める額", full, "").gives(amount));
    Ok(amount)
}
