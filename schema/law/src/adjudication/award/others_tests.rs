//! 障害・遺族・選択 — tables of months from the statute, and the properties of the course.

use domain::life::{
    Category, CategorySpell, Contribution, ContributionSpan, EmployeesClass, EmployeesKind, RemunerationBasis,
    RemunerationSpan, Sex,
};
use jiff::civil::date;
use proptest::prelude::*;

use super::tests::{Invented, Registers, days, lives};
use super::*;
use crate::adjudication::{disability as one_month, survivor as of_death};
use crate::disability_survivor::survivor_right::family::{FamilyMember, FamilyRelation};

const CAT2: Category = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn spell(category: Category, acquired_on: Date, lost_on: Option<Date>) -> CategorySpell {
    CategorySpell { category, acquired_on, lost_on, source: 1 }
}

fn paid(first: &str, last: &str) -> ContributionSpan {
    let (contribution, additional) = (Contribution::Paid, false);
    ContributionSpan { first: month(first), last: month(last), contribution, additional, source: 2 }
}

fn pay(standard_yen: u32, first: &str, last: Option<&str>) -> RemunerationSpan {
    RemunerationSpan {
        first: month(first),
        last: last.map(month),
        kind: EmployeesKind::First,
        standard_yen,
        basis: RemunerationBasis::Own,
        source: 3,
    }
}

/// The registers of one person.
struct Person {
    birth_on: Date,
    sex: Sex,
    died_on: Option<Date>,
    spells: Vec<CategorySpell>,
    contributions: Vec<ContributionSpan>,
    remunerations: Vec<RemunerationSpan>,
}

impl Person {
    fn facts(&self) -> LifeFacts<'_> {
        LifeFacts {
            died_on: self.died_on,
            spells: &self.spells,
            contributions: &self.contributions,
            remunerations: &self.remunerations,
            ..LifeFacts::unregistered(self.birth_on, self.sex)
        }
    }

    fn unregistered(birth_on: Date) -> Person {
        let nothing = (Vec::new(), Vec::new(), Vec::new());
        let (spells, contributions, remunerations) = nothing;
        Person { birth_on, sex: Sex::Female, died_on: None, spells, contributions, remunerations }
    }

    /// Born 1985-06-01: 第1号 to March 2008, paid, then a job at 300,000円.
    fn employee() -> Person {
        Person {
            birth_on: date(1985, 6, 1),
            sex: Sex::Male,
            died_on: None,
            spells: vec![
                spell(Category::Cat1, date(2005, 5, 31), Some(date(2008, 4, 1))),
                spell(CAT2, date(2008, 4, 1), None),
            ],
            contributions: vec![paid("2005-05", "2008-03")],
            remunerations: vec![pay(300_000, "2008-04", None)],
        }
    }

    /// Born 1990-01-10: 第1号 from 20, paid.
    fn self_employed() -> Person {
        Person {
            spells: vec![spell(Category::Cat1, date(2010, 1, 9), None)],
            contributions: vec![paid("2010-01", "2026-06")],
            ..Person::unregistered(date(1990, 1, 10))
        }
    }

    /// Born 1960-01-15 (65 on 2025-01-14): 第1号 from 1980, but employed from April 2003 to March 2013 at 300,000円.
    fn at_65() -> Person {
        Person {
            sex: Sex::Male,
            spells: vec![
                spell(Category::Cat1, date(1980, 1, 14), Some(date(2003, 4, 1))),
                spell(CAT2, date(2003, 4, 1), Some(date(2013, 4, 1))),
                spell(Category::Cat1, date(2013, 4, 1), Some(date(2020, 1, 14))),
            ],
            contributions: vec![paid("1980-01", "2003-03"), paid("2013-04", "2019-12")],
            remunerations: vec![pay(300_000, "2003-04", Some("2013-03"))],
            ..Person::unregistered(date(1960, 1, 15))
        }
    }

    /// Born 1980-06-01, employed at 300,000円 from April 2008 to his death on 2025-05-10 (205 months).
    fn dead_employee() -> Person {
        let died_on = date(2025, 5, 10);
        Person {
            sex: Sex::Male,
            died_on: Some(died_on),
            spells: vec![spell(CAT2, date(2008, 4, 1), died_on.tomorrow().ok())],
            remunerations: vec![pay(300_000, "2008-04", Some("2025-04"))],
            ..Person::unregistered(date(1980, 6, 1))
        }
    }
}

fn disability(filed_on: Date, first_consultation: Date, grade: i64) -> DisabilityClaim<'static> {
    DisabilityClaim {
        filed_on,
        first_consultation,
        resident: true,
        fixed_on: None,
        grade_at_certification: grade,
        later_claim: None,
        grades: &[],
        paid_through: None,
    }
}

fn relative(name: &str, relation: FamilyRelation, birth: Date) -> Relative {
    let (name, married, disabled) = (name.to_owned(), false, false);
    Relative { member: FamilyMember { name, relation, birth, maintained: true, disabled, married }, ended_on: None }
}

fn survivor<'a>(deceased: &'a LifeFacts<'a>, family: &'a [Relative], claimant: usize) -> SurvivorClaim<'a> {
    SurvivorClaim {
        filed_on: deceased.died_on.unwrap_or(date(2025, 5, 10)),
        deceased,
        resident: true,
        illness_first_seen: None,
        disability_grade_1_or_2: false,
        states_long: false,
        family,
        claimant,
        paid_through: None,
    }
}

fn member(relation: Relation, birth: Date, from: Date) -> Member {
    Member { relation, birth, dependent: true, disabled: false, own_old_age_from: None, from, until: None }
}

fn decided(asked: &Asked<'_>) -> Result<Award, Held> {
    let told = award(asked, &mut RateShelf::new(), &mut Trace::new()).verdict;
    assert_eq!(told, award(asked, &mut RateShelf::new(), &mut Trace::untold()).verdict);
    told
}

fn asked<'a>(facts: &'a LifeFacts<'a>, others: Others<'a>, until: &str) -> Asked<'a> {
    Asked { facts, claim: None, others, household: &[], until: month(until) }
}

