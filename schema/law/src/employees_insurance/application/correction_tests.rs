//! 訂正・取消: both sides of each date, what is held, and that a correction taken back leaves what was.

use domain::paper::Corrected;
use domain::{Month, Yen};
use jiff::civil::{Date, date};
use serde_json::Value;

use super::tests::{cause, code, known, month, standard};
use super::*;
use crate::Trace;

const TODAY: Date = date(2026, 10, 15);

fn filing(corrected: Corrected) -> CorrectionFiling<'static> {
    CorrectionFiling { corrected, later_decisions_confirmed: false, business_on: TODAY, others: &[], ended: &[] }
}

fn apply(corrected: Corrected, facts: &InsuredFacts) -> Application<Applied> {
    correction(&filing(corrected), facts, &cause(9), &mut Trace::new())
}

fn right(corrected: Corrected, facts: &InsuredFacts) -> InsuredFacts {
    let applied = apply(corrected, facts).expect("applied");
    assert_eq!((applied.no_effect, applied.cancelled), (None, false));
    applied.facts
}

fn acquired(day: Date) -> Corrected {
    Corrected::Acquisition { acquired_on: Some(day), remuneration: None }
}

fn paid(from: &str, yen: i64) -> Corrected {
    Corrected::Standard { from: month(from), remuneration: Yen::new(yen) }
}

fn lost(day: Date) -> Corrected {
    Corrected::CoverageEnd { lost_on: Some(day), end_cause: None }
}

/// From, HI standard, until.
fn standards(facts: &InsuredFacts) -> Vec<(String, i64, String)> {
    let until = |standard: &Standard| standard.until.map_or("-".to_owned(), |until| until.to_string());
    facts.standards.iter().map(|one| (one.from.to_string(), one.hi.get(), until(one))).collect()
}

fn line(from: &str, yen: i64, until: &str) -> (String, i64, String) {
    (from.to_owned(), yen, until.to_owned())
}

fn decided(acquired_on: Date, later: &[(&str, i64, Decision)]) -> InsuredFacts {
    let mut facts = known(acquired_on, (300_000, 300_000));
    later.iter().for_each(|&(from, yen, decision)| facts.decide(standard(from, (yen, yen), decision)));
    facts
}

fn ended(facts: &InsuredFacts, lost_on: Date) -> InsuredFacts {
    let filing = CoverageEndFiling { lost_on, end_cause: 4, only_over70: false };
    coverage_end(&filing, facts, &cause(2), &mut Trace::new()).expect("ended").facts
}

fn with_bonus(facts: &InsuredFacts, paid_on: Date, yen: i64) -> InsuredFacts {
    let filing = BonusFiling { paid_on, amount: Yen::new(yen), whole_month: false, two_workplaces: false };
    bonus_payment(&filing, facts, &cause(3), &mut Trace::new()).expect("paid").facts
}

#[test]
fn a_remuneration_is_graded_again_and_ends_where_it_ended() {
    let facts = decided(date(2026, 4, 1), &[("2026-09", 320_000, Decision::Annual)]);
    // 健康保険法40条: 330,000円以上350,000円未満 is 340,000円.
    for (yen, hi) in [(329_999, 320_000), (330_000, 340_000), (349_999, 340_000), (350_000, 360_000)] {
        let after = right(paid("2026-04", yen), &facts);
        assert_eq!(standards(&after), [line("2026-04", hi, "2026-09"), line("2026-09", 320_000, "-")], "{yen}");
        assert_eq!(after.standards[0].cause, cause(9));
        assert_eq!(after.standards[1].cause, cause(0), "the later decision is not touched");
    }
    assert_eq!(code(apply(paid("2026-05", 330_000), &facts)), "no_decision");
    let same = apply(paid("2026-04", 300_000), &facts).expect("applied");
    assert!(same.no_effect.is_some() && same.facts == facts);
}

