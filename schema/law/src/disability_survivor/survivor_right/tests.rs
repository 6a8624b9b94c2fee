//! Requirements, ranks, ages on both sides, 30, 40 and 65.

use super::family::{FamilyMember, FamilyRelation, survivors};
use super::*;

fn deceased() -> Deceased {
    Deceased {
        died_on: date(2025, 6, 10),
        insured_at_death: false,
        illness_first_seen: None,
        disability_grade_1_or_2: false,
        qualifying_months: 0,
        contributions: true,
        survivor_states_long: false,
    }
}

fn found(deceased: Deceased) -> Option<Requirement> {
    requirement(&deceased, &mut Trace::new()).expect("in force")
}

#[test]
fn short_long_or_none() {
    assert_eq!(found(deceased()), None);
    assert_eq!(found(Deceased { insured_at_death: true, ..deceased() }), Some(Requirement::Short));
    assert_eq!(found(Deceased { insured_at_death: true, contributions: false, ..deceased() }), None);
    assert_eq!(
        found(Deceased { disability_grade_1_or_2: true, contributions: false, ..deceased() }),
        Some(Requirement::Short)
    );
    assert_eq!(found(Deceased { qualifying_months: 299, ..deceased() }), None);
    let long = Deceased { qualifying_months: 300, ..deceased() };
    assert_eq!(found(long), Some(Requirement::Long));
    assert_eq!(found(Deceased { insured_at_death: true, ..long }), Some(Requirement::Short));
    assert_eq!(found(Deceased { insured_at_death: true, survivor_states_long: true, ..long }), Some(Requirement::Long));
}

#[test]
fn five_years_from_the_first_consultation() {
    let seen = |on| found(Deceased { illness_first_seen: Some(on), ..deceased() });
    assert_eq!(seen(date(2020, 6, 11)), Some(Requirement::Short));
    assert_eq!(seen(date(2020, 6, 10)), None);
    let after = Deceased { illness_first_seen: Some(date(2025, 6, 11)), ..deceased() };
    assert!(requirement(&after, &mut Trace::new()).is_err());
}

#[test]
fn the_reform_of_2028_is_not_known() {
    let at = |died_on| requirement(&Deceased { died_on, insured_at_death: true, ..deceased() }, &mut Trace::new());
    assert!(matches!(at(date(2028, 4, 1)), Err(LawError::CannotDecide { .. })));
    assert!(matches!(at(date(2027, 4, 1)), Err(LawError::PastLastCheck { .. })));
    assert!(at(date(2027, 3, 31)).is_ok());
}

#[test]
fn a_wife_under_30_without_a_child_has_five_years() {
    let ends = |arose_on, had_basic, ended_on| {
        wife_under_30(date(1995, 6, 1), arose_on, had_basic, ended_on, &mut Trace::new()).expect("a wife")
    };
    assert_eq!(ends(date(2025, 5, 30), false, None), Some(date(2030, 5, 30)));
    assert_eq!(ends(date(2025, 5, 31), false, None), None, "30 on 2025-05-31");
    assert_eq!(ends(date(2024, 1, 1), true, None), None);
    assert_eq!(ends(date(2024, 1, 1), true, Some(date(2025, 5, 30))), Some(date(2030, 5, 30)));
    assert_eq!(ends(date(2024, 1, 1), true, Some(date(2025, 5, 31))), None);
    assert_eq!(ends(date(2007, 3, 31), false, None), None);
    assert!(
        wife_under_30(date(1995, 6, 1), date(2024, 1, 1), false, Some(date(2025, 1, 1)), &mut Trace::new()).is_err()
    );
}

#[test]
fn the_addition_of_the_middle_aged_from_40_to_65() {
    let months = |arose_on, has_basic, ended_on| {
        let months =
            middle_aged_months(date(1980, 6, 1), arose_on, has_basic, ended_on, &mut Trace::new()).expect("a wife");
        months.map(|(first, last)| format!("{first} {last}"))
    };
    assert_eq!(months(date(2025, 5, 10), false, None), Some("2025-06 2045-05".to_owned()));
    assert_eq!(months(date(2020, 5, 30), false, None), None, "39");
    assert_eq!(months(date(2020, 5, 31), false, None), Some("2020-06 2045-05".to_owned()));
    assert_eq!(months(date(2015, 1, 1), true, Some(date(2024, 3, 31))), Some("2024-04 2045-05".to_owned()));
    assert_eq!(months(date(2015, 1, 1), true, Some(date(2019, 3, 31))), None, "no child at 40");
    assert_eq!(months(date(2025, 5, 10), true, None), None, "suspended");
}

