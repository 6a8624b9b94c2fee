//! Refusals and the share of consent; the rule by cases is in the golden table.

use proptest::prelude::*;

use super::*;

const SHOP: Workplace =
    Workplace { owner: Owner::Private, industry: Industry::Other, employees: 5, established_on: None, opted_in: false };

#[test]
fn what_is_not_known_is_refused() {
    let refused = |on, workplace| basis(on, workplace, &mut Trace::new()).expect_err("refused").code();
    assert_eq!(refused(date(2003, 3, 31), SHOP), "not_in_force");
    assert_eq!(basis(date(2003, 4, 1), SHOP, &mut Trace::new()), Ok(Basis::None), "the first day on file");
    assert_eq!(refused(date(2029, 10, 1), SHOP), "missing_fact");
    assert_eq!(refused(date(2026, 4, 1), Workplace { employees: -1, ..SHOP }), "bad_input");
    assert_eq!(refused(Date::MAX, SHOP), "bad_input");
    assert_eq!(basis(date(2029, 9, 30), SHOP, &mut Trace::new()), Ok(Basis::None), "the day before nobody asks");
}

#[test]
fn half_consents() {
    assert!(enough_consent(1, 2) && enough_consent(2, 3) && enough_consent(i32::MAX, i32::MAX));
    assert!(!enough_consent(1, 3) && !enough_consent(0, 0) && !enough_consent(3, 2) && !enough_consent(-1, 1));
}

proptest! {
    #[test]
    fn more_people_never_end_cover(employees in 0_i32..20, day in 0_i32..9_000, kind in 0_usize..6) {
        use jiff::ToSpan;
        let (owner, industry) = [
            (Owner::Corporation, Industry::Other), (Owner::Corporation, Industry::Listed),
            (Owner::Private, Industry::Listed), (Owner::Private, Industry::Profession),
            (Owner::Private, Industry::Other), (Owner::Corporation, Industry::Profession),
        ][kind];
        let on = date(2010, 1, 1) + day.days();
        let workplace = Workplace { owner, industry, employees, established_on: Some(on), opted_in: false };
        let covered = |workplace| basis(on, workplace, &mut Trace::new()).expect("in force") == Basis::Compulsory;
        let larger = Workplace { employees: employees + 1, ..workplace };
        prop_assert!(!covered(workplace) || covered(larger));
        let least = if owner == Owner::Corporation { 1 } else { 5 };
        prop_assert!(employees >= least || !covered(workplace));
    }
}
