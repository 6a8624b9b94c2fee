//! 短時間労働者 (公的年金機能強化法 (平成24年法律62号) 附則17条・46条, 厚生年金保険法12条5号・健康保険法3条1項9号).

use domain::age::period_end;
use domain::{Month, Ratio, Yen};
use jiff::civil::Date;

use super::check_day;
use crate::book::LawTable;
use crate::table::{Table, TableError};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 要件の数値 — and on which side of it the requirement is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Persons, hours, yen, months or days; 1 for a rule that is in force.
    pub value: i64,
    /// 超える, instead of 以上.
    pub over: bool,
}

pub(super) static SCOPE: LawTable<Bound> =
    LawTable::new("employees_insurance/short_time_worker/scope.csv", include_str!("scope.csv"), read);

fn read(text: &str) -> Result<Table<Bound>, TableError> {
    Table::read(text, |rows, line| {
        let over = match line.text("bound") {
            "at_least" => false,
            "over" => true,
            other => return Err(format!("bound {other:?} is unknown")),
        };
        rows.push(line.row(|value| Some(Bound { value: value.parse().ok()?, over }))?);
        Ok(())
    })
}

const SIZE: &str = "enterprise_size_min_insured";
const HOURS: &str = "weekly_hours_min";
const WAGE: &str = "monthly_scheduled_wage_min_yen";
const EMPLOYMENT: &str = "expected_employment_months_over";
const STUDENTS: &str = "students_excluded";
const CLAUSE: &str = "厚生年金保険法12条5号・健康保険法3条1項9号・平成24年法律62号附則17条・46条";

/// 賃金要件の撤廃 — a setting: planned for 2026-10-01, the order that starts it was not seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WageTest {
    /// No wage test from 2026-10 on, as announced.
    #[default]
    EndsAsPlanned,
    /// The test of 2026-09 goes on until the order is confirmed.
    GoesOn,
}

/// 事業所の規模 — how a workplace comes under the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 厚生年金保険の被保険者数 of the same corporate number, short-time workers not counted.
    Insured(i32),
    /// 任意特定適用事業所 (agreement of half), or 国・地方公共団体: of any size.
    Any,
}

/// 短時間労働者の就労条件.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortTime {
    /// 週の所定労働時間.
    pub weekly_hours: Ratio,
    /// 所定内賃金の月額, without overtime, bonuses, commuting, family and full-attendance allowances.
    pub monthly_wage: Yen,
    /// 雇入れの日.
    pub employed_from: Date,
    /// 雇用の見込みの最後の日; `None` where no end is in sight.
    pub expected_until: Option<Date>,
    /// 昼間学生.
    pub daytime_student: bool,
    /// 規模.
    pub size: Size,
    /// The setting.
    pub wage_test: WageTest,
}

/// 短時間労働者の要件 — which of them a person under three quarters fails on a day; none: covered.
///
/// Law: 平成24年法律62号附則17条・46条 (size: 501, 101, 51, 36, 21, 11, all, as 令和7年法律74号 schedules), 厚生年金保険法
/// 12条5号イ〜ハ, 健康保険法3条1項9号イ〜ハ (20 hours, 88,000円, students); expected employment of a year or more, from
/// 2022-10-01 over two months.
///
/// Returns the names of the requirements not met, in Japanese.
///
/// # Errors
/// `BadInput` — an end before the beginning; `NotInForce` before 2016-10; `PastLastCheck`.
///
/// # Examples
/// 20 hours, 88,000円, no end in sight, 51 insured, 2024-10: covered; 50 insured: not.
pub fn requirements_failed(on: Date, worker: &ShortTime, trace: &mut Trace) -> Result<Vec<&'static str>, LawError> {
    check_day("基準日 (on)", on)?;
    check_day("雇入れの日 (employed_from)", worker.employed_from)?;
    if worker.expected_until.is_some_and(|until| until < worker.employed_from) {
        return Err(LawError::bad_input(
            "雇用の見込みの最後の日 (expected_until)",
            "雇入れの日以後の日を入力してください",
        ));
    }
    let month = Month::of(on);
    let large = match worker.size {
        Size::Any => true,
        Size::Insured(insured) => is_large(insured, SCOPE.at(SIZE, month, trace)?),
    };
    let hours = SCOPE.at(HOURS, month, trace)?.value;
    let tests = [
        ("事業所の規模", large),
        ("週の所定労働時間20時間以上", worker.weekly_hours >= Ratio::new(i128::from(hours), 1)),
        ("所定内賃金", wage_is_enough(month, worker, trace)?),
        ("雇用期間の見込み", lasts_long_enough(month, worker, trace)?),
        ("昼間学生でないこと", !(worker.daytime_student && SCOPE.at(STUDENTS, month, trace)?.value == 1)),
    ];
    let failed: Vec<&'static str> = tests.iter().filter(|(_, met)| !met).map(|(name, _)| *name).collect();
    trace.step(
        Step::new(CLAUSE, "規模、週20時間、所定内賃金、雇用期間の見込み、学生でないことのすべてを満たす")
            .with("基準日", on, "")
            .with("週の所定労働時間", worker.weekly_hours, "時間")
            .with("所定内賃金", worker.monthly_wage, "")
            .gives(if failed.is_empty() {
                "満たす".to_owned()
            } else {
                format!("満たさない: {}", failed.join("、"))
            }),
    );
    Ok(failed)
}

