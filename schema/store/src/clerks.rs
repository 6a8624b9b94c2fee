//! 事務所・職員・端末の利用 — offices, the people who work there, and their sign-ins.
//!
//! Passwords are hashed and compared by the online tier; here they are only a PHC string.

use std::fmt;

use jiff::Timestamp;
use tokio_postgres::Row;

use crate::db::Db;
use crate::error::StoreError;

/// 年金事務所 — one office of the insurer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// 事務所コード, four digits.
    pub office_code: String,
    /// As it is shown.
    pub name: String,
    /// 都道府県コード (JIS X 0401).
    pub prefecture_code: i16,
}

/// 職員 — a user with roles and an area.
#[derive(Clone)]
pub struct Clerk {
    /// Our number.
    pub clerk_id: i64,
    /// Name to sign in with.
    pub login: String,
    /// As it is shown.
    pub name: String,
    /// Argon2id, PHC string.
    pub password_hash: String,
    /// Where the clerk works.
    pub office_code: String,
    /// 都道府県 of that office (JIS X 0401).
    pub prefecture_code: i16,
    /// 役割.
    pub roles: Vec<String>,
    /// 管轄の範囲: `office`, `prefecture`, `nation`.
    pub area: String,
    /// Not allowed to sign in any more.
    pub disabled: bool,
}

/// Neither the name nor the password hash is shown.
impl fmt::Debug for Clerk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Clerk").field("clerk_id", &self.clerk_id).field("roles", &self.roles).finish_non_exhaustive()
    }
}

/// A clerk to be created.
#[derive(Clone, Copy)]
pub struct NewClerk<'a> {
    /// Name to sign in with.
    pub login: &'a str,
    /// As it is shown.
    pub name: &'a str,
    /// Argon2id, PHC string.
    pub password_hash: &'a str,
    /// Where the clerk works.
    pub office_code: &'a str,
    /// 役割: `reception`, `viewer`, `examiner`, `approver`, `operator`, `auditor`.
    pub roles: &'a [&'a str],
    /// 管轄の範囲: `office`, `prefecture`, `nation`.
    pub area: &'a str,
}

/// Adds an office; one that is there stays as it is.
///
/// # Errors
/// `Database` — a prefecture that does not exist.
pub async fn insert_office(db: &impl Db, office: &Office) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO offices (office_code, name, prefecture_code) VALUES ($1, $2, $3)
        ON CONFLICT (office_code) DO NOTHING";
    db.run(SQL, &[&office.office_code, &office.name, &office.prefecture_code]).await?;
    Ok(())
}

/// All offices by code.
pub async fn offices(db: &impl Db) -> Result<Vec<Office>, StoreError> {
    let rows = db.rows("SELECT office_code, name, prefecture_code FROM offices ORDER BY office_code", &[]).await?;
    Ok(rows.iter().map(office_of).collect())
}

/// One office.
pub async fn office(db: &impl Db, office_code: &str) -> Result<Option<Office>, StoreError> {
    const SQL: &str = "SELECT office_code, name, prefecture_code FROM offices WHERE office_code = $1";
    Ok(db.row_opt(SQL, &[&office_code]).await?.as_ref().map(office_of))
}

fn office_of(row: &Row) -> Office {
    Office { office_code: row.get(0), name: row.get(1), prefecture_code: row.get(2) }
}

/// Creates a clerk.
///
/// # Errors
/// `LoginTaken` — another login; `UnknownReference` — no such office.
pub async fn create(db: &impl Db, clerk: &NewClerk<'_>) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO clerks (login, name, password_hash, office_code, roles, area)
        VALUES ($1, $2, $3, $4, $5, $6) RETURNING clerk_id";
    let params: crate::db::Params<'_> =
        &[&clerk.login, &clerk.name, &clerk.password_hash, &clerk.office_code, &clerk.roles, &clerk.area];
    Ok(db.row(SQL, params).await?.get(0))
}

const CLERK: &str = "
    SELECT c.clerk_id, c.login, c.name, c.password_hash, c.office_code, o.prefecture_code, c.roles, c.area,
        c.disabled_at IS NOT NULL
    FROM clerks c JOIN offices o USING (office_code)";

fn clerk_of(row: &Row) -> Clerk {
    Clerk {
        clerk_id: row.get(0),
        login: row.get(1),
        name: row.get(2),
        password_hash: row.get(3),
        office_code: row.get(4),
        prefecture_code: row.get(5),
        roles: row.get(6),
        area: row.get(7),
        disabled: row.get(8),
    }
}

/// The clerk of this login, disabled or not.
pub async fn find_by_login(db: &impl Db, login: &str) -> Result<Option<Clerk>, StoreError> {
    Ok(db.row_opt(&format!("{CLERK} WHERE c.login = $1"), &[&login]).await?.as_ref().map(clerk_of))
}

/// The clerk of this number, disabled or not.
pub async fn find(db: &impl Db, clerk_id: i64) -> Result<Option<Clerk>, StoreError> {
    Ok(db.row_opt(&format!("{CLERK} WHERE c.clerk_id = $1"), &[&clerk_id]).await?.as_ref().map(clerk_of))
}

/// Ends a clerk's right to sign in, and every sign-in there is.
pub async fn disable(db: &impl Db, clerk_id: i64) -> Result<(), StoreError> {
    db.run("UPDATE clerks SET disabled_at = now() WHERE clerk_id = $1 AND disabled_at IS NULL", &[&clerk_id]).await?;
    db.run("DELETE FROM sessions WHERE clerk_id = $1", &[&clerk_id]).await?;
    Ok(())
}

/// Replaces the password and ends every sign-in there is.
pub async fn set_password_hash(db: &impl Db, clerk_id: i64, password_hash: &str) -> Result<(), StoreError> {
    db.run("UPDATE clerks SET password_hash = $2 WHERE clerk_id = $1", &[&clerk_id, &password_hash]).await?;
    db.run("DELETE FROM sessions WHERE clerk_id = $1", &[&clerk_id]).await?;
    Ok(())
}

/// Keeps a sign-in. Only the SHA-256 of the token comes here.
pub async fn create_session(
    db: &impl Db,
    token_hash: &[u8],
    clerk_id: i64,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO sessions (token_hash, clerk_id, expires_at) VALUES ($1, $2, $3)";
    db.run(SQL, &[&token_hash, &clerk_id, &expires_at]).await?;
    Ok(())
}

/// Who is signed in with this token: nobody when it has expired or the clerk is disabled.
pub async fn find_session(db: &impl Db, token_hash: &[u8]) -> Result<Option<Clerk>, StoreError> {
    let sql = format!(
        "{CLERK} JOIN sessions s USING (clerk_id)
        WHERE s.token_hash = $1 AND s.expires_at > now() AND c.disabled_at IS NULL"
    );
    Ok(db.row_opt(&sql, &[&token_hash]).await?.as_ref().map(clerk_of))
}

/// Signs out.
pub async fn delete_session(db: &impl Db, token_hash: &[u8]) -> Result<(), StoreError> {
    db.run("DELETE FROM sessions WHERE token_hash = $1", &[&token_hash]).await?;
    Ok(())
}

/// Removes what has expired; returns how many.
pub async fn delete_expired_sessions(db: &impl Db) -> Result<u64, StoreError> {
    db.run("DELETE FROM sessions WHERE expires_at <= now()", &[]).await
}
