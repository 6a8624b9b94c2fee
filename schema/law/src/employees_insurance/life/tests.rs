//! Events that do not fit, and grade tables that change under a decision.

use jiff::civil::date;

use super::*;
use crate::employees_insurance::application::Spell;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn tokyo() -> Prefecture {
    Prefecture::from_jis(13).expect("Tokyo")
}

fn enrolment(acquired_on: Date, remuneration: i64) -> Event {
    Event::Enrolment(EnrolmentFiling {
        birth_on: date(1980, 1, 10),
        acquired_on,
        acquisition_kind: Some(1),
        special_kind: false,
        only_over70: false,
        short_time_worker: false,
        two_workplaces: false,
        remuneration: Yen::new(remuneration),
        insured_number: 1,
    })
}

fn end(lost_on: Date) -> Event {
    Event::CoverageEnd(CoverageEndFiling { lost_on, end_cause: 4, only_over70: false })
}

fn voluntary(applied_on: Date) -> Event {
    Event::Voluntary(Voluntary { applied_on, prefecture: tokyo(), ended_by: LossCause::TwoYears })
}

fn lived(events: &[Event]) -> Result<Life, &'static str> {
    let mut life = Life::new(date(1980, 1, 10));
    for event in events {
        life.meet(event, &mut Trace::new()).map_err(|not_applied| not_applied.reason().code)?;
    }
    Ok(life)
}

#[test]
fn events_out_of_order_are_refused_and_change_nothing() {
    assert_eq!(lived(&[end(date(2026, 4, 1))]).expect_err("nobody there"), "not_insured");
    let start = enrolment(date(2025, 4, 1), 300_000);
    assert_eq!(lived(&[start.clone(), voluntary(date(2026, 4, 1))]).expect_err("insured"), "still_insured");
    let late = [start.clone(), end(date(2026, 4, 1)), voluntary(date(2026, 4, 30))];
    assert_eq!(lived(&late).expect_err("after twenty days"), "not_voluntary");
    let mut life = lived(&[start]).expect("insured");
    let before: Option<Spell> = life.facts.as_ref().map(|facts| facts.spell.clone());
    assert!(life.meet(&enrolment(date(2025, 5, 1), 1), &mut Trace::new()).is_err(), "insured already");
    assert_eq!(life.facts.map(|facts| facts.spell), before);
}

#[test]
fn a_standard_at_the_end_of_a_table_follows_the_new_table() {
    let standard = |remuneration: i64, text: &str| {
        let life = lived(&[enrolment(date(2020, 4, 1), remuneration)]).expect("insured");
        let month = life.month(tokyo(), month(text), &mut Trace::new()).expect("in force");
        month.standard.map(|(_, hi, epi)| (hi.get(), epi.get()))
    };
    assert_eq!(standard(640_000, "2020-08"), Some((650_000, 620_000)));
    assert_eq!(standard(640_000, "2020-09"), Some((650_000, 650_000)));
    assert_eq!(standard(634_999, "2020-09"), Some((620_000, 620_000)));
}

#[test]
fn a_cancelled_end_brings_the_later_decision_back() {
    let events = [enrolment(date(2025, 4, 1), 300_000), end(date(2026, 4, 1))];
    let mut life = lived(&events).expect("ended");
    let at = |life: &Life, text: &str| {
        life.month(tokyo(), month(text), &mut Trace::new()).expect("in force").standard.map(|(_, hi, _)| hi.get())
    };
    assert_eq!((at(&life, "2026-03"), at(&life, "2026-04")), (Some(300_000), None));
    let cancelled = Event::Correction {
        corrected: Corrected::CoverageEndCancelled,
        later_decisions_confirmed: false,
        business_on: date(2026, 6, 1),
    };
    life.meet(&cancelled, &mut Trace::new()).expect("goes on");
    assert_eq!(at(&life, "2026-04"), Some(300_000));
}

#[test]
fn voluntary_cover_lasts_two_years_and_begins_with_the_loss() {
    let events = [enrolment(date(2023, 1, 1), 500_000), end(date(2024, 4, 1)), voluntary(date(2024, 4, 20))];
    let life = lived(&events).expect("voluntary");
    let yen =
        |text: &str| life.month(tokyo(), month(text), &mut Trace::new()).expect("in force").voluntary_yen.map(Yen::get);
    assert_eq!(yen("2024-03"), None);
    // 300,000円 at 9.98 % and 1.60 % in fiscal 2024.
    assert_eq!(yen("2024-04"), Some(34_740));
    assert!(yen("2026-03").is_some());
    assert_eq!(yen("2026-04"), None);
}
