//! 年金記録の読み出し — everything on record about a range of persons, as known at an instant: one sequential read for each
//! table, merged by person.

use std::collections::BTreeMap;

use domain::life::{
    AbroadSpell, BonusMonth, Cat3Irregularity, Cat3Span, Category, CategorySpell, ComplementaryKind, ComplementarySpan,
    CoverRow, EmployeesClass, EmployeesKind, LifeRows, PaidBonusRow, RemunerationBasis, RemunerationSpan, Sex,
    StandardRow, YearMarks,
};
use domain::{Month, Yen};
use jiff::Timestamp;
use tokio_postgres::Row;

use crate::copy::{Fields, copy_out, instant};
use crate::db::Db;
use crate::error::StoreError;
use crate::splits;

/// Persons `from` up to, not including, `to`, as known at `known_at`.
#[derive(Clone, Copy, Debug)]
pub struct Persons {
    /// First person.
    pub from: i64,
    /// First person after them.
    pub to: i64,
    /// 締切, or any other instant to look from; `None` is what stands now.
    pub known_at: Option<Timestamp>,
}

impl Persons {
    /// One person.
    pub fn one(person_id: i64, known_at: Option<Timestamp>) -> Persons {
        Persons { from: person_id, to: person_id + 1, known_at }
    }

    /// The condition on the two times of a table, under the table's alias.
    pub fn known(&self, alias: &str) -> String {
        match self.known_at {
            None => format!("{alias}.superseded_at IS NULL"),
            Some(at) => {
                let at = instant(at);
                format!("{alias}.known_at <= {at} AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at > {at})")
            }
        }
    }

    /// The condition on the person, under the table's alias.
    pub fn range(&self, alias: &str) -> String {
        format!("{alias}.person_id >= {} AND {alias}.person_id < {}", self.from, self.to)
    }
}

/// 一生の登録 of everybody in the range, in order of person; numbers that were merged into another are read as part of that
/// one, wherever they lie, and do not appear themselves. `only` narrows to these persons, for a few among many.
///
/// # Errors
/// `Unreadable` — a row that means nothing; otherwise only what the database refuses.
pub async fn read(db: &impl Db, persons: Persons, only: Option<&[i64]>) -> Result<Vec<LifeRows>, StoreError> {
    let merged = merged_into(db, persons, only).await?;
    let mut lives = registers(db, persons, only, &merged).await?;
    for (other, kept) in merged.iter().filter_map(|(other, kept)| Some((*other, (*kept)?))) {
        if let Some(rows) = lives.remove(&other)
            && let Some(life) = lives.get_mut(&kept)
        {
            life.absorb(rows);
        }
    }
    lives.retain(|person, _| !merged.contains_key(person));
    Ok(lives.into_values().collect())
}

/// Numbers that belong to the range only through a merge (with whom they went to), and numbers of the range that went to
/// somebody (with `None` where that is outside of it).
pub(crate) async fn merged_into(
    db: &impl Db,
    persons: Persons,
    only: Option<&[i64]>,
) -> Result<BTreeMap<i64, Option<i64>>, StoreError> {
    let sql = format!(
        "SELECT merged_person_id, kept_person_id FROM person_merges AS m
         WHERE {known} AND (kept_person_id >= $1 AND kept_person_id < $2 OR merged_person_id >= $1 AND merged_person_id < $2)
           AND ($3::bigint[] IS NULL OR kept_person_id = ANY ($3) OR merged_person_id = ANY ($3))",
        known = persons.known("m"),
    );
    let rows = db.postgres().query(&sql, &[&persons.from, &persons.to, &only]).await?;
    let wanted =
        |person: i64| persons.from <= person && person < persons.to && only.is_none_or(|only| only.contains(&person));
    Ok(rows.iter().map(|row| (row.get(0), Some(row.get(1)).filter(|kept| wanted(*kept)))).collect())
}

/// Which rows: those of the range, or of a few persons; always those merged into them.
pub(crate) fn scope(
    persons: Persons,
    only: Option<&[i64]>,
    merged: &BTreeMap<i64, Option<i64>>,
    alias: &str,
) -> String {
    let others: Vec<i64> = merged.iter().filter(|(_, kept)| kept.is_some()).map(|(other, _)| *other).collect();
    let list = |ids: &mut dyn Iterator<Item = &i64>| ids.map(i64::to_string).collect::<Vec<_>>().join(",");
    match (only, others.is_empty()) {
        (None, true) => persons.range(alias),
        (None, false) => {
            format!("({} OR {alias}.person_id IN ({}))", persons.range(alias), list(&mut others.iter()))
        }
        (Some(only), _) => {
            format!("{alias}.person_id = ANY ('{{{}}}'::bigint[])", list(&mut only.iter().chain(&others)))
        }
    }
}

