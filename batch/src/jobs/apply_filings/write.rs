//! The difference between what the tables say and what has become known, as rows.

use std::collections::{BTreeMap, BTreeSet};

use domain::Yen;
use law::employees_insurance::application::{BonusPaid, Spell, Standard};
use store::night::applications::{self, BonusFact, SpellFact, StandardFact, Withdrawal};
use store::night::selections::{self, SelectionFact};
use store::{Db, StoreError};

use crate::run::{JobContext, NightError, Outcome, PartitionSession};

use super::book::{Book, Entry, Withdrawn};
use super::persons::{self, Persons};
use super::{Day, NEW_KEYS, day_totals};

/// Rows to end and rows to write.
#[derive(Default)]
struct Changes<'a> {
    spells_gone: Vec<&'a SpellFact>,
    spells: Vec<SpellFact>,
    standards_gone: Vec<&'a StandardFact>,
    standards: Vec<StandardFact>,
    bonuses_gone: Vec<&'a BonusFact>,
    bonuses: Vec<BonusFact>,
    /// Of `spells_gone`, those that never were.
    cancelled: Vec<&'a SpellFact>,
    withdrawals: Vec<Withdrawal>,
    selections_gone: Vec<SelectionFact>,
    selections: Vec<SelectionFact>,
}

/// Writes everything of a partition into its transaction.
pub(super) fn commit(
    books: &BTreeMap<i64, Book>,
    persons: &Persons,
    day: &Day,
    job: &JobContext,
    session: &mut PartitionSession<'_>,
) -> Result<Outcome, NightError> {
    let mut changes = Changes::default();
    for book in books.values() {
        for entry in book.entries.values() {
            changes.of(book, entry, job);
        }
        for choice in &book.choices {
            changes.selections_gone.extend_from_slice(&choice.gone);
            changes.selections.extend_from_slice(&choice.rows);
        }
    }
    persons::write(persons, job, session)?;
    session.run(async |db| changes.write(db, job).await).map_err(NightError::store("届の反映"))?;
    let closed = session
        .run(async |db| applications::close(db, &day.closed, &day.by_system, job.cutoff_at).await)
        .map_err(NightError::store("届の経過の記録"))?;
    if closed != day.closed.len() as u64 {
        return Err(NightError::Broken("反映待ちの届が処理の間に減りました。運用担当者に連絡してください".to_owned()));
    }
    let counts = day.counts();
    let bonus_yen = changes.bonuses.iter().map(|row| row.amount_yen).sum();
    let written = (
        changes.spells.len() as i64,
        changes.standards.len() as i64,
        changes.bonuses.len() as i64,
        bonus_yen,
        changes.withdrawals.len() as i64,
        changes.selections.len() as i64,
    );
    let totals = day_totals((counts.done, counts.rejected), written);
    Ok(Outcome { counts, totals, verdicts: day.verdicts.clone(), files: Vec::new() })
}

impl<'a> Changes<'a> {
    fn of(&mut self, book: &Book, entry: &'a Entry, job: &JobContext) {
        let stored = entry.stored.as_ref();
        self.withdrawals.extend(withdrawals(book, entry));
        if entry.cancelled {
            self.spells_gone.extend(stored.map(|stored| &stored.spell));
            self.cancelled.extend(stored.map(|stored| &stored.spell));
        } else if stored.is_none_or(|stored| stored.facts.spell != entry.facts.spell) {
            self.spells_gone.extend(stored.map(|stored| &stored.spell));
            self.spells.push(spell_row(book, entry, &entry.facts.spell, job));
        }
        let before = stored.map_or(&[][..], |stored| &stored.facts.standards);
        for (place, standard) in before.iter().enumerate() {
            if !entry.facts.standards.contains(standard) {
                self.standards_gone.extend(stored.map(|stored| &stored.standards[place]));
            }
        }
        let new = entry.facts.standards.iter().filter(|standard| !before.contains(standard));
        self.standards.extend(new.map(|standard| standard_row(book, entry, standard, job)));
        let before = stored.map_or(&[][..], |stored| &stored.facts.bonuses);
        for (place, bonus) in before.iter().enumerate() {
            if !entry.facts.bonuses.contains(bonus) {
                self.bonuses_gone.extend(stored.map(|stored| &stored.bonuses[place]));
            }
        }
        let new = entry.facts.bonuses.iter().filter(|bonus| !before.contains(bonus));
        self.bonuses.extend(new.map(|bonus| bonus_row(book, entry, bonus, job)));
    }

