//! The 21,000円, what is left out, and that nothing is lost; the worked figures are in the golden table.

use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn item(person: &str, medical: i64, share: i64) -> CareItem {
    CareItem { person: person.to_owned(), medical: Yen::new(medical), share: Yen::new(share) }
}

fn question(month: &str, category: Under70Category, items: Vec<CareItem>) -> Under70Month {
    Under70Month {
        month: month.parse().expect("a month"),
        category,
        setting: LimitSetting::InForce,
        occurrence: Occurrence::UpToThird,
        items,
        turning_75: Vec::new(),
    }
}

fn settle(question: &Under70Month) -> Under70Settlement {
    high_cost_under70(question, &mut Trace::new()).expect("in force")
}

#[test]
fn twenty_one_thousand_counts_and_a_yen_less_does_not() {
    let with = |share: i64| {
        let items = vec![item("", 1_000_000, 300_000), item("", 100_000, share)];
        settle(&question("2026-07", Under70Category::U, items))
    };
    assert_eq!(with(20_999).counted_share, Yen::new(300_000));
    assert_eq!(with(20_999).patient_final, Yen::new(87_430 + 20_999));
    assert_eq!(with(21_000).counted_share, Yen::new(321_000));
    assert_eq!(with(21_000).patient_final, Yen::new(88_430));
}

#[test]
fn a_single_item_needs_no_21_000() {
    let one = settle(&question("2026-07", Under70Category::U, vec![item("", 1_000_000, 20_000)]));
    assert_eq!((one.limit, one.refund), (Yen::new(87_430), Yen::ZERO));
    let two = vec![item("", 1_000_000, 20_000), item("", 1_000_000, 20_000)];
    let two = settle(&question("2026-07", Under70Category::U, two));
    assert_eq!((two.limit, two.counted_share, two.patient_final), (Yen::new(80_100), Yen::ZERO, Yen::new(40_000)));
}

#[test]
fn an_ex_dependant_counts_from_half_of_21_000() {
    let with = |share: i64| {
        let items = vec![item("self", 1_000_000, 300_000), item("wife", 40_000, share)];
        let mut question = question("2026-08", Under70Category::U, items);
        question.turning_75 = vec![Turning75 { person: "wife".to_owned(), birth: date(1951, 8, 2) }];
        settle(&question).counted_share
    };
    assert_eq!((with(10_499), with(10_500)), (Yen::new(300_000), Yen::new(310_500)));
}

#[test]
fn receipts_join_by_person_institution_and_kind() {
    let receipt = |person: &str, at: Option<(&str, ReceiptKind)>, medical: i64| CareReceipt {
        at: at.map(|(institution, kind)| (institution.to_owned(), kind)),
        item: item(person, medical, medical / 10 * 3),
    };
    let receipts = [
        receipt("a", Some(("X", ReceiptKind::Outpatient)), 100),
        receipt("a", Some(("X", ReceiptKind::Inpatient)), 200),
        receipt("a", Some(("X", ReceiptKind::Pharmacy)), 300),
        receipt("b", Some(("X", ReceiptKind::Outpatient)), 400),
        receipt("a", Some(("Y", ReceiptKind::Outpatient)), 500),
        receipt("a", Some(("X", ReceiptKind::DentalOutpatient)), 600),
        receipt("a", None, 700),
        receipt("a", None, 800),
        receipt("a", Some(("X", ReceiptKind::Outpatient)), 900),
    ];
    let joined = join_receipts(&receipts).expect("some");
    let costs: Vec<i64> = joined.iter().map(|item| item.medical.get()).collect();
    assert_eq!(costs, [1_300, 200, 400, 500, 600, 700, 800]);
    assert!(join_receipts(&[]).is_err());
    assert!(join_receipts(&vec![receipts[0].clone(); ITEMS_MAX + 1]).is_err());
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |items| {
        high_cost_under70(&question("2026-07", Under70Category::U, items), &mut Trace::new()).expect_err("refused")
    };
    assert!(matches!(refused(Vec::new()), LawError::BadInput { .. }));
    assert!(matches!(refused(vec![item("", 1_000, 1_001)]), LawError::BadInput { .. }));
    assert!(matches!(refused(vec![item("", 1_000, -1)]), LawError::BadInput { .. }));
    let edges = vec![item("", 1_000, 1_000), item("", 1_000, 0)];
    assert_eq!(settle(&question("2026-07", Under70Category::U, edges)).share_total, Yen::new(1_000));
    let at = |month, category| {
        high_cost_under70(&question(month, category, vec![item("", 10, 3)]), &mut Trace::new()).map(|_| ())
    };
    assert!(matches!(at("2006-09", Under70Category::GeneralB), Err(LawError::NotInForce { .. })));
    let next = at("2027-08", Under70Category::U).expect_err("only planned");
    assert!(matches!(&next, LawError::PastLastCheck { table, .. } if table == "高額療養費算定基準額 (70歳未満)"));
    assert!(matches!(at("2026-07", Under70Category::GeneralB), Err(LawError::BadInput { .. })));
}

