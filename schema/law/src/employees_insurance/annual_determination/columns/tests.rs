//! The column says what the rule says, person by person.

use domain::Yen;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::super::{AnnualCase, AnnualDetermination, determine};
use super::*;
use crate::employees_insurance::grade::Standards;
use crate::employees_insurance::month::day_of;
use crate::employees_insurance::remuneration::PayMonth;

/// Years on both sides of each change of the grade tables in September.
const YEARS: [i16; 5] = [2017, 2019, 2020, 2025, 2026];

fn standard(yen: i64) -> Option<Yen> {
    (yen != 0).then(|| Yen::new(yen))
}

/// The same facts for the rule; `None` where the rule could not be asked.
fn case(year: i16, person: &AnnualFacts) -> Option<AnnualCase> {
    let month = |number: i8| Month::new(year, number).expect("a month");
    let months = (4_i8..).zip(person.base_days.iter().zip(person.pay_yen));
    let given = months.filter(|(_, (days, _))| **days != NO_MONTH);
    Some(AnnualCase {
        year,
        worker: *WORKERS.get(usize::from(person.worker))?,
        months: given
            .map(|(number, (days, pay))| (month(number), PayMonth { base_days: i64::from(*days), pay: Yen::new(pay) }))
            .collect(),
        previous: Standards { hi: standard(person.previous_hi_yen), epi: standard(person.previous_epi_yen) },
        acquired_on: (person.acquired_on != LONG_AGO).then(|| day_of(person.acquired_on)),
        revised_from: (1..=12).contains(&person.revised_month).then(|| month(person.revised_month)),
    })
}

/// What the rule said, as the column would say it.
fn outcome(said: Option<Result<AnnualDetermination, LawError>>) -> AnnualOutcome {
    let Some(Ok(made)) = said else {
        return AnnualOutcome { verdict: AnnualVerdict::Held, ..AnnualOutcome::default() };
    };
    let yen = |standard: Option<Yen>| standard.map_or(0, Yen::get);
    AnnualOutcome {
        verdict: match (made.from, made.average) {
            (None, _) => AnnualVerdict::NotMade,
            (Some(_), None) => AnnualVerdict::CarriedOver,
            (Some(_), Some(_)) => AnnualVerdict::Determined,
        },
        average_yen: yen(made.average),
        counts: [4, 5, 6].map(|number| made.months_used.iter().any(|month| month.month() == number)),
        hi_yen: yen(made.standards.hi),
        epi_yen: yen(made.standards.epi),
    }
}

fn assert_same(year: i16, person: &AnnualFacts) -> AnnualVerdict {
    let law = AnnualLaw::of(year, &mut Trace::new()).expect("in force");
    let told = outcome(case(year, person).map(|case| determine(&case, &mut Trace::new())));
    assert_eq!(law.determine(person), told, "{year} {person:?}");
    told.verdict
}

fn plain(pay: i64) -> AnnualFacts {
    AnnualFacts {
        worker: 0,
        base_days: [30, 31, 30],
        pay_yen: [pay; 3],
        acquired_on: LONG_AGO,
        revised_month: 0,
        previous_hi_yen: 300_000,
        previous_epi_yen: 300_000,
    }
}

#[test]
fn both_sides_of_every_grade() {
    for year in YEARS {
        let september = Month::new(year, 9).expect("a month");
        for scheme in [Scheme::HealthInsurance, Scheme::EmployeesPension] {
            for grade in grade::all(scheme, september, &mut Trace::new()).expect("in force") {
                for pay in [grade.from.get() - 1, grade.from.get(), grade.from.get() + 1] {
                    assert_same(year, &plain(pay));
                }
            }
        }
        assert_same(year, &plain(MOST_YEN));
    }
}

#[test]
fn both_sides_of_the_summer_and_of_the_base_days() {
    let on = |day: Date| assert_same(2026, &AnnualFacts { acquired_on: day_number(day), ..plain(300_000) });
    assert_eq!(on(date(2026, 5, 31)), AnnualVerdict::Determined);
    assert_eq!(on(date(2026, 6, 1)), AnnualVerdict::NotMade);
    assert_eq!(on(date(2026, 7, 1)), AnnualVerdict::NotMade);
    assert_eq!(on(date(2026, 7, 2)), AnnualVerdict::Held);
    for worker in 0..4 {
        for days in -2..=33 {
            assert_same(2026, &AnnualFacts { worker, base_days: [days; 3], ..plain(300_000) });
        }
    }
}

#[test]
fn what_cannot_be_is_held() {
    let held = |person: AnnualFacts| assert_same(2026, &person) == AnnualVerdict::Held;
    assert!(held(AnnualFacts { base_days: [NO_MONTH; 3], ..plain(300_000) }));
    assert!(held(AnnualFacts { pay_yen: [1, -1, 1], ..plain(0) }));
    assert!(held(AnnualFacts { base_days: [0; 3], previous_hi_yen: 0, previous_epi_yen: 0, ..plain(1) }));
    assert!(!held(AnnualFacts { base_days: [0; 3], previous_hi_yen: 0, ..plain(1) }));
    let every_month = |days| assert_same(2026, &AnnualFacts { base_days: [days; 3], ..plain(300_000) });
    assert_eq!((every_month(-1), every_month(1)), (AnnualVerdict::Held, AnnualVerdict::CarriedOver));
    let law = AnnualLaw::of(2026, &mut Trace::new()).expect("in force");
    let more = law.determine(&AnnualFacts { pay_yen: [0, 0, MOST_YEN + 1], ..plain(1) });
    assert_eq!(more.verdict, AnnualVerdict::Held, "no sum may overflow");
}

#[test]
fn a_year_that_nobody_checked_is_refused() {
    let refused = |year| AnnualLaw::of(year, &mut Trace::new()).expect_err("refused").code();
    assert_eq!(refused(2016), "not_in_force", "短時間労働者 came in October 2016");
    assert_eq!(refused(2040), "past_last_check");
    let mut trace = Trace::new();
    assert_eq!(AnnualLaw::of(2026, &mut trace).expect("in force").september().to_string(), "2026-09");
    assert_eq!(trace.parameters().len(), 6, "two grade tables and four base days");
}

fn facts() -> impl Strategy<Value = AnnualFacts> {
    let days = prop::array::uniform3(prop_oneof![Just(NO_MONTH), 8_i8..=31, 8_i8..=31, -3_i8..=34]);
    let pay = prop::array::uniform3(prop_oneof![0_i64..2_000_000, 50_000_i64..700_000, -2_i64..3]);
    let acquired = prop_oneof![Just(LONG_AGO), Just(LONG_AGO), 20_570_i32..20_650];
    let previous = || prop_oneof![Just(0_i64), Just(300_000), Just(98_000)];
    (0_u8..4, days, pay, acquired, 0_i8..13, previous(), previous()).prop_map(
        |(worker, base_days, pay_yen, acquired_on, revised_month, previous_hi_yen, previous_epi_yen)| AnnualFacts {
            worker,
            base_days,
            pay_yen,
            acquired_on,
            revised_month: if revised_month < 5 { 0 } else { revised_month },
            previous_hi_yen,
            previous_epi_yen,
        },
    )
}

proptest! {
    #[test]
    fn the_column_says_what_the_rule_says(person in facts(), place in 0..YEARS.len()) {
        assert_same(YEARS[place], &person);
    }
}
