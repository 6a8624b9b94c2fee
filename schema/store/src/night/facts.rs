//! 調定の事実 — the facts of a month in a range of employers, as known at an instant, by binary COPY.
//!
//! Each query is one index range without joins; the reader merges them by key.

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;
use tokio_postgres::Row;

use crate::copy::{Fields, copy_out, day, instant};
use crate::db::Db;
use crate::error::StoreError;

/// Employers `from` up to, not including, `to`, as known at `known_at`.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// First employer.
    pub from: i64,
    /// First employer after them.
    pub to: i64,
    /// 締切, or any other instant to look from.
    pub known_at: Timestamp,
}

impl Scope {
    pub(super) fn known(&self) -> String {
        known(self.known_at)
    }

    pub(super) fn employers(&self) -> String {
        format!("employer_id >= {} AND employer_id < {}", self.from, self.to)
    }
}

pub(super) fn known(at: Timestamp) -> String {
    let at = instant(at);
    format!("known_at <= {at} AND (superseded_at IS NULL OR superseded_at > {at})")
}

fn list(keys: &[i64]) -> String {
    let mut text = String::with_capacity(keys.len() * 9 + 16);
    text.push_str("'{");
    for (place, key) in keys.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&key.to_string());
    }
    text.push_str("}'::bigint[]");
    text
}

/// 被保険者資格 — a spell that a month may charge; days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpellMonth {
    /// 事業所.
    pub employer_id: i64,
    /// 資格.
    pub spell_id: i64,
    /// 人.
    pub person_id: i64,
    /// 協会けんぽの支部.
    pub prefecture_code: i16,
    /// 健康保険.
    pub health_insurance: bool,
    /// 厚生年金保険.
    pub employees_pension: bool,
    /// 二以上事業所勤務.
    pub two_workplaces: bool,
    /// 資格取得年月日.
    pub acquired_on: i32,
    /// 資格喪失年月日.
    pub lost_on: Option<i32>,
}

/// Spells that reach over the end of the month, or begin and end in it; in no order.
pub async fn spells(db: &impl Db, scope: Scope, month: Month, narrow: &str) -> Result<Vec<SpellMonth>, StoreError> {
    let (first, next) = (day(month.first_day()), day(month.next().first_day()));
    let reaches = format!("valid_to >= {next} OR valid_from >= {first}");
    spells_that(db, scope, month, (&reaches, narrow)).await
}

/// Spells that touch the fiscal year up to the end of the month; in no order.
pub async fn spells_of_year(
    db: &impl Db,
    scope: Scope,
    month: Month,
    narrow: &str,
) -> Result<Vec<SpellMonth>, StoreError> {
    let april = Month::new(month.fiscal_year(), 4).expect("April of a fiscal year");
    spells_that(db, scope, month, (&format!("valid_to >= {}", day(april.first_day())), narrow)).await
}

async fn spells_that(
    db: &impl Db,
    scope: Scope,
    month: Month,
    (reaches, narrow): (&str, &str),
) -> Result<Vec<SpellMonth>, StoreError> {
    let next = day(month.next().first_day());
    let query = format!(
        "SELECT employer_id, spell_id, person_id, prefecture_code, health_insurance, employees_pension, two_workplaces,
             valid_from, valid_to
         FROM coverage_spells
         WHERE {employers} AND valid_from < {next}
             AND (valid_to IS NULL OR {reaches})
             AND (health_insurance OR employees_pension) AND {known}{narrow}",
        employers = scope.employers(),
        known = scope.known(),
    );
    let mut rows = Vec::with_capacity(1 << 15);
    let read = |row: &Fields<'_>| {
        rows.push(SpellMonth {
            employer_id: row.i64(0),
            spell_id: row.i64(1),
            person_id: row.i64(2),
            prefecture_code: row.i16(3),
            health_insurance: row.bool(4),
            employees_pension: row.bool(5),
            two_workplaces: row.bool(6),
            acquired_on: row.unix_days(7),
            lost_on: row.opt_unix_days(8),
        });
        Ok::<(), StoreError>(())
    };
    copy_out(db, &query, read).await?;
    Ok(rows)
}