/// A line per run: month, basic + children by ground, own employees' + addition by ground, survivor's − stopped, suspended.
fn lines(award: &Award) -> Vec<String> {
    let line = |run: &Run| {
        let of = &run.components;
        let word = |ground: Option<Ground>| ground.map_or("-", Ground::code);
        let own = of.employees_total() - of.addition;
        let until = run.until.map_or(String::new(), |until| format!(" until {until}"));
        let (basic, all) = (of.basic_total() - of.children, of.suspended.words().join(","));
        format!(
            "{} {} {}+{} {} {}+{} {}-{} [{}]{}",
            run.from,
            word(of.basic_of),
            basic.get(),
            of.children.get(),
            word(of.employees_of),
            own.get(),
            of.addition.get(),
            of.survivor.get(),
            of.survivor_stopped.get(),
            all,
            until
        )
    };
    award.runs.iter().map(line).collect()
}

fn look_again(award: &Award) -> Option<String> {
    award.look_again_from.map(|month| month.to_string())
}

#[test]
fn grade_2_with_children_and_a_spouse_month_by_month() {
    let person = Person::employee();
    let facts = person.facts();
    let others = Others { disability: Some(disability(date(2024, 11, 20), date(2023, 4, 10), 2)), ..Others::default() };
    // 18 on 2025-05-04: to March 2026. The second is born on 2025-02-10: from March 2025 (33条の2第2項). The spouse is 65 on
    // 2025-07-31: to July.
    let household = [
        member(Relation::Child, date(2007, 5, 5), date(2007, 5, 5)),
        member(Relation::Child, date(2025, 2, 10), date(2025, 2, 10)),
        member(Relation::Spouse, date(1960, 8, 1), date(2005, 1, 1)),
    ];
    let asking = Asked { household: &household, ..asked(&facts, others, "2026-06") };
    let award = decided(&asking).expect("decided");
    // 199 months as 300: 273,629 × 5.769/1000 × 300 × 1.041, 1.061, 1.082 (従前額), each above the new level.
    assert_eq!(
        lines(&award),
        [
            "2024-11 disability 816000+234800 disability 492986+234800 0-0 [] until 2025-03",
            "2025-03 disability 816000+469600 disability 492986+234800 0-0 [] until 2025-04",
            "2025-04 disability 831700+478600 disability 502457+239300 0-0 [] until 2025-08",
            "2025-08 disability 831700+478600 disability 502457+0 0-0 [] until 2026-04",
            "2026-04 disability 847300+243800 disability 512402+0 0-0 []",
        ]
    );
    assert_eq!((award.standing, look_again(&award)), (Standing::Payable, Some("2027-04".to_owned())));
    let found = award.disability.expect("claimed");
    assert_eq!((found.first_month, found.last_month), (Some(month("2024-11")), None));
    assert_eq!((award.start, award.runs[0].components.right_on), (None, date(2024, 10, 10)));
    // 54条3項: not while the spouse draws an own old-age pension of 240 months.
    let mut household = household;
    household[2].own_old_age_from = Some(date(2025, 5, 3));
    let award = decided(&Asked { household: &household, ..asking }).expect("decided");
    assert!(
        lines(&award).contains(&"2025-06 disability 831700+478600 disability 502457+0 0-0 [] until 2026-04".to_owned())
    );
}

#[test]
fn the_death_ends_a_disability_pension() {
    let mut person = Person { died_on: Some(date(2025, 9, 20)), ..Person::employee() };
    person.spells[1].lost_on = Some(date(2025, 9, 21));
    person.remunerations[0].last = Some(month("2025-08"));
    let facts = person.facts();
    let others = Others { disability: Some(disability(date(2024, 11, 20), date(2023, 4, 10), 2)), ..Others::default() };
    let award = decided(&asked(&facts, others, "2026-06")).expect("decided");
    assert_eq!(
        lines(&award).last().expect("a run"),
        "2025-04 disability 831700+0 disability 502457+0 0-0 [] until 2025-10"
    );
    assert_eq!((award.standing, award.look_again_from), (Standing::Ended, None));
}

#[test]
fn later_worsening_begins_the_month_after_its_claim_and_a_revision_in_its_month() {
    let person = Person::self_employed();
    let facts = person.facts();
    let grades = [(month("2025-12"), 1), (month("2026-04"), 0)];
    let claim = DisabilityClaim {
        later_claim: Some((date(2025, 6, 20), 2)),
        grades: &grades,
        ..disability(date(2025, 6, 20), date(2020, 5, 10), 0)
    };
    let others = Others { disability: Some(claim), ..Others::default() };
    let award = decided(&asked(&facts, others, "2026-06")).expect("decided");
    assert_eq!(
        lines(&award),
        [
            "2025-07 disability 831700+0 - 0+0 0-0 [] until 2025-12",
            "2025-12 disability 1039625+0 - 0+0 0-0 [] until 2026-04",
        ]
    );
    assert_eq!((award.standing, look_again(&award)), (Standing::Suspended, Some("2027-04".to_owned())));
}

#[test]
fn grade_3_has_no_basic_pension_and_no_grade_nothing() {
    let person = Person::employee();
    let facts = person.facts();
    let grades = [(month("2025-06"), 3), (month("2025-10"), 0), (month("2026-01"), 2)];
    let claim = DisabilityClaim { grades: &grades, ..disability(date(2025, 4, 20), date(2023, 4, 10), 2) };
    let others = Others { disability: Some(claim), ..Others::default() };
    let household = [member(Relation::Spouse, date(1986, 8, 1), date(2015, 1, 1))];
    let award = decided(&Asked { household: &household, ..asked(&facts, others, "2026-03") }).expect("decided");
    // 50条3項: 623,800円 in grade 3; the spouse counts in grades 1 and 2 alone.
    assert_eq!(
        lines(&award),
        [
            "2024-11 disability 816000+0 disability 492986+234800 0-0 [] until 2025-04",
            "2025-04 disability 831700+0 disability 502457+239300 0-0 [] until 2025-06",
            "2025-06 - 0+0 disability 623800+0 0-0 [] until 2025-10",
            "2026-01 disability 831700+0 disability 502457+239300 0-0 []",
        ]
    );
    assert_eq!(award.runs.iter().map(|run| run.components.grade).collect::<Vec<_>>(), [2, 2, 3, 2].map(Some));
}

