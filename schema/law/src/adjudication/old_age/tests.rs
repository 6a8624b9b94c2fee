use domain::{Ratio, Rounding};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::employees_pension::spouse_child_addition::OwnPension;
use crate::employees_pension::working_pension::{stop_annual, stop_annual_60_64};
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
    let share = |stop: i128, whole: i128| Ratio::new(whole - stop, whole);
    assert_eq!(amounts::mean(&[share(0, 3), share(1, 3)]), Ratio::new(5, 6));
    // Ten years at work, an amount of its own each year: no small common denominator.
    let many: Vec<Ratio> = (0..120).map(|month| share(month * 1_009, 1_200_007 + month / 12 * 13_001)).collect();
    let mean = amounts::mean(&many);
    assert!(mean.denominator() <= 120 * 1_000_000_000_000_000_000);
    let of_a_million = mean.times_yen(Yen::new(1_000_000)).round(Rounding::Floor);
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

/// One job at one standard, and what is asked about it.
struct Worker {
    birth_on: Date,
    spells: [CategorySpell; 1],
    remunerations: [RemunerationSpan; 1],
}

impl Worker {
    fn new(birth_on: Date, acquired_on: Date, lost_on: Date, standard_yen: u32) -> Worker {
        let last = Month::of(lost_on).previous().to_string();
        let first = Month::of(acquired_on).to_string();
        Worker {
            birth_on,
            spells: [job(EmployeesKind::First, acquired_on, lost_on, 1)],
            remunerations: [standard(EmployeesKind::First, &first, &last, standard_yen)],
        }
    }

    fn pension(&self, for_month: &str, claimed: Option<&str>, spouse: Option<&Spouse>) -> Pension {
        let (spells, remunerations) = (&self.spells, &self.remunerations);
        let facts = LifeFacts { spells, remunerations, ..LifeFacts::unregistered(self.birth_on, Sex::Male) };
        let claimed = claimed.map(month);
        let question = Question {
            facts: &facts,
            for_month: month(for_month),
            claims: Claims { basic: claimed, employees: claimed },
            spouse,
            children: &[],
            spouse_addition_moves: true,
        };
        match old_age(&question, &mut RateShelf::new(), &mut Trace::new()).expect("decided") {
            OldAge::Payable(pension) => *pension,
            other => panic!("not payable: {other:?}"),
        }
    }

    fn employees(&self, for_month: &str, claimed: Option<&str>) -> EmployeesPart {
        self.pension(for_month, claimed, None).employees.expect("a job")
    }
}

fn wife(birth: Date) -> Spouse {
    let own = OwnPension { old_age_from: None, old_age_fully_stopped: Vec::new(), disability: None };
    Spouse { birth, dependent: true, ended_on: None, own }
}

#[test]
fn work_before_april_2022_has_a_rule_for_each_age() {
    let worker = Worker::new(date(1955, 5, 10), date(1978, 4, 1), date(2023, 4, 1), 410_000);
    let (pay, yen) = (410_000 * 12, Yen::new);
    let at_64 = worker.employees("2020-05", None);
    assert_eq!(at_64.stopped, stop_annual_60_64(at_64.proportional(), pay, yen(280_000), yen(470_000)));
    let at_65 = worker.employees("2020-06", None);
    assert_eq!(at_65.stopped, stop_annual(at_65.proportional(), pay, yen(470_000)));
    assert!(at_64.stopped > at_65.stopped && at_65.stopped > Yen::ZERO);
    // Deferred over those months: work takes from the increase what it would have stopped.
    let deferred = worker.employees("2025-07", Some("2025-06"));
    let free = Worker::new(date(1955, 5, 10), date(1978, 4, 1), date(2020, 4, 1), 410_000);
    let free = free.employees("2025-07", Some("2025-06"));
    assert_eq!(
        free.adjustment,
        (free.proportional() + free.transitional()).times(Ratio::new(427, 1000), Rounding::HalfUp)
    );
    assert!(
        deferred.adjustment
            < (deferred.proportional() + deferred.transitional()).times(Ratio::new(427, 1000), Rounding::HalfUp)
    );
}

#[test]
fn the_month_of_a_retirement_is_at_work_unless_it_begins_without_cover() {
    let stopped = |lost_on, for_month| {
        let worker = Worker::new(date(1959, 2, 10), date(1983, 4, 1), lost_on, 620_000);
        let part = worker.employees(for_month, None);
        (part.stopped, stop_annual(part.proportional(), 620_000 * 12, Yen::new(510_000)))
    };
    let (october, expected) = stopped(date(2025, 10, 16), "2025-10");
    assert!(october == expected && october > Yen::ZERO, "厚生年金保険法46条1項: {october}");
    assert_eq!(stopped(date(2025, 10, 16), "2025-11").0, Yen::ZERO);
    let (october, expected) = stopped(date(2025, 11, 1), "2025-10");
    assert!(october == expected && october > Yen::ZERO);
    assert_eq!(stopped(date(2025, 11, 1), "2025-11").0, Yen::ZERO);
    assert_eq!(stopped(date(2025, 10, 1), "2025-10").0, Yen::ZERO);
}

