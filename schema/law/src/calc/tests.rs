//! The golden tables through the front door, and what a wrong question gets.

use std::path::PathBuf;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::table::tests::READS;

/// Our own copies: each topic's table lies beside its rule. With the number of its rows, so that none gets lost.
const GOLDEN: &[(&str, usize, &str)] = &[
    ("acquisition", 4, include_str!("../employees_insurance/acquisition/golden.csv")),
    ("age", 3, include_str!("../employees_insurance/age/golden.csv")),
    ("bonus", 5, include_str!("../employees_insurance/bonus/golden.csv")),
    ("chargeable_months", 6, include_str!("../employees_insurance/chargeable_months/golden.csv")),
    ("contribution", 34, include_str!("../employees_insurance/contribution/golden.csv")),
    ("due_date", 9, include_str!("../employees_insurance/due_date/golden.csv")),
    ("exemption", 11, include_str!("../employees_insurance/exemption/golden.csv")),
    ("grade", 18, include_str!("../employees_insurance/grade/golden.csv")),
    ("long_term_care", 5, include_str!("../employees_insurance/long_term_care/golden.csv")),
    ("notice_total", 4, include_str!("../employees_insurance/notice_total/golden.csv")),
    ("annual_cap", 7, include_str!("../health_benefits/annual_cap/golden.csv")),
    ("annual_outpatient", 10, include_str!("../health_benefits/annual_outpatient/golden.csv")),
    ("combined_medical_care", 16, include_str!("../health_benefits/combined_medical_care/golden.csv")),
    ("copay", 27, include_str!("../health_benefits/copay/golden.csv")),
    ("high_cost_70to74", 30, include_str!("../health_benefits/high_cost_70to74/golden.csv")),
    ("high_cost_category", 27, include_str!("../health_benefits/high_cost_category/golden.csv")),
    ("high_cost_mixed", 5, include_str!("../health_benefits/high_cost_mixed/golden.csv")),
    ("high_cost_under70", 43, include_str!("../health_benefits/high_cost_under70/golden.csv")),
    ("hospital_meal", 6, include_str!("../health_benefits/hospital_meal/golden.csv")),
    ("limit_certificate", 11, include_str!("../health_benefits/limit_certificate/golden.csv")),
    ("multi_time", 7, include_str!("../health_benefits/multi_time/golden.csv")),
    ("specified_disease", 7, include_str!("../health_benefits/specified_disease/golden.csv")),
    ("formats", 158, include_str!("golden_formats.csv")),
];

fn rows(text: &str) -> Vec<(String, Value, Value)> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let record = |record: csv::StringRecord| {
        let json = |place: usize| serde_json::from_str(&record[place]).expect("golden tables hold JSON");
        (record[1].to_owned(), json(2), json(3))
    };
    reader.records().map(|row| record(row.expect("golden tables are CSV"))).collect()
}

#[test]
fn every_golden_row_of_ours_passes() {
    for (name, count, text) in GOLDEN {
        let report = run_cases(text);
        assert_eq!((report.passed, report.failed), (*count, 0), "{name}:\n{report}");
    }
}

#[test]
fn every_topic_has_a_golden_row() {
    let covered: Vec<String> = GOLDEN.iter().flat_map(|(_, _, text)| rows(text)).map(|(topic, ..)| topic).collect();
    for topic in topics() {
        assert!(covered.iter().any(|known| known == topic), "{topic} has no golden row");
    }
}

#[test]
fn every_golden_row_names_its_origin() {
    for (name, _, text) in GOLDEN {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().expect("a head").get(4), Some("origin"), "{name}");
        for record in reader.records() {
            assert!(record.expect("CSV")[4].len() > 3, "{name}: a row without origin");
        }
    }
}

