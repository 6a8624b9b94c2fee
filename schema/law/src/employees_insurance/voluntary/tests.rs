//! Caps, rates and their months; the discount between its bounds; periods and losses at their edges.

use domain::Month;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::discount::{present_value, rounded_sum};
use super::membership::{Application, LossCause, entry, loss};
use super::prepayment::{Period, Prepaid, Refund, SecondInsured, periods, prepayment, refund};
use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn tokyo() -> Prefecture {
    Prefecture::from_jis(13).expect("Tokyo")
}

#[test]
fn a_cap_is_the_grade_of_its_average() {
    for year in ["2019-04", "2025-04", "2026-04"] {
        let cap = *CAPS.at(KYOKAI, month(year), &mut Trace::new()).expect("in force");
        let average = cap.average.expect("on file");
        let grade = grade::lookup(Scheme::HealthInsurance, month(year), average, &mut Trace::new()).expect("a grade");
        assert_eq!((grade.grade, grade.standard), (cap.grade, cap.standard), "{year}");
    }
}

#[test]
fn the_cap_moves_in_april() {
    let capped = |text: &str| standard(Yen::new(1_390_000), month(text), &mut Trace::new()).map(Yen::get);
    assert_eq!((capped("2016-04"), capped("2019-03")), (Ok(280_000), Ok(280_000)));
    assert_eq!((capped("2019-04"), capped("2025-03")), (Ok(300_000), Ok(300_000)));
    assert_eq!((capped("2025-04"), capped("2027-03")), (Ok(320_000), Ok(320_000)));
    let error = capped("2027-04").expect_err("not known");
    assert!(matches!(&error, LawError::PastLastCheck { table, .. } if table.contains("上限")), "{error}");
    assert_eq!(capped("2003-03").expect_err("before the table").code(), "bad_input", "no such grade then");
    let below = standard(Yen::new(58_000), month("2026-04"), &mut Trace::new());
    assert_eq!(below, Ok(Yen::new(58_000)));
    assert!(standard(Yen::new(58_001), month("2026-04"), &mut Trace::new()).is_err(), "not a standard");
    assert!(check_standard(Yen::new(320_000), month("2026-04"), &mut Trace::new()).is_ok());
    assert!(check_standard(Yen::new(340_000), month("2026-04"), &mut Trace::new()).is_err(), "above the cap");
    assert!(check_standard(Yen::new(320_000), month("2025-03"), &mut Trace::new()).is_err(), "above the cap then");
}

/// The voluntary insured get an employee's rates one month later: in every prefecture and month.
#[test]
fn rates_are_those_of_the_month_before_and_the_levy_begins_in_april() {
    for prefecture in Prefecture::all() {
        for month in month("2012-04").through(month("2027-03")) {
            let own = rates(prefecture, month, &mut Trace::new()).expect("in force");
            let before = HealthRates::at(prefecture, month.previous(), &mut Trace::new()).expect("in force");
            assert_eq!((own.health, own.ltci), (before.health, before.ltci), "{prefecture} {month}");
            let levied = month >= Month::new(2026, 4).expect("a month");
            assert_eq!(own.support, if levied { Ratio::new(23, 10_000) } else { Ratio::ZERO }, "{month}");
        }
        assert_eq!(rates(prefecture, month("2012-03"), &mut Trace::new()).expect_err("before").code(), "not_in_force");
        let after = rates(prefecture, month("2027-04"), &mut Trace::new()).expect_err("after");
        assert!(
            matches!(&after, LawError::PastLastCheck { table, .. } if table == "任意継続被保険者の都道府県単位保険料率")
        );
    }
    assert!(LTCI_RATES.at(NATIONAL, month("2009-04"), &mut Trace::new()).is_ok());
    assert!(LTCI_RATES.at(NATIONAL, month("2009-03"), &mut Trace::new()).is_err());
}

#[test]
fn a_rate_that_is_no_rate_is_refused() {
    let text = |value: &str| {
        format!(
            "# name = t\n# law = l\n# checked_until = 2027-03\nkey,from,until,value,source\n00,2020-01,,{value},x\n"
        )
    };
    assert!(read_rates(&text("0.0985")).is_ok());
    for bad in ["1", "-0.1", "0.0000001", "x", ""] {
        assert!(read_rates(&text(bad)).is_err(), "{bad}");
    }
}

