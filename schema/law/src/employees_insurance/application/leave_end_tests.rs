//! 休業終了時改定: the month it begins in, and what it is held for.

use domain::Yen;
use jiff::civil::{Date, date};

use super::super::exemption::LeaveKind;
use super::super::remuneration::{PayMonth, WorkerType};
use super::tests::{cause, code, known, month, standard};
use super::*;
use crate::Trace;

fn filing(kind: LeaveKind, ended_on: Date) -> LeaveEndFiling {
    LeaveEndFiling {
        kind,
        ended_on,
        child_born_on: Some(date(2025, 2, 1)),
        next_leave_starts_on: None,
        worker: WorkerType::General,
        months: [PayMonth { base_days: 20, pay: Yen::new(260_000) }; 3],
    }
}

fn apply(filing: &LeaveEndFiling, facts: &InsuredFacts) -> Application<Applied> {
    leave_end(filing, facts, &cause(5), &mut Trace::new())
}

/// 健康保険法43条の2・43条の3: the month after that in which two months have passed since the day after the end.
#[test]
fn one_grade_down_from_the_fourth_month() {
    let facts = known(date(2020, 10, 1), (280_000, 280_000));
    for kind in [LeaveKind::Childcare, LeaveKind::Maternity] {
        for (ended_on, from) in [(date(2026, 1, 30), "2026-04"), (date(2026, 1, 31), "2026-05")] {
            let after = apply(&filing(kind, ended_on), &facts).expect("applied").facts;
            let [old, new] = &after.standards[..] else { panic!("two standards") };
            assert_eq!((old.until, new.from, new.until), (Some(month(from)), month(from), None));
            assert_eq!((new.hi, new.epi, new.decision), (Yen::new(260_000), Yen::new(260_000), Decision::LeaveEnd));
            assert_eq!(new.remuneration, Yen::new(260_000));
        }
    }
}

#[test]
fn a_revision_of_summer_takes_the_place_of_the_annual_determination() {
    let mut facts = known(date(2020, 10, 1), (280_000, 280_000));
    facts.decide(standard("2026-09", (300_000, 300_000), Decision::Annual));
    for (ended_on, months) in [(date(2026, 3, 30), 3), (date(2026, 3, 31), 2), (date(2026, 5, 31), 2)] {
        // From June it does not: the annual determination stands.
        let after = apply(&filing(LeaveKind::Childcare, ended_on), &facts).expect("applied").facts;
        assert_eq!(after.standards.len(), months, "{ended_on}");
    }
}

#[test]
fn what_has_no_effect_and_what_is_held() {
    let facts = known(date(2020, 10, 1), (280_000, 280_000));
    let usual = filing(LeaveKind::Childcare, date(2026, 1, 31));
    let same = LeaveEndFiling { months: [PayMonth { base_days: 20, pay: Yen::new(280_000) }; 3], ..usual };
    let applied = apply(&same, &facts).expect("applied");
    assert!(applied.no_effect.is_some() && applied.facts == facts);
    assert_eq!(code(apply(&LeaveEndFiling { child_born_on: None, ..usual }, &facts)), "missing_fact");
    let gone = |lost_on| {
        let end = CoverageEndFiling { lost_on, end_cause: 4, only_over70: false };
        coverage_end(&end, &facts, &cause(2), &mut Trace::new()).expect("ended").facts
    };
    assert_eq!(code(apply(&usual, &gone(date(2026, 5, 1)))), "not_insured_until_revision");
    assert!(apply(&usual, &gone(date(2026, 5, 2))).is_ok());
    assert_eq!(code(apply(&usual, &known(date(2026, 2, 1), (280_000, 280_000)))), "not_insured_until_revision");
    let once = apply(&usual, &facts).expect("applied").facts;
    assert_eq!(code(apply(&usual, &once)), "already_decided");
    let mut two = facts.clone();
    two.spell.two_workplaces = true;
    assert_eq!(apply(&usual, &two).expect("this office's own part").facts.standards, once.standards);
}

/// 健康保険法41条3項: revised from July after a leave, no annual determination that year.
#[test]
fn no_annual_determination_after_a_revision_of_summer() {
    let facts = known(date(2020, 10, 1), (280_000, 280_000));
    let after = apply(&filing(LeaveKind::Childcare, date(2026, 3, 31)), &facts).expect("applied").facts;
    let annual = AnnualFiling {
        year: 2026,
        worker: WorkerType::General,
        months: [PayMonth { base_days: 30, pay: Yen::new(300_000) }; 3],
        average: Yen::new(300_000),
        adjusted_average: None,
        change_planned: false,
        annual_average: false,
        two_workplaces: false,
        only_over70: false,
        by_person: false,
    };
    let applied = annual_determination(&annual, &after, &cause(3), &mut Trace::new()).expect("applied");
    assert!(applied.no_effect.is_some());
}

#[test]
fn who_is_in_one_scheme_only_is_revised_in_it_and_short_time_workers_by_11_days() {
    let mut facts = known(date(2020, 10, 1), (0, 280_000));
    facts.spell.health_insurance = false;
    let usual = filing(LeaveKind::Childcare, date(2026, 1, 31));
    let after = apply(&usual, &facts).expect("applied").facts;
    assert_eq!((after.standards[1].hi, after.standards[1].epi), (Yen::ZERO, Yen::new(260_000)));
    let eleven = LeaveEndFiling { months: [PayMonth { base_days: 11, pay: Yen::new(260_000) }; 3], ..usual };
    assert!(apply(&eleven, &facts).expect("applied").no_effect.is_some());
    facts.spell.short_time_worker = true;
    assert!(apply(&eleven, &facts).expect("applied").no_effect.is_none());
    facts.spell.employees_pension = false;
    assert!(apply(&usual, &facts).expect("applied").no_effect.is_some(), "70歳以上被用者 alone");
}
