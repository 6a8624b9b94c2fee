//! Leaves day by day, old rule and new, joined and added.

use jiff::ToSpan;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn leave(kind: LeaveKind, start: Date, end: Date) -> LeaveSpell {
    LeaveSpell { kind, start, end, worked_days_excluded: 0 }
}

fn childcare(start: Date, end: Date) -> LeaveSpell {
    leave(LeaveKind::Childcare, start, end)
}

#[test]
fn the_new_rule_day_by_day() {
    for begin in 0..62 {
        for length in 1..70 {
            let start = date(2024, 1, 10) + begin.days();
            let end = start + (length - 1).days();
            let back_at_work = end + 1.day();
            for month in month("2023-12").through(month("2024-07")) {
                let first_rule = Month::of(start) <= month && month < Month::of(back_at_work);
                let within = Month::of(start) == month && Month::of(back_at_work) == month;
                let state = exempt_in(month, &[childcare(start, end)]);
                assert_eq!(state.month, first_rule || (within && length >= 14), "{start} {end} {month}");
                let longer = back_at_work > period_end(start, 1) + 1.day();
                assert_eq!(state.bonus, first_rule && longer, "{start} {end} {month}");
            }
        }
    }
}

#[test]
fn exactly_one_month_does_not_exempt_a_bonus() {
    let bonus = |start, end, text: &str| exempt_in(month(text), &[childcare(start, end)]).bonus;
    assert!(!bonus(date(2025, 12, 15), date(2026, 1, 14), "2025-12"));
    assert!(bonus(date(2025, 12, 15), date(2026, 1, 15), "2025-12"));
    assert!(!bonus(date(2025, 1, 31), date(2025, 2, 28), "2025-01"));
    assert!(bonus(date(2025, 1, 31), date(2025, 3, 1), "2025-01"));
}

#[test]
fn leaves_within_one_month_are_added_and_consecutive_ones_joined() {
    let first = childcare(date(2025, 3, 1), date(2025, 3, 7));
    let later = childcare(date(2025, 3, 17), date(2025, 3, 23));
    assert!(!exempt_in(month("2025-03"), &[first]).month);
    assert!(exempt_in(month("2025-03"), &[first, later]).month);
    assert!(exempt_in(month("2025-03"), &[later, first]).month, "the order does not matter");
    let worked = LeaveSpell { worked_days_excluded: 1, ..later };
    assert!(!exempt_in(month("2025-03"), &[first, worked]).month);
    // Two leaves without a day between are one: over a month together.
    let (one, two) = (childcare(date(2025, 6, 16), date(2025, 6, 30)), childcare(date(2025, 7, 1), date(2025, 7, 20)));
    assert_eq!(exempt_in(month("2025-06"), &[one, two]), ExemptState { month: true, bonus: true });
    assert_eq!(exempt_in(month("2025-06"), &[one]), ExemptState { month: true, bonus: false });
    // The last part of a leave from an earlier month is not counted for the 14 days.
    let ends = childcare(date(2025, 6, 20), date(2025, 7, 16));
    assert!(!exempt_in(month("2025-07"), &[ends]).month);
    let days = childcare(date(2025, 7, 20), date(2025, 7, 26));
    assert!(!exempt_in(month("2025-07"), &[ends, days]).month);
}

#[test]
fn leaves_with_a_day_between_stay_two_and_joined_ones_keep_the_days_worked() {
    // 30 June was worked: ten days of June, and a leave of its own in July.
    let (june, july) =
        (childcare(date(2025, 6, 20), date(2025, 6, 29)), childcare(date(2025, 7, 1), date(2025, 7, 31)));
    assert_eq!(exempt_in(month("2025-06"), &[june, july]), ExemptState::default());
    let without_a_day_between = LeaveSpell { end: date(2025, 6, 30), ..june };
    assert_eq!(exempt_in(month("2025-06"), &[without_a_day_between, july]), ExemptState { month: true, bonus: true });
    // 3 to 16 March in two parts are 14 days; a day worked in either makes them 13.
    let parts = [childcare(date(2025, 3, 3), date(2025, 3, 9)), childcare(date(2025, 3, 10), date(2025, 3, 16))];
    assert!(exempt_in(month("2025-03"), &parts).month);
    for worked in 0..2 {
        let mut parts = parts;
        parts[worked].worked_days_excluded = 1;
        assert!(!exempt_in(month("2025-03"), &parts).month, "part {worked}");
    }
}

