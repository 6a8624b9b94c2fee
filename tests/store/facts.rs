//! 人・事業所・資格の事実 — written, found, corrected, and seen as they were known.

use domain::MyNumber;
use jiff::Timestamp;
use jiff::civil::date;
use store::coverage::{self, SpellEnd};
use store::my_number::Keys;
use store::persons::{self, Search};
use store::{Connection, Db, StoreError, employers};
use tests::TestOffice;

use crate::world::{month, new_employer, new_person, new_spell, remuneration, settle, symbol};

async fn now(db: &Connection) -> Timestamp {
    db.row("SELECT clock_timestamp()", &[]).await.expect("a clock").get(0)
}

fn end() -> SpellEnd<'static> {
    SpellEnd {
        valid_to: date(2026, 7, 1),
        end_cause: Some(4),
        same_month_next: None,
        reason: "資格喪失届",
        cause_filing_id: None,
    }
}

#[tokio::test]
async fn persons_are_found_by_kana_birth_and_number() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let world = settle(&db).await;
    persons::create(&db, &new_person("ネンリン　タロウ", None)).await.expect("a person");
    persons::create(&db, &new_person("ネンド　ハナコ", Some("2101100008"))).await.expect("a person");
    let by_kana = |prefix: &str| Search { kana_prefix: Some(prefix.to_owned()), ..Search::default() };
    for (prefix, count) in [("ネン", 3), ("ネンリン", 2), ("ネンリン　ハ", 1), ("%", 0), ("", 0)] {
        let found = persons::search(&db, &by_kana(prefix), 10).await.expect("searched");
        assert_eq!(found.len(), count, "{prefix}");
    }
    assert_eq!(persons::search(&db, &by_kana("ネン"), 2).await.expect("searched").len(), 2);
    let born =
        Search { birth_on: Some(date(1990, 5, 5)), kana_prefix: Some("ネンド".to_owned()), ..Search::default() };
    assert_eq!(persons::search(&db, &born, 10).await.expect("searched").len(), 1);
    let number = "2101-100007".parse().expect("a number");
    let found = persons::find_by_pension_number(&db, &number).await.expect("looked up").expect("there");
    assert_eq!(found.person_id, world.person_id);
    let card = persons::card(&db, world.person_id).await.expect("read").expect("there");
    assert_eq!((card.spells.len(), card.address.expect("kept").zip.as_str()), (1, "1000001"));
    let shown = format!("{:?}", card.person);
    assert!(!shown.contains("ネンリン") && !shown.contains("1990"), "{shown}");
}

#[tokio::test]
async fn a_pension_number_belongs_to_one_person() {
    let office = TestOffice::new();
    let db = office.connect().await;
    settle(&db).await;
    let taken = persons::create(&db, &new_person("ベツ　ジン", Some("2101100007"))).await;
    assert!(matches!(taken, Err(StoreError::PensionNumberTaken(_))), "{taken:?}");
    let found = persons::search(&db, &Search { kana_prefix: Some("ベツ".to_owned()), ..Search::default() }, 1).await;
    assert!(found.expect("searched").is_empty(), "nothing of it was written");
}

#[tokio::test]
async fn employers_are_found_by_symbol_and_name() {
    let office = TestOffice::new();
    let mut db = office.connect().await;
    let world = settle(&db).await;
    let other = employers::create(&db, &new_employer("ABC", "試験商会")).await.expect("an employer");
    let taken = employers::create(&db, &new_employer("ABC", "三番目")).await;
    assert!(matches!(taken, Err(StoreError::EmployerSymbolTaken(_))), "{taken:?}");
    let found = employers::find_by_symbol(&db, &symbol("ABC")).await.expect("looked up").expect("there");
    assert_eq!((found.employer_id, found.profile.name.as_str()), (other, "試験商会"));
    for (text, office_code, count) in
        [("試験", None, 2), ("試験産", None, 1), ("21-01-ABC", None, 1), ("試験", Some("1302"), 0), ("", None, 0)]
    {
        assert_eq!(employers::search(&db, text, office_code, 10).await.expect("searched").len(), count, "{text}");
    }
    let many =
        employers::find_many(&db, &[symbol("ABC"), symbol("ZZZ"), symbol("ﾃｽﾄ"), symbol("ABC")]).await.expect("found");
    let ids: Vec<_> = many.iter().map(|one| one.as_ref().map(|one| one.employer_id)).collect();
    assert_eq!(ids, [Some(other), None, Some(world.employer_id), Some(other)]);
    let transaction = db.transaction().await.expect("a transaction");
    assert!(employers::lock(&transaction, other).await.expect("locked").is_some());
    assert!(employers::lock(&transaction, 999).await.expect("looked up").is_none());
}

