//! 所属選択・二以上事業所勤務 — who has chosen among several offices, and which spells hang together by it.

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use tokio_postgres::Row;

use super::applications::SpellFact;
use super::facts::{Scope, known};
use crate::copy::day;
use crate::db::Db;
use crate::error::StoreError;

/// 選択の一行 — one office of a choice, in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SelectionMonth {
    /// 人.
    pub person_id: i64,
    /// 事業所.
    pub employer_id: i64,
    /// 資格.
    pub spell_id: i64,
    /// 選択した事業所.
    pub chosen: bool,
    /// 健康保険組合を選択した.
    pub health_society: bool,
}

fn of_month(row: &Row) -> SelectionMonth {
    SelectionMonth {
        person_id: row.get(0),
        employer_id: row.get(1),
        spell_id: row.get(2),
        chosen: row.get(3),
        health_society: row.get(4),
    }
}

const MONTH: &str = "person_id, employer_id, spell_id, chosen, health_society";

/// The choices that hold on the last day of a month, with all their offices, of everybody who has one of them in the range;
/// in order of person and spell. Nearly always nobody.
pub async fn in_month(db: &impl Db, scope: Scope, month: Month) -> Result<Vec<SelectionMonth>, StoreError> {
    let (known, next) = (known(scope.known_at), day(month.next().first_day()));
    let sql = format!(
        "SELECT {MONTH} FROM workplace_selections
         WHERE person_id IN (SELECT person_id FROM workplace_selections WHERE {employers} AND {known})
             AND valid_from < {next} AND (valid_to IS NULL OR valid_to >= {next}) AND {known}
         ORDER BY person_id, spell_id",
        employers = scope.employers(),
    );
    let rows = db.postgres().query(&sql, &[]).await?;
    Ok(rows.iter().map(of_month).collect())
}

/// The same of one person; `None` for the instant means what stands now.
pub async fn of_person(
    db: &impl Db,
    person_id: i64,
    month: Month,
    known_at: Option<Timestamp>,
) -> Result<Vec<SelectionMonth>, StoreError> {
    let sql = format!(
        "SELECT {MONTH} FROM workplace_selections
         WHERE person_id = $1 AND valid_from < $2 AND (valid_to IS NULL OR valid_to >= $2)
             AND known_at <= coalesce($3::timestamptz, 'infinity')
             AND (superseded_at IS NULL OR superseded_at > coalesce($3::timestamptz, 'infinity'))
         ORDER BY spell_id"
    );
    let rows = db.rows(&sql, &[&person_id, &month.next().first_day(), &known_at]).await?;
    Ok(rows.iter().map(of_month).collect())
}

/// Narrows a query to these spells, each with its employer.
pub fn only_these(spells: &[SelectionMonth]) -> String {
    let pairs: Vec<String> = spells.iter().map(|row| format!("({}, {})", row.employer_id, row.spell_id)).collect();
    format!(" AND (employer_id, spell_id) IN (VALUES {})", pairs.join(", "))
}

/// The range that these spells lie in.
pub fn range_of(spells: &[SelectionMonth], known_at: Timestamp) -> Option<Scope> {
    let employers = || spells.iter().map(|row| row.employer_id);
    Some(Scope { from: employers().min()?, to: employers().max()? + 1, known_at })
}

/// 同じ人の別の事業所 — a spell of a range and one of another office of the person, because one choice names both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linked {
    /// 資格 in the range.
    pub spell_id: i64,
    /// 別の事業所.
    pub employer_id: i64,
    /// Its 資格.
    pub other_spell_id: i64,
}

/// Every such pair of a range, whenever known: a choice that was replaced meanwhile has made the amounts that were
/// assessed. Nearly always none.
pub async fn linked(db: &impl Db, scope: Scope) -> Result<Vec<Linked>, StoreError> {
    let rows = db
        .rows(
            "SELECT DISTINCT own.spell_id, other.employer_id, other.spell_id
             FROM workplace_selections AS own JOIN workplace_selections AS other USING (person_id)
             WHERE own.employer_id >= $1 AND own.employer_id < $2 AND other.spell_id <> own.spell_id
                 AND own.known_at <= $3 AND other.known_at <= $3
             ORDER BY 1, 3",
            &[&scope.from, &scope.to, &scope.known_at],
        )
        .await?;
    let linked = |row: &Row| Linked { spell_id: row.get(0), employer_id: row.get(1), other_spell_id: row.get(2) };
    Ok(rows.iter().map(linked).collect())
}

