//! Topics of the employees' old-age pension (老齢厚生年金).

use domain::Month;
use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation, month_names};
use crate::basic_pension::first_month;
use crate::basic_pension::revision_rate::Cohort;
use crate::employees_pension::average_remuneration::{self as averaging, RemunerationMonth};
use crate::employees_pension::fixed_part as fixed;
use crate::employees_pension::high_age_employment_stop::{self as high_age, Employed};
use crate::employees_pension::old_age_pension;
use crate::employees_pension::proportional_part::{self as proportional, Averages, Part, RatesBy, ShortMonths};
use crate::employees_pension::revaluation::{self, RevaluationRates};
use crate::employees_pension::spouse_child_addition::{self as addition, Child, OwnPension, Pensioner, Spouse};
use crate::employees_pension::unemployment_suspension::{self as unemployment, JobSearch};
use crate::employees_pension::working_pension::{self as working, AtWork, Stop};
use crate::{LawError, Trace};

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 16] = [
    ("average_remuneration", average_remuneration),
    ("fixed_part", fixed_part),
    ("high_age_employment_stop", high_age_employment_stop),
    ("kakyu_child_month", kakyu_child_month),
    ("kakyu_children", kakyu_children),
    ("kakyu_spouse", kakyu_spouse),
    ("kakyu_spouse_month", kakyu_spouse_month),
    ("old_age_employee", old_age_employee),
    ("proportional_part", proportional_part),
    ("proportional_part_guaranteed", proportional_part_guaranteed),
    ("revaluation_rate", revaluation_rate),
    ("transitional_addition", transitional_addition),
    ("unemployment_benefit_release", unemployment_benefit_release),
    ("unemployment_suspension", unemployment_suspension),
    ("working_pension", working_pension),
    ("working_pension_60_64_old_rule", working_pension_60_64_old_rule),
];

const RATES_BY: [(&str, RatesBy); 2] = [("birth", RatesBy::Birth), ("article43", RatesBy::Article43)];

fn averages(inputs: &Inputs<'_>, suffix: &str) -> Result<Averages, CalcError> {
    Ok(Averages {
        pre2003_average: inputs.yen(&format!("pre2003_average{suffix}_yen"))?,
        pre2003_months: inputs.count("pre2003_months")?,
        post2003_average: inputs.yen(&format!("post2003_average{suffix}_yen"))?,
        post2003_months: inputs.count("post2003_months")?,
    })
}

fn part(inputs: &Inputs<'_>, suffix: &str) -> Result<Part, CalcError> {
    let deemed = inputs.flag_or_not("deemed_300")?;
    Ok(Part {
        birth: inputs.date("birth_date")?,
        fiscal_year: inputs.year("fiscal_year")?,
        averages: averages(inputs, suffix)?,
        rates_by: inputs.word_or("rates_by", &RATES_BY, RatesBy::Birth)?,
        short_months: if deemed { ShortMonths::Deemed300 } else { ShortMonths::AsTheyAre },
    })
}

/// 水準 — which formula `proportional_part` is asked for.
#[derive(Clone, Copy)]
enum Level {
    New,
    Guaranteed,
}

fn proportional_part(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    const LEVELS: [(&str, Level); 2] = [("new", Level::New), ("guaranteed", Level::Guaranteed)];
    let inputs = Inputs::of(inputs)?;
    let (level, part) = (inputs.word("kind", &LEVELS)?, part(&inputs, "")?);
    inputs.no_others()?;
    let annual = match level {
        Level::New => proportional::proportional_part(&part, trace)?,
        Level::Guaranteed => proportional::guaranteed_part(&part, trace)?,
    };
    Ok(json!({ "annual_yen": annual }))
}

fn proportional_part_guaranteed(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let part = part(&inputs, "_1994level")?;
    inputs.no_others()?;
    Ok(json!({ "annual_yen": proportional::guaranteed_part(&part, trace)? }))
}

