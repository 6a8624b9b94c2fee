//! The golden tables through the front door, and what a wrong question gets.

use std::path::PathBuf;

use proptest::prelude::*;
use serde_json::json;

use super::inputs::{iso_date, iso_month};
use super::*;
use crate::table::tests::READS;

/// Our own copies: each topic's table lies beside its rule. With the number of its rows, so that none gets lost.
const GOLDEN: &[(&str, usize, &str)] = &[
    ("acquisition", 4, include_str!("../employees_insurance/acquisition/golden.csv")),
    ("additional_pension", 5, include_str!("../basic_pension/additional_pension/golden.csv")),
    ("age", 3, include_str!("../employees_insurance/age/golden.csv")),
    ("annual_average", 6, include_str!("../employees_insurance/annual_average/golden.csv")),
    ("annual_cap", 7, include_str!("../health_benefits/annual_cap/golden.csv")),
    ("annual_determination", 11, include_str!("../employees_insurance/annual_determination/golden.csv")),
    ("annual_outpatient", 10, include_str!("../health_benefits/annual_outpatient/golden.csv")),
    ("average_remuneration", 4, include_str!("../employees_pension/average_remuneration/golden.csv")),
    ("bonus", 5, include_str!("../employees_insurance/bonus/golden.csv")),
    ("cash_medical_benefit", 10, include_str!("../health_benefits/cash_medical_benefit/golden.csv")),
    ("chargeable_months", 6, include_str!("../employees_insurance/chargeable_months/golden.csv")),
    ("childcare_guarantee", 4, include_str!("../employees_insurance/childcare_guarantee/golden.csv")),
    ("combined_medical_care", 16, include_str!("../health_benefits/combined_medical_care/golden.csv")),
    ("contribution", 34, include_str!("../employees_insurance/contribution/golden.csv")),
    ("coordination", 14, include_str!("../health_benefits/coordination/golden.csv")),
    ("copay", 27, include_str!("../health_benefits/copay/golden.csv")),
    ("cover_dates", 14, include_str!("../employees_insurance/cover_dates/golden.csv")),
    ("covered_workplace", 12, include_str!("../employees_insurance/covered_workplace/golden.csv")),
    ("custody", 6, include_str!("../employees_insurance/custody/golden.csv")),
    ("death_lump_sum", 13, include_str!("../basic_pension/death_lump_sum/golden.csv")),
    ("deferral", 23, include_str!("../basic_pension/deferral/golden.csv")),
    ("demand", 4, include_str!("../employees_insurance/demand/golden.csv")),
    ("dependant", 26, include_str!("../employees_insurance/dependant/golden.csv")),
    ("due_date", 9, include_str!("../employees_insurance/due_date/golden.csv")),
    ("early_claim", 8, include_str!("../basic_pension/early_claim/golden.csv")),
    ("exemption", 11, include_str!("../employees_insurance/exemption/golden.csv")),
    ("fixed_part", 10, include_str!("../employees_pension/fixed_part/golden.csv")),
    ("formats", 158, include_str!("golden_formats.csv")),
    ("full_amount", 7, include_str!("../basic_pension/full_amount/golden.csv")),
    ("furikae", 10, include_str!("../basic_pension/furikae/golden.csv")),
    ("grade", 18, include_str!("../employees_insurance/grade/golden.csv")),
    ("high_age_employment_stop", 9, include_str!("../employees_pension/high_age_employment_stop/golden.csv")),
    ("high_cost_70to74", 30, include_str!("../health_benefits/high_cost_70to74/golden.csv")),
    ("high_cost_category", 27, include_str!("../health_benefits/high_cost_category/golden.csv")),
    ("high_cost_mixed", 5, include_str!("../health_benefits/high_cost_mixed/golden.csv")),
    ("high_cost_under70", 43, include_str!("../health_benefits/high_cost_under70/golden.csv")),
    ("hospital_meal", 6, include_str!("../health_benefits/hospital_meal/golden.csv")),
    ("insured", 23, include_str!("../employees_insurance/insured/golden.csv")),
    ("judo_therapy", 6, include_str!("../health_benefits/judo_therapy/golden.csv")),
    ("late_fee", 24, include_str!("../employees_insurance/late_fee/golden.csv")),
    ("leave_end_revision", 7, include_str!("../employees_insurance/leave_end_revision/golden.csv")),
    ("life", 6, include_str!("../employees_insurance/life/golden.csv")),
    ("limit_certificate", 11, include_str!("../health_benefits/limit_certificate/golden.csv")),
    ("limitation", 9, include_str!("../employees_insurance/limitation/golden.csv")),
    ("long_term_care", 5, include_str!("../employees_insurance/long_term_care/golden.csv")),
    ("lump_sum", 39, include_str!("../health_benefits/lump_sum/golden.csv")),
    ("maternity_allowance", 23, include_str!("../health_benefits/maternity_allowance/golden.csv")),
    ("month", 13, include_str!("../employees_insurance/month/golden.csv")),
    ("multi_time", 7, include_str!("../health_benefits/multi_time/golden.csv")),
    ("notice_total", 4, include_str!("../employees_insurance/notice_total/golden.csv")),
    ("old_age_basic", 22, include_str!("../basic_pension/old_age_basic/golden.csv")),
    ("old_age_pension", 1, include_str!("../employees_pension/old_age_pension/golden.csv")),
    ("disability", 5, include_str!("../adjudication/disability/golden.csv")),
    ("old_age", 9, include_str!("../adjudication/old_age/golden.csv")),
    ("survivor", 4, include_str!("../adjudication/survivor/golden.csv")),
    ("overpayment", 6, include_str!("../employees_insurance/overpayment/golden.csv")),
    ("pension_coverage_notice", 13, include_str!("../pension_record/coverage_notice/golden.csv")),
    ("pension_divorce_split", 10, include_str!("../pension_record/divorce_split/golden.csv")),
    ("pension_duplicates", 27, include_str!("../pension_record/duplicates/golden.csv")),
    ("pension_life", 4, include_str!("../pension_record/life/golden.csv")),
    ("pension_milestones", 5, include_str!("../pension_record/milestones/golden.csv")),
    ("pension_notification", 9, include_str!("../pension_record/notification/golden.csv")),
    ("pension_numbers", 10, include_str!("../pension_record/numbers/golden.csv")),
    ("pension_recalculation", 11, include_str!("../pension_record/recalculation/golden.csv")),
    ("pension_special_old_age_start", 18, include_str!("../pension_record/special_old_age_start/golden.csv")),
    ("pension_status", 45, include_str!("../pension_record/status/golden.csv")),
    ("post_loss", 22, include_str!("../health_benefits/post_loss/golden.csv")),
    ("premium_adjustment", 3, include_str!("../employees_insurance/premium_adjustment/golden.csv")),
    ("prescription", 17, include_str!("../health_benefits/prescription/golden.csv")),
    ("proportional_part", 15, include_str!("../employees_pension/proportional_part/golden.csv")),
    ("qualification", 14, include_str!("../basic_pension/qualification/golden.csv")),
    ("qualification", 14, include_str!("../basic_pension/qualification/golden.csv")),
    ("proportional_part", 15, include_str!("../employees_pension/proportional_part/golden.csv")),
    ("remuneration", 3, include_str!("../employees_insurance/remuneration/golden.csv")),
    ("revaluation", 8, include_str!("../employees_pension/revaluation/golden.csv")),
    ("revision", 24, include_str!("../employees_insurance/revision/golden.csv")),
    ("revision_rate", 13, include_str!("../basic_pension/revision_rate/golden.csv")),
    ("short_time_worker", 35, include_str!("../employees_insurance/short_time_worker/golden.csv")),
    ("sickness_allowance", 67, include_str!("../health_benefits/sickness_allowance/golden.csv")),
    ("specified_disease", 7, include_str!("../health_benefits/specified_disease/golden.csv")),
    ("spouse_child_addition", 35, include_str!("../employees_pension/spouse_child_addition/golden.csv")),
    ("subrogation", 6, include_str!("../health_benefits/subrogation/golden.csv")),
    ("support_benefit", 32, include_str!("../basic_pension/support_benefit/golden.csv")),
    ("table_change", 7, include_str!("../employees_insurance/table_change/golden.csv")),
    ("transport", 6, include_str!("../health_benefits/transport/golden.csv")),
    ("two_workplaces", 8, include_str!("../employees_insurance/two_workplaces/golden.csv")),
    ("unemployment_suspension", 9, include_str!("../employees_pension/unemployment_suspension/golden.csv")),
    ("voluntary", 57, include_str!("../employees_insurance/voluntary/golden.csv")),
    ("widow_pension", 6, include_str!("../basic_pension/widow_pension/golden.csv")),
    ("withdrawal_lump_sum", 9, include_str!("../basic_pension/withdrawal_lump_sum/golden.csv")),
    ("withholding", 8, include_str!("../employees_insurance/withholding/golden.csv")),
    ("working_pension", 18, include_str!("../employees_pension/working_pension/golden.csv")),
    ("payment_date", 8, include_str!("../pension_payment/payment_date/golden.csv")),
    ("payment_rounding", 6, include_str!("../pension_payment/payment_rounding/golden.csv")),
    ("payable_months", 4, include_str!("../pension_payment/payable_months/golden.csv")),
    ("withholding_tax", 9, include_str!("../pension_payment/withholding_tax/golden.csv")),
    ("special_collection", 8, include_str!("../pension_payment/special_collection/golden.csv")),
    ("unpaid_benefit", 3, include_str!("../pension_payment/unpaid_benefit/golden.csv")),
    ("limitation", 5, include_str!("../pension_payment/limitation/golden.csv")),
    ("overpayment", 2, include_str!("../pension_payment/overpayment/golden.csv")),
    ("payment run", 19, include_str!("../pension_payment/run/golden.csv")),
    ("simultaneous_benefits", 7, include_str!("../pension_payment/simultaneous_benefits/golden.csv")),
    ("certificate_number", 2, include_str!("../pension_payment/certificate_number/golden.csv")),
    ("life_report", 2, include_str!("../pension_payment/life_report/golden.csv")),
    ("contribution_test", 8, include_str!("../disability_survivor/contribution_test/golden.csv")),
    ("disability_basic", 7, include_str!("../disability_survivor/disability_basic/golden.csv")),
    ("disability_employee", 8, include_str!("../disability_survivor/disability_employee/golden.csv")),
    ("disability_right", 4, include_str!("../disability_survivor/disability_right/golden.csv")),
    ("before20_income", 4, include_str!("../disability_survivor/before20_income/golden.csv")),
    ("survivor_basic", 6, include_str!("../disability_survivor/survivor_basic/golden.csv")),
    ("survivor_employee", 10, include_str!("../disability_survivor/survivor_employee/golden.csv")),
    ("survivor_right", 9, include_str!("../disability_survivor/survivor_right/golden.csv")),
    ("transitional_widow_addition", 6, include_str!("../disability_survivor/transitional_widow_addition/golden.csv")),
    ("np additional_contribution", 8, include_str!("../national_pension/additional_contribution/golden.csv")),
    ("np application", 13, include_str!("../national_pension/application/golden.csv")),
    ("np arrears", 11, include_str!("../national_pension/arrears/golden.csv")),
    ("np childcare_exemption", 6, include_str!("../national_pension/childcare_exemption/golden.csv")),
    ("np demand", 2, include_str!("../national_pension/demand/golden.csv")),
    ("np due_date", 8, include_str!("../national_pension/due_date/golden.csv")),
    ("np exemption_amount", 93, include_str!("../national_pension/exemption_amount/golden.csv")),
    ("np income_limit", 14, include_str!("../national_pension/income_limit/golden.csv")),
    ("np late_payment", 81, include_str!("../national_pension/late_payment/golden.csv")),
    ("np limitation", 4, include_str!("../national_pension/limitation/golden.csv")),
    ("np maternity_exemption", 11, include_str!("../national_pension/maternity_exemption/golden.csv")),
    ("np monthly_contribution", 31, include_str!("../national_pension/monthly_contribution/golden.csv")),
    ("np payment_rate", 10, include_str!("../national_pension/payment_rate/golden.csv")),
    ("np payment_state", 18, include_str!("../national_pension/payment_state/golden.csv")),
    ("np prepayment", 120, include_str!("../national_pension/prepayment/golden.csv")),
    ("np relief", 5, include_str!("../national_pension/relief/golden.csv")),
    ("np statutory_exemption", 2, include_str!("../national_pension/statutory_exemption/golden.csv")),
    ("working_pension", 18, include_str!("../employees_pension/working_pension/golden.csv")),
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
    for known in covered {
        assert!(topics().any(|topic| topic == known), "{known} is not in the list of topics");
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

/// The tables of the project's owner, where they lie beside it: every case of the employees' insurance, and of the forms
/// every case whose topic is built.
#[test]
fn the_shared_golden_tables_pass_where_they_are_present() {
    for name in ["golden_employees.csv", "golden_formats.csv"] {
        let path = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("tests run under cargo"))
            .join("../../../shared/domain")
            .join(name);
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let report = run_cases(&text);
        assert!(report.failed == 0 || name != "golden_employees.csv", "{report}");
        for failure in &report.failures {
            assert!(!topics().any(|topic| topic == failure.topic), "{name} {}: {}", failure.case_id, failure.reason);
            assert!(failure.reason.contains("未実装の計算です"), "{}", failure.reason);
        }
        assert!(report.passed >= 99, "{name}: {} passed", report.passed);
    }
}

#[test]
fn every_parameter_that_is_read_is_on_the_receipt() {
    // The month's law reads the rows of all 47 prefectures once; a person's receipt names those that were his.
    let all = GOLDEN
        .iter()
        .flat_map(|(_, _, text)| rows(text))
        .filter(|(topic, ..)| !["life", "month_contribution", "workplaces_contribution"].contains(&topic.as_str()));
    for (topic, inputs, _) in all {
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
    let receipt = receipt(LawBook::today(), "premium_table_cell", &inputs).expect("computes");
    let text = serde_json::to_string(&receipt).expect("serialisable");
    assert_eq!(serde_json::from_str::<Receipt>(&text).expect("readable"), receipt);
    assert_eq!(receipt.law_version, crate::law_version());
    let told = receipt.to_string();
    for part in ["都道府県単位保険料率 [13] = 0.0985", "健康保険法160条", "29550円", "14775"] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
}

#[test]
fn every_receipt_gives_the_same_result_again() {
    for (topic, inputs, _) in GOLDEN.iter().flat_map(|(_, _, text)| rows(text)) {
        let stored = serde_json::to_string(&receipt(LawBook::today(), &topic, &inputs).expect("computes"));
        let old: Receipt = serde_json::from_str(&stored.expect("serialisable")).expect("readable");
        let again = replay(LawBook::today(), &old).expect("computes again");
        assert!(again.same_result && again.same_law && again.receipt == old, "{topic} {inputs}");
    }
}

#[test]
fn a_receipt_without_inputs_or_of_a_newer_format_is_not_computed_again() {
    let inputs = json!({ "month": "2025-11" });
    let good = receipt(LawBook::today(), "due_date", &inputs).expect("computes");
    let altered = Receipt { result: json!({ "due_date": "2026-01-06" }), ..good.clone() };
    assert!(!replay(LawBook::today(), &altered).expect("computes").same_result);
    for old in [Receipt { inputs: Value::Null, ..good.clone() }, Receipt { format_version: 99, ..good }] {
        assert_eq!(replay(LawBook::today(), &old).expect_err("refused").code(), "not_replayable");
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
        I,format.era_from_date,\"{\"\"input\"\": \"\"1872-12-31\"\"}\",\"{\"\"output\"\": \"\"INVALID\"\"}\",x\n\
        J,due_date,\"{\"\"month\"\": \"\"2028-12\"\"}\",\"{\"\"output\"\": \"\"INVALID\"\"}\",x\n";
    let report = run_cases(text);
    assert_eq!((report.passed, report.failed), (2, 8), "{report}");
    let lines: Vec<u64> = report.failures.iter().map(|failure| failure.line).collect();
    assert_eq!(lines, [3, 4, 5, 6, 7, 8, 9, 11]);
    assert!(report.failures[0].reason.contains("2026-01-06") && report.failures[0].reason.contains("2026-01-05"));
    assert!(report.to_string().ends_with("\n2 passed, 8 failed"));
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

    /// Benefits: any date, any amount, any number of days.
    #[test]
    fn no_claim_makes_a_benefit_panic(
        year in 0_i32..=9999,
        month in 0_u8..=13,
        day in 0_u8..=32,
        n in 0_i64..=1_000_000_000_000,
        later in 0_i32..=900,
    ) {
        let date = format!("{year:04}-{month:02}-{day:02}");
        let end = format!("{:04}-{month:02}-{day:02}", year + later / 400);
        let span = json!([{ "first_day": date, "last_day": end }]);
        let cover = json!([{ "kind": "insured", "acquired_on": date, "lost_on": end }]);
        let questions = [
            ("sickness_allowance", json!({ "benefit_start": date, "standards_yen": [n, n + 1],
                "disability_pension_annual_yen": n, "daily_pay_yen": n / 7, "disability_lump_sum_yen": n })),
            ("sickness_allowance", json!({ "benefit_start": "2026-06-01", "standards_yen": vec![n; 13],
                "disability_lump_sum_yen": 1_000_000_000_000_i64 - n })),
            ("sickness_allowance", json!({ "benefit_start": date, "months": [
                { "month": format!("{year:04}-{month:02}"), "insurer": "kyokai", "standard_yen": n }] })),
            ("sickness_period", json!({ "paid_from": date, "paid": span })),
            ("sickness_waiting", json!({ "unfit": span, "worked": [{ "first_day": date, "last_day": date }] })),
            ("maternity_allowance", json!({ "due_date": date, "birth_date": end, "leave_from": date,
                "multiple": later % 2 == 0, "standards_yen": [n], "daily_pay_yen": n / 31, "sickness_paid_yen": n })),
            ("maternity_allowance", json!({ "due_date": "2026-05-20", "birth_date": "2026-05-20",
                "leave_from": "2026-04-09", "multiple": false, "standards_yen": vec![n; 12], "paid": span })),
            ("lump_sum", json!({ "benefit": "childbirth", "birth_date": date, "children": later,
                "scheme_member_and_22w": true, "actual_cost_yen": n })),
            ("lump_sum", json!({ "benefit": "funeral_expense", "death_date": date, "actual_cost_yen": n })),
            ("benefit_coordination", json!({ "benefit": "sickness_allowance", "daily_yen": later,
                "disability_lump_sum_yen": n })),
            ("post_loss_benefits", json!({ "benefit": "sickness_allowance", "covers": cover,
                "entitled_on_last_day": true, "worked_on_last_day": false, "remaining_days": n % 4_294_967_296 })),
            ("post_loss_benefits", json!({ "benefit": "childbirth", "covers": cover, "birth_date": end })),
            ("post_loss_benefits", json!({ "benefit": "funeral_allowance", "covers": cover, "death_date": end,
                "continuation_stopped_on": end })),
            ("subrogation", json!({ "benefit_kind": "cash", "benefit_yen": n, "loss_yen": n, "own_fault": "0.1234" })),
            ("benefit_limitation", json!({ "benefit": "transport", "paid_on": date })),
            ("benefit_limitation", json!({ "benefit": "high_cost", "care_month": format!("{year:04}-{month:02}") })),
        ];
        for (topic, inputs) in questions {
            let _ = run(topic, &inputs, &mut Trace::new());
        }
    }

    /// An exact decimal of any length is taken or refused.
    #[test]
    fn no_decimal_makes_a_topic_panic(text in "-?[0-9]{1,45}(\\.[0-9]{0,45})?", yen in 0_i64..=1_000_000_000_000) {
        let abroad = json!({ "cause": "overseas", "recognised_cost_yen": yen, "patient_rate": "0.3",
            "actual_cost_foreign": text, "tt_selling_rate": text });
        let third_party = json!({ "benefit_kind": "cash", "benefit_yen": yen, "loss_yen": yen, "own_fault": text });
        let _ = run("cash_medical_benefit", &abroad, &mut Trace::new());
        let _ = run("subrogation", &third_party, &mut Trace::new());
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
            ("late_fee", json!({ "premium_yen": n * 1_000, "due_date": date, "paid_on": "2026-03-31", "demand_deadline": "2026-01-31" })),
            ("late_fee", json!({ "premium_yen": n, "due_date": "2025-06-02", "paid_on": date, "demand_deadline": date })),
            ("demand", json!({ "due_date": date, "issued_on": date })),
            ("demand", json!({ "due_date": "2025-06-02", "issued_on": date, "deadline": date })),
            ("overpayment", json!({ "excess_yen": n, "on": date, "premiums": [] })),
            ("limitation", json!({ "right": "refund", "on": date, "renewed_on": [date] })),
            ("retroactive_months", json!({ "acquired_on": "2000-01-01", "notified_on": date })),
            ("withholding", json!({ "paid_on": date, "acquired_on": date, "last_work_day": date })),
            ("custody_months", json!({ "acquired_on": date, "held_from": date, "released_on": date })),
            ("voluntary_premium", json!({ "birthdate": date, "month": "2026-04", "prefecture_code": "13", "standard_at_loss_yen": n })),
            ("voluntary_prepayment", json!({ "ltci_second_insured": true, "first_month": ym, "months": n, "prefecture_code": "13", "standard_yen": 58000 })),
            ("voluntary_prepayment_periods", json!({ "fiscal_year": n, "acquired_on": date, "lost_on": date })),
            ("voluntary_due_date", json!({ "month": ym })),
            ("voluntary_entry", json!({ "insured_from": "2020-04-01", "lost_on": date, "applied_on": date })),
            ("voluntary_loss", json!({ "acquired_on": date, "cause": "two_years" })),
            ("voluntary_loss", json!({ "acquired_on": "2000-01-01", "cause": "unpaid", "month": ym })),
            ("voluntary_loss", json!({ "acquired_on": "2000-01-01", "cause": "own_request", "on": date })),
            ("two_workplaces", json!({ "ltci_second_insured": true, "month": ym, "prefecture_code_selected": "13",
                "remuneration_a_yen": n, "remuneration_b_yen": n, "bonus_a_yen": n, "second_cover_on": date })),
            ("covered_workplace", json!({ "on": date, "owner": "private", "industry": "other", "employees": n, "established_on": date })),
            ("short_time_worker", json!({ "on": date, "employed_from": date, "expected_until": date, "weekly_hours": n, "monthly_wage_yen": n, "office_insured": n })),
            ("short_time_worker_start", json!({ "worked": [{ "month": ym, "weekly_hours": n }, { "month": "2026-05", "weekly_hours": 20 }] })),
            ("insured", json!({ "on": date, "birthdate": "1980-05-10", "employed_from": date, "engagement": "seasonal", "until": date })),
            ("insured", json!({ "on": "2026-04-01", "birthdate": date, "employed_from": "2026-04-01", "engagement": "by_the_day" })),
            ("acquired_on", json!({ "cause": "by_the_day_over_one_month", "on": date })),
            ("lost_on", json!({ "cause": "age", "birthdate": date })),
            ("lost_on", json!({ "cause": "death", "on": date, "birthdate": date })),
            ("dependant", json!({ "on": date, "birthdate": date, "kinship": "close", "income_yen": n, "same_household": true, "insured_income_yen": n })),
            ("premium_adjustment", json!({ "standard_yen": 88000, "month": ym, "first_month": "2026-10", "prefecture_code": "13", "ltci_second_insured": false })),
            ("age_attainment_date", json!({ "birth_date": date, "age": n })),
            ("np_insured_months", json!({ "birth_date": date, "category": n % 4, "resident_from": date, "dependent_from": date, "insured_from": date })),
            ("np_insured_months", json!({ "acquired_on": date, "lost_on": "2026-03-31" })),
            ("np_insured_months", json!({ "acquired_on": "2020-03-31", "lost_on": date })),
            ("np_category_change_month", json!({ "events": [[date, 1], ["2026-03-05", 2]], "month": ym })),
            ("np_loss", json!({ "birth_date": date, "cause": "special_voluntary_seventy" })),
            ("np_loss", json!({ "birth_date": "1980-01-01", "cause": "death", "on": date })),
            ("np_loss_by_leaving_japan", json!({ "left_on": date })),
            ("np_notice_deadline", json!({ "notice": "cat3", "on": date })),
            ("cat3_late_notice", json!({ "acquired_on": date, "notified_on": date })),
            ("cat3_mismatch", json!({ "due_date": date, "corrected_on": date, "notice_filed": true })),
            ("special_old_age_start", json!({ "birth_date": date, "person_category": "FEMALE_CATEGORY1", "employees_months": n })),
            ("in_service_annual_revision", json!({ "base_date": date, "insured_on_base_date": false, "birth_date": date, "lost_on": date, "reacquired_on": date })),
            ("retirement_revision", json!({ "retired_on": date, "reacquired_on": date })),
            ("retirement_revision", json!({ "birth_date": date })),
            ("divorce_split_deadline", json!({ "divorced_on": date, "court_asked_on": date, "court_decided_on": date, "other_died_on": date })),
            ("divorce_split_deadline", json!({ "divorced_on": "2026-05-10", "court_asked_on": "2026-05-11", "court_decided_on": date })),
            ("divorce_split_months", json!({ "married_on": date, "divorced_on": "2026-03-31" })),
            ("pension_coverage_notice_form", json!({ "birth_date": date, "fiscal_year": n })),
            ("pension_coverage_notice_form", json!({ "birth_date": date, "fiscal_year": 2025 })),
            ("claim_form_posting", json!({ "birth_date": date, "person_category": "MALE_OR_CIVIL_SERVANT", "employees_months": n })),
            ("pension_annual_calendar", json!({ "month": ym, "birth_date": date })),
            ("pension_record", json!({ "birth_date": "1980-05-10", "sex": "male", "as_of": date,
                "spells": [{ "category": "cat1", "acquired_on": date }], "abroad": [{ "left_on": date }],
                "contributions": [{ "first_month": ym, "last_month": "2026-03", "state": "paid", "additional": true }],
                "remunerations": [{ "first_month": ym, "standard_yen": n }], "bonuses": [{ "month": ym, "bonus_yen": n }] })),
            ("pension_record", json!({ "birth_date": date, "sex": "female", "as_of": "2026-03-31",
                "spells": [{ "category": "cat2", "acquired_on": date }, { "category": "cat3", "acquired_on": "1990-01-01", "lost_on": date }],
                "complementary": [{ "kind": "overseas", "first_month": ym, "last_month": "2026-03" }] })),
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

/// Tables of cases that lie beside the clone, where somebody has put them.
#[test]
fn cases_beside_the_clone_pass() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/domain");
    for name in ["golden_employees.csv", "golden_pensions.csv"] {
        let Ok(text) = std::fs::read_to_string(folder.join(name)) else { continue };
        let report = run_cases(&text);
        assert!(report.passed > 0 && report.failed == 0, "{name}: {report}");
    }
}

/// Values that no question should hold, by what stands in their place.
fn odd_values(value: &Value) -> Vec<Value> {
    let texts = |odd: &[&str]| odd.iter().map(|text| json!(text)).collect();
    match value {
        Value::Number(_) => {
            [0, 1, -1, 121, 9_999, 100_000_000, 1_000_000_000_000, i64::MAX].map(|odd| json!(odd)).to_vec()
        }
        Value::String(text) if iso_date(text).is_some() => texts(&[
            "0001-01-01",
            "1868-01-01",
            "1912-07-30",
            "1926-12-25",
            "2024-02-29",
            "2035-03-31",
            "8999-12-31",
            "9999-12-31",
        ]),
        Value::String(text) if iso_month(text).is_some() => {
            texts(&["0001-01", "1868-01", "1961-04", "2000-02", "2026-04", "2035-12", "8999-12", "9999-12"])
        }
        Value::String(_) => texts(&["", "0", "-1", "0.333", "99999999999999999999", "年"]),
        Value::Bool(flag) => vec![json!(!flag)],
        _ => Vec::new(),
    }
}

/// Every place of a question with each of its odd values, one at a time.
fn odd_questions(whole: &Value, part: &Value, pointer: &str, found: &mut Vec<Value>) {
    let inner: Vec<(String, &Value)> = match part {
        Value::Object(keys) => keys.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(place, item)| (place.to_string(), item)).take(3).collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in inner {
        let pointer = format!("{pointer}/{key}");
        for odd in odd_values(value) {
            let mut question = whole.clone();
            *question.pointer_mut(&pointer).expect("a place of the question") = odd;
            found.push(question);
        }
        odd_questions(whole, value, &pointer, found);
    }
}

/// Whatever stands in one place of a question, the answer is a result or a typed refusal.
#[test]
fn no_odd_value_in_one_place_makes_a_topic_panic() {
    let mut asked = std::collections::BTreeMap::<String, u32>::new();
    let mut panicked = Vec::new();
    for (topic, inputs, _) in GOLDEN.iter().flat_map(|(_, _, text)| rows(text)) {
        let count = asked.entry(topic.clone()).or_default();
        *count += 1;
        if *count > 4 {
            continue;
        }
        let mut questions = Vec::new();
        odd_questions(&inputs, &inputs, "", &mut questions);
        for question in questions {
            let answer = std::panic::catch_unwind(|| run(&topic, &question, &mut Trace::new()).is_ok());
            if answer.is_err() {
                panicked.push(format!("{topic} {question}"));
            }
        }
    }
    assert!(panicked.is_empty(), "{} questions: {:#?}", panicked.len(), &panicked[..panicked.len().min(20)]);
}

/// What is written in no other way, and numbers that fit: one form each, so that a receipt asks the same again.
#[test]
fn dates_numbers_and_quantities_have_one_form() {
    let code = |topic: &str, inputs: Value| run(topic, &inputs, &mut Trace::new()).map_err(|error| error.code());
    for date in ["19800510", "1980-05-10T00:00", "0000-05-10"] {
        assert_eq!(code("age_loss", json!({ "birthdate": date })), Err("wrong_type"), "{date}");
    }
    for birth in ["1872-12-31", "9000-01-01"] {
        assert_eq!(code("age_loss", json!({ "birthdate": birth })), Err("bad_input"));
        assert_eq!(code("ltci_period", json!({ "birthdate": birth })), Err("bad_input"));
        let prepaid = json!({ "birthdate": birth, "first_month": "2026-04", "months": 6, "prefecture_code": "13",
            "standard_yen": 58000 });
        assert_eq!(code("voluntary_prepayment", prepaid), Err("bad_input"));
    }
    assert_eq!(code("acquisition_decision_period", json!({ "acquired_on": "9999-06-01" })), Err("bad_input"));
    for age in ["+5", "0000000000005", ""] {
        assert!(code("format.age_attained_on", json!({ "input": format!("1980-05-10|{age}") })).is_err(), "{age}");
    }
    assert!(code("format.age_attained_on", json!({ "input": "1980-05-10|5" })).is_ok());
    for hours in [json!("20.00001"), json!(2_000_000_000_i64), json!(-1)] {
        let worked = json!({ "worked": [{ "month": "2026-05", "weekly_hours": hours }] });
        assert_eq!(code("short_time_worker_start", worked), Err("wrong_type"), "{hours}");
    }
}

/// `count` months from `first`, each with 30 days and this pay.
fn pay_rows(first: &str, count: i32, base_days: i64, pay_yen: i64) -> Value {
    let first: domain::Month = first.parse().expect("a month");
    let row = |place| json!({ "month": first.plus(place), "base_days": base_days, "pay_yen": pay_yen });
    (0..count).map(row).collect()
}

#[test]
fn months_of_pay_follow_one_another_and_are_those_of_the_year() {
    let annual = |spring: &str, year: &str| {
        let inputs = json!({ "year": 2026, "worker_type": "regular", "months": pay_rows(spring, 3, 30, 300_000),
            "year_months": pay_rows(year, 12, 30, 240_000), "arises_every_year": true, "insured_consents": true });
        run("annual_average_determination", &inputs, &mut Trace::new()).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(annual("2026-04", "2025-07"), Ok(()));
    assert_eq!((annual("2026-05", "2025-07"), annual("2026-04", "2025-08")), (Err("bad_input"), Err("bad_input")));
    let mut rows = pay_rows("2026-04", 2, 30, 1);
    rows.as_array_mut().expect("a list").extend(pay_rows("2026-07", 1, 30, 1).as_array().expect("a list").clone());
    let inputs = json!({ "months": rows });
    let months = super::remuneration::pay_months(&inputs::Inputs::of(&inputs).expect("an object"), "months");
    let refused = super::remuneration::consecutive::<3>("months", &months.expect("months"));
    assert!(refused.expect_err("June is missing").to_string().contains("続いた3か月"));
}

/// 健康保険法43条: 17 days, for short-time workers 11; a leave of one day is one.
#[test]
fn the_events_of_a_life_are_read_as_they_are_meant() {
    let lived = |event: Value| {
        let start = json!({ "kind": "enrolment", "acquired_on": "2025-04-01", "remuneration_yen": 300000 });
        let inputs = json!({ "birthdate": "1986-05-02", "prefecture_code": "13", "first_month": "2026-04",
            "last_month": "2026-04", "events": [start, event] });
        run("life", &inputs, &mut Trace::new()).map_err(|error| error.to_string())
    };
    let revised = |days, worker: Option<&str>| {
        let mut event = json!({ "kind": "geppen", "fixed_pay_direction": "up",
            "months": pay_rows("2026-01", 3, days, 380_000) });
        if let Some(worker) = worker {
            event["worker_type"] = json!(worker);
        }
        lived(event).map(|answer| answer["months"][0]["hi_standard_yen"].clone())
    };
    assert_eq!(revised(17, None), Ok(json!(380_000)));
    assert!(revised(16, None).expect_err("16 days").contains("base_days"));
    assert_eq!(revised(11, Some("short_time_worker")), Ok(json!(380_000)));
    let leave = |end: &str| lived(json!({ "kind": "leave", "leave": "childcare", "start": "2026-04-30", "end": end }));
    assert_eq!(leave("2026-04-30").expect("one day, the last of the month")["months"][0]["exempt"], json!(true));
    assert!(leave("2026-04-29").expect_err("backwards").contains("休業終了日 (end)"));
}

#[test]
fn a_notice_tells_nothing_of_bonuses_that_were_not_paid() {
    let inputs = json!({ "month": "2026-03", "prefecture_code": "13", "persons": [
        { "hi_standard_yen": 58000, "epi_standard_yen": 88000, "ltci_second_insured": true }] });
    let receipt = receipt(LawBook::today(), "notice_total", &inputs).expect("computes");
    assert!(receipt.steps.iter().flat_map(|step| &step.values).all(|value| value.value != "0円"), "{receipt}");
}

#[test]
fn a_month_of_the_night_can_be_asked_again() {
    let day = |text: &str| crate::day_number(text.parse().expect("a day"));
    let law = crate::MonthLaw::of("2026-04".parse().expect("a month"), &mut Trace::new()).expect("in force");
    let insured = crate::PersonMonth::insured(day("1980-05-10"), day("2020-04-01"), 13, 300_000, 300_000);
    for lost_on in [None, Some(day("2026-05-01")), Some(day("2026-04-30"))] {
        let person = crate::PersonMonth { lost_on, hi_standard_bonus_yen: 600_000, ..insured };
        let inputs = super::month::month_contribution_inputs(&law, &person).expect("a prefecture");
        let again = run("month_contribution", &inputs, &mut Trace::new());
        assert_eq!(again, Ok(super::month::month_contribution_result(&law.assess(&person))));
    }
    let nowhere = crate::PersonMonth { prefecture: 48, ..insured };
    assert_eq!(super::month::month_contribution_inputs(&law, &nowhere), None);
}
