//! Topics of health benefits: what the patient pays, and high-cost care.

use domain::{Ratio, Yen};
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation};
use crate::health_benefits::annual_cap::{CapCategory, annual_cap as cap_of_year, refund_over_cap};
use crate::health_benefits::annual_outpatient::{BenefitYear, annual_outpatient};
use crate::health_benefits::combined_medical_care::{CombinedCategory, combined_medical_care as combined_benefit};
use crate::health_benefits::copay::{
    ActiveIncomeFacts, AgeBand, PatientKind, copayment, copayment_rate as rate_of, family_medical_benefit as family,
};
use crate::health_benefits::high_cost_70to74::{AgedCare, AgedMonth, CareKind, high_cost_70to74 as settle_70to74};
use crate::health_benefits::high_cost_category::{
    AGED_WORDS, AgedIncome, LimitSetting, UNDER70_WORDS, aged_category, residence_tax_year, under70_category,
};
use crate::health_benefits::high_cost_limits::{Occurrence, Turning75};
use crate::health_benefits::high_cost_mixed::{MixedMonth, high_cost_mixed as settle_mixed};
use crate::health_benefits::high_cost_under70::{
    CareItem, CareReceipt, ReceiptKind, Under70Month, high_cost_under70 as settle_under70, join_receipts,
};
use crate::health_benefits::hospital_meal::{MealCategory, hospital_meal as meals_of};
use crate::health_benefits::limit_certificate::{
    Application, Certificate, CertifiedCategory, CounterMonth, limit_certificate as at_the_counter,
};
use crate::health_benefits::multi_time::{PaidMonth, multi_time};
use crate::health_benefits::specified_disease::{
    AgeGroup, SpecifiedCare, SpecifiedDisease, specified_disease as settle_specified,
};
use crate::{LawError, Trace};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 14] = [
    ("annual_cap", annual_cap),
    ("annual_outpatient_70to74", annual_outpatient_70to74),
    ("combined_medical_care", combined_medical_care),
    ("copay", copay),
    ("copayment_rate", copayment_rate),
    ("family_medical_benefit", family_medical_benefit),
    ("high_cost_70to74", high_cost_70to74),
    ("high_cost_category", high_cost_category),
    ("high_cost_mixed", high_cost_mixed),
    ("high_cost_under70", high_cost_under70),
    ("hospital_meal", hospital_meal),
    ("limit_certificate", limit_certificate),
    ("multi_time_count", multi_time_count),
    ("specified_disease", specified_disease),
];

const SETTINGS: [(&str, LimitSetting); 2] =
    [("in_force", LimitSetting::InForce), ("planned_2027_08", LimitSetting::Planned2027)];

const KINDS: [(&str, CareKind); 2] = [("outpatient", CareKind::Outpatient), ("inpatient", CareKind::Inpatient)];

const AGE_GROUPS: [(&str, AgeGroup); 2] = [("under70", AgeGroup::Under70), ("70to74", AgeGroup::From70To74)];

fn occurrence(inputs: &Inputs<'_>) -> Result<Occurrence, CalcError> {
    Ok(if inputs.flag_or_not("multi")? { Occurrence::FromFourth } else { Occurrence::UpToThird })
}

/// Persons whose limits may be halved in the month of a 75th birthday.
fn turning_75(inputs: &Inputs<'_>) -> Result<Vec<Turning75>, CalcError> {
    let one = |person: &Inputs<'_>| {
        let turning = Turning75 { person: person.text("person")?.to_owned(), birth: person.date("birthdate")? };
        person.no_others()?;
        Ok(turning)
    };
    inputs.list_or_empty("turning_75")?.iter().map(one).collect()
}

fn copay(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let rate = inputs.rate("copay_rate")?;
    let medical = inputs.yen("total_medical_yen")?;
    inputs.no_others()?;
    Ok(json!({ "patient_yen": copayment(medical, rate, trace) }))
}

/// The rate of a patient, from the keys that the topics of rates share.
fn rate_from(
    inputs: &Inputs<'_>,
    patient: PatientKind,
    trace: &mut Trace,
) -> Result<impl FnOnce() -> Result<(AgeBand, Ratio), LawError>, CalcError> {
    let care_on = inputs.date("care_date")?;
    let birth = inputs.date("birthdate")?;
    let facts = ActiveIncomeFacts {
        standard: inputs.yen_or_none("standard_yen")?,
        income: inputs.yen_or_none("income_yen")?,
        several_persons: inputs.flag_or_not("several_persons")?,
    };
    Ok(move || rate_of(care_on, birth, patient, facts, trace))
}

