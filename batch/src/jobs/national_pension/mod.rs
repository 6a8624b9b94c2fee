//! 国民年金保険料 — charges of the month, the marks that follow from what was decided and paid, and the payment rate.
//!
//! Nothing is remembered from night to night but what is in the books: every month of this book is derived anew from
//! category, decisions and receipts, and what the books lack is posted as a difference. So a decision that comes late, a
//! category that was corrected and a receipt that was taken back all give exactly their difference, once.
//!
//! The book begins with April of the fiscal year in which the first pensions are paid from it. Months before that, and
//! months without a receipt on file, stay as the record has them: what was paid before is not charged again.
//!
//! Receipts that do not match what is due, that come after the two years, or that are 追納 out of order, count for nothing
//! and are held, each with its month and yen, every month until a person has settled them.

mod month;
mod output;
mod person;

use std::collections::BTreeMap;

use domain::{Month, Yen};
use law::Trace;
use law::national_pension::payment_rate::{PaymentCount, in_percent, payment_rate};
use law::pension_record::life::{LifeRecord, add_current_cover};
use store::Session;
use store::lives::{self, Persons};
use store::night::national_pension::{self as books, Account, Booking, Charge, Entry, Settlement};
use store::night::{person_ranges, runs};

use crate::lake;
use crate::run::{
    Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, VerdictRow,
};

use month::{Finding, Tariffs};
pub use output::NP_MONTHS;
use person::{Followed, Person, Scope};

/// 国民年金保険料.
pub struct NationalPension;

impl Job for NationalPension {
    fn name(&self) -> &'static str {
        "national_pension"
    }

    fn title(&self) -> &'static str {
        "国民年金保険料"
    }

    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        let scope = session.run(async |db| scope(db, job).await)?;
        let mut tariffs = Tariffs::default();
        for month in scope.start.through(scope.last) {
            tariffs.of(month)?;
        }
        let ranges = session.run(async |db| person_ranges::of_everybody(&*db, job.people_per_partition).await)?;
        Ok(ranges.into_iter().map(|(from, to)| KeyRange { from, to }).collect())
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        let job = partition.job;
        let (scope, done) = session.run(async |db| {
            let scope = scope(db, job).await?;
            Ok::<_, NightError>((scope, follow_all(db, partition, scope).await?))
        })?;
        let counts = done.counts();
        let totals = done.totals(job);
        let booking = Booking {
            run_id: &job.run_id,
            business_on: job.business_on,
            booked_in: scope.last.next(),
            partition_no: partition.no,
        };
        session
            .run(async |db| {
                books::insert_charges(db, booking, &done.all.charges).await?;
                books::insert_settlements(db, booking, &done.all.settlements).await?;
                books::replace_years(db, booking, &done.all.years).await?;
                books::post(db, booking, &entries(&done.all.charges, &done.all.settlements)).await
            })
            .map_err(NightError::store("国民年金保険料の記録"))?;
        let file = output::write_part(partition, &done.all.months)?;
        Ok(Outcome { counts, totals, verdicts: done.verdicts, files: vec![file] })
    }

    fn fills(&self) -> &'static [&'static str] {
        &["np_charges", "np_settlements", "contribution_years", "pension_journal"]
    }

    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let (written, parts) = session.run(async |db| {
            let written = books::written(&*db, &job.run_id, job.month()).await?;
            Ok::<_, NightError>((written, runs::files(&*db, &job.run_id, job.job_no).await?))
        })?;
        let mut totals = Totals::new()
            .with("charges", written.charges)
            .with("charge_yen", written.charge_yen)
            .with("receipt_yen", written.receipt_yen)
            .with("late_payment_yen", written.late_payment_yen)
            .with("write_off_yen", written.write_off_yen)
            .with("mark_years", written.years)
            .with("journal_assessment_yen", written.journal_assessment_yen)
            .with("journal_receipt_yen", written.journal_receipt_yen)
            .with("journal_write_off_yen", written.journal_write_off_yen);
        for part in &parts {
            output::recount(job, part, &mut totals)?;
        }
        Ok(totals)
    }

    fn finish(&self, job: &JobContext, totals: &Totals, session: &mut Session) -> Result<(), NightError> {
        let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
        if let Some(tenths) = rate_tenths(totals)? {
            tracing::info!(month = %job.month(), rate = %in_percent(tenths), "現年度納付率 (%)");
        }
        lake::write_run_summary(job, NP_MONTHS, job.month(), &written, totals)
    }
}

/// 現年度納付率 in tenths of a percent, from the totals of the job; `None` where no month was to be paid yet. Only months
/// whose due date has passed are counted, as the monthly publication does.
///
/// # Errors
/// `Law` — more months paid than were to be paid: a bug.
pub fn rate_tenths(totals: &Totals) -> Result<Option<i64>, NightError> {
    let count = PaymentCount { due_months: totals.get("months_to_pay"), paid_months: totals.get("months_paid") };
    match count.due_months {
        0 => Ok(None),
        _ => Ok(Some(payment_rate(count, &mut Trace::new())?)),
    }
}

/// The book begins with April of the fiscal year in which the first pensions are paid from it.
async fn scope(db: &impl store::Db, job: &JobContext) -> Result<Scope, NightError> {
    let setting = runs::setting(db, "first_payment_month").await?;
    let first = setting.and_then(|text| text.get(..7)?.parse::<Month>().ok());
    let first = first.unwrap_or(job.month()).min(job.month()).previous();
    let start = Month::new(first.fiscal_year(), 4).expect("April of a year of the calendar");
    Ok(Scope { start, last: job.month().previous(), business_on: job.business_on })
}