/// A minimum of one person is no test of size: it may have short-time workers only.
fn is_large(insured: i32, min: &Bound) -> bool {
    min.value <= 1 || i64::from(insured) >= min.value
}

/// The last month of the wage test before its planned end.
fn last_month_of_wage_test() -> Month {
    Month::new(2026, 9).expect("a month")
}

fn wage_is_enough(month: Month, worker: &ShortTime, trace: &mut Trace) -> Result<bool, LawError> {
    let last = last_month_of_wage_test();
    if month > last {
        let words = match worker.wage_test {
            WageTest::EndsAsPlanned => "賃金要件は令和8年10月に撤廃 (設定: 予定。施行期日の政令は未確認)",
            WageTest::GoesOn => "賃金要件は撤廃が確認されるまで続くものとする (設定)",
        };
        trace.step(Step::new("令和7年法律74号", words).with("基準日の月", month, "").gives(words));
        if worker.wage_test == WageTest::EndsAsPlanned {
            return Ok(true);
        }
    }
    Ok(worker.monthly_wage.get() >= SCOPE.at(WAGE, month.min(last), trace)?.value)
}

/// 継続して使用される見込み — from a year up, later over two months.
fn lasts_long_enough(month: Month, worker: &ShortTime, trace: &mut Trace) -> Result<bool, LawError> {
    let bound = SCOPE.at(EMPLOYMENT, month, trace)?;
    let months = i16::try_from(bound.value).expect("months of employment are few");
    let full = period_end(worker.employed_from, months);
    Ok(worker.expected_until.is_none_or(|until| if bound.over { until > full } else { until >= full }))
}

/// 特定適用事業所 — whether the size of the rule is expected to be reached in six of twelve months.
///
/// Law: 平成24年法律62号附則17条12項・46条12項.
///
/// - `insured`: 被保険者数 of each of twelve months, short-time workers not counted
///
/// # Errors
/// `BadInput` — not twelve months; `NotInForce`, `PastLastCheck`.
pub fn is_specified(on: Date, insured: &[i32], trace: &mut Trace) -> Result<bool, LawError> {
    check_day("基準日 (on)", on)?;
    if insured.len() != 12 {
        return Err(LawError::bad_input("被保険者数 (insured_by_month)", "12か月分を入力してください"));
    }
    let min = SCOPE.at(SIZE, Month::of(on), trace)?;
    let reached = insured.iter().filter(|&&insured| is_large(insured, min)).count();
    trace.step(
        Step::new("平成24年法律62号附則17条12項・46条12項", "1年のうち6か月以上、規模の要件に達することが見込まれる")
            .with("要件", min.value, "人以上")
            .with("達する月", reached, "か月")
            .gives(if reached >= 6 { "特定適用事業所" } else { "特定適用事業所ではない" }),
    );
    Ok(reached >= 6)
}

/// 実労働時間による資格取得 — the day when the hours worked, not the contract, make somebody covered.
///
/// Law: 厚生年金保険法12条5号, 健康保険法3条1項9号 as applied: two months running at 20 hours a week or more, expected to
/// go on: from the first day of the third month.
///
/// - `worked`: weekly hours of each month, each month once
///
/// # Errors
/// `BadInput` — a month twice; `NotInForce`, `PastLastCheck`.
pub fn start_by_hours_worked(worked: &[(Month, Ratio)], trace: &mut Trace) -> Result<Option<Date>, LawError> {
    let mut worked = worked.to_vec();
    worked.sort_by_key(|(month, _)| *month);
    if worked.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(LawError::bad_input("実労働時間 (worked)", "同じ月は1行にまとめて入力してください"));
    }
    let mut reached = Vec::with_capacity(worked.len());
    for &(month, hours) in &worked {
        let min = SCOPE.at(HOURS, month, trace)?.value;
        reached.push((month, hours >= Ratio::new(i128::from(min), 1)));
    }
    let two = reached.windows(2).find(|pair| pair[0].1 && pair[1].1 && pair[0].0.next() == pair[1].0);
    let start = two.map(|pair| pair[1].0.next().first_day());
    trace.step(
        Step::new(
            "厚生年金保険法12条5号・健康保険法3条1項9号 (実労働時間が2か月連続して20時間以上の場合の取扱い)",
            "2か月連続して週20時間以上となり、引き続く見込みのときは、3か月目の初日に取得",
        )
        .with("月数", worked.len(), "か月")
        .gives(start.map_or("取得しない".to_owned(), |day| day.to_string())),
    );
    Ok(start)
}
