//! Both sides of each date. The month is July 2026 and the day of looking the night that assesses it, unless said.

use std::collections::BTreeSet;

use domain::Yen;
use jiff::civil::{Date, date};

use super::super::application::Decision;
use super::super::bonus::BonusPayment;
use super::super::chargeable_months::Spell;
use super::super::exemption::{LeaveKind, LeaveSpell};
use super::*;

const NIGHT: Date = date(2026, 8, 17);

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn standard(from: &str, decision: Decision, hi: i64, epi: i64) -> StandardOnFile {
    StandardOnFile { from: month(from), until: None, decision, hi: Yen::new(hi), epi: Yen::new(epi) }
}

/// Determined last September, and for next September too.
fn determined() -> Vec<StandardOnFile> {
    let until = Some(month("2026-09"));
    let last = StandardOnFile { until, ..standard("2025-09", Decision::Annual, 300_000, 300_000) };
    vec![last, standard("2026-09", Decision::Annual, 320_000, 320_000)]
}

/// Somebody of 46 with nothing to be found.
fn facts(standards: &[StandardOnFile]) -> SpellFacts<'_> {
    SpellFacts {
        birth_on: Some(date(1980, 5, 15)),
        spell: Spell { acquired_on: date(2015, 4, 1), lost_on: None },
        health_insurance: true,
        employees_pension: true,
        epi_month_cancelled: false,
        two_workplaces: false,
        standards,
        leaves: &[],
        annual_filed: false,
        long_term_care: Some(true),
        ltci_exclusion_on_file: false,
        bonuses: &[],
        others: &[],
    }
}

fn findings_on(for_month: &str, as_of: Date, facts: &SpellFacts<'_>) -> Vec<Finding> {
    let inspection = Inspection::of(month(for_month), as_of).expect("the month has its tables");
    inspection.findings(facts).expect("the rules reach")
}

