//! 特別支給の老齢厚生年金の支給開始年齢 (厚生年金保険法附則8条・8条の2, 平成6年法律95号附則19条・20条).

use domain::Month;
use domain::age::attained_on;
use jiff::civil::Date;

use crate::book::LawTable;
use crate::employees_insurance::check_day;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// One cohort of a schedule: an open side is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cohort {
    born_from: Option<Date>,
    born_until: Option<Date>,
    age: i16,
}

pub(super) static START_AGES: LawTable<Vec<Cohort>> =
    LawTable::new("pension_record/special_old_age_start/start_ages.csv", include_str!("start_ages.csv"), read);
pub(super) static MONTHS_MIN: LawTable<i32> =
    LawTable::new("pension_record/special_old_age_start/months_min.csv", include_str!("months_min.csv"), |text| {
        Table::of_values(text, |value| value.parse().ok())
    });

/// The cohorts of a key, one after another without gap.
fn read(text: &str) -> Result<Table<Vec<Cohort>>, TableError> {
    Table::read(text, |rows, line| {
        let cohort = Cohort {
            born_from: line.parse_or_open("born_from")?,
            born_until: line.parse_or_open("born_to")?,
            age: line.parse("value")?,
        };
        match rows.last_mut().filter(|row: &&mut crate::table::Row<Vec<Cohort>>| row.key == line.text("key")) {
            None if cohort.born_from.is_none() => rows.push(line.row(|_| Some(vec![cohort]))?),
            None => return Err(format!("{}: the first cohort has no beginning", line.text("key"))),
            Some(row) => {
                let ends = row.value.last().and_then(|last| last.born_until).and_then(|day| day.tomorrow().ok());
                if ends.is_none() || ends != cohort.born_from {
                    return Err(format!("{}: cohorts do not join at {:?}", row.key, cohort.born_from));
                }
                row.value.push(cohort);
                row.text = format!("{}から{}", row.text, line.text("value"));
            }
        }
        Ok(())
    })
}

/// 区分 — whose schedule holds. It depends on the kind of cover: a woman's months of 第2号 to 第4号 follow the men's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonCategory {
    /// 男子, and everybody's 第2号から第4号厚生年金.
    MaleOrCivilServant,
    /// 女子の第1号厚生年金.
    FemaleCategory1,
    /// 坑内員・船員 with 15 years.
    MinerOrSeaman,
    /// 特定警察職員等.
    SpecifiedPoliceOrFire,
}

impl PersonCategory {
    fn key(self) -> &'static str {
        match self {
            PersonCategory::MaleOrCivilServant => "MALE_OR_CIVIL_SERVANT",
            PersonCategory::FemaleCategory1 => "FEMALE_CATEGORY1",
            PersonCategory::MinerOrSeaman => "MINER_SEAMAN_15Y",
            PersonCategory::SpecifiedPoliceOrFire => "SPECIFIED_POLICE_FIRE",
        }
    }
}

/// 部分.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// 報酬比例部分.
    #[default]
    EarningsRelated,
    /// 定額部分.
    Fixed,
}

/// 定額部分の特例 — they are paid the fixed part from the start age of the other part (附則9条の2・9条の3・9条の4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FixedPartExceptions {
    /// 長期加入者: 44 years (528 months) and not insured.
    pub long_cover: bool,
    /// 障害者: grade 1 to 3, not insured, claimed.
    pub disabled: bool,
}

/// 支給開始 — the age, the day the right arises and the first month that is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// 支給開始年齢; 65 where there is no special pension.
    pub age: i16,
    /// 受給権発生日.
    pub right_arises_on: Date,
    /// 支給の始まる月 (厚生年金保険法36条1項).
    pub first_paid_month: Month,
    /// 特別支給である, not the pension from 65.
    pub special: bool,
}

/// Whoever was 60 when the basic pension began is under the old law.
const BORN_UNDER_NEW_LAW_FROM: Date = Date::constant(1926, 4, 2);

/// The start age by birth alone, from the schedule as last checked.
fn scheduled_age(birth_on: Date, category: PersonCategory, part: Part, trace: &mut Trace) -> Result<i16, LawError> {
    let month = START_AGES.under(trace.book()).checked_until();
    let part = match part {
        Part::EarningsRelated => "EARNINGS_RELATED",
        Part::Fixed => "FIXED",
    };
    let key = format!("{}/{part}", category.key());
    START_AGES.pick(&key, month, trace, |cohorts| {
        let holds = |cohort: &&Cohort| {
            cohort.born_from.is_none_or(|from| from <= birth_on)
                && cohort.born_until.is_none_or(|until| birth_on <= until)
        };
        let cohort = cohorts.iter().find(holds).ok_or_else(|| LawError::CannotDecide {
            reason: format!("支給開始年齢の表に{birth_on}生まれの行がありません"),
        })?;
        Ok((cohort.age, format!("{}歳", cohort.age)))
    })
}

