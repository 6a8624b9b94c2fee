//! 被保険者資格・標準報酬・賞与・休業 — facts of cover, with two times.
//!
//! *As known at T* means `known_at <= T AND (superseded_at IS NULL OR superseded_at > T)`; `None` for the instant
//! means what stands now. A fact that is corrected within the transaction that wrote it gets a `known_at` one
//! microsecond later, so that each version has its own.

use domain::Month;
use jiff::Timestamp;
use jiff::civil::Date;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;

/// 被保険者資格 — one version of a spell of cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// Number of the spell; corrections keep it.
    pub spell_id: i64,
    /// 協会けんぽの支部 (JIS X 0401).
    pub prefecture_code: i16,
    /// Where.
    pub employer_id: i64,
    /// Who.
    pub person_id: i64,
    /// 被保険者整理番号.
    pub insured_number: i32,
    /// 健康保険の被保険者である.
    pub health_insurance: bool,
    /// 厚生年金保険の被保険者である (false: 70歳以上被用者).
    pub employees_pension: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// 二以上事業所勤務者.
    pub two_workplaces: bool,
    /// 同月得喪の後に得た資格.
    pub same_month_next: Option<String>,
    /// 資格喪失原因.
    pub end_cause: Option<i16>,
    /// Why this version was written.
    pub reason: String,
    /// The filing that caused it.
    pub cause_filing_id: Option<i64>,
    /// 資格取得年月日.
    pub valid_from: Date,
    /// 資格喪失年月日, the first day without cover.
    pub valid_to: Option<Date>,
    /// Since when we know.
    pub known_at: Timestamp,
    /// Until when we held it true.
    pub superseded_at: Option<Timestamp>,
}

/// 資格取得 to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewSpell<'a> {
    /// 協会けんぽの支部 (JIS X 0401).
    pub prefecture_code: i16,
    /// Where.
    pub employer_id: i64,
    /// Who.
    pub person_id: i64,
    /// 被保険者整理番号.
    pub insured_number: i32,
    /// 健康保険の被保険者である.
    pub health_insurance: bool,
    /// 厚生年金保険の被保険者である.
    pub employees_pension: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// 二以上事業所勤務者.
    pub two_workplaces: bool,
    /// Why.
    pub reason: &'a str,
    /// The filing that caused it.
    pub cause_filing_id: Option<i64>,
    /// 資格取得年月日.
    pub valid_from: Date,
}

/// 資格喪失 to be written.
#[derive(Clone, Copy, Debug)]
pub struct SpellEnd<'a> {
    /// 資格喪失年月日.
    pub valid_to: Date,
    /// 資格喪失原因.
    pub end_cause: Option<i16>,
    /// 同月得喪の後に得た資格.
    pub same_month_next: Option<&'a str>,
    /// Why.
    pub reason: &'a str,
    /// The filing that caused it.
    pub cause_filing_id: Option<i64>,
}

const SPELL: &str = "spell_id, prefecture_code, employer_id, person_id, insured_number, health_insurance,
    employees_pension, short_time_worker, two_workplaces, same_month_next, end_cause, reason, cause_filing_id,
    valid_from, valid_to, known_at, superseded_at";

/// The parameter is the instant, or NULL for now.
macro_rules! known_at {
    ($parameter:literal) => {
        concat!(
            "known_at <= coalesce(",
            $parameter,
            "::timestamptz, 'infinity') AND (superseded_at IS NULL OR superseded_at > coalesce(",
            $parameter,
            "::timestamptz, 'infinity'))"
        )
    };
}

fn spell_of(row: &Row) -> Spell {
    Spell {
        spell_id: row.get(0),
        prefecture_code: row.get(1),
        employer_id: row.get(2),
        person_id: row.get(3),
        insured_number: row.get(4),
        health_insurance: row.get(5),
        employees_pension: row.get(6),
        short_time_worker: row.get(7),
        two_workplaces: row.get(8),
        same_month_next: row.get(9),
        end_cause: row.get(10),
        reason: row.get(11),
        cause_filing_id: row.get(12),
        valid_from: row.get(13),
        valid_to: row.get(14),
        known_at: row.get(15),
        superseded_at: row.get(16),
    }
}