fn codes_on(for_month: &str, as_of: Date, facts: &SpellFacts<'_>) -> Vec<&'static str> {
    findings_on(for_month, as_of, facts).iter().map(|finding| finding.kind.code()).collect()
}

fn codes(facts: &SpellFacts<'_>) -> Vec<&'static str> {
    codes_on("2026-07", NIGHT, facts)
}

/// The one finding of July.
fn only(facts: &SpellFacts<'_>) -> Finding {
    let mut findings = findings_on("2026-07", NIGHT, facts);
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.remove(0)
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_record_in_order_shows_nothing() {
    assert_eq!(codes(&facts(&determined())), NOTHING);
}

#[test]
fn every_kind_has_words_of_its_own() {
    assert_eq!(FindingKind::ALL.len(), RULES.len());
    for word in [FindingKind::code, FindingKind::title, FindingKind::next_step] {
        let words: BTreeSet<&str> = FindingKind::ALL.into_iter().map(word).collect();
        assert_eq!(words.len(), FindingKind::ALL.len(), "{words:?}");
    }
    for kind in FindingKind::ALL {
        assert!(kind.clause().contains('条'), "{}", kind.code());
        assert!(kind.next_step().ends_with("ください"), "{}", kind.code());
    }
}

/// 介護保険法9条2号: from the month of attaining 40 to the month before that of attaining 65.
#[test]
fn long_term_care_is_missed_from_forty_to_sixty_four() {
    let standards = determined();
    let without = |birth_on| SpellFacts { birth_on: Some(birth_on), long_term_care: Some(false), ..facts(&standards) };
    // 40 is attained on 31 July, or on 1 August.
    assert_eq!(codes(&without(date(1986, 8, 1))), ["long_term_care_missing"]);
    assert_eq!(codes(&without(date(1986, 8, 2))), NOTHING);
    // 65 is attained on 31 July: June was the last month; or on 1 August.
    assert_eq!(codes(&without(date(1961, 8, 1))), NOTHING);
    assert_eq!(codes(&without(date(1961, 8, 2))), ["long_term_care_missing"]);
    let found = only(&without(date(1986, 8, 1)));
    assert_eq!(found.since, date(2026, 7, 31));
    let on_file = SpellFacts { ltci_exclusion_on_file: true, ..without(date(1986, 8, 1)) };
    assert_eq!(codes(&on_file), NOTHING);
    let held = SpellFacts { long_term_care: None, ..without(date(1986, 8, 1)) };
    assert_eq!(codes(&held), NOTHING);
    let no_health_insurance = SpellFacts { health_insurance: false, ..without(date(1986, 8, 1)) };
    assert_eq!(codes(&no_health_insurance), NOTHING);
}

/// 健康保険法施行規則25条: 10 July 2026 is a Friday; in 2027 it is a Saturday, and 12 July a Monday.
#[test]
fn the_annual_filing_is_missed_after_its_last_day() {
    let standards = [standard("2025-09", Decision::Annual, 300_000, 300_000)];
    let unfiled = facts(&standards);
    assert_eq!(codes_on("2026-06", date(2026, 7, 10), &unfiled), NOTHING);
    assert_eq!(codes_on("2026-06", date(2026, 7, 13), &unfiled), ["annual_not_filed"]);
    assert_eq!(codes_on("2026-05", date(2026, 7, 13), &unfiled), NOTHING);
    assert_eq!(codes_on("2026-08", date(2026, 9, 15), &unfiled), ["annual_not_filed"]);
    let found = only(&unfiled);
    assert_eq!(found.since, date(2026, 7, 11));
    assert!(found.fact.contains("2026-07-10"), "{}", found.fact);
    assert!(annual_season(month("2027-06"), date(2027, 7, 12)).expect("the calendar reaches").is_none());
    assert!(annual_season(month("2027-06"), date(2027, 7, 13)).expect("the calendar reaches").is_some());
    assert_eq!(codes(&SpellFacts { annual_filed: true, ..facts(&standards) }), NOTHING);
}

/// 健康保険法41条3項: acquired from 1 June, revised from July to September; and cover that ends before September.
#[test]
fn the_annual_filing_is_asked_of_those_alone_who_are_subject_to_it() {
    let acquired = |day| {
        let spell = Spell { acquired_on: day, lost_on: None };
        let standards = [standard(&Month::of(day).to_string(), Decision::Acquisition, 300_000, 300_000)];
        codes(&SpellFacts { spell, ..facts(&standards) })
    };
    assert_eq!(acquired(date(2026, 5, 31)), ["annual_not_filed"]);
    assert_eq!(acquired(date(2026, 6, 1)), NOTHING);
    let revised = |from: &str| codes(&facts(&[standard(from, Decision::Revision, 300_000, 300_000)]));
    assert_eq!(revised("2026-06"), ["annual_not_filed"]);
    assert_eq!(revised("2026-07"), NOTHING);
    let planned =
        StandardOnFile { until: Some(month("2026-09")), ..standard("2025-09", Decision::Annual, 300_000, 300_000) };
    let summer = [planned, standard("2026-09", Decision::Revision, 360_000, 360_000)];
    assert_eq!(codes(&facts(&summer)), NOTHING);
    let standards = [standard("2025-09", Decision::Annual, 300_000, 300_000)];
    let lost = |day| {
        let spell = Spell { acquired_on: date(2015, 4, 1), lost_on: Some(day) };
        codes(&SpellFacts { spell, ..facts(&standards) })
    };
    assert_eq!(lost(date(2026, 9, 1)), NOTHING);
    assert_eq!(lost(date(2026, 9, 2)), ["annual_not_filed"]);
    // Whoever is 75 on 1 September has no cover left then; a day younger has.
    let of_age = |birth_on| {
        let standards = [standard("2025-09", Decision::Annual, 300_000, 0)];
        codes(&SpellFacts { birth_on: Some(birth_on), employees_pension: false, ..facts(&standards) })
    };
    assert_eq!(of_age(date(1951, 9, 1)), NOTHING);
    assert_eq!(of_age(date(1951, 9, 2)), ["annual_not_filed"]);
}

fn leave(kind: LeaveKind, start: Date, end: Date) -> LeaveSpell {
    LeaveSpell { kind, start, end, worked_days_excluded: 0 }
}

/// 健康保険法159条の3: 98 + 56 days; 28 February to 31 July 2026 are 154.
#[test]
fn a_maternity_leave_is_too_long_after_154_days() {
    let standards = determined();
    let of = |start, end| {
        let leaves = [leave(LeaveKind::Maternity, start, end)];
        codes(&SpellFacts { leaves: &leaves, ..facts(&standards) })
    };
    assert_eq!(of(date(2026, 2, 28), date(2026, 7, 31)), NOTHING);
    assert_eq!(of(date(2026, 2, 27), date(2026, 7, 31)), ["maternity_leave_too_long"]);
    // It ends within the month, which is not exempt then.
    assert_eq!(of(date(2026, 2, 1), date(2026, 7, 30)), NOTHING);
    // Not yet: the days too many come in August.
    assert_eq!(of(date(2026, 3, 1), date(2026, 12, 31)), NOTHING);
}

/// 健康保険法159条, 育児・介護休業法: until the child is three.
#[test]
fn a_childcare_leave_is_too_long_after_three_years() {
    let standards = determined();
    let of = |leaves: &[LeaveSpell]| codes(&SpellFacts { leaves, ..facts(&standards) });
    let childcare = |start, end| leave(LeaveKind::Childcare, start, end);
    assert_eq!(of(&[childcare(date(2023, 8, 1), date(2026, 7, 31))]), NOTHING);
    assert_eq!(of(&[childcare(date(2023, 7, 31), date(2026, 7, 31))]), ["childcare_leave_too_long"]);
    // 育児・介護休業法5条: a leave is for one child. The one that follows it may be for the next, who is not yet three.
    let for_two = [childcare(date(2025, 1, 1), date(2026, 7, 31)), childcare(date(2022, 1, 1), date(2024, 12, 31))];
    assert_eq!(of(&for_two), NOTHING);
    let second_too_long =
        [childcare(date(2021, 1, 1), date(2023, 7, 30)), childcare(date(2023, 7, 31), date(2026, 7, 31))];
    let found = only(&SpellFacts { leaves: &second_too_long, ..facts(&standards) });
    assert_eq!((found.kind, found.since), (FindingKind::ChildcareLeaveTooLong, date(2026, 7, 31)));
    assert!(found.fact.starts_with("2023-07-31"), "{}", found.fact);
}

#[test]
fn a_childcare_leave_ends_where_a_maternity_leave_begins() {
    let standards = determined();
    let of = |childcare_until| {
        let leaves = [
            leave(LeaveKind::Childcare, date(2025, 10, 1), childcare_until),
            leave(LeaveKind::Maternity, date(2026, 7, 1), date(2026, 10, 6)),
        ];
        codes(&SpellFacts { leaves: &leaves, ..facts(&standards) })
    };
    assert_eq!(of(date(2026, 6, 30)), NOTHING);
    assert_eq!(of(date(2026, 7, 1)), ["childcare_leave_not_ended"]);
    // The leave for the child that the maternity leave was for comes after it.
    let in_order = [
        leave(LeaveKind::Maternity, date(2026, 3, 1), date(2026, 6, 6)),
        leave(LeaveKind::Childcare, date(2026, 6, 7), date(2027, 3, 31)),
    ];
    assert_eq!(codes(&SpellFacts { leaves: &in_order, ..facts(&standards) }), NOTHING);
}

/// 厚生年金保険法14条5号: the day before the birthday; filed within five days.
#[test]
fn seventy_and_still_insured_by_the_pension_scheme() {
    let standards = determined();
    let of = |birth_on| SpellFacts { birth_on: Some(birth_on), ..facts(&standards) };
    // 70 on 31 July, or on 1 August.
    let found = only(&of(date(1956, 8, 1)));
    assert_eq!((found.kind, found.since), (FindingKind::PensionAfter70, date(2026, 7, 31)));
    assert_eq!(codes(&of(date(1956, 8, 2))), NOTHING);
    // Five days from 31 July: 5 August is a Wednesday.
    assert_eq!(codes_on("2026-07", date(2026, 8, 5), &of(date(1956, 8, 1))), NOTHING);
    assert_eq!(codes_on("2026-07", date(2026, 8, 6), &of(date(1956, 8, 1))), ["pension_after_70"]);
    // From 3 August the fifth day is the 8th, a Saturday: Monday the 10th is the last day.
    assert_eq!(codes_on("2026-08", date(2026, 8, 10), &of(date(1956, 8, 4))), NOTHING);
    assert_eq!(codes_on("2026-08", date(2026, 8, 12), &of(date(1956, 8, 4))), ["pension_after_70"]);
    let ended = Spell { acquired_on: date(2015, 4, 1), lost_on: Some(date(2026, 7, 31)) };
    assert_eq!(codes(&SpellFacts { spell: ended, ..of(date(1956, 8, 1)) }), NOTHING);
    let over70 = SpellFacts { employees_pension: false, ..of(date(1956, 8, 1)) };
    assert_eq!(codes(&over70), NOTHING);
}

/// 健康保険法36条: the 75th birthday itself.
#[test]
fn seventy_five_and_still_insured_by_health_insurance() {
    let standards = [
        StandardOnFile { until: Some(month("2026-09")), ..standard("2025-09", Decision::Annual, 300_000, 0) },
        standard("2026-09", Decision::Annual, 300_000, 0),
    ];
    let of = |birth_on| SpellFacts { birth_on: Some(birth_on), employees_pension: false, ..facts(&standards) };
    let found = only(&of(date(1951, 7, 31)));
    assert_eq!((found.kind, found.since), (FindingKind::HealthAfter75, date(2026, 7, 31)));
    assert_eq!(codes(&of(date(1951, 8, 1))), NOTHING);
    assert_eq!(codes_on("2026-07", date(2026, 8, 5), &of(date(1951, 7, 31))), NOTHING);
    let ended = Spell { acquired_on: date(2015, 4, 1), lost_on: Some(date(2026, 7, 31)) };
    assert_eq!(codes(&SpellFacts { spell: ended, ..of(date(1951, 7, 31)) }), NOTHING);
}

#[test]
fn an_insured_month_has_a_standard_in_each_scheme() {
    let none = SpellFacts { annual_filed: true, ..facts(&[]) };
    let found = only(&none);
    assert_eq!((found.kind, found.since), (FindingKind::NoStandard, date(2026, 7, 1)));
    assert!(found.fact.contains("健康保険・厚生年金保険"), "{}", found.fact);
    let half = [standard("2025-09", Decision::Annual, 300_000, 0)];
    let half = SpellFacts { annual_filed: true, ..facts(&half) };
    assert!(only(&half).fact.contains("(厚生年金保険)"));
    assert_eq!(codes(&SpellFacts { employees_pension: false, ..half.clone() }), NOTHING);
    // 70 on 31 July: July is no month of the pension scheme any more; on 1 August it still is.
    let of_age =
        |birth_on| codes_on("2026-07", date(2026, 8, 3), &SpellFacts { birth_on: Some(birth_on), ..half.clone() });
    assert_eq!(of_age(date(1956, 8, 1)), NOTHING);
    assert_eq!(of_age(date(1956, 8, 2)), ["no_standard"]);
    let lost = Spell { acquired_on: date(2015, 4, 1), lost_on: Some(date(2026, 7, 31)) };
    assert_eq!(codes(&SpellFacts { spell: lost, ..none.clone() }), NOTHING);
    // 同月得喪 is a month of health insurance; of the pension scheme unless it is cancelled.
    let same_month = Spell { acquired_on: date(2026, 7, 3), lost_on: Some(date(2026, 7, 20)) };
    assert_eq!(codes(&SpellFacts { spell: same_month, ..half.clone() }), ["no_standard"]);
    let cancelled = SpellFacts { spell: same_month, epi_month_cancelled: true, ..half };
    assert_eq!(codes(&cancelled), NOTHING);
}

/// 厚生年金保険法20条: 88,000円 to 650,000円; 健康保険法40条: 58,000円 to 1,390,000円.
#[test]
fn a_standard_is_a_grade_of_the_table_in_force() {
    let of = |hi, epi| {
        let standards = [standard("2025-09", Decision::Annual, hi, epi)];
        findings_on("2026-07", NIGHT, &SpellFacts { annual_filed: true, ..facts(&standards) })
    };
    assert_eq!(of(58_000, 88_000), []);
    assert_eq!(of(1_390_000, 650_000), []);
    let found = of(305_000, 300_000);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].kind, found[0].since), (FindingKind::StandardNotInTable, date(2026, 7, 1)));
    assert!(found[0].fact.contains("健康保険 305,000円") && !found[0].fact.contains("厚生年金"), "{}", found[0].fact);
    // 680,000円 is a grade of health insurance, not of the pension scheme.
    assert!(of(680_000, 680_000)[0].fact.contains("厚生年金保険 680,000円"));
}

