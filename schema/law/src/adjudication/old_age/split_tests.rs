//! 離婚時の年金分割: from the month after the claim, of the amounts alone, and never of what work stops.

use domain::life::{
    BonusMonth, Category, CategorySpell, EmployeesClass, EmployeesKind, LifeFacts, RemunerationBasis, RemunerationSpan,
    RemunerationSplit, Sex, SplitBonus, SplitKind, SplitStandard,
};
use domain::{Month, Yen};
use jiff::civil::{Date, date};

use super::{Claims, OldAge, Pension, Question, RateShelf, old_age};
use crate::Trace;
use crate::employees_pension::working_pension::{annual_stop, remuneration_twelfths};

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

const EMPLOYED: Category = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };

fn spell(category: Category, from: Date, until: Option<Date>) -> CategorySpell {
    CategorySpell { category, acquired_on: from, lost_on: until, source: 1 }
}

fn wage(first: &str, last: Option<&str>, standard_yen: u32) -> RemunerationSpan {
    let (kind, basis) = (EmployeesKind::First, RemunerationBasis::Own);
    RemunerationSpan { first: month(first), last: last.map(month), kind, standard_yen, basis, source: 2 }
}

fn split(claimed_on: Date, runs: &[(&str, &str, u32, u32)], bonuses: &[(&str, u32, u32)]) -> RemunerationSplit {
    let run = |&(first, last, before_yen, after_yen): &(&str, &str, u32, u32)| SplitStandard {
        first: month(first),
        last: month(last),
        before_yen,
        after_yen,
    };
    let bonus =
        |&(of, before_yen, after_yen): &(&str, u32, u32)| SplitBonus { month: month(of), before_yen, after_yen };
    RemunerationSplit {
        other_person_id: 9,
        kind: SplitKind::Agreed,
        gives: false,
        share: 50_000,
        rate: 5_000_000,
        first: month(runs[0].0),
        last: month(runs[runs.len() - 1].1),
        claimed_on,
        standards: runs.iter().map(run).collect(),
        bonuses: bonuses.iter().map(bonus).collect(),
        source: 7,
        cause_filing_id: Some(5),
    }
}

fn pension(facts: &LifeFacts<'_>, for_month: &str, spouse_addition_moves: bool) -> Pension {
    let for_month = month(for_month);
    let claims = Claims::default();
    let question = Question { facts, for_month, claims, spouse: None, children: &[], spouse_addition_moves };
    match old_age(&question, &mut RateShelf::new(), &mut Trace::new()).expect("in force") {
        OldAge::Payable(pension) => *pension,
        other => panic!("{other:?}"),
    }
}

/// 78条の10第1項: months of the period count to its last one, also those after 65; 経過的加算 knows no deemed month.
#[test]
fn deemed_months_count_from_the_month_after_the_claim() {
    let spells = [
        spell(EMPLOYED, date(1990, 4, 1), Some(date(1991, 4, 1))),
        spell(Category::Cat3, date(1991, 4, 1), Some(date(2018, 6, 9))),
    ];
    let wages = [wage("1990-04", Some("1991-03"), 200_000)];
    let splits = [split(date(2025, 5, 20), &[("2020-04", "2025-03", 0, 150_000)], &[("2024-06", 0, 300_000)])];
    let born_on = date(1958, 6, 10);
    let unregistered = LifeFacts::unregistered(born_on, Sex::Female);
    let facts = LifeFacts { spells: &spells, remunerations: &wages, splits: &splits, ..unregistered };
    let (before, after) = (pension(&facts, "2025-05", false), pension(&facts, "2025-06", false));
    let months = |pension: &Pension| pension.employees.as_ref().expect("a year of her own").kinds[0].averages;
    assert_eq!((months(&before).post2003_months, months(&after).post2003_months), (0, 60));
    assert_eq!(
        before,
        pension(&LifeFacts { splits: &[], ..facts }, "2025-05", false),
        "as if nothing had been claimed"
    );
    let transitional = |pension: &Pension| pension.employees.as_ref().expect("a year of her own").transitional();
    assert_eq!((before.basic, transitional(&before)), (after.basic, transitional(&after)));
    assert_eq!(before.qualified, after.qualified);
}

/// 昭和60年法律34号附則14条1項・昭和61年政令54号25条: 離婚時みなし被保険者期間 is among the 240 months that end 振替加算.
#[test]
fn deemed_months_can_end_the_moved_addition() {
    let spells = [
        spell(EMPLOYED, date(1990, 4, 1), Some(date(2008, 4, 1))),
        spell(Category::Cat3, date(2008, 4, 1), Some(date(2018, 6, 9))),
    ];
    let wages = [wage("1990-04", Some("2008-03"), 200_000)];
    let born_on = date(1958, 6, 10);
    let furikae = |last: &str| {
        let splits = [split(date(2025, 5, 20), &[("2008-04", last, 0, 150_000)], &[])];
        let unregistered = LifeFacts::unregistered(born_on, Sex::Female);
        let facts = LifeFacts { spells: &spells, remunerations: &wages, splits: &splits, ..unregistered };
        ["2025-05", "2025-06"].map(|month| pension(&facts, month, true).basic.expect("from 65").furikae > Yen::ZERO)
    };
    // 216 months of her own, and 23 or 24 more.
    assert_eq!(furikae("2010-02"), [true, true]);
    assert_eq!(furikae("2010-03"), [true, false]);
}

/// 78条の11: 46条1項 looks at wages and bonuses as they were earned.
#[test]
fn work_stops_by_what_was_earned() {
    let spells = [spell(EMPLOYED, date(1984, 4, 1), None)];
    let wages = [wage("1984-04", None, 620_000)];
    let kind = EmployeesKind::First;
    let bonuses = [BonusMonth { month: month("2024-12"), kind, bonus_yen: 1_500_000, source: 3 }];
    let halved = ("2020-04", "2025-04", 620_000, 310_000);
    let splits = [split(date(2025, 5, 20), &[halved], &[("2024-12", 1_500_000, 750_000)])];
    let unregistered = LifeFacts::unregistered(date(1958, 6, 10), Sex::Male);
    let facts =
        LifeFacts { spells: &spells, remunerations: &wages, bonuses: &bonuses, splits: &splits, ..unregistered };
    let of = |month: &str| pension(&facts, month, false).employees.expect("all his life");
    let (before, after) = (of("2025-05"), of("2025-06"));
    assert!(after.proportional() < before.proportional());
    let earned = remuneration_twelfths(Yen::new(620_000), Yen::new(1_500_000));
    let stop = annual_stop(after.proportional(), earned, month("2025-06"), false, &mut Trace::new()).expect("in force");
    assert!(stop > Yen::ZERO && stop == after.stopped, "{stop} {}", after.stopped);
}
