//! Two grades and one, up and down, both ends of every table.

use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn case(standard: i64, pay: i64, fixed_pay: Option<FixedPay>) -> RevisionCase {
    let yen = Some(Yen::new(standard));
    RevisionCase {
        worker: WorkerType::General,
        change_month: month("2026-04"),
        months: [PayMonth { base_days: 30, pay: Yen::new(pay) }; 3],
        fixed_pay,
        current: Current { standards: Standards { hi: yen, epi: yen }, recorded: None },
    }
}

#[test]
fn each_bound_begins_where_the_next_grade_would() {
    for (scheme, from, lower, upper) in [
        (Scheme::HealthInsurance, "2001-01", 93_000, 1_005_000),
        (Scheme::HealthInsurance, "2007-04", 53_000, 1_235_000),
        (Scheme::HealthInsurance, "2016-04", 53_000, 1_415_000),
        (Scheme::EmployeesPension, "2000-10", 93_000, 635_000),
        (Scheme::EmployeesPension, "2016-10", 83_000, 635_000),
        (Scheme::EmployeesPension, "2020-09", 83_000, 665_000),
    ] {
        let grades = grade::all(scheme, month(from), &mut Trace::new()).expect("in force");
        let (first, top) = (grades[0], grades[grades.len() - 1]);
        let change = |direction, before: Grade, new: Grade, remuneration: i64, recorded: i64| Change {
            scheme,
            from: month(from),
            before,
            new,
            remuneration: Yen::new(remuneration),
            current: Current { standards: Standards::default(), recorded: Some(Yen::new(recorded)) },
            fixed_pay: direction,
        };
        let marked = |change: Change| change.is_marked(&mut Trace::new()).expect("bounds in force");
        let (second, below_top) = (grades[1], grades[grades.len() - 2]);
        for (offset, beyond) in [(-1, false), (0, true)] {
            let up = change(FixedPay::Up, below_top, top, upper + offset, 0);
            assert_eq!(marked(up), beyond, "{scheme:?} {from} up");
            let down = change(FixedPay::Down, top, below_top, below_top.from.get(), upper + offset);
            assert_eq!(marked(down), beyond, "{scheme:?} {from} down from the top");
            let from_bottom = change(FixedPay::Up, first, second, second.from.get(), lower + offset);
            assert_eq!(marked(from_bottom), !beyond, "{scheme:?} {from} up from the bottom");
            let to_bottom = change(FixedPay::Down, second, first, lower + offset, 0);
            assert_eq!(marked(to_bottom), !beyond, "{scheme:?} {from} down to the bottom");
        }
    }
}

#[test]
fn the_bounds_are_not_known_after_the_tables_change() {
    let mut later = case(620_000, 700_000, Some(FixedPay::Up));
    later.change_month = month("2027-06");
    later.current.standards.epi = Some(Yen::new(650_000));
    later.current.standards.hi = None;
    later.months = [PayMonth { base_days: 30, pay: Yen::new(700_000) }; 3];
    assert_eq!(revise(&later, &mut Trace::new()).expect_err("not checked").code(), "past_last_check");
}

/// Both standards are of one remuneration: the bracket of the one says on which side of the other's bound it lay.
#[test]
fn without_the_recorded_remuneration_the_health_standard_says_what_it_can() {
    let epi = |hi: i64, epi: i64, pay: i64, direction| {
        let mut case = case(hi, pay, Some(direction));
        case.current.standards.epi = Some(Yen::new(epi));
        let made = revise(&case, &mut Trace::new()).expect("decided");
        (made.revised.hi.map(Yen::get), made.revised.epi.map(Yen::get))
    };
    assert_eq!(epi(710_000, 650_000, 620_000, FixedPay::Down), (Some(620_000), Some(620_000)));
    assert_eq!(epi(680_000, 650_000, 630_000, FixedPay::Down), (Some(620_000), Some(620_000)));
    assert_eq!(epi(650_000, 650_000, 630_000, FixedPay::Down), (None, None));
    assert_eq!(epi(78_000, 88_000, 93_000, FixedPay::Up), (Some(98_000), Some(98_000)));
    assert_eq!(epi(88_000, 88_000, 95_000, FixedPay::Up), (None, None));
    // HI grade 1 is below 63,000円: on which side of 53,000円 is not known, so one grade is not enough.
    assert_eq!(epi(58_000, 88_000, 63_000, FixedPay::Up), (None, None));
    let middle = case(300_000, 310_000, Some(FixedPay::Up));
    assert!(revise(&middle, &mut Trace::new()).expect("one grade in the middle").from.is_none());
}

#[test]
fn a_standard_that_is_no_grade_is_refused() {
    let odd = case(305_000, 400_000, Some(FixedPay::Up));
    assert_eq!(revise(&odd, &mut Trace::new()).expect_err("no grade").code(), "bad_input");
    let negative = case(300_000, -1, Some(FixedPay::Up));
    assert_eq!(revise(&negative, &mut Trace::new()).expect_err("negative").code(), "bad_input");
}

#[test]
fn an_average_of_nothing_is_one_and_of_less_is_none() {
    let of = |pay| average(&[PayMonth { base_days: 30, pay: Yen::new(pay) }; 3], &mut Trace::new());
    assert_eq!(of(0), Ok(Yen::ZERO));
    assert_eq!(of(-1).expect_err("negative").code(), "bad_input");
}

/// The bounds of the ends are not known for 2027-09: in the middle of the table nobody asks for them.
#[test]
fn a_single_grade_in_the_middle_is_none_whatever_the_bounds() {
    for (pay, direction) in [(320_000, FixedPay::Up), (280_000, FixedPay::Down)] {
        let mut later = case(300_000, pay, Some(direction));
        later.change_month = month("2027-06");
        assert_eq!(revise(&later, &mut Trace::new()).map(|made| made.from), Ok(None), "{direction:?}");
    }
}

#[test]
fn the_last_month_of_each_month_of_revision() {
    let last = |text: &str| last_month(month(text), &mut Trace::new()).to_string();
    assert_eq!(last("2026-01"), "2026-08");
    assert_eq!(last("2026-06"), "2026-08");
    assert_eq!(last("2026-07"), "2027-08");
    assert_eq!(last("2026-08"), "2027-08");
    assert_eq!(last("2026-09"), "2027-08");
    assert_eq!(last("2026-12"), "2027-08");
}

proptest! {
    /// A revision goes the way of fixed pay, by two grades or at an end; without one nothing changes.
    #[test]
    fn a_revision_goes_the_way_of_fixed_pay(grade in 5_usize..45, pay in 0_i64..2_000_000, up: bool, days in 0_i64..=31) {
        let grades = grade::all(Scheme::HealthInsurance, month("2026-07"), &mut Trace::new()).expect("in force");
        let before = grades[grade];
        let direction = if up { FixedPay::Up } else { FixedPay::Down };
        let mut case = case(before.standard.get(), pay, Some(direction));
        case.current.standards.epi = None;
        case.months[1].base_days = days;
        let made = revise(&case, &mut Trace::new()).expect("the middle of the table");
        let new = grade::lookup(Scheme::HealthInsurance, month("2026-07"), Yen::new(pay), &mut Trace::new()).expect("in force");
        let moved = i16::from(new.grade) - i16::from(before.grade);
        let expected = days >= 17 && if up { moved >= 2 } else { moved <= -2 };
        prop_assert_eq!(made.from.is_some(), expected);
        prop_assert_eq!(made.standards.hi, Some(if expected { new.standard } else { before.standard }));
        prop_assert_eq!(made.until.is_some(), expected);
    }
}
