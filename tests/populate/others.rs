//! Claims of disability and of survivors in the country: plausible, such as a counter would have accepted, and with a right by
//! the law of one month.

use std::collections::BTreeMap;

use domain::life::LifeRows;
use domain::{Month, Yen};
use jiff::civil::Date;
use law::adjudication::award::{self, Asked, Choice, DisabilityClaim, Held, Others, Relation, Relative, SurvivorClaim};
use law::adjudication::old_age::{Claims, RateShelf};
use law::adjudication::{disability, survivor};
use law::disability_survivor::survivor_right::family::{FamilyMember, FamilyRelation};
use law::pension_payment::simultaneous_benefits::BenefitRight;
use law::{LawError, Trace};
use store::Db;
use tests::TestOffice;

use crate::lives::{is_of_the_law, lives, populated};
use crate::{BUSINESS_ON, number, texts};

/// What the law says to the claims of one kind.
#[derive(Default)]
struct Answers {
    asked: usize,
    rights: usize,
    /// Tables that are not on file.
    without_law: usize,
    /// By reason or want of a right.
    without: BTreeMap<String, Vec<i64>>,
}

impl Answers {
    fn add(&mut self, person: i64, answer: Result<bool, LawError>) {
        self.asked += 1;
        match answer {
            Ok(true) => self.rights += 1,
            Ok(false) => self.without.entry("受給権なし".to_owned()).or_default().push(person),
            Err(LawError::BadInput { .. }) => panic!("{person}: the counter would not have taken it: {answer:?}"),
            Err(refused) if is_of_the_law(&refused.to_string()) => self.without_law += 1,
            Err(refused) => self.without.entry(refused.to_string()).or_default().push(person),
        }
    }

    /// At least so many per mille of what the tables answer.
    fn mostly(&self, permille: usize) {
        let told: Vec<_> = self.without.iter().map(|(why, who)| (why, who.len(), &who[..who.len().min(4)])).collect();
        println!("{} 件、受給権 {}、表なし {}、{told:#?}", self.asked, self.rights, self.without_law);
        assert!(self.rights * 1_000 >= (self.asked - self.without_law) * permille, "{told:#?}");
    }
}

fn rows<T>(office: &TestOffice, sql: &str, read: impl Fn(&tokio_postgres::Row) -> T) -> Vec<T> {
    let rows = office.session().run(async |db| db.rows(sql, &[]).await).expect("a query of the test");
    rows.iter().map(read).collect()
}

#[test]
fn the_law_of_a_month_gives_what_was_claimed() {
    let (office, summary) = populated(1_500, 2_500, 2);
    assert!(summary.relatives > 80, "{summary:?}");
    let lives = lives(&office);
    let by_person: BTreeMap<i64, &LifeRows> = lives.iter().map(|rows| (rows.person_id, rows)).collect();
    disabilities(&office, &by_person).mostly(900);
    survivors(&office, &by_person).mostly(930);
}

/// 障害年金 of the month before the business date, in the grade of the month; 障害手当金 counts as a right.
fn disabilities(office: &TestOffice, lives: &BTreeMap<i64, &LifeRows>) -> Answers {
    let month = Month::of(BUSINESS_ON).previous();
    let sql = "
        SELECT c.person_id, first_seen_on, fixed_on, grade_at_certification, later_filed_on, later_grade,
            (SELECT grade FROM disability_grades AS g WHERE g.person_id = c.person_id AND valid_from <= '2026-07-01'
                ORDER BY valid_from DESC LIMIT 1)
        FROM disability_claims AS c ORDER BY 1";
    let mut answers = Answers::default();
    let mut shelf = RateShelf::default();
    let claims = rows(office, sql, |row| {
        let later = row.get::<_, Option<Date>>(4).zip(row.get::<_, Option<i16>>(5));
        let fixed: (Date, Option<Date>, i16) = (row.get(1), row.get(2), row.get(3));
        (row.get::<_, i64>(0), fixed, later, row.get::<_, Option<i16>>(6))
    });
    for (person, (first_consultation, fixed_on, grade), later, now) in claims {
        let facts = lives[&person].facts();
        let question = disability::Question {
            facts: &facts,
            first_consultation,
            fixed_on,
            grade_at_certification: grade.into(),
            later_claim: later.map(|(on, grade)| (on, grade.into())),
            resident: true,
            for_month: month,
            grade_now: now.map(i64::from),
            children: 0,
            spouse: false,
        };
        let answer = disability::disability(&question, &mut shelf, &mut Trace::new());
        let right = |found: disability::Disability| {
            let stopped = now == Some(0) && found.right.arises.is_some();
            let just_arisen = found.right.first_month().is_some_and(|first| first > month);
            found.annual() > Yen::ZERO || found.allowance.is_some() || stopped || just_arisen
        };
        answers.add(person, answer.map(right));
    }
    answers
}

