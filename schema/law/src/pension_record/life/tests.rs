//! Lives made by hand, every contradiction, and what holds for any life.

use std::mem::size_of;

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use ContradictionKind as Kind;

const EMPLOYED: Category = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };
/// 20 on 2000-05-09, 60 on 2040-05-09.
const BIRTH: Date = Date::constant(1980, 5, 10);
const ON: Date = Date::constant(2025, 4, 15);

fn ym(text: &str) -> Month {
    text.parse().expect("a month")
}

fn spell(category: Category, acquired_on: Date, lost_on: Option<Date>, source: u64) -> CategorySpell {
    CategorySpell { category, acquired_on, lost_on, source }
}

fn paid(first: &str, last: &str, contribution: Contribution, source: u64) -> ContributionSpan {
    ContributionSpan { first: ym(first), last: ym(last), contribution, additional: false, source }
}

fn wages(first: &str, last: &str, standard_yen: u32, source: u64) -> RemunerationSpan {
    let (kind, basis) = (EmployeesKind::First, RemunerationBasis::Own);
    RemunerationSpan { first: ym(first), last: Some(ym(last)), kind, standard_yen, basis, source }
}

fn nobody() -> LifeFacts<'static> {
    LifeFacts::unregistered(BIRTH, Sex::Female)
}

fn read(facts: &LifeFacts<'_>) -> LifeRecord {
    let record = life(facts, ON).expect("a life");
    assert_eq!(record.counts().partition_total(), record.counts().months);
    record
}

/// Kind, months and sources of each contradiction.
type Found = (Kind, String, Option<u64>, Option<u64>);

fn found(record: &LifeRecord) -> Vec<Found> {
    let one = |c: &Contradiction| (c.kind, format!("{}〜{}", c.first, c.last), c.source, c.other);
    record.contradictions().iter().map(one).collect()
}

/// 第1号 from 20 on, unless said otherwise.
fn cat1() -> [CategorySpell; 1] {
    [spell(Category::Cat1, date(2000, 5, 9), None, 1)]
}

#[test]
fn a_month_takes_three_bytes() {
    assert_eq!(size_of::<RecordMonth>(), 3);
    assert!(size_of::<Contradiction>() <= 48);
}

#[test]
fn somebody_unregistered_is_one_gap_from_the_month_of_20() {
    let record = read(&nobody());
    assert_eq!((record.first(), record.last()), (ym("2000-05"), ym("2025-04")));
    assert_eq!(found(&record), [(Kind::Gap, "2000-05〜2025-03".to_owned(), None, None)]);
    assert!(record.is_held());
    assert_eq!((record.counts().uncovered, record.counts().months), (300, 300));
}

#[test]
fn every_state_of_contribution_is_counted_where_it_belongs() {
    use Contribution::*;
    let spans = [
        paid("2000-05", "2001-04", Student, 2),
        paid("2002-04", "2002-06", HalfExempt { rest_paid: true }, 3),
        paid("2006-07", "2006-09", QuarterExempt { rest_paid: false }, 4),
        paid("2006-10", "2006-12", ThreeQuarterExempt { rest_paid: true }, 5),
        paid("2007-01", "2007-02", QuarterExempt { rest_paid: true }, 6),
        paid("2009-01", "2009-06", FullExempt, 7),
        paid("2009-07", "2009-08", StatutoryExempt, 8),
        paid("2010-01", "2010-12", Deferral, 9),
        paid("2010-06", "2010-12", PaidLater, 10),
        paid("2019-04", "2019-07", Maternity, 11),
        ContributionSpan { additional: true, ..paid("2020-01", "2020-12", Paid, 12) },
    ];
    let facts = LifeFacts { spells: &cat1(), contributions: &spans, ..nobody() };
    let record = read(&facts);
    assert_eq!(found(&record), []);
    let counts = record.counts();
    assert_eq!((counts.student, counts.deferral), (12, 5));
    assert_eq!(counts.half_exempt, Eras { to_2009_03: 3, from_2009_04: 0 });
    assert_eq!(counts.three_quarter_exempt.total(), 3);
    assert_eq!(counts.quarter_exempt.total(), 2);
    assert_eq!(counts.full_exempt, Eras { to_2009_03: 3, from_2009_04: 5 });
    assert_eq!(counts.contributed, Eras { to_2009_03: 0, from_2009_04: 7 + 4 + 12 });
    assert_eq!(counts.additional, 12);
    assert_eq!(counts.qualifying(), 12 + 5 + 3 + 3 + 2 + 8 + 23);
    assert_eq!(counts.unpaid, 300 - counts.qualifying());
}

