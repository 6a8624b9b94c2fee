//! The order of people, those who did not share the livelihood, and the day of the third degree.

use super::*;

fn relative(name: &str, relation: Relation, shared_livelihood: bool) -> Relative {
    Relative { name: name.to_owned(), relation, shared_livelihood }
}

fn died(on: Date) -> PensionRight {
    PensionRight { arose_on: date(2010, 1, 1), ended_on: Some(on), suspensions: Vec::new() }
}

fn claim(on: Date, paid_until: &str, relatives: &[Relative]) -> UnpaidBenefit {
    unpaid_benefit(&died(on), paid_until.parse().expect("a month"), relatives, &mut Trace::new()).expect("dead")
}

const ORDER: [Relation; 7] = [
    Relation::Spouse,
    Relation::Child,
    Relation::Parent,
    Relation::Grandchild,
    Relation::Grandparent,
    Relation::Sibling,
    Relation::ThirdDegree,
];

#[test]
fn each_rank_comes_before_the_next() {
    for pair in ORDER.windows(2) {
        let both = [relative("later", pair[1], true), relative("first", pair[0], true)];
        assert_eq!(claim(date(2025, 3, 5), "2025-01", &both).claimants, ["first"]);
        let apart = [relative("later", pair[1], true), relative("first", pair[0], false)];
        assert_eq!(claim(date(2025, 3, 5), "2025-01", &apart).claimants, ["later"]);
    }
    let two = [relative("a", Relation::Child, true), relative("b", Relation::Child, true)];
    assert_eq!(claim(date(2025, 3, 5), "2025-01", &two).claimants, ["a", "b"]);
    assert!(claim(date(2025, 3, 5), "2025-01", &[]).claimants.is_empty());
}

#[test]
fn the_third_degree_claims_since_april_2014() {
    let niece = [relative("niece", Relation::ThirdDegree, true)];
    assert!(claim(date(2014, 3, 31), "2014-01", &niece).claimants.is_empty());
    assert_eq!(claim(date(2014, 4, 1), "2014-01", &niece).claimants, ["niece"]);
}

#[test]
fn to_the_month_of_death_and_for_five_years() {
    let months = |paid| claim(date(2025, 3, 31), paid, &[]).months.iter().map(Month::to_string).collect::<Vec<_>>();
    assert_eq!(months("2025-01"), ["2025-02", "2025-03"]);
    assert!(months("2025-03").is_empty());
    assert_eq!(claim(date(2025, 3, 5), "2025-01", &[]).claim_until, Some(date(2030, 4, 30)));
    assert_eq!(claim(date(2025, 3, 5), "2025-03", &[]).claim_until, None);
    let alive = PensionRight { ended_on: None, ..died(date(2025, 1, 1)) };
    assert!(unpaid_benefit(&alive, Month::of(date(2025, 1, 1)), &[], &mut Trace::new()).is_err());
}
