//! 被保険者と適用除外 (厚生年金保険法9条・12条・14条5号, 健康保険法3条1項).

use domain::age::period_end;
use domain::{Month, Ratio};
use jiff::civil::{Date, date};

use super::age::{epi_loss_on, hi_loss_on};
use super::check_day;
use super::short_time_worker::{ShortTime, requirements_failed};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 2月以内の雇用契約: the expectation of renewal counts from here on (令和2年法律40号).
const RENEWAL_COUNTS_SINCE: Date = date(2022, 10, 1);
/// 四分の三基準 as a clause, and short-time workers (平成24年法律62号).
const ON_FILE_SINCE: Date = date(2016, 10, 1);
/// 季節的業務.
const SEASONAL_MONTHS: i16 = 4;
/// 臨時的事業.
const TEMPORARY_MONTHS: i16 = 6;
/// 期間を定めて使用される者.
const FIXED_TERM_MONTHS: i16 = 2;

/// 使用関係 — what decides whether one of the exclusions of 12条1号〜4号 applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engagement {
    /// None of those below.
    Ordinary,
    /// 日々雇い入れられる者.
    ByTheDay,
    /// 2月以内かもしれない期間を定めて使用される者.
    FixedTerm {
        /// 契約の最後の日.
        until: Date,
        /// 更新されることが見込まれる.
        renewal_expected: bool,
    },
    /// 季節的業務, expected to last until this day.
    Seasonal {
        /// 使用されるべき最後の日.
        until: Date,
    },
    /// 臨時的事業の事業所, expected to last until this day.
    TemporaryUndertaking {
        /// 使用されるべき最後の日.
        until: Date,
    },
    /// 所在地が一定しない事業所.
    NoFixedPlace,
}

/// 所定労働時間と日数 — the person's, and those of regular workers of the same workplace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkingTime {
    /// 週の所定労働時間.
    pub weekly_hours: Ratio,
    /// 通常の労働者の週の所定労働時間.
    pub weekly_hours_regular: Ratio,
    /// 月の所定労働日数.
    pub monthly_days: Ratio,
    /// 通常の労働者の月の所定労働日数.
    pub monthly_days_regular: Ratio,
}

/// 四分の三基準 — weekly hours and monthly days are both at least three quarters of a regular worker's.
///
/// Law: 厚生年金保険法12条5号, 健康保険法3条1項9号.
pub fn is_three_quarters(time: &WorkingTime) -> bool {
    let enough = |own: Ratio, regular: Ratio| own >= Ratio::new(regular.numerator() * 3, regular.denominator() * 4);
    enough(time.weekly_hours, time.weekly_hours_regular) && enough(time.monthly_days, time.monthly_days_regular)
}

/// 使用される者 — somebody employed at a covered workplace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Employee {
    /// 生年月日.
    pub birth: Date,
    /// 使用されるに至った日.
    pub employed_from: Date,
    /// 使用関係.
    pub engagement: Engagement,
    /// 労働時間と日数; `None` for a regular worker or a paid director.
    pub time: Option<WorkingTime>,
    /// What decides under three quarters; `None` where the person is not.
    pub short_time: Option<ShortTime>,
    /// 国民健康保険組合の被保険者 with approval.
    pub national_health_association: bool,
    /// 後期高齢者医療の被保険者 before 75.
    pub late_stage_elderly: bool,
}

/// 被保険者の種別.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// 一般 (three quarters or more).
    Regular,
    /// 短時間労働者.
    ShortTime,
    /// 適用除外.
    Excluded,
}

/// 被保険者か — of each scheme, on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insured {
    /// 厚生年金保険.
    pub epi: bool,
    /// 健康保険.
    pub hi: bool,
    /// 種別.
    pub class: Class,
    /// What decided, in Japanese.
    pub reason: String,
}

/// 被保険者 — whether somebody employed at a covered workplace is insured on a day.
///
/// Law: 厚生年金保険法9条 (under 70), 12条 (exclusions), 健康保険法3条1項 (exclusions; 後期高齢者医療, 国保組合). Paid directors
/// are employed; the form of contract does not matter.
///
/// # Errors
/// `BadInput` — days in the wrong order; `NotInForce` before 2016-10; `MissingFact` — under three quarters, and the
/// facts of a short-time worker not given; as [`requirements_failed`].
///
/// # Examples
/// A contract of exactly two months, no renewal expected: excluded; expected since 2022-10: insured from the start.
pub fn insured(on: Date, employee: &Employee, trace: &mut Trace) -> Result<Insured, LawError> {
    check(on, employee)?;
    if let Some(reason) = excluded(on, employee) {
        trace.step(facts(on, employee, "12条1号から4号までの適用除外").gives(reason));
        return Ok(Insured { epi: false, hi: false, class: Class::Excluded, reason: reason.to_owned() });
    }
    let (class, reason) = class(on, employee, trace)?;
    if class == Class::Excluded {
        trace.step(facts(on, employee, "四分の三基準も短時間労働者の要件も満たさない").gives(reason.clone()));
        return Ok(Insured { epi: false, hi: false, class, reason });
    }
    let epi = on < epi_loss_on(employee.birth);
    let hi = on < hi_loss_on(employee.birth) && !employee.national_health_association && !employee.late_stage_elderly;
    let told = |is: bool| if is { "被保険者" } else { "被保険者でない" };
    trace.step(
        facts(on, employee, "厚生年金保険は70歳に達するまで、健康保険は75歳まで (国保組合・後期高齢者医療を除く)")
            .gives(format!("厚生年金保険 {}、健康保険 {}", told(epi), told(hi))),
    );
    Ok(Insured { epi, hi, class, reason })
}