/// 支給開始年齢 — when the special old-age employees' pension begins for somebody born on this day.
///
/// Law: 厚生年金保険法附則8条 (12月以上), 8条の2 (生年月日ごとの読替え), 42条 (65歳); 平成6年法律95号附則19条・20条 (定額部分);
/// 附則9条の2〜9条の4 (長期加入者・障害者・坑内員船員の特例); 36条1項 (翌月から).
///
/// - `employees_months`: 厚生年金の月数, all kinds; `None` where they are not asked: then the twelve months are taken as there
///
/// # Errors
/// `BadInput` — a birth that cannot be; `CannotDecide` — born to 1926-04-01 (old law), or no schedule of the fixed part.
///
/// # Examples
/// A man born 1960-05-10: 64, the right on 2024-05-09, paid from 2024-06. Born 1961-04-02: 65.
pub fn start(
    birth_on: Date,
    category: PersonCategory,
    part: Part,
    exceptions: FixedPartExceptions,
    employees_months: Option<i32>,
    trace: &mut Trace,
) -> Result<Start, LawError> {
    check_day("生年月日 (birth_date)", birth_on)?;
    if birth_on < BORN_UNDER_NEW_LAW_FROM {
        let reason = "大正15年4月1日以前に生まれた人は旧法の老齢年金です (昭和60年法律34号附則63条)".to_owned();
        return Err(LawError::CannotDecide { reason });
    }
    let part = effective_part(category, part, exceptions, trace)?;
    let mut age = scheduled_age(birth_on, category, part, trace)?;
    if let Some(months) = employees_months {
        let least = *MONTHS_MIN.at("all", MONTHS_MIN.under(trace.book()).checked_until(), trace)?;
        let enough = months >= least;
        trace.tell(|| {
            Step::new("厚生年金保険法附則8条2号", format!("厚生年金の被保険者期間が{least}月以上あること"))
                .with("被保険者期間", months, "月")
                .gives(if enough { "満たす" } else { "満たさない: 65歳から" })
        });
        age = if enough { age } else { 65 };
    }
    Ok(told(birth_on, age, trace))
}

fn told(birth_on: Date, age: i16, trace: &mut Trace) -> Start {
    let right_arises_on = attained_on(birth_on, age);
    let start = Start { age, right_arises_on, first_paid_month: Month::of(right_arises_on).next(), special: age < 65 };
    let clause = if start.special {
        "厚生年金保険法附則8条・8条の2, 36条1項"
    } else {
        "厚生年金保険法42条・36条1項"
    };
    trace.tell(|| {
        Step::new(clause, "支給開始年齢に達した日に受給権が発生し、その翌月分から支給する")
            .with("生年月日", birth_on, "")
            .with("支給開始年齢", age, "歳")
            .with("受給権発生日", right_arises_on, "")
            .gives(start.first_paid_month)
    });
    start
}

/// 長期加入者の月数 — 44 years of one kind give the fixed part before 65 to whoever is not insured.
///
/// Law: 厚生年金保険法附則9条の3第1項, 附則20条2項 (各号の厚生年金被保険者期間ごと).
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — the table.
pub fn long_cover_months(trace: &mut Trace) -> Result<i32, LawError> {
    Ok(*MONTHS_MIN.at("long_cover", MONTHS_MIN.under(trace.book()).checked_until(), trace)?)
}

/// The fixed part of those whom an exception gives it early follows the other part.
fn effective_part(
    category: PersonCategory,
    part: Part,
    exceptions: FixedPartExceptions,
    trace: &mut Trace,
) -> Result<Part, LawError> {
    let clause = match (part, category, exceptions) {
        (Part::EarningsRelated, ..) => return Ok(part),
        (_, PersonCategory::MinerOrSeaman, _) => "厚生年金保険法附則9条の4",
        (_, _, FixedPartExceptions { long_cover: true, .. }) => "厚生年金保険法附則9条の3",
        (_, _, FixedPartExceptions { disabled: true, .. }) => "厚生年金保険法附則9条の2",
        (_, PersonCategory::SpecifiedPoliceOrFire, _) => {
            let reason = "特定警察職員等の定額部分の支給開始年齢の表が登録されていません (平成6年法律95号附則20条の2)";
            return Err(LawError::CannotDecide { reason: reason.to_owned() });
        }
        _ => return Ok(part),
    };
    trace.tell(|| {
        Step::new(clause, "特例: 定額部分も報酬比例部分と同時に支給する").gives("報酬比例部分の支給開始年齢による")
    });
    Ok(Part::EarningsRelated)
}
