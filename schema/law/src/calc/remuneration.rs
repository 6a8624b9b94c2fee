//! Topics of the standard remuneration over time: determination, revisions, guarantee.

use domain::{Month, Yen};
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation, month_names};
use crate::employees_insurance::annual_average::{self, AnnualAverage, Statement};
use crate::employees_insurance::annual_determination::{AnnualCase, determine};
use crate::employees_insurance::childcare_guarantee::{Guarantee, pension_standards};
use crate::employees_insurance::exemption::LeaveKind;
use crate::employees_insurance::grade::Standards;
use crate::employees_insurance::leave_end_revision::{self, LeaveEndFiling};
use crate::employees_insurance::remuneration::{PayMonth, WorkerType, monthly_part_of_bonuses, monthly_remuneration};
use crate::employees_insurance::revision::{Current, FixedPay, RevisionCase, revise};
use crate::employees_insurance::table_change::redetermine;
use crate::employees_insurance::{Scheme, annual_determination};
use crate::{LawError, Trace};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 9] = [
    ("annual_average_determination", annual_average_determination),
    ("annual_average_revision", annual_average_revision),
    ("childcare_standard_guarantee", childcare_standard_guarantee),
    ("geppen", geppen),
    ("grade_table_change", grade_table_change),
    ("remuneration", remuneration),
    ("revision_after_childcare_leave", revision_after_childcare_leave),
    ("revision_after_maternity_leave", revision_after_maternity_leave),
    ("santei", santei),
];

pub(super) const WORKERS: [(&str, WorkerType); 3] = [
    ("regular", WorkerType::General),
    ("short_time_worker", WorkerType::ShortTime),
    ("part_time_three_quarters", WorkerType::PartTimer),
];

/// Months with their pay, in order of month.
pub(super) fn pay_months(inputs: &Inputs<'_>, key: &str) -> Result<Vec<(Month, PayMonth)>, CalcError> {
    let read = |month: &Inputs<'_>| {
        let pay = PayMonth { base_days: i64::from(month.days("base_days")?), pay: month.yen("pay_yen")? };
        let row = (month.month("month")?, pay);
        month.no_others()?;
        Ok(row)
    };
    let mut months: Vec<(Month, PayMonth)> = inputs.list(key)?.iter().map(read).collect::<Result<_, CalcError>>()?;
    months.sort_by_key(|(month, _)| *month);
    Ok(months)
}

/// Months that follow one another without a gap; the first of them with the pays.
pub(super) fn consecutive<const N: usize>(
    key: &str,
    months: &[(Month, PayMonth)],
) -> Result<(Month, [PayMonth; N]), CalcError> {
    let in_a_row = months.windows(2).all(|pair| pair[0].0.next() == pair[1].0);
    let pays: Vec<PayMonth> = months.iter().map(|(_, pay)| *pay).collect();
    match (months.first(), <[PayMonth; N]>::try_from(pays)) {
        (Some((first, _)), Ok(pays)) if in_a_row => Ok((*first, pays)),
        _ => Err(LawError::bad_input(key, format!("続いた{N}か月を1回ずつ入力してください")).into()),
    }
}

fn standards(inputs: &Inputs<'_>, prefix: &str) -> Result<Standards, CalcError> {
    Ok(Standards {
        hi: inputs.yen_or_none(&format!("{prefix}_hi_standard_yen"))?,
        epi: inputs.yen_or_none(&format!("{prefix}_epi_standard_yen"))?,
    })
}

/// At least one scheme must apply.
fn some_standard(standards: Standards) -> Result<Standards, CalcError> {
    if standards == Standards::default() {
        return Err(CalcError::MissingKey("current_hi_standard_yen, current_epi_standard_yen".to_owned()));
    }
    Ok(standards)
}

fn santei(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let case = AnnualCase {
        year: inputs.year("year")?,
        worker: inputs.word("worker_type", &WORKERS)?,
        months: pay_months(&inputs, "months")?,
        previous: standards(&inputs, "previous")?,
        acquired_on: inputs.date_or_none("acquired_on")?,
        revised_from: inputs.month_or_none("revised_from")?,
    };
    inputs.no_others()?;
    let annual_determination::AnnualDetermination { from, average, months_used, standards } = determine(&case, trace)?;
    Ok(json!({
        "applies_from": from,
        "average_yen": average,
        "months_used": month_names(&months_used),
        "hi_standard_yen": standards.hi,
        "epi_standard_yen": standards.epi,
    }))
}

pub(super) const DIRECTIONS: [(&str, Option<FixedPay>); 3] =
    [("up", Some(FixedPay::Up)), ("down", Some(FixedPay::Down)), ("none", None)];

fn revision_case(inputs: &Inputs<'_>) -> Result<RevisionCase, CalcError> {
    let (change_month, months) = consecutive("months", &pay_months(inputs, "months")?)?;
    Ok(RevisionCase {
        worker: inputs.word("worker_type", &WORKERS)?,
        change_month,
        months,
        fixed_pay: inputs.word("fixed_pay_direction", &DIRECTIONS)?,
        current: Current {
            standards: some_standard(standards(inputs, "current")?)?,
            recorded: inputs.yen_or_none("recorded_remuneration_yen")?,
        },
    })
}

fn geppen(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let case = revision_case(&inputs)?;
    inputs.no_others()?;
    let revision = revise(&case, trace)?;
    Ok(json!({
        "average_yen": revision.average,
        "applies_from": revision.from,
        "last_month": revision.until,
        "hi_revised": revision.revised.hi.is_some(),
        "epi_revised": revision.revised.epi.is_some(),
        "hi_standard_yen": revision.standards.hi,
        "epi_standard_yen": revision.standards.epi,
    }))
}