#[test]
fn an_acquisition_day_moves_the_first_month_of_its_decision() {
    let facts = decided(date(2026, 4, 15), &[("2026-09", 320_000, Decision::Annual)]);
    for (day, from) in [
        (date(2026, 3, 31), "2026-03"),
        (date(2026, 4, 1), "2026-04"),
        (date(2026, 4, 30), "2026-04"),
        (date(2026, 5, 1), "2026-05"),
        (date(2026, 5, 31), "2026-05"),
    ] {
        let after = right(acquired(day), &facts);
        assert_eq!((after.spell.acquired_on, &after.spell.cause), (day, &cause(9)));
        assert_eq!(standards(&after)[0], line(from, 300_000, "2026-09"), "{day}");
        let decided_anew = after.standards[0].cause == cause(9);
        assert_eq!(decided_anew, from != "2026-04", "{day}: the decision is touched only where its month moves");
    }
    // 健康保険法41条3項: who became insured from 1 June on has no annual determination.
    assert_eq!(code(apply(acquired(date(2026, 6, 1)), &facts)), "annual_not_due");
    assert_eq!(code(apply(acquired(date(2026, 9, 1)), &facts)), "decision_before_acquisition");
    assert_eq!(code(apply(acquired(date(2026, 10, 1)), &facts)), "decision_before_acquisition");
}

#[test]
fn the_table_is_that_of_the_right_month() {
    // 厚生年金保険法20条2項の政令: grade 32 (650,000円) is there from 2020-09.
    let facts = known(date(2020, 9, 1), (650_000, 650_000));
    let after = right(acquired(date(2020, 8, 31)), &facts);
    assert_eq!((after.standards[0].hi, after.standards[0].epi), (Yen::new(650_000), Yen::new(620_000)));
    let back = right(acquired(date(2020, 9, 1)), &after);
    assert_eq!((back.standards[0].hi, back.standards[0].epi), (Yen::new(650_000), Yen::new(650_000)));
}

/// 厚生年金保険法19条2項, 健康保険法156条3項: lost on 1 August, July is the last month; acquired and lost on that day, August is.
#[test]
fn an_acquisition_on_the_day_of_the_loss_is_a_month_of_its_own() {
    let lost_on = date(2026, 8, 1);
    let facts = ended(&known(date(2026, 4, 15), (300_000, 300_000)), lost_on);
    assert_eq!(standards(&facts), [line("2026-04", 300_000, "2026-08")]);
    let on_the_day = right(acquired(lost_on), &facts);
    assert_eq!(standards(&on_the_day), [line("2026-08", 300_000, "2026-09")]);
    assert_eq!(on_the_day.standards[0].cause, cause(9));
    // And back: it never outlasts the cover.
    assert_eq!(standards(&right(acquired(date(2026, 7, 31)), &on_the_day)), [line("2026-07", 300_000, "2026-08")]);
    let back = right(acquired(date(2026, 4, 15)), &on_the_day);
    assert_eq!(standards(&back), standards(&facts));
    // A day later in the month the last month is the same either way.
    let facts = ended(&known(date(2026, 4, 15), (300_000, 300_000)), date(2026, 8, 2));
    assert_eq!(standards(&right(acquired(date(2026, 8, 2)), &facts)), [line("2026-08", 300_000, "2026-09")]);
}

