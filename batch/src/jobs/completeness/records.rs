//! The records of a partition: the people of the assessment with what the inspection asks besides.

use arrow::array::AsArray;
use domain::{Month, Yen};
use jiff::civil::Date;
use law::employees_insurance::application::Decision;
use law::employees_insurance::bonus::BonusPayment;
use law::employees_insurance::chargeable_months::Spell;
use law::employees_insurance::completeness::{Inspection, OtherSpell, SpellFacts, StandardOnFile};
use law::employees_insurance::exemption::LeaveSpell;
use law::{MonthLaw, day_of};
use store::night::completeness::{self, SpellOfPerson, StandardDecision, StandardRow};
use store::night::facts::{self, Scope};
use store::{Connection, StoreError};

use crate::jobs::apply_filings::by_system;
use crate::jobs::assessment::CONTRIBUTIONS;
use crate::jobs::assessment::people::{self, Insured, Question, leave_spell};
use crate::lake::{self, part_path};
use crate::run::files::locate;
use crate::run::{NightError, Partition, PartitionSession};

/// Rows by key: keys in order, each with its values side by side.
struct ByKey<T> {
    keys: Vec<i64>,
    values: Vec<T>,
}

impl<T> ByKey<T> {
    fn new(mut rows: Vec<(i64, T)>) -> ByKey<T> {
        rows.sort_by_key(|row| row.0);
        let (keys, values) = rows.into_iter().unzip();
        ByKey { keys, values }
    }

    fn of(&self, key: i64) -> &[T] {
        let from = self.keys.partition_point(|have| *have < key);
        let until = from + self.keys[from..].partition_point(|have| *have == key);
        &self.values[from..until]
    }
}

/// What is on file of the people of a partition.
pub struct Records {
    people: Vec<Insured>,
    standards: ByKey<StandardOnFile>,
    leaves: ByKey<LeaveSpell>,
    /// Spells whose 算定基礎届 has come, in order.
    annual_filed: Vec<i64>,
    /// Whether the assessment charged 介護保険料.
    long_term_care: ByKey<bool>,
    /// By person, of those who have several spells in the fiscal year.
    together: ByKey<SpellOfPerson>,
    /// By spell, of these.
    bonuses: ByKey<BonusPayment>,
}

impl Records {
    /// Everything of a partition, as known at the cut-off.
    ///
    /// # Errors
    /// `Store`; `File`, `Parquet` — the assessment's own part cannot be read.
    pub fn read(
        partition: &Partition<'_>,
        session: &mut PartitionSession<'_>,
        law: &MonthLaw,
        inspection: &Inspection,
    ) -> Result<Records, NightError> {
        let job = partition.job;
        let scope = Scope { from: partition.keys.from, to: partition.keys.to, known_at: job.cutoff_at };
        let doing = || NightError::store("点検の事実の読出し");
        let people = people::read(session, Question { scope, only: None }, law).map_err(doing())?;
        let long_term_care = ByKey::new(assessed_long_term_care(partition)?);
        let beside = async |db: &Connection| {
            let (standards, leaves) = of_spells(db, scope, law.month()).await?;
            let annual_filed = match inspection.annual_year() {
                Some(year) => completeness::annual_filings(db, scope, year, &by_system(job)).await?,
                None => Vec::new(),
            };
            let (together, bonuses) = of_persons(db, &people, scope, law.month()).await?;
            Ok::<_, StoreError>((standards, leaves, annual_filed, together, bonuses))
        };
        let (standards, leaves, annual_filed, together, bonuses) = session.run(beside).map_err(doing())?;
        Ok(Records { people, standards, leaves, annual_filed, long_term_care, together, bonuses })
    }

    /// In order of employer and spell.
    pub fn people(&self) -> &[Insured] {
        &self.people
    }

    /// How many spells.
    pub fn len(&self) -> i64 {
        i64::try_from(self.people.len()).expect("a partition fits in memory")
    }

    /// 同じ人の別の資格.
    pub fn others_of(&self, one: &Insured) -> Vec<OtherSpell> {
        let spells = self.together.of(one.spell.person_id).iter();
        let others = spells.filter(|other| other.spell_id != one.spell.spell_id);
        let other = |spell: &SpellOfPerson| OtherSpell {
            same_employer: spell.employer_id == one.spell.employer_id,
            health_insurance: spell.health_insurance,
            spell: Spell { acquired_on: spell.acquired_on, lost_on: spell.lost_on },
            bonuses: self.bonuses.of(spell.spell_id).to_vec(),
        };
        others.map(other).collect()
    }

