//! Ages on both sides of the 1st, and the whole year.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn every_month_has_the_events_of_its_own() {
    let of = |text: &str| events_of(text.parse().expect("a month"), &mut Trace::new()).expect("a month").len();
    let year: usize = (1..=12).map(|month| of(&format!("2025-{month:02}"))).sum();
    assert_eq!(year, ANNUAL_EVENTS.len());
    assert_eq!(of("2021-09") + 1, of("2025-09"));
    assert_eq!(of("2018-10") + 2, of("2025-10"));
}

proptest! {
    /// Each age is met once in a life, in the month in which it is attained; a deferral estimate every year from 66 to 74.
    #[test]
    fn each_age_is_met_once(days in 0_i32..20_000) {
        use jiff::ToSpan;
        let birth_on = date(1940, 1, 1) + days.days();
        let first = Month::of(birth_on);
        let mut met: Vec<AgeEvent> = first.through(first.plus(12 * 80)).flat_map(|month| age_events(birth_on, month)).collect();
        met.sort();
        let mut due = vec![AgeEvent::Twenty, AgeEvent::Sixty, AgeEvent::SixtyFive];
        due.extend([AgeEvent::DeferralNotice; 9]);
        due.extend([AgeEvent::Seventy, AgeEvent::SeventyFive]);
        prop_assert_eq!(met, due);
    }

    /// A form is sent three months before it can be filed, and never after 65.
    #[test]
    fn forms_come_before_they_are_needed(days in 0_i32..20_000, months in 0_i32..500) {
        use jiff::ToSpan;
        let birth_on = date(1926, 4, 2) + days.days();
        let postings = claim_forms(birth_on, PersonCategory::FemaleCategory1, months, &mut Trace::new()).expect("a schedule");
        prop_assert!(postings.is_sorted_by_key(|posting| posting.sent_month));
        for posting in postings {
            let lead = Month::of(posting.file_from).months_since(posting.sent_month);
            prop_assert_eq!(lead, if posting.form == ClaimForm::OnePage { 0 } else { 3 });
        }
    }
}
