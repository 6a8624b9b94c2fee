//! COPY in both directions against PostgreSQL's own reading of it.

use jiff::Timestamp;
use jiff::civil::date;
use serde_json::json;
use store::copy::{CopyIn, Rows, copy_out};
use store::{Db, StoreError};
use tests::TestOffice;

const COLUMNS: &[&str] = &["i2", "i4", "i8", "b", "t", "y", "d", "at", "j", "a"];

#[tokio::test]
async fn every_type_comes_back_as_postgresql_reads_it() {
    let office = TestOffice::empty();
    let db = office.connect().await;
    db.batch_execute(
        "CREATE TABLE everything (i2 smallint, i4 integer, i8 bigint, b boolean, t text, y bytea, d date,
            at timestamptz, j jsonb, a text[])",
    )
    .await
    .expect("a table");
    let at: Timestamp = "1999-12-31T15:00:00.000001Z".parse().expect("an instant");
    let mut rows = Rows::new();
    rows.row(10).i16(-2).i32(4).i64(-8).bool(true).text("年輪\u{e0100}").bytes(&[0, 255]).date(date(1989, 1, 7));
    rows.timestamp(at).json(&json!({"円": [1, null]})).text_array(&["審査", ""]);
    rows.row(10).null().null().null().null().null().null().null().null().null().text_array(&[]);
    let mut copy = CopyIn::open(&db, "everything", COLUMNS).await.expect("open");
    copy.send(&mut rows).await.expect("sent");
    assert_eq!(copy.finish().await.expect("taken"), 2);

    let sql = "SELECT concat_ws('|', i2, i4, i8, b, t, y, d, at, j, a) FROM everything ORDER BY i2";
    let told: Vec<String> = db.rows(sql, &[]).await.expect("read").iter().map(|row| row.get(0)).collect();
    let first =
        "-2|4|-8|t|年輪\u{e0100}|\\x00ff|1989-01-07|1999-12-31 15:00:00.000001+00|{\"円\": [1, null]}|{審査,\"\"}";
    assert_eq!(told, [first, "{}"]);

    let mut seen = Vec::new();
    let count = copy_out(&db, "SELECT i2, i4, i8, b, t, y, d, at FROM everything ORDER BY i2", |row| {
        if row.raw(0).is_some() {
            assert_eq!((row.i16(0), row.i32(1), row.i64(2), row.bool(3)), (-2, 4, -8, true));
            assert_eq!((row.text(4), row.bytes(5)), ("年輪\u{e0100}", &[0, 255][..]));
            assert_eq!((row.date(6), row.timestamp(7)), (date(1989, 1, 7), at));
        }
        seen.push(row.opt_text(4).is_some());
        Ok::<(), StoreError>(())
    });
    assert_eq!(count.await.expect("read"), 2);
    assert_eq!(seen, [true, false]);
}

#[tokio::test]
async fn many_rows_stream_both_ways() {
    let office = TestOffice::empty();
    let db = office.connect().await;
    db.batch_execute("CREATE TABLE numbers (n bigint, t text)").await.expect("a table");
    let mut copy = CopyIn::open(&db, "numbers", &["n", "t"]).await.expect("open");
    let mut rows = Rows::new();
    for number in 0..200_000 {
        rows.row(2).i64(number).text(&number.to_string());
        copy.send_if_full(&mut rows).await.expect("sent");
    }
    copy.send(&mut rows).await.expect("sent");
    assert_eq!(copy.finish().await.expect("taken"), 200_000);
    let mut next = 0;
    copy_out(&db, "SELECT n, t FROM numbers ORDER BY n", |row| {
        assert_eq!((row.i64(0), row.text(1)), (next, next.to_string().as_str()));
        next += 1;
        Ok::<(), StoreError>(())
    })
    .await
    .expect("read");
    assert_eq!(next, 200_000);
}

#[tokio::test]
async fn a_copy_that_is_not_finished_writes_nothing() {
    let office = TestOffice::empty();
    let db = office.connect().await;
    db.batch_execute("CREATE TABLE numbers (n bigint)").await.expect("a table");
    let mut copy = CopyIn::open(&db, "numbers", &["n"]).await.expect("open");
    let mut rows = Rows::new();
    rows.row(1).i64(1);
    copy.send(&mut rows).await.expect("sent");
    drop(copy);
    let count: i64 = db.row("SELECT count(*) FROM numbers", &[]).await.expect("counted").get(0);
    assert_eq!(count, 0);
}
