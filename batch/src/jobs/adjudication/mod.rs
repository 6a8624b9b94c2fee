//! 年金の裁定と改定 — whoever has a claim (老齢, 障害, 遺族) and something new is computed again; what comes out differently
//! becomes an award.
//!
//! A partition finds the people to look at by the same question as the plan, reads their lives once, and computes every
//! month from the right to that of the business date by `law::adjudication::award`. What differs from the awards in force
//! gives way to new rows; what comes out equal stays, so that looking again at somebody changes nothing. Rows count as
//! known from the cut-off, like all that the night applies: the payment run of the same night sees them. Of a survivor the
//! record of the one who died is read too, wherever that number lies, and what becomes known of it is new for the survivor.

mod change;
mod filed;
mod output;
mod people;
mod splits;

use std::collections::BTreeSet;

use domain::Month;
use domain::life::LifeRows;
use store::lives::Persons;
use store::night::awards::{self, Adjudicating, Due, Merged};
use store::night::grounds::{self, Grounds};
use store::{Session, lives};

use crate::run::{
    Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, VerdictRow,
};

pub use output::{AWARDS, ELIGIBILITY};
use people::{Looked, Register};

/// A life is long: so many at a time keep a partition small, and the last ones do not leave a thread without work.
const LIVES_PER_PARTITION: i64 = 5_000;

/// Nobody has a number above it.
const EVERYBODY: KeyRange = KeyRange { from: 0, to: i64::MAX };

/// 年金の裁定と改定.
pub struct Adjudication;

impl Job for Adjudication {
    fn name(&self) -> &'static str {
        "adjudication"
    }

    fn title(&self) -> &'static str {
        "年金の裁定と改定"
    }

    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        let persons = persons(job, EVERYBODY);
        let due = session.run(async |db| {
            let db = &*db;
            let merged = awards::merged(db, persons).await?;
            let claimants = awards::claimants(db, persons, &merged).await?;
            let deceased = grounds::deceased(db, persons, &merged).await?;
            awards::due(db, persons, (&merged, &deceased), (month(job), claimants.into_iter())).await
        });
        let ids: Vec<i64> = due.map_err(NightError::store("裁定の対象"))?.iter().map(|due| due.person_id).collect();
        Ok(divide(&ids, job.people_per_partition.min(LIVES_PER_PARTITION)))
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        let (job, persons) = (partition.job, persons(partition.job, partition.keys));
        let register = session.run(async |db| read(db, persons, month(job)).await);
        let register = register.map_err(NightError::store("年金記録の読み出し"))?;
        let looked = people::look_at(register, job);
        let written = Written::of(&looked);
        session
            .run(async |db| awards::write(db, adjudicating(job), &written.gone, &written.new, &written.looks).await)
            .map_err(NightError::store("裁定の記録"))?;
        let files = output::write_parts(partition, &looked)?;
        let held = looked.iter().filter(|one| !one.verdicts.is_empty()).count() as i64;
        let read = looked.len() as i64;
        let counts = Counts { read, done: read - held, held, rejected: 0 };
        let verdicts: Vec<VerdictRow> = looked.into_iter().flat_map(|one| one.verdicts).collect();
        Ok(Outcome { counts, totals: written.totals, verdicts, files })
    }

    fn fills(&self) -> &'static [&'static str] {
        &["awards", "adjudications"]
    }

    /// From the tables; and what Parquet holds must be the same.
    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let sums = session.run(async |db| awards::sums(&*db, adjudicating(job)).await)?;
        let [basic, employees, survivor] = sums.yen;
        let of_tables = Totals::new()
            .with("people", sums.people)
            .with("payable", sums.payable)
            .with("held", sums.held)
            .with("awards", sums.awards)
            .with("basic_yen", basic)
            .with("employees_yen", employees)
            .with("survivor_yen", survivor);
        let of_files = output::recount(job, session)?;
        let differences = of_tables.differences(&of_files);
        if !differences.is_empty() {
            return Err(NightError::Unbalanced { title: self.title().to_owned(), differences });
        }
        Ok(of_tables.with("written", sums.written).with("superseded", sums.superseded))
    }

    fn finish(&self, job: &JobContext, totals: &Totals, session: &mut Session) -> Result<(), NightError> {
        output::write_summaries(job, totals, session)
    }
}

