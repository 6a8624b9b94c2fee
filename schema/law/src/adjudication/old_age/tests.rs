use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::pension_record::life::{
    Category, CategorySpell, Contribution, ContributionSpan, EmployeesClass, EmployeesKind, RemunerationBasis,
    RemunerationSpan, Sex,
};

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn cat1(acquired_on: Date, lost_on: Date) -> CategorySpell {
    CategorySpell { category: Category::Cat1, acquired_on, lost_on: Some(lost_on), source: 1 }
}

fn job(kind: EmployeesKind, acquired_on: Date, lost_on: Date, source: u64) -> CategorySpell {
    let category = Category::Cat2 { kind, class: EmployeesClass::Ordinary };
    CategorySpell { category, acquired_on, lost_on: Some(lost_on), source }
}

fn paid(first: &str, last: Month) -> ContributionSpan {
    let contribution = Contribution::Paid;
    ContributionSpan { first: month(first), last, contribution, additional: false, source: 2 }
}

fn standard(kind: EmployeesKind, first: &str, last: &str, standard_yen: u32) -> RemunerationSpan {
    let (first, last) = (month(first), Some(month(last)));
    RemunerationSpan { first, last, kind, standard_yen, basis: RemunerationBasis::Own, source: 3 }
}

fn asked(facts: &LifeFacts<'_>, for_month: &str) -> Result<OldAge, LawError> {
    let question = Question {
        facts,
        for_month: month(for_month),
        claims: Claims::default(),
        spouse: None,
        children: &[],
        spouse_addition_moves: false,
    };
    old_age(&question, &mut RateShelf::new(), &mut Trace::new())
}

fn pension(facts: &LifeFacts<'_>, for_month: &str) -> Pension {
    match asked(facts, for_month).expect("decided") {
        OldAge::Payable(pension) => *pension,
        other => panic!("not payable: {other:?}"),
    }
}

#[test]
fn a_contradiction_holds_and_a_gap_does_not() {
    let birth_on = date(1960, 1, 15);
    let spells = [cat1(date(1980, 1, 14), date(2000, 1, 14))];
    let contributions = [paid("1980-01", month("1999-12"))];
    let gap =
        LifeFacts { spells: &spells, contributions: &contributions, ..LifeFacts::unregistered(birth_on, Sex::Female) };
    assert_eq!(pension(&gap, "2025-04").total(), Yen::new(415_850), "831,700 × 240 ÷ 480");
    let outside = [paid("1980-01", month("2000-03"))];
    let held = asked(&LifeFacts { contributions: &outside, ..gap }, "2025-04").expect_err("held");
    assert!(
        matches!(&held, LawError::CannotDecide { reason } if reason.contains("年金記録に矛盾") && reason.contains("解決できる人"))
    );
}

#[test]
fn each_kind_of_employees_pension_is_rounded_by_itself() {
    let spells = [
        job(EmployeesKind::First, date(2003, 4, 1), date(2004, 4, 1), 1),
        job(EmployeesKind::Third, date(2004, 4, 1), date(2005, 4, 1), 2),
    ];
    let remunerations = [
        standard(EmployeesKind::First, "2003-04", "2004-03", 200_000),
        standard(EmployeesKind::Third, "2004-04", "2005-03", 200_000),
    ];
    let contributions = [paid("1980-01", month("2003-03"))];
    let first = cat1(date(1980, 1, 14), date(2003, 4, 1));
    let all = [first, spells[0], spells[1]];
    let facts = LifeFacts {
        spells: &all,
        contributions: &contributions,
        remunerations: &remunerations,
        ..LifeFacts::unregistered(date(1960, 1, 15), Sex::Male)
    };
    let employees = pension(&facts, "2025-04").employees.expect("two kinds");
    let kinds: Vec<EmployeesKind> = employees.kinds.iter().map(|part| part.kind).collect();
    assert_eq!(kinds, [EmployeesKind::First, EmployeesKind::Third]);
    // 200,000 × 1.040 (re-valued), 5.481 ÷ 1,000 × 12 = 13,680.576.
    assert_eq!(employees.kinds[0].new, Yen::new(13_681));
    assert_eq!(employees.proportional(), employees.kinds.iter().map(|part| part.proportional).sum());
}

#[test]
fn a_job_after_65_adds_its_months_in_october_and_after_it_ended() {
    let spells = [
        cat1(date(1980, 1, 14), date(2020, 1, 14)),
        job(EmployeesKind::First, date(2025, 2, 1), date(2025, 12, 16), 9),
    ];
    let contributions = [paid("1980-01", month("2019-12"))];
    let remunerations = [standard(EmployeesKind::First, "2025-02", "2025-11", 200_000)];
    let facts = LifeFacts {
        spells: &spells,
        contributions: &contributions,
        remunerations: &remunerations,
        ..LifeFacts::unregistered(date(1960, 1, 15), Sex::Male)
    };
    let counted = |for_month| pension(&facts, for_month).employees.map(|part| part.counted_to.to_string());
    assert_eq!(counted("2025-09"), None);
    assert_eq!(counted("2025-10").as_deref(), Some("2025-08"), "厚生年金保険法43条2項");
    assert_eq!(counted("2025-12").as_deref(), Some("2025-08"));
    assert_eq!(counted("2026-01").as_deref(), Some("2025-11"), "厚生年金保険法43条3項");
}