/// 遺族年金 of the month, or of the month in which it begins.
fn survivors(office: &TestOffice, lives: &BTreeMap<i64, &LifeRows>) -> Answers {
    let mut answers = Answers::default();
    let mut shelf = RateShelf::default();
    let sql =
        "SELECT person_id, deceased_person_id, illness_first_seen_on, states_long FROM survivor_claims ORDER BY 1";
    let claims = rows(office, sql, |row| {
        (row.get::<_, i64>(0), row.get::<_, i64>(1), row.get::<_, Option<Date>>(2), row.get::<_, bool>(3))
    });
    for (person, deceased, illness_first_seen, survivor_states_long) in claims {
        let facts = lives[&deceased].facts();
        let died_on = facts.died_on.expect("the deceased is dead");
        assert!(lives[&person].facts().died_on.is_none(), "{person} is dead");
        let family = family(office, person);
        let question = survivor::Question {
            facts: &facts,
            resident: true,
            illness_first_seen,
            disability_grade_1_or_2: false,
            survivor_states_long,
            family: &family,
            own_old_age: Yen::ZERO,
            own_disability_basic: false,
            for_month: Month::of(BUSINESS_ON).previous().max(Month::of(died_on).next()),
        };
        let answer = survivor::survivor(&question, &mut shelf, &mut Trace::new());
        // A husband who is not yet 60 waits for it.
        let right = |found: survivor::Survivor| found.annual() > Yen::ZERO || !found.survivors.waiting.is_empty();
        answers.add(person, answer.map(right));
    }
    answers
}

fn family(office: &TestOffice, person: i64) -> Vec<FamilyMember> {
    let sql = format!(
        "
        SELECT member_no, relation, birth_on, maintained, disabled, married FROM survivor_members
        WHERE person_id = {person} ORDER BY member_no"
    );
    rows(office, &sql, |row| FamilyMember {
        name: row.get::<_, i16>(0).to_string(),
        relation: match row.get(1) {
            "wife" => FamilyRelation::Wife,
            "husband" => FamilyRelation::Husband,
            _ => FamilyRelation::Child,
        },
        birth: row.get(2),
        maintained: row.get(3),
        disabled: row.get(4),
        married: row.get(5),
    })
}

/// 遺族年金の請求: the deceased, the filing, the illness, 長期要件の申出, and what was paid before.
type OfDeath = (i64, Date, Option<Date>, bool, Option<Month>);

/// Everything that one person has claimed.
#[derive(Default)]
struct Claimed {
    old_age: Option<award::Claim>,
    household: Vec<award::Member>,
    disability: Option<DisabilityClaim<'static>>,
    grades: Vec<(Month, i64)>,
    survivor: Option<OfDeath>,
    choices: Vec<Choice>,
}

