//! 遡及の物語 — years of 第3号 turn out to have been 第1号 after the pension has been paid: months, award, payments and the claim for
//! what was paid too much follow, each citing the filing, and the letter says it in plain words.

use jiff::civil::date;
use serde_json::{Value, json};
use store::Db;
use tempfile::TempDir;
use tests::lives::Lives;

use crate::corrections::{approved, night};
use crate::world::World;

/// Born 1960-03-10: 480 months, 120 of them 第3号; 65 on 2025-03-09.
const PERSON: i64 = 7_100;

/// The record of 第3号.
fn a_life(world: &World) -> i64 {
    std::thread::scope(|scope| {
        let write = || {
            let mut session = world.office.session();
            let mut lives = Lives::new(&mut session);
            lives.person(PERSON, date(1960, 3, 10), 2);
            lives.paid(PERSON, date(1980, 3, 9), date(1990, 4, 1));
            let record = lives.spell(PERSON, "cat3", date(1990, 4, 1), Some(date(2000, 4, 1)));
            lives.paid(PERSON, date(2000, 4, 1), date(2020, 3, 9));
            lives.claim(PERSON, date(2025, 3, 20), None);
            lives.payee(PERSON);
            lives.sql(
                "INSERT INTO settings (name, value) VALUES ('first_month', '2099-01'), ('first_payment_month', '2025-06')",
            );
            record
        };
        scope.spawn(write).join().expect("a life is written")
    })
}

async fn one(world: &World, sql: &str) -> String {
    world.db.row(sql, &[]).await.unwrap_or_else(|error| panic!("{sql}: {error}")).get(0)
}

async fn lines(world: &World) -> Vec<(String, i64, Option<i64>)> {
    let sql = "SELECT for_payment::text, basic_yen, cause_filing_id FROM pension_instalments
        WHERE person_id = 7100 ORDER BY known_at, for_payment";
    let rows = world.db.rows(sql, &[]).await.expect("lines");
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

async fn shown(world: &World, query: &str) -> Value {
    world.get("viewer", &format!("/api/persons/{PERSON}/pension?{query}")).await.json()
}

#[tokio::test]
async fn cat3_that_was_cat1_is_followed_to_the_letter() {
    let world = World::on(date(2025, 9, 1)).await;
    let folder = TempDir::new().expect("a folder");
    let record = a_life(&world);
    // The full pension, 831,700円 a year, paid in June and August.
    night(&world, &folder, date(2025, 6, 5));
    night(&world, &folder, date(2025, 8, 5));
    let paid = [("2025-06-01".to_owned(), 138_616, None), ("2025-08-01".to_owned(), 138_616, None)];
    assert_eq!(lines(&world).await, paid);
    let before = one(&world, "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')").await;

    // The husband had left his employment on 1 April 1998; nobody filed it. Two clerks decide.
    let correction = json!({
        "basic_pension_number": format!("9100-{PERSON:06}"), "insured_name_kana": "ﾈﾝﾘﾝ ﾋﾄ", "birth_on": "1960-03-10",
        "what": "changed", "record_id": record, "category": "cat1", "from": "1998-04-01", "to": "2000-04-01",
        "note": "配偶者の退職の届出漏れ",
    });
    let filing = approved(&world, "/api/filings/category-correction", "late", &correction).await;
    let number = one(&world, &format!("SELECT reception_number FROM filings WHERE filing_id = {filing}")).await;
    night(&world, &folder, date(2025, 10, 6));

    // Months: 24 of 第3号 are lost, and the row says by which filing.
    let months = "SELECT string_agg(category || ' ' || valid_from || ' ' || coalesce(cause_filing_id, 0), ', ' ORDER BY valid_from)
        FROM pension_spells WHERE person_id = 7100 AND superseded_at IS NULL AND valid_from BETWEEN '1990-04-01' AND '1999-01-01'";
    assert_eq!(one(&world, months).await, format!("cat3 1990-04-01 {filing}, cat1 1998-04-01 {filing}"));
    // Award: 831,700 × 456 ÷ 480 from the first month on; the old one is superseded, not gone.
    let award =
        "SELECT string_agg(basic_yen || ' ' || cause || ' ' || coalesce(cause_filing_id, 0), ', ' ORDER BY valid_from)
        FROM awards WHERE person_id = 7100 AND superseded_at IS NULL";
    assert_eq!(one(&world, award).await, format!("790115 record_change {filing}"));
    assert_eq!(world.count("SELECT count(*) FROM awards WHERE person_id = 7100 AND basic_yen = 831700").await, 1);
    // Payments: 131,685円 from now on, and 6,931円 less for June and August each.
    let cause = Some(filing);
    let new = [
        ("2025-06-01".to_owned(), -6_931, cause),
        ("2025-08-01".to_owned(), -6_931, cause),
        ("2025-10-01".to_owned(), 131_685, None),
    ];
    assert_eq!(lines(&world).await[2..], new);
    let net = "SELECT net_yen FROM pension_payments WHERE person_id = 7100 AND payment_on = '2025-10-15'";
    assert_eq!(world.count(net).await, 131_685);
    // The claim, with its filing, and nothing set off before she was told.
    let claim = "SELECT string_agg(amount_yen || ' ' || coalesce(cause_filing_id, 0), ', ' ORDER BY entry_id)
        FROM pension_journal WHERE person_id = 7100 AND debit_account = 'pension_overpaid'";
    let claimed = one(&world, claim).await;
    let sum: i64 = claimed.split(", ").filter_map(|entry| entry.split(' ').next()?.parse::<i64>().ok()).sum();
    assert_eq!(sum, 13_862, "{claimed}");
    assert!(claimed.split(", ").all(|entry| entry.ends_with(&format!(" {filing}"))), "{claimed}");
    // The letter: which months, how much, by which filing, and what comes next.
    let letter =
        one(&world, "SELECT body::text FROM pension_notices WHERE person_id = 7100 AND kind = 'overpayment'").await;
    for words in ["6,931円 多く支払われていました", &number, "13,862円", "差し引く方法でお返しいただきます"]
    {
        assert!(letter.contains(words), "{words}: {letter}");
    }

    // The terminal shows today's answer with its receipt, and what was known before with that of the time.
    let now = shown(&world, "month=2025-10").await;
    assert_eq!(now["total_yen"], json!(790_115), "{now}");
    let then = shown(&world, &format!("month=2025-10&known_at={before}")).await;
    assert_eq!(then["total_yen"], json!(831_700), "{then}");
    let history = now.to_string();
    assert!(history.contains("13862") || history.contains("13,862"), "what is owed is shown: {history}");

    // December: half of the payment at most is set off, which is enough; the claim is gone.
    night(&world, &folder, date(2025, 12, 5));
    let december = "SELECT set_off_yen FROM pension_payments WHERE person_id = 7100 AND payment_on = '2025-12-15'";
    assert_eq!(world.count(december).await, 13_862);
    let left = "SELECT coalesce(sum(CASE WHEN debit_account = 'pension_overpaid' THEN amount_yen ELSE -amount_yen END), 0)::bigint
        FROM pension_journal WHERE person_id = 7100 AND 'pension_overpaid' IN (debit_account, credit_account)";
    assert_eq!(world.count(left).await, 0);
}
