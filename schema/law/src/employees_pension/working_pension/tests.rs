//! Thresholds at the edges of their years, both rules, the caps.

use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn at_work(text: &str, age: i16, base: i64, pay: i64) -> AtWork {
    let (base_monthly, remuneration_monthly) = (Yen::new(base), Yen::new(pay));
    AtWork { month: month(text), age, birth: None, base_monthly, remuneration_monthly }
}

fn stop(text: &str, age: i16, base: i64, pay: i64) -> i64 {
    working_pension(&at_work(text, age, base, pay), &mut Trace::new()).expect("in force").monthly.get()
}

#[test]
fn thresholds_change_with_april() {
    let edges = [
        ("2005-04", 480),
        ("2010-03", 480),
        ("2010-04", 470),
        ("2011-04", 460),
        ("2015-03", 460),
        ("2015-04", 470),
        ("2017-04", 460),
        ("2019-03", 460),
        ("2019-04", 470),
        ("2022-03", 470),
        ("2022-04", 470),
        ("2023-03", 470),
        ("2023-04", 480),
        ("2024-03", 480),
        ("2024-04", 500),
        ("2025-03", 500),
        ("2025-04", 510),
        ("2026-03", 510),
        ("2026-04", 650),
        ("2027-03", 650),
    ];
    for (at, thousands) in edges {
        let pay = thousands * 1000 - 100_000;
        assert_eq!((stop(at, 66, 100_000, pay), stop(at, 66, 100_000, pay + 2)), (0, 1), "{at}");
    }
    let ask = |at| working_pension(&at_work(at, 66, 1, 1), &mut Trace::new()).expect_err("refused");
    assert!(
        matches!(ask("2005-03"), LawError::NotInForce { .. })
            && matches!(ask("2027-04"), LawError::PastLastCheck { .. })
    );
}

#[test]
fn sixty_five_parts_the_rules_until_2022() {
    assert_eq!((stop("2022-03", 64, 100_000, 300_000), stop("2022-03", 65, 100_000, 300_000)), (60_000, 0));
    assert_eq!((stop("2022-04", 64, 100_000, 300_000), stop("2022-04", 65, 100_000, 300_000)), (0, 0));
    let old = |at| working_pension_60_64(&at_work(at, 60, 1, 1), &mut Trace::new());
    assert!(old("2022-03").is_ok() && matches!(old("2022-04"), Err(LawError::NotInForce { .. })));
}

#[test]
fn the_four_cases_of_the_former_rule_meet_at_their_bounds() {
    let yen = |base: i64, pay: i64| {
        stop_annual_60_64(Yen::new(base * 12), pay * 12, Yen::new(280_000), Yen::new(470_000)).get()
    };
    assert_eq!((yen(100_000, 180_000), yen(100_000, 180_002)), (0, 12));
    assert_eq!(yen(200_000, 470_000), 195_000 * 12);
    assert_eq!(yen(200_000, 470_001), 195_001 * 12);
    assert_eq!(yen(280_000, 470_000), 235_000 * 12);
    assert_eq!(yen(280_002, 470_000), 235_000 * 12);
    assert_eq!(yen(280_002, 470_001), 235_001 * 12);
    assert_eq!((yen(300_000, 0), yen(10_000, 2_000_000)), (0, 10_000 * 12));
}

/// Not a yen below or at the threshold; a pension of a yen is stopped when a yen is too much.
#[test]
fn the_yearly_stop_begins_above_the_threshold() {
    assert_eq!(stop_annual(Yen::new(1_200_000), 4_800_000, Yen::new(500_000)), Yen::ZERO);
    assert_eq!(stop_annual(Yen::new(1_200_000), 4_000_000, Yen::new(500_000)), Yen::ZERO);
    let former = |base| stop_annual_60_64(Yen::new(base), 3_360_000, Yen::new(280_000), Yen::new(470_000));
    assert_eq!((former(0), former(1)), (Yen::ZERO, Yen::new(1)));
}

