//! 一括移行 — filling an empty database by binary COPY.
//!
//! Big loads drop indexes and foreign keys first, apart from the primary keys that others refer to, and put them
//! back at the end. Their definitions are kept in `settings` from before the drop until they are back, so that a
//! load that was killed is noticed ([`standing`]) and can be put right ([`restore`]) as long as no row of it was
//! committed.

mod lives;
mod others;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::copy::{CopyIn, Rows};
use crate::db::Db;
use crate::error::StoreError;

pub use lives::{
    Claim, CollectionRequest, HouseholdMember, NpReceipt, NpRelief, Payee, PensionSpell, Record, Remuneration,
};
pub use others::{DisabilityClaim, PensionChoice, SurvivorClaim, SurvivorMember};

/// Tables that a load fills, parents first.
const TABLES: [&str; 29] = [
    "persons",
    "person_identities",
    "person_numbers",
    "addresses",
    "employers",
    "employer_profiles",
    "coverage_spells",
    "standard_remunerations",
    "bonuses",
    "leave_spells",
    "workplace_selections",
    "pension_spells",
    "contribution_years",
    "remuneration_records",
    "life_spans",
    "abroad_spells",
    "deaths",
    "household_members",
    "pension_claims",
    "payees",
    "tax_declarations",
    "collection_requests",
    "np_reliefs",
    "np_receipts",
    "disability_claims",
    "disability_grades",
    "survivor_claims",
    "survivor_members",
    "pension_choices",
];
const RESTORE: &str = "load_restore";
/// Any number that nobody else takes.
const LOCK: i64 = 0x4e45_4e52_494e_0001;
/// What `reason` says on every converted fact.
const REASON: &str = "移行";

/// What state the database is in, as far as a load is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No person yet: a load may begin.
    Empty,
    /// Persons exist.
    Filled,
    /// A load was killed before it committed anything; [`restore`] puts the indexes back.
    Interrupted,
    /// A load was killed while it committed: the database is to be thrown away.
    HalfLoaded,
}

/// Takes the lock of loads for this session; false when another load is under way.
///
/// # Errors
/// Only what the database refuses.
pub async fn try_lock(db: &impl Db) -> Result<bool, StoreError> {
    Ok(db.row("SELECT pg_try_advisory_lock($1)", &[&LOCK]).await?.get(0))
}

/// Gives the lock back.
///
/// # Errors
/// Only what the database refuses.
pub async fn unlock(db: &impl Db) -> Result<(), StoreError> {
    db.row("SELECT pg_advisory_unlock($1)", &[&LOCK]).await.map(drop)
}

/// Says whether a load may begin.
///
/// # Errors
/// Only what the database refuses.
pub async fn standing(db: &impl Db) -> Result<Standing, StoreError> {
    let row = db
        .row(
            "SELECT EXISTS (SELECT FROM persons) OR EXISTS (SELECT FROM employers),
                EXISTS (SELECT FROM settings WHERE name = $1)",
            &[&RESTORE],
        )
        .await?;
    Ok(match (row.get(0), row.get(1)) {
        (false, false) => Standing::Empty,
        (true, false) => Standing::Filled,
        (false, true) => Standing::Interrupted,
        (true, true) => Standing::HalfLoaded,
    })
}

/// Drops indexes and foreign keys of the loaded tables, remembering how to make them again.
/// One transaction.
///
/// # Errors
/// `Database` when the user does not own the tables; `TimedOut` when somebody holds them.
pub async fn drop_indexes(db: &impl Db) -> Result<(), StoreError> {
    let rows = db
        .rows(
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
                format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
                CASE contype WHEN 'p' THEN 1 ELSE 3 END AS stage,
                array_position($2::text[], conrelid::regclass::text) AS weight, conname::text AS name
            FROM pg_constraint AS c
            WHERE conrelid = ANY ($1::text[]::regclass[])
                AND (contype = 'f' OR contype = 'p'
                    AND NOT EXISTS (SELECT FROM pg_constraint AS f WHERE f.confrelid = c.conrelid))
            UNION ALL
            SELECT format('DROP INDEX %s', indexrelid::regclass),
                replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON '),
                2, array_position($2::text[], indrelid::regclass::text), indexrelid::regclass::text
            FROM pg_index
            WHERE indrelid = ANY ($1::text[]::regclass[])
                AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
            ORDER BY stage, weight, name",
            &[&TABLES.as_slice(), &BIGGEST_FIRST.as_slice()],
        )
        .await?;
    let drops: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let again: Vec<(i32, String)> = rows.iter().map(|row| (row.get(2), row.get(1))).collect();
    let again = serde_json::to_string(&again).expect("texts and numbers become JSON");
    let quoted = again.replace('\'', "''");
    let statements = format!(
        "BEGIN; INSERT INTO settings (name, value) VALUES ('{RESTORE}', '{quoted}'); {}; COMMIT",
        drops.join("; ")
    );
    Ok(db.postgres().batch_execute(&statements).await?)
}

