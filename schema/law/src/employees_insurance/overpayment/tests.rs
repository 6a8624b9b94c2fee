//! Nothing gets lost: what was paid is what was put to months and what goes back.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn the_window_from_both_sides() {
    let put = |due_on| {
        let premium = Upcoming { month: month("2025-06"), due_on, amount: Yen::new(100) };
        let settled = overpayment(Yen::new(100), date(2025, 6, 30), &[premium], &mut Trace::new());
        settled.expect("good amounts").put.len()
    };
    assert_eq!([date(2025, 6, 30), date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 1)].map(put), [0, 1, 1, 0]);
}

#[test]
fn what_is_used_up_is_put_to_no_further_month() {
    let premium = |text: &str, due_on| Upcoming { month: month(text), due_on, amount: Yen::new(100) };
    let premiums = [premium("2025-06", date(2025, 7, 31)), premium("2025-07", date(2025, 9, 1))];
    let settled = overpayment(Yen::new(100), date(2025, 6, 30), &premiums, &mut Trace::new()).expect("good amounts");
    let put: Vec<(String, i64)> = settled.put.iter().map(|put| (put.month.to_string(), put.amount.get())).collect();
    assert_eq!(put, [("2025-06".to_owned(), 100)]);
}

#[test]
fn negative_amounts_and_double_months_are_refused() {
    let debt = Debt { month: month("2025-04"), premium: Yen::new(1), late_fee: Yen::ZERO };
    let order = Order::default();
    assert!(apply(Yen::new(-1), &[debt], order, &mut Trace::new()).is_err());
    assert!(apply(Yen::new(1), &[debt, debt], order, &mut Trace::new()).is_err());
    assert!(apply(Yen::new(1), &[Debt { late_fee: Yen::new(-1), ..debt }], order, &mut Trace::new()).is_err());
    assert!(overpayment(Yen::new(-1), date(2025, 6, 30), &[], &mut Trace::new()).is_err());
    assert!(overpayment(Yen::new(1), Date::MAX, &[], &mut Trace::new()).is_err());
}

proptest! {
    #[test]
    fn every_yen_is_accounted_for(payment in 0_i64..1_000_000, owed in prop::collection::vec((0_i64..200_000, 0_i64..9_000), 0..8)) {
        let debt = |(place, &(premium, late_fee)): (i32, &(i64, i64))| {
            Debt { month: month("2025-04").plus(place), premium: Yen::new(premium), late_fee: Yen::new(late_fee) }
        };
        let debts: Vec<Debt> = (0..).zip(&owed).map(debt).collect();
        for order in [Order::PremiumsThenLateFees, Order::MonthByMonth] {
            let (applied, left) = apply(Yen::new(payment), &debts, order, &mut Trace::new()).expect("good amounts");
            let put: Yen = applied.iter().map(|month| month.premium + month.late_fee).sum();
            prop_assert_eq!(put + left, Yen::new(payment));
            let all: Yen = debts.iter().map(|debt| debt.premium + debt.late_fee).sum();
            prop_assert!(left == Yen::ZERO || put == all);
            for (debt, applied) in debts.iter().zip(&applied) {
                prop_assert!(applied.premium <= debt.premium && applied.late_fee <= debt.late_fee);
                prop_assert!(applied.late_fee == Yen::ZERO || applied.premium == debt.premium);
            }
        }
        let premium = |debt: &Debt| Upcoming { month: debt.month, due_on: debt.month.next().last_day(), amount: debt.premium };
        let premiums: Vec<Upcoming> = debts.iter().map(premium).collect();
        let settled = overpayment(Yen::new(payment), date(2025, 6, 30), &premiums, &mut Trace::new()).expect("good amounts");
        let put: Yen = settled.put.iter().map(|put| put.amount).sum();
        prop_assert_eq!(put + settled.refund, Yen::new(payment));
        prop_assert!(settled.refund >= Yen::ZERO);
    }
}
