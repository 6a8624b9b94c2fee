//! 届出の期限と遅れた第3号の届出 (国民年金法12条, 施行規則1条の4ほか, 附則7条の3・9条の4の2).

use domain::Month;
use domain::calendar::government_next_or_same;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::employees_insurance::check_day;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 届出の期間 (国民年金法施行規則1条の4第1項, 6条の2第1項 ほか).
const NOTICE_DAYS: i64 = 14;
/// 第3号の届出が遡れる月数 (国民年金法附則7条の3第1項: 届出の月の前々月までの2年間).
const CAT3_MONTHS: i32 = 24;
/// 特例届出 is open from here (平成16年法律104号: 平成17年4月1日).
const SPECIAL_NOTICE_FROM: Date = Date::constant(2005, 4, 1);

/// 届書 — which notice, and so to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// 第1号の取得・喪失・種別変更・住所変更: to the municipality.
    Cat1,
    /// 第3号の取得・種別変更: through the spouse's employer.
    Cat3,
    /// 第3号被保険者の被扶養配偶者非該当: through the spouse's (former) employer.
    Cat3Ended,
    /// 任意加入の喪失 etc.
    Voluntary,
}

impl Notice {
    /// 提出先.
    pub fn receiver(self) -> &'static str {
        match self {
            Notice::Cat1 | Notice::Voluntary => "市区町村",
            Notice::Cat3 => "配偶者の事業主 (日本年金機構へ)",
            Notice::Cat3Ended => "配偶者の (元の) 事業主 (日本年金機構へ)",
        }
    }
}

/// 届出の期限 — 14 days from the day of the fact, which does not count; closed, the next open day.
///
/// Law: 国民年金法12条1項・5項, 12条の2, 施行規則1条の4・1条の6・2条・6条の2 (14日以内); 民法140条; 行政機関の休日に関する法律2条.
///
/// # Errors
/// `BadInput` — a day that cannot be; `Calendar` — the holiday table does not reach that far.
///
/// # Examples
/// The fact on 2025-04-01: to 2025-04-15. On 2025-04-20 (14 days on is 4 May, closed to the 6th): to 2025-05-07.
pub fn deadline(notice: Notice, fact_on: Date, trace: &mut Trace) -> Result<Date, LawError> {
    check_day("事実のあった日 (on)", fact_on)?;
    let fourteenth = fact_on + NOTICE_DAYS.days();
    trace.step(
        Step::new("国民年金法12条・施行規則1条の4ほか, 民法140条", "届出の期限 = 事実のあった日から14日以内")
            .with("事実のあった日", fact_on, "")
            .with("提出先", notice.receiver(), "")
            .gives(fourteenth),
    );
    let open = government_next_or_same(fourteenth)?;
    trace.step(
        Step::new("行政機関の休日に関する法律2条", "期限が休日に当たるときは翌開庁日")
            .with("14日目", fourteenth, "")
            .gives(open),
    );
    Ok(open)
}

/// 遅れた第3号の届出 — which months of 第3号 count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateCat3 {
    /// First month that counts by the notice alone.
    pub counts_from: Month,
    /// Last month that does not; `None` where none is lost.
    pub not_counted_until: Option<Month>,
    /// First month that counts with the 特例届出.
    pub with_special_from: Month,
}

/// 第3号の届出の遅れ — only the two years to the month before last count, and whatever comes after.
///
/// Law: 国民年金法附則7条の3第1項 (届出の日の属する月の前々月までの2年間のうちにあるものを除き、納付済期間に算入しない), 同条2項・3項
/// (やむを得ない事由による特例届出: 届出の日以後算入), 平成16年法律104号附則21条 (平成17年4月前の期間: 事由を問わない).
///
/// - `acquired_on`: 第3号の資格取得日
/// - `notified_on`: 届出が行われた日
///
/// # Errors
/// `BadInput` — notified before acquired.
///
/// # Examples
/// Acquired 2020-04-01, notified 2025-06-10: counts from 2023-05 (two years to the month before last, 2025-04).
pub fn late_cat3(acquired_on: Date, notified_on: Date, trace: &mut Trace) -> Result<LateCat3, LawError> {
    check_day("第3号の資格取得日 (acquired_on)", acquired_on)?;
    check_day("届出日 (notified_on)", notified_on)?;
    if notified_on < acquired_on {
        return Err(LawError::bad_input("届出日 (notified_on)", "資格取得日以後の日を入力してください"));
    }
    let first = Month::of(acquired_on);
    let two_months_before = Month::of(notified_on).plus(-2);
    let counts_from = first.max(two_months_before.plus(1 - CAT3_MONTHS));
    let not_counted_until = (counts_from > first).then(|| counts_from.previous());
    trace.step(
        Step::new("国民年金法附則7条の3第1項", "届出の月の前々月までの2年間より前の月は、納付済期間に算入しない")
            .with("資格取得日", acquired_on, "")
            .with("届出日", notified_on, "")
            .with("届出の月の前々月", two_months_before, "")
            .gives(counts_from),
    );
    let special = notified_on >= SPECIAL_NOTICE_FROM;
    let with_special_from = if special { first } else { counts_from };
    if not_counted_until.is_some() {
        trace.step(
            Step::new(
                "国民年金法附則7条の3第2項・3項, 平成16年法律104号附則21条",
                "特例届出が認められれば、届出の日以後、算入する",
            )
            .gives(with_special_from),
        );
    }
    Ok(LateCat3 { counts_from, not_counted_until, with_special_from })
}

/// 時効消滅不整合期間の扱い.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MismatchMonth {
    /// 2年以内: can still be paid as 第1号.
    StillPayable,
    /// 時効消滅不整合期間, no 特定期間該当届: unpaid.
    NotCounted,
    /// 特定期間 after the notice: complementary, not for the amount.
    Complementary,
}

/// 第3号不整合期間 — a month recorded as 第3号 that should have been 第1号.
///
/// Law: 国民年金法附則9条の4の2 (特定期間該当届), 9条の4の3 (特例追納は平成30年3月31日まで), 102条4項 (2年の時効).
///
/// - `due_on`: 納期限 of the month's contribution
/// - `corrected_on`: the day on which the record was corrected to 第1号
///
/// # Errors
/// `BadInput` — days that cannot be.
///
/// # Examples
/// Due 2020-06-01, corrected 2025-04-01: not counted without notice, complementary with it.
pub fn mismatch_month(
    due_on: Date,
    corrected_on: Date,
    notice_filed: bool,
    trace: &mut Trace,
) -> Result<MismatchMonth, LawError> {
    check_day("納期限 (due_on)", due_on)?;
    check_day("記録訂正日 (corrected_on)", corrected_on)?;
    // Two years from the day after the due date end on the same day of the year.
    let payable_until = domain::age::period_end(crate::employees_insurance::day_after(due_on), 24);
    let (month, words) = match (corrected_on <= payable_until, notice_filed) {
        (true, _) => (MismatchMonth::StillPayable, "時効前: 第1号として納付できる"),
        (false, false) => (MismatchMonth::NotCounted, "時効消滅不整合期間: 届出がなければ未納と同じ"),
        (false, true) => (MismatchMonth::Complementary, "特定期間: 合算対象期間とし、額には算入しない"),
    };
    trace.step(
        Step::new("国民年金法附則9条の4の2・102条4項", "第3号として記録された第1号の月の扱い")
            .with("納付できる最後の日", payable_until, "")
            .with("記録訂正日", corrected_on, "")
            .gives(words),
    );
    Ok(month)
}
