//! 給付を受ける権利の時効 (国民年金法102条1項・2項, 厚生年金保険法92条1項・2項, 年金時効特例法).

use domain::age::period_end;
use domain::{Month, Ratio};
use jiff::civil::Date;

use super::payable_months::Suspension;
use super::payment_date::payment_month;
use crate::book::LawTable;
use crate::employees_insurance::{check_day, day_after};
use crate::table::of_rates;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

const CLAUSE: &str = "国民年金法102条1項・厚生年金保険法92条1項";
const PAUSED: &str = "国民年金法102条2項・厚生年金保険法92条2項";
const INVOKED: &str = "国民年金法102条3項・厚生年金保険法92条4項";
const CORRECTED: &str = "厚生年金保険の保険給付及び国民年金の給付に係る時効の特例等に関する法律1条・2条";

pub(super) static LIMITATION_YEARS: LawTable<Ratio> =
    LawTable::new("pension_payment/limitation/limitation_years.csv", include_str!("limitation_years.csv"), of_rates);

/// More months than a person's pension can be stopped.
const PAUSE_MAX: i32 = 1_200;

/// 時効の問い — of a right of which all is claimed on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LapseQuestion {
    /// 支給すべき事由が生じた日.
    pub arose_on: Date,
    /// 請求した日.
    pub claimed_on: Date,
    /// 全額の支給停止: while one lasts no time runs.
    pub fully_suspended: Vec<Suspension>,
    /// 年金記録の訂正による裁定: paid without limit.
    pub record_correction: bool,
}

/// 時効の判定.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lapse {
    /// 基本権の時効が完成しない最後の日; none: no limit.
    pub basic_until: Option<Date>,
    /// 基本権の時効が完成している (it must be invoked to take effect).
    pub basic_lapsed: bool,
    /// 時効によって消滅していない最初の月分; the months before are lost.
    pub payable_from: Month,
}

/// 五年 — the term of a right that arose in a month, in months.
fn term(month: Month, trace: &mut Trace) -> Result<i32, LawError> {
    let years = LIMITATION_YEARS.at("", month, trace)?.in_units_of(12).unwrap_or_default();
    Ok(i32::try_from(years).expect("the table holds a few years"))
}

/// The last day of a term that begins after a day, moved by the months in which no time ran.
fn last_day(after: Date, term: i32, paused: i32) -> Date {
    period_end(day_after(after), i16::try_from(term + paused).expect("pauses are counted to their maximum"))
}

/// 支分権の時効 — the last day on which the instalment of a month can still be claimed.
///
/// Law: 国民年金法102条1項, 厚生年金保険法92条1項: five years from the first day of the month after its payment month (支払期月), and no
/// time runs while the whole of it is suspended (2項).
///
/// # Errors
/// `NotInForce`, `PastLastCheck` — the term.
///
/// # Examples
/// March 2020 is paid in April 2020: to 2025-04-30.
pub fn instalment_until(for_month: Month, trace: &mut Trace) -> Result<Date, LawError> {
    let due = payment_month(for_month);
    Ok(last_day(due.last_day(), term(due, trace)?, 0))
}

