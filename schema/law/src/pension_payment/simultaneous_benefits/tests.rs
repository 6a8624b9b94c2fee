//! Every pair, both sides of 65.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn sets(age: i32, rights: &[BenefitRight]) -> Vec<String> {
    let sets = simultaneous_benefits(age, rights, &mut Trace::new()).expect("rights");
    sets.iter().map(|set| set.words().join("+")).collect()
}

#[test]
fn one_ground_always_and_cross_pairs_from_65() {
    let pairs = |age| {
        let all = R::WORDS.map(|(_, right)| right);
        let pair = |one: R, other: R| sets(age, &[one, other]).len() == 1;
        let of = |(place, one): (usize, &R)| {
            all.iter()
                .skip(place + 1)
                .filter(|other| pair(*one, **other))
                .map(|other| (*one, *other))
                .collect::<Vec<_>>()
        };
        all[..6].iter().enumerate().flat_map(|(place, one)| of((place, one))).collect::<Vec<_>>()
    };
    let one_ground = vec![
        (R::DisabilityBasic, R::DisabilityEmployee),
        (R::OldAgeBasic, R::OldAgeEmployee),
        (R::SurvivorBasic, R::SurvivorEmployee),
    ];
    assert_eq!(pairs(64), one_ground);
}

#[test]
fn the_cross_pairs_of_65() {
    let pair = |age, one, other| sets(age, &[one, other]);
    for (one, other) in [
        (R::OldAgeBasic, R::SurvivorEmployee),
        (R::DisabilityBasic, R::OldAgeEmployee),
        (R::DisabilityBasic, R::SurvivorEmployee),
        (R::OldAgeEmployee, R::SurvivorEmployee),
    ] {
        assert_eq!(pair(64, one, other).len(), 2);
        assert_eq!(pair(65, one, other).len(), 1);
    }
    for (one, other) in [
        (R::OldAgeBasic, R::DisabilityEmployee),
        (R::OldAgeBasic, R::DisabilityBasic),
        (R::OldAgeEmployee, R::DisabilityEmployee),
        (R::OldAgeBasic, R::SurvivorBasic),
        (R::DisabilityEmployee, R::SurvivorEmployee),
        (R::OldAgeEmployee, R::SurvivorBasic),
    ] {
        assert_eq!(pair(70, one, other).len(), 2, "{one:?} {other:?}");
    }
}

#[test]
fn disability_and_old_age_at_65() {
    let rights = [R::OldAgeBasic, R::OldAgeEmployee, R::DisabilityBasic, R::DisabilityEmployee];
    let expected =
        ["disability_basic+disability_employee", "disability_basic+old_age_employee", "old_age_basic+old_age_employee"];
    assert_eq!(sets(65, &rights), expected);
    assert_eq!(sets(64, &rights), [expected[0], expected[2]]);
}

#[test]
fn the_difference_follows_the_right_to_the_own_pension() {
    let rights = [R::OldAgeEmployee, R::SurvivorBasic, R::SurvivorEmployee];
    let expected = ["old_age_employee+survivor_employee_difference", "survivor_basic+survivor_employee_difference"];
    assert_eq!(sets(65, &rights), expected);
    assert_eq!(sets(65, &[R::OldAgeBasic, R::SurvivorEmployee]), ["old_age_basic+survivor_employee"]);
    assert_eq!(sets(64, &rights), ["old_age_employee", "survivor_basic+survivor_employee"]);
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |age, rights: &[R]| simultaneous_benefits(age, rights, &mut Trace::new()).is_err();
    assert!(refused(67, &[]) && refused(67, &[R::OldAgeBasic, R::OldAgeBasic]) && refused(151, &[R::OldAgeBasic]));
    assert!(refused(65, &[R::WidowPension]) && !refused(64, &[R::WidowPension]));
}

#[test]
fn a_choice_counts_from_the_next_month() {
    let first = choice_effective(date(2025, 12, 31), &mut Trace::new()).expect("a day");
    assert_eq!(first.to_string(), "2026-01");
}

proptest! {
    #[test]
    fn every_right_stands_in_a_set_and_no_set_in_another(mask in 1_u32..128, age in 0_i32..65) {
        for age in [age, age + 65] {
            let mask = if age >= 65 { mask & 63 } else { mask };
            let rights = chosen(&R::WORDS.map(|(_, right)| right), mask);
            if rights.is_empty() { continue; }
            let sets = simultaneous_benefits(age, &rights, &mut Trace::new()).expect("rights");
            prop_assert!(rights.iter().all(|right| sets.iter().any(|set| set.rights.contains(right))));
            for set in &sets {
                let within = |other: &&BenefitSet| set.rights.iter().all(|right| other.rights.contains(right));
                prop_assert_eq!(sets.iter().filter(within).count(), 1);
            }
        }
    }
}
