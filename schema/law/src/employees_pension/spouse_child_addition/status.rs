//! 加給年金額の加算の始期・終期・支給停止 (厚生年金保険法44条1項・4項, 46条6項), month by month.

use domain::Month;
use domain::age::attained_on;
use jiff::civil::{Date, date};

use super::MONTHS_LEAST;
use crate::employees_insurance::check_day;
use crate::employees_pension::{check_months, read_key};
use crate::{LawError, Step, Trace};

/// From this month the spouse's right alone suspends, also where it is wholly stopped (令和3年政令229号).
const RIGHT_SUFFICES_FROM: (i16, i8) = (2022, 4);
/// Spouses born to this day keep the addition after 65 (昭和60年改正法附則60条1項).
const NO_LIMIT_BORN_TO: Date = date(1926, 4, 1);

/// 受給権者 — whose pension it is added to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pensioner {
    /// 権利を取得した日 (65歳 or the start of the fixed part), or the day from which 240 months were counted.
    pub based_on: Date,
    /// 被保険者期間の月数 then.
    pub months: i32,
    /// 中高齢の期間短縮特例: 15 to 19 years stand for 240 months.
    pub middle_age_rule: bool,
    /// Months in which the pension is wholly stopped because of work.
    pub fully_stopped: Vec<Month>,
}

/// 老齢・障害の年金 of the spouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPension {
    /// 老齢厚生年金 of 240 months or more: the day its right arose.
    pub old_age_from: Option<Date>,
    /// Months in which that pension is wholly stopped.
    pub old_age_fully_stopped: Vec<Month>,
    /// 障害の年金: the day its right arose, and the day it ended.
    pub disability: Option<(Date, Option<Date>)>,
}

/// 配偶者 — in whose respect the addition is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spouse {
    /// 生年月日.
    pub birth: Date,
    /// 生計を維持されていた on the base day.
    pub dependent: bool,
    /// 死亡, 離婚, or the end of being supported: the first of them.
    pub ended_on: Option<Date>,
    /// Pensions of the spouse's own.
    pub own: OwnPension,
}

/// 子.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Child {
    /// 生年月日; after the base day only for a child not yet born then (胎児).
    pub birth: Date,
    /// 生計を維持されていた.
    pub dependent: bool,
    /// 障害等級1級・2級: counts to 20.
    pub disabled: bool,
    /// 死亡, 婚姻, 養子縁組 …: the first of them.
    pub ended_on: Option<Date>,
}

/// 加算の状態 — of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 加算しない: the conditions of 44条1項 were not met on the base day.
    Never(&'static str),
    /// まだ始まらない.
    NotYet,
    /// 加算する.
    Payable,
    /// 支給停止.
    Suspended(&'static str),
    /// 加算しない: ended before the month.
    Ended(&'static str),
}

impl Standing {
    /// A short word for machines.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Never(_) => "never",
            Standing::NotYet => "not_yet",
            Standing::Payable => "payable",
            Standing::Suspended(_) => "suspended",
            Standing::Ended(_) => "ended",
        }
    }

    /// Why, where there is a reason to tell.
    pub fn reason(self) -> &'static str {
        match self {
            Standing::Never(reason) | Standing::Suspended(reason) | Standing::Ended(reason) => reason,
            Standing::NotYet => "加算の始まる月より前",
            Standing::Payable => "加算する",
        }
    }
}

/// 加算の始まる月 — the month after the base day's.
///
/// Law: 厚生年金保険法44条1項, 36条1項.
pub fn first_month(pensioner: &Pensioner) -> Month {
    Month::of(pensioner.based_on).next()
}

/// Whether the pensioner's own pension is wholly stopped in the month (46条1項ただし書: then no addition is paid).
pub fn fully_stopped_in(pensioner: &Pensioner, month: Month) -> bool {
    pensioner.fully_stopped.contains(&month)
}

/// 配偶者の加給年金額の状態 — of one month.
///
/// Law: 厚生年金保険法44条1項 (240月, 65歳未満, 生計維持), 4項1号から4号まで (終期: the month after), 46条1項 (whole stop),
/// 46条6項 (the spouse's own pensions), 令和3年政令229号附則 (who had it for March 2022 although the spouse's pension was
/// wholly stopped keeps it while that stop lasts), 昭和60年改正法附則60条1項.
///
/// # Errors
/// `BadInput` — months that cannot be; `NotInForce`, `PastLastCheck` — the month.
///
/// # Examples
/// Spouse born 1960-05-01: 65 on 2025-04-30, last payable for April 2025. Born 1960-05-02: for May.
pub fn spouse_standing(
    month: Month,
    pensioner: &Pensioner,
    spouse: &Spouse,
    trace: &mut Trace,
) -> Result<Standing, LawError> {
    check_day("配偶者の生年月日 (spouse_birth_date)", spouse.birth)?;
    let enough = enough_months(pensioner, month, trace)?;
    let standing = spouse_in(month, pensioner, spouse, enough);
    tell("厚生年金保険法44条1項・4項・46条6項", "配偶者に係る加給年金額", month, standing, trace);
    Ok(standing)
}