/// Indexes of these are built first: the longest work leads when it is shared out.
const BIGGEST_FIRST: [&str; 29] = [
    "contribution_years",
    "remuneration_records",
    "pension_spells",
    "np_receipts",
    "person_identities",
    "coverage_spells",
    "standard_remunerations",
    "person_numbers",
    "bonuses",
    "addresses",
    "persons",
    "employer_profiles",
    "employers",
    "leave_spells",
    "workplace_selections",
    "collection_requests",
    "pension_claims",
    "payees",
    "household_members",
    "np_reliefs",
    "tax_declarations",
    "life_spans",
    "deaths",
    "survivor_members",
    "survivor_claims",
    "disability_claims",
    "abroad_spells",
    "pension_choices",
    "disability_grades",
];

/// Statements that put keys and indexes (first list, side by side) and then foreign keys (second) back.
///
/// # Errors
/// `Unreadable` when the memory of them is damaged.
pub async fn dropped(db: &impl Db) -> Result<(Vec<String>, Vec<String>), StoreError> {
    let Some(row) = db.row_opt("SELECT value FROM settings WHERE name = $1", &[&RESTORE]).await? else {
        return Ok((Vec::new(), Vec::new()));
    };
    let all: Vec<(i32, String)> =
        serde_json::from_str(row.get(0)).map_err(|_| StoreError::Unreadable { what: "settings.load_restore" })?;
    let (indexes, keys): (Vec<_>, Vec<_>) = all.into_iter().partition(|(stage, _)| *stage < 3);
    let texts = |list: Vec<(i32, String)>| list.into_iter().map(|(_, text)| text).collect();
    Ok((texts(indexes), texts(keys)))
}

/// Runs one statement that came from [`dropped`], with room to sort in.
///
/// # Errors
/// `Duplicate`, `UnknownReference` — the loaded rows break a rule of the tables: a bug of the generator.
pub async fn rebuild(db: &impl Db, statement: &str) -> Result<(), StoreError> {
    Ok(db.postgres().batch_execute(statement).await?)
}

/// Everything is back: forgets what was dropped.
///
/// # Errors
/// Only what the database refuses.
pub async fn forget_dropped(db: &impl Db) -> Result<(), StoreError> {
    db.run("DELETE FROM settings WHERE name = $1", &[&RESTORE]).await.map(drop)
}

/// Puts everything back in one session and forgets it.
///
/// # Errors
/// As [`rebuild`].
pub async fn restore(db: &impl Db) -> Result<(), StoreError> {
    let (indexes, keys) = dropped(db).await?;
    let all: Vec<String> = indexes.into_iter().chain(keys).collect();
    let statements = format!("BEGIN; {}; DELETE FROM settings WHERE name = '{RESTORE}'; COMMIT", all.join("; "));
    if let Err(error) = db.postgres().batch_execute(&statements).await {
        db.postgres().batch_execute("ROLLBACK").await?;
        return Err(error.into());
    }
    Ok(())
}

/// Session settings of a loading connection: nobody was promised anything before the load is over.
///
/// # Errors
/// Only what the database refuses.
pub async fn tune(db: &impl Db) -> Result<(), StoreError> {
    let statements = "SET synchronous_commit = off; SET maintenance_work_mem = '256MB'";
    Ok(db.postgres().batch_execute(statements).await?)
}

/// Begins the one transaction of a loading connection.
///
/// # Errors
/// Only what the database refuses.
pub async fn begin(db: &impl Db) -> Result<(), StoreError> {
    Ok(db.postgres().batch_execute("BEGIN").await?)
}

/// Ends it.
///
/// # Errors
/// Only what the database refuses.
pub async fn commit(db: &impl Db) -> Result<(), StoreError> {
    Ok(db.postgres().batch_execute("COMMIT").await?)
}

