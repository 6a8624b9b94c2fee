//! 移行 — the database's own history: every migration once, in order, and never another than the one applied.

use sha2::{Digest, Sha256};

use crate::connect::Connection;
use crate::db::Db;
use crate::error::StoreError;

/// One step of the database: a file of `schema/store/migrations`.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// File name without `.sql`.
    pub name: &'static str,
    /// What it does.
    pub sql: &'static str,
}

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration { name: $name, sql: include_str!(concat!("../migrations/", $name, ".sql")) }),+]
    };
}

/// Every migration this program knows, in order.
pub const MIGRATIONS: &[Migration] = migrations![
    "0001_two_times",
    "0002_offices_and_clerks",
    "0003_persons",
    "0004_employers",
    "0005_coverage",
    "0006_filings",
    "0007_runs",
    "0008_journal",
    "0009_notices",
    "0010_access_log",
    "0011_receptions",
    "0012_application_lookups",
    "0013_late_changes",
    "0014_bulk",
    "0015_held_filings",
    "0016_no_negative_levy",
    "0017_leave_end_decision",
    "0018_withdrawals",
    "0019_earlier_cover_ends",
    "0020_workplace_selections",
    "0021_lives",
    "0022_awards_and_payments",
    "0023_national_pension",
    "0024_duplicates",
    "0025_filings_by_person",
    "0026_disability_and_survivors",
    "0027_remuneration_splits",
];

/// One at a time over all programs that migrate this database ("nenrin" in ASCII).
const LOCK: i64 = 0x6e65_6e72_696e;

const CREATE_HISTORY: &str = "
CREATE TABLE IF NOT EXISTS schema_migrations (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE schema_migrations IS '適用済みの移行: 名前と内容の指紋';
";

/// Why the database and this program do not fit together.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database has been migrated by a newer program. The operator installs that one.
    #[error(
        "データベースは新しい版の nenrin のものです (この版が知らない移行 {name} が適用されています)。新しい版の nenrin を使ってください"
    )]
    NewerDatabase {
        /// The first migration that is not known here.
        name: String,
    },
    /// An applied migration is not the one this program carries; a bug of the build.
    #[error(
        "適用済みの移行 {name} の内容がこの版の nenrin と違います。データベースを作ったときと同じ版の nenrin を使ってください"
    )]
    ChangedMigration {
        /// Which one.
        name: String,
    },
    /// The database is older than this program. The operator migrates it.
    #[error("データベースに未適用の移行があります ({name} から)。`nenrin up` で適用してください")]
    OlderDatabase {
        /// The first one that is missing.
        name: &'static str,
    },
    /// One migration failed; those before it stay applied, nothing of it is.
    #[error("移行 {name} を適用できません。この移行は何も変えていません")]
    Failed {
        /// Which one.
        name: &'static str,
        /// What the database said.
        #[source]
        source: StoreError,
    },
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<tokio_postgres::Error> for MigrateError {
    fn from(error: tokio_postgres::Error) -> MigrateError {
        MigrateError::Store(error.into())
    }
}

/// Applies what is missing and returns the names of what it applied. Applied twice, it does nothing.
///
/// # Errors
/// `NewerDatabase`, `ChangedMigration` — nothing was touched; `Failed` — the operator reads the cause.
pub async fn migrate(connection: &mut Connection) -> Result<Vec<&'static str>, MigrateError> {
    connection.run("SELECT pg_advisory_lock($1)", &[&LOCK]).await?;
    let outcome = apply_missing(connection).await;
    connection.run("SELECT pg_advisory_unlock($1)", &[&LOCK]).await?;
    outcome
}

async fn apply_missing(connection: &mut Connection) -> Result<Vec<&'static str>, MigrateError> {
    if !has_history(connection).await? {
        connection.batch_execute(CREATE_HISTORY).await?;
    }
    let missing = missing(&history(connection).await?)?;
    for migration in missing {
        apply(connection, migration).await.map_err(|source| MigrateError::Failed { name: migration.name, source })?;
        tracing::info!(name = migration.name, "migration applied");
    }
    Ok(missing.iter().map(|migration| migration.name).collect())
}

/// Only compares: what must hold before any work on the database begins.
///
/// # Errors
/// `NewerDatabase`, `OlderDatabase`, `ChangedMigration`.
pub async fn check_version(db: &impl Db) -> Result<(), MigrateError> {
    let applied = if has_history(db).await? { history(db).await? } else { Vec::new() };
    match missing(&applied)?.first() {
        Some(first) => Err(MigrateError::OlderDatabase { name: first.name }),
        None => Ok(()),
    }
}

async fn has_history(db: &impl Db) -> Result<bool, StoreError> {
    Ok(db.row("SELECT to_regclass('schema_migrations') IS NOT NULL", &[]).await?.get(0))
}

/// Names and fingerprints, in order.
async fn history(db: &impl Db) -> Result<Vec<(String, String)>, StoreError> {
    let rows = db.rows("SELECT name, sha256 FROM schema_migrations ORDER BY name", &[]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// What of ours is not applied yet, when what is applied is the beginning of ours.
fn missing(applied: &[(String, String)]) -> Result<&'static [Migration], MigrateError> {
    for (place, (name, sha256)) in applied.iter().enumerate() {
        match MIGRATIONS.get(place) {
            Some(ours) if ours.name == name && fingerprint(ours) == *sha256 => {}
            Some(ours) if ours.name == name => return Err(MigrateError::ChangedMigration { name: name.clone() }),
            _ => return Err(MigrateError::NewerDatabase { name: name.clone() }),
        }
    }
    Ok(&MIGRATIONS[applied.len()..])
}

async fn apply(connection: &mut Connection, migration: &Migration) -> Result<(), StoreError> {
    let transaction = connection.transaction().await?;
    transaction.batch_execute(migration.sql).await?;
    transaction
        .run(
            "INSERT INTO schema_migrations (name, sha256) VALUES ($1, $2)",
            &[&migration.name, &fingerprint(migration)],
        )
        .await?;
    Ok(transaction.commit().await?)
}

fn fingerprint(migration: &Migration) -> String {
    hex::encode(Sha256::digest(migration.sql))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(count: usize) -> Vec<(String, String)> {
        MIGRATIONS[..count].iter().map(|one| (one.name.to_owned(), fingerprint(one))).collect()
    }

    #[test]
    fn every_file_is_in_the_list() {
        let here = std::env::var("CARGO_MANIFEST_DIR").expect("tests run under cargo");
        let mut files: Vec<String> = std::fs::read_dir(format!("{here}/migrations"))
            .expect("the folder is beside us")
            .map(|entry| entry.expect("readable").file_name().into_string().expect("ASCII"))
            .collect();
        files.sort();
        let names: Vec<String> = MIGRATIONS.iter().map(|one| format!("{}.sql", one.name)).collect();
        assert_eq!(files, names);
    }

    #[test]
    fn what_is_missing() {
        assert_eq!(missing(&applied(0)).expect("fits").len(), MIGRATIONS.len());
        assert_eq!(missing(&applied(MIGRATIONS.len())).expect("fits").len(), 0);
        let mut newer = applied(MIGRATIONS.len());
        newer.push(("9999_from_the_future".to_owned(), String::new()));
        assert!(matches!(missing(&newer), Err(MigrateError::NewerDatabase { name }) if name == "9999_from_the_future"));
        let mut changed = applied(3);
        changed[1].1.push('0');
        assert!(
            matches!(missing(&changed), Err(MigrateError::ChangedMigration { name }) if name == MIGRATIONS[1].name)
        );
    }
}
