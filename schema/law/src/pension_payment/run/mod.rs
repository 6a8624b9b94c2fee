//! 年金の支払の計上 (国民年金法18条3項・18条の2・21条・102条, 厚生年金保険法36条3項・36条の2・39条・92条) — what one payment run has to pay one
//! person: due of every 支払期 less what is accounted, the claims that come out of it, and what is taken on the way.
//!
//! The pensions of each 支給事由 (老齢, 障害, 遺族) are accounted by themselves; what was paid of one where another was due is
//! set against the other (内払).

mod balance;
mod grounds;
mod months;

use domain::age::period_end;
use domain::{Month, Yen};
use jiff::ToSpan;
use jiff::civil::Date;

use super::limitation::instalment_until;
use super::payment_date::payment_month;
use super::payment_rounding::{Instalment, february_addition, fractions_are_kept, instalment};
use crate::adjudication::award::Ground;
use crate::{LawError, Step, Trace};

pub use balance::{Account, Balance, Holdings, LevyYen, RESIDENT_TAX, TaxBase, Withheld, balance, withhold};
pub use grounds::{ByGround, SchemeYen};
use months::MonthlyAwards;

#[cfg(test)]
mod statute_tests;
#[cfg(test)]
mod tests;

const DUE: &str = "国民年金法18条の2第1項・厚生年金保険法36条の2第1項";
const PAYABLE_TO_DEATH: &str = "国民年金法18条1項・厚生年金保険法36条1項";
const LAPSE: &str = "国民年金法102条1項・厚生年金保険法92条1項";
const OVERPAID: &str = "会計法30条・31条1項";
const CORRECTED: &str = "厚生年金保険の保険給付及び国民年金の給付に係る時効の特例等に関する法律1条・2条";

/// 会計法30条: five years.
const OVERPAID_MONTHS: i16 = 60;
/// The day after the 15th, counted from the first.
const OVERPAID_FROM_DAY: i64 = 15;

/// 年金記録の訂正 — the word of a cause whose arrears never lapse (年金時効特例法).
pub const RECORD_CHANGE: &str = "record_change";
/// 基礎年金番号の統合 — likewise: the records of the number that went were not counted before.
pub const MERGE: &str = "merge";
/// 死亡 — the word of a cause that is the death itself.
pub const DEATH: &str = "death";
/// 定期の支払 — the word of the cause of a 支払期 that simply came.
pub const REGULAR: &str = "regular";

/// 変更の理由 — of an award or of a line: its word, and the filing behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause<'a> {
    /// As `awards.cause` says it.
    pub word: &'a str,
    /// 届, if a filing made the change.
    pub filing_id: Option<i64>,
}

/// 裁定・改定の一行 — an annual amount and its months, as it was decided once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwardRow<'a> {
    /// First month of these amounts.
    pub from: Month,
    /// First month no longer of these amounts; none: it goes on.
    pub until: Option<Month>,
    /// 年額 by pension, yen, not negative.
    pub annual: SchemeYen,
    /// 支給する基礎年金の支給事由; none: no basic pension is paid.
    pub basic_of: Option<Ground>,
    /// 支給する老齢・障害厚生年金の支給事由; none: none is paid.
    pub employees_of: Option<Ground>,
    /// Order of the decisions: the earlier, the smaller.
    pub decided: i64,
    /// The day of the decision, where it is known.
    pub decided_on: Option<Date>,
    /// Holds now; otherwise it was superseded and counts only for what was first decided.
    pub current: bool,
    /// Why it was decided.
    pub cause: Cause<'a>,
}

impl AwardRow<'_> {
    /// What the row pays of one 支給事由.
    pub fn of(&self, ground: Ground) -> SchemeYen {
        let part = |of: Option<Ground>, yen: Yen| if of == Some(ground) { yen } else { Yen::ZERO };
        SchemeYen {
            basic: part(self.basic_of, self.annual.basic),
            employees: part(self.employees_of, self.annual.employees),
            survivor: part(Some(Ground::Survivor), self.annual.survivor),
        }
    }
}

/// 計上済みの額 — of one 支払期 and 支給事由, of one run. Rows of one 支払期 add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accounted {
    /// 本来の支払期月.
    pub for_payment: Month,
    /// 計上した支払の月.
    pub paid_in: Month,
    /// 支給事由.
    pub ground: Ground,
    /// 計上した額, with the fractions of February; negative in a row that took back.
    pub yen: SchemeYen,
    /// 二月期に加算した端数, contained in it.
    pub february: SchemeYen,
}

