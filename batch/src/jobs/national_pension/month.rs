//! 一月の国民年金保険料 — from what was decided and paid: what is due, what counts as paid, the state and the mark.

use std::collections::BTreeMap;

use domain::life::Contribution;
use domain::{Month, Yen};
use jiff::civil::Date;
use law::national_pension::additional_contribution::additional_amount;
use law::national_pension::due_date::due_date;
use law::national_pension::exemption_amount::exemption_amount;
use law::national_pension::late_payment::{late_payment, refusal};
use law::national_pension::limitation::Prescription;
use law::national_pension::monthly_contribution::monthly_contribution;
use law::national_pension::payment_state::{MonthFacts, PaymentState, Residual, Share};
use law::national_pension::relief::{Relief, prevailing};
use law::pension_record::life::Cover;
use law::{LawError, Trace};
use store::night::national_pension::{ReceiptKind, ReceiptRow};

/// 一月の額と期限, the same for everybody.
#[derive(Clone, Copy, Debug)]
pub struct Tariff {
    /// 保険料額.
    pub full: Yen,
    /// 付加保険料額.
    pub additional: Yen,
    /// 納期限.
    pub due_on: Date,
}

/// Tariffs and parts that were looked up before.
#[derive(Debug, Default)]
pub struct Tariffs {
    months: BTreeMap<Month, Tariff>,
    payable: BTreeMap<(Month, Relief), Yen>,
    prescriptions: BTreeMap<Month, Prescription>,
}

impl Tariffs {
    /// The tariff of a month.
    ///
    /// # Errors
    /// `NotInForce`, `PastLastCheck`, `Calendar`.
    pub fn of(&mut self, month: Month) -> Result<Tariff, LawError> {
        if let Some(known) = self.months.get(&month) {
            return Ok(*known);
        }
        let trace = &mut Trace::new();
        let full = monthly_contribution(month, trace)?;
        let additional = additional_amount(month, trace)?;
        let tariff = Tariff { full, additional, due_on: due_date(month, trace)? };
        self.months.insert(month, tariff);
        Ok(tariff)
    }

    /// 納付すべき額 under a relief.
    fn payable(&mut self, month: Month, relief: Relief) -> Result<Yen, LawError> {
        if let Some(known) = self.payable.get(&(month, relief)) {
            return Ok(*known);
        }
        let yen = exemption_amount(relief, month, &mut Trace::new())?.payable;
        self.payable.insert((month, relief), yen);
        Ok(yen)
    }

    /// 時効 of a month.
    pub fn prescription(&mut self, month: Month) -> Result<Prescription, LawError> {
        if let Some(known) = self.prescriptions.get(&month) {
            return Ok(*known);
        }
        let prescription = Prescription::at(month, &mut Trace::new())?;
        self.prescriptions.insert(month, prescription);
        Ok(prescription)
    }
}

/// What is known of a month of one person.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// 月分.
    pub month: Month,
    /// The category that owns it.
    pub cover: Cover,
    /// Decisions that stand, with their day.
    pub reliefs: &'a [(Relief, Date)],
    /// A decision about it was ever on file: then the record's own mark no longer says which relief it has.
    pub relief_on_file: bool,
    /// Its receipts, in order of number.
    pub receipts: &'a [ReceiptRow],
    /// The mark as the record has it.
    pub record: Option<(Contribution, bool)>,
    /// The mark before it was paid late.
    pub before_late: Option<Contribution>,
    /// Its prepaid receipts are part of a block whose sum is what the law says.
    pub prepaid_fits: bool,
    /// Its late payment is in the order of the law.
    pub late_in_order: bool,
    /// 老齢基礎年金の受給権の発生: from then on nothing is paid late.
    pub old_age_right_on: Option<Date>,
}

/// 確認を要すること — what a person must look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// For machines.
    pub code: &'static str,
    /// 月分と理由.
    pub message: String,
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// 免除・猶予 that holds.
    pub relief: Option<Relief>,
    /// 納付すべき額; of a month that was settled before this book nothing.
    pub due: Yen,
    /// Of it paid.
    pub paid: Yen,
    /// 納付日.
    pub paid_on: Option<Date>,
    /// 追納した額.
    pub late: Yen,
    /// 追納した日.
    pub late_on: Option<Date>,
    /// 納付の状態; `None` where nothing is paid for the month by oneself.
    pub state: Option<PaymentState>,
    /// The mark that follows.
    pub mark: Option<(Contribution, bool)>,
    /// What does not fit.
    pub findings: Vec<Finding>,
}