/// 給付を受ける権利の時効 — the right itself and its instalments, on the day of the claim.
///
/// Law: 国民年金法102条1項・2項, 厚生年金保険法92条1項・2項 (five years from the day after the cause arose; each instalment from the first
/// of the month after its payment month; no time runs under full suspension); 102条3項 (会計法31条 does not apply: the State must
/// invoke it); 年金時効特例法 (after a correction of records everything is paid).
///
/// # Errors
/// `BadInput` — a claim before the right, suspensions that run backwards or beyond a century; `NotInForce`, `PastLastCheck`.
///
/// # Examples
/// Arose 2015-03-31, claimed 2025-06-20: the instalments from April 2020 (paid in June 2020, to 2025-06-30) are left.
pub fn limitation(question: &LapseQuestion, trace: &mut Trace) -> Result<Lapse, LawError> {
    check(question)?;
    let first = Month::of(question.arose_on).next();
    if question.record_correction {
        trace.step(
            Step::new(CORRECTED, "年金記録の訂正による年金は、時効が完成していても全期間を支給する").gives(first),
        );
        return Ok(Lapse { basic_until: None, basic_lapsed: false, payable_from: first });
    }
    let term = term(Month::of(question.arose_on), trace)?;
    let paused = paused_months(question, question.arose_on, term)?;
    let basic_until = last_day(question.arose_on, term, paused);
    let payable_from = first_left(question, first, term)?;
    let basic_lapsed = question.claimed_on > basic_until;
    tell(question, basic_until, paused, payable_from, trace);
    Ok(Lapse { basic_until: Some(basic_until), basic_lapsed, payable_from })
}

/// The first month whose instalment has not lapsed.
fn first_left(question: &LapseQuestion, first: Month, term: i32) -> Result<Month, LawError> {
    let mut month = first;
    while payment_month(month) < Month::of(question.claimed_on) {
        let due = payment_month(month);
        if last_day(due.last_day(), term, paused_months(question, due.last_day(), term)?) >= question.claimed_on {
            break;
        }
        month = month.next();
    }
    Ok(month)
}

/// Months after `start`, within the term as it is moved by them, in which nothing of the pension was paid.
///
/// - `after`: the day after which the term runs
fn paused_months(question: &LapseQuestion, after: Date, term: i32) -> Result<i32, LawError> {
    let stopped = |month: &Month| question.fully_suspended.iter().any(|suspension| suspension.stops(*month));
    let claimed = Month::of(question.claimed_on);
    let mut paused = 0;
    for month in Month::of(after).next().through(claimed.previous()).filter(stopped) {
        if month.first_day() <= last_day(after, term, paused) {
            paused += 1;
        }
    }
    if paused <= PAUSE_MAX {
        return Ok(paused);
    }
    Err(LawError::bad_input("全額の支給停止 (fully_suspended)", "100年以内で入力してください"))
}

fn tell(question: &LapseQuestion, basic_until: Date, paused: i32, payable_from: Month, trace: &mut Trace) {
    trace.step(
        Step::new(CLAUSE, "基本権: 支給すべき事由が生じた日の翌日から5年")
            .with("事由が生じた日", question.arose_on, "")
            .with("請求した日", question.claimed_on, "")
            .gives(basic_until),
    );
    if paused > 0 {
        trace.step(Step::new(PAUSED, "全額が支給停止されている間は、時効は進行しない").gives(format!("{paused}か月")));
    }
    trace.step(
        Step::new(CLAUSE, "支分権: 支払期月の翌月の初日から5年。消滅していない最初の月分")
            .gives(format!("{payable_from}分から")),
    );
    trace.step(Step::new(INVOKED, "会計法31条を適用しない").gives("時効の援用を要する"));
}

fn check(question: &LapseQuestion) -> Result<(), LawError> {
    check_day("支給すべき事由が生じた日 (arose_on)", question.arose_on)?;
    check_day("請求した日 (claimed_on)", question.claimed_on)?;
    let backwards = |stop: &Suspension| stop.ended_on.is_some_and(|ended_on| ended_on < stop.arose_on);
    if question.fully_suspended.iter().any(backwards) {
        return Err(LawError::bad_input(
            "全額の支給停止 (fully_suspended)",
            "終わりの日は始まりの日以後で入力してください",
        ));
    }
    if question.claimed_on < question.arose_on {
        return Err(LawError::bad_input("請求した日 (claimed_on)", "事由が生じた日以後の日を入力してください"));
    }
    match Month::of(question.claimed_on).months_since(Month::of(question.arose_on)) {
        0..=PAUSE_MAX => Ok(()),
        _ => Err(LawError::bad_input("請求した日 (claimed_on)", "事由が生じた日から100年以内の日を入力してください")),
    }
}
