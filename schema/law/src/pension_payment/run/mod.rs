//! 年金の支払の計上 (国民年金法18条3項・18条の2・21条・102条, 厚生年金保険法36条3項・36条の2・39条・92条) — what one payment run has to pay one
//! person: due of every 支払期 less what is accounted, the claims that come out of it, and what is taken on the way.

mod balance;
mod months;

use domain::{Month, Yen};
use jiff::civil::Date;

use super::limitation::instalment_until;
use super::payment_date::payment_month;
use super::payment_rounding::{Instalment, february_addition, fractions_are_kept, instalment};
use crate::{LawError, Step, Trace};

pub use balance::{Account, Balance, Holdings, LevyYen, TaxBase, Withheld, balance, withhold};
use months::MonthlyAwards;

#[cfg(test)]
mod statute_tests;
#[cfg(test)]
mod tests;

const DUE: &str = "国民年金法18条の2第1項・厚生年金保険法36条の2第1項";
const PAYABLE_TO_DEATH: &str = "国民年金法18条1項・厚生年金保険法36条1項";
const LAPSE: &str = "国民年金法102条1項・厚生年金保険法92条1項";
const CORRECTED: &str = "厚生年金保険の保険給付及び国民年金の給付に係る時効の特例等に関する法律1条・2条";

/// 年金記録の訂正 — the word of a cause whose arrears never lapse (年金時効特例法).
pub const RECORD_CHANGE: &str = "record_change";
/// 死亡 — the word of a cause that is the death itself.
pub const DEATH: &str = "death";
/// 定期の支払 — the word of the cause of a 支払期 that simply came.
pub const REGULAR: &str = "regular";

/// 基礎年金と厚生年金の額 — each scheme is cut and accounted by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SchemeYen {
    /// 基礎年金給付.
    pub basic: Yen,
    /// 厚生年金給付.
    pub employees: Yen,
}

impl SchemeYen {
    /// Of both amounts.
    pub const fn new(basic: i64, employees: i64) -> SchemeYen {
        SchemeYen { basic: Yen::new(basic), employees: Yen::new(employees) }
    }

    /// Both together.
    pub fn total(self) -> Yen {
        self.basic + self.employees
    }

    /// Nothing in either scheme.
    pub fn is_zero(self) -> bool {
        self == SchemeYen::default()
    }

    fn plus(self, other: SchemeYen) -> SchemeYen {
        SchemeYen { basic: self.basic + other.basic, employees: self.employees + other.employees }
    }

    fn less(self, other: SchemeYen) -> SchemeYen {
        SchemeYen { basic: self.basic - other.basic, employees: self.employees - other.employees }
    }
}

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
    /// 年額 by scheme, yen, not negative.
    pub annual: SchemeYen,
    /// Order of the decisions: the earlier, the smaller.
    pub decided: i64,
    /// Holds now; otherwise it was superseded and counts only for what was first decided.
    pub current: bool,
    /// Why it was decided.
    pub cause: Cause<'a>,
}

/// 計上済みの額 — of one 支払期, of one run. Rows of one 支払期 add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accounted {
    /// 本来の支払期月.
    pub for_payment: Month,
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
    /// 移行前に最初の裁定のとおり支払われた最後の月分.
    pub paid_through: Option<Month>,
    /// 死亡した日, and its filing.
    pub died: Option<(Date, Option<i64>)>,
    /// 請求した日: from here back arrears lapse; none: they are looked at on the day of payment.
    pub claimed_on: Option<Date>,
    /// 支払期月 of the run, an even month.
    pub payment_month: Month,
    /// 支払日.
    pub paid_on: Date,
}

/// 支払期ごとの計上.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// 本来の支払期月.
    pub for_payment: Month,
    /// 計上する額: due less accounted; negative takes back.
    pub yen: SchemeYen,
    /// 二月期の加算の差, contained in it.
    pub february: SchemeYen,
    /// What was accounted of it before.
    pub accounted: SchemeYen,
    /// Nothing of this 支払期 was accounted before.
    pub first_time: bool,
    /// Months of it for which something is paid.
    pub months: i32,
    /// Why there is something to account.
    pub cause: Cause<'a>,
}