fn copayment_rate(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let insured_birth = inputs.date_or_none("insured_birthdate")?;
    let patients = [("insured", PatientKind::Insured), ("dependant", PatientKind::Dependant { insured_birth })];
    let patient = inputs.word("patient", &patients)?;
    let rate = rate_from(&inputs, patient, trace)?;
    inputs.no_others()?;
    let (band, rate) = rate()?;
    Ok(json!({ "age_band": band.key(), "copay_rate": rate.to_string() }))
}

fn family_medical_benefit(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let insured_birth = inputs.date_or_none("insured_birthdate")?;
    let medical = inputs.yen("total_medical_yen")?;
    let rate = rate_from(&inputs, PatientKind::Dependant { insured_birth }, trace)?;
    inputs.no_others()?;
    let (band, rate) = rate()?;
    let (share, benefit) = family(medical, rate, trace);
    Ok(json!({
        "age_band": band.key(),
        "copay_rate": rate.to_string(),
        "patient_yen": share,
        "benefit_yen": benefit,
    }))
}

fn hospital_meal(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let words = [
        MealCategory::General,
        MealCategory::DesignatedIncurableDisease,
        MealCategory::LowIncome2First90Days,
        MealCategory::LowIncome2Over90Days,
        MealCategory::LowIncome1From70,
    ]
    .map(|category| (category.key(), category));
    let inputs = Inputs::of(inputs)?;
    let category = inputs.word("category", &words)?;
    let day = |day: &Inputs<'_>| {
        let served = (day.date("date")?, day.count("meals")?);
        day.no_others()?;
        Ok(served)
    };
    let days: Vec<_> = inputs.list("days")?.iter().map(day).collect::<Result<_, CalcError>>()?;
    inputs.no_others()?;
    let burden = meals_of(category, &days, trace)?;
    Ok(json!({ "meals_charged": burden.meals, "patient_yen": burden.burden }))
}

fn high_cost_category(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("care_month")?;
    let age = inputs.word_or_default("age_group", &AGE_GROUPS)?;
    let standard = inputs.yen("standard_yen")?;
    let exempt = inputs.flag("residence_tax_exempt")?;
    let word = match age {
        AgeGroup::Under70 => {
            let setting = inputs.word_or_default("setting", &SETTINGS)?;
            inputs.no_others()?;
            under70_category(month, standard, exempt, setting, trace)?.word()
        }
        AgeGroup::From70To74 => {
            let income = match (inputs.flag("active_income")?, exempt, inputs.flag_or_not("no_income")?) {
                (true, _, _) => AgedIncome::Active(standard),
                (false, true, true) => AgedIncome::NoIncome,
                (false, true, false) => AgedIncome::TaxExempt,
                (false, false, false) => AgedIncome::General,
                (false, false, true) => {
                    let reason = "所得がない者は住民税非課税です。residence_tax_exempt を確かめてください";
                    return Err(LawError::bad_input("所得なし (no_income)", reason).into());
                }
            };
            inputs.no_others()?;
            aged_category(month, income, trace)?.word()
        }
    };
    Ok(json!({ "category": word, "residence_tax_year": residence_tax_year(month) }))
}

/// One item: its own share, or the share by its rate.
fn care_item(item: &Inputs<'_>, trace: &mut Trace) -> Result<CareReceipt, CalcError> {
    const RECEIPT_KINDS: [(&str, ReceiptKind); 5] = [
        ("outpatient", ReceiptKind::Outpatient),
        ("inpatient", ReceiptKind::Inpatient),
        ("dental_outpatient", ReceiptKind::DentalOutpatient),
        ("dental_inpatient", ReceiptKind::DentalInpatient),
        ("pharmacy", ReceiptKind::Pharmacy),
    ];
    let medical = item.yen("total_medical_yen")?;
    let own = item.yen_or_none("self_pay_yen")?;
    let rate = if own.is_none() || item.has("copay_rate") { Some(item.rate("copay_rate")?) } else { None };
    let person = item.text_or_empty("person")?.to_owned();
    let at = if item.has("institution") || item.has("kind") {
        Some((item.text("institution")?.to_owned(), item.word("kind", &RECEIPT_KINDS)?))
    } else {
        None
    };
    item.no_others()?;
    let share = match (own, rate) {
        (Some(own), _) => own,
        (None, rate) => copayment(medical, rate.expect("read where there is no own share"), trace),
    };
    Ok(CareReceipt { at, item: CareItem { person, medical, share } })
}

