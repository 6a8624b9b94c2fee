//! Every limit on both sides of July 2021, dependants, deductions.

use proptest::prelude::*;

use super::*;

fn limit(test: IncomeTest, dependants: Dependants, month: &str) -> Result<Yen, LawError> {
    income_limit(test, dependants, month.parse().expect("a month"), &mut Trace::new())
}

fn alone(test: IncomeTest, month: &str) -> i64 {
    limit(test, Dependants::default(), month).expect("in force").get()
}

#[test]
fn the_limits_rose_by_100_000_yen_in_july_2021_and_for_students_in_april() {
    for (test, old) in [
        (IncomeTest::Full, 570_000),
        (IncomeTest::Deferral, 570_000),
        (IncomeTest::DisabledWidowSingleParent, 1_250_000),
        (IncomeTest::ThreeQuarters, 780_000),
        (IncomeTest::Half, 1_180_000),
        (IncomeTest::OneQuarter, 1_580_000),
    ] {
        assert_eq!((alone(test, "2006-07"), alone(test, "2021-06")), (old, old), "{test:?}");
        assert_eq!((alone(test, "2021-07"), alone(test, "2027-03")), (old + 100_000, old + 100_000), "{test:?}");
    }
    assert_eq!(alone(IncomeTest::Student, "2021-03"), 1_180_000);
    assert_eq!(alone(IncomeTest::Student, "2021-04"), 1_280_000);
    for test in IncomeTest::ALL {
        assert!(matches!(limit(test, Dependants::default(), "2006-06"), Err(LawError::NotInForce { .. })));
        assert!(matches!(limit(test, Dependants::default(), "2027-04"), Err(LawError::PastLastCheck { .. })));
    }
}

#[test]
fn a_row_from_memory_says_so_on_the_receipt() {
    let mut trace = Trace::new();
    income_limit(IncomeTest::Full, Dependants::default(), "2020-07".parse().expect("a month"), &mut trace)
        .expect("known");
    assert!(trace.parameters().iter().all(|read| read.source.ends_with("[確度: 中]")));
}

#[test]
fn dependants_count_by_their_kind() {
    let of = |total, elderly, specific| Dependants { total, elderly, specific };
    assert_eq!(limit(IncomeTest::Full, of(3, 1, 1), "2025-10"), Ok(Yen::new(1_720_000)), "the kind does not matter");
    assert_eq!(
        limit(IncomeTest::OneQuarter, of(3, 1, 1), "2025-10"),
        Ok(Yen::new(1_680_000 + 380_000 + 480_000 + 630_000))
    );
    assert_eq!(limit(IncomeTest::DisabledWidowSingleParent, of(3, 1, 1), "2025-10"), Ok(Yen::new(1_350_000)));
    assert!(matches!(limit(IncomeTest::Full, of(1, 1, 1), "2025-10"), Err(LawError::BadInput { .. })));
    assert!(matches!(limit(IncomeTest::Full, of(-1, 0, 0), "2025-10"), Err(LawError::BadInput { .. })));
    assert!(matches!(limit(IncomeTest::Half, of(1, -5, 0), "2025-10"), Err(LawError::BadInput { .. })));
}

#[test]
fn deductions_count_for_partial_exemptions_and_students_only() {
    let deductions = Deductions {
        amounts: Yen::new(100_000),
        disabled: 1,
        special_disabled: 1,
        widow: true,
        single_parent: true,
        working_student: true,
    };
    let month: Month = "2025-10".parse().expect("a month");
    let of = |test, month| counted_income(test, Yen::new(2_000_000), deductions, month, &mut Trace::new());
    for test in [IncomeTest::Full, IncomeTest::Deferral, IncomeTest::DisabledWidowSingleParent] {
        assert_eq!(of(test, month), Ok(Yen::new(2_000_000)), "{test:?}");
    }
    // 100,000 + 270,000 + 400,000 + 270,000 + 350,000 + 270,000 = 1,660,000.
    for test in [IncomeTest::ThreeQuarters, IncomeTest::Half, IncomeTest::OneQuarter, IncomeTest::Student] {
        assert_eq!(of(test, month), Ok(Yen::new(340_000)), "{test:?}");
        assert!(of(test, "2021-06".parse().expect("a month")).is_err());
    }
    let small = counted_income(IncomeTest::Half, Yen::new(1), deductions, month, &mut Trace::new());
    assert_eq!(small, Ok(Yen::ZERO));
}

proptest! {
    #[test]
    fn one_dependant_more_never_lowers_the_limit(general in 0_i32..20, elderly in 0_i32..20, specific in 0_i32..20) {
        let total = general + elderly + specific;
        for test in IncomeTest::ALL {
            let of = |total, elderly, specific| limit(test, Dependants { total, elderly, specific }, "2025-10").expect("in force");
            let now = of(total, elderly, specific);
            prop_assert!(now <= of(total + 1, elderly, specific));
            prop_assert!(of(total + 1, elderly, specific) <= of(total + 1, elderly + 1, specific));
            prop_assert!(of(total + 1, elderly + 1, specific) <= of(total + 1, elderly, specific + 1));
        }
    }
}