/// Every spell of a person as known at an instant, the latest acquisition first.
pub async fn spells_of_person(
    db: &impl Db,
    person_id: i64,
    known_at: Option<Timestamp>,
) -> Result<Vec<Spell>, StoreError> {
    let sql = format!(
        "SELECT {SPELL} FROM coverage_spells WHERE person_id = $1 AND {} ORDER BY valid_from DESC, spell_id DESC",
        known_at!("$2")
    );
    Ok(db.rows(&sql, &[&person_id, &known_at]).await?.iter().map(spell_of).collect())
}

/// What stands of a spell now.
pub async fn find_spell(db: &impl Db, prefecture_code: i16, spell_id: i64) -> Result<Option<Spell>, StoreError> {
    let sql = format!(
        "SELECT {SPELL} FROM coverage_spells WHERE prefecture_code = $1 AND spell_id = $2 AND superseded_at IS NULL"
    );
    Ok(db.row_opt(&sql, &[&prefecture_code, &spell_id]).await?.as_ref().map(spell_of))
}

/// Who has this 被保険者整理番号 at the employer: ended or not, a number is used once.
pub async fn spell_of_number(
    db: &impl Db,
    prefecture_code: i16,
    employer_id: i64,
    insured_number: i32,
) -> Result<Option<Spell>, StoreError> {
    let sql = format!(
        "SELECT {SPELL} FROM coverage_spells
        WHERE prefecture_code = $1 AND employer_id = $2 AND insured_number = $3 AND superseded_at IS NULL"
    );
    Ok(db.row_opt(&sql, &[&prefecture_code, &employer_id, &insured_number]).await?.as_ref().map(spell_of))
}

/// The spell of a person at the employer that has not ended.
pub async fn open_spell_of_person(
    db: &impl Db,
    prefecture_code: i16,
    employer_id: i64,
    person_id: i64,
) -> Result<Option<Spell>, StoreError> {
    let sql = format!(
        "SELECT {SPELL} FROM coverage_spells
        WHERE prefecture_code = $1 AND employer_id = $2 AND person_id = $3
            AND superseded_at IS NULL AND valid_to IS NULL"
    );
    Ok(db.row_opt(&sql, &[&prefecture_code, &employer_id, &person_id]).await?.as_ref().map(spell_of))
}

/// Spells of an employer as known now, by 被保険者整理番号 from `after`, at most `limit`; `open_only` leaves out
/// those that have ended.
pub async fn spells_of_employer(
    db: &impl Db,
    employer_id: i64,
    open_only: bool,
    after: i32,
    limit: i64,
) -> Result<Vec<Spell>, StoreError> {
    let sql = format!(
        "SELECT {SPELL} FROM coverage_spells
        WHERE employer_id = $1 AND superseded_at IS NULL AND (NOT $2 OR valid_to IS NULL) AND insured_number > $3
        ORDER BY insured_number LIMIT $4"
    );
    Ok(db.rows(&sql, &[&employer_id, &open_only, &after, &limit]).await?.iter().map(spell_of).collect())
}

/// The next free 被保険者整理番号 of the employer. Take it under the employer's lock.
pub async fn next_insured_number(db: &impl Db, prefecture_code: i16, employer_id: i64) -> Result<i32, StoreError> {
    const SQL: &str = "
        SELECT coalesce(max(insured_number), 0) + 1 FROM coverage_spells
        WHERE prefecture_code = $1 AND employer_id = $2 AND superseded_at IS NULL";
    Ok(db.row(SQL, &[&prefecture_code, &employer_id]).await?.get(0))
}

/// 資格取得 — writes a new spell; returns its number.
///
/// # Errors
/// `AlreadyInsured`, `InsuredNumberTaken` — the clerk checks the filing.
pub async fn insert_spell(db: &impl Db, new: &NewSpell<'_>) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number,
            health_insurance, employees_pension, short_time_worker, two_workplaces, reason, cause_filing_id, valid_from)
        VALUES (nextval('spell_ids'), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        RETURNING spell_id";
    let row = db
        .row(
            SQL,
            &[
                &new.prefecture_code,
                &new.employer_id,
                &new.person_id,
                &new.insured_number,
                &new.health_insurance,
                &new.employees_pension,
                &new.short_time_worker,
                &new.two_workplaces,
                &new.reason,
                &new.cause_filing_id,
                &new.valid_from,
            ],
        )
        .await?;
    Ok(row.get(0))
}

