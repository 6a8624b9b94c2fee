//! Topics of the basic pension: 国民年金法の給付, 改定率, 年金生活者支援給付金.

use domain::{Month, Ratio, Yen};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation};
use crate::basic_pension::death_lump_sum::{DeathFacts, PaidMonths, death_lump_sum as death_sum};
use crate::basic_pension::deferral::deemed::late_claim;
use crate::basic_pension::deferral::{
    DeferredPension, Deferrer, OtherPension, add_increase, average_payment_rate, employees_increase, increase,
};
use crate::basic_pension::early_claim::{early_reduction, employees_early_claim, reduce};
use crate::basic_pension::full_amount::{full_amount, full_amount_by_formula};
use crate::basic_pension::furikae::{FurikaeFacts, furikae};
use crate::basic_pension::old_age_basic::{AmountRounding, CountedMonths, ExemptMonths, old_age_basic as basic};
use crate::basic_pension::qualification::{QualifyingMonths, qualification};
use crate::basic_pension::revision_rate::formula::{Changes, revise_traced};
use crate::basic_pension::revision_rate::{Cohort, revision_rate as rate_of};
use crate::basic_pension::support_benefit::{
    Dependants, DisabilityGrade, SupportMonths, disability_support, disability_survivor_limit, last_month,
    old_age_limits, old_age_support, supplementary, survivor_support, within_limit,
};
use crate::basic_pension::widow_pension::{WidowFacts, payable_months, widow_pension as widow};
use crate::basic_pension::withdrawal_lump_sum::{WithdrawalFacts, withdrawal_lump_sum as withdrawal};
use crate::basic_pension::{additional_pension as additional, first_month};
use crate::{LawError, Step, Trace};

#[cfg(test)]
#[path = "basic_pension_tests.rs"]
mod tests;

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 19] = [
    ("additional_pension", additional_pension),
    ("basic_pension_full", basic_pension_full),
    ("death_lump_sum", death_lump_sum),
    ("deferral", deferral),
    ("deferral_deemed_5_years_before", deferral_deemed),
    ("deferral_employee_with_working_stop", deferral_employee),
    ("early_claim", early_claim),
    ("early_claim_employee", early_claim_employee),
    ("furikae_addition", furikae_addition),
    ("old_age_basic", old_age_basic),
    ("old_age_basic_ineligible", old_age_basic_ineligible),
    ("revision_rate", revision_rate),
    ("revision_rate_formula", revision_rate_formula),
    ("support_benefit_disability", support_benefit_disability),
    ("support_benefit_old_age", support_benefit_old_age),
    ("support_benefit_supplementary", support_benefit_supplementary),
    ("support_benefit_survivor", support_benefit_survivor),
    ("widow_pension", widow_pension),
    ("withdrawal_lump_sum", withdrawal_lump_sum),
];

/// 改定率の区分 as tables and cases write it; `ALL` where there is one rate for everybody.
const COHORTS: [(&str, Option<Cohort>); 3] =
    [("NEW_AWARD", Some(Cohort::NewAward)), ("EXISTING", Some(Cohort::Existing)), ("ALL", None)];

/// A cohort as given, or from the birth date.
#[derive(Clone, Copy)]
struct Person {
    cohort: Option<Cohort>,
    birth: Option<Date>,
}

impl Person {
    fn read(inputs: &Inputs<'_>) -> Result<Person, CalcError> {
        let (has_cohort, birth) = (inputs.has("cohort"), inputs.date_or_none("birth_date")?);
        if !has_cohort && birth.is_none() {
            return Err(CalcError::MissingKey("cohort".to_owned()));
        }
        let cohort = if has_cohort { inputs.word("cohort", &COHORTS)? } else { None };
        Ok(Person { cohort, birth })
    }