/// Narrows a query to these spells. The sum keeps the list away from the index, which would run through its whole range
/// once for each of them; so it becomes a hash that each row is looked up in.
pub fn only_spells(spells: &[i64]) -> String {
    format!(" AND spell_id + 0 = ANY ({})", list(spells))
}

/// 標準報酬月額 in force in a month: spell, HI yen, EPI yen; in no order.
pub async fn standards(
    db: &impl Db,
    scope: Scope,
    month: Month,
    narrow: &str,
) -> Result<Vec<(i64, i32, i32)>, StoreError> {
    let first = day(month.first_day());
    let query = format!(
        "SELECT spell_id, hi_standard_yen, epi_standard_yen FROM standard_remunerations
         WHERE {employers} AND valid_from <= {first} AND (valid_to IS NULL OR valid_to > {first}) AND {known}{narrow}",
        employers = scope.employers(),
        known = scope.known(),
    );
    let mut rows = Vec::with_capacity(1 << 15);
    let read = |row: &Fields<'_>| {
        rows.push((row.i64(0), row.i32(1), row.i32(2)));
        Ok::<(), StoreError>(())
    };
    copy_out(db, &query, read).await?;
    Ok(rows)
}

/// 報酬月額 on record of the standards in force in a month: spell, yen; in no order.
pub async fn remunerations(
    db: &impl Db,
    scope: Scope,
    month: Month,
    narrow: &str,
) -> Result<Vec<(i64, i64)>, StoreError> {
    let first = day(month.first_day());
    let query = format!(
        "SELECT spell_id, monthly_remuneration_yen::bigint FROM standard_remunerations
         WHERE {employers} AND valid_from <= {first} AND (valid_to IS NULL OR valid_to > {first}) AND {known}{narrow}",
        employers = scope.employers(),
        known = scope.known(),
    );
    let mut rows = Vec::new();
    let read = |row: &Fields<'_>| {
        rows.push((row.i64(0), row.i64(1)));
        Ok::<(), StoreError>(())
    };
    copy_out(db, &query, read).await?;
    Ok(rows)
}

/// 賞与 paid from a day up to, not including, another: spell, day since 1970-01-01, yen; in no order.
pub async fn bonuses(
    db: &impl Db,
    scope: Scope,
    from: Date,
    until: Date,
    narrow: &str,
) -> Result<Vec<(i64, i32, i64)>, StoreError> {
    let query = format!(
        "SELECT spell_id, valid_from, amount_yen FROM bonuses
         WHERE {employers} AND valid_from >= {from} AND valid_from < {until} AND {known}{narrow}",
        employers = scope.employers(),
        known = scope.known(),
        from = day(from),
        until = day(until),
    );
    let mut rows = Vec::new();
    let read = |row: &Fields<'_>| {
        rows.push((row.i64(0), row.unix_days(1), row.i64(2)));
        Ok::<(), StoreError>(())
    };
    copy_out(db, &query, read).await?;
    Ok(rows)
}

/// 休業 of a spell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leave {
    /// 資格.
    pub spell_id: i64,
    /// 産前産後休業; childcare otherwise.
    pub maternity: bool,
    /// 就業日数.
    pub worked_days_excluded: i16,
    /// 開始年月日.
    pub from: Date,
    /// 終了年月日の翌日.
    pub until: Date,
}

/// Leaves that may bear on a month: long ones that began years ago, and those that go on from one that did.
pub async fn leaves(db: &impl Db, scope: Scope, month: Month, narrow: &str) -> Result<Vec<Leave>, StoreError> {
    let (from, until) = (day(month.plus(-48).first_day()), day(month.plus(48).first_day()));
    let query = format!(
        "SELECT spell_id, kind = 'maternity', worked_days_excluded, valid_from, valid_to FROM leave_spells
         WHERE {employers} AND valid_to >= {from} AND valid_from < {until} AND {known}{narrow}",
        employers = scope.employers(),
        known = scope.known(),
    );
    let mut rows = Vec::new();
    let read = |row: &Fields<'_>| {
        rows.push(Leave {
            spell_id: row.i64(0),
            maternity: row.bool(1),
            worked_days_excluded: row.i16(2),
            from: row.date(3),
            until: row.date(4),
        });
        Ok::<(), StoreError>(())
    };
    copy_out(db, &query, read).await?;
    Ok(rows)
}