/// 資格喪失 — the version that stands is superseded and one with the end takes its place.
///
/// # Errors
/// `AlreadySuperseded` — somebody else corrected it meanwhile; look it up again.
pub async fn end_spell(db: &impl Db, spell: &Spell, end: &SpellEnd<'_>) -> Result<(), StoreError> {
    const SQL: &str = "
        WITH old AS (
            UPDATE coverage_spells SET superseded_at = greatest(now(), known_at + interval '1 microsecond')
            WHERE prefecture_code = $1 AND spell_id = $2 AND known_at = $3 AND superseded_at IS NULL
            RETURNING *
        )
        INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number,
            health_insurance, employees_pension, short_time_worker, two_workplaces, same_month_next, end_cause,
            reason, cause_filing_id, valid_from, valid_to, known_at)
        SELECT spell_id, prefecture_code, employer_id, person_id, insured_number,
            health_insurance, employees_pension, short_time_worker, two_workplaces, $4, $5,
            $6, $7, valid_from, $8, superseded_at
        FROM old";
    let written = db
        .run(
            SQL,
            &[
                &spell.prefecture_code,
                &spell.spell_id,
                &spell.known_at,
                &end.same_month_next,
                &end.end_cause,
                &end.reason,
                &end.cause_filing_id,
                &end.valid_to,
            ],
        )
        .await?;
    one_superseded(written)
}

fn one_superseded(written: u64) -> Result<(), StoreError> {
    if written == 1 { Ok(()) } else { Err(StoreError::AlreadySuperseded) }
}

/// 標準報酬月額 — one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remuneration {
    /// Of which spell.
    pub spell_id: i64,
    /// 協会けんぽの支部 (JIS X 0401).
    pub prefecture_code: i16,
    /// Where.
    pub employer_id: i64,
    /// 報酬月額.
    pub monthly_remuneration_yen: i64,
    /// 健康保険の標準報酬月額; 0 when it does not apply.
    pub hi_standard_yen: i32,
    /// 厚生年金保険の標準報酬月額; 0 when it does not apply.
    pub epi_standard_yen: i32,
    /// `acquisition`, `annual`, `revision`, `conversion`.
    pub decision: String,
    /// Why this version was written.
    pub reason: String,
    /// The filing that caused it.
    pub cause_filing_id: Option<i64>,
    /// First month.
    pub from_month: Month,
    /// First month in which it holds no more.
    pub to_month: Option<Month>,
    /// Since when we know.
    pub known_at: Timestamp,
}

/// 標準報酬の決定 to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewRemuneration<'a> {
    /// Of which spell.
    pub spell_id: i64,
    /// 協会けんぽの支部 (JIS X 0401).
    pub prefecture_code: i16,
    /// Where.
    pub employer_id: i64,
    /// 報酬月額.
    pub monthly_remuneration_yen: i64,
    /// 健康保険の標準報酬月額; 0 when it does not apply.
    pub hi_standard_yen: i32,
    /// 厚生年金保険の標準報酬月額; 0 when it does not apply.
    pub epi_standard_yen: i32,
    /// `acquisition`, `annual`, `revision`, `conversion`.
    pub decision: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The filing that caused it.
    pub cause_filing_id: Option<i64>,
    /// First month.
    pub from_month: Month,
}

const REMUNERATION: &str = "spell_id, prefecture_code, employer_id, monthly_remuneration_yen, hi_standard_yen,
    epi_standard_yen, decision, reason, cause_filing_id, valid_from, valid_to, known_at";