    /// The cohort in that month; what was given must fit the birth date.
    fn cohort(self, month: Month, trace: &mut Trace) -> Result<Cohort, LawError> {
        let by_birth = self.birth.map(|birth| Cohort::of(birth, month, trace)).transpose()?;
        let one_rate = Cohort::boundary(month, trace)?.is_none();
        match (self.cohort, by_birth) {
            (None, Some(cohort)) => Ok(cohort),
            (Some(given), Some(found)) if given == found || one_rate => Ok(given),
            (Some(given), None) => Ok(given),
            (None, None) if one_rate => Ok(Cohort::NewAward),
            (None, None) => {
                Err(LawError::bad_input("cohort", "令和5年度からは NEW_AWARD か EXISTING を入力してください"))
            }
            (Some(_), Some(_)) => Err(LawError::bad_input("cohort", "生年月日 (birth_date) による区分と合いません")),
        }
    }
}

/// A rate with three places, as the tables of cases write it.
fn three_places(rate: Ratio) -> String {
    match rate.in_units_of(1_000) {
        Some(thousandths) => format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000),
        None => rate.to_string(),
    }
}

fn count_or_zero(inputs: &Inputs<'_>, key: &str) -> Result<i64, CalcError> {
    Ok(inputs.count_or_none(key)?.unwrap_or_default())
}

fn yen_or_zero(inputs: &Inputs<'_>, key: &str) -> Result<Yen, CalcError> {
    Ok(inputs.yen_or_none(key)?.unwrap_or_default())
}

fn basic_pension_full(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = first_month(inputs.year("fiscal_year")?)?;
    let person = Person::read(&inputs)?;
    inputs.no_others()?;
    let cohort = person.cohort(month, trace)?;
    let full = full_amount_by_formula(cohort, month, trace)?;
    // The published amount must say the same: a difference is a wrong table, and nobody is paid from it.
    if full_amount(cohort, month, trace)? != full {
        let reason = "「老齢基礎年金の満額」の表と改定率からの計算が一致しません。表を確認してください".to_owned();
        return Err(LawError::CannotDecide { reason }.into());
    }
    let rate = rate_of(cohort, month, trace)?;
    Ok(json!({ "annual_full_yen": full, "revision_rate": three_places(rate) }))
}

fn revision_rate(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = first_month(inputs.year("fiscal_year")?)?;
    inputs.no_others()?;
    let new_award = rate_of(Cohort::NewAward, month, trace)?;
    let existing = rate_of(Cohort::Existing, month, trace)?;
    trace.step(
        Step::new("国民年金法27条の2・27条の3、国民年金法による改定率の改定等に関する政令", "改定率")
            .with("年度", month.fiscal_year(), "")
            .with("既裁定者", existing, "")
            .gives(new_award),
    );
    Ok(json!({ "new_award": three_places(new_award), "existing": three_places(existing) }))
}

fn revision_rate_formula(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let changes = Changes {
        fiscal_year: inputs.year("fiscal_year")?,
        price: change(&inputs, "price_change")?,
        wage: change(&inputs, "nominal_wage_change")?,
        slide: change(&inputs, "macro_slide")?,
    };
    let previous = change(&inputs, "previous_rate")?;
    let cohort = inputs.word("cohort", &[("NEW_AWARD", Cohort::NewAward), ("EXISTING", Cohort::Existing)])?;
    inputs.no_others()?;
    let revision = revise_traced(cohort, previous, &changes, trace);
    Ok(json!({
        "factor": three_places(revision.factor),
        "revision_rate": three_places(revision.rate),
        "carried_slide": revision.carried_slide.to_string(),
    }))
}

/// A rate of change around one.
fn change(inputs: &Inputs<'_>, key: &str) -> Result<Ratio, CalcError> {
    let rate = inputs.quantity(key)?;
    if (Ratio::new(1, 10)..=Ratio::new(10, 1)).contains(&rate) {
        Ok(rate)
    } else {
        Err(LawError::bad_input(key, "1を中心とする率 (\"1.023\") で入力してください").into())
    }
}

fn exempt(inputs: &Inputs<'_>, key: &str) -> Result<ExemptMonths, CalcError> {
    if !inputs.has(key) {
        return Ok(ExemptMonths::default());
    }
    let object = inputs.object(key)?;
    let months = ExemptMonths {
        quarter: count_or_zero(&object, "q1")?,
        half: count_or_zero(&object, "half")?,
        three_quarters: count_or_zero(&object, "q3")?,
        full: count_or_zero(&object, "full")?,
    };
    object.no_others()?;
    Ok(months)
}

