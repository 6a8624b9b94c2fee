//! Bands, years and floors at their edges; the worked figures are in the golden table.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn arrears(premium: i64, due_on: Date, paid_on: Date) -> Arrears<'static> {
    Arrears {
        levy: Levy::EmployeesPension,
        premium: Yen::new(premium),
        due_on,
        paid_on,
        demand_deadline: day_after(due_on),
        part_payments: &[],
        not_charged: None,
        band_fraction: BandFraction::Exact,
    }
}

fn fee(arrears: &Arrears<'_>) -> LateFee {
    late_fee(arrears, &mut Trace::new()).expect("in force")
}

/// A second reader: day by day, rate by rate, in units of 1/365,000 yen.
fn day_by_day(premium: i64, due_on: Date, paid_on: Date) -> i64 {
    let rate = |day: Date, first: bool| -> i64 {
        let (first_rate, later) = match day.year() {
            ..2010 => (146, 146),
            2010..2015 => (43, 146),
            2015 | 2016 => (28, 91),
            2017 => (27, 90),
            2018..2021 => (26, 89),
            2021 => (25, 88),
            2022..2026 => (24, 87),
            _ => (28, 91),
        };
        if first { first_rate } else { later }
    };
    let first = due_on.tomorrow().expect("a day");
    let three_months = match first + 3.months() {
        same_day if same_day.day() == first.day() => same_day,
        month_end => month_end.tomorrow().expect("a day"),
    };
    let mut thousandths = 0;
    let mut day = first;
    while day < paid_on {
        thousandths += rate(day, day < three_months) * (premium / 1000 * 1000);
        day = day.tomorrow().expect("a day");
    }
    thousandths / 365_000 / 100 * 100
}

#[test]
fn the_two_bands_are_the_special_standard_rate_and_a_surcharge() {
    let month = |year| Month::new(year, 6).expect("a month");
    for year in 1900..=2026 {
        let at = |band: Band| *RATES.at(band.key(), month(year), &mut Trace::new()).expect("in force");
        let (first, later) = (at(Band::First), at(Band::Later));
        assert_eq!(first.special_standard, later.special_standard, "{year}");
        let expected = match (year, first.special_standard) {
            (..2010, None) => (Ratio::new(146, 1000), Ratio::new(146, 1000)),
            (2010..2015, Some(special)) => (special, Ratio::new(146, 1000)),
            (_, Some(special)) => (special + Ratio::new(1, 100), special + Ratio::new(73, 1000)),
            (_, None) => panic!("{year} has no special standard rate"),
        };
        assert_eq!((first.rate, later.rate), expected, "{year}");
    }
}

#[test]
fn past_the_last_known_year_the_table_refuses_by_its_name() {
    let paid = |day| late_fee(&arrears(100_000, date(2026, 9, 30), day), &mut Trace::new());
    assert!(paid(date(2027, 1, 1)).is_ok(), "31 December 2026 is the last day that counts");
    let error = paid(date(2027, 1, 2)).expect_err("2027 is not known");
    assert!(matches!(&error, LawError::PastLastCheck { table, .. } if table == "延滞金の割合"), "{error}");
    let before = late_fee(&arrears(100_000, date(1899, 12, 30), date(1899, 12, 31)), &mut Trace::new());
    assert!(before.is_ok(), "paid by the demand's deadline: no rate is needed");
    let early = late_fee(&arrears(100_000, date(1899, 6, 30), date(1900, 1, 31)), &mut Trace::new());
    assert_eq!(early.expect_err("no rate").code(), "not_in_force");
}

#[test]
fn each_edge_from_both_sides() {
    let amount = |premium, paid_on| fee(&arrears(premium, date(2025, 6, 2), paid_on)).amount.get();
    // The deadline of the demand is 3 June here.
    assert_eq!(amount(10_000_000, date(2025, 6, 3)), 0);
    assert_eq!(amount(10_000_000, date(2025, 6, 4)), 600, "10,000,000 × 2.4% ÷ 365 = 657.5");
    assert_eq!((amount(999, date(2026, 6, 2)), amount(1_000, date(2026, 12, 31))), (0, 100));
    // 100円: 25,000 × 2.4% × 60 ÷ 365 = 98.6; 61 days 100.3.
    assert_eq!((amount(25_000, date(2025, 8, 2)), amount(25_000, date(2025, 8, 3))), (0, 100));
    assert_eq!(amount(25_999, date(2025, 8, 2)), 0, "999円 do not count");
    let bands = |paid_on| fee(&arrears(1_000_000, date(2025, 6, 2), paid_on)).segments;
    assert_eq!(bands(date(2025, 9, 3)).len(), 1, "2 September is the last day of band A");
    assert_eq!(bands(date(2025, 9, 4))[1].band, Band::Later);
}