#[test]
fn the_month_of_a_change_belongs_to_the_category_acquired_last() {
    let spells = [
        spell(Category::Cat1, date(2000, 5, 9), Some(date(2003, 7, 5)), 1),
        spell(EMPLOYED, date(2003, 7, 5), Some(date(2003, 7, 20)), 2),
        spell(Category::Cat3, date(2003, 7, 20), None, 3),
    ];
    let facts = LifeFacts { spells: &spells, remunerations: &[wages("2003-07", "2003-07", 200_000, 4)], ..nobody() };
    let record = read(&facts);
    assert_eq!(found(&record), []);
    let july = record.month(ym("2003-07")).expect("in the row");
    // Before 2015-10 the month is one of 厚生年金 too (旧19条2項), and of 3号 for the basic pension.
    assert_eq!((july.cover, july.employees_kind()), (Cover::Cat3, Some(EmployeesKind::First)));
    assert_eq!(record.counts().employees_total(), 1);
    assert_eq!(record.counts().cat2.total(), 0);
}

#[test]
fn from_2015_10_the_month_is_one_of_the_later_status_alone() {
    let of = |year, month| {
        let spells = [
            spell(Category::Cat1, date(2000, 5, 9), Some(date(year, month, 5)), 1),
            spell(EMPLOYED, date(year, month, 5), Some(date(year, month, 20)), 2),
            spell(Category::Cat1, date(year, month, 20), None, 3),
        ];
        read(&LifeFacts { spells: &spells, ..nobody() }).counts().employees_total()
    };
    assert_eq!((of(2015, 9), of(2015, 10)), (1, 0));
}

#[test]
fn employees_months_outside_20_to_59_are_complementary() {
    let spells = [spell(EMPLOYED, date(1998, 4, 1), None, 1)];
    let facts = LifeFacts { spells: &spells, remunerations: &[wages("1998-04", "2025-04", 200_000, 2)], ..nobody() };
    let record = read(&facts);
    let counts = record.counts();
    assert_eq!(counts.complementary[ComplementaryKind::EmployeesOutside20To59.place()], 25);
    assert_eq!(counts.employees[0], EmployeesMonths { to_2003_03: 60, from_2003_04: 265 });
    assert_eq!((counts.employees_20_to_59, counts.cat2.total()), (300, 300));
    assert_eq!(found(&record), []);
}

#[test]
fn complementary_months_by_kind_and_where_they_cannot_lie() {
    let birth_on = date(1955, 4, 2);
    let spans =
        |kind, first: &str, last: &str| [ComplementarySpan { first: ym(first), last: ym(last), kind, source: 9 }];
    let held = |kind, first, last| {
        let spans = spans(kind, first, last);
        let facts = LifeFacts { complementary: &spans, ..LifeFacts::unregistered(birth_on, Sex::Female) };
        let record = read(&facts);
        let outside = found(&record).into_iter().filter(|(kind, ..)| *kind == Kind::ComplementaryOutsideLimits);
        let runs: Vec<String> = outside.map(|(_, months, ..)| months).collect();
        (record.counts().complementary[kind.place()], runs)
    };
    use ComplementaryKind::*;
    assert_eq!(held(SpouseNotJoined, "1976-01", "1986-03"), (123, vec![]));
    assert_eq!(held(SpouseNotJoined, "1976-01", "1986-04"), (123, vec!["1986-04〜1986-04".to_owned()]));
    assert_eq!(held(StudentNotJoined, "1975-04", "1976-03"), (12, vec![]));
    assert_eq!(held(StudentNotJoined, "1975-03", "1976-03"), (12, vec!["1975-03〜1975-03".to_owned()]));
    assert_eq!(held(StudentNotJoined, "1991-03", "1991-04").0, 1);
    assert_eq!(held(DietMember, "1980-03", "1980-04").0, 1);
    assert_eq!(held(EntitledNotJoined, "2015-03", "2015-04").0, 1);
}

#[test]
fn months_abroad_are_complementary_for_nationals_and_explained_for_others() {
    let spells = [
        spell(Category::Cat1, date(2000, 5, 9), Some(date(2010, 6, 1)), 1),
        spell(Category::Cat1, date(2012, 8, 3), None, 2),
    ];
    let of = |japanese| {
        let (left_on, returned_on) = (date(2010, 5, 31), Some(date(2012, 8, 3)));
        let away = [AbroadSpell { left_on, returned_on, japanese, source: 3 }];
        let record = read(&LifeFacts { spells: &spells, abroad: &away, ..nobody() });
        assert_eq!(found(&record), []);
        (record.counts().complementary_total(), record.counts().explained)
    };
    // 2010-06 to 2012-07.
    assert_eq!((of(true), of(false)), ((26, 0), (0, 26)));
}

