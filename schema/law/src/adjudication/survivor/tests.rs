use domain::life::{
    Category, CategorySpell, Contribution, ContributionSpan, EmployeesClass, EmployeesKind, RemunerationBasis,
    RemunerationSpan, Sex,
};
use jiff::civil::date;

use super::*;

const CAT2: Category = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn member(name: &str, relation: FamilyRelation, birth: Date) -> FamilyMember {
    FamilyMember { name: name.to_owned(), relation, birth, maintained: true, disabled: false, married: false }
}

fn at_300_000(first: &str, last: &str) -> RemunerationSpan {
    RemunerationSpan {
        first: month(first),
        last: Some(month(last)),
        kind: EmployeesKind::First,
        standard_yen: 300_000,
        basis: RemunerationBasis::Own,
        source: 3,
    }
}

/// Born 1980-06-01, employed from April 2008 to his death on 2025-05-10: 205 months.
fn with_employee<T>(work: impl FnOnce(&LifeFacts<'_>) -> T) -> T {
    let lost_on = Some(date(2025, 5, 11));
    let spells = [CategorySpell { category: CAT2, acquired_on: date(2008, 4, 1), lost_on, source: 1 }];
    let pay = [at_300_000("2008-04", "2025-04")];
    work(&LifeFacts {
        died_on: Some(date(2025, 5, 10)),
        spells: &spells,
        remunerations: &pay,
        ..LifeFacts::unregistered(date(1980, 6, 1), Sex::Male)
    })
}

fn asked(facts: &LifeFacts<'_>, family: &[FamilyMember], for_month: &str, own_old_age: i64) -> Survivor {
    let question = Question {
        facts,
        resident: true,
        illness_first_seen: None,
        disability_grade_1_or_2: false,
        survivor_states_long: false,
        family,
        own_old_age: Yen::new(own_old_age),
        own_disability_basic: false,
        for_month: month(for_month),
    };
    let found = survivor(&question, &mut RateShelf::new(), &mut Trace::new()).expect("decided");
    // Without amounts it is due to the same people.
    let drawn = drawn(&question, &mut Trace::new()).expect("decided");
    assert_eq!((drawn.employee, !drawn.basic.is_empty()), (found.recipients.clone(), found.basic.is_some()));
    found
}

#[test]
fn a_wife_with_a_child_draws_both_and_later_the_middle_aged_addition() {
    let family =
        [member("妻", FamilyRelation::Wife, date(1982, 3, 3)), member("子", FamilyRelation::Child, date(2008, 9, 9))];
    with_employee(|facts| {
        assert_eq!(asked(facts, &family, "2025-05", 0).annual(), Yen::ZERO);
        let first = asked(facts, &family, "2025-06", 0);
        assert_eq!(first.requirement, Some(Requirement::Short));
        assert_eq!(first.basic.map(|basic| basic.total), Some(Yen::new(1_071_000)));
        assert_eq!(first.employee_paid(), Yen::new(SHORT_YEN));
        assert_eq!(first.recipients, ["妻"]);
        // 18 on 2026-09-08: a child until March 2027; then the wife, 45, has the addition of fiscal 2026 instead.
        assert!(asked(facts, &family, "2027-03", 0).basic.is_some());
        let fiscal_2026 = asked(facts, &family, "2027-03", 0);
        assert_eq!(fiscal_2026.employee.map(|employee| employee.widow_addition), Some(Yen::ZERO));
    });
}

/// 205 months of 300,000円, 300 deemed: 497,319 by the new level, 501,453 by that of 1994; × 3/4.
const SHORT_YEN: i64 = 376_090;

#[test]
fn a_wife_without_a_child_has_the_addition_at_once_and_a_young_one_five_years() {
    let wife = [member("妻", FamilyRelation::Wife, date(1982, 3, 3))];
    with_employee(|facts| {
        let found = asked(facts, &wife, "2025-06", 0);
        assert_eq!(found.basic, None);
        assert_eq!(found.employee_paid(), Yen::new(SHORT_YEN + 623_800));
        let young = [member("妻", FamilyRelation::Wife, date(1996, 1, 1))];
        assert_eq!(asked(facts, &young, "2026-03", 0).recipients, ["妻"]);
    });
}

#[test]
fn children_alone_share_and_a_husband_waits_for_60() {
    let children = [
        member("長子", FamilyRelation::Child, date(2010, 1, 1)),
        member("次子", FamilyRelation::Child, date(2012, 1, 1)),
    ];
    with_employee(|facts| {
        let found = asked(facts, &children, "2025-06", 0);
        assert_eq!(found.basic.and_then(|basic| basic.per_child), Some(Yen::new(535_500)));
        assert_eq!(found.recipients, ["長子", "次子"]);
        let husband = [member("夫", FamilyRelation::Husband, date(1966, 1, 1))];
        assert!(asked(facts, &husband, "2025-12", 0).recipients.is_empty());
        assert_eq!(asked(facts, &husband, "2026-01", 0).recipients, ["夫"]);
        let too_young = [member("夫", FamilyRelation::Husband, date(1975, 1, 1))];
        assert_eq!(asked(facts, &too_young, "2026-01", 0).annual(), Yen::ZERO);
    });
}

#[test]
fn by_25_years_the_months_count_as_they_are_and_from_65_the_own_pension_goes_first() {
    // Born 1950-06-01: 第1号 from 1970 to March 2003, 84 months employed at 300,000円 to March 2010, died 2025-05-10.
    let spells = [
        CategorySpell {
            category: Category::Cat1,
            acquired_on: date(1970, 5, 31),
            lost_on: Some(date(2003, 4, 1)),
            source: 1,
        },
        CategorySpell { category: CAT2, acquired_on: date(2003, 4, 1), lost_on: Some(date(2010, 4, 1)), source: 2 },
    ];
    let paid = [ContributionSpan {
        first: month("1970-05"),
        last: month("2003-03"),
        contribution: Contribution::Paid,
        additional: false,
        source: 4,
    }];
    let pay = [at_300_000("2003-04", "2010-03")];
    let facts = LifeFacts {
        died_on: Some(date(2025, 5, 10)),
        spells: &spells,
        contributions: &paid,
        remunerations: &pay,
        ..LifeFacts::unregistered(date(1950, 6, 1), Sex::Male)
    };
    let wife = [member("妻", FamilyRelation::Wife, date(1955, 1, 1))];
    let found = asked(&facts, &wife, "2025-06", 0);
    assert_eq!((found.requirement, found.basic), (Some(Requirement::Long), None));
    assert_eq!(found.employee.map(|employee| employee.three_quarters), Some(Yen::new(LONG_YEN)));
    // Over 65 when he died: no addition for a widow, old or middle-aged.
    assert_eq!(found.annual(), Yen::new(LONG_YEN));
    // Own 150,000円: the greater of S and S × 2/3 + 75,000 is paid beyond the own pension.
    let beside = asked(&facts, &wife, "2025-06", 150_000);
    let over = beside.over_65.expect("over 65 with an own pension");
    assert_eq!(over.survivor_paid, (over.entitlement - Yen::new(150_000)).max(Yen::ZERO));
    assert_eq!(beside.employee_paid(), over.survivor_paid);
}

/// 84 months: 143,015 by the new level, 142,017 by that of 1994; × 3/4.
const LONG_YEN: i64 = 107_261;

#[test]
fn without_contributions_and_25_years_there_is_nothing() {
    let spells = [CategorySpell {
        category: Category::Cat1,
        acquired_on: date(2000, 5, 31),
        lost_on: Some(date(2025, 5, 11)),
        source: 1,
    }];
    let facts = LifeFacts {
        died_on: Some(date(2025, 5, 10)),
        spells: &spells,
        ..LifeFacts::unregistered(date(1980, 6, 1), Sex::Male)
    };
    let family =
        [member("妻", FamilyRelation::Wife, date(1982, 3, 3)), member("子", FamilyRelation::Child, date(2008, 9, 9))];
    let found = asked(&facts, &family, "2025-06", 0);
    assert!(!found.basic_arises && found.requirement.is_none());
    assert_eq!(found.annual(), Yen::ZERO);
}