/// Gives it up.
///
/// # Errors
/// Only what the database refuses.
pub async fn roll_back(db: &impl Db) -> Result<(), StoreError> {
    Ok(db.postgres().batch_execute("ROLLBACK").await?)
}

/// 年金事務所 — writes the offices; those that are there stay.
///
/// # Errors
/// Only what the database refuses.
pub async fn offices(db: &impl Db, offices: &[(String, String, i16)]) -> Result<(), StoreError> {
    for (code, name, prefecture) in offices {
        db.run(
            "INSERT INTO offices (office_code, name, prefecture_code) VALUES ($1, $2, $3)
            ON CONFLICT (office_code) DO NOTHING",
            &[code, name, prefecture],
        )
        .await?;
    }
    Ok(())
}

/// 電子媒体の材料 — one open spell with all that an employer's filing says about it.
pub struct MediaSpell {
    /// Whose.
    pub person_id: i64,
    /// 被保険者整理番号.
    pub insured_number: i32,
    /// False for 70歳以上被用者.
    pub employees_pension: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// 二以上事業所勤務者.
    pub two_workplaces: bool,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 氏名カナ.
    pub name_kana: String,
    /// 氏名漢字.
    pub name_kanji: String,
    /// 生年月日.
    pub birth_on: Date,
    /// 基礎年金番号.
    pub basic_pension_number: String,
    /// 報酬月額.
    pub monthly_remuneration_yen: i64,
    /// 健康保険の標準報酬月額.
    pub hi_standard_yen: i32,
    /// 厚生年金保険の標準報酬月額.
    pub epi_standard_yen: i32,
    /// Since when it holds.
    pub standard_from: Date,
    /// The next one is decided already.
    pub has_next_standard: bool,
    /// Some leave touches the days asked for.
    pub on_leave: bool,
    /// A bonus was paid in the month asked for or later.
    pub has_bonus: bool,
}

/// The open spells of an employer in the order of their numbers, and the highest number ever given there.
///
/// - `standard_on`: first day of the month whose standard is wanted; `leave`: first and last day for `on_leave`;
///   `bonus_from`: first day for `has_bonus`
///
/// # Errors
/// Only what the database refuses.
pub async fn media_spells(
    db: &impl Db,
    (prefecture, employer_id): (i16, i64),
    standard_on: Date,
    leave: (Date, Date),
    bonus_from: Date,
) -> Result<(Vec<MediaSpell>, i32), StoreError> {
    const SPELLS: &str = "
        SELECT c.person_id, c.insured_number, c.employees_pension, c.short_time_worker, c.two_workplaces,
            c.valid_from, i.name_kana, coalesce(i.name_kanji, ''), i.birth_on, n.number,
            s.monthly_remuneration_yen, s.hi_standard_yen, s.epi_standard_yen, s.valid_from, s.valid_to IS NOT NULL,
            EXISTS (
                SELECT FROM leave_spells AS l
                WHERE l.prefecture_code = $5 AND l.employer_id = c.employer_id AND l.spell_id = c.spell_id
                    AND l.superseded_at IS NULL AND l.valid_from <= $3 AND l.valid_to > $2
            ),
            EXISTS (
                SELECT FROM bonuses AS b
                WHERE b.prefecture_code = $5 AND b.employer_id = c.employer_id AND b.spell_id = c.spell_id
                    AND b.superseded_at IS NULL AND b.valid_from >= $4
            )
        FROM coverage_spells AS c
        JOIN standard_remunerations AS s
            ON s.prefecture_code = $5 AND s.employer_id = c.employer_id AND s.spell_id = c.spell_id
            AND s.valid_from <= $6 AND (s.valid_to IS NULL OR s.valid_to > $6) AND s.superseded_at IS NULL
        JOIN person_identities AS i ON i.person_id = c.person_id AND i.superseded_at IS NULL AND i.valid_to IS NULL
        JOIN person_numbers AS n ON n.person_id = c.person_id AND n.superseded_at IS NULL
        WHERE c.prefecture_code = $5 AND c.employer_id = $1 AND c.valid_to IS NULL AND c.superseded_at IS NULL
        ORDER BY c.insured_number";
    const HIGHEST: &str = "
        SELECT coalesce(max(insured_number), 0) FROM coverage_spells
        WHERE prefecture_code = $2 AND employer_id = $1";
    let rows = db.rows(SPELLS, &[&employer_id, &leave.0, &leave.1, &bonus_from, &prefecture, &standard_on]).await?;
    let spells = rows
        .iter()
        .map(|row| MediaSpell {
            person_id: row.get(0),
            insured_number: row.get(1),
            employees_pension: row.get(2),
            short_time_worker: row.get(3),
            two_workplaces: row.get(4),
            acquired_on: row.get(5),
            name_kana: row.get(6),
            name_kanji: row.get(7),
            birth_on: row.get(8),
            basic_pension_number: row.get(9),
            monthly_remuneration_yen: row.get(10),
            hi_standard_yen: row.get(11),
            epi_standard_yen: row.get(12),
            standard_from: row.get(13),
            has_next_standard: row.get(14),
            on_leave: row.get(15),
            has_bonus: row.get(16),
        })
        .collect();
    Ok((spells, db.row(HIGHEST, &[&employer_id, &prefecture]).await?.get(0)))
}

