//! Tens of yen, birthdays and the test of active income; the worked figures are in the golden table.

use proptest::prelude::*;

use super::*;

fn rate_on(care_on: Date, birth: Date, patient: PatientKind, standard: i64) -> Result<String, LawError> {
    let facts = ActiveIncomeFacts { standard: Some(Yen::new(standard)), ..ActiveIncomeFacts::default() };
    copayment_rate(care_on, birth, patient, facts, &mut Trace::new()).map(|(_, rate)| rate.to_string())
}

fn dependant_of(insured_birth: Date) -> PatientKind {
    PatientKind::Dependant { insured_birth: Some(insured_birth) }
}

#[test]
fn four_yen_are_dropped_and_five_raised() {
    let share = |medical: i64| copayment(Yen::new(medical), Ratio::new(1, 10), &mut Trace::new()).get();
    assert_eq!((share(49), share(50), share(149), share(150)), (0, 10, 10, 20));
}

#[test]
fn the_rate_of_70_begins_with_the_month_after() {
    for day in 1..=31 {
        let birth = date(1956, 8, day);
        let first = if day == 1 { date(2026, 8, 1) } else { date(2026, 9, 1) };
        let eve = first.yesterday().expect("in range");
        assert_eq!(rate_on(eve, birth, PatientKind::Insured, 200_000).as_deref(), Ok("0.3"), "{birth}");
        assert_eq!(rate_on(first, birth, PatientKind::Insured, 200_000).as_deref(), Ok("0.2"), "{birth}");
    }
}

#[test]
fn health_insurance_ends_at_75() {
    let birth = date(1951, 8, 15);
    assert!(rate_on(date(2026, 8, 14), birth, PatientKind::Insured, 200_000).is_ok());
    let refused = rate_on(date(2026, 8, 15), birth, PatientKind::Insured, 200_000).expect_err("後期高齢者医療");
    assert!(refused.to_string().contains("後期高齢者医療"), "{refused}");
}

#[test]
fn care_begins_with_the_day_of_birth() {
    let (birth, child) = (date(2026, 4, 2), dependant_of(date(1990, 1, 1)));
    assert_eq!(rate_on(birth, birth, child, 0).as_deref(), Ok("0.2"));
    let before = rate_on(date(2026, 4, 1), birth, child, 0).expect_err("not born");
    assert!(before.to_string().contains("生年月日 (birthdate)"), "{before}");
}

#[test]
fn active_income_begins_at_280_000() {
    let (care_on, birth) = (date(2026, 9, 1), date(1956, 1, 1));
    assert_eq!(rate_on(care_on, birth, PatientKind::Insured, 279_999).as_deref(), Ok("0.2"));
    assert_eq!(rate_on(care_on, birth, PatientKind::Insured, 280_000).as_deref(), Ok("0.3"));
    let no_standard =
        copayment_rate(care_on, birth, PatientKind::Insured, ActiveIncomeFacts::default(), &mut Trace::new());
    assert!(matches!(no_standard, Err(LawError::MissingFact { .. })));
}

#[test]
fn a_dependant_is_active_only_with_an_insured_of_70() {
    let (care_on, birth) = (date(2026, 9, 1), date(1955, 5, 5));
    assert_eq!(rate_on(care_on, birth, dependant_of(date(1956, 8, 2)), 500_000).as_deref(), Ok("0.3"));
    assert_eq!(rate_on(care_on, birth, dependant_of(date(1956, 9, 1)), 500_000).as_deref(), Ok("0.3"));
    assert_eq!(rate_on(care_on, birth, dependant_of(date(1956, 9, 2)), 500_000).as_deref(), Ok("0.2"));
    let unknown = PatientKind::Dependant { insured_birth: None };
    assert!(matches!(rate_on(care_on, birth, unknown, 500_000), Err(LawError::MissingFact { .. })));
    assert_eq!(rate_on(care_on, date(1990, 1, 1), unknown, 500_000).as_deref(), Ok("0.3"), "not needed under 70");
}

