//! 標準報酬改定請求書 at night — the one filing that writes into the registers of two persons.
//!
//! Its row of the other is written in the partition of whoever filed. That is sound because nobody else writes that person's
//! registers in the same night: a claim waits (保留) while the other has a filing of another kind in this night, and of two
//! claims that name the same person the later waits. What is in the night is asked of the queue and of the courses that
//! this run has closed, both together: the answer is the same whichever partition came first, and again after a resume.

use std::collections::{BTreeMap, BTreeSet};

use domain::life::register::Register;
use domain::person_paper::{PersonContent, PersonFiling};
use store::splits::{self, NightSplit};
use store::{StoreError, registers};

use super::Submitted;
use crate::jobs::apply_filings::by_system;
use crate::run::{JobContext, NightError, PartitionSession};

/// The other parties of a partition's 分割の請求.
#[derive(Default)]
pub(super) struct Parties {
    persons: BTreeMap<String, i64>,
    waiting: BTreeSet<i64>,
    before: BTreeMap<i64, Register>,
    after: BTreeMap<i64, Register>,
}

fn number_of(filing: &PersonFiling) -> Option<&str> {
    match &filing.content {
        PersonContent::PensionSplit(asked) => Some(asked.other_number.digits()),
        _ => None,
    }
}

impl Parties {
    /// Nothing is read where no filing is a 分割の請求.
    pub(super) fn find(
        filings: &BTreeMap<i64, Vec<Submitted>>,
        job: &JobContext,
        session: &mut PartitionSession<'_>,
    ) -> Result<Parties, NightError> {
        let splits = filings.values().flatten().filter(|submitted| number_of(&submitted.filing).is_some());
        let ours: BTreeSet<i64> = splits.map(|submitted| submitted.filing_id).collect();
        if ours.is_empty() {
            return Ok(Parties::default());
        }
        let found = session.run(async |db| {
            let by_system = by_system(job);
            let night = splits::of_night(db, &by_system, job.cutoff_at).await?;
            let numbers: Vec<&str> = night.iter().map(|split| split.other_number.as_str()).collect();
            let persons = splits::persons_of(db, &numbers).await?;
            let named: Vec<i64> = persons.values().copied().collect();
            let busy = splits::with_other_filings(db, (&by_system, job.cutoff_at), &named).await?;
            let waiting = waiting(&night, &persons, &busy.into_iter().collect());
            let goes_on = |split: &&NightSplit| ours.contains(&split.filing_id) && !waiting.contains(&split.filing_id);
            let others: BTreeSet<i64> =
                night.iter().filter(goes_on).filter_map(|split| persons.get(&split.other_number).copied()).collect();
            let others: Vec<i64> = others.into_iter().collect();
            let before = registers::read(db, &others).await?;
            Ok::<_, StoreError>(Parties { persons, waiting, after: before.clone(), before })
        });
        found.map_err(NightError::store("年金分割の相手方の原簿の読み出し"))
    }

    /// Whether another filing of the night comes first.
    pub(super) fn waits(&self, filing_id: i64) -> bool {
        self.waiting.contains(&filing_id)
    }

    /// The registers of the 相手方 as the filings before this one left them.
    pub(super) fn of(&self, filing: &PersonFiling) -> Option<Register> {
        self.after.get(self.persons.get(number_of(filing)?)?).cloned()
    }

    /// As a filing leaves them; gives how many rows it wrote there.
    pub(super) fn put(&mut self, filing: &PersonFiling, other: Register) -> usize {
        let written = self.of(filing).map_or(0, |before| before.changes(&other).new_rows());
        self.after.insert(other.person_id, other);
        written
    }

    /// Before and after, in order of person.
    pub(super) fn changed(&self) -> impl Iterator<Item = (&Register, &Register)> {
        self.before.values().zip(self.after.values())
    }
}

/// Claims of the night that wait: the other has a filing of another kind, or an earlier claim names one of the two.
fn waiting(night: &[NightSplit], persons: &BTreeMap<String, i64>, busy: &BTreeSet<i64>) -> BTreeSet<i64> {
    let concerns = |split: &NightSplit| [Some(split.person_id), persons.get(&split.other_number).copied()];
    let mut seen: BTreeSet<i64> = BTreeSet::new();
    let mut waiting = BTreeSet::new();
    for split in night {
        let [person, other] = concerns(split);
        let again = [person, other].into_iter().flatten().any(|person| seen.contains(&person));
        if again || other.is_some_and(|other| busy.contains(&other)) {
            waiting.insert(split.filing_id);
        }
        seen.extend([person, other].into_iter().flatten());
    }
    waiting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_shares_a_person_with_an_earlier_claim_waits() {
        let persons: BTreeMap<String, i64> = (1..=9).map(|person| (format!("{person}"), person)).collect();
        let split = |filing_id: i64, person_id: i64, other: &str| NightSplit {
            filing_id,
            person_id,
            other_number: other.to_owned(),
        };
        // 2 files back against 1; 1 has another marriage; 5 has a filing of her own; 8 names nobody we know.
        let night = [
            split(10, 1, "2"),
            split(11, 2, "1"),
            split(12, 3, "1"),
            split(13, 4, "5"),
            split(14, 6, "7"),
            split(15, 8, "99"),
        ];
        assert_eq!(waiting(&night, &persons, &BTreeSet::from([5])), BTreeSet::from([11, 12, 13]));
        assert_eq!(waiting(&night, &persons, &BTreeSet::new()), BTreeSet::from([11, 12]));
    }
}
