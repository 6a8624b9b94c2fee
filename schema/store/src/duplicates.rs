//! 基礎年金番号の重複の審査 — the reviewers' queue, both persons side by side, decisions and merges.
//!
//! A merge is one row of `person_merges`; taking it apart supersedes that row. Nothing is copied or deleted.

use std::fmt;

use domain::BasicPensionNumber;
use jiff::Timestamp;
use jiff::civil::Date;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;

/// 一組 — two persons, the smaller number first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// 人, the smaller number.
    pub first: i64,
    /// 人, the greater number.
    pub second: i64,
}

impl Pair {
    /// Of two persons in either order; `None` for one and the same.
    pub fn of(one: i64, other: i64) -> Option<Pair> {
        (one != other).then(|| Pair { first: one.min(other), second: one.max(other) })
    }
}

/// 決定の種類, drafted or decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 同一人の起案.
    DraftedSame,
    /// 同一人.
    Same,
    /// 別人の起案.
    DraftedDifferent,
    /// 別人.
    Different,
    /// 統合の取消の起案.
    DraftedApart,
    /// 統合の取消.
    TakenApart,
    /// 起案の差戻し.
    Returned,
}

impl Outcome {
    const ALL: [Outcome; 7] = [
        Outcome::DraftedSame,
        Outcome::Same,
        Outcome::DraftedDifferent,
        Outcome::Different,
        Outcome::DraftedApart,
        Outcome::TakenApart,
        Outcome::Returned,
    ];

    /// The word of the table.
    pub const fn code(self) -> &'static str {
        match self {
            Outcome::DraftedSame => "drafted_same",
            Outcome::Same => "same",
            Outcome::DraftedDifferent => "drafted_different",
            Outcome::Different => "different",
            Outcome::DraftedApart => "drafted_apart",
            Outcome::TakenApart => "taken_apart",
            Outcome::Returned => "returned",
        }
    }

    /// What approval makes of a draft.
    pub const fn approved(self) -> Option<Outcome> {
        match self {
            Outcome::DraftedSame => Some(Outcome::Same),
            Outcome::DraftedDifferent => Some(Outcome::Different),
            Outcome::DraftedApart => Some(Outcome::TakenApart),
            _ => None,
        }
    }

    fn of_code(code: &str) -> Result<Outcome, StoreError> {
        let found = Outcome::ALL.into_iter().find(|outcome| outcome.code() == code);
        found.ok_or(StoreError::Unreadable { what: "duplicate_decisions.outcome" })
    }
}

/// 決定, or its draft, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What.
    pub outcome: Outcome,
    /// 残す番号の人.
    pub kept_person_id: Option<i64>,
    /// 起案した職員.
    pub drafted_by: i64,
    /// 決裁した職員.
    pub approved_by: Option<i64>,
    /// 理由.
    pub note: String,
    /// Since when.
    pub known_at: Timestamp,
}

/// 審査待ちの一行.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub pair: Pair,
    /// 点数; none for a pair that the night did not propose or no longer does.
    pub score: Option<i16>,
    /// 一致・相違の語.
    pub reasons: Vec<String>,
    /// 決定.
    pub decision: Option<Decision>,
}

/// Which pairs are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Proposed, and nobody has drafted.
    Open,
    /// Drafted.
    Drafted,
    /// 同一人 or 別人, decided.
    Decided,
}

/// Where a page of the list begins: after this score and pair.
pub type After = (i16, Pair);

/// Pairs by score, the highest first, then by person.
pub async fn list(db: &impl Db, which: Listed, after: Option<After>, limit: i64) -> Result<Vec<Candidate>, StoreError> {
    const PAIRS: &str = "
        SELECT coalesce(c.first_person_id, d.first_person_id) AS first_person_id,
            coalesce(c.second_person_id, d.second_person_id) AS second_person_id,
            c.score, c.reasons, d.outcome, d.kept_person_id, d.drafted_by, d.approved_by, d.note, d.known_at
        FROM (SELECT * FROM duplicate_candidates WHERE superseded_at IS NULL) AS c";
    const DECISIONS: &str = "(SELECT * FROM duplicate_decisions WHERE superseded_at IS NULL) AS d
            ON d.first_person_id = c.first_person_id AND d.second_person_id = c.second_person_id";
    let from = match which {
        Listed::Open => {
            format!("{PAIRS} LEFT JOIN {DECISIONS} WHERE d.outcome IS NULL OR d.outcome IN ('taken_apart', 'returned')")
        }
        Listed::Drafted => format!("{PAIRS} RIGHT JOIN {DECISIONS} WHERE d.outcome LIKE 'drafted%'"),
        Listed::Decided => format!("{PAIRS} RIGHT JOIN {DECISIONS} WHERE d.outcome IN ('same', 'different')"),
    };
    let (score, pair) = after.map_or((None, None), |(score, pair)| (Some(score), Some(pair)));
    let (first, second) = (pair.map(|pair| pair.first), pair.map(|pair| pair.second));
    let sql = format!(
        "SELECT * FROM ({from}) AS listed
         WHERE $1::smallint IS NULL OR (-coalesce(score, 0), first_person_id, second_person_id) > (-$1::smallint, $2, $3)
         ORDER BY coalesce(score, 0) DESC, first_person_id, second_person_id LIMIT $4"
    );
    let rows = db.rows(&sql, &[&score, &first.unwrap_or(0), &second.unwrap_or(0), &limit]).await?;
    rows.iter().map(candidate_of).collect()
}

