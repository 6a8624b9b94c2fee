//! Nothing of the year is lost but less than a yen; February carries the rest.

use proptest::prelude::*;

use super::*;

fn payments(annual: [i64; 6], fiscal_year: Option<i16>) -> Vec<i64> {
    let annual: Vec<Yen> = annual.iter().map(|yen| Yen::new(*yen)).collect();
    let year = year_of_payments(&annual, fiscal_year, &mut Trace::new()).expect("six amounts");
    year.payments.iter().map(|yen| yen.get()).collect()
}

#[test]
fn fractions_were_dropped_before_october_2015() {
    let year = [780_100; 6]; // 130,016.67 each: 4/6円 cut six times make 4円
    assert_eq!(payments(year, Some(2014)), [130_016; 6]);
    assert_eq!(payments(year, Some(2015)), [130_016, 130_016, 130_016, 130_016, 130_016, 130_018]);
    assert_eq!(payments(year, Some(2016)), [130_016, 130_016, 130_016, 130_016, 130_016, 130_020]);
    assert_eq!(payments(year, None), payments(year, Some(2016)));
}

#[test]
fn nothing_is_added_where_february_pays_nothing() {
    assert_eq!(payments([831_700, 831_700, 831_700, 831_700, 831_700, 0], None)[5], 0);
    assert_eq!(payments([831_700, 831_700, 831_700, 831_700, 831_700, 6], None)[5], 4);
}

#[test]
fn six_amounts_and_no_other_number() {
    for count in [0, 5, 7] {
        assert!(year_of_payments(&vec![Yen::new(6); count], None, &mut Trace::new()).is_err());
    }
}

#[test]
fn a_payment_of_three_months_is_cut_once() {
    let april = instalment([Yen::new(831_700), Yen::new(831_700), Yen::new(847_300)]);
    assert_eq!(april, Instalment { paid: Yen::new(209_225), cut_twelfths: 0 });
    assert_eq!(instalment([]), Instalment { paid: Yen::ZERO, cut_twelfths: 0 });
}

proptest! {
    #[test]
    fn the_payments_of_a_year_add_up_to_the_annual_amount_but_a_fraction(annual in 6_i64..10_000_000_000) {
        let sum: i64 = payments([annual; 6], None).iter().sum();
        prop_assert_eq!(sum, annual);
    }

    #[test]
    fn never_more_than_due_and_never_a_yen_short(annual in proptest::array::uniform6(6_i64..10_000_000)) {
        let sum: i64 = payments(annual, None).iter().sum();
        let sixths: i64 = annual.iter().sum();
        prop_assert!(sum * 6 <= sixths && sixths < (sum + 1) * 6);
    }
}