fn revaluation_rate(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (fiscal_year, birth) = (inputs.year("benefit_fiscal_year")?, inputs.date("birth_date")?);
    let month = inputs.month("month")?;
    inputs.no_others()?;
    let rate = revaluation::revaluation_rate(fiscal_year, birth, month, trace)?;
    Ok(json!({ "rate": rate.to_string() }))
}

/// 報酬の記録 — spells of one standard each, and bonuses by month.
fn record(inputs: &Inputs<'_>) -> Result<Vec<RemunerationMonth>, CalcError> {
    let mut months: Vec<RemunerationMonth> = Vec::new();
    for spell in inputs.list("spells")? {
        let (from, until, standard) = (spell.month("from")?, spell.month("until")?, spell.yen("standard_yen")?);
        spell.no_others()?;
        if until.months_since(from) > 1_200 || months.len() > 1_200 {
            return Err(LawError::bad_input("報酬の期間 (spells)", "100年以下の期間で入力してください").into());
        }
        let of = |month| RemunerationMonth { month, standard_yen: standard.get(), bonus_yen: 0 };
        months.extend(from.through(until).map(of));
    }
    months.sort_by_key(|entry| entry.month);
    for bonus in inputs.list_or_empty("bonuses")? {
        let (month, amount) = (bonus.month("month")?, bonus.yen("bonus_yen")?);
        bonus.no_others()?;
        let place = months
            .binary_search_by_key(&month, |entry| entry.month)
            .map_err(|_| LawError::bad_input("標準賞与額の月 (bonuses)", format!("{month}は報酬の期間にありません")))?;
        months[place].bonus_yen += amount.get();
    }
    Ok(months)
}

fn average_remuneration(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (fiscal_year, birth) = (inputs.year("benefit_fiscal_year")?, inputs.date("birth_date")?);
    let level_1994 = inputs.flag_or_not("level_1994")?;
    let record = record(&inputs)?;
    inputs.no_others()?;
    let rates = if level_1994 {
        RevaluationRates::level_1994(fiscal_year, trace)?
    } else {
        RevaluationRates::of(fiscal_year, birth, trace)?
    };
    let averages = averaging::average_remuneration(&record, &rates, trace)?.averages();
    Ok(json!({
        "pre2003_average_yen": averages.pre2003_average,
        "pre2003_months": averages.pre2003_months,
        "post2003_average_yen": averages.post2003_average,
        "post2003_months": averages.post2003_months,
    }))
}

fn old_age_employee(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (fiscal_year, birth) = (inputs.year("fiscal_year")?, inputs.date("birth_date")?);
    let of_20_59 = inputs.count("employee_months_age20_59")?;
    let record = record(&inputs)?;
    inputs.no_others()?;
    let amount = old_age_pension::old_age_pension(birth, fiscal_year, &record, of_20_59, trace)?;
    Ok(json!({
        "new_level_yen": amount.new_level,
        "guaranteed_yen": amount.guaranteed,
        "proportional_yen": amount.proportional,
        "transitional_yen": amount.transitional,
        "annual_yen": amount.total(),
    }))
}

/// The cohort that a question may name must be that of the birth; until fiscal 2022 there is one rate for both.
fn check_cohort(inputs: &Inputs<'_>, trace: &mut Trace) -> Result<(), CalcError> {
    const COHORTS: [(&str, Option<Cohort>); 3] =
        [("NEW_AWARD", Some(Cohort::NewAward)), ("EXISTING", Some(Cohort::Existing)), ("ALL", None)];
    let given = inputs.word_or("cohort", &COHORTS, None)?;
    let (birth, april) = (inputs.date("birth_date")?, first_month(inputs.year("fiscal_year")?)?);
    let boundary = Cohort::boundary(april, trace)?;
    let fits = boundary.is_none() || given.is_none_or(|given| given == Cohort::born(birth, boundary));
    if fits {
        return Ok(());
    }
    let reason = "生年月日の区分と合いません。昭和31年4月2日以後生まれは NEW_AWARD、前は EXISTING です";
    Err(LawError::bad_input("改定率の区分 (cohort)", reason).into())
}

