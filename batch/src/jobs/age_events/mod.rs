//! 節目の通知 — what ages and birthdays of the month bring: forms of claim, ねんきん定期便, the ages themselves; and
//! 適用勧奨 for those who left a job and have not enrolled.
//!
//! Everybody alive with a record is looked at; whom the month brings nothing costs no more than the birth date and the
//! spells. An occasion (an age, a fiscal year, a gap) is told once ever: `key` in the body of the notice.

mod content;
mod output;

use std::collections::BTreeSet;

use domain::Month;
use domain::age::attained_on;
use domain::life::{Category, LifeRows};
use jiff::civil::Date;
use law::adjudication::old_age::{RateShelf, estimate};
use law::pension_record::coverage_notice::{Estimate, form_of, milestone_ages};
use law::pension_record::life::{Ages, Cover, EmployeesKind, LifeRecord, Sex, add_current_cover, life};
use law::pension_record::milestones::{ClaimForm, ClaimFormPosting, age_events, claim_forms};
use law::pension_record::notification::{Notice, deadline};
use law::pension_record::special_old_age_start::PersonCategory;
use law::{LawError, Trace};
use store::Session;
use store::lives::{self, Persons};
use store::night::pension_notices::{self, Issue, NewNotice};
use store::night::{person_ranges, runs};

use crate::lake;
use crate::run::{
    Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, VerdictRow,
};

use content::Amounts;
pub use output::AGE_EVENTS;
use output::EventRow;

/// Kinds of notices that this job writes.
const KINDS: [&str; 5] =
    ["claim_form_special", "claim_form_65", "coverage_letter", "coverage_postcard", "enrolment_advice"];
/// 事前送付 reaches from the month of 60 less three to that of 65.
const CLAIM_AGES: std::ops::RangeInclusive<i16> = 60..=65;

/// 節目の通知.
pub struct AgeEvents;

impl Job for AgeEvents {
    fn name(&self) -> &'static str {
        "age_events"
    }

    fn title(&self) -> &'static str {
        "節目の通知"
    }

    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        milestone_ages(job.month().fiscal_year(), &mut Trace::new())?;
        let ranges = session.run(async |db| person_ranges::of_everybody(&*db, job.people_per_partition).await)?;
        Ok(ranges.into_iter().map(|(from, to)| KeyRange { from, to }).collect())
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        let (job, keys) = (partition.job, partition.keys);
        let persons = Persons { from: keys.from, to: keys.to, known_at: Some(job.cutoff_at) };
        let (lives, told, claimants) = session.run(async |db| {
            let lives = lives::read(db, persons, None).await?;
            let told = pension_notices::told(db, persons).await?;
            Ok::<_, NightError>((lives, told, pension_notices::claimants(db, persons).await?))
        })?;
        let mut month = MonthOf::new(job, told, claimants)?;
        for rows in lives {
            month.look_at(rows)?;
        }
        let issue = Issue { run_id: &job.run_id, for_month: job.month(), issued_on: job.business_on };
        session
            .run(async |db| pension_notices::insert(db, issue, &month.notices).await)
            .map_err(NightError::store("通知の記録"))?;
        let file = output::write_part(partition, &month.events)?;
        let held = i64::try_from(month.held.len()).expect("a partition fits in memory");
        let counts = Counts { read: month.read, done: month.read - held, held, rejected: 0 };
        Ok(Outcome { counts, totals: month.totals(), verdicts: month.held, files: vec![file] })
    }

    fn fills(&self) -> &'static [&'static str] {
        &["pension_notices"]
    }

    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let (notices, parts) = session.run(async |db| {
            let notices = pension_notices::count(&*db, &job.run_id, job.month(), &KINDS).await?;
            Ok::<_, NightError>((notices, runs::files(&*db, &job.run_id, job.job_no).await?))
        })?;
        let mut totals = Totals::new();
        for (kind, count) in notices {
            totals.add("notices", count);
            totals.add(&format!("notices_{kind}"), count);
        }
        for part in &parts {
            output::recount(job, part, &mut totals)?;
        }
        Ok(totals)
    }

    fn finish(&self, job: &JobContext, totals: &Totals, session: &mut Session) -> Result<(), NightError> {
        let written = session.run(async |db| runs::files(&*db, &job.run_id, job.job_no).await)?;
        lake::write_run_summary(job, AGE_EVENTS, job.month(), &written, totals)
    }
}

