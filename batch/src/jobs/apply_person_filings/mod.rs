//! 人の届の反映 — filings about a person's pension become facts, with the filing as cause.
//!
//! Persons are divided into partitions; the filings of one person are applied one after the other onto the registers as
//! they stand, and only the difference is written, as known at the cut-off. What no longer fits stays on the queue with
//! its reason (保留). Numbers of new rows come from the filing: a resumed night writes what the first one would have.
//! Who died, of a claim for 遺族給付, lies in any partition: that life is read as it was known before this night, so that it does
//! not matter who is applied first; a death that this same night records is found by the next one.
//! A filing that concerns two persons is applied with the partition of whoever filed it ([`splits`]).

mod splits;

use std::collections::{BTreeMap, BTreeSet};

use domain::life::register::Register;
use domain::person_paper::{PersonContent, PersonFiling};
use jiff::{SignedDuration, Timestamp};
use law::Trace;
use law::person_filing::{self, Circumstances, Deceased, Unfit};
use serde_json::{Value, json};
use store::lives::Persons;
use store::night::applications::{self, ClosedFiling};
use store::night::person_filings::{self, QueuedPersonFiling};
use store::{Session, lives, registers};

use crate::run::{
    Counts, Job, JobContext, KeyRange, NightError, Outcome, Partition, PartitionSession, Totals, VerdictRow,
};

use super::apply_filings::by_system;
use splits::Parties;

/// A partition holds about so many filings.
const FILINGS_PER_PARTITION: i64 = 500;

/// 人の届の反映.
pub struct ApplyPersonFilings;

impl Job for ApplyPersonFilings {
    fn name(&self) -> &'static str {
        "apply_person_filings"
    }

    fn title(&self) -> &'static str {
        "人の届の反映"
    }

    fn plan(&self, job: &JobContext, session: &mut Session) -> Result<Vec<KeyRange>, NightError> {
        let waiting = session
            .run(async |db| person_filings::waiting(db, job.cutoff_at).await)
            .map_err(NightError::store("反映する人の届の数え上げ"))?;
        Ok(divide(&waiting))
    }

    fn work(&self, partition: &Partition<'_>, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
        let (keys, job) = (partition.keys, partition.job);
        let queued = session.run(async |db| person_filings::queued(db, keys.from, keys.to, job.cutoff_at).await)?;
        let (filings, mut day) = read_payloads(queued);
        let persons: Vec<i64> = filings.keys().copied().collect();
        let before = session
            .run(async |db| registers::read(db, &persons).await)
            .map_err(NightError::store("年金の原簿の読み出し"))?;
        let others = Others::find(&filings, &before, job, session)?;
        let mut parties = Parties::find(&filings, job, session)?;
        let mut rows = 0;
        for (person_id, of_person) in &filings {
            let register = before.get(person_id).expect("a register was read for every person");
            let after = apply_all(register, of_person, (&others, &mut parties), job, &mut day);
            let changes = register.changes(&after);
            rows += changes.new_rows();
            session
                .run(async |db| registers::write(db, &changes, job.cutoff_at).await)
                .map_err(NightError::store("人の届の反映"))?;
        }
        for (register, after) in parties.changed() {
            let changes = register.changes(after);
            rows += changes.new_rows();
            session
                .run(async |db| registers::write(db, &changes, job.cutoff_at).await)
                .map_err(NightError::store("年金分割の反映"))?;
        }
        close(&day, rows, job, session)
    }

    fn recount(&self, job: &JobContext, session: &mut Session) -> Result<Totals, NightError> {
        let by_system = by_system(job);
        let applied = session.run(async |db| person_filings::count_applied(db, &by_system).await)?;
        let rows = session.run(async |db| person_filings::count_written(db, &by_system, job.cutoff_at).await)?;
        Ok(totals(applied, rows))
    }
}

fn totals(applied: i64, rows: i64) -> Totals {
    Totals::new().with("applied", applied).with("rows", rows)
}

/// Ranges of persons with about the same number of filings.
fn divide(waiting: &[(i64, i64)]) -> Vec<KeyRange> {
    let mut ranges: Vec<KeyRange> = Vec::new();
    let mut filings = FILINGS_PER_PARTITION;
    for &(person_id, count) in waiting {
        match ranges.last_mut() {
            Some(range) if filings + count <= FILINGS_PER_PARTITION => {
                range.to = person_id + 1;
                filings += count;
            }
            _ => {
                ranges.push(KeyRange { from: person_id, to: person_id + 1 });
                filings = count;
            }
        }
    }
    ranges
}

