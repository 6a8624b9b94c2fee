//! 免除・納付猶予・学生納付特例の申請 (国民年金法90条・90条の2・90条の3, 平成16年改正法附則19条, 平成26年改正法附則14条).

use domain::age::attained_on;
use domain::{Month, Yen};
use jiff::civil::Date;

use super::income_limit::{Deductions, Dependants, IncomeTest, counted_income, income_limit};
use super::of_counts;
use super::relief::{Relief, payable_part};
use crate::book::LawTable;
use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static DEFERRAL_AGES: LawTable<i16> =
    LawTable::new("national_pension/application/deferral_ages.csv", include_str!("deferral_ages.csv"), of_counts);

pub(super) static RETROACTIVE_MONTHS: LawTable<i16> = LawTable::new(
    "national_pension/application/retroactive_months.csv",
    include_str!("retroactive_months.csv"),
    of_counts,
);

/// 審査される者.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// 被保険者本人.
    Insured,
    /// 配偶者.
    Spouse,
    /// 世帯主.
    Head,
}

impl Role {
    const fn words(self) -> &'static str {
        match self {
            Role::Insured => "本人",
            Role::Spouse => "配偶者",
            Role::Head => "世帯主",
        }
    }

    /// Whose grounds a relief asks for: a student's own, 納付猶予 also the spouse's, exemption also the head's.
    const fn is_tested_for(self, relief: Relief) -> bool {
        match relief {
            Relief::Student => matches!(self, Role::Insured),
            Relief::Deferral => matches!(self, Role::Insured | Role::Spouse),
            _ => true,
        }
    }
}

/// 所得によらない事由 (国民年金法90条1項2号・4号): established by a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// 生活扶助以外の扶助を受けている.
    PublicAssistance,
    /// 災害, 失業 and the like: his own income is disregarded.
    DisasterOrUnemployment,
}

/// 審査される者の事実.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestedPerson {
    /// Who.
    pub role: Role,
    /// 総所得金額等 of [`income_year`], yen.
    pub income: Yen,
    /// 控除.
    pub deductions: Deductions,
    /// 扶養親族等.
    pub dependants: Dependants,
    /// 障害者, 寡婦 or ひとり親 (地方税法).
    pub disabled_widow_single_parent: bool,
    /// A ground that does not ask for income.
    pub ground: Option<Ground>,
}

/// 審査の順序 — a setting: the applicant may name what he asks for; the form's order is what it prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReviewOrder {
    /// 全額免除, 納付猶予, 四分の三, 半額, 四分の一.
    #[default]
    Form,
    /// 全額, 四分の三, 半額, 四分の一, then 納付猶予.
    ExemptionsFirst,
}

impl ReviewOrder {
    const fn reliefs(self) -> [Relief; 5] {
        use Relief::{Deferral, Full, Half, OneQuarter, ThreeQuarters};
        match self {
            ReviewOrder::Form => [Full, Deferral, ThreeQuarters, Half, OneQuarter],
            ReviewOrder::ExemptionsFirst => [Full, ThreeQuarters, Half, OneQuarter, Deferral],
        }
    }
}

/// 申請 — what is known of one month.
#[derive(Clone, Copy, Debug)]
pub struct Application<'a> {
    /// 月分.
    pub month: Month,
    /// 申請した月.
    pub applied_in: Month,
    /// 生年月日 of the insured.
    pub birth: Date,
    /// 学生等である: only 学生納付特例 is open to him.
    pub student: bool,
    /// The insured, and spouse and head of household where there are such (not where the insured is the head).
    pub persons: &'a [TestedPerson],
    /// The setting.
    pub order: ReviewOrder,
}