/// 人 — birth (days since 1970-01-01) and sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonFacts {
    /// 人.
    pub person_id: i64,
    /// 生年月日.
    pub birth_on: i32,
    /// 性別.
    pub sex: i16,
}

/// The condition for these persons, in order and each once; `None` for nobody. Numbers that lie close together are read
/// as one range, others one by one.
pub(super) fn these_persons(ids: &[i64]) -> Option<String> {
    let (first, last) = (ids.first()?, ids.last()?);
    let spread = last - first + 1;
    let dense = spread <= 2 * i64::try_from(ids.len()).expect("a partition fits in memory");
    Some(match dense {
        true => format!("person_id >= {first} AND person_id <= {last}"),
        false => format!("person_id = ANY ({})", list(ids)),
    })
}

/// The persons with these numbers (in order, each once); others may come along. In no order.
pub async fn persons(db: &impl Db, ids: &[i64], known_at: Timestamp) -> Result<Vec<PersonFacts>, StoreError> {
    let Some(which) = these_persons(ids) else { return Ok(Vec::new()) };
    let query = format!(
        "SELECT person_id, birth_on, sex FROM person_identities WHERE {which} AND valid_to IS NULL AND {known}",
        known = known(known_at)
    );
    let mut rows = Vec::with_capacity(ids.len());
    let read = |row: &Fields<'_>| {
        rows.push(PersonFacts { person_id: row.i64(0), birth_on: row.unix_days(1), sex: row.i16(2) });
        Ok::<(), StoreError>(())
    };
    copy_out(db, &query, read).await?;
    Ok(rows)
}

/// 同月得喪の後の資格 — of spells (employer and spell) that began and ended in one month, those whose person then became
/// insured by EPI again or by the National Pension otherwise than in category 2, in the same month.
pub async fn cancelled_months(
    db: &impl Db,
    spells: &[(i64, i64)],
    month: Month,
    known_at: Timestamp,
) -> Result<Vec<i64>, StoreError> {
    let (employers, ids): (Vec<i64>, Vec<i64>) = spells.iter().copied().unzip();
    let next = month.next().first_day();
    let rows = db
        .rows(
            "SELECT DISTINCT spell.spell_id
             FROM unnest($1::bigint[], $2::bigint[]) AS wanted (employer_id, spell_id)
             JOIN coverage_spells AS spell
                 ON spell.employer_id = wanted.employer_id AND spell.spell_id = wanted.spell_id
             WHERE spell.known_at <= $3 AND (spell.superseded_at IS NULL OR spell.superseded_at > $3)
                 AND (spell.same_month_next IS NOT NULL OR EXISTS (
                     SELECT 1 FROM coverage_spells AS later
                     WHERE later.person_id = spell.person_id AND later.spell_id <> spell.spell_id
                         AND later.employees_pension
                         AND later.valid_from >= spell.valid_to AND later.valid_from < $4
                         AND (later.valid_to IS NULL OR later.valid_to > later.valid_from)
                         AND later.known_at <= $3 AND (later.superseded_at IS NULL OR later.superseded_at > $3)))
             ORDER BY spell.spell_id",
            &[&employers, &ids, &known_at, &next],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Employers with rows of cover, in order, and how many: what the division of the work goes by. It counts rows
/// whenever known, so it needs no look at the rows themselves.
pub async fn insured_by_employer(db: &impl Db) -> Result<Vec<(i64, i64)>, StoreError> {
    let query = "SELECT employer_id, count(*) FROM coverage_spells GROUP BY employer_id";
    let mut rows = Vec::new();
    let read = |row: &Fields<'_>| {
        rows.push((row.i64(0), row.i64(1)));
        Ok::<(), StoreError>(())
    };
    copy_out(db, query, read).await?;
    rows.sort_unstable();
    Ok(rows)
}

/// The instant that a look from outside a run is taken at: the start of this transaction.
pub async fn now(db: &impl Db) -> Result<Timestamp, StoreError> {
    Ok(db.row("SELECT now()", &[]).await?.get(0))
}

/// What a fact that became known or ceased to be known late is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LateFact {
    /// 被保険者資格.
    Spell,
    /// 標準報酬月額.
    Standard,
    /// 賞与.
    Bonus,
    /// 休業.
    Leave,
    /// 生年月日・性別 of the person, as they stand today.
    Person,
    /// 同月得喪: another spell of the person, after one that began and ended in a month.
    LaterSpell,
}