/// w^12 = 25/26, w^24 = (25/26)²: the bounds hold what is rational, and are narrow.
#[test]
fn the_bounds_enclose_and_are_narrow() {
    let one: u128 = 1 << 60;
    assert_eq!(present_value(0), super::discount::Enclosed { low: one, high: one });
    for months in 0..=24 {
        let value = present_value(months);
        assert!(value.low <= value.high && value.high - value.low < 200, "{months}: {value:?}");
    }
    // The base of the lower bound: its twelfth power, each product rounded up, is still no more than 25/26.
    let low = present_value(1).low;
    let power = |base: u128| (0..12).fold(one, |power, _| (power * base).div_ceil(one));
    assert!(power(low) <= one * 25 / 26 && power(low + 1) > one * 25 / 26);
    let year = present_value(12);
    assert!(year.low * 26 <= one * 25 && one * 25 <= year.high * 26);
    let two = present_value(24);
    assert!(two.low * 676 <= one * 625 && one * 625 <= two.high * 676);
    // 1 ÷ 1.04^(1/12) = 0.996736942618562…
    let month = present_value(1);
    let scale = 1_000_000_000_000_000_u128;
    assert_eq!(((month.low * scale) >> 60, (month.high * scale) >> 60), (996_736_942_618_562, 996_736_942_618_562));
}

#[test]
fn without_discount_half_a_yen_goes_up() {
    let sum = |tenths: i128| rounded_sum(&[(Ratio::new(tenths, 10), 0)]).expect("exact").get();
    assert_eq!((sum(57_654), sum(57_655), sum(57_656)), (5_765, 5_766, 5_766));
    assert_eq!(rounded_sum(&[]), Ok(Yen::ZERO));
}

/// Every standard, prefecture and length: always decided, and never more than the premiums.
#[test]
fn every_prepayment_of_a_fiscal_year_is_decided() {
    let standards = [58_000, 98_000, 142_000, 200_000, 280_000, 300_000, 320_000];
    for (prefecture, months) in
        Prefecture::all().flat_map(|prefecture| (1..=12).map(move |months| (prefecture, months)))
    {
        for standard in standards {
            let period = Period::of(month("2026-04"), months).expect("within the year");
            let second_insured = SecondInsured::Always(months % 2 == 0);
            let prepaid = Prepaid { standard: Yen::new(standard), prefecture, second_insured, period };
            let amount = prepayment(&prepaid, &mut Trace::new()).expect("decided");
            let rates = rates(prefecture, period.first, &mut Trace::new()).expect("in force");
            let plain = exact_premium(prepaid.standard, rates, months % 2 == 0).round(Rounding::Floor).get()
                * i64::from(months);
            assert!(amount.get() < plain && amount.get() * 100 > plain * 96, "{prefecture} {standard} {months}");
        }
    }
}

#[test]
fn no_period_goes_beyond_march() {
    assert!(Period::of(month("2026-04"), 12).is_ok());
    assert!(Period::of(month("2026-04"), 13).is_err());
    assert!(Period::of(month("2026-04"), 0).is_err());
    assert!(Period::of(month("2026-10"), 6).is_ok());
    assert!(Period::of(month("2026-10"), 7).is_err());
    assert_eq!(Period::of(month("2026-10"), 6).expect("a period").pay_by(), date(2026, 9, 30));
}

#[test]
fn a_refund_is_for_a_loss_within_the_period() {
    let period = Period::of(month("2026-04"), 6).expect("a period");
    let second_insured = SecondInsured::Always(false);
    let prepaid = Prepaid { standard: Yen::new(320_000), prefecture: tokyo(), second_insured, period };
    let back = |lost_on, formula| refund(&prepaid, lost_on, formula, &mut Trace::new());
    assert!(back(date(2026, 3, 31), Refund::PrepaidShare).is_err());
    assert!(back(date(2026, 10, 1), Refund::PrepaidShare).is_err());
    let mut last = Yen::new(i64::MAX);
    for month in period.first.through(period.last) {
        let share = back(month.last_day(), Refund::PrepaidShare).expect("within");
        let value = back(month.last_day(), Refund::ValueAtLoss).expect("within");
        assert!(share < last && share < value, "{month}");
        last = share;
    }
    let huge = Prepaid { standard: Yen::new(i64::MAX), ..prepaid };
    assert_eq!(prepayment(&huge, &mut Trace::new()).expect_err("no standard").code(), "bad_input");
}

#[test]
fn periods_begin_the_month_after_and_end_the_month_before() {
    let found = |year, acquired_on, lost_on| periods(year, acquired_on, lost_on, &mut Trace::new());
    assert_eq!(found(2026, date(2027, 3, 1), None).expect("a year"), [], "acquired in the last month");
    assert_eq!(found(2026, date(2027, 2, 28), None).expect("a year").len(), 1, "March only");
    assert_eq!(found(2026, date(2024, 4, 1), None).expect("a year"), [], "lost on 1 April 2026");
    assert_eq!(found(2026, date(2024, 4, 2), None).expect("a year"), [], "lost on 2 April 2026: April is not charged");
    assert!(found(2026, date(2026, 4, 1), Some(date(2026, 4, 1))).is_err());
    assert!(found(9500, date(2026, 4, 1), None).is_err());
    assert!(found(2026, Date::MAX, None).is_err());
}

