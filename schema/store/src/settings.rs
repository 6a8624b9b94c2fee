//! 設定値 — values of which a database has one: the first month assessed, and the like.

use crate::db::Db;
use crate::error::StoreError;

/// The value of this name.
pub async fn get(db: &impl Db, name: &str) -> Result<Option<String>, StoreError> {
    Ok(db.row_opt("SELECT value FROM settings WHERE name = $1", &[&name]).await?.map(|row| row.get(0)))
}

/// Sets or replaces the value of this name.
pub async fn set(db: &impl Db, name: &str, value: &str) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO settings (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value";
    db.run(SQL, &[&name, &value]).await?;
    Ok(())
}
