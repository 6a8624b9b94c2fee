//! Three quarters, the months of payment.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn each_requirement_takes_the_right_away() {
    let eligible = |paid, facts| {
        let months = CountedMonths { paid, ..CountedMonths::default() };
        let month = "2025-04".parse().expect("a month");
        widow_pension(Cohort::NewAward, None, &months, facts, month, &mut Trace::new()).expect("known").eligible
    };
    let plain = WidowFacts::default();
    assert!(eligible(120, plain) && !eligible(119, plain));
    assert!(eligible(120, WidowFacts { marriage_years: Some(10), ..plain }));
    assert!(!eligible(120, WidowFacts { marriage_years: Some(9), ..plain }));
    assert!(!eligible(120, WidowFacts { husband_received_pension: true, ..plain }));
    assert!(!eligible(120, WidowFacts { wife_claimed_early: true, ..plain }));
}

#[test]
fn paid_from_sixty_to_the_month_of_sixty_five() {
    let span = |death| {
        let months = payable_months(date(1960, 6, 2), death, &mut Trace::new());
        months.map(|(first, last)| (first.to_string(), last.to_string()))
    };
    let text = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
    // 60 on 1 June 2020, 65 on 1 June 2025.
    assert_eq!(span(date(2015, 1, 1)), text("2020-07", "2025-06"));
    assert_eq!(span(date(2020, 6, 30)), text("2020-07", "2025-06"));
    assert_eq!(span(date(2020, 7, 1)), text("2020-08", "2025-06"));
    assert_eq!(span(date(2025, 5, 31)), text("2025-06", "2025-06"));
    assert_eq!(span(date(2025, 6, 1)), None);
}

proptest! {
    #[test]
    fn three_quarters_rounded_once(full in 700_000_i64..900_000, paid in 0_i64..=480) {
        let months = CountedMonths { paid, ..CountedMonths::default() };
        let amount = annual(Yen::new(full), CreditedMonths::of(&months, 480)).get();
        let exact = full * paid * 3;
        prop_assert!(amount * 1_920 - exact <= 960 && exact - amount * 1_920 < 960);
    }
}