#[test]
fn a_payment_counts_from_its_day_and_leaves_a_rounded_rest() {
    let payments = [PartPayment { paid_on: date(2025, 7, 1), amount: Yen::new(400_500) }];
    let arrears = Arrears { part_payments: &payments, ..arrears(1_000_000, date(2025, 6, 2), date(2025, 8, 1)) };
    let principals: Vec<(i32, i64)> =
        fee(&arrears).segments.iter().map(|segment| (segment.days, segment.principal.get())).collect();
    assert_eq!(principals, [(28, 1_000_000), (31, 599_000)]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let good = arrears(100_000, date(2025, 6, 2), date(2025, 10, 1));
    let refused = |arrears: Arrears<'_>| late_fee(&arrears, &mut Trace::new()).expect_err("refused").code();
    assert_eq!(refused(Arrears { demand_deadline: good.due_on, ..good }), "bad_input");
    assert_eq!(refused(Arrears { premium: Yen::new(-1), ..good }), "bad_input");
    assert_eq!(refused(Arrears { paid_on: Date::MAX, ..good }), "bad_input");
    assert_eq!(refused(Arrears { due_on: Date::MIN, ..good }), "bad_input");
    assert_eq!(fee(&Arrears { premium: Yen::ZERO, ..good }).amount, Yen::ZERO);
    let nothing = [PartPayment { paid_on: date(2025, 7, 1), amount: Yen::ZERO }];
    assert_eq!(fee(&Arrears { part_payments: &nothing, ..good }).amount, fee(&good).amount);
    for (paid_on, amount) in [(good.paid_on, 1), (date(2025, 7, 1), 100_000), (date(2025, 7, 1), -1)] {
        let payments = [PartPayment { paid_on, amount: Yen::new(amount) }];
        assert_eq!(refused(Arrears { part_payments: &payments, ..good }), "bad_input");
    }
}

#[test]
fn the_receipt_names_the_clauses_of_the_levy_and_the_reason_for_charging_nothing() {
    let told = |arrears: Arrears<'_>| {
        let mut trace = Trace::new();
        late_fee(&arrears, &mut trace).expect("in force");
        trace.steps().iter().map(|step| format!("{} {}", step.clause, step.expression)).collect::<String>()
    };
    let good = arrears(1_000_000, date(2025, 6, 2), date(2025, 10, 1));
    for (levy, clause, rates) in [
        (Levy::EmployeesPension, "厚生年金保険法87条4項・5項", "厚生年金保険法附則17条の14"),
        (Levy::HealthInsurance, "健康保険法181条4項・5項", "健康保険法附則9条"),
        (Levy::ChildcareContribution, "子ども・子育て支援法71条", "厚生年金保険法附則17条の14"),
    ] {
        let told = told(Arrears { levy, ..good });
        assert!(told.contains(clause) && told.contains(rates), "{told}");
    }
    for (reason, words) in [
        (NotCharged::PublicNotice, "公示送達"),
        (NotCharged::EarlyCollection, "納期を繰り上げて"),
        (NotCharged::Unavoidable, "やむを得ない事情"),
    ] {
        let told = told(Arrears { not_charged: Some(reason), ..good });
        assert!(told.contains(words), "{told}");
    }
}

proptest! {
    #[test]
    fn it_agrees_with_counting_day_by_day(premium in 0_i64..20_000_000, start in 0_i32..6_000, late in 0_i32..900) {
        let due_on = date(2009, 6, 1) + start.days();
        let paid_on = due_on + late.days();
        prop_assume!(paid_on <= date(2027, 1, 1));
        let reckoned = fee(&arrears(premium, due_on, paid_on));
        let expected = if premium < 1_000 || late <= 1 { 0 } else { day_by_day(premium, due_on, paid_on) };
        prop_assert_eq!(reckoned.amount.get(), expected);
        let days: i32 = reckoned.segments.iter().map(|segment| segment.days).sum();
        prop_assert!(days == late - 1 || reckoned.segments.is_empty());
    }

    #[test]
    fn later_or_more_never_costs_less_and_paying_a_part_never_costs_more(
        premium in 1_000_i64..5_000_000, late in 2_i32..400, part in 1_i64..999, part_day in 1_i32..400,
    ) {
        let due_on = date(2024, 12, 2);
        let amount = |premium, late: i32| fee(&arrears(premium, due_on, due_on + late.days())).amount;
        let plain = amount(premium, late);
        prop_assert!(plain <= amount(premium, late + 1));
        prop_assert!(plain <= amount(premium + 1_000, late));
        let cut = Arrears { band_fraction: BandFraction::FloorYen, ..arrears(premium, due_on, due_on + late.days()) };
        prop_assert!(fee(&cut).amount <= plain);
        let payments = [PartPayment { paid_on: due_on + part_day.min(late - 1).days(), amount: Yen::new(part) }];
        let paid = Arrears { part_payments: &payments, ..arrears(premium, due_on, due_on + late.days()) };
        prop_assert!(fee(&paid).amount <= plain);
    }
}
