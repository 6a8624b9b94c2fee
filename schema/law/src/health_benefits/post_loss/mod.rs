//! 資格喪失後の給付 (健康保険法104条・105条・106条).

use domain::age::period_end;
use jiff::civil::Date;

use super::days::{DaySpan, check_day, plus_days};
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 一年以上.
const ONE_YEAR: i16 = 12;
/// 三月以内 (埋葬料).
const FUNERAL_MONTHS: i16 = 3;
/// 六月以内 (出産育児一時金).
const CHILDBIRTH_MONTHS: i16 = 6;

/// 被保険者の種別, as far as the year of 104条 asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverKind {
    /// 被保険者, of any insurer.
    Insured,
    /// 任意継続被保険者: not counted.
    Voluntary,
    /// 共済組合の組合員である被保険者: not counted.
    MutualAid,
}

/// 被保険者期間 — from 資格取得日 to 資格喪失日.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// 種別.
    pub kind: CoverKind,
    /// 資格取得日.
    pub acquired_on: Date,
    /// 資格喪失日, the day after the last day of cover.
    pub lost_on: Date,
}

/// 資格喪失時の状況.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// 資格喪失日 of the last ordinary cover.
    pub lost_on: Date,
    /// 一年以上被保険者であった者.
    pub one_year: bool,
}

/// 一年以上被保険者であった者 — whether the person was insured for a year without a gap up to the loss.
///
/// Law: 健康保険法104条 (資格を喪失した日の前日まで引き続き一年以上; 任意継続被保険者と共済組合の組合員を除く). Covers
/// of different insurers count together when not a day lies between. For one who became 任意継続, the loss of the
/// ordinary cover before it counts.
///
/// - `covers`: all covers of the person, in any order
///
/// # Errors
/// `BadInput` — no ordinary cover, a loss not after its acquisition, two that overlap.
///
/// # Examples
/// 2025-04-01 to a loss on 2026-04-01: a year. Acquired a day later: not.
pub fn loss_of_cover(covers: &[Cover], trace: &mut Trace) -> Result<Loss, LawError> {
    let ordinary = in_order(covers)?;
    let bad = || LawError::bad_input("被保険者期間 (covers)", "資格喪失前の被保険者期間を1つ以上入力してください");
    let last = ordinary.last().ok_or_else(bad)?;
    let mut since = last.acquired_on;
    for cover in ordinary.iter().rev().skip(1) {
        if cover.lost_on != since {
            break;
        }
        since = cover.acquired_on;
    }
    let one_year = period_end(since, ONE_YEAR) < last.lost_on;
    trace.step(
        Step::new(
            "健康保険法104条",
            "資格を喪失した日の前日まで引き続き1年以上被保険者 (任意継続・共済組合員を除く) であったか",
        )
        .with("引き続く期間の初日", since, "")
        .with("資格喪失日", last.lost_on, "")
        .gives(if one_year { "1年以上" } else { "1年未満" }),
    );
    Ok(Loss { lost_on: last.lost_on, one_year })
}

/// The ordinary covers in order, each checked.
fn in_order(covers: &[Cover]) -> Result<Vec<Cover>, LawError> {
    const ITEM: &str = "被保険者期間 (covers)";
    let mut covers = covers.to_vec();
    covers.sort_by_key(|cover| (cover.acquired_on, cover.lost_on));
    for cover in &covers {
        check_day(ITEM, cover.acquired_on)?;
        check_day(ITEM, cover.lost_on)?;
        if cover.lost_on <= cover.acquired_on {
            return Err(LawError::bad_input(ITEM, "資格喪失日は、資格取得日より後の日を入力してください"));
        }
    }
    if covers.windows(2).any(|pair| pair[1].acquired_on < pair[0].lost_on) {
        return Err(LawError::bad_input(
            ITEM,
            "被保険者期間が重なっています。資格取得日と資格喪失日を確認してください",
        ));
    }
    covers.retain(|cover| cover.kind == CoverKind::Insured);
    Ok(covers)
}

/// 継続給付の状況 — of a sickness or maternity allowance when cover is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// 資格喪失の前日に支給を受けている、または受けられる状態 (待期は完成している; full pay does not matter).
    pub entitled_on_last_day: bool,
    /// 資格喪失の前日に労務に服した.
    pub worked_on_last_day: bool,
    /// The last day that could be paid if cover had gone on and every day were paid.
    pub original_last_day: Date,
    /// 労務に服することができるようになった日, if any: from then on nothing, also if unfit again.
    pub able_to_work_on: Option<Date>,
}