/// The relief that a mark stands for, and whether what it leaves to pay has been paid.
pub fn relief_of(mark: Contribution) -> Option<(Relief, bool)> {
    Some(match mark {
        Contribution::Paid | Contribution::PaidLater => return None,
        Contribution::StatutoryExempt => (Relief::Statutory, false),
        Contribution::FullExempt => (Relief::Full, false),
        Contribution::ThreeQuarterExempt { rest_paid } => (Relief::ThreeQuarters, rest_paid),
        Contribution::HalfExempt { rest_paid } => (Relief::Half, rest_paid),
        Contribution::QuarterExempt { rest_paid } => (Relief::OneQuarter, rest_paid),
        Contribution::Student => (Relief::Student, false),
        Contribution::Deferral => (Relief::Deferral, false),
        Contribution::Maternity => (Relief::Maternity, false),
        Contribution::Childcare => (Relief::Childcare, false),
    })
}

/// Receipts that were not taken back: a 取消 takes back the last one of its amount. The second: those that take back nothing.
pub fn active(receipts: &[ReceiptRow], until: Date) -> (Vec<ReceiptRow>, Vec<ReceiptRow>) {
    let (mut active, mut loose) = (Vec::<ReceiptRow>::new(), Vec::new());
    for receipt in receipts.iter().filter(|receipt| receipt.paid_on <= until) {
        if receipt.kind != ReceiptKind::Reversal {
            active.push(*receipt);
            continue;
        }
        match active.iter().rposition(|one| one.amount == -receipt.amount) {
            Some(place) => drop(active.remove(place)),
            None => loose.push(*receipt),
        }
    }
    (active, loose)
}

/// 一月の判定.
///
/// # Errors
/// A table of the law that does not reach the month.
pub fn judge(known: &Known<'_>, business_on: Date, tariffs: &mut Tariffs) -> Result<Judged, LawError> {
    Case::new(known, business_on, tariffs)?.judge()
}

struct Case<'a, 'b> {
    known: &'a Known<'a>,
    business_on: Date,
    tariffs: &'b mut Tariffs,
    prescription: Prescription,
    /// 定額 and 前納 in time.
    flats: Vec<ReceiptRow>,
    additionals: Vec<ReceiptRow>,
    lates: Vec<ReceiptRow>,
    findings: Vec<Finding>,
}

/// What is paid of what is due.
#[derive(Clone, Copy, Debug, Default)]
struct Payment {
    due: Yen,
    paid: Yen,
    paid_on: Option<Date>,
    /// Paid before this book began: no receipt is on file, the record says so.
    before: bool,
}

impl<'a, 'b> Case<'a, 'b> {
    fn new(known: &'a Known<'a>, business_on: Date, tariffs: &'b mut Tariffs) -> Result<Case<'a, 'b>, LawError> {
        let prescription = tariffs.prescription(known.month)?;
        let (receipts, loose) = active(known.receipts, business_on);
        let (flats, additionals, lates, findings) = Default::default();
        let mut case = Case { known, business_on, tariffs, prescription, flats, additionals, lates, findings };
        for receipt in loose {
            case.find("reversal_unmatched", format!("{}の取消に対応する収納がありません", -receipt.amount));
        }
        for receipt in receipts {
            if receipt.kind == ReceiptKind::LatePayment {
                case.lates.push(receipt);
            } else if prescription.has_lapsed(known.month, &[], receipt.paid_on)? {
                let (yen, on) = (receipt.amount, receipt.paid_on);
                case.find("time_barred", format!("時効の完成した後の{on}に納付された{yen}は納付としません"));
            } else if receipt.kind == ReceiptKind::Additional {
                case.additionals.push(receipt);
            } else {
                case.flats.push(receipt);
            }
        }
        Ok(case)
    }

    fn find(&mut self, code: &'static str, what: String) {
        self.findings.push(Finding { code, message: format!("{}分: {what}", self.known.month) });
    }

    fn judge(mut self) -> Result<Judged, LawError> {
        if !self.known.cover.pays_itself() {
            return Ok(self.not_owed());
        }
        let relief = self.relief()?;
        let payment = self.payment(relief)?;
        let additional = self.additional(relief, payment)?;
        let late = self.late(relief, payment)?;
        let facts = MonthFacts {
            month: self.known.month,
            relief,
            relief_applied_on: None,
            paid_on: payment.paid_on.or(payment.before.then(|| self.known.month.first_day())),
            late_paid_on: late.map(|(_, on)| on),
            demanded: &[],
        };
        let state = match self.known.record {
            // Paid late before this book began.
            Some((Contribution::PaidLater, _)) if payment.before => PaymentState::LatePaid,
            _ => PaymentState::of(&facts, self.prescription, self.business_on)?,
        };
        let had_additional = payment.before && self.known.record.is_some_and(|(_, additional)| additional);
        let mark = mark_of(state, relief, additional > Yen::ZERO || had_additional);
        let due = if payment.before { Yen::ZERO } else { payment.due };
        Ok(Judged {
            relief,
            due: due + additional,
            paid: payment.paid + additional,
            paid_on: payment.paid_on,
            late: late.map_or(Yen::ZERO, |(yen, _)| yen),
            late_on: late.map(|(_, on)| on),
            state: Some(state),
            mark,
            findings: self.findings,
        })
    }