    /// Ends first, then writes: the unique indexes look at what is not superseded.
    async fn write(&self, db: &impl Db, job: &JobContext) -> Result<(), StoreError> {
        let at = job.cutoff_at;
        let gone = applications::supersede_spells(db, &self.spells_gone, at).await?;
        let gone_standards = applications::supersede_standards(db, &self.standards_gone, at).await?;
        let gone_bonuses = applications::supersede_bonuses(db, &self.bonuses_gone, at).await?;
        let gone_selections = selections::supersede(db, &self.selections_gone, at).await?;
        let touched = [gone, gone_standards, gone_bonuses, gone_selections];
        let (standards, bonuses) = (self.standards_gone.len(), self.bonuses_gone.len());
        let wanted = [self.spells_gone.len(), standards, bonuses, self.selections_gone.len()];
        if touched != wanted.map(|rows| rows as u64) {
            return Err(StoreError::AlreadySuperseded);
        }
        applications::supersede_leaves(db, &self.cancelled, at).await?;
        applications::insert_withdrawals(db, &self.withdrawals, at).await?;
        applications::insert_spells(db, &self.spells, at).await?;
        applications::insert_standards(db, &self.standards, at).await?;
        applications::insert_bonuses(db, &self.bonuses, at).await?;
        selections::insert(db, &self.selections, at).await?;
        Ok(())
    }
}

/// What stood in the tables and what this night's filings took away for good; of several payments of a day, one.
fn withdrawals(book: &Book, entry: &Entry) -> Vec<Withdrawal> {
    let Some(stored) = &entry.stored else { return Vec::new() };
    let stood = |one: &&Withdrawn| match one.fact {
        "standard" => stored.standards.iter().any(|row| row.valid_from == one.valid_from),
        "bonus" => stored.bonuses.iter().any(|row| row.valid_from == one.valid_from),
        _ => true,
    };
    let gone = |one: &&Withdrawn| match one.fact {
        "standard" => entry.facts.standards.iter().all(|standard| standard.from.first_day() != one.valid_from),
        "bonus" => entry.facts.bonuses.iter().all(|bonus| bonus.paid_on != one.valid_from),
        _ => true,
    };
    let row = |one: &Withdrawn| Withdrawal {
        prefecture_code: book.prefecture_code,
        employer_id: book.employer_id,
        spell_id: entry.spell_id,
        fact: one.fact,
        // The last version of the spell is what was withdrawn, wherever it began before.
        valid_from: if one.fact == "spell" { stored.spell.valid_from } else { one.valid_from },
        by_cover_end: one.by_cover_end,
        reason: one.cause.reason.clone(),
        cause_filing_id: one.cause.filing_id.expect("filings take facts away"),
    };
    let mut rows: Vec<Withdrawal> = entry.withdrawn.iter().filter(stood).filter(gone).map(row).collect();
    // Taken away, put back and taken away again: the last filing is the cause.
    rows.reverse();
    let mut seen = BTreeSet::new();
    rows.retain(|row| seen.insert((row.fact, row.valid_from)));
    rows.sort();
    rows
}

fn spell_row(book: &Book, entry: &Entry, spell: &Spell, job: &JobContext) -> SpellFact {
    SpellFact {
        spell_id: entry.spell_id,
        prefecture_code: book.prefecture_code,
        employer_id: book.employer_id,
        person_id: entry.person_id,
        insured_number: spell.insured_number,
        health_insurance: spell.health_insurance,
        employees_pension: spell.employees_pension,
        short_time_worker: spell.short_time_worker,
        two_workplaces: spell.two_workplaces,
        // What came after the end means nothing once there is none.
        same_month_next: spell
            .lost_on
            .and_then(|_| entry.stored.as_ref().and_then(|stored| stored.spell.same_month_next.clone())),
        end_cause: spell.end_cause,
        reason: spell.cause.reason.clone(),
        cause_filing_id: spell.cause.filing_id,
        valid_from: spell.acquired_on,
        valid_to: spell.lost_on,
        known_at: job.cutoff_at,
    }
}

fn standard_row(book: &Book, entry: &Entry, standard: &Standard, job: &JobContext) -> StandardFact {
    let yen = |amount: Yen| i32::try_from(amount.get()).expect("a standard is below two million yen");
    StandardFact {
        spell_id: entry.spell_id,
        prefecture_code: book.prefecture_code,
        employer_id: book.employer_id,
        monthly_remuneration_yen: standard.remuneration.get(),
        hi_standard_yen: yen(standard.hi),
        epi_standard_yen: yen(standard.epi),
        decision: standard.decision.code().to_owned(),
        reason: standard.cause.reason.clone(),
        cause_filing_id: standard.cause.filing_id,
        valid_from: standard.from.first_day(),
        valid_to: standard.until.map(|until| until.first_day()),
        known_at: job.cutoff_at,
    }
}

fn bonus_row(book: &Book, entry: &Entry, bonus: &BonusPaid, job: &JobContext) -> BonusFact {
    BonusFact {
        bonus_id: NEW_KEYS + bonus.cause.filing_id.expect("a new bonus comes from a filing"),
        spell_id: entry.spell_id,
        prefecture_code: book.prefecture_code,
        employer_id: book.employer_id,
        amount_yen: bonus.amount.get(),
        reason: bonus.cause.reason.clone(),
        cause_filing_id: bonus.cause.filing_id,
        valid_from: bonus.paid_on,
        known_at: job.cutoff_at,
    }
}
