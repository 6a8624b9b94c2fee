//! Both sides of every milestone, and the years of the regulation.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn the_regulation_begins_in_2009_and_is_not_known_after_2026() {
    let ask = |year| coverage_notice(date(1980, 6, 10), year, &mut Trace::new());
    assert_eq!(ask(2008).expect_err("before").code(), "not_in_force");
    assert_eq!(ask(2009).expect("the first").form, Form::SealedLetter);
    assert_eq!(ask(2010).expect("the second").form, Form::Postcard);
    assert!(ask(2026).is_ok());
    assert_eq!(ask(2027).expect_err("later").code(), "past_last_check");
    assert!(coverage_notice(date(2026, 5, 1), 2025, &mut Trace::new()).is_err());
}

proptest! {
    /// Everybody gets three sealed letters in a life from 2013 on, each in a fiscal year of its own.
    #[test]
    fn each_milestone_falls_into_one_fiscal_year(days in 0_i32..20_000) {
        use jiff::ToSpan;
        let birth_on = date(1940, 1, 1) + days.days();
        let forms = (1985..2065).filter_map(|year| form_of(birth_on, year, &[35, 45, 59]));
        let letters: Vec<CoverageNotice> = forms.filter(|notice| notice.milestone_age.is_some()).collect();
        let ages: Vec<Option<i16>> = letters.iter().map(|notice| notice.milestone_age).collect();
        let due: Vec<Option<i16>> = [35, 45, 59].into_iter()
            .filter(|age| (1985..2065).contains(&Month::of(attained_on(birth_on, *age)).fiscal_year())).map(Some).collect();
        prop_assert_eq!(ages, due);
        for letter in letters {
            prop_assert_eq!(letter.dispatch_month, Month::of(attained_on(birth_on, letter.age)));
        }
    }
}