/// 国民年金法35条: the right ends at 65, but not before three years in no grade.
#[test]
fn a_right_in_no_grade_ends_at_65_or_after_three_years() {
    let person = Person { contributions: vec![paid("1980-01", "2019-12")], ..Person::at_65() };
    let person = Person {
        spells: vec![spell(Category::Cat1, date(1980, 1, 14), Some(date(2020, 1, 14)))],
        remunerations: Vec::new(),
        ..person
    };
    let facts = person.facts();
    let of = |grades: &[(Month, i64)]| {
        let claim = DisabilityClaim {
            grades,
            paid_through: Some(month("2015-03")),
            ..disability(date(2012, 1, 1), date(2009, 6, 10), 2)
        };
        let others = Others { disability: Some(claim), ..Others::default() };
        decided(&asked(&facts, others, "2026-06")).expect("decided")
    };
    let ended = of(&[(month("2021-05"), 0)]);
    assert_eq!(ended.disability.and_then(|found| found.last_month), Some(month("2025-01")));
    assert_eq!((ended.standing, ended.look_again_from), (Standing::Ended, None));
    // No grade since December 2022: to December 2025. In time in November 2025, in vain in February 2026.
    let late = of(&[(month("2023-01"), 0), (month("2026-02"), 2)]);
    assert_eq!(late.disability.and_then(|found| found.last_month), Some(month("2025-12")));
    assert_eq!(late.standing, Standing::Ended);
    let in_time = of(&[(month("2023-01"), 0), (month("2025-11"), 2)]);
    assert_eq!(lines(&in_time).last().expect("a run"), "2026-04 disability 847300+0 - 0+0 0-0 []");
    // What was paid before the first month on file stays.
    assert_eq!(ended.runs.first().map(|run| run.from), Some(month("2015-04")));
}

#[test]
fn only_what_can_still_be_paid_is_looked_at() {
    let person = Person::self_employed();
    let facts = person.facts();
    // The right arises on 2013-11-10; claimed in June 2025: nothing before April 2020.
    let claim = disability(date(2025, 6, 20), date(2012, 5, 10), 2);
    let others = Others { disability: Some(claim), ..Others::default() };
    let award = decided(&asked(&facts, others, "2026-06")).expect("decided");
    assert_eq!(award.runs.first().map(|run| run.from), Some(month("2020-04")));
    assert_eq!(award.disability.and_then(|found| found.first_month), Some(month("2013-12")));
    assert_eq!(award.runs.last().map(|run| run.components.right_on), Some(date(2013, 11, 10)));
}

/// 65 on 2025-01-14. Disability since 2010-12-10 (93 months as 300: 502,806円 in fiscal 2024, 512,178円 in 2025); the own 120 months: 201,400円
/// and 205,169円, 経過的加算 1,734 × 120 − 831,700 × 120/480 = 155円 in fiscal 2025.
#[test]
fn from_65_the_disability_basic_goes_with_the_old_age_employees_pension_if_chosen() {
    let person = Person::at_65();
    let facts = person.facts();
    let chosen: Rights = [BenefitRight::DisabilityBasic, BenefitRight::OldAgeEmployee].into_iter().collect();
    let back = Ground::Disability.rights();
    let choices = [Choice { from: month("2025-06"), rights: chosen }, Choice { from: month("2025-09"), rights: back }];
    let claim =
        DisabilityClaim { paid_through: Some(month("2023-12")), ..disability(date(2011, 1, 10), date(2009, 6, 10), 2) };
    let others = Others { disability: Some(claim), choices: &choices, ..Others::default() };
    let asking = Asked { claim: Some(Claim::default()), ..asked(&facts, others, "2025-12") };
    let award = decided(&asking).expect("decided");
    let all = lines(&award);
    // Special old-age pension from 64 (2024-01-14): the disability pension goes on.
    assert_eq!(
        all[all.len() - 5..],
        [
            "2024-04 disability 816000+0 disability 502806+0 0-0 [old_age_employee] until 2025-02",
            "2025-02 disability 816000+0 disability 502806+0 0-0 [old_age_basic,old_age_employee] until 2025-04",
            "2025-04 disability 831700+0 disability 512178+0 0-0 [old_age_basic,old_age_employee] until 2025-06",
            "2025-06 disability 831700+0 old_age 205324+0 0-0 [disability_employee,old_age_basic] until 2025-09",
            "2025-09 disability 831700+0 disability 512178+0 0-0 [old_age_basic,old_age_employee]",
        ]
    );
    let manners: Vec<_> = award.runs.iter().rev().take(2).map(|run| run.components.manner).collect();
    assert_eq!(manners, [None, Some(Manner::From65)]);
    assert_eq!(award.start.map(|start| start.right_on), Some(date(2025, 1, 14)));
    // A choice that fits no set, or a part of two, says nothing: it goes on.
    let vague = [Choice { from: month("2025-06"), rights: Rights::NONE.with(BenefitRight::DisabilityBasic) }];
    let others = Others { choices: &vague, ..asking.others };
    let award = decided(&Asked { others, ..asking }).expect("decided");
    assert_eq!(award.runs.last().and_then(|run| run.components.employees_of), Some(Ground::Disability));
}

