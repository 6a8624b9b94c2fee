//! Both sides of August 2017 and of every shortcut's birth dates.

use jiff::civil::date;

use super::*;

fn rule(months: &QualifyingMonths, birth: Date, on: Date) -> Option<QualifyingRule> {
    qualification(months, Some(birth), Some(on), &mut Trace::new()).expect("in force").rule
}

#[test]
fn shortcuts_ask_for_a_year_more_with_every_year_of_birth() {
    let on = date(2017, 7, 31);
    for (kind, first_year, years) in
        [(QualifyingRule::Employees, 1951_i16, 20..=24_i64), (QualifyingRule::MiddleAge, 1946, 15..=19)]
    {
        for (years, year) in years.zip(first_year..) {
            let with = |months| match kind {
                QualifyingRule::Employees => QualifyingMonths { paid: months, employees: months, ..Default::default() },
                _ => QualifyingMonths { paid: months, middle_aged: months, ..Default::default() },
            };
            for birth in [date(year, 4, 2), date(year + 1, 4, 1)] {
                assert_eq!(rule(&with(years * 12), birth, on), Some(kind), "{birth}");
                assert_eq!(rule(&with(years * 12 - 1), birth, on), None, "{birth}");
            }
        }
    }
    let employees = QualifyingMonths { paid: 299, employees: 299, middle_aged: 299, ..Default::default() };
    assert_eq!(rule(&employees, date(1956, 4, 2), on), None, "no shortcut for later births");
    assert_eq!(rule(&employees, date(1956, 4, 1), on), Some(QualifyingRule::Employees));
}

#[test]
fn ten_years_suffice_since_august_2017_and_shortcuts_are_gone() {
    let months = QualifyingMonths { paid: 119, employees: 240, ..Default::default() };
    assert_eq!(rule(&months, date(1940, 1, 1), date(2017, 7, 31)), Some(QualifyingRule::Employees));
    assert_eq!(rule(&months, date(1940, 1, 1), date(2017, 8, 1)), None);
    let ten = QualifyingMonths { paid: 120, ..Default::default() };
    assert_eq!(rule(&ten, date(1940, 1, 1), date(2017, 8, 1)), Some(QualifyingRule::General));
}

#[test]
fn some_month_must_pay() {
    let eligible = |months| qualification(&months, None, None, &mut Trace::new()).expect("in force").eligible;
    assert!(!eligible(QualifyingMonths { deferred: 60, complementary: 60, ..Default::default() }));
    assert!(eligible(QualifyingMonths { exempt: 1, deferred: 60, complementary: 60, ..Default::default() }));
    let refused = QualifyingMonths { paid: 1_200, exempt: 1, ..Default::default() };
    assert_eq!(qualification(&refused, None, None, &mut Trace::new()).expect_err("refused").code(), "bad_input");
    let early = qualification(&QualifyingMonths::default(), None, Some(date(1986, 3, 31)), &mut Trace::new());
    assert_eq!(early.expect_err("before").code(), "not_in_force");
}
