//! 年金記録の読み出し: every table, as known at an instant, for a few among many, and merged numbers.

use domain::Month;
use domain::life::{Category, Contribution, LifeRows, RemunerationBasis, Sex};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use store::lives::{self, Persons};
use store::{Db, Session};
use tests::TestOffice;
use tests::lives::Lives;

fn month(year: i16, month: i8) -> Month {
    Month::new(year, month).expect("a month")
}

fn at(day: &str) -> Timestamp {
    format!("{day}T00:00:00Z").parse().expect("an instant")
}

fn read(session: &mut Session, persons: Persons, only: Option<&[i64]>) -> Vec<LifeRows> {
    session.run(async |db| lives::read(&*db, persons, only).await.expect("lives"))
}

fn one(session: &mut Session, person_id: i64, known_at: Option<Timestamp>) -> Option<LifeRows> {
    read(session, Persons::one(person_id, known_at), None).pop()
}

fn ids(lives: &[LifeRows]) -> Vec<i64> {
    lives.iter().map(|life| life.person_id).collect()
}

/// Cover at an employer of this book since a day, with a standard and a bonus.
fn cover(lives: &mut Lives<'_>, person_id: i64, spell_id: i64, from: Date) {
    lives.sql(&format!(
        "INSERT INTO coverage_spells (spell_id, prefecture_code, employer_id, person_id, insured_number, health_insurance,
             employees_pension, short_time_worker, two_workplaces, reason, valid_from, known_at)
         VALUES ({spell_id}, 13, (SELECT min(employer_id) FROM employers), {person_id}, {spell_id}, true, true, false, false,
             '資格取得', '{from}', @known);
         INSERT INTO standard_remunerations (spell_id, prefecture_code, employer_id, monthly_remuneration_yen,
             hi_standard_yen, epi_standard_yen, decision, reason, valid_from, known_at)
         VALUES ({spell_id}, 13, (SELECT min(employer_id) FROM employers), 305000, 300000, 300000, 'acquisition',
             '資格取得時決定', date_trunc('month', '{from}'::date)::date, @known);
         INSERT INTO bonuses (bonus_id, spell_id, prefecture_code, employer_id, amount_yen, reason, valid_from, known_at)
         VALUES ({spell_id}, {spell_id}, 13, (SELECT min(employer_id) FROM employers), 400000, '賞与支払', '{from}', @known)"
    ));
}

/// An office with an employer and two clerks.
fn office() -> TestOffice {
    let office = TestOffice::new();
    let mut session = office.session();
    session.run(async |db| crate::world::settle(db).await);
    office
}

