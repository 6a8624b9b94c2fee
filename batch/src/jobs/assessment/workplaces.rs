//! 二以上事業所勤務者 — the other offices of those who have chosen one. The offices of a person lie in different partitions;
//! each partition that has one of them reads them all, with the same instant, and so comes to the same parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Month;
use law::{MonthLaw, PersonContribution, Workplace, WorkplacePart, Workplaces};
use store::night::facts::{self, Scope};
use store::night::selections::{self, SelectionMonth};
use store::{Connection, StoreError};

use super::people::{Insured, by_themselves};

/// One office among all of its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// All offices, in order of spell.
    person: Arc<Workplaces>,
    /// Which of them.
    place: usize,
}

impl Part {
    /// What this office owes.
    pub fn assess(&self, law: &MonthLaw) -> PersonContribution {
        self.of(law).contribution
    }

    /// With the standards of the sum.
    pub fn of(&self, law: &MonthLaw) -> WorkplacePart {
        law.assess_workplaces(&self.person)[self.place]
    }
}

/// Sees to the people of a range who have chosen among several offices. One query where there is none, as nearly always.
pub async fn add(db: &Connection, people: &mut [Insured], scope: Scope, law: &MonthLaw) -> Result<(), StoreError> {
    let choices = selections::in_month(db, scope, law.month()).await?;
    let Some(range) = selections::range_of(&choices, scope.known_at) else { return Ok(()) };
    let offices = offices(db, &choices, range, law).await?;
    let mut of_spell: BTreeMap<i64, Part> = BTreeMap::new();
    for of_person in choices.chunk_by(|one, other| one.person_id == other.person_id) {
        let named = of_person.iter().filter_map(|row| Some((row, offices.get(&row.spell_id)?.clone())));
        let (rows, offices): (Vec<&SelectionMonth>, Vec<Workplace>) =
            named.map(|(row, office)| (row, Workplace { selected: row.chosen, ..office })).unzip();
        let health_society = rows.iter().any(|row| row.health_society);
        let person = Arc::new(Workplaces { offices, health_society });
        for (place, row) in rows.iter().enumerate() {
            of_spell.insert(row.spell_id, Part { person: Arc::clone(&person), place });
        }
    }
    for one in people {
        if let Some(part) = of_spell.remove(&one.spell.spell_id) {
            one.is_part(part, law);
        }
    }
    Ok(())
}

/// The offices of the fiscal year, by spell, each as it stands by itself; one whose person has no date of birth is
/// left out, and held where it is read.
async fn offices(
    db: &Connection,
    choices: &[SelectionMonth],
    range: Scope,
    law: &MonthLaw,
) -> Result<BTreeMap<i64, Workplace>, StoreError> {
    let narrow = selections::only_these(choices);
    let spells = facts::spells_of_year(db, range, law.month(), &narrow).await?;
    let spells = by_themselves(db, spells, range, law, &narrow).await?;
    let remunerations = facts::remunerations(db, range, law.month(), &narrow).await?;
    let remunerations: BTreeMap<i64, i64> = remunerations.into_iter().collect();
    let mut bonuses = paid(db, range, law.month(), &narrow).await?;
    let office = |one: &Insured| {
        let spell_id = one.spell.spell_id;
        let workplace = Workplace {
            month: one.month()?,
            remuneration_yen: remunerations.get(&spell_id).copied().unwrap_or(0),
            bonuses: bonuses.remove(&spell_id).unwrap_or_default(),
            selected: false,
        };
        Some((spell_id, workplace))
    };
    Ok(spells.iter().filter_map(office).collect())
}

/// Payments of the fiscal year up to the end of the month, by spell, in order.
async fn paid(
    db: &Connection,
    range: Scope,
    month: Month,
    narrow: &str,
) -> Result<BTreeMap<i64, Vec<(i32, i64)>>, StoreError> {
    let year = Month::new(month.fiscal_year(), 4).expect("April").first_day();
    let mut rows = facts::bonuses(db, range, year, month.next().first_day(), narrow).await?;
    rows.sort_unstable();
    let mut paid: BTreeMap<i64, Vec<(i32, i64)>> = BTreeMap::new();
    for (spell_id, paid_on, yen) in rows {
        paid.entry(spell_id).or_default().push((paid_on, yen));
    }
    Ok(paid)
}
