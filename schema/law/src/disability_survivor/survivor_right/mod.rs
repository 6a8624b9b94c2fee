//! 遺族年金の受給権 (国民年金法37条・37条の2, 厚生年金保険法58条・59条・62条・63条・65条の2・66条), as in force until March 2028.

pub mod family;

use domain::age::{attained_on, nth_birthday, period_end};
use domain::{Month, Ratio};
use jiff::civil::{Date, date};

use crate::book::LawTable;
use crate::employees_insurance::check_day;
use crate::table::of_rates;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

pub(super) static MONTHS: LawTable<Ratio> =
    LawTable::new("disability_survivor/survivor_right/months.csv", include_str!("months.csv"), of_rates);

/// 令和7年法律74号 — from this day on survivors' rights are others; these rules do not know them.
const REFORM_ON: Date = date(2028, 4, 1);

/// Deaths before the reform.
pub(super) fn check_death(died_on: Date) -> Result<(), LawError> {
    check_day("死亡日 (died_on)", died_on)?;
    if died_on < REFORM_ON {
        return Ok(());
    }
    let reason = "令和10年4月からの遺族年金の改正は登録されていません。改正後の規定によるかどうか";
    Err(LawError::CannotDecide { reason: reason.to_owned() })
}

fn months_of(key: &str, month: Month, trace: &mut Trace) -> Result<i64, LawError> {
    Ok(MONTHS.at(key, month, trace)?.in_units_of(1).expect("the table holds whole months"))
}

/// 短期要件・長期要件.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// 短期要件 (58条1項1号から3号まで).
    Short,
    /// 長期要件 (58条1項4号).
    Long,
}

impl Requirement {
    /// 短期要件, 長期要件.
    pub fn name(self) -> &'static str {
        match self {
            Requirement::Short => "短期要件",
            Requirement::Long => "長期要件",
        }
    }
}

/// 中高齢寡婦加算の月数 — in the long requirement the pension must be of 240 months or more.
///
/// Law: 厚生年金保険法62条1項.
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — the 240 months.
pub fn long_enough(requirement: Requirement, months: i64, month: Month, trace: &mut Trace) -> Result<bool, LawError> {
    if requirement == Requirement::Short {
        return Ok(true);
    }
    let least = months_of("widow_addition_long", month, trace)?;
    trace.tell(|| {
        Step::new("厚生年金保険法62条1項", "長期要件の中高齢寡婦加算は、被保険者期間が240月以上のとき")
            .with("被保険者期間", months, "月")
            .gives(if months >= least { "加算する" } else { "加算しない" })
    });
    Ok(months >= least)
}

/// 死亡した者の事情.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deceased {
    /// 死亡日.
    pub died_on: Date,
    /// 厚生年金保険の被保険者であった.
    pub insured_at_death: bool,
    /// 被保険者であった間に初診日がある傷病により死亡した; the day of that first consultation.
    pub illness_first_seen: Option<Date>,
    /// 1級又は2級の障害厚生年金の受給権者.
    pub disability_grade_1_or_2: bool,
    /// 保険料納付済期間・免除期間・合算対象期間の月数.
    pub qualifying_months: i64,
    /// 保険料納付要件を満たす: asked of the first two.
    pub contributions: bool,
    /// 遺族が長期要件によることを申し出た.
    pub survivor_states_long: bool,
}

/// 遺族厚生年金の要件 — short, long, or none.
///
/// Law: 厚生年金保険法58条1項1号 (insured), 2号 (illness first seen while insured, death within five years of it), 3号 (grade 1 or 2),
/// 4号 (qualified with 25 years), ただし書 (contributions, for 1号 and 2号), 2項 (both: short, unless the survivor states otherwise).
///
/// # Errors
/// `CannotDecide` — deaths from 2028-04-01; `BadInput` — days or months that cannot be; `NotInForce`, `PastLastCheck` — the 300 months.
pub fn requirement(deceased: &Deceased, trace: &mut Trace) -> Result<Option<Requirement>, LawError> {
    check_death(deceased.died_on)?;
    let by_contributions = deceased.insured_at_death || within_five_years(deceased)?;
    let short = deceased.disability_grade_1_or_2 || (by_contributions && deceased.contributions);
    let long = qualified_long(deceased, trace)?;
    let found = match (short, long) {
        (true, true) if deceased.survivor_states_long => Some(Requirement::Long),
        (true, _) => Some(Requirement::Short),
        (false, true) => Some(Requirement::Long),
        (false, false) => None,
    };
    trace.tell(|| {
        Step::new("厚生年金保険法58条", "短期要件と長期要件の両方にあたるときは、遺族が申し出ない限り短期要件による")
            .with("短期要件", if short { "あたる" } else { "あたらない" }, "")
            .with("長期要件", if long { "あたる" } else { "あたらない" }, "")
            .gives(found.map_or("受給権は生じない", Requirement::name))
    });
    Ok(found)
}

/// 25年の資格期間 — of 国民年金法37条3号・4号 as of 厚生年金保険法58条1項4号.
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — the 300 months.
pub fn qualified_long(deceased: &Deceased, trace: &mut Trace) -> Result<bool, LawError> {
    Ok(deceased.qualifying_months >= months_of("qualified_long", Month::of(deceased.died_on), trace)?)
}

