//! 届書の受付の計測 — what the bench of filings asks of the database: employers to file for, the tables of its peer,
//! the server's own log of statements, and the count of what was received.

use crate::db::Db;
use crate::error::StoreError;

/// 適用事業所 as a filing names it.
#[derive(Clone, Debug)]
pub struct BenchEmployer {
    /// Our number.
    pub employer_id: i64,
    /// 都道府県コード (日本年金機構), 郡市区符号, 事業所記号.
    pub symbol: [String; 3],
    /// 事業所番号, 5 digits.
    pub office_number: String,
    /// 管轄の年金事務所.
    pub office_code: String,
}

/// Every employer, in order of number.
pub async fn employers(db: &impl Db) -> Result<Vec<BenchEmployer>, StoreError> {
    const SQL: &str = "
        SELECT employer_id, nenkin_prefecture_code, district_code, office_symbol, office_number, office_code
        FROM employers ORDER BY employer_id";
    let rows = db.rows(SQL, &[]).await?;
    let employer = |row: &tokio_postgres::Row| BenchEmployer {
        employer_id: row.get(0),
        symbol: [row.get(1), row.get(2), row.get(3)],
        office_number: row.get(4),
        office_code: row.get(5),
    };
    Ok(rows.iter().map(employer).collect())
}

/// Makes what the peer needs: the employers by place, so that pgbench can draw one, and an access log of the same
/// shape that anybody may append to, because pgbench cannot chain hashes.
pub async fn prepare_peer(db: &impl Db) -> Result<(), StoreError> {
    const SQL: &str = "
        DROP SCHEMA IF EXISTS bench CASCADE;
        CREATE SCHEMA bench;
        CREATE TABLE bench.employers (
            place integer PRIMARY KEY, nenkin_prefecture_code text, district_code text, office_symbol text
        );
        INSERT INTO bench.employers
        SELECT row_number() OVER (ORDER BY employer_id), nenkin_prefecture_code, district_code, office_symbol
        FROM employers;
        ANALYZE bench.employers;
        CREATE TABLE bench.access_log (LIKE access_log INCLUDING ALL);
        CREATE SEQUENCE bench.access_log_seq;";
    Ok(db.postgres().batch_execute(SQL).await?)
}

/// Lets the server write every statement with its parameters into its log, or no longer. Sessions that are open
/// follow before their next statement.
pub async fn log_statements(db: &impl Db, on: bool) -> Result<(), StoreError> {
    let settings = [("log_statement", "all"), ("log_parameter_max_length", "-1"), ("log_error_verbosity", "default")];
    for (name, value) in settings {
        // One by one: ALTER SYSTEM goes into no transaction.
        let sql =
            if on { format!("ALTER SYSTEM SET {name} = '{value}'") } else { format!("ALTER SYSTEM RESET {name}") };
        db.postgres().batch_execute(&sql).await?;
    }
    db.run("SELECT pg_reload_conf()", &[]).await?;
    // The postmaster tells its processes after it has read the file.
    db.run("SELECT pg_sleep(0.5)", &[]).await?;
    Ok(())
}

/// Names of the types that the server gives to the parameters of a statement.
pub async fn parameter_types(db: &impl Db, sql: &str) -> Result<Vec<String>, StoreError> {
    let statement = db.prepared(sql).await?;
    Ok(statement.params().iter().map(|kind| kind.name().to_owned()).collect())
}

/// How many filings were received under a sender's key that begins so.
pub async fn count_receptions(db: &impl Db, key_prefix: &str) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM filings WHERE starts_with(sender_key, $1)";
    Ok(db.row(sql, &[&key_prefix]).await?.get(0))
}