async fn registers(
    db: &impl Db,
    persons: Persons,
    only: Option<&[i64]>,
    merged: &BTreeMap<i64, Option<i64>>,
) -> Result<BTreeMap<i64, LifeRows>, StoreError> {
    let of = |columns: &str, table: &str, more: &str| {
        let (scope, known) = (scope(persons, only, merged, "t"), persons.known("t"));
        format!("SELECT t.person_id, {columns} FROM {table} AS t WHERE {scope} AND {known}{more}")
    };
    let mut lives = BTreeMap::new();
    let identities = of("t.birth_on, t.sex", "person_identities", " AND t.valid_to IS NULL");
    copy_out(db, &identities, |row| -> Result<(), StoreError> {
        let (person_id, sex) = (row.i64(0), if row.i16(2) == 2 { Sex::Female } else { Sex::Male });
        lives.insert(person_id, LifeRows::unregistered(person_id, row.date(1), sex));
        Ok(())
    })
    .await?;
    each(db, &of("t.died_on", "deaths", ""), &mut lives, |life, row| {
        life.died_on = Some(row.date(1));
        Ok(())
    })
    .await?;
    let spells = of(
        "t.record_id, t.category, t.employees_kind, t.employees_class, t.valid_from, t.valid_to",
        "pension_spells",
        " ORDER BY 1, 2",
    );
    each(db, &spells, &mut lives, |life, row| {
        life.spells.push(spell(row)?);
        Ok(())
    })
    .await?;
    each(
        db,
        &of("t.record_id, t.fiscal_year, t.marks", "contribution_years", " ORDER BY 1, 3"),
        &mut lives,
        |life, row| {
            let marks =
                YearMarks::parse(row.i16(2), row.text(3)).map_err(|_| unreadable("contribution_years.marks"))?;
            life.contributions.extend(marks.spans(source(row)));
            Ok(())
        },
    )
    .await?;
    let remunerations = of(
        "t.record_id, t.employees_kind, t.deemed_by_split, t.standard_months, t.standards_yen, t.last_month,
            t.bonus_months, t.bonuses_yen",
        "remuneration_records",
        " ORDER BY 1, 2",
    );
    each(db, &remunerations, &mut lives, remuneration).await?;
    each(
        db,
        &of("t.record_id, t.kind, t.valid_from, t.valid_to", "life_spans", " ORDER BY 1, 2"),
        &mut lives,
        life_span,
    )
    .await?;
    each(
        db,
        &of("t.record_id, t.japanese, t.valid_from, t.valid_to", "abroad_spells", " ORDER BY 1, 2"),
        &mut lives,
        |life, row| {
            let (japanese, left_on, returned_on) = (row.bool(2), row.date(3), row.opt_date(4));
            life.abroad.push(AbroadSpell { left_on, returned_on, japanese, source: source(row) });
            Ok(())
        },
    )
    .await?;
    let splits = format!("t.record_id, {}, t.cause_filing_id", splits::COLUMNS);
    each(db, &of(&splits, "remuneration_splits", " ORDER BY 1, t.claimed_on, 2"), &mut lives, |life, row| {
        life.splits.push(splits::of_fields(row)?);
        Ok(())
    })
    .await?;
    covers(db, &mut lives, |columns, joins| {
        let (scope, known) = (scope(persons, only, merged, "c"), persons.known("c"));
        let joined = if joins.is_empty() { String::new() } else { format!(" AND {}", persons.known("t")) };
        format!(
            "SELECT c.person_id, c.spell_id, {columns} FROM coverage_spells AS c {joins}
             WHERE {scope} AND {known} AND c.employees_pension{joined} ORDER BY c.person_id, 3, c.spell_id"
        )
    })
    .await?;
    Ok(lives)
}

/// 適用事業所の記録: cover, and over it standards and bonuses.
async fn covers(
    db: &impl Db,
    lives: &mut BTreeMap<i64, LifeRows>,
    query: impl Fn(&str, &str) -> String,
) -> Result<(), StoreError> {
    each(db, &query("c.valid_from, c.valid_to", ""), lives, |life, row| {
        life.covers.push(CoverRow { spell_id: row.i64(1), acquired_on: row.date(2), lost_on: row.opt_date(3) });
        Ok(())
    })
    .await?;
    const SAME: &str =
        "t.prefecture_code = c.prefecture_code AND t.employer_id = c.employer_id AND t.spell_id = c.spell_id";
    let standards = query(
        "t.valid_from, t.valid_to, t.epi_standard_yen, t.monthly_remuneration_yen",
        &format!("JOIN standard_remunerations AS t ON {SAME}"),
    );
    each(db, &standards, lives, |life, row| {
        life.standards.push(StandardRow {
            spell_id: row.i64(1),
            first: Month::of(row.date(2)),
            until: row.opt_date(3).map(Month::of),
            standard_yen: yen(row.i32(4))?,
            remuneration: Yen::new(row.i64(5)),
        });
        Ok(())
    })
    .await?;
    let bonuses = query("t.valid_from, t.amount_yen", &format!("JOIN bonuses AS t ON {SAME}"));
    each(db, &bonuses, lives, |life, row| {
        let (spell_id, paid_on, amount) = (row.i64(1), row.date(2), Yen::new(row.i64(3)));
        life.paid_bonuses.push(PaidBonusRow { spell_id, paid_on, amount });
        Ok(())
    })
    .await
}

