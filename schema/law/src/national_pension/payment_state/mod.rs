//! 納付の状態 — what a month of 第1号被保険者 (or of a voluntary insured) is worth on a day, from its facts.

use domain::{Month, Yen};
use jiff::civil::Date;

use super::limitation::Prescription;
use super::relief::Relief;
use crate::{LawError, Step, Trace};

#[cfg(test)]
mod tests;

/// 一月の事実 — dates after the day asked about do not count yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthFacts<'a> {
    /// 月分.
    pub month: Month,
    /// 免除・猶予 of the month, the one that prevails.
    pub relief: Option<Relief>,
    /// 申請日 of the relief, where it counts only from then on (納付要件: 「初診日の前日において」); `None` where it holds by law or
    /// the day does not matter.
    pub relief_applied_on: Option<Date>,
    /// 納付日 of the contribution; of a partial exemption: of the part that stays to be paid.
    pub paid_on: Option<Date>,
    /// 追納した日.
    pub late_paid_on: Option<Date>,
    /// 督促の日, in any order.
    pub demanded: &'a [Date],
}

/// 一部免除の割合 — what is exempted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Share {
    /// 全額.
    Full,
    /// 四分の三.
    ThreeQuarters,
    /// 半額.
    Half,
    /// 四分の一.
    OneQuarter,
}

/// 一部免除で納付すべき部分の状態.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Residual {
    /// 納付済み: only then is the month an exempt one.
    Paid,
    /// 未納, can still be paid.
    Unpaid,
    /// 時効消滅.
    TimeBarred,
}

/// 納付の状態.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentState {
    /// 納付済み.
    Paid,
    /// 産前産後免除: 納付済みとされる.
    Maternity,
    /// 育児期間免除: 納付済みとされる.
    Childcare,
    /// 追納済み: 納付済みとされる.
    LatePaid,
    /// 全額免除 (法定免除 and on application).
    FullyExempt,
    /// 一部免除.
    PartlyExempt {
        /// What is exempted; never `Full`.
        share: Share,
        /// The rest.
        residual: Residual,
    },
    /// 学生納付特例.
    StudentDeferred,
    /// 納付猶予.
    Deferred,
    /// 未納, can still be paid (also before its due date).
    Unpaid,
    /// 時効消滅: unpaid for good.
    TimeBarred,
}

/// 期間の算入 — what the month counts as (国民年金法5条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credit {
    /// 保険料納付済期間.
    Paid,
    /// 保険料免除期間, of this kind.
    Exempt(Share),
    /// Only for the right to a pension, not for its amount.
    QualifyingOnly,
    /// Not at all.
    Nothing,
}

impl PaymentState {
    /// 納付の状態 — from the facts of a month, on a day.
    ///
    /// Law: 国民年金法5条1項から7項まで (what counts as paid or exempt; of a partial exemption only months whose rest is paid), 88条の2・88
    /// 条の3, 89条1項 (months already paid stay paid), 94条4項 (追納 counts as paid on its day), 102条4項 (two years).
    ///
    /// - `prescription`: 時効の年数, read once for any number of months
    /// - `on`: the day asked about
    ///
    /// # Errors
    /// `CannotDecide` — paid after the two years (後納 by a temporary law): a person decides; `BadInput` — 追納 of a month
    /// that had nothing to be paid late, or after ten years; `Calendar` — a closed day decides and is not on file.
    ///
    /// # Examples
    /// 半額免除 of 2022-04, the rest unpaid: `Unpaid` residual on 2024-05-31, `TimeBarred` on 2024-06-01.
    pub fn of(facts: &MonthFacts<'_>, prescription: Prescription, on: Date) -> Result<PaymentState, LawError> {
        let facts = &facts.known_on(on);
        check_paid(facts, prescription)?;
        check_late_paid(facts)?;
        Ok(match facts.relief {
            Some(Relief::Maternity) => PaymentState::Maternity,
            Some(Relief::Childcare) => PaymentState::Childcare,
            _ if facts.late_paid_on.is_some() => PaymentState::LatePaid,
            Some(Relief::ThreeQuarters) => facts.partly(Share::ThreeQuarters, prescription, on)?,
            Some(Relief::Half) => facts.partly(Share::Half, prescription, on)?,
            Some(Relief::OneQuarter) => facts.partly(Share::OneQuarter, prescription, on)?,
            _ if facts.paid_on.is_some() => PaymentState::Paid,
            Some(Relief::Full | Relief::Statutory) => PaymentState::FullyExempt,
            Some(Relief::Student) => PaymentState::StudentDeferred,
            Some(Relief::Deferral) => PaymentState::Deferred,
            None if facts.residual(prescription, on)? == Residual::TimeBarred => PaymentState::TimeBarred,
            None => PaymentState::Unpaid,
        })
    }

    /// 期間の算入 (国民年金法5条1項から7項まで, 90条の3, 平成16年改正法附則19条).
    pub const fn credit(self) -> Credit {
        match self {
            PaymentState::Paid | PaymentState::Maternity | PaymentState::Childcare | PaymentState::LatePaid => {
                Credit::Paid
            }
            PaymentState::FullyExempt => Credit::Exempt(Share::Full),
            PaymentState::PartlyExempt { share, residual: Residual::Paid } => Credit::Exempt(share),
            PaymentState::StudentDeferred | PaymentState::Deferred => Credit::QualifyingOnly,
            PaymentState::PartlyExempt { .. } | PaymentState::Unpaid | PaymentState::TimeBarred => Credit::Nothing,
        }
    }