/// 一人の支払の問い.
#[derive(Clone, Copy, Debug)]
pub struct PaymentQuestion<'a> {
    /// Every award ever decided, superseded ones too; in any order.
    pub awards: &'a [AwardRow<'a>],
    /// What earlier runs accounted; in any order.
    pub accounted: &'a [Accounted],
    /// 移行前に最初の裁定のとおり支払われた最後の月分, of each 支給事由.
    pub paid_through: ByGround<Option<Month>>,
    /// 死亡した日, and its filing.
    pub died: Option<(Date, Option<i64>)>,
    /// 請求した日 of each 支給事由: from here back its arrears lapse; none: they are looked at on the day of payment.
    pub claimed_on: ByGround<Option<Date>>,
    /// 支払期月 of the run, an even month.
    pub payment_month: Month,
    /// 支払日.
    pub paid_on: Date,
}

/// 支払期と支給事由ごとの計上.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// 本来の支払期月.
    pub for_payment: Month,
    /// 支給事由.
    pub ground: Ground,
    /// 計上する額: due less accounted; negative takes back.
    pub yen: SchemeYen,
    /// 二月期の加算の差, contained in it.
    pub february: SchemeYen,
    /// What was accounted of this 支払期 and 支給事由 before.
    pub accounted: SchemeYen,
    /// Nothing of this 支払期 was accounted before, of no 支給事由.
    pub first_time: bool,
    /// Months of it for which something of this 支給事由 is paid.
    pub months: i32,
    /// Why there is something to account.
    pub cause: Cause<'a>,
}

/// 計上の答え.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    /// 支払期月 of the run.
    pub payment_month: Month,
    /// In order of 支払期 and 支給事由; only those with a difference.
    pub lines: Vec<Line<'a>>,
    /// 時効で消滅した支払期: told, never paid.
    pub lapsed: Vec<Line<'a>>,
    /// 老齢年金の年額の現況: of the last month for which this payment pays something of it; nothing where it pays none.
    pub annual: Yen,
    /// What was accounted for the 支払期 before this one, without the fractions of February.
    pub before: ByGround<SchemeYen>,
    /// What is due for this 支払期, without the fractions of February.
    pub regular: ByGround<SchemeYen>,
}

impl<'a> Due<'a> {
    /// 内払 within a 支払期, whose lines begin at these places: what was paid of one pension stays paid where the other has lapsed,
    /// and never lapses where the other is paid in its place.
    fn settle_between(&mut self, (lines, lapsed): (usize, usize)) {
        let (mut of_payment, lapsed) = (self.lines.split_off(lines), self.lapsed.split_off(lapsed));
        let paid = |line: &Line<'_>| line.yen.total() > Yen::ZERO;
        let (late, late_claims): (Vec<Line<'a>>, Vec<Line<'a>>) = lapsed.into_iter().partition(paid);
        if !late.is_empty() {
            of_payment.retain(|line| line.yen.total() >= Yen::ZERO);
            self.lapsed.extend(late);
        } else if of_payment.iter().any(paid) {
            of_payment.extend(late_claims);
            of_payment.sort_by_key(|line| line.ground);
        } else {
            self.lapsed.extend(late_claims);
        }
        self.lines.extend(of_payment);
    }

    /// The line of the run's own 支払期, if it is accounted for the first time.
    pub fn own(&self, payment_month: Month) -> Option<&Line<'a>> {
        self.lines.iter().find(|line| line.for_payment == payment_month && line.first_time)
    }
}

/// What a 支払期 gives of one 支給事由, by pension; the part added in February is contained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Paid {
    yen: SchemeYen,
    february: SchemeYen,
}

impl Paid {
    /// 支払期月の額 (国民年金法18条の2, 厚生年金保険法36条の2), of the `annual` amounts of a 支給事由: it has two pensions, each cut by
    /// itself.
    fn of(ground: Ground, payment: Month, annual: impl Fn(Month) -> SchemeYen) -> Paid {
        let of = |yen: fn(SchemeYen) -> Yen| paid(payment, |month| yen(annual(month)));
        let basic = of(|yen| yen.basic);
        let none = (Yen::ZERO, Yen::ZERO);
        let (employees, survivor) = match ground {
            Ground::Survivor => (none, of(|yen| yen.survivor)),
            Ground::OldAge | Ground::Disability => (of(|yen| yen.employees), none),
        };
        Paid {
            yen: SchemeYen { basic: basic.0, employees: employees.0, survivor: survivor.0 },
            february: SchemeYen { basic: basic.1, employees: employees.1, survivor: survivor.1 },
        }
    }