fn candidate_of(row: &Row) -> Result<Candidate, StoreError> {
    let decision = match row.get::<_, Option<&str>>("outcome") {
        Some(outcome) => Some(Decision {
            outcome: Outcome::of_code(outcome)?,
            kept_person_id: row.get("kept_person_id"),
            drafted_by: row.get("drafted_by"),
            approved_by: row.get("approved_by"),
            note: row.get("note"),
            known_at: row.get("known_at"),
        }),
        None => None,
    };
    Ok(Candidate {
        pair: Pair { first: row.get("first_person_id"), second: row.get("second_person_id") },
        score: row.get("score"),
        reasons: row.get::<_, Option<Vec<String>>>("reasons").unwrap_or_default(),
        decision,
    })
}

/// One pair as it stands; without score and decision when nobody has spoken of it.
pub async fn find(db: &impl Db, pair: Pair) -> Result<Candidate, StoreError> {
    const SQL: &str = "
        SELECT asked.first_person_id, asked.second_person_id, c.score, c.reasons,
            d.outcome, d.kept_person_id, d.drafted_by, d.approved_by, d.note, d.known_at
        FROM (SELECT $1::bigint AS first_person_id, $2::bigint AS second_person_id) AS asked
        LEFT JOIN duplicate_candidates AS c ON c.first_person_id = asked.first_person_id
            AND c.second_person_id = asked.second_person_id AND c.superseded_at IS NULL
        LEFT JOIN duplicate_decisions AS d ON d.first_person_id = asked.first_person_id
            AND d.second_person_id = asked.second_person_id AND d.superseded_at IS NULL";
    candidate_of(&db.row(SQL, &[&pair.first, &pair.second]).await?)
}

/// 加入記録 of one side, shortened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideCover {
    /// `cat1`, `cat2`, `cat3`, `voluntary`, `special_voluntary`.
    pub category: String,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 資格喪失年月日.
    pub lost_on: Option<Date>,
}

/// 一人分 — what a reviewer sees of one of the two.
#[derive(Clone, PartialEq, Eq)]
pub struct Side {
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
    /// 基礎年金番号, present first.
    pub numbers: Vec<BasicPensionNumber>,
    /// 郵便番号, text and since when; the latest first.
    pub addresses: Vec<(String, String, Date)>,
    /// 加入記録, the latest first.
    pub covers: Vec<SideCover>,
    /// 老齢年金の請求がある.
    pub claimed: bool,
    /// Merged into this person.
    pub merged_into: Option<i64>,
    /// Numbers that are merged into this one.
    pub merged_from: Vec<i64>,
}

/// Only our own number is shown.
impl fmt::Debug for Side {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Side").field("person_id", &self.person_id).finish_non_exhaustive()
    }
}