#[test]
fn an_acquisition_is_checked_against_the_rest() {
    let facts = ended(&known(date(2026, 4, 15), (300_000, 300_000)), date(2026, 8, 1));
    assert_eq!(code(apply(acquired(date(2026, 8, 2)), &facts)), "lost_before_acquired");
    let paid = with_bonus(&facts, date(2026, 6, 30), 500_000);
    assert!(apply(acquired(date(2026, 6, 30)), &paid).is_ok());
    assert_eq!(code(apply(acquired(date(2026, 7, 1)), &paid)), "bonus_outside_cover");
    let other = Spell { lost_on: Some(date(2026, 4, 10)), ..known(date(2025, 1, 1), (1, 1)).spell };
    let beside = |day| {
        let others = std::slice::from_ref(&other);
        let filing = CorrectionFiling { others, ..filing(acquired(day)) };
        correction(&filing, &facts, &cause(9), &mut Trace::new())
    };
    assert!(beside(date(2026, 4, 10)).is_ok(), "the day of the other loss is free");
    assert_eq!(code(beside(date(2026, 4, 9))), "already_insured");
    // Born 1980-05-15: 70 is attained on 2050-05-14; nothing of a spell before it may move past it.
    let mut young = known(date(2026, 4, 15), (300_000, 300_000));
    young.birth_on = date(1956, 5, 2);
    assert!(apply(acquired(date(2026, 4, 30)), &young).is_ok());
    assert_eq!(code(apply(acquired(date(2026, 5, 1)), &young)), "schemes_differ");
    let mut two = facts.clone();
    two.spell.two_workplaces = true;
    let own = apply(acquired(date(2026, 4, 1)), &two).expect("this office's own part").facts;
    assert_eq!((own.spell.acquired_on, own.spell.two_workplaces), (date(2026, 4, 1), true));
}

#[test]
fn a_cancelled_acquisition_leaves_nothing() {
    let facts =
        with_bonus(&decided(date(2026, 4, 1), &[("2026-07", 340_000, Decision::Revision)]), date(2026, 6, 30), 1);
    let applied = apply(Corrected::AcquisitionCancelled, &facts).expect("applied");
    assert!(applied.cancelled && applied.facts.standards.is_empty() && applied.facts.bonuses.is_empty());
}

#[test]
fn a_corrected_loss_takes_the_standard_along() {
    let facts = ended(&known(date(2026, 4, 1), (300_000, 300_000)), date(2026, 8, 1));
    assert_eq!(standards(&facts), [line("2026-04", 300_000, "2026-08")]);
    for (day, until) in [(date(2026, 7, 31), "2026-08"), (date(2026, 7, 1), "2026-07"), (date(2026, 9, 2), "2026-10")] {
        let after = right(lost(day), &facts);
        assert_eq!(standards(&after), [line("2026-04", 300_000, until)], "{day}");
        assert_eq!((after.spell.lost_on, after.spell.end_cause), (Some(day), Some(4)));
    }
    let died = right(Corrected::CoverageEnd { lost_on: None, end_cause: Some(5) }, &facts);
    assert_eq!((died.spell.end_cause, died.standards), (Some(5), facts.standards.clone()));
    assert_eq!(code(apply(lost(date(2026, 3, 31)), &facts)), "lost_before_acquired");
    let open = known(date(2026, 4, 1), (300_000, 300_000));
    assert_eq!(code(apply(lost(date(2026, 8, 1)), &open)), "not_ended");
    assert_eq!(code(apply(Corrected::CoverageEndCancelled, &open)), "not_ended");
    let paid = with_bonus(&facts, date(2026, 7, 10), 500_000);
    assert!(apply(lost(date(2026, 7, 11)), &paid).is_ok());
    assert_eq!(code(apply(lost(date(2026, 7, 10)), &paid)), "bonus_outside_cover");
}