    /// A month of another category: whatever was paid goes back.
    fn not_owed(mut self) -> Judged {
        let paid: Yen = [&self.flats, &self.additionals, &self.lates].into_iter().flatten().map(|one| one.amount).sum();
        if paid > Yen::ZERO {
            self.find("not_owed", format!("納付すべき被保険者でない月に{paid}が納付されています。還付してください"));
        }
        Judged {
            relief: None,
            due: Yen::ZERO,
            paid: Yen::ZERO,
            paid_on: None,
            late: Yen::ZERO,
            late_on: None,
            state: None,
            mark: None,
            findings: self.findings,
        }
    }

    /// The mark that says which relief the month had before it was paid late.
    fn base(&self) -> Option<Contribution> {
        match self.known.record {
            Some((Contribution::PaidLater, _)) => self.known.before_late,
            other => other.map(|(mark, _)| mark),
        }
    }

    /// The rest of a partial exemption was paid before this book began.
    fn rest_paid_before(&self, relief: Relief) -> bool {
        let on_file = |receipt: &ReceiptRow| matches!(receipt.kind, ReceiptKind::Monthly | ReceiptKind::Prepaid);
        !self.known.receipts.iter().any(on_file)
            && self.base().and_then(relief_of).is_some_and(|(of_mark, rest_paid)| of_mark == relief && rest_paid)
    }

    /// Which relief holds. What was paid in full before the decision stays paid (89条1項, 90条1項: 既に納付されたものを除く);
    /// 産前産後 and 育児期間 take the month all the same.
    fn relief(&mut self) -> Result<Option<Relief>, LawError> {
        if !self.known.relief_on_file {
            return Ok(self.base().and_then(relief_of).map(|(relief, _)| relief));
        }
        let granted: Vec<Relief> = self.known.reliefs.iter().map(|(relief, _)| *relief).collect();
        let Some(relief) = prevailing(&granted, &mut Trace::new()) else { return Ok(None) };
        if relief.counts_as_paid() {
            return Ok(Some(relief));
        }
        let decided_on = self.known.reliefs.iter().filter(|(one, _)| *one == relief).map(|(_, on)| *on).min();
        let full = self.full()?;
        let in_time: Yen = self.flats.iter().filter(|one| Some(one.paid_on) <= decided_on).map(|one| one.amount).sum();
        let paid_before_book =
            self.known.receipts.is_empty() && matches!(self.known.record, Some((Contribution::Paid, _)));
        let stays_paid = paid_before_book || (!self.flats.is_empty() && in_time >= full);
        Ok(Some(relief).filter(|_| !stays_paid))
    }

    /// 保険料額: prepaid, the part of its block.
    fn full(&mut self) -> Result<Yen, LawError> {
        let prepaid: Yen = self.flats.iter().filter(|one| one.kind == ReceiptKind::Prepaid).map(|one| one.amount).sum();
        if self.known.prepaid_fits && prepaid > Yen::ZERO {
            return Ok(prepaid);
        }
        Ok(self.tariffs.of(self.known.month)?.full)
    }

    fn payment(&mut self, relief: Option<Relief>) -> Result<Payment, LawError> {
        let due = match relief {
            None => self.full()?,
            Some(relief) => self.tariffs.payable(self.known.month, relief)?,
        };
        let before = match relief {
            Some(relief) if relief.is_partial() => self.rest_paid_before(relief),
            Some(_) => false,
            None => {
                self.known.receipts.is_empty()
                    && matches!(self.known.record, Some((Contribution::Paid | Contribution::PaidLater, _)))
            }
        };
        let received: Yen = self.flats.iter().map(|one| one.amount).sum();
        let covered = due > Yen::ZERO && received >= due;
        if received > due {
            let over = received - due;
            self.find("too_much", format!("納付すべき額{due}に対し{received}の収納があり、{over}が過納です"));
        } else if received > Yen::ZERO && received < due {
            self.find("too_little", format!("納付すべき額{due}に対し収納は{received}で、納付としません"));
        }
        let paid_on = self.flats.iter().map(|one| one.paid_on).max().filter(|_| covered);
        Ok(Payment { due, paid: if covered { due } else { Yen::ZERO }, paid_on, before })
    }

