//! 離婚時の年金分割 (厚生年金保険法78条の2〜78条の20) — the deadline of the claim, the months concerned, and the records of
//! remuneration as they stand after it.

mod records;

use domain::age::period_end;
use domain::{Month, Ratio, Rounding, Yen};
use jiff::civil::Date;

use crate::book::LawTable;
use crate::employees_insurance::{check_day, day_after};
use crate::table::Table;
use crate::{LawError, Step, Trace};

pub use domain::life::SplitKind as Split;
pub use records::{Amounts, MonthSplit, Party, Refusal, SplitRecords, split_records, standard_total};

#[cfg(test)]
mod tests;

pub(super) static CLAIM_YEARS: LawTable<i16> =
    LawTable::new("pension_record/divorce_split/claim_years.csv", include_str!("claim_years.csv"), |text| {
        Table::of_values(text, |value| value.parse().ok().filter(|years| (1..=20).contains(years)))
    });

/// 3号分割 is open to divorces from this day (平成16年法律104号附則49条).
const CAT3_DIVORCED_FROM: Date = Date::constant(2008, 5, 1);

/// 3号分割 reaches back to this month (附則49条: 平成20年4月1日前の期間を除く).
fn cat3_first_month() -> Month {
    Month::new(2008, 4).expect("a month")
}

/// After a decision of a court that was asked in time, the claim is open for this long (施行規則78条の3第2項).
const MONTHS_AFTER_DECISION: i16 = 6;
/// After the death of the other, an agreed share can be claimed for this long (施行令3条の12の7).
const MONTHS_AFTER_DEATH: i16 = 1;

/// 請求期限を動かす事情.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// 調停・審判 was asked on this day.
    pub court_asked_on: Option<Date>,
    /// It became final, or the conciliation was made, on this day.
    pub court_decided_on: Option<Date>,
    /// The other party died on this day, the share having been agreed or decided.
    pub other_died_on: Option<Date>,
}

/// 請求期限.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Years of the period.
    pub years: i16,
    /// Last day of the claim.
    pub last_claim_on: Date,
}

/// 年金分割の請求期限 — two years from the day after the divorce; five for divorces from 2026-04-01.
///
/// Law: 厚生年金保険法78条の2第1項ただし書 (令和7年法律74号: 離婚等が令和8年4月1日以後なら5年), 施行規則78条の3第1項 (翌日から起算),
/// 2項 (調停・審判: 確定の日の翌日から6月), 施行令3条の12の7 (相手方の死亡: 死亡の日から起算して1月以内). A last day that is a holiday is not
/// moved.
///
/// # Errors
/// `BadInput` — days that cannot be; `NotInForce` — before the split existed; `PastLastCheck` — a later divorce.
///
/// # Examples
/// Divorced 2026-05-10: to 2031-05-10. Divorced 2026-03-31: to 2028-03-31.
pub fn deadline(
    split: Split,
    divorced_on: Date,
    circumstances: &Circumstances,
    trace: &mut Trace,
) -> Result<Deadline, LawError> {
    check_day("離婚等をした日 (divorced_on)", divorced_on)?;
    let month = Month::of(divorced_on);
    if split == Split::Cat3 && divorced_on < CAT3_DIVORCED_FROM {
        return Err(LawError::NotInForce { table: "3号分割".to_owned(), asked: month });
    }
    let years = *CLAIM_YEARS.at("all", month, trace)?;
    let ordinary = period_end(day_after(divorced_on), years * 12);
    trace.step(
        Step::new(
            "厚生年金保険法78条の2第1項ただし書・施行規則78条の3第1項",
            format!("離婚等をした日の翌日から{years}年"),
        )
        .with("離婚等をした日", divorced_on, "")
        .gives(ordinary),
    );
    let last_claim_on = moved(divorced_on, ordinary, circumstances, trace)?;
    Ok(Deadline { years, last_claim_on })
}