/// 健康保険法41条2項・42条2項・43条2項: always to an August.
#[test]
fn a_standard_lasts_to_its_august() {
    let of = |for_month: &str, from: &str, decision| {
        let standards = [standard(from, decision, 300_000, 300_000)];
        let acquired_on = month(from).first_day().min(date(2015, 4, 1));
        let as_of = month(for_month).next().first_day().saturating_add(14.days());
        let spell = Spell { acquired_on, lost_on: None };
        codes_on(for_month, as_of, &SpellFacts { spell, annual_filed: true, ..facts(&standards) })
    };
    let expired = ["standard_expired"];
    assert_eq!(of("2026-08", "2025-09", Decision::Annual), NOTHING);
    assert_eq!(of("2026-09", "2025-09", Decision::Annual), expired);
    assert_eq!(of("2026-09", "2026-05", Decision::Acquisition), expired);
    assert_eq!(of("2026-09", "2026-06", Decision::Acquisition), NOTHING);
    assert_eq!(of("2026-09", "2026-06", Decision::Revision), expired);
    assert_eq!(of("2026-09", "2026-07", Decision::Revision), NOTHING);
    assert_eq!(of("2026-08", "2026-06", Decision::Revision), NOTHING);
    let standards = [standard("2024-09", Decision::Annual, 300_000, 300_000)];
    let found = only(&SpellFacts { annual_filed: true, ..facts(&standards) });
    assert_eq!((found.kind, found.since), (FindingKind::StandardExpired, date(2025, 9, 1)));
}