#[test]
fn leaves_begun_before_2022_10_follow_the_old_rule() {
    let old = childcare(date(2022, 9, 30), date(2022, 10, 1));
    assert_eq!(exempt_in(month("2022-09"), &[old]), ExemptState { month: true, bonus: true });
    assert!(!exempt_in(month("2022-09"), &[childcare(date(2022, 9, 1), date(2022, 9, 29))]).month);
    let new = childcare(date(2022, 10, 1), date(2022, 10, 29));
    assert_eq!(exempt_in(month("2022-10"), &[new]), ExemptState { month: true, bonus: false });
}

#[test]
fn maternity_has_no_test_of_length() {
    let day = leave(LeaveKind::Maternity, date(2025, 8, 31), date(2025, 8, 31));
    assert_eq!(exempt_in(month("2025-08"), &[day]), ExemptState { month: true, bonus: true });
    let inside = leave(LeaveKind::Maternity, date(2025, 8, 1), date(2025, 8, 30));
    assert_eq!(exempt_in(month("2025-08"), &[inside]), ExemptState::default());
}

#[test]
fn maternity_before_2014_is_not_exempt() {
    let months = |start, end| exempt_months(leave(LeaveKind::Maternity, start, end), &mut Trace::new());
    assert_eq!(months(date(2014, 2, 1), date(2014, 4, 29)).expect_err("before").code(), "not_in_force");
    let first = months(date(2014, 2, 1), date(2014, 4, 30)).expect("in force");
    assert_eq!(first.months, [month("2014-04")]);
}

#[test]
fn what_cannot_be_a_leave() {
    let refused = |leave| exempt_months(leave, &mut Trace::new()).expect_err("refused").code();
    assert_eq!(refused(childcare(date(2025, 3, 10), date(2025, 3, 9))), "bad_input");
    let leave = childcare(date(2025, 3, 10), date(2025, 3, 10));
    assert_eq!(refused(LeaveSpell { worked_days_excluded: 2, ..leave }), "bad_input");
    assert_eq!(refused(LeaveSpell { worked_days_excluded: -1, ..leave }), "bad_input");
    assert_eq!(refused(childcare(date(2005, 3, 31), date(2025, 3, 9))), "not_in_force");
}

#[test]
fn the_first_leaves_and_days_worked_that_can_be() {
    let months = |leave| exempt_months(leave, &mut Trace::new()).map(|exempt| exempt.months.len());
    assert_eq!(months(childcare(date(2005, 4, 1), date(2005, 4, 30))), Ok(1));
    let worked = |days, leave| months(LeaveSpell { worked_days_excluded: days, ..leave }).is_ok();
    let (one, two) = (childcare(date(2025, 3, 10), date(2025, 3, 10)), childcare(date(2025, 3, 10), date(2025, 3, 11)));
    assert!(worked(1, one) && worked(2, two), "every day may have been worked");
    assert!(!worked(2, one) && !worked(3, two));
}

#[test]
fn the_steps_name_the_rule_that_was_applied() {
    let clauses = |leave| {
        let mut trace = Trace::new();
        exempt_months(leave, &mut trace).expect("in force");
        trace.steps().iter().map(|step| step.clause.clone().into_owned()).collect::<Vec<_>>()
    };
    let old = "健康保険法159条・厚生年金保険法81条の2 (令和4年9月までの開始)";
    assert_eq!(clauses(childcare(date(2022, 9, 30), date(2022, 10, 20))), [old; 2]);
    let new = "健康保険法159条1項・厚生年金保険法81条の2第1項";
    assert_eq!(clauses(childcare(date(2022, 10, 1), date(2022, 10, 20))), [new; 2]);
    let maternity = "健康保険法159条の3・厚生年金保険法81条の2の2";
    assert_eq!(clauses(leave(LeaveKind::Maternity, date(2022, 9, 30), date(2022, 10, 20))), [maternity; 2]);
}