fn moved(divorced_on: Date, ordinary: Date, facts: &Circumstances, trace: &mut Trace) -> Result<Date, LawError> {
    let mut last = ordinary;
    if let Some(decided_on) = facts.court_decided_on {
        let asked_on = facts
            .court_asked_on
            .ok_or_else(|| LawError::MissingFact { fact: "調停・審判の申立日 (court_asked_on)".to_owned() })?;
        check_day("調停・審判の確定日 (court_decided_on)", decided_on)?;
        if asked_on > decided_on {
            return Err(LawError::bad_input(
                "調停・審判の確定日 (court_decided_on)",
                "申立日以後の日を入力してください",
            ));
        }
        if asked_on <= ordinary {
            last = last.max(period_end(day_after(decided_on), MONTHS_AFTER_DECISION));
            trace.step(
                Step::new("厚生年金保険法施行規則78条の3第2項", "期間内に申し立てた調停・審判の確定の日の翌日から6月")
                    .with("確定日", decided_on, "")
                    .gives(last),
            );
        }
    }
    if let Some(died_on) = facts.other_died_on {
        check_day("相手方の死亡日 (other_died_on)", died_on)?;
        if died_on < divorced_on {
            return Err(LawError::bad_input(
                "相手方の死亡日 (other_died_on)",
                "離婚等をした日以後の日を入力してください",
            ));
        }
        last = last.min(period_end(died_on, MONTHS_AFTER_DEATH));
        trace.step(
            Step::new(
                "厚生年金保険法施行令3条の12の7",
                "相手方の死亡の日から起算して1月以内の請求は、死亡の前日にしたものとみなす",
            )
            .with("死亡日", died_on, "")
            .gives(last),
        );
    }
    Ok(last)
}

/// 対象期間の月 — from the month of marriage to the month before that of divorce; `None` where both fall in one month.
///
/// Law: 厚生年金保険法78条の2第1項, 施行規則78条の2; 3号分割: 78条の14第1項 (平成20年4月以後).
///
/// # Errors
/// `BadInput` — divorced before married.
pub fn target_months(split: Split, married_on: Date, divorced_on: Date) -> Result<Option<(Month, Month)>, LawError> {
    check_day("婚姻の日 (married_on)", married_on)?;
    check_day("離婚等をした日 (divorced_on)", divorced_on)?;
    if divorced_on < married_on {
        return Err(LawError::bad_input("離婚等をした日 (divorced_on)", "婚姻の日以後の日を入力してください"));
    }
    let (mut first, last) = (Month::of(married_on), Month::of(divorced_on).previous());
    if split == Split::Cat3 {
        first = first.max(cat3_first_month());
    }
    Ok((first <= last).then_some((first, last)))
}

/// 改定後の標準報酬の端数 — a setting: the statute names no rounding of the split itself.
const SPLIT_ROUNDING: Rounding = Rounding::HalfUp;

/// 一月の分割 — what both hold after it, yen: the one who gives keeps the rest, nothing is lost between them.
///
/// Law: 厚生年金保険法78条の6第1項・2項 (改定割合), 78条の14第2項・3項 (2分の1).
///
/// - `share`: 改定割合 of the giver's remuneration, 0 to 1
///
/// # Errors
/// `BadInput` — a share outside of 0 to 1, or amounts that no register holds.
pub fn split_month(giver_yen: u32, taker_yen: u32, share: Ratio) -> Result<(u32, u32), LawError> {
    if share < Ratio::ZERO || share > Ratio::new(1, 1) || share.denominator() > 10_000_000 {
        return Err(LawError::bad_input("改定割合 (share)", "0以上1以下で、小数点以下7桁までの割合を入力してください"));
    }
    let given = Yen::new(i64::from(giver_yen)).times(share, SPLIT_ROUNDING);
    let given = u32::try_from(given.get()).expect("a share of at most 1 of an amount that fits");
    let total = taker_yen.checked_add(given);
    let taker = total.ok_or_else(|| LawError::bad_input("標準報酬", "標準報酬の額を確認してください"))?;
    Ok((giver_yen - given, taker))
}

/// As [`target_months`], told.
///
/// # Errors
/// As `target_months`.
pub fn target_months_told(
    split: Split,
    married_on: Date,
    divorced_on: Date,
    trace: &mut Trace,
) -> Result<Option<(Month, Month)>, LawError> {
    let months = target_months(split, married_on, divorced_on)?;
    trace.step(
        Step::new("厚生年金保険法78条の2第1項・78条の14第1項, 施行規則78条の2", "婚姻の月から離婚等の月の前月まで")
            .with("婚姻の日", married_on, "")
            .with("離婚等をした日", divorced_on, "")
            .gives(months.map_or("なし".to_owned(), |(first, last)| format!("{first}〜{last}"))),
    );
    Ok(months)
}

/// As [`split_month`], told: the step says that the rounding is a setting.
///
/// # Errors
/// As `split_month`.
pub fn split_month_told(
    giver_yen: u32,
    taker_yen: u32,
    share: Ratio,
    trace: &mut Trace,
) -> Result<(u32, u32), LawError> {
    let (giver, taker) = split_month(giver_yen, taker_yen, share)?;
    trace.step(
        Step::new("厚生年金保険法78条の6第1項", "標準報酬 × 改定割合を移す (1円未満は四捨五入: 設定)")
            .with("第1号改定者", giver_yen, "円")
            .with("第2号改定者", taker_yen, "円")
            .gives(format!("第1号改定者 {giver}円、第2号改定者 {taker}円")),
    );
    Ok((giver, taker))
}
