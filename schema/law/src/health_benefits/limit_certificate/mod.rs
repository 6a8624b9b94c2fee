//! 限度額適用認定 (健康保険法施行令43条1項, 健康保険法施行規則103条の2・105条) — the limit already at the counter.

use domain::{Month, Yen};
use jiff::civil::Date;

use super::high_cost_70to74::CareKind;
use super::high_cost_category::{AgedCategory, LimitSetting, Under70Category};
use super::high_cost_limits::{Occurrence, aged_limit, tell_limit, under70_limit};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 外来の現物給付は平成24年4月から (健康保険法施行令等の一部を改正する政令): earlier months followed rules not on file.
const AT_THE_COUNTER_FROM: (i16, i8) = (2012, 4);

/// 認定証の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// 限度額適用認定証.
    Limit,
    /// 限度額適用・標準負担額減額認定証 (住民税非課税).
    LimitAndMeal,
    /// 不要: the limit is applied from the certificate of eligibility alone (70歳以上の一般, 現役並みⅢ).
    NotNeeded,
}

/// 年齢と所得の区分.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertifiedCategory {
    /// 70歳未満.
    Under70(Under70Category),
    /// 70歳以上75歳未満.
    Aged(AgedCategory),
}

impl CertifiedCategory {
    /// Which certificate the category needs in a month.
    ///
    /// # Errors
    /// `BadInput` — a category of another time.
    pub fn certificate(self, month: Month) -> Result<Certificate, LawError> {
        match self {
            CertifiedCategory::Under70(category) => {
                category.key(month, LimitSetting::InForce)?;
                Ok(if category.is_tax_exempt() { Certificate::LimitAndMeal } else { Certificate::Limit })
            }
            CertifiedCategory::Aged(category) => match category.key(month)? {
                "active1" | "active2" => Ok(Certificate::Limit),
                "low1" | "low2" => Ok(Certificate::LimitAndMeal),
                _ => Ok(Certificate::NotNeeded),
            },
        }
    }
}

/// 認定の申請 — days of application and of enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Application {
    /// 申請日.
    pub applied_on: Date,
    /// 資格取得日, where it lies in the month of application.
    pub acquired_on: Option<Date>,
}

impl Application {
    /// 発効年月日 — the first day of the month of application, or the day of enrolment within it.
    ///
    /// Law: 健康保険法施行規則103条の2.
    pub fn valid_from(self) -> Date {
        let first = self.applied_on.first_of_month();
        self.acquired_on.map_or(first, |acquired_on| first.max(acquired_on))
    }
}

/// 窓口の一月 — what one institution charges one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CounterMonth {
    /// 療養のあった月.
    pub month: Month,
    /// 区分.
    pub category: CertifiedCategory,
    /// 申請; `None`: none was made.
    pub application: Option<Application>,
    /// 入院・外来の別.
    pub kind: CareKind,
    /// 多数回該当, as the institution knows it.
    pub occurrence: Occurrence,
    /// 医療費.
    pub medical: Yen,
    /// 一部負担金の額 without any limit.
    pub share: Yen,
}

/// 窓口負担.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CounterPayment {
    /// Which certificate.
    pub certificate: Certificate,
    /// 発効年月日, where a certificate was asked for.
    pub valid_from: Option<Date>,
    /// Whether the limit applies at the counter in that month.
    pub in_effect: bool,
    /// 算定基準額.
    pub limit: Yen,
    /// 窓口で支払う額.
    pub counter: Yen,
}

/// 限度額適用認定による窓口負担 — which category is certified from when, and what is paid at the counter.
///
/// Law: 健康保険法施行令43条1項 (現物給付), 42条 (算定基準額), 健康保険法施行規則103条の2・105条 (認定).
///
/// Returns whole yen. Before the certificate is in effect the whole share is paid; the excess is claimed afterwards.
///
/// # Errors
/// `BadInput` — a category of another time; `NotInForce` — before 2012-04 or no table; `PastLastCheck`.
///
/// # Examples
/// ウ, applied on 2026-07-20, care of July at 1,000,000円: 87,430円. Care of June: 300,000円.
pub fn limit_certificate(question: &CounterMonth, trace: &mut Trace) -> Result<CounterPayment, LawError> {
    let (year, month) = AT_THE_COUNTER_FROM;
    if Month::new(year, month).is_some_and(|from| question.month < from) {
        return Err(LawError::NotInForce { table: "窓口での限度額の適用".to_owned(), asked: question.month });
    }
    let certificate = question.category.certificate(question.month)?;
    let valid_from =
        question.application.map(Application::valid_from).filter(|_| certificate != Certificate::NotNeeded);
    let in_effect =
        certificate == Certificate::NotNeeded || valid_from.is_some_and(|from| Month::of(from) <= question.month);
    tell_certificate(certificate, valid_from, in_effect, trace);
    let limit = counter_limit(question, trace)?;
    let counter = if in_effect { question.share.min(limit) } else { question.share };
    trace.step(
        Step::new(
            "健康保険法施行令43条1項",
            "窓口負担: 認定があれば一部負担金と算定基準額の少ない方、なければ一部負担金",
        )
        .with("一部負担金", question.share, "")
        .with("算定基準額", limit, "")
        .gives(counter),
    );
    Ok(CounterPayment { certificate, valid_from, in_effect, limit, counter })
}

fn counter_limit(question: &CounterMonth, trace: &mut Trace) -> Result<Yen, LawError> {
    let limits = match question.category {
        CertifiedCategory::Under70(category) => under70_limit(question.month, category, LimitSetting::InForce, trace)?,
        CertifiedCategory::Aged(category) => aged_limit(question.month, category, trace)?,
    };
    let limit = match (question.kind, limits.outpatient) {
        (CareKind::Outpatient, Some(outpatient)) => outpatient,
        _ => limits.amount(Some(question.medical), question.occurrence).expect("the cost is given"),
    };
    tell_limit("健康保険法施行令42条", &limits, Some(question.medical), question.occurrence, limit, trace);
    Ok(limit)
}

fn tell_certificate(certificate: Certificate, valid_from: Option<Date>, in_effect: bool, trace: &mut Trace) {
    let (clause, name) = match certificate {
        Certificate::Limit => ("健康保険法施行規則103条の2", "限度額適用認定証"),
        Certificate::LimitAndMeal => ("健康保険法施行規則105条", "限度額適用・標準負担額減額認定証"),
        Certificate::NotNeeded => ("健康保険法施行令43条1項", "認定証は不要"),
    };
    let from = valid_from.map_or_else(|| "なし".to_owned(), |day| day.to_string());
    trace.step(
        Step::new(clause, format!("{name}: 申請のあった月の初日 (その月の資格取得ならその日) から有効"))
            .with("発効年月日", from, "")
            .gives(if in_effect { "適用する" } else { "適用しない" }),
    );
}
