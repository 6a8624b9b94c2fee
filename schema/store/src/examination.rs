//! 審査の照会 — what is known about the employers and persons that a batch of filings speaks of, read in bulk:
//! one statement per question, not one per record.

use jiff::civil::Date;
use serde_json::Value;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;

/// 適用事業所 by its symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployerFact {
    /// 事業所.
    pub employer_id: i64,
    /// 都道府県コード (日本年金機構), 郡市区符号, 事業所記号.
    pub symbol: (String, String, String),
    /// 事業所番号, five digits.
    pub office_number: String,
    /// 管轄の年金事務所.
    pub office_code: String,
    /// 適用年月日, as far as it is known.
    pub covered_from: Option<Date>,
}

/// Employers by symbol, locked to the end of the transaction in one order, so that two batches about one employer
/// are examined one after the other.
pub async fn lock_employers(db: &impl Db, symbols: &[(&str, &str, &str)]) -> Result<Vec<EmployerFact>, StoreError> {
    let prefectures: Vec<&str> = symbols.iter().map(|symbol| symbol.0).collect();
    let districts: Vec<&str> = symbols.iter().map(|symbol| symbol.1).collect();
    let marks: Vec<&str> = symbols.iter().map(|symbol| symbol.2).collect();
    let rows = db
        .rows(
            "SELECT employer_id, nenkin_prefecture_code, district_code, office_symbol, office_number, office_code,
                (SELECT min(valid_from) FROM employer_profiles
                    WHERE employer_profiles.employer_id = employers.employer_id) AS covered_from
            FROM employers
            WHERE (nenkin_prefecture_code, district_code, office_symbol) IN (
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))
            ORDER BY employer_id FOR NO KEY UPDATE OF employers",
            &[&prefectures, &districts, &marks],
        )
        .await?;
    let read = |row: &Row| EmployerFact {
        employer_id: row.get("employer_id"),
        symbol: (row.get("nenkin_prefecture_code"), row.get("district_code"), row.get("office_symbol")),
        office_number: row.get("office_number"),
        office_code: row.get("office_code"),
        covered_from: row.get("covered_from"),
    };
    Ok(rows.iter().map(read).collect())
}

/// 人 — who somebody is, as far as a filing is compared with it.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonFact {
    /// 人.
    pub person_id: i64,
    /// 氏名カナ, full width.
    pub name_kana: String,
    /// 生年月日.
    pub birth_on: Date,
}

impl PersonFact {
    fn of(row: &Row) -> PersonFact {
        PersonFact { person_id: row.get("person_id"), name_kana: row.get("name_kana"), birth_on: row.get("birth_on") }
    }
}

pub(crate) const PERSONS_BY_PENSION_NUMBER: &str = "SELECT number, person_id, name_kana, birth_on
    FROM person_numbers JOIN person_identities USING (person_id)
    WHERE kind = 'basic_pension_number' AND number = ANY ($1)
        AND person_numbers.superseded_at IS NULL AND person_identities.superseded_at IS NULL
    ORDER BY number, person_identities.valid_from";

/// Persons by basic pension number (ten digits), in order of number.
pub async fn persons_by_pension_number(
    db: &impl Db,
    numbers: &[&str],
) -> Result<Vec<(String, PersonFact)>, StoreError> {
    let rows = db.rows(PERSONS_BY_PENSION_NUMBER, &[&numbers]).await?;
    Ok(rows.iter().map(|row| (row.get("number"), PersonFact::of(row))).collect())
}

/// Persons by the index of their 個人番号, in order of index.
pub async fn persons_by_my_number(db: &impl Db, indexes: &[&[u8]]) -> Result<Vec<(Vec<u8>, PersonFact)>, StoreError> {
    let rows = db
        .rows(
            "SELECT number_index, person_id, name_kana, birth_on
            FROM my_number.numbers JOIN person_identities USING (person_id)
            WHERE number_index = ANY ($1)
                AND numbers.superseded_at IS NULL AND person_identities.superseded_at IS NULL
            ORDER BY number_index, person_identities.valid_from",
            &[&indexes],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get("number_index"), PersonFact::of(row))).collect())
}

