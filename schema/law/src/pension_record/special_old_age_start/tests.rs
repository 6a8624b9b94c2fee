//! Both sides of every cohort of every schedule.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const NONE: FixedPartExceptions = FixedPartExceptions { long_cover: false, disabled: false };

fn age(birth_on: Date, category: PersonCategory, part: Part) -> i16 {
    start(birth_on, category, part, NONE, None, &mut Trace::new()).expect("a schedule").age
}

/// First births of 61, 62, 63, 64 and 65, as the statute lists them.
#[test]
fn every_boundary_of_every_schedule() {
    use {Part::*, PersonCategory::*};
    let schedules = [
        (MaleOrCivilServant, EarningsRelated, 1953),
        (FemaleCategory1, EarningsRelated, 1958),
        (MinerOrSeaman, EarningsRelated, 1958),
        (SpecifiedPoliceOrFire, EarningsRelated, 1959),
        (MaleOrCivilServant, Fixed, 1941),
        (FemaleCategory1, Fixed, 1946),
    ];
    for (category, part, first_year) in schedules {
        for step in 0..5 {
            let year = first_year + 2 * step;
            assert_eq!(age(date(year, 4, 1), category, part), 60 + step, "{category:?} {part:?} {year}-04-01");
            assert_eq!(age(date(year, 4, 2), category, part), 61 + step, "{category:?} {part:?} {year}-04-02");
        }
        assert_eq!(age(date(1926, 4, 2), category, part), 60);
        assert_eq!(age(date(1990, 1, 1), category, part), 65);
    }
}

#[test]
fn the_old_law_is_left_to_a_person() {
    let old =
        start(date(1926, 4, 1), PersonCategory::FemaleCategory1, Part::EarningsRelated, NONE, None, &mut Trace::new());
    assert_eq!(old.expect_err("old law").code(), "cannot_decide");
}

#[test]
fn the_exceptions_give_the_fixed_part_with_the_other() {
    use {Part::*, PersonCategory::*};
    let fixed = |category, exceptions| start(date(1958, 5, 1), category, Fixed, exceptions, None, &mut Trace::new());
    assert_eq!(fixed(MaleOrCivilServant, NONE).map(|start| start.age), Ok(65));
    for exceptions in [FixedPartExceptions { disabled: true, ..NONE }, FixedPartExceptions { long_cover: true, ..NONE }]
    {
        assert_eq!(fixed(MaleOrCivilServant, exceptions).map(|start| start.age), Ok(63));
    }
    assert_eq!(fixed(MinerOrSeaman, NONE).map(|start| start.age), Ok(61));
    assert_eq!(fixed(SpecifiedPoliceOrFire, NONE).expect_err("no table").code(), "cannot_decide");
    assert_eq!(age(date(1958, 5, 1), MinerOrSeaman, EarningsRelated), 61);
}

#[test]
fn cohorts_that_do_not_join_are_refused() {
    let text = include_str!("start_ages.csv");
    assert!(read(text).is_ok());
    assert!(read(&text.replacen("1953-04-02", "1953-04-03", 1)).is_err());
    assert!(read(&text.replacen(",,1953-04-01", ",1950-04-02,1953-04-01", 1)).is_err());
}

proptest! {
    /// Nobody born later begins earlier, and the right arises the day before a birthday.
    #[test]
    fn a_later_birth_never_begins_earlier(a in 0_i32..20_000, b in 0_i32..20_000) {
        use jiff::ToSpan;
        let (first, later) = (a.min(b), a.max(b));
        let birth = |days: i32| date(1926, 4, 2) + days.days();
        let begin = |days| start(birth(days), PersonCategory::MaleOrCivilServant, Part::EarningsRelated, NONE, None, &mut Trace::new()).expect("a schedule");
        prop_assert!(begin(first).age <= begin(later).age);
        prop_assert!(begin(first).right_arises_on <= begin(later).right_arises_on);
    }
}
