//! Questions that do not fit, and that no question makes a topic panic.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::Trace;
use crate::calc::{CalcError, run};

fn ask(topic: &str, inputs: Value) -> Result<Value, CalcError> {
    run(topic, &inputs, &mut Trace::new())
}

#[test]
fn a_cohort_must_fit_the_birth_date_and_be_one_of_the_year() {
    let of = |year: i64, cohort: Value, birth: Value| {
        let inputs = json!({ "fiscal_year": year, "cohort": cohort, "birth_date": birth, "paid_months": 480 });
        ask("old_age_basic", inputs).map(|outcome| outcome["annual_yen"].clone())
    };
    assert_eq!(of(2025, json!("NEW_AWARD"), json!("1956-04-02")), Ok(json!(831_700)));
    assert_eq!(of(2025, json!("NEW_AWARD"), json!("1956-04-01")).expect_err("refused").code(), "bad_input");
    assert_eq!(of(2025, json!("EXISTING"), json!("1956-04-02")).expect_err("refused").code(), "bad_input");
    assert_eq!(of(2022, json!("EXISTING"), json!("1956-04-02")), Ok(json!(777_800)));
    assert_eq!(of(2023, json!("ALL"), Value::Null).expect_err("refused").code(), "bad_input");
    assert_eq!(of(2025, Value::Null, Value::Null).expect_err("refused").code(), "missing_key");
    assert_eq!(of(2014, json!("ALL"), Value::Null).expect_err("refused").code(), "not_in_force");
    assert_eq!(of(2027, json!("EXISTING"), Value::Null).expect_err("refused").code(), "past_last_check");
}

#[test]
fn what_does_not_fit_is_refused() {
    let code = |topic, inputs| ask(topic, inputs).expect_err("refused").code();
    let nested = json!({ "fiscal_year": 2025, "cohort": "EXISTING", "paid_months": 1,
        "exempt_from_2009_04": { "quarter": 1 } });
    assert_eq!(code("old_age_basic", nested), "unknown_key");
    let both = json!({ "additional_paid_months": 1, "birth_date": "1957-08-20",
        "early_request_month": "2020-04", "deferral_request_month": "2025-04" });
    assert_eq!(code("additional_pension", both), "bad_input");
    assert_eq!(code("support_benefit_disability", json!({ "fiscal_year": 2025, "grade": 3 })), "bad_input");
    let year = json!({ "fiscal_year": 2025, "month": "2026-04", "grade": 1 });
    assert_eq!(code("support_benefit_disability", year), "bad_input");
    let no_month = json!({ "fiscal_year": 2025, "grade": 1, "income_yen": 1 });
    assert_eq!(code("support_benefit_disability", no_month), "missing_key");
    let estimate =
        json!({ "born_from_1956_04_02": true, "income_yen": 850_000, "month": "2026-10", "paid_months": 480 });
    assert_eq!(code("support_benefit_supplementary", estimate), "cannot_decide");
    let formula = json!({ "fiscal_year": 2025, "cohort": "EXISTING", "previous_rate": "0", "price_change": "1",
        "nominal_wage_change": "1", "macro_slide": "1" });
    assert_eq!(code("revision_rate_formula", formula), "bad_input");
}

proptest! {
    #[test]
    fn no_question_makes_a_topic_panic(
        year in 0_i32..=9999, month in 0_u8..=13, day in 0_u8..=32, n in 0_i64..=1_000_000_000_000, m in 0_i64..=1_300,
        later in 0_i32..=90,
    ) {
        let date = format!("{year:04}-{month:02}-{day:02}");
        let ym = format!("{year:04}-{month:02}");
        let then = format!("{:04}-{month:02}", year + later);
        let then_on = format!("{then}-{day:02}");
        let born = "1957-08-20";
        let exempt = json!({ "q1": m, "half": m / 2, "q3": m / 3, "full": n });
        let questions = [
            ("additional_pension", json!({ "additional_paid_months": n, "month": ym })),
            ("additional_pension", json!({ "additional_paid_months": m, "birth_date": date, "early_request_month": then })),
            ("additional_pension", json!({ "additional_paid_months": m, "birth_date": date, "deferral_request_month": then })),
            ("basic_pension_full", json!({ "fiscal_year": year, "birth_date": date })),
            ("death_lump_sum", json!({ "paid": n, "q1": m, "death_date": date })),
            ("death_lump_sum", json!({ "paid": m, "q1": m, "half": m, "q3": m, "additional_months": m })),
            ("deferral", json!({ "birth_date": date, "request_month": then, "unincreased_annual_yen": n })),
            ("deferral", json!({ "birth_date": date, "request_month": then, "right_acquired_on": then_on, "unincreased_annual_yen": n })),
            ("deferral", json!({ "birth_date": born, "request_month": ym, "other_right_on": date, "unincreased_annual_yen": n })),
            ("deferral_deemed_5_years_before", json!({ "birth_date": date, "elected": false, "request_date": then_on })),
            ("deferral_deemed_5_years_before", json!({ "birth_date": born, "elected": m % 2 == 0, "request_date": date,
                "other_right_on": then_on, "right_acquired_on": date })),
            ("deferral_employee_with_working_stop", json!({ "months": m, "proportional_annual_yen": n, "transitional_yen": n,
                "stops_monthly_yen": [n, m, 0], "proportional_monthly_yen": n / 7 })),
            ("early_claim", json!({ "birth_date": date, "request_month": then, "unreduced_annual_yen": n })),
            ("early_claim_employee", json!({ "birth_date": date, "request_month": then, "start_age": later,
                "proportional_annual_yen": n, "transitional_yen": n })),
            ("furikae_addition", json!({ "birth_date": date, "fiscal_year": year + later })),
            ("old_age_basic", json!({ "birth_date": date, "fiscal_year": 2015 + later % 14, "paid_months": m, "exempt_from_2009_04": exempt })),
            ("old_age_basic", json!({ "cohort": "EXISTING", "fiscal_year": year, "paid_months": n, "decided_on": date })),
            ("old_age_basic_ineligible", json!({ "paid_months": m, "employees_months": m, "birth_date": date, "date": then_on })),
            ("revision_rate", json!({ "fiscal_year": year })),
            ("revision_rate_formula", json!({ "fiscal_year": year, "cohort": "EXISTING", "previous_rate": n, "price_change": "1.02",
                "nominal_wage_change": m, "macro_slide": "0.9999" })),
            ("support_benefit_disability", json!({ "month": ym, "grade": 1 + m % 2, "income_yen": n, "dependants": m })),
            ("support_benefit_old_age", json!({ "birth_date": date, "month": then, "paid_months": m,
                "exempt_1_4_months": m, "exempt_full_3_4_half_months": m, "income_yen": n })),
            ("support_benefit_supplementary", json!({ "birth_date": date, "month": "2026-01", "income_yen": 809_000 + m * 80, "paid_months": m })),
            ("support_benefit_survivor", json!({ "fiscal_year": year, "children": m })),
            ("widow_pension", json!({ "birth_date": date, "fiscal_year": 2025, "husband_category1_paid": m,
                "husband_birth_date": date, "death_date": then_on, "husband_q3_exempt_to_2009_03": m / 3 })),
            ("withdrawal_lump_sum", json!({ "last_paid_month": ym, "weighted_months": m })),
            ("withdrawal_lump_sum", json!({ "last_paid_month": "2025-06", "weighted_months": n })),
        ];
        for (topic, inputs) in questions {
            let _ = ask(topic, inputs);
        }
    }
}