/// 計上の答え.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    /// In order of 支払期; only those with a difference.
    pub lines: Vec<Line<'a>>,
    /// 時効で消滅した支払期: told, never paid.
    pub lapsed: Vec<Line<'a>>,
    /// 年額の現況: of the last month for which this payment pays something, both schemes; nothing where it pays none.
    pub annual: Yen,
    /// What was accounted for the 支払期 before this one, without the fractions of February.
    pub before: SchemeYen,
    /// What is due for this 支払期, without the fractions of February.
    pub regular: SchemeYen,
}

impl Due<'_> {
    /// The line of the run's own 支払期, if it is accounted for the first time.
    pub fn own(&self, payment_month: Month) -> Option<&Line<'_>> {
        self.lines.iter().find(|line| line.for_payment == payment_month && line.first_time)
    }

    /// 支払の対象の月数 — payable months of the 支払期 accounted for the first time.
    pub fn months(&self) -> i32 {
        self.lines.iter().filter(|line| line.first_time).map(|line| line.months).sum()
    }
}

/// What a 支払期 gives, by scheme; the part added in February is contained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Paid {
    yen: SchemeYen,
    february: SchemeYen,
}

impl Paid {
    /// 支払期月の額 (国民年金法18条の2, 厚生年金保険法36条の2), of the months of `awards`.
    fn of(awards: &MonthlyAwards<'_>, payment: Month) -> Paid {
        let basic = paid(payment, |month| awards.annual(month).basic);
        let employees = paid(payment, |month| awards.annual(month).employees);
        Paid {
            yen: SchemeYen { basic: basic.0, employees: employees.0 },
            february: SchemeYen { basic: basic.1, employees: employees.1 },
        }
    }

    fn plain(self) -> SchemeYen {
        self.yen.less(self.february)
    }
}

/// One scheme: the amount of the payment with its February addition, and the addition.
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

/// 支払期ごとの計上 — due of every 支払期 up to the run's own, less what is accounted.
///
/// Law: 国民年金法18条1項・3項, 厚生年金保険法36条1項・3項 (months to the month of death, each in its 支払期); 18条の2, 36条の2 (a twelfth per
/// month, each scheme cut by itself; February adds the fractions of March to February); 102条1項, 92条1項 (an instalment lapses
/// after five years; arrears by a correction of records never: 年金時効特例法).
///
/// Months through `paid_through` count as paid as **first** decided, so a later change of an old month gives the difference
/// only. A 支払期 never accounted lapses on the day of the claim; one that is raised later, on the day of payment.
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
    let first = question.paid_through.map(|through| MonthlyAwards::first(question.awards, start, through.min(last)));
    let mut found = Due {
        lines: Vec::new(),
        lapsed: Vec::new(),
        annual: [last, last.previous()]
            .map(|month| current.annual(month).total())
            .into_iter()
            .find(|yen| *yen > Yen::ZERO)
            .unwrap_or(Yen::ZERO),
        before: SchemeYen::default(),
        regular: Paid::of(&current, question.payment_month).plain(),
    };
    let mut payment = payment_month(start);
    while payment <= question.payment_month {
        let due = Paid::of(&current, payment);
        let before = first.as_ref().map_or(Paid::default(), |first| Paid::of(first, payment));
        let (posted, rows) = posted(question.accounted, payment);
        let accounted = Paid { yen: before.yen.plus(posted.yen), february: before.february.plus(posted.february) };
        if payment.plus(2) == question.payment_month {
            found.before = accounted.plain();
        }
        let yen = due.yen.less(accounted.yen);
        if !yen.is_zero() {
            let line = Line {
                for_payment: payment,
                yen,
                february: due.february.less(accounted.february),
                accounted: accounted.yen,
                first_time: rows == 0 && question.paid_through.is_none_or(|through| through < payment.previous()),
                months: current.payable(payment),
                cause: cause(question, payment),
            };
            sort_in(question, line, &mut found, trace)?;
        }
        payment = payment.plus(2);
    }
    tell(question, &found, trace);
    Ok(found)
}