#[test]
fn a_cancelled_loss_brings_back_what_it_took() {
    let before = decided(date(2026, 4, 1), &[("2026-09", 320_000, Decision::Annual)]);
    let facts = ended(&before, date(2026, 9, 1));
    let gone = [before.standards[1].clone()];
    assert_eq!(standards(&facts), [line("2026-04", 300_000, "2026-09")]);
    let with = |corrected| {
        let filing = CorrectionFiling { ended: &gone, ..filing(corrected) };
        correction(&filing, &facts, &cause(9), &mut Trace::new()).expect("applied").facts
    };
    let on = with(Corrected::CoverageEndCancelled);
    assert!(on.spell.is_open() && on.spell.end_cause.is_none());
    assert_eq!(on.spell.cause, cause(9), "the spell goes on by the correction");
    assert_eq!(standards(&on), standards(&before));
    assert_eq!(on.standards[1].cause, cause(9), "decided again by the correction");
    // A day more is a day of September: the annual determination holds for that month.
    let longer = with(lost(date(2026, 9, 2)));
    assert_eq!(standards(&longer), [line("2026-04", 300_000, "2026-09"), line("2026-09", 320_000, "2026-10")]);
    assert_eq!(standards(&with(lost(date(2026, 8, 31)))), standards(&facts));
    let none = right(Corrected::CoverageEndCancelled, &facts);
    assert_eq!(standards(&none), [line("2026-04", 300_000, "-")]);
    let mut at_75 = facts.clone();
    at_75.spell.end_cause = Some(7);
    assert_eq!(code(apply(Corrected::CoverageEndCancelled, &at_75)), "at_75");
}

/// 昭和36年1月26日保発4号: from 300,000円 (grade 22) to 340,000円 (24) are two grades, from 320,000円 (23) only one.
#[test]
fn a_revision_whose_base_changed_is_held_once_it_would_come_out_differently() {
    let facts = decided(date(2026, 4, 1), &[("2026-07", 340_000, Decision::Revision)]);
    assert_eq!(right(paid("2026-04", 309_999), &facts).standards[1], facts.standards[1]);
    assert_eq!(code(apply(paid("2026-04", 310_000), &facts)), "later_decision");
    assert_eq!(code(apply(paid("2026-04", 380_000), &facts)), "later_decision");
    let seen = CorrectionFiling { later_decisions_confirmed: true, ..filing(paid("2026-04", 310_000)) };
    let after = correction(&seen, &facts, &cause(9), &mut Trace::new()).expect("a person has looked").facts;
    assert_eq!(standards(&after), [line("2026-04", 320_000, "2026-07"), line("2026-07", 340_000, "-")]);
    // The revision itself: 330,000円 is two grades up, 329,999円 one.
    assert_eq!(standards(&right(paid("2026-07", 330_000), &facts))[1], line("2026-07", 340_000, "-"));
    assert_eq!(code(apply(paid("2026-07", 329_999), &facts)), "no_marked_change");
}

#[test]
fn an_annual_determination_that_may_have_carried_over_is_held() {
    let facts = decided(date(2026, 4, 1), &[("2026-09", 300_000, Decision::Annual)]);
    assert_eq!(code(apply(paid("2026-04", 320_000), &facts)), "later_decision");
    let right_annual = right(paid("2026-09", 300_001), &facts);
    assert_eq!(standards(&right(paid("2026-04", 320_000), &right_annual))[0], line("2026-04", 320_000, "2026-09"));
}

#[test]
fn a_cancelled_decision_gives_its_months_to_the_one_before() {
    let facts =
        decided(date(2026, 1, 1), &[("2026-06", 340_000, Decision::Revision), ("2026-09", 360_000, Decision::Annual)]);
    let after = right(Corrected::StandardCancelled { from: month("2026-06") }, &facts);
    assert_eq!(standards(&after), [line("2026-01", 300_000, "2026-09"), line("2026-09", 360_000, "-")]);
    assert_eq!(code(apply(Corrected::StandardCancelled { from: month("2026-01") }, &facts)), "first_decision");
    // 健康保険法41条3項: in place of a revision of July the annual determination is due.
    for (from, expected) in [("2026-06", Ok(())), ("2026-07", Err("annual_due")), ("2026-10", Ok(()))] {
        let facts = decided(date(2026, 1, 1), &[(from, 340_000, Decision::Revision)]);
        let answer = apply(Corrected::StandardCancelled { from: month(from) }, &facts);
        assert_eq!(answer.map(|_| ()).map_err(|why| why.reason().code), expected, "{from}");
    }
    let converted = decided(date(2026, 1, 1), &[("2026-06", 340_000, Decision::Conversion)]);
    assert_eq!(code(apply(paid("2026-06", 380_000), &converted)), "converted");
}