fn other(acquired_on: Date, lost_on: Option<Date>) -> OtherSpell {
    OtherSpell {
        same_employer: false,
        health_insurance: true,
        spell: Spell { acquired_on, lost_on },
        bonuses: Vec::new(),
    }
}

/// 健康保険法施行規則2条・37条: ten days. From 24 July the tenth is 3 August, a Monday.
#[test]
fn two_employers_at_once_are_to_be_selected_within_ten_days() {
    let standards = determined();
    let of = |as_of, others: &[OtherSpell]| codes_on("2026-07", as_of, &SpellFacts { others, ..facts(&standards) });
    let joined = [other(date(2026, 7, 24), None)];
    assert_eq!(of(date(2026, 8, 3), &joined), NOTHING);
    assert_eq!(of(date(2026, 8, 4), &joined), ["two_employers_not_selected"]);
    let selected = SpellFacts { two_workplaces: true, others: &joined, ..facts(&standards) };
    assert_eq!(codes(&selected), NOTHING);
    // It shares no day of July: ended by its first day, or begun after its last.
    assert_eq!(of(NIGHT, &[other(date(2026, 1, 1), Some(date(2026, 7, 1)))]), NOTHING);
    assert_eq!(of(NIGHT, &[other(date(2026, 1, 1), Some(date(2026, 7, 2)))]), ["two_employers_not_selected"]);
    assert_eq!(of(NIGHT, &[other(date(2026, 8, 1), None)]), NOTHING);
    // Whoever changes employers has the loss on the day of the acquisition.
    let left = SpellFacts {
        spell: Spell { acquired_on: date(2015, 4, 1), lost_on: Some(date(2026, 7, 24)) },
        others: &joined,
        ..facts(&standards)
    };
    assert_eq!(codes(&left), NOTHING);
    let back = [OtherSpell { same_employer: true, ..other(date(2026, 7, 1), None) }];
    assert_eq!(of(NIGHT, &back), NOTHING);
}

