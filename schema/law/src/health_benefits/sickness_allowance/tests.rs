//! Rounding, short records, boundaries of both tables, the period and the waiting days.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::period::{Counting, period, remaining};
use super::waiting::waiting;
use super::*;
use crate::health_benefits::days::{DaySpan, days_after, plus_days};

fn amount(allowance: Allowance, standards: &[i64], start: Date) -> Result<(i64, i64), LawError> {
    let standards: Vec<Yen> = standards.iter().copied().map(Yen::new).collect();
    let amount = daily_amount(allowance, &standards, start, KYOKAI, &mut Trace::new())?;
    Ok((amount.base.get(), amount.daily.get()))
}

fn span(first: Date, last: Date) -> DaySpan {
    DaySpan::new("期間", first, last).expect("in order")
}

#[test]
fn both_allowances_have_the_same_amount_in_every_month() {
    for month in "2007-04".parse::<Month>().expect("a month").through("2027-03".parse().expect("a month")) {
        for start in [month.first_day(), month.last_day()] {
            let sickness = amount(Allowance::Sickness, &[300_000; 12], start).expect("in force");
            assert_eq!(sickness, (10_000, 6_667), "{start}");
            assert_eq!(amount(Allowance::Maternity, &[300_000; 12], start), Ok(sickness));
        }
    }
}

/// The averages entered a second time, fiscal year by fiscal year.
#[test]
fn item_2_follows_the_fiscal_year() {
    for (year, item2) in
        [(2016, 280_000), (2017, 280_000), (2018, 280_000)].into_iter().chain((2019..2025).map(|year| (year, 300_000)))
    {
        for start in [date(year, 4, 1), date(year + 1, 3, 31)] {
            let base = amount(Allowance::Sickness, &[1_390_000], start).expect("in force").0;
            assert_eq!(base, (item2 / 30 + 5) / 10 * 10, "{start}");
        }
    }
    for start in [date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31)] {
        assert_eq!(amount(Allowance::Sickness, &[1_390_000], start), Ok((10_670, 7_113)), "{start}");
    }
}

#[test]
fn outside_the_tables_nothing_is_guessed() {
    let refused = |start| amount(Allowance::Sickness, &[300_000; 12], start).expect_err("refused");
    assert_eq!(refused(date(2007, 3, 31)).code(), "not_in_force");
    assert_eq!(refused(date(2030, 9, 1)).code(), "past_last_check");
    assert!(refused(date(2030, 9, 1)).to_string().contains("日額の割合"));
    // The average of all insured is that of a year: not known for fiscal 2027, and asked for by short records only.
    assert!(amount(Allowance::Sickness, &[300_000; 12], date(2027, 4, 1)).is_ok());
    let short = amount(Allowance::Sickness, &[300_000], date(2027, 4, 1)).expect_err("not known");
    assert_eq!(short.code(), "past_last_check");
    let other = daily_amount(Allowance::Sickness, &[Yen::new(300_000)], date(2026, 6, 1), "x", &mut Trace::new());
    assert!(other.expect_err("no average").to_string().contains("全被保険者の標準報酬月額の平均"));
    for standards in [&[][..], &[0][..], &[300_000, 0, 300_000][..], &[-1][..]] {
        assert_eq!(amount(Allowance::Sickness, standards, date(2026, 6, 1)).expect_err("refused").code(), "bad_input");
    }
}

#[test]
fn under_five_yen_are_cut_and_five_round_up() {
    let rounded = |numerator, denominator| round_10(Ratio::new(numerator, denominator)).get();
    assert_eq!((rounded(5_024_999, 1000), rounded(5_025, 1), rounded(5_034, 1)), (5_020, 5_030, 5_030));
    assert_eq!((rounded(4, 1), rounded(49, 10), rounded(5, 1)), (0, 0, 10));
}

