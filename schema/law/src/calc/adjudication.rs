//! Topics of the adjudication: what a life is paid.

use serde_json::{Value, json};

use super::disability_survivor::family;
use super::inputs::Inputs;
use super::pension_record::Register;
use super::{CalcError, Calculation};
use crate::Trace;
use crate::adjudication::disability::{self, Disability};
use crate::adjudication::old_age::{
    self, BasicPart, Claims, EmployeesPart, OldAge, Pension, Qualified, Question, RateShelf, Start,
};
use crate::adjudication::survivor::{self, Survivor};
use crate::disability_survivor::contribution_test::{ContributionRecord, ContributionVerdict};
use crate::disability_survivor::survivor_right::Requirement;
use crate::employees_pension::spouse_child_addition::{Child, OwnPension, Spouse};
use crate::pension_record::life::Cover;

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 3] = [
    ("disability_pension", disability_pension),
    ("old_age_pension", old_age_pension),
    ("survivor_pension", survivor_pension),
];

fn old_age_pension(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let register = Register::read(&inputs)?;
    let for_month = inputs.month("month")?;
    let basic = inputs.month_or_none("claim_month")?;
    let claims = Claims { basic, employees: inputs.month_or_none("employees_claim_month")?.or(basic) };
    let spouse = inputs.object_or_none("spouse")?.map(|item| spouse(&item)).transpose()?;
    let children = inputs.list_or_empty("children")?.iter().map(child).collect::<Result<Vec<_>, _>>()?;
    let spouse_addition_moves = inputs.flag_or_not("spouse_addition_moves")?;
    inputs.no_others()?;
    let question = Question {
        facts: &register.facts(),
        for_month,
        claims,
        spouse: spouse.as_ref(),
        children: &children,
        spouse_addition_moves,
    };
    let outcome = old_age::old_age(&question, &mut RateShelf::new(), trace)?;
    Ok(told(&outcome))
}

fn spouse(inputs: &Inputs<'_>) -> Result<Spouse, CalcError> {
    let disability_from = inputs.date_or_none("disability_from")?;
    let disability_until = inputs.date_or_none("disability_until")?;
    let spouse = Spouse {
        birth: inputs.date("birth_date")?,
        dependent: inputs.flag_or("dependent", true)?,
        ended_on: inputs.date_or_none("ended_on")?,
        own: OwnPension {
            old_age_from: inputs.date_or_none("old_age_240_from")?,
            old_age_fully_stopped: Vec::new(),
            disability: disability_from.map(|from| (from, disability_until)),
        },
    };
    inputs.no_others()?;
    Ok(spouse)
}

fn child(inputs: &Inputs<'_>) -> Result<Child, CalcError> {
    let child = Child {
        birth: inputs.date("birth_date")?,
        dependent: inputs.flag_or("dependent", true)?,
        disabled: inputs.flag_or_not("disabled")?,
        ended_on: inputs.date_or_none("ended_on")?,
    };
    inputs.no_others()?;
    Ok(child)
}

fn told(outcome: &OldAge) -> Value {
    match outcome {
        OldAge::NoRight { qualified } => nothing("no_right", None, Some(*qualified)),
        OldAge::NotYet { start, qualified } => nothing("not_yet", Some(*start), *qualified),
        OldAge::Payable(pension) => payable(pension),
    }
}

/// Nothing is paid: why, and from when.
fn nothing(standing: &str, start: Option<Start>, qualified: Option<Qualified>) -> Value {
    json!({
        "standing": standing,
        "qualifying_months": qualified.map(|qualified| qualified.months),
        "required_months": qualified.map(|qualified| qualified.required),
        "manner": start.map(|start| start.manner.code()),
        "right_on": start.map(|start| start.right_on.to_string()),
        "total_yen": 0,
    })
}

fn payable(pension: &Pension) -> Value {
    let mut told = nothing("payable", Some(pension.start), Some(pension.qualified));
    told["basic"] = pension.basic.as_ref().map_or(Value::Null, basic);
    told["employees"] = pension.employees.as_ref().map_or(Value::Null, employees);
    told["total_yen"] = json!(pension.total().get());
    told
}

fn basic(part: &BasicPart) -> Value {
    json!({
        "credited_months": part.credited.months().to_string(), "possible_months": part.credited.possible(),
        "unadjusted_yen": part.unadjusted.get(), "annual_yen": part.annual.get(),
        "additional_yen": part.additional.get(), "furikae_yen": part.furikae.get(),
    })
}

