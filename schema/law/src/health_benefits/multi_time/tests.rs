//! The eleven months before, month by month.

use proptest::prelude::*;

use super::*;

fn paid(month: Month, insurer: &str, outpatient_only: bool) -> PaidMonth {
    PaidMonth { month, insurer: insurer.to_owned(), outpatient_only }
}

fn august() -> Month {
    "2026-08".parse().expect("a month")
}

#[test]
fn exactly_the_eleven_months_before_count() {
    for months_ago in -2..15 {
        let (count, _) = multi_time(august(), "x", &[paid(august().plus(-months_ago), "x", false)], &mut Trace::new());
        assert_eq!(count == 1, (1..=11).contains(&months_ago), "{months_ago} months ago");
    }
}

#[test]
fn the_fourth_month_is_the_first_to_be_lighter() {
    for earlier in 0..=11_i32 {
        let before: Vec<PaidMonth> = (1..=earlier).map(|ago| paid(august().plus(-ago), "x", false)).collect();
        let mut trace = Trace::new();
        let (_, occurrence) = multi_time(august(), "x", &before, &mut trace);
        assert_eq!(occurrence == Occurrence::FromFourth, earlier >= 3, "{earlier}");
        assert_eq!(trace.steps()[0].result == "多数回該当", earlier >= 3, "{earlier}");
    }
}

proptest! {
    #[test]
    fn order_and_repeats_do_not_matter(months in proptest::collection::vec((-14_i32..2, any::<bool>(), any::<bool>()), 0..20)) {
        let mut payments: Vec<PaidMonth> =
            months.iter().map(|&(ago, same, out)| paid(august().plus(ago), if same { "x" } else { "y" }, out)).collect();
        let found = multi_time(august(), "x", &payments, &mut Trace::new());
        payments.reverse();
        payments.extend(payments.clone());
        prop_assert_eq!(multi_time(august(), "x", &payments, &mut Trace::new()), found);
        prop_assert!(found.0 <= 11);
    }
}