fn application(applied_on: Date) -> Application {
    let (insured_from, lost_on) = (date(2020, 4, 1), date(2026, 4, 1));
    Application { insured_from, lost_on, applied_on, late_accepted: false, first_premium_paid: true }
}

#[test]
fn what_cannot_be_an_application() {
    let refused = |application: Application| entry(&application, &mut Trace::new()).expect_err("refused").code();
    let good = application(date(2026, 4, 1));
    assert_eq!(refused(Application { lost_on: good.insured_from, ..good }), "bad_input");
    assert_eq!(refused(Application { applied_on: date(2020, 3, 31), ..good }), "bad_input");
    assert_eq!(refused(Application { lost_on: date(2029, 1, 1), ..good }), "outside_calendar");
}

#[test]
fn losses_before_the_acquisition_or_the_law_are_refused() {
    let acquired_on = date(2021, 12, 1);
    let day = |cause| loss(acquired_on, cause, &mut Trace::new()).map(|loss| loss.lost_on);
    let early = day(LossCause::OwnRequest(date(2021, 12, 31))).expect_err("before 2022");
    assert_eq!(early.code(), "not_in_force");
    assert_eq!(day(LossCause::OwnRequest(date(2022, 1, 1))), Ok(date(2022, 2, 1)));
    assert_eq!(day(LossCause::Insured(date(2021, 11, 30))).expect_err("before").code(), "bad_input");
    assert_eq!(day(LossCause::Insured(date(2030, 1, 1))), Ok(date(2023, 12, 1)), "two years at the latest");
    assert_eq!(day(LossCause::Death(Date::MAX)).expect_err("no such day").code(), "bad_input");
}

/// Applied for before the loss it is in time; each reason is that of its own clause.
#[test]
fn an_application_fails_for_the_reason_that_is_told() {
    let good = application(date(2026, 4, 20));
    let reason = |application| entry(&application, &mut Trace::new()).expect("in the calendar").reason;
    assert_eq!(reason(Application { applied_on: good.insured_from, ..good }), "任意継続被保険者となる");
    let short = Application { insured_from: good.lost_on.checked_sub(1.month()).expect("a day"), ..good };
    assert!(reason(short).contains("継続して2月以上"));
    assert!(reason(Application { applied_on: date(2027, 4, 20), ..good }).contains("20日以内"));
    assert!(reason(Application { first_premium_paid: false, ..good }).contains("初めて納付すべき保険料"));
}

/// 健康保険法38条4号: insured elsewhere on the very day; the month of acquisition is charged (157条).
#[test]
fn cover_can_be_lost_on_the_day_it_begins() {
    let lost = loss(date(2026, 4, 1), LossCause::Insured(date(2026, 4, 1)), &mut Trace::new()).expect("a day");
    assert_eq!((lost.lost_on, lost.last_charged), (date(2026, 4, 1), month("2026-04")));
}

proptest! {
    #[test]
    fn longer_never_costs_less_and_parts_are_no_more_than_the_whole(
        standard in 0_i64..=320, months in 1_i32..12, jis in 1_u8..=47, ltci: bool,
    ) {
        let prefecture = Prefecture::from_jis(jis).expect("47 of them");
        let amount = |months| {
            let period = Period::of(month("2026-04"), months).expect("within the year");
            let prepaid =
                Prepaid { standard: Yen::new(standard * 1_000), prefecture, second_insured: SecondInsured::Always(ltci), period };
            prepayment(&prepaid, &mut Trace::new()).expect("decided")
        };
        prop_assert!(amount(months) <= amount(months + 1));
        let fraction = |fraction| premium(Yen::new(standard * 1_000), prefecture, month("2026-04"), ltci, fraction, &mut Trace::new());
        let (combined, each) = (fraction(PremiumFraction::Combined), fraction(PremiumFraction::EachPart));
        let lost = combined.expect("in force") - each.expect("in force");
        prop_assert!(lost == Yen::ZERO || lost == Yen::new(1));
    }

    #[test]
    fn an_application_is_in_time_for_at_least_twenty_days(days in 0_i32..40, start in 0_i32..1_000) {
        let lost_on = date(2024, 1, 4) + start.days();
        let application = Application { lost_on, ..application(lost_on + days.days()) };
        let entry = entry(&application, &mut Trace::new()).expect("in the calendar");
        prop_assert!(entry.deadline >= lost_on + 19.days());
        prop_assert_eq!(entry.acquired_on.is_some(), application.applied_on <= entry.deadline);
        prop_assert!(days > 19 || entry.acquired_on.is_some());
    }
}