/// 44条1項ただし書: the child counts once.
#[test]
fn a_child_is_added_to_the_disability_basic_pension_alone() {
    let person = Person {
        spells: vec![
            spell(Category::Cat1, date(1980, 1, 14), Some(date(1993, 4, 1))),
            spell(CAT2, date(1993, 4, 1), Some(date(2013, 4, 1))),
            spell(Category::Cat1, date(2013, 4, 1), Some(date(2020, 1, 14))),
        ],
        contributions: vec![paid("1980-01", "1993-03"), paid("2013-04", "2019-12")],
        remunerations: vec![pay(300_000, "1993-04", Some("2013-03"))],
        ..Person::at_65()
    };
    let facts = person.facts();
    let chosen: Rights = [BenefitRight::DisabilityBasic, BenefitRight::OldAgeEmployee].into_iter().collect();
    let choices = [
        Choice { from: month("2025-06"), rights: chosen },
        Choice { from: month("2025-09"), rights: Ground::OldAge.rights() },
    ];
    let claim =
        DisabilityClaim { paid_through: Some(month("2023-12")), ..disability(date(2011, 1, 10), date(2009, 6, 10), 2) };
    let others = Others { disability: Some(claim), choices: &choices, ..Others::default() };
    let household = [member(Relation::Child, date(2015, 2, 3), date(2015, 2, 3))];
    let asking = Asked { claim: Some(Claim::default()), household: &household, ..asked(&facts, others, "2025-12") };
    let award = decided(&asking).expect("decided");
    let added = |from: &str| {
        let run = award.runs.iter().find(|run| run.from == month(from)).expect("a run");
        (run.components.children, run.components.addition)
    };
    assert_eq!(added("2025-06"), (Yen::new(239_300), Yen::ZERO));
    assert_eq!(added("2025-09"), (Yen::ZERO, Yen::new(239_300)));
}

#[test]
fn several_sets_and_no_word_are_held_until_somebody_chooses() {
    // The special pension was drawn alone from 2024-02; at 65 it fits two sets.
    let person = Person::at_65();
    let facts = person.facts();
    let claim =
        DisabilityClaim { paid_through: Some(month("2023-12")), ..disability(date(2011, 1, 10), date(2009, 6, 10), 2) };
    let old = [Choice { from: month("2024-02"), rights: Ground::OldAge.rights() }];
    let others = Others { disability: Some(claim), choices: &old, ..Others::default() };
    let asking = Asked { claim: Some(Claim::default()), ..asked(&facts, others, "2025-12") };
    let award = decided(&asking).expect("the choice of old age still names a set");
    let last = award.runs.last().expect("a run");
    assert_eq!((last.components.basic_of, last.components.employees_of), (Some(Ground::OldAge), Some(Ground::OldAge)));

    let narrow = [Choice { from: month("2024-02"), rights: Rights::NONE.with(BenefitRight::OldAgeEmployee) }];
    let held = decided(&Asked { others: Others { choices: &narrow, ..others }, ..asking }).expect_err("held");
    let Held::Choice(needed) = held else { panic!("not {held:?}") };
    assert_eq!(needed.from, month("2025-02"));
    let sets: Vec<_> = needed.sets.iter().map(|set| set.words().join("+")).collect();
    assert_eq!(
        sets,
        ["disability_basic+disability_employee", "disability_basic+old_age_employee", "old_age_basic+old_age_employee",]
    );
    assert_eq!(
        needed.to_string(),
        "2025-02分から、同時に受けられない年金の受給権があります (障害基礎年金と障害厚生年金、又は障害基礎年金と老齢厚生年金、又は\
         老齢基礎年金と老齢厚生年金)。年金受給選択申出書の提出を求めてください"
    );
}

/// 205 months as 300, three quarters: 376,090円 in fiscal 2025 (501,453 × 3/4), 383,534円 in 2026 (511,378 × 3/4).
#[test]
fn a_widow_with_a_child_and_then_with_the_middle_aged_addition() {
    let (own, dead) = (Person::unregistered(date(1982, 3, 3)), Person::dead_employee());
    let (facts, deceased) = (own.facts(), dead.facts());
    let family =
        [relative("1", FamilyRelation::Wife, date(1982, 3, 3)), relative("2", FamilyRelation::Child, date(2007, 9, 9))];
    let of = |claimant: usize, family: &[Relative]| {
        let others = Others { survivor: Some(survivor(&deceased, family, claimant)), ..Others::default() };
        decided(&asked(&facts, others, "2026-06")).expect("decided")
    };
    let wife = of(0, &family);
    assert_eq!(
        lines(&wife),
        ["2025-06 survivor 831700+239300 - 0+0 376090-0 [] until 2026-04", "2026-04 - 0+0 - 0+0 1019034-0 []",]
    );
    assert_eq!(wife.runs[0].components.right_on, date(2025, 5, 10));
    assert_eq!(wife.survivor.and_then(|found| found.first_month), Some(month("2025-06")));
    // 66条1項, 国民年金法41条2項: the child's is stopped.
    let child = of(1, &family);
    assert_eq!((child.standing, child.runs.len()), (Standing::Ended, 0));
    // The child is adopted by somebody else on 2025-08-20: from September the addition.
    let mut adopted = family.clone();
    adopted[1].ended_on = Some(date(2025, 8, 20));
    assert_eq!(
        lines(&of(0, &adopted)),
        [
            "2025-06 survivor 831700+239300 - 0+0 376090-0 [] until 2025-09",
            "2025-09 - 0+0 - 0+0 999890-0 [] until 2026-04",
            "2026-04 - 0+0 - 0+0 1019034-0 []",
        ]
    );
    // She marries on 2025-09-10: the child alone has both from October.
    let mut married = family;
    married[0].ended_on = Some(date(2025, 9, 10));
    let wife = of(0, &married);
    assert_eq!(lines(&wife), ["2025-06 survivor 831700+239300 - 0+0 376090-0 [] until 2025-10"]);
    assert_eq!((wife.standing, wife.look_again_from), (Standing::Ended, None));
    assert_eq!(lines(&of(1, &married)), ["2025-10 survivor 831700+0 - 0+0 376090-0 [] until 2026-04"]);
}

