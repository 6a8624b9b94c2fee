//! Never more than either cost, cut once; money from abroad.

use proptest::prelude::*;

use super::*;

fn treatment(recognised: i64, actual: i64, patient_rate: PatientRate) -> Treatment {
    Treatment {
        cause: Cause::NotInKind,
        recognised: Yen::new(recognised),
        actual: Ratio::of_yen(Yen::new(actual)),
        patient_rate,
        doctor_agreed: false,
    }
}

fn benefit(treatment: &Treatment) -> Result<i64, LawError> {
    cash_medical_benefit(treatment, &mut Trace::new()).map(Yen::get)
}

#[test]
fn a_negative_cost_is_refused_and_a_missing_consent_pays_nothing() {
    let good = treatment(1_000, 1_000, PatientRate::ThreeTenths);
    assert!(benefit(&Treatment { recognised: Yen::new(-1), ..good }).is_err());
    assert!(benefit(&Treatment { actual: Ratio::new(-1, 2), ..good }).is_err());
    let nothing = [treatment(0, 1_000, PatientRate::ThreeTenths), treatment(1_000, 0, PatientRate::ThreeTenths)];
    assert_eq!(nothing.map(|treatment| benefit(&treatment)), [Ok(0), Ok(0)], "a cost of nothing is no slip of the pen");
    for (cause, without) in
        [(Cause::NotInKind, 700), (Cause::Overseas, 700), (Cause::Appliance, 0), (Cause::Therapy, 0)]
    {
        assert_eq!(benefit(&Treatment { cause, ..good }), Ok(without), "{cause:?}");
        assert_eq!(benefit(&Treatment { cause, doctor_agreed: true, ..good }), Ok(700), "{cause:?}");
    }
}

#[test]
fn foreign_money_is_exact_and_within_bounds() {
    let decimal = |text: &str| Ratio::parse_decimal(text).expect("a decimal");
    let yen = |amount: &str, rate: &str| in_yen(decimal(amount), decimal(rate), &mut Trace::new());
    assert_eq!(yen("250.50", "151.24"), Ok(Ratio::new(3_788_562, 100)));
    assert_eq!(yen("9999999999.99999999", "9999999999.99999999").map(|_| ()), Ok(()), "the largest");
    assert_eq!(yen("0", "151.24"), Ok(Ratio::ZERO), "nothing paid abroad");
    for (amount, rate) in
        [("-1", "1"), ("1", "0"), ("1", "-1"), ("10000000000", "1"), ("1", "10000000000"), ("0.000000001", "1")]
    {
        assert_eq!(yen(amount, rate).expect_err("refused").code(), "bad_input", "{amount} {rate}");
    }
    let largest = yen("9999999999.99999999", "9999999999.99999999").expect("the largest");
    let abroad = Treatment { actual: largest, ..treatment(1_000_000_000_000, 0, PatientRate::OneTenth) };
    assert_eq!(benefit(&abroad), Ok(900_000_000_000));
}

proptest! {
    /// What is paid and what stays make up the lesser cost, less than a yen cut.
    #[test]
    fn the_benefit_is_the_share_of_the_lesser_cost(
        recognised in 0_i64..10_000_000,
        actual in 0_i64..10_000_000,
        tenths in 1_i64..=3,
    ) {
        let rates = [PatientRate::OneTenth, PatientRate::TwoTenths, PatientRate::ThreeTenths];
        let rate = rates[usize::try_from(tenths - 1).expect("three of them")];
        let paid = benefit(&treatment(recognised, actual, rate)).expect("costs");
        prop_assert_eq!(paid, recognised.min(actual) * (10 - tenths) / 10);
    }
}