#[tokio::test]
async fn nobody_is_insured_twice_and_no_number_is_used_twice() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let world = settle(&db).await;
    let twice = coverage::insert_spell(&db, &new_spell(world.employer_id, world.person_id, 2)).await;
    assert!(matches!(twice, Err(StoreError::AlreadyInsured(_))), "{twice:?}");
    let other = persons::create(&db, &new_person("ベツ　ジン", None)).await.expect("a person");
    let taken = coverage::insert_spell(&db, &new_spell(world.employer_id, other, 1)).await;
    assert!(matches!(taken, Err(StoreError::InsuredNumberTaken(_))), "{taken:?}");
    assert_eq!(coverage::next_insured_number(&db, 13, world.employer_id).await.expect("counted"), 2);
    // In the partition with the longest name its index has a cut name.
    let mut far = new_spell(world.employer_id, other, 1);
    far.prefecture_code = 14;
    coverage::insert_spell(&db, &far).await.expect("another branch");
    let taken = coverage::insert_spell(&db, &coverage::NewSpell { person_id: world.person_id, ..far }).await;
    assert!(matches!(taken, Err(StoreError::InsuredNumberTaken(_))), "{taken:?}");
    let twice = coverage::insert_spell(&db, &coverage::NewSpell { insured_number: 2, ..far }).await;
    assert!(matches!(twice, Err(StoreError::AlreadyInsured(_))), "{twice:?}");
}

#[tokio::test]
async fn a_loss_supersedes_and_the_past_stays_as_it_was_known() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let world = settle(&db).await;
    let before = now(&db).await;
    coverage::end_spell(&db, &world.spell, &end()).await.expect("ended");
    let stale = coverage::end_spell(&db, &world.spell, &end()).await;
    assert!(matches!(stale, Err(StoreError::AlreadySuperseded)), "{stale:?}");
    let then = coverage::spells_of_person(&db, world.person_id, Some(before)).await.expect("read");
    let today = coverage::spells_of_person(&db, world.person_id, None).await.expect("read");
    assert_eq!((then.len(), today.len()), (1, 1));
    assert_eq!((then[0].valid_to, today[0].valid_to), (None, Some(date(2026, 7, 1))));
    assert_eq!(today[0].spell_id, world.spell.spell_id);
    assert_eq!(then[0].superseded_at, Some(today[0].known_at), "no gap between two versions");
    let earlier = world.spell.known_at - jiff::Span::new().microseconds(1);
    assert!(coverage::spells_of_person(&db, world.person_id, Some(earlier)).await.expect("read").is_empty());
    // The number stays used, the person may come again.
    assert!(coverage::spell_of_number(&db, 13, world.employer_id, 1).await.expect("read").is_some());
    assert!(coverage::open_spell_of_person(&db, 13, world.employer_id, world.person_id).await.expect("read").is_none());
    coverage::insert_spell(&db, &new_spell(world.employer_id, world.person_id, 2)).await.expect("hired again");
}

#[tokio::test]
async fn a_spell_begun_and_ended_in_one_transaction_has_two_versions() {
    let office = TestOffice::new();
    let mut db = office.connect().await;
    let world = settle(&db).await;
    let person = persons::create(&db, &new_person("ベツ　ジン", None)).await.expect("a person");
    let transaction = db.transaction().await.expect("a transaction");
    let spell_id = coverage::insert_spell(&transaction, &new_spell(world.employer_id, person, 2)).await.expect("begun");
    let spell = coverage::find_spell(&transaction, 13, spell_id).await.expect("read").expect("there");
    coverage::end_spell(&transaction, &spell, &end()).await.expect("ended");
    transaction.commit().await.expect("committed");
    let spells = coverage::spells_of_person(&db, person, None).await.expect("read");
    assert_eq!(spells.len(), 1);
    assert_eq!(spells[0].valid_to, Some(date(2026, 7, 1)));
    assert!(spells[0].known_at > spell.known_at);
}