/// Sum of what was accounted for a 支払期, and of how many rows.
fn posted(accounted: &[Accounted], payment: Month) -> (Paid, usize) {
    let mut sum = (Paid::default(), 0);
    for row in accounted.iter().filter(|row| row.for_payment == payment) {
        sum.0 = Paid { yen: sum.0.yen.plus(row.yen), february: sum.0.february.plus(row.february) };
        sum.1 += 1;
    }
    sum
}

/// Into the lines, or among the lapsed.
fn sort_in<'a>(
    question: &PaymentQuestion<'a>,
    line: Line<'a>,
    found: &mut Due<'a>,
    trace: &mut Trace,
) -> Result<(), LawError> {
    let limited = line.yen.total() > Yen::ZERO && line.cause.word != RECORD_CHANGE;
    let asked_on = if line.first_time { question.claimed_on.unwrap_or(question.paid_on) } else { question.paid_on };
    if limited && instalment_until(line.for_payment.previous(), trace)? < asked_on {
        found.lapsed.push(line);
    } else {
        found.lines.push(line);
    }
    Ok(())
}

/// Why a 支払期 comes out as it does: the last decision among the awards that its amount was reckoned from.
fn cause<'a>(question: &PaymentQuestion<'a>, payment: Month) -> Cause<'a> {
    if let Some((on, filing_id)) = question.died
        && Month::of(on) < payment.previous()
    {
        return Cause { word: DEATH, filing_id };
    }
    let from = if payment.month() == 2 { payment.plus(-12) } else { payment.plus(-2) };
    let touches =
        |award: &&AwardRow<'_>| award.current && award.from < payment && award.until.is_none_or(|until| until > from);
    let of_months = question.awards.iter().filter(touches).max_by_key(|award| award.decided);
    let last = || question.awards.iter().max_by_key(|award| award.decided);
    let fallback = Cause { word: REGULAR, filing_id: None };
    let found = of_months.or_else(last).map_or(fallback, |award| award.cause);
    let own = payment == question.payment_month && question.accounted.iter().all(|row| row.for_payment != payment);
    let going_on = question.accounted.iter().any(|row| row.for_payment < payment) || question.paid_through.is_some();
    if own && going_on { fallback } else { found }
}

/// The first month of any award.
fn check(question: &PaymentQuestion<'_>) -> Result<Month, LawError> {
    let month = question.payment_month;
    if month.month() % 2 != 0 {
        let reason = format!("{month}は支払期月ではありません。偶数月で入力してください");
        return Err(LawError::bad_input("支払期月 (payment_month)", reason));
    }
    if question.awards.iter().any(|award| award.annual.basic < Yen::ZERO || award.annual.employees < Yen::ZERO) {
        return Err(LawError::bad_input("年額 (awards)", "0円以上で入力してください"));
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
        let step =
            Step::new(DUE, "支払期ごとの支払額 (制度ごとに1円未満切捨て、2月期は端数を加算) から計上済みの額を引く")
                .with("支払期", line.for_payment, "")
                .with("基礎年金", line.yen.basic, "")
                .with("厚生年金", line.yen.employees, "")
                .with("うち二月期の加算", line.february.total(), "")
                .with("理由", line.cause.word, "");
        trace.step(step.gives(line.yen.total()));
    }
    for line in &found.lapsed {
        let step = Step::new(LAPSE, "支払期月の翌月の初日から5年で時効により消滅した支払期。支払わない").with(
            "支払期",
            line.for_payment,
            "",
        );
        trace.step(step.gives(line.yen.total()));
    }
    if found.lines.iter().any(|line| line.cause.word == RECORD_CHANGE) {
        trace.step(Step::new(CORRECTED, "年金記録の訂正による支払には時効がない").gives("全期間"));
    }
}