#[test]
fn children_share_and_the_last_has_all() {
    let (own, dead) = (Person::unregistered(date(2012, 1, 1)), Person::dead_employee());
    let (facts, deceased) = (own.facts(), dead.facts());
    let mut family = [
        relative("1", FamilyRelation::Child, date(2007, 9, 9)),
        relative("2", FamilyRelation::Child, date(2012, 1, 1)),
        relative("3", FamilyRelation::Parent, date(1950, 1, 1)),
    ];
    let of = |claimant: usize, family: &[Relative]| {
        let others = Others { survivor: Some(survivor(&deceased, family, claimant)), ..Others::default() };
        decided(&asked(&facts, others, "2026-06")).expect("decided")
    };
    // (831,700 + 239,300) / 2 and 376,090 / 2; 60条2項.
    assert_eq!(
        lines(&of(1, &family)),
        ["2025-06 survivor 535500+0 - 0+0 188045-0 [] until 2026-04", "2026-04 survivor 847300+0 - 0+0 383534-0 []",]
    );
    assert_eq!(lines(&of(0, &family)), ["2025-06 survivor 535500+0 - 0+0 188045-0 [] until 2026-04"]);
    // 59条2項: no right of a lower rank, and none later.
    let parent = of(2, &family);
    assert_eq!((parent.standing, parent.runs.len(), parent.look_again_from), (Standing::NoRight, 0, None));
    // With grade 2 to 20: 2027-09-08.
    family[0].member.disabled = true;
    assert_eq!(lines(&of(0, &family)).last().expect("a run"), "2026-04 survivor 545550+0 - 0+0 191767-0 []");
}

#[test]
fn husbands_and_parents_wait_for_60() {
    let (own, dead) = (Person::unregistered(date(1966, 1, 1)), Person::dead_employee());
    let (facts, deceased) = (own.facts(), dead.facts());
    let of = |claimant: usize, family: &[Relative], until: &str| {
        let others = Others { survivor: Some(survivor(&deceased, family, claimant)), ..Others::default() };
        decided(&asked(&facts, others, until)).expect("decided")
    };
    let husband = [relative("1", FamilyRelation::Husband, date(1966, 1, 1))];
    let waiting = of(0, &husband, "2025-11");
    assert_eq!((waiting.standing, waiting.runs.len()), (Standing::Suspended, 0));
    assert_eq!(look_again(&waiting), Some("2025-12".to_owned()));
    assert_eq!(
        lines(&of(0, &husband, "2026-06")),
        ["2026-01 - 0+0 - 0+0 376090-0 [] until 2026-04", "2026-04 - 0+0 - 0+0 383534-0 []",]
    );
    // With a child he has 遺族基礎年金 and is paid at once; when that ends before 60 he waits (65条の2ただし書).
    let with_child = [
        relative("1", FamilyRelation::Husband, date(1967, 1, 1)),
        relative("2", FamilyRelation::Child, date(2007, 9, 9)),
    ];
    let award = of(0, &with_child, "2026-06");
    assert_eq!(lines(&award), ["2025-06 survivor 831700+239300 - 0+0 376090-0 [] until 2026-04"]);
    assert_eq!(award.standing, Standing::Suspended);
    // Two parents: half each from the first; the younger's half is stopped until 60 (2026-01-31).
    let parents = [
        relative("1", FamilyRelation::Parent, date(1960, 1, 1)),
        relative("2", FamilyRelation::Parent, date(1966, 2, 1)),
    ];
    assert_eq!(lines(&of(0, &parents, "2026-03")), ["2025-06 - 0+0 - 0+0 188045-0 []"]);
    assert_eq!(lines(&of(1, &parents, "2026-03")), ["2026-02 - 0+0 - 0+0 188045-0 []"]);
}

#[test]
fn a_wife_under_30_has_five_years() {
    let dead = Person {
        died_on: Some(date(2021, 5, 10)),
        spells: vec![spell(CAT2, date(2008, 4, 1), Some(date(2021, 5, 11)))],
        remunerations: vec![pay(300_000, "2008-04", Some("2021-04"))],
        ..Person::dead_employee()
    };
    let own = Person::unregistered(date(1996, 1, 1));
    let (facts, deceased) = (own.facts(), dead.facts());
    let wife = [relative("1", FamilyRelation::Wife, date(1996, 1, 1))];
    let others = Others { survivor: Some(survivor(&deceased, &wife, 0)), ..Others::default() };
    let award = decided(&asked(&facts, others, "2026-08")).expect("decided");
    assert_eq!(award.runs.first().map(|run| run.from), Some(month("2021-06")));
    assert_eq!(award.runs.last().and_then(|run| run.until), Some(month("2026-06")));
    assert_eq!((award.standing, award.look_again_from), (Standing::Ended, None));
    let before = decided(&asked(&facts, others, "2025-12")).expect("decided");
    assert_eq!((before.standing, look_again(&before)), (Standing::Payable, Some("2026-04".to_owned())));
}

/// Husband with 25 years of contributions and 146 months at 400,000円 (long: 325,418, 331,500, 338,164; three quarters 244,064, 248,625, 253,623);
/// his wife, born 1960-05-03 (65 on 2025-05-02), has 100 months at 200,000円 of her own: 113,851円 and 経過的加算 129円 (173,400 − 173,271) in fiscal 2025.
struct Couple {
    dead: Person,
    own: Person,
    family: [Relative; 1],
}

impl Couple {
    fn new() -> Couple {
        let dead = Person {
            sex: Sex::Male,
            died_on: Some(date(2024, 6, 10)),
            spells: vec![
                spell(Category::Cat1, date(1975, 5, 31), Some(date(2003, 4, 1))),
                spell(CAT2, date(2003, 4, 1), Some(date(2015, 6, 1))),
            ],
            contributions: vec![paid("1975-05", "2003-03")],
            remunerations: vec![pay(400_000, "2003-04", Some("2015-05"))],
            ..Person::unregistered(date(1955, 6, 1))
        };
        let own = Person {
            spells: vec![
                spell(Category::Cat1, date(1980, 5, 2), Some(date(2003, 4, 1))),
                spell(CAT2, date(2003, 4, 1), Some(date(2011, 8, 1))),
                spell(Category::Cat1, date(2011, 8, 1), Some(date(2020, 5, 2))),
            ],
            contributions: vec![paid("1980-05", "2003-03"), paid("2011-08", "2020-04")],
            remunerations: vec![pay(200_000, "2003-04", Some("2011-07"))],
            ..Person::unregistered(date(1960, 5, 3))
        };
        Couple { dead, own, family: [relative("1", FamilyRelation::Wife, date(1960, 5, 3))] }
    }
}