/// A partition at work.
struct MonthOf {
    month: Month,
    milestones: [i16; 3],
    told: BTreeSet<(i64, String)>,
    claimants: BTreeSet<i64>,
    shelf: RateShelf,
    record: LifeRecord,
    read: i64,
    notices: Vec<NewNotice>,
    events: Vec<EventRow>,
    held: Vec<VerdictRow>,
}

impl MonthOf {
    fn new(job: &JobContext, told: BTreeSet<(i64, String)>, claimants: BTreeSet<i64>) -> Result<MonthOf, NightError> {
        let month = job.month();
        Ok(MonthOf {
            month,
            milestones: milestone_ages(month.fiscal_year(), &mut Trace::new())?,
            told,
            claimants,
            shelf: RateShelf::new(),
            record: LifeRecord::default(),
            read: 0,
            notices: Vec::new(),
            events: Vec::new(),
            held: Vec::new(),
        })
    }

    fn totals(&self) -> Totals {
        let mut totals = Totals::new();
        for notice in &self.notices {
            totals.add("notices", 1);
            totals.add(&format!("notices_{}", notice.kind), 1);
        }
        self.events.iter().for_each(|event| totals.add(event.event, 1));
        totals
    }

    /// The record is read as of the month before: what is told is what has passed.
    fn look_at(&mut self, mut rows: LifeRows) -> Result<(), NightError> {
        let until = self.month.previous();
        let nothing = rows.spells.is_empty() && rows.contributions.is_empty() && rows.covers.is_empty();
        if rows.died_on.is_some() || nothing {
            return Ok(());
        }
        self.read += 1;
        add_current_cover(&mut rows, until, &mut Trace::new())?;
        let person_id = rows.person_id;
        self.events.extend(age_events(rows.birth_on, self.month).map(|event| output::of_age(person_id, event)));
        let before = self.notices.len();
        if let Err(error) = self.notices_of(&rows) {
            self.notices.truncate(before);
            self.held.push(VerdictRow {
                subject: format!("person:{person_id}"),
                verdict: "held",
                code: "notice".to_owned(),
                message: format!("通知を作れません。{error}"),
            });
        }
        let sent = self.notices[before..].iter().map(|notice| output::of_notice(person_id, notice.kind));
        self.events.extend(sent);
        Ok(())
    }

    fn notices_of(&mut self, rows: &LifeRows) -> Result<(), LawError> {
        let (until, person_id) = (self.month.previous(), rows.person_id);
        if let Some(gap) = self.gap(rows)
            && !self.is_told(person_id, &content::advice_key(gap.lost_on))
        {
            self.notices.push(content::enrolment_advice(person_id, gap.lost_on, gap.deadline));
        }
        let fiscal_year = self.month.fiscal_year();
        let coverage = form_of(rows.birth_on, fiscal_year, &self.milestones)
            .filter(|notice| notice.dispatch_month == self.month && notice.age >= 20)
            .filter(|_| !self.is_told(person_id, &content::coverage_key(fiscal_year)));
        let claim_age = CLAIM_AGES.into_iter().any(|age| {
            let month = Month::of(attained_on(rows.birth_on, age));
            month == self.month || month == self.month.plus(3)
        });
        if coverage.is_none() && !claim_age {
            return Ok(());
        }
        self.record.read(&rows.facts(), until.last_day())?;
        for posting in self.claim_forms(rows)? {
            let amounts = self.amounts(rows, true)?;
            self.notices.push(content::claim_form(person_id, &posting, &self.record, amounts));
        }
        let insured = self.record.months().last().is_some_and(|month| month.cover != Cover::None);
        if let Some(notice) = coverage.filter(|_| insured) {
            let amounts = self.amounts(rows, notice.estimate == Estimate::Projected)?;
            let notice = content::coverage_notice(person_id, &notice, fiscal_year, &self.record, amounts);
            self.notices.push(notice);
        }
        Ok(())
    }

