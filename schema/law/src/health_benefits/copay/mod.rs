//! 療養の給付の一部負担金と家族療養費 (健康保険法74条・75条・110条).

use domain::age::{attained_on, nth_birthday};
use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::{Date, date};

use crate::book::LawTable;
use crate::table::{of_rates, of_yen};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static COPAY_RATES: LawTable<Ratio> =
    LawTable::new("health_benefits/copay/copay_rates.csv", include_str!("copay_rates.csv"), of_rates);
pub(super) static ACTIVE_INCOME: LawTable<Yen> =
    LawTable::new("health_benefits/copay/active_income.csv", include_str!("active_income.csv"), of_yen);

/// 昭和19年4月1日以前に生まれた者 keep the lower rate from 70 on (平成26年4月2日以後に70歳に達する者から2割).
const BORN_BEFORE: Date = date(1944, 4, 2);

/// 5円未満切捨て・5円以上10円未満切上げ — to whole tens of yen (健康保険法75条).
pub fn to_ten_yen(exact: Ratio) -> Yen {
    let tens = Ratio::new(exact.numerator(), exact.denominator() * 10).round(Rounding::HalfUp);
    Yen::new(tens.get() * 10)
}

/// 一部負担金 — what the patient pays at the counter.
///
/// Law: 健康保険法74条1項 (割合), 75条 (端数: 5円未満切捨て・5円以上10円未満切上げ).
///
/// - `medical`: 療養に要する費用 (点数 × 10円), whole yen, 0 or more
/// - `rate`: the patient's part, 0 to 1
///
/// Returns whole yen, a multiple of 10. Cannot fail: the caller checked both.
///
/// # Examples
/// 8,730円 at 3割: 2,619円 → 2,620円. 8,750円: 2,625円 → 2,630円.
pub fn copayment(medical: Yen, rate: Ratio, trace: &mut Trace) -> Yen {
    let exact = rate.times_yen(medical);
    let share = to_ten_yen(exact);
    trace.step(
        Step::new(
            "健康保険法75条",
            "一部負担金 = 療養に要する費用 × 一部負担金の割合、5円未満切捨て・5円以上10円未満切上げ",
        )
        .with("療養に要する費用", medical, "")
        .with("一部負担金の割合", rate, "")
        .with("端数処理前", exact, "円")
        .gives(share),
    );
    share
}

/// 療養を受けた者 — the insured, or a dependant of an insured born on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatientKind {
    /// 被保険者.
    Insured,
    /// 被扶養者. The insured's age decides whether active income counts.
    Dependant {
        /// 被保険者の生年月日; needed from the dependant's 70th birthday on.
        insured_birth: Option<Date>,
    },
}

/// 現役並み所得の判定に使う事実 — of the insured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActiveIncomeFacts {
    /// 標準報酬月額 of the month of care; needed from 70 on.
    pub standard: Option<Yen>,
    /// 収入の額 where the insured applied (or the insurer confirmed it): of the insured and the dependants of 70 and
    /// over together. `None`: no application.
    pub income: Option<Yen>,
    /// 70歳以上の被扶養者, or a former dependant now in 後期高齢者医療, is counted in `income`.
    pub several_persons: bool,
}

/// 割合の区分 — by age and income.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeBand {
    /// 6歳に達する日以後の最初の3月31日以前.
    BeforeSchool,
    /// 70歳に達する日の属する月以前.
    To69,
    /// 70歳に達する日の属する月の翌月以後.
    From70,
    /// The same, born on or before 1944-04-01.
    From70Early,
    /// 70歳以上の現役並み所得者.
    Active,
}

impl AgeBand {
    /// The key of the table.
    pub fn key(self) -> &'static str {
        match self {
            AgeBand::BeforeSchool => "before_compulsory_school_age",
            AgeBand::To69 => "school_age_to_69",
            AgeBand::From70 => "70to74",
            AgeBand::From70Early => "70to74_born_before_1944_04_02",
            AgeBand::Active => "70to74_active",
        }
    }

    fn name(self) -> &'static str {
        match self {
            AgeBand::BeforeSchool => "義務教育就学前",
            AgeBand::To69 => "義務教育就学後70歳未満",
            AgeBand::From70 => "70歳以上",
            AgeBand::From70Early => "70歳以上 (昭和19年4月1日以前生まれ)",
            AgeBand::Active => "70歳以上 (現役並み所得)",
        }
    }
}

/// 70歳以上の割合が始まる月 — the month after the one in which 70 is attained; born on the 1st: the birthday month.
///
/// Law: 健康保険法74条1項2号 (七十歳に達する日の属する月の翌月), 年齢計算ニ関スル法律.
pub fn first_month_from_70(birth: Date) -> Month {
    Month::of(attained_on(birth, 70)).next()
}

/// 就学前の最後の日 — the first 31 March on or after the day 6 is attained (健康保険法110条2項1号ロ).
pub fn last_day_before_school(birth: Date) -> Date {
    let attained = attained_on(birth, 6);
    let same_year = date(attained.year(), 3, 31);
    if attained <= same_year { same_year } else { date(attained.year().saturating_add(1).min(9999), 3, 31) }
}