fn old_age_basic(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = first_month(inputs.year("fiscal_year")?)?;
    let person = Person::read(&inputs)?;
    let months = CountedMonths {
        paid: inputs.count("paid_months")?,
        exempt_from_2009_04: exempt(&inputs, "exempt_from_2009_04")?,
        exempt_to_2009_03: exempt(&inputs, "exempt_to_2009_03")?,
    };
    // Without a day, as decided since October 2015.
    let rounding = inputs.date_or_none("decided_on")?.map_or(AmountRounding::OneYen, AmountRounding::decided_on);
    inputs.no_others()?;
    let cohort = person.cohort(month, trace)?;
    let (annual, credited) = basic(cohort, person.birth, &months, rounding, month, trace)?;
    Ok(json!({
        "annual_yen": annual,
        "credited_months": credited.months().to_string(),
        "possible_months": credited.possible(),
    }))
}

fn old_age_basic_ineligible(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let months = QualifyingMonths {
        paid: inputs.count("paid_months")?,
        exempt: count_or_zero(&inputs, "exempt_months")?,
        deferred: count_or_zero(&inputs, "deferred_months")?,
        complementary: count_or_zero(&inputs, "complementary_months")?,
        employees: count_or_zero(&inputs, "employees_months")?,
        middle_aged: count_or_zero(&inputs, "middle_aged_months")?,
    };
    let (birth, on) = (inputs.date_or_none("birth_date")?, inputs.date_or_none("date")?);
    inputs.no_others()?;
    let found = qualification(&months, birth, on, trace)?;
    Ok(json!({
        "eligible": found.eligible,
        "months": found.months,
        "required_months": found.required,
        "rule": found.rule.map(|rule| rule.name()),
    }))
}

fn additional_pension(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let months = inputs.count("additional_paid_months")?;
    let month = inputs.month_or_none("month")?;
    let early = inputs.month_or_none("early_request_month")?;
    let deferred = inputs.month_or_none("deferral_request_month")?;
    let moved = early.is_some() || deferred.is_some();
    let deferrer = if moved { Some(deferrer(&inputs)?) } else { None };
    inputs.no_others()?;
    let plain = additional::additional_pension(months, month, trace)?;
    let annual = match (early, deferred, deferrer) {
        (Some(_), Some(_), _) => {
            let reason = "繰上げと繰下げの両方はできません。どちらかを入力してください";
            return Err(LawError::bad_input("early_request_month", reason).into());
        }
        (Some(request), None, Some(person)) => {
            let reduction = early_reduction(person.birth, request, 65, trace)?;
            reduce("付加年金", plain, reduction.rate, trace).annual
        }
        (None, Some(request), Some(person)) => {
            add_increase("付加年金", plain, increase(&person, request, trace)?.rate, trace)
        }
        _ => plain,
    };
    Ok(json!({ "annual_yen": annual }))
}

fn furikae_addition(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let birth = inputs.date("birth_date")?;
    let month = first_month(inputs.year("fiscal_year")?)?;
    let facts = FurikaeFacts {
        own_employees_months: count_or_zero(&inputs, "own_employee_months")?,
        own_period_deemed_240: inputs.flag_or_not("own_period_deemed_240")?,
        disability_pension_payable: inputs.flag_or_not("disability_pension_payable")?,
        no_spouse_addition: !inputs.flag_or("spouse_addition_before_65", true)?,
    };
    inputs.no_others()?;
    let found = furikae(birth, facts, month, trace)?;
    Ok(json!({ "annual_yen": found.annual, "eligible": found.eligible, "suspended": found.suspended }))
}

fn early_claim(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let birth = inputs.date("birth_date")?;
    let request = inputs.month("request_month")?;
    let unreduced = inputs.yen("unreduced_annual_yen")?;
    inputs.no_others()?;
    let reduction = early_reduction(birth, request, 65, trace)?;
    let after = reduce("老齢基礎年金", unreduced, reduction.rate, trace);
    Ok(json!({
        "annual_yen": after.annual,
        "months": reduction.months,
        "reduction_rate": three_places(reduction.rate),
        "reduction_yen": after.reduction,
    }))
}