fn member(name: &str, relation: FamilyRelation, birth: Date) -> FamilyMember {
    FamilyMember { name: name.to_owned(), relation, birth, maintained: true, disabled: false, married: false }
}

const DIED: Date = date(2025, 6, 10);

#[test]
fn wife_and_child() {
    let family = [
        member("wife", FamilyRelation::Wife, date(1997, 1, 1)),
        member("child", FamilyRelation::Child, date(2022, 1, 1)),
    ];
    let found = survivors(DIED, &family, &mut Trace::new()).expect("a family");
    assert_eq!((found.basic, found.basic_paid), (vec!["wife".to_owned(), "child".to_owned()], vec!["wife".to_owned()]));
    assert_eq!(found.employee_paid, ["wife"]);
}

#[test]
fn a_husband_by_his_age() {
    let with = |birth, child: bool| {
        let mut family = vec![member("husband", FamilyRelation::Husband, birth)];
        if child {
            family.push(member("child", FamilyRelation::Child, date(2015, 1, 1)));
        }
        survivors(DIED, &family, &mut Trace::new()).expect("a family")
    };
    let young = with(date(1970, 6, 12), true); // 54
    assert_eq!((young.basic_paid, young.employee_paid), (vec!["husband".to_owned()], vec!["child".to_owned()]));
    assert_eq!(with(date(1970, 6, 11), true).employee_paid, ["husband"], "55 on the day, with 遺族基礎年金");
    let alone = with(date(1970, 6, 11), false);
    assert_eq!((alone.employee.len(), alone.employee_paid.len()), (1, 0));
    assert_eq!(alone.waiting, [("husband".to_owned(), date(2030, 6, 10))]);
    assert!(with(date(1970, 6, 12), false).employee.is_empty());
    assert_eq!(with(date(1965, 6, 11), false).employee_paid, ["husband"]);
}

#[test]
fn ranks_and_the_ages_of_children_and_parents() {
    let rank = |members: &[FamilyMember]| survivors(DIED, members, &mut Trace::new()).expect("a family").employee;
    let mother = member("mother", FamilyRelation::Parent, date(1955, 1, 1));
    let grandchild = member("grandchild", FamilyRelation::Grandchild, date(2015, 1, 1));
    let grandfather = member("grandfather", FamilyRelation::Grandparent, date(1935, 1, 1));
    assert_eq!(rank(&[grandfather.clone(), grandchild.clone(), mother]), ["mother"]);
    assert_eq!(rank(&[grandfather.clone(), grandchild]), ["grandchild"]);
    assert_eq!(rank(&[grandfather]), ["grandfather"]);
    let child = |birth| member("child", FamilyRelation::Child, birth);
    assert_eq!(rank(&[child(date(2007, 4, 2))]), ["child"], "18 on 2025-04-01: to March 2026");
    assert!(rank(&[child(date(2007, 4, 1))]).is_empty(), "18 on 2025-03-31");
    let disabled = |birth| FamilyMember { disabled: true, ..child(birth) };
    assert_eq!(rank(&[disabled(date(2005, 6, 12))]), ["child"]);
    assert!(rank(&[disabled(date(2005, 6, 11))]).is_empty(), "20 on the day");
    assert!(rank(&[FamilyMember { married: true, ..child(date(2015, 1, 1)) }]).is_empty());
    assert!(rank(&[FamilyMember { maintained: false, ..child(date(2015, 1, 1)) }]).is_empty());
}

#[test]
fn a_family_that_cannot_be_is_refused() {
    let wife = member("wife", FamilyRelation::Wife, date(1970, 1, 1));
    for family in [vec![], vec![wife.clone(), wife.clone()], vec![FamilyMember { birth: date(2026, 1, 1), ..wife }]] {
        assert!(survivors(DIED, &family, &mut Trace::new()).is_err());
    }
}

#[test]
fn the_deemed_months_of_the_table_are_those_of_the_rule() {
    let deemed = months_of("deemed", "2026-04".parse().expect("a month"), &mut Trace::new());
    assert_eq!(deemed, Ok(i64::from(crate::employees_pension::proportional_part::DEEMED_MONTHS)));
}
