//! 記録の点検の事実 — what the inspection of a month reads beside the facts of its assessment.

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;

use super::facts::{Scope, known, these_persons};
use crate::copy::{Fields, copy_out, day};
use crate::db::Db;
use crate::error::StoreError;

/// 標準報酬月額 with its decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandardRow {
    /// 資格.
    pub spell_id: i64,
    /// First day of the first month.
    pub from: Date,
    /// First day of the first month in which it no longer holds.
    pub until: Option<Date>,
    /// 決定の種類, as recorded.
    pub decision: StandardDecision,
    /// 健康保険, 0 when not insured.
    pub hi_standard_yen: i32,
    /// 厚生年金保険, 0 when not insured.
    pub epi_standard_yen: i32,
}

/// 決定の種類.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandardDecision {
    /// 資格取得時決定.
    Acquisition,
    /// 定時決定.
    Annual,
    /// 随時改定 and its like.
    Revision,
    /// 移行.
    Conversion,
}

/// 標準報酬月額 that hold in a month or begin after it up to `last`; in order of spell and first month.
pub async fn standards_until(
    db: &impl Db,
    scope: Scope,
    month: Month,
    last: Month,
) -> Result<Vec<StandardRow>, StoreError> {
    let query = format!(
        "SELECT spell_id, valid_from, valid_to, decision, hi_standard_yen, epi_standard_yen FROM standard_remunerations
         WHERE {employers} AND valid_from <= {last} AND (valid_to IS NULL OR valid_to > {first}) AND {known}",
        employers = scope.employers(),
        known = scope.known(),
        first = day(month.first_day()),
        last = day(last.max(month).first_day()),
    );
    let mut rows = Vec::with_capacity(1 << 15);
    let read = |row: &Fields<'_>| {
        rows.push(StandardRow {
            spell_id: row.i64(0),
            from: row.date(1),
            until: row.opt_date(2),
            decision: match row.text(3) {
                "acquisition" => StandardDecision::Acquisition,
                "annual" => StandardDecision::Annual,
                "conversion" => StandardDecision::Conversion,
                _ => StandardDecision::Revision,
            },
            hi_standard_yen: row.i32(4),
            epi_standard_yen: row.i32(5),
        });
        Ok::<(), StoreError>(())
    };
    copy_out(db, &query, read).await?;
    rows.sort_unstable_by_key(|row| (row.spell_id, row.from));
    Ok(rows)
}

/// 同じ人の資格 — a spell of a person, with whatever employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpellOfPerson {
    /// 人.
    pub person_id: i64,
    /// 資格.
    pub spell_id: i64,
    /// 事業所.
    pub employer_id: i64,
    /// 健康保険.
    pub health_insurance: bool,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 資格喪失年月日.
    pub lost_on: Option<Date>,
}

/// All spells of these persons (in order, each once) that reach into the days from `from` up to, not including, `until`,
/// with whatever employer; spells of others may come along. In order of person and spell.
pub async fn spells_of_persons(
    db: &impl Db,
    ids: &[i64],
    known_at: Timestamp,
    from: Date,
    until: Date,
) -> Result<Vec<SpellOfPerson>, StoreError> {
    let Some(which) = these_persons(ids) else { return Ok(Vec::new()) };
    let query = format!(
        "SELECT person_id, spell_id, employer_id, health_insurance, valid_from, valid_to FROM coverage_spells
         WHERE {which} AND valid_from < {until} AND (valid_to IS NULL OR valid_to > {from})
             AND (health_insurance OR employees_pension) AND {known}",
        known = known(known_at),
        from = day(from),
        until = day(until),
    );
    let mut rows = Vec::with_capacity(ids.len());
    let read = |row: &Fields<'_>| {
        rows.push(SpellOfPerson {
            person_id: row.i64(0),
            spell_id: row.i64(1),
            employer_id: row.i64(2),
            health_insurance: row.bool(3),
            acquired_on: row.date(4),
            lost_on: row.opt_date(5),
        });
        Ok::<(), StoreError>(())
    };
    copy_out(db, &query, read).await?;
    rows.sort_unstable_by_key(|row| (row.person_id, row.spell_id));
    Ok(rows)
}

