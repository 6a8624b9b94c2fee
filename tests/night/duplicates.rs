//! 基礎年金番号の重複の点検: a small invented population with planted pairs and look-alikes; what stands on the queue
//! follows the records and the reviewers' decisions.

use std::collections::BTreeMap;
use std::path::Path;

use batch::jobs::duplicates::{PAIRS, WRITTEN, measure};
use batch::night::{self, NightOptions};
use batch::progress::Silent;
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use store::{Db, Session};
use tempfile::TempDir;
use tests::TestOffice;

const FAMILY_NAMES: [(&str, &str); 24] = [
    ("佐藤", "サトウ"),
    ("鈴木", "スズキ"),
    ("高橋", "タカハシ"),
    ("田中", "タナカ"),
    ("渡辺", "ワタナベ"),
    ("伊藤", "イトウ"),
    ("中島", "ナカジマ"),
    ("山崎", "ヤマザキ"),
    ("小林", "コバヤシ"),
    ("斎藤", "サイトウ"),
    ("大野", "オオノ"),
    ("清水", "シミズ"),
    ("桜井", "サクライ"),
    ("沢田", "サワダ"),
    ("浜口", "ハマグチ"),
    ("広瀬", "ヒロセ"),
    ("長谷川", "ハセガワ"),
    ("石川", "イシカワ"),
    ("前田", "マエダ"),
    ("藤井", "フジイ"),
    ("岡本", "オカモト"),
    ("松本", "マツモト"),
    ("井上", "イノウエ"),
    ("木村", "キムラ"),
];

const GIVEN_NAMES: [[(&str, &str); 12]; 2] = [
    [
        ("博", "ヒロシ"),
        ("一郎", "イチロウ"),
        ("健二", "ケンジ"),
        ("勝", "マサル"),
        ("和樹", "カズキ"),
        ("和也", "カズヤ"),
        ("誠", "マコト"),
        ("大輔", "ダイスケ"),
        ("正雄", "マサオ"),
        ("修", "オサム"),
        ("隆", "タカシ"),
        ("哲也", "テツヤ"),
    ],
    [
        ("花子", "ハナコ"),
        ("洋子", "ヨウコ"),
        ("恵子", "ケイコ"),
        ("千鶴子", "チヅコ"),
        ("裕子", "ヒロコ"),
        ("美咲", "ミサキ"),
        ("由美", "ユミ"),
        ("京子", "キョウコ"),
        ("幸子", "サチコ"),
        ("直美", "ナオミ"),
        ("真理", "マリ"),
        ("和子", "カズコ"),
    ],
];

/// New forms and the old ones that go with them.
const OLD_FORMS: [(&str, &str); 10] = [
    ("高", "髙"),
    ("辺", "邊"),
    ("崎", "﨑"),
    ("斎", "齋"),
    ("桜", "櫻"),
    ("沢", "澤"),
    ("浜", "濱"),
    ("広", "廣"),
    ("真", "眞"),
    ("恵", "惠"),
];