fn statement(inputs: &Inputs<'_>) -> Result<Statement, CalcError> {
    Ok(Statement {
        arises_every_year: inputs.flag("arises_every_year")?,
        insured_consents: inputs.flag("insured_consents")?,
    })
}

fn annual_average_determination(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let year = inputs.year("year")?;
    let worker = inputs.word("worker_type", &WORKERS)?;
    let (first_of_spring, spring) = consecutive::<3>("months", &pay_months(&inputs, "months")?)?;
    let (first_of_year, twelve) = consecutive::<12>("year_months", &pay_months(&inputs, "year_months")?)?;
    let statement = statement(&inputs)?;
    inputs.no_others()?;
    let april = Month::new(year, 4);
    if Some(first_of_spring) != april || Some(first_of_year.plus(9)) != april {
        let reason = "months は4月から6月、year_months は前年7月から6月を入力してください";
        return Err(LawError::bad_input("months, year_months", reason).into());
    }
    let outcome = annual_average::of_annual_determination(year, worker, &spring, &twelve, statement, trace)?;
    Ok(by_annual_average(&outcome))
}

fn annual_average_revision(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let case = revision_case(&inputs)?;
    let (fixed, variable) = (inputs.yens("fixed_pay_yen")?, inputs.yens("variable_pay_yen")?);
    let statement = statement(&inputs)?;
    inputs.no_others()?;
    let outcome = annual_average::of_revision(&case, &fixed, &variable, statement, trace)?;
    Ok(by_annual_average(&outcome))
}

fn by_annual_average(outcome: &AnnualAverage) -> Value {
    json!({
        "ordinary_average_yen": outcome.ordinary_average,
        "yearly_average_yen": outcome.yearly_average,
        "annual_average_applies": outcome.applies,
        "hi_standard_yen": outcome.standards.hi,
        "epi_standard_yen": outcome.standards.epi,
    })
}

fn revision_after_childcare_leave(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    revision_after_leave(inputs, LeaveKind::Childcare, trace)
}

fn revision_after_maternity_leave(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    revision_after_leave(inputs, LeaveKind::Maternity, trace)
}

fn revision_after_leave(inputs: &Value, kind: LeaveKind, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let ended_on = inputs.date("leave_end")?;
    let (first, months) = consecutive("months", &pay_months(&inputs, "months")?)?;
    let filing = LeaveEndFiling {
        kind,
        ended_on,
        child_born_on: inputs.date_or_none("child_birthdate")?,
        next_leave_starts_on: inputs.date_or_none("next_leave_start")?,
        worker: inputs.word("worker_type", &WORKERS)?,
        months,
    };
    let current = some_standard(standards(&inputs, "current")?)?;
    inputs.no_others()?;
    let expected = ended_on.tomorrow().map(Month::of).ok();
    if Some(first) != expected {
        let reason = "休業終了日の翌日が属する月からの3か月を入力してください";
        return Err(LawError::bad_input("months", reason).into());
    }
    let revision = leave_end_revision::revise(&filing, current, trace)?;
    Ok(json!({
        "average_yen": revision.average,
        "months_used": month_names(&revision.months_used),
        "applies_from": revision.from,
        "last_month": revision.until,
        "hi_standard_yen": revision.standards.hi,
        "epi_standard_yen": revision.standards.epi,
    }))
}

fn childcare_standard_guarantee(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let row = |month: &Inputs<'_>| {
        let row = (month.month("month")?, month.yen("epi_standard_yen")?);
        month.no_others()?;
        Ok(row)
    };
    let guarantee = Guarantee {
        child_born_on: inputs.date("child_birthdate")?,
        raising_from: inputs.date("raising_from")?,
        applied_on: inputs.date("applied_on")?,
        before: inputs.yen("previous_epi_standard_yen")?,
        ended_on: inputs.date_or_none("ended_on")?,
        standards: inputs.list("standards")?.iter().map(row).collect::<Result<Vec<_>, CalcError>>()?,
    };
    inputs.no_others()?;
    let counted = pension_standards(&guarantee, trace)?;
    let rows: Vec<Value> =
        counted.iter().map(|(month, yen)| json!({ "month": month, "pension_standard_yen": yen })).collect();
    Ok(json!({ "standards": rows }))
}

fn grade_table_change(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let scheme = inputs.word("scheme", &[("hi", Scheme::HealthInsurance), ("epi", Scheme::EmployeesPension)])?;
    let month = inputs.month("month")?;
    let standard = inputs.yen("standard_yen")?;
    let recorded = inputs.yen_or_none("recorded_remuneration_yen")?;
    inputs.no_others()?;
    let grade = redetermine(scheme, month, standard, recorded, trace)?;
    Ok(json!({ "grade": grade.grade, "standard_yen": grade.standard }))
}

fn remuneration(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let cash = inputs.yen("cash_yen")?;
    let in_kind = inputs.yen_or_none("in_kind_yen")?.unwrap_or(Yen::ZERO);
    let bonuses = if inputs.has("bonuses_of_year_yen") { inputs.yens("bonuses_of_year_yen")? } else { Vec::new() };
    inputs.no_others()?;
    let part = monthly_part_of_bonuses(&bonuses, trace)?;
    let remuneration = monthly_remuneration(cash, in_kind, part.unwrap_or(Yen::ZERO), trace)?;
    Ok(json!({ "remuneration_yen": remuneration, "bonuses_are_remuneration": part.is_some() }))
}