/// 所得を見る年 — the calendar year whose income is tested.
///
/// Law: 国民年金法90条1項1号 (前年; January to June the year before that), 90条の3第1項1号 (January to March).
///
/// # Examples
/// 2025-07: 2024; 2026-06: 2024. A student's 2026-01: 2024, 2026-04: 2025.
pub fn income_year(relief: Relief, month: Month) -> i16 {
    month.year() - if month.month() >= first_month_of_cycle(relief) { 1 } else { 2 }
}

/// 7 (July to June), for students 4 (April to March).
const fn first_month_of_cycle(relief: Relief) -> i8 {
    if matches!(relief, Relief::Student) { 4 } else { 7 }
}

/// 承認される期間の周期 — first and last month of the cycle a month lies in.
///
/// Law: 国民年金法90条1項・90条の3第1項 (厚生労働大臣の指定する期間): July to June; students April to March.
///
/// # Examples
/// 2026-03: 2025-07 to 2026-06; a student's 2025-04 to 2026-03.
pub fn cycle(relief: Relief, month: Month) -> (Month, Month) {
    let start = first_month_of_cycle(relief);
    let year = if month.month() >= start { month.year() } else { month.year() - 1 };
    let first = Month::new(year, start).expect("a month of the calendar");
    (first, first.plus(11))
}

/// 申請できる期間 — the first and last month that an application made in a month can be for.
///
/// Law: 国民年金法90条1項・90条の2・90条の3第1項 (the period the minister names): two years and a month back, since 2014-04; to the
/// end of the cycle.
///
/// # Errors
/// `NotInForce` — applied before 2014-04; `PastLastCheck`.
///
/// # Examples
/// Applied 2025-07: 2023-06 to 2026-06; a student 2023-06 to 2026-03.
pub fn months_open(relief: Relief, applied_in: Month, trace: &mut Trace) -> Result<(Month, Month), LawError> {
    let back = *RETROACTIVE_MONTHS.at("", applied_in, trace)?;
    let open = (applied_in.plus(-i32::from(back)), cycle(relief, applied_in).1);
    trace.step(
        Step::new("国民年金法90条1項・90条の3第1項", "申請できる期間 = 申請月の2年1か月前から、承認の周期の終わりまで")
            .with("申請した月", applied_in, "")
            .with("免除・猶予", relief.words(), "")
            .gives(format!("{}〜{}", open.0, open.1)),
    );
    Ok(open)
}

/// 申請の審査 — the relief that a month gets on application.
///
/// Law: 国民年金法90条1項 (全額免除: the insured, the spouse and the head of household each meet a ground; not for students), 90条
/// の2第1項から3項まで (partial), 90条の3第1項 (students: their own ground only), 平成16年改正法附則19条・平成26年改正法附則14条 (納付猶予: under
/// 30, since 2016-07 under 50, the insured and the spouse).
///
/// Returns `None` when nothing can be granted.
///
/// # Errors
/// `BadInput` — no insured, or a role twice, or a month the application cannot be for; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Alone, no dependants, income 670,000円: 全額免除; 670,001円 and under 50: not 納付猶予 either, but 四分の三免除 (880,000円).
pub fn review(application: &Application<'_>, trace: &mut Trace) -> Result<Option<Relief>, LawError> {
    check(application)?;
    let reliefs = application.order.reliefs();
    let reviewed: &[Relief] = if application.student { &[Relief::Student] } else { &reliefs };
    let (first, last) = months_open(reviewed[0], application.applied_in, trace)?;
    if !(first..=last).contains(&application.month) {
        let reason = format!("{}に申請できる月 ({first}から{last}まで) を入力してください", application.applied_in);
        return Err(LawError::bad_input("月分 (month)", reason));
    }
    let mut granted = None;
    for relief in reviewed.iter().copied() {
        if meets(application, relief, trace)? {
            granted = Some(relief);
            break;
        }
    }
    trace.step(
        Step::new("国民年金法90条・90条の2・90条の3", "審査の順に、初めて該当したものを承認する (順序は設定)")
            .with("審査の順", reviewed.iter().map(|relief| relief.words()).collect::<Vec<_>>().join("、"), "")
            .gives(granted.map_or("却下", Relief::words)),
    );
    Ok(granted)
}

