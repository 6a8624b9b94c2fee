//! 在職定時改定と退職改定 (厚生年金保険法43条2項・3項) — to which month the months of cover are added, and from when.

use domain::Month;
use domain::age::{attained_on, period_end};
use jiff::civil::Date;

use crate::employees_insurance::{check_day, day_after};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 在職定時改定 is law from here (令和2年法律40号: 令和4年4月1日), so that the first base date is 2022-09-01.
const FIRST_BASE_YEAR: i16 = 2022;

/// 年金額の改定 — what is counted, and from when it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recalculation {
    /// Last month that is counted.
    pub counted_to: Month,
    /// First month of the new amount.
    pub new_amount_from: Month,
}

/// 基準日の状態 — what the law asks about 1 September.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaseDate {
    /// 基準日, 1 September.
    pub base_on: Date,
    /// Insured on that day.
    pub insured: bool,
    /// Insured from that very day.
    pub acquired_that_day: bool,
    /// Lost before and acquired again after it: those two days.
    pub between: Option<(Date, Date)>,
}

/// 在職定時改定 — insured on 1 September, the months to August are added from October on.
///
/// Law: 厚生年金保険法43条2項 (基準日に被保険者である受給権者、基準日に資格を取得した者を除く; 喪失から再取得まで1月以内で基準日が
/// その間に到来したときも). 受給権者 are 65 and over; at 70 the cover ends.
///
/// - `birth_on`: where it is known, whoever is not 65 by then or already 70 is not revised
///
/// Returns `None` where the amount is not revised.
///
/// # Errors
/// `BadInput` — a base date that is not 1 September; `NotInForce` — before 2022.
///
/// # Examples
/// Insured on 2025-09-01: to 2025-08, from 2025-10.
pub fn in_service(
    date: &BaseDate,
    birth_on: Option<Date>,
    trace: &mut Trace,
) -> Result<Option<Recalculation>, LawError> {
    check_day("基準日 (base_date)", date.base_on)?;
    let month = Month::of(date.base_on);
    if (date.base_on.month(), date.base_on.day()) != (9, 1) {
        return Err(LawError::bad_input("基準日 (base_date)", "9月1日を入力してください"));
    }
    if date.base_on.year() < FIRST_BASE_YEAR {
        return Err(LawError::NotInForce { table: "在職定時改定".to_owned(), asked: month });
    }
    let reason = not_revised(date, birth_on)?;
    let revised = Recalculation { counted_to: month.previous(), new_amount_from: month.next() };
    let step = || {
        let expression = "基準日の属する月前の期間を算入し、翌月から改定する";
        Step::new("厚生年金保険法43条2項", expression).with("基準日", date.base_on, "")
    };
    let outcome = reason.is_none().then_some(revised);
    trace.tell(|| match reason {
        None => step().with("算入する最後の月", revised.counted_to, "").gives(revised.new_amount_from),
        Some(reason) => step().gives(format!("改定しない ({reason})")),
    });
    Ok(outcome)
}

fn not_revised(date: &BaseDate, birth_on: Option<Date>) -> Result<Option<&'static str>, LawError> {
    if let Some(birth_on) = birth_on {
        check_day("生年月日 (birth_date)", birth_on)?;
        if attained_on(birth_on, 65) > date.base_on {
            return Ok(Some("65歳に達していない"));
        }
        if attained_on(birth_on, 70) <= date.base_on {
            return Ok(Some("70歳に達した"));
        }
    }
    if date.insured {
        return Ok(date.acquired_that_day.then_some("基準日に資格を取得した"));
    }
    let Some((lost_on, again_on)) = date.between else { return Ok(Some("基準日に被保険者でない")) };
    check_day("資格喪失日 (lost_on)", lost_on)?;
    check_day("再取得日 (reacquired_on)", again_on)?;
    let around = lost_on <= date.base_on && date.base_on < again_on;
    Ok((!around || again_on > period_end(lost_on, 1)).then_some("喪失から再取得までが1月を超える"))
}

/// 資格喪失の事由 for the revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retirement {
    /// 退職 etc. (14条2号〜4号): the last day of work; the month is reckoned from it.
    Retired(Date),
    /// 70歳到達 (14条5号): the birth; the day itself is that of loss.
    Seventy {
        /// 生年月日.
        birth_on: Date,
    },
}

/// 退職改定 — not insured again within a month: every month before the month of loss is added.
///
/// Law: 厚生年金保険法43条3項 (喪失の日、退職等はその日から起算して1月を経過した日の属する月から), 14条2号〜5号. One month from the day of
/// retirement always passes in the month after it, as the offices reckon it; also for 31 March, whose month has 30 days.
///
/// - `again_on`: the next acquisition, where there is one
///
/// Returns the day of loss, and the revision; `None` where the person was insured again within the month.
///
/// # Errors
/// `BadInput` — days that cannot be, or an acquisition before the loss.
///
/// # Examples
/// Retired 2025-03-31: lost 2025-04-01, counted to 2025-03, from 2025-04. Retired 2025-10-15: to 2025-09, from 2025-11.
pub fn on_retirement(
    retirement: Retirement,
    again_on: Option<Date>,
    trace: &mut Trace,
) -> Result<(Date, Option<Recalculation>), LawError> {
    let (reckoned_from, lost_on) = match retirement {
        Retirement::Retired(on) => {
            check_day("退職日 (retired_on)", on)?;
            (on, day_after(on))
        }
        Retirement::Seventy { birth_on } => {
            check_day("生年月日 (birth_date)", birth_on)?;
            let on = attained_on(birth_on, 70);
            (on, on)
        }
    };
    trace.tell(|| Step::new("厚生年金保険法14条", "資格喪失日").with("事由の日", reckoned_from, "").gives(lost_on));
    let again = insured_again(lost_on, again_on)?;
    let revised =
        Recalculation { counted_to: Month::of(lost_on).previous(), new_amount_from: Month::of(reckoned_from).next() };
    let step = || {
        Step::new("厚生年金保険法43条3項", "喪失した月前の期間を算入し、1月を経過した日の属する月から改定する")
            .with("起算日", reckoned_from, "")
            .with("算入する最後の月", revised.counted_to, "")
    };
    trace.tell(|| match again {
        false => step().gives(revised.new_amount_from),
        true => step().gives("改定しない (1月以内に再び被保険者となった)"),
    });
    Ok((lost_on, (!again).then_some(revised)))
}

/// Insured again before one month from the loss has passed.
fn insured_again(lost_on: Date, again_on: Option<Date>) -> Result<bool, LawError> {
    let Some(again_on) = again_on else { return Ok(false) };
    check_day("再取得日 (reacquired_on)", again_on)?;
    if again_on < lost_on {
        return Err(LawError::bad_input(
            "再取得日 (reacquired_on)",
            format!("資格喪失日 ({lost_on}) 以後の日を入力してください"),
        ));
    }
    Ok(again_on <= period_end(lost_on, 1))
}
