//! 基礎年金番号の重複の点検 — what the monthly comparison reads of who people are, and the queue it fills.
//!
//! Names, births and numbers are read as known at the cut-off. Addresses are read with everything that was ever known
//! before it, also what was corrected later: an address that somebody once gave still speaks for the person.

use jiff::Timestamp;
use jiff::civil::Date;

use super::facts::known;
use crate::copy::{CopyIn, Fields, Rows, copy_out, instant};
use crate::db::Db;
use crate::error::StoreError;

/// 氏名・生年月日・性別, present or former.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityRow {
    /// 人.
    pub person_id: i64,
    /// 氏名カナ.
    pub name_kana: String,
    /// 氏名漢字.
    pub name_kanji: Option<String>,
    /// 生年月日.
    pub birth_on: Date,
    /// 1 男, 2 女.
    pub sex: i16,
    /// Holds now; former ones have ended.
    pub present: bool,
}

/// 加入期間 of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoverRow {
    /// 人.
    pub person_id: i64,
    /// `cat1`, `cat2`, `cat3`, `voluntary`, `special_voluntary`.
    pub category: String,
    /// 資格取得年月日.
    pub from: Date,
    /// 資格喪失年月日.
    pub until: Option<Date>,
}

/// 重複の疑い as it is in the queue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CandidateRow {
    /// 人, the smaller number.
    pub first_person_id: i64,
    /// 人, the greater number.
    pub second_person_id: i64,
    /// 0 to 100.
    pub score: i16,
    /// Words.
    pub reasons: Vec<String>,
}

