//! Topics of disability and survivor pensions.

use domain::Yen;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation};
use crate::Trace;
use crate::basic_pension::first_month;
use crate::basic_pension::revision_rate::Cohort;
use crate::disability_survivor::before20_income::{Dependants, IncomeStop, before20_stop};
use crate::disability_survivor::contribution_test::{ContributionRecord, contribution_test};
use crate::disability_survivor::disability_basic::disability_basic as basic_of;
use crate::disability_survivor::disability_employee::{
    DisabilityFacts, DisabilityRecord, disability_allowance as allowance_of, disability_employee as employee_of,
};
use crate::disability_survivor::disability_right::{
    AtFirstConsultation, DisabilityCourse, DisabilityGround, disability_right as right_of,
};
use crate::disability_survivor::survivor_basic::{SurvivorBasicRecipient, survivor_basic as survivor_basic_of};
use crate::disability_survivor::survivor_employee::{
    SurvivorRecord, survivor_and_old_age_over_65 as over_65_of, survivor_employee as survivor_employee_of,
};
use crate::disability_survivor::survivor_right::family::{FamilyMember, FamilyRelation, survivors as survivors_of};
use crate::disability_survivor::survivor_right::{
    Deceased, Requirement, middle_aged_months, requirement, wife_under_30 as wife_under_30_of,
};
use crate::disability_survivor::transitional_widow_addition::transitional_widow_addition as widow_addition;
use crate::employees_pension::proportional_part::Averages;

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 14] = [
    ("disability_allowance", disability_allowance),
    ("disability_basic", disability_basic),
    ("disability_before20_income", disability_before20_income),
    ("disability_contribution_test", disability_contribution_test),
    ("disability_employee", disability_employee),
    ("disability_right", disability_right),
    ("middle_aged_widow_addition", middle_aged_widow_addition),
    ("survivor_and_old_age_over_65", survivor_and_old_age_over_65),
    ("survivor_basic", survivor_basic),
    ("survivor_employee", survivor_employee),
    ("survivor_requirement", survivor_requirement),
    ("survivors", survivors),
    ("transitional_widow_addition", transitional_widow_addition),
    ("wife_under_30", wife_under_30),
];

const COHORTS: [(&str, Cohort); 3] =
    [("NEW_AWARD", Cohort::NewAward), ("EXISTING", Cohort::Existing), ("ALL", Cohort::NewAward)];

/// The cohort by its word or by the birth; where neither is given, new awards.
fn cohort(inputs: &Inputs<'_>, birth: Option<Date>, fiscal_year: i16, trace: &mut Trace) -> Result<Cohort, CalcError> {
    match birth {
        Some(birth) if !inputs.has("cohort") => Ok(Cohort::of(birth, first_month(fiscal_year)?, trace)?),
        _ => inputs.word_or("cohort", &COHORTS, Cohort::NewAward),
    }
}

fn disability_basic(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (grade, fiscal_year) = (inputs.count("grade")?, inputs.year("fiscal_year")?);
    let children = inputs.count_or_none("children")?.unwrap_or(0);
    let birth = inputs.date_or_none("birth_date")?;
    let cohort = cohort(&inputs, birth, fiscal_year, trace)?;
    inputs.no_others()?;
    let pension = basic_of(grade, children, cohort, fiscal_year, trace)?;
    Ok(json!({
        "annual_yen": pension.annual(),
        "base_yen": pension.base,
        "children_addition_yen": pension.children,
    }))
}

/// Averages and months; a spell that is not named has no month.
fn averages(inputs: &Inputs<'_>, suffix: &str) -> Result<Averages, CalcError> {
    let months = |key| Ok::<i32, CalcError>(inputs.count_or_none(key)?.unwrap_or(0));
    let (pre2003_months, post2003_months) = (months("pre2003_months")?, months("post2003_months")?);
    let average = |spell: &str, months: i32| {
        let key = format!("{spell}_average{suffix}_yen");
        if months == 0 { Ok(inputs.yen_or_none(&key)?.unwrap_or(Yen::ZERO)) } else { inputs.yen(&key) }
    };
    Ok(Averages {
        pre2003_average: average("pre2003", pre2003_months)?,
        pre2003_months,
        post2003_average: average("post2003", post2003_months)?,
        post2003_months,
    })
}

/// Averages at the level of 1994, where they are given.
fn level_1994(inputs: &Inputs<'_>) -> Result<Option<Averages>, CalcError> {
    let given = inputs.has("pre2003_average_1994level_yen") || inputs.has("post2003_average_1994level_yen");
    if given { averages(inputs, "_1994level").map(Some) } else { Ok(None) }
}

fn disability_record(inputs: &Inputs<'_>) -> Result<DisabilityRecord, CalcError> {
    Ok(DisabilityRecord {
        birth: inputs.date("birth_date")?,
        fiscal_year: inputs.year("fiscal_year")?,
        averages: averages(inputs, "")?,
        level_1994: level_1994(inputs)?,
    })
}