/// 遡及の版 — a fact of a spell that is known at one of two instants and not at the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateVersion {
    /// 資格.
    pub spell_id: i64,
    /// What it is about.
    pub fact: LateFact,
    /// Known at the later instant; else it was known at the earlier one.
    pub fresh: bool,
    /// The first day it speaks of.
    pub from: Date,
    /// The first day it no longer speaks of.
    pub until: Option<Date>,
    /// Whatever else the assessment reads of it: two versions that say the same differ in their days alone.
    pub says: String,
    /// 原因の届: of a new fact, or of the withdrawal of one. What has a successor names none: that one does.
    pub cause_filing_id: Option<i64>,
}

/// 遡及の訂正 — what a range knows at `scope.known_at` and did not know at an earlier instant, or the other way round, and
/// that speaks of days before the month. In order of spell, fact and day.
pub async fn late_versions(
    db: &impl Db,
    scope: Scope,
    after: Timestamp,
    month: Month,
) -> Result<Vec<LateVersion>, StoreError> {
    let sql = late("employer_id >= $1 AND employer_id < $2", "spell.employer_id >= $1 AND spell.employer_id < $2");
    let rows = db.rows(&sql, &[&scope.from, &scope.to, &after, &scope.known_at, &month.first_day()]).await?;
    Ok(rows.iter().map(LateVersion::of).collect())
}

/// The same of these spells, each with its employer; known after the first instant, up to the second.
pub async fn late_versions_of(
    db: &impl Db,
    spells: &[(i64, i64)],
    (after, until): (Timestamp, Timestamp),
    month: Month,
) -> Result<Vec<LateVersion>, StoreError> {
    let (employers, ids): (Vec<i64>, Vec<i64>) = spells.iter().copied().unzip();
    let listed = |table: &str| {
        format!("({table}employer_id, {table}spell_id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))")
    };
    let sql = late(&listed(""), &listed("spell."));
    let rows = db.rows(&sql, &[&employers, &ids, &after, &until, &month.first_day()]).await?;
    Ok(rows.iter().map(LateVersion::of).collect())
}

impl LateVersion {
    fn of(row: &Row) -> LateVersion {
        LateVersion {
            spell_id: row.get("spell_id"),
            fact: match row.get::<_, i16>("fact") {
                0 => LateFact::Spell,
                1 => LateFact::Standard,
                2 => LateFact::Bonus,
                3 => LateFact::Leave,
                4 => LateFact::Person,
                _ => LateFact::LaterSpell,
            },
            fresh: row.get("fresh"),
            from: row.get("valid_from"),
            until: row.get("valid_to"),
            says: row.get("says"),
            cause_filing_id: row.get("cause_filing_id"),
        }
    }
}

fn late(which: &str, which_spell: &str) -> String {
    LATE.replace("{which}", which).replace("{which_spell}", which_spell)
}