fn spouse_in(month: Month, pensioner: &Pensioner, spouse: &Spouse, enough: bool) -> Standing {
    let limited = spouse.birth > NO_LIMIT_BORN_TO;
    let sixty_five = attained_on(spouse.birth, 65);
    if !enough {
        Standing::Never("被保険者期間が240月に満たない")
    } else if !spouse.dependent {
        Standing::Never("生計を維持されていない")
    } else if limited && sixty_five <= pensioner.based_on {
        Standing::Never("配偶者が65歳に達していた")
    } else if month < first_month(pensioner) {
        Standing::NotYet
    } else if spouse.ended_on.is_some_and(|ended_on| Month::of(ended_on) < month) {
        Standing::Ended("死亡・離婚・生計維持の終わり")
    } else if limited && Month::of(sixty_five) < month {
        Standing::Ended("配偶者が65歳に達した")
    } else if fully_stopped_in(pensioner, month) {
        Standing::Suspended("老齢厚生年金の全額支給停止")
    } else {
        own_pension_in(month, pensioner, spouse)
    }
}

/// 46条6項 — what the spouse's own pensions do.
fn own_pension_in(month: Month, pensioner: &Pensioner, spouse: &Spouse) -> Standing {
    let own = &spouse.own;
    let disability = own
        .disability
        .is_some_and(|(from, until)| Month::of(from) < month && until.is_none_or(|until| month <= Month::of(until)));
    if disability {
        return Standing::Suspended("配偶者が障害の年金を受けられる");
    }
    let right = own.old_age_from.is_some_and(|from| Month::of(from) < month);
    if !right {
        return Standing::Payable;
    }
    let stopped = own.old_age_fully_stopped.contains(&month);
    let (year, number) = RIGHT_SUFFICES_FROM;
    let right_suffices = Month::new(year, number).expect("a month");
    let paid_for_all_that =
        stopped && (month < right_suffices || kept_since(right_suffices.previous(), month, pensioner, spouse));
    if paid_for_all_that {
        Standing::Payable
    } else {
        Standing::Suspended("配偶者に240月以上の老齢厚生年金の権利がある")
    }
}

/// 経過措置 — paid for March 2022 although the spouse's pension was wholly stopped, and so ever since.
fn kept_since(march: Month, month: Month, pensioner: &Pensioner, spouse: &Spouse) -> bool {
    let stopped = |month: &Month| spouse.own.old_age_fully_stopped.contains(month);
    let right_then = spouse.own.old_age_from.is_some_and(|from| Month::of(from) < march);
    right_then
        && first_month(pensioner) <= march
        && march.through(month).all(|each| stopped(&each) && !fully_stopped_in(pensioner, each))
}

/// 子の加給年金額の状態 — of one child and month.
///
/// Law: 厚生年金保険法44条1項 (18歳に達する日以後の最初の3月31日まで; 障害等級1級・2級: 20歳未満), 3項 (胎児), 4項5号から10号まで.
///
/// # Errors
/// As [`spouse_standing`].
///
/// # Examples
/// Born 2007-04-01: 18 on 2025-03-31, last payable for March 2025. Born 2007-04-02: for March 2026.
pub fn child_standing(
    month: Month,
    pensioner: &Pensioner,
    child: &Child,
    trace: &mut Trace,
) -> Result<Standing, LawError> {
    check_day("子の生年月日 (child_birth_date)", child.birth)?;
    let enough = enough_months(pensioner, month, trace)?;
    let standing = child_in(month, pensioner, child, enough);
    tell("厚生年金保険法44条1項・3項・4項", "子に係る加給年金額", month, standing, trace);
    Ok(standing)
}

fn child_in(month: Month, pensioner: &Pensioner, child: &Child, enough: bool) -> Standing {
    let last_day = last_day_of_childhood(child);
    let first = first_month(pensioner).max(Month::of(child.birth).next());
    if !enough {
        Standing::Never("被保険者期間が240月に満たない")
    } else if !child.dependent {
        Standing::Never("生計を維持されていない")
    } else if last_day < pensioner.based_on || (child.disabled && last_day == pensioner.based_on) {
        Standing::Never("子の年齢の要件を過ぎていた")
    } else if month < first {
        Standing::NotYet
    } else if child.ended_on.is_some_and(|ended_on| Month::of(ended_on) < month) {
        Standing::Ended("死亡・婚姻・養子縁組・生計維持の終わり")
    } else if Month::of(last_day) < month {
        Standing::Ended("子の年齢の要件を過ぎた")
    } else if fully_stopped_in(pensioner, month) {
        Standing::Suspended("老齢厚生年金の全額支給停止")
    } else {
        Standing::Payable
    }
}

/// The first 31 March on or after the day 18 is attained; disabled: the day 20 is attained, if that is later.
fn last_day_of_childhood(child: &Child) -> Date {
    let eighteen = attained_on(child.birth, 18);
    let march = |year| Month::new(year, 3).expect("a year of the calendar").last_day();
    let year_end = if eighteen <= march(eighteen.year()) { march(eighteen.year()) } else { march(eighteen.year() + 1) };
    if child.disabled { attained_on(child.birth, 20).max(year_end) } else { year_end }
}

fn enough_months(pensioner: &Pensioner, month: Month, trace: &mut Trace) -> Result<bool, LawError> {
    check_months("被保険者期間の月数 (employee_months)", pensioner.months)?;
    let least = *read_key(&MONTHS_LEAST, "", month, trace)?;
    Ok(pensioner.middle_age_rule || pensioner.months >= least)
}

fn tell(clause: &'static str, what: &'static str, month: Month, standing: Standing, trace: &mut Trace) {
    trace.tell(|| {
        Step::new(clause, format!("{what}: {}", standing.reason())).with("月", month, "").gives(standing.key())
    });
}