fn disability_employee(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let record = disability_record(&inputs)?;
    let grade = inputs.count("grade")?;
    let facts = DisabilityFacts {
        grade,
        spouse: inputs.flag_or_not("spouse")?,
        has_basic: inputs.flag_or("has_disability_basic", grade < 3)?,
    };
    inputs.no_others()?;
    let pension = employee_of(&record, facts, trace)?;
    Ok(json!({
        "annual_yen": pension.annual(),
        "proportional_yen": pension.proportional,
        "base_yen": pension.base,
        "spouse_addition_yen": pension.spouse,
    }))
}

fn disability_allowance(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let record = disability_record(&inputs)?;
    inputs.no_others()?;
    Ok(json!({ "amount_yen": allowance_of(&record, trace)? }))
}

fn disability_before20_income(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (month, income) = (inputs.month("month")?, inputs.yen("income_yen")?);
    let persons = |key| Ok::<i64, CalcError>(inputs.count_or_none(key)?.unwrap_or(0));
    let dependants = Dependants {
        general: persons("dependants")?,
        aged: persons("aged_dependants")?,
        specific: persons("specific_dependants")?,
    };
    let grade = inputs.count_or_none("grade")?;
    let children = inputs.count_or_none("children")?.unwrap_or(0);
    let birth = inputs.date_or_none("birth_date")?;
    let cohort = cohort(&inputs, birth, month.fiscal_year(), trace)?;
    inputs.no_others()?;
    let verdict = before20_stop(month, income, dependants, trace)?;
    let pension = grade.map(|grade| basic_of(grade, children, cohort, month.fiscal_year(), trace)).transpose()?;
    let words = [(IncomeStop::None, "none"), (IncomeStop::Half, "half"), (IncomeStop::Full, "full")];
    Ok(json!({
        "stop": words.iter().find(|(stop, _)| *stop == verdict.stop).map(|(_, word)| *word),
        "income_year": verdict.income_year,
        "half_limit_yen": verdict.half_limit,
        "full_limit_yen": verdict.full_limit,
        "annual_paid_yen": pension.map(|pension| verdict.paid(pension)),
    }))
}

fn disability_contribution_test(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let record = ContributionRecord {
        on: inputs.date("first_consultation_date")?,
        age: inputs.count("age_at_first_consultation")?,
        insured_months: inputs.count("insured_months_to_month_before_last")?,
        paid_or_exempt_months: inputs.count("paid_or_exempt_months")?,
        unpaid_in_last_12_months: inputs.count("unpaid_in_last_12_months")?,
    };
    inputs.no_others()?;
    let verdict = contribution_test(&record, trace)?;
    Ok(json!({ "passed": verdict.passed, "two_thirds": verdict.two_thirds, "last_year": verdict.last_year }))
}

fn disability_right(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let insured = [
        ("employees_insured", AtFirstConsultation::EmployeesInsured),
        ("national_insured", AtFirstConsultation::NationalInsured),
        ("former_insured_resident", AtFirstConsultation::FormerInsuredResident),
        ("not_insured", AtFirstConsultation::NotInsured),
    ];
    let claim = |claim: Inputs<'_>| {
        let read = (claim.date("claimed_on")?, claim.count("grade")?);
        claim.no_others()?;
        Ok::<_, CalcError>(read)
    };
    let course = DisabilityCourse {
        birth: inputs.date("birth_date")?,
        first_consultation: inputs.date("first_consultation_date")?,
        insured: inputs.word("insured", &insured)?,
        fixed_on: inputs.date_or_none("fixed_on")?,
        grade_at_certification: inputs.count("grade_at_certification")?,
        later_claim: if inputs.has("later_claim") { Some(claim(inputs.object("later_claim")?)?) } else { None },
        contributions: inputs.flag("contribution_test_passed")?,
    };
    inputs.no_others()?;
    let right = right_of(&course, trace)?;
    let ground = right.arises.map(|(_, _, ground)| match ground {
        DisabilityGround::AtCertification => "at_certification",
        DisabilityGround::LaterWorsening => "later_worsening",
        DisabilityGround::Before20 => "before_20",
    });
    Ok(json!({
        "certified_on": right.certified_on,
        "arises_on": right.arises.map(|(on, ..)| on),
        "grade": right.arises.map(|(_, grade, _)| grade),
        "ground": ground,
        "disability_basic": right.basic,
        "disability_employee": right.employee,
        "disability_allowance": right.allowance,
        "first_month": right.first_month(),
    }))
}

fn survivor_basic(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (children, fiscal_year) = (inputs.count("children")?, inputs.year("fiscal_year")?);
    let of_children = inputs.word("recipient", &[("spouse", false), ("children", true)])?;
    let birth = inputs.date_or_none("recipient_birth_date")?;
    let cohort = cohort(&inputs, birth, fiscal_year, trace)?;
    inputs.no_others()?;
    let recipient = if of_children { SurvivorBasicRecipient::Children } else { SurvivorBasicRecipient::Spouse(cohort) };
    let pension = survivor_basic_of(recipient, children, fiscal_year, trace)?;
    Ok(match pension.per_child {
        Some(each) => json!({ "total_annual_yen": pension.total, "per_child_annual_yen": each }),
        None => json!({ "annual_yen": pension.total }),
    })
}

