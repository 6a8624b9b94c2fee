//! 一人の国民年金保険料 — every month that has to be looked at, and what follows for books, marks and the list.

use std::collections::{BTreeMap, BTreeSet};

use domain::life::{Contribution, YearMarks};
use domain::{Month, Yen};
use jiff::civil::Date;
use law::LawError;
use law::Trace;
use law::national_pension::late_payment::{self, FirstPaid};
use law::national_pension::prepayment::{Method, discounted};
use law::national_pension::relief::Relief;
use law::pension_record::life::{Cover, LifeRecord};
use store::night::national_pension::{Account, Booked, Charge, ReceiptKind, ReceiptRow, Settlement, YearRow};

use super::month::{Finding, Judged, Known, Tariffs, active, judge, relief_of};

/// 受給資格期間 of ten years (国民年金法26条), in months: from then on 65 brings a right.
const QUALIFYING_MONTHS: u16 = 120;
/// 追納できる年数 (94条1項), in months.
const LATE_MONTHS: i32 = 120;

/// What a job looks at.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// The first month of this book.
    pub start: Month,
    /// The last month that is charged: the one before the job's.
    pub last: Month,
    /// 業務日付.
    pub business_on: Date,
}

/// 年度の一月 for the lake.
#[derive(Clone, Debug)]
pub struct MonthRow {
    /// 人.
    pub person_id: i64,
    /// 月分.
    pub month: Month,
    /// 種別.
    pub cover: Cover,
    /// 納期限.
    pub due_on: Date,
    /// What follows.
    pub judged: Judged,
}

/// What follows for one person.
#[derive(Debug, Default)]
pub struct Followed {
    /// 調定の差額.
    pub charges: Vec<Charge>,
    /// 充当・追納・欠損の差額.
    pub settlements: Vec<Settlement>,
    /// 書き直す納付記録.
    pub years: Vec<YearRow>,
    /// 現年度の月.
    pub months: Vec<MonthRow>,
    /// 確認を要すること.
    pub findings: Vec<Finding>,
}

/// One person: the account and the record of the life as of the last month.
pub struct Person<'a> {
    /// 人.
    pub person_id: i64,
    /// Decisions, receipts, books.
    pub account: &'a Account,
    /// 記録.
    pub record: &'a LifeRecord,
}

