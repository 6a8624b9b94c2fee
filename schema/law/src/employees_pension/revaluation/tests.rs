//! Bands, cohorts and years at their edges; the tables against their own recursion.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn rate(year: i16, birth: Date, at: &str) -> Result<Thousandths, LawError> {
    revaluation_rate(year, birth, month(at), &mut Trace::new())
}

fn rates(year: i16, birth: Date) -> RevaluationRates {
    RevaluationRates::of(year, birth, &mut Trace::new()).expect("on file")
}

/// 名目手取り賃金変動率 or 物価変動率 with the slide (as the ministry announced), price, slide; in thousandths.
const ANNOUNCED: [(i16, i64, i64, i64); 12] = [
    (2015, 1014, 1027, 991),
    (2016, 1000, 1008, 1000),
    (2017, 999, 999, 1000),
    (2018, 1000, 1005, 1000),
    (2019, 1001, 1010, 995),
    (2020, 1002, 1005, 999),
    (2021, 999, 1000, 1000),
    (2022, 996, 998, 1000),
    (2023, 1022, 1025, 994),
    (2024, 1027, 1032, 996),
    (2025, 1019, 1027, 996),
    (2026, 1020, 1032, 999),
];

/// 可処分所得割合変化率.
fn disposable(year: i16) -> i64 {
    match year {
        ..=2019 => 998,
        2020 => 999,
        _ => 1000,
    }
}

fn factors(year: i16, general: i64, price: i64, slide: i64) -> YearFactors {
    let newest = next_rate(Thousandths(disposable(year)), Thousandths(slide));
    let exact = i128::from(price) * i128::from(disposable(year)) * i128::from(slide);
    let recent = Thousandths(super::super::half_up(exact, 1_000_000));
    YearFactors { fiscal_year: year, general: Thousandths(general), recent, newest }
}

#[test]
fn every_year_follows_from_the_year_before() {
    for birth in [date(1956, 4, 2), date(1956, 4, 1)] {
        for (year, general, price, slide) in ANNOUNCED {
            let general = if year == 2023 && birth == date(1956, 4, 1) { 1019 } else { general };
            let (before, after) = (rates(year - 1, birth), rates(year, birth));
            let factors = factors(year, general, price, slide);
            for at in month("1942-06").through(Month::new(year, 3).expect("a month")) {
                let expected = next_rate(before.at(at).expect("a rate"), factors.of(at));
                assert_eq!(after.at(at), Ok(expected), "{year} {at}");
            }
            let own = Month::new(year, 4).expect("a month");
            assert_eq!(
                after.at(own),
                Ok(next_rate(before.at(own.previous()).expect("a rate"), factors.newest)),
                "{year}"
            );
        }
    }
}

#[test]
fn the_older_cohorts_follow_too() {
    for (year, general, price, slide) in ANNOUNCED.into_iter().filter(|(year, ..)| *year == 2025) {
        for birth in [date(1930, 4, 1), date(1933, 4, 2), date(1938, 4, 1)] {
            let (before, after, factors) =
                (rates(year - 1, birth), rates(year, birth), factors(year, general, price, slide));
            for at in month("1958-03").through(month("2025-03")) {
                assert_eq!(
                    after.thousandths(at),
                    next_rate(Thousandths(before.thousandths(at)), factors.of(at)).0,
                    "{at}"
                );
            }
        }
    }
}

#[test]
fn own_year_values_as_announced() {
    let own = |year: i16| rate(year, date(1960, 5, 5), &format!("{year}-04")).map(|rate| rate.0);
    assert_eq!([2021, 2022, 2023, 2024, 2025, 2026].map(own), [936, 936, 930, 926, 922, 921].map(Ok));
}

#[test]
fn the_array_says_the_same_as_the_table_month_by_month() {
    for (year, birth) in
        [(2014, date(1960, 1, 1)), (2023, date(1956, 4, 1)), (2025, date(1930, 4, 1)), (2026, date(1970, 1, 1))]
    {
        let array = rates(year, birth);
        assert_eq!(array.fiscal_year(), year);
        for at in month("1957-01").through(Month::new(year + 1, 3).expect("a month")) {
            assert_eq!(array.at(at), revaluation_rate(year, birth, at, &mut Trace::new()), "{year} {at}");
        }
        assert_eq!(array.thousandths(Month::new(year + 1, 4).expect("a month")), 0);
        assert!(array.at(Month::new(year + 1, 4).expect("a month")).is_err());
    }
}

#[test]
fn cohorts_part_on_2_april() {
    assert_eq!(rate(2025, date(1956, 4, 1), "2003-04"), Ok(Thousandths(1037)));
    assert_eq!(rate(2025, date(1956, 4, 2), "2003-04"), Ok(Thousandths(1040)));
    assert_eq!(rate(2022, date(1956, 4, 1), "2003-04"), rate(2022, date(1956, 4, 2), "2003-04"));
    assert_ne!(rate(2025, date(1938, 4, 1), "1980-04"), rate(2025, date(1938, 4, 2), "1980-04"));
}

