//! 記帳済みの行は変更できない — kept by the database itself, in every table, whoever asks.

use store::{Connection, Db};
use tests::TestOffice;
use tokio_postgres::error::SqlState;

use crate::world::one_of_everything;

/// Books of work in progress, lists and accounts of users: their rows may change. Any other table must be guarded.
const WORKING: &[&str] = &[
    "accounts",
    "application_queue",
    "clerks",
    "offices",
    "run_files",
    "run_jobs",
    "run_partitions",
    "run_verdicts",
    "runs",
    "schema_migrations",
    "sessions",
    "settings",
];

struct Table {
    name: String,
    partition: bool,
    columns: Vec<(String, String)>,
}

impl Table {
    fn is_fact(&self) -> bool {
        self.columns.iter().any(|(name, _)| name == "superseded_at")
    }
}

/// Every guarded table, partitions included, with names and types of its columns.
async fn guarded(db: &Connection) -> Vec<Table> {
    const SQL: &str = "
        SELECT c.oid::regclass::text, c.relispartition,
            array_agg(a.attname::text ORDER BY a.attnum), array_agg(format_type(a.atttypid, NULL) ORDER BY a.attnum)
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        GROUP BY c.oid, c.relispartition
        ORDER BY 1";
    let rows = db.rows(SQL, &[]).await.expect("the catalogue");
    let tables = rows.iter().map(|row| Table {
        name: row.get(0),
        partition: row.get(1),
        columns: row.get::<_, Vec<String>>(2).into_iter().zip(row.get::<_, Vec<String>>(3)).collect(),
    });
    tables.filter(|table| !WORKING.contains(&table.name.as_str())).collect()
}

async fn assert_refused(db: &Connection, sql: &str) {
    let error = db.batch_execute(sql).await.expect_err(sql);
    let db_error = error.as_db_error().unwrap_or_else(|| panic!("{sql}: {error}"));
    assert_eq!(*db_error.code(), SqlState::INTEGRITY_CONSTRAINT_VIOLATION, "{sql}: {}", db_error.message());
    assert!(db_error.message().starts_with("NENRIN_POSTED"), "{sql}: {}", db_error.message());
}

#[tokio::test]
async fn no_posted_row_is_deleted_or_truncated() {
    let office = TestOffice::new();
    let mut db = office.connect().await;
    one_of_everything(&mut db).await;
    let tables = guarded(&db).await;
    assert!(tables.len() > 40, "facts, posted rows and partitions: {}", tables.len());
    for table in &tables {
        assert_refused(&db, &format!("TRUNCATE {} CASCADE", table.name)).await;
        let count: i64 = db.row(&format!("SELECT count(*) FROM {}", table.name), &[]).await.expect("counted").get(0);
        assert!(
            count > 0 || table.partition,
            "{}: give it a row in one_of_everything, or name it in WORKING",
            table.name
        );
        if count > 0 {
            assert_refused(&db, &format!("DELETE FROM {}", table.name)).await;
        }
    }
}

#[tokio::test]
async fn only_the_end_of_our_knowing_is_ever_written_and_once() {
    let office = TestOffice::new();
    let mut db = office.connect().await;
    one_of_everything(&mut db).await;
    for table in guarded(&db).await.iter().filter(|table| !table.partition) {
        for (column, data_type) in table.columns.iter().filter(|(column, _)| column != "superseded_at") {
            // Also beside the change that is allowed, no other passes.
            let allowed = if table.is_fact() { ", superseded_at = now()" } else { "" };
            let other = other_value(column, data_type);
            const IDENTITIES: [(&str, &str); 5] = [
                ("journal", "entry_id"),
                ("pension_journal", "entry_id"),
                ("filings", "filing_id"),
                ("media_files", "media_file_id"),
                ("np_receipt_files", "file_id"),
            ];
            if IDENTITIES.contains(&(table.name.as_str(), column.as_str())) {
                continue; // GENERATED ALWAYS: PostgreSQL refuses before any trigger.
            }
            assert_refused(&db, &format!("UPDATE {} SET {column} = {other}{allowed}", table.name)).await;
        }
        if table.is_fact() {
            assert_refused(&db, &format!("UPDATE {} SET superseded_at = NULL", table.name)).await;
            assert_refused(&db, &format!("UPDATE {} SET superseded_at = known_at - interval '1 second'", table.name))
                .await;
            db.batch_execute(&format!("UPDATE {} SET superseded_at = now()", table.name)).await.expect("once");
            assert_refused(&db, &format!("UPDATE {} SET superseded_at = now()", table.name)).await;
        }
    }
}

/// A value of the type that no row of ours has.
fn other_value(column: &str, data_type: &str) -> String {
    match data_type {
        "boolean" => format!("NOT {column}"),
        "jsonb" => "'[0]'".to_owned(),
        "bytea" => "'\\x00'".to_owned(),
        "date" => "'1901-01-01'".to_owned(),
        "timestamp with time zone" => "'1901-01-01Z'".to_owned(),
        "text" => "'別'".to_owned(),
        list if list.ends_with("[]") => format!("'{{9}}'::{list}"),
        _ => "9".to_owned(),
    }
}

/// The journal names its accounts by a list of its own, so that posting millions of rows asks no other table.
#[tokio::test]
async fn the_journal_takes_every_account_and_no_other() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let accounts =
        db.rows("SELECT account FROM accounts WHERE in_journal ORDER BY account", &[]).await.expect("the accounts");
    let accounts: Vec<String> = accounts.iter().map(|row| row.get(0)).collect();
    let post = async |debit: &str, credit: &str| {
        db.batch_execute(&format!(
            "INSERT INTO journal (kind, debit_account, credit_account, levy, employer_id, for_month, amount_yen,
                business_on, reason)
             VALUES ('receipt', '{debit}', '{credit}', 'employees_pension', 1, '2026-04-01', 1, '2026-05-20', '収納')"
        ))
        .await
    };
    for (account, other) in accounts.iter().zip(accounts.iter().cycle().skip(1)) {
        post(account, other).await.unwrap_or_else(|error| panic!("{account} against {other}: {error}"));
    }
    for (debit, credit) in [("cash", "petty_cash"), ("petty_cash", "cash")] {
        let refused = post(debit, credit).await.expect_err("no such account");
        assert_eq!(refused.code(), Some(&SqlState::CHECK_VIOLATION), "{debit} against {credit}");
    }
}

#[tokio::test]
async fn every_table_says_what_it_is() {
    let office = TestOffice::new();
    let db = office.connect().await;
    const SQL: &str = "
        SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition AND n.nspname !~ '^pg_'
            AND n.nspname <> 'information_schema' AND obj_description(c.oid, 'pg_class') IS NULL
        ORDER BY 1";
    let silent: Vec<String> = db.rows(SQL, &[]).await.expect("the catalogue").iter().map(|row| row.get(0)).collect();
    assert!(silent.is_empty(), "COMMENT ON TABLE is missing: {silent:?}");
}
