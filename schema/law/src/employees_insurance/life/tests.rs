//! Events that do not fit, and grade tables that change under a decision.

use jiff::civil::date;

use super::*;
use crate::employees_insurance::application::Spell;
use crate::employees_insurance::remuneration::{PayMonth, WorkerType};

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

fn annual(year: i16, pay: i64) -> Event {
    Event::Annual(AnnualFiling {
        year,
        worker: WorkerType::General,
        months: [PayMonth { base_days: 30, pay: Yen::new(pay) }; 3],
        average: Yen::new(pay),
        adjusted_average: None,
        change_planned: false,
        annual_average: false,
        two_workplaces: false,
        only_over70: false,
        by_person: true,
    })
}

fn corrected(corrected: Corrected) -> Event {
    Event::Correction { corrected, later_decisions_confirmed: true, business_on: date(2026, 6, 1) }
}

/// 400,000円 is 410,000円 from September (健康保険法41条). The end in August takes it away, its cancelling gives it back.
#[test]
fn a_decision_taken_away_by_an_end_comes_back_with_its_cancelling() {
    let at = |events: &[Event], text: &str| {
        let life = lived(events).expect("in order");
        let month = life.month(tokyo(), month(text), &mut Trace::new()).expect("in force");
        month.standard.map(|(_, hi, _)| hi.get())
    };
    let mut events = vec![enrolment(date(2025, 1, 1), 300_000), annual(2025, 400_000), end(date(2025, 8, 15))];
    assert_eq!((at(&events, "2025-07"), at(&events, "2025-09")), (Some(300_000), None));
    events.push(corrected(Corrected::CoverageEndCancelled));
    assert_eq!((at(&events, "2025-08"), at(&events, "2025-09")), (Some(300_000), Some(410_000)));
    // Ended again, in October: what came back is decided, and not taken away a second time.
    events.push(end(date(2025, 10, 1)));
    assert_eq!((at(&events, "2025-09"), at(&events, "2025-10")), (Some(410_000), None));
    events.push(corrected(Corrected::CoverageEndCancelled));
    assert_eq!(at(&events, "2025-10"), Some(410_000));
}

#[test]
fn voluntary_cover_is_given_up_only_by_another_day_of_loss() {
    let events = |last| {
        let first = [enrolment(date(2023, 1, 1), 500_000), end(date(2024, 4, 1)), voluntary(date(2024, 4, 20))];
        [first.to_vec(), vec![last]].concat()
    };
    let voluntary_yen = |last| {
        let life = lived(&events(last)).expect("in order");
        life.month(tokyo(), month("2024-05"), &mut Trace::new()).expect("in force").voluntary_yen.map(Yen::get)
    };
    let standard = Corrected::Standard { from: month("2023-01"), remuneration: Yen::new(480_000) };
    assert_eq!(voluntary_yen(corrected(standard)), Some(34_740), "300,000円 at 9.98 % and 1.60 %");
    let later = Corrected::CoverageEnd { lost_on: Some(date(2024, 4, 2)), end_cause: None };
    assert_eq!(voluntary_yen(corrected(later)), None);
}

/// 健康保険法156条3項: acquired and lost in May, charged; a bonus counts to the day before the loss. 1,000,000円 at
/// 11.50 % (9.91 % and 1.59 % for somebody of 45), half of it: 57,500円.
#[test]
fn a_bonus_of_the_day_of_the_loss_is_none() {
    let share = |lost_on| {
        let bonus = BonusFiling {
            paid_on: date(2025, 5, 20),
            amount: Yen::new(1_000_000),
            whole_month: false,
            two_workplaces: false,
        };
        let life = lived(&[enrolment(date(2025, 5, 1), 300_000), Event::Bonus(bonus), end(lost_on)]).expect("in order");
        let month = life.month(tokyo(), month("2025-05"), &mut Trace::new()).expect("in force");
        month.contribution.map(|contribution| contribution.bonus_hi_employee_yen)
    };
    assert_eq!((share(date(2025, 5, 21)), share(date(2025, 5, 20))), (Some(57_500), Some(0)));
}

#[test]
fn a_standard_is_not_looked_at_again_while_the_tables_stay() {
    let life = lived(&[enrolment(date(2025, 4, 1), 300_000)]).expect("insured");
    let mut trace = Trace::new();
    life.month(tokyo(), month("2025-08"), &mut trace).expect("in force");
    assert!(trace.steps().iter().all(|step| step.clause != "等級区分の改定に伴う経過措置"));
}

/// 厚生年金保険法9条: insured under 70. Somebody of 70 has no pension standard that a new table could move.
#[test]
fn a_scheme_that_does_not_apply_has_no_standard_to_look_at_again() {
    let birth_on = date(1950, 1, 10);
    let Event::Enrolment(filing) = enrolment(date(2020, 4, 1), 640_000) else { panic!("an enrolment") };
    let mut life = Life::new(birth_on);
    life.meet(&Event::Enrolment(EnrolmentFiling { birth_on, ..filing }), &mut Trace::new()).expect("insured");
    let lived = life.month(tokyo(), month("2020-10"), &mut Trace::new()).expect("in force");
    assert_eq!(lived.standard.map(|(_, hi, epi)| (hi.get(), epi.get())), Some((650_000, 0)));
}