#[test]
fn a_plan_says_that_it_is_one() {
    let inputs = json!({
        "care_month": "2027-08", "category": "s62", "setting": "planned_2027_08",
        "items": [{ "copay_rate": "0.3", "total_medical_yen": 1_000_000 }],
    });
    let receipt = crate::calc::receipt(crate::LawBook::today(), "high_cost_under70", &inputs).expect("planned");
    assert!(receipt.to_string().contains(PLANNED_NOTICE), "{receipt}");
}

#[test]
fn wrong_questions_are_refused() {
    let ask = |inputs| crate::calc::run("high_cost_under70", &inputs, &mut Trace::new()).expect_err("refused").code();
    let with = |item| json!({ "care_month": "2026-07", "category": "u", "items": [item] });
    assert_eq!(ask(with(json!({ "copay_rate": 0.3, "total_medical_yen": 1 }))), "wrong_type");
    assert_eq!(ask(with(json!({ "copay_rate": "1.01", "total_medical_yen": 1 }))), "wrong_type");
    assert_eq!(ask(with(json!({ "copay_rate": "-0.1", "total_medical_yen": 1 }))), "wrong_type");
    assert_eq!(ask(with(json!({ "copay_rate": "0.3000001", "total_medical_yen": 1 }))), "wrong_type");
    assert_eq!(ask(with(json!({ "total_medical_yen": 1 }))), "missing_key");
    assert_eq!(ask(with(json!({ "copay_rate": "0.3", "total_medical_yen": 1, "kind": "outpatient" }))), "missing_key");
    assert_eq!(ask(with(json!({ "copay_rate": "0.3", "total_medical_yen": 1, "x": 1 }))), "unknown_key");
}

#[test]
fn the_receipt_tells_the_limit_and_whether_it_is_the_fourth_month() {
    let told = |occurrence, limit: &str| {
        let asked =
            Under70Month { occurrence, ..question("2026-07", Under70Category::U, vec![item("", 1_000_000, 300_000)]) };
        let mut trace = Trace::new();
        high_cost_under70(&asked, &mut trace).expect("in force");
        let step = trace.steps().iter().find(|step| step.result == limit && step.clause == "健康保険法施行令42条1項");
        let step = step.expect("the step of the limit");
        step.values.iter().find(|value| value.name == "多数回該当").map(|value| value.value.clone())
    };
    assert_eq!(told(Occurrence::UpToThird, "87,430円").as_deref(), Some("非該当"));
    assert_eq!(told(Occurrence::FromFourth, "44,400円").as_deref(), Some("該当"));
}