    /// As the rules want it.
    pub fn facts_of<'a>(&'a self, one: &Insured, others: &'a [OtherSpell]) -> SpellFacts<'a> {
        let spell = &one.spell;
        SpellFacts {
            birth_on: one.birth_on.map(day_of),
            spell: Spell { acquired_on: day_of(spell.acquired_on), lost_on: spell.lost_on.map(day_of) },
            health_insurance: spell.health_insurance,
            employees_pension: spell.employees_pension,
            epi_month_cancelled: one.epi_cancelled,
            two_workplaces: one.has_chosen(),
            standards: self.standards.of(spell.spell_id),
            leaves: self.leaves.of(spell.spell_id),
            annual_filed: self.annual_filed.binary_search(&spell.spell_id).is_ok(),
            long_term_care: self.long_term_care.of(spell.spell_id).first().copied(),
            ltci_exclusion_on_file: false,
            bonuses: self.bonuses.of(spell.spell_id),
            others,
        }
    }
}

/// 介護保険料 as the assessment of this night wrote it: by spell.
fn assessed_long_term_care(partition: &Partition<'_>) -> Result<Vec<(i64, bool)>, NightError> {
    let path = locate(partition.job, &part_path(CONTRIBUTIONS, partition.job.month(), partition.no));
    let mut assessed = Vec::new();
    lake::read(&path, &["spell_id", "ltci"], |batch| {
        let charged = lake::named(batch, "ltci").as_boolean().values().iter();
        assessed.extend(lake::i64s(batch, "spell_id").iter().copied().zip(charged));
        Ok(())
    })?;
    Ok(assessed)
}

/// Standards up to the September that the annual determination of the year begins with, and leaves: by spell.
async fn of_spells(
    db: &Connection,
    scope: Scope,
    month: Month,
) -> Result<(ByKey<StandardOnFile>, ByKey<LeaveSpell>), StoreError> {
    let september = Month::new(month.year(), 9).expect("September is a month");
    let standards = completeness::standards_until(db, scope, month, september).await?;
    let standards = standards.iter().map(|row| (row.spell_id, on_file(row))).collect();
    let mut leaves = facts::leaves(db, scope, month, "").await?;
    leaves.sort_unstable_by_key(|leave| (leave.spell_id, leave.from, leave.until));
    let leaves = leaves.iter().map(|leave| (leave.spell_id, leave_spell(leave))).collect();
    Ok((ByKey::new(standards), ByKey::new(leaves)))
}

fn on_file(row: &StandardRow) -> StandardOnFile {
    StandardOnFile {
        from: Month::of(row.from),
        until: row.until.map(Month::of),
        decision: match row.decision {
            StandardDecision::Acquisition => Decision::Acquisition,
            StandardDecision::Annual => Decision::Annual,
            StandardDecision::Revision => Decision::Revision,
            StandardDecision::Conversion => Decision::Conversion,
        },
        hi: Yen::new(i64::from(row.hi_standard_yen)),
        epi: Yen::new(i64::from(row.epi_standard_yen)),
    }
}

/// The spells of those who have several in the fiscal year, by person, and the bonuses of these spells.
async fn of_persons(
    db: &Connection,
    people: &[Insured],
    scope: Scope,
    month: Month,
) -> Result<(ByKey<SpellOfPerson>, ByKey<BonusPayment>), StoreError> {
    let year: Date = Month::new(month.fiscal_year(), 4).expect("April is a month").first_day();
    let next = month.next().first_day();
    let mut ids: Vec<i64> = people.iter().map(|one| one.spell.person_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let all = completeness::spells_of_persons(db, &ids, scope.known_at, year, next).await?;
    let of_person = all.chunk_by(|a, b| a.person_id == b.person_id);
    let several = of_person.filter(|spells| spells.len() > 1 && ids.binary_search(&spells[0].person_id).is_ok());
    let together: Vec<SpellOfPerson> = several.flatten().copied().collect();
    if together.is_empty() {
        return Ok((ByKey::new(Vec::new()), ByKey::new(Vec::new())));
    }
    let keys: Vec<(i64, i64)> = together.iter().map(|spell| (spell.employer_id, spell.spell_id)).collect();
    let paid = completeness::bonuses_of_spells(db, &keys, scope.known_at, year, next).await?;
    let payment = |(spell_id, paid_on, yen)| (spell_id, BonusPayment { paid_on, amount: Yen::new(yen) });
    let bonuses = ByKey::new(paid.into_iter().map(payment).collect());
    Ok((ByKey::new(together.into_iter().map(|spell| (spell.person_id, spell)).collect()), bonuses))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_key_lie_side_by_side() {
        let rows = ByKey::new(vec![(3, 'c'), (1, 'a'), (3, 'd'), (7, 'e')]);
        assert_eq!(rows.of(3), ['c', 'd']);
        assert_eq!(rows.of(1), ['a']);
        assert!(rows.of(0).is_empty() && rows.of(2).is_empty() && rows.of(8).is_empty());
    }
}
