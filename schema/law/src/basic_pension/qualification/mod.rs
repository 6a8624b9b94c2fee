//! 老齢基礎年金の受給資格期間 (国民年金法26条).

use domain::Month;
use domain::age::attained_on;
use jiff::civil::Date;

use crate::basic_pension::graded::{self, Steps, of_steps};
use crate::basic_pension::{check_months, last_checked, of_marked_counts};
use crate::book::LawTable;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 300 months, 120 from August 2017.
pub(super) static QUALIFYING_MONTHS: LawTable<i64> = LawTable::new(
    "basic_pension/qualification/qualifying_months.csv",
    include_str!("qualifying_months.csv"),
    of_marked_counts,
);

/// Shorter periods by birth date, until July 2017.
pub(super) static SHORTCUTS: LawTable<Steps<Date, i64>> =
    LawTable::new("basic_pension/qualification/shortcuts.csv", include_str!("shortcuts.csv"), |text| {
        of_steps(text, |value| value.parse().ok())
    });

/// 受給資格をみる期間 — months by what they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QualifyingMonths {
    /// 保険料納付済期間.
    pub paid: i64,
    /// 保険料免除期間, student and deferral months left out.
    pub exempt: i64,
    /// 学生納付特例・納付猶予の期間: they qualify, but alone give no right.
    pub deferred: i64,
    /// 合算対象期間.
    pub complementary: i64,
    /// 被用者年金の加入期間 (also among the paid and complementary months).
    pub employees: i64,
    /// 40歳 (女子・坑内員・船員は35歳) 以後の厚生年金の期間.
    pub middle_aged: i64,
}

/// 適用した要件.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QualifyingRule {
    /// 原則 (国民年金法26条).
    General,
    /// 期間短縮 for births before 2 April 1930 (昭和60年改正法附則12条1項1号).
    Coverage,
    /// 被用者年金の特例 (同2号).
    Employees,
    /// 中高齢の特例 (同4号).
    MiddleAge,
}

impl QualifyingRule {
    /// 原則 and so on.
    pub fn name(self) -> &'static str {
        match self {
            QualifyingRule::General => "原則",
            QualifyingRule::Coverage => "期間短縮の特例",
            QualifyingRule::Employees => "被用者年金の特例",
            QualifyingRule::MiddleAge => "中高齢の特例",
        }
    }

    /// The key of its steps.
    fn key(self) -> &'static str {
        match self {
            QualifyingRule::General => "00",
            QualifyingRule::Coverage => "COVERAGE",
            QualifyingRule::Employees => "EMPLOYEES",
            QualifyingRule::MiddleAge => "MIDDLE_AGE",
        }
    }
}

/// 受給資格の判定.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualification {
    /// Whether the right arises.
    pub eligible: bool,
    /// 合算した月数.
    pub months: i64,
    /// 必要な月数 under the general rule.
    pub required: i64,
    /// The rule that was met; none where none was.
    pub rule: Option<QualifyingRule>,
}

/// 老齢基礎年金の受給資格 — paid, exempt and complementary months against the required ones.
///
/// Law: 国民年金法26条 (平成24年法律第62号: 25年 → 10年 from 2017-08-01), 附則9条 (合算対象期間), 昭和60年改正法附則12条
/// (短縮). At least one paid or exempt month is needed that is no student or deferral month.
///
/// - `birth`: for the age and for the shortcuts; `None` looks at the months alone
/// - `on`: the day it is looked at; `None` for the law as last checked
///
/// # Errors
/// `BadInput` — impossible months; `NotInForce` before 1986-04, `PastLastCheck`.
///
/// # Examples
/// 60 paid, 48 exempt, 11 complementary: 119 months, no right.
pub fn qualification(
    months: &QualifyingMonths,
    birth: Option<Date>,
    on: Option<Date>,
    trace: &mut Trace,
) -> Result<Qualification, LawError> {
    let sum = total(months)?;
    let month = on.map_or_else(|| last_checked(&QUALIFYING_MONTHS, trace), Month::of);
    let required = *QUALIFYING_MONTHS.at("00", month, trace)?;
    let general = (sum >= required).then_some(QualifyingRule::General);
    let rule = match (general, birth) {
        (None, Some(birth)) => shortcut(months, sum, birth, month, trace)?,
        (found, _) => found,
    };
    let some_month_pays = months.paid + months.exempt > 0;
    let of_age = birth.zip(on).is_none_or(|(birth, on)| attained_on(birth, 65) <= on);
    let eligible = rule.is_some() && some_month_pays && of_age;
    trace.tell(|| {
        Step::new("国民年金法26条・附則9条", "納付済・免除・合算対象期間を合算し、必要な月数と比べる")
            .with("合算した月数", sum, "月")
            .with("必要な月数", required, "月")
            .with("満たした要件", rule.map_or("なし", QualifyingRule::name), "")
            .with("納付済又は (学生・猶予でない) 免除の月", if some_month_pays { "あり" } else { "なし" }, "")
            .with("65歳", if of_age { "未満ではない" } else { "未満" }, "")
            .gives(if eligible { "受給権あり" } else { "受給権なし" })
    });
    Ok(Qualification { eligible, months: sum, required, rule })
}

fn total(months: &QualifyingMonths) -> Result<i64, LawError> {
    let parts = [months.paid, months.exempt, months.deferred, months.complementary];
    for part in parts.into_iter().chain([months.employees, months.middle_aged]) {
        check_months("受給資格をみる期間", part)?;
    }
    let sum = parts.into_iter().sum();
    check_months("受給資格をみる期間の合計", sum)?;
    Ok(sum)
}

/// The first shortcut that is met; there are none from August 2017 on.
fn shortcut(
    months: &QualifyingMonths,
    sum: i64,
    birth: Date,
    month: Month,
    trace: &mut Trace,
) -> Result<Option<QualifyingRule>, LawError> {
    let rules = [
        (QualifyingRule::Coverage, sum),
        (QualifyingRule::Employees, months.employees),
        (QualifyingRule::MiddleAge, months.middle_aged),
    ];
    for (rule, have) in rules {
        if shortened(rule, birth, month, trace)?.is_some_and(|needed| have >= needed) {
            return Ok(Some(rule));
        }
    }
    Ok(None)
}

/// Months that a shortcut asks of this birth date; none where it has no shortcut.
fn shortened(rule: QualifyingRule, birth: Date, month: Month, trace: &mut Trace) -> Result<Option<i64>, LawError> {
    let looked_up = SHORTCUTS.pick(rule.key(), month, trace, |steps| {
        let found = graded::find(steps, &birth);
        Ok(found.map_or((None, "該当なし".to_owned()), |(needed, text)| (Some(needed), text)))
    });
    match looked_up {
        Err(LawError::NotInForce { .. }) => Ok(None),
        other => other,
    }
}