#[test]
fn a_bonus_is_corrected_on_its_day() {
    let facts = known(date(2026, 4, 1), (300_000, 300_000));
    let facts = with_bonus(&with_bonus(&facts, date(2026, 6, 30), 500_000), date(2026, 7, 10), 100_000);
    let to = |right_day: Option<Date>, yen: Option<i64>| {
        apply(Corrected::Bonus { paid_on: date(2026, 6, 30), right_day, amount: yen.map(Yen::new) }, &facts)
    };
    let amounts = |facts: &InsuredFacts| -> Vec<(Date, i64)> {
        facts.bonuses.iter().map(|bonus| (bonus.paid_on, bonus.amount.get())).collect()
    };
    let more = to(None, Some(600_000)).expect("applied").facts;
    assert_eq!(amounts(&more), [(date(2026, 6, 30), 600_000), (date(2026, 7, 10), 100_000)]);
    assert_eq!((&more.bonuses[0].cause, &more.bonuses[1].cause), (&cause(9), &cause(3)));
    let later = to(Some(date(2026, 7, 11)), None).expect("applied").facts;
    assert_eq!(amounts(&later), [(date(2026, 7, 10), 100_000), (date(2026, 7, 11), 500_000)]);
    assert_eq!(code(to(Some(date(2026, 7, 10)), None)), "bonus_known");
    assert!(to(Some(date(2026, 4, 1)), None).is_ok());
    assert_eq!(code(to(Some(date(2026, 3, 31)), None)), "bonus_outside_cover");
    let gone = right(Corrected::BonusCancelled { paid_on: date(2026, 6, 30) }, &facts);
    assert_eq!(amounts(&gone), [(date(2026, 7, 10), 100_000)]);
    assert_eq!(code(apply(Corrected::BonusCancelled { paid_on: date(2026, 6, 29) }, &facts)), "bonus_unknown");
    let mut twice = facts.clone();
    twice.bonuses.insert(0, facts.bonuses[0].clone());
    assert_eq!(code(apply(Corrected::BonusCancelled { paid_on: date(2026, 6, 30) }, &twice)), "bonus_ambiguous");
}

/// 厚生年金保険法92条1項・健康保険法193条1項: on 2026-10-15 the months from 2024-09 on are recomputed.
#[test]
fn the_receipt_says_how_far_back_contributions_follow() {
    let told = |acquired_on: Date| {
        let facts = known(acquired_on, (300_000, 300_000));
        let mut trace = Trace::new();
        let corrected = Corrected::Acquisition { acquired_on: None, remuneration: Some(Yen::new(400_000)) };
        correction(&filing(corrected), &facts, &cause(9), &mut trace).expect("applied");
        trace.into_receipt("application", Value::Null, Value::Null).to_string()
    };
    assert!(told(date(2024, 8, 1)).contains("2024-09分から計算し直す"));
    let within = told(date(2024, 9, 1));
    assert!(within.contains("2024-09分から変わる") && !within.contains("計算し直す"), "{within}");
}