/// 算定基礎届を出していない事業所 — employers with people insured since before a day, none of whom has a standard from
/// September on record. In order.
///
/// # Errors
/// Only what the database refuses.
pub async fn annual_missing(db: &impl Db, newcomers_from: Date, september: Date) -> Result<Vec<i64>, StoreError> {
    const SQL: &str = "
        SELECT c.employer_id
        FROM coverage_spells AS c
        WHERE c.superseded_at IS NULL AND c.valid_to IS NULL AND c.valid_from < $1
        GROUP BY c.prefecture_code, c.employer_id
        HAVING NOT EXISTS (
            SELECT FROM standard_remunerations AS s
            WHERE s.prefecture_code = c.prefecture_code AND s.employer_id = c.employer_id AND s.valid_from = $2
                AND s.superseded_at IS NULL)
        ORDER BY c.employer_id";
    let rows = db.rows(SQL, &[&newcomers_from, &september]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// 転職者の材料 — somebody whose only cover ended, for an enrolment elsewhere.
pub struct MediaLeaver {
    /// 氏名カナ.
    pub name_kana: String,
    /// 氏名漢字.
    pub name_kanji: String,
    /// 生年月日.
    pub birth_on: Date,
    /// 1 男, 2 女.
    pub sex: i16,
    /// 基礎年金番号.
    pub basic_pension_number: String,
    /// 郵便番号.
    pub zip: String,
    /// 住所.
    pub address_kanji: String,
    /// 住所カナ.
    pub address_kana: String,
}

/// People born after `born_after` whose last cover ended by retirement on or before `ended_by`, at most `most` of
/// them, in the order of their keys.
///
/// # Errors
/// Only what the database refuses.
pub async fn media_leavers(
    db: &impl Db,
    ended_by: Date,
    born_after: Date,
    most: i64,
) -> Result<Vec<MediaLeaver>, StoreError> {
    const SQL: &str = "
        SELECT i.name_kana, coalesce(i.name_kanji, ''), i.birth_on, i.sex, n.number, a.zip, a.address_kanji,
            coalesce(a.address_kana, '')
        FROM coverage_spells AS c
        JOIN person_identities AS i ON i.person_id = c.person_id AND i.superseded_at IS NULL AND i.valid_to IS NULL
        JOIN person_numbers AS n ON n.person_id = c.person_id AND n.superseded_at IS NULL
        JOIN addresses AS a ON a.person_id = c.person_id AND a.superseded_at IS NULL AND a.valid_to IS NULL
        WHERE c.superseded_at IS NULL AND c.valid_to <= $1 AND c.end_cause = 4 AND i.birth_on > $2
            AND NOT EXISTS (
                SELECT FROM coverage_spells AS o
                WHERE o.person_id = c.person_id AND o.spell_id <> c.spell_id AND o.superseded_at IS NULL
            )
        ORDER BY c.person_id LIMIT $3";
    let rows = db.rows(SQL, &[&ended_by, &born_after, &most]).await?;
    let leaver = |row: &tokio_postgres::Row| MediaLeaver {
        name_kana: row.get(0),
        name_kanji: row.get(1),
        birth_on: row.get(2),
        sex: row.get(3),
        basic_pension_number: row.get(4),
        zip: row.get(5),
        address_kanji: row.get(6),
        address_kana: row.get(7),
    };
    Ok(rows.iter().map(leaver).collect())
}

/// The highest key of an employer; 0 when there is none.
///
/// # Errors
/// Only what the database refuses.
pub async fn highest_employer(db: &impl Db) -> Result<i64, StoreError> {
    Ok(db.row("SELECT coalesce(max(employer_id), 0) FROM employers", &[]).await?.get(0))
}

/// Sets one value for the whole database, unless it is there.
///
/// # Errors
/// Only what the database refuses.
pub async fn setting(db: &impl Db, name: &str, value: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    db.run(sql, &[&name, &value]).await.map(drop)
}

/// Moves the counters of keys past what was loaded.
///
/// # Errors
/// Only what the database refuses.
pub async fn set_counters(db: &impl Db, people: i64, employers: i64) -> Result<(), StoreError> {
    db.row(
        "SELECT setval(pg_get_serial_sequence('persons', 'person_id'), $1),
            setval(pg_get_serial_sequence('employers', 'employer_id'), $2),
            setval('spell_ids', $1 * 2 + 1), setval('bonus_ids', $1 * 8 + 7), setval('leave_ids', $1 * 2 + 1)",
        &[&people, &employers],
    )
    .await
    .map(drop)
}

/// Moves the counters of the record of lives past what was loaded.
///
/// # Errors
/// Only what the database refuses.
pub async fn set_life_counters(db: &impl Db, records: i64, receipts: i64) -> Result<(), StoreError> {
    db.row("SELECT setval('record_ids', $1), setval('np_receipt_ids', $2)", &[&records, &receipts]).await.map(drop)
}

/// Statements that bring the planner's knowledge and the visibility map up to date, biggest table first.
pub fn vacuums() -> Vec<String> {
    BIGGEST_FIRST.iter().map(|table| format!("VACUUM (ANALYZE, SKIP_LOCKED) {table}")).collect()
}

/// 人 — what a load writes about one person.
pub struct Person<'a> {
    /// Key.
    pub person_id: i64,
    /// 氏名カナ, full-width.
    pub name_kana: &'a str,
    /// 氏名漢字.
    pub name_kanji: &'a str,
    /// 生年月日.
    pub birth_on: Date,
    /// 1 男, 2 女.
    pub sex: i16,
    /// 基礎年金番号.
    pub basic_pension_number: &'a str,
    /// 郵便番号.
    pub zip: &'a str,
    /// 都道府県 (JIS).
    pub prefecture: i16,
    /// 住所.
    pub address_kanji: &'a str,
    /// 住所カナ.
    pub address_kana: &'a str,
    /// 住所を定めた日.
    pub lives_there_from: Date,
}

/// 適用事業所 — what a load writes about one employer.
pub struct Employer<'a> {
    /// Key.
    pub employer_id: i64,
    /// 都道府県コード of the pension agency.
    pub nenkin_prefecture_code: &'a str,
    /// 郡市区符号.
    pub district_code: &'a str,
    /// 事業所記号.
    pub office_symbol: &'a str,
    /// 事業所番号.
    pub office_number: &'a str,
    /// 都道府県 (JIS).
    pub prefecture: i16,
    /// 管轄の年金事務所.
    pub office_code: &'a str,
    /// 名称.
    pub name: &'a str,
    /// 事業主氏名.
    pub representative: &'a str,
    /// 法人番号.
    pub corporate_number: Option<&'a str>,
    /// 郵便番号.
    pub zip: &'a str,
    /// 所在地.
    pub address: &'a str,
    /// 電話番号.
    pub telephone: &'a str,
    /// 口座振替: bank, branch and account; `None` pays by slip.
    pub account: Option<(&'a str, &'a str, &'a str)>,
    /// 適用年月日.
    pub covered_from: Date,
}

/// Key of a spell in the tables divided by prefecture.
#[derive(Clone, Copy)]
pub struct SpellKey {
    /// 資格の番号.
    pub spell_id: i64,
    /// 協会けんぽの支部.
    pub prefecture: i16,
    /// 適用事業所.
    pub employer_id: i64,
}

/// 被保険者資格.
pub struct Spell<'a> {
    /// Key.
    pub key: SpellKey,
    /// Whose.
    pub person_id: i64,
    /// 被保険者整理番号.
    pub insured_number: i32,
    /// 健康保険.
    pub health_insurance: bool,
    /// 厚生年金保険.
    pub employees_pension: bool,
    /// 短時間労働者.
    pub short_time_worker: bool,
    /// 二以上事業所勤務者.
    pub two_workplaces: bool,
    /// 同月得喪の後.
    pub same_month_next: Option<&'a str>,
    /// 喪失原因.
    pub end_cause: Option<i16>,
    /// 資格取得年月日.
    pub valid_from: Date,
    /// 資格喪失年月日.
    pub valid_to: Option<Date>,
}