/// 選択の遡及 — a choice that became known or gave way, for one of the person's spells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LateChoice {
    /// 資格.
    pub spell_id: i64,
    /// From when the choice holds.
    pub from: Date,
    /// 原因の届.
    pub cause_filing_id: Option<i64>,
}

/// Choices that became known or gave way after an instant: every office of the person that any of them names is
/// concerned. In order of spell and day.
pub async fn late_choices(
    db: &impl Db,
    scope: Scope,
    after: Timestamp,
    month: Month,
) -> Result<Vec<LateChoice>, StoreError> {
    let rows = db
        .rows(
            "SELECT own.spell_id, change.valid_from, max(change.cause_filing_id) FILTER (WHERE change.known_at > $3)
             FROM workplace_selections AS own JOIN workplace_selections AS change USING (person_id)
             WHERE own.employer_id >= $1 AND own.employer_id < $2 AND own.known_at <= $4 AND change.valid_from < $5
                 AND (change.known_at > $3 AND change.known_at <= $4
                     OR change.superseded_at > $3 AND change.superseded_at <= $4)
             GROUP BY own.spell_id, change.valid_from ORDER BY own.spell_id, change.valid_from",
            &[&scope.from, &scope.to, &after, &scope.known_at, &month.first_day()],
        )
        .await?;
    let choice = |row: &Row| LateChoice { spell_id: row.get(0), from: row.get(1), cause_filing_id: row.get(2) };
    Ok(rows.iter().map(choice).collect())
}

/// 選択の一行 as it stands or is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectionFact {
    /// 人.
    pub person_id: i64,
    /// 事業所.
    pub employer_id: i64,
    /// 資格.
    pub spell_id: i64,
    /// 選択した事業所.
    pub chosen: bool,
    /// 健康保険組合を選択した.
    pub health_society: bool,
    /// 理由.
    pub reason: String,
    /// 原因の届.
    pub cause_filing_id: Option<i64>,
    /// From when it holds.
    pub valid_from: Date,
    /// The day from which another choice holds.
    pub valid_to: Option<Date>,
    /// Since when it is known; what is written gets the cut-off.
    pub known_at: Timestamp,
}

/// The choices of these persons that stand and have no end, in order of person, the office chosen first.
pub async fn standing(db: &impl Db, person_ids: &[i64]) -> Result<Vec<SelectionFact>, StoreError> {
    let rows = db
        .rows(
            "SELECT person_id, employer_id, spell_id, chosen, health_society, reason, cause_filing_id, valid_from, valid_to,
                 known_at
             FROM workplace_selections WHERE person_id = ANY ($1) AND superseded_at IS NULL AND valid_to IS NULL
             ORDER BY person_id, NOT chosen, spell_id",
            &[&person_ids],
        )
        .await?;
    let read = |row: &Row| SelectionFact {
        person_id: row.get(0),
        employer_id: row.get(1),
        spell_id: row.get(2),
        chosen: row.get(3),
        health_society: row.get(4),
        reason: row.get(5),
        cause_filing_id: row.get(6),
        valid_from: row.get(7),
        valid_to: row.get(8),
        known_at: row.get(9),
    };
    Ok(rows.iter().map(read).collect())
}

/// Of these spells, those that a choice named before an instant, in order.
pub async fn named_before(db: &impl Db, spells: &[i64], before: Timestamp) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT DISTINCT spell_id FROM workplace_selections
        WHERE spell_id = ANY ($1) AND known_at < $2 AND (superseded_at IS NULL OR superseded_at >= $2) ORDER BY spell_id";
    Ok(db.rows(sql, &[&spells, &before]).await?.iter().map(|row| row.get(0)).collect())
}