/// The tables of the project's owner, where they lie beside it: only topics that are not built may fail.
#[test]
fn the_shared_golden_tables_pass_where_they_are_present() {
    for name in ["golden_employees.csv", "golden_formats.csv"] {
        let path = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("tests run under cargo"))
            .join("../../../shared/domain")
            .join(name);
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let report = run_cases(&text);
        for failure in &report.failures {
            assert!(!topics().any(|topic| topic == failure.topic), "{name} {}: {}", failure.case_id, failure.reason);
            assert!(failure.reason.contains("未実装の計算です"), "{}", failure.reason);
        }
        assert!(report.passed >= 99, "{name}: {} passed", report.passed);
    }
}

#[test]
fn every_parameter_that_is_read_is_on_the_receipt() {
    for (topic, inputs, _) in GOLDEN.iter().flat_map(|(_, _, text)| rows(text)) {
        let mut trace = Trace::new();
        READS.with(|reads| reads.set(0));
        run(&topic, &inputs, &mut trace).expect("golden rows compute");
        let recorded = trace.parameters().iter().filter(|read| read.source != "holidays.csv").count();
        assert_eq!(READS.with(std::cell::Cell::get), recorded, "{topic} {inputs}");
        assert!(!trace.steps().is_empty(), "{topic} tells no step");
        assert!(trace.steps().iter().all(|step| !step.clause.is_empty() && !step.result.is_empty()), "{topic}");
    }
}

#[test]
fn a_receipt_survives_its_storage() {
    let inputs = json!({ "month": "2026-04", "prefecture_code": "13", "hi_standard_yen": 300000 });
    let receipt = receipt("premium_table_cell", &inputs).expect("computes");
    let text = serde_json::to_string(&receipt).expect("serialisable");
    assert_eq!(serde_json::from_str::<Receipt>(&text).expect("readable"), receipt);
    assert_eq!(receipt.law_version, crate::law_version());
    let told = receipt.to_string();
    for part in ["都道府県単位保険料率 [13] = 0.0985", "健康保険法160条", "29550円", "14775"] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
}

#[test]
fn wrong_questions_get_a_japanese_answer() {
    let ask = |topic: &str, inputs: Value| run(topic, &inputs, &mut Trace::new()).expect_err("refused");
    assert_eq!(ask("late_fee_of_mars", json!({})).code(), "unknown_topic");
    assert!(ask("late_fee_of_mars", json!({})).to_string().contains("未実装の計算です"));
    assert_eq!(ask("due_date", json!([])).code(), "wrong_type");
    assert_eq!(ask("due_date", json!({})), CalcError::MissingKey("month".to_owned()));
    assert_eq!(ask("due_date", json!({ "month": 202604 })).code(), "wrong_type");
    assert_eq!(ask("due_date", json!({ "month": "2026-13" })).code(), "wrong_type");
    assert_eq!(ask("due_date", json!({ "month": "2026-04", "moth": "2026-05" })).code(), "unknown_key");
    assert_eq!(ask("due_date", json!({ "month": "2028-12" })).code(), "outside_calendar");
    let grade = |date: &str, yen: Value| json!({ "scheme": "hi", "date": date, "remuneration_yen": yen });
    assert_eq!(ask("grade_lookup", grade("2026-02-30", json!(1))).code(), "wrong_type");
    assert_eq!(ask("grade_lookup", grade("2026-02-01", json!(-1))).code(), "wrong_type");
    assert_eq!(ask("grade_lookup", grade("2026-02-01", json!(1.5))).code(), "wrong_type");
    assert_eq!(ask("grade_lookup", grade("1999-02-01", json!(1))).code(), "not_in_force");
    let cell = |month: &str, code: &str| json!({ "month": month, "prefecture_code": code, "hi_standard_yen": 58000 });
    assert_eq!(ask("premium_table_cell", cell("2027-03", "13")).code(), "past_last_check");
    assert_eq!(ask("premium_table_cell", cell("2012-02", "13")).code(), "not_in_force");
    assert_eq!(ask("premium_table_cell", cell("2026-04", "48")).code(), "bad_input");
    let nested = json!({ "bonuses": [{ "amount_yen": 1, "paid_on": "2026-07-10" }, { "amount_yen": 1 }] });
    assert_eq!(ask("bonus_standard", nested), CalcError::MissingKey("bonuses[1].paid_on".to_owned()));
    for (_, calculation) in calculations() {
        assert!(calculation(&json!({ "nonsense": 1 }), &mut Trace::new()).is_err());
    }
}