/// 標準報酬月額.
pub struct Standard<'a> {
    /// Key.
    pub key: SpellKey,
    /// 報酬月額.
    pub monthly_remuneration_yen: i64,
    /// 健康保険の標準報酬月額.
    pub hi_standard_yen: i32,
    /// 厚生年金保険の標準報酬月額.
    pub epi_standard_yen: i32,
    /// 決定の種類.
    pub decision: &'a str,
    /// First day of the first month.
    pub valid_from: Date,
    /// First day of the first month it no longer holds.
    pub valid_to: Option<Date>,
}

/// Rows of a batch by table.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// 被保険者資格.
    pub spells: u64,
    /// 標準報酬月額.
    pub standards: u64,
    /// 賞与.
    pub bonuses: u64,
    /// 休業.
    pub leaves: u64,
    /// 人.
    pub persons: u64,
    /// 年金の原簿 and what hangs on it: every row of the tables of lives.
    pub records: u64,
}

/// Rows of all tables, encoded and not yet sent.
pub struct Batch {
    known_at: Timestamp,
    rows: [Rows; TABLES.len()],
}

const PERSONS: usize = 0;
const IDENTITIES: usize = 1;
const NUMBERS: usize = 2;
const ADDRESSES: usize = 3;
const EMPLOYERS: usize = 4;
const PROFILES: usize = 5;
const SPELLS: usize = 6;
const STANDARDS: usize = 7;
const BONUSES: usize = 8;
const LEAVES: usize = 9;
const SELECTIONS: usize = 10;
const PENSION_SPELLS: usize = 11;
const CONTRIBUTIONS: usize = 12;
const REMUNERATIONS: usize = 13;
const SPANS: usize = 14;
const ABROAD: usize = 15;
const DEATHS: usize = 16;
const HOUSEHOLD: usize = 17;
const CLAIMS: usize = 18;
const PAYEES: usize = 19;
const TAXES: usize = 20;
const COLLECTIONS: usize = 21;
const RELIEFS: usize = 22;
const RECEIPTS: usize = 23;
const DISABILITIES: usize = 24;
const GRADES: usize = 25;
const SURVIVORS: usize = 26;
const MEMBERS: usize = 27;
const CHOICES: usize = 28;