/// 資格 at an employer, with whose it is.
#[derive(Clone, PartialEq, Eq)]
pub struct CoverFact {
    /// 事業所.
    pub employer_id: i64,
    /// 被保険者整理番号.
    pub insured_number: i32,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 資格喪失年月日.
    pub lost_on: Option<Date>,
    /// Whose.
    pub person: PersonFact,
    /// That person's 基礎年金番号, ten digits.
    pub pension_number: Option<String>,
}

pub(crate) const COVERS: &str = "SELECT employer_id, insured_number, coverage_spells.valid_from AS acquired_on,
        coverage_spells.valid_to AS lost_on, person_id, name_kana, birth_on,
        (SELECT number FROM person_numbers WHERE person_numbers.person_id = coverage_spells.person_id
            AND kind = 'basic_pension_number' AND superseded_at IS NULL LIMIT 1) AS pension_number
    FROM coverage_spells JOIN person_identities USING (person_id)
    WHERE employer_id = ANY ($1) AND (insured_number = ANY ($2) OR person_id = ANY ($3))
        AND coverage_spells.superseded_at IS NULL AND person_identities.superseded_at IS NULL
    ORDER BY employer_id, insured_number, person_identities.valid_from";

/// Spells at these employers that have one of the insured numbers or belong to one of the persons, in order of employer and insured number.
pub async fn covers(
    db: &impl Db,
    employer_ids: &[i64],
    numbers: &[i32],
    person_ids: &[i64],
) -> Result<Vec<CoverFact>, StoreError> {
    let rows = db.rows(COVERS, &[&employer_ids, &numbers, &person_ids]).await?;
    let read = |row: &Row| CoverFact {
        employer_id: row.get("employer_id"),
        insured_number: row.get("insured_number"),
        acquired_on: row.get("acquired_on"),
        lost_on: row.get("lost_on"),
        person: PersonFact::of(row),
        pension_number: row.get("pension_number"),
    };
    Ok(rows.iter().map(read).collect())
}

/// An enrolment or a coverage end that was approved and not yet applied.
pub struct WaitingFiling {
    /// 事業所.
    pub employer_id: i64,
    /// 届.
    pub filing_id: i64,
    /// What it says.
    pub payload: Value,
    /// The index of the insured's 個人番号, when the filing gave one.
    pub my_number_index: Option<Vec<u8>>,
}

/// Enrolments and coverage ends of these employers that wait for the night, in order of filing.
pub async fn on_their_way(db: &impl Db, employer_ids: &[i64]) -> Result<Vec<WaitingFiling>, StoreError> {
    let rows = db
        .rows(
            "SELECT employer_id, filing_id, payload, number_index
            FROM application_queue JOIN filings USING (filing_id, employer_id)
            LEFT JOIN my_number.filed USING (filing_id)
            WHERE employer_id = ANY ($1) AND form_code IN ('2200700', '2201700') AND coalesce(column_no, 0) = 0
            ORDER BY filing_id",
            &[&employer_ids],
        )
        .await?;
    let read = |row: &Row| WaitingFiling {
        employer_id: row.get("employer_id"),
        filing_id: row.get("filing_id"),
        payload: row.get("payload"),
        my_number_index: row.get("number_index"),
    };
    Ok(rows.iter().map(read).collect())
}