/// Correcting and correcting back gives what was: the same months, the same standards, the same payments.
#[test]
fn a_correction_taken_back_leaves_the_first_amounts() {
    let facts = decided(date(2026, 2, 10), &[("2026-05", 360_000, Decision::Revision)]);
    let facts = with_bonus(&with_bonus(&facts, date(2026, 6, 30), 500_000), date(2026, 7, 10), 100_000);
    let closed = ended(&facts, date(2026, 9, 16));
    let bonus =
        |paid_on, right_day, yen| Corrected::Bonus { paid_on, right_day: Some(right_day), amount: Some(Yen::new(yen)) };
    let (june, july) = (date(2026, 6, 30), date(2026, 7, 1));
    let pairs = [
        (acquired(date(2026, 1, 5)), acquired(date(2026, 2, 10))),
        (acquired(date(2026, 4, 30)), acquired(date(2026, 2, 10))),
        (paid("2026-02", 280_000), paid("2026-02", 300_000)),
        (paid("2026-05", 500_000), paid("2026-05", 360_000)),
        (lost(date(2026, 8, 1)), lost(date(2026, 9, 16))),
        (lost(date(2026, 12, 1)), lost(date(2026, 9, 16))),
        (
            Corrected::CoverageEnd { lost_on: None, end_cause: Some(5) },
            Corrected::CoverageEnd { lost_on: None, end_cause: Some(4) },
        ),
        (bonus(june, july, 700_000), bonus(july, june, 500_000)),
    ];
    for (there, back) in pairs {
        let changed = right(there, &closed);
        let again = right(back, &changed);
        assert_eq!(amounts_by_month(&again), amounts_by_month(&closed), "{there:?}");
        assert_ne!(says(&changed), says(&closed), "{there:?} changes something");
        assert_eq!(says(&again), says(&closed), "{there:?}");
    }
}

type Said = (Date, Option<Date>, Option<i16>, Vec<(String, i64, String)>, Vec<(Date, Yen)>);

fn says(facts: &InsuredFacts) -> Said {
    let spell = &facts.spell;
    let bonuses = facts.bonuses.iter().map(|bonus| (bonus.paid_on, bonus.amount)).collect();
    (spell.acquired_on, spell.lost_on, spell.end_cause, standards(facts), bonuses)
}

fn amounts_by_month(facts: &InsuredFacts) -> Vec<(Month, Option<(Yen, Yen)>)> {
    let months = month("2025-12").through(month("2027-01"));
    months.map(|at| (at, facts.standard_in(at).map(|standard| (standard.hi, standard.epi)))).collect()
}

/// Cover that was taken over has no acquisition decision that could move.
#[test]
fn without_an_acquisition_decision_only_a_day_of_the_same_month_is_right() {
    let mut taken_over = known(date(2026, 4, 15), (300_000, 300_000));
    taken_over.standards[0].decision = Decision::Conversion;
    assert_eq!(code(apply(acquired(date(2026, 3, 31)), &taken_over)), "no_acquisition_decision");
    assert_eq!(right(acquired(date(2026, 4, 1)), &taken_over).standards, taken_over.standards);
    let only = |health_insurance, employees_pension| {
        let mut facts = taken_over.clone();
        facts.spell = Spell { health_insurance, employees_pension, ..facts.spell };
        facts
    };
    assert_eq!(code(apply(acquired(date(2026, 3, 31)), &only(true, false))), "no_acquisition_decision");
    // 70歳以上被用者 alone: no standard is decided, so none is missing.
    let neither = InsuredFacts { standards: Vec::new(), ..only(false, false) };
    assert_eq!(right(acquired(date(2026, 3, 31)), &neither).spell.acquired_on, date(2026, 3, 31));
}

#[test]
fn acquired_and_lost_on_one_day_is_a_spell() {
    let facts = ended(&known(date(2026, 7, 15), (300_000, 300_000)), date(2026, 7, 31));
    assert_eq!(right(acquired(date(2026, 7, 31)), &facts).spell.acquired_on, date(2026, 7, 31));
    assert_eq!(code(apply(acquired(date(2026, 8, 1)), &facts)), "lost_before_acquired");
    // Lost on 1 August: acquired on that day, August is the one month of the standard.
    let facts = ended(&known(date(2026, 7, 15), (300_000, 300_000)), date(2026, 8, 1));
    let after = right(acquired(date(2026, 8, 1)), &facts);
    let standard = &after.standards[0];
    assert_eq!(
        (standard.from.to_string(), standard.until.map(|month| month.to_string())),
        ("2026-08".to_owned(), Some("2026-09".to_owned()))
    );
}

