//! The database's history: applied once, in order, known to the program.

use std::process::Command;

use store::migrate::{MIGRATIONS, MigrateError, check_version, migrate};
use store::{Connection, Db};
use tests::{TestOffice, workspace};

async fn migrated() -> (TestOffice, Connection) {
    let office = TestOffice::empty();
    let mut db = office.connect().await;
    let applied = migrate(&mut db).await.expect("every migration applies");
    assert_eq!(applied.len(), MIGRATIONS.len());
    (office, db)
}

#[tokio::test]
async fn applied_twice_changes_nothing() {
    let (office, mut db) = migrated().await;
    let before = dump(&office);
    assert_eq!(migrate(&mut db).await.expect("nothing to do"), Vec::<&str>::new());
    check_version(&db).await.expect("it fits");
    assert_eq!(dump(&office), before);
}

#[tokio::test]
async fn two_programs_migrate_at_once() {
    let office = TestOffice::empty();
    let (mut one, mut two) = (office.connect().await, office.connect().await);
    let (first, second) = tokio::join!(migrate(&mut one), migrate(&mut two));
    let applied = first.expect("applied").len() + second.expect("waited").len();
    assert_eq!(applied, MIGRATIONS.len());
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    let (_office, mut db) = migrated().await;
    db.batch_execute("INSERT INTO schema_migrations (name, sha256) VALUES ('9999_later', 'x')").await.expect("a row");
    let error = migrate(&mut db).await.expect_err("newer");
    assert!(matches!(&error, MigrateError::NewerDatabase { name } if name == "9999_later"), "{error}");
    assert!(matches!(check_version(&db).await, Err(MigrateError::NewerDatabase { .. })));
    assert!(error.to_string().contains("新しい版"));
}

#[tokio::test]
async fn a_changed_migration_is_noticed() {
    let (_office, mut db) = migrated().await;
    db.batch_execute("UPDATE schema_migrations SET sha256 = 'x' WHERE name = '0003_persons'").await.expect("a row");
    assert!(matches!(migrate(&mut db).await, Err(MigrateError::ChangedMigration { name }) if name == "0003_persons"));
}

#[tokio::test]
async fn an_older_database_is_told_from_a_fitting_one() {
    let office = TestOffice::empty();
    let db = office.connect().await;
    assert!(
        matches!(check_version(&db).await, Err(MigrateError::OlderDatabase { name }) if name == MIGRATIONS[0].name)
    );
}

/// What `pg_dump` says of the structure, without what differs from call to call and from version to version.
fn dump(office: &TestOffice) -> String {
    let binaries = cluster::find_binaries().expect("the server's programs are installed");
    let output = Command::new(binaries.program("pg_dump"))
        .args(["--schema-only", "--no-owner", "--no-privileges", "--dbname", office.url()])
        .output()
        .expect("pg_dump runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let noise = ["--", "SET ", "SELECT pg_catalog.set_config", "\\restrict", "\\unrestrict"];
    let mut kept = String::new();
    for line in text.lines().filter(|line| !noise.iter().any(|start| line.starts_with(start))) {
        if !(line.is_empty() && (kept.is_empty() || kept.ends_with("\n\n"))) {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// `schema.sql` is there to be read and compared; `NENRIN_BLESS=1` writes it anew.
#[tokio::test]
async fn schema_sql_is_the_sum_of_the_migrations() {
    let (office, db) = migrated().await;
    let version: String = db.row("SHOW server_version_num", &[]).await.expect("a version").get(0);
    let head = format!(
        "-- The sum of all migrations, as pg_dump of PostgreSQL {} tells it. Written by the test \
         `schema_sql_is_the_sum_of_the_migrations` with NENRIN_BLESS=1.\n\n",
        &version[..2]
    );
    let sum = format!("{head}{}", dump(&office));
    let path = workspace().join("schema/store/schema.sql");
    if std::env::var_os("NENRIN_BLESS").is_some() {
        std::fs::write(&path, &sum).expect("schema.sql can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("schema.sql is there");
    if kept.starts_with(&head) {
        let difference = kept.lines().zip(sum.lines()).find(|(kept, sum)| kept != sum);
        assert!(kept == sum, "schema.sql is not the sum of the migrations (NENRIN_BLESS=1 writes it): {difference:?}");
    }
    // Whatever version wrote it: loaded, it makes the same database.
    let loaded = TestOffice::empty();
    loaded.connect().await.batch_execute(&kept).await.expect("schema.sql can be loaded");
    assert_eq!(dump(&loaded), dump(&office));
}