/// A filing with its number.
struct Submitted {
    filing_id: i64,
    filing: PersonFiling,
}

/// What became of a partition's filings.
#[derive(Default)]
struct Day {
    closed: Vec<ClosedFiling>,
    held: Vec<VerdictRow>,
}

impl Day {
    fn hold(&mut self, filing_id: i64, code: &str, message: impl Into<String>) {
        self.held.push(VerdictRow {
            subject: format!("filing:{filing_id}"),
            verdict: "held",
            code: code.to_owned(),
            message: message.into(),
        });
    }
}

/// Filings by person, in the order in which they are applied.
fn read_payloads(queued: Vec<QueuedPersonFiling>) -> (BTreeMap<i64, Vec<Submitted>>, Day) {
    let (mut filings, mut day) = (BTreeMap::<i64, Vec<Submitted>>::new(), Day::default());
    for row in queued {
        match PersonFiling::read(&row.payload) {
            Ok(filing) => {
                filings.entry(row.person_id).or_default().push(Submitted { filing_id: row.filing_id, filing });
            }
            Err(_) => {
                day.hold(row.filing_id, "unreadable", "届の内容を読み取れません。運用担当者に連絡してください");
            }
        }
    }
    for of_person in filings.values_mut() {
        of_person.sort_by_key(|submitted| (submitted.filing.turn(), submitted.filing_id));
    }
    (filings, day)
}

/// 届に名のある他の人: the claimant of 未支給年金請求書 and who died of 年金請求書 (遺族給付), by number, and the lives of who died.
struct Others {
    persons: BTreeMap<String, i64>,
    deceased: BTreeMap<i64, Deceased>,
}

impl Others {
    fn find(
        filings: &BTreeMap<i64, Vec<Submitted>>,
        registers: &BTreeMap<i64, Register>,
        job: &JobContext,
        session: &mut PartitionSession<'_>,
    ) -> Result<Others, NightError> {
        let all = || filings.values().flatten().map(|submitted| &submitted.filing);
        let numbers: BTreeSet<String> = all().filter_map(number_of).collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let mut persons = BTreeMap::new();
        if !numbers.is_empty() {
            let found = session
                .run(async |db| applications::persons_of_numbers(db, &numbers).await)
                .map_err(NightError::store("届に名のある人の確認"))?;
            persons.extend(found.into_iter().map(|person| (person.number, person.person_id)));
        }
        let claimed = all().filter(|filing| matches!(filing.content, PersonContent::SurvivorClaim(_)));
        let by_number = claimed.filter_map(|filing| persons.get(&number_of(filing)?).copied());
        let on_record = registers.values().flat_map(|register| &register.survivor).map(|row| row.is.deceased_person_id);
        let ids: BTreeSet<i64> = by_number.chain(on_record).collect();
        Ok(Others { deceased: deceased(&ids.into_iter().collect::<Vec<_>>(), job, session)?, persons })
    }

    fn claimant(&self, filing: &PersonFiling) -> Option<i64> {
        match filing.content {
            PersonContent::UnpaidBenefitClaim(_) => self.persons.get(&number_of(filing)?).copied(),
            _ => None,
        }
    }

    /// Who died: named by the claim, of other filings by the claim that stands.
    fn deceased(&self, filing: &PersonFiling, register: &Register) -> Option<&Deceased> {
        let person_id = match filing.content {
            PersonContent::SurvivorClaim(_) => *self.persons.get(&number_of(filing)?)?,
            _ => register.survivor.first()?.is.deceased_person_id,
        };
        self.deceased.get(&person_id)
    }
}

/// 基礎年金番号 of another person than the filing's own.
fn number_of(filing: &PersonFiling) -> Option<String> {
    let number = match &filing.content {
        PersonContent::UnpaidBenefitClaim(claim) => claim.claimant_number,
        PersonContent::SurvivorClaim(claim) => Some(claim.deceased_number),
        _ => None,
    };
    number.map(|number| number.digits().to_owned())
}

/// Lives as they were known before this night.
fn deceased(
    person_ids: &[i64],
    job: &JobContext,
    session: &mut PartitionSession<'_>,
) -> Result<BTreeMap<i64, Deceased>, NightError> {
    let (Some(first), Some(last)) = (person_ids.iter().min(), person_ids.iter().max()) else {
        return Ok(BTreeMap::new());
    };
    let persons = Persons { from: *first, to: *last + 1, known_at: Some(before(job.cutoff_at)?) };
    let found = session
        .run(async |db| lives::read(db, persons, Some(person_ids)).await)
        .map_err(NightError::store("死亡した人の年金記録の読み出し"))?;
    let of = |life: domain::life::LifeRows| {
        (life.person_id, Deceased { person_id: life.person_id, life, announced_on: None })
    };
    Ok(found.into_iter().map(of).collect())
}