fn early_claim_employee(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let birth = inputs.date("birth_date")?;
    let request = inputs.month("request_month")?;
    let start_age = inputs.count_or_none("start_age")?.unwrap_or(65);
    let proportional = inputs.yen("proportional_annual_yen")?;
    let transitional = yen_or_zero(&inputs, "transitional_yen")?;
    inputs.no_others()?;
    let early = employees_early_claim(birth, request, start_age, proportional, transitional, trace)?;
    Ok(json!({
        "annual_yen": early.proportional_after.annual + early.transitional_after.annual,
        "proportional_months": early.proportional.months,
        "proportional_rate": three_places(early.proportional.rate),
        "proportional_reduction_yen": early.proportional_after.reduction,
        "transitional_months": early.transitional.months,
        "transitional_rate": three_places(early.transitional.rate),
        "transitional_reduction_yen": early.transitional_after.reduction,
    }))
}

const OTHERS: [(&str, OtherPension); 4] = [
    ("disability_basic", OtherPension::DisabilityBasic),
    ("disability_employees", OtherPension::DisabilityEmployeesOrSurvivor),
    ("survivor_basic", OtherPension::DisabilityEmployeesOrSurvivor),
    ("survivor_employees", OtherPension::DisabilityEmployeesOrSurvivor),
];

/// Who defers: a birth date, and where there are such, a later right and the right to another pension.
fn deferrer(inputs: &Inputs<'_>) -> Result<Deferrer, CalcError> {
    let pensions = [("basic", DeferredPension::Basic), ("employees", DeferredPension::Employees)];
    let other_on = inputs.date_or_none("other_right_on")?;
    let kind = inputs.word_or("other_right", &OTHERS, OtherPension::DisabilityEmployeesOrSurvivor)?;
    Ok(Deferrer {
        birth: inputs.date("birth_date")?,
        right_on: inputs.date_or_none("right_acquired_on")?,
        other: other_on.map(|on| (kind, on)),
        pension: inputs.word_or_default("pension", &pensions)?,
    })
}

fn deferral(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let deferrer = deferrer(&inputs)?;
    let request = inputs.month("request_month")?;
    let unincreased = inputs.yen("unincreased_annual_yen")?;
    inputs.no_others()?;
    let found = increase(&deferrer, request, trace)?;
    let annual = add_increase("繰り下げた年金", unincreased, found.rate, trace);
    Ok(json!({
        "annual_yen": annual,
        "increase_rate": three_places(found.rate),
        "months": found.months,
        "payable_from_month": found.effective.next(),
    }))
}

fn deferral_deemed(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let deferrer = deferrer(&inputs)?;
    let claimed_on = inputs.date("request_date")?;
    let elected = inputs.flag("elected")?;
    inputs.no_others()?;
    let claim = late_claim(&deferrer, claimed_on, elected, trace)?;
    Ok(json!({
        "arrears_from_month": claim.arrears_from,
        "deemed_election_date": claim.deemed_on.map(|day| day.to_string()),
        "increase_rate": three_places(claim.rate),
        "months": claim.months,
    }))
}

fn deferral_employee(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let months = inputs.count("months")?;
    let proportional = inputs.yen("proportional_annual_yen")?;
    let transitional = yen_or_zero(&inputs, "transitional_yen")?;
    let rate = payment_rate(&inputs)?;
    inputs.no_others()?;
    let increase = employees_increase(proportional, transitional, rate, months, trace)?;
    Ok(json!({ "increase_yen": increase, "average_payment_rate": rate.to_string() }))
}

/// The mean payment rate as given, or from the stop of every waiting month.
fn payment_rate(inputs: &Inputs<'_>) -> Result<Ratio, CalcError> {
    if !inputs.has("stops_monthly_yen") {
        return inputs.rate("average_payment_rate");
    }
    let (monthly, stops) = (inputs.yen("proportional_monthly_yen")?, inputs.yens("stops_monthly_yen")?);
    if stops.len() > 120 {
        return Err(LawError::bad_input("stops_monthly_yen", "120月までです").into());
    }
    let rate = average_payment_rate(monthly, &stops);
    rate.ok_or_else(|| {
        LawError::bad_input("stops_monthly_yen", "1月以上の停止額と、0より大きい月額を入力してください").into()
    })
}