#[test]
fn school_begins_on_the_first_of_april() {
    assert_eq!(last_day_before_school(date(2019, 4, 1)), date(2025, 3, 31));
    assert_eq!(last_day_before_school(date(2019, 4, 2)), date(2026, 3, 31));
    assert_eq!(last_day_before_school(date(2020, 2, 29)), date(2026, 3, 31));
    // The rule of the child is one of dependants.
    assert_eq!(rate_on(date(2025, 3, 31), date(2019, 4, 1), PatientKind::Insured, 0).as_deref(), Ok("0.3"));
}

#[test]
fn the_tables_end_where_they_were_checked() {
    let insured = |care_on, birth| rate_on(care_on, birth, PatientKind::Insured, 200_000);
    let child = |care_on, birth| rate_on(care_on, birth, dependant_of(date(1980, 1, 1)), 200_000);
    assert!(insured(date(2027, 3, 31), date(1980, 1, 1)).is_ok());
    assert!(matches!(insured(date(2027, 4, 1), date(1980, 1, 1)), Err(LawError::PastLastCheck { .. })));
    assert!(insured(date(2003, 4, 1), date(1980, 1, 1)).is_ok());
    assert!(matches!(insured(date(2003, 3, 31), date(1980, 1, 1)), Err(LawError::NotInForce { .. })));
    assert_eq!(child(date(2008, 4, 1), date(2007, 1, 1)).as_deref(), Ok("0.2"));
    assert!(matches!(child(date(2008, 3, 31), date(2007, 1, 1)), Err(LawError::NotInForce { .. })));
    assert_eq!(insured(date(2014, 4, 1), date(1944, 3, 31)).as_deref(), Ok("0.1"));
    assert_eq!(insured(date(2014, 5, 1), date(1944, 4, 2)).as_deref(), Ok("0.2"));
    assert_eq!(insured(date(2014, 5, 1), date(1944, 4, 1)).as_deref(), Ok("0.1"));
}

#[test]
fn the_receipt_names_the_age_and_the_rate() {
    let told = |care_on, birth, patient, standard| {
        let mut trace = Trace::new();
        let facts = ActiveIncomeFacts { standard: Some(Yen::new(standard)), ..ActiveIncomeFacts::default() };
        copayment_rate(care_on, birth, patient, facts, &mut trace).expect("on file");
        trace.steps().last().map(|step| step.result.clone()).unwrap_or_default()
    };
    let (child, today) = (dependant_of(date(1990, 1, 1)), date(2026, 9, 1));
    assert_eq!(told(today, date(2024, 1, 1), child, 0), "義務教育就学前 0.2");
    assert_eq!(told(today, date(1990, 1, 1), PatientKind::Insured, 0), "義務教育就学後70歳未満 0.3");
    assert_eq!(told(today, date(1956, 1, 1), PatientKind::Insured, 200_000), "70歳以上 0.2");
    assert_eq!(told(today, date(1956, 1, 1), PatientKind::Insured, 280_000), "70歳以上 (現役並み所得) 0.3");
    let early = told(date(2014, 5, 1), date(1944, 4, 1), PatientKind::Insured, 200_000);
    assert_eq!(early, "70歳以上 (昭和19年4月1日以前生まれ) 0.1");
}

proptest! {
    /// A multiple of ten, within five yen of the exact share, never less for more care; cost = share + benefit.
    #[test]
    fn the_share_is_the_nearest_ten(medical in 0_i64..=1_000_000_000_000, more in 0_i64..1_000, tenths in 0_i128..=10) {
        let rate = Ratio::new(tenths, 10);
        let share = copayment(Yen::new(medical), rate, &mut Trace::new());
        let exact = rate.times_yen(Yen::new(medical));
        prop_assert_eq!(share.get() % 10, 0);
        let off = Ratio::of_yen(share) - exact;
        prop_assert!(off <= Ratio::new(5, 1) && off > Ratio::new(-5, 1));
        prop_assert!(copayment(Yen::new(medical + more), rate, &mut Trace::new()) >= share);
        let (patient, benefit) = family_medical_benefit(Yen::new(medical), rate, &mut Trace::new());
        prop_assert_eq!(patient + benefit, Yen::new(medical));
    }
}