/// Of a whole partition.
#[derive(Default)]
struct Done {
    all: Followed,
    verdicts: Vec<VerdictRow>,
    read: i64,
    held: i64,
}

impl Done {
    fn counts(&self) -> Counts {
        Counts { read: self.read, done: self.read - self.held, held: self.held, rejected: 0 }
    }

    fn totals(&self, job: &JobContext) -> Totals {
        let charge = self.all.charges.iter().map(|one| one.amount.get()).sum::<i64>();
        let of = |kind: &str| {
            let rows = self.all.settlements.iter().filter(|one| one.kind == kind);
            rows.map(|one| one.amount.get()).sum::<i64>()
        };
        let (receipt, late, write_off) = (of("receipt"), of("late_payment"), of("write_off"));
        let length = |count: usize| i64::try_from(count).expect("a partition fits in memory");
        let counted: Vec<(bool, bool)> = self.all.months.iter().map(|row| output::counted(row, job)).collect();
        Totals::new()
            .with("charges", length(self.all.charges.len()))
            .with("charge_yen", charge)
            .with("receipt_yen", receipt)
            .with("late_payment_yen", late)
            .with("write_off_yen", write_off)
            .with("mark_years", length(self.all.years.len()))
            .with("journal_assessment_yen", charge + late)
            .with("journal_receipt_yen", receipt + late)
            .with("journal_write_off_yen", write_off)
            .with("np_months", length(counted.len()))
            .with("months_to_pay", length(counted.iter().filter(|(to_pay, _)| *to_pay).count()))
            .with("months_paid", length(counted.iter().filter(|(_, paid)| *paid).count()))
    }

    fn take(&mut self, person_id: i64, followed: Followed) {
        self.hold(person_id, &followed.findings);
        self.all.charges.extend(followed.charges);
        self.all.settlements.extend(followed.settlements);
        self.all.years.extend(followed.years);
        self.all.months.extend(followed.months);
    }

    /// One verdict for a person and kind of finding.
    fn hold(&mut self, person_id: i64, findings: &[Finding]) {
        let mut by_code = BTreeMap::<&'static str, Vec<&str>>::new();
        for finding in findings {
            by_code.entry(finding.code).or_default().push(&finding.message);
        }
        self.held += i64::from(!by_code.is_empty());
        self.verdicts.extend(by_code.into_iter().map(|(code, messages)| VerdictRow {
            subject: format!("person:{person_id}"),
            verdict: "held",
            code: code.to_owned(),
            message: format!("{}。収納の記録を確認してください", messages.join("。")),
        }));
    }
}

async fn follow_all(db: &impl store::Db, partition: &Partition<'_>, scope: Scope) -> Result<Done, NightError> {
    let (job, keys) = (partition.job, partition.keys);
    let persons = Persons { from: keys.from, to: keys.to, known_at: Some(job.cutoff_at) };
    let lives = lives::read(db, persons, None).await?;
    let accounts = books::read(db, persons).await?;
    let (mut done, mut tariffs, none) = (Done::default(), Tariffs::default(), Account::default());
    let mut record = LifeRecord::default();
    for mut rows in lives {
        let account = accounts.get(&rows.person_id).unwrap_or(&none);
        if !rows.spells.iter().any(|spell| is_own(spell.category)) && is_empty(account) {
            continue;
        }
        done.read += 1;
        let person_id = rows.person_id;
        add_current_cover(&mut rows, scope.last, &mut Trace::new())?;
        if let Err(error) = record.read(&rows.facts(), scope.last.last_day()) {
            done.hold(person_id, &[Finding { code: "record", message: error.to_string() }]);
            continue;
        }
        let person = Person { person_id, account, record: &record };
        done.take(person_id, person.follow(scope, &mut tariffs)?);
    }
    Ok(done)
}

fn is_own(category: domain::life::Category) -> bool {
    law::pension_record::life::Cover::of(category).pays_itself()
}

fn is_empty(account: &Account) -> bool {
    account.receipts.is_empty() && account.reliefs.is_empty() && account.booked.is_empty()
}

/// The sums of a partition by month, each direction by itself: a negative difference is an entry the other way round.
/// 追納 has no charge of its own, so it is assessed and received at once.
fn entries(charges: &[Charge], settlements: &[Settlement]) -> Vec<Entry> {
    const INCOME: &str = "income_national_pension";
    let mut sums = BTreeMap::<(Month, &'static str, &'static str, &'static str), Yen>::new();
    let mut add = |month: Month, kind: &'static str, (debit, credit): (&'static str, &'static str), yen: Yen| {
        let (debit, credit) = if yen > Yen::ZERO { (debit, credit) } else { (credit, debit) };
        *sums.entry((month, kind, debit, credit)).or_default() += Yen::new(yen.get().abs());
    };
    for charge in charges {
        add(charge.month, "assessment", ("receivable", INCOME), charge.amount);
    }
    for one in settlements {
        match one.kind {
            "write_off" => add(one.month, "write_off", ("loss", "receivable"), one.amount),
            "late_payment" => {
                add(one.month, "assessment", ("receivable", INCOME), one.amount);
                add(one.month, "receipt", ("cash", "receivable"), one.amount);
            }
            _ => add(one.month, "receipt", ("cash", "receivable"), one.amount),
        }
    }
    let entry = |((month, kind, debit, credit), amount)| Entry { month, kind, debit, credit, amount };
    sums.into_iter().map(entry).collect()
}
