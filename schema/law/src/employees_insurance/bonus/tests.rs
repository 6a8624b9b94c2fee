//! Caps at their edges; the worked figures are in the golden table.

use jiff::civil::date;

use super::*;

fn standards(payments: &[(Date, i64)]) -> Vec<(String, i64, i64)> {
    let payments: Vec<BonusPayment> =
        payments.iter().map(|&(paid_on, yen)| BonusPayment { paid_on, amount: Yen::new(yen) }).collect();
    let standards = standard_bonuses(&payments, &mut Trace::new()).expect("in force");
    standards.iter().map(|standard| (standard.month.to_string(), standard.hi.get(), standard.epi.get())).collect()
}

#[test]
fn the_fiscal_year_begins_anew_in_april() {
    let paid = [(date(2026, 3, 31), 5_730_000), (date(2026, 4, 1), 5_730_999), (date(2027, 3, 31), 1_000)];
    assert_eq!(
        standards(&paid),
        [
            ("2026-03".to_owned(), 5_730_000, 1_500_000),
            ("2026-04".to_owned(), 5_730_000, 1_500_000),
            ("2027-03".to_owned(), 0, 1_000),
        ]
    );
}

#[test]
fn the_order_of_the_payments_does_not_matter() {
    let mut paid = vec![(date(2026, 12, 10), 3_500_000), (date(2026, 7, 10), 2_500_000), (date(2026, 7, 1), 999)];
    let forward = standards(&paid);
    paid.reverse();
    assert_eq!(standards(&paid), forward);
    assert_eq!(forward[0], ("2026-07".to_owned(), 2_500_000, 1_500_000));
    assert_eq!(forward[1], ("2026-12".to_owned(), 3_230_000, 1_500_000));
}

#[test]
fn before_2007_the_cap_of_hi_is_per_payment() {
    let paid = [(date(2006, 7, 1), 2_500_000), (date(2006, 7, 20), 1_800_500), (date(2006, 12, 1), 2_000_000)];
    assert_eq!(
        standards(&paid),
        [("2006-07".to_owned(), 3_800_000, 1_500_000), ("2006-12".to_owned(), 2_000_000, 1_500_000)]
    );
}

#[test]
fn the_cap_rose_in_2016() {
    assert_eq!(standards(&[(date(2016, 3, 31), 9_000_000)])[0].1, 5_400_000);
    assert_eq!(standards(&[(date(2016, 4, 1), 9_000_000)])[0].1, 5_730_000);
}

#[test]
fn thousands_are_cut_after_adding() {
    assert_eq!(floor_1000(Yen::new(999)), Yen::ZERO);
    assert_eq!(floor_1000(Yen::new(1_000)), Yen::new(1_000));
    assert_eq!(standards(&[(date(2026, 6, 1), 500), (date(2026, 6, 2), 500)])[0].1, 1_000);
    assert_eq!(standards(&[]), []);
    let negative = [BonusPayment { paid_on: date(2026, 6, 1), amount: Yen::new(-1) }];
    assert!(standard_bonuses(&negative, &mut Trace::new()).is_err());
    assert_eq!(standards(&[(date(2026, 6, 1), 0)]), [("2026-06".to_owned(), 0, 0)]);
}