fn widow_pension(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = first_month(inputs.year("fiscal_year")?)?;
    let person = Person::read(&inputs)?;
    let months = CountedMonths {
        paid: inputs.count("husband_category1_paid")?,
        exempt_from_2009_04: husband_exempt(&inputs, "from_2009_04")?,
        exempt_to_2009_03: husband_exempt(&inputs, "to_2009_03")?,
    };
    let husband_birth = inputs.date_or_none("husband_birth_date")?;
    let facts = WidowFacts {
        marriage_years: inputs.count_or_none("marriage_years")?,
        husband_received_pension: inputs.flag_or_not("husband_received_basic_pension")?,
        wife_claimed_early: inputs.flag_or_not("wife_claimed_early")?,
    };
    let death_on = inputs.date_or_none("death_date")?;
    inputs.no_others()?;
    let cohort = person.cohort(month, trace)?;
    let found = widow(cohort, husband_birth, &months, facts, month, trace)?;
    let span = person.birth.zip(death_on).filter(|_| found.eligible);
    let span = span.and_then(|(birth, death)| payable_months(birth, death, trace));
    Ok(json!({
        "annual_yen": found.annual,
        "eligible": found.eligible,
        "credited_months": found.credited.months().to_string(),
        "payable_from_month": span.map(|(first, _)| first),
        "payable_until_month": span.map(|(_, last)| last),
    }))
}

fn husband_exempt(inputs: &Inputs<'_>, when: &str) -> Result<ExemptMonths, CalcError> {
    let months = |degree: &str| count_or_zero(inputs, &format!("husband_{degree}_exempt_{when}"));
    Ok(ExemptMonths {
        quarter: months("q1")?,
        half: months("half")?,
        three_quarters: months("q3")?,
        full: months("full")?,
    })
}

fn death_lump_sum(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let months = PaidMonths {
        paid: inputs.count("paid")?,
        quarter_exempt: count_or_zero(&inputs, "q1")?,
        half_exempt: count_or_zero(&inputs, "half")?,
        three_quarters_exempt: count_or_zero(&inputs, "q3")?,
    };
    let additional = count_or_zero(&inputs, "additional_months")?;
    let facts = DeathFacts {
        survivor_basic_payable: inputs.flag_or_not("survivor_basic_payable")?,
        deceased_received_pension: inputs.flag_or_not("deceased_received_basic_pension")?,
        widow_pension_chosen: inputs.flag_or_not("widow_pension_chosen")?,
    };
    let month = inputs.date_or_none("death_date")?.map(Month::of);
    inputs.no_others()?;
    let sum = death_sum(&months, additional, facts, month, trace)?;
    Ok(json!({ "amount_yen": sum.amount, "weighted_months": sum.weighted.to_string(), "eligible": sum.eligible }))
}

fn withdrawal_lump_sum(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let last_paid = inputs.month("last_paid_month")?;
    let weighted = inputs.quantity("weighted_months")?;
    let facts = WithdrawalFacts {
        japanese_national: inputs.flag_or_not("japanese_national")?,
        resident: inputs.flag_or_not("resident")?,
        has_or_had_right: inputs.flag_or_not("has_or_had_pension_right")?,
        two_years_passed: inputs.flag_or_not("two_years_passed")?,
    };
    inputs.no_others()?;
    let sum = withdrawal(last_paid, weighted, facts, trace)?;
    Ok(json!({ "amount_yen": sum.amount, "multiplier": sum.multiplier, "eligible": sum.eligible }))
}