#[test]
fn voluntary_months_unpaid_are_complementary_to_59_and_unpaid_after() {
    let birth_on = date(1960, 5, 10);
    let spells = [
        spell(Category::Cat1, date(1980, 5, 9), Some(date(2019, 4, 1)), 1),
        spell(Category::Voluntary, date(2019, 4, 1), Some(date(2025, 5, 9)), 2),
    ];
    let facts = LifeFacts { spells: &spells, ..LifeFacts::unregistered(birth_on, Sex::Male) };
    let record = read(&facts);
    // 60 on 2020-05-09: 2019-04 to 2020-04.
    assert_eq!(record.counts().complementary[ComplementaryKind::VoluntaryUnpaid.place()], 13);
    assert_eq!(found(&record), []);
}

#[test]
fn third_category_late_and_mismatched() {
    let spells = [spell(Category::Cat3, date(2000, 5, 9), None, 1)];
    use Cat3Irregularity::*;
    let span =
        |first: &str, last: &str, irregularity| Cat3Span { first: ym(first), last: ym(last), irregularity, source: 2 };
    let spans = [
        span("2000-05", "2001-04", Late),
        span("2001-05", "2002-04", SpecialNotice),
        span("2002-05", "2003-04", Mismatch),
        span("2003-05", "2004-04", MismatchFiled),
    ];
    let record = read(&LifeFacts { spells: &spells, cat3: &spans, ..nobody() });
    let counts = record.counts();
    assert_eq!((counts.cat3_late, counts.cat3_mismatch, counts.complementary_total()), (12, 12, 12));
    assert_eq!(counts.cat3.total(), 300 - 36);
    assert_eq!(found(&record), []);
}

#[test]
fn a_third_category_needs_a_spouse_of_the_second() {
    let spells = [spell(Category::Cat3, date(2000, 5, 9), None, 1)];
    let spouse = [MonthSpan { first: ym("2000-05"), last: ym("2024-12") }];
    let record = read(&LifeFacts { spells: &spells, spouse_cat2: Some(&spouse), ..nobody() });
    assert_eq!(found(&record), [(Kind::Cat3WithoutCat2Spouse, "2025-01〜2025-04".to_owned(), Some(1), None)]);
}

/// A life, and the contradictions that it must show beside gaps.
fn shows(facts: &LifeFacts<'_>, expected: &[(Kind, &str)]) {
    let record = read(facts);
    let found: Vec<(Kind, String)> = found(&record)
        .into_iter()
        .filter(|(kind, ..)| *kind != Kind::Gap)
        .map(|(kind, months, ..)| (kind, months))
        .collect();
    let expected: Vec<(Kind, String)> = expected.iter().map(|(kind, months)| (*kind, (*months).to_owned())).collect();
    assert_eq!(found, expected);
    assert!(record.is_held());
}

#[test]
fn two_categories_at_once_but_not_one_cover_at_two_workplaces() {
    let spells = [cat1()[0], spell(Category::Cat3, date(2010, 4, 10), Some(date(2010, 7, 1)), 2)];
    shows(&LifeFacts { spells: &spells, ..nobody() }, &[(Kind::TwoCategories, "2010-04〜2010-06")]);
    let jobs =
        [spell(EMPLOYED, date(2000, 5, 9), None, 1), spell(EMPLOYED, date(2010, 4, 10), Some(date(2010, 7, 1)), 2)];
    let facts = LifeFacts { spells: &jobs, remunerations: &[wages("2000-05", "2025-04", 200_000, 3)], ..nobody() };
    assert_eq!(found(&read(&facts)), []);
}