fn fixed_part(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (birth, fiscal_year) = (inputs.date("birth_date")?, inputs.year("fiscal_year")?);
    let months = inputs.count("employee_months")?;
    check_cohort(&inputs, trace)?;
    inputs.no_others()?;
    Ok(json!({ "annual_yen": fixed::fixed_part(birth, fiscal_year, months, trace)? }))
}

fn transitional_addition(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (birth, fiscal_year) = (inputs.date("birth_date")?, inputs.year("fiscal_year")?);
    let (months, of_20_59) = (inputs.count("employee_months")?, inputs.count("employee_months_age20_59")?);
    check_cohort(&inputs, trace)?;
    inputs.no_others()?;
    Ok(json!({ "annual_yen": fixed::transitional_addition(birth, fiscal_year, months, of_20_59, trace)? }))
}

fn kakyu_spouse(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (birth, fiscal_year) = (inputs.date("pensioner_birth_date")?, inputs.year("fiscal_year")?);
    inputs.no_others()?;
    let amounts = addition::addition_amounts(birth, fiscal_year, trace)?;
    let total = amounts.spouse_total();
    Ok(json!({ "spouse_base_yen": amounts.spouse, "special_yen": amounts.special, "total_yen": total }))
}

fn kakyu_children(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (birth, fiscal_year) = (inputs.date("pensioner_birth_date")?, inputs.year("fiscal_year")?);
    let children = inputs.count("children")?;
    inputs.no_others()?;
    let amounts = addition::addition_amounts(birth, fiscal_year, trace)?;
    let total = addition::children_addition(&amounts, children, trace)?;
    let (first, third) = (amounts.child_1st_2nd, amounts.child_3rd_on);
    Ok(json!({ "child_1st_2nd_each_yen": first, "child_3rd_on_each_yen": third, "total_yen": total }))
}

/// A list of months that may be left out.
fn months_or_none(inputs: &Inputs<'_>, key: &str) -> Result<Vec<Month>, CalcError> {
    let spell = |item: &Inputs<'_>| -> Result<Vec<Month>, CalcError> {
        let (from, until) = (item.month("from")?, item.month("until")?);
        item.no_others()?;
        if until.months_since(from) > 1_200 {
            return Err(LawError::bad_input("期間", "100年以下の期間で入力してください").into());
        }
        Ok(from.through(until).collect())
    };
    let spells: Result<Vec<Vec<Month>>, CalcError> = inputs.list_or_empty(key)?.iter().map(spell).collect();
    Ok(spells?.concat())
}

fn pensioner(inputs: &Inputs<'_>) -> Result<Pensioner, CalcError> {
    Ok(Pensioner {
        based_on: inputs.date("based_on")?,
        months: inputs.count("employee_months")?,
        middle_age_rule: inputs.flag_or_not("middle_age_rule")?,
        fully_stopped: months_or_none(inputs, "fully_stopped")?,
    })
}

fn standing(standing: addition::Standing) -> Value {
    json!({ "status": standing.key(), "reason": standing.reason() })
}

fn kakyu_spouse_month(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (month, pensioner) = (inputs.month("month")?, pensioner(&inputs)?);
    let disability_from = inputs.date_or_none("spouse_disability_from")?;
    let disability_until = inputs.date_or_none("spouse_disability_until")?;
    let spouse = Spouse {
        birth: inputs.date("spouse_birth_date")?,
        dependent: inputs.flag("spouse_dependent")?,
        ended_on: inputs.date_or_none("spouse_ended_on")?,
        own: OwnPension {
            old_age_from: inputs.date_or_none("spouse_old_age_240_from")?,
            old_age_fully_stopped: months_or_none(&inputs, "spouse_old_age_fully_stopped")?,
            disability: disability_from.map(|from| (from, disability_until)),
        },
    };
    inputs.no_others()?;
    Ok(standing(addition::spouse_standing(month, &pensioner, &spouse, trace)?))
}