impl Person<'_> {
    /// Everything that follows as of the job.
    ///
    /// # Errors
    /// A table of the law that does not reach a month of this book.
    pub fn follow(&self, scope: Scope, tariffs: &mut Tariffs) -> Result<Followed, LawError> {
        let receipts = self.receipts_by_month();
        let fits = self.prepaid_that_fits(tariffs);
        let in_order = self.late_in_order(&receipts, scope.business_on);
        let mut years = self.account.years.clone();
        let mut changed = BTreeSet::new();
        let mut followed = Followed::default();
        for month in self.months(scope, &receipts) {
            let none = Vec::new();
            let of_month = receipts.get(&month).unwrap_or(&none);
            let reliefs = self.standing_reliefs(month);
            let known = Known {
                month,
                cover: self.cover(month),
                reliefs: &reliefs,
                relief_on_file: self.relief_on_file(month),
                receipts: of_month,
                record: self.mark(month),
                before_late: self.before_late(month),
                prepaid_fits: of_month
                    .iter()
                    .all(|one| one.kind != ReceiptKind::Prepaid || fits.contains(&one.receipt_id)),
                late_in_order: in_order.contains(&month),
                old_age_right_on: self.old_age_right_on(),
            };
            let judged = match judge(&known, scope.business_on, tariffs) {
                Ok(judged) => judged,
                Err(error) if month < scope.start || !of_month.is_empty() => {
                    followed.findings.push(Finding { code: "law", message: format!("{month}分: {error}") });
                    continue;
                }
                Err(error) => return Err(error),
            };
            self.book(scope, &known, &judged, tariffs, &mut followed)?;
            if !of_month.is_empty() || known.relief_on_file {
                self.note(&mut years, &mut changed, month, judged.mark);
            }
            followed.findings.extend(judged.findings.iter().cloned());
            let of_year = month >= scope.start && month.fiscal_year() == scope.last.fiscal_year();
            if of_year && known.cover.pays_itself() {
                let (person_id, cover, due_on) = (self.person_id, known.cover, tariffs.of(month)?.due_on);
                followed.months.push(MonthRow { person_id, month, cover, due_on, judged });
            }
        }
        followed.years = changed.into_iter().map(|place: usize| years[place]).collect();
        Ok(followed)
    }

    /// Months of this book that are to be paid or in the books, and those with something on file; none that has not passed
    /// (93条3項: what was prepaid counts month by month).
    fn months(&self, scope: Scope, receipts: &BTreeMap<Month, Vec<ReceiptRow>>) -> BTreeSet<Month> {
        let window = scope.start.through(scope.last).filter(|month| self.cover(*month).pays_itself());
        let decided = self.account.reliefs.iter().flat_map(|relief| relief.first.through(relief.last));
        window
            .chain(decided)
            .chain(receipts.keys().copied())
            .chain(self.account.booked.keys().copied())
            .filter(|month| *month <= scope.last)
            .collect()
    }

    fn receipts_by_month(&self) -> BTreeMap<Month, Vec<ReceiptRow>> {
        let mut by_month = BTreeMap::<Month, Vec<ReceiptRow>>::new();
        for receipt in &self.account.receipts {
            by_month.entry(receipt.month).or_default().push(*receipt);
        }
        by_month.values_mut().for_each(|rows| rows.sort_by_key(|row| row.receipt_id));
        by_month
    }

    fn cover(&self, month: Month) -> Cover {
        self.record.month(month).map_or(Cover::None, |month| month.cover)
    }

    fn relief_on_file(&self, month: Month) -> bool {
        self.account.reliefs.iter().any(|relief| relief.first <= month && month <= relief.last)
    }

    fn standing_reliefs(&self, month: Month) -> Vec<(Relief, Date)> {
        let holds =
            |row: &&store::night::national_pension::ReliefRow| row.stands && row.first <= month && month <= row.last;
        let standing = self.account.reliefs.iter().filter(holds);
        standing.filter_map(|row| Some((of_key(&row.relief)?, row.decided_on))).collect()
    }

    /// The mark of the month, under whichever number it lies.
    fn mark(&self, month: Month) -> Option<(Contribution, bool)> {
        self.account.years.iter().find_map(|year| year.marks.get(month))
    }

    fn before_late(&self, month: Month) -> Option<Contribution> {
        let marks = self.account.earlier.iter().filter_map(|marks| marks.get(month));
        marks.map(|(mark, _)| mark).find(|mark| *mark != Contribution::PaidLater)
    }

    /// 65歳 with ten years, or an early claim.
    fn old_age_right_on(&self) -> Option<Date> {
        let at_65 = self.record.ages().sixty_five_on;
        let early = self.account.basic_claim.filter(|month| *month < Month::of(at_65)).map(Month::first_day);
        early.or_else(|| (self.record.counts().qualifying() >= QUALIFYING_MONTHS).then_some(at_65))
    }

    /// Prepaid receipts whose block (months without gap, paid on one day) is what the law says: by one of the methods, or
    /// without any discount.
    fn prepaid_that_fits(&self, tariffs: &mut Tariffs) -> BTreeSet<i64> {
        let mut days = BTreeMap::<Date, Vec<&ReceiptRow>>::new();
        for receipt in self.account.receipts.iter().filter(|one| one.kind == ReceiptKind::Prepaid) {
            days.entry(receipt.paid_on).or_default().push(receipt);
        }
        let mut fits = BTreeSet::new();
        for rows in days.values_mut() {
            rows.sort_by_key(|row| row.month);
            for block in rows.chunk_by(|one, next| one.month.next() == next.month) {
                if block_fits(block, tariffs) {
                    fits.extend(block.iter().map(|row| row.receipt_id));
                }
            }
        }
        fits
    }

    /// Months whose late payment is in the order of 94条2項, or of its ただし書.
    fn late_in_order(&self, receipts: &BTreeMap<Month, Vec<ReceiptRow>>, until: Date) -> BTreeSet<Month> {
        let mut paid = BTreeMap::<Month, Date>::new();
        for (month, rows) in receipts {
            let late = active(rows, until).0.into_iter().filter(|one| one.kind == ReceiptKind::LatePayment);
            if let Some(on) = late.map(|one| one.paid_on).max() {
                paid.insert(*month, on);
            }
        }
        let days: BTreeSet<Date> = paid.values().copied().collect();
        let mut in_order = BTreeSet::new();
        for day in days {
            let open = self.open_to_late(receipts, &paid, day);
            let on_day: BTreeSet<Month> = paid.iter().filter(|(_, on)| **on == day).map(|(month, _)| *month).collect();
            let follows = |first: FirstPaid| {
                let order = late_payment::order(&open, first, &mut Trace::new());
                order.iter().take(on_day.len()).map(|(month, _)| *month).collect::<BTreeSet<_>>() == on_day
            };
            if follows(FirstPaid::Deferrals) || follows(FirstPaid::OlderExemptions) {
                in_order.extend(on_day);
            }
        }
        in_order
    }

    /// Months that could be paid late on a day, with their relief.
    fn open_to_late(
        &self,
        receipts: &BTreeMap<Month, Vec<ReceiptRow>>,
        paid: &BTreeMap<Month, Date>,
        day: Date,
    ) -> Vec<(Month, Relief)> {
        let now = Month::of(day);
        let open = |month: Month| {
            let already = paid.get(&month).is_some_and(|on| *on < day);
            let (relief, rest_paid) = self.relief_at(month)?;
            let rest_paid = rest_paid || receipts.get(&month).is_some_and(|rows| rows.iter().any(is_flat));
            let pays = self.cover(month).pays_itself() && !relief.counts_as_paid() && !already;
            (pays && (!relief.is_partial() || rest_paid)).then_some((month, relief))
        };
        now.plus(-LATE_MONTHS).through(now.previous()).filter_map(open).collect()
    }

    fn relief_at(&self, month: Month) -> Option<(Relief, bool)> {
        let base = match self.mark(month) {
            Some((Contribution::PaidLater, _)) => self.before_late(month),
            other => other.map(|(mark, _)| mark),
        };
        let of_mark = base.and_then(relief_of);
        if !self.relief_on_file(month) || base == Some(Contribution::Paid) {
            return of_mark;
        }
        let relief = self.standing_reliefs(month).iter().map(|(relief, _)| *relief).min()?;
        Some((relief, of_mark.is_some_and(|(same, rest_paid)| same == relief && rest_paid)))
    }

    /// What the books lack. A month before this book is booked only with money that came in since.
    fn book(
        &self,
        scope: Scope,
        known: &Known<'_>,
        judged: &Judged,
        tariffs: &mut Tariffs,
        followed: &mut Followed,
    ) -> Result<(), LawError> {
        let (month, person_id) = (known.month, self.person_id);
        let booked = self.account.booked.get(&month).copied().unwrap_or_default();
        let opened_on = scope.start.first_day();
        let in_time = judged.paid_on.is_some_and(|on| on >= opened_on);
        let (charge, receipt) = match month >= scope.start {
            true => (judged.due, judged.paid),
            false if in_time => (judged.paid, judged.paid),
            false => (Yen::ZERO, Yen::ZERO),
        };
        let late_payment = if judged.late_on.is_some_and(|on| on >= opened_on) { judged.late } else { Yen::ZERO };
        let open = charge - receipt;
        let lapsed = open > Yen::ZERO && tariffs.prescription(month)?.has_lapsed(month, &[], scope.business_on)?;
        let stands = Booked { charge, receipt, late_payment, write_off: if lapsed { open } else { Yen::ZERO } };
        if stands.charge != booked.charge {
            let (amount, due_on) = (stands.charge - booked.charge, tariffs.of(month)?.due_on);
            let relief = judged.relief.map(Relief::key);
            followed.charges.push(Charge { person_id, month, amount, due_on, relief });
        }
        let differences = [
            ("receipt", stands.receipt - booked.receipt),
            ("late_payment", stands.late_payment - booked.late_payment),
            ("write_off", stands.write_off - booked.write_off),
        ];
        for (kind, amount) in differences.into_iter().filter(|(_, amount)| *amount != Yen::ZERO) {
            followed.settlements.push(Settlement { person_id, month, kind, amount });
        }
        Ok(())
    }

    /// Writes the mark where it differs: into the row that has one for the month, else into the person's own.
    fn note(
        &self,
        years: &mut Vec<YearRow>,
        changed: &mut BTreeSet<usize>,
        month: Month,
        mark: Option<(Contribution, bool)>,
    ) {
        let fiscal_year = month.fiscal_year();
        if years.iter().find_map(|year| year.marks.get(month)) == mark {
            return;
        }
        let with_mark = years.iter().position(|year| year.marks.get(month).is_some());
        let own =
            || years.iter().position(|year| year.owner == self.person_id && year.marks.fiscal_year == fiscal_year);
        let place = with_mark.or_else(own).unwrap_or_else(|| {
            let record_id = self.person_id * 10_000 + i64::from(fiscal_year);
            years.push(YearRow { owner: self.person_id, record_id, marks: YearMarks::blank(fiscal_year) });
            years.len() - 1
        });
        years[place].marks.set(month, mark);
        changed.insert(place);
    }
}

fn is_flat(receipt: &ReceiptRow) -> bool {
    matches!(receipt.kind, ReceiptKind::Monthly | ReceiptKind::Prepaid)
}

/// The law's relief of that key.
fn of_key(key: &str) -> Option<Relief> {
    Relief::ALL.into_iter().find(|relief| relief.key() == key)
}

fn block_fits(block: &[&ReceiptRow], tariffs: &mut Tariffs) -> bool {
    let amounts: Result<Vec<Yen>, LawError> =
        block.iter().map(|row| tariffs.of(row.month).map(|tariff| tariff.full)).collect();
    let Ok(amounts) = amounts else { return false };
    let paid: Yen = block.iter().map(|row| row.amount).sum();
    let by = |method| discounted(method, &amounts).is_ok_and(|prepayment| prepayment.amount == paid);
    block.len() <= 24 && (paid == amounts.iter().copied().sum() || by(Method::CashOrCard) || by(Method::DirectDebit))
}