#[test]
fn categories_at_an_age_or_time_at_which_they_cannot_be() {
    let one = |birth_on, spell: CategorySpell, expected: &[(Kind, &str)]| {
        shows(&LifeFacts { spells: &[spell], ..LifeFacts::unregistered(birth_on, Sex::Male) }, expected);
    };
    one(BIRTH, spell(Category::Cat1, date(2000, 4, 1), None, 1), &[(Kind::Before20, "2000-04〜2000-05")]);
    let until_2025 = Some(date(2025, 4, 1));
    one(
        date(1964, 5, 10),
        spell(Category::Cat1, date(1984, 5, 9), until_2025, 1),
        &[(Kind::From60, "2024-05〜2025-03")],
    );
    one(
        date(1959, 5, 10),
        spell(Category::Voluntary, date(2020, 5, 9), until_2025, 1),
        &[(Kind::VoluntaryFrom65, "2024-05〜2025-03")],
    );
    let special = |acquired_on| spell(Category::SpecialVoluntary, acquired_on, until_2025, 1);
    one(date(1954, 5, 10), special(date(2019, 5, 9)), &[(Kind::SpecialVoluntaryOutside, "2024-05〜2025-03")]);
    one(date(1954, 5, 10), special(date(2024, 5, 8)), &[(Kind::SpecialVoluntaryOutside, "2024-05〜2025-03")]);
    one(
        date(1986, 5, 10),
        spell(Category::Cat3, date(1986, 3, 31), None, 1),
        &[
            (Kind::BeforeBirth, "1986-03〜1986-05"),
            (Kind::Before20, "1986-03〜2006-05"),
            (Kind::BeforeScheme, "1986-03〜1986-03"),
        ],
    );
    one(
        BIRTH,
        spell(Category::Cat1, date(2001, 4, 1), Some(date(2001, 3, 1)), 1),
        &[(Kind::BackwardSpell, "2001-04〜2001-04")],
    );
}

#[test]
fn employees_cover_ends_at_70_unless_voluntary_or_before_2002() {
    let of = |birth_on: Date, class| {
        let category = Category::Cat2 { kind: EmployeesKind::First, class };
        let spells = [spell(category, date(1990, 4, 1), Some(date(2025, 4, 1)), 1)];
        let facts = LifeFacts { spells: &spells, ..LifeFacts::unregistered(birth_on, Sex::Male) };
        found(&read(&facts)).into_iter().any(|(kind, ..)| kind == Kind::EmployeesFrom70)
    };
    assert!(of(date(1955, 4, 1), EmployeesClass::Ordinary));
    assert!(!of(date(1955, 4, 2), EmployeesClass::Ordinary));
    assert!(!of(date(1955, 4, 1), EmployeesClass::AgedVoluntary));
    assert!(!of(date(1932, 4, 1), EmployeesClass::Ordinary));
}

#[test]
fn nothing_is_registered_after_death_and_no_gap_follows_it() {
    let died_on = Some(date(2020, 6, 10));
    let closed = [spell(Category::Cat1, date(2000, 5, 9), Some(date(2020, 6, 11)), 1)];
    assert_eq!(found(&read(&LifeFacts { spells: &closed, died_on, ..nobody() })), []);
    shows(&LifeFacts { spells: &cat1(), died_on, ..nobody() }, &[(Kind::AfterDeath, "2020-06〜2025-04")]);
}

#[test]
fn residence_abroad_and_first_category_exclude_each_other() {
    let away =
        [AbroadSpell { left_on: date(2010, 5, 31), returned_on: Some(date(2010, 9, 1)), japanese: true, source: 7 }];
    shows(&LifeFacts { spells: &cat1(), abroad: &away, ..nobody() }, &[(Kind::Cat1Abroad, "2010-06〜2010-08")]);
}

#[test]
fn contributions_that_do_not_fit() {
    use Contribution::*;
    let spells = [
        spell(Category::Cat1, date(2000, 5, 9), Some(date(2010, 4, 1)), 1),
        spell(EMPLOYED, date(2010, 4, 1), Some(date(2015, 4, 1)), 2),
        spell(Category::Cat3, date(2015, 4, 1), None, 3),
    ];
    let wages = [wages("2010-04", "2015-03", 200_000, 4)];
    let check = |span: ContributionSpan, kind, months: &str| {
        let facts = LifeFacts { spells: &spells, remunerations: &wages, contributions: &[span], ..nobody() };
        shows(&facts, &[(kind, months)]);
    };
    check(paid("2010-03", "2010-05", Paid, 5), Kind::PaymentOutsideCover, "2010-04〜2010-05");
    check(paid("2010-03", "2010-05", FullExempt, 5), Kind::ExemptionDuringEmployees, "2010-04〜2010-05");
    check(paid("2015-04", "2015-05", Student, 5), Kind::ExemptionOutsideCat1, "2015-04〜2015-05");
    check(
        paid("2002-03", "2002-04", HalfExempt { rest_paid: true }, 5),
        Kind::ExemptionBeforeItsLaw,
        "2002-03〜2002-03",
    );
    check(
        paid("2006-06", "2006-07", QuarterExempt { rest_paid: true }, 5),
        Kind::ExemptionBeforeItsLaw,
        "2006-06〜2006-06",
    );
    check(paid("2005-03", "2005-04", Deferral, 5), Kind::ExemptionBeforeItsLaw, "2005-03〜2005-03");
    check(paid("2005-03", "2005-04", PaidLater, 5), Kind::LaterPaymentWithoutExemption, "2005-03〜2005-04");
    check(paid("2005-04", "2005-03", Paid, 5), Kind::BackwardSpan, "2005-04〜2005-04");
    check(paid("2000-03", "2000-05", Paid, 5), Kind::PaymentOutsideCover, "2000-03〜2000-04");
    let additional = ContributionSpan { additional: true, ..paid("2005-04", "2005-05", FullExempt, 5) };
    check(additional, Kind::AdditionalWithoutContribution, "2005-04〜2005-05");
    let twice = [paid("2005-04", "2005-06", Paid, 5), paid("2005-06", "2005-07", FullExempt, 6)];
    let facts = LifeFacts { spells: &spells, remunerations: &wages, contributions: &twice, ..nobody() };
    assert_eq!(found(&read(&facts)), [(Kind::TwoContributions, "2005-06〜2005-06".to_owned(), Some(6), Some(5))]);
}