fn check(application: &Application<'_>) -> Result<(), LawError> {
    check_day("生年月日 (birthdate)", application.birth)?;
    let count = |role| application.persons.iter().filter(|person| person.role == role).count();
    if count(Role::Insured) != 1 || count(Role::Spouse) > 1 || count(Role::Head) > 1 {
        let reason = "本人を1人、配偶者と世帯主 (本人でないとき) をそれぞれ1人まで入力してください";
        return Err(LawError::bad_input("審査される者 (persons)", reason));
    }
    if application.persons.iter().any(|person| person.income < Yen::ZERO) {
        return Err(LawError::bad_input("所得 (income_yen)", "0円以上で入力してください"));
    }
    Ok(())
}

fn meets(application: &Application<'_>, relief: Relief, trace: &mut Trace) -> Result<bool, LawError> {
    payable_part(relief, application.month, trace)?;
    if relief == Relief::Deferral && !is_young_enough(application.birth, application.month, trace)? {
        return Ok(false);
    }
    for person in application.persons.iter().filter(|person| person.role.is_tested_for(relief)) {
        if !person_meets(person, relief, application.month, trace)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// 納付猶予の対象年齢か — the month lies before the one in which the age is attained.
///
/// Law: 平成16年改正法附則19条1項 (30歳に達する日の属する月の前月まで), 平成26年改正法附則14条1項 (50歳).
///
/// # Errors
/// `NotInForce`, `PastLastCheck`.
pub fn is_young_enough(birth: Date, month: Month, trace: &mut Trace) -> Result<bool, LawError> {
    let age = *DEFERRAL_AGES.at("", month, trace)?;
    let attained = attained_on(birth, age);
    let young = month < Month::of(attained);
    trace.step(
        Step::new(Relief::Deferral.clause(), format!("納付猶予: {age}歳に達する日の属する月の前月まで"))
            .with("その年齢に達する日", attained, "")
            .gives(if young { "対象" } else { "対象外" }),
    );
    Ok(young)
}

/// 事由に該当するか — one person, for one relief.
fn person_meets(person: &TestedPerson, relief: Relief, month: Month, trace: &mut Trace) -> Result<bool, LawError> {
    let test = IncomeTest::of(relief).expect("reviewed reliefs have a test of income");
    let (meets, why) = if let Some(ground) = person.ground {
        (
            true,
            match ground {
                Ground::PublicAssistance => "2号: 生活扶助以外の扶助".to_owned(),
                Ground::DisasterOrUnemployment => "4号: 災害・失業等 (本人の所得は見ない)".to_owned(),
            },
        )
    } else {
        by_income(person, test, month, trace)?
    };
    trace.step(
        Step::new(relief.clause(), format!("{}: {}", relief.words(), person.role.words()))
            .with("所得の年", income_year(relief, month), "年")
            .with("事由", why, "")
            .gives(if meets { "該当" } else { "非該当" }),
    );
    Ok(meets)
}

fn by_income(
    person: &TestedPerson,
    test: IncomeTest,
    month: Month,
    trace: &mut Trace,
) -> Result<(bool, String), LawError> {
    if person.disabled_widow_single_parent {
        let flat = income_limit(IncomeTest::DisabledWidowSingleParent, Dependants::default(), month, trace)?;
        if person.income <= flat {
            return Ok((true, format!("3号: 障害者・寡婦・ひとり親で所得 {} ≦ {flat}", person.income)));
        }
    }
    let limit = income_limit(test, person.dependants, month, trace)?;
    let counted = counted_income(test, person.income, person.deductions, month, trace)?;
    let meets = counted <= limit;
    Ok((meets, format!("1号: 所得 {counted} {} {limit}", if meets { "≦" } else { ">" })))
}