/// `{which}`, of a joined table `{which_spell}`: the condition that says whose changes are asked for.
const LATE: &str = "
    SELECT spell_id, 0::smallint AS fact, known_at > $3 AS fresh, valid_from, valid_to,
        concat_ws(' ', person_id, prefecture_code, health_insurance, employees_pension, two_workplaces,
            same_month_next) AS says,
        CASE WHEN known_at > $3 THEN cause_filing_id ELSE (
            SELECT max(gone.cause_filing_id) FROM withdrawals AS gone
            WHERE gone.employer_id = late.employer_id AND gone.spell_id = late.spell_id AND gone.fact = 'spell'
                AND gone.known_at > $3 AND gone.known_at <= $4) END AS cause_filing_id
    FROM coverage_spells AS late
    WHERE {which} AND valid_from < $5
        AND (known_at > $3 AND known_at <= $4 AND (superseded_at IS NULL OR superseded_at > $4)
            OR superseded_at > $3 AND superseded_at <= $4 AND known_at <= $3)
    UNION ALL
    SELECT spell_id, 1::smallint, known_at > $3, valid_from, valid_to, concat_ws(' ', hi_standard_yen, epi_standard_yen),
        CASE WHEN known_at > $3 THEN cause_filing_id ELSE (
            SELECT max(gone.cause_filing_id) FROM withdrawals AS gone
            WHERE gone.employer_id = late.employer_id AND gone.spell_id = late.spell_id AND gone.fact = 'standard'
                AND gone.valid_from = late.valid_from AND gone.known_at > $3 AND gone.known_at <= $4) END
    FROM standard_remunerations AS late
    WHERE {which} AND valid_from < $5
        AND (known_at > $3 AND known_at <= $4 AND (superseded_at IS NULL OR superseded_at > $4)
            OR superseded_at > $3 AND superseded_at <= $4 AND known_at <= $3)
    UNION ALL
    SELECT spell_id, 2::smallint, known_at > $3, valid_from, NULL, amount_yen::text,
        CASE WHEN known_at > $3 THEN cause_filing_id ELSE (
            SELECT max(gone.cause_filing_id) FROM withdrawals AS gone
            WHERE gone.employer_id = late.employer_id AND gone.spell_id = late.spell_id AND gone.fact = 'bonus'
                AND gone.valid_from = late.valid_from AND gone.known_at > $3 AND gone.known_at <= $4) END
    FROM bonuses AS late
    WHERE {which} AND valid_from < $5
        AND (known_at > $3 AND known_at <= $4 AND (superseded_at IS NULL OR superseded_at > $4)
            OR superseded_at > $3 AND superseded_at <= $4 AND known_at <= $3)
    UNION ALL
    SELECT spell_id, 3::smallint, known_at > $3, valid_from, valid_to, concat_ws(' ', kind, worked_days_excluded),
        CASE WHEN known_at > $3 THEN cause_filing_id END
    FROM leave_spells
    WHERE {which} AND valid_from < $5
        AND (known_at > $3 AND known_at <= $4 AND (superseded_at IS NULL OR superseded_at > $4)
            OR superseded_at > $3 AND superseded_at <= $4 AND known_at <= $3)
    UNION ALL
    SELECT DISTINCT spell.spell_id, 4::smallint, person.known_at > $3, spell.valid_from, NULL::date,
        concat_ws(' ', person.birth_on, person.sex),
        CASE WHEN person.known_at > $3 THEN person.cause_filing_id END
    FROM person_identities AS person JOIN coverage_spells AS spell ON spell.person_id = person.person_id
    WHERE {which_spell} AND spell.valid_from < $5 AND person.valid_to IS NULL
        AND (person.known_at > $3 AND person.known_at <= $4
                AND (person.superseded_at IS NULL OR person.superseded_at > $4)
            OR person.superseded_at > $3 AND person.superseded_at <= $4 AND person.known_at <= $3)
    UNION ALL
    -- 同月得喪: whether EPI charges the month hangs on what came after, with whatever employer.
    SELECT spell.spell_id, 5::smallint, later.known_at > $3, spell.valid_from, spell.valid_to, '',
        CASE WHEN later.known_at > $3 THEN later.cause_filing_id END
    FROM coverage_spells AS spell JOIN coverage_spells AS later ON later.person_id = spell.person_id
    WHERE {which_spell} AND spell.valid_from < $5
        AND date_trunc('month', spell.valid_to) = date_trunc('month', spell.valid_from)
        AND later.spell_id <> spell.spell_id AND later.employees_pension
        AND later.valid_from >= spell.valid_to
        AND later.valid_from < date_trunc('month', spell.valid_from) + interval '1 month'
        AND (later.known_at > $3 AND later.known_at <= $4
            OR later.superseded_at > $3 AND later.superseded_at <= $4)
    ORDER BY spell_id, fact, valid_from, fresh";