#[test]
fn a_corrected_remuneration_is_what_later_rules_compare_with() {
    let facts = known(date(2026, 4, 1), (300_000, 300_000));
    let corrected = Corrected::Acquisition { acquired_on: None, remuneration: Some(Yen::new(400_000)) };
    let after = right(corrected, &facts);
    // 健康保険法40条: 395,000円以上425,000円未満 is 410,000円.
    let expected = Standard {
        remuneration: Yen::new(400_000),
        cause: cause(9),
        ..standard("2026-04", (410_000, 410_000), Decision::Acquisition)
    };
    assert_eq!(after.standards, [expected]);
}

#[test]
fn a_loss_at_75_is_on_the_birthday_also_when_it_is_corrected() {
    let facts = ended(&known(date(2026, 4, 1), (300_000, 300_000)), date(2026, 8, 1));
    let at_75 = Corrected::CoverageEnd { lost_on: Some(date(2026, 8, 2)), end_cause: Some(7) };
    assert_eq!(code(apply(at_75, &facts)), "before_75th_birthday");
    assert_eq!(right(lost(date(2026, 4, 1)), &facts).spell.lost_on, Some(date(2026, 4, 1)), "no day of cover at all");
}

#[test]
fn a_loss_may_move_to_the_day_on_which_the_next_spell_begins() {
    let facts = ended(&known(date(2026, 4, 1), (300_000, 300_000)), date(2026, 8, 1));
    let next = known(date(2026, 8, 5), (300_000, 300_000)).spell;
    let beside = |day| {
        let filing = CorrectionFiling { others: std::slice::from_ref(&next), ..filing(lost(day)) };
        correction(&filing, &facts, &cause(9), &mut Trace::new())
    };
    assert!(beside(date(2026, 8, 5)).is_ok());
    assert_eq!(code(beside(date(2026, 8, 6))), "already_insured");
}

/// 健康保険法43条の2: one grade is enough after a leave, none is not. 260,000円 is grade 20, 280,000円 21, 300,000円 22.
#[test]
fn a_revision_after_a_leave_needs_a_difference() {
    let facts = decided(date(2026, 4, 1), &[("2026-07", 280_000, Decision::LeaveEnd)]);
    assert_eq!(standards(&right(paid("2026-07", 260_000), &facts))[1], line("2026-07", 260_000, "-"));
    assert_eq!(code(apply(paid("2026-07", 300_000), &facts)), "no_difference");
    assert_eq!(standards(&right(paid("2026-04", 320_000), &facts))[0], line("2026-04", 320_000, "2026-07"));
    assert_eq!(code(apply(paid("2026-04", 280_000), &facts)), "later_decision");
}

#[test]
fn a_later_decision_is_held_only_where_its_base_changes_and_the_sentence_says_why() {
    let carried = decided(date(2026, 4, 1), &[("2026-09", 300_000, Decision::Annual)]);
    let facts = with_bonus(&carried, date(2026, 6, 30), 500_000);
    let more = Corrected::Bonus { paid_on: date(2026, 6, 30), right_day: None, amount: Some(Yen::new(600_000)) };
    assert_eq!(right(more, &facts).bonuses[0].amount, Yen::new(600_000));
    let why = |corrected, facts: &InsuredFacts| apply(corrected, facts).expect_err("held").reason().message.clone();
    assert!(why(paid("2026-04", 320_000), &facts).contains("従前額によった決定かもしれません"));
    let revised = decided(date(2026, 4, 1), &[("2026-07", 340_000, Decision::Revision)]);
    assert!(why(paid("2026-04", 310_000), &revised).contains("改定に該当しないか、額が変わります"));
}