fn check(on: Date, employee: &Employee) -> Result<(), LawError> {
    check_day("基準日 (on)", on)?;
    check_day("生年月日 (birthdate)", employee.birth)?;
    check_day("使用されるに至った日 (employed_from)", employee.employed_from)?;
    if on < ON_FILE_SINCE {
        return Err(LawError::NotInForce { table: "適用除外".to_owned(), asked: Month::of(on) });
    }
    if on < employee.employed_from || employee.employed_from < employee.birth {
        let reason = "生年月日以後、基準日以前の日を入力してください";
        return Err(LawError::bad_input("使用されるに至った日 (employed_from)", reason));
    }
    let until = match employee.engagement {
        Engagement::FixedTerm { until, .. }
        | Engagement::Seasonal { until }
        | Engagement::TemporaryUndertaking { until } => until,
        _ => employee.employed_from,
    };
    if until < employee.employed_from {
        return Err(LawError::bad_input("期間の最後の日 (until)", "使用されるに至った日以後の日を入力してください"));
    }
    Ok(())
}

/// Which of 12条1号〜4号 excludes on this day, if any.
fn excluded(on: Date, employee: &Employee) -> Option<&'static str> {
    let within = |until: Date, months: i16| until <= period_end(employee.employed_from, months);
    match employee.engagement {
        Engagement::ByTheDay if on <= period_end(employee.employed_from, 1) => {
            Some("日々雇い入れられる者 (1月を超えて使用されるまで)")
        }
        Engagement::FixedTerm { until, renewal_expected } if within(until, FIXED_TERM_MONTHS) && on <= until => {
            let counts = on >= RENEWAL_COUNTS_SINCE && renewal_expected;
            (!counts).then_some("2月以内の期間を定めて使用される者")
        }
        Engagement::Seasonal { until } if within(until, SEASONAL_MONTHS) => {
            Some("季節的業務に使用される者 (4月を超えて使用されるべき場合を除く)")
        }
        Engagement::TemporaryUndertaking { until } if within(until, TEMPORARY_MONTHS) => {
            Some("臨時的事業の事業所に使用される者 (6月を超えて使用されるべき場合を除く)")
        }
        Engagement::NoFixedPlace => Some("所在地が一定しない事業所に使用される者"),
        _ => None,
    }
}

/// Regular by three quarters, else short-time by its own requirements.
fn class(on: Date, employee: &Employee, trace: &mut Trace) -> Result<(Class, String), LawError> {
    let Some(time) = &employee.time else {
        return Ok((Class::Regular, "通常の労働者".to_owned()));
    };
    let regular = is_three_quarters(time);
    trace.step(
        Step::new("厚生年金保険法12条5号・健康保険法3条1項9号", "週の所定労働時間と月の所定労働日数がともに4分の3以上")
            .with("週の所定労働時間", format!("{} / {}", time.weekly_hours, time.weekly_hours_regular), "時間")
            .with("月の所定労働日数", format!("{} / {}", time.monthly_days, time.monthly_days_regular), "日")
            .gives(if regular { "4分の3以上" } else { "4分の3未満" }),
    );
    if regular {
        return Ok((Class::Regular, "4分の3以上".to_owned()));
    }
    let fact = || LawError::MissingFact { fact: "短時間労働者の就労条件 (short_time)".to_owned() };
    let failed = requirements_failed(on, employee.short_time.as_ref().ok_or_else(fact)?, trace)?;
    if failed.is_empty() {
        Ok((Class::ShortTime, "短時間労働者".to_owned()))
    } else {
        Ok((Class::Excluded, format!("4分の3未満で、短時間労働者の要件を満たさない: {}", failed.join("、"))))
    }
}

fn facts(on: Date, employee: &Employee, rule: &'static str) -> Step {
    Step::new("厚生年金保険法9条・12条・健康保険法3条1項", rule).with("基準日", on, "").with(
        "使用されるに至った日",
        employee.employed_from,
        "",
    )
}