#[test]
fn from_65_the_own_old_age_pension_goes_first_claimed_or_not() {
    let couple = Couple::new();
    let (facts, deceased) = (couple.own.facts(), couple.dead.facts());
    let others = Others { survivor: Some(survivor(&deceased, &couple.family, 0)), ..Others::default() };
    let unclaimed = decided(&asked(&facts, others, "2026-03")).expect("decided");
    // Long, of fewer than 240 months: no 中高齢寡婦加算.
    assert_eq!(
        lines(&unclaimed),
        [
            "2024-07 - 0+0 - 0+0 244064-0 [] until 2025-04",
            "2025-04 - 0+0 - 0+0 248625-0 [] until 2025-06",
            "2025-06 - 0+0 - 0+0 248625-113980 []",
        ]
    );
    // Claimed: the special pension from 62 waits behind the choice, from 65 all three are drawn.
    let choices = [Choice { from: month("2024-07"), rights: Rights::NONE.with(BenefitRight::SurvivorEmployee) }];
    let others = Others { choices: &choices, ..others };
    let claim = Some(Claim { paid_through: Some(month("2024-06")), ..Claim::default() });
    let award = decided(&Asked { claim, ..asked(&facts, others, "2026-03") }).expect("decided");
    let all = lines(&award);
    assert_eq!(
        all[all.len() - 3..],
        [
            "2024-07 - 0+0 - 0+0 244064-0 [old_age_employee] until 2025-04",
            "2025-04 - 0+0 - 0+0 248625-0 [old_age_employee] until 2025-06",
            "2025-06 old_age 831700+0 old_age 113980+0 248625-113980 []",
        ]
    );
    assert_eq!(award.runs.last().map(|run| run.components.survivor_total()), Some(Yen::new(134_645)));
    // Nobody has chosen: what was drawn goes on.
    let nobody = Others { choices: &[], ..others };
    let award = decided(&Asked { claim, others: nobody, ..asked(&facts, others, "2025-03") }).expect("decided");
    assert_eq!(award.runs.last().and_then(|run| run.components.employees_of), Some(Ground::OldAge));
}

/// 昭和60年法律34号附則73条: widowed from 65 on, born to 1956-04-01, short requirement or 240 months.
#[test]
fn the_transitional_addition_of_an_old_widow_stops_beside_a_disability_basic_pension() {
    let dead = Person {
        died_on: Some(date(2025, 5, 10)),
        spells: vec![
            spell(Category::Cat1, date(1970, 5, 31), Some(date(1990, 4, 1))),
            spell(CAT2, date(1990, 4, 1), Some(date(2010, 4, 1))),
        ],
        contributions: vec![paid("1970-05", "1990-03")],
        remunerations: vec![pay(300_000, "1990-04", Some("2010-03"))],
        ..Person { birth_on: date(1950, 6, 1), ..Person::dead_employee() }
    };
    // Paid from 20 to 59; a disability since 1995.
    let own = Person {
        spells: vec![spell(Category::Cat1, date(1974, 12, 31), Some(date(2014, 12, 31)))],
        contributions: vec![paid("1974-12", "2014-11")],
        ..Person::unregistered(date(1955, 1, 1))
    };
    let (facts, deceased) = (own.facts(), dead.facts());
    let wife = [relative("1", FamilyRelation::Wife, date(1955, 1, 1))];
    let claim =
        DisabilityClaim { paid_through: Some(month("2025-03")), ..disability(date(1995, 1, 10), date(1993, 6, 10), 2) };
    let choices = [
        Choice {
            from: month("2015-04"),
            rights: Ground::Disability.rights().or(Rights::NONE.with(BenefitRight::SurvivorEmployee)),
        },
        Choice {
            from: month("2025-09"),
            rights: Rights::NONE.with(BenefitRight::OldAgeBasic).with(BenefitRight::SurvivorEmployee),
        },
    ];
    let others = Others { disability: Some(claim), survivor: Some(survivor(&deceased, &wife, 0)), choices: &choices };
    let award = decided(&Asked { claim: Some(Claim::default()), ..asked(&facts, others, "2025-12") }).expect("decided");
    let of = |from: &str| award.runs.iter().find(|run| run.from == month(from)).expect("a run").components;
    // Fiscal 2025, born 1954-04-02 to 1955-04-01: 622,000 − 829,300 × 336/480 (580,510) = 41,490円.
    assert_eq!(of("2025-09").survivor - of("2025-06").survivor, Yen::new(41_490));
    assert_eq!((of("2025-06").basic_of, of("2025-09").basic_of), (Some(Ground::Disability), Some(Ground::OldAge)));
    assert_eq!(of("2025-06").suspended.words(), ["old_age_basic"]);
}

#[test]
fn a_survivors_claim_needs_the_day_of_death_and_the_own_record_only_where_it_counts() {
    let (own, dead) = (Person::unregistered(date(1982, 3, 3)), Person::dead_employee());
    let alive = Person { died_on: None, ..Person::dead_employee() };
    let (facts, deceased, living) = (own.facts(), dead.facts(), alive.facts());
    let family = [relative("1", FamilyRelation::Wife, date(1982, 3, 3))];
    let others = Others { survivor: Some(survivor(&living, &family, 0)), ..Others::default() };
    let held = decided(&asked(&facts, others, "2026-06")).expect_err("no day of death");
    let Held::Law(error) = held else { panic!("not {held:?}") };
    assert_eq!(error.code(), "missing_fact");
    assert!(error.to_string().contains("死亡日"), "{error}");
    // Two spells at once: a contradiction of the own record, which is no part of this pension before 65.
    let torn = Person {
        spells: vec![spell(Category::Cat1, date(2002, 3, 2), None), spell(Category::Cat3, date(2003, 3, 2), None)],
        ..Person::unregistered(date(1982, 3, 3))
    };
    let facts = torn.facts();
    let others = Others { survivor: Some(survivor(&deceased, &family, 0)), ..Others::default() };
    assert_eq!(decided(&asked(&facts, others, "2026-06")).expect("decided").standing, Standing::Payable);
}