/// 昭和36年1月26日保発4号: a revision corrected keeps its direction, also where only one scheme moved. 650,000円 and 710,000円
/// are HI grades 35 and 37, both the highest of the pension; 300,000円 and 260,000円 are grades 22 and 20.
#[test]
fn a_corrected_revision_goes_the_way_it_went() {
    let of = |schemes: (bool, bool), before: (i64, i64), after: (i64, i64), yen| {
        let mut facts = known(date(2026, 1, 1), before);
        (facts.spell.health_insurance, facts.spell.employees_pension) = schemes;
        facts.decide(standard("2026-07", after, Decision::Revision));
        apply(paid("2026-07", yen), &facts)
            .map(|applied| (applied.facts.standards[1].hi.get(), applied.facts.standards[1].epi.get()))
            .map_err(|why| why.reason().code)
    };
    let both = (true, true);
    assert_eq!(of(both, (650_000, 650_000), (710_000, 650_000), 740_000), Ok((750_000, 650_000)));
    assert_eq!(of(both, (300_000, 300_000), (240_000, 240_000), 255_000), Ok((260_000, 260_000)));
    assert_eq!(of((false, true), (0, 300_000), (0, 240_000), 255_000), Ok((0, 260_000)));
    assert_eq!(of((true, false), (300_000, 0), (240_000, 0), 255_000), Ok((260_000, 0)));
    assert_eq!(of(both, (300_000, 300_000), (240_000, 240_000), 360_000), Err("no_marked_change"));
}

/// What the receipt says of the contributions: from the first month that is charged by something else, if there is one.
#[test]
fn the_receipt_says_from_which_month_contributions_change() {
    let step = |corrected: Corrected, facts: &InsuredFacts| {
        let mut trace = Trace::new();
        correction(&filing(corrected), facts, &cause(9), &mut trace).expect("applied");
        trace.steps().iter().find(|step| step.expression == corrected.name_ja()).expect("told").clone()
    };
    let told = |corrected, facts: &InsuredFacts| step(corrected, facts).result;
    let facts = ended(&known(date(2026, 4, 15), (300_000, 300_000)), date(2026, 8, 1));
    assert_eq!(told(lost(date(2026, 9, 2)), &facts), "2026-08分から変わる");
    // 健康保険法156条3項, 厚生年金保険法19条1項: the month of the loss is not charged, July was.
    assert_eq!(told(lost(date(2026, 7, 31)), &facts), "2026-07分から変わる");
    let in_august = ended(&known(date(2026, 4, 15), (300_000, 300_000)), date(2026, 8, 10));
    assert_eq!(told(lost(date(2026, 8, 20)), &in_august), "月分の保険料は変わらない");
    assert_eq!(told(Corrected::CoverageEndCancelled, &in_august), "2026-08分から変わる");
    assert_eq!(told(Corrected::AcquisitionCancelled, &facts), "2026-04分から変わる");
    let paid = with_bonus(&facts, date(2026, 6, 30), 500_000);
    let more = Corrected::Bonus { paid_on: date(2026, 6, 30), right_day: None, amount: Some(Yen::new(600_000)) };
    assert_eq!(told(more, &paid), "2026-06分から変わる");
    for (corrected, article) in [
        (Corrected::AcquisitionCancelled, "健康保険法39条・42条"),
        (lost(date(2026, 9, 2)), "健康保険法36条・39条"),
        (self::paid("2026-04", 400_000), "健康保険法40条〜43条の3"),
        (more, "健康保険法45条"),
    ] {
        assert!(step(corrected, &paid).clause.starts_with(article), "{article}");
    }
    // 70歳以上被用者 alone are charged nothing, whenever they came.
    let mut over_70 = InsuredFacts { standards: Vec::new(), ..known(date(2026, 4, 15), (0, 0)) };
    (over_70.spell.health_insurance, over_70.spell.employees_pension) = (false, false);
    assert_eq!(told(acquired(date(2026, 3, 31)), &over_70), "月分の保険料は変わらない");
}
