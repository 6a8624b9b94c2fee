//! The family: ten yen, and nothing that is asked makes it panic.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::Trace;
use crate::calc::run;

#[test]
fn a_row_of_low_confidence_is_no_row() {
    let text = |confidence: &str| {
        format!(
            "# name = 試験\n# checked_until = 2026-12\nkey,from,until,value,law,source,confidence\n,2020-01,,1,,x,{confidence}\n"
        )
    };
    assert!(of_yen(&text("high")).is_ok() && of_yen(&text("medium")).is_ok());
    assert!(of_yen(&text("low")).is_err() && of_yen(&text("")).is_err());
    assert!(of_counts(&text("high").replace(",1,,x", ",-1,,x")).is_err());
}

proptest! {
    #[test]
    fn ten_yen_is_the_nearest(numerator in 0_i128..=1_000_000_000, denominator in 1_i128..=1_000) {
        let exact = Ratio::new(numerator, denominator);
        let rounded = Ratio::of_yen(rounded_to_10(exact));
        prop_assert!(rounded - exact <= Ratio::new(5, 1) && exact - rounded < Ratio::new(5, 1));
    }

    #[test]
    fn no_question_makes_a_topic_panic(
        year in 0_i32..=9999,
        month in 0_u8..=13,
        day in 0_u8..=32,
        n in 0_i64..=1_000_000_000_000,
        relief in 0_usize..9,
    ) {
        let date = format!("{year:04}-{month:02}-{day:02}");
        let ym = format!("{year:04}-{month:02}");
        let relief = relief::Relief::ALL[relief].key();
        let questions = [
            ("np_monthly_premium", json!({ "month": ym })),
            ("np_monthly_premium", json!({ "fiscal_year": year })),
            ("np_additional_contribution", json!({ "month": ym, "declared_on": date, "withdrawn_on": date, "relief": relief })),
            ("np_exemption_amount", json!({ "category": relief, "month": ym })),
            ("np_due_date", json!({ "premium_month": ym })),
            ("np_demand", json!({ "due_date": "2025-06-02", "issued_on": date })),
            ("np_prepayment", json!({ "fiscal_year": year, "method": "direct_debit", "period": "2y" })),
            ("np_prepayment", json!({ "first_month": ym, "last_month": "2027-03", "method": "cash_or_card", "period": "block" })),
            ("np_prepayment_additional", json!({ "fiscal_year": year, "method": "direct_debit", "period": "1y" })),
            ("np_prepayment_refund", json!({ "method": "cash_or_card", "first_unexpired_month": ym, "last_month": "2027-03" })),
            ("np_late_payment", json!({ "category": relief, "exempt_month": ym, "pay_month": "2025-12" })),
            ("np_late_payment", json!({ "category": relief, "exempt_month": "2020-05", "pay_fiscal_year": year })),
            ("np_late_payment_deadline", json!({ "exempt_month": ym })),
            ("np_late_payment_right", json!({ "category": relief, "exempt_month": ym, "approved_on": date })),
            ("np_late_payment_order", json!({ "months": [{ "month": ym, "category": relief }] })),
            ("np_arrears", json!({ "premium_yen": n, "due_date": date, "paid_date": "2026-03-31" })),
            ("np_arrears", json!({ "premium_yen": n, "due_date": "2025-06-02", "paid_date": date,
                "payments": [{ "paid_on": "2025-07-01", "amount_yen": n / 2 }] })),
            ("np_limitation", json!({ "right": "collection", "on": date, "demanded_on": [date, "2025-06-01"] })),
            ("np_exemption_income_limit", json!({ "category": "EXEMPT_HALF", "month": ym, "dependents": n % 100_000_001 })),
            ("np_exemption_review", json!({ "month": ym, "applied_month": ym, "birthdate": date, "persons": [
                { "role": "insured", "income_yen": n, "deductions_yen": n, "disabled": 3, "widow": true }] })),
            ("np_exemption_review", json!({ "month": "2025-10", "applied_month": ym, "birthdate": date, "student": true,
                "persons": [{ "role": "insured", "income_yen": n, "dependents": 2, "single_parent": true }] })),
            ("np_exemption_window", json!({ "relief": relief, "applied_month": ym })),
            ("np_statutory_exemption", json!({ "cause": "facility", "arose_on": date, "ended_on": "2026-01-01" })),
            ("np_maternity_exemption", json!({ "due_month": ym, "multiple": true, "delivery_month": ym })),
            ("np_childcare_exemption", json!({ "child_birthdate": date, "maternity_until": ym })),
            ("np_payment_state", json!({ "month": ym, "on": date, "relief": relief, "paid_on": date, "late_paid_on": date })),
            ("np_payment_state", json!({ "month": ym, "on": "2026-04-01", "demanded_on": [date] })),
            ("np_payment_count", json!({ "on": date, "months": [{ "month": ym }, { "month": ym, "paid_on": date }] })),
            ("np_payment_rate", json!({ "due_months": n, "paid_months": n / 3 })),
            ("np_payment_rate_deadline", json!({ "kind": "final", "fiscal_year": year })),
        ];
        for (topic, inputs) in questions {
            let _ = run(topic, &inputs, &mut Trace::new());
        }
    }
}