fn care_items(inputs: &Inputs<'_>, trace: &mut Trace) -> Result<Vec<CareItem>, CalcError> {
    let receipts: Vec<CareReceipt> =
        inputs.list("items")?.iter().map(|item| care_item(item, trace)).collect::<Result<_, CalcError>>()?;
    Ok(join_receipts(&receipts)?)
}

fn high_cost_under70(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let question = Under70Month {
        month: inputs.month("care_month")?,
        category: inputs.word("category", &UNDER70_WORDS)?,
        setting: inputs.word_or_default("setting", &SETTINGS)?,
        occurrence: occurrence(&inputs)?,
        items: care_items(&inputs, trace)?,
        turning_75: turning_75(&inputs)?,
    };
    inputs.no_others()?;
    let settled = settle_under70(&question, trace)?;
    Ok(json!({
        "limit_yen": settled.limit,
        "self_pay_total_yen": settled.share_total,
        "counted_self_pay_yen": settled.counted_share,
        "counted_medical_yen": settled.counted_medical,
        "refund_yen": settled.refund,
        "patient_final_yen": settled.patient_final,
    }))
}

fn aged_care(row: &Inputs<'_>) -> Result<AgedCare, CalcError> {
    let care = AgedCare {
        person: row.text_or_empty("person")?.to_owned(),
        kind: row.word("kind", &KINDS)?,
        self_pay: row.yen("self_pay_yen")?,
        medical: row.yen_or_none("total_medical_yen")?,
    };
    row.no_others()?;
    Ok(care)
}

fn aged_month(inputs: &Inputs<'_>, category_key: &str) -> Result<AgedMonth, CalcError> {
    Ok(AgedMonth {
        month: inputs.month("care_month")?,
        category: inputs.word(category_key, &AGED_WORDS)?,
        occurrence: occurrence(inputs)?,
        rows: inputs.list("rows")?.iter().map(aged_care).collect::<Result<_, CalcError>>()?,
        medical_total: inputs.yen_or_none("total_medical_yen")?,
        turning_75: turning_75(inputs)?,
    })
}

fn high_cost_70to74(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let question = aged_month(&inputs, "category")?;
    inputs.no_others()?;
    let settled = settle_70to74(&question, trace)?;
    Ok(json!({
        "limit_yen": settled.limit,
        "self_pay_total_yen": settled.share_total,
        "outpatient_refund_yen": settled.outpatient_refund,
        "individual_refund_yen": settled.individual_refund,
        "household_refund_yen": settled.household_refund,
        "refund_yen": settled.refund(),
        "patient_final_yen": settled.patient_final(),
        "outpatient_only": settled.is_outpatient_only(),
    }))
}

fn high_cost_mixed(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let question = MixedMonth {
        aged: aged_month(&inputs, "category_70to74")?,
        household: inputs.word("category", &UNDER70_WORDS)?,
        items: care_items(&inputs, trace)?,
    };
    inputs.no_others()?;
    let settled = settle_mixed(&question, trace)?;
    Ok(json!({
        "limit_yen": settled.limit,
        "refund_70to74_yen": settled.aged.refund(),
        "counted_self_pay_yen": settled.counted_share,
        "household_refund_yen": settled.household_refund,
        "refund_yen": settled.refund,
        "patient_final_yen": settled.patient_final,
    }))
}

fn specified_disease(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const DISEASES: [(&str, SpecifiedDisease); 3] = [
        ("dialysis", SpecifiedDisease::Dialysis),
        ("haemophilia", SpecifiedDisease::Haemophilia),
        ("hiv", SpecifiedDisease::Hiv),
    ];
    let inputs = Inputs::of(inputs)?;
    let care = SpecifiedCare {
        month: inputs.month("care_month")?,
        disease: inputs.word("disease", &DISEASES)?,
        age: inputs.word("age_group", &AGE_GROUPS)?,
        standard: inputs.yen_or_none("standard_yen")?,
        share: inputs.yen("self_pay_yen")?,
        turning_75: inputs.date_or_none("turning_75_birthdate")?,
    };
    inputs.no_others()?;
    let (limit, refund) = settle_specified(care, trace)?;
    Ok(json!({ "limit_yen": limit, "refund_yen": refund, "patient_final_yen": care.share - refund }))
}