#[test]
fn without_any_claim_there_is_no_right() {
    let person = Person::at_65();
    let facts = person.facts();
    let award = decided(&asked(&facts, Others::default(), "2026-06")).expect("decided");
    assert_eq!((award.standing, award.runs.len(), award.look_again_from), (Standing::NoRight, 0, None));
    // Grade 3 of somebody who was never employed is no right either.
    let person = Person::self_employed();
    let facts = person.facts();
    let others = Others { disability: Some(disability(date(2024, 11, 20), date(2023, 4, 10), 3)), ..Others::default() };
    let award = decided(&asked(&facts, others, "2026-06")).expect("decided");
    assert_eq!((award.standing, award.runs.len(), award.look_again_from), (Standing::NoRight, 0, None));
}

/// 国民年金法附則9条の2の3: no 事後重症 after an early old-age pension.
#[test]
fn after_an_early_claim_a_later_worsening_gives_no_right() {
    let person = Person::at_65();
    let facts = person.facts();
    let claim = DisabilityClaim {
        later_claim: Some((date(2023, 6, 20), 2)),
        ..disability(date(2023, 6, 20), date(2010, 5, 10), 0)
    };
    let others = Others { disability: Some(claim), ..Others::default() };
    let early = |at: &str| {
        let months = Claims { basic: Some(month(at)), employees: Some(month(at)) };
        let claim = Some(Claim { months, ..Claim::default() });
        decided(&Asked { claim, ..asked(&facts, others, "2024-06") }).expect("decided")
    };
    assert_eq!(early("2023-03").disability.and_then(|found| found.first_month), None);
    assert_eq!(early("2023-09").disability.and_then(|found| found.first_month), Some(month("2023-07")));
}