fn employees(part: &EmployeesPart) -> Value {
    let kind = |part: &old_age::KindPart| {
        json!({
            "kind": Cover::Employees(part.kind).code(),
            "pre2003_months": part.averages.pre2003_months, "post2003_months": part.averages.post2003_months,
            "pre2003_average_yen": part.averages.pre2003_average.get(),
            "post2003_average_yen": part.averages.post2003_average.get(),
            "new_yen": part.new.get(), "guaranteed_yen": part.guaranteed.get(),
            "proportional_yen": part.proportional.get(), "transitional_yen": part.transitional.get(),
            "fixed_yen": part.fixed.get(),
        })
    };
    json!({
        "kinds": part.kinds.iter().map(kind).collect::<Vec<_>>(), "counted_to": part.counted_to.to_string(),
        "new_yen": part.new_level().get(), "guaranteed_yen": part.guaranteed().get(),
        "proportional_yen": part.proportional().get(), "transitional_yen": (part.transitional() - part.fixed()).get(),
        "fixed_yen": part.fixed().get(), "adjustment_yen": part.adjustment.get(), "addition_yen": part.addition.get(),
        "stopped_yen": part.stopped.get(), "payable_yen": part.payable().get(),
    })
}

fn disability_pension(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let register = Register::read(&inputs)?;
    let later_claim = match inputs.date_or_none("later_claim_on")? {
        Some(on) => Some((on, inputs.count("later_grade")?)),
        None => None,
    };
    let question = disability::Question {
        facts: &register.facts(),
        first_consultation: inputs.date("first_consultation_date")?,
        fixed_on: inputs.date_or_none("fixed_on")?,
        grade_at_certification: inputs.count_or_none("grade_at_certification")?.unwrap_or(0),
        later_claim,
        resident: inputs.flag_or("resident", true)?,
        for_month: inputs.month("month")?,
        grade_now: inputs.count_or_none("grade_now")?,
        children: inputs.count_or_none("children")?.unwrap_or(0),
        spouse: inputs.flag_or_not("spouse")?,
    };
    inputs.no_others()?;
    let found = disability::disability(&question, &mut RateShelf::new(), trace)?;
    Ok(disability_told(&found))
}

fn disability_told(found: &Disability) -> Value {
    json!({
        "contributions": contributions(&found.contributions),
        "certified_on": found.right.certified_on,
        "arises_on": found.right.arises.map(|(on, ..)| on),
        "grade": found.right.arises.map(|(_, grade, _)| grade),
        "first_month": found.right.first_month(),
        "basic_yen": found.basic.map(|basic| basic.base),
        "basic_children_yen": found.basic.map(|basic| basic.children),
        "employees_yen": found.employee.map(|employee| employee.base),
        "employees_proportional_yen": found.employee.map(|employee| employee.proportional),
        "spouse_addition_yen": found.employee.map(|employee| employee.spouse),
        "allowance_yen": found.allowance,
        "annual_yen": found.annual(),
    })
}

fn contributions((counted, verdict): &(ContributionRecord, ContributionVerdict)) -> Value {
    json!({
        "insured_months": counted.insured_months,
        "paid_or_exempt_months": counted.paid_or_exempt_months,
        "unpaid_in_last_12_months": counted.unpaid_in_last_12_months,
        "passed": verdict.passed,
    })
}

fn survivor_pension(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let register = Register::read(&inputs)?;
    let family = family(&inputs)?;
    let question = survivor::Question {
        facts: &register.facts(),
        resident: inputs.flag_or("resident", true)?,
        illness_first_seen: inputs.date_or_none("illness_first_seen_on")?,
        disability_grade_1_or_2: inputs.flag_or_not("disability_grade_1_or_2")?,
        survivor_states_long: inputs.flag_or_not("survivor_states_long")?,
        family: &family,
        own_old_age: inputs.yen_or_none("own_old_age_employee_yen")?.unwrap_or_default(),
        own_disability_basic: inputs.flag_or_not("own_disability_basic")?,
        for_month: inputs.month("month")?,
    };
    inputs.no_others()?;
    let found = survivor::survivor(&question, &mut RateShelf::new(), trace)?;
    Ok(survivor_told(&found))
}

fn survivor_told(found: &Survivor) -> Value {
    let requirement = found.requirement.map(|requirement| match requirement {
        Requirement::Short => "SHORT",
        Requirement::Long => "LONG",
    });
    json!({
        "contributions": contributions(&found.contributions),
        "requirement": requirement,
        "basic_to": found.survivors.basic_paid,
        "basic_yen": found.basic.map(|basic| basic.total),
        "basic_each_yen": found.basic.and_then(|basic| basic.per_child),
        "employees_to": found.recipients,
        "employees_yen": found.employee.map(|employee| employee.three_quarters),
        "widow_addition_yen": found.employee.map(|employee| employee.widow_addition),
        "transitional_yen": found.transitional,
        "paid_beside_own_yen": found.over_65.map(|over_65| over_65.survivor_paid),
        "annual_yen": found.annual(),
    })
}