/// 届 of this form on the queue, of whatever employer: filing, employer, what it says.
pub async fn waiting(db: &impl Db, form: &str, cutoff_at: Timestamp) -> Result<Vec<(i64, i64, Value)>, StoreError> {
    let sql = "SELECT filing_id, filings.employer_id, payload FROM application_queue JOIN filings USING (filing_id)
        WHERE form_code = $1 AND approved_at < $2 ORDER BY filing_id";
    let rows = db.rows(sql, &[&form, &cutoff_at]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
}

/// Spells by employer and insured number as they stood before an instant.
pub async fn spells_before(
    db: &impl Db,
    numbers: &[(i64, i32)],
    before: Timestamp,
) -> Result<Vec<SpellFact>, StoreError> {
    let (employers, numbers): (Vec<i64>, Vec<i32>) = numbers.iter().copied().unzip();
    let rows = db
        .rows(
            "SELECT spell_id, prefecture_code, employer_id, person_id, insured_number, health_insurance,
                 employees_pension, short_time_worker, two_workplaces, same_month_next, end_cause, reason,
                 cause_filing_id, valid_from, valid_to, known_at
             FROM unnest($1::bigint[], $2::integer[]) AS wanted (employer_id, insured_number)
             JOIN coverage_spells USING (employer_id, insured_number)
             WHERE known_at < $3 AND (superseded_at IS NULL OR superseded_at >= $3)
             ORDER BY employer_id, spell_id",
            &[&employers, &numbers, &before],
        )
        .await?;
    Ok(rows.iter().map(SpellFact::of).collect())
}

/// 報酬月額 of these spells (employer and spell) in a month, as it stood before an instant: spell and yen.
pub async fn remunerations_before(
    db: &impl Db,
    spells: &[(i64, i64)],
    month: Month,
    before: Timestamp,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let (employers, ids): (Vec<i64>, Vec<i64>) = spells.iter().copied().unzip();
    let rows = db
        .rows(
            "SELECT spell_id, monthly_remuneration_yen
             FROM unnest($1::bigint[], $2::bigint[]) AS wanted (employer_id, spell_id)
             JOIN standard_remunerations USING (employer_id, spell_id)
             WHERE valid_from <= $3 AND (valid_to IS NULL OR valid_to > $3)
                 AND known_at < $4 AND (superseded_at IS NULL OR superseded_at >= $4)
             ORDER BY spell_id",
            &[&employers, &ids, &month.first_day(), &before],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Ends what was known of choices. Returns how many rows it touched.
pub async fn supersede(db: &impl Db, gone: &[SelectionFact], at: Timestamp) -> Result<u64, StoreError> {
    let persons: Vec<i64> = gone.iter().map(|row| row.person_id).collect();
    let spells: Vec<i64> = gone.iter().map(|row| row.spell_id).collect();
    let from: Vec<Date> = gone.iter().map(|row| row.valid_from).collect();
    db.run(
        "UPDATE workplace_selections AS old SET superseded_at = $4
         FROM unnest($1::bigint[], $2::bigint[], $3::date[]) AS gone (person_id, spell_id, valid_from)
         WHERE old.person_id = gone.person_id AND old.spell_id = gone.spell_id AND old.valid_from = gone.valid_from
             AND superseded_at IS NULL",
        &[&persons, &spells, &from, &at],
    )
    .await
}

/// Writes choices as known at `at`.
pub async fn insert(db: &impl Db, rows: &[SelectionFact], at: Timestamp) -> Result<u64, StoreError> {
    let longs = |read: fn(&SelectionFact) -> i64| rows.iter().map(read).collect::<Vec<i64>>();
    let chosen: Vec<bool> = rows.iter().map(|row| row.chosen).collect();
    let society: Vec<bool> = rows.iter().map(|row| row.health_society).collect();
    let reasons: Vec<&str> = rows.iter().map(|row| row.reason.as_str()).collect();
    let causes: Vec<Option<i64>> = rows.iter().map(|row| row.cause_filing_id).collect();
    let from: Vec<Date> = rows.iter().map(|row| row.valid_from).collect();
    let to: Vec<Option<Date>> = rows.iter().map(|row| row.valid_to).collect();
    db.run(
        "INSERT INTO workplace_selections (person_id, employer_id, spell_id, chosen, health_society, reason,
             cause_filing_id, valid_from, valid_to, known_at)
         SELECT *, $10::timestamptz FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::boolean[], $5::boolean[],
             $6::text[], $7::bigint[], $8::date[], $9::date[])",
        &[
            &longs(|row| row.person_id),
            &longs(|row| row.employer_id),
            &longs(|row| row.spell_id),
            &chosen,
            &society,
            &reasons,
            &causes,
            &from,
            &to,
            &at,
        ],
    )
    .await
}