fn paid(paid_on: Date, yen: i64) -> BonusPayment {
    BonusPayment { paid_on, amount: Yen::new(yen) }
}

/// 健康保険法45条1項: 5,730,000円 from April to March.
#[test]
fn bonuses_of_two_employers_share_the_cap_of_the_year() {
    let standards = determined();
    let of = |april: i64, july: i64| {
        let before = OtherSpell {
            bonuses: vec![paid(date(2026, 4, 10), april)],
            ..other(date(2010, 4, 1), Some(date(2026, 5, 1)))
        };
        let bonuses = [paid(date(2026, 7, 10), july)];
        let spell = Spell { acquired_on: date(2026, 5, 1), lost_on: None };
        let (others, bonuses) = (&[before], &bonuses);
        findings_on("2026-07", NIGHT, &SpellFacts { spell, others, bonuses, ..facts(&standards) })
    };
    assert_eq!(of(3_000_000, 2_730_000), []);
    assert_eq!(of(3_000_000, 2_730_999), []);
    let found = of(3_000_000, 2_731_000);
    assert_eq!((found[0].kind, found[0].since), (FindingKind::BonusOverCapTogether, date(2026, 7, 10)));
    assert!(found[0].fact.contains("2,731,000円") && found[0].fact.contains("2,730,000円"), "{}", found[0].fact);
    // The cap is one of health insurance.
    let before = OtherSpell {
        bonuses: vec![paid(date(2026, 4, 10), 3_000_000)],
        ..other(date(2010, 4, 1), Some(date(2026, 5, 1)))
    };
    let pension_alone = SpellFacts {
        spell: Spell { acquired_on: date(2026, 5, 1), lost_on: None },
        health_insurance: false,
        others: &[before],
        bonuses: &[paid(date(2026, 7, 10), 2_731_000)],
        ..facts(&standards)
    };
    assert_eq!(codes(&pension_alone), NOTHING);
    // One employer alone knows its own payments, and the assessment caps them.
    let bonuses = [paid(date(2026, 4, 10), 3_000_000), paid(date(2026, 7, 10), 3_000_000)];
    assert_eq!(codes(&SpellFacts { bonuses: &bonuses, ..facts(&standards) }), NOTHING);
    // Nothing paid here in the month: it was found in the month in which it was paid.
    let elsewhere = [OtherSpell {
        bonuses: vec![paid(date(2026, 4, 10), 5_000_000)],
        ..other(date(2010, 4, 1), Some(date(2026, 5, 1)))
    }];
    let june = [paid(date(2026, 6, 10), 3_000_000)];
    assert_eq!(codes(&SpellFacts { bonuses: &june, others: &elsewhere, ..facts(&standards) }), NOTHING);
}