#[test]
fn every_table_is_read() {
    let office = office();
    let mut session = office.session();
    let mut lives = Lives::new(&mut session);
    lives.person(101, date(1960, 5, 10), 2);
    lives.paid(101, date(1980, 5, 9), date(1983, 4, 1));
    lives.employment(101, date(1983, 4, 1), date(1990, 4, 1), 200_000, &[(month(2004, 7), 300_000)]);
    lives.spell(101, "cat3", date(1990, 4, 1), None);
    lives.sql(
        "INSERT INTO life_spans (record_id, person_id, kind, reason, valid_from, valid_to, known_at)
         VALUES (1, 101, 'cat3_late', '移行', '1991-04-01', '1991-07-01', @known),
             (2, 101, 'spouse_not_joined', '移行', '1980-05-01', '1980-06-01', @known);
         INSERT INTO abroad_spells (record_id, person_id, japanese, reason, valid_from, valid_to, known_at)
         VALUES (3, 101, true, '移行', '2000-01-15', '2001-02-03', @known);
         INSERT INTO remuneration_records (record_id, person_id, employees_kind, deemed_by_split, standard_months,
             standards_yen, last_month, bonus_months, bonuses_yen, reason, known_at)
         VALUES (4, 101, 1, true, '{198304,198310}', '{180000,190000}', 198403, '{}', '{}', '離婚分割', @known)",
    );
    lives.death(101, date(2026, 3, 1));
    cover(&mut lives, 101, 501, date(2010, 4, 1));
    let life = one(&mut session, 101, None).expect("a life");
    assert_eq!((life.birth_on, life.sex, life.died_on), (date(1960, 5, 10), Sex::Female, Some(date(2026, 3, 1))));
    let categories: Vec<_> = life.spells.iter().map(|spell| (spell.acquired_on, spell.lost_on)).collect();
    assert_eq!(
        categories,
        [
            (date(1980, 5, 9), Some(date(1983, 4, 1))),
            (date(1983, 4, 1), Some(date(1990, 4, 1))),
            (date(1990, 4, 1), None)
        ]
    );
    assert_eq!((life.spells[0].category, life.spells[2].category), (Category::Cat1, Category::Cat3));
    assert!(matches!(life.spells[1].category, Category::Cat2 { .. }));
    let paid = |span: &domain::life::ContributionSpan| span.last.months_since(span.first) + 1;
    assert!(life.contributions.iter().all(|span| span.contribution == Contribution::Paid));
    assert_eq!(life.contributions.iter().map(paid).sum::<i32>(), 35, "1980-05 to 1983-03");
    let of_basis = |basis| {
        let spans = life.remunerations.iter().filter(move |span| span.basis == basis);
        spans.map(|span| (span.first, span.last, span.standard_yen)).collect::<Vec<_>>()
    };
    assert_eq!(of_basis(RemunerationBasis::Own), [(month(1983, 4), Some(month(1990, 3)), 200_000)]);
    assert_eq!(
        of_basis(RemunerationBasis::DeemedBySplit),
        [(month(1983, 4), Some(month(1983, 9)), 180_000), (month(1983, 10), Some(month(1984, 3)), 190_000)]
    );
    assert_eq!((life.bonuses[0].month, life.bonuses[0].bonus_yen), (month(2004, 7), 300_000));
    assert_eq!((life.cat3[0].first, life.cat3[0].last), (month(1991, 4), month(1991, 6)));
    assert_eq!((life.complementary[0].first, life.complementary[0].last), (month(1980, 5), month(1980, 5)));
    assert_eq!((life.abroad[0].left_on, life.abroad[0].returned_on), (date(2000, 1, 15), Some(date(2001, 2, 3))));
    assert_eq!((life.covers[0].spell_id, life.covers[0].acquired_on), (501, date(2010, 4, 1)));
    assert_eq!((life.standards[0].standard_yen, life.standards[0].remuneration.get()), (300_000, 305_000));
    assert_eq!((life.paid_bonuses[0].paid_on, life.paid_bonuses[0].amount.get()), (date(2010, 4, 1), 400_000));
}

#[test]
fn as_known_at_an_instant_and_only_a_few() {
    let office = office();
    let mut session = office.session();
    let mut lives = Lives::new(&mut session);
    for person in [101, 102, 103] {
        lives.person(person, date(1960, 5, 10), 1);
        lives.spell(person, "cat1", date(1980, 5, 9), Some(date(1990, 4, 1)));
    }
    lives.known_at = at("2026-05-01");
    lives.spell(102, "voluntary", date(2020, 5, 9), None);
    lives.sql(
        "UPDATE pension_spells SET superseded_at = '2026-06-01T00:00:00Z' WHERE person_id = 102 AND category = 'cat1'",
    );
    let mut spells = |known_at: Option<Timestamp>| {
        one(&mut session, 102, known_at).map(|life| life.spells.iter().map(|spell| spell.category).collect::<Vec<_>>())
    };
    assert_eq!(spells(Some(at("2019-12-31"))), None, "nobody was known yet");
    assert_eq!(spells(Some(at("2026-04-30"))), Some(vec![Category::Cat1]));
    assert_eq!(spells(Some(at("2026-05-01"))), Some(vec![Category::Cat1, Category::Voluntary]));
    assert_eq!(spells(Some(at("2026-06-01"))), Some(vec![Category::Voluntary]));
    assert_eq!(spells(None), Some(vec![Category::Voluntary]));
    let all = Persons { from: 101, to: 104, known_at: None };
    assert_eq!(ids(&read(&mut session, all, None)), [101, 102, 103]);
    let few = read(&mut session, all, Some(&[103, 101]));
    assert_eq!(ids(&few), [101, 103]);
    assert!(few.iter().all(|life| life.spells.len() == 1));
    assert_eq!(ids(&read(&mut session, Persons { from: 102, to: 103, known_at: None }, None)), [102]);
}

