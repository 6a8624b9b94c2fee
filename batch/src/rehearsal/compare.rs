//! Everybody of a range under both laws, and the sums of both sides.

use std::collections::BTreeMap;

use domain::Yen;
use law::employees_insurance::grade::{Grade, of_remuneration};
use law::employees_insurance::table_change::end_moved;
use law::{MonthLaw, PersonContribution, Verdict};
use store::night::facts::{self, Scope};

use super::Laws;
use crate::jobs::age_bands::AgeBands;
use crate::jobs::assessment::people::{self, Insured, Question};
use crate::jobs::assessment::sums::{EmployerSums, Exact, add, exact_of};
use crate::run::{NightError, PartitionSession};

/// Amounts of one side: five exact levies, and the shares of the insured in yen (HI, EPI; month and bonus together).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// Under today's law.
    pub today: Amounts,
    /// Under the changed law.
    pub changed: Amounts,
}

/// What is summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// In 1/100,000 yen: health, long-term care, support, EPI, contribution.
    pub exact: Exact,
    /// Yen of the insured: HI, EPI.
    pub employee_yen: [i64; 2],
}

impl Amounts {
    fn of(out: &PersonContribution) -> Amounts {
        let hi = out.hi_employee_yen + out.bonus_hi_employee_yen;
        let epi = out.epi_employee_yen + out.bonus_epi_employee_yen;
        Amounts { exact: exact_of(out.levies()), employee_yen: [hi, epi] }
    }

    fn add(&mut self, other: &Amounts) {
        add(&mut self.exact, &other.exact);
        self.employee_yen.iter_mut().zip(other.employee_yen).for_each(|(sum, yen)| *sum += yen);
    }
}

/// One cell of the sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// People assessed.
    pub people: i64,
    /// People whose amounts differ.
    pub people_affected: i64,
    /// Sums.
    pub sides: Sides,
}

impl Cell {
    fn add(&mut self, other: &Cell) {
        self.people += other.people;
        self.people_affected += other.people_affected;
        self.sides.today.add(&other.sides.today);
        self.sides.changed.add(&other.sides.changed);
    }
}

/// 試算の集計.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// By prefecture, age band and grade of health insurance (0 for none).
    pub cells: BTreeMap<(i16, usize, i16), Cell>,
    /// People that one of the laws cannot assess.
    pub held: i64,
    /// 納入告知額 of all employers, cut to yen employer by employer: today's and changed, HI, EPI, contribution.
    pub notice_yen: [[i64; 3]; 2],
}

impl Summary {
    /// Adds another range.
    pub fn merge(&mut self, other: &Summary) {
        for (key, cell) in &other.cells {
            self.cells.entry(*key).or_default().add(cell);
        }
        self.held += other.held;
        for (sums, yen) in self.notice_yen.iter_mut().zip(other.notice_yen) {
            sums.iter_mut().zip(yen).for_each(|(sum, yen)| *sum += yen);
        }
    }

    /// Everybody.
    pub fn total(&self) -> Cell {
        let mut total = Cell::default();
        self.cells.values().for_each(|cell| total.add(cell));
        total
    }
}

/// A person under both laws.
pub struct Affected {
    /// As today.
    pub today: Insured,
    /// With the standards and bonuses of the changed law.
    pub changed: Insured,
    /// Amounts.
    pub sides: Sides,
}

/// A range compared.
#[derive(Default)]
pub struct Compared {
    /// Those whose amounts differ, in order of employer and spell.
    pub affected: Vec<Affected>,
    /// Sums.
    pub summary: Summary,
}

/// Reads the range, once more where the bonus caps differ (what is left of a cap depends on the law), and compares person
/// by person.
pub fn compare(scope: Scope, laws: &Laws, session: &mut PartitionSession<'_>) -> Result<Compared, NightError> {
    let question = Question { scope, only: None };
    let today = people::read(session, question, &laws.today)?;
    let mut changed = match laws.today.has_bonus_caps_of(&laws.changed) {
        true => today.clone(),
        false => people::read(session, question, &laws.changed)?,
    };
    assert_eq!(today.len(), changed.len(), "one snapshot, one population");
    let unknown = regrade(scope, laws, &mut changed, session)?;
    let ages = AgeBands::at_end_of(laws.today.month());
    let mut compared = Compared::default();
    let mut notices = [EmployerSums::default(), EmployerSums::default()];
    for (place, (before, after)) in today.into_iter().zip(changed).enumerate() {
        let sides = match (outcome(&laws.today, &before), outcome(&laws.changed, &after)) {
            (Some(today), Some(changed)) if unknown.binary_search(&place).is_err() => Sides { today, changed },
            _ => {
                compared.summary.held += 1;
                continue;
            }
        };
        notices[0].add(before.spell.employer_id, &sides.today.exact);
        notices[1].add(after.spell.employer_id, &sides.changed.exact);
        let affected = sides.today != sides.changed;
        let grade = laws.today.hi_grade(i64::from(before.hi_standard_yen)).map_or(0, i16::from);
        let age = ages.of(before.birth_on.expect("assessed with a birth"));
        let cell = Cell { people: 1, people_affected: i64::from(affected), sides };
        compared.summary.cells.entry((before.spell.prefecture_code, age, grade)).or_default().add(&cell);
        if affected {
            compared.affected.push(Affected { today: before, changed: after, sides });
        }
    }
    for (sums, notice) in compared.summary.notice_yen.iter_mut().zip(&notices) {
        for employer in notice.amounts() {
            sums.iter_mut().zip(employer.yen).for_each(|(sum, yen)| *sum += yen);
        }
    }
    Ok(compared)
}