#[test]
fn a_standard_that_ended_or_begins_later_is_none() {
    let of = |from: &str, until: Option<&str>| {
        let until = until.map(month);
        let standards = [StandardOnFile { until, ..standard(from, Decision::Annual, 300_000, 300_000) }];
        codes(&SpellFacts { annual_filed: true, ..facts(&standards) })
    };
    assert_eq!(of("2025-09", Some("2026-08")), NOTHING);
    assert_eq!(of("2025-09", Some("2026-07")), ["no_standard"]);
    assert_eq!(of("2026-07", None), NOTHING);
    assert_eq!(of("2026-08", None), ["no_standard"]);
}

#[test]
fn the_year_that_is_looked_for_is_that_of_the_month() {
    let year = |text: &str| Inspection::of(month(text), date(2026, 7, 13)).expect("tables").annual_year();
    assert_eq!((year("2026-05"), year("2026-06")), (None, Some(2026)));
}

/// Nobody knows the holidays of 1985, nor needs to.
#[test]
fn seventy_long_ago_is_found_without_the_holidays_of_that_year() {
    let standards = determined();
    let spell = Spell { acquired_on: date(1980, 4, 1), lost_on: None };
    let born = |birth_on| SpellFacts { birth_on: Some(birth_on), spell, health_insurance: false, ..facts(&standards) };
    assert_eq!(codes(&born(date(1915, 5, 15))), ["pension_after_70"]);
    let ends_later = Spell { lost_on: Some(date(2026, 8, 31)), ..spell };
    let leaving = SpellFacts { spell: ends_later, ..born(date(1956, 8, 1)) };
    assert_eq!(codes(&leaving), ["pension_after_70"], "a loss on record for a later day is none at 70");
}

#[test]
fn who_is_in_no_scheme_is_asked_for_nothing() {
    let standards = [standard("2025-09", Decision::Annual, 0, 0)];
    let neither = SpellFacts { health_insurance: false, employees_pension: false, ..facts(&standards) };
    assert_eq!(codes(&neither), NOTHING);
}

#[test]
fn leaves_that_begin_on_one_day_are_not_one_after_the_other() {
    let standards = determined();
    let leaves = [
        leave(LeaveKind::Childcare, date(2026, 7, 1), date(2026, 9, 30)),
        leave(LeaveKind::Maternity, date(2026, 7, 1), date(2026, 10, 6)),
    ];
    assert_eq!(codes(&SpellFacts { leaves: &leaves, ..facts(&standards) }), NOTHING);
}