proptest! {
    #[test]
    fn one_more_paid_month_never_lowers_the_pension(months in 120_i32..480) {
        let facts_of = |months: i32, total: &mut Yen| {
            let contributions = [paid("1980-01", month("1980-01").plus(months - 1))];
            let spells = [cat1(date(1980, 1, 14), date(2020, 1, 14))];
            let unregistered = LifeFacts::unregistered(date(1960, 1, 15), Sex::Female);
            *total = pension(&LifeFacts { spells: &spells, contributions: &contributions, ..unregistered }, "2025-04").total();
        };
        let (mut fewer, mut more) = (Yen::ZERO, Yen::ZERO);
        facts_of(months, &mut fewer);
        facts_of(months + 1, &mut more);
        prop_assert!(fewer < more);
    }
}

#[test]
fn the_mean_of_many_rates_is_exact_or_cut_far_below_a_yen() {
    let share = |stop: i128, whole: i128| domain::Ratio::new(whole - stop, whole);
    assert_eq!(amounts::mean(&[share(0, 3), share(1, 3)]), domain::Ratio::new(5, 6));
    // Ten years at work, an amount of its own each year: no small common denominator.
    let many: Vec<domain::Ratio> =
        (0..120).map(|month| share(month * 1_009, 1_200_007 + month / 12 * 13_001)).collect();
    let mean = amounts::mean(&many);
    assert!(mean.denominator() <= 120 * 1_000_000_000_000_000_000);
    let of_a_million = mean.times_yen(Yen::new(1_000_000)).round(domain::Rounding::Floor);
    assert!(Yen::new(940_000) < of_a_million && of_a_million < Yen::new(960_000), "{of_a_million}");
}

/// 国民年金法26条, 厚生年金保険法42条: the right comes when the ten years are full, however late.
#[test]
fn a_right_comes_when_enough_months_have_been_gathered() {
    let spells = [job(EmployeesKind::First, date(2014, 2, 1), date(2026, 4, 1), 9)];
    let remunerations = [standard(EmployeesKind::First, "2014-02", "2026-03", 300_000)];
    let earlier = cat1(date(1990, 1, 14), date(1990, 2, 1));
    let facts = |with_cat1: bool| {
        let spells: Vec<CategorySpell> = if with_cat1 { vec![earlier, spells[0]] } else { vec![spells[0]] };
        (spells, [paid("1990-01", month("1990-01"))])
    };
    // 65 on 2022-06-14 with 100 months of work; the 120th is January 2024.
    let (of, contributions) = facts(false);
    let born = LifeFacts::unregistered(date(1957, 6, 15), Sex::Male);
    let life = LifeFacts { spells: &of, remunerations: &remunerations, ..born };
    assert!(
        matches!(asked(&life, "2024-01").expect("decided"), OldAge::NoRight { qualified } if qualified.months == 119)
    );
    assert!(matches!(asked(&life, "2024-02").expect("decided"), OldAge::NotYet { .. }));
    let first = pension(&life, "2024-03");
    assert_eq!(first.start, Start { manner: Manner::From65, right_on: date(2024, 2, 1) });
    assert_eq!(first.employees.expect("ten years of work").counted_to, month("2024-01"));
    // One month of 第1号 more: a month earlier.
    let (of, _) = facts(true);
    let life = LifeFacts { spells: &of, contributions: &contributions, remunerations: &remunerations, ..born };
    assert_eq!(pension(&life, "2024-02").start.right_on, date(2024, 1, 1));
}

/// 厚生年金保険法附則8条: the twelfth month after the start age gives the special pension from there.
#[test]
fn a_special_pension_comes_with_the_twelfth_month() {
    let spells =
        [cat1(date(1980, 5, 9), date(2020, 5, 9)), job(EmployeesKind::First, date(2023, 8, 1), date(2026, 4, 1), 9)];
    let contributions = [paid("1980-05", month("2020-04"))];
    let remunerations = [standard(EmployeesKind::First, "2023-08", "2026-03", 200_000)];
    let facts = LifeFacts {
        spells: &spells,
        contributions: &contributions,
        remunerations: &remunerations,
        ..LifeFacts::unregistered(date(1960, 5, 10), Sex::Male)
    };
    assert!(
        !matches!(asked(&facts, "2024-08").expect("decided"), OldAge::Payable(_)),
        "64 on 2024-05-09, eleven months"
    );
    let special = pension(&facts, "2024-09");
    assert_eq!(special.start, Start { manner: Manner::Special, right_on: date(2024, 8, 1) });
    assert_eq!(special.employees.expect("a year of work").counted_to, month("2024-07"));
    assert_eq!(pension(&facts, "2025-06").start.manner, Manner::From65);
}