    fn plus(self, other: Paid) -> Paid {
        Paid { yen: self.yen.plus(other.yen), february: self.february.plus(other.february) }
    }

    fn plain(self) -> SchemeYen {
        self.yen.less(self.february)
    }
}

/// One pension: the amount of the payment with its February addition, and the addition.
fn paid(payment: Month, annual: impl Fn(Month) -> Yen) -> (Yen, Yen) {
    let of = |payment: Month| instalment([annual(payment.plus(-2)), annual(payment.previous())]);
    let own = of(payment);
    if payment.month() != 2 || own.paid == Yen::ZERO {
        return (own.paid, Yen::ZERO);
    }
    let year = (0..6).map(|back| payment.plus(back * 2 - 10)).filter(|payment| fractions_are_kept(*payment));
    let year: Vec<Instalment> = year.map(of).collect();
    let added = february_addition(&year);
    (own.paid + added, added)
}

/// 支払期ごとの計上 — due of every 支払期 up to the run's own, less what is accounted, for each 支給事由.
///
/// Law: 国民年金法18条1項・3項, 厚生年金保険法36条1項・3項 (months to the month of death, each in its 支払期); 18条の2, 36条の2 (a twelfth per
/// month, each pension cut by itself; February adds the fractions of March to February); 102条1項, 92条1項 (an instalment lapses
/// after five years; arrears by a correction of records never: 年金時効特例法).
///
/// Months through `paid_through` count as paid as **first** decided, so a later change of an old month gives the difference
/// only. A 支払期 never accounted of a 支給事由 lapses on the day of the claim for it; one that is raised later, on the day of the
/// decision that raised it. What was paid too much lapses five years after its payment (会計法30条・31条1項: without anybody
/// invoking it); so it is neither claimed nor set off. Where a 支払期 has lapsed, what was paid of another pension instead of it stays paid (内払: 国民年金法21条1項・厚生年金保険法39条1項;
/// to take it back would be as late: 会計法30条).
///
/// # Errors
/// `BadInput` — an odd 支払期月, a negative amount, awards over more than 150 years; `NotInForce`, `PastLastCheck` — the term
/// of limitation.
///
/// # Examples
/// 831,700円 a year from April 2025, nothing accounted, run of October 2025: June 138,616円, August 138,616円, October 138,616円.
pub fn due<'a>(question: &PaymentQuestion<'a>, trace: &mut Trace) -> Result<Due<'a>, LawError> {
    let start = check(question)?;
    let last = question.payment_month.previous();
    let died_in = question.died.map(|(on, _)| Month::of(on));
    let current = MonthlyAwards::current(question.awards, start, died_in.map_or(last, |died| died.min(last)));
    let through = question.paid_through.each().into_iter().filter_map(|(_, through)| through).max();
    let months = Months {
        current,
        first: through.map(|through| MonthlyAwards::first(question.awards, start, through.min(last))),
        through,
    };
    let grounds = grounds::ALL.into_iter().filter(|ground| concerns(question, *ground));
    let grounds: Vec<Ground> = grounds.collect();
    let mut found = Due {
        payment_month: question.payment_month,
        lines: Vec::new(),
        lapsed: Vec::new(),
        annual: [last, last.previous()]
            .map(|month| months.current.of(month, Ground::OldAge).total())
            .into_iter()
            .find(|yen| *yen > Yen::ZERO)
            .unwrap_or(Yen::ZERO),
        before: ByGround::default(),
        regular: ByGround::default(),
    };
    for ground in &grounds {
        *found.regular.of_mut(*ground) = months.due(*ground, question.payment_month).plain();
    }
    let mut payment = payment_month(start);
    while payment <= question.payment_month {
        let (lines, lapsed) = (found.lines.len(), found.lapsed.len());
        for ground in &grounds {
            account(question, &months, (payment, *ground), &mut found, trace)?;
        }
        found.settle_between((lines, lapsed));
        payment = payment.plus(2);
    }
    tell(question, &found, trace);
    Ok(found)
}