fn remuneration_of(row: &Row) -> Remuneration {
    Remuneration {
        spell_id: row.get(0),
        prefecture_code: row.get(1),
        employer_id: row.get(2),
        monthly_remuneration_yen: row.get(3),
        hi_standard_yen: row.get(4),
        epi_standard_yen: row.get(5),
        decision: row.get(6),
        reason: row.get(7),
        cause_filing_id: row.get(8),
        from_month: Month::of(row.get(9)),
        to_month: row.get::<_, Option<Date>>(10).map(Month::of),
        known_at: row.get(11),
    }
}

/// Every 標準報酬月額 of a spell as known at an instant, the earliest month first.
pub async fn remunerations_of_spell(
    db: &impl Db,
    spell: &Spell,
    known_at: Option<Timestamp>,
) -> Result<Vec<Remuneration>, StoreError> {
    let sql = format!(
        "SELECT {REMUNERATION} FROM standard_remunerations
        WHERE prefecture_code = $1 AND employer_id = $2 AND spell_id = $3 AND {} ORDER BY valid_from",
        known_at!("$4")
    );
    let rows = db.rows(&sql, &[&spell.prefecture_code, &spell.employer_id, &spell.spell_id, &known_at]).await?;
    Ok(rows.iter().map(remuneration_of).collect())
}

/// Writes a 標準報酬月額 that holds from its month on. The one before is ended by [`end_remuneration`].
///
/// # Errors
/// `Duplicate` — one that begins in the same month stands already.
pub async fn insert_remuneration(db: &impl Db, new: &NewRemuneration<'_>) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen,
            hi_standard_yen, epi_standard_yen, decision, reason, cause_filing_id, valid_from)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    db.run(
        SQL,
        &[
            &new.spell_id,
            &new.prefecture_code,
            &new.employer_id,
            &new.monthly_remuneration_yen,
            &new.hi_standard_yen,
            &new.epi_standard_yen,
            &new.decision,
            &new.reason,
            &new.cause_filing_id,
            &new.from_month.first_day(),
        ],
    )
    .await?;
    Ok(())
}

/// Supersedes a version; `until` writes the same again with that end, `None` writes nothing in its place.
///
/// # Errors
/// `AlreadySuperseded` — somebody else corrected it meanwhile.
pub async fn end_remuneration(
    db: &impl Db,
    old: &Remuneration,
    until: Option<Month>,
    reason: &str,
    cause_filing_id: Option<i64>,
) -> Result<(), StoreError> {
    const SUPERSEDE: &str = "
        UPDATE standard_remunerations SET superseded_at = greatest(now(), known_at + interval '1 microsecond')
        WHERE prefecture_code = $1 AND employer_id = $2 AND spell_id = $3 AND valid_from = $4 AND known_at = $5
            AND superseded_at IS NULL";
    const END: &str = "
        WITH old AS (
            UPDATE standard_remunerations SET superseded_at = greatest(now(), known_at + interval '1 microsecond')
            WHERE prefecture_code = $1 AND employer_id = $2 AND spell_id = $3 AND valid_from = $4 AND known_at = $5
                AND superseded_at IS NULL
            RETURNING *
        )
        INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen,
            hi_standard_yen, epi_standard_yen, decision, reason, cause_filing_id, valid_from, valid_to, known_at)
        SELECT spell_id, prefecture_code, employer_id, monthly_remuneration_yen,
            hi_standard_yen, epi_standard_yen, decision, $6, $7, valid_from, $8, superseded_at
        FROM old";
    let valid_from = old.from_month.first_day();
    let written = match until {
        None => {
            db.run(SUPERSEDE, &[&old.prefecture_code, &old.employer_id, &old.spell_id, &valid_from, &old.known_at])
                .await?
        }
        Some(until) => {
            let key: crate::db::Params<'_> = &[
                &old.prefecture_code,
                &old.employer_id,
                &old.spell_id,
                &valid_from,
                &old.known_at,
                &reason,
                &cause_filing_id,
                &until.first_day(),
            ];
            db.run(END, key).await?
        }
    };
    one_superseded(written)
}