#[test]
fn a_bad_line_is_counted_and_named_and_the_rest_goes_on() {
    let text = "case_id,topic,inputs,expected,source\n\
        A,due_date,\"{\"\"month\"\": \"\"2025-11\"\"}\",\"{\"\"due_date\"\": \"\"2026-01-05\"\"}\",x\n\
        B,due_date,\"{\"\"month\"\": \"\"2025-11\"\"}\",\"{\"\"due_date\"\": \"\"2026-01-06\"\"}\",x\n\
        C,no_such_topic,{},{},x\n\
        D,due_date,{broken,{},x\n\
        E,due_date\n\
        F,due_date,\"{\"\"month\"\": \"\"2025-11\"\"}\",{},x\n\
        G,due_date,\"{\"\"month\"\": \"\"2025-11\"\"}\",\"{\"\"due_day\"\": 1}\",x\n\
        H,due_date,{},\"{\"\"due_date\"\": 1}\",x\n\
        I,format.era_from_date,\"{\"\"input\"\": \"\"1872-12-31\"\"}\",\"{\"\"output\"\": \"\"INVALID\"\"}\",x\n";
    let report = run_cases(text);
    assert_eq!((report.passed, report.failed), (2, 7), "{report}");
    let lines: Vec<u64> = report.failures.iter().map(|failure| failure.line).collect();
    assert_eq!(lines, [3, 4, 5, 6, 7, 8, 9]);
    assert!(report.failures[0].reason.contains("2026-01-06") && report.failures[0].reason.contains("2026-01-05"));
    assert!(report.to_string().ends_with("\n2 passed, 7 failed"));
    assert_eq!(run_cases("topic,inputs\nx,y\n").failed, 1);
    assert_eq!(run_cases("").failed, 1);
}

proptest! {
    /// Whatever is asked, there is an answer or an error, never a panic.
    #[test]
    fn no_text_makes_a_format_topic_panic(text in ".{0,24}", digits in "[0-9|,-]{0,24}") {
        for topic in topics().filter(|topic| topic.starts_with("format.")) {
            for input in [&text, &digits] {
                let _ = run(topic, &json!({ "input": input }), &mut Trace::new());
            }
        }
    }

    /// Dates of any year, in every topic that takes one.
    #[test]
    fn no_date_makes_a_topic_panic(year in 0_i32..=9999, month in 0_u8..=13, day in 0_u8..=32, n in 0_i64..=9999) {
        let date = format!("{year:04}-{month:02}-{day:02}");
        let ym = format!("{year:04}-{month:02}");
        let questions = [
            ("age_loss", json!({ "birthdate": date })),
            ("ltci_period", json!({ "birthdate": date })),
            ("acquisition_decision_period", json!({ "acquired_on": date })),
            ("due_date", json!({ "month": ym })),
            ("exemption", json!({ "kind": "childcare", "start": date, "end": "2026-03-31" })),
            ("exemption", json!({ "kind": "maternity", "start": date, "end": date, "worked_days_excluded": n })),
            ("chargeable_months", json!({ "acquired_on": date, "last_work_day": date })),
            ("bonus_standard", json!({ "bonuses": [{ "paid_on": date, "amount_yen": n }] })),
            ("grade_lookup", json!({ "scheme": "epi", "date": date, "remuneration_yen": n })),
            ("format.age_attained_on", json!({ "input": format!("{date}|{n}") })),
            ("format.legal_age_on", json!({ "input": format!("{date}|2026-01-01") })),
            ("format.era_from_date", json!({ "input": date })),
            ("format.bank_prev_or_same", json!({ "input": date })),
            ("format.pension_payday", json!({ "input": ym })),
        ];
        for (topic, inputs) in questions {
            let _ = run(topic, &inputs, &mut Trace::new());
        }
    }
}