fn support_benefit_old_age(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = fiscal_month(&inputs)?;
    let person = Person::read(&inputs)?;
    let months = SupportMonths {
        paid: inputs.count("paid_months")?,
        exempt_full_to_half: count_or_zero(&inputs, "exempt_full_3_4_half_months")?,
        exempt_quarter: count_or_zero(&inputs, "exempt_1_4_months")?,
    };
    let income = inputs.yen_or_none("income_yen")?;
    inputs.no_others()?;
    let cohort = person.cohort(month, trace)?;
    let eligible = match income {
        None => true,
        Some(income) => {
            let (limit, _) = old_age_limits(cohort, month, trace)?;
            within_limit(income, limit, trace)
        }
    };
    let support = old_age_support(cohort, person.birth, &months, month, trace)?;
    Ok(json!({
        "monthly_yen": if eligible { support.monthly } else { Yen::ZERO },
        "eligible": eligible,
        "paid_item_yen": support.paid_item,
        "exempt_item_yen": support.exempt_item,
    }))
}

/// The month that is asked about; where only the fiscal year is, its last one. With an income the month is needed: the
/// limits change in October.
fn fiscal_month(inputs: &Inputs<'_>) -> Result<Month, CalcError> {
    let given = if inputs.has("income_yen") { Some(inputs.month("month")?) } else { inputs.month_or_none("month")? };
    let year = if given.is_none() || inputs.has("fiscal_year") { Some(inputs.year("fiscal_year")?) } else { None };
    match (given, year) {
        (Some(month), Some(year)) if month.fiscal_year() != year => {
            Err(LawError::bad_input("month", "年度 (fiscal_year) の中の月を入力してください").into())
        }
        (Some(month), _) => Ok(month),
        (None, year) => Ok(last_month(year.expect("read where no month is given"))?),
    }
}

fn support_benefit_supplementary(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = inputs.month("month")?;
    let income = inputs.yen("income_yen")?;
    let paid = inputs.count("paid_months")?;
    let birth = inputs.date_or_none("birth_date")?;
    let given = if birth.is_none() { Some(inputs.flag("born_from_1956_04_02")?) } else { None };
    inputs.no_others()?;
    let cohort = match (given, birth) {
        (Some(true), _) => Cohort::NewAward,
        (_, Some(birth)) => Cohort::of(birth, month, trace)?,
        _ => Cohort::Existing,
    };
    let found = supplementary(cohort, birth, income, paid, month, trace)?;
    Ok(json!({
        "adjust_rate": three_places(found.adjust_rate),
        "monthly_yen": found.monthly,
        "eligible": found.eligible,
    }))
}

/// An income against the limit of the disability and survivor benefits, where one is given.
fn income_fits(inputs: &Inputs<'_>) -> Result<Option<(Yen, Dependants)>, CalcError> {
    let dependants = Dependants {
        ordinary: count_or_zero(inputs, "dependants")?,
        elderly: count_or_zero(inputs, "elderly_dependants")?,
        specified: count_or_zero(inputs, "specified_dependants")?,
    };
    Ok(inputs.yen_or_none("income_yen")?.map(|income| (income, dependants)))
}

fn is_within(income: Option<(Yen, Dependants)>, month: Month, trace: &mut Trace) -> Result<bool, LawError> {
    let Some((income, dependants)) = income else { return Ok(true) };
    let limit = disability_survivor_limit(dependants, month, trace)?;
    Ok(within_limit(income, limit, trace))
}

fn support_benefit_disability(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = fiscal_month(&inputs)?;
    let grade = match inputs.count::<i64>("grade")? {
        1 => DisabilityGrade::First,
        2 => DisabilityGrade::Second,
        _ => return Err(LawError::bad_input("grade", "障害等級は 1 か 2 を入力してください").into()),
    };
    let income = income_fits(&inputs)?;
    inputs.no_others()?;
    let eligible = is_within(income, month, trace)?;
    let monthly = disability_support(grade, month, trace)?;
    Ok(json!({ "monthly_yen": if eligible { monthly } else { Yen::ZERO }, "eligible": eligible }))
}

fn support_benefit_survivor(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let month = fiscal_month(&inputs)?;
    let recipients = inputs.count_or_none("children")?.unwrap_or(1);
    let income = income_fits(&inputs)?;
    inputs.no_others()?;
    let eligible = is_within(income, month, trace)?;
    let monthly = survivor_support(recipients, month, trace)?;
    Ok(json!({ "monthly_yen": if eligible { monthly } else { Yen::ZERO }, "eligible": eligible }))
}