#[test]
fn only_months_of_the_same_insurer_without_a_break_count() {
    let record = |text: &str, insurer: &str, standard| MonthStandard {
        month: text.parse().expect("a month"),
        insurer: insurer.to_owned(),
        standard: Yen::new(standard),
    };
    let count = |records: &[MonthStandard]| {
        let found = months_of_insurer(records, date(2026, 3, 10), KYOKAI, &mut Trace::new())?;
        Ok::<_, LawError>(found.into_iter().map(Yen::get).collect::<Vec<_>>())
    };
    let last = [record("2026-03", KYOKAI, 3), record("2026-02", KYOKAI, 2), record("2026-01", KYOKAI, 1)];
    assert_eq!(count(&last), Ok(vec![1, 2, 3]));
    let with = |more: MonthStandard| [last.to_vec(), vec![more]].concat();
    assert_eq!(count(&with(record("2025-12", "a", 9))), Ok(vec![1, 2, 3]));
    assert_eq!(count(&with(record("2025-11", KYOKAI, 9))), Ok(vec![1, 2, 3]));
    assert_eq!(count(&with(record("2026-04", KYOKAI, 9))), Ok(vec![1, 2, 3]), "later months do not count");
    assert_eq!(count(&with(record("2025-12", KYOKAI, 9))), Ok(vec![9, 1, 2, 3]));
    assert!(count(&with(record("2026-01", KYOKAI, 9))).is_err());
    assert!(count(&last[1..]).is_err(), "none for the month in which it begins");
    assert!(count(&[]).is_err());
    let year: Vec<MonthStandard> =
        (0..20).map(|back| record(&Month::of(date(2026, 3, 1)).plus(-back).to_string(), KYOKAI, 5)).collect();
    assert_eq!(count(&year).map(|found| found.len()), Ok(12));
}

#[test]
fn a_period_is_counted_by_days_from_2020_07_02_on() {
    let counting = |day| period(day, &mut Trace::new()).map(|period| period.counting);
    assert_eq!(counting(date(2020, 7, 1)), Ok(Counting::Calendar));
    assert_eq!(counting(date(2020, 7, 2)), Ok(Counting::PaidDays));
    assert!(counting(date(2007, 4, 1)).is_ok());
    assert_eq!(counting(date(2007, 3, 31)).expect_err("no history").code(), "not_in_force");
    assert_eq!(counting(date(9001, 1, 1)).expect_err("no room").code(), "bad_input");
}

#[test]
fn days_paid_must_fit_the_period() {
    let period_of = |day| period(day, &mut Trace::new()).expect("in force");
    let left = |day, paid: &[DaySpan]| remaining(&period_of(day), paid, &mut Trace::new());
    let start = date(2022, 3, 4);
    let whole = span(start, date(2023, 9, 3));
    assert_eq!(left(start, &[whole]).map(|left| left.remaining_days), Ok(0));
    assert!(left(start, &[span(start, date(2023, 9, 4))]).is_err(), "one day too many");
    assert!(left(start, &[span(date(2022, 3, 5), date(2022, 3, 6))]).is_err(), "not from the first day");
    assert!(left(start, &[span(start, start), span(start, date(2022, 3, 5))]).is_err(), "a day twice");
    let late = [span(start, start), span(date(2025, 1, 1), date(2025, 1, 31))];
    assert_eq!(left(start, &late).map(|left| left.remaining_days), Ok(517), "days not paid are not used up");
    let old = date(2020, 6, 1);
    assert!(left(old, &[span(old, old), span(date(2021, 12, 1), date(2021, 12, 1))]).is_err(), "the old rule ran out");
    assert_eq!(left(old, &[]).map(|left| left.remaining_days), Ok(548));
}

#[test]
fn three_days_wait_and_no_more_than_once() {
    let day = |offset: i64| date(2026, 6, 1) + offset.days();
    assert_eq!(waiting(&[], &[], &mut Trace::new()), None);
    let broken = waiting(&[span(day(0), day(5))], &[span(day(2), day(2)), span(day(5), day(5))], &mut Trace::new());
    assert_eq!(broken, None, "two days and two");
}

#[test]
fn a_fraction_has_a_denominator() {
    assert_eq!(fraction("2/3"), Some(Ratio::new(2, 3)));
    assert_eq!(["2/0", "2/-3", "2", "/3"].map(fraction), [None; 4]);
}