    fn is_told(&self, person_id: i64, key: &str) -> bool {
        self.told.contains(&(person_id, key.to_owned()))
    }

    /// 見込額 by this year's law; where a rate of the year is not set yet, by the law and the record of the year before.
    fn amounts(&mut self, rows: &LifeRows, projected: bool) -> Result<Amounts, LawError> {
        let (birth_on, trace) = (rows.birth_on, &mut Trace::new());
        match estimate(&self.record, birth_on, self.month, projected, &mut self.shelf, trace) {
            Ok(estimated) => {
                Ok(Amounts { estimated, fiscal_year: self.month.fiscal_year(), until: self.record.last() })
            }
            Err(LawError::CannotDecide { .. } | LawError::NotInForce { .. } | LawError::PastLastCheck { .. }) => {
                let march = Month::new(self.month.fiscal_year(), 3).expect("March of a year of the calendar");
                let earlier = life(&rows.facts(), march.last_day())?;
                let estimated = estimate(&earlier, birth_on, march, projected, &mut self.shelf, trace)?;
                Ok(Amounts { estimated, fiscal_year: march.fiscal_year(), until: march })
            }
            Err(other) => Err(other),
        }
    }

    /// Forms of claim that go out this month. Who has claimed already gets only the form of 65; who was to be paid the
    /// special pension but has not claimed it gets the whole form again.
    fn claim_forms(&self, rows: &LifeRows) -> Result<Vec<ClaimFormPosting>, LawError> {
        let counts = self.record.counts();
        let first_kind = counts.employees[kind_place(EmployeesKind::First)].total() > 0;
        let category = match rows.sex {
            Sex::Female if first_kind => PersonCategory::FemaleCategory1,
            _ => PersonCategory::MaleOrCivilServant,
        };
        let claimed = self.claimants.contains(&rows.person_id);
        let months = i32::from(counts.employees_total());
        let postings = claim_forms(rows.birth_on, category, months, &mut Trace::new())?;
        let due = postings.into_iter().filter(|posting| posting.sent_month == self.month);
        let formed = due.filter_map(|posting| match (posting.form, claimed) {
            (ClaimForm::OnePage, false) => {
                Some(ClaimFormPosting { form: ClaimForm::FullForm, due_on: None, ..posting })
            }
            (ClaimForm::OnePage, true) | (_, false) => Some(posting),
            (_, true) => None,
        });
        Ok(formed.filter(|posting| !self.is_told(rows.person_id, &content::claim_form_key(posting))).collect())
    }

    /// 適用勧奨の対象: 厚生年金 has ended, nothing has followed by the end of the month in which the notice was due, and the
    /// person is 20 to 59 and in Japan.
    fn gap(&self, rows: &LifeRows) -> Option<Gap> {
        let now = self.month.first_day();
        let ages = Ages::of(rows.birth_on);
        if now < ages.twenty_on || now >= ages.sixty_on {
            return None;
        }
        let lasts = |lost_on: Option<Date>| lost_on.is_none_or(|lost_on| lost_on > now);
        if rows.spells.iter().any(|spell| spell.acquired_on <= now && lasts(spell.lost_on)) {
            return None;
        }
        if rows.abroad.iter().any(|spell| spell.left_on <= now && lasts(spell.returned_on)) {
            return None;
        }
        let last =
            rows.spells.iter().filter_map(|spell| Some((spell.lost_on?, spell.category))).max_by_key(|(on, _)| *on);
        let (lost_on, category) = last?;
        let starts_later = rows.spells.iter().any(|spell| spell.acquired_on >= lost_on && lasts(spell.lost_on));
        if !matches!(category, Category::Cat2 { .. }) || lost_on < ages.twenty_on || starts_later {
            return None;
        }
        let deadline = deadline(Notice::Cat1, lost_on, &mut Trace::new()).ok()?;
        (Month::of(deadline) < self.month).then_some(Gap { lost_on, deadline })
    }
}

struct Gap {
    lost_on: Date,
    deadline: Date,
}

fn kind_place(kind: EmployeesKind) -> usize {
    match kind {
        EmployeesKind::First => 0,
        EmployeesKind::Second => 1,
        EmployeesKind::Third => 2,
        EmployeesKind::Fourth => 3,
    }
}
