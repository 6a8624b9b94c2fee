//! 一つの時点 — several connections that read see the same, whatever is committed meanwhile.

use crate::db::Db;
use crate::error::StoreError;

const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// What a transaction sees, for others to see too while it is open.
#[derive(Clone, Debug)]
pub struct Snapshot(String);

/// Begins a transaction that cannot write, and gives what it sees.
///
/// # Errors
/// Only what the database refuses.
pub async fn export(db: &impl Db) -> Result<Snapshot, StoreError> {
    db.postgres().batch_execute(BEGIN).await?;
    Ok(Snapshot(db.row("SELECT pg_export_snapshot()", &[]).await?.get(0)))
}

/// Begins a transaction that cannot write and sees what another one sees.
///
/// # Errors
/// Only what the database refuses: above all, that the other one has ended.
pub async fn enter(db: &impl Db, snapshot: &Snapshot) -> Result<(), StoreError> {
    // The name comes from the database and is digits and hyphens; a statement of this kind takes no parameters.
    let join = format!("{BEGIN}; SET TRANSACTION SNAPSHOT '{}'", snapshot.0);
    Ok(db.postgres().batch_execute(&join).await?)
}

/// Ends such a transaction.
///
/// # Errors
/// Only what the database refuses.
pub async fn leave(db: &impl Db) -> Result<(), StoreError> {
    Ok(db.postgres().batch_execute("ROLLBACK").await?)
}
