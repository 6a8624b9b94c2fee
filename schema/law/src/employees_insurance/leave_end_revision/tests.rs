//! Both sides of each day that decides.

use super::*;

fn case(kind: LeaveKind, ended_on: Date) -> LeaveEndFiling {
    LeaveEndFiling {
        kind,
        ended_on,
        child_born_on: Some(ended_on.with().year(ended_on.year() - 1).build().expect("no leap day here")),
        next_leave_starts_on: None,
        worker: WorkerType::General,
        months: [PayMonth { base_days: 20, pay: Yen::new(240_000) }; 3],
    }
}

fn from(case: &LeaveEndFiling) -> Result<Option<String>, &'static str> {
    from_standards(case, Standards { hi: Some(Yen::new(260_000)), epi: Some(Yen::new(260_000)) })
}

fn from_standards(case: &LeaveEndFiling, current: Standards) -> Result<Option<String>, &'static str> {
    let made = revise(case, current, &mut Trace::new()).map_err(|error| error.code())?;
    Ok(made.from.map(|from| from.to_string()))
}

#[test]
fn one_grade_is_enough_from_the_fourth_month() {
    for (ended_on, expected) in [
        (date(2025, 6, 29), "2025-09"),
        (date(2025, 6, 30), "2025-10"),
        (date(2025, 12, 31), "2026-04"),
        (date(2024, 2, 28), "2024-05"),
        (date(2025, 2, 28), "2025-06"),
    ] {
        for kind in [LeaveKind::Childcare, LeaveKind::Maternity] {
            assert_eq!(from(&case(kind, ended_on)), Ok(Some(expected.to_owned())), "{ended_on}");
        }
    }
}

#[test]
fn the_child_must_be_under_three() {
    let with = |born_on: Option<Date>| {
        let ended_on = date(2025, 6, 10);
        from(&LeaveEndFiling { child_born_on: born_on, ..case(LeaveKind::Childcare, ended_on) })
    };
    assert_eq!(with(Some(date(2022, 6, 11))), Ok(Some("2025-09".to_owned())));
    assert_eq!(with(Some(date(2022, 6, 10))), Ok(None));
    assert_eq!(with(None), Err("missing_fact"));
    assert_eq!(with(Some(date(2025, 6, 11))), Err("bad_input"));
    assert_eq!(with(Some(date(2025, 6, 10))), Ok(Some("2025-09".to_owned())), "born on the last day of the leave");
}

#[test]
fn a_childcare_leave_right_after_a_maternity_leave_rules_it_out() {
    let with = |next: Date| {
        from(&LeaveEndFiling { next_leave_starts_on: Some(next), ..case(LeaveKind::Maternity, date(2025, 6, 10)) })
    };
    assert_eq!(with(date(2025, 6, 11)), Ok(None));
    assert_eq!(with(date(2025, 6, 12)), Ok(Some("2025-09".to_owned())));
}

#[test]
fn the_first_ends_that_count() {
    assert_eq!(from(&case(LeaveKind::Childcare, date(2005, 3, 31))), Err("not_in_force"));
    assert_eq!(from(&case(LeaveKind::Maternity, date(2014, 3, 31))), Err("not_in_force"));
    assert_eq!(from(&case(LeaveKind::Maternity, date(2014, 4, 1))), Ok(Some("2014-07".to_owned())));
    assert_eq!(from(&case(LeaveKind::Childcare, date(2006, 4, 1))), Ok(Some("2006-07".to_owned())));
}

#[test]
fn without_a_month_or_a_difference_nothing_is_revised() {
    let mut short = case(LeaveKind::Childcare, date(2025, 6, 10));
    short.months = [PayMonth { base_days: 16, pay: Yen::new(240_000) }; 3];
    assert_eq!(from(&short), Ok(None));
    short.worker = WorkerType::PartTimer;
    assert_eq!(from(&short), Ok(Some("2025-09".to_owned())), "15 days when no month has 17");
    let same = Standards { hi: Some(Yen::new(240_000)), epi: None };
    assert_eq!(from_standards(&short, same), Ok(None));
}

#[test]
fn the_receipt_names_the_clause_of_the_leave_and_each_scheme() {
    let current = Standards { hi: Some(Yen::new(260_000)), epi: Some(Yen::new(240_000)) };
    for (kind, clause) in [
        (LeaveKind::Childcare, "健康保険法43条の2・厚生年金保険法23条の2"),
        (LeaveKind::Maternity, "健康保険法43条の3・厚生年金保険法23条の3"),
    ] {
        let mut trace = Trace::new();
        revise(&case(kind, date(2025, 6, 10)), current, &mut trace).expect("in force");
        let told = trace.steps().iter().filter(|step| step.expression.ends_with("1等級以上の差"));
        let told: Vec<(&str, &str)> = told.map(|step| (&*step.clause, step.result.as_str())).collect();
        assert_eq!(told, [(clause, "改定する"), (clause, "改定しない")]);
    }
}