/// Filings with one of these contents that were neither returned nor refused: `(payload_sha256, reception_number)`.
pub async fn same_content(db: &impl Db, sha256s: &[&[u8]]) -> Result<Vec<(Vec<u8>, String)>, StoreError> {
    let rows = db
        .rows(
            "SELECT payload_sha256, reception_number FROM filings
            WHERE payload_sha256 = ANY ($1) AND NOT EXISTS (
                SELECT FROM filing_steps
                WHERE filing_steps.filing_id = filings.filing_id AND step IN ('returned', 'refused'))
            ORDER BY filing_id DESC",
            &[&sha256s],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// 処理中の届 — another filing of the same form and employer that is still on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingFiling {
    /// 受付番号.
    pub reception_number: String,
    /// It is about the insured number that was asked for.
    pub same_insured_number: bool,
}

pub(crate) const PENDING: &str = "
    SELECT reception_number, coalesce(insured_number = $3, false) AS same_insured_number FROM filings
    WHERE employer_id = $1 AND form_code = $2
        AND (insured_number = $3 OR payload -> 'insured' ->> 'basic_pension_number' = $4
            OR filing_id IN (SELECT filing_id FROM my_number.filed WHERE number_index = $5 AND column_no = 0))
        AND (sender, sender_key) <> ($6, $7)
        AND NOT EXISTS (
            SELECT FROM filing_steps
            WHERE filing_steps.filing_id = filings.filing_id AND step IN ('returned', 'refused', 'applied'))
    ORDER BY filing_id LIMIT 2";

/// Whom a filing is about, in each of the ways it may say so.
#[derive(Clone, Copy, Default)]
pub struct About<'a> {
    /// 被保険者整理番号.
    pub insured_number: Option<i32>,
    /// 基礎年金番号, as the payload writes it.
    pub pension_number: Option<&'a str>,
    /// Index of the 個人番号.
    pub my_number_index: Option<&'a [u8]>,
}

/// Filings of this form and employer about the same person or insured number that were neither returned, refused
/// nor applied; that of this key itself is left out.
pub async fn pending(
    db: &impl Db,
    employer_id: i64,
    form_code: &str,
    about: About<'_>,
    (sender, sender_key): (&str, &str),
) -> Result<Vec<PendingFiling>, StoreError> {
    let rows = db
        .rows(
            PENDING,
            &[
                &employer_id,
                &form_code,
                &about.insured_number,
                &about.pension_number,
                &about.my_number_index,
                &sender,
                &sender_key,
            ],
        )
        .await?;
    let read = |row: &Row| PendingFiling {
        reception_number: row.get("reception_number"),
        same_insured_number: row.get("same_insured_number"),
    };
    Ok(rows.iter().map(read).collect())
}

/// 受付番号 of the person's filings before this one that were neither returned, refused nor applied, the oldest first.
pub async fn pending_of_person(db: &impl Db, person_id: i64, before_filing_id: i64) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT reception_number FROM filings
        WHERE person_id = $1 AND filing_id < $2 AND employer_id IS NULL AND NOT EXISTS (
            SELECT FROM filing_steps
            WHERE filing_steps.filing_id = filings.filing_id AND step IN ('returned', 'refused', 'applied'))
        ORDER BY filing_id";
    Ok(db.rows(sql, &[&person_id, &before_filing_id]).await?.iter().map(|row| row.get(0)).collect())
}

/// 死亡届 of a person that is on its way, approved or not: the day of death that it tells; the last one where there are several.
pub async fn death_on_its_way(db: &impl Db, person_id: i64) -> Result<Option<Date>, StoreError> {
    let sql = "SELECT (payload ->> 'died_on')::date FROM filings
        WHERE person_id = $1 AND employer_id IS NULL AND form_code = 'death' AND NOT EXISTS (
            SELECT FROM filing_steps
            WHERE filing_steps.filing_id = filings.filing_id AND step IN ('returned', 'refused', 'applied'))
        ORDER BY filing_id DESC LIMIT 1";
    Ok(db.row_opt(sql, &[&person_id]).await?.and_then(|row| row.get(0)))
}

/// Holds the person of a 基礎年金番号 until the end of the transaction, so that two filings about one person meet; a number
/// that was merged into another gives the one that was kept.
pub async fn lock_person(db: &impl Db, pension_number: &str) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT coalesce(
            (SELECT kept_person_id FROM person_merges
                WHERE merged_person_id = n.person_id AND person_merges.superseded_at IS NULL), n.person_id)
        FROM person_numbers n
        WHERE n.kind = 'basic_pension_number' AND n.number = $1 AND n.superseded_at IS NULL";
    let Some(row) = db.row_opt(sql, &[&pension_number]).await? else { return Ok(None) };
    let person_id: i64 = row.get(0);
    let lock = "SELECT person_id FROM persons WHERE person_id = $1 FOR NO KEY UPDATE";
    Ok(db.row_opt(lock, &[&person_id]).await?.map(|row| row.get(0)))
}
