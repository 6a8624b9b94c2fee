//! 任意継続被保険者の資格 (健康保険法3条4項・37条・38条・157条・164条1項ただし書).

use domain::Month;
use domain::age::period_end;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::employees_insurance::check_day;
use crate::employees_insurance::due_date::open_day;
use crate::{LawError, Step, Trace};

/// 申出の期間 (健康保険法37条1項).
const APPLICATION_DAYS: i32 = 20;
/// 継続して被保険者であった期間 (健康保険法3条4項).
const INSURED_MONTHS: i16 = 2;
/// 任意継続の期間 (健康保険法38条1号).
const LONGEST_MONTHS: i16 = 24;
/// 申出による喪失 (健康保険法38条7号, 令和3年法律66号).
const OWN_REQUEST_SINCE: Date = date(2022, 1, 1);

/// 任意継続の申出.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Application {
    /// 継続した被保険者期間の最初の日: voluntary and day-labour cover does not count.
    pub insured_from: Date,
    /// 資格喪失日.
    pub lost_on: Date,
    /// 申出日.
    pub applied_on: Date,
    /// The insurer finds a just cause for a late application (37条1項ただし書).
    pub late_accepted: bool,
    /// The first premium was paid by the insurer's date (37条2項).
    pub first_premium_paid: bool,
}

/// 申出の結果.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 申出期限.
    pub deadline: Date,
    /// 資格取得日, the day of the loss; `None` when the application fails.
    pub acquired_on: Option<Date>,
    /// Why it fails, or that it does not.
    pub reason: &'static str,
}

/// 任意継続被保険者の資格取得 — whether an application makes somebody a voluntary insured, and from when.
///
/// Law: 健康保険法3条4項 (two months without break to the day before the loss), 37条1項 (20 days; the day of the
/// loss begins at midnight and is the first of them, 民法140条ただし書; a closed 20th day moves on), 37条2項 (first
/// premium unpaid: never insured), 35条の例 (from the day of the loss).
///
/// # Errors
/// `BadInput` — days in the wrong order; `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// Lost 2026-04-01: to 2026-04-20. Lost 2026-06-01, insured since 2026-04-02: under two months, refused.
pub fn entry(application: &Application, trace: &mut Trace) -> Result<Entry, LawError> {
    check_day("被保険者期間の最初の日 (insured_from)", application.insured_from)?;
    check_day("資格喪失日 (lost_on)", application.lost_on)?;
    if application.lost_on <= application.insured_from || application.applied_on < application.insured_from {
        return Err(LawError::bad_input("資格喪失日・申出日", "被保険者期間の最初の日より後の日を入力してください"));
    }
    let last_day = application.lost_on + (APPLICATION_DAYS - 1).days();
    let deadline = open_day("20日目", last_day, trace)?;
    let two_months = period_end(application.insured_from, INSURED_MONTHS) < application.lost_on;
    let in_time = application.applied_on <= deadline || application.late_accepted;
    let reason = match (two_months, in_time, application.first_premium_paid) {
        (false, _, _) => "資格喪失の日の前日まで継続して2月以上被保険者であった者ではない",
        (_, false, _) => "資格喪失の日から20日以内の申出ではない",
        (_, _, false) => "初めて納付すべき保険料を期日までに納付しないので、任意継続被保険者とならなかったものとみなす",
        _ => "任意継続被保険者となる",
    };
    let acquired_on = (two_months && in_time && application.first_premium_paid).then_some(application.lost_on);
    trace.step(
        Step::new("健康保険法3条4項・37条", "2月以上の被保険者期間、20日以内の申出、初回保険料の納付")
            .with("被保険者期間の最初の日", application.insured_from, "")
            .with("資格喪失日", application.lost_on, "")
            .with("申出日", application.applied_on, "")
            .with("申出期限", deadline, "")
            .gives(reason),
    );
    Ok(Entry { deadline, acquired_on, reason })
}