const COLUMNS: [&[&str]; TABLES.len()] = [
    &["person_id", "known_at"],
    &["person_id", "name_kana", "name_kanji", "birth_on", "sex", "reason", "valid_from", "known_at"],
    &["person_id", "kind", "number", "reason", "valid_from", "known_at"],
    &["person_id", "zip", "prefecture_code", "address_kanji", "address_kana", "reason", "valid_from", "known_at"],
    &[
        "employer_id",
        "nenkin_prefecture_code",
        "district_code",
        "office_symbol",
        "office_number",
        "prefecture_code",
        "office_code",
        "known_at",
    ],
    &[
        "employer_id",
        "name",
        "representative",
        "corporate_number",
        "zip",
        "address",
        "telephone",
        "payment_method",
        "bank_code",
        "branch_code",
        "account_number",
        "reason",
        "valid_from",
        "known_at",
    ],
    &[
        "spell_id",
        "prefecture_code",
        "employer_id",
        "person_id",
        "insured_number",
        "health_insurance",
        "employees_pension",
        "short_time_worker",
        "two_workplaces",
        "same_month_next",
        "end_cause",
        "reason",
        "valid_from",
        "valid_to",
        "known_at",
    ],
    &[
        "spell_id",
        "prefecture_code",
        "employer_id",
        "monthly_remuneration_yen",
        "hi_standard_yen",
        "epi_standard_yen",
        "decision",
        "reason",
        "valid_from",
        "valid_to",
        "known_at",
    ],
    &["bonus_id", "spell_id", "prefecture_code", "employer_id", "amount_yen", "reason", "valid_from", "known_at"],
    &[
        "leave_id",
        "spell_id",
        "prefecture_code",
        "employer_id",
        "kind",
        "worked_days_excluded",
        "reason",
        "valid_from",
        "valid_to",
        "known_at",
    ],
    &["person_id", "employer_id", "spell_id", "chosen", "health_society", "reason", "valid_from", "known_at"],
    &[
        "record_id",
        "person_id",
        "category",
        "employees_kind",
        "employees_class",
        "reason",
        "valid_from",
        "valid_to",
        "known_at",
    ],
    &["record_id", "person_id", "fiscal_year", "marks", "reason", "known_at"],
    &[
        "record_id",
        "person_id",
        "employees_kind",
        "deemed_by_split",
        "standard_months",
        "standards_yen",
        "last_month",
        "bonus_months",
        "bonuses_yen",
        "reason",
        "known_at",
    ],
    &["record_id", "person_id", "kind", "reason", "valid_from", "valid_to", "known_at"],
    &["record_id", "person_id", "japanese", "reason", "valid_from", "valid_to", "known_at"],
    &["person_id", "died_on", "reason", "known_at"],
    &[
        "person_id",
        "member_no",
        "relation",
        "member_person_id",
        "birth_on",
        "dependent",
        "disabled",
        "own_old_age_from",
        "reason",
        "valid_from",
        "known_at",
    ],
    &[
        "record_id",
        "person_id",
        "filed_on",
        "basic_claim_month",
        "employees_claim_month",
        "basic_waits",
        "employees_waits",
        "spouse_addition_moves",
        "paid_through",
        "reason",
        "known_at",
    ],
    &["person_id", "bank_code", "branch_code", "account_type", "account_number", "holder_kana", "reason", "known_at"],
    &["person_id", "tax_year", "deductions", "reason", "known_at"],
    &["person_id", "levy", "municipality_code", "amount_yen", "reason", "valid_from", "known_at"],
    &["record_id", "person_id", "relief", "applied_on", "decided_on", "reason", "valid_from", "valid_to", "known_at"],
    &["receipt_id", "person_id", "for_month", "kind", "amount_yen", "paid_on", "channel", "reason", "known_at"],
    &[
        "record_id",
        "person_id",
        "filed_on",
        "first_seen_on",
        "resident",
        "fixed_on",
        "grade_at_certification",
        "later_filed_on",
        "later_grade",
        "paid_through",
        "reason",
        "known_at",
    ],
    &["record_id", "person_id", "grade", "reason", "valid_from", "known_at"],
    &[
        "record_id",
        "person_id",
        "deceased_person_id",
        "filed_on",
        "claimant_member_no",
        "resident",
        "illness_first_seen_on",
        "disability_grade_1_or_2",
        "states_long",
        "paid_through",
        "reason",
        "known_at",
    ],
    &[
        "record_id",
        "person_id",
        "member_no",
        "relation",
        "birth_on",
        "maintained",
        "disabled",
        "married",
        "ended_on",
        "reason",
        "known_at",
    ],
    &["record_id", "person_id", "filed_on", "rights", "reason", "valid_from", "known_at"],
];

