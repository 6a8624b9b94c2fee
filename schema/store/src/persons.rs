//! 人 (統合宛名) — one record per human; names, numbers and addresses are facts about it.

use std::fmt;

use domain::BasicPensionNumber;
use jiff::civil::Date;
use tokio_postgres::Row;

use crate::coverage::{self, Spell};
use crate::db::Db;
use crate::error::StoreError;

/// A person to be created, with what is known at first.
#[derive(Clone, Copy)]
pub struct NewPerson<'a> {
    /// 氏名カナ.
    pub name_kana: &'a str,
    /// 氏名漢字.
    pub name_kanji: Option<&'a str>,
    /// 生年月日.
    pub birth_on: Date,
    /// 1 男, 2 女.
    pub sex: i16,
    /// 基礎年金番号.
    pub pension_number: Option<BasicPensionNumber>,
    /// 住所.
    pub address: Option<NewAddress<'a>>,
    /// Why the record begins.
    pub reason: &'a str,
    /// The filing that caused it.
    pub cause_filing_id: Option<i64>,
    /// From when on it holds.
    pub valid_from: Date,
}

/// 住所 to be written.
#[derive(Clone, Copy)]
pub struct NewAddress<'a> {
    /// 郵便番号, 7 digits.
    pub zip: &'a str,
    /// 都道府県コード (JIS X 0401).
    pub prefecture_code: i16,
    /// As it is written.
    pub address_kanji: &'a str,
    /// In kana, when it is known.
    pub address_kana: Option<&'a str>,
}

/// 住所 as it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// 郵便番号, 7 digits.
    pub zip: String,
    /// 都道府県コード (JIS X 0401).
    pub prefecture_code: i16,
    /// As it is written.
    pub address_kanji: String,
    /// In kana, when it is known.
    pub address_kana: Option<String>,
    /// Since when.
    pub valid_from: Date,
}

impl fmt::Debug for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Address").field("prefecture_code", &self.prefecture_code).finish_non_exhaustive()
    }
}

/// Who somebody is: one line of a list of persons.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Our number.
    pub person_id: i64,
    /// 氏名カナ.
    pub name_kana: String,
    /// 氏名漢字.
    pub name_kanji: Option<String>,
    /// 生年月日.
    pub birth_on: Date,
    /// 1 男, 2 女.
    pub sex: i16,
    /// 基礎年金番号.
    pub pension_number: Option<BasicPensionNumber>,
    /// This number was merged into the one of that person (`person_merges`).
    pub merged_into: Option<i64>,
}

/// Only our own number is shown.
impl fmt::Debug for Person {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Person").field("person_id", &self.person_id).finish_non_exhaustive()
    }
}

/// 個人の記録 — what a terminal shows about one person.
#[derive(Clone, Debug)]
pub struct Card {
    /// Who it is.
    pub person: Person,
    /// 住所.
    pub address: Option<Address>,
    /// 被保険者資格 as known now, the latest first.
    pub spells: Vec<Spell>,
}

/// What to look a person up by. What is given must all hold; at least one of number, kana and birth is needed.
#[derive(Clone, Default)]
pub struct Search {
    /// Beginning of 氏名カナ.
    pub kana_prefix: Option<String>,
    /// 生年月日.
    pub birth_on: Option<Date>,
    /// 1 男, 2 女. It only narrows.
    pub sex: Option<i16>,
    /// 基礎年金番号, present or former. One that was merged finds the person who was kept.
    pub pension_number: Option<BasicPensionNumber>,
}

const PERSON: &str = "
    SELECT i.person_id, i.name_kana, i.name_kanji, i.birth_on, i.sex, n.number,
        (SELECT kept_person_id FROM person_merges WHERE merged_person_id = i.person_id AND superseded_at IS NULL)
    FROM person_identities i
    LEFT JOIN person_numbers n
        ON n.person_id = i.person_id AND n.kind = 'basic_pension_number' AND n.superseded_at IS NULL AND n.valid_to IS NULL
    WHERE i.superseded_at IS NULL AND i.valid_to IS NULL";

fn person_of(row: &Row) -> Result<Person, StoreError> {
    let number: Option<&str> = row.get(5);
    let pension_number =
        number.map(str::parse).transpose().map_err(|_| StoreError::Unreadable { what: "person_numbers.number" })?;
    Ok(Person {
        person_id: row.get(0),
        name_kana: row.get(1),
        name_kanji: row.get(2),
        birth_on: row.get(3),
        sex: row.get(4),
        pension_number,
        merged_into: row.get(6),
    })
}

