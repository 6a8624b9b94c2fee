//! Topics of the employees' old-age pension (老齢厚生年金).

use serde_json::{Value, json};

use super::inputs::Inputs;
use super::{CalcError, Calculation};
use crate::Trace;
use crate::employees_pension::proportional_part::{self as proportional, Averages, Part, RatesBy, ShortMonths};
use crate::employees_pension::revaluation;

/// The topics of this file.
pub(super) const CALCULATIONS: [(&str, Calculation); 3] = [
    ("proportional_part", proportional_part),
    ("proportional_part_guaranteed", proportional_part_guaranteed),
    ("revaluation_rate", revaluation_rate),
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
