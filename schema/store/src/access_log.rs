//! アクセス記録 — who looked at or changed what, and why. Each row carries the hash of the one before it.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::connect::Connection;
use crate::copy::{Fields, copy_out};
use crate::db::Db;
use crate::error::StoreError;

/// One at a time writes the end of the chain ("access" in ASCII).
const LOCK: i64 = 0x6163_6365_7373;
/// What the first row follows.
const GENESIS: [u8; 32] = [0; 32];

const LOCK_CHAIN: &str = "SELECT pg_advisory_xact_lock($1)";
const END_OF_CHAIN: &str = "SELECT seq, hash FROM access_log ORDER BY seq DESC LIMIT 1";
const INSERT: &str = "
        INSERT INTO access_log (seq, at, actor, office_code, action, subject, purpose, outcome, previous_hash, hash)
        SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[],
            $7::text[], $8::text[], $9::bytea[], $10::bytea[])";

/// 照会または変更 — one line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who: a login, or a process.
    pub actor: String,
    /// From which office.
    pub office_code: Option<String>,
    /// What was done.
    pub action: String,
    /// On what: `person:12`, `filing:1301-20260401-000001`; never a name.
    pub subject: String,
    /// 利用目的.
    pub purpose: String,
    /// How it ended.
    pub outcome: String,
}

/// The chain as it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Rows.
    pub count: u64,
    /// Hash of the last one: kept elsewhere, it shows when rows at the end are missing.
    pub last_hash: [u8; 32],
}

/// Why a chain was not followed to its end.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// A row was altered, or one before it is missing.
    #[error(
        "アクセス記録の鎖が {seq} 番で切れています。記録が変えられたか消されています。監査担当者に知らせてください"
    )]
    BrokenAt {
        /// The first row that does not follow from the one before.
        seq: i64,
    },
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Appends entries to the chain in a transaction of their own: they stay, whatever becomes of the work they tell of.
///
/// - `entries`: in the order they happened; empty does nothing
pub async fn append(connection: &mut Connection, entries: &[Entry]) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction().await?;
    transaction.run(LOCK_CHAIN, &[&LOCK]).await?;
    let (mut seq, mut previous) = end_of_chain(&transaction).await?;
    let mut links = Vec::with_capacity(entries.len());
    for entry in entries {
        seq += 1;
        let hash = entry.hash(seq, &previous);
        links.push((seq, previous, hash));
        previous = hash;
    }
    insert(&transaction, entries, &links).await?;
    Ok(transaction.commit().await?)
}

/// 記録一回で送る SQL — what one [`append`] sends, in order, between `BEGIN` and `COMMIT`, for benchmarks.
pub fn statements_of_one_append() -> [&'static str; 3] {
    [LOCK_CHAIN, END_OF_CHAIN, INSERT]
}

async fn end_of_chain(db: &impl Db) -> Result<(i64, [u8; 32]), StoreError> {
    let last = db.row_opt(END_OF_CHAIN, &[]).await?;
    let Some(row) = last else { return Ok((0, GENESIS)) };
    let hash =
        <[u8; 32]>::try_from(row.get::<_, &[u8]>(1)).map_err(|_| StoreError::Unreadable { what: "access_log.hash" })?;
    Ok((row.get(0), hash))
}

async fn insert(db: &impl Db, entries: &[Entry], links: &[(i64, [u8; 32], [u8; 32])]) -> Result<(), StoreError> {
    fn column<'a, T>(entries: &'a [Entry], field: impl Fn(&'a Entry) -> T) -> Vec<T> {
        entries.iter().map(field).collect()
    }
    let seqs: Vec<i64> = links.iter().map(|link| link.0).collect();
    let previous: Vec<&[u8]> = links.iter().map(|link| link.1.as_slice()).collect();
    let hashes: Vec<&[u8]> = links.iter().map(|link| link.2.as_slice()).collect();
    db.run(
        INSERT,
        &[
            &seqs,
            &column(entries, |entry| entry.at),
            &column(entries, |entry| entry.actor.as_str()),
            &column(entries, |entry| entry.office_code.as_deref()),
            &column(entries, |entry| entry.action.as_str()),
            &column(entries, |entry| entry.subject.as_str()),
            &column(entries, |entry| entry.purpose.as_str()),
            &column(entries, |entry| entry.outcome.as_str()),
            &previous,
            &hashes,
        ],
    )
    .await?;
    Ok(())
}

impl Entry {
    fn hash(&self, seq: i64, previous: &[u8]) -> [u8; 32] {
        let texts = [
            Some(self.actor.as_str()),
            self.office_code.as_deref(),
            Some(&self.action),
            Some(&self.subject),
            Some(&self.purpose),
            Some(&self.outcome),
        ];
        link_hash(seq, self.at, &texts, previous)
    }
}

/// Lengths before texts, so that no two rows are written alike; an empty office differs from none.
fn link_hash(seq: i64, at: Timestamp, texts: &[Option<&str>; 6], previous: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(seq.to_be_bytes());
    hasher.update(at.as_microsecond().to_be_bytes());
    for text in texts {
        match text {
            Some(text) => {
                hasher.update(u64::try_from(text.len()).expect("a length fits").to_be_bytes());
                hasher.update(text.as_bytes());
            }
            None => hasher.update(u64::MAX.to_be_bytes()),
        }
    }
    hasher.finalize().into()
}

/// Follows the whole chain, row by row.
///
/// # Errors
/// `BrokenAt` — the first row that was altered or does not follow; an auditor looks.
pub async fn verify_chain(db: &impl Db) -> Result<Chain, ChainError> {
    const SQL: &str = "SELECT seq, at, actor, office_code, action, subject, purpose, outcome, previous_hash, hash
        FROM access_log ORDER BY seq";
    let mut chain = Chain { count: 0, last_hash: GENESIS };
    copy_out(db, SQL, |row| follow(&mut chain, row)).await?;
    Ok(chain)
}

fn follow(chain: &mut Chain, row: &Fields<'_>) -> Result<(), ChainError> {
    let seq = row.i64(0);
    let texts = [
        Some(row.text(2)),
        row.opt_text(3),
        Some(row.text(4)),
        Some(row.text(5)),
        Some(row.text(6)),
        Some(row.text(7)),
    ];
    let hash = link_hash(seq, row.timestamp(1), &texts, &chain.last_hash);
    let next = i64::try_from(chain.count + 1).expect("a count of rows fits");
    if seq != next || row.bytes(8) != chain.last_hash || row.bytes(9) != hash {
        // A gap is reported where it begins.
        return Err(ChainError::BrokenAt { seq: seq.min(next) });
    }
    *chain = Chain { count: chain.count + 1, last_hash: hash };
    Ok(())
}

/// Lines about a subject, the newest first, at most `limit`.
pub async fn about(db: &impl Db, subject: &str, limit: i64) -> Result<Vec<(i64, Entry)>, StoreError> {
    const SQL: &str = "
        SELECT seq, at, actor, office_code, action, subject, purpose, outcome
        FROM access_log WHERE subject = $1 ORDER BY seq DESC LIMIT $2";
    let entry = |row: &tokio_postgres::Row| {
        let entry = Entry {
            at: row.get(1),
            actor: row.get(2),
            office_code: row.get(3),
            action: row.get(4),
            subject: row.get(5),
            purpose: row.get(6),
            outcome: row.get(7),
        };
        (row.get(0), entry)
    };
    Ok(db.rows(SQL, &[&subject, &limit]).await?.iter().map(entry).collect())
}
