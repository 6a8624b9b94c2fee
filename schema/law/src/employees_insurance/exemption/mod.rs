//! 産前産後休業・育児休業等の保険料免除 (健康保険法159条・159条の3, 厚生年金保険法81条の2・81条の2の2).

use domain::Month;
use domain::age::period_end;
use jiff::civil::{Date, date};

use super::day_after;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// First day of leaves under the rules of 令和3年法律66号 (14 days in the month, bonus over one month).
const NEW_CHILDCARE_RULE: Date = date(2022, 10, 1);
/// 産前産後休業の免除 reaches leaves that end on or after this day (平成24年法律62号).
const MATERNITY_ENDS_FROM: Date = date(2014, 4, 30);
/// Leaves that began earlier followed rules that are not on file.
const CHILDCARE_STARTS_FROM: Date = date(2005, 4, 1);
/// 同月内の育児休業 must reach this many days (健康保険法159条1項2号).
const DAYS_WITHIN_MONTH: i32 = 14;

/// 休業の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeaveKind {
    /// 産前産後休業.
    Maternity,
    /// 育児休業等 (産後パパ育休 included).
    Childcare,
}

/// 休業期間 — one leave as filed, first and last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeaveSpell {
    /// 休業の種類.
    pub kind: LeaveKind,
    /// 開始日.
    pub start: Date,
    /// 終了日, the last day of leave.
    pub end: Date,
    /// 就業日数 — days worked by agreement during 産後パパ育休, already whole days.
    pub worked_days_excluded: i32,
}

/// 免除 — of one month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExemptState {
    /// Monthly premiums are exempt.
    pub month: bool,
    /// Bonuses paid in the month are exempt.
    pub bonus: bool,
}

impl ExemptState {
    fn or(self, other: ExemptState) -> ExemptState {
        ExemptState { month: self.month || other.month, bonus: self.bonus || other.bonus }
    }
}

/// その月の免除 — whether a person's leaves exempt a month and its bonuses. For the night: no allocation when
/// the leaves come in order of their start.
///
/// Law: 健康保険法159条・159条の3, 厚生年金保険法81条の2・81条の2の2.
///
/// - `leaves`: all leaves of the person at this employer; childcare leaves that follow one another without a
///   day between are one leave (the caller joins those with only days off between)
pub fn exempt_in(month: Month, leaves: &[LeaveSpell]) -> ExemptState {
    if leaves.is_sorted_by_key(|leave| leave.start) {
        exempt_in_order(month, leaves)
    } else {
        let mut ordered = leaves.to_vec();
        ordered.sort_by_key(|leave| leave.start);
        exempt_in_order(month, &ordered)
    }
}

fn exempt_in_order(month: Month, leaves: &[LeaveSpell]) -> ExemptState {
    let mut state = ExemptState::default();
    let mut days_within = 0;
    let mut run: Option<LeaveSpell> = None;
    for leave in leaves {
        match (leave.kind, &mut run) {
            (LeaveKind::Maternity, _) => state = state.or(maternity_in(month, leave)),
            (LeaveKind::Childcare, Some(run)) if leave.start <= day_after(run.end) => join(run, leave),
            (LeaveKind::Childcare, run) => {
                state = state.or(childcare_in(month, *run, &mut days_within));
                *run = Some(*leave);
            }
        }
    }
    state = state.or(childcare_in(month, run, &mut days_within));
    state.or(ExemptState { month: days_within >= DAYS_WITHIN_MONTH, bonus: false })
}

/// 連続する休業は一の休業とみなす (健康保険法159条2項).
fn join(run: &mut LeaveSpell, next: &LeaveSpell) {
    run.end = run.end.max(next.end);
    run.worked_days_excluded += next.worked_days_excluded;
}

/// From the month of the start to the month before that of the day after the end.
fn spans(month: Month, leave: &LeaveSpell) -> bool {
    Month::of(leave.start) <= month && month < Month::of(day_after(leave.end))
}

fn maternity_in(month: Month, leave: &LeaveSpell) -> ExemptState {
    let exempt = leave.end >= MATERNITY_ENDS_FROM && month >= Month::of(MATERNITY_ENDS_FROM) && spans(month, leave);
    ExemptState { month: exempt, bonus: exempt }
}