    /// 付加保険料 that was paid: only beside a contribution that is paid or counts as paid (87条の2).
    fn additional(&mut self, relief: Option<Relief>, payment: Payment) -> Result<Yen, LawError> {
        let received: Yen = self.additionals.iter().map(|one| one.amount).sum();
        if received == Yen::ZERO {
            return Ok(Yen::ZERO);
        }
        let due = self.tariffs.of(self.known.month)?.additional;
        let may = match relief {
            None => payment.paid_on.is_some() || payment.before,
            Some(relief) => relief.counts_as_paid(),
        };
        if self.known.cover == Cover::SpecialVoluntary || !may {
            self.find("additional_refused", format!("付加保険料{received}を納付できる月ではありません"));
            return Ok(Yen::ZERO);
        }
        if received != due {
            self.find("additional_amount", format!("付加保険料{due}に対し収納は{received}です"));
            return Ok(Yen::ZERO);
        }
        Ok(due)
    }

    /// 追納 that counts: amount and day.
    fn late(&mut self, relief: Option<Relief>, payment: Payment) -> Result<Option<(Yen, Date)>, LawError> {
        let Some(on) = self.lates.iter().map(|one| one.paid_on).max() else { return Ok(None) };
        let received: Yen = self.lates.iter().map(|one| one.amount).sum();
        let Some(relief) = relief else {
            self.find("late_refused", format!("免除・猶予された月ではないため、{received}を追納としません"));
            return Ok(None);
        };
        let rest_paid = payment.paid_on.is_some() || payment.before;
        let right = self.known.old_age_right_on.is_some_and(|right_on| right_on <= on);
        let trace = &mut Trace::new();
        if let Some(reason) = refusal(relief, self.known.month, on, right, rest_paid, trace)? {
            self.find("late_refused", format!("{reason}ため、{on}の{received}を追納としません"));
            return Ok(None);
        }
        if !self.known.late_in_order {
            self.find("late_order", format!("{on}の追納は、先に追納すべき月を残しています"));
            return Ok(None);
        }
        match late_payment(relief, self.known.month, Month::of(on), trace) {
            Ok(due) if due.total() == received => Ok(Some((received, on))),
            Ok(due) => {
                self.find("late_amount", format!("追納額{}に対し収納は{received}です", due.total()));
                Ok(None)
            }
            Err(error) => {
                self.find("late_rate", format!("追納額を確かめられません。{error}"));
                Ok(None)
            }
        }
    }
}

/// The mark that a state leaves in the record.
fn mark_of(state: PaymentState, relief: Option<Relief>, additional: bool) -> Option<(Contribution, bool)> {
    let mark = match state {
        PaymentState::Paid => Contribution::Paid,
        PaymentState::Maternity => Contribution::Maternity,
        PaymentState::Childcare => Contribution::Childcare,
        PaymentState::LatePaid => Contribution::PaidLater,
        PaymentState::FullyExempt if relief == Some(Relief::Statutory) => Contribution::StatutoryExempt,
        PaymentState::FullyExempt => Contribution::FullExempt,
        PaymentState::PartlyExempt { share, residual } => {
            let rest_paid = residual == Residual::Paid;
            match share {
                Share::Full => Contribution::FullExempt,
                Share::ThreeQuarters => Contribution::ThreeQuarterExempt { rest_paid },
                Share::Half => Contribution::HalfExempt { rest_paid },
                Share::OneQuarter => Contribution::QuarterExempt { rest_paid },
            }
        }
        PaymentState::StudentDeferred => Contribution::Student,
        PaymentState::Deferred => Contribution::Deferral,
        PaymentState::Unpaid | PaymentState::TimeBarred => return None,
    };
    let takes_additional = matches!(mark, Contribution::Paid | Contribution::Maternity | Contribution::Childcare);
    Some((mark, additional && takes_additional))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn receipt(receipt_id: i64, kind: ReceiptKind, yen: i64) -> ReceiptRow {
        let month = "2025-04".parse().expect("a month");
        ReceiptRow { receipt_id, month, kind, amount: Yen::new(yen), paid_on: date(2025, 5, 20) }
    }

    #[test]
    fn a_reversal_takes_back_the_last_of_its_amount() {
        let rows = [
            receipt(1, ReceiptKind::Monthly, 17_510),
            receipt(2, ReceiptKind::Additional, 400),
            receipt(3, ReceiptKind::Monthly, 17_510),
            receipt(4, ReceiptKind::Reversal, -17_510),
            receipt(5, ReceiptKind::Reversal, -9_999),
        ];
        let (left, loose) = active(&rows, date(2025, 6, 1));
        assert_eq!(left.iter().map(|one| one.receipt_id).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(loose.iter().map(|one| one.receipt_id).collect::<Vec<_>>(), [5]);
        assert!(active(&rows, date(2025, 5, 19)).0.is_empty());
    }
}