/// The last instant before what this night writes, which is known at the cut-off itself.
fn before(cutoff_at: Timestamp) -> Result<Timestamp, NightError> {
    cutoff_at
        .checked_sub(SignedDuration::from_micros(1))
        .map_err(|_| NightError::Broken("締切の時刻が扱える範囲にありません。運用担当者に連絡してください".to_owned()))
}

/// The register after the filings of one person; what does not fit leaves nothing behind.
fn apply_all(
    before: &Register,
    filings: &[Submitted],
    (others, parties): (&Others, &mut Parties),
    job: &JobContext,
    day: &mut Day,
) -> Register {
    let mut register = before.clone();
    if before.known_at.is_some_and(|known_at| known_at > job.cutoff_at) {
        for submitted in filings {
            let why = "夜間処理の締切の後に、この方の記録が変わりました。次の夜間に反映します";
            day.hold(submitted.filing_id, "changed_after_cutoff", why);
        }
        return register;
    }
    for submitted in filings {
        let (filing_id, filing) = (submitted.filing_id, &submitted.filing);
        if parties.waits(filing_id) {
            let why = "同じ夜に、相手方の届か、同じ方についての先の請求があります。その反映の後の夜間に反映します";
            day.hold(filing_id, "waits_for_other", why);
            continue;
        }
        let mut other = parties.of(filing);
        if other.as_ref().is_some_and(|other| other.known_at.is_some_and(|known_at| known_at > job.cutoff_at)) {
            let why = "夜間処理の締切の後に、相手方の記録が変わりました。次の夜間に反映します";
            day.hold(filing_id, "changed_after_cutoff", why);
            continue;
        }
        let circumstances = Circumstances {
            claimant_person_id: others.claimant(filing),
            deceased: others.deceased(filing, &register),
            ..Circumstances::of(job.business_on, filing_id)
        };
        let (mut changed, mut trace) = (register.clone(), Trace::new());
        match person_filing::apply_with(filing, (&mut changed, other.as_mut()), &circumstances, &mut trace) {
            Ok(applied) => {
                let of_other = other.map_or(0, |other| parties.put(filing, other));
                let note = (applied.remarks, of_other);
                day.closed.push(closed(filing_id, filing, &register, &changed, (note, trace)));
                register = changed;
            }
            Err(Unfit { code, message, .. }) => day.hold(filing_id, code, message),
        }
    }
    register
}

fn closed(
    filing_id: i64,
    filing: &PersonFiling,
    before: &Register,
    after: &Register,
    ((remarks, of_other), trace): ((Vec<String>, usize), Trace),
) -> ClosedFiling {
    let changes = before.changes(after);
    let result = json!({ "rows_ended": changes.gone_rows(), "rows_written": changes.new_rows() + of_other });
    let receipt = trace.into_receipt(filing.form().name_ja(), Value::Null, result);
    ClosedFiling {
        filing_id,
        step: "applied",
        note: (!remarks.is_empty()).then(|| remarks.join("。")),
        receipt: serde_json::to_value(receipt).ok(),
    }
}

/// Steps and receipts, and the queue.
fn close(day: &Day, rows: usize, job: &JobContext, session: &mut PartitionSession<'_>) -> Result<Outcome, NightError> {
    let by_system = by_system(job);
    let closed = session
        .run(async |db| applications::close(db, &day.closed, &by_system, job.cutoff_at).await)
        .map_err(NightError::store("届の経過の記録"))?;
    if closed != day.closed.len() as u64 {
        return Err(NightError::Broken("反映待ちの届が処理の間に減りました。運用担当者に連絡してください".to_owned()));
    }
    let (done, held) = (day.closed.len() as i64, day.held.len() as i64);
    Ok(Outcome {
        counts: Counts { read: done + held, done, held, rejected: 0 },
        totals: totals(done, rows as i64),
        verdicts: day.held.clone(),
        files: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partitions_hold_every_person_once() {
        let waiting: Vec<(i64, i64)> = (0..2_000).map(|place| (place * 3 + 1, 1 + place % 4)).collect();
        let ranges = divide(&waiting);
        assert!(ranges.len() > 5 && ranges.windows(2).all(|pair| pair[0].to <= pair[1].from));
        for &(person_id, _) in &waiting {
            assert_eq!(ranges.iter().filter(|range| (range.from..range.to).contains(&person_id)).count(), 1);
        }
        assert!(divide(&[]).is_empty());
    }
}