/// One person for a reviewer, as known now; the address book with what was corrected.
pub async fn side(db: &impl Db, person_id: i64) -> Result<Option<Side>, StoreError> {
    const IDENTITY: &str = "
        SELECT name_kana, name_kanji, birth_on, sex,
            EXISTS (SELECT 1 FROM pension_claims AS c WHERE c.person_id = $1 AND c.superseded_at IS NULL)
                OR EXISTS (SELECT 1 FROM disability_claims AS c WHERE c.person_id = $1 AND c.superseded_at IS NULL)
                OR EXISTS (SELECT 1 FROM survivor_claims AS c WHERE c.person_id = $1 AND c.superseded_at IS NULL)
                OR EXISTS (SELECT 1 FROM pension_instalments AS i WHERE i.person_id = $1) AS claimed,
            (SELECT kept_person_id FROM person_merges WHERE merged_person_id = $1 AND superseded_at IS NULL) AS merged_into,
            ARRAY (SELECT merged_person_id FROM person_merges WHERE kept_person_id = $1 AND superseded_at IS NULL
                ORDER BY merged_person_id) AS merged_from
        FROM person_identities WHERE person_id = $1 AND superseded_at IS NULL AND valid_to IS NULL";
    const NUMBERS: &str = "
        SELECT number FROM person_numbers WHERE person_id = $1
        GROUP BY number ORDER BY bool_or(superseded_at IS NULL AND valid_to IS NULL) DESC, max(known_at) DESC, number";
    const ADDRESSES: &str = "
        SELECT zip, address_kanji, max(valid_from) FROM addresses WHERE person_id = $1
        GROUP BY zip, address_kanji ORDER BY 3 DESC, 1, 2";
    const COVERS: &str = "
        SELECT category, valid_from, valid_to FROM pension_spells WHERE person_id = $1 AND superseded_at IS NULL
        UNION ALL
        SELECT 'cat2', valid_from, valid_to FROM coverage_spells
        WHERE person_id = $1 AND superseded_at IS NULL AND employees_pension
        ORDER BY 2 DESC, 1";
    let Some(row) = db.row_opt(IDENTITY, &[&person_id]).await? else { return Ok(None) };
    let numbers = db.rows(NUMBERS, &[&person_id]).await?;
    let number =
        |row: &Row| row.get::<_, &str>(0).parse().map_err(|_| StoreError::Unreadable { what: "person_numbers.number" });
    let addresses = db.rows(ADDRESSES, &[&person_id]).await?;
    let covers = db.rows(COVERS, &[&person_id]).await?;
    let cover = |row: &Row| SideCover { category: row.get(0), acquired_on: row.get(1), lost_on: row.get(2) };
    Ok(Some(Side {
        person_id,
        name_kana: row.get("name_kana"),
        name_kanji: row.get("name_kanji"),
        birth_on: row.get("birth_on"),
        sex: row.get("sex"),
        numbers: numbers.iter().map(number).collect::<Result<_, _>>()?,
        addresses: addresses.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect(),
        covers: covers.iter().map(cover).collect(),
        claimed: row.get("claimed"),
        merged_into: row.get("merged_into"),
        merged_from: row.get("merged_from"),
    }))
}

/// Locks both persons for the rest of the transaction, so that two decisions about either of them meet here.
pub async fn lock(db: &impl Db, pair: Pair) -> Result<bool, StoreError> {
    let sql = "SELECT person_id FROM persons WHERE person_id IN ($1, $2) ORDER BY person_id FOR UPDATE";
    Ok(db.rows(sql, &[&pair.first, &pair.second]).await?.len() == 2)
}

/// What is written as the decision of a pair.
#[derive(Clone, Copy)]
pub struct NewDecision<'a> {
    /// Who.
    pub pair: Pair,
    /// What.
    pub outcome: Outcome,
    /// 残す番号の人.
    pub kept_person_id: Option<i64>,
    /// 起案した職員.
    pub drafted_by: i64,
    /// 決裁した職員.
    pub approved_by: Option<i64>,
    /// 理由.
    pub note: &'a str,
}

/// Writes a decision in the place of the one that stands.
pub async fn decide(db: &impl Db, new: &NewDecision<'_>) -> Result<(), StoreError> {
    const END: &str = "UPDATE duplicate_decisions SET superseded_at = now()
        WHERE first_person_id = $1 AND second_person_id = $2 AND superseded_at IS NULL";
    const BEGIN: &str = "
        INSERT INTO duplicate_decisions
            (first_person_id, second_person_id, outcome, kept_person_id, drafted_by, approved_by, note)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    db.run(END, &[&new.pair.first, &new.pair.second]).await?;
    let outcome = new.outcome.code();
    db.run(
        BEGIN,
        &[
            &new.pair.first,
            &new.pair.second,
            &outcome,
            &new.kept_person_id,
            &new.drafted_by,
            &new.approved_by,
            &new.note,
        ],
    )
    .await?;
    Ok(())
}

/// The pair leaves the queue.
pub async fn take_off(db: &impl Db, pair: Pair) -> Result<(), StoreError> {
    let sql = "UPDATE duplicate_candidates SET superseded_at = now()
        WHERE first_person_id = $1 AND second_person_id = $2 AND superseded_at IS NULL";
    db.run(sql, &[&pair.first, &pair.second]).await?;
    Ok(())
}

/// 統合 — from now on the one is read as the other.
///
/// # Errors
/// `Duplicate` — it is merged already.
pub async fn merge(
    db: &impl Db,
    merged: i64,
    kept: i64,
    (drafted_by, approved_by): (i64, i64),
    reason: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO person_merges (merged_person_id, kept_person_id, drafted_by, approved_by, reason)
        VALUES ($1, $2, $3, $4, $5)";
    db.run(sql, &[&merged, &kept, &drafted_by, &approved_by, &reason]).await?;
    Ok(())
}

/// 統合の取消 — the two are two again. Gives whether there was a merge.
pub async fn take_apart(db: &impl Db, pair: Pair) -> Result<bool, StoreError> {
    let sql = "UPDATE person_merges SET superseded_at = now() WHERE superseded_at IS NULL
        AND (merged_person_id, kept_person_id) IN (($1, $2), ($2, $1))";
    Ok(db.run(sql, &[&pair.first, &pair.second]).await? == 1)
}