/// 賞与 — one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonus {
    /// Number of the payment.
    pub bonus_id: i64,
    /// Of which spell.
    pub spell_id: i64,
    /// Paid amount, cash and kind.
    pub amount_yen: i64,
    /// 賞与支払年月日.
    pub paid_on: Date,
    /// The filing that caused it.
    pub cause_filing_id: Option<i64>,
    /// Since when we know.
    pub known_at: Timestamp,
}

/// Writes a payment; returns its number.
pub async fn insert_bonus(
    db: &impl Db,
    spell: &Spell,
    amount_yen: i64,
    paid_on: Date,
    reason: &str,
    cause_filing_id: Option<i64>,
) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO bonuses (bonus_id, spell_id, prefecture_code, employer_id, amount_yen, reason, cause_filing_id,
            valid_from)
        VALUES (nextval('bonus_ids'), $1, $2, $3, $4, $5, $6, $7)
        RETURNING bonus_id";
    let row = db
        .row(
            SQL,
            &[
                &spell.spell_id,
                &spell.prefecture_code,
                &spell.employer_id,
                &amount_yen,
                &reason,
                &cause_filing_id,
                &paid_on,
            ],
        )
        .await?;
    Ok(row.get(0))
}

/// Payments of a spell from `from` to `to`, both included, as known at an instant.
pub async fn bonuses_of_spell(
    db: &impl Db,
    spell: &Spell,
    from: Date,
    to: Date,
    known_at: Option<Timestamp>,
) -> Result<Vec<Bonus>, StoreError> {
    let sql = format!(
        "SELECT bonus_id, spell_id, amount_yen, valid_from, cause_filing_id, known_at FROM bonuses
        WHERE prefecture_code = $1 AND employer_id = $2 AND spell_id = $3 AND valid_from BETWEEN $4 AND $5 AND {}
        ORDER BY valid_from, bonus_id",
        known_at!("$6")
    );
    let params: crate::db::Params<'_> =
        &[&spell.prefecture_code, &spell.employer_id, &spell.spell_id, &from, &to, &known_at];
    let bonus = |row: &Row| Bonus {
        bonus_id: row.get(0),
        spell_id: row.get(1),
        amount_yen: row.get(2),
        paid_on: row.get(3),
        cause_filing_id: row.get(4),
        known_at: row.get(5),
    };
    Ok(db.rows(&sql, params).await?.iter().map(bonus).collect())
}

/// 産前産後休業・育児休業等.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Number of the leave; corrections keep it.
    pub leave_id: i64,
    /// Of which spell.
    pub spell_id: i64,
    /// `maternity` or `childcare`.
    pub kind: String,
    /// 産後パパ育休中の就業日数.
    pub worked_days_excluded: i16,
    /// 休業開始年月日.
    pub valid_from: Date,
    /// The day after 休業終了年月日.
    pub valid_to: Date,
    /// Since when we know.
    pub known_at: Timestamp,
}

/// 休業 to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewLeave<'a> {
    /// `maternity` or `childcare`.
    pub kind: &'a str,
    /// 産後パパ育休中の就業日数.
    pub worked_days_excluded: i16,
    /// 休業開始年月日.
    pub valid_from: Date,
    /// The day after 休業終了年月日.
    pub valid_to: Date,
    /// Why.
    pub reason: &'a str,
    /// The filing that caused it.
    pub cause_filing_id: Option<i64>,
}

/// Writes a leave; returns its number.
pub async fn insert_leave(db: &impl Db, spell: &Spell, new: &NewLeave<'_>) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO leave_spells (leave_id, spell_id, prefecture_code, employer_id, kind, worked_days_excluded,
            reason, cause_filing_id, valid_from, valid_to)
        VALUES (nextval('leave_ids'), $1, $2, $3, $4, $5, $6, $7, $8, $9)
        RETURNING leave_id";
    let row = db
        .row(
            SQL,
            &[
                &spell.spell_id,
                &spell.prefecture_code,
                &spell.employer_id,
                &new.kind,
                &new.worked_days_excluded,
                &new.reason,
                &new.cause_filing_id,
                &new.valid_from,
                &new.valid_to,
            ],
        )
        .await?;
    Ok(row.get(0))
}