/// An invented life with claims of every ground.
#[derive(Clone, Debug)]
struct Claimant {
    life: Invented,
    claims_old_age: bool,
    disability: Option<(DisabilityClaim<'static>, Vec<(Month, i64)>)>,
    /// The life that ended, the family (the claimant is the first), what else the claim says, and `paid_through`.
    death: Option<(Invented, Vec<Relative>, bool, bool)>,
    choices: Vec<Choice>,
}

impl Claimant {
    fn with<T>(&self, work: impl FnOnce(&Asked<'_>) -> T) -> T {
        let registers = Registers::of(&self.life);
        let facts = LifeFacts::unregistered(self.life.birth_on, self.life.sex);
        let facts =
            if self.claims_old_age || self.life.birth_on.day() > 9 { registers.facts(&self.life) } else { facts };
        let dead = self.death.as_ref().map(|(dead, ..)| (dead, Registers::of(dead)));
        let deceased = dead.as_ref().map(|(dead, registers)| registers.facts(dead));
        let disability = self.disability.as_ref().map(|(claim, grades)| DisabilityClaim { grades, ..*claim });
        let survivor = self.death.as_ref().zip(deceased.as_ref()).map(|((_, family, long, before), deceased)| {
            let paid_through = before.then(|| month("2023-03"));
            SurvivorClaim { states_long: *long, paid_through, ..survivor(deceased, family, 0) }
        });
        let others = Others { disability, survivor, choices: &self.choices };
        let claim = self.claims_old_age.then_some(self.life.claim);
        work(&Asked { facts: &facts, claim, others, household: &self.life.household, until: self.life.until })
    }
}

fn disability_claims() -> impl Strategy<Value = (DisabilityClaim<'static>, Vec<(Month, i64)>)> {
    let later = prop::option::of((days(2005, 2025), 1..=3_i64));
    let grades = prop::collection::btree_map(0..130_i32, 0..=3_i64, 0..4);
    (days(1995, 2023), days(2016, 2026), 0..=3_i64, later, grades, 0..3_u8).prop_map(
        |(seen_on, filed_on, grade, later_claim, grades, before)| {
            let paid_through = (before > 0).then(|| month("2023-03"));
            let claim = DisabilityClaim { later_claim, paid_through, ..disability(filed_on, seen_on, grade) };
            (claim, grades.into_iter().map(|(place, grade)| (month("2015-06").plus(place), grade)).collect())
        },
    )
}

fn families() -> impl Strategy<Value = Vec<Relative>> {
    let relation = prop_oneof![
        3 => Just(FamilyRelation::Wife),
        2 => Just(FamilyRelation::Husband),
        5 => Just(FamilyRelation::Child),
        1 => Just(FamilyRelation::Parent),
    ];
    let ended_on = prop::option::weighted(0.2, days(2022, 2026));
    let one = (relation, days(1950, 2021), any::<bool>(), ended_on);
    prop::collection::vec(one, 1..4).prop_map(|all| {
        let relative = |(place, (relation, birth, disabled, ended_on)): (usize, (FamilyRelation, Date, bool, _))| {
            let mut relative = relative(&place.to_string(), relation, birth);
            (relative.member.disabled, relative.ended_on) = (disabled, ended_on);
            relative
        };
        let mut family: Vec<Relative> = all.into_iter().enumerate().map(relative).collect();
        let spouse = family.iter().position(|one| one.member.relation.spouse());
        let mut place = 0;
        family.retain(|one| {
            place += 1;
            !one.member.relation.spouse() || spouse == Some(place - 1)
        });
        family
    })
}

fn claimants() -> impl Strategy<Value = Claimant> {
    let right = prop::sample::select(Ground::ALL.map(Ground::rights).to_vec());
    let choice = (0..110_i32, right.clone(), right).prop_map(|(place, one, other)| (place, one.or(other)));
    let choices = prop::collection::btree_map(0..110_i32, choice, 0..3);
    let death = (lives(), days(2015, 2025), families(), any::<bool>(), any::<bool>());
    let death = death.prop_map(|(life, died_on, family, long, before)| {
        (Invented { died_on: Some(died_on), ..life }, family, long, before)
    });
    (lives(), 0..4_i16, any::<bool>(), prop::option::of(disability_claims()), prop::option::of(death), choices)
        .prop_map(|(mut life, younger, claims_old_age, disability, mut death, choices)| {
            if let Some((_, family, ..)) = &mut death {
                let (from, birth) = (life.birth_on, family[0].member.birth);
                life.birth_on = birth;
                life.died_on = life.died_on.filter(|_| birth.year() < 2000 && birth > from);
                life.household.clear();
            } else {
                let year = life.birth_on.year() + 10 * younger;
                life.birth_on = Date::new(year, life.birth_on.month(), life.birth_on.day()).expect("days to 28");
            }
            let choices =
                choices.into_iter().map(|(place, (_, rights))| Choice { from: month("2016-01").plus(place), rights });
            Claimant { life, claims_old_age, disability, death, choices: choices.collect() }
        })
}

/// The same as [`award`], every month by itself.
fn month_by_month(asked: &Asked<'_>) -> Result<Vec<Run>, Held> {
    let (last, shelf, trace) = (last_month(asked), &mut RateShelf::new(), &mut Trace::untold());
    let record = life(asked.facts, last.last_day())?;
    let mut course = Course::of(asked, &record, shelf, trace)?;
    let (mut runs, mut before) = (Runs::default(), Rights::NONE);
    for month in course.first().into_iter().flat_map(|first| first.through(last)) {
        match course.ask((month, before), shelf, trace) {
            Ok(told) => {
                runs.go_on(month, told.components);
                before = told.drawn;
            }
            Err(refused) if refused.was_paid_before(asked, month) => (runs, before) = (Runs::default(), Rights::NONE),
            Err(refused) => return Err(refused.held),
        }
    }
    Ok(runs.end(has_died(asked).then(|| last.next())))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn with_every_ground_too_only_the_marked_months_can_differ(claimant in claimants()) {
        claimant.with(|asked| -> Result<(), TestCaseError> {
            let told = award(asked, &mut RateShelf::new(), &mut Trace::untold()).verdict;
            match (told, month_by_month(asked)) {
                (Ok(award), Ok(runs)) => prop_assert_eq!(award.runs, runs),
                (Err(Held::Choice(needed)), Err(Held::Choice(other))) => prop_assert_eq!(needed, other),
                (Err(Held::Contradictions(_)), _) | (Err(Held::Law(_)), Err(Held::Law(_))) => {}
                (told, all) => prop_assert!(false, "{:?} but {:?}", told, all),
            }
            Ok(())
        })?;
    }

    #[test]
    fn with_every_ground_nothing_changes_before_the_month_to_look_again(claimant in claimants()) {
        claimant.with(|asked| -> Result<(), TestCaseError> {
            let Ok(award) = self::award(asked, &mut RateShelf::new(), &mut Trace::untold()).verdict else { return Ok(()) };
            let before = award.look_again_from.map_or(asked.until.plus(8), Month::previous).min(month("2027-03"));
            if before <= asked.until || asked.facts.died_on.is_some_and(|died_on| Month::of(died_on) > asked.until) {
                return Ok(());
            }
            let later = Asked { until: before, ..*asked };
            if let Ok(again) = self::award(&later, &mut RateShelf::new(), &mut Trace::untold()).verdict {
                prop_assert_eq!(again.runs, award.runs);
            }
            Ok(())
        })?;
    }

    /// What a run says is what the one-month answers say of its first month.
    #[test]
    fn a_run_is_the_answer_of_its_month(claimant in claimants()) {
        claimant.with(|asked| -> Result<(), TestCaseError> {
            let Ok(award) = self::award(asked, &mut RateShelf::new(), &mut Trace::untold()).verdict else { return Ok(()) };
            for run in &award.runs {
                one_ground(asked, run)?;
            }
            Ok(())
        })?;
    }
}

/// Where one ground alone is drawn, against its single-month answer.
fn one_ground(asked: &Asked<'_>, run: &Run) -> Result<(), TestCaseError> {
    let (of, month, shelf, trace) = (&run.components, run.from, &mut RateShelf::new(), &mut Trace::untold());
    if let Some(claim) = asked.others.disability.filter(|_| of.grade.is_some() && asked.claim.is_none()) {
        let question = one_month::Question {
            facts: asked.facts,
            first_consultation: claim.first_consultation,
            fixed_on: claim.fixed_on,
            grade_at_certification: claim.grade_at_certification,
            later_claim: claim.later_claim,
            resident: claim.resident,
            for_month: month,
            grade_now: of.grade.map(i64::from),
            children: 0,
            spouse: of.addition > Yen::ZERO,
        };
        let told = one_month::disability(&question, shelf, trace).expect("as before");
        if of.basic_of == Some(Ground::Disability) {
            prop_assert_eq!(Some(of.basic), told.basic.map(|basic| basic.base));
        }
        if of.employees_of == Some(Ground::Disability) {
            prop_assert_eq!(Some(of.employees_total()), told.employee.map(|employee| employee.annual()));
        }
    }
    let Some(claim) = asked.others.survivor.filter(|claim| claim.family.len() == 1 && of.survivor > Yen::ZERO) else {
        return Ok(());
    };
    let family = [claim.family[0].member.clone()];
    let question = of_death::Question {
        facts: claim.deceased,
        resident: true,
        illness_first_seen: None,
        disability_grade_1_or_2: false,
        survivor_states_long: claim.states_long,
        family: &family,
        own_old_age: of.survivor_stopped,
        own_disability_basic: of.basic_of == Some(Ground::Disability),
        for_month: month,
    };
    let told = of_death::survivor(&question, shelf, trace).expect("as before");
    if of.survivor_stopped == Yen::ZERO {
        prop_assert_eq!(of.survivor_total(), told.employee_paid());
    }
    Ok(())
}