#[test]
fn months_after_an_early_claim_are_added_without_reduction() {
    let worker = Worker::new(date(1960, 5, 10), date(1983, 4, 1), date(2025, 5, 10), 300_000);
    let part = |for_month| worker.employees(for_month, Some("2022-05"));
    let counted = |for_month| part(for_month).counted_to.to_string();
    assert_eq!([counted("2024-05"), counted("2024-06")], ["2022-04", "2024-04"], "64: 厚生年金保険法附則13条の4");
    assert_eq!([counted("2025-05"), counted("2025-06")], ["2024-04", "2025-04"], "65: 附則7条の3第5項");
    let (before, after) = (part("2025-05"), part("2025-06"));
    assert!(before.proportional() < after.proportional());
    assert_eq!(before.adjustment, after.adjustment, "施行令6条の3: only the months before the claim");
    assert_eq!(before.kinds[0].reducible, after.kinds[0].reducible);
    let of_proportional = after.kinds[0].reducible.proportional.times(Ratio::new(12, 100), Rounding::HalfUp);
    let of_transitional = after.kinds[0].reducible.transitional.times(Ratio::new(18, 100), Rounding::HalfUp);
    assert_eq!(after.adjustment, -(of_proportional + of_transitional));
}

#[test]
fn forty_four_years_give_the_fixed_part_to_whoever_does_not_work() {
    let spouse = wife(date(1962, 8, 20));
    let of = |lost_on, for_month| {
        let worker = Worker::new(date(1960, 5, 10), date(1978, 4, 1), lost_on, 300_000);
        worker.pension(for_month, None, Some(&spouse)).employees.expect("a job")
    };
    // Fiscal 2024: 1,701円 × 480; 234,800円 + 173,300円.
    let at_right = of(date(2023, 1, 1), "2024-06");
    assert_eq!((at_right.fixed(), at_right.addition), (Yen::new(816_480), Yen::new(408_100)));
    assert_eq!(at_right.transitional(), at_right.fixed());
    assert_eq!(of(date(2022, 4, 1), "2024-06").fixed(), Yen::new(816_480), "528 months");
    let short = of(date(2022, 3, 1), "2024-06");
    assert_eq!((short.fixed(), short.addition), (Yen::ZERO, Yen::ZERO), "527 months");
    let after = date(2024, 10, 16);
    assert_eq!([of(after, "2024-06").fixed(), of(after, "2024-10").fixed()], [Yen::ZERO; 2]);
    assert_eq!(of(after, "2024-11").fixed(), Yen::new(816_480), "附則9条の3第2項");
    let at_65 = of(date(2023, 1, 1), "2025-06");
    assert_eq!((at_65.fixed(), at_65.addition), (Yen::ZERO, Yen::new(415_900)));
}

#[test]
fn the_moved_addition_ends_when_240_months_are_counted() {
    let worker = Worker::new(date(1957, 6, 10), date(2003, 4, 1), date(2024, 4, 1), 200_000);
    let furikae = |for_month| worker.pension(for_month, None, None).basic.expect("65").furikae;
    assert_eq!((furikae("2022-07"), furikae("2023-09")), (Yen::new(38_717), Yen::new(39_565)));
    assert_eq!(furikae("2023-10"), Yen::ZERO, "昭和60年改正法附則14条1項ただし書");
}

#[test]
fn a_base_that_is_stopped_wholly_carries_no_addition() {
    let worker = Worker::new(date(1958, 5, 10), date(1981, 4, 1), date(2024, 4, 1), 620_000);
    let spouse = wife(date(1963, 2, 3));
    let part = |for_month| worker.pension(for_month, Some("2018-06"), Some(&spouse)).employees.expect("a job");
    let reduced = part("2023-08");
    let base =
        reduced.proportional() - reduced.kinds[0].reducible.proportional.times(Ratio::new(175, 1000), Rounding::HalfUp);
    assert!(reduced.stopped < base && reduced.addition > Yen::ZERO);
    let more =
        Worker { remunerations: [RemunerationSpan { standard_yen: 650_000, ..worker.remunerations[0] }], ..worker };
    let whole = more.pension("2023-08", Some("2018-06"), Some(&spouse)).employees.expect("a job");
    assert!(whole.stopped > Yen::ZERO && whole.stopped < whole.proportional());
    assert_eq!(whole.addition, Yen::ZERO, "46条1項ただし書");
}