#[test]
fn a_merged_life_is_read_as_one_and_taken_apart_again() {
    let office = office();
    let mut session = office.session();
    let mut lives = Lives::new(&mut session);
    for (person, from, until) in [(101, date(1990, 4, 1), date(2000, 4, 1)), (205, date(1980, 4, 1), date(1990, 4, 1))]
    {
        lives.person(person, date(1960, 3, 11), 2);
        lives.paid(person, from, until);
    }
    lives.person(102, date(1970, 1, 1), 1);
    cover(&mut lives, 101, 501, date(2015, 4, 1));
    cover(&mut lives, 205, 502, date(2005, 4, 1));
    lives.known_at = at("2026-05-01");
    lives.sql(
        "INSERT INTO person_merges (merged_person_id, kept_person_id, drafted_by, approved_by, reason, known_at)
         VALUES (205, 101, 1, 2, '統合', @known)",
    );
    let near = |known_at| Persons { from: 101, to: 110, known_at };
    let far = |known_at| Persons { from: 200, to: 300, known_at };
    let wide = Persons { from: 1, to: 1000, known_at: None };
    let (before, after) = (Some(at("2026-04-30")), Some(at("2026-05-02")));
    let spells = |lives: &[LifeRows]| lives.iter().map(|life| life.spells.len()).collect::<Vec<_>>();

    let two = read(&mut session, near(before), None);
    assert_eq!((ids(&two), spells(&two)), (vec![101, 102], vec![1, 0]));
    assert_eq!(ids(&read(&mut session, far(before), None)), [205]);

    for known_at in [after, None] {
        let one = read(&mut session, near(known_at), None);
        assert_eq!((ids(&one), spells(&one)), (vec![101, 102], vec![2, 0]), "read from wherever it lies");
        assert!(read(&mut session, far(known_at), None).is_empty(), "and no longer there");
        let covers: Vec<i64> = one[0].covers.iter().map(|cover| cover.spell_id).collect();
        assert_eq!(covers, [502, 501], "in order of acquisition");
        assert_eq!(one[0].contributions.iter().map(|span| span.last.months_since(span.first) + 1).sum::<i32>(), 240);
        assert_eq!((one[0].standards.len(), one[0].paid_bonuses.len()), (2, 2));
    }
    assert_eq!(ids(&read(&mut session, wide, Some(&[101, 205]))), [101]);
    assert_eq!(spells(&read(&mut session, wide, Some(&[101]))), [2]);
    assert!(read(&mut session, wide, Some(&[205])).is_empty());

    session.run(async |db| {
        let sql = "UPDATE person_merges SET superseded_at = '2026-07-01T00:00:00Z'";
        db.run(sql, &[]).await.expect("taken apart")
    });
    let again = read(&mut session, near(None), None);
    assert_eq!((ids(&again), spells(&again)), (vec![101, 102], vec![1, 0]));
    assert_eq!(spells(&read(&mut session, far(None), None)), [1]);
    assert_eq!(spells(&read(&mut session, near(after), None)), [2, 0], "as it was known then");
}

/// 生年月日の鍵 by two roads: SQL divides the country by it, the rule compares by it.
#[test]
fn the_key_of_a_birth_is_the_same_in_sql_and_in_law() {
    let office = TestOffice::new();
    let mut session = office.session();
    let sql =
        "SELECT day::date, birth_key(day::date)::bigint FROM generate_series(date '1923-12-20', date '1925-01-10',
        interval '1 day') AS day";
    let rows = session.run(async |db| db.rows(sql, &[]).await.expect("days"));
    assert!(rows.len() > 366);
    for row in rows {
        let day: Date = row.get(0);
        assert_eq!(law::pension_record::duplicates::birth_key(day), row.get::<_, i64>(1), "{day}");
    }
}
