//! The day on which five years begin, what moves, and that nothing is lost between two records.

use jiff::civil::date;
use proptest::prelude::*;

use super::super::life::{
    Category, CategorySpell, EmployeesClass, EmployeesKind, LifeFacts, RemunerationBasis, RemunerationSpan, Sex, life,
};
use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

const NONE: Circumstances = Circumstances { court_asked_on: None, court_decided_on: None, other_died_on: None };

#[test]
fn the_split_exists_from_2007_and_that_of_cat3_from_2008_05() {
    let ask = |split, on| deadline(split, on, &NONE, &mut Trace::new()).map(|deadline| deadline.years);
    assert_eq!(ask(Split::Agreed, date(2007, 3, 31)).expect_err("before").code(), "not_in_force");
    assert_eq!(ask(Split::Agreed, date(2007, 4, 1)), Ok(2));
    assert_eq!(ask(Split::Cat3, date(2008, 4, 30)).expect_err("before").code(), "not_in_force");
    assert_eq!(ask(Split::Cat3, date(2008, 5, 1)), Ok(2));
    assert_eq!(ask(Split::Agreed, date(2027, 4, 1)).expect_err("later").code(), "past_last_check");
    let no_date = Circumstances { court_decided_on: Some(date(2026, 1, 1)), ..NONE };
    assert_eq!(
        deadline(Split::Agreed, date(2025, 1, 1), &no_date, &mut Trace::new()).expect_err("asked?").code(),
        "missing_fact"
    );
}

fn spell(category: Category, acquired_on: Date, lost_on: Date) -> CategorySpell {
    CategorySpell { category, acquired_on, lost_on: Some(lost_on), source: 1 }
}

fn records() -> (LifeRecord, LifeRecord) {
    let (from, until) = (date(2005, 4, 1), date(2012, 4, 1));
    let employed = Category::Cat2 { kind: EmployeesKind::First, class: EmployeesClass::Ordinary };
    let spans = [RemunerationSpan {
        first: month("2005-04"),
        last: Some(month("2012-03")),
        kind: EmployeesKind::First,
        standard_yen: 301_000,
        basis: RemunerationBasis::Own,
        source: 2,
    }];
    let giver = LifeFacts {
        spells: &[spell(employed, from, until)],
        remunerations: &spans,
        ..LifeFacts::unregistered(date(1985, 4, 2), Sex::Male)
    };
    let taker = LifeFacts {
        spells: &[spell(Category::Cat3, from, until)],
        ..LifeFacts::unregistered(date(1985, 4, 2), Sex::Female)
    };
    let on = date(2012, 4, 15);
    (life(&giver, on).expect("a life"), life(&taker, on).expect("a life"))
}

#[test]
fn cat3_months_from_2008_04_are_halved_and_the_others_stay() {
    let (mut giver, mut taker) = records();
    let before = (*giver.counts(), *taker.counts());
    let months = (month("2005-04"), month("2012-03"));
    let rewritten = split_records(Split::Cat3, &mut giver, &mut taker, months, Ratio::ZERO).expect("both clear");
    assert_eq!(rewritten, 48);
    let at = |record: &LifeRecord, month| amounts(record, month).expect("in the row").0;
    assert_eq!((at(&giver, month("2008-03")), at(&taker, month("2008-03"))), (301_000, 0));
    assert_eq!((at(&giver, month("2008-04")), at(&taker, month("2008-04"))), (150_500, 150_500));
    assert_eq!(taker.counts().deemed.total(), 48);
    // Deemed months count for no qualification and no months of own cover.
    assert_eq!((taker.counts().qualifying(), taker.counts().employees_total()), (before.1.qualifying(), 0));
    assert_eq!(giver.counts(), &before.0);
}

#[test]
fn an_agreed_split_takes_every_month_and_a_held_record_none() {
    let (mut giver, mut taker) = records();
    let months = (month("2005-04"), month("2012-03"));
    assert_eq!(split_records(Split::Agreed, &mut giver, &mut taker, months, Ratio::new(1, 4)), Ok(84));
    assert_eq!(amounts(&giver, month("2005-04")), Some((225_750, 0)));
    let nobody = LifeFacts::unregistered(date(1985, 4, 2), Sex::Female);
    let mut held = life(&nobody, date(2012, 4, 15)).expect("a life");
    let refused = split_records(Split::Agreed, &mut giver, &mut held, months, Ratio::new(1, 4));
    assert_eq!(refused.expect_err("held").code(), "cannot_decide");
}

proptest! {
    /// What the one gives the other gets, to the yen.
    #[test]
    fn nothing_is_lost_between_two_records(giver in 0_u32..100_000_000, taker in 0_u32..100_000_000, share in 0_i128..=100_000) {
        let after = split_month(giver, taker, Ratio::new(share, 100_000)).expect("a share");
        prop_assert_eq!(after.0 + after.1, giver + taker);
        prop_assert!(after.0 <= giver && after.1 >= taker);
        prop_assert!(split_month(giver, taker, Ratio::new(share + 100_001, 100_000)).is_err());
    }

    /// 民法140条・143条: reckoned from the day after, a period of years ends with the day before the corresponding one; where
    /// that day does not exist, with the last of the month.
    #[test]
    fn the_deadline_ends_the_years_from_the_day_after(days in 0_i32..7_000) {
        use jiff::ToSpan;
        let divorced_on = date(2007, 4, 1) + days.days();
        let found = deadline(Split::Agreed, divorced_on, &NONE, &mut Trace::new()).expect("in force");
        let years = if divorced_on < date(2026, 4, 1) { 2 } else { 5 };
        prop_assert_eq!(found.years, years);
        let first = divorced_on + 1.day();
        let corresponding = first + i32::from(years).years();
        let last = if corresponding.day() == first.day() { corresponding - 1.day() } else { corresponding };
        prop_assert_eq!(found.last_claim_on, last);
    }
}