fn annual_outpatient_70to74(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let start = inputs.date("period_start")?;
    let category = inputs.word("category_on_base_date", &AGED_WORDS)?;
    let total: Yen = inputs.yen("outpatient_self_pay_total_yen")?;
    inputs.no_others()?;
    let year = BenefitYear::starting(start)?;
    let refund = annual_outpatient(year, category, total, trace)?;
    Ok(json!({
        "base_date": year.base_date().to_string(),
        "refund_yen": refund,
        "patient_final_yen": total - refund,
    }))
}

fn annual_cap(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let start = inputs.date("period_start")?;
    let category = match inputs.word("age_group", &AGE_GROUPS)? {
        AgeGroup::Under70 => {
            let setting = inputs.word_or_default("setting", &SETTINGS)?;
            CapCategory::Under70(inputs.word("category", &UNDER70_WORDS)?, setting)
        }
        AgeGroup::From70To74 => CapCategory::Aged(inputs.word("category", &AGED_WORDS)?),
    };
    let standard = inputs.yen_or_none("standard_yen")?;
    let paid = inputs.yen_or_none("self_pay_in_year_yen")?;
    inputs.no_others()?;
    let cap = cap_of_year(BenefitYear::starting(start)?, category, standard, trace)?;
    match paid {
        None => Ok(json!({ "cap_yen": cap })),
        Some(paid) => Ok(json!({ "cap_yen": cap, "refund_yen": refund_over_cap(cap, paid)? })),
    }
}

fn combined_medical_care(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let start = inputs.date("period_start")?;
    let only_70to74 = inputs.word("age_group", &[("under70_or_mixed_household", false), ("70to74_only", true)])?;
    let category = if only_70to74 {
        CombinedCategory::Only70To74(inputs.word("category", &AGED_WORDS)?)
    } else {
        CombinedCategory::Under70OrMixed(inputs.word("category", &UNDER70_WORDS)?)
    };
    let medical = inputs.yen("medical_self_pay_yen")?;
    let care = inputs.yen("care_self_pay_yen")?;
    inputs.no_others()?;
    let benefit = combined_benefit(BenefitYear::starting(start)?, category, medical, care, trace)?;
    Ok(json!({
        "threshold_yen": benefit.threshold,
        "total_payable_yen": benefit.total,
        "medical_payable_yen": benefit.medical,
        "care_payable_yen": benefit.care,
    }))
}

fn limit_certificate(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let category = match inputs.word("age_group", &AGE_GROUPS)? {
        AgeGroup::Under70 => CertifiedCategory::Under70(inputs.word("category", &UNDER70_WORDS)?),
        AgeGroup::From70To74 => CertifiedCategory::Aged(inputs.word("category", &AGED_WORDS)?),
    };
    let acquired_on = inputs.date_or_none("acquired_on")?;
    let applied_on = inputs.date_or_none("applied_on")?;
    let (month, kind) = (inputs.month("care_month")?, inputs.word("kind", &KINDS)?);
    let (occurrence, rate) = (occurrence(&inputs)?, inputs.rate("copay_rate")?);
    let medical = inputs.yen("total_medical_yen")?;
    inputs.no_others()?;
    let application = applied_on.map(|applied_on| Application { applied_on, acquired_on });
    let share = copayment(medical, rate, trace);
    let question = CounterMonth { month, category, application, kind, occurrence, medical, share };
    let payment = at_the_counter(&question, trace)?;
    let certificate = match payment.certificate {
        Certificate::Limit => "limit",
        Certificate::LimitAndMeal => "limit_and_meal",
        Certificate::NotNeeded => "not_needed",
    };
    Ok(json!({
        "certificate": certificate,
        "valid_from": payment.valid_from.map(|day| day.to_string()),
        "in_effect": payment.in_effect,
        "limit_yen": payment.limit,
        "self_pay_yen": share,
        "counter_yen": payment.counter,
    }))
}

fn multi_time_count(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("care_month")?;
    let insurer = inputs.text("insurer")?;
    let paid = |one: &Inputs<'_>| {
        let paid = PaidMonth {
            month: one.month("month")?,
            insurer: one.text("insurer")?.to_owned(),
            outpatient_only: one.flag_or_not("outpatient_only")?,
        };
        one.no_others()?;
        Ok(paid)
    };
    let paid: Vec<PaidMonth> = inputs.list("payments")?.iter().map(paid).collect::<Result<_, CalcError>>()?;
    inputs.no_others()?;
    let (count, occurrence) = multi_time(month, insurer, &paid, trace);
    Ok(json!({ "paid_months": count, "multi": occurrence == Occurrence::FromFourth }))
}