/// All that whoever has a claim of disability or of survivors has claimed.
fn claimed(office: &TestOffice) -> BTreeMap<i64, Claimed> {
    let month = |row: &tokio_postgres::Row, place: usize| row.get::<_, Option<Date>>(place).map(Month::of);
    let mut claimed: BTreeMap<i64, Claimed> = BTreeMap::new();
    let sql = "
        SELECT person_id, filed_on, first_seen_on, fixed_on, grade_at_certification, later_filed_on, later_grade,
            paid_through
        FROM disability_claims";
    let disabled = rows(office, sql, |row| {
        let later = row.get::<_, Option<Date>>(5).zip(row.get::<_, Option<i16>>(6));
        let claim = DisabilityClaim {
            filed_on: row.get(1),
            first_consultation: row.get(2),
            resident: true,
            fixed_on: row.get(3),
            grade_at_certification: row.get::<_, i16>(4).into(),
            later_claim: later.map(|(on, grade)| (on, grade.into())),
            grades: &[],
            paid_through: month(row, 7),
        };
        (row.get::<_, i64>(0), claim)
    });
    disabled.into_iter().for_each(|(person, claim)| claimed.entry(person).or_default().disability = Some(claim));
    let sql = "
        SELECT person_id, deceased_person_id, filed_on, illness_first_seen_on, states_long, paid_through
        FROM survivor_claims";
    let left = rows(office, sql, |row| {
        (row.get::<_, i64>(0), (row.get(1), row.get(2), row.get(3), row.get(4), month(row, 5)))
    });
    left.into_iter().for_each(|(person, claim)| claimed.entry(person).or_default().survivor = Some(claim));
    let sql = "SELECT person_id, valid_from, grade FROM disability_grades ORDER BY 1, 2";
    for (person, from, grade) in
        rows(office, sql, |row| (row.get::<_, i64>(0), Month::of(row.get(1)), i64::from(row.get::<_, i16>(2))))
    {
        claimed.entry(person).or_default().grades.push((from, grade));
    }
    let sql = "SELECT person_id, valid_from, rights FROM pension_choices ORDER BY 1, 2";
    for (person, from, rights) in
        rows(office, sql, |row| (row.get::<_, i64>(0), Month::of(row.get(1)), row.get::<_, Vec<String>>(2)))
    {
        let of = |word: &String| BenefitRight::WORDS.iter().find(|(known, _)| known == word).map(|(_, right)| *right);
        let rights = rights.iter().map(|word| of(word).expect("a right")).collect();
        claimed.entry(person).or_default().choices.push(Choice { from, rights });
    }
    let sql = "
        SELECT person_id, basic_claim_month, employees_claim_month, basic_waits, employees_waits, spouse_addition_moves,
            paid_through
        FROM pension_claims";
    for (person, claim) in rows(office, sql, |row| {
        let months = Claims { basic: month(row, 1), employees: month(row, 2) };
        let (basic_waits, employees_waits, spouse_addition_moves) = (row.get(3), row.get(4), row.get(5));
        let paid_through = month(row, 6);
        (row.get(0), award::Claim { months, basic_waits, employees_waits, spouse_addition_moves, paid_through })
    }) {
        claimed.entry(person).and_modify(|all| all.old_age = Some(claim));
    }
    let sql = "
        SELECT person_id, relation, birth_on, dependent, disabled, own_old_age_from, valid_from
        FROM household_members ORDER BY 1, member_no";
    for (person, member) in rows(office, sql, |row| {
        let member = award::Member {
            relation: if row.get::<_, &str>(1) == "spouse" { Relation::Spouse } else { Relation::Child },
            birth: row.get(2),
            dependent: row.get(3),
            disabled: row.get(4),
            own_old_age_from: row.get(5),
            from: row.get(6),
            until: None,
        };
        (row.get(0), member)
    }) {
        claimed.entry(person).and_modify(|all| all.household.push(member));
    }
    claimed
}