/// How many identities have each key of birth (`birth_key`), in order.
pub async fn birth_keys(db: &impl Db) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = "SELECT birth_key(birth_on)::bigint, count(*) FROM person_identities GROUP BY 1 ORDER BY 1";
    Ok(db.rows(sql, &[]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// How many addresses have each 郵便番号, in order.
pub async fn zips(db: &impl Db) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = "SELECT zip::bigint, count(*) FROM addresses GROUP BY 1 ORDER BY 1";
    Ok(db.rows(sql, &[]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Persons whose key of birth is in the range, in order.
pub async fn born(db: &impl Db, from: i64, to: i64, known_at: Timestamp) -> Result<Vec<i64>, StoreError> {
    let query = format!(
        "SELECT person_id FROM person_identities
         WHERE birth_key(birth_on) >= {from} AND birth_key(birth_on) < {to} AND valid_to IS NULL AND {known}",
        known = known(known_at),
    );
    ids(db, &query).await
}

/// Persons who have or had an address under a 郵便番号 of the range, in order.
pub async fn living_at(db: &impl Db, from: i64, to: i64, known_at: Timestamp) -> Result<Vec<i64>, StoreError> {
    let query = format!(
        "SELECT person_id FROM addresses WHERE zip >= '{from:07}' AND zip <= '{last:07}' AND known_at <= {at}",
        last = to - 1,
        at = instant(known_at),
    );
    ids(db, &query).await
}

async fn ids(db: &impl Db, query: &str) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    copy_out(db, query, |row: &Fields<'_>| {
        found.push(row.i64(0));
        Ok::<(), StoreError>(())
    })
    .await?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Who these persons are and were: by person, what holds now first, then the latest.
pub async fn identities(db: &impl Db, ids: &[i64], known_at: Timestamp) -> Result<Vec<IdentityRow>, StoreError> {
    let sql = "SELECT person_id, name_kana, name_kanji, birth_on, sex, valid_to IS NULL FROM person_identities
        WHERE person_id = ANY ($1) AND known_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)
        ORDER BY person_id, valid_to DESC NULLS FIRST, valid_from DESC";
    let rows = db.rows(sql, &[&ids, &known_at]).await?;
    let read = |row: &tokio_postgres::Row| IdentityRow {
        person_id: row.get(0),
        name_kana: row.get(1),
        name_kanji: row.get(2),
        birth_on: row.get(3),
        sex: row.get(4),
        present: row.get(5),
    };
    Ok(rows.iter().map(read).collect())
}

/// 郵便番号 and text of all addresses that were ever known of these persons, by person.
pub async fn addresses(
    db: &impl Db,
    ids: &[i64],
    known_at: Timestamp,
) -> Result<Vec<(i64, String, String)>, StoreError> {
    let sql = "SELECT person_id, zip, address_kanji FROM addresses WHERE person_id = ANY ($1) AND known_at <= $2
        ORDER BY person_id, zip, address_kanji";
    Ok(db.rows(sql, &[&ids, &known_at]).await?.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
}

/// 基礎年金番号, present and former, by person.
pub async fn numbers(db: &impl Db, ids: &[i64], known_at: Timestamp) -> Result<Vec<(i64, String)>, StoreError> {
    let sql = "SELECT person_id, number FROM person_numbers WHERE person_id = ANY ($1) AND known_at <= $2
        ORDER BY person_id, number";
    Ok(db.rows(sql, &[&ids, &known_at]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// 加入期間 of these persons, from the record and from cover at employers, by person.
pub async fn covers(db: &impl Db, ids: &[i64], known_at: Timestamp) -> Result<Vec<CoverRow>, StoreError> {
    let sql = "
        SELECT person_id, category, valid_from, valid_to FROM pension_spells
        WHERE person_id = ANY ($1) AND known_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)
        UNION ALL
        SELECT person_id, 'cat2', valid_from, valid_to FROM coverage_spells
        WHERE person_id = ANY ($1) AND employees_pension
            AND known_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)
        ORDER BY 1, 3, 4, 2";
    let rows = db.rows(sql, &[&ids, &known_at]).await?;
    let read = |row: &tokio_postgres::Row| CoverRow {
        person_id: row.get(0),
        category: row.get(1),
        from: row.get(2),
        until: row.get(3),
    };
    Ok(rows.iter().map(read).collect())
}

/// Those of these persons whose number was merged into another, in order.
pub async fn merged(db: &impl Db, ids: &[i64], known_at: Timestamp) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT merged_person_id FROM person_merges WHERE merged_person_id = ANY ($1)
        AND known_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2) ORDER BY 1";
    Ok(db.rows(sql, &[&ids, &known_at]).await?.iter().map(|row| row.get(0)).collect())
}

/// Pairs with one of these persons as the first that reviewers have decided on, as one person or as two, in order.
pub async fn decided(db: &impl Db, first: &[i64], known_at: Timestamp) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = "SELECT first_person_id, second_person_id FROM duplicate_decisions
        WHERE first_person_id = ANY ($1) AND outcome IN ('same', 'different', 'drafted_apart')
            AND known_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)
        ORDER BY 1, 2";
    Ok(db.rows(sql, &[&first, &known_at]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// The queue as it stood, of pairs with one of these persons as the first, in order.
pub async fn standing(db: &impl Db, first: &[i64], known_at: Timestamp) -> Result<Vec<CandidateRow>, StoreError> {
    let sql = "SELECT first_person_id, second_person_id, score, reasons FROM duplicate_candidates
        WHERE first_person_id = ANY ($1) AND known_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)
        ORDER BY 1, 2";
    let rows = db.rows(sql, &[&first, &known_at]).await?;
    let read = |row: &tokio_postgres::Row| CandidateRow {
        first_person_id: row.get(0),
        second_person_id: row.get(1),
        score: row.get(2),
        reasons: row.get(3),
    };
    Ok(rows.iter().map(read).collect())
}

/// These pairs no longer stand as they did; what a reviewer took off the queue meanwhile stays off.
pub async fn end(db: &impl Db, pairs: &[(i64, i64)]) -> Result<u64, StoreError> {
    if pairs.is_empty() {
        return Ok(0);
    }
    let (first, second): (Vec<i64>, Vec<i64>) = pairs.iter().copied().unzip();
    let sql = "UPDATE duplicate_candidates AS candidate SET superseded_at = now()
        FROM unnest($1::bigint[], $2::bigint[]) AS pair (first_person_id, second_person_id)
        WHERE candidate.first_person_id = pair.first_person_id AND candidate.second_person_id = pair.second_person_id
            AND candidate.superseded_at IS NULL";
    db.run(sql, &[&first, &second]).await
}

/// Puts pairs on the queue.
pub async fn insert(db: &impl Db, run_id: &str, pairs: &[CandidateRow]) -> Result<u64, StoreError> {
    if pairs.is_empty() {
        return Ok(0);
    }
    let columns = ["first_person_id", "second_person_id", "score", "reasons", "run_id"];
    let mut copy = CopyIn::open(db, "duplicate_candidates", &columns).await?;
    let mut rows = Rows::new();
    for pair in pairs {
        let reasons: Vec<&str> = pair.reasons.iter().map(String::as_str).collect();
        rows.row(5).i64(pair.first_person_id).i64(pair.second_person_id).i16(pair.score);
        rows.text_array(&reasons).text(run_id);
        copy.send_if_full(&mut rows).await?;
    }
    copy.send(&mut rows).await?;
    copy.finish().await
}

/// How many rows of the queue a run has written.
pub async fn written(db: &impl Db, run_id: &str) -> Result<i64, StoreError> {
    Ok(db.row("SELECT count(*) FROM duplicate_candidates WHERE run_id = $1", &[&run_id]).await?.get(0))
}

/// Every pair that was ever on the queue, each once, in order.
pub async fn ever_proposed(db: &impl Db) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = "SELECT DISTINCT first_person_id, second_person_id FROM duplicate_candidates ORDER BY 1, 2";
    Ok(db.rows(sql, &[]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}