impl Batch {
    /// Nothing yet; every row will say it was known at this instant.
    pub fn new(known_at: Timestamp) -> Batch {
        Batch { known_at, rows: Default::default() }
    }

    fn row(&mut self, table: usize) -> &mut Rows {
        self.rows[table].row(COLUMNS[table].len().try_into().expect("few columns"))
    }

    /// A person with identity, number and address.
    pub fn person(&mut self, person: &Person<'_>) {
        let known_at = self.known_at;
        self.row(PERSONS).i64(person.person_id).timestamp(known_at);
        self.row(IDENTITIES)
            .i64(person.person_id)
            .text(person.name_kana)
            .text(person.name_kanji)
            .date(person.birth_on)
            .i16(person.sex)
            .text(REASON)
            .date(person.birth_on)
            .timestamp(known_at);
        self.row(NUMBERS)
            .i64(person.person_id)
            .text("basic_pension_number")
            .text(person.basic_pension_number)
            .text(REASON)
            .date(person.birth_on)
            .timestamp(known_at);
        self.row(ADDRESSES)
            .i64(person.person_id)
            .text(person.zip)
            .i16(person.prefecture)
            .text(person.address_kanji)
            .text(person.address_kana)
            .text(REASON)
            .date(person.lives_there_from)
            .timestamp(known_at);
    }