fn outcome(law: &MonthLaw, one: &Insured) -> Option<Amounts> {
    let out = one.assess(law)?;
    (out.verdict == Verdict::Done).then(|| Amounts::of(&out))
}

/// 等級表の改定 — standards at an end of the table that moves are determined anew from the remuneration on record.
///
/// Returns the places, in order, of those whose standard the changed table does not have.
fn regrade(
    scope: Scope,
    laws: &Laws,
    people: &mut [Insured],
    session: &mut PartitionSession<'_>,
) -> Result<Vec<usize>, NightError> {
    let [hi, epi] = laws.grades;
    if hi.0 == hi.1 && epi.0 == epi.1 {
        return Ok(Vec::new());
    }
    let moved = |one: &Insured| {
        end_moved(hi.0, hi.1, Yen::new(i64::from(one.hi_standard_yen)))
            || end_moved(epi.0, epi.1, Yen::new(i64::from(one.epi_standard_yen)))
    };
    let spells: Vec<i64> = people.iter().filter(|one| moved(one)).map(|one| one.spell.spell_id).collect();
    let mut recorded = BTreeMap::new();
    if !spells.is_empty() {
        let (month, narrow) = (laws.today.month(), facts::only_spells(&spells));
        let rows = session.run(async |db| facts::remunerations(db, scope, month, &narrow).await)?;
        recorded.extend(rows);
    }
    let mut unknown = Vec::new();
    for (place, one) in people.iter_mut().enumerate() {
        if one.regrade_part(&laws.changed) {
            continue;
        }
        let recorded = recorded.get(&one.spell.spell_id).copied();
        match (standard(hi, one.hi_standard_yen, recorded), standard(epi, one.epi_standard_yen, recorded)) {
            (Some(hi), Some(epi)) => (one.hi_standard_yen, one.epi_standard_yen) = (hi, epi),
            _ => unknown.push(place),
        }
    }
    Ok(unknown)
}

/// The standard under the changed table; `None` when it has no such grade. 0 stays 0: not insured.
fn standard((old, new): (&[Grade], &[Grade]), standard_yen: i32, recorded: Option<i64>) -> Option<i32> {
    let standard = Yen::new(i64::from(standard_yen));
    if standard_yen == 0 || old == new {
        return Some(standard_yen);
    }
    let grade = if end_moved(old, new, standard) {
        of_remuneration(new, Yen::new(recorded?))
    } else {
        new.iter().find(|grade| grade.standard == standard)?
    };
    i32::try_from(grade.standard.get()).ok()
}

#[cfg(test)]
mod tests {
    use law::Trace;
    use law::employees_insurance::Scheme;
    use law::employees_insurance::grade;

    use super::*;

    #[test]
    fn a_standard_passes_to_the_new_table() {
        let grades = |month: &str| {
            let month = month.parse().expect("a month");
            grade::all(Scheme::EmployeesPension, month, &mut Trace::new()).expect("in force")
        };
        let tables = (grades("2027-08"), grades("2027-09"));
        assert_eq!(standard(tables, 650_000, Some(664_999)), Some(650_000));
        assert_eq!(standard(tables, 650_000, Some(665_000)), Some(680_000));
        assert_eq!(standard(tables, 650_000, None), None, "the remuneration is not on record");
        assert_eq!(standard(tables, 620_000, Some(900_000)), Some(620_000), "not at the end that moved");
        assert_eq!(standard(tables, 605_000, Some(605_000)), None, "no grade");
        assert_eq!(standard(tables, 0, None), Some(0), "not insured");
    }

    #[test]
    fn merged_sums_are_those_of_all_ranges() {
        let cell = |people| Cell { people, people_affected: 1, sides: Sides::default() };
        let mut first = Summary { held: 1, notice_yen: [[1, 2, 3], [4, 5, 6]], ..Summary::default() };
        first.cells.insert((13, 4, 20), cell(2));
        let mut second = first.clone();
        second.cells.insert((27, 4, 20), cell(5));
        first.merge(&second);
        assert_eq!((first.held, first.notice_yen), (2, [[2, 4, 6], [8, 10, 12]]));
        assert_eq!((first.total().people, first.total().people_affected), (9, 3));
        assert_eq!(first.cells[&(13, 4, 20)].people, 4);
    }
}