#[test]
fn remuneration_and_cover_must_meet() {
    let spells = [
        spell(Category::Cat1, date(2000, 5, 9), Some(date(2010, 4, 1)), 1),
        spell(EMPLOYED, date(2010, 4, 1), None, 2),
    ];
    let check = |wages: &[RemunerationSpan], bonuses: &[BonusMonth], expected: &[(Kind, &str)]| {
        shows(&LifeFacts { spells: &spells, remunerations: wages, bonuses, ..nobody() }, expected);
    };
    let all = wages("2010-04", "2025-04", 200_000, 3);
    let bonus =
        |month: &str| [BonusMonth { month: ym(month), kind: EmployeesKind::First, bonus_yen: 1_000, source: 9 }];
    check(&[wages("2010-03", "2025-04", 200_000, 3)], &[], &[(Kind::RemunerationOutsideCover, "2010-03〜2010-03")]);
    check(&[wages("2010-04", "2025-02", 200_000, 3)], &[], &[(Kind::CoverWithoutRemuneration, "2025-03〜2025-04")]);
    check(&[all, wages("2011-01", "2011-02", 300_000, 4)], &[], &[(Kind::TwoRemunerations, "2011-01〜2011-02")]);
    check(
        &[RemunerationSpan { kind: EmployeesKind::Third, ..all }],
        &[],
        &[(Kind::RemunerationOfOtherKind, "2010-04〜2025-04")],
    );
    check(&[all], &bonus("2010-03"), &[(Kind::BonusOutsideCover, "2010-03〜2010-03")]);
    check(&[all], &bonus("2003-03"), &[(Kind::BonusBefore2003, "2003-03〜2003-03")]);
    let twice = [bonus("2020-07")[0], bonus("2020-07")[0]];
    check(&[all], &twice, &[(Kind::TwoRemunerations, "2020-07〜2020-07")]);
}

#[test]
fn every_contradiction_says_clause_remedy_and_who() {
    for kind in Kind::ALL {
        assert!(
            !kind.clause().is_empty() && kind.sentence().ends_with("ください") && !kind.resolver().name().is_empty()
        );
    }
    let told = read(&nobody()).contradictions()[0].to_string();
    assert!(told.starts_with("2000-05〜2025-03: ") && told.contains("市区町村"), "{told}");
}

#[test]
fn what_cannot_be_a_life_is_refused() {
    assert!(life(&nobody(), date(1980, 5, 9)).is_err());
    assert!(life(&nobody(), date(2111, 1, 1)).is_err());
    assert!(life(&LifeFacts::unregistered(date(1800, 1, 1), Sex::Male), ON).is_err());
    assert_eq!(read(&nobody()).month(ym("2000-04")), None);
}