/// 2号: five years from the first consultation had not passed.
fn within_five_years(deceased: &Deceased) -> Result<bool, LawError> {
    let Some(seen_on) = deceased.illness_first_seen else { return Ok(false) };
    check_day("初診日 (illness_first_seen_on)", seen_on)?;
    if seen_on > deceased.died_on {
        return Err(LawError::bad_input("初診日 (illness_first_seen_on)", "死亡日以前の日を入力してください"));
    }
    Ok(deceased.died_on <= period_end(seen_on, 60))
}

/// 30歳未満の妻 — when the right of a wife without a child ends; none: it is for life.
///
/// Law: 厚生年金保険法63条1項5号 (since 2007-04-01): under 30 and without 遺族基礎年金 when the right arose, five years from then; whose 遺族基礎年金
/// ended before 30, five years from that day.
///
/// - `basic_ended_on`: the day on which her 遺族基礎年金 ended; none: she has it still, or never had it
/// - `had_basic`: she had a right to it
///
/// Returns the day on which the right ends.
///
/// # Errors
/// `CannotDecide` — rights from 2028-04-01; `BadInput` — days that cannot be.
///
/// # Examples
/// Born 1995-06-01, widowed on 2025-05-30 at 29 without a child: to 2030-05-30.
pub fn wife_under_30(
    birth: Date,
    arose_on: Date,
    had_basic: bool,
    basic_ended_on: Option<Date>,
    trace: &mut Trace,
) -> Result<Option<Date>, LawError> {
    check_death(arose_on)?;
    check_day("妻の生年月日 (wife_birth_date)", birth)?;
    if basic_ended_on.is_some_and(|ended_on| ended_on < arose_on) || (basic_ended_on.is_some() && !had_basic) {
        return Err(LawError::bad_input(
            "遺族基礎年金の消滅日 (basic_ended_on)",
            "遺族基礎年金の受給権が生じた後の日を入力してください",
        ));
    }
    let thirty = attained_on(birth, 30);
    let counted_from = match (had_basic, basic_ended_on) {
        _ if arose_on < date(2007, 4, 1) => None,
        (false, _) => Some(arose_on),
        (true, ended_on) => ended_on,
    };
    let ends_on = counted_from.filter(|from| *from < thirty).map(|from| nth_birthday(from, 5));
    trace.tell(|| {
        Step::new(
            "厚生年金保険法63条1項5号",
            "30歳未満で子のない妻 (30歳前に遺族基礎年金の受給権が消滅した妻を含む) の受給権は5年で消滅する",
        )
        .with("30歳に達する日", thirty, "")
        .with("起算日", counted_from.map_or("なし".to_owned(), |day| day.to_string()), "")
        .gives(ends_on.map_or("消滅しない".to_owned(), |day| day.to_string()))
    });
    Ok(ends_on)
}

/// 中高齢寡婦加算の月 — first and last month in which a widow has the addition; none: never.
///
/// Law: 厚生年金保険法62条1項 (40 to 64 when the right arose, or living with an eligible child when she reached 40), 65条 (suspended while she
/// draws 遺族基礎年金), 36条. From 65 a widow born to 1956-04-01 has the transitional addition instead.
///
/// - `basic_ended_on`: the day on which her 遺族基礎年金 ended; none with `has_basic`: it goes on
///
/// # Errors
/// As [`wife_under_30`].
///
/// # Examples
/// Born 1980-06-01, widowed without a child on 2025-05-10 at 44: June 2025 to May 2045.
pub fn middle_aged_months(
    birth: Date,
    arose_on: Date,
    has_basic: bool,
    basic_ended_on: Option<Date>,
    trace: &mut Trace,
) -> Result<Option<(Month, Month)>, LawError> {
    check_death(arose_on)?;
    check_day("妻の生年月日 (wife_birth_date)", birth)?;
    let (forty, sixty_five) = (attained_on(birth, 40), attained_on(birth, 65));
    let lives_with_child_at_40 = has_basic && basic_ended_on.is_none_or(|ended_on| ended_on > forty);
    let entitled = arose_on < sixty_five && (arose_on >= forty || lives_with_child_at_40);
    let from = match (has_basic, basic_ended_on) {
        (false, _) => Some(Month::of(arose_on).next()),
        (true, ended_on) => ended_on.map(|ended_on| Month::of(ended_on).next()),
    };
    let first = from.map(|from| from.max(Month::of(forty).next())).filter(|_| entitled);
    let months = first.map(|first| (first, Month::of(sixty_five))).filter(|(first, last)| first <= last);
    trace.tell(|| {
        Step::new(
            "厚生年金保険法62条1項・65条",
            "中高齢寡婦加算: 40歳から65歳に達する月まで、遺族基礎年金を受けられない間",
        )
        .with("40歳に達する日", forty, "")
        .with("65歳に達する日", sixty_five, "")
        .gives(months.map_or("なし".to_owned(), |(first, last)| format!("{first}から{last}まで")))
    });
    Ok(months)
}
