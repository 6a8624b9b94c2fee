//! 被扶養者 (健康保険法3条7項, 昭和52年4月6日保発9号・庁保発9号).

use domain::age::{legal_age_on, nth_birthday};
use domain::{Month, Yen};
use jiff::civil::{Date, date};

use super::check_day;
use crate::book::LawTable;
use crate::table::of_yen;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static INCOME_LIMITS: LawTable<Yen> =
    LawTable::new("employees_insurance/dependant/income_limits.csv", include_str!("income_limits.csv"), of_yen);

/// 国内居住要件 (令和元年法律9号).
const DOMICILE_SINCE: Date = date(2020, 4, 1);
/// 被扶養者の認定: 続柄 as they are now.
const ON_FILE_SINCE: Date = date(2016, 10, 1);

/// 続柄 — whether the same household is needed too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// 配偶者, 事実婚 included.
    Spouse,
    /// 直系尊属、子、孫及び兄弟姉妹.
    Close,
    /// 三親等内の親族; 事実婚の配偶者の父母及び子: the same household is needed.
    HouseholdOnly,
    /// Anybody else.
    Other,
}

/// 国内居住 — and the exceptions of 健康保険法施行規則37条の2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domicile {
    /// 日本国内に住所を有する.
    Japan,
    /// 留学, 海外赴任に同行, 観光・保養・ボランティア等の一時的な渡航, 赴任中に身分関係が生じた, or the like.
    Exception,
    /// None of them.
    Abroad,
}

/// 生計維持 — what the insured contributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// 同一世帯: the insured's yearly income.
    SameHousehold {
        /// 被保険者の年間収入.
        insured_income: Yen,
    },
    /// 別世帯: yearly remittances.
    Apart {
        /// 仕送りの年額.
        remittance: Yen,
    },
}

/// 認定対象者.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relative {
    /// 生年月日.
    pub birth: Date,
    /// 続柄.
    pub kinship: Kinship,
    /// 国内居住.
    pub domicile: Domicile,
    /// 年間収入の見込み.
    pub income: Yen,
    /// 障害厚生年金の受給要件に該当する程度の障害者.
    pub disabled: bool,
    /// 生計維持.
    pub support: Support,
}

/// 認定の結果.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// 被扶養者.
    pub is_dependant: bool,
    /// 収入の限度: income must be under it.
    pub income_limit: Yen,
    /// What decided, in Japanese.
    pub reason: &'static str,
}

/// 収入の限度 — 1,300,000円; 1,800,000円 at 60 or disabled; 1,500,000円 from 2025-10-01 for those from 19 to 22 on
/// 31 December of the year, other than a spouse.
///
/// Law: 昭和52年4月6日保発9号・庁保発9号, 令和7年通知 (19歳以上23歳未満).
///
/// # Errors
/// `NotInForce`, `PastLastCheck`.
pub fn income_limit(on: Date, relative: &Relative, trace: &mut Trace) -> Result<Yen, LawError> {
    let year_end = Month::new(on.year(), 12).expect("a year of the calendar").last_day();
    let age = |day| legal_age_on(relative.birth, day).unwrap_or_default();
    let key = if age(on) >= 60 || relative.disabled {
        "sixty_or_disabled"
    } else if (19..=22).contains(&age(year_end)) && relative.kinship != Kinship::Spouse {
        "from_19_to_22"
    } else {
        "general"
    };
    let limit = *INCOME_LIMITS.at(key, Month::of(on), trace)?;
    trace.step(
        Step::new("昭和52年4月6日保発9号・庁保発9号", "年間収入の限度 (60歳以上・障害者、19歳以上23歳未満、その他)")
            .with("認定日の年齢", age(on), "歳")
            .with("その年の12月31日の年齢", age(year_end), "歳")
            .gives(format!("{limit}未満")),
    );
    Ok(limit)
}

/// 被扶養者の認定 — whether a relative is a dependant on a day.
///
/// Law: 健康保険法3条7項 (kinship, domicile in Japan from 2020-04-01, not 後期高齢者医療), 昭和52年4月6日保発9号・庁保発9号
/// (income; the same household: under half of the insured's; apart: under the remittance).
///
/// # Errors
/// `CannotDecide` — in one household, half of the insured's income or more but not above it: recognised if the insured
/// is found to keep the household; `BadInput`; `NotInForce` before 2016-10; `PastLastCheck`.
///
/// # Examples
/// A student of 20, 1,400,000円, 2025-10-01, one household, insured 5,000,000円: a dependant; on 2025-09-30: not.
pub fn verdict(on: Date, relative: &Relative, trace: &mut Trace) -> Result<Verdict, LawError> {
    check(on, relative)?;
    let income_limit = income_limit(on, relative, trace)?;
    let apart = matches!(relative.support, Support::Apart { .. });
    let refused = if relative.kinship == Kinship::Other {
        Some("三親等内の親族等ではない")
    } else if relative.kinship == Kinship::HouseholdOnly && apart {
        Some("同一世帯に属さない")
    } else if on >= DOMICILE_SINCE && relative.domicile == Domicile::Abroad {
        Some("日本国内に住所を有しない")
    } else if on >= nth_birthday(relative.birth, 75) {
        Some("後期高齢者医療の被保険者である")
    } else if relative.income >= income_limit {
        Some("年間収入が限度以上である")
    } else {
        not_supported(relative)?
    };
    let reason = refused.unwrap_or("主として被保険者により生計を維持する");
    trace.step(
        Step::new("健康保険法3条7項・昭和52年4月6日保発9号・庁保発9号", "続柄、国内居住、収入、生計維持")
            .with("認定日", on, "")
            .with("年間収入", relative.income, "")
            .with("収入の限度", income_limit, "")
            .gives(if refused.is_none() {
                format!("被扶養者: {reason}")
            } else {
                format!("被扶養者でない: {reason}")
            }),
    );
    Ok(Verdict { is_dependant: refused.is_none(), income_limit, reason })
}

fn check(on: Date, relative: &Relative) -> Result<(), LawError> {
    check_day("認定日 (on)", on)?;
    check_day("生年月日 (birthdate)", relative.birth)?;
    if on < ON_FILE_SINCE {
        return Err(LawError::NotInForce { table: "被扶養者の認定".to_owned(), asked: Month::of(on) });
    }
    if on < relative.birth || relative.income < Yen::ZERO {
        return Err(LawError::bad_input("認定日・年間収入", "生年月日以後の日、0円以上の額を入力してください"));
    }
    Ok(())
}

/// Why the insured is not the one who keeps the relative, if so.
fn not_supported(relative: &Relative) -> Result<Option<&'static str>, LawError> {
    match relative.support {
        Support::Apart { remittance } => Ok((relative.income >= remittance).then_some("年間収入が仕送り額以上である")),
        Support::SameHousehold { insured_income } if relative.income > insured_income => {
            Ok(Some("年間収入が被保険者の年間収入を上回る"))
        }
        // Twice the income, without doubling it.
        Support::SameHousehold { insured_income } if relative.income < insured_income - relative.income => Ok(None),
        Support::SameHousehold { .. } => {
            let reason = "年間収入が被保険者の年間収入の2分の1以上で、それを上回らない場合は、世帯の生計の状況を総合的に勘案します";
            Err(LawError::CannotDecide { reason: reason.to_owned() })
        }
    }
}
