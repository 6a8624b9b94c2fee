//! 資格の取得日と喪失日 (厚生年金保険法13条・14条・27条, 健康保険法35条・36条・48条).

use domain::age::period_end;
use jiff::ToSpan;
use jiff::civil::Date;

use super::age::{epi_loss_on, hi_loss_on};
use super::check_day;
use super::due_date::open_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 資格取得届・資格喪失届 (厚生年金保険法施行規則15条・22条, 健康保険法施行規則24条・29条).
const NOTIFICATION_DAYS: i32 = 5;

/// 資格取得の事由.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcquisitionCause {
    /// 適用事業所に使用されるに至った.
    Employed(Date),
    /// 使用される事業所が適用事業所となった.
    WorkplaceCovered(Date),
    /// 適用除外に該当しなくなった.
    ExclusionEnded(Date),
    /// 日々雇い入れられる者が1月を超えて使用された; hired on this day.
    ByTheDayOverOneMonth(Date),
    /// 2月以内の期間を超えて使用された; the term ended on this day.
    TermExceeded(Date),
}

/// 資格取得日 — the day itself on which cover begins.
///
/// Law: 厚生年金保険法13条1項, 健康保険法35条; 12条1号・3条1項2号 (the day after one month, or after the term, when
/// employment goes on).
///
/// # Errors
/// `BadInput` — a day that is none.
///
/// # Examples
/// Hired by the day from 2026-04-01 and still there: 2026-05-01.
pub fn acquired_on(cause: AcquisitionCause, trace: &mut Trace) -> Result<Date, LawError> {
    let (rule, day) = match cause {
        AcquisitionCause::Employed(day) => ("適用事業所に使用されるに至った日", checked(day)?),
        AcquisitionCause::WorkplaceCovered(day) => ("その使用される事業所が適用事業所となった日", checked(day)?),
        AcquisitionCause::ExclusionEnded(day) => ("適用除外に該当しなくなった日", checked(day)?),
        AcquisitionCause::ByTheDayOverOneMonth(day) => {
            ("日々雇い入れられる者が1月を超え引き続き使用されるに至った日", next_day(period_end(checked(day)?, 1)))
        }
        AcquisitionCause::TermExceeded(day) => {
            ("定めた期間を超え引き続き使用されるに至った日", next_day(checked(day)?))
        }
    };
    trace.step(Step::new("厚生年金保険法13条1項・健康保険法35条", format!("資格取得日 = {rule}")).gives(day));
    Ok(day)
}

/// 資格喪失の事由.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossCause {
    /// 死亡.
    Death(Date),
    /// 事業所に使用されなくなった; the last day of employment.
    EmploymentEnded(Date),
    /// 適用除外に該当するに至った.
    Excluded(Date),
    /// 任意適用の取消し (認可).
    CoverCancelled(Date),
    /// Age alone.
    Age,
}

/// 資格喪失日 — of each scheme; `None` where it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    /// 厚生年金保険.
    pub epi_on: Date,
    /// 健康保険.
    pub hi_on: Date,
}

/// 資格喪失日 — the day after the event; the same day if cover of the same kind begins on it; by age the day itself.
///
/// Law: 厚生年金保険法14条 (5号: 70に達した日), 健康保険法36条 (75歳: 高齢者の医療の確保に関する法律52条).
///
/// - `birth`: 生年月日: a loss by age comes first where it is earlier
/// - `other_cover_same_day`: 更に資格を取得した on the day of the event
///
/// # Errors
/// `BadInput` — a day that is none, or before the birth.
///
/// # Examples
/// Last day of work 2025-09-30: lost 2025-10-01; with a new cover on 2025-09-30: lost 2025-09-30.
pub fn lost_on(cause: LossCause, birth: Date, other_cover_same_day: bool, trace: &mut Trace) -> Result<Lost, LawError> {
    check_day("生年月日 (birthdate)", birth)?;
    let (rule, event) = match cause {
        LossCause::Death(day) => ("死亡した日の翌日", Some(checked(day)?)),
        LossCause::EmploymentEnded(day) => ("使用されなくなった日の翌日", Some(checked(day)?)),
        LossCause::Excluded(day) => ("適用除外に該当するに至った日の翌日", Some(checked(day)?)),
        LossCause::CoverCancelled(day) => ("適用事業所でなくなった日の翌日", Some(checked(day)?)),
        LossCause::Age => ("年齢による喪失", None),
    };
    if event.is_some_and(|day| day < birth) {
        return Err(LawError::bad_input("喪失の事由の日 (on)", "生年月日以後の日を入力してください"));
    }
    let same_day = other_cover_same_day && !matches!(cause, LossCause::Death(_));
    let by_event = event.map(|day| if same_day { day } else { next_day(day) });
    let (epi_age, hi_age) = (epi_loss_on(birth), hi_loss_on(birth));
    let lost = Lost {
        epi_on: by_event.map_or(epi_age, |day| day.min(epi_age)),
        hi_on: by_event.map_or(hi_age, |day| day.min(hi_age)),
    };
    let rule = if same_day {
        format!("{rule}。その日に更に資格を取得したときはその日")
    } else {
        rule.to_owned()
    };
    trace.step(
        Step::new("厚生年金保険法14条・健康保険法36条", format!("資格喪失日 = {rule}"))
            .with("70歳に達する日", epi_age, "")
            .with("75歳の誕生日", hi_age, "")
            .gives(format!("厚生年金保険 {}、健康保険 {}", lost.epi_on, lost.hi_on)),
    );
    Ok(lost)
}

/// 届出の期限 — five days from the day of the fact; closed, the next open day.
///
/// Law: 厚生年金保険法27条・施行規則15条・22条, 健康保険法48条・施行規則24条・29条 (5日以内); 民法140条 (the day itself does not
/// count); 行政機関の休日に関する法律2条.
///
/// # Errors
/// `BadInput` — a day that is none; `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// Acquired 2026-04-01: to 2026-04-06.
pub fn notification_deadline(day: Date, trace: &mut Trace) -> Result<Date, LawError> {
    let fifth = checked(day)? + NOTIFICATION_DAYS.days();
    trace.step(
        Step::new(
            "厚生年金保険法27条・施行規則15条・22条・健康保険法48条・施行規則24条・29条",
            "届出の期限 = 事実のあった日から5日以内",
        )
        .with("事実のあった日", day, "")
        .gives(fifth),
    );
    open_day("5日目", fifth, trace)
}

fn checked(day: Date) -> Result<Date, LawError> {
    check_day("事由の日 (on)", day)?;
    Ok(day)
}

fn next_day(day: Date) -> Date {
    day.tomorrow().expect("days were checked to leave room")
}