/// 賞与 of these spells (employer and spell) paid from a day up to, not including, another: spell, day, yen; in order.
pub async fn bonuses_of_spells(
    db: &impl Db,
    spells: &[(i64, i64)],
    known_at: Timestamp,
    from: Date,
    until: Date,
) -> Result<Vec<(i64, Date, i64)>, StoreError> {
    let (employers, ids): (Vec<i64>, Vec<i64>) = spells.iter().copied().unzip();
    let rows = db
        .rows(
            "SELECT bonus.spell_id, bonus.valid_from, bonus.amount_yen
             FROM unnest($1::bigint[], $2::bigint[]) AS wanted (employer_id, spell_id)
             JOIN bonuses AS bonus ON bonus.employer_id = wanted.employer_id AND bonus.spell_id = wanted.spell_id
             WHERE bonus.valid_from >= $4 AND bonus.valid_from < $5
                 AND bonus.known_at <= $3 AND (bonus.superseded_at IS NULL OR bonus.superseded_at > $3)
             ORDER BY bonus.spell_id, bonus.valid_from, bonus.bonus_id",
            &[&employers, &ids, &known_at, &from, &until],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
}

/// 算定基礎届 received up to the cut-off — spells of the range for which one of the year stands: not sent back and not
/// refused, neither before the cut-off nor by this night itself (`by_system`). One without 被保険者整理番号 stands for
/// whoever was born on its day, and has its 基礎年金番号 where it names one. In order.
pub async fn annual_filings(db: &impl Db, scope: Scope, year: i16, by_system: &str) -> Result<Vec<i64>, StoreError> {
    let applies_from = format!("{year:04}-09");
    let rows = db
        .rows(
            "WITH standing AS (
                 SELECT filing.employer_id, filing.insured_number,
                     (filing.payload #>> '{insured,born_on}')::date AS born_on,
                     replace(filing.payload #>> '{insured,basic_pension_number}', '-', '') AS pension_number
                 FROM filings AS filing
                 WHERE filing.employer_id >= $1 AND filing.employer_id < $2 AND filing.form_code = '2225700'
                     AND filing.payload ->> 'applies_from' = $4 AND filing.known_at <= $3
                     AND NOT EXISTS (
                         SELECT 1 FROM filing_steps AS step
                         WHERE step.filing_id = filing.filing_id AND step.step IN ('returned', 'refused')
                             AND (step.at <= $3 OR step.by_system = $5)))
             SELECT spell.spell_id
             FROM standing JOIN coverage_spells AS spell
                 ON spell.employer_id = standing.employer_id AND spell.insured_number = standing.insured_number
             WHERE spell.employer_id >= $1 AND spell.employer_id < $2
                 AND spell.known_at <= $3 AND (spell.superseded_at IS NULL OR spell.superseded_at > $3)
             UNION
             SELECT spell.spell_id
             FROM standing JOIN coverage_spells AS spell ON spell.employer_id = standing.employer_id
                 JOIN person_identities AS person
                 ON person.person_id = spell.person_id AND person.birth_on = standing.born_on AND person.valid_to IS NULL
             WHERE standing.insured_number IS NULL AND spell.employer_id >= $1 AND spell.employer_id < $2
                 AND spell.known_at <= $3 AND (spell.superseded_at IS NULL OR spell.superseded_at > $3)
                 AND person.known_at <= $3 AND (person.superseded_at IS NULL OR person.superseded_at > $3)
                 AND (standing.pension_number IS NULL OR EXISTS (
                     SELECT 1 FROM person_numbers AS named
                     WHERE named.person_id = spell.person_id AND named.number = standing.pension_number
                         AND named.known_at <= $3 AND (named.superseded_at IS NULL OR named.superseded_at > $3)))
             ORDER BY spell_id",
            &[&scope.from, &scope.to, &scope.known_at, &applies_from, &by_system],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}