/// The awards by month: as they stand, and as they were decided first.
struct Months<'a> {
    current: MonthlyAwards<'a>,
    first: Option<MonthlyAwards<'a>>,
    /// The last month paid before this book, of any 支給事由.
    through: Option<Month>,
}

impl Months<'_> {
    /// What a 支払期 gives as the awards stand.
    fn due(&self, ground: Ground, payment: Month) -> Paid {
        Paid::of(ground, payment, |month| self.current.of(month, ground))
    }

    /// What was paid of a 支払期 before this book.
    fn before(&self, question: &PaymentQuestion<'_>, ground: Ground, payment: Month) -> Paid {
        match (&self.first, question.paid_through.of(ground)) {
            (Some(first), Some(through)) => Paid::of(ground, payment, |month| {
                if month <= *through { first.of(month, ground) } else { SchemeYen::default() }
            }),
            _ => Paid::default(),
        }
    }
}

/// Whether anything was ever awarded or accounted of a 支給事由; without any, of the old-age pension.
fn concerns(question: &PaymentQuestion<'_>, ground: Ground) -> bool {
    ground == Ground::OldAge
        || question.awards.iter().any(|award| !award.of(ground).is_zero())
        || question.accounted.iter().any(|row| row.ground == ground)
}

/// One 支払期 of one 支給事由.
fn account<'a>(
    question: &PaymentQuestion<'a>,
    months: &Months<'_>,
    (payment, ground): (Month, Ground),
    found: &mut Due<'a>,
    trace: &mut Trace,
) -> Result<(), LawError> {
    let due = months.due(ground, payment);
    let of_payment = || question.accounted.iter().filter(|row| row.for_payment == payment);
    let posted = of_payment().filter(|row| row.ground == ground);
    let posted = posted.fold(Paid::default(), |sum, row| sum.plus(Paid { yen: row.yen, february: row.february }));
    let accounted = months.before(question, ground, payment).plus(posted);
    if payment.plus(2) == question.payment_month {
        *found.before.of_mut(ground) = accounted.plain();
    }
    let yen = due.yen.less(accounted.yen);
    if yen.is_zero() {
        return Ok(());
    }
    let (cause, decided_on) = cause(question, payment, ground);
    let line = Line {
        for_payment: payment,
        ground,
        yen,
        february: due.february.less(accounted.february),
        accounted: accounted.yen,
        first_time: of_payment().next().is_none() && months.through.is_none_or(|through| through < payment.previous()),
        months: months.current.payable(payment, ground),
        cause,
    };
    sort_in(question, (line, decided_on), found, trace)
}

/// Into the lines, or among the lapsed.
fn sort_in<'a>(
    question: &PaymentQuestion<'a>,
    (line, decided_on): (Line<'a>, Option<Date>),
    found: &mut Due<'a>,
    trace: &mut Trace,
) -> Result<(), LawError> {
    let posted = |row: &&Accounted| row.for_payment == line.for_payment && row.ground == line.ground;
    let last_posted = question.accounted.iter().filter(posted).map(|row| row.paid_in).max();
    let before = question.paid_through.of(line.ground).is_some_and(|through| through >= line.for_payment.previous());
    let lapsed = if line.yen.total() < Yen::ZERO {
        let paid_in = last_posted.unwrap_or(line.for_payment);
        overpaid_until(paid_in) < question.paid_on
    } else {
        let asked_on = match before || last_posted.is_some() {
            false => question.claimed_on.of(line.ground).unwrap_or(question.paid_on),
            true => decided_on.unwrap_or(question.paid_on).min(question.paid_on),
        };
        let corrected = [RECORD_CHANGE, MERGE].contains(&line.cause.word);
        !corrected && instalment_until(line.for_payment.previous(), trace)? < asked_on
    };
    if lapsed {
        found.lapsed.push(line);
    } else {
        found.lines.push(line);
    }
    Ok(())
}

/// 返納金債権の時効 — the last day on which what was paid too much in a month can be claimed: five years from the day after the 15th.
fn overpaid_until(paid_in: Month) -> Date {
    let day_after = paid_in.first_day().checked_add(OVERPAID_FROM_DAY.days()).expect("within the calendar");
    period_end(day_after, OVERPAID_MONTHS)
}

