//! アクセス記録の鎖.

use store::Db;
use store::access_log::{self, ChainError};
use tests::TestOffice;

use crate::world::entry;

#[tokio::test]
async fn an_altered_row_breaks_the_chain_where_it_stands() {
    let office = TestOffice::new();
    let mut db = office.connect().await;
    assert_eq!(access_log::verify_chain(&db).await.expect("empty").count, 0);
    let entries: Vec<_> = (1..=7).map(|number| entry(&format!("person:{number}"))).collect();
    access_log::append(&mut db, &entries[..3]).await.expect("written");
    access_log::append(&mut db, &entries[3..]).await.expect("written");
    access_log::append(&mut db, &[]).await.expect("nothing to write");
    let whole = access_log::verify_chain(&db).await.expect("whole");
    assert_eq!(whole.count, 7);
    assert_eq!(access_log::about(&db, "person:5", 10).await.expect("read"), [(5, entry("person:5"))]);

    // Somebody with the rights of the owner.
    for (change, undo) in [
        (
            "UPDATE access_log SET purpose = 'audit' WHERE seq = 5",
            "UPDATE access_log SET purpose = 'person_inquiry' WHERE seq = 5",
        ),
        (
            "UPDATE access_log SET office_code = NULL WHERE seq = 5",
            "UPDATE access_log SET office_code = '1301' WHERE seq = 5",
        ),
        (
            "UPDATE access_log SET at = at + interval '1 microsecond' WHERE seq = 5",
            "UPDATE access_log SET at = at - interval '1 microsecond' WHERE seq = 5",
        ),
    ] {
        as_owner(&db, change).await;
        assert!(matches!(access_log::verify_chain(&db).await, Err(ChainError::BrokenAt { seq: 5 })), "{change}");
        as_owner(&db, undo).await;
        assert_eq!(access_log::verify_chain(&db).await.expect("whole again"), whole);
    }
    as_owner(&db, "DELETE FROM access_log WHERE seq = 4").await;
    assert!(matches!(access_log::verify_chain(&db).await, Err(ChainError::BrokenAt { seq: 4 })));
    as_owner(&db, "DELETE FROM access_log WHERE seq > 3").await;
    let cut = access_log::verify_chain(&db).await.expect("a chain that was cut short is whole");
    assert_ne!(cut.last_hash, whole.last_hash, "and its end is another");
}

async fn as_owner(db: &store::Connection, sql: &str) {
    let sql = format!("ALTER TABLE access_log DISABLE TRIGGER ALL; {sql}; ALTER TABLE access_log ENABLE TRIGGER ALL;");
    db.batch_execute(&sql).await.expect("the owner can");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_at_once_make_one_chain() {
    let office = TestOffice::new();
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let settings = office.settings();
            tokio::spawn(async move {
                let mut db = store::connect::connect_one(&settings).await.expect("a connection");
                for number in 0..25 {
                    let entries = vec![entry(&format!("person:{writer}")); number % 3 + 1];
                    access_log::append(&mut db, &entries).await.expect("written");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("written");
    }
    let db = office.connect().await;
    let count: i64 = db.row("SELECT count(*) FROM access_log", &[]).await.expect("counted").get(0);
    assert_eq!(count, 196);
    assert_eq!(access_log::verify_chain(&db).await.expect("whole").count, 196);
}