/// One joined leave by the first rule; days of one that lies inside the month are added to `days_within`.
fn childcare_in(month: Month, run: Option<LeaveSpell>, days_within: &mut i32) -> ExemptState {
    let Some(run) = run else { return ExemptState::default() };
    let exempt = spans(month, &run);
    if run.start < NEW_CHILDCARE_RULE {
        return ExemptState { month: exempt, bonus: exempt };
    }
    let inside = Month::of(run.start) == month && Month::of(day_after(run.end)) == month;
    if inside {
        *days_within += i32::from(run.end.day()) - i32::from(run.start.day()) + 1 - run.worked_days_excluded;
    }
    ExemptState { month: exempt, bonus: exempt && longer_than_a_month(&run) }
}

/// 一月を超える休業 (健康保険法159条1項ただし書), counted by the calendar (民法143条).
fn longer_than_a_month(leave: &LeaveSpell) -> bool {
    leave.end > period_end(leave.start, 1)
}

/// 免除される月の一覧.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExemptMonths {
    /// Exempt months in order.
    pub months: Vec<Month>,
    /// Whether a bonus paid in those months is exempt.
    pub bonus_exempt: bool,
}

/// 免除される月 — of one leave, with the reasons.
///
/// Law: 健康保険法159条・159条の3, 厚生年金保険法81条の2・81条の2の2.
///
/// # Errors
/// `BadInput` — an end before the start, worked days below 0 or above the days of leave; `NotInForce` — a
/// maternity leave that ended before 2014-04-30, a childcare leave that began before 2005-04-01.
///
/// # Examples
/// 10 to 25 March: March (16 days), bonus not. 15 December to 15 January: December, bonus too.
pub fn exempt_months(leave: LeaveSpell, trace: &mut Trace) -> Result<ExemptMonths, LawError> {
    check(&leave)?;
    let candidates = Month::of(leave.start).through(Month::of(day_after(leave.end)));
    let states = candidates.map(|month| (month, exempt_in(month, &[leave]))).filter(|(_, state)| state.month);
    let (months, bonuses): (Vec<Month>, Vec<bool>) = states.map(|(month, state)| (month, state.bonus)).unzip();
    let exempt = ExemptMonths { months, bonus_exempt: bonuses.contains(&true) };
    explain(&leave, &exempt, trace);
    Ok(exempt)
}

fn check(leave: &LeaveSpell) -> Result<(), LawError> {
    if leave.end < leave.start {
        return Err(LawError::bad_input("休業終了日 (end)", "開始日以後の日を入力してください"));
    }
    let days = (leave.end.duration_since(leave.start).as_hours()) / 24 + 1;
    if !(0..=days).contains(&i64::from(leave.worked_days_excluded)) {
        return Err(LawError::bad_input(
            "就業日数 (worked_days_excluded)",
            "0日以上、休業の日数以下で入力してください",
        ));
    }
    let early = match leave.kind {
        LeaveKind::Maternity => leave.end < MATERNITY_ENDS_FROM,
        LeaveKind::Childcare => leave.start < CHILDCARE_STARTS_FROM,
    };
    if early {
        return Err(LawError::NotInForce {
            table: "休業期間中の保険料免除".to_owned(), asked: Month::of(leave.end)
        });
    }
    Ok(())
}

fn explain(leave: &LeaveSpell, exempt: &ExemptMonths, trace: &mut Trace) {
    let (clause, rule) = match leave.kind {
        LeaveKind::Maternity => {
            ("健康保険法159条の3・厚生年金保険法81条の2の2", "開始した月から、終了日の翌日が属する月の前月まで")
        }
        LeaveKind::Childcare if leave.start < NEW_CHILDCARE_RULE => (
            "健康保険法159条・厚生年金保険法81条の2 (令和4年9月までの開始)",
            "開始した月から、終了日の翌日が属する月の前月まで",
        ),
        LeaveKind::Childcare => (
            "健康保険法159条1項・厚生年金保険法81条の2第1項",
            "開始した月から終了日の翌日が属する月の前月まで。同じ月のうちに終わる休業は14日以上ならその月",
        ),
    };
    let months: Vec<String> = exempt.months.iter().map(Month::to_string).collect();
    let months = if months.is_empty() { "なし".to_owned() } else { months.join("、") };
    trace.step(
        Step::new(clause, rule)
            .with("開始日", leave.start, "")
            .with("終了日", leave.end, "")
            .with("就業日数", leave.worked_days_excluded, "日")
            .gives(months),
    );
    trace.step(
        Step::new(clause, "賞与: 産前産後休業は免除月の賞与、育児休業等は1か月を超える休業の免除月の賞与")
            .with("1か月の満了日", period_end(leave.start, 1), "")
            .gives(if exempt.bonus_exempt { "免除する" } else { "免除しない" }),
    );
}