    /// An employer with its profile.
    pub fn employer(&mut self, employer: &Employer<'_>) {
        let known_at = self.known_at;
        self.row(EMPLOYERS)
            .i64(employer.employer_id)
            .text(employer.nenkin_prefecture_code)
            .text(employer.district_code)
            .text(employer.office_symbol)
            .text(employer.office_number)
            .i16(employer.prefecture)
            .text(employer.office_code)
            .timestamp(known_at);
        let (bank, branch, account) = match employer.account {
            Some((bank, branch, account)) => (Some(bank), Some(branch), Some(account)),
            None => (None, None, None),
        };
        self.row(PROFILES)
            .i64(employer.employer_id)
            .text(employer.name)
            .text(employer.representative)
            .opt(employer.corporate_number, Rows::text)
            .text(employer.zip)
            .text(employer.address)
            .text(employer.telephone)
            .text(if account.is_some() { "debit" } else { "slip" })
            .opt(bank, Rows::text)
            .opt(branch, Rows::text)
            .opt(account, Rows::text)
            .text(REASON)
            .date(employer.covered_from)
            .timestamp(known_at);
    }

    /// A spell of cover.
    pub fn spell(&mut self, spell: &Spell<'_>) {
        let known_at = self.known_at;
        self.row(SPELLS)
            .i64(spell.key.spell_id)
            .i16(spell.key.prefecture)
            .i64(spell.key.employer_id)
            .i64(spell.person_id)
            .i32(spell.insured_number)
            .bool(spell.health_insurance)
            .bool(spell.employees_pension)
            .bool(spell.short_time_worker)
            .bool(spell.two_workplaces)
            .opt(spell.same_month_next, Rows::text)
            .opt(spell.end_cause, Rows::i16)
            .text(REASON)
            .date(spell.valid_from)
            .opt(spell.valid_to, Rows::date)
            .timestamp(known_at);
    }

    /// A standard remuneration.
    pub fn standard(&mut self, standard: &Standard<'_>) {
        let known_at = self.known_at;
        self.row(STANDARDS)
            .i64(standard.key.spell_id)
            .i16(standard.key.prefecture)
            .i64(standard.key.employer_id)
            .i64(standard.monthly_remuneration_yen)
            .i32(standard.hi_standard_yen)
            .i32(standard.epi_standard_yen)
            .text(standard.decision)
            .text(REASON)
            .date(standard.valid_from)
            .opt(standard.valid_to, Rows::date)
            .timestamp(known_at);
    }

    /// A bonus as it was paid.
    pub fn bonus(&mut self, bonus_id: i64, key: SpellKey, amount_yen: i64, paid_on: Date) {
        let known_at = self.known_at;
        self.row(BONUSES)
            .i64(bonus_id)
            .i64(key.spell_id)
            .i16(key.prefecture)
            .i64(key.employer_id)
            .i64(amount_yen)
            .text(REASON)
            .date(paid_on)
            .timestamp(known_at);
    }

    /// A leave of `kind` (`maternity`, `childcare`) from `from` to the day before `to`.
    pub fn leave(&mut self, leave_id: i64, key: SpellKey, kind: &str, worked_days: i16, from: Date, to: Date) {
        let known_at = self.known_at;
        self.row(LEAVES)
            .i64(leave_id)
            .i64(key.spell_id)
            .i16(key.prefecture)
            .i64(key.employer_id)
            .text(kind)
            .i16(worked_days)
            .text(REASON)
            .date(from)
            .date(to)
            .timestamp(known_at);
    }

    /// One office of a choice among several (所属選択), from a day on.
    pub fn selection(&mut self, person_id: i64, key: SpellKey, chosen: bool, from: Date) {
        let known_at = self.known_at;
        self.row(SELECTIONS)
            .i64(person_id)
            .i64(key.employer_id)
            .i64(key.spell_id)
            .bool(chosen)
            .bool(false)
            .text(REASON)
            .date(from)
            .timestamp(known_at);
    }

    /// How many rows wait to be sent.
    pub fn counts(&self) -> Counts {
        let count = |table: usize| self.rows[table].count();
        Counts {
            spells: count(SPELLS),
            standards: count(STANDARDS),
            bonuses: count(BONUSES),
            leaves: count(LEAVES),
            persons: count(PERSONS),
            records: (PENSION_SPELLS..TABLES.len()).map(count).sum(),
        }
    }

    /// Sends all rows, one COPY per table, and is empty again.
    ///
    /// # Errors
    /// Only what the database refuses.
    pub async fn send(&mut self, db: &impl Db) -> Result<(), StoreError> {
        for (table, rows) in self.rows.iter_mut().enumerate() {
            if rows.count() > 0 {
                let mut copy = CopyIn::open(db, TABLES[table], COLUMNS[table]).await?;
                copy.send(rows).await?;
                copy.finish().await?;
            }
        }
        Ok(())
    }
}