/// 当月: awards are decided through the month of the business date.
fn month(job: &JobContext) -> Month {
    job.for_month.unwrap_or_else(|| Month::of(job.business_on))
}

fn persons(job: &JobContext, keys: KeyRange) -> Persons {
    Persons { from: keys.from, to: keys.to, known_at: Some(job.cutoff_at) }
}

fn adjudicating(job: &JobContext) -> Adjudicating<'_> {
    Adjudicating { run_id: &job.run_id, looked_at_on: job.business_on, cutoff_at: job.cutoff_at }
}

/// Ranges of about so many people to look at.
fn divide(ids: &[i64], people: i64) -> Vec<KeyRange> {
    let size = usize::try_from(people).unwrap_or(1).max(1);
    ids.chunks(size)
        .map(|chunk| KeyRange { from: chunk[0], to: chunk.last().expect("a chunk has somebody") + 1 })
        .collect()
}

/// One sequential query for each table.
async fn read(db: &impl store::Db, persons: Persons, month: Month) -> Result<Register, store::StoreError> {
    let merged: Merged = awards::merged(db, persons).await?;
    let claims = awards::claims(db, persons, &merged).await?;
    let grounds = grounds::read(db, persons, &merged).await?;
    let dead = grounds::deceased(db, persons, &merged).await?;
    let claimants = claims.keys().chain(grounds.disability.keys()).chain(grounds.survivors.keys()).copied();
    let due = awards::due(db, persons, (&merged, &dead), (month, claimants)).await?;
    let ids: Vec<i64> = due.iter().map(|due| due.person_id).collect();
    // Where most of the range is not looked at, lives are read by their numbers.
    let few = (ids.len() as i64) < (persons.to - persons.from) / 2;
    let lives = lives::read(db, persons, few.then_some(&ids[..])).await?;
    let deceased = deceased_of(db, persons, (&due, &grounds)).await?;
    let households = awards::households(db, persons, &merged).await?;
    let awards = awards::in_force(db, persons).await?;
    Ok(Register { due, lives, merged, claims, grounds, deceased, households, awards })
}

/// Lives of those upon whose death somebody claims, in or out of the range.
async fn deceased_of(
    db: &impl store::Db,
    persons: Persons,
    (due, grounds): (&[Due], &Grounds),
) -> Result<Vec<LifeRows>, store::StoreError> {
    let claims = due.iter().filter_map(|due| grounds.survivors.get(&due.person_id));
    let ids: BTreeSet<i64> = claims.map(|claim| claim.deceased_person_id).collect();
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(Vec::new()) };
    let between = Persons { from: *first, to: *last + 1, ..persons };
    let ids: Vec<i64> = ids.iter().copied().collect();
    lives::read(db, between, Some(&ids)).await
}

/// What goes to the tables, in order of person.
struct Written {
    gone: Vec<(i64, Month)>,
    new: Vec<awards::AwardRow>,
    looks: Vec<awards::NewLook>,
    totals: Totals,
}

impl Written {
    fn of(looked: &[Looked]) -> Written {
        let totals = output::totals(looked);
        let mut written = Written { gone: Vec::new(), new: Vec::new(), looks: Vec::new(), totals };
        for one in looked {
            written.gone.extend(one.change.gone.iter().map(|from| (one.person_id, *from)));
            written.new.extend(one.change.new.iter().cloned());
            written.looks.push(one.look.clone());
        }
        let (new, gone) = (written.new.len() as i64, written.gone.len() as i64);
        written.totals.add("written", new);
        written.totals.add("superseded", gone);
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_so_many_people() {
        let ranges = divide(&[3, 5, 9, 12, 40], 2);
        let pairs: Vec<(i64, i64)> = ranges.iter().map(|range| (range.from, range.to)).collect();
        assert_eq!(pairs, [(3, 6), (9, 13), (40, 41)]);
        assert!(divide(&[], 2).is_empty());
    }
}