proptest! {
    /// The parts add up, nobody pays more than before, more care never costs less, 多数回該当 never costs more.
    #[test]
    fn nothing_is_lost(
        care in proptest::collection::vec((0_i64..5_000_000, 0_usize..3), 1..8),
        category in 0_usize..5,
        extra in 0_i64..100_000,
        birth_day in 1_i8..=31,
    ) {
        let category = [Under70Category::A, Under70Category::I, Under70Category::U, Under70Category::E, Under70Category::O][category];
        let items: Vec<CareItem> =
            care.iter().map(|&(medical, person)| item(["self", "wife", "son"][person], medical, medical * 3 / 10)).collect();
        for month in ["2014-12", "2015-01", "2026-07", "2026-08"] {
            let plain = question(month, category, items.clone());
            let settled = settle(&plain);
            prop_assert_eq!(settled.patient_final + settled.refund, settled.share_total);
            prop_assert!(settled.refund >= Yen::ZERO && settled.counted_share <= settled.share_total);
            let multi = Under70Month { occurrence: Occurrence::FromFourth, ..plain.clone() };
            prop_assert!(settle(&multi).patient_final <= settled.patient_final);
            let turning_75 = vec![Turning75 { person: "wife".to_owned(), birth: date(1951, 8, birth_day) }];
            let halved = Under70Month { turning_75, ..plain.clone() };
            let halved = settle(&halved);
            prop_assert!(halved.refund >= Yen::ZERO && halved.patient_final >= Yen::ZERO);
            let mut backwards = plain.clone();
            backwards.items.reverse();
            prop_assert_eq!(settle(&backwards), settled);
            if let [only] = &plain.items[..] {
                let more = question(month, category, vec![item("", only.medical.get() + extra, (only.medical.get() + extra) * 3 / 10)]);
                prop_assert!(settle(&more).patient_final >= settled.patient_final);
            }
        }
    }

    /// Whatever is asked, there is an answer or an error, never a panic.
    #[test]
    fn no_question_panics(
        year in 0_i32..=9999, month in 0_u8..=13, day in 0_u8..=32,
        yen in -1_i64..=1_000_000_000_001, rate in "[0-9.-]{0,9}", word in "[a-z0-9_A-Z]{0,10}", pick in 0_usize..28, n in 0_i64..2_000,
    ) {
        use crate::health_benefits::high_cost_category::{AGED_WORDS, UNDER70_WORDS};
        let words: Vec<&str> = UNDER70_WORDS.iter().map(|(word, _)| *word).chain(AGED_WORDS.iter().map(|(word, _)| *word)).collect();
        let category = words.get(pick).copied().unwrap_or(&word);
        let (date, ym) = (format!("{year:04}-{month:02}-{day:02}"), format!("{year:04}-{month:02}"));
        let start = format!("{year:04}-08-01");
        let turning = json!([{ "person": "p", "birthdate": date }]);
        let items = json!([
            { "copay_rate": rate, "total_medical_yen": yen, "person": "p" },
            { "total_medical_yen": yen, "self_pay_yen": n },
        ]);
        let rows = json!([{ "kind": "outpatient", "person": "p", "self_pay_yen": yen }, { "kind": "inpatient", "self_pay_yen": n }]);
        let questions = [
            ("copay", json!({ "copay_rate": rate, "total_medical_yen": yen })),
            ("copayment_rate", json!({ "care_date": date, "birthdate": "1950-01-01", "patient": "insured", "standard_yen": yen })),
            ("copayment_rate", json!({ "care_date": date, "birthdate": date, "patient": "dependant", "insured_birthdate": date })),
            ("copayment_rate", json!({ "care_date": "9999-12-31", "birthdate": date, "patient": "dependant" })),
            ("family_medical_benefit", json!({ "care_date": "2026-04-01", "birthdate": date, "total_medical_yen": yen })),
            ("hospital_meal", json!({ "category": "general", "days": [{ "date": date, "meals": n }] })),
            ("high_cost_category", json!({ "care_month": ym, "standard_yen": yen, "residence_tax_exempt": true })),
            ("high_cost_under70", json!({ "care_month": ym, "category": category, "items": items, "turning_75": turning })),
            ("high_cost_under70", json!({ "care_month": "2026-08", "category": category, "items": items, "turning_75": turning })),
            ("high_cost_70to74", json!({ "care_month": "2026-08", "category": category, "rows": rows, "turning_75": turning })),
            ("high_cost_mixed", json!({ "care_month": "2026-08", "category_70to74": "active1", "category": category, "rows": rows, "items": items, "total_medical_yen": yen })),
            ("annual_outpatient_70to74", json!({ "period_start": start, "category_on_base_date": category, "outpatient_self_pay_total_yen": yen })),
            ("annual_cap", json!({ "period_start": start, "age_group": "under70", "category": category, "standard_yen": yen })),
            ("combined_medical_care", json!({ "period_start": start, "age_group": "70to74_only", "category": category, "medical_self_pay_yen": yen, "care_self_pay_yen": n })),
            ("limit_certificate", json!({ "age_group": "under70", "category": category, "care_month": ym, "kind": "inpatient", "copay_rate": rate, "total_medical_yen": yen, "applied_on": date })),
            ("multi_time_count", json!({ "care_month": ym, "insurer": word, "payments": [{ "month": ym, "insurer": word }] })),
            ("specified_disease", json!({ "care_month": ym, "disease": "dialysis", "age_group": "under70", "standard_yen": yen, "self_pay_yen": n, "turning_75_birthdate": date })),
        ];
        for (topic, inputs) in questions {
            let _ = crate::calc::run(topic, &inputs, &mut Trace::new());
        }
    }
}
