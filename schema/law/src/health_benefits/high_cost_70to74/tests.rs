//! The two steps, person by person; the worked figures are in the golden table.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn care(person: &str, kind: CareKind, self_pay: i64) -> AgedCare {
    AgedCare { person: person.to_owned(), kind, self_pay: Yen::new(self_pay), medical: None }
}

fn question(month: &str, category: AgedCategory, rows: Vec<AgedCare>) -> AgedMonth {
    AgedMonth {
        month: month.parse().expect("a month"),
        category,
        occurrence: Occurrence::UpToThird,
        rows,
        medical_total: None,
        turning_75: Vec::new(),
    }
}

fn settle(question: &AgedMonth) -> AgedSettlement {
    high_cost_70to74(question, &mut Trace::new()).expect("in force")
}

#[test]
fn outpatient_care_is_added_per_person_first() {
    let out = CareKind::Outpatient;
    let rows = vec![care("a", out, 15_000), care("b", out, 15_000), care("a", out, 15_000)];
    let settled = settle(&question("2026-08", AgedCategory::General, rows));
    assert_eq!((settled.outpatient_refund, settled.household_refund), (Yen::new(8_000), Yen::ZERO));
    assert!(settled.is_outpatient_only());
    let rows = vec![care("a", out, 22_000)];
    assert!(!settle(&question("2026-08", AgedCategory::General, rows)).is_outpatient_only(), "nothing is paid at all");
    let rows = vec![care("a", out, 30_000), care("a", CareKind::Inpatient, 60_000)];
    assert!(!settle(&question("2026-08", AgedCategory::General, rows)).is_outpatient_only());
}

#[test]
fn active_income_needs_the_medical_cost_only_over_the_base() {
    let ask = |self_pay, total: Option<i64>, occurrence| {
        let mut question = question("2026-08", AgedCategory::Active1, vec![care("a", CareKind::Inpatient, self_pay)]);
        question.medical_total = total.map(Yen::new);
        question.occurrence = occurrence;
        high_cost_70to74(&question, &mut Trace::new()).map(|settled| (settled.limit, settled.refund()))
    };
    let third = Occurrence::UpToThird;
    assert_eq!(ask(85_800, None, third), Ok((None, Yen::ZERO)));
    assert!(matches!(ask(85_801, None, third), Err(LawError::MissingFact { .. })));
    assert_eq!(ask(85_801, Some(286_004), third), Ok((Some(Yen::new(85_800)), Yen::new(1))));
    assert_eq!(ask(85_801, None, Occurrence::FromFourth), Ok((Some(Yen::new(44_400)), Yen::new(41_401))));
}

/// 令42条4項: half of 85,800円 + (medical − 286,000円) × 1%, of all that the person's care cost: 42,900円 +
/// (300,000円 − 143,000円) × 1% = 44,470円.
#[test]
fn the_half_of_a_person_reckons_with_all_of_his_costs() {
    let row =
        |self_pay, medical| AgedCare { medical: Some(Yen::new(medical)), ..care("a", CareKind::Inpatient, self_pay) };
    let rows = vec![row(60_000, 200_000), row(30_000, 100_000)];
    let mut question = question("2026-08", AgedCategory::Active1, rows);
    question.turning_75 = vec![Turning75 { person: "a".to_owned(), birth: date(1951, 8, 15) }];
    let settled = settle(&question);
    assert_eq!((settled.individual_refund, settled.household_refund), (Yen::new(45_530), Yen::ZERO));
}

#[test]
fn what_cannot_be_is_refused() {
    let ask = |month, category, rows| high_cost_70to74(&question(month, category, rows), &mut Trace::new());
    let one = || vec![care("a", CareKind::Inpatient, 1)];
    assert!(matches!(ask("2026-08", AgedCategory::General, Vec::new()), Err(LawError::BadInput { .. })));
    assert!(matches!(ask("2026-08", AgedCategory::Active, one()), Err(LawError::BadInput { .. })));
    assert!(matches!(ask("2008-03", AgedCategory::General, one()), Err(LawError::NotInForce { .. })));
    assert!(matches!(ask("2027-08", AgedCategory::General, one()), Err(LawError::PastLastCheck { .. })));
    let above = AgedCare { medical: Some(Yen::new(9)), ..care("a", CareKind::Inpatient, 10) };
    assert!(matches!(ask("2026-08", AgedCategory::General, vec![above]), Err(LawError::BadInput { .. })));
    assert!(ask("2026-08", AgedCategory::General, vec![care("a", CareKind::Inpatient, -1)]).is_err());
    let whole = AgedCare { medical: Some(Yen::new(10)), ..care("a", CareKind::Inpatient, 10) };
    let free = care("a", CareKind::Outpatient, 0);
    assert!(ask("2026-08", AgedCategory::General, vec![whole, free]).is_ok(), "the whole cost, and nothing");
    assert!(ask("2026-08", AgedCategory::General, vec![one().remove(0); 1_001]).is_err());
}

/// 一般, August 2026: 22,000円 a person for outpatient care, 61,500円 for the household.
#[test]
fn the_receipt_tells_what_was_paid_for() {
    let told = |rows| {
        let mut trace = Trace::new();
        high_cost_70to74(&question("2026-08", AgedCategory::General, rows), &mut trace).expect("in force");
        let outpatient = trace.steps().iter().filter(|step| step.expression.contains("外来 (")).count();
        (outpatient, trace.steps().last().map(|step| step.result.clone()).unwrap_or_default())
    };
    let out = care("a", CareKind::Outpatient, 30_000);
    assert_eq!(told(vec![out.clone()]), (1, "22,000円".to_owned()));
    assert_eq!(told(vec![care("a", CareKind::Inpatient, 60_000)]), (0, "60,000円".to_owned()));
    assert_eq!(told(vec![out, care("b", CareKind::Inpatient, 60_000)]), (1, "61,500円".to_owned()));
}

proptest! {
    /// The parts add up, the household limit holds, order does not matter, 多数回該当 and the half never cost more.
    #[test]
    fn nothing_is_lost(
        payments in proptest::collection::vec((0_i64..200_000, 0_usize..3, any::<bool>()), 1..8),
        category in 0_usize..3,
        birth_day in 1_i8..=31,
    ) {
        let category = [AgedCategory::General, AgedCategory::Low2, AgedCategory::Low1][category];
        let row = |&(yen, person, out): &(i64, usize, bool)| {
            care(["a", "b", "c"][person], if out { CareKind::Outpatient } else { CareKind::Inpatient }, yen)
        };
        let rows: Vec<AgedCare> = payments.iter().map(row).collect();
        for month in ["2008-04", "2017-07", "2017-08", "2018-08", "2026-07", "2026-08"] {
            let plain = question(month, category, rows.clone());
            let settled = settle(&plain);
            prop_assert_eq!(settled.patient_final() + settled.refund(), settled.share_total);
            prop_assert!(settled.patient_final() <= settled.limit.expect("no 1% part"));
            prop_assert!(settled.outpatient_refund >= Yen::ZERO && settled.household_refund >= Yen::ZERO);
            let mut backwards = plain.clone();
            backwards.rows.reverse();
            prop_assert_eq!(settle(&backwards), settled);
            let multi = AgedMonth { occurrence: Occurrence::FromFourth, ..plain.clone() };
            prop_assert!(settle(&multi).patient_final() <= settled.patient_final());
            let turning_75 = vec![Turning75 { person: "a".to_owned(), birth: date(1951, 8, birth_day) }];
            let halved = settle(&AgedMonth { turning_75, ..plain });
            prop_assert!(halved.patient_final() <= settled.patient_final());
        }
    }
}