fn kakyu_child_month(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (month, pensioner) = (inputs.month("month")?, pensioner(&inputs)?);
    let child = Child {
        birth: inputs.date("child_birth_date")?,
        dependent: inputs.flag("child_dependent")?,
        disabled: inputs.flag_or_not("child_disabled")?,
        ended_on: inputs.date_or_none("child_ended_on")?,
    };
    inputs.no_others()?;
    Ok(standing(addition::child_standing(month, &pensioner, &child, trace)?))
}

fn at_work(inputs: &Inputs<'_>, age: i16) -> Result<AtWork, CalcError> {
    Ok(AtWork {
        month: inputs.month("month")?,
        age,
        birth: inputs.date_or_none("birth_date")?,
        base_monthly: inputs.yen("base_monthly_yen")?,
        remuneration_monthly: inputs.yen("total_remuneration_monthly_yen")?,
    })
}

fn stopped(stop: &Stop) -> Value {
    json!({
        "stop_monthly_yen": stop.monthly,
        "payable_monthly_yen": stop.payable_monthly,
        "stop_annual_yen": stop.annual,
        "wholly_stopped": stop.whole,
    })
}

fn working_pension(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let at_work = at_work(&inputs, inputs.count("age")?)?;
    inputs.no_others()?;
    Ok(stopped(&working::working_pension(&at_work, trace)?))
}

fn working_pension_60_64_old_rule(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let age = inputs.count_or_none("age")?.unwrap_or(60);
    let at_work = at_work(&inputs, age)?;
    inputs.no_others()?;
    if !(60..65).contains(&age) {
        return Err(LawError::bad_input("年齢 (age)", "60以上64以下で入力してください").into());
    }
    Ok(stopped(&working::working_pension_60_64(&at_work, trace)?))
}

fn high_age_employment_stop(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let before = inputs.date_or_none("age60_before")?;
    // "On or after" names the rule by its first day; "before" by the day after its last.
    let sixty_on = match before {
        Some(day) => Month::first_day(inputs.month("month")?).min(day.yesterday().unwrap_or(day)),
        None => inputs.date("age60_on_or_after")?,
    };
    let question = Employed {
        month: inputs.month("month")?,
        sixty_on,
        standard: inputs.yen("standard_monthly_yen")?,
        deemed_wage_x30: inputs.yen("deemed_wage_x30_yen")?,
        ceiling: inputs.yen_or_none("benefit_ceiling_yen")?,
    };
    inputs.no_others()?;
    Ok(json!({ "stop_annual_yen": high_age::high_age_employment_stop(&question, trace)? }))
}

fn unemployment_benefit_release(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let (months, days) = (inputs.count("stopped_months")?, inputs.days("benefit_days")?);
    inputs.no_others()?;
    Ok(json!({ "released_months": unemployment::released(months, days, trace)? }))
}

fn unemployment_suspension(inputs: &Value, trace: &mut Trace) -> Result<Value, CalcError> {
    let inputs = Inputs::of(inputs)?;
    let search = JobSearch {
        birth: inputs.date("birth_date")?,
        applied_on: inputs.date("applied_on")?,
        ended_on: inputs.date_or_none("ended_on")?,
        months_with_benefit: months_or_none(&inputs, "benefit_months")?,
        benefit_days: inputs.days("benefit_days")?,
        until: inputs.month("until")?,
    };
    inputs.no_others()?;
    let months = unemployment::suspended_months(&search, trace)?;
    Ok(json!({ "stopped": month_names(&months.stopped), "released": month_names(&months.released) }))
}
