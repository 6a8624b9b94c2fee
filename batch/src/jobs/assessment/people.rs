//! The people of a partition: facts of a month from five tables, merged by key.

use domain::Month;
use domain::age::{attained_on, nth_birthday};
use jiff::Timestamp;
use law::employees_insurance::exemption::{ExemptState, LeaveKind, LeaveSpell, exempt_in};
use law::{MonthLaw, PersonContribution, PersonMonth, day_number, day_of};
use store::night::facts::{self, Leave, Scope, SpellMonth};
use store::{Connection, StoreError};

use super::workplaces::{self, Part};
use crate::run::PartitionSession;

/// Whose month is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Employers and the instant to look from.
    pub scope: Scope,
    /// Only these spells, or all.
    pub only: Option<&'a [i64]>,
}

/// One coverage spell with everything the month's assessment needs.
#[derive(Clone, Debug)]
pub struct Insured {
    /// 資格.
    pub spell: SpellMonth,
    /// 生年月日; `None` when no identity is known, and then the record is held.
    pub birth_on: Option<i32>,
    /// 性別.
    pub sex: i16,
    /// 標準報酬月額; 0 when none is decided.
    pub hi_standard_yen: i32,
    /// 標準報酬月額; 0 when none is decided.
    pub epi_standard_yen: i32,
    /// 標準賞与額.
    pub hi_standard_bonus_yen: i64,
    /// 標準賞与額.
    pub epi_standard_bonus_yen: i64,
    /// 免除.
    pub exempt: ExemptState,
    /// 同月得喪で厚生年金の月が取り消される.
    pub epi_cancelled: bool,
    /// 所属選択 names this spell: the other offices have a say in its month.
    part: Option<Box<Part>>,
}

impl Insured {
    fn new(spell: SpellMonth) -> Insured {
        Insured {
            spell,
            birth_on: None,
            sex: 0,
            hi_standard_yen: 0,
            epi_standard_yen: 0,
            hi_standard_bonus_yen: 0,
            epi_standard_bonus_yen: 0,
            exempt: ExemptState::default(),
            epi_cancelled: false,
            part: None,
        }
    }

    /// 所属選択・二以上事業所勤務 is on record.
    pub fn has_chosen(&self) -> bool {
        self.part.is_some()
    }

    /// The spell is one office of several; its standards are those of the sum.
    pub(super) fn is_part(&mut self, part: Part, law: &MonthLaw) {
        let whole = part.of(law);
        let standard = |yen: i64| i32::try_from(yen).expect("a standard is below two million yen");
        self.hi_standard_yen = standard(whole.hi_standard_yen);
        self.epi_standard_yen = standard(whole.epi_standard_yen);
        self.hi_standard_bonus_yen = whole.hi_standard_bonus_yen;
        self.epi_standard_bonus_yen = whole.epi_standard_bonus_yen;
        self.part = Some(Box::new(part));
    }

    /// Of one office of several, the standards of the sum under this law; false for everybody else.
    pub fn regrade_part(&mut self, law: &MonthLaw) -> bool {
        let Some(part) = self.part.take() else { return false };
        self.is_part(*part, law);
        true
    }

    /// The month's contributions; `None` without a date of birth.
    pub fn assess(&self, law: &MonthLaw) -> Option<PersonContribution> {
        match &self.part {
            None => Some(law.assess(&self.month()?)),
            Some(part) => Some(part.assess(law)),
        }
    }

    /// As the rule wants it; `None` without a date of birth.
    pub fn month(&self) -> Option<PersonMonth> {
        let spell = &self.spell;
        Some(PersonMonth {
            birth_on: self.birth_on?,
            acquired_on: spell.acquired_on,
            lost_on: spell.lost_on,
            prefecture: u8::try_from(spell.prefecture_code).unwrap_or(0),
            hi_applies: spell.health_insurance,
            epi_applies: spell.employees_pension,
            ltci_excluded: false,
            hi_standard_yen: i64::from(self.hi_standard_yen),
            epi_standard_yen: i64::from(self.epi_standard_yen),
            hi_standard_bonus_yen: self.hi_standard_bonus_yen,
            epi_standard_bonus_yen: self.epi_standard_bonus_yen,
            exempt: self.exempt.month,
            bonus_exempt: self.exempt.bonus,
            epi_same_month_cancelled: self.epi_cancelled,
            multi_workplace: spell.two_workplaces,
        })
    }
}