/// 任意継続保険料の納期限 — the 10th of the month itself; closed, the next open day.
///
/// Law: 健康保険法164条1項ただし書. The first premium has a date set by the insurer instead.
///
/// # Errors
/// `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// 2026-01: 2026-01-13 (10 January is a Saturday, 12 January 成人の日).
pub fn due_date(month: Month, trace: &mut Trace) -> Result<Date, LawError> {
    let tenth = month.first_day() + 9.days();
    trace.step(
        Step::new("健康保険法164条1項ただし書", "任意継続被保険者の納期限 = その月の10日")
            .with("月分", month, "")
            .gives(tenth),
    );
    open_day("その月の10日", tenth, trace)
}

/// 資格喪失の事由 (健康保険法38条各号).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossCause {
    /// 1号: two years have passed.
    TwoYears,
    /// 2号: death, on this day.
    Death(Date),
    /// 3号: the premium of this month was not paid by its due date.
    Unpaid(Month),
    /// 4号・5号: insured elsewhere, or insured seaman, from this day.
    Insured(Date),
    /// 6号: insured of 後期高齢者医療 from this day.
    LateStageElderly(Date),
    /// 7号: own request, received on this day.
    OwnRequest(Date),
}

/// 資格喪失 — day and last charged month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// 資格喪失日, never later than the day after two years.
    pub lost_on: Date,
    /// The last month with a premium.
    pub last_charged: Month,
}

/// 任意継続被保険者の資格喪失 — the day by cause, at the latest after two years.
///
/// Law: 健康保険法38条 (next day: two years, death, unpaid, end of the month of an own request received; same day:
/// insured elsewhere, 後期高齢者医療), 157条 (charged from the month of acquisition, not for the month of loss
/// unless both are one month).
///
/// # Errors
/// `BadInput` — a day before the acquisition; `NotInForce` — an own request before 2022-01-01; `Calendar`.
///
/// # Examples
/// Acquired 2024-04-01: lost 2026-04-01. Own request received 2026-03-05: lost 2026-04-01, March charged.
pub fn loss(acquired_on: Date, cause: LossCause, trace: &mut Trace) -> Result<Loss, LawError> {
    check_day("資格取得日 (acquired_on)", acquired_on)?;
    let two_years = next_day(period_end(acquired_on, LONGEST_MONTHS));
    let (clause, rule, lost_on) = match cause {
        LossCause::TwoYears => ("健康保険法38条1号", "2年を経過した日の翌日", two_years),
        LossCause::Death(on) => ("健康保険法38条2号", "死亡した日の翌日", next_day(checked(on)?)),
        LossCause::Unpaid(month) => ("健康保険法38条3号", "納付期日の翌日", next_day(due_date(month, trace)?)),
        LossCause::Insured(on) => ("健康保険法38条4号・5号", "被保険者となった日 (その日)", checked(on)?),
        LossCause::LateStageElderly(on) => {
            ("健康保険法38条6号", "後期高齢者医療の被保険者となった日 (その日)", checked(on)?)
        }
        LossCause::OwnRequest(on) => {
            ("健康保険法38条7号", "申出が受理された日の属する月の末日の翌日", after_request(checked(on)?)?)
        }
    };
    let lost_on = lost_on.min(two_years);
    if lost_on < acquired_on {
        return Err(LawError::bad_input("喪失の事由の日", "資格取得日以後の日を入力してください"));
    }
    let last_charged = Month::of(lost_on).previous().max(Month::of(acquired_on));
    trace.step(
        Step::new(clause, format!("資格喪失日 = {rule} (遅くとも2年を経過した日の翌日)"))
            .with("資格取得日", acquired_on, "")
            .with("2年を経過した日の翌日", two_years, "")
            .gives(format!("{lost_on} (最後の月 {last_charged})")),
    );
    Ok(Loss { lost_on, last_charged })
}

fn after_request(received_on: Date) -> Result<Date, LawError> {
    if received_on < OWN_REQUEST_SINCE {
        let table = "申出による任意継続の資格喪失 (健康保険法38条7号)".to_owned();
        return Err(LawError::NotInForce { table, asked: Month::of(received_on) });
    }
    Ok(Month::of(received_on).next().first_day())
}

fn checked(on: Date) -> Result<Date, LawError> {
    check_day("喪失の事由の日 (on)", on)?;
    Ok(on)
}

fn next_day(day: Date) -> Date {
    day.tomorrow().expect("days were checked to leave room")
}