    /// 状態の名称.
    pub const fn words(self) -> &'static str {
        match self {
            PaymentState::Paid => "納付済み",
            PaymentState::Maternity => "産前産後免除 (納付済みとされる)",
            PaymentState::Childcare => "育児期間免除 (納付済みとされる)",
            PaymentState::LatePaid => "追納済み",
            PaymentState::FullyExempt => "全額免除",
            PaymentState::PartlyExempt { residual: Residual::Paid, .. } => "一部免除 (納付すべき部分は納付済み)",
            PaymentState::PartlyExempt { residual: Residual::Unpaid, .. } => "一部免除 (納付すべき部分は未納)",
            PaymentState::PartlyExempt { residual: Residual::TimeBarred, .. } => {
                "一部免除 (納付すべき部分は時効消滅、未納)"
            }
            PaymentState::StudentDeferred => "学生納付特例",
            PaymentState::Deferred => "納付猶予",
            PaymentState::Unpaid => "未納 (時効前)",
            PaymentState::TimeBarred => "未納 (時効消滅)",
        }
    }
}

impl MonthFacts<'_> {
    /// What is so on a day: later payments and applications are not yet.
    fn known_on(self, on: Date) -> Self {
        let happened = |day: Option<Date>| day.filter(|day| *day <= on);
        let applied = self.relief_applied_on.is_none_or(|day| day <= on);
        MonthFacts {
            relief: self.relief.filter(|_| applied),
            paid_on: happened(self.paid_on),
            late_paid_on: happened(self.late_paid_on),
            ..self
        }
    }

    fn residual(&self, prescription: Prescription, on: Date) -> Result<Residual, LawError> {
        if self.paid_on.is_some() {
            Ok(Residual::Paid)
        } else if prescription.has_lapsed(self.month, self.demanded, on)? {
            Ok(Residual::TimeBarred)
        } else {
            Ok(Residual::Unpaid)
        }
    }

    fn partly(&self, share: Share, prescription: Prescription, on: Date) -> Result<PaymentState, LawError> {
        Ok(PaymentState::PartlyExempt { share, residual: self.residual(prescription, on)? })
    }
}

fn check_paid(facts: &MonthFacts<'_>, prescription: Prescription) -> Result<(), LawError> {
    match facts.paid_on {
        Some(day) if prescription.has_lapsed(facts.month, facts.demanded, day)? => {
            let month = facts.month;
            let reason = format!("{month}分は時効の完成した後の{day}に納付されています (後納制度等を確認してください)");
            Err(LawError::CannotDecide { reason })
        }
        _ => Ok(()),
    }
}

/// 追納できる年数 (国民年金法94条1項), in months; the table of the topic 追納 says the same.
const LATE_PAYMENT_MONTHS: i32 = 120;

fn check_late_paid(facts: &MonthFacts<'_>) -> Result<(), LawError> {
    let Some(day) = facts.late_paid_on else { return Ok(()) };
    let bad = |reason| Err(LawError::bad_input("追納した日 (late_paid_on)", reason));
    match facts.relief {
        None | Some(Relief::Maternity | Relief::Childcare) => bad("免除・猶予された月だけ追納できます"),
        Some(relief) if relief.is_partial() && facts.paid_on.is_none_or(|paid| paid > day) => {
            bad("一部免除の月は、納付すべき部分を納付した後に追納できます")
        }
        Some(_) if !(0..=LATE_PAYMENT_MONTHS).contains(&Month::of(day).months_since(facts.month)) => {
            bad("免除・猶予された月以後10年以内の日を入力してください")
        }
        Some(_) => Ok(()),
    }
}

/// As [`PaymentState::of`], told.
///
/// # Errors
/// As [`PaymentState::of`]; `NotInForce`, `PastLastCheck`.
pub fn payment_state(facts: &MonthFacts<'_>, on: Date, trace: &mut Trace) -> Result<PaymentState, LawError> {
    let prescription = Prescription::at(facts.month, trace)?;
    let state = PaymentState::of(facts, prescription, on)?;
    let day = |day: Option<Date>| day.map_or("なし".to_owned(), |day| day.to_string());
    trace.step(
        Step::new("国民年金法5条1項から7項まで・102条4項", "その日における一月の納付の状態")
            .with("月分", facts.month, "")
            .with("その日", on, "")
            .with("免除・猶予", facts.relief.map_or("なし", Relief::words), "")
            .with("納付日", day(facts.paid_on), "")
            .with("追納した日", day(facts.late_paid_on), "")
            .gives(state.words()),
    );
    Ok(state)
}

/// 保険料の額 that a state still leaves to be paid: the whole, the rest of a partial exemption, or nothing.
///
/// - `full`: 保険料額 of the month, yen
/// - `payable`: what a partial exemption leaves to be paid, yen; not read otherwise
pub const fn open_amount(state: PaymentState, full: Yen, payable: Yen) -> Yen {
    match state {
        PaymentState::Unpaid => full,
        PaymentState::PartlyExempt { residual: Residual::Unpaid, .. } => payable,
        _ => Yen::ZERO,
    }
}