/// The people of the question in order of employer and spell.
pub fn read(
    session: &mut PartitionSession<'_>,
    question: Question<'_>,
    law: &MonthLaw,
) -> Result<Vec<Insured>, StoreError> {
    session.run(async |db| gather(db, question, law).await)
}

async fn gather(db: &Connection, question: Question<'_>, law: &MonthLaw) -> Result<Vec<Insured>, StoreError> {
    let narrow = question.only.map(facts::only_spells).unwrap_or_default();
    let spells = facts::spells(db, question.scope, law.month(), &narrow).await?;
    let mut people = by_themselves(db, spells, question.scope, law, &narrow).await?;
    workplaces::add(db, &mut people, question.scope, law).await?;
    Ok(people)
}

/// Spells, each by itself, in order of employer and spell.
pub(super) async fn by_themselves(
    db: &Connection,
    spells: Vec<SpellMonth>,
    scope: Scope,
    law: &MonthLaw,
    narrow: &str,
) -> Result<Vec<Insured>, StoreError> {
    let month = law.month();
    let mut people: Vec<Insured> = spells.into_iter().map(Insured::new).collect();
    if !people.is_sorted_by_key(|one| (one.spell.employer_id, one.spell.spell_id)) {
        people.sort_unstable_by_key(|one| (one.spell.employer_id, one.spell.spell_id));
    }
    add_persons(db, &mut people, scope.known_at).await?;
    let places = places_by(&people, |one| one.spell.spell_id);
    let standards = facts::standards(db, scope, month, narrow).await?;
    join(
        &mut people,
        &places,
        standards,
        |row| row.0,
        |one, row| {
            (one.hi_standard_yen, one.epi_standard_yen) = (row.1, row.2);
        },
    );
    add_leaves(db, &mut people, &places, scope, month, narrow).await?;
    add_bonuses(db, &mut people, &places, scope, law, narrow).await?;
    add_cancelled(db, &mut people, &places, scope.known_at, month).await?;
    Ok(people)
}

/// Key and place of each person, in order of key.
fn places_by(people: &[Insured], key: impl Fn(&Insured) -> i64) -> Vec<(i64, u32)> {
    let mut places: Vec<(i64, u32)> = people.iter().map(key).zip(0..).collect();
    if !places.is_sorted() {
        places.sort_unstable();
    }
    places
}

/// Walks rows and people by key side by side. A row without its person is passed over; a person may have many rows
/// (the last in order counts, for whoever overwrites).
fn join<R>(
    people: &mut [Insured],
    places: &[(i64, u32)],
    mut rows: Vec<R>,
    key: impl Fn(&R) -> i64,
    mut meet: impl FnMut(&mut Insured, &R),
) {
    if !rows.is_sorted_by_key(&key) {
        rows.sort_by_key(&key);
    }
    let mut at = 0;
    for row in &rows {
        let wanted = key(row);
        while at < places.len() && places[at].0 < wanted {
            at += 1;
        }
        // The same person may have several spells here.
        for (_, place) in places[at..].iter().take_while(|(have, _)| *have == wanted) {
            meet(&mut people[*place as usize], row);
        }
    }
}

async fn add_persons(db: &Connection, people: &mut [Insured], known_at: Timestamp) -> Result<(), StoreError> {
    let places = places_by(people, |one| one.spell.person_id);
    let mut ids: Vec<i64> = places.iter().map(|(id, _)| *id).collect();
    ids.dedup();
    let persons = facts::persons(db, &ids, known_at).await?;
    join(
        people,
        &places,
        persons,
        |row| row.person_id,
        |one, row| {
            (one.birth_on, one.sex) = (Some(row.birth_on), row.sex);
        },
    );
    Ok(())
}

async fn add_leaves(
    db: &Connection,
    people: &mut [Insured],
    places: &[(i64, u32)],
    scope: Scope,
    month: Month,
    narrow: &str,
) -> Result<(), StoreError> {
    let mut leaves = facts::leaves(db, scope, month, narrow).await?;
    leaves.sort_unstable_by_key(|leave| (leave.spell_id, leave.from, leave.until));
    let spells: Vec<(i64, ExemptState)> = leaves
        .chunk_by(|a, b| a.spell_id == b.spell_id)
        .map(|of_spell| {
            let taken: Vec<LeaveSpell> = of_spell.iter().map(leave_spell).collect();
            (of_spell[0].spell_id, exempt_in(month, &taken))
        })
        .collect();
    join(people, places, spells, |row| row.0, |one, row| one.exempt = row.1);
    Ok(())
}