/// 平成16年改正法附則45条・平成24年改正法附則16条: born to 1937-04-01 free until 2015-09; others of 70 stopped from 2007-04.
#[test]
fn the_oldest_are_free_until_september_2015() {
    let of = |text, age, birth| {
        let asked = AtWork { birth: Some(birth), ..at_work(text, age, 200_000, 600_000) };
        working_pension(&asked, &mut Trace::new()).expect("in force").monthly.get()
    };
    assert_eq!((of("2007-05", 70, date(1937, 4, 1)), of("2007-05", 70, date(1937, 4, 2))), (0, 160_000));
    assert_eq!((of("2015-09", 78, date(1937, 4, 1)), of("2015-09", 78, date(1937, 4, 2))), (0, 165_000));
    assert_eq!(of("2015-10", 78, date(1937, 4, 1)), 165_000);
    assert!(working_pension(&at_work("2025-04", 130, 1, 1), &mut Trace::new()).is_ok());
}

#[test]
fn a_whole_stop_is_told() {
    let of = |base, pay| working_pension(&at_work("2025-04", 66, base, pay), &mut Trace::new()).expect("in force");
    assert!(of(100_000, 610_000).whole && !of(100_000, 609_999).whole && !of(0, 900_000).whole);
    assert_eq!(of(100_000, 2_000_000).payable_monthly, Yen::ZERO);
}

#[test]
fn a_year_is_stopped_by_the_rule_of_its_month_and_age() {
    let year = |at, under_65, base: i64, pay: i64| {
        annual_stop(Yen::new(base * 12), pay * 12, month(at), under_65, &mut Trace::new()).map(Yen::get)
    };
    for (at, age) in
        [("2005-04", 62), ("2005-04", 66), ("2022-03", 64), ("2022-03", 65), ("2022-04", 64), ("2026-04", 66)]
    {
        let monthly = working_pension(&at_work(at, age, 100_000, 480_000), &mut Trace::new()).expect("in force");
        assert_eq!(year(at, age < 65, 100_000, 480_000), Ok(monthly.annual.get()), "{at} {age}");
    }
    // (220,000 + 100,000 − 280,000) ÷ 2; (460,000 + 100,000 − 470,000) ÷ 2.
    assert_eq!(
        (year("2021-10", true, 100_000, 220_000), year("2021-10", false, 100_000, 220_000)),
        (Ok(240_000), Ok(0))
    );
    assert_eq!(year("2021-10", false, 100_000, 460_000), Ok(540_000));
    assert_eq!(year("2005-03", false, 1, 1).expect_err("no table").code(), "not_in_force");
}

#[test]
fn bonuses_are_a_twelfth_each_month() {
    let pay = remuneration_twelfths(Yen::new(300_000), Yen::new(1_200_001));
    assert_eq!(pay, 4_800_001);
    // (1,200,000 + 4,800,001 − 6,000,000) ÷ 2 = 0.5
    assert_eq!(stop_annual(Yen::new(1_200_000), pay, Yen::new(500_000)), Yen::new(1));
}

#[test]
fn what_cannot_be_is_refused() {
    for bad in [
        at_work("2025-04", 59, 1, 1),
        at_work("2025-04", 131, 1, 1),
        at_work("2025-04", 66, -1, 1),
        at_work("2025-04", 66, 1, -1),
    ] {
        assert!(matches!(working_pension(&bad, &mut Trace::new()), Err(LawError::BadInput { .. })));
    }
    assert_eq!(stop("2007-03", 69, 200_000, 600_000), 160_000);
}

proptest! {
    #[test]
    fn parts_add_up_and_more_pay_never_stops_less(base in 0_i64..500_000, pay in 0_i64..1_000_000, more in 0_i64..10_000, old: bool) {
        let (at, age) = if old { ("2021-10", 62) } else { ("2025-10", 66) };
        let less = working_pension(&at_work(at, age, base, pay), &mut Trace::new()).expect("in force");
        let most = working_pension(&at_work(at, age, base, pay + more), &mut Trace::new()).expect("in force");
        prop_assert_eq!(less.monthly + less.payable_monthly, Yen::new(base));
        prop_assert!(most.monthly >= less.monthly && most.annual <= Yen::new(base * 12));
    }

    #[test]
    fn no_question_panics(year in 1_i16..9999, age in 0_i16..200, base in -1_i64..=1_000_000_000_001, pay in -1_i64..=1_000_000_000_001) {
        let at_work = AtWork { month: Month::new(year, 4).expect("a month"), ..at_work("2025-04", age, base, pay) };
        let _ = working_pension(&at_work, &mut Trace::new());
        let _ = working_pension_60_64(&at_work, &mut Trace::new());
    }
}