/// 出産手当金 has its rate by 102条2項, which refers to 99条2項.
#[test]
fn the_receipt_tells_the_clause_of_the_allowance_and_the_months_that_count() {
    for (allowance, clause) in
        [(Allowance::Sickness, "健康保険法99条2項"), (Allowance::Maternity, "健康保険法102条2項・99条2項")]
    {
        let mut trace = Trace::new();
        let amount = daily_amount(allowance, &[Yen::new(300_000); 12], date(2026, 6, 1), KYOKAI, &mut trace);
        assert_eq!(amount.map(|amount| amount.daily), Ok(Yen::new(6_667)));
        assert_eq!(trace.steps().last().map(|step| &*step.clause), Some(clause));
    }
    let record = |month: i8| MonthStandard {
        month: Month::new(2026, month).expect("a month"),
        insurer: KYOKAI.to_owned(),
        standard: Yen::new(300_000),
    };
    let mut trace = Trace::new();
    months_of_insurer(&[1, 2, 3].map(record), date(2026, 3, 10), KYOKAI, &mut trace).expect("three months");
    let told = trace.steps()[0].values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>();
    assert_eq!((told, trace.steps()[0].result.as_str()), (vec![KYOKAI, "2026-01", "2026-03"], "3月"));
}

proptest! {
    /// A higher standard in any month never pays less; the amount is two thirds to the yen.
    #[test]
    fn more_pay_never_pays_less(
        standards in proptest::collection::vec(1_i64..1_400, 1..15),
        place in 0_usize..15,
        more in 1_i64..500,
    ) {
        let start = date(2026, 6, 1);
        let standards: Vec<i64> = standards.into_iter().map(|thousands| thousands * 1000).collect();
        let (base, daily) = amount(Allowance::Sickness, &standards, start).expect("in force");
        prop_assert!(base % 10 == 0 && (3 * daily - 2 * base).abs() <= 1, "{base} {daily}");
        let mut raised = standards.clone();
        let place = place % raised.len();
        raised[place] += more * 1000;
        prop_assert!(amount(Allowance::Sickness, &raised, start).expect("in force").1 >= daily);
        let most = i64::try_from(standards.len().min(12)).expect("few");
        let sum: i64 = standards[standards.len().saturating_sub(12)..].iter().sum();
        prop_assert!(standards.len() < 12 || (base * 30 * most - sum).abs() <= 5 * 30 * most);
        prop_assert!(standards.len() >= 12 || base <= 10_670);
    }

    /// 18 months are 546 to 551 days, and paying every day ends on the last.
    #[test]
    fn a_period_has_as_many_days_as_its_months(offset in 0_i64..7_000) {
        let paid_from = plus_days(date(2007, 4, 1), offset);
        let period = period(paid_from, &mut Trace::new()).expect("in force");
        prop_assert!((546..=551).contains(&period.total_days), "{paid_from}: {}", period.total_days);
        let left = remaining(&period, &[span(paid_from, paid_from)], &mut Trace::new()).expect("fits");
        prop_assert_eq!((left.remaining_days, left.last_day), (period.total_days - 1, period.calendar_end));
    }

    /// Against a count day by day.
    #[test]
    fn waiting_by_the_day(unfit in proptest::collection::vec(proptest::bool::ANY, 1..20)) {
        let day = |offset: usize| date(2026, 6, 1) + i64::try_from(offset).expect("few").days();
        let spans: Vec<DaySpan> =
            unfit.iter().enumerate().filter(|(_, unfit)| **unfit).map(|(place, _)| span(day(place), day(place))).collect();
        let complete = (2..unfit.len()).find(|&place| unfit[place - 2] && unfit[place - 1] && unfit[place]);
        let found = waiting(&spans, &[], &mut Trace::new());
        prop_assert_eq!(found.map(|found| found.completed_on), complete.map(day));
        let first = complete.and_then(|third| (third + 1..unfit.len()).find(|&place| unfit[place]));
        prop_assert_eq!(found.and_then(|found| found.first_payable), first.map(day));
    }
}

#[test]
fn days_after_counts_both_ways() {
    assert_eq!(days_after(date(2024, 2, 28), date(2024, 3, 1)), 2);
    assert_eq!(days_after(date(2024, 3, 1), date(2024, 2, 28)), -2);
}