/// Creates a person with identity and, when given, number and address, in one statement.
///
/// # Errors
/// `PensionNumberTaken` — the number is somebody else's; the clerk checks it.
pub async fn create(db: &impl Db, person: &NewPerson<'_>) -> Result<i64, StoreError> {
    const SQL: &str = "
        WITH person AS (INSERT INTO persons DEFAULT VALUES RETURNING person_id),
        identity AS (
            INSERT INTO person_identities
                (person_id, name_kana, name_kanji, birth_on, sex, reason, cause_filing_id, valid_from)
            SELECT person_id, $1, $2, $3, $4, $5, $6, $7 FROM person
        ),
        number AS (
            INSERT INTO person_numbers (person_id, kind, number, reason, cause_filing_id, valid_from)
            SELECT person_id, 'basic_pension_number', $8::text, $5, $6, $7 FROM person WHERE $8::text IS NOT NULL
        ),
        address AS (
            INSERT INTO addresses
                (person_id, zip, prefecture_code, address_kanji, address_kana, reason, cause_filing_id, valid_from)
            SELECT person_id, $9::text, $10, $11, $12, $5, $6, $7 FROM person WHERE $9::text IS NOT NULL
        )
        SELECT person_id FROM person";
    let number = person.pension_number.as_ref().map(BasicPensionNumber::digits);
    let address = person.address.as_ref();
    let row = db
        .row(
            SQL,
            &[
                &person.name_kana,
                &person.name_kanji,
                &person.birth_on,
                &person.sex,
                &person.reason,
                &person.cause_filing_id,
                &person.valid_from,
                &number,
                &address.map(|address| address.zip),
                &address.map(|address| address.prefecture_code),
                &address.map(|address| address.address_kanji),
                &address.and_then(|address| address.address_kana),
            ],
        )
        .await?;
    Ok(row.get(0))
}

/// The person of this number.
pub async fn find(db: &impl Db, person_id: i64) -> Result<Option<Person>, StoreError> {
    db.row_opt(&format!("{PERSON} AND i.person_id = $1"), &[&person_id]).await?.as_ref().map(person_of).transpose()
}

/// The persons of these numbers, by number.
pub async fn find_many(db: &impl Db, person_ids: &[i64]) -> Result<Vec<Person>, StoreError> {
    let sql = format!("{PERSON} AND i.person_id = ANY ($1) ORDER BY i.person_id");
    db.rows(&sql, &[&person_ids]).await?.iter().map(person_of).collect()
}

/// The person who has this 基礎年金番号.
pub async fn find_by_pension_number(db: &impl Db, number: &BasicPensionNumber) -> Result<Option<Person>, StoreError> {
    let sql = format!("{PERSON} AND n.number = $1");
    db.row_opt(&sql, &[&number.digits()]).await?.as_ref().map(person_of).transpose()
}

/// Persons whose kana begin so, were born then, have that number; at most `limit`, by kana.
///
/// Gives nobody when nothing is asked for: the whole country is not an answer.
pub async fn search(db: &impl Db, search: &Search, limit: i64) -> Result<Vec<Person>, StoreError> {
    let prefix = search.kana_prefix.as_deref().filter(|prefix| !prefix.is_empty());
    let number = search.pension_number.as_ref().map(BasicPensionNumber::digits);
    // Bytewise bounds use the index under every collation and every plan.
    let prefix_end = prefix.map(|prefix| format!("{prefix}\u{10ffff}"));
    let mut sql = PERSON.to_owned();
    let mut params: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> = vec![&limit];
    if let (Some(prefix), Some(end)) = (&prefix, &prefix_end) {
        params.push(prefix);
        params.push(end);
        sql.push_str(" AND i.name_kana ~>=~ $2 AND i.name_kana ~<~ $3");
    }
    if let Some(birth_on) = &search.birth_on {
        params.push(birth_on);
        sql.push_str(&format!(" AND i.birth_on = ${}", params.len()));
    }
    if let Some(number) = &number {
        params.push(number);
        sql.push_str(&format!(
            " AND i.person_id IN (
                SELECT coalesce(m.kept_person_id, e.person_id) FROM person_numbers e
                LEFT JOIN person_merges m ON m.merged_person_id = e.person_id AND m.superseded_at IS NULL
                WHERE e.kind = 'basic_pension_number' AND e.number = ${})",
            params.len()
        ));
    }
    if params.len() == 1 {
        return Ok(Vec::new());
    }
    if let Some(sex) = &search.sex {
        params.push(sex);
        sql.push_str(&format!(" AND i.sex = ${}", params.len()));
    }
    sql.push_str(" ORDER BY i.name_kana USING ~<~, i.person_id LIMIT $1");
    db.rows(&sql, &params).await?.iter().map(person_of).collect()
}

/// 個人の記録 as known now.
pub async fn card(db: &impl Db, person_id: i64) -> Result<Option<Card>, StoreError> {
    let Some(person) = find(db, person_id).await? else { return Ok(None) };
    let address = address(db, person_id).await?;
    let spells = coverage::spells_of_person(db, person_id, None).await?;
    Ok(Some(Card { person, address, spells }))
}

/// 住所 as known now.
pub async fn address(db: &impl Db, person_id: i64) -> Result<Option<Address>, StoreError> {
    const SQL: &str = "
        SELECT zip, prefecture_code, address_kanji, address_kana, valid_from
        FROM addresses WHERE person_id = $1 AND superseded_at IS NULL ORDER BY valid_from DESC LIMIT 1";
    Ok(db.row_opt(SQL, &[&person_id]).await?.map(|row| Address {
        zip: row.get(0),
        prefecture_code: row.get(1),
        address_kanji: row.get(2),
        address_kana: row.get(3),
        valid_from: row.get(4),
    }))
}