/// Runs a query whose first column is the person and gives each row to that person's life; rows of nobody are passed over.
async fn each(
    db: &impl Db,
    sql: &str,
    lives: &mut BTreeMap<i64, LifeRows>,
    mut take: impl FnMut(&mut LifeRows, &Fields<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    copy_out(db, sql, |row| match lives.get_mut(&row.i64(0)) {
        Some(life) => take(life, row),
        None => Ok(()),
    })
    .await?;
    Ok(())
}

fn source(row: &Fields<'_>) -> u64 {
    row.i64(1).unsigned_abs()
}

fn unreadable(what: &'static str) -> StoreError {
    StoreError::Unreadable { what }
}

fn yen(value: i32) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| unreadable("standard_remunerations"))
}

fn kind(number: i16) -> Result<EmployeesKind, StoreError> {
    EmployeesKind::of_number(number).ok_or_else(|| unreadable("employees_kind"))
}

fn spell(row: &Fields<'_>) -> Result<CategorySpell, StoreError> {
    let employees = employees(row.opt_i16(3), row.opt_text(4))?;
    let category = Category::of_code(row.text(2), employees).ok_or_else(|| unreadable("pension_spells.category"))?;
    Ok(CategorySpell { category, acquired_on: row.date(5), lost_on: row.opt_date(6), source: source(row) })
}

/// 資格 from five columns of a row: category, kind, class, and the two days. The caller knows the row's number.
pub(crate) fn category_spell(row: &Row, place: usize) -> Result<CategorySpell, StoreError> {
    let employees = employees(row.get(place + 1), row.get(place + 2))?;
    let category = Category::of_code(row.get(place), employees).ok_or_else(|| unreadable("pension_spells.category"))?;
    Ok(CategorySpell { category, acquired_on: row.get(place + 3), lost_on: row.get(place + 4), source: 0 })
}

fn employees(number: Option<i16>, class: Option<&str>) -> Result<Option<(EmployeesKind, EmployeesClass)>, StoreError> {
    match (number, class.and_then(EmployeesClass::of_code)) {
        (Some(number), Some(class)) => Ok(Some((kind(number)?, class))),
        _ => Ok(None),
    }
}

/// `199804` as a month.
fn month(number: i32) -> Result<Month, StoreError> {
    let year = i16::try_from(number / 100).ok();
    let month = i8::try_from(number % 100).ok();
    year.zip(month).and_then(|(year, month)| Month::new(year, month)).ok_or_else(|| unreadable("remuneration_records"))
}

fn remuneration(life: &mut LifeRows, row: &Fields<'_>) -> Result<(), StoreError> {
    let kind = kind(row.i16(2))?;
    let basis = if row.bool(3) { RemunerationBasis::DeemedBySplit } else { RemunerationBasis::Own };
    let source = source(row);
    let (months, standards) = (row.i32s(4), row.i32s(5));
    let ends = months.iter().skip(1).map(|next| Ok(month(*next)?.previous())).chain([month(row.i32(6))]);
    for ((first, standard), last) in months.iter().zip(&standards).zip(ends) {
        let (first, last, standard_yen) = (month(*first)?, Some(last?), yen(*standard)?);
        life.remunerations.push(RemunerationSpan { first, last, kind, standard_yen, basis, source });
    }
    let (months, bonuses) = (row.i32s(7), row.i32s(8));
    for (paid, bonus) in months.iter().zip(&bonuses) {
        life.bonuses.push(BonusMonth { month: month(*paid)?, kind, bonus_yen: yen(*bonus)?, source });
    }
    Ok(())
}

fn life_span(life: &mut LifeRows, row: &Fields<'_>) -> Result<(), StoreError> {
    let (code, source) = (row.text(2), source(row));
    let (first, last) = (Month::of(row.date(3)), Month::of(row.date(4)).previous());
    if let Some(irregularity) = Cat3Irregularity::of_code(code) {
        life.cat3.push(Cat3Span { first, last, irregularity, source });
        return Ok(());
    }
    let kind = ComplementaryKind::of_code(code).ok_or_else(|| unreadable("life_spans.kind"))?;
    life.complementary.push(ComplementarySpan { first, last, kind, source });
    Ok(())
}
