//! Who may choose, from which day, and what is held.

use domain::Yen;
use domain::paper::HealthInsurer;
use jiff::civil::{Date, date};

use super::*;
use crate::Trace;

const ASSOCIATION: HealthInsurer = HealthInsurer::Association;

fn spell(acquired_on: Date, lost_on: Option<Date>) -> Spell {
    Spell {
        insured_number: 1,
        health_insurance: true,
        employees_pension: true,
        short_time_worker: false,
        two_workplaces: false,
        acquired_on,
        lost_on,
        end_cause: None,
        cause: Cause { filing_id: None, reason: "試験".to_owned() },
    }
}

fn office(spell_id: i64, spell: &Spell, yen: i64) -> OfficeFacts<'_> {
    OfficeFacts { spell_id, spell, same_person: true, remuneration: Some(Yen::new(yen)) }
}

fn choose(since: Date, offices: &[OfficeFacts<'_>], standing: Option<&Selection>) -> Application<Selected> {
    workplace_selection((since, ASSOCIATION), offices, standing, &mut Trace::new())
}

fn code(outcome: Application<Selected>) -> &'static str {
    outcome.expect_err("not applied").reason().code
}

#[test]
fn the_choice_holds_from_the_day_of_the_second_cover() {
    let (first, second) = (spell(date(2020, 4, 1), None), spell(date(2026, 4, 1), None));
    let offices = [office(7, &first, 270_000), office(3, &second, 133_000)];
    let chosen = choose(date(2026, 4, 1), &offices, None).expect("a choice");
    assert_eq!(chosen.selection, Selection { since: date(2026, 4, 1), insurer: ASSOCIATION, spells: vec![7, 3] });
    assert_eq!((chosen.remuneration, chosen.no_effect), (Some(Yen::new(403_000)), None));
    for other in [date(2026, 3, 31), date(2026, 4, 2)] {
        assert_eq!(code(choose(other, &offices, None)), "since_differs");
    }
    let again = choose(date(2026, 4, 1), &offices, Some(&chosen.selection)).expect("the same choice");
    assert!(again.no_effect.is_some());
    let turned = [offices[1], offices[0]];
    let later = choose(date(2026, 8, 1), &turned, Some(&chosen.selection)).expect("another choice, later");
    assert_eq!((&later.selection.spells[..], &later.no_effect), (&[3, 7][..], &None));
    assert_eq!(code(choose(date(2026, 7, 1), &offices, Some(&later.selection))), "before_standing");
}

#[test]
fn what_a_choice_is_held_for() {
    let (first, second) = (spell(date(2020, 4, 1), None), spell(date(2026, 4, 1), None));
    let day = date(2026, 4, 1);
    assert_eq!(code(choose(day, &[office(7, &first, 1)], None)), "one_office");
    assert_eq!(code(choose(day, &[office(7, &first, 1), office(7, &first, 1)], None)), "one_office");
    let stranger = OfficeFacts { same_person: false, ..office(3, &second, 1) };
    assert_eq!(code(choose(day, &[office(7, &first, 1), stranger], None)), "other_person");
    let over70 = Spell { health_insurance: false, employees_pension: false, ..second.clone() };
    assert_eq!(code(choose(day, &[office(7, &first, 1), office(3, &over70, 1)], None)), "not_insured_there");
    let gone = spell(date(2020, 4, 1), Some(date(2026, 4, 1)));
    assert_eq!(code(choose(day, &[office(7, &gone, 1), office(3, &second, 1)], None)), "not_at_once");
    let last_day = spell(date(2020, 4, 1), Some(date(2026, 4, 2)));
    assert!(choose(day, &[office(7, &last_day, 1), office(3, &second, 1)], None).is_ok(), "one day at once");
}
