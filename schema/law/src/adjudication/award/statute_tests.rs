//! 裁定・改定 of one life, month after month: when the amounts change, who counts for the addition, what ends it.

use domain::Yen;
use jiff::civil::{Date, date};

use super::*;
use crate::adjudication::old_age::statute_tests::{Life, at_work_to_2026};

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn member(relation: Relation, birth: Date, from: Date) -> Member {
    Member { relation, birth, dependent: true, disabled: false, own_old_age_from: None, from, until: None }
}

fn decided(life: &Life, died_on: Option<Date>, claim: Claim, household: &[Member], until: &str) -> Award {
    let facts = LifeFacts {
        spells: &life.spells,
        contributions: &life.contributions,
        remunerations: &life.remunerations,
        bonuses: &life.bonuses,
        died_on,
        ..LifeFacts::unregistered(life.birth_on, life.sex)
    };
    let asked = Asked { facts: &facts, claim: Some(claim), others: Others::default(), household, until: month(until) };
    award(&asked, &mut RateShelf::new(), &mut Trace::new()).verdict.expect("decided")
}

fn starts(award: &Award) -> Vec<String> {
    award.runs.iter().map(|run| run.from.to_string()).collect()
}

/// The months of `a_job_from_the_special_pension_to_the_end_of_work`: April, 65, October, 退職改定.
#[test]
fn a_run_begins_where_the_law_changes_the_amount() {
    let spouse = [member(Relation::Spouse, date(1962, 5, 10), date(1990, 6, 1))];
    let found = decided(&at_work_to_2026(), None, Claim::default(), &spouse, "2026-06");
    let expected = ["2024-02", "2024-04", "2025-02", "2025-04", "2025-10", "2026-02", "2026-04"];
    assert_eq!(starts(&found), expected);
    let ends: Vec<Option<Month>> = found.runs.iter().map(|run| run.until).collect();
    let next: Vec<Option<Month>> = found.runs.iter().skip(1).map(|run| Some(run.from)).chain([None]).collect();
    assert_eq!(ends, next, "each run ends where the next begins");
    let april_2025 = &found.runs[3].components;
    assert_eq!(april_2025.basic_total(), Yen::new(831_700));
    assert_eq!(april_2025.employees_total(), Yen::new(1_269_541 + 104_579 + 415_900 - 574_771));
    assert_eq!((april_2025.manner, april_2025.right_on), (Some(Manner::From65), date(2025, 1, 14)));
    assert_eq!(found.runs[0].components.manner, Some(Manner::Special));
    assert_eq!((found.standing, found.standing.code()), (Standing::Payable, "payable"));
    assert_eq!(found.start.map(|start| start.right_on), Some(date(2025, 1, 14)));
    assert!(found.look_again_from.is_some_and(|from| month("2026-06") < from && from <= month("2027-04")));
}

/// 国民年金法18条1項・29条: to the month of death, and nothing is looked at again.
#[test]
fn death_ends_the_award_with_its_month() {
    let died_on = Some(date(2025, 5, 10));
    let found = decided(&ended_by(date(2025, 5, 11)), died_on, Claim::default(), &[], "2026-06");
    assert_eq!(found.runs.last().map(|run| (run.from, run.until)), Some((month("2025-04"), Some(month("2025-06")))));
    assert_eq!((found.standing, found.look_again_from), (Standing::Ended, None));
    // Asked about months before it, the death has not come yet.
    let before = decided(&ended_by(date(2025, 5, 11)), died_on, Claim::default(), &[], "2025-04");
    assert_eq!((before.standing, before.runs.last().and_then(|run| run.until)), (Standing::Payable, None));
}

fn ended_by(lost_on: Date) -> Life {
    let mut life = at_work_to_2026();
    life.spells[1].lost_on = Some(lost_on);
    let last = Month::of(lost_on).previous();
    life.remunerations[1].last = Some(last);
    life.bonuses.retain(|bonus| bonus.month <= last);
    life
}

/// 国民年金法28条・厚生年金保険法44条の3: who waits is paid the special pension to 65, then one or neither of the two.
#[test]
fn a_deferral_that_waits_is_not_paid() {
    let of = |basic_waits, employees_waits| {
        let claim = Claim { basic_waits, employees_waits, ..Claim::default() };
        decided(&at_work_to_2026(), None, claim, &[], "2025-05")
    };
    let both = of(true, true);
    assert_eq!(starts(&both), ["2024-02", "2024-04"]);
    assert_eq!((both.standing, both.runs[1].until), (Standing::Waiting, Some(month("2025-02"))));
    let basic = of(true, false).runs.last().expect("the employees' pension is paid").components;
    assert_eq!((basic.basic_of, basic.basic, basic.proportional), (None, Yen::ZERO, Yen::new(1_269_541)));
    let employees = of(false, true).runs.last().expect("the basic pension is paid").components;
    assert_eq!((employees.employees_of, employees.basic), (None, Yen::new(831_700)));
    assert_eq!(employees.employees_total(), Yen::ZERO);
}

/// 44条1項・3項: the family of the day 65 is attained, and a child that was on its way.
#[test]
fn the_family_is_that_of_the_day_of_65() {
    let addition = |members: &[Member]| {
        let found = decided(&at_work_to_2026(), None, Claim::default(), members, "2026-04");
        found.runs.last().expect("paid").components.addition.get()
    };
    let spouse = |from| member(Relation::Spouse, date(1966, 5, 10), from);
    assert_eq!((addition(&[spouse(date(2025, 1, 14))]), addition(&[spouse(date(2025, 1, 15))])), (423_700, 0));
    let child = |birth| member(Relation::Child, birth, birth);
    assert_eq!(
        (addition(&[child(date(2025, 11, 10))]), addition(&[child(date(2025, 11, 11))])),
        (243_800, 0),
        "300 days"
    );
    let adopted = member(Relation::Child, date(2015, 1, 1), date(2025, 3, 1));
    assert_eq!(addition(&[adopted]), 0);
    let two = [Member { until: Some(date(2020, 1, 1)), ..spouse(date(1990, 1, 1)) }, spouse(date(2021, 1, 1))];
    assert_eq!(addition(&two), 423_700, "the later marriage");
}

/// 国民年金法26条: what cannot become a right is not looked at again; before 65 it can.
#[test]
fn a_life_without_a_right_is_settled_after_65() {
    let of = |until| {
        let life = Life::of(date(1960, 1, 15), crate::pension_record::life::Sex::Female)
            .cat1(date(1980, 1, 14), date(1989, 12, 14));
        decided(&life, None, Claim::default(), &[], until)
    };
    let after = of("2025-06");
    assert_eq!((after.standing, after.runs.len(), after.look_again_from), (Standing::NoRight, 0, None));
    assert_eq!(after.qualified.map(|found| (found.months, found.required)), Some((119, 120)));
    assert!(of("2024-06").look_again_from.is_some());
}