/// 傷病手当金・出産手当金の継続給付 — the days that can still be paid after the loss of cover.
///
/// Law: 健康保険法104条 (一年以上被保険者であった者; 喪失した際に支給を受けているもの; 受けることができるはずであった
/// 期間、継続して: 一度労務可能となれば終わる).
///
/// Returns `None` where nothing is paid.
///
/// # Errors
/// `BadInput` — a day that leaves no room for reckoning.
///
/// # Examples
/// Lost on 2026-04-01, unfit, days left to 2027-06-30: 2026-04-01 to 2027-06-30. Worked on 31 March: nothing.
pub fn continuation(loss: Loss, claim: &Claim, trace: &mut Trace) -> Result<Option<DaySpan>, LawError> {
    check_day("本来の支給最終日 (original_last_day)", claim.original_last_day)?;
    let last = match claim.able_to_work_on {
        Some(day) => {
            check_day("労務可能となった日 (able_to_work_on)", day)?;
            claim.original_last_day.min(plus_days(day, -1))
        }
        None => claim.original_last_day,
    };
    let why_not = [
        (!loss.one_year, "資格喪失日の前日まで引き続き1年以上被保険者でないため、支給しない"),
        (!claim.entitled_on_last_day, "資格喪失の際に支給を受けていない (受けられる状態にない) ため、支給しない"),
        (claim.worked_on_last_day, "資格喪失日の前日に労務に服したため、支給しない"),
        (last < loss.lost_on, "資格喪失日以後に支給できる日がないため、支給しない"),
    ];
    if let Some((_, reason)) = why_not.iter().find(|(applies, _)| *applies) {
        trace.step(Step::new("健康保険法104条", *reason).gives("支給しない"));
        return Ok(None);
    }
    let span = DaySpan::new("資格喪失日", loss.lost_on, last)?;
    trace.step(
        Step::new(
            "健康保険法104条",
            "受けることができるはずであった期間、継続して支給する (一度労務可能となれば終わる)",
        )
        .with("資格喪失日", loss.lost_on, "")
        .with("本来の支給最終日", claim.original_last_day, "")
        .gives(format!("{}から{}まで", span.first(), span.last())),
    );
    Ok(Some(span))
}

/// 資格喪失後の死亡 — on what ground 埋葬料 can be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeathAfterLoss {
    /// 死亡の日.
    pub died_on: Date,
    /// 継続給付を受けている間の死亡.
    pub receiving_continuation: bool,
    /// 継続給付を受けなくなった日, if there was one.
    pub continuation_stopped_on: Option<Date>,
}

/// 資格喪失後の埋葬料・埋葬費 — whether a death after the loss of cover is paid for. No year of cover is asked.
///
/// Law: 健康保険法105条1項 (継続給付を受ける者の死亡; 受けなくなった日後三月以内; 資格を喪失した日後三月以内). The
/// months begin on the day after (民法140条), which is a setting: the clause says 日後.
///
/// # Errors
/// `BadInput` — a death before the loss of cover.
///
/// # Examples
/// Lost on 2026-04-01: deaths up to 2026-07-01.
pub fn funeral_after_loss(loss: Loss, death: &DeathAfterLoss, trace: &mut Trace) -> Result<bool, LawError> {
    check_after_loss("死亡の日 (death_date)", loss, death.died_on)?;
    let mut limits = vec![within(loss.lost_on, FUNERAL_MONTHS)];
    if let Some(stopped) = death.continuation_stopped_on {
        check_after_loss("継続給付を受けなくなった日 (continuation_stopped_on)", loss, stopped)?;
        limits.push(within(stopped, FUNERAL_MONTHS));
    }
    let limit = limits.into_iter().max().unwrap_or(loss.lost_on);
    let payable = death.receiving_continuation || death.died_on <= limit;
    trace.step(
        Step::new(
            "健康保険法105条1項",
            "継続給付を受ける間、受けなくなった日後3月以内、または資格喪失日後3月以内の死亡 (期間は翌日から数える設定)",
        )
        .with("資格喪失日", loss.lost_on, "")
        .with("死亡の日", death.died_on, "")
        .with("3月以内の末日", limit, "")
        .gives(told(payable)),
    );
    Ok(payable)
}

/// 資格喪失後の出産育児一時金 — whether a birth after the loss of cover is paid for.
///
/// Law: 健康保険法106条 (一年以上被保険者であった者; 資格を喪失した日後六月以内の出産). Not for a dependant's birth.
/// The months begin on the day after, as in `funeral_after_loss`.
///
/// # Errors
/// `BadInput` — a birth before the loss of cover.
///
/// # Examples
/// Lost on 2026-04-01 after a year: births up to 2026-10-01.
pub fn childbirth_after_loss(loss: Loss, born_on: Date, trace: &mut Trace) -> Result<bool, LawError> {
    check_after_loss("出産の日 (birth_date)", loss, born_on)?;
    let limit = within(loss.lost_on, CHILDBIRTH_MONTHS);
    let payable = loss.one_year && born_on <= limit;
    trace.step(
        Step::new(
            "健康保険法106条",
            "1年以上被保険者であった者の、資格喪失日後6月以内の出産 (期間は翌日から数える設定)",
        )
        .with("資格喪失日", loss.lost_on, "")
        .with("出産の日", born_on, "")
        .with("6月以内の末日", limit, "")
        .gives(told(payable)),
    );
    Ok(payable)
}

fn check_after_loss(item: &str, loss: Loss, day: Date) -> Result<(), LawError> {
    check_day(item, day)?;
    if day < loss.lost_on {
        return Err(LawError::bad_input(item, "資格喪失日以後の日を入力してください"));
    }
    Ok(())
}

/// The last day of so many months counted from the day after.
fn within(day: Date, months: i16) -> Date {
    period_end(plus_days(day, 1), months)
}

fn told(payable: bool) -> &'static str {
    if payable { "支給する" } else { "支給しない" }
}