/// Why a 支払期 comes out as it does: the last decision among the awards that its amount was reckoned from.
///
/// With it the day of that decision.
fn cause<'a>(question: &PaymentQuestion<'a>, payment: Month, ground: Ground) -> (Cause<'a>, Option<Date>) {
    if let Some((on, filing_id)) = question.died
        && Month::of(on) < payment.previous()
    {
        return (Cause { word: DEATH, filing_id }, None);
    }
    let from = if payment.month() == 2 { payment.plus(-12) } else { payment.plus(-2) };
    let touches =
        |award: &&AwardRow<'_>| award.current && award.from < payment && award.until.is_none_or(|until| until > from);
    let of_months = question.awards.iter().filter(touches).max_by_key(|award| award.decided);
    let last = || question.awards.iter().max_by_key(|award| award.decided);
    let fallback = (Cause { word: REGULAR, filing_id: None }, None);
    let found = of_months.or_else(last).map_or(fallback, |award| (award.cause, award.decided_on));
    let own = payment == question.payment_month && question.accounted.iter().all(|row| row.for_payment != payment);
    let earlier = |row: &Accounted| row.ground == ground && row.for_payment < payment;
    let going_on = question.accounted.iter().any(earlier) || question.paid_through.of(ground).is_some();
    if own && going_on { fallback } else { found }
}

/// The first month of any award.
fn check(question: &PaymentQuestion<'_>) -> Result<Month, LawError> {
    let month = question.payment_month;
    if month.month() % 2 != 0 {
        let reason = format!("{month}は支払期月ではありません。偶数月で入力してください");
        return Err(LawError::bad_input("支払期月 (payment_month)", reason));
    }
    if question.awards.iter().any(|award| award.annual.parts().into_iter().any(|yen| yen < Yen::ZERO)) {
        return Err(LawError::bad_input("年額 (awards)", "0円以上で入力してください"));
    }
    let without_ground = |award: &AwardRow<'_>| {
        award.basic_of.is_none() && award.annual.basic > Yen::ZERO
            || !matches!(award.employees_of, Some(Ground::OldAge | Ground::Disability))
                && award.annual.employees > Yen::ZERO
    };
    if question.awards.iter().any(without_ground) {
        let reason = "支払う年金の支給事由がありません。裁定を確認してください";
        return Err(LawError::bad_input("支給事由 (awards)", reason));
    }
    let start = question.awards.iter().map(|award| award.from).min().unwrap_or(month);
    match month.months_since(start) {
        ..=1_800 => Ok(start),
        _ => Err(LawError::bad_input("年額 (awards)", "支払期月の前150年以内で入力してください")),
    }
}

fn tell(question: &PaymentQuestion<'_>, found: &Due<'_>, trace: &mut Trace) {
    if let Some((on, _)) = question.died {
        trace.step(Step::new(PAYABLE_TO_DEATH, "死亡した月までの分を支給する").gives(Month::of(on)));
    }
    for line in &found.lines {
        let mut step =
            Step::new(DUE, "支払期ごとの支払額 (制度ごとに1円未満切捨て、2月期は端数を加算) から計上済みの額を引く")
                .with("支払期", line.for_payment, "")
                .with("基礎年金", line.yen.basic, "");
        step = match line.ground {
            Ground::OldAge => step.with("厚生年金", line.yen.employees, ""),
            Ground::Disability => step.with("支給事由", "障害", "").with("厚生年金", line.yen.employees, ""),
            Ground::Survivor => step.with("支給事由", "遺族", "").with("厚生年金", line.yen.survivor, ""),
        };
        step = step.with("うち二月期の加算", line.february.total(), "").with("理由", line.cause.word, "");
        trace.step(step.gives(line.yen.total()));
    }
    for line in &found.lapsed {
        let step = match line.yen.total() > Yen::ZERO {
            true => Step::new(LAPSE, "支払期月の翌月の初日から5年で時効により消滅した支払期。支払わない"),
            false => Step::new(OVERPAID, "支払いすぎてから5年で時効により消滅した返納金。請求しない"),
        };
        trace.step(step.with("支払期", line.for_payment, "").gives(line.yen.total()));
    }
    if found.lines.iter().any(|line| [RECORD_CHANGE, MERGE].contains(&line.cause.word)) {
        trace.step(Step::new(CORRECTED, "年金記録の訂正による支払には時効がない").gives("全期間"));
    }
}