#[tokio::test]
async fn the_facts_of_a_month_are_those_in_force() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let world = settle(&db).await;
    let spell = &world.spell;
    coverage::insert_remuneration(&db, &remuneration(spell, month("2026-04"), 300_000)).await.expect("decided");
    let first = coverage::remunerations_of_spell(&db, spell, None).await.expect("read").remove(0);
    let before = now(&db).await;
    coverage::end_remuneration(&db, &first, Some(month("2026-09")), "随時改定", None).await.expect("ended");
    coverage::insert_remuneration(&db, &remuneration(spell, month("2026-09"), 340_000)).await.expect("decided");
    coverage::insert_bonus(&db, spell, 500_000, date(2026, 6, 30), "賞与支払届", None).await.expect("a bonus");
    coverage::insert_bonus(&db, spell, 600_000, date(2026, 12, 10), "賞与支払届", None).await.expect("a bonus");

    for (text, known_at, yen, bonuses) in [
        ("2026-04", None, 300_000, 0),
        ("2026-06", None, 300_000, 1),
        ("2026-08", None, 300_000, 1),
        ("2026-09", None, 340_000, 1),
        ("2026-12", None, 340_000, 2),
        ("2026-12", Some(before), 300_000, 0),
    ] {
        let facts = coverage::month_facts(&db, world.person_id, month(text), known_at).await.expect("read");
        assert_eq!(facts.len(), 1, "{text}");
        let decided = facts[0].remuneration.as_ref().expect("decided").hi_standard_yen;
        assert_eq!((decided, facts[0].bonuses.len()), (yen, bonuses), "{text} {known_at:?}");
        assert_eq!(facts[0].birth_on, date(1990, 5, 5));
    }
    assert!(coverage::month_facts(&db, world.person_id, month("2026-03"), None).await.expect("read").is_empty());
    let next_year = coverage::month_facts(&db, world.person_id, month("2027-04"), None).await.expect("read");
    assert!(next_year[0].bonuses.is_empty(), "the cap counts from April");
}

#[tokio::test]
async fn my_numbers_lie_sealed_and_are_found_by_their_index() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let world = settle(&db).await;
    let keys = Keys::new(&[3; 32]);
    let number: MyNumber = "123456789018".parse().expect("a number");
    let sealed = keys.seal(&number).expect("sealed");
    let index = keys.index(&number);
    store::my_number::record(&db, world.person_id, &sealed, &index, "資格取得届", None).await.expect("kept");
    assert_eq!(store::my_number::find_person(&db, &keys, &number).await.expect("looked up"), Some(world.person_id));
    let kept = store::my_number::sealed_of_person(&db, world.person_id).await.expect("read").expect("there");
    assert_eq!(keys.open(&kept).expect("opens"), number);
    let plain: bool = db
        .row(
            "SELECT position($1::bytea IN number_sealed || number_index) > 0 FROM my_number.numbers",
            &[&b"123456".as_slice()],
        )
        .await
        .expect("read")
        .get(0);
    assert!(!plain, "no digits lie in the open");
    let other = persons::create(&db, &new_person("ベツ　ジン", None)).await.expect("a person");
    let taken = store::my_number::record(&db, other, &sealed, &index, "資格取得届", None).await;
    assert!(matches!(taken, Err(StoreError::MyNumberTaken(_))), "{taken:?}");
}

#[tokio::test]
async fn settings_are_set_and_replaced() {
    let office = TestOffice::new();
    let db = office.connect().await;
    assert_eq!(store::settings::get(&db, "first_month").await.expect("read"), None);
    for value in ["2026-04", "2026-05"] {
        store::settings::set(&db, "first_month", value).await.expect("set");
        assert_eq!(store::settings::get(&db, "first_month").await.expect("read").as_deref(), Some(value));
    }
}

#[tokio::test]
async fn sign_ins_end() {
    let office = TestOffice::new();
    let db = office.connect().await;
    let world = settle(&db).await;
    let later = now(&db).await + jiff::Span::new().hours(1);
    let earlier = later - jiff::Span::new().hours(2);
    store::clerks::create_session(&db, &[1; 32], world.clerk_id, later).await.expect("signed in");
    store::clerks::create_session(&db, &[2; 32], world.clerk_id, earlier).await.expect("signed in");
    let who = store::clerks::find_session(&db, &[1; 32]).await.expect("looked up").expect("signed in");
    assert_eq!((who.clerk_id, who.login.as_str(), who.prefecture_code), (world.clerk_id, "uketsuke", 13));
    assert!(store::clerks::find_session(&db, &[2; 32]).await.expect("looked up").is_none(), "expired");
    assert_eq!(store::clerks::delete_expired_sessions(&db).await.expect("removed"), 1);
    store::clerks::disable(&db, world.clerk_id).await.expect("disabled");
    assert!(store::clerks::find_session(&db, &[1; 32]).await.expect("looked up").is_none(), "disabled");
}