/// 現役並み所得 — whether the insured of 70 and over pays the higher rate.
///
/// Law: 健康保険法74条1項3号, 健康保険法施行令34条1項 (標準報酬月額), 34条2項 (収入の額, on application).
///
/// - `month`: 療養のあった月
///
/// # Errors
/// `MissingFact` — no standard; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Standard 280,000円, alone, income 3,829,999円 on application: no. 3,830,000円: yes.
pub fn is_active_income(month: Month, facts: ActiveIncomeFacts, trace: &mut Trace) -> Result<bool, LawError> {
    let standard =
        facts.standard.ok_or_else(|| LawError::MissingFact { fact: "標準報酬月額 (standard_yen)".to_owned() })?;
    let least = *ACTIVE_INCOME.at("standard_min", month, trace)?;
    let mut active = standard >= least;
    let mut step =
        Step::new("健康保険法施行令34条", "現役並み所得: 標準報酬月額が下限以上。収入の額が上限未満の者を除く (申請)")
            .with("標準報酬月額", standard, "")
            .with("標準報酬月額の下限", least, "");
    if let (true, Some(income)) = (active, facts.income) {
        let key = if facts.several_persons { "income_below_several" } else { "income_below_one" };
        let below = *ACTIVE_INCOME.at(key, month, trace)?;
        active = income >= below;
        step = step.with("収入の額", income, "").with("収入の額の上限", below, "");
    }
    trace.step(step.gives(if active { "現役並み所得" } else { "現役並み所得でない" }));
    Ok(active)
}

/// 一部負担金の割合 — the patient's part by age, income and day.
///
/// Law: 健康保険法74条1項 (被保険者), 110条2項1号 (被扶養者), 令34条. From 70 the rate begins with the month after
/// the one in which 70 is attained. A dependant of 70 and over pays as active only where the insured is 70 or over.
///
/// - `care_on`: 療養を受けた日
/// - `birth`: the patient's
///
/// Returns the band and the rate.
///
/// # Errors
/// `BadInput` — care before birth, or from the 75th birthday on (後期高齢者医療); `MissingFact` — a fact needed from
/// 70 on; `NotInForce`, `PastLastCheck` — no rate on file.
///
/// # Examples
/// Born 1956-08-02: 3割 to August 2026, 2割 from September. Born 1956-08-01: 2割 from August.
pub fn copayment_rate(
    care_on: Date,
    birth: Date,
    patient: PatientKind,
    facts: ActiveIncomeFacts,
    trace: &mut Trace,
) -> Result<(AgeBand, Ratio), LawError> {
    check_covered(care_on, birth, "birthdate")?;
    let month = Month::of(care_on);
    let band = if matches!(patient, PatientKind::Dependant { .. }) && care_on <= last_day_before_school(birth) {
        AgeBand::BeforeSchool
    } else if month < first_month_from_70(birth) {
        AgeBand::To69
    } else if insured_is_70(care_on, patient)? && is_active_income(month, facts, trace)? {
        AgeBand::Active
    } else if birth < BORN_BEFORE {
        AgeBand::From70Early
    } else {
        AgeBand::From70
    };
    let rate = *COPAY_RATES.at(band.key(), month, trace)?;
    let clause = match patient {
        PatientKind::Insured => "健康保険法74条1項",
        PatientKind::Dependant { .. } => "健康保険法110条2項1号",
    };
    trace.step(
        Step::new(clause, "年齢と所得の区分により一部負担金の割合を定める")
            .with("生年月日", birth, "")
            .with("療養を受けた日", care_on, "")
            .with("70歳以上の割合の始まる月", first_month_from_70(birth), "")
            .gives(format!("{} {rate}", band.name())),
    );
    Ok((band, rate))
}

fn check_covered(care_on: Date, birth: Date, key: &str) -> Result<(), LawError> {
    let item = || format!("生年月日 ({key})");
    if care_on < birth {
        return Err(LawError::bad_input(item(), "療養を受けた日以前の日を入力してください"));
    }
    if care_on >= nth_birthday(birth, 75) {
        let reason = "75歳の誕生日からは後期高齢者医療です。健康保険の療養の日を入力してください";
        return Err(LawError::bad_input(item(), reason));
    }
    Ok(())
}

/// Whether the insured pays the rates of 70 and over on that day; asked only for patients who do.
fn insured_is_70(care_on: Date, patient: PatientKind) -> Result<bool, LawError> {
    let PatientKind::Dependant { insured_birth } = patient else { return Ok(true) };
    let birth = insured_birth
        .ok_or_else(|| LawError::MissingFact { fact: "被保険者の生年月日 (insured_birthdate)".to_owned() })?;
    check_covered(care_on, birth, "insured_birthdate")?;
    Ok(Month::of(care_on) >= first_month_from_70(birth))
}

/// 家族療養費 — what the insurer bears of a dependant's care.
///
/// Law: 健康保険法110条2項. The cost less the dependant's share, rounded as at the counter (75条の例).
///
/// - `medical`: 療養に要する費用, whole yen; `rate`: of the dependant, from [`copayment_rate`]
///
/// Returns the dependant's share and the benefit; together they are the cost.
///
/// # Examples
/// 8,730円 for a child before school: share 1,746円 → 1,750円, benefit 6,980円.
pub fn family_medical_benefit(medical: Yen, rate: Ratio, trace: &mut Trace) -> (Yen, Yen) {
    let share = copayment(medical, rate, trace);
    let benefit = medical - share;
    trace.step(
        Step::new("健康保険法110条2項", "家族療養費 = 療養に要する費用 − 被扶養者の負担")
            .with("療養に要する費用", medical, "")
            .with("被扶養者の負担", share, "")
            .gives(benefit),
    );
    (share, benefit)
}