/// 休業 as the rules of exemption want it.
pub fn leave_spell(leave: &Leave) -> LeaveSpell {
    LeaveSpell {
        kind: if leave.maternity { LeaveKind::Maternity } else { LeaveKind::Childcare },
        start: leave.from,
        end: leave.until.yesterday().expect("a leave ends after its first day"),
        worked_days_excluded: i32::from(leave.worked_days_excluded),
    }
}

/// Bonuses of the month, and for those who had one the earlier ones of the fiscal year, which count for the cap.
async fn add_bonuses(
    db: &Connection,
    people: &mut [Insured],
    places: &[(i64, u32)],
    scope: Scope,
    law: &MonthLaw,
    narrow: &str,
) -> Result<(), StoreError> {
    let month = law.month();
    let (first, next) = (month.first_day(), month.next().first_day());
    let mut paid = facts::bonuses(db, scope, first, next, narrow).await?;
    if paid.is_empty() {
        return Ok(());
    }
    let mut spells: Vec<i64> = paid.iter().map(|row| row.0).collect();
    spells.sort_unstable();
    spells.dedup();
    let year = Month::new(month.fiscal_year(), 4).expect("April").first_day();
    if year < first {
        // A long list costs more than the rows it saves.
        let narrow = if spells.len() <= 4_000 { facts::only_spells(&spells) } else { narrow.to_owned() };
        paid.extend(facts::bonuses(db, scope, year, first, &narrow).await?);
    }
    paid.sort_unstable();
    let of_spell: Vec<&[(i64, i32, i64)]> = paid.chunk_by(|a, b| a.0 == b.0).collect();
    let mut payments = Vec::new();
    join(
        people,
        places,
        of_spell,
        |rows| rows[0].0,
        |one, rows| {
            (one.hi_standard_bonus_yen, one.epi_standard_bonus_yen) = standard_bonus(one, rows, law, &mut payments);
        },
    );
    Ok(())
}

/// 標準賞与額 — of the payments that fall into the spell, which ends for each scheme at its age at the latest.
fn standard_bonus(
    one: &Insured,
    rows: &[(i64, i32, i64)],
    law: &MonthLaw,
    payments: &mut Vec<(i32, i64)>,
) -> (i64, i64) {
    let lost_on = one.spell.lost_on.unwrap_or(i32::MAX);
    let birth = one.birth_on.map(day_of);
    let mut of_scheme = |loss_by_age: i32| {
        let until = lost_on.min(loss_by_age);
        payments.clear();
        let counted = rows.iter().filter(|row| one.spell.acquired_on <= row.1 && row.1 < until);
        payments.extend(counted.map(|row| (row.1, row.2)));
        law.standard_bonus(payments)
    };
    let (hi, _) = of_scheme(birth.map_or(i32::MAX, |birth| day_number(nth_birthday(birth, 75))));
    let (_, epi) = of_scheme(birth.map_or(i32::MAX, |birth| day_number(attained_on(birth, 70))));
    (hi, epi)
}

/// 同月得喪 is rare: only then the database is asked what came after.
async fn add_cancelled(
    db: &Connection,
    people: &mut [Insured],
    places: &[(i64, u32)],
    known_at: Timestamp,
    month: Month,
) -> Result<(), StoreError> {
    let (first, next) = (day_number(month.first_day()), day_number(month.next().first_day()));
    let same_month =
        |one: &&Insured| one.spell.acquired_on >= first && one.spell.lost_on.is_some_and(|lost_on| lost_on < next);
    let spells: Vec<(i64, i64)> =
        people.iter().filter(same_month).map(|one| (one.spell.employer_id, one.spell.spell_id)).collect();
    if spells.is_empty() {
        return Ok(());
    }
    let cancelled = facts::cancelled_months(db, &spells, month, known_at).await?;
    join(people, places, cancelled, |row| *row, |one, _| one.epi_cancelled = true);
    Ok(())
}