const REQUIREMENTS: [(&str, Requirement); 2] = [("SHORT", Requirement::Short), ("LONG", Requirement::Long)];

fn survivor_employee(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let record = SurvivorRecord {
        deceased_birth: inputs.date("deceased_birth_date")?,
        fiscal_year: inputs.year("fiscal_year")?,
        requirement: inputs.word("requirement", &REQUIREMENTS)?,
        averages: averages(&inputs, "")?,
        level_1994: level_1994(&inputs)?,
        middle_aged_widow: inputs.flag_or_not("middle_aged_widow_addition")?,
    };
    inputs.no_others()?;
    let pension = survivor_employee_of(&record, trace)?;
    Ok(json!({
        "annual_yen": pension.annual(),
        "proportional_yen": pension.proportional,
        "three_quarters_yen": pension.three_quarters,
        "middle_aged_widow_addition_yen": pension.widow_addition,
    }))
}

fn survivor_and_old_age_over_65(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (survivor, own) = (inputs.yen("survivor_three_quarters_yen")?, inputs.yen("own_old_age_employee_yen")?);
    let spouse = inputs.flag_or("spouse", true)?;
    inputs.no_others()?;
    let paid = over_65_of(survivor, own, spouse, trace);
    Ok(json!({
        "old_age_paid_yen": paid.old_age_paid,
        "survivor_entitlement_yen": paid.entitlement,
        "survivor_paid_yen": paid.survivor_paid,
    }))
}

fn transitional_widow_addition(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (fiscal_year, birth) = (inputs.year("fiscal_year")?, inputs.date("wife_birth_date")?);
    let disability_basic = inputs.flag_or_not("disability_basic")?;
    inputs.no_others()?;
    Ok(json!({ "annual_yen": widow_addition(birth, fiscal_year, disability_basic, trace)? }))
}

fn survivor_requirement(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let deceased = Deceased {
        died_on: inputs.date("died_on")?,
        insured_at_death: inputs.flag("insured_at_death")?,
        illness_first_seen: inputs.date_or_none("illness_first_seen_on")?,
        disability_grade_1_or_2: inputs.flag_or_not("disability_grade_1_or_2")?,
        qualifying_months: inputs.count("qualifying_months")?,
        contributions: inputs.flag("contribution_test_passed")?,
        survivor_states_long: inputs.flag_or_not("survivor_states_long")?,
    };
    inputs.no_others()?;
    let found = requirement(&deceased, trace)?;
    let word = |found| REQUIREMENTS.iter().find(|(_, meaning)| *meaning == found).map(|(word, _)| *word);
    Ok(json!({ "requirement": found.and_then(word) }))
}

/// 家族の一覧 of a death.
pub(super) fn family(inputs: &Inputs<'_>) -> Result<Vec<FamilyMember>, CalcError> {
    let relations = [
        ("wife", FamilyRelation::Wife),
        ("husband", FamilyRelation::Husband),
        ("child", FamilyRelation::Child),
        ("parent", FamilyRelation::Parent),
        ("grandchild", FamilyRelation::Grandchild),
        ("grandparent", FamilyRelation::Grandparent),
    ];
    let one = |member: &Inputs<'_>| {
        let read = FamilyMember {
            name: member.text("name")?.to_owned(),
            relation: member.word("relation", &relations)?,
            birth: member.date("birth_date")?,
            maintained: member.flag_or("maintained", true)?,
            disabled: member.flag_or_not("disabled")?,
            married: member.flag_or_not("married")?,
        };
        member.no_others()?;
        Ok(read)
    };
    inputs.list("family")?.iter().map(one).collect()
}

fn survivors(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (died_on, family) = (inputs.date("died_on")?, family(&inputs)?);
    inputs.no_others()?;
    let found = survivors_of(died_on, &family, trace)?;
    let waiting = |(name, from): &(String, Date)| json!({ "name": name, "sixty_on": from });
    Ok(json!({
        "basic": found.basic,
        "basic_paid": found.basic_paid,
        "employee": found.employee,
        "employee_paid": found.employee_paid,
        "waiting": found.waiting.iter().map(waiting).collect::<Vec<_>>(),
    }))
}

fn wife_under_30(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (birth, arose_on) = (inputs.date("wife_birth_date")?, inputs.date("arose_on")?);
    let (had_basic, ended_on) = (inputs.flag("had_survivor_basic")?, inputs.date_or_none("basic_ended_on")?);
    inputs.no_others()?;
    Ok(json!({ "ends_on": wife_under_30_of(birth, arose_on, had_basic, ended_on, trace)? }))
}

fn middle_aged_widow_addition(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (birth, arose_on) = (inputs.date("wife_birth_date")?, inputs.date("arose_on")?);
    let (has_basic, ended_on) = (inputs.flag("has_survivor_basic")?, inputs.date_or_none("basic_ended_on")?);
    inputs.no_others()?;
    let months = middle_aged_months(birth, arose_on, has_basic, ended_on, trace)?;
    Ok(json!({ "first_month": months.map(|(first, _)| first), "last_month": months.map(|(_, last)| last) }))
}
