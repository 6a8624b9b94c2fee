use domain::life::{
    Category, CategorySpell, Contribution, ContributionSpan, EmployeesClass, EmployeesKind, RemunerationBasis,
    RemunerationSpan, Sex,
};
use jiff::civil::date;

use super::*;
use crate::disability_survivor::disability_right::DisabilityGround;

const BORN: Date = date(1985, 6, 1);
const CAT2: Category = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn spell(category: Category, acquired_on: Date, lost_on: Option<Date>) -> CategorySpell {
    CategorySpell { category, acquired_on, lost_on, source: 1 }
}

fn marks(contribution: Contribution, first: &str, last: &str) -> ContributionSpan {
    ContributionSpan { first: month(first), last: month(last), contribution, additional: false, source: 2 }
}

fn at_300_000(first: &str) -> RemunerationSpan {
    RemunerationSpan {
        first: month(first),
        last: None,
        kind: EmployeesKind::First,
        standard_yen: 300_000,
        basis: RemunerationBasis::Own,
        source: 3,
    }
}

fn question<'a>(facts: &'a LifeFacts<'a>, first_consultation: Date, grade: i64, for_month: &str) -> Question<'a> {
    Question {
        facts,
        first_consultation,
        fixed_on: None,
        grade_at_certification: grade,
        later_claim: None,
        resident: true,
        for_month: month(for_month),
        grade_now: None,
        children: 0,
        spouse: false,
    }
}

fn found(question: &Question<'_>) -> Disability {
    disability(question, &mut RateShelf::new(), &mut Trace::new()).expect("decided")
}

/// 20 on 2005-05-31, 第1号 to March 2008, then a job at 300,000円.
fn employee<'a>(
    spells: &'a [CategorySpell],
    paid: &'a [ContributionSpan],
    pay: &'a [RemunerationSpan],
) -> LifeFacts<'a> {
    LifeFacts { spells, contributions: paid, remunerations: pay, ..LifeFacts::unregistered(BORN, Sex::Male) }
}

#[test]
fn an_employee_has_both_pensions_from_the_month_after_certification() {
    let spells =
        [spell(Category::Cat1, date(2005, 5, 31), Some(date(2008, 4, 1))), spell(CAT2, date(2008, 4, 1), None)];
    let (paid, pay) = ([marks(Contribution::Paid, "2005-05", "2008-03")], [at_300_000("2008-04")]);
    let facts = employee(&spells, &paid, &pay);
    let seen = date(2023, 4, 10);
    let none_yet = found(&question(&facts, seen, 2, "2024-10"));
    assert_eq!((none_yet.right.certified_on, none_yet.annual()), (date(2024, 10, 10), Yen::ZERO));
    // 199 months to October 2024, 300 deemed. New level: average 303,229 × 5.481/1000 × 300 = 498,599; level of 1994:
    // 273,629 × 5.769/1000 × 300 × 1.061 = 502,457円, the higher.
    let second = found(&question(&facts, seen, 2, "2025-04"));
    assert_eq!(second.basic.map(DisabilityBasic::annual), Some(Yen::new(831_700)));
    assert_eq!(second.employee.map(DisabilityEmployee::annual), Some(Yen::new(502_457)));
    // To February 2023: 34 months paid, 178 employed (May 2005 to February 2023 are 214).
    assert_eq!((second.contributions.0.insured_months, second.contributions.0.paid_or_exempt_months), (214, 214));
    // 831,700 × 1.25, 502,457 × 1.25 = 628,071.25, a child and a spouse 239,300 each.
    let first = found(&Question { children: 1, spouse: true, ..question(&facts, seen, 1, "2025-04") });
    assert_eq!(first.annual(), Yen::new(1_039_625 + 239_300 + 628_071 + 239_300));
    // Grade 3: no basic pension, at least 623,800円.
    let third = found(&question(&facts, seen, 3, "2025-04"));
    assert_eq!((third.basic, third.annual()), (None, Yen::new(623_800)));
}

#[test]
fn months_after_certification_do_not_count() {
    let spells = [spell(CAT2, date(2005, 5, 31), None)];
    let pay = [
        RemunerationSpan { last: Some(month("2024-10")), ..at_300_000("2005-05") },
        RemunerationSpan { standard_yen: 650_000, ..at_300_000("2024-11") },
    ];
    let facts = employee(&spells, &[], &pay);
    let seen = date(2023, 4, 10);
    let flat = [at_300_000("2005-05")];
    let same = employee(&spells, &[], &flat);
    let paid = |facts| found(&question(facts, seen, 2, "2025-04")).employee;
    assert_eq!(paid(&facts), paid(&same));
}