/// A working life of 45 years: what the night reads for each of millions.
fn working_life(spells: &[CategorySpell], spans: &[ContributionSpan], read: impl Fn(&LifeFacts<'_>)) {
    let (until, kind, basis) = (ym("2025-04"), EmployeesKind::First, RemunerationBasis::Own);
    let remunerations: Vec<RemunerationSpan> = (2003..2025)
        .map(|year| {
            let first = Month::new(year, 9).expect("a month");
            let last = if year == 2024 { until } else { first.plus(11) };
            RemunerationSpan { first, last: Some(last), kind, standard_yen: 300_000, basis, source: 3 }
        })
        .collect();
    let bonuses: Vec<BonusMonth> = (2004..2025)
        .flat_map(|year| [Month::new(year, 7), Month::new(year, 12)])
        .map(|month| BonusMonth { month: month.expect("a month"), kind, bonus_yen: 500_000, source: 4 })
        .collect();
    read(&LifeFacts { spells, contributions: spans, remunerations: &remunerations, bonuses: &bonuses, ..nobody() });
}

fn student_then_employed() -> ([CategorySpell; 2], [ContributionSpan; 2]) {
    let change = date(2003, 9, 1);
    let spells = [spell(Category::Cat1, date(2000, 5, 9), Some(change), 1), spell(EMPLOYED, change, None, 2)];
    let spans =
        [paid("2000-05", "2003-03", Contribution::Student, 5), paid("2003-04", "2003-08", Contribution::Paid, 6)];
    (spells, spans)
}

#[test]
fn the_next_life_takes_no_new_room() {
    let (spells, spans) = student_then_employed();
    working_life(&spells, &spans, |facts| {
        let mut record = life(facts, ON).expect("a life");
        assert_eq!(found(&record), []);
        let room = |record: &LifeRecord| {
            (record.months.as_ptr(), record.standards_yen.as_ptr(), record.bonuses_yen.as_ptr(), record.order.as_ptr())
        };
        let before = room(&record);
        for _ in 0..3 {
            record.read(facts, ON).expect("a life");
        }
        assert_eq!(room(&record), before);
        assert_eq!(record.contradictions.capacity(), 0);
    });
}

/// `cargo test --release -p law -- --ignored a_million_lives --nocapture`: how long the night reads.
#[test]
#[ignore = "a measurement"]
fn a_million_lives_are_read_in_one_room() {
    let (spells, spans) = student_then_employed();
    working_life(&spells, &spans, |facts| {
        let (mut record, start) = (LifeRecord::default(), std::time::Instant::now());
        let mut months = 0_u64;
        for _ in 0..1_000_000 {
            record.read(facts, ON).expect("a life");
            months += u64::from(record.counts().qualifying());
        }
        println!("1,000,000 lives, {months} months: {:?}", start.elapsed());
        assert_eq!(months, 300_000_000);
    });
}

#[test]
fn what_begins_or_ends_after_the_as_of_day_is_not_seen() {
    let spells = [
        spell(Category::Cat1, date(2000, 5, 9), Some(date(2025, 4, 16)), 1),
        spell(Category::Cat3, date(2025, 4, 16), None, 2),
    ];
    let cover = |on| {
        life(&LifeFacts { spells: &spells, ..nobody() }, on).expect("a life").months().last().map(|month| month.cover)
    };
    assert_eq!(cover(date(2025, 4, 15)), Some(Cover::Cat1));
    assert_eq!(cover(date(2025, 4, 16)), Some(Cover::Cat3));
}

fn days() -> impl Strategy<Value = Date> {
    (0_i32..30_000).prop_map(|days| date(1955, 1, 1) + days.days())
}

fn months() -> impl Strategy<Value = (Month, Month)> {
    (0_i32..900, -3_i32..200)
        .prop_map(|(first, length)| (ym("1955-01").plus(first), ym("1955-01").plus(first + length)))
}

fn categories() -> impl Strategy<Value = Category> {
    use {EmployeesClass::*, EmployeesKind::*};
    let employed = |kind, class| Category::Cat2 { kind, class };
    prop::sample::select(vec![
        Category::Cat1,
        Category::Cat3,
        Category::Voluntary,
        Category::SpecialVoluntary,
        employed(First, Ordinary),
        employed(First, MinerOrSeaman),
        employed(Third, Ordinary),
        employed(Fourth, AgedVoluntary),
    ])
}

fn contributions() -> impl Strategy<Value = Contribution> {
    use Contribution::*;
    prop::sample::select(vec![
        Paid,
        StatutoryExempt,
        FullExempt,
        ThreeQuarterExempt { rest_paid: true },
        HalfExempt { rest_paid: false },
        QuarterExempt { rest_paid: true },
        Student,
        Deferral,
        Maternity,
        Childcare,
        PaidLater,
    ])
}

/// Registers of any sort, sense or nonsense.
#[derive(Clone, Debug)]
struct Registers {
    birth_on: Date,
    died_on: Option<Date>,
    spells: Vec<CategorySpell>,
    contributions: Vec<ContributionSpan>,
    cat3: Vec<Cat3Span>,
    complementary: Vec<ComplementarySpan>,
    remunerations: Vec<RemunerationSpan>,
    bonuses: Vec<BonusMonth>,
    abroad: Vec<AbroadSpell>,
}

impl Registers {
    fn facts(&self) -> LifeFacts<'_> {
        LifeFacts {
            birth_on: self.birth_on,
            sex: Sex::Male,
            died_on: self.died_on,
            spells: &self.spells,
            contributions: &self.contributions,
            cat3: &self.cat3,
            complementary: &self.complementary,
            remunerations: &self.remunerations,
            bonuses: &self.bonuses,
            abroad: &self.abroad,
            spouse_cat2: None,
            splits: &[],
        }
    }
}