/// Every leave of a spell as known at an instant, the earliest first.
pub async fn leaves_of_spell(
    db: &impl Db,
    spell: &Spell,
    known_at: Option<Timestamp>,
) -> Result<Vec<Leave>, StoreError> {
    let sql = format!(
        "SELECT leave_id, spell_id, kind, worked_days_excluded, valid_from, valid_to, known_at FROM leave_spells
        WHERE prefecture_code = $1 AND employer_id = $2 AND spell_id = $3 AND {} ORDER BY valid_from, leave_id",
        known_at!("$4")
    );
    let leave = |row: &Row| Leave {
        leave_id: row.get(0),
        spell_id: row.get(1),
        kind: row.get(2),
        worked_days_excluded: row.get(3),
        valid_from: row.get(4),
        valid_to: row.get(5),
        known_at: row.get(6),
    };
    let params: crate::db::Params<'_> = &[&spell.prefecture_code, &spell.employer_id, &spell.spell_id, &known_at];
    Ok(db.rows(&sql, params).await?.iter().map(leave).collect())
}

/// What the month's assessment of one spell is made from: facts only, the law derives the rest.
#[derive(Clone, Debug)]
pub struct MonthFacts {
    /// 資格.
    pub spell: Spell,
    /// 生年月日.
    pub birth_on: Date,
    /// 標準報酬月額 in force for the month; `None` when none was decided.
    pub remuneration: Option<Remuneration>,
    /// Payments from the first day of the fiscal year to the last day of the month (the yearly cap counts them).
    pub bonuses: Vec<Bonus>,
    /// Every leave of the spell.
    pub leaves: Vec<Leave>,
}

/// The facts of one person for a month as known at an instant: one entry per spell that touches the month, in
/// the order of acquisition.
pub async fn month_facts(
    db: &impl Db,
    person_id: i64,
    month: Month,
    known_at: Option<Timestamp>,
) -> Result<Vec<MonthFacts>, StoreError> {
    facts_since(db, person_id, month, month.first_day(), known_at).await
}

/// The same with the spells that touch the fiscal year up to the month: what several offices paid in it counts for one cap.
pub async fn year_facts(
    db: &impl Db,
    person_id: i64,
    month: Month,
    known_at: Option<Timestamp>,
) -> Result<Vec<MonthFacts>, StoreError> {
    facts_since(db, person_id, month, april_of(month), known_at).await
}

fn april_of(month: Month) -> Date {
    Month::new(month.fiscal_year(), 4).expect("April of a fiscal year").first_day()
}

async fn facts_since(
    db: &impl Db,
    person_id: i64,
    month: Month,
    since: Date,
    known_at: Option<Timestamp>,
) -> Result<Vec<MonthFacts>, StoreError> {
    let Some(birth_on) = birth_on(db, person_id, known_at).await? else { return Ok(Vec::new()) };
    let fiscal_year_from = april_of(month);
    let mut spells = spells_of_person(db, person_id, known_at).await?;
    spells.reverse();
    let mut facts = Vec::new();
    for spell in spells {
        let touches = spell.valid_from <= month.last_day() && spell.valid_to.is_none_or(|end| end >= since);
        if !touches {
            continue;
        }
        let mut remunerations = remunerations_of_spell(db, &spell, known_at).await?;
        remunerations.retain(|one| one.from_month <= month && one.to_month.is_none_or(|end| end > month));
        facts.push(MonthFacts {
            birth_on,
            remuneration: remunerations.pop(),
            bonuses: bonuses_of_spell(db, &spell, fiscal_year_from, month.last_day(), known_at).await?,
            leaves: leaves_of_spell(db, &spell, known_at).await?,
            spell,
        });
    }
    Ok(facts)
}

async fn birth_on(db: &impl Db, person_id: i64, known_at: Option<Timestamp>) -> Result<Option<Date>, StoreError> {
    let sql = format!(
        "SELECT birth_on FROM person_identities WHERE person_id = $1 AND {} ORDER BY valid_from DESC LIMIT 1",
        known_at!("$2")
    );
    Ok(db.row_opt(&sql, &[&person_id, &known_at]).await?.map(|row| row.get(0)))
}