#[test]
fn the_months_of_most_claims_are_awarded() {
    let (office, _) = populated(1_000, 1_500, 2);
    let lives = lives(&office);
    let by_person: BTreeMap<i64, &LifeRows> = lives.iter().map(|rows| (rows.person_id, rows)).collect();
    let mut shelf = RateShelf::default();
    let (mut standings, mut held) = (BTreeMap::<&str, usize>::new(), BTreeMap::<String, Vec<i64>>::new());
    let claimed = claimed(&office);
    for (person, all) in &claimed {
        let facts = by_person[person].facts();
        let deceased = all.survivor.map(|(deceased, ..)| by_person[&deceased].facts());
        let relatives: Vec<Relative> =
            family(&office, *person).into_iter().map(|member| Relative { member, ended_on: None }).collect();
        let survivor = all.survivor.zip(deceased.as_ref()).map(|((_, filed_on, ill, states_long, paid), deceased)| {
            SurvivorClaim {
                filed_on,
                deceased,
                resident: true,
                illness_first_seen: ill,
                disability_grade_1_or_2: false,
                states_long,
                family: &relatives,
                claimant: 0,
                paid_through: paid,
            }
        });
        let disability = all.disability.map(|claim| DisabilityClaim { grades: &all.grades, ..claim });
        let asked = Asked {
            facts: &facts,
            claim: all.old_age,
            others: Others { disability, survivor, choices: &all.choices },
            household: &all.household,
            until: Month::of(BUSINESS_ON).previous(),
        };
        match award::award(&asked, &mut shelf, &mut Trace::untold()).verdict {
            Ok(award) => *standings.entry(award.standing.code()).or_default() += 1,
            Err(Held::Law(LawError::BadInput { item, reason })) => {
                panic!("{person}: the counter would not have taken it: {item} {reason}")
            }
            Err(Held::Contradictions(_)) => held.entry("contradictions".to_owned()).or_default().push(*person),
            Err(Held::Choice(_)) => held.entry("choice_needed".to_owned()).or_default().push(*person),
            Err(Held::Law(refused)) => held.entry(refused.to_string()).or_default().push(*person),
        }
    }
    let told: Vec<_> = held.iter().map(|(why, who)| (why, who.len(), &who[..who.len().min(5)])).collect();
    println!("{} 人: {standings:?}、保留 {told:#?}", claimed.len());
    let paid = standings.get("payable").copied().unwrap_or(0) + standings.get("suspended").copied().unwrap_or(0);
    assert!(claimed.len() > 150 && paid * 100 > claimed.len() * 80, "{standings:?} {told:#?}");
}

/// No row of this query: what the counter would not have taken.
fn none(office: &TestOffice, what: &str, sql: &str) {
    let found = texts(office, &format!("SELECT q::text FROM ({sql}) AS q LIMIT 3"));
    assert!(found.is_empty(), "{what}: {found:?}");
}

#[test]
fn a_counter_would_have_taken_every_claim() {
    let (office, _) = populated(1_500, 2_500, 2);
    none(
        &office,
        "order of days",
        "
        SELECT * FROM disability_claims AS c JOIN person_identities AS i USING (person_id)
        WHERE NOT (i.birth_on < first_seen_on AND first_seen_on < filed_on AND filed_on < '2026-08-17')
            OR coalesce(fixed_on, later_filed_on, filed_on) > filed_on
            OR first_seen_on >= i.birth_on + interval '65 years'
            OR later_filed_on >= i.birth_on + interval '65 years' - interval '1 day'",
    );
    none(
        &office,
        "a claim before the day of certification",
        "
        SELECT * FROM disability_claims
        WHERE filed_on < least(first_seen_on + interval '18 months', fixed_on)",
    );
    none(
        &office,
        "revisions outside of the right",
        "
        SELECT * FROM disability_claims AS c JOIN disability_grades AS g USING (person_id)
        WHERE g.valid_from > '2026-08-01' OR g.valid_from <= coalesce(later_filed_on, first_seen_on)
            OR grade_at_certification = 4",
    );
    none(
        &office,
        "days of death",
        "
        SELECT * FROM survivor_claims AS c LEFT JOIN deaths AS d ON d.person_id = c.deceased_person_id
        WHERE d.died_on IS NULL OR NOT (d.died_on < filed_on AND filed_on < '2026-08-17')
            OR illness_first_seen_on > d.died_on OR EXISTS (SELECT FROM deaths AS o WHERE o.person_id = c.person_id)",
    );
    none(
        &office,
        "a family without the claimant",
        "
        SELECT * FROM survivor_claims AS c JOIN person_identities AS i USING (person_id)
        LEFT JOIN survivor_members AS m ON m.person_id = c.person_id AND m.record_id = c.record_id
            AND m.member_no = c.claimant_member_no
        WHERE m.birth_on IS DISTINCT FROM i.birth_on
            OR m.relation <> 'child' AND m.relation <> CASE i.sex WHEN 1 THEN 'husband' ELSE 'wife' END",
    );
    none(
        &office,
        "members born after the death",
        "
        SELECT * FROM survivor_claims AS c JOIN survivor_members AS m USING (person_id)
        JOIN deaths AS d ON d.person_id = c.deceased_person_id WHERE m.birth_on >= d.died_on",
    );
    none(
        &office,
        "nowhere to be paid to",
        "
        SELECT person_id FROM (SELECT person_id FROM disability_claims UNION SELECT person_id FROM survivor_claims) AS c
        WHERE NOT EXISTS (SELECT FROM payees AS p WHERE p.person_id = c.person_id)",
    );
    none(
        &office,
        "a choice of nobody who has two",
        "
        SELECT * FROM pension_choices AS c
        WHERE filed_on >= '2026-08-17' OR valid_from <> date_trunc('month', filed_on) + interval '1 month'
            OR NOT EXISTS (SELECT FROM pension_claims AS o WHERE o.person_id = c.person_id)
            OR NOT EXISTS (SELECT FROM disability_claims AS o WHERE o.person_id = c.person_id)
                AND NOT EXISTS (SELECT FROM survivor_claims AS o WHERE o.person_id = c.person_id)",
    );
    none(
        &office,
        "paid before the right, or after the conversion",
        "
        SELECT person_id FROM disability_claims WHERE paid_through < first_seen_on OR filed_on > '2026-06-18'
            AND paid_through IS NOT NULL
        UNION ALL SELECT person_id FROM survivor_claims WHERE filed_on > '2026-06-18' AND paid_through IS NOT NULL",
    );
    let numbers = "SELECT count(*) - count(DISTINCT number) FROM person_numbers";
    assert_eq!(number(&office, numbers), 0);
}

