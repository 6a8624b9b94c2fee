//! Refusals, and each exclusion on both sides of its last day; cases are in the golden table.

use jiff::ToSpan;
use jiff::civil::date;

use super::*;

fn employee(engagement: Engagement) -> Employee {
    Employee {
        birth: date(1980, 5, 10),
        employed_from: date(2026, 4, 1),
        engagement,
        time: None,
        short_time: None,
        national_health_association: false,
        late_stage_elderly: false,
    }
}

fn is_insured(on: Date, employee: &Employee) -> bool {
    let insured = insured(on, employee, &mut Trace::new()).expect("in force");
    assert_eq!(insured.epi, insured.hi);
    insured.epi
}

#[test]
fn each_exclusion_ends_with_its_period() {
    let from = date(2026, 4, 1);
    let ends = [(1, date(2026, 4, 30)), (2, date(2026, 5, 31)), (4, date(2026, 7, 31)), (6, date(2026, 9, 30))];
    for (months, last) in ends {
        assert_eq!(period_end(from, months), last);
    }
    let fixed = |until| employee(Engagement::FixedTerm { until, renewal_expected: false });
    assert!(!is_insured(from, &fixed(ends[1].1)) && is_insured(from, &fixed(ends[1].1 + 1.day())));
    let seasonal = |until| employee(Engagement::Seasonal { until });
    assert!(!is_insured(from, &seasonal(ends[2].1)) && is_insured(from, &seasonal(ends[2].1 + 1.day())));
    assert!(!is_insured(date(2026, 12, 1), &seasonal(ends[2].1)), "going on by chance does not end it");
    let temporary = |until| employee(Engagement::TemporaryUndertaking { until });
    assert!(!is_insured(from, &temporary(ends[3].1)) && is_insured(from, &temporary(ends[3].1 + 1.day())));
    let by_the_day = employee(Engagement::ByTheDay);
    assert!(!is_insured(ends[0].1, &by_the_day) && is_insured(ends[0].1 + 1.day(), &by_the_day));
}

#[test]
fn three_quarters_need_both() {
    let time = |hours: i128, days: i128| WorkingTime {
        weekly_hours: Ratio::new(hours, 100),
        weekly_hours_regular: Ratio::new(3_875, 100),
        monthly_days: Ratio::new(days, 1),
        monthly_days_regular: Ratio::new(21, 1),
    };
    // 38.75 × 3/4 = 29.0625 hours, 21 × 3/4 = 15.75 days.
    assert!(is_three_quarters(&time(2_907, 16)));
    assert!(!is_three_quarters(&time(2_906, 16)));
    assert!(!is_three_quarters(&time(2_907, 15)));
    let part_timer = Employee { time: Some(time(2_906, 16)), ..employee(Engagement::Ordinary) };
    let missing = insured(date(2026, 4, 1), &part_timer, &mut Trace::new()).expect_err("facts are missing");
    assert_eq!(missing.code(), "missing_fact");
}

#[test]
fn days_that_cannot_be_are_refused() {
    let good = employee(Engagement::Ordinary);
    let refused = |on, employee: &Employee| insured(on, employee, &mut Trace::new()).expect_err("refused").code();
    assert_eq!(refused(date(2026, 3, 31), &good), "bad_input");
    let early = Employee { employed_from: date(2016, 9, 1), ..good };
    assert_eq!(refused(date(2016, 9, 30), &early), "not_in_force");
    assert!(insured(date(2016, 10, 1), &early, &mut Trace::new()).is_ok());
    assert_eq!(refused(date(2026, 4, 1), &Employee { birth: date(2026, 4, 2), ..good }), "bad_input");
    assert_eq!(refused(date(2026, 4, 1), &employee(Engagement::Seasonal { until: date(2026, 3, 31) })), "bad_input");
    assert_eq!(refused(Date::MAX, &good), "bad_input");
    let newborn = Employee { birth: good.employed_from, ..good };
    assert!(insured(date(2026, 4, 1), &newborn, &mut Trace::new()).is_ok(), "no clause asks for an age");
}
