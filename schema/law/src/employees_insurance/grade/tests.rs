//! Both sides of every bracket, and the tables as a whole.

use domain::{Month, Yen};

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// Every table in force, by one of its months.
const TABLES: [(Scheme, &str, usize, i64); 9] = [
    (Scheme::HealthInsurance, "2001-01", 39, 980_000),
    (Scheme::HealthInsurance, "2007-04", 47, 1_210_000),
    (Scheme::HealthInsurance, "2016-04", 50, 1_390_000),
    (Scheme::EmployeesPension, "2000-10", 30, 620_000),
    (Scheme::EmployeesPension, "2016-10", 31, 620_000),
    (Scheme::EmployeesPension, "2020-09", 32, 650_000),
    (Scheme::EmployeesPension, "2027-09", 33, 680_000),
    (Scheme::EmployeesPension, "2028-09", 34, 710_000),
    (Scheme::EmployeesPension, "2029-09", 35, 750_000),
];

#[test]
fn both_sides_of_every_bracket_of_every_table() {
    for (scheme, first, count, top) in TABLES {
        let mut trace = Trace::new();
        let grades = all(scheme, month(first), &mut trace).expect("in force");
        assert_eq!(grades.len(), count, "{scheme:?} {first}");
        assert_eq!(grades.last().map(|grade| grade.standard), Some(Yen::new(top)), "{scheme:?} {first}");
        for grade in grades {
            let at = |yen: Yen| lookup(scheme, month(first), yen, &mut Trace::new()).expect("in force").grade;
            assert_eq!(at(grade.from), grade.grade);
            if grade.grade > 1 {
                assert_eq!(at(grade.from - Yen::new(1)), grade.grade - 1);
            }
            assert!(grade.standard >= grade.from && grade.below.is_none_or(|below| grade.standard < below));
            let again = of_standard(scheme, month(first), grade.standard, &mut trace).expect("a standard");
            assert_eq!(again, *grade);
        }
    }
}

#[test]
fn the_day_a_table_changes() {
    let top = |scheme, text: &str| {
        let grade = lookup(scheme, month(text), Yen::new(5_000_000), &mut Trace::new()).expect("in force");
        (grade.grade, grade.standard.get())
    };
    assert_eq!(top(Scheme::EmployeesPension, "2020-08"), (31, 620_000));
    assert_eq!(top(Scheme::EmployeesPension, "2020-09"), (32, 650_000));
    assert_eq!(top(Scheme::EmployeesPension, "2027-08"), (32, 650_000));
    assert_eq!(top(Scheme::EmployeesPension, "2027-09"), (33, 680_000));
    assert_eq!(top(Scheme::HealthInsurance, "2016-03"), (47, 1_210_000));
    assert_eq!(top(Scheme::HealthInsurance, "2016-04"), (50, 1_390_000));
}

#[test]
fn what_has_no_grade() {
    let refused = |scheme, text: &str, yen: i64| {
        lookup(scheme, month(text), Yen::new(yen), &mut Trace::new()).expect_err("refused").code()
    };
    assert_eq!(refused(Scheme::HealthInsurance, "2026-04", -1), "bad_input");
    assert_eq!(refused(Scheme::HealthInsurance, "2000-12", 1), "not_in_force");
    assert_eq!(refused(Scheme::EmployeesPension, "2030-09", 1), "past_last_check");
    // 680,000円 is no EPI grade before 2027-09.
    let standard =
        |text: &str| of_standard(Scheme::EmployeesPension, month(text), Yen::new(680_000), &mut Trace::new());
    assert_eq!(standard("2027-08").expect_err("refused").code(), "bad_input");
    assert_eq!(standard("2027-09").expect("in force").grade, 33);
}

#[test]
fn an_epi_grade_is_an_hi_grade_three_higher() {
    let mut trace = Trace::new();
    for epi in all(Scheme::EmployeesPension, month("2026-04"), &mut trace).expect("in force") {
        let hi = of_standard(Scheme::HealthInsurance, month("2026-04"), epi.standard, &mut trace).expect("in force");
        assert_eq!(hi.grade, epi.grade + 3);
    }
}

/// A table of these lines: grade, standard, from, below.
fn table_of(lines: &[(u32, i64, i64, Option<i64>)]) -> Result<usize, TableError> {
    let head = "# name = x\n# checked_until = 2030-08\n\
        table,grade,standard_yen,remuneration_from_yen,remuneration_to_yen,from,until,law,source\n";
    let line = |&(grade, standard, from, below): &(u32, i64, i64, Option<i64>)| {
        let below = below.map(|below| below.to_string()).unwrap_or_default();
        format!("X,{grade},{standard},{from},{below},2020-01,,健康保険法40条,x\n")
    };
    let text = head.to_owned() + &lines.iter().map(line).collect::<String>();
    read(&text).map(|_| lines.len())
}

#[test]
fn grades_begin_at_the_first_and_join() {
    assert!(table_of(&[(1, 5, 0, Some(10)), (2, 15, 10, None)]).is_ok());
    assert!(table_of(&[(2, 5, 0, None)]).is_err(), "no first grade");
    assert!(table_of(&[(1, 5, 1, None)]).is_err(), "nothing below 1円");
    assert!(table_of(&[(1, 5, 0, Some(10)), (3, 15, 10, None)]).is_err(), "a grade left out");
    assert!(table_of(&[(1, 5, 0, Some(10)), (2, 15, 11, None)]).is_err(), "a gap of a yen");
    let many = |count: u32| -> Vec<(u32, i64, i64, Option<i64>)> {
        (1..=count).map(|grade| (grade, i64::from(grade), i64::from(grade) - 1, Some(i64::from(grade)))).collect()
    };
    assert!(table_of(&many(64)).is_ok() && table_of(&many(65)).is_err());
}

#[test]
fn the_receipt_tells_the_bracket() {
    let told = |yen| {
        let mut trace = Trace::new();
        lookup(Scheme::HealthInsurance, month("2026-04"), Yen::new(yen), &mut trace).expect("in force");
        trace.parameters()[0].value.clone()
    };
    assert_eq!(told(300_000), "22等級: 290,000円以上310,000円未満 → 300,000円");
    assert_eq!(told(2_000_000), "50等級: 1,355,000円以上 → 1,390,000円");
}
