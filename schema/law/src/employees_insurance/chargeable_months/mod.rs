//! 保険料のかかる月 (厚生年金保険法19条・81条, 健康保険法156条).

use domain::Month;
use jiff::civil::Date;

use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 同月得喪の後の資格 — what the person became later in the month in which he acquired and lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextInSameMonth {
    /// Nothing that changes anything.
    None,
    /// 国民年金第1号被保険者.
    NationalPensionCategory1,
    /// 国民年金第3号被保険者.
    NationalPensionCategory3,
    /// 別の適用事業所で厚生年金保険の被保険者.
    EpiOtherEmployer,
}

/// 被保険者期間 — from the day of acquisition to the day before the loss; `None` while it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    /// 資格取得日.
    pub acquired_on: Date,
    /// 資格喪失日, the first day without cover.
    pub lost_on: Option<Date>,
}

impl Spell {
    /// The spell with an end no later than `day` (loss by age).
    pub fn lost_by(self, day: Date) -> Spell {
        Spell { lost_on: Some(self.lost_on.map_or(day, |lost_on| lost_on.min(day))), ..self }
    }

    /// Whether there is no day of cover in it.
    pub fn is_empty(self) -> bool {
        self.lost_on.is_some_and(|lost_on| lost_on <= self.acquired_on)
    }
}

/// 同月得喪 — acquired and lost in this month, with at least one day of cover.
pub fn is_same_month(spell: Spell, month: Month) -> bool {
    let lost_in = spell.lost_on.is_some_and(|lost_on| Month::of(lost_on) == month);
    !spell.is_empty() && lost_in && Month::of(spell.acquired_on) == month
}

/// その月の保険料がかかるか — whether a spell makes `month` a charged month.
///
/// Law: 厚生年金保険法19条1項・2項, 健康保険法156条3項: the month of acquisition is charged in full, the month
/// of loss is not, unless both fall in one month.
pub fn is_charged(spell: Spell, month: Month) -> bool {
    let begun = Month::of(spell.acquired_on) <= month;
    let insured_at_end = spell.lost_on.is_none_or(|lost_on| Month::of(lost_on) > month);
    !spell.is_empty() && begun && (insured_at_end || is_same_month(spell, month))
}

/// その賞与に保険料がかかるか — whether a bonus paid on this day is one of the spell: on or after the day of
/// acquisition and before the day of loss. Its month must be charged besides, which the month's assessment sees to.
///
/// Law: 厚生年金保険法24条の4・81条, 健康保険法45条・156条. For EPI give the spell cut at 70 (`lost_by`).
pub fn bonus_counts(paid_on: Date, spell: Spell) -> bool {
    spell.acquired_on <= paid_on && spell.lost_on.is_none_or(|lost_on| paid_on < lost_on)
}

/// 保険料のかかる月の一覧 — months of EPI and of HI that this employer is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeableMonths {
    /// 厚生年金保険.
    pub epi: Vec<Month>,
    /// 健康保険.
    pub hi: Vec<Month>,
}

/// 保険料のかかる月 — of a spell from acquisition to the last working day (loss on the day after).
///
/// Law: 厚生年金保険法19条1項・2項, 健康保険法156条3項. Acquired and lost in one month: charged; for EPI
/// cancelled if the person becomes EPI insured again or (since 2015-10) 第1号・第3号 in that month (19条2項ただし書).
///
/// # Errors
/// `BadInput` — the last working day lies before the acquisition.
///
/// # Examples
/// 2025-04-15 to 2025-09-30: April to September; to 2025-09-29: April to August.
pub fn chargeable_months(
    acquired_on: Date,
    last_work_day: Date,
    next: NextInSameMonth,
    trace: &mut Trace,
) -> Result<ChargeableMonths, LawError> {
    if last_work_day < acquired_on {
        return Err(LawError::bad_input("最終勤務日", "資格取得日以後の日を入力してください"));
    }
    let lost_on = last_work_day.tomorrow().map_err(|_| LawError::bad_input("最終勤務日", "日付が範囲外です"))?;
    let spell = Spell { acquired_on, lost_on: Some(lost_on) };
    trace.step(
        Step::new("厚生年金保険法14条・健康保険法36条", "資格喪失日 = 最終勤務日の翌日")
            .with("最終勤務日", last_work_day, "")
            .gives(lost_on),
    );
    let hi: Vec<Month> =
        Month::of(acquired_on).through(Month::of(lost_on)).filter(|&month| is_charged(spell, month)).collect();
    trace.step(
        Step::new("厚生年金保険法19条1項・健康保険法156条3項", "取得した月から喪失した月の前月まで (同月得喪はその月)")
            .with("資格取得日", acquired_on, "")
            .with("資格喪失日", lost_on, "")
            .gives(format!("{}か月", hi.len())),
    );
    let epi = if cancelled(spell, next, trace)? { Vec::new() } else { hi.clone() };
    Ok(ChargeableMonths { epi, hi })
}

/// First month of 厚生年金保険法19条2項ただし書 as it reads now.
fn proviso_since() -> Month {
    Month::new(2015, 10).expect("a month")
}

/// 19条2項ただし書 — whether the month acquired and lost in is no month of EPI after all.
fn cancelled(spell: Spell, next: NextInSameMonth, trace: &mut Trace) -> Result<bool, LawError> {
    let month = Month::of(spell.acquired_on);
    if next == NextInSameMonth::None || !is_same_month(spell, month) {
        return Ok(false);
    }
    if month < proviso_since() && next != NextInSameMonth::EpiOtherEmployer {
        trace.step(
            Step::new(
                "厚生年金保険法19条2項ただし書 (平成24年法律63号による改正前)",
                "平成27年9月までは、さらに厚生年金保険の被保険者となった月だけを算入しない",
            )
            .gives("その月の厚生年金保険料はかかる"),
        );
        return Ok(false);
    }
    let became = match next {
        NextInSameMonth::EpiOtherEmployer => "別の事業所で厚生年金保険の被保険者",
        NextInSameMonth::NationalPensionCategory1 => "国民年金第1号被保険者",
        _ => "国民年金第3号被保険者",
    };
    trace.step(
        Step::new("厚生年金保険法19条2項ただし書", "同じ月にさらに資格を取得したときは、その月を算入しない")
            .with("その後の資格", became, "")
            .gives("厚生年金保険料はかからない"),
    );
    Ok(true)
}