#[test]
fn what_is_not_on_file_is_refused_by_name() {
    let name = |error: LawError| match error {
        LawError::NotInForce { table, .. } | LawError::PastLastCheck { table, .. } => table,
        other => panic!("{other}"),
    };
    let refused = |year, birth, at| rate(year, birth, at).expect_err("refused");
    assert_eq!(name(refused(2013, date(1960, 1, 1), "1980-04")), "再評価率");
    assert_eq!(name(refused(2023, date(1938, 4, 1), "1980-04")), "再評価率");
    assert_eq!(name(refused(2027, date(1960, 1, 1), "1980-04")), "再評価率");
    let estimate = refused(2026, date(1938, 4, 1), "1980-04");
    assert!(
        matches!(&estimate, LawError::CannotDecide { reason } if reason.contains("「再評価率」の2026年度")),
        "{estimate}"
    );
    assert!(RevaluationRates::of(2026, date(1938, 4, 1), &mut Trace::new()).is_err());
    assert!(rate(2026, date(1938, 4, 2), "1980-04").is_ok());
    assert!(matches!(refused(2025, date(1960, 1, 1), "2026-04"), LawError::BadInput { .. }));
    assert!(rate(2025, date(1960, 1, 1), "2026-03").is_ok());
}

#[test]
fn a_derived_table_says_so_on_the_receipt() {
    let told = |year, birth| {
        let mut trace = Trace::new();
        revaluation_rate(year, birth, month("1990-04"), &mut trace).expect("on file");
        trace.steps().iter().any(|step| step.clause == "法令データの確からしさ")
    };
    assert!(told(2024, date(1938, 4, 1)) && told(2026, date(1970, 1, 1)));
    assert!(!told(2025, date(1970, 1, 1)));
}

#[test]
fn the_level_of_1994_is_one_series() {
    let rates = RevaluationRates::level_1994(2025, &mut Trace::new()).expect("on file");
    for (at, expected) in
        [("1942-06", 13_960), ("1958-03", 13_960), ("1958-04", 13_660), ("2003-04", 917), ("2026-03", 834)]
    {
        assert_eq!(rates.at(month(at)), Ok(Thousandths(expected)), "{at}");
        assert_eq!(level_1994_rate(2025, month(at), &mut Trace::new()), Ok(Thousandths(expected)), "{at}");
    }
    assert!(rates.at(month("2026-04")).is_err());
}

/// The value of 2026 is an estimate: months before it compute, its own are refused.
#[test]
fn an_estimated_band_refuses_its_own_months_only() {
    let rates = RevaluationRates::level_1994(2026, &mut Trace::new()).expect("on file");
    assert_eq!(rates.at(month("2026-03")), Ok(Thousandths(834)));
    for error in [rates.at(month("2026-04")), level_1994_rate(2026, month("2026-04"), &mut Trace::new())] {
        assert!(matches!(error, Err(LawError::CannotDecide { reason }) if reason.contains("従前額保障の再評価率")));
    }
    assert!(RevaluationRates::level_1994(2004, &mut Trace::new()).is_err());
}

#[test]
fn a_bad_page_is_refused() {
    let head = "# name = 再評価率\n# checked_until = 2027-03\nkey,from,until,born_from,born_until,month_from,month_until,value,source,confidence\n";
    let read = |rows: &str| read_rates(&format!("{head}{rows}"));
    let first = "a,2025-04,,,,,1958-03,1.5,x,high\n";
    assert!(read(first).is_ok());
    assert!(read(&format!("{first}a,2025-04,,,,1958-04,1959-03,1.4,x,high\n")).is_ok());
    for bad in [
        "a,2025-04,,,,1958-05,1959-03,1.4,x,high\n",
        "a,2025-04,,,,1958-04,1959-03,1.4,x,low\n",
        "a,2025-04,,,,1958-04,1958-03,1.4,x,high\n",
        "a,2025-04,,,,1958-04,1959-03,1.4567,x,high\n",
        "a,2025-04,,,,1958-04,1959-03,0,x,high\n",
        "a,2025-04,,,,1958-04,1959-03,1.4,x,sure\n",
        "b,2025-04,,,,1958-04,1959-03,1.4,x,high\n",
    ] {
        assert!(read(&format!("{first}{bad}")).is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn no_question_panics(year in 0_i16..9999, birth_year in 1868_i16..2100, at_year in 1000_i16..8999, at in 1_i8..=12) {
        let at = Month::new(at_year, at).expect("a month");
        let _ = revaluation_rate(year, date(birth_year, 4, 1), at, &mut Trace::new());
        let _ = level_1994_rate(year, at, &mut Trace::new());
    }

    #[test]
    fn rates_never_rise_with_later_months_but_by_a_little(year in 2014_i16..=2026, back in 0_i32..800) {
        // The older the month, the more its pay is raised; deflation years differ by less than a tenth.
        let rates = rates(year, date(1960, 1, 1));
        let at = Month::new(year + 1, 3).expect("a month").plus(-back);
        prop_assert!(rates.thousandths(at.previous()) * 10 >= rates.thousandths(at) * 9);
    }
}