fn registers() -> impl Strategy<Value = Registers> {
    let spell = (categories(), days(), prop::option::of(days()), 0_u64..9)
        .prop_map(|(category, acquired_on, lost_on, source)| CategorySpell { category, acquired_on, lost_on, source });
    let contribution = (months(), contributions(), any::<bool>(), 0_u64..9).prop_map(
        |((first, last), contribution, additional, source)| ContributionSpan {
            first,
            last,
            contribution,
            additional,
            source,
        },
    );
    use Cat3Irregularity::*;
    let cat3 = (months(), prop::sample::select(vec![Late, SpecialNotice, Mismatch, MismatchFiled]))
        .prop_map(|((first, last), irregularity)| Cat3Span { first, last, irregularity, source: 1 });
    let complementary = (months(), prop::sample::select(ComplementaryKind::ALL.to_vec()))
        .prop_map(|((first, last), kind)| ComplementarySpan { first, last, kind, source: 2 });
    let remuneration =
        (months(), any::<bool>(), any::<bool>()).prop_map(|((first, last), open, own)| RemunerationSpan {
            first,
            last: (!open).then_some(last),
            kind: EmployeesKind::First,
            standard_yen: 200_000,
            basis: if own { RemunerationBasis::Own } else { RemunerationBasis::DeemedBySplit },
            source: 3,
        });
    let bonus =
        months().prop_map(|(month, _)| BonusMonth { month, kind: EmployeesKind::First, bonus_yen: 500_000, source: 4 });
    let abroad = (days(), prop::option::of(days()), any::<bool>())
        .prop_map(|(left_on, returned_on, japanese)| AbroadSpell { left_on, returned_on, japanese, source: 5 });
    use prop::collection::vec;
    let lists = (vec(spell, 0..7), vec(contribution, 0..7), vec(cat3, 0..3), vec(complementary, 0..3));
    (days(), prop::option::of(days()), lists, vec(remuneration, 0..5), vec(bonus, 0..5), vec(abroad, 0..3)).prop_map(
        |(birth_on, died_on, (spells, contributions, cat3, complementary), remunerations, bonuses, abroad)| Registers {
            birth_on,
            died_on,
            spells,
            contributions,
            cat3,
            complementary,
            remunerations,
            bonuses,
            abroad,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Every month is counted once, in whatever life; amounts stand only where there is cover or a deemed month.
    #[test]
    fn the_counts_sum_to_the_months(registers in registers(), on in days()) {
        let Ok(record) = life(&registers.facts(), on) else { return Ok(()) };
        let counts = record.counts();
        prop_assert_eq!(counts.partition_total(), counts.months);
        prop_assert_eq!(usize::from(counts.months), record.months().len());
        prop_assert_eq!(record.months().len(), record.standards_yen().len());
        prop_assert_eq!(record.months().len(), record.bonuses_yen().len());
        let miners = counts.miner_to_1986_03 + counts.miner_to_1991_03 + counts.miner_from_1991_04;
        prop_assert!(miners <= counts.employees_total());
        prop_assert!(counts.employees_total() + counts.deemed.total() <= counts.months);
        prop_assert!(counts.additional <= counts.contributed.total());
        for (month, standard_yen) in record.months().iter().zip(record.standards_yen()) {
            let employed = month.employees_kind().is_some() || month.marks.has(Marks::DEEMED);
            prop_assert!(*standard_yen == 0 || employed);
        }
        for contradiction in record.contradictions() {
            prop_assert!(contradiction.first <= contradiction.last);
        }
    }

    /// The order in which the registers list their rows changes nothing but the order of the list of contradictions.
    #[test]
    fn the_order_of_spells_does_not_matter(registers in registers(), on in days()) {
        let mut turned = registers.clone();
        // Two spells acquired and lost on the same days are told apart by their rows only.
        turned.spells.reverse();
        for (place, spell) in turned.spells.iter_mut().rev().enumerate() {
            spell.source = u64::try_from(place).expect("a few");
        }
        let mut straight = registers;
        for (place, spell) in straight.spells.iter_mut().enumerate() {
            spell.source = u64::try_from(place).expect("a few");
        }
        match (life(&straight.facts(), on), life(&turned.facts(), on)) {
            (Ok(straight), Ok(turned)) => {
                prop_assert_eq!(straight.months(), turned.months());
                prop_assert_eq!(straight.contradictions(), turned.contradictions());
            }
            (straight, turned) => prop_assert_eq!(straight.is_err(), turned.is_err()),
        }
    }

    /// The room of another life leaves no trace.
    #[test]
    fn a_record_read_into_used_room_is_the_same(first in registers(), second in registers(), on in days()) {
        let mut used = LifeRecord::default();
        let _ = used.read(&first.facts(), ON);
        if used.read(&second.facts(), on).is_ok() {
            let fresh = life(&second.facts(), on).expect("read before");
            prop_assert_eq!(used.months(), fresh.months());
            prop_assert_eq!(used.standards_yen(), fresh.standards_yen());
            prop_assert_eq!(used.counts(), fresh.counts());
            prop_assert_eq!(used.contradictions(), fresh.contradictions());
        }
    }

    /// Going on to a later month gives what reading that month gives, wherever it is done at all.
    #[test]
    fn a_record_that_goes_on_is_the_same(registers in registers(), on in days(), later in 1_i32..60) {
        let (read_to, as_of_on) = (Month::of(on).last_day(), Month::of(on).plus(later).last_day());
        // Old enough, and nothing left open, in one of two.
        let mut registers = registers;
        if later % 2 == 0 {
            registers.birth_on = date(1935, 6, 10);
            registers.spells.iter_mut().for_each(|spell| spell.lost_on = spell.lost_on.or(Some(spell.acquired_on + 700.days())));
            registers.remunerations.iter_mut().for_each(|span| span.last = span.last.or(Some(span.first.plus(20))));
            registers.abroad.iter_mut().for_each(|away| away.returned_on = away.returned_on.or(Some(away.left_on + 90.days())));
        }
        let mut record = LifeRecord::default();
        prop_assume!(record.read(&registers.facts(), read_to).is_ok());
        if record.go_on(&registers.facts(), as_of_on) {
            let read = life(&registers.facts(), as_of_on).expect("a later day");
            prop_assert_eq!(record.first(), read.first());
            prop_assert_eq!(record.last(), read.last());
            prop_assert_eq!(record.months(), read.months());
            prop_assert_eq!(record.standards_yen(), read.standards_yen());
            prop_assert_eq!(record.bonuses_yen(), read.bonuses_yen());
            prop_assert_eq!(record.counts(), read.counts());
            prop_assert_eq!(record.contradictions(), read.contradictions());
        }
    }

    /// Cover without a break, wages for each month: a clear record, and one month more for each month.
    #[test]
    fn a_life_without_a_break_is_clear(turns in prop::collection::vec(30_i32..900, 0..8), on in 0_i32..9_000) {
        let as_of_on = date(2000, 5, 9) + on.days();
        let mut spells = Vec::new();
        let mut from = date(2000, 5, 9);
        for (place, length) in turns.iter().chain([&99_999]).enumerate() {
            let category = [Category::Cat1, EMPLOYED, Category::Cat3][place % 3];
            let until = (*length < 99_999).then(|| from + length.days());
            spells.push(spell(category, from, until, 1));
            from = until.unwrap_or(from);
        }
        let mut record = life(&LifeFacts { spells: &spells, ..nobody() }, as_of_on).expect("a life");
        let months = |record: &LifeRecord| record.months().iter().map(|month| month.employees_kind()).collect::<Vec<_>>();
        let first = record.first();
        let wages: Vec<RemunerationSpan> = months(&record).iter().enumerate().filter(|(_, kind)| kind.is_some()).map(|(place, _)| {
            let month = month_at(first, place);
            RemunerationSpan { first: month, last: Some(month), kind: EmployeesKind::First, standard_yen: 200_000, basis: RemunerationBasis::Own, source: 2 }
        }).collect();
        record.read(&LifeFacts { spells: &spells, remunerations: &wages, ..nobody() }, as_of_on).expect("a life");
        prop_assert!(!record.is_held(), "{:?}", record.contradictions());
        prop_assert_eq!(record.counts().uncovered, 0);
    }
}