#[test]
fn contributions_are_counted_to_the_month_before_last() {
    // 第1号 all the time, unpaid until 2023-02, then paid: first seen in May 2024 the last year (to March 2024) is clean.
    let spells = [spell(Category::Cat1, date(2005, 5, 31), None)];
    let paid = [marks(Contribution::Paid, "2023-04", "2025-03")];
    let facts = employee(&spells, &paid, &[]);
    let right = |seen: Date| found(&question(&facts, seen, 2, "2026-01"));
    let passed = right(date(2024, 5, 31));
    assert_eq!(passed.contributions.0.unpaid_in_last_12_months, 0);
    assert_eq!(passed.contributions.1.last_year, Some(true));
    assert_eq!(passed.annual(), Yen::new(831_700));
    // In April 2024 the year is March 2023 to February 2024: one month unpaid, and far less than two thirds.
    let failed = right(date(2024, 4, 1));
    assert_eq!(failed.contributions.0.unpaid_in_last_12_months, 1);
    assert!(!failed.contributions.1.passed);
    assert_eq!((failed.right.arises, failed.annual()), (None, Yen::ZERO));
}

#[test]
fn before_20_nobody_asks_for_contributions_and_60_to_64_for_residence() {
    let facts = employee(&[], &[], &[]);
    let young = found(&question(&facts, date(2003, 2, 1), 1, "2025-04"));
    assert_eq!(
        young.right.arises.map(|(on, _, ground)| (on, ground)),
        Some((date(2005, 5, 31), DisabilityGround::Before20))
    );
    assert_eq!(young.annual(), Yen::new(1_039_625));
    let spells = [spell(Category::Cat1, date(1981, 5, 31), Some(date(2021, 5, 31)))];
    let paid = [marks(Contribution::Paid, "1981-05", "2021-04")];
    let old = LifeFacts { birth_on: date(1961, 6, 1), ..employee(&spells, &paid, &[]) };
    let asked = question(&old, date(2023, 1, 10), 2, "2025-04");
    assert_eq!(found(&asked).annual(), Yen::new(831_700));
    assert_eq!(found(&Question { resident: false, ..asked }).annual(), Yen::ZERO);
}

/// Twice the minimum of fiscal 2024.
const ALLOWANCE_YEN: i64 = 1_224_000;

#[test]
fn a_lump_sum_and_a_record_that_is_held() {
    let spells = [spell(CAT2, date(2008, 4, 1), None)];
    let pay = [at_300_000("2008-04")];
    let facts = employee(&spells, &[], &pay);
    // Fixed on 2024-06-01, lower than grade 3: twice the part by remuneration, at least twice 612,000円 (fiscal 2024).
    let asked = Question { fixed_on: Some(date(2024, 6, 1)), ..question(&facts, date(2023, 4, 10), 4, "2024-07") };
    assert_eq!(found(&asked).allowance, Some(Yen::new(ALLOWANCE_YEN)));
    assert!(found(&asked).basic.is_none() && found(&asked).employee.is_none());
    let two =
        [spells[0], CategorySpell { source: 9, ..spell(Category::Cat1, date(2010, 1, 1), Some(date(2011, 1, 1))) }];
    let held = employee(&two, &[], &pay);
    let refused =
        disability(&question(&held, date(2023, 4, 10), 2, "2025-04"), &mut RateShelf::new(), &mut Trace::new());
    assert!(matches!(refused, Err(LawError::CannotDecide { reason }) if reason.contains("矛盾")), "two categories");
}

/// 昭和60年法律34号附則20条1項: the year of somebody insured on the day is that of the calendar, of others the last one insured.
#[test]
fn the_last_year_is_that_of_the_calendar_for_somebody_insured_on_the_day() {
    let cat1 = |acquired_on, lost_on| spell(Category::Cat1, acquired_on, lost_on);
    let paid = [marks(Contribution::Paid, "2005-05", "2010-04")];
    // Five years paid, eight years unpaid, two years abroad without cover.
    let spells = [cat1(date(2005, 5, 31), Some(date(2018, 5, 1))), cat1(date(2020, 3, 10), None)];
    let facts = LifeFacts { spells: &spells, contributions: &paid, ..LifeFacts::unregistered(BORN, Sex::Female) };
    let of = |on: Date| found(&question(&facts, on, 2, "2022-01")).contributions;
    let (record, verdict) = of(date(2020, 4, 20));
    assert_eq!((verdict.two_thirds, record.unpaid_in_last_12_months, verdict.passed), (false, 0, true));
    // Not insured on the day: April 2017 to April 2018, all unpaid.
    let (record, verdict) = of(date(2020, 3, 1));
    assert_eq!((record.unpaid_in_last_12_months, verdict.passed), (12, false));
}