#[test]
fn the_shares_are_those_of_the_country() {
    let (office, summary) = populated(4_000, 6_000, 2);
    let grown = "
        FROM person_identities AS i WHERE i.birth_on > '1961-08-17' AND i.birth_on <= '2006-08-17'
            AND EXISTS (SELECT FROM persons AS p WHERE p.person_id = i.person_id AND p.person_id <= 10000)";
    let all = number(&office, &format!("SELECT count(*) {grown}"));
    let disabled = "EXISTS (SELECT FROM disability_claims AS c WHERE c.person_id = i.person_id)";
    let share = number(&office, &format!("SELECT count(*) {grown} AND {disabled}")) * 10_000 / all;
    assert!((230..=370).contains(&share), "{share} in 10,000 of 20 to 64 have a disability claim");
    let per_cent = |part: &str, whole: &str| number(&office, part) * 100 / number(&office, whole).max(1);
    let grades = |grade: i16| {
        per_cent(
            &format!(
                "SELECT count(*) FROM disability_claims WHERE coalesce(later_grade, grade_at_certification) = {grade}"
            ),
            "SELECT count(*) FROM disability_claims",
        )
    };
    let found = [grades(1), grades(2), grades(3)];
    assert!(
        (10..=30).contains(&found[0]) && (50..=75).contains(&found[1]) && (6..=25).contains(&found[2]),
        "{found:?}"
    );
    let later = per_cent(
        "SELECT count(*) FROM disability_claims WHERE later_filed_on IS NOT NULL",
        "SELECT count(*) FROM disability_claims",
    );
    assert!((5..=22).contains(&later), "事後重症 {later}");
    let count = |sql: &str| number(&office, &format!("SELECT count(*) FROM {sql}"));
    assert!(count("disability_grades") > 10 && count("pension_choices") > 10);
    let claims = count("survivor_claims");
    let of_women = "survivor_claims AS c JOIN person_identities AS i USING (person_id) WHERE i.sex = 2";
    assert!((200..=700).contains(&claims) && count(of_women) * 100 > claims * 80, "{claims}");
    assert_eq!(u64::try_from(claims).expect("some"), summary.relatives);
    let of_own_dead = count("survivor_claims WHERE deceased_person_id <= 10000");
    assert!(of_own_dead > 40, "{of_own_dead}");
    let aged = count(
        "survivor_claims AS c JOIN person_identities AS i USING (person_id) JOIN pension_claims AS o USING (person_id)
        WHERE i.birth_on <= '1961-08-17'",
    );
    assert!(aged * 10 > claims * 5, "{aged} of {claims} have an old-age pension of their own");
    assert!(count("survivor_members WHERE relation = 'child'") > 10);
    println!("{summary:?} 障害 {} 遺族 {claims} 選択 {}", count("disability_claims"), count("pension_choices"));
}