#[derive(Clone)]
struct Somebody {
    kana: (String, String),
    kanji: (String, String),
    birth_on: Date,
    sex: i16,
    zip: u32,
    address: String,
    /// 第1号 and then 厚生年金, as days; nobody has both at once.
    covers: Vec<(&'static str, Date, Option<Date>)>,
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

fn add(day: Date, span: Span) -> Date {
    day.checked_add(span).expect("a day of these years")
}

fn somebody(dice: &mut Dice) -> Somebody {
    let woman = dice.below(2);
    let (family, given) = (FAMILY_NAMES[dice.below(FAMILY_NAMES.len())], GIVEN_NAMES[woman][dice.below(12)]);
    let birth_on = add(date(1950, 1, 1), i64::try_from(dice.below(14_600)).expect("days").days());
    let twenty = add(birth_on, 20.years());
    let hired = add(twenty, i64::try_from(dice.below(8)).expect("years").years());
    let covers = vec![("cat1", twenty, Some(hired)), ("cat2", hired, None)];
    Somebody {
        kana: (family.1.to_owned(), given.1.to_owned()),
        kanji: (family.0.to_owned(), given.0.to_owned()),
        birth_on,
        sex: if woman == 1 { 2 } else { 1 },
        zip: 1_000_001 + u32::try_from(dice.below(700)).expect("small"),
        address: format!("東京都千代田区千代田{}－{}", dice.below(30) + 1, dice.below(20) + 1),
        covers: covers.into_iter().filter(|(_, from, until)| *until != Some(*from)).collect(),
    }
}

/// The same person under another number: `kind` says how it came to be written otherwise.
fn duplicate(person: &mut Somebody, kind: usize, dice: &mut Dice) -> Somebody {
    // The record of one life lies in two pieces.
    let hired = person.covers.last().expect("a cover").1;
    let changed = add(hired, 5.years());
    let before = person.covers.clone();
    *person.covers.last_mut().expect("a cover") = ("cat2", hired, Some(changed));
    let mut other = Somebody { covers: vec![("cat2", changed, None)], ..person.clone() };
    other.zip = 1_000_001 + u32::try_from(dice.below(700)).expect("small");
    other.address = format!("東京都港区芝{}－{}", dice.below(30) + 1, dice.below(20) + 1);
    match kind {
        0 => {
            other.kana.1 =
                if other.kana.1.contains('ヅ') { "チズコ".to_owned() } else { format!("{}ー", other.kana.1) }
        }
        1 => {
            for (new, old) in OLD_FORMS {
                other.kanji = (other.kanji.0.replace(new, old), other.kanji.1.replace(new, old));
            }
        }
        2 => {
            let family = FAMILY_NAMES[dice.below(FAMILY_NAMES.len())];
            (other.kana.0, other.kanji.0) = (family.1.to_owned(), family.0.to_owned());
            (other.zip, other.address) = (person.zip, person.address.replace('－', "番"));
        }
        3 => {
            person.birth_on = date(person.birth_on.year(), person.birth_on.month(), 1 + person.birth_on.day() % 12);
            let swapped = (person.birth_on.day(), person.birth_on.month());
            other.birth_on = date(person.birth_on.year(), swapped.0, swapped.1);
        }
        4 => {
            let mut kana: Vec<char> = other.kana.0.chars().collect();
            let place = dice.below(kana.len());
            kana[place] = if kana[place] == 'ロ' { 'ル' } else { 'ロ' };
            other.kana.0 = kana.into_iter().collect();
        }
        _ => {
            (other.zip, other.address) = (person.zip, person.address.clone());
            if dice.below(2) == 0 {
                // No record under the other number yet.
                other.covers.clear();
                person.covers = before;
            }
        }
    }
    other
}

/// Somebody else who looks the same.
fn look_alike(person: &Somebody, kind: usize, dice: &mut Dice) -> Somebody {
    let mut other =
        Somebody { address: format!("大阪府大阪市北区梅田{}", dice.below(90) + 1), ..person.clone() };
    other.zip = 5_300_001 + u32::try_from(dice.below(50)).expect("small");
    match kind {
        // 双子: one home, names alike.
        0 => {
            (other.zip, other.address) = (person.zip, person.address.clone());
            let given = if person.sex == 1 { ("和也", "カズヤ") } else { ("美里", "ミサト") };
            other.kanji.1 = given.0.to_owned();
            other.kana.1 = given.1.to_owned();
        }
        // 同姓同名同生年月日.
        1 => {}
        // 同音の別人.
        2 => other.kanji.1 = if person.sex == 1 { "弘史".to_owned() } else { "葉奈".to_owned() },
        // 同姓同名, another year.
        _ => other.birth_on = add(person.birth_on, 1.years()),
    }
    other
}

/// A country of 3,000 with 60 planted pairs and 80 look-alikes; whom the pairs are of.
fn country() -> (TestOffice, Vec<(i64, i64)>) {
    let mut dice = Dice(20_261_101);
    let mut people: Vec<Somebody> = (0..2_860).map(|_| somebody(&mut dice)).collect();
    let mut planted = Vec::new();
    let number = |place: usize| i64::try_from(place).expect("small") + 1;
    for pair in 0..60 {
        let mut person = people[pair].clone();
        // Somebody whose name can be written in two ways.
        match pair % 6 {
            0 => (person.kanji.0, person.kana.0) = ("中島".to_owned(), "ナカジマ".to_owned()),
            1 => (person.kanji.0, person.kana.0) = ("渡辺".to_owned(), "ワタナベ".to_owned()),
            _ => {}
        }
        let other = duplicate(&mut person, pair % 6, &mut dice);
        people[pair] = person;
        people.push(other);
        planted.push((number(pair), number(people.len() - 1)));
    }
    for alike in 0..80 {
        let mut person = people[100 + alike].clone();
        if alike % 4 == 0 && person.sex == 1 {
            (person.kanji.1, person.kana.1) = ("和樹".to_owned(), "カズキ".to_owned());
        }
        people.push(look_alike(&person, alike % 4, &mut dice));
        people[100 + alike] = person;
    }
    assert_eq!(people.len(), 3_000);
    let office = TestOffice::new();
    let mut session = office.session();
    settle(&mut session, &people);
    let json = serde_json::to_string(&planted).expect("JSON");
    for (name, value) in [("planted_duplicates", json.as_str()), ("first_payment_month", "2026-12")] {
        session.run(async |db| store::settings::set(&*db, name, value).await.expect("a setting"));
    }
    (office, planted)
}

fn settle(session: &mut Session, people: &[Somebody]) {
    let mut sql = String::new();
    for (place, person) in people.iter().enumerate() {
        let id = place + 1;
        let Somebody { kana, kanji, birth_on, sex, zip, address, .. } = person;
        sql.push_str(&format!(
            "INSERT INTO persons (person_id) VALUES ({id});
             INSERT INTO person_identities (person_id, name_kana, name_kanji, birth_on, sex, reason, valid_from)
             VALUES ({id}, '{}　{}', '{}　{}', '{birth_on}', {sex}, 'made', '{birth_on}');
             INSERT INTO person_numbers (person_id, kind, number, reason, valid_from)
             VALUES ({id}, 'basic_pension_number', '{:010}', 'made', '{birth_on}');
             INSERT INTO addresses (person_id, zip, prefecture_code, address_kanji, reason, valid_from)
             VALUES ({id}, '{zip}', 13, '{address}', 'made', '{birth_on}');\n",
            kana.0,
            kana.1,
            kanji.0,
            kanji.1,
            2_101_000_000 + id * 7_919 % 900_000
        ));
        for (number, (category, from, until)) in person.covers.iter().enumerate() {
            let (kind, class) = if *category == "cat2" { ("1", "'ordinary'") } else { ("NULL", "NULL") };
            let until = until.map_or("NULL".to_owned(), |day| format!("'{day}'"));
            sql.push_str(&format!(
                "INSERT INTO pension_spells (record_id, person_id, category, employees_kind, employees_class, reason,
                     valid_from, valid_to)
                 VALUES ({}, {id}, '{category}', {kind}, {class}, 'made', '{from}', {until});\n",
                id * 10 + number
            ));
        }
    }
    session.run(async |db| db.batch_execute(&format!("BEGIN;\n{sql}COMMIT; ANALYZE")).await.expect("people"));
}

/// The queue: pair, score, reasons.
type Queue = BTreeMap<(i64, i64), (i16, Vec<String>)>;

fn queue(office: &TestOffice) -> Queue {
    let sql = "SELECT first_person_id, second_person_id, score, reasons FROM duplicate_candidates
        WHERE superseded_at IS NULL";
    let rows = office.session().run(async |db| db.rows(sql, &[]).await.expect("the queue"));
    rows.iter().map(|row| ((row.get(0), row.get(1)), (row.get(2), row.get(3)))).collect()
}

/// A night; pairs and rows written by its 重複の点検.
fn night(office: &TestOffice, folder: &Path, business_on: Date, people_per_partition: i64) -> (i64, i64) {
    let options = NightOptions { people_per_partition, ..NightOptions::new(office.url(), business_on, folder) };
    night::run(&options, &Silent).expect("a night");
    let sql = "SELECT (totals ->> $1)::bigint, (totals ->> $2)::bigint FROM run_jobs
        WHERE job = 'duplicates' AND run_id = (SELECT max(run_id) FROM runs)";
    let row = office.session().run(async |db| db.row(sql, &[&PAIRS, &WRITTEN]).await.expect("the totals"));
    (row.get::<_, Option<i64>>(0).unwrap_or(0), row.get::<_, Option<i64>>(1).unwrap_or(0))
}

const NOVEMBER: Date = date(2026, 11, 2);
const DECEMBER: Date = date(2026, 12, 1);

#[test]
fn planted_pairs_are_found_and_look_alikes_are_not() {
    let (office, planted) = country();
    let other = office.copy();
    let folders = [TempDir::new().expect("a folder"), TempDir::new().expect("a folder")];
    let (pairs, written) = night(&office, folders[0].path(), NOVEMBER, 25_000);
    let found = queue(&office);
    let measured = measure(office.url()).expect("measured").expect("pairs were planted");
    assert_eq!((measured.planted, measured.proposed), (60, found.len()));
    println!("{measured:?} 再現率 {}‰ 適合率 {}‰", measured.recall_permille(), measured.precision_permille());
    let missed: Vec<_> = planted.iter().filter(|pair| !found.contains_key(*pair)).collect();
    let wrong: Vec<_> = found.iter().filter(|(pair, _)| !planted.contains(pair)).collect();
    assert!(measured.recall_permille() >= 900, "missed {missed:?}");
    assert!(measured.precision_permille() >= 800, "wrong {wrong:?}");
    assert_eq!((pairs, written), (i64::try_from(found.len()).expect("few"), pairs));
    // However the country is divided, the queue is the same, and no pair is written twice.
    assert_eq!(night(&other, folders[1].path(), NOVEMBER, 150), (pairs, written));
    assert_eq!(queue(&other), found);
    // Nothing new: nothing is written, and the Parquet of the month holds the same pairs.
    assert_eq!(night(&other, folders[1].path(), DECEMBER, 400), (pairs, 0));
    assert_eq!(queue(&other), found);
    assert_eq!(measure(TestOffice::new().url()).expect("measured"), None);
}

fn execute(office: &TestOffice, sql: &str) {
    office.session().run(async |db| db.batch_execute(sql).await.expect("the statements run"));
}

/// 起案 by clerk 1, 決裁 by clerk 2.
fn decide(office: &TestOffice, pair: (i64, i64), outcome: &str) {
    let kept = if outcome == "different" { "NULL".to_owned() } else { pair.0.to_string() };
    execute(
        office,
        &format!(
            "UPDATE duplicate_decisions SET superseded_at = now()
             WHERE first_person_id = {0} AND second_person_id = {1} AND superseded_at IS NULL;
             INSERT INTO duplicate_decisions
                 (first_person_id, second_person_id, outcome, kept_person_id, drafted_by, approved_by, note)
             VALUES ({0}, {1}, '{outcome}', {kept}, 1, 2, 'made')",
            pair.0, pair.1
        ),
    );
}

#[test]
fn the_queue_follows_records_and_decisions() {
    let (office, planted) = country();
    let folder = TempDir::new().expect("a folder");
    execute(
        &office,
        "INSERT INTO offices VALUES ('1301', '千代田', 13);
         INSERT INTO clerks (login, name, password_hash, office_code, roles)
         VALUES ('one', 'one', 'x', '1301', '{}'), ('two', 'two', 'x', '1301', '{}')",
    );
    night(&office, folder.path(), NOVEMBER, 300);
    let before = queue(&office);
    let mut known = planted.iter().copied().filter(|pair| before.contains_key(pair));
    let mut next = || known.next().expect("enough pairs were found");
    let [same, different, apart, corrected, gone] = [next(), next(), next(), next(), next()];
    decide(&office, same, "same");
    execute(
        &office,
        &format!(
            "INSERT INTO person_merges (merged_person_id, kept_person_id, drafted_by, approved_by, reason)
             VALUES ({}, {}, 1, 2, 'made')",
            same.1, same.0
        ),
    );
    decide(&office, different, "different");
    decide(&office, apart, "taken_apart");
    let renamed = |person: i64, kana: &str, birth: &str| {
        format!(
            "CREATE TEMP TABLE was AS SELECT * FROM person_identities WHERE person_id = {person} AND superseded_at IS NULL;
             UPDATE person_identities SET superseded_at = now() WHERE person_id = {person} AND superseded_at IS NULL;
             INSERT INTO person_identities (person_id, name_kana, name_kanji, birth_on, sex, reason, valid_from)
             SELECT person_id, {kana}, NULL, {birth}, sex, 'made', valid_from FROM was; DROP TABLE was"
        )
    };
    execute(&office, &renamed(corrected.1, "name_kana", "birth_on"));
    execute(&office, &renamed(gone.0, "'ベツ　ジンコ'", "date '1931-01-01'"));
    let (pairs, written) = night(&office, folder.path(), DECEMBER, 300);
    let after = queue(&office);
    for pair in [same, different, gone] {
        assert!(!after.contains_key(&pair), "{pair:?}");
    }
    assert_eq!(after.get(&apart), before.get(&apart), "taken apart, it is proposed again");
    let told = |queue: &Queue| queue[&corrected].1.iter().any(|reason| reason.ends_with("_kanji"));
    assert!(told(&before) && !told(&after), "the score follows the record");
    assert_eq!((pairs, written), (i64::try_from(after.len()).expect("few"), 1));
    let others = |queue: &Queue| {
        let mut queue = queue.clone();
        queue.retain(|pair, _| ![same, different, apart, corrected, gone].contains(pair));
        queue
    };
    assert_eq!(others(&after), others(&before));
    // The merge is taken apart: the pair comes back.
    decide(&office, same, "taken_apart");
    execute(&office, "UPDATE person_merges SET superseded_at = now() WHERE superseded_at IS NULL");
    night(&office, folder.path(), date(2027, 1, 4), 300);
    assert_eq!(queue(&office).get(&same), before.get(&same));
}
